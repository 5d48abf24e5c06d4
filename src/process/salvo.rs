//! How many projectiles an attack has, and how many get through.

use crate::streams::Stream;
use crate::variates::exponential;

/// A geometric number on 1, 2, ...
#[derive(Clone, Copy, Debug)]
pub(crate) struct Salvo {
    /// 1 / -ln(1 - 1 / mean): the floor of an exponential of this mean is geometric on 0, 1, ...
    scale: f64,
}

impl Salvo {
    /// A salvo of `mean` projectiles on average, at least 1.
    pub fn new(mean: f64) -> Self {
        let scale = if mean <= 1.0 { 0.0 } else { -1.0 / libm::log1p(-1.0 / mean) };
        Salvo { scale }
    }

    /// The number of projectiles.
    #[inline]
    pub fn size(&self, stream: &mut Stream) -> u32 {
        (exponential(stream) * self.scale) as u32 + 1
    }
}

/// How many of `projectiles` get through if each is stopped with the same chance.
#[inline]
pub(crate) fn leakers(projectiles: u32, stopped: f64, stream: &mut Stream) -> u32 {
    (0..projectiles).map(|_| u32::from(stream.uniform() >= stopped)).sum()
}
