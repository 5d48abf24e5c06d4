//! What a rule that is a function can see.

use super::rules::{Counted, Hit};
use super::{Model, index_of};
use crate::scenario::{Date, PhaseState};
use crate::streams::Stream;

/// How things stand in a trial at a review.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    pub(crate) model: &'a Model,
    pub(crate) days: f64,
    pub(crate) state: usize,
    pub(crate) people: &'a [u32],
    pub(crate) phases: Vec<PhaseState>,
    pub(crate) hits: &'a [Hit],
    pub(crate) pause_days_left: f64,
    pub(crate) extension_days_left: f64,
    pub(crate) trial_stream: Stream,
    pub(crate) review_stream: Stream,
}

impl Situation<'_> {
    /// Days since the start.
    pub fn days(&self) -> f64 {
        self.days
    }

    /// The calendar day.
    pub fn date(&self) -> Date {
        self.model.day(self.days)
    }

    /// The id of the state of tension; `steady` where the scenario has none.
    pub fn tension(&self) -> &str {
        &self.model.names.states[self.state]
    }

    /// People on all sites.
    pub fn people(&self) -> u64 {
        self.people.iter().map(|&n| u64::from(n)).sum()
    }

    /// People on a site; `None` if there is no such site.
    pub fn people_at(&self, site: &str) -> Option<u64> {
        let contingents = self.model.contingents();
        let site = index_of(&self.model.names.sites, site)?;
        let there = &self.people[site * contingents..][..contingents];
        Some(there.iter().map(|&n| u64::from(n)).sum())
    }

    /// Where a phase stands; `None` if there is no such phase.
    pub fn phase(&self, id: &str) -> Option<PhaseState> {
        Some(self.phases[index_of(&self.model.names.phases, id)?])
    }

    /// Attacks in the last days.
    pub fn attacks(&self, in_days: f64) -> u64 {
        self.count(Counted::Attacks, in_days)
    }

    /// People wounded in the last days.
    pub fn wounded(&self, in_days: f64) -> u64 {
        self.count(Counted::Wounded, in_days)
    }

    /// People killed in the last days.
    pub fn killed(&self, in_days: f64) -> u64 {
        self.count(Counted::Killed, in_days)
    }

    /// Days for which movement may still be held.
    pub fn pause_days_left(&self) -> f64 {
        self.pause_days_left
    }

    /// Days by which finishes may still be pushed back.
    pub fn extension_days_left(&self) -> f64 {
        self.extension_days_left
    }

    /// Random numbers of this rule for this trial: the same from the beginning at every call and every
    /// review, such as for a threshold that is drawn once in a history.
    pub fn trial_stream(&self) -> Stream {
        self.trial_stream.clone()
    }

    /// Random numbers of this rule for this review: others at each review of a trial, keyed by its
    /// day, and the same from the beginning at every call, so that the same situation gives the same
    /// answer.
    pub fn review_stream(&self) -> Stream {
        self.review_stream.clone()
    }

    fn count(&self, what: Counted, in_days: f64) -> u64 {
        let since = self.days - in_days;
        let lately = self.hits.iter().rev().take_while(|hit| hit.days > since);
        lately.filter(|hit| hit.what == what).map(|hit| u64::from(hit.count)).sum()
    }
}
