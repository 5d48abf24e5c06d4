//! Checks of the world.

use std::collections::BTreeMap;

use super::{at, known};
use crate::error::{Code, Problem};
use crate::law::{Law, Range};
use crate::scenario::limits::{
    BATCH_MEAN, ELASTICITY, FACTOR, LARGEST, Limits, MOST_CHILDREN, MOST_GRIEVANCE, MOST_PEOPLE,
    MOST_PEOPLE_IN_ALL, NOT_NEGATIVE, PROBABILITY, SALVO_MEAN, SHAPE, SHORTEST_STAY,
};
use crate::scenario::{
    Contagion, Rates, Retaliation, Site, Tension, Threat, Weapon, World, usual_intercept,
};

pub(super) fn check(world: &World, problems: &mut Vec<Problem>) {
    if world.sites.is_empty() {
        problems.push(Problem::new(
            "world.sites",
            Code::MissingKey,
            "there is no site",
            "define at least one, such as `[world.sites.base]` with a garrison",
        ));
    }
    let garrisons = world.sites.values().flat_map(|site| site.garrison.values());
    let people: u64 = garrisons.map(|&people| u64::from(people)).sum();
    if people > MOST_PEOPLE_IN_ALL {
        problems.push(Problem::new(
            "world.sites",
            Code::TooLarge,
            format!("{people} people in all"),
            format!("keep it at {MOST_PEOPLE_IN_ALL} or fewer"),
        ));
    }
    for (id, site) in &world.sites {
        check_site(&format!("world.sites.{id}"), site, world, problems);
    }
    if let Some(tension) = &world.tension {
        check_tension(tension, problems);
    }
    for (id, threat) in &world.threats {
        check_threat(&format!("world.threats.{id}"), threat, world, problems);
    }
}

fn check_site(path: &str, site: &Site, world: &World, problems: &mut Vec<Problem>) {
    if let Some(area) = &site.area {
        known(&at(path, "area"), "area", area, world.areas.keys(), problems);
    }
    for (contingent, people) in site.garrison.iter().filter(|(_, people)| **people > MOST_PEOPLE) {
        problems.push(Problem::new(
            format!("{path}.garrison.{contingent}"),
            Code::OutOfRange,
            format!("{people} people"),
            format!("give at most {MOST_PEOPLE}"),
        ));
    }
    let reference = at(path, "reference_garrison");
    if site.reference_garrison.is_none() && site.garrison.values().all(|&n| n == 0) {
        problems.push(Problem::new(
            reference,
            Code::MissingKey,
            "the site is empty at the start, so the garrison at which rates hold is not known",
            "give `reference_garrison`",
        ));
    }
    let weapons = world.threats.values().flat_map(|threat| threat.weapons.keys());
    for (weapon, law) in &site.air_defence.intercept {
        let place = format!("{path}.air_defence.intercept.{weapon}");
        if usual_intercept(weapon).is_none() {
            known(&place, "weapon", weapon, weapons.clone(), problems);
        }
        law.check(&format!("{path}.air_defence.intercept.{weapon}"), PROBABILITY, problems);
    }
}

fn check_tension(tension: &Tension, problems: &mut Vec<Problem>) {
    let states = tension.states.keys();
    known("world.tension.start", "state of tension", &tension.start, states.clone(), problems);
    for (id, state) in &tension.states {
        let path = format!("world.tension.states.{id}");
        positive_law(&at(&path, "mean_days"), &state.mean_days, problems);
        let (_, longest) = state.mean_days.support();
        if longest > 0.0 && longest < SHORTEST_STAY {
            problems.push(Problem::new(
                at(&path, "mean_days"),
                Code::OutOfRange,
                "so short a stay is not a state of tension",
                format!("give at least {SHORTEST_STAY} days"),
            ));
        }
        let next = at(&path, "next");
        for (to, weight) in &state.next {
            known(&at(&next, to), "state of tension", to, states.clone(), problems);
            check_amount(&at(&next, to), weight, problems);
            if to == id {
                problems.push(Problem::new(
                    at(&next, to),
                    Code::Contradiction,
                    "a state cannot follow itself",
                    "lengthen `mean_days` instead",
                ));
            }
        }
        not_all_zero(&next, state.next.values(), problems);
    }
}

fn check_threat(path: &str, threat: &Threat, world: &World, problems: &mut Vec<Problem>) {
    check_rates(&at(path, "attacks_per_day"), &threat.attacks_per_day, world, problems);
    check_amount(&at(path, "rate_factor"), &threat.rate_factor, problems);
    threat.presence_elasticity.check(&at(path, "presence_elasticity"), ELASTICITY, problems);
    let weights = at(path, "site_weights");
    for (site, weight) in &threat.site_weights {
        known(&at(&weights, site), "site", site, world.sites.keys(), problems);
        check_amount(&at(&weights, site), weight, problems);
    }
    not_all_zero(&weights, threat.site_weights.values(), problems);
    if threat.site_weights.is_empty() && world.sites.len() > 1 {
        problems.push(Problem::new(
            weights,
            Code::MissingKey,
            "with several sites, how the attacks divide over them must be said",
            "give a weight to each site that is attacked",
        ));
    }
    threat.displacement.check(&at(path, "displacement"), PROBABILITY, problems);
    if let Some(pattern) = &threat.exit_pattern {
        pattern.before.check(&at(path, "exit_pattern.before"), FACTOR, problems);
        pattern.after.check(&at(path, "exit_pattern.after"), FACTOR, problems);
    }
    if let Some(truce) = &threat.truce {
        truce.factor.check(&at(path, "truce.factor"), FACTOR, problems);
        truce.grace_days.check(&at(path, "truce.grace_days"), NOT_NEGATIVE, problems);
    }
    if let Some(grievance) = &threat.grievance {
        positive_range(&at(path, "grievance.per_day"), &grievance.per_day, problems);
        grievance.at_most.check(&at(path, "grievance.at_most"), MOST_GRIEVANCE, problems);
    }
    if let Some(about) = &threat.retaliation {
        check_retaliation(&at(path, "retaliation"), about, problems);
    }
    threat.batch_mean.check(&at(path, "batch_mean"), BATCH_MEAN, problems);
    if let Some(contagion) = &threat.contagion {
        check_contagion(&at(path, "contagion"), contagion, threat, world, problems);
    }
    for (id, weapon) in &threat.weapons {
        check_weapon(path, id, weapon, threat, world, problems);
    }
    not_all_zero(&at(path, "weapons"), threat.weapons.values().map(|w| &w.share), problems);
    let harm = at(path, "harm");
    threat.harm.no_casualty.check(&at(&harm, "no_casualty"), PROBABILITY, problems);
    positive_range(&at(&harm, "scale"), &threat.harm.scale, problems);
    threat.harm.shape.check(&at(&harm, "shape"), SHAPE, problems);
    threat.harm.killed_share.check(&at(&harm, "killed_share"), PROBABILITY, problems);
}

fn check_retaliation(path: &str, about: &Retaliation, problems: &mut Vec<Problem>) {
    about.after_killed.check(&at(path, "after_killed"), PROBABILITY, problems);
    about.after_wounded.check(&at(path, "after_wounded"), PROBABILITY, problems);
    about.delay_days.check(&at(path, "delay_days"), NOT_NEGATIVE, problems);
    about.coordinated.check(&at(path, "coordinated"), PROBABILITY, problems);
    about.deterrence.check(&at(path, "deterrence"), ELASTICITY, problems);
    positive_range(&at(path, "memory_days"), &about.memory_days, problems);
}

fn check_contagion(
    path: &str,
    contagion: &Contagion,
    threat: &Threat,
    world: &World,
    problems: &mut Vec<Problem>,
) {
    let children = at(path, "children_per_attack");
    let before = problems.len();
    contagion.children_per_attack.check(&children, NOT_NEGATIVE, problems);
    if problems.len() == before && contagion.children_per_attack.support().0 >= 1.0 {
        problems.push(Problem::new(
            children,
            Code::Explosive,
            "each attack causes one further attack or more, so attacks would never end",
            "give a number below 1",
        ));
    }
    positive_range(&at(path, "decay_days"), &contagion.decay_days, problems);
    for (other, range) in &contagion.to_threats {
        let path = format!("{path}.to_threats.{other}");
        check_children(&path, range, problems);
        let itself = world.threats.get(other).is_some_and(|other| std::ptr::eq(other, threat));
        if itself {
            problems.push(Problem::new(
                path,
                Code::Contradiction,
                "this is the threat itself",
                "use `children_per_attack` for that",
            ));
        } else {
            known(&path, "threat", other, world.threats.keys(), problems);
        }
    }
    for (from, to_sites) in &contagion.to_sites {
        let path = format!("{path}.to_sites.{from}");
        known(&path, "site", from, world.sites.keys(), problems);
        for (to, range) in to_sites {
            let path = at(&path, to);
            check_children(&path, range, problems);
            if to == from {
                problems.push(Problem::new(
                    path,
                    Code::Contradiction,
                    "this is the same site",
                    "use `children_per_attack` for that",
                ));
            } else {
                known(&path, "site", to, world.sites.keys(), problems);
            }
        }
    }
}

pub(super) fn check_rates(path: &str, rates: &Rates, world: &World, problems: &mut Vec<Problem>) {
    let by_state = match rates {
        Rates::Same(rate) => return check_amount(path, rate, problems),
        Rates::ByState(by_state) => by_state,
    };
    let nothing = BTreeMap::new();
    let states = world.tension.as_ref().map_or(&nothing, |tension| &tension.states);
    for (state, rate) in by_state {
        known(&at(path, state), "state of tension", state, states.keys(), problems);
        check_amount(&at(path, state), rate, problems);
    }
    if by_state.is_empty() && states.is_empty() {
        let what = "the table is empty, and there are no states of tension";
        problems.push(Problem::new(path, Code::MissingKey, what, "give a number"));
    }
    for state in states.keys().filter(|state| !by_state.contains_key(*state)) {
        problems.push(Problem::new(
            at(path, state),
            Code::MissingKey,
            format!("no rate is given for the state `{state}`"),
            "give one for each state, or a single number for all",
        ));
    }
}

fn check_weapon(
    path: &str,
    id: &str,
    weapon: &Weapon,
    threat: &Threat,
    world: &World,
    problems: &mut Vec<Problem>,
) {
    let path = format!("{path}.weapons.{id}");
    check_amount(&at(&path, "share"), &weapon.share, problems);
    weapon.salvo_mean.check(&at(&path, "salvo_mean"), SALVO_MEAN, problems);
    let attacked =
        |site: &String| threat.site_weights.is_empty() || threat.site_weights.contains_key(site);
    for (site_id, site) in world.sites.iter().filter(|(id, _)| attacked(id)) {
        if usual_intercept(id).is_none() && !site.air_defence.intercept.contains_key(id) {
            problems.push(Problem::new(
                format!("world.sites.{site_id}.air_defence.intercept.{id}"),
                Code::MissingKey,
                format!("the chance of stopping a `{id}` at `{site_id}` is not known"),
                "give a law, such as `{ beta = [6, 4] }`, or 0",
            ));
        }
    }
}

/// A mean number of attacks caused.
fn check_children(path: &str, range: &Range, problems: &mut Vec<Problem>) {
    range.check(path, NOT_NEGATIVE, problems);
    if range.support().0 > MOST_CHILDREN {
        problems.push(Problem::new(
            path,
            Code::OutOfRange,
            "one attack cannot cause so many",
            format!("give at most {MOST_CHILDREN}"),
        ));
    }
}

/// A weight or a rate: not negative, and, if it is a number, not absurd.
pub(super) fn check_amount(path: &str, range: &Range, problems: &mut Vec<Problem>) {
    check_number_of(path, range, NOT_NEGATIVE, problems);
}

/// The same, within limits.
pub(super) fn check_number_of(
    path: &str,
    range: &Range,
    limits: Limits,
    problems: &mut Vec<Problem>,
) {
    range.check(path, limits, problems);
    if matches!(range, Range::Number(x) if x.is_finite() && *x > LARGEST) {
        problems.push(Problem::new(
            path,
            Code::OutOfRange,
            "the number is absurdly large",
            format!("give at most {LARGEST}"),
        ));
    }
}

pub(super) fn not_all_zero<'a>(
    path: &str,
    mut weights: impl ExactSizeIterator<Item = &'a Range>,
    problems: &mut Vec<Problem>,
) {
    if weights.len() > 0 && weights.all(|weight| weight.support().1 <= 0.0) {
        problems.push(Problem::new(
            path,
            Code::Contradiction,
            "all weights are 0",
            "give at least one a weight above 0, or leave the table out",
        ));
    }
}

pub(super) fn positive_range(path: &str, range: &Range, problems: &mut Vec<Problem>) {
    let before = problems.len();
    range.check(path, NOT_NEGATIVE, problems);
    if problems.len() == before && range.support().1 <= 0.0 {
        problems.push(not_positive(path));
    }
}

/// A law that must give positive numbers.
pub(super) fn positive_law(path: &str, law: &Law, problems: &mut Vec<Problem>) {
    let before = problems.len();
    law.check(path, NOT_NEGATIVE, problems);
    if problems.len() == before && law.support().1 <= 0.0 {
        problems.push(not_positive(path));
    }
}

fn not_positive(path: &str) -> Problem {
    Problem::new(path, Code::OutOfRange, "it must be more than 0", "give a positive number")
}
