//! Exact waiting times of a clock whose hazard is constant or grows in a line.

/// A hazard of `rate` now that grows by `growth` times that per day: rate (1 + growth t).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hazard {
    pub rate: f64,
    pub growth: f64,
}

impl Hazard {
    /// Days until the hazard has added up to `budget`: budget / rate, or with growth
    /// (sqrt(1 + 2 growth budget / rate) - 1) / growth, in a form that does not cancel.
    #[inline]
    pub fn wait(self, budget: f64) -> f64 {
        let days = budget / self.rate;
        if self.growth == 0.0 {
            return days;
        }
        2.0 * days / (1.0 + (1.0 + 2.0 * self.growth * days).sqrt())
    }

    /// What the hazard adds up to in `days`.
    #[inline]
    pub fn passed(self, days: f64) -> f64 {
        self.rate * days * (1.0 + 0.5 * self.growth * days)
    }

    /// The hazard as it is `days` later.
    pub fn later(self, days: f64) -> Self {
        let factor = 1.0 + self.growth * days;
        Hazard { rate: self.rate * factor, growth: self.growth / factor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::exponential;
    use crate::variates::testing::{assert_mean, stream};

    /// Row 32 of docs/verification.md: 0.05 (1 + t / 30).
    const ROW_32: Hazard = Hazard { rate: 0.05, growth: 1.0 / 30.0 };

    #[test]
    fn row_32_adds_up_and_inverts() {
        assert!((ROW_32.passed(90.0) - 11.25).abs() < 1e-12);
        assert!((ROW_32.wait(1.0) - 15.825_757).abs() < 1e-6);
        for budget in [1e-12, 0.3, 2.0, 50.0] {
            assert!((ROW_32.passed(ROW_32.wait(budget)) / budget - 1.0).abs() < 1e-12);
        }
        let constant = Hazard { rate: 0.05, growth: 0.0 };
        assert_eq!(constant.wait(1.0), 20.0);
    }

    #[test]
    fn row_32_mean_of_the_first_event() {
        let mut stream = stream("row 32");
        let waits: Vec<f64> = (0..600_000).map(|_| ROW_32.wait(exponential(&mut stream))).collect();
        assert_mean("row 32, first event", waits.iter().copied(), 14.341_758);
    }

    #[test]
    fn a_hazard_goes_on_where_it_was() {
        let (now, later) = (ROW_32.passed(50.0), ROW_32.later(20.0).passed(30.0));
        assert!((now - ROW_32.passed(20.0) - later).abs() < 1e-12);
    }
    #[test]
    fn row_31_whichever_comes_first() {
        // A return at 0.0004 a day against an end at 0.0001 a day, for 730 days.
        let of = |rate| Hazard { rate, growth: 0.0 };
        let mut stream = stream("row 31");
        let won: Vec<f64> = (0..1_200_000)
            .map(|_| {
                let back = of(0.0004).wait(exponential(&mut stream));
                let end = of(0.0001).wait(exponential(&mut stream));
                f64::from(u8::from(back < end && back < 730.0))
            })
            .collect();
        assert_mean("row 31", won.iter().copied(), 0.244_643);
    }
}
