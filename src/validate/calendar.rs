//! Checks of calendar events, and of the buffers before them.

use super::world::not_all_zero;
use super::{all_known, at, known};
use crate::error::{Code, Problem};
use crate::scenario::{CalendarEvent, EventWindow, Scenario};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, event) in &scenario.world.calendar {
        check_event(scenario, &format!("world.calendar.{id}"), event, problems);
    }
    for (id, buffer) in &scenario.plan.buffers {
        let path = format!("plan.buffers.{id}");
        let phases = scenario.plan.phases.keys();
        known(&at(&path, "phase"), "phase", &buffer.phase, phases, problems);
        let events = scenario.world.calendar.keys();
        known(&at(&path, "event"), "calendar event", &buffer.event, events, problems);
    }
}

fn check_event(
    scenario: &Scenario,
    path: &str,
    event: &CalendarEvent,
    problems: &mut Vec<Problem>,
) {
    if event.date < scenario.start {
        problems.push(Problem::new(
            at(path, "date"),
            Code::DatesOutOfOrder,
            format!("{} is before the start {}", event.date, scenario.start),
            "take the event out, or start the scenario earlier",
        ));
    }
    let outcomes = at(path, "outcomes");
    not_all_zero(&outcomes, event.outcomes.values().map(|outcome| &outcome.weight), problems);
    for (id, window) in &event.windows {
        check_window(scenario, &format!("{path}.windows.{id}"), event, window, problems);
    }
}

fn check_window(
    scenario: &Scenario,
    path: &str,
    event: &CalendarEvent,
    window: &EventWindow,
    problems: &mut Vec<Problem>,
) {
    let threats = scenario.world.threats.keys();
    let named = window.threats.iter().flatten();
    all_known(&at(path, "threats"), "threat", named, threats, problems);
    if window.until_days <= window.from_days {
        problems.push(Problem::new(
            at(path, "until_days"),
            Code::OutOfRange,
            "the window ends before it begins",
            format!("give more than {}", window.from_days),
        ));
    }
    if let Some(outcome) = &window.outcome {
        known(&at(path, "outcome"), "outcome", outcome, event.outcomes.keys(), problems);
        if window.from_days < 0.0 {
            problems.push(Problem::new(
                at(path, "from_days"),
                Code::Contradiction,
                "the window depends on an outcome that is not known before the event",
                "give 0 or more, or leave `outcome` out",
            ));
        }
    }
}
