//! Casualties of attacks that come in clusters: sums, their tail, and the worst attack. The
//! numbers of the rows are those of `docs/verification.md`.

use drawdown::Scenario;

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

/// Attacks on 40 people with a weapon that is written like this, on a site with such a defence.
fn fired(weapon: &str, defence: &str) -> String {
    format!(
        r#"schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 40
world.sites.base.air_defence = {{ {defence} }}
[world.threats.group]
attacks_per_day = 0.5
weapons.mortar = {{ share = 3, {weapon} }}
weapons.rocket = {{ share = 1, salvo_mean = 2 }}
"#
    )
}

#[test]
fn what_nothing_stops_gets_through_like_what_a_defence_stops_with_chance_0() {
    // Tables of what gets through, and salvos too large for one.
    for mean in [2.5, 400.0] {
        let salvo = format!("salvo_mean = {mean}");
        let never = fired(&format!("{salvo}, interceptable = false"), "");
        let chance_0 = fired(&salvo, "intercept = { mortar = 0 }");
        let measures = ["attacks", "intercepted", "wounded", "killed"];
        let of = |toml: &str| measures.map(|name| total(&run(toml, 400), name));
        assert_eq!(of(&never), of(&chance_0), "{mean}");
        // Without a defence a weapon that could be stopped is, if seldom; that one never.
        let only = |toml: String| toml.replace("share = 1,", "share = 0,");
        let stopped =
            |toml: String| total(&run(&only(toml), 400), "intercepted").iter().sum::<f64>();
        let gone = fired(&format!("{salvo}, interceptable = false"), "needs_people = 50");
        assert_eq!(stopped(gone), 0.0);
        let could = fired(&salvo, "needs_people = 50, intercept = { mortar = 0 }");
        assert!(mean > 100.0 || stopped(could) > 0.0);
    }
}

#[test]
fn a_chance_that_is_missing_on_many_sites_is_one_problem() {
    let sites: String = (10..22)
        .map(|k| format!("world.sites.s{k}.garrison.us = 5\n"))
        .collect::<Vec<_>>()
        .concat();
    let toml = fired("salvo_mean = 2", "")
        .replace("world.sites.base.garrison", &format!("{sites}world.sites.base.garrison"));
    let error = Scenario::from_toml_str(&toml).unwrap().validate().unwrap_err().to_string();
    assert_eq!(error.matches("the chance of stopping").count(), 1, "{error}");
    assert!(error.contains("not known on base, s10, s11, s12, s13 and on 8 more sites"), "{error}");
    assert!(error.contains("interceptable = false"), "{error}");
}
