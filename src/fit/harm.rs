//! The likelihood of what single attacks did.
//!
//! An attack has a geometric number of projectiles, each of which is stopped with a chance that is
//! drawn for all of them, harms nobody or harms a number with a law of its own: the generating function
//! of the number harmed follows, and its coefficients are the probabilities. Each who is harmed is
//! killed with the killed share. That nobody can be harmed twice in an attack is left out.

use super::circle::{Circle, Reader};
use super::clusters::{Complex, divided, times};
use crate::error::{Error, Result};
use crate::law::{Dist, Family};
use crate::model::{Draw, Model};
use crate::process::severity::Severity;

/// A chance of interception stands for so many of its quantiles.
const QUANTILES: usize = 40;

/// What an attack did.
#[derive(Clone, Debug, PartialEq)]
pub struct Harmed {
    /// By which threat.
    pub threat: String,
    /// On which site; None: not known, and any is as good, by its weight in the state of the start.
    pub site: Option<String>,
    /// People wounded.
    pub wounded: u32,
    /// People killed.
    pub killed: u32,
}

/// Attacks on one channel.
#[derive(Clone, Debug)]
pub(super) struct Harm {
    channels: Vec<usize>,
    /// Numbers harmed, and how many attacks did so.
    harmed: Vec<(u32, f64)>,
    readers: Vec<Circle>,
    points: Vec<Complex>,
    all: f64,
    killed: f64,
}

impl Harm {
    /// The attacks, by threat and site.
    pub fn new(model: &Model, attacks: &[Harmed]) -> Result<Vec<Self>> {
        let mut faults = Vec::new();
        let mut found: Vec<(Vec<usize>, Vec<&Harmed>)> = Vec::new();
        for attack in attacks {
            let of = |k: &usize| {
                let channel = &model.channels[*k];
                model.names.threats[channel.threat] == attack.threat
                    && attack.site.as_ref().is_none_or(|id| model.names.sites[channel.site] == *id)
            };
            let channels: Vec<usize> = (0..model.channels.len()).filter(of).collect();
            if channels.is_empty() {
                let site = attack.site.as_deref().unwrap_or("any site");
                let what = format!("threat `{}` does not attack {site}", attack.threat);
                if !faults.contains(&what) {
                    faults.push(what);
                }
            }
            match found.iter_mut().find(|(known, _)| *known == channels) {
                Some((_, attacks)) => attacks.push(attack),
                None => found.push((channels, vec![attack])),
            }
        }
        if !faults.is_empty() {
            return Err(Error::Usage(faults.join("\n")));
        }
        Ok(found.into_iter().map(|(channels, attacks)| Harm::of(channels, &attacks)).collect())
    }

    fn of(channels: Vec<usize>, attacks: &[&Harmed]) -> Self {
        let mut harmed: Vec<(u32, f64)> = Vec::new();
        let (mut all, mut killed) = (0.0, 0.0);
        for attack in attacks {
            let number = attack.wounded + attack.killed;
            (all, killed) = (all + f64::from(number), killed + f64::from(attack.killed));
            match harmed.iter_mut().find(|(known, _)| *known == number) {
                Some((_, times)) => *times += 1.0,
                None => harmed.push((number, 1.0)),
            }
        }
        let most = harmed.iter().map(|(number, _)| *number).max().unwrap_or(0);
        // Of the same circle for all.
        let circle = |number: u32| Reader::circle(number, 2 * most as usize + 8);
        let readers: Vec<Circle> = harmed.iter().map(|(number, _)| circle(*number)).collect();
        let points = readers.first().map_or(Vec::new(), |reader| reader.points.clone());
        Harm { channels, harmed, readers, points, all, killed }
    }

    /// The logarithm of the likelihood.
    pub fn log_likelihood(&self, model: &Model, draw: &Draw) -> f64 {
        let values = &draw.values;
        // In the state of the start: where the site is not known, nor is the state.
        let state = model.tension.start;
        let weight = |k: &usize| model.channels[*k].weights[state].of(values);
        let weights: f64 = self.channels.iter().map(weight).sum();
        let mut sums = vec![(0.0, 0.0); self.points.len()];
        for k in &self.channels {
            let part = weight(k) / weights;
            for (sum, value) in sums.iter_mut().zip(self.generating(model, draw, *k)) {
                *sum = (sum.0 + part * value.0, sum.1 + part * value.1);
            }
        }
        let mut log = 0.0;
        for ((_, times), reader) in self.harmed.iter().zip(&self.readers) {
            let each = sums.iter().zip(&reader.weights);
            let chance: f64 = each.map(|(f, w)| f.0 * w.0 - f.1 * w.1).sum();
            log += times * libm::log(chance.max(0.0));
        }
        let threat = &model.threats[model.channels[self.channels[0]].threat];
        let share = threat.arms[threat.arms_in[state]].killed_share.of(values);
        let of = |times: f64, share: f64| if times > 0.0 { times * libm::log(share) } else { 0.0 };
        log + of(self.killed, share) + of(self.all - self.killed, 1.0 - share)
    }

    /// The generating function of the number that an attack on a channel harms, at the points.
    fn generating(&self, model: &Model, draw: &Draw, channel: usize) -> Vec<Complex> {
        let values = &draw.values;
        let channel = &model.channels[channel];
        let threat = &model.threats[channel.threat];
        let arms = &threat.arms[threat.arms_in[model.tension.start]];
        let contingents = model.contingents();
        let people = &model.garrison[channel.site * contingents..][..contingents];
        let cap = people.iter().sum::<u32>().max(1);
        let severity = Severity::new(arms.scale.of(values), arms.shape.of(values));
        let spared = arms.no_casualty.of(values);
        let shares: f64 = arms.weapons.iter().map(|(share, _)| share.of(values)).sum();
        let defended = cap >= model.sites[channel.site].needs_people;
        let stopped = channel.intercept[usize::from(defended)].iter().map(|law| {
            let law: Family<f64> = law.map(&mut |_, slot| slot.of(values));
            let law = Dist::Family(law);
            let share = |k: usize| law.quantile((k as f64 + 0.5) / QUANTILES as f64);
            (0..QUANTILES).map(share).collect::<Vec<f64>>()
        });
        let stopped: Vec<Vec<f64>> = stopped.collect();
        let law = severity.law(cap);
        let value = |z: &Complex| {
            // Of one projectile that gets through.
            let harmed = law.iter().rev().fold((0.0, 0.0), |sum, share| {
                let next = times(sum, *z);
                (next.0 + share, next.1)
            });
            let harmed = times(harmed, *z);
            let through = (spared + (1.0 - spared) * harmed.0, (1.0 - spared) * harmed.1);
            let mut sum = (0.0, 0.0);
            for ((share, salvo), chances) in arms.weapons.iter().zip(&stopped) {
                let mean = salvo.of(values);
                for chance in chances {
                    let left = 1.0 - chance;
                    let one = (chance + left * through.0, left * through.1);
                    let below = (mean - (mean - 1.0) * one.0, -(mean - 1.0) * one.1);
                    let salvo = divided(one, below);
                    let part = share.of(values) / shares / QUANTILES as f64;
                    sum = (sum.0 + part * salvo.0, sum.1 + part * salvo.1);
                }
            }
            sum
        };
        if arms.weapons.is_empty() {
            return vec![(1.0, 0.0); self.points.len()];
        }
        self.points.iter().map(value).collect()
    }
}
