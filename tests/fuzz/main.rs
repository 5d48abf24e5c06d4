//! Whatever is read is accepted or refused with problems, and whatever is accepted runs and keeps
//! its invariants.
//!
//! Cases are numbered; a number is a case, on every machine. `DRAWDOWN_FUZZ_CASES` says how many
//! of each kind are run, `DRAWDOWN_FUZZ_FIRST` with which number to begin. A test that fails names
//! the number and prints the scenario; one worth keeping goes into `corpus/`, which is run first.

mod calls;
mod dice;
mod grow;
mod invariants;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dice::Dice;
use drawdown::scenario::EXAMPLES;
use drawdown::{Checked, Error};

/// Runs numbered cases; a panic in one says which it was, and what it was about.
fn cases(name: &str, usual: u64, case: impl Fn(&mut Dice, &mut String)) {
    let of = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number"));
    let (first, count) =
        (of("DRAWDOWN_FUZZ_FIRST").unwrap_or(0), of("DRAWDOWN_FUZZ_CASES").unwrap_or(usual));
    for number in first..first + count {
        let mut about = String::new();
        let run = AssertUnwindSafe(|| case(&mut Dice::new(name, number), &mut about));
        if let Err(panic) = catch_unwind(run) {
            eprintln!("case {number} of {name}:\n{about}");
            std::panic::resume_unwind(panic);
        }
    }
}

/// Reads and checks a text; it is accepted, or every problem says where, what and what to do.
fn read(text: &str) -> Option<Checked> {
    match Checked::from_toml_str(text) {
        Ok(checked) => Some(checked),
        Err(Error::Refused(problems)) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem}");
                assert!(problem.to_string().len() < 100_000, "a problem of enormous length");
            }
            None
        }
        Err(other) => panic!("not a refusal: {other}"),
    }
}

#[test]
fn what_failed_once_holds() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if let Some(checked) = read(&std::fs::read_to_string(&path).unwrap()) {
            eprintln!("{}", path.display());
            invariants::check(&checked.compile(), 1);
        }
        count += 1;
    }
    assert!(count > 0, "the corpus is not found");
}

#[test]
fn mangled_bytes_are_read_or_refused() {
    cases("bytes", 1_500, |dice, about| {
        let example = dice.pick_of(EXAMPLES).toml;
        *about = text::mangle_bytes(dice, example);
        read(about);
    });
}

#[test]
fn mangled_words_are_read_or_refused() {
    cases("words", 1_500, |dice, about| {
        let example = dice.pick_of(EXAMPLES).toml;
        *about = text::mangle_words(dice, example);
        if let Some(checked) = read(about) {
            invariants::same_when_written(checked.scenario());
        }
    });
}

#[test]
fn grown_scenarios_keep_their_invariants() {
    cases("grown", 60, |dice, about| {
        let example = dice.pick_of(EXAMPLES).toml;
        let checked = grow::walk(dice, Checked::from_toml_str(example).unwrap());
        *about = checked.scenario().to_toml_string();
        invariants::check(&checked.compile(), dice.bits());
    });
}
