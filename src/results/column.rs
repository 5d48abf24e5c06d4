//! Exact statistics of one column of values.

use ndarray::ArrayView1;

use crate::measure::DAY_QUANTUM;
use crate::weekly::rank;

/// Mean, spread and quantiles of the values of one measure over trials.
pub(super) struct Column {
    /// Values that are there, ascending.
    sorted: Vec<f64>,
    missing: usize,
}

impl Column {
    pub fn new(values: ArrayView1<'_, f64>) -> Self {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let missing = values.len() - sorted.len();
        sorted.sort_by(f64::total_cmp);
        Column { sorted, missing }
    }

    pub fn missing(&self) -> usize {
        self.missing
    }

    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// Mean and standard error over the values that are there. The sum is taken in whole quanta.
    pub fn mean(&self) -> (f64, f64) {
        let n = self.sorted.len() as i128;
        if n == 0 {
            return (f64::NAN, f64::NAN);
        }
        let quanta = |x: &f64| (x / DAY_QUANTUM) as i128;
        let sum: i128 = self.sorted.iter().map(quanta).sum();
        let centre = sum / n;
        // In ascending order, which is the same however the trials were divided.
        let square = |x: &f64| ((quanta(x) - centre) as f64) * ((quanta(x) - centre) as f64);
        let squares: f64 = self.sorted.iter().map(square).sum();
        let off = (sum - centre * n) as f64 / n as f64;
        let mean = sum as f64 / n as f64 * DAY_QUANTUM;
        if n == 1 {
            return (mean, f64::NAN);
        }
        let variance = (squares / n as f64 - off * off) * n as f64 / (n - 1) as f64;
        (mean, (variance / n as f64).sqrt() * DAY_QUANTUM)
    }

    /// The least value that at least the share `p` of all trials do not exceed; a missing value
    /// counts as later than any, and NaN means that the quantile is one of those.
    pub fn quantile(&self, p: f64) -> f64 {
        let all = (self.sorted.len() + self.missing) as u64;
        self.sorted.get(rank(p, all) as usize - 1).copied().unwrap_or(f64::NAN)
    }

    /// How many values are below `bound`.
    pub fn below(&self, bound: f64) -> usize {
        self.sorted.partition_point(|x| *x < bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn statistics_of_a_known_column() {
        let column = Column::new(array![4.0, 1.0, f64::NAN, 2.0, 3.0].view());
        assert_eq!((column.count(), column.missing()), (4, 1));
        let (mean, se) = column.mean();
        assert_eq!(mean, 2.5);
        assert!((se - (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!(column.quantile(0.2), 1.0);
        assert_eq!(column.quantile(0.5), 3.0, "the missing one is the largest of five");
        assert_eq!(column.quantile(0.8), 4.0);
        assert!(column.quantile(0.9).is_nan());
        assert_eq!(column.below(3.0), 2);
    }
}
