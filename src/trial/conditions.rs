//! What rules look at.

use super::Trial;
use crate::model::{Condition, Situation, has_come};
use crate::streams::{Purpose, Who};

/// What counts of hits within a window up to now. Windows only move forward.
#[derive(Clone, Debug, Default)]
pub(super) struct Running {
    /// When, and how many.
    hits: Vec<(f64, u64)>,
    /// The first one that is still within the window.
    first: usize,
    sum: u64,
}

impl Running {
    pub fn reset(&mut self) {
        self.hits.clear();
        (self.first, self.sum) = (0, 0);
    }

    #[inline]
    pub fn enter(&mut self, days: f64, count: u64) {
        if count > 0 {
            self.hits.push((days, count));
            self.sum += count;
        }
    }

    /// The count over (since, now].
    fn after(&mut self, since: f64) -> u64 {
        let left = self.hits[self.first..].iter().take_while(|(days, _)| *days <= since);
        for (_, count) in left {
            self.sum -= count;
            self.first += 1;
        }
        self.sum
    }
}

impl Trial<'_> {
    pub(super) fn holds(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::Count(count) => {
                let about = &self.model.counts[*count];
                let sum = self.counts[*count].after(self.now - about.in_days);
                about.limits.hold(sum as f64)
            }
            Condition::Tension(states) => states[self.state],
            Condition::Days { from, before } => {
                has_come(*from, self.now) && !has_come(*before, self.now)
            }
            Condition::Phase(phase, state) => self.phases[*phase].status == *state,
            Condition::PauseDaysLeft(limits) => limits.hold_days(self.pause_days_left()),
            Condition::ExtensionDaysLeft(limits) => limits.hold_days(self.extension_days_left()),
            Condition::People(places, limits) => {
                let counted = self.people.iter().zip(places).filter(|(_, counts)| **counts);
                limits.hold(counted.map(|(people, _)| f64::from(*people)).sum())
            }
            Condition::Event(event, outcome) => self.calendar.has_happened(*event, *outcome),
            Condition::InsurgentStrength(limits) => limits.hold(self.insurgent_strength()),
            Condition::Friction(limits) => limits.hold(self.friction()),
            Condition::Expelled(expelled) => self.host.deadline.is_some() == *expelled,
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
            Condition::Function(function) => (function.when)(&self.situation(function.who)),
        }
    }

    fn situation(&self, who: Who) -> Situation<'_> {
        Situation {
            model: self.model,
            days: self.now,
            state: self.state,
            people: &self.people,
            phases: self.phases.iter().map(|phase| phase.status).collect(),
            hits: &self.hits,
            pause_days_left: self.pause_days_left(),
            extension_days_left: self.extension_days_left(),
            trial_stream: self.luck.once(who, Purpose::Rule),
            review_stream: self.luck.once(who.nth(self.now.to_bits()), Purpose::Rule),
        }
    }
}
