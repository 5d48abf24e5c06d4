//! What rules do, other than hold movement.

use super::lifts::Status;
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model::{Action, Detachment, ROUNDING, has_come};
use crate::scenario::limits::MOST_PEOPLE_IN_ALL;

impl Trial<'_> {
    pub(super) fn carry_out(&mut self, action: &Action) {
        match action {
            Action::Stretch(factor) => self.stretch(*factor),
            Action::Accelerate(factor) => self.accelerate(*factor),
            Action::Reinforce(detachment) => self.reinforce(detachment),
            Action::GoBackIn(detachment) => self.go_back_in(detachment),
            Action::KeepResidual(detachment) => self.keep_residual(detachment),
            Action::SendHome { contingent, in_days } => self.send_home(*contingent, *in_days),
            Action::Cancel(phases) => {
                for &phase in phases {
                    self.cancel(self.model.gates.len() + phase);
                }
            }
            Action::BringForward { days, phases } => {
                for &phase in phases {
                    self.bring_forward(phase, *days);
                }
            }
        }
    }

    /// What is left of the moving phases takes `factor` times as long, as far as the breathing
    /// room allows. The days are charged as a pause of so many days would be.
    fn stretch(&mut self, factor: f64) {
        let days_left = self.pause_days_left();
        let (mut days, mut past_target) = (0.0f64, 0.0f64);
        for phase in 0..self.phases.len() {
            if !self.phases[phase].can_be_held() {
                continue;
            }
            let (finish, target) = (self.phases[phase].finish, self.target(phase));
            let own = self.own_pause_days_left(phase);
            let latest = self.latest_finish(phase).min(finish + days_left.min(own));
            let wanted = self.paced(phase, factor).min(latest);
            if wanted > finish + ROUNDING && has_come(self.soonest(phase), wanted) {
                self.spread(phase, wanted);
                let pushed = self.phases[phase].finish;
                let used = &mut self.phases[phase].used;
                used.pause_days += pushed - finish;
                used.extension_days += (pushed - target).max(0.0);
                days = days.max(pushed - finish);
                past_target = past_target.max(pushed - target);
            }
        }
        self.pause.used.pause_days += days;
        self.pause.used.extension_days += past_target;
        self.record.add(M::StretchDays, 0, days);
        self.record.add(M::ExtensionDays, 0, past_target);
        if self.pause.begun.is_some() {
            // So much less is left of the present pause.
            self.set_spent();
        }
    }

    fn own_pause_days_left(&self, phase: usize) -> f64 {
        let room = self.model.phases[phase].room.as_ref();
        let used = self.phases[phase].used.pause_days;
        room.map_or(f64::INFINITY, |room| (room.pause_days - used).max(0.0))
    }

    /// What is left of the moving phases takes so many times less, as far as transport allows.
    fn accelerate(&mut self, factor: f64) {
        for phase in 0..self.phases.len() {
            if self.phases[phase].can_be_held() {
                self.hasten(phase, self.paced(phase, 1.0 / factor));
            }
        }
    }

    /// A moving phase is to be done by then, no sooner than transport allows.
    pub(super) fn hasten(&mut self, phase: usize, finish: f64) {
        let finish = finish.max(self.soonest(phase));
        if finish < self.phases[phase].finish - ROUNDING {
            self.spread(phase, finish);
        }
    }

    /// When a phase can be done at the soonest.
    fn soonest(&self, phase: usize) -> f64 {
        self.model.blackouts.instant(self.working() + self.least_days(phase))
    }

    /// The finish of a phase if what is left of it takes `factor` times as long.
    fn paced(&self, phase: usize, factor: f64) -> f64 {
        let (blackouts, now) = (&self.model.blackouts, self.working());
        let left = blackouts.working(self.phases[phase].finish) - now;
        blackouts.instant(now + left * factor)
    }

    /// Spreads what is left of a moving phase up to another finish.
    fn spread(&mut self, phase: usize, finish: f64) {
        self.phases[phase].begin_stretch();
        self.schedule(phase, self.model.blackouts.working_by(finish));
    }

    /// More people come to a site, unless it is closed.
    fn reinforce(&mut self, about: &Detachment) {
        let Detachment { site, contingent, people } = *about;
        if self.present[site] == 0 || !self.has_room() {
            return;
        }
        self.people[site * self.model.contingents() + contingent] += people;
        self.record.add(M::Reinforcements, 0, f64::from(people));
        self.note(
            |event| Event {
                site: Some(site),
                contingent: Some(contingent),
                count: people,
                ..event
            },
            Kind::Reinforced,
        );
        self.count_present(site);
        self.shift();
    }

    /// Whether more people may come: counts of them have 32 bits.
    pub(super) fn has_room(&self) -> bool {
        self.present.iter().map(|&people| u64::from(people)).sum::<u64>() < MOST_PEOPLE_IN_ALL
    }

    /// From now on phases leave at least so many people there.
    fn keep_residual(&mut self, about: &Detachment) {
        let Detachment { site, contingent, people } = *about;
        let place = site * self.model.contingents() + contingent;
        self.kept[place] = self.kept[place].max(people);
        let mut missing = self.kept[place].saturating_sub(self.staying(site, contingent));
        for (about, state) in self.model.phases.iter().zip(&mut self.phases) {
            for (k, step) in about.moves.iter().enumerate() {
                if (step.site, step.contingent) == (site, contingent) && state.under_way() {
                    let before = state.people[k];
                    state.spare(k, missing);
                    missing -= before - state.people[k];
                }
            }
        }
    }

    /// People of a contingent on a site whom no phase under way is still to move.
    fn staying(&self, site: usize, contingent: usize) -> u32 {
        let there = self.people[site * self.model.contingents() + contingent];
        let phases = self.model.phases.iter().zip(&self.phases);
        let leaving = phases.filter(|(_, state)| state.under_way()).flat_map(|(about, state)| {
            let steps = about.moves.iter().enumerate();
            let steps = steps.filter(|(_, s)| (s.site, s.contingent) == (site, contingent));
            steps.map(|(k, _)| state.people[k] - state.moved[k])
        });
        there.saturating_sub(leaving.sum())
    }

    /// A gate or phase, unless it is done, and all that come after it do not go on.
    fn cancel(&mut self, node: usize) {
        let model = self.model;
        if let Some(phase) = node.checked_sub(model.gates.len()) {
            let state = &mut self.phases[phase];
            if state.status == Status::Cancelled {
                return;
            }
            if state.under_way() {
                self.record.phase_ended(phase);
            }
            if state.status != Status::Done {
                state.status = Status::Cancelled;
                self.agenda.set(Due::Phase(phase), f64::INFINITY);
                self.record.set(M::PhaseCancelled, phase, 1.0);
                self.note(|event| Event { phase: Some(phase), ..event }, Kind::PhaseCancelled);
            }
        }
        for &after in &model.unlocks[node] {
            self.cancel(after);
        }
    }

    /// A phase is to be done so many days earlier.
    fn bring_forward(&mut self, phase: usize, days: f64) {
        let state = &mut self.phases[phase];
        state.sooner += days;
        match state.status {
            Status::Waiting if self.agenda.time(Due::Phase(phase)) < f64::INFINITY => {
                self.set_start(phase);
            }
            Status::Moving => {
                let finish = state.finish - days;
                self.hasten(phase, finish);
            }
            Status::Held => {
                let finish = state.finish;
                self.phases[phase].finish = (finish - days).max(self.soonest(phase).min(finish));
                self.set_spent();
            }
            Status::Waiting | Status::Done | Status::Cancelled => {}
        }
    }
}
