//! Known right answers: closed forms, each as an ordinary scenario. The numbers of the rows are
//! those of `docs/verification.md`, which gives the formulas.

use drawdown::By;

use crate::statistics::{assert_mean, assert_share, assert_variance, of, run, total};

/// A Hawkes process with background .20 a day, .40 children per attack and a decay of .20 a day
/// until `horizon`, begun `start`. The language speaks of all attacks: .20 / (1 - .40).
pub fn hawkes(start: &str, horizon: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.33333333333333331
contagion = {{ children_per_attack = 0.40, decay_days = 5, start = "{start}" }}
weapons = {{}}
"#
    )
}

#[test]
fn rows_1_2_3_7_hawkes_counts_over_30_days() {
    let counts = total(&run(&hawkes("empty", "2025-01-31"), 400_000), "attacks");
    assert_mean("row 1, T = 30", &counts, 8.919249, 0.005);
    assert_variance("row 2, T = 30", &counts, 19.618092, 0.015);
    let law = [0.002479, 0.010705, 0.025657, 0.045152, 0.065197, 0.081901];
    for (n, p) in law.iter().enumerate() {
        // At 400,000 trials the rarest of these tells a bias of 13 %.
        assert_share(&format!("row 3, P({n})"), &counts, |x| x == n as f64, *p, 0.13);
    }
    assert_share("row 3, P(<= 5)", &counts, |x| x <= 5.0, 0.231091, 0.015);
    assert_share("row 7, P(0)", &counts, |x| x == 0.0, 0.00247875, 0.13);
    let mut sorted = counts;
    sorted.sort_by(f64::total_cmp);
    assert_eq!(sorted[(0.95 * 400_000.0) as usize - 1], 17.0, "row 3, q95");
}

#[test]
fn rows_1_2_hawkes_counts_over_365_days() {
    let counts = total(&run(&hawkes("empty", "2026-01-01"), 60_000), "attacks");
    assert_mean("row 1, T = 365", &counts, 120.555556, 0.005);
    assert_variance("row 2, T = 365", &counts, 329.320988, 0.03);
}

const TENSION: &str = r#"
[world.tension]
start = "calm"
states.calm = { mean_days = 240, next = { flare = 0.9, war = 0.1 } }
states.flare = { mean_days = 58, next = { calm = 0.8, war = 0.2 } }
states.war = { mean_days = 45, next = { calm = 0.3, flare = 0.7 } }
"#;

#[test]
fn row_10_tension_days_and_states() {
    let head =
        "schema = 1\nstart = 2025-01-01\nhorizon = 2026-01-01\nworld.sites.base.garrison.us = 1\n";
    let run = run(&format!("{head}{TENSION}"), 200_000);
    for (state, (id, days)) in
        [("calm", 289.0002), ("flare", 62.8745), ("war", 13.1253)].into_iter().enumerate()
    {
        assert_eq!(run.ids(By::State)[state], id);
        let days_in = of(&run, "tension_days", By::State, state);
        assert_mean(&format!("row 10, days of {id}"), &days_in, days, 0.03);
    }
    let calm = of(&run, "tension_days", By::State, 0);
    assert_share("row 10, no crisis", &calm, |days| days == 365.0, 0.218530, 0.02);
}

#[test]
fn row_10_state_after_90_days() {
    // Stays of one state until day 90 are told by the days spent between day 90 and day 91.
    let head = |horizon| {
        format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = {horizon}\nworld.sites.base.garrison.us = 1\n{TENSION}"
        )
    };
    let (until_90, until_91) =
        (run(&head("2025-04-01"), 100_000), run(&head("2025-04-02"), 100_000));
    for (state, p) in [0.807394, 0.161950, 0.030656].into_iter().enumerate() {
        // In one day the share of a state moves by less than 1 in 200; the mean over the day is
        // compared with the middle of the day, p(90.5), to first order p(90) + p'(90) / 2.
        let a = of(&until_90, "tension_days", By::State, state);
        let b = of(&until_91, "tension_days", By::State, state);
        let day: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).collect();
        let p = p + drift([0.807394, 0.161950, 0.030656], state) / 2.0;
        assert_mean(&format!("row 10, p(90) of state {state}"), &day, p, 0.09);
    }
}

/// d p / d t for the chain of row 10.
fn drift(p: [f64; 3], state: usize) -> f64 {
    let q = [
        [-1.0 / 240.0, 0.9 / 240.0, 0.1 / 240.0],
        [0.8 / 58.0, -1.0 / 58.0, 0.2 / 58.0],
        [0.3 / 45.0, 0.7 / 45.0, -1.0 / 45.0],
    ];
    (0..3).map(|from| p[from] * q[from][state]).sum()
}

#[test]
fn row_11_attacks_under_changing_tension() {
    let scenario = format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = {{ calm = 0.05, flare = 1.6, war = 7 }}
weapons = {{}}
{TENSION}"#
    );
    let counts = total(&run(&scenario, 400_000), "attacks");
    assert_mean("row 11, mean", &counts, 206.9265, 0.01);
    assert_variance("row 11, variance", &counts, 63_308.0, 0.02);
}

#[test]
fn row_17_presence_schedule() {
    for (elasticity, expected) in [(0.0, 82.2), (0.3, 63.984421), (0.5, 55.177276), (1.0, 40.608)] {
        let scenario = format!(
            r#"
schema = 1
start = 2025-01-01
horizon = 2027-04-03                       # day 822
world.sites.base.garrison.us = 2500
[world.threats.group]
attacks_per_day = 0.1
presence_elasticity = {elasticity}
weapons = {{}}
[plan.transport]
people_per_day = 1000
[plan.phases.first]                        # 700 leave on day 120
announced_start = 2025-04-30
announced_finish = 2025-05-01
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 700 }}
[plan.phases.second]                       # 1,200 leave on day 365
announced_start = 2025-12-31
announced_finish = 2026-01-01
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 1200 }}
"#
        );
        let counts = total(&run(&scenario, 40_000), "attacks");
        assert_mean(&format!("row 17, elasticity {elasticity}"), &counts, expected, 0.005);
    }
}

/// Many attacks on one site: 1 a day for 1,000 days.
fn marks(people: u32, intercept: &str, salvo_mean: f64, harm: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2027-09-28
[world.sites.base]
garrison.us = {people}
air_defence.intercept.rocket = {intercept}
[world.threats.group]
attacks_per_day = 1
weapons.rocket = {{ share = 1, salvo_mean = {salvo_mean} }}
harm = {harm}
"#
    )
}

#[test]
fn row_18_interception() {
    for (intercept, salvo_mean, none_through) in
        // Geometric salvo of mean 3 at .85; one projectile at a random chance of mean .85.
        [("0.85", 3.0, 0.653846), ("{ beta = [8.5, 1.5] }", 1.0, 0.85)]
    {
        let run = run(&marks(100, intercept, salvo_mean, "{ no_casualty = 1 }"), 2_000);
        let (attacks, stopped) = (total(&run, "attacks"), total(&run, "intercepted"));
        let surplus: Vec<f64> =
            attacks.iter().zip(&stopped).map(|(n, k)| k - none_through * n).collect();
        // About two million attacks; the surplus of one is 0 on average.
        let (mean, se) = crate::statistics::mean_and_se(&surplus);
        assert!((mean / se).abs() < 4.0, "row 18 at {intercept}: {mean} (SE {se})");
        assert!(4.0 * se < 0.01 * none_through * 1000.0);
    }
}

#[test]
fn weapons_are_used_in_proportion_to_their_shares() {
    let drones = "weapons.drone = { share = 1, salvo_mean = 1 }\n";
    for (share, stopped_share) in [(1, 0.5), (3, 0.25)] {
        let text = marks(100, "0\nair_defence.intercept.drone = 1", 1.0, "{ no_casualty = 1 }");
        let rockets = format!("{drones}weapons.rocket = {{ share = {share},");
        let run = run(&text.replace("weapons.rocket = { share = 1,", &rockets), 1_000);
        // All drones are stopped, and no rocket.
        let (attacks, stopped) = (total(&run, "attacks"), total(&run, "intercepted"));
        let surplus: Vec<f64> =
            attacks.iter().zip(&stopped).map(|(n, k)| k - stopped_share * n).collect();
        let (mean, se) = crate::statistics::mean_and_se(&surplus);
        assert!((mean / se).abs() < 4.0, "rockets {share} to 1: {mean} (SE {se})");
        assert!(4.0 * se < 0.01 * stopped_share * 1000.0);
    }
}

#[test]
fn row_24_casualties() {
    let harm = "{ no_casualty = 0.9, scale = 2.1, shape = 0.45, killed_share = 0 }";
    let run = run(&marks(350, "0", 1.0, harm), 4_000);
    let (attacks, wounded) = (total(&run, "attacks"), total(&run, "wounded"));
    let surplus: Vec<f64> = attacks.iter().zip(&wounded).map(|(n, x)| x - 0.431538 * n).collect();
    let (mean, se) = crate::statistics::mean_and_se(&surplus);
    assert!((mean / se).abs() < 4.0, "row 24: {mean} (SE {se})");
    assert!(4.0 * se < 0.02 * 431.5, "row 24 tells a bias of {}", 4.0 * se / 431.5);
    // The sum over a trial of Poisson(1000) attacks has variance 1000 (var + mean^2).
    let second_moment = 7.986752 + 0.431538f64.powi(2);
    assert_variance("row 24, wounded in a trial", &wounded, 1000.0 * second_moment, 0.15);
}

#[test]
fn row_19_gate_with_a_pert_delay() {
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 1
plan.gates.approval.delay_days = { pert = [0, 30, 150] }
"#,
        200_000,
    );
    let open = of(&run, "open_days", By::Gate, 0);
    assert_mean("row 19, mean", &open, 45.0, 0.01);
    assert_variance("row 19, variance", &open, 675.0, 0.02);
    assert_share("row 19, q50", &open, |days| days <= 41.5009, 0.5, 0.01);
    assert_share("row 19, q90", &open, |days| days <= 81.8001, 0.9, 0.01);
}

#[test]
fn row_20_lognormal_slip() {
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 100
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2026-01-01
duration_ratio = { lognormal = { median = 1.08, sigma = 0.25 } }
moves.out = { site = "base", contingent = "us" }
"#,
        200_000,
    );
    let finish = of(&run, "finish_days", By::Phase, 0);
    assert_share("row 20, P(<= 365)", &finish, |days| days <= 365.0, 0.379100, 0.015);
    assert_share("row 20, P(<= 376)", &finish, |days| days <= 376.0, 0.425016, 0.015);
    assert_share("row 20, P(ratio > 1.25)", &finish, |days| days > 1.25 * 365.0, 0.279365, 0.02);
    let overdue: Vec<f64> = finish.iter().map(|days| (days - 365.0).max(0.0)).collect();
    assert_mean("row 20, overdue", &overdue, 62.758150, 0.015);
}

#[test]
fn row_22_parallel_gates() {
    let scenario = |means: &[u32]| {
        let gates: Vec<String> = (means.iter().enumerate())
            .map(|(k, mean)| {
                format!("plan.gates.g{k}.delay_days = {{ exponential = {{ mean = {mean} }} }}")
            })
            .collect();
        let after: Vec<String> = (0..means.len()).map(|k| format!("\"g{k}\"")).collect();
        format!(
            r#"
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 100
{}
[plan.phases.leave]
after = [{}]
announced_start = 2025-01-01
announced_finish = 2026-01-01
moves.out = {{ site = "base", contingent = "us" }}
"#,
            gates.join("\n"),
            after.join(", ")
        )
    };
    for (means, expected) in [(vec![60, 90, 120], 170.263736), (vec![60; 5], 137.0)] {
        let run = run(&scenario(&means), 200_000);
        let start = of(&run, "start_days", By::Phase, 0);
        assert_mean("row 22", &start, expected, 0.01);
    }
}

#[test]
fn row_8_two_threats_that_excite_each_other() {
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 100
[world.threats.a]
attacks_per_day = 0.16831683168316833     # (I - G)^-1 (.10, .05), G = [[.30, .20], [.10, .25]]
contagion = { children_per_attack = 0.30, decay_days = 5, to_threats.b = 0.10, start = "empty" }
weapons = {}
[world.threats.b]
attacks_per_day = 0.089108910891089105
contagion = { children_per_attack = 0.25, decay_days = 5, to_threats.a = 0.20, start = "empty" }
weapons = {}
"#,
        100_000,
    );
    let (a, b) = (of(&run, "attacks", By::Threat, 0), of(&run, "attacks", By::Threat, 1));
    assert_mean("row 8, attacks of a", &a, 60.850897, 0.005);
    assert_mean("row 8, attacks of b", &b, 32.186060, 0.005);
    assert_variance("row 8, a", &a, 137.23492, 0.03);
    assert_variance("row 8, b", &b, 63.42988, 0.03);
    let products: Vec<f64> =
        a.iter().zip(&b).map(|(a, b)| (a - 60.850897) * (b - 32.186060)).collect();
    assert_mean("row 8, covariance", &products, 34.53239, 0.05);
}

#[test]
fn contagion_between_sites_follows_the_sites() {
    // The east has a background of its own; the west is attacked only because of it.
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.east.garrison.us = 100
world.sites.west.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.15
site_weights = { east = 2, west = 1 }
contagion = { children_per_attack = 0, decay_days = 1, to_sites.east.west = 0.5 }
weapons = {}
"#,
        2_000,
    );
    let days = run.model().horizon_days();
    assert_mean("attacks in the east", &of(&run, "attacks", By::Site, 0), 0.10 * days, 0.01);
    assert_mean("attacks in the west", &of(&run, "attacks", By::Site, 1), 0.05 * days, 0.01);
    for event in run.trial(0).unwrap().events {
        // What has caused one of the first days may have been before the start.
        let caused = event.site == Some(1);
        assert!(event.parent.is_some() == caused || (caused && event.days < 30.0), "{event:?}");
    }
}

#[test]
fn batches_keep_the_written_rate() {
    // As row 1, in batches of 2 on average: .4 attacks caused by each are .2 arrivals of 2.
    let scenario =
        hawkes("empty", "2025-01-31").replace("weapons = {}", "weapons = {}\nbatch_mean = 2");
    let counts = total(&run(&scenario, 200_000), "attacks");
    assert_mean("row 1 in batches", &counts, 8.919249, 0.01);
    assert_share("no attack", &counts, |x| x == 0.0, (-0.1f64 * 30.0).exp(), 0.06);
}

#[test]
fn uncertain_contagion_is_conditioned_on_dying_out() {
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-01-02
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.1
contagion = { children_per_attack = { uniform = [0.5, 1.5] }, decay_days = 5 }
weapons = {}
"#,
        40_000,
    );
    // Half of the draws are rejected: geometric with mean 1.
    assert_mean("rejected draws", &total(&run, "rejected_draws"), 1.0, 0.05);
    assert!(run.trial(3).unwrap().inputs().iter().all(|(_, children)| *children < 1.0));
}

#[test]
fn presence_is_kept_within_a_tenth_and_twice_the_reference() {
    for (people, reference, factor) in [(5, 100, 0.1f64), (300, 100, 2.0), (50, 100, 0.5)] {
        let scenario = format!(
            r#"
schema = 1
start = 2025-01-01
horizon = 2027-09-28
world.sites.base = {{ garrison.us = {people}, reference_garrison = {reference} }}
[world.threats.group]
attacks_per_day = 0.1
rate_factor = 3
presence_elasticity = 0.6
weapons = {{}}
"#
        );
        let counts = total(&run(&scenario, 4_000), "attacks");
        let expected = 300.0 * factor.powf(0.6);
        assert_mean(&format!("{people} of {reference}"), &counts, expected, 0.01);
    }
}

#[test]
fn casualties_fall_on_contingents_and_are_killed_in_proportion() {
    let run = run(
        &marks(700, "0", 2.0, "{ no_casualty = 0.5, killed_share = 0.2 }")
            .replace("garrison.us = 700", "garrison = { us = 700, france = 300 }"),
        300,
    );
    let of_both = |name| {
        of(&run, name, By::Contingent, 0).iter().sum::<f64>()
            + of(&run, name, By::Contingent, 1).iter().sum::<f64>()
    };
    let (wounded, killed) = (of_both("wounded"), of_both("killed"));
    let all = wounded + killed;
    let french = of(&run, "wounded", By::Contingent, 0).iter().sum::<f64>()
        + of(&run, "killed", By::Contingent, 0).iter().sum::<f64>();
    assert_eq!(run.ids(By::Contingent), ["france", "us"]);
    assert!(all > 500_000.0);
    assert!((killed / all - 0.2).abs() < 4.0 * (0.16 / all).sqrt());
    assert!((french / all - 0.3).abs() < 4.0 * (0.21 / all).sqrt());
}
