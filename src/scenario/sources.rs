//! Where the numbers of a scenario come from.
//!
//! It is written beside a number, `{ value = 0.1, source = "...", note = "..." }`, and kept in the table
//! `sources` by the path of the number, so that whatever reads a number finds it where it is.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::paths::{join_path, split_path};
use super::tree::{self, DEEPEST};
use crate::error::{Code, Error, Problem, Result};

/// Where a number comes from. It changes nothing in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Source {
    /// Whose number it is: a record, a report, who was asked, what it was fitted to, or `judgement`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What else is to be known of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

built!(Source {
    set source: String;
    set note: String;
});

/// Where each number comes from, by its dotted path.
pub type Sources = BTreeMap<String, Source>;

const TABLE: &str = "sources";
const VALUE: &str = "value";
const PARTS: [&str; 2] = ["source", "note"];

/// The paths beside which sources were written.
pub struct Beside(Vec<String>);

/// Moves what is written beside numbers to the table `sources`.
pub fn lift(tree: &mut Table) -> Beside {
    let mut found = Vec::new();
    for (key, value) in tree.iter_mut().filter(|(key, _)| *key != TABLE) {
        lift_from(&mut vec![key.clone()], value, &mut found);
    }
    if !found.is_empty()
        && let Value::Table(sources) =
            tree.entry(TABLE).or_insert_with(|| Value::Table(Table::new()))
    {
        sources.extend(found.iter().map(|(path, about)| (path.clone(), about.clone())));
    }
    keep_what_says_something(tree);
    Beside(found.into_iter().map(|(path, _)| path).collect())
}

/// Leaves out numbers that have neither source nor note: they would be written with nothing beside. What
/// is wrong in the table stays, for others to refuse.
fn keep_what_says_something(tree: &mut Table) {
    let Some(Value::Table(sources)) = tree.get(TABLE) else { return };
    let says_nothing = |about: &Table| {
        about.iter().all(|(key, text)| PARTS.contains(&key.as_str()) && text.as_str() == Some(""))
    };
    let silent = sources.iter().filter(|(path, about)| {
        about.as_table().is_some_and(says_nothing) && at(tree, path).is_some()
    });
    let silent: Vec<String> = silent.map(|(path, _)| path.clone()).collect();
    let Some(Value::Table(sources)) = tree.get_mut(TABLE) else { return };
    silent.iter().for_each(|path| drop(sources.remove(path)));
    if sources.is_empty() {
        tree.remove(TABLE);
    }
}

fn lift_from(path: &mut Vec<String>, value: &mut Value, found: &mut Vec<(String, Value)>) {
    // What is nested more deeply is refused.
    if path.len() > DEEPEST {
        return;
    }
    if let Value::Table(table) = value
        && is_sourced(table)
        && let Some(number) = table.remove(VALUE)
    {
        found.push((join_path(path.as_slice()), Value::Table(std::mem::take(table))));
        *value = number;
    }
    let mut within = |key: String, value: &mut Value| {
        path.push(key);
        lift_from(path, value, found);
        path.pop();
    };
    match value {
        Value::Table(table) => {
            table.iter_mut().for_each(|(key, value)| within(key.clone(), value));
        }
        Value::Array(items) => {
            items.iter_mut().enumerate().for_each(|(k, item)| within(k.to_string(), item));
        }
        _ => {}
    }
}

/// Whether a table is a number with its source. By ids that happen to be spelt so there are no texts.
fn is_sourced(table: &Table) -> bool {
    let fits = |(key, value): (&String, &Value)| {
        key == VALUE || PARTS.contains(&key.as_str()) && value.is_str()
    };
    table.len() > 1 && table.contains_key(VALUE) && table.iter().all(fits)
}

impl Beside {
    /// What was found, with problems where their author has written what they are about.
    pub fn at_home<T>(&self, found: Result<T>) -> Result<T> {
        found.map_err(|error| match error {
            Error::Refused(mut problems) => {
                problems.iter_mut().for_each(|problem| self.take_home(problem));
                Error::Refused(problems)
            }
            other => other,
        })
    }

    fn take_home(&self, problem: &mut Problem) {
        // Of a law and a parameter of it, both with a source, the law comes first.
        let mut home = problem.path.clone();
        let (mut from, mut shift) = (0, 0);
        for path in &self.0 {
            let about = tree::join(TABLE, path);
            if let Some(rest) = problem.path.strip_prefix(&about) {
                home = format!("{path}{rest}");
                break;
            }
            let within = problem.path.strip_prefix(path.as_str());
            if path.len() > from
                && within.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            {
                from = path.len();
                home.insert_str(from + shift, ".value");
                shift += ".value".len();
            }
        }
        problem.path = home;
    }
}

/// Moves what the table `sources` has beside the numbers.
pub fn put_beside(tree: &mut Table) {
    keep_what_says_something(tree);
    let Some(Value::Table(sources)) = tree.remove(TABLE) else { return };
    let mut sources: Vec<(String, Value)> = sources.into_iter().collect();
    // Parameters before the law that they are of.
    sources.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
    for (path, about) in sources {
        if let (Some(value), Value::Table(mut table)) = (at(tree, &path).cloned(), about) {
            table.insert(VALUE.to_owned(), value);
            tree::replace(tree, &path, Some(Value::Table(table)), &mut Vec::new());
        }
    }
}

/// What stands at a dotted path of tables and lists.
fn at<'t>(tree: &'t Table, path: &str) -> Option<&'t Value> {
    let parts = split_path(path)?;
    let (first, rest) = parts.split_first()?;
    rest.iter().try_fold(tree.get(first)?, |node, part| match node {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        node => node.get(part.as_str()),
    })
}

/// Of a path that names a part of a number with a source, such as `plan.review_every_days.note`: the
/// path of the number, and the part.
pub fn part_of(tree: &Table, path: &str) -> Option<(String, String)> {
    let mut keys = split_path(path)?;
    let part = keys.pop().filter(|key| key == VALUE || PARTS.contains(&key.as_str()))?;
    let number = join_path(&keys);
    let has = tree.get(TABLE).is_some_and(|sources| sources.get(number.as_str()).is_some());
    has.then_some((number, part))
}

/// Says something else of a number, or nothing.
pub fn say(tree: &mut Table, number: &str, part: &str, value: Option<Value>) {
    if let Some(Value::Table(about)) =
        tree.get_mut(TABLE).and_then(|sources| sources.get_mut(number))
    {
        match value {
            Some(value) => about.insert(part.to_owned(), value),
            None => about.remove(part),
        };
    }
}

/// What stands at a path is another: what was said of the numbers there is not said of it.
pub fn forget(tree: &mut Table, path: &str) {
    let Some(path) = split_path(path).map(|keys| join_path(&keys)) else { return };
    let Some(Value::Table(sources)) = tree.get_mut(TABLE) else { return };
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    sources.retain(|number, _| !within(number, &path) && !within(&path, number));
    if sources.is_empty() {
        tree.remove(TABLE);
    }
}

/// Reports sources of what is not there.
pub fn check(tree: &Table, problems: &mut Vec<Problem>) {
    let Some(Value::Table(sources)) = tree.get(TABLE) else { return };
    for path in sources.keys().filter(|path| at(tree, path).is_none()) {
        problems.push(Problem::new(
            tree::join(TABLE, path),
            Code::DanglingId,
            "there is no number at this path",
            "write the source beside the number: { value = ..., source = \"...\" }",
        ));
    }
}
