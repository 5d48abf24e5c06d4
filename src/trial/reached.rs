//! How surely one attack of a trial reaches given levels of casualties, beside whether any does: kept
//! where means shall have less error.
//!
//! Of each projectile that gets through, the chance that it is the one with which a level is reached
//! for the first time, given all that came before; once it has been reached there is no more to add.
//! The sum of these chances has the mean of what it stands for, the share of trials in which the level
//! is reached, whatever follows from what: of each projectile the mean of what is drawn is added in
//! place of what is drawn (docs/model.md). It tells of levels that no trial reaches, but not
//! of what no trial meets.
//!
//! Of the casualties of all attacks together it would not: a trial tells of a level only if it comes
//! near it, and where such trials are rare, those at hand are likely to have none of them and to agree
//! on far too small a chance.

use crate::model::Mark;

/// Sums are written down in whole multiples of this, 2^-44.
const QUANTUM: f64 = 1.0 / (1u64 << 44) as f64;

/// By level.
#[derive(Clone, Debug)]
pub(super) struct Reached(Vec<Level>);

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
        Reached(levels.iter().map(each).collect())
    }

    /// Whether any level is asked about.
    pub fn is_asked(&self) -> bool {
        !self.0.is_empty()
    }

    pub fn begin(&mut self) {
        for level in &mut self.0 {
            (level.chances, level.is_reached) = (0.0, false);
        }
    }

    /// So many projectiles hit those `present`, of whom `harmed` have been harmed in this attack before.
    pub fn projectiles(&mut self, mark: &Mark, present: u32, harmed: u32, count: f64) {
        for level in self.0.iter_mut().filter(|level| !level.is_reached) {
            let more = level.level.saturating_sub(harmed);
            level.is_reached = more == 0;
            // No more are harmed than there are.
            if more > 0 && more <= present - harmed {
                level.chances += count * mark.harms_at_least(more, present);
            }
        }
    }

    /// The attack that has harmed so many is over.
    pub fn attacked(&mut self, harmed: u32) {
        self.0.iter_mut().for_each(|level| level.is_reached |= harmed >= level.level);
    }

    /// How surely each level is reached.
    pub fn chances(&self) -> impl Iterator<Item = f64> + '_ {
        self.0.iter().map(|level| (level.chances / QUANTUM).round() * QUANTUM)
    }
}
