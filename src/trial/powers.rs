//! Powers, which are dear, kept for when they are asked for again: trial after trial, sites go
//! through much the same numbers of people.

use crate::streams::GOLDEN;

/// So many are kept; a new one takes the place of another.
const KEPT: usize = 256;

#[derive(Clone, Debug)]
pub(super) struct Powers(Vec<[f64; 3]>);

impl Default for Powers {
    fn default() -> Self {
        Powers(vec![[1.0; 3]; KEPT])
    }
}

impl Powers {
    /// None can be kept: for a trial that rests.
    pub fn none() -> Self {
        Powers(Vec::new())
    }

    /// `base` to the power of `exponent`.
    #[inline(always)]
    pub fn of(&mut self, base: f64, exponent: f64) -> f64 {
        let bits = base.to_bits() ^ exponent.to_bits().rotate_left(32);
        let place = bits.wrapping_mul(GOLDEN) >> (u64::BITS - KEPT.ilog2());
        let kept = &mut self.0[place as usize];
        if kept[0] != base || kept[1] != exponent {
            *kept = [base, exponent, libm::pow(base, exponent)];
        }
        kept[2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_those_of_the_library_whatever_is_kept() {
        let mut powers = Powers::default();
        for round in 0..2 {
            for k in 0..2_000 {
                let (base, exponent) = (0.1 + f64::from(k) / 1_000.0, f64::from(k % 7 - 2));
                assert_eq!(powers.of(base, exponent), libm::pow(base, exponent), "{round}");
            }
        }
    }
}
