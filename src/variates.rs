//! Standard random variates, the same bits on every machine: whatever is not exact in IEEE
//! arithmetic (logarithms, powers) comes from `libm`, not from the platform.

use std::sync::LazyLock;

use crate::streams::Stream;

/// Layers of a ziggurat.
const LAYERS: usize = 256;

/// A decreasing density cut into layers of equal area (Marsaglia & Tsang 2000).
struct Ziggurat {
    /// Right edges, from the bottom layer (widened to hold the tail) up to 0.
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
}

const EXPONENTIAL_EDGE: f64 = 7.697_117_470_131_05;
const NORMAL_EDGE: f64 = 3.654_152_885_361_009;

static EXPONENTIAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    Ziggurat::new(EXPONENTIAL_EDGE, 0.003_949_659_822_581_557, |x| libm::exp(-x), |y| -libm::log(y))
});

static NORMAL: LazyLock<Ziggurat> = LazyLock::new(|| {
    Ziggurat::new(
        NORMAL_EDGE,
        0.004_928_673_233_974_655,
        |x| libm::exp(-0.5 * x * x),
        |y| libm::sqrt(-2.0 * libm::log(y)),
    )
});

/// Exponential with mean 1.
#[inline]
pub fn exponential(stream: &mut Stream) -> f64 {
    let table = &*EXPONENTIAL;
    let bits = stream.bits();
    let layer = (bits & 0xff) as usize;
    let x = to_unit(bits) * table.x[layer];
    if x < table.x[layer + 1] { x } else { exponential_edge(table, layer, x, stream) }
}

/// The rare cases: the tail, and the corners of a layer.
#[cold]
fn exponential_edge(table: &Ziggurat, layer: usize, x: f64, stream: &mut Stream) -> f64 {
    if layer == 0 {
        return EXPONENTIAL_EDGE - libm::log(stream.positive_uniform());
    }
    let height = table.f[layer] + stream.uniform() * (table.f[layer + 1] - table.f[layer]);
    if height < libm::exp(-x) { x } else { exponential(stream) }
}

/// Normal with mean 0 and variance 1.
pub fn normal(stream: &mut Stream) -> f64 {
    let table = &*NORMAL;
    loop {
        let bits = stream.bits();
        let layer = (bits & 0xff) as usize;
        let sign = if bits & 0x100 == 0 { 1.0 } else { -1.0 };
        let x = to_unit(bits) * table.x[layer];
        if x < table.x[layer + 1] {
            return sign * x;
        }
        if layer == 0 {
            return sign * normal_tail(stream);
        }
        let height = table.f[layer] + stream.uniform() * (table.f[layer + 1] - table.f[layer]);
        if height < libm::exp(-0.5 * x * x) {
            return sign * x;
        }
    }
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

/// Gamma with the given shape and scale 1 (Marsaglia & Tsang 2000).
pub fn gamma(stream: &mut Stream, shape: f64) -> f64 {
    if shape < 1.0 {
        // The power takes a shape one higher down to this one.
        let boost = libm::pow(stream.positive_uniform(), 1.0 / shape);
        return boost * gamma(stream, shape + 1.0);
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
        // The first test is a quick sufficient one.
        if u < 1.0 - 0.0331 * x2 * x2 || libm::log(u) < 0.5 * x2 + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

/// Beta with parameters `a` and `b`.
pub fn beta(stream: &mut Stream, a: f64, b: f64) -> f64 {
    let x = gamma(stream, a);
    let y = gamma(stream, b);
    // Both vanish only for parameters near 0, where the mass is at the ends.
    if x + y > 0.0 { x / (x + y) } else { f64::from(u8::from(stream.uniform() < a / (a + b))) }
}

/// The upper 53 bits as a number in [0, 1); independent of the lower 11.
#[inline]
fn to_unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * f64::from_bits(0x3ca0_0000_0000_0000)
}
