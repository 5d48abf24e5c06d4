//! Numbered chance.

use drawdown::streams::{Purpose, Stream, Who};

pub struct Dice(Stream);

/// Numbers at the edges of what numbers are.
pub const EDGES: [f64; 17] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    1e-9,
    1e6,
    1e9,
    1e300,
    1e-300,
    1.797_693_134_862_315_7e308,
    -1e308,
    5e-324,
    2.225e-308,
    4_294_967_295.0,
    9_007_199_254_740_993.0,
];

impl Dice {
    pub fn new(name: &str, case: u64) -> Self {
        Dice(Stream::new(0, case, Who::new(&["fuzz", name]), Purpose::Range))
    }

    pub fn bits(&mut self) -> u64 {
        self.0.bits()
    }

    /// A whole number below `n`; 0 if that is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.0.uniform() * n as f64) as usize
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.0.uniform() < probability
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.uniform()
    }

    pub fn pick_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
