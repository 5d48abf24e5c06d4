//! Host, insurgency, contingents' politics, going back in, barrages and costs, compiled.

use super::numbers::{Numbers, Slot, SlotLaw};
use super::rules::Detachment;
use super::{Names, Toll, index};
use crate::scenario::{self, Rates, Scenario};
use crate::streams::Who;

/// Everything in the world besides threats and tension.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    /// By site: whether it is on the host's ground.
    pub hosted: Vec<bool>,
    pub friction_days: Slot,
    pub expulsion: Option<Expulsion>,
    pub capability: Option<Capability>,
    pub insurgency: Option<Insurgency>,
    /// By contingent.
    pub politics: Vec<Option<Politics>>,
    pub reentry: Option<Reentry>,
    pub barrages: Option<Barrages>,
    pub costs: Option<Costs>,
}

#[derive(Clone, Debug)]
pub(crate) struct Expulsion {
    pub who: Who,
    /// Per day and unit of friction.
    pub per_day: Slot,
    /// Whose random stream the hazard without friction has.
    pub unprovoked_who: Who,
    /// Per day, by state of tension.
    pub unprovoked_per_day: Vec<Slot>,
    pub notice_days: Slot,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Capability {
    pub start: Slot,
    /// Per year, without and with advisers.
    pub growth: [Slot; 2],
}

#[derive(Clone, Debug)]
pub(crate) struct Insurgency {
    pub who: Who,
    pub strength: Slot,
    pub growth_per_year: Slot,
    pub pressure: Slot,
    pub troops_share: Slot,
    pub troops_exponent: Slot,
    /// How many per year, and by what they multiply.
    pub shocks: Option<(Slot, SlotLaw)>,
    pub incidents: Option<Incidents>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Incidents {
    pub per_day: Slot,
    pub on_sites: Slot,
    pub threat: Option<usize>,
    /// What those on the host do, where that is counted.
    pub harm: Option<Toll>,
}

impl Incidents {
    /// Incidents per day at full strength: aimed at sites, and elsewhere.
    pub fn rates(&self, values: &[f64]) -> (f64, f64) {
        let on_sites = if self.threat.is_some() { self.on_sites.of(values) } else { 0.0 };
        let per_day = self.per_day.of(values);
        (per_day * on_sites, per_day * (1.0 - on_sites))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Politics {
    pub who: Who,
    pub tolerance_killed: Option<Slot>,
    pub delay: SlotLaw,
    /// The day on which its mandate ends; never, if infinite.
    pub mandate_until: f64,
    /// By calendar event after which it may leave: whose random stream decides, and with what chance,
    /// one for all outcomes or one for each.
    pub leaves_after: Vec<LeavesAfter>,
    /// Contingents that it may follow, whose random stream decides, and with what chance.
    pub follows: Vec<(usize, Who, Slot)>,
}

/// The chance that a contingent decides to leave after a calendar event.
#[derive(Clone, Debug)]
pub(crate) struct LeavesAfter {
    pub event: usize,
    pub who: Who,
    chances: Vec<Option<Slot>>,
}

impl Region {
    /// When the mandate of a contingent ends, unless that was before now.
    pub fn mandate_end(&self, contingent: usize, now: f64) -> Option<f64> {
        let end = self.politics[contingent].as_ref()?.mandate_until;
        (now <= end && end < f64::INFINITY).then_some(end)
    }
}

impl LeavesAfter {
    /// The chance, if this came of it.
    pub fn chance(&self, outcome: usize, values: &[f64]) -> f64 {
        let of = if self.chances.len() == 1 { 0 } else { outcome };
        self.chances[of].map_or(0.0, |slot| slot.of(values))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Reentry {
    pub who: Who,
    pub per_day: Slot,
    pub forces: Vec<Detachment>,
}

#[derive(Clone, Debug)]
pub(crate) struct Barrages {
    /// By state of tension: whose random stream they have.
    pub who: Vec<Who>,
    /// By state of tension.
    pub per_day: Vec<Slot>,
    /// Sites, and the least people.
    pub capable: Vec<(usize, u32)>,
    pub sites_needed: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Costs {
    pub per_person_day: Slot,
    pub per_person_moved: Slot,
    /// By mode.
    pub per_tonne_moved: Vec<Option<Slot>>,
    pub per_pause_day: Slot,
    /// Of each mitigation that is taken.
    pub mitigations: Vec<Slot>,
}

/// Strikes in answer to the attacks of a threat.
#[derive(Clone, Debug)]
pub(crate) struct Retaliation {
    pub who: Who,
    pub after_killed: Slot,
    pub after_wounded: Slot,
    pub delay: SlotLaw,
    pub coordinated: Slot,
    pub deterrence: Slot,
    pub memory_days: Slot,
}

impl Region {
    pub fn new(scenario: &Scenario, names: &Names, numbers: &mut Numbers) -> Self {
        let world = &scenario.world;
        let host = world.host.clone().unwrap_or_default();
        let ours = |site: &scenario::Site| match (&host.areas, &site.area) {
            (None, _) => true,
            (Some(areas), Some(area)) => areas.contains(area),
            (Some(_), None) => false,
        };
        let memory = &host.friction.memory_days;
        let politics = names.contingents.iter();
        Region {
            hosted: {
                let of_leg = |leg: &scenario::Leg| ours(&world.sites[&leg.from]);
                world.sites.values().map(ours).chain(world.legs.values().map(of_leg)).collect()
            },
            friction_days: numbers.range("world.host.friction.memory_days", memory),
            expulsion: (host.expulsion.as_ref()).map(|about| expulsion(about, names, numbers)),
            capability: host.capability.as_ref().map(|about| capability(about, numbers)),
            insurgency: (world.insurgency.as_ref()).map(|about| insurgency(about, names, numbers)),
            politics: politics
                .map(|id| {
                    let about = world.contingents.get(id)?;
                    Some(contingent((id, about), scenario, names, numbers))
                })
                .collect(),
            reentry: world.reentry.as_ref().map(|about| reentry(about, names, numbers)),
            barrages: world.barrages.as_ref().map(|about| barrages(about, names, numbers)),
            costs: costs(scenario, numbers),
        }
    }

    /// Nothing of all this.
    pub fn clear(&mut self) {
        self.expulsion = None;
        self.insurgency = None;
        self.reentry = None;
        self.barrages = None;
        self.politics.fill(None);
    }
}

fn expulsion(about: &scenario::Expulsion, names: &Names, numbers: &mut Numbers) -> Expulsion {
    let unprovoked = "world.host.expulsion.unprovoked_per_day";
    Expulsion {
        who: Who::new(&["expulsion"]),
        per_day: numbers.range("world.host.expulsion.per_day", &about.per_day),
        unprovoked_who: Who::new(&["expulsion", "unprovoked"]),
        unprovoked_per_day: by_state(unprovoked, &about.unprovoked_per_day, names, numbers),
        notice_days: numbers.range("world.host.expulsion.notice_days", &about.notice_days),
    }
}

fn capability(about: &scenario::Capability, numbers: &mut Numbers) -> Capability {
    let mut slot = |key, range| numbers.range(&format!("world.host.capability.{key}"), range);
    Capability {
        start: slot("start", &about.start),
        growth: [
            slot("growth_per_year", &about.growth_per_year),
            slot("growth_with_advisers_per_year", &about.growth_with_advisers_per_year),
        ],
    }
}

fn insurgency(about: &scenario::Insurgency, names: &Names, numbers: &mut Numbers) -> Insurgency {
    let path = "world.insurgency";
    let shocks = about.shocks.as_ref().map(|shocks| {
        let per_year = numbers.range(&format!("{path}.shocks.per_year"), &shocks.per_year);
        (per_year, numbers.law(&format!("{path}.shocks.factor"), &shocks.factor))
    });
    let written = about.incidents.as_ref().and_then(|incidents| incidents.harm.as_ref());
    let harm = written.map(|about| Toll::new(&format!("{path}.incidents.harm"), about, numbers));
    let mut slot = |key, range| numbers.range(&format!("{path}.{key}"), range);
    let incidents = about.incidents.as_ref().map(|incidents| Incidents {
        per_day: slot("incidents.per_day", &incidents.per_day),
        on_sites: slot("incidents.on_sites", &incidents.on_sites),
        threat: incidents.threat.as_ref().map(|id| index(&names.threats, id)),
        harm,
    });
    Insurgency {
        who: Who::new(&["insurgency"]),
        strength: slot("strength", &about.strength),
        growth_per_year: slot("growth_per_year", &about.growth_per_year),
        pressure: slot("pressure", &about.pressure),
        troops_share: slot("troops_share", &about.troops_share),
        troops_exponent: slot("troops_exponent", &about.troops_exponent),
        incidents,
        shocks,
    }
}

fn contingent(
    (id, about): (&str, &scenario::Contingent),
    scenario: &Scenario,
    names: &Names,
    numbers: &mut Numbers,
) -> Politics {
    let path = format!("world.contingents.{id}");
    let follows = about.follows.iter().map(|(other, chance)| {
        let slot = numbers.range(&format!("{path}.follows.{other}"), chance);
        (index(&names.contingents, other), Who::new(&["follows", id, other]), slot)
    });
    let follows = follows.collect();
    let tolerance = about.tolerance_killed.as_ref();
    let leaves_after = about.leaves_after.iter().map(|(event, after)| {
        let path = format!("{path}.leaves_after.{event}");
        let outcomes = scenario.world.calendar[event].outcomes.keys();
        let chances = match &after.chance {
            Some(chance) => vec![Some(numbers.range(&format!("{path}.chance"), chance))],
            None => outcomes
                .map(|outcome| {
                    let chance = after.by_outcome.get(outcome)?;
                    Some(numbers.range(&format!("{path}.by_outcome.{outcome}"), chance))
                })
                .collect(),
        };
        let who = Who::new(&["leaves_after", id, event]);
        LeavesAfter { event: index(&names.events, event), who, chances }
    });
    let leaves_after = leaves_after.collect();
    let days = |date: scenario::Date| f64::from(date.days_since(scenario.start));
    Politics {
        mandate_until: about.mandate_until.map_or(f64::INFINITY, days),
        leaves_after,
        who: Who::new(&["contingent", id]),
        follows,
        tolerance_killed: tolerance
            .map(|range| numbers.range(&format!("{path}.tolerance_killed"), range)),
        delay: numbers.law(&format!("{path}.delay_days"), &about.delay_days),
    }
}

fn reentry(about: &scenario::Reentry, names: &Names, numbers: &mut Numbers) -> Reentry {
    Reentry {
        who: Who::new(&["reentry"]),
        per_day: numbers.range("world.reentry.per_day", &about.per_day),
        forces: about.forces.values().map(|force| Detachment::new(force, names)).collect(),
    }
}

fn barrages(about: &scenario::Barrages, names: &Names, numbers: &mut Numbers) -> Barrages {
    let capable = about.capable.iter();
    Barrages {
        who: names.states.iter().map(|state| Who::new(&["barrages", state])).collect(),
        per_day: by_state("world.barrages.per_day", &about.per_day, names, numbers),
        capable: capable.map(|(site, people)| (index(&names.sites, site), *people)).collect(),
        sites_needed: about.sites_needed as usize,
    }
}

/// Rates by state of tension.
pub(super) fn by_state(
    path: &str,
    rates: &Rates,
    names: &Names,
    numbers: &mut Numbers,
) -> Vec<Slot> {
    match rates {
        Rates::Same(rate) => vec![numbers.range(path, rate); names.states.len()],
        Rates::ByState(rates) => {
            rates.iter().map(|(id, rate)| numbers.range(&format!("{path}.{id}"), rate)).collect()
        }
    }
}

/// What costs anything, if anything can: presence and the like, or a mitigation that is taken.
fn costs(scenario: &Scenario, numbers: &mut Numbers) -> Option<Costs> {
    let taken = scenario.plan.mitigations.iter().filter(|(_, about)| about.taken);
    let mitigations =
        taken.map(|(id, about)| numbers.range(&format!("plan.mitigations.{id}.cost"), &about.cost));
    let mitigations: Vec<Slot> = mitigations.collect();
    let nothing = scenario::Costs::default();
    let about = match &scenario.world.costs {
        None if mitigations.is_empty() => return None,
        written => written.as_ref().unwrap_or(&nothing),
    };
    let mut slot = |key: &str, range| numbers.range(&format!("world.costs.{key}"), range);
    let mut of_mode =
        |id: &String| Some(slot(&format!("per_tonne_moved.{id}"), about.per_tonne_moved.get(id)?));
    Some(Costs {
        per_tonne_moved: scenario.plan.transport.modes.keys().map(&mut of_mode).collect(),
        per_person_day: slot("per_person_day", &about.per_person_day),
        per_person_moved: slot("per_person_moved", &about.per_person_moved),
        per_pause_day: slot("per_pause_day", &about.per_pause_day),
        mitigations,
    })
}

pub(super) fn retaliation(
    threat: &str,
    about: &scenario::Retaliation,
    numbers: &mut Numbers,
) -> Retaliation {
    let path = format!("world.threats.{threat}.retaliation");
    let delay = numbers.law(&format!("{path}.delay_days"), &about.delay_days);
    let mut slot = |key, range| numbers.range(&format!("{path}.{key}"), range);
    Retaliation {
        who: Who::new(&["strikes", threat]),
        after_killed: slot("after_killed", &about.after_killed),
        after_wounded: slot("after_wounded", &about.after_wounded),
        delay,
        coordinated: slot("coordinated", &about.coordinated),
        deterrence: slot("deterrence", &about.deterrence),
        memory_days: slot("memory_days", &about.memory_days),
    }
}
