//! The dated event log of a trial, kept only where it is asked for.

use serde::Serialize;

/// Makes [`Kind`] of kinds and their names in tables.
macro_rules! kinds {
    ($(#[doc = $about:literal] $kind:ident = $name:literal,)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $about] $kind,)+
        }

        impl Kind {
            /// Every kind, in the order above.
            pub const ALL: &[Kind] = &[$(Kind::$kind),+];

            /// The kind as it stands in tables.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name,)+
                }
            }

            /// What it says, in a sentence.
            pub fn what(self) -> &'static str {
                match self {
                    $(Kind::$kind => $about.trim_ascii(),)+
                }
            }
        }
    };
}

kinds! {
    /// A risk happened.
    RiskHappened = "risk_happened",
    /// A calendar event happened.
    CalendarEvent = "calendar_event",
    /// A gate opened.
    GateOpened = "gate_opened",
    /// The tension changed to another state.
    Tension = "tension",
    /// A phase began.
    PhaseStarted = "phase_started",
    /// People left a site for another, or for home.
    Lift = "lift",
    /// People arrived at the end of a leg.
    Arrival = "arrival",
    /// Materiel left a site for another, or for home.
    MaterielMoved = "materiel_moved",
    /// Materiel was handed over.
    MaterielHandedOver = "materiel_handed_over",
    /// Materiel was destroyed.
    MaterielDestroyed = "materiel_destroyed",
    /// A phase was done.
    PhaseFinished = "phase_finished",
    /// A phase was cancelled.
    PhaseCancelled = "phase_cancelled",
    /// A phase went on because its own breathing room was spent.
    PhaseResumed = "phase_resumed",
    /// People of a contingent left a site outside the phases.
    Departure = "departure",
    /// People came to a site as reinforcements.
    Reinforced = "reinforced",
    /// The last person left a site.
    SiteClosed = "site_closed",
    /// An attack of which nothing got through.
    AttackIntercepted = "attack_intercepted",
    /// An attack of which something got through, or whose weapons are not modelled.
    Attack = "attack",
    /// People were wounded in the attack just before.
    Wounded = "wounded",
    /// People were killed in the attack just before.
    Killed = "killed",
    /// A strike answered attacks of a threat.
    Strike = "strike",
    /// The host told the troops to leave.
    Expelled = "expelled",
    /// The insurgency gained at one blow.
    Shock = "shock",
    /// The insurgency did something to the host.
    Incident = "incident",
    /// People went back in to a site.
    WentBackIn = "went_back_in",
    /// A barrage at others in the region was met with the help of sites.
    BarrageMet = "barrage_met",
    /// A barrage was not, for too few sites could help.
    BarrageUnmet = "barrage_unmet",
    /// A rule set off.
    RuleSetOff = "rule_set_off",
    /// Movement was held.
    PauseBegan = "pause_began",
    /// Movement was resumed because the rule allowed it.
    PauseEnded = "pause_ended",
    /// Movement was resumed because the breathing room was spent.
    PauseSpent = "pause_spent",
}

named!(Kind);

/// One thing that happened in a trial. Indices are into the model's ids.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// When, in days from the start.
    pub days: f64,
    /// What.
    pub kind: Kind,
    /// The site it happened on.
    pub site: Option<usize>,
    /// The site that people or materiel moved to; none where they went home.
    pub to: Option<usize>,
    /// The threat behind it.
    pub threat: Option<usize>,
    /// The contingent concerned.
    pub contingent: Option<usize>,
    /// The phase concerned.
    pub phase: Option<usize>,
    /// The gate concerned.
    pub gate: Option<usize>,
    /// The new state of tension.
    pub state: Option<usize>,
    /// The risk.
    pub risk: Option<usize>,
    /// The calendar event.
    pub event: Option<usize>,
    /// What came of it: its place among the outcomes of all events.
    pub outcome: Option<usize>,
    /// The rule.
    pub rule: Option<usize>,
    /// The mode by which materiel is moved.
    pub mode: Option<usize>,
    /// How many people, or tonnes of materiel; 1 where neither is counted.
    pub count: u32,
    /// The number of this attack in its trial, from 0.
    pub attack: Option<u32>,
    /// The number of the attack that caused this one.
    pub parent: Option<u32>,
}

impl Event {
    /// An event that concerns nothing in particular yet.
    pub(super) fn new(days: f64, kind: Kind) -> Self {
        Event {
            days,
            kind,
            site: None,
            to: None,
            threat: None,
            contingent: None,
            phase: None,
            gate: None,
            state: None,
            risk: None,
            event: None,
            outcome: None,
            rule: None,
            mode: None,
            count: 1,
            attack: None,
            parent: None,
        }
    }
}
