//! What a batch keeps of its trials.

use ndarray::{Array2, ArrayView2, Axis, Slice};

use super::column::Column;
use crate::error::{Error, Result};
use crate::tally::Tally;

/// What a batch keeps of its trials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keep {
    /// Every value of every trial.
    #[default]
    Trials,
    /// Exact sums and histograms, which do not grow with the number of trials.
    ///
    /// Means, standard errors, shares of trials, weekly bands, quantiles of counts below 65,536,
    /// the calendar day of every quantile and the chance of meeting a date are those that
    /// [`Keep::Trials`] gives, to the last bit. Other quantiles and values are rounded down: days
    /// by less than 1/16 day, larger counts by less than 1/32,768 of their size, person-days
    /// and costs by less than 1/4,096 of it, or 1, shares by less than 1/4,096. Single values are not there, but
    /// [`Run::trial`](crate::Run::trial) simulates a trial once more.
    Summary,
}

impl Keep {
    /// Every one.
    pub(crate) const ALL: [Keep; 2] = [Keep::Trials, Keep::Summary];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Keep::Trials => "trials",
            Keep::Summary => "summary",
        }
    }
}

named!(Keep);

/// What has been kept.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    /// Trials are rows, measures columns.
    Trials(Array2<f64>),
    /// By column.
    Summary(Vec<Tally>),
}

impl Kept {
    /// Of rows of so many values each, or of a tally for each column.
    pub fn new(keep: Keep, values: Vec<f64>, width: usize, tallies: Vec<Tally>) -> Self {
        match keep {
            Keep::Trials => {
                let rows = Array2::from_shape_vec((values.len() / width, width), values);
                Kept::Trials(rows.expect("rows are whole"))
            }
            Keep::Summary => Kept::Summary(tallies),
        }
    }

    pub fn keep(&self) -> Keep {
        match self {
            Kept::Trials(_) => Keep::Trials,
            Kept::Summary(_) => Keep::Summary,
        }
    }

    pub fn trials(&self) -> u64 {
        match self {
            Kept::Trials(rows) => rows.nrows() as u64,
            Kept::Summary(tallies) => tallies[0].moments.trials(),
        }
    }

    pub(super) fn column(&self, k: usize) -> Column {
        match self {
            Kept::Trials(rows) => Column::of_values(rows.column(k)),
            Kept::Summary(tallies) => Column::of_tally(&tallies[k]),
        }
    }

    /// Some columns of every trial, where they were kept.
    pub fn rows(&self, columns: std::ops::Range<usize>) -> Result<ArrayView2<'_, f64>> {
        match self {
            Kept::Trials(rows) => Ok(rows.slice_axis(Axis(1), Slice::from(columns))),
            Kept::Summary(_) => Err(Error::NotKept),
        }
    }
}
