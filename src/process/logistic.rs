//! A strength that grows towards a limit and is worn down: when a hazard in proportion to it acts.

/// A strength as it is now, as a share of the greatest there can be, and how it goes on:
/// dI/dt = growth I (1 - I) - loss I, solved exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Logistic {
    pub strength: f64,
    /// Per day, 0 or more.
    pub growth: f64,
    /// Per day, 0 or more.
    pub loss: f64,
}

impl Logistic {
    /// The strength as it is `days` later: I e^(A t) / (1 + growth I (e^(A t) - 1) / A), where
    /// A = growth - loss, in whichever of two forms does not overflow.
    pub fn later(self, days: f64) -> Self {
        let Logistic { strength, growth, .. } = self;
        if strength == 0.0 {
            return self;
        }
        let net = self.net();
        let (power, sum) = power_and_sum(-net.abs(), days);
        let strength = if net < 0.0 {
            strength * power / (1.0 + growth * strength * sum)
        } else {
            strength / (power + growth * strength * sum)
        };
        Logistic { strength: strength.max(LEAST), ..self }
    }

    /// What the strength adds up to in `days`: ln(1 + growth I (e^(A t) - 1) / A) / growth.
    pub fn passed(self, days: f64) -> f64 {
        regrown(self.net(), days, self.strength, self.growth)
    }

    /// Days until the strength has added up to `budget`, which for a hazard of c times the
    /// strength is its own budget divided by c. Infinite where a dying strength never adds up to
    /// so much.
    pub fn wait(self, budget: f64) -> f64 {
        if self.strength == 0.0 {
            return f64::INFINITY;
        }
        regrown(self.growth, budget, 1.0 / self.strength, self.net())
    }

    /// The rate at which a small strength grows, or dies if it is negative.
    fn net(self) -> f64 {
        self.growth - self.loss
    }
}

/// The integral of e^(rate x) from 0 to `x`.
fn grown(rate: f64, x: f64) -> f64 {
    if rate == 0.0 { x } else { libm::expm1(rate * x) / rate }
}

/// e^(rate x) and the integral of it from 0 to `x`, for rates that are not positive: both from
/// one exponential, in the form that does not cancel.
fn power_and_sum(rate: f64, x: f64) -> (f64, f64) {
    if rate == 0.0 {
        return (1.0, x);
    }
    let exponent = rate * x;
    let (power, less_one) = if exponent > -1.0 {
        let less_one = libm::expm1(exponent);
        (1.0 + less_one, less_one)
    } else {
        let power = libm::exp(exponent);
        (power, power - 1.0)
    };
    (power, less_one / rate)
}

/// The x at which `grown(back, x)` is `factor * grown(rate, from)`; infinite if there is none.
fn regrown(rate: f64, from: f64, factor: f64, back: f64) -> f64 {
    let exponent = rate * from;
    if exponent > LARGE && back > 0.0 {
        // 1 + back y with e^exponent taken out.
        let rest = libm::exp(-exponent) + back * factor * grown(-rate, from);
        return (exponent + libm::log(rest)) / back;
    }
    let y = factor * grown(rate, from);
    if back == 0.0 {
        y
    } else if back * y > -1.0 {
        libm::log1p(back * y) / back
    } else {
        f64::INFINITY
    }
}

/// A strength above 0 does not die out altogether: from 0 there would be no way back.
const LEAST: f64 = 1e-200;

/// An exponent from here on is taken out, far from where the exponential overflows.
const LARGE: f64 = 500.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// Row 15 of docs/verification.md: a strength of 0.1 that grows by 2 a year, and is worn down
    /// by a multiple of that.
    fn row_15(loss: f64) -> Logistic {
        let growth = 2.0 / 365.0;
        Logistic { strength: 0.1, growth, loss: loss * growth }
    }

    #[track_caller]
    fn close(found: f64, expected: f64, tolerance: f64) {
        let off = (found - expected).abs();
        assert!(off <= tolerance * expected.abs(), "{found} against {expected}");
    }

    /// The strength and its sum after `days`, by Runge and Kutta's fourth-order steps.
    fn stepped(from: Logistic, days: f64) -> (f64, f64) {
        let steps = 4_000;
        let step = days / f64::from(steps);
        let slope = |i: f64| from.growth * i * (1.0 - i) - from.loss * i;
        let (mut i, mut sum) = (from.strength, 0.0);
        for _ in 0..steps {
            let a = slope(i);
            let (i_b, b) = (i + step / 2.0 * a, slope(i + step / 2.0 * a));
            let (i_c, c) = (i + step / 2.0 * b, slope(i + step / 2.0 * b));
            let (i_d, d) = (i + step * c, slope(i + step * c));
            sum += step / 6.0 * (i + 2.0 * i_b + 2.0 * i_c + i_d);
            i += step / 6.0 * (a + 2.0 * b + 2.0 * c + d);
        }
        (i, sum)
    }

    #[test]
    fn row_15_a_year() {
        for (loss, strength, sum) in [
            (0.7, 0.143_019_0, 44.200_157),
            (0.0, 0.450_853_1, 90.160_239),
            (1.0, 0.083_333_3, 33.273_684),
            (1.3, 0.047_706_3, 25.569_406),
        ] {
            let from = row_15(loss);
            close(from.later(365.0).strength, strength, 1e-6);
            close(from.passed(365.0), sum, 1e-7);
            let (stepped_strength, stepped_sum) = stepped(from, 365.0);
            close(from.later(365.0).strength, stepped_strength, 1e-10);
            close(from.passed(365.0), stepped_sum, 1e-10);
        }
    }

    #[test]
    fn row_16_two_years_of_less_pressure_after_that() {
        let first = row_15(0.7);
        let then = Logistic { loss: 0.2 * first.growth, ..first.later(365.0) };
        close(then.later(730.0).strength, 0.673_827_3, 1e-6);
        close(first.passed(365.0) + then.passed(730.0), 345.325_826, 1e-8);
        close(then.later(464.349_159).strength, 0.5, 1e-8);
        // A hazard of 0.1 times the strength, and a budget of 1.
        close(then.wait(1.0 / 0.1), 62.478_504, 1e-8);
    }

    #[test]
    fn a_growth_next_to_the_loss_keeps_its_digits() {
        // At the very same, I / (1 + growth I t), which a difference of 1e-15 does not change.
        for off in [-1.3e-15, 0.0, 1.3e-15] {
            let from = Logistic { strength: 0.5, growth: 1e-3, loss: 1e-3 + off };
            close(from.later(1e4).strength, 0.5 / 6.0, 1e-9);
        }
    }

    #[test]
    fn waits_invert_sums() {
        for (strength, growth, loss) in [
            (0.1, 0.005, 0.0),
            (0.1, 0.005, 0.002),
            (0.1, 0.005, 0.005),
            (0.1, 0.005, 0.005 + 1e-12),
            (0.9, 0.005, 0.02),
            (0.3, 0.0, 0.01),
            (0.3, 0.0, 0.0),
            (0.3, 1e-12, 0.01),
            (1e-9, 2.0, 0.1),
        ] {
            let from = Logistic { strength, growth, loss };
            for days in [1e-9, 0.5, 30.0, 365.0] {
                close(from.wait(from.passed(days)), days, 1e-8);
            }
        }
    }

    #[test]
    fn a_dying_strength_may_never_add_up_to_so_much() {
        let dying = row_15(1.3);
        let most = libm::log1p(dying.strength / 0.3) / dying.growth;
        close(dying.passed(1e6), most, 1e-12);
        assert!(dying.wait(most * (1.0 - 1e-9)).is_finite());
        assert_eq!(dying.wait(most * (1.0 + 1e-9)), f64::INFINITY);
        assert_eq!(dying.wait(1e9), f64::INFINITY);
        assert_eq!(dying.later(1e6).strength, LEAST);
        // Without growth all there is to come is strength / loss.
        let alone = Logistic { strength: 0.3, growth: 0.0, loss: 0.01 };
        assert!(alone.wait(29.999).is_finite());
        assert_eq!(alone.wait(30.001), f64::INFINITY);
        close(alone.later(100.0).strength, 0.3 * libm::exp(-1.0), 1e-14);
        close(alone.passed(100.0), -30.0 * libm::expm1(-1.0), 1e-14);
        let nothing = Logistic { strength: 0.0, ..row_15(0.5) };
        assert_eq!((nothing.later(9.0).strength, nothing.passed(9.0)), (0.0, 0.0));
        assert_eq!((nothing.wait(0.0), nothing.wait(1.0)), (f64::INFINITY, f64::INFINITY));
    }

    #[test]
    fn long_times_end_at_the_limit() {
        let from = row_15(0.2);
        let limit = 1.0 - 0.2;
        for days in [1e5, 1e6, 1e300] {
            close(from.later(days).strength, limit, 1e-12);
        }
        // In the end the sum grows in a line: across the change of form, and far beyond.
        let (before, after) = (from.passed(1.14e5), from.passed(1.15e5));
        close(after - before, limit * 1e3, 1e-9);
        close(from.passed(1e6) - after, limit * (1e6 - 1.15e5), 1e-12);
        for days in [1e5, 1.14e5, 1.15e5, 1e6, 1e12] {
            close(from.wait(from.passed(days)), days, 1e-12);
        }
    }

    #[test]
    fn a_strength_goes_on_where_it_was() {
        for loss in [0.0, 0.7, 1.0, 1.3] {
            let (from, middle) = (row_15(loss), row_15(loss).later(100.0));
            close(from.later(250.0).strength, middle.later(150.0).strength, 1e-12);
            close(from.passed(250.0), from.passed(100.0) + middle.passed(150.0), 1e-12);
            let budget = from.passed(250.0);
            close(100.0 + middle.wait(budget - from.passed(100.0)), from.wait(budget), 1e-12);
        }
    }
}
