//! Filtering and weighing for Python.

use std::time::Duration;

use numpy::IntoPyArray;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::errors::{Interrupted, raise};
use super::observed::{Written, count, reported};
use super::run::Run;
use super::scenario::Scenario;
use super::watched::{watched, whole};
use crate::error::Result;
use crate::filter::{Collapse, Day, Filter, Filtering, Observation, Of, People, Step};
use crate::stop::Stop;

/// How long the core runs between looks at signals and calls of the progress callback.
const WAIT: Duration = Duration::from_millis(100);

/// Days, site, contingent, kind of report, number, sigma.
type PeopleRow = (f64, Option<String>, Option<String>, String, f64, f64);

/// What it is the day of, its id, from and to in days, whether it happened then.
type DayRow = (String, String, f64, f64, bool);

/// What was observed: counts, people and days, which are numbered in that order.
#[derive(FromPyObject)]
pub(super) struct Observed(Vec<Written>, Vec<PeopleRow>, Vec<DayRow>);

impl Observed {
    fn observations(self) -> PyResult<Vec<Observation>> {
        let Observed(counts, people, days) = self;
        let counts = counts.into_iter().map(|row| count(row).map(Observation::Count));
        let people = people.into_iter().map(|row| {
            let (days, site, contingent, kind, number, sigma) = row;
            let reported = reported(&kind, number, sigma)?;
            Ok(Observation::People(People { days, site, contingent, reported }))
        });
        let days = days.into_iter().map(|(of, id, from_days, to_days, happened)| {
            let of = of_what(&of)?;
            Ok(Observation::Day(Day { of, id, from_days, to_days, happened }))
        });
        counts.chain(people).chain(days).collect()
    }
}

fn of_what(of: &str) -> PyResult<Of> {
    match of {
        "phase" => Ok(Of::Phase),
        "site" => Ok(Of::Site),
        "gate" => Ok(Of::Gate),
        "event" => Ok(Of::Event),
        other => Err(PyValueError::new_err(format!("no {other:?} has a day"))),
    }
}

/// Filters, with the interpreter released. `progress` is called with the share that is done.
#[pyfunction]
#[pyo3(signature = (scenario, observed, particles, seed, threads = 0, apart = false, progress = None))]
#[expect(clippy::too_many_arguments, reason = "keywords in Python")]
pub(super) fn filter<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    particles: u64,
    seed: u64,
    threads: usize,
    apart: bool,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let observations = observed.observations()?;
    let mut filter = Filter::new(particles, seed).threads(threads);
    if apart {
        filter = filter.apart();
    }
    let begun = scenario.model.begin_filter(&filter, &observations);
    let mut filtering = begun.map_err(|error| raise(py, error))?;
    let stop = filtering.stop();
    loop {
        let (more, signal) = watched(py, &stop, Duration::ZERO, || filtering.advance(WAIT));
        let more = more?.map_err(|error| raise(py, error))?;
        let signals = signal.map_or_else(|| py.check_signals(), Err);
        let called = signals.and_then(|()| match progress {
            Some(progress) => progress.call1((filtering.share_done(),)).map(|_| ()),
            None => Ok(()),
        });
        if let Err(fault) = called {
            return Err(interrupted(py, fault, &filtering));
        }
        if !more {
            break;
        }
    }
    let found = filtering.finish();
    let dict = found_dict(py, &found.steps, found.log_likelihood, found.collapse.as_ref())?;
    dict.set_item("ancestors", found.ancestors.into_pyarray(py))?;
    dict.set_item("standing", found.standing.into_pyarray(py))?;
    dict.set_item("run", Run(found.run))?;
    Ok(dict)
}

/// The exception that stopped a filter, with what had been weighed by then as its `partial`.
fn interrupted(py: Python<'_>, stop: PyErr, filtering: &Filtering<'_>) -> PyErr {
    let (steps, log_likelihood) = filtering.so_far();
    let what = format!("stopped after {} observations", steps.len());
    let exception = match stop.is_instance_of::<PyKeyboardInterrupt>(py) {
        true => Interrupted::new_err(what),
        false => stop,
    };
    let partial = found_dict(py, steps, log_likelihood, None);
    match partial.and_then(|partial| exception.value(py).setattr("partial", partial)) {
        Ok(()) => exception,
        Err(fault) => fault,
    }
}

/// Weighs the trials of a scenario under a seed, with the interpreter released.
#[pyfunction]
#[pyo3(signature = (scenario, observed, trials, seed, threads = 0))]
pub(super) fn weigh<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    trials: u64,
    seed: u64,
    threads: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let observations = observed.observations()?;
    let filter = Filter::new(trials, seed).threads(threads);
    let stop = Stop::default();
    let found: Result<_> =
        whole(py, &stop, || scenario.model.weigh(&filter, &observations, &stop))?;
    let found = found.map_err(|error| raise(py, error))?;
    let found = found.ok_or_else(|| PyValueError::new_err("it was given up"))?;
    let dict = found_dict(py, &found.steps, found.log_likelihood, found.collapse.as_ref())?;
    dict.set_item("weights", found.weights.into_pyarray(py))?;
    Ok(dict)
}

fn found_dict<'py>(
    py: Python<'py>,
    steps: &[Step],
    log_likelihood: f64,
    collapse: Option<&Collapse>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    let rows = steps.iter().map(|step| {
        let row = PyDict::new(py);
        let [p10, p50, p90] = step.simulated;
        row.set_item("observation", step.observation)?;
        row.set_item("p10", p10)?;
        row.set_item("p50", p50)?;
        row.set_item("p90", p90)?;
        row.set_item("log_likelihood", step.log_likelihood)?;
        row.set_item("effective", step.effective)?;
        row.set_item("distinct", step.distinct)?;
        Ok(row)
    });
    dict.set_item("steps", PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)?)?;
    dict.set_item("log_likelihood", log_likelihood)?;
    let collapse = collapse.map(|at| (at.observation, at.low, at.high));
    dict.set_item("collapse", collapse)?;
    Ok(dict)
}
