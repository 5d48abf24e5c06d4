//! One row of statistics for each measure.

use serde::Serialize;

use super::Run;
use crate::measure::{By, MEASURES, Unit};

/// Statistics of one measure over trials.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SummaryRow {
    /// The measure.
    pub measure: &'static str,
    /// The site, contingent, ... that the row is about; empty for the whole theatre.
    pub id: String,
    /// Its unit.
    pub unit: Unit,
    /// Mean over the trials in which there is a value.
    pub mean: f64,
    /// Standard error of that mean.
    pub standard_error: f64,
    /// Quantiles over all trials; NaN where that is a missing value, which counts as later than
    /// any.
    pub p10: f64,
    /// As `p10`.
    pub p50: f64,
    /// As `p10`.
    pub p80: f64,
    /// As `p10`.
    pub p90: f64,
    /// Trials in which there is no value, because the horizon came first.
    pub missing: u64,
}

impl Run {
    /// Statistics of every measure that is broken down by `by`, one row for each id.
    ///
    /// Of a run with less variance ([`Model::reduced`](crate::Model::reduced)) means and standard
    /// errors are those of its replicates; those of `wounded`, `killed` and `casualties` of the whole
    /// theatre are of the harm that was to be expected, and not of what was drawn.
    pub fn summary(&self, by: By) -> Vec<SummaryRow> {
        let mut rows = Vec::new();
        let reduced = self.reduced();
        for (k, measure) in MEASURES.iter().enumerate().filter(|(_, m)| m.by == by) {
            for (nth, column) in self.model.layout.columns(k).enumerate() {
                let place = column;
                let column = self.kept.column(place);
                let (mean, standard_error) = match &reduced {
                    None => column.mean(),
                    Some(reduced) => reduced.mean(place),
                };
                rows.push(SummaryRow {
                    measure: measure.name,
                    id: self.ids(by).get(nth).cloned().unwrap_or_default(),
                    unit: measure.unit,
                    mean,
                    standard_error,
                    p10: column.quantile(0.1),
                    p50: column.quantile(0.5),
                    p80: column.quantile(0.8),
                    p90: column.quantile(0.9),
                    missing: column.missing(),
                });
            }
        }
        rows
    }

    /// The measures of the whole theatre that are 0, or missing, in every trial.
    pub fn idle(&self) -> Vec<&'static str> {
        let rows = self.summary(By::Total).into_iter();
        let nothing =
            |row: &SummaryRow| is_idle(row.mean, row.standard_error, row.missing, self.trials());
        rows.filter(nothing).map(|row| row.measure).collect()
    }
}

/// Whether statistics are those of a measure that is 0, or missing, in every trial.
pub(crate) fn is_idle(mean: f64, standard_error: f64, missing: u64, trials: u64) -> bool {
    (mean == 0.0 && standard_error == 0.0 && missing == 0) || missing == trials
}
