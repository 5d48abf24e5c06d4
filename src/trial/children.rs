//! Attacks that earlier attacks have caused and that are still to come.

use crate::streams::AttackLuck;

/// An attack to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Child {
    pub days: f64,
    pub luck: AttackLuck,
    pub channel: u32,
    /// The number of the attack that caused it, or [`BEFORE_THE_START`].
    pub parent: u32,
}

/// Stands for the number of the attack that caused another, where that was before the start.
pub(super) const BEFORE_THE_START: u32 = u32::MAX;

/// The attacks to come, the next one last, behind one that never comes. There are few at a time,
/// so that putting one in its place is quicker than keeping a heap.
#[derive(Clone, Debug)]
pub(super) struct Children(Vec<Child>);

const NEVER: Child = Child { days: f64::INFINITY, luck: AttackLuck::NONE, channel: 0, parent: 0 };

/// So many are moved up one by one, which is quicker than to find a place for the new one first.
const FEW: usize = 32;

impl Default for Children {
    fn default() -> Self {
        Children(vec![NEVER])
    }
}

impl Children {
    pub fn clear(&mut self) {
        self.0.truncate(1);
    }

    /// Drops those on some channels.
    pub fn drop_on(&mut self, channels: &[usize]) {
        self.0.retain(|child| {
            child.days == f64::INFINITY || !channels.contains(&(child.channel as usize))
        });
    }

    #[inline(always)]
    pub fn push(&mut self, child: Child) {
        let mut place = self.0.len();
        if place > FEW {
            let place = self.0.partition_point(|other| other.days > child.days);
            return self.0.insert(place, child);
        }
        self.0.push(child);
        // One that never comes itself stays where it is.
        while self.0[place - 1].days < child.days {
            self.0[place] = self.0[place - 1];
            place -= 1;
        }
        self.0[place] = child;
    }

    #[inline]
    pub fn next_days(&self) -> f64 {
        self.0[self.0.len() - 1].days
    }

    /// The next one, which [`Children::next_days`] has shown to come.
    #[inline]
    pub fn pop(&mut self) -> Child {
        self.0.pop().unwrap_or(NEVER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn come_out_in_order_of_time_few_or_many() {
        use crate::streams::{Purpose, Stream, Who};
        for count in [5, 300] {
            let mut stream = Stream::new(3, 0, Who::new(&["children"]), Purpose::Offspring);
            let mut children = Children::default();
            let mut days: Vec<f64> = (0..count).map(|_| stream.uniform()).collect();
            for &days in &days {
                children.push(Child { days, ..NEVER });
            }
            days.sort_by(f64::total_cmp);
            for day in days {
                assert_eq!(children.next_days(), day);
                assert_eq!(children.pop().days, day);
            }
            assert_eq!(children.next_days(), f64::INFINITY);
        }
    }
}
