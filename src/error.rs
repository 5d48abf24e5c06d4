//! What can be wrong with a scenario, said so that its author can mend it.
//!
//! A [`Problem`] names a place, a code, what is wrong and what to do. They are collected, never
//! thrown one at a time: [`Error::Refused`] carries all of them.

use std::any::Any;
use std::fmt;

use serde::Serialize;

use crate::near::meant;

/// The kinds of problem a scenario can have, and of warning, which come last. Every code has a test
/// case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The text is not TOML, JSON or UTF-8 at all.
    Syntax,
    /// A key that the language does not have.
    UnknownKey,
    /// A key that must be there and is not.
    MissingKey,
    /// A text where a number is due, a list where a table is due, and so on.
    WrongType,
    /// NaN or an infinity.
    NotFinite,
    /// A number outside the limits of its key.
    OutOfRange,
    /// A text that is not a calendar date.
    BadDate,
    /// A probability law or range whose name or parameters make no sense.
    BadLaw,
    /// A reference to a site, state, phase, ... that is not defined.
    DanglingId,
    /// An id that cannot be used.
    BadId,
    /// Phases or gates that wait for each other.
    Cycle,
    /// Dates, or dates and durations, that contradict each other.
    DatesOutOfOrder,
    /// More people, or more materiel, is moved than is there.
    TooManyPeople,
    /// Two statements that cannot hold together.
    Contradiction,
    /// Each attack causes one further attack or more: the process would explode.
    Explosive,
    /// The scenario is larger than the library accepts.
    TooLarge,
    /// A warning: something that can do nothing in any history.
    NoEffect,
    /// A warning: a rule that ends whenever it has set off.
    Flapping,
    /// A warning: people whom a plan of withdrawal forgets.
    LeftOut,
    /// A warning: a trial that is expected to take seconds or longer.
    Slow,
}

impl Code {
    /// Every code, in order.
    pub const ALL: &[Code] = &[
        Code::Syntax,
        Code::UnknownKey,
        Code::MissingKey,
        Code::WrongType,
        Code::NotFinite,
        Code::OutOfRange,
        Code::BadDate,
        Code::BadLaw,
        Code::DanglingId,
        Code::BadId,
        Code::Cycle,
        Code::DatesOutOfOrder,
        Code::TooManyPeople,
        Code::Contradiction,
        Code::Explosive,
        Code::TooLarge,
        Code::NoEffect,
        Code::Flapping,
        Code::LeftOut,
        Code::Slow,
    ];

    /// The code as it is printed and as programs may match it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Syntax => "syntax",
            Code::UnknownKey => "unknown_key",
            Code::MissingKey => "missing_key",
            Code::WrongType => "wrong_type",
            Code::NotFinite => "not_finite",
            Code::OutOfRange => "out_of_range",
            Code::BadDate => "bad_date",
            Code::BadLaw => "bad_law",
            Code::DanglingId => "dangling_id",
            Code::BadId => "bad_id",
            Code::Cycle => "cycle",
            Code::DatesOutOfOrder => "dates_out_of_order",
            Code::TooManyPeople => "too_many_people",
            Code::Contradiction => "contradiction",
            Code::Explosive => "explosive",
            Code::TooLarge => "too_large",
            Code::NoEffect => "no_effect",
            Code::Flapping => "flapping",
            Code::LeftOut => "left_out",
            Code::Slow => "slow",
        }
    }

    /// What the code means and what to do, at more length than a message: a paragraph in Markdown.
    ///
    /// ```
    /// assert!(drawdown::Code::BadDate.explanation().starts_with("The text is no date"));
    /// ```
    #[must_use]
    pub fn explanation(self) -> &'static str {
        let heading = format!("### {}\n", self.as_str());
        let (_, section) = PAGE.split_once(&heading).expect("the page has a heading for each code");
        section.split_once("\n#").map_or(section, |(text, _)| text).trim()
    }
}

/// The page of the documentation with a heading for each code.
const PAGE: &str = include_str!("../docs/problems.md");

named!(Code);

/// One thing wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where: the dotted path of the key, such as `plan.phases.first.announced_start`.
    pub path: String,
    /// Which kind of problem.
    pub code: Code,
    /// What is wrong, in words.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem at `path`.
    pub fn new(
        path: impl Into<String>,
        code: Code,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Problem { path: path.into(), code, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "(the whole file)" } else { &self.path };
        write!(f, "{place}: {} [{}]\n    {}", self.what, self.code.as_str(), self.remedy)
    }
}

/// Why a call failed. The variants differ by what the caller can do:
///
/// ```
/// use drawdown::{Error, Scenario};
///
/// let text = std::fs::read_to_string("examples/scenarios/minimal.toml")?;
/// match Scenario::from_toml_str(&text).and_then(|scenario| scenario.validate()) {
///     Ok(checked) => println!("{}", checked.compile().describe()),
///     Err(Error::Refused(problems)) => problems.iter().for_each(|problem| eprintln!("{problem}")),
///     Err(other) => return Err(other.into()),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The scenario has to be changed; every problem found is listed.
    #[error("{}", list(.0))]
    Refused(Vec<Problem>),
    /// Nothing has that name: give another.
    #[error("there is no {what} `{name}`; {}", meant(.name, .known))]
    Unknown {
        /// What was looked for: an example, a measure, a site, ...
        what: &'static str,
        /// The name that was given.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// Values of single trials were asked for, and only a summary was kept: simulate with
    /// [`Keep::Trials`](crate::Keep::Trials).
    #[error(
        "only a summary of the trials was kept, so there are no values of single ones; simulate \
         with `Keep::Trials` to have them"
    )]
    NotKept,
    /// The call itself has to be changed (no trials, a trial that was not run, ...).
    #[error("{0}")]
    Usage(String),
    /// There is not as much memory as it would take; the message says for how much there is.
    #[error("{0}")]
    Memory(String),
    /// The library itself is at fault; the message says what to report.
    #[error("{0}")]
    Fault(String),
    /// A policy or a rule that the program brought along broke off: it panicked, had no answer, or
    /// wanted what cannot be done.
    #[error(
        "policy `{policy}` broke off in trial {trial} under seed {seed}, on day {days}: {what}"
    )]
    Policy {
        /// Its id.
        policy: String,
        /// The number of the trial.
        trial: u64,
        /// The seed that the trial was run under.
        seed: u64,
        /// When, in days from the start.
        days: f64,
        /// What a panic said, why there was no answer, or what cannot be done.
        what: String,
    },
}

impl Error {
    /// The problems of a refused scenario; empty for other errors.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Error::Refused(problems) => problems,
            _ => &[],
        }
    }

    /// Nothing of the kind `what` has that name.
    pub(crate) fn unknown(what: &'static str, name: &str, known: &[impl AsRef<str>]) -> Self {
        let known = known.iter().map(|known| known.as_ref().to_owned()).collect();
        Error::Unknown { what, name: name.to_owned(), known }
    }
}

/// What a panic said.
pub(crate) fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

fn list(problems: &[Problem]) -> String {
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    let lines: Vec<String> = problems.iter().map(|p| format!("  {p}")).collect();
    format!("the scenario is refused, {count}:\n{}", lines.join("\n"))
}

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;
