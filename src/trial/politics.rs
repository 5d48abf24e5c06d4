//! Contingents that leave on their own account.

use super::{Due, Trial};
use crate::measure::M;
use crate::streams::Purpose;

impl Trial<'_> {
    pub(super) fn begin_politics(&mut self) {
        self.decided.clear();
        self.decided.resize(self.model.contingents(), false);
        self.gone.clear();
        let politics = &self.model.region.politics;
        // Where nobody follows, nobody has to know who has gone.
        if politics.iter().flatten().any(|about| !about.follows.is_empty()) {
            self.gone.resize(self.model.contingents(), false);
        }
    }

    /// People of a contingent have been killed: it may have had enough.
    pub(super) fn mourn(&mut self, contingent: usize) {
        let Some(about) = &self.model.region.politics[contingent] else { return };
        if let Some(tolerance) = about.tolerance_killed {
            let tolerance = tolerance.of(&self.draw.values).max(1.0);
            if self.record.get(M::ContingentKilled, contingent) >= tolerance {
                self.decide_to_leave(contingent);
            }
        }
    }

    fn decide_to_leave(&mut self, contingent: usize) {
        if self.decided[contingent] {
            return;
        }
        self.decided[contingent] = true;
        let Some(about) = &self.model.region.politics[contingent] else { return };
        let mut stream = self.luck.once(about.who, Purpose::Politics);
        let values = &self.draw.values;
        let delay = about.delay.sample(|slot| slot.of(values), &mut stream);
        self.send_home(contingent, delay);
    }

    /// People have come or gone: a contingent may have left, and others may follow it.
    pub(super) fn contingents_may_follow(&mut self) {
        let contingents = self.gone.len();
        for contingent in 0..contingents {
            let mut by_site = self.people.chunks_exact(contingents);
            if !self.gone[contingent] && by_site.all(|site| site[contingent] == 0) {
                self.gone[contingent] = true;
                self.ask_to_follow(contingent);
            }
        }
    }

    fn ask_to_follow(&mut self, left: usize) {
        let model = self.model;
        for (contingent, about) in model.region.politics.iter().enumerate() {
            let followed = about.iter().flat_map(|about| &about.follows);
            for (_, who, chance) in followed.filter(|(other, _, _)| *other == left) {
                let luck = self.luck.once(*who, Purpose::Politics).uniform();
                if luck < chance.of(&self.draw.values) {
                    self.decide_to_leave(contingent);
                }
            }
        }
    }

    /// A contingent is to leave, unless it is to leave already.
    pub(super) fn send_home(&mut self, contingent: usize, in_days: f64) {
        if self.agenda.time(Due::Departure(contingent)) == f64::INFINITY {
            self.agenda.set(Due::Departure(contingent), self.now + in_days);
        }
    }
}
