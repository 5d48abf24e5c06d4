//! Event logs as Arrow tables, against the events of each trial alone.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use drawdown::{Batch, By, Event, Kind, Model, Run, Scenario};

/// The reference scenario and an event with outcomes.
fn model() -> Model {
    let iraq = Scenario::example("iraq-2024").unwrap().to_toml_string();
    let vote = r#"
[world.calendar.vote]
date = 2025-04-11
outcomes.keep.weight = 3
outcomes.leave.weight = 1
"#;
    Scenario::from_toml_str(&(iraq + vote)).unwrap().validate().unwrap().compile()
}

fn run() -> Run {
    model().simulate(&Batch::new(200, 7)).unwrap()
}

/// The text in a cell, if there is one.
fn text<'a>(batch: &'a RecordBatch, name: &str, row: usize) -> Option<&'a str> {
    let column = batch[name].as_dictionary::<Int32Type>();
    column.key(row).map(|key| column.values().as_string::<i32>().value(key))
}

fn number(batch: &RecordBatch, name: &str, row: usize) -> Option<u32> {
    let column = batch[name].as_primitive::<UInt32Type>();
    column.is_valid(row).then(|| column.value(row))
}

/// Days between 1970-01-01 and the start of the scenario, 2024-10-01.
const FIRST_DAY: i32 = 19_997;

fn assert_row(run: &Run, batch: &RecordBatch, row: usize, event: &Event) {
    let days = batch["time_days"].as_primitive::<Float64Type>().value(row);
    assert_eq!(days.to_bits(), event.days.to_bits());
    let date = batch["date"].as_primitive::<Date32Type>().value(row);
    assert_eq!(date, FIRST_DAY + event.days as i32);
    assert_eq!(text(batch, "kind", row), Some(event.kind.as_str()));
    for (name, by, index) in [
        ("site", By::Site, event.site),
        ("to", By::Site, event.to),
        ("threat", By::Threat, event.threat),
        ("contingent", By::Contingent, event.contingent),
        ("phase", By::Phase, event.phase),
        ("gate", By::Gate, event.gate),
        ("state", By::State, event.state),
        ("event", By::Event, event.event),
        ("outcome", By::Outcome, event.outcome),
        ("rule", By::Rule, event.rule),
    ] {
        assert_eq!(text(batch, name, row), index.map(|k| run.ids(by)[k].as_str()), "{name}");
    }
    assert_eq!(number(batch, "count", row), Some(event.count));
    assert_eq!(number(batch, "attack", row), event.attack);
    assert_eq!(number(batch, "parent", row), event.parent);
}

#[test]
fn a_log_holds_the_events_of_its_trials_in_the_order_asked_for() {
    let run = run();
    let asked: Vec<u64> = (100..200).chain(0..50).collect();
    let expected = asked.iter().flat_map(|&index| {
        let history = run.trial(index).unwrap();
        history.events.into_iter().map(move |event| (index, event))
    });
    let mut expected = expected.collect::<Vec<_>>().into_iter();
    for batch in run.events(asked).unwrap().reader() {
        let batch = batch.unwrap();
        let trials = batch["trial"].as_primitive::<UInt64Type>();
        for row in 0..batch.num_rows() {
            let (trial, event) = expected.next().expect("no more rows than events");
            assert_eq!(trials.value(row), trial);
            assert_row(&run, &batch, row, &event);
        }
    }
    assert_eq!(expected.len(), 0, "no fewer rows than events");
}

#[test]
fn every_kind_of_id_is_there_somewhere() {
    let log = run().events((0..20).collect::<Vec<_>>()).unwrap();
    let batches = log.reader().map(Result::unwrap).collect::<Vec<_>>();
    let said = |name: &str| {
        let in_row = |batch: &RecordBatch, row| text(batch, name, row).is_some();
        batches.iter().any(|batch| (0..batch.num_rows()).any(|row| in_row(batch, row)))
    };
    let names = ["kind", "site", "to", "threat", "contingent", "phase", "gate", "state"];
    let names = names.into_iter().chain(["event", "outcome", "rule"]);
    for name in names {
        assert!(said(name), "{name}");
    }
}

#[test]
fn batches_hold_whole_trials_and_do_not_grow_with_their_number() {
    let run = run();
    let most = (0..200).map(|index| run.trial(index).unwrap().events.len()).max().unwrap();
    let mut next = 0;
    let mut sizes = Vec::new();
    for batch in run.events((0..200).collect()).unwrap().reader() {
        let batch = batch.unwrap();
        let trials = batch["trial"].as_primitive::<UInt64Type>();
        assert_eq!(trials.value(0), next);
        next = trials.value(trials.len() - 1) + 1;
        sizes.push(batch.num_rows());
    }
    assert_eq!(next, 200);
    assert!(sizes.len() > 3);
    let (_, full) = sizes.split_last().unwrap();
    assert!(full.iter().all(|rows| (65_536..65_536 + most).contains(rows)), "{sizes:?}");
}

#[test]
fn a_table_of_one_history_is_its_part_of_the_log() {
    let (model, run) = (model(), run());
    let alone = run.trial(17).unwrap().table(&model).unwrap();
    let mut log = model.events(7, vec![17]).reader();
    assert_eq!(log.next().unwrap().unwrap(), alone);
    assert!(log.next().is_none());
}

#[test]
fn a_log_says_its_schema_and_can_be_read_again() {
    let log = model().events(7, vec![3, 1]);
    assert_eq!(log.reader().schema(), log.schema());
    let read = || log.reader().map(|batch| batch.unwrap()).collect::<Vec<_>>();
    assert_eq!(read(), read());
    assert_eq!(read()[0].schema(), log.schema());
}

#[test]
fn trials_that_were_not_run_are_refused() {
    let refusal = run().events(vec![0, 200]).unwrap_err();
    assert_eq!(refusal.to_string(), "trial 200 was not run; the last is 199");
}

#[test]
fn kinds_are_called_what_they_are() {
    for (place, kind) in Kind::ALL.iter().enumerate() {
        assert_eq!(*kind as usize, place, "{kind:?}");
        assert_eq!(kind.as_str(), snake_case(&format!("{kind:?}")));
    }
}

fn snake_case(name: &str) -> String {
    let parts = name.chars().map(|c| if c.is_uppercase() { format!("_{c}") } else { c.into() });
    parts.collect::<String>().to_lowercase().trim_start_matches('_').to_owned()
}
