//! Attacks come family by family where nobody looks at them, and one after another where somebody
//! does: the same attacks.

use drawdown::{Batch, By, Kind, MEASURES, Model, Run, Scenario, Series};

/// Looks, at every attack, and never acts.
const ONLOOKER: &str = "[plan.rules.onlooker]
when = { killed = { in_days = 7, at_least = 1000000 } }
then.cancel.phases = [\"leave\"]
";

/// Every mechanism that moves attacks without harm, on two sites of which one closes and reopens.
const EVERYTHING: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28
[world.areas.region]
[world.sites.east]
area = "region"
garrison = { us = 100 }
[world.sites.west]
area = "region"
garrison = { us = 100, uk = 20 }
[world.tension]
start = "calm"
states.calm = { mean_days = 40, next.war = 1 }
states.war = { mean_days = 15, next.calm = 1 }
[world.threats.group]
attacks_per_day = { calm = 0.8, war = 4 }
batch_mean = 1.5
site_weights = { east = 1, west = 1 }
presence_elasticity = 0.5
displacement = 0.3
exit_pattern = { before = 0.6, before_days = 30, after = 1.5, after_days = 40 }
grievance = { per_day = 0.05 }
contagion = { children_per_attack = 0.3, decay_days = 6, to_sites.east.west = 0.1 }
weapons = {}
[world.threats.cells]
attacks_per_day = { uniform = [0.4, 0.6] }
site_weights = { east = 1, west = 2 }
contagion = { children_per_attack = 0.2, decay_days = 30 }
weapons = {}
[world.insurgency]
strength = 0.5
growth_per_year = 1
pressure = 1
troops_share = 0.5
incidents = { per_day = 0.5, on_sites = 0.5, threat = "group" }
[world.reentry]
per_day = 0.02
forces.first = { site = "east", contingent = "us", people = 30 }
[plan.transport]
lift_every_days = 15
[plan.phases.leave]
announced_start = 2025-01-15
announced_finish = 2025-04-11
duration_ratio = { lognormal = { median = 1.3, sigma = 0.2 } }
moves.out = { site = "east", contingent = "us" }
"#;

fn model(toml: &str) -> Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}

fn run(model: &Model, trials: u64) -> Run {
    model.simulate(&Batch::new(trials, 5)).unwrap()
}

fn assert_same(alone: &Run, watched: &Run) {
    for measure in MEASURES.iter().filter(|measure| measure.by != By::Rule) {
        let bits = |run: &Run| {
            let values = run.values(measure.name, measure.by).unwrap();
            values.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(bits(alone), bits(watched), "{} by {:?}", measure.name, measure.by);
    }
    for series in [Series::Attacks, Series::People, Series::Strength] {
        let bands = |run: &Run| run.bands(&series, &[0.05, 0.5, 0.95]).unwrap();
        assert_eq!(bands(alone), bands(watched), "{series:?}");
    }
}

#[test]
fn attacks_are_the_same_family_by_family_and_one_after_another() {
    let watched = model(&format!("{EVERYTHING}{ONLOOKER}"));
    let (alone, watched) = (run(&model(EVERYTHING), 400), run(&watched, 400));
    assert_same(&alone, &watched);
    for measure in ["attacks", "incidents", "reentry"] {
        let total = alone.values(measure, By::Total).unwrap().sum();
        assert!(total > 40.0, "{measure}: {total} in 400 trials");
    }
    let (model, attacks) = (model(EVERYTHING), alone.values("attacks", By::Site).unwrap());
    for index in [0, 7, 399] {
        let events = model.trial(5, index).unwrap().events;
        for site in 0..2 {
            let on_site =
                |event: &&drawdown::Event| event.kind == Kind::Attack && event.site == Some(site);
            let logged = events.iter().filter(on_site).count();
            assert_eq!(logged as f64, attacks[[index as usize, site]], "trial {index}");
        }
        for threat in 0..2 {
            let of_it = events.iter().filter(|e| e.kind == Kind::Attack);
            let logged = of_it.filter(|event| event.threat == Some(threat)).count();
            let counted = alone.values("attacks", By::Threat).unwrap();
            assert_eq!(logged as f64, counted[[index as usize, threat]], "trial {index}");
        }
    }
}

#[test]
fn they_are_the_same_where_hundreds_wait_for_their_turn() {
    let many = EVERYTHING.replace("calm = 0.8, war = 4", "calm = 20, war = 40").replace(
        "children_per_attack = 0.3, decay_days = 6",
        "children_per_attack = 0.7, decay_days = 60",
    );
    assert_ne!(many, EVERYTHING);
    let watched = run(&model(&format!("{many}{ONLOOKER}")), 12);
    assert_same(&run(&model(&many), 12), &watched);
}

#[test]
fn a_trial_with_too_many_attacks_is_cut_at_the_same_one() {
    // 900,000 or so are expected, in families of 500 on average: some trials come to a million.
    let growing = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28
[world.sites.base]
garrison = { us = 100 }
[world.threats.group]
attacks_per_day = 3250
contagion = { children_per_attack = 0.998, decay_days = 0.05 }
weapons = {}
[world.insurgency]
strength = 0.5
growth_per_year = 1
pressure = 1
troops_share = 0.5
[plan.phases.leave]
announced_start = 2025-10-01
announced_finish = 2025-10-20
moves.out = { site = "base", contingent = "us" }
"#;
    let (alone, watched) = (model(growing), model(&format!("{growing}{ONLOOKER}")));
    let (alone, watched) = (run(&alone, 20), run(&watched, 20));
    assert_same(&alone, &watched);
    let capped = alone.values("capped", By::Total).unwrap().sum();
    assert!(0.0 < capped && capped < 20.0, "{capped} of 20 capped");
}
