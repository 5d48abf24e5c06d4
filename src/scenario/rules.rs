//! Rules of the plan: when a condition holds at a review, act, until another holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rule: *when* a condition holds at a review, *then* act, *until* another condition holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What sets the rule off.
    pub when: Condition,
    /// What it does.
    pub then: Action,
    /// What ends it. Left out: `when` no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Condition>,
}

/// Something that holds or does not at a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The number of attacks in the last days.
    Attacks(Window),
    /// The number of people wounded in the last days.
    Wounded(Window),
    /// The number of people killed in the last days.
    Killed(Window),
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
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Hold all movement, out of the breathing room.
    Pause(Pause),
}

/// Holding all movement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pause {
    /// Once begun, hold for at least this many days.
    #[schemars(range(min = 0, max = 36_500))]
    pub at_least_days: f64,
}
