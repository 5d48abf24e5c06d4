//! A threat starts as if the first day had lasted for ever: random scenarios against closed forms.

use std::fmt::Write as _;

use drawdown::By;

use crate::statistics::{Dice, mean_and_se, of, run_under, total};

/// Two threats on two sites that cause attacks of each other and on each other's sites.
struct World {
    /// By threat, then site.
    rates: [f64; 4],
    batch: [f64; 2],
    decay: [f64; 2],
    own: [f64; 2],
    to_threats: [f64; 2],
    /// From the first site to the second.
    to_sites: [f64; 2],
    /// What the people on each site multiply the background by.
    presence: [f64; 2],
}

const CHANNELS: usize = 4;

impl World {
    fn new(dice: &mut Dice, presence: [f64; 2]) -> Self {
        let mut pair = |low, high| [dice.between(low, high), dice.between(low, high)];
        World {
            rates: {
                let ([a, b], [c, d]) = (pair(1.0, 2.0), pair(1.0, 2.0));
                [a, b, c, d]
            },
            batch: pair(1.0, 3.0),
            decay: pair(1.0, 20.0),
            own: pair(0.1, 0.4),
            to_threats: pair(0.05, 0.15),
            to_sites: pair(0.05, 0.15),
            presence,
        }
    }

    /// Attacks on channel `to` that one on `from` causes directly.
    fn causes(&self, from: usize, to: usize) -> f64 {
        let (threat, site) = (from / 2, from % 2);
        match (threat == to / 2, site == to % 2) {
            (true, true) => self.own[threat],
            (false, true) => self.to_threats[threat],
            (true, false) if site == 0 => self.to_sites[threat],
            _ => 0.0,
        }
    }

    /// Background attacks a day on a channel.
    fn uncaused(&self, k: usize) -> f64 {
        let caused = (0..CHANNELS).map(|from| self.causes(from, k) * self.rates[from]);
        (self.rates[k] - caused.sum::<f64>()) * self.presence[k % 2]
    }

    /// The long-run rates: r = uncaused + M r, by letting attacks cause attacks 1,000 times.
    fn long_run(&self) -> [f64; CHANNELS] {
        let mut rates = [0.0; CHANNELS];
        for _ in 0..1_000 {
            let before = rates;
            for (k, rate) in rates.iter_mut().enumerate() {
                let caused = (0..CHANNELS).map(|from| self.causes(from, k) * before[from]);
                *rate = self.uncaused(k) + caused.sum::<f64>();
            }
        }
        rates
    }

    /// The probability that nothing is to come on the first day. A caused arrival at age s has
    /// nothing to come with probability F(s): F' = (phi(F) - F) / decay, F(0) = 0, phi of its
    /// attacks; families of background arrivals are a Poisson process. Runge-Kutta, by threat of
    /// the cause and channel.
    fn nothing_to_come(&self) -> f64 {
        // Of an arrival on channel k, nothing is to come after it.
        let phi = |f: &[[f64; CHANNELS]; 2], k: usize| {
            let one = (0..CHANNELS)
                .map(|to| self.causes(k, to) / self.batch[to / 2] * (f[k / 2][to] - 1.0));
            let (attack, p) = (one.sum::<f64>().exp(), 1.0 / self.batch[k / 2]);
            p * attack / (1.0 - (1.0 - p) * attack)
        };
        let slope = |f: &[[f64; CHANNELS]; 2]| {
            let mut slope = [[0.0; CHANNELS]; 2];
            for (cause, row) in slope.iter_mut().enumerate() {
                for (k, to) in row.iter_mut().enumerate() {
                    *to = (phi(f, k) - f[cause][k]) / self.decay[cause];
                }
            }
            slope
        };
        let plus = |f: &[[f64; CHANNELS]; 2], by: f64, d: &[[f64; CHANNELS]; 2]| {
            let mut sum = *f;
            for cause in 0..2 {
                for k in 0..CHANNELS {
                    sum[cause][k] += by * d[cause][k];
                }
            }
            sum
        };
        let hazard = |f: &[[f64; CHANNELS]; 2]| {
            let each =
                (0..CHANNELS).map(|k| self.uncaused(k) / self.batch[k / 2] * (1.0 - phi(f, k)));
            each.sum::<f64>()
        };
        let (mut f, mut whole, step) = ([[0.0; CHANNELS]; 2], 0.0, 0.02);
        for _ in 0..100_000 {
            let a = slope(&f);
            let middle = plus(&f, step / 2.0, &a);
            let b = slope(&middle);
            let better = plus(&f, step / 2.0, &b);
            let c = slope(&better);
            let end = plus(&f, step, &c);
            let d = slope(&end);
            let mut next = f;
            for (by, slope) in [(1.0, &a), (2.0, &b), (2.0, &c), (1.0, &d)] {
                next = plus(&next, by * step / 6.0, slope);
            }
            whole += step / 6.0 * (hazard(&f) + 4.0 * hazard(&better) + hazard(&next));
            f = next;
        }
        (-whole).exp()
    }

    /// The scenario; `more` goes into the tables of both threats, and rates are multiplied.
    fn toml(&self, horizon: &str, rate: &str, more: &str) -> String {
        let people = self.presence.map(|factor| (factor * 1_000.0).round());
        let mut text = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = {horizon}\n\
             world.sites.a = {{ garrison.us = {}, reference_garrison = 1000 }}\n\
             world.sites.b = {{ garrison.us = {}, reference_garrison = 1000 }}\n{more}",
            people[0], people[1],
        );
        for (k, (id, other)) in [("one", "two"), ("two", "one")].into_iter().enumerate() {
            let [a, b] = [self.rates[2 * k], self.rates[2 * k + 1]];
            let rate = rate.replace("RATE", &format!("{}", a + b));
            let (own, decay, batch) = (self.own[k], self.decay[k], self.batch[k]);
            let (to_threats, to_sites) = (self.to_threats[k], self.to_sites[k]);
            write!(
                text,
                "[world.threats.{id}]\nattacks_per_day = {rate}\nbatch_mean = {batch}\n\
                 presence_elasticity = 1\nsite_weights = {{ a = {a}, b = {b} }}\nweapons = {{}}\n\
                 contagion = {{ children_per_attack = {own}, decay_days = {decay}, \
                 to_threats.{other} = {to_threats}, to_sites.a.b = {to_sites} }}\n",
            )
            .unwrap();
        }
        text
    }
}

/// The greatest of so many |z| is below this but once in some 3,000 times.
fn assert_all_close(zs: &[f64]) {
    let worst = zs.iter().fold(0.0, |most: f64, z| most.max(z.abs()));
    let square = zs.iter().map(|z| z * z).sum::<f64>() / zs.len() as f64;
    assert!(worst < 4.8, "{zs:.1?}");
    let spread = (2.0 / zs.len() as f64).sqrt();
    assert!((square - 1.0).abs() < 4.5 * spread, "{square} over {}: {zs:.1?}", zs.len());
}

#[test]
fn every_month_has_the_long_run_rate_from_the_first_day() {
    let (mut dice, mut zs) = (Dice(11), Vec::new());
    for case in 0..12 {
        let presence = [dice.between(0.3, 1.8), dice.between(0.3, 1.8)];
        let world = World::new(&mut dice, presence);
        let rounded =
            World { presence: presence.map(|x| (x * 1_000.0).round() / 1_000.0), ..world };
        let run = run_under(&rounded.toml("2025-03-01", "RATE", ""), 1_500, case);
        let rates = rounded.long_run();
        let whole: f64 = rates.iter().sum();
        for (month, days) in [31.0, 28.0].into_iter().enumerate() {
            let (mean, se) = mean_and_se(&of(&run, "attacks", By::Month, month));
            zs.push((mean - days * whole) / se);
        }
        for (what, by, k, rate) in [
            ("site a", By::Site, 0, rates[0] + rates[2]),
            ("threat one", By::Threat, 0, rates[0] + rates[1]),
        ] {
            let (mean, se) = mean_and_se(&of(&run, "attacks", by, k));
            let z = (mean - 59.0 * rate) / se;
            assert!(z.abs() < 5.0, "case {case}, {what}: {mean} for {}", 59.0 * rate);
        }
    }
    assert_all_close(&zs);
}

#[test]
fn the_chance_that_nothing_is_to_come_is_that_of_the_branching_process() {
    // The first state of tension is soon over, and in the other there is no background: attacks are
    // those that the past has caused, and those of the background in a stay of .01 days.
    let tension = "[world.tension]\nstart = \"first\"\n\
                   states.first = { mean_days = 0.01, next = { then = 1 } }\n\
                   states.then = { mean_days = 1 }\n";
    let (mut dice, mut zs) = (Dice(5), Vec::new());
    for case in 0..12 {
        let mut world = World::new(&mut dice, [1.0, 1.0]);
        world.rates = world.rates.map(|rate| rate * 0.06);
        let rate = "{ first = RATE, then = 0 }";
        let text = world.toml("2026-01-01", rate, tension);
        let run = run_under(&text, 8_000, case);
        let nothing: Vec<f64> =
            total(&run, "attacks").iter().map(|&n| f64::from(u8::from(n == 0.0))).collect();
        let arrivals = (0..CHANNELS).map(|k| world.uncaused(k) / world.batch[k / 2]);
        let expected = world.nothing_to_come() / (1.0 + 0.01 * arrivals.sum::<f64>());
        let (mean, se) = mean_and_se(&nothing);
        assert!((0.1..0.9).contains(&expected), "{expected} tells little");
        zs.push((mean - expected) / se);
    }
    assert_all_close(&zs);
}

#[test]
fn nothing_is_to_come_on_a_closed_site_or_of_an_empty_past() {
    let mut world = World::new(&mut Dice(3), [1.0, 0.0]);
    world.to_threats = [0.0; 2];
    let run = run_under(&world.toml("2025-03-01", "RATE", ""), 400, 1);
    assert!(of(&run, "attacks", By::Site, 1).iter().all(|&n| n == 0.0));
    let (mean, se) = mean_and_se(&of(&run, "attacks", By::Site, 0));
    let expected = 59.0
        * (world.uncaused(0) / (1.0 - world.own[0]) + world.uncaused(2) / (1.0 - world.own[1]));
    assert!((mean - expected).abs() < 4.5 * se, "{mean} for {expected}");
    // With an empty past the first attack is one of the background, whatever contagion there is.
    let text =
        world.toml("2025-03-01", "RATE", "").replace("decay_days", "start = \"empty\", decay_days");
    let run = run_under(&text, 20_000, 1);
    let background: f64 = [0, 2].map(|k| world.uncaused(k) / world.batch[k / 2]).iter().sum();
    let days = 59.0;
    let quiet = total(&run, "attacks").iter().filter(|&&n| n == 0.0).count() as f64;
    let expected = 20_000.0 * (-background * days).exp();
    assert!((quiet - expected).abs() < 4.5 * expected.sqrt() + 1.0, "{quiet} for {expected}");
}
