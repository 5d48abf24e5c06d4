//! What is allowed and probably not meant.

use std::collections::BTreeSet;

use super::implies::implies;
use super::work::Work;
use super::{at, contingents, idle, materiel, now, people, plan};
use crate::error::{Code, Problem};
use crate::languages::{Speech, say};
use crate::law::Range;
use crate::scenario::{
    Actions, Condition, Date, Phase, Rates, Relation, Rule, Scenario, Site, Window,
};

/// Every warning about a scenario that has been found sound.
pub(crate) fn warnings(scenario: &Scenario, horizon: Date, speech: Speech) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for (id, blackout) in &scenario.plan.blackouts {
        if blackout.from >= horizon {
            warnings.push(Problem::new(
                format!("plan.blackouts.{id}.from"),
                Code::NoEffect,
                say!(speech, "warn-not-before-horizon", date = blackout.from, horizon = horizon),
                say!(speech, "do-blackout"),
            ));
        }
    }
    warnings.extend(unsaid_blackouts(scenario, speech));
    for (id, rule) in &scenario.plan.rules {
        let path = format!("plan.rules.{id}");
        look_at_rule(scenario, horizon, &path, rule, speech, &mut warnings);
    }
    for (id, site) in &scenario.world.sites {
        let manned = site.garrison.values().any(|&people| people > 0);
        if manned && is_cleared(scenario, &site.area) && !is_named(scenario, id, site) {
            warnings.push(Problem::new(
                format!("world.sites.{id}"),
                Code::LeftOut,
                say!(speech, "warn-not-named"),
                say!(speech, "do-move", residual = "residual"),
            ));
        }
    }
    warnings.extend(too_short(scenario, speech));
    warnings.extend(early_starts(scenario, speech));
    warnings.extend(contingents::late(scenario, speech));
    warnings.extend(lost_references(scenario, speech));
    warnings.extend(now::warnings(scenario, speech));
    warnings.extend(idle::warnings(scenario, horizon, speech));
    warnings.extend(Work::new(scenario, horizon).warning(speech));
    warnings
}

/// Blackouts within announced dates of which nothing says whether those allow for them.
fn unsaid_blackouts(scenario: &Scenario, speech: Speech) -> impl Iterator<Item = Problem> {
    let plan = &scenario.plan;
    let unsaid = plan.blackouts.iter().filter(|(_, out)| out.allowed_for.is_none());
    unsaid.filter_map(move |(id, out)| {
        let within = |phase: &Phase| {
            let (from, until) = (phase.announced_start, phase.announced_finish);
            out.until.min(until).days_since(out.from.max(from))
        };
        let days = plan.phases.iter().map(|(id, phase)| (id, within(phase)));
        let (phase, days) = days.max_by_key(|(_, days)| *days).filter(|(_, days)| *days > 0)?;
        Some(Problem::new(
            format!("plan.blackouts.{id}.allowed_for"),
            Code::LeftOut,
            say!(speech, "warn-unsaid-blackout", days = f64::from(days), phase = phase),
            say!(speech, "do-say-allowed", no = "false", yes = "true"),
        ))
    })
}

/// Phases whose announced dates leave transport no time to take everything, by more than a day.
fn too_short(scenario: &Scenario, speech: Speech) -> Vec<Problem> {
    let plan = &scenario.plan;
    let Ok(order) = plan::order(scenario) else { return Vec::new() };
    // What is wrong with the numbers has been told.
    let mut told = Vec::new();
    let people = people::check_counts(scenario, &order, &mut told);
    let people =
        people.iter().map(|(id, count)| (*id, "people", *count, plan.transport.people_per_day));
    let tonnes = materiel::check_counts(scenario, &order, &mut told);
    let tonnes = tonnes.iter().map(|((id, mode), count)| {
        (*id, *mode, *count, plan.transport.modes[*mode].tonnes_per_day)
    });
    let begun = |id: &str| scenario.now.as_ref().is_some_and(|now| now.phases.contains_key(id));
    let each = people.chain(tonnes).filter(|(id, ..)| !begun(id));
    let late = each.filter_map(|(id, what, count, per_day)| {
        let (needed, days) =
            (count as f64 / f64::from(per_day), plan.announced_days(&plan.phases[id]));
        (needed > days + 1.0).then(|| {
            let (what, key) = match what {
                "people" => {
                    (say!(speech, "too-short-people", count = count), "people_per_day".to_owned())
                }
                mode => (
                    say!(speech, "too-short-tonnes", count = count, mode = mode),
                    format!("modes.{mode}.tonnes_per_day"),
                ),
            };
            let needed = format!("{needed:.1}");
            Problem::new(
                format!("plan.phases.{id}.announced_finish"),
                Code::DatesOutOfOrder,
                say!(
                    speech,
                    "warn-too-short",
                    what = what,
                    needed = needed,
                    per_day = per_day,
                    days = days
                ),
                say!(speech, "do-later-or-raise", key = format!("plan.transport.{key}")),
            )
        })
    });
    late.collect()
}

/// Phases whose announced dates cannot be kept even if those for whom they wait are on the road for as
/// short as they can be. Dates are days, so that one day is let go.
fn early_starts(scenario: &Scenario, speech: Speech) -> Vec<Problem> {
    let phases = &scenario.plan.phases;
    let way = |phase: &Phase| {
        let legs = scenario.world.legs.values();
        let taken = legs.filter(|leg| {
            let mut moves = phase.moves.values();
            moves.any(|step| step.site == leg.from && step.to == leg.to)
        });
        taken.map(|leg| leg.days.support().0).fold(0.0, f64::max)
    };
    let mut warnings = Vec::new();
    for (id, phase) in phases {
        for (other, link) in phase.after.links() {
            let Some(before) = phases.get(other) else { continue };
            let (date, what) = match link.relation {
                Relation::StartToStart => continue,
                Relation::FinishToStart => (phase.announced_start, "start"),
                Relation::FinishToFinish => (phase.announced_finish, "finish"),
            };
            let between = f64::from(date.days_since(before.announced_finish));
            let days = way(before);
            if days > 0.0 && between + 1.0 < days + link.lag_days {
                warnings.push(Problem::new(
                    format!("plan.phases.{id}.announced_{what}"),
                    Code::DatesOutOfOrder,
                    say!(
                        speech,
                        "warn-early-start",
                        between = between,
                        other = other,
                        days = format!("{days:.1}")
                    ),
                    say!(speech, "do-later"),
                ));
            }
        }
    }
    warnings
}

/// Sites that people have left or come to before the start, where a threat follows their number, and
/// nothing says how many its rates are meant for.
fn lost_references(scenario: &Scenario, speech: Speech) -> Vec<Problem> {
    let Some(now) = &scenario.now else { return Vec::new() };
    let begun = now.phases.keys().filter_map(|id| scenario.plan.phases.get(id));
    let moves: Vec<_> = begun.flat_map(|phase| phase.moves.values()).collect();
    let moved = |id: &String| moves.iter().any(|step| step.site == *id || step.to == *id);
    let followed = |id: &String| {
        let mut threats = scenario.world.threats.values();
        threats.any(|threat| {
            !is_zero(&threat.presence_elasticity) && idle::falls_on(threat, id, scenario)
        })
    };
    let sites = scenario
        .world
        .sites
        .iter()
        .filter(|(id, site)| site.reference_garrison.is_none() && moved(id) && followed(id));
    let warning = |(id, _): (&String, &Site)| {
        Problem::new(
            format!("world.sites.{id}.reference_garrison"),
            Code::LeftOut,
            say!(speech, "warn-lost-reference"),
            say!(speech, "do-reference"),
        )
    };
    sites.map(warning).collect()
}

/// Whether people leave some site of an area, or some site of none.
fn is_cleared(scenario: &Scenario, area: &Option<String>) -> bool {
    let mut moves = scenario.plan.phases.values().flat_map(|phase| phase.moves.values());
    moves.any(|step| scenario.world.sites.get(&step.site).is_some_and(|site| site.area == *area))
}

fn look_at_rule(
    scenario: &Scenario,
    horizon: Date,
    path: &str,
    rule: &Rule,
    speech: Speech,
    warnings: &mut Vec<Problem>,
) {
    let Actions { pause, stretch, .. } = &rule.then;
    if scenario.plan.breathing_room.pause_days == 0.0 {
        for key in [pause.as_ref().map(|_| "pause"), stretch.as_ref().map(|_| "stretch")] {
            warnings.extend(key.map(|key| {
                Problem::new(
                    format!("{path}.then.{key}"),
                    Code::NoEffect,
                    say!(speech, "warn-no-room"),
                    say!(speech, "do-room", key = "plan.breathing_room.pause_days"),
                )
            }));
        }
    }
    if let Some(why) = never(scenario, horizon, &rule.when, speech) {
        warnings.push(Problem::new(
            at(path, "when"),
            Code::NoEffect,
            say!(speech, "warn-never", why = why),
            say!(speech, "do-change-condition"),
        ));
    } else if rule.cooldown_days == 0.0
        && rule.at_most_times != Some(1)
        && rule.until.as_ref().is_some_and(|until| implies(&rule.when, until))
    {
        warnings.push(Problem::new(
            at(path, "until"),
            Code::Flapping,
            say!(speech, "warn-flapping", when = "when"),
            say!(speech, "do-until", until = "until", cooldown = "cooldown_days"),
        ));
    }
}

/// Why a condition holds in no history, if that can be read off it.
fn never(
    scenario: &Scenario,
    horizon: Date,
    condition: &Condition,
    speech: Speech,
) -> Option<String> {
    let room = &scenario.plan.breathing_room;
    let most = |least: Option<f64>, most: f64| {
        let least = least.filter(|least| *least > most)?;
        Some(say!(speech, "never-room", days = least))
    };
    match condition {
        Condition::All(parts) => {
            parts.iter().find_map(|part| never(scenario, horizon, part, speech))
        }
        Condition::Any(parts) => {
            let mut whys = parts.iter().map(|part| never(scenario, horizon, part, speech));
            let first = whys.next()?;
            if whys.all(|why| why.is_some()) { first } else { None }
        }
        Condition::Date(dates) => match (dates.from, dates.before) {
            (Some(from), _) if from >= horizon => {
                Some(say!(speech, "warn-not-before-horizon", date = from, horizon = horizon))
            }
            (_, Some(before)) if before <= scenario.start => {
                Some(say!(speech, "never-after-start", date = before, start = scenario.start))
            }
            _ => None,
        },
        Condition::Event(event) => {
            let date = scenario.world.calendar.get(&event.id)?.date;
            (date >= horizon).then(|| {
                say!(speech, "never-event", id = &event.id, date = date, horizon = horizon)
            })
        }
        Condition::Risk(id) => {
            let risk = scenario.world.risks.get(id)?;
            is_zero(&risk.probability).then(|| say!(speech, "never-risk", id = id))
        }
        Condition::Tension(states) => {
            let reached = reached(scenario);
            let none = !states.iter().any(|state| reached.contains(state));
            none.then(|| say!(speech, "never-tension"))
        }
        Condition::Attacks(window) | Condition::Wounded(window) | Condition::Killed(window) => {
            let calm = window.at_least.is_some_and(|least| least > 0) && !attacks(scenario, window);
            calm.then(|| say!(speech, "never-attacks"))
        }
        Condition::PauseDaysLeft(amount) => most(amount.at_least, room.pause_days),
        Condition::ExtensionDaysLeft(amount) => most(amount.at_least, room.extension_days),
        _ => None,
    }
}

/// States of tension that some history reaches.
pub(super) fn reached(scenario: &Scenario) -> BTreeSet<&String> {
    let mut reached = BTreeSet::new();
    let Some(tension) = &scenario.world.tension else { return reached };
    let mut look = vec![&tension.start];
    while let Some(state) = look.pop() {
        if reached.insert(state) {
            let next = tension.states.get(state).into_iter().flat_map(|about| &about.next);
            look.extend(next.filter(|(_, weight)| !is_zero(weight)).map(|(to, _)| to));
        }
    }
    reached
}

/// Whether a threat that is counted may attack, of itself or because of something else.
fn attacks(scenario: &Scenario, window: &Window) -> bool {
    let world = &scenario.world;
    let caused = world.insurgency.is_some()
        || world.threats.values().any(|threat| threat.contagion.is_some());
    let counted = |id: &String| window.threats.as_ref().is_none_or(|ids| ids.contains(id));
    let mut counted = world.threats.iter().filter(|(id, _)| counted(id));
    caused
        || counted.any(|(id, threat)| {
            let on_legs = world.attacks_on_legs(id);
            let each = on_legs.flat_map(|it| [&it.per_convoy, &it.per_person_day]);
            each.chain([&threat.attacks_per_day]).any(|rates| match rates {
                Rates::Same(rate) => !is_zero(rate),
                Rates::ByState(rates) => !rates.values().all(is_zero),
            })
        })
}

pub(super) fn is_zero(range: &Range) -> bool {
    matches!(range, Range::Number(0.0))
}

/// Whether the plan names a site, or sends a contingent home that is there.
fn is_named(scenario: &Scenario, id: &String, site: &Site) -> bool {
    let plan = &scenario.plan;
    let mut moves = plan.phases.values().flat_map(|phase| phase.moves.values());
    moves.any(|step| step.site == *id || step.to == *id)
        || plan.rules.values().any(|rule| {
            let then = &rule.then;
            let detachments = [&then.reinforce, &then.go_back_in, &then.keep_residual];
            detachments.into_iter().flatten().any(|about| about.site == *id)
                || then.send_home.iter().any(|home| site.garrison.contains_key(&home.contingent))
        })
}
