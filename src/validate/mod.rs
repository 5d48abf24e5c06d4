//! From what was written to what has been checked: every problem at once, or a [`Checked`].

mod calendar;
mod conditions;
mod contagion;
mod contingents;
mod idle;
mod ids;
mod implies;
mod legs;
mod limits;
mod load;
mod materiel;
mod now;
mod people;
mod plan;
mod region;
mod risks;
mod rules;
mod warnings;
mod work;
mod world;

pub(crate) use conditions::check_condition;
pub(crate) use rules::check_actions;
pub(crate) use warnings::warnings;
pub(crate) use work::Work;

use std::collections::BTreeMap;

use crate::error::{Code, Error, Problem, Result};
use crate::languages::Language;
use crate::near::near;
use crate::scenario::{
    Date, HOME, Scenario, Site, faults, from_json, from_toml, read_and_check, sources,
};

/// Longest horizon, in days.
pub(crate) const LONGEST: i32 = 36_525;

/// Days from the last announced finish to the horizon where none is given.
const AFTERMATH: i32 = 730;

/// A scenario that has been found sound, with every default filled in. Only
/// [`Scenario::validate`] makes one.
#[derive(Clone, Debug)]
#[must_use]
pub struct Checked {
    pub(crate) scenario: Scenario,
    pub(crate) horizon: Date,
}

impl Checked {
    /// Reads a scenario from TOML and checks it.
    ///
    /// # Errors
    /// [`Error::Refused`] with every problem at once, of keys and types and of what they mean.
    /// Those that hang on a faulty value are withheld until it is mended.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read_and_check(from_toml(text)?, Scenario::validate)
    }

    /// Reads a scenario from JSON and checks it.
    ///
    /// # Errors
    /// As [`Checked::from_toml_str`].
    pub fn from_json_str(text: &str) -> Result<Self> {
        read_and_check(from_json(text)?, Scenario::validate)
    }

    /// Reads a scenario from a parsed tree and checks it.
    ///
    /// # Errors
    /// As [`Checked::from_toml_str`].
    pub fn from_tree(tree: toml::Table) -> Result<Self> {
        read_and_check(tree, Scenario::validate)
    }

    /// Changes a scenario as [`Scenario::replace`] does, and checks it.
    ///
    /// # Errors
    /// [`Error::Refused`] if a path leads nowhere, and else as [`Checked::from_toml_str`].
    pub fn of_changes<'a>(
        scenario: &Scenario,
        changes: impl IntoIterator<Item = (&'a str, Option<toml::Value>)>,
    ) -> Result<Self> {
        Checked::from_tree(scenario.changed(changes)?)
    }

    /// What its author has probably not meant, though it can be run as it is.
    pub fn warnings(&self) -> Vec<Problem> {
        self.warnings_in(Language::English)
    }

    /// The same in a language: paths, codes, keys and ids stand as they are.
    ///
    /// ```
    /// use drawdown::{Language, Scenario};
    ///
    /// let scenario = Scenario::example("minimal")?.replace([("plan.review_every_days", Some(3.into()))])?;
    /// let warnings = scenario.validate()?.warnings_in(Language::French);
    /// assert_eq!(warnings[0].path, "plan.review_every_days");
    /// assert!(warnings[0].what.starts_with("cela ne change rien"));
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    pub fn warnings_in(&self, language: Language) -> Vec<Problem> {
        warnings(&self.scenario, self.horizon, language.speech())
    }

    /// The scenario that was checked.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

impl Scenario {
    /// Checks that the numbers, dates and references of the scenario make sense together.
    ///
    /// # Errors
    /// [`Error::Refused`] with every problem found.
    pub fn validate(&self) -> Result<Checked> {
        // A scenario built in code has not been through the checks of its shape.
        let tree = self.to_tree();
        let mut problems = faults(&tree);
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        let horizon = self.horizon.unwrap_or_else(|| self.default_horizon());
        self.check_frame(horizon, &mut problems);
        sources::check(&tree, &mut problems);
        ids::check(self, &mut problems);
        limits::check(&tree, &mut problems);
        world::check(&self.world, &mut problems);
        legs::check(&self.world, &mut problems);
        calendar::check(self, &mut problems);
        region::check(self, &mut problems);
        contingents::check(self, &mut problems);
        risks::check(self, &mut problems);
        plan::check(self, horizon, &mut problems);
        rules::check(self, &mut problems);
        now::check(self, &mut problems);
        if problems.is_empty() {
            contagion::check(self, &mut problems);
            load::check(self, f64::from(horizon.days_since(self.start)), &mut problems);
        }
        if problems.is_empty() {
            Ok(Checked { scenario: self.clone(), horizon })
        } else {
            Err(Error::Refused(problems))
        }
    }

    fn default_horizon(&self) -> Date {
        let announced = self.plan.phases.values().map(|phase| phase.announced_finish).max();
        announced.unwrap_or(self.start).max(self.start).plus_days(AFTERMATH)
    }

    fn check_frame(&self, horizon: Date, problems: &mut Vec<Problem>) {
        let days = horizon.days_since(self.start);
        if days < 1 {
            problems.push(Problem::new(
                "horizon",
                Code::DatesOutOfOrder,
                format!("the horizon {horizon} is not after the start {}", self.start),
                "give a later horizon, or leave it out",
            ));
        } else if days > LONGEST {
            problems.push(Problem::new(
                "horizon",
                Code::TooLarge,
                format!("the scenario spans {days} days"),
                format!("keep it within {LONGEST} days"),
            ));
        }
    }
}

/// A path with one more part.
fn at(path: &str, part: &str) -> String {
    format!("{path}.{part}")
}

/// Reports every id of a list that `among` does not have.
fn all_known<'a>(
    path: &str,
    what: &str,
    ids: impl IntoIterator<Item = &'a String>,
    among: impl Iterator<Item = &'a String> + Clone,
    problems: &mut Vec<Problem>,
) {
    for (k, id) in ids.into_iter().enumerate() {
        known(&format!("{path}.{k}"), what, id, among.clone(), problems);
    }
}

/// Reports a destination that is neither a site nor `home`, or that is where the way begins.
fn check_destination(
    path: &str,
    (from, to): (&str, &str),
    sites: &BTreeMap<String, Site>,
    what: &str,
    problems: &mut Vec<Problem>,
) {
    let path = at(path, "to");
    if to != HOME && to.eq_ignore_ascii_case(HOME) && !sites.contains_key(to) {
        let what = format!("no site is called `{to}`");
        problems.push(Problem::new(&path, Code::DanglingId, what, "did you mean `home`?"));
    } else if to != HOME {
        known(&path, "site", to, sites.keys(), problems);
    }
    if to == from {
        let remedy = "name another site, or `home`";
        problems.push(Problem::new(path, Code::Contradiction, what, remedy));
    }
}

/// Every contingent that is anywhere at the start.
fn contingents(scenario: &Scenario) -> std::collections::BTreeSet<&String> {
    scenario.world.sites.values().flat_map(|site| site.garrison.keys()).collect()
}

/// Reports `id` if `known` does not have it.
fn known<'a>(
    path: &str,
    what: &str,
    id: &str,
    among: impl Iterator<Item = &'a String> + Clone,
    problems: &mut Vec<Problem>,
) -> bool {
    if among.clone().any(|candidate| candidate == id) {
        return true;
    }
    let ids: Vec<&str> = among.map(String::as_str).collect();
    let remedy = match near(id, &ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => format!("define the {what}, or take the reference out"),
        None => format!("define it, or use one of: {}", ids.join(", ")),
    };
    problems.push(Problem::new(
        path,
        Code::DanglingId,
        format!("no {what} is called `{id}`"),
        remedy,
    ));
    false
}
