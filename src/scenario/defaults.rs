//! Which numbers of a scenario rest on judgement or dispute: the one list of them.

use std::collections::BTreeSet;

use serde_json::Value as Schema;
use toml::{Table, Value};

use super::schema::{alternatives, is_law};
use super::tree::join;
use super::{Scenario, bare_schema, usual_intercept};

/// A number, a law or a table of a scenario of which the schema says what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Its dotted path.
    pub path: String,
    /// What it is, filled in where the scenario leaves it out.
    pub value: Value,
    /// Whether it is the library's default, given or not; if not, the scenario's own.
    pub of_library: bool,
}

/// What rests on judgement or dispute, by path, as the schema marks it: defaults and the scenario's
/// own values. What is off, and what nothing in the scenario asks for, is left out.
pub fn judged(scenario: &Scenario) -> Vec<Judged> {
    let mut found = Vec::new();
    look("", &scenario.to_tree(), bare_schema(), &mut found);
    intercepts(scenario, &mut found);
    found.retain(|one| !is_idle(scenario, &one.path));
    // What has a source of its own is the scenario's, even where it is the same number.
    for one in &mut found {
        one.of_library &= !scenario.sources.contains_key(&one.path);
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn look(path: &str, table: &Table, schema: &Schema, found: &mut Vec<Judged>) {
    for (key, value) in table {
        let fields = alternatives(bare_schema(), schema);
        let inner = fields.iter().find_map(|one| {
            let others = one.get("additionalProperties").filter(|schema| schema.is_object());
            one["properties"].get(key).or(others)
        });
        let Some(schema) = inner else { continue };
        let path = join(path, key);
        let known = ["basis", "form", "disputed"].iter().any(|word| schema.get(word).is_some());
        let of_library = as_json(value) == schema["default"];
        let off = is_nothing(value, schema["disputed"] == true);
        let inside = value.as_table().filter(|_| !is_law(&alternatives(bare_schema(), schema)));
        // A table that a scenario gives has keys of its own to speak for it.
        match inside {
            _ if known && of_library && !off => {
                found.push(Judged { path, value: value.clone(), of_library });
            }
            Some(table) => look(&path, table, schema, found),
            None if known && !off => found.push(Judged { path, value: value.clone(), of_library }),
            None => {}
        }
    }
}

/// What stops the weapons in use on each site: the laws that are given, and those that are filled
/// in, which stand nowhere in the tree.
fn intercepts(scenario: &Scenario, found: &mut Vec<Judged>) {
    let used: BTreeSet<&String> = scenario.world.interceptable().collect();
    for (id, site) in &scenario.world.sites {
        for weapon in &used {
            let Some((path, law)) = scenario.world.intercept_of(id, site, weapon) else { continue };
            if found.iter().any(|one| one.path == path) {
                continue;
            }
            let value = Value::try_from(&law).expect("a law is a value of the tree");
            let of_library = usual_intercept(weapon).as_ref() == Some(&law);
            found.push(Judged { path, value, of_library });
        }
    }
}

/// Keys that are there whatever a scenario has, and mean nothing without something else.
fn is_idle(scenario: &Scenario, path: &str) -> bool {
    let Scenario { plan, world, .. } = scenario;
    (path.contains(".air_defence.") && world.threats.is_empty())
        || (path == "plan.review_every_days" && plan.rules.is_empty())
        || (path == "plan.duration_correlation" && plan.phases.len() < 2)
        || (path.starts_with("plan.transport.") && plan.phases.is_empty())
}

/// Off, or left out: nothing that could be misjudged. A disputed mechanism is off at 0.
fn is_nothing(value: &Value, disputed: bool) -> bool {
    disputed && matches!(value, Value::Float(0.0) | Value::Integer(0))
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
        let paths = |scenario: &Scenario| -> Vec<String> {
            let of_library = judged(scenario).into_iter().filter(|one| one.of_library);
            of_library.map(|one| one.path).collect()
        };
        let found = paths(&minimal);
        for path in ["plan.transport.people_per_day", "plan.phases.leave.duration_ratio"] {
            assert!(found.iter().any(|one| one == path), "{path} in {found:?}");
        }
        assert!(found.contains(&"world.threats.militia.harm.no_casualty".to_owned()));
        assert!(!found.iter().any(|one| one.contains("elasticity")), "off by default");
        let other = minimal.replace([("plan.transport.people_per_day", Some(99.into()))]).unwrap();
        assert_eq!(paths(&other).len(), found.len() - 1);
    }

    #[test]
    fn laws_that_are_filled_in_are_listed_where_their_weapon_is_used() {
        let minimal = Scenario::example("minimal").unwrap();
        let path = "world.sites.base.air_defence.intercept";
        let laws = |scenario: &Scenario| -> Vec<(String, bool)> {
            let found = judged(scenario).into_iter().filter(|one| one.path.starts_with(path));
            found.map(|one| (one.path.replace(path, ""), one.of_library)).collect()
        };
        assert_eq!(laws(&minimal), [(".drone".to_owned(), true), (".rocket".to_owned(), true)]);
        let own: Table = "drone = { beta = [9, 1] }\nballistic = 0.5".parse().unwrap();
        let other = minimal.replace([(path, Some(Value::Table(own)))]).unwrap();
        assert_eq!(laws(&other), [(".drone".to_owned(), false), (".rocket".to_owned(), true)]);
        let quiet = minimal.replace([("world.threats.militia", None)]).unwrap();
        assert!(laws(&quiet).is_empty(), "nothing is fired at anybody");
    }
}
