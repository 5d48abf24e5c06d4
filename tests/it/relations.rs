//! What phases wait for, and with what: against closed forms, and exact cases without chance. The
//! number of the row is that of `docs/verification.md`.

use drawdown::scenario::{After, Link, Phase, Relation};
use drawdown::{Batch, By, Kind, Scenario};

use crate::statistics::{assert_mean, assert_share, assert_variance, of, run};

const HEAD: &str = "schema = 1\nstart = 2025-01-01\nhorizon = 2027-01-01\n";

/// Phases with these relations: `a` takes 50 to 150 days from day 0, `b` as much from day 10, each
/// from a site of its own; `c` is announced for the day 120.
fn three(b_after: &str, c_after: &str, ratio: &str) -> String {
    format!(
        r#"{HEAD}
world.sites.a.garrison.us = 10
world.sites.b.garrison.us = 10
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = {ratio}
moves.out = {{ site = "a", contingent = "us" }}
[plan.phases.b]
after = {b_after}
announced_start = 2025-01-11
announced_finish = 2025-04-21
duration_ratio = {ratio}
moves.out = {{ site = "b", contingent = "us" }}
[plan.phases.c]
after = {c_after}
announced_start = 2025-05-01
announced_finish = 2025-05-02
duration_ratio = 1
"#
    )
}

#[test]
fn row_35_the_last_lift_waits_for_another_phase() {
    // b is done at 10 + 100 U, and no sooner than ten days after a, which is done at 100 U': at
    // 10 + 100 max(U, U').
    let b = "{ a = { relation = \"finish_to_finish\", lag_days = 10 } }";
    let c = "{ b = { lag_days = 9.5 } }";
    let run = run(&three(b, c, "{ uniform = [0.5, 1.5] }"), 500_000);
    let finish = of(&run, "finish_days", By::Phase, 1);
    assert_mean("row 35, mean", &finish, 10.0 + 100.0 * (0.5 + 2.0 / 3.0), 0.002);
    assert_variance("row 35, variance", &finish, 100f64.powi(2) / 18.0, 0.01);
    assert_share("row 35, P(<= 110)", &finish, |days| days <= 110.0, 0.25, 0.01);
    let begun = of(&run, "start_days", By::Phase, 2);
    let due = finish.iter().map(|finish| (finish + 9.5).max(120.0));
    due.zip(&begun).for_each(|(due, begun)| assert!((due - begun).abs() < 1e-9));
}

#[test]
fn a_phase_begins_some_days_after_another_has_begun() {
    // a waits for a gate until day 30.25, b begins 10 days later, c with b but not before its date.
    let b = "{ a = { relation = \"start_to_start\", lag_days = 10 } }";
    let c = "{ b = { relation = \"start_to_start\" } }";
    let gate = "[plan.gates.g]\ndelay_days = 30.25\n";
    let toml = three(b, c, "1") + gate;
    let run = run(&toml.replace("[plan.phases.a]", "[plan.phases.a]\nafter = [\"g\"]"), 1);
    let start = |k| of(&run, "start_days", By::Phase, k)[0];
    assert_eq!((start(0), start(1), start(2)), (30.25, 40.25, 120.0));
}

#[test]
fn only_the_last_lift_waits_and_a_blackout_holds_it() {
    // The last lift of b is due on day 110; a is done on day 140, and the lag is over on day 142.5,
    // in a blackout of the days 141 to 150.
    let after = "{ a = { relation = \"finish_to_finish\", lag_days = 2.5 } }";
    let toml = three(after, "[]", "1").replacen("duration_ratio = 1", "duration_ratio = 1.4", 1)
        + "[plan.blackouts.feast]\nfrom = 2025-05-22\nuntil = 2025-06-01\n";
    let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
    let history = model.trial(1, 0).unwrap();
    let lifts = history.events.iter().filter(|event| event.kind == Kind::Lift);
    let of_b: Vec<f64> = lifts.filter(|event| event.phase == Some(1)).map(|e| e.days).collect();
    assert_eq!(of_b.iter().rev().take(2).rev().copied().collect::<Vec<_>>(), [101.0, 151.0]);
}

#[test]
fn what_waits_for_a_cancelled_phase_by_any_relation_is_cancelled() {
    for relation in ["finish_to_start", "start_to_start", "finish_to_finish"] {
        let (b, c) = match relation {
            "finish_to_start" => ("[]".to_owned(), "{ a = {} }"),
            _ => (format!("{{ a = {{ relation = \"{relation}\" }} }}"), "[]"),
        };
        let rule = "[plan.rules.stop]\nwhen = { date = { from = 2025-03-01 } }\n\
                    then = { cancel = { phases = [\"a\"] } }\n";
        let run = run(&(three(&b, c, "1") + rule), 1);
        let cancelled = |k| of(&run, "cancelled", By::Phase, k)[0];
        let due = if relation == "finish_to_start" { [1.0, 0.0, 1.0] } else { [1.0, 1.0, 0.0] };
        assert_eq!([cancelled(0), cancelled(1), cancelled(2)], due, "{relation}");
    }
}

#[test]
fn a_list_and_a_table_without_words_are_the_same() {
    let ratio = "{ lognormal = { median = 1, sigma = 0.3 } }";
    let values = |c: &str| of(&run(&three("[]", c, ratio), 500), "start_days", By::Phase, 2);
    let table = "{ a = { relation = \"finish_to_start\", lag_days = 0 }, b = {} }";
    assert_eq!(values("[\"b\", \"a\"]"), values(table));
    let mut built = Scenario::from_toml_str(&three("[]", "[]", ratio)).unwrap();
    let link = Link::new().relation(Relation::StartToStart).lag_days(3.0);
    let phase: Phase = built.plan.phases["c"].clone().after(After::each([("b", link)]));
    built.plan.phases.insert("c".into(), phase);
    let again = Scenario::from_toml_str(&built.to_toml_string()).unwrap();
    assert_eq!(again, built);
    let model = built.validate().unwrap().compile();
    assert!(model.describe().contains("Waits for: the start of b and 3 days more."));
    assert_eq!(model.simulate(&Batch::new(1, 1)).unwrap().trials(), 1);
}

#[test]
fn who_is_brought_counts_once_those_who_bring_them_are_done() {
    // c takes whom a brings to the site of b: it may wait for a, or until b is done, whose last lift
    // waits for a; that b has begun is not enough.
    let accepted = |c_after: &str| {
        let b_after = "{ a = { relation = \"finish_to_finish\", lag_days = 10 } }";
        let toml = three(b_after, c_after, "1")
            .replacen("{ site = \"a\",", "{ site = \"a\", to = \"b\",", 1)
            .replacen("{ site = \"b\",", "{ site = \"b\", people = 5,", 1)
            + "moves.out = { site = \"b\", contingent = \"us\" }\n";
        Scenario::from_toml_str(&toml).unwrap().validate().map_err(|error| error.to_string())
    };
    assert!(accepted("[\"a\"]").is_ok());
    assert!(accepted("[\"b\"]").is_ok());
    let error = accepted("{ b = { relation = \"start_to_start\" } }").unwrap_err();
    assert!(error.contains("neither phase begins only when the other is done"), "{error}");
}

#[test]
fn relations_that_cannot_be_kept_are_refused_one_by_one() {
    let refused =
        |toml: &str| Scenario::from_toml_str(toml).unwrap().validate().unwrap_err().to_string();
    let b = |link: &str| three(&format!("{{ a = {{ {link} }} }}"), "[]", "1");
    for (link, place, what) in [
        ("lag_days = 0", "announced_start", "2025-01-11 is before 2025-04-11, when `a` is"),
        ("relation = \"start_to_start\", lag_days = 10.5", "announced_start", "10.5 days after"),
        ("relation = \"finish_to_finish\", lag_days = 11", "announced_finish", "11 days after"),
    ] {
        let error = refused(&b(link));
        assert!(error.contains("1 problem:"), "{error}");
        assert!(error.contains(&format!("plan.phases.b.{place}: ")), "{error}");
        assert!(error.contains(what), "{error}");
    }
    // Of several it is the one that asks for most.
    let error = refused(&three("[]", "{ a = { lag_days = 30 }, b = { lag_days = 11 } }", "1"));
    assert!(error.contains("1 problem:") && error.contains("30 days after 2025-04-11"), "{error}");
    let gate = "[plan.gates.g]\ndelay_days = 3\n";
    let c = three("[]", "{ g = { relation = \"start_to_start\" } }", "1") + gate;
    let error = refused(&c);
    assert!(error.contains("plan.phases.c.after.g.relation"), "{error}");
    assert!(error.contains("`g` is a gate, which opens at a moment"), "{error}");
    let error = refused(&three("{ c = { relation = \"start_to_start\" } }", "[\"b\"]", "1"));
    assert!(error.contains("phases.b, phases.c"), "{error}");
    // Where things stand: what has begun after another has begun later than that.
    let now = "[now.phases.b]\nstarted = 2025-01-11\nmoved = {}\n";
    let later =
        b("relation = \"start_to_start\"").replace("start = 2025-01-01", "start = 2025-01-20");
    let error = refused(&(later.clone() + now));
    assert!(error.contains("it begins after `a` has begun, which it has not"), "{error}");
    let both = now.to_owned() + "[now.phases.a]\nstarted = 2025-01-12\n";
    assert!(refused(&(later + &both)).contains("2025-01-11 is before 2025-01-12, when `a` began"));
}
