//! Likelihoods of counts against closed forms and against histories of the engine, and samples of the
//! ranges against exact posteriors.

use std::time::Duration;

use drawdown::fit::{
    Evidence, Execution, First, Fitting, Harmed, Likelihood, Likely, Log, Settings, Source,
};
use drawdown::law::Range;
use drawdown::observe::{Count, Counted, Reported};
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{Batch, By, Kind, Model, Scenario};

fn model(threats: &str) -> Model {
    let text = format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2027-01-01\nworld.sites.base.garrison.us = 100\n{threats}"
    );
    Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile()
}

fn attacks(from_days: f64, to_days: f64, reported: Reported) -> Count {
    let (threat, sites) = (None, Vec::new());
    Count { from_days, to_days, counted: Counted::Attacks, threat, sites, reported }
}

fn likelihood(model: &Model, counts: Vec<Count>, first: First, inputs: &[f64]) -> f64 {
    let evidence = Evidence { counts, first, ..Evidence::default() };
    match Likelihood::new(model, &evidence).unwrap().of(inputs) {
        Likely::Log(log) => log.exp(),
        Likely::Impossible(_) => 0.0,
        Likely::Unsound => panic!("not sound"),
    }
}

/// The probabilities of 0, 1, ... attacks in the first `days`.
fn law(model: &Model, days: f64, most: u32, first: First) -> Vec<f64> {
    let exactly = |n| vec![attacks(0.0, days, Reported::Exactly(n))];
    (0..=most).map(|n| likelihood(model, exactly(n), first, &[])).collect()
}

fn log_factorial(n: u32) -> f64 {
    (1..=n).map(|k| f64::from(k).ln()).sum()
}

#[test]
fn attacks_at_one_rate_are_poisson() {
    let model = model("[world.threats.group]\nattacks_per_day = 0.3\nweapons = {}\n");
    for (n, found) in law(&model, 50.0, 60, First::Start).into_iter().enumerate() {
        let n = n as u32;
        let expected = (-15.0 + f64::from(n) * 15f64.ln() - log_factorial(n)).exp();
        assert!((found - expected).abs() < 1e-9 * (1.0 + expected), "{n}: {found}, {expected}");
    }
}

#[test]
fn whole_clusters_are_generalised_poisson() {
    // Consul & Jain 1973: a (a + n c)^(n-1) e^(-a - n c) / n!, a = background x days.
    let model = model(
        "[world.threats.group]\nattacks_per_day = 0.3\nweapons = {}\n\
         contagion = { children_per_attack = 0.4, decay_days = 5 }\n",
    );
    let a = 0.3 * 0.6 * 50.0;
    for (n, found) in law(&model, 50.0, 60, First::Start).into_iter().enumerate() {
        let n = n as u32;
        let t = a + 0.4 * f64::from(n);
        let expected = (a.ln() + (f64::from(n) - 1.0) * t.ln() - t - log_factorial(n)).exp();
        assert!((found / expected - 1.0).abs() < 1e-6, "{n}: {found}, {expected}");
    }
}

const TWO_STATES: &str = r#"
[world.tension]
start = "calm"
states.calm = { mean_days = 100, next = { war = 1 } }
states.war = { mean_days = 50, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.1, war = 1.5 }
weapons = {}
"#;

#[test]
fn row_12_two_states_have_their_moments() {
    let law = law(&model(TWO_STATES), 100.0, 330, First::Stationary);
    let moment = |of: &dyn Fn(f64) -> f64| -> f64 {
        law.iter().enumerate().map(|(n, p)| of(n as f64) * p).sum()
    };
    let (all, mean) = (moment(&|_| 1.0), moment(&|n| n));
    let variance = moment(&|n| (n - mean) * (n - mean));
    assert!((all - 1.0).abs() < 1e-7, "{all}");
    assert!((mean - 56.666_67).abs() < 1e-4, "{mean}");
    assert!((variance - 2_040.658_1).abs() < 1e-2, "{variance}");
}

#[test]
fn counts_that_follow_one_another_sum_to_one_count() {
    let model = model(TWO_STATES);
    let joint = |n: u32| -> f64 {
        let pair = |k: u32| {
            let first = attacks(0.0, 30.0, Reported::Exactly(k));
            let second = attacks(30.0, 100.0, Reported::Exactly(n - k));
            likelihood(&model, vec![second, first], First::Start, &[])
        };
        (0..=n).map(pair).sum()
    };
    for n in [0, 3, 20, 70] {
        let one = vec![attacks(0.0, 100.0, Reported::Exactly(n))];
        let one = likelihood(&model, one, First::Start, &[]);
        assert!((joint(n) / one - 1.0).abs() < 1e-6, "{n}: {} and {one}", joint(n));
    }
    // What nobody counted is what any count is.
    let gap = |reported: &[Reported]| -> f64 {
        let each = reported.iter().map(|reported| {
            let last = attacks(40.0, 60.0, Reported::Exactly(4));
            let counts = vec![attacks(0.0, 40.0, *reported), last];
            likelihood(&model, counts, First::Start, &[])
        });
        each.sum()
    };
    let any: Vec<Reported> = (0..150).map(Reported::Exactly).collect();
    let missing = gap(&[Reported::Missing]);
    assert!((gap(&any) / missing - 1.0).abs() < 1e-6);
    assert!((gap(&[Reported::AtMost(150)]) / missing - 1.0).abs() < 1e-6);
    let some: f64 = gap(&any[..=6]);
    assert!((gap(&[Reported::AtMost(6)]) / some - 1.0).abs() < 1e-6);
}

/// Shares of histories of the engine against the likelihood, within 4 standard errors.
fn against_the_engine(threats: &str, days: u32, trials: u64, counted: &[u32]) {
    let horizon = format!("horizon = {}", drawdown_date(days));
    let text = format!(
        "schema = 1\nstart = 2025-01-01\n{horizon}\nworld.sites.base.garrison.us = 100\n{threats}"
    );
    let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    let run = model.simulate(&Batch::new(trials, 7)).unwrap();
    let found = run.values("attacks", By::Total).unwrap();
    for n in counted {
        let share = found.iter().filter(|x| **x == f64::from(*n)).count() as f64 / trials as f64;
        let exactly = vec![attacks(0.0, f64::from(days), Reported::Exactly(*n))];
        let expected = likelihood(&model, exactly, First::Start, &[]);
        let error = (expected * (1.0 - expected) / trials as f64).sqrt();
        assert!((share - expected).abs() < 4.0 * error, "{n}: {share}, {expected} +- {error}");
    }
}

fn drawdown_date(days: u32) -> String {
    let model = model("[world.threats.group]\nattacks_per_day = 0.3\nweapons = {}\n");
    model.date(f64::from(days)).unwrap().to_string()
}

#[test]
fn batches_in_states_with_long_and_short_stays_are_as_in_the_engine() {
    against_the_engine(
        r#"
[world.tension]
start = "calm"
states.calm = { mean_days = 40, next = { flare = 2, war = 1 } }
states.flare = { mean_days = { mixture = [{ weight = 0.4, value = 5 }, { weight = 0.6, value = 60 }] }, next = { calm = 1, war = 1 } }
states.war = { mean_days = 10, next = { calm = 1, flare = 3 } }
[world.threats.group]
attacks_per_day = { calm = 0.02, flare = 0.3, war = 1.2 }
batch_mean = 2.5
weapons = {}
[world.threats.others]
attacks_per_day = 0.01
weapons = {}
"#,
        60,
        400_000,
        &[0, 1, 2, 3, 5, 8, 13, 21, 34],
    );
}

#[test]
fn short_delays_leave_no_error() {
    // With children an hour later, clusters fall into one stretch as good as whole.
    against_the_engine(
        r#"
[world.threats.group]
attacks_per_day = 0.2
batch_mean = 1.5
weapons = {}
contagion = { children_per_attack = 0.5, decay_days = 0.001 }
"#,
        30,
        400_000,
        &[0, 1, 2, 4, 6, 10, 20],
    );
}

/// Runs chains to their end.
fn fitted(model: &Model, evidence: &Evidence, settings: Settings) -> drawdown::fit::Fitted {
    let mut fitting = Fitting::new(model, evidence, settings).unwrap();
    while fitting.advance(Duration::from_secs(3_600)) {}
    fitting.finish()
}

const UNKNOWN_RATE: &str = "[world.threats.group]\nattacks_per_day = { gamma = { shape = 3, mean = 0.5 } }\nweapons = {}\n";

#[test]
fn a_rate_has_the_posterior_of_gamma_and_poisson() {
    // Gamma(3, rate 6) and 23 in 40 days: gamma(26, rate 46).
    let model = model(UNKNOWN_RATE);
    let counts =
        vec![attacks(0.0, 10.0, Reported::Exactly(4)), attacks(10.0, 40.0, Reported::Exactly(19))];
    let evidence = Evidence { counts, ..Evidence::default() };
    let found = fitted(&model, &evidence, Settings { seed: 3, ..Settings::default() });
    assert_eq!(found.paths, ["world.threats.group.attacks_per_day"]);
    let values: Vec<f64> = found.draws.iter().copied().collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let sd =
        (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / values.len() as f64).sqrt();
    let d = found.diagnostics[0];
    assert!(d.rhat < 1.01 && d.ess_bulk > 1_000.0 && d.ess_tail > 1_000.0, "{d:?}");
    let (shape, rate) = (26.0, 46.0);
    let exact: f64 = f64::sqrt(shape) / rate;
    assert!((mean - shape / rate).abs() < 4.0 * exact / d.ess_bulk.sqrt(), "{mean}");
    assert!((sd / exact - 1.0).abs() < 4.0 / (2.0 * d.ess_tail).sqrt(), "{sd}, {exact}");
}

#[test]
fn threads_and_interruptions_change_no_draw() {
    let model = model(UNKNOWN_RATE);
    let counts = vec![attacks(0.0, 40.0, Reported::About { count: 20, sigma: 0.2 })];
    let evidence = Evidence { counts, ..Evidence::default() };
    let settings = Settings { warmup: 50, draws: 50, seed: 5, threads: 1, ..Settings::default() };
    let one = fitted(&model, &evidence, settings.clone());
    let mut fitting =
        Fitting::new(&model, &evidence, Settings { threads: 3, ..settings.clone() }).unwrap();
    while fitting.advance(Duration::from_micros(300)) {}
    assert_eq!(fitting.finish().draws, one.draws);
    let other = fitted(&model, &evidence, Settings { seed: 6, ..settings });
    assert_ne!(other.draws, one.draws);
}

#[test]
fn sources_of_numbers_change_no_draw() {
    let counts = vec![attacks(0.0, 40.0, Reported::About { count: 20, sigma: 0.2 })];
    let evidence = Evidence { counts, ..Evidence::default() };
    let settings = Settings { warmup: 50, draws: 50, seed: 5, ..Settings::default() };
    let law = "{ gamma = { shape = 3, mean = 0.5 } }";
    let told = UNKNOWN_RATE.replace(law, &format!("{{ value = {law}, source = \"a record\" }}"));
    assert_ne!(told, UNKNOWN_RATE);
    let draws = |text: &str| fitted(&model(text), &evidence, settings.clone()).draws;
    assert_eq!(draws(&told), draws(UNKNOWN_RATE));
    assert_ne!(draws(&UNKNOWN_RATE.replace("shape = 3", "shape = 4")), draws(UNKNOWN_RATE));
}

#[test]
fn counts_without_days_are_refused() {
    let model = model(UNKNOWN_RATE);
    let days = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e9, 5.0];
    for (from, to) in days.into_iter().flat_map(|from| days.map(|to| (from, to))) {
        let counts = vec![attacks(from, to, Reported::Exactly(0))];
        let evidence = Evidence { counts, ..Evidence::default() };
        assert!(Likelihood::new(&model, &evidence).is_err(), "{from} to {to}");
    }
}

fn source(name: &str, factor: Range, counts: &[usize]) -> Source {
    Source { name: name.into(), factor, counts: counts.to_vec() }
}

#[test]
fn a_source_counts_clusters_by_its_factor() {
    // As if the rate were another in its counts, and in no others.
    let threat = |rate: f64| {
        model(&format!(
            "[world.threats.group]\nattacks_per_day = {rate}\nweapons = {{}}\nbatch_mean = 1.7\n\
             contagion = {{ children_per_attack = 0.4, decay_days = 5 }}\n"
        ))
    };
    for trial in 0..20 {
        let mut stream = Stream::new(11, trial, Who::new(&["sources"]), Purpose::Fit);
        let mut uniform = |low: f64, high: f64| low + (high - low) * stream.uniform();
        let (rate, factor) = (uniform(0.1, 0.9), uniform(0.3, 2.5));
        let mine = attacks(30.0, 30.0 + uniform(5.0, 60.0).round(), Reported::Exactly(9));
        let theirs = attacks(0.0, 25.0, Reported::About { count: 12, sigma: 0.3 });
        let evidence = Evidence {
            counts: vec![mine.clone(), theirs.clone()],
            sources: vec![source("press", Range::Number(1.0), &[0])],
            ..Evidence::default()
        };
        let model = threat(rate);
        let found = Likelihood::new(&model, &evidence).unwrap().of(&[factor]).log();
        let apart =
            |model: &Model, count: Count| likelihood(model, vec![count], First::Start, &[]).ln();
        let expected = apart(&threat(rate * factor), mine) + apart(&model, theirs);
        assert!((found - expected).abs() < 1e-7, "{found}, {expected}");
        let plain = Likelihood::new(&model, &evidence).unwrap();
        assert_eq!(plain.clone().of(&[]), plain.clone().of(&[1.0]));
    }
}

#[test]
fn without_sources_no_draw_is_another() {
    let model = model(UNKNOWN_RATE);
    let counts = vec![attacks(0.0, 40.0, Reported::Exactly(20))];
    let evidence = Evidence { counts, ..Evidence::default() };
    let sure =
        Evidence { sources: vec![source("press", Range::Number(1.0), &[0])], ..evidence.clone() };
    let at = |evidence: &Evidence| Likelihood::new(&model, evidence).unwrap().of(&[0.4]);
    assert_eq!(at(&evidence), at(&sure));
    assert_ne!(evidence.hash(), sure.hash());
}

#[test]
fn what_is_wrong_with_sources_is_said_at_once() {
    let model = model(UNKNOWN_RATE);
    let counts =
        vec![attacks(0.0, 40.0, Reported::Exactly(20)), attacks(40.0, 50.0, Reported::Exactly(2))];
    let sources = vec![
        source("press", Range::lognormal(1.0, 0.2), &[0]),
        source("press", Range::uniform(0.0, 1.0), &[0, 7]),
        source("army", Range::uniform(-1.0, 1.0), &[]),
    ];
    let evidence = Evidence { counts, sources, ..Evidence::default() };
    let said = Likelihood::new(&model, &evidence).unwrap_err().to_string();
    for part in ["`press` is told twice", "count 0 is of two sources", "no count 7", "of `army`"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_is_wrong_with_counts_is_said_at_once() {
    let model = model("[world.threats.group]\nattacks_per_day = 0.3\nweapons = {}\n");
    let wounded = Count { counted: Counted::Wounded, ..attacks(0.0, 10.0, Reported::Exactly(1)) };
    let first = attacks(0.0, 10.0, Reported::Exactly(1));
    let overlap = attacks(5.0, 20.0, Reported::Exactly(1));
    let reversed = attacks(40.0, 30.0, Reported::Exactly(1));
    let nobody =
        Count { threat: Some("gruop".into()), ..attacks(50.0, 60.0, Reported::Exactly(1)) };
    let evidence =
        Evidence { counts: vec![wounded, first, overlap, reversed, nobody], ..Evidence::default() };
    let said = Likelihood::new(&model, &evidence).unwrap_err().to_string();
    for part in ["not of attacks", "2025-01-06", "ends before it begins", "`gruop`"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// The likelihood of evidence under no ranges.
fn chance(model: &Model, evidence: &Evidence) -> f64 {
    Likelihood::new(model, evidence).unwrap().of(&[]).log().exp()
}

#[test]
fn sites_that_are_counted_apart_share_by_their_weights() {
    let text = r#"
schema = 1
start = 2025-01-01
horizon = 2027-01-01
world.sites.one.garrison.us = 100
world.sites.two.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.3
site_weights = { one = 3, two = 1 }
weapons = {}
"#;
    let model = Scenario::from_toml_str(text).unwrap().validate().unwrap().compile();
    let on = |site: &str, n: u32| {
        let sites = vec![site.to_owned()];
        Count { sites, ..attacks(0.0, 40.0, Reported::Exactly(n)) }
    };
    // Without contagion they are independent Poisson numbers.
    let poisson = |mean: f64, n: u32| (-mean + f64::from(n) * mean.ln() - log_factorial(n)).exp();
    for (one, two) in [(9, 3), (0, 0), (4, 8)] {
        let counts = vec![on("one", one), on("two", two)];
        let found = chance(&model, &Evidence { counts, ..Evidence::default() });
        let expected = poisson(9.0, one) * poisson(3.0, two);
        assert!((found / expected - 1.0).abs() < 1e-6, "{one}, {two}: {found}, {expected}");
    }
    let twice = vec![on("one", 3), attacks(0.0, 40.0, Reported::Exactly(3))];
    let said = Likelihood::new(&model, &Evidence { counts: twice, ..Evidence::default() });
    assert!(said.unwrap_err().to_string().contains("the same attacks"));
}

#[test]
fn what_attacks_do_is_as_in_the_engine() {
    let threats = r#"
[world.threats.group]
attacks_per_day = 0.5
weapons.drone = { share = 0.7, salvo_mean = 2 }
weapons.rocket = { share = 0.3, salvo_mean = 5 }
harm = { no_casualty = 0.6, scale = 1.5, shape = 0.3, killed_share = 0.2 }
"#;
    let text = format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2026-01-01\n\
         world.sites.base.garrison.us = 40\n{threats}"
    );
    let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    let mut shares = std::collections::BTreeMap::<(u32, u32), f64>::new();
    let mut all: f64 = 0.0;
    for trial in 0..3_000 {
        // Of each attack the wounded and the killed follow it.
        let mut last: Option<(u32, u32)> = None;
        for event in model.trial(7, trial).unwrap().events {
            let people = event.count;
            match (event.kind, &mut last) {
                (Kind::Attack | Kind::AttackIntercepted, last) => {
                    if let Some(before) = last.replace((0, 0)) {
                        *shares.entry(before).or_insert(0.0) += 1.0;
                    }
                    all += 1.0;
                }
                (Kind::Wounded, Some(last)) => last.0 += people,
                (Kind::Killed, Some(last)) => last.1 += people,
                _ => {}
            }
        }
        if let Some(before) = last {
            *shares.entry(before).or_insert(0.0) += 1.0;
        }
    }
    for what in [(0, 0), (1, 0), (0, 1), (2, 0), (3, 1), (5, 0)] {
        let share = shares[&what] / all;
        let (threat, site) = ("group".to_owned(), Some("base".to_owned()));
        let harm = vec![Harmed { threat, site, wounded: what.0, killed: what.1 }];
        let found = chance(&model, &Evidence { harm, ..Evidence::default() });
        // Of the killed any may be: the likelihood is of which.
        let ways = (0..what.1).map(|k| f64::from(what.0 + what.1 - k) / f64::from(k + 1));
        let expected = found * ways.product::<f64>();
        let error = (expected * (1.0 - expected) / all).sqrt();
        assert!((share - expected).abs() < 4.0 * error, "{what:?}: {share}, {expected} +- {error}");
    }
}

#[test]
fn phases_take_as_long_as_their_law_says() {
    let plan = r#"
[world.threats.group]
attacks_per_day = 0
[plan.phases.last]
announced_start = 2025-01-01
announced_finish = 2025-04-11                       # 100 days
duration_ratio = { lognormal = { median = 1.08, sigma = 0.25 } }
"#;
    let model = model(plan);
    let law: Range =
        serde_json::from_str(r#"{"lognormal": {"median": 1.08, "sigma": 0.25}}"#).unwrap();
    for (days, done) in [(108.0, true), (80.0, true), (150.0, false)] {
        let executions = vec![Execution { phase: "last".into(), days, done }];
        let found = chance(&model, &Evidence { executions, ..Evidence::default() });
        let below = |days: f64| law.cdf(days / 100.0);
        let expected = if done { below(days + 0.5) - below(days - 0.5) } else { 1.0 - below(days) };
        assert!((found - expected).abs() < 1e-12, "{days}: {found}, {expected}");
    }
}

#[test]
fn a_log_is_its_gaps() {
    // Of a Poisson process: the density of its attacks is rate^n e^(-rate days).
    let model = model("[world.threats.group]\nattacks_per_day = 0.3\nweapons = {}\n");
    let log = Log {
        threat: "group".into(),
        from_days: 10.0,
        to_days: 50.0,
        days: vec![12.0, 30.5, 31.0],
        states: vec![(0.0, "steady".into())],
    };
    let found = chance(&model, &Evidence { logs: vec![log], ..Evidence::default() });
    let expected = 0.3f64.powi(3) * f64::exp(-0.3 * 40.0);
    assert!((found / expected - 1.0).abs() < 1e-12, "{found}, {expected}");
}

#[test]
fn states_outside_the_time_of_a_log_say_nothing_of_it() {
    let model = model(TWO_STATES);
    let found = |states: &[(f64, &str)]| {
        let log = Log {
            threat: "group".into(),
            from_days: 100.0,
            to_days: 160.0,
            days: vec![103.0, 110.5, 141.0],
            states: states.iter().map(|(from, state)| (*from, (*state).into())).collect(),
        };
        chance(&model, &Evidence { logs: vec![log], ..Evidence::default() })
    };
    let inside = found(&[(100.0, "war"), (130.0, "calm")]);
    assert!(inside > 0.0);
    let before = [(0.0, "calm"), (20.0, "war"), (40.0, "calm"), (90.0, "war"), (130.0, "calm")];
    let after = [(100.0, "war"), (130.0, "calm"), (160.0, "war"), (300.0, "calm")];
    assert_eq!([found(&before), found(&after)], [inside; 2]);
}

fn second_of<'a>(model: &'a Model, evidence: &Evidence, settings: &Settings) -> Fitting<'a> {
    Fitting::new(model, evidence, settings.clone()).unwrap()
}

#[test]
fn what_was_saved_goes_on_with_the_same_draws() {
    let model = model(UNKNOWN_RATE);
    let counts = vec![attacks(0.0, 40.0, Reported::Exactly(20))];
    let evidence = Evidence { counts, ..Evidence::default() };
    let settings = Settings { warmup: 60, draws: 60, seed: 5, ..Settings::default() };
    let whole = fitted(&model, &evidence, settings.clone());
    let mut first = Fitting::new(&model, &evidence, settings.clone()).unwrap();
    while first.done() < 250 {
        first.advance(Duration::from_micros(200));
    }
    let saved = first.save();
    let mut second = second_of(&model, &evidence, &settings);
    second.take_up(&saved).unwrap();
    assert_eq!(second.done(), first.done());
    while second.advance(Duration::from_secs(60)) {}
    assert_eq!(second.finish().draws, whole.draws);
    let mut other = second_of(&model, &evidence, &Settings { seed: 6, ..settings.clone() });
    assert!(other.take_up(&saved).unwrap_err().to_string().contains("another fit"));

    let whole: serde_json::Value = serde_json::from_slice(&saved).unwrap();
    let damages: [fn(&mut serde_json::Value); 4] = [
        |fit| drop(fit[1].as_array_mut().unwrap().pop()),
        |fit| drop(fit[1][0]["draws"].as_array_mut().unwrap().pop()),
        |fit| drop(fit[1][1]["place"]["scores"].as_array_mut().unwrap().pop()),
        |fit| drop(fit[1][2]["learned"]["root"].as_array_mut().unwrap().pop()),
    ];
    for damage in damages {
        let mut fit = whole.clone();
        damage(&mut fit);
        let said = second_of(&model, &evidence, &settings).take_up(fit.to_string().as_bytes());
        assert!(said.unwrap_err().to_string().contains("no fit that was saved"));
    }
    let chain = second_of(&model, &evidence, &settings).save_chain(9);
    assert!(second_of(&model, &evidence, &settings).take_up_chain(&chain).is_err());
}
