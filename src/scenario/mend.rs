//! Reading on past faults: a tree with the faulty parts taken out and stand-ins where something
//! must be, so that the rest of the scenario can be checked in the same go.

use std::collections::BTreeSet;

use serde_json::Value as Schema;
use toml::{Table, Value};

use super::schema::{alternatives, words};
use super::{sources, tree};
use crate::error::{Code, Problem};

/// Where a date must be: one that no author writes, so that messages with it are known.
const NO_DATE: &str = "0001-01-01";

/// What was taken out of a tree so that the rest can be checked.
pub struct Mended {
    /// The tree, faulty parts taken out or replaced.
    pub tree: Table,
    /// Where the faults were.
    faults: Vec<String>,
    /// Ids that what was taken out may have defined.
    lost_ids: BTreeSet<String>,
}

impl Mended {
    /// Takes the faulty parts out of `tree` and puts stand-ins where `schema` wants something.
    pub fn new(mut tree: Table, schema: &Schema, problems: &[Problem]) -> Self {
        let faults: Vec<String> = problems.iter().map(|problem| problem.path.clone()).collect();
        let mut lost_ids = BTreeSet::new();
        for path in &faults {
            // A list with a faulty item goes as a whole.
            let key = path.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let key = if path[key.len()..].starts_with('.') { key } else { path };
            lost_ids.extend(key.rsplit('.').next().map(str::to_owned));
            collect_keys(tree::get(&tree, key), &mut lost_ids);
            tree::replace(&mut tree, key, None, &mut Vec::new());
            sources::forget(&mut tree, key);
        }
        complete_table(&mut tree, schema, schema);
        Mended { tree, faults, lost_ids }
    }

    /// Whether a problem found in the mended tree was there before it was mended.
    pub fn is_genuine(&self, problem: &Problem) -> bool {
        let within = |path: &str| problem.path.starts_with(path);
        let parent = |path: &str| path.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
        let near =
            |path: &String| within(&parent(path)) || path.starts_with(&parent(&problem.path));
        match problem.code {
            // These weigh several numbers against each other, some of which may be stand-ins.
            Code::TooManyPeople | Code::Explosive | Code::TooLarge => false,
            // A message names the dates that it weighs, but that of its own path.
            Code::DatesOutOfOrder => {
                !problem.what.contains(NO_DATE) && !self.faults.iter().any(|path| within(path))
            }
            Code::MissingKey | Code::Contradiction => !self.faults.iter().any(near),
            Code::DanglingId => {
                let lost = self.lost_ids.iter().any(|id| problem.what.contains(&format!("`{id}`")));
                !lost && !self.faults.iter().any(|path| within(path))
            }
            _ => !self.faults.iter().any(|path| within(path)),
        }
    }
}

fn collect_keys(value: Option<&Value>, keys: &mut BTreeSet<String>) {
    if let Some(Value::Table(table)) = value {
        for (key, value) in table {
            keys.insert(key.clone());
            collect_keys(Some(value), keys);
        }
    }
}

/// Puts stand-ins wherever a key is due and missing.
fn complete(value: &mut Value, root: &Schema, schema: &Schema) {
    let due = alternatives(root, schema);
    match value {
        Value::Table(table) => {
            let fits = |one: &&Schema| table.keys().all(|key| of_key(one, key).is_some());
            if let Some(schema) = due.iter().copied().find(fits) {
                complete_table(table, root, schema);
            }
        }
        Value::Array(items) => {
            let each = due.iter().find_map(|one| one.get("items"));
            for item in items {
                each.into_iter().for_each(|schema| complete(item, root, schema));
            }
        }
        _ => {}
    }
}

fn complete_table(table: &mut Table, root: &Schema, schema: &Schema) {
    for (key, value) in table.iter_mut() {
        if let Some(schema) = of_key(schema, key) {
            complete(value, root, schema);
        }
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str) {
        if !table.contains_key(key) {
            let mut value = stand_in(&alternatives(root, &schema["properties"][key]));
            complete(&mut value, root, &schema["properties"][key]);
            table.insert(key.to_owned(), value);
        }
    }
}

/// The schema of what stands under `key`.
fn of_key<'s>(schema: &'s Schema, key: &str) -> Option<&'s Schema> {
    let others = schema.get("additionalProperties").filter(|schema| schema.is_object());
    schema["properties"].get(key).or(others)
}

fn stand_in(due: &[&Schema]) -> Value {
    let first = due.first().copied().unwrap_or(&Schema::Null);
    match first["type"].as_str() {
        Some("number" | "integer") => Value::Integer(1),
        Some("string") if first["format"] == "date" => Value::String(NO_DATE.into()),
        Some("string") => Value::String(words(first).next().unwrap_or_default().into()),
        Some("array") => Value::Array(Vec::new()),
        _ => Value::Table(Table::new()),
    }
}
