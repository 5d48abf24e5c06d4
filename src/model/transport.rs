//! What moves people, and how many of them: lifts, and the room in each.

use super::moments::ROUNDING;

/// How fast people, or the materiel of a mode, can be moved. Times are working days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transport {
    /// Between the lifts of a phase.
    pub every: f64,
    /// People, or tonnes, that a lift takes after a full interval.
    pub room: u32,
}

/// The lifts of a stretch of time: one after each full interval, and one at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lifts {
    pub count: u32,
    /// People that the last one takes: its interval may be a shorter one.
    pub last_room: u32,
}

impl Transport {
    /// A lift every so many days, with room for so many people, or tonnes, a day.
    pub fn new(every: u32, per_day: u32) -> Self {
        Transport { every: f64::from(every), room: every.saturating_mul(per_day) }
    }

    /// The lifts of so many days.
    pub fn lifts(&self, days: f64) -> Lifts {
        let count = (days / self.every - 1e-9).ceil().max(1.0);
        let last = days - (count - 1.0) * self.every;
        let last_room = ((last + ROUNDING) * self.per_day()).min(f64::from(self.room));
        Lifts { count: count as u32, last_room: last_room as u32 }
    }

    /// The days that it takes so many people to go at the least: full lifts, and one that leaves as
    /// soon as the rest can have come together.
    pub fn least_days(&self, people: u64) -> f64 {
        let room = u64::from(self.room);
        (people / room) as f64 * self.every + (people % room) as f64 / self.per_day()
    }

    /// The same in full intervals.
    pub fn least_full_days(&self, people: u64) -> f64 {
        people.div_ceil(u64::from(self.room)) as f64 * self.every
    }

    fn per_day(&self) -> f64 {
        f64::from(self.room) / self.every
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSPORT: Transport = Transport { every: 7.0, room: 105 };

    #[test]
    fn a_short_interval_takes_fewer() {
        for (days, count, last_room) in [
            (84.0, 12, 105),
            (84.0 - 1e-10, 12, 105),
            (77.5, 12, 7),
            (77.0, 11, 105),
            (0.5, 1, 7),
            (0.0, 1, 0),
        ] {
            assert_eq!(TRANSPORT.lifts(days), Lifts { count, last_room }, "{days}");
        }
    }

    #[test]
    fn so_many_take_so_long() {
        for (people, days, full) in
            [(0, 0.0, 0.0), (105, 7.0, 7.0), (1_261, 84.0 + 1.0 / 15.0, 91.0)]
        {
            assert_eq!(TRANSPORT.least_days(people), days);
            assert_eq!(TRANSPORT.least_full_days(people), full);
        }
    }
}
