//! What was observed, as Python hands it over.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::observe::{Count, Counted, Reported};

/// From and to in days, what is counted, by which threat, on which sites, the kind of report, the
/// number and the sigma of its error.
pub(super) type Written = (f64, f64, String, Option<String>, Vec<String>, String, f64, f64);

/// A count.
pub(super) fn count(written: Written) -> PyResult<Count> {
    let (from_days, to_days, counted, threat, sites, kind, number, sigma) = written;
    let counted = match counted.as_str() {
        "attacks" => Counted::Attacks,
        "wounded" => Counted::Wounded,
        "killed" => Counted::Killed,
        "strikes" => Counted::Strikes,
        other => return Err(PyValueError::new_err(format!("nobody counts `{other}`"))),
    };
    let reported = reported(&kind, number, sigma)?;
    Ok(Count { from_days, to_days, counted, threat, sites, reported })
}

/// A number that somebody gave, by its kind.
pub(super) fn reported(kind: &str, number: f64, sigma: f64) -> PyResult<Reported> {
    let refused = |what: String| Err(PyValueError::new_err(what));
    if kind != "missing" && !(0.0..=f64::from(u32::MAX)).contains(&number) {
        return refused(format!("a count is 0 or more, not {number}"));
    }
    let number = number.round() as u32;
    Ok(match kind {
        "exact" => Reported::Exactly(number),
        "about" | "derived" if sigma > 0.0 => Reported::About { count: number, sigma },
        "about" | "derived" => return refused(format!("a relative error is above 0, not {sigma}")),
        "at_most" => Reported::AtMost(number),
        "missing" => Reported::Missing,
        other => return refused(format!("no report is of the kind `{other}`")),
    })
}
