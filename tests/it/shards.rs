//! Shards of a batch, run apart and put together: the bits of the whole, or a refusal that says all
//! that is wrong.

use std::ops::Range;

use drawdown::ndarray::{Axis, Slice};
use drawdown::scenario::{Actions, EXAMPLES};
use drawdown::study::{Comparison, InputSample};
use drawdown::{Batch, By, Error, Keep, Model, Run, Scenario, Shards};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use crate::parts::answers;

const TRIALS: u64 = 60;

fn example(name: &str) -> Model {
    Scenario::example(name).unwrap().validate().unwrap().compile()
}

fn below(generator: &mut Pcg64, most: u64) -> u64 {
    generator.next_u64() % most
}

/// Trials divided at random places, in random order.
fn divided(trials: Range<u64>, generator: &mut Pcg64) -> Vec<Range<u64>> {
    let mut cuts: Vec<u64> = (0..below(generator, 8))
        .map(|_| trials.start + below(generator, trials.end - trials.start))
        .chain([trials.start, trials.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut shards: Vec<Range<u64>> = cuts.windows(2).map(|cut| cut[0]..cut[1]).collect();
    for last in (1..shards.len()).rev() {
        shards.swap(last, below(generator, last as u64 + 1) as usize);
    }
    shards
}

fn shard(model: &Model, trials: Range<u64>, keep: Keep) -> Run {
    model.simulate(&Batch::range(trials, 7).keep(keep).threads(1)).unwrap()
}

#[test]
fn random_shards_in_random_order_are_the_whole_to_the_last_bit() {
    let mut generator = Pcg64::seed_from_u64(20_261_129);
    for (example_name, keep) in
        EXAMPLES.iter().flat_map(|e| [(e.name, Keep::Trials), (e.name, Keep::Summary)])
    {
        let model = example(example_name);
        let whole = model.simulate(&Batch::new(TRIALS, 7).keep(keep)).unwrap();
        let told = answers(&whole);
        for _ in 0..2 {
            let ranges = divided(0..TRIALS, &mut generator);
            let case = format!("{example_name} {keep:?} {ranges:?}");
            let runs: Vec<Run> =
                ranges.iter().map(|trials| shard(&model, trials.clone(), keep)).collect();
            let bytes: Vec<Vec<u8>> = runs.iter().map(|run| run.to_bytes().unwrap()).collect();
            let merged = Run::merge(runs).unwrap();
            assert_eq!(answers(&merged), told, "{case}");
            assert_eq!(merged.origin(), whole.origin(), "{case}");
            let elsewhere = Run::merge_bytes(&bytes).unwrap();
            assert_eq!(answers(&elsewhere), told, "{case}, in bytes");
            assert_eq!(elsewhere.to_bytes().unwrap(), whole.to_bytes().unwrap(), "{case}");
            if keep == Keep::Trials {
                assert_eq!(merged.inputs().unwrap(), whole.inputs().unwrap(), "{case}");
            }
            let last = |run: &Run| -> Vec<u64> {
                let history = run.trial(TRIALS - 1).unwrap();
                history.row().iter().map(|value| value.to_bits()).collect()
            };
            assert_eq!(last(&merged), last(&whole));
        }
    }
}

#[test]
fn shards_that_come_in_any_order_are_the_whole_and_what_is_missing_is_told() {
    let mut generator = Pcg64::seed_from_u64(41);
    let model = example("iraq-2024");
    for keep in [Keep::Trials, Keep::Summary] {
        let whole = model.simulate(&Batch::new(TRIALS, 7).keep(keep)).unwrap();
        let mut shards = Shards::new(&model, &Batch::new(TRIALS, 7).keep(keep)).unwrap();
        let mut there = [false; TRIALS as usize];
        for trials in divided(0..TRIALS, &mut generator) {
            let mut running = model.begin(&Batch::range(trials.clone(), 7).keep(keep)).unwrap();
            while running.advance(std::time::Duration::ZERO).unwrap() {}
            let part = running.part().unwrap();
            assert_eq!(shards.add(&part).unwrap(), trials);
            let twice = shards.add(&part).unwrap_err().to_string();
            assert!(twice.contains("are there already") || twice.contains("of which"), "{twice}");
            there[trials.start as usize..trials.end as usize].fill(true);

            let missing: Vec<u64> = shards.missing().into_iter().flatten().collect();
            let due: Vec<u64> = (0..TRIALS).filter(|k| !there[*k as usize]).collect();
            assert_eq!(missing, due);
            assert_eq!(shards.done(), TRIALS - due.len() as u64);
            // What there is up to the first gap is a run like that of a batch that was stopped.
            let first = due.first().map_or(TRIALS, |first| *first);
            let so_far = shards.run();
            assert_eq!(so_far.range(), 0..first);
            if first > 0 {
                let same = model.simulate(&Batch::new(first, 7).keep(keep)).unwrap();
                assert_eq!(answers(&so_far), answers(&same));
            }
            // Nothing is lost of what lies behind a gap.
            let all: Vec<u64> = shards.clone().finish().iter().flat_map(Run::range).collect();
            assert_eq!(all.len() as u64, shards.done());
        }
        let all = shards.finish();
        let [run] = &all[..] else { panic!("all are done") };
        assert_eq!(answers(run), answers(&whole));
        assert_eq!(run.origin(), whole.origin());
    }
}

#[test]
fn a_shard_is_its_trials_of_the_whole() {
    let model = example("iraq-2024");
    let whole = model.simulate(&Batch::new(50, 7)).unwrap();
    let part = shard(&model, 20..50, Keep::Trials);
    assert_eq!((part.range(), part.trials(), part.origin().first_trial), (20..50, 30, 20));
    let rest = Slice::from(20..);
    let of_whole = whole.values("attacks", By::Site).unwrap();
    assert_eq!(part.values("attacks", By::Site).unwrap(), of_whole.slice_axis(Axis(0), rest));
    assert_eq!(part.inputs().unwrap(), whole.inputs().unwrap().slice_axis(Axis(0), rest));
    assert_eq!(part.trial(20).unwrap().events, whole.trial(20).unwrap().events);
    let said = |index| part.trial(index).unwrap_err().to_string();
    assert!(said(19).contains("the first is 20") && said(50).contains("the last is 49"));
    let runs = vec![("whole".to_owned(), whole), ("shard".to_owned(), part)];
    assert!(Comparison::of(runs).unwrap_err().to_string().contains("same trials"));
}

#[test]
fn inputs_go_by_the_number_of_the_trial() {
    let model = example("iraq-2024");
    let sample = InputSample::latin_hypercube(&model, 12, 3).unwrap();
    let rows = sample.sound_rows().len() as u64;
    let given = sample.applied(&model, 5).unwrap();
    let whole = given.simulate(&Batch::new(5 * rows, 7)).unwrap();
    let mut generator = Pcg64::seed_from_u64(5);
    let ranges = divided(0..5 * rows, &mut generator);
    let runs = ranges.iter().map(|trials| shard(&given, trials.clone(), Keep::Trials));
    let bytes: Vec<Vec<u8>> = runs.map(|run| run.to_bytes().unwrap()).collect();
    let merged = Run::merge_bytes(bytes).unwrap();
    assert_eq!(answers(&merged), answers(&whole));
    assert_eq!(merged.origin(), whole.origin());
    // Drawn values are other ones.
    let drawn = shard(&model, 5 * rows..5 * rows + 1, Keep::Trials);
    let said = Run::merge([merged, drawn]).unwrap_err().to_string();
    assert!(said.contains("shard 1 has other values given for the ranges"), "{said}");
}

/// What a batch of these trials hands out.
fn part(model: &Model, trials: Range<u64>) -> Vec<u8> {
    let mut running = model.begin(&Batch::range(trials, 7)).unwrap();
    while running.advance(std::time::Duration::from_secs(1)).unwrap() {}
    running.part().unwrap()
}

#[test]
fn parts_that_were_run_with_other_inputs_are_refused() {
    let model = example("iraq-2024");
    let values = |seed| model.draw_inputs(seed, 8).unwrap();
    let given = |values, each| model.clone().with_inputs(values, each).unwrap();
    let own = given(values(3), 5);
    let added = |part: &[u8]| Shards::new(&own, &Batch::new(40, 7)).unwrap().add(part);
    let taken_up = |part: &[u8]| own.begin(&Batch::new(40, 7)).unwrap().take_up(part);
    for other in [given(values(4), 5), given(values(3), 4), model.clone()] {
        let other = part(&other, 0..10);
        for said in [added(&other).unwrap_err(), taken_up(&other).unwrap_err()] {
            assert!(said.to_string().contains("other values given for the ranges"), "{said}");
        }
    }
    // Rows that none of its trials has do not matter.
    let mut longer = values(3);
    longer.row_mut(2).assign(&values(4).row(2));
    let longer = given(longer, 5);
    assert!(added(&part(&longer, 0..10)).is_ok() && taken_up(&part(&longer, 0..10)).is_ok());
    assert!(added(&part(&longer, 0..11)).is_err());
}

#[test]
fn a_run_in_bytes_is_refused_wherever_the_damage_is() {
    let sound = shard(&example("minimal"), 0..3, Keep::Trials).to_bytes().unwrap();
    assert_eq!(Run::from_bytes(&sound).unwrap().origin().trials_asked, 3);
    let length = u64::from_le_bytes(sound[8..16].try_into().unwrap()) as usize;
    let places = (0..16).chain((16..16 + length).step_by(31)).chain(16 + length..100 + length);
    for at in places.chain((100 + length..sound.len()).step_by(97)) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        assert!(matches!(Run::from_bytes(&bytes), Err(Error::Usage(_))), "byte {at}");
    }
}

#[test]
fn all_that_is_wrong_with_shards_is_told_at_once() {
    let (iraq, minimal) = (example("iraq-2024"), example("minimal"));
    let seed = |trials, seed| iraq.simulate(&Batch::range(trials, seed)).unwrap();
    let mut other = shard(&iraq, 40..45, Keep::Trials).to_bytes().unwrap();
    let last = other.len() - 40;
    other[last] ^= 1;
    let shards = [
        shard(&iraq, 0..10, Keep::Trials),
        shard(&iraq, 5..20, Keep::Trials),
        shard(&minimal, 20..30, Keep::Trials),
        seed(35..36, 8),
        shard(&iraq, 36..37, Keep::Summary),
    ];
    let bytes = shards.iter().map(|run| run.to_bytes().unwrap()).chain([other, vec![1, 2, 3]]);
    let error = Run::merge_bytes(bytes).unwrap_err();
    assert!(matches!(error, Error::Usage(_)));
    let said = error.to_string();
    for words in [
        "7 problems",
        "shard 2 is of scenario",
        "shard 3 is under seed 8, and shard 0 under 7",
        "shard 4 keeps summary, and shard 0 trials",
        "shard 5: it is not what was written",
        "shard 6: it is not a run in bytes",
        "trials 5 to 9 are there more than once",
        "trials 30 to 34 are missing",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(Run::merge([]).unwrap_err().to_string().contains("nothing to merge"));
}

#[test]
fn what_another_version_wrote_is_refused() {
    let bytes = shard(&example("minimal"), 0..3, Keep::Summary).to_bytes().unwrap();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    // In the length of its text, where the checksum of what is before the part is made anew.
    let at = bytes.windows(version.len()).position(|window| window == version).unwrap();
    let mut other = bytes.clone();
    other[at + version.len() - 1] ^= 1;
    let length = u64::from_le_bytes(bytes[8..16].try_into().unwrap()) as usize;
    let said = Run::from_bytes(&other).unwrap_err().to_string();
    assert!(said.contains("damaged"), "{said}");
    use sha2::{Digest, Sha256};
    let sum = Sha256::digest(&other[16..16 + length]);
    other[16 + length..48 + length].copy_from_slice(&sum);
    let said = Run::from_bytes(&other).unwrap_err().to_string();
    assert!(said.contains("was written by drawdown") && said.contains("same version"), "{said}");
}

#[test]
fn rules_that_are_functions_have_no_shards() {
    let pause = Actions { pause: Some(Default::default()), ..Actions::default() };
    let own = example("iraq-2024").with_rule("own", &pause, |_| false).unwrap();
    let run = shard(&own, 0..5, Keep::Trials);
    assert!(run.to_bytes().unwrap_err().to_string().contains("own are functions"));
    assert!(Shards::new(&own, &Batch::new(5, 7)).unwrap_err().to_string().contains("functions"));
    assert!(Run::merge([run]).unwrap_err().to_string().contains("functions of the program"));
}

#[test]
fn an_empty_or_foreign_shard_is_no_shard() {
    let model = example("minimal");
    let error = model.simulate(&Batch::range(5..5, 7)).unwrap_err().to_string();
    assert!(error.contains("at least 1"), "{error}");
    let mut shards = Shards::new(&model, &Batch::range(10..20, 7)).unwrap();
    let mut running = model.begin(&Batch::range(15..25, 7)).unwrap();
    while running.advance(std::time::Duration::ZERO).unwrap() {}
    let said = shards.add(&running.part().unwrap()).unwrap_err().to_string();
    assert!(said.contains("has trials 15 to 24, and 10 to 19 were asked for"), "{said}");
    assert!(shards.add(&[1, 2, 3]).unwrap_err().to_string().contains("not what was written"));
    assert_eq!(shards.done(), 0);
    assert_eq!(
        shards.missing().iter().map(|gap| (gap.start, gap.end)).collect::<Vec<_>>(),
        [(10, 20)]
    );
    assert_eq!(shards.run().trials(), 0);
}

#[test]
fn a_pool_of_the_program_gives_the_same_bits() {
    let model = example("iraq-2024");
    let whole = answers(&model.simulate(&Batch::new(200, 7).threads(1)).unwrap());
    // Outside of any pool of ours; in one of a program's own the documentation's example runs.
    let run = model.simulate(&Batch::new(200, 7).in_current_pool()).unwrap();
    assert_eq!(answers(&run), whole);
}
