//! What particles weigh, what they have come to by weight, and which of them are drawn.

use std::ops::Range;

use serde::Serialize;

use super::Collapse;

/// What one observation has made of the particles.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// Its place among the observations.
    pub observation: usize,
    /// What particles came to by the weights before it, at most which with probabilities .1, .5 and
    /// .9. NaN: it had not happened.
    pub simulated: [f64; 3],
    /// The logarithm of the estimated chance of the observation, given those before it.
    pub log_likelihood: f64,
    /// How many particles of equal weight would say as much.
    pub effective: f64,
    /// How many of the trials that particles began as are left, with their draws of the ranges.
    pub distinct: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// They add up to how many there are.
    pub each: Vec<f64>,
    pub steps: Vec<Step>,
    pub log_likelihood: f64,
    /// So many trials in a row share a draw of the ranges, and draws weigh the same whatever is
    /// observed. None: they weigh what their trials do.
    apart: Option<u64>,
}

impl Weights {
    pub fn new(count: usize, apart: Option<u64>) -> Self {
        Weights { each: vec![1.0; count], steps: Vec::new(), log_likelihood: 0.0, apart }
    }

    /// Multiplies them by the chances of an observation, of particles that have come to `values` and
    /// began as the trials `origins`.
    ///
    /// # Errors
    /// If none makes it possible; weights are then as they were.
    pub fn weigh(
        &mut self,
        place: usize,
        values: &[f64],
        chances: &[f64],
        origins: &[u64],
    ) -> Result<(), Collapse> {
        let mut likely: Vec<f64> = self.each.iter().zip(chances).map(|(w, p)| w * p).collect();
        let most = likely.iter().copied().fold(0.0, f64::max);
        if most == 0.0 {
            let there = || self.each.iter().zip(values).filter(|(w, _)| **w > 0.0);
            let (low, high) = (
                there().map(|(_, x)| *x).fold(f64::NAN, f64::min),
                there().map(|(_, x)| *x).fold(f64::NAN, f64::max),
            );
            return Err(Collapse { observation: place, low, high });
        }
        let simulated = quantiles(values, &self.each, [0.1, 0.5, 0.9]);
        // By the greatest, so that what is small all over does not vanish in the sum.
        likely.iter_mut().for_each(|likely| *likely /= most);
        let mean = likely.iter().sum::<f64>() / likely.len() as f64;
        self.each = likely;
        self.each.iter_mut().for_each(|weight| *weight /= mean);
        self.balance(origins);
        let log_likelihood = libm::log(mean) + libm::log(most);
        self.log_likelihood += log_likelihood;
        let mut left: Vec<u64> =
            origins.iter().zip(&self.each).filter(|(_, w)| **w > 0.0).map(|(k, _)| *k).collect();
        left.sort_unstable();
        left.dedup();
        self.steps.push(Step {
            observation: place,
            simulated,
            log_likelihood,
            effective: self.effective(),
            distinct: left.len(),
        });
        Ok(())
    }

    /// How many particles in a row share a draw of the ranges that is kept apart. None: they are not.
    pub fn apart(&self) -> Option<u64> {
        self.apart
    }

    /// Gives some that are one draw the same weight each, which add up to what they did.
    pub fn even_out(&mut self, own: Range<usize>) {
        let own = &mut self.each[own];
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        own.fill(mean);
    }

    /// How many particles in a row each draw of the ranges has, where draws are kept apart; all of
    /// them, where they are not.
    pub fn draws(&self, origins: &[u64]) -> Vec<usize> {
        let Some(each) = self.apart else { return vec![self.each.len()] };
        origins.chunk_by(|a, b| a / each == b / each).map(<[u64]>::len).collect()
    }

    /// Gives every draw of the ranges that has any particle left the same weight again.
    fn balance(&mut self, origins: &[u64]) {
        if self.apart.is_none() {
            return;
        }
        let count = self.each.len() as f64;
        let draws = self.draws(origins);
        let mut alive = Vec::with_capacity(draws.len());
        let mut rest = &mut self.each[..];
        for length in draws {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(length);
            let sum: f64 = own.iter().sum();
            if sum > 0.0 {
                alive.push((own, sum));
            }
            rest = others;
        }
        let share = count / alive.len() as f64;
        for (own, sum) in alive {
            own.iter_mut().for_each(|weight| *weight *= share / sum);
        }
    }

    /// The effective number of particles.
    pub fn effective(&self) -> f64 {
        let sum: f64 = self.each.iter().sum();
        sum * sum / self.each.iter().map(|weight| weight * weight).sum::<f64>()
    }

    /// How often each is drawn, by systematic resampling with a uniform number (of draws that are
    /// kept apart, one for each): none, where all weigh the same. Then all weigh the same.
    pub fn resample(
        &mut self,
        origins: &[u64],
        mut uniform: impl FnMut() -> f64,
    ) -> Option<Vec<usize>> {
        if self.each.iter().all(|weight| *weight == self.each[0]) {
            return None;
        }
        let (count, draws) = (self.each.len(), self.draws(origins));
        let mut rest = &self.each[..];
        let each: Vec<&[f64]> = draws
            .into_iter()
            .map(|length| {
                let (own, others) = rest.split_at(length);
                rest = others;
                own
            })
            .collect();
        let alive = each.iter().filter(|own| own.iter().any(|weight| *weight > 0.0)).count();
        let (mut copies, mut place) = (Vec::with_capacity(count), 0);
        for own in each {
            if own.iter().all(|weight| *weight == 0.0) {
                copies.extend(own.iter().map(|_| 0));
                continue;
            }
            // As many for each draw that is left, to within one.
            let room = (place + 1) * count / alive - place * count / alive;
            let scale = (room * alive) as f64 / count as f64;
            copies.extend(systematic(own, scale, room, uniform()));
            place += 1;
        }
        self.each.fill(1.0);
        Some(copies)
    }
}

/// How often each is drawn of so many draws, by its weight times `scale`; these add up to `room`.
pub(super) fn systematic(
    weights: &[f64],
    scale: f64,
    room: usize,
    u: f64,
) -> impl Iterator<Item = usize> {
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    let (mut up_to, mut drawn) = (0.0, 0);
    weights.iter().enumerate().map(move |(k, weight)| {
        up_to += weight * scale;
        let before = drawn;
        // What rounding leaves falls to the last that weighs anything.
        while drawn < room && (k == last || drawn as f64 + u < up_to) {
            drawn += 1;
        }
        drawn - before
    })
}

/// The least values that are not exceeded with probabilities `ps`; missing ones come last.
fn quantiles(values: &[f64], weights: &[f64], ps: [f64; 3]) -> [f64; 3] {
    let all: f64 = weights.iter().sum();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    ps.map(|p| {
        let mut so_far = 0.0;
        let found = order.iter().find(|&&k| {
            so_far += weights[k];
            so_far >= (p - 1e-9) * all
        });
        values[*found.unwrap_or(&order[order.len() - 1])]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::stream;

    #[test]
    fn each_is_drawn_as_often_as_its_weight_to_within_one() {
        let mut stream = stream("resample");
        for count in [1u32, 2, 7, 100] {
            for _ in 0..200 {
                let mut each: Vec<f64> = (0..count)
                    .map(|_| if stream.uniform() < 0.4 { 0.0 } else { stream.uniform() })
                    .collect();
                let sum: f64 = each.iter().sum();
                if sum == 0.0 {
                    continue;
                }
                each.iter_mut().for_each(|weight| *weight *= f64::from(count) / sum);
                let mut weights =
                    Weights { each: each.clone(), ..Weights::new(count as usize, None) };
                let Some(copies) = weights.resample(&[], || stream.uniform()) else { continue };
                assert_eq!(copies.iter().sum::<usize>(), count as usize);
                for (copies, weight) in copies.iter().zip(&each) {
                    let exact = *weight;
                    assert!((*copies as f64 - exact).abs() < 1.0 + 1e-9, "{copies} of {exact}");
                    assert!(*weight > 0.0 || *copies == 0);
                }
            }
        }
    }

    #[test]
    fn chances_that_are_tiny_all_over_are_weighed_as_if_they_were_not() {
        let mut weights = Weights::new(3, None);
        let tiny = f64::MIN_POSITIVE * f64::EPSILON;
        weights.weigh(0, &[1.0; 3], &[tiny, 3.0 * tiny, 0.0], &[0, 1, 2]).unwrap();
        assert_eq!(weights.each, [0.75, 2.25, 0.0]);
        assert!((weights.log_likelihood - libm::log(tiny) - libm::log(4.0 / 3.0)).abs() < 1e-9);
    }

    #[test]
    fn draws_that_are_kept_apart_weigh_the_same_and_what_is_in_them_as_before() {
        let origins = [0, 1, 1, 2, 5, 7, 8];
        let each = vec![1.0, 2.0, 1.0, 0.0, 0.0, 0.5, 2.5];
        let mut weights = Weights { each, ..Weights::new(7, Some(3)) };
        weights.balance(&origins);
        let left: [f64; 3] =
            [&weights.each[..4], &weights.each[4..5], &weights.each[5..]].map(|w| w.iter().sum());
        assert!((left[0] - 3.5).abs() < 1e-12 && left[1] == 0.0 && (left[2] - 3.5).abs() < 1e-12);
        assert!((weights.each[1] / weights.each[0] - 2.0).abs() < 1e-12);
        assert!((weights.each[6] / weights.each[5] - 5.0).abs() < 1e-12);
    }

    #[test]
    fn quantiles_go_by_weight_and_what_is_missing_comes_last() {
        let values = [3.0, f64::NAN, 1.0, 2.0];
        let even = [0.25; 4];
        let found = quantiles(&values, &even, [0.25, 0.5, 1.0]);
        assert_eq!(found[..2], [1.0, 2.0]);
        assert!(found[2].is_nan());
        assert_eq!(quantiles(&values, &[0.9, 0.0, 0.05, 0.05], [0.05, 0.1, 0.5]), [1.0, 2.0, 3.0]);
    }
}
