//! Legs that nobody takes, and attacks on them that never come.

use super::{Look, at, comes, most};
use crate::languages::say;
use crate::scenario::Leg;

impl Look<'_> {
    pub(super) fn legs(&mut self) {
        for (id, leg) in &self.scenario.world.legs {
            let path = format!("world.legs.{id}");
            if !self.is_taken(leg) {
                let why = say!(self.speech, "why-no-move-goes", from = &leg.from, to = &leg.to);
                self.idle(&path, why, say!(self.speech, "do-add-leg-move"));
            }
            for (threat, attacks) in &leg.attacks {
                let factor = self.scenario.world.threats.get(threat).map(|one| &one.rate_factor);
                let some = [&attacks.per_convoy, &attacks.per_person_day]
                    .into_iter()
                    .any(|rates| comes(rates, &self.reached));
                if !some || factor.is_some_and(|factor| most(factor) == 0.0) {
                    let remedy = self.give_either(["per_convoy", "per_person_day"]);
                    self.idle(
                        at(&at(&path, "attacks"), threat),
                        say!(self.speech, "why-none"),
                        remedy,
                    );
                }
            }
        }
    }

    /// Whether some move goes that way. A plan without phases may have them one day.
    fn is_taken(&self, leg: &Leg) -> bool {
        let phases = &self.scenario.plan.phases;
        let mut moves = phases.values().flat_map(|phase| phase.moves.values());
        phases.is_empty() || moves.any(|step| step.site == leg.from && step.to == leg.to)
    }
}
