//! Plans under common random numbers, and what they differ in.

use ndarray::{Array1, ArrayView1};
use serde::Serialize;

use crate::batch::Batch;
use crate::error::{Error, Result};
use crate::intervals::Estimate;
use crate::measure::{By, MEASURES, Unit};
use crate::model::Model;
use crate::results::{Missing, Run, is_chance};

/// What one plan has of a measure, and how it differs from the baseline trial by trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contrast {
    /// The measure.
    pub measure: &'static str,
    /// The site, contingent, ... that it is about; empty for the whole theatre.
    pub id: String,
    /// The plan.
    pub plan: String,
    /// The unit.
    pub unit: Unit,
    /// What the two differ in.
    #[serde(flatten)]
    pub paired: Paired,
}

impl std::ops::Deref for Contrast {
    type Target = Paired;

    fn deref(&self) -> &Paired {
        &self.paired
    }
}

/// The values of a measure in the same trials of a plan and of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Paired {
    /// The mean of the plan over its trials that have a value.
    pub mean: f64,
    /// The mean of plan less baseline, over the trials in which both have a value.
    pub difference: Estimate,
    /// Share of trials in which the plan has less than the baseline. What is not reached is later
    /// than anything that is; what cannot be compared counts in no share.
    pub lower: f64,
    /// Share in which it has as much.
    pub equal: f64,
    /// Share in which it has more.
    pub higher: f64,
    /// Trials in which both have a value.
    pub pairs: u64,
}

impl Paired {
    /// Pairs the values of a measure, trial by trial as far as both go. `each` so many trials in a
    /// row share a draw of the world. Without a baseline the plan is compared with itself, from which
    /// it is known not to differ.
    pub fn new(
        measure: &str,
        plan: ArrayView1<'_, f64>,
        baseline: Option<ArrayView1<'_, f64>>,
        each: usize,
    ) -> Self {
        let mean = Estimate::of(&plan.to_vec(), 1).mean;
        let against = baseline.unwrap_or(plan);
        let pairs: Vec<(f64, f64)> = plan.iter().copied().zip(against.iter().copied()).collect();
        let apart: Vec<f64> = pairs.iter().map(|(plan, baseline)| plan - baseline).collect();
        let mut difference = Estimate::of(&apart, each);
        if is_chance(measure) && !apart.is_empty() && baseline.is_some() {
            let known = Estimate::of_chances(&apart, each);
            (difference.low, difference.high) = (known.low, known.high);
        }
        let missing = Missing::of(measure);
        let ordered = pairs.iter().map(|(a, b)| (missing.ordered(*a), missing.ordered(*b)));
        let ordered: Vec<(f64, f64)> =
            ordered.filter(|(a, b)| !a.is_nan() && !b.is_nan()).collect();
        let share = |of: fn(&(f64, f64)) -> bool| {
            ordered.iter().filter(|pair| of(pair)).count() as f64 / ordered.len() as f64
        };
        Paired {
            mean,
            difference,
            lower: share(|(plan, baseline)| plan < baseline),
            equal: share(|(plan, baseline)| plan == baseline),
            higher: share(|(plan, baseline)| plan > baseline),
            pairs: apart.iter().filter(|apart| !apart.is_nan()).count() as u64,
        }
    }
}

/// Several runs under one seed, and what they differ in; [`compare`] makes one.
#[derive(Clone, Debug)]
#[must_use]
pub struct Comparison {
    runs: Vec<(String, Run)>,
    baseline: usize,
}

/// Simulates plans under common random numbers; the first is the baseline.
///
/// All meet the same seed, so that what differs between them in a trial is the plans' doing, and
/// differences are known far better than the plans' own results. That holds for plans in one world:
/// where worlds differ, so do the random numbers that hang on what differs.
///
/// # Errors
/// [`Error::Usage`] if there are not two plans or more, two have one name, they differ in start or
/// horizon, or trials are not kept; whatever [`Model::simulate`] has.
pub fn compare<N: Into<String>>(
    plans: impl IntoIterator<Item = (N, Model)>,
    batch: &Batch,
) -> Result<Comparison> {
    let plans: Vec<(String, Model)> =
        plans.into_iter().map(|(name, model)| (name.into(), model)).collect();
    let [(first, model), others @ ..] = &plans[..] else {
        return Err(Error::Usage("there is nothing to compare: give two plans or more".into()));
    };
    if others.is_empty() {
        return Err(Error::Usage("there is nothing to compare: give two plans or more".into()));
    }
    for (name, other) in others {
        let time = |model: &Model| (model.start(), model.end());
        let ((start, end), (their_start, their_end)) = (time(model), time(other));
        if (start, end) != (their_start, their_end) {
            return Err(Error::Usage(format!(
                "`{first}` is from {start} to {end}, `{name}` from {their_start} to {their_end}: \
                 write the same `start` and `horizon` into both"
            )));
        }
    }
    let runs = plans.iter().map(|(name, model)| Ok((name.clone(), model.simulate(batch)?)));
    Comparison::of(runs.collect::<Result<_>>()?)
}

impl Comparison {
    /// Compares runs that there are already; the first is the baseline.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is none, two have one name, they were run under several seeds or
    /// begin with different trials, or only a summary was kept.
    pub fn of(runs: Vec<(String, Run)>) -> Result<Self> {
        let Some((_, first)) = runs.first() else {
            return Err(Error::Usage("there is nothing to compare: give two plans or more".into()));
        };
        for (k, (name, run)) in runs.iter().enumerate() {
            if runs[..k].iter().any(|(other, _)| other == name) {
                return Err(Error::Usage(format!("two plans are called `{name}`")));
            }
            if run.seed() != first.seed() {
                let what = "runs of one seed can be compared trial by trial, and not others";
                return Err(Error::Usage(what.into()));
            }
            if run.range().start != first.range().start {
                let what = "runs of the same trials can be compared trial by trial, and not shards \
                            that begin elsewhere";
                return Err(Error::Usage(what.into()));
            }
            run.values("attacks", By::Total)?;
        }
        Ok(Comparison { runs, baseline: 0 })
    }

    /// The same with another plan as baseline.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none of that name.
    pub fn against(mut self, plan: &str) -> Result<Self> {
        self.baseline = self.place(plan)?;
        Ok(self)
    }

    /// The names of the plans, in order.
    pub fn plans(&self) -> impl Iterator<Item = &str> {
        self.runs.iter().map(|(name, _)| name.as_str())
    }

    /// The run of a plan.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none of that name.
    pub fn run(&self, plan: &str) -> Result<&Run> {
        Ok(&self.runs[self.place(plan)?].1)
    }

    /// The runs, in the order of the plans.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().map(|(_, run)| run)
    }

    fn place(&self, plan: &str) -> Result<usize> {
        self.plans().position(|name| name == plan).ok_or_else(|| {
            let known: Vec<&str> = self.plans().collect();
            Error::unknown("plan", plan, &known)
        })
    }

    /// What every plan has of every measure of a breakdown, and how it differs from the baseline: by
    /// measure, id and plan. What the baseline does not have, such as a phase, has nothing to compare
    /// with: no pairs.
    ///
    /// # Errors
    /// None, as long as trials were kept.
    pub fn table(&self, by: By) -> Result<Vec<Contrast>> {
        let base = &self.runs[self.baseline].1;
        let each = base.model().trials_each() as usize;
        let nothing = Array1::zeros(0);
        let mut rows = Vec::new();
        for measure in MEASURES.iter().filter(|measure| measure.by == by) {
            let of_base = base.values(measure.name, by)?;
            for id in self.ids(by) {
                for (k, (plan, run)) in self.runs.iter().enumerate() {
                    let Some(place) = place(run, by, id) else { continue };
                    let values = run.values(measure.name, by)?;
                    let theirs = match self::place(base, by, id) {
                        Some(place) => of_base.column(place),
                        None => nothing.view(),
                    };
                    let against = (k != self.baseline).then_some(theirs);
                    let paired = Paired::new(measure.name, values.column(place), against, each);
                    let (plan, id) = (plan.clone(), id.to_owned());
                    rows.push(Contrast {
                        measure: measure.name,
                        id,
                        plan,
                        unit: measure.unit,
                        paired,
                    });
                }
            }
        }
        Ok(rows)
    }

    /// The ids that any plan has, each once.
    fn ids(&self, by: By) -> Vec<&str> {
        if by == By::Total {
            return vec![""];
        }
        let mut ids: Vec<&str> = Vec::new();
        for id in self.runs.iter().flat_map(|(_, run)| run.ids(by)) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids
    }
}

/// The column of an id.
fn place(run: &Run, by: By, id: &str) -> Option<usize> {
    match by {
        By::Total => Some(0),
        by => run.ids(by).iter().position(|known| known == id),
    }
}
