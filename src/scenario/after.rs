//! What a phase waits for.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gates and phases that a phase waits for: a list of those that must be done before it begins, or by
/// id how it waits for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum After {
    /// They must be done before it begins.
    Done(Vec<String>),
    /// How it waits for each.
    Each(BTreeMap<String, Link>),
}

/// How a phase waits for another, or for a gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Link {
    /// What waits for what. A gate has a finish, its opening, and no start.
    pub relation: Relation,
    /// How much longer it waits, in days of the calendar.
    #[schemars(range(min = 0, max = 36_500))]
    pub lag_days: f64,
}

/// What of a phase waits for what of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It begins when the other is done.
    #[default]
    FinishToStart,
    /// It begins when the other has begun.
    StartToStart,
    /// Its last lift waits until the other is done.
    FinishToFinish,
}

built!(Link {
    set relation: Relation;
    set lag_days: f64;
});

impl Link {
    /// Whether it is the last lift that waits, and not the beginning.
    pub(crate) fn is_for_last_lift(&self) -> bool {
        self.relation == Relation::FinishToFinish
    }
}

impl After {
    /// How it waits for each.
    #[must_use]
    pub fn each(links: impl IntoIterator<Item = (impl Into<String>, Link)>) -> Self {
        After::Each(links.into_iter().map(|(id, link)| (id.into(), link)).collect())
    }

    /// Whether it waits for nothing.
    pub fn is_empty(&self) -> bool {
        self.links().next().is_none()
    }

    /// Each gate and phase once, by id, and how it is waited for.
    pub fn links(&self) -> impl Iterator<Item = (&String, Link)> {
        let (done, each) = match self {
            After::Done(ids) => (Some(ids), None),
            After::Each(links) => (None, Some(links)),
        };
        let done: BTreeMap<&String, Link> =
            done.into_iter().flatten().map(|id| (id, Link::default())).collect();
        done.into_iter().chain(each.into_iter().flatten().map(|(id, link)| (id, *link)))
    }

    /// Their ids as they are written.
    pub(crate) fn ids(&self) -> Vec<&String> {
        match self {
            After::Done(ids) => ids.iter().collect(),
            After::Each(links) => links.keys().collect(),
        }
    }
}

impl Default for After {
    fn default() -> Self {
        After::Done(Vec::new())
    }
}

/// They must be done before it begins.
impl<S: Into<String>> FromIterator<S> for After {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> Self {
        After::Done(ids.into_iter().map(Into::into).collect())
    }
}

/// They must be done before it begins.
impl<S: Into<String>, const N: usize> From<[S; N]> for After {
    fn from(ids: [S; N]) -> Self {
        ids.into_iter().collect()
    }
}

/// They must be done before it begins.
impl<S: Into<String>> From<Vec<S>> for After {
    fn from(ids: Vec<S>) -> Self {
        ids.into_iter().collect()
    }
}
