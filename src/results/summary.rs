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
    pub fn summary(&self, by: By) -> Vec<SummaryRow> {
        let mut rows = Vec::new();
        for (k, measure) in MEASURES.iter().enumerate().filter(|(_, m)| m.by == by) {
            for (nth, column) in self.model.layout.columns(k).enumerate() {
                let column = self.kept.column(column);
                let (mean, standard_error) = column.mean();
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
}
