//! One history, in continuous time: take what is due next, let it act, hand on what has changed, until
//! the horizon.
//!
//! `plan`, `threats`, `region` and `rules` are the parts, each with a state of its own; `people` and
//! `calendar` are what they look at; `context` is what all of them are given. A part tells what has
//! changed, and `changes` knows who must hear of it.

mod announced;
mod calendar;
mod changes;
mod context;
mod course;
mod earliest;
mod expected;
mod future;
mod log;
mod people;
mod plan;
mod powers;
mod reached;
mod record;
mod region;
mod rest;
mod risks;
mod roads;
mod rules;
mod spans;
mod spells;
mod streams;
mod tension;
mod threats;

use calendar::Calendar;
use changes::Change;
use context::Context;
use future::Due;
use people::People;
use plan::Plan;
use region::Region;
use rules::Rules;
use threats::{Seen, Threats};

pub use log::{Event, Kind};
use record::Books;
pub(crate) use record::{STRENGTH_QUANTUM, Weekly};

use crate::measure::M;
use crate::model::{Model, Slot};
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
#[derive(Clone, Debug)]
pub(crate) struct Trial<'m> {
    ctx: Context<'m>,
    calendar: Calendar,
    people: People,
    plan: Plan,
    threats: Threats,
    region: Region,
    rules: Rules,
    /// None for one that rests.
    books: Option<Box<Books>>,
}

/// How a trial came to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    /// At the day up to which it was to go on.
    Reached,
    /// At the horizon.
    Horizon,
    /// More happened than may.
    Full,
    /// It was given up.
    Stopped,
    /// A policy is to be asked, or has broken off.
    Halted,
}

impl<'m> Trial<'m> {
    pub fn new(model: &'m Model) -> Self {
        Trial::until(model, Stop::default())
    }

    /// One whose runs are given up when somebody says so.
    pub fn until(model: &'m Model, stop: Stop) -> Self {
        Trial {
            ctx: Context::new(model, stop),
            calendar: Calendar::default(),
            people: People::default(),
            plan: Plan::new(model),
            threats: Threats::new(model),
            region: Region::default(),
            rules: Rules::default(),
            books: Some(Box::new(Books::new(model))),
        }
    }

    /// Runs trial `index` under `seed`: to its end, which it returns as true, or until it is given
    /// up or a policy breaks off, which leaves nothing of it behind.
    pub fn run(&mut self, seed: u64, index: u64) -> bool {
        self.begin(seed, index, true);
        let mut end = self.go_on(f64::INFINITY);
        if end == End::Full && self.threats.in_families {
            // Which attacks are the first so many, only their order in time says.
            self.begin(seed, index, false);
            end = self.go_on(f64::INFINITY);
        }
        self.end_as(end)
    }

    /// Comes to an end; returns whether that leaves anything of it behind.
    fn end_as(&mut self, end: End) -> bool {
        match end {
            End::Horizon => self.end(self.ctx.model.horizon),
            End::Full => {
                self.ctx.record.set(M::Capped, 0, 1.0);
                self.end(self.ctx.now);
            }
            End::Reached | End::Stopped | End::Halted => return false,
        }
        true
    }

    /// Goes on to the horizon, or up to a day, what happens then excluded; unless more happens than
    /// may, or it is given up.
    fn go_on(&mut self, until: f64) -> End {
        while self.ctx.watchdog.events < MOST_EVENTS {
            let attack = loop {
                if self.ctx.watchdog.stop.is_set() {
                    return End::Stopped;
                }
                if self.rules.is_halted() {
                    return End::Halted;
                }
                let attack = self.attacks_until(self.quiet_until().min(until));
                if self.ctx.record.attacks < self.ctx.watchdog.look_at {
                    break attack;
                }
                if self.ctx.record.attacks >= MOST_ATTACKS || self.threats.waiting() > MOST_PENDING
                {
                    return End::Full;
                }
                let next = self.ctx.record.attacks.saturating_add(LOOK).min(MOST_ATTACKS);
                (self.ctx.watchdog.look_at, self.ctx.watchdog.work) = (next, 0);
            };
            let other = self.ctx.future.next_days();
            let days = attack.min(other);
            if days >= until {
                return End::Reached;
            }
            if days > self.ctx.model.horizon {
                return End::Horizon;
            }
            self.ctx.watchdog.events += 1;
            if days >= self.ctx.record.strength_days {
                self.region.record_strength(&mut self.ctx, days);
            }
            // That it meets an attack at the same instant has probability 0.
            if other <= attack {
                self.ctx.record.now(days);
                self.ctx.now = days;
                self.act(self.ctx.future.next());
                if !self.rules.is_halted() {
                    self.settle();
                    self.review_if_stirred();
                }
            }
        }
        End::Full
    }

    /// Attacks, one after another, until `quiet_until`, until one of them changes what comes next,
    /// or until it is time to look whether to go on; returns when the next one would be. They are
    /// most of what happens: this is the loop that speed hangs on.
    fn attacks_until(&mut self, mut quiet_until: f64) -> f64 {
        let Trial { ctx, people, threats, .. } = self;
        if threats.in_families {
            return threats.families_until(ctx, people, quiet_until);
        }
        loop {
            let Trial { ctx, people, threats, .. } = self;
            let (days, caused) = threats.next();
            if days >= quiet_until || ctx.record.attacks >= ctx.watchdog.look_at {
                return days;
            }
            ctx.now = days;
            threats.next_attack(ctx, people, caused);
            if ctx.stirred {
                self.settle();
                self.review_if_stirred();
                if self.rules.is_halted() {
                    return self.ctx.now;
                }
                // Earlier than it need be, if what came next has been put off.
                let other = self.ctx.future.next_days();
                if other < quiet_until {
                    quiet_until = other;
                }
            }
        }
    }

    /// Until then, attacks apart, nothing happens and there is nothing to write down.
    #[inline]
    fn quiet_until(&self) -> f64 {
        let (horizon, noted) = (self.ctx.model.horizon, self.ctx.record.strength_days);
        let noted = if noted < horizon { noted } else { horizon }.next_up();
        let other = self.ctx.future.next_days();
        if other < noted { other } else { noted }
    }

    /// If something has happened that a rule looks at, it does so.
    #[inline]
    fn review_if_stirred(&mut self) {
        if std::mem::take(&mut self.ctx.stirred) && self.ctx.hits.alert {
            self.review_at_once();
        }
    }

    /// Runs trial `index` under `seed` and returns everything that happened, as far as it came.
    pub fn events(&mut self, seed: u64, index: u64) -> Vec<Event> {
        self.ctx.log = Some(Vec::new());
        self.run(seed, index);
        self.ctx.log.take().unwrap_or_default()
    }

    /// The measures of the last trial.
    pub fn row(&self) -> &[f64] {
        &self.ctx.record.row
    }

    /// The weekly histograms of all trials run so far.
    pub fn weekly(&mut self) -> &mut Weekly {
        &mut self.books.as_mut().expect("a trial that is run has them").weekly
    }

    /// The values drawn for the ranges in the last trial.
    pub fn inputs(&self) -> impl Iterator<Item = f64> + '_ {
        self.ctx.model.numbers.drawn(&self.ctx.draw.values)
    }

    /// Begins a trial, whose attacks come family by family if they may and can.
    fn begin(&mut self, seed: u64, index: u64, in_families: bool) {
        let Trial { ctx, calendar, people, plan, threats, region, rules, .. } = self;
        ctx.begin(seed, index);
        let unseen = ctx.draw.lanes.iter().all(|lane| lane.harmless && !lane.answered);
        threats.in_families = in_families && unseen && !ctx.watched && ctx.expected.is_none();
        people.begin(ctx);
        calendar.begin(ctx);
        risks::begin(ctx);
        tension::begin(ctx);
        if let Some(expected) = &mut ctx.expected {
            expected.begin(ctx.model, &ctx.draw, ctx.state);
        }
        region.begin(ctx, people);
        plan.begin(ctx);
        plan.take_up(ctx, people);
        threats.begin(ctx, Seen { people, plan, calendar }, region.strength(0.0));
        rules.begin(ctx);
        if ctx.model.now.is_some() {
            threats::recall(ctx);
            self.settle();
        }
    }

    fn act(&mut self, due: Due) {
        let Trial { ctx, calendar, people, plan, threats, region, .. } = self;
        match due {
            Due::Risk(risk) => risks::happen(ctx, risk),
            Due::Event(event) => calendar.happen(ctx, event),
            Due::Gate(gate) => plan.open_gate(ctx, gate),
            Due::Tension => tension::change(ctx),
            Due::Arrival(leg) => people.arrive(ctx, leg),
            Due::Phase(phase) => plan.phase_due(ctx, people, phase),
            Due::Departure(contingent) => plan.depart(ctx, people, contingent),
            Due::NoticeEnd => plan.end_notice(ctx, people),
            Due::Capability => region.step_capability(ctx, people),
            Due::Shock => region.shock(ctx, people),
            Due::Strike(threat) => threats.strike(ctx, threat),
            Due::Expulsion => region.host.expel(ctx),
            Due::Incident => region.incident(ctx, people),
            Due::Barrage => region.barrages.barrage(ctx, people),
            Due::Reentry => self.reenter(),
            Due::Shift => threats.shift(ctx, Seen { people, plan, calendar }),
            Due::Review => self.review(),
            Due::Spent => plan.breathing_room_spent(ctx),
        }
    }

    /// People go back in because the insurgency has grown.
    fn reenter(&mut self) {
        self.region.reenter(&mut self.ctx);
        let late = self.plan.is_done();
        for force in self.ctx.model.region.reentry.iter().flat_map(|about| &about.forces) {
            self.people.go_back_in(&mut self.ctx, force, late);
            self.settle();
        }
        self.ctx.tell(Change::WentBackIn);
    }

    fn end(&mut self, days: f64) {
        let Trial { ctx, calendar, people, plan, threats, region, rules, books } = self;
        region.record_strength(ctx, days);
        ctx.now = days;
        ctx.record.now(days);
        people.end(ctx);
        tension::end(ctx);
        threats.count_attacks(ctx);
        plan.end(ctx);
        rules.release_holding(ctx);
        calendar.count_buffers(ctx, plan);
        region.end_insurgency(ctx);
        ctx.record.set(M::RejectedDraws, 0, ctx.draw.rejected as f64);
        count_costs(ctx);
        threats.reckon_all(ctx);
        if let Some(expected) = &ctx.expected {
            let extra = ctx.record.layout.extra();
            expected.finish(ctx.model, days, ctx.state, &mut ctx.record.row[extra]);
        }
        ctx.record.finish(books.as_mut().expect("a trial that is run has them"));
    }
}

fn count_costs(ctx: &mut Context<'_>) {
    if let Some(costs) = &ctx.model.region.costs {
        let values = &ctx.draw.values;
        let each = [
            (costs.per_person_day, M::PersonDays),
            (costs.per_person_moved, M::PeopleMoved),
            (costs.per_pause_day, M::PauseDays),
        ];
        let cost = each.map(|(unit, measure)| unit.of(values) * ctx.record.get(measure, 0));
        let of_mode = |(mode, unit): (usize, &Option<_>)| {
            let unit = unit.map_or(0.0, |unit: Slot| unit.of(values));
            unit * ctx.record.get(M::ModeMaterielMoved, mode)
        };
        let materiel: f64 = costs.per_tonne_moved.iter().enumerate().map(of_mode).sum();
        let mitigations = costs.mitigations.iter().map(|slot| slot.of(values));
        ctx.record.set(M::Cost, 0, cost.into_iter().chain([materiel]).chain(mitigations).sum());
    }
}
