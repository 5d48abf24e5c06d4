//! The closed set of probability laws: parameters, limits, moments, sampling.
//!
//! One definition serves twice. A [`Range`] says what nobody knows: it gives one value per draw
//! of the scenario (epistemic). A [`Law`] describes chance itself: it is sampled anew at each
//! occurrence (aleatory), and its parameters may themselves be ranges.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::error::{Code, Problem};
use crate::streams::Stream;
use crate::variates::{beta, choose, exponential, gamma, normal};

/// A number, or a probability law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Dist<P> {
    /// A constant.
    Number(f64),
    /// A probability law, by the name of its family.
    Family(Family<P>),
}

/// A number that may be uncertain: one value per draw.
pub type Range = Dist<f64>;

/// A number that chance decides, anew at each occurrence.
pub type Law = Dist<Range>;

impl<P: Parameter + JsonSchema> JsonSchema for Dist<P> {
    fn schema_name() -> Cow<'static, str> {
        P::DIST.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": P::ABOUT,
            "anyOf": [
                { "type": "number" },
                generator.subschema_for::<Family<P>>(),
            ],
        })
    }
}

/// A family of probability laws with its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "Family_of_{P}", bound = "P: Parameter + JsonSchema")]
pub enum Family<P> {
    /// Always this value.
    Constant(P),
    /// Any value between two bounds, all alike: `[low, high]`. Mean (low + high) / 2.
    Uniform([P; 2]),
    /// A triangle: the density rises in a line from low to the mode and falls in a line to high:
    /// `[low, mode, high]`. Mean (low + mode + high) / 3.
    Triangular([P; 3]),
    /// PERT, an expert's lowest, most likely and highest value: `[low, mode, high]`.
    /// low + (high - low) Beta(1 + 4 (mode - low) / (high - low),
    /// 1 + 4 (high - mode) / (high - low)). Mean (low + 4 mode + high) / 6.
    Pert([P; 3]),
    /// The bell curve, which has no bounds.
    Normal {
        /// Mean.
        mean: P,
        /// Standard deviation.
        sd: P,
    },
    /// A positive number off by a factor rather than by an amount: median times exp(sigma Z), with
    /// Z standard normal. Two thirds of values lie within a factor exp(sigma) of the median. Mean
    /// median exp(sigma^2 / 2).
    Lognormal {
        /// Median: as many values above as below.
        median: P,
        /// Standard deviation of the natural logarithm; for small values about the coefficient of
        /// variation.
        sigma: P,
    },
    /// A positive number: the waiting time for `shape` things in a row, if shape is whole.
    /// Variance mean^2 / shape.
    Gamma {
        /// Shape: 1 is the exponential law, larger is more regular. The coefficient of variation
        /// is 1 / sqrt(shape).
        shape: P,
        /// Mean.
        mean: P,
    },
    /// A share or a probability between 0 and 1: `[a, b]`. Mean a / (a + b); the larger a + b, the
    /// narrower.
    Beta([P; 2]),
    /// The waiting time for something that comes at a constant rate, 1 / mean.
    Exponential {
        /// Mean.
        mean: P,
    },
    /// The bell curve cut off at two bounds: normal, on condition that the value lies between them.
    TruncatedNormal {
        /// Mean before the cut.
        mean: P,
        /// Standard deviation before the cut.
        sd: P,
        /// The least value.
        low: P,
        /// The greatest value.
        high: P,
    },
    /// One of several numbers or laws, chosen with the given weights, which are divided by their
    /// sum.
    Mixture(Vec<Component<P>>),
    /// One of these numbers, such as recorded ones, each as likely as any other.
    Empirical(Vec<f64>),
}

/// A part of a mixture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Component_of_{P}", bound = "P: Parameter + JsonSchema")]
pub struct Component<P> {
    /// Weight: this part is chosen with probability weight / sum of weights.
    pub weight: P,
    /// What it gives when chosen: a number, or again a law.
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
    /// place in the family, such as `pert.1`, `lognormal.sigma` or `mixture.0.weight`.
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
                let parts = parts.iter().enumerate();
                let parts = parts.map(|(k, p)| p.map_at(&format!("{prefix}mixture.{k}."), turn));
                Family::Mixture(parts.collect())
            }
            Family::Empirical(values) => Family::Empirical(values.clone()),
        }
    }

    /// A sample, with parameters looked up by `value`. The parameters must be such as
    /// [`Dist::check`] accepts.
    pub fn sample(&self, value: impl Fn(&P) -> f64 + Copy, stream: &mut Stream) -> f64 {
        match self {
            Family::Constant(x) => value(x),
            Family::Uniform([low, high]) => {
                let (low, high) = (value(low), value(high));
                low + (high - low) * stream.uniform()
            }
            Family::Triangular(p) => triangular(p.each_ref().map(value), stream.uniform()),
            Family::Pert(p) => pert(p.each_ref().map(value), stream),
            Family::Normal { mean, sd } => value(mean) + value(sd) * normal(stream),
            Family::Lognormal { median, sigma } => {
                value(median) * libm::exp(value(sigma) * normal(stream))
            }
            Family::Gamma { shape, mean } => {
                // A range may give a shape of 0, the limit where all mass is at 0.
                let shape = value(shape).max(f64::MIN_POSITIVE);
                value(mean) * (gamma(stream, shape) / shape)
            }
            Family::Beta([a, b]) => beta(stream, value(a), value(b)),
            Family::Exponential { mean } => value(mean) * exponential(stream),
            Family::TruncatedNormal { mean, sd, low, high } => {
                match Cut::new(value(mean), value(sd), value(low), value(high)) {
                    Ok(cut) => cut.sample(stream),
                    Err(constant) => constant,
                }
            }
            Family::Mixture(parts) => {
                let chosen = choose(parts.iter().map(|part| value(&part.weight)), stream);
                parts[chosen].value.sample(value, stream)
            }
            Family::Empirical(values) => values[(stream.uniform() * values.len() as f64) as usize],
        }
    }
}

impl<P> Component<P> {
    fn map_at<Q>(&self, prefix: &str, turn: &mut impl FnMut(&str, &P) -> Q) -> Component<Q> {
        let weight = turn(&format!("{prefix}weight"), &self.weight);
        let value = match &*self.value {
            Dist::Number(number) => Dist::Number(*number),
            Dist::Family(family) => Dist::Family(family.map_at(&format!("{prefix}value."), turn)),
        };
        Component { weight, value: Box::new(value) }
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

fn pert([low, mode, high]: [f64; 3], stream: &mut Stream) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    let [a, b] = pert_shapes(low, mode, high);
    low + width * beta(stream, a, b)
}

fn pert_shapes(low: f64, mode: f64, high: f64) -> [f64; 2] {
    let width = high - low;
    [1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width]
}

/// A normal law between two bounds.
#[derive(Clone, Copy)]
struct Cut {
    mean: f64,
    sd: f64,
    /// The bounds.
    low: f64,
    high: f64,
    /// The bounds in standard deviations from the mean.
    a: f64,
    b: f64,
}

impl Cut {
    /// The law, or the constant that it is to within rounding: when the bounds lie a million
    /// standard deviations to one side of the mean.
    fn new(mean: f64, sd: f64, low: f64, high: f64) -> Result<Self, f64> {
        let nearest = mean.max(low).min(high);
        if (nearest - mean).abs() >= 1e6 * sd {
            return Err(nearest);
        }
        Ok(Cut { mean, sd, low, high, a: (low - mean) / sd, b: (high - mean) / sd })
    }

    fn sample(&self, stream: &mut Stream) -> f64 {
        let z = if self.b <= 0.0 {
            -truncated(-self.b, -self.a, stream)
        } else {
            truncated(self.a, self.b, stream)
        };
        (self.mean + self.sd * z).max(self.low).min(self.high)
    }

    /// Mean and variance, by Simpson's rule: the closed form loses all its digits in the tails and
    /// between narrow bounds.
    fn moments(&self) -> (f64, f64) {
        const STEPS: u32 = 10_000;
        // The density at peak + t over that at the peak, negligible beyond reach.
        let peak = 0.0f64.max(self.a).min(self.b);
        let density = |t: f64| libm::exp(-t * (peak + 0.5 * t));
        let reach = 80.0 / (peak.abs() + (peak * peak + 80.0).sqrt());
        let (from, to) = ((self.a - peak).max(-reach), (self.b - peak).min(reach));
        let at = |k: u32| from + (to - from) * f64::from(k) / f64::from(STEPS);
        let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
            let weight = |k| if k == 0 || k == STEPS { 1.0 } else { f64::from(2 + k % 2 * 2) };
            (0..=STEPS).map(|k| weight(k) * of(at(k)) * density(at(k))).sum()
        };
        let mass = sum(&|_| 1.0);
        let shift = sum(&|t| t) / mass;
        let spread = sum(&|t| (t - shift) * (t - shift)) / mass;
        (self.mean + self.sd * (peak + shift), self.sd * self.sd * spread)
    }
}

/// Standard normal between `a` and `b`, where b is not negative, by rejection from whichever of a
/// normal, a shifted exponential and a uniform fits best (Robert 1995).
fn truncated(a: f64, b: f64, stream: &mut Stream) -> f64 {
    let rate = 0.5 * (a + (a * a + 4.0).sqrt());
    if a <= 0.0 && b - a > 2.5 {
        loop {
            let z = normal(stream);
            if a <= z && z <= b {
                return z;
            }
        }
    }
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
        if stream.uniform() <= libm::exp(0.5 * (peak - z) * (peak + z)) {
            return z;
        }
    }
}

impl Dist<f64> {
    /// The mean.
    pub fn mean(&self) -> f64 {
        self.moments().0
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        self.moments().1
    }

    fn moments(&self) -> (f64, f64) {
        match self {
            Dist::Number(number) => (*number, 0.0),
            Dist::Family(family) => family.moments(),
        }
    }
}

impl Family<f64> {
    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        match self {
            Family::Constant(x) => (*x, 0.0),
            Family::Uniform([low, high]) => (0.5 * (low + high), square(high - low) / 12.0),
            Family::Triangular([low, mode, high]) => {
                let sides = square(mode - low) + square(high - mode) + square(high - low);
                ((low + mode + high) / 3.0, sides / 36.0)
            }
            Family::Pert([low, mode, high]) => {
                let mean = (low + 4.0 * mode + high) / 6.0;
                (mean, (mean - low) * (high - mean) / 7.0)
            }
            Family::Normal { mean, sd } => (*mean, square(*sd)),
            Family::Lognormal { median, sigma } => {
                let mean = median * libm::exp(0.5 * square(*sigma));
                (mean, square(mean) * libm::expm1(square(*sigma)))
            }
            Family::Gamma { shape, mean } => (*mean, square(*mean) / shape),
            Family::Beta([a, b]) => {
                let mean = a / (a + b);
                (mean, mean * (1.0 - mean) / (a + b + 1.0))
            }
            Family::Exponential { mean } => (*mean, square(*mean)),
            Family::TruncatedNormal { mean, sd, low, high } => {
                match Cut::new(*mean, *sd, *low, *high) {
                    Ok(cut) => cut.moments(),
                    Err(constant) => (constant, 0.0),
                }
            }
            Family::Mixture(parts) => {
                pooled(parts.iter().map(|part| (part.weight, part.value.moments())))
            }
            Family::Empirical(values) => pooled(values.iter().map(|x| (1.0, (*x, 0.0)))),
        }
    }
}

/// Mean and variance of a mixture of parts with weights, means and variances.
fn pooled(parts: impl Iterator<Item = (f64, (f64, f64))> + Clone) -> (f64, f64) {
    let total: f64 = parts.clone().map(|(weight, _)| weight).sum();
    let mean = parts.clone().map(|(weight, (mean, _))| weight * mean).sum::<f64>() / total;
    let spread =
        |(weight, (m, variance)): (f64, (f64, f64))| weight * (variance + square(m - mean));
    (mean, parts.map(spread).sum::<f64>() / total)
}

fn square(x: f64) -> f64 {
    x * x
}

/// What a parameter of a law can be: a number, or a range of them.
pub trait Parameter {
    /// What a number or law with such parameters is called in the schema.
    const DIST: &'static str;
    /// What it is.
    const ABOUT: &'static str;
    /// The least and the greatest value it can take.
    fn support(&self) -> (f64, f64);
    /// Reports everything wrong with the parameter at `path`, whose values must lie within
    /// `limits`.
    fn check(&self, path: &str, limits: (f64, f64), problems: &mut Vec<Problem>);
}

impl Parameter for f64 {
    const DIST: &'static str = "Range";
    const ABOUT: &'static str =
        "A number, or what is believed about one that nobody knows: one value per draw.";

    fn support(&self) -> (f64, f64) {
        (*self, *self)
    }

    fn check(&self, path: &str, limits: (f64, f64), problems: &mut Vec<Problem>) {
        if !self.is_finite() {
            let what = format!("{self} is not a finite number");
            problems.push(Problem::new(path, Code::NotFinite, what, "give a finite number"));
        } else if *self < limits.0 || *self > limits.1 {
            problems.push(outside(path, (*self, *self), limits));
        }
    }
}

impl<P: Parameter> Parameter for Dist<P> {
    const DIST: &'static str = "Law";
    const ABOUT: &'static str =
        "A number, or a law by which chance gives one anew at each occurrence.";

    fn support(&self) -> (f64, f64) {
        Dist::support(self)
    }

    fn check(&self, path: &str, limits: (f64, f64), problems: &mut Vec<Problem>) {
        Dist::check(self, path, limits, problems);
    }
}

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl<P: Parameter> Dist<P> {
    /// The least and the greatest value possible, over all values of uncertain parameters.
    pub fn support(&self) -> (f64, f64) {
        match self {
            Dist::Number(number) => (*number, *number),
            Dist::Family(family) => family.support(),
        }
    }

    /// Reports everything wrong with the number or law at `path`, whose values must lie within
    /// `limits`.
    pub fn check(&self, path: &str, limits: (f64, f64), problems: &mut Vec<Problem>) {
        let family = match self {
            Dist::Number(number) => return number.check(path, limits, problems),
            Dist::Family(family) => family,
        };
        let before = problems.len();
        family.check(path, problems);
        let support = family.support();
        if problems.len() == before && (support.0 < limits.0 || support.1 > limits.1) {
            problems.push(outside(path, support, limits));
        }
    }
}

impl<P: Parameter> Family<P> {
    fn support(&self) -> (f64, f64) {
        let hull = |(low, high): (f64, f64), (l, h): (f64, f64)| (low.min(l), high.max(h));
        match self {
            Family::Constant(x) => x.support(),
            Family::Uniform([low, high])
            | Family::Triangular([low, _, high])
            | Family::Pert([low, _, high])
            | Family::TruncatedNormal { low, high, .. } => (low.support().0, high.support().1),
            Family::Normal { .. } => ANY,
            Family::Lognormal { .. } | Family::Gamma { .. } | Family::Exponential { .. } => {
                (0.0, f64::INFINITY)
            }
            Family::Beta(_) => (0.0, 1.0),
            Family::Mixture(parts) => {
                let parts = parts.iter().map(|part| part.value.support());
                parts.reduce(hull).unwrap_or(ANY)
            }
            Family::Empirical(values) => {
                values.iter().map(|x| (*x, *x)).reduce(hull).unwrap_or(ANY)
            }
        }
    }

    /// Reports everything wrong with the parameters. A law with ranges for parameters must make
    /// sense in every draw of them.
    fn check(&self, path: &str, problems: &mut Vec<Problem>) {
        match self {
            Family::Mixture(parts) => check_mixture(&format!("{path}.mixture"), parts, problems),
            Family::Empirical(values) => {
                check_empirical(&format!("{path}.empirical"), values, problems);
            }
            _ => {
                let before = problems.len();
                self.map(&mut |place, parameter| {
                    check_parameter(&format!("{path}.{place}"), sign(place), parameter, problems);
                });
                if problems.len() == before {
                    self.check_order(path, problems);
                }
            }
        }
    }

    fn check_order(&self, path: &str, problems: &mut Vec<Problem>) {
        let ordered = match self {
            Family::Uniform([low, high]) | Family::TruncatedNormal { low, high, .. } => {
                vec![("low", low), ("high", high)]
            }
            Family::Triangular([low, mode, high]) | Family::Pert([low, mode, high]) => {
                vec![("low", low), ("mode", mode), ("high", high)]
            }
            _ => return,
        };
        for pair in ordered.windows(2) {
            let [(lesser, a), (greater, b)] = [pair[0], pair[1]];
            let (a, b) = (a.support(), b.support());
            if a.1 > b.0 {
                let is = if a.0 > b.1 { "is" } else { "can be" };
                let what = format!("{lesser} ({}) {is} above {greater} ({})", span(a), span(b));
                let remedy = "order them low, mode, high; ranges of them must not overlap";
                return problems.push(Problem::new(path, Code::BadLaw, what, remedy));
            }
        }
    }
}

fn check_mixture<P: Parameter>(path: &str, parts: &[Component<P>], problems: &mut Vec<Problem>) {
    let before = problems.len();
    for (k, part) in parts.iter().enumerate() {
        let weight = format!("{path}.{k}.weight");
        check_parameter(&weight, Sign::NotNegative, &part.weight, problems);
        part.value.check(&format!("{path}.{k}.value"), ANY, problems);
    }
    if problems.len() == before && parts.iter().all(|part| part.weight.support().1 <= 0.0) {
        let remedy = "give at least one part a weight above 0";
        problems.push(Problem::new(path, Code::BadLaw, "no part has a weight", remedy));
    }
}

fn check_empirical(path: &str, values: &[f64], problems: &mut Vec<Problem>) {
    for (k, value) in values.iter().enumerate() {
        value.check(&format!("{path}.{k}"), ANY, problems);
    }
    if values.is_empty() {
        problems.push(Problem::new(path, Code::BadLaw, "the list is empty", "list some numbers"));
    }
}

/// Which signs a parameter may have.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Any,
    NotNegative,
    Positive,
}

/// The signs of the parameter at `place` of its family.
fn sign(place: &str) -> Sign {
    match place {
        "lognormal.median" | "gamma.shape" | "gamma.mean" | "beta.0" | "beta.1"
        | "exponential.mean" => Sign::Positive,
        "normal.sd" | "lognormal.sigma" | "truncated_normal.sd" => Sign::NotNegative,
        _ => Sign::Any,
    }
}

fn check_parameter<P: Parameter>(path: &str, sign: Sign, value: &P, problems: &mut Vec<Problem>) {
    let before = problems.len();
    value.check(path, ANY, problems);
    let support = value.support();
    let (wrong, due) = match sign {
        Sign::Any => (false, ""),
        Sign::NotNegative => (support.0 < 0.0, "0 or more"),
        // The least value of a range may be 0, which then has no probability to speak of.
        Sign::Positive => (support.0 < 0.0 || support.1 <= 0.0, "above 0"),
    };
    if wrong && problems.len() == before {
        let what = format!("it must be {due}, and is {}", span(support));
        let remedy = format!("give a number {due}, or a range that stays there");
        problems.push(Problem::new(path, Code::BadLaw, what, remedy));
    }
}

fn outside(path: &str, support: (f64, f64), limits: (f64, f64)) -> Problem {
    let allowed = match limits {
        (low, f64::INFINITY) => format!("{low} or above"),
        (f64::NEG_INFINITY, high) => format!("{high} or below"),
        (low, high) => format!("between {low} and {high}"),
    };
    let what = format!("it must be {allowed}, and is {}", span(support));
    let unbounded = support.0.is_infinite() && limits.0.is_finite()
        || support.1.is_infinite() && limits.1.is_finite();
    let cut = if unbounded { ", for instance by a truncated_normal" } else { "" };
    Problem::new(path, Code::OutOfRange, what, format!("keep it {allowed}{cut}"))
}

/// A number, or the bounds of a range, in words.
fn span((low, high): (f64, f64)) -> String {
    match (low, high) {
        (low, high) if low == high => format!("{low}"),
        (f64::NEG_INFINITY, f64::INFINITY) => "without bounds".to_owned(),
        (low, f64::INFINITY) => format!("{low} or more"),
        (f64::NEG_INFINITY, high) => format!("{high} or less"),
        (low, high) => format!("{low} to {high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::{assert_law, assert_mean, assert_moments, assert_share};
    use crate::variates::testing::{below, sample, stream};

    const RUNS: usize = 750_000;

    fn range(text: &str) -> Range {
        serde_json::from_str(text).unwrap()
    }

    fn law(text: &str) -> Law {
        serde_json::from_str(text).unwrap()
    }

    fn draw(range: &Range, runs: usize) -> Vec<f64> {
        let name = serde_json::to_string(range).unwrap();
        sample(&name, runs, |stream| range.sample(|x| *x, stream))
    }

    /// Samples against the exact moments, the distribution function and the support.
    #[track_caller]
    fn agrees(text: &str, below: impl Fn(f64) -> f64) -> Vec<f64> {
        let range = range(text);
        let values = draw(&range, RUNS);
        assert_moments(text, &values, range.mean(), range.variance());
        assert_law(text, &values, below);
        let (low, high) = range.support();
        assert!(values.iter().all(|x| (low..=high).contains(x)), "{text}");
        values
    }

    fn normal_below(z: f64) -> f64 {
        0.5 * libm::erfc(-z / 2.0f64.sqrt())
    }

    #[track_caller]
    fn close(found: f64, expected: f64, tolerance: f64) {
        let gap = (found - expected).abs();
        assert!(gap <= tolerance * expected.abs(), "{found} against {expected}");
    }

    #[test]
    fn row_19_pert() {
        let text = r#"{"pert": [0, 30, 150]}"#;
        close(range(text).mean(), 45.0, 1e-12);
        close(range(text).variance(), 675.0, 1e-12);
        let density = |x: f64| libm::pow(x, 0.8) * libm::pow(150.0 - x, 3.2);
        let values = agrees(text, below(density, 0.0, 150.0));
        assert_share("median", &values, |x| x < 41.5009, 0.5);
        assert_share("q90", &values, |x| x < 81.8001, 0.9);
    }

    #[test]
    fn row_20_lognormal_slip() {
        let text = r#"{"lognormal": {"median": 1.08, "sigma": 0.25}}"#;
        let values = agrees(text, |x| normal_below(libm::log(x / 1.08) / 0.25));
        assert_share("P(<= 365)", &values, |x| 365.0 * x <= 365.0, 0.379_100);
        assert_share("P(<= 376)", &values, |x| 365.0 * x <= 376.0, 0.425_016);
        assert_share("P(ratio > 1.25)", &values, |x| x > 1.25, 0.279_365);
        let overdue = values.iter().map(|x| (365.0 * x - 365.0).max(0.0));
        assert_mean("overdue", overdue, 62.758_150);
    }

    #[test]
    fn uniform_and_triangular() {
        agrees(r#"{"uniform": [-1, 3]}"#, |x| (x + 1.0) / 4.0);
        for (mode, text) in [
            (2.0, r#"{"triangular": [1, 2, 6]}"#),
            (1.0, r#"{"triangular": [1, 1, 6]}"#),
            (6.0, r#"{"triangular": [1, 6, 6]}"#),
        ] {
            let density = move |x: f64| match x < mode {
                true => (x - 1.0) / (mode - 1.0),
                false => (6.0 - x) / (6.0 - mode),
            };
            agrees(text, below(density, 1.0, 6.0));
        }
    }

    #[test]
    fn normal_gamma_beta_exponential() {
        agrees(r#"{"normal": {"mean": 3, "sd": 2}}"#, |x| normal_below((x - 3.0) / 2.0));
        let density = |x: f64| libm::pow(x, 1.5) * libm::exp(-x / 2.0);
        agrees(r#"{"gamma": {"shape": 2.5, "mean": 5}}"#, below(density, 0.0, 100.0));
        let density = |x: f64| libm::pow(x, 16.0) * (1.0 - x) * (1.0 - x);
        agrees(r#"{"beta": [17, 3]}"#, below(density, 0.0, 1.0));
        agrees(r#"{"exponential": {"mean": 45}}"#, |x| -libm::expm1(-x / 45.0));
    }

    /// Mean, standard deviation, bounds: one for each way of sampling, and both tails.
    const CUTS: [(f64, f64, f64, f64); 7] = [
        (0.4, 0.35, -0.4, 1.2),
        (0.0, 1.0, -0.3, 1.5),
        (0.0, 1.0, 0.0, 9.0),
        (1.0, 1.0, 4.0, 10.0),
        (1.0, 1.0, -10.0, -2.0),
        (0.0, 1.0, 2.0, 2.25),
        (20.0, 2.0, -30.0, 8.0),
    ];

    #[test]
    fn truncated_normal() {
        for (mean, sd, low, high) in CUTS {
            let text = format!(
                r#"{{"truncated_normal": {{"mean": {mean}, "sd": {sd}, "low": {low}, "high": {high}}}}}"#
            );
            // From the bound nearer to the mean, or the density is 0 in most cells.
            let nearest = mean.max(low).min(high);
            let (from, to) = (low.max(nearest - 8.0 * sd), high.min(nearest + 8.0 * sd));
            let exponent = move |x: f64| -0.5 * square((x - mean) / sd);
            let density = move |x: f64| libm::exp(exponent(x) - exponent(nearest));
            agrees(&text, below(density, from, to));
        }
    }

    #[test]
    fn truncated_normal_moments_in_closed_form() {
        for (mean, sd, low, high) in CUTS {
            let cut = Cut::new(mean, sd, low, high).unwrap();
            // Of the mirror image, if need be, so that tails keep their digits.
            let sign = if cut.a > 0.0 { -1.0 } else { 1.0 };
            let (a, b) = if cut.a > 0.0 { (-cut.b, -cut.a) } else { (cut.a, cut.b) };
            let density = |z: f64| libm::exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt();
            let mass = normal_below(b) - normal_below(a);
            let shift = (density(a) - density(b)) / mass;
            let spread = 1.0 + (a * density(a) - b * density(b)) / mass - shift * shift;
            close(cut.moments().0, mean + sign * sd * shift, 1e-9);
            close(cut.moments().1, sd * sd * spread, 1e-9);
        }
    }

    #[test]
    fn truncated_normal_at_its_limits() {
        let one = |mean, sd, low, high| {
            let family = Family::TruncatedNormal { mean, sd, low, high };
            family.sample(|x: &f64| *x, &mut stream("limits"))
        };
        assert_eq!(one(0.0, 0.0, 1.0, 2.0), 1.0);
        assert_eq!(one(1.5, 0.0, 1.0, 2.0), 1.5);
        assert_eq!(one(1.0, 0.0, 1.0, 2.0), 1.0);
        assert_eq!(one(9.0, 1e-300, 1.0, 2.0), 2.0);
        assert_eq!(one(1.5, 1e-300, 1.0, 2.0), 1.5);
        assert_eq!(one(0.0, 1.0, 0.0, 0.0), 0.0);
        assert_eq!(one(0.0, 1.0, 5.0, 5.0), 5.0);
        assert_eq!(one(0.0, 1.0, 1e300, 1e305), 1e300);
        assert!(one(0.0, 1.0, -1e-12, 1e-12).abs() <= 1e-12);
        let far = one(0.0, 1.0, 9e5, 1e6);
        assert!(far > 9e5 && far < 9e5 + 1e-3, "{far}");
        // Far out the law is exponential with rate a.
        let cut = Cut::new(0.0, 1.0, 1e5, 1e6).unwrap();
        close(cut.moments().1, 1e-10, 1e-8);
    }

    #[test]
    fn constant_empirical_mixture() {
        assert_eq!(draw(&range("2.5"), 1), [2.5]);
        assert_eq!(draw(&range(r#"{"constant": 2}"#), 1), [2.0]);
        assert_eq!(range(r#"{"constant": 2}"#).variance(), 0.0);

        let recorded = range(r#"{"empirical": [1, 2, 2, 7]}"#);
        let values = draw(&recorded, RUNS);
        assert_moments("empirical", &values, recorded.mean(), recorded.variance());
        close(recorded.variance(), 5.5, 1e-12);
        for (value, share) in [(1.0, 0.25), (2.0, 0.5), (7.0, 0.25)] {
            assert_share("empirical", &values, |x| x == value, share);
        }

        let mixed = range(
            r#"{"mixture": [{"weight": 3, "value": 2}, {"weight": 0, "value": 99},
                {"weight": 5, "value": {"mixture": [{"weight": 1, "value": {"uniform": [4, 8]}}]}}]}"#,
        );
        let values = draw(&mixed, RUNS);
        close(mixed.mean(), (3.0 * 2.0 + 5.0 * 6.0) / 8.0, 1e-12);
        close(mixed.variance(), 5.0 / 8.0 * 16.0 / 12.0 + 15.0 / 64.0 * 16.0, 1e-12);
        assert_moments("mixture", &values, mixed.mean(), mixed.variance());
        assert_share("the number", &values, |x| x == 2.0, 0.375);
        assert_share("the law", &values, |x| x > 4.0, 0.625);
        assert_eq!(mixed.support(), (2.0, 99.0));
    }

    #[test]
    fn laws_without_width_are_constants() {
        for text in [
            r#"{"uniform": [5, 5]}"#,
            r#"{"triangular": [5, 5, 5]}"#,
            r#"{"pert": [5, 5, 5]}"#,
            r#"{"normal": {"mean": 5, "sd": 0}}"#,
            r#"{"lognormal": {"median": 5, "sigma": 0}}"#,
            r#"{"truncated_normal": {"mean": 1, "sd": 2, "low": 5, "high": 5}}"#,
        ] {
            let range = range(text);
            assert!(draw(&range, 100).iter().all(|x| *x == 5.0), "{text}");
            assert_eq!((range.mean(), range.variance()), (5.0, 0.0), "{text}");
            assert_eq!(problems(text, ANY), [], "{text}");
        }
    }

    #[test]
    fn parameters_at_zero_give_numbers() {
        // What a range may give a law in a draw.
        let mut stream = stream("zero");
        for family in [
            Family::Gamma { shape: 0.0, mean: 5.0 },
            Family::Exponential { mean: 0.0 },
            Family::Lognormal { median: 0.0, sigma: 1.0 },
            Family::Beta([0.0, 2.0]),
        ] {
            assert_eq!(family.sample(|x| *x, &mut stream), 0.0, "{family:?}");
        }
        assert_eq!(Family::Beta([2.0, 0.0]).sample(|x| *x, &mut stream), 1.0);
        assert_eq!(Family::Beta([1.0, 0.0]).sample(|x| *x, &mut stream), 1.0);
        assert_eq!(Family::Beta([0.0, 0.0]).sample(|x| *x, &mut stream), 0.0);
    }

    #[test]
    fn mapping_names_each_parameter() {
        let range = range(
            r#"{"mixture": [{"weight": 1, "value": {"pert": [0, 1.5, 9]}},
                {"weight": 2, "value": {"lognormal": {"median": 3, "sigma": 0.5}}}]}"#,
        );
        let Range::Family(family) = &range else { unreachable!() };
        let (mut places, mut values) = (Vec::new(), Vec::new());
        let numbered = family.map(&mut |place, value| {
            places.push(place.to_owned());
            values.push(*value);
            values.len() - 1
        });
        let expected = [
            "mixture.0.weight",
            "mixture.0.value.pert.0",
            "mixture.0.value.pert.1",
            "mixture.0.value.pert.2",
            "mixture.1.weight",
            "mixture.1.value.lognormal.median",
            "mixture.1.value.lognormal.sigma",
        ];
        assert_eq!(places, expected);
        let looked_up = |stream: &mut Stream| numbered.sample(|k| values[*k], stream);
        assert_eq!(
            draw(&range, 100),
            sample(&serde_json::to_string(&range).unwrap(), 100, looked_up)
        );
    }

    #[test]
    fn writing_back_keeps_the_form() {
        for text in [
            "3.5",
            r#"{"uniform":[1.0,{"pert":[2.0,3.0,4.0]}]}"#,
            r#"{"truncated_normal":{"mean":1.0,"sd":2.0,"low":0.0,"high":5.0}}"#,
            r#"{"mixture":[{"weight":1.0,"value":58.0},{"weight":2.0,"value":{"beta":[1.0,2.0]}}]}"#,
            r#"{"empirical":[1.0,2.0]}"#,
        ] {
            assert_eq!(serde_json::to_string(&law(text)).unwrap(), text);
        }
        assert_eq!(range("3"), Range::Number(3.0));
        let table: toml::Table = "x = { pert = [0, 30, 150] }\ny = 4".parse().unwrap();
        let read = |key: &str| table[key].clone().try_into::<Law>().unwrap();
        assert_eq!(read("x"), law(r#"{"pert": [0, 30, 150]}"#));
        assert_eq!(toml::Value::try_from(read("y")).unwrap(), toml::Value::Float(4.0));
        let refused = |text| serde_json::from_str::<Law>(text).is_err();
        assert!(refused(r#"{"prt": [1, 2, 3]}"#) && refused(r#"{"pert": [1, 2]}"#));
        assert!(refused(r#"{"normal": {"mean": 1, "sd": 2, "low": 3}}"#) && refused("\"3\""));
    }

    #[test]
    fn the_schema_is_a_number_or_a_family() {
        let schema = schemars::schema_for!(Law).to_value();
        let alternatives = schema["anyOf"].as_array().unwrap();
        assert_eq!(alternatives[0]["type"], "number");
        assert!(alternatives[1]["$ref"].as_str().unwrap().starts_with("#/$defs/Family"));
        assert!(schema.to_string().contains("Mean (low + 4 mode + high) / 6."));
    }

    fn problems(text: &str, limits: (f64, f64)) -> Vec<(String, Code)> {
        let mut problems = Vec::new();
        law(text).check("x", limits, &mut problems);
        assert!(problems.iter().all(|p| !p.what.is_empty() && !p.remedy.is_empty()));
        problems.into_iter().map(|p| (p.path, p.code)).collect()
    }

    #[test]
    fn faults() {
        const PROBABILITY: (f64, f64) = (0.0, 1.0);
        let faulty = [
            ("-1", PROBABILITY, "x", Code::OutOfRange),
            (r#"{"pert": [0, 0.5, 1.5]}"#, PROBABILITY, "x", Code::OutOfRange),
            (r#"{"normal": {"mean": 0.5, "sd": 0.1}}"#, PROBABILITY, "x", Code::OutOfRange),
            (r#"{"constant": {"uniform": [0, 2]}}"#, PROBABILITY, "x", Code::OutOfRange),
            (r#"{"mixture": [{"weight": 1, "value": 2}]}"#, PROBABILITY, "x", Code::OutOfRange),
            (r#"{"pert": [9, 5, 1]}"#, ANY, "x", Code::BadLaw),
            (r#"{"uniform": [2, 1]}"#, ANY, "x", Code::BadLaw),
            (r#"{"triangular": [1, 5, 4]}"#, ANY, "x", Code::BadLaw),
            (r#"{"triangular": [0, {"uniform": [1, 5]}, 4]}"#, ANY, "x", Code::BadLaw),
            (r#"{"normal": {"mean": 0, "sd": -1}}"#, ANY, "x.normal.sd", Code::BadLaw),
            (
                r#"{"lognormal": {"median": 0, "sigma": 1}}"#,
                ANY,
                "x.lognormal.median",
                Code::BadLaw,
            ),
            (
                r#"{"lognormal": {"median": {"normal": {"mean": 9, "sd": 1}}, "sigma": 1}}"#,
                ANY,
                "x.lognormal.median",
                Code::BadLaw,
            ),
            (r#"{"gamma": {"shape": 0, "mean": 1}}"#, ANY, "x.gamma.shape", Code::BadLaw),
            (r#"{"gamma": {"shape": 1, "mean": -1}}"#, ANY, "x.gamma.mean", Code::BadLaw),
            (r#"{"beta": [0, 1]}"#, ANY, "x.beta.0", Code::BadLaw),
            (r#"{"beta": [1, {"uniform": [-1, 1]}]}"#, ANY, "x.beta.1", Code::BadLaw),
            (r#"{"exponential": {"mean": 0}}"#, ANY, "x.exponential.mean", Code::BadLaw),
            (
                r#"{"truncated_normal": {"mean": 0, "sd": 1, "low": 2, "high": 1}}"#,
                ANY,
                "x",
                Code::BadLaw,
            ),
            (r#"{"uniform": [0, {"pert": [9, 5, 1]}]}"#, ANY, "x.uniform.1", Code::BadLaw),
            (r#"{"mixture": []}"#, ANY, "x.mixture", Code::BadLaw),
            (r#"{"mixture": [{"weight": 0, "value": 2}]}"#, ANY, "x.mixture", Code::BadLaw),
            (
                r#"{"mixture": [{"weight": -1, "value": 2}]}"#,
                ANY,
                "x.mixture.0.weight",
                Code::BadLaw,
            ),
            (
                r#"{"mixture": [{"weight": 1, "value": {"uniform": [2, 1]}}]}"#,
                ANY,
                "x.mixture.0.value",
                Code::BadLaw,
            ),
            (r#"{"empirical": []}"#, ANY, "x.empirical", Code::BadLaw),
        ];
        for (text, limits, path, code) in faulty {
            assert_eq!(problems(text, limits), [(path.to_owned(), code)], "{text}");
        }
    }

    #[test]
    fn each_fault_is_reported() {
        let many = r#"{"mixture": [{"weight": -1, "value": {"uniform": [2, 1]}},
            {"weight": 1, "value": {"gamma": {"shape": 0, "mean": 0}}}]}"#;
        assert_eq!(problems(many, ANY).len(), 4);
    }

    #[test]
    fn not_finite() {
        let mut found = Vec::new();
        Law::Number(f64::NAN).check("x", ANY, &mut found);
        let pert = Family::Pert([0.0, f64::NAN, 1.0]);
        Range::Family(pert).check("y", ANY, &mut found);
        Range::Family(Family::Empirical(vec![1.0, f64::INFINITY])).check("z", ANY, &mut found);
        let places: Vec<_> = found.iter().map(|p| (p.path.as_str(), p.code)).collect();
        let code = Code::NotFinite;
        assert_eq!(places, [("x", code), ("y.pert.1", code), ("z.empirical.1", code)]);
    }

    #[test]
    fn what_is_right_is_accepted() {
        const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
        for (text, limits) in [
            ("0", (0.0, 1.0)),
            (r#"{"beta": [{"lognormal": {"median": 2, "sigma": 1}}, 3]}"#, (0.0, 1.0)),
            (r#"{"pert": [0, {"uniform": [10, 50]}, {"uniform": [50, 200]}]}"#, POSITIVE),
            (r#"{"lognormal": {"median": 1.03, "sigma": {"uniform": [0, 0.3]}}}"#, POSITIVE),
            (r#"{"exponential": {"mean": {"gamma": {"shape": 2, "mean": 9}}}}"#, POSITIVE),
            (
                r#"{"truncated_normal": {"mean": 2, "sd": 0.35, "low": -0.4, "high": 1}}"#,
                (-5.0, 5.0),
            ),
            (r#"{"mixture": [{"weight": 0, "value": 1}, {"weight": 1, "value": 0}]}"#, (0.0, 1.0)),
        ] {
            assert_eq!(problems(text, limits), [], "{text}");
        }
    }
}
