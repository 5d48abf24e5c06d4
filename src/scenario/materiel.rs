//! Materiel: what phases take from sites beside people, and how.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plan::{HOME, home, is_home};

/// A way in which materiel leaves, such as by air or by road, beside the people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Mode {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Tonnes that a phase can move per day; a lift takes at most this times the days since the lift
    /// before it, or since the start.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub tonnes_per_day: u32,
}

/// Materiel that is taken from a site in a phase: moved, handed over, or destroyed. It goes with the
/// lifts of the phase, which is done when people and materiel are gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Load {
    /// The site it lies on.
    pub site: String,
    /// How many tonnes. Left out: all that lie there when the phase starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub tonnes: Option<u32>,
    /// What becomes of it.
    #[serde(default, skip_serializing_if = "Fate::is_usual")]
    pub fate: Fate,
    /// How it is moved. It may be left out where there is one mode only; what is handed over or
    /// destroyed has none, and no lift limits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Where it is moved: `home`, or a site.
    #[serde(default = "home", skip_serializing_if = "is_home")]
    pub to: String,
}

/// What becomes of materiel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is moved, home or to another site.
    #[default]
    Moved,
    /// It is handed over to the host or others, and stays.
    HandedOver,
    /// It is destroyed where it lies.
    Destroyed,
}

impl Fate {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    fn is_usual(&self) -> bool {
        *self == Fate::default()
    }
}

built!(Mode(tonnes_per_day: u32) {
    set title: String;
});

built!(Load(site: String) {
    opt tonnes: u32;
    set fate: Fate;
    opt mode: String;
    set to: String = HOME.to_owned();
});
