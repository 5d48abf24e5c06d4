//! What falls in a span of time: a week, a calendar month, or the time for which a phase is
//! under way.

use super::Trial;
use super::lifts::Status;
use super::record::Record;
use crate::measure::M;
use crate::model::Model;

/// The calendar of a trial, cut where a week or a month begins.
#[derive(Debug)]
pub(super) struct Calendar {
    /// By day: the piece that it is in.
    pieces: Vec<u32>,
    /// By piece: the point of the weekly grid from which on what happens in it counts (one that is
    /// past the last has no place), and the month.
    weeks: Vec<usize>,
    months: Vec<usize>,
    /// Where each month ends, in days; the last one never does.
    ends: Vec<f64>,
}

impl Calendar {
    pub fn new(model: &Model) -> Self {
        let mut ends = model.month_ends.clone();
        ends.pop();
        ends.push(f64::INFINITY);
        let (pieces, weeks, months) = Default::default();
        let mut calendar = Calendar { pieces, weeks, months, ends };
        for day in 0..=model.horizon as u32 {
            let week = day as usize / 7 + 1;
            let month = calendar.ends.partition_point(|end| *end <= f64::from(day));
            if (calendar.weeks.last(), calendar.months.last()) != (Some(&week), Some(&month)) {
                calendar.weeks.push(week);
                calendar.months.push(month);
            }
            calendar.pieces.push(calendar.weeks.len() as u32 - 1);
        }
        calendar
    }

    /// The month of a moment before the horizon, or at it.
    fn month(&self, days: f64) -> usize {
        self.months[self.pieces[days as usize] as usize]
    }
}

/// Counts by piece of a calendar.
#[derive(Debug)]
pub(super) struct Counts(Vec<u64>);

impl Counts {
    pub fn new(calendar: &Calendar) -> Self {
        Counts(vec![0; calendar.weeks.len()])
    }

    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    #[inline]
    pub fn add(&mut self, calendar: &Calendar, days: f64, count: u64) {
        // By way of a signed number, which processors make of a float at once.
        self.0[calendar.pieces[days as i32 as usize] as usize] += count;
    }
}

impl Record {
    /// Writes down attacks, wounded and killed by month, and what there had been of them by week.
    pub(super) fn count_by_time(&mut self) {
        let totals = self.so_far();
        let Record { counts, calendar, row, layout, weekly, by_week, .. } = self;
        let kinds = [
            (M::MonthAttacks, &mut weekly.attacks),
            (M::MonthWounded, &mut weekly.wounded),
            (M::MonthKilled, &mut weekly.killed),
        ];
        for (k, (measure, fan)) in kinds.into_iter().enumerate() {
            if totals[k] == 0 {
                fan.add(0, 0, by_week.len());
                continue;
            }
            let months = &mut row[layout.columns(measure as usize)];
            by_week.fill(0);
            let pieces = calendar.weeks.iter().zip(&calendar.months);
            let counts = counts[k].0.iter().zip(pieces).filter(|(count, _)| **count > 0);
            for (count, (&week, &month)) in counts {
                months[month] += *count as f64;
                if let Some(by_week) = by_week.get_mut(week) {
                    *by_week += count;
                }
            }
            fan.add_steps(by_week);
        }
    }

    /// So many people were on a site from one moment to another: shares the days out over months.
    pub(super) fn person_days(&mut self, people: u32, mut from: f64, to: f64) {
        let mut month = self.calendar.month(from);
        while from < to {
            let until = to.min(self.calendar.ends[month]);
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
