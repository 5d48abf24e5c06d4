//! The kinds of clusters that attacks come in, and how many of each begin in a state.

use super::clusters::{Cluster, Complex, poisson};
use crate::model::{Draw, Model};
use crate::streams::Stream;

/// Steps until the generating functions of clusters across channels stand.
const GENERATIONS: usize = 5_000;

/// The channels whose attacks a count counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Selection {
    pub channels: Vec<bool>,
    /// Background arrivals by kind of cluster and state of the tension, of one draw.
    pub rates: Vec<f64>,
}

/// Kinds of clusters of one draw.
#[derive(Clone, Debug, Default)]
pub(super) enum Kinds {
    /// Attacks cause others in their own channel only: one kind for each threat.
    #[default]
    None,
    Alone(Vec<Cluster>),
    /// One for each channel: mean batches, and the mean numbers of arrivals that an attack causes.
    Across(Vec<f64>, Vec<Vec<(usize, f64)>>),
}

impl Kinds {
    pub fn fill(&mut self, model: &Model, draw: &Draw) {
        let values = &draw.values;
        let batch = |threat: usize| model.threats[threat].batch_mean.of(values);
        let alone = model.channels.iter().enumerate().all(|(k, channel)| {
            channel.causes.iter().all(|(to, mean)| *to == k || mean.of(values) == 0.0)
        });
        if alone {
            let children = |threat: &crate::model::Threat| {
                let channel = &model.channels[threat.channels.start];
                channel.causes.first().map_or(0.0, |(_, mean)| mean.of(values))
            };
            let each = model.threats.iter().enumerate();
            let each = each.map(|(k, threat)| Cluster {
                batch: batch(k),
                children: if threat.channels.is_empty() { 0.0 } else { children(threat) },
            });
            *self = Kinds::Alone(each.collect());
            return;
        }
        let channels = model.channels.iter();
        let causes = channels.clone().map(|channel| {
            let arrivals = |(to, mean): &(usize, crate::model::Slot)| {
                (*to, mean.of(values) / batch(model.channels[*to].threat))
            };
            channel.causes.iter().map(arrivals).collect()
        });
        *self = Kinds::Across(channels.map(|c| batch(c.threat)).collect(), causes.collect());
    }

    pub fn count(&self) -> usize {
        match self {
            Kinds::None => 1,
            Kinds::Alone(clusters) => clusters.len().max(1),
            Kinds::Across(batches, _) => batches.len().max(1),
        }
    }

    /// Sums up the background of the channels that begin clusters of each kind. Of clusters that
    /// stay in their channel those count that are counted; of others all.
    pub fn rates(&self, model: &Model, draw: &Draw, selection: &mut Selection) {
        let states = model.states();
        let Selection { channels, rates } = selection;
        rates.clear();
        rates.resize(self.count() * states, 0.0);
        for (k, channel) in model.channels.iter().enumerate() {
            let kind = match self {
                Kinds::Across(..) => k,
                _ if channels[k] => channel.threat,
                _ => continue,
            };
            let presence = presence(model, draw, k);
            let background = &draw.background[k * states..][..states];
            for (sum, rate) in rates[kind * states..][..states].iter_mut().zip(background) {
                *sum += rate * presence;
            }
        }
    }

    /// The sum of b (G(z) - 1) over kinds, by state of the tension.
    pub fn rates_at(&self, z: Complex, selection: &Selection, sums: &mut [Complex]) {
        sums.fill((0.0, 0.0));
        let states = sums.len();
        let mut add = |kind: usize, g: Complex| {
            for (sum, rate) in sums.iter_mut().zip(&selection.rates[kind * states..]) {
                *sum = (sum.0 + rate * (g.0 - 1.0), sum.1 + rate * g.1);
            }
        };
        match self {
            Kinds::None => {}
            Kinds::Alone(clusters) => {
                for (kind, cluster) in clusters.iter().enumerate() {
                    if selection.rates[kind * states..][..states].iter().any(|rate| *rate != 0.0) {
                        add(kind, cluster.generating(z));
                    }
                }
            }
            Kinds::Across(batches, causes) => {
                for (kind, g) in across(z, &selection.channels, batches, causes).iter().enumerate()
                {
                    add(kind, *g);
                }
            }
        }
    }

    /// How many clusters begin in a day of a state of the tension.
    pub fn expected(&self, selection: &Selection, state: usize) -> f64 {
        let states = selection.rates.len() / self.count();
        selection.rates.iter().skip(state).step_by(states).sum()
    }

    /// How many are counted in so many days of a state of the tension.
    pub fn sample(
        &self,
        states: usize,
        selection: &Selection,
        state: usize,
        days: f64,
        stream: &mut Stream,
    ) -> u64 {
        let mut sum = 0;
        for kind in 0..selection.rates.len() / states {
            for _ in 0..poisson(selection.rates[kind * states + state] * days, stream) {
                sum += match self {
                    Kinds::None => 0,
                    Kinds::Alone(clusters) => clusters[kind].sample(stream),
                    Kinds::Across(batches, causes) => {
                        counted(kind, &selection.channels, batches, causes, stream)
                    }
                };
            }
        }
        sum
    }
}

/// The generating functions of clusters that begin in each channel: G(c) = B(x(c) exp(sum over
/// channels d of (arrivals caused) (G(d) - 1))), with x(c) = z where attacks count, else 1. They are
/// the limit from 0, generation by generation.
fn across(
    z: Complex,
    counts: &[bool],
    batches: &[f64],
    causes: &[Vec<(usize, f64)>],
) -> Vec<Complex> {
    let mut found = vec![(0.0, 0.0); batches.len()];
    for _ in 0..GENERATIONS {
        let mut change: f64 = 0.0;
        for c in 0..batches.len() {
            let (mut re, mut im) = (0.0, 0.0);
            for (to, arrivals) in &causes[c] {
                re += arrivals * (found[*to].0 - 1.0);
                im += arrivals * found[*to].1;
            }
            let (size, (sin, cos)) = (libm::exp(re), libm::sincos(im));
            let (a, b) = (size * cos, size * sin);
            let w = if counts[c] { (a * z.0 - b * z.1, a * z.1 + b * z.0) } else { (a, b) };
            let new = Cluster { batch: batches[c], children: 0.0 }.generating(w);
            change = change.max((new.0 - found[c].0).abs() + (new.1 - found[c].1).abs());
            found[c] = new;
        }
        if change < 1e-14 {
            break;
        }
    }
    found
}

/// The attacks that count of a cluster that begins in a channel.
fn counted(
    channel: usize,
    counts: &[bool],
    batches: &[f64],
    causes: &[Vec<(usize, f64)>],
    stream: &mut Stream,
) -> u64 {
    let (mut sum, mut arrivals) = (0, vec![channel]);
    while let Some(channel) = arrivals.pop() {
        let batch = Cluster { batch: batches[channel], children: 0.0 }.sample(stream);
        sum += if counts[channel] { batch } else { 0 };
        for (to, mean) in &causes[channel] {
            let caused = poisson(batch as f64 * mean, stream);
            arrivals.extend((0..caused).map(|_| *to));
        }
    }
    sum
}

/// What the people on the site at the start make of the background of a channel.
pub(super) fn presence(model: &Model, draw: &Draw, channel: usize) -> f64 {
    let channel = &model.channels[channel];
    let contingents = model.contingents();
    let people = &model.garrison[channel.site * contingents..][..contingents];
    let present: u32 = people.iter().sum();
    let elasticity = model.threats[channel.threat].elasticity.of(&draw.values);
    match present {
        0 => 0.0,
        _ => libm::pow(model.sites[channel.site].ratio(f64::from(present)), elasticity),
    }
}
