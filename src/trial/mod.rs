//! One history, in continuous time: take what is due next, let it act, until the horizon.

mod actions;
mod agenda;
mod arrivals;
mod attacks;
mod background;
mod barrages;
mod calendar;
mod children;
mod conditions;
mod earliest;
mod families;
mod gates;
mod host;
mod insurgency;
mod lifts;
mod log;
mod luck;
mod modifiers;
mod movement;
mod past;
mod pause;
mod politics;
mod powers;
mod record;
mod rules;
mod spans;
mod spells;
mod strikes;

use agenda::{Agenda, Due};
use arrivals::Arrivals;
use barrages::Barrages;
use calendar::Calendar;
use children::Children;
use conditions::Running;
use families::Families;
use gates::GateState;
use host::Host;
use insurgency::Insurgency;
use lifts::Progress;
use luck::Luck;
use past::Past;
use pause::Pause;
use powers::Powers;
use record::Record;
use rules::RuleState;
use strikes::Strikes;

pub use log::{Event, Kind};
pub(crate) use record::{STRENGTH_QUANTUM, Weekly};

use crate::measure::M;
use crate::model::{Draw, Hit, Model, Threat};
use crate::process::chain;
use crate::scenario::limits::{MOST_ATTACKS, MOST_EVENTS};
use crate::stop::Stop;

/// A trial in which more attacks than this wait for their turn is stopped, and counted as capped,
/// which bounds the memory that it takes.
const MOST_PENDING: usize = 4_000_000;

/// After so many attacks, or so many steps of what takes the longest within them, a trial looks
/// whether it is to be given up.
const LOOK: u32 = 4_096;
const WORK: u32 = 1 << 20;

/// Everything that changes while a history unfolds. Made once, used for many trials.
#[derive(Debug)]
pub(crate) struct Trial<'m> {
    model: &'m Model,
    draw: Draw,
    luck: Luck,
    agenda: Agenda,
    now: f64,
    state: usize,
    state_since: f64,
    /// By site and contingent (sites are rows).
    people: Vec<u32>,
    /// By site.
    present: Vec<u32>,
    present_since: Vec<f64>,
    /// By site: when it last closed, before all time if it never has.
    closed_at: Vec<f64>,
    arrivals: Arrivals,
    /// Attacks to come, where they come one after another.
    children: Children,
    /// The same, where they come family by family.
    families: Families,
    in_families: bool,
    past: Past,
    powers: Powers,
    calendar: Calendar,
    gates: Vec<GateState>,
    phases: Vec<Progress>,
    /// By site and contingent: people whom phases leave behind because a rule says so.
    kept: Vec<u32>,
    /// By gate, then phase: how many it still waits for.
    waits_for: Vec<usize>,
    /// By site: phases that are still to move people out.
    site_pending: Vec<usize>,
    /// By contingent: phases that are still to send people home.
    contingent_pending: Vec<usize>,
    phases_pending: usize,
    pause: Pause,
    /// By threat.
    strikes: Vec<Option<Strikes>>,
    host: Host,
    insurgency: Option<Insurgency>,
    /// By contingent.
    decided: Vec<bool>,
    /// By contingent: whether it has left every site. Empty where nobody follows another.
    gone: Vec<bool>,
    barrages: Barrages,
    /// By rule.
    rules: Vec<RuleState>,
    /// Attacks so far, kept only where functions look at them.
    hits: Vec<Hit>,
    /// By count of the rules' conditions.
    counts: Vec<Running>,
    /// Whether any threat looks at more than the people on the site itself.
    shifts: bool,
    /// Whether any rule looks at once.
    alert: bool,
    /// Whether any rule is a function.
    functions: bool,
    /// Something has happened that a rule looks at which looks at once, or what comes next may be
    /// something else now.
    stirred: bool,
    /// Whether rules or the log want to know of every attack.
    watched: bool,
    /// Whether somebody wants it to be given up.
    stop: Stop,
    /// The number of attacks at which it looks at that, or at which it has all that it may have.
    look_at: u32,
    /// Steps within attacks since it last did.
    work: u32,
    record: Record,
    /// What happened, kept only where it is asked for.
    log: Option<Vec<Event>>,
}

/// How a trial came to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// At the horizon.
    Horizon,
    /// More happened than may.
    Full,
    /// It was given up.
    Stopped,
}

impl<'m> Trial<'m> {
    pub fn new(model: &'m Model) -> Self {
        Trial::until(model, Stop::default())
    }

    /// One whose runs are given up when somebody says so.
    pub fn until(model: &'m Model, stop: Stop) -> Self {
        Trial {
            model,
            draw: Draw::new(model),
            luck: Luck::default(),
            agenda: Agenda::new(model),
            now: 0.0,
            state: 0,
            state_since: 0.0,
            people: Vec::new(),
            present: Vec::new(),
            present_since: Vec::new(),
            closed_at: Vec::new(),
            arrivals: Arrivals::default(),
            children: Children::new(model.horizon.next_up()),
            families: Families::default(),
            in_families: false,
            past: Past::default(),
            powers: Powers::default(),
            calendar: Calendar::default(),
            gates: Vec::new(),
            phases: model.phases.iter().map(Progress::new).collect(),
            kept: Vec::new(),
            waits_for: Vec::new(),
            site_pending: Vec::new(),
            contingent_pending: Vec::new(),
            phases_pending: 0,
            pause: Pause::default(),
            strikes: Vec::new(),
            host: Host::default(),
            insurgency: None,
            decided: Vec::new(),
            gone: Vec::new(),
            barrages: Barrages::default(),
            rules: Vec::new(),
            hits: Vec::new(),
            counts: vec![Running::default(); model.counts.len()],
            shifts: model.threats.iter().any(Threat::shifts),
            alert: model.rules.iter().any(|rule| rule.at_once),
            functions: !model.embedded_rules().is_empty(),
            stirred: false,
            watched: false,
            stop,
            look_at: 0,
            work: 0,
            record: Record::new(model),
            log: None,
        }
    }

    /// Runs trial `index` under `seed`: to its end, which it returns as true, or until it is given
    /// up, which leaves nothing of it behind.
    pub fn run(&mut self, seed: u64, index: u64) -> bool {
        self.begin(seed, index, true);
        let mut end = self.go_on();
        if end == End::Full && self.in_families {
            // Which attacks are the first so many, only their order in time says.
            self.begin(seed, index, false);
            end = self.go_on();
        }
        match end {
            End::Horizon => self.end(self.model.horizon),
            End::Full => {
                self.record.set(M::Capped, 0, 1.0);
                self.end(self.now);
            }
            End::Stopped => return false,
        }
        true
    }

    /// Goes on to the horizon, unless more happens than may, or it is given up.
    fn go_on(&mut self) -> End {
        for _ in 0..MOST_EVENTS {
            let attack = loop {
                if self.stop.is_set() {
                    return End::Stopped;
                }
                let attack = self.attacks_until(self.quiet_until());
                if self.record.attacks < self.look_at {
                    break attack;
                }
                let pending = self.children.count() + self.families.count();
                if self.record.attacks >= MOST_ATTACKS || pending > MOST_PENDING {
                    return End::Full;
                }
                self.look_at = self.record.attacks.saturating_add(LOOK).min(MOST_ATTACKS);
                self.work = 0;
            };
            let other = self.agenda.next_days();
            let days = attack.min(other);
            if days > self.model.horizon {
                return End::Horizon;
            }
            if days >= self.record.strength_days {
                self.record_strength(days);
            }
            // That it meets an attack at the same instant has probability 0.
            if other <= attack {
                self.record.now(days);
                self.now = days;
                self.act(self.agenda.next());
                self.look_if_stirred();
            }
        }
        End::Full
    }

    /// Until then, attacks apart, nothing happens and there is nothing to write down.
    #[inline]
    fn quiet_until(&self) -> f64 {
        let (horizon, noted) = (self.model.horizon, self.record.strength_days);
        let noted = if noted < horizon { noted } else { horizon }.next_up();
        let other = self.agenda.next_days();
        if other < noted { other } else { noted }
    }

    /// If something has happened that a rule looks at, it does so.
    #[inline]
    fn look_if_stirred(&mut self) {
        if std::mem::take(&mut self.stirred) && self.alert {
            self.look_at_once();
        }
    }

    /// Runs trial `index` under `seed` and returns everything that happened, as far as it came.
    pub fn events(&mut self, seed: u64, index: u64) -> Vec<Event> {
        self.log = Some(Vec::new());
        self.run(seed, index);
        self.log.take().unwrap_or_default()
    }

    /// The measures of the last trial.
    pub fn row(&self) -> &[f64] {
        &self.record.row
    }

    /// The weekly histograms of all trials run so far.
    pub fn weekly(&mut self) -> &mut Weekly {
        &mut self.record.weekly
    }

    /// The values drawn for the ranges in the last trial.
    pub fn inputs(&self) -> impl Iterator<Item = f64> + '_ {
        self.model.numbers.drawn(&self.draw.values)
    }

    /// Begins a trial, whose attacks come family by family if they may and can.
    fn begin(&mut self, seed: u64, index: u64, in_families: bool) {
        let model = self.model;
        self.draw.fill(model, seed, index);
        self.luck.reset(model, seed, index);
        self.agenda.clear();
        self.record.reset();
        (self.look_at, self.work) = (LOOK, 0);
        self.now = 0.0;
        self.children.clear();
        self.families.clear();
        self.hits.clear();
        self.stirred = false;
        self.watched = self.log.is_some() || !model.rules.is_empty();
        let unseen = self.draw.lanes.iter().all(|lane| lane.harmless && !lane.answered);
        self.in_families = in_families && unseen && !self.watched;
        self.begin_people();
        self.begin_calendar();
        self.begin_tension();
        self.begin_region();
        self.begin_plan();
        self.begin_arrivals();
        self.begin_past();
        self.begin_rules();
    }

    fn begin_region(&mut self) {
        self.begin_strikes();
        self.begin_host();
        self.begin_insurgency();
        self.begin_politics();
        self.begin_barrages();
    }

    fn act(&mut self, due: Due) {
        match due {
            Due::Event(event) => self.happen(event),
            Due::Gate(gate) => self.open_gate(gate),
            Due::Tension => self.change_tension(),
            Due::Phase(phase) => self.phase_due(phase),
            Due::Departure(contingent) => self.depart(contingent),
            Due::NoticeEnd => self.end_notice(),
            Due::Capability => self.step_capability(),
            Due::Shock => self.shock(),
            Due::Strike(threat) => self.strike(threat),
            Due::Expulsion => self.expel(),
            Due::Incident => self.incident(),
            Due::Barrage => self.barrage(),
            Due::Reentry => self.reenter(),
            Due::Shift => self.shift(),
            Due::Review => self.review(),
            Due::Spent => self.breathing_room_spent(),
        }
    }

    fn end(&mut self, days: f64) {
        self.record_strength(days);
        self.now = days;
        self.record.now(days);
        for site in 0..self.model.sites.len() {
            self.count_person_days(site);
        }
        self.count_left();
        if self.model.phases.is_empty() {
            self.no_way();
        } else if self.phases_pending > 0 {
            self.count_until_finish();
        }
        self.record.add(M::StateDays, self.state, days - self.state_since);
        self.count_attacks();
        self.record.set(M::RejectedDraws, 0, self.draw.rejected as f64);
        self.end_pause();
        self.count_buffers();
        self.end_insurgency();
        self.count_costs();
        self.end_phases();
        self.record.finish();
    }

    fn count_costs(&mut self) {
        if let Some(costs) = &self.model.region.costs {
            let values = &self.draw.values;
            let each = [
                (costs.per_person_day, M::PersonDays),
                (costs.per_person_moved, M::PeopleMoved),
                (costs.per_pause_day, M::PauseDays),
            ];
            let cost = each.map(|(unit, measure)| unit.of(values) * self.record.get(measure, 0));
            self.record.set(M::Cost, 0, cost.iter().sum());
        }
    }

    fn note(&mut self, event: impl FnOnce(Event) -> Event, kind: Kind) {
        if let Some(log) = &mut self.log {
            log.push(event(Event::new(self.now, kind)));
        }
    }

    fn begin_tension(&mut self) {
        self.state = self.model.tension.start;
        self.state_since = 0.0;
        self.record.state(self.state);
        self.stay();
    }

    /// Draws how long the present state of tension lasts.
    fn stay(&mut self) {
        let state = &self.model.tension.states[self.state];
        if state.next.is_empty() {
            return self.agenda.set(Due::Tension, f64::INFINITY);
        }
        let values = &self.draw.values;
        let stream = self.luck.tension(self.model);
        let mean = state.mean_days.sample(|slot| slot.of(values), stream);
        self.agenda.set(Due::Tension, self.now + chain::stay(mean, stream));
    }

    fn change_tension(&mut self) {
        let next = &self.model.tension.states[self.state].next;
        let values = &self.draw.values;
        let weights = next.iter().map(|(_, weight)| weight.of(values));
        let (state, _) = next[chain::next(weights, self.luck.tension(self.model))];
        self.record.add(M::StateDays, self.state, self.now - self.state_since);
        let before = self.state;
        self.state = state;
        self.state_since = self.now;
        self.record.state(state);
        self.note(|event| Event { state: Some(state), ..event }, Kind::Tension);
        self.tension_moves_gates();
        self.tension_moves_rates(before);
        self.tension_moves_barrages(before);
        self.tension_moves_expulsion(before);
        self.stirred = true;
        self.stay();
    }
}
