//! What moves the background of a threat, compiled.

use super::numbers::{Numbers, Slot};
use super::{Window, calendar};
use crate::scenario::{self, Scenario};

/// One entry of the list, as a trial evaluates it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Modifier {
    /// The share of what other sites are spared that comes to this one.
    Displacement(Slot),
    /// The factor, and for how many days before the hand-over of the site it holds.
    BeforeHandOver(Slot, f64),
    /// The factor, and for how many days after the closing of another site of the area it holds.
    AfterHandOver(Slot, f64),
    /// Factor, and grace in days.
    Truce(Slot, Slot),
    /// Growth per day, and the most that it comes to.
    Grievance(Slot, Slot),
    /// A time around a calendar event.
    Window(Window),
    /// What strikes in answer to its attacks do to it.
    Strikes,
}

/// What a modifier comes from. They act in this order; of one source, all are multiplied first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Displacement,
    HandOver,
    Promise,
    Calendar,
    Strikes,
}

impl Modifier {
    #[inline]
    pub fn source(&self) -> Source {
        match self {
            Modifier::Displacement(_) => Source::Displacement,
            Modifier::BeforeHandOver(..) | Modifier::AfterHandOver(..) => Source::HandOver,
            Modifier::Truce(..) | Modifier::Grievance(..) => Source::Promise,
            Modifier::Window(_) => Source::Calendar,
            Modifier::Strikes => Source::Strikes,
        }
    }
}

/// Compiles what is written at `path`, the path of the threat.
pub(super) fn compile(
    written: &scenario::Modifier<'_>,
    path: &str,
    scenario: &Scenario,
    numbers: &mut Numbers,
) -> Vec<Modifier> {
    let mut slot = |key, range| numbers.range(&format!("{path}.{key}"), range);
    match written {
        scenario::Modifier::Displacement(share) => {
            vec![Modifier::Displacement(slot("displacement", share))]
        }
        scenario::Modifier::ExitPattern(about) => {
            let before = slot("exit_pattern.before", &about.before);
            let after = slot("exit_pattern.after", &about.after);
            vec![
                Modifier::BeforeHandOver(before, about.before_days),
                Modifier::AfterHandOver(after, about.after_days),
            ]
        }
        scenario::Modifier::Truce(about) => {
            let factor = slot("truce.factor", &about.factor);
            vec![Modifier::Truce(factor, slot("truce.grace_days", &about.grace_days))]
        }
        scenario::Modifier::Grievance(about) => {
            let per_day = slot("grievance.per_day", &about.per_day);
            vec![Modifier::Grievance(per_day, slot("grievance.at_most", &about.at_most))]
        }
        scenario::Modifier::Retaliation => vec![Modifier::Strikes],
        scenario::Modifier::Window(event, id, about) => {
            vec![Modifier::Window(calendar::window(scenario, (event, id), about, numbers))]
        }
    }
}
