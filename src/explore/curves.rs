//! The curves of pictures, on the days and levels of interest.

use ndarray::{Array1, ArrayView1, Axis};
use serde::Serialize;

use super::verdict::announced;
use crate::error::Result;
use crate::intervals::Chance;
use crate::languages::{Speech, say};
use crate::measure::By;
use crate::results::{Losses, Run, Series};
use crate::scenario::Date;

/// Days drawn beyond the last date of interest.
const AFTER: f64 = 91.0;
/// Levels of an exceedance curve.
const LEVELS: u32 = 60;
/// It ends where it falls below.
const LEAST: f64 = 0.005;
const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];

/// People on site at each week.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct People {
    /// The days.
    pub weeks: Vec<Date>,
    /// Of all sites, then of each.
    pub parts: Vec<Band>,
}

/// People on a site, or on all, at each week.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Band {
    /// Which.
    pub title: String,
    /// As announced.
    pub announced: Vec<f64>,
    /// No more than so many in one history of ten.
    pub p10: Vec<f64>,
    /// In one of two.
    pub p50: Vec<f64>,
    /// In nine of ten.
    pub p90: Vec<f64>,
    /// In one of two of the baseline; of all sites alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Vec<f64>>,
}

/// The chance that everything is done by the end of each day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finish {
    /// The days.
    pub days: Vec<Date>,
    /// The share of histories.
    pub share: Vec<f64>,
    /// The lower end of its 95 % interval.
    pub low: Vec<f64>,
    /// The upper end.
    pub high: Vec<f64>,
    /// The share of the baseline's histories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Vec<f64>>,
}

/// The chance of each level of wounded and killed, or more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exceeded {
    /// The levels.
    pub levels: Vec<f64>,
    /// The share of histories.
    pub share: Vec<f64>,
    /// The lower end of its 95 % interval.
    pub low: Vec<f64>,
    /// The upper end.
    pub high: Vec<f64>,
    /// The share of the baseline's histories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Vec<f64>>,
}

/// The last day of interest: by then all is announced to be done, and mostly is.
pub(super) fn until(run: &Run, base: Option<&Run>) -> f64 {
    let rows = [Some(run), base].into_iter().flatten().flat_map(Run::dates);
    let days = rows.flat_map(|row| [row.announced_days, row.p90_days]);
    let last = days.filter(|day| !day.is_nan()).fold(0.0, f64::max);
    let weeks = 7.0 * run.model().weeks().saturating_sub(1) as f64;
    let limit = run.model().horizon_days().min(weeks);
    if last > 0.0 { (last.floor() + AFTER).min(limit) } else { limit }
}

pub(super) fn people(run: &Run, base: Option<&Run>, until: f64, speech: Speech) -> Result<People> {
    let model = run.model();
    let weeks = (0..model.weeks()).take_while(|week| 7.0 * *week as f64 <= until).count();
    let shown = |values: ArrayView1<'_, f64>| values.iter().take(weeks).copied().collect();
    let band = |series: Series, title: String, announced: ArrayView1<'_, f64>| {
        let found = run.bands(&series, &QUANTILES)?.quantiles;
        let [p10, p50, p90] = [0, 1, 2].map(|row| shown(found.row(row)));
        Result::Ok(Band { title, announced: shown(announced), p10, p50, p90, base: None })
    };
    let announced = model.announced_people();
    let sums: Array1<f64> = announced
        .columns()
        .into_iter()
        .map(|week| week.iter().filter(|x| !x.is_nan()).sum())
        .collect();
    let mut parts = vec![band(Series::People, say!(speech, "everywhere"), sums.view())?];
    if let Some(base) = base {
        parts[0].base = Some(shown(base.bands(&Series::People, &[0.5])?.quantiles.row(0)));
    }
    for (site, plan) in run.ids(By::Site).iter().zip(announced.axis_iter(Axis(0))) {
        let title = model.scenario().world.sites.get(site).map(|site| site.title.clone());
        let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| site.clone());
        parts.push(band(Series::PeopleAt(site.clone()), title, plan)?);
    }
    let weeks = (0..weeks).map(|week| model.day(7.0 * week as f64)).collect();
    Ok(People { weeks, parts })
}

pub(super) fn finish(run: &Run, base: Option<&Run>, until: f64) -> Result<Option<Finish>> {
    if !run.model().is_about("finish_days") {
        return Ok(None);
    }
    let mut days: Vec<f64> =
        (0..).map(|week| 7.0 * f64::from(week)).take_while(|day| *day <= until).collect();
    days.extend(announced(run));
    days.sort_by(f64::total_cmp);
    days.dedup();
    let trials = run.trials() as f64;
    let chances = done(run, &days)?.into_iter().map(|hits| Chance::of_count(hits, trials, None));
    let chances: Vec<Chance> = chances.collect();
    let base = base.filter(|base| base.model().is_about("finish_days"));
    let base = base.map(|base| {
        let trials = base.trials() as f64;
        Result::Ok(done(base, &days)?.into_iter().map(|hits| hits / trials).collect())
    });
    Ok(Some(Finish {
        days: days.iter().map(|day| run.model().day(*day)).collect(),
        share: of(&chances, |chance| chance.share),
        low: of(&chances, |chance| chance.low),
        high: of(&chances, |chance| chance.high),
        base: base.transpose()?,
    }))
}

/// In how many histories everything is done by the end of each day.
fn done(run: &Run, days: &[f64]) -> Result<Vec<f64>> {
    let values = run.values("finish_days", By::Total)?;
    let mut found: Vec<f64> = values.iter().copied().filter(|day| !day.is_nan()).collect();
    found.sort_by(f64::total_cmp);
    Ok(days.iter().map(|day| found.partition_point(|at| *at < day + 1.0) as f64).collect())
}

pub(super) fn exceedance(run: &Run, base: Option<&Run>) -> Result<Option<Exceeded>> {
    if !run.model().is_about("casualties") {
        return Ok(None);
    }
    let mut top: f64 = 1.0;
    for one in [Some(run), base].into_iter().flatten() {
        top = top.max(reached(one, LEAST)?);
    }
    let levels = (0..LEVELS).map(|k| (top * f64::from(k) / f64::from(LEVELS - 1)).round());
    let mut levels: Vec<f64> = levels.collect();
    levels.dedup();
    let curve = |run: &Run| -> Result<Vec<Chance>> {
        let rows = run.exceedance("casualties", Losses::Aggregate, Some(&levels))?;
        Ok(rows.into_iter().map(|row| row.chance).collect())
    };
    let chances = curve(run)?;
    let base = base.map(|base| Result::Ok(of(&curve(base)?, |chance| chance.share)));
    let base = base.transpose()?;
    Ok(Some(Exceeded {
        share: of(&chances, |chance| chance.share),
        low: of(&chances, |chance| chance.low),
        high: of(&chances, |chance| chance.high),
        base,
        levels,
    }))
}

/// So many casualties or more come about in no less than a share of histories.
fn reached(run: &Run, share: f64) -> Result<f64> {
    let column = &run.distribution("casualties", By::Total)?[0];
    let mut left = share * run.trials() as f64;
    let from_above = column.steps.iter().rev();
    let step = from_above.take_while(|(_, trials)| {
        let go_on = left > 0.0;
        left -= *trials as f64;
        go_on
    });
    Ok(step.last().map_or(0.0, |(value, _)| *value))
}

fn of(chances: &[Chance], what: fn(&Chance) -> f64) -> Vec<f64> {
    chances.iter().map(what).collect()
}
