//! `Scenario` for Python: read, checked and compiled when it is made.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::raise;
use super::events::EventLog;
use super::histories;
use super::tree;
use crate::error::{Problem, Result};
use crate::model::Model;
use crate::scenario::{EXAMPLES, Example, json_schema};
use crate::validate::Checked;

/// A scenario that has been read, checked and compiled.
#[pyclass(frozen, module = "drawdown._core")]
pub(super) struct Scenario {
    pub(super) model: Model,
}

impl Scenario {
    fn new(py: Python<'_>, checked: Result<Checked>) -> PyResult<Self> {
        let checked = checked.map_err(|error| raise(py, error))?;
        Ok(Scenario { model: checked.compile() })
    }
}

#[pymethods]
impl Scenario {
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: &str) -> PyResult<Self> {
        Scenario::new(py, Checked::from_toml_str(text))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        Scenario::new(py, Checked::from_json_str(text))
    }

    #[staticmethod]
    fn from_mapping(py: Python<'_>, mapping: &Bound<'_, PyAny>) -> PyResult<Self> {
        Scenario::new(py, Checked::from_tree(tree::table(mapping)?))
    }

    #[staticmethod]
    fn example(py: Python<'_>, name: &str) -> PyResult<Self> {
        let example = Example::find(name).map_err(|error| raise(py, error))?;
        Scenario::new(py, Checked::from_toml_str(example.toml))
    }

    fn to_toml(&self) -> String {
        self.model.scenario().to_toml_string()
    }

    fn to_json(&self) -> String {
        self.model.scenario().to_json_string()
    }

    fn replace(&self, py: Python<'_>, changes: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mut read: Vec<(String, Option<toml::Value>)> = Vec::with_capacity(changes.len());
        for (path, value) in changes {
            let path: String = path.extract()?;
            let value = if value.is_none() { None } else { Some(tree::value(&path, &value, 0)?) };
            read.push((path, value));
        }
        let changes = read.iter().map(|(path, value)| (path.as_str(), value.clone()));
        Scenario::new(py, self.model.scenario().replace(changes).and_then(|new| new.validate()))
    }

    /// Trial `index` under `seed`, with everything that happened in it.
    fn trial<'py>(&self, py: Python<'py>, seed: u64, index: u64) -> PyResult<Bound<'py, PyDict>> {
        let history = py.detach(|| self.model.trial(seed, index));
        histories::dict(py, &self.model, &history)
    }

    /// The events of `trials` under `seed`.
    fn events(&self, seed: u64, trials: Vec<u64>) -> EventLog {
        EventLog(self.model.events(seed, trials))
    }

    /// The warnings: path, code, what, remedy.
    fn warnings(&self) -> Vec<(String, &'static str, String, String)> {
        let parts = |p: Problem| (p.path, p.code.as_str(), p.what, p.remedy);
        self.model.warnings().into_iter().map(parts).collect()
    }

    fn describe(&self) -> String {
        self.model.describe()
    }

    #[getter]
    fn title(&self) -> &str {
        &self.model.scenario().title
    }

    #[getter]
    fn start(&self) -> String {
        self.model.start().to_string()
    }

    #[getter]
    fn horizon(&self) -> String {
        self.model.date(self.model.horizon_days()).to_string()
    }

    #[getter]
    fn hash(&self) -> String {
        self.model.scenario().hash()
    }
}

/// The names of the shipped scenarios.
#[pyfunction]
pub(super) fn examples() -> Vec<&'static str> {
    EXAMPLES.iter().map(|example| example.name).collect()
}

/// The file of a shipped scenario.
#[pyfunction]
pub(super) fn example_toml(py: Python<'_>, name: &str) -> PyResult<&'static str> {
    Example::find(name).map(|example| example.toml).map_err(|error| raise(py, error))
}

/// The JSON schema of scenarios, as JSON.
#[pyfunction]
pub(super) fn schema() -> String {
    json_schema().to_string()
}
