//! Events caused by an event: a Poisson number of them, each after an exponential delay.

use crate::streams::Stream;
use crate::variates::exponential;

/// The offspring of one event of a self-exciting process with an exponential kernel, in its
/// branching form (Hawkes & Oakes 1974).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offspring {
    mean: f64,
    /// Probability of no child.
    none: f64,
    decay_days: f64,
}

impl Offspring {
    /// `mean` children, each after `decay_days` on average.
    pub fn new(mean: f64, decay_days: f64) -> Self {
        Offspring { mean, none: libm::exp(-mean), decay_days }
    }

    /// The number of children: one uniform, looked up in the Poisson distribution function.
    #[inline]
    pub fn count(&self, stream: &mut Stream) -> u32 {
        let u = stream.uniform();
        let (mut count, mut term, mut below) = (0, self.none, self.none);
        while u >= below && term > 0.0 {
            count += 1;
            term *= self.mean / f64::from(count);
            below += term;
        }
        count
    }

    /// The delay of one child.
    #[inline]
    pub fn delay(&self, stream: &mut Stream) -> f64 {
        self.decay_days * exponential(stream)
    }
}
