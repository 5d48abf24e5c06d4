//! Mathematics that knows nothing of troops: one process a file, each tested against its closed
//! form.

pub(crate) mod branching;
pub(crate) mod chain;
pub(crate) mod clock;
pub(crate) mod excitation;
pub(crate) mod leaks;
pub(crate) mod logistic;
pub(crate) mod occupancy;
pub(crate) mod salvo;
pub(crate) mod severity;
pub(crate) mod shot_noise;
pub(crate) mod toll;
pub(crate) mod walk;
