//! Checks of the world.

use std::collections::BTreeMap;

use super::{at, known};
use crate::error::{Code, Problem};
use crate::law::{Law, Range};
use crate::scenario::limits::{MOST_PEOPLE, MOST_PEOPLE_IN_ALL, SHORTEST_STAY};
use crate::scenario::{
    Contagion, Date, DriftStart, MONTHS, Rates, Site, Tension, Threat, Weapon, World,
    usual_intercept,
};

/// Sites that a problem names.
const SPELT_OUT: usize = 5;

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
    check_intercept("world", &world.intercept, world, problems);
    for (id, area) in &world.areas {
        check_intercept(&format!("world.areas.{id}"), &area.intercept, world, problems);
    }
    if let Some(tension) = &world.tension {
        check_tension(tension, problems);
    }
    for (id, threat) in &world.threats {
        check_threat(&format!("world.threats.{id}"), (id, threat), world, problems);
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
    check_intercept(&at(path, "air_defence"), &site.air_defence.intercept, world, problems);
}

fn check_intercept(
    path: &str,
    intercept: &BTreeMap<String, Law>,
    world: &World,
    problems: &mut Vec<Problem>,
) {
    let weapons = world.threats.values().flat_map(|threat| threat.weapons.keys());
    for weapon in intercept.keys().filter(|weapon| usual_intercept(weapon).is_none()) {
        let place = format!("{path}.intercept.{weapon}");
        known(&place, "weapon", weapon, weapons.clone(), problems);
    }
}

fn check_tension(tension: &Tension, problems: &mut Vec<Problem>) {
    let states = tension.states.keys();
    known("world.tension.start", "state of tension", &tension.start, states.clone(), problems);
    for (id, state) in &tension.states {
        let path = format!("world.tension.states.{id}");
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
        for to in state.next.keys() {
            known(&at(&next, to), "state of tension", to, states.clone(), problems);
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

fn check_threat(
    path: &str,
    (id, threat): (&str, &Threat),
    world: &World,
    problems: &mut Vec<Problem>,
) {
    check_rates(&at(path, "attacks_per_day"), &threat.attacks_per_day, world, problems);
    if !is_on_legs_only(id, threat, world) {
        check_weights(path, threat, world, problems);
    }
    if let Some(contagion) = &threat.contagion {
        check_contagion(&at(path, "contagion"), contagion, threat, world, problems);
    }
    check_course(path, threat, problems);
    for (id, weapon) in &threat.weapons {
        let path = at(&at(path, "weapons"), id);
        check_weapon(&path, (id, weapon), threat, world, problems);
    }
    not_all_zero(&at(path, "weapons"), threat.weapons.values().map(|w| &w.share), problems);
    check_arms(path, threat, world, problems);
}

fn check_weights(path: &str, threat: &Threat, world: &World, problems: &mut Vec<Problem>) {
    let (weights, by_state) = (at(path, "site_weights"), at(path, "site_weights_by_state"));
    let nothing = BTreeMap::new();
    let states = world.tension.as_ref().map_or(&nothing, |tension| &tension.states);
    for state in threat.site_weights_by_state.keys() {
        known(&at(&by_state, state), "state of tension", state, states.keys(), problems);
    }
    let of_states =
        threat.site_weights_by_state.iter().map(|(state, table)| (at(&by_state, state), table));
    let tables = std::iter::once((weights.clone(), &threat.site_weights)).chain(of_states);
    for (place, table) in tables {
        for site in table.keys() {
            known(&at(&place, site), "site", site, world.sites.keys(), problems);
        }
        not_all_zero(&place, table.values(), problems);
        if table.is_empty() && place != weights {
            let what = "the table is empty: no site is attacked in this state";
            let remedy = "give a weight to each site that is attacked, or a rate of 0";
            problems.push(Problem::new(place, Code::MissingKey, what, remedy));
        }
    }
    let every = |given: &BTreeMap<_, _>| {
        !states.is_empty() && states.keys().all(|state| given.contains_key(state))
    };
    let several = world.sites.len() > 1;
    if threat.site_weights.is_empty() && several && !every(&threat.site_weights_by_state) {
        problems.push(Problem::new(
            weights,
            Code::MissingKey,
            "with several sites, how the attacks divide over them must be said",
            "give a weight to each site that is attacked",
        ));
    }
}

/// Whether a threat attacks on legs and nowhere else, so that nothing divides over sites.
fn is_on_legs_only(id: &str, threat: &Threat, world: &World) -> bool {
    let incidents = world.insurgency.as_ref().and_then(|about| about.incidents.as_ref());
    let incited = incidents.is_some_and(|about| about.threat.as_deref() == Some(id));
    threat.attacks_per_day == Rates::Same(Range::Number(0.0))
        && threat.weight_tables().all(BTreeMap::is_empty)
        && world.attacks_on_legs(id).next().is_some()
        && !incited
}

/// What is otherwise about its attacks in some states of tension.
fn check_arms(path: &str, threat: &Threat, world: &World, problems: &mut Vec<Problem>) {
    let nothing = BTreeMap::new();
    let states = world.tension.as_ref().map_or(&nothing, |tension| &tension.states);
    let weapons = threat.weapons.iter().map(|(id, weapon)| {
        let states: Vec<&String> = weapon.by_state.keys().collect();
        (format!("{path}.weapons.{id}.by_state"), states)
    });
    let harm = (format!("{path}.harm.by_state"), threat.harm.by_state.keys().collect());
    for (place, given) in weapons.chain(std::iter::once(harm)) {
        for state in given {
            known(&at(&place, state), "state of tension", state, states.keys(), problems);
        }
    }
    for state in threat.armed_by_state() {
        let usual = threat.weapons.values().map(|weapon| &weapon.share);
        if !usual.eq(threat.shares_in(state)) {
            not_all_zero(&at(path, "weapons"), threat.shares_in(state), problems);
        }
    }
}

/// What moves its rate in the course of time.
fn check_course(path: &str, threat: &Threat, problems: &mut Vec<Problem>) {
    let is_day = |day: &String| Date::parse(day).is_some_and(|date| date.to_string() == *day);
    for day in threat.profile.keys().filter(|day| !is_day(day)) {
        problems.push(Problem::new(
            format!("{path}.profile.{day}"),
            Code::BadDate,
            format!("`{day}` is not a calendar date"),
            "write a date such as 2025-06-30",
        ));
    }
    let months = MONTHS.map(str::to_owned);
    for month in threat.months.keys() {
        known(&format!("{path}.months.{month}"), "month", month, months.iter(), problems);
    }
    if let Some(drift) = &threat.drift
        && drift.half_life_days.is_none()
        && drift.start == DriftStart::Steady
    {
        problems.push(Problem::new(
            format!("{path}.drift.start"),
            Code::Contradiction,
            "a drift that does not go back is nowhere in the long run",
            "give `half_life_days`, or start at `zero`",
        ));
    }
}

fn check_contagion(
    path: &str,
    contagion: &Contagion,
    threat: &Threat,
    world: &World,
    problems: &mut Vec<Problem>,
) {
    let children = at(path, "children_per_attack");
    if contagion.children_per_attack.support().0 >= 1.0 {
        problems.push(Problem::new(
            children,
            Code::Explosive,
            "each attack causes one further attack or more, so attacks would never end",
            "give a number below 1",
        ));
    }
    for other in contagion.to_threats.keys() {
        let path = format!("{path}.to_threats.{other}");
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
        for to in to_sites.keys() {
            let path = at(&path, to);
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
        Rates::Same(_) => return,
        Rates::ByState(by_state) => by_state,
    };
    let nothing = BTreeMap::new();
    let states = world.tension.as_ref().map_or(&nothing, |tension| &tension.states);
    for state in by_state.keys() {
        known(&at(path, state), "state of tension", state, states.keys(), problems);
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
    (id, weapon): (&String, &Weapon),
    threat: &Threat,
    world: &World,
    problems: &mut Vec<Problem>,
) {
    let unknown = |(site_id, site): &(&String, &Site)| {
        threat.weighs(site_id) && world.intercept_given(site_id, site, id).is_none()
    };
    let sites: Vec<&str> = world.sites.iter().filter(unknown).map(|(id, _)| id.as_str()).collect();
    if weapon.interceptable && usual_intercept(id).is_none() && !sites.is_empty() {
        let shown = sites[..sites.len().min(SPELT_OUT)].join(", ");
        let more = match sites.len().saturating_sub(SPELT_OUT) {
            0 => String::new(),
            more => format!(" and on {more} more sites"),
        };
        problems.push(Problem::new(
            path,
            Code::MissingKey,
            format!("the chance of stopping a `{id}` is not known on {shown}{more}"),
            format!(
                "give a law, such as `{{ beta = [6, 4] }}`, as `world.intercept.{id}` for all sites, as \
                 `intercept.{id}` of an area or as `air_defence.intercept.{id}` of a site, or \
                 `interceptable = false` to the weapon if nothing stops it"
            ),
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
