//! Draws of the ranges that are kept apart while a filter weighs what happens under each.

use drawdown::By;
use drawdown::filter::{Filter, Filtered};
use drawdown::observe::Reported;

use crate::filter::{TWO_STATES, assert_near, count, exactly, model, reported};
use crate::statistics::{mean_and_se, of};

#[test]
fn draws_that_know_of_the_observations_are_kept_and_states_filtered_under_each() {
    let uncertain = TWO_STATES.replace("war = 1.5", "war = { uniform = [0.5, 3] }");
    let (rates, each) = ([1.4, 2.4, 1.7, 2.0], 1_000);
    let inputs = ndarray::Array2::from_shape_vec((4, 1), rates.to_vec()).unwrap();
    let model = model(&uncertain).with_inputs(inputs, each).unwrap();
    let mut come = rates.map(|_| Vec::new());
    for seed in 0..60 {
        let filter = Filter::new(4 * each, 9_000 + seed).apart();
        let found = model.filter(&filter, &reported()).unwrap();
        let mut held = [0; 4];
        found.ancestors.iter().for_each(|trial| held[(trial / each) as usize] += 1);
        assert_eq!(held, [each; 4], "no draw has gained weight; seed {seed}");
        to_come(&found, each).iter().zip(&mut come).for_each(|(own, come)| come.push(*own));
    }
    for (rate, come) in rates.iter().zip(&come) {
        assert_near(&format!("attacks to come at {rate} a day"), come, exactly(*rate).1);
    }
}

#[test]
fn a_draw_under_which_an_observation_is_impossible_is_lost_and_the_others_share_its_weight() {
    let rates = "calm = 0, war = { uniform = [0, 30] }";
    let uncertain = TWO_STATES.replace("calm = 0.3, war = 1.5", rates);
    let inputs = ndarray::Array2::from_shape_vec((3, 1), vec![1.0, 0.0, 2.0]).unwrap();
    let model = model(&uncertain).with_inputs(inputs, 300).unwrap();
    let observed = [count(0.0, 30.0, Reported::About { count: 3, sigma: 0.5 })];
    let found = model.filter(&Filter::new(900, 3).apart(), &observed).unwrap();
    let of = |row: u64| found.ancestors.iter().filter(|trial| *trial / 300 == row).count();
    assert_eq!([of(0), of(1), of(2)], [450, 0, 450]);
}

#[test]
fn draws_are_kept_apart_only_where_several_trials_share_one() {
    let fault = model(TWO_STATES).filter(&Filter::new(10, 1).apart(), &reported()).unwrap_err();
    assert!(fault.to_string().contains("two or more trials each"), "{fault}");
}

/// Attacks to come by draw, of draws with so many particles each.
fn to_come(found: &Filtered, each: u64) -> Vec<f64> {
    let attacks = of(&found.run, "attacks", By::Month, 2);
    attacks.chunks(each as usize).map(|own| mean_and_se(own).0).collect()
}

#[test]
fn a_draw_of_too_few_particles_is_filtered_again_with_more_of_them() {
    let uncertain = TWO_STATES.replace("war = 1.5", "war = { uniform = [0.5, 3] }");
    // Rates of which one explains the reports well, and others badly.
    let (rates, each) = ([1.0, 1.7, 2.9], 32);
    let inputs = ndarray::Array2::from_shape_vec((3, 1), rates.to_vec()).unwrap();
    let model = model(&uncertain).with_inputs(inputs, each).unwrap();
    let mut come = rates.map(|_| Vec::new());
    for seed in 0..400 {
        let found = model.filter(&Filter::new(3 * each, seed).apart(), &reported()).unwrap();
        let held = |draw: u64| found.ancestors.iter().filter(|k| *k / each == draw).count() as u64;
        assert_eq!([held(0), held(1), held(2)], [each; 3], "seed {seed}");
        to_come(&found, each).iter().zip(&mut come).for_each(|(own, come)| come.push(*own));
    }
    for (rate, come) in rates.iter().zip(&come) {
        assert_near(&format!("attacks to come at {rate} a day"), come, exactly(*rate).1);
    }
}
