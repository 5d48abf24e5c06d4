//! Statistics of trials for Python.

use std::collections::BTreeMap;

use ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::intervals::{Chance, Estimate, clopper_pearson as exact};
use crate::measure::{MEASURES, Measure};
use crate::results::{Missing, WORST_ATTACKS};
use crate::scenario::{DEEPEST, LONGEST_TEXT, MOST_VALUES, limits};
use crate::study::{MOST_POINTS, Paired};
use crate::trial::Kind;

/// The ends of intervals.
type Ends<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>);

/// The exact intervals of chances, by hits and trials.
#[pyfunction]
pub(super) fn clopper_pearson<'py>(
    py: Python<'py>,
    hits: PyReadonlyArray1<'_, f64>,
    trials: PyReadonlyArray1<'_, f64>,
    sure: f64,
) -> Ends<'py> {
    let each = hits.as_array().into_iter().zip(trials.as_array());
    let (low, high): (Vec<f64>, Vec<f64>) =
        each.map(|(hits, trials)| exact(*hits, *trials, sure)).unzip();
    (low.into_pyarray(py), high.into_pyarray(py))
}

/// Chances (columns) of what was seen in so many of the trials: share, standard error, low, high,
/// worth (rows).
#[pyfunction]
pub(super) fn chances_of_count<'py>(
    py: Python<'py>,
    hits: PyReadonlyArray1<'_, f64>,
    trials: f64,
    draws: Option<f64>,
) -> Bound<'py, PyArray2<f64>> {
    let hits = hits.as_array();
    chances(py, hits.iter().map(|hits| Chance::of_count(*hits, trials, draws)).collect())
}

/// The same of what was seen in so many of the trials (rows of `hits`: chances, columns: draws) of
/// each draw.
#[pyfunction]
pub(super) fn chances_of_draws<'py>(
    py: Python<'py>,
    hits: PyReadonlyArray2<'_, f64>,
    sizes: PyReadonlyArray1<'_, f64>,
) -> Bound<'py, PyArray2<f64>> {
    let sizes = sizes.as_array().to_vec();
    let rows = hits.as_array();
    chances(
        py,
        rows.rows().into_iter().map(|row| Chance::of_draws(&row.to_vec(), &sizes)).collect(),
    )
}

fn chances(py: Python<'_>, chances: Vec<Chance>) -> Bound<'_, PyArray2<f64>> {
    let part = |(part, k): (usize, usize)| {
        let Chance { share, standard_error, low, high, worth } = chances[k];
        [share, standard_error, low, high, worth][part]
    };
    Array2::from_shape_fn((5, chances.len()), part).into_pyarray(py)
}

/// The mean of the values that are there, its standard error and its interval.
#[pyfunction]
pub(super) fn estimate<'py>(
    py: Python<'py>,
    values: PyReadonlyArray1<'_, f64>,
    each: usize,
) -> PyResult<Bound<'py, PyDict>> {
    estimated(py, Estimate::of(&values.as_array().to_vec(), each))
}

/// The same of a difference of chances: -1, 0 or 1 in each trial.
#[pyfunction]
pub(super) fn estimate_of_chances<'py>(
    py: Python<'py>,
    apart: PyReadonlyArray1<'_, f64>,
    each: usize,
) -> PyResult<Bound<'py, PyDict>> {
    estimated(py, Estimate::of_chances(&apart.as_array().to_vec(), each))
}

fn estimated(py: Python<'_>, estimate: Estimate) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("mean", estimate.mean)?;
    dict.set_item("standard_error", estimate.standard_error)?;
    dict.set_item("low", estimate.low)?;
    dict.set_item("high", estimate.high)?;
    Ok(dict)
}

/// A measure in the same trials of a plan and of a baseline; without one, of the plan and itself.
#[pyfunction]
pub(super) fn paired<'py>(
    py: Python<'py>,
    measure: &str,
    plan: PyReadonlyArray1<'_, f64>,
    baseline: Option<PyReadonlyArray1<'_, f64>>,
    each: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let against = baseline.as_ref().map(|baseline| baseline.as_array());
    let found = Paired::new(measure, plan.as_array(), against, each);
    let dict = PyDict::new(py);
    dict.set_item("mean", found.mean)?;
    dict.set_item("difference", found.difference.mean)?;
    dict.set_item("standard_error", found.difference.standard_error)?;
    dict.set_item("low", found.difference.low)?;
    dict.set_item("high", found.difference.high)?;
    dict.set_item("lower", found.lower)?;
    dict.set_item("equal", found.equal)?;
    dict.set_item("higher", found.higher)?;
    dict.set_item("pairs", found.pairs)?;
    Ok(dict)
}

/// What a missing value means, by the name of the measure: `later`, `less` or `unknown`.
#[pyfunction]
pub(super) fn missing_values() -> BTreeMap<&'static str, &'static str> {
    MEASURES.iter().map(|of| (of.name, Missing::of(of.name).as_str())).collect()
}

/// The measures that are 1 where something was so, else 0.
#[pyfunction]
pub(super) fn chance_measures() -> Vec<&'static str> {
    Measure::chances()
}

/// The kinds of event in which people come to a site (1) or go from it (-1).
#[pyfunction]
pub(super) fn people_changes() -> BTreeMap<&'static str, i8> {
    let kinds = Kind::ALL.iter().map(|kind| (kind.as_str(), kind.change_of_people()));
    kinds.filter(|(_, change)| *change != 0).collect()
}

/// Measures of a trial, with those of its worst single attack.
#[pyfunction]
pub(super) fn worst_attacks() -> Vec<(&'static str, &'static str)> {
    WORST_ATTACKS.to_vec()
}

/// The limits of what is read and run, by name.
#[pyfunction]
pub(super) fn size_limits() -> BTreeMap<&'static str, u64> {
    BTreeMap::from([
        ("text_bytes", LONGEST_TEXT as u64),
        ("nesting", DEEPEST as u64),
        ("values", MOST_VALUES as u64),
        ("people", u64::from(limits::MOST_PEOPLE)),
        ("people_in_all", limits::MOST_PEOPLE_IN_ALL),
        ("attacks", u64::from(limits::MOST_ATTACKS)),
        ("events", u64::from(limits::MOST_EVENTS)),
        ("sweep_points", MOST_POINTS as u64),
    ])
}
