//! What a policy, or a rule that is a function, can see.

use std::fmt;

use super::rules::{Counted, Hit};
use super::{Model, index_of};
use crate::scenario::{Date, PhaseState};
use crate::streams::Stream;

/// How things stand in a trial when a policy is asked.
#[derive(Clone)]
pub struct Situation<'a> {
    pub(crate) model: &'a Model,
    pub(crate) sight: &'a dyn Sight,
    pub(crate) standing: Standing,
    pub(crate) counts: &'a [u64],
    pub(crate) trial_stream: Stream,
    pub(crate) review_stream: Stream,
}

/// How a policy itself stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub in_force_since: Option<f64>,
    pub times: u32,
    pub may_act: bool,
    /// Whether it said that it would look at single attacks.
    pub looks_back: bool,
}

/// What a trial shows to policies, by place among the model's ids.
pub(crate) trait Sight: Sync {
    fn trial(&self) -> u64;
    fn days(&self) -> f64;
    /// The state of tension.
    fn state(&self) -> usize;
    /// By site and contingent (sites are rows).
    fn people(&self) -> &[u32];
    fn phase(&self, phase: usize) -> PhaseState;
    fn gate_is_open(&self, gate: usize) -> bool;
    /// The outcome of an event that has happened; 0 where it has none.
    fn outcome(&self, event: usize) -> Option<usize>;
    fn hits(&self) -> &[Hit];
    /// On a channel so far: attacks, people wounded and killed in them.
    fn on_channel(&self, channel: usize) -> [u64; 3];
    fn is_held(&self) -> bool;
    fn is_done(&self) -> bool;
    fn pause_days_left(&self) -> f64;
    fn extension_days_left(&self) -> f64;
    fn friction(&self) -> f64;
    fn expelled(&self) -> bool;
    fn insurgent_strength(&self) -> f64;
}

/// An attack, or people of one contingent wounded or killed in one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recent<'a> {
    /// When, in days from the start.
    pub days: f64,
    /// Whether it is the attack, the wounded or the killed.
    pub what: Counted,
    /// The site.
    pub site: &'a str,
    /// The threat behind it.
    pub threat: &'a str,
    /// The contingent of those wounded or killed.
    pub contingent: Option<&'a str>,
    /// How many people, or one attack.
    pub count: u32,
}

impl fmt::Debug for Situation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut of = f.debug_struct("Situation");
        of.field("trial", &self.trial()).field("days", &self.days()).finish_non_exhaustive()
    }
}

impl<'a> Situation<'a> {
    /// The number of the trial. A policy whose decisions hang on it has no meaning; it is there to
    /// look a trial up.
    pub fn trial(&self) -> u64 {
        self.sight.trial()
    }

    /// Days since the start.
    pub fn days(&self) -> f64 {
        self.sight.days()
    }

    /// The calendar day.
    pub fn date(&self) -> Date {
        self.model.day(self.days())
    }

    /// The id of the state of tension; `steady` where the scenario has none.
    pub fn tension(&self) -> &str {
        &self.model.names.states[self.sight.state()]
    }

    /// People on all sites.
    pub fn people(&self) -> u64 {
        sum(self.sight.people())
    }

    /// People on a site; `None` if there is no such site.
    pub fn people_at(&self, site: &str) -> Option<u64> {
        let contingents = self.model.contingents();
        let site = index_of(&self.model.names.sites, site)?;
        Some(sum(&self.sight.people()[site * contingents..][..contingents]))
    }

    /// People of a contingent on all sites; `None` if there is no such contingent.
    pub fn people_of(&self, contingent: &str) -> Option<u64> {
        let contingents = self.model.contingents();
        let place = index_of(&self.model.names.contingents, contingent)?;
        let there = self.sight.people().iter().skip(place).step_by(contingents);
        Some(there.map(|&people| u64::from(people)).sum())
    }

    /// People of a contingent on a site; `None` if there is no such site or contingent.
    pub fn people_of_at(&self, contingent: &str, site: &str) -> Option<u64> {
        let contingents = self.model.contingents();
        let site = index_of(&self.model.names.sites, site)?;
        let place = index_of(&self.model.names.contingents, contingent)?;
        Some(u64::from(self.sight.people()[site * contingents + place]))
    }

    /// Where a phase stands; `None` if there is no such phase.
    pub fn phase(&self, id: &str) -> Option<PhaseState> {
        Some(self.sight.phase(index_of(&self.model.names.phases, id)?))
    }

    /// Whether every phase is done.
    pub fn is_done(&self) -> bool {
        self.sight.is_done()
    }

    /// Whether a gate is open; `None` if there is no such gate.
    pub fn gate_is_open(&self, id: &str) -> Option<bool> {
        Some(self.sight.gate_is_open(index_of(&self.model.names.gates, id)?))
    }

    /// Whether a calendar event has happened; `None` if there is no such event.
    pub fn has_happened(&self, event: &str) -> Option<bool> {
        Some(self.sight.outcome(index_of(&self.model.names.events, event)?).is_some())
    }

    /// The outcome of a calendar event; `None` if it has not happened, has none or there is no such
    /// event.
    pub fn outcome(&self, event: &str) -> Option<&str> {
        let outcome = self.sight.outcome(index_of(&self.model.names.events, event)?)?;
        let outcomes = &self.model.scenario.world.calendar[event].outcomes;
        outcomes.keys().nth(outcome).map(String::as_str)
    }

    /// Attacks in the last days.
    ///
    /// # Panics
    /// Unless the policy looks back ([`Terms::looks_back`](super::Terms::looks_back)).
    pub fn attacks(&self, in_days: f64) -> u64 {
        self.count(Counted::Attacks, in_days)
    }

    /// People wounded in the last days.
    ///
    /// # Panics
    /// Unless the policy looks back ([`Terms::looks_back`](super::Terms::looks_back)).
    pub fn wounded(&self, in_days: f64) -> u64 {
        self.count(Counted::Wounded, in_days)
    }

    /// People killed in the last days.
    ///
    /// # Panics
    /// Unless the policy looks back ([`Terms::looks_back`](super::Terms::looks_back)).
    pub fn killed(&self, in_days: f64) -> u64 {
        self.count(Counted::Killed, in_days)
    }

    /// The attacks of the last days and the harm done in them, the latest first.
    ///
    /// # Panics
    /// Unless the policy looks back ([`Terms::looks_back`](super::Terms::looks_back)).
    pub fn recent(&self, in_days: f64) -> impl Iterator<Item = Recent<'a>> + use<'a> {
        let names = &self.model.names;
        let model = self.model;
        self.hits_since(in_days).map(move |hit| {
            let channel = &model.channels[hit.channel];
            let harmed = hit.what != Counted::Attacks;
            Recent {
                days: hit.days,
                what: hit.what,
                site: &names.sites[channel.site],
                threat: &names.threats[channel.threat],
                contingent: harmed.then(|| names.contingents[hit.contingent].as_str()),
                count: hit.count,
            }
        })
    }

    /// Attacks of a threat on a site so far, and people wounded and killed in them; `None` if there is
    /// no such threat or site.
    pub fn so_far(&self, threat: &str, site: &str) -> Option<[u64; 3]> {
        let threat = index_of(&self.model.names.threats, threat)?;
        let site = index_of(&self.model.names.sites, site)?;
        let channels = self.model.threats[threat].channels.clone();
        let there = channels.filter(|&channel| self.model.channels[channel].site == site);
        let sum = |all: [u64; 3], one: [u64; 3]| [0, 1, 2].map(|k| all[k] + one[k]);
        Some(there.map(|channel| self.sight.on_channel(channel)).fold([0; 3], sum))
    }

    /// What the terms of the policy count, in their order.
    pub fn counts(&self) -> &[u64] {
        self.counts
    }

    /// Whether movement is held, by this policy or another rule.
    pub fn is_held(&self) -> bool {
        self.sight.is_held()
    }

    /// Days for which movement may still be held.
    pub fn pause_days_left(&self) -> f64 {
        self.sight.pause_days_left()
    }

    /// Days by which finishes may still be pushed back.
    pub fn extension_days_left(&self) -> f64 {
        self.sight.extension_days_left()
    }

    /// The host's friction.
    pub fn friction(&self) -> f64 {
        self.sight.friction()
    }

    /// Whether the host has announced the expulsion of the troops.
    pub fn expelled(&self) -> bool {
        self.sight.expelled()
    }

    /// The strength of the insurgency, a share of the most that it can be; 0 where there is none.
    pub fn insurgent_strength(&self) -> f64 {
        self.sight.insurgent_strength()
    }

    /// Whether the policy has set off and not ended since.
    pub fn is_in_force(&self) -> bool {
        self.standing.in_force_since.is_some()
    }

    /// For how many days the policy has been in force.
    pub fn days_in_force(&self) -> Option<f64> {
        self.standing.in_force_since.map(|since| self.days() - since)
    }

    /// How often the policy has set off in this trial.
    pub fn times(&self) -> u32 {
        self.standing.times
    }

    /// Whether its terms allow it to set off now.
    pub fn may_act(&self) -> bool {
        self.standing.may_act
    }

    /// Random numbers of this policy for this trial: the same from the beginning at every call and every
    /// review, such as for a threshold that is drawn once in a history.
    pub fn trial_stream(&self) -> Stream {
        self.trial_stream.clone()
    }

    /// Random numbers of this policy for this review: others at each review of a trial, keyed by its
    /// day, and the same from the beginning at every call, so that the same situation gives the same
    /// answer.
    pub fn review_stream(&self) -> Stream {
        self.review_stream.clone()
    }

    fn count(&self, what: Counted, in_days: f64) -> u64 {
        let lately = self.hits_since(in_days).filter(|hit| hit.what == what);
        lately.map(|hit| u64::from(hit.count)).sum()
    }

    fn hits_since(&self, in_days: f64) -> impl Iterator<Item = &'a Hit> + use<'a> {
        // They may be kept for another policy, on which nothing here is to hang.
        assert!(
            self.standing.looks_back,
            "the terms of the policy have `looks_back: false`, and it looks at single attacks"
        );
        let since = self.days() - in_days;
        self.sight.hits().iter().rev().take_while(move |hit| hit.days > since)
    }
}

fn sum(people: &[u32]) -> u64 {
    people.iter().map(|&people| u64::from(people)).sum()
}
