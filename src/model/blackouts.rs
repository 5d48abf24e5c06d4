//! Working time, which stands still while nothing moves.

use super::moments::has_come;

/// How long before a blackout, in days, what has to be done by then is done: less than a second.
const EVE: f64 = 1e-6;

/// The times in which nothing moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blackouts {
    /// Beginnings and ends in order, apart from each other.
    spans: Vec<(f64, f64)>,
}

impl Blackouts {
    /// The union of spans.
    pub fn new(spans: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut all: Vec<(f64, f64)> = spans.collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut spans: Vec<(f64, f64)> = Vec::with_capacity(all.len());
        for (from, until) in all {
            match spans.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => spans.push((from, until)),
            }
        }
        Blackouts { spans }
    }

    /// Working days up to an instant.
    pub fn working(&self, days: f64) -> f64 {
        let lost = |(from, until): &(f64, f64)| (days.min(*until) - from).max(0.0);
        days - self.spans.iter().map(lost).sum::<f64>()
    }

    /// Working days up to a deadline: a deadline in a blackout is met on its eve, for what is due
    /// when the blackout begins is held until it ends.
    pub fn working_by(&self, deadline: f64) -> f64 {
        let within = |(from, until): &(f64, f64)| has_come(*from, deadline) && deadline < *until;
        let eve = if self.spans.iter().any(within) { EVE } else { 0.0 };
        self.working(deadline) - eve
    }

    /// The instant at which things move and up to which there have been so many working days. It
    /// is the last one up to which there have been no more. As blackouts are whole days, it takes
    /// what [`Blackouts::working`] says of such an instant back to that very instant.
    pub fn instant(&self, working: f64) -> f64 {
        let mut days = working;
        for &(from, until) in &self.spans {
            if !has_come(from, days) {
                break;
            }
            days = (days + (until - from)).max(until);
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_time_stands_still_in_the_union_of_spans() {
        let blackouts = Blackouts::new([(30.0, 35.0), (10.0, 20.0), (15.0, 22.0)].into_iter());
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
}
