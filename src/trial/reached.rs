//! How surely casualties reach given levels in a trial, in one attack and in all, beside whether they
//! do: kept where means shall have less error.
//!
//! Of each projectile that gets through, the chance that it is the one with which a level is reached
//! for the first time, given all that came before; once it has been reached there is no more to add.
//! The sum of these chances has the mean of what it stands for, the share of trials in which the level
//! is reached, whatever follows from what: of each projectile the mean of what is drawn is added in
//! place of what is drawn (docs/model.md). It tells of levels that no trial reaches.

use crate::model::Mark;

/// Sums are written down in whole multiples of this, 2^-44.
const QUANTUM: f64 = 1.0 / (1u64 << 44) as f64;

/// By level.
#[derive(Clone, Debug)]
pub(super) struct Reached {
    in_one: Vec<Level>,
    in_all: Vec<Level>,
    /// Casualties of all attacks so far.
    casualties: u64,
}

#[derive(Clone, Copy, Debug)]
struct Level {
    level: u32,
    /// Of projectiles so far.
    chances: f64,
    is_reached: bool,
}

impl Reached {
    pub fn new(levels: &[u32]) -> Self {
        let each = |&level| Level { level, chances: 0.0, is_reached: false };
        let in_one: Vec<Level> = levels.iter().map(each).collect();
        Reached { in_all: in_one.clone(), in_one, casualties: 0 }
    }

    pub fn begin(&mut self) {
        self.casualties = 0;
        for level in self.in_one.iter_mut().chain(&mut self.in_all) {
            (level.chances, level.is_reached) = (0.0, false);
        }
    }

    /// So many projectiles hit those `present`, of whom `harmed` have been harmed in this attack before.
    pub fn projectiles(&mut self, mark: &Mark, present: u32, harmed: u32, count: f64) {
        let Reached { in_one, in_all, casualties } = self;
        for (levels, before) in [(in_one, 0), (in_all, *casualties)] {
            for level in levels.iter_mut().filter(|level| !level.is_reached) {
                let more = u64::from(level.level).saturating_sub(before + u64::from(harmed));
                level.is_reached = more == 0;
                // No more are harmed than there are.
                if more > 0 && more <= u64::from(present - harmed) {
                    level.chances += count * mark.harms_at_least(more as u32, present);
                }
            }
        }
    }

    /// The attack that has harmed so many is over.
    pub fn attacked(&mut self, harmed: u32) {
        self.casualties += u64::from(harmed);
        let all = self.casualties;
        self.in_one.iter_mut().for_each(|level| level.is_reached |= harmed >= level.level);
        self.in_all.iter_mut().for_each(|level| level.is_reached |= all >= level.level.into());
    }

    /// Of levels in one attack, then of those in all.
    pub fn chances(&self) -> impl Iterator<Item = f64> + '_ {
        let each = self.in_one.iter().chain(&self.in_all);
        each.map(|level| (level.chances / QUANTUM).round() * QUANTUM)
    }
}
