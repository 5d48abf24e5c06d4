//! The regional tension: a chain of states with random stays. Nothing in the plan moves it.

use super::changes::Change;
use super::context::Context;
use super::future::Due;
use super::{Event, Kind};
use crate::law::Dist;
use crate::measure::M;
use crate::process::chain;

pub(super) fn begin(ctx: &mut Context<'_>) {
    ctx.state = ctx.model.tension.start;
    ctx.state_since = 0.0;
    ctx.record.state(ctx.state);
    match &ctx.model.now {
        Some(now) if now.tension_days > 0.0 => stay_on(ctx, now.tension_days),
        _ => stay(ctx),
    }
}

/// Draws how much longer the first state lasts, which has lasted for so many days already.
fn stay_on(ctx: &mut Context<'_>, age: f64) {
    let state = &ctx.model.tension.states[ctx.state];
    if state.next.is_empty() {
        return ctx.future.set(Due::Tension, f64::INFINITY);
    }
    let values = &ctx.draw.values;
    let law = Dist::Family(state.mean_days.map(&mut |_, slot| slot.of(values)));
    let stream = ctx.streams.tension(ctx.model);
    let mean = chain::mean_given_age(&law, age, stream);
    ctx.future.set(Due::Tension, ctx.now + chain::stay(mean, stream));
    ctx.stay_mean = mean;
}

/// Draws how long the present state lasts.
fn stay(ctx: &mut Context<'_>) {
    let state = &ctx.model.tension.states[ctx.state];
    if state.next.is_empty() {
        return ctx.future.set(Due::Tension, f64::INFINITY);
    }
    let values = &ctx.draw.values;
    let stream = ctx.streams.tension(ctx.model);
    let mean = state.mean_days.sample(|slot| slot.of(values), stream);
    ctx.future.set(Due::Tension, ctx.now + chain::stay(mean, stream));
    ctx.stay_mean = mean;
}

/// Draws anew how much longer the present stay lasts, which its age does not change.
pub(super) fn renew(ctx: &mut Context<'_>) {
    if ctx.future.time(Due::Tension) < f64::INFINITY {
        let rest = chain::stay(ctx.stay_mean, ctx.streams.tension(ctx.model));
        ctx.future.set(Due::Tension, ctx.now + rest);
    }
}

pub(super) fn change(ctx: &mut Context<'_>) {
    let next = &ctx.model.tension.states[ctx.state].next;
    let values = &ctx.draw.values;
    let weights = next.iter().map(|(_, weight)| weight.of(values));
    let (state, _) = next[chain::next(weights, ctx.streams.tension(ctx.model))];
    end(ctx);
    let before = std::mem::replace(&mut ctx.state, state);
    ctx.state_since = ctx.now;
    ctx.record.state(state);
    ctx.note(|event| Event { state: Some(state), ..event }, Kind::Tension);
    ctx.tell(Change::Tension(before));
    stay(ctx);
}

/// Writes down how long the present state has lasted.
pub(super) fn end(ctx: &mut Context<'_>) {
    ctx.record.add(M::StateDays, ctx.state, ctx.now - ctx.state_since);
    if let Some(expected) = &mut ctx.expected {
        expected.stayed(ctx.state, ctx.state_since, ctx.now);
    }
}
