//! Every law that `rand_distr` (or `rand`) has too, against it: two samples, parameters drawn at
//! random, and generators that have nothing in common.
//!
//! A check allows for what the sizes of the two samples allow, such that one of right laws fails in a
//! million.

use drawdown::law::{Component, Dist, Family};
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::variates;
use rand::SeedableRng;
use rand::distr::slice::Choose;
use rand::distr::{StandardUniform, Uniform};
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::weighted::WeightedAliasIndex;
use rand_distr::{
    Beta, Binomial, Distribution, Exp, Exp1, Gamma, Hypergeometric, LogNormal, Normal, Pert,
    StandardNormal, Triangular,
};

/// Numbers in a sample, such that a mean of an exponential that is off by 1 % is seen.
const SIZE: usize = 1_000_000;

/// The same of counts, which are less spread out and take longer.
const COUNTS: usize = 100_000;

/// The most whose distribution functions are compared.
const SORTED: usize = 200_000;

/// Of each law, with parameters of their own.
const CASES: u64 = 3;

/// Standard errors that the means, or the variances, of two samples may be apart.
const ERRORS: f64 = 4.9;

/// The most that their distribution functions may be apart, times the root of half their size
/// (Kolmogorov and Smirnov: more has probability 2 exp(-2 x^2)).
const GAP: f64 = 2.7;

/// Draws parameters.
struct Dice(Stream);

impl Dice {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.uniform()
    }

    /// Each order of magnitude alike.
    fn about(&mut self, low: f64, high: f64) -> f64 {
        self.between(low.ln(), high.ln()).exp()
    }

    /// In order of size.
    fn ordered<const N: usize>(&mut self, low: f64, high: f64) -> [f64; N] {
        let mut numbers = [(); N].map(|()| self.between(low, high));
        numbers.sort_by(f64::total_cmp);
        numbers
    }
}

/// A sampler of ours.
type Ours = Box<dyn Fn(&mut Stream) -> f64>;

/// Compares `ours` and `theirs`, made of the same random parameters and told as a text.
fn compare<D: Fn(&mut Xoshiro256PlusPlus) -> f64>(
    name: &str,
    make: impl Fn(&mut Dice) -> (String, Ours, D),
) {
    compare_samples(name, SIZE, make);
}

fn compare_samples<D: Fn(&mut Xoshiro256PlusPlus) -> f64>(
    name: &str,
    size: usize,
    make: impl Fn(&mut Dice) -> (String, Ours, D),
) {
    for case in 0..CASES {
        let stream = |what| Stream::new(5, case, Who::new(&[name, what]), Purpose::Marks);
        let (told, ours, theirs) = make(&mut Dice(stream("parameters")));
        let mut other = Xoshiro256PlusPlus::seed_from_u64(stream("others").bits());
        let mut own = stream("ours");
        let ours: Vec<f64> = (0..size).map(|_| ours(&mut own)).collect();
        let theirs: Vec<f64> = (0..size).map(|_| theirs(&mut other)).collect();
        let said = format!("{name} {told}");
        let [(mean, spread), (expected, other_spread)] = [moments(&ours), moments(&theirs)];
        assert_near(&format!("mean of {said}"), mean, expected);
        assert_near(&format!("variance of {said}"), spread, other_spread);
        let some = size.min(SORTED);
        let apart = gap(&ours[..some], &theirs[..some]) * (some as f64 / 2.0).sqrt();
        assert!(apart < GAP, "{said}: distribution functions {apart} apart, at most {GAP}");
    }
}

fn assert_near(what: &str, (ours, error): (f64, f64), (theirs, other): (f64, f64)) {
    let off = (ours - theirs) / error.hypot(other);
    let near = ours == theirs || off.abs() < ERRORS;
    assert!(near, "{what}: {ours}, theirs {theirs}, {off:.1} standard errors apart");
}

/// Mean and variance, each with its standard error.
fn moments(values: &[f64]) -> ((f64, f64), (f64, f64)) {
    let count = values.len() as f64;
    let mean = |of: &dyn Fn(f64) -> f64| values.iter().map(|x| of(*x)).sum::<f64>() / count;
    let middle = mean(&|x| x);
    let variance = mean(&|x| (x - middle).powi(2));
    let fourth = mean(&|x| (x - middle).powi(4));
    let error = |variance: f64| (variance.max(0.0) / count).sqrt();
    ((middle, error(variance)), (variance, error(fourth - variance * variance)))
}

/// The widest gap between the distribution functions of two samples of one size.
fn gap(a: &[f64], b: &[f64]) -> f64 {
    let [mut a, mut b] = [a.to_vec(), b.to_vec()];
    a.sort_unstable_by(f64::total_cmp);
    b.sort_unstable_by(f64::total_cmp);
    let (mut i, mut k, mut widest) = (0, 0, 0);
    while i < a.len() && k < b.len() {
        let x = a[i].min(b[k]);
        i += a[i..].iter().take_while(|y| **y == x).count();
        k += b[k..].iter().take_while(|y| **y == x).count();
        widest = widest.max(i.abs_diff(k));
    }
    widest as f64 / a.len() as f64
}

/// A law of ours and another's, told by its parameters.
fn law(
    family: Family<f64>,
    theirs: impl Distribution<f64> + 'static,
) -> (String, Ours, impl Fn(&mut Xoshiro256PlusPlus) -> f64) {
    let told = format!("{family:?}");
    let ours = move |stream: &mut Stream| family.sample(|x| *x, stream);
    (told, Box::new(ours), move |rng: &mut Xoshiro256PlusPlus| theirs.sample(rng))
}

#[test]
fn uniform_numbers_and_standard_variates() {
    let none = |ours: fn(&mut Stream) -> f64| (String::new(), Box::new(ours) as Box<_>);
    compare("uniform number", |_| {
        let (told, ours) = none(Stream::uniform);
        (told, ours, |rng: &mut Xoshiro256PlusPlus| StandardUniform.sample(rng))
    });
    compare("positive uniform number", |_| {
        let (told, ours) = none(Stream::positive_uniform);
        (told, ours, |rng: &mut Xoshiro256PlusPlus| rand::distr::OpenClosed01.sample(rng))
    });
    compare("standard exponential", |_| {
        let (told, ours) = none(variates::exponential);
        (told, ours, |rng: &mut Xoshiro256PlusPlus| Exp1.sample(rng))
    });
    compare("standard normal", |_| {
        let (told, ours) = none(variates::normal);
        (told, ours, |rng: &mut Xoshiro256PlusPlus| StandardNormal.sample(rng))
    });
}

#[test]
fn laws_between_bounds() {
    compare("uniform", |dice| {
        let [low, high] = dice.ordered(-50.0, 50.0);
        law(Family::Uniform([low, high]), Uniform::new(low, high).unwrap())
    });
    compare("triangular", |dice| {
        let [low, mode, high] = dice.ordered(-50.0, 50.0);
        law(Family::Triangular([low, mode, high]), Triangular::new(low, high, mode).unwrap())
    });
    compare("pert", |dice| {
        let [low, mode, high] = dice.ordered(-50.0, 50.0);
        let theirs = Pert::new(low, high).with_mode(mode).unwrap();
        law(Family::Pert([low, mode, high]), theirs)
    });
    compare("beta", |dice| {
        let [a, b] = [dice.about(0.2, 50.0), dice.about(0.2, 50.0)];
        law(Family::Beta([a, b]), Beta::new(a, b).unwrap())
    });
    compare("beta of one and another", |dice| {
        let b = dice.about(0.2, 50.0);
        law(Family::Beta([1.0, b]), Beta::new(1.0, b).unwrap())
    });
}

#[test]
fn laws_without_bounds() {
    compare("normal", |dice| {
        let (mean, sd) = (dice.between(-50.0, 50.0), dice.about(0.1, 50.0));
        law(Family::Normal { mean, sd }, Normal::new(mean, sd).unwrap())
    });
    compare("lognormal", |dice| {
        let (median, sigma) = (dice.about(0.1, 50.0), dice.between(0.05, 0.5));
        law(Family::Lognormal { median, sigma }, LogNormal::new(median.ln(), sigma).unwrap())
    });
    compare("gamma", |dice| {
        let (shape, mean) = (dice.about(0.2, 50.0), dice.about(0.1, 50.0));
        law(Family::Gamma { shape, mean }, Gamma::new(shape, mean / shape).unwrap())
    });
    compare("exponential", |dice| {
        let mean = dice.about(0.1, 50.0);
        law(Family::Exponential { mean }, Exp::new(1.0 / mean).unwrap())
    });
}

/// A normal law, drawn again until it is between two bounds.
struct Within(Normal<f64>, f64, f64);

impl Distribution<f64> for Within {
    fn sample<R: rand::Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let Within(normal, low, high) = self;
        loop {
            let x = normal.sample(rng);
            if *low <= x && x <= *high {
                return x;
            }
        }
    }
}

#[test]
fn truncated_normal() {
    // Bounds that leave enough: one on each side, both above, both below.
    for (name, low, high) in [
        ("cut on both sides", [-2.0, -0.1], [0.1, 2.0]),
        ("cut to a wide tail", [0.5, 1.2], [3.0, 9.0]),
        ("cut to a narrow one", [0.5, 1.2], [1.3, 1.6]),
        ("cut to a tail below", [-9.0, -3.0], [-1.2, -0.5]),
    ] {
        compare(name, |dice| {
            let (mean, sd) = (dice.between(-50.0, 50.0), dice.about(0.1, 50.0));
            let at = |dice: &mut Dice, [from, to]: [f64; 2]| mean + sd * dice.between(from, to);
            let (low, high) = (at(dice, low), at(dice, high));
            let theirs = Within(Normal::new(mean, sd).unwrap(), low, high);
            law(Family::TruncatedNormal { mean, sd, low, high }, theirs)
        });
    }
}

/// One of two laws, by weight.
struct Either(WeightedAliasIndex<f64>, Normal<f64>, Exp<f64>);

impl Distribution<f64> for Either {
    fn sample<R: rand::Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        if self.0.sample(rng) == 0 { self.1.sample(rng) } else { self.2.sample(rng) }
    }
}

#[test]
fn mixtures_and_recorded_numbers() {
    compare("mixture", |dice| {
        let weights = [dice.about(0.1, 10.0), dice.about(0.1, 10.0)];
        let [mean, sd, wait] =
            [dice.between(-5.0, 5.0), dice.about(0.1, 5.0), dice.about(0.1, 5.0)];
        let parts = [Family::Normal { mean, sd }, Family::Exponential { mean: wait }];
        let parts = parts
            .into_iter()
            .zip(weights)
            .map(|(family, weight)| Component { weight, value: Box::new(Dist::Family(family)) });
        let index = WeightedAliasIndex::new(weights.to_vec()).unwrap();
        let theirs = Either(index, Normal::new(mean, sd).unwrap(), Exp::new(1.0 / wait).unwrap());
        law(Family::Mixture(parts.collect()), theirs)
    });
    compare("recorded numbers", |dice| {
        let recorded: [f64; 7] = dice.ordered(-50.0, 50.0);
        let theirs =
            move |rng: &mut Xoshiro256PlusPlus| *Choose::new(&recorded).unwrap().sample(rng);
        let family = Family::Empirical(recorded.to_vec());
        let ours = move |stream: &mut Stream| family.sample(|x: &f64| *x, stream);
        (format!("{recorded:?}"), Box::new(ours), theirs)
    });
    compare("choice by weight", |dice| {
        let weights = [(); 6].map(|()| dice.about(0.01, 10.0));
        let index = WeightedAliasIndex::new(weights.to_vec()).unwrap();
        let ours = move |stream: &mut Stream| variates::choose(weights.into_iter(), stream) as f64;
        let theirs = move |rng: &mut Xoshiro256PlusPlus| index.sample(rng) as f64;
        (format!("{weights:?}"), Box::new(ours), theirs)
    });
}

#[test]
fn standard_gamma_and_beta() {
    compare("gamma of scale 1", |dice| {
        let shape = dice.about(0.2, 50.0);
        let gamma = Gamma::new(shape, 1.0).unwrap();
        let ours = move |stream: &mut Stream| variates::gamma(stream, shape);
        let theirs = move |rng: &mut Xoshiro256PlusPlus| gamma.sample(rng);
        (format!("{shape}"), Box::new(ours), theirs)
    });
    compare("beta variate", |dice| {
        let [a, b] = [dice.about(0.2, 50.0), dice.about(0.2, 50.0)];
        let beta = Beta::new(a, b).unwrap();
        let ours = move |stream: &mut Stream| variates::beta(stream, a, b);
        let theirs = move |rng: &mut Xoshiro256PlusPlus| beta.sample(rng);
        (format!("{a} {b}"), Box::new(ours), theirs)
    });
}

#[test]
fn counts() {
    // Both ways of counting: one by one below 1,024, and by halves.
    for (name, least, most) in [("binomial, few", 1.0, 1_000.0), ("binomial, many", 2e3, 1e7)] {
        compare_samples(name, COUNTS, |dice| {
            let (count, p) = (dice.about(least, most) as u32, dice.between(0.0, 1.0));
            let binomial = Binomial::new(u64::from(count), p).unwrap();
            let ours = move |stream: &mut Stream| f64::from(variates::binomial(stream, count, p));
            let theirs = move |rng: &mut Xoshiro256PlusPlus| binomial.sample(rng) as f64;
            (format!("{count} {p}"), Box::new(ours), theirs)
        });
    }
    for (name, least, most) in
        [("hypergeometric, few", 3.0, 1e3), ("hypergeometric, many", 4e3, 1e6)]
    {
        compare_samples(name, COUNTS, |dice| {
            let all = dice.about(least, most);
            let [marked, drawn] = [dice.between(0.0, all), dice.between(0.3 * all, all)];
            let [all, marked, drawn] = [all, marked, drawn].map(|x| x as u32);
            let theirs = Hypergeometric::new(all.into(), marked.into(), drawn.into()).unwrap();
            let ours = move |stream: &mut Stream| {
                f64::from(variates::hypergeometric(stream, drawn, marked, all))
            };
            let theirs = move |rng: &mut Xoshiro256PlusPlus| theirs.sample(rng) as f64;
            (format!("{drawn} drawn, {marked} of {all}"), Box::new(ours), theirs)
        });
    }
}
