//! The same of where things stand on the first day.

use super::super::at;
use super::{Look, least, mentions, most, ticked};
use crate::languages::say;
use crate::law::{Dist, Family};
use crate::scenario::{Condition, Contagion, Retaliation};

impl Look<'_> {
    pub(super) fn now(&mut self) {
        let scenario = self.scenario;
        let Some(now) = &scenario.now else { return };
        if !now.breathing_room.is_none() && !self.room_is_used() {
            let remedy = say!(self.speech, "do-pause-or-stretch");
            self.idle("now.breathing_room", say!(self.speech, "why-room-unused"), remedy);
        }
        if let (Some(_), Some(tension)) = (&now.tension, &scenario.world.tension)
            && let Some(state) = tension.states.get(&tension.start)
        {
            let one =
                matches!(state.mean_days, Dist::Number(_) | Dist::Family(Family::Constant(_)));
            if one || state.next.is_empty() {
                let why = say!(self.speech, "why-ageless");
                let remedy = say!(self.speech, "do-give-law", key = ticked("mean_days"));
                self.idle("now.tension", why, remedy);
            }
        }
        for (id, about) in &now.threats {
            let path = format!("now.threats.{id}");
            let Some(threat) = scenario.world.threats.get(id) else { continue };
            let retaliation = threat.retaliation.as_ref();
            if !about.strikes.is_empty() && !retaliation.is_some_and(|it| self.strikes_count(it)) {
                let why = say!(self.speech, "why-strikes-forgotten");
                self.idle(at(&path, "strikes"), why, self.give_or_them_out("deterrence"));
            }
            let causes = threat.contagion.as_ref().is_some_and(causes);
            let counted = self
                .conditions()
                .any(|one| mentions(one, &|condition| matches!(condition, Condition::Attacks(_))));
            if about.attacks.is_some() && !causes && !counted {
                let why = say!(self.speech, "why-attacks-forgotten");
                self.idle(at(&path, "attacks"), why, self.give_or_them_out("contagion"));
            }
        }
    }

    fn give_or_them_out(&self, key: &str) -> String {
        say!(self.speech, "do-give-or-take-them-out", key = ticked(key))
    }

    /// Whether strikes change anything.
    fn strikes_count(&self, about: &Retaliation) -> bool {
        let moved = least(&about.deterrence) != 0.0 || most(&about.deterrence) != 0.0;
        moved || least(&about.coordinated) < 1.0 && self.friction_counts()
    }

    /// Whether there have been strikes against a threat before the start.
    pub(super) fn was_struck(&self, id: &str) -> bool {
        let now = self.scenario.now.as_ref().and_then(|now| now.threats.get(id));
        now.is_some_and(|about| !about.strikes.is_empty())
    }
}

fn causes(about: &Contagion) -> bool {
    let mut elsewhere =
        about.to_threats.values().chain(about.to_sites.values().flat_map(|to| to.values()));
    most(&about.children_per_attack) > 0.0 || elsewhere.any(|mean| most(mean) > 0.0)
}
