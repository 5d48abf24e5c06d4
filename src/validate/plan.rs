//! Checks of gates, phases, moves and breathing room.

use std::collections::{BTreeMap, BTreeSet};

use super::world::positive_law;
use super::{at, known};
use crate::error::{Code, Problem};
use crate::scenario::{Date, HOME, Move, Phase, Scenario};

pub(super) fn check(scenario: &Scenario, horizon: Date, problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    for (id, gate) in &plan.gates {
        let path = format!("plan.gates.{id}");
        gate.delay_days.check(&at(&path, "delay_days"), (0.0, f64::INFINITY), problems);
        check_after(scenario, &path, &gate.after, problems);
        let states = scenario.world.tension.iter().flat_map(|tension| tension.states.keys());
        for (k, state) in gate.blocked_while.iter().flat_map(|b| &b.tension).enumerate() {
            let path = format!("{path}.blocked_while.tension.{k}");
            known(&path, "state of tension", state, states.clone(), problems);
        }
    }
    for (id, phase) in &plan.phases {
        check_phase(scenario, id, phase, horizon, problems);
    }
    if let Some(latest) = plan.breathing_room.latest.filter(|latest| *latest < scenario.start) {
        problems.push(Problem::new(
            "plan.breathing_room.latest",
            Code::DatesOutOfOrder,
            format!("{latest} is before the start {}", scenario.start),
            "give a later date, or leave it out",
        ));
    }
    match order(scenario) {
        Ok(order) => {
            check_people(scenario, &order, problems);
            check_arrivals(scenario, problems);
            check_sequence(scenario, problems);
        }
        Err(waiting) => problems.push(Problem::new(
            format!("plan.{}", waiting[0]),
            Code::Cycle,
            format!("these wait for each other: {}", waiting.join(", ")),
            "take one of their `after` entries out",
        )),
    }
}

fn check_after(scenario: &Scenario, path: &str, after: &[String], problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    for (k, id) in after.iter().enumerate() {
        let among = plan.gates.keys().chain(plan.phases.keys());
        known(&format!("{path}.after.{k}"), "gate or phase", id, among, problems);
    }
}

fn check_phase(
    scenario: &Scenario,
    id: &str,
    phase: &Phase,
    horizon: Date,
    problems: &mut Vec<Problem>,
) {
    let path = format!("plan.phases.{id}");
    check_after(scenario, &path, &phase.after, problems);
    positive_law(&at(&path, "duration_ratio"), &phase.duration_ratio, problems);
    let (begin, end) = (phase.announced_start, phase.announced_finish);
    let mut order = |key: &str, wrong: bool, what: String, remedy: &str| {
        if wrong {
            problems.push(Problem::new(at(&path, key), Code::DatesOutOfOrder, what, remedy));
        }
    };
    order(
        "announced_start",
        begin < scenario.start,
        format!("{begin} is before the scenario's start {}", scenario.start),
        "move it, or start the scenario earlier",
    );
    order(
        "announced_finish",
        end <= begin,
        format!("{end} is not after the announced start {begin}"),
        "give a later date",
    );
    order(
        "announced_finish",
        end >= horizon,
        format!("{end} is not before the horizon {horizon}"),
        "give a later horizon, or leave the horizon out",
    );
    for (move_id, step) in &phase.moves {
        check_move(scenario, &format!("{path}.moves.{move_id}"), step, problems);
    }
    one_open_move(&path, phase, problems);
    let transport = &scenario.plan.transport;
    let seats = u64::from(transport.lift_every_days) * u64::from(transport.people_per_day);
    if seats < phase.moves.len() as u64 {
        problems.push(Problem::new(
            at(&path, "moves"),
            Code::Contradiction,
            format!("a lift takes {seats} people, fewer than the phase has moves"),
            "raise `plan.transport.people_per_day`, or merge moves",
        ));
    }
}

fn check_move(scenario: &Scenario, path: &str, step: &Move, problems: &mut Vec<Problem>) {
    let sites = scenario.world.sites.keys();
    known(&at(path, "site"), "site", &step.site, sites.clone(), problems);
    if step.to != HOME {
        known(&at(path, "to"), "site", &step.to, sites, problems);
    }
    if step.to == step.site {
        problems.push(Problem::new(
            at(path, "to"),
            Code::Contradiction,
            "they would move to where they are",
            "name another site, or `home`",
        ));
    }
    let contingents: BTreeSet<&String> =
        scenario.world.sites.values().flat_map(|site| site.garrison.keys()).collect();
    let among = contingents.iter().copied();
    known(&at(path, "contingent"), "contingent", &step.contingent, among, problems);
    if step.people.is_some() && step.residual.is_some() {
        problems.push(Problem::new(
            path,
            Code::Contradiction,
            "both `people` (how many leave) and `residual` (how many stay) are given",
            "keep one of them",
        ));
    }
}

/// "Everybody who is left" cannot go two ways in one phase.
fn one_open_move(path: &str, phase: &Phase, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (id, step) in phase.moves.iter().filter(|(_, step)| step.people.is_none()) {
        if !seen.insert((&step.site, &step.contingent)) {
            problems.push(Problem::new(
                format!("{path}.moves.{id}"),
                Code::Contradiction,
                format!(
                    "another move of this phase already takes all of `{}` that `{}` has left",
                    step.contingent, step.site
                ),
                "give `people` in all but one of them",
            ));
        }
    }
}

/// Phases in an order in which each comes after what it waits for, earliest announced first;
/// or the gates and phases that wait for each other.
fn order(scenario: &Scenario) -> Result<Vec<&String>, Vec<String>> {
    let plan = &scenario.plan;
    let gates = plan.gates.iter().map(|(id, gate)| (id, (&gate.after, None)));
    let phases =
        plan.phases.iter().map(|(id, phase)| (id, (&phase.after, Some(phase.announced_start))));
    let mut waiting: BTreeMap<&String, (&Vec<String>, Option<Date>)> =
        gates.chain(phases).collect();
    let mut done = Vec::new();
    loop {
        let free = |after: &Vec<String>| !after.iter().any(|id| waiting.contains_key(id));
        let next = waiting
            .iter()
            .filter(|(_, (after, _))| free(after))
            .min_by_key(|(id, (_, begin))| (*begin, **id))
            .map(|(id, (_, begin))| (*id, begin.is_some()));
        let Some((id, is_phase)) = next else { break };
        waiting.remove(id);
        if is_phase {
            done.push(id);
        }
    }
    if waiting.is_empty() {
        return Ok(done);
    }
    // Those that nobody left waits for are only behind the cycle, not in it.
    loop {
        let awaited: BTreeSet<&String> = waiting.values().flat_map(|(after, _)| *after).collect();
        let before = waiting.len();
        waiting.retain(|id, _| awaited.contains(id));
        if waiting.len() == before {
            break;
        }
    }
    let name = |id: &&String| {
        let table = if plan.phases.contains_key(*id) { "phases" } else { "gates" };
        format!("{table}.{id}")
    };
    Err(waiting.keys().map(name).collect())
}

/// Walks the phases in order and counts who is where: nobody leaves twice.
fn check_people(scenario: &Scenario, order: &[&String], problems: &mut Vec<Problem>) {
    let mut people: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (id, site) in &scenario.world.sites {
        people.extend(site.garrison.iter().map(|(who, n)| ((id.as_str(), who.as_str()), *n)));
    }
    for id in order {
        let moves = &scenario.plan.phases[*id].moves;
        let sites = &scenario.world.sites;
        let sound = moves.iter().filter(|(_, step)| {
            sites.contains_key(&step.site)
                && sites.values().any(|site| site.garrison.contains_key(&step.contingent))
        });
        let fixed_first = sound.clone().filter(|(_, step)| step.people.is_some());
        let open = sound.filter(|(_, step)| step.people.is_none());
        let mut arrivals = Vec::new();
        for (move_id, step) in fixed_first.chain(open) {
            let there = people.entry((&step.site, &step.contingent)).or_insert(0);
            let leave =
                step.people.unwrap_or_else(|| *there - step.residual.unwrap_or(0).min(*there));
            let short = leave > *there || step.residual.is_some_and(|stay| stay > *there);
            if short {
                let path = format!("plan.phases.{id}.moves.{move_id}");
                problems.push(too_many(&path, step, *there));
            }
            *there -= leave.min(*there);
            arrivals.push(((step.to.as_str(), step.contingent.as_str()), leave));
        }
        for (place, count) in arrivals {
            let there = people.entry(place).or_insert(0);
            *there = there.saturating_add(count);
        }
    }
}

/// A timetable in which a phase begins before what it comes after is done cannot be kept.
fn check_sequence(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let phases = &scenario.plan.phases;
    for (id, phase) in phases {
        let before = phase.after.iter().filter_map(|id| phases.get(id));
        let done = before.map(|first| first.announced_finish).max();
        if let Some(done) = done.filter(|done| phase.announced_start < *done) {
            problems.push(Problem::new(
                format!("plan.phases.{id}.announced_start"),
                Code::DatesOutOfOrder,
                format!(
                    "{} is before {done}, when what it comes after is announced to finish",
                    phase.announced_start
                ),
                "move one of the dates, or take the entry out of `after`",
            ));
        }
    }
}

/// How many a move takes is settled when its phase starts: those who come later stay for good. So
/// the phases that bring people must come before it or after it, and the plan must say which.
fn check_arrivals(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    for (id, phase) in &plan.phases {
        for (move_id, step) in &phase.moves {
            let site = scenario.world.sites.get(&step.site);
            let there = site.and_then(|site| site.garrison.get(&step.contingent)).unwrap_or(&0);
            if step.people.is_some_and(|people| people <= *there) {
                continue;
            }
            let brings = |other: &Phase| {
                let mut moves = other.moves.values();
                moves.any(|m| m.to == step.site && m.contingent == step.contingent)
            };
            let unordered = plan.phases.iter().find(|(other, about)| {
                brings(about)
                    && *other != id
                    && !comes_after(scenario, id, other)
                    && !comes_after(scenario, other, id)
            });
            if let Some((other, _)) = unordered {
                problems.push(Problem::new(
                    format!("plan.phases.{id}.moves.{move_id}"),
                    Code::Contradiction,
                    format!(
                        "it counts on those of `{}` whom `{other}` brings to `{}`, but neither phase \
                         waits for the other",
                        step.contingent, step.site
                    ),
                    format!("add \"{other}\" to the phase's `after`"),
                ));
            }
        }
    }
}

/// Whether `id` waits for `other`, directly or through others.
fn comes_after(scenario: &Scenario, id: &str, other: &str) -> bool {
    let plan = &scenario.plan;
    let after = |id: &str| {
        let gate = plan.gates.get(id).map(|gate| &gate.after);
        gate.or(plan.phases.get(id).map(|phase| &phase.after)).into_iter().flatten()
    };
    let mut look: Vec<&String> = after(id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = look.pop() {
        if id == other {
            return true;
        }
        if seen.insert(id) {
            look.extend(after(id));
        }
    }
    false
}

fn too_many(path: &str, step: &Move, there: u32) -> Problem {
    let wanted = step.people.or(step.residual).unwrap_or(0);
    Problem::new(
        path,
        Code::TooManyPeople,
        format!(
            "{wanted} of `{}` at `{}`, but only {there} are there by then",
            step.contingent, step.site
        ),
        "lower the number, or leave it out to move everybody",
    )
}
