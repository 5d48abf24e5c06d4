//! Many trials: on all cores, in blocks, with the same bits however they are divided.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::model::Model;
use crate::results::Run;
use crate::trial::Trial;

/// Most trials that one thread takes at a time.
const BLOCK: u64 = 64;

/// The most that a caller can want to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// Most numbers that the measures of a run may take up in memory (8 bytes each: 4 GiB).
const MOST_NUMBERS: u64 = 1 << 29;

/// How many trials to run, under which seed, on how many threads.
#[derive(Clone, Debug)]
pub struct Batch {
    trials: u64,
    seed: u64,
    threads: usize,
}

impl Batch {
    /// A batch of `trials` trials under `seed` on all cores.
    pub fn new(trials: u64, seed: u64) -> Self {
        Batch { trials, seed, threads: 0 }
    }

    /// Sets the number of threads; 0 means one for each core. It does not change the results.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
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
    /// [`Error::Usage`] if there are no trials, or more than fit in memory.
    pub fn begin(&self, batch: &Batch) -> Result<Running<'_>> {
        let width = self.layout.width() as u64;
        if batch.trials == 0 {
            return Err(Error::Usage("`trials` must be at least 1".into()));
        }
        if batch.trials.saturating_mul(width) > MOST_NUMBERS {
            return Err(Error::Usage(format!(
                "{} trials of {width} measures each do not fit in memory; run at most {}",
                batch.trials,
                MOST_NUMBERS / width
            )));
        }
        Ok(Running {
            model: self,
            seed: batch.seed,
            asked: batch.trials,
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
    /// Trials of one thread that take about as long as the caller wants to wait.
    trials_per_thread: u64,
    threads: Threads,
    rows: Vec<f64>,
    /// Trials that no thread is using; each holds its share of the weekly histograms.
    idle: Mutex<Vec<Trial<'m>>>,
}

impl Running<'_> {
    /// Trials run so far.
    pub fn done(&self) -> u64 {
        (self.rows.len() / self.model.layout.width()) as u64
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
        let (model, seed, first) = (self.model, self.seed, self.done());
        let width = model.layout.width();
        let most = self.trials_per_thread.saturating_mul(self.threads.count() as u64);
        let trials = most.min(self.asked - first);
        let block_size = self.trials_per_thread.min(BLOCK);
        let begun = self.rows.len();
        self.rows.resize(begun + trials as usize * width, 0.0);
        let idle = &self.idle;
        self.threads.for_each_chunk(
            &mut self.rows[begun..],
            block_size as usize * width,
            |block, rows| {
                let free = idle.lock().expect("no thread panics while it holds this").pop();
                let mut trial = free.unwrap_or_else(|| Trial::new(model));
                for (k, row) in rows.chunks_exact_mut(width).enumerate() {
                    let index = first + block as u64 * block_size + k as u64;
                    row.copy_from_slice(trial.run(seed, index));
                }
                idle.lock().expect("no thread panics while it holds this").push(trial);
            },
        );
    }
}

impl<'m> Running<'m> {
    /// The results of the trials run so far.
    pub fn finish(self) -> Run {
        let trials = self.idle.into_inner().expect("no thread panics while it holds this");
        Run::new(self.model, self.seed, self.asked, self.rows, trials.iter().map(Trial::weekly))
    }
}

/// The threads that a batch runs on.
#[derive(Debug)]
#[cfg(feature = "rayon")]
struct Threads(rayon::ThreadPool);

#[cfg(feature = "rayon")]
impl Threads {
    fn new(count: usize) -> Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
        pool.map(Threads).map_err(|fault| Error::Usage(format!("no {count} threads: {fault}")))
    }

    fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    fn for_each_chunk(
        &self,
        rows: &mut [f64],
        chunk: usize,
        work: impl Fn(usize, &mut [f64]) + Sync,
    ) {
        use rayon::prelude::*;
        let work = |(block, rows): (usize, &mut [f64])| work(block, rows);
        self.0.install(|| rows.par_chunks_mut(chunk).enumerate().for_each(work));
    }
}

/// Without threads, everything runs on the caller's.
#[derive(Debug)]
#[cfg(not(feature = "rayon"))]
struct Threads;

#[cfg(not(feature = "rayon"))]
impl Threads {
    fn new(_: usize) -> Result<Self> {
        Ok(Threads)
    }

    fn count(&self) -> usize {
        1
    }

    fn for_each_chunk(
        &self,
        rows: &mut [f64],
        chunk: usize,
        work: impl Fn(usize, &mut [f64]) + Sync,
    ) {
        rows.chunks_mut(chunk).enumerate().for_each(|(block, rows)| work(block, rows));
    }
}
