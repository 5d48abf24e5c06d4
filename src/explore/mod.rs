//! What an explorer shows of a run beside a baseline: a verdict in a sentence, the curves of its
//! pictures, and the rows of its tables.
//!
//! The explorer of the Python package and the page that simulates in its reader's browser both show
//! this, so that a figure is worked out in one place.
//!
//! ```
//! use drawdown::explore::Answer;
//! use drawdown::{Batch, Scenario};
//!
//! let scenario = Scenario::example("iraq-2024")?;
//! let firm = scenario.replace([("plan.breathing_room.pause_days", Some(0.into()))])?;
//! let batch = Batch::new(200, 7);
//! let base = scenario.validate()?.compile().simulate(&batch)?;
//! let run = firm.validate()?.compile().simulate(&batch)?;
//!
//! let answer = Answer::new(&run, Some(&base), "the brief")?;
//! assert!(answer.verdict.starts_with("Done by 31 December 2026 in "));
//! # Ok::<(), drawdown::Error>(())
//! ```

mod curves;
mod tables;
mod verdict;
mod words;

use serde::Serialize;

pub use curves::{Band, Exceeded, Finish, People};
pub use tables::{DateTable, MeasureRow};
pub use verdict::{OnTime, cells_in, heads_in};

use crate::error::{Problem, Result};
use crate::languages::Language;
use crate::results::Run;

/// What there is to show of a run, ready to be drawn: shares from 0 to 1, dates as ISO texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// What it comes to, in a sentence.
    pub verdict: String,
    /// Histories of the run.
    pub trials: u64,
    /// How surely everything is done by the last announced date; `None` where nothing is to be done.
    pub on_time: Option<OnTime>,
    /// People on site by week: on all sites, then on each.
    pub people: People,
    /// The chance that everything is done by the end of each day on a weekly grid.
    pub finish: Option<Finish>,
    /// The chance of that many wounded and killed, or more; `None` where nobody attacks.
    pub exceedance: Option<Exceeded>,
    /// Finish dates of everything, phases, sites and contingents.
    pub dates: DateTable,
    /// What is expected of losses.
    pub losses: Vec<MeasureRow>,
    /// What is expected of what the plan decides on the way.
    pub decisions: Vec<MeasureRow>,
    /// What the author of the scenario has probably not meant.
    pub warnings: Vec<Problem>,
}

impl Answer {
    /// Gathers what there is to show of a run, beside as many histories of a baseline that is called
    /// `name`, under the same seed; without one where the run is the baseline itself.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if values of trials were not kept.
    pub fn new(run: &Run, base: Option<&Run>, name: &str) -> Result<Self> {
        Answer::new_in(run, base, name, Language::English)
    }

    /// The same in a language, which is that of the baseline's name. Titles, ids and the unit of costs
    /// stand as their author wrote them.
    ///
    /// ```
    /// use drawdown::explore::Answer;
    /// use drawdown::{Batch, Language, Scenario};
    ///
    /// let model = Scenario::example("minimal")?.validate()?.compile();
    /// let run = model.simulate(&Batch::new(200, 7))?;
    /// let answer = Answer::new_in(&run, None, "la référence", Language::French)?;
    /// assert!(answer.verdict.starts_with("Achevé au plus tard le "));
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Answer::new`].
    pub fn new_in(run: &Run, base: Option<&Run>, name: &str, language: Language) -> Result<Self> {
        let (until, speech) = (curves::until(run, base), language.speech());
        Ok(Answer {
            verdict: verdict::sentence(run, base, name, speech)?,
            trials: run.trials(),
            on_time: verdict::on_time(run, base)?,
            people: curves::people(run, base, until, speech)?,
            finish: curves::finish(run, base, until)?,
            exceedance: curves::exceedance(run, base)?,
            dates: tables::dates(run, base, speech),
            losses: tables::measures(run, base, tables::LOSSES, speech)?,
            decisions: tables::measures(run, base, tables::DECISIONS, speech)?,
            warnings: run.model().warnings_in(language),
        })
    }
}
