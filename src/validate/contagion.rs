//! Whether attacks that cause attacks die out, and leave a background.

use std::collections::BTreeMap;

use crate::error::{Code, Problem};
use crate::law::Range;
use crate::process::branching::{dies_out, take_out_caused};
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
    let states = scenario.world.tension.as_ref().map_or(1, |tension| tension.states.len());
    let mut channels: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut rates, mut batch): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for (id, threat) in threats {
        let batch_mean = draw(&threat.batch_mean);
        let factor = draw(&threat.rate_factor);
        let by_state: Vec<f64> = match &threat.attacks_per_day {
            Rates::Same(rate) => vec![factor * draw(rate); states],
            Rates::ByState(rates) => rates.values().map(|rate| factor * draw(rate)).collect(),
        };
        let weights = weights(scenario, threat, &mut draw);
        let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
        for (site, weight) in weights {
            channels.insert((id, site), batch.len());
            rates.extend(by_state.iter().map(|rate| rate * weight / total));
            batch.push(batch_mean);
        }
    }
    let causes = causes(scenario, &channels, &mut draw);
    let of = |k: usize| causes[k].iter().copied();
    if !dies_out(batch.len(), of) {
        return Verdict::Explosive;
    }
    take_out_caused(&mut rates, states, &mut Vec::new(), |k| batch[k], of);
    if rates.iter().all(|&rate| rate >= 0.0) { Verdict::Sound } else { Verdict::NoBackground }
}

/// For each channel, the channels in which its attacks cause others, and how many on average.
fn causes(
    scenario: &Scenario,
    channels: &BTreeMap<(&str, &str), usize>,
    draw: &mut impl FnMut(&Range) -> f64,
) -> Vec<Vec<(usize, f64)>> {
    let mut causes = vec![Vec::new(); channels.len()];
    for (id, threat) in &scenario.world.threats {
        let Some(contagion) = &threat.contagion else { continue };
        let own = draw(&contagion.children_per_attack);
        let to_threats: Vec<(&str, f64)> =
            contagion.to_threats.iter().map(|(to, range)| (to.as_str(), draw(range))).collect();
        for (&(_, site), &k) in channels.iter().filter(|((threat, _), _)| threat == id) {
            causes[k].push((k, own));
            for &(other, mean) in &to_threats {
                causes[k].extend(channels.get(&(other, site)).map(|&to| (to, mean)));
            }
            for (other, range) in contagion.to_sites.get(site).into_iter().flatten() {
                let mean = draw(range);
                causes[k]
                    .extend(channels.get(&(id.as_str(), other.as_str())).map(|&to| (to, mean)));
            }
        }
    }
    causes
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
