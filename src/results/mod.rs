//! What a batch has found: values of every trial or a summary of them, weekly bands, and where
//! they came from.

mod bands;
mod column;
mod dates;
mod digest;
mod distribution;
#[cfg(feature = "arrow")]
mod events;
mod exceedance;
mod history;
mod inputs;
mod kept;
mod missing;
mod presence;
mod reduced;
mod summary;

use std::ops::Range;
use std::sync::Arc;

use ndarray::ArrayView2;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use bands::{Bands, Series};
pub use dates::DateRow;
pub use distribution::Distribution;
#[cfg(feature = "arrow")]
pub use events::{EventLog, EventReader};
#[cfg(feature = "python")]
pub(crate) use exceedance::WORST_ATTACKS;
pub use exceedance::{Exceedance, Losses};
pub use history::History;
pub use kept::Keep;
pub(crate) use kept::Kept;
pub use missing::Missing;
pub(crate) use missing::is_chance;
pub use presence::Presence;
#[cfg(feature = "python")]
pub(crate) use reduced::REPLICATES_95;
pub use summary::SummaryRow;
#[cfg(feature = "python")]
pub(crate) use summary::is_idle;

use crate::error::{Error, Result};
use crate::measure::{By, M, MEASURES};
use crate::model::Model;
use crate::stop::Stop;
use crate::tally::Tally;
use crate::trial::{Trial, Weekly};

/// Why a particle of a filter cannot be simulated once more.
pub(crate) const NO_REPLAY: &str = "the trials of this run are particles of a filter, which have changed places on the way: the \
     seed alone does not give them again, so there are no single histories or events of them; \
     measures, dates and weekly bands are there";

/// Why a trial that a policy took part in cannot be simulated once more without it.
#[cfg(feature = "python")]
pub(crate) const NO_POLICY: &str = "the trials of this run were decided by a policy of the program that made it, which no file \
     can hold: there are no single histories or events of them; measures, dates and weekly bands \
     are there. Simulate it again with the policy";

/// The results of a batch.
#[derive(Clone, Debug)]
#[must_use]
pub struct Run {
    model: Model,
    seed: u64,
    /// The number of its first trial.
    first: u64,
    asked: u64,
    pub(crate) kept: Kept,
    pub(crate) weekly: Weekly,
    /// Of particles of a filter: the trials that they began as.
    ancestors: Option<Arc<[u64]>>,
}

/// Where a result came from: enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origin {
    /// Title of the scenario.
    pub title: String,
    /// SHA-256 of the scenario.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// The number of the first trial: 0, unless it is a shard of a larger batch.
    pub first_trial: u64,
    /// Trials asked for.
    pub trials_asked: u64,
    /// Trials run: fewer if the batch was stopped.
    pub trials_run: u64,
    /// Trials that were stopped because they reached the limit of attacks.
    pub trials_capped: u64,
    /// SHA-256 of the inputs that were given for the ranges, where they were not drawn.
    pub inputs_hash: Option<String>,
    /// Of particles of a filter: SHA-256 of the trials that they began as.
    pub particles_hash: Option<String>,
    /// Rules that the program which ran it had brought along as functions.
    pub embedded_rules: Vec<String>,
    /// Whether means have less variance: see [`Model::reduced`].
    pub reduced: bool,
    /// Of such a run, the levels of casualties that it asks about.
    pub levels: Vec<u32>,
    /// The version of this library.
    pub version: &'static str,
}

impl Run {
    /// Of `asked` trials from number `first` on, as many as were kept.
    pub(crate) fn new(
        model: &Model,
        seed: u64,
        first: u64,
        asked: u64,
        kept: Kept,
        weekly: Weekly,
    ) -> Self {
        Run { model: model.clone(), seed, first, asked, kept, weekly, ancestors: None }
    }

    /// The same of particles of a filter, by the trials that they began as.
    pub(crate) fn filtered(self, ancestors: Arc<[u64]>) -> Self {
        Run { ancestors: Some(ancestors), ..self }
    }

    /// The model that was run.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Trials run.
    pub fn trials(&self) -> u64 {
        self.kept.trials()
    }

    /// The numbers of the trials run: from 0, unless it is a shard of a larger batch.
    pub fn range(&self) -> Range<u64> {
        self.first..self.first + self.trials()
    }

    /// Trials asked for: more than were run, if it was stopped.
    pub(crate) fn asked(&self) -> u64 {
        self.asked
    }

    /// What was kept besides rows, to be taken over.
    pub(crate) fn sums(&mut self) -> (&mut Weekly, &mut [Tally]) {
        let tallies = match &mut self.kept {
            Kept::Trials(_) => &mut [][..],
            Kept::Summary(tallies) => tallies,
        };
        (&mut self.weekly, tallies)
    }

    /// Whether its trials are particles of a filter.
    pub(crate) fn is_filtered(&self) -> bool {
        self.ancestors.is_some()
    }

    /// The seed that they were run under.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What was kept of them.
    pub fn keep(&self) -> Keep {
        self.kept.keep()
    }

    /// Where the results came from.
    pub fn origin(&self) -> Origin {
        let capped = self.kept.column(self.model.layout.at(M::Capped));
        Origin {
            title: self.model.scenario().title.clone(),
            scenario_hash: self.model.scenario().hash(),
            seed: self.seed,
            first_trial: self.first,
            trials_asked: self.asked,
            trials_run: self.trials(),
            inputs_hash: self.model.inputs_hash(),
            particles_hash: self.ancestors.as_deref().map(hash),
            embedded_rules: self.model.embedded_rules().to_vec(),
            reduced: self.model.is_reduced(),
            levels: self.model.levels().to_vec(),
            trials_capped: capped.trials() - capped.below(1.0),
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// The values of a measure: trials are rows, ids of the breakdown columns (one column for
    /// [`By::Total`]). Days are counted from the start; NaN means not reached.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no such measure, [`Error::NotKept`] if only a summary was kept.
    pub fn values(&self, name: &str, by: By) -> Result<ArrayView2<'_, f64>> {
        self.kept.rows(self.columns(name, by)?)
    }

    /// Where a measure stands in a row.
    fn columns(&self, name: &str, by: By) -> Result<Range<usize>> {
        let found = MEASURES.iter().position(|measure| measure.name == name && measure.by == by);
        let k = found.ok_or_else(|| {
            let there = MEASURES.iter().filter(|m| m.by == By::Total || !self.ids(m.by).is_empty());
            let known: Vec<String> = there.map(|m| label(m.name, m.by)).collect();
            Error::unknown("measure", &label(name, by), &known)
        })?;
        Ok(self.model.layout.columns(k))
    }

    /// The ids of a breakdown, in the order of the columns of [`Run::values`].
    pub fn ids(&self, by: By) -> &[String] {
        self.model.names.of_breakdown(by)
    }

    /// Trial `index` once more, with everything that happened in it.
    ///
    /// # Errors
    /// [`Error::Usage`] if that trial was not run; as [`Model::trial`].
    pub fn trial(&self, index: u64) -> Result<History> {
        self.check_run(index)?;
        self.model.trial(self.seed, index)
    }

    pub(crate) fn check_run(&self, index: u64) -> Result<()> {
        if self.ancestors.is_some() {
            return Err(Error::Usage(NO_REPLAY.into()));
        }
        let there = self.range();
        if there.contains(&index) {
            return Ok(());
        }
        let (first, last) = (there.start, there.end.saturating_sub(1));
        let which = match index < first {
            true => format!("the first is {first}"),
            false => format!("the last is {last}"),
        };
        Err(Error::Usage(format!("trial {index} was not run; {which}")))
    }
}

impl Model {
    /// Trial `index` under `seed`, with everything that happened in it.
    ///
    /// # Errors
    /// [`Error::Policy`] if a policy of the program breaks off; none without one.
    pub fn trial(&self, seed: u64, index: u64) -> Result<History> {
        self.trial_until(seed, index, &Stop::default())
    }

    /// The same, as far as it came before it was said to stop.
    pub(crate) fn trial_until(&self, seed: u64, index: u64, stop: &Stop) -> Result<History> {
        let mut trial = Trial::until(self, stop.clone());
        let events = trial.events(seed, index);
        match trial.broken() {
            Some(error) => Err(error),
            None => Ok(History::new(self, index, &mut trial, events)),
        }
    }
}

fn hash(ancestors: &[u64]) -> String {
    let bytes: Vec<u8> = ancestors.iter().flat_map(|k| k.to_le_bytes()).collect();
    Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn label(name: &str, by: By) -> String {
    match by {
        By::Total => name.to_owned(),
        by => format!("{name} by {}", by.as_str()),
    }
}
