//! Working time, which stands still while nothing moves.

use super::moments::has_come;

/// How long before a blackout, in days, what has to be done by then is done: less than a second.
const EVE: f64 = 1e-6;

/// The times in which nothing moves: days of the week, and blackouts in the time that they leave.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blackouts {
    /// Days of the week on which nothing moves, if there are any.
    week: Option<Week>,
    /// Beginnings and ends in order, apart from each other, in working days of the weeks.
    spans: Vec<(f64, f64)>,
    /// How much is done on a day, in what the weeks and blackouts leave, if it is not always as much.
    pace: Option<Pace>,
}

impl Blackouts {
    /// The union of days of the week, from that of day 0 on, and of spans of days; and how much is done on
    /// a day from some days on.
    pub fn new(
        works: [bool; 7],
        spans: impl Iterator<Item = (f64, f64)>,
        pace: &[(f64, f64)],
    ) -> Self {
        let week = (works != [true; 7]).then(|| Week::new(works));
        let in_weeks = |days: f64| week.as_ref().map_or(days, |week| week.working(days));
        let spans = spans.map(|(from, until)| (in_weeks(from), in_weeks(until)));
        let mut all: Vec<(f64, f64)> = spans.filter(|(from, until)| from < until).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut spans: Vec<(f64, f64)> = Vec::with_capacity(all.len());
        for (from, until) in all {
            match spans.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => spans.push((from, until)),
            }
        }
        let mut blackouts = Blackouts { week, spans, pace: None };
        let steps = pace.iter().map(|&(day, pace)| (blackouts.left(day), pace)).collect();
        blackouts.pace = (!pace.is_empty()).then(|| Pace::new(steps));
        blackouts
    }

    /// Working days up to an instant.
    pub fn working(&self, days: f64) -> f64 {
        let left = self.left(days);
        self.pace.as_ref().map_or(left, |pace| pace.done(left))
    }

    /// What weeks and blackouts leave of the days up to an instant.
    fn left(&self, days: f64) -> f64 {
        let days = self.week.as_ref().map_or(days, |week| week.working(days));
        let lost = |(from, until): &(f64, f64)| (days.min(*until) - from).max(0.0);
        days - self.spans.iter().map(lost).sum::<f64>()
    }

    /// Working days up to a deadline: a deadline at which nothing moves is met on the eve of that
    /// time, for what is due when it begins is held until it ends.
    pub fn working_by(&self, deadline: f64) -> f64 {
        let working = self.working(deadline);
        let still = has_come(self.instant(working), deadline);
        working - if still { 0.0 } else { EVE }
    }

    /// The instant at which things move and up to which there have been so many working days. It
    /// is the last one up to which there have been no more. As whole days are lost, it takes
    /// what [`Blackouts::working`] says of such an instant back to that very instant.
    pub fn instant(&self, working: f64) -> f64 {
        let mut days = self.pace.as_ref().map_or(working, |pace| pace.left(working));
        for &(from, until) in &self.spans {
            if !has_come(from, days) {
                break;
            }
            days = (days + (until - from)).max(until);
        }
        self.week.as_ref().map_or(days, |week| week.instant(days))
    }
}

/// How much is done on a day: a line with bends.
#[derive(Clone, Debug)]
struct Pace {
    /// Where it bends: days that are left, what is done by then, and what is done on each from there on.
    bends: Vec<[f64; 3]>,
}

impl Pace {
    /// By days that are left, in order, what is done on each from there on. Nothing is done by day 0.
    fn new(steps: Vec<(f64, f64)>) -> Self {
        let mut bends: Vec<[f64; 3]> = Vec::with_capacity(steps.len());
        for (left, pace) in steps {
            let done = bends.last().map_or(0.0, |[from, done, pace]| done + (left - from) * pace);
            bends.push([left, done, pace]);
        }
        let mut all = Pace { bends };
        let before = all.done(0.0);
        all.bends.iter_mut().for_each(|bend| bend[1] -= before);
        all
    }

    /// The bend by which a coordinate is known.
    fn bend(&self, coordinate: usize, value: f64) -> [f64; 3] {
        let next = self.bends.partition_point(|bend| bend[coordinate] <= value);
        self.bends[next.saturating_sub(1)]
    }

    fn done(&self, left: f64) -> f64 {
        let [from, done, pace] = self.bend(0, left);
        done + (left - from) * pace
    }

    fn left(&self, done: f64) -> f64 {
        let [from, by_then, pace] = self.bend(1, done);
        from + (done - by_then) / pace
    }
}

/// A week in which things move on some days, from the day of the week of day 0 on.
#[derive(Clone, Debug)]
struct Week {
    /// The days on which things move, from 0 to 6.
    days: Vec<f64>,
    /// Working days before each day of the week.
    before: [f64; 7],
    works: [bool; 7],
}

const WEEK: f64 = 7.0;

impl Week {
    fn new(works: [bool; 7]) -> Self {
        let (mut days, mut before) = (Vec::new(), [0.0; 7]);
        for (k, day) in (0_u8..7).enumerate() {
            before[k] = days.len() as f64;
            if works[k] {
                days.push(f64::from(day));
            }
        }
        Week { days, before, works }
    }

    /// Working days of a week.
    fn each(&self) -> f64 {
        self.days.len() as f64
    }

    fn working(&self, days: f64) -> f64 {
        let weeks = (days / WEEK).floor();
        let rest = days - WEEK * weeks;
        let day = (rest as usize).min(6);
        let begun = if self.works[day] { rest - day as f64 } else { 0.0 };
        weeks * self.each() + (self.before[day] + begun)
    }

    fn instant(&self, working: f64) -> f64 {
        // Just before a day counts as its beginning, as everywhere; that may be days later.
        let (day, begun) = match working.ceil() {
            next if has_come(next, working) && !self.goes_on_at(next) => (next, 0.0),
            _ => (working.floor(), working - working.floor()),
        };
        let weeks = (day / self.each()).floor();
        let place = (day - weeks * self.each()) as usize;
        WEEK * weeks + (self.days[place.min(self.days.len() - 1)] + begun)
    }

    /// Whether the day before the so-manieth working day is one, too.
    fn goes_on_at(&self, day: f64) -> bool {
        let place = (day - (day / self.each()).floor() * self.each()) as usize;
        let first = self.days[place.min(self.days.len() - 1)] as usize;
        self.works[(first + 6) % 7]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_time_stands_still_in_the_union_of_spans() {
        let blackouts =
            Blackouts::new([true; 7], [(30.0, 35.0), (10.0, 20.0), (15.0, 22.0)].into_iter(), &[]);
        let pairs = [(0.0, 0.0), (10.0, 10.0), (16.0, 10.0), (22.0, 10.0), (25.0, 13.0)];
        for (instant, working) in pairs.into_iter().chain([(35.0, 18.0), (40.0, 23.0)]) {
            assert_eq!(blackouts.working(instant), working);
        }
        for (working, instant) in
            [(9.5, 9.5), (10.0, 22.0), (10.5, 22.5), (18.0, 35.0), (18.5, 35.5)]
        {
            assert_eq!(blackouts.instant(working), instant);
        }
        assert_eq!(blackouts.instant(10.0 - 1e-12), 22.0, "rounding does not let a lift go");
        for deadline in [10.0 - 1e-12, 10.0, 16.0, 21.9] {
            let eve = blackouts.instant(blackouts.working_by(deadline));
            assert!((10.0 - 1e-5..10.0).contains(&eve), "{eve}");
        }
        assert_eq!((blackouts.working_by(9.0), blackouts.working_by(22.0)), (9.0, 10.0));
        assert_eq!(Blackouts::default().instant(7.25), 7.25);
        for k in 0..10_000 {
            let instant = 35.0 + libm::fmod(f64::from(k) * std::f64::consts::PI, 300.0);
            assert_eq!(blackouts.instant(blackouts.working(instant)), instant);
        }
    }
    /// Days counted one by one, and looked for among instants: what is at no blackout and on a
    /// working day moves.
    #[test]
    fn days_of_the_week_are_lost_as_spans_would_be() {
        let mut state = 1_u32;
        let mut next = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % most
        };
        for _ in 0..300 {
            let mut works: [bool; 7] = std::array::from_fn(|_| next(2) == 0);
            works[next(7) as usize] = true;
            let out: Vec<(f64, f64)> = (0..next(3))
                .map(|_| {
                    let from = f64::from(next(60));
                    (from, from + 1.0 + f64::from(next(12)))
                })
                .collect();
            let clock = Blackouts::new(works, out.iter().copied(), &[]);
            let off = (-10..140).filter(|day: &i32| !works[day.rem_euclid(7) as usize]);
            let off = off.map(|day| (f64::from(day), f64::from(day + 1)));
            let spans = Blackouts::new([true; 7], off.chain(out.iter().copied()), &[]);
            // Those before day 0 do not count.
            let offset = spans.working(0.0);
            for _ in 0..60 {
                let instant = f64::from(next(100 * 64)) / 64.0;
                let working = clock.working(instant);
                assert_eq!(working, spans.working(instant) - offset, "{works:?} {out:?} {instant}");
                let moves = clock.instant(working);
                assert_eq!(moves, spans.instant(working + offset), "{works:?} {out:?} {working}");
                assert_eq!(clock.working(moves), working);
                let by = clock.working_by(instant);
                let apart = (by - (spans.working_by(instant) - offset)).abs();
                assert!(apart < 1e-12, "{works:?} {out:?} {instant}");
                let almost = clock.instant(working - 1e-12);
                assert!(
                    (almost - moves).abs() < 1e-11,
                    "rounding lets no lift go: {almost} {moves}"
                );
            }
        }
    }

    /// Days counted in small parts, one by one.
    #[test]
    fn a_month_does_as_much_as_its_days_do() {
        let mut state = 7_u32;
        let mut next = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % most
        };
        for _ in 0..200 {
            let mut works: [bool; 7] = std::array::from_fn(|_| next(3) > 0);
            works[next(7) as usize] = true;
            let out: Vec<(f64, f64)> = (0..next(3))
                .map(|_| {
                    let from = f64::from(next(60));
                    (from, from + 1.0 + f64::from(next(12)))
                })
                .collect();
            let mut pace = vec![(-40.0 + f64::from(next(30)), 0.5)];
            for _ in 0..6 {
                let last = pace[pace.len() - 1].0;
                pace.push((last + 1.0 + f64::from(next(31)), 0.05 + f64::from(next(300)) / 100.0));
            }
            let clock = Blackouts::new(works, out.iter().copied(), &pace);
            let of_day = |day: i32| {
                let at = f64::from(day);
                let off = out.iter().any(|(from, until)| (*from..*until).contains(&at));
                let k = pace.partition_point(|(from, _)| *from <= at).saturating_sub(1);
                if works[day.rem_euclid(7) as usize] && !off { pace[k].1 } else { 0.0 }
            };
            for _ in 0..60 {
                let instant = f64::from(next(140 * 64)) / 64.0;
                let (whole, part) = (instant.floor(), instant.fract());
                let days: f64 = (0..whole as i32).map(of_day).sum();
                let expected = days + part * of_day(whole as i32);
                let working = clock.working(instant);
                assert!((working - expected).abs() < 1e-9, "{works:?} {out:?} {pace:?} {instant}");
                let moves = clock.instant(working);
                assert!((clock.working(moves) - working).abs() < 1e-9);
                assert!(moves > instant - 1e-9);
                assert!(of_day((moves + 1e-6).floor() as i32) > 0.0, "{moves} {out:?} {works:?}");
                if of_day(whole as i32) > 0.0 {
                    assert!((moves - instant).abs() < 1e-9, "{moves} {instant}");
                }
            }
        }
    }
}
