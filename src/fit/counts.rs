//! The likelihood of counts of attacks over stretches of time.
//!
//! A chain of states with moves Q, in state s background arrivals at a rate b(s), each of which
//! begins a cluster with generating function G: the counts n(1), ..., n(K) of stretches of t(k) days
//! have the likelihood
//!
//! v' M(1) ... M(K) 1,    M(k) = [z^n(k)] exp((Q + diag(b) (G(z) - 1)) t(k)),
//!
//! with v the law of the states on the first day. What a stretch adds to the count of a report that
//! is not exact is a sum of such coefficients, and where nothing was counted z is 1. Who counts more
//! or fewer than there are, by a factor f, counts clusters at f b(s). A cluster counts where its first
//! attack does, which is exact without contagion; with it, [`excess`](super::excess) says how much too
//! large that makes the variance of a count.

use super::circle::{Circle, Reader};
use super::clusters::Complex;
use super::kinds::{Kinds, Selection, presence};
use super::lanes::{Exponential, LANES, Lanes};
use super::states::{First, States};
use crate::error::{Error, Result};
use crate::model::{Draw, Model};
use crate::observe::{Count, Counted, Reported};
use crate::streams::Stream;
use crate::validate::LONGEST;
use crate::variates::{choose, exponential};

/// Most that can have been counted: more points of a circle than this take too long.
const MOST: u64 = 50_000;

/// Nobody draws so many clusters one by one.
const ENORMOUS: f64 = 1e7;

/// What was counted, ready to be compared with the model.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    first: First,
    steps: Vec<Step>,
    selections: Vec<Selection>,
    work: Work,
}

/// One stretch.
#[derive(Clone, Debug)]
struct Step {
    /// Which of the counts that were given it is, and of which channels each: several where sites
    /// are counted apart.
    parts: Vec<Part>,
    /// Days since the end of the one before.
    gap: f64,
    days: f64,
    /// The channels of all parts.
    selection: usize,
    /// Who counted.
    source: Option<usize>,
    reader: Option<Reader>,
}

#[derive(Clone, Debug)]
struct Part {
    given: usize,
    selection: usize,
    count: f64,
}

#[derive(Clone, Debug, Default)]
struct Work {
    states: States,
    row: Vec<f64>,
    next: Vec<f64>,
    generator: Vec<Lanes>,
    /// Clusters that are counted by those there are.
    factor: f64,
    exponential: Option<Exponential>,
    kinds: Kinds,
}

/// From when to when a count is.
fn span(model: &Model, count: &Count) -> String {
    format!("from {} to {}", model.day(count.from_days), model.day(count.to_days - 1.0))
}

impl Counts {
    /// `sources` has that of each count.
    pub fn new(
        model: &Model,
        counts: &[Count],
        sources: &[Option<usize>],
        first: First,
    ) -> Result<Self> {
        let attacks = |k: &usize| counts[*k].counted == Counted::Attacks;
        let (mut order, others): (Vec<usize>, Vec<usize>) = (0..counts.len()).partition(attacks);
        order.sort_by(|a, b| {
            let [a, b] = [a, b].map(|k| (counts[*k].from_days, counts[*k].to_days));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let mut found =
            Counts { first, steps: Vec::new(), selections: Vec::new(), work: Work::default() };
        let mut now = 0.0;
        let mut faults = Vec::new();
        if let Some(first) = others.first() {
            faults.push(format!(
                "{} of {} counts are not of attacks, such as that {}: leave them out (give `measures` \
                 attacks alone), fit events with the states of tension on their days, or fit by \
                 simulation",
                others.len(),
                counts.len(),
                span(model, &counts[*first])
            ));
        }
        let same = |a: &usize, b: &usize| {
            counts[*a].from_days == counts[*b].from_days && counts[*a].to_days == counts[*b].to_days
        };
        for group in order.chunk_by(same) {
            match found.step(model, counts, now, group) {
                Ok(_) if group.iter().any(|k| sources[*k] != sources[group[0]]) => {
                    let from = model.day(counts[group[0]].from_days);
                    faults.push(format!(
                        "sites are counted apart from {from}, by several sources: give the counts \
                         of one of them"
                    ));
                }
                Ok(step) => found.steps.push(Step { source: sources[group[0]], ..step }),
                Err(fault) => faults.push(fault),
            }
            now = counts[group[0]].to_days.max(now);
        }
        if faults.is_empty() { Ok(found) } else { Err(Error::Usage(faults.join("\n"))) }
    }

    fn step(
        &mut self,
        model: &Model,
        counts: &[Count],
        now: f64,
        group: &[usize],
    ) -> std::result::Result<Step, String> {
        let (from, to) = (counts[group[0]].from_days, counts[group[0]].to_days);
        let which = format!("the count {}", span(model, &counts[group[0]]));
        if from >= to || from.is_nan() || to.is_nan() {
            return Err(format!("{which} ends before it begins"));
        }
        if to > f64::from(LONGEST) {
            return Err(format!("{which} ends more than {LONGEST} days after the start"));
        }
        if from < 0.0 {
            let start = model.day(0.0);
            return Err(format!("{which} begins before the scenario, on {start}"));
        }
        if from < now {
            return Err(format!(
                "{which} begins before the one before it ends: give counts that follow one another, \
                 or fit by simulation"
            ));
        }
        let most = |k: &usize| counts[*k].reported.most();
        if group.iter().filter_map(most).sum::<u64>() > MOST {
            return Err(format!("{which} may be above {MOST}: cut it into shorter ones"));
        }
        let mut parts = Vec::new();
        for given in group {
            let count = &counts[*given];
            let selection =
                self.selection(model, count).map_err(|what| format!("{which}: {what}"))?;
            let count = count.reported.most().unwrap_or(0) as f64;
            parts.push(Part { given: *given, selection, count });
        }
        let (selection, reported) = match parts.len() {
            1 => (parts[0].selection, counts[group[0]].reported),
            _ => self.together(counts, &parts).map_err(|what| format!("{which}: {what}"))?,
        };
        let reader = Reader::new(reported);
        Ok(Step { parts, gap: from - now, days: to - from, selection, source: None, reader })
    }

    /// The channels of counts of the same time, and their sum.
    fn together(
        &mut self,
        counts: &[Count],
        parts: &[Part],
    ) -> std::result::Result<(usize, Reported), String> {
        let mut channels = vec![false; self.selections[parts[0].selection].channels.len()];
        for part in parts {
            for (all, own) in channels.iter_mut().zip(&self.selections[part.selection].channels) {
                if *all && *own {
                    return Err("two counts of this time count the same attacks".into());
                }
                *all |= own;
            }
        }
        let reports = parts.iter().map(|part| counts[part.given].reported);
        let reported = if reports.clone().all(|reported| reported == Reported::Missing) {
            Reported::Missing
        } else if reports.clone().all(|reported| matches!(reported, Reported::Exactly(_))) {
            Reported::Exactly(parts.iter().map(|part| part.count as u32).sum())
        } else {
            return Err(
                "sites are counted apart, and not all of them exactly: give their sum".into()
            );
        };
        Ok((self.place(channels), reported))
    }

    /// The place of the selection of a count.
    fn selection(&mut self, model: &Model, count: &Count) -> std::result::Result<usize, String> {
        let known = |ids: &[String], what: &str, id: &String| match ids.contains(id) {
            true => Ok(()),
            false => Err(format!("no {what} `{id}`; there are {}", ids.join(", "))),
        };
        if let Some(threat) = &count.threat {
            known(&model.names.threats, "threat", threat)?;
        }
        count.sites.iter().try_for_each(|site| known(&model.names.sites, "site", site))?;
        let counted = |channel: &crate::model::Channel| {
            let threat = &model.names.threats[channel.threat];
            let site = &model.names.sites[channel.site];
            count.threat.as_ref().is_none_or(|id| id == threat)
                && (count.sites.is_empty() || count.sites.contains(site))
        };
        let channels: Vec<bool> = model.channels.iter().map(counted).collect();
        Ok(self.place(channels))
    }

    fn place(&mut self, channels: Vec<bool>) -> usize {
        let place = self.selections.iter().position(|known| known.channels == channels);
        place.unwrap_or_else(|| {
            self.selections.push(Selection { channels, rates: Vec::new() });
            self.selections.len() - 1
        })
    }

    /// The logarithm of the likelihood under a draw; or which of the counts given cannot be.
    pub fn log_likelihood(
        &mut self,
        model: &Model,
        draw: &Draw,
        factors: &[f64],
    ) -> std::result::Result<f64, usize> {
        let Counts { first, steps, selections, work } = self;
        work.begin(model, draw, *first);
        for selection in selections.iter_mut() {
            work.kinds.rates(model, draw, selection);
        }
        let mut sum = 0.0;
        for step in steps {
            if step.gap > 0.0 {
                work.pass(step.gap);
            }
            let Some(reader) = &step.reader else {
                work.pass(step.days);
                continue;
            };
            let selection = &selections[step.selection];
            work.factor = step.factor(factors);
            let total = work.read(reader, selection, step.days).ok_or(step.parts[0].given)?;
            sum += libm::log(total) + shares(model, draw, selections, &step.parts);
        }
        Ok(sum)
    }

    /// Counts as chance has them under a draw, in the order in which they were given: each whole
    /// cluster where its first attack is. None where they would be enormous.
    pub fn replicate(
        &mut self,
        model: &Model,
        draw: &Draw,
        factors: &[f64],
        stream: &mut Stream,
    ) -> Option<Vec<u64>> {
        let Counts { first, steps, selections, work } = self;
        work.begin(model, draw, *first);
        for selection in selections.iter_mut() {
            work.kinds.rates(model, draw, selection);
        }
        let size = work.row.len();
        let states = &work.states;
        let mut state = choose(states.first.iter().copied(), stream);
        let mut counts = vec![0; steps.iter().map(|step| step.parts.len()).sum()];
        for step in steps {
            for (days, counted) in [(step.gap, false), (step.days, true)] {
                let mut left = days;
                while left > 0.0 {
                    let moves = &states.moves[state * size..][..size];
                    let stay = match moves[state] {
                        0.0 => f64::INFINITY,
                        leaving => -exponential(stream) / leaving,
                    };
                    if counted {
                        let days = stay.min(left) * step.factor(factors);
                        let all = &selections[step.selection];
                        let expected = work.kinds.expected(all, states.of[state]) * days;
                        if expected.is_nan() || expected >= ENORMOUS {
                            return None;
                        }
                        for part in &step.parts {
                            let selection = &selections[part.selection];
                            let tension = states.of[state];
                            counts[part.given] +=
                                work.kinds.sample(model.states(), selection, tension, days, stream);
                        }
                    }
                    if stay < left {
                        let others = moves.iter().map(|rate| rate.max(0.0));
                        state = choose(others, stream);
                    }
                    left -= stay;
                }
            }
        }
        Some(counts)
    }
}

impl Step {
    /// What is counted by what there is.
    fn factor(&self, factors: &[f64]) -> f64 {
        self.source.map_or(1.0, |source| factors[source])
    }
}

/// The logarithm of the chance of how a count is divided among sites that are counted apart: attacks
/// fall on them by their share of the background, in the state in which that is largest, as if none
/// caused another.
fn shares(model: &Model, draw: &Draw, selections: &[Selection], parts: &[Part]) -> f64 {
    if parts.len() == 1 {
        return 0.0;
    }
    let rate = |part: &Part, state: usize| -> f64 {
        let channels = selections[part.selection].channels.iter().enumerate();
        let rate =
            |k: usize| draw.background[k * model.states() + state] * presence(model, draw, k);
        channels.filter(|(_, counts)| **counts).map(|(k, _)| rate(k)).sum()
    };
    let all = |state: usize| parts.iter().map(|part| rate(part, state)).sum::<f64>();
    let loudest = (0..model.states()).max_by(|a, b| all(*a).total_cmp(&all(*b))).unwrap_or(0);
    let count: f64 = parts.iter().map(|part| part.count).sum();
    let each = parts.iter().map(|part| {
        let share = rate(part, loudest) / all(loudest);
        let power = if part.count > 0.0 { part.count * libm::log(share) } else { 0.0 };
        power - libm::lgamma(part.count + 1.0)
    });
    libm::lgamma(count + 1.0) + each.sum::<f64>()
}

impl Work {
    fn begin(&mut self, model: &Model, draw: &Draw, first: First) {
        self.states.fill(model, draw, first);
        let size = self.states.of.len();
        self.row.clone_from(&self.states.first);
        self.next.resize(size, 0.0);
        self.generator.resize(size * size, Lanes::ZERO);
        for (lanes, rate) in self.generator.iter_mut().zip(&self.states.moves) {
            *lanes = Lanes::all(*rate);
        }
        if self.exponential.is_none() {
            self.exponential = Some(Exponential::new(size));
        }
        self.kinds.fill(model, draw);
    }

    /// Lets time pass in which nobody counts.
    fn pass(&mut self, days: f64) {
        let size = self.row.len();
        for k in 0..size {
            self.generator[k * size + k] = Lanes::all(self.states.moves[k * size + k]);
        }
        let exponential = self.exponential.as_mut().expect("it has begun");
        let found = exponential.apply(&self.row, &self.generator, days);
        self.row.iter_mut().zip(found).for_each(|(to, from)| *to = from.re[0].max(0.0));
        self.whole();
    }

    /// Takes a report in: its probability, given all before. None where that is less than what
    /// rounding may have made of nothing.
    fn read(&mut self, reader: &Reader, selection: &Selection, days: f64) -> Option<f64> {
        let radii: Vec<Complex> = reader.circles.iter().map(|c| (c.radius, 0.0)).collect();
        let errors = self.values(&radii, selection, days, |values, k| {
            reader.circles[k].error(values.iter().map(|cell| cell.re[k]).sum())
        });
        let best = (0..errors.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b]))?;
        let circle = &reader.circles[best];
        self.read_from(circle, selection, days);
        let total = self.whole();
        (total > errors[best] && total.is_finite()).then_some(total)
    }

    fn read_from(&mut self, circle: &Circle, selection: &Selection, days: f64) {
        let mut next = std::mem::take(&mut self.next);
        next.fill(0.0);
        let weights = circle.weights.chunks(LANES);
        for (points, weights) in circle.points.chunks(LANES).zip(weights) {
            let found = self.exponentials(points, selection, days);
            for (sum, cell) in next.iter_mut().zip(found) {
                for (k, (re, im)) in weights.iter().enumerate() {
                    *sum += re * cell.re[k] - im * cell.im[k];
                }
            }
        }
        self.next = std::mem::replace(&mut self.row, next);
    }

    /// What `of` makes of the row at each of a few points.
    fn values(
        &mut self,
        points: &[Complex],
        selection: &Selection,
        days: f64,
        of: impl Fn(&[Lanes], usize) -> f64,
    ) -> Vec<f64> {
        let found = self.exponentials(points, selection, days);
        (0..points.len()).map(|k| of(found, k)).collect()
    }

    /// The row times exp((Q + diag(b) (G(z) - 1)) days) at up to as many points as there are lanes.
    fn exponentials(&mut self, points: &[Complex], selection: &Selection, days: f64) -> &[Lanes] {
        let size = self.row.len();
        let states = selection.rates.len() / self.kinds.count();
        let mut rates = vec![(0.0, 0.0); states];
        for lane in 0..LANES {
            // What is left over does as the last one does.
            if let Some(z) = points.get(lane) {
                self.kinds.rates_at(*z, selection, &mut rates);
            }
            for (k, of) in self.states.of.iter().enumerate() {
                let cell = &mut self.generator[k * size + k];
                cell.re[lane] = self.states.moves[k * size + k] + self.factor * rates[*of].0;
                cell.im[lane] = self.factor * rates[*of].1;
            }
        }
        let exponential = self.exponential.as_mut().expect("it has begun");
        exponential.apply(&self.row, &self.generator, days)
    }

    /// Makes the row a law again; what its sum was.
    fn whole(&mut self) -> f64 {
        self.row.iter_mut().for_each(|share| *share = share.max(0.0));
        let total: f64 = self.row.iter().sum();
        self.row.iter_mut().for_each(|share| *share /= total);
        total
    }
}
