//! The ranges of a scenario, given what was observed.
//!
//! [`Likelihood`] says how likely counts of attacks are under values of the ranges, and [`Fitting`]
//! samples the values with the scenario's ranges for a prior.

mod chains;
mod circle;
mod clusters;
mod counts;
mod diagnostics;
mod evidence;
mod lanes;
mod states;

pub use chains::{Fitted, Fitting, Settings};
pub use counts::excess;
pub use diagnostics::Diagnostics;
pub use evidence::{Evidence, Likelihood, Likely};
pub use states::First;
