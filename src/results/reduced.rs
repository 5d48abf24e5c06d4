//! Means of a run with less variance, and their standard errors.
//!
//! Histories are in independent replicates, trial k in number k mod 16, and in each the ranges are
//! spread evenly. The estimate of a replicate is its mean less that of the controls, whose means are
//! 0, by the slope that they have in all *other* replicates: so it has no bias, as the slope knows
//! nothing of the replicate. The error is that of the mean of the replicates.

use ndarray::{ArrayView2, Axis};

use super::{Kept, Run};
use crate::error::{Error, Result};
use crate::intervals::Chance;
use crate::measure::{EXPECTED, KINDS, M, REACHED};
use crate::model::REPLICATES;

const COUNT: usize = REPLICATES as usize;

/// With fewer trials slopes are not known well enough.
const ENOUGH: usize = 20 * COUNT;

/// So many trials in which something is seen tell how well they tell of it.
const SEEN: usize = 100;

/// How many standard errors a mean of the replicates is known to, in 95 cases of 100: Student's t with
/// 15 degrees of freedom.
pub(crate) const REPLICATES_95: f64 = 2.131_449_545_559_323;

/// A control of which so little is not in those before it is left out.
const SAME: f64 = 1e-9;

/// What a replicate, or some of them, add up to: values around a common centre, and controls.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    value: f64,
    controls: [f64; KINDS],
    /// Products of controls with one another and with the value.
    squares: [[f64; KINDS]; KINDS],
    products: [f64; KINDS],
}

impl Sums {
    fn add(&mut self, value: f64, controls: [f64; KINDS]) {
        self.count += 1.0;
        self.value += value;
        for (j, control) in controls.into_iter().enumerate() {
            self.controls[j] += control;
            self.products[j] += control * value;
            for (square, other) in self.squares[j].iter_mut().zip(controls) {
                *square += control * other;
            }
        }
    }

    /// The same by one term of another, which is added or, at -1, taken away.
    fn and(mut self, other: &Sums, sign: f64) -> Self {
        self.count += sign * other.count;
        self.value += sign * other.value;
        for j in 0..KINDS {
            self.controls[j] += sign * other.controls[j];
            self.products[j] += sign * other.products[j];
            for k in 0..KINDS {
                self.squares[j][k] += sign * other.squares[j][k];
            }
        }
        self
    }

    /// By how much the value goes along with each control: least squares, by Gauss.
    fn slopes(&self) -> [f64; KINDS] {
        let mut left = self.squares;
        let mut right = self.products;
        for j in 0..KINDS {
            right[j] -= self.controls[j] * self.value / self.count;
            for (square, other) in left[j].iter_mut().zip(self.controls) {
                *square -= self.controls[j] * other / self.count;
            }
        }
        let own: [f64; KINDS] = std::array::from_fn(|j| left[j][j]);
        let mut used = [false; KINDS];
        for j in 0..KINDS {
            used[j] = left[j][j] > SAME * own[j];
            for k in (j + 1..KINDS).filter(|_| used[j]) {
                let share = left[k][j] / left[j][j];
                let row = left[j];
                left[k].iter_mut().zip(row).for_each(|(x, above)| *x -= share * above);
                right[k] -= share * right[j];
            }
        }
        let mut slopes = [0.0; KINDS];
        for j in (0..KINDS).rev().filter(|j| used[*j]) {
            let known: f64 = (j + 1..KINDS).map(|k| left[j][k] * slopes[k]).sum();
            slopes[j] = (right[j] - known) / left[j][j];
        }
        slopes
    }
}

/// The histories of a run with less variance.
pub(super) struct Reduced<'a> {
    rows: ArrayView2<'a, f64>,
    first: u64,
    /// Where wounded, killed and casualties stand, as they were drawn.
    drawn: [usize; 3],
    /// Where the casualties of the worst attack stand.
    worst: usize,
    /// Where expected harm and controls stand in a row.
    harm: usize,
    controls: usize,
    /// Levels of casualties, and where it stands how surely they are reached.
    levels: &'a [u32],
    reached: usize,
}

impl Run {
    /// Mean and standard error of anything that has a value in each trial (NaN where it has none), of
    /// a run with less variance ([`Model::reduced`](crate::Model::reduced)).
    ///
    /// # Errors
    /// [`Error::Usage`] if there is not a value for each trial, or the run has no less variance.
    pub fn estimate(&self, values: &[f64]) -> Result<(f64, f64)> {
        Ok(self.with_values(values)?.estimate(|row| values[row]))
    }

    /// Its histories, if it has less variance and so many as there are values.
    fn with_values(&self, values: &[f64]) -> Result<Reduced<'_>> {
        let Some(reduced) = self.reduced() else {
            return Err(Error::Usage(
                "the run is plain, and its trials are independent: their mean has the usual error"
                    .into(),
            ));
        };
        if values.len() as u64 != self.trials() {
            let (given, trials) = (values.len(), self.trials());
            return Err(Error::Usage(format!("there are {given} values for {trials} trials")));
        }
        Ok(reduced)
    }

    /// Mean and standard error of what `values` of the trials of a run with less variance are more than
    /// `theirs` of those of another, trial by trial, as far as both have them: as many trials as the
    /// shorter run has. Where each trial has both, the mean is the difference of what [`Run::estimate`]
    /// says of them; the error comes from the replicates, in which both met the same numbers.
    ///
    /// # Errors
    /// [`Error::Usage`] as [`Run::estimate`], or if the runs begin with different trials.
    pub fn estimate_difference(
        &self,
        values: &[f64],
        other: &Run,
        theirs: &[f64],
    ) -> Result<(f64, f64)> {
        let (mine, others) = (self.with_values(values)?, other.with_values(theirs)?);
        if self.first != other.first {
            let (one, two) = (self.first, other.first);
            return Err(Error::Usage(format!("runs of the same trials are paired: {one}, {two}")));
        }
        let both = mine.rows.nrows().min(others.rows.nrows());
        let (mine, others) = (mine.until(both), others.until(both));
        let [one, two] = [(&mine, values), (&others, theirs)].map(|(reduced, values)| {
            let (centre, each) = reduced.sums(|row| values[row]);
            reduced.by_replicate(centre, &each)
        });
        Ok(match one.zip(two) {
            Some((one, two)) => mean_of(one.iter().zip(two).map(|(one, two)| one - two)),
            None => mine.estimate(|row| values[row] - theirs[row]),
        })
    }

    /// What trials with less variance wrote down beside their measures, trials in rows.
    #[cfg(feature = "python")]
    pub(crate) fn besides(&self) -> Result<ArrayView2<'_, f64>> {
        self.kept.rows(self.model.layout.extra())
    }

    /// Its histories, if it has less variance.
    pub(super) fn reduced(&self) -> Option<Reduced<'_>> {
        let Kept::Trials(rows) = &self.kept else { return None };
        let layout = &self.model.layout;
        let harm = layout.extra().start;
        self.model.is_reduced().then(|| Reduced {
            rows: rows.view(),
            first: self.first,
            worst: layout.at(M::WorstAttack),
            drawn: [M::Wounded, M::Killed, M::Casualties].map(|measure| layout.at(measure)),
            harm,
            controls: harm + EXPECTED,
            levels: self.model.levels(),
            reached: harm + REACHED,
        })
    }
}

impl Reduced<'_> {
    /// Mean and standard error of a column; of harm in all attacks, by what was to be expected.
    pub fn mean(&self, column: usize) -> (f64, f64) {
        let [wounded, killed] = [self.harm, self.harm + 1];
        match self.drawn.iter().position(|drawn| *drawn == column) {
            Some(0) => self.estimate(|row| self.rows[[row, wounded]]),
            Some(1) => self.estimate(|row| self.rows[[row, killed]]),
            Some(_) => self.estimate(|row| self.rows[[row, wounded]] + self.rows[[row, killed]]),
            None => self.estimate(|row| self.rows[[row, column]]),
        }
    }

    /// The standard error of a share of trials.
    pub fn error_of_share(&self, column: usize, holds: impl Fn(f64) -> bool) -> f64 {
        self.estimate(|row| f64::from(u8::from(holds(self.rows[[row, column]])))).1
    }

    /// How surely one attack reaches a level of casualties; `None` where that was not asked for.
    ///
    /// By the chances of projectiles ([`crate::trial`]); or by the trials in which it is reached,
    /// where they are enough to tell that their error is the smaller one.
    pub fn chance_of(&self, level: f64) -> Option<Chance> {
        let place = self.levels.iter().position(|&known| f64::from(known) == level)?;
        let (drawn, expected) = (self.worst, self.reached + place);
        let (mut share, mut error) = self.estimate(|row| self.rows[[row, expected]]);
        let hits = self.rows.column(drawn).iter().filter(|value| **value >= level).count();
        if hits >= SEEN {
            let seen = self.estimate(|row| f64::from(u8::from(self.rows[[row, drawn]] >= level)));
            if seen.1 < error {
                (share, error) = seen;
            }
        }
        Some(Chance::of_estimate(
            share.clamp(0.0, 1.0),
            error,
            self.rows.nrows() as f64,
            REPLICATES_95,
        ))
    }

    /// The first of its histories.
    fn until(mut self, count: usize) -> Self {
        self.rows = self.rows.split_at(Axis(0), count).0;
        self
    }

    fn replicate(&self, row: usize) -> usize {
        ((self.first + row as u64) % REPLICATES) as usize
    }

    fn controls(&self, row: usize) -> [f64; KINDS] {
        std::array::from_fn(|k| self.rows[[row, self.controls + k]])
    }

    /// Of values that are there: mean and standard error.
    fn estimate(&self, value: impl Fn(usize) -> f64) -> (f64, f64) {
        let (centre, each) = self.sums(value);
        if let Some(means) = self.by_replicate(centre, &each) {
            return mean_of(means.into_iter());
        }
        let count: f64 = each.iter().map(|one| one.count).sum();
        (centre, error_of_ratio(&each, count))
    }

    /// The mean of values that are there, and what replicates add up to around it.
    fn sums(&self, value: impl Fn(usize) -> f64) -> (f64, [Sums; COUNT]) {
        let there = || (0..self.rows.nrows()).filter(|row| !value(*row).is_nan());
        let centre = there().map(&value).sum::<f64>() / there().count() as f64;
        let mut each = [Sums::default(); COUNT];
        for row in there() {
            each[self.replicate(row)].add(value(row) - centre, self.controls(row));
        }
        (centre, each)
    }

    /// What each replicate says of the mean, from its sums around `centre`; `None` where a trial has no
    /// value.
    fn by_replicate(&self, centre: f64, each: &[Sums; COUNT]) -> Option<[f64; COUNT]> {
        let rows = self.rows.nrows();
        let all = each.iter().fold(Sums::default(), |all, one| all.and(one, 1.0));
        if all.count < rows as f64 || each.iter().any(|one| one.count == 0.0) {
            return None;
        }
        Some(each.map(|one| {
            let mut slopes = [0.0; KINDS];
            if rows >= ENOUGH {
                slopes = all.and(&one, -1.0).slopes();
            }
            let control: f64 = slopes.iter().zip(one.controls).map(|(b, c)| b * c).sum();
            centre + (one.value - control) / one.count
        }))
    }
}

/// Where not all trials have a value, the mean is a ratio of sums, and the error that of what each
/// replicate adds to it.
fn error_of_ratio(each: &[Sums; COUNT], count: f64) -> f64 {
    let share = count / COUNT as f64;
    error(each.iter().map(|one| one.value / share))
}

/// The mean of what replicates say, and its standard error.
fn mean_of(each: impl ExactSizeIterator<Item = f64> + Clone) -> (f64, f64) {
    let mean = each.clone().sum::<f64>() / COUNT as f64;
    (mean, error(each.map(|x| x - mean)))
}

/// The standard error of a mean of the replicates, by how far each is from it.
fn error(apart: impl Iterator<Item = f64>) -> f64 {
    (apart.map(|x| x * x).sum::<f64>() / (COUNT * (COUNT - 1)) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_least_squares() {
        let mut sums = Sums::default();
        for k in 0..50 {
            let x = f64::from(k);
            let controls = [x, (x * 1.7).sin(), x * x];
            sums.add(3.0 + 2.0 * controls[0] - 5.0 * controls[1] + 0.5 * controls[2], controls);
        }
        let slopes = sums.slopes();
        for (slope, due) in slopes.iter().zip([2.0, -5.0, 0.5]) {
            assert!((slope - due).abs() < 1e-8, "{slopes:?}");
        }
    }

    #[test]
    fn controls_that_say_nothing_new_are_left_out() {
        let mut sums = Sums::default();
        for k in 0..50 {
            let x = f64::from(k);
            sums.add(1.0 + 2.0 * x, [0.0, x, 3.0 * x]);
        }
        assert_eq!(sums.slopes()[0], 0.0);
        let slopes = sums.slopes();
        assert!((slopes[1] + 3.0 * slopes[2] - 2.0).abs() < 1e-9, "{slopes:?}");
    }
}
