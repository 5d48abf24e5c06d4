//! The compiled scenario: indices and arrays, immutable, shared by threads.
//!
//! Compiling builds the structure once; the numbers that may be ranges live in numbered slots,
//! filled for each draw by [`Draw`].

mod about;
mod blackouts;
mod calendar;
mod compile;
mod describe;
mod draw;
mod embed;
mod inputs;
mod legs;
mod materiel;
mod modifiers;
mod moments;
mod now;
mod numbers;
mod points;
mod policy;
mod region;
mod risks;
mod rules;
mod situation;
mod toll;
mod transport;

use std::ops::Range as Span;

pub(crate) use blackouts::Blackouts;
pub(crate) use calendar::{Buffer, Event, Window};
pub use describe::{Section, Topic};
pub(crate) use draw::{Draw, Lane, Mark};
pub(crate) use materiel::{Cargo, Fate, Load};
pub(crate) use modifiers::{Courses, Drift, Modifier, Source, Step};
pub(crate) use moments::{ROUNDING, calendar_day, has_come};
pub(crate) use now::{GateNow, Now, PhaseNow, Used};
pub(crate) use numbers::{Numbers, Slot, SlotLaw};
pub(crate) use points::{REPLICATES, even};
pub use policy::{Asked, Decision, NoAnswer, Policy, Terms};
pub(crate) use policy::{Memory, Own, Wish};
pub(crate) use region::{Incidents, Region, Retaliation};
pub(crate) use risks::{Effect, Risk};
pub use rules::Counted;
pub(crate) use rules::{Action, Condition, Count, Decides, Detachment, Hit, Order, Rule};
pub use situation::{Recent, Situation};
pub(crate) use situation::{Sight, Standing};
pub(crate) use toll::Toll;
pub(crate) use transport::Transport;

use crate::error::Problem;
use crate::languages::Language;
use crate::law::Family;
use crate::measure::Layout;
use crate::scenario::{Date, Relation, Scenario};
use crate::streams::Who;
use crate::validate::{Work, warnings};

/// A scenario compiled for simulation. Make one with
/// [`Checked::compile`](crate::Checked::compile); it is immutable and can be shared by threads.
#[derive(Clone, Debug)]
#[must_use]
pub struct Model {
    pub(crate) scenario: Scenario,
    pub(crate) names: Names,
    pub(crate) layout: Layout,
    pub(crate) start: Date,
    pub(crate) horizon: f64,
    /// Where each calendar month ends, in days from the start; the last one at the horizon.
    pub(crate) month_ends: Vec<f64>,
    pub(crate) review_every: f64,
    pub(crate) numbers: Numbers,
    /// Where people can be: the sites, then the legs.
    pub(crate) sites: Vec<Site>,
    pub(crate) legs: Vec<Leg>,
    /// People at the start, by site and contingent (sites are rows).
    pub(crate) garrison: Vec<u32>,
    pub(crate) tension: Tension,
    pub(crate) threats: Vec<Threat>,
    pub(crate) courses: Courses,
    /// Threat and site pairs with a weight, by threat, then by site.
    pub(crate) channels: Vec<Channel>,
    /// Channels of each site.
    pub(crate) channels_at: Vec<Vec<usize>>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) phases: Vec<Phase>,
    /// For each gate, then each phase: what waits for it.
    pub(crate) unlocks: Vec<Vec<Waiter>>,
    /// Whether some phase takes those who are brought while it is under way.
    pub(crate) has_hubs: bool,
    pub(crate) transport: Transport,
    /// How materiel is moved, by mode: rooms are tonnes.
    pub(crate) modes: Vec<Transport>,
    /// By site: tonnes of materiel at the start.
    pub(crate) stock: Vec<u32>,
    pub(crate) blackouts: Blackouts,
    /// Those that announced dates allow for.
    pub(crate) allowed_for: Blackouts,
    /// Correlation of the durations of phases.
    pub(crate) correlation: Slot,
    pub(crate) room: Room,
    pub(crate) events: Vec<Event>,
    pub(crate) risks: Vec<Risk>,
    pub(crate) buffers: Vec<Buffer>,
    pub(crate) region: Region,
    pub(crate) rules: Vec<Rule>,
    /// The counts in the conditions of rules.
    pub(crate) counts: Vec<Count>,
    /// Where things stand on the first day; `None`: nothing of the plan has happened.
    pub(crate) now: Option<Now>,
    /// Whether runs have less variance: see [`Model::reduced`].
    pub(crate) reduced: bool,
    /// Levels of casualties that such runs tell the chances of reaching of, ascending.
    pub(crate) levels: Vec<u32>,
}

/// The ids behind the indices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub sites: Vec<String>,
    pub contingents: Vec<String>,
    pub states: Vec<String>,
    pub threats: Vec<String>,
    pub gates: Vec<String>,
    pub phases: Vec<String>,
    pub events: Vec<String>,
    pub risks: Vec<String>,
    /// Event and outcome, with a point between them.
    pub outcomes: Vec<String>,
    pub buffers: Vec<String>,
    pub rules: Vec<String>,
    pub modes: Vec<String>,
    pub months: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub area: Option<usize>,
    /// The announced finish of the last phase that empties it; never, if none does. A trial knows that
    /// of its wave.
    pub hand_over: f64,
    pub reference: f64,
    pub needs_people: u32,
}

impl Site {
    /// So many people by the reference garrison, as far as the rates of threats follow them.
    pub fn ratio(&self, people: f64) -> f64 {
        (people / self.reference).clamp(0.1, 2.0)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Tension {
    pub who: Who,
    pub start: usize,
    pub states: Vec<State>,
}

impl Tension {
    /// By state: whether it can ever come to it.
    pub fn can_come(&self) -> Vec<bool> {
        let mut can = vec![false; self.states.len()];
        let mut new = vec![self.start];
        while let Some(state) = new.pop() {
            if !std::mem::replace(&mut can[state], true) {
                new.extend(self.states[state].next.iter().map(|(next, _)| *next));
            }
        }
        can
    }
}

#[derive(Clone, Debug)]
pub(crate) struct State {
    pub mean_days: SlotLaw,
    /// States that can follow, with the slots of their weights.
    pub next: Vec<(usize, Slot)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Threat {
    /// By state of tension.
    pub rates: Vec<Slot>,
    pub rate_factor: Slot,
    pub elasticity: Slot,
    /// Mean delay of caused attacks, if there are any.
    pub decay: Option<Slot>,
    /// Whether it starts as if it had been there for ever.
    pub steady: bool,
    pub batch_mean: Slot,
    /// What its rates follow besides tension and the people on the site itself, in the order in
    /// which it acts.
    pub modifiers: Vec<Modifier>,
    pub retaliation: Option<Retaliation>,
    /// What its attacks consist of and do: one for all states of tension, or one for each.
    pub arms: Vec<Arms>,
    /// The place of the first among those of all threats.
    pub first_arms: usize,
    /// What they do to civilians, where that is counted.
    pub civilian_harm: Option<Toll>,
    /// By state of tension: which of them.
    pub arms_in: Vec<usize>,
    pub channels: Span<usize>,
}

/// What the attacks of a threat consist of and do, in some state of tension.
#[derive(Clone, Debug)]
pub(crate) struct Arms {
    /// By weapon: the share, and the mean salvo.
    pub weapons: Vec<(Slot, Slot)>,
    pub no_casualty: Slot,
    pub scale: Slot,
    pub shape: Slot,
    pub killed_share: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub threat: usize,
    pub site: usize,
    /// By state of tension.
    pub weights: Vec<Slot>,
    /// By state of tension: whose random stream the background arrivals have.
    pub arrivals: Vec<Who>,
    /// Without its site's air defence, and with it: by weapon of the threat.
    pub intercept: [Vec<SlotLaw>; 2],
    /// The place of what gets through of the first arms of its threat, among those of all channels.
    pub first_leaks: usize,
    /// Channels in which its attacks cause others, itself first, and how many of them.
    pub causes: Vec<(usize, Slot)>,
    /// Channels whose attacks cause others in it, and how many.
    pub caused_by: Vec<(usize, Slot)>,
    /// On a leg: what its attacks are counted by, and how many there are of them by state of tension.
    pub on_leg: Option<(Exposure, Vec<Slot>)>,
}

/// What attacks on those on the road are counted by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Exposure {
    /// Convoys, of which each meets so many on its way.
    Convoys,
    /// People and days.
    People,
}

/// The way from one site to another, or home.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub who: Who,
    /// Where those on the road are counted.
    pub place: usize,
    /// The site at its end; `None`: home.
    pub to: Option<usize>,
    pub days: SlotLaw,
    pub people_per_convoy: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub who: Who,
    pub delay: SlotLaw,
    /// By state of tension: whether the clock stands still.
    pub blocked: Vec<bool>,
    /// How many gates and phases come first.
    pub waits_for: usize,
    pub risks: Vec<Effect>,
}

/// A gate or phase that waits for another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiter {
    /// Gates are numbered first, then phases.
    pub node: usize,
    pub relation: Relation,
    pub lag_days: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Phase {
    pub who: Who,
    pub start: f64,
    pub finish: f64,
    /// Working days that are announced for it.
    pub announced_days: f64,
    pub ratio: SlotLaw,
    pub compress_to: Slot,
    pub risks: Vec<Effect>,
    pub moves: Vec<Move>,
    /// The materiel that goes, by mode.
    pub cargo: Vec<Cargo>,
    /// By wave: its moves. None: all leave side by side.
    pub waves: Vec<Vec<usize>>,
    /// Sites that the phase takes people or materiel from.
    pub clears: Vec<usize>,
    /// Whether any of its moves takes those who are brought.
    pub takes_arrivals: bool,
    /// Whether it moves anybody over a leg.
    pub over_legs: bool,
    /// Places that it moves people out of, over or to.
    pub touches: Vec<usize>,
    /// Contingents of which the phase sends people home.
    pub sends_home: Vec<usize>,
    /// How many gates and phases it waits for to begin, and for its last lift.
    pub waits_for: usize,
    pub ends_after: usize,
    /// Its own breathing room, within that of the plan.
    pub room: Option<Room>,
}

/// How far pauses may hold movement up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub pause_days: f64,
    pub extension_days: f64,
    pub latest: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub site: usize,
    pub contingent: usize,
    /// How many leave; `None`: all but the residual.
    pub people: Option<u32>,
    pub residual: u32,
    /// Whether it takes those too who are brought while the phase is under way.
    pub takes_arrivals: bool,
    /// The site they move to; `None`: home.
    pub to: Option<usize>,
    /// The leg on which they go there; `None`: they are there at once.
    pub leg: Option<usize>,
}

impl Threat {
    /// Whether its rates follow more than the tension and the people on the site itself.
    pub fn shifts(&self) -> bool {
        !self.modifiers.is_empty()
    }
}

/// The law of interception where the defence has left: beta(1, 19) for every weapon that can be
/// stopped.
pub(crate) const UNDEFENDED: [f64; 2] = [1.0, 19.0];

impl Model {
    /// The scenario this was compiled from.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What the author of the scenario has probably not meant, though it can be run as it is.
    pub fn warnings(&self) -> Vec<Problem> {
        self.warnings_in(Language::English)
    }

    /// The same in a language; see [`Checked::warnings_in`](crate::Checked::warnings_in).
    pub fn warnings_in(&self, language: Language) -> Vec<Problem> {
        warnings(&self.scenario, self.end(), language.speech())
    }

    /// How many seconds a trial is expected to take, reckoned from what is expected to happen in it
    /// on a machine that does 10^8 simple things a second.
    pub fn seconds_per_trial(&self) -> f64 {
        self.work().seconds()
    }

    /// What a trial spends most of its time on.
    pub(crate) fn what_takes_long(&self) -> String {
        self.work().advice(Language::English.speech()).1
    }

    fn work(&self) -> Work {
        Work::new(&self.scenario, self.end())
    }

    /// The first day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// Length of every trial, in days.
    pub fn horizon_days(&self) -> f64 {
        self.horizon
    }

    /// The date at whose 00:00 every trial ends.
    pub fn end(&self) -> Date {
        self.day(self.horizon)
    }

    /// The calendar day of an instant, in days from the start: of what has happened. `None` for NaN,
    /// which stands for what was not reached, and for what no calendar reaches.
    pub fn date(&self, days: f64) -> Option<Date> {
        let far = f64::from(Date::MOST_DAYS);
        let day = (-far..=far).contains(&days).then(|| self.day(days))?;
        (f64::from(day.days_since(self.start)) == f64::from(calendar_day(days))).then_some(day)
    }

    /// The same of an instant in a trial.
    pub(crate) fn day(&self, days: f64) -> Date {
        self.start.plus_days(calendar_day(days))
    }

    /// Number of points of the weekly grid: days 0, 7, 14, ... up to the horizon.
    pub fn weeks(&self) -> usize {
        (self.horizon / 7.0).floor() as usize + 1
    }

    /// The same plan with every date kept and nothing happening: phases wait for nothing and take
    /// as long as announced, whatever transport allows, and nobody attacks.
    pub(crate) fn as_announced(&self) -> Model {
        let mut model = self.clone();
        (model.reduced, model.levels) = (false, Vec::new());
        let mut constant = |value| Family::Constant(model.numbers.constant(value));
        let (at_once, as_planned) = (constant(0.0), constant(1.0));
        model.gates.iter_mut().for_each(|gate| gate.delay = at_once.clone());
        model.gates.iter_mut().for_each(|gate| gate.blocked.fill(false));
        model.gates.iter_mut().for_each(|gate| gate.risks.clear());
        model.phases.iter_mut().for_each(|phase| phase.risks.clear());
        model.phases.iter_mut().for_each(|phase| phase.ratio = as_planned.clone());
        model.phases.iter_mut().for_each(|phase| phase.waits_for = 0);
        // Only a hub waits for those who are brought on the very day on which it is to be empty.
        let (gates, phases) = (model.gates.len(), &mut model.phases);
        for waiters in &mut model.unlocks {
            waiters.retain_mut(|waiter| {
                waiter.lag_days = 0.0;
                let phase = waiter.node.checked_sub(gates);
                waiter.relation == Relation::FinishToFinish
                    && phase.is_some_and(|phase| phases[phase].takes_arrivals)
            });
        }
        phases.iter_mut().filter(|phase| !phase.takes_arrivals).for_each(|one| one.ends_after = 0);
        // Nobody is announced to be on the road.
        let moves = model.phases.iter_mut().flat_map(|phase| &mut phase.moves);
        moves.for_each(|step| step.leg = None);
        model.gates.iter_mut().for_each(|gate| gate.waits_for = 0);
        model.transport.room = u32::MAX;
        model.modes.iter_mut().for_each(|mode| mode.room = u32::MAX);
        model.threats.clear();
        model.channels.clear();
        model.channels_at.iter_mut().for_each(Vec::clear);
        model.rules.clear();
        model.region.clear();
        model.now.iter_mut().for_each(Now::forget_threats);
        model.blackouts = model.allowed_for.clone();
        model
    }

    pub(crate) fn states(&self) -> usize {
        self.tension.states.len()
    }

    /// Where in a draw what an attack on a channel consists of and does stands in a state of tension, and
    /// where what gets through.
    pub(crate) fn arms(&self, channel: usize, state: usize) -> (usize, usize) {
        let about = &self.channels[channel];
        let threat = &self.threats[about.threat];
        let own = threat.arms_in[state];
        (threat.first_arms + own, about.first_leaks + own)
    }

    pub(crate) fn contingents(&self) -> usize {
        self.names.contingents.len()
    }
}

/// The place of an id among names.
fn index(names: &[String], id: &str) -> usize {
    index_of(names, id).expect("validation has resolved every id")
}

fn index_of(names: &[String], id: &str) -> Option<usize> {
    names.iter().position(|name| name == id)
}
