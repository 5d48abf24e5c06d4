//! A scenario from Rust values, as a program has them that asks its users for numbers.
//!
//! ```sh
//! cargo run --release --example build_in_code
//! ```

use drawdown::law::Range;
use drawdown::scenario::{Date, Move, Phase, Plan, Site, Threat, World};
use drawdown::{Batch, By, Error, Scenario};

/// Two sites that empty one after the other, under attacks of which the rate is not known well.
fn scenario(start: Date, attacks_per_day: Range) -> Scenario {
    let leave = |site: &str, from: i32, until: i32| {
        Phase::new(start.plus_days(from), start.plus_days(until))
            .moves("everybody", Move::new(site, "us"))
    };
    let militia = Threat::new(attacks_per_day).site_weight("hill", 1).site_weight("harbour", 3);
    let world = World::new()
        .site("hill", Site::new().garrison("us", 400))
        .site("harbour", Site::new().garrison("us", 900))
        .threat("militia", militia);
    let plan = Plan::new()
        .phase("hill_first", leave("hill", 60, 150))
        .phase("harbour_last", leave("harbour", 150, 300).after(["hill_first"]));
    Scenario::new(start, world).title("Two sites").plan(plan)
}

fn main() -> drawdown::Result<()> {
    let start = "2025-01-01".parse()?;
    let model = scenario(start, Range::lognormal(0.15, 0.4)).validate()?.compile();
    let run = model.simulate(&Batch::new(2_000, 7))?;
    for row in run.dates() {
        let p80 = model.date(row.p80_days).map_or("not reached".into(), |day| day.to_string());
        println!("{:<12}{:<14} with four chances in five by {p80}", row.of, row.id);
    }
    let attacks = run.summary(By::Site).into_iter().filter(|row| row.measure == "attacks");
    for row in attacks {
        println!("{:<12}{:>6.1} attacks", row.id, row.mean);
    }

    // What makes no sense is refused with every problem at once, each with its place.
    let Err(Error::Refused(problems)) = scenario(start, Range::normal(-1, -1)).validate() else {
        panic!("a rate below 0 is no rate");
    };
    for problem in &problems {
        println!("{}: {}", problem.path, problem.what);
    }
    assert_eq!(problems[0].path, "world.threats.militia.attacks_per_day.normal.sd");
    Ok(())
}
