//! The plan: who leaves where and when, what it waits for, and how much it may be held up.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::after::After;
use super::course::MONTHS;
use super::date::{Date, Weekday};
use super::limits::{NOT_NEGATIVE, PACE, POSITIVE, PROBABILITY};
use super::materiel::{Load, Mode};
use super::risks::Mitigation;
use super::rules::Rule;
use crate::law::{Family, Law, Range};

/// What is decided: gates, phases, breathing room, rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Plan {
    /// Days between reviews, at which rules look and act. The first is this long after the start.
    #[schemars(range(min = 1, max = 366))]
    #[schemars(extend("basis" = "judgement"))]
    pub review_every_days: u32,
    /// How fast people and materiel can be moved.
    pub transport: Transport,
    /// Decisions that must fall before something starts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, Gate>,
    /// The steps of the withdrawal. None: everybody stays.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub phases: BTreeMap<String, Phase>,
    /// How far the timetable may be held up. Left out: not at all.
    pub breathing_room: BreathingRoom,
    /// The days of a week on which things move, which announced dates allow for. Left out: every day.
    #[serde(skip_serializing_if = "is_every_day")]
    #[schemars(length(min = 1, max = 7))]
    pub working_days: Vec<Weekday>,
    /// How much of a day's work is done on a day of a month: by month, from `jan` to `dec`, 1 where it is
    /// left out. Announced dates allow for it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = PACE))]
    pub months: BTreeMap<String, f64>,
    /// Times in which nothing moves.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub blackouts: BTreeMap<String, Blackout>,
    /// Correlation between the duration ratios of phases: of their normal scores, through one
    /// common factor. Above 0, every ratio must be lognormal or a number.
    #[schemars(extend("limits" = PROBABILITY), extend("basis" = "judgement"))]
    pub duration_correlation: Range,
    /// When to act otherwise than announced.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, Rule>,
    /// What is done about risks of the world.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mitigations: BTreeMap<String, Mitigation>,
    /// Safety margins between a phase and a calendar event: measured, not enforced.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub buffers: BTreeMap<String, Buffer>,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            review_every_days: 7,
            transport: Transport::default(),
            gates: BTreeMap::new(),
            phases: BTreeMap::new(),
            breathing_room: BreathingRoom::default(),
            working_days: Weekday::ALL.to_vec(),
            months: BTreeMap::new(),
            blackouts: BTreeMap::new(),
            duration_correlation: Range::Number(0.0),
            rules: BTreeMap::new(),
            mitigations: BTreeMap::new(),
            buffers: BTreeMap::new(),
        }
    }
}

/// How fast people and materiel can be moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Transport {
    /// Days between the lifts of a phase.
    #[schemars(range(min = 1, max = 366))]
    #[schemars(extend("basis" = "judgement"))]
    pub lift_every_days: u32,
    /// People that a phase can move per day; a lift takes at most this times the days since the
    /// lift before it, or since the start.
    #[schemars(range(min = 1, max = 1_000_000))]
    #[schemars(extend("basis" = "judgement; 720 a day left Iraq in November 2011"))]
    pub people_per_day: u32,
    /// The ways in which materiel is moved. What each can take is beside what is left for people, and
    /// beside the others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub modes: BTreeMap<String, Mode>,
}

impl Default for Transport {
    fn default() -> Self {
        Transport { lift_every_days: 7, people_per_day: 150, modes: BTreeMap::new() }
    }
}

/// A decision that must fall before something starts, such as an approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Gate {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Days from the moment the gate can be worked on until it opens.
    #[schemars(extend("limits" = NOT_NEGATIVE))]
    pub delay_days: Law,
    /// Gates and phases that come first. Empty: the clock runs from the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// When the gate's clock stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_while: Option<Blocked>,
}

/// Circumstances in which a gate's clock stands still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Blocked {
    /// States of tension.
    pub tension: Vec<String>,
}

/// One step of the withdrawal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Phase {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Gates and phases that come first, or how it waits for each.
    #[serde(default, skip_serializing_if = "After::is_empty")]
    pub after: After,
    /// The date on which the phase is to begin; it never begins earlier.
    pub announced_start: Date,
    /// The date on which the phase is to be done.
    pub announced_finish: Date,
    /// The duration of execution divided by the announced one. Waiting and pauses come on top.
    #[serde(default = "usual_ratio")]
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("basis" = "judgement"))]
    pub duration_ratio: Law,
    /// To which share of what execution would take it may be compressed to keep the announced finish.
    /// 1: it is not.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub compress_to: Range,
    /// Who leaves. A phase without moves and loads only takes time.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moves: BTreeMap<String, Move>,
    /// The materiel that goes. Empty: none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub loads: BTreeMap<String, Load>,
    /// The order in which moves and loads leave, by their ids: those of a wave leave side by side, once
    /// those of the wave before have left. Empty: all leave side by side. The materiel of each mode
    /// goes from wave to wave at a pace of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waves: Vec<Wave>,
    /// How far pauses may hold up this phase, within the breathing room of the plan. Left out:
    /// as far as that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breathing_room: Option<BreathingRoom>,
}

/// A part of a contingent that leaves a site. With neither `people` nor `residual`, everybody of
/// the contingent who is there when the phase starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Move {
    /// The site they leave.
    pub site: String,
    /// The contingent they belong to.
    pub contingent: String,
    /// How many leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// How many stay behind as a residual force; the others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<u32>,
    /// Whether those leave too whom other moves bring to the site while the phase is under way. Only
    /// without `people`.
    #[serde(default, skip_serializing_if = "is_no")]
    pub takes_arrivals: bool,
    /// Where they go: `home`, or a site.
    #[serde(default = "home")]
    pub to: String,
}

/// The destination that is not a site.
pub const HOME: &str = "home";

/// How far the timetable may be held up by pauses. On resuming, what is left catches up inside
/// the announced dates where transport allows; only what does not fit pushes a finish back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct BreathingRoom {
    /// Days for which movement may be held, all pauses together.
    #[schemars(range(min = 0, max = 36_500))]
    pub pause_days: f64,
    /// Days by which pauses may push finishes past what they would otherwise have been, all
    /// pauses together.
    #[schemars(range(min = 0, max = 36_500))]
    pub extension_days: f64,
    /// No pause may push the finish of a phase that it holds past this date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
}

/// A time in which nothing moves. The execution of phases stands still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Blackout {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The first day on which nothing moves.
    pub from: Date,
    /// The first day on which things move again.
    pub until: Date,
    /// Whether announced dates allow for it, so that it takes nothing from what they leave for a
    /// phase. Left out: they do not, and it comes on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_for: Option<bool>,
}

impl Plan {
    /// Blackouts that announced dates allow for.
    pub(crate) fn allowed_for(&self) -> impl Iterator<Item = &Blackout> {
        self.blackouts.values().filter(|blackout| blackout.allowed_for == Some(true))
    }

    /// The days from the announced start of a phase to its announced finish on which something moves,
    /// as far as the dates allow for days on which nothing does.
    pub(crate) fn announced_days(&self, phase: &Phase) -> f64 {
        self.days_outside(self.allowed_for(), phase.announced_start, phase.announced_finish)
    }

    /// The days from a date until just before another on which things move; 0 if that is no later.
    pub(crate) fn days_of_work(&self, from: Date, until: Date) -> f64 {
        self.days_outside(self.blackouts.values(), from, until)
    }

    fn days_outside<'a>(
        &self,
        blackouts: impl Iterator<Item = &'a Blackout>,
        from: Date,
        until: Date,
    ) -> f64 {
        let mut within: Vec<(Date, Date)> =
            blackouts.map(|out| (out.from.max(from), out.until.min(until))).collect();
        within.retain(|(begin, end)| begin < end);
        within.sort();
        let (mut days, mut from) = (0.0, from);
        for (begin, end) in within {
            days += self.days_of_months(from, begin);
            from = from.max(end);
        }
        days + self.days_of_months(from, until)
    }

    /// The share of a day's work that is done on a day.
    pub(crate) fn pace(&self, day: Date) -> f64 {
        self.months.get(MONTHS[day.month_of_year()]).copied().unwrap_or(1.0)
    }

    /// The working days of the weeks from a date until just before another, each for what is done on it.
    fn days_of_months(&self, from: Date, until: Date) -> f64 {
        if self.months.is_empty() {
            return f64::from(self.days_of_weeks(from, until));
        }
        let firsts = std::iter::successors(Some(from), |day| Some(day.next_month()));
        let each = firsts.take_while(|day| *day < until).map(|day| {
            f64::from(self.days_of_weeks(day, day.next_month().min(until))) * self.pace(day)
        });
        each.sum()
    }

    /// The working days of the weeks from a date until just before another; 0 if that is no later.
    fn days_of_weeks(&self, from: Date, until: Date) -> i32 {
        let days = until.days_since(from).max(0);
        let works = |day: &i32| self.working_days.contains(&from.plus_days(*day).weekday());
        let of = |range: std::ops::Range<i32>| range.filter(works).count();
        let (whole, rest) = (of(0..7), of(0..days % 7));
        days / 7 * i32::try_from(whole).expect("a week is short") + i32::try_from(rest).expect("so")
    }
}

/// A safety margin between a phase and a calendar event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Buffer {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The phase that is to be done.
    pub phase: String,
    /// The calendar event before which it is to be done.
    pub event: String,
    /// How long before, in days.
    #[schemars(range(min = 0, max = 36_500))]
    pub days: f64,
}

built!(Plan {
    set review_every_days: u32;
    set transport: Transport;
    each gates / gate: Gate;
    each phases / phase: Phase;
    set breathing_room: BreathingRoom;
    list working_days: Weekday;
    each months / month: f64;
    each blackouts / blackout: Blackout;
    set duration_correlation: Range;
    each rules / rule: Rule;
    each mitigations / mitigation: Mitigation;
    each buffers / buffer: Buffer;
});

built!(Transport {
    set lift_every_days: u32;
    set people_per_day: u32;
    each modes / mode: Mode;
});

built!(Gate(delay_days: Law) {
    set title: String;
    list after: String;
    opt blocked_while: Blocked;
});

impl Blocked {
    /// In these states of tension.
    #[must_use]
    pub fn new(tension: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Blocked { tension: tension.into_iter().map(Into::into).collect() }
    }
}

built!(Phase(announced_start: Date, announced_finish: Date) {
    set title: String;
    set after: After;
    set duration_ratio: Law = usual_ratio();
    set compress_to: Range = whole();
    each moves / moves: Move;
    each loads / load: Load;
    list waves: Wave;
    opt breathing_room: BreathingRoom;
});

built!(Move(site: String, contingent: String) {
    opt people: u32;
    opt residual: u32;
    set takes_arrivals: bool;
    set to: String = home();
});

built!(BreathingRoom {
    set pause_days: f64;
    set extension_days: f64;
    opt latest: Date;
});

built!(Blackout(from: Date, until: Date) {
    set title: String;
    opt allowed_for: bool;
});

built!(Buffer(phase: String, event: String, days: f64) {
    set title: String;
});

/// The ids of moves that leave side by side.
type Wave = Vec<String>;

fn is_every_day(days: &[Weekday]) -> bool {
    *days == Weekday::ALL
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_no(given: &bool) -> bool {
    !given
}

fn usual_ratio() -> Law {
    Law::Family(Family::Lognormal { median: Range::Number(1.03), sigma: Range::Number(0.15) })
}

fn is_whole(share: &Range) -> bool {
    *share == whole()
}

fn whole() -> Range {
    Range::Number(1.0)
}

pub(super) fn home() -> String {
    HOME.to_owned()
}

pub(super) fn is_home(to: &String) -> bool {
    to == HOME
}
