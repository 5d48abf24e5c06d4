//! Rules in words.

use std::fmt::Write as _;

use super::Page;
use super::words::{line, name};
use crate::scenario::{
    Actions, Amount, Condition, Dates, Detachment, Happened, People, PhaseIs, PhaseState, Rule,
    Window,
};

pub(super) fn describe_rule(page: &mut Page, id: &str, rule: &Rule) {
    let until = match &rule.until {
        Some(until) => condition(until),
        None => "that no longer holds".to_owned(),
    };
    line(page, format!("  Rule {}: when {},", name(id, &rule.title), condition(&rule.when)));
    for action in actions(&rule.then) {
        line(page, format!("    {action};"));
    }
    let mut end = format!("    until {until}");
    if let Some(pause) = rule.then.pause.as_ref().filter(|pause| pause.at_least_days > 0.0) {
        let _ = write!(end, " and {} days have passed", pause.at_least_days);
    }
    if rule.cooldown_days > 0.0 {
        let _ = write!(end, "; not again for {} days", rule.cooldown_days);
    }
    if let Some(most) = rule.at_most_times {
        let _ = write!(end, "; at most {most} times");
    }
    line(page, end + ".");
    if rule.at_once {
        line(page, "    It looks right after every event, not at reviews only.");
    }
}

fn actions(then: &Actions) -> Vec<String> {
    let people =
        |about: &Detachment| format!("{} {} at {}", about.people, about.contingent, about.site);
    let each = [
        then.pause.as_ref().map(|_| "hold all movement".to_owned()),
        then.stretch.as_ref().map(|pace| {
            format!("what is left of the phases under way takes {} times as long", pace.factor)
        }),
        then.accelerate.as_ref().map(|pace| {
            format!("what is left of the phases under way goes {} times as fast", pace.factor)
        }),
        then.reinforce.as_ref().map(|about| format!("reinforce with {}", people(about))),
        then.go_back_in.as_ref().map(|about| format!("go back in: {}", people(about))),
        then.keep_residual.as_ref().map(|about| format!("keep at least {}", people(about))),
        then.send_home
            .as_ref()
            .map(|home| format!("send all {} home in {} days", home.contingent, home.in_days)),
        then.cancel
            .as_ref()
            .map(|cancel| format!("cancel {} and all that comes after", cancel.phases.join(", "))),
        then.bring_forward.as_ref().map(|sooner| {
            let phases = sooner.phases.as_ref().map_or("all phases".into(), |ids| ids.join(", "));
            format!("bring {phases} forward by {} days", sooner.days)
        }),
    ];
    each.into_iter().flatten().collect()
}

fn condition(condition_: &Condition) -> String {
    let join = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(condition).collect();
        format!("({})", parts.join(word))
    };
    match condition_ {
        Condition::Attacks(window) => count("attacks", window),
        Condition::Wounded(window) => count("people wounded", window),
        Condition::Killed(window) => count("people killed", window),
        Condition::Tension(states) => format!("the tension is {}", states.join(" or ")),
        Condition::Date(dates) => days(dates),
        Condition::Phase(is) => phase(is),
        Condition::PauseDaysLeft(amount) => left("pausing", amount),
        Condition::ExtensionDaysLeft(amount) => left("extension", amount),
        Condition::People(people) => present(people),
        Condition::Event(Happened { id, outcome: None }) => format!("{id} has happened"),
        Condition::Event(Happened { id, outcome: Some(outcome) }) => {
            format!("{id} has come out as {outcome}")
        }
        Condition::Risk(id) => format!("the risk {id} has happened"),
        Condition::InsurgentStrength(amount) => amounts_to("insurgent strength", amount),
        Condition::Friction(amount) => amounts_to("friction", amount),
        Condition::Expelled(true) => "the host has announced an expulsion".to_owned(),
        Condition::Expelled(false) => "the host has announced no expulsion".to_owned(),
        Condition::All(parts) => join(parts, " and "),
        Condition::Any(parts) => join(parts, " or "),
        Condition::Not(part) => format!("not {}", condition(part)),
    }
}

fn bound<T: ToString>(at_least: Option<T>, at_most: Option<T>) -> String {
    let least = at_least.map(|n| format!("at least {}", n.to_string()));
    let most = at_most.map(|n| format!("at most {}", n.to_string()));
    least.or(most).unwrap_or_default()
}

fn count(what: &str, window: &Window) -> String {
    let bound = bound(window.at_least, window.at_most);
    let mut text = format!("there are {bound} {what} in {} days", window.in_days);
    places(&mut text, &window.sites, &window.areas, &window.contingents);
    if let Some(threats) = &window.threats {
        let _ = write!(text, " by {}", threats.join(", "));
    }
    text
}

fn present(people: &People) -> String {
    let mut text = format!("there are {} people", bound(people.at_least, people.at_most));
    places(&mut text, &people.sites, &people.areas, &people.contingents);
    text
}

fn places(
    text: &mut String,
    sites: &Option<Vec<String>>,
    areas: &Option<Vec<String>>,
    contingents: &Option<Vec<String>>,
) {
    for (word, ids) in [("of", contingents), ("at", sites), ("in", areas)] {
        if let Some(ids) = ids {
            let _ = write!(text, " {word} {}", ids.join(", "));
        }
    }
}

fn days(dates: &Dates) -> String {
    let from = dates.from.map(|date| format!("from {date} on"));
    let before = dates.before.map(|date| format!("before {date}"));
    let each: Vec<String> = from.into_iter().chain(before).collect();
    format!("the day is {}", each.join(" and "))
}

fn phase(is: &PhaseIs) -> String {
    let state = match is.state {
        PhaseState::Waiting => "has not begun",
        PhaseState::Moving => "is under way",
        PhaseState::Held => "is held",
        PhaseState::Done => "is done",
        PhaseState::Cancelled => "has been cancelled",
    };
    format!("phase {} {state}", is.id)
}

fn left(what: &str, amount: &Amount) -> String {
    format!("{} days of {what} are left", bound(amount.at_least, amount.at_most))
}

fn amounts_to(what: &str, amount: &Amount) -> String {
    format!("{what} is {}", bound(amount.at_least, amount.at_most))
}
