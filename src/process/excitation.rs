//! Events caused by an event: a Poisson number of them, each after an exponential delay.

use crate::streams::{EventSeed, Stream};
use crate::variates::exponential;

/// The offspring of one event of a self-exciting process with an exponential kernel, in its
/// branching form (Hawkes & Oakes 1974).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offspring {
    mean: f64,
    /// Probability of no child, and the same in multiples of 2^-53, rounded up.
    none: f64,
    none_of_bits: u64,
    decay_days: f64,
}

impl Offspring {
    /// `mean` children (up to some hundreds, where the probability of none is still a number),
    /// each after `decay_days` on average.
    pub fn new(mean: f64, decay_days: f64) -> Self {
        let none = libm::exp(-mean);
        let none_of_bits = (none / (0.5 * f64::EPSILON)).ceil() as u64;
        Offspring { mean, none, none_of_bits, decay_days }
    }

    /// Whether an event has no children.
    #[inline]
    pub fn none(&self, seed: EventSeed) -> bool {
        seed.is_below(self.none_of_bits)
    }

    /// The children of one event, one after another.
    #[inline]
    pub fn births(&self, seed: EventSeed) -> Births {
        self.births_at(seed.uniform())
    }

    /// The least number of children whose distribution function exceeds `u`.
    #[inline]
    fn births_at(&self, u: f64) -> Births {
        Births { u, mean: self.mean, count: 0.0, term: self.none, below: self.none }
    }

    /// The delay of one child, in days.
    #[inline]
    pub fn delay(&self, stream: &mut Stream) -> f64 {
        self.decay_days * exponential(stream)
    }
}

/// A Poisson number of children, by the inverse of its distribution function, one by one: that
/// takes no branch for a number known beforehand and another for each child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Births {
    u: f64,
    mean: f64,
    count: f64,
    /// The probability of so many, and of so many or fewer.
    term: f64,
    below: f64,
}

impl Births {
    /// Whether there is another child.
    #[inline(always)]
    pub fn another(&mut self) -> bool {
        if self.u < self.below {
            return false;
        }
        self.count += 1.0;
        self.term *= self.mean / self.count;
        let below = self.below + self.term;
        // By rounding the sum can stop growing short of 1: there is no further one.
        self.below = if below == self.below { 1.0 } else { below };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::choose;
    use crate::variates::testing::{assert_law, assert_mean, assert_moments, assert_share};
    use crate::variates::testing::{sample, stream};

    fn quantile(offspring: &Offspring, u: f64) -> u32 {
        let mut births = offspring.births_at(u);
        let mut count = 0;
        while births.another() {
            count += 1;
        }
        count
    }

    fn count(offspring: &Offspring, stream: &mut Stream) -> u32 {
        quantile(offspring, stream.uniform())
    }

    #[test]
    fn counts_are_poisson() {
        for (mean, runs) in [(0.25, 2_000_000), (0.9, 1_000_000), (5.0, 500_000), (20.0, 500_000)] {
            let offspring = Offspring::new(mean, 4.0);
            let name = format!("Poisson {mean}");
            let counts = sample(&name, runs, |stream| f64::from(count(&offspring, stream)));
            assert_moments(&name, &counts, mean, mean);
            let mut probability = libm::exp(-mean);
            for k in 0..12 {
                assert_share(&format!("{name} = {k}"), &counts, |x| x == f64::from(k), probability);
                probability *= mean / f64::from(k + 1);
            }
        }
    }

    #[test]
    fn none_is_no_birth() {
        let mut stream = stream("none");
        for mean in [0.0, 1e-9, 0.25, 0.9, 5.0, 40.0] {
            let offspring = Offspring::new(mean, 4.0);
            for _ in 0..100_000 {
                let seed = stream.event_seed();
                assert_eq!(offspring.none(seed), !offspring.births(seed).another(), "{mean}");
            }
        }
    }

    #[test]
    fn quantiles_end() {
        // The greatest uniform there is, 1 - 2^-53, against sums that may never reach it.
        let last = 1.0 - f64::EPSILON / 2.0;
        for (mean, most) in [(0.0, 1), (0.1, 11), (0.25, 13), (0.9, 18), (5.0, 40), (29.95, 90)] {
            let count = quantile(&Offspring::new(mean, 4.0), last);
            assert!(count <= most, "{count} children of {mean}");
        }
        assert_eq!(quantile(&Offspring::new(0.0, 4.0), 0.0), 0);
    }

    #[test]
    fn delays_are_exponential() {
        let offspring = Offspring::new(0.25, 4.0);
        let delays = sample("delay", 1_000_000, |stream| offspring.delay(stream));
        assert_moments("delay", &delays, 4.0, 16.0);
        assert_law("delay", &delays, |x| -libm::expm1(-x / 4.0));
    }

    #[test]
    fn row_6_cluster_sizes_are_borel() {
        let offspring = Offspring::new(0.4, 4.0);
        let cluster = |stream: &mut Stream| {
            let (mut size, mut childless) = (1, 0);
            while childless < size {
                size += count(&offspring, stream);
                childless += 1;
            }
            f64::from(size)
        };
        let sizes = sample("clusters", 1_000_000, cluster);
        assert_moments("cluster size", &sizes, 1.0 / 0.6, 0.4 / (0.6 * 0.6 * 0.6));
        for (size, expected) in [(1.0, 0.670320), (2.0, 0.179732), (3.0, 0.072287), (4.0, 0.034457)]
        {
            assert_share(&format!("size {size}"), &sizes, |x| x == size, expected);
        }
    }
    /// How many of each of two kinds the family of one event of kind `first` has, itself included,
    /// where an event of one kind causes `causes[kind]` of each on average.
    fn family(causes: [[f64; 2]; 2], first: usize, stream: &mut Stream) -> [f64; 2] {
        let offspring = causes.map(|[a, b]| Offspring::new(a + b, 5.0));
        let mut all = vec![first];
        let mut childless = 0;
        while let Some(&kind) = all.get(childless) {
            childless += 1;
            let mut births = offspring[kind].births(stream.event_seed());
            while births.another() {
                all.push(choose(causes[kind].into_iter(), stream));
            }
        }
        let of_second = all.iter().sum::<usize>();
        [(all.len() - of_second) as f64, of_second as f64]
    }

    #[test]
    fn row_9_long_run_covariance() {
        // A Poisson sum of families has the mean products of families, times their rate, as its
        // covariance: (I - G)^-1 diag(all) (I - G)^-T a day, G = [[.30, .20], [.10, .25]].
        let causes = [[0.30, 0.10], [0.20, 0.25]];
        let mut stream = stream("row 9");
        let per_day: Vec<[f64; 3]> = (0..4_500_000)
            .map(|_| {
                let [a, b] = family(causes, 0, &mut stream);
                let [c, d] = family(causes, 1, &mut stream);
                [(a * a, c * c), (a * b, c * d), (b * b, d * d)].map(|(x, y)| 0.10 * x + 0.05 * y)
            })
            .collect();
        for (k, expected) in [0.385_227, 0.098_418, 0.177_812].into_iter().enumerate() {
            let products = per_day.iter().map(|products| products[k]);
            assert_mean(&format!("row 9, product {k}"), products, expected);
        }
    }
}
