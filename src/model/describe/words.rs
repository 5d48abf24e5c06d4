//! Numbers and laws in words.

use super::{Page, Section, Topic};
use crate::law::{Dist, Family};

/// Adds a line, or several, to the last section of a page.
pub(super) fn line(page: &mut Page, text: impl AsRef<str>) {
    let lines = text.as_ref().split('\n').map(str::to_owned);
    page.last_mut().expect("a page begins with a section").lines.extend(lines);
}

impl Section {
    /// A section without lines.
    pub(super) fn new(topic: Topic, title: impl Into<String>) -> Self {
        Section { topic, title: title.into(), lines: Vec::new() }
    }
}

/// An id, and its title if it has one.
pub(super) fn name(id: &str, title: &str) -> String {
    if title.is_empty() { id.to_owned() } else { format!("{id} ({title})") }
}

/// A number, or the name and parameters of its law.
pub(super) fn words<P: Words>(dist: &Dist<P>) -> String {
    match dist {
        Dist::Number(number) => number.to_string(),
        Dist::Family(family) => family_in_words(family),
    }
}

/// A parameter of a law: a number, or again a range.
pub(super) trait Words {
    fn words(&self) -> String;
}

impl Words for f64 {
    fn words(&self) -> String {
        self.to_string()
    }
}

impl<P: Words> Words for Dist<P> {
    fn words(&self) -> String {
        words(self)
    }
}

fn family_in_words<P: Words>(family: &Family<P>) -> String {
    let list = |parameters: &[P]| {
        let each: Vec<String> = parameters.iter().map(Words::words).collect();
        each.join(", ")
    };
    match family {
        Family::Constant(value) => value.words(),
        Family::Uniform(p) => format!("uniform({})", list(p)),
        Family::Triangular(p) => format!("triangular({})", list(p)),
        Family::Pert(p) => format!("PERT({})", list(p)),
        Family::Normal { mean, sd } => format!("normal({}, {})", mean.words(), sd.words()),
        Family::Lognormal { median, sigma } => {
            format!("lognormal(median {}, sigma {})", median.words(), sigma.words())
        }
        Family::Gamma { shape, mean } => {
            format!("gamma(shape {}, mean {})", shape.words(), mean.words())
        }
        Family::Beta(p) => format!("beta({})", list(p)),
        Family::Exponential { mean } => format!("exponential(mean {})", mean.words()),
        Family::TruncatedNormal { mean, sd, low, high } => format!(
            "normal({}, {}) between {} and {}",
            mean.words(),
            sd.words(),
            low.words(),
            high.words()
        ),
        Family::Mixture(parts) => {
            let each: Vec<String> = (parts.iter())
                .map(|part| format!("{} (weight {})", words(&part.value), part.weight.words()))
                .collect();
            format!("a mixture of {}", each.join(", "))
        }
        Family::Empirical(values) => {
            let each: Vec<String> = values.iter().map(f64::to_string).collect();
            format!("one of {}", each.join(", "))
        }
    }
}
