//! What a rule that is a function draws.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use drawdown::scenario::Actions;
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{Batch, By, MEASURES, Model, Run, Scenario};
use rand::{Rng, RngExt};
use rand_distr::{Bernoulli, Distribution, LogNormal};

fn plain() -> Model {
    Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()
}

fn pause() -> Actions {
    Actions { pause: Some(Default::default()), ..Actions::default() }
}

/// Holds movement by chance: patience differs from trial to trial, and not every review is held.
fn hesitant(model: Model) -> Model {
    let patience = LogNormal::new(1.5, 0.5).unwrap();
    let here = Bernoulli::new(0.7).unwrap();
    let rule = model.with_rule("hesitant", &pause(), move |now| {
        let most = patience.sample(&mut now.trial_stream());
        now.attacks(14.0) as f64 > most && here.sample(&mut now.review_stream())
    });
    rule.unwrap()
}

/// Every value of every measure but those of rules, then those of the rule of an id.
fn bits(run: &Run, rule: &str) -> Vec<u64> {
    let rule = run.ids(By::Rule).iter().position(|id| id == rule).unwrap();
    let columns = MEASURES.iter().flat_map(|measure| {
        let values = run.values(measure.name, measure.by).unwrap();
        let columns = match measure.by {
            By::Rule => rule..rule + 1,
            _ => 0..values.ncols(),
        };
        columns.map(|k| values.column(k).to_vec()).collect::<Vec<_>>()
    });
    columns.flatten().map(f64::to_bits).collect()
}

#[test]
fn what_a_rule_draws_gives_the_same_bits_on_any_threads_and_in_any_batch() {
    let model = hesitant(plain());
    let run = |trials, threads| model.simulate(&Batch::new(trials, 9).threads(threads)).unwrap();
    let (one, four) = (run(300, 1), run(300, 4));
    assert!(bits(&one, "hesitant") == bits(&four, "hesitant"), "1 thread and 4");
    let times = one.values("times", By::Rule).unwrap();
    let rule = one.ids(By::Rule).iter().position(|id| id == "hesitant").unwrap();
    let counts: BTreeSet<u64> = times.column(rule).iter().map(|x| *x as u64).collect();
    assert!(counts.len() > 2, "the rule acts, by chance: {counts:?}");
    let few = run(70, 4);
    for (index, value) in few.values("times", By::Rule).unwrap().column(rule).iter().enumerate() {
        assert_eq!(*value, times[[index, rule]], "trial {index} of fewer");
    }
    for index in [0, 69, 299] {
        let alone = model.trial(9, index).unwrap();
        let set_off = alone.events.iter().filter(|event| event.rule == Some(rule));
        let set_off = set_off.filter(|event| event.kind == drawdown::Kind::RuleSetOff).count();
        assert_eq!(set_off as f64, times[[index as usize, rule]], "trial {index} alone");
    }
}

#[test]
fn what_one_rule_draws_moves_nobody_elses_luck() {
    let run = |model: &Model| model.simulate(&Batch::new(150, 9)).unwrap();
    let before = run(&hesitant(plain()));
    // Before it in order, and after; each draws much and never acts.
    let greedy = |model: Model, id| {
        let rule = model.with_rule(id, &pause(), |now| {
            let (mut trial, mut review) = (now.trial_stream(), now.review_stream());
            (0..100).all(|_| trial.random::<f64>() + review.random::<f64>() < 0.1)
        });
        rule.unwrap()
    };
    let after = run(&greedy(hesitant(greedy(plain(), "aaa")), "zzz"));
    assert!(bits(&before, "hesitant") == bits(&after, "hesitant"));
}

#[test]
fn streams_of_a_rule_are_keyed_by_seed_trial_and_id_and_day() {
    // By rule, the first numbers of both streams at each review: asked twice, the same.
    type Seen = BTreeMap<(&'static str, u64), Vec<(f64, u64, u64)>>;
    let seen = Arc::new(Mutex::new(Seen::new()));
    let mut model = plain();
    let trial = Arc::new(Mutex::new(0));
    for id in ["one", "other"] {
        let (told, of) = (Arc::clone(&seen), Arc::clone(&trial));
        let rule = model.with_rule(id, &pause(), move |now| {
            let first = |mut stream: Stream| stream.next_u64();
            let numbers = (now.days(), first(now.trial_stream()), first(now.review_stream()));
            let again = (now.days(), first(now.trial_stream()), first(now.review_stream()));
            assert_eq!(numbers, again);
            told.lock().unwrap().entry((id, *of.lock().unwrap())).or_default().push(numbers);
            false
        });
        model = rule.unwrap();
    }
    for index in 0..3 {
        *trial.lock().unwrap() = index;
        model.trial(9, index).unwrap();
    }
    let (mut trials, mut reviews, mut all) = (BTreeSet::new(), BTreeSet::new(), 0);
    for ((id, index), numbers) in seen.lock().unwrap().iter() {
        let who = Who::new(&["rule", id]);
        let key = |who| Stream::new(9, *index, who, Purpose::Rule).next_u64();
        for (days, of_trial, of_review) in numbers {
            assert_eq!(*of_trial, key(who), "one for all reviews of a trial");
            assert_eq!(*of_review, key(who.nth(days.to_bits())), "{id} on day {days}");
            reviews.insert(*of_review);
            trials.insert(*of_trial);
            all += 1;
        }
    }
    assert_eq!((trials.len(), reviews.len()), (6, all), "no two are the same");
    assert!(all > 100, "{all} reviews");
}

#[test]
fn the_same_day_has_the_same_numbers_however_often_rules_look() {
    let days = Arc::new(Mutex::new(Vec::new()));
    for every in [7, 14] {
        let scenario = Scenario::example("iraq-2024").unwrap();
        let often = [("plan.review_every_days", Some(every.into()))];
        let model = scenario.replace(often).unwrap().validate().unwrap().compile();
        let told = Arc::clone(&days);
        let rule = model.with_rule("watch", &pause(), move |now| {
            told.lock().unwrap().push((now.days() as u64, now.review_stream().bits()));
            false
        });
        rule.unwrap().trial(9, 4).unwrap();
    }
    let days = days.lock().unwrap();
    let looks: BTreeMap<u64, BTreeSet<u64>> =
        days.iter().fold(BTreeMap::new(), |mut all, (day, bits)| {
            all.entry(*day).or_insert_with(BTreeSet::new).insert(*bits);
            all
        });
    assert!(days.len() > looks.len() && looks.values().all(|numbers| numbers.len() == 1));
}
