//! Values for the ranges that a caller brings along.

use drawdown::{Batch, By, Error, Model, Scenario};
use ndarray::{Array2, array};

use crate::statistics::total;

const GROUP: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-04-11
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.5
rate_factor = { lognormal = { median = 1, sigma = 0.5 } }
contagion = { children_per_attack = { uniform = [0, 1.5] }, decay_days = 5 }
weapons = {}
"#;

fn model() -> Model {
    Scenario::from_toml_str(GROUP).unwrap().validate().unwrap().compile()
}

/// The two ranges in the order of the table's columns.
fn row(factor: f64, children: f64) -> [f64; 2] {
    let first = model().input_paths()[0].ends_with("rate_factor");
    if first { [factor, children] } else { [children, factor] }
}

fn usage(error: Error) -> String {
    match error {
        Error::Usage(what) => what,
        other => panic!("{other}"),
    }
}

#[test]
fn given_inputs_are_run_as_they_are_and_keep_the_luck() {
    let drawn = model().simulate(&Batch::new(40, 7)).unwrap();
    let same = model().with_inputs(model().draw_inputs(7, 40).unwrap(), 1).unwrap();
    let again = same.simulate(&Batch::new(40, 7)).unwrap();
    assert_eq!(drawn.inputs().unwrap(), again.inputs().unwrap());
    assert_eq!(total(&drawn, "attacks"), total(&again, "attacks"));
    assert_eq!(drawn.origin().inputs_hash, None);
    assert_eq!(again.origin().inputs_hash.unwrap().len(), 64);

    let table = array![row(0.5, 0.1), row(2.0, 0.0)];
    let two = model().with_inputs(table.clone(), 3).unwrap();
    let run = two.simulate(&Batch::new(8, 7)).unwrap();
    for (k, inputs) in run.inputs().unwrap().rows().into_iter().enumerate() {
        assert_eq!(inputs, table.row(k / 3 % 2), "trial {k}");
    }
    // One trial alone, and on other threads, is what it was in the batch.
    let attacks = run.values("attacks", By::Total).unwrap();
    assert_eq!(run.trial(4).unwrap().total("attacks"), Some(attacks[[4, 0]]));
    let alone = two.simulate(&Batch::new(8, 7).threads(1)).unwrap();
    assert_eq!(total(&alone, "attacks"), total(&run, "attacks"));
}

#[test]
fn ranges_are_told_with_what_is_believed_about_them() {
    let model = model();
    let ranges: std::collections::BTreeMap<&str, String> = model.ranges().collect();
    let expected = [
        ("world.threats.group.contagion.children_per_attack", r#"{"uniform":[0.0,1.5]}"#),
        ("world.threats.group.rate_factor", r#"{"lognormal":{"median":1.0,"sigma":0.5}}"#),
    ];
    assert_eq!(ranges, expected.map(|(path, law)| (path, law.to_owned())).into());
}

#[test]
fn what_cannot_be_run_is_told_beforehand() {
    let table = array![row(1.0, 0.2), row(1.0, 1.4)];
    assert_eq!(model().sound_inputs(table.view()).unwrap(), [true, false]);
    let refused = |table: Array2<f64>, each| usage(model().with_inputs(table, each).unwrap_err());
    assert!(refused(table, 1).contains("row 1"));
    assert!(refused(array![row(1.0, 1.6)], 1).contains("from 0 to 1.5"));
    assert!(refused(array![row(f64::NAN, 0.1)], 1).contains("NaN"));
    assert!(refused(array![[1.0]], 1).contains("each of the 2 ranges"));
    assert!(refused(array![row(1.0, 0.1)], 0).contains("a trial or more"));
    assert!(refused(Array2::zeros((0, 2)), 1).contains("a row or more"));
}
