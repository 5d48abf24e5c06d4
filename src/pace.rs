//! How much to do before a caller is asked again: the only place that looks at a clock.

use std::time::Duration;

use clock::Clock;

/// The most that a caller can want to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// Most trials of a piece where there is no clock.
const PIECE: u64 = 64;

/// The time that a caller wants to wait, in which work is done piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    clock: Clock,
    wait: Duration,
    /// When the last piece was done.
    last: Duration,
}

impl Pace {
    pub fn new(wait: Duration) -> Self {
        Pace { clock: Clock::start(), wait: wait.min(LONGEST_WAIT), last: Duration::ZERO }
    }

    /// A piece is done: the next may be longer, or should be shorter. Returns whether there is time
    /// for it; where there is no clock there never is.
    pub fn go_on(&mut self, piece: &mut u64) -> bool {
        let Some(now) = self.clock.elapsed() else {
            *piece = piece.saturating_mul(2).min(PIECE);
            return false;
        };
        let took = now.saturating_sub(self.last);
        self.last = now;
        if took * 2 < self.wait {
            *piece = piece.saturating_mul(2);
        } else if took > self.wait {
            *piece = (*piece / 2).max(1);
        }
        self.wait.saturating_sub(now) >= took
    }

    /// Whether the time is up.
    pub fn is_over(&self) -> bool {
        self.clock.elapsed().is_none_or(|now| now >= self.wait)
    }
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod clock {
    use std::time::{Duration, Instant};

    #[derive(Clone, Copy, Debug)]
    pub struct Clock(Instant);

    impl Clock {
        pub fn start() -> Self {
            Clock(Instant::now())
        }

        pub fn elapsed(&self) -> Option<Duration> {
            Some(self.0.elapsed())
        }
    }
}

/// A page or a host that gives the module nothing has no clock: asking for one would trap.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod clock {
    use std::time::Duration;

    #[derive(Clone, Copy, Debug)]
    pub struct Clock;

    impl Clock {
        pub fn start() -> Self {
            Clock
        }

        pub fn elapsed(&self) -> Option<Duration> {
            None
        }
    }
}
