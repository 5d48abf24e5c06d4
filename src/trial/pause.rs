//! Pauses: movement held out of the breathing room of the plan and of each phase.

use super::lifts::{Status, Used};
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model::{ROUNDING, Room, has_come};

/// The present pause, and the breathing room used so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pause {
    /// When the present pause began.
    pub begun: Option<f64>,
    /// The largest push by it so far.
    charge: f64,
    pub used: Used,
}

impl Trial<'_> {
    /// Whether there is anything to hold, and breathing room to hold it in.
    pub(super) fn can_pause(&self) -> bool {
        let mut holdable = (0..self.phases.len()).filter(|&phase| self.is_holdable(phase));
        self.host.deadline.is_none()
            && self.pause_days_left() > 0.0
            && holdable.clone().next().is_some()
            && holdable.all(|phase| !has_come(self.latest_resumption(phase), self.now))
    }

    /// Whether a phase moves people and has breathing room of its own to be held in.
    fn is_holdable(&self, phase: usize) -> bool {
        self.phases[phase].can_be_held() && !has_come(self.own_limit(phase, self.now), self.now)
    }

    /// A phase has become ready during a pause: it starts held, or goes on if it has no room of
    /// its own, or, if it cannot wait, ends the pause.
    pub(super) fn pause_meets_start(&mut self, phase: usize) {
        if !self.is_holdable(phase) {
            return;
        }
        if !has_come(self.latest_resumption(phase), self.now) {
            self.hold(phase);
            self.set_spent();
        } else {
            self.end_spent_pause();
        }
    }

    pub(super) fn begin_pause(&mut self) {
        self.pause.begun = Some(self.now);
        self.pause.charge = 0.0;
        self.record.add(M::Pauses, 0, 1.0);
        self.note(|event| event, Kind::PauseBegan);
        for phase in 0..self.phases.len() {
            if self.is_holdable(phase) {
                self.hold(phase);
            }
        }
        self.set_spent();
    }

    fn hold(&mut self, phase: usize) {
        let state = &mut self.phases[phase];
        state.begin_stretch();
        state.status = Status::Held;
        state.held_since = self.now;
        self.agenda.set(Due::Phase(phase), f64::INFINITY);
    }

    /// Phases that the present pause holds.
    pub(super) fn held(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.phases.len()).filter(|&phase| self.phases[phase].status == Status::Held)
    }

    /// Finds the moment at which breathing room of the present pause is spent: all of it, or that
    /// of a phase.
    pub(super) fn set_spent(&mut self) {
        let own = |phase: usize| self.own_limit(phase, self.phases[phase].held_since);
        let spent = self.held().map(own).fold(self.common_limit(), f64::min);
        self.agenda.set(Due::Spent, spent.max(self.now));
    }

    /// The last moment of the present pause that the breathing room of the plan allows.
    fn common_limit(&self) -> f64 {
        let begun = self.pause.begun.unwrap_or(self.now);
        let allowance = begun + self.model.room.pause_days - self.pause.used.pause_days;
        self.held().map(|phase| self.latest_resumption(phase)).fold(allowance, f64::min)
    }

    /// The last moment at which a phase held since then must go on, for its own breathing room.
    fn own_limit(&self, phase: usize, since: f64) -> f64 {
        match &self.model.phases[phase].room {
            None => f64::INFINITY,
            Some(room) => {
                let used = self.phases[phase].used;
                let allowance = since + room.pause_days - used.pause_days;
                allowance.min(self.resumption_within(phase, room, used))
            }
        }
    }

    /// The last moment at which resuming does not overspend the breathing room of the plan.
    fn latest_resumption(&self, phase: usize) -> f64 {
        self.resumption_within(phase, &self.model.room, self.pause.used)
    }

    fn resumption_within(&self, phase: usize, room: &Room, used: Used) -> f64 {
        let blackouts = &self.model.blackouts;
        let until = blackouts.working_by(latest_finish(self.target(phase), room, used));
        blackouts.instant(until - self.least_days(phase))
    }

    /// The latest finish of a phase that both its own breathing room and that of the plan allow.
    pub(super) fn latest_finish(&self, phase: usize) -> f64 {
        let target = self.target(phase);
        let common = latest_finish(target, &self.model.room, self.pause.used);
        let own = self.model.phases[phase].room.as_ref();
        let own = own.map(|room| latest_finish(target, room, self.phases[phase].used));
        own.map_or(common, |own| own.min(common))
    }

    /// The phase's finish if a pause does not push it back.
    pub(super) fn target(&self, phase: usize) -> f64 {
        let state = &self.phases[phase];
        state.finish.max(self.model.phases[phase].finish - state.sooner)
    }

    /// Working days that the lifts still needed take at the least.
    pub(super) fn least_days(&self, phase: usize) -> f64 {
        self.model.transport.least_full_days(self.phases[phase].left())
    }

    /// Breathing room is spent: that of the plan ends the pause, that of a phase lets it go on.
    pub(super) fn breathing_room_spent(&mut self) {
        if !has_come(self.common_limit(), self.now) {
            for phase in 0..self.phases.len() {
                let state = &self.phases[phase];
                let held = state.status == Status::Held;
                if held && has_come(self.own_limit(phase, state.held_since), self.now) {
                    self.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseResumed);
                    self.let_go(phase);
                }
            }
            if self.held().next().is_some() {
                return self.set_spent();
            }
        }
        self.end_spent_pause();
    }

    fn end_spent_pause(&mut self) {
        self.release_rules();
        self.record.add(M::ForcedResumptions, 0, 1.0);
        self.resume(Kind::PauseSpent);
    }

    /// Ends the present pause.
    pub(super) fn resume(&mut self, kind: Kind) {
        let begun = self.pause.begun.take().unwrap_or(self.now);
        self.pause.used.pause_days += self.now - begun;
        self.record.add(M::PauseDays, 0, self.now - begun);
        self.note(|event| event, kind);
        self.agenda.set(Due::Spent, f64::INFINITY);
        for phase in 0..self.phases.len() {
            if self.phases[phase].status == Status::Held {
                self.let_go(phase);
            }
        }
        self.pause.used.extension_days += self.pause.charge;
        self.record.add(M::ExtensionDays, 0, self.pause.charge);
    }

    /// A held phase goes on: it catches up to its finish where transport allows.
    fn let_go(&mut self, phase: usize) {
        let target = self.target(phase);
        let least = self.working() + self.least_days(phase);
        self.schedule(phase, self.model.blackouts.working_by(target).max(least));
        let state = &mut self.phases[phase];
        let push = (state.finish - target).max(0.0);
        state.used.pause_days += self.now - state.held_since;
        state.used.extension_days += push;
        self.pause.charge = self.pause.charge.max(push);
    }

    /// The horizon has come: a pause that is still on has lasted until now.
    pub(super) fn end_pause(&mut self) {
        if let Some(begun) = self.pause.begun {
            self.record.add(M::PauseDays, 0, self.now - begun);
        }
        self.release_rules();
    }

    /// Days for which movement may still be held.
    pub(super) fn pause_days_left(&self) -> f64 {
        if self.host.deadline.is_some() {
            return 0.0;
        }
        let present = self.pause.begun.map_or(0.0, |begun| self.now - begun);
        left(self.model.room.pause_days - self.pause.used.pause_days - present)
    }

    /// Days by which finishes may still be pushed back.
    pub(super) fn extension_days_left(&self) -> f64 {
        if self.host.deadline.is_some() {
            return 0.0;
        }
        left(self.model.room.extension_days - self.pause.used.extension_days)
    }
}

/// What is left of a breathing room: what rounding leaves of it is none.
fn left(days: f64) -> f64 {
    if days > ROUNDING { days } else { 0.0 }
}

/// The latest finish that breathing room allows.
fn latest_finish(target: f64, room: &Room, used: Used) -> f64 {
    let extended = target + room.extension_days - used.extension_days;
    target.max(extended.min(room.latest))
}
