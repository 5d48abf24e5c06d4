//! What moves the rate of a threat in the course of time: factors by day and by month, ceasefires and
//! drifts. Each against its integral.

use drawdown::MEASURES;

use crate::statistics::{assert_mean, assert_variance, mean_and_se, of, run, run_under, total};

/// A threat with so many attacks a day for 301 days, 43 weeks.
fn scenario(rate: f64, course: &str) -> String {
    format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2025-10-29\nworld.sites.base.garrison.us = 100\n\
         [world.threats.group]\nattacks_per_day = {rate:?}\nweapons = {{}}\n{course}\n"
    )
}

const DAYS: f64 = 301.0;

#[test]
fn a_profile_holds_from_day_to_day() {
    let profile = "profile = { 2024-06-01 = 9, 2024-12-01 = 0.5, 2025-01-31 = 2, 2025-04-11 = 0, \
                   2025-07-20 = { uniform = [1, 3] }, 2026-01-01 = 7 }";
    let expected = 0.3 * (30.0 * 0.5 + 70.0 * 2.0 + (DAYS - 200.0) * 2.0);
    let counts = total(&run(&scenario(0.3, profile), 30_000), "attacks");
    assert_mean("attacks", &counts, expected, 0.01);
    // Before the first day that is given the factor is 1, and what is caused is not multiplied.
    let caused = "profile = { 2025-01-31 = 3 }\n\
                  contagion = { children_per_attack = 0.5, decay_days = 5, start = \"empty\" }";
    // Background b(t) = 0.15 and then 0.45; caused y' = (0.5 b - 0.5 y) / 5.
    let integral = |days: f64, to: f64, from: f64| {
        to * days + (from - to) * 10.0 * (1.0 - (-days / 10.0f64).exp())
    };
    let then = 0.15 * (1.0 - (-3.0f64).exp());
    let caused_in_all = integral(30.0, 0.15, 0.0) + integral(DAYS - 30.0, 0.45, then);
    let expected = 0.15 * 30.0 + 0.45 * (DAYS - 30.0) + caused_in_all;
    let counts = total(&run(&scenario(0.3, caused), 30_000), "attacks");
    assert_mean("with contagion", &counts, expected, 0.01);
}

#[test]
fn months_come_again_each_year() {
    let text = scenario(0.3, "months = { jan = 2, feb = 0, dec = 0.5 }");
    let text = text.replace("2025-10-29", "2026-02-11");
    // Two Januaries, one February and ten days of another, one December, nine other months.
    let expected = 0.3 * (2.0 * 62.0 + 0.5 * 31.0 + f64::from(365 - 31 - 28 - 31));
    let counts = total(&run(&text, 30_000), "attacks");
    assert_mean("attacks", &counts, expected, 0.01);
    let middle = text.replace("2025-01-01", "2025-01-22");
    let counts = total(&run(&middle, 30_000), "attacks");
    assert_mean("from the 22nd", &counts, expected - 0.3 * 2.0 * 21.0, 0.01);
}

#[test]
fn a_ceasefire_begins_and_ends_by_its_laws() {
    let ceasefire = "[world.threats.group.ceasefires.gaza]\nfrom = 2025-02-20\nfactor = 0.2\n\
                     delay_days = { uniform = [0, 60] }\n\
                     duration_days = { exponential = { mean = 80 } }";
    // Begun after 50 + U days and over after an exponential time E: the days of it before the horizon
    // are min(E, 251 - U) on average, which is 80 (1 - exp(-(251 - U) / 80)).
    let (left, mean) = (251.0, 80.0f64);
    let survives = (((60.0 - left) / mean).exp() - (-left / mean).exp()) * mean / 60.0;
    let held = mean * (1.0 - survives);
    let counts = total(&run(&scenario(0.5, ceasefire), 40_000), "attacks");
    assert_mean("attacks", &counts, 0.5 * (DAYS - 0.8 * held), 0.01);
    // From before the start, to the end, and two at once.
    let two = "[world.threats.group.ceasefires]\na = { from = 2024-12-02, delay_days = 60, factor = 0.5 }\n\
               b = { from = 2024-01-01, duration_days = 376, factor = 0 }\n\
               c = { from = 2025-05-01, duration_days = 31, factor = 3 }";
    // b is over on day 10, a begins on day 30, c lasts for 31 days of it.
    let expected = 0.5 * (20.0 + 0.5 * (DAYS - 30.0 - 31.0) + 1.5 * 31.0);
    assert_mean("two", &total(&run(&scenario(0.5, two), 30_000), "attacks"), expected, 0.01);
}

/// The variance of a Poisson count whose rate is multiplied by a drift: its mean, and the integral of the
/// covariance of the factors, exp(that of the logarithms) - 1.
fn variance_with_drift(rate: f64, sd: f64, half_life: f64, steady: bool) -> f64 {
    let weeks = (DAYS / 7.0) as i32;
    let keep = 0.5f64.powf(7.0 / half_life);
    let variance = |week: i32| match steady {
        true => sd * sd / (1.0 - keep * keep),
        false => (0..week).map(|k| sd * sd * keep.powi(2 * k)).sum(),
    };
    let mut all = 0.0;
    for a in 0..weeks {
        for b in 0..weeks {
            all += (variance(a.min(b)) * keep.powi((a - b).abs())).exp_m1();
        }
    }
    rate * DAYS + (rate * 7.0).powi(2) * all
}

#[test]
fn a_drift_keeps_the_mean_and_widens_the_count() {
    for (sd, half_life, start) in
        [(0.1, None, "zero"), (0.2, Some(40.0), "zero"), (0.15, Some(60.0), "steady")]
    {
        let back = half_life.map_or(String::new(), |days| format!("half_life_days = {days:?}, "));
        let drift = format!("drift = {{ sd_per_week = {sd}, {back}start = \"{start}\" }}");
        let counts = total(&run(&scenario(0.5, &drift), 200_000), "attacks");
        assert_mean(&drift, &counts, 0.5 * DAYS, 0.01);
        let half_life = half_life.unwrap_or(f64::INFINITY);
        let variance = variance_with_drift(0.5, sd, half_life, start == "steady");
        assert!(variance > 5.0 * 0.5 * DAYS, "{drift} makes a difference");
        assert_variance(&drift, &counts, variance, 0.1);
    }
}

#[test]
fn threats_drift_apart_and_all_their_sites_together() {
    let text = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-29
world.sites.a.garrison.us = 100
world.sites.b.garrison.us = 100
[world.threats.one]
attacks_per_day = 4
site_weights = { a = 1, b = 1 }
weapons = {}
drift = { sd_per_week = 0.15 }
[world.threats.two]
attacks_per_day = 2
site_weights = { a = 1 }
weapons = {}
drift = { sd_per_week = 0.15 }
"#;
    let run = run(text, 25_000);
    let products = |one: &[f64], other: &[f64]| {
        let (a, b) = (mean_and_se(one).0, mean_and_se(other).0);
        let each = one.iter().zip(other).map(|(x, y)| (x - a) * (y - b));
        each.collect::<Vec<f64>>()
    };
    let by_threat = [0, 1].map(|k| of(&run, "attacks", drawdown::By::Threat, k));
    let (mean, se) = mean_and_se(&products(&by_threat[0], &by_threat[1]));
    assert!(mean.abs() < 4.0 * se, "{mean} (SE {se})");
    let on_b = of(&run, "attacks", drawdown::By::Site, 1);
    let on_a: Vec<f64> = by_threat[0].iter().zip(&on_b).map(|(all, b)| all - b).collect();
    let covariance = variance_with_drift(4.0, 0.15, f64::INFINITY, false) - 4.0 * DAYS;
    assert_mean("covariance of its sites", &products(&on_a, &on_b), covariance / 4.0, 0.2);
}

#[test]
fn a_drift_does_not_move_when_the_horizon_does_or_another_comes() {
    let text = scenario(0.5, "drift = { sd_per_week = 0.3, half_life_days = 50 }");
    let longer = text.replace("2025-10-29", "2026-10-29");
    let bits = |text: &str| -> Vec<u64> {
        let run = run_under(text, 300, 9);
        let months = run.values("attacks", drawdown::By::Month).unwrap();
        let first = months.columns().into_iter().take(9).flat_map(|month| month.to_vec());
        first.map(f64::to_bits).collect()
    };
    assert_eq!(bits(&text), bits(&longer));
    let other =
        "[world.threats.other]\nattacks_per_day = 0\ndrift = { sd_per_week = 1 }\nweapons = {}\n";
    assert_eq!(bits(&text), bits(&(text.clone() + other)));
}

#[test]
fn neutral_settings_change_no_bit() {
    let usual = "attacks_per_day = 0.5\nweapons = {}\n";
    let bits = |course: &str, own: &str| -> Vec<u64> {
        let run = run(&scenario(0.5, course).replace(usual, own), 200);
        let values = MEASURES.iter().map(|measure| run.values(measure.name, measure.by).unwrap());
        values.flat_map(|values| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>()).collect()
    };
    let armed = "attacks_per_day = 0.5\n\
                 contagion = { children_per_attack = 0.4, decay_days = 20 }\n";
    for own in [usual, armed] {
        let plain = bits("", own);
        for neutral in [
            "profile = { 2025-03-03 = 1, 2025-04-04 = 1 }",
            "months = { jan = 1, jun = 1 }",
            "ceasefires.a = { from = 2025-03-03, duration_days = 50, factor = 1 }",
            "ceasefires.a = { from = 2025-12-03, factor = 0 }",
            "drift = { sd_per_week = 0, half_life_days = 30, start = \"steady\" }",
            "drift = { sd_per_week = 0 }",
        ] {
            assert_eq!(bits(neutral, own), plain, "{neutral}");
        }
    }
}
