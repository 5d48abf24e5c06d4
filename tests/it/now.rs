//! A scenario that starts in the middle: closed forms, what is refused, and the same as trials that
//! have come so far from the beginning.

use drawdown::{By, History, Kind, Scenario};

use crate::statistics::{assert_mean, assert_share, mean_and_se, of, run, run_under, total};

/// The probability that a standard normal number is above `z`.
fn above(z: f64) -> f64 {
    0.5 * libm::erfc(z / 2.0f64.sqrt())
}

/// The mean of a lognormal number of more than `low`.
fn lognormal_mean_above(median: f64, sigma: f64, low: f64) -> f64 {
    let z = (low / median).ln() / sigma;
    median * (sigma * sigma / 2.0).exp() * above(z - sigma) / above(z)
}

/// A phase of 300 days is under way since 330 days, and 700 of 1,200 have left with 47 lifts.
const UNDER_WAY: &str = r#"
schema = 1
start = 2025-11-27
horizon = 2028-01-01
world.sites.base = { garrison.us = 600, reference_garrison = 1300 }
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-10-28
duration_ratio = { lognormal = { median = 1.03, sigma = 0.25 } }
moves.out = { site = "base", contingent = "us", people = 1200 }
[now.phases.leave]
started = 2025-01-01
moved.out = 700
"#;

#[test]
fn what_is_left_of_a_phase_is_drawn_on_condition_that_it_is_not_done() {
    let left = run(UNDER_WAY, 60_000);
    let expected = 300.0 * lognormal_mean_above(1.03, 0.25, 330.0 / 300.0) - 330.0;
    assert_mean("days left", &total(&left, "finish_days"), expected, 0.02);
    // It was announced for 30 days before the start.
    assert_mean("slip", &total(&left, "slip_days"), expected + 30.0, 0.02);
    assert!(of(&left, "start_days", By::Phase, 0).iter().all(|&days| days == -330.0));
    assert!(total(&left, "people_moved").iter().all(|&people| people == 500.0));
    assert!(total(&left, "people_left").iter().all(|&people| people == 100.0));
    let row = &left.dates()[0];
    assert_eq!((row.announced_days, row.chance_met), (-30.0, 0.0));
}

#[test]
fn lifts_keep_their_days_and_take_even_shares_of_those_who_are_left() {
    // With a ratio of 1.2 it has 30 days left: lifts after 336, 343, 350, 357 and 360 days.
    let fixed = UNDER_WAY.replace("{ lognormal = { median = 1.03, sigma = 0.25 } }", "1.2");
    let model = Scenario::from_toml_str(&fixed).unwrap().validate().unwrap().compile();
    let lifts: Vec<(f64, u32)> = (model.trial(1, 0).unwrap().events.iter())
        .filter(|event| event.kind.as_str() == "lift")
        .map(|event| (event.days, event.count))
        .collect();
    let due = [(6.0, 100), (13.0, 100), (20.0, 100), (27.0, 100), (30.0, 100)];
    assert_eq!(lifts.len(), due.len(), "{lifts:?}");
    for ((days, count), (due_days, due_count)) in lifts.iter().zip(due) {
        assert!((days - due_days).abs() < 1e-9 && *count == due_count, "{lifts:?}");
    }
}

#[test]
fn a_blackout_before_the_start_is_no_time_of_execution() {
    let blackout = "plan.blackouts.feast = { from = 2025-03-01, until = 2025-05-10 }\n[plan.phases";
    let left = run(&UNDER_WAY.replacen("[plan.phases", blackout, 1), 60_000);
    let expected = 300.0 * lognormal_mean_above(1.03, 0.25, 260.0 / 300.0) - 260.0;
    assert_mean("days left", &total(&left, "finish_days"), expected, 0.02);
}

#[test]
fn a_phase_that_was_held_catches_up_to_its_announced_finish() {
    // Of 330 days it was held for 90: 240 of execution. It is to be done by day 20 at the soonest.
    let held = UNDER_WAY.replace("2025-10-28", "2025-12-17").replace(
        "moved.out = 700",
        "moved.out = 700\nbreathing_room.pause_days = 90\n[now.breathing_room]\npause_days = 90\n\
         [plan.breathing_room]\npause_days = 100",
    );
    let days = total(&run(&held, 40_000), "finish_days");
    let z = |ratio: f64| (ratio / 1.03f64).ln() / 0.25;
    let chance = above(z(350.0 / 350.0)) / above(z(240.0 / 350.0));
    assert_share("later", &days, |days| days > 20.000_1, chance, 0.05);
    assert!(days.iter().all(|&days| days > 19.999));
}

const GATE: &str = r#"
schema = 1
start = 2025-03-01
world.sites.base.garrison.us = 100
[plan.gates.approval]
delay_days = { uniform = [20, 80] }
[plan.phases.leave]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-03-03
duration_ratio = 1
moves.out = { site = "base", contingent = "us" }
[now.gates.approval]
started = 2025-01-20
"#;

#[test]
fn the_delay_of_a_gate_is_drawn_on_condition_of_its_age() {
    // 40 days old: the rest is uniform from 0 to 40.
    let left = run(GATE, 40_000);
    let opens = of(&left, "open_days", By::Gate, 0);
    assert_mean("until it opens", &opens, 20.0, 0.02);
    assert_share("late", &opens, |days| days > 30.0, 0.25, 0.05);
    assert_mean("finish", &total(&left, "finish_days"), 50.0, 0.01);
    // Of its 40 days the clock stood still for 30: all that is known is that it takes 20 or more.
    let still = GATE.replace("2025-01-20", "2025-01-20\nblocked_days = 30");
    let opens = of(&run(&still, 40_000), "open_days", By::Gate, 0);
    assert_mean("until it opens", &opens, 40.0, 0.02);
    // One that opened before the start holds nothing up.
    let open = GATE.replace("started = 2025-01-20", "opened = 2025-02-09");
    let open = run(&open, 10);
    assert!(of(&open, "open_days", By::Gate, 0).iter().all(|&days| days == -20.0));
    assert!(of(&open, "start_days", By::Phase, 0).iter().all(|&days| days == 0.0));
}

#[test]
fn breathing_room_that_is_used_up_is_not_there_any_more() {
    // Transport is slow, so that pauses push the finish back.
    let rest = |room: [f64; 2], used: [f64; 2]| {
        let text = format!(
            "{UNDER_WAY}[plan.transport]\npeople_per_day = 1\n\
             [plan.breathing_room]\npause_days = {}\nextension_days = {}\n\
             [now.breathing_room]\npause_days = {}\nextension_days = {}\n\
             [plan.rules.hold]\nwhen = {{ pause_days_left = {{ at_least = 1 }} }}\n\
             until = {{ pause_days_left = {{ at_most = 0 }} }}\nthen = {{ pause = {{}} }}\n",
            room[0], room[1], used[0], used[1]
        );
        let run = run(&text, 20);
        ["pause_days", "extension_days", "forced_resumptions", "finish_days"]
            .map(|measure| total(&run, measure))
    };
    // Of so much, what is left is as if there had never been more.
    assert_eq!(rest([40.0, 400.0], [25.0, 10.0]), rest([15.0, 390.0], [0.0, 0.0]));
    assert_eq!(rest([90.0, 60.0], [0.0, 48.0]), rest([90.0, 12.0], [0.0, 0.0]));
    let [pauses, extensions, ..] = rest([40.0, 400.0], [25.0, 10.0]);
    assert!(pauses.iter().all(|&days| (days - 15.0).abs() < 1e-5), "{pauses:?}");
    assert!(extensions.iter().all(|&days| days > 10.0), "{extensions:?}");
    let [_, extensions, ..] = rest([90.0, 60.0], [0.0, 48.0]);
    assert!(extensions.iter().all(|&days| days > 0.0 && days < 12.000_01), "{extensions:?}");
    // With more used up than there is, nothing is held.
    assert_eq!(rest([10.0, 10.0], [30.0, 30.0])[0], vec![0.0; 20]);
}

#[test]
fn an_empty_now_changes_nothing() {
    for example in drawdown::scenario::EXAMPLES {
        let plain = Scenario::example(example.name).unwrap();
        let empty = plain.replace([("now", Some(toml::Table::new().into()))]).unwrap();
        let rows = |scenario: &Scenario| {
            let model = scenario.validate().unwrap().compile();
            let run = model.simulate(&drawdown::Batch::new(40, 3)).unwrap();
            ["attacks", "finish_days", "killed"].map(|name| format!("{:?}", total(&run, name)))
        };
        assert_eq!(rows(&plain), rows(&empty), "{}", example.name);
        assert_ne!(plain.hash(), empty.hash());
    }
}

/// Of stays, 4 in 10 have a mean of 20 days and the others one of 200.
const TENSION: &str = r#"
schema = 1
start = 2025-03-01
horizon = 2030-01-01
world.sites.base.garrison.us = 100
[world.tension]
start = "flare"
states.flare = { mean_days = MEANS, next.calm = 1 }
states.calm = { mean_days = 10 }
[now.tension]
since = 2025-01-30
"#;

#[test]
fn a_stay_that_has_lasted_is_more_likely_to_be_a_long_one() {
    let parts = "{ mixture = [{ weight = 0.4, value = 20 }, { weight = 0.6, value = 200 }] }";
    let days = of(&run(&TENSION.replace("MEANS", parts), 60_000), "tension_days", By::State, 1);
    let (short, long) = (0.4 * (-30.0f64 / 20.0).exp(), 0.6 * (-30.0f64 / 200.0).exp());
    let expected = (20.0 * short + 200.0 * long) / (short + long);
    assert_mean("days left", &days, expected, 0.03);
    let soon = (short * (1.0 - (-1.0f64).exp()) + long * (1.0 - (-0.1f64).exp())) / (short + long);
    assert_share("over in 20 days", &days, |days| days < 20.0, soon, 0.05);
    // Where the mean is one number, the age tells nothing: not even other bits.
    let one = TENSION.replace("MEANS", "90");
    let since_the_start = one.replace("2025-01-30", "2025-03-01");
    assert_eq!(total_days(&one), total_days(&since_the_start));
}

fn total_days(toml: &str) -> Vec<f64> {
    of(&run(toml, 50), "tension_days", By::State, 1)
}

#[test]
fn means_of_stays_that_follow_a_law_are_weighted_with_how_many_stay_so_long() {
    let (median, sigma, age) = (40.0, 0.9, 30.0);
    let law = format!("{{ lognormal = {{ median = {median}, sigma = {sigma} }} }}");
    let days = of(&run(&TENSION.replace("MEANS", &law), 60_000), "tension_days", By::State, 1);
    // E[M e^(-age / M)] / E[e^(-age / M)], by the trapezoid rule over the normal number.
    let sums = (-800..=800).map(|k| {
        let z = f64::from(k) / 100.0;
        let mean = median * (sigma * z).exp();
        let weight = (-z * z / 2.0 - age / mean).exp();
        (weight, weight * mean)
    });
    let (whole, part) = sums.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    assert_mean("days left", &days, part / whole, 0.04);
}

/// One threat on two sites, whose attacks are all caused by those before the start.
const CAUSED: &str = r#"
schema = 1
start = 2025-03-01
horizon = 2027-01-01
world.sites.a.garrison.us = 100
world.sites.b.garrison.us = 100
world.sites.closed = { garrison = {}, reference_garrison = 50 }
[world.threats.group]
attacks_per_day = 0
site_weights = { a = 1, b = 1, closed = 1 }
batch_mean = 1.5
weapons = {}
contagion = { children_per_attack = 0.3, decay_days = 8, to_sites.a = { b = 0.2, closed = 0.2 } }
[now.threats.group]
attacks = [
    { date = 2025-02-25, site = "a", count = 12 },
    { date = 2025-02-19, site = "a", count = 7 },
    { date = 2025-02-27, site = "b" },
]
"#;

#[test]
fn attacks_of_late_cause_as_many_as_are_still_to_come() {
    let caused = run(CAUSED, 60_000);
    let on_a = 12.0 * (-4.0f64 / 8.0).exp() + 7.0 * (-10.0f64 / 8.0).exp();
    let on_b = (-2.0f64 / 8.0).exp();
    // Of the first generation, and then a whole family each: on b nothing causes any elsewhere.
    let (a, b) = (0.3 * on_a, 0.2 * on_a + 0.3 * on_b);
    let a = a / 0.7;
    let b = (b + 0.2 * a) / 0.7;
    assert_mean("on a", &of(&caused, "attacks", By::Site, 0), a, 0.03);
    assert_mean("on b", &of(&caused, "attacks", By::Site, 1), b, 0.03);
    assert!(of(&caused, "attacks", By::Site, 2).iter().all(|&attacks| attacks == 0.0));
    // An empty list is an empty past, in place of one in which attacks have lasted for ever.
    let none = "attacks = []\n";
    let calm = format!("{}{none}", CAUSED.split_once("attacks = [\n").unwrap().0);
    let calm = calm.replace("attacks_per_day = 0", "attacks_per_day = 0.9");
    let quiet = run(&calm, 4_000);
    let empty =
        calm.replace(none, "").replace("decay_days = 8", "decay_days = 8, start = \"empty\"");
    assert_eq!(total(&quiet, "attacks"), total(&run(&empty, 4_000), "attacks"));
}

#[test]
fn one_by_one_and_family_by_family_the_same_attacks_are_caused() {
    let rule = "[plan.rules.look]\nwhen = { people = { at_most = 0 } }\n\
                then = { send_home = { contingent = \"us\", in_days = 9 } }\n";
    let watched = run(&format!("{CAUSED}{rule}"), 500);
    assert_eq!(total(&run(CAUSED, 500), "attacks"), total(&watched, "attacks"));
}

#[test]
fn windows_of_rules_count_attacks_of_late() {
    // At the first review, on day 7, 12 + 1 attacks lie within 14 days, and all 20 within 30.
    let rule = |days: u32, least: u32| {
        let text = format!(
            "{CAUSED}[plan.rules.look]\nwhen = {{ attacks = {{ in_days = {days}, at_least = {least}, \
             sites = [\"a\", \"b\"] }} }}\n\
             then = {{ reinforce = {{ site = \"a\", contingent = \"us\", people = 1 }} }}\n\
             at_most_times = 1\n[plan]\nreview_every_days = 7\n"
        );
        let text = text.replace("children_per_attack = 0.3", "children_per_attack = 0");
        let text = text.replace("to_sites.a = { b = 0.2, closed = 0.2 }", "to_sites = {}");
        total(&run(&text, 5), "reinforcements")[0]
    };
    assert_eq!([rule(14, 13), rule(14, 14), rule(30, 20), rule(30, 21)], [1.0, 0.0, 1.0, 0.0]);
}

/// A threat that harms nobody, and remembers four strikes.
const STRUCK: &str = r#"
schema = 1
start = 2025-03-01
horizon = 2025-05-30
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.8
weapons = {}
retaliation = { deterrence = 0.7, memory_days = 40, coordinated = 0.4 }
[world.host]
friction = { memory_days = 100 }
expulsion = { per_day = 0.01, notice_days = 30 }
[now.threats.group]
strikes = [2025-02-25, 2025-02-09, 2025-02-09, 2025-01-10]
"#;

/// The sum over the strikes of e^(-age / memory).
fn remembered(memory: f64) -> f64 {
    [4.0, 20.0, 20.0, 50.0f64].iter().map(|age| (-age / memory).exp()).sum()
}

#[test]
fn strikes_before_the_start_deter_as_far_as_they_are_remembered() {
    let run = run(&STRUCK.replace("per_day = 0.01", "per_day = 0"), 40_000);
    let z = remembered(40.0);
    let factor = |day: f64| (-0.7 * z * (-day / 40.0).exp()).exp();
    // The integral over 90 days, by the midpoint rule.
    let expected: f64 =
        (0..9_000).map(|k| 0.8 * factor((f64::from(k) + 0.5) / 100.0) / 100.0).sum();
    assert_mean("attacks", &total(&run, "attacks"), expected, 0.01);
    assert!(total(&run, "strikes").iter().all(|&strikes| strikes == 0.0));
    let first: f64 = (0..3_100).map(|k| 0.8 * factor((f64::from(k) + 0.5) / 100.0) / 100.0).sum();
    assert_mean("in March", &of(&run, "attacks", By::Month, 0), first, 0.02);
}

#[test]
fn strikes_before_the_start_have_offended_the_host_unless_they_were_coordinated() {
    let run = run(STRUCK, 60_000);
    // Each strike by itself adds a hazard with probability .6; it adds up over 90 days.
    let expected = 1.0
        - [4.0, 20.0, 20.0, 50.0f64]
            .iter()
            .map(|age| {
                let hazard = 0.01 * (-age / 100.0).exp() * 100.0 * (1.0 - (-0.9f64).exp());
                0.4 + 0.6 * (-hazard).exp()
            })
            .product::<f64>();
    assert_mean("expelled", &total(&run, "expelled"), expected, 0.02);
}

/// Two phases are done, a third is under way and a fourth waits for both.
pub(crate) const DONE: &str = r#"
schema = 1
start = 2025-06-01
horizon = 2027-01-01
world.areas.north = {}
world.sites.a = { area = "north", garrison = { us = 0, uk = 0 }, reference_garrison = 900 }
world.sites.b = { area = "north", garrison = { us = 500, uk = 0 }, reference_garrison = 900 }
[world.threats.group]
attacks_per_day = 2
site_weights.b = 1
weapons = {}
exit_pattern = { before = 1, before_days = 0, after = 1.5, after_days = 100 }
[world.contingents.us]
follows.uk = 1
[plan.phases.one]
announced_start = 2025-01-01
announced_finish = 2025-04-01
moves.out = { site = "a", contingent = "us" }
[plan.phases.two]
after = ["one"]
announced_start = 2025-04-01
announced_finish = 2025-05-01
moves.out = { site = "a", contingent = "uk" }
[plan.phases.three]
after = ["two"]
announced_start = 2025-05-01
announced_finish = 2025-08-01
duration_ratio = 1
moves.out = { site = "b", contingent = "us", residual = 100 }
[plan.phases.four]
after = ["two", "three"]
announced_start = 2025-08-01
announced_finish = 2025-09-01
duration_ratio = 1
moves.out = { site = "b", contingent = "us" }
[now.phases]
one = { finished = 2025-04-12 }
two = { started = 2025-04-12, finished = 2025-05-22 }
three = { started = 2025-05-22 }
"#;

#[test]
fn what_is_done_has_a_date_before_the_start() {
    let run = run(DONE, 4_000);
    let all = |name: &str, by: By, k: usize, due: f64| {
        let values = of(&run, name, by, k);
        assert!(values.iter().all(|&x| (x - due).abs() < 1e-5), "{name} {k}: {}", values[0]);
    };
    // In order of id: four, one, three, two.
    for (k, start, finish) in
        [(0, 82.0, 113.0), (1, -151.0, -50.0), (2, -10.0, 82.0), (3, -50.0, -10.0)]
    {
        all("start_days", By::Phase, k, start);
        all("finish_days", By::Phase, k, finish);
    }
    all("finish_days", By::Site, 0, -10.0);
    all("finish_days", By::Site, 1, 113.0);
    all("finish_days", By::Contingent, 0, -10.0);
    all("finish_days", By::Contingent, 1, 113.0);
    // Nobody follows a contingent that had left before.
    all("departed", By::Contingent, 1, 0.0);
    // Site a closed 10 days ago, so that there are more attacks for 90 days.
    let attacks = of(&run, "attacks", By::Month, 0);
    assert_mean("in June", &attacks, 2.0 * 1.5 * 30.0, 0.01);
    assert_mean("in all", &total(&run, "attacks"), 2.0 * (1.5 * 90.0 + 23.0), 0.01);
    let row = run.dates().into_iter().find(|row| row.id == "one").unwrap();
    assert_eq!((row.p50_days, row.announced_days, row.mean_slip_days), (-50.0, -61.0, 11.0));
}

#[test]
fn all_may_be_done_and_the_hazard_of_going_back_in_begins() {
    let (text, _) = DONE.split_once("[plan.phases.three]").unwrap();
    let text = format!(
        "{text}[world.insurgency]\nstrength = 0.2\ngrowth_per_year = 0\n[world.reentry]\n\
         per_day = 0.01\nforces.back = {{ site = \"a\", contingent = \"us\", people = 9 }}\n\
         [now.phases]\none = {{ finished = 2025-04-12 }}\n\
         two = {{ started = 2025-04-12, finished = 2025-05-22 }}\n"
    );
    let run = run(&text, 20_000);
    assert!(total(&run, "finish_days").iter().all(|&days| days == -10.0));
    assert!(total(&run, "slip_days").iter().all(|&days| days == 21.0));
    assert!(total(&run, "attacks_on_the_way").iter().all(|&attacks| attacks == 0.0));
    let expected = 1.0 - (-0.01f64 * 0.2 * 579.0).exp();
    assert_mean("went back", &total(&run, "reentry"), expected, 0.02);
}

/// Phases whose durations are correlated: one is done, two are under way, one is to come.
const CORRELATED: &str = r#"
schema = 1
start = 2025-12-27
horizon = 2030-01-01
world.sites.base.garrison.us = 0
world.sites.base.reference_garrison = 1
plan.duration_correlation = 0.6
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio.lognormal = { median = 1, sigma = 0.3 }
[plan.phases.b]
announced_start = 2025-05-01
announced_finish = 2025-12-27
duration_ratio.lognormal = { median = 1.1, sigma = 0.4 }
[plan.phases.c]
announced_start = 2025-06-10
announced_finish = 2025-12-27
duration_ratio.lognormal = { median = 1, sigma = 0.35 }
[plan.phases.d]
announced_start = 2025-12-27
announced_finish = 2026-04-06
duration_ratio.lognormal = { median = 1, sigma = 0.3 }
[now.phases]
a = { started = 2025-01-01, finished = 2025-06-10 }
b.started = 2025-05-01
c.started = 2025-06-10
"#;

#[test]
fn what_phases_have_taken_tells_of_what_others_will() {
    let run = run(CORRELATED, 60_000);
    let took = |k: usize| -> Vec<f64> { of(&run, "finish_days", By::Phase, k) };
    // By quadrature over what they have in common: given the score of a, those of b and c are more
    // than theirs, and all are independent.
    let (root, rest, own): (f64, f64, f64) = (0.6f64.sqrt(), 0.4, 0.4f64.sqrt());
    let score_a = (160.0f64 / 100.0).ln() / 0.3;
    let (low_b, low_c) = ((1.0f64 / 1.1).ln() / 0.4, 0.0);
    let mut sums = [0.0; 4];
    for k in -1_200..=1_200 {
        let z = f64::from(k) / 200.0;
        let of_a = (-(score_a - root * z).powi(2) / (2.0 * rest)).exp();
        let weight = (-z * z / 2.0).exp() * of_a;
        let tail = |low: f64, shift: f64| above((low - root * z) / own - shift * own);
        let (b, c) = (tail(low_b, 0.0), tail(low_c, 0.0));
        // E[m e^(sigma X); X > low] where X is normal with mean root z and variance 0.4.
        let mean = |median: f64, sigma: f64, low: f64| {
            median * (sigma * root * z + sigma * sigma * rest / 2.0).exp() * tail(low, sigma)
        };
        sums[0] += weight * b * c;
        sums[1] += weight * c * mean(1.1, 0.4, low_b);
        sums[2] += weight * b * mean(1.0, 0.35, low_c);
        sums[3] += weight * b * c * mean(1.0, 0.3, f64::NEG_INFINITY);
    }
    assert_mean("b", &took(1), 240.0 * sums[1] / sums[0] - 240.0, 0.02);
    assert_mean("c", &took(2), 200.0 * sums[2] / sums[0] - 200.0, 0.02);
    assert_mean("d", &took(3), 100.0 * sums[3] / sums[0], 0.02);
}

/// From the beginning: a gate, a phase that prepares and one that moves everybody, under a tension
/// of short and of long stays and a threat that imitates itself.
const FROM_THE_BEGINNING: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2028-01-01
world.sites.base = { garrison.us = 1000 }
[world.tension]
start = "calm"
states.calm = { mean_days = { mixture = [{ weight = 0.5, value = 60 }, { weight = 0.5, value = 400 }] }, next.flare = 1 }
states.flare = { mean_days = 50, next.calm = 1 }
[world.threats.group]
attacks_per_day = { calm = 0.01, flare = 0.8 }
presence_elasticity = 0.5
weapons = {}
contagion = { children_per_attack = 0.4, decay_days = 5 }
[plan.gates.approval]
delay_days = { uniform = [0, 500] }
[plan.phases.prepare]
announced_start = 2025-01-11
announced_finish = 2025-06-10
duration_ratio = { lognormal = { median = 1, sigma = 0.25 } }
[plan.phases.leave]
after = ["approval", "prepare"]
announced_start = 2025-06-10
announced_finish = 2025-12-07
duration_ratio = { lognormal = { median = 1, sigma = 0.25 } }
moves.out = { site = "base", contingent = "us" }
"#;

/// What comes after a day in a trial.
struct Rest {
    opens: f64,
    prepared: f64,
    finish: f64,
    calm: f64,
    attacks: f64,
    person_days: f64,
}

/// The rest of a trial if it has come so far as [`FROM_THE_BEGINNING`] has to have come by the day: the
/// tension has been calm, there was no attack for two months, nobody has approved and the phase that
/// prepares is not done.
fn rest(history: &History, day: f64) -> Option<Rest> {
    let when = |kind: Kind| history.events.iter().find(|event| event.kind == kind);
    let opens = when(Kind::GateOpened)?.days - day;
    let prepared = when(Kind::PhaseFinished)?.days - day;
    let changes = history.events.iter().filter(|event| event.kind == Kind::Tension);
    let changes: Vec<f64> = changes.map(|event| event.days).collect();
    let attack = |kind: Kind| matches!(kind, Kind::Attack | Kind::AttackIntercepted);
    let attacks = history.events.iter().filter(|event| attack(event.kind));
    let attacks: Vec<f64> = attacks.map(|event| event.days).collect();
    let lately = |&days: &f64| (day - 60.0..day).contains(&days);
    let changed = changes.first().is_some_and(|&days| days < day);
    if opens < 0.0 || prepared < 0.0 || changed || attacks.iter().any(lately) {
        return None;
    }
    // Calm and flare by turns.
    let ends = changes.iter().copied().chain([END]);
    let begins = std::iter::once(day).chain(changes.iter().copied());
    let stays = begins.zip(ends).map(|(begin, end)| end - begin);
    Some(Rest {
        opens,
        prepared,
        finish: history.total("finish_days")? - day,
        calm: stays.step_by(2).sum(),
        attacks: attacks.iter().filter(|&&days| days >= day).count() as f64,
        person_days: history.total("person_days")? - 1_000.0 * day,
    })
}

/// The horizon of [`FROM_THE_BEGINNING`], in days from its start.
const END: f64 = 1_095.0;

#[test]
fn trials_that_have_come_so_far_from_the_beginning_go_on_alike() {
    let day = 181.0; // 2025-07-01
    let model = Scenario::from_toml_str(FROM_THE_BEGINNING).unwrap().validate().unwrap().compile();
    assert_eq!(model.horizon_days(), END);
    let chosen: Vec<Rest> =
        (0..70_000).filter_map(|k| rest(&model.trial(5, k).unwrap(), day)).collect();
    assert!(chosen.len() > 2_000, "{} trials are like that", chosen.len());
    let now = FROM_THE_BEGINNING.replace("start = 2025-01-01\n", "start = 2025-07-01\n")
        + "[now]\ngates.approval.started = 2025-01-01\nphases.prepare.started = 2025-01-11\n\
           tension.since = 2025-01-01\nthreats.group.attacks = []\n";
    let now = run_under(&now, 40_000, 6);
    let compare = |what: &str, values: Vec<f64>, of_now: Vec<f64>| {
        let ((one, a), (two, b)) = (mean_and_se(&values), mean_and_se(&of_now));
        let (z, se) = ((one - two) / a.hypot(b), a.hypot(b));
        assert!(z.abs() < 4.0, "{what}: {one} from the beginning, {two} from now, z = {z:.2}");
        assert!(4.0 * se < one.abs() / 5.0, "{what}: {one} +- {se} tells little");
    };
    let each = |of: fn(&Rest) -> f64| chosen.iter().map(of).collect::<Vec<f64>>();
    compare("opens", each(|rest| rest.opens), of(&now, "open_days", By::Gate, 0));
    compare("prepared", each(|rest| rest.prepared), of(&now, "finish_days", By::Phase, 1));
    compare("finish", each(|rest| rest.finish), total(&now, "finish_days"));
    compare("calm", each(|rest| rest.calm), of(&now, "tension_days", By::State, 0));
    compare("attacks", each(|rest| rest.attacks), total(&now, "attacks"));
    compare("person-days", each(|rest| rest.person_days), total(&now, "person_days"));
}
