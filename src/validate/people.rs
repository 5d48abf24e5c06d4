//! Checks of who is where when: nobody leaves twice, nobody is counted on who has not come.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Code, Problem};
use crate::scenario::{Move, Phase, Relation, Scenario};

pub(super) fn check(scenario: &Scenario, order: &[&String], problems: &mut Vec<Problem>) {
    check_counts(scenario, order, problems);
    check_arrivals(scenario, problems);
    check_circles(scenario, problems);
}

/// Walks the phases in order and counts who is where: nobody leaves twice. Returns how many each phase
/// moves that is not done.
pub(super) fn check_counts<'a>(
    scenario: &Scenario,
    order: &[&'a String],
    problems: &mut Vec<Problem>,
) -> BTreeMap<&'a str, u64> {
    let mut moved: BTreeMap<&str, u64> = BTreeMap::new();
    let mut people: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (id, site) in &scenario.world.sites {
        people.extend(site.garrison.iter().map(|(who, n)| ((id.as_str(), who.as_str()), *n)));
    }
    for id in order {
        let now = scenario.now.as_ref().and_then(|now| now.phases.get(*id));
        if now.is_some_and(|now| now.finished.is_some()) {
            continue;
        }
        let gone = |move_id: &String| now.and_then(|now| now.moved.get(move_id)).unwrap_or(&0);
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
            let given = step.people.map(|people| people.saturating_sub(*gone(move_id)));
            let leave = given.unwrap_or_else(|| *there - step.residual.unwrap_or(0).min(*there));
            let short = leave > *there || step.residual.is_some_and(|stay| stay > *there);
            if short {
                let path = format!("plan.phases.{id}.moves.{move_id}");
                problems.push(too_many(&path, step, *gone(move_id), *there));
            }
            *there -= leave.min(*there);
            *moved.entry(id).or_default() += u64::from(leave);
            arrivals.push(((step.to.as_str(), step.contingent.as_str()), leave));
        }
        for (place, count) in arrivals {
            let there = people.entry(place).or_insert(0);
            *there = there.saturating_add(count);
        }
    }
    moved
}

/// How many a move takes is settled when its phase starts: those who come later stay for good. So
/// the phases that bring people must come before it or after it, and the plan must say which.
fn check_arrivals(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    let now = |id: &String| scenario.now.as_ref().and_then(|now| now.phases.get(id));
    let done = |id: &String| now(id).is_some_and(|about| about.finished.is_some());
    for (id, phase) in plan.phases.iter().filter(|(id, _)| !done(id)) {
        for (move_id, step) in &phase.moves {
            let gone = now(id).and_then(|about| about.moved.get(move_id)).unwrap_or(&0);
            let site = scenario.world.sites.get(&step.site);
            let there = site.and_then(|site| site.garrison.get(&step.contingent)).unwrap_or(&0);
            if step.people.is_some_and(|people| people.saturating_sub(*gone) <= *there) {
                continue;
            }
            let brings = |other: &Phase| {
                let mut moves = other.moves.values();
                moves.any(|m| m.to == step.site && m.contingent == step.contingent)
            };
            let waits = |other: &String| {
                let mut links = phase.after.links();
                links.any(|(of, link)| of == other && link.is_for_last_lift())
            };
            let unordered = plan.phases.iter().find(|(other, about)| {
                brings(about)
                    && *other != id
                    && !done(other)
                    && (!step.takes_arrivals || !waits(other))
                    && !begins_after(scenario, id, other)
                    && !begins_after(scenario, other, id)
            });
            if let Some((other, _)) = unordered {
                let remedy = if step.takes_arrivals {
                    format!(
                        "let the last lift wait for them: {other} = {{ relation = \"finish_to_finish\" \
                         }} in the phase's `after`"
                    )
                } else {
                    match phase.after.links().find(|(waits_for, _)| *waits_for == other) {
                        Some(_) => {
                            "how many leave is settled when the phase begins: give the move \
                                    `takes_arrivals`, or wait for the other by `finish_to_start`"
                                .to_owned()
                        }
                        None => format!("add \"{other}\" to the phase's `after`"),
                    }
                };
                problems.push(Problem::new(
                    format!("plan.phases.{id}.moves.{move_id}"),
                    Code::Contradiction,
                    format!(
                        "it counts on those of `{}` whom `{other}` brings to `{}`, but neither phase \
                         begins only when the other is done",
                        step.contingent, step.site
                    ),
                    remedy,
                ));
            }
        }
    }
}

/// Moves that take arrivals, and bring them round to where they were, never end.
fn check_circles(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let phases = scenario.plan.phases.iter();
    let moves = phases.flat_map(|(id, phase)| phase.moves.iter().map(move |one| (id, one)));
    let taking: Vec<_> = moves.filter(|(_, (_, step))| step.takes_arrivals).collect();
    for (phase, (id, step)) in &taking {
        let (mut reached, mut look) = (BTreeSet::new(), vec![&step.to]);
        while let Some(site) = look.pop() {
            if reached.insert(site) {
                let on = taking.iter().map(|(_, (_, next))| next);
                let on = on.filter(|next| next.site == *site && next.contingent == step.contingent);
                look.extend(on.map(|next| &next.to));
            }
        }
        if reached.contains(&step.site) {
            problems.push(Problem::new(
                format!("plan.phases.{phase}.moves.{id}.takes_arrivals"),
                Code::Contradiction,
                format!("those who leave `{}` are brought back there, round and round", step.site),
                "take it out of one of the moves on the way",
            ));
        }
    }
}

/// Whether `id` begins only after `other` is done, for what it or others wait for.
pub(super) fn begins_after(scenario: &Scenario, id: &str, other: &str) -> bool {
    let plan = &scenario.plan;
    // What must have begun, and what must be done, before `id` begins.
    let (mut begun, mut done) = (vec![id], Vec::new());
    let mut seen = BTreeSet::new();
    loop {
        let (one, is_done) = match (begun.pop(), done.pop()) {
            (Some(one), held) => {
                done.extend(held);
                (one, false)
            }
            (None, Some(one)) => (one, true),
            (None, None) => return false,
        };
        if is_done && one == other {
            return true;
        }
        if !seen.insert((one, is_done)) {
            continue;
        }
        // What is done has begun.
        begun.extend(is_done.then_some(one));
        done.extend(plan.gates.get(one).into_iter().flat_map(|gate| &gate.after).map(|s| &**s));
        for (before, link) in plan.phases.get(one).into_iter().flat_map(|phase| phase.after.links())
        {
            match link.relation {
                Relation::FinishToStart => done.push(before),
                Relation::StartToStart => begun.push(before),
                Relation::FinishToFinish if is_done => done.push(before),
                Relation::FinishToFinish => {}
            }
        }
    }
}

fn too_many(path: &str, step: &Move, gone: u32, there: u32) -> Problem {
    let wanted = step.people.map(|people| people.saturating_sub(gone));
    let wanted = wanted.or(step.residual).unwrap_or(0);
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
