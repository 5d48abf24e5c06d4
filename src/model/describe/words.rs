//! Numbers and laws in words, and the page that lines stand on.

use super::{Section, Topic};
use crate::languages::{Speech, Value, say};
use crate::law::{Dist, Family};
use crate::scenario::Date;

/// The sections so far, and the language that they are in; lines are added to the last.
pub(super) struct Page {
    pub(super) speech: Speech,
    pub(super) sections: Vec<Section>,
}

impl Page {
    /// A page without sections.
    pub(super) fn new(speech: Speech) -> Self {
        Page { speech, sections: Vec::new() }
    }

    /// Begins a section.
    pub(super) fn section(&mut self, topic: Topic, title: String) {
        self.sections.push(Section { topic, title, lines: Vec::new() });
    }

    /// Adds a line, or several, to the last section: below the title, or deeper by some levels.
    pub(super) fn line(&mut self, level: usize, text: impl AsRef<str>) {
        let section = self.sections.last_mut().expect("a page begins with a section");
        let lines = text.as_ref().split('\n');
        section.lines.extend(lines.map(|line| "  ".repeat(level) + line));
    }

    /// Adds a line that is a sentence.
    pub(super) fn sentence(&mut self, level: usize, text: String) {
        let text = say!(self.speech, "sentence", text = text);
        self.line(level, text);
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Value::Text(date.to_string())
    }
}

/// An id, and its title if it has one.
pub(super) fn name(speech: Speech, id: &str, title: &str) -> String {
    if title.is_empty() { id.to_owned() } else { say!(speech, "named", id = id, title = title) }
}

/// So many days.
pub(super) fn days(speech: Speech, number: impl Into<Value>) -> String {
    say!(speech, "days", number = number.into())
}

/// A number, or the name and parameters of its law.
pub(super) fn words<P: Words>(speech: Speech, dist: &Dist<P>) -> Value {
    match dist {
        Dist::Number(number) => Value::Number(*number),
        Dist::Family(family) => Value::Text(family_in_words(speech, family)),
    }
}

/// A parameter of a law: a number, or again a range.
pub(super) trait Words {
    fn words(&self, speech: Speech) -> Value;
}

impl Words for f64 {
    fn words(&self, _: Speech) -> Value {
        Value::Number(*self)
    }
}

impl<P: Words> Words for Dist<P> {
    fn words(&self, speech: Speech) -> Value {
        words(speech, self)
    }
}

/// A law as mathematics writes it, with parameters named as in a scenario, in every language; what
/// has no notation is said.
fn family_in_words<P: Words>(speech: Speech, family: &Family<P>) -> String {
    let of = |parameter: &P| parameter.words(speech).to_string();
    let list = |parameters: &[P]| parameters.iter().map(of).collect::<Vec<String>>().join(", ");
    match family {
        Family::Constant(value) => of(value),
        Family::Uniform(p) => format!("uniform({})", list(p)),
        Family::Triangular(p) => format!("triangular({})", list(p)),
        Family::Pert(p) => format!("PERT({})", list(p)),
        Family::Normal { mean, sd } => format!("normal({}, {})", of(mean), of(sd)),
        Family::Lognormal { median, sigma } => {
            format!("lognormal(median {}, sigma {})", of(median), of(sigma))
        }
        Family::Gamma { shape, mean } => format!("gamma(shape {}, mean {})", of(shape), of(mean)),
        Family::Beta(p) => format!("beta({})", list(p)),
        Family::Exponential { mean } => format!("exponential(mean {})", of(mean)),
        Family::TruncatedNormal { mean, sd, low, high } => {
            let law = format!("normal({}, {})", of(mean), of(sd));
            say!(speech, "law-between", law = law, low = of(low), high = of(high))
        }
        Family::Mixture(parts) => {
            let each = parts.iter().map(|part| {
                let (value, weight) = (words(speech, &part.value), part.weight.words(speech));
                say!(speech, "law-mixture-part", value = value, weight = weight)
            });
            say!(speech, "law-mixture", parts = speech.list(each))
        }
        Family::Empirical(values) => say!(speech, "law-one-of", values = speech.list(values)),
    }
}
