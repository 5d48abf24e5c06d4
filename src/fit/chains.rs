//! Samples of the ranges of a scenario, given evidence: chains of Metropolis and Hastings.
//!
//! A chain walks over normal scores: a range with value x of prior probability u below it has the
//! score z with standard normal probability u below it, so that the prior is standard normal whatever
//! the laws of the ranges. Three kinds of steps take turns at random: a step drawn from the normal law
//! that the chain has learned, or towards it in part (Cotter, Roberts, Stuart & White 2013,
//! Statistical Science 28:424, about the learned law); a step of the size of that law (Haario, Saksman
//! & Tamminen 2001, Bernoulli 7:223); a step of one score. What a chain learns it learns before the
//! draws that count, and no chain learns from another: R-hat over them says what it should.

use std::time::Duration;

use ndarray::Array3;
use serde::{Deserialize, Serialize};

use super::apart;
use super::diagnostics::Diagnostics;
use super::evidence::{Cause, Evidence, Likelihood, Likely};
use super::learned::Learned;
use crate::error::{Error, Result};
use crate::law::Range;
use crate::law::special::normal as normal_below;
use crate::model::Model;
use crate::observe::Count;
use crate::pace::Pace;
use crate::stop::Stop;
use crate::streams::{Purpose, Stream, Who};
use crate::threads::Threads;
use crate::variates::normal;

/// Samples of the prior that are looked at to find out what the likelihood depends on.
const LOOKS: usize = 6;

/// Samples of the prior that are tried until one makes the evidence possible.
const TRIES: usize = 4_000;

/// Before the name of a source, where its factor stands among the ranges.
const REPORTING: &str = "reporting.";

/// Most draws of all chains together, the warm-up too.
const MOST_DRAWS: usize = 100_000_000;

/// Samples of the prior of which the best begins a chain.
const BEGINNINGS: usize = 26;

/// How many chains, how long, and under which seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Independent chains, 2 or more.
    pub chains: usize,
    /// Draws of each in which it learns, which do not count.
    pub warmup: usize,
    /// Draws of each that count.
    pub draws: usize,
    /// Steps from one draw to the next.
    pub steps: usize,
    /// The seed. With the hashes of scenario and evidence it decides all of the draws.
    pub seed: u64,
    /// Threads; 0: all cores. They do not change the draws.
    pub threads: usize,
}

impl Settings {
    /// Draws of each chain, the warm-up too.
    pub(super) fn all(&self) -> usize {
        self.warmup + self.draws
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings { chains: 4, warmup: 500, draws: 1_000, steps: 5, seed: 0, threads: 0 }
    }
}

/// Chains under way.
#[derive(Debug)]
#[must_use]
pub struct Fitting<'a> {
    model: &'a Model,
    pub(super) settings: Settings,
    threads: Threads,
    pub(super) stop: Stop,
    /// What the draws follow from.
    pub(super) id: String,
    /// The ranges that the likelihood depends on, by place among all; after them come factors.
    fitted: Vec<usize>,
    /// Whose factors they are.
    sources: Vec<String>,
    pub(super) chains: Vec<Chain<'a>>,
}

/// What chains have found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fitted {
    /// Paths of the ranges that the evidence says something of.
    pub paths: Vec<String>,
    /// Their values, by chain, draw and range.
    #[serde(serialize_with = "crate::nested::three")]
    pub draws: Array3<f64>,
    /// The logarithm of the likelihood, by chain and draw.
    pub log_likelihood: Vec<Vec<f64>>,
    /// By range.
    pub diagnostics: Vec<Diagnostics>,
    /// The share of steps after the warm-up that were taken, by chain.
    pub taken: Vec<f64>,
}

#[derive(Clone, Debug)]
pub(super) struct Chain<'a> {
    target: Target<'a>,
    pub(super) walk: Walk,
}

/// A chain so far, all that it takes to go on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Walk {
    stream: Stream,
    place: Place,
    learned: Learned,
    /// Draws so far, the warm-up too.
    pub made: usize,
    taken: u64,
    draws: Vec<f64>,
    logs: Vec<f64>,
}

/// Where a chain is.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    scores: Vec<f64>,
    log: f64,
}

/// The likelihood as a function of the scores of the ranges that are fitted.
#[derive(Clone, Debug)]
struct Target<'a> {
    likelihood: Likelihood<'a>,
    laws: Vec<Range>,
    fitted: Vec<usize>,
    /// Values of all ranges.
    values: Vec<f64>,
}

impl<'a> Fitting<'a> {
    /// Chains that have not begun.
    ///
    /// # Errors
    /// [`Error::Usage`] if the scenario has no ranges, the evidence does not fit it or says nothing of
    /// any range, settings are out of range, or the evidence is impossible under all of many samples
    /// of the prior: the message says which count is in the way.
    pub fn new(model: &'a Model, evidence: &Evidence, settings: Settings) -> Result<Self> {
        let threads = Threads::new(settings.threads)?;
        if settings.chains < 2 || settings.draws < 4 || settings.steps < 1 {
            let what = "chains are 2 or more, of 4 draws or more, of a step or more each";
            return Err(Error::Usage(what.into()));
        }
        let all = settings.warmup.saturating_add(settings.draws).saturating_mul(settings.chains);
        if all > MOST_DRAWS {
            let what = format!("chains have {all} draws in all, and at most {MOST_DRAWS} are kept");
            return Err(Error::Usage(what));
        }
        let likelihood = Likelihood::new(model, evidence)?;
        let ranges = model.numbers.families().map(|family| Range::Family(family.clone()));
        let factors = evidence.sources.iter().map(|source| source.factor.clone());
        let laws: Vec<Range> = ranges.chain(factors).map(|law| law.in_order()).collect();
        if laws.is_empty() {
            let what = "the scenario has no ranges: write one for what is to be fitted";
            return Err(Error::Usage(what.into()));
        }
        let data = evidence.hash();
        // What is said of where numbers come from moves no chain.
        let content = model.scenario().hash_of_values();
        let who = |part: &str| Who::new(&["fit", &content, &data, part]);
        let stream =
            |part: &str, k: usize| Stream::new(settings.seed, k as u64, who(part), Purpose::Fit);
        let values = vec![0.0; laws.len()];
        let fitted = (0..laws.len()).collect();
        let mut target = Target { likelihood, laws, fitted, values };
        let starts = target.starts(model, evidence, &mut stream("look", 0))?;
        target.fitted = target.moved(&starts, &mut stream("look", 1));
        if target.fitted.is_empty() {
            let what = "the evidence says nothing of any range of the scenario: write ranges for \
                        attacks_per_day, rate_factor, mean_days, next, children_per_attack or \
                        batch_mean";
            return Err(Error::Usage(what.into()));
        }
        let chains = (0..settings.chains).map(|k| Chain::new(&target, stream("chain", k)));
        let Settings { warmup, draws, steps, seed, .. } = settings;
        let id = format!(
            "values {}, evidence {}, drawdown {}, seed {seed}, {} chains of {warmup} and {draws} \
             draws of {steps} steps",
            content,
            data,
            env!("CARGO_PKG_VERSION"),
            settings.chains,
        );
        Ok(Fitting {
            id,
            model,
            threads,
            stop: Stop::default(),
            fitted: target.fitted.clone(),
            sources: evidence.sources.iter().map(|source| source.name.clone()).collect(),
            chains: chains.collect(),
            settings,
        })
    }

    /// What ends the work early.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Draws of all chains so far, the warm-up too.
    pub fn done(&self) -> usize {
        self.chains.iter().map(|chain| chain.walk.made).sum()
    }

    /// How many there will be.
    pub fn all(&self) -> usize {
        self.settings.chains * self.settings.all()
    }

    /// Goes on for some time; whether there is more to do.
    pub fn advance(&mut self, wait: Duration) -> bool {
        let pace = Pace::new(wait);
        let (settings, stop) = (&self.settings, &self.stop);
        let chains: Vec<&mut Chain<'a>> = self.chains.iter_mut().collect();
        self.threads.for_each(chains, |chain| {
            chain.go_on(settings, stop, pace);
        });
        self.done() < self.all() && !self.stop.is_set()
    }

    /// All that it takes to go on later, with the same draws.
    pub fn save(&self) -> Vec<u8> {
        let walks = self.chains.iter().map(|chain| &chain.walk).collect::<Vec<_>>();
        serde_json::to_vec(&(&self.id, walks)).expect("numbers are JSON")
    }

    /// Goes on where [`Fitting::save`] was called.
    ///
    /// # Errors
    /// [`Error::Usage`] if that was another fit: of another scenario, evidence, version or seed, or
    /// with other settings.
    pub fn take_up(&mut self, saved: &[u8]) -> Result<()> {
        let read: std::result::Result<(String, Vec<Walk>), _> = serde_json::from_slice(saved);
        let (id, walks) = read.map_err(apart::damaged)?;
        self.check_id(&id)?;
        if walks.len() != self.chains.len() {
            return Err(apart::damaged(format!("it has {} chains", walks.len())));
        }
        self.chains
            .iter_mut()
            .zip(walks)
            .try_for_each(|(chain, walk)| chain.take_up(walk, &self.settings))
    }

    /// The draws that count: of each chain as many as of the one that has fewest.
    pub fn finish(self) -> Fitted {
        let width = self.fitted.len();
        let walks: Vec<&Walk> = self.chains.iter().map(|chain| &chain.walk).collect();
        let length = walks.iter().map(|walk| walk.logs.len()).min().unwrap_or(0);
        let values: Vec<f64> =
            walks.iter().flat_map(|walk| walk.draws[..length * width].iter().copied()).collect();
        let draws = Array3::from_shape_vec((walks.len(), length, width), values)
            .expect("each draw has a value for each range");
        let diagnostics = (0..width).map(|range| {
            let chains = draws.outer_iter().map(|chain| chain.column(range).to_vec());
            Diagnostics::of(&chains.collect::<Vec<_>>())
        });
        let paths = self.model.input_paths().into_iter().map(str::to_owned);
        let factors = self.sources.iter().map(|name| format!("{REPORTING}{name}"));
        let paths: Vec<String> = paths.chain(factors).collect();
        let steps = |walk: &Walk| (walk.logs.len() * self.settings.steps) as f64;
        Fitted {
            paths: self.fitted.iter().map(|k| paths[*k].clone()).collect(),
            diagnostics: diagnostics.collect(),
            log_likelihood: walks.iter().map(|walk| walk.logs[..length].to_vec()).collect(),
            taken: walks.iter().map(|walk| walk.taken as f64 / steps(walk)).collect(),
            draws,
        }
    }
}

impl<'a> Target<'a> {
    /// Samples of the prior, as scores of all ranges, under which the evidence is possible.
    fn starts(
        &mut self,
        model: &Model,
        evidence: &Evidence,
        stream: &mut Stream,
    ) -> Result<Vec<Vec<f64>>> {
        let (mut found, mut in_the_way, mut unsound) = (Vec::new(), Vec::new(), 0);
        for _ in 0..TRIES {
            let scores: Vec<f64> = self.laws.iter().map(|_| normal(stream)).collect();
            match self.at(&scores) {
                Likely::Log(_) => found.push(scores),
                Likely::Unsound => unsound += 1,
                Likely::Impossible(cause) => in_the_way.push(cause),
            }
            if found.len() == LOOKS {
                return Ok(found);
            }
        }
        if !found.is_empty() {
            return Ok(found);
        }
        if unsound == TRIES {
            let what = "under each of many samples of the ranges attacks would never end";
            return Err(Error::Usage(what.into()));
        }
        let times = |cause: &Cause| in_the_way.iter().filter(|other| *other == cause).count();
        let most = in_the_way.iter().max_by_key(|cause| times(cause)).expect("none was found");
        let what = match *most {
            Cause::Count(k) => {
                let Count { from_days, to_days, reported, .. } = &evidence.counts[k];
                let (from, to) = (model.day(*from_days), model.day(*to_days - 1.0));
                format!("the count from {from} to {to} ({reported})")
            }
            Cause::Log(k) => format!("the log of attacks by `{}`", evidence.logs[k].threat),
            Cause::Harm => "what attacks did".to_owned(),
            Cause::Execution(k) => format!("the days of `{}`", evidence.executions[k].phase),
        };
        Err(Error::Usage(format!(
            "the model gives what was observed a probability of 0 under each of {TRIES} samples of \
             its ranges; {what} stood in the way {} times: look for a fault in it, or widen the ranges",
            times(most),
        )))
    }

    /// The ranges that move the likelihood.
    fn moved(&mut self, starts: &[Vec<f64>], stream: &mut Stream) -> Vec<usize> {
        let moves = |target: &mut Self, range: usize, stream: &mut Stream| {
            starts.iter().any(|scores| {
                let before = target.at(scores).log();
                let mut other = scores.clone();
                other[range] = normal(stream);
                target.at(&other).log() != before
            })
        };
        (0..self.laws.len()).filter(|range| moves(self, *range, stream)).collect()
    }

    /// The likelihood at scores of the ranges that are fitted.
    fn at(&mut self, scores: &[f64]) -> Likely {
        if self.fitted.len() < self.laws.len() {
            // What the likelihood does not depend on.
            let middles = self.values.iter_mut().zip(&self.laws);
            middles.for_each(|(value, law)| *value = law.at_in_order(0.5));
        }
        for (range, score) in self.fitted.iter().zip(scores) {
            self.values[*range] = self.laws[*range].at_in_order(normal_below(*score).0);
        }
        self.likelihood.of(&self.values)
    }

    fn place(&mut self, scores: Vec<f64>) -> Place {
        Place { log: self.at(&scores).log(), scores }
    }
}

impl<'a> Chain<'a> {
    fn new(target: &Target<'a>, mut stream: Stream) -> Self {
        let mut target = target.clone();
        let width = target.fitted.len();
        let mut place = Place { scores: vec![0.0; width], log: f64::MIN };
        for k in 0..TRIES {
            let scores = (0..width).map(|_| normal(&mut stream)).collect();
            let tried = target.place(scores);
            if tried.log > place.log {
                place = tried;
            }
            if k + 1 >= BEGINNINGS && place.log > f64::MIN {
                break;
            }
        }
        let learned = Learned::new(width);
        let (draws, logs) = (Vec::new(), Vec::new());
        let walk = Walk { stream, place, learned, made: 0, taken: 0, draws, logs };
        Chain { target, walk }
    }

    /// Draws until time is up, it is told to stop or has as many as it is to have.
    pub fn go_on(&mut self, settings: &Settings, stop: &Stop, pace: Pace) {
        while self.walk.made < settings.all() && !stop.is_set() {
            self.draw(settings);
            if pace.is_over() {
                break;
            }
        }
    }

    /// Goes on where another left off.
    ///
    /// # Errors
    /// [`Error::Usage`] if that cannot have been this chain.
    pub fn take_up(&mut self, walk: Walk, settings: &Settings) -> Result<()> {
        let width = self.target.fitted.len();
        let kept = walk.made.saturating_sub(settings.warmup);
        let fits = walk.made <= settings.all()
            && walk.logs.len() == kept
            && walk.draws.len() == kept * width
            && walk.place.scores.len() == width
            && walk.learned.fits(width);
        if !fits {
            return Err(apart::damaged("a chain is not as long as it says"));
        }
        self.walk = walk;
        Ok(())
    }

    fn draw(&mut self, settings: &Settings) {
        let learning = self.walk.made < settings.warmup;
        for _ in 0..settings.steps {
            self.step(learning);
        }
        let walk = &mut self.walk;
        walk.made += 1;
        if learning {
            // What a chain learns while it is still on its way is forgotten again and again.
            let forget = [8, 4, 2].iter().any(|part| walk.made == settings.warmup / part);
            let due = walk.made == settings.warmup || walk.made.is_multiple_of(20);
            walk.learned.conclude(due, forget);
            return;
        }
        for (range, score) in self.target.fitted.iter().zip(&walk.place.scores) {
            let law = &self.target.laws[*range];
            walk.draws.push(law.at_in_order(normal_below(*score).0));
        }
        walk.logs.push(walk.place.log);
    }

    fn step(&mut self, learning: bool) {
        let Chain { target, walk } = self;
        let Walk { stream, place, learned, .. } = walk;
        let kind = stream.uniform();
        let one_of = |stream: &mut Stream| (stream.uniform() * place.scores.len() as f64) as usize;
        let chosen = (kind >= 0.7).then(|| one_of(stream));
        let (scores, correction) = match (kind, chosen) {
            (_, Some(one)) => {
                let mut scores = place.scores.clone();
                scores[one] += learned.each[one] * normal(stream);
                (scores, 0.0)
            }
            (..0.35, _) => (learned.about(&place.scores, stream), 0.0),
            _ => {
                let part = if kind < 0.55 { 1.0 } else { 0.5 };
                learned.towards(&place.scores, part, stream)
            }
        };
        let new = target.place(scores);
        let prior = |place: &Place| -0.5 * place.scores.iter().map(|z| z * z).sum::<f64>();
        let gain = new.log + prior(&new) - place.log - prior(place) + correction;
        let chance = if new.log.is_finite() { libm::exp(gain.min(0.0)) } else { 0.0 };
        if stream.uniform() < chance {
            *place = new;
            walk.taken += u64::from(!learning);
        }
        if learning {
            match chosen {
                Some(one) => learned.adapt_one(one, chance),
                None if kind < 0.35 => learned.adapt_all(chance),
                None => {}
            }
            learned.see(&place.scores);
        }
    }
}
