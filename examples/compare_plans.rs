//! What breathing room costs and brings: two plans in the same histories, trial by trial.
//!
//! ```sh
//! cargo run --release --example compare_plans
//! ```

use drawdown::study::compare;
use drawdown::{Batch, By, Scenario, serde_json};

fn main() -> drawdown::Result<()> {
    let mut patient = Scenario::example("iraq-2024")?;
    let mut firm = patient.clone();
    firm.plan.breathing_room.pause_days = 0.0;
    patient.plan.breathing_room.pause_days = 120.0;

    let plans = [("firm", firm.validate()?.compile()), ("patient", patient.validate()?.compile())];
    let found = compare(plans, &Batch::new(2_000, 7))?;
    for row in found.table(By::Total)?.iter().filter(|row| row.plan == "patient") {
        if ["finish_days", "pause_days", "casualties"].contains(&row.measure) {
            let more = row.difference;
            println!(
                "{:<12}{:+8.2} ({:+.2} to {:+.2}) {}; more in {:.0} % of trials",
                row.measure,
                more.mean,
                more.low,
                more.high,
                row.unit,
                100.0 * row.higher
            );
        }
    }
    let table = found.table(By::Total)?;
    let paused = table.iter().find(|row| row.measure == "pause_days" && row.plan == "patient");
    assert!(paused.is_some_and(|row| row.difference.low > 0.0), "only one of them may pause");

    // Rows can be written down as they are.
    let row = serde_json::to_string(&table[0]).expect("rows are JSON");
    println!("{row}");
    Ok(())
}
