//! Phases that began late and are hurried to keep their date.

use drawdown::By;

use crate::statistics::{Dice, of, run};

/// A gate opens on any day, and what it lets begin too late is hurried to keep the date.
#[test]
fn a_late_phase_is_compressed_to_its_date_and_no_further_than_it_may() {
    let mut dice = Dice(5);
    for _ in 0..30 {
        let (ratio, least) = (dice.between(0.6, 1.5), dice.between(0.0, 1.0));
        let (most, own) = (dice.between(10.0, 150.0), dice.between(0.0, 1.0));
        let people = dice.between(1.0, 4_000.0) as u32;
        let toml = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2030-01-01\n\
             world.sites.base.garrison.us = {people}\n\
             [plan.transport]\nlift_every_days = 1\npeople_per_day = 50\n\
             [plan.gates.approval]\ndelay_days = {{ uniform = [0, {most}] }}\n\
             [plan.phases.leave]\nafter = [\"approval\"]\n\
             announced_start = 2025-01-01\nannounced_finish = 2025-04-11\n\
             duration_ratio = {ratio}\n\
             compress_to = {{ uniform = [{}, {}] }}\n\
             moves.all = {{ site = \"base\", contingent = \"us\" }}\n",
            own * least,
            own * least + 0.001
        );
        let run = run(&toml, 40);
        let begun = of(&run, "start_days", By::Phase, 0);
        let done = of(&run, "finish_days", By::Phase, 0);
        let transport = f64::from(people) / 50.0;
        let mut hurried = 0;
        for (begun, done) in begun.iter().zip(&done) {
            let whole = 100.0 * ratio;
            let share = own * least + 0.0005;
            let due = (begun + whole).min(100.0_f64.max(begun + whole * share));
            let expected = due.max(begun + transport);
            assert!((done - expected).abs() < 0.2, "{begun} {done} {expected}\n{toml}");
            hurried += u32::from(expected < begun + whole - 1.0);
        }
        assert!(ratio < 1.0 || transport > 80.0 || hurried > 0, "{toml}");
    }
}
