//! Laws for Python, each given as JSON.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::law::{Range, families};

/// A family: its name, its parameters and whether they stand in a list. A parameter: its name, its
/// least value and whether it must be above that.
type Family = (&'static str, Vec<(&'static str, f64, bool)>, bool);

/// Every family of laws.
#[pyfunction]
pub(super) fn laws() -> Vec<Family> {
    let family = |family: crate::law::FamilyInfo| {
        let parameters = family.parameters.into_iter().map(|one| (one.name, one.least, one.above));
        (family.name, parameters.collect(), family.is_list)
    };
    families().into_iter().map(family).collect()
}

/// What numbers from 0 to 1 come to under a law.
#[pyfunction]
pub(super) fn law_at<'py>(
    py: Python<'py>,
    law: &str,
    numbers: PyReadonlyArray1<'_, f64>,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let law = read(law)?.in_order();
    let values: Vec<f64> = numbers.as_array().iter().map(|u| law.at_in_order(*u)).collect();
    Ok(values.into_pyarray(py))
}

/// The quantiles of a law.
#[pyfunction]
pub(super) fn law_quantiles(law: &str, shares: Vec<f64>) -> PyResult<Vec<f64>> {
    let law = read(law)?;
    Ok(shares.into_iter().map(|p| law.quantile(p)).collect())
}

/// The law of so many times the value.
#[pyfunction]
pub(super) fn law_times(law: &str, factor: f64) -> PyResult<String> {
    let times = read(law)?.times(factor).ok_or_else(|| {
        PyValueError::new_err("a beta law is one of shares, which are none when multiplied")
    })?;
    serde_json::to_string(&times).map_err(|fault| PyValueError::new_err(fault.to_string()))
}

pub(super) fn read(law: &str) -> PyResult<Range> {
    serde_json::from_str(law).map_err(|fault| PyValueError::new_err(format!("no law: {fault}")))
}
