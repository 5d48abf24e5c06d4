//! The scenarios that ship with the library.

use crate::error::{Error, Result};

/// A scenario that ships with the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The name to ask for it by.
    pub name: &'static str,
    /// Its file.
    pub toml: &'static str,
}

/// Every shipped scenario, by name.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "afghanistan-2021",
        toml: include_str!("../../examples/scenarios/afghanistan-2021.toml"),
    },
    Example { name: "iraq-2011", toml: include_str!("../../examples/scenarios/iraq-2011.toml") },
    Example { name: "iraq-2024", toml: include_str!("../../examples/scenarios/iraq-2024.toml") },
    Example { name: "minimal", toml: include_str!("../../examples/scenarios/minimal.toml") },
];

impl Example {
    /// The example called `name`.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn find(name: &str) -> Result<Example> {
        let names: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
        EXAMPLES
            .iter()
            .find(|example| example.name == name)
            .copied()
            .ok_or_else(|| Error::unknown("example", name, &names))
    }
}
