//! What moves background rates besides tension and presence: displacement, hand-overs, the
//! promise of the timetable. Each against its closed form, on timetables without chance.

use drawdown::{By, Scenario};

use crate::statistics::{assert_mean, of, run};

/// East empties on day 100, as announced unless `ratio` says otherwise; west stays. A threat with
/// a background of 0.5 attacks a day on each, for 300 days.
fn scenario(ratio: f64, mechanism: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28                         # day 300
[world.areas.region]
[world.sites.east]
area = "region"
garrison.us = 100
[world.sites.west]
area = "region"
garrison.us = 100
[world.threats.group]
attacks_per_day = 1
site_weights = {{ east = 1, west = 1 }}
weapons = {{}}
{mechanism}
[plan.transport]
lift_every_days = 366                        # one lift, on the last day
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-04-11                # day 100
duration_ratio = {ratio}
moves.out = {{ site = "east", contingent = "us" }}
"#
    )
}

/// Mean attacks in the east and in the west.
fn assert_attacks(ratio: f64, mechanism: &str, east: f64, west: f64) {
    let run = run(&scenario(ratio, mechanism), 40_000);
    assert_mean(&format!("east, {mechanism}"), &of(&run, "attacks", By::Site, 0), east, 0.01);
    assert_mean(&format!("west, {mechanism}"), &of(&run, "attacks", By::Site, 1), west, 0.01);
}

#[test]
fn nothing_shifts_unless_asked() {
    assert_attacks(1.0, "", 50.0, 150.0);
}

#[test]
fn displacement_brings_what_a_closed_site_is_spared() {
    assert_attacks(1.0, "displacement = 0.4", 50.0, 150.0 + 0.4 * 0.5 * 200.0);
}

#[test]
fn displacement_follows_presence() {
    // Half of the east leaves on day 100: it is spared 1 - 0.5^0.7 of its background.
    let spared = 1.0 - 0.5f64.powf(0.7);
    let text = scenario(1.0, "displacement = 0.4\npresence_elasticity = 0.7");
    let text = text.replace("contingent = \"us\" }", "contingent = \"us\", people = 50 }");
    let run = run(&text, 40_000);
    let east = 50.0 + 200.0 * 0.5 * (1.0 - spared);
    assert_mean("east", &of(&run, "attacks", By::Site, 0), east, 0.01);
    let west = 150.0 + 200.0 * 0.4 * 0.5 * spared;
    assert_mean("west", &of(&run, "attacks", By::Site, 1), west, 0.01);
}

#[test]
fn presence_may_keep_attacks_away() {
    // Half of the east leaves on day 100, and it is attacked more.
    for elasticity in [-0.7, 0.7] {
        let text = scenario(1.0, &format!("presence_elasticity = {elasticity:?}"));
        let text = text.replace("contingent = \"us\" }", "contingent = \"us\", people = 50 }");
        let run = run(&text, 40_000);
        let east = 50.0 + 200.0 * 0.5 * 0.5f64.powf(elasticity);
        assert_mean("east", &of(&run, "attacks", By::Site, 0), east, 0.01);
        assert_mean("west", &of(&run, "attacks", By::Site, 1), 150.0, 0.01);
    }
}

#[test]
fn attacks_fall_before_a_hand_over_and_rise_after() {
    let pattern = "exit_pattern = { before = 0.6, before_days = 30, after = 1.5, after_days = 80 }";
    assert_attacks(1.0, pattern, 0.5 * (70.0 + 30.0 * 0.6), 0.5 * (220.0 + 80.0 * 1.5));
    // Fifty days late: the lull lasts until it closes.
    assert_attacks(1.5, pattern, 0.5 * (70.0 + 80.0 * 0.6), 0.5 * (220.0 + 80.0 * 1.5));
}

#[test]
fn a_truce_holds_while_the_timetable_is_kept() {
    let truce = "truce = { factor = 0.2, grace_days = 10 }";
    assert_attacks(1.0, truce, 50.0 * 0.2, 150.0 * 0.2);
    // Fifty days late: broken from day 110 to day 150, when it is done.
    assert_attacks(1.5, truce, 0.5 * (110.0 * 0.2 + 40.0), 0.5 * (260.0 * 0.2 + 40.0));
}

#[test]
fn a_grievance_grows_while_the_timetable_is_overdue() {
    assert_attacks(1.0, "grievance = { per_day = 0.05 }", 50.0, 150.0);
    // Overdue from day 100 to day 200; the factor reaches 3 after 40 days, having been 2 on
    // average.
    let late = 0.5 * (100.0 + 40.0 * 2.0 + 60.0 * 3.0);
    assert_attacks(2.0, "grievance = { per_day = 0.05 }", late, late + 0.5 * 100.0);
    // Uncapped until day 150: 1 + 0.02 t on average 1.5.
    let late = 0.5 * (100.0 + 50.0 * 1.5);
    let growing = "grievance = { per_day = 0.02, at_most = 10 }";
    assert_attacks(1.5, growing, late, late + 0.5 * 150.0);
}

#[test]
fn contagion_and_tension_do_not_stretch_what_is_caused() {
    // With a truce of factor 0 nothing starts, so nothing is caused either.
    let mechanism =
        "truce = { factor = 0 }\ncontagion = { children_per_attack = 0.5, decay_days = 3 }";
    let run = run(&scenario(1.0, mechanism), 200);
    assert!(of(&run, "attacks", By::Site, 0).iter().all(|&attacks| attacks == 0.0));
}

#[test]
fn a_promise_needs_an_announced_timetable() {
    // Nothing was announced, so there is nothing to keep.
    let stay = Scenario::from_toml_str(&scenario(1.0, "truce = { factor = 0.2 }")).unwrap();
    let stay = stay.replace([("plan.phases", None)]).unwrap();
    let run = run(&stay.to_toml_string(), 20_000);
    assert_mean("west", &of(&run, "attacks", By::Site, 1), 150.0, 0.01);
}

#[test]
fn neutral_settings_change_no_bit() {
    let bits = |mechanism: &str| -> Vec<u64> {
        let run = run(&scenario(1.5, mechanism), 300);
        run.values("attacks", By::Site).unwrap().iter().map(|x| x.to_bits()).collect()
    };
    let plain = bits("");
    for neutral in [
        "displacement = 0",
        "exit_pattern = { before = 1, after = 1 }",
        "truce = { factor = 1 }",
        "grievance = { per_day = 1e-300 }",
    ] {
        assert_eq!(bits(neutral), plain, "{neutral}");
    }
}
