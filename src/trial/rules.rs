//! Rules: they look, set off, act, and end.

use super::conditions::Running;
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model::has_come;

/// How a rule stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleState {
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

impl Trial<'_> {
    pub(super) fn begin_rules(&mut self) {
        self.pause = Default::default();
        self.rules.clear();
        self.rules.resize(self.model.rules.len(), IDLE);
        self.counts.iter_mut().for_each(Running::reset);
        if !self.model.rules.is_empty() {
            self.agenda.set(Due::Review, self.model.review_every);
        }
    }

    /// Each rule, in order of id, looks and acts.
    pub(super) fn review(&mut self) {
        self.agenda.set(Due::Review, self.now + self.model.review_every);
        for rule in 0..self.model.rules.len() {
            self.look(rule);
        }
        self.settle_pause();
    }

    /// Something has happened: the rules that look at once do so.
    #[cold]
    pub(super) fn look_at_once(&mut self) {
        self.record.now(self.now);
        for rule in 0..self.model.rules.len() {
            if self.model.rules[rule].at_once {
                self.look(rule);
            }
        }
        self.settle_pause();
    }

    fn look(&mut self, k: usize) {
        let rule = &self.model.rules[k];
        let state = self.rules[k];
        match state.in_force {
            Some(since) => {
                let least = rule.pause_at_least.filter(|_| state.holding.is_some());
                let over = has_come(since + least.unwrap_or(0.0), self.now);
                if over && self.holds(&rule.until) {
                    self.release(k);
                }
            }
            None => {
                let rested = has_come(state.ended + rule.cooldown, self.now);
                let may = state.times < rule.at_most_times && rested;
                if may && self.holds(&rule.when) && self.can_act(k) {
                    self.set_off(k);
                }
            }
        }
    }

    /// Whether setting off would do anything: a rule that only pauses needs something to hold.
    fn can_act(&self, k: usize) -> bool {
        !self.model.rules[k].actions.is_empty() || self.pause.begun.is_some() || self.can_pause()
    }

    fn set_off(&mut self, k: usize) {
        let rule = &self.model.rules[k];
        self.rules[k].in_force = Some(self.now);
        self.rules[k].times += 1;
        self.record.add(M::RuleTimes, k, 1.0);
        self.note(|event| Event { rule: Some(k), ..event }, Kind::RuleSetOff);
        for action in &rule.actions {
            self.carry_out(action);
        }
        if rule.pause_at_least.is_some() && (self.pause.begun.is_some() || self.can_pause()) {
            self.rules[k].holding = Some(self.now);
        }
    }

    /// A rule ends.
    fn release(&mut self, k: usize) {
        let state = &mut self.rules[k];
        state.in_force = None;
        state.ended = self.now;
        if let Some(since) = state.holding.take() {
            self.record.add(M::RulePauseDays, k, self.now - since);
        }
    }

    /// The rules that hold movement end.
    pub(super) fn release_rules(&mut self) {
        for rule in 0..self.rules.len() {
            if self.rules[rule].holding.is_some() {
                self.release(rule);
            }
        }
    }

    /// Begins or ends a pause, as the rules want it.
    fn settle_pause(&mut self) {
        let wanted = self.rules.iter().any(|rule| rule.holding.is_some());
        match (wanted, self.pause.begun) {
            (true, None) if self.can_pause() => self.begin_pause(),
            (true, None) => self.release_rules(),
            (true, Some(_)) if self.held().next().is_none() => {
                self.release_rules();
                self.resume(Kind::PauseEnded);
            }
            (false, Some(_)) => self.resume(Kind::PauseEnded),
            _ => {}
        }
    }
}
