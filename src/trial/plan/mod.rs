//! The plan as it is carried out: gates, phases, and the breathing room.

mod actions;
mod freight;
mod gates;
mod hubs;
mod lifts;
mod materiel;
mod now;
mod pause;
mod relations;

use freight::Freight;
pub(super) use freight::moved_by;
use gates::GateState;
pub(super) use lifts::Status;
use lifts::{Grid, Progress};
use pause::Pause;

use super::changes::Change;
use super::context::Context;
use super::future::Due;
use super::people::People;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::{self, Model};
use crate::streams::{Purpose, Stream, Who};

/// How far the plan has come.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    gates: Vec<GateState>,
    /// By gate: the delay that was drawn for it.
    delays: Vec<f64>,
    /// By gate: what risks that had happened did to its delay when its clock started.
    stretched: Vec<(f64, f64)>,
    /// What the durations of all phases have in common, once one of them has begun or tells of it.
    common: Option<f64>,
    pub phases: Vec<Progress>,
    /// By site and contingent: people whom phases leave behind because a rule says so.
    kept: Vec<u32>,
    /// By site: tonnes of materiel.
    stock: Vec<u32>,
    /// By gate, then phase: how many it still waits for.
    waits_for: Vec<usize>,
    /// By site: phases that are still to move people out.
    site_pending: Vec<usize>,
    /// By contingent: phases that are still to send people home.
    contingent_pending: Vec<usize>,
    pending: usize,
    pause: Pause,
    /// Whether the host has made the breathing room void.
    void: bool,
    /// The end of its notice; infinite, if there is none.
    deadline: f64,
}

impl Plan {
    pub fn new(model: &Model) -> Self {
        Plan {
            gates: Vec::new(),
            delays: Vec::new(),
            stretched: Vec::new(),
            common: None,
            phases: model.phases.iter().map(Progress::new).collect(),
            kept: Vec::new(),
            stock: Vec::new(),
            waits_for: Vec::new(),
            site_pending: Vec::new(),
            contingent_pending: Vec::new(),
            pending: 0,
            pause: Pause::default(),
            void: false,
            deadline: f64::INFINITY,
        }
    }

    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        let model = ctx.model;
        (self.pause, self.void) = (Pause::default(), false);
        self.deadline = f64::INFINITY;
        self.kept.clear();
        self.kept.resize(model.garrison.len(), 0);
        self.stock.clone_from(&model.stock);
        self.gates.clear();
        self.gates.resize(model.gates.len(), GateState::Idle);
        self.delays.clear();
        self.delays.resize(model.gates.len(), 0.0);
        self.stretched.clear();
        self.stretched.resize(model.gates.len(), (1.0, 0.0));
        self.common = None;
        self.waits_for.clear();
        self.waits_for.extend(model.gates.iter().map(|gate| gate.waits_for));
        self.waits_for.extend(model.phases.iter().map(|phase| phase.waits_for));
        self.site_pending.clear();
        self.site_pending.resize(model.sites.len(), 0);
        self.contingent_pending.clear();
        self.contingent_pending.resize(model.contingents(), 0);
        self.pending = model.phases.len();
        for (phase, state) in model.phases.iter().zip(&mut self.phases) {
            state.reset();
            state.bounds.ends_after = phase.ends_after;
            phase.clears.iter().for_each(|&site| self.site_pending[site] += 1);
            phase.sends_home.iter().for_each(|&who| self.contingent_pending[who] += 1);
        }
        for node in 0..self.waits_for.len() {
            if self.waits_for[node] == 0 {
                self.ready(ctx, node);
            }
        }
    }

    /// Everything that a gate or phase waited for is done.
    fn ready(&mut self, ctx: &mut Context<'_>, node: usize) {
        let gates = ctx.model.gates.len();
        if node < gates {
            self.start_gate(ctx, node);
        } else {
            self.set_start(ctx, node - gates);
        }
    }

    /// A phase that waits for nothing any more begins on its date, unless it has been cancelled.
    pub fn set_start(&mut self, ctx: &mut Context<'_>, phase: usize) {
        if self.phases[phase].status == Status::Cancelled {
            return;
        }
        let start = ctx.model.phases[phase].start - self.phases[phase].sooner;
        let start = start.max(self.phases[phase].bounds.start);
        ctx.future.set(Due::Phase(phase), start.max(ctx.now));
    }

    pub fn phase_due(&mut self, ctx: &mut Context<'_>, people: &mut People, phase: usize) {
        match self.phases[phase].status {
            Status::Waiting => self.start_phase(ctx, people, phase),
            Status::Moving if self.waits_at_end(ctx, phase) => self.postpone(ctx, phase),
            Status::Moving => self.lift(ctx, people, phase),
            Status::Held | Status::Done | Status::Cancelled => {
                unreachable!("a phase that is held, done or cancelled is not due")
            }
        }
    }

    fn start_phase(&mut self, ctx: &mut Context<'_>, people: &People, phase: usize) {
        let about = &ctx.model.phases[phase];
        let (factor, added) = ctx.stretched(&about.risks);
        let duration = about.announced_days * self.duration_ratio(ctx, phase) * factor + added;
        let begun = ctx.working();
        let least = begun + duration * about.compress_to.of(&ctx.draw.values);
        let announced = ctx.model.blackouts.working_by(self.to_be_done(ctx, phase));
        self.begin_phase(ctx, people, phase, (begun + duration).min(announced.max(least)));
    }

    /// When a phase is announced to be done, brought forward as that may be.
    fn to_be_done(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        ctx.model.phases[phase].finish - self.phases[phase].sooner
    }

    /// A phase begins, to be done by a working time.
    pub fn begin_phase(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        phase: usize,
        until: f64,
    ) {
        ctx.record.set(M::PhaseStart, phase, ctx.now);
        ctx.record.phase_began(phase);
        ctx.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseStarted);
        self.count_movers(ctx, people, phase);
        self.schedule(ctx, phase, until);
        if self.pause.begun.is_some() && self.phases[phase].can_be_held() {
            self.pause_meets_start(ctx, phase);
        }
        ctx.tell(Change::PhaseBegan);
        self.began(ctx, phase, ctx.now);
    }

    /// Draws how much longer than announced a phase takes: correlated with the others through one
    /// common factor, if at all.
    fn duration_ratio(&mut self, ctx: &Context<'_>, phase: usize) -> f64 {
        let about = &ctx.model.phases[phase];
        let values = &ctx.draw.values;
        let correlation = ctx.model.correlation.of(values);
        if correlation > 0.0 {
            let common = *self.common.get_or_insert_with(|| common(ctx));
            let own = ctx.normal_once(about.who, Purpose::Duration);
            let z = correlation.sqrt() * common + (1.0 - correlation).sqrt() * own;
            let ratio = about.ratio.of_normal(|slot| slot.of(values), z);
            return ratio.expect("validation has seen to it that the law is a normal one");
        }
        ctx.once(&about.ratio, about.who, Purpose::Duration)
    }

    /// Fixes how much each load and how many people each move of a phase takes: first those of a given
    /// number, then all but the residual.
    fn count_movers(&mut self, ctx: &mut Context<'_>, people: &People, phase: usize) {
        let state = &mut self.phases[phase];
        state.people.clear();
        state.cargo.iter_mut().for_each(Freight::clear);
        self.count_loads(ctx.model, phase, true, &[]);
        self.count_loads(ctx.model, phase, false, &[]);
        for (k, step) in ctx.model.phases[phase].moves.iter().enumerate() {
            let left = people
                .at(step.site, step.contingent)
                .saturating_sub(self.promised(ctx, phase, step));
            let kept = self.kept[step.site * ctx.model.contingents() + step.contingent];
            self.phases[phase].people.whole[k] = match step.people {
                Some(people) => people.min(left.saturating_sub(kept)),
                None => left.saturating_sub(step.residual.max(kept)),
            };
        }
    }

    /// People at the origin of a move whom other moves under way, and earlier ones of the same
    /// phase, are still to take.
    fn promised(&self, ctx: &Context<'_>, starting: usize, step: &model::Move) -> u32 {
        let mut promised = 0;
        for (phase, (about, state)) in ctx.model.phases.iter().zip(&self.phases).enumerate() {
            if phase == starting || state.under_way() {
                for (k, other) in about.moves.iter().enumerate() {
                    if (other.site, other.contingent) == (step.site, step.contingent) {
                        promised += state.people.left_of(k);
                    }
                }
            }
        }
        promised
    }

    /// Spreads what is left of a phase over lifts from now on, the last at a working time.
    pub fn schedule(&mut self, ctx: &mut Context<'_>, phase: usize, until: f64) {
        self.schedule_from(ctx, phase, (ctx.working().into(), until));
    }

    /// The same from a lift on that has gone before.
    fn schedule_from(&mut self, ctx: &mut Context<'_>, phase: usize, (from, until): (Grid, f64)) {
        let model = ctx.model;
        let state = &mut self.phases[phase];
        state.bounds.waiting = false;
        let haste = self.void.then(|| model.blackouts.working_by(self.deadline));
        let finish = state.schedule((from, until), haste, model, &model.phases[phase]);
        state.finish = model.blackouts.instant(finish).max(ctx.now);
        ctx.future.set(Due::Phase(phase), state.next_lift(model));
    }

    fn lift(&mut self, ctx: &mut Context<'_>, people: &mut People, phase: usize) {
        let about = &ctx.model.phases[phase];
        self.phases[phase].lift(ctx.model, about);
        for k in 0..about.moves.len() {
            let leaving = self.phases[phase].people.leaving[k];
            if leaving > 0 {
                self.transfer(ctx, people, phase, k, leaving);
            }
        }
        if !about.cargo.is_empty() {
            self.take_loads(ctx, phase);
        }
        let model = ctx.model;
        if about.over_legs {
            let arrives = people.set_out(ctx);
            self.phases[phase].arrives = self.phases[phase].arrives.max(arrives);
        }
        for &site in &model.phases[phase].touches {
            people.recount(ctx, site);
        }
        ctx.tell(Change::Moved);
        if !about.waves.is_empty() {
            ctx.tell(Change::WaveLeft(phase));
        }
        let state = &self.phases[phase];
        if state.is_last() {
            ctx.tell(Change::Emptied(phase));
        } else {
            ctx.future.set(Due::Phase(phase), state.next_lift(model));
        }
    }

    /// Moves people of move `k` of a phase; never more than are there.
    fn transfer(
        &mut self,
        ctx: &mut Context<'_>,
        people: &mut People,
        phase: usize,
        k: usize,
        leaving: u32,
    ) {
        let step = &ctx.model.phases[phase].moves[k];
        let there = people.at_mut(step.site, step.contingent);
        let leaving = leaving.min(*there);
        *there -= leaving;
        let to = step.leg.map(|leg| ctx.model.legs[leg].place).or(step.to);
        ctx.record.add(M::PeopleMoved, 0, f64::from(leaving));
        ctx.note(
            |event| Event {
                site: Some(step.site),
                to,
                contingent: Some(step.contingent),
                phase: Some(phase),
                count: leaving,
                ..event
            },
            Kind::Lift,
        );
        if let Some(to) = to {
            *people.at_mut(to, step.contingent) += leaving;
            if step.leg.is_none() && ctx.model.has_hubs {
                ctx.tell(Change::Brought {
                    site: to,
                    contingent: step.contingent,
                    people: leaving,
                });
            }
        }
        if let Some(leg) = step.leg {
            people.board(leg, step.contingent, leaving);
        }
    }

    /// The trial is over.
    pub fn end(&mut self, ctx: &mut Context<'_>) {
        if self.phases.is_empty() {
            // Where nobody is to leave, nothing happens on the way.
            for measure in [M::AttacksOnTheWay, M::WoundedOnTheWay, M::KilledOnTheWay] {
                ctx.record.set(measure, 0, f64::NAN);
            }
        } else if self.pending > 0 {
            count_until_finish(ctx);
        }
        self.end_pause(ctx);
        self.count_stock(ctx);
        for (phase, state) in self.phases.iter().enumerate() {
            if state.under_way() {
                ctx.record.phase_ended(phase);
            }
        }
    }

    /// Whether every phase is done.
    pub fn is_done(&self) -> bool {
        self.pending == 0
    }

    /// When the timetable is broken if nothing is finished before: the announced finish of the
    /// latest unfinished phase. Never, where everything is done or nothing was announced.
    pub fn due(&self, ctx: &Context<'_>) -> f64 {
        let phases = ctx.model.phases.iter().zip(&self.phases);
        let open = phases.filter(|(_, state)| state.status != Status::Done);
        open.map(|(phase, _)| phase.finish).reduce(f64::max).unwrap_or(f64::INFINITY)
    }

    pub fn finish_phase(&mut self, ctx: &mut Context<'_>, phase: usize) {
        ctx.record.phase_ended(phase);
        ctx.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseFinished);
        self.count_finished(ctx, phase, ctx.now);
        if self.is_done() {
            ctx.tell(Change::AllDone);
        }
        ctx.tell(Change::PhaseDone);
        // What comes after it waits for its people, who may be on the way.
        let arrived = self.phases[phase].arrives.max(ctx.now);
        self.completed(ctx, ctx.model.gates.len() + phase, arrived);
    }

    /// A phase was done then, and perhaps a site, a contingent or everything with it.
    fn count_finished(&mut self, ctx: &mut Context<'_>, phase: usize, days: f64) {
        self.phases[phase].status = Status::Done;
        ctx.future.set(Due::Phase(phase), f64::INFINITY);
        ctx.record.set(M::PhaseFinish, phase, days);
        self.count_cleared(ctx, phase, days, |_, _| true);
        let about = &ctx.model.phases[phase];
        for &contingent in &about.sends_home {
            self.contingent_pending[contingent] -= 1;
            if self.contingent_pending[contingent] == 0 {
                finish_contingent(ctx, contingent, days);
            }
        }
        self.pending -= 1;
        if self.pending == 0 {
            count_until_finish(ctx);
            let announced = ctx.model.phases.iter().map(|phase| phase.finish);
            ctx.record.set(M::Finish, 0, days);
            ctx.record.set(M::Slip, 0, days - announced.fold(f64::NEG_INFINITY, f64::max));
        }
    }

    /// A lift of a phase in waves has gone, and whom it has brought to a hub of its own is counted.
    pub fn wave_left(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let about = &ctx.model.phases[phase];
        self.count_cleared(ctx, phase, ctx.now, |state, site| state.has_cleared(about, site));
    }

    /// A phase is done then with such of its sites, and perhaps it is the last to be.
    fn count_cleared(
        &mut self,
        ctx: &mut Context<'_>,
        phase: usize,
        days: f64,
        of: impl Fn(&Progress, usize) -> bool,
    ) {
        for (k, &site) in ctx.model.phases[phase].clears.iter().enumerate() {
            let state = &mut self.phases[phase];
            if !state.cleared[k] && of(state, site) {
                state.cleared[k] = true;
                self.site_pending[site] -= 1;
                if self.site_pending[site] == 0 {
                    ctx.record.set(M::SiteFinish, site, days);
                }
            }
        }
    }

    /// All of a contingent leave every site at once.
    pub fn depart(&mut self, ctx: &mut Context<'_>, people: &mut People, contingent: usize) {
        // Whoever comes after it leaves at the end of the mandate.
        let end = ctx.model.region.mandate_end(contingent, ctx.now);
        ctx.future.set(
            Due::Departure(contingent),
            end.filter(|end| *end > ctx.now).unwrap_or(f64::INFINITY),
        );
        self.drop_moves(ctx, |step| step.contingent == contingent);
        if !people.has_left(contingent) {
            ctx.record.set(M::ContingentDeparted, contingent, 1.0);
        }
        for site in 0..ctx.model.sites.len() {
            people.leave(ctx, site, contingent);
            people.recount(ctx, site);
        }
        finish_contingent(ctx, contingent, ctx.now);
        ctx.tell(Change::Departed);
    }

    /// The host has told the troops to leave: what is left of the plan is compressed into the
    /// notice, whatever it waited for, and there is no breathing room any more.
    pub fn expel(&mut self, ctx: &mut Context<'_>, people: &People, deadline: f64) {
        (self.void, self.deadline) = (true, deadline);
        if self.pause.begun.is_some() {
            ctx.tell(Change::RoomSpent);
            self.resume(ctx, Kind::PauseSpent);
        }
        self.open_everything(ctx);
        for phase in 0..self.phases.len() {
            match self.phases[phase].status {
                Status::Waiting => {
                    self.begin_phase(ctx, people, phase, ctx.model.blackouts.working_by(deadline));
                }
                Status::Moving if self.phases[phase].bounds.waiting => self.go_at_last(ctx, phase),
                // Even if materiel cannot be gone by then, people may be.
                Status::Moving if !ctx.model.phases[phase].cargo.is_empty() => {
                    let finish = self.phases[phase].finish;
                    if finish > deadline {
                        let soonest = self.soonest(ctx, phase).min(finish);
                        self.spread(ctx, phase, deadline.max(soonest));
                    }
                }
                Status::Moving => self.hasten(ctx, phase, deadline),
                Status::Held | Status::Done | Status::Cancelled => {}
            }
        }
        ctx.future.set(Due::NoticeEnd, deadline);
    }

    /// Nothing waits for anything any more.
    fn open_everything(&mut self, ctx: &mut Context<'_>) {
        self.waits_for.fill(usize::MAX);
        self.gates.fill(GateState::Idle);
        for gate in 0..self.gates.len() {
            ctx.future.set(Due::Gate(gate), f64::INFINITY);
        }
    }

    /// The notice is over: whoever is still on the host's ground leaves at once.
    pub fn end_notice(&mut self, ctx: &mut Context<'_>, people: &mut People) {
        let model = ctx.model;
        ctx.future.set(Due::NoticeEnd, f64::INFINITY);
        for site in 0..model.sites.len() {
            if model.region.hosted[site] {
                for contingent in 0..model.contingents() {
                    people.leave(ctx, site, contingent);
                }
                people.recount(ctx, site);
            }
        }
        self.drop_moves(ctx, |step| model.region.hosted[step.site]);
        self.leave_behind(ctx, |site| model.region.hosted[site]);
        for phase in 0..self.phases.len() {
            let hosted = model.phases[phase].clears.iter().all(|&site| model.region.hosted[site]);
            if hosted && self.phases[phase].under_way() {
                ctx.tell(Change::Emptied(phase));
            }
        }
        ctx.tell(Change::Departed);
    }

    /// Phases under way have nobody left to move in some moves.
    pub fn drop_moves(&mut self, ctx: &Context<'_>, of: impl Fn(&model::Move) -> bool) {
        for (about, state) in ctx.model.phases.iter().zip(&mut self.phases) {
            for (k, step) in about.moves.iter().enumerate() {
                if of(step) && state.under_way() {
                    state.people.spare(k, u32::MAX);
                }
            }
        }
    }
}

/// Whose random stream what the durations of all phases have in common is drawn from.
fn common_who() -> Who {
    Who::new(&["durations"])
}

fn common(ctx: &Context<'_>) -> f64 {
    ctx.normal_once(common_who(), Purpose::Duration)
}

fn common_stream(ctx: &Context<'_>) -> Stream {
    ctx.streams.once(common_who(), Purpose::Duration)
}

/// A contingent has gone by then, unless it had before.
fn finish_contingent(ctx: &mut Context<'_>, contingent: usize, days: f64) {
    if ctx.record.get(M::ContingentFinish, contingent).is_nan() {
        ctx.record.set(M::ContingentFinish, contingent, days);
    }
}

/// The withdrawal is over, or the horizon has come: writes down what it has cost so far.
fn count_until_finish(ctx: &mut Context<'_>) {
    let (wounded, killed) = (ctx.record.get(M::Wounded, 0), ctx.record.get(M::Killed, 0));
    ctx.record.set(M::AttacksOnTheWay, 0, f64::from(ctx.record.attacks));
    ctx.record.set(M::WoundedOnTheWay, 0, wounded);
    ctx.record.set(M::KilledOnTheWay, 0, killed);
}
