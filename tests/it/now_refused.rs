//! What cannot be of where things stand is refused at its place.

use drawdown::{Checked, Code};

use crate::now::DONE;

/// What is put in the place of what in [`DONE`], and the problem that it makes.
const REFUSED: &[(&str, &str, &str, Code)] = &[
    ("three = {", "tree = {", "now.phases.tree", Code::DanglingId),
    ("three = { started = 2025-05-22 }", "three = {}", "now.phases.three", Code::MissingKey),
    (
        "three = { started = 2025-05-22",
        "three = { started = 2025-07-22",
        "now.phases.three.started",
        Code::DatesOutOfOrder,
    ),
    (
        "three = { started = 2025-05-22",
        "three = { started = 2025-05-20",
        "now.phases.three.started",
        Code::DatesOutOfOrder,
    ),
    (
        "finished = 2025-05-22",
        "finished = 2025-06-22",
        "now.phases.two.finished",
        Code::DatesOutOfOrder,
    ),
    (
        "finished = 2025-05-22",
        "finished = 2025-04-02",
        "now.phases.two.finished",
        Code::DatesOutOfOrder,
    ),
    ("one = { finished = 2025-04-12 }\n", "", "now.phases.two.started", Code::Contradiction),
    (
        "one = { finished",
        "one = { moved.out = 3, finished",
        "now.phases.one.moved",
        Code::Contradiction,
    ),
    ("us = 0, uk = 0", "us = 7, uk = 0", "now.phases.one", Code::Contradiction),
    ("three = {", "three = { moved.out = 3,", "now.phases.three.moved.out", Code::Contradiction),
    ("three = {", "three = { moved.in = 3,", "now.phases.three.moved.in", Code::DanglingId),
    ("residual = 100", "people = 400", "now.phases.three.moved.out", Code::MissingKey),
    (
        "[now.phases]",
        "[now.tension]\nsince = 2025-06-01\n[now.phases]",
        "now.tension",
        Code::Contradiction,
    ),
    (
        "[now.phases]",
        "[now.tension]\nsince = 2025-06-02\n[now.phases]",
        "now.tension.since",
        Code::DatesOutOfOrder,
    ),
    ("[now.phases]", "[now.threats.grup]\n[now.phases]", "now.threats.grup", Code::DanglingId),
    (
        "[now.phases]",
        "[now.threats.group]\nstrikes = [2025-05-01]\n[now.phases]",
        "now.threats.group.strikes",
        Code::Contradiction,
    ),
    (
        "[now.phases]",
        "[now.threats.group]\nstrikes = [2025-05-01, 2025-06-05]\n[now.phases]",
        "now.threats.group.strikes.1",
        Code::DatesOutOfOrder,
    ),
    (
        "[now.phases]",
        "[now.threats.group]\nattacks = [{ date = 2025-07-01, site = \"b\" }]\n[now.phases]",
        "now.threats.group.attacks.0.date",
        Code::DatesOutOfOrder,
    ),
    (
        "[now.phases]",
        "[now.threats.group]\nattacks = [{ date = 2025-05-01, site = \"a\" }]\n[now.phases]",
        "now.threats.group.attacks.0.site",
        Code::DanglingId,
    ),
    (
        "[now.phases]",
        "[now.threats.group]\nattacks = [{ date = 2025-05-01, site = \"b\", count = 0 }]\n[now.phases]",
        "now.threats.group.attacks.0.count",
        Code::OutOfRange,
    ),
    (
        "[now.phases]",
        "[now.gates.nod]\nopened = 2025-06-01\n[now.phases]",
        "now.gates.nod",
        Code::DanglingId,
    ),
    (NOD, "[now.gates.nod]", "now.gates.nod", Code::MissingKey),
    (
        NOD,
        "[now.gates.nod]\nopened = 2025-05-30\nstarted = 2025-05-22",
        "now.gates.nod.started",
        Code::Contradiction,
    ),
    (NOD, "[now.gates.nod]\nopened = 2025-05-02", "now.gates.nod.opened", Code::DatesOutOfOrder),
    (NOD, "[now.gates.nod]\nstarted = 2025-05-02", "now.gates.nod.started", Code::DatesOutOfOrder),
    (
        NOD,
        "[now.gates.nod]\nstarted = 2025-05-22\nblocked_days = 11",
        "now.gates.nod.blocked_days",
        Code::DatesOutOfOrder,
    ),
];

/// The same of what can be run: nothing is left of what has lasted too long or is used up.
const BEYOND: &[(&str, &str, &str, Code)] = &[
    (
        "announced_finish = 2025-08-01",
        "announced_finish = 2025-05-09",
        "now.phases.three.started",
        Code::OutOfRange,
    ),
    (
        "three = {",
        "three = { breathing_room.pause_days = 9,",
        "now.phases.three.breathing_room.pause_days",
        Code::OutOfRange,
    ),
    (
        "[now.phases]",
        "[now.breathing_room]\nextension_days = 1\n[now.phases]",
        "now.breathing_room.extension_days",
        Code::OutOfRange,
    ),
    (
        "[now.phases]",
        "[now.breathing_room]\npause_days = 1\n[now.phases]",
        "now.breathing_room.pause_days",
        Code::OutOfRange,
    ),
    ("uniform = [3, 30]", "uniform = [3, 10]", "now.gates.nod.started", Code::OutOfRange),
];

/// A gate after the second phase, whose clock has run for 10 days.
const NOD: &str = "[now.gates.nod]\nstarted = 2025-05-22";

#[test]
fn what_cannot_be_is_refused_at_its_place() {
    let with_gate = format!(
        "{DONE}{NOD}\n[plan.gates.nod]\nafter = [\"two\"]\ndelay_days = {{ uniform = [3, 30] }}\n"
    );
    for text in [DONE, &with_gate] {
        assert_eq!(Checked::from_toml_str(text).err().map(|error| error.to_string()), None);
    }
    let place = |old: &str| if DONE.contains(old) { DONE } else { &with_gate };
    for &(old, new, path, code) in REFUSED {
        let Err(error) = Checked::from_toml_str(&place(old).replacen(old, new, 1)) else {
            panic!("{new} is accepted")
        };
        let problems = error.problems();
        let found = problems.iter().find(|problem| problem.path == path && problem.code == code);
        let found = found.unwrap_or_else(|| panic!("{path} {code:?}: {error}"));
        assert!(!found.what.is_empty() && !found.remedy.is_empty());
    }
    for &(old, new, path, code) in BEYOND {
        let text = place(old).replacen(old, new, 1);
        let checked = Checked::from_toml_str(&text).unwrap_or_else(|error| panic!("{error}"));
        let warnings = checked.warnings();
        let found = warnings.iter().any(|problem| problem.path == path && problem.code == code);
        assert!(found, "{path}: {warnings:?}");
        checked.compile().trial(1, 0).unwrap();
    }
    // All at once.
    let mut text = DONE.to_owned();
    let several: Vec<_> = REFUSED.iter().filter(|(old, ..)| *old != NOD).step_by(5).collect();
    for (old, new, ..) in &several {
        text = text.replacen(old, new, 1);
    }
    let problems = Checked::from_toml_str(&text).unwrap_err().problems().to_vec();
    assert!(problems.len() >= 3, "{problems:?}");
    // Without a table of where things stand, dates before the start are refused as ever.
    let (early, _) = DONE.split_once("[now.phases]").unwrap();
    let error = Checked::from_toml_str(early).unwrap_err().to_string();
    assert!(
        error.contains("plan.phases.one.announced_start") && error.contains("`now`"),
        "{error}"
    );
}
