//! Simulates phased troop withdrawals with adjustable delays ("breathing room") and attack risk.
//!
//! A [`Scenario`] says what an analyst knows and plans; checking and compiling it gives a
//! [`Model`]; simulating that gives a [`Run`]:
//!
//! ```
//! use drawdown::{Batch, By, Scenario};
//!
//! let scenario = Scenario::example("iraq-2024")?;
//! let model = scenario.validate()?.compile();
//! let run = model.simulate(&Batch::new(200, 7))?;
//!
//! for row in run.dates() {
//!     println!("{} {}: met in {:.0} % of trials", row.of, row.id, 100.0 * row.chance_met);
//! }
//! assert_eq!(run.values("attacks", By::Site)?.dim(), (200, 4));
//! # Ok::<(), drawdown::Error>(())
//! ```
//!
//! What takes several runs, such as comparing plans, is in [`study`].
//!
//! The modules, read from top to bottom, are the way the data goes. Each uses only what stands
//! above it.

#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")
)]

pub mod error;
mod memory;
mod stop;
pub mod streams;
pub mod variates;

pub mod law;
mod process;

pub mod scenario;
mod validate;

mod measure;
mod model;

pub mod intervals;

pub mod observe;

mod wide;

mod tally;
mod weekly;

mod trial;

mod results;

mod part;

mod threads;

mod episode;

mod batch;

pub mod filter;

pub mod study;

pub mod fit;

#[cfg(feature = "python")]
mod python;

pub use batch::{Batch, Running};
pub use episode::{Episode, Outside};
pub use error::{Code, Error, Problem, Result};
pub use measure::{By, DAY_QUANTUM, MEASURES, Measure, Unit};
pub use model::{
    Asked, Counted, Decision, Model, NoAnswer, Policy, Recent, Section, Situation, Terms, Topic,
};
pub use results::{
    Bands, DateRow, Distribution, Exceedance, History, Keep, Losses, Missing, Origin, Presence,
    Run, Series, SummaryRow,
};
#[cfg(feature = "arrow")]
pub use results::{EventLog, EventReader};
pub use scenario::Scenario;
pub use stop::Stop;
pub use trial::{Event, Kind};
pub use validate::Checked;
