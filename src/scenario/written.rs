//! The schema of a scenario as its author may write it: with sources beside values.

use std::sync::OnceLock;

use serde_json::{Map, Value as Schema, json};

use super::json_schema;
use super::schema::{alternatives, is, is_law};

/// Words that say something of a key, however its value is written.
const ABOUT: [&str; 6] = ["description", "default", "limits", "basis", "form", "disputed"];
/// Laws, which have one source as a whole.
const LAWS: [&str; 2] = ["Family_of_", "Component_of_"];

/// The JSON schema of a scenario as its author may write it: [`json_schema`], and in place of each
/// number, law, date, text, and list or table of them, a table of it (`value`), its `source` and a
/// `note`. For editors. The language takes that in place of tables with keys of their own as well.
pub fn schema_as_written() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let root = json_schema();
        let mut schema = root.clone();
        if let Some(definitions) = schema["$defs"].as_object_mut() {
            for (name, definition) in definitions {
                if !LAWS.iter().any(|law| name.starts_with(law)) {
                    definition_as_written(definition, root);
                }
            }
        }
        table_as_written(&mut schema, root);
        schema
    })
}

fn definition_as_written(definition: &mut Schema, root: &Schema) {
    table_as_written(definition, root);
    if let Some(ways) = definition.get_mut("anyOf").and_then(Schema::as_array_mut) {
        // What refers to another number or law has its source there.
        let own = |way: &&Schema| !is_law(&alternatives(root, way));
        let own: Vec<Schema> = ways.iter().filter(own).cloned().collect();
        ways.push(sourced(json!({ "anyOf": own })));
    }
}

/// A table with fixed keys, or with one of several.
fn table_as_written(table: &mut Schema, root: &Schema) {
    if let Some(fields) = table.get_mut("properties").and_then(Schema::as_object_mut) {
        fields.values_mut().for_each(|field| *field = value_as_written(field, root));
    }
    if let Some(choices) = table.get_mut("oneOf").and_then(Schema::as_array_mut) {
        choices.iter_mut().for_each(|choice| table_as_written(choice, root));
    }
}

fn value_as_written(plain: &Schema, root: &Schema) -> Schema {
    let mut field = plain.clone();
    table_as_written(&mut field, root);
    if let Some(each) = field.get_mut("additionalProperties").filter(|each| each.is_object()) {
        *each = value_as_written(each, root);
    }
    if !is_value(plain, root) {
        return field;
    }
    let Schema::Object(words) = field else { return field };
    let (mut about, value): (Map<_, _>, Map<_, _>) =
        words.into_iter().partition(|(word, _)| ABOUT.contains(&word.as_str()));
    let told = sourced(given(Schema::Object(value.clone())));
    about.insert("anyOf".to_owned(), Schema::Array(vec![Schema::Object(value), told]));
    Schema::Object(about)
}

/// Whether it is for a number, a text or the like, or a list or table of such. Of laws the definition
/// says how they are written.
fn is_value(field: &Schema, root: &Schema) -> bool {
    let whole = |one: &Schema| {
        let inner = one.get("items").or(one.get("additionalProperties"));
        match inner.filter(|inner| inner.is_object()) {
            Some(inner) => is_value(inner, root) || is_law(&alternatives(root, inner)),
            None => !is(one, "object"),
        }
    };
    let due = alternatives(root, field);
    !due.is_empty() && due.into_iter().all(whole)
}

/// The schema without `null`, which stands for what is left out.
fn given(mut value: Schema) -> Schema {
    if let Some(kinds) = value.get_mut("type").and_then(Schema::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            value["type"] = kind.clone();
        }
    }
    if let Some(ways) = value.get_mut("anyOf").and_then(Schema::as_array_mut) {
        ways.retain(|way| way["type"] != "null");
        if let [way] = ways.as_slice() {
            return way.clone();
        }
    }
    value
}

fn sourced(value: Schema) -> Schema {
    let value = given(value);
    json!({
        "type": "object",
        "description": "A value, and where it comes from.",
        "properties": {
            "value": value,
            "source": { "$ref": "#/$defs/Source/properties/source" },
            "note": { "$ref": "#/$defs/Source/properties/note" },
        },
        "required": ["value"],
        "minProperties": 2,
        "additionalProperties": false,
    })
}
