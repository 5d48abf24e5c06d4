//! Rules, compiled: conditions over indices, actions in the order in which they are carried out.

use super::moments::ROUNDING;
use super::policy::Own;
use super::{Channel, Model, Names, index};
use crate::scenario::{self, Date, PhaseState, Scenario};

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub decides: Decides,
    pub at_once: bool,
    pub cooldown: f64,
    pub at_most_times: u32,
}

/// What says when a rule sets off and what it does.
#[derive(Clone, Debug)]
pub(crate) enum Decides {
    /// The plan: its conditions.
    Plan { when: Condition, until: Condition, order: Order },
    /// A policy of the program.
    Own(Own),
}

/// What is done when a rule sets off.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// For how many days it holds movement at the least; `None` if it does not hold any.
    pub pause_at_least: Option<f64>,
    pub actions: Vec<Action>,
}

/// What is done once, each time a rule sets off.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Stretch(f64),
    Accelerate(f64),
    Reinforce(Detachment),
    GoBackIn(Detachment),
    KeepResidual(Detachment),
    SendHome { contingent: usize, in_days: f64 },
    Cancel(Vec<usize>),
    BringForward { days: f64, phases: Vec<usize> },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Detachment {
    pub site: usize,
    pub contingent: usize,
    pub people: u32,
}

impl Detachment {
    pub fn new(written: &scenario::Detachment, names: &Names) -> Self {
        Detachment {
            site: index(&names.sites, &written.site),
            contingent: index(&names.contingents, &written.contingent),
            people: written.people,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// The number of a count among those of all rules.
    Count(usize),
    /// By state of tension: whether it holds.
    Tension(Vec<bool>),
    Days {
        from: f64,
        before: f64,
    },
    Phase(usize, PhaseState),
    PauseDaysLeft(Limits),
    ExtensionDaysLeft(Limits),
    /// By site and contingent (sites are rows): whether they count.
    People(Vec<bool>, Limits),
    /// An event and, if it matters, the outcome.
    Event(usize, Option<usize>),
    Risk(usize),
    InsurgentStrength(Limits),
    Friction(Limits),
    Expelled(bool),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// The least and the most that a number may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    at_least: f64,
    at_most: f64,
}

impl Limits {
    fn new(at_least: Option<f64>, at_most: Option<f64>) -> Self {
        Limits {
            at_least: at_least.unwrap_or(f64::NEG_INFINITY),
            at_most: at_most.unwrap_or(f64::INFINITY),
        }
    }

    fn of(amount: &scenario::Amount) -> Self {
        Limits::new(amount.at_least, amount.at_most)
    }

    pub fn hold(self, x: f64) -> bool {
        self.at_least <= x && x <= self.at_most
    }

    /// The same of days, which sums of instants have come to.
    pub fn hold_days(self, days: f64) -> bool {
        self.at_least - ROUNDING <= days && days <= self.at_most + ROUNDING
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Count {
    pub what: Counted,
    pub in_days: f64,
    pub limits: Limits,
    /// By channel: whether its attacks count.
    pub channels: Vec<bool>,
    /// By contingent: whether its casualties count.
    pub contingents: Vec<bool>,
}

/// What is counted of attacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Attacks.
    Attacks,
    /// People wounded.
    Wounded,
    /// People killed.
    Killed,
}

/// An attack, or people of one contingent wounded or killed in one, as rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub days: f64,
    pub channel: usize,
    pub what: Counted,
    /// The contingent of those wounded or killed.
    pub contingent: usize,
    /// People, or one attack.
    pub count: u32,
}

impl Count {
    /// What a hit adds to the count.
    pub fn weight(&self, hit: &Hit) -> u64 {
        let of_it = self.what == hit.what
            && self.channels[hit.channel]
            && (hit.what == Counted::Attacks || self.contingents[hit.contingent]);
        if of_it { u64::from(hit.count) } else { 0 }
    }
}

/// The rules of the plan, and the counts in their conditions.
pub(super) fn compile(
    scenario: &Scenario,
    names: &Names,
    channels: &[Channel],
) -> (Vec<Rule>, Vec<Count>) {
    let mut compiler = Compiler { scenario, names, channels, counts: Vec::new() };
    let rules = scenario.plan.rules.values().map(|rule| compiler.rule(rule)).collect();
    (rules, compiler.counts)
}

impl Model {
    /// What actions that are sound come to.
    pub(crate) fn order(&self, then: &scenario::Actions) -> Order {
        self.with_compiler(Vec::new()).order(then)
    }

    /// A condition that is sound; what it counts is counted from then on.
    pub(super) fn condition(&mut self, written: &scenario::Condition) -> Condition {
        let counts = std::mem::take(&mut self.counts);
        let mut compiler = self.with_compiler(counts);
        let condition = compiler.condition(written);
        self.counts = compiler.counts;
        condition
    }

    fn with_compiler(&self, counts: Vec<Count>) -> Compiler<'_> {
        let Model { scenario, names, channels, .. } = self;
        Compiler { scenario, names, channels, counts }
    }
}

/// Compiles rules, collecting the counts in their conditions.
struct Compiler<'a> {
    scenario: &'a Scenario,
    names: &'a Names,
    channels: &'a [Channel],
    counts: Vec<Count>,
}

impl Compiler<'_> {
    fn rule(&mut self, rule: &scenario::Rule) -> Rule {
        let when = self.condition(&rule.when);
        let until = match &rule.until {
            Some(until) => self.condition(until),
            None => Condition::Not(Box::new(when.clone())),
        };
        Rule {
            decides: Decides::Plan { when, until, order: self.order(&rule.then) },
            at_once: rule.at_once,
            cooldown: rule.cooldown_days,
            at_most_times: rule.at_most_times.unwrap_or(u32::MAX),
        }
    }

    fn order(&self, then: &scenario::Actions) -> Order {
        Order {
            pause_at_least: then.pause.as_ref().map(|pause| pause.at_least_days),
            actions: self.actions(then),
        }
    }

    fn actions(&self, then: &scenario::Actions) -> Vec<Action> {
        let phase = |id: &String| index(&self.names.phases, id);
        let detachment = |about: &scenario::Detachment| Detachment::new(about, self.names);
        let all = || (0..self.names.phases.len()).collect();
        let each = [
            then.cancel
                .as_ref()
                .map(|cancel| Action::Cancel(cancel.phases.iter().map(phase).collect())),
            then.keep_residual.as_ref().map(|about| Action::KeepResidual(detachment(about))),
            then.bring_forward.as_ref().map(|sooner| Action::BringForward {
                days: sooner.days,
                phases: (sooner.phases.as_ref())
                    .map_or_else(all, |ids| ids.iter().map(phase).collect()),
            }),
            then.accelerate.as_ref().map(|pace| Action::Accelerate(pace.factor)),
            then.stretch.as_ref().map(|pace| Action::Stretch(pace.factor)),
            then.reinforce.as_ref().map(|about| Action::Reinforce(detachment(about))),
            then.go_back_in.as_ref().map(|about| Action::GoBackIn(detachment(about))),
            then.send_home.as_ref().map(|home| Action::SendHome {
                contingent: index(&self.names.contingents, &home.contingent),
                in_days: home.in_days,
            }),
        ];
        each.into_iter().flatten().collect()
    }

    fn condition(&mut self, written: &scenario::Condition) -> Condition {
        use scenario::Condition as Written;
        match written {
            Written::Attacks(window) => self.window(Counted::Attacks, window),
            Written::Wounded(window) => self.window(Counted::Wounded, window),
            Written::Killed(window) => self.window(Counted::Killed, window),
            Written::Tension(states) => {
                let names = &self.names.states;
                Condition::Tension(names.iter().map(|name| states.contains(name)).collect())
            }
            Written::Date(dates) => self.days(dates),
            Written::Phase(is) => Condition::Phase(index(&self.names.phases, &is.id), is.state),
            Written::PauseDaysLeft(amount) => Condition::PauseDaysLeft(Limits::of(amount)),
            Written::ExtensionDaysLeft(amount) => Condition::ExtensionDaysLeft(Limits::of(amount)),
            Written::InsurgentStrength(amount) => Condition::InsurgentStrength(Limits::of(amount)),
            Written::Friction(amount) => Condition::Friction(Limits::of(amount)),
            Written::Expelled(expelled) => Condition::Expelled(*expelled),
            Written::People(people) => self.people(people),
            Written::Event(happened) => self.event(happened),
            Written::Risk(id) => Condition::Risk(index(&self.names.risks, id)),
            Written::All(parts) => Condition::All(self.parts(parts)),
            Written::Any(parts) => Condition::Any(self.parts(parts)),
            Written::Not(written) => Condition::Not(Box::new(self.condition(written))),
        }
    }

    fn parts(&mut self, written: &[scenario::Condition]) -> Vec<Condition> {
        written.iter().map(|part| self.condition(part)).collect()
    }

    fn days(&self, dates: &scenario::Dates) -> Condition {
        let days = |date: Date| f64::from(date.days_since(self.scenario.start));
        Condition::Days {
            from: dates.from.map_or(f64::NEG_INFINITY, days),
            before: dates.before.map_or(f64::INFINITY, days),
        }
    }

    fn event(&self, happened: &scenario::Happened) -> Condition {
        let outcomes = self.scenario.world.calendar[&happened.id].outcomes.keys();
        let outcome = |id: &String| {
            outcomes.clone().position(|name| name == id).expect("validation has resolved every id")
        };
        let event = index(&self.names.events, &happened.id);
        Condition::Event(event, happened.outcome.as_ref().map(outcome))
    }

    fn people(&self, people: &scenario::People) -> Condition {
        let places = self.names.sites.iter().flat_map(|site| {
            let here = self.at(site, &people.sites, &people.areas);
            let contingents = self.names.contingents.iter();
            contingents.map(move |who| here && among(&people.contingents, who))
        });
        let limits = Limits::new(people.at_least.map(f64::from), people.at_most.map(f64::from));
        Condition::People(places.collect(), limits)
    }

    fn window(&mut self, what: Counted, window: &scenario::Window) -> Condition {
        let counts = |channel: &Channel| {
            self.at(&self.names.sites[channel.site], &window.sites, &window.areas)
                && among(&window.threats, &self.names.threats[channel.threat])
        };
        let contingents = self.names.contingents.iter();
        let count = Count {
            what,
            in_days: window.in_days,
            limits: Limits::new(window.at_least.map(f64::from), window.at_most.map(f64::from)),
            channels: self.channels.iter().map(counts).collect(),
            contingents: contingents.map(|who| among(&window.contingents, who)).collect(),
        };
        self.counts.push(count);
        Condition::Count(self.counts.len() - 1)
    }

    /// Whether a site is among those named by themselves and by area.
    fn at(&self, site: &String, sites: &Option<Vec<String>>, areas: &Option<Vec<String>>) -> bool {
        let area = self.scenario.world.sites.get(site).and_then(|site| site.area.as_ref());
        among(sites, site)
            && areas.as_ref().is_none_or(|areas| area.is_some_and(|area| areas.contains(area)))
    }
}

/// Whether an id is among those named; where none are, every one is.
fn among(ids: &Option<Vec<String>>, id: &String) -> bool {
    ids.as_ref().is_none_or(|ids| ids.contains(id))
}
