//! How much is done on a day of a month: against days counted one by one.

use drawdown::error::Code;
use drawdown::scenario::Date;
use drawdown::{By, Kind, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, of, run, total};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One phase from 10 January 2025 on, with these paces.
fn toml(paces: &[f64; 12], days: i32, ratio: f64, transport: &str) -> String {
    let finish = "2025-01-10".parse::<Date>().unwrap().plus_days(days);
    let each: Vec<String> =
        MONTHS.iter().zip(paces).map(|(month, pace)| format!("{month} = {pace}")).collect();
    format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2040-01-01\n\
         world.sites.base.garrison.us = 1000\n\
         [plan]\nmonths = {{ {} }}\n[plan.transport]\n{transport}\n\
         [plan.phases.leave]\nannounced_start = 2025-01-10\nannounced_finish = {finish}\n\
         duration_ratio = {ratio}\nmoves.all = {{ site = \"base\", contingent = \"us\" }}\n",
        each.join(", ")
    )
}

/// The instant by which so much is done from an instant on, in steps of a day.
fn done(paces: &[f64; 12], from: f64, work: f64) -> f64 {
    let start: Date = "2025-01-01".parse().unwrap();
    let (mut now, mut left) = (from, work);
    loop {
        let day = start.plus_days(now.floor() as i32).to_string();
        let pace = paces[day[5..7].parse::<usize>().unwrap() - 1];
        let step = (now.floor() + 1.0 - now) * pace;
        if step >= left {
            return now + left / pace;
        }
        (now, left) = (now.floor() + 1.0, left - step);
    }
}

/// What is done between two days.
fn work(paces: &[f64; 12], from: i32, until: i32) -> f64 {
    let start: Date = "2025-01-01".parse().unwrap();
    let of = |day: i32| {
        let date = start.plus_days(day).to_string();
        paces[date[5..7].parse::<usize>().unwrap() - 1]
    };
    (from..until).map(of).sum()
}

#[test]
fn a_phase_takes_the_work_of_its_announced_days() {
    let mut dice = Dice(41);
    for _ in 0..60 {
        let paces: [f64; 12] = std::array::from_fn(|_| dice.between(0.05, 2.0));
        let (days, ratio) = (dice.between(1.0, 500.0) as i32, dice.between(0.3, 3.0));
        let toml = toml(&paces, days, ratio, "people_per_day = 100000\nlift_every_days = 1");
        let found = total(&run(&toml, 1), "finish_days")[0];
        let expected = done(&paces, 9.0, ratio * work(&paces, 9, 9 + days));
        assert!((found - expected).abs() < 1e-5, "{found} for {expected}\n{toml}");
    }
}

#[test]
fn lifts_leave_when_so_much_is_done_and_take_as_many_as_ever() {
    let mut dice = Dice(42);
    for _ in 0..30 {
        let paces: [f64; 12] = std::array::from_fn(|_| dice.between(0.1, 1.5));
        let toml = toml(&paces, 2, 1.0, "people_per_day = 20\nlift_every_days = 5");
        let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
        let events = model.trial(1, 0).unwrap().events;
        let lifts: Vec<_> = events.iter().filter(|event| event.kind == Kind::Lift).collect();
        // A hundred people in five days of work.
        assert_eq!(lifts.iter().map(|lift| lift.count).collect::<Vec<_>>(), [100; 10]);
        for (k, lift) in lifts.iter().enumerate() {
            let expected = done(&paces, 9.0, 5.0 * (k + 1) as f64);
            assert!((lift.days - expected).abs() < 1e-6, "{k}: {} for {expected}", lift.days);
        }
    }
}

#[test]
fn a_pause_catches_up_as_far_as_months_allow() {
    // Held from day 14 to 28 of January; what is left of 1,000 people takes 80 a day of work, and is
    // announced for 31 March.
    let mut paces = [1.0; 12];
    paces[1] = 0.25;
    let toml = toml(&paces, 80, 1.0, "people_per_day = 20\nlift_every_days = 1")
        + "[plan.breathing_room]\npause_days = 14\nextension_days = 100\n\
           [plan.rules.wait]\nwhen.date = { from = 2025-01-15 }\nthen.pause.at_least_days = 14\n\
           [plan]\nreview_every_days = 1\n";
    let toml = toml
        .replace("[plan]\nreview_every_days = 1\n", "")
        .replace("[plan]\nmonths", "[plan]\nreview_every_days = 1\nmonths");
    let found = run(&toml, 1);
    let pauses = total(&found, "pause_days")[0];
    let finish = of(&found, "finish_days", By::Phase, 0)[0];
    // 80 days, of which 28 in February do a quarter each: 59 days of work for 1,000 people. Five lifts go
    // before the pause.
    let moved = (1000.0 * 5.0 / 59.0_f64 + 0.5).floor();
    let soonest = done(&paces, 28.0, (1000.0 - moved) / 20.0);
    assert_eq!(pauses, 14.0);
    assert!((finish - soonest.max(89.0)).abs() < 1.5, "{finish} {soonest}");
}

#[test]
fn months_that_do_a_days_work_change_no_bit() {
    let of = |toml: &str| {
        let run = run(&toml.replace("duration_ratio = 1\n", ""), 200);
        total(&run, "finish_days").iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    let written = toml(&[1.0; 12], 200, 1.0, "lift_every_days = 3");
    let (head, tail) = written.split_once("months = {").unwrap();
    let without = head.to_owned() + tail.split_once('\n').unwrap().1;
    assert_eq!(of(&written), of(&without));
}

#[test]
fn months_have_names_and_do_something() {
    let plan = toml(&[1.0; 12], 200, 1.0, "");
    let found = problems(&plan.replace("feb = 1,", "febr = 1,"));
    assert_eq!(found, [("plan.months.febr".to_owned(), Code::DanglingId)]);
    for wrong in ["0", "-1", "11", "nan"] {
        let found = problems(&plan.replace("feb = 1,", &format!("feb = {wrong},")));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert_eq!(found[0].0, "plan.months.feb");
    }
}
