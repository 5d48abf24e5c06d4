//! Pauses: movement held out of the breathing room of the plan and of each phase.

use super::Plan;
use super::lifts::Status;
use crate::measure::M;
use crate::model::{ROUNDING, Room, Transport, Used, has_come};
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::{Event, Kind};

/// The present pause, and the breathing room used so far.
#[derive(Clone, Debug, Default)]
pub struct Pause {
    /// When the present pause began.
    pub begun: Option<f64>,
    /// The largest push by it so far.
    charge: f64,
    pub used: Used,
}

impl Plan {
    /// Whether movement is held.
    pub fn is_paused(&self) -> bool {
        self.pause.begun.is_some()
    }

    /// Whether there is anything to hold, and breathing room to hold it in.
    pub fn can_pause(&self, ctx: &Context<'_>) -> bool {
        let mut holdable = (0..self.phases.len()).filter(|&phase| self.is_holdable(ctx, phase));
        !self.void
            && self.pause_days_left(ctx) > 0.0
            && holdable.clone().next().is_some()
            && holdable.all(|phase| !has_come(self.latest_resumption(ctx, phase), ctx.now))
    }

    /// Whether a phase moves people and has breathing room of its own to be held in.
    fn is_holdable(&self, ctx: &Context<'_>, phase: usize) -> bool {
        self.phases[phase].can_be_held() && !has_come(self.own_limit(ctx, phase, ctx.now), ctx.now)
    }

    /// A phase has become ready during a pause: it starts held, or goes on if it has no room of
    /// its own, or, if it cannot wait, ends the pause.
    pub fn pause_meets_start(&mut self, ctx: &mut Context<'_>, phase: usize) {
        if !self.is_holdable(ctx, phase) {
            return;
        }
        if !has_come(self.latest_resumption(ctx, phase), ctx.now) {
            self.hold(ctx, phase);
            self.set_spent(ctx);
        } else {
            self.end_spent_pause(ctx);
        }
    }

    pub fn begin_pause(&mut self, ctx: &mut Context<'_>) {
        self.pause.begun = Some(ctx.now);
        self.pause.charge = 0.0;
        ctx.record.add(M::Pauses, 0, 1.0);
        ctx.note(|event| event, Kind::PauseBegan);
        for phase in 0..self.phases.len() {
            if self.is_holdable(ctx, phase) {
                self.hold(ctx, phase);
            }
        }
        self.set_spent(ctx);
    }

    fn hold(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let (waits, expected) = (self.waits(phase), self.expected(ctx, phase));
        let state = &mut self.phases[phase];
        if waits {
            state.finish = expected;
        }
        state.begin_stretch();
        state.status = Status::Held;
        state.held_since = ctx.now;
        ctx.future.set(Due::Phase(phase), f64::INFINITY);
    }

    /// Phases that the present pause holds.
    pub fn held(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.phases.len()).filter(|&phase| self.phases[phase].status == Status::Held)
    }

    /// Finds the moment at which breathing room of the present pause is spent: all of it, or that
    /// of a phase.
    pub fn set_spent(&mut self, ctx: &mut Context<'_>) {
        let own = |phase: usize| self.own_limit(ctx, phase, self.phases[phase].held_since);
        let spent = self.held().map(own).fold(self.common_limit(ctx), f64::min);
        ctx.future.set(Due::Spent, spent.max(ctx.now));
    }

    /// The last moment of the present pause that the breathing room of the plan allows.
    fn common_limit(&self, ctx: &Context<'_>) -> f64 {
        let begun = self.pause.begun.unwrap_or(ctx.now);
        let allowance = begun + ctx.model.room.pause_days - self.pause.used.pause_days;
        self.held().map(|phase| self.latest_resumption(ctx, phase)).fold(allowance, f64::min)
    }

    /// The last moment at which a phase held since then must go on, for its own breathing room.
    fn own_limit(&self, ctx: &Context<'_>, phase: usize, since: f64) -> f64 {
        match &ctx.model.phases[phase].room {
            None => f64::INFINITY,
            Some(room) => {
                let used = self.phases[phase].used;
                let allowance = since + room.pause_days - used.pause_days;
                allowance.min(self.resumption_within(ctx, phase, room, used))
            }
        }
    }

    /// The last moment at which resuming does not overspend the breathing room of the plan.
    fn latest_resumption(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        self.resumption_within(ctx, phase, &ctx.model.room, self.pause.used)
    }

    fn resumption_within(&self, ctx: &Context<'_>, phase: usize, room: &Room, used: Used) -> f64 {
        let blackouts = &ctx.model.blackouts;
        let until = blackouts.working_by(latest_finish(self.target(ctx, phase), room, used));
        blackouts.instant(until - self.least_days(ctx, phase))
    }

    /// The latest finish of a phase that both its own breathing room and that of the plan allow.
    pub fn latest_finish(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        let target = self.target(ctx, phase);
        let common = latest_finish(target, &ctx.model.room, self.pause.used);
        let own = ctx.model.phases[phase].room.as_ref();
        let own = own.map(|room| latest_finish(target, room, self.phases[phase].used));
        own.map_or(common, |own| own.min(common))
    }

    /// The phase's finish if a pause does not push it back.
    pub fn target(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        self.expected(ctx, phase).max(self.to_be_done(ctx, phase))
    }

    /// Working days that the lifts still needed take at the least.
    pub fn least_days(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        let about = &ctx.model.phases[phase];
        self.phases[phase].least(ctx.model, about, Transport::least_full_days)
    }

    /// Breathing room is spent: that of the plan ends the pause, that of a phase lets it go on.
    pub fn breathing_room_spent(&mut self, ctx: &mut Context<'_>) {
        if !has_come(self.common_limit(ctx), ctx.now) {
            for phase in 0..self.phases.len() {
                let state = &self.phases[phase];
                let held = state.status == Status::Held;
                if held && has_come(self.own_limit(ctx, phase, state.held_since), ctx.now) {
                    ctx.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseResumed);
                    self.let_go(ctx, phase);
                }
            }
            if self.held().next().is_some() {
                return self.set_spent(ctx);
            }
        }
        self.end_spent_pause(ctx);
    }

    fn end_spent_pause(&mut self, ctx: &mut Context<'_>) {
        ctx.tell(Change::RoomSpent);
        ctx.record.add(M::ForcedResumptions, 0, 1.0);
        self.resume(ctx, Kind::PauseSpent);
    }

    /// Ends the present pause.
    pub fn resume(&mut self, ctx: &mut Context<'_>, kind: Kind) {
        let begun = self.pause.begun.take().unwrap_or(ctx.now);
        self.pause.used.pause_days += ctx.now - begun;
        ctx.record.add(M::PauseDays, 0, ctx.now - begun);
        ctx.note(|event| event, kind);
        ctx.future.set(Due::Spent, f64::INFINITY);
        for phase in 0..self.phases.len() {
            if self.phases[phase].status == Status::Held {
                self.let_go(ctx, phase);
            }
        }
        self.pause.used.extension_days += self.pause.charge;
        ctx.record.add(M::ExtensionDays, 0, self.pause.charge);
    }

    /// A held phase goes on: it catches up to its finish where transport allows.
    fn let_go(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let target = self.target(ctx, phase);
        let least = ctx.working() + self.least_days(ctx, phase);
        self.schedule(ctx, phase, ctx.model.blackouts.working_by(target).max(least));
        let state = &mut self.phases[phase];
        let push = (state.finish - target).max(0.0);
        state.used.pause_days += ctx.now - state.held_since;
        state.used.extension_days += push;
        self.pause.charge = self.pause.charge.max(push);
    }

    /// The horizon has come: a pause that is still on has lasted until now.
    pub fn end_pause(&mut self, ctx: &mut Context<'_>) {
        if let Some(begun) = self.pause.begun {
            ctx.record.add(M::PauseDays, 0, ctx.now - begun);
        }
    }

    /// Days for which movement may still be held.
    pub fn pause_days_left(&self, ctx: &Context<'_>) -> f64 {
        if self.void {
            return 0.0;
        }
        let present = self.pause.begun.map_or(0.0, |begun| ctx.now - begun);
        left(ctx.model.room.pause_days - self.pause.used.pause_days - present)
    }

    /// Days by which finishes may still be pushed back.
    pub fn extension_days_left(&self, ctx: &Context<'_>) -> f64 {
        if self.void {
            return 0.0;
        }
        left(ctx.model.room.extension_days - self.pause.used.extension_days)
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
