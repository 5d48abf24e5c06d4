//! What one history yields: the measures, their units, and their places in a row of numbers.

use serde::Serialize;

/// What a measure is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum By {
    /// One number for the whole theatre.
    Total,
    /// One for each site.
    Site,
    /// One for each contingent.
    Contingent,
    /// One for each threat.
    Threat,
    /// One for each phase.
    Phase,
    /// One for each gate.
    Gate,
    /// One for each state of tension.
    State,
    /// One for each calendar event.
    Event,
    /// One for each outcome of each calendar event.
    Outcome,
    /// One for each buffer.
    Buffer,
    /// One for each risk.
    Risk,
    /// One for each rule.
    Rule,
    /// One for each mode of transport.
    Mode,
    /// One for each calendar month, the first and the last perhaps in part.
    Month,
}

impl By {
    /// Every breakdown.
    pub const ALL: &[By] = &[
        By::Total,
        By::Site,
        By::Contingent,
        By::Threat,
        By::Phase,
        By::Gate,
        By::State,
        By::Event,
        By::Outcome,
        By::Buffer,
        By::Risk,
        By::Rule,
        By::Mode,
        By::Month,
    ];

    /// The breakdown as it is called in columns and dimensions; empty for [`By::Total`].
    pub fn as_str(self) -> &'static str {
        match self {
            By::Total => "",
            By::Site => "site",
            By::Contingent => "contingent",
            By::Threat => "threat",
            By::Phase => "phase",
            By::Gate => "gate",
            By::State => "state",
            By::Event => "event",
            By::Outcome => "outcome",
            By::Buffer => "buffer",
            By::Risk => "risk",
            By::Rule => "rule",
            By::Mode => "mode",
            By::Month => "month",
        }
    }
}

/// Days are kept in whole multiples of this, 2^-20 day (about 0.08 s), so that sums are exact.
pub const DAY_QUANTUM: f64 = 1.0 / 1_048_576.0;

/// Makes [`Unit`] of units and their names in tables.
macro_rules! units {
    ($($unit:ident = $name:literal,)+) => {
        /// What the values of a measure count.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "each is what its name says")]
        pub enum Unit {
            $($unit,)+
        }

        impl Unit {
            /// The unit as it is called in tables.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Unit::$unit => $name,)+
                }
            }
        }
    };
}

units! {
    Attacks = "attacks",
    Barrages = "barrages",
    Contingents = "contingents",
    Cost = "cost",
    Days = "days",
    Draws = "draws",
    Events = "events",
    Incidents = "incidents",
    Pauses = "pauses",
    People = "people",
    PersonDays = "person-days",
    Phases = "phases",
    Share = "share",
    Shocks = "shocks",
    Strikes = "strikes",
    Times = "times",
    Tonnes = "tonnes",
    Trials = "trials",
}

impl Unit {
    /// Whether values need rounding to a multiple of [`DAY_QUANTUM`]: those of others are whole
    /// numbers.
    pub(crate) fn is_continuous(self) -> bool {
        matches!(self, Unit::Days | Unit::PersonDays | Unit::Share | Unit::Cost)
    }
}

named!(By, Unit);

/// One thing that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Measure {
    /// The name, the same in every table.
    pub name: &'static str,
    /// What it is broken down by.
    pub by: By,
    /// What its values count.
    pub unit: Unit,
    /// What it is, in a sentence.
    pub what: &'static str,
    /// What a scenario has to have for a measure of the whole theatre to be about anything in it:
    /// of each group one dotted path (a star is any id), with something other than 0 there.
    pub needs: &'static [&'static [&'static str]],
}

/// What measures need: see [`Measure::needs`].
mod needs {
    pub const THREATS: &[&str] = &["world.threats.*"];
    pub const PHASES: &[&str] = &["plan.phases.*"];
    pub const PAUSES: &[&str] =
        &["plan.breathing_room.pause_days", "plan.breathing_room.extension_days"];
    pub const EXTENSIONS: &[&str] = &["plan.breathing_room.extension_days"];
    pub const EXPULSION: &[&str] = &["world.host.expulsion"];
    pub const GOING_BACK: &[&str] = &["world.reentry", "plan.rules.*.then.go_back_in"];
    pub const BARRAGES: &[&str] = &["world.barrages"];
    pub const INSURGENCY: &[&str] = &["world.insurgency"];
    pub const STRETCHES: &[&str] = &["plan.rules.*.then.stretch"];
    pub const REINFORCEMENTS: &[&str] = &["plan.rules.*.then.reinforce"];
    pub const MOVES: &[&str] = &["plan.phases.*.moves.*"];
    pub const MATERIEL: &[&str] = &["world.sites.*.materiel_tonnes"];
    pub const LOADS: &[&str] = &["plan.phases.*.loads.*"];
    pub const RETALIATION: &[&str] = &["world.threats.*.retaliation"];
    pub const INCIDENTS: &[&str] = &["world.insurgency.incidents"];
    pub const HOST_HARM: &[&str] = &["world.insurgency.incidents.harm"];
    pub const CIVILIAN_HARM: &[&str] = &["world.threats.*.civilian_harm"];
    pub const SHOCKS: &[&str] = &["world.insurgency.shocks"];
    pub const COSTS: &[&str] = &["world.costs", "plan.mitigations.*.cost"];
}

/// Declares the measures: an index for each, and the table that describes them.
macro_rules! measures {
    ($($index:ident = $name:literal, $by:ident, $unit:ident, $what:literal $(, needs $($needs:ident)+)?;)*) => {
        /// The place of each measure in [`MEASURES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub(crate) enum M { $($index),* }

        /// Every measure, in the order of the columns of a row.
        pub const MEASURES: &[Measure] = &[
            $(Measure {
                name: $name,
                by: By::$by,
                unit: Unit::$unit,
                what: $what,
                needs: &[$($(needs::$needs),+)?],
            }),*
        ];
    };
}

measures! {
    Attacks = "attacks", Total, Attacks, "Attacks on all sites.",
        needs THREATS;
    Intercepted = "intercepted", Total, Attacks, "Attacks of which nothing got through.",
        needs THREATS;
    Wounded = "wounded", Total, People, "People wounded.",
        needs THREATS;
    Killed = "killed", Total, People, "People killed.",
        needs THREATS;
    Casualties = "casualties", Total, People, "People wounded or killed.",
        needs THREATS;
    WorstAttack = "worst_attack", Total, People, "Most people wounded or killed in one attack.",
        needs THREATS;
    WorstAttackWounded = "worst_attack_wounded", Total, People,
        "Most people wounded in one attack.",
        needs THREATS;
    WorstAttackKilled = "worst_attack_killed", Total, People, "Most people killed in one attack.",
        needs THREATS;
    AttacksOnTheWay = "attacks_on_the_way", Total, Attacks,
        "Attacks until the last phase was done, or else until the horizon; missing without phases.",
        needs THREATS PHASES;
    WoundedOnTheWay = "wounded_on_the_way", Total, People,
        "People wounded until the last phase was done, or else until the horizon; missing without phases.",
        needs THREATS PHASES;
    KilledOnTheWay = "killed_on_the_way", Total, People,
        "People killed until the last phase was done, or else until the horizon; missing without phases.",
        needs THREATS PHASES;
    PeopleLeft = "people_left", Total, People, "People still on the sites at the horizon.";
    Finish = "finish_days", Total, Days, "When the last phase is done.",
        needs PHASES;
    Slip = "slip_days", Total, Days, "The same, less the beginning of the day of the last announced finish: a finish on that day keeps the date, with a slip of up to 1.",
        needs PHASES;
    Pauses = "pauses", Total, Pauses, "Pauses of movement.",
        needs PHASES PAUSES;
    PauseDays = "pause_days", Total, Days, "Days for which movement was held.",
        needs PHASES PAUSES;
    ExtensionDays = "extension_days", Total, Days, "Days by which pauses pushed finishes back.",
        needs PHASES EXTENSIONS;
    ForcedResumptions = "forced_resumptions", Total, Pauses,
        "Pauses ended because the breathing room was spent.",
        needs PHASES PAUSES;
    StretchDays = "stretch_days", Total, Days,
        "Days by which rules stretched the phases under way.",
        needs PHASES STRETCHES;
    Reinforcements = "reinforcements", Total, People, "People who came as reinforcements.",
        needs REINFORCEMENTS;
    PeopleMoved = "people_moved", Total, People,
        "People in lifts, home or to another site; who moves twice counts twice.",
        needs MOVES;
    MaterielMoved = "materiel_moved", Total, Tonnes,
        "Materiel in lifts, home or to another site; what moves twice counts twice.",
        needs LOADS;
    MaterielHandedOver = "materiel_handed_over", Total, Tonnes, "Materiel handed over.",
        needs LOADS;
    MaterielDestroyed = "materiel_destroyed", Total, Tonnes, "Materiel destroyed.",
        needs LOADS;
    MaterielLeft = "materiel_left", Total, Tonnes, "Materiel still on the sites at the horizon.",
        needs MATERIEL;
    Strikes = "strikes", Total, Strikes, "Strikes in answer to attacks.",
        needs RETALIATION;
    Expelled = "expelled", Total, Trials, "1 if the host told the troops to leave.",
        needs EXPULSION;
    ExpelledDays = "expelled_days", Total, Days, "When it did.",
        needs EXPULSION;
    InsurgentStrength = "insurgent_strength", Total, Share,
        "Strength of the insurgency at the horizon, as a share of the most it could be.",
        needs INSURGENCY;
    PeakInsurgentStrength = "peak_insurgent_strength", Total, Share, "The most that it came to.",
        needs INSURGENCY;
    Incidents = "incidents", Total, Incidents, "Incidents of the insurgency on the host.",
        needs INCIDENTS;
    HostWounded = "host_wounded", Total, People,
        "People of the host wounded in incidents of the insurgency.",
        needs HOST_HARM;
    HostKilled = "host_killed", Total, People,
        "People of the host killed in incidents of the insurgency.",
        needs HOST_HARM;
    CivilianWounded = "civilian_wounded", Total, People, "Civilians wounded in attacks.",
        needs CIVILIAN_HARM;
    CivilianKilled = "civilian_killed", Total, People, "Civilians killed in attacks.",
        needs CIVILIAN_HARM;
    Shocks = "shocks", Total, Shocks, "Sudden gains of the insurgency.",
        needs SHOCKS;
    Reentry = "reentry", Total, Trials, "1 if people went back in after everything was done.",
        needs GOING_BACK;
    ReentryDays = "reentry_days", Total, Days, "When they did.",
        needs GOING_BACK;
    PeopleBack = "people_back", Total, People, "People who went back in.",
        needs GOING_BACK;
    Barrages = "barrages", Total, Barrages, "Barrages at others in the region.",
        needs BARRAGES;
    BarragesUnmet = "barrages_unmet", Total, Barrages,
        "Barrages that too few sites could help to meet.",
        needs BARRAGES;
    Cost = "cost", Total, Cost, "What presence, moves, pauses and mitigations cost.",
        needs COSTS;
    PersonDays = "person_days", Total, PersonDays, "People on the sites, summed over days.";
    Capped = "capped", Total, Trials,
        "1 if the trial was stopped because it reached the limit of attacks or other events.",
        needs THREATS;
    RejectedDraws = "rejected_draws", Total, Draws,
        "Draws of the ranges that were rejected, because attacks would never have ended.",
        needs THREATS;
    SiteAttacks = "attacks", Site, Attacks, "Attacks on the site.";
    SiteWounded = "wounded", Site, People, "People wounded on the site.";
    SiteKilled = "killed", Site, People, "People killed on the site.";
    SiteFinish = "finish_days", Site, Days,
        "When the last of the people and materiel that are to leave the site have left.";
    SiteMaterielLeft = "materiel_left", Site, Tonnes,
        "Materiel still on the site at the horizon.",
        needs MATERIEL;
    SitePeopleLeft = "people_left", Site, People, "People still on the site at the horizon.";
    SitePersonDays = "person_days", Site, PersonDays, "People on the site, summed over days.";
    ContingentWounded = "wounded", Contingent, People, "People of the contingent wounded.";
    ContingentKilled = "killed", Contingent, People, "People of the contingent killed.";
    ContingentFinish = "finish_days", Contingent, Days,
        "When the last of the contingent who is to go home has left.";
    ContingentPeopleLeft = "people_left", Contingent, People,
        "People of the contingent still on any site at the horizon.";
    ContingentDeparted = "departed", Contingent, Contingents,
        "1 if people of it left outside the phases, on its own account or because a rule sent it home.";
    ThreatStrikes = "strikes", Threat, Strikes, "Strikes in answer to attacks of the threat.";
    ThreatAttacks = "attacks", Threat, Attacks, "Attacks by the threat.";
    ThreatWounded = "wounded", Threat, People, "People wounded by the threat.";
    ThreatKilled = "killed", Threat, People, "People killed by the threat.";
    PhaseStart = "start_days", Phase, Days, "When the phase began.";
    PhaseFinish = "finish_days", Phase, Days, "When the phase was done.";
    PhaseCancelled = "cancelled", Phase, Phases, "1 if the phase was cancelled.";
    PhaseAttacks = "attacks", Phase, Attacks,
        "Attacks on all sites from the phase's start to its finish; phases may overlap.";
    PhaseWounded = "wounded", Phase, People,
        "People wounded on all sites from the phase's start to its finish; phases may overlap.";
    PhaseKilled = "killed", Phase, People,
        "People killed on all sites from the phase's start to its finish; phases may overlap.";
    GateOpen = "open_days", Gate, Days, "When the gate opened.";
    StateDays = "tension_days", State, Days, "Days spent in the state of tension.";
    EventDays = "event_days", Event, Days, "When the event happened.";
    Happened = "happened", Outcome, Events, "1 if this came of the event.";
    RiskHappened = "happened", Risk, Trials, "1 if the risk happened.";
    RiskDays = "event_days", Risk, Days, "When the risk happened.";
    BufferDays = "buffer_days", Buffer, Days, "From the end of the phase to the event.";
    BufferMet = "buffer_met", Buffer, Trials,
        "1 if the phase was done as long before the event as it should.";
    RuleTimes = "times", Rule, Times, "How often the rule set off.";
    RulePauseDays = "pause_days", Rule, Days,
        "Days for which the rule held movement; several may hold it on the same day.";
    ModeMaterielMoved = "materiel_moved", Mode, Tonnes,
        "Materiel in lifts of the mode, home or to another site.",
        needs LOADS;
    MonthAttacks = "attacks", Month, Attacks, "Attacks in the month.";
    MonthWounded = "wounded", Month, People, "People wounded in the month.";
    MonthKilled = "killed", Month, People, "People killed in the month.";
    MonthPersonDays = "person_days", Month, PersonDays,
        "People on the sites, summed over the days of the month.";
}

/// Numbers of a trial with less variance beside its measures: first wounded and killed as they were
/// to be expected.
pub(crate) const EXPECTED: usize = 2;

/// Then controls, whose means are 0: how many more attacks, wounded and killed the course of the
/// tension lets expect than its law does.
pub(crate) const KINDS: usize = 3;

/// And how many more background arrivals came than their rates let expect, and casualties by them.
pub(crate) const ARRIVALS: usize = 2;
pub(crate) const CONTROLS: usize = KINDS + ARRIVALS;

/// Then, for each level that is asked about, how surely casualties reach it in one attack.
pub(crate) const REACHED: usize = EXPECTED + CONTROLS;

/// Where each measure stands in a row of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// First column of each measure; one more entry than there are measures.
    offsets: [usize; MEASURES.len() + 1],
    /// Columns after those of all measures, which runs with less variance have.
    besides: usize,
}

impl Layout {
    /// The layout for breakdowns of the given widths.
    pub fn new(width: impl Fn(By) -> usize) -> Self {
        let mut offsets = [0; MEASURES.len() + 1];
        for (k, measure) in MEASURES.iter().enumerate() {
            let columns = if measure.by == By::Total { 1 } else { width(measure.by) };
            offsets[k + 1] = offsets[k] + columns;
        }
        Layout { offsets, besides: 0 }
    }

    /// Number of columns of a row.
    pub fn width(&self) -> usize {
        self.offsets[MEASURES.len()] + self.besides
    }

    /// Makes room for what is written down beside measures.
    pub fn reduced(&mut self, levels: usize) {
        self.besides = EXPECTED + CONTROLS + levels;
    }

    /// The columns of measures.
    pub fn measured(&self) -> std::ops::Range<usize> {
        0..self.offsets[MEASURES.len()]
    }

    /// The columns after those.
    pub fn extra(&self) -> std::ops::Range<usize> {
        self.offsets[MEASURES.len()]..self.width()
    }

    /// First column of `measure`.
    #[inline]
    pub fn at(&self, measure: M) -> usize {
        self.offsets[measure as usize]
    }

    /// Columns of the `k`-th measure.
    pub fn columns(&self, k: usize) -> std::ops::Range<usize> {
        self.offsets[k]..self.offsets[k + 1]
    }
}
