//! Events caused by an event: a Poisson number of them, each after an exponential delay.

use crate::streams::Stream;
use crate::variates::exponential;

/// The offspring of one event of a self-exciting process with an exponential kernel, in its
/// branching form (Hawkes & Oakes 1974).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offspring {
    mean: f64,
    /// Probability of no child.
    none: f64,
    decay_days: f64,
}

impl Offspring {
    /// `mean` children (up to some hundreds, where the probability of none is still a number),
    /// each after `decay_days` on average.
    pub fn new(mean: f64, decay_days: f64) -> Self {
        Offspring { mean, none: libm::exp(-mean), decay_days }
    }

    /// The number of children.
    #[inline]
    pub fn count(&self, stream: &mut Stream) -> u32 {
        self.quantile(stream.uniform())
    }

    /// The least number of children whose distribution function exceeds `u`.
    #[inline]
    fn quantile(&self, u: f64) -> u32 {
        let (mut count, mut term, mut below) = (0, self.none, self.none);
        while u >= below {
            count += 1;
            term *= self.mean / f64::from(count);
            // By rounding the sum can stop growing short of 1.
            if below + term == below {
                break;
            }
            below += term;
        }
        count
    }

    /// The delay of one child, in days.
    #[inline]
    pub fn delay(&self, stream: &mut Stream) -> f64 {
        self.decay_days * exponential(stream)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::choose;
    use crate::variates::testing::{assert_law, assert_mean, assert_moments, assert_share};
    use crate::variates::testing::{sample, stream};

    #[test]
    fn counts_are_poisson() {
        for (mean, runs) in [(0.25, 2_000_000), (0.9, 1_000_000), (5.0, 500_000), (20.0, 500_000)] {
            let offspring = Offspring::new(mean, 4.0);
            let name = format!("Poisson {mean}");
            let counts = sample(&name, runs, |stream| f64::from(offspring.count(stream)));
            assert_moments(&name, &counts, mean, mean);
            let mut probability = libm::exp(-mean);
            for k in 0..12 {
                assert_share(&format!("{name} = {k}"), &counts, |x| x == f64::from(k), probability);
                probability *= mean / f64::from(k + 1);
            }
        }
    }

    #[test]
    fn quantiles_end() {
        // The greatest uniform there is, 1 - 2^-53, against sums that may never reach it.
        let last = 1.0 - f64::EPSILON / 2.0;
        for (mean, most) in [(0.0, 1), (0.1, 11), (0.25, 13), (0.9, 18), (5.0, 40), (29.95, 90)] {
            let count = Offspring::new(mean, 4.0).quantile(last);
            assert!(count <= most, "{count} children of {mean}");
        }
        assert_eq!(Offspring::new(0.0, 4.0).quantile(0.0), 0);
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
                size += offspring.count(stream);
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
            for _ in 0..offspring[kind].count(stream) {
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
