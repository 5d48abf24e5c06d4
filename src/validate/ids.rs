//! Ids: what they may look like, and how many there may be.

use crate::error::{Code, Problem};
use crate::scenario::{HOME, Scenario, join};

/// Most entries in any one table of the scenario.
const MOST_ENTRIES: usize = 1_000;

/// Most combinations of a threat, a site and a state of tension.
const MOST_CHANNELS: usize = 100_000;

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let (world, plan) = (&scenario.world, &scenario.plan);
    table("world.areas", world.areas.keys(), problems);
    table("world.sites", world.sites.keys(), problems);
    for (id, site) in &world.sites {
        table(&format!("world.sites.{id}.garrison"), site.garrison.keys(), problems);
    }
    table("world.legs", world.legs.keys(), problems);
    let states = world.tension.iter().flat_map(|tension| tension.states.keys());
    table("world.tension.states", states.clone(), problems);
    table("world.threats", world.threats.keys(), problems);
    for (id, threat) in &world.threats {
        table(&format!("world.threats.{id}.weapons"), threat.weapons.keys(), problems);
        table(&format!("world.threats.{id}.ceasefires"), threat.ceasefires.keys(), problems);
    }
    table("world.calendar", world.calendar.keys(), problems);
    for (id, event) in &world.calendar {
        table(&format!("world.calendar.{id}.outcomes"), event.outcomes.keys(), problems);
        table(&format!("world.calendar.{id}.windows"), event.windows.keys(), problems);
    }
    table("world.risks", world.risks.keys(), problems);
    for (id, risk) in &world.risks {
        table(&format!("world.risks.{id}.effects"), risk.effects.keys(), problems);
    }
    table("plan.gates", plan.gates.keys(), problems);
    table("plan.phases", plan.phases.keys(), problems);
    for (id, phase) in &plan.phases {
        table(&format!("plan.phases.{id}.moves"), phase.moves.keys(), problems);
        table(&format!("plan.phases.{id}.loads"), phase.loads.keys(), problems);
    }
    table("plan.transport.modes", plan.transport.modes.keys(), problems);
    table("plan.rules", plan.rules.keys(), problems);
    table("plan.blackouts", plan.blackouts.keys(), problems);
    table("plan.mitigations", plan.mitigations.keys(), problems);
    table("plan.buffers", plan.buffers.keys(), problems);

    if world.sites.contains_key(HOME) {
        problems.push(Problem::new(
            format!("world.sites.{HOME}"),
            Code::BadId,
            "`home` is the destination of those who leave, not a site",
            "give the site another id",
        ));
    }
    for id in plan.gates.keys().filter(|id| plan.phases.contains_key(*id)) {
        problems.push(Problem::new(
            format!("plan.gates.{id}"),
            Code::BadId,
            format!("`{id}` is both a gate and a phase, so `after` could mean either"),
            "give one of them another id",
        ));
    }
    let channels = world.places().count() * world.threats.len() * states.count().max(1);
    if channels > MOST_CHANNELS {
        problems.push(Problem::new(
            "world",
            Code::TooLarge,
            format!("threats x sites x states of tension is {channels}"),
            format!("group sites or threats until it is at most {MOST_CHANNELS}"),
        ));
    }
}

fn table<'a>(
    path: &str,
    ids: impl Iterator<Item = &'a String> + Clone,
    problems: &mut Vec<Problem>,
) {
    let count = ids.clone().count();
    if count > MOST_ENTRIES {
        problems.push(Problem::new(
            path,
            Code::TooLarge,
            format!("{count} entries"),
            format!("group them until there are at most {MOST_ENTRIES}"),
        ));
    }
    for id in ids.filter(|id| !well_formed(id)) {
        problems.push(Problem::new(
            join(path, id),
            Code::BadId,
            "an id is made of letters, digits, `_` and `-`, 64 at the most",
            "rename it; a `title` can hold any text",
        ));
    }
}

fn well_formed(id: &str) -> bool {
    !id.is_empty()
        && id.chars().count() <= 64
        && id.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
