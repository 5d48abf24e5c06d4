//! Many trials: on all cores, in blocks, with the same bits however they are divided.

use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ndarray::Array2;

use crate::error::{Error, Result};
use crate::measure::MEASURES;
use crate::model::Model;
use crate::part::{Head, Part};
use crate::results::{Keep, Kept, Run};
use crate::tally::Tally;
use crate::threads::Threads;
use crate::trial::{Trial, Weekly};

/// Most trials that one thread takes at a time.
const BLOCK: u64 = 64;

/// The most that a caller can want to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// Most numbers that the measures of a run may take up in memory (8 bytes each: 4 GiB).
const MOST_NUMBERS: u64 = 1 << 29;

/// Most trials of a batch: weekly histograms count with 32 bits.
const MOST_TRIALS: u64 = i32::MAX as u64;

/// How many trials to run, under which seed, on how many threads.
#[derive(Clone, Debug)]
pub struct Batch {
    trials: u64,
    seed: u64,
    threads: usize,
    keep: Keep,
}

impl Batch {
    /// A batch of `trials` trials under `seed` on all cores.
    pub fn new(trials: u64, seed: u64) -> Self {
        Batch { trials, seed, threads: 0, keep: Keep::Trials }
    }

    /// Sets the number of threads; 0 means one for each core. It does not change the results.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets what is kept of the trials; without it, every one is.
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    fn check(&self, width: u64) -> Result<()> {
        let fitting = MOST_NUMBERS / width;
        if self.trials == 0 {
            return Err(Error::Usage("`trials` must be at least 1".into()));
        }
        if self.keep == Keep::Trials && self.trials > fitting {
            return Err(Error::Usage(format!(
                "{} trials of {width} measures each do not fit in memory; keep a summary of them \
                 with keep=\"summary\" (`Keep::Summary`), or run at most {fitting}",
                self.trials
            )));
        }
        if self.trials > MOST_TRIALS {
            return Err(Error::Usage(format!("`trials` must be at most {MOST_TRIALS}")));
        }
        Ok(())
    }
}

impl Model {
    /// Runs a batch to its end.
    ///
    /// # Errors
    /// As [`Model::begin`] and [`Running::advance`].
    pub fn simulate(&self, batch: &Batch) -> Result<Run> {
        let mut running = self.begin(batch)?;
        while running.advance(Duration::from_secs(1))? {}
        Ok(running.finish())
    }

    /// Begins a batch that the caller carries on, so as to report progress or stop early.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no trials, more than can be counted, or more than fit in
    /// memory.
    pub fn begin(&self, batch: &Batch) -> Result<Running<'_>> {
        batch.check(self.layout.width() as u64)?;
        Ok(Running {
            model: self,
            seed: batch.seed,
            asked: batch.trials,
            keep: batch.keep,
            done: 0,
            trials_per_thread: 1,
            threads: Threads::new(batch.threads)?,
            rows: Vec::new(),
            in_parts: 0,
            weekly: Weekly::new(self),
            tallies: tallies(self, batch.keep),
            idle: Mutex::new(Vec::new()),
        })
    }
}

/// A batch on its way. What has been run is always the trials from 0 up to some number.
#[derive(Debug)]
pub struct Running<'m> {
    model: &'m Model,
    seed: u64,
    asked: u64,
    keep: Keep,
    /// Trials run so far.
    done: u64,
    /// Trials of one thread that take about as long as the caller wants to wait.
    trials_per_thread: u64,
    threads: Threads,
    /// Values of every trial run so far, where they are kept.
    rows: Vec<f64>,
    /// Trials that have been handed out, or taken up, in parts.
    in_parts: u64,
    /// The weekly histograms of those.
    weekly: Weekly,
    /// Their tallies, by column; none where trials are kept.
    tallies: Vec<Tally>,
    /// Workers that no thread is using.
    idle: Mutex<Vec<Worker<'m>>>,
}

/// What runs one trial after another, and its share of what is kept of them.
#[derive(Debug)]
struct Worker<'m> {
    trial: Trial<'m>,
    /// By column; none where trials are kept.
    tallies: Vec<Tally>,
}

impl<'m> Worker<'m> {
    fn new(model: &'m Model, keep: Keep) -> Self {
        Worker { trial: Trial::new(model), tallies: tallies(model, keep) }
    }

    /// Runs a block; `now` is the trial that it is at.
    fn run(&mut self, seed: u64, block: Block<'_>, now: &mut u64) {
        let width = self.trial.row().len();
        let mut rows = block.rows.chunks_exact_mut(width);
        for index in block.trials {
            *now = index;
            let values = self.trial.run(seed, index);
            if let Some(row) = rows.next() {
                row.copy_from_slice(values);
            }
            self.tallies.iter_mut().zip(values).for_each(|(tally, value)| tally.add(*value));
        }
    }
}

/// Nothing yet, for each column; no column where trials are kept.
fn tallies(model: &Model, keep: Keep) -> Vec<Tally> {
    if keep == Keep::Trials {
        return Vec::new();
    }
    let columns = MEASURES.iter().enumerate().map(|(k, of)| (model.layout.columns(k), of));
    columns.flat_map(|(columns, measure)| columns.map(|_| Tally::new(measure))).collect()
}

/// Trials that one thread runs, and where their values go, if anywhere.
struct Block<'a> {
    trials: Range<u64>,
    rows: &'a mut [f64],
}

impl Running<'_> {
    /// Trials run so far.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Trials that have been handed out, or taken up, in parts.
    pub fn in_parts(&self) -> u64 {
        self.in_parts
    }

    /// Runs for about `wait`, at least one trial on each thread; returns whether any is left.
    ///
    /// # Errors
    /// [`Error::Fault`] if a trial panics, which only a fault of this library or of a rule that
    /// the program brought along can bring about. What has been run is then what is in parts.
    pub fn advance(&mut self, wait: Duration) -> Result<bool> {
        let end = Instant::now() + wait.min(LONGEST_WAIT);
        while self.done() < self.asked {
            let begun = Instant::now();
            self.wave()?;
            let left = end.saturating_duration_since(Instant::now());
            let took = begun.elapsed();
            if took * 2 < wait {
                self.trials_per_thread *= 2;
            } else if took > wait {
                self.trials_per_thread = (self.trials_per_thread / 2).max(1);
            }
            if left < took {
                break;
            }
        }
        Ok(self.done() < self.asked)
    }

    /// Runs the next blocks, side by side.
    fn wave(&mut self) -> Result<()> {
        let (model, seed, keep) = (self.model, self.seed, self.keep);
        let most = self.trials_per_thread.saturating_mul(self.threads.count() as u64);
        let trials = self.done..self.asked.min(self.done.saturating_add(most));
        self.done = trials.end;
        let begun = self.rows.len();
        if keep == Keep::Trials {
            self.rows.resize(trials.end as usize * model.layout.width(), 0.0);
        }
        let size = self.trials_per_thread.min(BLOCK);
        let blocks = blocks(trials, size, model.layout.width(), &mut self.rows[begun..]);
        let (idle, faults) = (&self.idle, Mutex::new(Vec::new()));
        self.threads.for_each(blocks, |block| {
            let free = idle.lock().expect(HELD).pop();
            let mut worker = free.unwrap_or_else(|| Worker::new(model, keep));
            let mut now = block.trials.start;
            let work = AssertUnwindSafe(|| worker.run(seed, block, &mut now));
            match catch_unwind(work) {
                Ok(()) => idle.lock().expect(HELD).push(worker),
                Err(panic) => faults.lock().expect(HELD).push((now, panic)),
            }
        });
        let faults = faults.into_inner().expect(HELD);
        match faults.into_iter().min_by_key(|(trial, _)| *trial) {
            Some((trial, panic)) => Err(self.fail(trial, panic.as_ref())),
            None => Ok(()),
        }
    }

    /// Forgets what is not in parts, some of which a panic may have left half done.
    fn fail(&mut self, trial: u64, panic: &(dyn Any + Send)) -> Error {
        self.idle = Mutex::new(Vec::new());
        self.done = self.in_parts;
        self.rows.truncate(self.done as usize * self.model.layout.width());
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let what = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        let whose = match self.model.embedded_rules() {
            [] => "of drawdown".to_owned(),
            rules => format!("of drawdown, or of the functions of {}", rules.join(", ")),
        };
        Error::Fault(format!(
            "trial {trial} under seed {} broke off: {what}. This is a fault {whose}, not of the \
             scenario: please report it with the scenario ({}), the seed and the version ({})",
            self.seed,
            &self.model.scenario().hash()[..12],
            env!("CARGO_PKG_VERSION"),
        ))
    }

    /// What has been run since the last part, as bytes to be kept in a file: a batch that takes up
    /// all parts goes on behind the last, and gives the bits that it would have given without.
    ///
    /// # Errors
    /// [`Error::Usage`] if rules are functions of the program, which no file can hold.
    pub fn part(&mut self) -> Result<Vec<u8>> {
        self.check_parts()?;
        let mut weekly = Weekly::new(self.model);
        let mut sums = tallies(self.model, self.keep);
        for worker in self.idle.get_mut().expect(HELD).drain(..) {
            weekly.merge(worker.trial.weekly());
            sums.iter_mut().zip(&worker.tallies).for_each(|(mine, theirs)| mine.merge(theirs));
        }
        self.weekly.merge(&weekly);
        self.tallies.iter_mut().zip(&sums).for_each(|(mine, theirs)| mine.merge(theirs));
        let width = self.model.layout.width();
        let rows = self.rows.get(self.in_parts as usize * width..).unwrap_or_default();
        let part = Part::new(self.head(), self.done - self.in_parts, rows, sums, weekly);
        let bytes = part.to_bytes();
        self.in_parts = self.done;
        Ok(bytes)
    }

    /// Takes up a part of an earlier batch, so as to go on behind it; parts in order, before any
    /// trial is run.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is not the next part of the same scenario, seed, [`Keep`] and
    /// version, is damaged, goes beyond the trials asked for, comes after trials that were run, or
    /// if rules are functions of the program.
    pub fn take_up(&mut self, part: &[u8]) -> Result<()> {
        self.check_parts()?;
        if self.done > self.in_parts {
            return Err(Error::Usage("parts are taken up before any trial is run".into()));
        }
        let part = Part::from_bytes(part, &self.head(), self.model)?;
        let done = self.done.saturating_add(part.trials);
        if done > self.asked {
            return Err(Error::Usage(format!("it goes beyond the {} trials", self.asked)));
        }
        self.rows.extend_from_slice(&part.rows);
        self.weekly.merge(&part.weekly);
        self.tallies.iter_mut().zip(&part.tallies).for_each(|(mine, theirs)| mine.merge(theirs));
        (self.done, self.in_parts) = (done, done);
        Ok(())
    }

    /// Of the next part.
    fn head(&self) -> Head {
        Head::new(self.model, self.seed, self.keep, self.in_parts)
    }

    fn check_parts(&self) -> Result<()> {
        match self.model.embedded_rules() {
            [] => Ok(()),
            rules => Err(Error::Usage(format!(
                "{} are functions of the program, which no file can hold: such a batch has no \
                 parts; run it in one go",
                rules.join(", ")
            ))),
        }
    }
}

/// Why a lock is never found broken.
const HELD: &str = "no thread panics while it holds this";

/// Divides trials into blocks of `size`, each with its part of the rows, if there are any.
fn blocks(trials: Range<u64>, size: u64, width: usize, mut rows: &mut [f64]) -> Vec<Block<'_>> {
    let firsts = trials.clone().step_by(size as usize);
    let block = |first: u64| {
        let trials = first..trials.end.min(first + size);
        let numbers = (trials.end - trials.start) as usize * width;
        let all = std::mem::take(&mut rows);
        let (own, rest) = all.split_at_mut(numbers.min(all.len()));
        rows = rest;
        Block { trials, rows: own }
    };
    firsts.map(block).collect()
}

impl Running<'_> {
    /// The results of the trials run so far.
    pub fn finish(mut self) -> Run {
        for worker in self.idle.get_mut().expect(HELD) {
            self.weekly.merge(worker.trial.weekly());
            let pairs = self.tallies.iter_mut().zip(&worker.tallies);
            pairs.for_each(|(mine, theirs)| mine.merge(theirs));
        }
        let kept = match self.keep {
            Keep::Trials => Kept::Trials(in_rows(self.rows, self.model.layout.width())),
            Keep::Summary => Kept::Summary(self.tallies),
        };
        Run::new(self.model, self.seed, self.asked, kept, self.weekly)
    }
}

fn in_rows(values: Vec<f64>, width: usize) -> Array2<f64> {
    Array2::from_shape_vec((values.len() / width, width), values).expect("rows are whole")
}
