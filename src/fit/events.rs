//! The likelihood of a log of attacks under states of tension that are known: exact, and as much
//! work as there are attacks.
//!
//! At t the rate is b(s(t)) + sum over attacks before t of (children / decay) e^(-(t - t(j)) / decay):
//! the sum is carried from attack to attack (Ozaki 1979, Annals of the Institute of Statistical
//! Mathematics 31:145).

use super::kinds::presence;
use crate::error::{Error, Result};
use crate::law::{Dist, Family};
use crate::model::{Draw, Model};

/// Attacks of one threat, one by one, over a time in which every one would have been seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// The threat.
    pub threat: String,
    /// Where the time begins and ends, in days from the start of the scenario.
    pub from_days: f64,
    /// See `from_days`.
    pub to_days: f64,
    /// The attacks, in order, in days from the start.
    pub days: Vec<f64>,
    /// The states of tension, each from a day on; the first from `from_days` or before. Those that
    /// were over before that, or begin after `to_days`, say nothing of the log; the one that holds at
    /// `from_days` counts as if it had begun then.
    pub states: Vec<(f64, String)>,
}

/// A log with ids resolved.
#[derive(Clone, Debug)]
pub(super) struct Events {
    threat: usize,
    log: Log,
    /// Days from the beginning of the log, and states.
    states: Vec<(f64, usize)>,
    days: Vec<f64>,
}

impl Events {
    pub fn new(model: &Model, log: &Log) -> Result<Self> {
        let find = |ids: &[String], what: &str, id: &String| {
            let place = ids.iter().position(|known| known == id);
            place.ok_or_else(|| format!("no {what} `{id}`; there are {}", ids.join(", ")))
        };
        let fault = |what: String| Err(Error::Usage(format!("the log of attacks: {what}")));
        let threat = match find(&model.names.threats, "threat", &log.threat) {
            Ok(threat) => threat,
            Err(what) => return fault(what),
        };
        let mut states = Vec::new();
        for (k, (from, state)) in log.states.iter().enumerate() {
            // What was over before the time of the log, or began after it, is none of its business.
            let over = log.states.get(k + 1).is_some_and(|(next, _)| *next <= log.from_days);
            match find(&model.names.states, "state", state) {
                Ok(_) if over || *from >= log.to_days => {}
                Ok(state) => states.push(((from - log.from_days).max(0.0), state)),
                Err(what) => return fault(what),
            }
        }
        let in_order = |days: &[f64]| days.windows(2).all(|pair| pair[0] <= pair[1]);
        let begins: Vec<f64> = log.states.iter().map(|(from, _)| *from).collect();
        if log.from_days >= log.to_days || !in_order(&begins) || !in_order(&log.days) {
            return fault("its days are not in order".into());
        }
        if begins.first().is_none_or(|first| *first > log.from_days) {
            return fault("no state is known on its first day".into());
        }
        if log.days.iter().any(|day| *day < log.from_days || *day > log.to_days) {
            return fault("an attack lies outside its window".into());
        }
        let across = model.threats[threat]
            .channels
            .clone()
            .any(|k| model.channels[k].causes.len() > 1 || model.channels[k].caused_by.len() > 1);
        if across {
            return fault("attacks cause others elsewhere: fit it by simulation".into());
        }
        let days = log.days.iter().map(|day| day - log.from_days).collect();
        Ok(Events { threat, log: log.clone(), states, days })
    }

    /// The logarithm of the likelihood of attacks and of the path of the states; minus infinity where
    /// attacks come in batches.
    pub fn log_likelihood(&self, model: &Model, draw: &Draw) -> f64 {
        let values = &draw.values;
        let threat = &model.threats[self.threat];
        if threat.batch_mean.of(values) > 1.0 {
            return f64::NEG_INFINITY;
        }
        let rate = |state: usize| -> f64 {
            let channels = threat.channels.clone();
            channels
                .map(|k| draw.background[k * model.states() + state] * presence(model, draw, k))
                .sum()
        };
        let background: Vec<(f64, f64)> =
            self.states.iter().map(|(from, state)| (*from, rate(*state))).collect();
        let channel = &model.channels[threat.channels.start];
        let children = channel.causes.first().map_or(0.0, |(_, mean)| mean.of(values));
        let decay = threat.decay.map_or(1.0, |decay| decay.of(values));
        // On average, if the first state has lasted.
        let before =
            if threat.steady { children * background[0].1 / (1.0 - children) } else { 0.0 };
        let until = self.log.to_days - self.log.from_days;
        let attacks = attacks(&self.days, until, &background, children, decay, before);
        attacks + self.path(model, draw, until)
    }

    /// The logarithm of the density of the stays in the states and of the moves between them.
    fn path(&self, model: &Model, draw: &Draw, until: f64) -> f64 {
        let values = &draw.values;
        let mut sum = 0.0;
        for (k, (from, state)) in self.states.iter().enumerate() {
            let about = &model.tension.states[*state];
            if about.next.is_empty() {
                continue;
            }
            let law = about.mean_days.map(&mut |_, slot| slot.of(values));
            let end = self.states.get(k + 1).map_or(until, |(from, _)| from.min(until));
            let parts = super::states::stays(&law);
            let Some((_, next)) = self.states.get(k + 1).filter(|(from, _)| *from < until) else {
                let over = parts.iter().map(|(w, mean)| w * libm::exp(-(end - from) / mean));
                sum += libm::log(over.sum());
                continue;
            };
            let density = parts.iter().map(|(w, mean)| w / mean * libm::exp(-(end - from) / mean));
            let weights: f64 = about.next.iter().map(|(_, weight)| weight.of(values)).sum();
            let to = about.next.iter().filter(|(to, _)| to == next);
            let chance: f64 = to.map(|(_, weight)| weight.of(values)).sum::<f64>() / weights;
            sum += libm::log(density.sum::<f64>() * chance);
        }
        sum
    }
}

/// The logarithm of the likelihood of attacks at `days` until a day, with a background that changes
/// at given days, where each attack causes `children` more after `decay` days on average. `before` is
/// the rate of caused attacks at the beginning.
fn attacks(
    days: &[f64],
    until: f64,
    background: &[(f64, f64)],
    children: f64,
    decay: f64,
    before: f64,
) -> f64 {
    let mut sum = 0.0;
    let (mut caused, mut now, mut piece) = (before, 0.0, 0);
    for day in days {
        caused *= libm::exp(-(day - now) / decay);
        now = *day;
        while background.get(piece + 1).is_some_and(|(from, _)| *from <= now) {
            piece += 1;
        }
        sum += libm::log(background[piece].1 + caused);
        caused += children / decay;
    }
    let ends = background.iter().skip(1).map(|(from, _)| from.min(until)).chain([until]);
    for ((from, rate), end) in background.iter().zip(ends) {
        sum -= rate * (end - from).max(0.0);
    }
    let gone = |day: f64| -libm::expm1(-(until - day) / decay);
    sum - before * decay * gone(0.0) - children * days.iter().map(|day| gone(*day)).sum::<f64>()
}

/// How long phases take, by the announced time.
#[derive(Clone, Debug, PartialEq)]
pub struct Execution {
    /// The phase.
    pub phase: String,
    /// Days that it has moved, all told.
    pub days: f64,
    /// Whether it is done; else it has taken so long already.
    pub done: bool,
}

impl Execution {
    /// The place of the phase.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no such phase, [`Error::Usage`] if days are not above 0.
    pub(super) fn phase(&self, model: &Model) -> Result<usize> {
        let phases = &model.names.phases;
        if self.days.is_nan() || self.days <= 0.0 {
            let what = format!("phase `{}` has taken {} days", self.phase, self.days);
            return Err(Error::Usage(what));
        }
        phases
            .iter()
            .position(|id| *id == self.phase)
            .ok_or_else(|| Error::unknown("phase", &self.phase, phases))
    }

    /// The logarithm of the probability of so many days, give or take half a day, or of more.
    pub(super) fn log_likelihood(&self, model: &Model, draw: &Draw, phase: usize) -> f64 {
        let about = &model.phases[phase];
        let law: Family<f64> = about.ratio.map(&mut |_, slot| slot.of(&draw.values));
        let law = Dist::Family(law);
        let below = |days: f64| law.cdf(days / about.announced_days);
        let chance = match self.done {
            true => below(self.days + 0.5) - below(self.days - 0.5),
            false => 1.0 - below(self.days),
        };
        libm::log(chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Stream;
    use crate::variates::exponential;
    use crate::variates::testing::stream;

    #[test]
    fn row_33() {
        let days = [1.0, 2.5, 4.0, 10.0, 11.0, 30.0, 250.0, 601.0, 1500.0, 1501.5];
        let pieces = [(0.0, 0.2), (200.0, 0.6), (600.0, 0.1), (1000.0, 0.3)];
        let found = attacks(&days, 2_000.0, &pieces, 0.4, 5.0, 0.0);
        assert!((found + 637.317_070_682_1).abs() < 1e-9, "{found}");
    }

    /// Attacks of two states without contagion, 200 days each in turn.
    fn two_states(stream: &mut Stream) -> Vec<f64> {
        let (mut days, mut now) = (Vec::new(), 0.0);
        while now < 2_000.0 {
            let rate = if (now as u32 / 200).is_multiple_of(2) { 0.05 } else { 1.6 };
            // What is drawn beyond the end of a state is drawn anew there.
            let next = now + exponential(stream) / rate;
            let end = (f64::from(now as u32 / 200) + 1.0) * 200.0;
            now = next.min(end);
            if next < end {
                days.push(now);
            }
        }
        days
    }

    #[test]
    fn row_34_states_look_like_contagion_to_a_constant_background() {
        let mut stream = stream("row 34");
        // The best of a grid, with the background that explains the mean.
        let best = |days: &[f64], pieces: &dyn Fn(f64) -> Vec<(f64, f64)>| -> f64 {
            let mut best = (f64::NEG_INFINITY, 0.0);
            for children in (0..50).map(|k| 0.02 * f64::from(k)) {
                for decay in [0.5, 2.0, 8.0, 32.0] {
                    let log = attacks(days, 2_000.0, &pieces(children), children, decay, 0.0);
                    best = if log > best.0 { (log, children) } else { best };
                }
            }
            best.1
        };
        let by_state = |children: f64| {
            let rate = |k: u32| if k.is_multiple_of(2) { 0.05 } else { 1.6 };
            (0..10).map(|k| (200.0 * f64::from(k), rate(k) * (1.0 - children))).collect()
        };
        let found = (0..9).map(|_| {
            let days = two_states(&mut stream);
            let mean = days.len() as f64 / 2_000.0;
            let constant = best(&days, &|children| vec![(0.0, mean * (1.0 - children))]);
            [constant, best(&days, &by_state)]
        });
        let found: Vec<[f64; 2]> = found.collect();
        let median = |k: usize| {
            let mut each: Vec<f64> = found.iter().map(|pair| pair[k]).collect();
            each.sort_by(f64::total_cmp);
            each[4]
        };
        let [constant, by_state] = [median(0), median(1)];
        assert!(constant > 0.7, "{constant}");
        assert!(by_state < 0.1, "{by_state}");
    }
}
