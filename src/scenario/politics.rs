//! The politics of contingents: what makes one leave on its own account.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{LARGEST, NOT_NEGATIVE, PROBABILITY, TOLERANCE};
use crate::law::{Law, Range};

/// What makes a contingent leave on its own account, outside the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contingent {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// It decides to leave when so many of its own have been killed. Left out: never for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = TOLERANCE, "maximum" = LARGEST))]
    pub tolerance_killed: Option<Range>,
    /// Chance that it decides to leave when another has left every site, by contingent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub follows: BTreeMap<String, Range>,
    /// Days from the decision until all of it leaves.
    #[serde(default = "at_once")]
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
}

built!(Contingent {
    set title: String;
    opt tolerance_killed: Range;
    each follows / follows: Range;
    set delay_days: Law;
});

impl Default for Contingent {
    fn default() -> Self {
        Contingent {
            title: String::new(),
            tolerance_killed: None,
            follows: BTreeMap::new(),
            delay_days: at_once(),
        }
    }
}

fn at_once() -> Law {
    Law::Number(0.0)
}
