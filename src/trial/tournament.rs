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

/// A slot and its pending time.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    time: f64,
    slot: u32,
}

impl Tournament {
    /// There are so many slots, and nothing is pending.
    pub fn clear(&mut self, slots: usize) {
        let slots = slots.next_power_of_two();
        self.nodes.clear();
        self.nodes.resize(2 * slots, Node { time: f64::INFINITY, slot: 0 });
        for slot in 0..slots {
            self.nodes[slots + slot].slot = slot as u32;
        }
        for k in (1..slots).rev() {
            self.nodes[k] = self.nodes[2 * k];
        }
    }

    /// The pending time of a slot.
    #[inline]
    pub fn time(&self, slot: usize) -> f64 {
        self.nodes[self.nodes.len() / 2 + slot].time
    }

    /// Makes a slot pending at `time`, and plays its matches anew, up to one that ends as it did
    /// before.
    #[inline]
    pub fn set(&mut self, slot: usize, time: f64) {
        let mut node = Node { time, slot: slot as u32 };
        let mut k = self.nodes.len() / 2 + slot;
        self.nodes[k] = node;
        while k > 1 {
            let other = self.nodes[k ^ 1];
            let same = other.time == node.time;
            if other.time < node.time || (same && other.slot < node.slot) {
                node = other;
            }
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
        self.nodes[1].time
    }

    /// The slot with the earliest pending time.
    #[inline]
    pub fn next(&self) -> usize {
        self.nodes[1].slot as usize
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
