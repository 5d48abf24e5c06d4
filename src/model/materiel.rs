//! Materiel, compiled: what a phase takes of each mode, and where it lies.

use super::{Names, Transport, index};
use crate::scenario::{self, HOME, Phase, Scenario};

/// What a phase takes by one mode, or by none: what is handed over or destroyed.
#[derive(Clone, Debug)]
pub(crate) struct Cargo {
    /// `None`: no lift limits it.
    pub mode: Option<usize>,
    pub loads: Vec<Load>,
    /// By wave: its loads. None: all go side by side.
    pub waves: Vec<Vec<usize>>,
}

/// Materiel that is taken from a site.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    pub site: usize,
    /// `None`: all that lies there when the phase starts.
    pub tonnes: Option<u32>,
    /// By the id of the load: its place among all of the phase, in the order of ids.
    pub number: usize,
    pub fate: Fate,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is moved to a site, or home.
    Moved(Option<usize>),
    HandedOver,
    Destroyed,
}

/// The modes, in the order of their ids.
pub(super) fn modes(scenario: &Scenario) -> Vec<Transport> {
    let transport = &scenario.plan.transport;
    let modes = transport.modes.values();
    modes.map(|mode| Transport::new(transport.lift_every_days, mode.tonnes_per_day)).collect()
}

/// By site: tonnes at the start. Nothing is on the road.
pub(super) fn stock(scenario: &Scenario, names: &Names) -> Vec<u32> {
    let mut tonnes: Vec<u32> =
        scenario.world.sites.values().map(|site| site.materiel_tonnes).collect();
    tonnes.resize(names.sites.len(), 0);
    tonnes
}

/// What a phase takes, by mode. Loads of a given number of tonnes come first: "all that lie there" is
/// what they leave.
pub(super) fn cargo(phase: &Phase, names: &Names) -> Vec<Cargo> {
    let mode_of = |load: &scenario::Load| {
        let only = || names.modes.first().filter(|_| load.fate == scenario::Fate::Moved);
        load.mode.as_ref().or_else(only).map(|id| index(&names.modes, id))
    };
    let mut loads: Vec<(usize, &String, &scenario::Load)> =
        phase.loads.iter().enumerate().map(|(k, (id, load))| (k, id, load)).collect();
    loads.sort_by_key(|(_, _, load)| load.tonnes.is_none());
    let modes = (0..names.modes.len()).map(Some).chain([None]);
    let each = modes.filter_map(|mode| {
        let own: Vec<_> = loads.iter().filter(|(_, _, load)| mode_of(load) == mode).collect();
        let of = |wave: &Vec<String>| {
            let of_wave = own.iter().enumerate().filter(|(_, (_, id, _))| wave.contains(id));
            of_wave.map(|(k, _)| k).collect()
        };
        (!own.is_empty()).then(|| Cargo {
            mode,
            waves: phase.waves.iter().map(of).collect(),
            loads: own.iter().map(|(k, _, load)| compile(*k, load, names)).collect(),
        })
    });
    each.collect()
}

fn compile(number: usize, load: &scenario::Load, names: &Names) -> Load {
    let to = (load.to != HOME).then(|| index(&names.sites, &load.to));
    Load {
        site: index(&names.sites, &load.site),
        tonnes: load.tonnes,
        number,
        fate: match load.fate {
            scenario::Fate::Moved => Fate::Moved(to),
            scenario::Fate::HandedOver => Fate::HandedOver,
            scenario::Fate::Destroyed => Fate::Destroyed,
        },
    }
}
