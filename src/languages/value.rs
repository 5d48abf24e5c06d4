//! What stands in a message.

use std::fmt;

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

/// Longer numbers are texts to Fluent, which would count their digits in 64 bits.
pub(super) const LONGEST: usize = 15;

/// A value of a message: a text, or a number, which can decide on a plural, written as short as it can
/// be or with so many digits behind the point.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Fixed(f64, usize),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Number(number) => fmt::Display::fmt(number, f),
            Value::Fixed(number, digits) => write!(f, "{number:.digits$}"),
        }
    }
}

impl From<Value> for FluentValue<'static> {
    fn from(value: Value) -> Self {
        match value {
            Value::Number(number) if number.is_finite() && number.to_string().len() <= LONGEST => {
                number.into()
            }
            Value::Fixed(number, digits) => {
                // As it is read: by that goes the plural.
                let read = format!("{number:.digits$}").parse().unwrap_or(number);
                let options = FluentNumberOptions {
                    minimum_fraction_digits: Some(digits),
                    ..FluentNumberOptions::default()
                };
                FluentNumber::new(read, options).into()
            }
            other => other.to_string().into(),
        }
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Number(f64::from(number))
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Number(number as f64)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}
