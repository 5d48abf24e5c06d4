//! The rows of tables, as they are read.

use serde::Serialize;

use super::verdict::{Expected, expected, is_open};
use super::words::{NONE, interval, number, percent_of, signed};
use crate::error::Result;
use crate::intervals::Estimate;
use crate::languages::{Speech, say};
use crate::measure::{By, MEASURES};
use crate::results::{DateRow, Run, is_chance};
use crate::scenario::{Phase, Scenario};

/// Measures that a table of losses may have.
pub(super) const LOSSES: &[&str] = &[
    "casualties",
    "killed",
    "wounded",
    "attacks",
    "strikes",
    "civilian_killed",
    "civilian_wounded",
    "host_killed",
    "insurgent_strength",
    "cost",
    "person_days",
];

/// Measures that a table of what was decided may have.
pub(super) const DECISIONS: &[&str] = &[
    "pauses",
    "pause_days",
    "extension_days",
    "forced_resumptions",
    "stretch_days",
    "reinforcements",
    "people_moved",
    "people_left",
    "expelled",
    "reentry",
];

/// Finish dates as they are read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DateTable {
    /// What columns are.
    pub head: Vec<String>,
    /// What it is of, then dates and chances.
    pub rows: Vec<Vec<String>>,
}

/// What is expected of a measure, as it is read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MeasureRow {
    /// The measure, in words.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its mean.
    pub mean: String,
    /// The 95 % interval of the mean.
    pub interval: String,
    /// What it is beside the baseline.
    #[serde(flatten)]
    pub beside: Option<Beside>,
}

/// How much more it is than in the baseline, in the same histories.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Beside {
    /// How much.
    pub more: String,
    /// Its 95 % interval.
    pub ends: String,
    /// Whether that leaves out none.
    pub sure: bool,
    /// The same, and the ends, as parts of what the baseline expects; `None` where that is nothing.
    pub share: Option<[f64; 3]>,
}

pub(super) fn dates(run: &Run, base: Option<&Run>, speech: Speech) -> DateTable {
    let others = base.map(Run::dates);
    let mut head = vec![String::new(), say!(speech, "head-announced")];
    head.extend(["P10", "P50", "P90"].map(str::to_owned));
    head.push(say!(speech, "head-on-time"));
    head.extend(base.map(|_| say!(speech, "head-in-the-baseline")));
    let day = |days: f64| run.model().date(days).map_or(NONE.into(), |date| date.to_string());
    let chance =
        |row: Option<&DateRow>| percent_of(speech, row.map_or(f64::NAN, |row| row.chance_met));
    let rows = run.dates().into_iter().map(|row| {
        let mut cells = vec![place(speech, run.model().scenario(), &row)];
        cells.extend([row.announced_days, row.p10_days, row.p50_days, row.p90_days].map(day));
        cells.push(chance(Some(&row)));
        if let Some(others) = &others {
            cells.push(chance(others.iter().find(|one| one.of == row.of && one.id == row.id)));
        }
        cells
    });
    DateTable { rows: rows.collect(), head }
}

/// What a row is of, with its title.
fn place(speech: Speech, scenario: &Scenario, row: &DateRow) -> String {
    let id = row.id.as_str();
    let title = match row.of {
        "phase" => scenario.plan.phases.get(id).map(|phase: &Phase| &phase.title),
        "site" => scenario.world.sites.get(id).map(|site| &site.title),
        "contingent" => scenario.world.contingents.get(id).map(|one| &one.title),
        _ => return say!(speech, "everything"),
    };
    let name = match title.filter(|title| !title.is_empty()) {
        Some(title) => say!(speech, "named", id = id, title = title),
        None => id.to_owned(),
    };
    match row.of {
        "phase" => say!(speech, "date-of-phase", name = name),
        "site" => say!(speech, "date-of-site", name = name),
        _ => say!(speech, "date-of-contingent", name = name),
    }
}

/// Rows of those of some measures that say anything of a run.
pub(super) fn measures(
    run: &Run,
    base: Option<&Run>,
    names: &[&'static str],
    speech: Speech,
) -> Result<Vec<MeasureRow>> {
    let idle = run.idle();
    let spoken = |name: &&&str| !idle.contains(*name) || run.model().is_about(name);
    names.iter().filter(spoken).map(|name| row(run, base, name, speech)).collect()
}

fn row(run: &Run, base: Option<&Run>, name: &str, speech: Speech) -> Result<MeasureRow> {
    let Expected { here, apart } = expected(run, base, name)?;
    Ok(MeasureRow {
        name: say!(speech, "measure", name = name),
        unit: unit(run, name, speech),
        mean: number(speech, here.mean),
        interval: interval(speech, number(speech, here.low), number(speech, here.high)),
        beside: apart.map(|apart| beside(&here, &apart, speech)),
    })
}

fn beside(here: &Estimate, apart: &Estimate, speech: Speech) -> Beside {
    let ends = [apart.mean, apart.low, apart.high];
    let size = here.mean - apart.mean;
    let still = ends == [0.0; 3];
    let share = if size > 0.0 { Some(ends.map(|end| end / size)) } else { still.then_some(ends) };
    Beside {
        more: signed(speech, apart.mean),
        ends: interval(speech, signed(speech, apart.low), signed(speech, apart.high)),
        sure: !is_open(apart),
        share: share.filter(|ends| ends.iter().all(|end| end.is_finite())),
    }
}

fn unit(run: &Run, name: &str, speech: Speech) -> String {
    let costs = run.model().scenario().world.costs.as_ref();
    match costs.map(|costs| costs.unit.as_str()).filter(|unit| !unit.is_empty()) {
        Some(unit) if name == "cost" => unit.into(),
        _ if is_chance(name) => say!(speech, "unit", name = "chance"),
        _ => {
            let known = MEASURES.iter().find(|one| one.name == name && one.by == By::Total);
            known.map_or_else(String::new, |one| say!(speech, "unit", name = one.unit.to_string()))
        }
    }
}
