//! How surely losses reach a level.

use serde::Serialize;

use super::{Keep, Run};
use crate::error::{Error, Result};
use crate::intervals::Chance;
use crate::measure::By;
use crate::results::Missing;

/// Of which losses an exceedance curve is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Losses {
    /// The total of a trial, from the start to the horizon.
    #[default]
    Aggregate,
    /// The worst single attack of a trial, which is known for `wounded`, `killed` and `casualties`.
    Occurrence,
}

/// How surely a measure reaches a level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exceedance {
    /// The level.
    pub level: f64,
    /// The chance of that much or more in a trial.
    pub chance: Chance,
}

/// Measures of a trial, and those of its worst single attack.
pub(crate) const WORST_ATTACKS: [(&str, &str); 3] = [
    ("casualties", "worst_attack"),
    ("wounded", "worst_attack_wounded"),
    ("killed", "worst_attack_killed"),
];

impl Run {
    /// How surely a measure of the whole theatre reaches each of some levels, or, if none are given,
    /// each value that occurred; ascending. What is missing because the horizon came first counts as
    /// more than any. Where trials share draws of the world, the error is that between draws. Of
    /// casualties in one attack, levels that a model with less variance was asked about
    /// ([`Model::reduced_with`](crate::Model::reduced_with)) are known better.
    ///
    /// ```
    /// use drawdown::{Batch, Losses, Scenario};
    ///
    /// let model = Scenario::example("iraq-2024")?.validate()?.compile();
    /// let run = model.simulate(&Batch::new(200, 7))?;
    /// for row in run.exceedance("killed", Losses::Aggregate, Some(&[1.0, 10.0, 100.0]))? {
    ///     let chance = row.chance;
    ///     assert!(chance.low <= chance.share && chance.share <= chance.high);
    /// }
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no such measure; [`Error::Usage`] if it is not known by attack, it has no value in
    /// some trials and that is neither more nor less than others (attacks on the way where nobody
    /// leaves), or a level is not a number.
    pub fn exceedance(
        &self,
        measure: &str,
        of: Losses,
        levels: Option<&[f64]>,
    ) -> Result<Vec<Exceedance>> {
        let name = name(measure, of)?;
        let column = &self.distribution(name, By::Total)?[0];
        let missing = Missing::of(name);
        if column.missing > 0 && missing == Missing::Unknown {
            return Err(Error::Usage(format!(
                "`{measure}` has no value in {} of {} trials, so that losses cannot be ordered",
                column.missing,
                self.trials()
            )));
        }
        let mut levels: Vec<f64> = match levels {
            Some(levels) => levels.to_vec(),
            None => column.steps.iter().map(|(value, _)| *value).collect(),
        };
        if levels.iter().any(|level| level.is_nan()) {
            return Err(Error::Usage("a level is a number".into()));
        }
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let plain = self.chances_of_reaching(name, missing, &column.steps)?;
        let in_one = measure == "casualties" && of == Losses::Occurrence;
        let reduced = self.reduced().filter(|_| in_one);
        let chance = |level| {
            let known = reduced.as_ref().and_then(|reduced| reduced.chance_of(level));
            known.unwrap_or_else(|| plain(level))
        };
        Ok(levels.iter().map(|&level| Exceedance { level, chance: chance(level) }).collect())
    }

    fn chances_of_reaching<'a>(
        &'a self,
        name: &str,
        missing: Missing,
        steps: &'a [(f64, u64)],
    ) -> Result<Box<dyn Fn(f64) -> Chance + 'a>> {
        let (trials, each) = (self.trials() as f64, self.model.trials_each());
        if each == 1 || self.keep() == Keep::Summary {
            let draws = (each > 1).then(|| (trials / each as f64).ceil());
            // Trials with each value or a greater one; first those that have none.
            let known: u64 = steps.iter().map(|(_, trials)| trials).sum();
            let mut left = if missing == Missing::Later { self.trials() } else { known } as f64;
            let mut reached: Vec<f64> = Vec::with_capacity(steps.len() + 1);
            for (_, trials) in steps {
                reached.push(left);
                left -= *trials as f64;
            }
            reached.push(left);
            return Ok(Box::new(move |level| {
                let place = steps.partition_point(|(value, _)| *value < level);
                Chance::of_count(reached[place], trials, draws)
            }));
        }
        let values = self.values(name, By::Total)?;
        let values: Vec<f64> = values.iter().map(|value| missing.ordered(*value)).collect();
        let draws: Vec<Vec<f64>> = values.chunks(each as usize).map(sorted).collect();
        let sizes: Vec<f64> = draws.iter().map(|draw| draw.len() as f64).collect();
        Ok(Box::new(move |level| {
            let reached = |draw: &Vec<f64>| draw.len() - draw.partition_point(|x| *x < level);
            let hits: Vec<f64> = draws.iter().map(|draw| reached(draw) as f64).collect();
            Chance::of_draws(&hits, &sizes)
        }))
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// The measure that has the losses.
fn name(measure: &str, of: Losses) -> Result<&str> {
    let worst = WORST_ATTACKS.iter().find(|(total, _)| *total == measure);
    match (of, worst) {
        (Losses::Aggregate, _) => Ok(measure),
        (Losses::Occurrence, Some((_, worst))) => Ok(worst),
        (Losses::Occurrence, None) => Err(Error::Usage(format!(
            "worst attacks are known for {}, not for `{measure}`",
            WORST_ATTACKS.map(|(total, _)| format!("`{total}`")).join(", ")
        ))),
    }
}
