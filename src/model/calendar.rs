//! The calendar, compiled: events, the times around them that move threats, and buffers.

use super::numbers::{Numbers, Slot, SlotLaw};
use super::{Names, index};
use crate::scenario::{self, Scenario};
use crate::streams::Who;

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub who: Who,
    pub days: f64,
    pub delay: SlotLaw,
    /// Weights.
    pub outcomes: Vec<Slot>,
    /// The place of its first outcome among those of all events.
    pub first_outcome: usize,
}

/// A time around an event in which the background of a threat is multiplied.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub event: usize,
    pub outcome: Option<usize>,
    pub from: f64,
    pub until: f64,
    pub factor: Slot,
}

/// Days that a phase is to be done before an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buffer {
    pub phase: usize,
    pub event: usize,
    pub days: f64,
}

pub(super) fn events(scenario: &Scenario, numbers: &mut Numbers) -> Vec<Event> {
    let mut first_outcome = 0;
    let mut compile = |(id, event): (&String, &scenario::CalendarEvent)| {
        let path = format!("world.calendar.{id}");
        let outcomes = event.outcomes.iter().map(|(outcome, about)| {
            numbers.range(&format!("{path}.outcomes.{outcome}.weight"), &about.weight)
        });
        let outcomes: Vec<Slot> = outcomes.collect();
        let first = first_outcome;
        first_outcome += outcomes.len();
        Event {
            who: Who::new(&["calendar", id]),
            days: f64::from(event.date.days_since(scenario.start)),
            delay: numbers.law(&format!("{path}.delay_days"), &event.delay_days),
            outcomes,
            first_outcome: first,
        }
    };
    scenario.world.calendar.iter().map(&mut compile).collect()
}

/// A window around an event, by the ids of both.
pub(super) fn window(
    scenario: &Scenario,
    (event, id): (&String, &String),
    about: &scenario::EventWindow,
    numbers: &mut Numbers,
) -> Window {
    let calendar = &scenario.world.calendar;
    let outcome = |id: &String| calendar[event].outcomes.keys().position(|known| known == id);
    let path = format!("world.calendar.{event}.windows.{id}.factor");
    Window {
        event: calendar.keys().position(|known| known == event).expect("it is one of these"),
        outcome: about.outcome.as_ref().and_then(outcome),
        from: about.from_days,
        until: about.until_days,
        factor: numbers.range(&path, &about.factor),
    }
}

pub(super) fn buffers(scenario: &Scenario, names: &Names) -> Vec<Buffer> {
    let compile = |buffer: &scenario::Buffer| Buffer {
        phase: index(&names.phases, &buffer.phase),
        event: index(&names.events, &buffer.event),
        days: buffer.days,
    };
    scenario.plan.buffers.values().map(compile).collect()
}
