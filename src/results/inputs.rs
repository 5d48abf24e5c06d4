//! The values that were drawn for the uncertain numbers.

use ndarray::Array2;

use super::Run;
use crate::error::Result;

impl Run {
    /// The paths of the scenario's ranges, in the order of the columns of [`Run::inputs`].
    pub fn input_paths(&self) -> Vec<&str> {
        self.model.input_paths()
    }

    /// The values drawn for the ranges: trials are rows, ranges columns. They are drawn anew,
    /// which gives the same values.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if only a summary was kept.
    pub fn inputs(&self) -> Result<Array2<f64>> {
        let trials = self.kept.rows(0..0)?.nrows();
        Ok(self.model.draw_inputs(self.seed, trials))
    }
}
