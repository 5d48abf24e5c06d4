//! What one history yields: the measures, their units, and their places in a row of numbers.

/// What a measure is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl By {
    /// Every breakdown.
    pub const ALL: [By; 7] =
        [By::Total, By::Site, By::Contingent, By::Threat, By::Phase, By::Gate, By::State];

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
        }
    }
}

/// Days are kept in whole multiples of this, 2^-20 day (about 0.08 s), so that sums are exact.
pub const DAY_QUANTUM: f64 = 1.0 / 1_048_576.0;

/// One thing that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name, the same in every table.
    pub name: &'static str,
    /// What it is broken down by.
    pub by: By,
    /// `attacks`, `people`, `days`, ...
    pub unit: &'static str,
    /// What it is, in a sentence.
    pub what: &'static str,
}

/// Declares the measures: an index for each, and the table that describes them.
macro_rules! measures {
    ($($index:ident = $name:literal, $by:ident, $unit:literal, $what:literal;)*) => {
        /// The place of each measure in [`MEASURES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum M { $($index),* }

        /// Every measure, in the order of the columns of a row.
        pub const MEASURES: &[Measure] = &[
            $(Measure { name: $name, by: By::$by, unit: $unit, what: $what }),*
        ];
    };
}

measures! {
    Attacks = "attacks", Total, "attacks", "Attacks on all sites.";
    Intercepted = "intercepted", Total, "attacks", "Attacks of which nothing got through.";
    Wounded = "wounded", Total, "people", "People wounded.";
    Killed = "killed", Total, "people", "People killed.";
    WorstAttack = "worst_attack", Total, "people", "Most people wounded or killed in one attack.";
    AttacksOnTheWay = "attacks_on_the_way", Total, "attacks",
        "Attacks until the last phase was done, or else until the horizon.";
    WoundedOnTheWay = "wounded_on_the_way", Total, "people",
        "People wounded until the last phase was done, or else until the horizon.";
    KilledOnTheWay = "killed_on_the_way", Total, "people",
        "People killed until the last phase was done, or else until the horizon.";
    PeopleLeft = "people_left", Total, "people", "People still on the sites at the horizon.";
    Finish = "finish_days", Total, "days", "When the last phase is done.";
    Slip = "slip_days", Total, "days", "The same, less the last announced finish.";
    Pauses = "pauses", Total, "pauses", "Pauses of movement.";
    PauseDays = "pause_days", Total, "days", "Days for which movement was held.";
    ExtensionDays = "extension_days", Total, "days", "Days by which pauses pushed finishes back.";
    ForcedResumptions = "forced_resumptions", Total, "pauses",
        "Pauses ended because the breathing room was spent.";
    PersonDays = "person_days", Total, "person-days", "People on the sites, summed over days.";
    Capped = "capped", Total, "trials",
        "1 if the trial was stopped because it reached the limit of attacks or other events.";
    RejectedDraws = "rejected_draws", Total, "draws",
        "Draws of the ranges that were rejected, because attacks would never have ended.";
    SiteAttacks = "attacks", Site, "attacks", "Attacks on the site.";
    SiteWounded = "wounded", Site, "people", "People wounded on the site.";
    SiteKilled = "killed", Site, "people", "People killed on the site.";
    SiteFinish = "finish_days", Site, "days",
        "When the last person who is to leave the site has left.";
    SitePeopleLeft = "people_left", Site, "people", "People still on the site at the horizon.";
    SitePersonDays = "person_days", Site, "person-days", "People on the site, summed over days.";
    ContingentWounded = "wounded", Contingent, "people", "People of the contingent wounded.";
    ContingentKilled = "killed", Contingent, "people", "People of the contingent killed.";
    ContingentFinish = "finish_days", Contingent, "days",
        "When the last of the contingent who is to go home has left.";
    ContingentPeopleLeft = "people_left", Contingent, "people",
        "People of the contingent still on any site at the horizon.";
    ThreatAttacks = "attacks", Threat, "attacks", "Attacks by the threat.";
    ThreatWounded = "wounded", Threat, "people", "People wounded by the threat.";
    ThreatKilled = "killed", Threat, "people", "People killed by the threat.";
    PhaseStart = "start_days", Phase, "days", "When the phase began.";
    PhaseFinish = "finish_days", Phase, "days", "When the phase was done.";
    GateOpen = "open_days", Gate, "days", "When the gate opened.";
    StateDays = "tension_days", State, "days", "Days spent in the state of tension.";
}

/// Where each measure stands in a row of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// First column of each measure; one more entry than there are measures.
    offsets: [usize; MEASURES.len() + 1],
}

impl Layout {
    /// The layout for breakdowns of the given widths.
    pub fn new(width: impl Fn(By) -> usize) -> Self {
        let mut offsets = [0; MEASURES.len() + 1];
        for (k, measure) in MEASURES.iter().enumerate() {
            let columns = if measure.by == By::Total { 1 } else { width(measure.by) };
            offsets[k + 1] = offsets[k] + columns;
        }
        Layout { offsets }
    }

    /// Number of columns of a row.
    pub fn width(&self) -> usize {
        self.offsets[MEASURES.len()]
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
