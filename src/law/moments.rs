//! Mean and variance of each law.

use super::truncated::Cut;
use super::{Dist, Family};

impl Dist<f64> {
    /// The mean.
    pub fn mean(&self) -> f64 {
        self.moments().0
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        self.moments().1
    }

    pub(super) fn moments(&self) -> (f64, f64) {
        match self {
            Dist::Number(number) => (*number, 0.0),
            Dist::Family(family) => family.moments(),
        }
    }
}

impl Family<f64> {
    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        match self {
            Family::Constant(x) => (*x, 0.0),
            Family::Uniform([low, high]) => (0.5 * (low + high), square(high - low) / 12.0),
            Family::Triangular([low, mode, high]) => {
                let sides = square(mode - low) + square(high - mode) + square(high - low);
                ((low + mode + high) / 3.0, sides / 36.0)
            }
            Family::Pert([low, mode, high]) => {
                let mean = (low + 4.0 * mode + high) / 6.0;
                (mean, (mean - low) * (high - mean) / 7.0)
            }
            Family::Normal { mean, sd } => (*mean, square(*sd)),
            Family::Lognormal { median, sigma } => {
                let mean = median * libm::exp(0.5 * square(*sigma));
                (mean, square(mean) * libm::expm1(square(*sigma)))
            }
            Family::Gamma { shape, mean } => (*mean, square(*mean) / shape),
            Family::Beta([a, b]) => {
                let mean = a / (a + b);
                (mean, mean * (1.0 - mean) / (a + b + 1.0))
            }
            Family::Exponential { mean } => (*mean, square(*mean)),
            Family::TruncatedNormal { mean, sd, low, high } => {
                match Cut::new(*mean, *sd, *low, *high) {
                    Ok(cut) => cut.moments(),
                    Err(constant) => (constant, 0.0),
                }
            }
            Family::Mixture(parts) => {
                pooled(parts.iter().map(|part| (part.weight, part.value.moments())))
            }
            Family::Empirical(values) => pooled(values.iter().map(|x| (1.0, (*x, 0.0)))),
        }
    }
}

/// Mean and variance of a mixture of parts with weights, means and variances.
fn pooled(parts: impl Iterator<Item = (f64, (f64, f64))> + Clone) -> (f64, f64) {
    let total: f64 = parts.clone().map(|(weight, _)| weight).sum();
    let mean = parts.clone().map(|(weight, (mean, _))| weight * mean).sum::<f64>() / total;
    let spread =
        |(weight, (m, variance)): (f64, (f64, f64))| weight * (variance + square(m - mean));
    (mean, parts.map(spread).sum::<f64>() / total)
}

pub(super) fn square(x: f64) -> f64 {
    x * x
}
