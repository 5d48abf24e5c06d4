//! What a scenario has that a measure could be about.

use toml::{Table, Value};

use super::Model;
use crate::measure::{By, MEASURES};
use crate::scenario::split_path;

impl Model {
    /// Whether the scenario has what a measure of the whole theatre is about; yes of a measure that
    /// is not known. [`Measure::needs`](crate::Measure::needs) says what that is.
    pub fn is_about(&self, measure: &str) -> bool {
        let tree = Value::Table(self.scenario().to_tree());
        let there = |path: &str| split_path(path).is_some_and(|path| is_something(&tree, &path));
        let known = MEASURES.iter().find(|one| one.name == measure && one.by == By::Total);
        known.is_none_or(|one| one.needs.iter().all(|group| group.iter().any(|path| there(path))))
    }
}

/// Whether something other than 0, or nothing, stands at a path, of which a star is any key.
fn is_something(value: &Value, path: &[String]) -> bool {
    match path.split_first() {
        None => !is_nothing(value),
        Some((key, rest)) => {
            let below = value.as_table().into_iter().flat_map(Table::iter);
            below
                .filter(|(name, _)| key == "*" || *name == key)
                .any(|(_, one)| is_something(one, rest))
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Integer(number) => *number == 0,
        Value::Float(number) => *number == 0.0,
        Value::Boolean(truth) => !truth,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Table(table) => table.is_empty(),
        Value::Datetime(_) => false,
    }
}
