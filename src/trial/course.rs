//! What the course of the tension lets expect, beside what it was to let expect.
//!
//! Nothing moves the tension, so that the mean of the one less the other is 0 in every world, and what
//! goes along with it can be told apart from chance.

use super::expected::Worth;
use crate::law::{Dist, Family};
use crate::measure::KINDS;
use crate::model::{Draw, Model};
use crate::process::occupancy::Span;

/// Days of the steps in which what a day of tension lets expect is taken as constant, and most steps:
/// more would take longer and tell little more.
const STEP: f64 = 7.0;
const MOST_STEPS: f64 = 20.0;

/// Attacks, wounded and killed that the course of the tension lets expect: a day in a state pays so
/// much, with people where they are announced to be.
#[derive(Clone, Debug)]
pub(super) struct Course {
    states: usize,
    steps: usize,
    days_each: f64,
    /// By step and channel: how announced people scale its rate, and whether they defend its site.
    announced: Vec<(f64, bool)>,
    /// By step, kind and state.
    pays: Vec<f64>,
    /// How the tension moves in a step, and the rates that this is reckoned from.
    span: Span,
    leaves: Vec<f64>,
    /// By step and state: the days in it that are to be expected of a trial that begins in a state.
    days_due: Vec<f64>,
    begun_in: usize,
    /// What was to be expected at the beginning, and what has been paid.
    due: [f64; KINDS],
    paid: [f64; KINDS],
}

impl Course {
    /// None where there is but one state, or stays have no memory only given their mean.
    pub fn new(model: &Model) -> Option<Self> {
        let states = model.states();
        let is_plain = |law| matches!(law, &Family::Constant(_));
        if states < 2 || !model.tension.states.iter().all(|state| is_plain(&state.mean_days)) {
            return None;
        }
        let steps = (model.horizon / STEP).ceil().clamp(1.0, MOST_STEPS);
        let days_each = model.horizon / steps;
        let leaves = vec![0.0; states * states];
        Some(Course {
            states,
            steps: steps as usize,
            days_each,
            announced: announced(model, steps as usize, days_each),
            pays: Vec::new(),
            span: Span::new(&leaves, states, days_each),
            leaves,
            days_due: Vec::new(),
            begun_in: usize::MAX,
            due: [0.0; KINDS],
            paid: [0.0; KINDS],
        })
    }

    pub fn begin(&mut self, model: &Model, draw: &Draw, worth: &[Worth], state: usize) {
        let leaves = leaves(model, &draw.values);
        if leaves != self.leaves || self.begun_in != state {
            self.span = Span::new(&leaves, self.states, self.days_each);
            (self.leaves, self.begun_in) = (leaves, state);
            let mut chances = chances(self.states, state);
            self.days_due.clear();
            (0..self.steps).for_each(|_| self.days_due.extend(self.span.pass(&mut chances)));
        }
        self.fill_pays(draw, worth);
        self.paid = [0.0; KINDS];
        let mut due = [0.0; KINDS];
        for (step, days) in self.days_due.chunks_exact(self.states).enumerate() {
            self.add_pays(step, days, &mut due);
        }
        self.due = due;
    }

    /// What has been paid and is to be expected yet at the end, less what was to be expected.
    pub fn surplus(&self, horizon: f64, days: f64, state: usize) -> [f64; KINDS] {
        let left = self.left(horizon, days, state);
        std::array::from_fn(|kind| self.paid[kind] + left[kind] - self.due[kind])
    }

    /// What a day in each state lets expect, given what an attack on each channel is worth in each.
    fn fill_pays(&mut self, draw: &Draw, worth: &[Worth]) {
        let Course { states, announced, pays, .. } = self;
        let (states, channels) = (*states, worth.len() / *states);
        pays.clear();
        let mut before: &[(f64, bool)] = &[];
        for there in announced.chunks_exact(channels.max(1)) {
            let begun = pays.len();
            if there == before {
                pays.extend_from_within(begun - KINDS * states..);
                continue;
            }
            before = there;
            pays.resize(begun + KINDS * states, 0.0);
            let pays = &mut pays[begun..];
            let each = there.iter().zip(worth.chunks_exact(states)).enumerate();
            for (channel, (&(presence, defended), worth)) in each.filter(|(_, one)| one.0.0 > 0.0) {
                for (state, worth) in worth.iter().enumerate() {
                    let rate = draw.attacks_per_day(channel * states + state) * presence;
                    let [wounded, killed] = worth.harm[usize::from(defended)];
                    pays[state] += rate;
                    pays[states + state] += rate * wounded;
                    pays[2 * states + state] += rate * killed;
                }
            }
        }
    }

    /// By kind: what a day in a state pays in a step.
    fn pay(&self, step: usize, state: usize) -> [f64; KINDS] {
        std::array::from_fn(|kind| self.pays[(step * KINDS + kind) * self.states + state])
    }

    /// The tension was in a state from one moment to another.
    pub fn stayed(&mut self, state: usize, from: f64, to: f64) {
        let mut step = self.step(from);
        while step < self.steps {
            let (begins, ends) = (step as f64, (step + 1) as f64);
            let begins = (begins * self.days_each).max(from);
            // The last one ends with the trial, whatever rounding makes of that.
            let within = step + 1 < self.steps;
            let ends = if within { (ends * self.days_each).min(to) } else { to };
            let pay = self.pay(step, state);
            self.paid.iter_mut().zip(pay).for_each(|(paid, pay)| {
                *paid += pay * (ends - begins).max(0.0);
            });
            if ends >= to {
                break;
            }
            step += 1;
        }
    }

    fn step(&self, days: f64) -> usize {
        ((days / self.days_each) as usize).min(self.steps - 1)
    }

    /// What is to be expected from a moment on until the horizon, in a state.
    fn left(&self, horizon: f64, days: f64, state: usize) -> [f64; KINDS] {
        if days >= horizon {
            return [0.0; KINDS];
        }
        let now = self.step(days);
        let rest = ((now + 1) as f64 * self.days_each - days).max(0.0);
        let mut chances = chances(self.states, state);
        let mut left = [0.0; KINDS];
        for step in now..self.steps {
            let in_state = match step == now {
                true => Span::new(&self.leaves, self.states, rest).pass(&mut chances),
                false => self.span.pass(&mut chances),
            };
            self.add_pays(step, &in_state, &mut left);
        }
        left
    }

    /// What so many days in each state pay in a step.
    fn add_pays(&self, step: usize, days: &[f64], sums: &mut [f64; KINDS]) {
        let pays = self.pays[step * KINDS * self.states..].chunks_exact(self.states);
        for (sum, pays) in sums.iter_mut().zip(pays) {
            *sum += days.iter().zip(pays).map(|(days, pay)| days * pay).sum::<f64>();
        }
    }
}

/// Each of so many states, where it is certain which one it is.
fn chances(states: usize, state: usize) -> Vec<f64> {
    (0..states).map(|k| f64::from(u8::from(k == state))).collect()
}

/// By step and channel: how the people who are announced to be on its site scale its rate, at the
/// medians of ranges, and whether they defend it. Nothing is announced of those on the road.
fn announced(model: &Model, steps: usize, days_each: f64) -> Vec<(f64, bool)> {
    let mut values = model.numbers.constants();
    let medians = model.numbers.families().map(|family| Dist::Family(family.clone()).at(0.5));
    model.numbers.put(medians, &mut values);
    let people = model.announced_people();
    let last = people.ncols() - 1;
    let mut all = Vec::with_capacity(steps * model.channels.len());
    for step in 0..steps {
        let week = ((step as f64 + 0.5) * days_each / 7.0) as usize;
        for about in &model.channels {
            let (site, present) = (&model.sites[about.site], people[[about.site, week.min(last)]]);
            if about.on_leg.is_some() || present <= 0.0 {
                all.push((0.0, false));
                continue;
            }
            let elasticity = model.threats[about.threat].elasticity.of(&values);
            let presence = libm::pow(site.ratio(present), elasticity);
            all.push((presence, present >= f64::from(site.needs_people)));
        }
    }
    all
}

/// The rates of leaving each state of tension for each.
fn leaves(model: &Model, values: &[f64]) -> Vec<f64> {
    let states = model.states();
    let mut leaves = vec![0.0; states * states];
    for (from, state) in model.tension.states.iter().enumerate() {
        let Family::Constant(mean) = &state.mean_days else { continue };
        let all: f64 = state.next.iter().map(|(_, weight)| weight.of(values)).sum();
        for (to, weight) in &state.next {
            leaves[from * states + to] += weight.of(values) / all / mean.of(values);
        }
    }
    leaves
}
