//! Calendar events, buffers, blackouts, and durations that move together.

use drawdown::{By, Kind, Scenario};

use crate::statistics::{assert_mean, of, run};

/// A plan of one phase, day 0 to day 70, under a threat with a background of 0.5 a day.
fn scenario(extra: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28                         # day 300
world.sites.base.garrison = {{ us = 100, ally = 100 }}
world.sites.base.reference_garrison = 200
[world.threats.group]
attacks_per_day = 0.5
weapons = {{}}
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
{extra}"#
    )
}

const ELECTION: &str = r#"
[world.calendar.election]
date = 2025-04-11                            # day 100
delay_days = { uniform = [0, 50] }
outcomes.keep.weight = 3
outcomes.leave.weight = 1
"#;

#[test]
fn an_event_happens_when_its_law_says_and_comes_out_by_weight() {
    let run = run(&scenario(ELECTION), 60_000);
    assert_mean("moment", &of(&run, "event_days", By::Event, 0), 125.0, 0.01);
    assert_mean("kept", &of(&run, "happened", By::Outcome, 0), 0.75, 0.01);
    let both = run.values("happened", By::Outcome).unwrap();
    assert!(both.rows().into_iter().all(|row| row.sum() == 1.0), "one comes of it");
}

#[test]
fn windows_multiply_the_background_around_an_event() {
    // Twice from 30 days before to 10 after: 40 days more of 0.5.
    let twice = "windows.tense = { from_days = -30, until_days = 10, factor = 2 }\n";
    let text = scenario(&format!("{ELECTION}{twice}"));
    assert_mean("around", &of(&run(&text, 40_000), "attacks", By::Total, 0), 150.0 + 20.0, 0.01);
    // Three times for 20 days in a quarter of histories; two windows at once multiply.
    let text = scenario(&format!(
        "{ELECTION}{twice}windows.anger = {{ from_days = 0, until_days = 20, factor = 3, \
         outcome = \"leave\", threats = [\"group\"] }}\n"
    ));
    let more = 0.25 * 0.5 * (10.0 * (6.0 - 2.0) + 10.0 * (3.0 - 1.0));
    assert_mean("anger", &of(&run(&text, 40_000), "attacks", By::Total, 0), 170.0 + more, 0.01);
    // A factor of 0 silences, one of 1 is none at all.
    let silent = text.replace("factor = 2", "factor = 0").replace("factor = 3", "factor = 1");
    assert_mean("silent", &of(&run(&silent, 40_000), "attacks", By::Total, 0), 130.0, 0.01);
    let neutral = silent.replace("factor = 0", "factor = 1");
    let (neutral, none) = (run(&neutral, 200), run(&scenario(""), 200));
    assert_eq!(of(&neutral, "attacks", By::Total, 0), of(&none, "attacks", By::Total, 0));
}

#[test]
fn windows_concern_the_threats_they_name() {
    let other = "[world.threats.other]\nattacks_per_day = 0.2\nweapons = {}\n";
    let window = "windows.tense = { from_days = 0, until_days = 50, factor = 2, \
                  threats = [\"other\"] }\n";
    let with = run(&scenario(&format!("{other}{ELECTION}{window}")), 2_000);
    let without = run(&scenario(other), 2_000);
    assert_eq!(of(&with, "attacks", By::Threat, 0), of(&without, "attacks", By::Threat, 0));
    assert_mean("other", &of(&with, "attacks", By::Threat, 1), 60.0 + 10.0, 0.02);
}

#[test]
fn a_rule_can_wait_for_what_comes_of_an_event() {
    let text = scenario(&format!(
        "{ELECTION}[plan.rules.go]\nat_once = true
when = {{ event = {{ id = \"election\", outcome = \"leave\" }} }}
then.send_home = {{ contingent = \"ally\" }}\n"
    ));
    let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    let mut left = 0;
    for index in 0..200 {
        let history = model.trial(5, index).unwrap();
        let event = history.events.iter().find(|e| e.kind == Kind::CalendarEvent).unwrap();
        let departure = history.events.iter().find(|e| e.kind == Kind::Departure);
        let leave = event.outcome == Some(1);
        assert_eq!(departure.map(|e| (e.days, e.count)), leave.then_some((event.days, 100)));
        left += usize::from(leave);
    }
    assert!((20..80).contains(&left), "{left} of 200, where 50 are due");
}

#[test]
fn a_buffer_is_met_or_not() {
    // Done on day 70; the event is uniform on days 100 to 150: 50 days before it in half of them.
    let buffer = "[plan.buffers.clear]\nphase = \"leave\"\nevent = \"election\"\ndays = 55\n";
    let run = run(&scenario(&format!("{ELECTION}{buffer}")), 50_000);
    assert_mean("met", &of(&run, "buffer_met", By::Buffer, 0), 0.5, 0.02);
    assert_mean("days", &of(&run, "buffer_days", By::Buffer, 0), 55.0, 0.01);
}

#[test]
fn an_event_past_the_horizon_does_not_happen_but_its_buffer_is_met() {
    let late = ELECTION.replace("[0, 50]", "[290, 300]");
    let buffer = "[plan.buffers.clear]\nphase = \"leave\"\nevent = \"election\"\ndays = 55\n";
    let run = run(&scenario(&format!("{late}{buffer}")), 20);
    assert!(of(&run, "event_days", By::Event, 0).iter().all(|x| x.is_nan()));
    assert!(of(&run, "buffer_days", By::Buffer, 0).iter().all(|x| x.is_nan()));
    assert_eq!(of(&run, "happened", By::Outcome, 0), [0.0; 20]);
    assert_eq!(of(&run, "buffer_met", By::Buffer, 0), [1.0; 20]);
}

#[test]
fn nothing_moves_in_a_blackout_and_time_in_it_comes_on_top() {
    // Day 30 to day 44, given as two that overlap: the fifth lift goes 14 days later.
    let blackouts = "[plan.blackouts.a]\nfrom = 2025-01-31\nuntil = 2025-02-10
[plan.blackouts.b]\nfrom = 2025-02-05\nuntil = 2025-02-14\n";
    let text = scenario(blackouts);
    assert_eq!(lifts(&text), [7.0, 14.0, 21.0, 28.0, 49.0, 56.0, 63.0, 70.0, 77.0, 84.0]);
    // The announced timetable is kept as announced.
    let history = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    assert_eq!(history.announced_people().row(0)[10], 100.0);
}

#[test]
fn a_lift_due_when_a_blackout_begins_is_held() {
    // The fourth lift is due on day 28, at 00:00 of the first day on which nothing moves.
    let blackout = "[plan.blackouts.a]\nfrom = 2025-01-29\nuntil = 2025-02-05\n";
    let lifts = lifts(&scenario(blackout));
    assert_eq!(lifts, [7.0, 14.0, 21.0, 35.0, 42.0, 49.0, 56.0, 63.0, 70.0, 77.0]);
}

#[test]
fn what_was_held_catches_up_before_a_blackout_that_begins_on_the_announced_day() {
    // At half the announced time all would be gone by day 35. Held from day 7 to day 21, the rest
    // catches up to day 70, on which nothing moves: it goes on the eve, and costs no extension.
    let text = scenario(
        "[plan.breathing_room]\npause_days = 14\n[plan.blackouts.a]\nfrom = 2025-03-12
until = 2025-04-01\n[plan.rules.hold]\nwhen = { date = { from = 2025-01-08 } }\nthen.pause = {}\n",
    )
    .replace("duration_ratio = 1", "duration_ratio = 0.5");
    let last = *lifts(&text).last().unwrap();
    assert!((69.99..70.0).contains(&last), "{last}");
}

fn lifts(text: &str) -> Vec<f64> {
    let model = Scenario::from_toml_str(text).unwrap().validate().unwrap().compile();
    let events = model.trial(1, 0).unwrap().events;
    events.iter().filter(|e| e.kind == Kind::Lift).map(|e| e.days).collect()
}

#[test]
fn a_pause_and_a_blackout_hold_once() {
    // Held from day 28 to day 42, and in a blackout from day 29 to day 49: what is left after it
    // takes up the announced dates, and nothing goes on in it.
    let text = scenario(
        "[plan.breathing_room]\npause_days = 14\n[plan.blackouts.a]\nfrom = 2025-01-30
until = 2025-02-19\n[plan.rules.hold]\nwhen = { date = { from = 2025-01-29 } }\nthen.pause = {}\n",
    );
    let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    let events = model.trial(1, 0).unwrap().events;
    let lifts: Vec<(f64, u32)> =
        events.iter().filter(|e| e.kind == Kind::Lift).map(|e| (e.days, e.count)).collect();
    // Execution of 70 working days ends on day 90; six lifts are left, from day 49 on.
    let late: Vec<(f64, u32)> =
        [56.0, 63.0, 70.0, 77.0, 84.0, 90.0].into_iter().map(|days| (days, 10)).collect();
    assert_eq!(lifts[4..], late);
}

#[test]
fn durations_are_correlated_as_asked() {
    let text = |correlation: &str| {
        format!(
            r#"
schema = 1
start = 2025-01-01
{correlation}
world.sites.base.garrison.us = 100
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = {{ lognormal = {{ median = 1, sigma = 0.2 }} }}
[plan.phases.b]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = {{ lognormal = {{ median = 1, sigma = 0.3 }} }}
"#
        )
    };
    let n = 40_000;
    let correlation = |written: &str| {
        let run = run(&text(written), n);
        let ln =
            |k| of(&run, "finish_days", By::Phase, k).iter().map(|x| (x / 100.0).ln()).collect();
        let (a, b): (Vec<f64>, Vec<f64>) = (ln(0), ln(1));
        let product = a.iter().zip(&b).map(|(x, y)| x * y / (0.2 * 0.3)).sum::<f64>() / n as f64;
        let square = b.iter().map(|y| y * y).sum::<f64>() / n as f64;
        // The spread stays as written: the variance of a square is twice its own square.
        assert!((square / 0.09 - 1.0).abs() < 4.0 * (2.0 / n as f64).sqrt(), "{square}");
        product
    };
    let se = |rho: f64| ((1.0 + rho * rho) / n as f64).sqrt();
    assert!((correlation("plan.duration_correlation = 0.6") - 0.6).abs() < 4.0 * se(0.6));
    assert!((correlation("plan.duration_correlation = 1") - 1.0).abs() < 4.0 * se(1.0));
    assert!(correlation("").abs() < 4.0 * se(0.0));
    let (none, zero) = (run(&text(""), 50), run(&text("plan.duration_correlation = 0"), 50));
    let finishes = |run| of(run, "finish_days", By::Phase, 1);
    assert_eq!(finishes(&none), finishes(&zero));
}

#[test]
fn a_duration_that_is_a_number_stays_it_among_correlated_ones() {
    let run = run(
        r#"
schema = 1
start = 2025-01-01
plan.duration_correlation = 0.6
world.sites.base.garrison.us = 100
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = 1.5
[plan.phases.b]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = { lognormal = { median = 1, sigma = 0.3 } }
"#,
        50,
    );
    assert_eq!(of(&run, "finish_days", By::Phase, 0), [150.0; 50]);
    let others = of(&run, "finish_days", By::Phase, 1);
    assert!(others.iter().any(|days| *days != others[0]));
}
