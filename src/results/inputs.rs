//! The values that were drawn for the uncertain numbers.

use ndarray::Array2;

use super::Run;
use crate::error::Result;
use crate::model::Draw;

impl Run {
    /// The paths of the scenario's ranges, in the order of the columns of [`Run::inputs`].
    pub fn input_paths(&self) -> Vec<&str> {
        self.model.numbers.paths().collect()
    }

    /// The values drawn for the ranges: trials are rows, ranges columns. They are drawn anew,
    /// which gives the same values.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if only a summary was kept.
    pub fn inputs(&self) -> Result<Array2<f64>> {
        let trials = self.kept.rows(0..0)?.nrows();
        let ranges = self.model.numbers.paths().count();
        let mut inputs = Array2::zeros((trials, ranges));
        let mut draw = Draw::new(&self.model);
        for (index, mut row) in inputs.rows_mut().into_iter().enumerate() {
            draw.fill(&self.model, self.seed, index as u64);
            let values = self.model.numbers.drawn(&draw.values);
            row.iter_mut().zip(values).for_each(|(to, value)| *to = value);
        }
        Ok(inputs)
    }
}
