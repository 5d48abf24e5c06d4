//! How well chains have mixed: rank-normalised split R-hat, and effective sample sizes of the bulk and
//! of the tails (Vehtari, Gelman, Simpson, Carpenter & Burkner 2021, Bayesian Analysis 16:667).

use serde::Serialize;

use crate::law::special::normal_quantile;

/// What is known of one quantity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Diagnostics {
    /// Rank-normalised split R-hat, the larger of those of the values and of how far they are from
    /// their median: above 1.01 chains have not mixed.
    pub rhat: f64,
    /// Effective sample size of the ranks: means are as sure as of so many independent samples.
    pub ess_bulk: f64,
    /// The smaller of the effective sample sizes of the 5 % and the 95 % quantile.
    pub ess_tail: f64,
}

impl Diagnostics {
    /// Of chains of equal lengths; NaN where lengths differ, there are fewer than 4 draws in each, all
    /// are alike, or one is no finite number.
    pub fn of(chains: &[Vec<f64>]) -> Self {
        let halves = split(chains);
        let length = halves.first().map_or(0, Vec::len);
        let short = length < 2 || halves.iter().any(|half| half.len() != length);
        if short || halves.iter().flatten().any(|x| !x.is_finite()) {
            return Diagnostics { rhat: f64::NAN, ess_bulk: f64::NAN, ess_tail: f64::NAN };
        }
        let mut sorted: Vec<f64> = halves.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let quantile = |p: f64| {
            // Between the two nearest, as numpy's default.
            let at = p * (sorted.len() - 1) as f64;
            let (low, high) = (sorted[at as usize], sorted[(at.ceil()) as usize]);
            low + (high - low) * (at - at.floor())
        };
        let median = quantile(0.5);
        let map = |of: &dyn Fn(f64) -> f64| -> Vec<Vec<f64>> {
            halves.iter().map(|half| half.iter().map(|x| of(*x)).collect()).collect()
        };
        let ranks = scores(&halves);
        let folded = scores(&map(&|x| (x - median).abs()));
        let tail = [0.05, 0.95].map(|p| {
            let bound = quantile(p);
            ess(&map(&|x| f64::from(u8::from(x <= bound))))
        });
        Diagnostics {
            rhat: rhat(&ranks).max(rhat(&folded)),
            ess_bulk: ess(&ranks),
            ess_tail: tail[0].min(tail[1]),
        }
    }
}

/// Each chain in two halves, without the middle draw of an odd number.
fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let halves = chains.iter().flat_map(|chain| {
        let half = chain.len() / 2;
        [chain[..half].to_vec(), chain[chain.len() - half..].to_vec()]
    });
    halves.collect()
}

/// The normal scores of ranks among all; of ties, of their mean rank.
fn scores(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let length = chains[0].len();
    let all: Vec<f64> = chains.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| all[*a].total_cmp(&all[*b]));
    let mut scored = vec![0.0; all.len()];
    let mut from = 0;
    while from < order.len() {
        let ties = order[from..].iter().take_while(|k| all[**k] == all[order[from]]).count();
        let rank = from as f64 + 0.5 * (ties as f64 + 1.0);
        let p = (rank - 0.375) / (all.len() as f64 + 0.25);
        let score = normal_quantile((p, 1.0 - p));
        order[from..from + ties].iter().for_each(|k| scored[*k] = score);
        from += ties;
    }
    scored.chunks(length).map(<[f64]>::to_vec).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// The mean of the variances within chains, and the variance that chains and their means imply.
fn variances(chains: &[Vec<f64>]) -> (f64, f64) {
    let length = chains[0].len() as f64;
    let within = mean(&chains.iter().map(|chain| variance(chain)).collect::<Vec<_>>());
    let means: Vec<f64> = chains.iter().map(|chain| mean(chain)).collect();
    let between = if means.len() > 1 { variance(&means) } else { 0.0 };
    (within, within * (length - 1.0) / length + between)
}

fn rhat(chains: &[Vec<f64>]) -> f64 {
    let (within, all) = variances(chains);
    (all / within).sqrt()
}

/// By Geyer's initial monotone sequence of the chains' autocorrelations together.
fn ess(chains: &[Vec<f64>]) -> f64 {
    let length = chains[0].len();
    let count = (chains.len() * length) as f64;
    let (within, all) = variances(chains);
    if all == 0.0 {
        return f64::NAN;
    }
    let centred: Vec<Vec<f64>> = (chains.iter())
        .map(|chain| {
            let mean = mean(chain);
            chain.iter().map(|x| x - mean).collect()
        })
        .collect();
    let correlation = |lag: usize| {
        let products = centred.iter().map(|chain| {
            let sum: f64 = chain[lag..].iter().zip(chain).map(|(x, y)| x * y).sum();
            sum / length as f64
        });
        // Autocovariances divide by the length, variances by one less.
        let covariance = products.sum::<f64>() / chains.len() as f64;
        let scale = length as f64 / (length as f64 - 1.0);
        1.0 - (within - covariance * scale) / all
    };
    let (mut time, mut last) = (-1.0, f64::INFINITY);
    let mut lag = 0;
    while lag + 1 < length {
        let pair = match lag {
            0 => 1.0 + correlation(1),
            _ => correlation(lag) + correlation(lag + 1),
        };
        if pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        time += 2.0 * last;
        lag += 2;
    }
    let least = 1.0 / libm::log10(count);
    count / time.max(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::normal;
    use crate::variates::testing::stream;

    /// Chains whose neighbours have the correlation `rho`, and means `apart` from one another.
    fn chains(name: &str, rho: f64, apart: f64) -> Vec<Vec<f64>> {
        let mut stream = stream(name);
        let chain = |k: usize| {
            let mut x = normal(&mut stream);
            let values = (0..4_000).map(|_| {
                x = rho * x + (1.0 - rho * rho).sqrt() * normal(&mut stream);
                x + apart * k as f64
            });
            values.collect()
        };
        (0..4).map(chain).collect()
    }

    #[test]
    fn of_correlated_draws_as_many_are_worth_one_as_theory_says() {
        for rho in [0.0, 0.5, 0.9] {
            let found = Diagnostics::of(&chains("mixed", rho, 0.0));
            let expected = 16_000.0 * (1.0 - rho) / (1.0 + rho);
            assert!((found.ess_bulk / expected - 1.0).abs() < 0.2, "{rho}: {found:?}");
            assert!(
                found.ess_tail < 1.3 * 16_000.0 && found.ess_tail > 0.5 * expected,
                "{found:?}"
            );
            assert!((found.rhat - 1.0).abs() < 0.01, "{found:?}");
        }
    }

    #[test]
    fn chains_in_different_places_have_not_mixed() {
        assert!(Diagnostics::of(&chains("apart", 0.0, 0.3)).rhat > 1.02);
        // The same means, other spreads.
        let mut spread = chains("spread", 0.0, 0.0);
        spread[0].iter_mut().for_each(|x| *x *= 3.0);
        assert!(Diagnostics::of(&spread).rhat > 1.02);
    }
}
