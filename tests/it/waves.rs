//! Sites of one phase that close one after the other.

use drawdown::{By, Scenario};

use crate::statistics::{Dice, assert_mean, of, run};

/// One phase of so many weeks that takes three sites in this order, with so many people.
fn plan(people: [u32; 3], weeks: u32, waves: &str) -> String {
    let [a, b, c] = people;
    let finish =
        "2025-01-01".parse::<drawdown::scenario::Date>().unwrap().plus_days(7 * weeks as i32);
    format!(
        r#"schema = 1
start = 2025-01-01
horizon = 2032-01-01
[world.sites]
a.garrison.us = {a}
b.garrison.us = {b}
c.garrison.us = {c}
[plan.transport]
people_per_day = 1000
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = {finish}
duration_ratio = 1
moves.of_a = {{ site = "a", contingent = "us" }}
moves.of_b = {{ site = "b", contingent = "us" }}
moves.of_c = {{ site = "c", contingent = "us" }}
{waves}
"#
    )
}

fn finish(toml: &str) -> [f64; 3] {
    let run = run(toml, 1);
    [0, 1, 2].map(|site| of(&run, "finish_days", By::Site, site)[0])
}

#[test]
fn a_site_closes_with_the_lift_by_which_its_share_of_all_has_gone() {
    let mut dice = Dice(7);
    for _ in 0..200 {
        let people = [0; 3].map(|_| dice.between(1.0, 900.0) as u32);
        let weeks = dice.between(1.0, 40.0) as u32;
        let found = finish(&plan(people, weeks, "waves = [[\"of_c\"], [\"of_a\"], [\"of_b\"]]"));
        let all = f64::from(people.iter().sum::<u32>());
        // The first lift j of J by which so many have gone: N j / J, rounded half up.
        let first = |by_then: u32| {
            let gone = |lift: u32| (all * f64::from(lift) / f64::from(weeks) + 0.5).floor();
            let lift = (1..=weeks).find(|&lift| gone(lift) >= f64::from(by_then)).unwrap();
            7.0 * f64::from(lift)
        };
        let [a, b, c] = people;
        assert_eq!(
            found,
            [first(a + c), first(a + b + c), first(c)],
            "{people:?} in {weeks} weeks"
        );
    }
}

#[test]
fn the_announced_date_of_a_site_is_that_of_its_wave() {
    let waves = "waves = [[\"of_a\", \"of_b\"], [\"of_c\"]]";
    let toml = plan([40, 60, 100], 10, waves).replace("duration_ratio = 1", "duration_ratio = 2");
    let run = run(&toml, 1);
    let sites: Vec<_> = run.dates().into_iter().filter(|row| row.of == "site").collect();
    let dates: Vec<(f64, f64)> =
        sites.iter().map(|row| (row.announced_days, row.p50_days)).collect();
    assert_eq!(dates, [(35.0, 70.0), (35.0, 70.0), (70.0, 140.0)]);
}

#[test]
fn of_a_phase_under_way_nobody_knows_when_its_sites_were_announced() {
    // With 250 left of 300 the third lift of five would not be announced for the same day.
    let waves = "waves = [[\"of_a\"], [\"of_b\", \"of_c\"]]";
    let whole = run(&plan([300, 100, 100], 5, waves), 1);
    let announced = |run: &drawdown::Run| {
        let sites = run.dates().into_iter().filter(|row| row.of == "site");
        sites.map(|row| row.announced_days).collect::<Vec<_>>()
    };
    assert_eq!(announced(&whole), [21.0, 35.0, 35.0]);
    let later =
        plan([250, 100, 100], 5, waves).replacen("start = 2025-01-01", "start = 2025-01-24", 1)
            + "[now.phases.leave]\nstarted = 2025-01-01\n";
    assert_eq!(announced(&run(&later, 1)), [12.0; 3]);
}

#[test]
fn without_waves_all_sites_close_with_the_last_lift() {
    assert_eq!(finish(&plan([40, 60, 100], 10, "")), [70.0; 3]);
    let alone = plan([40, 60, 100], 10, "waves = [[\"of_a\", \"of_b\", \"of_c\"]]");
    assert_eq!(finish(&alone), [70.0; 3]);
}

#[test]
fn each_move_leaves_with_one_wave() {
    let problems = |waves: &str| {
        let text = plan([1; 3], 1, waves);
        Scenario::from_toml_str(&text).unwrap().validate().unwrap_err().to_string()
    };
    let error = problems("waves = [[\"of_a\"], [\"of_a\", \"of_d\"]]");
    for part in ["2 problems", "`of_a` leaves with a wave already", "`of_d`"] {
        assert!(error.contains(part), "{error}");
    }
    let error = problems("waves = [[\"of_a\"]]");
    assert!(error.contains("no wave has of_b, of_c"), "{error}");
}

/// The hand-over of a site in a wave is when its wave is announced to have left, and not when its phase
/// is done.
#[test]
fn a_site_of_a_wave_is_attacked_more_before_its_own_hand_over() {
    let mut dice = Dice(11);
    for _ in 0..6 {
        let people = [0; 3].map(|_| dice.between(50.0, 900.0) as u32);
        let (weeks, before) = (dice.between(6.0, 20.0) as u32, dice.between(2.0, 20.0));
        let days = dice.between(1.0, 40.0);
        let rate = 0.5;
        let toml = plan(people, weeks, "waves = [[\"of_c\"], [\"of_a\"], [\"of_b\"]]")
            + &format!(
                "[world.threats.militia]\nattacks_per_day = {}\n\
                 site_weights = {{ a = 1, b = 1, c = 1 }}\n\
                 exit_pattern = {{ before = {before}, before_days = {days}, after = 1 }}\n",
                3.0 * rate
            );
        let run = run(&toml, 400);
        for site in 0..3 {
            let closed = of(&run, "finish_days", By::Site, site)[0];
            let attacks = of(&run, "attacks", By::Site, site);
            let expected = rate * (closed + (before - 1.0) * days.min(closed));
            assert_mean(&format!("site {site} of {people:?}"), &attacks, expected, 0.2);
        }
    }
}
