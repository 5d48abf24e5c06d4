//! What happens next: one pending time for each thing that can happen, in a total order.

/// Something that can happen in a trial, other than an attack caused by an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A gate opens.
    Gate(usize),
    /// The tension changes.
    Tension,
    /// A phase starts, or its next lift leaves.
    Phase(usize),
    /// A rate changes because of the calendar.
    Shift,
    /// A background arrival on a channel.
    Arrival(usize),
    /// A review.
    Review,
    /// The breathing room of a pause is spent.
    Spent,
}

/// The pending time of every [`Due`], never if infinite. A tournament: the earliest is found at
/// once, a change costs the logarithm of their number. At the same instant the order is that of
/// [`Due`], then of index, which makes it total.
#[derive(Clone, Debug)]
pub(super) struct Agenda {
    gates: usize,
    phases: usize,
    channels: usize,
    /// Pending times, padded with never to a power of two.
    times: Vec<f64>,
    /// `winner[1]` is the slot that is due first; `winner[k]` the better of `winner[2k]` and
    /// `winner[2k + 1]`; the second half holds the slots themselves.
    winner: Vec<u32>,
}

impl Agenda {
    pub fn new(gates: usize, phases: usize, channels: usize) -> Self {
        let slots = (gates + phases + channels + 4).next_power_of_two();
        let mut agenda = Agenda {
            gates,
            phases,
            channels,
            times: vec![f64::INFINITY; slots],
            winner: vec![0; 2 * slots],
        };
        agenda.clear();
        agenda
    }

    /// Nothing is pending.
    pub fn clear(&mut self) {
        let slots = self.times.len();
        self.times.fill(f64::INFINITY);
        for slot in 0..slots {
            self.winner[slots + slot] = slot as u32;
        }
        for k in (1..slots).rev() {
            self.winner[k] = self.winner[2 * k];
        }
    }

    /// The pending time of `due`.
    #[inline]
    pub fn time(&self, due: Due) -> f64 {
        self.times[self.slot(due)]
    }

    /// Makes `due` pending at `time`.
    #[inline]
    pub fn set(&mut self, due: Due, time: f64) {
        debug_assert!(!time.is_nan(), "{due:?} is due at no time");
        let slot = self.slot(due);
        self.times[slot] = time;
        let mut k = (self.times.len() + slot) / 2;
        while k > 0 {
            let (left, right) = (self.winner[2 * k], self.winner[2 * k + 1]);
            let left_first = self.times[left as usize] <= self.times[right as usize];
            self.winner[k] = if left_first { left } else { right };
            k /= 2;
        }
    }

    /// The earliest pending time, and what is due then.
    #[inline]
    pub fn next(&self) -> (f64, Due) {
        let slot = self.winner[1] as usize;
        (self.times[slot], self.due(slot))
    }

    #[inline]
    fn slot(&self, due: Due) -> usize {
        let after_channels = self.gates + 2 + self.phases + self.channels;
        match due {
            Due::Gate(gate) => gate,
            Due::Tension => self.gates,
            Due::Phase(phase) => self.gates + 1 + phase,
            Due::Shift => self.gates + 1 + self.phases,
            Due::Arrival(channel) => self.gates + 2 + self.phases + channel,
            Due::Review => after_channels,
            Due::Spent => after_channels + 1,
        }
    }

    #[inline]
    fn due(&self, slot: usize) -> Due {
        let first_phase = self.gates + 1;
        let first_channel = first_phase + self.phases + 1;
        let after_channels = first_channel + self.channels;
        match slot {
            slot if slot >= first_channel && slot < after_channels => {
                Due::Arrival(slot - first_channel)
            }
            slot if slot < self.gates => Due::Gate(slot),
            slot if slot == self.gates => Due::Tension,
            slot if slot + 1 < first_channel => Due::Phase(slot - first_phase),
            slot if slot < first_channel => Due::Shift,
            slot if slot == after_channels => Due::Review,
            _ => Due::Spent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_then_kind_then_index() {
        let mut agenda = Agenda::new(2, 3, 5);
        assert_eq!(agenda.next().0, f64::INFINITY);
        agenda.set(Due::Review, 7.0);
        agenda.set(Due::Arrival(4), 7.0);
        agenda.set(Due::Arrival(1), 7.0);
        agenda.set(Due::Phase(2), 7.0);
        agenda.set(Due::Gate(1), 8.0);
        let order = [Due::Phase(2), Due::Arrival(1), Due::Arrival(4), Due::Review, Due::Gate(1)];
        for due in order {
            assert_eq!(agenda.next().1, due);
            agenda.set(due, f64::INFINITY);
        }
        assert_eq!(agenda.next().0, f64::INFINITY);
    }

    #[test]
    fn agrees_with_a_scan() {
        use crate::streams::{Purpose, Stream, Who};
        let mut stream = Stream::new(1, 0, Who::new(&["agenda"]), Purpose::Arrivals);
        let mut agenda = Agenda::new(0, 0, 13);
        let mut times = [f64::INFINITY; 13];
        for _ in 0..5_000 {
            let channel = (stream.uniform() * 13.0) as usize;
            times[channel] = stream.uniform();
            agenda.set(Due::Arrival(channel), times[channel]);
            let first = (0..13).min_by(|&a, &b| times[a].total_cmp(&times[b])).unwrap();
            assert_eq!(agenda.next(), (times[first], Due::Arrival(first)));
        }
    }
}
