//! Random streams: one for each `(seed, index, who, purpose)`.
//!
//! Every source of chance in a trial has a stream of its own, keyed by the id of the thing it
//! belongs to and by what it is for, so that adding, removing or reordering something else never
//! moves what it draws, and two plans under one seed meet common random numbers. Each attack has an event seed of its own,
//! drawn from what brought it about. The generator is SplitMix64 (Steele, Lea & Flood 2014), begun
//! at a hash of the key. It is two lines on top of that hash, and beginning a stream costs nothing
//! only if the compiler sees through it, so it is written here.
//!
//! Streams are many and short: most give fewer than ten numbers. So what counts is that they begin
//! at places that have nothing to do with one another, which is the hash's work, and that they cost
//! nothing to begin; a generator with a long period would not be more random. All streams are
//! stretches of one sequence of 2^64 numbers; that of two given ones of 10 numbers each some are
//! the same has probability 19 / 2^64. What that comes to in a long run, and what the generators of
//! others would cost, is in `docs/design.md`.
//!
//! A [`Stream`] is a generator of the crate `rand` (0.10), so that whatever samples from one, such as
//! `rand_distr`, samples from ours; uniform numbers are drawn through it. There is no `SeedableRng`: a
//! stream begins at a key and nowhere else, or it would not be keyed by what it is for.

use std::convert::Infallible;

/// The crate whose traits a [`Stream`] has.
#[doc(no_inline)]
pub use rand;
use rand::{RngExt, TryRng, rand_core};
use serde::{Deserialize, Serialize};

/// What a stream is drawn for. The numbers are part of the reproducibility contract: never reuse
/// one, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u64)]
pub enum Purpose {
    /// A range of the scenario: one value per draw.
    Range = 1,
    /// Background arrivals of a channel in one tension regime.
    Arrivals = 2,
    /// The attacks that an attack causes.
    Offspring = 3,
    /// How much of an attack gets through.
    Marks = 4,
    /// Stays in, and moves between, the states of tension.
    Tension = 5,
    /// The delay of a gate.
    Gate = 6,
    /// The duration ratio of a phase.
    Duration = 7,
    /// The batch of attacks that an arrival is.
    Batches = 8,
    /// The moment and the outcome of a calendar event.
    Calendar = 9,
    /// Strikes in answer to attacks.
    Strikes = 10,
    /// Whether strikes have deterred an arrival.
    Thinning = 11,
    /// Expulsion by the host.
    Host = 12,
    /// Sudden gains of the insurgency.
    Shocks = 13,
    /// What the insurgency aims at sites.
    Incidents = 14,
    /// Going back in.
    Reentry = 15,
    /// What contingents decide.
    Politics = 16,
    /// Barrages at others in the region.
    Barrages = 17,
    /// What else the insurgency does.
    Elsewhere = 18,
    /// The harm that an attack does.
    Harm = 19,
    /// Weapon, salvo and interception of an attack, one by one.
    Salvo = 20,
    /// What attacks before the start have caused.
    Past = 21,
    /// What a rule that is a function draws.
    Rule = 22,
    /// Which particles of a filter are kept, and the seeds of those that are copied.
    Filter = 23,
    /// Chains that fit ranges to what was observed, and replicates of that.
    Fit = 30,
    /// What attacks that are known from before the start have caused.
    Recent = 31,
    /// When a ceasefire begins, and how long it lasts.
    Ceasefire = 32,
    /// The drift of a rate.
    Drift = 33,
    /// Whether and when a risk happens.
    Risk = 34,
    /// How long people are on the way.
    Leg = 35,
    /// The harm that an attack or an incident does to others than the troops.
    Toll = 36,
}

/// Whose stream: a stable hash of the parts of an identity, such as `["militias", "asad", "war"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Who(u64);

impl Who {
    /// The identity made of `parts`, in order.
    pub fn new(parts: &[&str]) -> Self {
        // FNV-1a over the bytes, a separator after each part, then a strong finish.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in parts.iter().flat_map(|part| part.bytes().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Who(mix(hash))
    }

    /// The stream of the same thing when it is drawn for the `n`-th time again; for 0, its own.
    #[must_use]
    pub fn nth(self, n: u64) -> Self {
        if n == 0 { self } else { Who(mix(self.0 ^ n.wrapping_mul(GOLDEN))) }
    }
}

/// One stream of random numbers: a [`rand::Rng`]. Written and read, it goes on where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream(u64);

impl Stream {
    /// The stream of `who` for `purpose` in trial (or draw) `index` under `seed`.
    pub fn new(seed: u64, index: u64, who: Who, purpose: Purpose) -> Self {
        let a = mix(seed ^ mix(index.wrapping_add(GOLDEN)));
        let b = mix(who.0 ^ mix((purpose as u64).wrapping_mul(GOLDEN)));
        Stream(mix(a ^ b.rotate_left(32)))
    }

    /// Where it stands: what goes on from there gives the same numbers.
    #[cfg(feature = "python")]
    pub(crate) fn place(&self) -> u64 {
        self.0
    }

    /// The event seed of an attack that this stream brings about.
    #[inline]
    pub(crate) fn event_seed(&mut self) -> EventSeed {
        EventSeed(self.bits())
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// Uniform on [0, 1), a multiple of 2^-53.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        self.random()
    }

    /// Uniform on (0, 1], a multiple of 2^-53: safe under a logarithm. (`rand`'s `OpenClosed01` adds
    /// 2^-53 instead, which are other bits.)
    #[inline]
    pub fn positive_uniform(&mut self) -> f64 {
        1.0 - self.uniform()
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    /// The upper half of the next 64 bits.
    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    /// The next bits, eight bytes at a time, the lowest first.
    #[inline]
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        rand_core::utils::fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

/// The event seed of one attack: random bits, which decide how many attacks it causes, and begin its
/// streams for all other purposes. They are drawn from the stream of what brought the attack about,
/// a clock or another attack, so that whatever else happens, and in whatever order, the attack and
/// those that it causes are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventSeed(u64);

impl EventSeed {
    /// Of no attack.
    pub const NONE: Self = EventSeed(0);

    /// Whether [`EventSeed::uniform`] is below a threshold, given in multiples of 2^-53.
    #[inline]
    pub fn is_below(self, threshold: u64) -> bool {
        self.0 >> 11 < threshold
    }

    /// Uniform on [0, 1).
    #[inline]
    pub fn uniform(self) -> f64 {
        unit(self.0)
    }

    /// The stream for a purpose: that many times 2^32 numbers on, more than anyone draws.
    #[inline]
    pub fn stream(self, purpose: Purpose) -> Stream {
        Stream(self.0.wrapping_add(GOLDEN.wrapping_mul((purpose as u64) << 32)))
    }
}

/// By what the generator goes on from number to number.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The upper 53 bits as a number in [0, 1): what `rand` makes of them, for bits that are drawn already
/// and decide something else too.
#[inline]
pub(crate) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * f64::from_bits(0x3ca0_0000_0000_0000)
}

/// A bijection of 64 bits in which every output bit depends on every input bit (two rounds of
/// xor-shift and multiply; constants: D. Stafford's variant 13).
#[inline]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_outputs() {
        let mut stream = Stream::new(7, 17, Who::new(&["militias", "asad"]), Purpose::Marks);
        let got: Vec<u64> = (0..3).map(|_| stream.bits()).collect();
        assert_eq!(got, PINNED, "a change here changes every result: note it in CHANGELOG.md");
    }
    const PINNED: [u64; 3] =
        [13_742_147_123_734_164_639, 17_351_837_980_179_245_323, 10_337_752_946_356_305_708];

    #[test]
    fn the_generator_is_splitmix64() {
        // From the reference implementation (S. Vigna, splitmix64.c).
        let mut stream = Stream(1_477_776_061_723_855_037);
        let expected = [
            1_985_237_415_132_408_290,
            2_979_275_885_539_914_483,
            13_511_426_838_097_143_398,
            8_488_337_342_461_049_707,
            15_141_737_807_933_549_159,
        ];
        assert_eq!(expected.map(|_| stream.bits()), expected);
    }

    #[test]
    fn a_stream_is_a_generator_of_rand() {
        use rand::Rng;
        let start = Stream::new(7, 17, Who::new(&["militias", "asad"]), Purpose::Marks);
        let mut stream = start.clone();
        assert_eq!([stream.next_u64(), stream.next_u64(), stream.next_u64()], PINNED);
        let (mut halves, mut bytes, mut filled) = (start.clone(), start, [0; 20]);
        assert_eq!(PINNED.map(|bits| (bits >> 32) as u32), [(); 3].map(|()| halves.next_u32()));
        bytes.fill_bytes(&mut filled);
        assert_eq!(filled, PINNED.map(u64::to_le_bytes).concat()[..20]);
        assert_eq!(bytes.bits(), stream.bits(), "the rest of a word is gone");
    }

    #[test]
    fn uniform_numbers_of_rand_are_those_of_the_bits() {
        let mut stream = Stream::new(1, 2, Who::new(&["bits"]), Purpose::Marks);
        for _ in 0..10_000 {
            let bits = stream.clone().bits();
            let u = (bits >> 11) as f64 / 2.0f64.powi(53);
            assert_eq!(unit(bits).to_bits(), u.to_bits());
            assert_eq!(stream.clone().positive_uniform().to_bits(), (1.0 - u).to_bits());
            assert_eq!(stream.uniform().to_bits(), u.to_bits());
        }
        // The ends: rand's numbers for bits that a stream is made to give.
        for bits in [0, 1, 1 << 11, u64::MAX - (1 << 11), u64::MAX] {
            let given: f64 = Given(bits).random();
            assert_eq!(unit(bits).to_bits(), given.to_bits(), "{bits}");
        }
        assert_eq!([unit(0), unit(u64::MAX)], [0.0, 1.0 - f64::EPSILON / 2.0]);
    }

    /// Gives the same bits always.
    struct Given(u64);

    impl TryRng for Given {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            Ok((self.0 >> 32) as u32)
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            Ok(self.0)
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            rand_core::utils::fill_bytes_via_next_word(bytes, || self.try_next_u64())
        }
    }

    #[test]
    fn the_event_seed_of_an_attack_is_pinned() {
        let first = |purpose| EventSeed(7).stream(purpose).bits();
        let pinned = [2_938_727_161_959_874_913, 16_646_921_897_030_363_746];
        assert_eq!([Purpose::Offspring, Purpose::Harm].map(first), pinned);
    }

    #[test]
    fn the_event_seed_of_an_attack_and_its_streams_are_independent() {
        // By its uniform, two numbers for each purpose, and the event seed of a child: all pairs, by the
        // correlation of uniforms and of whether they are small, within 4.5 standard errors (of
        // 210 numbers, so that one in 700 seeds fails).
        let purposes = [
            Purpose::Offspring,
            Purpose::Marks,
            Purpose::Batches,
            Purpose::Thinning,
            Purpose::Harm,
            Purpose::Salvo,
        ];
        let draws = 200_000u32;
        let mut clock = Stream::new(3, 0, Who::new(&["clock"]), Purpose::Arrivals);
        let rows: Vec<Vec<f64>> = (0..draws)
            .map(|_| {
                let seed = clock.event_seed();
                let mut row = vec![seed.uniform()];
                for purpose in purposes {
                    let mut stream = seed.stream(purpose);
                    row.extend([stream.uniform(), stream.uniform()]);
                    if purpose == Purpose::Offspring {
                        let child = stream.event_seed();
                        row.extend([child.uniform(), child.stream(Purpose::Marks).uniform()]);
                    }
                }
                row
            })
            .collect();
        let near = |name: String, of: &dyn Fn(&[f64]) -> f64, variance: f64| {
            let mean = rows.iter().map(|row| of(row)).sum::<f64>() / f64::from(draws);
            let score = mean / (variance / f64::from(draws)).sqrt();
            assert!(score.abs() < 4.5, "{name}: {score}");
        };
        let small = |u: f64| f64::from(u8::from(u < 0.1)) - 0.1;
        for a in 0..rows[0].len() {
            for b in 0..a {
                let (all, few) = (1.0 / 144.0, 0.09 * 0.09);
                near(format!("{a} and {b}"), &|row| (row[a] - 0.5) * (row[b] - 0.5), all);
                near(format!("{a} and {b}, small"), &|row| small(row[a]) * small(row[b]), few);
            }
        }
    }

    #[test]
    fn every_part_of_the_key_matters() {
        let who = Who::new(&["a", "b"]);
        let first = |seed, index, who, purpose| Stream::new(seed, index, who, purpose).bits();
        let base = first(1, 2, who, Purpose::Marks);
        assert_ne!(base, first(2, 2, who, Purpose::Marks));
        assert_ne!(base, first(1, 3, who, Purpose::Marks));
        assert_ne!(base, first(1, 2, Who::new(&["ab"]), Purpose::Marks));
        assert_ne!(base, first(1, 2, Who::new(&["b", "a"]), Purpose::Marks));
        assert_ne!(base, first(1, 2, who, Purpose::Offspring));
        assert_ne!(base, first(2, 1, who, Purpose::Marks));
    }

    /// The numbers 0 to 9, and some powers of two.
    const NEARBY: [u64; 20] = [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        16,
        64,
        1 << 10,
        1 << 16,
        1 << 31,
        1 << 32,
        1 << 40,
        1 << 53,
        1 << 62,
        1 << 63,
    ];

    #[test]
    fn a_bit_of_the_seed_or_the_trial_turns_half_the_bits() {
        let (keys, who) = (4_000, Who::new(&["x"]));
        let mut other = Stream::new(1, 0, Who::new(&["keys"]), Purpose::Range);
        for base in 0..2 {
            let mut turned = [[0u32; 64]; 128];
            for _ in 0..keys {
                // Seeds and trials as people take them, and any.
                let [seed, index] = [other.bits(), other.bits()].map(|bits| bits >> (base * 50));
                let first = |seed, index| Stream::new(seed, index, who, Purpose::Marks).bits();
                for (bit, row) in turned.iter_mut().enumerate() {
                    let near = match bit {
                        0..64 => first(seed ^ 1 << bit, index),
                        _ => first(seed, index ^ 1 << (bit - 64)),
                    };
                    let change = first(seed, index) ^ near;
                    for (k, count) in row.iter_mut().enumerate() {
                        *count += (change >> k & 1) as u32;
                    }
                }
            }
            // One of all 16,384 counts is farther off in one of 1,600 seeds.
            let sd = (f64::from(keys) / 4.0).sqrt();
            for (bit, row) in turned.iter().enumerate() {
                for (k, count) in row.iter().enumerate() {
                    let off = (f64::from(*count) - f64::from(keys) / 2.0) / sd;
                    assert!(off.abs() < 5.5, "bit {bit} turns bit {k} {count} times in {keys}");
                }
            }
        }
    }

    /// Where a stream begins, counted in numbers along the one sequence.
    fn place(stream: &Stream) -> u64 {
        // Each step doubles the bits of the inverse that are right; 3 are to begin with.
        let inverse = (0..5)
            .fold(GOLDEN, |x: u64, _| x.wrapping_mul(2u64.wrapping_sub(GOLDEN.wrapping_mul(x))));
        assert_eq!(inverse.wrapping_mul(GOLDEN), 1);
        stream.0.wrapping_mul(inverse)
    }

    /// How many pairs of places are less than `near` apart, going round.
    fn pairs(places: &mut [u64], near: u64, all: u128) -> f64 {
        places.sort_unstable();
        let count = places.len();
        let far = |from: usize, to: usize| {
            let round = if to < count { 0 } else { all };
            u128::from(places[to % count]) + round - u128::from(places[from])
        };
        let within = |from: usize| {
            (from + 1..from + count).take_while(|to| far(from, *to) < u128::from(near)).count()
        };
        (0..count).map(within).sum::<usize>() as f64
    }

    #[test]
    fn streams_begin_at_places_that_have_nothing_to_do_with_one_another() {
        // Of nearby seeds and trials, and a few ids and purposes; and those of attacks of one clock.
        let ids: Vec<Who> = (0..10).map(|k| Who::new(&["site", &k.to_string()])).collect();
        let purposes = [Purpose::Arrivals, Purpose::Gate, Purpose::Duration, Purpose::Calendar];
        let mut keyed = Vec::new();
        for seed in NEARBY {
            for index in 0..250 {
                for who in &ids {
                    let stream = |purpose| place(&Stream::new(seed, index, *who, purpose));
                    keyed.extend(purposes.map(stream));
                }
            }
        }
        let mut clock = Stream::new(3, 0, ids[0], Purpose::Arrivals);
        let of_attacks =
            (0..200_000).map(|_| place(&clock.event_seed().stream(Purpose::Marks))).collect();
        for mut places in [keyed, of_attacks] {
            let ways = (places.len() * (places.len() - 1) / 2) as f64;
            for expected in [100.0, 1_000.0, 100_000.0] {
                let near = (expected / ways * 2.0f64.powi(63)) as u64;
                let found = pairs(&mut places, near, 1 << 64);
                let off = (found - expected) / f64::sqrt(expected);
                assert!(off.abs() < 4.0, "{found} pairs nearer than {near}, expected {expected}");
            }
        }
    }

    #[test]
    fn what_overlaps_cost_is_what_is_reckoned() {
        // On sequences so short that streams overlap all the time, by how much the variance of a mean
        // over all their numbers grows (docs/design.md), and how many pairs overlap.
        let (streams, length, worlds) = (200u32, 10, 20_000);
        let ids: Vec<Who> = (0..streams).map(|k| Who::new(&[&k.to_string()])).collect();
        let ways = f64::from(streams * (streams - 1) / 2);
        for width in [10, 12, 14] {
            let all = 1u64 << width;
            let (mut squares, mut overlaps) = (Vec::new(), Vec::new());
            for world in 0..worlds {
                let key = Stream::new(1, world, ids[0], Purpose::Range).bits();
                let number = |place: u64| unit(mix(key ^ mix(place % all))) - 0.5;
                let mut places: Vec<u64> = (ids.iter())
                    .map(|who| place(&Stream::new(2, world, *who, Purpose::Marks)) >> (64 - width))
                    .collect();
                let numbers = places.iter().flat_map(|place| *place..place + length).map(number);
                squares.push(numbers.sum::<f64>().powi(2));
                overlaps.push(pairs(&mut places, length, all.into()));
            }
            let near = |values: &[f64], expected: f64| {
                let count = values.len() as f64;
                let mean = values.iter().sum::<f64>() / count;
                let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
                let off = (mean - expected) / (variance / count).sqrt();
                assert!(off.abs() < 4.0, "{mean}, expected {expected}, of 2^{width} numbers");
            };
            let share = length as f64 / all as f64;
            let alone = f64::from(streams) * length as f64 / 12.0;
            near(&squares, alone * (1.0 + f64::from(streams - 1) * share));
            near(&overlaps, ways * (2 * length - 1) as f64 / all as f64);
        }
    }

    #[test]
    fn neighbouring_keys_are_uncorrelated() {
        // First uniforms of 200,000 neighbouring trials: mean and lag-one product within 4 SE.
        let n = 200_000;
        let who = Who::new(&["x"]);
        let u: Vec<f64> =
            (0..n).map(|k| Stream::new(0, k, who, Purpose::Range).uniform() - 0.5).collect();
        let mean = u.iter().sum::<f64>() / n as f64;
        let lag = u.windows(2).map(|w| w[0] * w[1]).sum::<f64>() / n as f64;
        assert!(mean.abs() < 4.0 * (1.0 / 12.0f64).sqrt() / (n as f64).sqrt(), "{mean}");
        assert!(lag.abs() < 4.0 / 12.0 / (n as f64).sqrt(), "{lag}");
    }
}
