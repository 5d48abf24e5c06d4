//! The host, the insurgency and what else is in the region, in words.

use super::super::Model;
use super::Page;
use super::words::{line, name, words};
use crate::scenario::{
    Barrages, Contingent, Costs, Host, Incidents, Insurgency, Rates, Reentry, Retaliation, Toll,
};

impl Model {
    pub(super) fn describe_region(&self, page: &mut Page) {
        let world = &self.scenario.world;
        if let Some(host) = &world.host {
            describe_host(page, host);
        }
        if let Some(insurgency) = &world.insurgency {
            describe_insurgency(page, insurgency);
        }
        for (id, contingent) in &world.contingents {
            describe_contingent(page, id, contingent);
        }
        if let Some(reentry) = &world.reentry {
            describe_reentry(page, reentry);
        }
        if let Some(barrages) = &world.barrages {
            describe_barrages(page, barrages);
        }
        if let Some(costs) = &world.costs {
            describe_costs(page, costs);
        }
    }
}

fn describe_host(page: &mut Page, host: &Host) {
    let areas = host.areas.as_ref().map_or("all sites".into(), |areas| areas.join(", "));
    let memory = words(&host.friction.memory_days);
    line(page, format!("  The host's ground: {areas}. Strikes offend it for {memory} days."));
    if let Some(expulsion) = &host.expulsion {
        let (hazard, notice) = (words(&expulsion.per_day), words(&expulsion.notice_days));
        let unprovoked = rates(&expulsion.unprovoked_per_day);
        line(page, format!("    It may expel the troops: {hazard} per day and strike remembered,"));
        line(
            page,
            format!("      {unprovoked} per day whatever the strikes, at {notice} days' notice."),
        );
    }
    if let Some(capability) = &host.capability {
        let start = words(&capability.start);
        let without = words(&capability.growth_per_year);
        let with = words(&capability.growth_with_advisers_per_year);
        line(page, format!("    Its own capability: {start}, growing by {without} a year,"));
        line(page, format!("      by {with} while advisers are there."));
    }
}

fn describe_insurgency(page: &mut Page, about: &Insurgency) {
    let (strength, growth) = (words(&about.strength), words(&about.growth_per_year));
    line(page, format!("  Insurgency: at {strength} of its capacity, growth {growth} a year;"));
    let (pressure, share) = (words(&about.pressure), words(&about.troops_share));
    line(page, format!("    held down {pressure} times as hard as would keep it there,"));
    let exponent = words(&about.troops_exponent);
    line(page, format!("    of which by troops {share} (exponent {exponent}; disputed)."));
    if let Some(shocks) = &about.shocks {
        let (rate, factor) = (words(&shocks.per_year), words(&shocks.factor));
        line(page, format!("    Sudden gains: {rate} a year, times {factor}."));
    }
    if let Some(Incidents { per_day, on_sites, threat, harm }) = &about.incidents {
        line(page, format!("    Incidents: {} a day at full strength.", words(per_day)));
        if let Some(threat) = threat {
            let share = words(on_sites);
            line(page, format!("    Of these {share} fall on sites, as attacks by {threat}."));
        }
        if let Some(harm) = harm {
            line(page, format!("    One on the host {}.", toll(harm)));
        }
    }
}

/// What something does to others than the troops.
pub(super) fn toll(toll: &Toll) -> String {
    let (none, killed) = (words(&toll.no_casualty), words(&toll.killed_share));
    let (scale, shape) = (words(&toll.scale), words(&toll.shape));
    format!(
        "harms nobody with chance {none}, else people in number of scale {scale} and shape {shape}, \
         each killed with chance {killed}"
    )
}

fn describe_contingent(page: &mut Page, id: &str, about: &Contingent) {
    let name = name(id, &about.title);
    if let Some(sites) = &about.only_on {
        line(
            page,
            format!("  Contingent {name} may be on these sites alone: {}.", sites.join(", ")),
        );
    }
    if let Some(date) = about.mandate_until {
        line(page, format!("  Contingent {name} leaves on {date}, when its mandate ends."));
    }
    let mut whys = Vec::new();
    if let Some(tolerance) = &about.tolerance_killed {
        whys.push(format!("when {} of its own have been killed", words(tolerance)));
    }
    for (other, chance) in &about.follows {
        whys.push(format!("with chance {} when {other} has left", words(chance)));
    }
    for (event, after) in &about.leaves_after {
        if let Some(chance) = &after.chance {
            whys.push(format!("with chance {} after {event}", words(chance)));
        }
        for (outcome, chance) in &after.by_outcome {
            whys.push(format!("with chance {} after {event}: {outcome}", words(chance)));
        }
    }
    if !whys.is_empty() {
        let delay = words(&about.delay_days);
        line(page, format!("  Contingent {name} leaves, {delay} days after it decides to:"));
        whys.into_iter().for_each(|why| line(page, format!("    {why};")));
    }
}

fn describe_reentry(page: &mut Page, about: &Reentry) {
    let hazard = words(&about.per_day);
    line(page, format!("  Going back in: {hazard} per day at full insurgent strength, once all"));
    let forces = about.forces.iter();
    let forces =
        forces.map(|(id, f)| format!("{} {} to {} ({id})", f.people, f.contingent, f.site));
    line(page, format!("    is done: {}.", forces.collect::<Vec<String>>().join(", ")));
}

fn describe_barrages(page: &mut Page, about: &Barrages) {
    let rates = rates(&about.per_day);
    line(page, format!("  Barrages at others in the region: {rates} a day; met if at least"));
    let capable = about.capable.iter().map(|(site, people)| format!("{site} ({people})"));
    let capable = capable.collect::<Vec<String>>().join(", ");
    line(page, format!("    {} of these sites hold so many: {capable}.", about.sites_needed));
}

fn describe_costs(page: &mut Page, costs: &Costs) {
    let unit = if costs.unit.is_empty() { String::new() } else { format!(" in {}", costs.unit) };
    let day = words(&costs.per_person_day);
    let (moved, pause) = (words(&costs.per_person_moved), words(&costs.per_pause_day));
    line(page, format!("  Costs{unit}: {day} a person and day, {moved} a person moved,"));
    for (mode, cost) in &costs.per_tonne_moved {
        line(page, format!("    {} a tonne moved by {mode},", words(cost)));
    }
    line(page, format!("    {pause} a day of pause."));
}

/// Rates, by state of tension if they differ.
pub(super) fn rates(rates: &Rates) -> String {
    match rates {
        Rates::Same(rate) => words(rate),
        Rates::ByState(rates) => {
            let each: Vec<String> =
                rates.iter().map(|(state, rate)| format!("{} ({state})", words(rate))).collect();
            each.join(", ")
        }
    }
}

pub(super) fn describe_retaliation(page: &mut Page, about: &Retaliation) {
    let (killed, wounded) = (words(&about.after_killed), words(&about.after_wounded));
    let delay = words(&about.delay_days);
    line(page, format!("    Strikes answer attacks that kill with chance {killed}, that wound"));
    line(page, format!("      with {wounded}, after {delay} days."));
    let coordinated = words(&about.coordinated);
    line(page, format!("      One is coordinated with the host with chance {coordinated}."));
    let (effect, memory) = (words(&about.deterrence), words(&about.memory_days));
    line(page, format!("      They deter (disputed; below 0: provoke): {effect} each,"));
    line(page, format!("      remembered for {memory} days."));
}
