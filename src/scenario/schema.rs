//! Reading the generated schema: which of its parts a value falls under, and what that asks.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value as Schema;
use toml::Value;

use super::date::Date;

/// [`json_schema`](super::json_schema) without its descriptions: what scenarios are checked by. It is
/// read from a file and not made from the types, so that programs which describe nothing, such as
/// pages, do without the code that makes it; a test holds it to the types.
pub fn bare_schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(BARE).expect("a test has read it"))
}

const BARE: &str = include_str!("schema.json");

/// Every key of the language whose value is a date.
pub fn date_keys(schema: &Schema) -> BTreeSet<&str> {
    let mut keys = BTreeSet::new();
    let mut look: Vec<(&str, &Schema)> = vec![("", schema)];
    while let Some((key, part)) = look.pop() {
        match part {
            Schema::Object(object) if object.get("format") == Some(&"date".into()) => {
                keys.insert(key);
            }
            Schema::Object(object) => look.extend(object.iter().map(|(inner, part)| {
                // Under `properties` stand keys of the language; elsewhere words of the schema.
                (if part.is_object() { inner.as_str() } else { key }, part)
            })),
            Schema::Array(parts) => look.extend(parts.iter().map(|part| (key, part))),
            _ => {}
        }
    }
    keys
}

/// The schemas of which one must hold: references followed, `null` left out.
pub fn alternatives<'s>(root: &'s Schema, schema: &'s Schema) -> Vec<&'s Schema> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#'));
        return target.map_or_else(Vec::new, |target| alternatives(root, target));
    }
    match schema.get("anyOf").or(schema.get("oneOf")).and_then(Schema::as_array) {
        Some(parts) => parts.iter().flat_map(|part| alternatives(root, part)).collect(),
        None if schema["type"] == "null" => Vec::new(),
        None => vec![schema],
    }
}

/// Whether the schema is for values of this JSON type.
pub fn is(schema: &Schema, kind: &str) -> bool {
    match &schema["type"] {
        Schema::String(one) => one == kind,
        Schema::Array(several) => several.iter().any(|one| one == kind),
        _ => true,
    }
}

pub fn is_date(schema: &Schema) -> bool {
    schema["format"] == "date"
}

pub fn takes(schema: &Schema, value: &Value) -> bool {
    match value {
        Value::String(_) => is(schema, "string"),
        Value::Datetime(_) => is(schema, "string") && is_date(schema),
        Value::Integer(_) => is(schema, "number") || is(schema, "integer"),
        // Of NaN it is said that it is not finite, not that it is not whole.
        Value::Float(x) => is(schema, "number") || is(schema, "integer") && !x.is_finite(),
        Value::Boolean(_) => is(schema, "boolean"),
        Value::Array(_) => is(schema, "array"),
        Value::Table(_) => is(schema, "object"),
    }
}

/// The key that marks a variant, for a table with exactly one key that must be there.
pub fn tag(schema: &Schema) -> Option<&str> {
    match schema["required"].as_array()?.as_slice() {
        [key] if property_names(schema).count() == 1 => key.as_str(),
        _ => None,
    }
}

/// A number or a family of probability laws.
pub fn is_law(due: &[&Schema]) -> bool {
    due.iter().any(|one| is(one, "number")) && due.iter().any(|one| tag(one).is_some())
}

pub fn property_names(schema: &Schema) -> impl Iterator<Item = &str> {
    schema["properties"].as_object().into_iter().flat_map(|all| all.keys().map(String::as_str))
}

/// The words that a text is restricted to.
pub fn words(schema: &Schema) -> impl Iterator<Item = &str> {
    let several = schema["enum"].as_array().into_iter().flatten();
    several.chain(schema.get("const")).filter_map(Schema::as_str)
}

pub fn admits(schema: &Schema, text: &str) -> bool {
    let mut words = words(schema).peekable();
    match words.peek() {
        _ if is_date(schema) => is_calendar_date(text),
        Some(_) => words.any(|word| word == text),
        None => true,
    }
}

pub fn is_calendar_date(text: &str) -> bool {
    // The length rules out other notations of ISO 8601, and a time of day.
    text.len() == "2025-06-30".len() && Date::parse(text).is_some()
}

/// The limits of the numbers in a field, be they by themselves, in a law or in a table of them.
pub fn limits_of_field(field: &Schema) -> Vec<(&'static str, f64)> {
    let mut all = limits(field);
    let bounded =
        |all: &[(&str, f64)], words: [&str; 2]| all.iter().any(|(w, _)| words.contains(w));
    // What has no end is not written.
    let limit = |k: usize| field["limits"].get(k).and_then(Schema::as_f64);
    if let Some(low) = limit(0)
        && !bounded(&all, ["at least", "above"])
    {
        all.push(("at least", low));
    }
    if let Some(high) = limit(1)
        && !bounded(&all, ["at most", "below"])
    {
        all.push(("at most", high));
    }
    all
}

/// The limits of a number: a word and where.
pub fn limits(schema: &Schema) -> Vec<(&'static str, f64)> {
    let largest = (schema["format"] == "uint32").then_some(f64::from(u32::MAX));
    let limit = |name: &str| schema[name].as_f64();
    let all = [
        ("at least", limit("minimum")),
        ("above", limit("exclusiveMinimum")),
        ("at most", limit("maximum").or(largest)),
        ("below", limit("exclusiveMaximum")),
    ];
    all.into_iter().filter_map(|(word, limit)| Some((word, limit?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::json_schema;

    /// Without what is said of keys; under `properties` stand keys themselves.
    fn bare(schema: &Schema, keys: bool) -> Schema {
        match schema {
            Schema::Object(all) => all
                .iter()
                .filter(|(key, _)| keys || !matches!(key.as_str(), "description" | "title"))
                .map(|(key, part)| {
                    (key.clone(), bare(part, matches!(key.as_str(), "properties" | "$defs")))
                })
                .collect(),
            Schema::Array(parts) => parts.iter().map(|part| bare(part, false)).collect(),
            other => other.clone(),
        }
    }

    /// A line for each definition and each key of the whole, so that changes are seen.
    fn written(schema: &Schema) -> String {
        let lines = |part: &Schema| {
            let all = part.as_object().expect("definitions have names");
            let lines =
                all.iter().map(|(key, part)| format!("{}:{part}", Schema::from(key.as_str())));
            lines.collect::<Vec<_>>().join(",\n")
        };
        let mut whole = schema.clone();
        let definitions = whole.as_object_mut().and_then(|whole| whole.remove("$defs"));
        let definitions = definitions.expect("a schema has definitions");
        format!("{{\n\"$defs\":{{\n{}\n}},\n{}\n}}\n", lines(&definitions), lines(&whole))
    }

    #[test]
    fn the_bare_schema_is_that_of_the_types() {
        let due = written(&bare(json_schema(), false));
        if std::env::var_os("DRAWDOWN_WRITE_SCHEMA").is_some() {
            std::fs::write("src/scenario/schema.json", &due).expect("it can be written");
            return;
        }
        assert!(
            BARE == due,
            "src/scenario/schema.json is of other types: \
             DRAWDOWN_WRITE_SCHEMA=1 cargo test the_bare_schema writes it anew"
        );
        assert_eq!(*bare_schema(), bare(json_schema(), false));
    }
}
