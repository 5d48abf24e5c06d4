//! Scenarios from Rust values: what is built in code is what is read from a file.

use drawdown::law::{Law, Range};
use drawdown::scenario::*;
use drawdown::{Batch, By, Scenario};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_minimal_scenario_is_ten_lines_of_rust() {
    let leave = Phase::new(day("2025-03-01"), day("2025-09-30"))
        .moves("everybody", Move::new("base", "us"));
    let world = World::new()
        .site("base", Site::new().garrison("us", 600))
        .threat("militia", Threat::new(0.1));
    let built = Scenario::new(day("2025-01-01"), world).plan(Plan::new().phase("leave", leave));

    let read = Scenario::example("minimal").unwrap();
    assert_eq!(built, read);
    assert_eq!(built.hash(), read.hash());
    let of = |scenario: &Scenario| {
        let run = scenario.validate().unwrap().compile().simulate(&Batch::new(50, 7)).unwrap();
        run.values("attacks", By::Total).unwrap().to_owned()
    };
    assert_eq!(of(&built), of(&read));
}

/// What `new` leaves out is as where a file leaves it out.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    built: T,
    file: serde_json::Value,
) {
    assert_eq!(serde_json::from_value::<T>(file).unwrap(), built);
}

#[test]
fn what_is_left_out_in_code_is_what_is_left_out_in_a_file() {
    let (date, text) = (day("2025-03-01"), "2025-03-01");
    same(
        Scenario::new(date, World::new()),
        json!({"schema": 1, "start": text, "world": {"sites": {}}}),
    );
    same(World::new(), json!({"sites": {}}));
    same(Area::new(), json!({}));
    same(Site::new(), json!({"garrison": {}}));
    same(AirDefence::new(), json!({}));
    same(Tension::new("calm"), json!({"start": "calm", "states": {}}));
    same(TensionState::new(30), json!({"mean_days": 30}));
    same(Threat::new(0.5), json!({"attacks_per_day": 0.5}));
    same(Contagion::new(0.5, 3), json!({"children_per_attack": 0.5, "decay_days": 3}));
    same(ExitPattern::new(), json!({}));
    same(Truce::new(0.5), json!({"factor": 0.5}));
    same(Grievance::new(0.5), json!({"per_day": 0.5}));
    same(Weapon::new(0.5, 3), json!({"share": 0.5, "salvo_mean": 3}));
    same(WeaponByState::new(), json!({}));
    same(HarmByState::new(), json!({}));
    same(Harm::new(), json!({}));
    same(Barrages::new(0.5), json!({"per_day": 0.5, "capable": {}}));
    same(Costs::new(), json!({}));
    same(CalendarEvent::new(date), json!({"date": text}));
    same(Outcome::new(2), json!({"weight": 2}));
    same(EventWindow::new(-5, 5, 2), json!({"from_days": -5, "until_days": 5, "factor": 2}));
    same(Drift::new(0.1), json!({"sd_per_week": 0.1}));
    same(Ceasefire::new(date, 0.1), json!({"from": text, "factor": 0.1}));
    same(Host::new(), json!({}));
    same(Friction::new(), json!({}));
    same(Expulsion::new(), json!({}));
    same(Capability::new(0.1), json!({"start": 0.1}));
    same(Insurgency::new(0.1), json!({"strength": 0.1}));
    same(Shocks::new(0.1, 2), json!({"per_year": 0.1, "factor": 2}));
    same(Incidents::new(0.1), json!({"per_day": 0.1}));
    same(Reentry::new(), json!({"forces": {}}));
    same(Now::new(), json!({}));
    same(GateNow::new(), json!({}));
    same(PhaseNow::new(), json!({}));
    same(RoomUsed::new(), json!({}));
    same(TensionNow::new(date), json!({"since": text}));
    same(ThreatNow::new(), json!({}));
    same(AttacksNow::new(date, "base"), json!({"date": text, "site": "base"}));
    same(Plan::new(), json!({}));
    same(Transport::new(), json!({}));
    same(Gate::new(30), json!({"delay_days": 30}));
    same(Blocked::new(["war"]), json!({"tension": ["war"]}));
    same(Phase::new(date, date), json!({"announced_start": text, "announced_finish": text}));
    same(Move::new("base", "us"), json!({"site": "base", "contingent": "us"}));
    same(BreathingRoom::new(), json!({}));
    same(Blackout::new(date, date), json!({"from": text, "until": text}));
    same(Buffer::new("leave", "vote", 30), json!({"phase": "leave", "event": "vote", "days": 30}));
    same(Contingent::new(), json!({}));
    same(Retaliation::new(), json!({}));
    let calm = || Condition::Tension(vec!["calm".into()]);
    same(Rule::new(calm(), Actions::new()), json!({"when": {"tension": ["calm"]}, "then": {}}));
    same(Window::new(7), json!({"in_days": 7}));
    same(Dates::new(), json!({}));
    same(PhaseIs::new("leave", PhaseState::Done), json!({"id": "leave", "state": "done"}));
    same(Amount::new(), json!({}));
    same(People::new(), json!({}));
    same(Happened::new("vote"), json!({"id": "vote"}));
    same(Actions::new(), json!({}));
    same(Pause::new(), json!({}));
    same(Pace::new(2), json!({"factor": 2}));
    same(
        Detachment::new("base", "us", 5),
        json!({"site": "base", "contingent": "us", "people": 5}),
    );
    same(SendHome::new("us"), json!({"contingent": "us"}));
    same(Cancel::new(["leave"]), json!({"phases": ["leave"]}));
    same(BringForward::new(10), json!({"days": 10}));
    same(Source::new(), json!({}));
}

#[test]
fn every_kind_of_setter_sets_what_a_file_would() {
    let wide = Weapon::new(1, 4).in_state("war", WeaponByState::new().salvo_mean(20));
    let militia = Threat::new([("calm", Range::uniform(0.05, 0.1)), ("war", Range::from(2))])
        .title("Militia")
        .site_weight("base", 3)
        .site_weight("post", 1.0)
        .site_weight_in("war", "base", 1)
        .drift(Drift::new(0.1).half_life_days(60).start(DriftStart::Steady))
        .month("jan", 0.5)
        .weapons([("drone", wide)]);
    let world = World::new()
        .site("base", Site::new().garrison("us", 600).reference_garrison(500))
        .site("post", Site::new().garrison("us", 60).garrison("de", 20))
        .tension(
            Tension::new("calm")
                .state("calm", TensionState::new(200).next("war", 1))
                .state("war", TensionState::new(Law::gamma(2, Range::uniform(10, 20)))),
        )
        .threat("militia", militia);
    let pause = Actions::new().pause(Pause::new().at_least_days(14));
    let halt = Rule::new(Condition::Attacks(Window::new(7).at_least(5).sites(["base"])), pause)
        .at_once(true)
        .at_most_times(3);
    let leave = Phase::new(day("2025-03-01"), day("2025-09-30"))
        .after(["vote"])
        .duration_ratio(Law::lognormal(1.1, 0.2))
        .moves("some", Move::new("base", "us").residual(100));
    let plan = Plan::new()
        .review_every_days(14)
        .gate("vote", Gate::new(30).blocked_while(Blocked::new(["war"])))
        .phase("leave", leave)
        .breathing_room(BreathingRoom::new().pause_days(60).latest(day("2026-01-01")))
        .rule("halt", halt);
    let built = Scenario::new(day("2025-01-01"), world)
        .title("Built")
        .horizon(day("2026-12-31"))
        .plan(plan)
        .source("plan.review_every_days", Source::new().source("judgement"));

    let read = Scenario::from_toml_str(
        r#"
        schema = 1
        title = "Built"
        start = 2025-01-01
        horizon = 2026-12-31
        [world.sites.base]
        garrison = { us = 600 }
        reference_garrison = 500
        [world.sites.post]
        garrison = { us = 60, de = 20 }
        [world.tension]
        start = "calm"
        states.calm = { mean_days = 200, next = { war = 1 } }
        states.war = { mean_days = { gamma = { shape = 2, mean = { uniform = [10, 20] } } } }
        [world.threats.militia]
        title = "Militia"
        attacks_per_day = { calm = { uniform = [0.05, 0.1] }, war = 2 }
        site_weights = { base = 3, post = 1 }
        site_weights_by_state = { war = { base = 1 } }
        drift = { sd_per_week = 0.1, half_life_days = 60, start = "steady" }
        months = { jan = 0.5 }
        weapons.drone = { share = 1, salvo_mean = 4, by_state = { war = { salvo_mean = 20 } } }
        [plan]
        review_every_days = { value = 14, source = "judgement" }
        [plan.gates.vote]
        delay_days = 30
        blocked_while = { tension = ["war"] }
        [plan.phases.leave]
        after = ["vote"]
        announced_start = 2025-03-01
        announced_finish = 2025-09-30
        duration_ratio = { lognormal = { median = 1.1, sigma = 0.2 } }
        moves.some = { site = "base", contingent = "us", residual = 100 }
        [plan.breathing_room]
        pause_days = 60
        latest = 2026-01-01
        [plan.rules.halt]
        when = { attacks = { in_days = 7, at_least = 5, sites = ["base"] } }
        then = { pause = { at_least_days = 14 } }
        at_once = true
        at_most_times = 3
        "#,
    )
    .unwrap();
    assert_eq!(built, read);
    let _ = built.validate().unwrap();
}

#[test]
fn laws_in_code_are_those_of_a_file() {
    same::<Range>(3.into(), json!(3));
    same::<Range>(0.5.into(), json!(0.5));
    same(Range::uniform(1, 2), json!({"uniform": [1, 2]}));
    same(Range::triangular(1, 2, 3), json!({"triangular": [1, 2, 3]}));
    same(Range::pert(1, 2, 3), json!({"pert": [1, 2, 3]}));
    same(Range::normal(1, 2), json!({"normal": {"mean": 1, "sd": 2}}));
    same(Range::lognormal(1, 2), json!({"lognormal": {"median": 1, "sigma": 2}}));
    same(Range::gamma(1, 2), json!({"gamma": {"shape": 1, "mean": 2}}));
    same(Range::beta(1, 2), json!({"beta": [1, 2]}));
    same(Range::exponential(2), json!({"exponential": {"mean": 2}}));
    same(
        Range::truncated_normal(1, 2, 0, 3),
        json!({"truncated_normal": {"mean": 1, "sd": 2, "low": 0, "high": 3}}),
    );
    same(
        Law::mixture([(1, Law::from(2)), (3, Law::beta(1, Range::uniform(1, 2)))]),
        json!({"mixture": [
            {"weight": 1, "value": 2},
            {"weight": 3, "value": {"beta": [1, {"uniform": [1, 2]}]}},
        ]}),
    );
    same(Range::empirical([1.0, 2.0]), json!({"empirical": [1, 2]}));
    same::<Law>(Range::uniform(1, 2).into(), json!({"constant": {"uniform": [1, 2]}}));
}
