//! What a batch has found: values of every trial, weekly bands, and where they came from.

mod bands;
mod column;
mod dates;
mod history;
mod inputs;
mod summary;

use ndarray::{Array2, ArrayView2, s};

pub use bands::{Bands, Series};
pub use dates::DateRow;
pub use history::History;
pub use summary::SummaryRow;

use crate::error::{Error, Result};
use crate::measure::{By, M, MEASURES};
use crate::model::Model;
use crate::trial::{Trial, Weekly};

/// The results of a batch.
#[derive(Clone, Debug)]
pub struct Run {
    model: Model,
    seed: u64,
    asked: u64,
    /// Trials are rows, measures columns.
    rows: Array2<f64>,
    weekly: Weekly,
}

/// Where a result came from: enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Title of the scenario.
    pub title: String,
    /// SHA-256 of the scenario.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// Trials asked for.
    pub trials_asked: u64,
    /// Trials run: fewer if the batch was stopped.
    pub trials_run: u64,
    /// Trials that were stopped because they reached the limit of attacks.
    pub trials_capped: u64,
    /// The version of this library.
    pub version: &'static str,
}

impl Run {
    pub(crate) fn new<'a>(
        model: &Model,
        seed: u64,
        asked: u64,
        rows: Vec<f64>,
        parts: impl Iterator<Item = &'a Weekly>,
    ) -> Self {
        let width = model.layout.width();
        let mut weekly = Weekly::new(model);
        parts.for_each(|part| weekly.merge(part));
        let rows = Array2::from_shape_vec((rows.len() / width, width), rows);
        let rows = rows.expect("rows are whole");
        Run { model: model.clone(), seed, asked, rows, weekly }
    }

    /// The model that was run.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Trials run.
    pub fn trials(&self) -> u64 {
        self.rows.nrows() as u64
    }

    /// Where the results came from.
    pub fn origin(&self) -> Origin {
        let capped = self.measure(M::Capped).iter().filter(|&&capped| capped > 0.0).count();
        Origin {
            title: self.model.scenario().title.clone(),
            scenario_hash: self.model.scenario().hash(),
            seed: self.seed,
            trials_asked: self.asked,
            trials_run: self.trials(),
            trials_capped: capped as u64,
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// The values of a measure: trials are rows, ids of the breakdown columns (one column for
    /// [`By::Total`]). Days are counted from the start; NaN means not reached.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such measure.
    pub fn values(&self, name: &str, by: By) -> Result<ArrayView2<'_, f64>> {
        let found = MEASURES.iter().position(|measure| measure.name == name && measure.by == by);
        let k = found.ok_or_else(|| {
            let known: Vec<String> = MEASURES.iter().map(|m| label(m.name, m.by)).collect();
            let label = label(name, by);
            Error::Usage(format!("there is no measure `{label}`; there are {}", known.join(", ")))
        })?;
        Ok(self.rows.slice(s![.., self.model.layout.columns(k)]))
    }

    fn measure(&self, measure: M) -> ArrayView2<'_, f64> {
        self.rows.slice(s![.., self.model.layout.columns(measure as usize)])
    }

    /// The ids of a breakdown, in the order of the columns of [`Run::values`].
    pub fn ids(&self, by: By) -> &[String] {
        self.model.names.of_breakdown(by)
    }

    /// Trial `index` once more, with everything that happened in it.
    ///
    /// # Errors
    /// [`Error::Usage`] if that trial was not run.
    pub fn trial(&self, index: u64) -> Result<History> {
        if index >= self.trials() {
            let last = self.trials().saturating_sub(1);
            return Err(Error::Usage(format!("trial {index} was not run; the last is {last}")));
        }
        Ok(self.model.trial(self.seed, index))
    }
}

impl Model {
    /// Trial `index` under `seed`, with everything that happened in it.
    pub fn trial(&self, seed: u64, index: u64) -> History {
        let mut trial = Trial::new(self);
        let events = trial.events(seed, index);
        History::new(self, index, &mut trial, events)
    }
}

fn label(name: &str, by: By) -> String {
    match by {
        By::Total => name.to_owned(),
        by => format!("{name} by {}", by.as_str()),
    }
}
