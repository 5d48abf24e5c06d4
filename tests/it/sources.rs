//! Where a number comes from is kept, and changes nothing else.

use drawdown::{By, Checked, Code, MEASURES, Scenario};

use crate::statistics::run;

const PLAIN: &str = r#"
schema = 1
start = 2025-01-01
[world.sites.base]
garrison.us = 100
air_defence.intercept.drone = 0.5
[world.threats.group]
attacks_per_day = 0.3
rate_factor = { lognormal = { median = 1, sigma = 0.4 } }
weapons.drone = { share = 1, salvo_mean = 2 }
[plan.gates.approval]
delay_days = { pert = [0, 30, 150] }
[plan.phases.leave]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = "base", contingent = "us" }
"#;

/// The same with sources beside numbers, whole, a range, a law, a date and a parameter of a law among them.
fn told() -> String {
    let mut text = PLAIN.to_owned();
    for (plain, told) in [
        ("garrison.us = 100", "garrison.us = { value = 100, source = \"fact sheet\" }"),
        ("_per_day = 0.3", "_per_day = { value = 0.3, source = \"record\", note = \"to 2024\" }"),
        (
            "{ lognormal = { median = 1, sigma = 0.4 } }",
            "{ value = { lognormal = { median = 1, sigma = { value = 0.4, note = \"half\" } } }, \
             source = \"fitted to the record, prior sigma 0.5\" }",
        ),
        ("[0, 30, 150]", "[0, { value = 30, source = \"judgement\" }, 150]"),
        ("= 2025-06-01", "= { value = 2025-06-01, source = \"announcement\" }"),
    ] {
        assert!(text.contains(plain), "{plain}");
        text = text.replace(plain, told);
    }
    text
}

fn sources(scenario: &Scenario) -> Vec<(&str, &str, &str)> {
    let each = scenario.sources.iter();
    each.map(|(path, it)| (path.as_str(), it.source.as_str(), it.note.as_str())).collect()
}

const EXPECTED: [(&str, &str, &str); 6] = [
    ("plan.gates.approval.delay_days.pert.1", "judgement", ""),
    ("plan.phases.leave.announced_finish", "announcement", ""),
    ("world.sites.base.garrison.us", "fact sheet", ""),
    ("world.threats.group.attacks_per_day", "record", "to 2024"),
    ("world.threats.group.rate_factor", "fitted to the record, prior sigma 0.5", ""),
    ("world.threats.group.rate_factor.lognormal.sigma", "", "half"),
];

#[test]
fn sources_change_no_bit() {
    let bits = |text: &str| -> Vec<u64> {
        let run = run(text, 200);
        let values = MEASURES.iter().map(|measure| run.values(measure.name, measure.by).unwrap());
        values.flat_map(|values| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>()).collect()
    };
    assert_eq!(bits(&told()), bits(PLAIN));
    let mean = run(&told(), 200).values("attacks", By::Total).unwrap().mean().unwrap();
    assert!(mean > 0.0);
}

#[test]
fn sources_are_kept_whichever_way_a_scenario_goes() {
    let scenario = Scenario::from_toml_str(&told()).unwrap();
    assert_eq!(sources(&scenario), EXPECTED);
    let plain = Scenario::from_toml_str(PLAIN).unwrap();
    let mut without = scenario.clone();
    without.sources.clear();
    assert_eq!(without, plain);
    assert_ne!(scenario.hash(), plain.hash());
    assert!(!plain.to_json_string().contains("sources"), "the content, and its hash, as before");
    let text = scenario.to_toml_string();
    assert!(text.contains("source = \"announcement\"") && !text.contains("[sources"), "{text}");
    assert!(text.contains("value = 2025-06-01"), "a date, and no text: {text}");
    for other in [
        Scenario::from_toml_str(&text).unwrap(),
        Scenario::from_json_str(&scenario.to_json_string()).unwrap(),
        Scenario::from_tree(scenario.to_tree()).unwrap(),
    ] {
        assert_eq!(other, scenario);
        assert_eq!(other.hash(), scenario.hash());
    }
    let page = scenario.validate().unwrap().compile().describe();
    for said in ["Where numbers come from", "attacks_per_day: record; to 2024"] {
        assert!(page.contains(said), "{page}");
    }
}

#[test]
fn a_number_that_is_replaced_has_another_source() {
    let scenario = Scenario::from_toml_str(&told()).unwrap();
    let rate = "world.threats.group.attacks_per_day";
    let replaced =
        |path: &str, value: Option<toml::Value>| scenario.replace([(path, value)]).unwrap();
    let left = |scenario: &Scenario| -> Vec<usize> {
        let has = |path: &str| scenario.sources.contains_key(path);
        (0..EXPECTED.len()).filter(|k| has(EXPECTED[*k].0)).collect()
    };
    // Of another number everything stays as it was.
    let other = replaced("plan.review_every_days", Some(3.into()));
    assert_eq!(sources(&other), EXPECTED);
    // What was said of the old one is not true of the new one, or of a part, or of the whole.
    assert_eq!(left(&replaced(rate, Some(0.4.into()))), [0, 1, 2, 4, 5]);
    let sigma = "world.threats.group.rate_factor.lognormal.sigma";
    assert_eq!(left(&replaced(sigma, Some(0.3.into()))), [0, 1, 2, 3]);
    assert_eq!(left(&replaced("world.threats.group", None)), [0, 1, 2]);
    assert_eq!(left(&replaced("plan", None)), [2, 3, 4, 5]);
    // By its parts.
    let value = replaced(&format!("{rate}.value"), Some(0.4.into()));
    assert_eq!(sources(&value), EXPECTED);
    assert_eq!(value.world.threats["group"].attacks_per_day, {
        replaced(rate, Some(0.4.into())).world.threats["group"].attacks_per_day.clone()
    });
    let note = replaced(&format!("{rate}.note"), Some("to 2023".into()));
    assert_eq!(sources(&note)[3], (rate, "record", "to 2023"));
    // With a source of its own.
    let table: toml::Table = "value = 0.4\nsource = \"another\"".parse().unwrap();
    let own = replaced(rate, Some(toml::Value::Table(table)));
    assert_eq!(sources(&own)[3], (rate, "another", ""));
}

#[test]
fn problems_are_where_they_are_written() {
    for (plain, told, path, code) in [
        (
            "100",
            "{ value = -1, source = \"x\" }",
            "world.sites.base.garrison.us.value",
            Code::OutOfRange,
        ),
        (
            "0.3",
            "{ value = \"x\", note = \"x\" }",
            "world.threats.group.attacks_per_day.value",
            Code::WrongType,
        ),
        (
            "0.3",
            "{ value = -1, note = \"x\" }",
            "world.threats.group.attacks_per_day.value",
            Code::OutOfRange,
        ),
        (
            "salvo_mean = 2",
            "salvo_mean = { value = 1, source = 3 }",
            "world.threats.group.weapons.drone.salvo_mean",
            Code::BadLaw,
        ),
        (
            "salvo_mean = 2",
            "salvo_mean = { value = 1, sauce = \"x\" }",
            "world.threats.group.weapons.drone.salvo_mean",
            Code::BadLaw,
        ),
        (
            "[0, 30, 150]",
            "[0, { value = 300, source = \"x\" }, 150]",
            "plan.gates.approval.delay_days",
            Code::BadLaw,
        ),
        (
            "{ lognormal = { median = 1, sigma = 0.4 } }",
            "{ value = { lognormal = { median = 1, sigma = { value = \"x\", note = \"x\" } } }, source = \"x\" }",
            "world.threats.group.rate_factor.value.lognormal.sigma.value",
            Code::WrongType,
        ),
        (
            "start = 2025-01-01",
            "start = 2025-01-01\nsources.\"world.threats.x\".note = \"x\"",
            "sources.\"world.threats.x\"",
            Code::DanglingId,
        ),
    ] {
        assert!(PLAIN.contains(plain), "{plain}");
        let error = Checked::from_toml_str(&PLAIN.replacen(plain, told, 1)).unwrap_err();
        let found: Vec<(&str, Code)> =
            error.problems().iter().map(|problem| (problem.path.as_str(), problem.code)).collect();
        assert_eq!(found, [(path, code)], "{told}: {error}");
    }
}

#[test]
fn ids_may_be_spelt_like_the_parts_of_a_source() {
    let text =
        PLAIN.replace("[world.sites.base]", "[world.sites.value]").replace("\"base\"", "\"value\"");
    let text =
        text.replace("[world.threats", "[world.sites.source]\ngarrison.us = 9\n[world.threats");
    let text = text.replace(
        "attacks_per_day = 0.3",
        "attacks_per_day = 0.3\nsite_weights = { value = 1, source = 2 }",
    );
    let scenario = Checked::from_toml_str(&text).unwrap();
    assert_eq!(scenario.scenario().world.sites.len(), 2);
    assert!(scenario.scenario().sources.is_empty());
}

#[test]
fn what_says_nothing_of_a_number_is_left_out_and_the_scenario_is_read_again() {
    let minimal = drawdown::scenario::EXAMPLES.iter().find(|example| example.name == "minimal");
    let text = minimal.unwrap().toml;
    let with = |beside: &str| {
        let start = format!("review_every_days = {{ value = 7, {beside} }}");
        let text = text.replacen(
            "[plan.phases.leave]",
            &format!("[plan]\n{start}\n[plan.phases.leave]"),
            1,
        );
        Scenario::from_toml_str(&text).unwrap()
    };
    let silent = with("source = \"\", note = \"\"");
    assert_eq!(sources(&silent), []);
    assert_eq!(Scenario::from_toml_str(&silent.to_toml_string()).unwrap(), silent);
    let told = with("note = \"a week\"");
    let part = |part: &str, text: &str| {
        (format!("plan.review_every_days.{part}"), Some(toml::Value::from(text)))
    };
    let changes = [part("note", ""), part("source", "an order")];
    let other = told.replace(changes.iter().map(|(path, text)| (&path[..], text.clone()))).unwrap();
    assert_eq!(sources(&other), [("plan.review_every_days", "an order", "")]);
    for slip in
        ["\"no.such.path\" = { source = \"\" }", "\"plan.review_every_days\" = { sorce = \"\" }"]
    {
        assert!(Checked::from_toml_str(&format!("{text}\n[sources]\n{slip}\n")).is_err(), "{slip}");
    }
    let mute = told.replace([("plan.review_every_days.note", Some("".into()))]).unwrap();
    assert_eq!(Scenario::from_toml_str(&mute.to_toml_string()).unwrap(), mute);
}
