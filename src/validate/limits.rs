//! The limits of single numbers, as the schema of the language declares them: `limits` for all values
//! of a number or law, `exclusiveMinimum` or `minimum` where 0 itself is refused, and `maximum` for
//! what is written as a number.

use serde_json::Value as Schema;
use toml::{Table, Value};

use super::at;
use crate::error::{Code, Problem};
use crate::law::{Dist, Law};
use crate::scenario::{alternatives, bare_schema};

/// Reports every number of a scenario that is not what its key declares.
pub(super) fn check(tree: &Table, problems: &mut Vec<Problem>) {
    let root = bare_schema();
    Walk { root, problems }.table(None, tree, &[root]);
}

struct Walk<'s, 'p> {
    root: &'s Schema,
    problems: &'p mut Vec<Problem>,
}

impl<'s> Walk<'s, '_> {
    fn table(&mut self, path: Option<&str>, table: &Table, due: &[&'s Schema]) {
        for (key, value) in table {
            let inner = path.map_or_else(|| key.clone(), |path| at(path, key));
            let Some(field) = due.iter().find_map(|one| field(one, key)) else { continue };
            if field.get("limits").is_some() {
                self.numbers(&inner, value, field);
            } else if let Value::Table(table) = value {
                self.table(Some(&inner), table, &alternatives(self.root, field));
            }
        }
    }

    /// A number or law, or a table of such.
    fn numbers(&mut self, path: &str, value: &Value, field: &Schema) {
        match (value.clone().try_into(), value) {
            (Ok(law), _) => self.law(path, &law, field),
            (Err(_), Value::Table(table)) => {
                table.iter().for_each(|(key, value)| self.numbers(&at(path, key), value, field));
            }
            _ => {}
        }
    }

    fn law(&mut self, path: &str, law: &Law, field: &Schema) {
        let limit = |k: usize, none: f64| field["limits"][k].as_f64().unwrap_or(none);
        let limits = (limit(0, f64::NEG_INFINITY), limit(1, f64::INFINITY));
        let above = field["exclusiveMinimum"].as_f64().or(field["minimum"].as_f64());
        let before = self.problems.len();
        law.check(path, limits, self.problems);
        let sound = self.problems.len() == before;
        let mut report = |what: &str, remedy: String| {
            self.problems.push(Problem::new(path, Code::OutOfRange, what, remedy));
        };
        if sound && above.is_some() && law.support().1 <= 0.0 {
            report("it must be more than 0", "give a positive number".to_owned());
        }
        if let (Dist::Number(number), Some(most)) = (law, field["maximum"].as_f64())
            && number.is_finite()
            && *number > most
        {
            report("the number is absurdly large", format!("give at most {most}"));
        }
    }
}

/// The schema of what stands under a key: one of the language, or an id.
fn field<'s>(schema: &'s Schema, key: &str) -> Option<&'s Schema> {
    let others = schema.get("additionalProperties").filter(|others| others.is_object());
    schema["properties"].get(key).or(others)
}
