//! Calendar events: when they happen, what comes of them, and the buffers before them.

use super::changes::Change;
use super::context::Context;
use super::future::Due;
use super::plan::{Plan, Status};
use super::spells::Spell;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::{Model, Modifier, Window, has_come};
use crate::streams::Purpose;
use crate::variates::choose;

/// An event that fits what is known of it is looked for so often; then it stays as it was drawn.
const MOST_TRIES: u32 = 1_000;

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

    /// The outcome of an event that has happened; 0 where it has none.
    pub fn outcome(&self, event: usize) -> Option<usize> {
        self.happened[event].then(|| self.drawn[event].1)
    }

    /// While a window is open, if it ever is.
    pub fn span(&self, window: &Window) -> Option<Spell> {
        let (days, outcome) = self.drawn[window.event];
        let comes = window.outcome.is_none_or(|wanted| wanted == outcome);
        comes.then_some(Spell { from: days + window.from, until: days + window.until })
    }

    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        let values = &ctx.draw.values;
        self.drawn.clear();
        self.happened.clear();
        for (k, event) in ctx.model.events.iter().enumerate() {
            let mut stream = ctx.streams.once(event.who, Purpose::Calendar);
            let days = event.days + event.delay.sample(|slot| slot.of(values), &mut stream);
            let weights = event.outcomes.iter().map(|slot| slot.of(values));
            let outcome = if event.outcomes.is_empty() { 0 } else { choose(weights, &mut stream) };
            self.drawn.push((days, outcome));
            self.happened.push(false);
            ctx.future.set(Due::Event(k), days);
        }
    }

    /// Draws anew the events that have not happened, given that, and that no window around them
    /// has opened. One of which a window has opened stays as it was drawn: its day is known.
    pub fn renew(&mut self, ctx: &mut Context<'_>) {
        let values = &ctx.draw.values;
        for (k, event) in ctx.model.events.iter().enumerate() {
            let opened = |days: f64, outcome: usize| {
                let windows = windows_of(ctx.model, k);
                let mut of_outcome =
                    windows.filter(|window| window.outcome.is_none_or(|wanted| wanted == outcome));
                of_outcome.any(|window| days + window.from < ctx.now)
            };
            let (days, outcome) = self.drawn[k];
            if self.happened[k] || opened(days, outcome) {
                continue;
            }
            let mut stream = ctx.streams.once(event.who, Purpose::Calendar);
            let age = ctx.now - event.days;
            for _ in 0..MOST_TRIES {
                let Some(delay) = event.delay.sample_from(age, |slot| slot.of(values), &mut stream)
                else {
                    break;
                };
                let days = (event.days + delay).max(ctx.now);
                let weights = event.outcomes.iter().map(|slot| slot.of(values));
                let outcome =
                    if event.outcomes.is_empty() { 0 } else { choose(weights, &mut stream) };
                if !opened(days, outcome) {
                    self.drawn[k] = (days, outcome);
                    ctx.future.set(Due::Event(k), days);
                    break;
                }
            }
        }
    }

    pub fn happen(&mut self, ctx: &mut Context<'_>, event: usize) {
        ctx.future.set(Due::Event(event), f64::INFINITY);
        self.happened[event] = true;
        ctx.record.set(M::EventDays, event, ctx.now);
        let about = &ctx.model.events[event];
        let outcome = about.first_outcome + self.drawn[event].1;
        let outcome = (!about.outcomes.is_empty()).then_some(outcome);
        if let Some(outcome) = outcome {
            ctx.record.set(M::Happened, outcome, 1.0);
        }
        ctx.note(|note| Event { event: Some(event), outcome, ..note }, Kind::CalendarEvent);
        ctx.tell(Change::Calendar(event, self.drawn[event].1));
    }

    /// Writes down which phases were done long enough before which events.
    pub fn count_buffers(&self, ctx: &mut Context<'_>, plan: &Plan) {
        for (k, buffer) in ctx.model.buffers.iter().enumerate() {
            let (event, _) = self.drawn[buffer.event];
            let done = plan.phases[buffer.phase].status == Status::Done;
            let margin = event - ctx.record.get(M::PhaseFinish, buffer.phase);
            let met = done && has_come(buffer.days, margin);
            ctx.record.set(M::BufferMet, k, f64::from(u8::from(met)));
            let both = done && self.happened[buffer.event];
            ctx.record.set(M::BufferDays, k, if both { margin } else { f64::NAN });
        }
    }
}

/// The windows around an event that move threats.
fn windows_of(model: &Model, event: usize) -> impl Iterator<Item = &Window> {
    let modifiers = model.threats.iter().flat_map(|threat| &threat.modifiers);
    modifiers.filter_map(move |modifier| match modifier {
        Modifier::Window(window) if window.event == event => Some(window),
        _ => None,
    })
}
