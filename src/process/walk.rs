//! A walk of the logarithm of a factor, in steps, that may go back to its mean.
//!
//! x' = keep x + sd z with z standard normal: an Ornstein-Uhlenbeck process at equal distances, or a
//! random walk if all is kept. The factor is exp(x - variance / 2), of mean 1.

/// The largest factor.
const LARGEST: f64 = 1e12;

/// Where a walk is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    /// What is kept of the logarithm from step to step.
    keep: f64,
    sd: f64,
    log: f64,
    /// Of the logarithm, as seen from the beginning.
    variance: f64,
}

impl Walk {
    /// At 0. `half_life` is in steps; none: all is kept.
    pub fn new(sd: f64, half_life: Option<f64>) -> Self {
        let keep = half_life.map_or(1.0, |steps| libm::exp(-core::f64::consts::LN_2 / steps));
        Walk { keep, sd, log: 0.0, variance: 0.0 }
    }

    /// Where it is in the long run, by a standard normal number; at 0 still, if it does not go back.
    #[must_use]
    pub fn in_the_long_run(self, z: f64) -> Self {
        let lost = 1.0 - self.keep * self.keep;
        if lost <= 0.0 {
            return self;
        }
        let variance = self.sd * self.sd / lost;
        Walk { log: variance.sqrt() * z, variance, ..self }
    }

    /// A step later, by a standard normal number.
    #[must_use]
    pub fn later(self, z: f64) -> Self {
        let log = self.keep * self.log + self.sd * z;
        let variance = self.keep * self.keep * self.variance + self.sd * self.sd;
        Walk { log, variance, ..self }
    }

    pub fn factor(&self) -> f64 {
        libm::exp(self.log - self.variance / 2.0).min(LARGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::normal;
    use crate::variates::testing::{assert_moments, sample};

    #[test]
    fn the_mean_stays_one_and_the_variance_is_as_reckoned() {
        for (half_life, steady) in [(None, false), (Some(3.0), false), (Some(3.0), true)] {
            let steps = 12;
            let (mut keep, mut variance) = (1.0, 0.0);
            if let Some(steps) = half_life {
                keep = libm::pow(0.5, 1.0 / steps);
            }
            if steady {
                variance = 0.04 / (1.0 - keep * keep);
            }
            for _ in 0..steps {
                variance = keep * keep * variance + 0.04;
            }
            let name = format!("{half_life:?}, steady {steady}");
            let factors = sample(&name, 400_000, |stream| {
                let mut walk = Walk::new(0.2, half_life);
                if steady {
                    walk = walk.in_the_long_run(normal(stream));
                }
                for _ in 0..steps {
                    walk = walk.later(normal(stream));
                }
                walk.factor()
            });
            assert_moments(&name, &factors, 1.0, libm::expm1(variance));
        }
    }
}
