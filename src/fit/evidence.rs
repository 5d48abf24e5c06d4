//! What a scenario is fitted to, and how likely it is under values of the ranges.

use sha2::{Digest, Sha256};

use super::counts::Counts;
use super::states::First;
use crate::error::{Error, Result};
use crate::model::{Draw, Model};
use crate::observe::Count;
use crate::streams::{Purpose, Stream, Who};

/// What was observed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Attacks over stretches of time that do not overlap.
    pub counts: Vec<Count>,
    /// How the tension stands on the first day of the scenario.
    pub first: First,
}

/// How likely the evidence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likely {
    /// The logarithm of its likelihood.
    Log(f64),
    /// Attacks would never end, or more would be caused than there are.
    Unsound,
    /// A count cannot be what it is, given those before it: its place among those given. Of one
    /// that is too small a chance to be told from rounding (some 10^-9) this is said too.
    Impossible(usize),
}

impl Likely {
    /// Its logarithm; minus infinity where it is impossible.
    pub fn log(self) -> f64 {
        match self {
            Likely::Log(log) => log,
            Likely::Unsound | Likely::Impossible(_) => f64::NEG_INFINITY,
        }
    }
}

/// The likelihood of evidence, as a function of the values of a model's ranges.
#[derive(Clone, Debug)]
pub struct Likelihood<'a> {
    model: &'a Model,
    draw: Draw,
    counts: Counts,
}

impl Evidence {
    /// SHA-256 of all that is observed, in hexadecimal.
    pub fn hash(&self) -> String {
        let written = format!("{self:?}");
        Sha256::digest(written.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<'a> Likelihood<'a> {
    /// Makes ready what can be reckoned once.
    ///
    /// # Errors
    /// [`Error::Usage`] with all that is wrong with the counts: that they overlap, are of something
    /// else than attacks, or name what the scenario does not have.
    pub fn new(model: &'a Model, evidence: &Evidence) -> Result<Self> {
        if evidence.counts.is_empty() {
            return Err(Error::Usage("there is nothing to fit: no counts".into()));
        }
        let counts = Counts::new(model, &evidence.counts, evidence.first)?;
        Ok(Likelihood { model, draw: Draw::new(model), counts })
    }

    /// How likely the evidence is under values of all ranges, in the order of
    /// [`Model::input_paths`].
    pub fn of(&mut self, inputs: &[f64]) -> Likely {
        if !self.draw.is_sound(self.model, inputs.iter().copied()) {
            return Likely::Unsound;
        }
        match self.counts.log_likelihood(self.model, &self.draw) {
            Ok(log) => Likely::Log(log),
            Err(count) => Likely::Impossible(count),
        }
    }

    /// Counts as chance would have them in place of those observed, as the likelihood sees them: each
    /// cluster in the stretch of its first attack. `index` numbers the replicates of a `seed`. None
    /// where attacks would never end.
    pub fn replicate(&mut self, inputs: &[f64], seed: u64, index: u64) -> Option<Vec<u64>> {
        let mut stream = Stream::new(seed, index, Who::new(&["replicate"]), Purpose::Fit);
        let sound = self.draw.is_sound(self.model, inputs.iter().copied());
        sound.then(|| self.counts.replicate(self.model, &self.draw, &mut stream))
    }
}
