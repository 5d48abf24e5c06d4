//! What a scenario is fitted to, and how likely it is under values of the ranges.

use sha2::{Digest, Sha256};

use super::counts::Counts;
use super::events::{Events, Execution, Log};
use super::harm::{Harm, Harmed};
use super::states::First;
use crate::error::{Error, Result};
use crate::model::{Draw, Model};
use crate::observe::Count;
use crate::streams::{Purpose, Stream, Who};

/// What was observed. Each part stands for itself: what is in one is to be in no other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Attacks over stretches of time that do not overlap, unless they are of the very same time and
    /// of other sites.
    pub counts: Vec<Count>,
    /// How the tension stands on the first day of the scenario.
    pub first: First,
    /// Attacks one by one, under states of tension that are known.
    pub logs: Vec<Log>,
    /// What single attacks did.
    pub harm: Vec<Harmed>,
    /// How long phases took.
    pub executions: Vec<Execution>,
}

/// How likely the evidence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likely {
    /// The logarithm of its likelihood.
    Log(f64),
    /// Attacks would never end, or more would be caused than there are.
    Unsound,
    /// Something cannot be what it is.
    Impossible(Cause),
}

/// A part of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A count, by its place among those given, after those before it. This is also said of one that
    /// is too small a chance to be told from rounding (some 10^-9).
    Count(usize),
    /// A log of attacks, by its place.
    Log(usize),
    /// What attacks did.
    Harm,
    /// How long a phase took, by its place.
    Execution(usize),
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
    logs: Vec<Events>,
    harm: Vec<Harm>,
    executions: Vec<(usize, Execution)>,
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
    /// [`Error::Usage`] if there is nothing to fit, counts overlap or are of something else than
    /// attacks, or anything names what the scenario does not have.
    pub fn new(model: &'a Model, evidence: &Evidence) -> Result<Self> {
        let Evidence { counts, first, logs, harm, executions } = evidence;
        if [counts.len(), logs.len(), harm.len(), executions.len()] == [0; 4] {
            return Err(Error::Usage(
                "there is nothing to fit to: no counts, logs, harm or durations".into(),
            ));
        }
        let phase = |about: &Execution| Ok((about.phase(model)?, about.clone()));
        Ok(Likelihood {
            model,
            draw: Draw::new(model),
            counts: Counts::new(model, counts, *first)?,
            logs: logs.iter().map(|log| Events::new(model, log)).collect::<Result<_>>()?,
            harm: Harm::new(model, harm)?,
            executions: executions.iter().map(phase).collect::<Result<_>>()?,
        })
    }

    /// How likely the evidence is under values of all ranges, in the order of
    /// [`Model::input_paths`].
    pub fn of(&mut self, inputs: &[f64]) -> Likely {
        if !self.draw.is_sound(self.model, inputs.iter().copied()) {
            return Likely::Unsound;
        }
        match self.sum() {
            Ok(log) => Likely::Log(log),
            Err(cause) => Likely::Impossible(cause),
        }
    }

    fn sum(&mut self) -> std::result::Result<f64, Cause> {
        let (model, draw) = (self.model, &self.draw);
        let or = |log: f64, cause: Cause| if log.is_finite() { Ok(log) } else { Err(cause) };
        let mut sum = self.counts.log_likelihood(model, draw).map_err(Cause::Count)?;
        for (k, log) in self.logs.iter().enumerate() {
            sum += or(log.log_likelihood(model, draw), Cause::Log(k))?;
        }
        for harm in &self.harm {
            sum += or(harm.log_likelihood(model, draw), Cause::Harm)?;
        }
        for (k, (phase, about)) in self.executions.iter().enumerate() {
            sum += or(about.log_likelihood(model, draw, *phase), Cause::Execution(k))?;
        }
        Ok(sum)
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
