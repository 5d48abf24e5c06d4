//! Errors of the core as Python exceptions; the only place where they are mapped.

use pyo3::create_exception;
use pyo3::exceptions::{PyKeyboardInterrupt, PyMemoryError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::error::Error;

create_exception!(
    drawdown,
    ScenarioError,
    PyValueError,
    "A scenario was refused. `problems` lists every (path, code, what, remedy)."
);

create_exception!(
    drawdown,
    Interrupted,
    PyKeyboardInterrupt,
    "A run was stopped. `partial` holds the results of the trials that were finished."
);

create_exception!(
    drawdown,
    PolicyError,
    PyRuntimeError,
    "A policy broke off. `policy`, `trial`, `seed` and `days` say where."
);

/// The exception for an error of the core.
pub(super) fn raise(py: Python<'_>, error: Error) -> PyErr {
    let what = in_python(&error.to_string());
    match error {
        Error::Usage(_) | Error::Unknown { .. } | Error::NotKept => PyValueError::new_err(what),
        Error::Memory(_) => PyMemoryError::new_err(what),
        Error::Fault(_) => PyRuntimeError::new_err(what),
        Error::Policy { ref policy, trial, seed, days, .. } => {
            let exception = PolicyError::new_err(what);
            let value = exception.value(py);
            let told = value.setattr("policy", policy);
            let told = told.and_then(|()| value.setattr("trial", trial));
            let told = told.and_then(|()| value.setattr("seed", seed));
            match told.and_then(|()| value.setattr("days", days)) {
                Ok(()) => exception,
                Err(fault) => fault,
            }
        }
        Error::Refused(_) => {
            let exception = ScenarioError::new_err(what);
            let problems: Vec<(&str, &str, &str, &str)> = error
                .problems()
                .iter()
                .map(|p| (p.path.as_str(), p.code.as_str(), p.what.as_str(), p.remedy.as_str()))
                .collect();
            match exception.value(py).setattr("problems", problems) {
                Ok(()) => exception,
                Err(fault) => fault,
            }
        }
    }
}

/// What the core calls things, and what they are called in Python.
const WORDS: [(&str, &str); 2] =
    [("`Keep::Summary`", "keep=\"summary\""), ("`Keep::Trials`", "keep=\"trials\"")];

fn in_python(message: &str) -> String {
    WORDS.iter().fold(message.to_owned(), |text, (rust, python)| text.replace(rust, python))
}
