//! A normal law between two bounds.

use super::special::{self, Split};
use crate::streams::Stream;
use crate::variates::{exponential, normal};

/// A normal law between two bounds.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    pub mean: f64,
    pub sd: f64,
    /// The bounds.
    pub low: f64,
    pub high: f64,
    /// The bounds in standard deviations from the mean.
    pub a: f64,
    pub b: f64,
}

impl Cut {
    /// The law, or the constant that it is to within rounding: when the bounds lie a million
    /// standard deviations to one side of the mean. Of what is no law, as with a bound that is no
    /// number, it is the bound too.
    pub fn new(mean: f64, sd: f64, low: f64, high: f64) -> Result<Self, f64> {
        let nearest = mean.max(low).min(high);
        let (a, b) = ((low - mean) / sd, (high - mean) / sd);
        match (nearest - mean).abs() < 1e6 * sd && a <= b {
            true => Ok(Cut { mean, sd, low, high, a, b }),
            false => Err(nearest),
        }
    }

    pub fn sample(&self, stream: &mut Stream) -> f64 {
        let z = if self.b <= 0.0 {
            -truncated(-self.b, -self.a, stream)
        } else {
            truncated(self.a, self.b, stream)
        };
        (self.mean + self.sd * z).max(self.low).min(self.high)
    }

    /// The probability of a value of `x` or less.
    pub fn cdf(&self, x: f64) -> f64 {
        special::normal_between(self.a, self.b, (x - self.mean) / self.sd)
    }

    /// The value below which is the one probability and above which the other.
    pub fn quantile(&self, split: Split) -> f64 {
        let z = special::normal_quantile_between(self.a, self.b, split);
        (self.mean + self.sd * z).max(self.low).min(self.high)
    }

    /// Mean and variance, by Simpson's rule: the closed form loses all its digits in the tails and
    /// between narrow bounds.
    pub fn moments(&self) -> (f64, f64) {
        const STEPS: u32 = 10_000;
        // The density at peak + t over that at the peak, negligible beyond reach.
        let peak = 0.0f64.max(self.a).min(self.b);
        let density = |t: f64| libm::exp(-t * (peak + 0.5 * t));
        let reach = 80.0 / (peak.abs() + (peak * peak + 80.0).sqrt());
        let (from, to) = ((self.a - peak).max(-reach), (self.b - peak).min(reach));
        let at = |k: u32| from + (to - from) * f64::from(k) / f64::from(STEPS);
        let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
            let weight = |k| if k == 0 || k == STEPS { 1.0 } else { f64::from(2 + k % 2 * 2) };
            (0..=STEPS).map(|k| weight(k) * of(at(k)) * density(at(k))).sum()
        };
        let mass = sum(&|_| 1.0);
        let shift = sum(&|t| t) / mass;
        let spread = sum(&|t| (t - shift) * (t - shift)) / mass;
        (self.mean + self.sd * (peak + shift), self.sd * self.sd * spread)
    }
}

/// Standard normal between `a` and `b`, where b is not negative, by rejection from whichever of a
/// normal, a shifted exponential and a uniform fits best (Robert 1995).
fn truncated(a: f64, b: f64, stream: &mut Stream) -> f64 {
    let rate = 0.5 * (a + (a * a + 4.0).sqrt());
    if a <= 0.0 && b - a > 2.5 {
        loop {
            let z = normal(stream);
            if a <= z && z <= b {
                return z;
            }
        }
    }
    if a > 0.0 && (b - a) * rate > 1.0 {
        loop {
            let z = a + exponential(stream) / rate;
            if z <= b && stream.uniform() <= libm::exp(-0.5 * (z - rate) * (z - rate)) {
                return z;
            }
        }
    }
    let peak = a.max(0.0);
    loop {
        let z = a + stream.uniform() * (b - a);
        if stream.uniform() <= libm::exp(0.5 * (peak - z) * (peak + z)) {
            return z;
        }
    }
}
