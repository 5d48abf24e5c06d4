//! The languages in which a scenario is described and the explorer answers, and what says messages in
//! them.
//!
//! Messages stand in files of [Project Fluent](https://projectfluent.org), one for each language.

mod figures;
mod speech;
mod value;

use std::str::FromStr;

use crate::error::{Error, Result};

pub(crate) use speech::{Speech, say};
pub(crate) use value::Value;

/// A language in which a scenario is described and warned of, and in which the explorer answers.
///
/// ```
/// use drawdown::{Language, Scenario};
///
/// let model = Scenario::example("minimal")?.validate()?.compile();
/// let french: Language = "fr".parse()?;
/// assert!(model.description_in(french).iter().any(|section| section.title == "Le plan"));
/// # Ok::<(), drawdown::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Language {
    /// In which the library is written.
    #[default]
    English,
    /// Not reviewed by a speaker.
    French,
    /// Not reviewed by a speaker. Marks of Unicode that nobody sees stand around what has a direction
    /// of its own, such as ids and numbers.
    Arabic,
}

impl Language {
    /// Every language.
    pub const ALL: &[Language] = &[Language::English, Language::French, Language::Arabic];

    /// Its code, as in HTML (BCP 47).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Arabic => "ar",
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_from_the_right(self) -> bool {
        match self {
            Language::English | Language::French => false,
            Language::Arabic => true,
        }
    }
}

named!(Language);

impl FromStr for Language {
    type Err = Error;

    /// The language of a code.
    fn from_str(code: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|language| language.as_str() == code);
        let known: Vec<&str> = Self::ALL.iter().map(|language| language.as_str()).collect();
        found.copied().ok_or_else(|| Error::unknown("language", code, &known))
    }
}
