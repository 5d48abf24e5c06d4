//! How long it takes to merge 1,000 shards: `cargo bench --bench merging [trials of a shard]`.

use std::time::Instant;

use drawdown::{Batch, Keep, Run, Scenario, Shards};

const SHARDS: u64 = 1_000;

fn main() -> drawdown::Result<()> {
    let each = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(20u64);
    let model = Scenario::example("iraq-2024")?.validate()?.compile();
    for keep in [Keep::Summary, Keep::Trials] {
        let shard = |k| Batch::range(k * each..(k + 1) * each, 7).keep(keep);
        let runs = (0..SHARDS).map(|k| model.simulate(&shard(k)));
        let runs: Vec<Run> = runs.collect::<drawdown::Result<_>>()?;
        let bytes: Vec<Vec<u8>> =
            runs.iter().map(Run::to_bytes).collect::<drawdown::Result<_>>()?;
        let size: usize = bytes.iter().map(Vec::len).sum();

        let begun = Instant::now();
        let merged = Run::merge(runs)?;
        let in_memory = begun.elapsed();
        let begun = Instant::now();
        let read = Run::merge_bytes(&bytes)?;
        let from_bytes = begun.elapsed();
        assert_eq!((merged.trials(), read.trials()), (SHARDS * each, SHARDS * each));
        println!(
            "{keep:?}: {SHARDS} shards of {each} trials, {} kB each: merged in {:.0} ms, read and \
             merged in {:.0} ms",
            size / 1_000 / SHARDS as usize,
            1e3 * in_memory.as_secs_f64(),
            1e3 * from_bytes.as_secs_f64(),
        );
        drop((merged, read));
        let mut shards = Shards::new(&model, &Batch::new(SHARDS * each, 7).keep(keep))?;
        let parts = (0..SHARDS).map(|k| {
            let mut running = model.begin(&shard(k))?;
            while running.advance(std::time::Duration::from_secs(1))? {}
            running.part()
        });
        let parts: Vec<Vec<u8>> = parts.collect::<drawdown::Result<_>>()?;
        let begun = Instant::now();
        parts.iter().try_for_each(|part| shards.add(part).map(|_| ()))?;
        println!("  as they come, one by one: {:.0} ms", 1e3 * begun.elapsed().as_secs_f64());
    }
    Ok(())
}
