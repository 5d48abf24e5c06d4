//! Instants that are reached by more than one sum.
//!
//! A rate that changes at a moment is asked about at that very number, so that it changes there and
//! not a rounding later. What is asked about at other instants, such as whether a rule has rested
//! for long enough at a review, allows for the rounding of both.

/// Instants closer than this, in days, are one.
pub(crate) const ROUNDING: f64 = 1e-9;

/// Whether a moment has come by `now`.
pub(crate) fn has_come(moment: f64, now: f64) -> bool {
    moment - ROUNDING <= now
}

/// The number of the calendar day of an instant, from 0: a day that has come is that day.
pub(crate) fn calendar_day(days: f64) -> i32 {
    (days + ROUNDING).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reached_by_another_sum_has_come() {
        let (moment, now) = (50.1 + 12.9, 100.0 * 0.29);
        assert!(has_come(moment, 63.0) && !has_come(moment, 62.999_999));
        assert!(now < 29.0, "rounding is unlucky");
        assert_eq!((calendar_day(now), calendar_day(29.0)), (29, 29));
        assert_eq!((calendar_day(28.999_999), calendar_day(29.999_999)), (28, 29));
        assert!(!has_come(f64::INFINITY, 1e6) && has_come(f64::NEG_INFINITY, 0.0));
    }
}
