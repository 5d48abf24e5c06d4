//! Harm to others than the troops, compiled.

use super::numbers::{Numbers, Slot};
use crate::process::toll::Harmed;
use crate::scenario;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Toll {
    no_casualty: Slot,
    scale: Slot,
    shape: Slot,
    killed_share: Slot,
}

impl Toll {
    pub fn new(path: &str, about: &scenario::Toll, numbers: &mut Numbers) -> Self {
        let mut slot = |key, range| numbers.range(&format!("{path}.{key}"), range);
        Toll {
            no_casualty: slot("no_casualty", &about.no_casualty),
            scale: slot("scale", &about.scale),
            shape: slot("shape", &about.shape),
            killed_share: slot("killed_share", &about.killed_share),
        }
    }

    /// The law of it under drawn numbers.
    pub fn law(&self, values: &[f64]) -> Harmed {
        let [no_casualty, scale, shape, killed_share] =
            [self.no_casualty, self.scale, self.shape, self.killed_share]
                .map(|slot| slot.of(values));
        Harmed::new(no_casualty, (scale, shape), killed_share)
    }
}
