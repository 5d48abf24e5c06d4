//! Calendar dates and the day count.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::error::Error;

/// A calendar date, from the year -9999 to 9999. As an instant it stands for its first moment, 00:00.
///
/// ```
/// use drawdown::scenario::Date;
///
/// let start: Date = "2024-10-01".parse()?;
/// assert_eq!(Some(start), Date::new(2024, 10, 1));
/// assert_eq!(start.plus_days(30).to_string(), "2024-10-31");
/// assert!("2024-02-30".parse::<Date>().is_err());
/// # Ok::<(), drawdown::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// As many days as lie between the first date and the last.
    pub(crate) const MOST_DAYS: i32 = 7_304_483;

    /// A date of the calendar; `None` if there is no such day.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Reads an ISO 8601 date such as `2024-10-01`; `None` if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Date)
    }

    /// Whole days from `earlier` to this date (negative if this date comes first).
    pub fn days_since(self, earlier: Date) -> i32 {
        (self.0 - earlier.0).get_days()
    }

    /// The first day of the next month; the last representable date if that is out of reach.
    #[must_use]
    pub fn next_month(self) -> Self {
        Date(self.0.last_of_month()).plus_days(1)
    }

    /// Its month, such as `2024-10`.
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    /// The place of its month in the year: 0 for January.
    pub(crate) fn month_of_year(self) -> usize {
        usize::from(self.0.month().unsigned_abs()) - 1
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[usize::from(self.0.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    /// The date `days` later, or earlier if below 0; the last or first representable date if that is
    /// out of reach.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let days = days.clamp(-Date::MOST_DAYS, Date::MOST_DAYS);
        Date(self.0.saturating_add(jiff::Span::new().days(days)))
    }
}

/// A day of the week.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Every day of a week, from Monday on.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The day as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Date {
    type Err = Error;

    /// As [`Date::parse`]; [`Error::Usage`] says what is no date.
    fn from_str(text: &str) -> Result<Self, Error> {
        Date::parse(text).ok_or_else(|| {
            Error::Usage(format!("`{text}` is not a date: write it like 2024-10-01"))
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date")))
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_counts_follow_the_calendar() {
        let start = Date::parse("2024-02-28").unwrap();
        assert_eq!(Date::parse("2024-03-01").unwrap().days_since(start), 2);
        assert_eq!(start.plus_days(366), Date::parse("2025-02-28").unwrap());
        assert_eq!(Date::parse("2024-02-30"), None);
    }

    #[test]
    fn a_month_ends_where_the_next_begins() {
        for (day, next) in [("2024-02-01", "2024-03-01"), ("2024-12-31", "2025-01-01")] {
            assert_eq!(Date::parse(day).unwrap().next_month(), Date::parse(next).unwrap());
        }
        assert_eq!(Date::parse("2024-02-29").unwrap().month(), "2024-02");
    }
}
