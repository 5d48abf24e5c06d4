//! Parts of the region that can change nothing: contingents, the host, an insurgency, and what comes of them.

use super::{Look, at, comes, least, most, surely, ticked};
use crate::languages::say;
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
                let remedy = say!(self.speech, "do-weapons-that-kill");
                self.idle(
                    at(&path, "tolerance_killed"),
                    say!(self.speech, "why-nobody-killed"),
                    remedy,
                );
            }
            let votes = about.leaves_after.values().any(|after| {
                after.chance.iter().chain(after.by_outcome.values()).any(|one| most(one) > 0.0)
            });
            let leaves = about.tolerance_killed.is_some() || follows || votes;
            if !leaves && about.mandate_until.is_none() && about.only_on.is_none() {
                let speech = self.speech;
                let keys = ["mandate_until", "tolerance_killed", "follows"].map(ticked);
                let keys = speech.either([speech.list(keys), ticked("leaves_after")]);
                let remedy = say!(speech, "do-give-or-take-out", key = keys);
                self.idle(path, say!(self.speech, "why-nobody-leaves"), remedy);
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
                    say!(self.speech, "why-not-offended"),
                    say!(
                        self.speech,
                        "do-offend",
                        unprovoked = "unprovoked_per_day",
                        retaliation = "retaliation"
                    ),
                );
            } else if most(&about.per_day) == 0.0 && !unprovoked {
                let remedy = self.give_either(["per_day", "unprovoked_per_day"]);
                self.idle("world.host.expulsion", say!(self.speech, "why-no-hazards"), remedy);
            }
        }
        if *friction != Friction::default() && !(self.offended() && self.friction_counts()) {
            let why = say!(self.speech, "why-no-friction");
            let remedy = say!(self.speech, "do-expulsion", expulsion = "expulsion");
            self.idle("world.host.friction", why, remedy);
        }
        let insurgency = self.scenario.world.insurgency.as_ref();
        if areas.is_some() && insurgency.is_none() && !self.expelled() {
            let why = say!(self.speech, "why-no-ground");
            self.idle("world.host.areas", why, say!(self.speech, "do-one-of-two"));
        }
        let theirs = insurgency.is_some_and(|about| least(&about.troops_share) < 1.0);
        if capability.is_some() && !theirs {
            let why = say!(self.speech, "why-host-holds-nothing");
            self.idle("world.host.capability", why, self.out_or_give("world.insurgency"));
        }
    }

    pub(super) fn insurgency(&mut self) {
        let Some(about) = &self.scenario.world.insurgency else { return };
        let Insurgency {
            growth_per_year, troops_share, troops_exponent, shocks, incidents, ..
        } = about;
        let path = "world.insurgency";
        if is_zero(growth_per_year) {
            let why = say!(self.speech, "why-no-growth");
            let held = [
                ("pressure", about.pressure != insurgency::pressure()),
                ("troops_share", *troops_share != insurgency::troops_share()),
                ("troops_exponent", !surely(troops_exponent, 1.0)),
            ];
            for (key, _) in held.into_iter().filter(|(_, given)| *given) {
                self.idle(at(path, key), why.clone(), self.out_or_give("growth_per_year"));
            }
        } else if is_zero(troops_share) && !surely(troops_exponent, 1.0) {
            let remedy = self.out_or_give("troops_share");
            self.idle(
                at(path, "troops_exponent"),
                say!(self.speech, "why-troops-hold-nothing"),
                remedy,
            );
        }
        let one = |law: &Law| law.support() == (1.0, 1.0);
        if shocks.as_ref().is_some_and(|it| most(&it.per_year) == 0.0 || one(&it.factor)) {
            let why = say!(self.speech, "why-no-shocks");
            self.idle(at(path, "shocks"), why, say!(self.speech, "do-mend"));
        }
        let Some(incidents) = incidents else { return };
        if most(&incidents.per_day) == 0.0 {
            self.idle(at(path, "incidents"), say!(self.speech, "why-none"), self.give("per_day"));
        } else if incidents.threat.is_some() && most(&incidents.on_sites) == 0.0 {
            let remedy = self.give("on_sites");
            self.idle(
                at(path, "incidents.threat"),
                say!(self.speech, "why-no-incident-on-sites"),
                remedy,
            );
        }
        if let Some(toll) = &incidents.harm {
            self.toll(&at(path, "incidents.harm"), toll);
        }
    }

    pub(super) fn toll(&mut self, path: &str, toll: &Toll) {
        if least(&toll.no_casualty) == 1.0 {
            self.idle(
                path,
                say!(self.speech, "why-harmless"),
                say!(self.speech, "do-lower", key = "no_casualty"),
            );
        }
    }

    pub(super) fn rest(&mut self) {
        let world = &self.scenario.world;
        if let Some(about) = &world.reentry {
            if self.scenario.plan.phases.is_empty() {
                let why = say!(self.speech, "why-no-last-phase");
                self.idle("world.reentry", why, say!(self.speech, "do-give-phases"));
            } else if most(&about.per_day) == 0.0 {
                self.idle(
                    "world.reentry",
                    say!(self.speech, "why-no-hazard"),
                    self.give("per_day"),
                );
            }
        }
        if let Some(about) = &world.barrages
            && !comes(&about.per_day, &self.reached)
        {
            let remedy = self.give("per_day");
            self.idle("world.barrages", say!(self.speech, "why-none"), remedy);
        }
        let Some(costs) = &world.costs else { return };
        let usual = Costs::default();
        if costs.per_pause_day != usual.per_pause_day
            && !(self.rules(|rule| rule.then.pause.is_some())
                && self.scenario.plan.breathing_room.pause_days > 0.0)
        {
            let remedy = say!(self.speech, "do-room-and-rule");
            self.idle("world.costs.per_pause_day", say!(self.speech, "why-never-held"), remedy);
        }
        let moved = self.scenario.plan.phases.values().any(|phase| !phase.moves.is_empty());
        if costs.per_person_moved != usual.per_person_moved && !moved {
            let remedy = say!(self.speech, "do-move-people");
            self.idle(
                "world.costs.per_person_moved",
                say!(self.speech, "why-moves-nobody"),
                remedy,
            );
        }
        for id in costs.per_tonne_moved.keys() {
            if !self.is_used(id) {
                let path = format!("world.costs.per_tonne_moved.{id}");
                self.idle(path, say!(self.speech, "why-no-load"), say!(self.speech, "do-loads"));
            }
        }
    }
}
