//! Checks of rules.

use super::{at, known};
use crate::error::{Code, Problem};
use crate::scenario::{Condition, Scenario, Window};

/// Deepest nesting of conditions.
const DEEPEST: usize = 16;

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, rule) in &scenario.plan.rules {
        let path = format!("plan.rules.{id}");
        check_condition(scenario, &at(&path, "when"), &rule.when, 0, problems);
        if let Some(until) = &rule.until {
            check_condition(scenario, &at(&path, "until"), until, 0, problems);
        }
    }
}

fn check_condition(
    scenario: &Scenario,
    path: &str,
    condition: &Condition,
    depth: usize,
    problems: &mut Vec<Problem>,
) {
    if depth > DEEPEST {
        let what = format!("conditions are nested more than {DEEPEST} deep");
        problems.push(Problem::new(path, Code::TooLarge, what, "flatten them"));
        return;
    }
    match condition {
        Condition::Attacks(window) => {
            check_window(scenario, &at(path, "attacks"), window, problems)
        }
        Condition::Wounded(window) => {
            check_window(scenario, &at(path, "wounded"), window, problems)
        }
        Condition::Killed(window) => check_window(scenario, &at(path, "killed"), window, problems),
        Condition::All(parts) => check_parts(scenario, &at(path, "all"), parts, depth, problems),
        Condition::Any(parts) => check_parts(scenario, &at(path, "any"), parts, depth, problems),
        Condition::Not(part) => {
            check_condition(scenario, &at(path, "not"), part, depth + 1, problems);
        }
    }
}

fn check_parts(
    scenario: &Scenario,
    path: &str,
    parts: &[Condition],
    depth: usize,
    problems: &mut Vec<Problem>,
) {
    if parts.is_empty() {
        let what = "the list of conditions is empty";
        problems.push(Problem::new(path, Code::OutOfRange, what, "give at least one condition"));
    }
    for (k, part) in parts.iter().enumerate() {
        check_condition(scenario, &at(path, &k.to_string()), part, depth + 1, problems);
    }
}

fn check_window(scenario: &Scenario, path: &str, window: &Window, problems: &mut Vec<Problem>) {
    let world = &scenario.world;
    for (k, site) in window.sites.iter().flatten().enumerate() {
        known(&format!("{path}.sites.{k}"), "site", site, world.sites.keys(), problems);
    }
    for (k, threat) in window.threats.iter().flatten().enumerate() {
        known(&format!("{path}.threats.{k}"), "threat", threat, world.threats.keys(), problems);
    }
    match (window.at_least, window.at_most) {
        (None, None) => problems.push(Problem::new(
            path,
            Code::MissingKey,
            "there is nothing to compare the count with",
            "give `at_least` or `at_most`",
        )),
        (Some(_), Some(_)) => problems.push(Problem::new(
            path,
            Code::Contradiction,
            "both `at_least` and `at_most` are given",
            "keep one, or combine two conditions with `all`",
        )),
        _ => {}
    }
}
