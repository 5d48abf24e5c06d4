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
use crate::measure::{CONTROLS, EXPECTED, M, REACHED};
use crate::model::REPLICATES;

const COUNT: usize = REPLICATES as usize;

/// With fewer trials slopes are not known well enough.
const ENOUGH: usize = 20 * COUNT;

/// So many trials in which something is seen tell how well they tell of it.
const SEEN: usize = 100;

/// Fewer trials than this that have met something tell hardly anything about what follows from it.
const FEW: usize = 20;

/// How many standard errors a mean of the replicates is known to, in 95 cases of 100: Student's t with
/// 15 degrees of freedom.
pub(crate) const REPLICATES_95: f64 = 2.131_449_545_559_323;

/// A control of which so little is not in those before it is left out.
const SAME: f64 = 1e-9;

/// So is one whose slope is not so many standard errors from 0: it may bring more chance than it takes
/// out, since ranges are even over a replicate and it is not.
const TELLING: f64 = 3.0;

/// Controls: those that a trial has written down, then how many more people were wounded and killed
/// than were to be expected.
const ALL: usize = CONTROLS + 2;

/// What a replicate, or some of them, add up to: values around a common centre, and controls.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f64,
    value: f64,
    /// The square of the value.
    square: f64,
    controls: [f64; ALL],
    /// Products of controls with one another and with the value.
    squares: [[f64; ALL]; ALL],
    products: [f64; ALL],
}

impl Sums {
    fn add(&mut self, value: f64, controls: [f64; ALL]) {
        self.count += 1.0;
        self.value += value;
        self.square += value * value;
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
        self.square += sign * other.square;
        for j in 0..ALL {
            self.controls[j] += sign * other.controls[j];
            self.products[j] += sign * other.products[j];
            for k in 0..ALL {
                self.squares[j][k] += sign * other.squares[j][k];
            }
        }
        self
    }

    /// By how much the value goes along with each control that tells of it: least squares, by Gauss and
    /// Jordan, the most telling one first.
    fn slopes(&self) -> [f64; ALL] {
        let mut left = self.squares;
        let mut right = self.products;
        for j in 0..ALL {
            right[j] -= self.controls[j] * self.value / self.count;
            for (square, other) in left[j].iter_mut().zip(self.controls) {
                *square -= self.controls[j] * other / self.count;
            }
        }
        let own: [f64; ALL] = std::array::from_fn(|j| left[j][j]);
        let mut unexplained = self.square - self.value * self.value / self.count;
        let mut used = [false; ALL];
        loop {
            let explained = |j: usize| right[j] * right[j] / left[j][j];
            let left_out = (0..ALL).filter(|&j| !used[j] && left[j][j] > SAME * own[j]);
            let best = left_out.max_by(|&j, &k| explained(j).total_cmp(&explained(k)));
            let Some(j) = best else { break };
            let explained = explained(j);
            if explained * self.count <= TELLING * TELLING * unexplained {
                break;
            }
            (used[j], unexplained) = (true, unexplained - explained);
            let (row, result) = (left[j], right[j]);
            for k in (0..ALL).filter(|&k| k != j) {
                let share = left[k][j] / row[j];
                left[k].iter_mut().zip(row).for_each(|(x, y)| *x -= share * y);
                right[k] -= share * result;
            }
        }
        std::array::from_fn(|j| if used[j] { right[j] / left[j][j] } else { 0.0 })
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
    /// Where days in states of tension stand, and which it can come to.
    state_days: usize,
    can_come: Vec<bool>,
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

    /// A value of each trial, less what went along with chance that has no part in the mean: that of the
    /// tension, of background arrivals, and of the harm of attacks. The mean is the same in every world,
    /// whatever the values of its ranges; only the scatter around it is less.
    ///
    /// # Errors
    /// [`Error::Usage`] as [`Run::estimate`], or if a trial has no value.
    pub fn without_chance(&self, values: &[f64]) -> Result<Vec<f64>> {
        let reduced = self.with_values(values)?;
        if values.iter().any(|value| value.is_nan()) {
            return Err(Error::Usage("some trials have no value".into()));
        }
        let (_, each) = reduced.sums(|row| values[row]);
        let slopes = reduced.slopes(&each);
        let rest = |(row, value): (usize, &f64)| {
            value - dot(slopes[reduced.replicate(row)], reduced.controls(row))
        };
        Ok(values.iter().enumerate().map(rest).collect())
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
            state_days: layout.at(M::StateDays),
            can_come: self.model.tension.can_come(),
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
        // A trial stops adding chances once the level is reached, which takes about half of the square of
        // their sum from what they would add up to: known from as many trials as have reached it.
        let sums = self.rows.column(expected);
        let taken = 0.5 * sums.iter().map(|sum| sum * sum).sum::<f64>() / sums.len() as f64;
        error = libm::hypot(error, taken / (hits.max(1) as f64).sqrt());
        error = libm::hypot(error, self.hardly_met());
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

    /// What attacks do in states of tension that hardly any trial has met is not known: the error of
    /// how many trials do, as if every one of them would reach the level.
    fn hardly_met(&self) -> f64 {
        let count = self.rows.nrows() as f64;
        let met = |state: usize| {
            let days = self.rows.column(self.state_days + state);
            days.iter().filter(|days| **days > 0.0).count()
        };
        let can_come = (0..self.can_come.len()).filter(|&state| self.can_come[state]);
        let few = can_come.map(met).filter(|met| *met < FEW);
        few.fold(0.0, |error, met| libm::hypot(error, (met as f64 + 1.0).sqrt() / count))
    }

    /// The first of its histories.
    fn until(mut self, count: usize) -> Self {
        self.rows = self.rows.split_at(Axis(0), count).0;
        self
    }

    fn replicate(&self, row: usize) -> usize {
        ((self.first + row as u64) % REPLICATES) as usize
    }

    fn controls(&self, row: usize) -> [f64; ALL] {
        std::array::from_fn(|k| match k.checked_sub(CONTROLS) {
            None => self.rows[[row, self.controls + k]],
            Some(k) => self.rows[[row, self.drawn[k]]] - self.rows[[row, self.harm + k]],
        })
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
        let count: f64 = each.iter().map(|one| one.count).sum();
        if count < self.rows.nrows() as f64 || each.iter().any(|one| one.count == 0.0) {
            return None;
        }
        let slopes = self.slopes(each);
        Some(std::array::from_fn(|k| {
            centre + (each[k].value - dot(slopes[k], each[k].controls)) / each[k].count
        }))
    }

    /// For each replicate, by how much values go along with controls in all others.
    fn slopes(&self, each: &[Sums; COUNT]) -> [[f64; ALL]; COUNT] {
        if self.rows.nrows() < ENOUGH {
            return [[0.0; ALL]; COUNT];
        }
        let all = each.iter().fold(Sums::default(), |all, one| all.and(one, 1.0));
        each.map(|one| all.and(&one, -1.0).slopes())
    }
}

fn dot(slopes: [f64; ALL], controls: [f64; ALL]) -> f64 {
    slopes.iter().zip(controls).map(|(slope, control)| slope * control).sum()
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

    /// Sums over values and the first controls, the others being 0.
    fn sums(count: u32, each: impl Fn(f64) -> (f64, [f64; 3])) -> Sums {
        let mut sums = Sums::default();
        for k in 0..count {
            let (value, first) = each(f64::from(k));
            let mut controls = [0.0; ALL];
            controls[..3].copy_from_slice(&first);
            sums.add(value, controls);
        }
        sums
    }

    #[test]
    fn slopes_are_those_of_least_squares() {
        let slopes = sums(50, |x| {
            let controls = [x, (x * 1.7).sin(), x * x];
            (3.0 + 2.0 * controls[0] - 5.0 * controls[1] + 0.5 * controls[2], controls)
        })
        .slopes();
        let due = [2.0, -5.0, 0.5, 0.0, 0.0, 0.0, 0.0];
        for (slope, due) in slopes.iter().zip(due) {
            assert!((slope - due).abs() < 1e-8, "{slopes:?}");
        }
    }

    #[test]
    fn controls_that_say_nothing_new_are_left_out() {
        let slopes = sums(50, |x| (1.0 + 2.0 * x, [0.0, x, 3.0 * x])).slopes();
        assert_eq!(slopes[0], 0.0);
        assert!((slopes[1] + 3.0 * slopes[2] - 2.0).abs() < 1e-9, "{slopes:?}");
    }

    #[test]
    fn controls_that_do_not_tell_are_left_out() {
        // The value goes along with the first one, and but by chance with the others.
        let slopes = sums(500, |x| {
            let noise = [1.3, 2.9, 4.1].map(|step| (x * step).sin());
            (noise[0] + x / 500.0, [x / 500.0, noise[1], noise[2]])
        })
        .slopes();
        assert!((slopes[0] - 1.0).abs() < 0.5, "{slopes:?}");
        assert_eq!(slopes[1..], [0.0; ALL - 1]);
    }
}
