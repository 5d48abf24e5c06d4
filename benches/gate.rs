//! Runs one job for a number of trials and prints how many attacks there were: what `gate.sh`
//! and `mechanisms.py` count the instructions of. A job is one of `jobs`, an example, or a file.

use std::time::Duration;

use drawdown::{Batch, By, Scenario};

fn main() -> drawdown::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let job = arguments.next().expect("a job");
    let trials = arguments.next().expect("a number of trials");
    let trials = trials.parse().expect("a whole number of trials");

    // The same job with less variance.
    let (job, is_reduced) = match job.strip_suffix("-reduced") {
        Some(job) => (job.to_owned(), true),
        None => (job, false),
    };
    let scenario = match job.as_str() {
        "one-channel" => Scenario::from_toml_str(include_str!("jobs/one-channel.toml"))?,
        "twelve-channels" => Scenario::from_toml_str(include_str!("jobs/twelve-channels.toml"))?,
        "withdrawal" => Scenario::from_toml_str(include_str!("jobs/withdrawal.toml"))?,
        file if file.ends_with(".toml") => {
            Scenario::from_toml_str(&std::fs::read_to_string(file).expect("a file to read"))?
        }
        example => Scenario::example(example)?,
    };
    let model = scenario.validate()?.compile();
    let model = if is_reduced { model.reduced()? } else { model };
    let mut running = model.begin(&Batch::new(trials, 7))?;
    // With no time to wait, always one block after another: the clock has no say in the work.
    while running.advance(Duration::ZERO)? {}
    println!("{}", running.finish().values("attacks", By::Total)?.sum());
    Ok(())
}
