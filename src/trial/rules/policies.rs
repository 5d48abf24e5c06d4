//! Policies of the program: they are asked at once, or the trial stops at the question and goes on with the
//! answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, said};
use crate::measure::M;
use crate::model::{Decides, Decision, Hit, Memory, Own, Sight, Situation, Standing, Wish};
use crate::scenario::PhaseState;
use crate::streams::Purpose;
use crate::trial::{End, Trial};

/// What a policy is to be asked.
#[derive(Clone, Debug)]
pub(super) struct Question {
    rule: usize,
    /// Whether something has happened, or it is a review.
    at_once: bool,
    /// Whether the policy has just been ended by a condition.
    just_ended: bool,
    /// What is counted for it.
    counts: Vec<u64>,
}

/// Why a trial does not go on.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    rule: usize,
    days: f64,
    what: String,
}

impl<'m> Trial<'m> {
    /// A policy looks.
    pub(super) fn consult(&mut self, k: usize, own: &Own, at_once: bool) {
        let question = Question {
            rule: k,
            at_once,
            just_ended: self.ends(k, own),
            counts: own.counts.clone().map(|count| self.count(count)).collect(),
        };
        if self.rules.stops && own.together {
            self.rules.question = Some(question);
            return;
        }
        let memory = self.rules.memories[k].take();
        let asked = catch_unwind(AssertUnwindSafe(|| {
            let mut memory = memory.unwrap_or_else(|| own.mind.begin());
            let decision = own.mind.decide(&self.situation(own, &question), &mut memory);
            (memory, decision)
        }));
        match asked {
            Ok((memory, decision)) => {
                self.rules.memories[k] = Some(memory);
                self.follow(k, question.just_ended, decision);
            }
            Err(panic) => self.break_off(k, said(panic.as_ref()).to_owned()),
        }
    }

    /// Ends a policy whose terms say so.
    fn ends(&mut self, k: usize, own: &Own) -> bool {
        let state = self.rules.states[k];
        let in_force = state.in_force.is_some() && state.may_end(self.ctx.now);
        let ends = in_force && own.until.as_ref().is_some_and(|until| self.holds(until));
        if ends {
            self.rules.release(&mut self.ctx, k);
        }
        ends
    }

    /// What is counted of late.
    pub(super) fn count(&mut self, count: usize) -> u64 {
        let about = &self.ctx.model.counts[count];
        self.ctx.hits.after(count, self.ctx.now - about.in_days)
    }

    fn follow(&mut self, k: usize, just_ended: bool, decision: Decision) {
        match decision.0 {
            Wish::Stay => {}
            Wish::End => {
                let state = self.rules.states[k];
                if state.in_force.is_some() && state.may_end(self.ctx.now) {
                    self.rules.release(&mut self.ctx, k);
                }
            }
            Wish::Ready(order) => {
                if self.may_act(k, just_ended) && self.can_do(&order) {
                    self.set_off(k, &order);
                }
            }
            Wish::Written(actions) => {
                let model = self.ctx.model;
                let mut problems = Vec::new();
                model.check_order("what it wants", &actions, &mut problems);
                if !problems.is_empty() {
                    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
                    return self.break_off(k, all.join("; "));
                }
                let order = model.order(&actions);
                if self.may_act(k, just_ended) && self.can_do(&order) {
                    self.set_off(k, &order);
                }
            }
        }
    }

    /// Whether a policy is allowed to set off, in the place of what it has in force if anything is.
    fn may_act(&self, k: usize, just_ended: bool) -> bool {
        let in_force = self.rules.states[k].in_force.is_some();
        let must_end = in_force && self.ctx.model.rules[k].cooldown > 0.0;
        !just_ended && !must_end && self.may_set_off(k)
    }

    fn situation<'a>(&'a self, own: &Own, question: &'a Question) -> Situation<'a> {
        let (k, streams, days) = (question.rule, &self.ctx.streams, self.ctx.now.to_bits());
        let state = &self.rules.states[k];
        Situation {
            model: self.ctx.model,
            sight: self,
            standing: Standing {
                in_force_since: state.in_force,
                times: state.times,
                may_act: self.may_act(k, question.just_ended),
                looks_back: own.looks_back,
            },
            counts: &question.counts,
            trial_stream: streams.of_the_trial(own.who, Purpose::Rule),
            review_stream: streams.once(own.who.nth(days), Purpose::Rule),
        }
    }

    /// From now on it stops where policies want to be asked together.
    pub fn stop_at_questions(&mut self) {
        self.rules.stops = true;
    }

    /// The policy that is to be asked before it goes on: its place among the rules.
    pub fn asks(&self) -> Option<usize> {
        self.rules.question.as_ref().map(|question| question.rule)
    }

    /// What the policy that is to be asked remembers.
    pub fn copy_memory(&self) -> Option<Memory> {
        let k = self.asks()?;
        let memory = self.rules.memories[k].clone();
        Some(memory.unwrap_or_else(|| self.asked(k).mind.begin()))
    }

    /// Keeps what it remembers from now on.
    pub fn keep_memory(&mut self, memory: Memory) {
        if let Some(k) = self.asks() {
            self.rules.memories[k] = Some(memory);
        }
    }

    /// What the policy that is to be asked can see.
    pub fn question(&self) -> Option<Situation<'_>> {
        let question = self.rules.question.as_ref()?;
        Some(self.situation(self.asked(question.rule), question))
    }

    fn asked(&self, k: usize) -> &'m Own {
        let model = self.ctx.model;
        match &model.rules[k].decides {
            Decides::Own(own) => own,
            Decides::Plan { .. } => unreachable!("only policies are asked"),
        }
    }

    /// Takes the answer of the policy that was to be asked, and lets the rules after it look.
    pub fn answer(&mut self, decision: Decision) {
        let Some(question) = self.rules.question.take() else { return };
        let Question { rule, at_once, just_ended, .. } = question;
        self.follow(rule, just_ended, decision);
        if self.rules.is_halted() {
            return;
        }
        self.look_from(rule + 1, at_once);
        if !at_once && !self.rules.is_halted() {
            self.settle();
            self.review_if_stirred();
        }
    }

    /// Comes to its end, as a policy sees it which is not asked any more.
    pub fn stand_at_the_end(&mut self, rule: usize, end: End) {
        self.end_as(end);
        let own = self.asked(rule);
        let counts = own.counts.clone().map(|count| self.count(count)).collect();
        self.rules.question = Some(Question { rule, at_once: false, just_ended: true, counts });
    }

    /// The policy that was to be asked has no answer.
    pub fn no_answer(&mut self, what: String) {
        if let Some(question) = self.rules.question.take() {
            self.break_off(question.rule, what);
        }
    }

    fn break_off(&mut self, rule: usize, what: String) {
        let days = self.ctx.now;
        self.rules.broken = Some(Box::new(Broken { rule, days, what }));
    }

    /// Why it could not be run to its end, if a policy broke off.
    pub fn broken(&self) -> Option<Error> {
        let Broken { rule, days, what } = self.rules.broken.as_deref()?;
        let (seed, trial) = self.origin();
        let policy = self.ctx.model.names.rules[*rule].clone();
        Some(Error::Policy { policy, trial, seed, days: *days, what: what.clone() })
    }
}

impl Sight for Trial<'_> {
    fn trial(&self) -> u64 {
        self.origin().1
    }

    fn days(&self) -> f64 {
        self.ctx.now
    }

    fn state(&self) -> usize {
        self.ctx.state
    }

    fn people(&self) -> &[u32] {
        &self.people.by_place
    }

    fn phase(&self, phase: usize) -> PhaseState {
        self.plan.phases[phase].status
    }

    fn gate_is_open(&self, gate: usize) -> bool {
        !self.ctx.record.get(M::GateOpen, gate).is_nan()
    }

    fn outcome(&self, event: usize) -> Option<usize> {
        self.calendar.outcome(event)
    }

    fn hits(&self) -> &[Hit] {
        &self.ctx.hits.all
    }

    fn on_channel(&self, channel: usize) -> [u64; 3] {
        Trial::on_channel(self, channel)
    }

    fn is_held(&self) -> bool {
        self.plan.is_paused()
    }

    fn is_done(&self) -> bool {
        self.plan.is_done()
    }

    fn pause_days_left(&self) -> f64 {
        self.plan.pause_days_left(&self.ctx)
    }

    fn extension_days_left(&self) -> f64 {
        self.plan.extension_days_left(&self.ctx)
    }

    fn friction(&self) -> f64 {
        self.region.host.friction(self.ctx.now)
    }

    fn expelled(&self) -> bool {
        self.region.host.expelled
    }

    fn insurgent_strength(&self) -> f64 {
        self.region.strength(self.ctx.now)
    }
}
