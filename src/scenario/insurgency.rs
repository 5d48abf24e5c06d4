//! An insurgency that grows and is held down, and going back in.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{EXPONENT, LARGEST, NOT_NEGATIVE, PROBABILITY};
use super::rules::Detachment;
use super::toll::Toll;
use crate::law::{Family, Law, Range};

/// An insurgency, as a share of the most that it could be. It grows logistically and is held down
/// by troops and by the host's own forces (a device of the scenario, not a law of nature).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Insurgency {
    /// Strength at the start, above 0.
    #[schemars(extend("limits" = PROBABILITY, "exclusiveMinimum" = 0))]
    pub strength: Range,
    /// Rate of growth per year where nothing holds it down.
    #[serde(default = "growth")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub growth_per_year: Range,
    /// How hard it is held down at the start: 1 keeps it where it is until something changes.
    #[serde(default = "pressure")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement"))]
    pub pressure: Range,
    /// Share of the pressure that is the troops'; the rest is the host's.
    #[serde(default = "troops_share")]
    #[schemars(extend("limits" = PROBABILITY, "basis" = "judgement", "disputed" = true))]
    pub troops_share: Range,
    /// How the troops' pressure follows their number: (people / people at the start)^exponent.
    #[serde(default = "one")]
    #[schemars(extend("limits" = EXPONENT, "basis" = "judgement", "disputed" = true))]
    pub troops_exponent: Range,
    /// Sudden gains, such as prison breaks. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shocks: Option<Shocks>,
    /// What it does. Left out: nothing that is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incidents: Option<Incidents>,
}

/// Sudden gains of an insurgency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Shocks {
    /// How many per year.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub per_year: Range,
    /// What strength is multiplied by; it stays at most 1.
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub factor: Law,
}

/// What an insurgency does, in proportion to its strength.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Incidents {
    /// Incidents per day at full strength.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub per_day: Range,
    /// Share of them that falls on sites, as attacks; the others fall on the host.
    #[serde(default = "zero")]
    #[schemars(extend("limits" = PROBABILITY, "basis" = "judgement"))]
    pub on_sites: Range,
    /// The threat whose attacks those on sites are, by its site weights; on an empty site, they
    /// fall on the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<String>,
    /// What one that falls on the host does to its people. Left out: not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<Toll>,
}

/// Going back in after the last phase is done. Rests on one case, Iraq in 2014: report what
/// follows from it as conditional.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Reentry {
    /// Hazard per day at full strength of the insurgency.
    #[serde(default = "reentry_hazard")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST, "basis" = "judgement, on one case"))]
    pub per_day: Range,
    /// Who goes where.
    pub forces: BTreeMap<String, Detachment>,
}

built!(Insurgency(strength: Range) {
    set growth_per_year: Range = growth();
    set pressure: Range = pressure();
    set troops_share: Range = troops_share();
    set troops_exponent: Range = one();
    opt shocks: Shocks;
    opt incidents: Incidents;
});

built!(Shocks(per_year: Range, factor: Law) {});

built!(Incidents(per_day: Range) {
    set on_sites: Range = zero();
    opt threat: String;
    opt harm: Toll;
});

impl Default for Reentry {
    fn default() -> Self {
        Reentry { per_day: reentry_hazard(), forces: BTreeMap::new() }
    }
}

built!(Reentry {
    set per_day: Range;
    each forces / force: Detachment;
});

fn growth() -> Range {
    Range::Family(Family::Lognormal { median: 1.2, sigma: 0.5 })
}

pub(crate) fn pressure() -> Range {
    Range::Family(Family::Uniform([0.6, 1.3]))
}

pub(crate) fn troops_share() -> Range {
    Range::Family(Family::Beta([2.0, 4.0]))
}

fn reentry_hazard() -> Range {
    Range::Number(1e-3)
}

fn zero() -> Range {
    Range::Number(0.0)
}

fn one() -> Range {
    Range::Number(1.0)
}
