//! From written text to a parsed tree, and the size such a tree may have.

use std::borrow::Cow;
use std::collections::BTreeSet;

use toml::{Table, Value};

use super::date::Date;
use super::paths::{self, split_path};
use crate::error::{Code, Error, Problem, Result};

/// Longest text that is read, in bytes.
pub const LONGEST_TEXT: usize = 1 << 20;

/// Deepest nesting of tables and lists; the keys at the top are at depth 1.
pub const DEEPEST: usize = 64;

/// Most values in a scenario, counting every table, every list and what is in them.
pub const MOST_VALUES: usize = 20_000;

/// Characters of a key or a text that a message repeats.
const SHOWN: usize = 64;

/// The text of a file: UTF-8, with or without the byte order mark that some editors begin with.
///
/// # Errors
/// [`Error::Refused`] with one problem, for what is too long or not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str> {
    check_length(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let before = String::from_utf8_lossy(&bytes[..fault.valid_up_to()]);
        let (line, column) = line_and_column(&before, before.len());
        let what = format!("line {line}, column {column}: this is not UTF-8");
        refused(Code::Syntax, what, "save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads TOML. A day that no calendar has becomes a text, of which it is said where it stands, with
/// all else that is wrong, that it is no date.
///
/// # Errors
/// [`Error::Refused`] with one problem, for text that is too long or not TOML.
pub fn from_toml(text: &str) -> Result<Table> {
    check_length(text.as_bytes())?;
    let mut text = Cow::Borrowed(text);
    loop {
        let fault = match text.parse() {
            Ok(tree) => return Ok(tree),
            Err(fault) => fault,
        };
        match with_a_day_quoted(&text, &fault) {
            Some(changed) => text = Cow::Owned(changed),
            None => return Err(not_toml(&text, &fault)),
        }
    }
}

fn not_toml(text: &str, fault: &toml::de::Error) -> Error {
    let (line, column) = line_and_column(text, fault.span().map_or(0, |span| span.start));
    if date_of_another_form(text.lines().nth(line - 1).unwrap_or_default()) {
        let what = format!("line {line}: a date in a form that TOML does not read");
        let remedy = "write year-month-day, such as 2026-10-05";
        return refused(Code::Syntax, what, remedy);
    }
    unreadable("TOML", line, column, fault.message())
}

/// The text with quotes around the first value on the line of a fault that has the form of a date
/// and is none, such as 2026-02-30.
fn with_a_day_quoted(text: &str, fault: &toml::de::Error) -> Option<String> {
    let before = text.get(..fault.span()?.start)?;
    let begin = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text[begin..].lines().next()?;
    line.match_indices('=').find_map(|(sign, _)| {
        let value = line[sign + 1..].trim_start();
        let day = value.get(..10).filter(|day| has_form_of_date(day))?;
        let goes_on = value[10..].starts_with(|next: char| next.is_alphanumeric() || next == '-');
        if goes_on || Date::parse(day).is_some() {
            return None;
        }
        let place = begin + line.len() - value.len();
        Some(format!("{}\"{day}\"{}", &text[..place], &text[place + day.len()..]))
    })
}

/// Whether it is written as 2026-10-05 is.
fn has_form_of_date(text: &str) -> bool {
    let is_due =
        |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
    text.len() == 10 && text.char_indices().all(is_due)
}

/// Whether a value on the line is three numbers, as in 15/10/2026, that make no date.
fn date_of_another_form(line: &str) -> bool {
    line.split('=').skip(1).any(|value| {
        let is_part = |c: char| c.is_ascii_digit() || "/.-".contains(c);
        let value = value.trim_start();
        let value = &value[..value.find(|c| !is_part(c)).unwrap_or(value.len())];
        let parts: Vec<&str> = value.split(['/', '.', '-']).collect();
        parts.len() == 3 && !parts.contains(&"") && Date::parse(value).is_none()
    })
}

/// Reads JSON. A `null` is refused at its place: TOML has no such value, and a key that is left
/// out says the same.
///
/// # Errors
/// [`Error::Refused`], for text that is too long or not JSON, and for values no scenario can hold.
pub fn from_json(text: &str) -> Result<Table> {
    check_length(text.as_bytes())?;
    let fault = |fault: serde_json::Error| {
        let message = fault.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        unreadable("JSON", fault.line(), fault.column(), message)
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(fault)?;
    if !value.is_object() {
        return Err(refused(Code::WrongType, "expected a JSON object", "write { ... }"));
    }
    let mut problems = Vec::new();
    check_json("", &value, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    // Read again rather than converted: this reader refuses a key that is given twice.
    serde_json::from_str(text).map_err(fault)
}

/// Reports what JSON can say and TOML cannot.
fn check_json(path: &str, value: &serde_json::Value, problems: &mut Vec<Problem>) {
    match value {
        serde_json::Value::Null => {
            let remedy = "leave the key out";
            problems.push(Problem::new(path, Code::WrongType, "null is not a value", remedy));
        }
        serde_json::Value::Number(n) if n.is_u64() && !n.is_i64() => {
            let what = format!("{n} is too large for a whole number");
            problems.push(Problem::new(path, Code::OutOfRange, what, "give a smaller number"));
        }
        serde_json::Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                check_json(&join(path, &k.to_string()), item, problems);
            }
        }
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| check_json(&join(path, key), value, problems));
        }
        _ => {}
    }
}

fn check_length(text: &[u8]) -> Result<()> {
    if text.len() <= LONGEST_TEXT {
        return Ok(());
    }
    // A caller need not read more than it takes to know this.
    let what = format!("the text is longer than {LONGEST_TEXT} bytes");
    Err(refused(Code::TooLarge, what, "shorten it, or write out less of what is alike"))
}

fn unreadable(format: &str, line: usize, column: usize, message: &str) -> Error {
    // Both readers give up on deep nesting by themselves, above `DEEPEST`.
    if message.contains("recurs") {
        return too_deep(&format!("line {line}, column {column}: "));
    }
    let what = format!("line {line}, column {column}: {}", message.replace('\n', "; "));
    let remedy = format!("mend the {format} there; the rest is checked once it can be read");
    refused(Code::Syntax, what, remedy)
}

fn too_deep(place: &str) -> Error {
    let what = format!("{place}tables and lists are nested more than {DEEPEST} deep");
    refused(Code::TooLarge, what, "nest less deeply")
}

fn refused(code: Code, what: impl Into<String>, remedy: impl Into<String>) -> Error {
    Error::Refused(vec![Problem::new("", code, what, remedy)])
}

/// Line and column, counted from 1 and in characters, of a byte of the text.
fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// Reports a tree that is nested too deeply or holds too many values. Whatever walks a tree
/// recursively comes after this.
pub fn check_size(tree: &Table, problems: &mut Vec<Problem>) {
    let mut count = 0;
    let depth = tree.values().map(|value| measure(value, 1, &mut count)).max().unwrap_or(0);
    if depth > DEEPEST {
        problems.extend_from_slice(too_deep("").problems());
    }
    if count > MOST_VALUES {
        let what = format!("the scenario holds {count} values or more");
        problems.push(Problem::new(
            "",
            Code::TooLarge,
            what,
            format!("group sites, threats or phases until there are at most {MOST_VALUES}"),
        ));
    }
}

/// The depth of what is at `level`, not looking further down than it takes to refuse it.
fn measure(value: &Value, level: usize, count: &mut usize) -> usize {
    *count += 1;
    let deepest = match value {
        _ if level > DEEPEST => None,
        Value::Table(table) => table.values().map(|v| measure(v, level + 1, count)).max(),
        Value::Array(items) => items.iter().map(|v| measure(v, level + 1, count)).max(),
        _ => None,
    };
    deepest.unwrap_or(level)
}

/// Turns the texts under the given keys into dates, as a TOML file should show them. Tables keyed
/// by ids hold no texts, so an id that is spelt like such a key is not taken for one.
pub fn texts_as_dates(tree: &mut Table, keys: &BTreeSet<&str>) {
    for (key, value) in tree {
        match value {
            Value::Table(table) => texts_as_dates(table, keys),
            Value::String(text) if keys.contains(key.as_str()) => {
                if let Ok(date) = text.parse() {
                    *value = Value::Datetime(date);
                }
            }
            _ => {}
        }
    }
}

/// Turns TOML dates into ISO texts, which is how the types of a scenario read them, and -0 into
/// 0, which is the same number but not the same text.
pub fn normalise(tree: &mut Table) {
    tree.iter_mut().for_each(|(_, value)| normalise_value(value));
}

fn normalise_value(value: &mut Value) {
    match value {
        Value::Datetime(date) => *value = Value::String(date.to_string()),
        Value::Float(number) if *number == 0.0 => *number = 0.0,
        Value::Array(items) => items.iter_mut().for_each(normalise_value),
        Value::Table(table) => normalise(table),
        _ => {}
    }
}

/// Puts `value` at a dotted path, or takes out what is there if it is `None`. Tables on the way
/// are made where they are missing: whether they belong there is for the check of the shape.
/// Reports a path that leads through something else than tables and lists, past the end of a
/// list, or to nothing that could be taken out.
pub fn replace(tree: &mut Table, path: &str, value: Option<Value>, problems: &mut Vec<Problem>) {
    let mut root = Value::Table(std::mem::take(tree));
    let parts = split_path(path).filter(|parts| parts.len() <= DEEPEST);
    let done = parts.is_some_and(|parts| put(&mut root, &parts, value));
    if let Value::Table(table) = root {
        *tree = table;
    }
    if !done {
        let (what, remedy) = match whole_before(tree, path) {
            Some(whole) => (
                format!("what stands at `{whole}` is no table"),
                format!("replace {whole} as a whole"),
            ),
            None => (
                "leads nowhere".to_owned(),
                "write every key from the top, such as plan.breathing_room.pause_days".to_owned(),
            ),
        };
        problems.push(Problem::new(shorten(path), Code::UnknownKey, what, remedy));
    }
}

/// The place on the way along a path where there is something else than a table.
fn whole_before(tree: &Table, path: &str) -> Option<String> {
    // No scenario is deeper than that, and a path may be of any length.
    let ends = path.match_indices('.').take(DEEPEST).map(|(at, _)| &path[..at]);
    let mut there = ends.filter_map(|place| Some((place, get(tree, place)?)));
    let (place, _) = there.find(|(_, value)| !value.is_table())?;
    Some(shorten(place))
}

/// What stands at a dotted path of tables.
pub fn get<'t>(tree: &'t Table, path: &str) -> Option<&'t Value> {
    let parts = split_path(path)?;
    let (first, rest) = parts.split_first()?;
    rest.iter().try_fold(tree.get(first)?, |node, part| node.get(part.as_str()))
}

fn put(node: &mut Value, parts: &[String], value: Option<Value>) -> bool {
    match (node, parts, value) {
        (Value::Table(table), [last], Some(value)) => {
            table.insert(last.clone(), value);
            true
        }
        (Value::Table(table), [last], None) => table.remove(last).is_some(),
        (Value::Table(table), [first, rest @ ..], value) => {
            let next = table.entry(first.clone()).or_insert_with(|| Value::Table(Table::new()));
            put(next, rest, value)
        }
        (Value::Array(items), [first, rest @ ..], value) => {
            let index = first.parse().ok().filter(|k| *k < items.len());
            index.is_some_and(|k| match (rest, value) {
                ([], None) => {
                    items.remove(k);
                    true
                }
                ([], Some(value)) => {
                    items[k] = value;
                    true
                }
                (rest, value) => put(&mut items[k], rest, value),
            })
        }
        _ => false,
    }
}

/// The path of `key` within the table at `path`, as messages have it: a long key is cut.
pub(crate) fn join(path: &str, key: &str) -> String {
    let key = paths::quoted(&shorten(key));
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

/// A text as a message repeats it: its beginning, if it is long.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(result: Result<impl Sized>) -> Problem {
        let Err(Error::Refused(problems)) = result else { panic!("accepted") };
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem}");
        problem.clone()
    }

    fn size(tree: &Table) -> Vec<Code> {
        let mut problems = Vec::new();
        check_size(tree, &mut problems);
        problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn syntax_errors_say_line_and_column() {
        let toml = only(from_toml("a = 1\nb = \"\u{e9}\" ]\n"));
        assert_eq!((toml.path.as_str(), toml.code), ("", Code::Syntax));
        assert!(toml.what.starts_with("line 2, column 9: "), "{toml}");
        let json = only(from_json("{\n  \"a\": ]}"));
        assert_eq!(json.code, Code::Syntax);
        assert!(json.what.starts_with("line 2, column 8: ") && !json.what.contains("at line"));
        assert_eq!(only(from_toml("a = 1\na = 2")).code, Code::Syntax);
        assert_eq!(only(from_json("{\"a\": 1, \"a\": 2}")).code, Code::Syntax);
    }

    #[test]
    fn a_file_is_utf_8() {
        assert_eq!(decode("\u{feff}a = 1".as_bytes()).unwrap(), "a = 1");
        let latin = only(decode(b"a = 1\nb = \"\xe9\""));
        assert_eq!(latin.code, Code::Syntax);
        assert!(latin.what.starts_with("line 2, column 6: "), "{latin}");
        assert_eq!(only(decode(&[0xff; LONGEST_TEXT + 1])).code, Code::TooLarge);
    }

    #[test]
    fn toml_and_json_give_the_same_tree() {
        let toml = from_toml("a = 1\nb = [1.5, true]\nc.d = \"x\"").unwrap();
        let json = from_json(r#"{"a": 1, "b": [1.5, true], "c": {"d": "x"}}"#).unwrap();
        assert_eq!(toml, json);
    }

    #[test]
    fn what_json_alone_can_say_is_refused_at_its_place() {
        let text = r#"{"a": [1, null], "b": {"x y": null}, "c": 18446744073709551615}"#;
        let Err(Error::Refused(problems)) = from_json(text) else { panic!("accepted") };
        let found: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.code)).collect();
        let null = Code::WrongType;
        let due = [("a.1", null), ("b.\"x y\"", null), ("c", Code::OutOfRange)];
        assert_eq!(found, due);
        assert_eq!(only(from_json("[]")).code, Code::WrongType);
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let comment = |bytes: usize| format!("#{}", "x".repeat(bytes - 1));
        assert!(from_toml(&comment(LONGEST_TEXT)).is_ok());
        assert_eq!(only(from_toml(&comment(LONGEST_TEXT + 1))).code, Code::TooLarge);
        assert_eq!(only(from_json(&comment(LONGEST_TEXT + 1))).code, Code::TooLarge);

        let numbers = |count: usize| format!("a = [{}]", "1,".repeat(count - 1));
        assert_eq!(size(&from_toml(&numbers(MOST_VALUES)).unwrap()), []);
        assert_eq!(size(&from_toml(&numbers(MOST_VALUES + 1)).unwrap()), [Code::TooLarge]);

        let lists = |depth: usize| format!("a = {}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(size(&from_toml(&lists(DEEPEST)).unwrap()), []);
        assert_eq!(size(&from_toml(&lists(DEEPEST + 1)).unwrap()), [Code::TooLarge]);
        assert_eq!(only(from_toml(&lists(50_000))).code, Code::TooLarge);
        let json = format!("{{\"a\": {}}}", "[".repeat(50_000));
        assert_eq!(only(from_json(&json)).code, Code::TooLarge);
        let keys = only(from_toml(&format!("{}b = 1", "a.".repeat(50_000))));
        assert_eq!(keys.code, Code::TooLarge);
    }

    #[test]
    fn dates_become_text_and_zeros_lose_their_sign_wherever_they_stand() {
        let text = "a = 2025-06-30\nb = [{ c = 2025-06-30T10:00:00 }, -0.0]";
        let mut tree = from_toml(text).unwrap();
        normalise(&mut tree);
        let text = "a = \"2025-06-30\"\nb = [{ c = \"2025-06-30T10:00:00\" }, 0.0]";
        assert_eq!(tree, from_toml(text).unwrap());
        assert!(tree["b"][1].as_float().unwrap().is_sign_positive());
    }

    #[test]
    fn replacing_follows_paths_through_tables_and_lists() {
        let with = |path: &str, value: Option<Value>| {
            let mut tree = from_toml("a.b = [1, { c = 2 }]\n\"d.e\" = 3").unwrap();
            let mut problems = Vec::new();
            replace(&mut tree, path, value, &mut problems);
            if problems.is_empty() { Ok(tree) } else { Err(problems.remove(0)) }
        };
        for (path, number, due) in [
            ("a.b.0", Some(9), "a.b = [9, { c = 2 }]\n\"d.e\" = 3"),
            ("a.b.1.c", Some(9), "a.b = [1, { c = 9 }]\n\"d.e\" = 3"),
            ("a.b.0", None, "a.b = [{ c = 2 }]\n\"d.e\" = 3"),
            ("a", None, "\"d.e\" = 3"),
            ("\"d.e\"", Some(9), "a.b = [1, { c = 2 }]\n\"d.e\" = 9"),
            ("x.y", Some(9), "x.y = 9\na.b = [1, { c = 2 }]\n\"d.e\" = 3"),
        ] {
            assert_eq!(with(path, number.map(Value::Integer)), Ok(from_toml(due).unwrap()));
        }
        let deep = "a.".repeat(100_000) + "a";
        for path in ["", "a.", "a..b", ".a", "\"a", "\"a\"b", "a.b.2", "a.b.x", "a.b.0.c", &deep] {
            let problem = with(path, Some(Value::Integer(9))).unwrap_err();
            assert_eq!(problem.code, Code::UnknownKey, "{path}");
        }
        assert!(with("a.c", None).is_err(), "there is nothing to take out");
    }
}
