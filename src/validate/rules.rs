//! Checks of rules and what they do.

use super::conditions::check_condition;
use super::contingents::may_be_on;
use super::{all_known, at, contingents, known};
use crate::error::{Code, Problem};
use crate::scenario::{Actions, Detachment, Rule, Scenario};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, rule) in &scenario.plan.rules {
        let path = format!("plan.rules.{id}");
        check_condition(scenario, &at(&path, "when"), &rule.when, problems);
        if let Some(until) = &rule.until {
            check_condition(scenario, &at(&path, "until"), until, problems);
        }
        check_actions(scenario, &at(&path, "then"), &rule.then, problems);
        check_flapping(&path, rule, problems);
    }
}

/// Reports everything wrong with the actions at `path`.
pub(crate) fn check_actions(
    scenario: &Scenario,
    path: &str,
    then: &Actions,
    problems: &mut Vec<Problem>,
) {
    if *then == Actions::default() {
        problems.push(Problem::new(
            path,
            Code::MissingKey,
            "the rule does nothing",
            "give at least one action, such as `pause`",
        ));
    }
    let phases = scenario.plan.phases.keys();
    if let Some(cancel) = &then.cancel {
        let path = at(path, "cancel.phases");
        all_known(&path, "phase", &cancel.phases, phases.clone(), problems);
    }
    if let Some(sooner) = &then.bring_forward {
        let path = at(path, "bring_forward.phases");
        all_known(&path, "phase", sooner.phases.iter().flatten(), phases, problems);
    }
    for (key, detachment) in [
        ("reinforce", &then.reinforce),
        ("go_back_in", &then.go_back_in),
        ("keep_residual", &then.keep_residual),
    ] {
        if let Some(detachment) = detachment {
            check_detachment(scenario, &at(path, key), detachment, problems);
        }
    }
    if let Some(home) = &then.send_home {
        let contingents = contingents(scenario);
        let path = at(path, "send_home.contingent");
        known(&path, "contingent", &home.contingent, contingents.iter().copied(), problems);
    }
}

pub(super) fn check_detachment(
    scenario: &Scenario,
    path: &str,
    about: &Detachment,
    problems: &mut Vec<Problem>,
) {
    known(&at(path, "site"), "site", &about.site, scenario.world.sites.keys(), problems);
    let contingents = contingents(scenario);
    may_be_on(scenario, path, &about.contingent, &about.site, problems);
    let path = at(path, "contingent");
    known(&path, "contingent", &about.contingent, contingents.iter().copied(), problems);
}

/// A pause that may end for the same count that began it would begin and end by turns.
fn check_flapping(path: &str, rule: &Rule, problems: &mut Vec<Problem>) {
    if rule.then.pause.is_some() && rule.until.as_ref() == Some(&rule.when) {
        problems.push(Problem::new(
            at(path, "until"),
            Code::Contradiction,
            "the rule ends when the very condition holds that sets it off",
            "give `until` a lower threshold, or leave it out",
        ));
    }
}
