//! The main job from Rust: who is out by when, and at what cost.
//!
//! ```sh
//! cargo run --release --example quickstart
//! ```

use drawdown::{Batch, By, Scenario};

fn main() -> drawdown::Result<()> {
    let scenario = Scenario::example("iraq-2024")?;
    let model = scenario.validate()?.compile();
    println!("{}", model.describe());

    let run = model.simulate(&Batch::new(20_000, 7))?;
    println!("{:<12}{:<12}{:>12}{:>12}{:>8}", "", "", "announced", "P80", "met");
    for row in run.dates() {
        let date = |days: f64| match model.date(days) {
            Some(day) => day.to_string(),
            None => "not reached".to_owned(),
        };
        println!(
            "{:<12}{:<12}{:>12}{:>12}{:>7.0}%",
            row.of,
            row.id,
            date(row.announced_days),
            date(row.p80_days),
            100.0 * row.chance_met
        );
    }
    println!();
    for row in run.summary(By::Total) {
        let (mean, se) = (row.mean, row.standard_error);
        println!("{:<20}{mean:>14.2} +- {se:<8.2} {}", row.measure, row.unit);
    }
    Ok(())
}
