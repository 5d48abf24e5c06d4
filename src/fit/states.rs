//! The chain of states with stays that are exponential: a state whose stays have a law is several.

use crate::law::{Dist, Family};
use crate::model::{Draw, Model};

/// A law of stays that is not a few numbers stands for so many of its quantiles.
const QUANTILES: usize = 6;

/// A mean stay as short as this acts like it.
const SHORTEST: f64 = 1e-6;

/// The states of the tension, each as often as there are lengths of its stays.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    /// Which state of the tension each is.
    pub of: Vec<usize>,
    /// Rates of moving from each (rows) to each; what leaves a row stands, with a minus, in it.
    pub moves: Vec<f64>,
    /// The law on the first day.
    pub first: Vec<f64>,
}

/// How the chain stands on the first day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// As the scenario says: in its state of the start, which begins then.
    #[default]
    Start,
    /// As if it had gone on for ever.
    Stationary,
}

impl States {
    /// Makes them those of one draw of the ranges.
    pub fn fill(&mut self, model: &Model, draw: &Draw, first: First) {
        let values = &draw.values;
        let stays: Vec<Vec<(f64, f64)>> = (model.tension.states.iter())
            .map(|state| stays(&state.mean_days.map(&mut |_, slot| slot.of(values))))
            .collect();
        self.of.clear();
        for (state, parts) in stays.iter().enumerate() {
            self.of.extend(parts.iter().map(|_| state));
        }
        let size = self.of.len();
        let begin: Vec<usize> =
            (0..stays.len()).map(|state| stays[..state].iter().map(Vec::len).sum()).collect();
        self.moves.clear();
        self.moves.resize(size * size, 0.0);
        for (state, parts) in stays.iter().enumerate() {
            let next = &model.tension.states[state].next;
            let weights: f64 = next.iter().map(|(_, weight)| weight.of(values)).sum();
            for (k, (_, mean)) in parts.iter().enumerate() {
                let from = begin[state] + k;
                for (to, weight) in next {
                    let rate = weight.of(values) / weights / mean.max(SHORTEST);
                    self.moves[from * size + from] -= rate;
                    for (j, (share, _)) in stays[*to].iter().enumerate() {
                        self.moves[from * size + begin[*to] + j] += rate * share;
                    }
                }
            }
        }
        self.first.clear();
        self.first.resize(size, 0.0);
        for (k, (share, _)) in stays[model.tension.start].iter().enumerate() {
            self.first[begin[model.tension.start] + k] = *share;
        }
        if first == First::Stationary {
            self.first = stationary(&self.moves, &self.first);
        }
    }
}

/// Mean stays and how often they are, of a law of mean stays.
pub(super) fn stays(law: &Family<f64>) -> Vec<(f64, f64)> {
    match law {
        Family::Constant(mean) => vec![(1.0, *mean)],
        Family::Mixture(parts) => {
            let total: f64 = parts.iter().map(|part| part.weight).sum();
            let each = parts.iter().flat_map(|part| {
                let within = match &*part.value {
                    Dist::Number(mean) => vec![(1.0, *mean)],
                    Dist::Family(family) => stays(family),
                };
                within.into_iter().map(|(share, mean)| (share * part.weight / total, mean))
            });
            each.collect()
        }
        Family::Empirical(means) if means.len() <= QUANTILES => {
            means.iter().map(|mean| (1.0 / means.len() as f64, *mean)).collect()
        }
        _ => {
            let law = Dist::Family(law.clone());
            let share = 1.0 / QUANTILES as f64;
            (0..QUANTILES).map(|k| (share, law.quantile((k as f64 + 0.5) * share))).collect()
        }
    }
}

/// The law that moves leave as it is, or, where there are several, the one that a start comes to.
fn stationary(moves: &[f64], start: &[f64]) -> Vec<f64> {
    let size = start.len();
    // Steps of the chain at its fastest rate, squared until nothing changes.
    let fastest = (0..size).map(|k| -moves[k * size + k]).fold(0.0, f64::max);
    if fastest == 0.0 {
        return start.to_vec();
    }
    let mut steps: Vec<f64> = moves.iter().map(|rate| rate / (1.1 * fastest)).collect();
    (0..size).for_each(|k| steps[k * size + k] += 1.0);
    for _ in 0..60 {
        let mut square = vec![0.0; size * size];
        for (row, left) in square.chunks_exact_mut(size).zip(steps.chunks_exact(size)) {
            for (factor, right) in left.iter().zip(steps.chunks_exact(size)) {
                row.iter_mut().zip(right).for_each(|(sum, x)| *sum += factor * x);
            }
            let total: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share /= total);
        }
        steps = square;
    }
    let mut law = vec![0.0; size];
    for (share, row) in start.iter().zip(steps.chunks_exact(size)) {
        law.iter_mut().zip(row).for_each(|(sum, x)| *sum += share * x);
    }
    law
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_10_has_its_stationary_law() {
        let moves = [
            -1.0 / 240.0,
            0.9 / 240.0,
            0.1 / 240.0,
            0.8 / 58.0,
            -1.0 / 58.0,
            0.2 / 58.0,
            0.3 / 45.0,
            0.7 / 45.0,
            -1.0 / 45.0,
        ];
        let law = stationary(&moves, &[1.0, 0.0, 0.0]);
        for (share, expected) in law.iter().zip([0.749_837, 0.204_389, 0.045_775]) {
            assert!((share - expected).abs() < 1e-6, "{law:?}");
        }
    }

    #[test]
    fn a_mixture_is_its_parts() {
        let law: Family<f64> = serde_json::from_str(
            r#"{"mixture": [{"weight": 1, "value": 5}, {"weight": 3, "value": {"empirical": [2, 4]}}]}"#,
        )
        .unwrap();
        assert_eq!(stays(&law), [(0.25, 5.0), (0.375, 2.0), (0.375, 4.0)]);
        let exponential: Family<f64> = serde_json::from_str(r#"{"uniform": [0, 60]}"#).unwrap();
        let means: Vec<f64> = stays(&exponential).iter().map(|(_, mean)| *mean).collect();
        for (mean, expected) in means.iter().zip([5.0, 15.0, 25.0, 35.0, 45.0, 55.0]) {
            assert!((mean - expected).abs() < 1e-12, "{means:?}");
        }
    }
}
