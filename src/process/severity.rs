//! How many people one event harms: a discrete generalised Pareto law.

use crate::streams::Stream;

/// P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape) for k = 1, 2, ...; for shape 0 the limit
/// exp(-(k - 1) / scale).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Severity {
    scale: f64,
    shape: f64,
}

/// Below this shape the power is its limit, to within rounding.
const FLAT: f64 = 1e-9;

impl Severity {
    pub fn new(scale: f64, shape: f64) -> Self {
        Severity { scale, shape }
    }

    /// P(X >= k).
    pub fn survival(&self, k: f64) -> f64 {
        let z = (k - 1.0) / self.scale;
        if self.shape < FLAT {
            return libm::exp(-z);
        }
        libm::exp(-libm::log1p(self.shape * z) / self.shape)
    }

    /// A number harmed, given that it is at most `cap` (at least 1): the inverse of the
    /// distribution function.
    pub fn sample(&self, cap: u32, stream: &mut Stream) -> u32 {
        // Uniform on (P(X > cap), 1].
        let beyond = self.survival(f64::from(cap) + 1.0);
        let u = 1.0 - stream.uniform() * (1.0 - beyond);
        let z = if self.shape < FLAT {
            -libm::log(u)
        } else {
            libm::expm1(-self.shape * libm::log(u)) / self.shape
        };
        ((z * self.scale) as u32).saturating_add(1).min(cap)
    }
}
