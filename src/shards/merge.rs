//! Runs of shards into one.

use std::ops::Range;

use super::{AS_THREADS, told};
use crate::batch::Batch;
use crate::error::{Error, Result};
use crate::results::{Keep, Kept, Run};
use crate::sums::Sums;
use crate::threads::Threads;

/// Problems that a refusal spells out.
const SPELT_OUT: usize = 20;

impl Run {
    /// Puts shards of one batch together, in whatever order they are given: the same run, to the
    /// last bit, as if their trials had never been divided.
    ///
    /// ```
    /// use drawdown::{Batch, By, Run, Scenario};
    ///
    /// let model = Scenario::example("minimal")?.validate()?.compile();
    /// let shard = |trials| model.simulate(&Batch::range(trials, 7));
    /// let merged = Run::merge([shard(30..100)?, shard(0..30)?])?;
    /// let whole = model.simulate(&Batch::new(100, 7))?;
    /// assert_eq!(merged.values("attacks", By::Site)?, whole.values("attacks", By::Site)?);
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] with all that is wrong: nothing to merge; shards of several scenarios, given
    /// inputs, seeds or ways of keeping; trials that are missing between them, or there twice;
    /// particles of a filter; rules that are functions of the program; more trials than can be
    /// counted.
    /// [`Error::Memory`] if they do not fit in memory together.
    pub fn merge(shards: impl IntoIterator<Item = Run>) -> Result<Run> {
        merge(shards.into_iter().enumerate().collect(), Vec::new())
    }
}

/// The same, by the places of shards among those given; `problems` have been found already.
pub(super) fn merge(mut runs: Vec<(usize, Run)>, mut problems: Vec<String>) -> Result<Run> {
    if runs.is_empty() && problems.is_empty() {
        return Err(Error::Usage("there is nothing to merge: give a shard or more".into()));
    }
    problems.extend(others(&runs));
    runs.sort_by_key(|(_, run)| (run.range().start, run.range().end));
    problems.extend(gaps(&runs.iter().map(|(_, run)| run.range()).collect::<Vec<_>>()));
    if !problems.is_empty() {
        return Err(Error::Usage(list(&problems)));
    }
    let runs: Vec<Run> = runs.into_iter().map(|(_, run)| run).collect();
    check_together(&runs)?;
    Ok(joined(runs))
}

/// Whether so many trials can be a batch, of shards that follow one another.
fn check_together(runs: &[Run]) -> Result<()> {
    let (first, last) = (&runs[0], &runs[runs.len() - 1]);
    let batch = Batch::range(first.range().start..last.range().end, first.seed());
    batch.keep(first.keep()).seconds_per_trial(f64::INFINITY).check(first.model(), AS_THREADS)
}

/// Which shards are not of the batch of the first, and those that can be merged with none.
fn others(runs: &[(usize, Run)]) -> Vec<String> {
    let mut problems = Vec::new();
    let Some((at, first)) = runs.first() else { return problems };
    let hash = |run: &Run| run.model().scenario().hash()[..12].to_owned();
    for (k, run) in runs {
        let mut add = |what: String| problems.push(format!("shard {k} {what}"));
        if let Err(error) = run.check_part() {
            add(format!("cannot be merged: {error}"));
        }
        if run.model().scenario() != first.model().scenario() {
            add(format!("is of scenario {}, and shard {at} of {}", hash(run), hash(first)));
        } else if run.model().inputs_hash() != first.model().inputs_hash() {
            add(format!("has other values given for the ranges than shard {at}"));
        } else if run.model().is_reduced() != first.model().is_reduced() {
            add(format!("and shard {at}: one of them has less variance, and the other has not"));
        } else if run.model().levels() != first.model().levels() {
            add(format!("asks about other levels of casualties than shard {at}"));
        }
        if run.seed() != first.seed() {
            add(format!("is under seed {}, and shard {at} under {}", run.seed(), first.seed()));
        }
        let (keep, due) = (run.keep().as_str(), first.keep().as_str());
        if keep != due {
            add(format!("keeps {keep}, and shard {at} {due}"));
        }
        if run.trials() == 0 {
            add("has no trials".into());
        }
    }
    problems
}

/// Trials that are missing between shards in order, or there twice.
fn gaps(ranges: &[Range<u64>]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut end = ranges.first().map_or(0, |range| range.start);
    for range in ranges {
        if range.start > end {
            problems.push(format!("trials {} are missing", told(&(end..range.start))));
        } else if range.start < end && range.start < range.end {
            let twice = range.start..end.min(range.end);
            problems.push(format!("trials {} are there more than once", told(&twice)));
        }
        end = end.max(range.end);
    }
    problems
}

fn list(problems: &[String]) -> String {
    let shown = problems.iter().take(SPELT_OUT).map(|problem| format!("\n  {problem}"));
    let more = match problems.len().saturating_sub(SPELT_OUT) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    format!("the shards cannot be merged, {count}:{}{more}", shown.collect::<String>())
}

/// One of shards that follow one another.
fn joined(mut runs: Vec<Run>) -> Run {
    let (first, last) = (&runs[0], &runs[runs.len() - 1]);
    let (model, seed, keep) = (first.model().clone(), first.seed(), first.keep());
    let begin = first.range().start;
    let asked = last.range().start + last.asked() - begin;
    let mut sums = Sums::new(&model, keep);
    sums.gather(runs.iter_mut().map(Run::sums), &Threads::current());
    let width = model.layout.width();
    let trials: u64 = runs.iter().map(Run::trials).sum();
    let mut rows = Vec::new();
    if keep == Keep::Trials {
        rows.reserve_exact(trials as usize * width);
    }
    for run in runs {
        if let Kept::Trials(theirs) = run.kept {
            rows.extend(theirs.iter());
        }
    }
    let Sums { weekly, tallies } = sums;
    Run::new(&model, seed, begin, asked, Kept::new(keep, rows, width, tallies), weekly)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn double(run: &mut Run) {
        let tallies = run.sums().1;
        tallies.iter_mut().for_each(|tally| tally.merge(&tally.clone()));
    }

    #[test]
    fn more_trials_than_can_be_counted_are_refused() {
        let model = Scenario::example("minimal").unwrap().validate().unwrap().compile();
        let mut many = model.simulate(&Batch::new(1, 7).keep(Keep::Summary)).unwrap();
        for _ in 0..30 {
            double(&mut many);
        }
        let most = many.trials();
        let next = model.simulate(&Batch::range(most..most + 1, 7).keep(Keep::Summary)).unwrap();
        assert!(Run::merge([many.clone(), next.clone()]).is_ok());
        double(&mut many);
        let last = model.simulate(&Batch::range(2 * most..2 * most + 1, 7).keep(Keep::Summary));
        let error = Run::merge([many, last.unwrap()]).unwrap_err().to_string();
        assert!(error.contains("at most 2147483647"), "{error}");
    }
}
