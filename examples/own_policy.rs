//! A policy of one's own: a commander who forgets slowly, beside a rule of the plan.
//!
//!     cargo run --release --example own_policy

use drawdown::scenario::{Actions, Pause};
use drawdown::{Batch, By, Decision, Policy, Scenario, Situation};

/// Holds movement when weeks have been bad for a while, and not because of a single one.
struct Smoothed {
    hold_above: f64,
    go_on_below: f64,
}

impl Policy for Smoothed {
    /// Attacks a week, smoothed.
    type Memory = f64;

    fn begin(&self) -> f64 {
        0.0
    }

    fn decide(&self, now: &Situation<'_>, weekly: &mut f64) -> Decision {
        *weekly = 0.7 * *weekly + 0.3 * now.attacks(7.0) as f64;
        if !now.is_in_force() && *weekly > self.hold_above {
            let pause = Some(Pause { at_least_days: 14.0 });
            return Decision::act(Actions { pause, ..Actions::default() });
        }
        match *weekly < self.go_on_below {
            true => Decision::end(),
            false => Decision::stay(),
        }
    }
}

fn main() -> drawdown::Result<()> {
    let plan = Scenario::example("iraq-2024")?.validate()?.compile();
    let own =
        plan.clone().with_policy("smoothed", Smoothed { hold_above: 8.0, go_on_below: 4.0 })?;
    let batch = Batch::new(1_000, 7);
    for (name, model) in [("the plan", plan), ("with the policy", own)] {
        let run = model.simulate(&batch)?;
        let mean = |measure| run.values(measure, By::Total).map(|values| values.mean());
        let [days, casualties] = [mean("pause_days")?, mean("casualties")?].map(Option::unwrap);
        println!("{name}: {days:.1} days on hold, {casualties:.2} casualties");
        println!("  policies: {:?}", run.origin().embedded_rules);
    }
    Ok(())
}
