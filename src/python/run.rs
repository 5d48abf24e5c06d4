//! Running a batch for Python, and its results.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, ToPyArray};
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};

use super::errors::{Interrupted, raise};
use super::events::EventLog;
use super::histories;
use super::scenario::Scenario;
use super::watched::{watched, whole};
use crate::batch::{Batch, Running};
use crate::error::Error;
use crate::measure::{By, MEASURES};
use crate::results::{self, Keep, Losses, Series};
use crate::stop::Stop;
use crate::trial::Kind;

/// How long the core runs between looks at signals and calls of the progress callback.
const WAIT: Duration = Duration::from_millis(100);

/// How long a batch may go on after Ctrl-C before it is given up in the middle of trials: longer than
/// a call with [`WAIT`] takes, so that trials which are short are all finished.
const GRACE: Duration = Duration::from_millis(300);

/// The mean by week, and quantiles (rows) by week (columns).
type MeanAndQuantiles<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray2<f64>>);

/// Results of a batch.
#[pyclass(frozen, module = "drawdown._core")]
pub(super) struct Run(pub(super) results::Run);

/// Runs a batch on `threads` threads (0: all cores), with the interpreter released. Goes on behind
/// `parts` (an iterable of bytes), and hands what was run to `save` (trials done, bytes), not more
/// often than every so many seconds and never for more than a twentieth of the time.
#[pyfunction]
#[pyo3(signature = (scenario, trials, seed, threads = 0, progress = None, keep = "trials",
                    parts = None, save = None, every = 10.0,
                    seconds_per_trial = f64::INFINITY, first = 0))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments of a Python function")]
pub(super) fn simulate(
    py: Python<'_>,
    scenario: &Scenario,
    trials: u64,
    seed: u64,
    threads: usize,
    progress: Option<&Bound<'_, PyAny>>,
    keep: &str,
    parts: Option<&Bound<'_, PyAny>>,
    save: Option<&Bound<'_, PyAny>>,
    every: f64,
    seconds_per_trial: f64,
    first: u64,
) -> PyResult<Run> {
    let trials = first..first.saturating_add(trials);
    let batch = Batch::range(trials, seed).threads(threads).keep(kept(keep)?);
    let batch = batch.seconds_per_trial(seconds_per_trial);
    let mut running = scenario.model.begin(&batch).map_err(|error| raise(py, error))?;
    for part in parts.map(|parts| parts.try_iter()).transpose()?.into_iter().flatten() {
        let part = part?;
        let bytes = part.cast::<PyBytes>()?.as_bytes();
        py.detach(|| running.take_up(bytes)).map_err(|error| raise(py, error))?;
    }
    let mut saver = Saver::new(save, every);
    let stop = running.stop();
    let stop = loop {
        let (more, signal) = watched(py, &stop, GRACE, || running.advance(WAIT));
        let more = match more? {
            Err(error @ Error::Policy { .. }) => {
                return Err(interrupted(py, raise(py, error), running.finish()));
            }
            more => more.map_err(|error| raise(py, error))?,
        };
        let signals = signal.map_or_else(|| py.check_signals(), Err);
        let called = signals.and_then(|()| match progress {
            Some(progress) => progress.call1((running.done(),)).map(|_| ()),
            None => Ok(()),
        });
        match called.and_then(|()| saver.perhaps(py, &mut running, more)) {
            Err(stop) => break stop,
            Ok(()) if !more => return Ok(Run(running.finish())),
            Ok(()) => {}
        }
    };
    let stop = match saver.save(py, &mut running) {
        Ok(()) => stop,
        Err(fault) => {
            fault.set_cause(py, Some(stop));
            fault
        }
    };
    Err(interrupted(py, stop, running.finish()))
}

/// Hands parts to a function of Python, now and then.
struct Saver<'a, 'py> {
    /// None once it has failed.
    save: Option<&'a Bound<'py, PyAny>>,
    every: f64,
    begun: Instant,
    last: Instant,
    /// Parts saved so far.
    parts: u64,
}

impl<'a, 'py> Saver<'a, 'py> {
    fn new(save: Option<&'a Bound<'py, PyAny>>, every: f64) -> Self {
        let now = Instant::now();
        Saver { save, every, begun: now, last: now, parts: 0 }
    }

    /// Saves if it is time to; at the end, if a short run it was not.
    fn perhaps(&mut self, py: Python<'py>, running: &mut Running<'_>, more: bool) -> PyResult<()> {
        let due = self.every.max(self.begun.elapsed().as_secs_f64() / 20.0);
        if self.last.elapsed().as_secs_f64() >= due || !more && self.parts > 0 {
            return self.save(py, running);
        }
        Ok(())
    }

    fn save(&mut self, py: Python<'py>, running: &mut Running<'_>) -> PyResult<()> {
        let Some(save) = self.save.take() else { return Ok(()) };
        if running.in_parts() < running.done() {
            let part = py.detach(|| running.part()).map_err(|error| raise(py, error))?;
            save.call1((running.done(), PyBytes::new(py, &part)))?;
            self.parts += 1;
        }
        self.last = Instant::now();
        self.save = Some(save);
        Ok(())
    }
}

/// The exception that stopped a run, with what had been finished by then as its `partial`.
fn interrupted(py: Python<'_>, stop: PyErr, run: results::Run) -> PyErr {
    let what = format!("stopped after {} trials", run.trials());
    let exception = match stop.is_instance_of::<PyKeyboardInterrupt>(py) {
        true => Interrupted::new_err(what),
        false => stop,
    };
    match exception.value(py).setattr("partial", Run(run)) {
        Ok(()) => exception,
        Err(fault) => fault,
    }
}

/// Every kind of event: (name, what it says).
#[pyfunction]
pub(super) fn event_kinds() -> Vec<(&'static str, &'static str)> {
    Kind::ALL.iter().map(|kind| (kind.as_str(), kind.what())).collect()
}

/// Every weekly series of the whole theatre: (name, name of its column, unit, what it is).
#[pyfunction]
pub(super) fn weekly_series() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    Series::ALL.iter().map(|of| (of.as_str(), of.column(), of.unit(), of.what())).collect()
}

/// Every measure: (name, by, unit, what it is).
#[pyfunction]
pub(super) fn measures() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    MEASURES.iter().map(|m| (m.name, m.by.as_str(), m.unit.as_str(), m.what)).collect()
}

/// What a scenario has to have for a measure of the whole theatre to be about anything in it: of
/// each group one dotted path.
#[pyfunction]
pub(super) fn measure_needs() -> BTreeMap<&'static str, Vec<&'static [&'static str]>> {
    let whole = MEASURES.iter().filter(|measure| measure.by == By::Total);
    whole.map(|measure| (measure.name, measure.needs.to_vec())).collect()
}

/// Whether statistics are those of a measure that is 0, or missing, in every trial.
#[pyfunction]
pub(super) fn is_idle(mean: f64, standard_error: f64, missing: u64, trials: u64) -> bool {
    results::is_idle(mean, standard_error, missing, trials)
}

#[pymethods]
impl Run {
    #[getter]
    fn trials(&self) -> u64 {
        self.0.trials()
    }

    #[getter]
    fn keep(&self) -> &'static str {
        self.0.keep().as_str()
    }

    fn origin<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let origin = self.0.origin();
        let dict = PyDict::new(py);
        dict.set_item("title", origin.title)?;
        dict.set_item("scenario_hash", origin.scenario_hash)?;
        dict.set_item("seed", origin.seed)?;
        dict.set_item("trials_asked", origin.trials_asked)?;
        dict.set_item("trials_run", origin.trials_run)?;
        dict.set_item("trials_capped", origin.trials_capped)?;
        dict.set_item("version", origin.version)?;
        if origin.first_trial > 0 {
            dict.set_item("first_trial", origin.first_trial)?;
        }
        if let Some(hash) = origin.inputs_hash {
            dict.set_item("inputs_hash", hash)?;
        }
        if let Some(hash) = origin.particles_hash {
            dict.set_item("particles_hash", hash)?;
        }
        if origin.reduced {
            dict.set_item("variance", "reduced")?;
        }
        if !origin.levels.is_empty() {
            dict.set_item("levels", origin.levels)?;
        }
        if !origin.embedded_rules.is_empty() {
            dict.set_item("policies", origin.embedded_rules)?;
        }
        Ok(dict)
    }

    fn ids(&self, by: &str) -> PyResult<Vec<String>> {
        Ok(self.0.ids(breakdown(by)?).to_vec())
    }

    fn values<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        by: &str,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let values = self.0.values(name, breakdown(by)?).map_err(|error| raise(py, error))?;
        Ok(values.to_pyarray(py))
    }

    /// Mean and standard error of a value of each trial, of a run with less variance.
    fn estimate(&self, py: Python<'_>, values: PyReadonlyArray1<'_, f64>) -> PyResult<(f64, f64)> {
        let values = values.as_array().to_vec();
        self.0.estimate(&values).map_err(|error| raise(py, error))
    }

    /// A value of each trial of a run with less variance, less what is known to be chance.
    fn without_chance<'py>(
        &self,
        py: Python<'py>,
        values: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = self.0.without_chance(&values.as_array().to_vec());
        Ok(found.map_err(|error| raise(py, error))?.into_pyarray(py))
    }

    /// Mean and standard error of what values of the trials of a run with less variance are more than
    /// those of another.
    fn estimate_difference(
        &self,
        py: Python<'_>,
        values: PyReadonlyArray1<'_, f64>,
        other: &Run,
        theirs: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<(f64, f64)> {
        let (values, theirs) = (values.as_array().to_vec(), theirs.as_array().to_vec());
        let found = self.0.estimate_difference(&values, &other.0, &theirs);
        found.map_err(|error| raise(py, error))
    }

    /// Of a level of casualties in one attack that a run with less variance was asked about: the chance
    /// of reaching it, its standard error, its 95 % interval, and what it is worth.
    fn chance_of(&self, py: Python<'_>, level: f64) -> PyResult<[f64; 5]> {
        let rows = self.0.exceedance("casualties", Losses::Occurrence, Some(&[level]));
        let chance = rows.map_err(|error| raise(py, error))?[0].chance;
        Ok([chance.share, chance.standard_error, chance.low, chance.high, chance.worth])
    }

    /// What trials with less variance wrote down beside their measures.
    fn besides<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        Ok(self.0.besides().map_err(|error| raise(py, error))?.to_pyarray(py))
    }

    /// Rows of place of the id, value (NaN: missing) and number of trials.
    fn distribution<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        by: &str,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let each = self.0.distribution(name, breakdown(by)?).map_err(|error| raise(py, error))?;
        let mut rows = Vec::new();
        for (k, of) in each.iter().enumerate() {
            let missing = Some((f64::NAN, of.missing)).filter(|_| of.missing > 0);
            let steps = of.steps.iter().copied().chain(missing);
            rows.extend(steps.map(|(value, trials)| [k as f64, value, trials as f64]));
        }
        Ok(ndarray::arr2(&rows).into_pyarray(py))
    }

    fn summary<'py>(&self, py: Python<'py>, by: &str) -> PyResult<Bound<'py, PyList>> {
        let rows = self.0.summary(breakdown(by)?);
        let rows = rows.into_iter().map(|row| {
            let dict = PyDict::new(py);
            dict.set_item("measure", row.measure)?;
            dict.set_item("id", row.id)?;
            dict.set_item("unit", row.unit.as_str())?;
            dict.set_item("mean", row.mean)?;
            dict.set_item("standard_error", row.standard_error)?;
            dict.set_item("p10", row.p10)?;
            dict.set_item("p50", row.p50)?;
            dict.set_item("p80", row.p80)?;
            dict.set_item("p90", row.p90)?;
            dict.set_item("missing", row.missing)?;
            Ok(dict)
        });
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }

    fn digest(&self, py: Python<'_>) -> PyResult<String> {
        self.0.digest().map_err(|error| raise(py, error))
    }

    fn dates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = self.0.dates().into_iter().map(|row| {
            let dict = PyDict::new(py);
            dict.set_item("of", row.of)?;
            dict.set_item("id", row.id)?;
            dict.set_item("announced_days", row.announced_days)?;
            dict.set_item("p10_days", row.p10_days)?;
            dict.set_item("p50_days", row.p50_days)?;
            dict.set_item("p80_days", row.p80_days)?;
            dict.set_item("p90_days", row.p90_days)?;
            dict.set_item("chance_met", row.chance_met)?;
            dict.set_item("chance_met_se", row.chance_met_se)?;
            dict.set_item("mean_slip_days", row.mean_slip_days)?;
            dict.set_item("unfinished", row.unfinished)?;
            dict.set_item("people_left", row.people_left)?;
            Ok(dict)
        });
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }

    /// The names of the weekly series that there are.
    fn series(&self) -> Vec<&'static str> {
        self.0.series().iter().map(Series::as_str).collect()
    }

    #[pyo3(signature = (series, site, shares))]
    fn bands<'py>(
        &self,
        py: Python<'py>,
        series: &str,
        site: Option<String>,
        shares: Vec<f64>,
    ) -> PyResult<MeanAndQuantiles<'py>> {
        let known = Series::ALL.iter().find(|known| known.as_str() == series).cloned();
        let series = match (known, site) {
            (Some(series), None) => series,
            (Some(Series::People), Some(site)) => Series::PeopleAt(site),
            _ => return Err(PyValueError::new_err(format!("no weekly series `{series}`"))),
        };
        let bands = self.0.bands(&series, &shares).map_err(|error| raise(py, error))?;
        Ok((bands.mean.into_pyarray(py), bands.quantiles.into_pyarray(py)))
    }

    fn input_paths(&self) -> Vec<&str> {
        self.0.input_paths()
    }

    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let stop = Stop::default();
        let inputs = whole(py, &stop, || self.0.inputs_until(&stop))?;
        let inputs = inputs.map_err(|error| raise(py, error))?;
        Ok(inputs.into_pyarray(py))
    }

    fn tension_shares<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.tension_shares().into_pyarray(py)
    }

    fn announced_people<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.model().announced_people().into_pyarray(py)
    }

    fn trial<'py>(&self, py: Python<'py>, index: u64) -> PyResult<Bound<'py, PyDict>> {
        self.0.check_run(index).map_err(|error| raise(py, error))?;
        let (model, seed) = (self.0.model(), self.0.origin().seed);
        let stop = Stop::default();
        let history = whole(py, &stop, || model.trial_until(seed, index, &stop))?;
        let history = history.map_err(|error| raise(py, error))?;
        histories::dict(py, self.0.model(), &history)
    }

    fn events(&self, py: Python<'_>, trials: Vec<u64>) -> PyResult<EventLog> {
        self.0.events(trials).map(EventLog).map_err(|error| raise(py, error))
    }

    /// Its one part: what was kept, without the scenario.
    #[pyo3(signature = (rows = true))]
    fn part<'py>(&self, py: Python<'py>, rows: bool) -> PyResult<Bound<'py, PyBytes>> {
        let run = &self.0;
        let part = py.detach(|| if rows { run.to_part() } else { run.part_without_rows() });
        Ok(PyBytes::new(py, &part.map_err(|error| raise(py, error))?))
    }

    /// The whole of it, with the scenario.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let run = &self.0;
        let bytes = py.detach(|| run.to_bytes()).map_err(|error| raise(py, error))?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, content: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let content = content.as_bytes();
        let run = py.detach(|| results::Run::from_bytes(content));
        run.map(Run).map_err(|error| raise(py, error))
    }

    /// The scenario that was run, as it is written.
    fn scenario_toml(&self) -> String {
        self.0.model().scenario().to_toml_string()
    }
}

pub(super) fn kept(keep: &str) -> PyResult<Keep> {
    let all = [Keep::Trials, Keep::Summary];
    all.into_iter().find(|known| known.as_str() == keep).ok_or_else(|| {
        PyValueError::new_err(format!("`keep` is \"trials\" or \"summary\", not {keep:?}"))
    })
}

fn breakdown(by: &str) -> PyResult<By> {
    By::ALL.iter().copied().find(|known| known.as_str() == by).ok_or_else(|| {
        let known: Vec<&str> = By::ALL.iter().skip(1).map(|by| by.as_str()).collect();
        PyValueError::new_err(format!("no breakdown by `{by}`; there are {}", known.join(", ")))
    })
}
