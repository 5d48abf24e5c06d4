//! The closed set of probability laws: parameters, limits, moments, sampling.
//!
//! One definition serves twice. A [`Range`] says what nobody knows: it gives one value per draw
//! of the scenario (epistemic). A [`Law`] describes chance itself: it is sampled anew at each
//! occurrence (aleatory), and its parameters may themselves be ranges.

mod beyond;
mod build;
mod check;
mod families;
mod moments;
mod quantiles;
pub(crate) mod special;
#[cfg(test)]
mod tests;
mod truncated;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub use check::Parameter;
pub use families::{FamilyInfo, ParameterInfo, families};
use truncated::Cut;

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
#[non_exhaustive]
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

impl<P> Family<P> {
    /// Whether its values are above 0, if only rounding does not make them 0.
    pub(crate) fn is_positive(&self) -> bool {
        match self {
            Family::Lognormal { .. } | Family::Gamma { .. } | Family::Exponential { .. } => true,
            Family::Mixture(parts) => parts.iter().all(|part| match &*part.value {
                Dist::Number(_) => false,
                Dist::Family(family) => family.is_positive(),
            }),
            _ => false,
        }
    }
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

    /// A sample, with parameters looked up by `value`. Of parameters that [`Dist::check`] does not
    /// accept it may be anything, NaN too.
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
                parts.get(chosen).map_or(f64::NAN, |part| part.value.sample(value, stream))
            }
            Family::Empirical(values) => {
                let chosen = (stream.uniform() * values.len() as f64) as usize;
                values.get(chosen).copied().unwrap_or(f64::NAN)
            }
        }
    }
}

impl<P> Family<P> {
    /// The value that belongs to a standard normal number, for families that are made from one or
    /// from none at all.
    pub fn of_normal(&self, value: impl Fn(&P) -> f64, z: f64) -> Option<f64> {
        match self {
            Family::Constant(x) => Some(value(x)),
            Family::Lognormal { median, sigma } => {
                Some(value(median) * libm::exp(value(sigma) * z))
            }
            _ => None,
        }
    }

    /// The standard normal number that a value belongs to, for families that are made from one; none
    /// where the family is one value only.
    pub(crate) fn score(&self, value: impl Fn(&P) -> f64, x: f64) -> Option<f64> {
        match self {
            Family::Lognormal { median, sigma } if value(sigma) > 0.0 => {
                Some(libm::log(x.max(0.0) / value(median)) / value(sigma))
            }
            _ => None,
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
