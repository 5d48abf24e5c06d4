//! Transport that binds: over random people, rates, intervals, durations and blackouts, nothing
//! carries more than there is room for, and who has more time is not done later.

use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{Event, Kind, Scenario};

use crate::statistics::run;

const SETS: u64 = 300;

/// Working days, and people in that time, by which rounding and the eve of a blackout may be off.
const OFF: f64 = 2e-6;

struct Dice(Stream);

impl Dice {
    fn real(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.uniform()
    }

    fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.real(f64::from(low), f64::from(high) + 1.0) as u32
    }
}

/// A phase from day 10 on, of `announced` days, and what may hold it up.
struct Case {
    every: u32,
    per_day: u32,
    announced: u32,
    /// By move.
    people: Vec<u32>,
    blackouts: Vec<(u32, u32)>,
}

const START: f64 = 10.0;

fn date(day: u32) -> String {
    let start = drawdown::scenario::Date::parse("2025-01-01").unwrap();
    start.plus_days(day as i32).to_string()
}

impl Case {
    fn new(test: &str, set: u64) -> (Self, Dice) {
        let who = Who::new(&["transport", test]);
        let mut dice = Dice(Stream::new(7, set, who, Purpose::Range));
        let (every, per_day) = (dice.whole(1, 14), dice.whole(1, 40));
        let moves = dice.whole(1, 4).min(every * per_day);
        let people = (0..moves).map(|_| dice.whole(1, 400)).collect();
        let begins: Vec<u32> = (0..dice.whole(0, 2)).map(|_| dice.whole(0, 120)).collect();
        let blackouts = begins.iter().map(|&from| (from, from + dice.whole(1, 30))).collect();
        let announced = dice.whole(5, 120);
        (Case { every, per_day, announced, people, blackouts }, dice)
    }

    fn all(&self) -> f64 {
        self.people.iter().map(|n| f64::from(*n)).sum()
    }

    /// Working days up to an instant, day by day and hour by hour of what is written.
    fn working(&self, instant: f64) -> f64 {
        let barred =
            |day: u32| self.blackouts.iter().any(|&(from, until)| from <= day && day < until);
        let days = (0..instant.ceil() as u32).filter(|day| !barred(*day));
        days.map(|day| (instant - f64::from(day)).min(1.0)).sum()
    }

    fn events(&self, ratio: f64, rules: &str) -> Vec<Event> {
        let mut text = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2045-01-01
[plan.transport]\nlift_every_days = {}\npeople_per_day = {}
[plan.phases.leave]\nannounced_start = {}\nannounced_finish = {}\nduration_ratio = {ratio:?}\n",
            self.every,
            self.per_day,
            date(10),
            date(10 + self.announced),
        );
        for k in 0..self.people.len() {
            text += &format!("moves.m{k} = {{ site = \"s{k}\", contingent = \"us\" }}\n");
        }
        for (k, people) in self.people.iter().enumerate() {
            text += &format!("[world.sites.s{k}]\ngarrison.us = {people}\n");
        }
        for (k, (from, until)) in self.blackouts.iter().enumerate() {
            let (from, until) = (date(*from), date(*until));
            text += &format!("[plan.blackouts.b{k}]\nfrom = {from}\nuntil = {until}\n");
        }
        text += rules;
        let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
        model.trial(1, 0).unwrap().events
    }

    /// Lifts with anybody in them: when, and how many of each move.
    fn lifts(&self, events: &[Event]) -> Vec<(f64, Vec<u32>)> {
        let mut lifts: Vec<(f64, Vec<u32>)> = Vec::new();
        for event in events.iter().filter(|event| event.kind == Kind::Lift) {
            if lifts.last().is_none_or(|(days, _)| *days < event.days) {
                lifts.push((event.days, vec![0; self.people.len()]));
            }
            lifts.last_mut().unwrap().1[event.site.unwrap()] += event.count;
        }
        lifts
    }

    /// No interval carries more than comes together in it, and everybody moves once.
    fn check(&self, what: &str, lifts: &[(f64, Vec<u32>)]) {
        let mut before = self.working(START);
        for (days, load) in lifts {
            let now = self.working(*days);
            let (carried, room) =
                (load.iter().sum::<u32>(), f64::from(self.per_day) * (now - before));
            let over = f64::from(carried) - room;
            assert!(
                over < OFF * f64::from(self.per_day),
                "{what}: {carried} for {room} on day {days}"
            );
            before = now;
        }
        for (k, people) in self.people.iter().enumerate() {
            let moved: u32 = lifts.iter().map(|(_, load)| load[k]).sum();
            assert_eq!(moved, *people, "{what}: move {k}");
        }
    }
}

fn finish(events: &[Event]) -> f64 {
    events.iter().find(|event| event.kind == Kind::PhaseFinished).unwrap().days
}

#[test]
fn more_time_is_never_later_and_no_interval_carries_too_much() {
    let mut bound = 0;
    for set in 0..SETS {
        let (case, mut dice) = Case::new("ratio", set);
        let mut ratios: Vec<f64> = (0..8).map(|_| dice.real(0.05, 3.0)).collect();
        // Next to what transport takes, where it is decided.
        let least = case.all() / f64::from(case.per_day);
        let near = (least / f64::from(case.announced)).max(0.05);
        ratios.extend([near, near * (1.0 + 1e-4), near * (1.0 - 1e-4), near + 0.01, near + 0.1]);
        ratios.sort_by(f64::total_cmp);
        let mut last = 0.0;
        for ratio in ratios {
            let what = format!("set {set}, ratio {ratio}");
            let events = case.events(ratio, "");
            let finish = finish(&events);
            assert!(finish >= last, "{what}: {finish} after {last}");
            last = finish;
            // As long as wanted, or as transport takes.
            let wanted = f64::from(case.announced) * ratio;
            let taken = case.working(finish) - case.working(START);
            assert!((taken - wanted.max(least)).abs() < OFF, "{what}: {taken}");
            let lifts = case.lifts(&events);
            case.check(&what, &lifts);
            bound += u32::from(check_even(&case, &what, wanted, &lifts));
        }
    }
    assert!(bound > 300, "transport bound {bound} times only");
}

/// Where lifts of even shares have room, it is they that leave; says whether some have not.
fn check_even(case: &Case, what: &str, wanted: f64, lifts: &[(f64, Vec<u32>)]) -> bool {
    let every = f64::from(case.every);
    let count = (wanted / every - 1e-9).ceil().max(1.0);
    let by = |people: u32, j: f64| (f64::from(people) * j / count + 0.5 + 1e-9).floor() as u32;
    let mut even = Vec::new();
    for j in 1..=count as u32 {
        let j = f64::from(j);
        let share = |people: &u32| by(*people, j) - by(*people, j - 1.0);
        let load: Vec<u32> = case.people.iter().map(share).collect();
        let interval = (wanted - every * (j - 1.0)).min(every);
        let room = f64::from(case.per_day) * (interval + 1e-9);
        if f64::from(load.iter().sum::<u32>()) > room {
            return true;
        }
        even.push(load);
    }
    even.retain(|load| load.iter().any(|n| *n > 0));
    let found: Vec<_> = lifts.iter().map(|(_, load)| load.clone()).collect();
    assert_eq!(found, even, "{what}");
    false
}

#[test]
fn what_is_spread_anew_keeps_within_transport() {
    for set in 0..SETS {
        let (case, mut dice) = Case::new("rules", set);
        let (from, days) = (dice.whole(10, 100), dice.whole(1, 60));
        let act = [
            "then.pause = {}".to_owned(),
            format!("then.accelerate.factor = {:?}", dice.real(1.1, 8.0)),
            format!("then.stretch.factor = {:?}", dice.real(1.1, 3.0)),
            format!("then.bring_forward.days = {:?}", dice.real(1.0, 60.0)),
        ];
        let rules: String = (act.iter().enumerate())
            .map(|(k, act)| {
                let from = from + dice.whole(0, 40);
                format!(
                    "[plan.rules.r{k}]\nat_most_times = 3
when = {{ date = {{ from = {}, before = {} }} }}\n{act}\n",
                    date(from),
                    date(from + days)
                )
            })
            .collect();
        let room = format!(
            "[plan.breathing_room]\npause_days = {:?}\nextension_days = {:?}\n",
            dice.real(0.0, 80.0),
            dice.real(0.0, 80.0)
        );
        let events = case.events(dice.real(0.3, 1.5), &format!("{room}{rules}"));
        let what = format!("set {set}");
        case.check(&what, &case.lifts(&events));
        let least = case.all() / f64::from(case.per_day);
        let taken = case.working(finish(&events)) - case.working(START);
        assert!(taken > least - OFF, "{what}: {taken} of {least}");
    }
}

#[test]
fn the_announced_timetable_is_that_of_the_dates_whatever_transport_allows() {
    // 1,000 people in 28 days, of whom 140 can go, and 100 more behind a phase that is late for it.
    let run = run(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 1000
world.sites.post.garrison.us = 100
[plan.transport]
people_per_day = 5
[plan.phases.first]
announced_start = 2025-02-05
announced_finish = 2025-03-05
moves.out = { site = "base", contingent = "us" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-03-05
announced_finish = 2025-04-02
moves.out = { site = "post", contingent = "us" }
"#,
        1,
    );
    let people = run.model().announced_people();
    // Week 5 is day 35, 2025-02-05; the lifts of both leave on the days of weeks 6 to 9, 10 to 13.
    let expected = |site: usize, last: usize| people.row(site)[last];
    assert_eq!(
        [5, 6, 7, 8, 9, 20].map(|week| expected(0, week)),
        [1000.0, 750.0, 500.0, 250.0, 0.0, 0.0]
    );
    assert_eq!([9, 10, 11, 12, 13].map(|week| expected(1, week)), [100.0, 75.0, 50.0, 25.0, 0.0]);
}

#[test]
fn dates_that_transport_cannot_keep_are_warned_of() {
    let toml = |people_per_day: u32, road: u32, finish: &str| {
        format!(
            "schema = 1\nstart = 2025-01-01\n\
             [world.sites.base]\ngarrison.us = 300\nmateriel_tonnes = 900\n\
             [plan.transport]\npeople_per_day = {people_per_day}\nmodes.road.tonnes_per_day = {road}\n\
             [plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = {finish}\n\
             moves.all = {{ site = \"base\", contingent = \"us\" }}\n\
             loads.kit = {{ site = \"base\" }}\n"
        )
    };
    let warned = |toml: String| -> usize {
        let warnings = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().warnings();
        let late =
            |one: &&drawdown::error::Problem| one.path == "plan.phases.leave.announced_finish";
        let late = warnings.iter().filter(late).count();
        assert_eq!(late, warnings.len(), "{warnings:?}");
        late
    };
    // 30 days of lifts, in 29 days, in 28, and with a road that takes 45.
    assert_eq!(warned(toml(10, 30, "2025-01-30")), 0);
    assert_eq!(warned(toml(10, 30, "2025-01-29")), 2);
    assert_eq!(warned(toml(10, 20, "2025-01-31")), 1);
}
