//! Particles, and when they are stopped.

use std::sync::Mutex;

use super::observation::{Due, Observation, compile};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::stop::Stop;
use crate::trial::{End, Trial};

/// Why a lock is never found broken.
pub(super) const HELD: &str = "no thread panics while it holds this";

/// When particles are stopped, and what for.
#[derive(Debug)]
pub(super) struct Timetable {
    pub dues: Vec<Due>,
    /// By observation: where its count at its begin is kept.
    pub places: Vec<usize>,
    /// How many such places there are.
    pub kept: usize,
    pub stops: Vec<At>,
}

/// A moment at which particles are stopped.
#[derive(Debug)]
pub(super) struct At {
    pub days: f64,
    /// Observations that are known then, and that begin then.
    pub known: Vec<usize>,
    pub begins: Vec<usize>,
}

impl Timetable {
    pub fn new(model: &Model, observations: &[Observation]) -> Result<Self> {
        let dues = compile(model, observations)?;
        let mut days: Vec<f64> = dues.iter().flat_map(|due| [due.from, due.to]).collect();
        days.sort_by(f64::total_cmp);
        days.dedup();
        let (mut places, mut free, mut kept) = (vec![0; dues.len()], Vec::new(), 0);
        let mut stops = Vec::new();
        for days in days {
            let on = |of: fn(&Due) -> f64| -> Vec<usize> {
                (0..dues.len()).filter(|&k| of(&dues[k]) == days).collect()
            };
            let (known, mut begins) = (on(|due| due.to), on(|due| due.from));
            begins.retain(|&k| dues[k].goes_on());
            free.extend(known.iter().filter(|&&k| dues[k].goes_on()).map(|&k| places[k]));
            for &k in &begins {
                places[k] = free.pop().unwrap_or_else(|| {
                    kept += 1;
                    kept - 1
                });
            }
            stops.push(At { days, known, begins });
        }
        Ok(Timetable { dues, places, kept, stops })
    }

    /// The moment before one, in days; the start before the first.
    pub fn before(&self, stop: usize) -> f64 {
        stop.checked_sub(1).map_or(0.0, |before| self.stops[before].days)
    }
}

/// A trial that rests between two moments.
#[derive(Clone, Debug)]
pub(super) struct Particle<'m> {
    pub trial: Trial<'m>,
    /// Counts at the begin of what is being counted.
    pub before: Vec<f64>,
    /// Whether more has happened than may: it goes no further.
    pub capped: bool,
    /// Of which step it is a copy that has not gone on yet.
    pub copy: Option<u64>,
}

impl<'m> Particle<'m> {
    pub fn new(model: &'m Model, stop: &Stop, plan: &Timetable) -> Self {
        let trial = Trial::resting(model, stop.clone());
        Particle { trial, before: vec![0.0; plan.kept], capped: false, copy: None }
    }

    /// Works with the tools of another: from the beginning as the trial that `begins` says, or from
    /// where it rests, since `since` days; as a copy, under a key of its own.
    pub fn work(
        &mut self,
        desk: &mut Trial<'m>,
        begins: Option<(u64, u64)>,
        since: f64,
        (seed, index): (u64, u64),
        work: impl FnOnce(&mut Self),
    ) {
        self.trial.swap_tools(desk);
        match begins {
            Some((seed, index)) => self.trial.set_out(seed, index),
            None => self.trial.take_up(),
        }
        if let Some(step) = self.copy.take() {
            self.trial.renew(since, (seed, index, step));
        }
        work(self);
        self.trial.swap_tools(desk);
    }

    /// Goes on to a moment, with tools; `known` are what it comes to of what is known then.
    pub fn go_on_to(&mut self, plan: &Timetable, at: &At, known: &mut [f64]) {
        if !self.capped {
            self.capped = self.trial.go_on_until(at.days) == End::Full;
        }
        for (value, &k) in known.iter_mut().zip(&at.known) {
            let due = &plan.dues[k];
            let before = if due.goes_on() { self.before[plan.places[k]] } else { 0.0 };
            *value = due.value(&self.trial) - before;
        }
        for &k in &at.begins {
            self.before[plan.places[k]] = plan.dues[k].value(&self.trial);
        }
    }
}

/// As many of each particle as `copies` says: the first goes on as it was, the others are copies of
/// this step.
pub(super) fn drawn<'m>(
    particles: Vec<Particle<'m>>,
    copies: impl IntoIterator<Item = usize>,
    step: u64,
) -> Vec<Particle<'m>> {
    let mut drawn: Vec<Particle<'m>> = Vec::with_capacity(particles.len());
    for (particle, copies) in particles.into_iter().zip(copies) {
        if copies == 0 {
            continue;
        }
        let first = drawn.len();
        drawn.push(particle);
        for _ in 1..copies {
            let copy = Particle { copy: Some(step), ..drawn[first].clone() };
            drawn.push(copy);
        }
    }
    drawn
}

/// A trial at work, whose tools those that rest borrow.
pub(super) fn desk<'m>(idle: &Mutex<Vec<Trial<'m>>>, model: &'m Model, stop: &Stop) -> Trial<'m> {
    let free = idle.lock().expect(HELD).pop();
    free.unwrap_or_else(|| Trial::until(model, stop.clone()))
}

/// The error of the first particle of those in which a policy broke off, and which it is.
pub(super) type First = Mutex<Option<(u64, Error)>>;

/// Keeps the error of a particle, if it has one and is the first so far.
pub(super) fn note_first(first: &First, particle: u64, error: Option<Error>) {
    let Some(error) = error else { return };
    let mut first = first.lock().expect(HELD);
    if first.as_ref().is_none_or(|(known, _)| particle < *known) {
        *first = Some((particle, error));
    }
}
