//! Whole clusters: an arrival that nothing has caused, and all that comes of it.

use crate::streams::Stream;
use crate::variates::exponential;

/// A complex number.
pub(super) type Complex = (f64, f64);

/// What one arrival is: a batch of 1 + a geometric number of attacks, each of which causes a
/// Poisson number of arrivals like it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cluster {
    /// Mean size of a batch.
    pub batch: f64,
    /// Mean number of attacks that an attack causes, below 1.
    pub children: f64,
}

/// Steps of Newton's method, which doubles the digits each time.
const STEPS: usize = 12;

/// Steps without it, each of which leaves the share `children` of an error.
const MANY: usize = 3_000;

const CLOSE: f64 = 1e-28;

impl Cluster {
    /// G(z), the mean of z^(attacks of a cluster): G = B(z e^((children / batch) (G - 1))), with
    /// B(w) = w / (batch - (batch - 1) w). With batches of one, sizes have Borel's law.
    pub fn generating(&self, z: Complex) -> Complex {
        if self.children == 0.0 {
            return self.batch_of(z).0;
        }
        let mut found = z;
        for _ in 0..STEPS {
            let (next, slope) = self.next(z, found);
            let step = divided(minus(found, next), minus((1.0, 0.0), slope));
            found = minus(found, step);
            if !(found.0.is_finite() && found.1.is_finite()) {
                break;
            }
            if square(step) < CLOSE {
                return found;
            }
        }
        // The map brings any two points of the disc nearer.
        found = (0.0, 0.0);
        for _ in 0..MANY {
            let next = self.next(z, found).0;
            let change = square(minus(next, found));
            found = next;
            if change < CLOSE {
                break;
            }
        }
        found
    }

    /// The right side of the equation, and its slope.
    fn next(&self, z: Complex, g: Complex) -> (Complex, Complex) {
        let arrivals = self.children / self.batch;
        let size = libm::exp(arrivals * (g.0 - 1.0));
        let (sin, cos) = libm::sincos(arrivals * g.1);
        let w = times(z, (size * cos, size * sin));
        let (value, slope) = self.batch_of(w);
        let change = times(slope, w);
        (value, (arrivals * change.0, arrivals * change.1))
    }

    /// B(w) and its slope.
    fn batch_of(&self, w: Complex) -> (Complex, Complex) {
        if self.batch == 1.0 {
            return (w, (1.0, 0.0));
        }
        let more = self.batch - 1.0;
        let below = (self.batch - more * w.0, -more * w.1);
        let value = divided(w, below);
        (value, divided((self.batch, 0.0), times(below, below)))
    }

    /// A number of attacks, as chance has it.
    pub fn sample(&self, stream: &mut Stream) -> u64 {
        let (mut attacks, mut arrivals) = (0, 1);
        while arrivals > 0 {
            arrivals -= 1;
            let batch = self.batch_size(stream);
            attacks += batch;
            arrivals += poisson(batch as f64 * self.children / self.batch, stream);
        }
        attacks
    }

    fn batch_size(&self, stream: &mut Stream) -> u64 {
        if self.batch == 1.0 {
            return 1;
        }
        let scale = -1.0 / libm::log1p(-1.0 / self.batch);
        1 + (exponential(stream) * scale) as u64
    }
}

/// A Poisson number, by the waiting times of a clock.
pub(super) fn poisson(mean: f64, stream: &mut Stream) -> u64 {
    let (mut count, mut time) = (0, exponential(stream));
    while time < mean {
        count += 1;
        time += exponential(stream);
    }
    count
}

fn minus(a: Complex, b: Complex) -> Complex {
    (a.0 - b.0, a.1 - b.1)
}

pub(super) fn times(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

fn square(a: Complex) -> f64 {
    a.0 * a.0 + a.1 * a.1
}

pub(super) fn divided(a: Complex, b: Complex) -> Complex {
    let size = square(b);
    ((a.0 * b.0 + a.1 * b.1) / size, (a.1 * b.0 - a.0 * b.1) / size)
}

/// By which share the variance of a count over so many days comes out too large where children are
/// booked to their parent's stretch: the variance of whole clusters by that of a stationary process
/// with contagion (row 4 of `docs/verification.md`), less 1.
pub fn excess(children: f64, decay_days: f64, days: f64) -> f64 {
    let left = 1.0 - children;
    let slow = decay_days / left;
    let whole = days / (left * left);
    let exact = whole + (1.0 - 1.0 / (left * left)) * slow * -libm::expm1(-days / slow);
    whole / exact - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::{assert_mean, sample};

    #[test]
    fn sizes_have_borels_law() {
        // Row 6 of docs/verification.md, children .4: e^(-nk) (nk)^(k-1) / k!.
        let cluster = Cluster { batch: 1.0, children: 0.4 };
        let z: f64 = 0.7;
        let (mut sum, mut factorial) = (0.0, 1.0);
        for k in 1..60 {
            let k = f64::from(k);
            factorial *= k;
            sum += (-0.4 * k).exp() * (0.4 * k).powf(k - 1.0) / factorial * z.powf(k);
        }
        assert!((cluster.generating((z, 0.0)).0 - sum).abs() < 1e-14);
    }

    #[test]
    fn the_equation_holds_all_over_the_disc() {
        for (batch, children) in [(1.0, 0.0), (1.0, 0.95), (3.0, 0.4), (20.0, 0.99), (2.0, 0.0)] {
            let cluster = Cluster { batch, children };
            for k in 0..500 {
                let (radius, turn) = (0.999 * f64::from(k % 25) / 24.0, f64::from(k) * 0.713);
                let z = (radius * turn.cos(), radius * turn.sin());
                let g = cluster.generating(z);
                assert!(square(minus(g, cluster.next(z, g).0)) < 1e-22, "{cluster:?} at {z:?}");
                assert!(square(g) <= radius * radius + 1e-12, "the mean of what is in the disc");
            }
        }
    }

    #[test]
    fn sampled_sizes_agree() {
        let cluster = Cluster { batch: 2.5, children: 0.5 };
        let sizes = sample("clusters", 1_200_000, |stream| cluster.sample(stream) as f64);
        assert_mean("size", sizes.iter().copied(), 5.0);
        let z: f64 = 0.6;
        let expected = cluster.generating((z, 0.0)).0;
        assert_mean("z^size", sizes.iter().map(|n| z.powf(*n)), expected);
    }
}
