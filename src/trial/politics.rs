//! Contingents that leave on their own account.

use super::{Due, Trial};
use crate::measure::M;
use crate::streams::Purpose;

/// What a contingent has decided.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Resolve {
    decided: bool,
    /// It has left every site.
    gone: bool,
}

impl Trial<'_> {
    pub(super) fn begin_politics(&mut self) {
        self.resolves.clear();
        self.resolves.resize(self.model.contingents(), Resolve::default());
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
        if self.resolves[contingent].decided {
            return;
        }
        self.resolves[contingent].decided = true;
        let Some(about) = &self.model.region.politics[contingent] else { return };
        let mut stream = self.luck.once(about.who, Purpose::Politics);
        let values = &self.draw.values;
        let delay = about.delay.sample(|slot| slot.of(values), &mut stream);
        self.send_home(contingent, delay);
    }

    /// People have come or gone: a contingent may have left, and others may follow it.
    pub(super) fn contingents_may_follow(&mut self) {
        for contingent in 0..self.resolves.len() {
            let there = self.people.iter().skip(contingent).step_by(self.resolves.len());
            if !self.resolves[contingent].gone && there.sum::<u32>() == 0 {
                self.resolves[contingent].gone = true;
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
