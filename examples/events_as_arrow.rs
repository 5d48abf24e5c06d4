//! Everything that happened, as batches of Arrow: for a table or a database that takes them.
//!
//! ```sh
//! cargo run --release --features arrow --example events_as_arrow
//! ```

use drawdown::arrow_array::cast::AsArray;
use drawdown::arrow_array::types::{Float64Type, Int32Type};
use drawdown::{Batch, By, Scenario};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Scenario::example("iraq-2024")?.validate()?.compile();
    let run = model.simulate(&Batch::new(100, 7))?;

    // Trials are simulated once more as they are read: memory does not grow with their number.
    let log = run.events((0..run.trials()).collect())?;
    for field in log.schema().fields() {
        println!("{:<12}{}", field.name(), field.data_type());
    }
    let (mut attacks, mut last) = (0, 0.0f64);
    for batch in log.reader() {
        let batch = batch?;
        let kind = batch.column_by_name("kind").expect("a column").as_dictionary::<Int32Type>();
        let kinds = kind.values().as_string::<i32>();
        let days = batch.column_by_name("time_days").expect("a column");
        let days = days.as_primitive::<Float64Type>();
        for (key, day) in kind.keys().iter().zip(days) {
            let kind = kinds.value(key.expect("every event has a kind") as usize);
            if kind == "attack" || kind == "attack_intercepted" {
                attacks += 1;
                last = last.max(day.expect("every event has a time"));
            }
        }
    }
    let date = model.date(last).expect("within the horizon");
    println!("{attacks} attacks in {} trials, the last on {date}", run.trials());
    assert_eq!(f64::from(attacks), run.values("attacks", By::Total)?.sum());
    Ok(())
}
