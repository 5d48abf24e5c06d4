//! Legs: the ways from one site to another, and home, on which people are for some time.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LARGEST, NOT_NEGATIVE, POSITIVE};
use super::plan::{HOME, home, is_home};
use super::threat::Rates;
use super::world::World;
use crate::law::{Law, Range};

/// The way from one site to another, or home. Moves between places that no leg joins take no time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Leg {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The site at which it begins.
    pub from: String,
    /// Where it ends: a site, or `home`.
    #[serde(default = "home", skip_serializing_if = "is_home")]
    pub to: String,
    /// Days on the road, drawn for each lift: an hour at the least.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0))]
    pub days: Law,
    /// The most people that travel in one convoy. Left out: what a lift sends is one convoy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub people_per_convoy: Option<u32>,
    /// The threats that attack those on the road. Left out: none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attacks: BTreeMap<String, LegAttacks>,
}

/// How often a threat attacks those on the road: a number, or one for each state of tension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct LegAttacks {
    /// Attacks that a convoy meets on its way, on average.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub per_convoy: Rates,
    /// Attacks for each person and day on the road, on average.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub per_person_day: Rates,
}

impl Default for LegAttacks {
    fn default() -> Self {
        let none = || Rates::Same(Range::Number(0.0));
        LegAttacks { per_convoy: none(), per_person_day: none() }
    }
}

built!(Leg(from: String, days: Law) {
    set title: String;
    set to: String = HOME.to_owned();
    opt people_per_convoy: u32;
    each attacks / attacks_by: LegAttacks;
});

built!(LegAttacks {
    set per_convoy: Rates;
    set per_person_day: Rates;
});

impl World {
    /// The leg that joins two places, by its number.
    pub(crate) fn leg_between(&self, from: &str, to: &str) -> Option<usize> {
        self.legs.values().position(|leg| leg.from == from && leg.to == to)
    }

    /// What a threat does on legs.
    pub(crate) fn attacks_on_legs(&self, threat: &str) -> impl Iterator<Item = &LegAttacks> {
        self.legs.values().filter_map(move |leg| leg.attacks.get(threat))
    }

    /// Where people can be and attacks can fall: the sites, then the legs.
    pub(crate) fn places(&self) -> impl Iterator<Item = &String> + Clone {
        self.sites.keys().chain(self.legs.keys())
    }
}
