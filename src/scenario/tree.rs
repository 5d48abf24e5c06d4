//! stub
use crate::error::{Code, Error, Problem, Result};
pub fn from_toml(text: &str) -> Result<toml::Table> {
    text.parse().map_err(|e: toml::de::Error| {
        Error::Refused(vec![Problem::new("", Code::Syntax, e.to_string(), "x")])
    })
}
pub fn from_json(text: &str) -> Result<toml::Table> {
    serde_json::from_str(text)
        .map_err(|e| Error::Refused(vec![Problem::new("", Code::Syntax, e.to_string(), "x")]))
}
pub fn check_size(_tree: &toml::Table, _problems: &mut Vec<Problem>) {}
pub fn dates_as_text(tree: &mut toml::Table) {
    for (_, v) in tree.iter_mut() {
        walk(v)
    }
}
fn walk(v: &mut toml::Value) {
    match v {
        toml::Value::Datetime(d) => *v = toml::Value::String(d.to_string()),
        toml::Value::Array(a) => a.iter_mut().for_each(walk),
        toml::Value::Table(t) => t.iter_mut().for_each(|(_, v)| walk(v)),
        _ => {}
    }
}
pub fn replace(
    tree: &mut toml::Table,
    path: &str,
    value: Option<toml::Value>,
    _problems: &mut Vec<Problem>,
) {
    let (parents, last) = match path.rsplit_once('.') {
        Some((p, l)) => (p.split('.').collect::<Vec<_>>(), l),
        None => (vec![], path),
    };
    let mut t = tree;
    for p in parents {
        t = t
            .entry(p)
            .or_insert_with(|| toml::Value::Table(Default::default()))
            .as_table_mut()
            .unwrap();
    }
    match value {
        Some(v) => {
            t.insert(last.to_owned(), v);
        }
        None => {
            t.remove(last);
        }
    }
}
