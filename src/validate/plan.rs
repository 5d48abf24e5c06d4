//! Checks of gates, phases, moves and breathing room.

use std::collections::{BTreeMap, BTreeSet};

use super::contingents::may_be_on;
use super::{all_known, at, check_destination, contingents, known, materiel, people};
use crate::error::{Code, Problem};
use crate::law::{Dist, Family, Range};
use crate::scenario::{
    After, Blackout, BreathingRoom, Date, Link, MONTHS, Move, Phase, Relation, Scenario,
};

pub(super) fn check(scenario: &Scenario, horizon: Date, problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    for (id, gate) in &plan.gates {
        let path = format!("plan.gates.{id}");
        check_after(scenario, &path, &gate.after, problems);
        let states = scenario.world.tension.iter().flat_map(|tension| tension.states.keys());
        let blocked = gate.blocked_while.iter().flat_map(|b| &b.tension);
        let path = at(&path, "blocked_while.tension");
        all_known(&path, "state of tension", blocked, states, problems);
    }
    for (id, phase) in &plan.phases {
        check_phase(scenario, id, phase, horizon, problems);
    }
    check_room(scenario, "plan.breathing_room", &plan.breathing_room, problems);
    for (id, blackout) in &plan.blackouts {
        check_blackout(scenario, &format!("plan.blackouts.{id}"), blackout, problems);
    }
    for (k, day) in plan.working_days.iter().enumerate() {
        if plan.working_days[..k].contains(day) {
            problems.push(Problem::new(
                format!("plan.working_days.{k}"),
                Code::Contradiction,
                format!("`{}` is given twice", day.as_str()),
                "take one out",
            ));
        }
    }
    let months = MONTHS.map(str::to_owned);
    for month in plan.months.keys() {
        known(&format!("plan.months.{month}"), "month", month, months.iter(), problems);
    }
    check_correlation(scenario, problems);
    materiel::check(scenario, problems);
    match order(scenario) {
        Ok(order) => {
            people::check(scenario, &order, problems);
            materiel::check_in(scenario, &order, problems);
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

fn check_room(scenario: &Scenario, path: &str, room: &BreathingRoom, problems: &mut Vec<Problem>) {
    if let Some(latest) = room.latest.filter(|latest| *latest < scenario.start) {
        problems.push(Problem::new(
            at(path, "latest"),
            Code::DatesOutOfOrder,
            format!("{latest} is before the start {}", scenario.start),
            "give a later date, or leave it out",
        ));
    }
}

fn check_blackout(
    scenario: &Scenario,
    path: &str,
    blackout: &Blackout,
    problems: &mut Vec<Problem>,
) {
    let Blackout { from, until, .. } = *blackout;
    if until <= from {
        problems.push(Problem::new(
            at(path, "until"),
            Code::DatesOutOfOrder,
            format!("{until} is not after {from}"),
            "give the first day on which things move again",
        ));
    }
    if until <= scenario.start && scenario.now.is_none() {
        problems.push(Problem::new(
            at(path, "until"),
            Code::DatesOutOfOrder,
            format!("the blackout is over by the start {}", scenario.start),
            "give a later date, or take it out",
        ));
    }
}

/// Ratios can only be correlated through their normal scores where they are made from normal
/// numbers.
fn check_correlation(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    if plan.duration_correlation == Range::Number(0.0) {
        return;
    }
    for (id, phase) in &plan.phases {
        if let Dist::Family(family) = &phase.duration_ratio
            && !matches!(family, Family::Constant(_) | Family::Lognormal { .. })
        {
            problems.push(Problem::new(
                format!("plan.phases.{id}.duration_ratio"),
                Code::Contradiction,
                "`plan.duration_correlation` is given, but this law is not made from a normal score",
                "use `lognormal` or a number, or take the correlation out",
            ));
        }
    }
}

fn check_after(scenario: &Scenario, path: &str, after: &[String], problems: &mut Vec<Problem>) {
    let plan = &scenario.plan;
    let among = plan.gates.keys().chain(plan.phases.keys());
    all_known(&at(path, "after"), "gate or phase", after, among, problems);
}

/// A gate only opens, so that nothing but its opening can be waited for.
fn check_waits(scenario: &Scenario, path: &str, phase: &Phase, problems: &mut Vec<Problem>) {
    let links = match &phase.after {
        After::Done(ids) => return check_after(scenario, path, ids, problems),
        After::Each(links) => links,
    };
    let plan = &scenario.plan;
    for (id, link) in links {
        let path = format!("{path}.after.{id}");
        known(&path, "gate or phase", id, plan.gates.keys().chain(plan.phases.keys()), problems);
        let relation = match link.relation {
            Relation::FinishToStart => continue,
            Relation::StartToStart => "start_to_start",
            Relation::FinishToFinish => "finish_to_finish",
        };
        if plan.gates.contains_key(id) {
            problems.push(Problem::new(
                at(&path, "relation"),
                Code::Contradiction,
                format!("`{id}` is a gate, which opens at a moment and has no {relation}"),
                "give \"finish_to_start\", or leave it out",
            ));
        }
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
    check_waits(scenario, &path, phase, problems);
    let (begin, end) = (phase.announced_start, phase.announced_finish);
    let mut order = |key: &str, wrong: bool, what: String, remedy: &str| {
        if wrong {
            problems.push(Problem::new(at(&path, key), Code::DatesOutOfOrder, what, remedy));
        }
    };
    order(
        "announced_start",
        begin < scenario.start && scenario.now.is_none(),
        format!("{begin} is before the scenario's start {}", scenario.start),
        "move it, start the scenario earlier, or say in `now` where things stand",
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
    order(
        "announced_finish",
        scenario.plan.allowed_for().any(|out| (out.from..out.until).contains(&end)),
        format!("{end} is in a blackout that the dates allow for, when nobody can be moved"),
        "give the day before it begins, or the one on which things move again",
    );
    order(
        "announced_finish",
        !scenario.plan.working_days.contains(&end.weekday()),
        format!("{end} is a {}, which is not among the working days", end.weekday()),
        "give the next working day, at the beginning of which it is done then",
    );
    order(
        "announced_finish",
        begin < end && scenario.plan.announced_days(phase) == 0.0,
        format!("nothing moves on any day from {begin} to {end}, as the dates allow for"),
        "give a later date",
    );
    for (move_id, step) in &phase.moves {
        check_move(scenario, &format!("{path}.moves.{move_id}"), step, problems);
    }
    one_open_move(&path, phase, problems);
    check_waves(&path, phase, problems);
    if let Some(room) = &phase.breathing_room {
        check_room(scenario, &at(&path, "breathing_room"), room, problems);
    }
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
    let sites = &scenario.world.sites;
    known(&at(path, "site"), "site", &step.site, sites.keys(), problems);
    let what = "they would move to where they are";
    check_destination(path, (&step.site, &step.to), sites, what, problems);
    let contingents = contingents(scenario);
    let among = contingents.iter().copied();
    known(&at(path, "contingent"), "contingent", &step.contingent, among, problems);
    may_be_on(scenario, path, &step.contingent, &step.to, problems);
    if step.people.is_some() && step.takes_arrivals {
        problems.push(Problem::new(
            path,
            Code::Contradiction,
            "a move of a given number of people takes no arrivals",
            "take `people` or `takes_arrivals` out",
        ));
    }
    if step.people.is_some() && step.residual.is_some() {
        problems.push(Problem::new(
            path,
            Code::Contradiction,
            "both `people` (how many leave) and `residual` (how many stay) are given",
            "keep one of them",
        ));
    }
}

/// Each move and load of a phase with waves leaves with one of them.
fn check_waves(path: &str, phase: &Phase, problems: &mut Vec<Problem>) {
    if phase.waves.is_empty() {
        return;
    }
    let path = at(path, "waves");
    let (mut seen, mut all_known) = (BTreeSet::new(), true);
    for (w, wave) in phase.waves.iter().enumerate() {
        for (k, id) in wave.iter().enumerate() {
            let path = format!("{path}.{w}.{k}");
            let all = phase.moves.keys().chain(phase.loads.keys());
            all_known &= known(&path, "move or load of the phase", id, all, problems);
            if !seen.insert(id) {
                let what = format!("`{id}` leaves with a wave already");
                problems.push(Problem::new(path, Code::Contradiction, what, "name it once"));
            }
        }
    }
    let all = phase.moves.keys().chain(phase.loads.keys());
    let left_out: Vec<&str> = all.filter(|id| !seen.contains(id)).map(String::as_str).collect();
    if all_known && !left_out.is_empty() {
        problems.push(Problem::new(
            path,
            Code::LeftOut,
            format!("no wave has {}", left_out.join(", ")),
            "put each move and load into a wave, or take the waves out",
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
pub(super) fn order(scenario: &Scenario) -> Result<Vec<&String>, Vec<String>> {
    let plan = &scenario.plan;
    let gates = plan.gates.iter().map(|(id, gate)| (id, (gate.after.iter().collect(), None)));
    let phases = plan
        .phases
        .iter()
        .map(|(id, phase)| (id, (phase.after.ids(), Some(phase.announced_start))));
    let mut waiting: BTreeMap<&String, (Vec<&String>, Option<Date>)> =
        gates.chain(phases).collect();
    let mut done = Vec::new();
    loop {
        let free = |after: &[&String]| !after.iter().any(|id| waiting.contains_key(id));
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
        let awaited: BTreeSet<&String> =
            waiting.values().flat_map(|(after, _)| after.iter().copied()).collect();
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

/// A timetable that does not leave the time which its relations ask for cannot be kept.
fn check_sequence(scenario: &Scenario, problems: &mut Vec<Problem>) {
    for (id, phase) in &scenario.plan.phases {
        let bounds = announced_bounds(scenario, phase);
        for (key, date) in [
            ("announced_start", phase.announced_start),
            ("announced_finish", phase.announced_finish),
        ] {
            let own = bounds.iter().filter(|bound| bound.key == key);
            // The dates of one cause: the one that asks for most.
            let Some(most) = own.max_by(|a, b| a.spare(date).total_cmp(&b.spare(date)).reverse())
            else {
                continue;
            };
            if most.spare(date) < 0.0 {
                let Bound { from, lag_days, before, does, .. } = most;
                let later = match lag_days {
                    0.0 => String::new(),
                    lag => format!("{lag} days after "),
                };
                problems.push(Problem::new(
                    format!("plan.phases.{id}.{key}"),
                    Code::DatesOutOfOrder,
                    format!(
                        "{date} is before {later}{from}, when `{before}` is announced to {does}"
                    ),
                    match lag_days {
                        0.0 => "move one of the dates, or take the entry out of `after`",
                        _ => "move one of the dates, shorten the lag, or take the entry out of `after`",
                    },
                ));
            }
        }
    }
}

/// A date before which a phase cannot be announced to begin or to be done.
struct Bound<'a> {
    key: &'static str,
    before: &'a String,
    /// When the other phase is announced to `does`.
    from: Date,
    does: &'static str,
    lag_days: f64,
}

impl Bound<'_> {
    /// Days that a date leaves.
    fn spare(&self, date: Date) -> f64 {
        f64::from(date.days_since(self.from)) - self.lag_days
    }
}

fn announced_bounds<'a>(scenario: &'a Scenario, phase: &'a Phase) -> Vec<Bound<'a>> {
    let bound = |(before, link): (&'a String, Link)| {
        let other = scenario.plan.phases.get(before)?;
        let (start, finish) = (other.announced_start, other.announced_finish);
        let (key, from, does) = match link.relation {
            Relation::FinishToStart => ("announced_start", finish, "finish"),
            Relation::StartToStart => ("announced_start", start, "begin"),
            Relation::FinishToFinish => ("announced_finish", finish, "finish"),
        };
        Some(Bound { key, before, from, does, lag_days: link.lag_days })
    };
    phase.after.links().filter_map(bound).collect()
}
