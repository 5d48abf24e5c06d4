//! Harm to others than the troops: to civilians around an attack, to the host in an incident.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{POSITIVE, PROBABILITY, SHAPE};
use crate::law::Range;

/// How many others than the troops are harmed. The library has no view of how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Toll {
    /// Chance that nobody is harmed.
    #[serde(default = "none")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub no_casualty: Range,
    /// Scale of the number harmed otherwise: P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape),
    /// conditioned on X being 10,000 at the most.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("form" = "evidence for the form: Clauset et al. 2007"))]
    pub scale: Range,
    /// Shape (heaviness of the tail) of the number harmed; 0 makes it geometric.
    #[serde(default = "none")]
    #[schemars(extend("limits" = SHAPE), extend("form" = "evidence for the form: Clauset et al. 2007"))]
    pub shape: Range,
    /// Chance that one who is harmed is killed; otherwise wounded.
    #[schemars(extend("limits" = PROBABILITY))]
    pub killed_share: Range,
}

built!(Toll(scale: Range, killed_share: Range) {
    set no_casualty: Range = none();
    set shape: Range = none();
});

fn none() -> Range {
    Range::Number(0.0)
}
