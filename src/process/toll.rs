//! How many others than the troops something harms.

use super::severity::Severity;
use crate::streams::Stream;
use crate::variates::binomial;

/// The most that one event harms.
const MOST: u32 = 10_000;

/// The wounded and killed of an event of several parts, such as the projectiles of an attack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Harmed {
    no_casualty: f64,
    severity: Severity,
    killed_share: f64,
}

impl Harmed {
    pub fn new(no_casualty: f64, (scale, shape): (f64, f64), killed_share: f64) -> Self {
        Harmed { no_casualty, severity: Severity::new(scale, shape), killed_share }
    }

    /// Wounded and killed by so many parts of one event, no more in all than one can harm.
    pub fn sample(&self, parts: u32, stream: &mut Stream) -> [u32; 2] {
        let mut harmful = binomial(stream, parts, 1.0 - self.no_casualty);
        let mut all = 0;
        while harmful > 0 && all < MOST {
            harmful -= 1;
            all += self.severity.sample(MOST, stream).min(MOST - all);
        }
        let killed = binomial(stream, all, self.killed_share);
        [all - killed, killed]
    }
}
