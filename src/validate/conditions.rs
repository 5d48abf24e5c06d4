//! Checks of the conditions of rules.

use super::{all_known, at, contingents, known};
use crate::error::{Code, Problem};
use crate::scenario::{Amount, Condition, Dates, Happened, People, Scenario, Window};

/// Deepest nesting of conditions.
const DEEPEST: usize = 16;

/// Reports everything wrong with the condition at `path`.
pub(crate) fn check_condition(
    scenario: &Scenario,
    path: &str,
    condition: &Condition,
    problems: &mut Vec<Problem>,
) {
    Check { scenario, problems }.condition(path, condition, 0);
}

struct Check<'a, 'p> {
    scenario: &'a Scenario,
    problems: &'p mut Vec<Problem>,
}

impl Check<'_, '_> {
    fn report(&mut self, path: &str, code: Code, what: impl Into<String>, remedy: &str) {
        self.problems.push(Problem::new(path, code, what, remedy));
    }

    fn condition(&mut self, path: &str, condition: &Condition, depth: usize) {
        if depth > DEEPEST {
            let what = format!("conditions are nested more than {DEEPEST} deep");
            return self.report(path, Code::TooLarge, what, "flatten them");
        }
        let plan = &self.scenario.plan;
        match condition {
            Condition::Attacks(window) => self.attacks(&at(path, "attacks"), window),
            Condition::Wounded(window) => self.window(&at(path, "wounded"), window),
            Condition::Killed(window) => self.window(&at(path, "killed"), window),
            Condition::Tension(states) => self.tension(&at(path, "tension"), states),
            Condition::Date(dates) => self.dates(&at(path, "date"), dates),
            Condition::Phase(is) => {
                let path = at(path, "phase.id");
                known(&path, "phase", &is.id, plan.phases.keys(), self.problems);
            }
            Condition::PauseDaysLeft(amount) => self.amount(&at(path, "pause_days_left"), amount),
            Condition::ExtensionDaysLeft(amount) => {
                self.amount(&at(path, "extension_days_left"), amount);
            }
            Condition::InsurgentStrength(amount) => self.strength(path, amount),
            Condition::Friction(amount) => self.amount(&at(path, "friction"), amount),
            Condition::Expelled(_) => self.expelled(path),
            Condition::People(people) => self.people(&at(path, "people"), people),
            Condition::Event(happened) => self.event(&at(path, "event"), happened),
            Condition::Risk(id) => {
                let risks = self.scenario.world.risks.keys();
                known(&at(path, "risk"), "risk", id, risks, self.problems);
            }
            Condition::All(parts) => self.parts(&at(path, "all"), parts, depth),
            Condition::Any(parts) => self.parts(&at(path, "any"), parts, depth),
            Condition::Not(part) => self.condition(&at(path, "not"), part, depth + 1),
        }
    }

    fn parts(&mut self, path: &str, parts: &[Condition], depth: usize) {
        if parts.is_empty() {
            let what = "the list of conditions is empty";
            self.report(path, Code::OutOfRange, what, "give at least one condition");
        }
        for (k, part) in parts.iter().enumerate() {
            self.condition(&at(path, &k.to_string()), part, depth + 1);
        }
    }

    fn tension(&mut self, path: &str, states: &[String]) {
        let all = self.scenario.world.tension.iter().flat_map(|tension| tension.states.keys());
        all_known(path, "state of tension", states, all, self.problems);
        if states.is_empty() {
            let what = "no state is listed";
            self.report(path, Code::OutOfRange, what, "list at least one state");
        }
    }

    fn dates(&mut self, path: &str, dates: &Dates) {
        match (dates.from, dates.before) {
            (None, None) => {
                let what = "there is no date";
                self.report(path, Code::MissingKey, what, "give `from` or `before`, or both");
            }
            (Some(from), Some(before)) if before <= from => {
                let what = format!("{before} is not after {from}");
                let path = at(path, "before");
                self.report(&path, Code::DatesOutOfOrder, what, "give a later date");
            }
            _ => {}
        }
    }

    fn attacks(&mut self, path: &str, window: &Window) {
        if window.contingents.is_some() {
            let what = "attacks fall on sites, not on contingents";
            let remedy = "count `wounded` or `killed`, or name `sites`";
            self.report(&at(path, "contingents"), Code::Contradiction, what, remedy);
        }
        self.window(path, window);
    }

    fn window(&mut self, path: &str, window: &Window) {
        let threats = self.scenario.world.threats.keys();
        let named = window.threats.iter().flatten();
        all_known(&at(path, "threats"), "threat", named, threats, self.problems);
        self.places(path, &window.sites, &window.areas, &window.contingents);
        self.bounds(path, window.at_least.is_some(), window.at_most.is_some());
    }

    fn people(&mut self, path: &str, people: &People) {
        self.places(path, &people.sites, &people.areas, &people.contingents);
        self.bounds(path, people.at_least.is_some(), people.at_most.is_some());
    }

    fn places(
        &mut self,
        path: &str,
        sites: &Option<Vec<String>>,
        areas: &Option<Vec<String>>,
        contingents_: &Option<Vec<String>>,
    ) {
        let world = &self.scenario.world;
        let named = sites.iter().flatten();
        all_known(&at(path, "sites"), "site", named, world.places(), self.problems);
        let named = areas.iter().flatten();
        all_known(&at(path, "areas"), "area", named, world.areas.keys(), self.problems);
        let (named, all) = (contingents_.iter().flatten(), contingents(self.scenario));
        let all = all.iter().copied();
        all_known(&at(path, "contingents"), "contingent", named, all, self.problems);
    }

    fn amount(&mut self, path: &str, amount: &Amount) {
        self.bounds(path, amount.at_least.is_some(), amount.at_most.is_some());
    }

    fn strength(&mut self, path: &str, amount: &Amount) {
        let path = at(path, "insurgent_strength");
        if self.scenario.world.insurgency.is_none() {
            let what = "there is no insurgency";
            self.report(&path, Code::DanglingId, what, "add `world.insurgency`");
        }
        self.amount(&path, amount);
    }

    fn expelled(&mut self, path: &str) {
        let host = self.scenario.world.host.as_ref();
        if host.is_none_or(|host| host.expulsion.is_none()) {
            let what = "there is no expulsion";
            self.report(
                &at(path, "expelled"),
                Code::DanglingId,
                what,
                "add `world.host.expulsion`",
            );
        }
    }

    fn bounds(&mut self, path: &str, at_least: bool, at_most: bool) {
        if !at_least && !at_most {
            let what = "there is nothing to compare with";
            self.report(path, Code::MissingKey, what, "give `at_least` or `at_most`");
        } else if at_least && at_most {
            let what = "both `at_least` and `at_most` are given";
            let remedy = "keep one, or combine two conditions with `all`";
            self.report(path, Code::Contradiction, what, remedy);
        }
    }

    fn event(&mut self, path: &str, happened: &Happened) {
        let calendar = &self.scenario.world.calendar;
        let events = calendar.keys();
        known(&at(path, "id"), "calendar event", &happened.id, events, self.problems);
        if let (Some(event), Some(outcome)) = (calendar.get(&happened.id), &happened.outcome) {
            let outcomes = event.outcomes.keys();
            known(&at(path, "outcome"), "outcome", outcome, outcomes, self.problems);
        }
    }
}
