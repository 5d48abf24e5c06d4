//! The calendar of the world: dated events that nobody in the plan decides.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::limits::{FACTOR, LARGEST, NOT_NEGATIVE};
use crate::law::{Law, Range};

/// A dated event, such as an election. Rules of the plan can wait for it and for its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CalendarEvent {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The date, not before the start.
    pub date: Date,
    /// Days from the date until it happens.
    #[serde(default = "no_days")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
    /// What can come of it: one of these. None: it just happens.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<String, Outcome>,
    /// Times around it in which threats attack more, or less.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, EventWindow>,
}

/// What can come of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Outcome {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// How probable it is: weights are divided by their sum.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub weight: Range,
}

/// A time around an event in which the background of threats is multiplied. Windows that overlap
/// multiply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EventWindow {
    /// The threats concerned. Left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threats: Option<Vec<String>>,
    /// Where the window begins, in days from the event; before it if below 0.
    #[schemars(range(min = -36_500, max = 36_500))]
    pub from_days: f64,
    /// Where it ends, in days from the event.
    #[schemars(range(min = -36_500, max = 36_500))]
    pub until_days: f64,
    /// Multiplies the background rate.
    #[schemars(extend("limits" = FACTOR))]
    pub factor: Range,
    /// Only if this came of the event; such a window cannot begin before it. Left out: whatever
    /// came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

built!(CalendarEvent(date: Date) {
    set title: String;
    set delay_days: Law = no_days();
    each outcomes / outcome: Outcome;
    each windows / window: EventWindow;
});

built!(Outcome(weight: Range) {
    set title: String;
});

built!(EventWindow(from_days: f64, until_days: f64, factor: Range) {
    opt_list threats: String;
    opt outcome: String;
});

fn no_days() -> Law {
    Law::Number(0.0)
}
