//! One trial in full, for Python.

use numpy::{IntoPyArray, ToPyArray};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::raise;
use super::events;
use crate::model::Model;
use crate::results::History;

pub(super) fn dict<'py>(
    py: Python<'py>,
    model: &Model,
    history: &History,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("events", events::of(py, model, history)?)?;
    dict.set_item("row", history.row().to_pyarray(py))?;
    let presence = history.presence(model).map_err(|error| raise(py, error))?;
    dict.set_item("days", presence.days.into_pyarray(py))?;
    dict.set_item("people", presence.people.mapv(i64::from).into_pyarray(py))?;
    dict.set_item("inputs", history.inputs().to_vec())?;
    Ok(dict)
}
