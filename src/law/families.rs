//! The list of families, and laws so many times as large.

use super::check::{Sign, sign};
use super::{Component, Dist, Family};

/// What there is to know of a family of laws.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FamilyInfo {
    /// The name that a scenario gives it.
    pub name: &'static str,
    /// Its parameters, in order. Of a mixture they are those of each part, and of a list of numbers
    /// there are none.
    pub parameters: Vec<ParameterInfo>,
    /// Whether they stand in a list, in this order, and not by name.
    pub is_list: bool,
}

/// What there is to know of a parameter of a law.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ParameterInfo {
    /// Its name: of one that stands in a list, what it means.
    pub name: &'static str,
    /// The least value that it may have.
    pub least: f64,
    /// Whether it must be above that.
    pub above: bool,
}

/// Every family of laws, in the order of the [schema](crate::scenario::json_schema).
///
/// ```
/// let pert = &drawdown::law::families()[3];
/// let names: Vec<&str> = pert.parameters.iter().map(|parameter| parameter.name).collect();
/// assert_eq!((pert.name, &names[..]), ("pert", &["low", "mode", "high"][..]));
/// ```
pub fn families() -> Vec<FamilyInfo> {
    let part = Component { weight: (), value: Box::new(Dist::Number(0.0)) };
    let (mean, sd, low, high) = ((), (), (), ());
    let each = [
        ("constant", Family::Constant(()), &["value"][..]),
        ("uniform", Family::Uniform([(); 2]), &["low", "high"]),
        ("triangular", Family::Triangular([(); 3]), &["low", "mode", "high"]),
        ("pert", Family::Pert([(); 3]), &["low", "mode", "high"]),
        ("normal", Family::Normal { mean, sd }, &["mean", "sd"]),
        ("lognormal", Family::Lognormal { median: (), sigma: () }, &["median", "sigma"]),
        ("gamma", Family::Gamma { shape: (), mean }, &["shape", "mean"]),
        ("beta", Family::Beta([(); 2]), &["a", "b"]),
        ("exponential", Family::Exponential { mean }, &["mean"]),
        (
            "truncated_normal",
            Family::TruncatedNormal { mean, sd, low, high },
            &["mean", "sd", "low", "high"],
        ),
        ("mixture", Family::Mixture(vec![part]), &["weight"]),
        ("empirical", Family::Empirical(Vec::new()), &[]),
    ];
    let info = |(name, family, names): (_, Family<()>, &[&'static str])| {
        let mut parameters = Vec::new();
        let mut names = names.iter();
        family.map(&mut |place, ()| {
            let sign = match place.ends_with(".weight") {
                true => Sign::NotNegative,
                false => sign(place),
            };
            let least = if sign == Sign::Any { f64::NEG_INFINITY } else { 0.0 };
            let name = names.next().expect("each parameter has a name");
            parameters.push(ParameterInfo { name, least, above: sign == Sign::Positive });
        });
        let is_list = matches!(
            family,
            Family::Uniform(_)
                | Family::Triangular(_)
                | Family::Pert(_)
                | Family::Beta(_)
                | Family::Mixture(_)
                | Family::Empirical(_)
        );
        FamilyInfo { name, parameters, is_list }
    };
    each.into_iter().map(info).collect()
}

impl Dist<f64> {
    /// The law of so many times the value, for a positive `factor`. `None` where there is none: a
    /// share that has a beta law is not one when it is multiplied.
    pub fn times(&self, factor: f64) -> Option<Self> {
        Some(match self {
            Dist::Number(number) => Dist::Number(number * factor),
            Dist::Family(family) => Dist::Family(family.times(factor)?),
        })
    }
}

impl Family<f64> {
    fn times(&self, factor: f64) -> Option<Self> {
        Some(match self {
            Family::Beta(_) => return None,
            Family::Mixture(parts) => {
                let part = |part: &Component<f64>| {
                    let value = Box::new(part.value.times(factor)?);
                    Some(Component { weight: part.weight, value })
                };
                Family::Mixture(parts.iter().map(part).collect::<Option<_>>()?)
            }
            Family::Empirical(values) => {
                Family::Empirical(values.iter().map(|value| value * factor).collect())
            }
            family => family.map(&mut |place, parameter| match place {
                "lognormal.sigma" | "gamma.shape" => *parameter,
                _ => parameter * factor,
            }),
        })
    }
}
