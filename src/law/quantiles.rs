//! Distribution functions of all laws, their inverses, and what a uniform number comes to.

use super::special::{self, Split};
use super::truncated::Cut;
use super::{Component, Dist, Family, pert_shapes, triangular};

/// Uniform numbers are kept this far from 0 and 1, where some laws are infinite.
const EDGE: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Dist<f64> {
    /// The probability of a value of `x` or less.
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Dist::Number(number) => f64::from(u8::from(*number <= x)),
            Dist::Family(family) => family.cdf(x),
        }
    }

    /// The least value that is not exceeded with probability `p`: the inverse of [`Dist::cdf`]. For
    /// 0 and 1 the ends of the support, NaN for what is no probability.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            _ if !(0.0..=1.0).contains(&p) => f64::NAN,
            Dist::Number(number) => *number,
            Dist::Family(family) => family.quantile(p),
        }
    }

    /// What a number `u` from 0 to 1 comes to, so that even points become even values.
    ///
    /// That is the quantile, and not beyond that of 2^-53 or 1 - 2^-53. Only a mixture takes the
    /// number to choose a part, by the weights in their order, and what is left of it within the
    /// part: neighbours stay within one part, where a quantile would be torn between all.
    pub fn at(&self, u: f64) -> f64 {
        self.in_order().at_in_order(u)
    }

    /// The same law with its lists of numbers in order.
    pub(crate) fn in_order(&self) -> Self {
        match self {
            Dist::Number(number) => Dist::Number(*number),
            Dist::Family(family) => Dist::Family(family.in_order()),
        }
    }

    /// [`Dist::at`] of a law whose lists are in order.
    pub(crate) fn at_in_order(&self, u: f64) -> f64 {
        match self {
            Dist::Number(number) => *number,
            Dist::Family(family) => family.at_in_order(u.clamp(EDGE, 1.0 - EDGE)),
        }
    }
}

impl Family<f64> {
    fn cdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x.is_nan() || x < low || x >= high {
            return if x.is_nan() { x } else { f64::from(u8::from(x >= high)) };
        }
        match self {
            Family::Constant(_) => 1.0,
            Family::Uniform(_) => (x - low) / (high - low),
            Family::Triangular([_, mode, _]) if x < *mode => {
                (x - low) / (high - low) * ((x - low) / (mode - low))
            }
            Family::Triangular([_, mode, _]) => {
                1.0 - (high - x) / (high - low) * ((high - x) / (high - mode))
            }
            Family::Pert([_, mode, _]) => {
                let [a, b] = pert_shapes(low, *mode, high);
                special::beta(a, b, (x - low) / (high - low)).0
            }
            Family::Normal { mean, sd } if *sd > 0.0 => special::normal((x - mean) / sd).0,
            Family::Normal { mean, .. } => f64::from(u8::from(*mean <= x)),
            Family::Lognormal { median, sigma } if *sigma > 0.0 => {
                special::normal(libm::log(x / median) / sigma).0
            }
            Family::Lognormal { median, .. } => f64::from(u8::from(*median <= x)),
            Family::Gamma { shape, mean } => special::gamma(*shape, x / mean * shape).0,
            Family::Beta([a, b]) => special::beta(*a, *b, x).0,
            Family::Exponential { mean } => -libm::expm1(-x / mean),
            Family::TruncatedNormal { mean, sd, low, high } => {
                match Cut::new(*mean, *sd, *low, *high) {
                    Ok(cut) => cut.cdf(x),
                    Err(constant) => f64::from(u8::from(constant <= x)),
                }
            }
            Family::Mixture(parts) => {
                let each = parts.iter().map(|part| part.weight * part.value.cdf(x));
                each.sum::<f64>() / total(parts)
            }
            Family::Empirical(values) => {
                values.iter().filter(|value| **value <= x).count() as f64 / values.len() as f64
            }
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        match self {
            _ if p == 0.0 => self.support().0,
            _ if p == 1.0 => self.support().1,
            Family::Mixture(parts) => mixture_quantile(parts, p),
            Family::Empirical(values) if values.is_empty() => f64::NAN,
            Family::Empirical(values) => {
                let rank = (p * values.len() as f64 - 1e-9).ceil().max(1.0);
                let mut values = values.clone();
                *values.select_nth_unstable_by(rank as usize - 1, f64::total_cmp).1
            }
            _ => self.smooth((p, 1.0 - p)),
        }
    }

    fn in_order(&self) -> Self {
        match self {
            Family::Empirical(values) => {
                let mut values = values.clone();
                values.sort_by(f64::total_cmp);
                Family::Empirical(values)
            }
            Family::Mixture(parts) => {
                let part = |part: &Component<f64>| Component {
                    weight: part.weight,
                    value: Box::new(part.value.in_order()),
                };
                Family::Mixture(parts.iter().map(part).collect())
            }
            family => family.clone(),
        }
    }

    fn at_in_order(&self, u: f64) -> f64 {
        match self {
            Family::Mixture(parts) => {
                let (mut from, total) = (0.0, total(parts));
                let mut chosen = parts.iter().filter(|part| part.weight > 0.0).peekable();
                while let Some(part) = chosen.next() {
                    let to = from + part.weight / total;
                    if u < to || chosen.peek().is_none() {
                        return part.value.at_in_order((u - from) / (to - from));
                    }
                    from = to;
                }
                f64::NAN
            }
            Family::Empirical(values) => {
                // None in a list without values, which a scenario is refused for.
                let place = (u * values.len() as f64) as usize;
                values.get(place).or(values.last()).copied().unwrap_or(f64::NAN)
            }
            _ => self.smooth((u, 1.0 - u)),
        }
    }

    /// The quantile of a law that is neither a mixture nor a list.
    fn smooth(&self, split: Split) -> f64 {
        let (p, q) = split;
        match self {
            Family::Constant(x) => *x,
            Family::Uniform([low, high]) => low + (high - low) * p,
            Family::Triangular(parameters) => triangular(*parameters, p),
            Family::Pert([low, _, high]) if low == high => *low,
            Family::Pert([low, mode, high]) => {
                let [a, b] = pert_shapes(*low, *mode, *high);
                let (below, above) = special::beta_quantile(a, b, split);
                let (up, down) = (low + (high - low) * below, high - (high - low) * above);
                (if p < q { up } else { down }).max(*low).min(*high)
            }
            Family::Normal { mean, sd } => mean + sd * special::normal_quantile(split),
            Family::Lognormal { median, sigma } => {
                median * libm::exp(sigma * special::normal_quantile(split))
            }
            Family::Gamma { shape, mean } => {
                mean * (special::gamma_quantile(*shape, split) / shape)
            }
            Family::Beta([a, b]) => special::beta_quantile(*a, *b, split).0,
            Family::Exponential { mean } => -mean * libm::log1p(-p),
            Family::TruncatedNormal { mean, sd, low, high } => {
                match Cut::new(*mean, *sd, *low, *high) {
                    Ok(cut) => cut.quantile(split),
                    Err(constant) => constant,
                }
            }
            Family::Mixture(_) | Family::Empirical(_) => f64::NAN,
        }
    }
}

/// The least number whose share of the mixture is `p`: it lies between the quantiles of the parts,
/// of which one half after the other is ruled out until there is one number left.
fn mixture_quantile(parts: &[Component<f64>], p: f64) -> f64 {
    let chosen = || parts.iter().filter(|part| part.weight > 0.0);
    let ends = || chosen().map(|part| part.value.quantile(p));
    let (mut low, mut high) = (ends().reduce(f64::min), ends().reduce(f64::max));
    let (low, high) = (low.get_or_insert(f64::NAN), high.get_or_insert(f64::NAN));
    let total = total(parts);
    let below = |x: f64| chosen().map(|part| part.weight * part.value.cdf(x)).sum::<f64>();
    // What rounding leaves of a share that is met.
    let due = p * total * (1.0 - 4.0 * f64::EPSILON);
    while below(*low) < due && *low < *high {
        let middle = middle(*low, *high);
        if middle <= *low {
            return *high;
        }
        if below(middle) < due { *low = middle } else { *high = middle }
    }
    *low
}

/// The number in the middle of those that there are between two, so that halving ends after at most
/// 64 times.
fn middle(low: f64, high: f64) -> f64 {
    // As whole numbers in the same order.
    let order = |x: f64| {
        let bits = x.to_bits().cast_signed();
        i128::from(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits })
    };
    let mean = ((order(low) + order(high)) >> 1) as i64;
    f64::from_bits(if mean < 0 { i64::MIN.wrapping_sub(mean) } else { mean }.cast_unsigned())
}

fn total(parts: &[Component<f64>]) -> f64 {
    parts.iter().map(|part| part.weight).sum()
}
