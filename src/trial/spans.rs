//! What falls in a span of time: a calendar month, or the time for which a phase is under way.
//!
//! Nothing is added up attack by attack: a span holds what there has been at its end, less what
//! there had been at its beginning.

use super::Trial;
use super::lifts::Status;
use super::record::Record;
use crate::measure::M;
use crate::model::Model;

/// The calendar months of a trial.
#[derive(Debug)]
pub(super) struct Months {
    /// Where each month ends, in days; the last one never does.
    ends: Vec<f64>,
    /// The present month, and its end.
    month: usize,
    pub end_days: f64,
    /// Attacks, wounded and killed before it began.
    before: [u64; 3],
}

impl Months {
    pub fn new(model: &Model) -> Self {
        let mut ends = model.month_ends.clone();
        ends.pop();
        ends.push(f64::INFINITY);
        Months { end_days: ends[0], ends, month: 0, before: [0; 3] }
    }

    pub fn reset(&mut self) {
        self.month = 0;
        self.end_days = self.ends[0];
        self.before = [0; 3];
    }
}

impl Record {
    /// Time has moved past the end of the present month, and perhaps of others.
    #[cold]
    #[inline(never)]
    pub(super) fn end_months(&mut self, days: f64) {
        while days >= self.months.end_days {
            self.end_month();
            self.months.month += 1;
            self.months.end_days = self.months.ends[self.months.month];
        }
    }

    /// Writes down the present month.
    pub(super) fn end_month(&mut self) {
        let so_far = self.so_far();
        let measures = [M::MonthAttacks, M::MonthWounded, M::MonthKilled];
        let Months { month, before, .. } = self.months;
        for (k, measure) in measures.into_iter().enumerate() {
            // By way of a signed number, which processors make a float of at once.
            self.set(measure, month, (so_far[k] - before[k]) as i64 as f64);
        }
        self.months.before = so_far;
    }

    /// So many people were on a site from one moment to another: shares the days out over months.
    pub(super) fn person_days(&mut self, people: u32, mut from: f64, to: f64) {
        let mut month = self.months.ends.partition_point(|end| *end <= from);
        while from < to {
            let until = to.min(self.months.ends[month]);
            self.add(M::MonthPersonDays, month, f64::from(people) * (until - from));
            from = until;
            month += 1;
        }
    }

    pub(super) fn phase_began(&mut self, phase: usize) {
        self.add_so_far(phase, -1.0);
    }

    pub(super) fn phase_ended(&mut self, phase: usize) {
        self.add_so_far(phase, 1.0);
    }

    fn add_so_far(&mut self, phase: usize, sign: f64) {
        let measures = [M::PhaseAttacks, M::PhaseWounded, M::PhaseKilled];
        for (measure, so_far) in measures.into_iter().zip(self.so_far()) {
            self.add(measure, phase, sign * so_far as f64);
        }
    }
}

impl Trial<'_> {
    /// The trial is over: so are the phases that were still under way.
    pub(super) fn end_phases(&mut self) {
        for (phase, state) in self.phases.iter().enumerate() {
            if matches!(state.status, Status::Moving | Status::Held) {
                self.record.phase_ended(phase);
            }
        }
    }
}
