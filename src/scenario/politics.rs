//! The politics of contingents: where one may be, and what makes it leave on its own account.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::limits::{LARGEST, NOT_NEGATIVE, PROBABILITY, TOLERANCE};
use crate::law::{Law, Range};

/// Where a contingent may be, and what makes it leave on its own account, outside the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contingent {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The sites on which it may be: a plan that puts it on another is refused. Left out: on all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_on: Option<Vec<String>>,
    /// The date on which its mandate ends: all who are left leave then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate_until: Option<Date>,
    /// Calendar events after which it may decide to leave, such as a vote on its mandate.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub leaves_after: BTreeMap<String, LeavesAfter>,
    /// It decides to leave when so many of its own have been killed. Left out: never for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = TOLERANCE, "maximum" = LARGEST))]
    pub tolerance_killed: Option<Range>,
    /// Chance that it decides to leave when another has left every site, by contingent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub follows: BTreeMap<String, Range>,
    /// Days from the decision until all of it leaves.
    #[serde(default = "at_once")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
}

/// The chance that a contingent decides to leave when a calendar event happens. One of `chance` and
/// `by_outcome` is due.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct LeavesAfter {
    /// The chance, whatever comes of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub chance: Option<Range>,
    /// The chance by outcome of the event. Of one that is left out: 0.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub by_outcome: BTreeMap<String, Range>,
}

built!(LeavesAfter {
    opt chance: Range;
    each by_outcome / outcome: Range;
});

built!(Contingent {
    set title: String;
    opt_list only_on: String;
    opt mandate_until: Date;
    each leaves_after / leaves_after: LeavesAfter;
    opt tolerance_killed: Range;
    each follows / follows: Range;
    set delay_days: Law;
});

impl Default for Contingent {
    fn default() -> Self {
        Contingent {
            title: String::new(),
            only_on: None,
            mandate_until: None,
            leaves_after: BTreeMap::new(),
            tolerance_killed: None,
            follows: BTreeMap::new(),
            delay_days: at_once(),
        }
    }
}

fn at_once() -> Law {
    Law::Number(0.0)
}
