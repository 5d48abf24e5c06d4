//! Policies of a program, against rules of the plan and what happened.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use drawdown::filter::{Day, Filter, Observation, Of};
use drawdown::scenario::{Actions, Condition, Detachment, Pace, Pause, Rule, Scenario, Window};
use drawdown::{
    Asked, Batch, By, Decision, Error, Keep, Kind, MEASURES, Model, NoAnswer, Policy, Run,
    Situation, Terms,
};
use rand::RngExt;

use crate::parts::answers;

fn plain() -> Scenario {
    // With their sources.
    Scenario::example("iraq-2024").unwrap().replace([("plan.rules", None)]).unwrap()
}

fn compiled(scenario: &Scenario) -> Model {
    scenario.validate().unwrap().compile()
}

fn attacks(in_days: f64, at_least: Option<u32>, at_most: Option<u32>) -> Condition {
    let mut window = Window::new(in_days);
    (window.at_least, window.at_most) = (at_least, at_most);
    Condition::Attacks(window)
}

fn same(one: &Run, other: &Run, but: &[&str]) {
    for measure in MEASURES.iter().filter(|measure| !but.contains(&measure.name)) {
        let [one, other] = [one, other].map(|run| run.values(measure.name, measure.by).unwrap());
        let bits = |x: &f64| x.to_bits();
        assert!(
            one.iter().map(bits).eq(other.iter().map(bits)),
            "{} by {:?}",
            measure.name,
            measure.by
        );
    }
}

/// A rule of the plan as a policy: one threshold sets it off, another ends it.
#[derive(Clone)]
struct Thresholds {
    then: Actions,
    in_days: f64,
    hold: u64,
    go_on: u64,
    terms: Terms,
}

impl Policy for Thresholds {
    type Memory = ();

    fn begin(&self) {}

    fn terms(&self) -> Terms {
        self.terms.clone()
    }

    fn decide(&self, now: &Situation<'_>, (): &mut ()) -> Decision {
        let lately = now.attacks(self.in_days);
        match now.is_in_force() {
            true if lately <= self.go_on => Decision::end(),
            false if lately >= self.hold => Decision::act(self.then.clone()),
            _ => Decision::stay(),
        }
    }
}

/// Random rules: what they count, what they do, how often and how soon again.
fn random_rule(stream: &mut impl rand::Rng) -> (Rule, Thresholds) {
    let in_days = f64::from(stream.random_range(3..40));
    let go_on = stream.random_range(0..6);
    let hold = go_on + stream.random_range(1..8);
    let extra = || Detachment { site: "baghdad".into(), contingent: "us".into(), people: 40 };
    let mut then = Actions::default();
    match stream.random_range(0..4) {
        0 => then.pause = Some(Pause { at_least_days: 0.0 }),
        1 => then.pause = Some(Pause { at_least_days: f64::from(stream.random_range(1..40)) }),
        2 => then.accelerate = Some(Pace { factor: 1.5 }),
        _ => {
            then.pause = Some(Pause { at_least_days: 10.0 });
            then.reinforce = Some(extra());
        }
    }
    let cooldown_days = [0.0, f64::from(stream.random_range(1..60))][stream.random_range(0..2)];
    let at_most_times = [None, Some(stream.random_range(1..4))][stream.random_range(0..2)];
    let at_once = stream.random();
    let mut rule = Rule::new(attacks(in_days, Some(hold), None), then.clone())
        .until(attacks(in_days, None, Some(go_on)))
        .at_once(at_once)
        .cooldown_days(cooldown_days);
    rule.at_most_times = at_most_times;
    let terms = Terms { at_once, cooldown_days, at_most_times, ..Terms::default() };
    let (hold, go_on) = (u64::from(hold), u64::from(go_on));
    (rule, Thresholds { then, in_days, hold, go_on, terms })
}

#[test]
fn a_policy_decides_as_the_rule_of_the_plan_that_says_the_same() {
    let mut stream = drawdown::streams::Stream::new(
        5,
        0,
        drawdown::streams::Who::new(&["rules"]),
        drawdown::streams::Purpose::Rule,
    );
    let mut set_off = 0.0;
    for case in 0..24 {
        let (rule, policy) = random_rule(&mut stream);
        let mut scenario = plain();
        scenario.plan.rules.insert("own".into(), rule);
        let batch = Batch::new(40, case);
        let ruled = compiled(&scenario).simulate(&batch).unwrap();
        let alone = compiled(&plain()).with_policy("own", policy.clone()).unwrap();
        same(&ruled, &alone.simulate(&batch).unwrap(), &[]);
        set_off += ruled.values("times", By::Rule).unwrap().sum();
        // Ended by its terms, and asked with others: still the same.
        let terms = Terms {
            until: Some(attacks(policy.in_days, None, Some(policy.go_on as u32))),
            together: true,
            ..policy.terms.clone()
        };
        let never = Thresholds { terms, ..policy };
        let asked = Together { of: never, ends: false, asked: Arc::default() };
        let model = compiled(&plain()).with_policy("own", asked).unwrap();
        same(&ruled, &model.simulate(&batch).unwrap(), &[]);
    }
    assert!(set_off > 500.0, "rules set off: {set_off}");
}

/// A policy that is asked about many trials at once, and tells how many.
struct Together<P> {
    of: P,
    /// Whether it ends by itself.
    ends: bool,
    asked: Arc<Mutex<Vec<usize>>>,
}

impl<P: Policy> Policy for Together<P> {
    type Memory = P::Memory;

    fn begin(&self) -> P::Memory {
        self.of.begin()
    }

    fn terms(&self) -> Terms {
        Terms { together: true, ..self.of.terms() }
    }

    fn decide(&self, now: &Situation<'_>, memory: &mut P::Memory) -> Decision {
        match now.is_in_force() && !self.ends {
            true => Decision::stay(),
            false => self.of.decide(now, memory),
        }
    }

    fn decide_all(
        &self,
        asked: &mut [Asked<'_, '_, P::Memory>],
    ) -> Result<Vec<Decision>, NoAnswer> {
        self.asked.lock().unwrap().push(asked.len());
        Ok(asked.iter_mut().map(|one| self.decide(&one.now, one.memory)).collect())
    }
}

/// Remembers, and draws: holds by chance the more the longer weeks have been bad.
struct Moody;

impl Policy for Moody {
    type Memory = (f64, u64);

    fn begin(&self) -> (f64, u64) {
        (0.0, 0)
    }

    fn terms(&self) -> Terms {
        Terms { at_once: true, ..Terms::default() }
    }

    fn decide(&self, now: &Situation<'_>, (mood, looks): &mut (f64, u64)) -> Decision {
        *looks += 1;
        *mood = 0.8 * *mood + now.attacks(3.0) as f64 + now.trial_stream().uniform();
        let chance = 1.0 - (-*mood / 40.0).exp();
        match (now.is_in_force(), now.review_stream().uniform() < chance) {
            (false, true) => {
                Decision::act(Actions { pause: Some(Pause::default()), ..Actions::default() })
            }
            (true, false) if *looks % 3 == 0 => Decision::end(),
            _ => Decision::stay(),
        }
    }
}

#[test]
fn decisions_hang_neither_on_threads_nor_on_which_trials_are_asked_together() {
    let alone = compiled(&plain()).with_policy("moody", Moody).unwrap();
    let run = |model: &Model, trials, threads| {
        model.simulate(&Batch::new(trials, 3).threads(threads)).unwrap()
    };
    let expected = run(&alone, 200, 1);
    assert!(expected.values("pauses", By::Total).unwrap().sum() > 100.0);
    same(&expected, &run(&alone, 200, 4), &[]);
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let together = Together { of: Moody, ends: true, asked: Arc::clone(&sizes) };
    let together = compiled(&plain()).with_policy("moody", together).unwrap();
    for threads in [1, 3] {
        same(&expected, &run(&together, 200, threads), &[]);
    }
    assert!(sizes.lock().unwrap().iter().max() > Some(&30), "many are asked at once");
    let few = run(&together, 37, 2);
    let [few, all] = [&few, &expected].map(|run| run.values("times", By::Rule).unwrap());
    assert_eq!(few, all.slice_axis(ndarray::Axis(0), ndarray::Slice::from(..37)));
    let history = together.trial(3, 36).unwrap();
    assert_eq!(history.events, alone.trial(3, 36).unwrap().events);
}

#[test]
fn what_a_policy_sees_is_what_happened() {
    struct Witness(Arc<AtomicU64>);
    impl Policy for Witness {
        type Memory = [u64; 3];

        fn begin(&self) -> [u64; 3] {
            [0; 3]
        }

        fn terms(&self) -> Terms {
            Terms { at_once: true, counts: vec![attacks(9.0, None, None)], ..Terms::default() }
        }

        fn decide(&self, now: &Situation<'_>, before: &mut [u64; 3]) -> Decision {
            self.0.fetch_add(1, Ordering::Relaxed);
            let recent: u64 = (now.recent(9.0))
                .filter(|hit| hit.contingent.is_none())
                .map(|hit| u64::from(hit.count))
                .sum();
            assert_eq!((recent, now.counts()), (now.attacks(9.0), &[recent][..]));
            let sites = ["asad", "baghdad", "erbil", "syria"].map(|site| now.people_at(site));
            let at = sites.into_iter().flatten().sum::<u64>();
            assert_eq!(at, now.people());
            assert!(now.people_of("us").unwrap() <= now.people());
            assert_eq!(now.people_at("nowhere"), None);
            let all = now.recent(f64::INFINITY).filter(|hit| hit.contingent.is_some());
            let harmed: u64 = all.map(|hit| u64::from(hit.count)).sum();
            assert!(harmed >= before[0], "harm is not undone");
            let attacked: u64 = (now.recent(f64::INFINITY))
                .filter(|hit| hit.contingent.is_none() && hit.site == "asad")
                .filter(|hit| hit.threat == "militias")
                .map(|hit| u64::from(hit.count))
                .sum();
            assert_eq!(now.so_far("militias", "asad").unwrap()[0], attacked);
            *before = [harmed, before[1] + 1, 0];
            Decision::stay()
        }
    }
    let looks = Arc::new(AtomicU64::new(0));
    let model = compiled(&plain()).with_policy("witness", Witness(Arc::clone(&looks))).unwrap();
    let run = model.simulate(&Batch::new(20, 11)).unwrap();
    assert!(looks.load(Ordering::Relaxed) > 20 * 100);
    same(
        &run,
        &compiled(&plain())
            .with_policy("witness", Witness(looks))
            .unwrap()
            .simulate(&Batch::new(20, 11))
            .unwrap(),
        &[],
    );
    let without = compiled(&plain()).simulate(&Batch::new(20, 11)).unwrap();
    let rule = |measure: &&drawdown::Measure| measure.by == By::Rule;
    let names: Vec<&str> = MEASURES.iter().filter(rule).map(|measure| measure.name).collect();
    same(&run, &without, &names);
}

/// Breaks off in some trials, each from a day on.
struct Breaks<P> {
    of: P,
    at: Vec<(u64, f64)>,
    together: bool,
    /// Whether it says in which trial, and that the last of those that there are.
    says_where: bool,
}

impl<P: Policy> Breaks<P> {
    fn breaks(&self, now: &Situation<'_>) -> bool {
        self.at.iter().any(|(trial, days)| now.trial() == *trial && now.days() >= *days)
    }
}

impl<P: Policy> Policy for Breaks<P> {
    type Memory = P::Memory;

    fn begin(&self) -> P::Memory {
        self.of.begin()
    }

    fn terms(&self) -> Terms {
        Terms { together: self.together, ..self.of.terms() }
    }

    fn decide(&self, now: &Situation<'_>, memory: &mut P::Memory) -> Decision {
        assert!(!self.breaks(now), "out of my depth");
        self.of.decide(now, memory)
    }

    fn decide_all(
        &self,
        asked: &mut [Asked<'_, '_, P::Memory>],
    ) -> Result<Vec<Decision>, NoAnswer> {
        let bad = asked.iter().rposition(|one| self.says_where && self.breaks(&one.now));
        let of = |one: &mut Asked<'_, '_, P::Memory>| match bad {
            // What it remembers is spoilt with those that it has no answer for.
            Some(_) => self.of.decide(&one.now, one.memory),
            None => self.decide(&one.now, one.memory),
        };
        let answers = asked.iter_mut().map(of).collect();
        match bad {
            Some(at) => Err(NoAnswer { place: Some(at), what: "out of my depth".into() }),
            None => Ok(answers),
        }
    }
}

/// The error, and what was run before.
fn broken(model: &Model, batch: &Batch, wait: Duration) -> (Error, Run) {
    let mut running = model.begin(batch).unwrap();
    loop {
        match running.advance(wait) {
            Ok(more) => assert!(more, "it breaks off"),
            Err(error) => return (error, running.finish()),
        }
    }
}

#[test]
fn a_policy_that_breaks_off_is_named_and_the_trials_before_are_there() {
    let own = |trial, together| {
        let breaks = Breaks { of: Moody, at: vec![(trial, 30.0)], together, says_where: true };
        compiled(&plain()).with_policy("own", breaks).unwrap()
    };
    for keep in [Keep::Trials, Keep::Summary] {
        let before = own(1_000, false).simulate(&Batch::new(500, 7).keep(keep)).unwrap();
        for (together, threads) in [(false, 1), (false, 3), (true, 2)] {
            let model = own(500, together);
            let batch = Batch::new(1_000, 7).threads(threads).keep(keep);
            let (error, done) = broken(&model, &batch, Duration::from_millis(200));
            let Error::Policy { policy, trial, seed, days, what } = &error else {
                panic!("{error}")
            };
            assert_eq!(
                (policy.as_str(), *trial, *seed, what.as_str()),
                ("own", 500, 7, "out of my depth")
            );
            assert!((30.0..40.0).contains(days), "{days}");
            assert_eq!(done.trials(), 500);
            assert_eq!(answers(&done), answers(&before), "{keep:?} {together} {threads}");
            let error = model.trial(7, 500).unwrap_err();
            assert!(
                error.to_string().contains("policy `own` broke off in trial 500 under seed 7"),
                "{error}"
            );
            assert!(model.trial(7, 499).is_ok());
        }
    }
}

#[test]
fn the_first_trial_that_breaks_off_is_told_whatever_runs_beside_it() {
    let mut stream = drawdown::streams::Stream::new(
        6,
        0,
        drawdown::streams::Who::new(&["breaks"]),
        drawdown::streams::Purpose::Rule,
    );
    for case in 0..6 {
        let mut at = || -> Vec<(u64, f64)> {
            let trial = |_| (stream.random_range(0..700), f64::from(stream.random_range(1..300)));
            (0..4).map(trial).collect()
        };
        let (first, second, says_where) = (at(), at(), case % 2 == 0);
        let model = |together| {
            let breaks = |at: &Vec<_>| Breaks { of: Moody, at: at.clone(), together, says_where };
            let model = compiled(&plain()).with_policy("a", breaks(&first)).unwrap();
            model.with_policy("b", breaks(&second)).unwrap()
        };
        let batch = Batch::new(700, case).keep([Keep::Trials, Keep::Summary][case as usize % 2]);
        let run = |together, threads, wait| {
            let batch = batch.clone().threads(threads);
            broken(&model(together), &batch, Duration::from_millis(wait))
        };
        let (error, before) = run(false, 1, 0);
        for (together, threads, wait) in [(true, 1, 0), (true, 2, 500), (false, 2, 500)] {
            let (other, done) = run(together, threads, wait);
            assert_eq!(other.to_string(), error.to_string(), "case {case}");
            assert_eq!(done.range(), before.range(), "case {case}");
            assert_eq!(answers(&done), answers(&before), "case {case}");
        }
    }
}

#[test]
fn a_policy_that_has_answers_only_alone_breaks_off() {
    struct Shy;
    impl Policy for Shy {
        type Memory = ();

        fn begin(&self) {}

        fn terms(&self) -> Terms {
            Terms { together: true, ..Terms::default() }
        }

        fn decide(&self, _: &Situation<'_>, (): &mut ()) -> Decision {
            Decision::stay()
        }

        fn decide_all(&self, asked: &mut [Asked<'_, '_, ()>]) -> Result<Vec<Decision>, NoAnswer> {
            match asked.len() {
                1 => Ok(vec![Decision::stay()]),
                _ => Err(NoAnswer { place: None, what: "a crowd".into() }),
            }
        }
    }
    let model = compiled(&plain()).with_policy("shy", Shy).unwrap();
    let error = model.simulate(&Batch::new(9, 1)).unwrap_err();
    assert!(matches!(error, Error::Policy { trial: 0, .. }), "{error}");
    let said = error.to_string();
    assert!(said.contains("a crowd (asked again about fewer than"), "{said}");
}

#[test]
fn a_policy_that_does_not_look_back_is_shown_no_attacks_whoever_is_beside_it() {
    let terms = Terms { looks_back: false, ..Terms::default() };
    let quiet = Thresholds { then: Actions::default(), in_days: 7.0, hold: 1, go_on: 0, terms };
    let alone = compiled(&plain()).with_policy("quiet", quiet).unwrap();
    let beside = alone.clone().with_policy("moody", Moody).unwrap();
    for model in [alone, beside] {
        let error = model.simulate(&Batch::new(3, 1)).unwrap_err();
        assert!(matches!(&error, Error::Policy { policy, .. } if policy == "quiet"), "{error}");
        assert!(error.to_string().contains("`looks_back: false`"), "{error}");
    }
}

#[test]
fn a_policy_that_wants_what_cannot_be_done_is_told_what() {
    struct Wrong;
    impl Policy for Wrong {
        type Memory = ();

        fn begin(&self) {}

        fn decide(&self, _: &Situation<'_>, (): &mut ()) -> Decision {
            let there = Detachment { site: "atlantis".into(), contingent: "us".into(), people: 1 };
            let accelerate = Some(Pace { factor: 0.5 });
            Decision::act(Actions { reinforce: Some(there), accelerate, ..Actions::default() })
        }
    }
    let model = compiled(&plain()).with_policy("wrong", Wrong).unwrap();
    let said = model.simulate(&Batch::new(3, 1)).unwrap_err().to_string();
    for words in ["`wrong`", "atlantis", "factor", "at least 1"] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn acting_in_the_place_of_what_is_in_force_and_cooldown() {
    /// Wants more people at every look.
    struct Eager(f64, Option<u32>);
    impl Policy for Eager {
        type Memory = ();

        fn begin(&self) {}

        fn terms(&self) -> Terms {
            Terms { cooldown_days: self.0, at_most_times: self.1, ..Terms::default() }
        }

        fn decide(&self, now: &Situation<'_>, (): &mut ()) -> Decision {
            if now.is_in_force() && self.0 > 0.0 {
                assert!(!now.may_act());
                return Decision::end();
            }
            let more = Detachment { site: "asad".into(), contingent: "us".into(), people: 1 };
            Decision::act(Actions { go_back_in: Some(more), ..Actions::default() })
        }
    }
    let times = |cooldown, most| {
        let model = compiled(&plain()).with_policy("eager", Eager(cooldown, most)).unwrap();
        let run = model.simulate(&Batch::new(1, 1)).unwrap();
        let events = model.trial(1, 0).unwrap().events;
        let came = events.iter().filter(|event| event.kind == Kind::WentBackIn).count();
        let times = run.values("times", By::Rule).unwrap()[[0, 0]];
        assert_eq!(came as f64, times);
        (times, model.horizon_days(), f64::from(model.scenario().plan.review_every_days))
    };
    let (always, horizon, every) = times(0.0, None);
    assert_eq!(always, (horizon / every).floor(), "at every review");
    assert_eq!(times(0.0, Some(5)).0, 5.0);
    // One review to act, one to end, and then so long until the next.
    let cycle = every + (20.0 / every).ceil() * every;
    let (rests, ..) = times(20.0, None);
    assert_eq!(rests, ((horizon - every) / cycle).floor() + 1.0);
}

#[test]
fn a_filter_copies_what_policies_remember_and_names_one_that_breaks_off() {
    let known = Observation::Day(Day {
        of: Of::Phase,
        id: plain().plan.phases.keys().next().unwrap().clone(),
        from_days: 0.0,
        to_days: 400.0,
        happened: true,
    });
    let filter = |model: &Model, threads| {
        model.filter(&Filter::new(60, 4).threads(threads), std::slice::from_ref(&known))
    };
    let moody = compiled(&plain()).with_policy("moody", Moody).unwrap();
    let [one, three] = [1, 3].map(|threads| filter(&moody, threads).unwrap().run);
    same(&one, &three, &[]);
    assert!(one.values("times", By::Rule).unwrap().sum() > 0.0);
    let together = Together { of: Moody, ends: true, asked: Arc::default() };
    let together = compiled(&plain()).with_policy("moody", together).unwrap();
    same(&one, &filter(&together, 2).unwrap().run, &[]);
    let at = vec![(17, 30.0)];
    let broken = Breaks { of: Moody, at, together: false, says_where: true };
    let broken = compiled(&plain()).with_policy("own", broken).unwrap();
    let error = filter(&broken, 2).unwrap_err();
    assert!(matches!(&error, Error::Policy { trial: 17, .. }), "{error}");
}
