//! Gates: decisions that must fall before something starts.

use super::Plan;
use crate::measure::M;
use crate::streams::Purpose;
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::{Event, Kind};

/// How far a gate has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GateState {
    /// Something else comes first, or it is open.
    Idle,
    /// Its clock runs; the future event list has the time.
    Running,
    /// Its clock stands still with this many days to go.
    Blocked(f64),
}

impl Plan {
    pub fn start_gate(&mut self, ctx: &mut Context<'_>, gate: usize) {
        let about = &ctx.model.gates[gate];
        let (factor, added) = ctx.stretched(&about.risks);
        self.stretched[gate] = (factor, added);
        let delay = ctx.once(&about.delay, about.who, Purpose::Gate) * factor + added;
        self.let_run(ctx, gate, delay, 0.0);
    }

    /// The clock of a gate has been running for so many days before the first one.
    pub fn run_on(&mut self, ctx: &mut Context<'_>, gate: usize, days: f64) {
        let about = &ctx.model.gates[gate];
        let mut stream = ctx.streams.once(about.who, Purpose::Gate);
        let values = &ctx.draw.values;
        let delay = about.delay.sample_from(days, |slot| slot.of(values), &mut stream);
        self.let_run(ctx, gate, delay.unwrap_or(days), days);
    }

    /// The clock of a gate runs, as far as it may, which has run for so many days of its delay.
    fn let_run(&mut self, ctx: &mut Context<'_>, gate: usize, delay: f64, age: f64) {
        self.delays[gate] = delay;
        if ctx.model.gates[gate].blocked[ctx.state] {
            self.gates[gate] = GateState::Blocked(delay - age);
        } else {
            self.gates[gate] = GateState::Running;
            ctx.future.set(Due::Gate(gate), ctx.now + (delay - age));
        }
    }

    /// Draws the delays of gates that are not open yet anew, given how long their clocks have run.
    pub fn renew_gates(&mut self, ctx: &mut Context<'_>) {
        for (gate, about) in ctx.model.gates.iter().enumerate() {
            let to_go = match self.gates[gate] {
                GateState::Idle => continue,
                GateState::Running => ctx.future.time(Due::Gate(gate)) - ctx.now,
                GateState::Blocked(to_go) => to_go,
            };
            let (values, age) = (&ctx.draw.values, (self.delays[gate] - to_go).max(0.0));
            let mut stream = ctx.streams.once(about.who, Purpose::Gate);
            // Of a delay that risks have stretched, the age that it would have had without them.
            let (factor, added) = self.stretched[gate];
            let own_age = if age > added { (age - added) / factor } else { 0.0 };
            let drawn = about.delay.sample_from(own_age, |slot| slot.of(values), &mut stream);
            let Some(own) = drawn else { continue };
            let delay = own * factor + added;
            self.delays[gate] = delay;
            let to_go = delay - age;
            if self.gates[gate] == GateState::Running {
                ctx.future.set(Due::Gate(gate), ctx.now + to_go);
            } else {
                self.gates[gate] = GateState::Blocked(to_go);
            }
        }
    }

    /// Stops and starts the clocks of gates after the tension has changed.
    pub fn tension_moves_gates(&mut self, ctx: &mut Context<'_>) {
        for (gate, about) in ctx.model.gates.iter().enumerate() {
            match self.gates[gate] {
                GateState::Running if about.blocked[ctx.state] => {
                    let to_go = ctx.future.time(Due::Gate(gate)) - ctx.now;
                    self.gates[gate] = GateState::Blocked(to_go);
                    ctx.future.set(Due::Gate(gate), f64::INFINITY);
                }
                GateState::Blocked(to_go) if !about.blocked[ctx.state] => {
                    self.gates[gate] = GateState::Running;
                    ctx.future.set(Due::Gate(gate), ctx.now + to_go);
                }
                _ => {}
            }
        }
    }

    pub fn open_gate(&mut self, ctx: &mut Context<'_>, gate: usize) {
        self.gates[gate] = GateState::Idle;
        ctx.future.set(Due::Gate(gate), f64::INFINITY);
        ctx.record.set(M::GateOpen, gate, ctx.now);
        ctx.note(|event| Event { gate: Some(gate), ..event }, Kind::GateOpened);
        ctx.tell(Change::GateOpened);
        self.completed(ctx, gate, ctx.now);
    }
}
