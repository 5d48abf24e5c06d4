//! Where things stand on the first day, compiled. Moments before it are negative days.

use std::collections::BTreeMap;

use super::{Channel, Names, index};
use crate::scenario::{self, Date, Scenario};

/// Where things stand on the first day.
#[derive(Clone, Debug)]
pub(crate) struct Now {
    /// By gate; `None`: nothing is known of it.
    pub gates: Vec<Option<GateNow>>,
    /// By phase; `None`: it has not begun.
    pub phases: Vec<Option<PhaseNow>>,
    pub used: Used,
    /// For how many days the tension has been in its state.
    pub tension_days: f64,
    /// By threat: when there were strikes against it.
    pub strikes: Vec<Vec<f64>>,
    /// Attacks of late, the earliest first.
    pub attacks: Vec<Recent>,
}

/// How far a gate has come.
#[derive(Clone, Copy, Debug)]
pub(crate) enum GateNow {
    /// It opened then.
    Open(f64),
    /// Its clock has run for so many days.
    Running(f64),
}

/// How far a phase has come.
#[derive(Clone, Debug)]
pub(crate) struct PhaseNow {
    pub started: f64,
    /// `None`: it is under way.
    pub finished: Option<f64>,
    /// By move: how many have gone, of a given number.
    pub moved: Vec<u32>,
    /// By load, in the order of ids: how many tonnes have gone, of a given number.
    pub loaded: Vec<u32>,
    pub used: Used,
}

/// Breathing room that is used up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    pub pause_days: f64,
    pub extension_days: f64,
}

/// Attacks before the first day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recent {
    pub days: f64,
    pub channel: usize,
    pub count: u32,
}

impl Now {
    pub fn new(scenario: &Scenario, names: &Names, channels: &[Channel]) -> Option<Self> {
        let now = scenario.now.as_ref()?;
        let days = |date: Date| f64::from(date.days_since(scenario.start));
        let gate = |id: &String| {
            now.gates.get(id).map(|about| match (about.opened, about.started) {
                (Some(opened), _) => GateNow::Open(days(opened)),
                (None, started) => {
                    GateNow::Running(-started.map_or(0.0, days) - about.blocked_days)
                }
            })
        };
        let phase = |id: &String| {
            let about = now.phases.get(id)?;
            let phase = &scenario.plan.phases[id];
            Some(PhaseNow {
                started: days(about.started.unwrap_or(phase.announced_start)),
                finished: about.finished.map(days),
                moved: moved(phase, &about.moved),
                loaded: (phase.loads.keys())
                    .map(|id| about.moved.get(id).copied().unwrap_or(0))
                    .collect(),
                used: about.breathing_room.into(),
            })
        };
        let strikes = |id: &String| {
            let strikes = now.threats.get(id).into_iter().flat_map(|about| &about.strikes);
            strikes.map(|&date| days(date)).collect()
        };
        let mut attacks: Vec<Recent> = Vec::new();
        for (id, about) in &now.threats {
            let threat = index(&names.threats, id);
            for recent in about.attacks.iter().flatten() {
                let site = index(&names.sites, &recent.site);
                let on = |channel: &Channel| (channel.threat, channel.site) == (threat, site);
                let channel = channels.iter().position(on);
                attacks.push(Recent {
                    days: days(recent.date),
                    channel: channel.expect("validation has seen to it that it attacks the site"),
                    count: recent.count,
                });
            }
        }
        attacks.sort_by(|a, b| a.days.total_cmp(&b.days));
        Some(Now {
            gates: names.gates.iter().map(gate).collect(),
            phases: names.phases.iter().map(phase).collect(),
            used: now.breathing_room.into(),
            tension_days: now.tension.as_ref().map_or(0.0, |about| -days(about.since)),
            strikes: names.threats.iter().map(strikes).collect(),
            attacks,
        })
    }

    /// Nothing is known of any threat.
    pub fn forget_threats(&mut self) {
        self.strikes.clear();
        self.attacks.clear();
    }
}

impl From<scenario::RoomUsed> for Used {
    fn from(used: scenario::RoomUsed) -> Self {
        Used { pause_days: used.pause_days, extension_days: used.extension_days }
    }
}

/// How many have gone of each move, in the order in which the model has them.
fn moved(phase: &scenario::Phase, gone: &BTreeMap<String, u32>) -> Vec<u32> {
    let in_order = super::compile::in_order(phase);
    in_order.map(|(id, _)| gone.get(id).copied().unwrap_or(0)).collect()
}
