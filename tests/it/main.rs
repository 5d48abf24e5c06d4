//! Behaviour through the public interface, a file for each.

#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod apart;
mod barrages;
mod built;
mod by_state;
mod calendar;
mod compression;
mod contract;
mod course;
mod embedded;
mod errors;
mod errors_of_threats;
#[cfg(feature = "arrow")]
mod events;
mod families;
mod filter;
mod fit;
mod inputs;
mod intercept;
mod interface;
mod keep;
mod legs;
mod long;
mod losses;
mod moments;
mod months;
mod movement;
mod now;
mod now_refused;
mod oracle;
mod others;
mod parts;
mod past;
mod pending;
mod plans;
mod policies;
mod promise;
mod region;
mod relations;
mod rooms;
mod rules;
mod shards;
mod sources;
mod spans;
mod stationary;
mod statistics;
mod study;
mod toll;
mod transport;
mod verification;
mod warnings;
mod waves;
mod written;
