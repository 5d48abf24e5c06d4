//! Texts that were a scenario once.

use drawdown::scenario::EXAMPLES;

use crate::dice::Dice;

const WORDS: &[&str] = &[
    "nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "-0.0",
    "5e-324",
    "9223372036854775807",
    "0",
    "-1",
    "1e400",
    "true",
    "\"\"",
    "[]",
    "{}",
    "[[[[[[[[]]]]]]]]",
    "2025-02-30",
    "9999-12-31",
    "-9999-01-01",
    "10:00:00",
    "2025-01-01T00:00:00Z",
    "0x7fffffff",
    "\"\\u0000\"",
    "'''",
    "\"\"\"",
    "[a]",
    "[[a]]",
    "a.b.c = 1",
    "# ",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "1_000_000",
    "{ pert = [0, 0, 0] }",
    "{ mixture = [] }",
    "{ empirical = [] }",
    "{ beta = [1e-300, 1e300] }",
    "{ gamma = { shape = 5e-324, mean = 1 } }",
    "{ lognormal = { median = 1, sigma = 1e3 } }",
];

/// A few bytes changed, dropped, doubled or copied; what is not UTF-8 any more is replaced.
pub fn mangle_bytes(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => bytes[at] = dice.bits() as u8,
            1 => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, part);
            }
            4 => bytes.insert(at, *dice.pick_of(b"[]{}=\"'.,\n#\\0-e\0")),
            _ => bytes.truncate(bytes.len() - dice.below(bytes.len() / 8 + 1)),
        }
        if bytes.is_empty() {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A few words or lines swapped, dropped, doubled, or taken from elsewhere.
pub fn mangle_words(dice: &mut Dice, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let donor = dice.pick_of(EXAMPLES).toml;
    for _ in 0..=dice.below(6) {
        let at = dice.below(lines.len());
        let other = dice.below(lines.len());
        match dice.below(8) {
            0 => drop(lines.remove(at)),
            1 => lines.swap(at, other),
            2 => lines.insert(at, lines[other].clone()),
            3 => {
                let theirs: Vec<&str> = donor.lines().collect();
                lines.insert(at, (*dice.pick_of(&theirs)).to_owned());
            }
            _ => {
                let word = match dice.chance(0.5) {
                    true => (*dice.pick_of(WORDS)).to_owned(),
                    false => word(dice, donor),
                };
                lines[at] = with_word(dice, &lines[at], &word);
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

fn word(dice: &mut Dice, text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || ",=".contains(c)).collect();
    (*dice.pick_of(&words)).to_owned()
}

/// The line with one of its words replaced.
fn with_word(dice: &mut Dice, line: &str, word: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || "_-.\"".contains(c);
    let mut starts: Vec<usize> = Vec::new();
    let mut inside = false;
    for (at, c) in line.char_indices() {
        if is_part(c) && !inside {
            starts.push(at);
        }
        inside = is_part(c);
    }
    if starts.is_empty() {
        return word.to_owned();
    }
    let start = *dice.pick_of(&starts);
    let end = line[start..].find(|c: char| !is_part(c)).map_or(line.len(), |n| start + n);
    format!("{}{word}{}", &line[..start], &line[end..])
}
