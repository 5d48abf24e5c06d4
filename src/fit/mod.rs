//! The ranges of a scenario, given what was observed.
//!
//! [`Likelihood`] says how likely [`Evidence`] is under values of the ranges: counts of attacks, logs
//! of them, what they did, how long phases took. [`Fitting`] samples the values with the scenario's
//! ranges for a prior.

mod apart;
mod chains;
mod circle;
mod clusters;
mod counts;
mod diagnostics;
mod events;
mod evidence;
mod harm;
mod kinds;
mod lanes;
mod learned;
mod states;

pub use chains::{Fitted, Fitting, Settings};
pub use clusters::excess;
pub use diagnostics::Diagnostics;
pub use events::{Execution, Log};
pub use evidence::{Cause, Evidence, Likelihood, Likely, Source};
pub use harm::Harmed;
pub use states::First;
