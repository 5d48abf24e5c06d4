//! The scenario as an analyst writes it: a `world` of uncertainties and a `plan` of levers.
//!
//! These types are the one definition of the language. The JSON schema, the reference page and
//! the checks for unknown, missing and misplaced keys are generated from them.

mod after;
mod burdens;
mod calendar;
mod course;
mod date;
mod defaults;
mod examples;
mod host;
pub(crate) mod insurgency;
mod legs;
pub(crate) mod limits;
mod materiel;
mod mend;
mod modifiers;
mod now;
mod parts;
mod paths;
mod plan;
mod politics;
mod retaliation;
mod risks;
mod rules;
mod schema;
mod shape;
pub(crate) mod sources;
mod threat;
mod toll;
mod tree;
mod world;
mod written;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use after::{After, Link, Relation};
pub use burdens::{Barrages, Costs};
pub use calendar::{CalendarEvent, EventWindow, Outcome};
pub(crate) use course::MONTHS;
pub use course::{Ceasefire, Drift, DriftStart, Profile};
pub use date::{Date, Weekday};
pub(crate) use defaults::{Judged, judged};
pub use examples::{EXAMPLES, Example};
pub use host::{Capability, Expulsion, Friction, Host};
pub use insurgency::{Incidents, Insurgency, Reentry, Shocks};
pub use legs::{Leg, LegAttacks};
pub use materiel::{Fate, Load, Mode};
pub(crate) use modifiers::Modifier;
pub use now::{AttacksNow, GateNow, Now, PhaseNow, RoomUsed, TensionNow, ThreatNow};
pub(crate) use parts::faults_of;
#[cfg(feature = "python")]
pub(crate) use parts::read_part;
pub use paths::{join_path, split_path};
pub use plan::{
    Blackout, Blocked, BreathingRoom, Buffer, Gate, HOME, Move, Phase, Plan, Transport,
};
pub use politics::{Contingent, LeavesAfter};
pub use retaliation::Retaliation;
pub use risks::{Mitigation, Relief, Risk, RiskEffect};
pub use rules::{
    Actions, Amount, BringForward, Cancel, Condition, Dates, Detachment, Happened, Pace, Pause,
    People, PhaseIs, PhaseState, Rule, SendHome, Window,
};
pub(crate) use schema::{alternatives, bare_schema};
pub use sources::{Source, Sources};
pub use threat::{
    Contagion, ContagionStart, ExitPattern, Grievance, Harm, HarmByState, Rates, Threat, Truce,
    Weapon, WeaponByState,
};
pub use toll::Toll;
pub use tree::{DEEPEST, LONGEST_TEXT, MOST_VALUES, decode};
pub(crate) use tree::{from_json, from_toml, join};
pub(crate) use world::usual_intercept;
pub use world::{AirDefence, Area, Site, Tension, TensionState, World};
pub use written::schema_as_written;

use crate::error::{Code, Error, Problem, Result};
use mend::Mended;

/// A withdrawal and the world it happens in, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Scenario {
    /// The version of the language: 1.
    #[schemars(range(min = 1, max = 1))]
    pub schema: u32,
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The first day. Time is counted in days from its 00:00.
    pub start: Date,
    /// The date at whose 00:00 every trial ends: the day before is the last one simulated. Later than
    /// every announced finish. What has not happened by then is missing in results. Left out: 730 days
    /// after the last announced finish (or after the start, where nothing is announced).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<Date>,
    /// What nobody in the plan decides.
    pub world: World,
    /// What is decided. Left out: everybody stays.
    #[serde(default)]
    pub plan: Plan,
    /// Where things stand on the first day. Left out: nothing of the plan has happened yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Now>,
    /// Where numbers come from, by dotted path. Wherever a value stands, it can also be written beside
    /// it: `{ value = 0.1, source = "...", note = "..." }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: Sources,
}

built!(Scenario(start: Date, world: World) {
    set schema: u32 = 1;
    set title: String;
    opt horizon: Date;
    set plan: Plan;
    opt now: Now;
    each sources / source: Source;
});

impl Scenario {
    /// Reads a scenario from TOML.
    ///
    /// # Errors
    /// [`Error::Refused`] with every unknown, missing or misplaced key at once. Whether the
    /// numbers make sense together is for [`Scenario::validate`] to say.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        Scenario::from_tree(from_toml(text)?)
    }

    /// Reads a scenario from JSON.
    ///
    /// # Errors
    /// As [`Scenario::from_toml_str`].
    pub fn from_json_str(text: &str) -> Result<Self> {
        Scenario::from_tree(from_json(text)?)
    }

    /// Reads a scenario from a parsed tree, such as a mapping built by a program.
    ///
    /// # Errors
    /// As [`Scenario::from_toml_str`].
    pub fn from_tree(mut tree: toml::Table) -> Result<Self> {
        let beside = sources::lift(&mut tree);
        let problems = faults(&tree);
        let read =
            if problems.is_empty() { deserialize(tree) } else { Err(Error::Refused(problems)) };
        beside.at_home(read)
    }

    /// A scenario that ships with the library, by name; see [`EXAMPLES`].
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none of that name.
    pub fn example(name: &str) -> Result<Self> {
        Scenario::from_toml_str(Example::find(name)?.toml)
    }

    /// The scenario as TOML, with the defaults of its keys written out, and sources beside numbers.
    pub fn to_toml_string(&self) -> String {
        let mut tree = self.to_tree();
        // Dates are known by their keys, and stand under `value` beside a source.
        tree::texts_as_dates(&mut tree, &schema::date_keys(bare_schema()));
        sources::put_beside(&mut tree);
        toml::to_string(&tree).expect("a scenario is a tree of tables")
    }

    /// The scenario as JSON, with the defaults of its keys written out.
    pub fn to_json_string(&self) -> String {
        serde_json::to_string(self).expect("a scenario is a tree of tables")
    }

    /// The scenario as a parsed tree, with the defaults of its keys written out.
    pub fn to_tree(&self) -> toml::Table {
        toml::Table::try_from(self).expect("a scenario is a tree of tables")
    }

    /// A copy with the value at each dotted path replaced, or taken out where it is `None`. What
    /// is not there yet can be added as a whole table; a number or text must have a place already,
    /// so that a misspelt id is not taken for a new one. What is replaced loses its source, unless the
    /// path is that of its `value`, or the new value has one.
    ///
    /// # Errors
    /// [`Error::Refused`] if a path leads nowhere or a value does not fit there.
    pub fn replace<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, Option<toml::Value>)>,
    ) -> Result<Self> {
        Scenario::from_tree(self.changed(changes)?)
    }

    /// The tree of [`Scenario::replace`], not looked at yet.
    pub(crate) fn changed<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, Option<toml::Value>)>,
    ) -> Result<toml::Table> {
        let mut tree = self.to_tree();
        let mut problems = Vec::new();
        for (path, value) in changes {
            let part = sources::part_of(&tree, path);
            let (path, keep) = match &part {
                Some((number, part)) if part == "value" => (number.as_str(), true),
                Some((number, part)) => {
                    sources::say(&mut tree, number, part, value);
                    continue;
                }
                None => (path, false),
            };
            if !keep {
                sources::forget(&mut tree, path);
            }
            let settled = !value.as_ref().is_some_and(toml::Value::is_table);
            if settled && !shape::has_place(&tree, bare_schema(), path, &mut problems) {
                continue;
            }
            tree::replace(&mut tree, path, value, &mut problems);
        }
        if problems.is_empty() { Ok(tree) } else { Err(Error::Refused(problems)) }
    }

    /// SHA-256 of the scenario's content, in hexadecimal: equal for equal content, sources included,
    /// however it was written.
    pub fn hash(&self) -> String {
        Sha256::digest(self.to_json_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same of what decides a run: where its numbers come from does not.
    pub(crate) fn hash_of_values(&self) -> String {
        if self.sources.is_empty() {
            return self.hash();
        }
        Scenario { sources: Sources::default(), ..self.clone() }.hash()
    }
}

/// Everything in a tree that is out of shape.
pub(crate) fn faults(tree: &toml::Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    tree::check_size(tree, &mut problems);
    if problems.is_empty() {
        shape::check(tree, bare_schema(), &mut problems);
    }
    problems
}

fn deserialize(mut tree: toml::Table) -> Result<Scenario> {
    tree::normalise(&mut tree);
    toml::Value::Table(tree).try_into().map_err(|fault: toml::de::Error| {
        let what = fault.message().to_owned();
        Error::Refused(vec![Problem::new("", Code::WrongType, what, "compare with the schema")])
    })
}

/// Reads a tree and checks it with `check`, past the faults of its shape: every problem of both
/// at once.
pub(crate) fn read_and_check<T>(
    mut tree: toml::Table,
    check: impl Fn(&Scenario) -> Result<T>,
) -> Result<T> {
    let beside = sources::lift(&mut tree);
    beside.at_home(read_plain_and_check(tree, check))
}

/// The same of a tree without sources beside its numbers.
fn read_plain_and_check<T>(tree: toml::Table, check: impl Fn(&Scenario) -> Result<T>) -> Result<T> {
    let mut problems = faults(&tree);
    if problems.is_empty() {
        return check(&deserialize(tree)?);
    }
    let too_large = problems.iter().any(|problem| problem.code == Code::TooLarge);
    if !too_large {
        let mended = Mended::new(tree, bare_schema(), &problems);
        if let Err(error) = deserialize(mended.tree.clone()).and_then(|scenario| check(&scenario)) {
            let more = error.problems().iter().filter(|problem| mended.is_genuine(problem));
            problems.extend(more.cloned());
        }
    }
    Err(Error::Refused(problems))
}

/// The JSON schema of a scenario as [`Scenario::to_tree`] gives it: sources are in a table of their
/// own, and [`schema_as_written`] has them beside values too. Beside the words of JSON Schema it has some of its
/// own: `limits`, within which all values of a range or law must lie; `basis`, what the default
/// rests on, and of nothing but the default; `form`, what the key rests on whatever its value;
/// `disputed`.
pub fn json_schema() -> &'static serde_json::Value {
    static SCHEMA: OnceLock<serde_json::Value> = OnceLock::new();
    SCHEMA.get_or_init(|| schemars::schema_for!(Scenario).to_value())
}
