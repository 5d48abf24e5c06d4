//! Strikes in answer to attacks, and what they do to those who attack.

use super::Threats;
use crate::measure::M;
use crate::process::shot_noise::{Deterrence, Memory};
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::{Event, Kind};

/// The most that provocation multiplies a background by.
const MOST: f64 = 3.0;

/// Strikes against one threat.
#[derive(Clone, Copy, Debug)]
pub struct Strikes {
    /// What the threat remembered of them, and when that was.
    memory: Memory,
    since: f64,
    effect: Deterrence,
    /// When the pending one was decided on.
    decided: f64,
}

impl Strikes {
    /// The factor on the background of the threat.
    fn factor(&self, now: f64) -> f64 {
        if self.memory.strikes == 0.0 || self.effect.per_strike == 0.0 {
            return 1.0;
        }
        self.effect.factor(self.memory.later(now - self.since))
    }
}

impl Threats {
    pub fn begin_strikes(&mut self, ctx: &mut Context<'_>) {
        let values = &ctx.draw.values;
        let now = ctx.model.now.as_ref();
        self.strikes.clear();
        self.strikes.extend(ctx.model.threats.iter().enumerate().map(|(k, threat)| {
            threat.retaliation.as_ref().map(|about| {
                let mut memory = Memory { strikes: 0.0, decay_days: about.memory_days.of(values) };
                for &days in now.and_then(|now| now.strikes.get(k)).into_iter().flatten() {
                    memory.add(-days);
                }
                Strikes {
                    memory,
                    since: 0.0,
                    effect: Deterrence { per_strike: about.deterrence.of(values), at_most: MOST },
                    decided: 0.0,
                }
            })
        }));
    }

    /// An attack of a threat has wounded or killed: perhaps a strike will answer it, unless one
    /// is pending.
    pub fn answer(&mut self, ctx: &mut Context<'_>, threat: usize, killed: u32) {
        let model = ctx.model;
        let Some(about) = &model.threats[threat].retaliation else { return };
        if ctx.future.time(Due::Strike(threat)) < f64::INFINITY {
            return;
        }
        let values = &ctx.draw.values;
        let chance = if killed > 0 { about.after_killed } else { about.after_wounded };
        let stream = ctx.streams.strikes(model, threat);
        if stream.uniform() < chance.of(values) {
            let delay = about.delay.sample(|slot| slot.of(values), stream);
            ctx.future.set(Due::Strike(threat), ctx.now + delay);
            if let Some(strikes) = &mut self.strikes[threat] {
                strikes.decided = ctx.now;
            }
        }
    }

    /// Draws the delays of pending strikes anew, given that they have lasted until now.
    pub fn renew_strikes(&mut self, ctx: &mut Context<'_>) {
        let model = ctx.model;
        for (threat, about) in model.threats.iter().enumerate() {
            let (Some(about), Some(strikes)) = (&about.retaliation, self.strikes[threat]) else {
                continue;
            };
            if ctx.future.time(Due::Strike(threat)) == f64::INFINITY {
                continue;
            }
            let (values, age) = (&ctx.draw.values, ctx.now - strikes.decided);
            let stream = ctx.streams.strikes(model, threat);
            if let Some(delay) = about.delay.sample_from(age, |slot| slot.of(values), stream) {
                ctx.future.set(Due::Strike(threat), strikes.decided + delay.max(age));
            }
        }
    }

    pub fn strike(&mut self, ctx: &mut Context<'_>, threat: usize) {
        let model = ctx.model;
        ctx.future.set(Due::Strike(threat), f64::INFINITY);
        let (Some(about), Some(state)) =
            (&model.threats[threat].retaliation, &mut self.strikes[threat])
        else {
            return;
        };
        state.memory = state.memory.later(ctx.now - state.since);
        state.memory.strikes += 1.0;
        state.since = ctx.now;
        let chance = about.coordinated.of(&ctx.draw.values);
        let coordinated = ctx.streams.strikes(model, threat).uniform() < chance;
        ctx.record.add(M::Strikes, 0, 1.0);
        ctx.record.add(M::ThreatStrikes, threat, 1.0);
        ctx.note(|event| Event { threat: Some(threat), ..event }, Kind::Strike);
        ctx.tell(Change::Struck(coordinated));
    }

    /// What strikes multiply the background of a threat by now.
    pub fn strikes_factor(&self, now: f64, threat: usize) -> f64 {
        self.strikes[threat].as_ref().map_or(1.0, |strikes| strikes.factor(now))
    }

    /// The most that strikes may multiply the background of a threat by until the next one: where
    /// they provoke, what they do now, for that fades; where they deter, nothing.
    pub fn strikes_bound(&self, now: f64, threat: usize) -> f64 {
        match &self.strikes[threat] {
            Some(strikes) if strikes.effect.per_strike < 0.0 => strikes.factor(now),
            _ => 1.0,
        }
    }
}
