//! What it means that a measure has no value in a trial.

use crate::measure::{MEASURES, Measure};

/// What it means that a measure has no value in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Missing {
    /// It was not reached before the horizon: later than any.
    Later,
    /// A buffer ends with its phase, which was not: less than any.
    Less,
    /// Neither more nor less than others, as attacks on the way where nobody leaves.
    Unknown,
}

impl Missing {
    /// What it means for the measure of a name, which means the same in every breakdown.
    pub fn of(measure: &str) -> Self {
        match measure {
            "finish_days" | "slip_days" | "start_days" | "open_days" | "event_days"
            | "expelled_days" | "reentry_days" => Missing::Later,
            "buffer_days" => Missing::Less,
            _ => Missing::Unknown,
        }
    }

    /// The value, or an infinite one in place of a missing one that is more or less than others.
    pub fn ordered(self, value: f64) -> f64 {
        match self {
            Missing::Later if value.is_nan() => f64::INFINITY,
            Missing::Less if value.is_nan() => f64::NEG_INFINITY,
            _ => value,
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Missing::Later => "later",
            Missing::Less => "less",
            Missing::Unknown => "unknown",
        }
    }
}

named!(Missing);

impl Measure {
    /// Whether it is 1 in a trial in which something was so, else 0, so that its mean is a chance.
    pub fn is_chance(&self) -> bool {
        is_chance(self.name)
    }

    /// The names of measures that are chances, each once.
    pub fn chances() -> Vec<&'static str> {
        let mut names: Vec<&str> =
            MEASURES.iter().filter(|measure| measure.is_chance()).map(|m| m.name).collect();
        names.dedup();
        names
    }
}

/// Whether a measure of that name is 1 where something was so, else 0.
pub(crate) fn is_chance(name: &str) -> bool {
    matches!(
        name,
        "expelled" | "reentry" | "capped" | "cancelled" | "departed" | "happened" | "buffer_met"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_what_is_said_to_be_1_if() {
        for measure in MEASURES {
            let said = measure.what.starts_with("1 if");
            assert_eq!(measure.is_chance(), said, "{}", measure.name);
        }
        assert_eq!(Measure::chances().len(), 7);
    }

    #[test]
    fn moments_that_can_be_forestalled_are_later() {
        for measure in MEASURES.iter().filter(|measure| measure.what.starts_with("When ")) {
            assert_eq!(Missing::of(measure.name), Missing::Later, "{}", measure.name);
        }
        assert_eq!(Missing::of("slip_days").ordered(f64::NAN), f64::INFINITY);
        assert_eq!(Missing::of("buffer_days").ordered(f64::NAN), f64::NEG_INFINITY);
        assert!(Missing::of("attacks_on_the_way").ordered(f64::NAN).is_nan());
        assert_eq!(Missing::of("slip_days").ordered(3.0), 3.0);
    }
}
