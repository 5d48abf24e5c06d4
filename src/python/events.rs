//! Event logs for Python: as an Arrow stream, and as columns of NumPy.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int32Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, DictionaryArray, PrimitiveArray, RecordBatch, RecordBatchReader};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, SchemaRef};
use numpy::datetime::{Datetime, units::Days};
use numpy::{IntoPyArray, PyArray1};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use super::watched::whole;
use crate::model::Model;
use crate::results::{self, EventReader, History};

/// The events of some trials.
#[pyclass(frozen, module = "drawdown._core")]
pub(super) struct EventLog(pub(super) results::EventLog);

#[pymethods]
impl EventLog {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.schema().as_ref());
        PyCapsule::new_with_value(py, schema.map_err(broken)?, c"arrow_schema")
    }

    /// A stream may leave another schema than its own to the one who asks for it.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let stream = FFI_ArrowArrayStream::new(Box::new(Detached(self.0.reader())));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __iter__(&self) -> EventBatches {
        EventBatches(self.0.reader())
    }
}

/// The events as columns, batch after batch.
#[pyclass(module = "drawdown._core")]
pub(super) struct EventBatches(EventReader);

#[pymethods]
impl EventBatches {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let stop = self.0.stop.clone();
        let batch = whole(py, &stop, || self.0.next())?;
        batch.map(|batch| columns(py, &batch.map_err(broken)?)).transpose()
    }
}

/// Simulates with the interpreter released, whether or not the thread that reads holds it. Ctrl-C
/// ends the stream with an error, which the reader raises as one of its own.
struct Detached(EventReader);

impl Iterator for Detached {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = Python::try_attach(|py| match py.check_signals() {
            Ok(()) => {
                let stop = self.0.stop.clone();
                whole(py, &stop, || self.0.next()).unwrap_or_else(external)
            }
            Err(stop) => external(stop),
        });
        // There is no interpreter to release when it is shutting down.
        batch.unwrap_or_else(|| self.0.next())
    }
}

fn external(stop: PyErr) -> Option<Result<RecordBatch, ArrowError>> {
    Some(Err(ArrowError::ExternalError(Box::new(stop))))
}

impl RecordBatchReader for Detached {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}

/// The events of one trial as columns.
pub(super) fn of<'py>(
    py: Python<'py>,
    model: &Model,
    history: &History,
) -> PyResult<Bound<'py, PyDict>> {
    columns(py, &history.table(model).map_err(broken)?)
}

/// A batch as columns: arrays, pairs of values and where they are missing, or pairs of places
/// (-1 where missing) and the ids that they are places in.
fn columns<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        dict.set_item(field.name(), column(py, array.as_ref(), field.is_nullable())?)?;
    }
    Ok(dict)
}

fn column<'py>(py: Python<'py>, array: &dyn Array, nullable: bool) -> PyResult<Bound<'py, PyAny>> {
    match array.data_type() {
        DataType::Float64 => numbers(py, array.as_primitive::<Float64Type>(), |days| days),
        DataType::UInt64 => numbers(py, array.as_primitive::<UInt64Type>(), |n| n as i64),
        DataType::Date32 => {
            let day = |day| Datetime::<Days>::from(i64::from(day));
            numbers(py, array.as_primitive::<Date32Type>(), day)
        }
        DataType::UInt32 => {
            let values = numbers(py, array.as_primitive::<UInt32Type>(), i64::from)?;
            if !nullable {
                return Ok(values);
            }
            Ok((values, missing(py, array)).into_pyobject(py)?.into_any())
        }
        DataType::Dictionary(..) => ids(py, array.as_dictionary()),
        other => Err(PyTypeError::new_err(format!("no column of events is {other}"))),
    }
}

fn numbers<'py, T: ArrowPrimitiveType, N: numpy::Element>(
    py: Python<'py>,
    array: &PrimitiveArray<T>,
    number: impl Fn(T::Native) -> N,
) -> PyResult<Bound<'py, PyAny>> {
    let values: Vec<N> = array.values().iter().map(|&value| number(value)).collect();
    Ok(values.into_pyarray(py).into_any())
}

fn missing<'py>(py: Python<'py>, array: &dyn Array) -> Bound<'py, PyArray1<bool>> {
    (0..array.len()).map(|row| array.is_null(row)).collect::<Vec<_>>().into_pyarray(py)
}

fn ids<'py>(py: Python<'py>, array: &DictionaryArray<Int32Type>) -> PyResult<Bound<'py, PyAny>> {
    let places: Vec<i32> = array.keys().iter().map(|key| key.unwrap_or(-1)).collect();
    let ids: Vec<_> = array.values().as_string::<i32>().iter().collect();
    Ok((places.into_pyarray(py), ids).into_pyobject(py)?.into_any())
}

/// What no caller can bring about.
fn broken(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}
