//! Casualties of attacks that come in clusters: sums, their tail, and the worst attack. The
//! numbers of the rows are those of `docs/verification.md`.

use crate::statistics::{assert_mean, assert_share, assert_variance, run, total};
use crate::verification::hawkes;

/// A year of the Hawkes process with one projectile an attack, never stopped, that harms as in
/// row 24: nobody with probability 0.9.
fn scenario() -> String {
    let (bare, harmful) = (
        "weapons = {}",
        "weapons.rocket = { share = 1, salvo_mean = 1 }\n\
         harm = { no_casualty = 0.9, scale = 2.1, shape = 0.45, killed_share = 0.05 }",
    );
    let (garrison, defended) = (
        "garrison.us = 100",
        "garrison.us = 350\nworld.sites.base.air_defence.intercept.rocket = 0",
    );
    hawkes("empty", "2026-01-01").replace(bare, harmful).replace(garrison, defended)
}

#[test]
fn rows_25_26_casualties_of_a_year_and_the_worst_attack() {
    let run = run(&scenario(), 1_000_000);
    let (wounded, killed) = (total(&run, "wounded"), total(&run, "killed"));
    let casualties: Vec<f64> = wounded.iter().zip(&killed).map(|(w, k)| w + k).collect();
    assert_mean("row 25, mean", &casualties, 52.024309, 0.003);
    assert_variance("row 25, variance", &casualties, 32.002736f64.powi(2), 0.02);
    // The 95 % quantile is 108: P(>= 108) is above and P(>= 109) below 0.05.
    for (least, expected, resolution) in [
        (50.0, 0.433702, 0.005),
        (100.0, 0.066345, 0.016),
        (108.0, 0.050451, 0.02),
        (109.0, 0.048802, 0.02),
        (200.0, 0.005273, 0.06),
    ] {
        let what = format!("row 25, P(>= {least})");
        assert_share(&what, &casualties, |x| x >= least, expected, resolution);
    }
    let worst = total(&run, "worst_attack");
    for (least, expected, resolution) in
        [(10.0, 0.666350, 0.003), (25.0, 0.191295, 0.01), (50.0, 0.0508257, 0.02)]
    {
        let what = format!("row 26, P(worst >= {least})");
        assert_share(&what, &worst, |x| x >= least, expected, resolution);
    }
}
