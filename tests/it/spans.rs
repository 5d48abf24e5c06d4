//! What falls in a month, in a phase and in one attack, counted anew from what happened.

use std::collections::BTreeMap;

use drawdown::{Batch, By, Event, History, Kind, Model, Run, Scenario, Series};

const COUNTS: [&str; 3] = ["attacks", "wounded", "killed"];

fn iraq() -> Model {
    Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()
}

/// Attacks, wounded and killed of the events that are counted.
fn count<'a>(events: impl Iterator<Item = &'a Event>) -> [f64; 3] {
    let mut counts = [0.0; 3];
    for event in events {
        match event.kind {
            Kind::Attack | Kind::AttackIntercepted => counts[0] += 1.0,
            Kind::Wounded => counts[1] += f64::from(event.count),
            Kind::Killed => counts[2] += f64::from(event.count),
            _ => {}
        }
    }
    counts
}

/// The month of a moment, in days from the start: the text of its date.
fn month(model: &Model, days: f64) -> String {
    model.date(days).unwrap().to_string()[..7].to_owned()
}

fn value(run: &Run, trial: &History, name: &str, by: By, k: usize) -> f64 {
    run.values(name, by).unwrap()[[trial.index as usize, k]]
}

#[test]
fn months_are_those_of_the_calendar() {
    let scenario = Scenario::example("minimal").unwrap();
    let months = |horizon: &str| {
        let horizon = [("horizon", Some(toml::Value::String(horizon.into())))];
        let model = scenario.replace(horizon).unwrap().validate().unwrap().compile();
        model.simulate(&Batch::new(1, 1)).unwrap().ids(By::Month).to_vec()
    };
    assert_eq!(months("2026-01-01").len(), 12, "nothing is left of January 2026");
    assert_eq!(months("2026-01-02").len(), 13);
    assert_eq!(
        (months("2026-01-02")[0].as_str(), months("2026-01-02")[12].as_str()),
        ("2025-01", "2026-01")
    );
}

#[test]
fn counts_by_month_are_those_of_the_events() {
    let model = iraq();
    let run = model.simulate(&Batch::new(12, 3)).unwrap();
    for index in 0..12 {
        let trial = run.trial(index).unwrap();
        for (k, id) in run.ids(By::Month).iter().enumerate() {
            let expected = count(trial.events.iter().filter(|e| month(&model, e.days) == *id));
            let found = COUNTS.map(|name| value(&run, &trial, name, By::Month, k));
            assert_eq!(found, expected, "{id} of trial {index}");
        }
    }
}

#[test]
fn person_days_by_month_are_those_of_the_lifts() {
    let model = iraq();
    let run = model.simulate(&Batch::new(5, 3)).unwrap();
    let garrison: f64 = 1180.0 + 1060.0 + 1230.0 + 900.0;
    for index in 0..5 {
        let trial = run.trial(index).unwrap();
        let home = |e: &&Event| e.kind == Kind::Lift && e.to.is_none() || e.kind == Kind::Departure;
        let home = trial.events.iter().filter(home);
        let back = trial.events.iter().filter(|e| e.kind == Kind::WentBackIn);
        let mut days: BTreeMap<String, f64> = BTreeMap::new();
        for day in 0..model.horizon_days() as i32 {
            let midnight = f64::from(day);
            // Everybody who is here for the whole day, less the part after each departure.
            let gone = |e: &Event| f64::from(e.count) * (midnight + 1.0 - e.days).clamp(0.0, 1.0);
            let gone: f64 =
                home.clone().map(gone).sum::<f64>() - back.clone().map(gone).sum::<f64>();
            *days.entry(month(&model, midnight)).or_default() += garrison - gone;
        }
        for (k, id) in run.ids(By::Month).iter().enumerate() {
            let found = value(&run, &trial, "person_days", By::Month, k);
            assert!((found - days[id]).abs() < 1e-3, "{id}: {found} for {}", days[id]);
        }
    }
}

#[test]
fn counts_by_phase_are_those_from_its_start_to_its_finish() {
    // So near a horizon, some trials do not finish the second phase.
    let horizon = [("horizon", Some(toml::Value::String("2027-01-10".into())))];
    let scenario = Scenario::example("iraq-2024").unwrap().replace(horizon).unwrap();
    let model = scenario.validate().unwrap().compile();
    let horizon = model.horizon_days();
    let run = model.simulate(&Batch::new(40, 3)).unwrap();
    let mut unfinished = 0;
    for index in 0..40 {
        let trial = run.trial(index).unwrap();
        for k in 0..run.ids(By::Phase).len() {
            let when = |name| value(&run, &trial, name, By::Phase, k);
            let (from, until) = (when("start_days"), when("finish_days"));
            unfinished += usize::from(from.is_finite() && until.is_nan());
            let until = if until.is_nan() { horizon } else { until };
            let under_way = |e: &&Event| from <= e.days && e.days <= until + 1e-6;
            let expected = count(trial.events.iter().filter(under_way));
            let found = COUNTS.map(|name| value(&run, &trial, name, By::Phase, k));
            assert_eq!(found, expected, "phase {k} of trial {index}");
        }
    }
    assert!(unfinished > 0, "no trial shows a phase that the horizon cut short");
}

#[test]
fn the_worst_attack_is_that_of_the_events() {
    let run = iraq().simulate(&Batch::new(40, 3)).unwrap();
    for index in 0..40 {
        let trial = run.trial(index).unwrap();
        let mut attacks: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
        for event in &trial.events {
            let Some(attack) = event.attack else { continue };
            let [_, wounded, killed] = count(std::iter::once(event));
            let of_attack = attacks.entry(attack).or_default();
            *of_attack = [of_attack[0] + wounded, of_attack[1] + killed];
        }
        let most = |of: fn(&[f64; 2]) -> f64| attacks.values().map(of).fold(0.0, f64::max);
        assert_eq!(trial.total("worst_attack_wounded"), Some(most(|[wounded, _]| *wounded)));
        assert_eq!(trial.total("worst_attack_killed"), Some(most(|[_, killed]| *killed)));
        assert_eq!(trial.total("worst_attack"), Some(most(|[wounded, killed]| wounded + killed)));
        let [_, wounded, killed] = count(trial.events.iter());
        assert_eq!(trial.total("casualties"), Some(wounded + killed));
    }
}

#[test]
fn months_add_up_to_the_whole() {
    let run = iraq().simulate(&Batch::new(300, 5)).unwrap();
    for name in ["attacks", "wounded", "killed", "person_days"] {
        let by_month = run.values(name, By::Month).unwrap();
        let total = run.values(name, By::Total).unwrap();
        for (months, total) in by_month.rows().into_iter().zip(total) {
            let tolerance = if name == "person_days" { 1e-4 } else { 0.0 };
            assert!((months.sum() - total).abs() <= tolerance, "{name}: {} {total}", months.sum());
        }
    }
}

#[test]
fn weekly_series_agree_with_the_logs() {
    // A rule that looks at once moves people between two attacks.
    let scenario = Scenario::from_toml_str(
        r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28
[world.sites.base]
garrison = { us = 100 }
[world.threats.group]
attacks_per_day = 0.5
weapons.rocket = { share = 1, salvo_mean = 3 }
contagion = { children_per_attack = 0.5, decay_days = 5 }
[plan.phases.leave]
announced_start = 2025-02-01
announced_finish = 2025-09-01
moves.out = { site = "base", contingent = "us" }
[plan.rules.more]
when = { attacks = { in_days = 10, at_least = 6 } }
then.reinforce = { site = "base", contingent = "us", people = 17 }
at_once = true
cooldown_days = 9
"#,
    );
    let model = scenario.unwrap().validate().unwrap().compile();
    let trials = 100;
    let run = model.simulate(&Batch::new(trials, 3)).unwrap();
    let weeks = model.weeks();
    let mut expected = [Series::People, Series::Attacks, Series::Wounded, Series::Killed]
        .map(|series| (series, vec![0.0; weeks]));
    expected[0].1.fill(100.0 * trials as f64);
    for index in 0..trials {
        for event in model.trial(3, index).unwrap().events {
            let (which, amount) = match event.kind {
                Kind::Reinforced => (0, f64::from(event.count)),
                Kind::Lift => (0, -f64::from(event.count)),
                Kind::Attack | Kind::AttackIntercepted => (1, 1.0),
                Kind::Wounded => (2, f64::from(event.count)),
                Kind::Killed => (3, f64::from(event.count)),
                _ => continue,
            };
            let after = |week: &usize| *week as f64 * 7.0 >= event.days;
            for week in (0..weeks).filter(after) {
                expected[which].1[week] += amount;
            }
        }
    }
    for (series, sums) in &expected {
        let means = run.bands(series, &[]).unwrap().mean;
        let off = |week: &usize| (means[*week] * trials as f64 - sums[*week]).abs() > 1e-6;
        assert_eq!((0..weeks).find(off), None, "{series:?}: the first week that is off");
        assert!(sums[weeks - 1] != sums[0], "{series:?} moves");
    }
}
