//! Rules: each looks at how things stand, is triggered, acts, and ends.

mod conditions;
mod hits;

pub(super) use hits::Hits;

use super::Trial;
use super::context::Context;
use super::future::Due;
use super::region::send_home;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::{Action, Model, has_come};

/// How the rules stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(Vec<RuleState>);

/// How a rule stands.
#[derive(Clone, Copy, Debug)]
struct RuleState {
    /// Since when it is in force.
    in_force: Option<f64>,
    /// Since when it holds movement.
    holding: Option<f64>,
    /// When it last ended.
    ended: f64,
    times: u32,
}

const IDLE: RuleState =
    RuleState { in_force: None, holding: None, ended: f64::NEG_INFINITY, times: 0 };

impl Rules {
    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        self.0.clear();
        self.0.resize(ctx.model.rules.len(), IDLE);
        ctx.hits.clear();
        if !ctx.model.rules.is_empty() {
            ctx.future.set(Due::Review, ctx.model.review_every);
        }
    }

    /// A rule ends.
    fn release(&mut self, ctx: &mut Context<'_>, k: usize) {
        let state = &mut self.0[k];
        state.in_force = None;
        state.ended = ctx.now;
        if let Some(since) = state.holding.take() {
            ctx.record.add(M::RulePauseDays, k, ctx.now - since);
        }
    }

    /// The rules that hold movement end.
    pub fn release_holding(&mut self, ctx: &mut Context<'_>) {
        for rule in 0..self.0.len() {
            if self.0[rule].holding.is_some() {
                self.release(ctx, rule);
            }
        }
    }

    fn any_holds(&self) -> bool {
        self.0.iter().any(|rule| rule.holding.is_some())
    }
}

impl Trial<'_> {
    /// Each rule, in order of id, looks and acts.
    pub(super) fn review(&mut self) {
        let model = self.ctx.model;
        self.ctx.future.set(Due::Review, self.ctx.now + model.review_every);
        for rule in 0..model.rules.len() {
            self.evaluate(model, rule);
        }
        self.settle_pause();
    }

    /// Something has happened: the rules that look at once do so.
    #[cold]
    pub(super) fn review_at_once(&mut self) {
        let model = self.ctx.model;
        self.ctx.record.now(self.ctx.now);
        for (rule, about) in model.rules.iter().enumerate() {
            if about.at_once {
                self.evaluate(model, rule);
            }
        }
        self.settle_pause();
    }

    fn evaluate(&mut self, model: &Model, k: usize) {
        let (rule, state, now) = (&model.rules[k], self.rules.0[k], self.ctx.now);
        match state.in_force {
            Some(since) => {
                let least = rule.pause_at_least.filter(|_| state.holding.is_some());
                let over = has_come(since + least.unwrap_or(0.0), now);
                if over && self.holds(&rule.until) {
                    self.rules.release(&mut self.ctx, k);
                }
            }
            None => {
                let rested = has_come(state.ended + rule.cooldown, now);
                let may = state.times < rule.at_most_times && rested;
                if may && self.holds(&rule.when) && self.can_act(model, k) {
                    self.trigger(model, k);
                }
            }
        }
    }

    /// Whether it would do anything: a rule that only pauses needs something to hold.
    fn can_act(&self, model: &Model, k: usize) -> bool {
        !model.rules[k].actions.is_empty() || self.can_hold()
    }

    fn can_hold(&self) -> bool {
        self.plan.is_paused() || self.plan.can_pause(&self.ctx)
    }

    fn trigger(&mut self, model: &Model, k: usize) {
        let now = self.ctx.now;
        self.rules.0[k].in_force = Some(now);
        self.rules.0[k].times += 1;
        self.ctx.record.add(M::RuleTimes, k, 1.0);
        self.ctx.note(|event| Event { rule: Some(k), ..event }, Kind::RuleSetOff);
        for action in &model.rules[k].actions {
            self.carry_out(action);
            self.settle();
        }
        if model.rules[k].pause_at_least.is_some() && self.can_hold() {
            self.rules.0[k].holding = Some(now);
        }
    }

    fn carry_out(&mut self, action: &Action) {
        let Trial { ctx, plan, people, .. } = self;
        match action {
            Action::Stretch(factor) => plan.stretch(ctx, *factor),
            Action::Accelerate(factor) => plan.accelerate(ctx, *factor),
            Action::Reinforce(detachment) => people.reinforce(ctx, detachment),
            Action::GoBackIn(detachment) => people.go_back_in(ctx, detachment, plan.is_done()),
            Action::KeepResidual(detachment) => plan.keep_residual(ctx, people, detachment),
            Action::SendHome { contingent, in_days } => {
                send_home(ctx, *contingent, *in_days);
            }
            Action::Cancel(phases) => plan.cancel_phases(ctx, phases),
            Action::BringForward { days, phases } => {
                phases.iter().for_each(|&phase| plan.bring_forward(ctx, phase, *days));
            }
        }
    }

    /// Begins or ends a pause, as the rules want it.
    fn settle_pause(&mut self) {
        let Trial { ctx, plan, rules, .. } = self;
        match (rules.any_holds(), plan.is_paused()) {
            (true, false) if plan.can_pause(ctx) => plan.begin_pause(ctx),
            (true, false) => rules.release_holding(ctx),
            (true, true) if plan.held().next().is_none() => {
                rules.release_holding(ctx);
                plan.resume(ctx, Kind::PauseEnded);
            }
            (false, true) => plan.resume(ctx, Kind::PauseEnded),
            _ => {}
        }
        self.settle();
    }
}
