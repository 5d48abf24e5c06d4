//! Studies of many runs: tables of inputs, plans compared under common random numbers, and sweeps.
//!
//! Which of two plans has fewer casualties, in the same histories:
//!
//! ```
//! use drawdown::study::compare;
//! use drawdown::{Batch, By, Scenario};
//!
//! let plan = Scenario::example("iraq-2024")?;
//! let firm = plan.replace([("plan.breathing_room.pause_days", Some(0.into()))])?;
//! let models = [("firm", firm), ("120 days", plan)]
//!     .map(|(name, plan)| plan.validate().map(|plan| (name, plan.compile())));
//! let plans = models.into_iter().collect::<drawdown::Result<Vec<_>>>()?;
//! let found = compare(plans, &Batch::new(200, 7))?;
//!
//! for row in found.table(By::Total)? {
//!     if row.measure == "casualties" && row.plan != "firm" {
//!         let more = &row.difference;
//!         println!("{}: {:+.2} ({:.2} to {:.2})", row.plan, more.mean, more.low, more.high);
//!         assert!(row.pairs == 200 && more.low <= more.mean && more.mean <= more.high);
//!     }
//! }
//! # Ok::<(), drawdown::Error>(())
//! ```

mod compare;
mod inputs;
mod sweep;

pub use compare::{Comparison, Contrast, Paired, compare};
pub use inputs::{Design, InputSample};
pub use sweep::{MOST_POINTS, Point, Sweep, sweep};
