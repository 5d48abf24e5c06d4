//! Whether attacks that cause attacks die out, and leave a background.

use std::collections::BTreeMap;

use crate::error::{Code, Problem};
use crate::law::Range;
use crate::process::branching::dies_out;
use crate::scenario::{Rates, Scenario, Threat};
use crate::streams::{Purpose, Stream, Who};

/// Draws of the ranges that are tried.
const DRAWS: u64 = 200;

/// A scenario is refused if a smaller share of its draws is sound.
const LEAST_SOUND: f64 = 0.1;

/// Draws the ranges of contagion and sees how often attacks die out. Uncertain scenarios are
/// conditioned on it, so a few bad draws are no fault; certain ones are sound or not.
pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    if scenario.world.threats.values().all(|threat| threat.contagion.is_none()) {
        return;
    }
    let mut stream = Stream::new(0, 0, Who::new(&["validation"]), Purpose::Range);
    let verdicts: Vec<Verdict> = (0..DRAWS).map(|_| verdict(scenario, &mut stream)).collect();
    let share = |wanted| verdicts.iter().filter(|&&v| v == wanted).count() as f64 / DRAWS as f64;
    if share(Verdict::Sound) >= LEAST_SOUND {
        return;
    }
    let (code, what, remedy) = if share(Verdict::Explosive) > 0.0 {
        let what = "each attack causes, in all, one further attack or more: they would never end";
        (Code::Explosive, what, "lower the numbers of attacks caused, or the batches")
    } else {
        let what = "more attacks are caused on some site than its rate counts in all";
        (Code::Contradiction, what, "lower the numbers of attacks caused there, or raise its rate")
    };
    problems.push(Problem::new("world.threats", code, what, remedy));
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Sound,
    Explosive,
    NoBackground,
}

fn verdict(scenario: &Scenario, stream: &mut Stream) -> Verdict {
    let mut draw = |range: &Range| range.sample(|x| *x, stream);
    let threats = &scenario.world.threats;
    let mut channels: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut rate, mut batch) = (Vec::new(), Vec::new());
    for (id, threat) in threats {
        let batch_mean = draw(&threat.batch_mean);
        let overall = match &threat.attacks_per_day {
            Rates::Same(rate) => draw(rate),
            // What is caused and what there is grow alike from state to state of one threat.
            Rates::ByState(rates) => rates.values().map(&mut draw).fold(0.0, f64::max),
        };
        let weights = weights(scenario, threat, &mut draw);
        let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
        for (site, weight) in weights {
            channels.insert((id, site), rate.len());
            rate.push(overall * weight / total);
            batch.push(batch_mean);
        }
    }
    let mut causes: Vec<Vec<(usize, f64)>> = vec![Vec::new(); rate.len()];
    for (&(id, site), &k) in &channels {
        let Some(contagion) = &threats[id].contagion else { continue };
        causes[k].push((k, draw(&contagion.children_per_attack)));
        for (other, range) in &contagion.to_threats {
            if let Some(&to) = channels.get(&(other.as_str(), site)) {
                causes[k].push((to, draw(range)));
            }
        }
        for (other, range) in contagion.to_sites.get(site).into_iter().flatten() {
            if let Some(&to) = channels.get(&(id, other.as_str())) {
                causes[k].push((to, draw(range)));
            }
        }
    }
    let with_batches = |k: usize| causes[k].iter().map(|&(to, mean)| (to, mean * batch[to]));
    if !dies_out(rate.len(), with_batches) {
        return Verdict::Explosive;
    }
    let mut background: Vec<f64> = rate.iter().zip(&batch).map(|(rate, b)| rate / b).collect();
    for (k, causes) in causes.iter().enumerate() {
        causes.iter().for_each(|&(to, mean)| background[to] -= mean * rate[k]);
    }
    if background.iter().all(|&rate| rate >= 0.0) { Verdict::Sound } else { Verdict::NoBackground }
}

/// The sites a threat attacks, with their weights.
fn weights<'a>(
    scenario: &'a Scenario,
    threat: &'a Threat,
    draw: &mut impl FnMut(&Range) -> f64,
) -> Vec<(&'a str, f64)> {
    if threat.site_weights.is_empty() {
        return scenario.world.sites.keys().map(|site| (site.as_str(), 1.0)).collect();
    }
    threat.site_weights.iter().map(|(site, weight)| (site.as_str(), draw(weight))).collect()
}
