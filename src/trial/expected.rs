//! What is to be expected in a trial, beside what happens: kept where means shall have less error.
//!
//! Of each attack, the harm that was to be expected of it when it came, from the law of how much gets
//! through and of how many that harms, among those who are there. What is drawn harms people and has
//! its consequences all the same. The sums of both have the same mean, whatever follows from what,
//! since each term is the mean of the other given all that came before (docs/model.md).
//!
//! And of the tension, on which most attacks hang: how much more of them its course lets expect than
//! its law did at the beginning, with people where it is announced that they are. Nothing moves the
//! tension, so that the mean of that is 0 in every world, and what goes along with it can be told
//! apart from chance.

use crate::law::Family;
use crate::measure::{DAY_QUANTUM, EXPECTED, KINDS};
use crate::model::{Draw, Model};
use crate::process::occupancy::Span;
use crate::trial::powers::Powers;
use crate::trial::reached::Reached;

/// Days of the steps in which what a day of tension lets expect is taken as constant, and most steps:
/// more would take longer and tell little more.
const STEP: f64 = 7.0;
const MOST_STEPS: f64 = 40.0;

/// What is to be expected.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// Wounded and killed in all attacks so far.
    pub harm: [f64; 2],
    /// By channel: what was last reckoned of a projectile.
    pub reckoned: Vec<Reckoned>,
    /// How surely one attack reaches the levels of casualties that are asked about.
    pub reached: Reached,
    course: Option<Course>,
}

/// How many people a projectile that gets through harms on average: by what it does, and among how
/// many.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reckoned {
    pub marks: usize,
    pub present: u32,
    pub harmed: f64,
}

impl Expected {
    pub fn new(model: &Model) -> Self {
        Expected {
            harm: [0.0; 2],
            reckoned: vec![Reckoned::default(); model.channels.len()],
            reached: Reached::new(&model.levels),
            course: Course::new(model),
        }
    }

    /// Begins a trial in a state of tension.
    pub fn begin(&mut self, model: &Model, draw: &Draw, state: usize) {
        self.harm = [0.0; 2];
        self.reckoned.fill(Reckoned::default());
        self.reached.begin();
        if let Some(course) = &mut self.course {
            course.begin(model, draw, state);
        }
    }

    /// The tension was in a state from one moment to another.
    pub fn stayed(&mut self, state: usize, from: f64, to: f64) {
        if let Some(course) = &mut self.course {
            course.stayed(state, from, to);
        }
    }

    /// The trial has come to its end, at the horizon or before it, in a state of tension: writes down
    /// what was expected, in whole multiples of the quantum.
    pub fn finish(&self, model: &Model, days: f64, state: usize, row: &mut [f64]) {
        let mut more = [0.0; KINDS];
        if let Some(course) = &self.course {
            let left = course.left(model.horizon, days, state);
            more = std::array::from_fn(|k| course.paid[k] + left[k] - course.due[k]);
        }
        let each = self.harm.iter().chain(&more);
        let each = each.map(|value| (value / DAY_QUANTUM).round() * DAY_QUANTUM);
        for (place, value) in row.iter_mut().zip(each.chain(self.reached.chances())) {
            *place = value;
        }
        debug_assert_eq!(row.len(), EXPECTED + KINDS + model.levels.len());
    }
}

/// Attacks, wounded and killed that the course of the tension lets expect: a day in a state pays so
/// much.
#[derive(Clone, Debug)]
struct Course {
    states: usize,
    /// By step: the people who are announced to be on each site.
    people: Vec<Vec<f64>>,
    days_each: f64,
    /// By step, kind and state.
    pays: Vec<f64>,
    /// How the tension moves in a step, and the rates that this is reckoned from.
    span: Span,
    leaves: Vec<f64>,
    powers: Powers,
    /// What was to be expected at the beginning, and what has been paid.
    due: [f64; KINDS],
    paid: [f64; KINDS],
}

impl Course {
    /// None where there is but one state, or stays have no memory only given their mean.
    fn new(model: &Model) -> Option<Self> {
        let states = model.states();
        let is_plain = |law| matches!(law, &Family::Constant(_));
        if states < 2 || !model.tension.states.iter().all(|state| is_plain(&state.mean_days)) {
            return None;
        }
        let steps = (model.horizon / STEP).ceil().clamp(1.0, MOST_STEPS);
        let days_each = model.horizon / steps;
        let announced = model.announced_people();
        let last = announced.ncols() - 1;
        let at = |step: usize| {
            let week = ((step as f64 + 0.5) * days_each / STEP) as usize;
            announced.column(week.min(last)).to_vec()
        };
        let leaves = vec![0.0; states * states];
        Some(Course {
            states,
            people: (0..steps as usize).map(at).collect(),
            days_each,
            pays: Vec::new(),
            span: Span::new(&leaves, states, days_each),
            leaves,
            powers: Powers::default(),
            due: [0.0; KINDS],
            paid: [0.0; KINDS],
        })
    }

    fn begin(&mut self, model: &Model, draw: &Draw, state: usize) {
        let leaves = leaves(model, &draw.values);
        if leaves != self.leaves {
            self.span = Span::new(&leaves, self.states, self.days_each);
            self.leaves = leaves;
        }
        self.fill_pays(model, draw);
        self.paid = [0.0; KINDS];
        self.due = self.left(model.horizon, 0.0, state);
    }

    /// What a day in each state lets expect, with people where they are announced to be.
    fn fill_pays(&mut self, model: &Model, draw: &Draw) {
        let Course { states, people, pays, powers, .. } = self;
        let first = &people[0];
        let harm: Vec<[[f64; 2]; 2]> = (0..model.channels.len() * *states)
            .map(|k| {
                let (channel, state) = (k / *states, k % *states);
                let present = first[model.channels[channel].site];
                harm_per_attack(model, draw, (channel, state), present)
            })
            .collect();
        pays.clear();
        for (step, there) in people.iter().enumerate() {
            if step > 0 && *there == people[step - 1] {
                pays.extend_from_within(pays.len() - KINDS * *states..);
                continue;
            }
            let begun = pays.len();
            pays.resize(begun + KINDS * *states, 0.0);
            let pays = &mut pays[begun..];
            for (channel, about) in model.channels.iter().enumerate() {
                let site = &model.sites[about.site];
                let present = there[about.site];
                // Nothing is announced of those on the road.
                if about.on_leg.is_some() || present <= 0.0 {
                    continue;
                }
                let ratio = (present / site.reference).clamp(0.1, 2.0);
                let presence = powers.of(ratio, draw.elasticity[about.threat]);
                let defended = usize::from(present >= f64::from(site.needs_people));
                for state in 0..*states {
                    let k = channel * *states + state;
                    let rate = draw.attacks_per_day(k) * presence;
                    pays[state] += rate;
                    pays[*states + state] += rate * harm[k][defended][0];
                    pays[2 * *states + state] += rate * harm[k][defended][1];
                }
            }
        }
    }

    /// By kind: what a day in a state pays in a step.
    fn pay(&self, step: usize, state: usize) -> [f64; KINDS] {
        std::array::from_fn(|kind| self.pays[(step * KINDS + kind) * self.states + state])
    }

    fn stayed(&mut self, state: usize, from: f64, to: f64) {
        let mut step = self.step(from);
        while step < self.people.len() {
            let (begins, ends) = (step as f64, (step + 1) as f64);
            let begins = (begins * self.days_each).max(from);
            // The last one ends with the trial, whatever rounding makes of that.
            let within = step + 1 < self.people.len();
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
        ((days / self.days_each) as usize).min(self.people.len() - 1)
    }

    /// What is to be expected from a moment on until the horizon, in a state.
    fn left(&self, horizon: f64, days: f64, state: usize) -> [f64; KINDS] {
        if days >= horizon {
            return [0.0; KINDS];
        }
        let now = self.step(days);
        let rest = ((now + 1) as f64 * self.days_each - days).max(0.0);
        let short = (days > 0.0).then(|| Span::new(&self.leaves, self.states, rest));
        std::array::from_fn(|kind| {
            let mut worth = vec![0.0; self.states];
            let mut before = worth.clone();
            for step in (now..self.people.len()).rev() {
                let span = if step == now { short.as_ref() } else { None };
                let pays = &self.pays[(step * KINDS + kind) * self.states..][..self.states];
                let each = span.unwrap_or(&self.span).worth(pays, &worth);
                before.iter_mut().zip(each).for_each(|(before, worth)| *before = worth);
                std::mem::swap(&mut worth, &mut before);
            }
            worth[state]
        })
    }
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

/// People wounded and killed on average in an attack on a channel in a state, among so many: where
/// the defence has left, and where it has not. What is not in tables counts as a projectile.
fn harm_per_attack(
    model: &Model,
    draw: &Draw,
    (channel, state): (usize, usize),
    present: f64,
) -> [[f64; 2]; 2] {
    let (marks, leaks) = model.arms(channel, state);
    let mark = &draw.marks[marks];
    if mark.weapons.is_empty() || present.is_nan() || present < 1.0 {
        return [[0.0; 2]; 2];
    }
    let harmed = mark.harmed(present as u32);
    let through = match &draw.leaks[leaks] {
        Some(leaks) => [leaks[0].mean(), leaks[1].mean()],
        None => [1.0; 2],
    };
    through.map(|through| mark.wounded_and_killed(through * harmed))
}
