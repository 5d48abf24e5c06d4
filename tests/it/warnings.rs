//! What is allowed and probably not meant.

use drawdown::scenario::EXAMPLES;
use drawdown::{Checked, Code};

const SOUND: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 100, next = { war = 1, void = 0 } }
states.war = { mean_days = 100, next.calm = 1 }
states.void = { mean_days = 100, next.calm = 1 }
[world.threats.group]
attacks_per_day = 0.1
site_weights.base = 1
[world.threats.ghost]
attacks_per_day = 0
site_weights.base = 1
[world.calendar.vote]
date = 2026-02-01
[plan.breathing_room]
pause_days = 30
[plan.blackouts.feast]
from = 2025-03-01
until = 2025-03-05
allowed_for = false
[plan.phases.leave]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = "base", contingent = "us" }
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 5 } }
until = { attacks = { in_days = 30, at_most = 2 } }
then = { pause = {} }
"#;

const WHEN: &str = "when = { attacks = { in_days = 30, at_least = 5 } }";
const UNTIL: &str = "until = { attacks = { in_days = 30, at_most = 2 } }";
const PAUSE: &str = "then = { pause = {} }";
const ROOM: &str = "pause_days = 30";

/// Conditions under which the rule never sets off.
const NEVER: &[&str] = &[
    "{ date = { from = 2026-01-01 } }",
    "{ date = { before = 2025-01-01 } }",
    "{ event = { id = \"vote\" } }",
    "{ tension = [\"void\"] }",
    "{ attacks = { in_days = 9, at_least = 1, threats = [\"ghost\"] } }",
    "{ pause_days_left.at_least = 31 }",
    "{ extension_days_left.at_least = 1 }",
    "{ all = [{ tension = [\"war\"] }, { any = [{ tension = [\"void\"] }] }] }",
];

/// As [`NEVER`], but something makes it hold at some time.
const PERHAPS: &[&str] = &[
    "{ date = { from = 2025-12-31 } }",
    "{ date = { before = 2025-01-02 } }",
    "{ tension = [\"war\", \"void\"] }",
    "{ attacks = { in_days = 9, at_most = 1, threats = [\"ghost\"] } }",
    "{ attacks = { in_days = 9, at_least = 1, threats = [\"ghost\", \"group\"] } }",
    "{ pause_days_left.at_least = 30 }",
    "{ any = [{ tension = [\"war\"] }, { tension = [\"void\"] }] }",
    "{ not = { tension = [\"void\"] } }",
];

/// What ends the rule although it holds whenever five attacks in 30 days have set it off.
const FLAPPING: &[&str] = &[
    "{ attacks = { in_days = 30, at_least = 3 } }",
    "{ any = [{ attacks = { in_days = 30, at_least = 5 } }, { tension = [\"war\"] }] }",
];

/// What ends the rule for another reason.
const ENDING: &[&str] = &[
    "{ attacks = { in_days = 30, at_least = 6 } }",
    "{ attacks = { in_days = 20, at_least = 3 } }",
    "{ attacks = { in_days = 30, at_least = 3, threats = [\"group\"] } }",
    "{ wounded = { in_days = 30, at_least = 3 } }",
    "{ all = [{ attacks = { in_days = 30, at_least = 5 } }, { tension = [\"war\"] }] }",
];

pub fn codes() -> [Code; 4] {
    [Code::NoEffect, Code::Flapping, Code::LeftOut, Code::Slow]
}

/// What is there for conditions to name, and does nothing.
const IDLE: [&str; 2] = ["world.tension.states.void", "world.threats.ghost.attacks_per_day"];

/// The warnings of the scenario but for [`IDLE`], each first text replaced by the second.
fn warned(changes: &[(&str, &str)]) -> Vec<(String, Code)> {
    let text = changes.iter().fold(SOUND.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    let checked = Checked::from_toml_str(&text).unwrap_or_else(|error| panic!("{text}{error}"));
    let warnings = checked.warnings();
    let described = checked.compile().describe();
    assert!(warnings.iter().all(|warning| described.contains(&warning.what)), "{described}");
    assert_eq!(described.contains("\nWarnings"), !warnings.is_empty());
    let found = warnings.into_iter().map(|warning| (warning.path, warning.code));
    let (idle, others): (Vec<_>, Vec<_>) =
        found.partition(|(path, _)| IDLE.contains(&path.as_str()));
    assert_eq!(idle.len(), IDLE.len());
    others
}

fn expect(changes: &[(&str, &str)], path: &str, code: Code) {
    assert_eq!(warned(changes), [(path.to_owned(), code)], "{changes:?}");
}

#[test]
fn a_sound_scenario_is_not_warned_of() {
    assert_eq!(warned(&[]), []);
    for example in EXAMPLES {
        let checked = Checked::from_toml_str(example.toml).unwrap();
        assert_eq!(checked.warnings(), [], "{}", example.name);
    }
}

#[test]
fn a_rule_without_room_to_act_in_is_warned_of() {
    expect(&[(ROOM, "pause_days = 0")], "plan.rules.hold.then.pause", Code::NoEffect);
    let stretch = (PAUSE, "then.stretch.factor = 2");
    expect(&[(ROOM, "pause_days = 0"), stretch], "plan.rules.hold.then.stretch", Code::NoEffect);
    assert_eq!(warned(&[stretch]), []);
}

#[test]
fn a_blackout_past_the_horizon_is_warned_of() {
    let late = ("from = 2025-03-01\nuntil = 2025", "from = 2026-01-01\nuntil = 2026");
    expect(&[late], "plan.blackouts.feast.from", Code::NoEffect);
    let in_time = ("from = 2025-03-01\nuntil = 2025", "from = 2025-12-31\nuntil = 2026");
    assert_eq!(warned(&[in_time]), []);
}

#[test]
fn a_rule_that_never_sets_off_is_warned_of() {
    for when in NEVER {
        expect(&[(WHEN, &format!("when = {when}"))], "plan.rules.hold.when", Code::NoEffect);
    }
    for when in PERHAPS {
        assert_eq!(warned(&[(WHEN, &format!("when = {when}"))]), [], "{when}");
    }
}

#[test]
fn a_rule_that_ends_whenever_it_has_set_off_is_warned_of() {
    for until in FLAPPING {
        let until = format!("until = {until}");
        expect(&[(UNTIL, &until)], "plan.rules.hold.until", Code::Flapping);
        for rest in ["cooldown_days = 30", "at_most_times = 1"] {
            assert_eq!(warned(&[(UNTIL, &format!("{until}\n{rest}"))]), [], "{until} {rest}");
        }
    }
    for until in ENDING {
        assert_eq!(warned(&[(UNTIL, &format!("until = {until}"))]), [], "{until}");
    }
}

#[test]
fn a_site_that_the_plan_does_not_name_is_warned_of() {
    let base = "world.sites.base.garrison.us = 100";
    let with = |far: &str| format!("{base}\nworld.sites.far.garrison.{far}");
    expect(&[(base, &with("us = 9"))], "world.sites.far", Code::LeftOut);
    assert_eq!(warned(&[(base, &with("us = 0\nworld.sites.far.reference_garrison = 9"))]), []);
    let more =
        |text: &str| format!("moves.out = {{ site = \"base\", contingent = \"us\" }}\n{text}");
    let out = "moves.out = { site = \"base\", contingent = \"us\" }";
    let residual = more("moves.rest = { site = \"far\", contingent = \"us\", residual = 9 }");
    assert_eq!(warned(&[(base, &with("us = 9")), (out, &residual)]), []);
    let abroad =
        with("us = 9\nworld.sites.far.area = \"abroad\"\nworld.areas.abroad.title = \"Abroad\"");
    assert_eq!(warned(&[(base, &abroad)]), [], "the plan is not about that area");
    let home = (PAUSE, "then = { pause = {}, send_home.contingent = \"it\" }");
    assert_eq!(warned(&[(base, &with("it = 9")), home]), []);
    let stay = (
        "[plan.phases.leave]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = \"base\", contingent = \"us\" }",
        "",
    );
    let left_out = |(_, code): &(String, Code)| *code == Code::LeftOut;
    assert!(!warned(&[(base, &with("us = 9")), stay]).iter().any(left_out));
}

#[test]
fn a_blackout_within_announced_dates_of_which_nothing_is_said_is_warned_of() {
    let unsaid = ("allowed_for = false\n", "");
    expect(&[unsaid], "plan.blackouts.feast.allowed_for", Code::LeftOut);
    assert_eq!(warned(&[("allowed_for = false", "allowed_for = true")]), []);
    // Nothing is to be said of one outside all dates.
    let late = ("from = 2025-03-01\nuntil = 2025-03-05", "from = 2025-12-20\nuntil = 2025-12-22");
    assert_eq!(warned(&[late, unsaid]), []);
}
