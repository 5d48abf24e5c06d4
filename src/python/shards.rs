//! Shards for Python: put together as they come, and in bytes.

use ndarray::ArrayView2;
use numpy::PyReadonlyArray2;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::errors::raise;
use super::run::{Run, kept};
use super::scenario::Scenario;
use crate::batch::Batch;
use crate::part::part_trials;
use crate::results;
use crate::shards;

/// A batch that is put together from shards, in any order; none is left once it is finished.
#[pyclass(module = "drawdown._core")]
pub(super) struct Shards(Option<shards::Shards>);

impl Shards {
    fn there(&self) -> PyResult<&shards::Shards> {
        self.0.as_ref().ok_or_else(finished)
    }
}

fn finished() -> PyErr {
    PyValueError::new_err("these shards are finished: nothing is left here")
}

#[pymethods]
impl Shards {
    #[new]
    #[pyo3(signature = (scenario, trials, seed, keep = "trials", first = 0))]
    fn new(
        py: Python<'_>,
        scenario: &Scenario,
        trials: u64,
        seed: u64,
        keep: &str,
        first: u64,
    ) -> PyResult<Self> {
        let batch = Batch::range(first..first.saturating_add(trials), seed).keep(kept(keep)?);
        let batch = batch.seconds_per_trial(f64::INFINITY);
        let shards = shards::Shards::new(&scenario.model, &batch);
        shards.map(|shards| Shards(Some(shards))).map_err(|error| raise(py, error))
    }

    /// Adds a part; returns the first of its trials, and the one after the last.
    fn add(&mut self, py: Python<'_>, part: &Bound<'_, PyBytes>) -> PyResult<(u64, u64)> {
        let (part, shards) = (part.as_bytes(), self.0.as_mut().ok_or_else(finished)?);
        let added = py.detach(|| shards.add(part)).map_err(|error| raise(py, error))?;
        Ok((added.start, added.end))
    }

    #[getter]
    fn done(&self) -> PyResult<u64> {
        Ok(self.there()?.done())
    }

    /// Trials that are not done: the first of a row of them, and the one after the last.
    fn missing(&self) -> PyResult<Vec<(u64, u64)>> {
        let missing = self.there()?.missing().into_iter();
        Ok(missing.map(|missing| (missing.start, missing.end)).collect())
    }

    /// The results of the trials up to the first that is not done.
    fn run(&self, py: Python<'_>) -> PyResult<Run> {
        let shards = self.there()?;
        Ok(Run(py.detach(|| shards.run())))
    }

    /// The results of all trials that are done, a run for each row of them; nothing is left.
    fn finish(&mut self, py: Python<'_>) -> PyResult<Vec<Run>> {
        let shards = self.0.take().ok_or_else(finished)?;
        Ok(py.detach(|| shards.finish()).into_iter().map(Run).collect())
    }
}

/// Which trials a part has: the first, and the one after the last.
#[pyfunction]
pub(super) fn trials_of_part(py: Python<'_>, part: &Bound<'_, PyBytes>) -> PyResult<(u64, u64)> {
    let trials = part_trials(part.as_bytes()).map_err(|error| raise(py, error))?;
    Ok((trials.start, trials.end))
}

/// Runs of shards as one.
#[pyfunction]
pub(super) fn merge(py: Python<'_>, shards: Vec<Bound<'_, Run>>) -> PyResult<Run> {
    let runs: Vec<results::Run> = shards.iter().map(|shard| shard.get().0.clone()).collect();
    let merged = py.detach(|| results::Run::merge(runs));
    merged.map(Run).map_err(|error| raise(py, error))
}

/// A run of its part, and of the values of its trials where they are kept elsewhere.
#[pyfunction]
#[pyo3(signature = (scenario, part, asked, rows = None))]
pub(super) fn run_of(
    py: Python<'_>,
    scenario: &Scenario,
    part: &Bound<'_, PyBytes>,
    asked: u64,
    rows: Option<PyReadonlyArray2<'_, f64>>,
) -> PyResult<Run> {
    let rows = rows.map(|rows| in_order(rows.as_array()));
    let (model, part) = (&scenario.model, part.as_bytes());
    let hash = model.scenario().hash();
    let run = py.detach(|| results::Run::from_part(model, &hash, part, rows, asked));
    run.map(Run).map_err(|error| raise(py, error))
}

fn in_order(rows: ArrayView2<'_, f64>) -> Vec<f64> {
    rows.iter().copied().collect()
}
