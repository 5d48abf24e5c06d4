//! Shards: runs of some trials in a row of a larger batch, wherever they were run, put together
//! again to the bits of the whole.

mod bytes;
mod merge;

use std::ops::Range;

use crate::batch::Batch;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::part::{Part, check_parts};
use crate::results::{Keep, Kept, Run};
use crate::sums::Sums;

/// Threads that the memory for merging is reckoned as.
const AS_THREADS: usize = 1;

/// A batch that is put together from shards as they come, in any order.
///
/// ```
/// use drawdown::{Batch, By, Scenario, Shards};
///
/// let model = Scenario::example("minimal")?.validate()?.compile();
/// let mut shards = Shards::new(&model, &Batch::new(100, 7))?;
/// for trials in [60..100, 0..60] {
///     // Anywhere: what is needed there is the scenario, and what comes back are bytes.
///     let mut running = model.begin(&Batch::range(trials, 7))?;
///     while running.advance(std::time::Duration::from_secs(1))? {}
///     shards.add(&running.part()?)?;
/// }
/// assert!(shards.missing().is_empty());
/// let whole = model.simulate(&Batch::new(100, 7))?;
/// assert_eq!(shards.run().values("attacks", By::Total)?, whole.values("attacks", By::Total)?);
/// # Ok::<(), drawdown::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Shards {
    model: Model,
    scenario_hash: String,
    seed: u64,
    keep: Keep,
    trials: Range<u64>,
    /// Values of every trial of the batch, where they are kept: 0 where it is not done.
    rows: Vec<f64>,
    /// Trials in a row that are done, ascending and apart from one another.
    done: Vec<(Range<u64>, Sums)>,
}

impl Shards {
    /// Of a batch of which nothing is done yet.
    ///
    /// # Errors
    /// As [`Model::begin`]; [`Error::Usage`] too if rules are functions of the program.
    pub fn new(model: &Model, batch: &Batch) -> Result<Self> {
        check_parts(model)?;
        batch.check(model, AS_THREADS)?;
        let (trials, seed, keep) = batch.asked();
        let numbers = match keep {
            Keep::Trials => (trials.end - trials.start) as usize * model.layout.width(),
            Keep::Summary => 0,
        };
        let (rows, done) = (vec![0.0; numbers], Vec::new());
        let scenario_hash = model.scenario().hash();
        Ok(Shards { model: model.clone(), scenario_hash, seed, keep, trials, rows, done })
    }

    /// Adds a shard: what [`Running::part`](crate::Running::part) gave. Returns which trials it has.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is damaged, of another scenario, other given inputs, another seed,
    /// [`Keep`] or version, or has trials that are there already or were not asked for. Nothing is
    /// added then.
    pub fn add(&mut self, part: &[u8]) -> Result<Range<u64>> {
        let part = Part::from_bytes(part, &self.model, &self.scenario_hash)?;
        part.check_run(self.seed, self.keep)?;
        let first = part.head.first;
        let trials = self.check_room(first, part.head.trials)?;
        let width = self.model.layout.width();
        if self.keep == Keep::Trials {
            let at = (first - self.trials.start) as usize * width;
            self.rows[at..at + part.rows.len()].copy_from_slice(&part.rows);
        }
        self.join(trials.clone(), Sums { weekly: part.weekly, tallies: part.tallies });
        Ok(trials)
    }

    /// Which trials a shard has, if there is room for them.
    fn check_room(&self, first: u64, count: u64) -> Result<Range<u64>> {
        let trials = first..first.saturating_add(count);
        if trials.is_empty() {
            return Err(Error::Usage("the shard has no trials".into()));
        }
        if first < self.trials.start || trials.end > self.trials.end {
            return Err(Error::Usage(format!(
                "the shard has trials {}, and {} were asked for",
                told(&trials),
                told(&self.trials)
            )));
        }
        let there = |done: &&(Range<u64>, Sums)| done.0.start < trials.end && first < done.0.end;
        match self.done.iter().find(there) {
            None => Ok(trials),
            Some((done, _)) => Err(Error::Usage(format!(
                "the shard has trials {}, of which {} are there already",
                told(&trials),
                told(&(first.max(done.start)..trials.end.min(done.end)))
            ))),
        }
    }

    /// Puts what is done beside its neighbours, into one with those that it touches.
    fn join(&mut self, trials: Range<u64>, mut sums: Sums) {
        let at = self.done.partition_point(|(done, _)| done.end < trials.start);
        let touches = |(done, _): &(Range<u64>, Sums)| done.end == trials.start;
        if self.done.get(at).is_some_and(touches) {
            let (done, own) = &mut self.done[at];
            own.take_over(&mut sums);
            done.end = trials.end;
        } else {
            self.done.insert(at, (trials.clone(), sums));
        }
        if self.done.get(at + 1).is_some_and(|(next, _)| next.start == trials.end) {
            let (next, mut theirs) = self.done.remove(at + 1);
            let (done, own) = &mut self.done[at];
            own.take_over(&mut theirs);
            done.end = next.end;
        }
    }

    /// How many trials are done.
    pub fn done(&self) -> u64 {
        self.done.iter().map(|(done, _)| done.end - done.start).sum()
    }

    /// The trials that are not done, in rows of them, ascending.
    pub fn missing(&self) -> Vec<Range<u64>> {
        let mut from = self.trials.start;
        let mut missing = Vec::new();
        let end = self.trials.end..self.trials.end;
        for done in self.done.iter().map(|(done, _)| done).chain([&end]) {
            if from < done.start {
                missing.push(from..done.start);
            }
            from = done.end;
        }
        missing
    }

    /// The results of the trials from the first up to the first that is not done.
    pub fn run(&self) -> Run {
        match self.done.first() {
            Some((done, sums)) if done.start == self.trials.start => {
                self.run_of(done, sums.clone())
            }
            _ => {
                let nothing = self.trials.start..self.trials.start;
                self.run_of(&nothing, Sums::new(&self.model, self.keep))
            }
        }
    }

    /// The results of all trials that are done: a run for each row of them without a gap, from the
    /// first trial on. One, if all are done; [`Run::merge`] puts them together with what is missing.
    pub fn finish(mut self) -> Vec<Run> {
        let mut done = std::mem::take(&mut self.done);
        if self.trials == done.first().map_or(0..0, |(trials, _)| trials.clone()) {
            let (trials, sums) = done.remove(0);
            let rows = std::mem::take(&mut self.rows);
            return vec![self.made(&trials, rows, sums)];
        }
        done.into_iter().map(|(done, sums)| self.run_of(&done, sums)).collect()
    }

    fn run_of(&self, done: &Range<u64>, sums: Sums) -> Run {
        let width = self.model.layout.width();
        let place = |trial: u64| (trial - self.trials.start) as usize * width;
        let rows = match self.keep {
            Keep::Trials => self.rows[place(done.start)..place(done.end)].to_vec(),
            Keep::Summary => Vec::new(),
        };
        self.made(done, rows, sums)
    }

    fn made(&self, done: &Range<u64>, rows: Vec<f64>, sums: Sums) -> Run {
        let asked = self.trials.end - done.start;
        let Sums { weekly, tallies } = sums;
        let kept = Kept::new(self.keep, rows, self.model.layout.width(), tallies);
        Run::new(&self.model, self.seed, done.start, asked, kept, weekly)
    }
}

/// Trials in a row, as they are told: the first and the last.
fn told(trials: &Range<u64>) -> String {
    match trials.end - trials.start {
        1 => trials.start.to_string(),
        _ => format!("{} to {}", trials.start, trials.end - 1),
    }
}
