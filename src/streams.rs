//! Luck: `(seed, index, who, purpose)` to a random stream.
//!
//! Every source of chance in a trial has a stream of its own, keyed by the id of the thing it
//! belongs to and by what it is for, so that adding, removing or reordering something else never
//! moves its luck, and two plans under one seed meet the same luck. This is the only file that
//! names a generator: xoshiro256++, whose output its crate promises, seeded by a hash of the key.

use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// What a stream is drawn for. The numbers are part of the reproducibility contract: never reuse
/// one, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// A range of the scenario: one value per draw.
    Range = 1,
    /// Background arrivals of a channel in one tension regime.
    Arrivals = 2,
    /// Attacks caused by attacks.
    Offspring = 3,
    /// How much of each attack gets through.
    Marks = 4,
    /// Stays in, and moves between, the states of tension.
    Tension = 5,
    /// The delay of a gate.
    Gate = 6,
    /// The duration ratio of a phase.
    Duration = 7,
    /// Sizes of batches.
    Batches = 8,
    /// The moment and the outcome of a calendar event.
    Calendar = 9,
    /// Strikes in answer to attacks.
    Strikes = 10,
    /// Which arrivals strikes have deterred.
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
    /// The harm that one attack does.
    Harm = 19,
    /// Weapon, salvo and interception of one attack, one by one.
    Salvo = 20,
}

/// Whose luck: a stable hash of the parts of an identity, such as `["militias", "asad", "war"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// The luck of the same thing when it is drawn for the `n`-th time again; for 0, its own.
    pub fn nth(self, n: u64) -> Self {
        if n == 0 { self } else { Who(mix(self.0 ^ n.wrapping_mul(GOLDEN))) }
    }
}

/// One stream of random numbers.
#[derive(Clone, Debug)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream of `who` for `purpose` in trial (or draw) `index` under `seed`.
    pub fn new(seed: u64, index: u64, who: Who, purpose: Purpose) -> Self {
        let a = mix(seed ^ mix(index.wrapping_add(GOLDEN)));
        let b = mix(who.0 ^ mix((purpose as u64).wrapping_mul(GOLDEN)));
        let high = mix(a ^ b.rotate_left(32));
        let low = mix(b.wrapping_add(a.rotate_left(17)).wrapping_add(GOLDEN));
        let words = [high, mix(high ^ GOLDEN), low, mix(low ^ GOLDEN)];
        let mut bytes = [0; 32];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        Stream(Xoshiro256PlusPlus::from_seed(bytes))
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform on [0, 1), a multiple of 2^-53.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * f64::from_bits(0x3ca0_0000_0000_0000)
    }

    /// Uniform on (0, 1], a multiple of 2^-53: safe under a logarithm.
    #[inline]
    pub fn positive_uniform(&mut self) -> f64 {
        1.0 - self.uniform()
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A bijection of 64 bits in which every output bit depends on every input bit (two rounds of
/// xor-shift and multiply; constants: D. Stafford's variant 13).
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
        [4_290_974_578_546_961_840, 13_661_421_654_776_275_375, 3_756_034_083_959_693_243];

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
