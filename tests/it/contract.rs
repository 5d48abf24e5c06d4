//! The reproducibility contract, a test for each line.

use drawdown::scenario::Example;
use drawdown::{Batch, By, MEASURES, Run, Scenario, Series};

fn scenario() -> Scenario {
    Scenario::example("iraq-2024").unwrap()
}

/// The same without what ties sites to each other: strikes, host, insurgency, allies' politics.
fn loose() -> Scenario {
    let tables = [
        "world.threats.militias.retaliation",
        "world.threats.cells",
        "world.contingents",
        "world.host",
        "world.insurgency",
        "world.reentry",
    ];
    scenario().replace(tables.map(|path| (path, None))).unwrap()
}

fn simulate(scenario: &Scenario, trials: u64, threads: usize) -> Run {
    let model = scenario.validate().unwrap().compile();
    model.simulate(&Batch::new(trials, 11).threads(threads)).unwrap()
}

/// Every value of every measure, as bits.
fn bits(run: &Run) -> Vec<u64> {
    bits_but(run, By::Total, &[])
}

/// Every value of every measure but some of a breakdown, as bits.
fn bits_but(run: &Run, by: By, names: &[&str]) -> Vec<u64> {
    let all = MEASURES.iter().filter(|m| m.by != by || !names.contains(&m.name));
    let values = all.map(|measure| run.values(measure.name, measure.by).unwrap());
    values.flat_map(|values| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>()).collect()
}

/// Everything about attacks on, and people at, a site, as bits.
fn bits_of_site(run: &Run, site: &str) -> Vec<u64> {
    let k = run.ids(By::Site).iter().position(|id| id == site).unwrap();
    let of_site = MEASURES.iter().filter(|measure| measure.by == By::Site);
    let columns = of_site.map(|m| run.values(m.name, m.by).unwrap().column(k).to_vec());
    columns.flatten().map(f64::to_bits).collect()
}

#[test]
fn same_bits_on_any_number_of_threads() {
    let one = simulate(&scenario(), 700, 1);
    let shares = [0.1, 0.5, 0.9];
    for threads in [2, 7] {
        let other = simulate(&scenario(), 700, threads);
        assert_eq!(bits(&one), bits(&other), "{threads} threads");
        for series in [Series::People, Series::Attacks, Series::PeopleAt("asad".into())] {
            let (a, b) = (one.bands(&series, &shares), other.bands(&series, &shares));
            assert_eq!(a.unwrap(), b.unwrap(), "{series:?} on {threads} threads");
        }
        assert_eq!(one.tension_shares(), other.tension_shares());
        for by in [By::Total, By::Site] {
            let (a, b) = (one.summary(by), other.summary(by));
            assert_eq!(format!("{a:?}"), format!("{b:?}"));
        }
    }
}

#[test]
fn the_first_trials_do_not_change_when_the_batch_grows() {
    let (few, many) = (simulate(&scenario(), 100, 2), simulate(&scenario(), 333, 2));
    for measure in MEASURES {
        let few = few.values(measure.name, measure.by).unwrap();
        let many = many.values(measure.name, measure.by).unwrap();
        let bits = |x: &f64| x.to_bits();
        assert!(few.iter().map(bits).eq(many.iter().take(few.len()).map(bits)), "{}", measure.name);
    }
}

#[test]
fn a_trial_alone_equals_that_trial_of_the_batch() {
    let run = simulate(&scenario(), 150, 2);
    for index in [0, 1, 63, 64, 149] {
        let history = run.trial(index).unwrap();
        for name in ["attacks", "wounded", "finish_days", "person_days", "pause_days"] {
            let batch = run.values(name, By::Total).unwrap()[[index as usize, 0]];
            assert_eq!(
                history.total(name).unwrap().to_bits(),
                batch.to_bits(),
                "{name} of {index}"
            );
        }
        let attacks =
            history.events.iter().filter(|event| event.kind.as_str().starts_with("attack"));
        assert_eq!(attacks.count() as f64, history.total("attacks").unwrap());
    }
    assert!(run.trial(150).is_err(), "a trial that was not run");
}

#[test]
fn an_unrelated_site_threat_gate_or_rule_changes_nobodys_luck() {
    let before = simulate(&loose(), 200, 2);
    let table = |text: &str| Some(toml::Value::Table(text.parse().unwrap()));
    let wider = loose()
        .replace([
            ("world.sites.aaa", table("garrison = { us = 50 }\n")),
            (
                "world.threats.aaa",
                table("attacks_per_day = 0.5\nsite_weights = { aaa = 1 }\n"),
            ),
            ("plan.gates.aaa", table("delay_days = { exponential = { mean = 10 } }\n")),
            (
                "plan.rules.zzz",
                table(
                    "when = { killed = { in_days = 7, at_least = 1000000 } }\nthen = { pause = {} }\n",
                ),
            ),
        ])
        .unwrap();
    // Rules count the attacks of all threats, so the pause rule must not see the new one.
    let narrow = [
        ("plan.rules.hold_under_fire.when.attacks.threats", Some(militias())),
        ("plan.rules.hold_under_fire.until.attacks.threats", Some(militias())),
    ];
    let after = simulate(&wider.replace(narrow).unwrap(), 200, 2);
    for site in ["asad", "baghdad", "erbil", "syria"] {
        assert_eq!(bits_of_site(&before, site), bits_of_site(&after, site), "{site}");
    }
    for measure in ["start_days", "finish_days"] {
        let (a, b) = (before.values(measure, By::Phase), after.values(measure, By::Phase));
        let bits = |run: drawdown::Result<ndarray::ArrayView2<f64>>| -> Vec<u64> {
            run.unwrap().iter().map(|x| x.to_bits()).collect()
        };
        assert_eq!(bits(a), bits(b), "{measure}");
    }
}

fn militias() -> toml::Value {
    toml::Value::Array(vec![toml::Value::String("militias".into())])
}

#[test]
fn the_order_of_the_file_does_not_matter() {
    // A TOML table is unordered; write the file backwards, table by table.
    let text = Example::find("iraq-2024").unwrap().toml;
    let mut tables: Vec<String> = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(String::new());
        }
        let last = tables.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    let head = tables.remove(0);
    tables.reverse();
    let backwards = format!("{head}\n{}", tables.concat());
    let reread = Scenario::from_toml_str(&backwards).unwrap();
    assert_eq!(reread, scenario());
    assert_eq!(reread.hash(), scenario().hash());
    assert_eq!(bits(&simulate(&reread, 50, 1)), bits(&simulate(&scenario(), 50, 1)));
}

#[test]
fn what_is_written_reads_back_as_the_same_scenario() {
    for example in drawdown::scenario::EXAMPLES {
        let scenario = Scenario::from_toml_str(example.toml).unwrap();
        assert_eq!(Scenario::from_toml_str(&scenario.to_toml_string()).unwrap(), scenario);
        assert_eq!(Scenario::from_json_str(&scenario.to_json_string()).unwrap(), scenario);
        let written = scenario.to_toml_string();
        let dates = ["announced_start = 20", "announced_start]\nsource = ", "value = 20"];
        assert!(dates.iter().any(|date| written.contains(date)), "{}", example.name);
        for text in ["value = \"20", "announced_start = \"20"] {
            assert!(!written.contains(text), "a date, not a text: {}", example.name);
        }
        assert_eq!(Scenario::from_tree(scenario.to_tree()).unwrap(), scenario);
    }
}

#[test]
fn numbers_survive_writing_to_the_last_bit() {
    let mut stream = drawdown::streams::Stream::new(
        1,
        0,
        drawdown::streams::Who::new(&["numbers"]),
        drawdown::streams::Purpose::Range,
    );
    for _ in 0..500 {
        let days = toml::Value::Float(stream.uniform() * 1e3);
        let scenario =
            scenario().replace([("plan.breathing_room.pause_days", Some(days))]).unwrap();
        assert_eq!(Scenario::from_json_str(&scenario.to_json_string()).unwrap(), scenario);
        assert_eq!(Scenario::from_toml_str(&scenario.to_toml_string()).unwrap(), scenario);
    }
}

#[test]
fn a_mechanism_that_is_off_equals_one_that_is_not_mentioned() {
    let off = scenario().replace([("plan.breathing_room.pause_days", Some(0.into()))]).unwrap();
    let unmentioned =
        scenario().replace([("plan.breathing_room", None), ("plan.rules", None)]).unwrap();
    let (off, unmentioned) = (simulate(&off, 200, 2), simulate(&unmentioned, 200, 2));
    // A rule that is not mentioned has no columns of its own.
    let of_rules = ["times", "pause_days"];
    assert_eq!(bits_but(&off, By::Rule, &of_rules), bits(&unmentioned));
    for name in of_rules {
        assert!(off.values(name, By::Rule).unwrap().iter().all(|&value| value == 0.0));
    }
    assert!(off.values("pauses", By::Total).unwrap().iter().all(|&pauses| pauses == 0.0));
}

#[test]
fn two_plans_under_one_seed_meet_the_same_luck() {
    // Syria has no part in the plan: whatever the plan does elsewhere, its attacks are the same.
    let firm = loose().replace([("plan.breathing_room.pause_days", Some(0.into()))]).unwrap();
    let (flexible, firm) = (simulate(&loose(), 300, 2), simulate(&firm, 300, 2));
    assert_eq!(bits_of_site(&flexible, "syria"), bits_of_site(&firm, "syria"));
    assert_ne!(bits(&flexible), bits(&firm), "the plans differ in some trial");
}

#[test]
fn every_result_says_where_it_came_from() {
    let origin = simulate(&scenario(), 10, 1).origin();
    assert_eq!(origin.seed, 11);
    assert_eq!((origin.trials_asked, origin.trials_run, origin.trials_capped), (10, 10, 0));
    assert_eq!(origin.scenario_hash, scenario().hash());
    assert_eq!(origin.version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_whole_trial_is_pinned() {
    // A change here changes results: note it in CHANGELOG.md.
    let model = scenario().validate().unwrap().compile();
    let run = model.simulate(&Batch::new(18, 7)).unwrap();
    // Named, so that a new measure does not move the pin.
    let measures = [
        ("attacks", By::Site),
        ("wounded", By::Contingent),
        ("killed", By::Threat),
        ("person_days", By::Site),
        ("start_days", By::Phase),
        ("finish_days", By::Phase),
        ("open_days", By::Gate),
        ("tension_days", By::State),
        ("pause_days", By::Total),
        ("worst_attack", By::Total),
    ];
    let mut hash: u64 = 0;
    for (name, by) in measures {
        for value in run.values(name, by).unwrap().row(17) {
            let bits = if value.is_nan() { 1 } else { value.to_bits() };
            hash = (hash ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        }
    }
    assert_eq!((model.trial(7, 17).unwrap().events.len(), hash), PINNED);
}

const PINNED: (usize, u64) = (2359, 9_895_768_417_303_376_335);

#[test]
fn no_two_streams_of_a_thing_are_the_same() {
    use drawdown::streams::{Purpose, Stream, Who};
    let purposes = [
        Purpose::Range,
        Purpose::Arrivals,
        Purpose::Offspring,
        Purpose::Marks,
        Purpose::Tension,
        Purpose::Gate,
        Purpose::Duration,
        Purpose::Batches,
        Purpose::Calendar,
    ];
    let first = |purpose| Stream::new(1, 2, Who::new(&["a"]), purpose).bits();
    let different: std::collections::BTreeSet<u64> = purposes.map(first).into();
    assert_eq!(different.len(), purposes.len());
    // How many attacks one causes and how much of it gets through both follow from its luck: were
    // they one number, whether an attack causes others would tell which weapon it uses.
    let run = simulate_toml(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-04-11
world.sites.base.garrison.us = 1000
[world.threats.group]
attacks_per_day = 1
contagion = { children_per_attack = 0.5, decay_days = 0.001 }
weapons.drone = { share = 1, salvo_mean = 1 }
weapons.rocket = { share = 1, salvo_mean = 1 }
[world.sites.base.air_defence]
intercept = { drone = 1, rocket = 0 }
"#,
    );
    // Intercepted or not, by whether the attack caused others, at the start of each history.
    let mut table = [[0.0f64; 2]; 2];
    for index in 0..4_000 {
        let events = run.trial(5, index).unwrap().events;
        let Some(first) = events.iter().find(|event| event.attack == Some(0)) else { continue };
        let caused = events.iter().any(|event| event.parent == Some(0));
        let stopped = first.kind.as_str() == "attack_intercepted";
        table[usize::from(caused)][usize::from(stopped)] += 1.0;
    }
    let share = |row: [f64; 2]| row[1] / (row[0] + row[1]);
    let se = (0.25 / (table[0][0] + table[0][1]) + 0.25 / (table[1][0] + table[1][1])).sqrt();
    assert!((share(table[0]) - share(table[1])).abs() < 4.0 * se, "{table:?}");
}

fn simulate_toml(toml: &str) -> drawdown::Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}
