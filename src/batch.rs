//! Many trials: on all cores, in blocks, with the same bits however they are divided.

use std::ops::Range;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ndarray::Array2;

use crate::error::{Error, Result};
use crate::measure::MEASURES;
use crate::model::Model;
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
    /// As [`Model::begin`].
    pub fn simulate(&self, batch: &Batch) -> Result<Run> {
        let mut running = self.begin(batch)?;
        while running.advance(Duration::from_secs(1)) {}
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
        let tallies = if keep == Keep::Summary { no_tallies(model) } else { Vec::new() };
        Worker { trial: Trial::new(model), tallies }
    }

    fn run(&mut self, seed: u64, block: Block<'_>) {
        let width = self.trial.row().len();
        let mut rows = block.rows.chunks_exact_mut(width);
        for index in block.trials {
            let values = self.trial.run(seed, index);
            if let Some(row) = rows.next() {
                row.copy_from_slice(values);
            }
            self.tallies.iter_mut().zip(values).for_each(|(tally, value)| tally.add(*value));
        }
    }
}

/// Nothing yet, for each column.
fn no_tallies(model: &Model) -> Vec<Tally> {
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

    /// Runs for about `wait`, at least one trial on each thread; returns whether any is left.
    pub fn advance(&mut self, wait: Duration) -> bool {
        let end = Instant::now() + wait.min(LONGEST_WAIT);
        while self.done() < self.asked {
            let begun = Instant::now();
            self.wave();
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
        self.done() < self.asked
    }

    /// Runs the next blocks, side by side.
    fn wave(&mut self) {
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
        let idle = &self.idle;
        self.threads.for_each(blocks, |block| {
            let free = idle.lock().expect("no thread panics while it holds this").pop();
            let mut worker = free.unwrap_or_else(|| Worker::new(model, keep));
            worker.run(seed, block);
            idle.lock().expect("no thread panics while it holds this").push(worker);
        });
    }
}

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

impl<'m> Running<'m> {
    /// The results of the trials run so far.
    pub fn finish(self) -> Run {
        let workers = self.idle.into_inner().expect("no thread panics while it holds this");
        let mut weekly = Weekly::new(self.model);
        workers.iter().for_each(|worker| weekly.merge(worker.trial.weekly()));
        let kept = match self.keep {
            Keep::Trials => Kept::Trials(in_rows(self.rows, self.model.layout.width())),
            Keep::Summary => Kept::Summary(merged(self.model, &workers)),
        };
        Run::new(self.model, self.seed, self.asked, kept, weekly)
    }
}

fn in_rows(values: Vec<f64>, width: usize) -> Array2<f64> {
    Array2::from_shape_vec((values.len() / width, width), values).expect("rows are whole")
}

fn merged(model: &Model, workers: &[Worker<'_>]) -> Vec<Tally> {
    let mut tallies = no_tallies(model);
    for worker in workers {
        tallies.iter_mut().zip(&worker.tallies).for_each(|(mine, theirs)| mine.merge(theirs));
    }
    tallies
}
