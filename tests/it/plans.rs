//! Plans: phases one after the other, and two plans compared under the same luck. The numbers of
//! the rows are those of `docs/verification.md`.

use drawdown::By;

use crate::statistics::{assert_mean, assert_share, assert_variance, of, run, run_under, total};

#[test]
fn row_21_three_phases_one_after_the_other() {
    // A day is announced for each: none can be done before the next was announced to begin, so
    // that they add up without waiting.
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 1
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-01-02
duration_ratio = { lognormal = { median = 180, sigma = 0.2 } }
[plan.phases.b]
after = ["a"]
announced_start = 2025-01-02
announced_finish = 2025-01-03
duration_ratio = { lognormal = { median = 120, sigma = 0.3 } }
[plan.phases.c]
after = ["b"]
announced_start = 2025-01-03
announced_finish = 2025-01-04
duration_ratio = { lognormal = { median = 240, sigma = 0.25 } }
"#,
        500_000,
    );
    let finish = of(&run, "finish_days", By::Phase, 2);
    assert_mean("row 21, mean", &finish, 556.7780, 0.001);
    assert_variance("row 21, variance", &finish, 82.5501f64.powi(2), 0.01);
    assert_share("row 21, P(> 600)", &finish, |days| days > 600.0, 0.278315, 0.01);
}

/// 2,500 people on a site that is attacked by the square root of their number, in lifts of a day:
/// 700 leave by the date `first`, and 1,200 by the date `second`.
fn two_steps([first, second]: [[&str; 2]; 2]) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2027-04-03                         # day 822
world.sites.base.garrison.us = 2500
[world.threats.group]
attacks_per_day = 0.1
presence_elasticity = 0.5
weapons = {{}}
[plan.transport]
people_per_day = 1000
[plan.phases.first]
announced_start = {}
announced_finish = {}
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 700 }}
[plan.phases.second]
announced_start = {}
announced_finish = {}
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 1200 }}
"#,
        first[0], first[1], second[0], second[1]
    )
}

#[test]
fn row_28_two_plans_under_the_same_luck() {
    // The first step on day 120 or on day 300, and the second 245 days later.
    let soon = two_steps([["2025-04-30", "2025-05-01"], ["2025-12-31", "2026-01-01"]]);
    let late = two_steps([["2025-10-27", "2025-10-28"], ["2026-06-29", "2026-06-30"]]);
    let trials = 300_000;
    let attacks = |plan: &str, seed| total(&run_under(plan, trials, seed), "attacks");
    let before = attacks(&soon, 1);
    let difference = |after: Vec<f64>| -> Vec<f64> {
        after.iter().zip(&before).map(|(after, before)| after - before).collect()
    };
    let paired = difference(attacks(&late, 1));
    assert_mean("row 28, mean", &paired, 9.1818, 0.003);
    assert_variance("row 28, the same seed", &paired, 9.1818, 0.011);
    let unpaired = difference(attacks(&late, 2));
    assert_mean("row 28, mean of two seeds", &unpaired, 9.1818, 0.01);
    assert_variance("row 28, two seeds", &unpaired, 119.54, 0.011);
}
