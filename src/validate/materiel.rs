//! Checks of materiel: that it is there, that something moves it, and that nothing goes two ways.

use std::collections::{BTreeMap, BTreeSet};

use super::{at, check_destination, known};
use crate::error::{Code, Problem};
use crate::scenario::{Fate, HOME, Load, Phase, Scenario};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, phase) in &scenario.plan.phases {
        let path = format!("plan.phases.{id}.loads");
        for (load_id, load) in &phase.loads {
            let path = at(&path, load_id);
            if phase.moves.contains_key(load_id) {
                let what = format!("`{load_id}` is a move of the phase too");
                let remedy = "give the load another id";
                problems.push(Problem::new(&path, Code::BadId, what, remedy));
            }
            check_load(scenario, &path, load, problems);
        }
        one_open_load(&path, phase, problems);
        check_room(scenario, &path, phase, problems);
    }
}

/// The same of phases in an order in which each comes after what it waits for.
pub(super) fn check_in(scenario: &Scenario, order: &[&String], problems: &mut Vec<Problem>) {
    check_counts(scenario, order, problems);
    check_arrivals(scenario, order, problems);
}

fn check_load(scenario: &Scenario, path: &str, load: &Load, problems: &mut Vec<Problem>) {
    let sites = &scenario.world.sites;
    known(&at(path, "site"), "site", &load.site, sites.keys(), problems);
    let what = "it would move to where it is";
    check_destination(path, (&load.site, &load.to), sites, what, problems);
    let mut contradiction = |key: &str, what: String, remedy: &str| {
        problems.push(Problem::new(at(path, key), Code::Contradiction, what, remedy));
    };
    let modes = &scenario.plan.transport.modes;
    if load.fate != Fate::Moved {
        let remedy = "take it out, or let `fate` be `moved`";
        if load.mode.is_some() {
            contradiction("mode", "what is not moved needs no mode".to_owned(), remedy);
        }
        if load.to != HOME {
            contradiction("to", "what is not moved goes nowhere".to_owned(), remedy);
        }
        return;
    }
    match &load.mode {
        Some(mode) => {
            known(&at(path, "mode"), "mode", mode, modes.keys(), problems);
        }
        None if modes.is_empty() => problems.push(Problem::new(
            at(path, "mode"),
            Code::MissingKey,
            "nothing moves materiel",
            "give a mode such as `plan.transport.modes.road`, with `tonnes_per_day`",
        )),
        None if modes.len() > 1 => {
            let ids: Vec<&str> = modes.keys().map(String::as_str).collect();
            problems.push(Problem::new(
                at(path, "mode"),
                Code::MissingKey,
                "there are several modes, and it is not said which moves it",
                format!("name one of: {}", ids.join(", ")),
            ));
        }
        None => {}
    }
}

/// "All that lies there" cannot go two ways in one phase.
fn one_open_load(path: &str, phase: &Phase, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (id, load) in phase.loads.iter().filter(|(_, load)| load.tonnes.is_none()) {
        if !seen.insert(&load.site) {
            problems.push(Problem::new(
                at(path, id),
                Code::Contradiction,
                format!(
                    "another load of this phase already takes all that lies at `{}`",
                    load.site
                ),
                "give `tonnes` in all but one of them",
            ));
        }
    }
}

/// A lift takes something of each load.
fn check_room(scenario: &Scenario, path: &str, phase: &Phase, problems: &mut Vec<Problem>) {
    let transport = &scenario.plan.transport;
    for (id, mode) in &transport.modes {
        let moved = phase.loads.values().filter(|load| load.fate == Fate::Moved);
        let loads = moved.filter(|load| load.mode.as_ref().is_none_or(|of| of == id)).count();
        let room = u64::from(transport.lift_every_days) * u64::from(mode.tonnes_per_day);
        if room < loads as u64 {
            problems.push(Problem::new(
                path,
                Code::Contradiction,
                format!("a lift by {id} takes {room} tonnes, fewer than the phase has loads"),
                format!("raise `plan.transport.modes.{id}.tonnes_per_day`, or merge loads"),
            ));
        }
    }
}

/// Walks the phases in order and counts what lies where: nothing goes twice. Returns how much each phase
/// moves that is not done, by mode.
pub(super) fn check_counts<'a>(
    scenario: &'a Scenario,
    order: &[&'a String],
    problems: &mut Vec<Problem>,
) -> BTreeMap<(&'a str, &'a str), u64> {
    let mut moved: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let only = scenario.plan.transport.modes.keys().next();
    let sites = &scenario.world.sites;
    let mut tonnes: BTreeMap<&str, u32> =
        sites.iter().map(|(id, site)| (id.as_str(), site.materiel_tonnes)).collect();
    for id in order {
        let now = scenario.now.as_ref().and_then(|now| now.phases.get(*id));
        if now.is_some_and(|now| now.finished.is_some()) {
            continue;
        }
        let gone = |load: &String| now.and_then(|now| now.moved.get(load)).unwrap_or(&0);
        let sound = scenario.plan.phases[*id].loads.iter();
        let sound = sound.filter(|(_, load)| sites.contains_key(&load.site));
        let given = sound.clone().filter(|(_, load)| load.tonnes.is_some());
        let open = sound.filter(|(_, load)| load.tonnes.is_none());
        let mut arrivals = Vec::new();
        for (load_id, load) in given.chain(open) {
            let there = tonnes.entry(&load.site).or_insert(0);
            let wanted = load.tonnes.map(|tonnes| tonnes.saturating_sub(*gone(load_id)));
            let taken = wanted.unwrap_or(*there);
            if sites[&load.site].materiel_tonnes == 0 && *there == 0 && load.tonnes.is_some() {
                problems.push(Problem::new(
                    format!("plan.phases.{id}.loads.{load_id}"),
                    Code::TooManyPeople,
                    format!("no materiel lies at `{}` by then", load.site),
                    format!("give `world.sites.{}.materiel_tonnes`, or take it out", load.site),
                ));
            } else if taken > *there {
                problems.push(Problem::new(
                    format!("plan.phases.{id}.loads.{load_id}"),
                    Code::TooManyPeople,
                    format!(
                        "{taken} tonnes at `{}`, but only {there} lie there by then",
                        load.site
                    ),
                    "lower the number, or leave it out to take everything",
                ));
            }
            *there -= taken.min(*there);
            if load.fate == Fate::Moved {
                if let Some(mode) = load.mode.as_ref().or(only) {
                    *moved.entry((id, mode)).or_default() += u64::from(taken);
                }
                arrivals.push((load.to.as_str(), taken));
            }
        }
        for (place, count) in arrivals {
            let there = tonnes.entry(place).or_insert(0);
            *there = there.saturating_add(count);
        }
    }
    moved
}

/// How much a load is is settled when its phase starts: what is brought later stays.
fn check_arrivals(scenario: &Scenario, order: &[&String], problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    let done = |id: &String| {
        let now = scenario.now.as_ref().and_then(|now| now.phases.get(id));
        now.is_some_and(|now| now.finished.is_some())
    };
    for id in order.iter().filter(|id| !done(id)) {
        for (load_id, load) in &plan.phases[*id].loads {
            let lie = scenario.world.sites.get(&load.site).map_or(0, |site| site.materiel_tonnes);
            if load.tonnes.is_some_and(|tonnes| tonnes <= lie) {
                continue;
            }
            let brings = |other: &Phase| {
                let mut loads = other.loads.values();
                loads.any(|one| one.fate == Fate::Moved && one.to == load.site)
            };
            let unordered = plan.phases.iter().find(|(other, about)| {
                brings(about)
                    && other != id
                    && !done(other)
                    && !super::people::begins_after(scenario, id, other)
                    && !super::people::begins_after(scenario, other, id)
            });
            if let Some((other, _)) = unordered {
                problems.push(Problem::new(
                    format!("plan.phases.{id}.loads.{load_id}"),
                    Code::Contradiction,
                    format!(
                        "it counts on the materiel that `{other}` brings to `{}`, but neither phase \
                         begins only when the other is done",
                        load.site
                    ),
                    format!("add \"{other}\" to the phase's `after`"),
                ));
            }
        }
    }
}
