//! Batches that go on from parts: the same bits, or a refusal that says why.

use std::time::Duration;

use drawdown::scenario::Actions;
use drawdown::{Batch, By, Error, Keep, MEASURES, Model, Run, Running, Scenario, Series};

fn model() -> Model {
    Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()
}

/// Everything that a run answers, to the last bit.
pub fn answers(run: &Run) -> String {
    let mut all = format!("{:?} {:?}", run.dates(), run.tension_shares());
    for &by in By::ALL {
        all += &format!("{:?}", run.summary(by));
    }
    for series in [Series::People, Series::Attacks, Series::Killed] {
        all += &format!("{:?}", run.bands(&series, &[0.1, 0.5, 0.9]).unwrap());
    }
    for measure in MEASURES {
        all += &format!("{:?}", run.distribution(measure.name, measure.by).unwrap());
        if let Ok(values) = run.values(measure.name, measure.by) {
            let bits: Vec<u64> = values.iter().map(|value| value.to_bits()).collect();
            all += &format!("{bits:?}");
        }
    }
    all
}

/// Runs until at least so many trials are done.
fn advance_to(running: &mut Running<'_>, trials: u64) {
    while running.done() < trials && running.advance(Duration::ZERO).unwrap() {}
}

#[test]
fn a_batch_that_goes_on_from_parts_gives_the_same_bits() {
    let model = model();
    for keep in [Keep::Trials, Keep::Summary] {
        let batch = Batch::new(500, 7).keep(keep);
        let whole = answers(&model.simulate(&batch.clone().threads(1)).unwrap());
        let mut first = model.begin(&batch.clone().threads(2)).unwrap();
        let mut parts = Vec::new();
        for until in [1, 60, 200, 201] {
            advance_to(&mut first, until);
            parts.push(first.part().unwrap());
        }
        // What was run behind the last part is lost, and run again.
        advance_to(&mut first, 300);
        drop(first);
        let mut second = model.begin(&batch.clone().threads(1)).unwrap();
        parts.iter().for_each(|part| second.take_up(part).unwrap());
        assert!((201..300).contains(&second.done()));
        advance_to(&mut second, 400);
        parts.push(second.part().unwrap());
        drop(second);
        let mut third = model.begin(&batch).unwrap();
        parts.iter().for_each(|part| third.take_up(part).unwrap());
        while third.advance(Duration::from_secs(1)).unwrap() {}
        // Handing out a part changes nothing for the one who goes on.
        parts.push(third.part().unwrap());
        assert_eq!(answers(&third.finish()), whole, "{keep:?}");
        // A batch that is nothing but parts.
        let mut last = model.begin(&batch).unwrap();
        parts.iter().for_each(|part| last.take_up(part).unwrap());
        assert!(!last.advance(Duration::ZERO).unwrap());
        assert_eq!(answers(&last.finish()), whole, "{keep:?}");
    }
}

fn refusal(running: &mut Running<'_>, part: &[u8]) -> String {
    let before = running.done();
    let error = running.take_up(part).unwrap_err();
    assert!(matches!(error, Error::Usage(_)), "{error}");
    assert_eq!(running.done(), before, "what is refused leaves no trace");
    error.to_string()
}

#[test]
fn parts_that_do_not_belong_are_refused() {
    let model = model();
    let mut running = model.begin(&Batch::new(100, 7)).unwrap();
    advance_to(&mut running, 1);
    let first = running.part().unwrap();
    advance_to(&mut running, 50);
    let second = running.part().unwrap();

    let begin = |batch: Batch| model.begin(&batch).unwrap();
    assert!(refusal(&mut begin(Batch::new(100, 7)), &second).contains("and 0 comes next"));
    assert!(refusal(&mut begin(Batch::new(100, 8)), &first).contains("another seed"));
    let summary = Batch::new(100, 7).keep(Keep::Summary);
    assert!(refusal(&mut begin(summary), &first).contains("another `keep`"));
    let mut few = begin(Batch::new(10, 7));
    few.take_up(&first).unwrap();
    assert!(refusal(&mut few, &second).contains("beyond the 10 trials"));
    let mut late = begin(Batch::new(100, 7));
    advance_to(&mut late, 1);
    assert!(refusal(&mut late, &first).contains("before any trial is run"));
    let other = Scenario::example("minimal").unwrap().validate().unwrap().compile();
    let mut other = other.begin(&Batch::new(100, 7)).unwrap();
    assert!(refusal(&mut other, &first).contains("another scenario"));
}

#[test]
fn a_damaged_part_is_refused_wherever_the_damage_is() {
    let model = model();
    let mut running = model.begin(&Batch::new(10, 7)).unwrap();
    advance_to(&mut running, 1);
    let sound = running.part().unwrap();
    let damaged = |bytes: &[u8]| {
        let said = refusal(&mut model.begin(&Batch::new(10, 7)).unwrap(), bytes);
        assert!(said.contains("not what was written"), "{said}");
    };
    for length in [0, 5, 31, 32, sound.len() / 2, sound.len() - 1] {
        damaged(&sound[..length]);
    }
    for at in (0..sound.len()).step_by(sound.len() / 50 + 1).chain([sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        damaged(&bytes);
    }
}

#[test]
fn rules_that_are_functions_have_no_parts() {
    let pause = Actions { pause: Some(Default::default()), ..Actions::default() };
    let embedded = model().with_rule("own", &pause, |_| false).unwrap();
    let mut running = embedded.begin(&Batch::new(10, 7)).unwrap();
    assert!(running.part().unwrap_err().to_string().contains("own are functions"));
    let plain = model();
    let mut plain = plain.begin(&Batch::new(10, 7)).unwrap();
    advance_to(&mut plain, 1);
    let part = plain.part().unwrap();
    assert!(refusal(&mut running, &part).contains("own are functions"));
}

#[test]
fn a_panic_of_a_rule_is_an_error_that_names_it() {
    let pause = Actions { pause: Some(Default::default()), ..Actions::default() };
    let broken = model()
        .with_rule("own", &pause, |situation| {
            assert!(situation.days() < 30.0, "out of my depth");
            false
        })
        .unwrap();
    let mut running = broken.begin(&Batch::new(100, 7).threads(2)).unwrap();
    let error = running.advance(Duration::ZERO).unwrap_err();
    assert!(matches!(error, Error::Policy { .. }), "{error}");
    let said = error.to_string();
    for words in ["policy `own`", "trial 0 under seed 7", "on day 3", "out of my depth"] {
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(running.finish().trials(), 0, "nothing half done is passed off as a result");
}
