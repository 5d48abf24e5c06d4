//! Fitting ranges to observations, for Python.

use std::time::{Duration, Instant};

use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray2};
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::errors::{Interrupted, raise};
use super::laws;
use super::observed::{Written, count};
use super::scenario::Scenario;
use super::watched::{watched, whole};
use crate::fit::{
    Diagnostics, Evidence, Execution, First, Fitted, Fitting, Harmed, Likelihood, Log, Settings,
    Source, excess,
};
use crate::stop::Stop;

/// How long the core works between looks at signals and calls of the progress callback.
const WAIT: Duration = Duration::from_millis(100);

/// A log: threat, from and to in days, days of attacks, and states from days on.
type WrittenLog = (String, f64, f64, Vec<f64>, Vec<(f64, String)>);

/// What was observed: counts, whether the tension is stationary on the first day, logs of attacks,
/// what attacks did (threat, site, wounded, killed), how long phases took (phase, days, done), and who
/// counted too many or too few (name, law of the factor as JSON, places of counts).
#[derive(FromPyObject)]
pub(super) struct Observed(
    Vec<Written>,
    bool,
    Vec<WrittenLog>,
    Vec<(String, Option<String>, u32, u32)>,
    Vec<(String, f64, bool)>,
    Vec<(String, String, Vec<usize>)>,
);

fn evidence(observed: Observed) -> PyResult<Evidence> {
    let Observed(counts, stationary, logs, harm, executions, sources) = observed;
    let log = |(threat, from_days, to_days, days, states): WrittenLog| Log {
        threat,
        from_days,
        to_days,
        days,
        states,
    };
    let harmed = |(threat, site, wounded, killed)| Harmed { threat, site, wounded, killed };
    let execution = |(phase, days, done)| Execution { phase, days, done };
    let source = |(name, law, counts): (String, String, _)| -> PyResult<Source> {
        Ok(Source { name, factor: laws::read(&law)?, counts })
    };
    Ok(Evidence {
        counts: counts.into_iter().map(count).collect::<PyResult<_>>()?,
        first: if stationary { First::Stationary } else { First::Start },
        logs: logs.into_iter().map(log).collect(),
        harm: harm.into_iter().map(harmed).collect(),
        executions: executions.into_iter().map(execution).collect(),
        sources: sources.into_iter().map(source).collect::<PyResult<_>>()?,
    })
}

/// What a fit is asked for: chains, draws of the warm-up and after it, steps a draw, and the seed.
#[derive(Clone, Copy, FromPyObject)]
pub(super) struct Asked(usize, usize, usize, usize, u64);

fn begun<'a>(
    py: Python<'_>,
    scenario: &'a Scenario,
    evidence: &Evidence,
    asked: Asked,
    threads: usize,
) -> PyResult<Fitting<'a>> {
    let Asked(chains, warmup, draws, steps, seed) = asked;
    let settings = Settings { chains, warmup, draws, steps, seed, threads };
    let begun = whole(py, &Stop::default(), || Fitting::new(&scenario.model, evidence, settings))?;
    begun.map_err(|error| raise(py, error))
}

/// Samples the ranges of a scenario given what was observed. Interrupted, it leaves what it has in
/// `partial`. It goes on behind what was `saved`, and hands what it takes to go on to `save`, every so
/// many seconds and at the end.
#[pyfunction]
#[pyo3(signature = (scenario, observed, asked, threads = 0, progress = None, saved = None,
                    save = None, every = 10.0))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments of a Python function")]
pub(super) fn fit<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    asked: Asked,
    threads: usize,
    progress: Option<&Bound<'py, PyAny>>,
    saved: Option<&[u8]>,
    save: Option<&Bound<'py, PyAny>>,
    every: f64,
) -> PyResult<Bound<'py, PyDict>> {
    let evidence = evidence(observed)?;
    let mut fitting = begun(py, scenario, &evidence, asked, threads)?;
    if let Some(saved) = saved {
        fitting.take_up(saved).map_err(|error| raise(py, error))?;
    }
    let keep = |fitting: &Fitting<'_>| match save {
        Some(save) => save.call1((PyBytes::new(py, &fitting.save()),)).map(|_| ()),
        None => Ok(()),
    };
    let stop = fitting.stop();
    let mut last = Instant::now();
    loop {
        let (more, signal) = watched(py, &stop, Duration::ZERO, || fitting.advance(WAIT));
        let more = more?;
        let signals = signal.map_or_else(|| py.check_signals(), Err);
        let called = signals.and_then(|()| match progress {
            Some(progress) => progress.call1((fitting.done(),)).map(|_| ()),
            None => Ok(()),
        });
        let due = called.is_err() || !more || last.elapsed().as_secs_f64() >= every;
        let kept = if due { keep(&fitting) } else { Ok(()) };
        if due {
            last = Instant::now();
        }
        match called.and(kept) {
            Err(stop) => return Err(interrupted(py, stop, &evidence, fitting)),
            Ok(()) if !more => return found(py, &evidence, fitting.finish()),
            Ok(()) => {}
        }
    }
}

/// Carries on one chain of a fit for some seconds, from its beginning or from where it was `saved`:
/// what was saved of it then, and how many draws it has made.
#[pyfunction]
#[pyo3(signature = (scenario, observed, asked, chain, seconds, saved = None))]
pub(super) fn fit_chain<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    asked: Asked,
    chain: usize,
    seconds: f64,
    saved: Option<&[u8]>,
) -> PyResult<(Bound<'py, PyBytes>, usize)> {
    let evidence = evidence(observed)?;
    let mut fitting = begun(py, scenario, &evidence, asked, 1)?;
    if let Some(saved) = saved {
        fitting.take_up_chain(saved).map_err(|error| raise(py, error))?;
    }
    let (stop, wait) = (fitting.stop(), wait_of(seconds)?);
    whole(py, &stop, || fitting.advance_chain(chain, wait))?;
    Ok((PyBytes::new(py, &fitting.save_chain(chain)), fitting.made(chain)))
}

/// What chains that were carried on apart have found, and what it takes to go on with all of them.
#[pyfunction]
pub(super) fn fit_of<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    asked: Asked,
    saved: Vec<Vec<u8>>,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyBytes>)> {
    let evidence = evidence(observed)?;
    let mut fitting = begun(py, scenario, &evidence, asked, 1)?;
    for chain in saved {
        fitting.take_up_chain(&chain).map_err(|error| raise(py, error))?;
    }
    let content = PyBytes::new(py, &fitting.save());
    Ok((found(py, &evidence, fitting.finish())?, content))
}

/// What was saved of all chains of a fit together, chain by chain.
#[pyfunction]
pub(super) fn fit_parts<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    asked: Asked,
    saved: &[u8],
) -> PyResult<Vec<(Bound<'py, PyBytes>, usize)>> {
    let evidence = evidence(observed)?;
    let mut fitting = begun(py, scenario, &evidence, asked, 1)?;
    fitting.take_up(saved).map_err(|error| raise(py, error))?;
    let part = |k| (PyBytes::new(py, &fitting.save_chain(k)), fitting.made(k));
    Ok((0..asked.0).map(part).collect())
}

fn wait_of(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds).map_err(|fault| PyValueError::new_err(fault.to_string()))
}

fn interrupted(py: Python<'_>, stop: PyErr, evidence: &Evidence, fitting: Fitting<'_>) -> PyErr {
    let done = fitting.done();
    let partial = match found(py, evidence, fitting.finish()) {
        Ok(partial) => partial,
        Err(fault) => return fault,
    };
    let exception = match stop.is_instance_of::<PyKeyboardInterrupt>(py) {
        true => Interrupted::new_err(format!("stopped after {done} draws")),
        false => stop,
    };
    match exception.value(py).setattr("partial", partial) {
        Ok(()) => exception,
        Err(fault) => fault,
    }
}

fn found<'py>(
    py: Python<'py>,
    evidence: &Evidence,
    fitted: Fitted,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("paths", &fitted.paths)?;
    dict.set_item("draws", fitted.draws.into_pyarray(py))?;
    let (chains, length) =
        (fitted.log_likelihood.len(), fitted.log_likelihood.first().map_or(0, Vec::len));
    let logs: Vec<f64> = fitted.log_likelihood.concat();
    let logs = ndarray::Array2::from_shape_vec((chains, length), logs);
    let logs = logs.map_err(|fault| PyValueError::new_err(fault.to_string()))?;
    dict.set_item("log_likelihood", logs.into_pyarray(py))?;
    let each =
        |of: fn(&Diagnostics) -> f64| -> Vec<f64> { fitted.diagnostics.iter().map(of).collect() };
    dict.set_item("rhat", each(|d| d.rhat))?;
    dict.set_item("ess_bulk", each(|d| d.ess_bulk))?;
    dict.set_item("ess_tail", each(|d| d.ess_tail))?;
    dict.set_item("taken", fitted.taken)?;
    dict.set_item("data_hash", evidence.hash())?;
    Ok(dict)
}

/// The logarithm of the likelihood of what was observed under rows of values of all ranges; minus
/// infinity where it is impossible.
#[pyfunction]
pub(super) fn log_likelihood<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    values: PyReadonlyArray2<'_, f64>,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let evidence = evidence(observed)?;
    let values = values.as_array().to_owned();
    let stop = Stop::default();
    let logs = whole(py, &stop, || -> crate::Result<Vec<f64>> {
        let mut likelihood = Likelihood::new(&scenario.model, &evidence)?;
        let rows = values.rows().into_iter().take_while(|_| !stop.is_set());
        Ok(rows.map(|row| likelihood.of(&row.to_vec()).log()).collect())
    })?;
    Ok(logs.map_err(|error| raise(py, error))?.into_pyarray(py))
}

/// Counts as chance would have them in place of those observed, by row of values of all ranges and by
/// count. A row under which attacks would never end is -1.
#[pyfunction]
pub(super) fn replicate_counts<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    observed: Observed,
    values: PyReadonlyArray2<'_, f64>,
    seed: u64,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let evidence = evidence(observed)?;
    let width = evidence.counts.len();
    let values = values.as_array().to_owned();
    let stop = Stop::default();
    let made = whole(py, &stop, || -> crate::Result<ndarray::Array2<f64>> {
        let mut likelihood = Likelihood::new(&scenario.model, &evidence)?;
        let mut made = ndarray::Array2::from_elem((values.nrows(), width), -1.0);
        let rows = values.rows().into_iter().zip(made.rows_mut()).enumerate();
        for (index, (row, mut to)) in rows.take_while(|_| !stop.is_set()) {
            if let Some(counts) = likelihood.replicate(&row.to_vec(), seed, index as u64) {
                to.iter_mut().zip(counts).for_each(|(to, count)| *to = count as f64);
            }
        }
        Ok(made)
    })?;
    Ok(made.map_err(|error| raise(py, error))?.into_pyarray(py))
}

/// R-hat and the effective sample sizes of bulk and tails, of chains (rows).
#[pyfunction]
pub(super) fn mixing(chains: PyReadonlyArray2<'_, f64>) -> (f64, f64, f64) {
    let chains: Vec<Vec<f64>> =
        chains.as_array().rows().into_iter().map(|row| row.to_vec()).collect();
    let found = Diagnostics::of(&chains);
    (found.rhat, found.ess_bulk, found.ess_tail)
}

/// By which share booking children to their parent's stretch makes the variance of a count too large.
#[pyfunction]
pub(super) fn booking_excess(children: f64, decay_days: f64, days: f64) -> f64 {
    excess(children, decay_days, days)
}
