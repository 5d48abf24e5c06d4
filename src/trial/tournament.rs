//! Pending times of numbered things, of which the earliest is found at once.

/// A pending time for each of some slots, never if infinite. A change costs the logarithm of their
/// number, at most. At the same instant the lower slot comes first.
#[derive(Clone, Debug, Default)]
pub(super) struct Tournament {
    /// `nodes[1]` is the slot that is due first; `nodes[k]` the earlier of `nodes[2k]` and
    /// `nodes[2k + 1]`; the second half holds the slots themselves, padded with never to a power
    /// of two.
    nodes: Vec<Node>,
}

/// A time, which is 0 or later, and its slot as one number: the lesser is due first. The bits of
/// such times are in the order of the times, and the lesser of two numbers takes no branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node(u128);

impl Node {
    #[inline]
    fn new(time: f64, slot: usize) -> Self {
        Node(u128::from(time.to_bits()) << 64 | slot as u128)
    }

    #[inline]
    fn time(self) -> f64 {
        f64::from_bits((self.0 >> 64) as u64)
    }

    #[inline]
    fn slot(self) -> usize {
        self.0 as usize
    }
}

impl Tournament {
    /// There are so many slots, and nothing is pending.
    pub fn clear(&mut self, slots: usize) {
        let slots = slots.next_power_of_two();
        self.nodes.clear();
        self.nodes.resize(slots, Node(0));
        self.nodes.extend((0..slots).map(|slot| Node::new(f64::INFINITY, slot)));
        for k in (1..slots).rev() {
            self.nodes[k] = self.nodes[2 * k];
        }
    }

    /// The pending time of a slot.
    #[inline]
    pub fn time(&self, slot: usize) -> f64 {
        self.nodes[self.nodes.len() / 2 + slot].time()
    }

    /// Makes a slot pending at `time`, and plays its matches anew, up to one that ends as it did
    /// before.
    #[inline]
    pub fn set(&mut self, slot: usize, time: f64) {
        debug_assert!(time >= 0.0, "slot {slot} is pending at {time}");
        let mut node = Node::new(time, slot);
        let mut k = self.nodes.len() / 2 + slot;
        self.nodes[k] = node;
        while k > 1 {
            node = node.min(self.nodes[k ^ 1]);
            k /= 2;
            if self.nodes[k] == node {
                break;
            }
            self.nodes[k] = node;
        }
    }

    /// The earliest pending time.
    #[inline]
    pub fn next_time(&self) -> f64 {
        self.nodes[1].time()
    }

    /// The slot with the earliest pending time.
    #[inline]
    pub fn next(&self) -> usize {
        self.nodes[1].slot()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::{Purpose, Stream, Who};

    #[test]
    fn agrees_with_a_scan() {
        let mut stream = Stream::new(1, 0, Who::new(&["tournament"]), Purpose::Arrivals);
        for slots in [1, 2, 13, 16] {
            let mut tournament = Tournament::default();
            tournament.clear(slots);
            assert_eq!(tournament.next_time(), f64::INFINITY);
            let mut times = vec![f64::INFINITY; slots];
            for _ in 0..5_000 {
                let slot = (stream.uniform() * slots as f64) as usize;
                // Of a few moments, so that many are the same, and often of never.
                times[slot] = [0.1, 0.2, 0.3, f64::INFINITY][(stream.uniform() * 4.0) as usize];
                tournament.set(slot, times[slot]);
                let first = (0..slots).min_by(|&a, &b| times[a].total_cmp(&times[b])).unwrap();
                assert_eq!(
                    (tournament.next_time(), tournament.time(slot)),
                    (times[first], times[slot])
                );
                if times[first] < f64::INFINITY {
                    assert_eq!(tournament.next(), first);
                }
            }
        }
    }
}
