//! Where things stand on the first day, in a scenario that starts in the middle of a withdrawal.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;

/// Where things stand on the first day, of a withdrawal that is under way. Who is where, the
/// garrisons already say: they are those of the first day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Now {
    /// Gates that are open, or whose clock runs. The clock of one that is not named begins on the
    /// first day, or when what comes before it is done.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, GateNow>,
    /// Phases that are under way or done. One that is not named has not begun.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub phases: BTreeMap<String, PhaseNow>,
    /// How much of the breathing room of the plan is used up. Left out: none of it.
    #[serde(skip_serializing_if = "RoomUsed::is_none")]
    pub breathing_room: RoomUsed,
    /// Since when the tension is in the state in which it starts. Left out: since the first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tension: Option<TensionNow>,
    /// What threats remember, and what they have done lately.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub threats: BTreeMap<String, ThreatNow>,
}

impl Now {
    /// Whether the attacks of late of a threat are given.
    pub(crate) fn knows_attacks_of(&self, threat: &str) -> bool {
        self.threats.get(threat).is_some_and(|about| about.attacks.is_some())
    }
}

/// How far a gate has come: it opened, or its clock has been running. One of `opened` and `started`
/// is due.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct GateNow {
    /// The date on which it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Date>,
    /// The date on which its clock began to run. What is left of its delay is drawn on condition
    /// that the delay is longer than that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Date>,
    /// Days since then for which its clock stood still.
    #[schemars(range(min = 0, max = 36_500))]
    #[serde(skip_serializing_if = "is_zero")]
    pub blocked_days: f64,
}

/// How far a phase has come: it is done, or it is under way. At least one of `started` and
/// `finished` is due.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct PhaseNow {
    /// The date on which it began. It may be left out of a phase that is done: then it began on its
    /// announced date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Date>,
    /// The date on which it was done. Left out: it is under way, and its duration ratio is drawn on
    /// condition that it is not done yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<Date>,
    /// How many people have gone of each move of a given number of people, and how many tonnes of each
    /// load of a given number: due while the phase is under way. Of others, what is still there goes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, u32>,
    /// How long pauses have held it, and how much of its own breathing room, where it has one, is
    /// used up.
    #[serde(skip_serializing_if = "RoomUsed::is_none")]
    pub breathing_room: RoomUsed,
}

/// Breathing room that is used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct RoomUsed {
    /// Days for which movement has been held.
    #[schemars(range(min = 0, max = 36_500))]
    #[serde(skip_serializing_if = "is_zero")]
    pub pause_days: f64,
    /// Days by which pauses have pushed finishes back.
    #[schemars(range(min = 0, max = 36_500))]
    #[serde(skip_serializing_if = "is_zero")]
    pub extension_days: f64,
}

impl RoomUsed {
    pub(crate) fn is_none(&self) -> bool {
        *self == RoomUsed::default()
    }
}

/// How long the tension has been in the state in which it starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TensionNow {
    /// The date on which it came into that state. A stay that has lasted long is more likely to be
    /// one of those that last long: the mean of the stay is drawn on condition of its age.
    pub since: Date,
}

/// What a threat remembers, and what it has done lately.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct ThreatNow {
    /// The dates of strikes in answer to its attacks. Each is remembered as far as it has not faded,
    /// by the threat and, unless it was coordinated with the host, by the host.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strikes: Vec<Date>,
    /// Its attacks of late. They take the place of a past in which the first day has lasted for
    /// ever: what they are still to cause enters, and nothing else does. Windows of rules count
    /// them. An empty list: there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attacks: Option<Vec<AttacksNow>>,
}

/// Attacks on a site on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AttacksNow {
    /// The date.
    pub date: Date,
    /// The site.
    pub site: String,
    /// How many.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
}

built!(Now {
    each gates / gate: GateNow;
    each phases / phase: PhaseNow;
    set breathing_room: RoomUsed;
    opt tension: TensionNow;
    each threats / threat: ThreatNow;
});

built!(GateNow {
    opt opened: Date;
    opt started: Date;
    set blocked_days: f64;
});

built!(PhaseNow {
    opt started: Date;
    opt finished: Date;
    each moved / moved: u32;
    set breathing_room: RoomUsed;
});

built!(RoomUsed {
    set pause_days: f64;
    set extension_days: f64;
});

built!(TensionNow(since: Date) {});

built!(ThreatNow {
    list strikes: Date;
    opt_list attacks: AttacksNow;
});

built!(AttacksNow(date: Date, site: String) {
    set count: u32 = one();
});

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(days: &f64) -> bool {
    *days == 0.0
}
