//! Trials that take long: foreseen, warned of, refused beyond a limit, and given up on demand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use drawdown::scenario::{Actions, Detachment};
use drawdown::{Batch, By, Checked, Code, Keep, MEASURES, Model, Run, Scenario, Series};

const PLAIN: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison = { us = 3000, uk = 2000 }
[world.threats.group]
attacks_per_day = 0.2
weapons.drone = { share = 1, salvo_mean = 1 }
[plan.phases.leave]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.out = { site = "base", contingent = "us" }
"#;

fn checked(changes: &[(&str, &str)]) -> Checked {
    let text = changes.iter().fold(PLAIN.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    Checked::from_toml_str(&text).unwrap_or_else(|error| panic!("{text}{error}"))
}

const OFTEN: (&str, &str) = ("attacks_per_day = 0.2", "attacks_per_day = 2000");
const LARGE: (&str, &str) = ("salvo_mean = 1 }", "salvo_mean = 1000000 }");
const CROWD: (&str, &str) = ("us = 3000", "us = 9000000");

#[test]
fn trials_that_take_long_are_warned_of_where_it_goes() {
    let warned = |changes: &[(&str, &str)]| {
        let slow = checked(changes).warnings().into_iter().filter(|one| one.code == Code::Slow);
        slow.map(|one| one.path).collect::<Vec<_>>()
    };
    for quick in [vec![], vec![OFTEN], vec![LARGE], vec![CROWD]] {
        assert_eq!(warned(&quick), [""; 0], "{quick:?}");
    }
    let salvo = "world.threats.group.weapons.drone.salvo_mean".to_owned();
    assert_eq!(warned(&[OFTEN, LARGE, CROWD]), [salvo]);
}

#[test]
fn trials_that_take_too_long_are_refused_unless_allowed() {
    let model = checked(&[OFTEN, LARGE, CROWD]).compile();
    let seconds = model.seconds_per_trial();
    let begin = |most: f64| model.begin(&Batch::new(10, 1).seconds_per_trial(most)).map(|_| ());
    assert!(begin(seconds + 1.0).is_ok());
    let error = begin(seconds / 2.0).unwrap_err().to_string();
    for words in ["seconds_per_trial", "`world.threats.group.weapons.drone.salvo_mean`"] {
        assert!(error.contains(words), "{error}");
    }
    let quick = checked(&[]).compile().seconds_per_trial();
    assert!(quick < 0.001, "{quick}");
}

/// A batch that is given up when a rule has looked so often, in the middle of a trial.
fn given_up(model: &Model, looks: u64, threads: usize, keep: Keep) -> Run {
    let looked = Arc::new(AtomicU64::new(0));
    let stop = Arc::new(std::sync::Mutex::new(None::<drawdown::Stop>));
    let (count, word) = (looked.clone(), stop.clone());
    let kept = Detachment { site: "base".into(), contingent: "us".into(), people: 1 };
    let then = Actions { keep_residual: Some(kept), ..Actions::default() };
    let watched = model
        .clone()
        .with_rule("watch", &then, move |_| {
            if count.fetch_add(1, Ordering::Relaxed) == looks {
                word.lock().unwrap().iter().for_each(drawdown::Stop::set);
            }
            false
        })
        .unwrap();
    let batch = Batch::new(3_000, 5).threads(threads).keep(keep);
    let mut running = watched.begin(&batch).unwrap();
    *stop.lock().unwrap() = Some(running.stop());
    while running.advance(Duration::from_millis(20)).unwrap() {}
    assert!(!running.advance(Duration::ZERO).unwrap(), "nothing more is run");
    running.finish()
}

#[test]
fn what_is_given_up_in_the_middle_of_a_trial_leaves_those_before_it() {
    let model = checked(&[]).compile();
    for keep in [Keep::Trials, Keep::Summary] {
        for threads in [1, 2, 3] {
            for looks in [0, 7, 170, 4_000, 25_000] {
                let run = given_up(&model, looks, threads, keep);
                assert!(run.trials() < 3_000);
                if run.trials() == 0 {
                    continue;
                }
                let whole = Batch::new(run.trials(), 5).keep(keep);
                let whole = model.simulate(&whole).unwrap();
                for series in [Series::People, Series::Attacks, Series::Wounded] {
                    let bands = |run: &Run| run.bands(&series, &[0.1, 0.5, 1.0]).unwrap();
                    assert_eq!(bands(&run), bands(&whole), "{series:?} {threads} {looks}");
                }
                for measure in MEASURES.iter().filter(|measure| measure.by != By::Rule) {
                    let of = |run: &Run| {
                        let all = run.distribution(measure.name, measure.by).unwrap();
                        format!("{all:?}")
                    };
                    assert_eq!(of(&run), of(&whole), "{} {threads} {looks}", measure.name);
                }
            }
        }
    }
    // On one thread every trial that was finished counts, and there is a look every week.
    let run = given_up(&model, 52 * 20 + 7, 1, Keep::Trials);
    assert_eq!(run.trials(), 20);
}

/// Each of the people is hurt, if anybody is: a trial of a million attacks of a million projectiles
/// at millions of people takes seconds, not days.
#[test]
fn casualties_of_crowds_are_shared_out_at_one_blow() {
    let harm = (
        "[plan.phases",
        "harm = { no_casualty = 0, scale = 1e12, killed_share = 0.3 }\n[plan.phases",
    );
    let defence = (
        "[world.threats.group]",
        "world.sites.base.air_defence.intercept.drone = 0\n[world.threats.group]",
    );
    let alone = ("attacks_per_day = 0.2", "attacks_per_day = 0.02");
    let text = [harm, defence, alone, CROWD]
        .iter()
        .fold(PLAIN.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    let model = Scenario::from_toml_str(&text).unwrap().validate().unwrap().compile();
    let run = model.simulate(&Batch::new(400, 3)).unwrap();
    let values = |name: &str, by: By| run.values(name, by).unwrap().to_owned();
    let (wounded, killed) = (values("wounded", By::Total), values("killed", By::Total));
    let share = killed.sum() / (wounded.sum() + killed.sum());
    // Hundreds of millions of casualties, each killed with probability 0.3.
    assert!((share - 0.3).abs() < 0.001, "{share}");
    // Nobody of the smaller contingent leaves: of its people as large a share is hurt in each attack
    // before anybody leaves as of the others.
    let by = values("wounded", By::Contingent) + values("killed", By::Contingent);
    let attacks = values("attacks", By::Total).sum();
    let all = by.sum();
    assert!(all > 1e8 && all <= attacks * 9_002_000.0, "{all} of {attacks} attacks");
    for row in 0..400 {
        let (uk, us) = (by[[row, 0]], by[[row, 1]]);
        let attacks = values("attacks", By::Total)[[row, 0]];
        assert!(uk <= 2_000.0 * attacks && us <= 9_000_000.0 * attacks);
    }
}
