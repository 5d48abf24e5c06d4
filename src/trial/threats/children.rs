//! Attacks that earlier attacks have caused and that are still to come.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::streams::EventSeed;

/// An attack to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Child {
    pub days: f64,
    pub seed: EventSeed,
    pub channel: u32,
    /// The number of the attack that caused it, or [`BEFORE_THE_START`].
    pub parent: u32,
}

/// Stands for the number of the attack that caused another, where that was before the start.
pub(super) const BEFORE_THE_START: u32 = u32::MAX;

/// The attacks to come. There are few at a time, so that putting one in its place among the next
/// ones is quicker than keeping a heap; only where there are many, those that come later are in one.
#[derive(Clone, Debug)]
pub(super) struct Children {
    /// The next ones, the very next one last, behind a mark: the first of the later ones, or the
    /// end, if there are none.
    next: Vec<Child>,
    later: BinaryHeap<Later>,
    /// What comes then or after it never does.
    end: Child,
}

const NEVER: Child = Child { days: f64::INFINITY, seed: EventSeed::NONE, channel: 0, parent: 0 };

/// From so many on, the later half of the next ones goes into the heap.
const FEW: usize = 64;

/// The greatest in a heap is the one that comes first. At the same instant they come in the order
/// of the attacks that caused them, then of their event seed.
#[derive(Clone, Copy, Debug)]
struct Later(Child);

impl Ord for Later {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (&self.0, &other.0);
        two.days
            .total_cmp(&one.days)
            .then(two.parent.cmp(&one.parent))
            .then(two.seed.cmp(&one.seed))
    }
}

impl PartialOrd for Later {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Later {}

impl Children {
    /// None yet. What comes at `end` or after it never does.
    pub fn new(end: f64) -> Self {
        let end = Child { days: end, ..NEVER };
        Children { next: vec![end], later: BinaryHeap::new(), end }
    }

    pub fn clear(&mut self) {
        self.next.clear();
        self.later.clear();
        self.next.push(self.end);
    }

    pub fn count(&self) -> usize {
        self.next.len() - 1 + self.later.len()
    }

    /// Drops those on some channels.
    pub fn drop_on(&mut self, channels: &[usize]) {
        let stays = |child: &Child| !channels.contains(&(child.channel as usize));
        self.later.retain(|later| stays(&later.0));
        self.next[0] = self.end;
        self.next.retain(|child| child.days == self.end.days || stays(child));
        self.mark();
    }

    /// Puts others in their place, one for each.
    pub fn replace(&mut self, mut other: impl FnMut(Child) -> Child) {
        let later = std::mem::take(&mut self.later).into_vec();
        let all = self.next.split_off(1).into_iter().chain(later.into_iter().map(|later| later.0));
        self.mark();
        all.for_each(|child| self.push(other(child)));
    }

    #[inline(always)]
    pub fn push(&mut self, child: Child) {
        let mut place = self.next.len();
        if child.days >= self.next[0].days || place > FEW {
            return self.push_later(child);
        }
        self.next.push(child);
        while self.next[place - 1].days < child.days {
            self.next[place] = self.next[place - 1];
            place -= 1;
        }
        self.next[place] = child;
    }

    /// One that comes after all of the next ones, or for which there is no room among them.
    #[cold]
    fn push_later(&mut self, child: Child) {
        if child.days >= self.end.days {
            return;
        }
        if child.days >= self.next[0].days {
            return self.later.push(Later(child));
        }
        let half = self.next.len() / 2;
        self.later.extend(self.next.drain(1..half).map(Later));
        self.mark();
        self.push(child);
    }

    /// Behind the next ones stands when the first of the later ones comes.
    fn mark(&mut self) {
        self.next[0] = self.later.peek().map_or(self.end, |later| later.0);
    }

    #[inline]
    pub fn next_days(&self) -> f64 {
        self.next[self.next.len() - 1].days
    }

    /// The next one, which [`Children::next_days`] has shown to come.
    #[inline]
    pub fn pop(&mut self) -> Child {
        if self.next.len() == 1 {
            return self.pop_later();
        }
        self.next.pop().unwrap_or(NEVER)
    }

    #[cold]
    fn pop_later(&mut self) -> Child {
        let child = self.later.pop().map_or(self.end, |later| later.0);
        self.mark();
        child
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Stream;
    use crate::variates::testing::stream;

    fn child(stream: &mut Stream) -> Child {
        let days = 120.0 * stream.uniform();
        let channel = (stream.bits() % 4) as u32;
        Child { days, seed: stream.event_seed(), channel, parent: 0 }
    }

    /// A list that is looked through for the earliest each time.
    #[derive(Default)]
    struct Plain(Vec<Child>);

    impl Plain {
        fn pop(&mut self) -> Option<Child> {
            let earlier = |a: &usize, b: &usize| self.0[*a].days.total_cmp(&self.0[*b].days);
            let first = (0..self.0.len()).min_by(earlier)?;
            Some(self.0.swap_remove(first))
        }
    }

    #[test]
    fn come_out_in_order_of_time_few_or_many() {
        let mut stream = stream("children");
        for most in [5, 60, 70, 1_000] {
            let (mut children, mut plain) = (Children::new(100.0), Plain::default());
            for _ in 0..20_000 {
                let grows = stream.uniform() < 1.05 - plain.0.len() as f64 / f64::from(2 * most);
                if grows {
                    let child = child(&mut stream);
                    children.push(child);
                    plain.0.extend(Some(child).filter(|child| child.days < 100.0));
                } else if let Some(child) = plain.pop() {
                    assert_eq!(children.next_days(), child.days);
                    assert_eq!(children.pop(), child);
                }
                if stream.uniform() < 0.001 {
                    children.drop_on(&[1, 3]);
                    plain.0.retain(|child| child.channel % 2 == 0);
                }
                assert_eq!(children.count(), plain.0.len());
            }
            while let Some(child) = plain.pop() {
                assert_eq!(children.pop(), child);
            }
            assert_eq!(children.next_days(), 100.0);
        }
    }

    #[test]
    fn none_is_left_once_they_are_cleared() {
        let mut stream = stream("cleared");
        let mut children = Children::new(100.0);
        (0..500).for_each(|_| children.push(child(&mut stream)));
        children.clear();
        assert_eq!((children.count(), children.next_days()), (0, 100.0));
    }
}
