//! The future event list: one pending time for each thing that can happen, in a total order.

use std::sync::Arc;

use super::earliest::Earliest;
use crate::model::Model;

/// Something that can happen in a trial, other than an attack. At the same instant they come in
/// this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// A risk happens.
    Risk(usize),
    /// A calendar event happens.
    Event(usize),
    /// A gate opens.
    Gate(usize),
    /// The tension changes.
    Tension,
    /// People arrive at the end of a leg.
    Arrival(usize),
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

/// The pending time of every [`Due`], never if infinite. At the same instant the order is that of
/// [`Due`], then of index, which makes it total.
#[derive(Clone, Debug)]
pub(super) struct FutureEvents {
    /// By slot: what it is for.
    dues: Arc<[Due]>,
    /// By kind of [`Due`], in order: its first slot.
    first: [usize; KINDS],
    times: Earliest,
}

/// How many kinds of [`Due`] there are.
const KINDS: usize = 18;

/// How many there are of each kind that there may be any number of.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    risks: usize,
    events: usize,
    gates: usize,
    legs: usize,
    phases: usize,
    contingents: usize,
    /// Threats that strikes may answer: all, or none.
    threats: usize,
    /// 1 if there is anything in the region besides threats and tension.
    region: usize,
}

impl FutureEvents {
    pub fn new(model: &Model) -> Self {
        let strikes = model.threats.iter().any(|threat| threat.retaliation.is_some());
        let region = &model.region;
        let region =
            region.expulsion.is_some() || region.insurgency.is_some() || region.barrages.is_some();
        FutureEvents::of(Counts {
            risks: model.risks.len(),
            events: model.events.len(),
            gates: model.gates.len(),
            legs: model.legs.len(),
            phases: model.phases.len(),
            contingents: model.contingents(),
            threats: if strikes { model.threats.len() } else { 0 },
            region: usize::from(region),
        })
    }

    fn of(counts: Counts) -> Self {
        let Counts { risks, events, gates, legs, phases, contingents, threats, region } = counts;
        let several = |count: usize, due: fn(usize) -> Due| (0..count).map(due).collect();
        let kinds: [Vec<Due>; KINDS] = [
            several(risks, Due::Risk),
            several(events, Due::Event),
            several(gates, Due::Gate),
            vec![Due::Tension],
            several(legs, Due::Arrival),
            several(phases, Due::Phase),
            several(contingents, Due::Departure),
            vec![Due::NoticeEnd; region],
            vec![Due::Capability; region],
            vec![Due::Shock; region],
            several(threats, Due::Strike),
            vec![Due::Expulsion; region],
            vec![Due::Shift],
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
        let dues: Arc<[Due]> = kinds.concat().into();
        let mut times = Earliest::default();
        times.clear(dues.len());
        FutureEvents { dues, first, times }
    }

    /// Nothing is pending.
    pub fn clear(&mut self) {
        self.times.clear(self.dues.len());
    }

    /// The pending time of `due`.
    #[inline]
    pub fn time(&self, due: Due) -> f64 {
        self.times.time(self.slot(due))
    }

    /// Makes `due` pending at `time`.
    #[inline]
    pub fn set(&mut self, due: Due, time: f64) {
        debug_assert!(!time.is_nan(), "{due:?} is due at no time");
        self.times.set(self.slot(due), time);
    }

    /// The earliest pending time.
    #[inline]
    pub fn next_days(&self) -> f64 {
        self.times.next_time()
    }

    /// What is due at the earliest pending time.
    #[inline]
    pub fn next(&self) -> Due {
        self.dues[self.times.next()]
    }

    #[inline]
    fn slot(&self, due: Due) -> usize {
        match due {
            Due::Risk(risk) => self.first[0] + risk,
            Due::Event(event) => self.first[1] + event,
            Due::Gate(gate) => self.first[2] + gate,
            Due::Tension => self.first[3],
            Due::Arrival(leg) => self.first[4] + leg,
            Due::Phase(phase) => self.first[5] + phase,
            Due::Departure(contingent) => self.first[6] + contingent,
            Due::NoticeEnd => self.first[7],
            Due::Capability => self.first[8],
            Due::Shock => self.first[9],
            Due::Strike(threat) => self.first[10] + threat,
            Due::Expulsion => self.first[11],
            Due::Shift => self.first[12],
            Due::Incident => self.first[13],
            Due::Barrage => self.first[14],
            Due::Reentry => self.first[15],
            Due::Review => self.first[16],
            Due::Spent => self.first[17],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_then_kind_then_index() {
        let mut future = FutureEvents::of(Counts {
            risks: 1,
            events: 1,
            gates: 2,
            legs: 2,
            phases: 3,
            contingents: 1,
            threats: 2,
            region: 1,
        });
        assert_eq!(future.next_days(), f64::INFINITY);
        future.set(Due::Review, 7.0);
        future.set(Due::Phase(1), 7.0);
        future.set(Due::Arrival(1), 7.0);
        future.set(Due::Phase(2), 7.0);
        future.set(Due::Gate(1), 8.0);
        future.set(Due::Event(0), 7.0);
        future.set(Due::Risk(0), 7.0);
        future.set(Due::Departure(0), 7.0);
        future.set(Due::Reentry, 7.0);
        future.set(Due::Strike(1), 7.0);
        let order = [
            Due::Risk(0),
            Due::Event(0),
            Due::Arrival(1),
            Due::Phase(1),
            Due::Phase(2),
            Due::Departure(0),
            Due::Strike(1),
            Due::Reentry,
            Due::Review,
            Due::Gate(1),
        ];
        for due in order {
            assert_eq!(future.next(), due);
            future.set(due, f64::INFINITY);
        }
        assert_eq!(future.next_days(), f64::INFINITY);
    }
}
