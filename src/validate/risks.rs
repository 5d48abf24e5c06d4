//! Checks of risks, and of what is done about them. A world is made for many plans: phases and gates
//! that this one does not have are no fault.

use super::{all_known, at, known};
use crate::error::{Code, Problem};
use crate::scenario::{Risk, Scenario, join};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let (world, plan) = (&scenario.world, &scenario.plan);
    for (id, risk) in &world.risks {
        check_risk(scenario, &format!("world.risks.{id}"), risk, problems);
    }
    for (id, mitigation) in &plan.mitigations {
        let path = format!("plan.mitigations.{id}.risks");
        for risk in mitigation.risks.keys() {
            known(&join(&path, risk), "risk", risk, world.risks.keys(), problems);
        }
    }
}

fn check_risk(scenario: &Scenario, path: &str, risk: &Risk, problems: &mut Vec<Problem>) {
    if let Some(date) = risk.date.filter(|date| *date < scenario.start) {
        problems.push(Problem::new(
            at(path, "date"),
            Code::DatesOutOfOrder,
            format!("{date} is before the start {}", scenario.start),
            "give a later date, or leave it out for the start",
        ));
    }
    for (id, effect) in &risk.effects {
        let path = join(&at(path, "effects"), id);
        let threats = scenario.world.threats.keys();
        all_known(&at(&path, "threats"), "threat", &effect.threats, threats, problems);
    }
}
