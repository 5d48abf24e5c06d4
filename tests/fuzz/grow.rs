//! A walk through sound scenarios: one change after another, each kept if the scenario is still
//! accepted. What can be added is read off the schema of the language, so that no key is left out.

use drawdown::scenario::json_schema;
use drawdown::{Checked, Code, Error};
use serde_json::Value as Schema;
use toml::{Table, Value};

use crate::dice::{Dice, EDGES};

/// Deepest nesting of what is added.
const DEEPEST: usize = 7;

/// Changes the scenario a number of times.
pub fn walk(dice: &mut Dice, mut checked: Checked) -> Checked {
    for _ in 0..dice.below(40) {
        let mut tree = checked.scenario().to_tree();
        for _ in 0..=dice.below(2) {
            change(dice, &mut tree);
        }
        match Checked::from_tree(tree) {
            Ok(next) => checked = next,
            Err(Error::Refused(problems)) => {
                assert!(problems.iter().all(|problem| problem.code != Code::Syntax));
            }
            Err(other) => panic!("not a refusal: {other}"),
        }
    }
    checked
}

/// Goes down to some table or list and changes something there.
fn change(dice: &mut Dice, tree: &mut Table) {
    let ids = Ids::of(tree);
    let mut root = Value::Table(std::mem::take(tree));
    let schema = json_schema();
    descend(dice, &ids, &mut root, schema, "", 0);
    if let Value::Table(table) = root {
        *tree = table;
    }
}

fn descend(
    dice: &mut Dice,
    ids: &Ids,
    value: &mut Value,
    schema: &Schema,
    key: &str,
    depth: usize,
) {
    let due = alternatives(schema);
    let is_branch = match &value {
        Value::Table(table) => !table.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if !is_branch || depth > 1 && dice.chance(0.15) {
        return alter(dice, ids, value, &due, key, depth);
    }
    match value {
        Value::Table(table) => {
            let fits = |one: &&&Schema| table.keys().all(|key| of_key(one, key).is_some());
            let Some(schema) = due.iter().find(fits).copied() else { return };
            if dice.chance(0.15) {
                return extend(dice, ids, table, schema, key, depth);
            }
            let keys: Vec<String> = table.keys().cloned().collect();
            let inner = dice.pick_of(&keys).clone();
            let Some(about) = of_key(schema, &inner) else { return };
            if dice.chance(0.06) {
                table.remove(&inner);
            } else if let Some(value) = table.get_mut(&inner) {
                descend(dice, ids, value, about, &inner, depth + 1);
            }
        }
        Value::Array(items) => {
            let k = dice.below(items.len());
            let array = due.iter().find(|one| one["type"] == "array");
            let about = array.and_then(|one| one["prefixItems"].get(k).or(one.get("items")));
            match about {
                Some(_) if dice.chance(0.1) => drop(items.remove(k)),
                Some(about) => descend(dice, ids, &mut items[k], about, key, depth + 1),
                None => {}
            }
        }
        _ => {}
    }
}

/// Adds a key of the language, or an entry under an id.
fn extend(dice: &mut Dice, ids: &Ids, table: &mut Table, schema: &Schema, key: &str, depth: usize) {
    let known: Vec<&String> =
        schema["properties"].as_object().into_iter().flat_map(|all| all.keys()).collect();
    if schema["additionalProperties"].is_object() {
        let id = ids.id(dice, key);
        let value = make(dice, ids, &schema["additionalProperties"], &id, depth);
        table.insert(id, value);
    } else if !known.is_empty() {
        let key = (*dice.pick_of(&known)).clone();
        table.insert(key.clone(), make(dice, ids, &schema["properties"][&key], &key, depth));
    }
}

fn alter(dice: &mut Dice, ids: &Ids, value: &mut Value, due: &[&Schema], key: &str, depth: usize) {
    let factor = *dice.pick_of(&[0.0, 0.1, 0.5, 0.9, 1.1, 2.0, 5.0, 30.0, -1.0]);
    match value {
        Value::Float(x) if dice.chance(0.7) => *x *= factor,
        Value::Integer(n) if dice.chance(0.7) => *n = (*n as f64 * factor).round() as i64,
        Value::String(text) if dice.chance(0.7) && text.len() == 10 && text.starts_with("20") => {
            *text = date(dice);
        }
        _ => *value = make_one(dice, ids, due, key, depth),
    }
}

/// A value that the schema allows, or nearly.
fn make(dice: &mut Dice, ids: &Ids, schema: &Schema, key: &str, depth: usize) -> Value {
    let due = alternatives(schema);
    make_one(dice, ids, &due, key, depth)
}

fn make_one(dice: &mut Dice, ids: &Ids, due: &[&Schema], key: &str, depth: usize) -> Value {
    // The first alternative is the plain one: a number, and not one of the many laws.
    let plain = depth >= DEEPEST || dice.chance(0.5);
    let Some(schema) = (if plain { due.first() } else { Some(dice.pick_of(due)) }) else {
        return Value::Integer(1);
    };
    let words = schema["enum"].as_array().into_iter().flatten().chain(schema.get("const"));
    let words: Vec<&str> = words.filter_map(Schema::as_str).collect();
    match schema["type"].as_str().unwrap_or_default() {
        "object" => Value::Table(make_table(dice, ids, schema, key, depth + 1)),
        "array" => make_array(dice, ids, schema, key, depth + 1),
        "string" if schema["format"] == "date" => Value::String(date(dice)),
        "string" if !words.is_empty() => Value::String((*dice.pick_of(&words)).to_owned()),
        "string" => Value::String(ids.id(dice, key)),
        "boolean" => Value::Boolean(dice.chance(0.5)),
        "integer" => Value::Integer(whole(dice, schema)),
        _ => Value::Float(number(dice, schema)),
    }
}

fn make_table(dice: &mut Dice, ids: &Ids, schema: &Schema, key: &str, depth: usize) -> Table {
    let mut table = Table::new();
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str).collect();
    let some = if depth >= DEEPEST { 0.0 } else { 0.3 };
    for (name, about) in schema["properties"].as_object().into_iter().flatten() {
        if required.contains(&name.as_str()) || dice.chance(some) {
            table.insert(name.clone(), make(dice, ids, about, name, depth));
        }
    }
    let entry = &schema["additionalProperties"];
    if entry.is_object() && depth < DEEPEST {
        for _ in 0..dice.below(3) {
            let id = ids.id(dice, key);
            let value = make(dice, ids, entry, &id, depth);
            table.insert(id, value);
        }
    }
    table
}

fn make_array(dice: &mut Dice, ids: &Ids, schema: &Schema, key: &str, depth: usize) -> Value {
    if let Some(items) = schema["prefixItems"].as_array() {
        // Parameters of a law, most often in ascending order.
        return Value::Array(items.iter().map(|item| make(dice, ids, item, key, depth)).collect());
    }
    let (least, most) = (schema["minItems"].as_u64(), schema["maxItems"].as_u64());
    let count = match (least, most) {
        (Some(least), Some(_)) => least as usize,
        _ if depth >= DEEPEST => 0,
        _ => dice.below(3),
    };
    let items = &schema["items"];
    let mut values: Vec<Value> = (0..count).map(|_| make(dice, ids, items, key, depth)).collect();
    let number = |value: &Value| value.as_float();
    values.sort_by(|a, b| match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => std::cmp::Ordering::Equal,
    });
    Value::Array(values)
}

fn number(dice: &mut Dice, schema: &Schema) -> f64 {
    let least = schema["minimum"].as_f64().unwrap_or(0.0);
    let most = schema["maximum"].as_f64().unwrap_or(10.0).min(1e3);
    match dice.below(10) {
        0 => *dice.pick_of(&EDGES),
        1 => least,
        2 => schema["maximum"].as_f64().unwrap_or(1.0),
        3..=5 => dice.between(0.0, 1.0),
        6 => dice.between(1.0, 60.0),
        _ => dice.between(least, most),
    }
}

fn whole(dice: &mut Dice, schema: &Schema) -> i64 {
    let least = schema["minimum"].as_i64().unwrap_or(0);
    match dice.below(8) {
        0 => least,
        1 => schema["maximum"].as_i64().unwrap_or(i64::from(u32::MAX)),
        2 => *dice.pick_of(&[0, -1, 1, 100_000, 4_294_967_295]),
        _ => least + dice.below(500) as i64,
    }
}

fn date(dice: &mut Dice) -> String {
    let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
    let year = match dice.below(30) {
        0 => *dice.pick_of(&[1, 1600, 2050, 2120, 9999]),
        _ => 2008 + dice.below(20),
    };
    format!("{year:04}-{month:02}-{day:02}")
}

/// The ids that there are, by the key under which they are defined.
struct Ids(Vec<(&'static str, Vec<String>)>);

/// Words in the keys that refer to ids, and where those are defined.
const REFERENCES: &[(&str, &str)] = &[
    ("site", "sites"),
    ("to", "sites"),
    ("asked_of", "sites"),
    ("contingent", "contingents"),
    ("garrison", "contingents"),
    ("follow", "contingents"),
    ("threat", "threats"),
    ("phase", "phases"),
    ("after", "waits"),
    ("event", "calendar"),
    ("area", "areas"),
    ("tension", "states"),
    ("start", "states"),
    ("next", "states"),
    ("per_day", "states"),
    ("intercept", "weapons"),
    ("weapon", "weapons"),
    ("id", "any"),
    ("outcome", "any"),
];

impl Ids {
    fn of(tree: &Table) -> Self {
        let empty = Value::Table(Table::new());
        let at = |path: &[&str]| {
            let root = tree.get(path[0]).unwrap_or(&empty);
            path[1..].iter().fold(root.clone(), |value, key| {
                value.get(key).cloned().unwrap_or_else(|| empty.clone())
            })
        };
        let keys = |value: &Value| -> Vec<String> {
            value.as_table().into_iter().flat_map(|table| table.keys().cloned()).collect()
        };
        let inner = |value: &Value, key: &str| -> Vec<String> {
            let all = value.as_table().into_iter().flat_map(|table| table.iter());
            all.filter_map(|(_, entry)| entry.get(key)).flat_map(keys).collect()
        };
        let (sites, threats) = (at(&["world", "sites"]), at(&["world", "threats"]));
        let mut all = vec![
            ("sites", keys(&sites)),
            ("contingents", inner(&sites, "garrison")),
            ("threats", keys(&threats)),
            ("weapons", [inner(&threats, "weapons"), vec!["drone".into()]].concat()),
            ("phases", keys(&at(&["plan", "phases"]))),
            ("waits", [keys(&at(&["plan", "phases"])), keys(&at(&["plan", "gates"]))].concat()),
            ("calendar", keys(&at(&["world", "calendar"]))),
            ("areas", keys(&at(&["world", "areas"]))),
            ("states", keys(&at(&["world", "tension", "states"]))),
        ];
        let any = all.iter().flat_map(|(_, ids)| ids.clone()).collect();
        all.push(("any", any));
        Ids(all)
    }

    /// An id that fits under a key, most often.
    fn id(&self, dice: &mut Dice, key: &str) -> String {
        let defined = REFERENCES.iter().find(|(word, _)| key.contains(word)).map(|(_, at)| *at);
        let known = self.0.iter().find(|(at, _)| Some(*at) == defined).map(|(_, ids)| ids);
        match known.filter(|ids| !ids.is_empty()) {
            Some(ids) if dice.chance(0.85) => dice.pick_of(ids).clone(),
            _ => (*dice.pick_of(&["a", "b", "home", "x-1", "\u{e9}"])).to_owned(),
        }
    }
}

/// The schemas of which one must hold.
fn alternatives(schema: &Schema) -> Vec<&Schema> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = json_schema().pointer(reference.trim_start_matches('#'));
        return target.map_or_else(Vec::new, alternatives);
    }
    match schema.get("anyOf").or(schema.get("oneOf")).and_then(Schema::as_array) {
        Some(parts) => parts.iter().flat_map(alternatives).collect(),
        None if schema["type"] == "null" => Vec::new(),
        None => vec![schema],
    }
}

fn of_key<'s>(schema: &'s Schema, key: &str) -> Option<&'s Schema> {
    let others = schema.get("additionalProperties").filter(|schema| schema.is_object());
    schema["properties"].get(key).or(others)
}
