//! Whether a trial could hold all that a scenario would make happen.

use super::at;
use crate::error::{Code, Problem};
use crate::law::Range;
use crate::scenario::limits::MOST_ATTACKS;
use crate::scenario::{Rates, Scenario, Threat};

/// Refuses rates under which a trial would run into its limit of attacks before anybody could have
/// left. What only may grow as far as that is run, stopped there, and counted as capped.
pub(super) fn check(scenario: &Scenario, horizon_days: f64, problems: &mut Vec<Problem>) {
    let days = undisturbed_days(scenario, horizon_days);
    for (id, threat) in &scenario.world.threats {
        let path = format!("world.threats.{id}.attacks_per_day");
        let least = least(&threat.attacks_per_day) * threat.rate_factor.support().0;
        check_count(&path, "attacks", least * steady_share(scenario, id, threat) * days, problems);
    }
    if let Some(barrages) = &scenario.world.barrages {
        let path = at("world.barrages", "per_day");
        check_count(&path, "barrages", least(&barrages.per_day) * horizon_days, problems);
    }
}

fn check_count(path: &str, what: &str, count: f64, problems: &mut Vec<Problem>) {
    if count > f64::from(MOST_ATTACKS) {
        problems.push(Problem::new(
            path,
            Code::TooLarge,
            format!("at least {count:.0} {what} are to be expected in a trial"),
            format!(
                "lower the rate until there are fewer than {MOST_ATTACKS}, shorten the horizon, \
                 or let one stand for several"
            ),
        ));
    }
}

/// Days in which nobody leaves for certain: until the first phase may begin.
fn undisturbed_days(scenario: &Scenario, horizon_days: f64) -> f64 {
    let plan = &scenario.plan;
    let begins = plan.phases.values().map(|phase| phase.announced_start.days_since(scenario.start));
    let leaves = plan
        .rules
        .values()
        .any(|rule| rule.then.send_home.is_some() || rule.then.bring_forward.is_some());
    let politics = !scenario.world.contingents.is_empty();
    let expelled = scenario.world.host.as_ref().is_some_and(|host| host.expulsion.is_some());
    match begins.min() {
        _ if leaves || politics || expelled => 0.0,
        Some(days) => f64::from(days.max(0)).min(horizon_days),
        None => horizon_days,
    }
}

/// The least rate in any state of tension.
fn least(rates: &Rates) -> f64 {
    let low = |rate: &Range| rate.support().0;
    match rates {
        Rates::Same(rate) => low(rate),
        Rates::ByState(by_state) => by_state.values().map(low).reduce(f64::min).unwrap_or(0.0),
    }
}

/// The share of a threat's written rate that comes for certain while nobody leaves: none where
/// something else lowers it, or where people are fewer than its rate was counted with.
fn steady_share(scenario: &Scenario, id: &String, threat: &Threat) -> f64 {
    let lowered = scenario.modifiers(id, threat).any(|modifier| modifier.may_lower());
    let manned = scenario.world.sites.values().all(|site| {
        let people: u64 = site.garrison.values().map(|&people| u64::from(people)).sum();
        people > 0 && site.reference_garrison.is_none_or(|reference| people == u64::from(reference))
    });
    if lowered || !manned { 0.0 } else { 1.0 }
}
