//! What falls in a span of time: a week, a calendar month, or the time for which a phase is
//! under way.

use super::record::{Books, Record};
use crate::measure::M;
use crate::model::Model;

/// The time of a trial, cut where a week or a month begins.
#[derive(Debug)]
pub(super) struct Pieces {
    /// By day: the piece that it is in.
    of_days: Vec<u32>,
    /// By piece: the point of the weekly grid from which on what happens in it counts (one that is
    /// past the last has no place), and the month.
    weeks: Vec<usize>,
    months: Vec<usize>,
    /// Where each month ends, in days; the last one never does.
    ends: Vec<f64>,
}

impl Pieces {
    pub fn new(model: &Model) -> Self {
        let mut ends = model.month_ends.clone();
        ends.pop();
        ends.push(f64::INFINITY);
        let (of_days, weeks, months) = Default::default();
        let mut cut = Pieces { of_days, weeks, months, ends };
        for day in 0..=model.horizon as u32 {
            let week = day as usize / 7 + 1;
            let month = cut.ends.partition_point(|end| *end <= f64::from(day));
            if (cut.weeks.last(), cut.months.last()) != (Some(&week), Some(&month)) {
                cut.weeks.push(week);
                cut.months.push(month);
            }
            cut.of_days.push(cut.weeks.len() as u32 - 1);
        }
        cut
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.weeks.len()
    }

    /// The month of a moment before the horizon, or at it.
    fn month(&self, days: f64) -> usize {
        self.months[self.of_days[days as usize] as usize]
    }
}

/// Counts by piece.
#[derive(Clone, Debug)]
pub(super) struct Counts(Vec<u64>);

impl Counts {
    pub fn new(pieces: &Pieces) -> Self {
        Counts(vec![0; pieces.weeks.len()])
    }

    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    #[inline]
    pub fn add(&mut self, pieces: &Pieces, days: f64, count: u64) {
        // By way of a signed number, which processors make of a float at once.
        self.0[pieces.of_days[days as i32 as usize] as usize] += count;
    }
}

impl Record {
    /// Writes down attacks, wounded and killed by month, and what there had been of them by week.
    pub(super) fn count_by_time(&mut self, books: &mut Books) {
        let totals = self.so_far();
        let Record { counts, pieces, row, layout, .. } = self;
        let Books { weekly, by_week } = books;
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
            let places = pieces.weeks.iter().zip(&pieces.months);
            let counts = counts[k].0.iter().zip(places).filter(|(count, _)| **count > 0);
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
        let mut month = self.pieces.month(from);
        while from < to {
            let until = to.min(self.pieces.ends[month]);
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
