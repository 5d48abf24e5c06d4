//! The plan with every date kept, played once.

use ndarray::Array2;

use super::Trial;
use crate::measure::M;
use crate::model::{Model, Modifier};
use crate::weekly::Fan;

impl Model {
    /// People at each week if every date is kept as announced: on each site (rows), by week. NaN on
    /// legs, of which nothing is announced.
    pub fn announced_people(&self) -> Array2<f64> {
        let model = self.as_announced();
        let mut trial = Trial::new(&model);
        trial.run(0, 0);
        let sums: Vec<Vec<i128>> = trial.weekly().people_at.iter().map(Fan::sums).collect();
        let value = |(site, week): (usize, usize)| match self.leg_at(site) {
            None => sums[site][week] as f64,
            Some(_) => f64::NAN,
        };
        Array2::from_shape_fn((self.sites.len(), self.weeks()), value)
    }

    /// By site: when it is announced to be empty, where phases close sites in waves; none for sites of
    /// no wave, whose date is that of a phase, and where a phase has begun before the start: whom it
    /// had to move then is not known.
    pub(crate) fn announced_by_waves(&self) -> Vec<Option<f64>> {
        let clearing = |site: usize| {
            let phases = self.phases.iter().enumerate();
            phases.filter(move |(_, phase)| phase.clears.contains(&site))
        };
        let begun = |p: usize| self.now.as_ref().is_some_and(|now| now.phases[p].is_some());
        let in_waves = |site: &usize| {
            clearing(*site).any(|(_, phase)| !phase.waves.is_empty())
                && !clearing(*site).any(|(p, _)| begun(p))
        };
        let sites = 0..self.sites.len();
        if !sites.clone().any(|site| in_waves(&site)) {
            return vec![None; self.sites.len()];
        }
        let model = self.as_announced();
        let mut trial = Trial::new(&model);
        trial.run(0, 0);
        let first = self.layout.at(M::SiteFinish);
        let date = |site| Some(trial.row()[first + site]).filter(|days: &f64| days.is_finite());
        sites.map(|site| if in_waves(&site) { date(site) } else { None }).collect()
    }

    /// By site: when it is announced to be handed over; never, if somebody stays or nobody leaves.
    pub(super) fn hand_overs(&self) -> Vec<f64> {
        let of_phases = self.sites.iter().map(|site| site.hand_over);
        let modifiers = self.threats.iter().flat_map(|threat| &threat.modifiers);
        let mut before = modifiers.filter(|one| matches!(one, Modifier::BeforeHandOver(..)));
        if before.next().is_none() {
            return of_phases.collect();
        }
        let either = |(days, wave): (f64, Option<f64>)| match wave {
            Some(wave) if days.is_finite() => wave,
            _ => days,
        };
        of_phases.zip(self.announced_by_waves()).map(either).collect()
    }
}
