//! One trial in full.

use serde::Serialize;

use crate::measure::{By, MEASURES};
use crate::model::{Model, calendar_day};
use crate::scenario::Date;
use crate::trial::{Event, Trial};

/// Everything that happened in one trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The number of the trial.
    pub index: u64,
    /// What happened, in order.
    pub events: Vec<Event>,
    row: Vec<f64>,
    inputs: Vec<(String, f64)>,
    start: Date,
}

impl History {
    pub(super) fn new(
        model: &Model,
        index: u64,
        trial: &mut Trial<'_>,
        events: Vec<Event>,
    ) -> Self {
        let paths = model.numbers.paths().map(str::to_owned);
        History {
            index,
            events,
            row: trial.row()[model.layout.measured()].to_vec(),
            inputs: paths.zip(trial.inputs()).collect(),
            start: model.start(),
        }
    }

    /// The measures of the trial, in the order of [`MEASURES`](crate::MEASURES) and of the ids
    /// of each breakdown.
    pub fn row(&self) -> &[f64] {
        &self.row
    }

    /// A measure of the whole theatre, by name.
    pub fn total(&self, name: &str) -> Option<f64> {
        let totals = MEASURES.iter().filter(|measure| measure.by == By::Total);
        totals.zip(&self.row).find(|(measure, _)| measure.name == name).map(|(_, value)| *value)
    }

    /// The values drawn for the ranges of the scenario, by path.
    pub fn inputs(&self) -> &[(String, f64)] {
        &self.inputs
    }

    /// The calendar day of an event: the first or the last of the calendar where that is out of reach,
    /// the start where it has no time.
    pub fn date(&self, event: &Event) -> Date {
        self.start.plus_days(calendar_day(event.days))
    }
}
