//! Numbers as they are read.

use crate::languages::{Speech, Value, say};
use crate::scenario::{Date, MONTHS};

/// In place of what is missing.
pub const NONE: &str = "–";

/// Four digits that count.
pub fn number(speech: Speech, value: f64) -> String {
    if value.is_nan() {
        return NONE.into();
    }
    if value == value.round() {
        return speech.fixed(value, 0);
    }
    let digits = (3.0 - libm::floor(libm::log10(value.abs()))).max(0.0);
    speech.fixed(value, digits as usize)
}

/// A number of people: below ten with one digit more.
pub fn people(value: f64) -> Value {
    Value::Fixed(value, usize::from(value.abs() < 10.0))
}

/// A share in whole hundredths.
pub fn percent(speech: Speech, share: f64) -> String {
    if share.is_nan() { NONE.into() } else { speech.fixed(100.0 * share, 0) }
}

/// The same with the sign for it.
pub fn percent_of(speech: Speech, share: f64) -> String {
    if share.is_nan() {
        NONE.into()
    } else {
        say!(speech, "percent", share = percent(speech, share))
    }
}

/// A difference, with its sign.
pub fn signed(speech: Speech, value: f64) -> String {
    if value.is_nan() {
        return NONE.into();
    }
    if value == 0.0 {
        return "0".into();
    }
    let sign = if value > 0.0 { "+" } else { "−" };
    let size = value.abs();
    // Two digits that count; with the first of them rounded up there is one fewer behind the point.
    let place = libm::floor(libm::log10(size));
    let digits = |place: f64| (1.0 - place).clamp(0.0, 300.0) as usize;
    let text = format!("{size:.*}", digits(place));
    let rounded: f64 = text.parse().unwrap_or(size);
    let place = if rounded >= libm::exp10(place + 1.0) { place + 1.0 } else { place };
    let size = speech.fixed(size, if size >= 10.0 { 0 } else { digits(place) });
    format!("{}{size}", speech.signed(sign))
}

/// What lies between two ends.
pub fn interval(speech: Speech, low: String, high: String) -> String {
    say!(speech, "interval", low = low, high = high)
}

/// A date as it is said.
pub fn day(speech: Speech, date: Date) -> String {
    let iso = date.to_string();
    let (front, day) = iso.rsplit_once('-').unwrap_or_default();
    let (year, _) = front.rsplit_once('-').unwrap_or_default();
    let day: u32 = day.parse().unwrap_or_default();
    let month = say!(speech, "month-in-full", month = MONTHS[date.month_of_year()]);
    say!(speech, "day-in-full", day = day, month = month, year = year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::Language;

    fn english() -> Speech {
        Language::English.speech()
    }

    #[test]
    fn numbers_are_read_as_they_are() {
        let cases = [(0.0, "0"), (-0.0, "0"), (1_234_567.0, "1,234,567"), (12.345, "12.35")];
        for (value, said) in cases {
            assert_eq!(number(english(), value), said);
        }
        assert_eq!(number(english(), 0.012_345), "0.01235");
        assert_eq!(number(english(), 98_765.4), "98,765");
        assert_eq!(number(english(), f64::NAN), "–");
        assert_eq!(english().fixed(-999.5, 1), "-999.5");
        assert_eq!(english().fixed(-0.04, 1), "0.0");
        assert_eq!(percent(english(), 0.005), "0");
        assert_eq!(percent_of(english(), f64::NAN), "–");
    }

    #[test]
    fn differences_have_two_digits_and_a_sign() {
        let cases =
            [(0.0, "0"), (0.123, "+0.12"), (-4.56, "−4.6"), (9.96, "+10"), (-1234.0, "−1,234")];
        for (value, said) in cases {
            assert_eq!(signed(english(), value), said);
        }
        assert_eq!(signed(english(), 0.0996), "+0.10");
        assert_eq!(signed(english(), 1e-9), "+0.0000000010");
        assert_eq!(signed(Language::French.speech(), -1234.0), "−1\u{202f}234");
        assert_eq!(signed(Language::Arabic.speech(), -4.56), "\u{200e}−4.6");
    }

    #[test]
    fn days_are_said_with_their_month() {
        let first = Date::new(2026, 12, 1).unwrap();
        let bare = |text: String| -> String {
            text.chars()
                .filter(|sign| !matches!(sign, '\u{200f}' | '\u{2066}'..='\u{2069}'))
                .collect()
        };
        for (language, said) in [
            (Language::English, "1 December 2026"),
            (Language::French, "1er décembre 2026"),
            (Language::Arabic, "1 ديسمبر 2026"),
        ] {
            assert_eq!(bare(day(language.speech(), first)), said);
        }
        let other = Date::new(2027, 8, 21).unwrap();
        assert_eq!(day(Language::French.speech(), other), "21 août 2027");
    }
}
