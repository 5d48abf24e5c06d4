//! Contingents with limits of their own: where they may be, when their mandate ends, what they leave
//! after.

use drawdown::error::Code;
use drawdown::{By, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, assert_share, of, run, run_under, total};

/// Two contingents on one site; the plan takes all of them home in December.
fn toml(limits: &str) -> String {
    format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2026-06-01\n\
         [world.sites]\nbase.garrison = {{ us = 100, fra = 50 }}\nport.garrison = {{ fra = 10 }}\n\
         [world.calendar.vote]\ndate = 2025-03-01\n\
         outcomes = {{ yes = {{ weight = 3 }}, no = {{ weight = 1 }} }}\n\
         [world.calendar.summit]\ndate = 2025-04-01\ndelay_days = {{ uniform = [0, 10] }}\n\
         [world.contingents.fra]\n{limits}\n\
         [plan.phases.leave]\nannounced_start = 2025-12-01\nannounced_finish = 2025-12-29\n\
         duration_ratio = 1\n\
         moves.us = {{ site = \"base\", contingent = \"us\" }}\n\
         moves.fra = {{ site = \"base\", contingent = \"fra\" }}\n\
         moves.port = {{ site = \"port\", contingent = \"fra\" }}\n"
    )
}

/// The contingents are numbered in the order of their ids.
const FRA: usize = 0;

#[test]
fn all_leave_when_the_mandate_ends() {
    let run = run(&toml("mandate_until = 2025-07-01"), 20);
    assert_eq!(of(&run, "finish_days", By::Contingent, FRA), [181.0; 20]);
    assert_eq!(of(&run, "departed", By::Contingent, FRA), [1.0; 20]);
    // The others go on as planned.
    assert_eq!(total(&run, "finish_days"), [362.0; 20]);
    assert_eq!(total(&run, "people_left"), [0.0; 20]);
    // A plan that is done before has nobody left who could.
    let run = crate::statistics::run(&toml("mandate_until = 2026-02-01"), 20);
    assert_eq!(of(&run, "finish_days", By::Contingent, FRA), [362.0; 20]);
}

/// Row 40: chances by outcome, by event, and of leaving at all by either, under random chances.
#[test]
fn row_40_contingents_leave_with_the_chances_of_events() {
    let mut dice = Dice(71);
    for case in 0..12 {
        let (yes, no) = (dice.between(0.0, 0.5), dice.between(0.3, 1.0));
        let (summit, delay) = (dice.between(0.1, 0.9), dice.between(0.0, 30.0));
        let after = format!(
            "delay_days = {delay}\nleaves_after.vote.by_outcome = {{ yes = {yes}, no = {no} }}\n\
             leaves_after.summit.chance = {summit}\n"
        );
        let run = run_under(&toml(&after), 20_000, 100 + case);
        let days = of(&run, "finish_days", By::Contingent, FRA);
        let vote = 0.75 * yes + 0.25 * no;
        // The vote is on day 59, the summit on days 90 to 100; the plan is done on day 362.
        let at_vote = |t: f64| (t - 59.0 - delay).abs() < 1e-5;
        assert_share("after the vote", &days, at_vote, vote, 0.4);
        let at_summit = |t: f64| t > 89.9 + delay && t < 100.1 + delay && !at_vote(t);
        assert_share("after the summit", &days, at_summit, (1.0 - vote) * summit, 0.4);
        let as_planned = |t: f64| t == 362.0;
        assert_share("as planned", &days, as_planned, (1.0 - vote) * (1.0 - summit), 0.4);
    }
}

/// An outcome that is left out has no chance.
#[test]
fn only_such_outcomes_count() {
    let run = run(&toml("leaves_after.vote.by_outcome.no = 1"), 2_000);
    let happened = of(&run, "happened", By::Outcome, 0);
    let departed = of(&run, "departed", By::Contingent, FRA);
    assert_eq!(happened, departed, "outcomes are numbered by event, then by id: no comes first");
}

/// Whichever is first: the end of the mandate, or what was decided before.
#[test]
fn the_mandate_ends_whatever_was_decided() {
    let after = "leaves_after.vote.by_outcome = { yes = 1, no = 1 }\nmandate_until = 2025-07-01\n";
    for (delay, expected) in [(20.0, 79.0), (300.0, 181.0)] {
        let run = run(&toml(&format!("{after}delay_days = {delay}")), 20);
        assert_eq!(of(&run, "finish_days", By::Contingent, FRA), [expected; 20]);
    }
}

/// Whoever has come after it was sent home leaves at the end of the mandate, or is sent home again; who
/// had left by the plan did not leave otherwise.
#[test]
fn a_mandate_ends_for_those_who_come_later() {
    let rules = |again: &str| {
        format!(
            "[plan.rules.first]\nwhen.date.from = 2025-01-20\nat_most_times = 1\n\
             then.send_home.contingent = \"fra\"\n\
             [plan.rules.more]\nwhen.date.from = 2025-03-01\nat_most_times = 1\n\
             then.reinforce = {{ site = \"base\", contingent = \"fra\", people = 30 }}\n{again}"
        )
    };
    let again = "[plan.rules.again]\nwhen.date.from = 2025-04-10\nat_most_times = 1\n\
                 then.send_home.contingent = \"fra\"\n";
    let left = |limits: &str, again: &str| {
        let toml = toml(limits).replace("2025-12-29", "2026-05-31") + &rules(again);
        let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
        let events = model.trial(1, 0).unwrap().events;
        let gone = events.iter().filter(|event| event.kind == drawdown::Kind::Departure);
        gone.map(|event| (event.days, event.count)).collect::<Vec<_>>()
    };
    let first = |days: f64| vec![(days, 50), (days, 10)];
    let at = left("mandate_until = 2025-05-01", "");
    let sent = first(at[0].0);
    assert_eq!(at, [sent.clone(), vec![(120.0, 30)]].concat());
    let at = left("mandate_until = 2025-05-01", again);
    assert_eq!((at[2].1, at.len()), (30, 3));
    assert!(at[2].0 < 110.0, "{at:?}");
    let run = run(&toml("mandate_until = 2026-05-30\nleaves_after.vote.chance = 0"), 20);
    assert_eq!(of(&run, "departed", By::Contingent, FRA), [0.0; 20]);
}

/// Limits that bind nobody change no bit.
#[test]
fn limits_that_do_not_bind_change_no_bit() {
    let plain = toml("delay_days = 5\ntolerance_killed = 1000");
    let bound = toml(
        "delay_days = 5\ntolerance_killed = 1000\nonly_on = [\"base\", \"port\"]\n\
         mandate_until = 2026-05-30\nleaves_after.vote.chance = 0",
    );
    let (a, b) = (run(&plain, 100), run(&bound, 100));
    for name in ["finish_days", "people_moved", "person_days"] {
        let bits = |run| total(run, name).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&a), bits(&b), "{name}");
    }
}

#[test]
fn what_is_wrong_with_limits_is_said() {
    let fra = |path: &str| format!("world.contingents.fra.{path}");
    for (limits, path, code) in [
        ("only_on = [\"base\", \"harbour\", \"port\"]", "only_on.1", Code::DanglingId),
        ("leaves_after.ballot.chance = 1", "leaves_after.ballot", Code::DanglingId),
        ("leaves_after.vote = {}", "leaves_after.vote", Code::Contradiction),
        (
            "leaves_after.vote = { chance = 1, by_outcome.no = 1 }",
            "leaves_after.vote",
            Code::Contradiction,
        ),
        (
            "leaves_after.vote.by_outcome.nay = 1",
            "leaves_after.vote.by_outcome.nay",
            Code::DanglingId,
        ),
        ("leaves_after.vote.chance = 2", "leaves_after.vote.chance", Code::OutOfRange),
        ("mandate_until = 2024-12-31", "mandate_until", Code::DatesOutOfOrder),
    ] {
        assert_eq!(problems(&toml(limits)), [(fra(path), code)], "{limits}");
    }
    // Where it is at the start, where it moves, and where rules put it.
    let found = problems(&toml("only_on = [\"base\"]"));
    assert_eq!(found, [("world.sites.port.garrison.fra".to_owned(), Code::Contradiction)]);
    let moved = toml("only_on = [\"base\"]")
        .replace("port.garrison = { fra = 10 }", "port.garrison = { us = 10 }")
        .replace(
            "moves.port = { site = \"port\"",
            "moves.port = { site = \"base\", people = 5, to = \"port\"",
        );
    let found = problems(&moved);
    assert_eq!(found, [("plan.phases.leave.moves.port".to_owned(), Code::Contradiction)]);
    let rule = "[plan.rules.more]\nwhen.date = { from = 2025-05-01 }\n\
                then.reinforce = { site = \"port\", contingent = \"us\", people = 5 }\n\
                [world.contingents.us]\nonly_on = [\"base\"]\n";
    let found = problems(&(toml("mandate_until = 2026-01-01") + rule));
    assert_eq!(found, [("plan.rules.more.then.reinforce".to_owned(), Code::Contradiction)]);
}

#[test]
fn a_plan_that_is_too_late_for_a_mandate_is_warned_of() {
    let warned = |limits: &str| -> Vec<String> {
        let scenario = Scenario::from_toml_str(&toml(limits)).unwrap();
        let warnings = scenario.validate().unwrap().warnings();
        warnings.into_iter().map(|warning| warning.path).collect()
    };
    assert_eq!(warned("mandate_until = 2025-12-28"), ["plan.phases.leave.moves.fra"]);
    assert_eq!(warned("mandate_until = 2025-12-29"), [""; 0]);
    assert_eq!(warned("leaves_after.vote.chance = 0"), ["world.contingents.fra"]);
    assert_eq!(warned("only_on = [\"base\", \"port\"]"), [""; 0]);
}
