//! What rules do to the plan, other than hold movement.

use super::Plan;
use super::lifts::Status;
use crate::measure::M;
use crate::model::{Detachment, ROUNDING, has_come};
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::people::People;
use crate::trial::{Event, Kind};

impl Plan {
    /// What is left of the moving phases takes `factor` times as long, as far as the breathing
    /// room allows. The days are charged as a pause of so many days would be.
    pub fn stretch(&mut self, ctx: &mut Context<'_>, factor: f64) {
        let days_left = self.pause_days_left(ctx);
        let (mut days, mut past_target) = (0.0f64, 0.0f64);
        for phase in 0..self.phases.len() {
            if !self.phases[phase].can_be_held() || self.is_waiting(phase) {
                continue;
            }
            let (finish, target) = (self.expected(ctx, phase), self.target(ctx, phase));
            let own = self.own_pause_days_left(ctx, phase);
            let latest = self.latest_finish(ctx, phase).min(finish + days_left.min(own));
            let wanted = self.paced(ctx, phase, factor).min(latest);
            if wanted > self.phases[phase].finish + ROUNDING
                && has_come(self.soonest(ctx, phase), wanted)
            {
                self.spread(ctx, phase, wanted);
                let pushed = self.expected(ctx, phase);
                let used = &mut self.phases[phase].used;
                used.pause_days += pushed - finish;
                used.extension_days += (pushed - target).max(0.0);
                days = days.max(pushed - finish);
                past_target = past_target.max(pushed - target);
            }
        }
        self.pause.used.pause_days += days;
        self.pause.used.extension_days += past_target;
        ctx.record.add(M::StretchDays, 0, days);
        ctx.record.add(M::ExtensionDays, 0, past_target);
        if self.pause.begun.is_some() {
            // So much less is left of the present pause.
            self.set_spent(ctx);
        }
    }

    fn own_pause_days_left(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        let room = ctx.model.phases[phase].room.as_ref();
        let used = self.phases[phase].used.pause_days;
        room.map_or(f64::INFINITY, |room| (room.pause_days - used).max(0.0))
    }

    /// What is left of the moving phases takes so many times less, as far as transport allows.
    pub fn accelerate(&mut self, ctx: &mut Context<'_>, factor: f64) {
        for phase in 0..self.phases.len() {
            if self.phases[phase].can_be_held() {
                self.hasten(ctx, phase, self.paced(ctx, phase, 1.0 / factor));
            }
        }
    }

    /// A moving phase is to be done by then, no sooner than transport allows.
    pub fn hasten(&mut self, ctx: &mut Context<'_>, phase: usize, finish: f64) {
        let finish = finish.max(self.soonest(ctx, phase));
        if !self.is_waiting(phase) && finish < self.phases[phase].finish - ROUNDING {
            self.spread(ctx, phase, finish);
        }
    }

    /// When a phase can be done at the soonest.
    pub fn soonest(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        ctx.model.blackouts.instant(ctx.working() + self.least_days(ctx, phase))
    }

    /// The finish of a phase if what is left of it takes `factor` times as long.
    fn paced(&self, ctx: &Context<'_>, phase: usize, factor: f64) -> f64 {
        let (blackouts, now) = (&ctx.model.blackouts, ctx.working());
        let left = blackouts.working(self.phases[phase].finish) - now;
        blackouts.instant(now + left * factor)
    }

    /// Spreads what is left of a moving phase up to another finish.
    pub fn spread(&mut self, ctx: &mut Context<'_>, phase: usize, finish: f64) {
        self.phases[phase].begin_stretch();
        self.schedule(ctx, phase, ctx.model.blackouts.working_by(finish));
    }

    /// From now on phases leave at least so many people there.
    pub fn keep_residual(&mut self, ctx: &Context<'_>, people: &People, about: &Detachment) {
        let Detachment { site, contingent, people: least } = *about;
        let kept = &mut self.kept[site * ctx.model.contingents() + contingent];
        *kept = (*kept).max(least);
        let kept = *kept;
        let mut missing = kept.saturating_sub(self.staying(ctx, people, site, contingent));
        for (about, state) in ctx.model.phases.iter().zip(&mut self.phases) {
            for (k, step) in about.moves.iter().enumerate() {
                if (step.site, step.contingent) == (site, contingent) && state.under_way() {
                    let before = state.people.whole[k];
                    state.people.spare(k, missing);
                    missing -= before - state.people.whole[k];
                }
            }
        }
    }

    /// People of a contingent on a site whom no phase under way is still to move.
    pub fn staying(
        &self,
        ctx: &Context<'_>,
        people: &People,
        site: usize,
        contingent: usize,
    ) -> u32 {
        let there = people.at(site, contingent);
        let phases = ctx.model.phases.iter().zip(&self.phases);
        let leaving = phases.filter(|(_, state)| state.under_way()).flat_map(|(about, state)| {
            let steps = about.moves.iter().enumerate();
            let steps = steps.filter(|(_, s)| (s.site, s.contingent) == (site, contingent));
            steps.map(|(k, _)| state.people.left_of(k))
        });
        there.saturating_sub(leaving.sum())
    }

    /// Phases, unless they are done, and all that come after them do not go on.
    pub fn cancel_phases(&mut self, ctx: &mut Context<'_>, phases: &[usize]) {
        for &phase in phases {
            self.cancel(ctx, ctx.model.gates.len() + phase);
        }
    }

    fn cancel(&mut self, ctx: &mut Context<'_>, node: usize) {
        let model = ctx.model;
        if let Some(phase) = node.checked_sub(model.gates.len()) {
            let state = &mut self.phases[phase];
            if state.status == Status::Cancelled {
                return;
            }
            if state.under_way() {
                ctx.record.phase_ended(phase);
            }
            if state.status != Status::Done {
                state.status = Status::Cancelled;
                ctx.future.set(Due::Phase(phase), f64::INFINITY);
                ctx.record.set(M::PhaseCancelled, phase, 1.0);
                ctx.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseCancelled);
            }
        }
        for waiter in &model.unlocks[node] {
            self.cancel(ctx, waiter.node);
        }
    }

    /// A phase is to be done so many days earlier.
    pub fn bring_forward(&mut self, ctx: &mut Context<'_>, phase: usize, days: f64) {
        if self.waits(phase) {
            return;
        }
        let state = &mut self.phases[phase];
        state.sooner += days;
        match state.status {
            Status::Waiting if ctx.future.time(Due::Phase(phase)) < f64::INFINITY => {
                self.set_start(ctx, phase);
            }
            Status::Moving => {
                let finish = state.finish - days;
                self.hasten(ctx, phase, finish);
            }
            Status::Held => {
                let finish = state.finish;
                self.phases[phase].finish =
                    (finish - days).max(self.soonest(ctx, phase).min(finish));
                self.set_spent(ctx);
            }
            Status::Waiting | Status::Done | Status::Cancelled => {}
        }
    }
}
