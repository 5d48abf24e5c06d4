//! What a law's parameters may be, and the limits within which its values lie.

use super::{Component, Dist, Family};
use crate::error::{Code, Problem};

/// What a parameter of a law can be: a number, or a range of them. Nothing else can be one.
pub trait Parameter: sealed::Sealed {
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

mod sealed {
    pub trait Sealed {}

    impl Sealed for f64 {}

    impl<P: super::Parameter> Sealed for super::Dist<P> {}
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

pub(super) const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

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
    /// The least and the greatest value possible.
    pub fn support(&self) -> (f64, f64) {
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
pub(super) enum Sign {
    Any,
    NotNegative,
    Positive,
}

/// The signs of the parameter at `place` of its family.
pub(super) fn sign(place: &str) -> Sign {
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
