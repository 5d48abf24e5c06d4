//! The host country: what it puts up with, and what it becomes able to do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LARGEST, NOT_NEGATIVE, POSITIVE, PROBABILITY};
use super::threat::Rates;
use crate::law::Range;

/// The host country.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Host {
    /// The areas that are its own. Left out: all sites are on its ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<Vec<String>>,
    /// How strikes that were not coordinated with it are held against the troops.
    pub friction: Friction,
    /// Being thrown out. Left out: it never happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expulsion: Option<Expulsion>,
    /// What its own forces are able to do. Left out: it does not change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capability: Option<Capability>,
}

/// Friction: a count of strikes that were not coordinated with the host, which fades.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Friction {
    /// Mean life of a strike in the host's memory, in days: it fades exponentially.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0, "basis" = "judgement"))]
    pub memory_days: Range,
}

impl Default for Friction {
    fn default() -> Self {
        Friction { memory_days: Range::Number(180.0) }
    }
}

/// Expulsion by the host. Its hazard is the sum of two, one for strikes that the host remembers and
/// one that needs none. Phases are compressed into the notice and breathing room is void; at its end,
/// all who are still there leave at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Expulsion {
    /// Hazard per day and unit of friction.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub per_day: Range,
    /// Hazard per day whatever the friction, added to that by friction: for a host that may end the
    /// presence without any strike. One number, or one for each state of tension.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub unprovoked_per_day: Rates,
    /// Days of notice.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0, "basis" = "judgement"))]
    pub notice_days: Range,
}

impl Default for Expulsion {
    fn default() -> Self {
        Expulsion {
            per_day: Range::Number(2e-4),
            unprovoked_per_day: Rates::Same(Range::Number(0.0)),
            notice_days: Range::Number(90.0),
        }
    }
}

/// What the host's forces are able to do, between 0 and 1. It grows in steps of 30 days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Capability {
    /// Capability at the start.
    #[schemars(extend("limits" = PROBABILITY, "exclusiveMinimum" = 0))]
    pub start: Range,
    /// Growth per year while nobody is on the host's sites.
    #[serde(default = "growth")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub growth_per_year: Range,
    /// Growth per year while advisers, or any others, are there.
    #[serde(default = "growth_with_advisers")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub growth_with_advisers_per_year: Range,
}

built!(Host {
    opt_list areas: String;
    set friction: Friction;
    opt expulsion: Expulsion;
    opt capability: Capability;
});

built!(Friction {
    set memory_days: Range;
});

built!(Expulsion {
    set per_day: Range;
    set unprovoked_per_day: Rates;
    set notice_days: Range;
});

built!(Capability(start: Range) {
    set growth_per_year: Range = growth();
    set growth_with_advisers_per_year: Range = growth_with_advisers();
});

fn growth() -> Range {
    Range::Number(0.05)
}

fn growth_with_advisers() -> Range {
    Range::Number(0.08)
}
