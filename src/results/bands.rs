//! Weekly bands: how people, attacks and casualties are spread over trials, week by week.

use ndarray::Array2;
use serde::Serialize;

use super::Run;
use crate::error::{Error, Result};
use crate::measure::By;
use crate::model::Model;
use crate::trial::{STRENGTH_QUANTUM, Weekly};
use crate::weekly::Fan;

/// A number that is followed over time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Series {
    /// People on all sites.
    People,
    /// People on one site, by id.
    PeopleAt(String),
    /// Attacks so far.
    Attacks,
    /// People wounded so far.
    Wounded,
    /// People killed so far.
    Killed,
    /// Strength of the insurgency, to one part in 1,024.
    Strength,
}

/// A series over the weekly grid (days 0, 7, 14, ...), across trials.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bands {
    /// Mean by week.
    pub mean: Vec<f64>,
    /// Quantiles are rows, weeks columns.
    #[serde(serialize_with = "crate::nested::two")]
    pub quantiles: Array2<f64>,
}

impl Series {
    /// Every series of the whole theatre.
    pub const ALL: &[Series] =
        &[Series::People, Series::Attacks, Series::Wounded, Series::Killed, Series::Strength];

    /// Its name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Series::People | Series::PeopleAt(_) => "people",
            Series::Attacks => "attacks",
            Series::Wounded => "wounded",
            Series::Killed => "killed",
            Series::Strength => "insurgent_strength",
        }
    }

    /// The name of its column in a table of weeks, where measures of whole trials stand too.
    pub fn column(&self) -> &'static str {
        match self {
            Series::People => "people",
            Series::PeopleAt(_) => "people_by_site",
            Series::Attacks => "attacks_so_far",
            Series::Wounded => "wounded_so_far",
            Series::Killed => "killed_so_far",
            Series::Strength => "weekly_insurgent_strength",
        }
    }

    /// The unit.
    pub fn unit(&self) -> &'static str {
        match self {
            Series::Attacks => "attacks",
            Series::Strength => "share",
            _ => "people",
        }
    }

    /// What it is, in a few words.
    pub fn what(&self) -> &'static str {
        match self {
            Series::People => "People on all sites",
            Series::PeopleAt(_) => "People on the site",
            Series::Attacks => "Attacks so far",
            Series::Wounded => "People wounded so far",
            Series::Killed => "People killed so far",
            Series::Strength => "Strength of the insurgency",
        }
    }

    fn of<'a>(&self, weekly: &'a Weekly, model: &Model) -> Result<&'a Fan> {
        Ok(match self {
            Series::People => &weekly.people,
            Series::PeopleAt(site) => {
                let place = model.names.sites.iter().position(|name| name == site);
                let place =
                    place.ok_or_else(|| Error::unknown("site", site, &model.names.sites))?;
                &weekly.people_at[place]
            }
            Series::Attacks => &weekly.attacks,
            Series::Wounded => &weekly.wounded,
            Series::Killed => &weekly.killed,
            Series::Strength if model.region.insurgency.is_none() => {
                let what = "there is no insurgency; add `world.insurgency` to the scenario";
                return Err(Error::Usage(what.into()));
            }
            Series::Strength => &weekly.strength,
        })
    }

    /// What a unit of its histograms stands for.
    fn quantum(&self) -> f64 {
        if *self == Series::Strength { STRENGTH_QUANTUM } else { 1.0 }
    }
}

impl Run {
    /// The weekly series of the whole theatre that there are: that of the insurgency only where there
    /// is one. [`Series::PeopleAt`] has those of sites, [`Run::tension_shares`] states of tension.
    pub fn series(&self) -> Vec<Series> {
        let there = |series: &Series| {
            *series != Series::Strength || self.model.scenario().world.insurgency.is_some()
        };
        Series::ALL.iter().filter(|series| there(series)).cloned().collect()
    }

    /// Mean and quantiles of a series at each week. A quantile is the least value that at least
    /// that share of trials do not exceed.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a site that is not there; [`Error::Usage`] for the strength of an
    /// insurgency where there is none, or a share outside 0 to 1.
    pub fn bands(&self, series: &Series, shares: &[f64]) -> Result<Bands> {
        if shares.iter().any(|share| !(0.0..=1.0).contains(share)) {
            return Err(Error::Usage("a quantile lies between 0 and 1".into()));
        }
        let fan = series.of(&self.weekly, &self.model)?;
        let trials = self.trials();
        let quantum = series.quantum();
        let mean = fan.sums().iter().map(|&sum| quantum * sum as f64 / trials as f64).collect();
        let quantiles = fan.quantiles(trials, shares);
        let values = |(row, week): (usize, usize)| quantum * quantiles[row][week] as f64;
        let shape = (shares.len(), self.model.weeks());
        Ok(Bands { mean, quantiles: Array2::from_shape_fn(shape, values) })
    }

    /// Share of trials in each state of tension at each week: states are rows, weeks columns.
    pub fn tension_shares(&self) -> Array2<f64> {
        let trials = self.trials() as f64;
        let counts: Vec<Vec<i64>> =
            (0..self.ids(By::State).len()).map(|state| self.weekly.state.counts(state)).collect();
        Array2::from_shape_fn((counts.len(), self.model.weeks()), |(state, week)| {
            counts[state][week] as f64 / trials
        })
    }
}
