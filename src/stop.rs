//! How work that takes long is given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A word between who works and who may want it given up: clones of it are the same word.
///
/// A batch looks at it between trials and within long ones, so that it ends within a fraction of a
/// second, with the trials that were finished.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Says that the work is to be given up.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is.
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
