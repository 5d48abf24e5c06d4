//! What phases wait for: to begin, and with their last lift.

use super::Plan;
use super::lifts::Status;
use crate::model::{Waiter, has_come};
use crate::scenario::Relation;
use crate::trial::context::Context;
use crate::trial::future::Due;

/// How far a phase is from what it waits for.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// It begins no sooner than this, as far as is known.
    pub start: f64,
    /// Phases that are still to be done before its last lift goes, and when that goes at the soonest.
    pub ends_after: usize,
    finish: f64,
    /// Whether its last lift was due and waits.
    pub waiting: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        let never = f64::NEG_INFINITY;
        Bounds { start: never, ends_after: 0, finish: never, waiting: false }
    }
}

impl Plan {
    /// A gate is open or a phase is done: what waited for that may be ready.
    pub fn completed(&mut self, ctx: &mut Context<'_>, node: usize, days: f64) {
        self.release(ctx, node, days, |relation| relation != Relation::StartToStart);
    }

    /// A phase has begun.
    pub fn began(&mut self, ctx: &mut Context<'_>, phase: usize, days: f64) {
        let node = ctx.model.gates.len() + phase;
        self.release(ctx, node, days, |relation| relation == Relation::StartToStart);
    }

    fn release(
        &mut self,
        ctx: &mut Context<'_>,
        node: usize,
        days: f64,
        of: impl Fn(Relation) -> bool,
    ) {
        let model = ctx.model;
        for waiter in model.unlocks[node].iter().filter(|waiter| of(waiter.relation)) {
            let Waiter { node, relation, lag_days } = *waiter;
            let phase = node.checked_sub(model.gates.len());
            let soonest = days + lag_days;
            if let (Some(phase), Relation::FinishToFinish) = (phase, relation) {
                let bounds = &mut self.phases[phase].bounds;
                bounds.finish = bounds.finish.max(soonest);
                bounds.ends_after -= 1;
                if bounds.waiting && self.phases[phase].status == Status::Moving {
                    self.postpone(ctx, phase);
                }
                continue;
            }
            if let Some(phase) = phase {
                let bounds = &mut self.phases[phase].bounds;
                bounds.start = bounds.start.max(soonest);
            }
            self.waits_for[node] -= 1;
            if self.waits_for[node] == 0 {
                self.ready(ctx, node);
            }
        }
    }

    /// Whether the next lift of a phase is the last, and may not go yet.
    pub fn waits_at_end(&self, ctx: &Context<'_>, phase: usize) -> bool {
        let state = &self.phases[phase];
        let Bounds { ends_after, finish, .. } = state.bounds;
        !self.void && state.is_at_end() && (ends_after > 0 || !has_come(finish, ctx.now))
    }

    /// The last lift of a phase waits until it may go, as far as that is known.
    pub fn postpone(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let bounds = &mut self.phases[phase].bounds;
        bounds.waiting = true;
        if bounds.ends_after > 0 {
            ctx.future.set(Due::Phase(phase), f64::INFINITY);
        } else {
            let soonest = bounds.finish;
            self.go_at(ctx, phase, soonest);
        }
    }

    /// The last lift of a phase waits for nothing any more.
    pub fn go_at_last(&mut self, ctx: &mut Context<'_>, phase: usize) {
        self.go_at(ctx, phase, ctx.now);
    }

    /// The last lift of a phase goes then, or when things move again.
    fn go_at(&mut self, ctx: &mut Context<'_>, phase: usize, days: f64) {
        let moves = moving(ctx, days.max(ctx.now));
        self.phases[phase].finish = moves;
        ctx.future.set(Due::Phase(phase), moves);
    }

    /// Whether only another phase that is not done keeps a phase from being done.
    pub fn waits(&self, phase: usize) -> bool {
        let Bounds { ends_after, waiting, .. } = self.phases[phase].bounds;
        waiting && ends_after > 0
    }

    /// Whether only its last lift is left of a phase, which waits.
    pub fn is_waiting(&self, phase: usize) -> bool {
        let state = &self.phases[phase];
        state.bounds.waiting && state.status == Status::Moving
    }

    /// When a phase under way will be done, as far as is known: now, while its last lift waits for
    /// another that is not done.
    pub fn expected(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        let state = &self.phases[phase];
        let held = state.status == Status::Held;
        let Bounds { ends_after, finish, waiting, .. } = state.bounds;
        if self.void || held && waiting || ends_after > 0 && !waiting {
            state.finish
        } else if ends_after > 0 {
            state.finish.max(ctx.now)
        } else {
            state.finish.max(moving(ctx, finish))
        }
    }
}

/// The first moment from then on at which things move.
fn moving(ctx: &Context<'_>, days: f64) -> f64 {
    let blackouts = &ctx.model.blackouts;
    blackouts.instant(blackouts.working(days))
}
