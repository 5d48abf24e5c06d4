//! Rules, reviews and pauses.

use super::movement::Status;
use super::{Due, Kind, Trial};
use crate::measure::M;
use crate::model::{Bound, Condition, Count, Counted};

/// An attack, as rules see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub days: f64,
    pub channel: usize,
    pub wounded: u32,
    pub killed: u32,
}

/// Less breathing room than this, in days, is none: it is what rounding leaves.
const TINY: f64 = 1e-9;

/// What a count stands at: the attacks of its window are hits `first..last`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Running {
    first: usize,
    last: usize,
    sum: u64,
}

/// Pauses so far.
#[derive(Clone, Debug, Default)]
pub(super) struct PauseState {
    /// When the present pause began.
    pub begun: Option<f64>,
    /// By rule: since when it holds movement.
    holding: Vec<Option<f64>>,
    days_used: f64,
    extension_used: f64,
}

impl Trial<'_> {
    pub(super) fn begin_rules(&mut self) {
        let rules = self.model.rules.len();
        self.pause.begun = None;
        self.pause.holding.clear();
        self.pause.holding.resize(rules, None);
        self.pause.days_used = 0.0;
        self.pause.extension_used = 0.0;
        self.counts.clear();
        self.counts.resize(self.model.counts, Running::default());
        if rules > 0 {
            self.agenda.set(Due::Review, self.model.review_every);
        }
    }

    /// Each rule, in order of id, looks and acts.
    pub(super) fn review(&mut self) {
        self.agenda.set(Due::Review, self.now + self.model.review_every);
        if self.pause.begun.is_none() && !self.can_pause() {
            return;
        }
        let model = self.model;
        for (k, rule) in model.rules.iter().enumerate() {
            self.pause.holding[k] = match self.pause.holding[k] {
                Some(since) => {
                    let over = self.now - since >= rule.at_least && self.holds(&rule.until);
                    (!over).then_some(since)
                }
                None => self.holds(&rule.when).then_some(self.now),
            };
        }
        let wanted = self.pause.holding.iter().any(Option::is_some);
        match (wanted, self.pause.begun) {
            (true, None) => self.begin_pause(),
            (false, Some(_)) => self.resume(Kind::PauseEnded),
            _ => {}
        }
    }

    pub(super) fn breathing_room_spent(&mut self) {
        self.pause.holding.fill(None);
        self.record.add(M::ForcedResumptions, 0, 1.0);
        self.resume(Kind::PauseSpent);
    }

    /// The horizon has come: a pause that is still on has lasted until now.
    pub(super) fn end_pause(&mut self) {
        if let Some(begun) = self.pause.begun {
            self.record.add(M::PauseDays, 0, self.now - begun);
        }
    }

    /// Whether there is anything to hold, and breathing room to hold it in.
    fn can_pause(&self) -> bool {
        let mut moving = self.phases.iter().enumerate().filter(|(_, phase)| phase.can_be_held());
        self.model.pause_days > self.pause.days_used + TINY
            && moving.clone().next().is_some()
            && moving.all(|(phase, _)| self.has_room(phase))
    }

    /// Whether the phase could be held from now on without overspending the breathing room.
    fn has_room(&self, phase: usize) -> bool {
        self.latest_resumption(phase) > self.now + TINY
    }

    /// A phase has become ready during a pause: it starts held, or, if it cannot wait, ends the
    /// pause.
    pub(super) fn pause_meets_start(&mut self, phase: usize) {
        if self.has_room(phase) {
            self.hold(phase);
            self.set_spent();
        } else {
            self.breathing_room_spent();
        }
    }

    fn begin_pause(&mut self) {
        self.pause.begun = Some(self.now);
        self.record.add(M::Pauses, 0, 1.0);
        self.note(|event| event, Kind::PauseBegan);
        for phase in 0..self.phases.len() {
            if self.phases[phase].can_be_held() {
                self.hold(phase);
            }
        }
        self.set_spent();
    }

    /// Finds the moment at which the breathing room of the present pause is spent.
    fn set_spent(&mut self) {
        let begun = self.pause.begun.unwrap_or(self.now);
        let allowance = begun + self.model.pause_days - self.pause.days_used;
        let held = (0..self.phases.len()).filter(|&p| self.phases[p].status == Status::Held);
        let spent = held.map(|phase| self.latest_resumption(phase)).fold(allowance, f64::min);
        self.agenda.set(Due::Spent, spent.max(self.now));
    }

    /// The phase's finish if a pause does not push it back.
    fn target(&self, phase: usize) -> f64 {
        self.phases[phase].finish.max(self.model.phases[phase].finish)
    }

    /// Days that the lifts still needed take at the least.
    fn least_days(&self, phase: usize) -> f64 {
        let lifts = self.phases[phase].least_lifts(self.model.lift_capacity);
        f64::from(lifts) * self.model.lift_every
    }

    /// The last moment at which resuming does not overspend the breathing room.
    fn latest_resumption(&self, phase: usize) -> f64 {
        let target = self.target(phase);
        let extended = target + self.model.extension_days - self.pause.extension_used;
        target.max(extended.min(self.model.latest)) - self.least_days(phase)
    }

    fn resume(&mut self, kind: Kind) {
        let begun = self.pause.begun.take().unwrap_or(self.now);
        self.pause.days_used += self.now - begun;
        self.record.add(M::PauseDays, 0, self.now - begun);
        self.note(|event| event, kind);
        self.agenda.set(Due::Spent, f64::INFINITY);
        let mut charge = 0.0f64;
        for phase in 0..self.phases.len() {
            if self.phases[phase].status == Status::Held {
                let target = self.target(phase);
                self.schedule(phase, target.max(self.now + self.least_days(phase)));
                charge = charge.max(self.phases[phase].finish - target);
            }
        }
        self.pause.extension_used += charge;
        self.record.add(M::ExtensionDays, 0, charge);
    }

    fn holds(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::Count(count) => {
                let value = self.count(count);
                match count.bound {
                    Bound::AtLeast(bound) => value >= u64::from(bound),
                    Bound::AtMost(bound) => value <= u64::from(bound),
                }
            }
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
        }
    }

    /// Counts over the window (now - in_days, now]. Windows only move forward, so each attack
    /// enters and leaves a count once.
    fn count(&mut self, count: &Count) -> u64 {
        let since = self.now - count.in_days;
        let running = &mut self.counts[count.index];
        let weight = |hit: &Hit| match count.what {
            _ if !count.channels[hit.channel] => 0,
            Counted::Attacks => 1,
            Counted::Wounded => u64::from(hit.wounded),
            Counted::Killed => u64::from(hit.killed),
        };
        for hit in &self.hits[running.last..] {
            running.sum += weight(hit);
        }
        running.last = self.hits.len();
        while running.first < running.last && self.hits[running.first].days <= since {
            running.sum -= weight(&self.hits[running.first]);
            running.first += 1;
        }
        running.sum
    }
}
