//! Ranges and laws written in code.

use super::{Component, Dist, Family, Law, Range};

impl<P> From<f64> for Dist<P> {
    fn from(number: f64) -> Self {
        Dist::Number(number)
    }
}

impl<P> From<i32> for Dist<P> {
    fn from(number: i32) -> Self {
        Dist::Number(number.into())
    }
}

impl<P> From<u32> for Dist<P> {
    fn from(number: u32) -> Self {
        Dist::Number(number.into())
    }
}

impl<P> From<Family<P>> for Dist<P> {
    fn from(family: Family<P>) -> Self {
        Dist::Family(family)
    }
}

/// Chance that always gives the same number, of which it is not known which.
impl From<Range> for Law {
    fn from(range: Range) -> Self {
        match range {
            Dist::Number(number) => Dist::Number(number),
            range @ Dist::Family(_) => Dist::Family(Family::Constant(range)),
        }
    }
}

/// Each family by its parameters, which for a [`Law`] may be ranges:
///
/// ```
/// use drawdown::law::{Law, Range};
///
/// let mean = Range::uniform(10, 20);
/// let delay = Law::gamma(2, mean);
/// assert_eq!(delay.support(), (0.0, f64::INFINITY));
/// ```
///
/// Whether the parameters make sense is for [`Dist::check`] to say, and for
/// [`Scenario::validate`](crate::Scenario::validate) of those in a scenario.
impl<P> Dist<P> {
    /// See [`Family::Uniform`].
    #[must_use]
    pub fn uniform(low: impl Into<P>, high: impl Into<P>) -> Self {
        Family::Uniform([low.into(), high.into()]).into()
    }

    /// See [`Family::Triangular`].
    #[must_use]
    pub fn triangular(low: impl Into<P>, mode: impl Into<P>, high: impl Into<P>) -> Self {
        Family::Triangular([low.into(), mode.into(), high.into()]).into()
    }

    /// See [`Family::Pert`].
    #[must_use]
    pub fn pert(low: impl Into<P>, mode: impl Into<P>, high: impl Into<P>) -> Self {
        Family::Pert([low.into(), mode.into(), high.into()]).into()
    }

    /// See [`Family::Normal`].
    #[must_use]
    pub fn normal(mean: impl Into<P>, sd: impl Into<P>) -> Self {
        Family::Normal { mean: mean.into(), sd: sd.into() }.into()
    }

    /// See [`Family::Lognormal`].
    #[must_use]
    pub fn lognormal(median: impl Into<P>, sigma: impl Into<P>) -> Self {
        Family::Lognormal { median: median.into(), sigma: sigma.into() }.into()
    }

    /// See [`Family::Gamma`].
    #[must_use]
    pub fn gamma(shape: impl Into<P>, mean: impl Into<P>) -> Self {
        Family::Gamma { shape: shape.into(), mean: mean.into() }.into()
    }

    /// See [`Family::Beta`].
    #[must_use]
    pub fn beta(a: impl Into<P>, b: impl Into<P>) -> Self {
        Family::Beta([a.into(), b.into()]).into()
    }

    /// See [`Family::Exponential`].
    #[must_use]
    pub fn exponential(mean: impl Into<P>) -> Self {
        Family::Exponential { mean: mean.into() }.into()
    }

    /// See [`Family::TruncatedNormal`].
    #[must_use]
    pub fn truncated_normal(
        mean: impl Into<P>,
        sd: impl Into<P>,
        low: impl Into<P>,
        high: impl Into<P>,
    ) -> Self {
        let (mean, sd, low, high) = (mean.into(), sd.into(), low.into(), high.into());
        Family::TruncatedNormal { mean, sd, low, high }.into()
    }

    /// See [`Family::Mixture`]: weights, and what they are of.
    #[must_use]
    pub fn mixture(parts: impl IntoIterator<Item = (impl Into<P>, impl Into<Dist<P>>)>) -> Self {
        let parts = parts.into_iter().map(|(weight, value)| Component::new(weight, value));
        Family::Mixture(parts.collect()).into()
    }

    /// See [`Family::Empirical`].
    #[must_use]
    pub fn empirical(values: impl IntoIterator<Item = f64>) -> Self {
        Family::Empirical(values.into_iter().collect()).into()
    }
}

impl<P> Component<P> {
    /// A part of a mixture, with its weight.
    #[must_use]
    pub fn new(weight: impl Into<P>, value: impl Into<Dist<P>>) -> Self {
        Component { weight: weight.into(), value: Box::new(value.into()) }
    }
}
