//! A bootstrap particle filter: trials that go on as long as they agree with what was observed.
//!
//! Particles are trials that are stopped whenever something is known, and weighed by how likely it
//! is, given what has happened in each. Where few of them carry the weight, as many are drawn among
//! them (systematic resampling): of each that is drawn several times, the first goes on as it was, and
//! the others are copies whose future is their own (`trial::rest` says what that is). After the last
//! observation all weigh the same and go on to the horizon, as the trials of a run.
//!
//! The product of the mean weights is an estimate of the likelihood of all observations, and its mean
//! over seeds is that likelihood (Del Moral 2004); its logarithm is a little low in the mean. The
//! bits are the same on any number of threads: particles have streams of their own, and sums over
//! them are in order.

mod again;
mod observation;
mod particle;
mod weights;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ndarray::Array2;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::memory;
use crate::model::Model;
use crate::pace::Pace;
use crate::results::{Kept, Run};
use crate::stop::Stop;
use crate::streams::{Purpose, Stream, Who};
use crate::threads::Threads;
use crate::trial::{Trial, Weekly};
pub use observation::{Day, Observation, Of, People};
use particle::{HELD, Particle, Timetable, desk, drawn, note_first};
pub use weights::Step;
use weights::Weights;

/// Particles that one thread takes at a time.
const BLOCK: usize = 32;

/// The most particles: as many as a batch has trials.
const MOST_PARTICLES: u64 = i32::MAX as u64;

/// Below this share of all particles, an effective number of them calls for others.
const FEW: f64 = 0.5;

/// How many particles, under which seed, on how many threads.
#[derive(Clone, Debug)]
pub struct Filter {
    particles: u64,
    seed: u64,
    threads: usize,
    apart: bool,
}

impl Filter {
    /// A filter of so many particles under `seed` on all cores.
    pub fn new(particles: u64, seed: u64) -> Self {
        Filter { particles, seed, threads: 0, apart: false }
    }

    /// Keeps the draws of the ranges that a model was given ([`Model::with_inputs`]) as they are, each
    /// as likely as any other, and filters only what happens under each. That is right for draws that
    /// know of the observations already, as those of a fit to them do: to weigh them again would
    /// count the observations twice. A draw none of whose particles makes an observation possible is
    /// filtered again, with up to 16 times as many; if that does not help it is lost, and the others
    /// share what it weighed.
    #[must_use]
    pub fn apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// Sets the number of threads; 0 means one for each core. It does not change the results.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }
}

/// What a filter has come to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Filtered {
    /// The particles after the last observation, each as likely as any other, to the horizon. Its
    /// trials cannot be simulated once more from the seed.
    pub run: Run,
    /// By observation, in the order in which they were known.
    pub steps: Vec<Step>,
    /// The logarithm of the estimated likelihood of all observations; of draws that are kept apart,
    /// what the chances of each observation given those before come to, each their mean over draws.
    pub log_likelihood: f64,
    /// By particle: the number of the trial that it began as, whose draw of the ranges it has.
    pub ancestors: Vec<u64>,
    /// By particle, how it stood after the last observation: two plans that have the same were the
    /// same until then.
    pub standing: Vec<u64>,
    /// An observation that no particle makes possible, why, and what to do. What is here is then
    /// what came before it.
    pub collapse: Option<Collapse>,
}

/// An observation that no particle makes possible.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Collapse {
    /// Its place among the observations.
    pub observation: usize,
    /// What the particles have come to: the least and the greatest. NaN: it has not happened.
    pub low: f64,
    /// See `low`.
    pub high: f64,
}

/// What the trials of a batch weigh.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Weighed {
    /// By trial; they add up to 1.
    pub weights: Vec<f64>,
    /// By observation, in the order in which they were known.
    pub steps: Vec<Step>,
    /// The logarithm of the estimated likelihood of all observations.
    pub log_likelihood: f64,
    /// An observation that no trial makes possible; weights are then those before it.
    pub collapse: Option<Collapse>,
}

impl Model {
    /// Filters to the end.
    ///
    /// # Errors
    /// As [`Model::begin_filter`] and [`Filtering::advance`].
    pub fn filter(&self, filter: &Filter, observations: &[Observation]) -> Result<Filtered> {
        let mut filtering = self.begin_filter(filter, observations)?;
        while filtering.advance(Duration::from_secs(1))? {}
        Ok(filtering.finish())
    }

    /// Begins a filter that the caller carries on, so as to report progress or stop early.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no particles or more than can be counted, or with everything
    /// that is wrong with any of the observations; [`Error::Memory`] if they do not fit in memory.
    pub fn begin_filter(
        &self,
        filter: &Filter,
        observations: &[Observation],
    ) -> Result<Filtering<'_>> {
        Filtering::new(self, filter, observations)
    }

    /// Weighs trials 0 up to `trials` under `seed` by what was observed, each as it is. `until` says
    /// so if they are to be given up, which gives None.
    ///
    /// # Errors
    /// As [`Model::begin_filter`]; [`Error::Policy`] if a policy of the program breaks off.
    pub fn weigh(
        &self,
        filter: &Filter,
        observations: &[Observation],
        until: &Stop,
    ) -> Result<Option<Weighed>> {
        let plan = Timetable::new(self, observations)?;
        check_particles(filter.particles)?;
        let threads = Threads::new(filter.threads)?;
        let count = filter.particles as usize;
        let width = plan.dues.len().max(1);
        let mut values = memory::room(count * width)?;
        values.resize(count * width, 0.0);
        let (idle, broken) = (Mutex::new(Vec::new()), Mutex::new(None));
        let blocks = values.chunks_mut(BLOCK * width).enumerate().collect();
        threads.for_each(blocks, |(block, values): (usize, &mut [f64])| {
            let mut desk = desk(&idle, self, until);
            let mut particle = Particle::new(self, until, &plan);
            for (k, values) in values.chunks_exact_mut(width).enumerate() {
                if until.is_set() {
                    return;
                }
                particle.trial.swap_tools(&mut desk);
                let index = (block * BLOCK + k) as u64;
                particle.trial.set_out(filter.seed, index);
                particle.capped = false;
                for stop in &plan.stops {
                    let mut known = vec![0.0; stop.known.len()];
                    particle.go_on_to(&plan, stop, &mut known);
                    stop.known.iter().zip(&known).for_each(|(&due, value)| values[due] = *value);
                }
                particle.trial.swap_tools(&mut desk);
                note_first(&broken, index, particle.trial.broken());
            }
            idle.lock().expect(HELD).push(desk);
        });
        if let Some((_, error)) = broken.into_inner().expect(HELD) {
            return Err(error);
        }
        if until.is_set() {
            return Ok(None);
        }
        let origins: Vec<u64> = (0..filter.particles).collect();
        let mut weights = Weights::new(count, None);
        let mut collapse = None;
        for &due in plan.stops.iter().flat_map(|stop| &stop.known) {
            let values: Vec<f64> = (0..count).map(|k| values[k * width + due]).collect();
            let chances = plan.dues[due].probabilities(&values);
            collapse = weights.weigh(due, &values, &chances, &origins).err();
            if collapse.is_some() {
                break;
            }
        }
        let Weights { each, steps, log_likelihood, .. } = weights;
        let weights = each.iter().map(|weight| weight / count as f64).collect();
        Ok(Some(Weighed { weights, steps, log_likelihood, collapse }))
    }
}

fn check_particles(particles: u64) -> Result<()> {
    if particles == 0 || particles > MOST_PARTICLES {
        return Err(Error::Usage(format!(
            "`particles` must be between 1 and {MOST_PARTICLES}, not {particles}"
        )));
    }
    Ok(())
}

/// A filter on its way.
#[derive(Debug)]
#[must_use]
pub struct Filtering<'m> {
    model: &'m Model,
    seed: u64,
    count: usize,
    threads: Threads,
    stop: Stop,
    plan: Timetable,
    particles: Vec<Particle<'m>>,
    weights: Weights,
    collapse: Option<Collapse>,
    /// The moment that particles are on their way to; past the last of them, the horizon.
    next: usize,
    /// Particles that have come there.
    come: usize,
    /// Particles of one thread that take about as long as the caller wants to wait.
    per_thread: u64,
    /// What they have come to, of what is known there; at the horizon, their rows.
    values: Vec<f64>,
    idle: Mutex<Vec<Trial<'m>>>,
    /// By particle, after the last observation.
    ancestors: Vec<u64>,
    standing: Vec<u64>,
}

impl<'m> Filtering<'m> {
    fn new(model: &'m Model, filter: &Filter, observations: &[Observation]) -> Result<Self> {
        check_particles(filter.particles)?;
        if filter.apart && model.trials_each() < 2 {
            return Err(Error::Usage(
                "to keep draws apart, give the model inputs with two or more trials each".into(),
            ));
        }
        let plan = Timetable::new(model, observations)?;
        let threads = Threads::new(filter.threads)?;
        let (count, stop) = (filter.particles as usize, Stop::default());
        let first = Particle::new(model, &stop, &plan);
        let resting = first.trial.bytes() + 8 * plan.kept as u64;
        let each = resting + 8 * model.layout.width() as u64;
        let again = if filter.apart { again::most_at_a_time(model, count, &threads) } else { 0 };
        let weekly = (threads.count() as u64 + 2) * Weekly::most_bytes(model, filter.particles);
        let weekly = weekly + again * again::MOST * model.trials_each() * resting;
        memory::check("particles", filter.particles, each, weekly, "; take fewer")?;
        let mut filtering = Filtering {
            model,
            seed: filter.seed,
            count,
            threads,
            stop,
            plan,
            particles: Vec::with_capacity(count),
            weights: Weights::new(count, filter.apart.then_some(model.trials_each())),
            collapse: None,
            next: 0,
            come: 0,
            per_thread: 1,
            values: Vec::new(),
            idle: Mutex::new(Vec::new()),
            ancestors: Vec::new(),
            standing: Vec::new(),
        };
        filtering.particles.resize(count, first);
        filtering.set_out()?;
        Ok(filtering)
    }

    /// What to say so to if the filter is to be given up, from any thread.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// The share of the days of all particles that has been gone.
    pub fn share_done(&self) -> f64 {
        let days = |k: usize| self.plan.stops.get(k).map_or(self.model.horizon, |at| at.days);
        let from = if self.next == 0 { 0.0 } else { days(self.next - 1) };
        let part = (days(self.next) - from) * self.come as f64 / self.count as f64;
        ((from + part) / self.model.horizon).min(1.0)
    }

    /// What has been weighed so far, and the logarithm of its likelihood.
    pub fn so_far(&self) -> (&[Step], f64) {
        (&self.weights.steps, self.weights.log_likelihood)
    }

    /// Goes on for about `wait`, or longer where draws that are kept apart have to be filtered again;
    /// returns whether anything is left. Once it is given up there is not.
    ///
    /// # Errors
    /// [`Error::Policy`] if a policy of the program breaks off, [`Error::Memory`] if there is no room
    /// any more: it goes no further then.
    pub fn advance(&mut self, wait: Duration) -> Result<bool> {
        let mut pace = Pace::new(wait);
        while self.next <= self.plan.stops.len() && !self.stop.is_set() {
            self.wave()?;
            if !pace.go_on(&mut self.per_thread) {
                break;
            }
        }
        Ok(self.next <= self.plan.stops.len() && !self.stop.is_set())
    }

    /// Numbers that a particle gives at the moment that they are on their way to.
    fn width(&self) -> usize {
        match self.plan.stops.get(self.next) {
            Some(at) => at.known.len(),
            None => self.model.layout.width(),
        }
    }

    /// Room for what particles give at the next moment.
    fn set_out(&mut self) -> Result<()> {
        self.come = 0;
        let numbers = self.count * self.width();
        self.values = memory::room(numbers)?;
        self.values.resize(numbers, 0.0);
        Ok(())
    }

    /// Takes some particles to the next moment.
    fn wave(&mut self) -> Result<()> {
        let width = self.width();
        let first = self.come;
        let most = (self.per_thread as usize).saturating_mul(self.threads.count()).max(BLOCK);
        let end = self.count.min(first.saturating_add(most));
        let Filtering { model, seed, plan, stop, idle, next, threads, particles, values, .. } =
            self;
        let (at, seed, begins) = (plan.stops.get(*next), *seed, *next == 0);
        let (plan, stop, idle, model) = (&*plan, &*stop, &*idle, *model);
        let broken = Mutex::new(None);
        let since = plan.before(*next);
        let work = |(block, particles, values): (usize, &mut [Particle<'m>], &mut [f64])| {
            let mut desk = desk(idle, model, stop);
            for (k, particle) in particles.iter_mut().enumerate() {
                if stop.is_set() {
                    return;
                }
                let index = (first + block * BLOCK + k) as u64;
                let values = &mut values[k * width..][..width];
                let begins = begins.then_some((seed, index));
                particle.work(&mut desk, begins, since, (seed, index), |particle| match at {
                    Some(at) => particle.go_on_to(plan, at, values),
                    None => {
                        particle.trial.go_on_to_the_end();
                        values.copy_from_slice(particle.trial.row());
                    }
                });
                note_first(&broken, index, particle.trial.broken());
            }
            idle.lock().expect(HELD).push(desk);
        };
        let particles = particles[first..end].chunks_mut(BLOCK);
        // Of no width, there is nothing to divide.
        let mut rest = &mut values[first * width..end * width];
        let blocks = particles.enumerate().map(|(k, particles)| {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(particles.len() * width);
            rest = others;
            (k, particles, own)
        });
        let blocks = blocks.collect();
        match threads.count() {
            1 => threads.one_by_one(blocks, work),
            _ => threads.for_each(blocks, work),
        }
        if let Some((_, error)) = broken.into_inner().expect(HELD) {
            self.stop.set();
            return Err(error);
        }
        self.come = end;
        if end == self.count && !self.stop.is_set() {
            self.arrive()?;
        }
        Ok(())
    }

    /// All particles have come to the next moment.
    fn arrive(&mut self) -> Result<()> {
        if self.next < self.plan.stops.len() {
            self.weigh()?;
            let last = self.next + 1 == self.plan.stops.len() || self.collapse.is_some();
            if last || self.weights.effective() < FEW * self.count as f64 {
                self.resample();
            }
            if last {
                self.look_back();
                self.plan.stops.truncate(self.next + 1);
                self.next = self.plan.stops.len() - 1;
            }
        }
        self.next += 1;
        if self.next <= self.plan.stops.len() {
            self.set_out()?;
        }
        Ok(())
    }

    /// Weighs all particles by what is known now, as far as any of them makes it possible.
    fn weigh(&mut self) -> Result<()> {
        let again = self.filter_lost_again()?;
        if self.stop.is_set() {
            return Ok(());
        }
        let origins = self.origins();
        let at = &self.plan.stops[self.next];
        let width = at.known.len();
        for (place, &due) in at.known.iter().enumerate() {
            let values: Vec<f64> = self.values.iter().skip(place).step_by(width).copied().collect();
            let mut chances = self.plan.dues[due].probabilities(&values);
            for (own, known) in &again {
                chances[own.clone()].fill(known[place]);
            }
            let weighed = self.weights.weigh(due, &values, &chances, &origins);
            if let Err(collapse) = weighed {
                self.collapse = Some(collapse);
                break;
            }
        }
        Ok(())
    }

    /// By particle: the number of the trial that it began as.
    fn origins(&self) -> Vec<u64> {
        self.particles.iter().map(|of| of.trial.origin().1).collect()
    }

    /// Draws as many particles as there are, by weight; none, where all weigh the same.
    fn resample(&mut self) {
        let step = self.next as u64;
        let who = Who::new(&["resample"]).nth(step);
        let mut stream = Stream::new(self.seed, 0, who, Purpose::Filter);
        let origins = self.origins();
        let Some(copies) = self.weights.resample(&origins, || stream.uniform()) else { return };
        self.particles = drawn(std::mem::take(&mut self.particles), copies, step);
    }

    /// Writes down how particles stand after the last observation.
    fn look_back(&mut self) {
        self.ancestors = self.origins();
        self.standing = self.particles.iter().map(|of| of.trial.standing()).collect();
    }

    /// What it has come to.
    ///
    /// # Panics
    /// If it has not been carried on to its end.
    pub fn finish(self) -> Filtered {
        assert!(self.next > self.plan.stops.len(), "a filter is finished at its end");
        let mut weekly = Weekly::new(self.model);
        for mut desk in self.idle.into_inner().expect(HELD) {
            let theirs = desk.weekly().all_mut();
            weekly.all_mut().into_iter().zip(theirs).for_each(|(mine, theirs)| {
                mine.take_over(theirs);
            });
        }
        let ancestors = match self.ancestors.is_empty() {
            true => (0..self.count as u64).collect(),
            false => self.ancestors,
        };
        let width = self.model.layout.width();
        let rows = Array2::from_shape_vec((self.count, width), self.values);
        let kept = Kept::Trials(rows.expect("rows are whole"));
        let run = Run::new(self.model, self.seed, 0, self.count as u64, kept, weekly);
        Filtered {
            run: run.filtered(Arc::from(ancestors.as_slice())),
            steps: self.weights.steps,
            log_likelihood: self.weights.log_likelihood,
            ancestors,
            standing: self.standing,
            collapse: self.collapse,
        }
    }
}
