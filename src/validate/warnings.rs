//! What is allowed and probably not meant.

use std::collections::BTreeSet;

use super::implies::implies;
use super::work::Work;
use super::{at, contingents, idle, materiel, now, people, plan};
use crate::error::{Code, Problem};
use crate::law::Range;
use crate::scenario::{
    Actions, Condition, Date, Phase, Rates, Relation, Rule, Scenario, Site, Window,
};

/// Every warning about a scenario that has been found sound.
pub(crate) fn warnings(scenario: &Scenario, horizon: Date) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for (id, blackout) in &scenario.plan.blackouts {
        if blackout.from >= horizon {
            warnings.push(Problem::new(
                format!("plan.blackouts.{id}.from"),
                Code::NoEffect,
                format!("{} is not before the horizon {horizon}", blackout.from),
                "give an earlier date or a later horizon, or take the blackout out",
            ));
        }
    }
    warnings.extend(unsaid_blackouts(scenario));
    for (id, rule) in &scenario.plan.rules {
        look_at_rule(scenario, horizon, &format!("plan.rules.{id}"), rule, &mut warnings);
    }
    for (id, site) in &scenario.world.sites {
        let manned = site.garrison.values().any(|&people| people > 0);
        if manned && is_cleared(scenario, &site.area) && !is_named(scenario, id, site) {
            warnings.push(Problem::new(
                format!("world.sites.{id}"),
                Code::LeftOut,
                "people leave other sites of its area, and the plan does not name it",
                "add a move from it (one with `residual` if they are to stay)",
            ));
        }
    }
    warnings.extend(too_short(scenario));
    warnings.extend(early_starts(scenario));
    warnings.extend(contingents::late(scenario));
    warnings.extend(lost_references(scenario));
    warnings.extend(now::warnings(scenario));
    warnings.extend(idle::warnings(scenario, horizon));
    warnings.extend(Work::new(scenario, horizon).warning());
    warnings
}

/// Blackouts within announced dates of which nothing says whether those allow for them.
fn unsaid_blackouts(scenario: &Scenario) -> impl Iterator<Item = Problem> {
    let plan = &scenario.plan;
    let unsaid = plan.blackouts.iter().filter(|(_, out)| out.allowed_for.is_none());
    unsaid.filter_map(|(id, out)| {
        let within = |phase: &Phase| {
            let (from, until) = (phase.announced_start, phase.announced_finish);
            out.until.min(until).days_since(out.from.max(from))
        };
        let days = plan.phases.iter().map(|(id, phase)| (id, within(phase)));
        let (phase, days) = days.max_by_key(|(_, days)| *days).filter(|(_, days)| *days > 0)?;
        Some(Problem::new(
            format!("plan.blackouts.{id}.allowed_for"),
            Code::LeftOut,
            format!(
                "{days} days of it are within the announced dates of `{phase}`, and come on top"
            ),
            "give `false` if that is meant, or `true` if the dates were announced with it in mind",
        ))
    })
}

/// Phases whose announced dates leave transport no time to take everything, by more than a day.
fn too_short(scenario: &Scenario) -> Vec<Problem> {
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
                "people" => (format!("{count} people"), "people_per_day".to_owned()),
                mode => {
                    (format!("{count} tonnes by {mode}"), format!("modes.{mode}.tonnes_per_day"))
                }
            };
            Problem::new(
                format!("plan.phases.{id}.announced_finish"),
                Code::DatesOutOfOrder,
                format!(
                    "{what} take {needed:.1} days at the least, at {per_day} a day, and the dates \
                     leave {days}"
                ),
                format!("announce a later date, or raise `plan.transport.{key}`"),
            )
        })
    });
    late.collect()
}

/// Phases whose announced dates cannot be kept even if those for whom they wait are on the road for as
/// short as they can be. Dates are days, so that one day is let go.
fn early_starts(scenario: &Scenario) -> Vec<Problem> {
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
                    format!(
                        "it comes {between} days after `{other}` is announced to be done, whose \
                         people are on the road for {days:.1} days at least"
                    ),
                    "announce a later date, if it is to allow for their way",
                ));
            }
        }
    }
    warnings
}

/// Sites that people have left or come to before the start, where a threat follows their number, and
/// nothing says how many its rates are meant for.
fn lost_references(scenario: &Scenario) -> Vec<Problem> {
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
            "people have left or come before the start, and the rates of threats that follow their \
             number are taken to be those at the garrison of the start",
            "give the garrison that the rates are meant for, such as the one before the withdrawal",
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
    warnings: &mut Vec<Problem>,
) {
    let Actions { pause, stretch, .. } = &rule.then;
    if scenario.plan.breathing_room.pause_days == 0.0 {
        for key in [pause.as_ref().map(|_| "pause"), stretch.as_ref().map(|_| "stretch")] {
            warnings.extend(key.map(|key| {
                Problem::new(
                    format!("{path}.then.{key}"),
                    Code::NoEffect,
                    "the plan has no breathing room for it",
                    "give `plan.breathing_room.pause_days`, or take the action out",
                )
            }));
        }
    }
    if let Some(why) = never(scenario, horizon, &rule.when) {
        warnings.push(Problem::new(
            at(path, "when"),
            Code::NoEffect,
            format!("the rule never sets off: {why}"),
            "change the condition, or take the rule out",
        ));
    } else if rule.cooldown_days == 0.0
        && rule.at_most_times != Some(1)
        && rule.until.as_ref().is_some_and(|until| implies(&rule.when, until))
    {
        warnings.push(Problem::new(
            at(path, "until"),
            Code::Flapping,
            "it holds whenever `when` does: the rule ends at the next look and sets off anew",
            "give `until` a lower threshold, leave it out, or give `cooldown_days`",
        ));
    }
}

/// Why a condition holds in no history, if that can be read off it.
fn never(scenario: &Scenario, horizon: Date, condition: &Condition) -> Option<String> {
    let room = &scenario.plan.breathing_room;
    let most = |least: Option<f64>, most: f64| {
        let least = least.filter(|least| *least > most)?;
        Some(format!("{least} days are more than the breathing room has"))
    };
    match condition {
        Condition::All(parts) => parts.iter().find_map(|part| never(scenario, horizon, part)),
        Condition::Any(parts) => {
            let mut whys = parts.iter().map(|part| never(scenario, horizon, part));
            let first = whys.next()?;
            if whys.all(|why| why.is_some()) { first } else { None }
        }
        Condition::Date(dates) => match (dates.from, dates.before) {
            (Some(from), _) if from >= horizon => {
                Some(format!("{from} is not before the horizon {horizon}"))
            }
            (_, Some(before)) if before <= scenario.start => {
                Some(format!("{before} is not after the start {}", scenario.start))
            }
            _ => None,
        },
        Condition::Event(event) => {
            let date = scenario.world.calendar.get(&event.id)?.date;
            (date >= horizon).then(|| {
                format!("`{}` comes on {date}, not before the horizon {horizon}", event.id)
            })
        }
        Condition::Risk(id) => {
            let risk = scenario.world.risks.get(id)?;
            is_zero(&risk.probability).then(|| format!("the risk `{id}` never happens"))
        }
        Condition::Tension(states) => {
            let reached = reached(scenario);
            let none = !states.iter().any(|state| reached.contains(state));
            none.then(|| "no state before leads to such a tension".to_owned())
        }
        Condition::Attacks(window) | Condition::Wounded(window) | Condition::Killed(window) => {
            let calm = window.at_least.is_some_and(|least| least > 0) && !attacks(scenario, window);
            calm.then(|| "none of the threats it counts ever attacks".to_owned())
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
