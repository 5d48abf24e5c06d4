//! How much to do before a caller is asked again: the only place that looks at a clock.

use std::time::Duration;

use clock::Clock;

/// The most that a caller can want to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// A piece is at most so many times as long as the one before.
const MOST_GROWTH: u128 = 8;

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
        *piece = next(*piece, took, self.wait);
        self.wait.saturating_sub(now) >= took
    }

    /// Whether the time is up.
    pub fn is_over(&self) -> bool {
        self.clock.elapsed().is_none_or(|now| now >= self.wait)
    }
}

/// How many trials the next piece has, after one of so many that took so long.
fn next(piece: u64, took: Duration, wait: Duration) -> u64 {
    if took * 2 < wait {
        // As many as take half of the time at that rate; but a short piece tells little.
        let times = wait.as_nanos() / (2 * took.as_nanos()).max(1);
        piece.saturating_mul(times.clamp(2, MOST_GROWTH) as u64)
    } else if took > wait {
        (piece / 2).max(1)
    } else {
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_soon_take_half_of_the_time_and_no_longer_than_all_of_it() {
        let wait = Duration::from_millis(100);
        for nanos in [0, 10, 1_000, 70_000, 3_000_000, 26_000_000, 49_000_000, 99_000_000] {
            let (each, mut piece) = (Duration::from_nanos(nanos), 1u64);
            for _ in 0..6 {
                let before = piece;
                piece = next(piece, each * piece as u32, wait);
                assert!(piece <= 8 * before, "{nanos} {piece}");
                assert!(each * (piece as u32) <= wait, "{nanos} {piece}");
            }
            assert!(nanos < 1_000 || each * (piece as u32 + 1) * 4 > wait, "{nanos} {piece}");
        }
    }

    #[test]
    fn pieces_that_take_too_long_are_halved() {
        let wait = Duration::from_millis(100);
        assert_eq!(next(40, Duration::from_millis(101), wait), 20);
        assert_eq!(next(1, Duration::from_secs(5), wait), 1);
        assert_eq!(next(40, Duration::from_millis(70), wait), 40);
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
