//! Pending times of channels, of which the earliest is always at hand.

/// So many times are compared without a branch.
const GROUP: usize = 8;

/// A pending time for each of some slots, never if infinite. Times change all the time, so that
/// comparing all of a group anew, which processors do side by side, is quicker than a tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Earliest {
    times: Vec<f64>,
    keys: Vec<[Key; GROUP]>,
    /// By group: its least key.
    heads: Vec<Key>,
    next: usize,
    next_time: f64,
}

/// The bits of a time, which are in the order of times that are 0 or later, but for the last ones,
/// which say where in its group it stands. So of times that differ by less than 2^-49 of
/// themselves, which are the same to all intents, either may come first: always the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64);

const PLACE: u64 = GROUP as u64 - 1;

impl Key {
    #[inline]
    fn new(time: f64, place: usize) -> Self {
        Key(time.to_bits() & !PLACE | place as u64)
    }

    #[inline]
    fn place(self) -> usize {
        (self.0 & PLACE) as usize
    }
}

impl Earliest {
    /// There are so many slots, and nothing is pending.
    pub fn clear(&mut self, slots: usize) {
        let groups = slots.div_ceil(GROUP);
        self.times.clear();
        self.times.resize(groups * GROUP, f64::INFINITY);
        self.keys.clear();
        self.keys.resize(groups, std::array::from_fn(|place| Key::new(f64::INFINITY, place)));
        self.heads.clear();
        // A single slot is the earliest.
        if slots > 1 {
            self.heads.resize(groups, Key::new(f64::INFINITY, 0));
        }
        (self.next, self.next_time) = (0, f64::INFINITY);
    }

    /// The pending time of a slot.
    #[inline]
    pub fn time(&self, slot: usize) -> f64 {
        self.times[slot]
    }

    /// Makes a slot pending at `time`.
    #[inline]
    pub fn set(&mut self, slot: usize, time: f64) {
        debug_assert!(time >= 0.0, "slot {slot} is pending at {time}");
        self.times[slot] = time;
        if self.heads.is_empty() {
            self.next_time = time;
            return;
        }
        let (group, place) = (slot / GROUP, slot % GROUP);
        let keys = &mut self.keys[group];
        keys[place] = Key::new(time, place);
        let [a, b, c, d, e, f, g, h] = *keys;
        self.heads[group] = a.min(b).min(c.min(d)).min(e.min(f).min(g.min(h)));
        let (mut first, mut least) = (0, self.heads[0]);
        for (group, &head) in self.heads.iter().enumerate().skip(1) {
            if head < least {
                (first, least) = (group, head);
            }
        }
        self.next = first * GROUP + least.place();
        self.next_time = self.times[self.next];
    }

    /// The earliest pending time.
    #[inline]
    pub fn next_time(&self) -> f64 {
        self.next_time
    }

    /// The slot with the earliest pending time.
    #[inline]
    pub fn next(&self) -> usize {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::{Purpose, Stream, Who};

    #[test]
    fn agrees_with_a_scan() {
        let mut stream = Stream::new(1, 0, Who::new(&["earliest"]), Purpose::Arrivals);
        for slots in [1, 2, 8, 13, 64] {
            let mut earliest = Earliest::default();
            earliest.clear(slots);
            assert_eq!(earliest.next_time(), f64::INFINITY);
            let mut times = vec![f64::INFINITY; slots];
            for _ in 0..5_000 {
                let slot = (stream.uniform() * slots as f64) as usize;
                // Some the same, and often never.
                let time = [0.1, 100.0 * stream.uniform(), 0.0, f64::INFINITY];
                times[slot] = time[(stream.uniform() * 4.0) as usize];
                earliest.set(slot, times[slot]);
                let first = (0..slots).min_by(|&a, &b| times[a].total_cmp(&times[b])).unwrap();
                assert_eq!(
                    (earliest.next_time(), earliest.time(slot)),
                    (times[first], times[slot])
                );
                if times[first] < f64::INFINITY {
                    assert_eq!(times[earliest.next()], times[first]);
                }
            }
        }
    }
}
