//! Distribution functions of the normal, gamma and beta laws, and their inverses.
//!
//! All of it is built on logarithms. The densities of a normal number, of the logarithm of a gamma
//! number and of the log-odds of a beta number are log-concave, and so are then their distribution
//! functions, from below and from above: such a function lies below its tangents, and Newton's
//! method, begun where it is too small, climbs to the place that is looked for without fail.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// A probability and what is left of 1, each with its own digits.
pub type Split = (f64, f64);

/// From this shape on the first terms of expansions in its inverse have all digits.
const LARGE: f64 = 1e6;

/// A shape below this acts like it: all values are at the ends.
const LEAST: f64 = 1e-9;

/// From here on Stirling's series has all digits.
const STIRLING: f64 = 16.0;

/// Most terms of a series or a continued fraction: more than shapes below [`LARGE`] take.
const MOST_TERMS: u32 = 1_000_000;

/// From so near, in the logarithm of the probability, a step of Newton's method is the last one: what
/// is left after it is no more than about the square.
const NEAR: f64 = 1e-8;

/// The probabilities that a standard normal number is below and above `z`.
pub fn normal(z: f64) -> Split {
    (0.5 * libm::erfc(-z * FRAC_1_SQRT_2), 0.5 * libm::erfc(z * FRAC_1_SQRT_2))
}

/// Where a standard normal number is below with probability `p` and above with `q`.
pub fn normal_quantile((p, q): Split) -> f64 {
    if p > q {
        return -normal_quantile((q, p));
    }
    // The tail is at most half of exp(-z^2 / 2), so that the place is not further out.
    let start = -(-2.0 * libm::log(2.0 * p)).max(0.0).sqrt();
    climb(libm::log(p), start, |z| {
        let ratio = mills(-z);
        (-0.5 * z * z - 0.5 * libm::log(TAU) + libm::log(ratio), 1.0 / ratio)
    })
}

/// Where a normal number that is known to lie between `a` and `b` is below with probability `p` and
/// above with `q`.
pub fn normal_quantile_between(a: f64, b: f64, (p, q): Split) -> f64 {
    let width = b - a;
    if width < 1e-5 {
        // The logarithm of the density is a line there, but for width^2 / 8.
        let slope = -0.5 * (a + b) * width;
        let curved = libm::log1p(p * libm::expm1(slope)) / slope;
        return a + width * if slope == 0.0 { p } else { curved };
    }
    if b <= 0.0 {
        return -normal_quantile_between(-b, -a, (q, p));
    }
    if a < 0.0 {
        let ((below_a, above_a), (below_b, above_b)) = (normal(a), normal(b));
        let below = below_a * q + below_b * p;
        return normal_quantile((below, above_a * q + above_b * p));
    }
    // By what factor less is above a + d than above a: what is far out has no digits otherwise.
    let ratio = mills(a);
    let less = |d: f64| libm::log(mills(a + d) / ratio) - d * (a + 0.5 * d);
    let target = libm::log(q + p * libm::exp(less(width)));
    // Below the tangent at a, below a normal number's, and within the bounds.
    let far = (-target * ratio).min((-2.0 * target).sqrt()).min(width);
    a - climb(target, -far, |d| (less(-d), 1.0 / mills(a - d)))
}

/// The probability that a normal number that is known to lie between `a` and `b` is below `z`.
pub fn normal_between(a: f64, b: f64, z: f64) -> f64 {
    let z = z.clamp(a, b);
    if b <= 0.0 {
        return 1.0 - normal_between(-b, -a, -z);
    }
    if b - a < 1e-5 {
        let slope = -0.5 * (a + b) * (b - a);
        let share = (z - a) / (b - a);
        let curved = libm::expm1(slope * share) / libm::expm1(slope);
        return if slope == 0.0 { share } else { curved };
    }
    if a < 0.0 {
        return (normal(z).0 - normal(a).0) / (normal(b).0 - normal(a).0);
    }
    let less = |z: f64| -libm::expm1(libm::log(mills(z) / mills(a)) - 0.5 * (z - a) * (z + a));
    less(z) / less(b)
}

/// The probability that a standard normal number is above `z`, which is not negative, by its density.
fn mills(z: f64) -> f64 {
    if z < 2.0 {
        return (0.25 * TAU).sqrt() * libm::erfc(z * FRAC_1_SQRT_2) * libm::exp(0.5 * z * z);
    }
    // Laplace's continued fraction, from its end.
    1.0 / (1..=100).rev().fold(z, |rest, k| z + f64::from(k) / rest)
}

/// The probabilities that a gamma number with scale 1 is below and above `x`.
pub fn gamma(shape: f64, x: f64) -> Split {
    let shape = shape.max(LEAST);
    let s = libm::log(x / shape);
    let (below, above) = (gamma_below(shape, s), gamma_above(shape, s));
    balanced(libm::exp(below.0), libm::exp(above.0))
}

/// Where a gamma number with scale 1 is below with probability `p` and above with `q`.
pub fn gamma_quantile(shape: f64, (p, q): Split) -> f64 {
    let shape = shape.max(LEAST);
    if shape > LARGE {
        return shape * libm::exp(large_quantile(shape, f64::INFINITY, (p, q)));
    }
    if p > q {
        // Gamma numbers are sub-gamma (Boucheron, Lugosi & Massart 2013, section 2.4).
        let far = -libm::log(q) / shape;
        let start = libm::log1p(far + (2.0 * far).sqrt());
        return shape * libm::exp(-climb(libm::log(q), -start, |s| gamma_above(shape, -s)));
    }
    let target = libm::log(p);
    // What is below is at most x^shape / gamma(shape + 1), and no more than of a normal number.
    let first = 0.5 * libm::log(shape * TAU) + past_stirling(shape);
    let power = (target + first) / shape - 1.0;
    let bell = libm::log1p(-(-2.0 * target / shape).sqrt().min(1.0));
    shape * libm::exp(climb(target, power.max(bell), |s| gamma_below(shape, s)))
}

/// The density of s = ln(x / shape), as a logarithm.
fn gamma_density(shape: f64, s: f64) -> f64 {
    shape * (s - libm::expm1(s)) + 0.5 * libm::log(shape / TAU) - past_stirling(shape)
}

/// The logarithm of the probability below x = shape exp(s), and its slope in s.
fn gamma_below(shape: f64, s: f64) -> (f64, f64) {
    let x = shape * libm::exp(s);
    if x >= shape + 1.0 {
        return complement(gamma_above(shape, s));
    }
    let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
    for k in 1..MOST_TERMS {
        term *= x / (shape + f64::from(k));
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    (gamma_density(shape, s) + libm::log(sum), 1.0 / sum)
}

/// The same above, with the slope in -s.
fn gamma_above(shape: f64, s: f64) -> (f64, f64) {
    let x = shape * libm::exp(s);
    if x < shape + 1.0 {
        return complement(gamma_below(shape, s));
    }
    let fraction = continued(x + 1.0 - shape, |k| {
        let k = f64::from(k);
        (-k * (k - shape), x + 2.0 * k + 1.0 - shape)
    });
    (gamma_density(shape, s) - libm::log(fraction), fraction)
}

/// The probabilities that a beta number is below and above `x`.
pub fn beta(a: f64, b: f64, x: f64) -> Split {
    let (a, b) = (a.max(LEAST), b.max(LEAST));
    let s = libm::log(x / (1.0 - x)) - libm::log(a / b);
    let scale = beta_scale(a, b);
    let (below, above) = (beta_below((a, b), scale, s), beta_below((b, a), scale, -s));
    balanced(libm::exp(below.0), libm::exp(above.0))
}

/// Where a beta number is below with probability `p` and above with `q`: the number, and what is
/// left of 1.
pub fn beta_quantile(a: f64, b: f64, split: Split) -> Split {
    let (a, b) = (a.max(LEAST), b.max(LEAST));
    shares(a * libm::exp(beta_log_odds(a, b, split)), b)
}

/// What `odds` against `b` are of 1, and what is left of it.
fn shares(odds: f64, b: f64) -> Split {
    if odds.is_infinite() { (1.0, 0.0) } else { (odds / (odds + b), b / (odds + b)) }
}

/// What a number with Student's law of so many degrees of `freedom` exceeds with probability `tail`,
/// which is below a half.
pub fn student_quantile(freedom: f64, tail: f64) -> f64 {
    // freedom / (freedom + t^2) is beta, and t^2 its odds against, by those of its mean.
    let odds = beta_log_odds(0.5 * freedom, 0.5, (2.0 * tail, 1.0 - 2.0 * tail));
    libm::exp(-0.5 * odds)
}

/// The same as the logarithm of its odds by those of a / (a + b).
fn beta_log_odds(a: f64, b: f64, (p, q): Split) -> f64 {
    if a.min(b) > LARGE {
        return large_quantile(a, b, (p, q));
    }
    if p > q {
        return -beta_log_odds(b, a, (q, p));
    }
    let (target, n, scale) = (libm::log(p), a + b, beta_scale(a, b));
    // What is below is at most odds^a / (a B(a, b)), and no more than of a normal number with
    // variance 1 / 4 (n + 1) (Marchal & Arbel 2017).
    let power = (target + libm::log(a) - scale - n * libm::log1p(a / b)) / a;
    let low = a / n - (-target / (2.0 * (n + 1.0))).sqrt();
    let bell = if low > 0.0 { libm::log(low / (1.0 - low) * (b / a)) } else { power };
    climb(target, power.max(bell), |s| beta_below((a, b), scale, s))
}

/// The logarithm of what a beta density has at a / (a + b), by the log-odds.
fn beta_scale(a: f64, b: f64) -> f64 {
    let n = a + b;
    0.5 * libm::log(a / n * b / TAU) - past_stirling(a) - past_stirling(b) + past_stirling(n)
}

/// The logarithm of the probability below the odds (a / b) exp(s), and its slope in s, given the
/// [scale](beta_scale) of the law, which is the same for both sides.
fn beta_below((a, b): (f64, f64), scale: f64, s: f64) -> (f64, f64) {
    // Rounded, both sides may lie beyond: it is turned over once.
    match shares(a * libm::exp(s), b).0 > (a + 1.0) / (a + b + 2.0) {
        true => complement(beta_below_its_mean((b, a), scale, -s)),
        false => beta_below_its_mean((a, b), scale, s),
    }
}

/// The same where that is below the mean of beta numbers with 1 more of each parameter.
fn beta_below_its_mean((a, b): (f64, f64), scale: f64, s: f64) -> (f64, f64) {
    let n = a + b;
    let odds = a * libm::exp(s);
    let (x, y) = shares(odds, b);
    // As Didonato & Morris 1992 (ACM Trans. Math. Softw. 18:360), equation 9.
    let lead = -a * b * libm::expm1(s) / (odds + b);
    let fraction = continued(a * (lead + 1.0) / (a + 1.0), |k| {
        let k = f64::from(k);
        let (up, down) = (a + 2.0 * k - 1.0, a + 2.0 * k + 1.0);
        let numerator = (a + k - 1.0) / up * ((n + k - 1.0) / up) * k * ((b - k) * x * x);
        let rest = (a + k) / down * (lead + 1.0 + k * (1.0 + y));
        (numerator, k + k * (b - k) * x / up + rest)
    });
    // The logarithm of what odds + b is to n.
    let spread = match s.abs() < 0.5 {
        true => libm::log1p(a / n * libm::expm1(s)),
        false => libm::log((odds + b) / n),
    };
    (a * s - n * spread + scale - libm::log(fraction), fraction)
}

/// Whichever of the two probabilities is the larger is what the other leaves.
fn balanced(below: f64, above: f64) -> Split {
    if below < above { (below, 1.0 - below) } else { (1.0 - above, above) }
}

/// From the logarithm of a probability and its slope those of what is left of 1.
fn complement((ln, slope): (f64, f64)) -> (f64, f64) {
    let rest = -libm::expm1(ln);
    (libm::log(rest), slope * libm::exp(ln) / rest)
}

/// The quantile of ln(x / a) of a gamma number, or, for a finite `b`, of ln(odds b / a) of a beta
/// number, which is the difference of two of those, by its first cumulants (Cornish & Fisher 1938).
fn large_quantile(a: f64, b: f64, split: Split) -> f64 {
    let z = normal_quantile(split);
    let (a, b) = (1.0 / a, 1.0 / b);
    let mean = 0.5 * (b - a) + (b * b - a * a) / 12.0;
    let variance = a + b + 0.5 * (a * a + b * b);
    let sd = variance.sqrt();
    let skewness = (b * b * (1.0 + b) - a * a * (1.0 + a)) / (variance * sd);
    let kurtosis = 2.0 * (a * a * a + b * b * b) / (variance * variance);
    let skew = skewness * (z * z - 1.0) / 6.0;
    let more = kurtosis * (z * z - 3.0) / 24.0 - skewness * skewness * (2.0 * z * z - 5.0) / 36.0;
    mean + sd * (z + skew + z * more)
}

/// What Stirling's formula leaves out of the logarithm of the gamma function.
fn past_stirling(x: f64) -> f64 {
    if x < STIRLING {
        return libm::lgamma(x) - (x - 0.5) * libm::log(x) + x - 0.5 * libm::log(TAU);
    }
    let y = 1.0 / (x * x);
    let terms = [1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0];
    terms.iter().fold(-691.0 / 360_360.0, |sum, term| term + sum * y) / x
}

/// The continued fraction `first` + n1 / (d1 + n2 / (d2 + ...)) by Lentz's method.
fn continued(first: f64, term: impl Fn(u32) -> (f64, f64)) -> f64 {
    let tiny = 1e-300;
    let mut value = if first == 0.0 { tiny } else { first };
    let (mut up, mut down) = (value, 0.0);
    for k in 1..MOST_TERMS {
        let (numerator, denominator) = term(k);
        down = denominator + numerator * down;
        down = 1.0 / if down == 0.0 { tiny } else { down };
        up = denominator + numerator / up;
        up = if up == 0.0 { tiny } else { up };
        value *= up * down;
        let change = (up * down - 1.0).abs();
        if change.is_nan() || change < 1e-16 {
            break;
        }
    }
    value
}

/// Where a log-concave distribution function has the logarithm `target`, from a place where it has
/// less, or hardly more. `of` gives its logarithm and the slope of that.
fn climb(target: f64, start: f64, of: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut place = start;
    for _ in 0..200 {
        let (ln, slope) = of(place);
        let step = (target - ln) / slope;
        // Shapes that are out of all proportion leave no digits.
        if !step.is_finite() {
            break;
        }
        place += step;
        if (target - ln).abs() <= NEAR {
            break;
        }
    }
    place
}
