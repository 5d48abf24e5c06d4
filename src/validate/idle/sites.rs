//! What sites can stop and nobody fires, and garrisons that nothing follows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Look, at, falls_on, most};
use crate::languages::say;
use crate::law::Law;
use crate::scenario::{Site, Threat};
use crate::validate::warnings::is_zero;

impl<'a> Look<'a> {
    pub(super) fn sites(&mut self) {
        for (id, site) in &self.scenario.world.sites {
            let path = format!("world.sites.{id}");
            let there: u64 = site.garrison.values().map(|&people| u64::from(people)).sum();
            let moved = |threat: &Threat| {
                !is_zero(&threat.presence_elasticity) && falls_on(threat, id, self.scenario)
            };
            let other = site.reference_garrison.filter(|&reference| u64::from(reference) != there);
            if other.is_some() && there > 0 && !self.threats().any(|(_, threat)| moved(threat)) {
                let remedy = say!(self.speech, "do-elasticity", key = "presence_elasticity");
                let path = at(&path, "reference_garrison");
                self.idle(path, say!(self.speech, "why-not-followed"), remedy);
            }
            self.defence(&at(&path, "air_defence"), id, site);
        }
        self.unfired("world", &self.scenario.world.intercept);
        for (id, area) in &self.scenario.world.areas {
            self.unfired(&format!("world.areas.{id}"), &area.intercept);
        }
    }

    /// What nobody fires anywhere.
    fn unfired(&mut self, path: &str, intercept: &BTreeMap<String, Law>) {
        let anywhere = self.weapons(None);
        for weapon in intercept.keys().filter(|it| !anywhere.contains(it)) {
            let path = format!("{path}.intercept.{weapon}");
            let remedy = say!(self.speech, "do-give-weapon");
            self.idle(path, say!(self.speech, "why-not-fired"), remedy);
        }
    }

    /// What the threats attack with: on all sites, or on one.
    pub(super) fn weapons(&self, here: Option<&str>) -> BTreeSet<&'a String> {
        let scenario = self.scenario;
        let threats = scenario.world.threats.iter().filter(|(threat, about)| {
            let falls = here.is_none_or(|site| falls_on(about, site, scenario));
            self.attackers.contains(threat) && falls
        });
        let weapons = threats.flat_map(|(_, about)| about.weapons.iter());
        weapons
            .filter(|(_, weapon)| {
                weapon.interceptable && weapon.shares().any(|share| most(share) > 0.0)
            })
            .map(|(weapon, _)| weapon)
            .collect()
    }

    /// What a site can stop is told whole, whoever attacks it: idle is what nobody fires anywhere.
    fn defence(&mut self, path: &str, id: &str, site: &Site) {
        self.unfired(path, &site.air_defence.intercept);
        if self.weapons(Some(id)).is_empty() && site.air_defence.needs_people > 0 {
            let remedy = say!(self.speech, "do-arm");
            self.idle(at(path, "needs_people"), say!(self.speech, "why-nothing-fired"), remedy);
        }
    }
}
