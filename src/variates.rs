//! Standard random variates, the same bits on every machine: whatever is not exact in IEEE
//! arithmetic (exponentials, logarithms, powers) comes from `libm`, not from the platform.

use std::cmp::Ordering::{Equal, Greater};
use std::sync::LazyLock;

use crate::streams::{Stream, unit};

/// Exponential with mean 1.
#[inline]
pub fn exponential(stream: &mut Stream) -> f64 {
    let table = &*EXPONENTIAL;
    let bits = stream.bits();
    let layer = layer(bits);
    let x = unit(bits) * table.x[layer];
    if x < table.x[layer + 1] { x } else { exponential_edge(table, layer, x, stream) }
}

/// The rare cases: the tail, and the corner of a layer.
#[cold]
fn exponential_edge(table: &Ziggurat, layer: usize, x: f64, stream: &mut Stream) -> f64 {
    if layer == 0 {
        // Without memory: beyond the edge it begins anew.
        return EXPONENTIAL_EDGE - libm::log(stream.positive_uniform());
    }
    if table.height(layer, stream) < libm::exp(-x) { x } else { exponential(stream) }
}

/// Normal with mean 0 and variance 1.
#[inline]
pub fn normal(stream: &mut Stream) -> f64 {
    let table = &*NORMAL;
    let bits = stream.bits();
    let layer = layer(bits);
    let sign = if bits & 0x100 == 0 { 1.0 } else { -1.0 };
    let x = unit(bits) * table.x[layer];
    if x < table.x[layer + 1] { sign * x } else { normal_edge(table, layer, sign, x, stream) }
}

#[cold]
fn normal_edge(table: &Ziggurat, layer: usize, sign: f64, x: f64, stream: &mut Stream) -> f64 {
    if layer == 0 {
        return sign * normal_tail(stream);
    }
    if table.height(layer, stream) < libm::exp(-0.5 * x * x) { sign * x } else { normal(stream) }
}

/// Normal given that it exceeds the edge (Marsaglia 1964).
fn normal_tail(stream: &mut Stream) -> f64 {
    loop {
        let x = -libm::log(stream.positive_uniform()) / NORMAL_EDGE;
        let y = -libm::log(stream.positive_uniform());
        if 2.0 * y > x * x {
            return NORMAL_EDGE + x;
        }
    }
}

/// Gamma with scale 1 and a positive shape, which is its mean (Marsaglia & Tsang 2000). NaN for any
/// other shape.
#[must_use]
pub fn gamma(stream: &mut Stream, shape: f64) -> f64 {
    if !matches!(shape.partial_cmp(&1.0), Some(Equal | Greater)) {
        if !matches!(shape.partial_cmp(&0.0), Some(Greater)) {
            return f64::NAN;
        }
        // A power of a uniform takes the shape down by one.
        let u = stream.positive_uniform();
        return libm::pow(u, 1.0 / shape) * gamma(stream, shape + 1.0);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(stream);
        let v = 1.0 + c * x;
        if v <= 0.0 {
            continue;
        }
        let v = v * v * v;
        let u = stream.positive_uniform();
        let x2 = x * x;
        // The first test spares most logarithms.
        if u < 1.0 - 0.0331 * x2 * x2 || libm::log(u) < 0.5 * x2 + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

/// Beta with positive parameters `a` and `b`; its mean is a / (a + b). NaN for others.
pub fn beta(stream: &mut Stream, a: f64, b: f64) -> f64 {
    if a == 1.0 {
        // The least of b uniforms, in closed form.
        return -libm::expm1(-exponential(stream) / b);
    }
    let x = gamma(stream, a);
    let y = gamma(stream, b);
    // Both vanish only for parameters near 0, where all mass is at the two ends.
    if x + y > 0.0 { x / (x + y) } else { f64::from(u8::from(stream.uniform() * (a + b) < a)) }
}

/// From so many on, things that may happen are counted at one blow and no longer one by one.
pub(crate) const MANY: u32 = 1_024;

/// How many of `count` things happen, each with probability `p`.
///
/// Each happens if a uniform number of its own is below `p`. Of many, the one in the middle by size
/// is drawn first, which is beta (Relles 1972, J. Am. Stat. Assoc. 67:612): as many as are below it
/// happen or may happen, and half of them are left to look at.
pub fn binomial(stream: &mut Stream, mut count: u32, mut p: f64) -> u32 {
    let mut happen = 0;
    while count >= MANY {
        let middle = count / 2 + 1;
        let at = beta(stream, f64::from(middle), f64::from(count - middle + 1));
        if at < p {
            happen += middle;
            count -= middle;
            p = (p - at) / (1.0 - at);
        } else {
            count = middle - 1;
            p /= at;
        }
    }
    happen + (0..count).map(|_| u32::from(stream.uniform() < p)).sum::<u32>()
}

/// How many of `marked` things out of `all` are among `drawn` of them, drawn without replacement. No
/// more than all can be marked, or drawn.
///
/// Many are drawn each with the same probability, which leaves every choice of so many as likely as
/// another; then some go back, or some more are drawn, which are as many as the root of them.
pub fn hypergeometric(stream: &mut Stream, drawn: u32, marked: u32, all: u32) -> u32 {
    let (drawn, marked) = (drawn.min(all), marked.min(all));
    if drawn < MANY {
        let (mut of_them, mut of_all, mut found) = (marked, all, 0);
        for _ in 0..drawn {
            if stream.uniform() * f64::from(of_all) < f64::from(of_them) {
                of_them -= 1;
                found += 1;
            }
            of_all -= 1;
        }
        return found;
    }
    let p = f64::from(drawn) / f64::from(all);
    let found = binomial(stream, marked, p);
    let chosen = found + binomial(stream, all - marked, p);
    if chosen > drawn {
        found - hypergeometric(stream, chosen - drawn, found, chosen)
    } else {
        found + hypergeometric(stream, drawn - chosen, marked - found, all - chosen)
    }
}

/// The place of one of `weights`, each as likely as its share of their sum: 0 if none is above 0.
#[inline]
pub fn choose(weights: impl Iterator<Item = f64> + Clone, stream: &mut Stream) -> usize {
    let total: f64 = weights.clone().sum();
    let mut left = stream.uniform() * total;
    let mut last = 0;
    for (k, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
        left -= weight;
        if left < 0.0 {
            return k;
        }
        last = k;
    }
    // Only rounding leads here.
    last
}

/// Layers of a ziggurat.
const LAYERS: usize = 256;

/// A decreasing density cut into layers of equal area (Marsaglia & Tsang 2000).
struct Ziggurat {
    /// Right edges, from the bottom layer, widened by the area of the tail, up to 0 at the top.
    x: [f64; LAYERS + 1],
    /// The density at the edges.
    f: [f64; LAYERS + 1],
}

impl Ziggurat {
    /// The ziggurat of `density` with inverse `inverse`, whose bottom layer ends at `edge` and
    /// whose layers have area `area`.
    fn new(edge: f64, area: f64, density: fn(f64) -> f64, inverse: fn(f64) -> f64) -> Self {
        let mut x = [0.0; LAYERS + 1];
        x[0] = area / density(edge);
        x[1] = edge;
        for k in 2..LAYERS {
            x[k] = inverse(density(x[k - 1]) + area / x[k - 1]);
        }
        Ziggurat { x, f: x.map(density) }
    }

    /// A height anywhere in a layer.
    fn height(&self, layer: usize, stream: &mut Stream) -> f64 {
        self.f[layer] + stream.uniform() * (self.f[layer + 1] - self.f[layer])
    }
}

const EXPONENTIAL_EDGE: f64 = 7.697_117_470_131_05;
const NORMAL_EDGE: f64 = 3.654_152_885_361_009;

static EXPONENTIAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    let area = 0.003_949_659_822_581_557;
    Ziggurat::new(EXPONENTIAL_EDGE, area, |x| libm::exp(-x), |y| -libm::log(y))
});

static NORMAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    let area = 0.004_928_673_233_974_655;
    let inverse = |y| (-2.0 * libm::log(y)).sqrt();
    Ziggurat::new(NORMAL_EDGE, area, |x| libm::exp(-0.5 * x * x), inverse)
});

/// The lowest 8 bits choose a layer; the normal takes its sign from the ninth.
#[inline]
fn layer(bits: u64) -> usize {
    (bits & 0xff) as usize
}

/// Comparing samples with what is known of their law. A right sampler fails a check once in
/// 16,000 seeds.
#[cfg(test)]
pub(crate) mod testing {
    use crate::streams::{Purpose, Stream, Who};

    /// Standard errors that a right answer may be off.
    const ERRORS: f64 = 4.0;

    pub fn stream(name: &str) -> Stream {
        Stream::new(7, 17, Who::new(&[name]), Purpose::Marks)
    }

    pub fn sample(name: &str, runs: usize, mut one: impl FnMut(&mut Stream) -> f64) -> Vec<f64> {
        let mut stream = stream(name);
        (0..runs).map(|_| one(&mut stream)).collect()
    }

    /// Mean of `values`, its standard error.
    fn mean(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
        let count = values.clone().count() as f64;
        let mean = values.clone().sum::<f64>() / count;
        let squares: f64 = values.map(|x| (x - mean) * (x - mean)).sum();
        (mean, squares.sqrt() / count)
    }

    #[track_caller]
    fn near(name: &str, (found, error): (f64, f64), expected: f64) {
        let off = (found - expected) / error;
        assert!(
            found == expected || off.abs() < ERRORS,
            "{name}: {found}, expected {expected}, off by {off:.1} standard errors"
        );
    }

    /// The sample mean is right, and a bias of 1 % would have been seen.
    #[track_caller]
    pub fn assert_mean(name: &str, values: impl Iterator<Item = f64> + Clone, expected: f64) {
        let (found, error) = mean(values);
        near(name, (found, error), expected);
        let seen = expected == 0.0 || 1.5 * ERRORS * error <= 0.01 * expected.abs();
        assert!(seen, "{name}: {error} is too large an error for a mean of {expected}");
    }

    #[track_caller]
    pub fn assert_moments(name: &str, values: &[f64], expected: f64, variance: f64) {
        assert_mean(name, values.iter().copied(), expected);
        let squares = values.iter().map(|x| (x - expected) * (x - expected));
        near(&format!("variance of {name}"), mean(squares), variance);
    }

    /// The share of `values` for which `hit` holds is right.
    #[track_caller]
    pub fn assert_share(name: &str, values: &[f64], hit: impl Fn(f64) -> bool, expected: f64) {
        let count = values.len() as f64;
        let found = values.iter().filter(|x| hit(**x)).count() as f64 / count;
        near(name, (found, (expected * (1.0 - expected) / count).sqrt()), expected);
    }

    /// The sample follows the continuous distribution function `below` (Kolmogorov-Smirnov, at
    /// the probability of 4 standard errors).
    #[track_caller]
    pub fn assert_law(name: &str, values: &[f64], below: impl Fn(f64) -> f64) {
        let mut values = values[..values.len().min(200_000)].to_vec();
        values.sort_unstable_by(f64::total_cmp);
        let count = values.len() as f64;
        let gap = |(k, x): (usize, &f64)| {
            let expected = below(*x);
            (expected - k as f64 / count).abs().max((expected - (k + 1) as f64 / count).abs())
        };
        let widest = values.iter().enumerate().map(gap).fold(0.0, f64::max);
        assert!(widest * count.sqrt() < 2.28, "{name}: {widest} from its distribution function");
    }

    /// The distribution function of a density, known up to a factor, between two bounds.
    pub fn below(density: impl Fn(f64) -> f64, low: f64, high: f64) -> impl Fn(f64) -> f64 {
        let cells = 20_000;
        let width = (high - low) / cells as f64;
        let mut mass = vec![0.0];
        for k in 0..cells {
            let middle = low + (k as f64 + 0.5) * width;
            mass.push(mass[k] + density(middle));
        }
        move |x| {
            let place = ((x - low) / width).clamp(0.0, cells as f64);
            let cell = (place as usize).min(cells - 1);
            let within = (place - cell as f64) * (mass[cell + 1] - mass[cell]);
            (mass[cell] + within) / mass[cells]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{assert_law, assert_moments, assert_share, below, sample, stream};
    use super::*;

    const RUNS: usize = 750_000;

    #[test]
    fn layers_have_equal_areas_and_close() {
        for (table, area) in
            [(&*EXPONENTIAL, 0.003_949_659_822_581_557), (&*NORMAL, 0.004_928_673_233_974_655)]
        {
            for k in 1..LAYERS {
                let layer = table.x[k] * (table.f[k + 1] - table.f[k]);
                assert!((layer / area - 1.0).abs() < 1e-9, "layer {k} has area {layer}");
            }
        }
    }

    #[test]
    fn exponential_moments_and_law() {
        let values = sample("exponential", RUNS, exponential);
        assert_moments("exponential", &values, 1.0, 1.0);
        assert_law("exponential", &values, |x| -libm::expm1(-x));
    }

    #[test]
    fn normal_moments_and_law() {
        let values = sample("normal", RUNS, normal);
        assert_moments("normal", &values, 0.0, 1.0);
        assert_law("normal", &values, |x| 0.5 * libm::erfc(-x / 2.0f64.sqrt()));
    }

    /// ln of how many ways there are to choose `k` of `n`.
    fn ln_ways(n: u32, k: u32) -> f64 {
        let ln_factorial = |n: u32| libm::lgamma(f64::from(n) + 1.0);
        ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
    }

    #[test]
    fn binomial_counts_one_by_one_and_by_halves() {
        for (n, p) in [(20, 0.3), (1_023, 0.4), (1_024, 0.4), (5_000, 0.02), (40_000_000, 0.7)] {
            let name = format!("binomial {n} {p}");
            let counts = sample(&name, 60_000, |stream| f64::from(binomial(stream, n, p)));
            let mean = f64::from(n) * p;
            assert_moments(&name, &counts, mean, mean * (1.0 - p));
            let term = |k: u32| {
                let others = f64::from(n - k) * libm::log1p(-p);
                libm::exp(ln_ways(n, k) + f64::from(k) * libm::log(p) + others)
            };
            let sd = (mean * (1.0 - p)).sqrt();
            for far in [-2.0, -1.0, 0.0, 0.5, 1.5, 2.5] {
                let most = (mean + far * sd).floor();
                let least = (mean - 9.0 * sd).max(0.0) as u32;
                let expected = (least..=most as u32).map(term).sum();
                assert_share(&format!("{name} <= {most}"), &counts, |x| x <= most, expected);
            }
        }
        let mut stream = stream("certain");
        assert_eq!(binomial(&mut stream, 3_000_000, 1.0), 3_000_000);
        assert_eq!(binomial(&mut stream, 3_000_000, 0.0), 0);
    }

    #[test]
    fn hypergeometric_counts_one_by_one_and_at_one_blow() {
        let cases = [(30, 40, 100), (1_023, 900, 3_000), (1_024, 900, 3_000), (2_000, 9, 2_500)];
        let large = [(400_000, 600_000, 1_000_000), (9_000_000, 5_000_000, 1_000_000_000)];
        for (drawn, marked, all) in cases.into_iter().chain(large) {
            let name = format!("hypergeometric {drawn} {marked} {all}");
            let one = |stream: &mut Stream| f64::from(hypergeometric(stream, drawn, marked, all));
            let counts = sample(&name, 40_000, one);
            let [k, m, n] = [drawn, marked, all].map(f64::from);
            let (mean, share) = (k * m / n, m / n);
            let variance = mean * (1.0 - share) * (n - k) / (n - 1.0);
            assert_moments(&name, &counts, mean, variance);
            let least = (drawn + marked).saturating_sub(all);
            let term = |x: u32| {
                let others = ln_ways(all - marked, drawn - x);
                libm::exp(ln_ways(marked, x) + others - ln_ways(all, drawn))
            };
            // Beyond that, logarithms of factorials are not exact enough.
            if all > 3_000 {
                continue;
            }
            for far in [-1.5, -0.5, 0.0, 1.0, 2.0] {
                let most = (mean + far * variance.sqrt()).floor().max(f64::from(least));
                if most >= f64::from(marked.min(drawn)) {
                    continue;
                }
                let expected = (least..=most as u32).map(term).sum();
                assert_share(&format!("{name} <= {most}"), &counts, |x| x <= most, expected);
            }
        }
        let mut stream = stream("all of them");
        assert_eq!(hypergeometric(&mut stream, 5_000, 5_000, 5_000), 5_000);
        assert_eq!(hypergeometric(&mut stream, 5_000, 0, 5_000), 0);
    }

    #[test]
    fn tails() {
        // Beyond the widest layers. A bias of 15 % would be seen.
        let values = sample("exponential tail", 3_000_000, exponential);
        assert_share("P(E > 8)", &values, |x| x > 8.0, libm::exp(-8.0));
        assert_share("P(E > 10)", &values, |x| x > 10.0, libm::exp(-10.0));
        let values = sample("normal tail", 3_000_000, normal);
        let beyond = |z: f64| libm::erfc(z / 2.0f64.sqrt());
        assert_share("P(|Z| > 3.6)", &values, |x| x.abs() > 3.6, beyond(3.6));
        assert_share("P(|Z| > 4)", &values, |x| x.abs() > 4.0, beyond(4.0));
        assert_share("P(Z > 3.6)", &values, |x| x > 3.6, beyond(3.6) / 2.0);
    }

    #[test]
    fn gamma_moments_and_law() {
        for shape in [1.0, 1.8, 4.2, 17.0, 150.0] {
            let name = format!("gamma {shape}");
            let values = sample(&name, RUNS, |stream| gamma(stream, shape));
            assert_moments(&name, &values, shape, shape);
            let density = |x| libm::exp((shape - 1.0) * libm::log(x) - x);
            let high = shape + 12.0 * shape.sqrt() + 20.0;
            assert_law(&name, &values, below(density, 0.0, high));
        }
    }

    #[test]
    fn gamma_of_a_small_shape() {
        let values = sample("gamma 0.5", RUNS, |stream| gamma(stream, 0.5));
        assert_moments("gamma 0.5", &values, 0.5, 0.5);
        assert_law("gamma 0.5", &values, |x| libm::erf(x.sqrt()));
    }

    #[test]
    fn beta_moments_and_law() {
        for (a, b) in [(17.0, 3.0), (6.0, 4.0), (1.0, 19.0), (1.8, 4.2), (1.5, 28.5), (3.0, 1.0)] {
            let name = format!("beta {a} {b}");
            let values = sample(&name, RUNS, |stream| beta(stream, a, b));
            let sum = a + b;
            assert_moments(&name, &values, a / sum, a * b / (sum * sum * (sum + 1.0)));
            let density = |x| libm::pow(x, a - 1.0) * libm::pow(1.0 - x, b - 1.0);
            assert_law(&name, &values, below(density, 0.0, 1.0));
        }
    }

    #[test]
    fn beta_with_its_mass_at_the_ends() {
        let values = sample("beta 0.5", RUNS, |stream| beta(stream, 0.5, 0.5));
        let arcsine = |x: f64| 2.0 / std::f64::consts::PI * libm::asin(x.sqrt());
        assert_moments("beta 0.5", &values, 0.5, 0.125);
        assert_law("beta 0.5", &values, arcsine);
        let values = sample("beta 1e-5", RUNS, |stream| beta(stream, 1e-5, 3e-5));
        assert_share("near 1", &values, |x| x > 0.5, 0.25);
    }

    #[test]
    fn choice_by_weight() {
        let weights = [0.0, 3.0, 0.0, 1.0, 4.0, 0.0];
        let choice = |stream: &mut Stream| choose(weights.iter().copied(), stream) as f64;
        let values = sample("choice", RUNS, choice);
        for (k, weight) in weights.iter().enumerate() {
            assert_share(&format!("choice {k}"), &values, |x| x == k as f64, weight / 8.0);
        }
    }
}
