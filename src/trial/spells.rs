//! Spells: the times in which a factor of a rate acts.

/// From a moment on, until just before another. Rates are set anew at these very numbers, and what
/// they are then is asked with the same ones: of a sum and a difference that say the same, one may
/// be a rounding short, and the rate would stay what it was until something else happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spell {
    pub from: f64,
    pub until: f64,
}

impl Spell {
    /// Whether it has begun and is not over.
    pub fn is_on(self, now: f64) -> bool {
        self.from <= now && now < self.until
    }

    /// When it next begins or ends: never, if both are past.
    pub fn next_change(self, now: f64) -> f64 {
        let to_come = [self.from, self.until].into_iter().filter(|moment| *moment > now);
        to_come.fold(f64::INFINITY, f64::min)
    }
}
