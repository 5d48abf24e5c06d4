//! What is kept of all trials of a batch together: whole numbers, which add up in any order.

use crate::measure::MEASURES;
use crate::model::Model;
use crate::results::Keep;
use crate::tally::Tally;
use crate::threads::Threads;
use crate::trial::Weekly;
use crate::weekly::Fan;

/// Weekly histograms, and tallies of measures where single trials are not kept.
#[derive(Clone, Debug)]
pub(crate) struct Sums {
    pub weekly: Weekly,
    /// By column; none where trials are kept.
    pub tallies: Vec<Tally>,
}

impl Sums {
    pub fn new(model: &Model, keep: Keep) -> Self {
        Sums { weekly: Weekly::new(model), tallies: tallies(model, keep) }
    }

    /// Takes over what others have, side by side, and leaves them with nothing.
    pub fn gather<'a>(
        &mut self,
        others: impl Iterator<Item = (&'a mut Weekly, &'a mut [Tally])>,
        threads: &Threads,
    ) {
        let fans = self.weekly.all_mut().into_iter();
        let mut fans: Vec<(&mut Fan, Vec<&mut Fan>)> = fans.map(|fan| (fan, vec![])).collect();
        let tallies = self.tallies.iter_mut();
        let mut tallies: Vec<(&mut Tally, Vec<&mut Tally>)> =
            tallies.map(|tally| (tally, vec![])).collect();
        for (weekly, theirs) in others {
            fans.iter_mut().zip(weekly.all_mut()).for_each(|(fan, other)| fan.1.push(other));
            tallies.iter_mut().zip(theirs).for_each(|(tally, other)| tally.1.push(other));
        }
        threads.for_each(fans, |(mine, theirs)| {
            theirs.into_iter().for_each(|theirs| mine.take_over(theirs));
        });
        threads.for_each(tallies, |(mine, theirs)| {
            theirs.into_iter().for_each(|theirs| mine.take_over(theirs));
        });
    }

    /// Takes over what another has, which is left with nothing.
    pub fn take_over(&mut self, other: &mut Sums) {
        let fans = self.weekly.all_mut().into_iter().zip(other.weekly.all_mut());
        fans.for_each(|(mine, theirs)| mine.take_over(theirs));
        let tallies = self.tallies.iter_mut().zip(&mut other.tallies);
        tallies.for_each(|(mine, theirs)| mine.take_over(theirs));
    }

    /// Adds what another has.
    pub fn merge(&mut self, other: &Sums) {
        self.weekly.merge(&other.weekly);
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

/// Nothing yet, for each column; no column where trials are kept.
pub(crate) fn tallies(model: &Model, keep: Keep) -> Vec<Tally> {
    if keep == Keep::Trials {
        return Vec::new();
    }
    let columns = MEASURES.iter().enumerate().map(|(k, of)| (model.layout.columns(k), of));
    columns.flat_map(|(columns, measure)| columns.map(|_| Tally::new(measure))).collect()
}
