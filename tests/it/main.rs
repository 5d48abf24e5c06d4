//! Behaviour through the public interface, a file for each.

#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod contract;
mod errors;
mod movement;
mod oracle;
mod promise;
mod statistics;
mod verification;
