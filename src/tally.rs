//! What is kept of a measure where single trials are not: sums, and counts of bins.
//!
//! Everything is a whole number, so tallies merge exactly, in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::measure::{DAY_QUANTUM, Measure};

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

/// How many values there are, their sum and the sum of their squares, in quanta.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moments {
    count: u64,
    missing: u64,
    sum: i128,
    /// Modulo 2^128: it may overflow, the squares about the mean do not.
    squares: i128,
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
        let (quanta, square) = if quanta.abs() < LONG {
            let quanta = quanta as i64;
            (i128::from(quanta), i128::from(quanta) * i128::from(quanta))
        } else {
            let quanta = quanta as i128;
            (quanta, quanta.wrapping_mul(quanta))
        };
        self.sum += quanta;
        self.squares = self.squares.wrapping_add(square);
    }

    pub fn merge(&mut self, other: &Moments) {
        self.count += other.count;
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares = self.squares.wrapping_add(other.squares);
    }

    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Trials, with a value or without.
    pub fn trials(&self) -> u64 {
        self.count + self.missing
    }

    /// Mean and standard error over the values that are there. The error is right as long as
    /// the standard deviation times the root of their number is below 10^13.
    pub fn mean(&self) -> (f64, f64) {
        if self.count == 0 {
            return (f64::NAN, f64::NAN);
        }
        let n = self.count as f64;
        let mean = self.sum as f64 / n * DAY_QUANTUM;
        if self.count == 1 {
            return (mean, f64::NAN);
        }
        let centre = self.sum.div_euclid(i128::from(self.count));
        let off = (self.sum - centre * i128::from(self.count)) as f64 / n;
        let variance = (self.squares_about(centre) as f64 / n - off * off) * n / (n - 1.0);
        (mean, (variance / n).sqrt() * DAY_QUANTUM)
    }

    /// The sum of the squares of values less `centre`, which is near their mean.
    fn squares_about(&self, centre: i128) -> i128 {
        let twice = centre.wrapping_mul(self.sum).wrapping_mul(2);
        let once = centre.wrapping_mul(centre).wrapping_mul(i128::from(self.count));
        self.squares.wrapping_sub(twice).wrapping_add(once)
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
            "days" => Scale::Even { per_unit: BINS_PER_DAY },
            "share" => Scale::Even { per_unit: BINS_OF_SHARE },
            "person-days" | "cost" => Scale::Whole { bits: PERSON_DAY_BITS },
            _ => Scale::Whole { bits: COUNT_BITS },
        }
    }

    /// The number of the bin that holds `value`; bins are numbered in ascending order.
    fn bin(self, value: f64) -> i64 {
        match self {
            Scale::Even { per_unit } => (value * per_unit).floor() as i64,
            Scale::Whole { bits } => {
                let value = value as u64;
                let shift = (u64::BITS - value.leading_zeros()).saturating_sub(bits);
                ((u64::from(shift) << (bits - 1)) + (value >> shift)) as i64
            }
        }
    }

    /// The least value of a bin.
    fn least(self, bin: i64) -> f64 {
        match self {
            Scale::Even { per_unit } => bin as f64 / per_unit,
            Scale::Whole { bits } => {
                let bin = bin as u64;
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
        // The squares of the first overflow 128 bits; in floats, the second would be lost.
        for far in [3.0e13, 1.0e10, -500.0] {
            let values = [far, far + 1.0, far + 2.0, far + 7.0];
            let (mean, se) = tally("slip_days", &values).moments.mean();
            assert_eq!(mean, far + 2.5);
            assert!((se - (29.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12, "{far}: {se}");
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
            values.rchunks(size).for_each(|part| merged.merge(&tally("person_days", part)));
            assert_eq!(merged, whole);
        }
    }
}
