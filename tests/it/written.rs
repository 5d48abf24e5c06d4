//! The schema as an author may write by it: sources beside values.

use drawdown::scenario::{json_schema, schema_as_written};
use serde_json::{Value, json};

/// The ways of which one is open to the value at a place of the schema.
fn ways(place: &str) -> Vec<Value> {
    schema_as_written().pointer(place).unwrap()["anyOf"].as_array().unwrap().clone()
}

#[test]
fn values_may_have_a_source_and_tables_have_their_keys() {
    let people = ways("/$defs/Move/properties/people");
    assert_eq!(people[1]["properties"]["value"]["type"], "integer", "what is left out has none");
    assert_eq!(people[1]["properties"]["value"]["minimum"], 0, "limits go along");
    let range = ways("/$defs/Range");
    assert_eq!(range[2]["properties"]["value"]["anyOf"], json!(range[..2]));
    let rates = ways("/$defs/Rates");
    assert_eq!(rates[2]["properties"]["value"], rates[1], "a range has its own");
    for place in ["start", "title", "horizon"] {
        assert_eq!(ways(&format!("/properties/{place}")).len(), 2, "{place}");
    }
    let garrison = "/$defs/Site/properties/garrison";
    assert_eq!(ways(garrison)[0]["additionalProperties"]["anyOf"][0]["type"], "integer");
    assert_eq!(ways("/$defs/Gate/properties/after").len(), 2, "a list of ids");
    assert_eq!(ways("/$defs/After").len(), 3, "a list or a table");
    assert_eq!(ways("/$defs/PhaseIs/properties/state").len(), 2, "one of some words");
    for place in ["/properties/plan", "/properties/sources", "/$defs/Plan/properties/phases"] {
        let plain = json_schema().pointer(place);
        assert_eq!(schema_as_written().pointer(place), plain, "{place}");
    }
    assert_eq!(
        schema_as_written()["$defs"]["Family_of_double"],
        json_schema()["$defs"]["Family_of_double"]
    );
}

#[test]
fn what_is_said_of_a_key_stays_beside_it() {
    let schema = schema_as_written();
    for (key, plain) in json_schema()["$defs"]["Transport"]["properties"].as_object().unwrap() {
        let written = &schema["$defs"]["Transport"]["properties"][key];
        for word in ["description", "default", "basis"] {
            assert_eq!(written.get(word), plain.get(word), "{key}: {word}");
        }
    }
}
