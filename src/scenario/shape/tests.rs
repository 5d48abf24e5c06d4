use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::tree::{from_toml, normalise};
use super::*;
use crate::scenario::date::Date;

/// A language in miniature.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read from text")]
struct Language {
    /// The first day. Time
    /// is counted from it.
    start: Date,
    horizon: Option<Date>,
    #[serde(default)]
    title: String,
    colour: Option<Colour>,
    #[serde(default)]
    careful: bool,
    #[schemars(range(min = 0, max = 1))]
    share: Option<f64>,
    #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1))]
    inner: Option<f64>,
    #[schemars(range(min = 1, max = 1))]
    version: Option<u32>,
    pair: Option<(String, u32)>,
    #[serde(default)]
    sites: BTreeMap<String, Site>,
    #[serde(default)]
    rules: BTreeMap<String, Condition>,
    rates: Option<Rates>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read from text")]
struct Site {
    /// People by contingent.
    garrison: BTreeMap<String, u32>,
    delay: Option<Dist<Dist<f64>>>,
    #[serde(default)]
    after: Vec<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Colour {
    Red,
    /// Not blue.
    Green,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only read from text")]
enum Dist<P> {
    Number(f64),
    Family(Family<P>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "only read from text")]
enum Family<P> {
    /// Between the first and the last: `[low, mode, high]`.
    Pert([P; 3]),
    Uniform([P; 2]),
    Normal {
        mean: P,
        sd: P,
    },
    Mixture(Vec<Component<P>>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read from text")]
struct Component<P> {
    weight: f64,
    value: Box<Dist<P>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only read from text")]
enum Rates {
    Same(Dist<f64>),
    ByState(BTreeMap<String, Dist<f64>>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "only read from text")]
enum Condition {
    Attacks { in_days: u32, at_least: Option<u32> },
    All(Vec<Condition>),
    Not(Box<Condition>),
}

fn schema() -> Schema {
    schemars::schema_for!(Language).to_value()
}

/// The problems of a text, which the types read exactly where there is none of shape.
fn problems(text: &str) -> Vec<Problem> {
    let (schema, mut tree, mut problems) = (schema(), from_toml(text).unwrap(), Vec::new());
    check(&tree, &schema, &mut problems);
    for problem in &problems {
        assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem}");
    }
    normalise(&mut tree);
    let mut again = Vec::new();
    check(&tree, &schema, &mut again);
    let paths = |all: &[Problem]| all.iter().map(|p| p.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&problems), paths(&again), "dates are judged alike as text: {text}");
    let read: Result<Language, _> = Value::Table(tree).try_into();
    match read {
        Ok(_) => {
            let beyond = [Code::NotFinite, Code::OutOfRange, Code::BadDate];
            assert!(problems.iter().all(|p| beyond.contains(&p.code)), "{problems:?}");
        }
        Err(fault) => assert!(!problems.is_empty(), "{fault}"),
    }
    problems
}

fn found(text: &str) -> Vec<(String, Code)> {
    problems(text).into_iter().map(|problem| (problem.path, problem.code)).collect()
}

fn with_start(text: &str) -> String {
    format!("start = 2025-01-01\n{text}")
}

#[test]
fn right_input_has_no_problem() {
    let text = r#"
            horizon = "2026-01-01"
            title = "x"
            colour = "green"
            careful = true
            share = 1
            inner = 0.5
            pair = ["x", 1]
            sites.a = { garrison = { us = 1, "f r" = 2 }, delay = 3, after = ["b"] }
            sites.b = { garrison = {}, delay = { pert = [0, { uniform = [1.5, 2] }, 9] } }
            sites.c = { garrison = {}, delay = { mixture = [
                { weight = 1, value = 3 }, { weight = 2, value = { normal = { mean = 1, sd = 1 } } },
            ] } }
            rules.hold = { all = [{ attacks = { in_days = 3 } }, { not = { all = [] } }] }
        "#;
    assert_eq!(found(&with_start(text)), []);
}

#[test]
fn ids_spelt_like_families_are_ids_where_only_that_makes_sense() {
    for rates in [
        "1.5",
        "{ pert = [1, 2, 3] }",
        "{ calm = 1, war = { uniform = [1, 2] } }",
        "{ normal = 1 }",
        "{ normal = { uniform = [1, 2] } }",
        "{ normal = 1, uniform = 2 }",
        "{ norml = 1 }",
        "{}",
    ] {
        assert_eq!(found(&with_start(&format!("rates = {rates}"))), [], "{rates}");
    }
}

/// One fault each: the text after `start`, the place, the code, and words of the message.
const FAULTS: &[(&str, &str, Code, &str)] = &[
    ("titel = \"x\"", "titel", Code::UnknownKey, "did you mean `title`?"),
    ("zzz = 1", "zzz", Code::UnknownKey, "use one of: careful, colour, horizon"),
    ("sites.a = {}", "sites.a.garrison", Code::MissingKey, "a table: People by contingent"),
    ("sites.a.garison.us = 1", "sites.a.garison", Code::UnknownKey, "mean `garrison`?"),
    ("sites.\"a b\" = {}", "sites.\"a b\".garrison", Code::MissingKey, "add a table"),
    ("title = 3", "title", Code::WrongType, "expected a text, found the number 3"),
    ("careful = \"no\"", "careful", Code::WrongType, "expected true or false"),
    ("share = \"0.5\"", "share", Code::WrongType, "write 0.5, without quotes"),
    ("share = 2025-01-01", "share", Code::WrongType, "found the date 2025-01-01"),
    ("sites = []", "sites", Code::WrongType, "expected a table, found a list"),
    ("pair = [\"x\", 3.0]", "pair.1", Code::WrongType, "leave the point out: 3"),
    ("pair = [\"x\", -0.0]", "pair.1", Code::WrongType, "leave the point out: 0"),
    ("pair = [\"x\", 1e30]", "pair.1", Code::OutOfRange, "at least 0 and at most 4294967295"),
    ("pair = [\"x\", -0.7]", "pair.1", Code::OutOfRange, "at least 0"),
    ("pair = [\"x\", \"7\"]", "pair.1", Code::WrongType, "write 7, without quotes"),
    ("pair = [\"x\", \"7.0\"]", "pair.1", Code::WrongType, "write 7, without quotes"),
    ("pair = [\"x\", \"-7\"]", "pair.1", Code::WrongType, "give a whole number"),
    ("share = \"nan\"", "share", Code::WrongType, "give a number"),
    ("pair = [\"x\", 3.5]", "pair.1", Code::WrongType, "round it"),
    ("pair = [\"x\", nan]", "pair.1", Code::NotFinite, "finite"),
    ("pair = [\"x\"]", "pair", Code::OutOfRange, "takes 2, found 1"),
    ("pair = [\"x\", 4294967296]", "pair.1", Code::OutOfRange, "at most 4294967295"),
    ("share = 1.5", "share", Code::OutOfRange, "at least 0 and at most 1"),
    ("share = -inf", "share", Code::NotFinite, "-inf"),
    ("version = 2", "version", Code::OutOfRange, "give 1"),
    ("inner = 0", "inner", Code::OutOfRange, "above 0 and below 1"),
    ("inner = 1.0", "inner", Code::OutOfRange, "above 0 and below 1"),
    ("horizon = \"2025-02-30\"", "horizon", Code::BadDate, "not a calendar date"),
    ("horizon = \"20250201\"", "horizon", Code::BadDate, "such as 2025-06-30"),
    ("horizon = 2025-02-01T10:00:00", "horizon", Code::BadDate, "day out: 2025-02-01"),
    ("horizon = 10:00:00", "horizon", Code::BadDate, "such as 2025-06-30"),
    ("horizon = 3", "horizon", Code::WrongType, "expected a date"),
    ("colour = \"gren\"", "colour", Code::WrongType, "did you mean `green`?"),
    ("colour = \"blue\"", "colour", Code::WrongType, "use one of: "),
    ("rules.x = 3", "rules.x", Code::WrongType, "use one of: attacks, all, not"),
    ("rules.x = {}", "rules.x", Code::MissingKey, "use one of: attacks, all, not"),
    ("rules.x = { atacks = {} }", "rules.x.atacks", Code::UnknownKey, "mean `attacks`?"),
    ("rules.x = { all = [], not = 1 }", "rules.x", Code::WrongType, "`all` and `not` cannot"),
    ("rules.x = { all = [], y = 1 }", "rules.x.y", Code::UnknownKey, "beside `all`"),
    ("rules.x.not.all = [{ not = 1 }]", "rules.x.not.all.0.not", Code::WrongType, "found the"),
    ("rates = { war = [] }", "rates.war", Code::WrongType, "a number or a law, found a list"),
    ("rates = { prt = [1, 2, 3] }", "rates", Code::BadLaw, "did you mean `pert`?"),
    ("rates = \"x\"", "rates", Code::WrongType, "a number or a law or a table"),
];

/// As [`FAULTS`], for the law at `sites.a.delay`.
const BAD_LAWS: &[(&str, &str, Code, &str)] = &[
    ("\"x\"", "", Code::WrongType, "expected a number or a law, found the text \"x\""),
    ("nan", "", Code::NotFinite, "finite"),
    ("{}", "", Code::BadLaw, "use one of: "),
    ("{ cauchy = 1 }", "", Code::BadLaw, "no law is called `cauchy`"),
    ("{ unifrom = [1, 2] }", "", Code::BadLaw, "did you mean `uniform`?"),
    ("{ pert = [1, 2, 3], uniform = [1, 2] }", "", Code::BadLaw, "cannot stand side by side"),
    ("{ pert = [1, 2, 3], scale = 2 }", ".scale", Code::UnknownKey, "beside `pert`"),
    ("{ pert = [1, 2] }", ".pert", Code::BadLaw, "write [low, mode, high]"),
    ("{ uniform = [1, 2, 3] }", ".uniform", Code::BadLaw, "list 2"),
    ("{ pert = 1 }", ".pert", Code::WrongType, "expected a list"),
    ("{ pert = [1, 2, inf] }", ".pert.2", Code::NotFinite, "inf"),
    ("{ pert = [1, { prt = 1 }, 3] }", ".pert.1", Code::BadLaw, "did you mean `pert`?"),
    ("{ normal = { mean = 1 } }", ".normal.sd", Code::MissingKey, "add a number or a law"),
    ("{ normal = { mean = 1, sd = 1, x = 1 } }", ".normal.x", Code::UnknownKey, "mean, sd"),
    ("{ mixture = [{ weight = 1 }] }", ".mixture.0.value", Code::MissingKey, "a law"),
];

fn assert_fault(text: &str, path: &str, code: Code, words: &str) {
    let problems = problems(&with_start(text));
    let [problem] = &problems[..] else { panic!("{text}: {problems:?}") };
    assert_eq!((problem.path.as_str(), problem.code), (path, code), "{text}");
    let said = format!("{}; {}", problem.what, problem.remedy);
    assert!(said.contains(words), "{text}: {said}");
}

#[test]
fn each_fault_is_told_once_at_its_place() {
    for (text, path, code, words) in FAULTS {
        assert_fault(text, path, *code, words);
    }
    for (law, path, code, words) in BAD_LAWS {
        let text = format!("sites.a = {{ garrison = {{}}, delay = {law} }}");
        assert_fault(&text, &format!("sites.a.delay{path}"), *code, words);
    }
    assert_eq!(found(""), [("start".to_owned(), Code::MissingKey)]);
}

#[test]
fn ten_faults_are_found_in_one_go() {
    let text = r#"
            horizon = 2026-01-01T00:00:00
            pair = ["x", 1, 2]
            share = 7
            titel = "x"
            [sites.a]
            garrison = { us = "many", iq = -1 }
            delay = { prt = [1, 2, 3] }
            after = ["b", 3]
            [sites.b]
            delay = { uniform = [nan, 2] }
        "#;
    let due = [
        ("horizon", Code::BadDate),
        ("pair", Code::OutOfRange),
        ("share", Code::OutOfRange),
        ("sites.a.after.1", Code::WrongType),
        ("sites.a.delay", Code::BadLaw),
        ("sites.a.garrison.iq", Code::OutOfRange),
        ("sites.a.garrison.us", Code::WrongType),
        ("sites.b.delay.uniform.0", Code::NotFinite),
        ("sites.b.garrison", Code::MissingKey),
        ("titel", Code::UnknownKey),
    ];
    let due = due.map(|(path, code)| (path.to_owned(), code));
    assert_eq!(found(&with_start(text)), due);
}

#[test]
fn long_keys_and_texts_are_cut_short_in_messages() {
    let long = "x".repeat(10_000);
    for problem in problems(&with_start(&format!("{long} = 1\nshare = \"{long}\""))) {
        assert!(problem.to_string().len() < 500, "{problem}");
    }
}
