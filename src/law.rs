//! The closed set of probability laws: parameters, limits, moments, sampling.
//!
//! One definition serves twice. A [`Range`] says what nobody knows: it gives one value per draw
//! of the scenario (epistemic). A [`Law`] describes chance itself: it is sampled anew at each
//! occurrence (aleatory), and its parameters may themselves be ranges.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Problem};
use crate::streams::Stream;
use crate::variates::{beta, exponential, gamma, normal};

/// A number, or a law with parameters of type `P`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Dist<P> {
    /// A constant.
    Number(f64),
    /// A probability law.
    Family(Family<P>),
}

/// A number that may be uncertain: one value per draw.
pub type Range = Dist<f64>;

/// A number that chance decides, anew at each occurrence.
pub type Law = Dist<Range>;

/// A family of probability laws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Family<P> {
    /// Always this value.
    Constant(P),
    /// Any value from low to high alike: `[low, high]`.
    Uniform([P; 2]),
    /// Rising from low to the mode, falling to high: `[low, mode, high]`.
    Triangular([P; 3]),
    /// PERT, `[low, mode, high]`: low + (high - low) Beta(1 + 4 (mode - low) / (high - low),
    /// 1 + 4 (high - mode) / (high - low)), with mean (low + 4 mode + high) / 6.
    Pert([P; 3]),
    /// Normal.
    Normal {
        /// Mean.
        mean: P,
        /// Standard deviation.
        sd: P,
    },
    /// Lognormal: median times exp(sigma Z), Z standard normal.
    Lognormal {
        /// Median.
        median: P,
        /// Standard deviation of the logarithm.
        sigma: P,
    },
    /// Gamma.
    Gamma {
        /// Shape; the coefficient of variation is 1 / sqrt(shape).
        shape: P,
        /// Mean.
        mean: P,
    },
    /// Beta on [0, 1] with mean a / (a + b): `[a, b]`.
    Beta([P; 2]),
    /// Exponential.
    Exponential {
        /// Mean.
        mean: P,
    },
    /// Normal, conditioned on lying between two bounds.
    TruncatedNormal {
        /// Mean before truncation.
        mean: P,
        /// Standard deviation before truncation.
        sd: P,
        /// Lower bound.
        low: P,
        /// Upper bound.
        high: P,
    },
    /// One of several numbers or laws, with the given weights, which are divided by their sum.
    Mixture(Vec<Component<P>>),
    /// One of these numbers, each as likely as any other.
    Empirical(Vec<f64>),
}

/// A part of a mixture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component<P> {
    /// Weight.
    pub weight: P,
    /// A number or a law.
    pub value: Box<Dist<P>>,
}

impl<P> Dist<P> {
    /// A sample, with parameters looked up by `value`.
    #[inline]
    pub fn sample(&self, value: impl Fn(&P) -> f64 + Copy, stream: &mut Stream) -> f64 {
        match self {
            Dist::Number(number) => *number,
            Dist::Family(family) => family.sample(value, stream),
        }
    }
}

impl<P> Family<P> {
    /// The same family with each parameter turned into another; `turn` is given the parameter's
    /// place in the family, such as `pert.1` or `lognormal.sigma`.
    pub fn map<Q>(&self, turn: &mut impl FnMut(&str, &P) -> Q) -> Family<Q> {
        self.map_at("", turn)
    }

    fn map_at<Q>(&self, prefix: &str, turn: &mut impl FnMut(&str, &P) -> Q) -> Family<Q> {
        let mut turn_at = |place: &str, p: &P| turn(&format!("{prefix}{place}"), p);
        match self {
            Family::Constant(x) => Family::Constant(turn_at("constant", x)),
            Family::Uniform([low, high]) => {
                Family::Uniform([turn_at("uniform.0", low), turn_at("uniform.1", high)])
            }
            Family::Triangular([low, mode, high]) => Family::Triangular([
                turn_at("triangular.0", low),
                turn_at("triangular.1", mode),
                turn_at("triangular.2", high),
            ]),
            Family::Pert([low, mode, high]) => Family::Pert([
                turn_at("pert.0", low),
                turn_at("pert.1", mode),
                turn_at("pert.2", high),
            ]),
            Family::Normal { mean, sd } => {
                Family::Normal { mean: turn_at("normal.mean", mean), sd: turn_at("normal.sd", sd) }
            }
            Family::Lognormal { median, sigma } => Family::Lognormal {
                median: turn_at("lognormal.median", median),
                sigma: turn_at("lognormal.sigma", sigma),
            },
            Family::Gamma { shape, mean } => Family::Gamma {
                shape: turn_at("gamma.shape", shape),
                mean: turn_at("gamma.mean", mean),
            },
            Family::Beta([a, b]) => Family::Beta([turn_at("beta.0", a), turn_at("beta.1", b)]),
            Family::Exponential { mean } => {
                Family::Exponential { mean: turn_at("exponential.mean", mean) }
            }
            Family::TruncatedNormal { mean, sd, low, high } => Family::TruncatedNormal {
                mean: turn_at("truncated_normal.mean", mean),
                sd: turn_at("truncated_normal.sd", sd),
                low: turn_at("truncated_normal.low", low),
                high: turn_at("truncated_normal.high", high),
            },
            Family::Mixture(parts) => {
                let parts = parts.iter().enumerate().map(|(k, part)| {
                    let place = format!("{prefix}mixture.{k}.");
                    let weight = turn(&format!("{place}weight"), &part.weight);
                    let value = match &*part.value {
                        Dist::Number(number) => Dist::Number(*number),
                        Dist::Family(family) => {
                            Dist::Family(family.map_at(&format!("{place}value."), turn))
                        }
                    };
                    Component { weight, value: Box::new(value) }
                });
                Family::Mixture(parts.collect())
            }
            Family::Empirical(values) => Family::Empirical(values.clone()),
        }
    }

    /// A sample, with parameters looked up by `value`.
    pub fn sample(&self, value: impl Fn(&P) -> f64 + Copy, stream: &mut Stream) -> f64 {
        match self {
            Family::Constant(x) => value(x),
            Family::Uniform([low, high]) => {
                value(low) + stream.uniform() * (value(high) - value(low))
            }
            Family::Triangular(p) => triangular(p.each_ref().map(value), stream.uniform()),
            Family::Pert(p) => {
                let [low, mode, high] = p.each_ref().map(value);
                let (a, b) = pert_shapes(low, mode, high);
                low + (high - low) * beta(stream, a, b)
            }
            Family::Normal { mean, sd } => value(mean) + value(sd) * normal(stream),
            Family::Lognormal { median, sigma } => {
                value(median) * libm::exp(value(sigma) * normal(stream))
            }
            Family::Gamma { shape, mean } => {
                value(mean) / value(shape) * gamma(stream, value(shape))
            }
            Family::Beta([a, b]) => beta(stream, value(a), value(b)),
            Family::Exponential { mean } => value(mean) * exponential(stream),
            Family::TruncatedNormal { mean, sd, low, high } => {
                let (mean, sd) = (value(mean), value(sd));
                let (low, high) = (value(low), value(high));
                let z = truncated_normal((low - mean) / sd, (high - mean) / sd, stream);
                (mean + sd * z).clamp(low, high)
            }
            Family::Mixture(parts) => {
                let total: f64 = parts.iter().map(|part| value(&part.weight)).sum();
                let mut left = stream.uniform() * total;
                let chosen = parts.iter().find(|part| {
                    left -= value(&part.weight);
                    left < 0.0
                });
                match chosen.or(parts.last()) {
                    Some(part) => part.value.sample(value, stream),
                    None => f64::NAN,
                }
            }
            Family::Empirical(values) => values[(stream.uniform() * values.len() as f64) as usize],
        }
    }
}

/// Inverse of the triangular distribution function.
fn triangular([low, mode, high]: [f64; 3], u: f64) -> f64 {
    let (rise, width) = (mode - low, high - low);
    if u * width < rise {
        low + (u * width * rise).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

fn pert_shapes(low: f64, mode: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width)
}

/// Standard normal between `a` and `b`, by rejection from whichever of a normal, a uniform and a
/// shifted exponential fits best (Robert 1995).
fn truncated_normal(a: f64, b: f64, stream: &mut Stream) -> f64 {
    if b <= 0.0 {
        return -truncated_normal(-b, -a, stream);
    }
    if a <= 0.0 && b - a > 2.5 {
        loop {
            let z = normal(stream);
            if (a..=b).contains(&z) {
                return z;
            }
        }
    }
    let rate = 0.5 * (a + (a * a + 4.0).sqrt());
    if a > 0.0 && (b - a) * rate > 1.0 {
        loop {
            let z = a + exponential(stream) / rate;
            if z <= b && stream.uniform() <= libm::exp(-0.5 * (z - rate) * (z - rate)) {
                return z;
            }
        }
    }
    let peak = a.max(0.0);
    loop {
        let z = a + stream.uniform() * (b - a);
        if stream.uniform() <= libm::exp(0.5 * (peak * peak - z * z)) {
            return z;
        }
    }
}

/// What a parameter of a law can be: a number, or a range of them.
pub trait Parameter {
    /// A typical value: the number itself, or the mean of the range.
    fn typical(&self) -> f64;
    /// The least and the greatest value it can take.
    fn support(&self) -> (f64, f64);
    /// Reports what is wrong with the parameter in itself.
    fn check_alone(&self, path: &str, problems: &mut Vec<Problem>);
}

impl Parameter for f64 {
    fn typical(&self) -> f64 {
        *self
    }

    fn support(&self) -> (f64, f64) {
        (*self, *self)
    }

    fn check_alone(&self, path: &str, problems: &mut Vec<Problem>) {
        if !self.is_finite() {
            let what = format!("{self} is not a finite number");
            problems.push(Problem::new(path, Code::NotFinite, what, "give a finite number"));
        }
    }
}

impl<P: Parameter> Parameter for Dist<P> {
    fn typical(&self) -> f64 {
        self.mean()
    }

    fn support(&self) -> (f64, f64) {
        Dist::support(self)
    }

    fn check_alone(&self, path: &str, problems: &mut Vec<Problem>) {
        self.check(path, (f64::NEG_INFINITY, f64::INFINITY), problems);
    }
}

impl<P: Parameter> Dist<P> {
    /// The mean, taking each uncertain parameter at its own mean.
    pub fn mean(&self) -> f64 {
        match self {
            Dist::Number(number) => *number,
            Dist::Family(family) => family.mean(),
        }
    }

    /// The variance, taking each uncertain parameter at its mean.
    pub fn variance(&self) -> f64 {
        match self {
            Dist::Number(_) => 0.0,
            Dist::Family(family) => family.variance(),
        }
    }

    /// The least and the greatest value possible.
    pub fn support(&self) -> (f64, f64) {
        match self {
            Dist::Number(number) => (*number, *number),
            Dist::Family(family) => family.support(),
        }
    }

    /// Reports everything wrong with the number or law at `path`, whose values must lie within
    /// `limits`.
    pub fn check(&self, path: &str, limits: (f64, f64), problems: &mut Vec<Problem>) {
        let before = problems.len();
        match self {
            Dist::Number(number) => number.check_alone(path, problems),
            Dist::Family(family) => family.check_parameters(path, problems),
        }
        let (low, high) = self.support();
        if problems.len() == before && (low < limits.0 || high > limits.1) {
            problems.push(outside(path, (low, high), limits));
        }
    }
}

fn outside(path: &str, (low, high): (f64, f64), limits: (f64, f64)) -> Problem {
    let what = if low == high {
        format!("{low} is outside the limits of this key")
    } else {
        format!("values from {low} to {high} are possible, some outside the limits of this key")
    };
    let remedy = match limits {
        (low, f64::INFINITY) => format!("keep it at {low} or above"),
        (low, high) => format!("keep it between {low} and {high}"),
    };
    let remedy = if low.is_infinite() || high.is_infinite() {
        format!("{remedy}, for instance with a truncated_normal")
    } else {
        remedy
    };
    Problem::new(path, Code::OutOfRange, what, remedy)
}

impl<P: Parameter> Family<P> {
    /// The family with every parameter at its typical value.
    fn typical(&self) -> Family<f64> {
        self.map(&mut |_, parameter| parameter.typical())
    }

    fn mean(&self) -> f64 {
        self.typical().moments().0
    }

    fn variance(&self) -> f64 {
        self.typical().moments().1
    }

    fn support(&self) -> (f64, f64) {
        let low_of = |parts: &[P]| parts.iter().map(|p| p.support().0).fold(f64::NAN, f64::min);
        let high_of = |parts: &[P]| parts.iter().map(|p| p.support().1).fold(f64::NAN, f64::max);
        match self {
            Family::Constant(x) => x.support(),
            Family::Uniform(p) => (low_of(p), high_of(p)),
            Family::Triangular(p) | Family::Pert(p) => (low_of(p), high_of(p)),
            Family::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Family::Lognormal { .. } | Family::Gamma { .. } | Family::Exponential { .. } => {
                (0.0, f64::INFINITY)
            }
            Family::Beta(_) => (0.0, 1.0),
            Family::TruncatedNormal { low, high, .. } => (low.support().0, high.support().1),
            Family::Mixture(parts) => {
                let each = parts.iter().map(|part| part.value.support());
                each.fold((f64::NAN, f64::NAN), |(low, high), (l, h)| (low.min(l), high.max(h)))
            }
            Family::Empirical(values) => (
                values.iter().copied().fold(f64::NAN, f64::min),
                values.iter().copied().fold(f64::NAN, f64::max),
            ),
        }
    }

    fn check_parameters(&self, path: &str, problems: &mut Vec<Problem>) {
        let before = problems.len();
        self.map(&mut |place, parameter| {
            parameter.check_alone(&format!("{path}.{place}"), problems);
        });
        if problems.len() > before {
            return;
        }
        if let Some((what, remedy)) = self.typical().fault() {
            problems.push(Problem::new(path, Code::BadLaw, what, remedy));
        }
    }
}

impl Family<f64> {
    /// Why the parameters make no law, and what to do.
    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let positive = "give a number above 0";
        match self {
            Family::Uniform([low, high]) if low >= high => {
                Some(("low is not below high", "order them as [low, high]"))
            }
            Family::Triangular([low, mode, high]) | Family::Pert([low, mode, high])
                if !(low <= mode && mode <= high && low < high) =>
            {
                Some(("the three are not in order", "order them as [low, mode, high]"))
            }
            Family::Normal { sd, .. } if *sd <= 0.0 => Some(("sd is not above 0", positive)),
            Family::Lognormal { median, .. } if *median <= 0.0 => {
                Some(("the median is not above 0", positive))
            }
            Family::Lognormal { sigma, .. } if *sigma < 0.0 => {
                Some(("sigma is below 0", "give 0 or more"))
            }
            Family::Gamma { shape, mean } if *shape <= 0.0 || *mean <= 0.0 => {
                Some(("shape and mean are not both above 0", positive))
            }
            Family::Beta([a, b]) if *a <= 0.0 || *b <= 0.0 => {
                Some(("a and b are not both above 0", positive))
            }
            Family::Exponential { mean } if *mean <= 0.0 => {
                Some(("the mean is not above 0", positive))
            }
            Family::TruncatedNormal { sd, .. } if *sd <= 0.0 => {
                Some(("sd is not above 0", positive))
            }
            Family::TruncatedNormal { low, high, .. } if low >= high => {
                Some(("low is not below high", "give a low below high"))
            }
            Family::Mixture(parts)
                if parts.iter().any(|part| part.weight < 0.0)
                    || parts.iter().all(|part| part.weight == 0.0) =>
            {
                Some(("the weights are empty, negative, or all 0", "give weights above 0"))
            }
            Family::Mixture(parts) => parts.iter().find_map(|part| match &*part.value {
                Dist::Number(number) if number.is_finite() => None,
                Dist::Number(_) => Some(("a value is not finite", "give a finite number")),
                Dist::Family(family) => family.fault(),
            }),
            Family::Empirical(values)
                if values.is_empty() || !values.iter().all(|x| x.is_finite()) =>
            {
                Some(("there are no values, or some are not finite", "list finite numbers"))
            }
            _ => None,
        }
    }

    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        match self {
            Family::Constant(x) => (*x, 0.0),
            Family::Uniform([low, high]) => {
                ((low + high) / 2.0, (high - low) * (high - low) / 12.0)
            }
            Family::Triangular([low, mode, high]) => {
                let mean = (low + mode + high) / 3.0;
                let squares = low * low + mode * mode + high * high;
                (mean, (squares - low * mode - low * high - mode * high) / 18.0)
            }
            Family::Pert([low, mode, high]) => {
                let (a, b) = pert_shapes(*low, *mode, *high);
                let (mean, variance) = Family::Beta([a, b]).moments();
                let width = high - low;
                (low + width * mean, width * width * variance)
            }
            Family::Normal { mean, sd } => (*mean, sd * sd),
            Family::Lognormal { median, sigma } => {
                let spread = sigma * sigma;
                let mean = median * libm::exp(spread / 2.0);
                (mean, mean * mean * libm::expm1(spread))
            }
            Family::Gamma { shape, mean } => (*mean, mean * mean / shape),
            Family::Beta([a, b]) => {
                let sum = a + b;
                (a / sum, a * b / (sum * sum * (sum + 1.0)))
            }
            Family::Exponential { mean } => (*mean, mean * mean),
            Family::TruncatedNormal { mean, sd, low, high } => {
                let (a, b) = ((low - mean) / sd, (high - mean) / sd);
                let density = |z: f64| libm::exp(-0.5 * z * z) / (std::f64::consts::TAU).sqrt();
                let below = |z: f64| 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
                let mass = below(b) - below(a);
                let shift = (density(a) - density(b)) / mass;
                let spread = (a * density(a) - b * density(b)) / mass;
                (mean + sd * shift, sd * sd * (1.0 + spread - shift * shift))
            }
            Family::Mixture(parts) => {
                let total: f64 = parts.iter().map(|part| part.weight).sum();
                let weighted = |of: &dyn Fn(&Dist<f64>) -> f64| -> f64 {
                    parts.iter().map(|part| part.weight / total * of(&part.value)).sum()
                };
                let mean = weighted(&|value| value.mean());
                let second = weighted(&|value| value.variance() + value.mean() * value.mean());
                (mean, second - mean * mean)
            }
            Family::Empirical(values) => {
                let n = values.len() as f64;
                let mean = values.iter().sum::<f64>() / n;
                (mean, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n)
            }
        }
    }
}
