//! Coefficients of power series by their values on a circle.
//!
//! For F(z) = sum of a(n) z^n the mean of F(z) z^-n over N even points of the circle of radius r is
//! a(n) + a(n + N) r^N + a(n + 2N) r^2N + ..., so that a radius below 1 leaves nothing of what comes
//! after N (Abate & Whitt 1992, Queueing Systems 10:5). The values have rounding errors of the size
//! of F(r), which the division by r^n makes larger: of several radii, the one counts for which F(r)
//! r^-n is the least.

use std::f64::consts::TAU;

use crate::observe::Reported;

/// What is left of the coefficients after the N-th at the largest radius.
const LEFT: f64 = 1e-10;

/// A report with a smaller probability than this counts as one that cannot be.
const LEAST_WEIGHT: f64 = 1e-10;

/// By how much rounding errors may exceed those of one number.
const ROUNDING: f64 = 1e-13;

/// Powers of the largest radius that are tried.
pub(super) const RADII: usize = 8;

/// Reads the probability of a report off a generating function.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub circles: Vec<Circle>,
}

/// Points of a circle, as far as they are not mirror images of others: one has a real value, and
/// of the others the real part counts twice.
#[derive(Clone, Debug)]
pub(super) struct Circle {
    pub radius: f64,
    /// Real and imaginary parts of the points.
    pub points: Vec<(f64, f64)>,
    /// Those of what values at the points are multiplied by.
    pub weights: Vec<(f64, f64)>,
    /// By how much errors of the values become larger.
    pub growth: f64,
}

impl Reader {
    /// None if nothing was reported.
    pub fn new(reported: Reported) -> Option<Self> {
        let most = reported.most()?;
        let mut weights: Vec<f64> = (0..=most).map(|n| reported.probability(n)).collect();
        let last = weights.iter().rposition(|weight| *weight > LEAST_WEIGHT).unwrap_or(0);
        weights.truncate(last + 1);
        let points = match reported {
            Reported::About { .. } => last + last / 4 + 8,
            _ => 2 * last + 8,
        };
        let largest = radius(points);
        let radii = (0..RADII).map(|k| libm::pow(largest, f64::from(1u32 << k)));
        let circles = radii.map(|radius| Circle::new(radius, points, &weights));
        Some(Reader { circles: circles.filter(|circle| circle.growth < 1e250).collect() })
    }

    /// The one circle of so many points that reads off a count that is known exactly.
    pub fn circle(count: u32, points: usize) -> Circle {
        let mut wanted = vec![0.0; count as usize + 1];
        wanted[count as usize] = 1.0;
        Circle::new(radius(points), points, &wanted)
    }
}

/// The largest radius at which so many points tell coefficients apart.
fn radius(points: usize) -> f64 {
    libm::pow(LEFT, 1.0 / points as f64)
}

impl Circle {
    fn new(radius: f64, count: usize, wanted: &[f64]) -> Self {
        let growths: Vec<f64> = (wanted.iter().enumerate())
            .map(|(n, weight)| weight * libm::pow(radius, -(n as f64)))
            .collect();
        let half = count / 2 + 1;
        let turns: Vec<(f64, f64)> = (0..count)
            .map(|m| libm::sincos(TAU * m as f64 / count as f64))
            .map(|(sin, cos)| (cos, sin))
            .collect();
        let weight = |m: usize| {
            let twice = if m == 0 || 2 * m == count { 1.0 } else { 2.0 };
            let sum = growths.iter().enumerate().fold((0.0, 0.0), |(re, im), (n, growth)| {
                let (cos, sin) = turns[n * m % count];
                (re + growth * cos, im - growth * sin)
            });
            (twice * sum.0 / count as f64, twice * sum.1 / count as f64)
        };
        Circle {
            radius,
            points: turns[..half].iter().map(|(cos, sin)| (radius * cos, radius * sin)).collect(),
            weights: (0..half).map(weight).collect(),
            growth: growths.iter().sum(),
        }
    }

    /// How large the error of what is read may be, by the value on the circle's real point.
    pub fn error(&self, value: f64) -> f64 {
        ROUNDING * self.growth * value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a Poisson law off its generating function on each circle.
    fn read(reported: Reported, mean: f64) -> Vec<(f64, f64)> {
        let reader = Reader::new(reported).unwrap();
        let read = |circle: &Circle| {
            let value = |(re, im): (f64, f64)| {
                let size = (mean * (re - 1.0)).exp();
                (size * (mean * im).cos(), size * (mean * im).sin())
            };
            let each = circle.points.iter().zip(&circle.weights);
            let sum: f64 = each.map(|(z, w)| value(*z).0 * w.0 - value(*z).1 * w.1).sum();
            (sum, circle.error((mean * (circle.radius - 1.0)).exp()))
        };
        reader.circles.iter().map(read).collect()
    }

    #[test]
    fn poisson_probabilities_far_out() {
        for (mean, count) in [(3.0, 0), (3.0, 4), (70.0, 50), (70.0, 2), (400.0, 7), (0.01, 1)] {
            let ln: f64 = -mean - (1..=count).map(|k| (f64::from(k) / mean).ln()).sum::<f64>();
            let found = read(Reported::Exactly(count), mean);
            let best = found.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!((best.0 / ln.exp() - 1.0).abs() < 1e-7, "{count} of {mean}: {best:?}");
            for (value, error) in found {
                assert!((value - ln.exp()).abs() < error + LEFT, "{count} of {mean}");
            }
        }
    }

    #[test]
    fn reports_are_sums() {
        let mean = 20.0;
        for reported in [Reported::AtMost(17), Reported::About { count: 30, sigma: 0.3 }] {
            let mut law = f64::exp(-mean);
            let mut expected = 0.0;
            for n in 0..200u32 {
                expected += law * reported.probability(u64::from(n));
                law *= mean / f64::from(n + 1);
            }
            let found = read(reported, mean)[0].0;
            assert!((found - expected).abs() < 1e-9, "{reported:?}: {found} not {expected}");
        }
    }
}
