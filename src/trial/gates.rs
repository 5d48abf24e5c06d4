//! Gates: decisions that must fall before something starts.

use super::{Due, Event, Kind, Trial};
use crate::measure::M;
use crate::streams::Purpose;

/// How far a gate has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GateState {
    /// Something else comes first, or it is open.
    Idle,
    /// Its clock runs; the agenda has the time.
    Running,
    /// Its clock stands still with this many days to go.
    Blocked(f64),
}

impl Trial<'_> {
    pub(super) fn start_gate(&mut self, gate: usize) {
        let about = &self.model.gates[gate];
        let mut stream = self.luck.once(about.who, Purpose::Gate);
        let values = &self.draw.values;
        let delay = about.delay.sample(|slot| slot.of(values), &mut stream);
        if about.blocked[self.state] {
            self.gates[gate] = GateState::Blocked(delay);
        } else {
            self.gates[gate] = GateState::Running;
            self.agenda.set(Due::Gate(gate), self.now + delay);
        }
    }

    /// Stops and starts the clocks of gates after the tension has changed.
    pub(super) fn tension_moves_gates(&mut self) {
        for (gate, about) in self.model.gates.iter().enumerate() {
            match self.gates[gate] {
                GateState::Running if about.blocked[self.state] => {
                    let to_go = self.agenda.time(Due::Gate(gate)) - self.now;
                    self.gates[gate] = GateState::Blocked(to_go);
                    self.agenda.set(Due::Gate(gate), f64::INFINITY);
                }
                GateState::Blocked(to_go) if !about.blocked[self.state] => {
                    self.gates[gate] = GateState::Running;
                    self.agenda.set(Due::Gate(gate), self.now + to_go);
                }
                _ => {}
            }
        }
    }

    pub(super) fn open_gate(&mut self, gate: usize) {
        self.gates[gate] = GateState::Idle;
        self.agenda.set(Due::Gate(gate), f64::INFINITY);
        self.record.set(M::GateOpen, gate, self.now);
        self.note(|event| Event { gate: Some(gate), ..event }, Kind::GateOpened);
        self.stirred = true;
        self.completed(gate);
    }
}
