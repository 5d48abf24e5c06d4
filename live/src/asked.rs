//! What can be asked.

use std::collections::BTreeMap;

use drawdown::toml::Value;
use serde::Deserialize;

/// A number, a truth or a text for each path.
pub type Setting = BTreeMap<String, Moved>;

/// A question, as the page sends it.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub enum Asked {
    /// A scenario is opened on a page in a language, and its first trials are simulated: the digest
    /// tells whether they are what they were where the page was written. A seed is a text, as it may be too large for a
    /// number of JavaScript.
    Open { scenario: String, seed: String, trials: u64, language: String },
    /// What a setting comes to, beside a baseline.
    Move { setting: Setting, baseline: Pin, trials: u64, generation: f64 },
    /// Settings side by side, each beside the baseline.
    Compare { pins: Vec<Pin>, baseline: Pin, trials: u64 },
    /// What each of some changes of a setting moves.
    Levers { setting: Setting, changes: Vec<Change>, trials: u64 },
    /// The scenario of a setting, as TOML.
    Texts { setting: Setting },
    /// Something else.
    #[serde(skip_deserializing)]
    Unknown { fault: String },
}

/// A setting with a name.
#[derive(Debug, Deserialize)]
pub struct Pin {
    pub name: String,
    pub setting: Setting,
}

/// A change of a setting: a control at one of its ends, with what it is called and what is shown.
#[derive(Debug, Deserialize)]
pub struct Change {
    pub path: String,
    pub value: Moved,
    pub label: String,
    pub shown: String,
}

/// A value that was moved.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Moved {
    Truth(bool),
    Number(f64),
    /// What somebody typed who meant a number: the scenario says what is wrong with it.
    Text(String),
}

impl Moved {
    /// As a scenario takes it: of what is counted it takes no point.
    pub fn value(&self) -> Value {
        match self {
            Moved::Truth(truth) => Value::Boolean(*truth),
            Moved::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Value::Integer(*number as i64)
            }
            Moved::Number(number) => Value::Float(*number),
            Moved::Text(text) => Value::String(text.clone()),
        }
    }
}
