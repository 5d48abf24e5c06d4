//! Trials after the first allocate nothing: what a trial works with is made once and used again.
//!
//! A test program of its own, since it counts by an allocator of its own.

use std::alloc::System;

use drawdown::scenario::EXAMPLES;
use drawdown::{Batch, Model, Scenario};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Allocations of a run of so many trials on one thread, all of which are kept.
fn allocations(model: &Model, trials: u64) -> usize {
    let region = Region::new(COUNTED);
    let run = model.simulate(&Batch::new(trials, 7).threads(1)).expect("a run");
    assert_eq!(run.trials(), trials);
    let counted = region.change();
    counted.allocations + counted.reallocations
}

#[test]
fn trials_after_the_first_allocate_nothing() {
    for example in EXAMPLES {
        let model = Scenario::example(example.name).unwrap().validate().unwrap().compile();
        let [few, many] = [1_000, 3_000].map(|trials| allocations(&model, trials));
        println!("{}: {few} in 1,000 trials, {many} in 3,000", example.name);
        // What grows (a list of attacks to come, a histogram of a week) does so ever less often, and
        // is not each trial's: a single allocation of one trial in ten would be 200.
        assert!(many < few + 200, "{}: {few} in 1,000 trials, {many} in 3,000", example.name);
    }
}
