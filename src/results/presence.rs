//! Who was where in one trial.

use ndarray::{Array3, Axis};
use serde::Serialize;

use super::History;
use crate::error::{Error, Result};
use crate::measure::By;
use crate::model::Model;
use crate::trial::Kind;

/// How many people of each contingent were on each site, from moment to moment of one trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Presence {
    /// The start, then every moment at which people came or went, in days from the start.
    pub days: Vec<f64>,
    /// People from each moment on: moments, then sites, then contingents, in the order of
    /// [`Run::ids`](crate::Run::ids).
    #[serde(serialize_with = "crate::nested::three")]
    pub people: Array3<u32>,
}

impl Kind {
    /// Whether in an event of this kind its people come to its site (1), go from it (-1), or neither
    /// (0). They come to another site if they go to one.
    pub fn change_of_people(self) -> i8 {
        match self {
            Kind::Lift | Kind::Arrival | Kind::Departure => -1,
            Kind::Reinforced | Kind::WentBackIn => 1,
            _ => 0,
        }
    }
}

impl History {
    /// Who was where, in a trial of this `model`. Losses do not count: who is wounded or killed is
    /// not taken off.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is a history of another model, in which these people cannot have moved.
    pub fn presence(&self, model: &Model) -> Result<Presence> {
        let other = || Error::Usage("this is a history of another model".into());
        let (sites, contingents) =
            (model.names.of_breakdown(By::Site), model.names.of_breakdown(By::Contingent));
        let moves: Vec<_> =
            self.events.iter().filter(|event| event.kind.change_of_people() != 0).collect();
        let mut people = Array3::zeros((moves.len() + 1, sites.len(), contingents.len()));
        for (site, about) in
            sites.iter().filter_map(|id| model.scenario().world.sites.get_key_value(id))
        {
            for (contingent, count) in &about.garrison {
                let place = |ids: &[String], id| ids.iter().position(|known| known == id);
                let at = place(sites, site).zip(place(contingents, contingent));
                if let Some((site, contingent)) = at {
                    people[[0, site, contingent]] = *count;
                }
            }
        }
        let mut days = vec![0.0];
        for (k, event) in moves.into_iter().enumerate() {
            let before = people.index_axis(Axis(0), k).to_owned();
            let mut now = people.index_axis_mut(Axis(0), k + 1);
            now.assign(&before);
            let comes = event.kind.change_of_people() > 0;
            let (from, to) = if comes { (None, event.site) } else { (event.site, event.to) };
            if let Some(contingent) = event.contingent {
                if let Some(site) = from {
                    let there = now.get_mut([site, contingent]).ok_or_else(other)?;
                    *there = there.checked_sub(event.count).ok_or_else(other)?;
                }
                if let Some(site) = to {
                    let there = now.get_mut([site, contingent]).ok_or_else(other)?;
                    *there = there.checked_add(event.count).ok_or_else(other)?;
                }
            }
            days.push(event.days);
        }
        Ok(Presence { days, people })
    }
}
