//! The lifts of a phase: how many people have left by when.

use super::relations::Bounds;
use crate::model::{self, Lifts, Model, Transport, Used};
pub(in crate::trial) use crate::scenario::PhaseState as Status;

/// A phase and the lifts of its present stretch: from its start, or from when it was last
/// scheduled anew.
#[derive(Clone, Debug)]
pub(in crate::trial) struct Progress {
    pub status: Status,
    /// The last lift is scheduled for this moment.
    pub finish: f64,
    /// The beginning of the stretch, in working time.
    from: f64,
    /// Lifts of the stretch, and how many of them have gone.
    lifts: Lifts,
    gone: u32,
    /// By move: people to move in the stretch, moved in it, and those of them with the last lift.
    pub people: Vec<u32>,
    pub moved: Vec<u32>,
    pub leaving: Vec<u32>,
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

impl Progress {
    pub fn new(phase: &model::Phase) -> Self {
        let none = vec![0; phase.moves.len()];
        Progress {
            status: Status::Waiting,
            finish: f64::INFINITY,
            from: 0.0,
            lifts: Lifts::default(),
            gone: 0,
            people: none.clone(),
            moved: none.clone(),
            leaving: none,
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

    /// People left to move.
    pub fn left(&self) -> u64 {
        let each = self.people.iter().zip(&self.moved);
        each.map(|(people, moved)| u64::from(people - moved)).sum()
    }

    /// Spreads the stretch over lifts from `from` on, the last at `until`, or as soon after it as
    /// transport can have taken everybody; returns when that is. All in working time.
    pub fn schedule(&mut self, (from, until): (f64, f64), transport: &Transport) -> f64 {
        let people = self.left();
        let finish = until.max(from + transport.least_days(people));
        self.from = from;
        self.gone = 0;
        self.lifts = transport.lifts(finish - from);
        if people == 0 {
            self.lifts.count = 1;
        }
        self.status = Status::Moving;
        finish
    }

    /// When the next lift goes.
    pub fn next_lift(&self, model: &Model) -> f64 {
        if self.is_at_end() {
            self.finish
        } else {
            model.blackouts.instant(self.from + f64::from(self.gone + 1) * model.transport.every)
        }
    }

    /// Whether the next lift is the last.
    pub fn is_at_end(&self) -> bool {
        self.gone + 1 == self.lifts.count
    }

    /// Whether the lift that went was the last.
    pub fn is_last(&self) -> bool {
        self.gone == self.lifts.count
    }

    /// A lift goes: finds how many of each move leave with it. That is an even share; but as many in
    /// all as the later lifts have no room for, and no more than it has room for itself.
    pub fn lift(&mut self, transport: &Transport, waves: &[Vec<usize>]) {
        self.gone += 1;
        if waves.is_empty() {
            self.load_side_by_side(transport);
        } else {
            self.load_by_waves(transport, waves);
        }
        for (moved, leaving) in self.moved.iter_mut().zip(&self.leaving) {
            *moved += leaving;
        }
    }

    /// An even share of each move.
    fn load_side_by_side(&mut self, transport: &Transport) {
        let mut shares = 0;
        for (k, leaving) in self.leaving.iter_mut().enumerate() {
            let (people, moved) = (self.people[k], self.moved[k]);
            *leaving = moved_by(people, self.gone, self.lifts.count).max(moved) - moved;
            shares += u64::from(*leaving);
        }
        if !self.is_last() {
            self.load(self.load_for(shares, transport), shares);
        }
    }

    /// An even share of all people, of one wave after the other.
    fn load_by_waves(&mut self, transport: &Transport, waves: &[Vec<usize>]) {
        let (people, moved): (u32, u32) = (self.people.iter().sum(), self.moved.iter().sum());
        let share = moved_by(people, self.gone, self.lifts.count).max(moved) - moved;
        let mut load = match self.is_last() {
            true => self.left(),
            false => self.load_for(u64::from(share), transport),
        };
        for wave in waves {
            let left: Vec<u32> = wave.iter().map(|&k| self.people[k] - self.moved[k]).collect();
            let of_wave = load.min(left.iter().map(|&people| u64::from(people)).sum());
            divide(of_wave, &left, |k, part| self.leaving[wave[k]] = part);
            load -= of_wave;
        }
    }

    /// How many leave with a lift that is not the last, if even shares are so many.
    fn load_for(&self, shares: u64, transport: &Transport) -> u64 {
        let Lifts { count, last_room } = self.lifts;
        let room = u64::from(transport.room);
        let later = u64::from(count - 1 - self.gone) * room + u64::from(last_room);
        shares.max(self.left().saturating_sub(later)).min(room)
    }

    /// Whether its moves out of a site have nobody left.
    pub fn has_cleared(&self, about: &model::Phase, site: usize) -> bool {
        let moves = about.moves.iter().enumerate().filter(|(_, step)| step.site == site);
        moves.into_iter().all(|(k, _)| self.people[k] == self.moved[k])
    }

    /// So many leave, and not the even shares: each move by as much less of its share, or by as much
    /// more of those who would be left, in proportion.
    fn load(&mut self, load: u64, shares: u64) {
        if load < shares {
            let of: Vec<u32> = self.leaving.clone();
            divide(load, &of, |k, part| self.leaving[k] = part);
        } else if load > shares {
            let each = self.people.iter().zip(&self.moved).zip(&self.leaving);
            let of: Vec<u32> =
                each.map(|((people, moved), share)| people - moved - share).collect();
            divide(load - shares, &of, |k, part| self.leaving[k] += part);
        }
    }

    /// So many fewer of a move leave, as far as they have not left yet.
    pub fn spare(&mut self, k: usize, people: u32) {
        self.people[k] = self.people[k].saturating_sub(people).max(self.moved[k]);
    }
}

/// Divides a number of people among groups of such sizes in proportion, of none more than there are.
/// Sums over the first so many groups are rounded, half up.
fn divide(people: u64, sizes: &[u32], mut put: impl FnMut(usize, u32)) {
    let all: u128 = sizes.iter().map(|size| u128::from(*size)).sum::<u128>().max(1);
    let (mut size_so_far, mut so_far) = (0, 0);
    for (k, size) in sizes.iter().enumerate() {
        size_so_far += u128::from(*size);
        let by_then = (2 * u128::from(people) * size_so_far + all) / (2 * all);
        put(k, (by_then - so_far) as u32);
        so_far = by_then;
    }
}

/// People of a move of `people` that have left by lift `lift` of `lifts`: an even share, rounded
/// half up.
pub(in crate::trial) fn moved_by(people: u32, lift: u32, lifts: u32) -> u32 {
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
    fn people_are_divided_in_proportion() {
        use crate::streams::{Purpose, Stream, Who};
        let mut stream = Stream::new(1, 0, Who::new(&["divide"]), Purpose::Duration);
        for _ in 0..10_000 {
            let sizes: Vec<u32> = (0..5).map(|_| (stream.uniform() * 40.0) as u32).collect();
            let all: u32 = sizes.iter().sum();
            let people = (stream.uniform() * f64::from(all + 1)) as u32;
            let mut parts = [0; 5];
            divide(u64::from(people), &sizes, |k, part| parts[k] = part);
            assert_eq!(parts.iter().sum::<u32>(), people);
            for (part, size) in parts.iter().zip(&sizes) {
                let exact = f64::from(*size) * f64::from(people) / f64::from(all.max(1));
                assert!(part <= size && (f64::from(*part) - exact).abs() <= 1.0);
            }
        }
    }
}
