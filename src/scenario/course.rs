//! How the rate of a threat changes in the course of time, whatever the plan does.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::limits::{DRIFT, FACTOR, LARGEST, NOT_NEGATIVE, POSITIVE};
use crate::law::{Law, Range};

/// The keys of `months`.
pub(crate) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Factors by the day from which they hold.
pub type Profile = BTreeMap<String, Range>;

/// The logarithm of the rate walks: every 7 days it changes by a normal number, besides what goes back
/// of what it had gone. The factor is exp of it, less half its variance, so that its mean is 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Drift {
    /// Standard deviation of the change in a week. With a half-life of h days that of the logarithm
    /// itself is this over the root of 1 - 2^(-14 / h), in the long run.
    #[schemars(extend("limits" = DRIFT), extend("form" = "judgement"))]
    pub sd_per_week: Range,
    /// Days in which the logarithm goes half of the way back to its mean. Left out: it does not go
    /// back (a random walk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("form" = "judgement"))]
    pub half_life_days: Option<Range>,
    /// Where it begins: `zero`, at the written rate, or `steady`, where it may be in the long run, which
    /// takes a half-life.
    #[serde(default, skip_serializing_if = "DriftStart::is_zero")]
    pub start: DriftStart,
}

/// Where a drift begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriftStart {
    /// At the written rate.
    #[default]
    Zero,
    /// As if it had gone on for ever.
    Steady,
}

impl DriftStart {
    fn is_zero(&self) -> bool {
        *self == DriftStart::Zero
    }
}

/// A truce of a threat, or another time in which it attacks less or more, whatever the plan does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Ceasefire {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The day from which its delay counts; it may be before the start.
    pub from: Date,
    /// Days from there until it begins.
    #[serde(default = "no_days")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
    /// How long it lasts. Left out: to the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub duration_days: Option<Law>,
    /// Multiplies the background while it lasts.
    #[schemars(extend("limits" = FACTOR), extend("form" = "judgement"))]
    pub factor: Range,
}

built!(Drift(sd_per_week: Range) {
    opt half_life_days: Range;
    set start: DriftStart;
});

built!(Ceasefire(from: Date, factor: Range) {
    set title: String;
    set delay_days: Law = no_days();
    opt duration_days: Law;
});

fn no_days() -> Law {
    Law::Number(0.0)
}
