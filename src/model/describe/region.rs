//! The host, the insurgency and what else is in the region, in words.

use super::super::Model;
use super::words::{Page, days, name, words};
use crate::languages::{Speech, say};
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
    let speech = page.speech;
    let areas = match &host.areas {
        Some(areas) => speech.list(areas),
        None => say!(speech, "all-sites"),
    };
    let memory = days(speech, words(speech, &host.friction.memory_days));
    page.line(1, say!(speech, "host", areas = areas, memory = memory));
    if let Some(expulsion) = &host.expulsion {
        let hazard = words(speech, &expulsion.per_day);
        let unprovoked = rates(speech, &expulsion.unprovoked_per_day);
        let notice = words(speech, &expulsion.notice_days);
        page.line(
            2,
            say!(
                speech,
                "host-expulsion",
                hazard = hazard,
                unprovoked = unprovoked,
                notice = notice
            ),
        );
    }
    if let Some(capability) = &host.capability {
        let start = words(speech, &capability.start);
        let without = words(speech, &capability.growth_per_year);
        let with = words(speech, &capability.growth_with_advisers_per_year);
        page.line(
            2,
            say!(speech, "host-capability", start = start, without = without, with = with),
        );
    }
}

fn describe_insurgency(page: &mut Page, about: &Insurgency) {
    let speech = page.speech;
    page.line(
        1,
        say!(
            speech,
            "insurgency",
            strength = words(speech, &about.strength),
            growth = words(speech, &about.growth_per_year),
            pressure = words(speech, &about.pressure),
            share = words(speech, &about.troops_share),
            exponent = words(speech, &about.troops_exponent),
        ),
    );
    if let Some(shocks) = &about.shocks {
        let (rate, factor) = (words(speech, &shocks.per_year), words(speech, &shocks.factor));
        page.line(2, say!(speech, "insurgency-shocks", rate = rate, factor = factor));
    }
    if let Some(Incidents { per_day, on_sites, threat, harm }) = &about.incidents {
        page.line(2, say!(speech, "incidents", rate = words(speech, per_day)));
        if let Some(threat) = threat {
            let share = words(speech, on_sites);
            page.line(2, say!(speech, "incidents-on-sites", share = share, threat = threat));
        }
        if let Some(harm) = harm {
            page.line(2, say!(speech, "incidents-on-host", toll = toll(speech, harm)));
        }
    }
}

/// What something does to others than the troops.
pub(super) fn toll(speech: Speech, toll: &Toll) -> String {
    say!(
        speech,
        "toll",
        none = words(speech, &toll.no_casualty),
        scale = words(speech, &toll.scale),
        shape = words(speech, &toll.shape),
        killed = words(speech, &toll.killed_share),
    )
}

fn describe_contingent(page: &mut Page, id: &str, about: &Contingent) {
    let speech = page.speech;
    let name = name(speech, id, &about.title);
    if let Some(sites) = &about.only_on {
        let sites = speech.list(sites);
        page.line(1, say!(speech, "contingent-only-on", name = &name, sites = sites));
    }
    if let Some(date) = about.mandate_until {
        page.line(1, say!(speech, "contingent-mandate", name = &name, date = date));
    }
    let mut whys = Vec::new();
    if let Some(tolerance) = &about.tolerance_killed {
        whys.push(say!(speech, "leaves-killed", people = words(speech, tolerance)));
    }
    for (other, chance) in &about.follows {
        let chance = words(speech, chance);
        whys.push(say!(speech, "leaves-follows", chance = chance, other = other));
    }
    for (event, after) in &about.leaves_after {
        if let Some(chance) = &after.chance {
            let chance = words(speech, chance);
            whys.push(say!(speech, "leaves-after", chance = chance, event = event));
        }
        for (outcome, chance) in &after.by_outcome {
            let chance = words(speech, chance);
            whys.push(say!(
                speech,
                "leaves-after-outcome",
                chance = chance,
                event = event,
                outcome = outcome
            ));
        }
    }
    if !whys.is_empty() {
        let delay = days(speech, words(speech, &about.delay_days));
        page.line(1, say!(speech, "contingent-leaves", name = &name, delay = delay));
    }
    for why in whys {
        page.line(2, say!(speech, "goes-on", text = why));
    }
}

fn describe_reentry(page: &mut Page, about: &Reentry) {
    let speech = page.speech;
    let forces = about.forces.iter().map(|(id, force)| {
        say!(
            speech,
            "reentry-force",
            people = force.people,
            contingent = &force.contingent,
            site = &force.site,
            id = id
        )
    });
    let (hazard, forces) = (words(speech, &about.per_day), speech.list(forces));
    page.line(1, say!(speech, "reentry", hazard = hazard, forces = forces));
}

fn describe_barrages(page: &mut Page, about: &Barrages) {
    let speech = page.speech;
    let rates = rates(speech, &about.per_day);
    let capable = about.capable.iter();
    let capable =
        capable.map(|(site, people)| say!(speech, "barrages-site", site = site, people = *people));
    let (needed, sites) = (about.sites_needed, speech.list(capable));
    page.line(1, say!(speech, "barrages", rates = rates, needed = needed, sites = sites));
}

fn describe_costs(page: &mut Page, costs: &Costs) {
    let speech = page.speech;
    let day = words(speech, &costs.per_person_day);
    let moved = words(speech, &costs.per_person_moved);
    page.line(
        1,
        match costs.unit.as_str() {
            "" => say!(speech, "costs", day = day, moved = moved),
            unit => say!(speech, "costs-in", unit = unit, day = day, moved = moved),
        },
    );
    for (mode, cost) in &costs.per_tonne_moved {
        page.line(2, say!(speech, "costs-tonne", cost = words(speech, cost), mode = mode));
    }
    page.line(2, say!(speech, "costs-pause", cost = words(speech, &costs.per_pause_day)));
}

/// Rates, by state of tension if they differ.
pub(super) fn rates(speech: Speech, rates: &Rates) -> String {
    match rates {
        Rates::Same(rate) => words(speech, rate).to_string(),
        Rates::ByState(rates) => speech.list(rates.iter().map(|(state, rate)| {
            say!(speech, "rate-in-state", rate = words(speech, rate), state = state)
        })),
    }
}

pub(super) fn describe_retaliation(page: &mut Page, about: &Retaliation) {
    let speech = page.speech;
    page.line(
        2,
        say!(
            speech,
            "retaliation",
            killed = words(speech, &about.after_killed),
            wounded = words(speech, &about.after_wounded),
            delay = days(speech, words(speech, &about.delay_days)),
            coordinated = words(speech, &about.coordinated),
            effect = words(speech, &about.deterrence),
            memory = days(speech, words(speech, &about.memory_days)),
        ),
    );
}
