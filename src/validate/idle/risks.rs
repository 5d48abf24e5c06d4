//! Risks that can change nothing, and what is done about them for nothing.

use super::{Look, at, most, surely};
use crate::near::near;
use crate::scenario::{Relief, RiskEffect, join};

impl Look<'_> {
    pub(super) fn risks(&mut self) {
        for (id, risk) in &self.scenario.world.risks {
            let path = format!("world.risks.{id}");
            let first = risk.date.unwrap_or(self.scenario.start).days_since(self.scenario.start);
            let (soonest, _) = risk.delay_days.support();
            let end = self.horizon.days_since(self.scenario.start);
            if most(&risk.probability) == 0.0 {
                self.idle(&path, "it never happens", "give `probability`, or take it out");
            } else if f64::from(first) + soonest >= f64::from(end) {
                let remedy = "give an earlier `date`, or a later horizon";
                self.idle(&path, "it happens at the horizon or later, if ever", remedy);
            } else if risk.effects.is_empty() && !self.is_looked_at(id) {
                let remedy = "give `effects`, or a rule with the condition `risk`";
                self.idle(&path, "it has no effect, and no rule looks at it", remedy);
            }
            for (id, effect) in &risk.effects {
                let path = join(&at(&path, "effects"), id);
                self.effect(&path, effect);
                self.unknown(&path, effect);
            }
        }
        for (id, mitigation) in &self.scenario.plan.mitigations {
            let path = format!("plan.mitigations.{id}");
            if mitigation.risks.is_empty() {
                self.idle(&path, "it does nothing about any risk", "name one under `risks`");
            }
            for (risk, relief) in &mitigation.risks {
                if *relief == Relief::default() {
                    let remedy = "give `probability_factor` or `effect_factor`";
                    let why = "it multiplies by 1";
                    self.idle(join(&at(&path, "risks"), risk), why, remedy);
                }
            }
        }
    }

    fn effect(&mut self, path: &str, effect: &RiskEffect) {
        let RiskEffect { phases, gates, threats, factor, added_days } = effect;
        let lasts = !phases.is_empty() || !gates.is_empty();
        let adds = most(added_days) > 0.0;
        if !lasts && threats.is_empty() {
            let remedy = "name what it acts on: `phases`, `gates` or `threats`";
            self.idle(path, "it acts on nothing", remedy);
        } else if adds && !lasts {
            let remedy = "name phases or gates, or take it out";
            self.idle(at(path, "added_days"), "added days do nothing to threats", remedy);
        } else if surely(factor, 1.0) && !adds {
            self.idle(path, "it multiplies by 1", "give `factor`, or `added_days`");
        }
    }

    /// Phases and gates that this plan does not have, where it has any.
    fn unknown(&mut self, path: &str, effect: &RiskEffect) {
        let plan = &self.scenario.plan;
        if plan.phases.is_empty() {
            return;
        }
        let phases: Vec<&str> = plan.phases.keys().map(String::as_str).collect();
        let gates: Vec<&str> = plan.gates.keys().map(String::as_str).collect();
        let lists = [("phase", &effect.phases, phases), ("gate", &effect.gates, gates)];
        for (kind, named, known) in lists {
            let unknown = named.iter().enumerate();
            for (k, id) in unknown.filter(|(_, id)| !known.contains(&id.as_str())) {
                let remedy = match near(id, &known) {
                    Some(near) => format!("did you mean `{near}`? Else it is for other plans"),
                    None => "it is for other plans, if it is meant".to_owned(),
                };
                let why = format!("no {kind} of this plan is called `{id}`");
                self.idle(format!("{path}.{kind}s.{k}"), &why, &remedy);
            }
        }
    }

    fn is_looked_at(&self, risk: &str) -> bool {
        use crate::scenario::Condition;
        self.conditions()
            .any(|one| super::mentions(one, &|c| matches!(c, Condition::Risk(id) if id == risk)))
    }
}
