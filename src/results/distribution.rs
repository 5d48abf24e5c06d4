//! How often each value of a measure occurred.

use serde::Serialize;

use super::Run;
use crate::error::Result;
use crate::measure::By;

/// How often each value of a measure occurred: what exceedance curves and tail means are made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Distribution {
    /// Each value that occurred, ascending, with the number of trials that had it. Where only a
    /// summary was kept, values are known to the resolution of [`Keep::Summary`](crate::Keep).
    pub steps: Vec<(f64, u64)>,
    /// Trials in which there is no value, because the horizon came first.
    pub missing: u64,
}

impl Run {
    /// How often each value of a measure occurred, for each id of the breakdown.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) if there is no such measure.
    pub fn distribution(&self, name: &str, by: By) -> Result<Vec<Distribution>> {
        let columns = self.columns(name, by)?.map(|k| self.kept.column(k));
        let of = |column: super::column::Column| Distribution {
            missing: column.missing(),
            steps: column.steps,
        };
        Ok(columns.map(of).collect())
    }
}
