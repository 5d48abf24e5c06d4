//! Trials that stop at the questions of a policy, which is asked about all of them at once.
//!
//! They are all begun, and go on side by side up to the next question of each. The policy is asked
//! about those that have stopped, and they go on with the answers, until none stops any more. Then they are ended in
//! order, so that what is kept is what trials one after another leave.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{HELD, Running, Worker, enter};
use crate::error::{Error, said};
use crate::model::{Decision, Memory, Model, NoAnswer, Own};
use crate::results::Keep;
use crate::stop::Stop;
use crate::threads::Threads;
use crate::trial::{End, Trial};

/// Most bytes that trials take up which wait for answers, and the least number of them: with fewer,
/// most of the time goes into being asked at all.
const MOST_BYTES: u64 = 256 << 20;
const LEAST: u64 = 512;

/// Trials that one thread takes at a time.
const BLOCK: usize = 8;

/// Trials that are asked together. Made once, used for many.
#[derive(Debug)]
pub(super) struct Herd<'m> {
    model: &'m Model,
    stop: Stop,
    places: Vec<Place<'m>>,
    /// So many fit into memory.
    most: u64,
}

/// A trial on its way.
#[derive(Debug)]
struct Place<'m> {
    trial: Trial<'m>,
    /// None until it has stopped.
    end: Option<End>,
    answer: Option<Decision>,
    /// What a panic of this library said.
    fault: Option<String>,
}

/// Why a trial has not come to its end.
#[derive(Debug)]
pub(super) enum Cut {
    /// It was given up.
    Stopped,
    /// A policy broke off.
    Policy(Error),
    /// This library is at fault.
    Fault(String),
}

impl<'m> Herd<'m> {
    pub fn new(model: &'m Model, stop: &Stop) -> Self {
        let each = Trial::without_books(model, stop.clone()).bytes();
        let most = (MOST_BYTES / each).max(LEAST);
        Herd { model, stop: stop.clone(), places: Vec::new(), most }
    }

    /// How many of so many trials are to be run next, if about `few` of them would do.
    pub fn next(&self, trials: Range<u64>, few: u64) -> Range<u64> {
        let count = few.clamp(LEAST, self.most);
        trials.start..trials.end.min(trials.start.saturating_add(count))
    }

    /// Runs trials side by side up to the end of each; `end` is then told of each in order, up to
    /// the first that was cut short.
    pub fn run(
        &mut self,
        seed: u64,
        trials: Range<u64>,
        threads: &Threads,
        mut end: impl FnMut(u64, &mut Trial<'m>, End),
    ) -> Result<(), (u64, Cut)> {
        let count = (trials.end - trials.start) as usize;
        while self.places.len() < count {
            let trial = Trial::without_books(self.model, self.stop.clone());
            self.places.push(Place { trial, end: None, answer: None, fault: None });
        }
        let places = &mut self.places[..count];
        let begin = |k: usize, place: &mut Place<'m>| place.begin(seed, trials.start + k as u64);
        side_by_side(places, threads, begin);
        let mut going = up_to_the_first_failing(places);
        while !self.stop.is_set() {
            let mut asked = false;
            for (rule, own) in self.model.own_policies() {
                asked |= ask(going, rule, own);
                going = up_to_the_first_failing(going);
            }
            if !asked {
                break;
            }
            side_by_side(going, threads, |_, place| place.go_on());
            going = up_to_the_first_failing(going);
        }
        for (index, place) in trials.zip(going) {
            let cut = match (place.fault.take(), place.end) {
                (None, Some(come @ (End::Horizon | End::Full))) => {
                    end(index, &mut place.trial, come);
                    continue;
                }
                (Some(what), _) => Cut::Fault(what),
                (None, _) => place.trial.broken().map_or(Cut::Stopped, Cut::Policy),
            };
            return Err((index, cut));
        }
        Ok(())
    }
}

/// The trials that are still to be run: those up to the first that has failed, if one has. So the
/// error is that of the lowest number, whatever was run beside it.
fn up_to_the_first_failing<'a, 'm>(places: &'a mut [Place<'m>]) -> &'a mut [Place<'m>] {
    let end = places.iter().position(Place::has_failed).map_or(places.len(), |at| at + 1);
    &mut places[..end]
}

/// Does something with each place, on all threads.
fn side_by_side<'m>(
    places: &mut [Place<'m>],
    threads: &Threads,
    work: impl Fn(usize, &mut Place<'m>) + Send + Sync,
) {
    let work = |(block, places): (usize, &mut [Place<'m>])| {
        for (k, place) in places.iter_mut().enumerate() {
            let work = AssertUnwindSafe(|| work(block * BLOCK + k, place));
            if let Err(panic) = catch_unwind(work) {
                (place.fault, place.end) =
                    (Some(said(panic.as_ref()).to_owned()), Some(End::Halted));
            }
        }
    };
    let blocks = places.chunks_mut(BLOCK).enumerate().collect();
    match threads.count() {
        1 => threads.one_by_one(blocks, work),
        _ => threads.for_each(blocks, work),
    }
}

impl Place<'_> {
    fn has_failed(&self) -> bool {
        self.fault.is_some() || self.trial.broken().is_some()
    }

    fn has_no_answer(&mut self, what: String) {
        self.trial.no_answer(what);
        (self.end, self.answer) = (Some(End::Halted), None);
    }

    fn begin(&mut self, seed: u64, index: u64) {
        (self.end, self.answer, self.fault) = (None, None, None);
        self.trial.set_out_to_be_asked(seed, index);
        self.go_on();
    }

    /// Goes on with the answer, if it has waited for one, up to the next question or the end.
    fn go_on(&mut self) {
        if let Some(answer) = self.answer.take() {
            self.trial.answer(answer);
        }
        if self.end.is_none() && self.trial.asks().is_none() {
            let end = self.trial.go_on_until(f64::INFINITY);
            self.end = (self.trial.asks().is_none()).then_some(end);
        }
    }
}

/// Asks a policy about every trial that waits for its answer, if any does.
fn ask(places: &mut [Place<'_>], rule: usize, own: &Own) -> bool {
    let waits = |place: &&mut Place<'_>| place.trial.asks() == Some(rule);
    let mut waiting: Vec<&mut Place<'_>> = places.iter_mut().filter(waits).collect();
    if waiting.is_empty() {
        return false;
    }
    answer(&mut waiting, own);
    true
}

/// Gives each trial its answer, up to the first that has none; returns whether all have one.
fn answer(waiting: &mut [&mut Place<'_>], own: &Own) -> bool {
    let asked = catch_unwind(AssertUnwindSafe(|| {
        // Copies, of which nothing is kept if there is no answer.
        let copies = waiting.iter().filter_map(|place| place.trial.copy_memory());
        let mut memories: Vec<Memory> = copies.collect();
        let now = waiting.iter().filter_map(|place| place.trial.question()).collect();
        let answers = own.mind.decide_all(now, &mut memories)?;
        Ok((answers, memories))
    }));
    let panicked = |what: &str| Err(NoAnswer { place: None, what: what.to_owned() });
    let NoAnswer { place, what } =
        match asked.unwrap_or_else(|panic| panicked(said(panic.as_ref()))) {
            Ok((answers, memories)) => {
                for ((place, answer), memory) in waiting.iter_mut().zip(answers).zip(memories) {
                    place.trial.keep_memory(memory);
                    place.answer = Some(answer);
                }
                return true;
            }
            Err(none) => none,
        };
    let (failing, what) = match (place.filter(|at| *at < waiting.len()), waiting.len()) {
        (Some(at), _) => {
            if at > 0 && !answer(&mut waiting[..at], own) {
                return false;
            }
            (at, what)
        }
        (None, 1) => (0, what),
        // Which one it is, is found out by asking about fewer.
        (None, count) => {
            let (some, others) = waiting.split_at_mut(count / 2);
            if !(answer(some, own) && answer(others, own)) {
                return false;
            }
            (0, format!("{what} (asked again about fewer than {count} trials, it had an answer)"))
        }
    };
    waiting[failing].has_no_answer(what);
    false
}

impl Running<'_> {
    /// Runs the next trials, which are asked together.
    pub(super) fn together(&mut self) -> Result<(), Error> {
        let Some(herd) = &mut self.herd else { return Ok(()) };
        let (model, keep, width) = (self.model, self.keep, self.model.layout.width());
        let few = self.trials_per_thread.saturating_mul(self.threads.count() as u64);
        let trials = herd.next(self.done..self.asked, few);
        let free = self.idle.get_mut().expect(HELD).pop();
        let mut worker = free.unwrap_or_else(|| Worker::new(model, keep, &self.stop));
        if keep == Keep::Trials {
            self.rows.resize(trials.end as usize * width, f64::NAN);
        }
        let (rows, done) = (&mut self.rows, &mut self.done);
        let first = self.first;
        let numbers = first + trials.start..first + trials.end;
        let ran = herd.run(self.seed, numbers, &self.threads, |number, trial, end| {
            let index = number - first;
            trial.end_with_books_of(&mut worker.trial, end);
            let row = rows.chunks_exact_mut(width).nth(index as usize);
            enter(&mut worker.tallies, trial.row(), row);
            *done = index + 1;
        });
        self.rows.truncate(match keep {
            Keep::Trials => self.done as usize * width,
            Keep::Summary => 0,
        });
        self.idle.get_mut().expect(HELD).push(worker);
        match ran {
            Ok(()) | Err((_, Cut::Stopped)) => Ok(()),
            Err((_, Cut::Policy(error))) => Err(error),
            Err((trial, Cut::Fault(what))) => Err(self.fail(trial - first, &what)),
        }
    }
}
