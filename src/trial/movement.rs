//! Phases: who leaves where and when.

use super::gates::GateState;
use super::lifts::Status;
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model;
use crate::streams::{Purpose, Who};
use crate::variates::normal;

impl Trial<'_> {
    pub(super) fn begin_people(&mut self) {
        let model = self.model;
        let (sites, contingents) = (model.sites.len(), model.contingents());
        self.people.clone_from(&model.garrison);
        self.present.clear();
        self.present.extend(
            (0..sites).map(|site| {
                model.garrison[site * contingents..][..contingents].iter().sum::<u32>()
            }),
        );
        self.present_since.clear();
        self.present_since.resize(sites, 0.0);
        self.closed_at.clear();
        self.closed_at.resize(sites, f64::NEG_INFINITY);
        self.kept.clear();
        self.kept.resize(sites * contingents, 0);
        let in_all = self.present.iter().map(|&n| u64::from(n)).sum();
        for site in 0..sites {
            self.record.people(site, u64::from(self.present[site]), in_all);
        }
    }

    pub(super) fn begin_plan(&mut self) {
        let model = self.model;
        self.gates.clear();
        self.gates.resize(model.gates.len(), GateState::Idle);
        self.waits_for.clear();
        self.waits_for.extend(model.gates.iter().map(|gate| gate.waits_for));
        self.waits_for.extend(model.phases.iter().map(|phase| phase.waits_for));
        self.site_pending.clear();
        self.site_pending.resize(model.sites.len(), 0);
        self.contingent_pending.clear();
        self.contingent_pending.resize(model.contingents(), 0);
        self.phases_pending = model.phases.len();
        for (phase, state) in model.phases.iter().zip(&mut self.phases) {
            state.reset();
            phase.clears.iter().for_each(|&site| self.site_pending[site] += 1);
            phase.sends_home.iter().for_each(|&who| self.contingent_pending[who] += 1);
        }
        for node in 0..self.waits_for.len() {
            if self.waits_for[node] == 0 {
                self.ready(node);
            }
        }
    }

    /// Everything that a gate or phase waited for is done.
    fn ready(&mut self, node: usize) {
        let gates = self.model.gates.len();
        if node < gates {
            self.start_gate(node);
        } else {
            self.set_start(node - gates);
        }
    }

    /// A phase that waits for nothing any more begins on its date, unless it has been cancelled.
    pub(super) fn set_start(&mut self, phase: usize) {
        if self.phases[phase].status == Status::Cancelled {
            return;
        }
        let start = self.model.phases[phase].start - self.phases[phase].sooner;
        self.agenda.set(Due::Phase(phase), start.max(self.now));
    }

    /// A gate is open or a phase is done: those that waited for it may be ready.
    pub(super) fn completed(&mut self, node: usize) {
        let model = self.model;
        for &waiter in &model.unlocks[node] {
            self.waits_for[waiter] -= 1;
            if self.waits_for[waiter] == 0 {
                self.ready(waiter);
            }
        }
    }

    pub(super) fn phase_due(&mut self, phase: usize) {
        match self.phases[phase].status {
            Status::Waiting => self.start_phase(phase),
            Status::Moving => self.lift(phase),
            Status::Held | Status::Done | Status::Cancelled => {
                unreachable!("a phase that is held, done or cancelled is not due")
            }
        }
    }

    fn start_phase(&mut self, phase: usize) {
        let about = &self.model.phases[phase];
        let duration = (about.finish - about.start) * self.duration_ratio(phase);
        self.begin_phase(phase, self.working() + duration);
    }

    /// A phase begins, to be done by a working time.
    pub(super) fn begin_phase(&mut self, phase: usize, until: f64) {
        self.record.set(M::PhaseStart, phase, self.now);
        self.record.phase_began(phase);
        self.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseStarted);
        self.count_movers(phase);
        self.schedule(phase, until);
        if self.pause.begun.is_some() && self.phases[phase].can_be_held() {
            self.pause_meets_start(phase);
        }
        self.stirred = true;
    }

    /// Draws how much longer than announced a phase takes: correlated with the others through one
    /// common factor, if at all.
    fn duration_ratio(&mut self, phase: usize) -> f64 {
        let about = &self.model.phases[phase];
        let values = &self.draw.values;
        let correlation = self.model.correlation.of(values);
        let mut own = self.luck.once(about.who, Purpose::Duration);
        if correlation > 0.0 {
            let mut common = self.luck.once(Who::new(&["durations"]), Purpose::Duration);
            let z = correlation.sqrt() * normal(&mut common)
                + (1.0 - correlation).sqrt() * normal(&mut own);
            let ratio = about.ratio.of_normal(|slot| slot.of(values), z);
            return ratio.expect("validation has seen to it that the law is a normal one");
        }
        about.ratio.sample(|slot| slot.of(values), &mut own)
    }

    /// Working days so far.
    pub(super) fn working(&self) -> f64 {
        self.model.blackouts.working(self.now)
    }

    /// Fixes how many people each move of a phase takes: first those of a given number, then
    /// all but the residual.
    fn count_movers(&mut self, phase: usize) {
        self.phases[phase].moved.fill(0);
        self.phases[phase].people.fill(0);
        for (k, step) in self.model.phases[phase].moves.iter().enumerate() {
            let place = step.site * self.model.contingents() + step.contingent;
            let left = self.people[place].saturating_sub(self.promised(phase, step));
            let kept = self.kept[place];
            self.phases[phase].people[k] = match step.people {
                Some(people) => people.min(left.saturating_sub(kept)),
                None => left.saturating_sub(step.residual.max(kept)),
            };
        }
    }

    /// People at the origin of a move whom other moves under way, and earlier ones of the same
    /// phase, are still to take.
    fn promised(&self, starting: usize, step: &model::Move) -> u32 {
        let mut promised = 0;
        for (phase, (about, state)) in self.model.phases.iter().zip(&self.phases).enumerate() {
            if phase == starting || state.under_way() {
                for (k, other) in about.moves.iter().enumerate() {
                    if (other.site, other.contingent) == (step.site, step.contingent) {
                        promised += state.people[k] - state.moved[k];
                    }
                }
            }
        }
        promised
    }

    /// Spreads what is left of a phase over lifts from now on, the last at a working time.
    pub(super) fn schedule(&mut self, phase: usize, until: f64) {
        let model = self.model;
        let from = self.working();
        let state = &mut self.phases[phase];
        let finish = state.schedule((from, until), &model.transport);
        state.finish = model.blackouts.instant(finish).max(self.now);
        self.agenda.set(Due::Phase(phase), state.next_lift(model));
    }

    fn lift(&mut self, phase: usize) {
        self.phases[phase].lift(&self.model.transport);
        for k in 0..self.model.phases[phase].moves.len() {
            let leaving = self.phases[phase].leaving[k];
            if leaving > 0 {
                self.transfer(phase, k, leaving);
            }
        }
        let model = self.model;
        for &site in &model.phases[phase].touches {
            self.count_present(site);
        }
        self.shift();
        let state = &self.phases[phase];
        if state.is_last() {
            self.finish_phase(phase);
        } else {
            self.agenda.set(Due::Phase(phase), state.next_lift(model));
        }
    }

    /// Moves people of move `k` of a phase; never more than are there.
    fn transfer(&mut self, phase: usize, k: usize, leaving: u32) {
        let step = &self.model.phases[phase].moves[k];
        let contingents = self.model.contingents();
        let there = &mut self.people[step.site * contingents + step.contingent];
        let leaving = leaving.min(*there);
        *there -= leaving;
        self.record.add(M::PeopleMoved, 0, f64::from(leaving));
        self.note(
            |event| Event {
                site: Some(step.site),
                to: step.to,
                contingent: Some(step.contingent),
                phase: Some(phase),
                count: leaving,
                ..event
            },
            Kind::Lift,
        );
        if let Some(to) = step.to {
            self.people[to * contingents + step.contingent] += leaving;
        }
    }

    /// People have come or gone: counts who is on the site now, and lets the rest follow.
    pub(super) fn count_present(&mut self, site: usize) {
        let contingents = self.model.contingents();
        let present = self.people[site * contingents..][..contingents].iter().sum();
        if present == self.present[site] {
            return;
        }
        self.count_person_days(site);
        let before = std::mem::replace(&mut self.present[site], present);
        let in_all = self.present.iter().map(|&n| u64::from(n)).sum();
        self.record.people(site, u64::from(present), in_all);
        if before > 0 && present == 0 {
            self.closed_at[site] = self.now;
            self.children.drop_on(&self.model.channels_at[site]);
            self.families.drop_on(&self.model.channels_at[site]);
            self.note(|event| Event { site: Some(site), ..event }, Kind::SiteClosed);
        }
        self.people_move_rates(site);
        if self.insurgency.is_some() {
            self.steer_insurgency();
        }
        self.contingents_may_follow();
    }

    pub(super) fn count_person_days(&mut self, site: usize) {
        let days = self.now - self.present_since[site];
        let amount = f64::from(self.present[site]) * days;
        self.record.person_days(self.present[site], self.present_since[site], self.now);
        self.present_since[site] = self.now;
        self.record.add(M::SitePersonDays, site, amount);
        self.record.add(M::PersonDays, 0, amount);
    }

    /// Writes down who is still there at the end.
    pub(super) fn count_left(&mut self) {
        let contingents = self.model.contingents();
        for (k, &people) in self.people.iter().enumerate() {
            let people = f64::from(people);
            self.record.add(M::PeopleLeft, 0, people);
            self.record.add(M::SitePeopleLeft, k / contingents, people);
            self.record.add(M::ContingentPeopleLeft, k % contingents, people);
        }
    }

    /// The withdrawal is over, or the horizon has come: writes down what it has cost so far.
    pub(super) fn count_until_finish(&mut self) {
        let (wounded, killed) = (self.record.get(M::Wounded, 0), self.record.get(M::Killed, 0));
        self.record.set(M::AttacksOnTheWay, 0, f64::from(self.record.attacks));
        self.record.set(M::WoundedOnTheWay, 0, wounded);
        self.record.set(M::KilledOnTheWay, 0, killed);
    }

    /// Where nobody is to leave, nothing happens on the way.
    pub(super) fn no_way(&mut self) {
        for measure in [M::AttacksOnTheWay, M::WoundedOnTheWay, M::KilledOnTheWay] {
            self.record.set(measure, 0, f64::NAN);
        }
    }

    pub(super) fn finish_phase(&mut self, phase: usize) {
        self.phases[phase].status = Status::Done;
        self.agenda.set(Due::Phase(phase), f64::INFINITY);
        self.record.set(M::PhaseFinish, phase, self.now);
        self.record.phase_ended(phase);
        self.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseFinished);
        let about = &self.model.phases[phase];
        for &site in &about.clears {
            self.site_pending[site] -= 1;
            if self.site_pending[site] == 0 {
                self.record.set(M::SiteFinish, site, self.now);
            }
        }
        for &contingent in &about.sends_home {
            self.contingent_pending[contingent] -= 1;
            if self.contingent_pending[contingent] == 0 {
                self.finish_contingent(contingent);
            }
        }
        self.phases_pending -= 1;
        if self.phases_pending == 0 {
            self.count_until_finish();
            let announced = self.model.phases.iter().map(|phase| phase.finish);
            self.record.set(M::Finish, 0, self.now);
            self.record.set(M::Slip, 0, self.now - announced.fold(0.0, f64::max));
            self.watch_for_reentry();
        }
        self.shift();
        self.stirred = true;
        self.completed(self.model.gates.len() + phase);
    }

    /// A contingent has gone, unless it had before.
    fn finish_contingent(&mut self, contingent: usize) {
        if self.record.get(M::ContingentFinish, contingent).is_nan() {
            self.record.set(M::ContingentFinish, contingent, self.now);
        }
    }

    /// All of a contingent leave every site at once.
    pub(super) fn depart(&mut self, contingent: usize) {
        self.agenda.set(Due::Departure(contingent), f64::INFINITY);
        self.drop_moves(|step| step.contingent == contingent);
        for site in 0..self.model.sites.len() {
            self.leave(site, contingent);
            self.count_present(site);
        }
        self.record.set(M::ContingentDeparted, contingent, 1.0);
        self.finish_contingent(contingent);
        self.shift();
        self.stirred = true;
    }

    /// Phases under way have nobody left to move in some moves.
    pub(super) fn drop_moves(&mut self, of: impl Fn(&model::Move) -> bool) {
        for (about, state) in self.model.phases.iter().zip(&mut self.phases) {
            for (k, step) in about.moves.iter().enumerate() {
                if of(step) && state.under_way() {
                    state.spare(k, u32::MAX);
                }
            }
        }
    }
}
