//! Names that seem to be misspelt.

/// How alike two names must be for one to be taken for a misspelling of the other: one letter in
/// four may differ.
const NEAR: f64 = 0.7;

/// The name that `key` is, or seems to be a misspelling of.
pub(crate) fn near<'n>(key: &str, names: &[&'n str]) -> Option<&'n str> {
    // Lengths that differ by more rule a likeness out, and are quicker to compare.
    let similar = |a: usize, b: usize| a.min(b) as f64 >= NEAR * a.max(b) as f64;
    let alike = names.iter().filter(|name| similar(key.len(), name.len()));
    let scored = alike.map(|name| (strsim::normalized_damerau_levenshtein(key, name), *name));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(likeness, _)| *likeness >= NEAR).map(|(_, name)| name)
}

/// What a name that is not there may have meant, or which there are.
pub(crate) fn meant(name: &str, known: &[impl AsRef<str>]) -> String {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match near(name, &known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there are none".to_owned(),
        None => format!("there are {}", known.join(", ")),
    }
}
