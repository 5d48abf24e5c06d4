//! Risks and what is done about them, compiled.

use super::numbers::{Numbers, Slot, SlotLaw};
use crate::law::Range;
use crate::scenario::{self, Scenario};
use crate::streams::Who;

/// What a mitigation multiplies: the key, and what stands there.
type Eased = (&'static str, fn(&scenario::Relief) -> &Range);

const LIKELIHOOD: Eased = ("probability_factor", |relief| &relief.probability_factor);
const SIZE: Eased = ("effect_factor", |relief| &relief.effect_factor);

#[derive(Clone, Debug)]
pub(crate) struct Risk {
    pub who: Who,
    pub days: f64,
    pub delay: SlotLaw,
    probability: Slot,
    /// What mitigations multiply the probability by.
    relief: Vec<Slot>,
}

/// What a risk does to something, once it has happened.
#[derive(Clone, Debug)]
pub(crate) struct Effect {
    pub risk: usize,
    factor: Slot,
    added_days: Slot,
    /// What mitigations multiply the effect by.
    relief: Vec<Slot>,
}

impl Risk {
    /// The chance that it ever happens, after mitigation.
    pub fn probability(&self, values: &[f64]) -> f64 {
        (self.probability.of(values) * product(&self.relief, values)).min(1.0)
    }
}

impl Effect {
    /// The factor, after mitigation.
    pub fn factor(&self, values: &[f64]) -> f64 {
        1.0 + (self.factor.of(values) - 1.0) * product(&self.relief, values)
    }

    /// The days that something takes longer besides.
    pub fn added_days(&self, values: &[f64]) -> f64 {
        self.added_days.of(values) * product(&self.relief, values)
    }
}

fn product(slots: &[Slot], values: &[f64]) -> f64 {
    slots.iter().map(|slot| slot.of(values)).product()
}

pub(super) fn risks(scenario: &Scenario, numbers: &mut Numbers) -> Vec<Risk> {
    let compile = |(id, risk): (&String, &scenario::Risk)| {
        let path = format!("world.risks.{id}");
        Risk {
            who: Who::new(&["risk", id]),
            days: risk.date.map_or(0.0, |date| f64::from(date.days_since(scenario.start))),
            delay: numbers.law(&format!("{path}.delay_days"), &risk.delay_days),
            probability: numbers.range(&format!("{path}.probability"), &risk.probability),
            relief: relief(scenario, id, LIKELIHOOD, numbers),
        }
    };
    scenario.world.risks.iter().map(compile).collect()
}

/// An effect of a risk, by the ids of both.
pub(super) fn effect(
    scenario: &Scenario,
    (risk, id): (&String, &String),
    about: &scenario::RiskEffect,
    numbers: &mut Numbers,
) -> Effect {
    let path = format!("world.risks.{risk}.effects.{id}");
    let risks = &scenario.world.risks;
    Effect {
        risk: risks.keys().position(|known| known == risk).expect("it is one of these"),
        factor: numbers.range(&format!("{path}.factor"), &about.factor),
        added_days: numbers.range(&format!("{path}.added_days"), &about.added_days),
        relief: relief(scenario, risk, SIZE, numbers),
    }
}

/// The effects of all risks on what is named in one of their lists.
pub(super) fn effects_on(
    scenario: &Scenario,
    named: impl Fn(&scenario::RiskEffect) -> bool,
    numbers: &mut Numbers,
) -> Vec<Effect> {
    let risks = scenario.world.risks.iter();
    let each = risks.flat_map(|(risk, about)| about.effects.iter().map(move |one| (risk, one)));
    let concerned = each.filter(|(_, (_, about))| named(about));
    concerned.map(|(risk, (id, about))| effect(scenario, (risk, id), about, numbers)).collect()
}

/// What the mitigations that are taken multiply something of a risk by: what stands under `key`.
fn relief(scenario: &Scenario, risk: &str, (key, of): Eased, numbers: &mut Numbers) -> Vec<Slot> {
    let taken = scenario.plan.mitigations.iter().filter(|(_, about)| about.taken);
    let concerned = taken.filter_map(|(id, about)| Some((id, about.risks.get(risk)?)));
    let slots = concerned.map(|(id, relief)| {
        numbers.range(&format!("plan.mitigations.{id}.risks.{risk}.{key}"), of(relief))
    });
    slots.collect()
}
