//! What a chain of states in continuous time is expected to pay that pays at a rate in each state.

/// How a chain moves in a span of time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    states: usize,
    /// The chance of each state (columns) at the end, by the state at the beginning (rows).
    moves: Vec<f64>,
    /// The days in each state that are to be expected.
    days: Vec<f64>,
}

/// So short a span, in stays of the shortest mean, is taken by the series.
const SHORT: f64 = 0.25;
const TERMS: u32 = 12;

impl Span {
    /// Of a chain that leaves state i for state j at rate `leaves[i * states + j]` (those to itself
    /// do not count), in `days`.
    pub fn new(leaves: &[f64], states: usize, days: f64) -> Self {
        let mut generator = leaves.to_vec();
        for (k, row) in generator.chunks_exact_mut(states).enumerate() {
            row[k] = 0.0;
            row[k] = -row.iter().sum::<f64>();
        }
        let fastest = (0..states).map(|k| -generator[k * states + k]).fold(0.0, f64::max);
        let mut halves = 0;
        let mut short = days;
        while fastest * short > SHORT {
            short /= 2.0;
            halves += 1;
        }
        let mut span = Span::short(&generator, states, short);
        for _ in 0..halves {
            span.double();
        }
        span
    }

    /// Integral of e^(Q s) from 0 to t as the sum of Q^(k-1) t^k / k!, and e^(Q t) = 1 + Q times it.
    fn short(generator: &[f64], states: usize, days: f64) -> Self {
        let mut term: Vec<f64> = unit(states).map(|one| one * days).collect();
        let mut sum = term.clone();
        for k in 2..=TERMS {
            term = product(&term, generator, states);
            term.iter_mut().for_each(|x| *x *= days / f64::from(k));
            sum.iter_mut().zip(&term).for_each(|(sum, term)| *sum += term);
        }
        let mut moves = product(&sum, generator, states);
        moves.iter_mut().zip(unit(states)).for_each(|(x, one)| *x += one);
        Span { states, moves, days: sum }
    }

    /// Twice as long.
    fn double(&mut self) {
        let then = product(&self.moves, &self.days, self.states);
        self.days.iter_mut().zip(then).for_each(|(now, then)| *now += then);
        self.moves = product(&self.moves, &self.moves, self.states);
    }

    /// The days in each state that are to be expected, by the chances of each at the beginning; in their
    /// place come those at the end.
    pub fn pass(&self, chances: &mut Vec<f64>) -> Vec<f64> {
        let days = row_times(chances, &self.days);
        *chances = row_times(chances, &self.moves);
        days
    }
}

fn row_times(row: &[f64], matrix: &[f64]) -> Vec<f64> {
    let mut made = vec![0.0; row.len()];
    for (x, row) in row.iter().zip(matrix.chunks_exact(made.len())) {
        made.iter_mut().zip(row).for_each(|(made, y)| *made += x * y);
    }
    made
}

fn unit(states: usize) -> impl Iterator<Item = f64> {
    (0..states * states).map(move |k| f64::from(u8::from(k / states == k % states)))
}

fn product(a: &[f64], b: &[f64], states: usize) -> Vec<f64> {
    let mut made = vec![0.0; states * states];
    for (row, made) in a.chunks_exact(states).zip(made.chunks_exact_mut(states)) {
        for (&x, b) in row.iter().zip(b.chunks_exact(states)) {
            made.iter_mut().zip(b).for_each(|(made, b)| *made += x * b);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row 10 of the known answers: calm, flare and war.
    const LEAVES: [f64; 9] =
        [0.0, 0.9 / 240.0, 0.1 / 240.0, 0.8 / 58.0, 0.0, 0.2 / 58.0, 0.3 / 45.0, 0.7 / 45.0, 0.0];

    fn near(found: &[f64], expected: [f64; 3], error: f64) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < error, "{found}, expected {expected}");
        }
    }

    #[test]
    fn row_10_states_and_days() {
        near(&Span::new(&LEAVES, 3, 90.0).moves, [0.807_394, 0.161_950, 0.030_656], 1e-6);
        near(&Span::new(&LEAVES, 3, 365.0).days, [289.000_2, 62.874_5, 13.125_3], 1e-4);
    }

    #[test]
    fn two_states_have_a_closed_form() {
        for (out, back, days) in [(0.01, 0.02, 100.0), (30.0, 0.5, 7.0), (0.0, 1.0, 5.0)] {
            let span = Span::new(&[0.0, out, back, 0.0], 2, days);
            let both: f64 = out + back;
            let gone = out / both * (days - -(-both * days).exp_m1() / both);
            assert!((span.days[1] - gone).abs() < 1e-9 * days, "{} {gone}", span.days[1]);
            assert!((span.days[0] + span.days[1] - days).abs() < 1e-9 * days);
        }
    }

    #[test]
    fn spans_follow_one_another() {
        let (first, second) = (Span::new(&LEAVES, 3, 20.0), Span::new(&LEAVES, 3, 50.0));
        let mut chances = vec![0.2, 0.5, 0.3];
        let mut all = chances.clone();
        let whole = Span::new(&LEAVES, 3, 70.0).pass(&mut all);
        let both: Vec<f64> = [first.pass(&mut chances), second.pass(&mut chances)].concat();
        for k in 0..3 {
            assert!(((both[k] + both[3 + k]) / whole[k] - 1.0).abs() < 1e-12, "{both:?} {whole:?}");
            assert!((chances[k] / all[k] - 1.0).abs() < 1e-12, "{chances:?} {all:?}");
        }
    }
}
