//! A scenario is described in every language: the same things, by the rules of each.

use drawdown::scenario::EXAMPLES;
use drawdown::{Checked, Error, Language, Model, Section};

const ITS_OWN: char = '\u{2068}';
const LEFT_TO_RIGHT: char = '\u{2066}';
const END: char = '\u{2069}';

fn examples() -> impl Iterator<Item = Model> {
    EXAMPLES.iter().map(|one| Checked::from_toml_str(one.toml).unwrap().compile())
}

/// A scenario of which a gate opens after so many days.
fn delayed(days: &str) -> Model {
    let text = format!(
        "schema = 1\nstart = 2025-01-01\nworld.sites.base.garrison.us = 100\n\
         plan.gates.approval.delay_days = {days}\n"
    );
    Checked::from_toml_str(&text).unwrap_or_else(|error| panic!("{error}")).compile()
}

/// The line on the gate, without marks that nobody sees.
fn gate(days: &str, language: Language) -> String {
    let sections = delayed(days).description_in(language);
    let plan = sections.iter().find(|section| section.topic.as_str() == "plan").unwrap();
    let line = plan.lines.iter().find(|line| line.contains("approval")).unwrap();
    line.chars().filter(|sign| !matches!(sign, '\u{200f}' | '\u{2066}'..='\u{2069}')).collect()
}

#[test]
fn a_language_is_known_by_its_code() {
    for language in Language::ALL {
        assert_eq!(language.as_str().parse::<Language>(), Ok(*language));
        assert_eq!(language.to_string(), language.as_str());
    }
    assert_eq!(Language::default(), Language::English);
    let Err(Error::Unknown { what, name, known }) = "tlh".parse::<Language>() else { panic!() };
    assert_eq!((what, name.as_str()), ("language", "tlh"));
    assert_eq!(known, ["en", "fr", "ar"]);
}

#[test]
fn every_language_has_the_same_sections_and_words_of_its_own() {
    for model in examples() {
        let english = model.description();
        assert_eq!(model.description_in(Language::English), english);
        for language in [Language::French, Language::Arabic] {
            let theirs = model.description_in(language);
            let topics = |sections: &[Section]| -> Vec<_> {
                sections.iter().map(|section| section.topic).collect()
            };
            assert_eq!(topics(&theirs), topics(&english));
            for (ours, theirs) in english.iter().zip(&theirs) {
                // The first has the title of the scenario.
                assert!(ours.topic.as_str() == "frame" || ours.title != theirs.title, "{ours:?}");
                assert!(!theirs.lines.is_empty(), "{theirs:?}");
            }
        }
    }
}

#[test]
fn marks_of_directions_are_closed_in_their_line_and_there_are_none_in_english() {
    for model in examples() {
        for language in Language::ALL {
            let sections = model.description_in(*language);
            for line in sections.iter().flat_map(|section| &section.lines) {
                let mut open = 0;
                for sign in line.chars() {
                    open += i32::from(sign == ITS_OWN || sign == LEFT_TO_RIGHT);
                    open -= i32::from(sign == END);
                    assert!(open >= 0, "{line:?}");
                    assert!(*language != Language::English || open == 0, "{line:?}");
                }
                assert_eq!(open, 0, "{line:?}");
            }
        }
    }
}

#[test]
fn plurals_go_by_the_rules_of_the_language() {
    for (days, due) in [
        ("0", "  Jalon approval\u{a0}: franchi après 0 jour."),
        ("1.5", "  Jalon approval\u{a0}: franchi après 1.5 jour."),
        ("2", "  Jalon approval\u{a0}: franchi après 2 jours."),
        ("{ uniform = [1, 2] }", "  Jalon approval\u{a0}: franchi après uniform(1, 2) jours."),
    ] {
        assert_eq!(gate(days, Language::French), due);
    }
    for (days, due) in [
        ("0", "0 يوم"),
        ("1", "يوم واحد (1)"),
        ("2", "يومين (2)"),
        ("3", "3 أيام"),
        ("11", "11 يومًا"),
        ("100", "100 يوم"),
        // By CLDR it would be `few`, as 3 is; the library of plural rules looks at the whole number.
        ("103", "103 يوم"),
        ("1.5", "1.5 يوم"),
    ] {
        assert_eq!(gate(days, Language::Arabic), format!("  البوابة approval: تُفتح بعد {due}."));
    }
}

#[test]
fn numbers_are_written_alike_in_every_language_however_long_they_are() {
    for days in ["0.1", "1e-19", "1.2345678901234567e-5", "1e-300", "0.30000000000000004"] {
        let written = days.parse::<f64>().unwrap().to_string();
        for language in Language::ALL {
            let line = gate(days, *language);
            assert!(line.contains(&format!(" {written} ")), "{line}");
        }
    }
}

#[test]
fn what_has_a_direction_of_its_own_is_apart_in_arabic() {
    let sections = delayed("{ triangular = [3, 5, 9] }").description_in(Language::Arabic);
    let lines: Vec<String> = sections.into_iter().flat_map(|section| section.lines).collect();
    let text = lines.join("\n");
    for apart in ["triangular(3, 5, 9)", "approval", "2025-01-01"] {
        assert!(text.contains(&format!("{ITS_OWN}{apart}{END}")), "{apart}: {text}");
    }
}

#[test]
fn warnings_are_of_the_same_places_in_every_language_and_paths_are_apart_in_arabic() {
    let text = "schema = 1\nstart = 2025-01-01\nworld.sites.base.garrison.us = 100\n\
                plan.breathing_room.pause_days = 4\n\
                plan.rules.never = { when.risk = \"none\", then.pause = {} }\n\
                world.risks.none = { probability = 0 }\n";
    let checked = Checked::from_toml_str(text).unwrap_or_else(|error| panic!("{error}"));
    let english = checked.warnings();
    assert!(english.len() >= 3, "{english:?}");
    assert_eq!(checked.warnings_in(Language::English), english);
    for language in [Language::French, Language::Arabic] {
        let theirs = checked.warnings_in(language);
        assert_eq!(checked.clone().compile().warnings_in(language), theirs);
        assert_eq!(theirs.len(), english.len());
        for (ours, theirs) in english.iter().zip(&theirs) {
            assert_eq!((&ours.path, ours.code), (&theirs.path, theirs.code));
            assert!(ours.what != theirs.what && ours.remedy != theirs.remedy, "{theirs:?}");
        }
        let sections = checked.clone().compile().description_in(language);
        let lines = &sections.iter().find(|one| one.topic.as_str() == "warnings").unwrap().lines;
        assert_eq!(lines.len(), 2 * english.len());
        assert_eq!(lines[1].trim_start(), theirs[0].remedy);
        let apart = format!("{ITS_OWN}{}{END}", english[0].path);
        assert_eq!(lines.iter().any(|line| line.contains(&apart)), language == Language::Arabic);
    }
    let never = |language| {
        let found = checked.warnings_in(language).into_iter();
        found.map(|one| one.what).find(|what| what.contains("none")).unwrap()
    };
    assert_eq!(
        never(Language::French),
        "la règle ne se déclenche jamais\u{a0}: le risque `none` ne se réalise jamais"
    );
    assert!(never(Language::Arabic).contains(&format!("`{ITS_OWN}none{END}`")));
}
