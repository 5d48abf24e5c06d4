//! Risks that can change nothing, and what is done about them for nothing.

use super::{Look, at, most, surely, ticked};
use crate::languages::say;
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
                self.idle(&path, say!(self.speech, "why-risk-never"), self.give("probability"));
            } else if f64::from(first) + soonest >= f64::from(end) {
                let remedy = say!(self.speech, "do-earlier-risk", key = "date");
                self.idle(&path, say!(self.speech, "why-risk-late"), remedy);
            } else if risk.effects.is_empty() && !self.is_looked_at(id) {
                let remedy = say!(self.speech, "do-effects", effects = "effects", risk = "risk");
                self.idle(&path, say!(self.speech, "why-risk-without-effect"), remedy);
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
                let remedy = say!(self.speech, "do-name-risk", key = "risks");
                self.idle(&path, say!(self.speech, "why-relieves-nothing"), remedy);
            }
            for (risk, relief) in &mitigation.risks {
                if *relief == Relief::default() {
                    let keys = ["probability_factor", "effect_factor"].map(ticked);
                    let remedy = say!(self.speech, "do-give", key = self.speech.either(keys));
                    let why = say!(self.speech, "why-times-one");
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
            let speech = self.speech;
            let keys = speech.list(["phases", "gates"].map(ticked));
            let keys = speech.either([keys, ticked("threats")]);
            let remedy = say!(speech, "do-name-target", keys = keys);
            self.idle(path, say!(self.speech, "why-acts-on-nothing"), remedy);
        } else if adds && !lasts {
            let remedy = say!(self.speech, "do-name-phases");
            self.idle(at(path, "added_days"), say!(self.speech, "why-days-on-threats"), remedy);
        } else if surely(factor, 1.0) && !adds {
            let (key, other) = (ticked("factor"), ticked("added_days"));
            let remedy = say!(self.speech, "do-give-or", key = key, other = other);
            self.idle(path, say!(self.speech, "why-times-one"), remedy);
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
        let lists = [("phases", &effect.phases, phases), ("gates", &effect.gates, gates)];
        for (key, named, known) in lists {
            let unknown = named.iter().enumerate();
            for (k, id) in unknown.filter(|(_, id)| !known.contains(&id.as_str())) {
                let remedy = match near(id, &known) {
                    Some(near) => say!(self.speech, "do-near", near = near),
                    None => say!(self.speech, "do-other-plans"),
                };
                let why = match key {
                    "phases" => say!(self.speech, "why-unknown-phase", id = id),
                    _ => say!(self.speech, "why-unknown-gate", id = id),
                };
                self.idle(format!("{path}.{key}.{k}"), why, remedy);
            }
        }
    }

    fn is_looked_at(&self, risk: &str) -> bool {
        use crate::scenario::Condition;
        self.conditions()
            .any(|one| super::mentions(one, &|c| matches!(c, Condition::Risk(id) if id == risk)))
    }
}
