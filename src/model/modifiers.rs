//! What moves the background of a threat, compiled.

use std::collections::BTreeMap;

use super::numbers::{Numbers, Slot, SlotLaw};
use super::{Effect, Window, calendar, risks};
use crate::law::Range;
use crate::scenario::{self, Date, DriftStart, MONTHS, Scenario};
use crate::streams::Who;

/// One entry of the list, as a trial evaluates it.
#[derive(Clone, Debug)]
pub(crate) enum Modifier {
    /// The share of what other sites are spared that comes to this one.
    Displacement(Slot),
    /// The factor, and for how many days before the hand-over of the site it holds.
    BeforeHandOver(Slot, f64),
    /// The factor, and for how many days after the closing of another site of the area it holds.
    AfterHandOver(Slot, f64),
    /// Factor, and grace in days.
    Truce(Slot, Slot),
    /// Growth per day, and the most that it comes to.
    Grievance(Slot, Slot),
    /// A time around a calendar event.
    Window(Window),
    /// What a risk does.
    Risk(Effect),
    /// Factors, each from a day on, in order.
    Steps(Vec<Step>),
    /// Its place in [`Courses::ceasefires`], and the factor.
    Ceasefire(usize, Slot),
    /// Its place in [`Courses::drifts`].
    Drift(usize),
    /// What strikes in answer to its attacks do to it.
    Strikes,
}

/// What a rate is multiplied by from a day on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub days: f64,
    pub factor: Slot,
}

/// Of all threats, what chance decides about their rates before anything happens, or from week to
/// week.
#[derive(Clone, Debug, Default)]
pub(crate) struct Courses {
    /// The calendar months from the start to the horizon: the day on which each begins, and its place
    /// in the year.
    months: Vec<(f64, usize)>,
    pub ceasefires: Vec<Ceasefire>,
    pub drifts: Vec<Drift>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ceasefire {
    pub who: Who,
    /// From when its delay counts.
    pub days: f64,
    pub delay: SlotLaw,
    /// `None`: it lasts to the horizon.
    pub duration: Option<SlotLaw>,
}

#[derive(Clone, Debug)]
pub(crate) struct Drift {
    pub who: Who,
    pub sd_per_week: Slot,
    pub half_life_days: Option<Slot>,
    /// Whether it begins as if it had gone on for ever.
    pub steady: bool,
}

/// What a modifier comes from. They act in this order; of one source, all are multiplied first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Displacement,
    HandOver,
    Promise,
    Calendar,
    Course,
    Strikes,
}

impl Courses {
    pub fn new(start: Date, firsts: impl Iterator<Item = Date>) -> Self {
        let months =
            firsts.map(|first| (f64::from(first.days_since(start)), first.month_of_year()));
        Courses { months: months.collect(), ..Courses::default() }
    }
}

impl Modifier {
    #[inline]
    pub fn source(&self) -> Source {
        match self {
            Modifier::Displacement(_) => Source::Displacement,
            Modifier::BeforeHandOver(..) | Modifier::AfterHandOver(..) => Source::HandOver,
            Modifier::Truce(..) | Modifier::Grievance(..) => Source::Promise,
            Modifier::Window(_) | Modifier::Risk(_) => Source::Calendar,
            Modifier::Steps(_) | Modifier::Ceasefire(..) | Modifier::Drift(_) => Source::Course,
            Modifier::Strikes => Source::Strikes,
        }
    }
}

/// Compiles what is written at `path`, the path of the threat.
pub(super) fn compile(
    written: &scenario::Modifier<'_>,
    path: &str,
    scenario: &Scenario,
    numbers: &mut Numbers,
    courses: &mut Courses,
) -> Vec<Modifier> {
    match written {
        scenario::Modifier::Profile(profile) => {
            return vec![Modifier::Steps(profile_steps(profile, path, scenario, numbers))];
        }
        scenario::Modifier::Months(months) => {
            return vec![Modifier::Steps(month_steps(months, path, courses, numbers))];
        }
        scenario::Modifier::Ceasefire(id, about) => {
            let path = format!("{path}.ceasefires.{id}");
            let days = f64::from(about.from.days_since(scenario.start));
            let delay = numbers.law(&format!("{path}.delay_days"), &about.delay_days);
            let duration = about.duration_days.as_ref();
            let duration = duration.map(|law| numbers.law(&format!("{path}.duration_days"), law));
            let who = Who::new(&[&path]);
            courses.ceasefires.push(Ceasefire { who, days, delay, duration });
            let factor = numbers.range(&format!("{path}.factor"), &about.factor);
            return vec![Modifier::Ceasefire(courses.ceasefires.len() - 1, factor)];
        }
        scenario::Modifier::Drift(about) => {
            let path = format!("{path}.drift");
            let half_life = about.half_life_days.as_ref();
            courses.drifts.push(Drift {
                who: Who::new(&[&path]),
                sd_per_week: numbers.range(&format!("{path}.sd_per_week"), &about.sd_per_week),
                half_life_days: half_life
                    .map(|days| numbers.range(&format!("{path}.half_life_days"), days)),
                steady: about.start == DriftStart::Steady,
            });
            return vec![Modifier::Drift(courses.drifts.len() - 1)];
        }
        _ => {}
    }
    let mut slot = |key, range| numbers.range(&format!("{path}.{key}"), range);
    match written {
        scenario::Modifier::Displacement(share) => {
            vec![Modifier::Displacement(slot("displacement", share))]
        }
        scenario::Modifier::ExitPattern(about) => {
            let before = slot("exit_pattern.before", &about.before);
            let after = slot("exit_pattern.after", &about.after);
            vec![
                Modifier::BeforeHandOver(before, about.before_days),
                Modifier::AfterHandOver(after, about.after_days),
            ]
        }
        scenario::Modifier::Truce(about) => {
            let factor = slot("truce.factor", &about.factor);
            vec![Modifier::Truce(factor, slot("truce.grace_days", &about.grace_days))]
        }
        scenario::Modifier::Grievance(about) => {
            let per_day = slot("grievance.per_day", &about.per_day);
            vec![Modifier::Grievance(per_day, slot("grievance.at_most", &about.at_most))]
        }
        scenario::Modifier::Retaliation => vec![Modifier::Strikes],
        scenario::Modifier::Window(event, id, about) => {
            vec![Modifier::Window(calendar::window(scenario, (event, id), about, numbers))]
        }
        scenario::Modifier::Risk(risk, id, about) => {
            vec![Modifier::Risk(risks::effect(scenario, (risk, id), about, numbers))]
        }
        scenario::Modifier::Profile(_)
        | scenario::Modifier::Months(_)
        | scenario::Modifier::Ceasefire(..)
        | scenario::Modifier::Drift(_) => Vec::new(),
    }
}

fn profile_steps(
    profile: &scenario::Profile,
    path: &str,
    scenario: &Scenario,
    numbers: &mut Numbers,
) -> Vec<Step> {
    let each = profile.iter().map(|(day, factor)| {
        let date = Date::parse(day).expect("validation has read every day");
        let factor = numbers.range(&format!("{path}.profile.{day}"), factor);
        Step { days: f64::from(date.days_since(scenario.start)), factor }
    });
    each.collect()
}

/// One step for each calendar month from the start to the horizon.
fn month_steps(
    months: &BTreeMap<String, Range>,
    path: &str,
    courses: &Courses,
    numbers: &mut Numbers,
) -> Vec<Step> {
    let one = numbers.constant(1.0);
    let factors = MONTHS.map(|month| {
        let factor = months.get(month);
        factor.map_or(one, |factor| numbers.range(&format!("{path}.months.{month}"), factor))
    });
    courses.months.iter().map(|&(days, month)| Step { days, factor: factors[month] }).collect()
}
