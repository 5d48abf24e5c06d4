//! The lifts of a phase: when they go, and what has left by when.

use super::freight::Freight;
use super::relations::Bounds;
use crate::model::{self, Model, ROUNDING, Transport, Used};
pub(in crate::trial) use crate::scenario::PhaseState as Status;

/// A phase and the lifts of its present stretch: from its start, or from when it was last
/// scheduled anew.
#[derive(Clone, Debug)]
pub(in crate::trial) struct Progress {
    pub status: Status,
    /// The last lift is scheduled for this moment.
    pub finish: f64,
    /// The beginning of the stretch.
    from: Grid,
    /// Lifts of the stretch, and how many of them have gone.
    lifts: u32,
    gone: u32,
    /// By move.
    pub people: Freight,
    /// By mode, those of [`model::Phase::cargo`]: by load.
    pub cargo: Vec<Freight>,
    /// When the last of those whom it has sent over legs arrive.
    pub arrives: f64,
    /// Days by which it is to be done earlier than announced.
    pub sooner: f64,
    /// By site that it clears: whether it is done with it.
    pub cleared: Vec<bool>,
    /// How far it is from what it waits for.
    pub bounds: Bounds,
    /// When the present pause began to hold it.
    pub held_since: f64,
    /// Its own breathing room that is used up.
    pub used: Used,
}

/// A moment on the grid of lifts: so many intervals after its origin, which is in working time. Lifts of
/// phases on one grid leave at one instant, to the last bit.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    origin: f64,
    lifts: u32,
}

impl From<f64> for Grid {
    fn from(origin: f64) -> Self {
        Grid { origin, lifts: 0 }
    }
}

impl Grid {
    fn working(self, model: &Model) -> f64 {
        self.origin + f64::from(self.lifts) * model.transport.every
    }

    fn after(self, lifts: u32) -> Self {
        Grid { lifts: self.lifts + lifts, ..self }
    }
}

impl Progress {
    pub fn new(phase: &model::Phase) -> Self {
        let cargo = phase.cargo.iter().map(|cargo| Freight::new(cargo.loads.len()));
        Progress {
            status: Status::Waiting,
            finish: f64::INFINITY,
            from: Grid::from(0.0),
            lifts: 0,
            gone: 0,
            people: Freight::new(phase.moves.len()),
            cargo: cargo.collect(),
            arrives: f64::NEG_INFINITY,
            sooner: 0.0,
            cleared: vec![false; phase.clears.len()],
            bounds: Bounds::default(),
            held_since: 0.0,
            used: Used::default(),
        }
    }

    /// Nothing has happened yet.
    pub fn reset(&mut self) {
        self.status = Status::Waiting;
        self.finish = f64::INFINITY;
        self.arrives = f64::NEG_INFINITY;
        self.sooner = 0.0;
        self.cleared.fill(false);
        self.bounds = Bounds::default();
        self.used = Used::default();
    }

    /// Whether a pause can hold it: lifts go, and something is left to move.
    pub fn can_be_held(&self) -> bool {
        self.status == Status::Moving && self.is_anything_left()
    }

    /// Whether anything is left to move.
    #[inline]
    pub fn is_anything_left(&self) -> bool {
        self.people.is_anything_left() || self.cargo.iter().any(Freight::is_anything_left)
    }

    /// Whether it has begun and something may be left to move.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Moving | Status::Held)
    }

    /// What has moved is behind; what is left makes a new stretch.
    pub fn begin_stretch(&mut self) {
        self.people.begin_stretch();
        self.cargo.iter_mut().for_each(Freight::begin_stretch);
    }

    /// The working days that transport needs for what is left, of people and of each mode.
    #[inline]
    pub fn least(
        &self,
        model: &Model,
        about: &model::Phase,
        days: impl Fn(&Transport, u64) -> f64,
    ) -> f64 {
        let of_people = days(&model.transport, self.people.left());
        if self.cargo.is_empty() {
            return of_people;
        }
        let each = self.cargo.iter().zip(&about.cargo);
        let of_modes =
            each.filter_map(|(cargo, about)| Some(days(&model.modes[about.mode?], cargo.left())));
        of_modes.fold(of_people, f64::max)
    }

    /// Spreads the stretch over lifts from `from` on, the last at `until`, or as soon after it as
    /// transport can have taken everything; returns when that is. All in working time. In haste, what
    /// can be gone by a working time is.
    pub fn schedule(
        &mut self,
        (grid, until): (Grid, f64),
        haste: Option<f64>,
        model: &Model,
        about: &model::Phase,
    ) -> f64 {
        let from = grid.working(model);
        let finish = until.max(from + self.least(model, about, Transport::least_days));
        self.from = grid;
        self.gone = 0;
        let days = finish - from;
        let lifts = model.transport.lifts(days);
        self.lifts = if self.is_anything_left() { lifts.count } else { 1 };
        self.people.schedule(self.lifts, Some(lifts.last_room));
        for (cargo, about) in self.cargo.iter_mut().zip(&about.cargo) {
            let last_room = about.mode.map(|mode| model.modes[mode].lifts(days).last_room);
            cargo.schedule(self.lifts, last_room);
        }
        if let Some(by) = haste.filter(|by| *by < finish) {
            let in_time = ((by - from) / model.transport.every + ROUNDING).floor() as u32;
            self.people.be_done_by(in_time, Some(model.transport.room));
            for (cargo, about) in self.cargo.iter_mut().zip(&about.cargo) {
                cargo.be_done_by(in_time, about.mode.map(|mode| model.modes[mode].room));
            }
        }
        self.status = Status::Moving;
        finish
    }

    /// When the last lift of the stretch went, or it began.
    pub fn last_gone(&self, model: &Model) -> Grid {
        if self.is_last() {
            // Its interval may have been a shorter one.
            return model.blackouts.working(self.finish).into();
        }
        self.from.after(self.gone)
    }

    /// When the next lift goes.
    pub fn next_lift(&self, model: &Model) -> f64 {
        if self.is_at_end() {
            self.finish
        } else {
            model.blackouts.instant(self.from.after(self.gone + 1).working(model))
        }
    }

    /// Whether the next lift is the last.
    pub fn is_at_end(&self) -> bool {
        self.gone + 1 == self.lifts
    }

    /// Whether the lift that went was the last.
    pub fn is_last(&self) -> bool {
        self.gone == self.lifts
    }

    /// A lift goes: finds what leaves with it.
    pub fn lift(&mut self, model: &Model, about: &model::Phase) {
        self.gone += 1;
        let lift = self.gone;
        self.people.load(lift, Some(model.transport.room), &about.waves);
        for (cargo, its) in self.cargo.iter_mut().zip(&about.cargo) {
            match its.mode {
                None if !about.waves.is_empty() => {
                    cargo.keep_pace(lift, &its.waves, (&self.people, &about.waves));
                }
                mode => cargo.load(lift, mode.map(|mode| model.modes[mode].room), &its.waves),
            }
        }
    }

    /// Whether nothing of what it takes from a site is left.
    pub fn has_cleared(&self, about: &model::Phase, site: usize) -> bool {
        let moves = about.moves.iter().enumerate().filter(|(_, step)| step.site == site);
        moves.into_iter().all(|(k, _)| self.people.left_of(k) == 0)
            && self.cargo.iter().zip(&about.cargo).all(|(cargo, about)| {
                let loads = about.loads.iter().enumerate().filter(|(_, load)| load.site == site);
                loads.into_iter().all(|(k, _)| cargo.left_of(k) == 0)
            })
    }
}
