//! `Scenario` for Python: read, checked and compiled when it is made.

use numpy::{IntoPyArray, PyArray2, PyReadonlyArray2};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::raise;
use super::events::EventLog;
use super::histories;
use super::policy;
use super::tree;
use super::watched::whole;
use crate::error::{Code, Problem, Result};
use crate::languages::Language;
use crate::model::{Model, Section};
use crate::scenario::{self, EXAMPLES, Example, Judged, json_schema, schema_as_written};
use crate::stop::Stop;
use crate::validate::Checked;

/// A section of a description: topic, title, lines.
type Part = (&'static str, String, Vec<String>);

/// A warning: path, code, what, remedy.
type Warning = (String, &'static str, String, String);

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
        Scenario::new(py, Checked::of_changes(self.model.scenario(), changes))
    }

    fn is_about(&self, measure: &str) -> bool {
        self.model.is_about(measure)
    }

    /// The ranges: paths, and families of laws as JSON.
    fn ranges(&self) -> Vec<(&str, String)> {
        self.model.ranges().collect()
    }

    /// What rests on judgement or dispute: path, value as JSON, and whether it is the library's.
    fn judged(&self) -> Vec<(String, String, bool)> {
        let parts = |one: Judged| {
            let value = serde_json::to_string(&one.value).expect("a value of a tree is JSON");
            (one.path, value, one.of_library)
        };
        self.model.judged().into_iter().map(parts).collect()
    }

    /// Values as chance gives them to the ranges: rows are draws, columns ranges.
    fn draw_inputs<'py>(
        &self,
        py: Python<'py>,
        seed: u64,
        count: usize,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let stop = Stop::default();
        let inputs =
            whole(py, &stop, || self.model.draw_inputs_until(seed, 0..count as u64, &stop))?;
        Ok(inputs.map_err(|error| raise(py, error))?.into_pyarray(py))
    }

    /// What points of the unit cube come to: rows are draws, columns ranges.
    fn at_unit_points<'py>(
        &self,
        py: Python<'py>,
        points: PyReadonlyArray2<'_, f64>,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let values = self.model.at_unit_points(points.as_array());
        Ok(values.map_err(|error| raise(py, error))?.into_pyarray(py))
    }

    /// Which rows of values for the ranges can be run.
    fn sound_inputs(
        &self,
        py: Python<'_>,
        values: PyReadonlyArray2<'_, f64>,
    ) -> PyResult<Vec<bool>> {
        self.model.sound_inputs(values.as_array()).map_err(|error| raise(py, error))
    }

    /// The same scenario with its ranges at given values, each row for so many trials; of a larger
    /// table they are the rows from `first_row` on.
    #[pyo3(signature = (values, trials_each, first_row = 0))]
    fn with_inputs(
        &self,
        py: Python<'_>,
        values: PyReadonlyArray2<'_, f64>,
        trials_each: u64,
        first_row: u64,
    ) -> PyResult<Self> {
        let values = values.as_array().to_owned();
        let model = self.model.clone().with_inputs_from(values, trials_each, first_row);
        Ok(Scenario { model: model.map_err(|error| raise(py, error))? })
    }

    /// The same scenario for runs with less variance, which tell how surely casualties reach levels.
    fn reduced(&self, py: Python<'_>, levels: Vec<u32>) -> PyResult<Self> {
        let model = self.model.clone().reduced_with(&levels).map_err(|error| raise(py, error))?;
        Ok(Scenario { model })
    }

    /// The columns that a policy is asked with: names, and how many there are of each.
    fn policy_columns(&self) -> Vec<(&'static str, usize)> {
        policy::columns(&self.model)
    }

    /// The ids of what a policy sees, by kind.
    fn policy_ids<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        policy::ids(py, &self.model)
    }

    /// The same scenario with a policy, whose decisions are a function.
    fn with_policy(
        &self,
        py: Python<'_>,
        id: &str,
        review: Py<PyAny>,
        written: policy::Written<'_>,
    ) -> PyResult<Self> {
        let model = policy::with_policy(py, &self.model, id, review, &written)?;
        Ok(Scenario { model })
    }

    /// Trial `index` under `seed`, with everything that happened in it.
    fn trial<'py>(&self, py: Python<'py>, seed: u64, index: u64) -> PyResult<Bound<'py, PyDict>> {
        let stop = Stop::default();
        let history = whole(py, &stop, || self.model.trial_until(seed, index, &stop))?;
        let history = history.map_err(|error| raise(py, error))?;
        histories::dict(py, &self.model, &history)
    }

    /// The events of `trials` under `seed`.
    fn events(&self, seed: u64, trials: Vec<u64>) -> EventLog {
        EventLog(self.model.events(seed, trials))
    }

    /// The warnings in a language: path, code, what, remedy.
    #[pyo3(signature = (language="en"))]
    fn warnings(&self, py: Python<'_>, language: &str) -> PyResult<Vec<Warning>> {
        let language: Language = language.parse().map_err(|error| raise(py, error))?;
        let parts = |p: Problem| (p.path, p.code.as_str(), p.what, p.remedy);
        Ok(self.model.warnings_in(language).into_iter().map(parts).collect())
    }

    /// How many seconds a trial is expected to take.
    fn seconds_per_trial(&self) -> f64 {
        self.model.seconds_per_trial()
    }

    /// SHA-256 of values that were given for the ranges, if there are any.
    fn inputs_hash(&self) -> Option<String> {
        self.model.inputs_hash()
    }

    /// How many numbers a trial comes to.
    fn width(&self) -> usize {
        self.model.layout.width()
    }

    fn describe(&self) -> String {
        self.model.describe()
    }

    /// The description in a language as sections: topic, title, lines.
    #[pyo3(signature = (language="en"))]
    fn description(&self, py: Python<'_>, language: &str) -> PyResult<Vec<Part>> {
        let language: Language = language.parse().map_err(|error| raise(py, error))?;
        let parts = |section: Section| (section.topic.as_str(), section.title, section.lines);
        Ok(self.model.description_in(language).into_iter().map(parts).collect())
    }

    /// The lines of the description in a language on a rule and its breathing room; none without the
    /// rule.
    #[pyo3(signature = (id, language="en"))]
    fn describe_rule(&self, py: Python<'_>, id: &str, language: &str) -> PyResult<Vec<String>> {
        let language: Language = language.parse().map_err(|error| raise(py, error))?;
        Ok(self.model.describe_rule_in(id, language))
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
        self.model.end().to_string()
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

/// The text of a file's content.
#[pyfunction]
pub(super) fn decode<'a>(py: Python<'_>, content: &'a [u8]) -> PyResult<&'a str> {
    scenario::decode(content).map_err(|error| raise(py, error))
}

/// The keys of a dotted path, those in quotes without them.
#[pyfunction]
pub(super) fn split_path(path: &str) -> PyResult<Vec<String>> {
    scenario::split_path(path).ok_or_else(|| {
        let what = "keys with points between them, and quotes around a key with other signs";
        PyValueError::new_err(format!("`{path}` is not a dotted path: write {what}"))
    })
}

/// The codes of problems and warnings, and what the documentation says of each.
#[pyfunction]
pub(super) fn codes() -> Vec<(&'static str, &'static str)> {
    Code::ALL.iter().map(|code| (code.as_str(), code.explanation())).collect()
}

/// The dotted path of some keys, quoted where need be.
#[pyfunction]
pub(super) fn join_path(keys: Vec<String>) -> String {
    scenario::join_path(&keys)
}

/// The JSON schema of scenarios, as JSON.
#[pyfunction]
pub(super) fn schema() -> String {
    json_schema().to_string()
}

/// The JSON schema of scenarios with sources beside values, as JSON.
#[pyfunction]
#[pyo3(name = "schema_as_written")]
pub(super) fn schema_with_sources() -> String {
    schema_as_written().to_string()
}
