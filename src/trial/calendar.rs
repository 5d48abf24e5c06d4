//! Calendar events: when they happen, what comes of them, and the buffers before them.

use super::lifts::Status;
use super::spells::Spell;
use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::model::{Window, has_come};
use crate::streams::Purpose;
use crate::variates::choose;

/// The calendar of a trial, drawn at its beginning.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    /// By event: when it happens, and the outcome.
    drawn: Vec<(f64, usize)>,
    happened: Vec<bool>,
}

impl Calendar {
    /// Whether an event has happened, with an outcome if one is given.
    pub fn has_happened(&self, event: usize, outcome: Option<usize>) -> bool {
        self.happened[event] && outcome.is_none_or(|outcome| self.drawn[event].1 == outcome)
    }

    /// While a window is open, if it ever is.
    pub fn span(&self, window: &Window) -> Option<Spell> {
        let (days, outcome) = self.drawn[window.event];
        let comes = window.outcome.is_none_or(|wanted| wanted == outcome);
        comes.then_some(Spell { from: days + window.from, until: days + window.until })
    }
}

impl Trial<'_> {
    pub(super) fn begin_calendar(&mut self) {
        let values = &self.draw.values;
        self.calendar.drawn.clear();
        self.calendar.happened.clear();
        for (k, event) in self.model.events.iter().enumerate() {
            let mut stream = self.luck.once(event.who, Purpose::Calendar);
            let days = event.days + event.delay.sample(|slot| slot.of(values), &mut stream);
            let weights = event.outcomes.iter().map(|slot| slot.of(values));
            let outcome = if event.outcomes.is_empty() { 0 } else { choose(weights, &mut stream) };
            self.calendar.drawn.push((days, outcome));
            self.calendar.happened.push(false);
            self.agenda.set(Due::Event(k), days);
        }
    }

    pub(super) fn happen(&mut self, event: usize) {
        self.agenda.set(Due::Event(event), f64::INFINITY);
        self.calendar.happened[event] = true;
        self.record.set(M::EventDays, event, self.now);
        let about = &self.model.events[event];
        let outcome = about.first_outcome + self.calendar.drawn[event].1;
        let outcome = (!about.outcomes.is_empty()).then_some(outcome);
        if let Some(outcome) = outcome {
            self.record.set(M::Happened, outcome, 1.0);
        }
        self.note(|note| Event { event: Some(event), outcome, ..note }, Kind::CalendarEvent);
        self.stirred = true;
    }

    /// Writes down which phases were done long enough before which events.
    pub(super) fn count_buffers(&mut self) {
        for (k, buffer) in self.model.buffers.iter().enumerate() {
            let (event, _) = self.calendar.drawn[buffer.event];
            let done = self.phases[buffer.phase].status == Status::Done;
            let margin = event - self.record.get(M::PhaseFinish, buffer.phase);
            let met = done && has_come(buffer.days, margin);
            self.record.set(M::BufferMet, k, f64::from(u8::from(met)));
            let both = done && self.calendar.happened[buffer.event];
            self.record.set(M::BufferDays, k, if both { margin } else { f64::NAN });
        }
    }
}
