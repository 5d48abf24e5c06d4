//! Rules: each looks at how things stand, is triggered, acts, and ends. What it looks at and does, the
//! plan says, or a policy of the program.

mod conditions;
mod hits;
mod policies;

pub(super) use hits::Hits;
use policies::{Broken, Question};

use super::Trial;
use super::context::Context;
use super::future::Due;
use super::region::send_home;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::{Action, Decides, Memory, Model, Order, has_come};

/// How the rules stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    states: Vec<RuleState>,
    /// By rule: what a policy remembers, once it has been asked.
    memories: Vec<Option<Memory>>,
    /// Whether it stops where policies want to be asked together.
    stops: bool,
    /// What a policy is to be asked before it goes on.
    question: Option<Question>,
    /// Why it does not.
    broken: Option<Box<Broken>>,
}

/// How a rule stands.
#[derive(Clone, Copy, Debug)]
struct RuleState {
    /// Since when it is in force.
    in_force: Option<f64>,
    /// Since when it holds movement, and until when at the least.
    holding: Option<f64>,
    hold_until: f64,
    /// When it last ended.
    ended: f64,
    times: u32,
}

const IDLE: RuleState = RuleState {
    in_force: None,
    holding: None,
    hold_until: f64::NEG_INFINITY,
    ended: f64::NEG_INFINITY,
    times: 0,
};

impl RuleState {
    /// Whether it has held movement for as long as it has to, if it does.
    fn may_end(&self, now: f64) -> bool {
        self.holding.is_none() || has_come(self.hold_until, now)
    }
}

impl Rules {
    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        let count = ctx.model.rules.len();
        self.states.clear();
        self.states.resize(count, IDLE);
        self.memories.clear();
        self.memories.resize(count, None);
        (self.question, self.broken) = (None, None);
        ctx.hits.clear();
        if count > 0 {
            ctx.future.set(Due::Review, ctx.model.review_every);
        }
    }

    /// Whether a trial cannot go on: a policy is to be asked, or has broken off.
    pub fn is_halted(&self) -> bool {
        self.question.is_some() || self.broken.is_some()
    }

    /// A rule ends.
    fn release(&mut self, ctx: &mut Context<'_>, k: usize) {
        let state = &mut self.states[k];
        state.in_force = None;
        state.ended = ctx.now;
        self.let_go(ctx, k);
    }

    /// A rule does not hold movement any more.
    fn let_go(&mut self, ctx: &mut Context<'_>, k: usize) {
        if let Some(since) = self.states[k].holding.take() {
            ctx.record.add(M::RulePauseDays, k, ctx.now - since);
        }
    }

    /// The rules that hold movement end.
    pub fn release_holding(&mut self, ctx: &mut Context<'_>) {
        for rule in 0..self.states.len() {
            if self.states[rule].holding.is_some() {
                self.release(ctx, rule);
            }
        }
    }

    fn any_holds(&self) -> bool {
        self.states.iter().any(|rule| rule.holding.is_some())
    }
}

impl Trial<'_> {
    /// Each rule, in order of id, looks and acts.
    pub(super) fn review(&mut self) {
        self.ctx.future.set(Due::Review, self.ctx.now + self.ctx.model.review_every);
        self.look_from(0, false);
    }

    /// Something has happened: the rules that look at once do so.
    #[cold]
    pub(super) fn review_at_once(&mut self) {
        self.ctx.record.now(self.ctx.now);
        self.look_from(0, true);
    }

    /// The rules from one on look, all of them or those that look at once.
    fn look_from(&mut self, first: usize, at_once: bool) {
        let model = self.ctx.model;
        for (k, rule) in model.rules.iter().enumerate().skip(first) {
            if at_once && !rule.at_once {
                continue;
            }
            match &rule.decides {
                Decides::Plan { .. } => self.evaluate(model, k),
                Decides::Own(own) => self.consult(k, own, at_once),
            }
            if self.rules.is_halted() {
                return;
            }
        }
        self.settle_pause();
    }

    fn evaluate(&mut self, model: &Model, k: usize) {
        let Decides::Plan { when, until, order } = &model.rules[k].decides else { return };
        let state = self.rules.states[k];
        if state.in_force.is_some() {
            if state.may_end(self.ctx.now) && self.holds(until) {
                self.rules.release(&mut self.ctx, k);
            }
        } else if self.may_set_off(k) && self.holds(when) && self.can_do(order) {
            self.set_off(k, order);
        }
    }

    /// Whether a rule that is not in force is allowed to set off.
    fn may_set_off(&self, k: usize) -> bool {
        let (rule, state) = (&self.ctx.model.rules[k], &self.rules.states[k]);
        state.times < rule.at_most_times && has_come(state.ended + rule.cooldown, self.ctx.now)
    }

    /// Whether it would do anything: an order that only pauses needs something to hold.
    fn can_do(&self, order: &Order) -> bool {
        !order.actions.is_empty() || self.can_hold()
    }

    fn can_hold(&self) -> bool {
        self.plan.is_paused() || self.plan.can_pause(&self.ctx)
    }

    /// A rule sets off; in the place of what it has in force, if anything is.
    fn set_off(&mut self, k: usize, order: &Order) {
        let now = self.ctx.now;
        self.rules.states[k].in_force = Some(now);
        self.rules.states[k].times += 1;
        self.ctx.record.add(M::RuleTimes, k, 1.0);
        self.ctx.note(|event| Event { rule: Some(k), ..event }, Kind::RuleSetOff);
        for action in &order.actions {
            self.carry_out(action);
            self.settle();
        }
        match order.pause_at_least {
            Some(least) if self.can_hold() => {
                let state = &mut self.rules.states[k];
                let before = state.holding.map_or(f64::NEG_INFINITY, |_| state.hold_until);
                state.hold_until = before.max(now + least);
                state.holding = state.holding.or(Some(now));
            }
            None if self.rules.states[k].may_end(now) => self.rules.let_go(&mut self.ctx, k),
            _ => {}
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
