//! Problems of threats and of the tension, each at its place.

use drawdown::{Checked, Code};

use crate::errors::{SOUND, problems};

#[test]
fn certain_contagion_must_leave_a_background_in_every_state() {
    let scenario = |rates: &str| {
        format!(
            r#"
schema = 1
start = 2025-01-01
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = {{ mean_days = 100, next.war = 1 }}
states.war = {{ mean_days = 100, next.calm = 1 }}
[world.threats.a]
attacks_per_day = 1
rate_factor = {rates}
contagion = {{ children_per_attack = 0.1, decay_days = 4, to_threats.b = 0.5 }}
[world.threats.b]
attacks_per_day = {{ calm = 0.6, war = 10 }}
"#
        )
    };
    assert_eq!(problems(&scenario("1")), []);
    for rates in ["2", "10"] {
        let found = problems(&scenario(rates));
        assert_eq!(found, [("world.threats.b".to_owned(), Code::Contradiction)], "{rates}");
    }
    // The threat and the site are named, all of them and no other.
    let several = r#"
schema = 1
start = 2025-01-01
world.sites.east.garrison.us = 100
world.sites.west.garrison.us = 100
world.sites.north.garrison.us = 100
[world.threats.a]
attacks_per_day = 3
site_weights = { east = 1, west = 1, north = 1 }
contagion = { children_per_attack = 0, decay_days = 4, to_threats.b = 0.5, to_sites.east.west = 0.1 }
[world.threats.b]
attacks_per_day = 1.25
site_weights = { east = 0.4, north = 0.4, west = 2 }
"#;
    let error = Checked::from_toml_str(several).unwrap_err();
    let found: Vec<(&str, &str)> =
        error.problems().iter().map(|p| (p.path.as_str(), p.what.as_str())).collect();
    let what = |site| {
        format!("more attacks by `b` are caused on `{site}` than its rate counts there in all")
    };
    let (east, north) = (what("east"), what("north"));
    assert_eq!(found, [("world.threats.b", &east[..]), ("world.threats.b", &north[..])]);
}

#[test]
fn weights_that_can_only_be_zero_are_refused() {
    for zero in ["0", "{ constant = 0 }", "{ uniform = [0, 0] }"] {
        let broken = SOUND.replacen("next.war = 1", &format!("next.war = {zero}"), 1);
        let expected = ("world.tension.states.calm.next".to_owned(), Code::Contradiction);
        assert_eq!(problems(&broken), [expected], "{zero}");
        let broken = SOUND.replacen("mean_days = 100", &format!("mean_days = {zero}"), 1);
        let expected = ("world.tension.states.calm.mean_days".to_owned(), Code::OutOfRange);
        assert_eq!(problems(&broken), [expected], "{zero}");
    }
}

#[test]
fn weights_by_state_are_of_states_and_sites() {
    let with = |weights: &str| {
        let rate = "calm = 0.1, war = 1 }";
        let sites = "[world.sites.camp]\ngarrison.us = 9\n[world.tension]";
        let far = SOUND.replacen("[world.tension]", sites, 1);
        far.replacen(rate, &format!("{rate}\n{weights}"), 1)
    };
    let usual = "site_weights.base = 1";
    let of = |table: &str| with(&format!("{usual}\nsite_weights_by_state = {{ {table} }}"));
    let path = |rest: &str| format!("world.threats.group.site_weights{rest}");
    for (table, place, code) in [
        ("wor = { base = 1 }", "_by_state.wor", Code::DanglingId),
        ("war = { bass = 1 }", "_by_state.war.bass", Code::DanglingId),
        ("war = { base = 0 }", "_by_state.war", Code::Contradiction),
        ("war = {}", "_by_state.war", Code::MissingKey),
        ("war = { base = -1, camp = 1 }", "_by_state.war.base", Code::OutOfRange),
        ("war = 1", "_by_state.war", Code::WrongType),
    ] {
        assert_eq!(problems(&of(table)), [(path(place), code)], "{table}");
    }
    assert_eq!(problems(&of("war = { camp = 1 }")), []);
    // Without weights of no state, each state has its own.
    let calm = "site_weights_by_state.calm.base = 1";
    assert_eq!(problems(&with(calm)), [(path(""), Code::MissingKey)]);
    let war = "site_weights_by_state.war.camp = 1";
    assert_eq!(problems(&with(&format!("{calm}\n{war}"))), []);
}

#[test]
fn what_is_otherwise_by_state_is_of_states() {
    let rate = "calm = 0.1, war = 1 }";
    let with = |arms: &str| SOUND.replacen(rate, &format!("{rate}\n{arms}"), 1);
    let drone =
        |own: &str| format!("weapons.drone = {{ share = 1, salvo_mean = 2, by_state = {own} }}");
    for (arms, place, code) in [
        ("harm.by_state.wor = { scale = 1 }".into(), "harm.by_state.wor", Code::DanglingId),
        ("harm.by_state.war = { scale = 0 }".into(), "harm.by_state.war.scale", Code::OutOfRange),
        ("harm.by_state.war = { skale = 1 }".into(), "harm.by_state.war.skale", Code::UnknownKey),
        (drone("{ wor = { share = 1 } }"), "weapons.drone.by_state.wor", Code::DanglingId),
        (drone("{ war = { share = 0 } }"), "weapons", Code::Contradiction),
        (
            drone("{ war = { salvo_mean = 0.5 } }"),
            "weapons.drone.by_state.war.salvo_mean",
            Code::OutOfRange,
        ),
    ] {
        let place = format!("world.threats.group.{place}");
        assert_eq!(problems(&with(&arms)), [(place, code)], "{arms}");
    }
}

#[test]
fn what_moves_a_rate_in_the_course_of_time_is_checked() {
    let rate = "calm = 0.1, war = 1 }";
    let with = |course: &str| SOUND.replacen(rate, &format!("{rate}\n{course}"), 1);
    for (course, place, code) in [
        ("profile = { 2025-02-30 = 1 }", "profile.2025-02-30", Code::BadDate),
        ("profile = { 20250228 = 1 }", "profile.20250228", Code::BadDate),
        ("profile = { 2025-02-28 = -1 }", "profile.2025-02-28", Code::OutOfRange),
        ("months = { june = 1 }", "months.june", Code::DanglingId),
        ("months = { jun = 1000 }", "months.jun", Code::OutOfRange),
        ("ceasefires.x = { from = 2025-02-28 }", "ceasefires.x.factor", Code::MissingKey),
        (
            "ceasefires.x = { from = 2025-02-28, factor = 0, delay_days = -1 }",
            "ceasefires.x.delay_days",
            Code::OutOfRange,
        ),
        ("drift = {}", "drift.sd_per_week", Code::MissingKey),
        ("drift = { sd_per_week = 3 }", "drift.sd_per_week", Code::OutOfRange),
        (
            "drift = { sd_per_week = 0.1, half_life_days = 0 }",
            "drift.half_life_days",
            Code::OutOfRange,
        ),
        ("drift = { sd_per_week = 0.1, start = \"steady\" }", "drift.start", Code::Contradiction),
    ] {
        let place = format!("world.threats.group.{place}");
        assert_eq!(problems(&with(course)), [(place, code)], "{course}");
    }
}
