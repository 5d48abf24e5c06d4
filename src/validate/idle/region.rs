//! Parts of the region that can change nothing: contingents, the host, an insurgency, and what comes of them.

use super::{Look, at, comes, least, most, surely};
use crate::law::Law;
use crate::scenario::{Costs, Friction, Host, Insurgency, Toll, insurgency};
use crate::validate::warnings::is_zero;

impl Look<'_> {
    pub(super) fn contingents(&mut self) {
        let killed = self.threats().any(|(id, threat)| self.kills(id, threat));
        for (id, about) in &self.scenario.world.contingents {
            let path = format!("world.contingents.{id}");
            let follows = about.follows.values().any(|chance| most(chance) > 0.0);
            if about.tolerance_killed.is_some() && !killed {
                let remedy = "take it out, or give a threat weapons that kill";
                self.idle(at(&path, "tolerance_killed"), "nobody is ever killed", remedy);
            }
            let votes = about.leaves_after.values().any(|after| {
                after.chance.iter().chain(after.by_outcome.values()).any(|one| most(one) > 0.0)
            });
            let leaves = about.tolerance_killed.is_some() || follows || votes;
            if !leaves && about.mandate_until.is_none() && about.only_on.is_none() {
                let remedy = "give `mandate_until`, `tolerance_killed`, `follows` or `leaves_after`, \
                              or take it out";
                self.idle(path, "nothing makes the contingent leave", remedy);
            }
        }
    }

    pub(super) fn host(&mut self) {
        let Some(host) = &self.scenario.world.host else { return };
        let Host { areas, friction, expulsion, capability } = host;
        if let Some(about) = expulsion {
            let unprovoked = comes(&about.unprovoked_per_day, &self.reached);
            // With a hazard of its own, the one by friction may be no more than a default.
            if most(&about.per_day) > 0.0 && !self.offended() && !unprovoked {
                self.idle(
                    "world.host.expulsion.per_day",
                    "no strike ever offends the host, so nobody is expelled",
                    "give `unprovoked_per_day`, or a threat `retaliation` that is not coordinated",
                );
            } else if most(&about.per_day) == 0.0 && !unprovoked {
                let remedy = "give `per_day` or `unprovoked_per_day`, or take it out";
                self.idle("world.host.expulsion", "its hazards are 0", remedy);
            }
        }
        if *friction != Friction::default() && !(self.offended() && self.friction_counts()) {
            let why = "there is no friction, or nothing that looks at it";
            let remedy = "take it out, or give `expulsion` and strikes that are not coordinated";
            self.idle("world.host.friction", why, remedy);
        }
        let insurgency = self.scenario.world.insurgency.as_ref();
        if areas.is_some() && insurgency.is_none() && !self.expelled() {
            let why = "there is no insurgency, and nobody is expelled";
            self.idle("world.host.areas", why, "take it out, or give one of the two");
        }
        let theirs = insurgency.is_some_and(|about| least(&about.troops_share) < 1.0);
        if capability.is_some() && !theirs {
            let why = "there is no insurgency that the host's own forces hold down";
            self.idle("world.host.capability", why, "take it out, or give `world.insurgency`");
        }
    }

    pub(super) fn insurgency(&mut self) {
        let Some(about) = &self.scenario.world.insurgency else { return };
        let Insurgency {
            growth_per_year, troops_share, troops_exponent, shocks, incidents, ..
        } = about;
        let path = "world.insurgency";
        if is_zero(growth_per_year) {
            let why = "with a growth of 0, nothing has to hold it down";
            let held = [
                ("pressure", about.pressure != insurgency::pressure()),
                ("troops_share", *troops_share != insurgency::troops_share()),
                ("troops_exponent", !surely(troops_exponent, 1.0)),
            ];
            for (key, _) in held.into_iter().filter(|(_, given)| *given) {
                self.idle(at(path, key), why, "take it out, or give `growth_per_year`");
            }
        } else if is_zero(troops_share) && !surely(troops_exponent, 1.0) {
            let remedy = "take it out, or give `troops_share`";
            self.idle(at(path, "troops_exponent"), "troops hold nothing down", remedy);
        }
        let one = |law: &Law| law.support() == (1.0, 1.0);
        if shocks.as_ref().is_some_and(|it| most(&it.per_year) == 0.0 || one(&it.factor)) {
            let why = "shocks never come, or multiply by 1";
            self.idle(at(path, "shocks"), why, "mend it, or take it out");
        }
        let Some(incidents) = incidents else { return };
        if most(&incidents.per_day) == 0.0 {
            self.idle(at(path, "incidents"), "there are none", "give `per_day`, or take it out");
        } else if incidents.threat.is_some() && most(&incidents.on_sites) == 0.0 {
            let remedy = "give `on_sites`, or take it out";
            self.idle(at(path, "incidents.threat"), "no incident falls on a site", remedy);
        }
        if let Some(toll) = &incidents.harm {
            self.toll(&at(path, "incidents.harm"), toll);
        }
    }

    pub(super) fn toll(&mut self, path: &str, toll: &Toll) {
        if least(&toll.no_casualty) == 1.0 {
            self.idle(path, "it harms nobody", "give a lower `no_casualty`, or take it out");
        }
    }

    pub(super) fn rest(&mut self) {
        let world = &self.scenario.world;
        if let Some(about) = &world.reentry {
            if self.scenario.plan.phases.is_empty() {
                let why = "it comes after the last phase, and there are none";
                self.idle("world.reentry", why, "give phases, or take it out");
            } else if most(&about.per_day) == 0.0 {
                self.idle("world.reentry", "its hazard is 0", "give `per_day`, or take it out");
            }
        }
        if let Some(about) = &world.barrages
            && !comes(&about.per_day, &self.reached)
        {
            let remedy = "give `per_day`, or take it out";
            self.idle("world.barrages", "there are none", remedy);
        }
        let Some(costs) = &world.costs else { return };
        let usual = Costs::default();
        if costs.per_pause_day != usual.per_pause_day
            && !(self.rules(|rule| rule.then.pause.is_some())
                && self.scenario.plan.breathing_room.pause_days > 0.0)
        {
            let remedy = "take it out, or give breathing room and a rule that pauses";
            self.idle("world.costs.per_pause_day", "movement is never held", remedy);
        }
        let moved = self.scenario.plan.phases.values().any(|phase| !phase.moves.is_empty());
        if costs.per_person_moved != usual.per_person_moved && !moved {
            let remedy = "take it out, or give phases that move people";
            self.idle("world.costs.per_person_moved", "no phase moves anybody", remedy);
        }
        for id in costs.per_tonne_moved.keys() {
            if !self.is_used(id) {
                let path = format!("world.costs.per_tonne_moved.{id}");
                self.idle(path, "no load goes that way", "take it out, or give loads that do");
            }
        }
    }
}
