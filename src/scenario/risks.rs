//! Risks: what may happen and then acts on many things at once, and what can be done about it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::limits::{FACTOR, NOT_NEGATIVE, PROBABILITY};
use crate::law::{Law, Range};

/// Something that may happen, once, and then acts on phases, gates and threats together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Risk {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The chance that it ever happens.
    #[schemars(extend("limits" = PROBABILITY))]
    pub probability: Range,
    /// The date from which `delay_days` are counted, not before the start. Left out: the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Days from then until it happens, if it does.
    #[serde(default = "no_days")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
    /// What it acts on once it has happened.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub effects: BTreeMap<String, RiskEffect>,
}

/// What a risk does, by one factor to everything that is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RiskEffect {
    /// Phases whose execution it stretches, if they begin once it has happened. Those that a plan does
    /// not have are for others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<String>,
    /// Gates whose delay it stretches, if their clock starts once it has happened. Those that a plan
    /// does not have are for others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<String>,
    /// Threats whose background it multiplies, from when it has happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threats: Vec<String>,
    /// Multiplies durations, delays and rates: one value in a trial for all that is named.
    #[serde(default = "one")]
    #[schemars(extend("limits" = FACTOR))]
    pub factor: Range,
    /// Days that durations and delays take longer besides.
    #[serde(default = "none")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub added_days: Range,
}

/// Something that can be done about risks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Mitigation {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whether it is done. If not, it changes nothing and costs nothing.
    #[serde(default = "yes")]
    pub taken: bool,
    /// What it costs, in the unit of costs.
    #[serde(default = "none")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub cost: Range,
    /// What it does to risks, by their ids.
    pub risks: BTreeMap<String, Relief>,
}

/// What a mitigation does to a risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Relief {
    /// Multiplies the chance that it happens.
    #[schemars(extend("limits" = FACTOR))]
    pub probability_factor: Range,
    /// Multiplies what it does: added days, and what a factor is above or below 1.
    #[schemars(extend("limits" = PROBABILITY))]
    pub effect_factor: Range,
}

impl Default for Relief {
    fn default() -> Self {
        Relief { probability_factor: one(), effect_factor: one() }
    }
}

built!(Risk(probability: Range) {
    set title: String;
    opt date: Date;
    set delay_days: Law = no_days();
    each effects / effect: RiskEffect;
});

impl Default for RiskEffect {
    fn default() -> Self {
        RiskEffect {
            phases: Vec::new(),
            gates: Vec::new(),
            threats: Vec::new(),
            factor: one(),
            added_days: none(),
        }
    }
}

built!(RiskEffect {
    list phases: String;
    list gates: String;
    list threats: String;
    set factor: Range;
    set added_days: Range;
});

impl Default for Mitigation {
    fn default() -> Self {
        Mitigation { title: String::new(), taken: true, cost: none(), risks: BTreeMap::new() }
    }
}

built!(Mitigation {
    set title: String;
    set taken: bool;
    set cost: Range;
    each risks / risk: Relief;
});

built!(Relief {
    set probability_factor: Range;
    set effect_factor: Range;
});

fn no_days() -> Law {
    Law::Number(0.0)
}

fn one() -> Range {
    Range::Number(1.0)
}

fn none() -> Range {
    Range::Number(0.0)
}

fn yes() -> bool {
    true
}
