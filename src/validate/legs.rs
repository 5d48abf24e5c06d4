//! Checks of legs.

use std::collections::BTreeMap;

use super::world::check_rates;
use super::{at, check_destination, known};
use crate::error::{Code, Problem};
use crate::scenario::{HOME, Leg, World};

pub(super) fn check(world: &World, problems: &mut Vec<Problem>) {
    let mut joined: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (id, leg) in &world.legs {
        let path = format!("world.legs.{id}");
        if world.sites.contains_key(id) || id == HOME {
            problems.push(Problem::new(
                &path,
                Code::BadId,
                format!("`{id}` is a place already, and results tell places by their ids"),
                "give the leg another id",
            ));
        }
        check_leg(&path, leg, world, problems);
        if let Some(other) = joined.insert((&leg.from, &leg.to), id) {
            problems.push(Problem::new(
                &path,
                Code::Contradiction,
                format!("it joins {} and {}, as `{other}` does", leg.from, leg.to),
                "keep one; `days` can be a mixture",
            ));
        }
    }
}

fn check_leg(path: &str, leg: &Leg, world: &World, problems: &mut Vec<Problem>) {
    known(&at(path, "from"), "site", &leg.from, world.sites.keys(), problems);
    check_destination(
        path,
        (&leg.from, &leg.to),
        &world.sites,
        "it ends where it begins",
        problems,
    );
    let path = at(path, "attacks");
    for (threat, attacks) in &leg.attacks {
        let path = at(&path, threat);
        known(&path, "threat", threat, world.threats.keys(), problems);
        check_rates(&at(&path, "per_convoy"), &attacks.per_convoy, world, problems);
        check_rates(&at(&path, "per_person_day"), &attacks.per_person_day, world, problems);
    }
}
