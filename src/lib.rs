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
//! A scenario is read from TOML or JSON, or built from Rust values, here the shortest of all:
//!
//! ```
//! use drawdown::Scenario;
//! use drawdown::scenario::{Move, Phase, Plan, Site, Threat, World};
//!
//! let world = World::new()
//!     .site("base", Site::new().garrison("us", 600))
//!     .threat("militia", Threat::new(0.1));
//! let leave = Phase::new("2025-03-01".parse()?, "2025-09-30".parse()?)
//!     .moves("everybody", Move::new("base", "us"));
//! let scenario = Scenario::new("2025-01-01".parse()?, world).plan(Plan::new().phase("leave", leave));
//! assert_eq!(scenario, Scenario::example("minimal")?);
//! # Ok::<(), drawdown::Error>(())
//! ```
//!
//! What takes several runs, such as comparing plans, is in [`study`].
//!
//! # Features
//! `rayon` (on by default) runs batches on all cores; without it they run on one, as in WebAssembly.
//! `arrow` gives event logs as tables of Arrow. `python` is for the Python package alone.
//!
//! # Panics
//! No call panics on any value that it is given, NaN and infinities, empty texts and enormous numbers
//! among them; it is answered, or refused by an [`Error`]. What is left is a function of a program
//! that panics itself: [`Model::trial`] and reading events pass that on, a batch does not.
//!
//! The modules, read from top to bottom, are the way the data goes. Each uses only what stands
//! above it.

// docs.rs says of each item which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    test,
    allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")
)]

#[macro_use]
mod built;
#[macro_use]
mod named;

mod near;

mod nested;

pub mod error;
mod languages;
mod memory;
mod pace;
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
mod sums;

mod batch;

mod shards;

pub mod filter;

pub mod study;

pub mod explore;

pub mod fit;

#[cfg(feature = "python")]
mod python;

#[cfg(feature = "arrow")]
#[doc(no_inline)]
pub use ::{arrow_array, arrow_schema};
#[doc(no_inline)]
pub use ::{ndarray, serde_json, toml};

pub use batch::{Batch, Running};
pub use episode::{Episode, Outside};
pub use error::{Code, Error, Problem, Result};
pub use languages::Language;
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
pub use shards::Shards;
pub use stop::Stop;
pub use trial::{Event, Kind};
pub use validate::Checked;
