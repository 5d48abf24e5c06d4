//! Exact histograms of whole numbers on a weekly grid, cheap where numbers change seldom.

use serde::{Deserialize, Serialize};

/// Values above this many quanta double the quantum.
const MOST_ROWS: usize = 8_192;

/// How a whole number is distributed over trials, at each week of a grid.
///
/// A trial reports runs: "this value from this week until that one". A run costs two increments
/// of a difference array, whatever its length. Counts and sums are whole numbers, so histograms
/// merge exactly in any order. Values are exact below 8,192; above, they are kept in classes of
/// 2, 4, 8, ... (sums, and so means, stay exact).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fan {
    weeks: usize,
    /// The quantum is 2 to this power.
    shift: u32,
    /// By value in quanta: the change of the number of trials from one week to the next.
    rows: Vec<Option<Box<[i32]>>>,
    /// The change of the sum of values from one week to the next.
    sums: Vec<i64>,
}

impl Fan {
    pub fn new(weeks: usize) -> Self {
        Fan { weeks, shift: 0, rows: Vec::new(), sums: vec![0; weeks + 1] }
    }

    /// Whether it is a histogram of a grid of so many weeks.
    pub fn fits(&self, weeks: usize) -> bool {
        let wide = |row: &Option<Box<[i32]>>| row.as_ref().is_none_or(|row| row.len() == weeks + 1);
        let sound = self.rows.len() <= MOST_ROWS && self.shift < u64::BITS;
        self.weeks == weeks && self.sums.len() == weeks + 1 && sound && self.rows.iter().all(wide)
    }

    /// One more trial had `value` from week `from` until just before week `to`.
    #[inline]
    pub fn add(&mut self, value: u64, from: usize, to: usize) {
        while (value >> self.shift) as usize >= MOST_ROWS {
            self.coarsen();
        }
        let row = self.row((value >> self.shift) as usize);
        row[from] += 1;
        row[to] -= 1;
        self.sums[from] += value as i64;
        self.sums[to] -= value as i64;
    }

    /// One more trial had a value that begins at 0 and goes up by `steps`, one for each week.
    pub fn add_steps(&mut self, steps: &[u64]) {
        let most = steps.iter().sum::<u64>();
        while (most >> self.shift) as usize >= MOST_ROWS {
            self.coarsen();
        }
        let (shift, weeks) = (self.shift, self.weeks);
        let mut value = 0;
        self.row(0)[0] += 1;
        for (week, &step) in steps.iter().enumerate().filter(|(_, step)| **step > 0) {
            self.row((value >> shift) as usize)[week] -= 1;
            value += step;
            self.row((value >> shift) as usize)[week] += 1;
        }
        self.row((value >> shift) as usize)[weeks] -= 1;
        for (sum, step) in self.sums.iter_mut().zip(steps) {
            *sum += *step as i64;
        }
        self.sums[weeks] -= value as i64;
    }

    /// Adds another histogram of the same grid.
    pub fn merge(&mut self, other: &Fan) {
        while self.shift < other.shift {
            self.coarsen();
        }
        let by = self.shift - other.shift;
        for (value, theirs) in other.rows.iter().enumerate() {
            if let Some(theirs) = theirs {
                add_all(self.row(value >> by), theirs);
            }
        }
        for (sum, theirs) in self.sums.iter_mut().zip(&other.sums) {
            *sum += theirs;
        }
    }

    /// At each week, the least value that at least the share `p` of `trials` do not exceed; for
    /// each `p` in turn (rows are quantiles, columns weeks).
    pub fn quantiles(&self, trials: u64, ps: &[f64]) -> Vec<Vec<u64>> {
        let ranks: Vec<u64> = ps.iter().map(|p| rank(*p, trials)).collect();
        let mut so_far = vec![0u64; self.weeks];
        let mut quantiles = vec![vec![0; self.weeks]; ps.len()];
        for (value, row) in self.rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let mut count = 0i64;
            for week in 0..self.weeks {
                count += i64::from(row[week]);
                let before = so_far[week];
                so_far[week] += count as u64;
                for (rank, quantiles) in ranks.iter().zip(&mut quantiles) {
                    if before < *rank && *rank <= so_far[week] {
                        quantiles[week] = (value as u64) << self.shift;
                    }
                }
            }
        }
        quantiles
    }

    /// At each week, the sum of the values of all trials.
    pub fn sums(&self) -> Vec<i64> {
        let mut sum = 0;
        self.sums[..self.weeks]
            .iter()
            .map(|change| {
                sum += change;
                sum
            })
            .collect()
    }

    /// At each week, the number of trials that had `value` (exact below 8,192).
    pub fn counts(&self, value: usize) -> Vec<i64> {
        let Some(Some(row)) = self.rows.get(value >> self.shift) else {
            return vec![0; self.weeks];
        };
        let mut count = 0;
        row[..self.weeks]
            .iter()
            .map(|change| {
                count += i64::from(*change);
                count
            })
            .collect()
    }

    #[inline]
    fn row(&mut self, k: usize) -> &mut [i32] {
        if k >= self.rows.len() {
            self.rows.resize(k + 1, None);
        }
        let weeks = self.weeks;
        self.rows[k].get_or_insert_with(|| vec![0; weeks + 1].into_boxed_slice())
    }

    fn coarsen(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        self.shift += 1;
        for (k, row) in rows.into_iter().enumerate() {
            if let Some(row) = row {
                add_all(self.row(k / 2), &row);
            }
        }
    }
}

fn add_all(to: &mut [i32], from: &[i32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// The rank, from 1, of the quantile `p` among `count` values: the inverse of the empirical
/// distribution function.
pub(crate) fn rank(p: f64, count: u64) -> u64 {
    ((p * count as f64 - 1e-9).ceil() as u64).clamp(1, count.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_become_counts_sums_and_quantiles() {
        let mut fan = Fan::new(4);
        fan.add(5, 0, 2);
        fan.add(1, 2, 4);
        fan.add(3, 0, 4);
        assert_eq!(fan.sums(), [8, 8, 4, 4]);
        assert_eq!(fan.counts(3), [1, 1, 1, 1]);
        assert_eq!(fan.counts(5), [1, 1, 0, 0]);
        assert_eq!(fan.quantiles(2, &[0.5, 1.0]), [[3, 3, 1, 1], [5, 5, 3, 3]]);
    }

    #[test]
    fn steps_are_runs() {
        let steps = [2, 0, 9_000, 1, 0];
        let (mut stepwise, mut runs) = (Fan::new(5), Fan::new(5));
        for _ in 0..2 {
            stepwise.add_steps(&steps);
            [(2, 0, 2), (9_002, 2, 3), (9_003, 3, 5)]
                .into_iter()
                .for_each(|(value, from, to)| runs.add(value, from, to));
        }
        assert_eq!(stepwise.sums(), [4, 4, 18_004, 18_006, 18_006]);
        assert_eq!(stepwise.sums(), runs.sums());
        let ps = [0.5, 1.0];
        assert_eq!(stepwise.quantiles(2, &ps), runs.quantiles(2, &ps));
        assert_eq!(stepwise.quantiles(2, &ps)[0], [2, 2, 9_002, 9_002, 9_002]);
    }

    #[test]
    fn merging_and_order_change_nothing_even_when_classes_widen() {
        let values = [0u64, 7, 9_000, 8_191, 40_000, 12, 16_384];
        let mut whole = Fan::new(3);
        values.iter().for_each(|&value| whole.add(value, 1, 3));
        for split in 0..values.len() {
            let (mut left, mut right) = (Fan::new(3), Fan::new(3));
            values[..split].iter().for_each(|&value| left.add(value, 1, 3));
            values[split..].iter().rev().for_each(|&value| right.add(value, 1, 3));
            left.merge(&right);
            assert_eq!(left.sums(), whole.sums());
            let ps = [0.1, 0.5, 0.9, 1.0];
            assert_eq!(left.quantiles(7, &ps), whole.quantiles(7, &ps));
        }
        assert_eq!(whole.sums()[2], values.iter().sum::<u64>() as i64);
        assert_eq!(whole.quantiles(7, &[1.0])[0][2], 40_000);
    }

    #[test]
    fn ranks_invert_the_empirical_distribution_function() {
        assert_eq!(rank(0.5, 10), 5);
        assert_eq!(rank(0.1, 10), 1);
        assert_eq!(rank(0.8, 10), 8);
        assert_eq!(rank(0.81, 10), 9);
        assert_eq!(rank(0.0, 10), 1);
        assert_eq!(rank(1.0, 10), 10);
    }
}
