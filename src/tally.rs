//! What is kept of a measure where single trials are not: sums, and counts of bins.
//!
//! Everything is a whole number, so tallies merge exactly, in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::measure::{DAY_QUANTUM, Measure, Unit};
use crate::wide::Wide;

/// Bins of a day: dates are told apart to an hour and a half.
const BINS_PER_DAY: f64 = 16.0;

/// Bins from 0 to 1 of a share.
const BINS_OF_SHARE: f64 = 4_096.0;

/// Numbers of so many binary digits have a bin for each whole number; larger ones share bins, of
/// which they have half as many for each doubling.
const COUNT_BITS: u32 = 16;
const PERSON_DAY_BITS: u32 = 13;

/// Numbers of quanta that fit in 64 bits are below this.
const LONG: f64 = 9.0e18;

/// How many values there are, their sum and the sum of their squares, in quanta of 2^-20.
///
/// What they can come to: the largest value of any accepted scenario is a cost. There are never
/// more than 2^30 people on all sites ([`MOST_PEOPLE_IN_ALL`] and a last detachment), for 2^16 days
/// at the most, and they can move no more often than 20,000 moves are written: no more than 2^46
/// person-days and 2^45 moves, at less than 2^40 each. So a cost is below 2^87 and its quanta below
/// 2^107. Of 2^31 trials, the most of a batch, the sum is below 2^138 and the sum of squares below
/// 2^245: both fit in [`Wide`], and so does what the squares about the mean are made of.
///
/// [`MOST_PEOPLE_IN_ALL`]: crate::scenario::limits::MOST_PEOPLE_IN_ALL
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moments {
    count: u64,
    missing: u64,
    sum: Wide,
    squares: Wide,
}

impl Moments {
    pub fn add(&mut self, value: f64) {
        if value.is_nan() {
            self.missing += 1;
            return;
        }
        let quanta = value / DAY_QUANTUM;
        self.count += 1;
        // Almost all are short, and cheaper to handle as such.
        if quanta.abs() < LONG {
            let quanta = quanta as i64;
            self.sum.add_short(i128::from(quanta));
            self.squares.add_short(i128::from(quanta) * i128::from(quanta));
        } else {
            let quanta = quanta as i128;
            self.sum.add_short(quanta);
            self.squares.add(Wide::product(quanta, quanta));
        }
    }

    pub fn merge(&mut self, other: &Moments) {
        self.count += other.count;
        self.missing += other.missing;
        self.sum.add(other.sum);
        self.squares.add(other.squares);
    }

    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Trials, with a value or without.
    pub fn trials(&self) -> u64 {
        self.count + self.missing
    }

    /// Mean and standard error over the values that are there.
    pub fn mean(&self) -> (f64, f64) {
        if self.count == 0 {
            return (f64::NAN, f64::NAN);
        }
        let n = self.count as f64;
        let mean = self.sum.to_f64() / n * DAY_QUANTUM;
        if self.count == 1 {
            return (mean, f64::NAN);
        }
        // Squares about a whole number near the mean, which is what their own sum leaves of them.
        let (centre, off) = self.sum.divided(self.count);
        let mut about = self.squares;
        about.subtract(self.sum.times(centre));
        about.subtract(self.sum.times(centre));
        about.add(Wide::product(centre, centre).times(i128::from(self.count)));
        let off = off as f64 / n;
        let variance = (about.to_f64() / n - off * off) * n / (n - 1.0);
        (mean, (variance / n).sqrt() * DAY_QUANTUM)
    }
}

/// How bins lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Scale {
    /// So many for each unit, with edges at whole units.
    Even { per_unit: f64 },
    /// One for each whole number of so many binary digits, then evenly within each doubling.
    Whole { bits: u32 },
}

impl Scale {
    fn of(measure: &Measure) -> Self {
        match measure.unit {
            Unit::Days => Scale::Even { per_unit: BINS_PER_DAY },
            Unit::Share => Scale::Even { per_unit: BINS_OF_SHARE },
            Unit::PersonDays | Unit::Cost => Scale::Whole { bits: PERSON_DAY_BITS },
            _ => Scale::Whole { bits: COUNT_BITS },
        }
    }

    /// The number of the bin that holds `value`; bins are numbered in ascending order.
    fn bin(self, value: f64) -> i64 {
        match self {
            Scale::Even { per_unit } => (value * per_unit).floor() as i64,
            Scale::Whole { bits } => {
                let value = value as u128;
                let shift = (u128::BITS - value.leading_zeros()).saturating_sub(bits);
                (i64::from(shift) << (bits - 1)) + (value >> shift) as i64
            }
        }
    }

    /// The least value of a bin.
    fn least(self, bin: i64) -> f64 {
        match self {
            Scale::Even { per_unit } => bin as f64 / per_unit,
            Scale::Whole { bits } => {
                let bin = bin as u128;
                let shift = (bin >> (bits - 1)).saturating_sub(1);
                ((bin - (shift << (bits - 1))) << shift) as f64
            }
        }
    }
}

/// One measure, for one id, over trials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub moments: Moments,
    scale: Scale,
    /// Values of 0, which most columns of most trials have.
    zeros: u64,
    /// By bin: other values in it.
    bins: BTreeMap<i64, u64>,
}

impl Tally {
    pub fn new(measure: &Measure) -> Self {
        let (moments, scale) = (Moments::default(), Scale::of(measure));
        Tally { moments, scale, zeros: 0, bins: BTreeMap::new() }
    }

    #[inline]
    pub fn add(&mut self, value: f64) {
        if value == 0.0 {
            self.moments.count += 1;
            self.zeros += 1;
        } else {
            self.add_other(value);
        }
    }

    fn add_other(&mut self, value: f64) {
        self.moments.add(value);
        if !value.is_nan() {
            *self.bins.entry(self.scale.bin(value)).or_default() += 1;
        }
    }

    /// Adds another tally of the same measure, which is left without trials.
    pub fn take_over(&mut self, other: &mut Tally) {
        self.merge(other);
        (other.moments, other.zeros) = (Moments::default(), 0);
        other.bins.clear();
    }

    /// Adds another tally of the same measure.
    pub fn merge(&mut self, other: &Tally) {
        self.moments.merge(&other.moments);
        self.zeros += other.zeros;
        for (bin, trials) in &other.bins {
            *self.bins.entry(*bin).or_default() += trials;
        }
    }

    /// The least value of each bin that is not empty, ascending, and the trials in it.
    pub fn steps(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        let mut bins = self.bins.clone();
        if self.zeros > 0 {
            *bins.entry(0).or_default() += self.zeros;
        }
        bins.into_iter().map(|(bin, trials)| (self.scale.least(bin), trials))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::MEASURES;
    use crate::variates::testing::stream;

    fn tally(name: &str, values: &[f64]) -> Tally {
        let measure = MEASURES.iter().find(|measure| measure.name == name).unwrap();
        let mut tally = Tally::new(measure);
        values.iter().for_each(|value| tally.add(*value));
        tally
    }

    #[test]
    fn statistics_of_known_values() {
        let tally = tally("finish_days", &[4.0, 1.0, f64::NAN, 2.0, 3.0]);
        assert_eq!((tally.moments.trials(), tally.moments.missing()), (5, 1));
        let (mean, se) = tally.moments.mean();
        assert_eq!(mean, 2.5);
        assert!((se - (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_spread_far_from_zero_is_as_exact_as_near_it() {
        // The squares of the first two overflow 128 bits; in floats, the third would be lost.
        for far in [4.0e15, 3.0e13, 1.0e10, -500.0] {
            let values = [far, far + 1.0, far + 2.0, far + 7.0];
            let (mean, se) = tally("slip_days", &values).moments.mean();
            assert_eq!(mean, far + 2.5);
            assert!((se - (29.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12, "{far}: {se}");
        }
    }

    #[test]
    fn the_largest_costs_of_the_most_trials_are_as_exact_as_small_ones() {
        // Of `half` trials at nothing and as many at most, doubled as often as a batch may be.
        let most = libm::pow(2.0, 87.0);
        let mut tally = tally("cost", &[0.0, most]);
        for _ in 0..30 {
            let same = tally.clone();
            tally.merge(&same);
        }
        let n = libm::pow(2.0, 31.0);
        assert_eq!(tally.moments.trials(), 1 << 31);
        let (mean, se) = tally.moments.mean();
        assert_eq!(mean, most / 2.0);
        let due = most / 2.0 / (n - 1.0).sqrt();
        assert!((se / due - 1.0).abs() < 1e-12, "{se} instead of {due}");
        assert_eq!(tally.steps().map(|(value, _)| value).last(), Some(most));
    }

    #[test]
    fn standard_errors_are_those_of_two_passes_whatever_the_size() {
        let mut stream = stream("standard errors");
        for exponent in (0..28).map(|k| f64::from(3 * k)) {
            // Whole quanta, with the spread anywhere between all of the size and next to nothing.
            let size = libm::pow(2.0, exponent);
            let spread = libm::pow(2.0, -30.0 * stream.uniform());
            let values: Vec<f64> = (0..300)
                .map(|_| size * (1.0 + spread * stream.uniform()))
                .map(|value| (value / DAY_QUANTUM).round() * DAY_QUANTUM)
                .collect();
            let n = values.len() as f64;
            // Less the first, differences are exact or nearly.
            let about: Vec<f64> = values.iter().map(|value| value - values[0]).collect();
            let mean = about.iter().sum::<f64>() / n;
            let squares: f64 = about.iter().map(|x| (x - mean) * (x - mean)).sum();
            let due = (squares / (n - 1.0) / n).sqrt();
            let se = tally("cost", &values).moments.mean().1;
            let near = se == due || (se / due - 1.0).abs() < 1e-9;
            assert!(near, "2^{exponent}: {se} instead of {due}");
        }
    }

    #[test]
    fn bins_begin_where_they_say_and_follow_one_another() {
        for bits in [COUNT_BITS, PERSON_DAY_BITS] {
            let (whole, most) = (Scale::Whole { bits }, f64::from(1 << (bits - 1)));
            for value in (0..140_000).chain([1_000_003, 123_456_789_012, 1 << 45]) {
                let value: u64 = value;
                let bin = whole.bin(value as f64);
                let (least, next) = (whole.least(bin), whole.least(bin + 1));
                assert!(least <= value as f64 && (value as f64) < next, "{value}: {least} {next}");
                assert!(next - least <= (least / most).max(1.0), "{value}: {least} {next}");
                assert_eq!(whole.bin(least), bin);
            }
        }
        for sixteenth in -40_000..40_000 {
            let value = f64::from(sixteenth) / 16.0 + 0.06;
            let days = Scale::Even { per_unit: BINS_PER_DAY };
            let bin = days.bin(value);
            assert_eq!(days.least(bin), f64::from(sixteenth) / 16.0);
            assert_eq!(days.least(bin).floor(), value.floor(), "the calendar day is exact");
        }
    }

    #[test]
    fn merging_in_any_division_and_order_changes_nothing() {
        let values: Vec<f64> = (0..500).map(|k| f64::from(k * k % 977) * 37.5).collect();
        let whole = tally("person_days", &values);
        for size in [1, 7, 64, 499] {
            let mut merged = tally("person_days", &[]);
            values.rchunks(size).for_each(|part| {
                let mut part = tally("person_days", part);
                merged.take_over(&mut part);
                assert_eq!(part, tally("person_days", &[]));
            });
            assert_eq!(merged, whole);
        }
    }
}
