//! What every part of a trial is given besides its own state: the model and the draw, the time, the
//! random streams, the future event list, and what is written down and told.

use super::changes::Change;
use super::expected::Expected;
use super::future::FutureEvents;
use super::record::Record;
use super::risks::Struck;
use super::rules::Hits;
use super::streams::Streams;
use super::{Event, Kind, LOOK, WORK};
use crate::law::{Dist, Family};
use crate::model::{Counted, Draw, Hit, Model, SlotLaw, even};
use crate::stop::Stop;
use crate::streams::{Purpose, Who};
use crate::variates::normal;

#[derive(Clone, Debug)]
pub(super) struct Context<'m> {
    pub model: &'m Model,
    pub draw: Draw,
    pub streams: Streams,
    pub future: FutureEvents,
    pub now: f64,
    /// The state of tension, and since when.
    pub state: usize,
    pub state_since: f64,
    /// The mean of the present stay, as it was drawn.
    pub stay_mean: f64,
    /// By site: its announced hand-over.
    pub hand_overs: Vec<f64>,
    /// By risk.
    pub risks: Vec<Struck>,
    pub record: Record,
    /// What happened, kept only where it is asked for.
    pub log: Option<Vec<Event>>,
    /// What is to be expected beside it, kept only where means shall have less error.
    pub expected: Option<Box<Expected>>,
    /// What rules look back at.
    pub hits: Hits,
    /// Whether rules, the log or what is expected on the road want to know of every attack.
    pub watched: bool,
    /// Something has happened that a rule looks at which looks at once, or what comes next may be
    /// something else now.
    pub stirred: bool,
    pub watchdog: Watchdog,
    /// What has changed, and has not been handed on yet.
    pub changes: Vec<Change>,
}

/// When a trial looks whether it is to be given up.
#[derive(Clone, Debug)]
pub(super) struct Watchdog {
    /// Whether somebody wants it to be given up.
    pub stop: Stop,
    /// The number of attacks at which it looks at that, or at which it has all that it may have.
    pub look_at: u32,
    /// Steps within attacks since it last did.
    pub work: u32,
    /// What has happened besides attacks.
    pub events: u32,
}

impl<'m> Context<'m> {
    pub fn new(model: &'m Model, stop: Stop) -> Self {
        Context {
            model,
            draw: Draw::new(model),
            streams: Streams::default(),
            future: FutureEvents::new(model),
            now: 0.0,
            state: 0,
            state_since: 0.0,
            stay_mean: f64::INFINITY,
            hand_overs: model.hand_overs(),
            risks: Vec::new(),
            record: Record::new(model),
            log: None,
            expected: model.reduced.then(|| Box::new(Expected::new(model))),
            hits: Hits::new(model),
            watched: false,
            stirred: false,
            watchdog: Watchdog { stop, look_at: 0, work: 0, events: 0 },
            changes: Vec::new(),
        }
    }

    /// Begins a trial.
    pub fn begin(&mut self, seed: u64, index: u64) {
        self.draw.fill(self.model, seed, index);
        self.streams.reset(self.model, seed, index);
        self.future.clear();
        self.record.reset();
        (self.watchdog.look_at, self.watchdog.work, self.watchdog.events) = (LOOK, 0, 0);
        self.now = 0.0;
        self.risks.clear();
        self.changes.clear();
        self.stirred = false;
        let met =
            self.expected.is_some() && self.model.channels.iter().any(|one| one.on_leg.is_some());
        self.watched = self.log.is_some() || !self.model.rules.is_empty() || met;
    }

    /// Something has changed: whoever follows it will hear of it.
    #[inline]
    pub fn tell(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// So many steps within attacks have been done.
    #[inline]
    pub fn works(&mut self, steps: u32) {
        self.watchdog.work = self.watchdog.work.saturating_add(steps);
        if self.watchdog.work >= WORK {
            self.watchdog.look_at = self.record.attacks;
        }
    }

    /// Rules that look back will see this. Attacks call it in the loop that speed hangs on.
    #[inline(always)]
    pub fn see(&mut self, channel: usize, what: Counted, contingent: usize, count: u32) {
        self.stirred |= self.hits.alert;
        self.hits.enter(self.model, Hit { days: self.now, channel, what, contingent, count });
    }

    /// Draws a value of a law of which a trial draws one only: evenly over trials, where means shall
    /// have less error.
    pub fn once(&self, law: &SlotLaw, who: Who, purpose: Purpose) -> f64 {
        let values = &self.draw.values;
        match self.evenly(who, purpose) {
            Some(u) => Dist::Family(law.map(&mut |_, slot| slot.of(values))).at(u),
            None => law.sample(|slot| slot.of(values), &mut self.streams.once(who, purpose)),
        }
    }

    /// The same of a standard normal number.
    pub fn normal_once(&self, who: Who, purpose: Purpose) -> f64 {
        match self.evenly(who, purpose) {
            Some(u) => Dist::Family(Family::Normal { mean: 0.0, sd: 1.0 }).at(u),
            None => normal(&mut self.streams.once(who, purpose)),
        }
    }

    /// A number from 0 to 1, even over trials, where means shall have less error.
    fn evenly(&self, who: Who, purpose: Purpose) -> Option<f64> {
        let (seed, trial) = self.streams.origin();
        self.model.reduced.then(|| even(seed, trial, (who, purpose)))
    }

    pub fn note(&mut self, event: impl FnOnce(Event) -> Event, kind: Kind) {
        if let Some(log) = &mut self.log {
            log.push(event(Event::new(self.now, kind)));
        }
    }

    /// Working days so far.
    pub fn working(&self) -> f64 {
        self.model.blackouts.working(self.now)
    }
}
