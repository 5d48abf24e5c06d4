//! Trials that are stopped, looked at, weighed, copied and carried on.

use drawdown::filter::{Day, Filter, Filtered, Observation, Of, People};
use drawdown::observe::{Count, Counted, Reported};
use drawdown::scenario::EXAMPLES;
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{Batch, By, MEASURES, Model, Run, Scenario, Series};

use crate::statistics::{mean_and_se, of, total};

pub(crate) fn model(toml: &str) -> Model {
    Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile()
}

pub(crate) fn count(from_days: f64, to_days: f64, reported: Reported) -> Observation {
    let (threat, sites) = (None, Vec::new());
    let counted = Counted::Attacks;
    Observation::Count(Count { from_days, to_days, counted, threat, sites, reported })
}

fn bits(run: &Run) -> Vec<Vec<u64>> {
    let values = MEASURES.iter().map(|measure| {
        let values = run.values(measure.name, measure.by).unwrap();
        values.iter().map(|x| if x.is_nan() { 1 } else { x.to_bits() }).collect()
    });
    values.collect()
}

/// Stops at random days and looks at nothing that says anything.
fn stops(model: &Model, stream: &mut Stream) -> Vec<Observation> {
    let horizon = model.horizon_days();
    let mut stop = || {
        let days = horizon * stream.uniform();
        if stream.uniform() < 0.3 { days.floor() } else { days }
    };
    let mut each = Vec::new();
    for _ in 0..12 {
        let (a, b) = (stop(), stop());
        each.push(count(a.min(b), a.max(b), Reported::Missing));
    }
    each
}

#[test]
fn trials_that_are_stopped_and_go_on_give_the_bits_of_those_that_are_not() {
    let mut stream = Stream::new(11, 0, Who::new(&["stops"]), Purpose::Rule);
    for example in EXAMPLES {
        let model = model(example.toml);
        let run = model.simulate(&Batch::new(150, 5)).unwrap();
        let filtered = model.filter(&Filter::new(150, 5), &stops(&model, &mut stream)).unwrap();
        assert_eq!(bits(&run), bits(&filtered.run), "{}", example.name);
        assert_eq!(filtered.log_likelihood, 0.0);
        for series in run.series() {
            let bands = |run: &Run| run.bands(&series, &[0.1, 0.5, 0.9]).unwrap();
            assert_eq!(bands(&run), bands(&filtered.run), "{}: {series:?}", example.name);
        }
        assert_eq!(run.inputs().unwrap(), filtered.run.inputs().unwrap());
    }
}

/// Half the probability of a normal number beyond this, twice, in all of 1,000 comparisons is .006.
const SIGMAS: f64 = 4.6;

pub(crate) fn assert_near(name: &str, values: &[f64], exact: f64) {
    let (mean, se) = mean_and_se(values);
    assert!((mean - exact).abs() < SIGMAS * se, "{name}: {mean} ± {se}, and not {exact}");
}

/// Filters again and again, each time under another seed.
pub(crate) fn again(
    model: &Model,
    observed: &[Observation],
    (runs, particles): (u64, u64),
) -> impl Iterator<Item = Filtered> {
    (0..runs)
        .map(move |seed| model.filter(&Filter::new(particles, 1_000 + seed), observed).unwrap())
}

pub(crate) const TWO_STATES: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-04-01                          # day 90; March begins on day 59
[world.areas.region]
[world.sites.base]
area = "region"
garrison = { us = 100 }
[world.tension]
start = "calm"
states.calm = { mean_days = 15, next.war = 1 }
states.war = { mean_days = 8, next.calm = 1 }
[world.threats.group]
attacks_per_day = { calm = 0.3, war = 1.5 }
weapons = {}
"#;

/// What calm and war weigh after each count, by solving the equations of all counts up to the one
/// observed, and of both states, in small steps (Runge and Kutta).
fn exact_states(in_war: f64, counts: &[(f64, Reported)], most: usize) -> [f64; 2] {
    let (leave, attack) = ([1.0 / 15.0, 1.0 / 8.0], [0.3, in_war]);
    let slope = |p: &[[f64; 2]]| -> Vec<[f64; 2]> {
        let of = |n: usize, s: usize| {
            let before = if n > 0 { attack[s] * p[n - 1][s] } else { 0.0 };
            before + leave[1 - s] * p[n][1 - s] - (leave[s] + attack[s]) * p[n][s]
        };
        (0..p.len()).map(|n| [of(n, 0), of(n, 1)]).collect()
    };
    let plus = |p: &[[f64; 2]], by: f64, d: &[[f64; 2]]| -> Vec<[f64; 2]> {
        p.iter().zip(d).map(|(p, d)| [p[0] + by * d[0], p[1] + by * d[1]]).collect()
    };
    let mut states = [1.0, 0.0];
    for &(days, reported) in counts {
        let mut p = vec![[0.0; 2]; most + 1];
        p[0] = states;
        let steps = 400;
        let h = days / f64::from(steps);
        for _ in 0..steps {
            let a = slope(&p);
            let b = slope(&plus(&p, h / 2.0, &a));
            let c = slope(&plus(&p, h / 2.0, &b));
            let d = slope(&plus(&p, h, &c));
            for (by, d) in [(h / 6.0, &a), (h / 3.0, &b), (h / 3.0, &c), (h / 6.0, &d)] {
                p = plus(&p, by, d);
            }
        }
        let likely = |n: usize| match reported {
            Reported::Exactly(count) => f64::from(u8::from(n == count as usize)),
            Reported::AtMost(count) => f64::from(u8::from(n <= count as usize)),
            _ => 1.0,
        };
        states = [0, 1].map(|s| p.iter().enumerate().map(|(n, p)| likely(n) * p[s]).sum());
    }
    states
}

const REPORTS: [(f64, Reported); 6] = [
    (10.0, Reported::Exactly(4)),
    (10.0, Reported::Exactly(13)),
    (11.0, Reported::Missing),
    (10.0, Reported::Exactly(11)),
    (10.0, Reported::AtMost(9)),
    (8.0, Reported::Exactly(2)),
];

pub(crate) fn reported() -> Vec<Observation> {
    let mut from = 0.0;
    let each = REPORTS.iter().map(|&(days, reported)| {
        from += days;
        count(from - days, from, reported)
    });
    each.collect()
}

/// The likelihood of the reports, and the attacks that are expected in March, with so many a day in
/// war.
pub(crate) fn exactly(in_war: f64) -> (f64, f64) {
    let exact = exact_states(in_war, &REPORTS, 60);
    let likelihood = exact[0] + exact[1];
    let war = exact[1] / likelihood;
    // Attacks in March: in war more at first, by what is left of the difference.
    let (to_war, to_calm) = (1.0f64 / 15.0, 1.0f64 / 8.0);
    let (pace, lasting) = (to_war + to_calm, to_war / (to_war + to_calm));
    let more = (war - lasting) * (1.0 - (-31.0 * pace).exp()) / pace;
    (likelihood, 0.3 * 31.0 + (in_war - 0.3) * (lasting * 31.0 + more))
}

#[test]
fn two_states_are_filtered_as_exactly() {
    let observed = reported();
    let (likelihood, to_come) = exactly(1.5);
    let model = model(TWO_STATES);
    let (mut likelihoods, mut come) = (Vec::new(), Vec::new());
    for found in again(&model, &observed, (400, 500)) {
        likelihoods.push(found.log_likelihood.exp() / likelihood);
        come.push(mean_and_se(&of(&found.run, "attacks", By::Month, 2)).0);
    }
    assert_near("likelihood", &likelihoods, 1.0);
    assert_near("attacks to come", &come, to_come);
    // Its logarithm is too low in the mean, by half its variance.
    let logs: Vec<f64> = likelihoods.iter().map(|l| l.ln()).collect();
    assert!(mean_and_se(&logs).0 < 0.0);
}

#[test]
fn a_factor_with_a_gamma_law_has_a_gamma_law_afterwards() {
    // 0.4 attacks a day times a factor of shape 3 and mean 1, and 5, 9 and 2 attacks in 30 days: the
    // factor has shape 3 + 16 and rate 3 + 12, and March, of 31 days, what that makes of it.
    let toml = TWO_STATES
        .replace("calm = 0.3, war = 1.5", "calm = 0.4, war = 0.4")
        .replace("weapons", "rate_factor = { gamma = { shape = 3, mean = 1 } }\nweapons");
    let counts = [(0.0, 10.0, 5), (10.0, 25.0, 9), (25.0, 30.0, 2)];
    let observed: Vec<Observation> =
        counts.iter().map(|&(from, to, n)| count(from, to, Reported::Exactly(n))).collect();
    let gamma = |x: f64| libm::lgamma(x);
    // Of each count, days^n / n!; and the factor is integrated out.
    let parts: f64 = (counts.iter())
        .map(|&(from, to, n)| f64::from(n) * (0.4 * (to - from)).ln() - gamma(f64::from(n) + 1.0))
        .sum();
    let exact = parts + 3.0 * 3.0f64.ln() - gamma(3.0) + gamma(19.0) - 19.0 * 15.0f64.ln();
    let model = model(&toml);
    let (mut likelihoods, mut means, mut squares, mut march) = (vec![], vec![], vec![], vec![]);
    for found in again(&model, &observed, (200, 2_000)) {
        likelihoods.push((found.log_likelihood - exact).exp());
        let factors = found.run.inputs().unwrap().column(0).to_vec();
        let each: Vec<f64> = factors.iter().map(|x| x * x).collect();
        means.push(mean_and_se(&factors).0);
        squares.push(mean_and_se(&each).0);
        march.push(mean_and_se(&of(&found.run, "attacks", By::Month, 2)).0);
        let left = found.ancestors.iter().collect::<std::collections::BTreeSet<_>>().len();
        assert!(found.steps[2].distinct >= left);
        assert!(left < 1_000, "few of 2,000 draws make it possible");
    }
    assert_near("likelihood", &likelihoods, 1.0);
    // Ratios of estimates are off by a part in so many particles: less than is seen here.
    assert_near("mean", &means, 19.0 / 15.0);
    assert_near("mean square", &squares, 19.0 * 20.0 / (15.0 * 15.0));
    assert_near("March", &march, 0.4 * 31.0 * 19.0 / 15.0);
}

/// Everything that is drawn ahead, and a clock on a site of its own, which moves nothing else.
const AHEAD: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2026-01-31                          # day 395; September begins on day 243
[world.areas.region]
[world.areas.elsewhere]
[world.sites.east]
area = "region"
garrison = { us = 300, ally = 50 }
[world.sites.west]
area = "region"
garrison = { us = 100, ally = 20, third = 10 }
[world.sites.far]
area = "elsewhere"
garrison = { us = 1 }
[world.contingents.ally]
tolerance_killed = 2
delay_days = { uniform = [0, 120] }
[world.contingents.third]
follows.ally = 0.5
delay_days = { gamma = { shape = 2, mean = 30 } }
[world.tension]
start = "calm"
states.calm = { mean_days = { lognormal = { median = 40, sigma = 0.5 } }, next.war = 1 }
states.war = { mean_days = 25, next.calm = 1 }
[world.threats.clock]
attacks_per_day = 0.2
site_weights.far = 1
weapons = {}
[world.threats.group]
attacks_per_day = { calm = 0.3, war = 1 }
site_weights = { east = 1, west = 1 }
presence_elasticity = 0.5
grievance = { per_day = 0.02 }
contagion = { children_per_attack = 0.4, decay_days = 15 }
weapons.rocket = { share = 1, salvo_mean = 2 }
harm = { no_casualty = 0.5, scale = 1, shape = 0.2, killed_share = 0.2 }
[world.threats.group.retaliation]
after_killed = 0.9
after_wounded = 0.5
delay_days = { gamma = { shape = 2, mean = 12 } }
coordinated = 0.3
deterrence = 0.5
memory_days = 20
[world.host]
areas = ["region"]
friction.memory_days = 100
expulsion = { per_day = 0.001, unprovoked_per_day = 0.0005, notice_days = 40 }
capability = { start = 0.5 }
[world.insurgency]
strength = 0.3
growth_per_year = 1
pressure = 1
troops_share = 0.5
incidents = { per_day = 0.5, on_sites = 0.5, threat = "group" }
shocks = { per_year = 1, factor = 1.5 }
[world.reentry]
per_day = 0.02
forces.first = { site = "east", contingent = "us", people = 30 }
[world.barrages]
per_day = { calm = 0.01, war = 0.05 }
capable = { east = 100 }
sites_needed = 1
[world.calendar.election]
date = 2025-02-20
delay_days = { lognormal = { median = 60, sigma = 0.8 } }
outcomes.keep.weight = 3
outcomes.leave.weight = 1
windows.tense = { from_days = -25, until_days = 10, factor = 2, threats = ["group"] }
windows.anger = { from_days = 0, until_days = 20, factor = 3, outcome = "leave", threats = ["group"] }
[plan.transport]
lift_every_days = 5
[plan.gates.approval]
delay_days = { lognormal = { median = 40, sigma = 0.7 } }
[plan.gates.law]
delay_days = { mixture = [{ weight = 1, value = 20 }, { weight = 1, value = { uniform = [30, 90] } }] }
blocked_while.tension = ["war"]
[plan.phases.first]
announced_start = 2025-01-15
announced_finish = 2025-03-11
duration_ratio = { lognormal = { median = 1.3, sigma = 0.3 } }
after = ["approval"]
moves.out = { site = "east", contingent = "us" }
[plan.phases.second]
announced_start = 2025-06-01
announced_finish = 2025-09-15
duration_ratio = { lognormal = { median = 1.2, sigma = 0.3 } }
after = ["first", "law"]
moves.out = { site = "west", contingent = "us" }
[plan]
duration_correlation = 0.5
[plan.breathing_room]
pause_days = 40
extension_days = 30
[plan.rules.stop]
when = { wounded = { in_days = 14, at_least = 3 } }
then.pause.at_least_days = 10
"#;

/// Counts of the clock, each of which one particle in five makes possible.
fn ticks() -> Vec<Observation> {
    let each = [(0.0, 20.0), (20.0, 40.0), (40.0, 60.0), (60.0, 80.0), (80.0, 100.0)];
    let tick = each.map(|(from_days, to_days)| {
        let threat = Some("clock".into());
        let (counted, reported) = (Counted::Attacks, Reported::Exactly(4));
        Observation::Count(Count { from_days, to_days, counted, threat, sites: vec![], reported })
    });
    tick.to_vec()
}

#[test]
fn what_says_nothing_of_the_rest_leaves_its_law_as_it_was() {
    let model = model(AHEAD);
    let run = model.simulate(&Batch::new(30_000, 3)).unwrap();
    let found: Vec<Filtered> = again(&model, &ticks(), (150, 200)).collect();
    let mut compared = 0;
    for measure in MEASURES {
        let ids = run.ids(measure.by);
        let columns = if measure.by == By::Total { 1 } else { ids.len() };
        // The clock's own, and sums that it is part of.
        let all = ["attacks", "intercepted", "attacks_on_the_way"].contains(&measure.name);
        let summed = all && !matches!(measure.by, By::Threat | By::Site);
        for k in (0..columns).filter(|_| !summed) {
            let name = format!("{} by {:?} {:?}", measure.name, measure.by, ids.get(k));
            if name.contains("clock") || name.contains("far") {
                continue;
            }
            // Missing or not, and how large.
            let moments = |run: &Run| {
                let values = of(run, measure.name, measure.by, k);
                let there: Vec<f64> =
                    values.iter().map(|x| f64::from(u8::from(!x.is_nan()))).collect();
                let first: Vec<f64> =
                    values.iter().map(|x| if x.is_nan() { 0.0 } else { *x }).collect();
                let second: Vec<f64> = first.iter().map(|x| x * x).collect();
                [there, first, second]
            };
            let expected = moments(&run).map(|values| mean_and_se(&values));
            let each: Vec<[f64; 3]> = (found.iter())
                .map(|found| moments(&found.run).map(|values| mean_and_se(&values).0))
                .collect();
            let some = of(&run, measure.name, measure.by, k);
            let some = some.iter().filter(|x| **x != 0.0 && !x.is_nan()).count();
            for (moment, (mean, se)) in expected.into_iter().enumerate() {
                let (filtered, filtered_se) =
                    mean_and_se(&each.iter().map(|each| each[moment]).collect::<Vec<f64>>());
                let se = se.hypot(filtered_se);
                let off = (filtered - mean).abs();
                compared += usize::from(se > 0.0);
                assert!(
                    some < 300 || off <= SIGMAS * se + 1e-12,
                    "{name}, moment {moment}: {filtered} filtered, {mean} not, ± {se}"
                );
            }
        }
    }
    assert!(compared > 200, "{compared} are compared");
}

#[test]
fn copies_of_a_particle_go_their_own_ways() {
    let model = model(AHEAD);
    let found = model.filter(&Filter::new(200, 4), &ticks()).unwrap();
    let left: std::collections::BTreeSet<u64> = found.ancestors.iter().copied().collect();
    assert!(left.len() < 50, "there are copies: {} of 200", left.len());
    let days = found.run.values("tension_days", By::State).unwrap();
    let ways: std::collections::BTreeSet<u64> =
        days.column(0).iter().map(|x| x.to_bits()).collect();
    assert!(ways.len() > 190, "of 200 particles {} are different", ways.len());
}

#[test]
fn the_bits_are_the_same_on_any_number_of_threads() {
    let model = model(AHEAD);
    let on = |threads| {
        let found = model.filter(&Filter::new(300, 9).threads(threads), &ticks()).unwrap();
        let bands = found.run.bands(&Series::Attacks, &[0.5]).unwrap();
        (bits(&found.run), found.log_likelihood.to_bits(), found.steps, found.standing, bands)
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(3));
}

#[test]
fn weights_of_exact_months_are_those_of_the_trials_that_had_them() {
    let model = model(AHEAD);
    let run = model.simulate(&Batch::new(2_000, 8)).unwrap();
    let by_month = run.values("attacks", By::Month).unwrap();
    let (january, february) = (by_month.column(0).to_vec(), by_month.column(1).to_vec());
    let agrees = |k: usize| january[k] == 12.0 && february[k] <= 25.0;
    let count_of = (0..2_000).filter(|&k| agrees(k)).count();
    assert!(count_of > 20, "{count_of} trials have them");
    let observed =
        [count(0.0, 31.0, Reported::Exactly(12)), count(31.0, 59.0, Reported::AtMost(25))];
    let stop = drawdown::Stop::default();
    let weighed = model.weigh(&Filter::new(2_000, 8), &observed, &stop).unwrap().unwrap();
    for (k, weight) in weighed.weights.iter().enumerate() {
        let due = if agrees(k) { 1.0 / count_of as f64 } else { 0.0 };
        assert!((weight - due).abs() < 1e-12, "trial {k}: {weight}");
    }
    let share = count_of as f64 / 2_000.0;
    assert!((weighed.log_likelihood - share.ln()).abs() < 1e-9);
    assert!((weighed.steps[1].effective - count_of as f64).abs() < 1e-6);
}

/// A withdrawal in its ninth month, in which some people have left, and what has been seen of it.
fn ninth_month() -> Vec<Observation> {
    let people = People {
        days: 243.0,
        site: Some("west".into()),
        contingent: Some("us".into()),
        reported: Reported::About { count: 50, sigma: 0.8 },
    };
    let day = |of, id: &str, from_days, to_days, happened| {
        Observation::Day(Day { of, id: id.into(), from_days, to_days, happened })
    };
    vec![
        count(0.0, 90.0, Reported::AtMost(70)),
        count(90.0, 243.0, Reported::About { count: 90, sigma: 0.5 }),
        Observation::People(people),
        day(Of::Gate, "approval", 20.0, 100.0, true),
        day(Of::Phase, "second", 0.0, 243.0, false),
    ]
}

#[test]
fn what_now_is_answered_as_by_throwing_trials_away() {
    let model = model(AHEAD);
    // Trials of a run that agree with what was seen, by their measures: each is kept with the chance
    // that the reports would be what they are, over the most that this can be.
    let trials = 30_000;
    let run = model.simulate(&Batch::new(trials, 77)).unwrap();
    let months: Vec<Vec<f64>> = (0..8).map(|k| of(&run, "attacks", By::Month, k)).collect();
    let sum = |k: usize, of: std::ops::Range<usize>| of.map(|m| months[m][k]).sum::<f64>();
    let opened = of(&run, "open_days", By::Gate, 0);
    let second = of(&run, "finish_days", By::Phase, 1);
    let mut stream = Stream::new(5, 0, Who::new(&["kept"]), Purpose::Rule);
    let about = |count, sigma, happened: f64| {
        let most = (0..400).map(|n| Reported::About { count, sigma }.probability(n));
        let most = most.fold(0.0, f64::max);
        Reported::About { count, sigma }.probability(happened as u64) / most
    };
    let mut kept = Vec::new();
    for k in 0..trials as usize {
        let open = (20.0..100.0).contains(&opened[k]);
        let early = second[k] < 243.0;
        if sum(k, 0..3) > 70.0 || !open || early {
            continue;
        }
        if stream.uniform() >= about(90, 0.5, sum(k, 3..8)) {
            continue;
        }
        // People on a day are in no measure.
        let presence = model.trial(77, k as u64).unwrap().presence(&model).unwrap();
        let last = presence.days.iter().rposition(|day| *day < 243.0).unwrap();
        if stream.uniform() < about(50, 0.8, f64::from(presence.people[[last, 2, 2]])) {
            kept.push(k);
        }
    }
    assert!(kept.len() > 300, "{} are kept", kept.len());
    let found: Vec<Filtered> = again(&model, &ninth_month(), (30, 1_000)).collect();
    let agrees = |name: &str, by: By, k: usize| {
        let clean = |values: Vec<f64>| -> Vec<f64> {
            values.iter().map(|x| if x.is_nan() { 400.0 } else { *x }).collect()
        };
        let all = clean(of(&run, name, by, k));
        let left: Vec<f64> = kept.iter().map(|&k| all[k]).collect();
        let (mean, se) = mean_and_se(&left);
        let each: Vec<f64> = (found.iter())
            .map(|found| mean_and_se(&clean(of(&found.run, name, by, k))).0)
            .collect();
        let (filtered, filtered_se) = mean_and_se(&each);
        let se = se.hypot(filtered_se);
        assert!(
            (filtered - mean).abs() < 4.0 * se + 1e-9,
            "{name} by {by:?}: {filtered} filtered, {mean} by rejection, ± {se}"
        );
    };
    for (name, by, k) in [
        ("attacks", By::Total, 0),
        ("finish_days", By::Total, 0),
        ("pause_days", By::Total, 0),
        ("killed", By::Total, 0),
        ("strikes", By::Total, 0),
        ("expelled", By::Total, 0),
        ("people_left", By::Total, 0),
        ("attacks", By::Month, 8),
        ("finish_days", By::Phase, 0),
        ("start_days", By::Phase, 1),
        ("tension_days", By::State, 1),
    ] {
        agrees(name, by, k);
    }
}

#[test]
fn what_no_particle_makes_possible_is_named_and_what_came_before_is_kept() {
    let model = model(AHEAD);
    let mut observed = ticks();
    observed.insert(3, count(80.0, 90.0, Reported::Exactly(2_000)));
    let found = model.filter(&Filter::new(300, 2), &observed).unwrap();
    let collapse = found.collapse.unwrap();
    assert_eq!(collapse.observation, 3);
    assert!(collapse.low >= 0.0 && collapse.high < 500.0, "{collapse:?}");
    let steps: Vec<usize> = found.steps.iter().map(|step| step.observation).collect();
    assert_eq!(steps, [0, 1, 2, 4]);
    // The others go on, from the very day.
    assert_eq!(found.run.trials(), 300);
    assert_eq!(total(&found.run, "capped"), [0.0; 300]);
}

#[test]
fn everything_that_is_wrong_with_observations_is_said_at_once() {
    let model = model(AHEAD);
    let mut counted = Count {
        from_days: 5.0,
        to_days: 2.0,
        counted: Counted::Strikes,
        threat: Some("cluck".into()),
        sites: vec!["east".into()],
        reported: Reported::About { count: 3, sigma: 0.0 },
    };
    let first = Observation::Count(counted.clone());
    (counted.from_days, counted.to_days) = (0.0, 900.0);
    let of = Of::Phase;
    let mut day = Day { of, id: "third".into(), from_days: 0.0, to_days: 9.0, happened: true };
    let second = Observation::Count(counted.clone());
    let third = Observation::Day(day.clone());
    (counted.from_days, day.from_days) = (900.0, f64::NAN);
    let observed = [first, second, third, Observation::Count(counted), Observation::Day(day)];
    let error = model.filter(&Filter::new(10, 1), &observed).unwrap_err().to_string();
    for part in [
        "observation 1: it is from day 5 to day 2",
        "did you mean `clock`?",
        "leave out the site",
        "relative error must be above 0",
        "observation 2: it is from day 0 to day 900",
        "observation 3: there is no phase `third`",
        "observation 4: it begins and ends at day 900",
        "observation 5: it is from day NaN to day 9",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(model.filter(&Filter::new(0, 1), &[]).is_err());
}
