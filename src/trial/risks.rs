//! Risks: whether and when they happen.

use super::changes::Change;
use super::context::Context;
use super::future::Due;
use super::spells::Spell;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::{Effect, has_come};
use crate::streams::{Purpose, Stream};

/// A risk that fits what is known of it is looked for so often; then it stays as it was drawn.
const MOST_TRIES: usize = 1_000;

/// A risk in a trial.
#[derive(Clone, Copy, Debug)]
pub(super) struct Struck {
    /// When it happens: never, if it does not.
    days: f64,
    /// Whether it has. Of those of one instant, one happens after the other.
    pub happened: bool,
}

/// Draws for each risk when it happens: never, if it does not.
pub(super) fn begin(ctx: &mut Context<'_>) {
    for risk in 0..ctx.model.risks.len() {
        let days = draw(ctx, risk, &mut ctx.streams.once(ctx.model.risks[risk].who, Purpose::Risk));
        ctx.risks.push(Struck { days, happened: false });
        ctx.future.set(Due::Risk(risk), days);
    }
}

/// When it happens, as if nothing were known.
fn draw(ctx: &Context<'_>, risk: usize, stream: &mut Stream) -> f64 {
    let (about, values) = (&ctx.model.risks[risk], &ctx.draw.values);
    let happens = stream.uniform() < about.probability(values);
    let delay = about.delay.sample(|slot| slot.of(values), stream);
    if happens { about.days + delay } else { f64::INFINITY }
}

/// Draws the risks anew that have not happened, given that.
pub(super) fn renew(ctx: &mut Context<'_>) {
    for (risk, about) in ctx.model.risks.iter().enumerate() {
        if ctx.risks[risk].happened {
            continue;
        }
        let mut stream = ctx.streams.once(about.who, Purpose::Risk);
        let tries = std::iter::repeat_with(|| draw(ctx, risk, &mut stream));
        let mut fitting = tries.take(MOST_TRIES).filter(|days| has_come(ctx.now, *days));
        if let Some(days) = fitting.next() {
            ctx.risks[risk].days = days;
            ctx.future.set(Due::Risk(risk), days);
        }
    }
}

pub(super) fn happen(ctx: &mut Context<'_>, risk: usize) {
    ctx.future.set(Due::Risk(risk), f64::INFINITY);
    ctx.risks[risk].happened = true;
    ctx.record.set(M::RiskHappened, risk, 1.0);
    ctx.record.set(M::RiskDays, risk, ctx.now);
    ctx.note(|event| Event { risk: Some(risk), ..event }, Kind::RiskHappened);
    ctx.tell(Change::RiskHappened);
}

impl Context<'_> {
    /// While what a risk does to rates acts.
    pub fn struck(&self, risk: usize) -> Spell {
        Spell { from: self.risks[risk].days, until: f64::INFINITY }
    }

    /// What risks that have happened do to a number of days: a factor, and what is added then.
    pub fn stretched(&self, effects: &[Effect]) -> (f64, f64) {
        let values = &self.draw.values;
        // What is there from the start acts on what starts with it.
        let at_work =
            effects.iter().filter(|effect| has_come(self.risks[effect.risk].days, self.now));
        at_work.fold((1.0, 0.0), |(factor, added), effect| {
            (factor * effect.factor(values), added + effect.added_days(values))
        })
    }
}
