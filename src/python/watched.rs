//! Work with the interpreter released, while the thread that called looks out for Ctrl-C.

use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::stop::Stop;

/// How often the caller looks whether there is a signal.
const LOOK: Duration = Duration::from_millis(50);

/// Why a lock is never found broken.
const ALONE: &str = "no other thread takes it";

/// What `work` comes to, on a thread of its own; and the exception of a signal that came meanwhile:
/// then `work` is given up, if it has not ended by itself within a time of `grace`.
pub(super) fn watched<T: Send>(
    py: Python<'_>,
    stop: &Stop,
    grace: Duration,
    work: impl FnOnce() -> T + Send,
) -> (PyResult<T>, Option<PyErr>) {
    thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        let told = Mutex::new(told);
        let worker = thread::Builder::new().spawn_scoped(scope, move || tell.send(work()));
        if let Err(fault) = worker {
            return (Err(PyRuntimeError::new_err(format!("no thread: {fault}"))), None);
        }
        let mut signal: Option<(PyErr, Instant)> = None;
        loop {
            let result = py.detach(|| told.lock().expect(ALONE).recv_timeout(LOOK));
            match (result, &signal) {
                (Ok(result), _) => return (Ok(result), signal.map(|(signal, _)| signal)),
                (Err(RecvTimeoutError::Timeout), None) => {
                    signal = py.check_signals().err().map(|signal| (signal, Instant::now()));
                }
                (Err(RecvTimeoutError::Timeout), Some(_)) => {}
                (Err(RecvTimeoutError::Disconnected), _) => {
                    let fault = PyRuntimeError::new_err("the work broke off");
                    return (Err(fault), signal.map(|(signal, _)| signal));
                }
            }
            if signal.as_ref().is_some_and(|(_, since)| since.elapsed() >= grace) {
                stop.set();
            }
        }
    })
}

/// The same, where nothing of what was given up is of use.
pub(super) fn whole<T: Send>(
    py: Python<'_>,
    stop: &Stop,
    work: impl FnOnce() -> T + Send,
) -> PyResult<T> {
    match watched(py, stop, Duration::ZERO, work) {
        (_, Some(signal)) => Err(signal),
        (result, None) => result,
    }
}
