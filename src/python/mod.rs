//! The Python module `drawdown._core`: convert in, release the interpreter, one call, convert out.

mod episode;
mod errors;
mod events;
mod explore;
mod filter;
mod fitting;
mod histories;
mod laws;
mod observed;
mod policy;
mod run;
mod scenario;
mod shards;
mod study;
mod tree;
mod watched;

use pyo3::prelude::*;

use crate::intervals::NORMAL_95;
use crate::results::REPLICATES_95;
use crate::results::{NO_POLICY, NO_REPLAY};
use crate::scenario::LONGEST_TEXT;

/// Compiled core of the `drawdown` package.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::episode::Episode;
    #[pymodule_export]
    use super::errors::{Interrupted, PolicyError, ScenarioError};
    #[pymodule_export]
    use super::events::{EventBatches, EventLog};
    #[pymodule_export]
    use super::explore::{answer, cells, heads};
    #[pymodule_export]
    use super::filter::{filter, weigh};
    #[pymodule_export]
    use super::fitting::{
        booking_excess, fit, fit_chain, fit_of, fit_parts, log_likelihood, mixing, replicate_counts,
    };
    #[pymodule_export]
    use super::laws::{law_at, law_quantiles, law_times, laws};
    #[pymodule_export]
    use super::run::{Run, event_kinds, is_idle, measure_needs, measures, simulate, weekly_series};
    #[pymodule_export]
    use super::scenario::{
        Scenario, codes, decode, example_toml, examples, join_path, schema, schema_with_sources,
        split_path,
    };
    #[pymodule_export]
    use super::shards::{Shards, merge, run_of, trials_of_part};
    #[pymodule_export]
    use super::study::{
        chance_measures, chances_of_count, chances_of_draws, clopper_pearson, estimate,
        estimate_of_chances, missing_values, paired, people_changes, size_limits, worst_attacks,
    };

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("LONGEST_TEXT", LONGEST_TEXT)?;
        module.add("NORMAL_95", NORMAL_95)?;
        module.add("REPLICATES_95", REPLICATES_95)?;
        module.add("NO_POLICY", NO_POLICY)?;
        module.add("NO_REPLAY", NO_REPLAY)?;
        module.add("BUILD", env!("DRAWDOWN_BUILD"))?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
