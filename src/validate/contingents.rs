//! Checks of contingents: where each may be, and what makes it leave.

use super::{all_known, at, contingents, known};
use crate::error::{Code, Problem};
use crate::languages::{Speech, say};
use crate::scenario::{Contingent, HOME, LeavesAfter, Scenario};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, about) in &scenario.world.contingents {
        check_contingent(scenario, id, about, problems);
    }
    for (id, site) in &scenario.world.sites {
        for (contingent, people) in &site.garrison {
            if *people > 0 {
                let path = format!("world.sites.{id}.garrison.{contingent}");
                may_be_on(scenario, &path, contingent, id, problems);
            }
        }
    }
}

fn check_contingent(
    scenario: &Scenario,
    id: &String,
    about: &Contingent,
    problems: &mut Vec<Problem>,
) {
    let path = format!("world.contingents.{id}");
    let all = contingents(scenario);
    let all = all.iter().copied();
    known(&path, "contingent", id, all.clone(), problems);
    let sites = about.only_on.iter().flatten();
    all_known(&at(&path, "only_on"), "site", sites, scenario.world.sites.keys(), problems);
    for other in about.follows.keys() {
        let path = format!("{path}.follows.{other}");
        if other == id {
            problems.push(Problem::new(
                path,
                Code::Contradiction,
                "a contingent cannot follow itself",
                "take the entry out",
            ));
        } else {
            known(&path, "contingent", other, all.clone(), problems);
        }
    }
    if let Some(date) = about.mandate_until.filter(|date| *date < scenario.start) {
        problems.push(Problem::new(
            at(&path, "mandate_until"),
            Code::DatesOutOfOrder,
            format!("{date} is before the start {}", scenario.start),
            "give a later date, or take the contingent off the sites",
        ));
    }
    for (event, after) in &about.leaves_after {
        check_event(scenario, &format!("{path}.leaves_after.{event}"), event, after, problems);
    }
}

fn check_event(
    scenario: &Scenario,
    path: &str,
    event: &str,
    after: &LeavesAfter,
    problems: &mut Vec<Problem>,
) {
    let calendar = &scenario.world.calendar;
    if !known(path, "calendar event", event, calendar.keys(), problems) {
        return;
    }
    let what = match (after.chance.is_some(), after.by_outcome.is_empty()) {
        (true, false) => Some("`chance` and `by_outcome` are both given"),
        (false, true) => Some("neither `chance` nor `by_outcome` is given"),
        _ => None,
    };
    if let Some(what) = what {
        let remedy = "give one of them: a chance, or one for each outcome of the event";
        problems.push(Problem::new(path, Code::Contradiction, what, remedy));
    }
    let outcomes = calendar[event].outcomes.keys();
    for outcome in after.by_outcome.keys() {
        let path = format!("{path}.by_outcome.{outcome}");
        known(&path, "outcome of the event", outcome, outcomes.clone(), problems);
    }
}

/// Reports a place where a contingent is put and may not be.
pub(super) fn may_be_on(
    scenario: &Scenario,
    path: &str,
    contingent: &str,
    site: &str,
    problems: &mut Vec<Problem>,
) {
    let about = scenario.world.contingents.get(contingent);
    let Some(sites) = about.and_then(|about| about.only_on.as_ref()) else { return };
    if site != HOME && !sites.iter().any(|id| id == site) {
        problems.push(Problem::new(
            path,
            Code::Contradiction,
            format!("`{contingent}` may not be on `{site}`"),
            format!("add it to `world.contingents.{contingent}.only_on`, or send others"),
        ));
    }
}

/// Contingents that phases are announced to send home after the end of their mandate.
pub(super) fn late(scenario: &Scenario, speech: Speech) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for (id, about) in &scenario.world.contingents {
        let Some(end) = about.mandate_until else { continue };
        for (phase_id, phase) in &scenario.plan.phases {
            let mut moves = phase.moves.iter().filter(|(_, step)| step.contingent == *id);
            if let Some((move_id, _)) = moves.next()
                && phase.announced_finish > end
            {
                warnings.push(Problem::new(
                    format!("plan.phases.{phase_id}.moves.{move_id}"),
                    Code::DatesOutOfOrder,
                    say!(
                        speech,
                        "warn-after-mandate",
                        finish = phase.announced_finish,
                        id = id,
                        end = end
                    ),
                    say!(speech, "do-earlier-finish"),
                ));
            }
        }
    }
    warnings
}
