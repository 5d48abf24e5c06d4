//! What was observed: counts over stretches of time, and how likely a report is, given what happened.

use std::fmt;

use crate::law::special::normal;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Attacks.
    Attacks,
    /// People wounded.
    Wounded,
    /// People killed.
    Killed,
    /// Strikes in answer to attacks.
    Strikes,
}

/// A number that somebody gave, and how well he knew it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reported {
    /// The number itself.
    Exactly(u32),
    /// What happened times a lognormal error of median 1, rounded.
    About {
        /// The number given.
        count: u32,
        /// Standard deviation of the logarithm of the error, above 0.
        sigma: f64,
    },
    /// No more than this.
    AtMost(u32),
    /// Nobody counted: anything may have happened.
    Missing,
}

impl Reported {
    /// The probability of this report if so much happened.
    ///
    /// Of a report of the kind `About` it is the mass between half a unit below the number and half
    /// a unit above it. Of nothing nobody reports anything: 0 is then reported for certain.
    #[must_use]
    pub fn probability(self, happened: u64) -> f64 {
        match self {
            Reported::Exactly(count) => f64::from(u64::from(count) == happened),
            Reported::AtMost(count) => f64::from(happened <= u64::from(count)),
            Reported::Missing => 1.0,
            Reported::About { count, .. } if happened == 0 => f64::from(count == 0),
            Reported::About { count, sigma } => {
                let z = |edge: f64| (libm::log(edge) - libm::log(happened as f64)) / sigma;
                let below = |edge: f64| if edge <= 0.0 { (0.0, 1.0) } else { normal(z(edge)) };
                let count = f64::from(count);
                let (low, high) = (below(count - 0.5), below(count + 0.5));
                // On the side where no digits are lost.
                if low.0 > 0.5 { low.1 - high.1 } else { high.0 - low.0 }
            }
        }
    }

    /// The most that can have happened, as far as anybody would notice: beyond it the report has a
    /// probability below 10^-15 or so. None where there is no bound.
    #[must_use]
    pub fn most(self) -> Option<u64> {
        match self {
            Reported::Exactly(count) | Reported::AtMost(count) => Some(u64::from(count)),
            Reported::Missing => None,
            Reported::About { count, sigma } => {
                let edge = (f64::from(count) + 0.5) * libm::exp(8.0 * sigma);
                Some(edge.min(f64::from(u32::MAX)).ceil() as u64)
            }
        }
    }
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reported::Exactly(count) => write!(f, "exactly {count}"),
            Reported::About { count, sigma } => write!(f, "about {count}, sigma {sigma}"),
            Reported::AtMost(count) => write!(f, "at most {count}"),
            Reported::Missing => f.write_str("nobody counted"),
        }
    }
}

/// A count over a stretch of time, of one threat or of all, on some sites or on all.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Begin and end, in days from the start of the scenario: what happens at the end is not in it.
    pub from_days: f64,
    /// See `from_days`.
    pub to_days: f64,
    /// What is counted.
    pub counted: Counted,
    /// By which threat; None: by any.
    pub threat: Option<String>,
    /// On which sites; empty: on any.
    pub sites: Vec<String>,
    /// What was reported.
    pub reported: Reported,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_one_number_are_a_law() {
        for (happened, sigma) in [(0, 0.2), (1, 0.2), (7, 0.4), (230, 0.05)] {
            let about = |count| Reported::About { count, sigma }.probability(happened);
            let all: f64 = (0..20_000).map(about).sum();
            assert!((all - 1.0).abs() < 1e-12, "{happened} at {sigma}: {all}");
        }
    }

    #[test]
    fn a_report_is_right_in_the_median() {
        // P(report <= n) = Phi(ln((n + .5) / n) / sigma).
        let (n, sigma) = (40u32, 0.2);
        let below: f64 =
            (0..=n).map(|count| Reported::About { count, sigma }.probability(u64::from(n))).sum();
        let z = (40.5f64 / 40.0).ln() / sigma;
        assert!((below - 0.5 * (1.0 + libm::erf(z / 2.0f64.sqrt()))).abs() < 1e-12, "{below}");
    }

    #[test]
    fn a_report_is_told_in_words() {
        let told = |reported: Reported| reported.to_string();
        assert_eq!(told(Reported::Exactly(400)), "exactly 400");
        assert_eq!(told(Reported::About { count: 7, sigma: 0.2 }), "about 7, sigma 0.2");
        assert_eq!(told(Reported::AtMost(3)), "at most 3");
        assert_eq!(told(Reported::Missing), "nobody counted");
    }

    #[test]
    fn beyond_the_most_nothing_is_left() {
        for reported in [
            Reported::Exactly(5),
            Reported::AtMost(5),
            Reported::About { count: 5, sigma: 0.2 },
            Reported::About { count: 300, sigma: 0.1 },
        ] {
            let most = reported.most().expect("a bound");
            assert!(reported.probability(most + 1) < 1e-14, "{reported:?}");
        }
        assert_eq!(Reported::Missing.most(), None);
    }
}
