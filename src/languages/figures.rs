//! Numbers as each language writes them: digits and their number are the same in all.

use fluent_bundle::FluentValue;

use super::Language;

impl Language {
    /// So many digits behind the point, thousands apart, and no zero below nothing.
    pub(super) fn fixed(self, value: f64, digits: usize) -> String {
        let text = format!("{value:.digits$}");
        let text = match text.strip_prefix('-') {
            Some(size) if size.chars().all(|one| matches!(one, '0' | '.')) => size,
            _ => &text,
        };
        let (sign, size) = text.split_at(usize::from(text.starts_with('-')));
        let (whole, part) = size.split_once('.').map_or((size, None), |(a, b)| (a, Some(b)));
        let mut found = sign.to_owned();
        for (k, digit) in whole.chars().enumerate() {
            if k > 0 && (whole.len() - k).is_multiple_of(3) && digit.is_ascii_digit() {
                found.push(',');
            }
            found.push(digit);
        }
        self.signed(&part.map_or(found.clone(), |part| format!("{found}.{part}")))
    }

    /// A number that is written as English writes it, with the signs of the language, which are those
    /// of the Unicode CLDR.
    pub(super) fn signed(self, text: &str) -> String {
        let sign = |sign: char| match (self, sign) {
            (Language::French, ',') => "\u{202f}".to_owned(),
            (Language::French, '.') => ",".to_owned(),
            // A sign stays on the left of its number.
            (Language::Arabic, '+' | '-' | '−') => format!("\u{200e}{sign}"),
            _ => sign.to_string(),
        };
        text.chars().map(sign).collect()
    }

    /// A number of a message that has so many digits behind the point.
    pub(super) fn written(self, value: &FluentValue) -> Option<String> {
        let FluentValue::Number(number) = value else { return None };
        let digits = number.options.minimum_fraction_digits?;
        Some(self.fixed(number.value, digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_signs_of_the_language() {
        let cases = [
            (Language::English, ["1,234.5", "-0.50", "0", "+3", "−3.5"]),
            (Language::French, ["1\u{202f}234,5", "-0,50", "0", "+3", "−3,5"]),
            (Language::Arabic, ["1,234.5", "\u{200e}-0.50", "0", "\u{200e}+3", "\u{200e}−3.5"]),
        ];
        for (language, said) in cases {
            let fixed = [(1_234.5, 1), (-0.5, 2), (-0.04, 0)];
            let fixed = fixed.map(|(value, digits)| language.fixed(value, digits));
            assert_eq!(fixed.as_slice(), &said[..3]);
            assert_eq!(["+3", "−3.5"].map(|text| language.signed(text)).as_slice(), &said[3..]);
        }
    }
}
