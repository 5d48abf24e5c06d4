//! Calls of the public interface with values that nobody means: NaN, infinities, no numbers and
//! enormous ones, empty and absurd texts. They are refused or answered, and never panic.

use std::time::Duration;

use drawdown::filter::{Day, Filter, Observation, Of, People};
use drawdown::fit::{
    Diagnostics, Evidence, Execution, First, Fitting, Harmed, Likelihood, Log, Settings, Source,
    excess,
};
use drawdown::intervals::{Chance, Estimate, clopper_pearson};
use drawdown::law::{Component, Family, Range};
use drawdown::ndarray::{Array1, Array2};
use drawdown::observe::{Count, Counted, Reported};
use drawdown::scenario::{self, Date, EXAMPLES};
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::study::{Comparison, InputSample, Paired, compare, sweep};
use drawdown::toml::{Table, Value};
use drawdown::{
    Batch, By, Keep, Losses, MEASURES, Missing, Model, Run, Scenario, Series, variates,
};

use crate::dice::{Dice, EDGES};

/// A number that may be none.
fn number(dice: &mut Dice) -> f64 {
    match dice.below(6) {
        0 => *dice.pick_of(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        1 | 2 => *dice.pick_of(&EDGES),
        3 => f64::from_bits(dice.bits()),
        4 => dice.between(-10.0, 1_000.0),
        _ => dice.between(0.0, 1.0),
    }
}

fn numbers(dice: &mut Dice, most: usize) -> Vec<f64> {
    (0..dice.below(most)).map(|_| number(dice)).collect()
}

/// A count that may be enormous.
fn count(dice: &mut Dice) -> u64 {
    let edges = [0, 1, 2, 3, 64, u64::from(u32::MAX), i64::MAX as u64, u64::MAX - 1, u64::MAX];
    if dice.chance(0.8) { *dice.pick_of(&edges) } else { dice.bits() }
}

fn small(dice: &mut Dice) -> u32 {
    *dice.pick_of(&[0, 1, 2, 7, 1_023, 1_024, 100_000])
}

fn text(dice: &mut Dice) -> String {
    let words = [
        "",
        " ",
        ".",
        "..",
        "\0",
        "\"",
        "a.b",
        "attacks",
        "atacks",
        "base",
        "us",
        "militia",
        "leave",
        "calm",
        "2025-03-01",
        "2024-02-30",
        "-009999-01-01",
        "9999-12-31",
        "\u{1f600}",
        "plan.review_every_days",
        "world.sites.base.garrison.us",
        "start",
        "NaN",
        "1e400",
    ];
    match dice.below(12) {
        0 => "x".repeat(100_000),
        1 => (0..dice.below(20)).filter_map(|_| char::from_u32(dice.bits() as u32)).collect(),
        _ => (*dice.pick_of(&words)).to_owned(),
    }
}

fn model(dice: &mut Dice) -> Model {
    let example = Scenario::from_toml_str(dice.pick_of(EXAMPLES).toml).unwrap();
    example.validate().unwrap().compile()
}

/// One that has ranges, and runs in no time.
fn ranged() -> Model {
    let text = EXAMPLES.iter().find(|example| example.name == "minimal").unwrap().toml;
    let text = text.replace("= 0.1", "= { uniform = [0.05, 0.2] }");
    Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile()
}

fn run(keep: Keep) -> Run {
    ranged().simulate(&Batch::new(5, 7).threads(1).keep(keep)).unwrap()
}

/// A law whose parameters nobody has looked at.
fn law(dice: &mut Dice, depth: usize) -> Range {
    let mut x = || number(dice);
    match (x().to_bits() >> 3) % 13 {
        0 => x().into(),
        1 => Family::Constant(x()).into(),
        2 => Range::uniform(x(), x()),
        3 => Range::triangular(x(), x(), x()),
        4 => Range::pert(x(), x(), x()),
        5 => Range::normal(x(), x()),
        6 => Range::lognormal(x(), x()),
        7 => Range::gamma(x(), x()),
        8 => Range::beta(x(), x()),
        9 => Range::exponential(x()),
        10 => Range::truncated_normal(x(), x(), x(), x()),
        11 if depth > 0 => {
            let parts = 0..dice.below(4);
            let parts = parts.map(|_| Component::new(number(dice), law(dice, depth - 1)));
            Family::Mixture(parts.collect()).into()
        }
        _ => Range::empirical(numbers(dice, 5)),
    }
}

fn reported(dice: &mut Dice) -> Reported {
    let count = small(dice);
    match dice.below(4) {
        0 => Reported::Exactly(count),
        1 => Reported::About { count, sigma: number(dice) },
        2 => Reported::AtMost(count),
        _ => Reported::Missing,
    }
}

fn counted(dice: &mut Dice) -> Count {
    let (from_days, to_days) = match dice.chance(0.5) {
        true => (number(dice), number(dice)),
        false => (10.0, 40.0),
    };
    let counted =
        *dice.pick_of(&[Counted::Attacks, Counted::Wounded, Counted::Killed, Counted::Strikes]);
    let threat = dice.chance(0.3).then(|| text(dice));
    let sites = (0..dice.below(3)).map(|_| text(dice)).collect();
    Count { from_days, to_days, counted, threat, sites, reported: reported(dice) }
}

fn observation(dice: &mut Dice) -> Observation {
    match dice.below(3) {
        0 => Observation::Count(counted(dice)),
        1 => Observation::People(People {
            days: number(dice),
            site: dice.chance(0.5).then(|| text(dice)),
            contingent: dice.chance(0.5).then(|| text(dice)),
            reported: reported(dice),
        }),
        _ => Observation::Day(Day {
            of: *dice.pick_of(&[Of::Phase, Of::Site, Of::Gate, Of::Event]),
            id: text(dice),
            from_days: number(dice),
            to_days: number(dice),
            happened: dice.chance(0.5),
        }),
    }
}

#[test]
fn laws_of_any_parameters_answer() {
    crate::cases("laws", 3_000, |dice, about| {
        let law = law(dice, 2);
        let (x, p) = (number(dice), number(dice));
        *about = format!("{law:?} at {x}, {p}");
        law.check("somewhere", (number(dice), number(dice)), &mut Vec::new());
        let mut stream = Stream::new(count(dice), count(dice), Who::new(&["law"]), Purpose::Range);
        let _ = (law.support(), law.cdf(x), law.quantile(p), law.at(p), law.mean());
        let _ = (law.variance(), law.times(x), law.sample(|x| *x, &mut stream));
    });
}

#[test]
fn variates_and_intervals_of_any_parameters_answer() {
    crate::cases("numbers", 5_000, |dice, about| {
        let (a, b, c) = (number(dice), number(dice), number(dice));
        let (few, some, all) = (small(dice), small(dice), small(dice));
        *about = format!("{a}, {b}, {c}, {few}, {some}, {all}");
        let stream = &mut Stream::new(count(dice), count(dice), Who::new(&[]), Purpose::Fit);
        let _ = (variates::gamma(stream, a), variates::beta(stream, a, b));
        assert!(variates::binomial(stream, all, a) <= all);
        assert!(variates::hypergeometric(stream, few, some, all) <= some.min(few));
        let weights = numbers(dice, 4);
        let _ = variates::choose(weights.iter().copied(), stream);
        let _ = (clopper_pearson(a, b, c), Chance::of_count(a, b, Some(c)), excess(a, b, c));
        let (hits, sizes) = (numbers(dice, 6), numbers(dice, 6));
        let _ = (Chance::of_draws(&hits, &sizes), Estimate::of(&hits, count(dice) as usize));
        let _ = Estimate::of_chances(&hits, count(dice) as usize);
        let chains: Vec<Vec<f64>> = (0..dice.below(4)).map(|_| numbers(dice, 9)).collect();
        let _ = Diagnostics::of(&chains);
        let (plan, base) = (Array1::from(numbers(dice, 5)), Array1::from(numbers(dice, 5)));
        let base = dice.chance(0.5).then(|| base.view());
        let _ = Paired::new(&text(dice), plan.view(), base, count(dice) as usize);
        let report = reported(dice);
        let _ = (report.probability(count(dice)), report.most());
        let _ = Missing::of(&text(dice)).ordered(a);
    });
}

#[test]
fn dates_of_any_numbers_answer() {
    let models = [ranged(), Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()];
    let history = models[0].trial(1, 0).unwrap();
    crate::cases("dates", 5_000, |dice, about| {
        let (text, days) = (text(dice), number(dice));
        *about = format!("{text:?}, {days}");
        let date = text.parse::<Date>().ok();
        assert_eq!(date, Date::parse(&text));
        let bits = dice.bits();
        let date =
            date.or(Date::new(bits as i16, (bits >> 16) as u8 % 14, (bits >> 24) as u8 % 33));
        if let Some(date) = date {
            let other = date.plus_days((bits >> 32) as i32);
            let _ = (other.days_since(date), other.next_month(), other.month(), date.to_string());
            let _ = (date.plus_days(i32::MAX), date.plus_days(i32::MIN));
        }
        let model = dice.pick_of(&models);
        let day = model.date(days);
        assert_eq!(day.is_some(), days.abs() < 2.9e6 || day.is_some(), "a date within reach");
        assert!(!days.is_nan() || day.is_none());
        let mut event = history.events[0];
        event.days = days;
        let _ = history.date(&event);
    });
}

#[test]
fn scenarios_of_any_numbers_are_accepted_or_refused() {
    use drawdown::law::Law;
    use drawdown::scenario::*;
    crate::cases("built", 1_000, |dice, about| {
        let date = |dice: &mut Dice| {
            Date::new(dice.bits() as i16, 1 + dice.below(12) as u8, 1 + dice.below(28) as u8)
                .filter(|_| dice.chance(0.1))
                .unwrap_or(Date::new(2025, 1, 1).unwrap().plus_days(dice.below(900) as i32))
        };
        let id = |dice: &mut Dice, usual: &str| {
            if dice.chance(0.1) { text(dice) } else { usual.to_owned() }
        };
        let some = |dice: &mut Dice| -> Law {
            if dice.chance(0.9) { dice.between(0.1, 1.0).into() } else { law(dice, 1).into() }
        };
        let range = |dice: &mut Dice| -> Range {
            if dice.chance(0.9) { dice.between(0.1, 1.0).into() } else { law(dice, 1) }
        };
        let threat = Threat::new(range(dice))
            .rate_factor(range(dice))
            .site_weight(id(dice, "base"), range(dice))
            .presence_elasticity(range(dice))
            .batch_mean(if dice.chance(0.1) { range(dice) } else { 1.into() });
        let world = World::new()
            .site("base", Site::new().garrison(id(dice, "us"), small(dice)))
            .site(id(dice, "post"), Site::new().garrison("us", dice.bits() as u32 % 5_000))
            .threat("militia", threat);
        let phase = Phase::new(date(dice), date(dice).plus_days(300))
            .duration_ratio(some(dice))
            .moves("all", Move::new(id(dice, "base"), id(dice, "us")).residual(small(dice)));
        let room = BreathingRoom::new().pause_days(number(dice)).extension_days(30);
        let plan = Plan::new()
            .phase("leave", phase)
            .gate("vote", Gate::new(some(dice)))
            .breathing_room(if dice.chance(0.2) { room } else { BreathingRoom::new() })
            .review_every_days(if dice.chance(0.2) { small(dice) } else { 7 });
        let scenario = Scenario::new(date(dice), world).plan(plan);
        *about = format!("{scenario:?}");
        let _ = (scenario.hash(), scenario.to_toml_string(), scenario.to_json_string());
        if let Ok(checked) = scenario.validate() {
            let model = checked.compile();
            if model.seconds_per_trial() < 0.01 {
                let _ = model.simulate(&Batch::new(2, dice.bits()).threads(1)).unwrap();
            }
        }
    });
}

#[test]
fn texts_and_changes_are_taken_or_refused() {
    let scenario = Scenario::example("iraq-2024").unwrap();
    crate::cases("changes", 1_000, |dice, about| {
        let path = text(dice);
        let value = match dice.below(4) {
            0 => None,
            1 => Some(number(dice).into()),
            2 => Some(text(dice).into()),
            _ => Some(Value::Table(Table::new())),
        };
        *about = format!("{path:?} {value:?}");
        let _ = scenario.replace([(path.as_str(), value)]);
        let _ = (Scenario::from_toml_str(&path), Scenario::from_json_str(&path));
        let _ = (Scenario::example(&path), scenario::decode(path.as_bytes()));
        if let Some(keys) = scenario::split_path(&path) {
            assert_eq!(scenario::split_path(&scenario::join_path(&keys)), Some(keys));
        }
    });
}

#[test]
fn batches_of_any_size_are_run_or_refused() {
    let model = ranged();
    crate::cases("batches", 500, |dice, about| {
        let threads = *dice.pick_of(&[1, 2, 1_025, 1_000_000, usize::MAX]);
        let (trials, most) = (count(dice), number(dice));
        let keep = *dice.pick_of(&[Keep::Trials, Keep::Summary]);
        *about = format!("{trials} trials, {threads} threads, {most} seconds, {keep:?}");
        let batch =
            Batch::new(trials, count(dice)).threads(threads).seconds_per_trial(most).keep(keep);
        let Ok(mut running) = model.begin(&batch) else { return };
        assert!(threads < 1_025 && most > 0.0);
        let _ = running.take_up(text(dice).as_bytes());
        running.stop().set();
        running.advance(*dice.pick_of(&[Duration::ZERO, Duration::MAX])).unwrap();
        let run = running.finish();
        let _ = (run.origin(), run.dates(), run.summary(By::Total), run.tension_shares());
        let _ = (run.bands(&Series::People, &[0.5]), run.trial(0), run.inputs());
        let _ = run.exceedance("killed", Losses::Aggregate, None);
    });
}

#[test]
fn runs_answer_any_question() {
    let runs = [run(Keep::Trials), run(Keep::Summary)];
    let other = Scenario::example("iraq-2024").unwrap().validate().unwrap().compile();
    crate::cases("questions", 1_000, |dice, about| {
        let run = dice.pick_of(&runs);
        let name = match dice.chance(0.5) {
            true => text(dice),
            false => dice.pick_of(MEASURES).name.to_owned(),
        };
        let (by, shares, index) = (*dice.pick_of(By::ALL), numbers(dice, 4), count(dice));
        *about = format!("{name:?} {by:?} {shares:?} {index}");
        let _ = (run.values(&name, by), run.distribution(&name, by), run.summary(by));
        let of = *dice.pick_of(&[Losses::Aggregate, Losses::Occurrence]);
        let _ = run.exceedance(&name, of, dice.chance(0.8).then_some(&shares));
        let series = match dice.below(3) {
            0 => Series::PeopleAt(name.clone()),
            _ => dice.pick_of(Series::ALL).clone(),
        };
        let _ = run.bands(&series, &shares);
        let _ = (run.trial(index), run.model().describe_rule(&name));
        let history = run.model().trial(count(dice), index).unwrap();
        let _ = (history.total(&name), history.presence(&other), other.trial(1, index));
        let _ = other.trial(1, index).unwrap().presence(run.model());
        let compared = Comparison::of(vec![(name.clone(), run.clone()), ("b".into(), run.clone())]);
        if let Ok(compared) = compared {
            let _ = (compared.table(by), compared.run(&name).is_ok());
            let _ = compared.against(&text(dice));
        }
    });
}

#[test]
fn tables_of_inputs_are_taken_or_refused() {
    let models = [ranged(), Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()];
    crate::cases("inputs", 300, |dice, about| {
        let model = dice.pick_of(&models);
        let sizes = [0, 1, 2, 7, 64, 1 << 40, usize::MAX / 8, usize::MAX];
        let (rows, seed) = (*dice.pick_of(&sizes), count(dice));
        *about = format!("{rows} rows under {seed}");
        let samples = [
            InputSample::random(model, rows, seed),
            InputSample::latin_hypercube(model, rows, seed),
            InputSample::sobol(model, rows, seed),
        ];
        let width = match dice.chance(0.7) {
            true => model.input_paths().len(),
            false => dice.below(4),
        };
        let points = Array2::from_shape_fn((dice.below(4), width), |_| number(dice));
        let given = [
            InputSample::from_unit_points(model, points.view()),
            InputSample::from_values(model, points.clone()),
        ];
        let _ = (model.sound_inputs(points.view()), model.clone().with_inputs(points, seed));
        for sample in samples.into_iter().chain(given).flatten() {
            let row = count(dice) as usize;
            let _ = (sample.scenario(model, row), sample.sound_rows().len());
            if let Ok(fixed) = sample.applied(dice.pick_of(&models), count(dice)) {
                let _ = fixed.trial(seed, count(dice));
            }
        }
    });
}

#[test]
fn studies_of_any_plans_are_made_or_refused() {
    let scenario = Scenario::example("minimal").unwrap();
    crate::cases("studies", 100, |dice, about| {
        let batch = Batch::new(dice.below(3) as u64, count(dice)).threads(1);
        let names: Vec<String> = (0..dice.below(4)).map(|_| text(dice)).collect();
        let path = text(dice);
        *about = format!("{names:?} {path:?}");
        let plans: Vec<(String, Model)> = names
            .into_iter()
            .map(|name| (name, if dice.chance(0.9) { ranged() } else { model(dice) }))
            .collect();
        let _ = compare(plans, &batch);
        let values: Vec<_> = numbers(dice, 3).into_iter().map(Into::into).collect();
        let _ = sweep(&scenario, &[(path.as_str(), &values[..])], &batch);
    });
}

#[test]
fn observations_of_anything_are_taken_or_refused() {
    let model = ranged();
    crate::cases("observed", 500, |dice, about| {
        let seen: Vec<Observation> = (0..dice.below(4)).map(|_| observation(dice)).collect();
        *about = format!("{seen:?}");
        let particles = *dice.pick_of(&[0, 1, 20, u64::MAX]);
        let filter = Filter::new(particles, count(dice)).threads(1);
        if let Ok(mut filtering) = model.begin_filter(&filter, &seen) {
            while filtering.advance(Duration::MAX).unwrap() {}
            let _ = filtering.share_done();
            let filtered = filtering.finish();
            let _ = (filtered.run.dates(), filtered.run.trial(0));
        }
        let _ = model.begin_filter(&Filter::new(1, 1).threads(usize::MAX), &seen).is_ok();
        let _ = model.weigh(&filter, &seen, &drawdown::Stop::default());
    });
}

#[test]
fn evidence_of_anything_is_taken_or_refused() {
    let model = ranged();
    crate::cases("evidence", 500, |dice, about| {
        let counts = (0..dice.below(3)).map(|_| counted(dice)).collect();
        let first = *dice.pick_of(&[First::Start, First::Stationary]);
        let mut evidence = Evidence { counts, first, ..Evidence::default() };
        if dice.chance(0.3) {
            let (threat, states) = (text(dice), vec![(number(dice), text(dice))]);
            let (from_days, to_days, days) = (number(dice), number(dice), numbers(dice, 4));
            evidence.logs.push(Log { threat, from_days, to_days, days, states });
        }
        if dice.chance(0.3) {
            let site = dice.chance(0.5).then(|| text(dice));
            let (wounded, killed) = (small(dice) % 2_000, small(dice) % 2_000);
            evidence.harm.push(Harmed { threat: text(dice), site, wounded, killed });
        }
        if dice.chance(0.3) {
            let (phase, days) = (text(dice), number(dice));
            evidence.executions.push(Execution { phase, days, done: dice.chance(0.5) });
        }
        if dice.chance(0.3) {
            let factor = Range::Number(number(dice));
            let counts = (0..dice.below(3)).map(|_| dice.below(4)).collect();
            evidence.sources.push(Source { name: text(dice), factor, counts });
        }
        *about = format!("{evidence:?}");
        if let Ok(mut likelihood) = Likelihood::new(&model, &evidence) {
            let inputs = numbers(dice, 3);
            *about += &format!(" at {inputs:?}");
            let _ = (likelihood.of(&inputs), likelihood.replicate(&inputs, 1, count(dice)));
            let _ = likelihood.of(&[0.1]);
        }
        let settings = Settings {
            chains: *dice.pick_of(&[0, 2, usize::MAX]),
            warmup: *dice.pick_of(&[0, 5, usize::MAX]),
            draws: *dice.pick_of(&[0, 5, usize::MAX]),
            steps: *dice.pick_of(&[0, 1, 2]),
            seed: count(dice),
            threads: 1,
        };
        *about += &format!(" {settings:?}");
        if let Ok(mut fitting) = Fitting::new(&model, &evidence, settings) {
            fitting.stop().set();
            fitting.advance(Duration::MAX);
            let _ = (fitting.all(), fitting.done(), fitting.take_up(&[]));
            let _ = fitting.finish();
        }
    });
}
