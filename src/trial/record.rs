//! What a trial writes down: a row of measures, and runs of values on the weekly grid.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::spans::{Counts, Pieces};
use crate::measure::{DAY_QUANTUM, Layout, M, MEASURES};
use crate::model::Model;
use crate::weekly::Fan;

/// The weekly series of a model: people by site, people, attacks, wounded, killed (so far), and
/// the state of tension.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Weekly {
    pub people_at: Vec<Fan>,
    pub people: Fan,
    pub attacks: Fan,
    pub wounded: Fan,
    pub killed: Fan,
    pub state: Fan,
    /// Of the insurgency, in whole multiples of [`STRENGTH_QUANTUM`].
    pub strength: Fan,
}

/// The strength of the insurgency is followed week by week in multiples of this.
pub(crate) const STRENGTH_QUANTUM: f64 = 1.0 / 1024.0;

impl Weekly {
    pub fn new(model: &Model) -> Self {
        let (weeks, fans) = (model.weeks(), Weekly::fans(model));
        let fan = || Fan::new(weeks, fans);
        Weekly {
            people_at: model.sites.iter().map(|_| fan()).collect(),
            people: fan(),
            attacks: fan(),
            wounded: fan(),
            killed: fan(),
            state: Fan::exact(weeks),
            strength: fan(),
        }
    }

    /// How many series share the room there is.
    fn fans(model: &Model) -> usize {
        model.sites.len() + 5
    }

    /// Bytes that they take up at the most after so many trials, each time that there is a copy.
    pub fn most_bytes(model: &Model, trials: u64) -> u64 {
        let weeks = model.weeks();
        let states = (model.states() * 8 * (weeks + 1)) as u64;
        Fan::most_bytes(weeks, Weekly::fans(model), trials) + states
    }

    /// Whether these are histograms of that model.
    pub fn fits(&self, model: &Model) -> bool {
        let due = Weekly::new(model);
        let due = due.all();
        let mine = self.all();
        mine.len() == due.len() && mine.iter().zip(due).all(|(mine, due)| mine.is_like(due))
    }

    fn all(&self) -> Vec<&Fan> {
        let Weekly { people_at, people, attacks, wounded, killed, state, strength } = self;
        people_at.iter().chain([people, attacks, wounded, killed, state, strength]).collect()
    }

    /// Every series, in one order.
    pub fn all_mut(&mut self) -> Vec<&mut Fan> {
        let Weekly { people_at, people, attacks, wounded, killed, state, strength } = self;
        people_at.iter_mut().chain([people, attacks, wounded, killed, state, strength]).collect()
    }

    pub fn merge(&mut self, other: &Weekly) {
        self.all_mut().into_iter().zip(other.all()).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

/// How a value went from week to week. What it was is kept until the trial is over, for some trials
/// begin anew.
#[derive(Clone, Debug, Default)]
struct Runs {
    value: u64,
    /// The first week for which it has not been kept yet.
    since: usize,
    /// Values, from which week on, and until just before which.
    past: Vec<(u64, usize, usize)>,
}

impl Runs {
    fn reset(&mut self) {
        (self.value, self.since) = (0, 0);
        self.past.clear();
    }

    #[inline]
    fn change(&mut self, value: u64, week: usize) {
        if week > self.since {
            self.past.push((self.value, self.since, week));
            self.since = week;
        }
        self.value = value;
    }

    /// The trial is over: reports them.
    fn report(&mut self, weeks: usize, fan: &mut Fan) {
        self.change(0, weeks);
        self.past.iter().for_each(|&(value, from, to)| fan.add(value, from, to));
    }
}

/// What all trials that are run one after another are written down in.
#[derive(Clone, Debug)]
pub(super) struct Books {
    pub weekly: Weekly,
    /// A count by point of the weekly grid.
    pub by_week: Vec<u64>,
}

impl Books {
    pub fn new(model: &Model) -> Self {
        Books { weekly: Weekly::new(model), by_week: vec![0; model.weeks()] }
    }
}

/// The record of one trial.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) layout: Arc<Layout>,
    pub row: Vec<f64>,
    /// What the row is before anything has happened: counts are 0, dates are missing.
    blank: Arc<[f64]>,
    weeks: usize,
    /// The first point of the weekly grid that is not before now.
    week: usize,
    /// The day of that point.
    week_days: f64,
    pub(super) pieces: Arc<Pieces>,
    people_at: Vec<Runs>,
    people: Runs,
    state: Runs,
    /// Attacks so far.
    pub attacks: u32,
    /// Of those, how many harmed nothing because all was stopped.
    pub intercepted: u32,
    wounded: u64,
    killed: u64,
    /// By channel: wounded and killed.
    pub harm: Vec<[u64; 2]>,
    /// When there were attacks, wounded and killed.
    pub(super) counts: [Counts; 3],
    /// Strength by week, as far as it has been written down, and the day of the next week: never,
    /// once there is none.
    strengths: Vec<u64>,
    pub strength_days: f64,
}

fn blank(layout: &Layout) -> Arc<[f64]> {
    let mut row = vec![0.0; layout.width()];
    for measure in [
        M::Finish,
        M::Slip,
        M::SiteFinish,
        M::ContingentFinish,
        M::PhaseStart,
        M::PhaseFinish,
        M::GateOpen,
        M::EventDays,
        M::RiskDays,
        M::ExpelledDays,
        M::ReentryDays,
    ] {
        row[layout.columns(measure as usize)].fill(f64::NAN);
    }
    row.into()
}

impl Record {
    pub fn new(model: &Model) -> Self {
        let pieces = Pieces::new(model);
        Record {
            layout: Arc::new(model.layout.clone()),
            row: vec![0.0; model.layout.width()],
            blank: blank(&model.layout),
            weeks: model.weeks(),
            week: 0,
            week_days: 0.0,
            people_at: vec![Runs::default(); model.sites.len()],
            people: Runs::default(),
            state: Runs::default(),
            attacks: 0,
            intercepted: 0,
            wounded: 0,
            killed: 0,
            counts: std::array::from_fn(|_| Counts::new(&pieces)),
            harm: vec![[0; 2]; model.channels.len()],
            pieces: Arc::new(pieces),
            strengths: Vec::new(),
            strength_days: 0.0,
        }
    }

    /// Bytes that it takes up besides its own size, where people come and go every other week.
    pub fn bytes(&self) -> usize {
        let counts = 3 * 8 * self.pieces.count();
        let runs = (self.people_at.len() + 2) * size_of::<(u64, usize, usize)>() * self.weeks / 2;
        8 * (self.row.len() + self.weeks) + counts + runs + 16 * self.harm.len()
    }

    /// Begins a new trial.
    pub fn reset(&mut self) {
        self.row.copy_from_slice(&self.blank);
        self.week = 0;
        self.week_days = 0.0;
        self.people_at.iter_mut().for_each(Runs::reset);
        self.people.reset();
        self.state.reset();
        (self.attacks, self.intercepted, self.wounded, self.killed) = (0, 0, 0, 0);
        self.counts.iter_mut().for_each(Counts::clear);
        self.harm.fill([0; 2]);
        self.strengths.clear();
        self.strength_days = 0.0;
    }

    /// Time moves on.
    #[inline]
    pub fn now(&mut self, days: f64) {
        while self.week_days < days {
            self.week += 1;
            self.week_days += 7.0;
        }
    }

    /// There is an attack; returns its number, from 0.
    #[inline]
    pub fn attack(&mut self, days: f64) -> u32 {
        self.counts[0].add(&self.pieces, days, 1);
        self.attacks += 1;
        self.attacks - 1
    }

    #[inline]
    pub fn add(&mut self, measure: M, k: usize, amount: f64) {
        self.row[self.layout.at(measure) + k] += amount;
    }

    #[inline]
    pub fn set(&mut self, measure: M, k: usize, value: f64) {
        self.row[self.layout.at(measure) + k] = value;
    }

    #[inline]
    pub fn get(&self, measure: M, k: usize) -> f64 {
        self.row[self.layout.at(measure) + k]
    }

    /// A number that is the most of its kind in the trial, if it is.
    pub fn most(&mut self, measure: M, amount: u32) {
        let most = self.get(measure, 0).max(f64::from(amount));
        self.set(measure, 0, most);
    }

    /// Attacks, wounded and killed so far.
    pub(super) fn so_far(&self) -> [u64; 3] {
        [u64::from(self.attacks), self.wounded, self.killed]
    }

    /// The number of people on `site`, and on all sites, is now this.
    pub fn people(&mut self, site: usize, on_site: u64, in_all: u64) {
        self.people_at[site].change(on_site, self.week);
        self.people.change(in_all, self.week);
    }

    /// There are casualties.
    pub fn casualties(&mut self, days: f64, channel: usize, [wounded, killed]: [u64; 2]) {
        self.wounded += wounded;
        self.killed += killed;
        self.harm[channel][0] += wounded;
        self.harm[channel][1] += killed;
        self.counts[1].add(&self.pieces, days, wounded);
        self.counts[2].add(&self.pieces, days, killed);
    }

    /// The state of tension is now this.
    pub fn state(&mut self, state: usize) {
        self.state.change(state as u64, self.week);
    }

    /// Writes down a strength that changes all the time, at each week up to a moment.
    pub fn strength_until(&mut self, days: f64, strength: impl Fn(f64) -> f64) {
        while self.strength_days <= days {
            let value = strength(self.strength_days) / STRENGTH_QUANTUM;
            self.strengths.push(value.round() as u64);
            let more = self.strengths.len() < self.weeks;
            self.strength_days = if more { self.strength_days + 7.0 } else { f64::INFINITY };
        }
    }

    /// The trial is over: reports the last runs and rounds days to their quantum.
    pub fn finish(&mut self, books: &mut Books) {
        let weeks = self.weeks;
        self.count_by_time(books);
        let weekly = &mut books.weekly;
        let casualties = self.get(M::Wounded, 0) + self.get(M::Killed, 0);
        self.set(M::Casualties, 0, casualties);
        for (runs, fan) in self.people_at.iter_mut().zip(&mut weekly.people_at) {
            runs.report(weeks, fan);
        }
        self.people.report(weeks, &mut weekly.people);
        self.state.report(weeks, &mut weekly.state);
        // In a trial that was cut it stays, as people do, what it was.
        if let Some(&last) = self.strengths.last() {
            self.strengths.resize(weeks, last);
        }
        for (week, &value) in self.strengths.iter().enumerate() {
            weekly.strength.add(value, week, week + 1);
        }
        for (k, measure) in MEASURES.iter().enumerate() {
            if measure.unit.is_continuous() {
                for value in &mut self.row[self.layout.columns(k)] {
                    *value = (*value / DAY_QUANTUM).round() * DAY_QUANTUM;
                }
            }
        }
    }
}
