//! The same of the plan.

use super::super::at;
use super::{Look, is_zero};
use crate::scenario::{BreathingRoom, Fate, Pace, Plan, Rule, Transport};

impl Look<'_> {
    pub(super) fn plan(&mut self) {
        let plan = &self.scenario.plan;
        let (room, usual) = (&plan.breathing_room, Plan::default());
        if plan.rules.is_empty() && plan.review_every_days != usual.review_every_days {
            let remedy = "take it out, or give rules";
            self.idle("plan.review_every_days", "there are no rules", remedy);
        }
        if plan.phases.is_empty() {
            let given = [
                ("transport", plan.transport != Transport::default()),
                ("breathing_room", *room != BreathingRoom::default()),
                ("blackouts", !plan.blackouts.is_empty()),
                ("duration_correlation", !is_zero(&plan.duration_correlation)),
            ];
            for (key, _) in given.into_iter().filter(|(_, given)| *given) {
                self.idle(at("plan", key), "there are no phases", "take it out, or give phases");
            }
        } else if *room != BreathingRoom::default() && !self.room_is_used() {
            let remedy = "give a rule that pauses or stretches, or take it out";
            self.idle("plan.breathing_room", "no rule uses it", remedy);
        } else if room.pause_days == 0.0 && *room != BreathingRoom::default() {
            let remedy = "give `pause_days`, or take it out";
            self.idle("plan.breathing_room", "there are no days to pause on", remedy);
        }
        let uncertain = |id: &&String| {
            let (low, high) = plan.phases[*id].duration_ratio.support();
            low < high
        };
        let drawn = plan.phases.keys().filter(uncertain).count();
        if !is_zero(&plan.duration_correlation) && drawn < 2 && !plan.phases.is_empty() {
            let why = "fewer than two phases have uncertain durations";
            self.idle("plan.duration_correlation", why, "take it out");
        }
        for (id, phase) in &plan.phases {
            let own = phase.breathing_room.as_ref();
            if own.is_some() && (room.pause_days == 0.0 || !self.room_is_used()) {
                let why = "the plan has no breathing room, or no rule uses it";
                let path = format!("plan.phases.{id}.breathing_room");
                self.idle(path, why, "take it out, or give the plan both");
            }
        }
        let unused = plan.transport.modes.keys().filter(|id| !self.is_used(id));
        for id in unused.collect::<Vec<_>>() {
            let path = format!("plan.transport.modes.{id}");
            self.idle(path, "no load goes that way", "take it out, or give loads that do");
        }
        for (id, phase) in &plan.phases {
            for (move_id, step) in phase.moves.iter().filter(|(_, step)| step.takes_arrivals) {
                if !self.is_brought(&step.site, &step.contingent) {
                    let path = format!("plan.phases.{id}.moves.{move_id}.takes_arrivals");
                    let why = format!("no move brings `{}` to `{}`", step.contingent, step.site);
                    self.idle(path, &why, "take it out, or add a move that does");
                }
            }
        }
        for (id, gate) in &plan.gates {
            let mut states = gate.blocked_while.iter().flat_map(|blocked| &blocked.tension);
            if gate.blocked_while.is_some() && !states.any(|state| self.reached.contains(state)) {
                let path = format!("plan.gates.{id}.blocked_while");
                self.idle(path, "the tension is never in these states", "mend it, or take it out");
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
            let why = "the rule sets off at most once";
            if rule.cooldown_days > 0.0 {
                self.idle(at(path, "cooldown_days"), why, "take it out");
            }
            if rule.until.is_some() && rule.then.pause.is_none() {
                self.idle(at(path, "until"), &format!("{why} and pauses nothing"), "take it out");
            }
        }
        let then = &rule.then;
        let none = self.scenario.plan.phases.is_empty();
        let one = |pace: &Pace| pace.factor == 1.0;
        let still = "there are no phases";
        let actions = [
            ("pause", then.pause.is_some() && none, still),
            ("stretch", then.stretch.is_some() && none, still),
            ("accelerate", then.accelerate.is_some() && none, still),
            ("cancel", then.cancel.is_some() && none, still),
            ("bring_forward", then.bring_forward.is_some() && none, still),
            ("keep_residual", then.keep_residual.is_some() && none, still),
            ("stretch", then.stretch.as_ref().is_some_and(one), "1 is the pace that there is"),
            (
                "accelerate",
                then.accelerate.as_ref().is_some_and(one),
                "1 is the pace that there is",
            ),
            (
                "cancel",
                then.cancel.as_ref().is_some_and(|it| it.phases.is_empty()),
                "it names no phase",
            ),
            (
                "bring_forward",
                then.bring_forward.as_ref().is_some_and(|it| it.days == 0.0),
                "it is by 0 days",
            ),
        ];
        for (key, _, why) in actions.into_iter().filter(|(_, idle, _)| *idle) {
            self.idle(format!("{path}.then.{key}"), why, "mend it, or take the action out");
        }
    }
}
