//! Gates, phases and lifts: who leaves where and when.

use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model;
use crate::streams::Purpose;

/// How far a gate has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GateState {
    /// Something else comes first, or it is open.
    Idle,
    /// Its clock runs; the agenda has the time.
    Running,
    /// Its clock stands still with this many days to go.
    Blocked(f64),
}

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It has not begun.
    Waiting,
    /// Lifts go.
    Moving,
    /// Lifts are held by a pause.
    Held,
    /// The last lift has gone.
    Done,
}

/// A phase and the lifts of its present stretch: from its start, or from the last resumption.
#[derive(Clone, Debug)]
pub(super) struct PhaseState {
    pub status: Status,
    /// The last lift is scheduled for this moment.
    pub finish: f64,
    from: f64,
    /// Lifts of the stretch, and how many of them have gone.
    lifts: u32,
    gone: u32,
    /// By move: people to move in the stretch, and moved in it.
    people: Vec<u32>,
    moved: Vec<u32>,
}

impl PhaseState {
    pub fn new(phase: &model::Phase) -> Self {
        let none = vec![0; phase.moves.len()];
        PhaseState {
            status: Status::Waiting,
            finish: f64::INFINITY,
            from: 0.0,
            lifts: 0,
            gone: 0,
            people: none.clone(),
            moved: none,
        }
    }

    /// Whether a pause can hold it: lifts go, and somebody is left to move.
    pub fn can_be_held(&self) -> bool {
        self.status == Status::Moving && self.people != self.moved
    }

    /// What has moved is behind; what is left makes a new stretch.
    pub fn hold(&mut self) {
        self.status = Status::Held;
        for (people, moved) in self.people.iter_mut().zip(&mut self.moved) {
            *people -= *moved;
            *moved = 0;
        }
    }

    /// The least number of lifts, none of more than `capacity` people, that take everybody.
    pub fn least_lifts(&self, capacity: u32) -> u32 {
        let left = self.people.iter().zip(&self.moved).map(|(people, moved)| people - moved);
        least_lifts(left, capacity)
    }

    /// Spreads the stretch over lifts every `every` days from `from` on, the last at `until`, or
    /// later if so few lifts would be too full.
    pub fn schedule(&mut self, from: f64, until: f64, every: f64, capacity: u32) {
        let least = self.least_lifts(capacity);
        let fitting = ((until - from) / every - 1e-9).ceil().max(1.0) as u32;
        self.from = from;
        self.gone = 0;
        self.lifts = if self.people.iter().all(|&n| n == 0) { 1 } else { fitting.max(least) };
        self.finish = if fitting >= least { until } else { from + f64::from(least) * every };
        self.status = Status::Moving;
    }

    /// When the next lift goes.
    pub fn next_lift(&self, every: f64) -> f64 {
        if self.gone + 1 == self.lifts {
            self.finish
        } else {
            self.from + f64::from(self.gone + 1) * every
        }
    }
}

/// The least number of lifts for which each move's even share, rounded up, fits in all.
fn least_lifts(people: impl Iterator<Item = u32> + Clone, capacity: u32) -> u32 {
    let load = |lifts| people.clone().map(|n| u64::from(n.div_ceil(lifts))).sum::<u64>();
    let total: u64 = people.clone().map(u64::from).sum();
    if total == 0 {
        return 0;
    }
    let mut lifts = total.div_ceil(u64::from(capacity)) as u32;
    // Ends: validation has seen to it that one person of each move fits.
    while load(lifts) > u64::from(capacity) {
        lifts += 1;
    }
    lifts
}

/// People of a move of `people` that have left by lift `lift` of `lifts`: an even share, rounded
/// half up.
fn moved_by(people: u32, lift: u32, lifts: u32) -> u32 {
    let (people, lift, lifts) = (u64::from(people), u64::from(lift), u64::from(lifts));
    ((2 * people * lift + lifts) / (2 * lifts)) as u32
}

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
        self.epoch.clear();
        self.epoch.resize(sites, 0);
        self.closed_at.clear();
        self.closed_at.resize(sites, f64::NEG_INFINITY);
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
            state.status = Status::Waiting;
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
            let phase = node - gates;
            self.agenda.set(Due::Phase(phase), self.model.phases[phase].start.max(self.now));
        }
    }

    /// A gate is open or a phase is done: those that waited for it may be ready.
    fn completed(&mut self, node: usize) {
        let model = self.model;
        for &waiter in &model.unlocks[node] {
            self.waits_for[waiter] -= 1;
            if self.waits_for[waiter] == 0 {
                self.ready(waiter);
            }
        }
    }

    fn start_gate(&mut self, gate: usize) {
        let about = &self.model.gates[gate];
        let mut stream = self.luck.once(about.who, Purpose::Gate);
        let values = &self.draw.values;
        let delay = about.delay.sample(|slot| slot.of(values), &mut stream);
        if about.blocked[self.state] {
            self.gates[gate] = GateState::Blocked(delay);
        } else {
            self.gates[gate] = GateState::Running;
            self.agenda.set(Due::Gate(gate), self.now + delay);
        }
    }

    /// Stops and starts the clocks of gates after the tension has changed.
    pub(super) fn tension_moves_gates(&mut self, before: usize) {
        for (gate, about) in self.model.gates.iter().enumerate() {
            match self.gates[gate] {
                GateState::Running if about.blocked[self.state] && !about.blocked[before] => {
                    let to_go = self.agenda.time(Due::Gate(gate)) - self.now;
                    self.gates[gate] = GateState::Blocked(to_go);
                    self.agenda.set(Due::Gate(gate), f64::INFINITY);
                }
                GateState::Blocked(to_go) if !about.blocked[self.state] => {
                    self.gates[gate] = GateState::Running;
                    self.agenda.set(Due::Gate(gate), self.now + to_go);
                }
                _ => {}
            }
        }
    }

    pub(super) fn open_gate(&mut self, gate: usize) {
        self.gates[gate] = GateState::Idle;
        self.agenda.set(Due::Gate(gate), f64::INFINITY);
        self.record.set(M::GateOpen, gate, self.now);
        self.note(|event| Event { gate: Some(gate), ..event }, Kind::GateOpened);
        self.completed(gate);
    }

    pub(super) fn phase_due(&mut self, phase: usize) {
        match self.phases[phase].status {
            Status::Waiting => self.start_phase(phase),
            Status::Moving => self.lift(phase),
            Status::Held | Status::Done => unreachable!("a phase that is held or done is not due"),
        }
    }

    fn start_phase(&mut self, phase: usize) {
        let about = &self.model.phases[phase];
        self.record.set(M::PhaseStart, phase, self.now);
        self.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseStarted);
        let mut stream = self.luck.once(about.who, Purpose::Duration);
        let values = &self.draw.values;
        let ratio = about.ratio.sample(|slot| slot.of(values), &mut stream);
        self.count_movers(phase);
        let until = self.now + (about.finish - about.start) * ratio;
        self.schedule(phase, until);
        if self.pause.begun.is_some() && self.phases[phase].can_be_held() {
            self.pause_meets_start(phase);
        }
    }

    /// Fixes how many people each move of a phase takes: first those of a given number, then
    /// all but the residual.
    fn count_movers(&mut self, phase: usize) {
        self.phases[phase].moved.fill(0);
        self.phases[phase].people.fill(0);
        for (k, step) in self.model.phases[phase].moves.iter().enumerate() {
            let there = self.people[step.site * self.model.contingents() + step.contingent];
            let left = there.saturating_sub(self.promised(phase, step));
            self.phases[phase].people[k] = match step.people {
                Some(people) => people.min(left),
                None => left.saturating_sub(step.residual),
            };
        }
    }

    /// People at the origin of a move whom other moves under way, and earlier ones of the same
    /// phase, are still to take.
    fn promised(&self, starting: usize, step: &model::Move) -> u32 {
        let mut promised = 0;
        for (phase, (about, state)) in self.model.phases.iter().zip(&self.phases).enumerate() {
            if phase == starting || matches!(state.status, Status::Moving | Status::Held) {
                for (k, other) in about.moves.iter().enumerate() {
                    if (other.site, other.contingent) == (step.site, step.contingent) {
                        promised += state.people[k] - state.moved[k];
                    }
                }
            }
        }
        promised
    }

    pub(super) fn schedule(&mut self, phase: usize, until: f64) {
        let (every, capacity) = (self.model.lift_every, self.model.lift_capacity);
        let state = &mut self.phases[phase];
        state.schedule(self.now, until, every, capacity);
        self.agenda.set(Due::Phase(phase), state.next_lift(every));
    }

    pub(super) fn hold(&mut self, phase: usize) {
        self.phases[phase].hold();
        self.agenda.set(Due::Phase(phase), f64::INFINITY);
    }

    fn lift(&mut self, phase: usize) {
        self.phases[phase].gone += 1;
        for k in 0..self.model.phases[phase].moves.len() {
            let state = &mut self.phases[phase];
            let target = moved_by(state.people[k], state.gone, state.lifts);
            let leaving = target - state.moved[k];
            state.moved[k] = target;
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
        if state.gone == state.lifts {
            self.finish_phase(phase);
        } else {
            self.agenda.set(Due::Phase(phase), state.next_lift(self.model.lift_every));
        }
    }

    /// Moves people of move `k` of a phase; never more than are there.
    fn transfer(&mut self, phase: usize, k: usize, leaving: u32) {
        let step = &self.model.phases[phase].moves[k];
        let contingents = self.model.contingents();
        let there = &mut self.people[step.site * contingents + step.contingent];
        let leaving = leaving.min(*there);
        *there -= leaving;
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
    fn count_present(&mut self, site: usize) {
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
            self.epoch[site] += 1;
            self.closed_at[site] = self.now;
            self.note(|event| Event { site: Some(site), ..event }, Kind::SiteClosed);
        }
        self.people_move_rates(site);
    }

    pub(super) fn count_person_days(&mut self, site: usize) {
        let days = self.now - self.present_since[site];
        let amount = f64::from(self.present[site]) * days;
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
        self.record.set(M::AttacksOnTheWay, 0, f64::from(self.attacks));
        self.record.set(M::WoundedOnTheWay, 0, wounded);
        self.record.set(M::KilledOnTheWay, 0, killed);
    }

    fn finish_phase(&mut self, phase: usize) {
        self.phases[phase].status = Status::Done;
        self.agenda.set(Due::Phase(phase), f64::INFINITY);
        self.record.set(M::PhaseFinish, phase, self.now);
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
                self.record.set(M::ContingentFinish, contingent, self.now);
            }
        }
        self.phases_pending -= 1;
        if self.phases_pending == 0 {
            self.count_until_finish();
            let announced = self.model.phases.iter().map(|phase| phase.finish);
            self.record.set(M::Finish, 0, self.now);
            self.record.set(M::Slip, 0, self.now - announced.fold(0.0, f64::max));
        }
        self.shift();
        self.completed(self.model.gates.len() + phase);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_take_everybody_once() {
        for (people, lifts) in [(1200, 50), (7, 50), (0, 3), (1, 1), (999, 7)] {
            let by: Vec<u32> = (0..=lifts).map(|lift| moved_by(people, lift, lifts)).collect();
            assert_eq!((by[0], by[lifts as usize]), (0, people));
            let most = by.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
            assert!(most <= people.div_ceil(lifts));
        }
        assert_eq!(moved_by(1, 1, 2), 1, "half a person is rounded up");
    }

    #[test]
    fn least_lifts_keeps_every_lift_within_capacity() {
        assert_eq!(least_lifts([0, 0].into_iter(), 10), 0);
        assert_eq!(least_lifts([100].into_iter(), 10), 10);
        assert_eq!(least_lifts([101].into_iter(), 10), 11);
        assert_eq!(least_lifts([15, 15].into_iter(), 10), 3);
        assert_eq!(least_lifts([16, 15].into_iter(), 10), 4);
    }
}
