//! Studies: tables of inputs, plans compared, sweeps, and what is known from trials.

use drawdown::intervals::{Chance, Estimate, NORMAL_95, clopper_pearson};
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::study::{Design, InputSample, Paired, compare, sweep};
use drawdown::{Batch, By, Error, Keep, Language, Losses, Missing, Model, Scenario, Series};
use ndarray::{Array1, Array2, Axis};

const WORLD: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-07-01
world.sites.base.garrison = { us = 300, uk = 50 }
world.sites.port.garrison.us = 120
[world.threats.group]
attacks_per_day = { pert = [0.05, 0.2, 0.9] }
rate_factor = { lognormal = { median = 1, sigma = 0.5 } }
site_weights = { base = 2, port = 1 }
presence_elasticity = { mixture = [{ weight = 1, value = 0 }, { weight = 2, value = { uniform = [0, 1] } }] }
contagion = { children_per_attack = { beta = [2, 5] }, decay_days = 5 }
[world.threats.group.weapons.rocket]
share = 1
salvo_mean = 2
[plan.transport]
people_per_day = 40
[plan.breathing_room]
pause_days = 40
extension_days = 40
[plan.rules.halt]
when.killed = { at_least = 1, in_days = 30 }
then.pause = {}
until = "quiet"
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-03-01
moves.over = { site = "base", contingent = "us", people = 200, to = "port" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-03-01
announced_finish = 2025-05-20
moves.us = { site = "port", contingent = "us" }
moves.rest = { site = "base", contingent = "us", residual = 30 }
moves.uk = { site = "base", contingent = "uk" }
"#;

fn scenario() -> Scenario {
    Scenario::from_toml_str(&WORLD.replace("until = \"quiet\"\n", "")).unwrap()
}

fn model() -> Model {
    scenario().validate().unwrap().compile()
}

fn stream(name: &str) -> Stream {
    Stream::new(11, 0, Who::new(&[name]), Purpose::Marks)
}

fn usage<T>(result: drawdown::Result<T>) -> String {
    match result {
        Err(error @ (Error::Usage(_) | Error::Unknown { .. } | Error::NotKept)) => {
            error.to_string()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("accepted"),
    }
}

/// Where in the law of each range the values of a table lie: by the share of many draws below them.
fn places(model: &Model, sample: &InputSample) -> Array2<f64> {
    let draws = model.draw_inputs(3, 40_000).unwrap();
    let mut sorted: Vec<Vec<f64>> = draws.columns().into_iter().map(|of| of.to_vec()).collect();
    sorted.iter_mut().for_each(|column| column.sort_by(f64::total_cmp));
    let values = sample.values();
    Array2::from_shape_fn(values.dim(), |(row, k)| {
        let below = sorted[k].partition_point(|x| *x < values[[row, k]]);
        below as f64 / sorted[k].len() as f64
    })
}

#[test]
fn a_latin_hypercube_has_one_value_in_each_part() {
    let model = model();
    for (count, seed) in [(1, 1), (7, 2), (40, 3)] {
        let sample = InputSample::latin_hypercube(&model, count, seed).unwrap();
        assert_eq!((sample.values().nrows(), sample.design()), (count, Design::LatinHypercube));
        let places = places(&model, &sample);
        for (k, path) in
            sample.paths().iter().enumerate().filter(|(_, path)| !path.contains("elast"))
        {
            let mut column = places.column(k).to_vec();
            column.sort_by(f64::total_cmp);
            for (part, place) in column.iter().enumerate() {
                let (from, to) = (part as f64 / count as f64, (part + 1) as f64 / count as f64);
                assert!((from - 0.012..to + 0.012).contains(place), "{path}: {place} in {from}");
            }
        }
    }
    let seeds = [4, 4, 5].map(|seed| InputSample::latin_hypercube(&model, 9, seed).unwrap());
    assert_eq!(seeds[0].values(), seeds[1].values());
    assert_ne!(seeds[0].values(), seeds[2].values());
}

/// A model with so many ranges that are uniform from 0 to 1, so that values are points.
fn cube(ranges: usize) -> Model {
    let threat = |k: usize| {
        format!("[world.threats.t{k}]\nattacks_per_day = {{ uniform = [0, 1] }}\nweapons = {{}}\n")
    };
    let threats: String = (0..ranges).map(threat).collect();
    let text = format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2025-02-01\n\
         world.sites.base.garrison.us = 10\n{threats}"
    );
    Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile()
}

#[test]
fn sobol_points_are_even_in_every_projection() {
    let model = cube(9);
    for seed in 0..5 {
        let sample = InputSample::sobol(&model, 256, seed).unwrap();
        let points = sample.values();
        // In one dimension: one in each of as many parts as there are points.
        for column in points.columns() {
            let mut parts: Vec<usize> = column.iter().map(|u| (u * 256.0) as usize).collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..256).collect::<Vec<_>>());
        }
        // In the first two: one in each box of 2^-a by 2^-b, however it is shaped (a net).
        for a in 0..=8u32 {
            let (wide, high) = (f64::from(1 << a), f64::from(1 << (8 - a)));
            let mut boxes: Vec<(usize, usize)> = (points.rows().into_iter())
                .map(|row| ((row[0] * wide) as usize, (row[1] * high) as usize))
                .collect();
            boxes.sort_unstable();
            boxes.dedup();
            assert_eq!(boxes.len(), 256, "seed {seed}, boxes of 2^-{a}");
        }
        // In any two as many in each quarter, in any three in each eighth.
        for (a, b) in (0..9).flat_map(|a| (0..a).map(move |b| (a, b))) {
            let quarter = points.rows().into_iter().filter(|row| row[a] < 0.5 && row[b] < 0.5);
            assert_eq!(quarter.count(), 64, "{a} {b}");
        }
    }
    // A smooth function has far less noise than over as many independent points.
    let error = |sample: InputSample| {
        let f = |row: ndarray::ArrayView1<f64>| {
            row.iter().map(|u| 1.0 + 0.5 * (u - 0.5)).product::<f64>()
        };
        let sum: f64 = sample.values().rows().into_iter().map(f).sum();
        sum / 256.0 - 1.0
    };
    let square = |of: &dyn Fn(u64) -> f64| (0..30).map(|k| of(k).powi(2)).sum::<f64>();
    let even = square(&|k| error(InputSample::sobol(&model, 256, k).unwrap()));
    let random = square(&|k| error(InputSample::random(&model, 256, k).unwrap()));
    assert!(even < 0.05 * random, "{even} {random}");
    assert!(usage(InputSample::sobol(&model, 100, 1)).contains("power of two"));
    assert!(usage(InputSample::sobol(&model, 1 << 17, 1)).contains("65536"));
}

#[test]
fn points_become_the_quantiles_of_their_ranges() {
    let model = model();
    let mut stream = stream("points");
    let points = Array2::from_shape_fn((30, model.input_paths().len()), |_| stream.uniform());
    let sample = InputSample::from_unit_points(&model, points.view()).unwrap();
    let tree = scenario().to_tree();
    for (k, path) in sample.paths().iter().enumerate() {
        let mut node = &toml::Value::Table(tree.clone());
        for key in drawdown::scenario::split_path(path).unwrap() {
            node = &node[key.as_str()];
        }
        let law: drawdown::law::Range = node.clone().try_into().unwrap();
        for row in 0..30 {
            assert_eq!(sample.values()[[row, k]], law.at(points[[row, k]]), "{path}");
        }
    }
    let few = Array2::zeros((3, 1));
    assert!(usage(InputSample::from_unit_points(&model, few.view())).contains("column for each"));
    let beyond = Array2::from_elem((1, points.ncols()), 1.5);
    assert!(usage(InputSample::from_unit_points(&model, beyond.view())).contains("row 0 has 1.5"));
    assert!(usage(InputSample::from_values(&model, beyond)).contains("is from"));
    assert!(usage(InputSample::random(&cube(0), 3, 1)).contains("no ranges"));
    assert!(usage(InputSample::random(&model, 0, 1)).contains("one draw or more"));
}

#[test]
fn a_row_is_run_as_the_scenario_with_its_numbers() {
    let model = model();
    let sample = InputSample::latin_hypercube(&model, 12, 7).unwrap();
    let rows = sample.sound_rows();
    let together = sample.applied(&model, 1).unwrap();
    for (trial, row) in rows.iter().enumerate() {
        let scenario = sample.scenario(&model, *row).unwrap();
        let alone = scenario.validate().unwrap().compile().trial(5, trial as u64).unwrap();
        assert_eq!(
            together.trial(5, trial as u64).unwrap().row()[..4],
            alone.row()[..4],
            "row {row}"
        );
    }
    assert!(usage(sample.scenario(&model, 12)).contains("no row 12"));
    assert!(usage(sample.applied(&cube(2), 1)).contains("other ranges"));
}

#[test]
fn exact_intervals_leave_a_fortieth_on_each_side() {
    let mut stream = stream("exact");
    let tail = |trials: u32, p: f64, of: &dyn Fn(u32) -> bool| -> f64 {
        let mut ln = 0.0;
        let mut sum = 0.0;
        for k in 0..=trials {
            if k > 0 {
                ln += f64::from(trials - k + 1).ln() - f64::from(k).ln();
            }
            if of(k) {
                sum += (ln + f64::from(k) * p.ln() + f64::from(trials - k) * (-p).ln_1p()).exp();
            }
        }
        sum
    };
    for _ in 0..60 {
        let trials = 1 + (stream.uniform() * 3_000.0) as u32;
        let hits = (stream.uniform() * f64::from(trials + 1)) as u32;
        let (low, high) = clopper_pearson(hits.into(), trials.into(), 0.95);
        if hits > 0 {
            let up = tail(trials, low, &|k| k >= hits);
            assert!((up - 0.025).abs() < 1e-9, "{hits} of {trials}: {up}");
        }
        if hits < trials {
            let down = tail(trials, high, &|k| k <= hits);
            assert!((down - 0.025).abs() < 1e-9, "{hits} of {trials}: {down}");
        }
    }
    assert_eq!(clopper_pearson(0.0, 0.0, 0.95), (0.0, 1.0));
    assert_eq!(clopper_pearson(5.0, 5.0, 0.95).1, 1.0);
}

#[test]
fn chances_of_draws_go_by_the_draws() {
    // As many trials to each: the error is that of the mean of the draws' shares.
    let hits = [3.0, 0.0, 5.0, 1.0, 2.0, 4.0];
    let found = Chance::of_draws(&hits, &[5.0; 6]);
    let shares = hits.map(|hits| hits / 5.0);
    let mean = shares.iter().sum::<f64>() / 6.0;
    let variance = shares.map(|share| (share - mean).powi(2)).iter().sum::<f64>() / 5.0;
    assert!((found.share - mean).abs() < 1e-15);
    assert!((found.standard_error - (variance / 6.0).sqrt()).abs() < 1e-15);
    // Four draws have both: with 3 degrees of freedom t is 3.182446 (tables).
    let sure = NORMAL_95 / 3.182_446_305_284;
    let worth = mean * (1.0 - mean) / (variance / 6.0) * sure * sure;
    assert!((found.worth - worth.clamp(6.0, 30.0)).abs() < 1e-6, "{}", found.worth);
    let alike = Chance::of_draws(&[5.0, 0.0, 0.0], &[5.0; 3]);
    assert_eq!(alike.worth, 3.0, "the trials of each draw are alike");
    let never = Chance::of_count(0.0, 10.0, None);
    assert!(never.standard_error.is_nan() && never.low == 0.0 && never.high > 0.3);
}

#[test]
fn estimates_are_means_with_their_errors() {
    let mut stream = stream("estimates");
    for round in 0..40 {
        let count = 2 + (stream.uniform() * 700.0) as usize;
        let mut value = || match stream.uniform() {
            u if u < 0.1 => f64::NAN,
            u => (100.0 * u).floor(),
        };
        let values: Vec<f64> = (0..count).map(|_| value()).collect();
        let there: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let n = there.len() as f64;
        let mean = there.iter().sum::<f64>() / n;
        let found = Estimate::of(&values, 1);
        if n < 2.0 {
            continue;
        }
        let variance = there.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        assert!((found.mean - mean).abs() < 1e-12 * mean, "round {round}");
        assert!((found.standard_error - (variance / n).sqrt()).abs() < 1e-9);
        assert!((found.high - found.mean - NORMAL_95 * found.standard_error).abs() < 1e-9);
        // Trials that are alike in pairs are worth half as many.
        let twice: Vec<f64> = there.iter().flat_map(|x| [*x, *x]).collect();
        let pairs = Estimate::of(&twice, 2);
        assert!((pairs.standard_error - found.standard_error).abs() < 1e-9);
    }
    let nothing = Estimate::of(&[], 1);
    assert!(nothing.mean.is_nan() && nothing.standard_error.is_nan());
}

#[test]
fn plans_are_paired_trial_by_trial() {
    let mut stream = stream("pairs");
    for name in ["finish_days", "buffer_days", "attacks_on_the_way", "attacks", "expelled"] {
        let count = 3 + (stream.uniform() * 300.0) as usize;
        let mut values = || -> Array1<f64> {
            let value = |u: f64| match name {
                "expelled" => (2.0 * u).floor(),
                "attacks" => (9.0 * u).floor(),
                _ if u < 0.2 => f64::NAN,
                _ => (9.0 * u).floor(),
            };
            (0..count).map(|_| value(stream.uniform())).collect()
        };
        let (plan, base) = (values(), values());
        let found = Paired::new(name, plan.view(), Some(base.view()), 1);
        let rank = |x: f64| match (x.is_nan(), Missing::of(name)) {
            (false, _) => Some(x),
            (true, Missing::Later) => Some(1e9),
            (true, Missing::Less) => Some(-1e9),
            (true, _) => None,
        };
        let ranks: Vec<(f64, f64)> =
            plan.iter().zip(&base).filter_map(|(a, b)| rank(*a).zip(rank(*b))).collect();
        let share = |of: &dyn Fn(f64, f64) -> bool| {
            ranks.iter().filter(|(a, b)| of(*a, *b)).count() as f64 / ranks.len() as f64
        };
        assert_eq!(found.lower, share(&|a, b| a < b), "{name}");
        assert_eq!(found.equal, share(&|a, b| a == b), "{name}");
        assert_eq!(found.higher, share(&|a, b| a > b), "{name}");
        let apart: Vec<f64> =
            plan.iter().zip(&base).map(|(a, b)| a - b).filter(|x| !x.is_nan()).collect();
        assert_eq!(found.pairs, apart.len() as u64, "{name}");
        let mean = apart.iter().sum::<f64>() / apart.len() as f64;
        assert!((found.difference.mean - mean).abs() < 1e-12, "{name}");
        let itself = Paired::new(name, plan.view(), None, 1);
        assert!(itself.equal == 1.0 && itself.difference.high == 0.0, "{name}");
    }
    // A difference of chances that is seen in no trial is not known to be 0 (Bonett & Price).
    let zero = Array1::zeros(50);
    let found = Paired::new("expelled", zero.view(), Some(zero.view()), 1).difference;
    let reach = NORMAL_95 * (2.0f64 / 52.0 / 52.0).sqrt();
    assert!((found.high - reach).abs() < 1e-12 && (found.low + reach).abs() < 1e-12);
}

#[test]
fn compared_plans_meet_the_same_luck() {
    let without = scenario().replace([("plan.rules", None)]).unwrap();
    let plans = [("with", model()), ("without", without.validate().unwrap().compile())];
    let batch = Batch::new(60, 3);
    let found = compare(plans.clone(), &batch).unwrap();
    assert_eq!(found.plans().collect::<Vec<_>>(), ["with", "without"]);
    let runs = plans.each_ref().map(|(_, model)| model.simulate(&batch).unwrap());
    for by in [By::Total, By::Site, By::Phase, By::Rule] {
        let ids = if by == By::Total { vec![String::new()] } else { runs[0].ids(by).to_vec() };
        let rows = found.table(by).unwrap();
        for row in &rows {
            let run = &runs[usize::from(row.plan == "without")];
            let k = ids.iter().position(|id| *id == row.id).unwrap();
            let of =
                |run: &drawdown::Run| run.values(row.measure, by).unwrap().column(k).to_owned();
            let ours = of(run);
            let base = (row.plan == "without").then(|| of(&runs[0]));
            let due = Paired::new(row.measure, ours.view(), base.as_ref().map(|b| b.view()), 1);
            assert_eq!(format!("{:?}", row.paired), format!("{due:?}"));
        }
        let plans = if by == By::Rule { 1 } else { 2 };
        let measures = drawdown::MEASURES.iter().filter(|measure| measure.by == by).count();
        assert_eq!(rows.len(), plans * measures * ids.len(), "{by:?}");
    }
    let turned = found.against("without").unwrap();
    let mean = |rows: &[drawdown::study::Contrast]| {
        let of = |row: &&drawdown::study::Contrast| row.measure == "attacks" && row.plan == "with";
        rows.iter().find(of).unwrap().difference.mean
    };
    assert_ne!(mean(&turned.table(By::Total).unwrap()), 0.0);
    assert!(usage(turned.run("other")).contains("there are with, without"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let later = scenario().replace([("horizon", Some("2025-08-01".into()))]).unwrap();
    let later = later.validate().unwrap().compile();
    let batch = Batch::new(5, 1);
    assert!(usage(compare([("one", model())], &batch)).contains("two plans"));
    assert!(usage(compare([("a", model()), ("a", model())], &batch)).contains("called `a`"));
    assert!(usage(compare([("a", model()), ("b", later)], &batch)).contains("2025-08-01"));
    let summary = batch.keep(Keep::Summary);
    assert!(usage(compare([("a", model()), ("b", model())], &summary)).contains("summary"));
}

#[test]
fn a_sweep_compares_every_point_with_the_first() {
    let days = [0, 20, 40].map(toml::Value::from);
    let people = [40, 80].map(toml::Value::from);
    let levels = [
        ("plan.breathing_room.pause_days", &days[..]),
        ("plan.transport.people_per_day", &people[..]),
    ];
    let found = sweep(&scenario(), &levels, &Batch::new(20, 9)).unwrap();
    let points: Vec<Vec<i64>> = (found.points())
        .map(|point| point.values.iter().filter_map(toml::Value::as_integer).collect())
        .collect();
    assert_eq!(points, [[0, 40], [0, 80], [20, 40], [20, 80], [40, 40], [40, 80]]);
    let first = found.points().next().unwrap().run.clone();
    let rows = found.table(By::Total).unwrap();
    for (k, point) in found.points().enumerate() {
        let changed = scenario()
            .replace(
                levels
                    .map(|(path, _)| path)
                    .into_iter()
                    .zip(point.values.iter().cloned().map(Some)),
            )
            .unwrap();
        let alone = changed.validate().unwrap().compile().simulate(&Batch::new(20, 9)).unwrap();
        let attacks = |run: &drawdown::Run| run.values("attacks", By::Total).unwrap().to_owned();
        assert_eq!(attacks(point.run), attacks(&alone));
        let row = rows.iter().filter(|row| row.measure == "attacks").nth(k).unwrap();
        let due = (attacks(&alone) - attacks(&first)).mean().unwrap();
        assert!((row.difference.mean - due).abs() < 1e-12);
    }
    let twice = [days[0].clone(), days[0].clone()];
    let again = [("plan.breathing_room.pause_days", &twice[..])];
    assert!(usage(sweep(&scenario(), &again, &Batch::new(2, 1))).contains("different values"));
    assert!(usage(sweep(&scenario(), &[], &Batch::new(2, 1))).contains("a path"));
}

#[test]
fn exceedance_counts_trials_whatever_was_kept() {
    let model = model();
    let trials = model.simulate(&Batch::new(150, 4)).unwrap();
    let summary = model.simulate(&Batch::new(150, 4).keep(Keep::Summary)).unwrap();
    for (measure, of, name) in [
        ("attacks", Losses::Aggregate, "attacks"),
        ("finish_days", Losses::Aggregate, "finish_days"),
        ("casualties", Losses::Occurrence, "worst_attack"),
    ] {
        let values = trials.values(name, By::Total).unwrap().column(0).to_owned();
        for row in trials.exceedance(measure, of, None).unwrap() {
            let reached = values.iter().filter(|x| x.is_nan() || **x >= row.level).count() as f64;
            let due = Chance::of_count(reached, 150.0, None);
            assert_eq!(format!("{:?}", row.chance), format!("{due:?}"), "{measure}");
        }
        let levels = [-1.0, 0.0, 3.0, 1e9];
        let ours = trials.exceedance(measure, of, Some(&levels)).unwrap();
        let theirs = summary.exceedance(measure, of, Some(&levels)).unwrap();
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }
    // Trials that share draws.
    let sample = InputSample::random(&model, 15, 1).unwrap();
    let shared = sample.applied(&model, 10).unwrap().simulate(&Batch::new(150, 4)).unwrap();
    let values = shared.values("attacks", By::Total).unwrap().column(0).to_vec();
    for row in shared.exceedance("attacks", Losses::Aggregate, Some(&[5.0, 20.0])).unwrap() {
        let hits = values.chunks(10).map(|draw| draw.iter().filter(|x| **x >= row.level).count());
        let hits: Vec<f64> = hits.map(|count| count as f64).collect();
        let due = Chance::of_draws(&hits, &[10.0; 15]);
        assert_eq!(format!("{:?}", row.chance), format!("{due:?}"));
    }
    assert!(usage(trials.exceedance("cost", Losses::Occurrence, None)).contains("worst attacks"));
    assert!(usage(trials.exceedance("none", Losses::Aggregate, None)).contains("no measure"));
    assert!(
        usage(trials.exceedance("attacks", Losses::Aggregate, Some(&[f64::NAN])))
            .contains("number")
    );
    let stay =
        scenario().replace([("plan", None), ("horizon", Some("2025-07-01".into()))]).unwrap();
    let stay = stay.validate().unwrap().compile().simulate(&Batch::new(5, 4)).unwrap();
    let way = stay.exceedance("attacks_on_the_way", Losses::Aggregate, None);
    assert!(usage(way).contains("no value in 5 of 5"));
}

#[test]
fn who_is_where_in_a_trial_is_what_weeks_count() {
    for (name, trials) in [("iraq-2024", 4), ("afghanistan-2021", 2), ("iraq-2011", 2)] {
        let model = Scenario::example(name).unwrap().validate().unwrap().compile();
        assert_agrees(&model, trials);
    }
    assert_agrees(&model(), 6);
}

#[track_caller]
fn assert_agrees(model: &Model, trials: u64) {
    for seed in 0..trials {
        let run = model.simulate(&Batch::new(1, seed)).unwrap();
        let presence = run.trial(0).unwrap().presence(model).unwrap();
        let sites = run.ids(By::Site);
        assert_eq!(presence.people.dim().1, sites.len());
        for (k, site) in sites.iter().enumerate() {
            let weekly = run.bands(&Series::PeopleAt(site.clone()), &[]).unwrap().mean;
            for (week, people) in weekly.iter().enumerate() {
                let moment = presence.days.partition_point(|day| *day <= 7.0 * week as f64) - 1;
                let there: u32 = presence.people.index_axis(Axis(0), moment).row(k).sum();
                assert_eq!(f64::from(there), *people, "seed {seed}, {site}, week {week}");
            }
        }
        let left = run.values("people_left", By::Contingent).unwrap();
        let last = presence.people.index_axis(Axis(0), presence.days.len() - 1).sum_axis(Axis(0));
        let last = last.mapv(f64::from);
        assert_eq!(last, left.row(0), "seed {seed}");
    }
}

#[test]
fn every_weekly_series_can_be_asked_for() {
    let iraq = Scenario::example("iraq-2024").unwrap().validate().unwrap().compile();
    let run = iraq.simulate(&Batch::new(20, 1)).unwrap();
    for series in run.series() {
        let bands = run.bands(&series, &[0.5]).unwrap();
        assert_eq!(bands.mean.len(), iraq.weeks(), "{series:?}");
    }
    let names =
        |run: &drawdown::Run| -> Vec<&str> { run.series().iter().map(Series::as_str).collect() };
    let there = iraq.scenario().world.insurgency.is_some();
    assert_eq!(names(&run).contains(&"insurgent_strength"), there);
    let plain = model().simulate(&Batch::new(2, 1)).unwrap();
    assert_eq!(names(&plain), ["people", "attacks", "wounded", "killed"]);
}

#[test]
fn a_description_is_its_sections() {
    for name in ["minimal", "iraq-2024", "iraq-2011", "afghanistan-2021"] {
        let model = Scenario::example(name).unwrap().validate().unwrap().compile();
        let sections = model.description();
        let text: Vec<String> = (sections.iter())
            .map(|section| format!("{}\n{}\n", section.title, section.lines.join("\n")))
            .collect();
        assert_eq!(model.describe(), text.join("\n"));
        for section in &sections {
            assert!(!section.lines.is_empty(), "{section:?}");
            assert!(section.lines.iter().all(|line| !line.contains('\n')), "{section:?}");
        }
        let plan = sections.iter().find(|section| section.title == "The plan").unwrap();
        for rule in model.scenario().plan.rules.keys() {
            let lines = model.describe_rule(rule);
            assert!(lines[0].starts_with("  Breathing room: "), "{lines:?}");
            assert!(lines.iter().any(|line| line.starts_with(&format!("  Rule {rule}"))));
            assert!(lines.iter().all(|line| plan.lines.contains(line)), "{lines:?}");
        }
        assert!(model.describe_rule("no such rule").is_empty());
        for &language in Language::ALL {
            let sections = model.description_in(language);
            for rule in model.scenario().plan.rules.keys() {
                for line in model.describe_rule_in(rule, language) {
                    assert!(sections.iter().any(|section| section.lines.contains(&line)), "{line}");
                }
            }
        }
    }
}
