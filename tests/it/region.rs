//! The host, strikes, the insurgency, contingents' politics, going back in, barrages and costs:
//! each against its closed form, or against its own log recounted.

use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{Batch, By, Kind, MEASURES, Model, Run, Scenario};

use crate::statistics::{assert_mean, assert_share, mean_and_se, of, run, total};

pub(crate) fn model(toml: &str) -> Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}

/// One site of 200 people for 1,000 days; every attack of a group kills everybody it can: one
/// projectile, never stopped, that always harms and kills.
pub(crate) fn world(attacks_per_day: f64, group: &str, extra: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2027-09-28                         # day 1000
[world.areas.north]
[world.sites.base]
area = "north"
garrison = {{ us = 120, ally = 80 }}
air_defence.intercept.rocket = 0
[world.threats.group]
attacks_per_day = {attacks_per_day}
weapons.rocket = {{ share = 1, salvo_mean = 1 }}
harm = {{ no_casualty = 0, scale = 0.01, shape = 0, killed_share = 1 }}
{group}
{extra}"#
    )
}

/// Days of the `k`-th attack, over trials in which it came.
fn nth_attack(toml: &str, k: usize, trials: u64) -> Vec<f64> {
    let model = model(toml);
    let days = (0..trials).map(|index| {
        let events = model.trial(9, index).unwrap().events;
        let nth = events.iter().find(|event| event.attack == Some(k as u32));
        nth.expect("there are so many attacks").days
    });
    days.collect()
}

#[test]
fn strikes_that_are_never_forgotten_halve_or_double_the_rate_each_time() {
    // Each attack is answered at once, so that the n-th comes at a rate of 0.2 f^n.
    let answered = |eta: f64| {
        format!(
            "retaliation = {{ after_killed = 1, delay_days = 0, memory_days = 1e9, deterrence = {eta} }}"
        )
    };
    let ln2 = std::f64::consts::LN_2;
    let waits = nth_attack(&world(0.2, &answered(ln2), ""), 2, 20_000);
    assert_mean("deterred", &waits, 5.0 * (1.0 + 2.0 + 4.0), 0.03);
    // Provocation is capped at three times: 1, 1/2, 1/3, 1/3.
    let waits = nth_attack(&world(0.2, &answered(-ln2), ""), 3, 20_000);
    assert_mean("provoked", &waits, 5.0 * (1.0 + 0.5 + 2.0 / 3.0), 0.03);
}

#[test]
fn a_strike_that_fades_deters_less_and_less() {
    // A strike 10 days after the first attack, remembered for 30 days: the chance of no attack in
    // the 40 days after it, given that there was none in between, is exp(-rate x integral of the
    // factor).
    for eta in [1.0, -0.8] {
        let toml = world(
            0.03,
            &format!(
                "retaliation = {{ after_killed = 1, delay_days = 10, memory_days = 30, deterrence = {eta} }}"
            ),
            "",
        );
        let model = model(&toml);
        let mut quiet = Vec::new();
        for index in 0..60_000 {
            let events = model.trial(4, index).unwrap().events;
            let Some(strike) = events.iter().find(|e| e.kind == Kind::Strike) else { continue };
            let mut later = events.iter().filter(|e| e.attack.is_some() && e.attack != Some(0));
            if strike.days > 950.0 || later.clone().any(|e| e.days <= strike.days) {
                continue;
            }
            quiet.push(f64::from(u8::from(later.all(|e| e.days > strike.days + 40.0))));
        }
        let steps = 40_000;
        let dt = 40.0 / f64::from(steps);
        let factor = |t: f64| (-eta * (-t / 30.0).exp()).exp().min(3.0);
        let integral: f64 = (0..steps).map(|k| dt * factor((f64::from(k) + 0.5) * dt)).sum();
        let expected = (-0.03 * integral).exp();
        assert_mean(&format!("quiet at {eta}"), &quiet, expected, 0.05);
    }
}

/// The days of the events of a kind.
fn days(events: &[drawdown::Event], kind: Kind) -> Vec<f64> {
    events.iter().filter(|event| event.kind == kind).map(|event| event.days).collect()
}

#[test]
fn one_strike_at_a_time() {
    let toml = world(0.05, "retaliation = { after_killed = 1, delay_days = 25 }", "");
    let model = model(&toml);
    for index in 0..50 {
        let events = model.trial(1, index).unwrap().events;
        let (mut expected, mut pending) = (Vec::new(), f64::NEG_INFINITY);
        for day in days(&events, Kind::Attack) {
            if day >= pending {
                pending = day + 25.0;
                expected.push(pending);
            }
        }
        expected.retain(|day| *day <= 1000.0);
        assert_eq!(days(&events, Kind::Strike), expected);
    }
    // A share of attacks that wound is answered.
    let wounds =
        world(0.05, "retaliation = { after_killed = 1, after_wounded = 0.25, delay_days = 0 }", "")
            .replace("killed_share = 1", "killed_share = 0");
    let run = run(&wounds, 20_000);
    assert_mean("strikes", &total(&run, "strikes"), 0.25 * 50.0, 0.01);
    assert_eq!(total(&run, "strikes"), of(&run, "strikes", By::Threat, 0));
}

#[test]
fn the_host_throws_out_in_proportion_to_friction() {
    // Notice beyond the horizon: the expulsion changes nothing, and its chance given the strikes
    // is 1 - exp(-c x integral of friction).
    let toml = world(
        0.02,
        "retaliation = { after_killed = 1, delay_days = 0, coordinated = 0.5 }",
        "[world.host]\nfriction.memory_days = 100
expulsion = { per_day = 4e-4, notice_days = 5000 }\n",
    );
    let half = model(&toml);
    let (mut off, mut expelled) = (Vec::new(), Vec::new());
    let all = model(&toml.replace("coordinated = 0.5", "coordinated = 0"));
    for index in 0..20_000 {
        let events = all.trial(2, index).unwrap().events;
        let integral: f64 = days(&events, Kind::Strike)
            .iter()
            .map(|day| 100.0 * (1.0 - (-(1000.0 - day) / 100.0).exp()))
            .sum();
        let chance = 1.0 - (-4e-4 * integral).exp();
        let came = !days(&events, Kind::Expelled).is_empty();
        off.push(f64::from(u8::from(came)) - chance);
        expelled.push(chance);
    }
    let (mean, se) = mean_and_se(&off);
    assert!(mean.abs() < 4.0 * se, "{mean} (SE {se})");
    assert!(se < 0.01 * mean_and_se(&expelled).0, "the run tells a bias of 4 %");
    // Coordinated strikes offend nobody: with all of them so, nobody is ever thrown out.
    let none = run(&toml.replace("coordinated = 0.5", "coordinated = 1"), 200);
    assert!(total(&none, "strikes").iter().sum::<f64>() > 0.0);
    assert_eq!(total(&none, "expelled"), vec![0.0; 200]);
    let some = half.simulate(&Batch::new(4_000, 3)).unwrap();
    let some = mean_and_se(&total(&some, "expelled")).0;
    assert!(0.1 < some && some < mean_and_se(&expelled).0, "{some}");
}

#[test]
fn the_host_throws_out_without_friction_too() {
    // For random parameters: the chance given the strikes and the tension is 1 - exp(-H), with H
    // the sum of both hazards, added up over the log.
    for case in 0..6 {
        let mut stream = Stream::new(8, case, Who::new(&["expulsion"]), Purpose::Range);
        let mut pick = |low: f64, high: f64| low + (high - low) * stream.uniform();
        let friction = if case == 0 { 0.0 } else { pick(0.0, 1e-3) };
        let (calm, tense) = (pick(0.0, 1e-3), pick(0.0, 3e-3));
        let (memory, until) = (pick(20.0, 300.0), pick(200.0, 1000.0));
        let toml = world(
            0.02,
            "retaliation = { after_killed = 1, delay_days = 0 }",
            &format!(
                "[world.tension]\nstart = \"calm\"
states.calm = {{ mean_days = 120, next = {{ tense = 1 }} }}
states.tense = {{ mean_days = 60, next = {{ calm = 1 }} }}
[world.host]\nfriction.memory_days = {memory}
[world.host.expulsion]\nper_day = {friction}\nnotice_days = 5000
unprovoked_per_day = {{ calm = {calm}, tense = {tense} }}\n"
            ),
        );
        let model = model(&toml);
        let (mut off, mut chances) = (Vec::new(), Vec::new());
        for index in 0..4_000 {
            let events = model.trial(2, index).unwrap().events;
            let strikes = days(&events, Kind::Strike);
            let strikes = strikes.iter().filter(|&&day| day < until);
            let provoked: f64 =
                strikes.map(|day| memory * (1.0 - (-(until - day) / memory).exp())).sum();
            let turns = days(&events, Kind::Tension);
            let mut turns: Vec<f64> = turns.into_iter().filter(|&day| day < until).collect();
            turns.insert(0, 0.0);
            turns.push(until);
            let stays = turns.windows(2).enumerate();
            let unprovoked: f64 =
                stays.map(|(k, stay)| [calm, tense][k % 2] * (stay[1] - stay[0])).sum();
            let chance = 1.0 - (-friction * provoked - unprovoked).exp();
            let came = days(&events, Kind::Expelled).iter().any(|&day| day <= until);
            off.push(f64::from(u8::from(came)) - chance);
            chances.push(chance);
        }
        let (mean, se) = mean_and_se(&off);
        assert!(mean.abs() < 4.0 * se, "{mean} (SE {se})\n{toml}");
        assert!(se < 0.03 * mean_and_se(&chances).0, "the run tells a bias of 12 %: {se}\n{toml}");
    }
}

#[test]
fn a_hazard_without_friction_moves_no_luck_of_friction() {
    // Who was thrown out for strikes still is, no later.
    let toml = world(
        0.02,
        "retaliation = { after_killed = 1, delay_days = 0 }",
        "[world.host.expulsion]\nper_day = 4e-4\nnotice_days = 5000\n",
    );
    let by_friction = total(&run(&toml, 500), "expelled_days");
    let zero = format!("{toml}unprovoked_per_day = 0\n");
    let same = total(&run(&zero, 500), "expelled_days");
    assert!(by_friction.iter().zip(&same).all(|(a, b)| a.to_bits() == b.to_bits()));
    let both = total(&run(&format!("{toml}unprovoked_per_day = 5e-4\n"), 500), "expelled_days");
    let pairs = by_friction.iter().zip(&both);
    assert!(pairs.clone().all(|(one, both)| one.is_nan() || both <= one));
    let (mut same, mut sooner) = (0, 0);
    for (one, both) in pairs {
        same += u32::from(one.to_bits() == both.to_bits() && !one.is_nan());
        sooner += u32::from(*both < *one || one.is_nan() && !both.is_nan());
    }
    assert!(same > 20 && sooner > 50, "{same} {sooner}");
}

const PLAN: &str = r#"
[world.areas.south]
[world.sites.far]
area = "south"
garrison.us = 30
[plan.gates.approval]
delay_days = 5000
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2026-02-01
duration_ratio = 1
moves.us = { site = "base", contingent = "us", residual = 20 }
[plan.phases.second]
after = ["first", "approval"]
announced_start = 2026-03-01
announced_finish = 2027-03-01
duration_ratio = 1
moves.ally = { site = "base", contingent = "ally" }
[plan.breathing_room]
pause_days = 365
[plan.rules.hold]
when = { killed = { in_days = 400, at_least = 1 } }
then.pause = {}
"#;

#[test]
fn an_expulsion_compresses_the_plan_into_its_notice() {
    let toml = world(
        0.05,
        "retaliation = { after_killed = 1, delay_days = 0 }\nsite_weights.base = 1",
        &format!(
            "[world.host]\nareas = [\"north\"]\nexpulsion = {{ per_day = 1e6, notice_days = 56 }}\n{PLAN}"
        ),
    );
    let model = model(&toml);
    let mut seen = 0;
    for index in 0..100 {
        let history = model.trial(6, index).unwrap();
        let told = history.total("expelled_days").unwrap();
        if !told.is_finite() || told > 900.0 {
            continue;
        }
        seen += 1;
        // Told right after the first strike; everything is over by the end of the notice.
        assert!((told - days(&history.events, Kind::Strike)[0]).abs() < 1e-4);
        assert_eq!(days(&history.events, Kind::PhaseStarted).len(), 2);
        assert!(history.total("finish_days").unwrap() <= told + 56.0 + 1e-6);
        assert_eq!(history.total("people_left").unwrap(), 30.0, "the south is not the host's");
        let gone: u32 =
            history.events.iter().filter(|e| e.kind == Kind::Departure).map(|e| e.count).sum();
        assert_eq!(gone, 20, "the residual leaves with the notice");
        // Nothing is held after it.
        let late = history.events.iter().filter(|e| e.days > told && e.kind == Kind::PauseBegan);
        assert_eq!(late.count(), 0);
    }
    assert!(seen > 90);
}

/// An insurgency on a plan with one lift: 200 people until day 365, then nobody.
fn insurgency(keys: &str) -> String {
    world(
        0.0,
        "",
        &format!(
            r#"
[world.insurgency]
strength = 0.1
growth_per_year = 2
troops_exponent = 1
{keys}
[plan.transport]
lift_every_days = 366
people_per_day = 1000
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2026-01-01
duration_ratio = 1
moves.us = {{ site = "base", contingent = "us" }}
moves.ally = {{ site = "base", contingent = "ally" }}
"#
        ),
    )
    .replace("2027-09-28", "2028-01-01") // day 1095
}

/// Row 16: 0.7 of the growth is held down until day 365, 0.2 from then on.
const ROW_16: &str = "pressure = 0.7777777777777778\ntroops_share = 0.7142857142857143\n";

#[test]
fn rows_15_16_an_insurgency_grows_as_its_equation_says() {
    let strength = |keys: &str| run(&insurgency(keys), 1);
    let run_16 = strength(ROW_16);
    assert!((total(&run_16, "insurgent_strength")[0] - 0.673_827_3).abs() < 1e-6);
    assert_eq!(total(&run_16, "peak_insurgent_strength"), total(&run_16, "insurgent_strength"));
    // What holds it at the start holds it for good as long as nothing changes.
    let held = total(&strength("pressure = 1\ntroops_share = 0\n"), "insurgent_strength")[0];
    assert!((held - 0.1).abs() < 1e-6);
    // Nothing holds it down: 0.1 e^(2 t) / (1 + 0.1 (e^(2 t) - 1)) after three years.
    let free = total(&strength("pressure = 0\ntroops_share = 0\n"), "insurgent_strength")[0];
    let e6 = 6.0f64.exp();
    assert!((free - 0.1 * e6 / (1.0 + 0.1 * (e6 - 1.0))).abs() < 1e-6);
    // Week by week: 0.143019 after a year at 0.7 of the growth, day 364 being a week's end.
    let weekly = run_16.bands(&drawdown::Series::Strength, &[0.5]).unwrap();
    assert!((weekly.mean[52] - 0.142_9).abs() < 1e-3, "{}", weekly.mean[52]);
    assert!((weekly.mean[0] - 0.1).abs() < 1e-3);
}

#[test]
fn incidents_follow_its_strength() {
    // Row 16: strength adds up to 44.200157 in the first year, to 345.325826 in all.
    let incidents = |on_sites: f64| {
        run(
            &insurgency(&format!(
                "{ROW_16}incidents = {{ per_day = 0.5, on_sites = {on_sites}, threat = \"group\" }}\n"
            )),
            20_000,
        )
    };
    let host = incidents(0.0);
    assert_mean("on the host", &total(&host, "incidents"), 0.5 * 345.325_826, 0.01);
    assert_eq!(total(&host, "attacks"), vec![0.0; 20_000]);
    let sites = incidents(1.0);
    assert_mean("on sites", &total(&sites, "attacks"), 0.5 * 44.200_157, 0.01);
    let rest = 0.5 * (345.325_826 - 44.200_157);
    assert_mean("on empty sites", &total(&sites, "incidents"), rest, 0.01);
    let some = incidents(0.25);
    assert_mean("a quarter", &total(&some, "attacks"), 0.125 * 44.200_157, 0.015);
}

#[test]
fn each_incident_of_a_history_has_its_moment() {
    // Three quarters are not aimed at sites; no one is on any after the first year.
    let model = model(&insurgency(&format!(
        "{ROW_16}incidents = {{ per_day = 0.5, on_sites = 0.25, threat = \"group\" }}\n"
    )));
    let run = model.simulate(&Batch::new(2_000, 9)).unwrap();
    let counted = total(&run, "incidents");
    let mut first_year = Vec::new();
    for (index, counted) in counted.iter().enumerate() {
        let events = model.trial(9, index as u64).unwrap().events;
        assert!(events.is_sorted_by(|a, b| a.days <= b.days), "trial {index}");
        let incidents = events.iter().filter(|event| event.kind == Kind::Incident);
        assert_eq!(incidents.clone().count() as f64, *counted, "trial {index}");
        first_year.push(incidents.filter(|event| event.days < 365.0).count() as f64);
    }
    assert_mean("in the first year", &first_year, 0.375 * 44.200_157, 0.04);
}

#[test]
fn shocks_multiply_strength_up_to_the_most() {
    let run = run(
        &insurgency("pressure = 0\ntroops_share = 0\nshocks = { per_year = 0.4, factor = 3 }\n")
            .replace("growth_per_year = 2", "growth_per_year = 0"),
        40_000,
    );
    let strength = total(&run, "insurgent_strength");
    let none = (-0.4f64 * 3.0).exp();
    assert_share("no shock", &strength, |x| x < 0.2, none, 0.035);
    assert_share("one", &strength, |x| (0.2..0.5).contains(&x), 1.2 * none, 0.035);
    assert_share("two", &strength, |x| (0.5..1.0).contains(&x), 0.72 * none, 0.05);
    assert!(strength.iter().all(|&x| x <= 1.0));
    assert_mean("shocks", &total(&run, "shocks"), 1.2, 0.02);
}

#[test]
fn the_hosts_capability_takes_steps_and_holds_the_insurgency_down() {
    let run = run(
        &insurgency("pressure = 1\ntroops_share = 0\n").replace(
            "[world.insurgency]",
            "[world.host.capability]\nstart = 0.5\ngrowth_per_year = 0.1
growth_with_advisers_per_year = 0.4\n[world.insurgency]",
        ),
        1,
    );
    // The same by Runge and Kutta's steps of a tenth of a day.
    let r = 2.0 / 365.0;
    let (mut i, mut h) = (0.1f64, 0.5f64);
    for step in 0..10_950 {
        if step > 0 && step % 300 == 0 {
            // On day 360 there are advisers still; they leave on day 365.
            let growth = if step <= 3_650 { 0.4 } else { 0.1 };
            h = (h + growth * 30.0 / 365.0).min(1.0);
        }
        let slope = |i: f64| r * i * (1.0 - i) - r * 0.9 * (h / 0.5) * i;
        let a = slope(i);
        let b = slope(i + 0.05 * a);
        let c = slope(i + 0.05 * b);
        let d = slope(i + 0.1 * c);
        i += 0.1 / 6.0 * (a + 2.0 * b + 2.0 * c + d);
    }
    assert!((total(&run, "insurgent_strength")[0] - i).abs() < 1e-6, "{i}");
}

#[test]
fn people_go_back_in_as_strength_and_hazard_say() {
    // Strength stays at 0.1, so the hazard is 0.001 a day from day 365 on.
    let toml = insurgency("pressure = 1\ntroops_share = 0\n")
        + "[world.reentry]\nper_day = 0.01\nforces.first = { site = \"base\", contingent = \"us\", people = 70 }\n";
    let run = run(&toml, 20_000);
    let chance = 1.0 - (-0.001f64 * 730.0).exp();
    assert_mean("back", &total(&run, "reentry"), chance, 0.03);
    let back = total(&run, "people_back");
    assert!(back.iter().all(|&people| people == 0.0 || people == 70.0));
    let (left, when) = (total(&run, "people_left"), total(&run, "reentry_days"));
    assert!(back.iter().zip(&left).all(|(back, left)| back == left));
    assert!(when.iter().all(|day| day.is_nan() || *day > 365.0));
    // A rule can do the same, when the insurgency is strong enough.
    let rule = insurgency(ROW_16)
        + "[plan.rules.back]\nwhen = { insurgent_strength = { at_least = 0.5 } }
then.go_back_in = { site = \"base\", contingent = \"us\", people = 70 }\nat_most_times = 1\n";
    let once = crate::statistics::run(&rule, 1);
    // Row 16: 0.5 is reached 464.349 days after day 365; the next review is on day 833.
    assert_eq!(total(&once, "reentry_days"), [833.0]);
    assert_eq!(total(&once, "people_left"), [70.0]);
}

#[test]
fn a_contingent_leaves_when_it_has_had_enough_and_others_follow() {
    let toml = world(
        0.05,
        "",
        "[world.contingents.ally]\ntolerance_killed = 5\ndelay_days = 30
[world.contingents.us]\nfollows.ally = 0.4\n",
    );
    let model = model(&toml);
    let mut followed = Vec::new();
    for index in 0..4_000 {
        let events = model.trial(8, index).unwrap().events;
        // Contingents are in order of id: ally, us.
        let mut killed = 0;
        let mut fifth = events.iter().filter(|e| {
            let ours = e.kind == Kind::Killed && e.contingent == Some(0);
            killed += if ours { e.count } else { 0 };
            ours && killed >= 5
        });
        let left = |who| {
            let mut gone = events.iter().filter(|e| e.kind == Kind::Departure);
            gone.find(|e| e.contingent == Some(who)).map(|e| e.days)
        };
        let due = fifth.next().map(|e| e.days + 30.0).filter(|day| *day <= 1000.0);
        assert_eq!(left(0), due);
        if let Some(due) = due {
            let follows = left(1);
            assert!(follows.is_none_or(|day| day == due));
            followed.push(f64::from(u8::from(follows.is_some())));
        }
    }
    assert_mean("followed", &followed, 0.4, 0.09);
}

#[test]
fn one_who_only_follows_leaves_behind_the_last_of_those_it_follows() {
    let model = model(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-12-31
[world.sites.base]
garrison = { ally = 20, us = 100 }
[world.contingents.us]
follows.ally = 1
delay_days = 30
[plan.phases.allies]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.out = { site = "base", contingent = "ally" }
"#,
    );
    let events = model.trial(1, 0).unwrap().events;
    let gone: Vec<_> = events.iter().filter(|e| e.kind == Kind::Departure).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!((gone[0].contingent, gone[0].count, gone[0].days), (Some(1), 100, 70.0 + 30.0));
}

pub(crate) const TENSION: &str = r#"
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next.war = 1 }
states.war = { mean_days = 30, next.calm = 1 }
"#;

/// Every value of every measure that both runs have.
fn values(run: &Run, but: &[&str]) -> Vec<u64> {
    let kept = MEASURES.iter().filter(|m| !but.contains(&m.name));
    let values = kept.map(|m| run.values(m.name, m.by).unwrap());
    values.flat_map(|v| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>()).collect()
}

#[test]
fn what_is_in_the_region_and_does_nothing_changes_nothing() {
    let plain = world(0.05, "", &format!("{TENSION}{PLAN}"))
        .replace("weapons.rocket", "site_weights.base = 1\nweapons.rocket");
    let before = run(&plain, 100);
    let but = [
        "strikes",
        "barrages",
        "barrages_unmet",
        "cost",
        "insurgent_strength",
        "peak_insurgent_strength",
        "incidents",
    ];
    for neutral in [
        "[world.threats.group.retaliation]\n",
        "[world.host]\nfriction.memory_days = 10\n",
        "[world.host.expulsion]\nper_day = 0\n",
        "[world.insurgency]\nstrength = 0.5\ngrowth_per_year = 1\npressure = 1\ntroops_share = 0.5
incidents = { per_day = 1 }\n",
        "[world.barrages]\nper_day = 0.1\ncapable.base = 1\n",
        "[world.costs]\nper_person_day = 1\n",
        "[world.contingents.ally]\ntolerance_killed = 1000000\nfollows.us = 0\n",
        "[world.calendar.vote]\ndate = 2025-06-01\n",
    ] {
        let after = run(&format!("{plain}\n{neutral}"), 100);
        let but = [&but[..], &["event_days"]].concat();
        assert_eq!(values(&before, &but), values(&after, &but), "{neutral}");
        if !neutral.contains("retaliation") {
            assert_eq!(total(&after, "strikes"), vec![0.0; 100]);
        }
    }
    for off in ["strikes", "expelled", "incidents", "shocks", "reentry", "barrages", "cost"] {
        assert_eq!(total(&before, off), vec![0.0; 100], "{off}");
    }
}
