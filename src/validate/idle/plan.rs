//! The same of the plan.

use super::super::at;
use super::{Look, is_zero};
use crate::languages::say;
use crate::scenario::{BreathingRoom, Fate, Pace, Plan, Rule, Transport};

impl Look<'_> {
    pub(super) fn plan(&mut self) {
        let plan = &self.scenario.plan;
        let (room, usual) = (&plan.breathing_room, Plan::default());
        if plan.rules.is_empty() && plan.review_every_days != usual.review_every_days {
            let remedy = say!(self.speech, "do-rules");
            self.idle("plan.review_every_days", say!(self.speech, "why-no-rules"), remedy);
        }
        if plan.phases.is_empty() {
            let given = [
                ("transport", plan.transport != Transport::default()),
                ("breathing_room", *room != BreathingRoom::default()),
                ("blackouts", !plan.blackouts.is_empty()),
                ("duration_correlation", !is_zero(&plan.duration_correlation)),
            ];
            for (key, _) in given.into_iter().filter(|(_, given)| *given) {
                self.idle(
                    at("plan", key),
                    say!(self.speech, "why-no-phases"),
                    say!(self.speech, "do-phases"),
                );
            }
        } else if *room != BreathingRoom::default() && !self.room_is_used() {
            let remedy = say!(self.speech, "do-pause-or-stretch");
            self.idle("plan.breathing_room", say!(self.speech, "why-unused"), remedy);
        } else if room.pause_days == 0.0 && *room != BreathingRoom::default() {
            let remedy = self.give("pause_days");
            self.idle("plan.breathing_room", say!(self.speech, "why-no-pause-days"), remedy);
        }
        let uncertain = |id: &&String| {
            let (low, high) = plan.phases[*id].duration_ratio.support();
            low < high
        };
        let drawn = plan.phases.keys().filter(uncertain).count();
        if !is_zero(&plan.duration_correlation) && drawn < 2 && !plan.phases.is_empty() {
            let why = say!(self.speech, "why-not-correlated");
            self.idle("plan.duration_correlation", why, self.out());
        }
        for (id, phase) in &plan.phases {
            let own = phase.breathing_room.as_ref();
            if own.is_some() && (room.pause_days == 0.0 || !self.room_is_used()) {
                let why = say!(self.speech, "why-no-room-of-plan");
                let path = format!("plan.phases.{id}.breathing_room");
                self.idle(path, why, say!(self.speech, "do-both"));
            }
        }
        let unused = plan.transport.modes.keys().filter(|id| !self.is_used(id));
        for id in unused.collect::<Vec<_>>() {
            let path = format!("plan.transport.modes.{id}");
            self.idle(path, say!(self.speech, "why-no-load"), say!(self.speech, "do-loads"));
        }
        for (id, phase) in &plan.phases {
            for (move_id, step) in phase.moves.iter().filter(|(_, step)| step.takes_arrivals) {
                if !self.is_brought(&step.site, &step.contingent) {
                    let path = format!("plan.phases.{id}.moves.{move_id}.takes_arrivals");
                    let why = say!(
                        self.speech,
                        "why-not-brought",
                        contingent = &step.contingent,
                        site = &step.site
                    );
                    self.idle(path, why, say!(self.speech, "do-bring"));
                }
            }
        }
        for (id, gate) in &plan.gates {
            let mut states = gate.blocked_while.iter().flat_map(|blocked| &blocked.tension);
            if gate.blocked_while.is_some() && !states.any(|state| self.reached.contains(state)) {
                let path = format!("plan.gates.{id}.blocked_while");
                self.idle(
                    path,
                    say!(self.speech, "why-never-blocked"),
                    say!(self.speech, "do-mend"),
                );
            }
        }
        for (id, rule) in &plan.rules {
            self.rule(&format!("plan.rules.{id}"), rule);
        }
    }

    /// Whether some load is moved by a mode. A plan without phases may have some one day.
    pub(super) fn is_used(&self, mode: &str) -> bool {
        let phases = &self.scenario.plan.phases;
        let mut loads = phases.values().flat_map(|phase| phase.loads.values());
        let only = self.scenario.plan.transport.modes.len() == 1;
        phases.is_empty()
            || loads.any(|load| match &load.mode {
                Some(id) => id == mode,
                None => only && load.fate == Fate::Moved,
            })
    }

    /// Whether some move brings people of a contingent to a site.
    fn is_brought(&self, site: &str, contingent: &str) -> bool {
        let phases = self.scenario.plan.phases.values();
        let mut moves = phases.flat_map(|phase| phase.moves.values());
        moves.any(|step| step.to == site && step.contingent == contingent)
    }

    fn rule(&mut self, path: &str, rule: &Rule) {
        if rule.at_most_times == Some(1) {
            if rule.cooldown_days > 0.0 {
                let why = say!(self.speech, "why-once");
                self.idle(at(path, "cooldown_days"), why, self.out());
            }
            if rule.until.is_some() && rule.then.pause.is_none() {
                let why = say!(self.speech, "why-once-without-pause");
                self.idle(at(path, "until"), why, self.out());
            }
        }
        let then = &rule.then;
        let none = self.scenario.plan.phases.is_empty();
        let one = |pace: &Pace| pace.factor == 1.0;
        let still = say!(self.speech, "why-no-phases");
        let pace = say!(self.speech, "why-same-pace");
        let unnamed = say!(self.speech, "why-no-phase-named");
        let at_once = say!(self.speech, "why-by-no-days");
        let actions = [
            ("pause", then.pause.is_some() && none, &still),
            ("stretch", then.stretch.is_some() && none, &still),
            ("accelerate", then.accelerate.is_some() && none, &still),
            ("cancel", then.cancel.is_some() && none, &still),
            ("bring_forward", then.bring_forward.is_some() && none, &still),
            ("keep_residual", then.keep_residual.is_some() && none, &still),
            ("stretch", then.stretch.as_ref().is_some_and(one), &pace),
            ("accelerate", then.accelerate.as_ref().is_some_and(one), &pace),
            ("cancel", then.cancel.as_ref().is_some_and(|it| it.phases.is_empty()), &unnamed),
            (
                "bring_forward",
                then.bring_forward.as_ref().is_some_and(|it| it.days == 0.0),
                &at_once,
            ),
        ];
        for (key, _, why) in actions.into_iter().filter(|(_, idle, _)| *idle) {
            let remedy = say!(self.speech, "do-mend-action");
            self.idle(format!("{path}.then.{key}"), why.clone(), remedy);
        }
    }
}
