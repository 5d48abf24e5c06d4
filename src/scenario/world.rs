//! The world: what nobody in the plan decides. Tension, and the sites as they are found.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::burdens::{Barrages, Costs};
use super::calendar::CalendarEvent;
use super::host::Host;
use super::insurgency::{Insurgency, Reentry};
use super::legs::Leg;
use super::limits::{LARGEST, MOST_PEOPLE, NOT_NEGATIVE, POSITIVE, PROBABILITY, SHORTEST_STAY};
use super::politics::Contingent;
use super::risks::Risk;
use super::threat::Threat;
use crate::law::{Family, Law, Range};

/// What nobody in the plan decides: sites and garrisons as found, regional tension, threats.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct World {
    /// Areas group sites: a hand-over is felt on the other sites of its area.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<String, Area>,
    /// The sites that troops are on at the start or move to.
    pub sites: BTreeMap<String, Site>,
    /// The ways between sites, and home, on which people are for some time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub legs: BTreeMap<String, Leg>,
    /// By weapon, the chance that one projectile is stopped, on sites that say nothing of it themselves
    /// and whose area does not either. One that is a range has one value for all of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub intercept: BTreeMap<String, Law>,
    /// The regional tension. Left out: one lasting state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tension: Option<Tension>,
    /// The armed groups that attack the sites.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub threats: BTreeMap<String, Threat>,
    /// Dated events that nobody in the plan decides, such as elections.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub calendar: BTreeMap<String, CalendarEvent>,
    /// What may happen, and then acts on phases, gates and threats together.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub risks: BTreeMap<String, Risk>,
    /// What makes contingents leave on their own account, by contingent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contingents: BTreeMap<String, Contingent>,
    /// The host country. Left out: it puts up with everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Host>,
    /// An insurgency. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurgency: Option<Insurgency>,
    /// Going back in. Left out: nobody does, unless a rule of the plan says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reentry: Option<Reentry>,
    /// Barrages at others in the region that sites help to meet. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barrages: Option<Barrages>,
    /// What things cost. Left out: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Costs>,
}

impl World {
    /// The weapons of all threats that air defence can stop.
    pub(crate) fn interceptable(&self) -> impl Iterator<Item = &String> {
        let weapons = self.threats.values().flat_map(|threat| &threat.weapons);
        weapons.filter(|(_, weapon)| weapon.interceptable).map(|(id, _)| id)
    }

    /// What the scenario says of the chance that a weapon is stopped on a site, and where: the site
    /// itself, else its area, else the world.
    pub(crate) fn intercept_given(
        &self,
        id: &str,
        site: &Site,
        weapon: &str,
    ) -> Option<(String, Law)> {
        let of = |table: &BTreeMap<String, Law>, path: String| {
            Some((format!("{path}.intercept.{weapon}"), table.get(weapon)?.clone()))
        };
        let area = site.area.as_ref().and_then(|id| self.areas.get_key_value(id));
        of(&site.air_defence.intercept, format!("world.sites.{id}.air_defence"))
            .or_else(|| {
                area.and_then(|(id, area)| of(&area.intercept, format!("world.areas.{id}")))
            })
            .or_else(|| of(&self.intercept, "world".to_owned()))
    }

    /// The law of that chance, and its path: the library's, if the scenario says nothing.
    pub(crate) fn intercept_of(
        &self,
        id: &str,
        site: &Site,
        weapon: &str,
    ) -> Option<(String, Law)> {
        self.intercept_given(id, site, weapon).or_else(|| {
            let path = format!("world.sites.{id}.air_defence.intercept.{weapon}");
            Some((path, usual_intercept(weapon)?))
        })
    }
}

/// A group of sites.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Area {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// By weapon, the chance that one projectile is stopped, on sites of the area that say nothing of it
    /// themselves. One that is a range has one value for all of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub intercept: BTreeMap<String, Law>,
}

/// A base or another place with troops on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Site {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The area the site lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// People by contingent at the start.
    #[schemars(extend("maximum" = MOST_PEOPLE))]
    pub garrison: BTreeMap<String, u32>,
    /// The number of people at which the rates of threats hold. Left out: the garrison at the
    /// start. Must be given for a site that is empty at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub reference_garrison: Option<u32>,
    /// Tonnes of materiel on the site at the start.
    #[serde(default, skip_serializing_if = "is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub materiel_tonnes: u32,
    /// The site's air defence.
    #[serde(default)]
    pub air_defence: AirDefence,
}

/// How well a site stops what is fired at it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AirDefence {
    /// By weapon, the chance that one projectile is stopped, drawn once per attack: all
    /// projectiles of an attack meet the same defence on the same day. Left out: as its area
    /// says, or the world; where neither does: `drone`
    /// beta(17, 3), `rocket` beta(6, 4), `ballistic` beta(7, 4).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY), extend("form" = "judgement; stands in for data that are not public"))]
    pub intercept: BTreeMap<String, Law>,
    /// The defence leaves when fewer people than this are on the site; the chance is then
    /// beta(1, 19) for every weapon that can be stopped.
    #[serde(default)]
    #[schemars(extend("basis" = "judgement"))]
    pub needs_people: u32,
}

/// The regional tension, a chain of states with random stays. Nothing in the plan moves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tension {
    /// The state at the start.
    pub start: String,
    /// The states.
    pub states: BTreeMap<String, TensionState>,
}

/// One state of the tension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TensionState {
    /// Mean of a stay, in days. The stay is exponential with this mean; a law is drawn anew at
    /// each stay, so that a mixture makes some stays short and some long.
    #[schemars(extend("limits" = POSITIVE, "minimum" = SHORTEST_STAY))]
    pub mean_days: Law,
    /// Weights of the states that can follow; they are divided by their sum. Empty: the state
    /// lasts for good.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub next: BTreeMap<String, Range>,
}

built!(World {
    each areas / area: Area;
    each sites / site: Site;
    each legs / leg: Leg;
    each intercept / intercept: Law;
    opt tension: Tension;
    each threats / threat: Threat;
    each calendar / event: CalendarEvent;
    each risks / risk: Risk;
    each contingents / contingent: Contingent;
    opt host: Host;
    opt insurgency: Insurgency;
    opt reentry: Reentry;
    opt barrages: Barrages;
    opt costs: Costs;
});

built!(Area {
    set title: String;
    each intercept / intercept: Law;
});

built!(Site {
    set title: String;
    opt area: String;
    each garrison / garrison: u32;
    opt reference_garrison: u32;
    set materiel_tonnes: u32;
    set air_defence: AirDefence;
});

built!(AirDefence {
    each intercept / intercept: Law;
    set needs_people: u32;
});

built!(Tension(start: String) {
    each states / state: TensionState;
});

built!(TensionState(mean_days: Law) {
    each next / next: Range;
});

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_none(tonnes: &u32) -> bool {
    *tonnes == 0
}

/// The interception law of a weapon where the scenario gives none.
pub fn usual_intercept(weapon: &str) -> Option<Law> {
    let (a, b) = match weapon {
        "drone" => (17.0, 3.0),
        "rocket" => (6.0, 4.0),
        "ballistic" => (7.0, 4.0),
        _ => return None,
    };
    Some(Law::Family(Family::Beta([Range::Number(a), Range::Number(b)])))
}
