//! How many projectiles of an attack get through, from one uniform number.
//!
//! An attack is a salvo of one of several weapons. Its size is geometric, and one chance of being
//! stopped holds for all of its projectiles. How many get through is drawn by the inverse of the
//! distribution function, which is worked out only as far as it is asked for: for most attacks, up
//! to none. Under common random numbers a better defence never lets more through.

/// The salvos of one weapon, as far as they decide how many projectiles get through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Salvos {
    /// The share of attacks with this weapon.
    pub share: f64,
    /// Mean number of projectiles, from 1 to [`LARGEST_MEAN`].
    pub mean: f64,
    pub stopped: Stopped,
}

/// The chance that projectiles are stopped with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stopped {
    Constant(f64),
    /// Drawn once per attack from a beta law with these parameters.
    Beta([f64; 2]),
}

/// The sums over larger salvos would take too long.
pub(crate) const LARGEST_MEAN: f64 = 100.0;

impl Stopped {
    /// The chance that the next projectile is stopped, when of `all` so far `through` were not.
    fn next(self, all: f64, through: f64) -> f64 {
        match self {
            Stopped::Constant(p) => p,
            Stopped::Beta([a, b]) => (a + all - through) / (a + b + all),
        }
    }
}

impl Salvos {
    /// The probability of this weapon and of `through` that get through: over sizes k of the
    /// salvo, the sum of share (1 / m) (1 - 1 / m)^(k - 1) times the probability of `through` out
    /// of k, which is binomial or beta-binomial. Each term follows from the one before.
    fn probability(&self, through: u32) -> f64 {
        let go_on = 1.0 - 1.0 / self.mean;
        let through = f64::from(through);
        // All that there are get through, or the only one does not.
        let (mut k, mut term) = (1.0, self.share / self.mean);
        if through == 0.0 {
            term *= self.stopped.next(0.0, 0.0);
        } else {
            term *= 1.0 - self.stopped.next(0.0, 0.0);
            while k < through {
                term *= go_on * (1.0 - self.stopped.next(k, k));
                k += 1.0;
            }
        }
        let mut sum = 0.0;
        while sum + term > sum {
            sum += term;
            term *= go_on * self.stopped.next(k, through) * (k + 1.0) / (k + 1.0 - through);
            k += 1.0;
        }
        sum
    }
}

/// How many projectiles get through, of all weapons together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaks {
    salvos: Vec<Salvos>,
    /// The probability that 0, 1, 2, ... or fewer get through, as far as it has been asked for.
    up_to: Vec<f64>,
}

impl Leaks {
    /// From now on weapons are these, whose shares add up to 1.
    pub fn set(&mut self, salvos: impl Iterator<Item = Salvos> + Clone) {
        if !salvos.clone().eq(self.salvos.iter().copied()) {
            self.salvos.clear();
            self.salvos.extend(salvos);
            self.up_to.clear();
        }
    }

    /// The mean number of projectiles that get through: of each weapon, those that there are times
    /// the chance that one is not stopped.
    pub fn mean(&self) -> f64 {
        self.salvos.iter().map(|of| of.share * of.mean * (1.0 - of.stopped.next(0.0, 0.0))).sum()
    }

    /// The least number whose distribution function exceeds `u`.
    #[inline]
    pub fn at(&mut self, u: f64) -> u32 {
        match self.up_to.first() {
            Some(none) if u < *none => 0,
            _ => self.some_at(u),
        }
    }

    fn some_at(&mut self, u: f64) -> u32 {
        if let Some(through) = self.up_to.iter().position(|up_to| u < *up_to) {
            return through as u32;
        }
        loop {
            let through = self.up_to.len() as u32;
            let before = self.up_to.last().copied().unwrap_or(0.0);
            let up_to = before + self.salvos.iter().map(|of| of.probability(through)).sum::<f64>();
            // By rounding the sum can stop growing short of 1: that many never get through.
            if before > 0.5 && up_to == before {
                return through - 1;
            }
            self.up_to.push(up_to);
            if u < up_to {
                return through;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::salvo::{Salvo, leakers, leakers_of_beta};
    use crate::variates::testing::{assert_moments, assert_share, sample};

    fn leaks(salvos: &[Salvos]) -> Leaks {
        let mut leaks = Leaks::default();
        leaks.set(salvos.iter().copied());
        leaks
    }

    /// P(0), P(1), ... from the distribution function.
    fn probabilities(leaks: &mut Leaks, count: usize) -> Vec<f64> {
        leaks.at(1.0 - f64::EPSILON / 2.0);
        let up_to = &leaks.up_to;
        (0..count).map(|k| up_to[k] - if k > 0 { up_to[k - 1] } else { 0.0 }).collect()
    }

    const ROW_18: Salvos = Salvos { share: 1.0, mean: 3.0, stopped: Stopped::Constant(0.85) };

    #[test]
    fn row_18_a_constant_chance() {
        let mut leaks = leaks(&[ROW_18]);
        let p = probabilities(&mut leaks, 20);
        assert!((p[0] - 0.653_846).abs() < 1e-6, "{}", p[0]);
        let mean: f64 = p.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        assert!((mean - 0.45).abs() < 1e-9, "{mean}");
        // Of a geometric number with chance q each, a geometric number again: each further one
        // with probability q (1 - pi) / (pi + q (1 - pi)), where pi = 1 / 3.
        let more = 0.15 * 2.0 / (1.0 + 0.15 * 2.0);
        for k in 1..12 {
            assert!((p[k + 1] / p[k] - more).abs() < 1e-9, "{k}: {}", p[k + 1] / p[k]);
        }
    }

    #[test]
    fn a_single_projectile() {
        let salvos = Salvos { share: 1.0, mean: 1.0, stopped: Stopped::Beta([17.0, 3.0]) };
        let mut leaks = leaks(&[salvos]);
        assert_eq!((leaks.at(0.0), leaks.at(0.849_999), leaks.at(0.850_001)), (0, 0, 1));
        assert_eq!(leaks.at(1.0 - f64::EPSILON / 2.0), 1);
    }

    #[test]
    fn nothing_or_everything_is_stopped() {
        let of = |p| Salvos { share: 1.0, mean: 4.0, stopped: Stopped::Constant(p) };
        assert_eq!(leaks(&[of(1.0)]).at(1.0 - f64::EPSILON / 2.0), 0);
        // P(salvo <= k) = 1 - (3 / 4)^k
        let mut through = leaks(&[of(0.0)]);
        assert_eq!([0.0, 0.249, 0.251, 0.437, 0.438].map(|u| through.at(u)), [1, 1, 2, 2, 3]);
    }

    #[test]
    fn agrees_with_projectiles_one_by_one() {
        let weapons = [
            Salvos { share: 0.85, mean: 2.0, stopped: Stopped::Beta([17.0, 3.0]) },
            Salvos { share: 0.10, mean: 8.0, stopped: Stopped::Beta([6.0, 4.0]) },
            Salvos { share: 0.05, mean: 12.0, stopped: Stopped::Constant(0.7) },
        ];
        let mut leaks = leaks(&weapons);
        let p = probabilities(&mut leaks, 12);
        let one_by_one = sample("one by one", 6_000_000, |stream| {
            let u = stream.uniform();
            let weapon = weapons[usize::from(u >= 0.85) + usize::from(u >= 0.95)];
            let size = Salvo::new(weapon.mean).size(stream);
            f64::from(match weapon.stopped {
                Stopped::Constant(p) => leakers(size, p, stream),
                Stopped::Beta(parameters) => leakers_of_beta(size, parameters, stream),
            })
        });
        for (k, p) in p.iter().enumerate() {
            assert_share(&format!("{k} through"), &one_by_one, |x| x == k as f64, *p);
        }
        let at_once = sample("at once", 6_000_000, |stream| f64::from(leaks.at(stream.uniform())));
        let (mean, square) = moments(&weapons);
        assert!((leaks.mean() - mean).abs() < 1e-12, "{}", leaks.mean());
        assert_moments("one by one", &one_by_one, mean, square - mean * mean);
        assert_moments("at once", &at_once, mean, square - mean * mean);
    }

    /// E T = m q and E T (T - 1) = E k (k - 1) E q^2 = 2 m (m - 1) E q^2, where q is not stopped.
    fn moments(weapons: &[Salvos]) -> (f64, f64) {
        let each = weapons.iter().map(|weapon| {
            let (q, q2) = match weapon.stopped {
                Stopped::Constant(p) => (1.0 - p, (1.0 - p) * (1.0 - p)),
                Stopped::Beta([a, b]) => (b / (a + b), b * (b + 1.0) / ((a + b) * (a + b + 1.0))),
            };
            let m = weapon.mean;
            (weapon.share * m * q, weapon.share * (m * q + 2.0 * m * (m - 1.0) * q2))
        });
        each.fold((0.0, 0.0), |(mean, square), (m, s)| (mean + m, square + s))
    }

    #[test]
    fn a_better_defence_never_lets_more_through() {
        let of = |a| leaks(&[Salvos { stopped: Stopped::Beta([a, 3.0]), mean: 8.0, share: 1.0 }]);
        let (mut worse, mut better) = (of(6.0), of(17.0));
        for k in 0..1_000 {
            let u = f64::from(k) / 1_000.0;
            assert!(better.at(u) <= worse.at(u), "{u}");
        }
    }

    #[test]
    fn other_weapons_make_another_table() {
        let mut leaks = leaks(&[ROW_18]);
        assert_eq!(leaks.at(0.66), 1);
        leaks.set([ROW_18].into_iter());
        assert_eq!(leaks.up_to.len(), 2, "the same weapons keep it");
        leaks.set([Salvos { mean: 1.0, ..ROW_18 }].into_iter());
        assert_eq!(leaks.at(0.66), 0);
    }
}
