//! Whether a condition of a rule holds whenever another does, as far as can be read off them.

use crate::scenario::{Condition, Window};

/// Whether `then` holds whenever `when` does. No means that it cannot be read off.
pub(super) fn implies(when: &Condition, then: &Condition) -> bool {
    use Condition::{
        All, Any, Attacks, Date, Event, ExtensionDaysLeft, Friction, InsurgentStrength, Killed,
        Not, PauseDaysLeft, People, Tension, Wounded,
    };
    if when == then {
        return true;
    }
    match (when, then) {
        (_, All(parts)) => parts.iter().all(|part| implies(when, part)),
        (Any(parts), _) => parts.iter().all(|part| implies(part, then)),
        (_, Any(parts)) if parts.iter().any(|part| implies(when, part)) => true,
        (All(parts), _) => parts.iter().any(|part| implies(part, then)),
        (Not(when), Not(then)) => implies(then, when),
        (Tension(states), Tension(among)) => states.iter().all(|state| among.contains(state)),
        (Attacks(one), Attacks(other))
        | (Wounded(one), Wounded(other))
        | (Killed(one), Killed(other)) => {
            unbounded(one) == unbounded(other)
                && within((one.at_least, one.at_most), (other.at_least, other.at_most))
        }
        (People(one), People(other)) => {
            (&one.sites, &one.areas, &one.contingents)
                == (&other.sites, &other.areas, &other.contingents)
                && within((one.at_least, one.at_most), (other.at_least, other.at_most))
        }
        (PauseDaysLeft(one), PauseDaysLeft(other))
        | (ExtensionDaysLeft(one), ExtensionDaysLeft(other))
        | (InsurgentStrength(one), InsurgentStrength(other))
        | (Friction(one), Friction(other)) => {
            within((one.at_least, one.at_most), (other.at_least, other.at_most))
        }
        (Date(one), Date(other)) => within((one.from, one.before), (other.from, other.before)),
        (Event(one), Event(other)) => one.id == other.id && other.outcome.is_none(),
        _ => false,
    }
}

/// What is counted, whatever it is compared with.
fn unbounded(window: &Window) -> Window {
    Window { at_least: None, at_most: None, ..window.clone() }
}

/// Whether what lies within the first pair of bounds lies within the second.
fn within<T: PartialOrd>(inner: (Option<T>, Option<T>), outer: (Option<T>, Option<T>)) -> bool {
    let above = outer.0.is_none_or(|least| inner.0.is_some_and(|x| x >= least));
    let below = outer.1.is_none_or(|most| inner.1.is_some_and(|x| x <= most));
    above && below
}
