//! Python mappings to parsed trees.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use crate::scenario::join;

/// Deepest nesting that is read; the scenario's own limit is lower.
const DEEPEST: usize = 100;

const INF: f64 = f64::INFINITY;

/// A mapping as a table.
pub(super) fn table(mapping: &Bound<'_, PyAny>) -> PyResult<toml::Table> {
    match value("", mapping, 0)? {
        toml::Value::Table(table) => Ok(table),
        other => Err(PyTypeError::new_err(format!("expected a mapping, got {}", other.type_str()))),
    }
}

/// A Python value, found at `path`, as a node of a tree.
pub(super) fn value(path: &str, object: &Bound<'_, PyAny>, depth: usize) -> PyResult<toml::Value> {
    if depth > DEEPEST {
        // Whatever stands here, the scenario is refused for its depth.
        return Ok(toml::Value::Boolean(true));
    }
    if object.is_instance_of::<PyBool>() {
        return Ok(toml::Value::Boolean(object.extract()?));
    }
    if object.is_instance_of::<PyInt>() {
        let whole = object.extract().map(toml::Value::Integer);
        // What is too large for a whole number is refused as one that is too large.
        return Ok(whole.unwrap_or_else(|_| toml::Value::Float(object.extract().unwrap_or(INF))));
    }
    if object.is_instance_of::<PyFloat>() {
        return Ok(toml::Value::Float(object.extract()?));
    }
    if object.is_instance_of::<PyString>() {
        return Ok(toml::Value::String(object.extract()?));
    }
    if object.is_instance_of::<PyDate>() {
        return Ok(toml::Value::String(object.call_method0("isoformat")?.extract()?));
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        let items = object.try_iter()?.enumerate();
        let items = items.map(|(k, item)| value(&join(path, &k.to_string()), &item?, depth + 1));
        return Ok(toml::Value::Array(items.collect::<PyResult<_>>()?));
    }
    if object.is_instance_of::<PyDict>() || object.cast::<PyMapping>().is_ok() {
        return mapping(path, object, depth);
    }
    // Numbers of other libraries, such as numpy's, know how to become Python's.
    for name in ["__index__", "__float__"] {
        if object.hasattr(name)? {
            return value(path, &object.call_method0(name)?, depth + 1);
        }
    }
    let kind = object.get_type().name()?;
    Err(PyTypeError::new_err(format!("`{path}` is a {kind}, which a scenario cannot hold")))
}

fn mapping(path: &str, object: &Bound<'_, PyAny>, depth: usize) -> PyResult<toml::Value> {
    let mut table = toml::Table::new();
    for item in object.call_method0("items")?.try_iter()? {
        let (key, item): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
        let key: String = key
            .extract()
            .map_err(|_| PyTypeError::new_err(format!("a key of `{path}` is not a text: {key}")))?;
        if !item.is_none() {
            let child = value(&join(path, &key), &item, depth + 1)?;
            table.insert(key, child);
        }
    }
    Ok(toml::Value::Table(table))
}
