//! The Python module `drawdown._core`: convert in, release the interpreter, one call, convert out.

mod errors;
mod events;
mod histories;
mod run;
mod scenario;
mod tree;
mod watched;

use pyo3::prelude::*;

use crate::scenario::LONGEST_TEXT;

/// Compiled core of the `drawdown` package.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::errors::{Interrupted, ScenarioError};
    #[pymodule_export]
    use super::events::{EventBatches, EventLog};
    #[pymodule_export]
    use super::run::{Run, event_kinds, measures, simulate};
    #[pymodule_export]
    use super::scenario::{Scenario, decode, example_toml, examples, schema};

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("LONGEST_TEXT", LONGEST_TEXT)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
