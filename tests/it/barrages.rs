//! Barrages, and what it all costs.

use drawdown::{By, Kind};

use crate::region::{TENSION, model, world};
use crate::statistics::{mean_and_se, of, run, total};

#[test]
fn barrages_come_by_tension_and_are_met_while_sites_are_manned() {
    let toml = world(
        0.0,
        "",
        &format!(
            r#"{TENSION}
[world.barrages]
per_day = {{ calm = 0.01, war = 0.2 }}
capable.base = 150
[plan.transport]
lift_every_days = 366
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-12-31                # day 364
duration_ratio = 1
moves.ally = {{ site = "base", contingent = "ally" }}
"#
        ),
    );
    let run = run(&toml, 20_000);
    let days_in = |k| of(&run, "tension_days", By::State, k);
    let expected: Vec<f64> =
        days_in(0).iter().zip(days_in(1)).map(|(calm, war)| 0.01 * calm + 0.2 * war).collect();
    let barrages = total(&run, "barrages");
    let off: Vec<f64> = barrages.iter().zip(&expected).map(|(n, mean)| n - mean).collect();
    let (mean, se) = mean_and_se(&off);
    assert!(mean.abs() < 4.0 * se && se < 0.0025 * mean_and_se(&expected).0, "{mean} (SE {se})");
    // 200 people are there until day 364, 120 from then on.
    let model = model(&toml);
    for index in 0..100 {
        for event in model.trial(3, index).unwrap().events {
            match event.kind {
                Kind::BarrageMet => assert!(event.days <= 364.0),
                Kind::BarrageUnmet => assert!(event.days >= 364.0),
                _ => {}
            }
        }
    }
    let unmet = total(&run, "barrages_unmet");
    assert!(unmet.iter().zip(&barrages).all(|(unmet, all)| unmet <= all));
}

#[test]
fn costs_add_up() {
    let toml = world(
        0.0,
        "",
        "[world.costs]\nper_person_day = 3\nper_person_moved = 500\nper_pause_day = 1000\n",
    )
        + "[plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = 2025-12-31
duration_ratio = 1\nmoves.ally = { site = \"base\", contingent = \"ally\" }
[plan.breathing_room]\npause_days = 21\n[plan.rules.hold]
when = { date = { from = 2025-06-01 } }\nthen.pause = {}\n";
    let run = run(&toml, 1);
    let [cost, days, moved, paused] =
        ["cost", "person_days", "people_moved", "pause_days"].map(|name| total(&run, name)[0]);
    assert_eq!((moved, paused), (80.0, 21.0));
    assert_eq!(cost, 3.0 * days + 500.0 * moved + 1000.0 * paused);
}
