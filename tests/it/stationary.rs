//! Counts in windows of processes that began long ago. Where a window opens after the start, a phase
//! that moves nobody ends then, and attacks after that are the window's. The numbers of the rows are those of
//! `docs/verification.md`.

use crate::statistics::{assert_mean, assert_variance, run, total};
use crate::verification::hawkes;

/// Attacks of each trial from the date `from` to the horizon.
fn window(scenario: &str, from: &str, trials: u64) -> Vec<f64> {
    let warm_up = format!(
        r#"
[plan.phases.warm_up]
announced_start = 2025-01-01
announced_finish = {from}
duration_ratio = 1
"#
    );
    let run = run(&format!("{scenario}{warm_up}"), trials);
    let before = total(&run, "attacks_on_the_way");
    total(&run, "attacks").iter().zip(&before).map(|(all, before)| all - before).collect()
}

#[test]
fn rows_4_5_adjacent_windows_of_30_days() {
    // The same seed gives the same attacks, so that the two windows are of one history.
    let trials = 1_000_000;
    let first = total(&run(&hawkes("steady", "2025-01-31"), trials), "attacks");
    let second = window(&hawkes("steady", "2025-03-02"), "2025-01-31", trials);
    for counts in [&first, &second] {
        assert_mean("30 stationary days", counts, 10.0, 0.002);
        assert_variance("row 4, T = 30", counts, 22.9744, 0.0075);
    }
    let products: Vec<f64> =
        first.iter().zip(&second).map(|(a, b)| (a - 10.0) * (b - 10.0)).collect();
    assert_mean("row 5, covariance", &products, 2.33605, 0.045);
}

#[test]
fn row_4_window_of_365_days() {
    let counts = total(&run(&hawkes("steady", "2026-01-01"), 200_000), "attacks");
    assert_mean("365 stationary days", &counts, 365.0 / 3.0, 0.002);
    assert_variance("row 4, T = 365", &counts, 333.025, 0.015);
}

#[test]
fn row_12_attacks_under_two_states() {
    // The two states relax at 0.03 a day; after 400 days the start counts for e^-12.
    let scenario = r#"
schema = 1
start = 2025-01-01
horizon = 2026-05-16                         # 100 days after day 400
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 100, next = { war = 1 } }
states.war = { mean_days = 50, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.1, war = 1.5 }
weapons = {}
"#;
    let counts = window(scenario, "2026-02-05", 250_000);
    assert_mean("row 12, mean", &counts, 56.66667, 0.01);
    assert_variance("row 12, variance", &counts, 2040.6581, 0.01);
}
