//! A memory of strikes that fades, a hazard in proportion to it, and a factor that follows it.

/// How many strikes are remembered: each counts for e^(-t / decay_days) after t days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Memory {
    pub strikes: f64,
    pub decay_days: f64,
}

impl Memory {
    /// What is remembered `days` later, if nothing happens meanwhile.
    #[inline]
    pub fn later(self, days: f64) -> Self {
        Memory { strikes: self.strikes * libm::exp(-days / self.decay_days), ..self }
    }

    /// A strike so many days ago is remembered too.
    pub fn add(&mut self, age: f64) {
        self.strikes += libm::exp(-age / self.decay_days);
    }

    /// What the memory adds up to in `days`: Z d (1 - e^(-t / d)).
    pub fn adds_up_to(self, days: f64) -> f64 {
        -self.strikes * self.decay_days * libm::expm1(-days / self.decay_days)
    }

    /// Days until it has added up to `budget`; infinite if it never does (Dassios & Zhao 2013).
    pub fn wait(self, budget: f64) -> f64 {
        let share = budget / (self.strikes * self.decay_days);
        if share < 1.0 { -self.decay_days * libm::log1p(-share) } else { f64::INFINITY }
    }
}

/// How a memory of Z strikes moves a hazard: by min(at_most, exp(-per_strike Z)). Positive
/// `per_strike` deters, negative provokes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Deterrence {
    pub per_strike: f64,
    pub at_most: f64,
}

impl Deterrence {
    /// The factor on the hazard.
    #[inline]
    pub fn factor(self, memory: Memory) -> f64 {
        libm::exp(-self.per_strike * memory.strikes).min(self.at_most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Stream;
    use crate::variates::exponential;
    use crate::variates::testing::{assert_mean, assert_moments, sample};

    /// Row 14 of docs/verification.md: 0.05 strikes a day, remembered for 30 days.
    const DAYS_BETWEEN_STRIKES: f64 = 20.0;
    const DECAY_DAYS: f64 = 30.0;

    const NOTHING: Memory = Memory { strikes: 0.0, decay_days: DECAY_DAYS };

    fn unlimited(per_strike: f64) -> Deterrence {
        Deterrence { per_strike, at_most: f64::MAX }
    }

    /// The integral of (1 - e^-x) / x from 0 to `x`, by its series.
    fn ein(x: f64) -> f64 {
        let (mut term, mut sum) = (-1.0, 0.0);
        for k in 1..=100 {
            term *= -x / f64::from(k);
            sum += term / f64::from(k);
        }
        sum
    }

    /// E exp(-eta Z) where strikes are Poisson and have been for ever.
    fn stationary_factor(eta: f64) -> f64 {
        libm::exp(-DECAY_DAYS / DAYS_BETWEEN_STRIKES * ein(eta))
    }

    /// What is remembered after so long that it no longer matters that nothing was at first.
    fn stationary(stream: &mut Stream) -> Memory {
        const WARM_UP: f64 = 15.0 * DECAY_DAYS;
        let (mut memory, mut now) = (NOTHING, 0.0);
        loop {
            let gap = DAYS_BETWEEN_STRIKES * exponential(stream);
            if now + gap > WARM_UP {
                return memory.later(WARM_UP - now);
            }
            now += gap;
            memory = memory.later(gap);
            memory.strikes += 1.0;
        }
    }

    #[test]
    fn row_14_stationary_memory() {
        let remembered = sample("row 14", 400_000, |stream| stationary(stream).strikes);
        assert_moments("Z", &remembered, 1.5, 0.75);
        for (eta, expected) in [(0.5, 0.513_881), (1.0, 0.302_734), (-0.3, 1.626_016)] {
            assert!((stationary_factor(eta) / expected - 1.0).abs() < 2e-6);
            let factors = remembered
                .iter()
                .map(|&strikes| unlimited(eta).factor(Memory { strikes, ..NOTHING }));
            assert_mean(&format!("E exp(-{eta} Z)"), factors, expected);
        }
    }

    #[test]
    fn a_memory_adds_up_and_inverts() {
        let memory = Memory { strikes: 2.0, decay_days: 30.0 };
        for days in [0.0, 1e-6, 3.0, 200.0] {
            let back = memory.wait(memory.adds_up_to(days));
            assert!((back - days).abs() <= 1e-9 * (1.0 + days), "{days} {back}");
        }
        // In the end to strikes x decay, and never to more.
        assert_eq!(memory.adds_up_to(f64::INFINITY), 60.0);
        assert_eq!(memory.wait(60.0), f64::INFINITY);
        assert_eq!(NOTHING.wait(1.0), f64::INFINITY);
        // In two goes as in one.
        let halves = memory.adds_up_to(5.0) + memory.later(5.0).adds_up_to(7.0);
        assert!((halves - memory.adds_up_to(12.0)).abs() < 1e-12);
    }

    #[test]
    fn the_factor_has_a_limit() {
        let provoked = Deterrence { per_strike: -0.5, at_most: 2.0 };
        let after = |strikes| provoked.factor(Memory { strikes, ..NOTHING });
        assert_eq!((after(0.0), after(9.0)), (1.0, 2.0));
        assert!((after(1.0) - libm::exp(0.5)).abs() < 1e-15);
    }
}
