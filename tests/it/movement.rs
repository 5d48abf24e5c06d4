//! Who leaves where and when: exact cases, without chance.

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

const HEAD: &str = "schema = 1\nstart = 2025-01-01\nhorizon = 2027-01-01\n";

/// One phase of 70 days, from day 0 to day 70, for 100 people.
fn one_phase(extra: &str) -> String {
    format!(
        r#"{HEAD}
world.sites.base.garrison.us = 100
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
{extra}"#
    )
}

#[test]
fn lifts_leave_every_week_in_even_shares() {
    let history = model(&one_phase("")).trial(1, 0).unwrap();
    let lifts: Vec<(f64, u32)> = (history.events.iter())
        .filter(|event| event.kind == Kind::Lift)
        .map(|event| (event.days, event.count))
        .collect();
    let expected: Vec<(f64, u32)> = (1..=10).map(|week| (7.0 * f64::from(week), 10)).collect();
    assert_eq!(lifts, expected);
    let last: Vec<Kind> = history.events.iter().rev().take(3).map(|event| event.kind).collect();
    assert_eq!(last, [Kind::PhaseFinished, Kind::SiteClosed, Kind::Lift]);
}

#[test]
fn dates_that_allow_for_a_blackout_lose_nothing_to_it() {
    // 70 days of which 30 are two blackouts that overlap, one of them partly before the phase.
    let out = |from: &str, until: &str, allowed: &str| {
        format!("[plan.blackouts.b{from}]\nfrom = {from}\nuntil = {until}\n{allowed}")
    };
    let both = |allowed| {
        out("2024-12-01", "2025-01-21", allowed) + &out("2025-01-11", "2025-01-31", allowed)
    };
    for (ratio, allowed, finish) in [
        (1.0, "allowed_for = true\n", 70.0),
        (1.5, "allowed_for = true\n", 30.0 + 60.0),
        (1.0, "allowed_for = false\n", 100.0),
        (1.0, "", 100.0),
    ] {
        let toml = one_phase(&both(allowed)).replace("ratio = 1", &format!("ratio = {ratio}"));
        assert_eq!(value(&once(&toml), "finish_days", By::Phase, 0), finish, "{allowed}");
        let warned =
            !Scenario::from_toml_str(&toml).unwrap().validate().unwrap().warnings().is_empty();
        assert_eq!(warned, allowed.is_empty());
    }
    let refused = |from, until| {
        let toml = one_phase(&out(from, until, "allowed_for = true\n"));
        Scenario::from_toml_str(&toml).unwrap().validate().unwrap_err().to_string()
    };
    assert!(refused("2025-03-01", "2025-03-13").contains("is in a blackout"));
    assert!(refused("2025-01-01", "2025-03-12").contains("nothing moves on any day"));
}

#[test]
fn dates_kept_are_met_with_certainty() {
    let run = once(&one_phase(""));
    for row in run.dates() {
        assert_eq!(
            (row.announced_days, row.p50_days, row.chance_met),
            (70.0, 70.0, 1.0),
            "{row:?}"
        );
        assert_eq!((row.mean_slip_days, row.unfinished), (0.0, 0.0));
    }
    assert_eq!(run.dates().len(), 4, "overall, the phase, the site, the contingent");
    assert_eq!(run.model().date(70.0).unwrap().to_string(), "2025-03-12");
}

#[test]
fn nobody_appears_or_vanishes() {
    let run = once(&one_phase(""));
    // 100 people for 7 days, 90 for 7, ... 10 for 7.
    assert_eq!(value(&run, "person_days", By::Total, 0), 7.0 * 550.0);
    let bands = run.bands(&drawdown::Series::People, &[0.5]).unwrap();
    let expected: Vec<f64> =
        (0..bands.mean.len()).map(|w| (100.0 - 10.0 * w as f64).max(0.0)).collect();
    assert_eq!(bands.mean, expected);
    assert_eq!(run.model().announced_people().row(0).to_vec(), expected);
}

#[test]
fn transport_that_is_too_small_slips_the_finish() {
    // 7 people a lift: 100 need 15 lifts, the last one of 2 people on day 100.
    let run = once(&one_phase("[plan.transport]\npeople_per_day = 1\n"));
    assert_eq!(value(&run, "finish_days", By::Total, 0), 100.0);
    assert_eq!(value(&run, "slip_days", By::Total, 0), 30.0);
    let history = run.trial(0).unwrap();
    assert!(history.events.iter().filter(|e| e.kind == Kind::Lift).all(|e| e.count <= 7));
}

#[test]
fn phases_wait_for_gates_and_for_each_other() {
    let run = once(&format!(
        r#"{HEAD}
world.sites.base.garrison = {{ us = 100, france = 50 }}
world.sites.rear = {{ garrison = {{}}, reference_garrison = 100 }}
plan.gates.approval.delay_days = 40
[plan.phases.first]
after = ["approval"]
announced_start = 2025-01-11
announced_finish = 2025-01-31
duration_ratio = 1
moves.back = {{ site = "base", contingent = "us", residual = 30, to = "rear" }}
[plan.phases.second]
after = ["first"]
announced_start = 2025-01-31
announced_finish = 2025-03-02
duration_ratio = 0.5
moves.home = {{ site = "rear", contingent = "us" }}
moves.french = {{ site = "base", contingent = "france" }}
"#
    ));
    assert_eq!(value(&run, "open_days", By::Gate, 0), 40.0);
    assert_eq!(value(&run, "start_days", By::Phase, 0), 40.0);
    assert_eq!(value(&run, "finish_days", By::Phase, 0), 60.0);
    assert_eq!(value(&run, "start_days", By::Phase, 1), 60.0);
    assert_eq!(value(&run, "finish_days", By::Phase, 1), 75.0);
    // The base is left to its residual when the French have gone, the rear when all have.
    assert_eq!(run.ids(By::Site), ["base", "rear"]);
    assert_eq!(value(&run, "finish_days", By::Site, 0), 75.0);
    let people = run.bands(&drawdown::Series::PeopleAt("base".into()), &[]).unwrap();
    assert_eq!(people.mean.last(), Some(&30.0));
}

/// A phase of 70 days under steady fire from the start: one attack a day, exactly when the rule
/// wants it to be, because its threshold is 0 from day 14 on.
fn paused(room: &str, then: &str, until: &str) -> Run {
    once(&paused_toml(room, then, until))
}

fn paused_toml(room: &str, then: &str, until: &str) -> String {
    one_phase(&format!(
        r#"
[plan.breathing_room]
{room}
[plan.rules.hold]
when = {{ attacks = {{ in_days = 30, at_least = 0 }} }}
then = {{ pause = {{ {then} }} }}
{until}"#
    ))
}

const AT_ONCE: &str = "until = { attacks = { in_days = 1, at_least = 0 } }";
const NEVER: &str = "until = { attacks = { in_days = 1, at_least = 1 } }";

#[test]
fn a_pause_inside_the_announced_dates_costs_no_finish() {
    // Paused at each review for a week, resumed at the next, paused at the one after.
    let run = paused("pause_days = 14", "", AT_ONCE);
    assert_eq!(value(&run, "pauses", By::Total, 0), 2.0);
    assert_eq!(value(&run, "pause_days", By::Total, 0), 14.0);
    assert_eq!(value(&run, "finish_days", By::Total, 0), 70.0);
    assert_eq!(value(&run, "extension_days", By::Total, 0), 0.0);
    // The second pause ends at a review just as its allowance is spent.
    assert_eq!(value(&run, "forced_resumptions", By::Total, 0), 0.0);
}

#[test]
fn a_pause_ends_when_its_days_are_spent() {
    let run = paused("pause_days = 20.5", "", NEVER);
    assert_eq!(value(&run, "pause_days", By::Total, 0), 20.5);
    assert_eq!(value(&run, "forced_resumptions", By::Total, 0), 1.0);
    assert_eq!(value(&run, "finish_days", By::Total, 0), 70.0);
}

#[test]
fn a_pause_never_pushes_a_finish_past_its_extension() {
    // Paused from day 7 on; 90 people fit in one lift a week after resuming.
    for (room, finish, spent) in [
        ("pause_days = 500", 70.0, 0.0),
        ("pause_days = 500\nextension_days = 30", 100.0, 30.0),
        ("pause_days = 500\nextension_days = 30\nlatest = 2025-03-22", 80.0, 10.0),
    ] {
        let run = paused(room, "", NEVER);
        assert_eq!(value(&run, "finish_days", By::Total, 0), finish, "{room}");
        assert_eq!(value(&run, "extension_days", By::Total, 0), spent, "{room}");
        assert_eq!(value(&run, "pause_days", By::Total, 0), finish - 7.0 - 7.0, "{room}");
        assert_eq!(value(&run, "forced_resumptions", By::Total, 0), 1.0, "{room}");
    }
}

#[test]
fn a_pause_lasts_at_least_as_long_as_the_rule_says() {
    // Paused on day 7; it may end at the review on day 28 and no earlier. Paused again on day 35.
    let run = paused("pause_days = 100", "at_least_days = 21", AT_ONCE);
    let history = run.trial(0).unwrap();
    let of = |kind| history.events.iter().find(|event| event.kind == kind).unwrap().days;
    assert_eq!((of(Kind::PauseBegan), of(Kind::PauseEnded)), (7.0, 28.0));
}

#[test]
fn without_breathing_room_there_is_no_pause() {
    for room in ["", "extension_days = 100"] {
        let run = paused(room, "", NEVER);
        assert_eq!(value(&run, "pauses", By::Total, 0), 0.0);
        assert_eq!(value(&run, "finish_days", By::Total, 0), 70.0);
    }
}

#[test]
fn a_gate_does_not_run_while_it_is_blocked() {
    // War from the start for good: the gate never opens and nobody leaves.
    let scenario = |state: &str| {
        format!(
            r#"{HEAD}
world.sites.base.garrison.us = 100
[world.tension]
start = "{state}"
states.calm.mean_days = 1
states.war.mean_days = 1
[plan.gates.approval]
delay_days = 10
blocked_while.tension = ["war"]
[plan.phases.leave]
after = ["approval"]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
"#
        )
    };
    let run = once(&scenario("war"));
    assert!(value(&run, "open_days", By::Gate, 0).is_nan());
    assert!(value(&run, "finish_days", By::Total, 0).is_nan());
    let overall = &run.dates()[0];
    assert!(overall.p10_days.is_nan());
    assert_eq!((overall.chance_met, overall.unfinished), (0.0, 1.0));
    assert_eq!(value(&once(&scenario("calm")), "open_days", By::Gate, 0), 10.0);
}

#[test]
fn a_blocked_gate_opens_after_its_delay_outside_the_blocking_state() {
    let run = once(&format!(
        r#"{HEAD}
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = {{ mean_days = 5, next.tense = 1 }}
states.tense = {{ mean_days = 5, next.war = 1 }}
states.war = {{ mean_days = 5, next.calm = 1 }}
[plan.gates.approval]
delay_days = 100
blocked_while.tension = ["war"]
"#
    ));
    let open = value(&run, "open_days", By::Gate, 0);
    let (mut outside, mut since, mut blocked) = (0.0, 0.0, false);
    for event in run.trial(0).unwrap().events.iter().take_while(|event| event.days < open) {
        if let (Kind::Tension, Some(state)) = (event.kind, event.state) {
            outside += if blocked { 0.0 } else { event.days - since };
            (since, blocked) = (event.days, run.ids(By::State)[state] == "war");
        }
    }
    assert!(!blocked && since > 0.0);
    outside += open - since;
    assert!((outside - 100.0).abs() < 1e-5, "the gate opened after {outside} days outside war");
}

#[test]
fn a_closed_site_is_never_attacked() {
    let run = model(&one_phase(
        r#"
[world.threats.group]
attacks_per_day = 2
contagion = { children_per_attack = 0.6, decay_days = 30 }
weapons = {}
"#,
    ));
    let mut children = 0;
    for index in 0..50 {
        for event in run.trial(3, index).unwrap().events {
            if event.kind == Kind::Attack {
                assert!(event.days <= 70.0, "attacked on day {}", event.days);
                children += usize::from(event.parent.is_some());
            }
        }
    }
    assert!(children > 1000, "contagion was at work");
}

#[test]
fn casualties_never_exceed_the_people_on_the_site() {
    let toml = format!(
        r#"{HEAD}
world.sites.base.garrison = {{ us = 3, france = 2 }}
world.sites.base.air_defence.intercept.rocket = 0
[world.threats.group]
attacks_per_day = 2
weapons.rocket = {{ share = 1, salvo_mean = 40 }}
harm = {{ no_casualty = 0.1, scale = 50, shape = 1 }}
"#
    );
    let run = model(&toml).simulate(&Batch::new(20, 1)).unwrap();
    let worst = run.values("worst_attack", By::Total).unwrap();
    assert!(worst.iter().all(|&worst| worst == 5.0), "{worst}");
    let wounded = run.values("wounded", By::Contingent).unwrap();
    assert!(wounded.iter().all(|&wounded| wounded > 0.0), "both contingents are hit");
}

#[test]
fn a_trial_without_end_is_stopped_and_counted() {
    let toml = format!(
        r#"{HEAD}
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = {{ mean_days = {{ lognormal = {{ median = 1e-9, sigma = 0.1 }} }}, next.war = 1 }}
states.war = {{ mean_days = {{ lognormal = {{ median = 1e-9, sigma = 0.1 }} }}, next.calm = 1 }}
"#
    );
    let run = once(&toml);
    assert_eq!(value(&run, "capped", By::Total, 0), 1.0);
    assert_eq!(run.origin().trials_capped, 1);
}

#[test]
fn who_is_left_is_counted() {
    let run = once(
        &one_phase("").replace("contingent = \"us\" }", "contingent = \"us\", residual = 12 }"),
    );
    assert_eq!(value(&run, "people_left", By::Total, 0), 12.0);
    assert_eq!(value(&run, "people_left", By::Site, 0), 12.0);
    assert_eq!(value(&run, "people_left", By::Contingent, 0), 12.0);
    assert!(run.dates().iter().filter(|row| row.of != "phase").all(|row| row.people_left == 12.0));
}

#[test]
fn what_it_cost_until_the_finish_stops_there() {
    let run = model(&one_phase("[world.threats.group]\nattacks_per_day = 1\n"))
        .simulate(&Batch::new(200, 3))
        .unwrap();
    // The site closes on day 70, so nothing comes later.
    let of = |name| run.values(name, By::Total).unwrap().column(0).to_vec();
    assert_eq!(of("attacks"), of("attacks_on_the_way"));
    assert_eq!(of("wounded"), of("wounded_on_the_way"));
    let stays = one_phase("[world.threats.group]\nattacks_per_day = 1\n")
        .replace("contingent = \"us\" }", "contingent = \"us\", residual = 50 }");
    let run = model(&stays).simulate(&Batch::new(200, 3)).unwrap();
    let of = |name| run.values(name, By::Total).unwrap().mean().unwrap();
    assert!((of("attacks_on_the_way") / 70.0 - 1.0).abs() < 0.04);
    assert!((of("attacks") / 730.0 - 1.0).abs() < 0.04);
}

#[test]
fn where_nobody_is_to_leave_nothing_happens_on_the_way() {
    let text = one_phase("[world.threats.group]\nattacks_per_day = 1\n");
    let stay = Scenario::from_toml_str(&text).unwrap().replace([("plan", None)]).unwrap();
    let run = stay.validate().unwrap().compile().simulate(&Batch::new(20, 3)).unwrap();
    let of = |name| run.values(name, By::Total).unwrap().column(0).to_vec();
    assert!(of("attacks").iter().all(|&n| n > 0.0));
    for name in ["attacks_on_the_way", "wounded_on_the_way", "killed_on_the_way"] {
        assert!(of(name).iter().all(|n| n.is_nan()), "{name}");
    }
}

#[test]
fn a_residual_counts_those_who_are_already_promised() {
    let run = once(&format!(
        r#"{HEAD}
world.sites.base.garrison.us = 100
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = 1
moves.half = {{ site = "base", contingent = "us", people = 50 }}
[plan.phases.b]
announced_start = 2025-01-15
announced_finish = 2025-04-01
duration_ratio = 1
moves.rest = {{ site = "base", contingent = "us", residual = 20 }}
"#
    ));
    assert_eq!(value(&run, "people_left", By::Site, 0), 20.0);
    let lifts = run.trial(0).unwrap().events;
    assert!(lifts.iter().filter(|event| event.kind == Kind::Lift).all(|event| event.count > 0));
}

#[test]
fn nothing_is_caused_where_nobody_is() {
    // The west closes on day 1, and attacks in the east cause attacks in the west.
    let model = model(&format!(
        r#"{HEAD}
world.sites.east.garrison.us = 100
world.sites.west.garrison.us = 100
[world.threats.group]
attacks_per_day = 1
site_weights = {{ east = 1, west = 1 }}
contagion = {{ children_per_attack = 0, decay_days = 5, to_sites.east.west = 0.5 }}
weapons = {{}}
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-01-02
duration_ratio = 1
moves.out = {{ site = "west", contingent = "us" }}
"#
    ));
    let late = |k: u64| {
        let events = model.trial(1, k).unwrap().events;
        events
            .iter()
            .filter(|e| e.kind == Kind::Attack && e.site == Some(1) && e.days > 1.0)
            .count()
    };
    assert_eq!((0..20).map(late).sum::<usize>(), 0);
}

#[test]
fn what_was_to_come_is_dropped_when_a_site_closes_even_if_it_opens_again() {
    // Everybody leaves the base on day 30 and others come on day 31. Contagion of a mean delay of
    // 1,000 days from before would still be seen after; the background is next to nothing by then.
    let model = model(&format!(
        r#"{HEAD}
world.sites.base.garrison = {{ us = 100 }}
world.sites.rear.garrison = {{ france = 100 }}
[world.tension]
start = "war"
states.war = {{ mean_days = 10, next.calm = 1 }}
states.calm.mean_days = 1
[world.threats.group]
attacks_per_day = {{ war = 20, calm = 0 }}
site_weights.base = 1
contagion = {{ children_per_attack = 0.9, decay_days = 1000 }}
weapons = {{}}
[plan.phases.leave]
announced_start = 2025-01-30
announced_finish = 2025-01-31
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
[plan.phases.come]
after = ["leave"]
announced_start = 2025-01-31
announced_finish = 2025-02-01
duration_ratio = 1
moves.back = {{ site = "rear", contingent = "france", to = "base" }}
"#
    ));
    let (mut before, mut after) = (0, 0);
    for index in 0..100 {
        let events = model.trial(1, index).unwrap().events;
        let calm = events.iter().find(|e| e.kind == Kind::Tension).map_or(f64::MAX, |e| e.days);
        for event in events.iter().filter(|e| e.kind == Kind::Attack) {
            before += usize::from(event.days < 30.0);
            after += usize::from(event.days > 31.0 && calm < 30.0);
        }
    }
    assert!(before > 1_000, "{before}");
    assert_eq!(after, 0);
}

#[test]
fn a_phase_that_cannot_wait_ends_the_pause_it_meets() {
    // The first phase is held from day 7. The second becomes ready on day 20 and cannot make up
    // any days: with no extension it cannot be held, so movement resumes.
    let run = once(&format!(
        r#"{HEAD}
world.sites.base.garrison.us = 100
world.sites.other.garrison.us = 100
[plan.transport]
people_per_day = 10
[plan.phases.first]
announced_start = 2025-01-01
announced_finish = 2025-12-31
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us" }}
[plan.phases.second]
announced_start = 2025-01-21
announced_finish = 2025-02-02                # 12 days; it takes 10, with two lifts of 70
duration_ratio = 0.83333333333333337
moves.out = {{ site = "other", contingent = "us" }}
[plan.breathing_room]
pause_days = 300
[plan.rules.hold]
when = {{ attacks = {{ in_days = 30, at_least = 0 }} }}
then = {{ pause = {{}} }}
{NEVER}
"#
    ));
    let history = run.trial(0).unwrap();
    let of = |kind| history.events.iter().find(|event| event.kind == kind).unwrap().days;
    assert_eq!((of(Kind::PauseBegan), of(Kind::PauseSpent)), (7.0, 20.0));
    // Never held, it keeps its own time; held and resumed it would take 14 days.
    assert!((value(&run, "finish_days", By::Phase, 1) - 30.0).abs() < 1e-5);
}

#[test]
fn rules_count_what_they_are_told_to_count() {
    let paused = |window: &str| {
        let toml = format!(
            r#"{}
[world.sites.quiet]
garrison.us = 10
[world.threats.group]
attacks_per_day = 3
site_weights.base = 1
weapons = {{}}
[plan.breathing_room]
pause_days = 20
[plan.rules.hold]
when = {{ attacks = {{ in_days = 14, {window} }} }}
then = {{ pause = {{}} }}
"#,
            one_phase("")
        );
        value(&once(&toml), "pause_days", By::Total, 0) > 0.0
    };
    assert!(paused("at_least = 5"));
    assert!(paused("at_least = 5, sites = [\"base\"], threats = [\"group\"]"));
    assert!(!paused("at_least = 5, sites = [\"quiet\"]"));
    assert!(!paused("at_least = 500"));
    assert!(!paused("at_most = 1"));
}

#[test]
fn a_pause_that_the_horizon_cuts_short_counts_until_then() {
    let toml = paused_toml("pause_days = 1000\nextension_days = 1000", "", NEVER)
        .replace("horizon = 2027-01-01", "horizon = 2025-07-20");
    // From day 7 to day 200.
    assert_eq!(value(&once(&toml), "pause_days", By::Total, 0), 193.0);
}

#[test]
fn the_defence_leaves_with_the_garrison() {
    let stopped = |people: u32| {
        let toml = format!(
            r#"{HEAD}
world.sites.base.garrison.us = {people}
world.sites.base.air_defence = {{ intercept.drone = 1, needs_people = 50 }}
[world.threats.group]
attacks_per_day = 1
weapons.drone = {{ share = 1, salvo_mean = 1 }}
"#
        );
        let run = model(&toml).simulate(&Batch::new(100, 1)).unwrap();
        let of = |name| run.values(name, By::Total).unwrap().sum();
        of("intercepted") / of("attacks")
    };
    assert_eq!(stopped(50), 1.0);
    // Beta(1, 19): one in twenty, at 73,000 attacks.
    assert!((stopped(49) - 0.05).abs() < 0.004);
}
