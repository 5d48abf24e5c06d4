//! Samples of a law on condition that they are not below a bound: of a delay, given its age.

use super::{Dist, Family};
use crate::streams::Stream;

/// Samples are drawn so often until one is beyond the bound; then the distribution function is
/// inverted. Of delays that have reached an age, the share that reaches it is seldom small.
const MOST_TRIES: u32 = 64;

impl<P> Family<P> {
    /// A sample on condition that it is `least` or more, with parameters looked up by `value`. None
    /// if the law has nothing there, as far as its distribution function can tell.
    pub(crate) fn sample_from(
        &self,
        least: f64,
        value: impl Fn(&P) -> f64 + Copy,
        stream: &mut Stream,
    ) -> Option<f64> {
        for _ in 0..MOST_TRIES {
            let x = self.sample(value, stream);
            if x >= least {
                return Some(x);
            }
        }
        let law = Dist::Family(self.map(&mut |_, parameter| value(parameter)));
        let below = law.cdf(least);
        let x = law.quantile(below + (1.0 - below) * stream.uniform());
        (x >= least).then_some(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::{assert_law, sample};

    /// Half way up, where samples do, and far up, where the distribution function has to be
    /// inverted, against the distribution function of what is left.
    #[test]
    fn samples_from_an_age_on_have_the_law_of_what_is_left() {
        for text in [
            r#"{"lognormal": {"median": 20, "sigma": 0.8}}"#,
            r#"{"gamma": {"shape": 2, "mean": 10}}"#,
            r#"{"triangular": [0, 5, 30]}"#,
            r#"{"uniform": [3, 40]}"#,
            r#"{"exponential": {"mean": 6}}"#,
            r#"{"mixture": [{"weight": 1, "value": {"uniform": [0, 4]}},
                            {"weight": 2, "value": {"exponential": {"mean": 9}}}]}"#,
        ] {
            let law: Dist<f64> = serde_json::from_str(text).unwrap();
            let Dist::Family(family) = &law else { unreachable!("a family") };
            for p in [0.5, 0.999] {
                let least = law.quantile(p);
                let left = sample(&format!("{text} from {p}"), 40_000, |stream| {
                    family.sample_from(least, |x| *x, stream).unwrap()
                });
                let below = law.cdf(least);
                assert_law(text, &left, |x| (law.cdf(x) - below) / (1.0 - below));
            }
        }
    }

    #[test]
    fn beyond_its_end_there_is_nothing() {
        let mut stream = crate::variates::testing::stream("beyond");
        let constant = Family::Constant(5.0);
        assert_eq!(constant.sample_from(5.0, |x| *x, &mut stream), Some(5.0));
        assert_eq!(constant.sample_from(5.5, |x| *x, &mut stream), None);
        assert_eq!(Family::Uniform([1.0, 2.0]).sample_from(3.0, |x| *x, &mut stream), None);
    }
}
