//! A chain of states in continuous time: a stay in each, then a move to another.

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
