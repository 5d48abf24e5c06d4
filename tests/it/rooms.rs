//! The architecture: which module may use which, where another's crate may be named, and what the
//! crate that ships depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of `src/lib.rs`, in order, and the names that it gives to what is in them.
struct House {
    modules: Vec<String>,
    given: BTreeMap<String, String>,
}

impl House {
    fn read(lib: &str) -> Self {
        let lib = code(lib);
        let (mut modules, mut given) = (Vec::new(), BTreeMap::new());
        for statement in lib.split(';') {
            if let Some((_, path)) = statement.split_once("pub use ") {
                let (module, names) = path.split_once("::").unwrap();
                let names = names.trim_matches(['{', '}']).split(',').map(str::trim);
                given.extend(names.map(|name| (name.to_owned(), module.to_owned())));
            } else if let Some((_, name)) = statement.split_once("mod ") {
                modules.push(name.to_owned());
            } else {
                assert!(statement.trim().is_empty(), "lib.rs: {statement}");
            }
        }
        House { modules, given }
    }

    /// The floor of a module, or of what lib.rs gives a name to.
    fn floor(&self, name: &str) -> Option<usize> {
        let module = self.given.get(name).map_or(name, String::as_str);
        self.modules.iter().position(|known| known == module)
    }

    /// What in a file uses what does not stand above its own module, one complaint each.
    fn arrows_back(&self, file: &Path, text: &str) -> Vec<String> {
        let place = module(file);
        let own = self.floor(&place[0]).unwrap_or_else(|| panic!("{place:?} is not in lib.rs"));
        let complain = |(line, name): (usize, String)| {
            let said = match self.floor(&name) {
                Some(floor) if floor <= own => return None,
                Some(_) => format!("`{name}` stands below `{}`", place[0]),
                None => format!("`{name}` is not in lib.rs"),
            };
            Some(format!("{}:{line}: {said}", file.display()))
        };
        used(&code(text), place.len()).into_iter().filter_map(complain).collect()
    }
}

/// The modules that lead to a file below `src/`, outermost first.
fn module(file: &Path) -> Vec<String> {
    let parts = file.with_extension("");
    let parts = parts.iter().map(|part| part.to_str().unwrap().to_owned());
    parts.filter(|part| part != "mod").collect()
}

/// A text without comments, strings, and what is there for tests only: all blank, lines kept.
fn code(text: &str) -> String {
    let mut left = text;
    let mut kept = String::new();
    let blank = |kept: &mut String, gone: &str| {
        kept.extend(gone.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
    };
    while let Some(first) = left.chars().next() {
        let ends = |end: &str| left[1..].find(end).map_or(left.len(), |at| 1 + at + end.len());
        let quote = left.starts_with("'\"'") || left.starts_with("'\\");
        let gone = if left.starts_with("//") {
            left.find('\n').unwrap_or(left.len())
        } else if left.starts_with("/*") {
            ends("*/")
        } else if let Some(raw) = left.strip_prefix("r\"") {
            2 + raw.find('"').expect("a raw string ends") + 1
        } else if left.starts_with("r#\"") {
            ends("\"#")
        } else if first == '"' {
            let mut escaped = false;
            let end = left[1..].find(|c| {
                let end = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                end
            });
            1 + end.expect("a string ends") + 1
        } else if quote {
            3 + left[3..].find('\'').expect("a character ends") + 1
        } else {
            0
        };
        if gone == 0 {
            kept.push(first);
            left = &left[first.len_utf8()..];
        } else {
            blank(&mut kept, &left[..gone]);
            left = &left[gone..];
        }
    }
    const TEST: &str = "#[cfg(test)]";
    while let Some(start) = kept.find(TEST) {
        let end = start + TEST.len() + block(&kept[start + TEST.len()..]);
        let mut rest = String::new();
        blank(&mut rest, &kept[start..end]);
        kept.replace_range(start..end, &rest);
    }
    kept
}

/// What is used of the crate by name, with its line: by `crate::`, and by as many `super::` as lead
/// out of a module at `depth`, or one deeper within each module that is written out in it.
fn used(code: &str, depth: usize) -> Vec<(usize, String)> {
    const UP: &str = "super::";
    let written_out = modules_within(code);
    let begins = |at: &usize| {
        let before = code[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
    };
    let crates = code.match_indices("crate::").map(|(at, path)| (at, at + path.len()));
    let ups = code.match_indices(UP).filter_map(|(at, _)| {
        let times = code.as_bytes()[at..].chunks(UP.len()).take_while(|c| *c == UP.as_bytes());
        let (times, within) = (times.count(), written_out.iter().filter(|m| m.contains(&at)));
        (times == depth + within.count()).then_some((at, at + times * UP.len()))
    });
    let mut found: Vec<_> = crates.chain(ups).filter(|(at, _)| begins(at)).collect();
    found.sort_unstable();
    let named = found.into_iter().flat_map(|(at, path)| {
        let line = 1 + code[..at].matches('\n').count();
        names(&code[path..]).into_iter().map(move |name| (line, name))
    });
    named.collect()
}

/// Where modules are written out in a text.
fn modules_within(code: &str) -> Vec<Range<usize>> {
    let begin = code.match_indices("mod ").filter_map(|(at, word)| {
        let name = at + word.len();
        let end = name + code[name..].find(['{', ';', '\n'])?;
        code[end..].starts_with('{').then_some(end)
    });
    begin.map(|from| from..from + block(&code[from..])).collect()
}

/// How long the braces at the beginning of a text are, or the item that goes before them.
fn block(code: &str) -> usize {
    let mut depth = 0;
    let end = code.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && (c == '}' || c == ';')
    });
    end.expect("an item ends") + 1
}

/// The first names of a path, several if it begins with braces.
fn names(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut depth, mut names, mut from) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        let last = c == '}' && depth == 0;
        if last || (c == ',' && depth == 0) {
            names.push(word(list[from..at].trim_start()));
            from = at + 1;
        }
        if last {
            break;
        }
        depth += i32::from(c == '{') - i32::from(c == '}');
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Every file below `src/`, by its place there, without those that hold tests only.
pub(crate) fn files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut files) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    let tests: BTreeSet<PathBuf> = (files.iter())
        .filter(|(_, text)| text.contains("#[cfg(test)]\nmod tests;"))
        .map(|(path, _)| match path.file_stem().unwrap().to_str() {
            Some("mod") => path.with_file_name("tests.rs"),
            _ => path.with_extension("").join("tests.rs"),
        })
        .collect();
    // A module of tests may have a folder of its own.
    let folders: Vec<PathBuf> = tests.iter().map(|path| path.with_extension("")).collect();
    files.retain(|(path, _)| {
        !tests.contains(path) && !folders.iter().any(|folder| path.starts_with(folder))
    });
    files.sort();
    files
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let mut files = files();
    let lib = files.iter().position(|(path, _)| path == Path::new("lib.rs")).unwrap();
    let house = House::read(&files.remove(lib).1);
    let back: Vec<String> =
        files.iter().flat_map(|(path, text)| house.arrows_back(path, text)).collect();
    assert!(back.is_empty(), "arrows that turn back:\n  src/{}", back.join("\n  src/"));
    let arrows: usize =
        files.iter().map(|(path, text)| used(&code(text), module(path).len()).len()).sum();
    assert!(arrows > 200, "{arrows} found: are they seen?");
}

#[test]
fn arrows_that_turn_back_are_seen_wherever_they_are_written() {
    let house = House::read(
        "//! use crate::c;\npub mod a;\nmod b;\n#[cfg(feature = \"c\")]\nmod c;\n\
         pub use b::{Beta, Other};\npub use c::Gamma;\n",
    );
    assert_eq!(house.modules, ["a", "b", "c"]);
    let said = |file: &str, text: &str| house.arrows_back(Path::new(file), text);
    for (file, text, line) in [
        ("b.rs", "use crate::c::x;", 1),
        ("b.rs", "use crate::a::x;\nuse crate::{\n    Beta, Gamma};", 2),
        ("b/mod.rs", "fn f() { super::c::x() }", 1),
        ("b/d.rs", "use super::super::c;", 1),
        ("a.rs", "use crate::{a::{self, c, b}, Other};", 1),
        ("b.rs", "mod e {\n    use super::super::c;\n    use super::c;\n}", 2),
        ("b.rs", "let x = '\"';\nlet y = 'y'; crate::c::x()", 2),
        ("a.rs", "#[cfg(test)]\nmod tests { use crate::c; }\nuse crate::c;", 3),
        ("a.rs", "#[cfg(test)]\nuse crate::c;\nuse crate::d;", 3),
    ] {
        let [complaint] = &said(file, text)[..] else { panic!("{text}: {:?}", said(file, text)) };
        assert!(complaint.starts_with(&format!("{file}:{line}: `")), "{complaint}");
    }
    for (file, text) in [
        ("b.rs", "use crate::{a, b::c, Beta};\nuse self::c::x;"),
        ("c.rs", "use crate::{a, b::{self, c}, Gamma};"),
        ("b/d.rs", "use super::c;\nuse crate::b::c;\npub(crate) use x::crate::c;"),
        ("b.rs", "// crate::c\n/* crate::c */ let x = \"crate::c\\\" crate::c\"; r#\"crate::c\"#"),
        ("b.rs", "#[cfg(test)]\nmod tests {\n    mod more { use crate::c; }\n}"),
    ] {
        assert!(said(file, text).is_empty(), "{text}: {:?}", said(file, text));
    }
}

#[test]
fn others_crates_are_named_in_their_rooms_only() {
    let rooms = [
        ("pyo3", "python"),
        ("numpy", "python"),
        ("rayon", "threads"),
        ("rand", "streams"),
        ("fluent_bundle", "languages"),
    ];
    let mut at_home = BTreeSet::new();
    let mut elsewhere = Vec::new();
    for (path, text) in files() {
        for (number, line) in code(&text).lines().enumerate() {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            for (name, room) in rooms.iter().filter(|(name, _)| words.contains(name)) {
                if module(&path)[0] == *room {
                    at_home.insert(*name);
                } else {
                    elsewhere.push(format!("src/{}:{}: {name}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(elsewhere.is_empty(), "outside their rooms:\n  {}", elsewhere.join("\n  "));
    assert_eq!(at_home.len(), rooms.len(), "rooms without what they are for: {at_home:?}");
}

/// What a crate with these features depends on to be built, with their features.
fn dependencies(features: &[&str]) -> Vec<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p} [{f}]"])
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn what_ships_draws_nothing_from_the_system() {
    for features in [&["--no-default-features"][..], &[], &["--features", "python"]] {
        let all = dependencies(features);
        let named = |name: &str| -> BTreeSet<&String> {
            all.iter().filter(|line| line.split(' ').next() == Some(name)).collect()
        };
        let [rand] = named("rand").into_iter().collect::<Vec<_>>()[..] else {
            panic!("one rand: {:?}", named("rand"))
        };
        assert!(rand.ends_with("[]"), "rand without features, not {rand}");
        assert!(named("rand_distr").is_empty(), "for tests only");
        // Nor is there a database of time zones, which a calendar does not need.
        let zones = all.iter().filter(|line| line.contains("tzdb") || line.contains("tz-"));
        assert_eq!(zones.count(), 0, "time zones with {features:?}");
        let alone = features.contains(&"--no-default-features");
        assert_eq!(named("rayon").is_empty(), alone, "rayon with {features:?}");
        // With tables of Arrow comes a hash that may ask the system: deny.toml says who else may not.
        if !features.contains(&"python") {
            assert!(named("getrandom").is_empty(), "getrandom with {features:?}");
        }
    }
}
