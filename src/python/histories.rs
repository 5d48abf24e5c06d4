//! One trial in full, for Python.

use numpy::ToPyArray;
use pyo3::prelude::*;
use pyo3::types::PyDict;

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
    dict.set_item("inputs", history.inputs().to_vec())?;
    Ok(dict)
}
