//! What moves the rates of threats in the course of time, whatever anybody does: ceasefires, drawn at the
//! beginning, and drifts, drawn from week to week.

use crate::model::{Drift, SlotLaw};
use crate::process::walk::Walk;
use crate::streams::{Purpose, Stream};
use crate::trial::context::Context;
use crate::trial::spells::Spell;
use crate::variates::normal;

/// Days from one step of a drift to the next.
const STEP: f64 = 7.0;

#[derive(Clone, Debug, Default)]
pub struct Courses {
    /// As in the model.
    pub ceasefires: Vec<Spell>,
    pub drifts: Vec<Drifting>,
}

/// A drift in a trial.
#[derive(Clone, Debug)]
pub struct Drifting {
    stream: Stream,
    walk: Walk,
    pub factor: f64,
    /// Until when that is the factor.
    pub until: f64,
}

impl Courses {
    pub fn begin(&mut self, ctx: &Context<'_>) {
        let (about, values) = (&ctx.model.courses, &ctx.draw.values);
        self.ceasefires.clear();
        self.ceasefires.extend(about.ceasefires.iter().map(|one| {
            let mut stream = ctx.streams.once(one.who, Purpose::Ceasefire);
            let from = one.days + one.delay.sample(|slot| slot.of(values), &mut stream);
            let days = one.duration.as_ref();
            let days = days.map(|law| law.sample(|slot| slot.of(values), &mut stream));
            Spell { from, until: from + days.unwrap_or(f64::INFINITY) }
        }));
        self.drifts.clear();
        self.drifts.extend(about.drifts.iter().map(|one| Drifting::new(ctx, one)));
    }

    /// Draws anew when ceasefires begin and end that have not, given that, and where drifts go.
    pub fn renew(&mut self, ctx: &Context<'_>) {
        let (about, values) = (&ctx.model.courses, &ctx.draw.values);
        for (one, spell) in about.ceasefires.iter().zip(&mut self.ceasefires) {
            if spell.until < ctx.now {
                continue;
            }
            let mut stream = ctx.streams.once(one.who, Purpose::Ceasefire);
            let mut given =
                |law: &SlotLaw, age: f64| law.sample_from(age, |slot| slot.of(values), &mut stream);
            if spell.from >= ctx.now
                && let Some(delay) = given(&one.delay, ctx.now - one.days)
            {
                spell.from = (one.days + delay).max(ctx.now);
            }
            let so_far = (ctx.now - spell.from).max(0.0);
            if let Some(days) = one.duration.as_ref().and_then(|law| given(law, so_far)) {
                spell.until = (spell.from + days).max(ctx.now);
            }
        }
        for (one, drift) in about.drifts.iter().zip(&mut self.drifts) {
            drift.stream = ctx.streams.once(one.who, Purpose::Drift);
        }
    }

    /// Time has passed.
    pub fn go_on(&mut self, now: f64) {
        self.drifts.iter_mut().for_each(|drift| drift.go_on(now));
    }
}

impl Drifting {
    fn new(ctx: &Context<'_>, about: &Drift) -> Self {
        let values = &ctx.draw.values;
        let half_life = about.half_life_days.map(|days| days.of(values) / STEP);
        let mut stream = ctx.streams.once(about.who, Purpose::Drift);
        let mut walk = Walk::new(about.sd_per_week.of(values), half_life);
        if about.steady {
            walk = walk.in_the_long_run(normal(&mut stream));
        }
        Drifting { stream, walk, factor: walk.factor(), until: STEP }
    }

    fn go_on(&mut self, now: f64) {
        while self.until <= now {
            self.walk = self.walk.later(normal(&mut self.stream));
            self.factor = self.walk.factor();
            self.until += STEP;
        }
    }
}
