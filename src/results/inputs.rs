//! The values that were drawn for the uncertain numbers.

use ndarray::{Array2, Axis};

use super::Run;
use crate::error::Result;
use crate::stop::Stop;

impl Run {
    /// The paths of the scenario's ranges, in the order of the columns of [`Run::inputs`].
    pub fn input_paths(&self) -> Vec<&str> {
        self.model.input_paths()
    }

    /// The values drawn for the ranges: trials are rows, ranges columns. They are drawn anew,
    /// which gives the same values.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if only a summary was kept,
    /// [`Error::Memory`](crate::Error::Memory) if they do not fit in memory.
    pub fn inputs(&self) -> Result<Array2<f64>> {
        self.inputs_until(&Stop::default())
    }

    /// The same; once it is said to stop, there are no more rows.
    pub(crate) fn inputs_until(&self, stop: &Stop) -> Result<Array2<f64>> {
        self.kept.rows(0..0)?;
        let Some(ancestors) = &self.ancestors else {
            return self.model.draw_inputs_until(self.seed, self.range(), stop);
        };
        let all = self.model.draw_inputs_until(self.seed, self.range(), stop)?;
        let rows: Vec<usize> = ancestors.iter().map(|k| *k as usize).collect();
        match all.nrows() as u64 == self.trials() {
            true => Ok(all.select(Axis(0), &rows)),
            false => Ok(all),
        }
    }
}
