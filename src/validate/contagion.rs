//! Whether attacks that cause attacks die out, and leave a background.

use std::collections::{BTreeMap, BTreeSet};

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
    let share = |wanted| verdicts.iter().filter(|v| **v == wanted).count() as f64 / DRAWS as f64;
    if share(Verdict::Sound) >= LEAST_SOUND {
        return;
    }
    if share(Verdict::Explosive) > 0.0 {
        let what = "each attack causes, in all, one further attack or more: they would never end";
        let remedy = "lower the numbers of attacks caused, or the batches";
        return problems.push(Problem::new("world.threats", Code::Explosive, what, remedy));
    }
    // Every threat and site of which that is so in some draw.
    let places: BTreeSet<(&str, &str)> = verdicts.iter().flat_map(Verdict::places).collect();
    for (threat, site) in places {
        problems.push(Problem::new(
            format!("world.threats.{threat}"),
            Code::Contradiction,
            format!(
                "more attacks by `{threat}` are caused on `{site}` than its rate counts there in all"
            ),
            "lower the numbers of attacks caused there, or raise its rate",
        ));
    }
}

#[derive(Clone, PartialEq)]
enum Verdict<'a> {
    Sound,
    Explosive,
    /// The threats and sites whose attacks are all caused, and more.
    NoBackground(Vec<(&'a str, &'a str)>),
}

impl<'a> Verdict<'a> {
    fn places(&self) -> Vec<(&'a str, &'a str)> {
        match self {
            Verdict::NoBackground(places) => places.clone(),
            _ => Vec::new(),
        }
    }
}

fn verdict<'a>(scenario: &'a Scenario, stream: &mut Stream) -> Verdict<'a> {
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
        let tables = weights(scenario, threat, &mut draw);
        for site in scenario.world.sites.keys().filter(|site| threat.weighs(site)) {
            channels.insert((id, site), batch.len());
            rates.extend(by_state.iter().zip(&tables).map(|(rate, weights)| {
                let total: f64 = weights.values().sum();
                rate * weights.get(site.as_str()).unwrap_or(&0.0) / total
            }));
            batch.push(batch_mean);
        }
    }
    let causes = causes(scenario, &channels, &mut draw);
    let of = |k: usize| causes[k].iter().copied();
    if !dies_out(batch.len(), of) {
        return Verdict::Explosive;
    }
    take_out_caused(&mut rates, states, &mut Vec::new(), |k| batch[k], of);
    let lacks = |&(_, k): &(&(&'a str, &'a str), &usize)| {
        rates[k * states..][..states].iter().any(|&rate| rate < 0.0)
    };
    let places: Vec<_> = channels.iter().filter(lacks).map(|(place, _)| *place).collect();
    if places.is_empty() { Verdict::Sound } else { Verdict::NoBackground(places) }
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

/// By state of tension, the weights of the sites that a threat attacks.
fn weights<'a>(
    scenario: &'a Scenario,
    threat: &'a Threat,
    draw: &mut impl FnMut(&Range) -> f64,
) -> Vec<BTreeMap<&'a str, f64>> {
    let mut drawn = |table: &'a BTreeMap<String, Range>| -> BTreeMap<&'a str, f64> {
        match table.is_empty() {
            true => scenario.world.sites.keys().map(|site| (site.as_str(), 1.0)).collect(),
            false => table.iter().map(|(site, weight)| (site.as_str(), draw(weight))).collect(),
        }
    };
    let usual = drawn(&threat.site_weights);
    let by_state: BTreeMap<&String, BTreeMap<&str, f64>> =
        threat.site_weights_by_state.iter().map(|(state, table)| (state, drawn(table))).collect();
    match &scenario.world.tension {
        None => vec![usual],
        Some(tension) => {
            let of = |state| by_state.get(state).unwrap_or(&usual).clone();
            tension.states.keys().map(of).collect()
        }
    }
}
