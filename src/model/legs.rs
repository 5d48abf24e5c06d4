//! Legs, compiled. People on the road are in a place of their own: places are numbered by site, then
//! by leg.

use super::numbers::{Numbers, SlotLaw};
use super::region::by_state;
use super::{Channel, Exposure, Leg, Model, Names, Site, index};
use crate::law::{Family, Range};
use crate::scenario::{self, Rates, Scenario};
use crate::streams::Who;

pub(super) fn legs(scenario: &Scenario, names: &Names, numbers: &mut Numbers) -> Vec<Leg> {
    let compile = |(id, leg): (&String, &scenario::Leg)| Leg {
        who: Who::new(&["leg", id]),
        place: index(&names.sites, id),
        to: (leg.to != scenario::HOME).then(|| index(&names.sites, &leg.to)),
        days: numbers.law(&format!("world.legs.{id}.days"), &leg.days),
        people_per_convoy: leg.people_per_convoy.unwrap_or(u32::MAX),
    };
    scenario.world.legs.iter().map(compile).collect()
}

/// A leg as a place: of no area, where everything gets through.
pub(super) fn as_place() -> Site {
    Site { area: None, hand_over: f64::INFINITY, reference: 1.0, needs_people: 0 }
}

/// How a threat attacks those on the road: what each convoy meets, and what each person does.
pub(super) fn channels(
    scenario: &Scenario,
    names: &Names,
    (threat, id): (usize, &String),
    numbers: &mut Numbers,
    channels: &mut Vec<Channel>,
) {
    let weapons = scenario.world.threats[id].weapons.len();
    for (leg_id, leg) in &scenario.world.legs {
        let Some(attacks) = leg.attacks.get(id) else { continue };
        let kinds = [
            (Exposure::Convoys, "per_convoy", &attacks.per_convoy),
            (Exposure::People, "per_person_day", &attacks.per_person_day),
        ];
        for (exposure, key, written) in kinds {
            let path = format!("world.legs.{leg_id}.attacks.{id}.{key}");
            if *written == Rates::Same(Range::Number(0.0)) {
                continue;
            }
            let rates = by_state(&path, written, names, numbers);
            let all: Vec<SlotLaw> =
                (0..weapons).map(|_| Family::Constant(numbers.constant(0.0))).collect();
            channels.push(Channel {
                threat,
                site: index(&names.sites, leg_id),
                weights: vec![numbers.constant(0.0); names.states.len()],
                arrivals: (names.states.iter())
                    .map(|state| Who::new(&["channel", key, id, leg_id, state]))
                    .collect(),
                intercept: [all.clone(), all],
                first_leaks: 0,
                causes: Vec::new(),
                caused_by: Vec::new(),
                on_leg: Some((exposure, rates)),
            });
        }
    }
}

impl Model {
    /// The leg that a place is; none, if it is a site.
    pub(crate) fn leg_at(&self, place: usize) -> Option<usize> {
        place.checked_sub(self.sites.len() - self.legs.len())
    }
}
