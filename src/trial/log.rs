//! The dated event log of a trial, kept only where it is asked for.

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A gate opened.
    GateOpened,
    /// The tension changed to another state.
    Tension,
    /// A phase began.
    PhaseStarted,
    /// People left a site for another, or for home.
    Lift,
    /// A phase was done.
    PhaseFinished,
    /// The last person left a site.
    SiteClosed,
    /// An attack of which nothing got through.
    AttackIntercepted,
    /// An attack of which something got through, or whose weapons are not modelled.
    Attack,
    /// People were wounded in the attack just before.
    Wounded,
    /// People were killed in the attack just before.
    Killed,
    /// Movement was held.
    PauseBegan,
    /// Movement was resumed because the rule allowed it.
    PauseEnded,
    /// Movement was resumed because the breathing room was spent.
    PauseSpent,
}

impl Kind {
    /// The kind as it stands in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::GateOpened => "gate_opened",
            Kind::Tension => "tension",
            Kind::PhaseStarted => "phase_started",
            Kind::Lift => "lift",
            Kind::PhaseFinished => "phase_finished",
            Kind::SiteClosed => "site_closed",
            Kind::AttackIntercepted => "attack_intercepted",
            Kind::Attack => "attack",
            Kind::Wounded => "wounded",
            Kind::Killed => "killed",
            Kind::PauseBegan => "pause_began",
            Kind::PauseEnded => "pause_ended",
            Kind::PauseSpent => "pause_spent",
        }
    }
}

/// One thing that happened in a trial. Indices are into the model's ids.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// When, in days from the start.
    pub days: f64,
    /// What.
    pub kind: Kind,
    /// The site it happened on.
    pub site: Option<usize>,
    /// The site that people moved to; none where they went home.
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
    /// How many people; 1 where people are not counted.
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
            count: 1,
            attack: None,
            parent: None,
        }
    }
}
