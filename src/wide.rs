//! Whole numbers of 256 bits: room for the squares of all that is counted, without a loss.

use serde::{Deserialize, Serialize};

/// A whole number from -2^255 to 2^255 - 1, in two's complement.
///
/// It is made for sums: to add a number of 128 bits costs hardly more than it would among such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wide {
    low: u128,
    high: i128,
}

impl Wide {
    /// Adds a number of 128 bits.
    #[inline]
    pub fn add_short(&mut self, other: i128) {
        // Beyond 128 bits a negative number is all ones, which is -1.
        self.add(Wide { low: other as u128, high: other >> 127 });
    }

    #[inline]
    pub fn add(&mut self, other: Wide) {
        let (low, carry) = self.low.overflowing_add(other.low);
        self.low = low;
        self.high += other.high + i128::from(carry);
    }

    pub fn subtract(&mut self, other: Wide) {
        self.add(other.negated());
    }

    /// The product of two numbers of 128 bits.
    pub fn product(a: i128, b: i128) -> Self {
        Wide::from(a).times(b)
    }

    /// This times a number of 128 bits; the product must fit.
    pub fn times(self, by: i128) -> Self {
        let (mut result, size) = (Wide::default(), by.unsigned_abs());
        for (i, digit) in self.size().into_iter().enumerate() {
            for (j, other) in [size as u64, (size >> 64) as u64].into_iter().enumerate() {
                let product = u128::from(digit) * u128::from(other);
                result.add(Wide::shifted(product, i + j));
            }
        }
        if (self.high < 0) == (by < 0) { result } else { result.negated() }
    }

    /// The quotient, rounded down, and what is left, from 0 to below `by`. The quotient must fit
    /// in 128 bits.
    pub fn divided(self, by: u64) -> (i128, u64) {
        let (mut quotient, mut left) = (Wide::default(), 0);
        for (place, digit) in self.size().into_iter().enumerate().rev() {
            let here = (u128::from(left) << 64) | u128::from(digit);
            quotient.add(Wide::shifted(here / u128::from(by), place));
            left = (here % u128::from(by)) as u64;
        }
        let quotient = quotient.low as i128;
        match (self.high < 0, left) {
            (false, left) => (quotient, left),
            (true, 0) => (-quotient, 0),
            (true, left) => (-quotient - 1, by - left),
        }
    }

    /// The nearest number of 53 binary digits, or the next to it.
    pub fn to_f64(self) -> f64 {
        const ONE_OF_HIGH: f64 = u128::MAX as f64;
        if self.high < 0 {
            return -self.negated().to_f64();
        }
        self.high as f64 * ONE_OF_HIGH + self.low as f64
    }

    fn negated(self) -> Self {
        let mut result = Wide { low: !self.low, high: !self.high };
        result.add_short(1);
        result
    }

    /// The digits of its size to the base of 2^64, the lowest first.
    fn size(self) -> [u64; 4] {
        let Wide { low, high } = if self.high < 0 { self.negated() } else { self };
        [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64]
    }

    /// A number times 2^64 to the power of `places`, which must fit.
    fn shifted(number: u128, places: usize) -> Self {
        match places {
            0 => Wide { low: number, high: 0 },
            1 => Wide { low: number << 64, high: (number >> 64) as i128 },
            2 => Wide { low: 0, high: number as i128 },
            _ => Wide { low: 0, high: (number << 64) as i128 },
        }
    }
}

impl From<i128> for Wide {
    fn from(number: i128) -> Self {
        let mut wide = Wide::default();
        wide.add_short(number);
        wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Stream;
    use crate::variates::testing::stream;

    /// The remainder by a prime, which shares no code: of a sum or product it is that of the
    /// remainders.
    fn modulo(wide: Wide, prime: i128) -> i128 {
        let power = (0..128).fold(1, |power, _| power * 2 % prime);
        let low = (wide.low % prime as u128) as i128;
        (low + wide.high.rem_euclid(prime) * power).rem_euclid(prime)
    }

    /// Any number of up to so many bits, as often negative as not.
    fn number(stream: &mut Stream, bits: u32) -> i128 {
        let size = (u128::from(stream.bits()) << 64 | u128::from(stream.bits())) >> (128 - bits);
        if stream.bits() & 1 == 0 { size as i128 } else { -(size as i128) }
    }

    #[test]
    fn sums_products_and_quotients_agree_modulo_primes() {
        let mut stream = stream("wide");
        for round in 0..20_000 {
            let bits = |stream: &mut Stream| 1 + (stream.bits() % 126) as u32;
            let (a, b) = (bits(&mut stream), bits(&mut stream));
            let (a, b) = (number(&mut stream, a), number(&mut stream, b));
            let mut sum = Wide::product(a, b);
            let square = Wide::product(b, b);
            let by = stream.bits() >> (stream.bits() % 63) | 1;
            let long = Wide::product(a, 1 << 20);
            let (quotient, left) = long.divided(by.max(1 << 20));
            let mut again = Wide::product(quotient, i128::from(by.max(1 << 20)));
            again.add_short(i128::from(left));
            assert_eq!(again, long, "round {round}");
            sum.subtract(square);
            sum.add_short(a);
            for prime in [998_244_353, 1_000_000_007, 4_294_967_291] {
                let (x, y) = (a.rem_euclid(prime), b.rem_euclid(prime));
                let due = (x * y - y * y + x).rem_euclid(prime);
                assert_eq!(modulo(sum, prime), due, "{a} {b}");
            }
            let found = Wide::product(a, b).to_f64();
            let due = a as f64 * b as f64;
            assert!((found - due).abs() <= 4.0 * f64::EPSILON * due.abs(), "{a} {b}: {found}");
        }
    }

    #[test]
    fn short_numbers_are_what_they_were() {
        for number in [0, 1, -1, i128::from(i64::MIN), i128::MAX / 3, i128::MIN + 1] {
            assert_eq!(Wide::from(number).to_f64().to_bits(), (number as f64).to_bits());
            assert_eq!(Wide::from(number).divided(1), (number, 0));
        }
        assert_eq!(Wide::from(-7).divided(2), (-4, 1));
    }
}
