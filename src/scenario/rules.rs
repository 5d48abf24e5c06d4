//! Rules of the plan: when a condition holds, act, until another holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;

/// A rule: *when* a condition holds, *then* act, *until* another condition holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rule {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What sets the rule off.
    pub when: Condition,
    /// What it does.
    pub then: Actions,
    /// What ends it. Left out: `when` no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Condition>,
    /// Whether it looks right after every attack, change of tension, gate, start and end of a
    /// phase, departure, calendar event, risk, strike, shock, expulsion, end of a notice and re-entry as
    /// well, and not at reviews only.
    #[serde(default)]
    pub at_once: bool,
    /// Days after it has ended in which it does not set off again.
    #[serde(default)]
    #[schemars(range(min = 0, max = 36_500))]
    pub cooldown_days: f64,
    /// It sets off at most so often in a trial. Left out: as often as it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub at_most_times: Option<u32>,
}

/// Something that holds or does not when a rule looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Condition {
    /// The number of attacks in the last days.
    Attacks(Window),
    /// The number of people wounded in the last days.
    Wounded(Window),
    /// The number of people killed in the last days.
    Killed(Window),
    /// The tension is in one of these states.
    Tension(Vec<String>),
    /// The day lies within these dates.
    Date(Dates),
    /// A phase stands so.
    Phase(PhaseIs),
    /// Days for which movement may still be held.
    PauseDaysLeft(Amount),
    /// Days by which finishes may still be pushed back.
    ExtensionDaysLeft(Amount),
    /// The number of people there are now. A contingent is gone when it is at most 0.
    People(People),
    /// A calendar event has happened.
    Event(Happened),
    /// A risk of the world has happened: its id.
    Risk(String),
    /// The strength of the insurgency.
    InsurgentStrength(Amount),
    /// The host's friction.
    Friction(Amount),
    /// The host has announced the expulsion of the troops, or, with false, has not.
    Expelled(bool),
    /// Every one of these holds.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// A count over the last days, compared with a bound. Give `at_least` or `at_most`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Window {
    /// Length of the window, in days.
    #[schemars(range(min = 0, max = 36_500))]
    pub in_days: f64,
    /// Holds when the count is this or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// Holds when the count is this or less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Count these threats only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threats: Option<Vec<String>>,
    /// Count on these sites only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites: Option<Vec<String>>,
    /// Count on the sites of these areas only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<Vec<String>>,
    /// Count wounded or killed of these contingents only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contingents: Option<Vec<String>>,
}

/// A span of dates. Give one or both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Dates {
    /// Holds from 00:00 of this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Holds before 00:00 of this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Date>,
}

/// A phase and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PhaseIs {
    /// The phase.
    pub id: String,
    /// Where it stands.
    pub state: PhaseState,
}

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PhaseState {
    /// It has not begun.
    Waiting,
    /// Lifts go.
    Moving,
    /// A pause holds it.
    Held,
    /// Its last lift has gone.
    Done,
    /// It has been cancelled.
    Cancelled,
}

/// A number compared with a bound. Give `at_least` or `at_most`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Amount {
    /// Holds when the number is this or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Holds when the number is this or less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

/// A number of people compared with a bound. Give `at_least` or `at_most`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct People {
    /// Holds when there are so many or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// Holds when there are so many or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Count on these sites only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites: Option<Vec<String>>,
    /// Count on the sites of these areas only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<Vec<String>>,
    /// Count these contingents only. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contingents: Option<Vec<String>>,
}

/// A calendar event that has happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Happened {
    /// The event.
    pub id: String,
    /// With this outcome. Left out: with any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// What a rule does when it sets off. Give at least one action. All but `pause` are carried out
/// once each time it sets off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Actions {
    /// Hold all movement while the rule is in force, out of the breathing room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// What is left of the phases under way takes longer, out of the breathing room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Pace>,
    /// What is left of the phases under way takes less time, as far as transport allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accelerate: Option<Pace>,
    /// More people come to a site, at once, unless it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reinforce: Option<Detachment>,
    /// People go back in to a site, at once, closed or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub go_back_in: Option<Detachment>,
    /// From now on, phases leave at least so many on the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_residual: Option<Detachment>,
    /// A contingent leaves every site at once, outside the phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub send_home: Option<SendHome>,
    /// Phases, and all that come after them, do not go on: those who are still there stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel: Option<Cancel>,
    /// Phases are to be done earlier than announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bring_forward: Option<BringForward>,
}

/// Holding all movement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pause {
    /// Once begun, hold for at least this many days.
    #[schemars(range(min = 0, max = 36_500))]
    pub at_least_days: f64,
}

/// Another pace for the phases under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// How many times slower (`stretch`) or faster (`accelerate`).
    #[schemars(range(min = 1, max = 100))]
    pub factor: f64,
}

/// People of a contingent on a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Detachment {
    /// The site.
    pub site: String,
    /// The contingent.
    pub contingent: String,
    /// How many.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub people: u32,
}

/// Sending a contingent home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendHome {
    /// The contingent.
    pub contingent: String,
    /// Days until it leaves.
    #[serde(default)]
    #[schemars(range(min = 0, max = 36_500))]
    pub in_days: f64,
}

/// Cancelling phases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// The phases.
    pub phases: Vec<String>,
}

/// Bringing deadlines forward.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BringForward {
    /// How much earlier, in days.
    #[schemars(range(min = 0, max = 36_500))]
    pub days: f64,
    /// Which phases. Left out: all that are not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<Vec<String>>,
}

built!(Rule(when: Condition, then: Actions) {
    set title: String;
    opt until: Condition;
    set at_once: bool;
    set cooldown_days: f64;
    opt at_most_times: u32;
});

built!(Window(in_days: f64) {
    opt at_least: u32;
    opt at_most: u32;
    opt_list threats: String;
    opt_list sites: String;
    opt_list areas: String;
    opt_list contingents: String;
});

built!(Dates {
    opt from: Date;
    opt before: Date;
});

built!(PhaseIs(id: String, state: PhaseState) {});

built!(Amount {
    opt at_least: f64;
    opt at_most: f64;
});

built!(People {
    opt at_least: u32;
    opt at_most: u32;
    opt_list sites: String;
    opt_list areas: String;
    opt_list contingents: String;
});

built!(Happened(id: String) {
    opt outcome: String;
});

built!(Actions {
    opt pause: Pause;
    opt stretch: Pace;
    opt accelerate: Pace;
    opt reinforce: Detachment;
    opt go_back_in: Detachment;
    opt keep_residual: Detachment;
    opt send_home: SendHome;
    opt cancel: Cancel;
    opt bring_forward: BringForward;
});

built!(Pause {
    set at_least_days: f64;
});

built!(Pace(factor: f64) {});

built!(Detachment(site: String, contingent: String, people: u32) {});

built!(SendHome(contingent: String) {
    set in_days: f64;
});

impl Cancel {
    /// These phases.
    #[must_use]
    pub fn new(phases: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Cancel { phases: phases.into_iter().map(Into::into).collect() }
    }
}

built!(BringForward(days: f64) {
    opt_list phases: String;
});
