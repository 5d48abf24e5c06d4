//! Draws that are kept apart and would be lost: they are filtered again, with more particles.
//!
//! A draw is lost if none of its particles makes an observation possible. To go on with the others
//! alone would lean to draws that fit well, as if the observations counted more than once.

use std::ops::Range;

use super::particle::{First, HELD, Particle, desk, drawn, note_first};
use super::weights::{Weights, systematic};
use super::{FEW, Filtering};
use crate::error::Result;
use crate::model::Model;
use crate::streams::{Purpose, Stream, Who};
use crate::threads::Threads;
use crate::trial::Trial;

/// How many times as many particles a draw is given, one after the other.
const TIMES: [u64; 2] = [4, 16];

/// The most of them.
pub(super) const MOST: u64 = TIMES[TIMES.len() - 1];

/// How many draws are filtered again side by side: no more than have as many particles as there are.
pub(super) fn most_at_a_time(model: &Model, count: usize, threads: &Threads) -> u64 {
    (count as u64 / (MOST * model.trials_each())).clamp(1, threads.count() as u64)
}

/// Where the particles of a draw are, and the chances of the observations that are known now.
pub(super) type Found = (Range<usize>, Vec<f64>);

/// Particles that have come through, each as likely as any other.
struct Through<'m> {
    particles: Vec<Particle<'m>>,
    chances: Vec<f64>,
}

impl<'m> Filtering<'m> {
    /// Filters draws again, from the beginning up to now, under which no particle makes what is known
    /// now possible.
    ///
    /// # Errors
    /// [`Error::Policy`] if a policy of the program breaks off.
    pub(super) fn filter_lost_again(&mut self) -> Result<Vec<Found>> {
        let mut again = Vec::new();
        let broken = First::default();
        // So many at a time as there is room for.
        let most = most_at_a_time(self.model, self.count, &self.threads);
        for lost in self.lost().chunks(most as usize) {
            let mut found: Vec<Option<Through<'m>>> = lost.iter().map(|_| None).collect();
            let items = lost.iter().zip(&mut found).collect();
            self.threads.for_each(items, |((draw, own), found): (&(u64, Range<usize>), &mut _)| {
                let mut desk = desk(&self.idle, self.model, &self.stop);
                *found = TIMES
                    .iter()
                    .find_map(|&times| self.through(*draw, own.len(), times, &mut desk, &broken));
                self.idle.lock().expect(HELD).push(desk);
            });
            if let Some((_, error)) = broken.lock().expect(HELD).take() {
                self.stop.set();
                return Err(error);
            }
            for ((_, own), found) in lost.iter().zip(found) {
                let Some(Through { particles, chances }) = found else { continue };
                self.weights.even_out(own.clone());
                self.particles.splice(own.clone(), particles);
                again.push((own.clone(), chances));
            }
        }
        Ok(again)
    }

    /// Draws that have particles left, and none that makes what is known now possible; with where
    /// they are.
    fn lost(&self) -> Vec<(u64, Range<usize>)> {
        let Some(each) = self.weights.apart() else { return Vec::new() };
        let origins = self.origins();
        let known = &self.plan.stops[self.next].known;
        let possible = |k: usize| {
            let values = &self.values[k * known.len()..][..known.len()];
            let chance = |(&due, &value): (&usize, &f64)| self.plan.dues[due].probability(value);
            self.weights.each[k] * known.iter().zip(values).map(chance).product::<f64>() > 0.0
        };
        let mut begin = 0;
        let draws = self.weights.draws(&origins).into_iter().map(|length| {
            begin += length;
            (origins[begin - length] / each, begin - length..begin)
        });
        let left = |own: &Range<usize>| own.clone().any(|k| self.weights.each[k] > 0.0);
        draws.filter(|(_, own)| left(own) && !own.clone().any(possible)).collect()
    }

    /// A draw with so many times its particles, up to now: `room` of those that come through, if any
    /// do.
    fn through(
        &self,
        draw: u64,
        room: usize,
        times: u64,
        desk: &mut Trial<'m>,
        broken: &First,
    ) -> Option<Through<'m>> {
        let each = self.model.trials_each();
        let count = (times * each) as usize;
        let who = Who::new(&["again"]).nth(self.next as u64).nth(times);
        let mut stream = Stream::new(self.seed, draw, who, Purpose::Filter);
        let key = stream.bits();
        // The trials of the draw, under as many seeds.
        let seeds: Vec<u64> = (0..times).map(|_| stream.bits()).collect();
        let origin = |k: u64| (seeds[(k / each) as usize], draw * each + k % each);
        let mut particles = vec![Particle::new(self.model, &self.stop, &self.plan); count];
        let mut weights = Weights::new(count, None);
        for (step, at) in self.plan.stops[..=self.next].iter().enumerate() {
            let mut values = vec![0.0; count * at.known.len()];
            let since = self.plan.before(step);
            for (k, particle) in particles.iter_mut().enumerate() {
                if self.stop.is_set() {
                    return None;
                }
                let begins = (step == 0).then(|| origin(k as u64));
                let known = &mut values[k * at.known.len()..][..at.known.len()];
                particle.work(desk, begins, since, (key, k as u64), |particle| {
                    particle.go_on_to(&self.plan, at, known);
                });
                note_first(broken, draw * MOST * each + k as u64, particle.trial.broken());
            }
            for (place, &due) in at.known.iter().enumerate() {
                let values: Vec<f64> =
                    values.iter().skip(place).step_by(at.known.len()).copied().collect();
                let chances = self.plan.dues[due].probabilities(&values);
                weights.weigh(due, &values, &chances, &[]).ok()?;
            }
            if step < self.next
                && weights.effective() < FEW * count as f64
                && let Some(copies) = weights.resample(&[], || stream.uniform())
            {
                particles = drawn(particles, copies, step as u64);
            }
        }
        let scale = room as f64 / count as f64;
        let copies = systematic(&weights.each, scale, room, stream.uniform());
        let particles = drawn(particles, copies, self.next as u64);
        let known = self.plan.stops[self.next].known.len();
        let now = &weights.steps[weights.steps.len() - known..];
        Some(Through {
            particles,
            chances: now.iter().map(|s| libm::exp(s.log_likelihood)).collect(),
        })
    }
}
