//! What happens next: one pending time for each thing that can happen, in a total order.

use crate::model::Model;

/// Something that can happen in a trial, other than an attack caused by an attack. At the same
/// instant they come in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A calendar event happens.
    Event(usize),
    /// A gate opens.
    Gate(usize),
    /// The tension changes.
    Tension,
    /// A phase starts, or its next lift leaves.
    Phase(usize),
    /// A contingent leaves outside the phases.
    Departure(usize),
    /// The notice of an expulsion is over.
    NoticeEnd,
    /// The host's capability takes a step.
    Capability,
    /// The insurgency gains at one blow.
    Shock,
    /// A strike answers attacks of a threat.
    Strike(usize),
    /// The host tells the troops to leave.
    Expulsion,
    /// A rate changes because of the calendar.
    Shift,
    /// A background arrival on a channel.
    Arrival(usize),
    /// The insurgency does something.
    Incident,
    /// A barrage at others in the region.
    Barrage,
    /// People go back in.
    Reentry,
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
    /// By slot: what it is for.
    dues: Vec<Due>,
    /// By kind of [`Due`], in order: its first slot.
    first: [usize; KINDS],
    /// Pending times, padded with never to a power of two.
    times: Vec<f64>,
    /// `winner[1]` is the slot that is due first; `winner[k]` the better of `winner[2k]` and
    /// `winner[2k + 1]`; the second half holds the slots themselves.
    winner: Vec<u32>,
}

/// How many kinds of [`Due`] there are.
const KINDS: usize = 17;

/// How many there are of each kind that there may be any number of.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    events: usize,
    gates: usize,
    phases: usize,
    contingents: usize,
    channels: usize,
    /// Threats that strikes may answer: all, or none.
    threats: usize,
    /// 1 if there is anything in the region besides threats and tension.
    region: usize,
}

impl Agenda {
    pub fn new(model: &Model) -> Self {
        let strikes = model.threats.iter().any(|threat| threat.retaliation.is_some());
        let region = &model.region;
        let region =
            region.expulsion.is_some() || region.insurgency.is_some() || region.barrages.is_some();
        Agenda::of(Counts {
            events: model.events.len(),
            gates: model.gates.len(),
            phases: model.phases.len(),
            contingents: model.contingents(),
            channels: model.channels.len(),
            threats: if strikes { model.threats.len() } else { 0 },
            region: usize::from(region),
        })
    }

    fn of(counts: Counts) -> Self {
        let Counts { events, gates, phases, contingents, channels, threats, region } = counts;
        let several = |count: usize, due: fn(usize) -> Due| (0..count).map(due).collect();
        let kinds: [Vec<Due>; KINDS] = [
            several(events, Due::Event),
            several(gates, Due::Gate),
            vec![Due::Tension],
            several(phases, Due::Phase),
            several(contingents, Due::Departure),
            vec![Due::NoticeEnd; region],
            vec![Due::Capability; region],
            vec![Due::Shock; region],
            several(threats, Due::Strike),
            vec![Due::Expulsion; region],
            vec![Due::Shift],
            several(channels, Due::Arrival),
            vec![Due::Incident; region],
            vec![Due::Barrage; region],
            vec![Due::Reentry; region],
            vec![Due::Review],
            vec![Due::Spent],
        ];
        let mut first = [0; KINDS];
        for kind in 1..KINDS {
            first[kind] = first[kind - 1] + kinds[kind - 1].len();
        }
        let dues = kinds.concat();
        let slots = dues.len().next_power_of_two();
        let mut agenda =
            Agenda { first, dues, times: vec![f64::INFINITY; slots], winner: vec![0; 2 * slots] };
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
        (self.times[slot], self.dues[slot])
    }

    #[inline]
    fn slot(&self, due: Due) -> usize {
        match due {
            Due::Event(event) => self.first[0] + event,
            Due::Gate(gate) => self.first[1] + gate,
            Due::Tension => self.first[2],
            Due::Phase(phase) => self.first[3] + phase,
            Due::Departure(contingent) => self.first[4] + contingent,
            Due::NoticeEnd => self.first[5],
            Due::Capability => self.first[6],
            Due::Shock => self.first[7],
            Due::Strike(threat) => self.first[8] + threat,
            Due::Expulsion => self.first[9],
            Due::Shift => self.first[10],
            Due::Arrival(channel) => self.first[11] + channel,
            Due::Incident => self.first[12],
            Due::Barrage => self.first[13],
            Due::Reentry => self.first[14],
            Due::Review => self.first[15],
            Due::Spent => self.first[16],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_then_kind_then_index() {
        let mut agenda = Agenda::of(Counts {
            events: 1,
            gates: 2,
            phases: 3,
            contingents: 1,
            channels: 5,
            threats: 2,
            region: 1,
        });
        assert_eq!(agenda.next().0, f64::INFINITY);
        agenda.set(Due::Review, 7.0);
        agenda.set(Due::Arrival(4), 7.0);
        agenda.set(Due::Arrival(1), 7.0);
        agenda.set(Due::Phase(2), 7.0);
        agenda.set(Due::Gate(1), 8.0);
        agenda.set(Due::Event(0), 7.0);
        agenda.set(Due::Departure(0), 7.0);
        agenda.set(Due::Reentry, 7.0);
        agenda.set(Due::Strike(1), 7.0);
        let order = [
            Due::Event(0),
            Due::Phase(2),
            Due::Departure(0),
            Due::Strike(1),
            Due::Arrival(1),
            Due::Arrival(4),
            Due::Reentry,
            Due::Review,
            Due::Gate(1),
        ];
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
        let mut agenda = Agenda::of(Counts { channels: 13, ..Counts::default() });
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
