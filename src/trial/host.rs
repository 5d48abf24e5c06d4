//! The host: its friction with the troops, and throwing them out.

use super::lifts::Status;
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::process::shot_noise::Memory;
use crate::streams::Purpose;
use crate::variates::exponential;

/// How the host stands to the troops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Host {
    friction: Memory,
    since: f64,
    /// What the hazard of expulsion has still to add up to, in friction times days.
    budget: f64,
    /// When friction brings about an expulsion, if nothing offends the host until then.
    provoked_at: f64,
    /// What the hazard that needs no friction has still to add up to.
    unprovoked_budget: f64,
    /// When it brings about an expulsion, if the tension stays as it is until then.
    unprovoked_at: f64,
    /// When those who were told to leave must have left.
    pub deadline: Option<f64>,
}

impl Default for Host {
    fn default() -> Self {
        let friction = Memory { strikes: 0.0, decay_days: 1.0 };
        Host {
            friction,
            since: 0.0,
            budget: f64::INFINITY,
            provoked_at: f64::INFINITY,
            unprovoked_budget: f64::INFINITY,
            unprovoked_at: f64::INFINITY,
            deadline: None,
        }
    }
}

impl Trial<'_> {
    pub(super) fn begin_host(&mut self) {
        let (region, values) = (&self.model.region, &self.draw.values);
        self.host = Host::default();
        self.host.friction.decay_days = region.friction_days.of(values);
        if let Some(expulsion) = &region.expulsion {
            let luck = exponential(&mut self.luck.once(expulsion.who, Purpose::Host));
            self.host.budget = luck / expulsion.per_day.of(values);
            let mut luck = self.luck.once(expulsion.unprovoked_who, Purpose::Host);
            self.host.unprovoked_budget = exponential(&mut luck);
            self.await_expulsion();
        }
    }

    /// The host's friction now.
    pub(super) fn friction(&self) -> f64 {
        self.host.friction.later(self.now - self.host.since).strikes
    }

    /// There has been a strike that was not coordinated with the host.
    pub(super) fn offend_host(&mut self) {
        let host = &mut self.host;
        let days = self.now - host.since;
        host.budget -= host.friction.adds_up_to(days);
        host.friction = host.friction.later(days);
        host.friction.strikes += 1.0;
        host.since = self.now;
        host.provoked_at = self.now + host.friction.wait(host.budget.max(0.0));
        self.set_expulsion();
    }

    /// Finds when the hazard that needs no friction has added up, in the present tension.
    fn await_expulsion(&mut self) {
        let Some(expulsion) = &self.model.region.expulsion else { return };
        let rate = expulsion.unprovoked_per_day[self.state].of(&self.draw.values);
        let wait = if rate > 0.0 { self.host.unprovoked_budget / rate } else { f64::INFINITY };
        self.host.unprovoked_at = self.now + wait;
        self.set_expulsion();
    }

    /// The tension has changed from `before`, and with it the hazard that needs no friction.
    pub(super) fn tension_moves_expulsion(&mut self, before: usize) {
        let Some(expulsion) = &self.model.region.expulsion else { return };
        let rate = expulsion.unprovoked_per_day[before].of(&self.draw.values);
        if rate > 0.0 {
            let left = (self.host.unprovoked_at - self.now) * rate;
            self.host.unprovoked_budget = left.max(0.0);
        }
        self.await_expulsion();
    }

    /// Two hazards add up: that of friction and the one without. Each has luck of its own, and
    /// whichever has added up first brings about the expulsion.
    fn set_expulsion(&mut self) {
        if self.host.deadline.is_none() {
            let days = self.host.provoked_at.min(self.host.unprovoked_at);
            self.agenda.set(Due::Expulsion, days);
        }
    }

    /// The host tells the troops to leave: what is left of the plan is compressed into the
    /// notice, whatever it waited for, and there is no breathing room any more.
    pub(super) fn expel(&mut self) {
        self.agenda.set(Due::Expulsion, f64::INFINITY);
        let Some(expulsion) = &self.model.region.expulsion else { return };
        let deadline = self.now + expulsion.notice_days.of(&self.draw.values);
        self.host.deadline = Some(deadline);
        self.record.set(M::Expelled, 0, 1.0);
        self.record.set(M::ExpelledDays, 0, self.now);
        self.note(|event| event, Kind::Expelled);
        if self.pause.begun.is_some() {
            self.release_rules();
            self.resume(Kind::PauseSpent);
        }
        self.open_everything();
        for phase in 0..self.phases.len() {
            match self.phases[phase].status {
                Status::Waiting => {
                    self.begin_phase(phase, self.model.blackouts.working_by(deadline))
                }
                Status::Moving => self.hasten(phase, deadline),
                Status::Held | Status::Done | Status::Cancelled => {}
            }
        }
        self.agenda.set(Due::NoticeEnd, deadline);
        self.stirred = true;
    }

    /// Nothing waits for anything any more.
    fn open_everything(&mut self) {
        self.waits_for.fill(usize::MAX);
        self.gates.fill(super::GateState::Idle);
        for gate in 0..self.gates.len() {
            self.agenda.set(Due::Gate(gate), f64::INFINITY);
        }
    }

    /// The notice is over: whoever is still on the host's ground leaves at once.
    pub(super) fn end_notice(&mut self) {
        let model = self.model;
        self.agenda.set(Due::NoticeEnd, f64::INFINITY);
        for site in 0..model.sites.len() {
            if model.region.hosted[site] {
                for contingent in 0..model.contingents() {
                    self.leave(site, contingent);
                }
                self.count_present(site);
            }
        }
        self.drop_moves(|step| model.region.hosted[step.site]);
        for phase in 0..self.phases.len() {
            let hosted = model.phases[phase].clears.iter().all(|&site| model.region.hosted[site]);
            if hosted && self.phases[phase].under_way() {
                self.finish_phase(phase);
            }
        }
        self.shift();
        self.stirred = true;
    }

    /// All of a contingent leave a site, outside the phases.
    pub(super) fn leave(&mut self, site: usize, contingent: usize) {
        let there = &mut self.people[site * self.model.contingents() + contingent];
        let count = std::mem::take(there);
        if count > 0 {
            let event =
                |event| Event { site: Some(site), contingent: Some(contingent), count, ..event };
            self.note(event, Kind::Departure);
        }
    }
}
