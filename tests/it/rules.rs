//! What rules look at and what they do: exact cases, most of them without chance.

use std::sync::{Arc, Mutex};

use drawdown::scenario::{Actions, Detachment, PhaseState};
use drawdown::{Batch, By, Kind, Model, Run, Scenario};

fn model(toml: &str) -> Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}

fn once(toml: &str) -> Run {
    model(toml).simulate(&Batch::new(1, 1)).unwrap()
}

fn value(run: &Run, name: &str, by: By, k: usize) -> f64 {
    run.values(name, by).unwrap()[[0, k]]
}

fn total(run: &Run, name: &str) -> f64 {
    value(run, name, By::Total, 0)
}

/// One phase of 70 days, from day 0 to day 70, for 100 people in lifts of 10, then another of 70
/// days from day 100 on for the 50 at a second site; 20 of an ally who stay.
fn two_phases(extra: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.areas.west]
[world.sites.base]
area = "west"
garrison = {{ us = 100, ally = 20 }}
[world.sites.camp]
garrison = {{ us = 50 }}
[plan.phases.first]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
[plan.phases.second]
after = ["first"]
announced_start = 2025-04-11
announced_finish = 2025-06-20
duration_ratio = 1
moves.out = {{ site = "camp", contingent = "us" }}
{extra}"#
    )
}

/// The rule acts at the review of day 28, when four lifts have gone.
fn on_day_28(then: &str, extra: &str) -> Run {
    once(&two_phases(&format!(
        "{extra}\n[plan.rules.act]\nwhen = {{ date = {{ from = 2025-01-29 }} }}\nthen = {{ {then} }}\n"
    )))
}

fn finish(run: &Run) -> (f64, f64) {
    let of = |k| value(run, "finish_days", By::Phase, k);
    (of(0), of(1))
}

#[test]
fn stretching_takes_breathing_room() {
    let room = |pause, extension| {
        format!("[plan.breathing_room]\npause_days = {pause}\nextension_days = {extension}\n")
    };
    // 42 days are left; twice as long is day 112.
    for (pause, extension, expected) in [(100, 100, 112.0), (100, 20, 90.0), (10, 100, 80.0)] {
        let run = on_day_28("stretch = { factor = 2 }", &room(pause, extension));
        assert_eq!(finish(&run).0, expected);
        assert_eq!(total(&run, "stretch_days"), expected - 70.0);
        assert_eq!(total(&run, "extension_days"), expected - 70.0);
        assert_eq!(total(&run, "pauses"), 0.0);
    }
    let run = on_day_28("stretch = { factor = 2 }", "");
    assert_eq!((finish(&run).0, total(&run, "stretch_days")), (70.0, 0.0), "no room, no stretch");
}

#[test]
fn what_one_stretch_takes_the_next_one_lacks() {
    let again = "[plan.rules.again]\nwhen = { date = { from = 2025-02-12 } }\nthen = { stretch = { factor = 1.5 } }\n";
    let rooms = [
        ("pause_days = 30, extension_days = 99", "{ pause_days = 99, extension_days = 99 }"),
        ("pause_days = 99, extension_days = 30", "{ pause_days = 99, extension_days = 99 }"),
        ("pause_days = 99, extension_days = 99", "{ pause_days = 30, extension_days = 99 }"),
        ("pause_days = 99, extension_days = 99", "{ pause_days = 99, extension_days = 30 }"),
    ];
    for (common, own) in rooms {
        let text = format!("plan.breathing_room = {{ {common} }}\n{}{again}", two_phases(""));
        let text = text.replace(
            "[plan.phases.second]",
            &format!("breathing_room = {own}\n[plan.phases.second]"),
        );
        let act = again.replace("again", "act").replace("02-12", "01-29");
        let run = once(&format!("{text}{act}"));
        // Of 42 days left on day 28 become 63, to day 91: 21 days of 30. The 49 left on day 42
        // would become 73.5, to day 115.5; 9 days are left.
        assert_eq!(finish(&run).0, 100.0, "{common}, {own}");
        assert_eq!((total(&run, "stretch_days"), total(&run, "extension_days")), (30.0, 30.0));
    }
}

#[test]
fn accelerating_is_limited_by_transport() {
    assert_eq!(finish(&on_day_28("accelerate = { factor = 2 }", "")).0, 49.0);
    // 20 people a lift: 60 people take 3 lifts.
    let slow = "[plan.transport]\npeople_per_day = 3\n";
    let run = on_day_28("accelerate = { factor = 4 }", slow);
    assert_eq!(finish(&run).0, 49.0);
    assert_eq!(finish(&on_day_28("accelerate = { factor = 4 }", "")).0, 38.5);
}

#[test]
fn reinforcements_come_unless_the_site_is_closed() {
    let run = on_day_28("reinforce = { site = \"base\", contingent = \"us\", people = 30 }", "");
    assert_eq!(total(&run, "reinforcements"), 30.0);
    // They came too late to be among those the phase moves.
    assert_eq!(value(&run, "people_left", By::Contingent, 1), 30.0);
    let late = once(&two_phases(
        "[plan.rules.act]\nwhen = { date = { from = 2026-01-01 } }
then.reinforce = { site = \"camp\", contingent = \"us\", people = 30 }\n",
    ));
    assert_eq!(total(&late, "reinforcements"), 0.0, "nobody is there any more");
}

#[test]
fn a_residual_is_kept_by_the_phase_under_way_and_by_those_to_come() {
    let run =
        on_day_28("keep_residual = { site = \"base\", contingent = \"us\", people = 25 }", "");
    assert_eq!(value(&run, "people_left", By::Site, 0), 20.0 + 25.0);
    assert_eq!(finish(&run).0, 70.0);
    let run =
        on_day_28("keep_residual = { site = \"camp\", contingent = \"us\", people = 45 }", "");
    assert_eq!(value(&run, "people_left", By::Site, 1), 45.0);
}

#[test]
fn a_contingent_sent_home_leaves_on_its_day() {
    let run = on_day_28("send_home = { contingent = \"ally\", in_days = 10 }", "");
    assert_eq!(value(&run, "finish_days", By::Contingent, 0), 38.0);
    assert_eq!(value(&run, "people_left", By::Contingent, 0), 0.0);
    // 20 people for 38 days, beside 100 to 10 for a week each and 50 for 100 days, then their lifts.
    let second =
        50.0 * 100.0 + 7.0 * (50..=500).step_by(50).map(|n| f64::from(n) / 10.0).sum::<f64>();
    assert_eq!(total(&run, "person_days"), 20.0 * 38.0 + 7.0 * 550.0 + second);
    // Those who move in a phase leave with the contingent, and the phase keeps its time.
    let run = on_day_28("send_home = { contingent = \"us\" }", "");
    assert_eq!(value(&run, "finish_days", By::Contingent, 1), 28.0);
    assert_eq!(value(&run, "people_left", By::Contingent, 1), 0.0);
    assert_eq!(finish(&run), (70.0, 170.0));
}

#[test]
fn who_comes_after_a_contingent_has_gone_home_is_not_moved_in_its_place() {
    let run = on_day_28(
        "send_home = { contingent = \"us\" }",
        "[plan.rules.later]\nwhen = { date = { from = 2025-02-05 } }
then.reinforce = { site = \"base\", contingent = \"us\", people = 30 }\n",
    );
    assert_eq!(total(&run, "reinforcements"), 30.0);
    assert_eq!(value(&run, "people_left", By::Contingent, 1), 30.0);
}

#[test]
fn lifts_tell_their_phase() {
    let run = once(&two_phases(""));
    let lifts: Vec<_> =
        run.trial(0).unwrap().events.into_iter().filter(|e| e.kind == Kind::Lift).collect();
    // Phases and sites are in the same order: first, second; base, camp.
    for (k, people) in [100, 50].into_iter().enumerate() {
        let own = lifts.iter().filter(|e| e.phase == Some(k) && e.site == Some(k));
        assert_eq!(own.map(|e| e.count).sum::<u32>(), people);
    }
}

#[test]
fn what_is_cancelled_is_never_done_nor_what_comes_after() {
    let run = on_day_28("cancel = { phases = [\"first\"] }", "");
    assert!(finish(&run).0.is_nan() && finish(&run).1.is_nan());
    assert_eq!([0, 1].map(|k| value(&run, "cancelled", By::Phase, k)), [1.0, 1.0]);
    assert_eq!([0, 1].map(|k| value(&run, "people_left", By::Site, k)), [80.0, 50.0]);
    assert!(total(&run, "finish_days").is_nan());
    let run = on_day_28("cancel = { phases = [\"second\"] }", "");
    assert_eq!(finish(&run).0, 70.0);
    assert_eq!(value(&run, "people_left", By::Site, 1), 50.0);
    // A date is not met by what is cancelled.
    assert_eq!(run.dates()[0].chance_met, 0.0);
}

#[test]
fn a_deadline_brought_forward_moves_what_has_not_begun_and_what_has() {
    // The second begins and finishes so much earlier, the first finishes so much earlier.
    let run = on_day_28("bring_forward = { days = 14 }", "");
    assert_eq!(finish(&run), (56.0, 156.0));
    let run = on_day_28("bring_forward = { days = 25, phases = [\"second\"] }", "");
    assert_eq!(finish(&run), (70.0, 145.0));
    // No sooner than now, and what comes before.
    let run = on_day_28("bring_forward = { days = 365, phases = [\"second\"] }", "");
    assert_eq!(value(&run, "start_days", By::Phase, 1), 70.0);
}

#[test]
fn a_rule_rests_between_and_sets_off_no_more_than_it_may() {
    // In force from a review to the next; then 20 days of rest: days 7, 35, 63, 91, ...
    let rule = |more: &str| {
        let text = two_phases(&format!(
            "[plan.rules.act]\nwhen = {{ date = {{ from = 2025-01-01 }} }}
until = {{ date = {{ from = 2025-01-01 }} }}
then.reinforce = {{ site = \"base\", contingent = \"ally\", people = 1 }}\n{more}"
        ));
        once(&text)
    };
    let run = rule("cooldown_days = 20\n");
    let history = run.trial(0).unwrap();
    let days: Vec<f64> =
        history.events.iter().filter(|e| e.kind == Kind::RuleSetOff).map(|e| e.days).collect();
    assert_eq!(days[..4], [7.0, 35.0, 63.0, 91.0]);
    assert_eq!(value(&run, "times", By::Rule, 0), days.len() as f64);
    assert_eq!(value(&rule("at_most_times = 3\n"), "times", By::Rule, 0), 3.0);
    assert_eq!(total(&rule("at_most_times = 3\n"), "reinforcements"), 3.0);
}

#[test]
fn conditions_see_people_phases_and_breathing_room() {
    let sets_off = |when: &str| {
        let run = once(&two_phases(&format!(
            "[plan.breathing_room]\npause_days = 30\n[plan.rules.act]\nwhen = {{ {when} }}
then.reinforce = {{ site = \"base\", contingent = \"ally\", people = 1 }}\nat_most_times = 1\n"
        )));
        let events = run.trial(0).unwrap().events;
        events.iter().find(|e| e.kind == Kind::RuleSetOff).map(|e| e.days)
    };
    let cases = [
        ("people = { at_most = 50, sites = [\"base\"], contingents = [\"us\"] }", Some(35.0)),
        ("people = { at_most = 0, areas = [\"west\"], contingents = [\"us\"] }", Some(70.0)),
        ("people = { at_most = 20 }", Some(175.0)),
        ("people = { at_least = 171 }", None),
        ("phase = { id = \"second\", state = \"moving\" }", Some(105.0)),
        ("phase = { id = \"first\", state = \"done\" }", Some(70.0)),
        ("pause_days_left = { at_least = 30 }", Some(7.0)),
        ("pause_days_left = { at_most = 29 }", None),
        ("extension_days_left = { at_most = 0 }", Some(7.0)),
        ("not = { date = { before = 2025-03-12 } }", Some(70.0)),
        ("date = { from = 2025-03-12, before = 2025-03-13 }", Some(70.0)),
    ];
    for (when, expected) in cases {
        assert_eq!(sets_off(when), expected, "{when}");
    }
}

#[test]
fn pausing_shows_in_what_is_left() {
    // Held from day 7; 15 of 30 days are left at the review of day 28 (21 have passed).
    let run = once(&two_phases(
        "[plan.breathing_room]\npause_days = 30\n[plan.rules.hold]
when = { date = { from = 2025-01-01, before = 2025-02-20 } }\nthen.pause = {}
[plan.rules.watch]\nwhen = { pause_days_left = { at_most = 15 } }
then.reinforce = { site = \"base\", contingent = \"ally\", people = 1 }\nat_most_times = 1\n",
    ));
    let events = run.trial(0).unwrap().events;
    let set_off = |rule| events.iter().find(|e| e.rule == Some(rule)).map(|e| e.days);
    assert_eq!((set_off(0), set_off(1)), (Some(7.0), Some(28.0)));
    assert_eq!(total(&run, "pause_days"), 30.0);
    assert_eq!(value(&run, "pause_days", By::Rule, 0), 30.0);
    assert_eq!(value(&run, "pause_days", By::Rule, 1), 0.0);
}

#[test]
fn a_phase_without_room_of_its_own_goes_on() {
    let both = |room: &str| {
        once(&format!(
            r#"
schema = 1
start = 2025-01-01
horizon = 2027-01-01
world.sites.base.garrison.us = 100
world.sites.camp.garrison.us = 100
[plan.phases.first]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
breathing_room = {room}
[plan.phases.second]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "camp", contingent = "us" }}
[plan.breathing_room]
pause_days = 100
extension_days = 100
[plan.rules.hold]
when = {{ date = {{ from = 2025-02-01, before = 2025-04-30 }} }}
then.pause = {{}}
"#
        ))
    };
    // Held from day 35 to day 119; the 50 people left then take one lift more.
    let run = both("{ pause_days = 100, extension_days = 100 }");
    assert_eq!(finish(&run), (126.0, 126.0));
    assert_eq!(total(&run, "pause_days"), 84.0);
    let run = both("{}");
    assert_eq!(finish(&run), (70.0, 126.0));
    // 20 days of its own: it goes on at day 55 and catches up.
    let run = both("{ pause_days = 20 }");
    assert_eq!(finish(&run), (70.0, 126.0));
    let resumed = run.trial(0).unwrap().events;
    let resumed: Vec<f64> =
        resumed.iter().filter(|e| e.kind == Kind::PhaseResumed).map(|e| e.days).collect();
    assert_eq!(resumed, [55.0]);
    // All the time it wants, but no later than a date, less the week that a lift takes.
    let run = both("{ pause_days = 100, extension_days = 100, latest = 2025-04-11 }");
    assert_eq!(finish(&run), (100.0, 126.0));
    // The pause began once and ended once for all that.
    assert_eq!((total(&run, "pauses"), total(&run, "forced_resumptions")), (1.0, 0.0));
}

/// 140 people in ten full lifts, which two spells hold, from day 14 to 28 and from day 42 to 84.
fn two_spells(of_plan: &str, of_phase: &str) -> Run {
    once(&format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2027-01-01
world.sites.base.garrison.us = 140
[plan.transport]
people_per_day = 2
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
breathing_room = {of_phase}
[plan.breathing_room]
{of_plan}
[plan.rules.hold]
when.any = [
    {{ date = {{ from = 2025-01-15, before = 2025-01-29 }} }},
    {{ date = {{ from = 2025-02-12, before = 2025-03-26 }} }},
]
then.pause = {{}}
"#
    ))
}

#[test]
fn what_one_pause_has_used_of_a_phases_own_room_the_next_one_has_not() {
    let ample = "pause_days = 200\nextension_days = 200";
    let held = |of_phase: &str| {
        let run = two_spells(ample, of_phase);
        (total(&run, "pause_days"), total(&run, "extension_days"))
    };
    let (days, push) = held("{ pause_days = 200, extension_days = 200 }");
    assert!(days == 56.0 && push >= 42.0, "{days} {push}");
    // 14 days in the first spell, so 6 in the second.
    assert_eq!(held("{ pause_days = 20, extension_days = 200 }").0, 20.0);
    // The first pushes the finish by 14 days, so the second may by 6.
    assert_eq!(held("{ pause_days = 200, extension_days = 20 }").1, 20.0);
}

#[test]
fn a_pause_that_holds_nothing_any_more_ends() {
    // Day 42 to day 49, when the only phase is cancelled; the spell would last until day 84.
    let run = two_spells(
        "pause_days = 200\nextension_days = 200
[plan.rules.call_off]
when = { date = { from = 2025-02-19 } }
then.cancel.phases = [\"leave\"]",
        "{ pause_days = 200, extension_days = 200 }",
    );
    assert_eq!((total(&run, "pauses"), total(&run, "pause_days")), (2.0, 14.0 + 7.0));
}

#[test]
fn a_count_forgets_what_leaves_its_window() {
    // Sets off at each review that sees three attacks in 14 days after one that saw fewer.
    let model = model(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.15
weapons = {}
[plan.rules.watch]
when = { attacks = { in_days = 14, at_least = 3 } }
then.reinforce = { site = "base", contingent = "us", people = 1 }
"#,
    );
    let mut times = 0;
    for index in 0..50 {
        let events = model.trial(3, index).unwrap().events;
        let days = |kind| {
            let those = events.iter().filter(move |event| event.kind == kind);
            those.map(|event| event.days).collect::<Vec<_>>()
        };
        let (attacks, set_off) = (days(Kind::Attack), days(Kind::RuleSetOff));
        let many = |review: &f64| {
            attacks.iter().filter(|day| **day > review - 14.0 && **day <= *review).count() >= 3
        };
        let reviews: Vec<f64> = (1..=52).map(|week| f64::from(week) * 7.0).collect();
        let begins = reviews.iter().filter(|review| many(review) && !many(&(*review - 7.0)));
        assert_eq!(begins.copied().collect::<Vec<_>>(), set_off, "trial {index}");
        times += set_off.len();
    }
    assert!(times > 100, "it set off {times} times");
}

#[test]
fn nothing_is_held_that_could_not_wait_a_moment() {
    // Every lift is full and on time, and nothing may be pushed back.
    let run = two_spells("pause_days = 200\nextension_days = 0", "{ pause_days = 200 }");
    assert_eq!((total(&run, "pauses"), total(&run, "forced_resumptions")), (0.0, 0.0));
    assert_eq!(total(&run, "finish_days"), 70.0);
}

/// One attack a day on each of two sites, with casualties.
fn under_fire(rule: &str) -> Model {
    model(&format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-12-31
[world.areas.west]
[world.sites.base]
area = "west"
garrison = {{ us = 100, ally = 100 }}
air_defence.intercept.rocket = 0
[world.sites.camp]
garrison = {{ ally = 100 }}
air_defence.intercept.rocket = 0
[world.threats.group]
attacks_per_day = 0.4
site_weights = {{ base = 1, camp = 1 }}
weapons.rocket = {{ share = 1, salvo_mean = 1 }}
harm = {{ no_casualty = 0.5 }}
{rule}"#
    ))
}

/// Day of the first event that `counts`, and of the first time that the rule set off, by trial.
fn first_and_set_off(
    when: &str,
    counts: impl Fn(&drawdown::Event) -> bool,
) -> Vec<(Option<f64>, Option<f64>)> {
    let model = under_fire(&format!(
        "[plan.rules.act]\nwhen.{when}\nat_once = true\nat_most_times = 1
then.reinforce = {{ site = \"base\", contingent = \"us\", people = 1 }}\n"
    ));
    let trials = (0..50).map(|index| {
        let events = model.trial(3, index).unwrap().events;
        let first = events.iter().find(|e| counts(e)).map(|e| e.days);
        (first, events.iter().find(|e| e.kind == Kind::RuleSetOff).map(|e| e.days))
    });
    trials.collect()
}

#[test]
fn a_rule_that_looks_at_once_acts_at_the_instant() {
    for (first, set_off) in first_and_set_off("attacks = { in_days = 1, at_least = 1 }", |e| {
        matches!(e.kind, Kind::Attack | Kind::AttackIntercepted)
    }) {
        assert_eq!(first, set_off);
    }
}

#[test]
fn counts_can_be_of_an_area_or_a_contingent() {
    let west = "attacks = { in_days = 1, at_least = 1, areas = [\"west\"] }";
    let attack = |e: &drawdown::Event| matches!(e.kind, Kind::Attack | Kind::AttackIntercepted);
    for (first, set_off) in first_and_set_off(west, |e| attack(e) && e.site == Some(0)) {
        assert_eq!(first, set_off);
    }
    for (what, kind) in [("wounded", Kind::Wounded), ("killed", Kind::Killed)] {
        let when = format!("{what} = {{ in_days = 1, at_least = 1, contingents = [\"us\"] }}");
        // Contingents are in order of id: ally, us.
        let pairs = first_and_set_off(&when, |e| e.kind == kind && e.contingent == Some(1));
        assert!(pairs.iter().any(|(first, _)| first.is_some()), "{what}");
        for (first, set_off) in pairs {
            assert_eq!(first, set_off, "{what}");
        }
    }
}

#[test]
fn a_program_can_bring_a_rule_of_its_own() {
    let kept = Actions {
        keep_residual: Some(Detachment {
            site: "base".into(),
            contingent: "us".into(),
            people: 40,
        }),
        ..Actions::default()
    };
    let plain = model(&two_phases(""));
    let embedded = plain
        .clone()
        .with_rule("watch", &kept, |now| {
            assert_eq!(now.tension(), "steady");
            assert_eq!(now.pause_days_left() + now.extension_days_left(), 0.0);
            assert_eq!(now.attacks(30.0) + now.wounded(30.0) + now.killed(30.0), 0);
            assert_eq!(now.people_at("nowhere"), None);
            now.phase("first") == Some(PhaseState::Moving)
                && now.people_at("base") == Some(80)
                && now.date().to_string() == "2025-01-29"
                && now.days() == 28.0
                && now.people() == 130
        })
        .unwrap();
    let run = embedded.simulate(&Batch::new(1, 1)).unwrap();
    assert_eq!(value(&run, "people_left", By::Site, 0), 20.0 + 40.0);
    assert_eq!(run.origin().embedded_rules, ["watch"]);
    assert_eq!(value(&run, "times", By::Rule, 0), 1.0);
    let same = embedded.with_rule("watch", &kept, |_| false);
    assert!(same.unwrap_err().to_string().contains("watch"));
    let nothing = plain.with_rule("idle", &Actions::default(), |_| true);
    assert_eq!(nothing.unwrap_err().problems()[0].path, "idle.then");
}

/// What a rule that is a function sees at each review of trial 0, against the log.
#[test]
fn a_program_sees_what_has_happened_lately() {
    let then = Actions {
        reinforce: Some(Detachment { site: "base".into(), contingent: "us".into(), people: 1 }),
        ..Actions::default()
    };
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let watched = under_fire("").with_rule("watch", &then, move |now| {
        let lately = [now.attacks(10.0), now.wounded(10.0), now.killed(10.0)];
        told.lock().unwrap().push((now.days(), lately));
        false
    });
    let events = watched.unwrap().trial(3, 0).unwrap().events;
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 52);
    for (review, lately) in &*seen {
        let since = |e: &&drawdown::Event| e.days > review - 10.0 && e.days <= *review;
        let count = |kinds: &[Kind]| -> u64 {
            let those = events.iter().filter(since).filter(|e| kinds.contains(&e.kind));
            those.map(|e| u64::from(e.count)).sum()
        };
        let attacks = count(&[Kind::Attack, Kind::AttackIntercepted]);
        assert_eq!(*lately, [attacks, count(&[Kind::Wounded]), count(&[Kind::Killed])]);
    }
    for what in 0..3 {
        assert!(seen.iter().any(|(_, lately)| lately[what] > 0));
    }
}
