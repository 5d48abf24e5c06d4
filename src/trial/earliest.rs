//! Pending times of numbered things, of which the earliest is always at hand.

/// So many times are compared without a branch.
const GROUP: usize = 8;

/// A pending time for each of some slots, never if infinite. At the same instant the lower slot
/// comes first. Times change all the time, so that comparing all of a group anew, which processors
/// do side by side, is quicker than a tree; and that only where the earliest of it has been put off.
///
/// Times, which are 0 or later, are held as their bits, which are in the same order.
#[derive(Clone, Debug, Default)]
pub(super) struct Earliest {
    groups: Vec<Group>,
    next: usize,
    next_time: f64,
    /// Whether slots have been put since the earliest was found.
    is_stale: bool,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    times: [u64; GROUP],
    least: u64,
}

const NEVER: u64 = f64::INFINITY.to_bits();

impl Group {
    #[inline]
    fn settle(&mut self) {
        let [a, b, c, d, e, f, g, h] = self.times;
        self.least = a.min(b).min(c.min(d)).min(e.min(f).min(g.min(h)));
    }
}

impl Earliest {
    /// There are so many slots, and nothing is pending. With none, times are not kept.
    pub fn clear(&mut self, slots: usize) {
        self.groups.clear();
        let never = Group { times: [NEVER; GROUP], least: NEVER };
        self.groups.resize(slots.div_ceil(GROUP), never);
        (self.next, self.next_time) = (0, f64::INFINITY);
    }

    /// The pending time of a slot.
    #[inline]
    pub fn time(&self, slot: usize) -> f64 {
        f64::from_bits(self.groups[slot / GROUP].times[slot % GROUP])
    }

    /// Makes a slot pending at `time`. It is called in very many places, so that it is not repeated in each.
    #[inline(never)]
    pub fn set(&mut self, slot: usize, time: f64) {
        debug_assert!(time >= 0.0 && time.is_sign_positive(), "slot {slot} is pending at {time}");
        let Some(group) = self.groups.get_mut(slot / GROUP) else { return };
        let (bits, earliest) = (time.to_bits(), self.next_time.to_bits());
        let before = std::mem::replace(&mut group.times[slot % GROUP], bits);
        if bits < group.least {
            group.least = bits;
        } else if before == group.least {
            group.settle();
        }
        if slot == self.next && bits > earliest {
            self.find();
        } else if bits < earliest || bits == earliest && slot < self.next {
            (self.next, self.next_time) = (slot, time);
        }
    }

    /// The same, where [`Earliest::settle`] follows.
    #[inline]
    pub fn put(&mut self, slot: usize, time: f64) {
        debug_assert!(time >= 0.0 && time.is_sign_positive(), "slot {slot} is pending at {time}");
        if let Some(group) = self.groups.get_mut(slot / GROUP) {
            group.times[slot % GROUP] = time.to_bits();
            self.is_stale = true;
        }
    }

    /// After slots have been put, if any have: finds the earliest.
    #[inline]
    pub fn settle(&mut self) {
        if std::mem::take(&mut self.is_stale) {
            self.groups.iter_mut().for_each(Group::settle);
            self.find();
        }
    }

    /// The same as [`Earliest::set`] of the earliest slot, which has been due: in the loop that speed hangs on.
    #[inline(always)]
    pub fn put_off(&mut self, time: f64) {
        let slot = self.next;
        if let Some(group) = self.groups.get_mut(slot / GROUP) {
            debug_assert!(time >= self.next_time, "put off from {} to {time}", self.next_time);
            group.times[slot % GROUP] = time.to_bits();
            group.settle();
            self.find();
        }
    }

    #[inline]
    fn find(&mut self) {
        let (mut first, mut least) = (0, NEVER);
        for (k, group) in self.groups.iter().enumerate() {
            if group.least < least {
                (first, least) = (k, group.least);
            }
        }
        let place = self
            .groups
            .get(first)
            .map(|group| group.times.iter().position(|time| *time == least).unwrap_or_default());
        self.next = first * GROUP + place.unwrap_or_default();
        self.next_time = f64::from_bits(least);
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
            for round in 0..5_000 {
                let slot = (stream.uniform() * slots as f64) as usize;
                // Some the same, and often never.
                let time = [0.1, 100.0 * stream.uniform(), 0.0, f64::INFINITY];
                let slot = if round % 3 == 0 { earliest.next() } else { slot };
                times[slot] = time[(stream.uniform() * 4.0) as usize];
                if round % 3 == 0 && times[slot] >= earliest.next_time() {
                    earliest.put_off(times[slot]);
                } else if round % 3 == 1 {
                    earliest.put(slot, times[slot]);
                    earliest.settle();
                } else {
                    earliest.set(slot, times[slot]);
                }
                let first = (0..slots).min_by(|&a, &b| times[a].total_cmp(&times[b])).unwrap();
                assert_eq!(
                    (earliest.next_time(), earliest.next(), earliest.time(slot)),
                    (times[first], first, times[slot])
                );
            }
        }
    }
}
