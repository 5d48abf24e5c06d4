//! What was observed, in a form that a particle can be held against.

use crate::error::{Error, Result};
use crate::measure::M;
use crate::model::Model;
use crate::near::meant;
use crate::observe::{Count, Counted, Reported};
use crate::trial::Trial;

/// Something that was observed.
#[derive(Clone, Debug, PartialEq)]
pub enum Observation {
    /// A count over a stretch of time.
    Count(Count),
    /// People at a moment.
    People(People),
    /// The day of something that happens at most once, or that it has not happened.
    Day(Day),
}

/// How many people there were at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// When, in days from the start of the scenario.
    pub days: f64,
    /// On which site; None: on all.
    pub site: Option<String>,
    /// Of which contingent; None: of all.
    pub contingent: Option<String>,
    /// What was reported.
    pub reported: Reported,
}

/// What a [`Day`] is the day of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A phase was done.
    Phase,
    /// The last people left a site.
    Site,
    /// A gate opened.
    Gate,
    /// A calendar event happened.
    Event,
}

/// When something happened: in a stretch of time, or not before its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// What.
    pub of: Of,
    /// Its id.
    pub id: String,
    /// Begin and end of the stretch, in days from the start of the scenario; the end is not in it.
    pub from_days: f64,
    /// See `from_days`.
    pub to_days: f64,
    /// Whether it happened then; if not, it had not happened by the end.
    pub happened: bool,
}

/// An observation, compiled.
#[derive(Clone, Debug)]
pub(super) struct Due {
    /// When what it counts begins, and when it is known.
    pub from: f64,
    pub to: f64,
    pub what: What,
    pub likely: Likely,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// On these channels: 0 attacks, 1 wounded, 2 killed.
    OnChannels(Vec<usize>, usize),
    Strikes(Vec<usize>),
    /// Sites and contingents.
    People(Vec<(usize, usize)>),
    Day(M, usize),
    Emptied(usize),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Likely {
    Reported(Reported),
    Within(f64, f64),
    NotYet,
}

impl Due {
    /// What a trial has come to by now: a count goes on from what it was at its begin.
    pub fn value(&self, trial: &Trial<'_>) -> f64 {
        match &self.what {
            What::OnChannels(channels, kind) => {
                channels.iter().map(|&channel| trial.on_channel(channel)[*kind]).sum::<u64>() as f64
            }
            What::Strikes(threats) => threats.iter().map(|&k| trial.strikes(k)).sum::<u64>() as f64,
            What::People(places) => {
                let each = places.iter().map(|&(site, who)| u64::from(trial.people(site, who)));
                each.sum::<u64>() as f64
            }
            What::Day(measure, k) => trial.day_of(*measure, *k),
            What::Emptied(site) => trial.emptied(*site),
        }
    }

    /// Whether it is the change from its begin on that counts.
    pub fn goes_on(&self) -> bool {
        matches!(self.what, What::OnChannels(..) | What::Strikes(_))
    }

    /// How likely the observation is if a trial has come to `value`.
    pub fn probability(&self, value: f64) -> f64 {
        match self.likely {
            Likely::Reported(reported) => reported.probability(value as u64),
            Likely::Within(from, to) => f64::from(u8::from(from <= value && value < to)),
            Likely::NotYet => f64::from(u8::from(value.is_nan())),
        }
    }

    /// The same of many.
    pub fn probabilities(&self, values: &[f64]) -> Vec<f64> {
        values.iter().map(|&value| self.probability(value)).collect()
    }
}

/// All observations, compiled, in their order.
///
/// # Errors
/// [`Error::Usage`], with everything that is wrong with any of them.
pub(super) fn compile(model: &Model, observations: &[Observation]) -> Result<Vec<Due>> {
    let mut compiler = Compiler { model, problems: Vec::new() };
    let mut dues = Vec::with_capacity(observations.len());
    for (k, observation) in observations.iter().enumerate() {
        dues.push(compiler.compile(k, observation));
    }
    match compiler.problems.as_slice() {
        [] => Ok(dues),
        problems => Err(Error::Usage(problems.join("\n"))),
    }
}

struct Compiler<'a> {
    model: &'a Model,
    problems: Vec<String>,
}

impl Compiler<'_> {
    fn compile(&mut self, k: usize, observation: &Observation) -> Due {
        let name = format!("observation {}", k + 1);
        match observation {
            Observation::Count(count) => self.count(&name, count),
            Observation::People(people) => self.people(&name, people),
            Observation::Day(day) => self.day(&name, day),
        }
    }

    fn count(&mut self, name: &str, count: &Count) -> Due {
        let (model, names) = (self.model, &self.model.names);
        self.times(name, count.from_days, count.to_days);
        if count.from_days == count.to_days {
            let day = count.from_days;
            self.problems
                .push(format!("{name}: it begins and ends at day {day}; give it a later end"));
        }
        self.sigma(name, count.reported);
        let threat = count.threat.as_ref().map(|id| self.id(name, "threat", &names.threats, id));
        let sites: Vec<usize> =
            count.sites.iter().map(|id| self.id(name, "site", &names.sites, id)).collect();
        let of_threat = |k: usize| threat.is_none_or(|wanted| wanted == k);
        let channels = || {
            let all = model.channels.iter().enumerate();
            let of = all.filter(|(_, channel)| {
                let here = sites.is_empty() || sites.contains(&channel.site);
                here && of_threat(channel.threat)
            });
            of.map(|(k, _)| k).collect()
        };
        let what = match count.counted {
            Counted::Attacks => What::OnChannels(channels(), 0),
            Counted::Wounded => What::OnChannels(channels(), 1),
            Counted::Killed => What::OnChannels(channels(), 2),
            Counted::Strikes => {
                if !sites.is_empty() {
                    self.problems.push(format!(
                        "{name}: strikes answer a threat, wherever it attacks; leave out the site"
                    ));
                }
                What::Strikes((0..model.threats.len()).filter(|k| of_threat(*k)).collect())
            }
        };
        let likely = Likely::Reported(count.reported);
        Due { from: count.from_days, to: count.to_days, what, likely }
    }

    fn people(&mut self, name: &str, people: &People) -> Due {
        let (model, names) = (self.model, &self.model.names);
        self.times(name, 0.0, people.days);
        self.sigma(name, people.reported);
        let site = people.site.as_ref().map(|id| self.id(name, "site", &names.sites, id));
        let who = &people.contingent;
        let who = who.as_ref().map(|id| self.id(name, "contingent", &names.contingents, id));
        let all = (0..model.sites.len())
            .flat_map(|site| (0..model.contingents()).map(move |contingent| (site, contingent)));
        let places = all.filter(|(at, of)| {
            site.is_none_or(|site| site == *at) && who.is_none_or(|who| who == *of)
        });
        let what = What::People(places.collect());
        let likely = Likely::Reported(people.reported);
        Due { from: people.days, to: people.days, what, likely }
    }

    fn day(&mut self, name: &str, day: &Day) -> Due {
        let names = &self.model.names;
        // It may have happened on the first day, or a tolerance may reach before it.
        let from = if day.from_days < 0.0 { 0.0 } else { day.from_days };
        self.times(name, from, day.to_days);
        let what = match day.of {
            Of::Phase => What::Day(M::PhaseFinish, self.id(name, "phase", &names.phases, &day.id)),
            Of::Gate => What::Day(M::GateOpen, self.id(name, "gate", &names.gates, &day.id)),
            Of::Event => What::Day(M::EventDays, self.id(name, "event", &names.events, &day.id)),
            Of::Site => What::Emptied(self.id(name, "site", &names.sites, &day.id)),
        };
        let likely = match day.happened {
            true => Likely::Within(day.from_days, day.to_days),
            false => Likely::NotYet,
        };
        Due { from: day.to_days, to: day.to_days, what, likely }
    }

    fn times(&mut self, name: &str, from: f64, to: f64) {
        let horizon = self.model.horizon;
        if !(0.0 <= from && from <= to && to <= horizon) {
            self.problems.push(format!(
                "{name}: it is from day {from} to day {to}, and the scenario goes from day 0 to \
                 day {horizon}; leave out what is not in it"
            ));
        }
    }

    fn sigma(&mut self, name: &str, reported: Reported) {
        if let Reported::About { sigma, .. } = reported
            && !(sigma > 0.0 && sigma.is_finite())
        {
            self.problems.push(format!("{name}: its relative error must be above 0, not {sigma}"));
        }
    }

    fn id(&mut self, name: &str, kind: &str, known: &[String], id: &str) -> usize {
        if let Some(k) = known.iter().position(|other| other == id) {
            return k;
        }
        self.problems.push(format!("{name}: there is no {kind} `{id}`; {}", meant(id, known)));
        0
    }
}
