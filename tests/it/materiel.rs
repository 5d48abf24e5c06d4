//! Materiel: how much goes with each lift, when a phase is done, what stays. Random plans against a
//! calculation of its own, without chance.

use drawdown::error::Code;
use drawdown::{By, Event, Kind, Model, Run, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, of, run, total};

fn model(toml: &str) -> Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}

fn events(toml: &str) -> Vec<Event> {
    model(toml).trial(1, 0).unwrap().events
}

/// One phase from day 0 on: people, and loads of one mode each.
struct Case {
    days: i32,
    every: u32,
    people: (u32, u32),
    /// Tonnes a day, and loads.
    road: (u32, Vec<u32>),
    air: (u32, Vec<u32>),
    given: Vec<u32>,
    /// The rest of the plan, and what else there is.
    plan: String,
    more: String,
}

impl Case {
    fn random(dice: &mut Dice) -> Self {
        let loads = |dice: &mut Dice, most: f64| -> Vec<u32> {
            let count = dice.between(0.0, 4.0) as u32;
            (0..count).map(|_| dice.between(1.0, most) as u32).collect()
        };
        Case {
            days: dice.between(1.0, 200.0) as i32,
            every: dice.between(1.0, 12.0) as u32,
            people: (dice.between(0.0, 3000.0) as u32, dice.between(4.0, 60.0) as u32),
            road: (dice.between(4.0, 60.0) as u32, loads(dice, 2000.0)),
            air: (dice.between(4.0, 20.0) as u32, loads(dice, 900.0)),
            given: loads(dice, 900.0),
            plan: String::new(),
            more: String::new(),
        }
    }

    fn toml(&self) -> String {
        let Case { days, every, people, road, air, given, more, .. } = self;
        let finish = "2025-01-01".parse::<drawdown::scenario::Date>().unwrap().plus_days(*days);
        let mut loads = String::new();
        let mut there = 0;
        for (name, tonnes, what) in [
            ("road", &road.1, "mode = \"road\""),
            ("air", &air.1, "mode = \"air\""),
            ("given", given, "fate = \"handed_over\""),
        ] {
            for (k, tonnes) in tonnes.iter().enumerate() {
                there += tonnes;
                loads += &format!(
                    "[plan.phases.leave.loads.{name}{k}]\nsite = \"base\"\ntonnes = {tonnes}\n{what}\n"
                );
            }
        }
        format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2045-01-01\n\
             [world.sites.base]\nmateriel_tonnes = {}\ngarrison.us = {}\nreference_garrison = 1\n\
             {}[plan.transport]\nlift_every_days = {every}\npeople_per_day = {}\n\
             modes.road.tonnes_per_day = {}\nmodes.air.tonnes_per_day = {}\n\
             [plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = {finish}\n\
             duration_ratio = 1\nmoves.all = {{ site = \"base\", contingent = \"us\" }}\n{loads}{more}",
            there + 17,
            people.0,
            self.plan,
            people.1,
            road.0,
            air.0
        )
    }

    /// Days that so much takes at the least: full lifts, and the rest at the same pace.
    fn least(&self, amount: u32, per_day: u32) -> f64 {
        let (full, rest) = (amount / (self.every * per_day), amount % (self.every * per_day));
        f64::from(full * self.every) + f64::from(rest) / f64::from(per_day)
    }

    fn finish(&self) -> f64 {
        let sum = |loads: &[u32]| loads.iter().sum::<u32>();
        [
            self.least(self.people.0, self.people.1),
            self.least(sum(&self.road.1), self.road.0),
            self.least(sum(&self.air.1), self.air.0),
        ]
        .into_iter()
        .fold(f64::from(self.days), f64::max)
    }

    fn lifts(&self) -> u32 {
        ((self.finish() / f64::from(self.every) - 1e-9).ceil() as u32).max(1)
    }

    /// What goes with each lift of several groups, with so much a day; no limit where that is none.
    fn schedule(&self, loads: &[u32], per_day: Option<u32>) -> Vec<u32> {
        let lifts = self.lifts();
        let whole: u32 = loads.iter().sum();
        let room = per_day.map_or(u32::MAX, |per_day| per_day * self.every);
        let last = self.finish() - f64::from((lifts - 1) * self.every);
        let last = per_day.map_or(u32::MAX, |per_day| (last * f64::from(per_day) + 1e-6) as u32);
        let even = |lift: u32| -> u32 {
            let of = |load: &u32| {
                (f64::from(*load) * f64::from(lift) / f64::from(lifts) + 0.5 + 1e-12).floor() as u32
            };
            loads.iter().map(of).sum()
        };
        let mut gone = 0;
        let mut each = Vec::new();
        for lift in 1..=lifts {
            let later = match lifts - lift {
                0 => 0,
                more => (more - 1).saturating_mul(room).saturating_add(last.min(room)),
            };
            let mut go =
                even(lift).saturating_sub(gone).max(whole.saturating_sub(gone + later.min(whole)));
            if lift < lifts {
                go = go.min(room);
            }
            gone += go;
            each.push(go);
        }
        assert_eq!(gone, whole, "all of it goes");
        each
    }
}

/// A phase takes as long as what needs the longest, and each lift takes an even share of each mode, as
/// far as later lifts have room.
#[test]
fn row_38_lifts_take_even_shares_of_what_each_mode_has_room_for() {
    let mut dice = Dice(51);
    for _ in 0..300 {
        let case = Case::random(&mut dice);
        let toml = case.toml();
        let events = events(&toml);
        let finish = events.iter().find(|event| event.kind == Kind::PhaseFinished).unwrap().days;
        assert!((finish - case.finish()).abs() < 1e-5, "{finish} for {}\n{toml}", case.finish());
        let lifts = case.lifts();
        let days = |lift: u32| match lift == lifts {
            true => finish,
            false => f64::from(lift * case.every),
        };
        let of = |kind: Kind, mode: Option<usize>| -> Vec<u32> {
            let own = events.iter().filter(|event| event.kind == kind && event.mode == mode);
            let mut each = vec![0; lifts as usize];
            for event in own {
                let lift =
                    (1..=lifts).find(|lift| (event.days - days(*lift)).abs() < 1e-5).unwrap();
                each[lift as usize - 1] += event.count;
            }
            each
        };
        assert_eq!(
            of(Kind::Lift, None),
            case.schedule(&[case.people.0], Some(case.people.1)),
            "{toml}"
        );
        // Modes are numbered in the order of their ids.
        let road = case.schedule(&case.road.1, Some(case.road.0));
        assert_eq!(of(Kind::MaterielMoved, Some(1)), road, "{toml}");
        let air = case.schedule(&case.air.1, Some(case.air.0));
        assert_eq!(of(Kind::MaterielMoved, Some(0)), air, "{toml}");
        assert_eq!(of(Kind::MaterielHandedOver, None), case.schedule(&case.given, None), "{toml}");
        let run = run(&toml, 1);
        let sum = |loads: &[u32]| f64::from(loads.iter().sum::<u32>());
        assert_eq!(total(&run, "materiel_moved")[0], sum(&case.road.1) + sum(&case.air.1));
        assert_eq!(of_mode(&run, 0), sum(&case.air.1));
        assert_eq!(of_mode(&run, 1), sum(&case.road.1));
        assert_eq!(total(&run, "materiel_handed_over")[0], sum(&case.given));
        assert_eq!(total(&run, "materiel_destroyed")[0], 0.0);
        assert_eq!(total(&run, "materiel_left")[0], 17.0);
    }
}

fn of_mode(run: &Run, mode: usize) -> f64 {
    of(run, "materiel_moved", By::Mode, mode)[0]
}

/// Whatever befalls a plan, what was there has been moved home, handed over or destroyed, or is there.
#[test]
fn nothing_is_lost_and_nothing_comes_from_nowhere() {
    let mut dice = Dice(52);
    let mut left = 0;
    for case in 0..60 {
        let stock: Vec<u32> = (0..3).map(|_| dice.between(0.0, 5000.0) as u32).collect();
        let (first, second) = (dice.between(5.0, 90.0) as i32, dice.between(5.0, 90.0) as i32);
        let date = |days| "2025-01-01".parse::<drawdown::scenario::Date>().unwrap().plus_days(days);
        let some = dice.between(0.0, f64::from(stock[0]) + 1.0) as u32;
        let sites: Vec<String> = (["a", "b", "c"].iter().zip(&stock))
            .map(|(id, tonnes)| {
                format!("[world.sites.{id}]\nmateriel_tonnes = {tonnes}\ngarrison.us = 300\n")
            })
            .collect();
        let given = if some > 0 {
            format!("loads.some = {{ site = \"a\", tonnes = {some}, fate = \"destroyed\" }}\n")
        } else {
            String::new()
        };
        let toml = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2026-06-01\n{}\
             [world.threats.group]\nattacks_per_day = 0.2\nsite_weights = {{ a = 1, b = 1, c = 1 }}\n\
             weapons.rocket = {{ share = 1, salvo_mean = 3 }}\n\
             retaliation = {{ after_killed = 1, after_wounded = 1 }}\n\
             [world.host.expulsion]\nper_day = {}\nnotice_days = {}\n\
             [plan]\nbreathing_room = {{ pause_days = 40, extension_days = 40 }}\n\
             [plan.transport]\nmodes.road.tonnes_per_day = {}\n\
             [plan.phases.one]\nannounced_start = 2025-01-01\nannounced_finish = {}\n\
             moves.all = {{ site = \"a\", contingent = \"us\" }}\n\
             loads.kit = {{ site = \"a\", to = \"b\" }}\n{given}\
             [plan.phases.two]\nafter = [\"one\"]\nannounced_start = {}\nannounced_finish = {}\n\
             moves.all = {{ site = \"b\", contingent = \"us\" }}\n\
             loads.kit = {{ site = \"b\" }}\n\
             loads.rest = {{ site = \"c\", fate = \"handed_over\" }}\n\
             [plan.rules.hold]\nwhen = {{ attacks = {{ in_days = 7, at_least = 3 }} }}\nthen = {{ pause = {{}} }}\n\
             [plan.rules.hurry]\nwhen = {{ attacks = {{ in_days = 30, at_least = 9 }} }}\nthen = {{ accelerate = {{ factor = 2 }} }}\n\
             at_most_times = 1\n",
            sites.concat(),
            dice.between(0.0, 0.02),
            dice.between(3.0, 60.0),
            dice.between(5.0, 200.0) as u32,
            date(first),
            date(first),
            date(first + second),
        );
        let run = run(&toml, 40);
        let start: u32 = stock.iter().sum();
        for trial in 0..40 {
            let of = |name: &str| total(&run, name)[trial];
            let here: f64 = (0..3)
                .map(|site| crate::statistics::of(&run, "materiel_left", By::Site, site)[trial])
                .sum();
            assert_eq!(of("materiel_left"), here);
            // What goes from a to b counts as moved, and then again.
            let events = model(&toml).trial(20_240_906, trial as u64).unwrap().events;
            let home = events
                .iter()
                .filter(|event| event.kind == Kind::MaterielMoved && event.to.is_none());
            let home: u32 = home.map(|event| event.count).sum();
            let gone = f64::from(home) + of("materiel_handed_over") + of("materiel_destroyed");
            assert_eq!(gone + here, f64::from(start), "case {case}, trial {trial}\n{toml}");
            left += u32::from(here > 0.0);
        }
    }
    assert!((50..2_300).contains(&left), "some is left behind in {left} of 2,400 trials");
}

/// A pause holds what is left of materiel, as it does people; what does not fit pushes the finish back.
#[test]
fn pauses_hold_materiel() {
    let mut dice = Dice(53);
    for _ in 0..60 {
        let (tonnes, per_day) =
            (dice.between(200.0, 4000.0) as u32, dice.between(20.0, 80.0) as u32);
        let days = (tonnes / per_day) as i32 + dice.between(1.0, 30.0) as i32;
        let held = dice.between(1.0, 40.0) as i32;
        let case = Case {
            days,
            every: 1,
            people: (0, 50),
            road: (per_day, vec![tonnes]),
            air: (1, Vec::new()),
            given: Vec::new(),
            plan: format!(
                "[plan]\nreview_every_days = 1\n\
                 breathing_room = {{ pause_days = {held}, extension_days = 1000 }}\n"
            ),
            more: format!(
                "[plan.rules.wait]\nat_most_times = 1\nwhen.date = {{ from = 2025-01-03 }}\n\
                 then.pause.at_least_days = {held}\n"
            ),
        };
        let toml = case.toml();
        let run = run(&toml, 1);
        assert_eq!(total(&run, "pause_days")[0], f64::from(held), "{toml}");
        // Two lifts have gone; the rest catches up at full pace where it must.
        let gone = (f64::from(tonnes) * 2.0 / f64::from(case.days) + 0.5).floor() as u32;
        let full = f64::from((tonnes - gone).div_ceil(per_day));
        let expected = f64::from(case.days).max(2.0 + f64::from(held) + full);
        let finish = total(&run, "finish_days")[0];
        assert!((finish - expected).abs() < 1e-5, "{finish} for {expected}\n{toml}");
        let pushed = total(&run, "extension_days")[0];
        assert!((pushed - (expected - f64::from(case.days))).abs() < 1e-5, "{pushed}");
    }
}

/// The cost of tonnes is that of the mode which moved them.
#[test]
fn each_mode_has_its_cost() {
    let mut dice = Dice(54);
    for _ in 0..40 {
        let mut case = Case::random(&mut dice);
        let (road, air) = (dice.between(0.0, 50.0), dice.between(0.0, 500.0));
        case.more = format!("[world.costs]\nper_tonne_moved = {{ road = {road}, air = {air} }}\n");
        let run = run(&case.toml(), 1);
        let sum = |loads: &[u32]| f64::from(loads.iter().sum::<u32>());
        let expected = road * sum(&case.road.1) + air * sum(&case.air.1);
        let found = total(&run, "cost")[0];
        assert!((found - expected).abs() <= 1e-6 * (1.0 + expected), "{found} for {expected}");
    }
}

/// Materiel that transport takes in its stride changes no bit of anything else.
#[test]
fn materiel_that_never_waits_changes_no_other_bit() {
    let plain = crate::errors::SOUND;
    let materiel = plain
        .replace("garrison.us = 100", "garrison.us = 100\nworld.sites.base.materiel_tonnes = 900")
        .replace("moves.out", "loads.all = { site = \"base\", tonnes = 800 }\nmoves.out")
        .replace("[plan.gates", "[plan.transport.modes.sea]\ntonnes_per_day = 100000\n[plan.gates");
    let (a, b) = (run(plain, 300), run(&materiel, 300));
    for name in ["attacks", "finish_days", "pause_days", "people_moved", "person_days"] {
        let bits = |run: &Run| total(run, name).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&a), bits(&b), "{name}");
    }
    assert_eq!(total(&b, "materiel_left")[0], 100.0);
}

/// A scenario that starts in the middle: of a load of a given number, so much has gone.
#[test]
fn a_phase_under_way_takes_what_is_left() {
    let toml = "schema = 1\nstart = 2025-02-01\n\
        [world.sites.base]\nmateriel_tonnes = 700\ngarrison.us = 30\n\
        [plan.transport]\nmodes.road.tonnes_per_day = 10\n\
        [plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = 2025-03-01\n\
        duration_ratio = 1\nmoves.all = { site = \"base\", contingent = \"us\" }\n\
        loads.some = { site = \"base\", tonnes = 900 }\n\
        loads.rest = { site = \"base\", fate = \"destroyed\" }\n\
        [now.phases.leave]\nstarted = 2025-01-01\nmoved.some = 400\n";
    let run = run(toml, 1);
    assert_eq!(total(&run, "materiel_moved")[0], 500.0);
    assert_eq!(total(&run, "materiel_destroyed")[0], 200.0);
    // 50 days from the last lift before the start, on 29 January.
    assert_eq!(total(&run, "finish_days")[0], 47.0);
}

/// Told to leave, people who can be out by the deadline are, whatever materiel needs; and so is what is
/// handed over or destroyed.
#[test]
fn a_notice_is_for_people_and_each_mode() {
    let mut dice = Dice(55);
    for _ in 0..60 {
        let (people, per_day) = (dice.between(1.0, 600.0) as u32, dice.between(4.0, 40.0) as u32);
        let (road, air) = (dice.between(1.0, 9000.0) as u32, dice.between(1.0, 900.0) as u32);
        let (by_road, by_air) = (dice.between(3.0, 60.0) as u32, dice.between(3.0, 60.0) as u32);
        let (every, notice) = (dice.between(1.0, 9.0) as u32, dice.between(9.5, 90.0));
        let spoilt = dice.between(1.0, 900.0) as u32;
        let toml = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2026-01-01\n\
             [world.sites.base]\ngarrison.us = {people}\nmateriel_tonnes = {}\n\
             [world.host.expulsion]\nper_day = 0\nunprovoked_per_day = 1e6\nnotice_days = {notice}\n\
             [plan.transport]\nlift_every_days = {every}\npeople_per_day = {per_day}\n\
             modes.road.tonnes_per_day = {by_road}\nmodes.air.tonnes_per_day = {by_air}\n\
             [plan.phases.leave]\nannounced_start = 2025-02-01\nannounced_finish = 2025-11-01\n\
             duration_ratio = 1\nmoves.all = {{ site = \"base\", contingent = \"us\" }}\n\
             loads.road = {{ site = \"base\", tonnes = {road}, mode = \"road\" }}\n\
             loads.air = {{ site = \"base\", tonnes = {air}, mode = \"air\" }}\n\
             loads.spoilt = {{ site = \"base\", fate = \"destroyed\" }}\n",
            road + air + spoilt
        );
        let run = run(&toml, 1);
        let lifts = (notice / f64::from(every)).floor() as u32;
        let fits = |left: u32, per_day: u32| left <= lifts * every * per_day;
        let moved = total(&run, "people_moved")[0];
        assert_eq!(moved == f64::from(people), fits(people, per_day) || moved == f64::from(people));
        if fits(people, per_day) {
            assert_eq!(moved, f64::from(people), "{toml}");
        }
        for (mode, left, per_day) in [(0, air, by_air), (1, road, by_road)] {
            let gone = of_mode(&run, mode);
            if fits(left, per_day) {
                assert_eq!(gone, f64::from(left), "{toml}");
            } else {
                // Full lifts but for rounding, as far as the notice goes.
                let most = f64::from(lifts * every * per_day);
                assert!(gone <= f64::from(left).min(most + f64::from(every * per_day)), "{toml}");
            }
        }
        assert_eq!(total(&run, "materiel_destroyed")[0], f64::from(spoilt), "{toml}");
    }
}

/// What is destroyed or handed over goes as the people of its wave do.
#[test]
fn the_last_of_a_wave_destroy_what_stays() {
    let mut dice = Dice(56);
    for _ in 0..60 {
        let (a, b) = (dice.between(1.0, 400.0) as u32, dice.between(1.0, 400.0) as u32);
        let (spoilt, given) = (dice.between(1.0, 900.0) as u32, dice.between(1.0, 900.0) as u32);
        let toml = format!(
            "schema = 1\nstart = 2025-01-01\nhorizon = 2026-01-01\n\
             [world.sites]\na = {{ garrison.us = {a}, materiel_tonnes = {spoilt} }}\n\
             b = {{ garrison.us = {b}, materiel_tonnes = {given} }}\n\
             [plan.phases.leave]\nannounced_start = 2025-01-01\nannounced_finish = 2025-05-01\n\
             duration_ratio = 1\nmoves.a = {{ site = \"a\", contingent = \"us\" }}\n\
             moves.b = {{ site = \"b\", contingent = \"us\" }}\n\
             loads.spoilt = {{ site = \"a\", fate = \"destroyed\" }}\n\
             loads.given = {{ site = \"b\", fate = \"handed_over\" }}\n\
             waves = [[\"a\", \"spoilt\"], [\"b\", \"given\"]]\n"
        );
        let events = events(&toml);
        let (mut people, mut tonnes) = ([0, 0], [0, 0]);
        for (k, event) in events.iter().enumerate() {
            match event.kind {
                Kind::Lift => people[event.site.unwrap()] += event.count,
                Kind::MaterielDestroyed => tonnes[0] += event.count,
                Kind::MaterielHandedOver => tonnes[1] += event.count,
                _ => continue,
            }
            // At the end of each lift, in whole tonnes, half up.
            if events.get(k + 1).is_none_or(|next| next.days > event.days) {
                for (site, (of, all)) in [(a, spoilt), (b, given)].into_iter().enumerate() {
                    let due = f64::from(all) * f64::from(people[site]) / f64::from(of);
                    assert_eq!(tonnes[site], (due + 0.5 + 1e-9).floor() as u32, "{toml}");
                }
            }
        }
        let closed = events.iter().find(|event| event.kind == Kind::SiteClosed).unwrap().days;
        assert_eq!(of(&run(&toml, 1), "finish_days", By::Site, 0)[0], closed, "{toml}");
    }
}

const LOADED: &str = r#"
schema = 1
start = 2025-01-01
[world.sites.base]
materiel_tonnes = 900
garrison.us = 100
[world.sites.port]
garrison.us = 10
[world.costs]
per_tonne_moved = { road = 1 }
[plan.transport]
modes.road.tonnes_per_day = 50
modes.air.tonnes_per_day = 5
[plan.phases.leave]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = "base", contingent = "us" }
loads.cars = { site = "base", tonnes = 500, mode = "road" }
loads.kit = { site = "base", mode = "air" }
"#;

#[test]
fn what_is_wrong_with_materiel_is_said() {
    assert_eq!(problems(LOADED), []);
    let leave = "plan.phases.leave.loads";
    for (from, to, path, code) in [
        ("mode = \"air\"", "mode = \"sea\"", "kit.mode", Code::DanglingId),
        ("\"base\", mode = \"air\"", "\"bass\", mode = \"air\"", "kit.site", Code::DanglingId),
        ("mode = \"air\"", "mode = \"air\", to = \"nowhere\"", "kit.to", Code::DanglingId),
        ("mode = \"air\"", "mode = \"air\", to = \"base\"", "kit.to", Code::Contradiction),
        ("mode = \"air\"", "mode = \"air\", fate = \"destroyed\"", "kit.mode", Code::Contradiction),
        ("mode = \"air\"", "fate = \"destroyed\", to = \"port\"", "kit.to", Code::Contradiction),
        (", mode = \"air\"", "", "kit.mode", Code::MissingKey),
        ("tonnes = 500", "tonnes = 901", "cars", Code::TooManyPeople),
        ("tonnes = 500, ", "", "kit", Code::Contradiction),
        ("loads.cars", "loads.out", "out", Code::BadId),
        ("tonnes = 500", "tonnes = 0", "cars.tonnes", Code::OutOfRange),
    ] {
        let found = problems(&LOADED.replace(from, to));
        assert_eq!(found, [(format!("{leave}.{path}"), code)], "{from} -> {to}");
    }
    let modes = "modes.road.tonnes_per_day = 50\nmodes.air.tonnes_per_day = 5\n";
    let found = problems(
        &LOADED
            .replace(modes, "")
            .replace("{ road = 1 }", "{}")
            .replace("tonnes = 500, mode = \"road\" }", "tonnes = 500 }")
            .replace(", mode = \"air\"", ""),
    );
    let each = |id: &str| (format!("{leave}.{id}.mode"), Code::MissingKey);
    assert_eq!(found, [each("cars"), each("kit")]);
    // What something costs is said of a world; another plan may have it.
    let other = Scenario::from_toml_str(&LOADED.replace("{ road = 1 }", "{ rail = 1 }")).unwrap();
    let warnings = other.validate().unwrap().warnings();
    let paths: Vec<&str> = warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert!(paths.contains(&"world.costs.per_tonne_moved.rail"), "{paths:?}");
    let waves = LOADED.replace("loads.cars", "waves = [[\"out\"], [\"cars\"]]\nloads.cars");
    assert_eq!(problems(&waves), [("plan.phases.leave.waves".to_owned(), Code::LeftOut)]);
    let other = "[plan.phases.later]\nannounced_start = 2025-02-01\nannounced_finish = 2025-06-01\n\
                 loads.kit = { site = \"port\", mode = \"air\" }\n";
    let brought = LOADED.replace("mode = \"air\"", "mode = \"air\", to = \"port\"") + other;
    let counts = ("plan.phases.later.loads.kit".to_owned(), Code::Contradiction);
    assert_eq!(problems(&brought), [counts]);
    // Unless one of them was done before.
    let done = "[now.phases.leave]\nfinished = 2025-03-01\n";
    let now = brought
        .replace("start = 2025-01-01", "start = 2025-03-01")
        .replace("us = 100", "us = 0\nreference_garrison = 1");
    assert_eq!(problems(&(now + done)), []);
    let slow = LOADED
        .replace("modes.air.tonnes_per_day = 5", "modes.air.tonnes_per_day = 1")
        .replace("[plan.transport]", "[plan.transport]\nlift_every_days = 1")
        + "loads.more = { site = \"base\", tonnes = 1, mode = \"air\" }\n";
    assert_eq!(problems(&slow), [(leave.to_owned(), Code::Contradiction)]);
}
