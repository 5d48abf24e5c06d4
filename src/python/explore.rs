//! What the explorer shows, for Python.

use pyo3::prelude::*;

use super::errors::raise;
use super::run::Run;
use crate::explore::{self, Answer};
use crate::languages::Language;

/// What there is to show of a run beside a baseline of that name, in a language, as JSON.
#[pyfunction]
#[pyo3(signature = (run, base, name, language="en"))]
pub(super) fn answer(
    py: Python<'_>,
    run: &Run,
    base: Option<&Run>,
    name: &str,
    language: &str,
) -> PyResult<String> {
    let language: Language = language.parse().map_err(|error| raise(py, error))?;
    let found = Answer::new_in(&run.0, base.map(|base| &base.0), name, language);
    let found = found.map_err(|error| raise(py, error))?;
    Ok(serde_json::to_string(&found).expect("an answer is made of texts and numbers"))
}

/// The verdict in cells of a table.
#[pyfunction]
#[pyo3(signature = (run, base, language="en"))]
pub(super) fn cells(
    py: Python<'_>,
    run: &Run,
    base: Option<&Run>,
    language: &str,
) -> PyResult<[String; 6]> {
    let language: Language = language.parse().map_err(|error| raise(py, error))?;
    explore::cells_in(&run.0, base.map(|base| &base.0), language).map_err(|error| raise(py, error))
}

/// What the cells are about.
#[pyfunction]
#[pyo3(signature = (language="en"))]
pub(super) fn heads(py: Python<'_>, language: &str) -> PyResult<[String; 6]> {
    language.parse().map(explore::heads_in).map_err(|error| raise(py, error))
}
