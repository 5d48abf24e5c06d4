//! Dotted paths of a scenario, such as `world.sites."al asad".garrison`.

/// The keys of a dotted path, those in quotes without them: the reverse of [`join_path`]. `None` if
/// it is not one.
///
/// ```
/// use drawdown::scenario::{join_path, split_path};
///
/// let keys = ["world", "sites", "al asad"];
/// assert_eq!(join_path(&keys), r#"world.sites."al asad""#);
/// assert_eq!(split_path(&join_path(&keys)).unwrap(), keys);
/// assert_eq!(split_path("world..sites"), None);
/// ```
pub fn split_path(path: &str) -> Option<Vec<String>> {
    let (mut parts, mut rest) = (Vec::new(), path);
    loop {
        if rest.starts_with('"') {
            let mut quoted = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            parts.push(quoted.next()?.ok()?);
            rest = &rest[quoted.byte_offset()..];
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            parts.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        match rest.strip_prefix('.') {
            Some(more) => rest = more,
            None => return rest.is_empty().then_some(parts),
        }
    }
}

/// The dotted path of some keys, quoted where TOML wants it.
pub fn join_path<T: AsRef<str>>(keys: &[T]) -> String {
    keys.iter().map(|key| quoted(key.as_ref())).collect::<Vec<String>>().join(".")
}

/// A key as it stands in a path.
pub(super) fn quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match !key.is_empty() && key.chars().all(bare) {
        true => key.to_owned(),
        // The escapes of a JSON text are among those of a TOML key.
        false => serde_json::Value::from(key).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_toml;
    use super::*;
    use crate::variates::testing::stream;

    #[test]
    fn paths_are_split_where_they_were_joined_and_toml_reads_them_alike() {
        let mut stream = stream("paths");
        let mut below = |most: usize| (stream.bits() % most as u64) as usize;
        let letters: Vec<char> = "ab-_9.\" \\\n\u{1}\u{e9}\u{1f600}*".chars().collect();
        for _ in 0..500 {
            let count = 1 + below(4);
            let mut key = |_| (0..below(5)).map(|_| letters[below(letters.len())]).collect();
            let keys: Vec<String> = (0..count).map(&mut key).collect();
            let path = join_path(&keys);
            assert_eq!(split_path(&path).as_ref(), Some(&keys), "{path}");
            let tree = toml::Value::Table(from_toml(&format!("{path} = 1")).unwrap());
            let found = keys.iter().fold(&tree, |node, key| &node[key.as_str()]);
            assert_eq!(found.as_integer(), Some(1), "{path}");
        }
        for path in ["", "a.", "a..b", ".a", "\"a", "\"a\"b"] {
            assert_eq!(split_path(path), None, "{path}");
        }
    }
}
