//! How many people one event harms: a discrete generalised Pareto law.

use crate::streams::Stream;
use crate::variates::exponential;

/// P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape) for k = 1, 2, ...; for shape 0 its limit,
/// exp(-(k - 1) / scale), which is geometric.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Severity {
    scale: f64,
    shape: f64,
}

/// Below this shape the law is its limit, to within rounding.
const FLAT: f64 = 1e-9;

/// Where so little of a law is within the cap, all numbers up to it are as likely.
const FLAT_LAW: f64 = 1e-6;

/// From this on the formula of Euler and Maclaurin is right to some 10^-8: the terms of its remainder are
/// products of (1 + n shape) / (2 pi (scale + shape k)), n up to 11.
const SMOOTH: f64 = 3.0;

/// B2 / 2!, B4 / 4!, ..., of the formula of Euler and Maclaurin.
const BERNOULLI: [f64; 6] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
];

impl Severity {
    /// `scale` is positive, `shape` 0 or more.
    pub fn new(scale: f64, shape: f64) -> Self {
        Severity { scale, shape }
    }

    /// P(X >= k).
    fn survival(&self, k: f64) -> f64 {
        let z = (k - 1.0) / self.scale;
        if self.shape < FLAT {
            return libm::exp(-z);
        }
        libm::exp(-libm::log1p(self.shape * z) / self.shape)
    }

    /// The probabilities of 1, 2, ..., `cap`, given that it is at most `cap`.
    pub fn law(&self, cap: u32) -> Vec<f64> {
        let survivals: Vec<f64> = (1..=cap + 1).map(|k| self.survival(f64::from(k))).collect();
        let within = 1.0 - survivals[cap as usize];
        survivals.windows(2).map(|pair| (pair[0] - pair[1]) / within).collect()
    }

    /// The mean of the number harmed, given that it is at most `cap` (at least 1), or of `most` if
    /// that is less: the sum of P(X >= k | X <= cap) over k up to `most`.
    pub fn mean_within(&self, cap: u32, most: u32) -> f64 {
        let (beyond, most) = (self.survival(f64::from(cap) + 1.0), f64::from(most.min(cap)));
        let within = 1.0 - beyond;
        if within < FLAT_LAW {
            let cap = f64::from(cap);
            return most - most * (most - 1.0) / (2.0 * cap);
        }
        (self.sum(most) - most * beyond) / within
    }

    /// P(X >= k), given that X is at most `cap` (at least 1); `k` is from 1 to `cap`.
    pub fn at_least_within(&self, cap: u32, k: u32) -> f64 {
        let (cap, k) = (f64::from(cap), f64::from(k));
        let beyond = self.survival(cap + 1.0);
        let within = 1.0 - beyond;
        if within < FLAT_LAW {
            return (cap + 1.0 - k) / cap;
        }
        (self.survival(k) - beyond) / within
    }

    /// The sum of P(X >= k) over k = 1, 2, ..., `count`: the first ones as they are, the others by the
    /// formula of Euler and Maclaurin, as soon as they fall slowly.
    fn sum(&self, count: f64) -> f64 {
        let Severity { scale, shape } = *self;
        let (mut sum, mut k) = (0.0, 0.0);
        while k < count {
            let term = self.survival(k + 1.0);
            if term < 1e-18 * sum {
                return sum;
            }
            if scale + shape * k >= 1.0 + SMOOTH * shape {
                return sum + self.tail_sum(k, count);
            }
            sum += term;
            k += 1.0;
        }
        sum
    }

    /// The sum of P(X >= k) over k - 1 = `from`, ..., `to` - 1.
    fn tail_sum(&self, from: f64, to: f64) -> f64 {
        let Severity { scale, shape } = *self;
        let [first, last] = [from, to].map(|x| self.survival(x + 1.0));
        // Of (1 + shape x / scale)^(-1 / shape): by logarithms, so that no shape is special.
        let integral = if shape < FLAT {
            scale * (first - last)
        } else {
            let longer = libm::log1p(shape * (to - from) / (scale + shape * from));
            let power = 1.0 - 1.0 / shape;
            let grown = if power == 0.0 { longer } else { libm::expm1(power * longer) / power };
            first * (scale + shape * from) / shape * grown
        };
        integral + self.beside_integral(from, first) - self.beside_integral(to, last)
    }

    /// What the sum from k - 1 = `x` on, where P(X > x) is `p`, has beside the integral: half of the first
    /// term, and odd derivatives, - P (1 + shape) (1 + 2 shape) ... / (scale + shape x)^n.
    fn beside_integral(&self, x: f64, p: f64) -> f64 {
        let Severity { scale, shape } = *self;
        let each = 1.0 / (scale + shape * x);
        let (mut sum, mut slope) = (0.5 * p, p * each);
        for (k, factor) in BERNOULLI.into_iter().enumerate() {
            let more = factor * slope;
            sum += more;
            if more.abs() < 1e-17 * sum {
                break;
            }
            for order in [2 * k + 1, 2 * k + 2] {
                slope *= (1.0 + order as f64 * shape) * each;
            }
        }
        sum
    }

    /// The means of the law under one cap after another.
    pub fn means(&self) -> Means {
        let Severity { scale, shape } = *self;
        let smooth = if shape < FLAT { 0.0 } else { (1.0 + SMOOTH * shape - scale) / shape };
        let smooth = smooth.max(0.0).ceil();
        let is_far_from_1 = (1.0 - shape).abs() > 0.01;
        let is_smooth = scale + shape * smooth >= 1.0 + SMOOTH * shape && smooth <= MOST_APART;
        let base = (is_far_from_1 && is_smooth)
            .then(|| self.sum(smooth) + self.rest(smooth, self.survival(smooth + 1.0)));
        Means { severity: *self, smooth, base }
    }

    /// The sum of P(X >= k) from k - 1 = `x` on, where P(X > x) is `p`. For a shape above 1, for which
    /// there is none, something of which differences are those of sums.
    fn rest(&self, x: f64, p: f64) -> f64 {
        let Severity { scale, shape } = *self;
        p * (scale + shape * x) / (1.0 - shape) + self.beside_integral(x, p)
    }

    /// A number harmed, given that it is at most `cap` (at least 1).
    pub fn sample(&self, cap: u32, stream: &mut Stream) -> u32 {
        // Rounding down the generalised Pareto law, expm1(shape E) / shape with E exponential.
        let e = exponential(stream);
        let z = if self.shape < FLAT { e } else { libm::expm1(self.shape * e) / self.shape };
        let harmed = ((z * self.scale) as u32).saturating_add(1);
        if harmed <= cap { harmed } else { self.sample_within(cap, stream) }
    }

    /// The same by the inverse of the distribution function, which does not try in vain however
    /// seldom the number is as small as the cap.
    #[cold]
    fn sample_within(&self, cap: u32, stream: &mut Stream) -> u32 {
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

/// Means of one law under one cap after another, with what they have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Means {
    severity: Severity,
    /// From there on the formula of Euler and Maclaurin is right.
    smooth: f64,
    /// A sum is this less the rest; `None` where that would leave too few digits.
    base: Option<f64>,
}

/// Sums of more terms than this are not taken one by one for it.
const MOST_APART: f64 = 64.0;

impl Means {
    /// [`Severity::mean_within`], to some ten digits.
    pub fn within(&self, cap: u32, most: u32) -> f64 {
        let (top, count) = (f64::from(cap), f64::from(most.min(cap)));
        let beyond = self.severity.survival(top + 1.0);
        match self.base {
            // Most of the law is within the cap, so that the sum is not one of many equal terms.
            Some(base) if beyond < 0.5 && count >= self.smooth => {
                let last = match count == top {
                    true => beyond,
                    false => self.severity.survival(count + 1.0),
                };
                (base - self.severity.rest(count, last) - count * beyond) / (1.0 - beyond)
            }
            _ => self.severity.mean_within(cap, most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::{assert_mean, assert_share, sample};

    const CAP: u32 = 350;

    /// P(X >= k | X <= cap), from the formula with the platform's power.
    fn at_least(scale: f64, shape: f64, cap: u32, k: u32) -> f64 {
        let survival = |k: u32| (1.0 + shape * f64::from(k - 1) / scale).powf(-1.0 / shape);
        (survival(k) - survival(cap + 1)) / (1.0 - survival(cap + 1))
    }

    #[test]
    fn default_harm() {
        let severity = Severity::new(2.1, 0.45);
        let harmed =
            sample("severity", 3_000_000, |stream| f64::from(severity.sample(CAP, stream)));
        // With 0.9 of no harm the mean is 0.431538 and the variance 7.986752.
        let mean = 4.315_380;
        let square = (7.986_752 + 0.431_538 * 0.431_538) / 0.1;
        assert_mean("harmed", harmed.iter().copied(), mean);
        assert_share("25 or more", &harmed, |x| x >= 25.0, 0.017_638_8);
        assert_share("50 or more", &harmed, |x| x >= 50.0, 0.004_328_49);
        for k in 1..=10 {
            let expected = at_least(2.1, 0.45, CAP, k) - at_least(2.1, 0.45, CAP, k + 1);
            assert_share(&format!("{k}"), &harmed, |x| x == f64::from(k), expected);
        }
        // The square varies too much for 1 %: 4 standard errors are 4 %.
        let squares = harmed.iter().map(|x| x * x).sum::<f64>() / harmed.len() as f64;
        assert!((squares / square - 1.0).abs() < 0.04, "{squares} against {square}");
    }

    #[test]
    fn known_moments_follow_from_the_formula() {
        let over = |weight: &dyn Fn(f64) -> f64| -> f64 {
            (1..=CAP).map(|k| weight(f64::from(k)) * at_least(2.1, 0.45, CAP, k)).sum()
        };
        // E X = sum of P(X >= k); E X^2 = sum of (2k - 1) P(X >= k)
        let (mean, square) = (over(&|_| 1.0), over(&|k| 2.0 * k - 1.0));
        assert!((0.1 * mean - 0.431_538).abs() < 1e-6, "{mean}");
        assert!((0.1 * square - 0.01 * mean * mean - 7.986_752).abs() < 1e-6, "{square}");
    }

    #[test]
    fn a_mean_is_the_sum_over_what_can_be() {
        for scale in [0.01, 0.3, 1.0, 2.1, 50.0, 1e4] {
            for shape in [0.0, 1e-6, 0.01, 0.2, 0.45, 1.0, 1.0 + 1e-9, 3.0] {
                let severity = Severity::new(scale, shape);
                for cap in [1, 2, 7, 60, 350, 2_500] {
                    let law = severity.law(cap);
                    for most in [1, 2, 5, 30, 349, 350, 9_000] {
                        let each = law.iter().zip(1u32..);
                        let sum: f64 = each.map(|(p, k)| p * f64::from(k.min(most))).sum();
                        let mean = severity.mean_within(cap, most);
                        let what = format!("{scale} {shape} {cap} {most}: {mean}, not {sum}");
                        assert!((mean / sum - 1.0).abs() < 1e-6, "{what}");
                        let again = severity.means().within(cap, most);
                        assert!((again / mean - 1.0).abs() < 1e-9, "{again}; {what}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_tight_cap() {
        let severity = Severity::new(2.1, 0.45);
        let harmed = sample("cap", 500_000, |stream| f64::from(severity.sample(3, stream)));
        for k in 1..=3 {
            let expected = at_least(2.1, 0.45, 3, k) - at_least(2.1, 0.45, 3, k + 1);
            assert_share(&format!("{k} of 3"), &harmed, |x| x == f64::from(k), expected);
        }
        let alone = sample("alone", 1_000, |stream| f64::from(severity.sample(1, stream)));
        assert!(alone.iter().all(|x| *x == 1.0));
        // Where rounding would carry some past the cap.
        let severity = Severity::new(1e13, 0.45);
        let flat = sample("flat", 100_000, |stream| f64::from(severity.sample(1, stream)));
        assert!(flat.iter().all(|x| *x == 1.0));
    }

    #[test]
    fn shape_zero_is_geometric() {
        for shape in [0.0, 1e-12, 1e-8] {
            let severity = Severity::new(2.1, shape);
            let name = format!("shape {shape}");
            let harmed =
                sample(&name, 1_000_000, |stream| f64::from(severity.sample(100_000, stream)));
            let go_on = libm::exp(-1.0 / 2.1);
            assert_mean(&name, harmed.iter().copied(), 1.0 / (1.0 - go_on));
            for k in 1..=6 {
                let expected = libm::pow(go_on, f64::from(k - 1)) * (1.0 - go_on);
                assert_share(&name, &harmed, |x| x == f64::from(k), expected);
            }
        }
    }
}
