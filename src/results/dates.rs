//! When each thing is finished, and how surely.

use serde::Serialize;

use super::Run;
use super::column::Column;
use crate::measure::{By, M};

/// When a phase, a site, a contingent or the whole is finished.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DateRow {
    /// `overall`, `phase`, `site` or `contingent`.
    pub of: &'static str,
    /// Which one; empty for the whole.
    pub id: String,
    /// The announced finish, in days from the start.
    pub announced_days: f64,
    /// The day by which it is finished in one trial of ten; NaN: not before the horizon.
    pub p10_days: f64,
    /// The same for one trial of two.
    pub p50_days: f64,
    /// The same for four trials of five.
    pub p80_days: f64,
    /// The same for nine trials of ten.
    pub p90_days: f64,
    /// Share of all trials in which it is finished on or before the announced calendar day.
    pub chance_met: f64,
    /// Standard error of that share.
    pub chance_met_se: f64,
    /// Mean of finish less announced finish, in days, over the trials that finish.
    pub mean_slip_days: f64,
    /// Share of all trials in which it is not finished before the horizon.
    pub unfinished: f64,
    /// Mean number of people still there at the horizon: a finished site or contingent can leave
    /// a residual. NaN for phases.
    pub people_left: f64,
}

impl Run {
    /// Finish dates: overall, then by phase, site and contingent. Only what the plan finishes:
    /// a site or contingent that nobody is to leave has no row.
    pub fn dates(&self) -> Vec<DateRow> {
        let phases = &self.model.phases;
        let latest = |k: Option<usize>, clears: &dyn Fn(usize) -> bool| {
            let concerned = (0..phases.len()).filter(|&p| k.is_none() || clears(p));
            concerned.map(|p| phases[p].finish).reduce(f64::max)
        };
        let by_waves = self.model.announced_by_waves();
        let reduced = self.reduced();
        let mut rows = Vec::new();
        let mut push = |of, by: By, k: Option<usize>, measure: M, announced: Option<f64>| {
            if let Some(announced) = announced {
                let column = self.model.layout.at(measure) + k.unwrap_or(0);
                let id = k.map(|k| self.ids(by)[k].clone()).unwrap_or_default();
                let left = match by {
                    By::Phase => f64::NAN,
                    _ => self.mean_left(by, k.unwrap_or(0)),
                };
                let mut row = row(of, id, announced, &self.kept.column(column), left);
                if let Some(reduced) = &reduced {
                    row.chance_met_se =
                        reduced.error_of_share(column, |days| days < announced + 1.0);
                }
                rows.push(row);
            }
        };
        push("overall", By::Total, None, M::Finish, latest(None, &|_| true));
        for (k, phase) in phases.iter().enumerate() {
            push("phase", By::Phase, Some(k), M::PhaseFinish, Some(phase.finish));
        }
        for (k, by_wave) in by_waves.into_iter().enumerate() {
            let announced = latest(Some(k), &|p| phases[p].clears.contains(&k));
            push("site", By::Site, Some(k), M::SiteFinish, by_wave.or(announced));
        }
        for k in 0..self.ids(By::Contingent).len() {
            let announced = latest(Some(k), &|p| phases[p].sends_home.contains(&k));
            push("contingent", By::Contingent, Some(k), M::ContingentFinish, announced);
        }
        rows
    }
}

impl Run {
    fn mean_left(&self, by: By, k: usize) -> f64 {
        let measure = match by {
            By::Site => M::SitePeopleLeft,
            By::Contingent => M::ContingentPeopleLeft,
            _ => M::PeopleLeft,
        };
        self.kept.column(self.model.layout.at(measure) + k).mean().0
    }
}

fn row(of: &'static str, id: String, announced: f64, column: &Column, people_left: f64) -> DateRow {
    let trials = column.trials() as f64;
    // The announced calendar day lasts until the next midnight.
    let chance = column.below(announced + 1.0) as f64 / trials;
    DateRow {
        of,
        id,
        announced_days: announced,
        p10_days: column.quantile(0.1),
        p50_days: column.quantile(0.5),
        p80_days: column.quantile(0.8),
        p90_days: column.quantile(0.9),
        chance_met: chance,
        chance_met_se: (chance * (1.0 - chance) / trials).sqrt(),
        mean_slip_days: column.mean().0 - announced,
        unfinished: column.missing() as f64 / trials,
        people_left,
    }
}
