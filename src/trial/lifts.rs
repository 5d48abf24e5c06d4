//! The lifts of a phase: how many people have left by when.

use crate::model::{self, Blackouts};
pub(super) use crate::scenario::PhaseState as Status;

/// A phase and the lifts of its present stretch: from its start, or from when it was last
/// scheduled anew.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub status: Status,
    /// The last lift is scheduled for this moment.
    pub finish: f64,
    /// The beginning of the stretch, in working time.
    from: f64,
    /// Lifts of the stretch, and how many of them have gone.
    pub lifts: u32,
    pub gone: u32,
    /// By move: people to move in the stretch, and moved in it.
    pub people: Vec<u32>,
    pub moved: Vec<u32>,
    /// Days by which it is to be done earlier than announced.
    pub sooner: f64,
    /// When the present pause began to hold it.
    pub held_since: f64,
    /// Its own breathing room that is used up.
    pub used: Used,
}

/// Breathing room that is used up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Used {
    pub pause_days: f64,
    pub extension_days: f64,
}

impl Progress {
    pub fn new(phase: &model::Phase) -> Self {
        let none = vec![0; phase.moves.len()];
        Progress {
            status: Status::Waiting,
            finish: f64::INFINITY,
            from: 0.0,
            lifts: 0,
            gone: 0,
            people: none.clone(),
            moved: none,
            sooner: 0.0,
            held_since: 0.0,
            used: Used::default(),
        }
    }

    /// Nothing has happened yet.
    pub fn reset(&mut self) {
        self.status = Status::Waiting;
        self.finish = f64::INFINITY;
        self.sooner = 0.0;
        self.used = Used::default();
    }

    /// Whether a pause can hold it: lifts go, and somebody is left to move.
    pub fn can_be_held(&self) -> bool {
        self.status == Status::Moving && self.people != self.moved
    }

    /// Whether it has begun and somebody may be left to move.
    pub fn under_way(&self) -> bool {
        matches!(self.status, Status::Moving | Status::Held)
    }

    /// What has moved is behind; what is left makes a new stretch.
    pub fn begin_stretch(&mut self) {
        for (people, moved) in self.people.iter_mut().zip(&mut self.moved) {
            *people -= *moved;
            *moved = 0;
        }
    }

    /// The least number of lifts, none of more than `capacity` people, that take everybody.
    pub fn least_lifts(&self, capacity: u32) -> u32 {
        let left = self.people.iter().zip(&self.moved).map(|(people, moved)| people - moved);
        least_lifts(left, capacity)
    }

    /// Spreads the stretch over lifts every `every` days from `from` on, the last at `until`, or
    /// later if so few lifts would be too full. All in working time.
    pub fn schedule(&mut self, (from, until): (f64, f64), every: f64, capacity: u32) -> f64 {
        let least = self.least_lifts(capacity);
        let fitting = ((until - from) / every - 1e-9).ceil().max(1.0) as u32;
        self.from = from;
        self.gone = 0;
        self.lifts = if self.people.iter().all(|&n| n == 0) { 1 } else { fitting.max(least) };
        self.status = Status::Moving;
        if fitting >= least { until } else { from + f64::from(least) * every }
    }

    /// When the next lift goes.
    pub fn next_lift(&self, every: f64, blackouts: &Blackouts) -> f64 {
        if self.gone + 1 == self.lifts {
            self.finish
        } else {
            blackouts.instant(self.from + f64::from(self.gone + 1) * every)
        }
    }

    /// How many of a move leave with the lift that goes now.
    pub fn lift(&mut self, k: usize) -> u32 {
        let target = moved_by(self.people[k], self.gone, self.lifts).max(self.moved[k]);
        let leaving = target - self.moved[k];
        self.moved[k] = target;
        leaving
    }

    /// So many fewer of a move leave, as far as they have not left yet.
    pub fn spare(&mut self, k: usize, people: u32) {
        self.people[k] = self.people[k].saturating_sub(people).max(self.moved[k]);
    }
}

/// The least number of lifts for which each move's even share, rounded up, fits in all.
fn least_lifts(people: impl Iterator<Item = u32> + Clone, capacity: u32) -> u32 {
    let load = |lifts| people.clone().map(|n| u64::from(n.div_ceil(lifts))).sum::<u64>();
    let total: u64 = people.clone().map(u64::from).sum();
    if total == 0 {
        return 0;
    }
    let mut lifts = total.div_ceil(u64::from(capacity)) as u32;
    // Ends: validation has seen to it that one person of each move fits.
    while load(lifts) > u64::from(capacity) {
        lifts += 1;
    }
    lifts
}

/// People of a move of `people` that have left by lift `lift` of `lifts`: an even share, rounded
/// half up.
fn moved_by(people: u32, lift: u32, lifts: u32) -> u32 {
    let (people, lift, lifts) = (u64::from(people), u64::from(lift), u64::from(lifts));
    ((2 * people * lift + lifts) / (2 * lifts)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_take_everybody_once() {
        for (people, lifts) in [(1200, 50), (7, 50), (0, 3), (1, 1), (999, 7)] {
            let by: Vec<u32> = (0..=lifts).map(|lift| moved_by(people, lift, lifts)).collect();
            assert_eq!((by[0], by[lifts as usize]), (0, people));
            let most = by.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
            assert!(most <= people.div_ceil(lifts));
        }
        assert_eq!(moved_by(1, 1, 2), 1, "half a person is rounded up");
    }

    #[test]
    fn least_lifts_keeps_every_lift_within_capacity() {
        assert_eq!(least_lifts([0, 0].into_iter(), 10), 0);
        assert_eq!(least_lifts([100].into_iter(), 10), 10);
        assert_eq!(least_lifts([101].into_iter(), 10), 11);
        assert_eq!(least_lifts([15, 15].into_iter(), 10), 3);
        assert_eq!(least_lifts([16, 15].into_iter(), 10), 4);
    }
}
