//! Every problem at once, each at its place; every code has a case.

use std::collections::BTreeSet;

use drawdown::{Checked, Code, Error};

/// The problems of a scenario, by path and code.
pub(crate) fn problems(toml: &str) -> Vec<(String, Code)> {
    let Err(error) = Checked::from_toml_str(toml) else {
        return Vec::new();
    };
    assert!(matches!(error, Error::Refused(_)), "{error}");
    for problem in error.problems() {
        assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem}");
    }
    error.problems().iter().map(|problem| (problem.path.clone(), problem.code)).collect()
}

pub(crate) const SOUND: &str = r#"
schema = 1
start = 2025-01-01
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 100, next.war = 1 }
states.war = { mean_days = 100, next.calm = 1 }
[world.threats.group]
attacks_per_day = { calm = 0.1, war = 1 }
[plan.gates.approval]
delay_days = 10
[plan.phases.leave]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = "base", contingent = "us" }
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 5 } }
then = { pause = {} }
"#;

/// What is put in the place of what, and the problem that it makes.
const CASES: &[(&str, &str, &str, Code)] = &[
    ("schema = 1", "schema = ", "", Code::Syntax),
    ("schema = 1", "schema = 2", "schema", Code::OutOfRange),
    ("delay_days = 10", "delay_day = 10", "plan.gates.approval.delay_day", Code::UnknownKey),
    ("start = 2025-01-01", "", "start", Code::MissingKey),
    (
        "garrison.us = 100",
        "garrison.us = \"many\"",
        "world.sites.base.garrison.us",
        Code::WrongType,
    ),
    ("garrison.us = 100", "garrison.us = -1", "world.sites.base.garrison.us", Code::OutOfRange),
    ("delay_days = 10", "delay_days = nan", "plan.gates.approval.delay_days", Code::NotFinite),
    ("delay_days = 10", "delay_days = -1", "plan.gates.approval.delay_days", Code::OutOfRange),
    ("2025-06-01", "\"2025-06-31\"", "plan.phases.leave.announced_finish", Code::BadDate),
    (
        "delay_days = 10",
        "delay_days = { pert = [9, 5, 1] }",
        "plan.gates.approval.delay_days",
        Code::BadLaw,
    ),
    (
        "delay_days = 10",
        "delay_days = { prt = [1, 5, 9] }",
        "plan.gates.approval.delay_days",
        Code::BadLaw,
    ),
    ("[\"approval\"]", "[\"aproval\"]", "plan.phases.leave.after.0", Code::DanglingId),
    ("site = \"base\"", "site = \"bass\"", "plan.phases.leave.moves.out.site", Code::DanglingId),
    ("start = \"calm\"", "start = \"clam\"", "world.tension.start", Code::DanglingId),
    (
        "[plan.phases.leave]",
        "[plan.gates.leave]\ndelay_days = 1\n[plan.phases.leave]",
        "plan.gates.leave",
        Code::BadId,
    ),
    ("delay_days = 10", "delay_days = 10\nafter = [\"leave\"]", "plan.gates.approval", Code::Cycle),
    ("2025-06-01", "2025-01-15", "plan.phases.leave.announced_finish", Code::DatesOutOfOrder),
    ("2025-02-01", "2024-12-01", "plan.phases.leave.announced_start", Code::DatesOutOfOrder),
    (
        "contingent = \"us\"",
        "contingent = \"us\", people = 101",
        "plan.phases.leave.moves.out",
        Code::TooManyPeople,
    ),
    (
        "contingent = \"us\"",
        "contingent = \"us\", people = 1, residual = 1",
        "plan.phases.leave.moves.out",
        Code::Contradiction,
    ),
    (
        "contingent = \"us\"",
        "contingent = \"us\", to = \"base\"",
        "plan.phases.leave.moves.out.to",
        Code::Contradiction,
    ),
    (
        "at_least = 5",
        "at_least = 5, at_most = 6",
        "plan.rules.hold.when.attacks",
        Code::Contradiction,
    ),
    ("at_least = 5", "", "plan.rules.hold.when.attacks", Code::MissingKey),
    ("calm = 0.1, ", "", "world.threats.group.attacks_per_day.calm", Code::MissingKey),
    (
        "war = 1 }\n[plan",
        "war = 1 }\ncontagion = { children_per_attack = 1.2, decay_days = 4 }\n[plan",
        "world.threats.group.contagion.children_per_attack",
        Code::Explosive,
    ),
    ("2025-01-01", "2025-01-01\nhorizon = 9999-01-01", "horizon", Code::TooLarge),
    // Calendar, buffers, blackouts, correlation, rooms of phases.
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2024-12-31\n[plan.gates.approval]",
        "world.calendar.vote.date",
        Code::DatesOutOfOrder,
    ),
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2025-12-31\ndelay_days = -3\n[plan.gates.approval]",
        "world.calendar.vote.delay_days",
        Code::OutOfRange,
    ),
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2025-12-31\noutcomes.a.weight = 0\n[plan.gates.approval]",
        "world.calendar.vote.outcomes",
        Code::Contradiction,
    ),
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2025-12-31\nwindows.w = { from_days = 3, until_days = 3, \
         factor = 2 }\n[plan.gates.approval]",
        "world.calendar.vote.windows.w.until_days",
        Code::OutOfRange,
    ),
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2025-12-31\nwindows.w = { from_days = 0, until_days = 3, \
         factor = 200 }\n[plan.gates.approval]",
        "world.calendar.vote.windows.w.factor",
        Code::OutOfRange,
    ),
    (
        "[plan.gates.approval]",
        "[world.calendar.vote]\ndate = 2025-12-31\noutcomes.a.weight = 1\nwindows.w = { \
         from_days = -1, until_days = 3, factor = 2, outcome = \"a\" }\n[plan.gates.approval]",
        "world.calendar.vote.windows.w.from_days",
        Code::Contradiction,
    ),
    (
        "[plan.gates.approval]",
        "[plan.buffers.b]\nphase = \"leave\"\nevent = \"vote\"\ndays = 3\n[plan.gates.approval]",
        "plan.buffers.b.event",
        Code::DanglingId,
    ),
    (
        "[plan.gates.approval]",
        "[plan.blackouts.b]\nfrom = 2025-03-01\nuntil = 2025-03-01\n[plan.gates.approval]",
        "plan.blackouts.b.until",
        Code::DatesOutOfOrder,
    ),
    (
        "[plan.gates.approval]",
        "[plan]\nduration_correlation = 1.5\n[plan.gates.approval]",
        "plan.duration_correlation",
        Code::OutOfRange,
    ),
    (
        "[plan.phases.leave]",
        "[plan]\nduration_correlation = 0.5\n[plan.phases.leave]\nduration_ratio = { pert = [1, 1, \
         2] }",
        "plan.phases.leave.duration_ratio",
        Code::Contradiction,
    ),
    (
        "[plan.phases.leave]",
        "[plan.phases.leave]\nbreathing_room.latest = 2024-01-01",
        "plan.phases.leave.breathing_room.latest",
        Code::DatesOutOfOrder,
    ),
    // Rules: what they look at and do.
    ("then = { pause = {} }", "then = {}", "plan.rules.hold.then", Code::MissingKey),
    (
        "then = { pause = {} }",
        "then = { pause = {} }\nuntil = { attacks = { in_days = 30, at_least = 5 } }",
        "plan.rules.hold.until",
        Code::Contradiction,
    ),
    (
        "then = { pause = {} }",
        "then = { stretch = { factor = 0.5 } }",
        "plan.rules.hold.then.stretch.factor",
        Code::OutOfRange,
    ),
    (
        "then = { pause = {} }",
        "then = { cancel = { phases = [\"leav\"] } }",
        "plan.rules.hold.then.cancel.phases.0",
        Code::DanglingId,
    ),
    (
        "then = { pause = {} }",
        "then = { reinforce = { site = \"base\", contingent = \"uk\", people = 1 } }",
        "plan.rules.hold.then.reinforce.contingent",
        Code::DanglingId,
    ),
    (
        "then = { pause = {} }",
        "then = { pause = {} }\nat_most_times = 0",
        "plan.rules.hold.at_most_times",
        Code::OutOfRange,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "tension = []",
        "plan.rules.hold.when.tension",
        Code::OutOfRange,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "tension = [\"peace\"]",
        "plan.rules.hold.when.tension.0",
        Code::DanglingId,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "attacks = { in_days = 30, at_least = 5, contingents = [\"us\"] }",
        "plan.rules.hold.when.attacks.contingents",
        Code::Contradiction,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "date = {}",
        "plan.rules.hold.when.date",
        Code::MissingKey,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "date = { from = 2025-02-01, before = 2025-02-01 }",
        "plan.rules.hold.when.date.before",
        Code::DatesOutOfOrder,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "phase = { id = \"leave\", state = \"moved\" }",
        "plan.rules.hold.when.phase.state",
        Code::WrongType,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "people = { sites = [\"base\"] }",
        "plan.rules.hold.when.people",
        Code::MissingKey,
    ),
    (
        "attacks = { in_days = 30, at_least = 5 }",
        "event = { id = \"vote\" }",
        "plan.rules.hold.when.event.id",
        Code::DanglingId,
    ),
];

#[test]
fn the_sound_scenario_has_no_problem() {
    assert_eq!(problems(SOUND), []);
}

#[test]
fn each_fault_is_found_at_its_place() {
    for (from, to, path, code) in CASES {
        assert!(SOUND.contains(from), "{from}");
        let found = problems(&SOUND.replacen(from, to, 1));
        assert_eq!(found, [((*path).to_owned(), *code)], "{from} -> {to}");
    }
}

#[test]
fn every_code_has_a_case() {
    let refused = CASES.iter().map(|(_, _, _, code)| *code);
    let tried: BTreeSet<Code> = refused.chain(crate::warnings::codes()).collect();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !tried.contains(code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// Nobody may leave for 31 days, and a trial ends with its millionth attack.
#[test]
fn rates_that_fill_a_trial_before_anybody_may_leave_are_refused() {
    let rates = "{ calm = 0.1, war = 1 }";
    let at = |calm: f64, more: &str| {
        let written = format!("{{ calm = {calm:?}, war = 9e4 }}{more}");
        problems(&SOUND.replacen(rates, &written, 1))
    };
    let refused = [("world.threats.group.attacks_per_day".to_owned(), Code::TooLarge)];
    assert_eq!(at(32_200.0, ""), []);
    assert_eq!(at(32_300.0, ""), refused);
    assert_eq!(at(32_300.0, "\nrate_factor = { uniform = [0.9, 2] }"), []);
    assert_eq!(at(36_000.0, "\nrate_factor = { uniform = [0.9, 2] }"), refused);
    // Strikes may deter, and fewer attacks come then.
    assert_eq!(at(36_000.0, "\nretaliation.after_killed = 0.5"), []);
}

/// Applies cases that do not overlap, and expects the problems of all of them.
fn together(cases: &[usize]) {
    let broken = cases.iter().fold(SOUND.to_owned(), |text, &k| {
        let (from, to, ..) = CASES[k];
        assert!(text.contains(from), "{from} has been changed by another case");
        text.replacen(from, to, 1)
    });
    let found: BTreeSet<(String, Code)> = problems(&broken).into_iter().collect();
    let expected = cases.iter().map(|&k| (CASES[k].2.to_owned(), CASES[k].3));
    assert_eq!(found, expected.collect::<BTreeSet<_>>());
}

#[test]
fn many_faults_are_found_in_one_go() {
    let with = |code: Code, path: &str| {
        let found = CASES.iter().position(|case| case.3 == code && case.2.contains(path));
        found.expect("there is such a case")
    };
    // Keys and types: found on reading.
    together(&[
        with(Code::OutOfRange, "schema"),
        with(Code::UnknownKey, "delay_day"),
        with(Code::WrongType, "garrison"),
        with(Code::BadDate, "announced_finish"),
    ]);
    // What numbers and references mean: found on checking.
    together(&[
        with(Code::DanglingId, "moves.out.site"),
        with(Code::OutOfRange, "delay_days"),
        with(Code::DatesOutOfOrder, "announced_start"),
        with(Code::Contradiction, "rules.hold.when"),
        with(Code::DanglingId, "tension.start"),
    ]);
}

#[test]
fn dates_out_of_order_are_told_beside_faults_of_any_other_kind() {
    let of = |code: Code| CASES.iter().enumerate().filter(move |(_, case)| case.3 == code);
    let beside = [
        Code::UnknownKey,
        Code::WrongType,
        Code::NotFinite,
        Code::BadLaw,
        Code::DanglingId,
        Code::OutOfRange,
    ];
    let mut told = 0;
    for (k, date) in of(Code::DatesOutOfOrder) {
        for (other, fault) in beside.iter().flat_map(|code| of(*code)) {
            // Some stand in each other's place, or the one is about what the other takes out.
            let rule = "plan.rules.hold";
            let both = |part: &str| date.1.contains(part) && fault.1.contains(part);
            let about_one = date.2.starts_with(rule) && fault.2.starts_with(rule) || both("vote");
            if !about_one && date.0 != fault.0 {
                together(&[k, other]);
                told += 1;
            }
        }
    }
    assert!(told > 100, "{told}");
}

#[test]
fn a_date_is_not_held_against_one_that_is_missing() {
    let vote = ("[plan.gates.approval]", "[world.calendar.vote]\ndate = 2024-12-31\n");
    let early = SOUND.replacen(vote.0, &format!("{}{}", vote.1, vote.0), 1);
    let found = problems(&early.replacen("2025-06-01", "\"2025-06-31\"", 1));
    let at = |path: &str, code| (path.to_owned(), code);
    let bad = at("plan.phases.leave.announced_finish", Code::BadDate);
    assert_eq!(found, [bad, at("world.calendar.vote.date", Code::DatesOutOfOrder)]);
    let found = problems(&early.replacen("start = 2025-01-01", "", 1));
    assert_eq!(found, [at("start", Code::MissingKey)]);
}

#[test]
fn misspelt_keys_and_ids_get_a_hint() {
    for (from, to, hint) in [
        ("announced_start", "anounced_start", "announced_start"),
        ("[\"approval\"]", "[\"aproval\"]", "approval"),
    ] {
        let broken = SOUND.replacen(from, to, 1);
        let error = Checked::from_toml_str(&broken).unwrap_err();
        let hinted = error.problems().iter().any(|problem| problem.remedy.contains(hint));
        assert!(hinted, "{error}");
    }
}

/// Three unknown keys, two wrong types, a missing key, a bad law, a NaN, a bad date, a dangling
/// id, a cycle of phases and a negative count.
const TWELVE: &str = r#"
schema = 1
start = 2025-01-01
titel = "a misspelt key"
[world.sites.base]
garrison = { us = 100, france = -5 }
colour = "a key that is not there"
[world.threats.group]
attacks_per_day = "often"
presence_elasticity = nan
site_weights = { bass = 1 }
[plan.gates.approval]
delay_days = { pert = [150, 30, 0] }
[plan.transport]
people_per_day = true
[plan.phases.first]
after = ["second"]
announced_start = 2025-02-01
moves.out = { site = "base", contingent = "us", peeple = 10 }
[plan.phases.second]
after = ["first"]
announced_start = 2025-02-01
announced_finish = "2025-02-30"
"#;

#[test]
fn twelve_problems_of_every_kind_in_one_run() {
    let found: BTreeSet<(String, Code)> = problems(TWELVE).into_iter().collect();
    let expected = [
        ("titel", Code::UnknownKey),
        ("world.sites.base.colour", Code::UnknownKey),
        ("plan.phases.first.moves.out.peeple", Code::UnknownKey),
        ("world.threats.group.attacks_per_day", Code::WrongType),
        ("plan.transport.people_per_day", Code::WrongType),
        ("plan.phases.first.announced_finish", Code::MissingKey),
        ("plan.gates.approval.delay_days", Code::BadLaw),
        ("world.threats.group.presence_elasticity", Code::NotFinite),
        ("plan.phases.second.announced_finish", Code::BadDate),
        ("world.threats.group.site_weights.bass", Code::DanglingId),
        ("plan.phases.first", Code::Cycle),
        ("world.sites.base.garrison.france", Code::OutOfRange),
    ];
    let expected = expected.map(|(path, code)| (path.to_owned(), code));
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn what_hangs_on_a_faulty_value_is_not_reported_as_well() {
    // With the garrison misspelt nobody is there to leave, and nobody knows the contingent: that
    // is no fault of the move.
    let broken = SOUND.replacen("garrison.us", "garison.us", 1);
    assert_eq!(problems(&broken), [("world.sites.base.garison".to_owned(), Code::UnknownKey)]);
    // With the gates misspelt nobody knows the gate.
    let broken = SOUND.replacen("[plan.gates.approval]", "[plan.gate.approval]", 1);
    assert_eq!(problems(&broken), [("plan.gate".to_owned(), Code::UnknownKey)]);
}

#[test]
fn a_cycle_names_those_in_it_only() {
    let broken = SOUND.replacen("[plan.rules", "[plan.phases.behind]\nafter = [\"leave\"]\nannounced_start = 2025-06-01\nannounced_finish = 2025-09-01\n[plan.rules", 1);
    let broken = broken.replacen("[\"approval\"]", "[\"leave\"]", 1);
    let error = Checked::from_toml_str(&broken).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    assert_eq!(error.problems()[0].code, Code::Cycle);
    assert!(error.problems()[0].what.ends_with("wait for each other: phases.leave"), "{error}");
}

#[test]
fn people_who_would_be_left_behind_unawares_are_a_fault() {
    let phases = |after: &str| {
        format!(
            "{}\n[plan.phases.bring]\nafter = [{after}]\nannounced_start = 2025-02-01\n\
             announced_finish = 2025-06-01\n\
             moves.back = {{ site = \"base\", contingent = \"us\", people = 10, to = \"rear\" }}\n\
             [plan.phases.close]\nafter = []\nannounced_start = 2025-07-01\n\
             announced_finish = 2025-08-01\n\
             moves.rest = {{ site = \"rear\", contingent = \"us\" }}\n\
             [world.sites.rear]\ngarrison.us = 20\n",
            SOUND
                .replacen("moves.out", "moves.some", 1)
                .replacen("contingent = \"us\" }", "contingent = \"us\", people = 5 }", 1)
                .replacen(
                    "calm = 0.1, war = 1 }",
                    "calm = 0.1, war = 1 }\nsite_weights = { base = 1 }",
                    1
                )
        )
    };
    let unordered = phases("");
    assert_eq!(
        problems(&unordered),
        [("plan.phases.close.moves.rest".to_owned(), Code::Contradiction)]
    );
    let ordered = unordered
        .replace("[plan.phases.close]\nafter = []", "[plan.phases.close]\nafter = [\"bring\"]");
    assert_eq!(problems(&ordered), []);
}

#[test]
fn replacing_what_is_not_there_is_refused_with_a_hint() {
    let scenario = drawdown::Scenario::example("iraq-2024").unwrap();
    let replaced = |path: &str| scenario.replace([(path, Some(toml::Value::Integer(3)))]);
    for (path, hint) in [
        ("plan.gates.aproval.delay_days", "approval"),
        ("world.sites.erbill.garrison.us", "erbil"),
        ("world.sites.erbil.garrison.germanyy", "germany"),
        ("plan.breathing_room.pause_day", "pause_days"),
    ] {
        let error = replaced(path).unwrap_err();
        assert_eq!(error.problems().len(), 1, "{error}");
        assert_eq!(error.problems()[0].code, Code::UnknownKey);
        assert!(error.problems()[0].remedy.contains(hint), "{path}: {error}");
    }
    // A key of the language that is not given yet, and a whole new table, have a place.
    assert!(replaced("world.sites.erbil.reference_garrison").is_ok());
    let garrison: toml::Table = "garrison = { us = 5 }".parse().unwrap();
    let whole = Some(toml::Value::Table(garrison));
    assert!(scenario.replace([("world.sites.new", whole)]).is_ok());
}

#[test]
fn a_scenario_built_in_code_meets_the_same_limits() {
    let mut scenario = drawdown::Scenario::example("minimal").unwrap();
    scenario.plan.review_every_days = 0;
    scenario.plan.breathing_room.pause_days = f64::NAN;
    let error = scenario.validate().unwrap_err();
    let found: Vec<&str> = error.problems().iter().map(|p| p.path.as_str()).collect();
    assert_eq!(found, ["plan.breathing_room.pause_days", "plan.review_every_days"]);
}

#[test]
fn dates_that_contradict_the_order_of_phases_are_refused() {
    let second = "[plan.phases.second]\nafter = [\"leave\"]\nannounced_start = 2025-05-01\n\
                  announced_finish = 2025-09-01\n[plan.rules";
    let broken = SOUND.replacen("[plan.rules", second, 1);
    let expected = ("plan.phases.second.announced_start".to_owned(), Code::DatesOutOfOrder);
    assert_eq!(problems(&broken), [expected]);
}

/// A faulty scenario, and words of what its author is told to write.
const REMEDIES: &[(&str, &str, &str)] = &[
    ("start = 2025-01-01", "start = 15/10/2025", "such as 2026-10-05"),
    ("start = 2025-01-01", "start = 1.2.2025", "such as 2026-10-05"),
    ("start = 2025-01-01", "start = \"15/10/2025\"", "such as 2025-06-30"),
    ("{ attacks = { in_days = 30, at_least = 5 } }", "{ event = \"vote\" }", "{ id = \"vote\" }"),
    (
        "{ attacks = { in_days = 30, at_least = 5 } }",
        "{ phase = \"leave\" }",
        "{ id = \"leave\", state = ... }",
    ),
    ("{ attacks = { in_days = 30, at_least = 5 } }", "{ tension = \"war\" }", "write [\"war\"]"),
    (
        "at_least = 5 } }",
        "at_least = 5 }, tension = [\"war\"] }",
        "all = [{ attacks = ... }, { tension = ... }]",
    ),
    ("site = \"base\"", "site = \"baes\"", "did you mean `base`?"),
    ("after = [\"approval\"]", "after = [\"aproval\"]", "did you mean `approval`?"),
    ("next.war = 1", "next.wra = 1", "use one of: calm, war"),
];

#[test]
fn the_author_is_told_what_to_write() {
    for (from, to, words) in REMEDIES {
        let text = SOUND.replacen(from, to, 1);
        assert_ne!(text, SOUND, "{from}");
        let error = Checked::from_toml_str(&text).unwrap_err();
        assert!(error.problems().iter().any(|p| p.remedy.contains(words)), "{to}: {error}");
    }
}

#[test]
fn a_day_that_no_calendar_has_hides_no_other_problem() {
    let dates =
        ["start = 2025-01-01", "announced_start = 2025-02-01", "announced_finish = 2025-06-01"];
    let paths =
        ["start", "plan.phases.leave.announced_start", "plan.phases.leave.announced_finish"];
    for (line, path) in dates.into_iter().zip(paths) {
        let key = line.split(" = ").next().unwrap();
        for day in ["2026-02-30", "2026-13-01", "2025-00-10", "2025-04-31", "2023-02-29"] {
            let broken = SOUND.replace(line, &format!("{key}\t= {day} # not 2025-02-30"));
            let broken = broken.replace("delay_days = 10", "delay_dayz = 10");
            let found = problems(&broken);
            assert!(found.contains(&(path.into(), Code::BadDate)), "{line} {day}: {found:?}");
            let gate = "plan.gates.approval.delay_dayz";
            assert!(found.contains(&(gate.into(), Code::UnknownKey)), "{found:?}");
        }
    }
    // Two of them, one within a table on a line.
    let twice = SOUND.replace("start = 2025-01-01", "start = 2025-02-31").replace(
        "[plan.gates.approval]",
        "[plan]\nblackouts.b = { from = 2025-02-30, until = 2025-03-30, allowed_for = true }\n\
         [plan.gates.approval]",
    );
    let found = problems(&twice);
    for path in ["start", "plan.blackouts.b.from"] {
        assert!(found.contains(&(path.into(), Code::BadDate)), "{found:?}");
    }
    // What is no date at all is a slip of writing, at its line.
    for odd in ["2025-02-3", "2025-02-30T10", "2025-02-301", "20250230-", "\"2025-02-30"] {
        let found = problems(&SOUND.replace("2025-02-01", odd));
        assert!(!found.is_empty(), "{odd}");
    }
}
