//! What moves the rate at which a threat attacks of itself, besides the tension and the people on the
//! site: one list, from which the checks, the model and the trial all go.

use std::collections::BTreeMap;

use super::{
    Ceasefire, Drift, EventWindow, ExitPattern, Grievance, Profile, RiskEffect, Scenario, Threat,
    Truce,
};
use crate::law::Range;

/// One entry of the list, as written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Modifier<'a> {
    Displacement(&'a Range),
    ExitPattern(&'a ExitPattern),
    Truce(&'a Truce),
    Grievance(&'a Grievance),
    Retaliation,
    Profile(&'a Profile),
    Months(&'a BTreeMap<String, Range>),
    Ceasefire(&'a String, &'a Ceasefire),
    Drift(&'a Drift),
    /// A window around a calendar event, by the ids of both.
    Window(&'a String, &'a String, &'a EventWindow),
    /// An effect of a risk, by the ids of both.
    Risk(&'a String, &'a String, &'a RiskEffect),
}

impl Modifier<'_> {
    /// Whether it may leave fewer attacks than the rate counts while everybody stays.
    pub fn may_lower(&self) -> bool {
        match self {
            Modifier::Displacement(_) | Modifier::Grievance(_) => false,
            Modifier::ExitPattern(_)
            | Modifier::Truce(_)
            | Modifier::Profile(_)
            | Modifier::Months(_)
            | Modifier::Ceasefire(..)
            | Modifier::Drift(_)
            | Modifier::Retaliation
            | Modifier::Window(..)
            | Modifier::Risk(..) => true,
        }
    }
}

impl Threat {
    /// What it says of itself.
    fn modifiers(&self) -> impl Iterator<Item = Modifier<'_>> {
        // Each key is named: one that is added has to be put on one side or the other.
        let Threat {
            displacement,
            exit_pattern,
            truce,
            grievance,
            profile,
            months,
            ceasefires,
            drift,
            retaliation,
            title: _,
            attacks_per_day: _,
            rate_factor: _,
            site_weights: _,
            site_weights_by_state: _,
            presence_elasticity: _,
            contagion: _,
            batch_mean: _,
            weapons: _,
            harm: _,
            civilian_harm: _,
        } = self;
        let displaced = (*displacement != Range::Number(0.0)).then_some(displacement);
        let each = [
            displaced.map(Modifier::Displacement),
            exit_pattern.as_ref().map(Modifier::ExitPattern),
            truce.as_ref().map(Modifier::Truce),
            grievance.as_ref().map(Modifier::Grievance),
            (!profile.is_empty()).then_some(Modifier::Profile(profile)),
            (!months.is_empty()).then_some(Modifier::Months(months)),
            drift.as_ref().map(Modifier::Drift),
            retaliation.as_ref().map(|_| Modifier::Retaliation),
        ];
        let ceasefires = ceasefires.iter().map(|(id, about)| Modifier::Ceasefire(id, about));
        each.into_iter().flatten().chain(ceasefires)
    }
}

impl Scenario {
    /// Everything that moves the background of a threat.
    pub(crate) fn modifiers<'a>(
        &'a self,
        id: &'a String,
        threat: &'a Threat,
    ) -> impl Iterator<Item = Modifier<'a>> {
        let windows = self.world.calendar.iter().flat_map(|(event, about)| {
            about.windows.iter().map(move |(name, window)| Modifier::Window(event, name, window))
        });
        let risks = self.world.risks.iter().flat_map(|(risk, about)| {
            about.effects.iter().map(move |(name, effect)| Modifier::Risk(risk, name, effect))
        });
        let concerns = |one: &Modifier<'_>| match one {
            Modifier::Window(_, _, about) => {
                about.threats.as_ref().is_none_or(|threats| threats.contains(id))
            }
            Modifier::Risk(_, _, about) => about.threats.contains(id),
            _ => true,
        };
        threat.modifiers().chain(windows).chain(risks).filter(concerns)
    }
}
