//! A chain of states in continuous time: a stay in each, then a move to another.

use std::f64::consts::LN_2;

use crate::law::{Dist, Family};
use crate::streams::Stream;
use crate::variates::{choose, exponential};

/// How long a stay lasts: exponential with the given mean, which gives the unit of time.
#[inline]
pub(crate) fn stay(mean: f64, stream: &mut Stream) -> f64 {
    mean * exponential(stream)
}

/// Which of the states that can follow does so: the place of one of `weights`, which are divided
/// by their sum.
#[inline]
pub(crate) fn next(weights: impl Iterator<Item = f64> + Clone, stream: &mut Stream) -> usize {
    choose(weights, stream)
}

/// The mean of a stay that has lasted for `age` days already, where means have the given law: of
/// those who stay so long, more have a long mean. The law of means is weighted with e^(-age / mean),
/// and cut into cells in each of which that is nearly the same; rejection makes it exact.
pub(crate) fn mean_given_age(law: &Dist<f64>, age: f64, stream: &mut Stream) -> f64 {
    let mut cells = Vec::new();
    add_cells(law, 1.0, &mut cells);
    if let [only] = &cells[..] {
        // Then its age tells nothing.
        return only.longest;
    }
    let longest = cells.iter().map(|cell| cell.longest).fold(0.0, f64::max);
    let stays = |mean: f64| libm::exp(age / longest - age / mean);
    loop {
        let weights = cells.iter().map(|cell| cell.share * stays(cell.longest));
        let cell = &cells[choose(weights, stream)];
        let mean = cell.law.quantile(cell.from + (cell.to - cell.from) * stream.uniform());
        if stream.uniform() * stays(cell.longest) <= stays(mean) {
            return mean;
        }
    }
}

/// Means between two quantiles of a part of their law.
struct Cell<'a> {
    law: &'a Dist<f64>,
    share: f64,
    from: f64,
    to: f64,
    longest: f64,
}

/// How many cells there are up to each half of what is left of a law; after so many halves there is
/// one more.
const CELLS: u32 = 4;
const HALVES: u32 = 50;

fn add_cells<'a>(law: &'a Dist<f64>, share: f64, cells: &mut Vec<Cell<'a>>) {
    match law {
        Dist::Number(mean) | Dist::Family(Family::Constant(mean)) => {
            cells.push(Cell { law, share, from: 0.0, to: 1.0, longest: *mean });
        }
        Dist::Family(Family::Mixture(parts)) => {
            let all: f64 = parts.iter().map(|part| part.weight).sum();
            for part in parts.iter().filter(|part| part.weight > 0.0) {
                add_cells(&part.value, share * part.weight / all, cells);
            }
        }
        Dist::Family(_) => {
            let edge = |k: u32| -libm::expm1(-f64::from(k) / f64::from(CELLS) * LN_2);
            for k in 0..=CELLS * HALVES {
                let from = edge(k);
                let to = if k == CELLS * HALVES { 1.0 } else { edge(k + 1) };
                let longest = law.quantile(to);
                cells.push(Cell { law, share: share * (to - from), from, to, longest });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::{assert_mean, assert_share, stream};

    const CALM: usize = 0;
    const FLARE: usize = 1;
    const WAR: usize = 2;
    const MEAN_DAYS: [f64; 3] = [240.0, 58.0, 45.0];
    const NEXT: [[f64; 3]; 3] = [[0.0, 0.9, 0.1], [0.8, 0.0, 0.2], [0.3, 0.7, 0.0]];

    /// From calm until `horizon`: days in each state, and the state at the end.
    fn history(horizon: f64, stream: &mut Stream) -> ([f64; 3], usize) {
        let (mut now, mut state, mut days) = (0.0, CALM, [0.0; 3]);
        loop {
            let until = (now + stay(MEAN_DAYS[state], stream)).min(horizon);
            days[state] += until - now;
            if until == horizon {
                return (days, state);
            }
            now = until;
            state = next(NEXT[state].iter().copied(), stream);
        }
    }

    #[test]
    fn days_in_each_state_by_a_year() {
        // The integral of the transition matrix over 365 days.
        let mut stream = stream("chain days");
        let runs: Vec<[f64; 3]> = (0..2_200_000).map(|_| history(365.0, &mut stream).0).collect();
        for (state, expected) in [(CALM, 289.0002), (FLARE, 62.8745), (WAR, 13.1253)] {
            let days = runs.iter().map(|run| run[state]);
            assert_mean(&format!("days in state {state}"), days, expected);
        }
        let calm: Vec<f64> = runs.iter().map(|run| run[CALM]).collect();
        assert_share("no crisis", &calm, |days| days == 365.0, libm::exp(-365.0 / 240.0));
    }

    #[test]
    fn state_after_90_days() {
        // The transition matrix at 90 days. A bias of 3 % in the rarest would be seen.
        let mut stream = stream("chain state");
        let ends: Vec<f64> = (0..1_000_000).map(|_| history(90.0, &mut stream).1 as f64).collect();
        for (state, expected) in [(CALM, 0.807394), (FLARE, 0.161950), (WAR, 0.030656)] {
            assert_share(&format!("state {state}"), &ends, |end| end == state as f64, expected);
        }
    }
}
