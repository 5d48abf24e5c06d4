//! Many trials: on all cores, in blocks, with the same bits however they are divided.

mod together;

use std::cmp::Ordering::{Equal, Greater};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

use crate::error::{Error, Result, said};
use crate::memory;
use crate::model::Model;
use crate::pace::Pace;
use crate::part::{Head, Part, check_parts};
use crate::results::{Keep, Kept, Run};
use crate::stop::Stop;
use crate::sums::{Sums, tallies};
use crate::tally::Tally;
use crate::threads::Threads;
use crate::trial::{Trial, Weekly};
use together::Herd;

/// Most trials that one thread takes at a time: with many, the others wait for the last one.
const BLOCK: u64 = 16;

/// Most numbers that the measures of a run may take up in memory (8 bytes each: 4 GiB).
const MOST_NUMBERS: u64 = 1 << 29;

/// What else a trial that is kept may take up while results are made of it, in bytes.
const BESIDES: u64 = 48;

/// A trial that is expected to take longer is refused, unless the caller says otherwise.
const MOST_SECONDS: f64 = 600.0;

/// Most trials of a batch: weekly histograms count with 32 bits.
const MOST_TRIALS: u64 = i32::MAX as u64;

/// Which trials to run, under which seed, on how many threads.
#[derive(Clone, Debug)]
pub struct Batch {
    first: u64,
    trials: u64,
    seed: u64,
    threads: usize,
    in_current_pool: bool,
    keep: Keep,
    seconds_per_trial: f64,
}

impl Batch {
    /// A batch of `trials` trials under `seed` on all cores.
    pub fn new(trials: u64, seed: u64) -> Self {
        Batch::range(0..trials, seed)
    }

    /// A shard of a larger batch: some of its trials in a row, which are the same to the last bit.
    /// [`Run::merge`] puts shards together.
    pub fn range(trials: Range<u64>, seed: u64) -> Self {
        Batch {
            first: trials.start,
            trials: trials.end.saturating_sub(trials.start),
            seed,
            threads: 0,
            in_current_pool: false,
            keep: Keep::Trials,
            seconds_per_trial: MOST_SECONDS,
        }
    }

    /// Sets the number of threads, at most 1,024; 0 means one for each core. It does not change the
    /// results.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Runs on the rayon pool of the thread that it is run from (or rayon's global one, outside of
    /// any), and not on threads of its own, whatever their number. It does not change the results.
    ///
    /// ```
    /// use drawdown::{Batch, By, Scenario};
    ///
    /// let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    /// let model = Scenario::example("minimal")?.validate()?.compile();
    /// let batch = Batch::new(100, 7).in_current_pool();
    /// let run = pool.install(|| model.simulate(&batch))?;
    /// let alone = model.simulate(&Batch::new(100, 7).threads(1))?;
    /// assert_eq!(run.values("attacks", By::Total)?, alone.values("attacks", By::Total)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_current_pool(mut self) -> Self {
        self.in_current_pool = true;
        self
    }

    /// Sets what is kept of the trials; without it, every one is.
    #[must_use]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// Sets how many seconds a trial may be expected to take; without it, 600. They are reckoned
    /// from what is expected to happen, on a machine that does 10^8 simple things a second, and do
    /// not depend on the one at hand.
    #[must_use]
    pub fn seconds_per_trial(mut self, most: f64) -> Self {
        self.seconds_per_trial = most;
        self
    }

    /// The threads that it asks for.
    fn pool(&self) -> Result<Threads> {
        match self.in_current_pool {
            true => Ok(Threads::current()),
            false => Threads::new(self.threads),
        }
    }

    /// Which trials are asked for, under which seed, and what is kept of them.
    pub(crate) fn asked(&self) -> (Range<u64>, u64, Keep) {
        (self.first..self.first.saturating_add(self.trials), self.seed, self.keep)
    }

    pub(crate) fn check(&self, model: &Model, threads: usize) -> Result<()> {
        let width = model.layout.width() as u64;
        let fitting = MOST_NUMBERS / width;
        if self.trials == 0 {
            return Err(Error::Usage("`trials` must be at least 1".into()));
        }
        if self.keep == Keep::Trials && self.trials > fitting {
            return Err(Error::Usage(format!(
                "{} trials of {width} measures each do not fit in memory; keep a summary of them \
                 with `Keep::Summary`, or run at most {fitting}",
                self.trials
            )));
        }
        if self.keep == Keep::Summary && model.is_reduced() {
            return Err(Error::Usage(
                "less variance comes of what was to be expected in each trial, which a summary does \
                 not keep: keep trials with `Keep::Trials`"
                    .into(),
            ));
        }
        if self.trials > MOST_TRIALS {
            return Err(Error::Usage(format!("`trials` must be at most {MOST_TRIALS}")));
        }
        let seconds = model.seconds_per_trial();
        // NaN allows none.
        if !matches!(self.seconds_per_trial.partial_cmp(&seconds), Some(Equal | Greater)) {
            return Err(Error::Usage(format!(
                "a trial is expected to take {seconds:.0} seconds, and the most is {}: {}; or give \
                 a larger `seconds_per_trial`",
                self.seconds_per_trial,
                model.what_takes_long()
            )));
        }
        model.check_inputs_from(self.first)?;
        self.check_memory(model, threads as u64)
    }

    /// Whether there is memory for what is known beforehand to be taken up.
    fn check_memory(&self, model: &Model, threads: u64) -> Result<()> {
        // One copy for each thread, one of what they have done, and one in parts.
        let weekly = (threads + 2) * Weekly::most_bytes(model, self.trials);
        let each = match self.keep {
            Keep::Trials => 8 * model.layout.width() as u64 + BESIDES,
            Keep::Summary => 0,
        };
        let advice = match self.keep {
            Keep::Trials => "; keep a summary of them with `Keep::Summary`",
            Keep::Summary => "; run on fewer threads, or shorten the horizon",
        };
        memory::check("trials", self.trials, each, weekly, advice)
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
    /// [`Error::Usage`] if there are no trials, more than can be counted, or if one is expected to
    /// take longer than it may; [`Error::Memory`] if they do not fit in memory.
    pub fn begin(&self, batch: &Batch) -> Result<Running<'_>> {
        let threads = batch.pool()?;
        batch.check(self, threads.count())?;
        let stop = Stop::default();
        let together = self.own_policies().any(|(_, own)| own.together);
        let rows = match batch.keep {
            Keep::Trials => memory::room(batch.trials as usize * self.layout.width())?,
            Keep::Summary => Vec::new(),
        };
        Ok(Running {
            model: self,
            seed: batch.seed,
            first: batch.first,
            asked: batch.trials,
            keep: batch.keep,
            done: 0,
            trials_per_thread: 1,
            threads,
            herd: together.then(|| Herd::new(self, &stop)),
            stop,
            rows,
            in_parts: 0,
            parts: Sums::new(self, batch.keep),
            since: Sums::new(self, batch.keep),
            idle: Mutex::new(Vec::new()),
        })
    }
}

/// A batch on its way. What has been run is always its trials from the first up to some number.
#[derive(Debug)]
#[must_use]
pub struct Running<'m> {
    model: &'m Model,
    seed: u64,
    /// The number of the first trial; all others here count from it.
    first: u64,
    asked: u64,
    keep: Keep,
    /// Trials run so far.
    done: u64,
    /// Trials of one thread that take about as long as the caller wants to wait.
    trials_per_thread: u64,
    threads: Threads,
    stop: Stop,
    /// Values of every trial run so far, where they are kept.
    rows: Vec<f64>,
    /// Trials that have been handed out, or taken up, in parts.
    in_parts: u64,
    /// What is kept of those.
    parts: Sums,
    /// The same, of trials that several threads have run since, and all of which are done.
    since: Sums,
    /// Workers that no thread is using. A single one has its sums; of several they are taken over
    /// when all that they ran side by side is done.
    idle: Mutex<Vec<Worker<'m>>>,
    /// Where a policy is asked about many trials at once.
    herd: Option<Herd<'m>>,
}

/// What runs one trial after another, and its share of what is kept of them.
#[derive(Debug)]
struct Worker<'m> {
    trial: Trial<'m>,
    /// By column; none where trials are kept.
    tallies: Vec<Tally>,
}

impl<'m> Worker<'m> {
    fn new(model: &'m Model, keep: Keep, stop: &Stop) -> Self {
        let trial = Trial::until(model, stop.clone());
        Worker { trial, tallies: tallies(model, keep) }
    }

    /// Runs a block; `now` is the trial that it is at, and the one after it when it is done, from
    /// `first` on. Returns why a policy broke off, if one did.
    fn run(&mut self, seed: u64, first: u64, block: Block<'_>, now: &mut u64) -> Option<Error> {
        let width = self.trial.row().len();
        let mut rows = block.rows.chunks_exact_mut(width);
        for index in block.trials {
            *now = index;
            if !self.trial.run(seed, first + index) {
                return self.trial.broken();
            }
            enter(&mut self.tallies, self.trial.row(), rows.next());
            *now += 1;
        }
        None
    }

    fn sums(&mut self) -> (&mut Weekly, &mut [Tally]) {
        (self.trial.weekly(), &mut self.tallies)
    }
}

/// Keeps the values of a trial.
fn enter(tallies: &mut [Tally], values: &[f64], row: Option<&mut [f64]>) {
    if let Some(row) = row {
        row.copy_from_slice(values);
    }
    tallies.iter_mut().zip(values).for_each(|(tally, value)| tally.add(*value));
}

/// Trials that one thread runs, and where their values go, if anywhere.
struct Block<'a> {
    trials: Range<u64>,
    rows: &'a mut [f64],
}

impl<'m> Running<'m> {
    /// Trials run so far.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Trials that have been handed out, or taken up, in parts.
    pub fn in_parts(&self) -> u64 {
        self.in_parts
    }

    /// What to say so to if the batch is to be given up, from any thread: [`Running::advance`] then
    /// returns within a fraction of a second, in the middle of trials if need be.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Runs for about `wait`, at least one trial on each thread (for a few trials where there is no clock,
    /// as on `wasm32-unknown-unknown`); returns whether any is left that
    /// is to be run. Once the batch is given up there is none: what [`Running::finish`] gives are
    /// the trials that were done.
    ///
    /// # Errors
    /// [`Error::Policy`] if a policy of the program breaks off: what has been run are then all trials
    /// before the one in which the first of them did. [`Error::Fault`] if a trial panics, which only a fault of this library can bring
    /// about: what has been run is then what is in parts.
    pub fn advance(&mut self, wait: Duration) -> Result<bool> {
        let mut pace = Pace::new(wait);
        while self.done() < self.asked && !self.stop.is_set() {
            self.wave()?;
            if !pace.go_on(&mut self.trials_per_thread) {
                break;
            }
        }
        Ok(self.done() < self.asked && !self.stop.is_set())
    }

    /// Runs the next blocks, side by side.
    fn wave(&mut self) -> Result<()> {
        if self.herd.is_some() {
            return self.together();
        }
        let (model, seed, first_of_all) = (self.model, self.seed, self.first);
        let (keep, stop) = (self.keep, &self.stop);
        let most = self.trials_per_thread.saturating_mul(self.threads.count() as u64);
        let trials = self.done..self.asked.min(self.done.saturating_add(most));
        let begun = self.rows.len();
        if keep == Keep::Trials {
            self.rows.resize(trials.end as usize * model.layout.width(), f64::NAN);
        }
        let size = self.trials_per_thread.min(BLOCK);
        let blocks = blocks(trials.clone(), size, model.layout.width(), &mut self.rows[begun..]);
        // A single worker has what it ran before too, and runs them in order.
        let one_each = self.threads.count() > 1 && blocks.len() <= self.threads.count();
        let (idle, faults) = (&self.idle, Mutex::new(Vec::new()));
        let (cut, broken) = (Mutex::new(Vec::<u64>::new()), Mutex::new(Vec::new()));
        let at_work = Mutex::new(Vec::new());
        let work = |block: Block<'_>| {
            let Range { start: first, end } = block.trials;
            // What comes after one that was given up is for nothing, and a single worker would have
            // it in its sums.
            let for_nothing = cut.lock().expect(HELD).iter().any(|at| *at < first);
            if for_nothing || stop.is_set() {
                return cut.lock().expect(HELD).push(first);
            }
            let free = idle.lock().expect(HELD).pop();
            let mut worker = free.unwrap_or_else(|| Worker::new(model, keep, stop));
            let mut now = first;
            let work = AssertUnwindSafe(|| worker.run(seed, first_of_all, block, &mut now));
            match catch_unwind(work) {
                Ok(error) => {
                    broken.lock().expect(HELD).extend(error.map(|error| (now, error)));
                    // One that has a block to itself has nothing of another one's trials.
                    match one_each {
                        true => at_work.lock().expect(HELD).push((first, worker)),
                        false => idle.lock().expect(HELD).push(worker),
                    }
                }
                Err(panic) => return faults.lock().expect(HELD).push((now, panic)),
            }
            if now < end {
                cut.lock().expect(HELD).push(now);
            }
        };
        match self.threads.count() {
            1 => self.threads.one_by_one(blocks, work),
            _ => self.threads.for_each(blocks, work),
        }
        let faults = faults.into_inner().expect(HELD);
        if let Some((trial, panic)) = faults.into_iter().min_by_key(|(trial, _)| *trial) {
            return Err(self.fail(trial, said(panic.as_ref())));
        }
        let cut = cut.into_inner().expect(HELD).into_iter().min();
        self.take_over(trials, cut, at_work.into_inner().expect(HELD));
        let broken = broken.into_inner().expect(HELD).into_iter();
        match broken.min_by_key(|(trial, _)| *trial) {
            Some((trial, error)) => self.run_up_to(trial).and(Err(error)),
            None => Ok(()),
        }
    }

    /// Runs those before a trial which have been given up with it.
    fn run_up_to(&mut self, trial: u64) -> Result<()> {
        let asked = std::mem::replace(&mut self.asked, trial);
        let mut run = Ok(());
        while run.is_ok() && self.done < trial && !self.stop.is_set() {
            run = self.wave();
        }
        self.asked = asked;
        run
    }

    /// Takes over the sums of trials that were run side by side: all of them, or those before the
    /// first that was given up, if workers had a block each. If not, nobody can tell those apart,
    /// and none is done; but then they were short.
    fn take_over(
        &mut self,
        trials: Range<u64>,
        cut: Option<u64>,
        mut at_work: Vec<(u64, Worker<'m>)>,
    ) {
        let idle = self.idle.get_mut().expect(HELD);
        at_work.sort_by_key(|(first, _)| *first);
        self.done = cut.unwrap_or(trials.end);
        let of_done = at_work.partition_point(|(first, _)| *first < self.done);
        if cut.is_some() && at_work.is_empty() && self.threads.count() > 1 {
            self.done = trials.start;
            idle.clear();
        }
        at_work.truncate(of_done);
        idle.extend(at_work.into_iter().map(|(_, worker)| worker));
        if self.threads.count() > 1 {
            self.since.gather(idle.iter_mut().map(Worker::sums), &self.threads);
        }
        if self.keep == Keep::Trials {
            self.rows.truncate(self.done as usize * self.model.layout.width());
        }
    }

    /// Forgets what is not in parts, some of which a panic may have left half done.
    fn fail(&mut self, trial: u64, what: &str) -> Error {
        self.idle = Mutex::new(Vec::new());
        self.since = Sums::new(self.model, self.keep);
        self.done = self.in_parts;
        self.rows.truncate(self.done as usize * self.model.layout.width());
        Error::Fault(format!(
            "trial {} under seed {} broke off: {what}. This is a fault of drawdown, not of the \
             scenario: please report it with the scenario ({}), the seed and the version ({})",
            self.first + trial,
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
        check_parts(self.model)?;
        let trials = self.first + self.in_parts..self.first + self.done;
        let head = Head::new(self.model, self.seed, self.keep, trials)?;
        let sums = self.sums_since();
        self.parts.merge(&sums);
        let width = self.model.layout.width();
        let rows = self.rows.get(self.in_parts as usize * width..).unwrap_or_default();
        let part = Part::new(head, rows, sums.tallies, sums.weekly);
        let bytes = part.to_bytes();
        self.in_parts = self.done;
        Ok(bytes)
    }

    /// What has been kept since the last part, which is forgotten.
    fn sums_since(&mut self) -> Sums {
        let idle = self.idle.get_mut().expect(HELD);
        self.since.gather(idle.iter_mut().map(Worker::sums), &self.threads);
        std::mem::replace(&mut self.since, Sums::new(self.model, self.keep))
    }

    /// Takes up a part of an earlier batch, so as to go on behind it; parts in order, before any
    /// trial is run.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is not the next part of the same scenario, given inputs, seed,
    /// [`Keep`] and version, is damaged, goes beyond the trials asked for, comes after trials that
    /// were run, or if rules are functions of the program.
    pub fn take_up(&mut self, part: &[u8]) -> Result<()> {
        check_parts(self.model)?;
        if self.done > self.in_parts {
            return Err(Error::Usage("parts are taken up before any trial is run".into()));
        }
        let part = Part::from_bytes(part, self.model, &self.model.scenario().hash())?;
        part.check_run(self.seed, self.keep)?;
        let (begins, due) = (part.head.first, self.first + self.in_parts);
        if begins != due {
            let what = format!("it begins with trial {begins}, and {due} comes next");
            return Err(Error::Usage(what));
        }
        let done = self.done.saturating_add(part.head.trials);
        if done > self.asked {
            return Err(Error::Usage(format!("it goes beyond the {} trials", self.asked)));
        }
        self.rows.extend_from_slice(&part.rows);
        self.parts.take_over(&mut Sums { weekly: part.weekly, tallies: part.tallies });
        (self.done, self.in_parts) = (done, done);
        Ok(())
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
        let mut since = self.sums_since();
        self.parts.take_over(&mut since);
        self.rows.shrink_to_fit();
        let Sums { weekly, tallies } = self.parts;
        let kept = Kept::new(self.keep, self.rows, self.model.layout.width(), tallies);
        Run::new(self.model, self.seed, self.first, self.asked, kept, weekly)
    }
}
