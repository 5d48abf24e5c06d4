//! Values for the ranges that a caller brings along, in place of drawn ones.

use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array2, ArrayView2};
use sha2::{Digest, Sha256};

use super::{Draw, Model};
use crate::error::{Error, Result};
use crate::law::Dist;
use crate::memory;
use crate::stop::Stop;

/// Values of every range: rows are draws, columns ranges.
#[derive(Debug)]
pub(crate) struct Given {
    values: Array2<f64>,
    trials_each: u64,
    /// The number of the first row, where these are some of a larger table.
    first_row: u64,
}

impl Given {
    /// The values in trial `index`. After the last row comes the first again.
    pub fn row(&self, index: u64) -> impl Iterator<Item = f64> + '_ {
        let row = self.place(index).expect("trials before the first row are refused");
        self.values.row(row).into_iter().copied()
    }

    /// Which row trial `index` has; none before the first of them.
    fn place(&self, index: u64) -> Option<usize> {
        let row = (index / self.trials_each).checked_sub(self.first_row)?;
        Some((row % self.values.nrows() as u64) as usize)
    }
}

impl Model {
    /// The paths of the ranges: the columns of a table of inputs.
    pub fn input_paths(&self) -> Vec<&str> {
        self.numbers.paths().collect()
    }

    /// The paths of the ranges, and what is believed about each as JSON.
    pub fn ranges(&self) -> impl Iterator<Item = (&str, String)> {
        let json = |family| serde_json::to_string(family).expect("a law of numbers is JSON");
        self.numbers.paths().zip(self.numbers.families().map(json))
    }

    /// Values as chance gives them to the ranges in trials 0, 1, ... under `seed`: rows are draws,
    /// columns ranges, in the order of [`Model::input_paths`].
    ///
    /// # Errors
    /// [`Error::Memory`] if they do not fit in memory.
    pub fn draw_inputs(&self, seed: u64, count: usize) -> Result<Array2<f64>> {
        self.draw_inputs_until(seed, 0..count as u64, &Stop::default())
    }

    /// The same in some trials in a row; once it is said to stop, there are no more rows.
    pub(crate) fn draw_inputs_until(
        &self,
        seed: u64,
        trials: Range<u64>,
        stop: &Stop,
    ) -> Result<Array2<f64>> {
        let width = self.numbers.paths().count();
        let count = trials.end - trials.start;
        memory::check("draws", count, 8 * width as u64, 0, "")?;
        let mut inputs = memory::room((count as usize).saturating_mul(width))?;
        let mut draw = Draw::new(self);
        let mut rows = 0;
        for index in trials.take_while(|_| !stop.is_set()) {
            draw.fill(self, seed, index);
            inputs.extend(self.numbers.drawn(&draw.values));
            rows += 1;
        }
        Ok(Array2::from_shape_vec((rows, width), inputs).expect("rows are whole"))
    }

    /// What points of the unit cube come to, by [`Dist::at`](crate::law::Dist::at) of each range:
    /// rows are draws, columns ranges.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is not one column for each range, or a number is not from 0 to 1.
    pub(crate) fn at_unit_points(&self, points: ArrayView2<'_, f64>) -> Result<Array2<f64>> {
        self.check_width(points)?;
        if let Some(((row, column), u)) =
            points.indexed_iter().find(|(_, u)| !(0.0..=1.0).contains(*u))
        {
            let path = self.input_paths()[column];
            let what = format!("row {row} has {u} for `{path}`: points are numbers from 0 to 1");
            return Err(Error::Usage(what));
        }
        let mut values = points.to_owned();
        for (mut column, family) in values.columns_mut().into_iter().zip(self.numbers.families()) {
            let law = Dist::Family(family.clone()).in_order();
            column.mapv_inplace(|u| law.at_in_order(u));
        }
        Ok(values)
    }

    fn check_width(&self, table: ArrayView2<'_, f64>) -> Result<()> {
        let ranges = self.input_paths().len();
        if table.ncols() == ranges {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "inputs have a column for each of the {ranges} ranges, and not {}",
            table.ncols()
        )))
    }

    /// Which rows of inputs can be run: those under which attacks die out and no more of them are
    /// caused than there are. Drawn values always can, since what cannot is drawn again.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is not one column for each range, or a value that its range does
    /// not hold.
    pub fn sound_inputs(&self, values: ArrayView2<'_, f64>) -> Result<Vec<bool>> {
        let paths = self.input_paths();
        self.check_width(values)?;
        for ((row, column), value) in values.indexed_iter() {
            let (low, high) = self.numbers.support(column);
            if !value.is_finite() || *value < low || *value > high {
                return Err(Error::Usage(format!(
                    "row {row} has {value} for `{}`, which is from {low} to {high}: keep within \
                     the range, or write a wider one into the scenario",
                    paths[column]
                )));
            }
        }
        let mut draw = Draw::new(self);
        Ok(values.rows().into_iter().map(|row| draw.is_sound(self, row.iter().copied())).collect())
    }

    /// The model with its ranges at given values: trial k has those of row k / `trials_each`, and
    /// after the last row comes the first again. Random streams stay those of the trial.
    ///
    /// # Errors
    /// As [`Model::sound_inputs`]; [`Error::Usage`] too if there is no row, `trials_each` is 0, or
    /// a row cannot be run.
    pub fn with_inputs(self, values: Array2<f64>, trials_each: u64) -> Result<Self> {
        self.with_inputs_from(values, trials_each, 0)
    }

    /// The same with rows of a larger table, of which they are those from `first_row` on: for
    /// trials that have no others.
    pub(crate) fn with_inputs_from(
        mut self,
        values: Array2<f64>,
        trials_each: u64,
        first_row: u64,
    ) -> Result<Self> {
        if self.reduced {
            return Err(Error::Usage(
                "less variance comes of how the ranges are drawn: give values to the model without"
                    .into(),
            ));
        }
        if values.nrows() == 0 || trials_each == 0 {
            return Err(Error::Usage("inputs have a row or more, each for a trial or more".into()));
        }
        let sound = self.sound_inputs(values.view())?;
        if let Some(row) = sound.iter().position(|sound| !sound) {
            return Err(Error::Usage(format!("under row {row} attacks would never end")));
        }
        self.numbers.give(Arc::new(Given { values, trials_each, first_row }));
        Ok(self)
    }

    /// How many trials in a row share a draw of the ranges: 1 unless inputs were given for more.
    pub fn trials_each(&self) -> u64 {
        self.numbers.given().map_or(1, |given| given.trials_each)
    }

    /// The given inputs, if there are any, and the number of the first row.
    pub(crate) fn given_inputs(&self) -> Option<(ArrayView2<'_, f64>, u64)> {
        self.numbers.given().map(|given| (given.values.view(), given.first_row))
    }

    /// SHA-256 of the given inputs and of which trials each row has, if there are any.
    pub fn inputs_hash(&self) -> Option<String> {
        let given = self.numbers.given()?;
        Some(hash(&[given.trials_each, given.first_row], given.values.iter().copied()))
    }

    /// SHA-256 of the rows of given inputs that trials in a row have, and of how many trials each
    /// has: the same wherever these are some rows of a larger table.
    ///
    /// # Errors
    /// As [`Model::check_inputs_from`].
    pub(crate) fn inputs_hash_of(&self, trials: Range<u64>) -> Result<Option<String>> {
        self.check_inputs_from(trials.start)?;
        let Some(given) = self.numbers.given() else {
            return Ok(self.reduced.then(|| POINTS.to_owned()));
        };
        let each = given.trials_each;
        let rows = trials.end.div_ceil(each).saturating_sub(trials.start / each);
        // After all of them come the same again.
        let rows = rows.min(given.values.nrows() as u64);
        let values = (0..rows).flat_map(|k| given.row(trials.start + k * each));
        Ok(Some(hash(&[each, rows], values)))
    }

    /// Whether there are inputs for the trials from one on.
    ///
    /// # Errors
    /// [`Error::Usage`] if rows of a larger table were given that begin behind it.
    pub(crate) fn check_inputs_from(&self, trial: u64) -> Result<()> {
        match self.numbers.given() {
            Some(given) if given.place(trial).is_none() => Err(Error::Usage(format!(
                "there are no inputs for trial {trial}: those that were given begin with row {}, \
                 for {} trials each",
                given.first_row, given.trials_each
            ))),
            _ => Ok(()),
        }
    }
}

/// Stands where the hash of given inputs does, for ranges that are spread evenly.
const POINTS: &str = "points of 16 replicates";

/// SHA-256 of whole numbers and of values, to the last bit.
fn hash(numbers: &[u64], values: impl Iterator<Item = f64>) -> String {
    let mut hash = Sha256::new();
    numbers.iter().for_each(|number| hash.update(number.to_le_bytes()));
    values.for_each(|value| hash.update(value.to_bits().to_le_bytes()));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
