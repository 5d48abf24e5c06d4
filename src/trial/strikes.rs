//! Strikes in answer to attacks, and what they do to those who attack.

use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::process::shot_noise::{Deterrence, Memory};

/// The most that provocation multiplies a background by.
const MOST: f64 = 3.0;

/// Strikes against one threat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strikes {
    /// What the threat remembered of them, and when that was.
    memory: Memory,
    since: f64,
    effect: Deterrence,
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

impl Trial<'_> {
    pub(super) fn begin_strikes(&mut self) {
        let values = &self.draw.values;
        self.strikes.clear();
        self.strikes.extend(self.model.threats.iter().map(|threat| {
            threat.retaliation.as_ref().map(|about| Strikes {
                memory: Memory { strikes: 0.0, decay_days: about.memory_days.of(values) },
                since: 0.0,
                effect: Deterrence { per_strike: about.deterrence.of(values), at_most: MOST },
            })
        }));
    }

    /// An attack of a threat has wounded or killed: perhaps a strike will answer it, unless one
    /// is pending.
    pub(super) fn answer(&mut self, threat: usize, killed: u32) {
        let model = self.model;
        let Some(about) = &model.threats[threat].retaliation else { return };
        if self.agenda.time(Due::Strike(threat)) < f64::INFINITY {
            return;
        }
        let values = &self.draw.values;
        let chance = if killed > 0 { about.after_killed } else { about.after_wounded };
        let stream = self.luck.strikes(model, threat);
        if stream.uniform() < chance.of(values) {
            let delay = about.delay.sample(|slot| slot.of(values), stream);
            self.agenda.set(Due::Strike(threat), self.now + delay);
        }
    }

    pub(super) fn strike(&mut self, threat: usize) {
        let model = self.model;
        self.agenda.set(Due::Strike(threat), f64::INFINITY);
        let (Some(about), Some(state)) =
            (&model.threats[threat].retaliation, &mut self.strikes[threat])
        else {
            return;
        };
        state.memory = state.memory.later(self.now - state.since);
        state.memory.strikes += 1.0;
        state.since = self.now;
        let chance = about.coordinated.of(&self.draw.values);
        let coordinated = self.luck.strikes(model, threat).uniform() < chance;
        self.record.add(M::Strikes, 0, 1.0);
        self.record.add(M::ThreatStrikes, threat, 1.0);
        self.note(|event| Event { threat: Some(threat), ..event }, Kind::Strike);
        if !coordinated {
            self.offend_host();
        }
        self.shift();
        self.stirred = true;
    }

    /// What strikes multiply the background of a threat by now.
    pub(super) fn strikes_factor(&self, threat: usize) -> f64 {
        self.strikes[threat].as_ref().map_or(1.0, |strikes| strikes.factor(self.now))
    }

    /// The most that strikes may multiply the background of a threat by until the next one: where
    /// they provoke, what they do now, for that fades; where they deter, nothing.
    pub(super) fn strikes_bound(&self, threat: usize) -> f64 {
        match &self.strikes[threat] {
            Some(strikes) if strikes.effect.per_strike < 0.0 => strikes.factor(self.now),
            _ => 1.0,
        }
    }
}
