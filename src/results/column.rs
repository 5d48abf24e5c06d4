//! Statistics of one measure over trials, whether single trials were kept or not.

use ndarray::ArrayView1;

use crate::tally::{Moments, Tally};
use crate::weekly::rank;

/// How many trials had each value of one measure.
pub(super) struct Column {
    moments: Moments,
    /// Values ascending, each with the trials that had it.
    pub steps: Vec<(f64, u64)>,
}

impl Column {
    pub fn of_values(values: ArrayView1<'_, f64>) -> Self {
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.add(*value));
        // Adding 0 makes one of the two zeros.
        let mut sorted: Vec<f64> = values.iter().filter(|x| !x.is_nan()).map(|x| x + 0.0).collect();
        sorted.sort_by(f64::total_cmp);
        let steps = sorted.chunk_by(f64::eq).map(|same| (same[0], same.len() as u64)).collect();
        Column { moments, steps }
    }

    /// Values are known to the resolution of the tally.
    pub fn of_tally(tally: &Tally) -> Self {
        Column { moments: tally.moments, steps: tally.steps().collect() }
    }

    pub fn missing(&self) -> u64 {
        self.moments.missing()
    }

    /// Trials, with a value or without.
    pub fn trials(&self) -> u64 {
        self.moments.trials()
    }

    /// Mean and standard error over the values that are there.
    pub fn mean(&self) -> (f64, f64) {
        self.moments.mean()
    }

    /// The least value that at least the share `p` of all trials do not exceed; a missing value
    /// counts as later than any, and NaN means that the quantile is one of those.
    pub fn quantile(&self, p: f64) -> f64 {
        let rank = rank(p, self.trials());
        let mut so_far = 0;
        let mut steps = self.steps.iter();
        let step = steps.find(|(_, trials)| {
            so_far += trials;
            so_far >= rank
        });
        step.map_or(f64::NAN, |(value, _)| *value)
    }

    /// How many values are below `bound`.
    pub fn below(&self, bound: f64) -> u64 {
        let below = self.steps.iter().take_while(|(value, _)| *value < bound);
        below.map(|(_, trials)| trials).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn statistics_of_a_known_column() {
        let column = Column::of_values(array![4.0, 1.0, f64::NAN, 2.0, 3.0].view());
        assert_eq!((column.trials(), column.missing()), (5, 1));
        assert_eq!(column.mean().0, 2.5);
        assert_eq!(column.quantile(0.2), 1.0);
        assert_eq!(column.quantile(0.5), 3.0, "the missing one is the largest of five");
        assert_eq!(column.quantile(0.8), 4.0);
        assert!(column.quantile(0.9).is_nan());
        assert_eq!(column.below(3.0), 2);
    }

    #[test]
    fn equal_values_are_one_step() {
        let column = Column::of_values(array![0.0, 7.0, -0.0, 7.0, 7.0].view());
        assert_eq!(column.steps, [(0.0, 2), (7.0, 3)]);
    }
}
