//! A scenario at many values of one number or several, under common random numbers.

use toml::Value;

use super::compare::{Comparison, Contrast};
use crate::batch::Batch;
use crate::error::{Error, Result};
use crate::measure::By;
use crate::results::Run;
use crate::scenario::Scenario;

/// Most points of a sweep: each is a run that is kept.
pub const MOST_POINTS: usize = 10_000;

/// Runs at many points under one seed; [`sweep`] makes one.
#[derive(Clone, Debug)]
pub struct Sweep {
    paths: Vec<String>,
    points: Vec<Vec<Value>>,
    runs: Comparison,
}

/// One point of a sweep.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// A value for each path.
    pub values: &'a [Value],
    /// What came of it.
    pub run: &'a Run,
}

/// Simulates a scenario at every combination of some values, under common random numbers: the values by
/// dotted path, as [`Scenario::replace`] takes them. The last path's values change fastest.
///
/// ```
/// use drawdown::study::sweep;
/// use drawdown::{Batch, By, Scenario};
///
/// let scenario = Scenario::example("iraq-2024")?;
/// let rooms = [0, 60, 120].map(Into::into);
/// let found = sweep(&scenario, &[("plan.breathing_room.pause_days", &rooms)], &Batch::new(50, 7))?;
/// let days: Vec<f64> = (found.table(By::Total)?.iter())
///     .filter(|row| row.measure == "pause_days")
///     .map(|row| row.difference.mean)
///     .collect();
/// assert!(days[0] == 0.0 && days[0] <= days[1] && days[1] <= days[2]);
/// # Ok::<(), drawdown::Error>(())
/// ```
///
/// # Errors
/// [`Error::Refused`] if the scenario has problems at one of the points; [`Error::Usage`] if there is
/// nothing to try, a value stands twice, there are more than 10,000 points, or as
/// [`compare`](super::compare).
pub fn sweep(scenario: &Scenario, levels: &[(&str, &[Value])], batch: &Batch) -> Result<Sweep> {
    let mut points: Vec<Vec<Value>> = vec![Vec::new()];
    for (path, values) in levels {
        if values.is_empty() || (1..values.len()).any(|k| values[..k].contains(&values[k])) {
            return Err(Error::Usage(format!("give some different values to try for `{path}`")));
        }
        if points.len().saturating_mul(values.len()) > MOST_POINTS {
            return Err(Error::Usage(format!("a sweep has at most {MOST_POINTS} points")));
        }
        let longer = |point: &Vec<Value>| {
            let point = point.clone();
            values.iter().map(move |value| [&point[..], std::slice::from_ref(value)].concat())
        };
        points = points.iter().flat_map(longer).collect();
    }
    if levels.is_empty() {
        return Err(Error::Usage("give a path, and values to try for it".into()));
    }
    let paths: Vec<String> = levels.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut models = Vec::with_capacity(points.len());
    for point in &points {
        let changes = paths.iter().zip(point);
        let changes = changes.map(|(path, value)| (path.as_str(), Some(value.clone())));
        models.push((name(&paths, point), scenario.replace(changes)?.validate()?.compile()));
    }
    let runs = models.iter().map(|(name, model)| Ok((name.clone(), model.simulate(batch)?)));
    let runs = Comparison::of(runs.collect::<Result<_>>()?)?;
    Ok(Sweep { paths, points, runs })
}

fn name(paths: &[String], point: &[Value]) -> String {
    let each = paths.iter().zip(point).map(|(path, value)| format!("{path} = {value}"));
    each.collect::<Vec<String>>().join(", ")
}

impl Sweep {
    /// The paths whose values were tried.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The points, in the order of the product of the values.
    pub fn points(&self) -> impl Iterator<Item = Point<'_>> {
        let values = self.points.iter().map(Vec::as_slice);
        values.zip(self.runs.runs()).map(|(values, run)| Point { values, run })
    }

    /// What comes of every measure of a breakdown at each point, and how it differs from the first
    /// point trial by trial: as [`Comparison::table`], where a plan is a point, such as `path = 60`.
    ///
    /// # Errors
    /// None, as long as trials were kept.
    pub fn table(&self, by: By) -> Result<Vec<Contrast>> {
        self.runs.table(by)
    }
}
