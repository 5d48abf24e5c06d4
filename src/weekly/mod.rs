//! Exact histograms of whole numbers on a weekly grid, cheap where numbers change seldom.

mod written;

/// Values above this many quanta double the quantum.
const MOST_ROWS: usize = 8_192;

/// Weeks that a histogram sets aside room for at a time.
const SPAN: usize = 64;

/// For how many spans there is room at the least.
const LEAST_GROWTH: usize = 16;

/// In a table: there is nothing here.
const NONE: u32 = 1 << 31;

/// Most spans of weeks (256 bytes each) that the histograms of one model take up together.
const MOST_SPANS: usize = 1 << 18;

/// What each of many histograms may take up whatever there are of them.
const LEAST_SPANS: usize = 512;

/// How a whole number is distributed over trials, at each week of a grid.
///
/// A trial reports runs: "this value from this week until that one". A run costs two increments
/// of a difference array, whatever its length. Counts and sums are whole numbers, so histograms
/// merge exactly in any order.
///
/// Values are exact below 8,192 and as long as the histogram has room; beyond, they are kept in
/// classes of 2, 4, 8, ... (sums, and so means, stay exact). Room is set aside where a value has
/// begun or ended in some trial, which does not hang on the order of trials either.
///
/// What the numbers can come to: a trial has one value at a time, so that a cell of 32 bits holds no
/// more than the trials of a batch, 2^31 - 1. A value has 64 bits: 10^6 attacks that harm 2^30
/// people each are fewer than 2^50. So 2^31 trials add up to less than 2^81.
///
/// Room is in three pieces of memory, whatever there is of it: where the spans of a row begin in the
/// table, where each span is, and the spans, in the order in which they were set aside. What is
/// written to a file hangs on none of that order (`written.rs`).
#[derive(Clone, Debug)]
pub(crate) struct Fan {
    weeks: usize,
    /// The quantum is 2 to this power.
    shift: u32,
    /// By value in quanta: where its spans are in `table`, or [`NONE`] where it never occurred.
    rows: Vec<u32>,
    /// As many in a row as there are spans of weeks: which of `spans` it is, or [`NONE`].
    table: Vec<u32>,
    spans: Vec<Span>,
    /// Spans that have been set aside, and tables of them, which take up room too; and the most
    /// that may be.
    set_aside: usize,
    most_spans: usize,
    /// The change of the sum of values from one week to the next.
    sums: Vec<i128>,
}

/// By week, the change of the number of trials from the one before. What is past the last week of
/// the grid, and the end of it, stays 0.
type Span = [i32; SPAN];

impl Fan {
    /// One of `fans` histograms of a model.
    pub fn new(weeks: usize, fans: usize) -> Self {
        Fan::within(weeks, (MOST_SPANS / fans).max(LEAST_SPANS))
    }

    /// One of values that are told apart however many there are.
    pub fn exact(weeks: usize) -> Self {
        Fan::within(weeks, usize::MAX)
    }

    fn within(weeks: usize, most_spans: usize) -> Self {
        let (rows, table, spans) = (Vec::new(), Vec::new(), Vec::new());
        let sums = vec![0; weeks + 1];
        Fan { weeks, shift: 0, rows, table, spans, set_aside: 0, most_spans, sums }
    }

    /// Bytes that so many histograms of a model take up at the most after so many trials.
    pub fn most_bytes(weeks: usize, fans: usize, trials: u64) -> u64 {
        let width = weeks as u64 + 1;
        let row = width.div_ceil(SPAN as u64);
        // In each week a value can end and another begin.
        let of_table = table(weeks) as u64;
        let touched = trials.saturating_mul(2 * width * (1 + of_table));
        let room = (MOST_SPANS / fans).max(LEAST_SPANS) as u64;
        let spans = room.min(touched).min(MOST_ROWS as u64 * (row + of_table));
        let spans = spans + spans / 8 + LEAST_GROWTH as u64;
        fans as u64 * (4 * SPAN as u64 * spans + 16 * (MOST_ROWS as u64 + width))
    }

    /// Forgets all trials.
    pub fn clear(&mut self) {
        *self = Fan::within(self.weeks, self.most_spans);
    }

    /// Whether it is a histogram like another, of other trials.
    pub fn is_like(&self, other: &Fan) -> bool {
        (self.weeks, self.most_spans) == (other.weeks, other.most_spans)
    }

    /// One more trial had `value` from week `from` until just before week `to`.
    #[inline]
    pub fn add(&mut self, value: u64, from: usize, to: usize) {
        while (value >> self.shift) as usize >= MOST_ROWS {
            self.coarsen();
        }
        let row = (value >> self.shift) as usize;
        self.change(row, from, 1);
        self.change(row, to, -1);
        self.sums[from] += i128::from(value);
        self.sums[to] -= i128::from(value);
        self.fit();
    }

    /// One more trial had a value that begins at 0 and goes up by `steps`, one for each week.
    pub fn add_steps(&mut self, steps: &[u64]) {
        let most = steps.iter().sum::<u64>();
        while (most >> self.shift) as usize >= MOST_ROWS {
            self.coarsen();
        }
        let (shift, weeks) = (self.shift, self.weeks);
        let mut value = 0;
        self.change(0, 0, 1);
        for (week, &step) in steps.iter().enumerate().filter(|(_, step)| **step > 0) {
            self.change((value >> shift) as usize, week, -1);
            value += step;
            self.change((value >> shift) as usize, week, 1);
        }
        self.change((value >> shift) as usize, weeks, -1);
        for (sum, step) in self.sums.iter_mut().zip(steps) {
            *sum += i128::from(*step);
        }
        self.sums[weeks] -= i128::from(value);
        self.fit();
    }

    /// Adds another histogram of the same grid, which is left without trials.
    pub fn take_over(&mut self, other: &mut Fan) {
        if self.rows.is_empty() {
            std::mem::swap(self, other);
        } else {
            self.merge(other);
            other.clear();
        }
    }

    /// Adds another histogram of the same grid.
    pub fn merge(&mut self, other: &Fan) {
        while self.shift < other.shift {
            self.coarsen();
        }
        let by = self.shift - other.shift;
        other.rows().for_each(|(value, row)| self.add_row(value >> by, row, &other.spans));
        for (sum, theirs) in self.sums.iter_mut().zip(&other.sums) {
            *sum += theirs;
        }
        self.fit();
    }

    /// At each week, the least value that at least the share `p` of `trials` do not exceed; for
    /// each `p` in turn (rows are quantiles, columns weeks).
    pub fn quantiles(&self, trials: u64, ps: &[f64]) -> Vec<Vec<u64>> {
        let ranks: Vec<u64> = ps.iter().map(|p| rank(*p, trials)).collect();
        let mut so_far = vec![0u64; self.weeks];
        let mut quantiles = vec![vec![0; self.weeks]; ps.len()];
        for (value, row) in self.rows() {
            let mut count = 0i64;
            for (week, change) in self.changes(row).enumerate() {
                count += change;
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
    pub fn sums(&self) -> Vec<i128> {
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
        let Some((_, row)) = self.rows().find(|(row, _)| *row == value >> self.shift) else {
            return vec![0; self.weeks];
        };
        let mut count = 0;
        let count = |change| {
            count += change;
            count
        };
        self.changes(row).map(count).collect()
    }

    /// Values in quanta that occurred, ascending, and which spans each has.
    fn rows(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let width = width(self.weeks);
        let row = move |start: u32| self.table.get(start as usize..start as usize + width);
        self.rows.iter().enumerate().filter_map(move |(value, start)| Some((value, row(*start)?)))
    }

    /// By week, the change of the number of trials in a row.
    fn changes<'a>(&'a self, row: &'a [u32]) -> impl Iterator<Item = i64> + use<'a> {
        (0..self.weeks).map(move |week| match self.spans.get(row[week / SPAN] as usize) {
            Some(span) => i64::from(span[week % SPAN]),
            None => 0,
        })
    }

    #[inline]
    fn change(&mut self, row: usize, week: usize, by: i32) {
        if let Some(start) = self.rows.get(row)
            && let Some(span) = self.table.get(*start as usize + week / SPAN)
            && let Some(span) = self.spans.get_mut(*span as usize)
        {
            span[week % SPAN] += by;
        } else {
            self.span(row, week / SPAN)[week % SPAN] += by;
        }
    }

    /// A span of a row, for which room is set aside if need be.
    fn span(&mut self, row: usize, k: usize) -> &mut Span {
        if row >= self.rows.len() {
            self.rows.resize(row + 1, NONE);
        }
        if self.rows[row] == NONE {
            self.rows[row] = self.table.len() as u32;
            self.set_aside += table(self.weeks);
            grow(&mut self.table, width(self.weeks));
            self.table.resize(self.table.len() + width(self.weeks), NONE);
        }
        let at = &mut self.table[self.rows[row] as usize + k];
        if *at == NONE {
            *at = self.spans.len() as u32;
            self.set_aside += 1;
            grow(&mut self.spans, 1);
            self.spans.push([0; SPAN]);
        }
        &mut self.spans[*at as usize]
    }

    /// Adds a row, of which these are the spans.
    fn add_row(&mut self, value: usize, row: &[u32], spans: &[Span]) {
        for (k, span) in row.iter().enumerate() {
            if let Some(span) = spans.get(*span as usize) {
                let own = self.span(value, k);
                own.iter_mut().zip(span).for_each(|(own, change)| *own += change);
            }
        }
    }

    /// Makes classes wider until there is room for them.
    #[inline]
    fn fit(&mut self) {
        while self.set_aside > self.most_spans {
            self.coarsen();
        }
    }

    #[cold]
    fn coarsen(&mut self) {
        let empty = Fan::within(self.weeks, self.most_spans);
        let finer = std::mem::replace(self, empty);
        finer.rows().for_each(|(value, row)| self.add_row(value / 2, row, &finer.spans));
        (self.shift, self.sums) = (finer.shift + 1, finer.sums);
    }
}

/// How many spans the weeks of a grid and its end take.
fn width(weeks: usize) -> usize {
    (weeks + 1).div_ceil(SPAN)
}

/// As how many spans the table of a row counts, where there is a number of 4 bytes for each span.
fn table(weeks: usize) -> usize {
    width(weeks).div_ceil(SPAN)
}

/// Makes room for so many more. By an eighth at a time and no more, so that memory stays near what
/// is used.
fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 8).max(LEAST_GROWTH));
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
    use crate::variates::testing::stream;

    #[test]
    fn runs_become_counts_sums_and_quantiles() {
        let mut fan = Fan::exact(4);
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
        let (mut stepwise, mut runs) = (Fan::exact(5), Fan::exact(5));
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
        let mut whole = Fan::exact(3);
        values.iter().for_each(|&value| whole.add(value, 1, 3));
        for split in 0..values.len() {
            let (mut left, mut right) = (Fan::exact(3), Fan::exact(3));
            values[..split].iter().for_each(|&value| left.add(value, 1, 3));
            values[split..].iter().rev().for_each(|&value| right.add(value, 1, 3));
            left.merge(&right);
            assert_eq!(left.sums(), whole.sums());
            let ps = [0.1, 0.5, 0.9, 1.0];
            assert_eq!(left.quantiles(7, &ps), whole.quantiles(7, &ps));
        }
        assert_eq!(whole.sums()[2], i128::from(values.iter().sum::<u64>()));
        assert_eq!(whole.quantiles(7, &[1.0])[0][2], 40_000);
    }

    #[test]
    fn where_room_is_short_classes_widen_in_any_order_alike() {
        let mut stream = stream("fan");
        let mut below = |most: u64| stream.bits() % most;
        let runs: Vec<(u64, usize, usize)> = (0..400)
            .map(|_| {
                let from = below(200);
                (below(6_000), from as usize, (from + 1 + below(200 - from)) as usize)
            })
            .collect();
        let of = |runs: &[(u64, usize, usize)]| {
            let mut fan = Fan::within(200, 60);
            runs.iter().for_each(|&(value, from, to)| fan.add(value, from, to));
            assert!(fan.set_aside <= 60 && fan.is_like(&Fan::within(200, 60)));
            fan
        };
        let whole = of(&runs);
        assert!(whole.shift > 0, "there is no room for as many values");
        let mut sums = [0; 200];
        runs.iter().for_each(|&(value, from, to)| {
            sums[from..to].iter_mut().for_each(|sum| *sum += i128::from(value));
        });
        assert_eq!(whole.sums(), sums);
        for size in [1, 7, 150] {
            let mut merged = Fan::within(200, 60);
            runs.rchunks(size).for_each(|part| merged.merge(&of(part)));
            assert_eq!(postcard::to_stdvec(&merged), postcard::to_stdvec(&whole));
        }
        // In classes of 2^shift a value is the least of its own.
        let mut last = Fan::within(200, 60);
        last.shift = whole.shift;
        last.add(5_999, 0, 200);
        assert_eq!(last.quantiles(1, &[1.0])[0][7], 5_999 >> whole.shift << whole.shift);
    }

    #[test]
    fn the_histograms_of_a_model_stay_small() {
        // A hundred sites of 8,000 people over 50 years.
        assert!(Fan::most_bytes(2_610, 105, 1_000_000) < 160 << 20);
        // What they take up is no more than that says, few trials or many.
        let mut stream = stream("small");
        for (trials, weeks) in [(3, 150), (2_000, 150), (2_000, 2_610)] {
            let mut fan = Fan::new(weeks, 400);
            for _ in 0..trials {
                let mut week = 0;
                while week < weeks {
                    let to = week + 1 + (stream.bits() % weeks as u64) as usize;
                    fan.add(stream.bits() % 8_000, week, to.min(weeks));
                    week = to;
                }
            }
            let Fan { rows, table, spans, .. } = &fan;
            let bytes = size_of::<Span>() * spans.capacity();
            let tables = 4 * (rows.capacity() + table.capacity());
            let most = Fan::most_bytes(weeks, 400, trials) / 400;
            assert!((bytes + tables) as u64 <= most, "{trials} {weeks}: {bytes} {tables} {most}");
        }
    }

    #[test]
    fn the_most_trials_and_the_largest_values_add_up() {
        let trials = i64::from(i32::MAX);
        let largest = 1_000_000 * (1 << 30);
        let mut fan = Fan::exact(3);
        fan.add(largest, 0, 3);
        // The same trial as often as a batch may have trials: doubled, and one more.
        for _ in 0..30 {
            let same = fan.clone();
            fan.merge(&same);
            fan.add(largest, 0, 3);
        }
        assert_eq!(fan.sums(), [i128::from(largest) * i128::from(trials); 3]);
        assert_eq!(fan.counts(largest as usize), [trials; 3]);
        let mut steps = Fan::exact(3);
        steps.add_steps(&[largest, 0, 0]);
        assert_eq!(steps.sums(), [i128::from(largest); 3]);
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
