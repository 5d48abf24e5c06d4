//! A batch that tells how far it is and can be given up from another thread: what was done is there.
//!
//! ```sh
//! cargo run --release --example watch_and_cancel
//! ```

use std::thread;
use std::time::Duration;

use drawdown::ndarray::{Axis, Slice};
use drawdown::{Batch, By, Scenario, Stop};

/// Stands for a button: gives the batch up once it is told that enough is done.
fn button(stop: Stop, pressed: std::sync::mpsc::Receiver<()>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        if pressed.recv().is_ok() {
            stop.set();
        }
    })
}

fn main() -> drawdown::Result<()> {
    let model = Scenario::example("iraq-2024")?.validate()?.compile();
    let trials = 1_000_000;
    let mut running = model.begin(&Batch::new(trials, 7))?;
    let (press, pressed) = std::sync::mpsc::channel();
    let button = button(running.stop(), pressed);

    while running.advance(Duration::from_millis(200))? {
        println!("{:>9} of {trials} trials", running.done());
        if running.done() > 2_000 {
            let _ = press.send(());
        }
    }
    drop(press);
    button.join().expect("it does not panic");

    let run = running.finish();
    let origin = run.origin();
    println!("given up after {} of {} trials", origin.trials_run, origin.trials_asked);
    assert!(origin.trials_run > 2_000 && origin.trials_run < trials);

    // The trials that were done are those of any batch under the seed.
    let same = model.simulate(&Batch::new(100, 7))?;
    let attacks = run.values("attacks", By::Total)?;
    assert_eq!(attacks.slice_axis(Axis(0), Slice::from(..100)), same.values("attacks", By::Total)?);
    Ok(())
}
