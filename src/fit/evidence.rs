//! What a scenario is fitted to, and how likely it is under values of the ranges.

use sha2::{Digest, Sha256};

use super::counts::Counts;
use super::events::{Events, Execution, Log};
use super::harm::{Harm, Harmed};
use super::states::First;
use crate::error::{Error, Result};
use crate::law::Range;
use crate::model::{Draw, Model};
use crate::observe::Count;
use crate::streams::{Purpose, Stream, Who};

/// Nobody counts attacks more often than this.
const MOST_FACTOR: f64 = 1_000.0;

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
    /// Who counted too many or too few. Counts of no source are of attacks as they are.
    pub sources: Vec<Source>,
}

/// Somebody who counts more or fewer attacks than there are, by a factor that is the same in all of
/// his counts: what is one to him may be none to another.
///
/// He counts a whole cluster of attacks, or leaves it out; with a factor above 1 he counts clusters
/// that are none in the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// His name.
    pub name: String,
    /// The attacks that he counts by those that there are, above 0.
    pub factor: Range,
    /// His counts, by place among those that were given.
    pub counts: Vec<usize>,
}

/// How likely the evidence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likely {
    /// The logarithm of its likelihood.
    Log(f64),
    /// Attacks would never end, more would be caused than there are, or a source would count them a
    /// thousandfold.
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
    /// How many ranges the model has.
    ranges: usize,
    /// By source.
    factors: Vec<f64>,
    counts: Counts,
    logs: Vec<Events>,
    harm: Vec<Harm>,
    executions: Vec<(usize, Execution)>,
}

impl Evidence {
    /// SHA-256 of all that is observed, in hexadecimal.
    pub fn hash(&self) -> String {
        let Evidence { counts, first, logs, harm, executions, sources } = self;
        let mut written = format!(
            "Evidence {{ counts: {counts:?}, first: {first:?}, logs: {logs:?}, harm: {harm:?}, \
             executions: {executions:?} }}"
        );
        // Where there are none, fits are what they were before there could be any.
        if !sources.is_empty() {
            written += &format!("{sources:?}");
        }
        Sha256::digest(written.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<'a> Likelihood<'a> {
    /// Makes ready what can be reckoned once.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is nothing to fit, counts overlap or are of something else than
    /// attacks, a source is told twice or its factor cannot be, or anything names what the scenario
    /// does not have.
    pub fn new(model: &'a Model, evidence: &Evidence) -> Result<Self> {
        let Evidence { counts, first, logs, harm, executions, sources } = evidence;
        if [counts.len(), logs.len(), harm.len(), executions.len()] == [0; 4] {
            return Err(Error::Usage(
                "there is nothing to fit to: no counts, logs, harm or durations".into(),
            ));
        }
        let phase = |about: &Execution| Ok((about.phase(model)?, about.clone()));
        Ok(Likelihood {
            model,
            draw: Draw::new(model),
            ranges: model.input_paths().len(),
            factors: vec![1.0; sources.len()],
            counts: Counts::new(model, counts, &owners(counts, sources)?, *first)?,
            logs: logs.iter().map(|log| Events::new(model, log)).collect::<Result<_>>()?,
            harm: Harm::new(model, harm)?,
            executions: executions.iter().map(phase).collect::<Result<_>>()?,
        })
    }

    /// How likely the evidence is under values of all ranges, in the order of
    /// [`Model::input_paths`], and after them of the factors of all sources: 1 if left out.
    pub fn of(&mut self, inputs: &[f64]) -> Likely {
        if !self.is_sound(inputs) {
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
        let factors = &self.factors;
        let mut sum = self.counts.log_likelihood(model, draw, factors).map_err(Cause::Count)?;
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
    /// where attacks would never end, or would be enormously many.
    pub fn replicate(&mut self, inputs: &[f64], seed: u64, index: u64) -> Option<Vec<u64>> {
        let mut stream = Stream::new(seed, index, Who::new(&["replicate"]), Purpose::Fit);
        let sound = self.is_sound(inputs);
        let Likelihood { model, draw, factors, counts, .. } = self;
        if sound { counts.replicate(model, draw, factors, &mut stream) } else { None }
    }

    /// Takes over the values of ranges and factors; whether attacks end under them, and are counted.
    fn is_sound(&mut self, inputs: &[f64]) -> bool {
        let (ranges, factors) = inputs.split_at(inputs.len().min(self.ranges));
        let factors = factors.iter().copied().chain(std::iter::repeat(1.0));
        self.factors.iter_mut().zip(factors).for_each(|(to, from)| *to = from);
        let counted = self.factors.iter().all(|factor| (0.0..=MOST_FACTOR).contains(factor));
        counted && self.draw.is_sound(self.model, ranges.iter().copied())
    }
}

/// By count: its source.
fn owners(counts: &[Count], sources: &[Source]) -> Result<Vec<Option<usize>>> {
    let mut owners = vec![None; counts.len()];
    let mut faults = Vec::new();
    for (k, Source { name, factor, counts }) in sources.iter().enumerate() {
        let mut problems = Vec::new();
        factor.check(&format!("the factor of `{name}`"), (0.0, f64::INFINITY), &mut problems);
        faults.extend(problems.iter().map(ToString::to_string));
        let (least, most) = factor.support();
        if problems.is_empty() && (most <= 0.0 || least > MOST_FACTOR) {
            faults.push(format!(
                "the factor of `{name}` is {least} or more: it is above 0, and {MOST_FACTOR} at the most"
            ));
        }
        if sources[..k].iter().any(|other| other.name == *name) {
            faults.push(format!("the source `{name}` is told twice"));
        }
        for count in counts {
            match owners.get_mut(*count) {
                Some(owner) if owner.is_none() => *owner = Some(k),
                Some(_) => faults.push(format!("count {count} is of two sources")),
                None => faults.push(format!("`{name}` has no count {count}: there are fewer")),
            }
        }
    }
    if faults.is_empty() { Ok(owners) } else { Err(Error::Usage(faults.join("\n"))) }
}
