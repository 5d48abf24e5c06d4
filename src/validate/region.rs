//! Checks of the host, the insurgency, going back in, barrages and costs.

use super::rules::check_detachment;
use super::world::check_rates;
use super::{all_known, at, known};
use crate::error::{Code, Problem};
use crate::scenario::{Barrages, Host, Insurgency, Reentry, Scenario, World};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let world = &scenario.world;
    if let Some(host) = &world.host {
        check_host(host, world, problems);
    }
    if let Some(insurgency) = &world.insurgency {
        check_insurgency(insurgency, scenario, problems);
    }
    if let Some(reentry) = &world.reentry {
        check_reentry(scenario, reentry, problems);
    }
    if let Some(barrages) = &world.barrages {
        check_barrages(barrages, world, problems);
    }
}

fn check_host(host: &Host, world: &World, problems: &mut Vec<Problem>) {
    let areas = host.areas.iter().flatten();
    all_known("world.host.areas", "area", areas, world.areas.keys(), problems);
    if let Some(expulsion) = &host.expulsion {
        let path = "world.host.expulsion.unprovoked_per_day";
        check_rates(path, &expulsion.unprovoked_per_day, world, problems);
    }
}

fn check_insurgency(about: &Insurgency, scenario: &Scenario, problems: &mut Vec<Problem>) {
    if let Some(incidents) = &about.incidents {
        let path = "world.insurgency.incidents";
        let threats = scenario.world.threats.keys();
        match &incidents.threat {
            Some(id) => {
                known(&at(path, "threat"), "threat", id, threats, problems);
            }
            None if incidents.on_sites.support().1 > 0.0 => problems.push(Problem::new(
                at(path, "threat"),
                Code::MissingKey,
                "incidents fall on sites, but whose attacks they are is not said",
                "name a threat, or leave `on_sites` out",
            )),
            None => {}
        }
    }
    check_troops(scenario, problems);
}

/// Troops hold an insurgency down in proportion to what they were on the host's ground.
fn check_troops(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let world = &scenario.world;
    let areas = world.host.as_ref().and_then(|host| host.areas.as_ref());
    let hosted = world.sites.values().filter(|site| {
        areas.is_none_or(|areas| site.area.as_ref().is_some_and(|area| areas.contains(area)))
    });
    if hosted.flat_map(|site| site.garrison.values()).all(|&people| people == 0) {
        problems.push(Problem::new(
            "world.insurgency",
            Code::Contradiction,
            "nobody is on the host's ground at the start, so what troops do to it is not known",
            "put people on a site of the host's areas, or mend `world.host.areas`",
        ));
    }
}

fn check_reentry(scenario: &Scenario, about: &Reentry, problems: &mut Vec<Problem>) {
    for (id, force) in &about.forces {
        let path = format!("world.reentry.forces.{id}");
        check_detachment(scenario, &path, force, problems);
    }
    if about.forces.is_empty() {
        problems.push(Problem::new(
            "world.reentry.forces",
            Code::MissingKey,
            "nobody would go back in",
            "say who goes where, or leave `world.reentry` out",
        ));
    }
    if scenario.world.insurgency.is_none() {
        problems.push(Problem::new(
            "world.reentry",
            Code::Contradiction,
            "its hazard follows the strength of an insurgency, and there is none",
            "add `world.insurgency`, or use a rule with `go_back_in`",
        ));
    }
}

fn check_barrages(about: &Barrages, world: &World, problems: &mut Vec<Problem>) {
    check_rates("world.barrages.per_day", &about.per_day, world, problems);
    for site in about.capable.keys() {
        let path = format!("world.barrages.capable.{site}");
        known(&path, "site", site, world.sites.keys(), problems);
    }
    if about.capable.len() < about.sites_needed as usize {
        problems.push(Problem::new(
            "world.barrages.sites_needed",
            Code::Contradiction,
            format!(
                "{} sites are needed, but {} can help",
                about.sites_needed,
                about.capable.len()
            ),
            "add sites to `capable`, or lower the number",
        ));
    }
}
