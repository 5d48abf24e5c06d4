//! How surely a mean or a chance is known from trials: standard errors and 95 % intervals.

use serde::Serialize;

use crate::law::special::{beta_quantile, student_quantile};

/// Standard errors to each side in which a mean lies in 95 cases of 100.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// An interval holds what it is about in so many cases of 100.
const SURE: f64 = 0.95;

/// The exact interval of a chance (Clopper & Pearson 1934, Biometrika 26:404), which holds it with
/// probability `sure`: of something that was seen in `hits` of `trials` independent trials.
///
/// Both need not be whole, as where trials are worth fewer independent ones (Korn & Graubard 1998,
/// Survey Methodology 24:193). Without trials nothing is known: from 0 to 1.
///
/// ```
/// let (low, high) = drawdown::intervals::clopper_pearson(0.0, 100.0, 0.95);
/// assert_eq!(low, 0.0);
/// assert!((high - (1.0 - 0.025f64.powf(0.01))).abs() < 1e-12);
/// ```
pub fn clopper_pearson(hits: f64, trials: f64, sure: f64) -> (f64, f64) {
    let (unseen, tail) = (trials - hits, (1.0 - sure) / 2.0);
    let low =
        if hits > 0.0 { beta_quantile(hits, unseen + 1.0, (tail, 1.0 - tail)).0 } else { 0.0 };
    let above = |unseen| beta_quantile(hits + 1.0, unseen, (1.0 - tail, tail)).0;
    (low, if unseen > 0.0 { above(unseen) } else { 1.0 })
}

/// A share of trials, and where the chance lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Chance {
    /// The share of trials.
    pub share: f64,
    /// Its standard error; NaN where nothing tells of it, as where it was seen in no trial or in
    /// every one.
    pub standard_error: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many independent trials would tell as much.
    pub worth: f64,
}

impl Chance {
    /// The chance of what was seen in `hits` of `trials`. Where trials share so many `draws` of the
    /// world, and it is not known which, they are worth no more than the draws, for all trials of a
    /// draw might be alike; there is no standard error then.
    pub fn of_count(hits: f64, trials: f64, draws: Option<f64>) -> Self {
        let count = trials.max(1.0);
        let share = hits / count;
        let error = (share * (1.0 - share) / count).sqrt();
        Chance::new(share, draws.map_or(error, |_| f64::NAN), draws.unwrap_or(trials))
    }

    /// The chance of what was seen in so many trials of each draw of the world (`hits`), of which
    /// there are so many (`sizes`): trials of one draw are not independent.
    ///
    /// The standard error is that between draws (Liang & Zeger 1986, Biometrika 73:13). The interval
    /// is the exact one of as many independent trials as would have that error, no fewer than there
    /// are draws and no more than trials, and fewer for the error being estimated itself (Korn &
    /// Graubard 1998). What tells of the error are the draws in which the rarer of seen and not seen
    /// occurs: it has one degree of freedom fewer than these. With one of them or none the trials of
    /// a draw might all be alike, and trials are worth no more than draws.
    pub fn of_draws(hits: &[f64], sizes: &[f64]) -> Self {
        let share = sum(hits) / sum(sizes).max(1.0);
        let seen = hits.iter().filter(|hits| **hits > 0.0).count();
        let unseen = hits.iter().zip(sizes).filter(|(hits, size)| hits < size).count();
        let (error, worth) = between(hits, sizes, seen.min(unseen), share * (1.0 - share));
        Chance::new(share, error, worth)
    }

    /// A chance that is known with a standard error, of which so many make the 95 % interval of a mean:
    /// as much as so many independent trials tell as have that error, fewer for the error being
    /// estimated itself (Korn & Graubard 1998). Where it has none, it is known from `trials`.
    pub(crate) fn of_estimate(share: f64, error: f64, trials: f64, reach: f64) -> Self {
        let each = NORMAL_95 / reach;
        let worth = share * (1.0 - share) / (error * error) * each * each;
        Chance::new(share, error, if worth > 0.0 && worth.is_finite() { worth } else { trials })
    }

    fn new(share: f64, error: f64, worth: f64) -> Self {
        let (low, high) = clopper_pearson(share * worth, worth, SURE);
        let standard_error = if share > 0.0 && share < 1.0 { error } else { f64::NAN };
        Chance { share, standard_error, low, high, worth }
    }
}

/// A mean, and how surely it is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The mean; NaN where there is no value.
    pub mean: f64,
    /// Its standard error; NaN for fewer than two values.
    pub standard_error: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Estimate {
    /// The mean of the values that are there (NaN: missing). Where `each` so many trials in a row
    /// share a draw of the world, they are not independent, and the error is that between draws
    /// (Liang & Zeger 1986, Biometrika 73:13).
    pub fn of(values: &[f64], each: usize) -> Self {
        let there: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        let count = there.len() as f64;
        let mean = sum(&there) / count;
        let apart = values.iter().map(|x| if x.is_nan() { 0.0 } else { x - mean });
        let apart: Vec<f64> = apart.collect();
        let (apart, units) = match each {
            0 | 1 => (apart, count),
            each => {
                let sums = sums(&apart, each);
                let units = sums.len() as f64;
                (sums, units)
            }
        };
        let squares: Vec<f64> = apart.iter().map(|x| x * x).collect();
        let error = match count > 1.0 && units > 1.0 {
            true => (sum(&squares) * units / (units - 1.0)).sqrt() / count,
            false => f64::NAN,
        };
        let reach = NORMAL_95 * error;
        Estimate { mean, standard_error: error, low: mean - reach, high: mean + reach }
    }

    /// A difference of two chances in the same trials, by how they differ in each: -1, 0 or 1.
    ///
    /// Half a trial is added to each of both kinds in which they differ, and one to the others
    /// (Bonett & Price 2012, J. Educ. Behav. Stat. 37:479), so that what differs in no trial is not
    /// known to be 0. Where `each` so many in a row share a draw, trials are worth fewer, as in
    /// [`Chance::of_draws`].
    pub fn of_chances(apart: &[f64], each: usize) -> Self {
        let trials = apart.len() as f64;
        let mean = sum(apart) / trials;
        let share = |side: f64| {
            let on = apart.iter().filter(|x| **x == side).count() as f64;
            if trials > 0.0 { on / trials } else { 0.0 }
        };
        let (up, down) = (share(1.0), share(-1.0));
        let mut worth = trials;
        if each > 1 && !apart.is_empty() {
            let parts = || apart.chunks(each);
            let sums = sums(apart, each);
            let sizes: Vec<f64> = parts().map(|part| part.len() as f64).collect();
            let telling = parts().filter(|part| part.iter().any(|x| *x != 0.0)).count();
            worth = between(&sums, &sizes, telling, up + down - mean * mean).1;
        }
        let (up, down) = ((up * worth + 1.0) / (worth + 2.0), (down * worth + 1.0) / (worth + 2.0));
        let middle = up - down;
        let error = ((up + down - middle * middle) / (worth + 2.0)).sqrt();
        let (low, high) = (middle - NORMAL_95 * error, middle + NORMAL_95 * error);
        Estimate { mean, standard_error: error, low: low.max(-1.0), high: high.min(1.0) }
    }
}

/// The standard error of a mean between draws, and how many independent trials have it.
///
/// Of `sums` by draw, of which so many are `telling`, where the variance of one trial `alone` is
/// known.
fn between(sums: &[f64], sizes: &[f64], telling: usize, alone: f64) -> (f64, f64) {
    let (trials, draws) = (sum(sizes).max(1.0), sizes.len() as f64);
    let mean = sum(sums) / trials;
    let apart = sums.iter().zip(sizes).map(|(sum, size)| sum - mean * size);
    let squares: Vec<f64> = apart.map(|x| x * x).collect();
    let variance = sum(&squares) * draws / (draws - 1.0).max(1.0) / (trials * trials);
    let mut worth = draws;
    if telling > 1 {
        let sure = NORMAL_95 / student_quantile((telling - 1) as f64, (1.0 - SURE) / 2.0);
        worth = (alone / variance * (sure * sure)).clamp(draws, trials.max(draws));
    }
    (if draws > 1.0 { variance.sqrt() } else { f64::NAN }, worth)
}

/// The sums of each so many values in a row.
fn sums(values: &[f64], each: usize) -> Vec<f64> {
    values.chunks(each).map(|part| part[0] + sum(&part[1..])).collect()
}

/// The sum, halves added to each other as NumPy adds them, so that rounding stays small and both
/// give the same.
pub(crate) fn sum(values: &[f64]) -> f64 {
    match values.len() {
        0..8 => values.iter().sum(),
        8..=128 => {
            let (chunks, rest) = values.as_chunks::<8>();
            let mut sums = [0.0; 8];
            for chunk in chunks {
                sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value);
            }
            let [a, b, c, d, e, f, g, h] = sums;
            rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, value| sum + value)
        }
        many => {
            let (left, right) = values.split_at(many / 2 - many / 2 % 8);
            sum(left) + sum(right)
        }
    }
}
