//! Within what limits ranges and laws must lie: one definition for the schema and the checks.

/// The least and the greatest value.
pub type Limits = (f64, f64);

/// The size of every number but 0: what is beyond is a slip of the pen, and would overflow or
/// vanish as soon as it is multiplied.
pub const SIZE: Limits = (1e-300, 1e12);

/// Largest weight, rate or other amount that is written as a number. The schema says so by a
/// `maximum`, which like all its words but `limits` is about numbers alone.
pub const LARGEST: f64 = 1e6;

/// Shortest mean stay in a state of tension, in days.
pub const SHORTEST_STAY: f64 = 0.01;

/// Most attacks that one attack may cause directly elsewhere, on average.
pub const MOST_CHILDREN: f64 = 100.0;

/// Most people of one contingent on one site.
pub const MOST_PEOPLE: u32 = 10_000_000;

/// A trial with this many attacks is stopped, and counted as capped.
pub const MOST_ATTACKS: u32 = 1_000_000;

/// So is one in which this many other things happen.
pub const MOST_EVENTS: u32 = 2_000_000;

/// Most people on all sites: nobody more comes once there are as many.
pub const MOST_PEOPLE_IN_ALL: u64 = 1_000_000_000;

pub const PROBABILITY: Limits = (0.0, 1.0);
pub const NOT_NEGATIVE: Limits = (0.0, f64::INFINITY);
/// As [`NOT_NEGATIVE`]; 0 itself is refused, but a range may reach down to it. The schema says so by
/// an `exclusiveMinimum` of 0.
pub const POSITIVE: Limits = NOT_NEGATIVE;
/// How many may be killed before a contingent decides to leave.
pub const TOLERANCE: Limits = (1.0, f64::INFINITY);
/// What a rate may be multiplied by.
pub const FACTOR: Limits = (0.0, 100.0);
/// What is done on a day of a month, in a day's work.
pub const PACE: Limits = (0.01, 10.0);
pub const ELASTICITY: Limits = (-5.0, 5.0);
/// Standard deviation of the weekly change of the logarithm of a rate.
pub const DRIFT: Limits = (0.0, 2.0);
/// What a grievance may grow to.
pub const MOST_GRIEVANCE: Limits = (1.0, 100.0);
pub const BATCH_MEAN: Limits = (1.0, 1_000.0);
pub const SALVO_MEAN: Limits = (1.0, 1_000_000.0);
/// Shape of the number of casualties.
pub const SHAPE: Limits = (0.0, 10.0);
/// Exponent of the number of troops in what they hold down.
pub const EXPONENT: Limits = (0.0, 5.0);
