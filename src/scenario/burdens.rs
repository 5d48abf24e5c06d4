//! What the presence is for besides itself, and what it costs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LARGEST, NOT_NEGATIVE};
use super::threat::Rates;
use crate::law::Range;

/// Barrages at others in the region that sites help to meet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Barrages {
    /// Barrages per day. One number, or one for each state of tension.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub per_day: Rates,
    /// Sites that can help, and the least people with which each does.
    pub capable: BTreeMap<String, u32>,
    /// How many of them must be able to help for a barrage to be met.
    #[serde(default = "one_site")]
    #[schemars(range(min = 1, max = 1_000))]
    pub sites_needed: u32,
}

/// What things cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Costs {
    /// What costs are counted in, such as `USD`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Cost of a person on a site for a day.
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub per_person_day: Range,
    /// Cost of moving a person, home or to another site.
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub per_person_moved: Range,
    /// Cost of moving a tonne of materiel, home or to another site, by mode. Of a mode that is left out:
    /// nothing.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub per_tonne_moved: BTreeMap<String, Range>,
    /// Cost of a day on which movement is held.
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub per_pause_day: Range,
}

impl Default for Costs {
    fn default() -> Self {
        let none = Range::Number(0.0);
        Costs {
            unit: String::new(),
            per_person_day: none.clone(),
            per_person_moved: none.clone(),
            per_tonne_moved: BTreeMap::new(),
            per_pause_day: none,
        }
    }
}

built!(Barrages(per_day: Rates) {
    each capable / capable: u32;
    set sites_needed: u32 = one_site();
});

built!(Costs {
    set unit: String;
    set per_person_day: Range;
    set per_person_moved: Range;
    each per_tonne_moved / per_tonne_moved: Range;
    set per_pause_day: Range;
});

fn one_site() -> u32 {
    1
}
