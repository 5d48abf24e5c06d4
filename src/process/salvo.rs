//! How many projectiles an attack has, and how many get through.

use crate::streams::Stream;
use crate::variates::{MANY, beta, binomial, exponential};

/// A geometric number on 1, 2, ...
#[derive(Clone, Copy, Debug)]
pub(crate) struct Salvo {
    /// -1 / ln(1 - 1 / mean): an exponential of this mean, rounded down, is geometric on 0, 1, ...
    scale: f64,
}

impl Salvo {
    /// A salvo of `mean` projectiles on average, 1 or more; exactly one if `mean` is 1.
    pub fn new(mean: f64) -> Self {
        let scale = if mean <= 1.0 { 0.0 } else { -1.0 / libm::log1p(-1.0 / mean) };
        Salvo { scale }
    }

    /// The number of projectiles.
    #[inline]
    pub fn size(&self, stream: &mut Stream) -> u32 {
        ((exponential(stream) * self.scale) as u32).saturating_add(1)
    }
}

/// How many of `projectiles` get through if all are stopped with one chance, drawn from a beta law
/// with parameters `a` and `b`. The chance itself need not be drawn: after s of k have been
/// stopped, the next one is with probability (a + s) / (a + b + k) (Polya's urn). For many it is.
#[inline]
pub(crate) fn leakers_of_beta(projectiles: u32, [a, b]: [f64; 2], stream: &mut Stream) -> u32 {
    if projectiles >= MANY {
        let stopped = beta(stream, a, b);
        return leakers(projectiles, stopped, stream);
    }
    let (mut stopped, mut all, mut through) = (a, a + b, 0);
    for _ in 0..projectiles {
        if stream.uniform() * all < stopped {
            stopped += 1.0;
        } else {
            through += 1;
        }
        all += 1.0;
    }
    through
}

/// How many of `projectiles` get through if each is stopped with the same chance.
#[inline]
pub(crate) fn leakers(projectiles: u32, stopped: f64, stream: &mut Stream) -> u32 {
    if projectiles >= MANY {
        return binomial(stream, projectiles, 1.0 - stopped);
    }
    (0..projectiles).map(|_| u32::from(stream.uniform() >= stopped)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::beta;
    use crate::variates::testing::{assert_mean, assert_moments, assert_share, sample};

    #[test]
    fn sizes_are_geometric() {
        for mean in [1.2, 2.0, 8.0, 10.0] {
            let salvo = Salvo::new(mean);
            let name = format!("salvo {mean}");
            let sizes = sample(&name, 1_000_000, |stream| f64::from(salvo.size(stream)));
            assert_moments(&name, &sizes, mean, mean * (mean - 1.0));
            let mut probability = 1.0 / mean;
            for size in 1..9 {
                let name = format!("{name} = {size}");
                assert_share(&name, &sizes, |x| x == f64::from(size), probability);
                probability *= 1.0 - 1.0 / mean;
            }
        }
    }

    #[test]
    fn a_mean_of_one_is_always_one() {
        let salvo = Salvo::new(1.0);
        let sizes = sample("salvo 1", 10_000, |stream| f64::from(salvo.size(stream)));
        assert!(sizes.iter().all(|size| *size == 1.0));
    }

    #[test]
    fn a_constant_chance_of_interception() {
        let salvo = Salvo::new(3.0);
        let leaks = sample("leaks", 3_000_000, |stream| {
            let size = salvo.size(stream);
            f64::from(leakers(size, 0.85, stream))
        });
        // pi p / (1 - (1 - pi) p), with pi = 1 / 3 and p = 0.85
        assert_share("no leak", &leaks, |x| x == 0.0, 0.283_333_333 / 0.433_333_333);
        assert_mean("leaks", leaks.iter().copied(), 0.45);
    }

    #[test]
    fn large_salvos_are_counted_by_halves() {
        // The share below the mean, of the beta-binomial law.
        for (size, share) in [(1_023, 0.583_377), (1_024, 0.582_890), (50_000, 0.583_180)] {
            let name = format!("{size} at 0.85");
            let leaks = sample(&name, 40_000, |stream| f64::from(leakers(size, 0.85, stream)));
            let n = f64::from(size);
            assert_moments(&name, &leaks, 0.15 * n, 0.15 * 0.85 * n);
            let name = format!("{size} of an urn");
            let urn = |stream: &mut Stream| f64::from(leakers_of_beta(size, [8.5, 1.5], stream));
            let urn = sample(&name, 200_000, urn);
            let spread = (10.0 + n) / 11.0;
            assert_moments(&name, &urn, 0.15 * n, 0.15 * 0.85 * n * spread);
            assert_share(&name, &urn, |x| x < 0.15 * n, share);
        }
    }

    #[test]
    fn at_most_six_engaged() {
        let salvo = Salvo::new(3.0);
        let leaks = sample("six channels", 3_000_000, |stream| {
            let size = salvo.size(stream);
            f64::from(leakers(size.min(6), 0.85, stream) + size.saturating_sub(6))
        });
        assert_share("no leak", &leaks, |x| x == 0.0, 0.632_197);
        assert_mean("leaks", leaks.iter().copied(), 0.673_868);
    }

    #[test]
    fn one_chance_for_the_whole_salvo() {
        // The chances of all five, of beta(8.5, 1.5), by products of (a + s) / (a + b + k).
        let urn =
            sample("urn", 1_000_000, |stream| f64::from(leakers_of_beta(5, [8.5, 1.5], stream)));
        let share = 8.5 / 10.0;
        assert_moments("urn", &urn, 5.0 * (1.0 - share), 5.0 * share * (1.0 - share) * 15.0 / 11.0);
        assert_share("urn: none", &urn, |x| x == 0.0, 0.507_334);
        let all = (0..5).map(f64::from).map(|k| (1.5 + k) / (10.0 + k)).product();
        assert_share("urn: all", &urn, |x| x == 5.0, all);
        // A common chance stops all five more often than as many independent ones would.
        let common = sample("common", 1_000_000, |stream| {
            let stopped = beta(stream, 8.5, 1.5);
            f64::from(leakers(5, stopped, stream))
        });
        assert_share("common", &common, |x| x == 0.0, 0.507_334);
        let independent = sample("independent", 1_000_000, |stream| {
            f64::from((0..5).map(|_| leakers(1, beta(stream, 8.5, 1.5), stream)).sum::<u32>())
        });
        assert_share("independent", &independent, |x| x == 0.0, 0.443_705);
        assert_mean("common leaks", common.iter().copied(), 0.75);
        assert_mean("independent leaks", independent.iter().copied(), 0.75);
    }
}
