//! Strikes against those who attack.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{ELASTICITY, NOT_NEGATIVE, POSITIVE, PROBABILITY};
use crate::law::{Family, Law, Range};

/// Strikes in answer to attacks that harm. At most one is pending against a threat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Retaliation {
    /// Chance that an attack that kills is answered.
    #[schemars(extend("limits" = PROBABILITY, "basis" = "judgement"))]
    pub after_killed: Range,
    /// Chance that an attack that wounds and does not kill is answered.
    #[schemars(extend("limits" = PROBABILITY, "basis" = "judgement"))]
    pub after_wounded: Range,
    /// Days until the strike.
    #[schemars(extend("limits" = NOT_NEGATIVE, "basis" = "judgement"))]
    pub delay_days: Law,
    /// Chance that a strike is coordinated with the host, and so does not offend it.
    #[schemars(extend("limits" = PROBABILITY, "basis" = "judgement"))]
    pub coordinated: Range,
    /// What strikes do to the threat: its background is multiplied by
    /// min(3, exp(-deterrence x strikes in memory)). Above 0 they deter, below 0 they provoke.
    #[schemars(extend("limits" = ELASTICITY, "form" = "evidence both ways", "disputed" = true))]
    pub deterrence: Range,
    /// Mean life of a strike in the threat's memory, in days: it fades exponentially.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0, "basis" = "judgement"))]
    pub memory_days: Range,
}

impl Default for Retaliation {
    fn default() -> Self {
        let number = Range::Number;
        Retaliation {
            after_killed: number(0.9),
            after_wounded: number(0.3),
            delay_days: Law::Family(Family::Gamma { shape: number(2.0), mean: number(3.0) }),
            coordinated: number(0.0),
            deterrence: number(0.0),
            memory_days: number(30.0),
        }
    }
}

built!(Retaliation {
    set after_killed: Range;
    set after_wounded: Range;
    set delay_days: Law;
    set coordinated: Range;
    set deterrence: Range;
    set memory_days: Range;
});
