//! Points that fill the space of what a trial draws once evenly, for runs with less variance: its
//! ranges, the delays of its gates and the durations of its phases.
//!
//! Trial k has point k div 16 of replicate k mod 16. Replicates are independent, so that they tell the
//! error. Within one, each of those has a base-2 sequence of its own (van der Corput's, its points and
//! their order scrambled after Owen 1995, by the hash of Burley 2020, J. Comput. Graph. Tech. 9(4)):
//! of every 2^m points from the first on, each of 2^m equally likely parts has one. It is a
//! Latin hypercube that need not know how many points there will be; and as it hangs on the seed, the
//! trial and the path or the id alone, scenarios that are compared share their points, whatever else
//! they have.

use sobol_burley::parts::{hash, owen_scramble_rev};

use super::{Model, Numbers};
use crate::error::{Error, Result};
use crate::law::Dist;
use crate::streams::{Purpose, Stream, Who};

/// Independent replicates of a run with less variance.
pub(crate) const REPLICATES: u64 = 16;

/// Most levels of casualties that chances of reaching are written down of.
const MOST_LEVELS: usize = 64;

/// Where the values of the ranges come from in such a run.
#[derive(Debug)]
pub(crate) struct Points(Vec<(Who, Dist<f64>)>);

impl Points {
    pub fn of(numbers: &Numbers) -> Self {
        let each = numbers.paths().zip(numbers.families());
        let each =
            each.map(|(path, family)| (Who::new(&[path]), Dist::Family(family.clone()).in_order()));
        Points(each.collect())
    }

    /// The values in trial `index` under `seed`.
    pub fn row(&self, seed: u64, index: u64) -> impl Iterator<Item = f64> + '_ {
        self.0
            .iter()
            .map(move |(who, law)| law.at_in_order(even(seed, index, (*who, Purpose::Range))))
    }
}

/// The scrambles of what is drawn evenly, and the place within a part, have streams of their own
/// beside those of who draws plainly.
const SCRAMBLE: u64 = u64::MAX;
const WITHIN: u64 = u64::MAX - 1;

/// A number from 0 to 1 of which a trial has one only: uniform for each trial, even over those of a
/// replicate.
pub(crate) fn even(seed: u64, index: u64, (who, purpose): (Who, Purpose)) -> f64 {
    let (replicate, point) = (index % REPLICATES, index / REPLICATES);
    let mut scrambles = Stream::new(seed, replicate, who.nth(SCRAMBLE), purpose);
    let mut scramble = || {
        let bits = scrambles.bits();
        hash(bits as u32) ^ (bits >> 32) as u32
    };
    let (order, value) = (scramble(), scramble());
    let place = owen_scramble_rev((point as u32).reverse_bits(), order).reverse_bits();
    let cell = owen_scramble_rev(place, value).reverse_bits();
    let within = Stream::new(seed, index, who.nth(WITHIN), purpose).uniform();
    (f64::from(cell) + within) / 4_294_967_296.0
}

impl Model {
    /// The model for runs whose means have less error for the same number of trials.
    ///
    /// Its ranges are drawn evenly, as independent scrambles of a sequence, and it writes down what
    /// harm was to be expected of each attack, and how the course of the tension and the number of
    /// attacks differ from what was to be expected: [`Run::summary`](crate::Run::summary) makes use
    /// of all of it. Single trials
    /// are histories as any other, and only they are others than without: their law is the same.
    /// Take 320 trials or more: there are 16 replicates, from which errors are reckoned.
    ///
    /// ```
    /// use drawdown::{Batch, By, Scenario};
    ///
    /// let model = Scenario::example("minimal")?.validate()?.compile();
    /// let plain = model.simulate(&Batch::new(1_000, 7))?;
    /// let reduced = model.reduced()?.simulate(&Batch::new(1_000, 7))?;
    /// let error = |run: &drawdown::Run| run.summary(By::Total)[0].standard_error;
    /// assert!(error(&reduced) < error(&plain));
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] if inputs were given.
    pub fn reduced(self) -> Result<Self> {
        self.reduced_with(&[])
    }

    /// The same, where it is also written down how surely one attack reaches some `levels` of
    /// casualties: [`Run::exceedance`](crate::Run::exceedance) of [`Losses::Occurrence`](crate::Losses)
    /// makes use of it. It tells of levels that are reached in one trial of 10^4, or in none of them.
    ///
    /// ```
    /// use drawdown::{Batch, Losses, Scenario};
    ///
    /// let model = Scenario::example("afghanistan-2021")?.validate()?.compile();
    /// let run = model.reduced_with(&[1_000])?.simulate(&Batch::new(1_000, 7))?;
    /// let found = run.exceedance("casualties", Losses::Occurrence, Some(&[1_000.0]))?;
    /// let chance = found[0].chance;
    /// assert!(0.0 < chance.low && chance.high < 0.01);
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] if inputs were given, there are more than 64 levels, or one is 0.
    pub fn reduced_with(mut self, levels: &[u32]) -> Result<Self> {
        if self.numbers.given().is_some() {
            return Err(Error::Usage(
                "values were given for the ranges: less variance comes of how they are drawn"
                    .into(),
            ));
        }
        self.levels = levels.to_vec();
        self.levels.sort_unstable();
        self.levels.dedup();
        if self.levels.first() == Some(&0) || self.levels.len() > MOST_LEVELS {
            return Err(Error::Usage(format!(
                "levels are numbers of casualties from 1 on, and no more than {MOST_LEVELS}"
            )));
        }
        self.numbers.spread();
        self.reduced = true;
        self.layout.reduced(self.levels.len());
        Ok(self)
    }

    /// Whether runs have less variance, by [`Model::reduced`].
    pub fn is_reduced(&self) -> bool {
        self.reduced
    }

    /// The levels of casualties of [`Model::reduced_with`], ascending.
    pub fn levels(&self) -> &[u32] {
        &self.levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_replicate_has_one_point_in_each_part() {
        let who = Who::new(&["x"]);
        for replicate in 0..REPLICATES {
            for parts in [1usize, 2, 8, 64, 1024] {
                let mut seen = vec![0; parts];
                for k in 0..parts as u64 {
                    let u = even(7, k * REPLICATES + replicate, (who, Purpose::Range));
                    seen[(u * parts as f64) as usize] += 1;
                }
                assert_eq!(seen, vec![1; parts], "{replicate}, {parts}");
            }
        }
    }

    #[test]
    fn replicates_and_ranges_are_independent() {
        // First points of many seeds: uniform, and without correlation, within 4 standard errors.
        let n = 40_000;
        let whos = [Who::new(&["x"]), Who::new(&["y"])];
        let rows: Vec<[f64; 4]> = (0..n)
            .map(|seed| {
                let at = |index, who| even(seed, index, (who, Purpose::Range)) - 0.5;
                [at(3, whos[0]), at(4, whos[0]), at(3, whos[1]), at(3 + 5 * REPLICATES, whos[1])]
            })
            .collect();
        let near = |of: &dyn Fn(&[f64; 4]) -> f64, variance: f64| {
            let mean = rows.iter().map(of).sum::<f64>() / n as f64;
            assert!(mean.abs() < 4.0 * (variance / n as f64).sqrt(), "{mean}");
        };
        for a in 0..4 {
            near(&|row| row[a], 1.0 / 12.0);
            near(&|row| row[a] * row[a] - 1.0 / 12.0, 1.0 / 180.0);
            // The last two are points of one replicate and one range, which keep apart.
            for b in (0..a).filter(|b| (a, *b) != (3, 2)) {
                near(&|row| row[a] * row[b], 1.0 / 144.0);
            }
        }
    }
}
