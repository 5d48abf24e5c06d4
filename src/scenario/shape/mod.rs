//! The shape of a parsed tree against the schema of the language: every key that is unknown,
//! missing or misplaced and every value of the wrong kind, at once, each at its place.
//!
//! Understands the JSON Schema that is generated from the types of a scenario, no more. Where
//! there are alternatives, one is chosen before looking inside, so that a fault is told once and
//! not once for each of them.

use serde_json::Value as Schema;
use toml::{Table, Value};

use super::limits::SIZE;
use super::schema::{
    admits, alternatives, is, is_calendar_date, is_date, is_law, limits, limits_of_field,
    property_names, tag, takes, words,
};
use super::tree::{get, join, shorten};
use crate::error::{Code, Problem};
use crate::near::near;

/// Reports everything in `tree` that `schema` does not allow, in the order of the tree; what is
/// missing from a table comes after what is in it. Recursive, so
/// [`check_size`](super::tree::check_size) comes first.
pub fn check(tree: &Table, schema: &Schema, problems: &mut Vec<Problem>) {
    let mut walk = Walk { root: schema, family: None, problems };
    walk.table("", tree, &alternatives(schema, schema), false);
}

/// The same of a table at `path` that stands by itself, whose schema is `part` of `root`.
pub fn check_part(
    path: &str,
    tree: &Table,
    root: &Schema,
    part: &Schema,
    problems: &mut Vec<Problem>,
) {
    let mut walk = Walk { root, family: None, problems };
    walk.table(path, tree, &alternatives(root, part), false);
}

/// Whether a number or text at a dotted path would replace one, or be a key of the language that
/// is not given yet. Reports the first part of the path that leads nowhere.
pub fn has_place(tree: &Table, schema: &Schema, path: &str, problems: &mut Vec<Problem>) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    for depth in 1..=parts.len() {
        let here = parts[..depth].join(".");
        if get(tree, &here).is_some() {
            continue;
        }
        let parent = parts[..depth - 1].join(".");
        let siblings = match get(tree, &parent) {
            Some(Value::Table(table)) => table,
            None if parent.is_empty() => tree,
            _ => return true,
        };
        let key = parts[depth - 1];
        if depth == parts.len() && is_key(schema, &parts[..depth - 1], key) {
            return true;
        }
        let names: Vec<&str> = siblings.keys().map(String::as_str).collect();
        let what = format!("there is no `{}` here", shorten(key));
        let remedy = format!("{}; to add one, give its whole table", hint(key, &names));
        problems.push(Problem::new(here, Code::UnknownKey, what, remedy));
        return false;
    }
    true
}

/// Whether `key` is a key of the language in the table at `parents`, not an id.
fn is_key(root: &Schema, parents: &[&str], key: &str) -> bool {
    let mut schemas = vec![root];
    for parent in parents {
        let inner = schemas.iter().filter_map(|schema| {
            schema["properties"].get(parent).or(schema.get("additionalProperties"))
        });
        schemas = inner.flat_map(|schema| alternatives(root, schema)).collect();
    }
    schemas.iter().any(|schema| schema["properties"].get(key).is_some())
}

struct Walk<'s, 'p> {
    root: &'s Schema,
    /// Inside a probability law: its family.
    family: Option<&'s Schema>,
    problems: &'p mut Vec<Problem>,
}

impl<'s> Walk<'s, '_> {
    fn report(
        &mut self,
        path: &str,
        code: Code,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.problems.push(Problem::new(path, code, what, remedy));
    }

    fn value(&mut self, path: &str, value: &Value, schema: &'s Schema) {
        self.value_in(path, value, schema, schema);
    }

    /// A value that a field holds, by itself or in a table of them, whose numbers it limits.
    fn value_in(&mut self, path: &str, value: &Value, schema: &'s Schema, field: &Schema) {
        let due = alternatives(self.root, schema);
        let fitting: Vec<_> = due.iter().copied().filter(|one| takes(one, value)).collect();
        let Some(first) = fitting.first() else {
            if let Value::Float(x) = value
                && let Some((_, Some((what, remedy)))) = as_due(*x, &due, field)
            {
                return self.report(path, Code::OutOfRange, what, remedy);
            }
            let what = format!("expected {}, found {}", expected(&due), found(value));
            return self.report(path, Code::WrongType, what, conversion(&due, value, field));
        };
        match value {
            Value::Table(table) => self.table(path, table, &fitting, is_law(&due)),
            Value::Array(items) => self.list(path, items, first),
            Value::String(text) => self.text(path, text, &fitting),
            Value::Datetime(date) => self.text(path, &date.to_string(), &fitting),
            Value::Integer(number) => self.number(path, *number as f64, first, field),
            Value::Float(number) => self.number(path, *number, first, field),
            Value::Boolean(_) => {}
        }
    }

    /// A table that may be any of `fitting`; with `law`, a family of laws among them.
    fn table(&mut self, path: &str, table: &Table, fitting: &[&'s Schema], law: bool) {
        if let [only] = fitting
            && !law
        {
            return self.fields(path, table, only);
        }
        // An id may be spelt like a variant: the reading without a fault is the right one.
        let names: Vec<&str> = fitting.iter().filter_map(|one| tag(one)).collect();
        let looks_tagged = table.keys().all(|key| near(key, &names).is_some());
        match fitting.iter().find(|one| tag(one).is_none()) {
            Some(open) if !looks_tagged || self.is_sound(table, open) => {
                self.fields(path, table, open);
            }
            _ => self.variant(path, table, fitting, law),
        }
    }

    fn is_sound(&self, table: &Table, schema: &'s Schema) -> bool {
        let mut problems = Vec::new();
        let mut trial = Walk { root: self.root, family: self.family, problems: &mut problems };
        trial.fields("", table, schema);
        problems.is_empty()
    }

    /// A table with one key, which says which variant of `fitting` it is.
    fn variant(&mut self, path: &str, table: &Table, fitting: &[&'s Schema], law: bool) {
        let names: Vec<&str> = fitting.iter().filter_map(|one| tag(one)).collect();
        let named: Vec<_> = table.keys().filter(|key| names.contains(&key.as_str())).collect();
        match named[..] {
            [name] => self.chosen(path, table, name, fitting, law),
            [] if table.is_empty() => {
                let code = if law { Code::BadLaw } else { Code::MissingKey };
                self.report(path, code, "the table is empty", one_of(&names));
            }
            [] if law => {
                let key = table.keys().next().map_or("", String::as_str);
                let what = format!("no law is called `{}`", shorten(key));
                self.report(path, Code::BadLaw, what, hint(key, &names));
            }
            [] => table.keys().for_each(|key| self.unknown(path, key, &names)),
            _ => {
                let code = if law { Code::BadLaw } else { Code::WrongType };
                let what = format!("{} cannot stand side by side", quoted(&named));
                let remedy = match named[..] {
                    [one, other, ..] if names.contains(&"all") => format!(
                        "combine them: all = [{{ {one} = ... }}, {{ {other} = ... }}], or any = [...]"
                    ),
                    _ => "keep one of them".to_owned(),
                };
                self.report(path, code, what, remedy);
            }
        }
    }

    fn chosen(&mut self, path: &str, table: &Table, name: &str, fitting: &[&'s Schema], law: bool) {
        for key in table.keys().filter(|key| *key != name) {
            let what = format!("nothing can stand beside `{name}`");
            self.report(&join(path, key), Code::UnknownKey, what, "take the key out");
        }
        let Some(variant) = fitting.iter().copied().find(|one| tag(one) == Some(name)) else {
            return;
        };
        let outer = self.family;
        self.family = if law { Some(variant) } else { outer };
        self.value(&join(path, name), &table[name], &variant["properties"][name]);
        self.family = outer;
    }

    /// A table with the keys that `schema` names, or with ids for keys.
    fn fields(&mut self, path: &str, table: &Table, schema: &'s Schema) {
        let absent: Vec<&str> =
            property_names(schema).filter(|key| !table.contains_key(*key)).collect();
        let all: Vec<&str> = property_names(schema).collect();
        let mut misspelt = Vec::new();
        for (key, value) in table {
            match (schema["properties"].get(key), schema.get("additionalProperties")) {
                (Some(field), _) => self.value(&join(path, key), value, field),
                (None, Some(Schema::Bool(false))) => {
                    // A key that is there already is not what another one was meant to be.
                    let meant = near(key, &absent);
                    self.unknown(path, key, if meant.is_some() { &absent } else { &all });
                    misspelt.extend(meant);
                }
                (None, Some(entry)) => self.value_in(&join(path, key), value, entry, schema),
                (None, None) => {}
            }
        }
        let required = schema["required"].as_array().into_iter().flatten();
        for key in required.filter_map(Schema::as_str).filter(|key| !misspelt.contains(key)) {
            if !table.contains_key(key) {
                self.missing(&join(path, key), &schema["properties"][key]);
            }
        }
    }

    fn unknown(&mut self, path: &str, key: &str, allowed: &[&str]) {
        let what = format!("there is no key `{}` here", shorten(key));
        self.report(&join(path, key), Code::UnknownKey, what, hint(key, allowed));
    }

    fn missing(&mut self, path: &str, schema: &'s Schema) {
        let due = alternatives(self.root, schema);
        let about = schema["description"].as_str().unwrap_or_default().replace('\n', " ");
        let about = about.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let remedy = match about {
            "" => format!("add {}", expected(&due)),
            about => format!("add {}: {about}", expected(&due)),
        };
        self.report(path, Code::MissingKey, "the key is missing", remedy);
    }

    fn list(&mut self, path: &str, items: &[Value], schema: &'s Schema) {
        let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxItems"].as_u64().map_or(usize::MAX, |most| most as usize);
        if !(least..=most).contains(&items.len()) {
            self.wrong_length(path, items.len(), (least, most));
        }
        for (k, item) in items.iter().enumerate() {
            if let Some(due) = schema["prefixItems"].get(k).or(schema.get("items")) {
                self.value(&join(path, &k.to_string()), item, due);
            }
        }
    }

    fn wrong_length(&mut self, path: &str, count: usize, (least, most): (usize, usize)) {
        let due = match (least, most) {
            (least, usize::MAX) => format!("{least} or more"),
            (least, most) if least == most => least.to_string(),
            (least, most) => format!("{least} to {most}"),
        };
        // The description of a family shows its parameters between the first backticks.
        let about = self.family.and_then(|family| family["description"].as_str());
        let remedy = match about.and_then(|about| about.split('`').nth(1)) {
            Some(parameters) => format!("write {parameters}"),
            None => format!("list {due}"),
        };
        let code = if self.family.is_some() { Code::BadLaw } else { Code::OutOfRange };
        self.report(path, code, format!("the list takes {due}, found {count}"), remedy);
    }

    fn text(&mut self, path: &str, text: &str, fitting: &[&Schema]) {
        if fitting.iter().any(|one| admits(one, text)) {
            return;
        }
        if !fitting.iter().any(|one| is_date(one)) {
            let words: Vec<&str> = fitting.iter().flat_map(|one| words(one)).collect();
            let what = format!("\"{}\" is not one of the words for this key", shorten(text));
            return self.report(path, Code::WrongType, what, hint(text, &words));
        }
        let what = format!("\"{}\" is not a calendar date", shorten(text));
        let remedy = match text.get(..10) {
            Some(date) if is_calendar_date(date) => format!("leave the time of day out: {date}"),
            _ => "write a date such as 2025-06-30".to_owned(),
        };
        self.report(path, Code::BadDate, what, remedy);
    }

    /// A number in a field. Whether it is within the limits of the field is looked at when its laws
    /// are; here they are only for what to give instead of what is no size at all.
    fn number(&mut self, path: &str, number: f64, schema: &Schema, field: &Schema) {
        if !number.is_finite() {
            let what = format!("{number} is not a finite number");
            return self.report(path, Code::NotFinite, what, "give a finite number");
        }
        if beyond(number, schema, &Schema::Null).is_some()
            && let Some((what, remedy)) = beyond(number, schema, field)
        {
            self.report(path, Code::OutOfRange, what, remedy);
        }
    }
}

/// What is wrong with the size of a finite number, and what to give instead, which is accepted.
fn beyond(number: f64, schema: &Schema, field: &Schema) -> Option<(String, String)> {
    let (tiny, huge) = (number != 0.0 && number.abs() < SIZE.0, number.abs() > SIZE.1);
    let mut limits = limits(schema);
    for (word, limit) in limits_of_field(field) {
        // Of two that say the same the narrower counts.
        match limits.iter_mut().find(|(other, _)| *other == word) {
            Some((_, other)) if matches!(word, "at least" | "above") => *other = other.max(limit),
            Some((_, other)) => *other = other.min(limit),
            None => limits.push((word, limit)),
        }
    }
    let holds = |number: f64| within(number, &limits);
    if holds(number) && !tiny && !huge {
        return None;
    }
    let mut words: Vec<String> = limits.iter().map(|(word, x)| format!("{word} {x}")).collect();
    let bounded = |sides: [&str; 2]| limits.iter().any(|(word, _)| sides.contains(word));
    if number > SIZE.1 && !bounded(["at most", "below"]) {
        words.push(format!("at most {:e}", SIZE.1));
    }
    if number < -SIZE.1 && !bounded(["at least", "above"]) {
        words.push(format!("at least {:e}", -SIZE.1));
    }
    let remedy = match limits[..] {
        _ if tiny && holds(number) => {
            let (word, least) = if number < 0.0 { ("most", -SIZE.0) } else { ("least", SIZE.0) };
            let zero = if holds(0.0) { "0, or " } else { "" };
            format!("give {zero}at {word} {least:e}")
        }
        [(_, low), (_, high)] if low == high => format!("give {low}"),
        _ => format!("give a number that is {}", words.join(" and ")),
    };
    let what = match number {
        _ if tiny && holds(number) => format!("{number:e} is too near 0"),
        _ if huge => format!("{number:e} is absurdly large"),
        _ => format!("{number} is outside the limits of this key"),
    };
    Some((what, remedy))
}

fn within(number: f64, limits: &[(&str, f64)]) -> bool {
    limits.iter().all(|(word, limit)| match *word {
        "at least" => number >= *limit,
        "above" => number > *limit,
        "at most" => number <= *limit,
        _ => number < *limit,
    })
}

/// How a number that nothing of what is due takes would have to be written, if it may be at all:
/// the number, and the fault of its size that is left where it is made whole.
fn as_due(number: f64, due: &[&Schema], field: &Schema) -> Option<(f64, Option<(String, String)>)> {
    // Of the two zeros the one without a sign.
    let number = number + 0.0;
    if due.iter().any(|one| is(one, "number") && beyond(number, one, field).is_none()) {
        return Some((number, None));
    }
    let whole = due.iter().find(|one| is(one, "integer"))?;
    let rounded = number.round() + 0.0;
    let fault = beyond(number, whole, field).or_else(|| beyond(rounded, whole, field));
    Some((rounded, fault))
}

/// What is due, in words.
fn expected(due: &[&Schema]) -> String {
    let law = is_law(due);
    let mut nouns: Vec<&str> = Vec::new();
    for schema in due {
        let noun = match schema {
            one if is(one, "number") => "a number",
            one if is(one, "integer") => "a whole number",
            one if is_date(one) => "a date",
            one if is(one, "string") => "a text",
            one if is(one, "boolean") => "true or false",
            one if is(one, "array") => "a list",
            one if law && tag(one).is_some() => "a law",
            _ => "a table",
        };
        if !nouns.contains(&noun) {
            nouns.push(noun);
        }
    }
    nouns.join(" or ")
}

/// What is there, in words.
fn found(value: &Value) -> String {
    match value {
        Value::String(text) => format!("the text \"{}\"", shorten(text)),
        Value::Integer(number) => format!("the number {number}"),
        Value::Float(number) => format!("the number {number:?}"),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(date) => format!("the date {date}"),
        Value::Array(_) => "a list".to_owned(),
        Value::Table(_) => "a table".to_owned(),
    }
}

/// How to turn a value of the wrong type into what is due.
fn conversion(due: &[&Schema], value: &Value, field: &Schema) -> String {
    let names: Vec<&str> = due.iter().filter_map(|one| tag(one)).collect();
    let number = match value {
        Value::Float(x) => Some(*x),
        Value::String(text) => text.parse().ok().filter(|x: &f64| x.is_finite()),
        _ => None,
    };
    let number = number.and_then(|x| Some((x, as_due(x, due, field)?)));
    match (value, number) {
        (Value::Float(x), Some((_, (whole, None)))) if *x == whole => {
            return format!("leave the point out: {whole}");
        }
        (Value::Float(_), Some((_, (whole, None)))) => {
            return format!("round it to a whole number, such as {whole}");
        }
        (Value::String(_), Some((x, (x_due, None)))) if x == x_due => {
            return match x.fract() == 0.0 {
                true => format!("write {x_due}, without quotes"),
                // The shortest way to write it, with an exponent if need be.
                false => format!("write {x_due:?}, without quotes"),
            };
        }
        _ => {}
    }
    match value {
        Value::String(text) if due.iter().any(|one| is_table_with_id(one)) => {
            format!("write {{ {} }}", with_id(text, due))
        }
        Value::String(text) if due.iter().all(|one| is(one, "array")) => {
            format!("write [\"{}\"]", shorten(text))
        }
        _ if names.is_empty() => format!("give {}", expected(due)),
        _ => format!("give {}; for a table, {}", expected(due), one_of(&names)),
    }
}

fn is_table_with_id(schema: &Schema) -> bool {
    property_names(schema).any(|key| key == "id")
}

/// The keys of a table that names something by its id, the id filled in.
fn with_id(id: &str, due: &[&Schema]) -> String {
    let required = due.iter().filter_map(|one| one["required"].as_array()).flatten();
    let keys = required.filter_map(Schema::as_str).map(|key| match key {
        "id" => format!("id = \"{}\"", shorten(id)),
        key => format!("{key} = ..."),
    });
    keys.collect::<Vec<String>>().join(", ")
}

fn hint(key: &str, allowed: &[&str]) -> String {
    match near(key, allowed) {
        Some(name) => format!("did you mean `{name}`?"),
        None if allowed.is_empty() => "take it out".to_owned(),
        None => one_of(allowed),
    }
}

fn one_of(names: &[&str]) -> String {
    format!("use one of: {}", names.join(", "))
}

fn quoted(names: &[&String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

#[cfg(test)]
mod tests;
