//! Sites that receive and send at once: random plans without chance, against a calculation of its own.

use drawdown::error::Code;
use drawdown::scenario::Date;
use drawdown::{Event, Kind, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, run, total};

struct Case {
    every: u32,
    per_day: u32,
    /// At the start, on the hub.
    there: u32,
    /// Days from the start to the beginning and the end of the phase that empties the hub.
    hub: (i32, i32),
    /// The same of those that bring people, and how many; the way takes so many days, if any.
    feeders: Vec<(i32, i32, u32, Option<f64>)>,
}

fn date(days: i32) -> Date {
    "2025-01-01".parse::<Date>().unwrap().plus_days(days)
}

impl Case {
    fn random(dice: &mut Dice) -> Self {
        let start = dice.between(0.0, 40.0) as i32;
        let feeders = (0..1 + dice.between(0.0, 3.0) as usize).map(|_| {
            let start = dice.between(0.0, 60.0) as i32;
            let leg = dice.between(0.0, 2.0) < 1.0;
            let days = dice.between(0.1, 15.0);
            let people = dice.between(1.0, 900.0) as u32;
            (start, start + 1 + dice.between(0.0, 90.0) as i32, people, leg.then_some(days))
        });
        let feeders: Vec<_> = feeders.collect();
        let brought = feeders.iter().map(|(_, finish, ..)| *finish).fold(start, i32::max);
        Case {
            every: dice.between(1.0, 10.0) as u32,
            per_day: dice.between(4.0, 60.0) as u32,
            there: dice.between(1.0, 600.0) as u32,
            feeders,
            hub: (start, brought + 1 + dice.between(0.0, 60.0) as i32),
        }
    }

    fn toml(&self) -> String {
        let Case { every, per_day, there, hub, feeders } = self;
        let mut sites = format!("[world.sites.hub]\ngarrison.us = {there}\n");
        let (mut phases, mut after) = (String::new(), String::new());
        for (k, (start, finish, people, leg)) in feeders.iter().enumerate() {
            sites += &format!("[world.sites.base{k}]\ngarrison.us = {people}\n");
            if let Some(days) = leg {
                sites += &format!(
                    "[world.legs.way{k}]\nfrom = \"base{k}\"\nto = \"hub\"\ndays = {days}\n"
                );
            }
            phases += &format!(
                "[plan.phases.bring{k}]\nannounced_start = {}\nannounced_finish = {}\n\
                 duration_ratio = 1\n\
                 moves.all = {{ site = \"base{k}\", contingent = \"us\", to = \"hub\" }}\n",
                date(*start),
                date(*finish)
            );
            after += &format!("after.bring{k}.relation = \"finish_to_finish\"\n");
        }
        format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2035-01-01\n{sites}\
             [plan.transport]\nlift_every_days = {every}\npeople_per_day = {per_day}\n{phases}\
             [plan.phases.send]\nannounced_start = {}\nannounced_finish = {}\nduration_ratio = 1\n\
             moves.all = {{ site = \"hub\", contingent = \"us\", takes_arrivals = true }}\n{after}",
            date(hub.0),
            date(hub.1)
        )
    }

    /// Lifts out of the hub, given when people come there and when the last who bring some are done.
    fn lifts(&self, arrivals: &[(f64, u32)], brought: f64) -> Vec<(f64, u32)> {
        let (every, room) = (f64::from(self.every), self.every * self.per_day);
        let per_day = f64::from(self.per_day);
        let least =
            |people: u32| f64::from(people / room) * every + f64::from(people % room) / per_day;
        let (begin, mut end) = (f64::from(self.hub.0), f64::from(self.hub.1));
        let before: u32 = arrivals.iter().filter(|(t, _)| *t <= begin).map(|(_, n)| n).sum();
        let mut later = arrivals.iter().filter(|(t, _)| *t > begin).peekable();
        // What is left since a moment, and how many lifts have gone since then.
        let (mut left, mut since, mut gone) = (self.there + before, begin, 0);
        let mut lifts = Vec::new();
        end = end.max(since + least(left));
        let mut waits = false;
        loop {
            let count =
                if left == 0 { 1 } else { ((end - since) / every - 1e-9).ceil().max(1.0) as u32 };
            let is_last = gone + 1 == count;
            let mut due = if is_last { end } else { since + f64::from(gone + 1) * every };
            if is_last && (waits || due < brought - 1e-9) {
                // The last lift waits for those who bring people.
                waits = true;
                due = due.max(brought);
            }
            if let Some((t, n)) = later.peek().filter(|(t, _)| *t <= due + 1e-9) {
                later.next();
                since = if waits && is_last && *t >= end - 1e-9 {
                    *t
                } else {
                    since + f64::from(gone) * every
                };
                end = if waits && is_last && *t >= end - 1e-9 { *t } else { end };
                (left, gone, waits) = (left + n, 0, false);
                end = end.max(since + least(left));
                continue;
            }
            // Whoever is left since then goes in even shares, as far as there is room.
            let whole = left + lifts_since(&lifts, since);
            let so_far = whole - left;
            let share =
                (f64::from(whole) * f64::from(gone + 1) / f64::from(count) + 0.5 + 1e-12) as u32;
            let mut go = share.max(so_far) - so_far;
            if is_last {
                go = left;
            } else {
                let last = ((end - since - f64::from(count - 1) * every + 1e-6) * per_day) as u32;
                let later = (count - 2 - gone) * room + last.min(room);
                go = go.max(left.saturating_sub(later)).min(room);
            }
            left -= go;
            gone += 1;
            lifts.push((due, go));
            if is_last {
                return lifts;
            }
        }
    }
}

fn lifts_since(lifts: &[(f64, u32)], since: f64) -> u32 {
    lifts.iter().filter(|(t, _)| *t > since + 1e-9).map(|(_, n)| n).sum()
}

fn events(toml: &str) -> Vec<Event> {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile().trial(1, 0).unwrap().events
}

#[test]
fn row_39_a_hub_sends_all_who_are_brought() {
    let mut dice = Dice(61);
    let mut extended = 0;
    for number in 0..400 {
        let case = Case::random(&mut dice);
        let toml = case.toml();
        let events = events(&toml);
        // Sites are numbered in the order of their ids: the bases, then the hub, then the ways.
        let hub = case.feeders.len();
        let comes = |event: &&Event| match event.kind {
            Kind::Arrival => true,
            Kind::Lift => event.to == Some(hub),
            _ => false,
        };
        let arrivals: Vec<(f64, u32)> =
            events.iter().filter(comes).map(|event| (event.days, event.count)).collect();
        let brought = arrivals.iter().map(|(t, _)| *t).fold(0.0, f64::max);
        let done = events.iter().filter(|e| e.kind == Kind::PhaseFinished && e.phase != Some(hub));
        let brought = done.map(|event| event.days).fold(brought, f64::max);
        let expected = case.lifts(&arrivals, brought);
        let out = events.iter().filter(|e| e.kind == Kind::Lift && e.site == Some(hub));
        let mut out = out.map(|event| (event.days, event.count)).peekable();
        for (t, n) in expected.iter().filter(|(_, n)| *n > 0) {
            let (found_t, found_n) = out.next().unwrap_or((f64::NAN, 0));
            assert!(
                (found_t - t).abs() < 1e-5 && found_n == *n,
                "case {number}: {found_n} on {found_t}, not {n} on {t}\n{toml}"
            );
        }
        assert_eq!(out.next(), None, "case {number}\n{toml}");
        let run = run(&toml, 1);
        assert_eq!(total(&run, "people_left")[0], 0.0, "case {number}\n{toml}");
        let most = events.iter().filter(|e| e.kind == Kind::Lift && e.site == Some(hub));
        assert!(most.map(|e| e.count).max() <= Some(case.every * case.per_day + case.every));
        extended += u32::from(expected.last().unwrap().0 > f64::from(case.hub.1));
    }
    assert!(extended > 100 && extended < 390, "{extended}");
}

#[test]
fn a_hub_fed_by_its_own_phase_sends_the_last_after_them() {
    let toml = "schema = 1\nstart = 2025-01-01\n\
        world.sites.base.garrison.us = 70\nworld.sites.hub.garrison.us = 7\n\
        [plan.transport]\nlift_every_days = 1\npeople_per_day = 20\n\
        [plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = 2025-01-08\n\
        duration_ratio = 1\n\
        moves.bring = { site = \"base\", contingent = \"us\", to = \"hub\" }\n\
        moves.send = { site = \"hub\", contingent = \"us\", takes_arrivals = true }\n";
    let run = run(toml, 1);
    assert_eq!(total(&run, "people_left")[0], 0.0);
    assert!(total(&run, "finish_days")[0] > 7.0);
    assert_eq!(total(&run, "people_moved")[0], 147.0);
}

/// Held while people come, a hub sends all of them afterwards, and a departure takes them with it.
#[test]
fn arrivals_during_a_pause_leave_after_it() {
    let mut dice = Dice(62);
    for _ in 0..100 {
        let case = Case::random(&mut dice);
        let (from, days) = (dice.between(0.0, 60.0) as i32, dice.between(1.0, 60.0) as i32);
        let toml = case.toml().replace(
            "[plan.transport]",
            "[plan]\nreview_every_days = 1\nbreathing_room = { pause_days = 1000, extension_days = 1000 }\n[plan.transport]",
        ) + &format!(
            "[plan.rules.wait]\nat_most_times = 1\nwhen.date = {{ from = {} }}\nthen.pause.at_least_days = {days}\n",
            date(from)
        );
        let run = run(&toml, 1);
        assert_eq!(total(&run, "people_left")[0], 0.0, "{toml}");
        let all: u32 = case.feeders.iter().map(|(_, _, people, _)| people).sum();
        let moved = f64::from(2 * all + case.there);
        assert_eq!(total(&run, "people_moved")[0], moved, "{toml}");
    }
}

const HUB: &str = r#"
schema = 1
start = 2025-01-01
world.sites.base.garrison.us = 70
world.sites.hub.garrison.us = 7
[plan.phases.bring]
announced_start = 2025-02-01
announced_finish = 2025-03-01
moves.all = { site = "base", contingent = "us", to = "hub" }
[plan.phases.send]
after.bring.relation = "finish_to_finish"
announced_start = 2025-02-10
announced_finish = 2025-03-10
moves.all = { site = "hub", contingent = "us", takes_arrivals = true }
"#;

#[test]
fn what_is_wrong_with_a_hub_is_said() {
    assert_eq!(problems(HUB), []);
    let send = "plan.phases.send.moves.all";
    let found = problems(&HUB.replace("takes_arrivals", "people = 5, takes_arrivals"));
    assert_eq!(found, [(send.to_owned(), Code::Contradiction)]);
    // Whoever comes after it is done would stay.
    let found = problems(&HUB.replace("after.bring.relation = \"finish_to_finish\"", ""));
    assert_eq!(found, [(send.to_owned(), Code::Contradiction)]);
    let found = problems(&HUB.replace("finish_to_finish", "start_to_start"));
    assert_eq!(found, [(send.to_owned(), Code::Contradiction)]);
    // Round and round.
    let back = HUB
        .replace("takes_arrivals", "to = \"base\", takes_arrivals")
        .replace("to = \"hub\"", "to = \"hub\", takes_arrivals = true");
    let round = |phase: &str| {
        (format!("plan.phases.{phase}.moves.all.takes_arrivals"), Code::Contradiction)
    };
    let found = problems(&back);
    assert!(found.contains(&round("bring")) && found.contains(&round("send")), "{found:?}");
    // Nobody is brought.
    let idle = Scenario::from_toml_str(&HUB.replace("to = \"hub\"", "to = \"home\"")).unwrap();
    let warnings = idle.validate().unwrap().warnings();
    let paths: Vec<&str> = warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(paths, ["plan.phases.send.moves.all.takes_arrivals"]);
}

/// A hub that is to be empty on the day on which the last are brought is announced to be empty then.
#[test]
fn nobody_is_announced_to_stay_on_a_hub() {
    // In the order of ids the hub's phase comes before the other.
    let same = HUB.replace("2025-03-10", "2025-03-01").replace("phases.send", "phases.away");
    for toml in [HUB.to_owned(), same] {
        let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
        let announced = model.announced_people();
        assert_eq!(announced.column(10).to_vec(), [0.0, 0.0], "{toml}");
    }
}

/// Reinforcements stay, whoever is brought besides; the last who are brought leave as soon as transport
/// allows after a short interval.
#[test]
fn only_those_who_are_brought_leave() {
    let toml = "schema = 1\nstart = 2025-01-01\nhorizon = 2025-09-01\n\
        world.sites.a.garrison = { it = 40 }\nworld.sites.b.garrison = { it = 20 }\n\
        plan.review_every_days = 1\nplan.transport.people_per_day = 10\n\
        [plan.phases.p]\nannounced_start = 2025-01-02\nannounced_finish = 2025-02-01\n\
        duration_ratio = 1\n\
        moves.bring = { site = \"b\", contingent = \"it\", to = \"a\" }\n\
        moves.take = { site = \"a\", contingent = \"it\", takes_arrivals = true }\n";
    let run = run(toml, 1);
    assert_eq!(total(&run, "people_left")[0], 0.0);
    assert!((total(&run, "finish_days")[0] - 31.4).abs() < 1e-5);
    let more = "[plan.rules.more]\nwhen.date.from = 2025-01-04\nat_most_times = 1\n\
                then.reinforce = { site = \"a\", contingent = \"it\", people = 30 }\n";
    let run = crate::statistics::run(&(toml.to_owned() + more), 1);
    assert_eq!(total(&run, "people_left")[0], 30.0);
    assert_eq!(total(&run, "people_moved")[0], 80.0);
}
