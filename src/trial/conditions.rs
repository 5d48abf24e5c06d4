//! What rules look at.

use super::Trial;
use crate::model::{Condition, Count, Situation};

/// What a count stands at: the hits of its window are `first..last`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Running {
    first: usize,
    last: usize,
    sum: u64,
}

impl Trial<'_> {
    pub(super) fn holds(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::Count(count) => count.limits.hold(self.count(count) as f64),
            Condition::Tension(states) => states[self.state],
            Condition::Days { from, before } => (*from..*before).contains(&self.now),
            Condition::Phase(phase, state) => self.phases[*phase].status == *state,
            Condition::PauseDaysLeft(limits) => limits.hold(self.pause_days_left()),
            Condition::ExtensionDaysLeft(limits) => limits.hold(self.extension_days_left()),
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
            Condition::Function(function) => (function.0)(&self.situation()),
        }
    }

    fn situation(&self) -> Situation<'_> {
        Situation {
            model: self.model,
            days: self.now,
            state: self.state,
            people: &self.people,
            phases: self.phases.iter().map(|phase| phase.status).collect(),
            hits: &self.hits,
            pause_days_left: self.pause_days_left(),
            extension_days_left: self.extension_days_left(),
        }
    }

    /// Counts over the window (now - in_days, now]. Windows only move forward, so each hit enters
    /// and leaves a count once.
    fn count(&mut self, count: &Count) -> u64 {
        let since = self.now - count.in_days;
        let running = &mut self.counts[count.index];
        for hit in &self.hits[running.last..] {
            running.sum += count.weight(hit);
        }
        running.last = self.hits.len();
        while running.first < running.last && self.hits[running.first].days <= since {
            running.sum -= count.weight(&self.hits[running.first]);
            running.first += 1;
        }
        running.sum
    }
}
