//! Which numbers of a scenario are defaults that rest on judgement.

use serde_json::Value as Schema;
use toml::{Table, Value};

use super::json_schema;
use super::schema::alternatives;
use super::tree::join;

/// The paths of a scenario's tree whose values are defaults that rest on judgement, as the schema
/// marks them. A number that is written and equals the default counts as one.
pub fn judged_defaults(tree: &Table) -> Vec<String> {
    let mut found = Vec::new();
    look("", tree, json_schema(), &mut found);
    found
}

fn look(path: &str, table: &Table, schema: &Schema, found: &mut Vec<String>) {
    for (key, value) in table {
        let fields = alternatives(json_schema(), schema);
        let inner = fields.iter().find_map(|one| {
            let others = one.get("additionalProperties").filter(|schema| schema.is_object());
            one["properties"].get(key).or(others)
        });
        let Some(schema) = inner else { continue };
        let path = join(path, key);
        if is_judged_default(value, schema) {
            found.push(path);
        } else if let Value::Table(table) = value {
            look(&path, table, schema, found);
        }
    }
}

fn is_judged_default(value: &Value, schema: &Schema) -> bool {
    let basis = schema["basis"].as_str().unwrap_or_default();
    basis.contains("judgement") && !is_nothing(value) && as_json(value) == schema["default"]
}

/// Off, or left out: nothing that could be misjudged.
fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Float(0.0) | Value::Integer(0))
        || value.as_table().is_some_and(Table::is_empty)
}

/// A value as the schema would write it: numbers without regard to whether they are whole.
fn as_json(value: &Value) -> Schema {
    match value {
        Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect()
        }
        Value::Array(items) => items.iter().map(as_json).collect(),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_is_left_at_a_judged_default_is_listed() {
        let minimal = Scenario::example("minimal").unwrap();
        let found = judged_defaults(&minimal.to_tree());
        for path in ["plan.transport.people_per_day", "plan.phases.leave.duration_ratio"] {
            assert!(found.iter().any(|one| one == path), "{path} in {found:?}");
        }
        assert!(found.contains(&"world.threats.militia.harm.no_casualty".to_owned()));
        assert!(!found.iter().any(|one| one.contains("elasticity")), "off by default");
        let other = minimal.replace([("plan.transport.people_per_day", Some(99.into()))]).unwrap();
        assert_eq!(judged_defaults(&other.to_tree()).len(), found.len() - 1);
    }
}
