//! Rules in words.

use super::words::{Page, days, name};
use crate::languages::{Speech, Value, say};
use crate::scenario::{
    Actions, Amount, Condition, Dates, Detachment, Happened, People, PhaseIs, PhaseState, Rule,
    Window,
};

pub(super) fn describe_rule(page: &mut Page, id: &str, rule: &Rule) {
    let speech = page.speech;
    let name = name(speech, id, &rule.title);
    let when = condition(speech, &rule.when);
    page.line(1, say!(speech, "rule", rule = name, condition = when));
    for action in actions(speech, &rule.then) {
        page.line(2, say!(speech, "goes-on", text = action));
    }
    let mut until = match &rule.until {
        Some(until) => say!(speech, "rule-until", condition = condition(speech, until)),
        None => say!(speech, "rule-until-over"),
    };
    if let Some(pause) = rule.then.pause.as_ref().filter(|pause| pause.at_least_days > 0.0) {
        until = say!(speech, "rule-at-least", until = until, days = pause.at_least_days);
    }
    let mut parts = vec![until];
    if rule.cooldown_days > 0.0 {
        parts.push(say!(speech, "rule-cooldown", days = days(speech, rule.cooldown_days)));
    }
    if let Some(most) = rule.at_most_times {
        parts.push(say!(speech, "rule-at-most", times = most));
    }
    page.sentence(2, speech.statements(parts));
    if rule.at_once {
        page.line(2, say!(speech, "rule-at-once"));
    }
}

fn actions(speech: Speech, then: &Actions) -> Vec<String> {
    let people = |about: &Detachment| {
        let Detachment { people, contingent, site, .. } = about;
        say!(speech, "detachment", people = *people, contingent = contingent, site = site)
    };
    let each = [
        then.pause.as_ref().map(|_| say!(speech, "action-pause")),
        then.stretch.as_ref().map(|pace| say!(speech, "action-stretch", factor = pace.factor)),
        then.accelerate
            .as_ref()
            .map(|pace| say!(speech, "action-accelerate", factor = pace.factor)),
        then.reinforce
            .as_ref()
            .map(|about| say!(speech, "action-reinforce", people = people(about))),
        then.go_back_in
            .as_ref()
            .map(|about| say!(speech, "action-go-back-in", people = people(about))),
        then.keep_residual
            .as_ref()
            .map(|about| say!(speech, "action-keep-residual", people = people(about))),
        then.send_home.as_ref().map(|home| {
            let (who, days) = (&home.contingent, days(speech, home.in_days));
            say!(speech, "action-send-home", contingent = who, days = days)
        }),
        then.cancel
            .as_ref()
            .map(|cancel| say!(speech, "action-cancel", phases = speech.list(&cancel.phases))),
        then.bring_forward.as_ref().map(|sooner| {
            let phases = match &sooner.phases {
                Some(ids) => speech.list(ids),
                None => say!(speech, "all-phases"),
            };
            let days = days(speech, sooner.days);
            say!(speech, "action-bring-forward", phases = phases, days = days)
        }),
    ];
    each.into_iter().flatten().collect()
}

fn condition(speech: Speech, condition_: &Condition) -> String {
    let each = |parts: &[Condition]| -> Vec<String> {
        parts.iter().map(|part| condition(speech, part)).collect()
    };
    match condition_ {
        Condition::Attacks(window) => {
            let (is, number) = bound(window.at_least, window.at_most);
            let days = days(speech, window.in_days);
            let said = say!(speech, "if-attacks", bound = is, number = number, days = days);
            said + &of_window(speech, window)
        }
        Condition::Wounded(window) => {
            let (is, number) = bound(window.at_least, window.at_most);
            let days = days(speech, window.in_days);
            let said = say!(speech, "if-wounded", bound = is, number = number, days = days);
            said + &of_window(speech, window)
        }
        Condition::Killed(window) => {
            let (is, number) = bound(window.at_least, window.at_most);
            let days = days(speech, window.in_days);
            let said = say!(speech, "if-killed", bound = is, number = number, days = days);
            said + &of_window(speech, window)
        }
        Condition::Tension(states) => say!(speech, "if-tension", states = speech.either(states)),
        Condition::Date(dates) => day(speech, dates),
        Condition::Phase(is) => phase(speech, is),
        Condition::PauseDaysLeft(Amount { at_least, at_most, .. }) => {
            let (is, number) = bound(*at_least, *at_most);
            say!(speech, "if-pause-left", bound = is, number = number)
        }
        Condition::ExtensionDaysLeft(Amount { at_least, at_most, .. }) => {
            let (is, number) = bound(*at_least, *at_most);
            say!(speech, "if-extension-left", bound = is, number = number)
        }
        Condition::People(people) => present(speech, people),
        Condition::Event(Happened { id, outcome: None }) => {
            say!(speech, "if-event", event = id)
        }
        Condition::Event(Happened { id, outcome: Some(outcome) }) => {
            say!(speech, "if-outcome", event = id, outcome = outcome)
        }
        Condition::Risk(id) => say!(speech, "if-risk", risk = id),
        Condition::InsurgentStrength(Amount { at_least, at_most, .. }) => {
            let (is, number) = bound(*at_least, *at_most);
            say!(speech, "if-insurgent-strength", bound = is, number = number)
        }
        Condition::Friction(Amount { at_least, at_most, .. }) => {
            let (is, number) = bound(*at_least, *at_most);
            say!(speech, "if-friction", bound = is, number = number)
        }
        Condition::Expelled(true) => say!(speech, "if-expelled"),
        Condition::Expelled(false) => say!(speech, "if-not-expelled"),
        Condition::All(parts) => say!(speech, "if-group", parts = speech.both(each(parts))),
        Condition::Any(parts) => say!(speech, "if-group", parts = speech.either(each(parts))),
        Condition::Not(part) => say!(speech, "if-not", condition = condition(speech, part)),
    }
}

/// Whether a number is the least or the most, and the number.
fn bound<T: Into<Value>>(at_least: Option<T>, at_most: Option<T>) -> (&'static str, Value) {
    match (at_least, at_most) {
        (Some(least), _) => ("least", least.into()),
        (None, Some(most)) => ("most", most.into()),
        (None, None) => ("least", Value::from(0_u32)),
    }
}

/// What a count is limited to.
fn of_window(speech: Speech, window: &Window) -> String {
    let mut text = places(speech, &window.sites, &window.areas, &window.contingents);
    if let Some(threats) = &window.threats {
        text += &say!(speech, "if-by", threats = speech.list(threats));
    }
    text
}

fn present(speech: Speech, people: &People) -> String {
    let (is, number) = bound(people.at_least, people.at_most);
    let text = say!(speech, "if-people", bound = is, number = number);
    text + &places(speech, &people.sites, &people.areas, &people.contingents)
}

fn places(
    speech: Speech,
    sites: &Option<Vec<String>>,
    areas: &Option<Vec<String>>,
    contingents: &Option<Vec<String>>,
) -> String {
    let mut text = String::new();
    if let Some(ids) = contingents {
        text += &say!(speech, "if-of", contingents = speech.list(ids));
    }
    if let Some(ids) = sites {
        text += &say!(speech, "if-at", sites = speech.list(ids));
    }
    if let Some(ids) = areas {
        text += &say!(speech, "if-in", areas = speech.list(ids));
    }
    text
}

fn day(speech: Speech, dates: &Dates) -> String {
    let from = dates.from.map(|date| say!(speech, "day-from", date = date));
    let before = dates.before.map(|date| say!(speech, "day-before", date = date));
    say!(speech, "if-day", dates = speech.both(from.into_iter().chain(before)))
}

fn phase(speech: Speech, is: &PhaseIs) -> String {
    let state = match is.state {
        PhaseState::Waiting => "waiting",
        PhaseState::Moving => "moving",
        PhaseState::Held => "held",
        PhaseState::Done => "done",
        PhaseState::Cancelled => "cancelled",
    };
    say!(speech, "if-phase", phase = &is.id, state = state)
}
