//! The engine against plain thinning of the whole intensity (Ogata 1981): a different algorithm
//! for the same process, on two sites, three states of tension, contagion and departures.

use drawdown::By;
use drawdown::streams::{Purpose, Stream, Who};

use crate::statistics::{mean_and_se, of, run, total};

const SCENARIO: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-12-27                         # day 360
[world.sites.east]
garrison.us = 1000
[world.sites.west]
garrison.us = 500
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { flare = 0.7, war = 0.3 } }
states.flare = { mean_days = 30, next = { calm = 0.5, war = 0.5 } }
states.war = { mean_days = 15, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.1, flare = 0.6, war = 2 }
site_weights = { east = 3, west = 1 }
presence_elasticity = 0.7
contagion = { children_per_attack = 0.5, decay_days = 6, start = "empty" }
weapons = {}
[plan.transport]
people_per_day = 10000
[plan.phases.first]                          # 600 leave the east on day 100
announced_start = 2025-04-10
announced_finish = 2025-04-11
duration_ratio = 1
moves.out = { site = "east", contingent = "us", people = 600 }
[plan.phases.second]                         # the west closes on day 200
announced_start = 2025-07-19
announced_finish = 2025-07-20
duration_ratio = 1
moves.out = { site = "west", contingent = "us" }
"#;

const RATES: [f64; 3] = [0.1, 0.6, 2.0];
const MEAN_DAYS: [f64; 3] = [60.0, 30.0, 15.0];
const CHILDREN: f64 = 0.5;
const DECAY: f64 = 1.0 / 6.0;

struct Thinning {
    now: f64,
    state: usize,
    until: f64,
    /// Excitation of each site, in attacks per day.
    excitation: [f64; 2],
    counts: [f64; 2],
}

impl Thinning {
    fn background(&self, site: usize) -> f64 {
        let (weight, people, reference): (f64, f64, f64) = match site {
            0 => (0.75, if self.now < 100.0 { 1000.0 } else { 400.0 }, 1000.0),
            _ => (0.25, if self.now < 200.0 { 500.0 } else { 0.0 }, 500.0),
        };
        if people == 0.0 {
            return 0.0;
        }
        (1.0 - CHILDREN) * RATES[self.state] * weight * (people / reference).powf(0.7)
    }

    fn intensity(&self) -> [f64; 2] {
        [self.background(0) + self.excitation[0], self.background(1) + self.excitation[1]]
    }

    /// The next moment at which the background may jump.
    fn jump(&self) -> f64 {
        [100.0, 200.0, 360.0, self.until]
            .into_iter()
            .filter(|&moment| moment > self.now)
            .fold(f64::INFINITY, f64::min)
    }

    fn pass(&mut self, moment: f64) {
        let factor = (-DECAY * (moment - self.now)).exp();
        self.excitation = self.excitation.map(|y| y * factor);
        self.now = moment;
        if moment >= 200.0 {
            self.excitation[1] = 0.0;
        }
    }

    fn move_tension(&mut self, stream: &mut Stream) {
        if self.now == self.until {
            let u = stream.uniform();
            self.state = match (self.state, u) {
                (0, u) if u < 0.7 => 1,
                (0, _) => 2,
                (1, u) if u < 0.5 => 0,
                (1, _) => 2,
                _ => 0,
            };
            self.until = self.now - MEAN_DAYS[self.state] * stream.positive_uniform().ln();
        }
    }

    fn run(stream: &mut Stream) -> [f64; 2] {
        let until = -MEAN_DAYS[0] * stream.positive_uniform().ln();
        let mut it = Thinning { now: 0.0, state: 0, until, excitation: [0.0; 2], counts: [0.0; 2] };
        while it.now < 360.0 {
            let bound: f64 = it.intensity().iter().sum();
            let jump = it.jump();
            let candidate = match bound > 0.0 {
                true => it.now - stream.positive_uniform().ln() / bound,
                false => f64::INFINITY,
            };
            if candidate >= jump {
                it.pass(jump);
                it.move_tension(stream);
                continue;
            }
            it.pass(candidate);
            let [east, west] = it.intensity();
            let u = stream.uniform() * bound;
            if u < east + west {
                let site = usize::from(u >= east);
                it.counts[site] += 1.0;
                it.excitation[site] += CHILDREN * DECAY;
            }
        }
        it.counts
    }
}

#[test]
fn engine_and_thinning_agree() {
    let trials = 100_000;
    let mut stream = Stream::new(5, 0, Who::new(&["thinning"]), Purpose::Arrivals);
    let oracle: Vec<[f64; 2]> = (0..trials).map(|_| Thinning::run(&mut stream)).collect();
    let run = run(SCENARIO, trials);
    for site in 0..2 {
        let engine = of(&run, "attacks", By::Site, site);
        let oracle: Vec<f64> = oracle.iter().map(|counts| counts[site]).collect();
        agree(&format!("attacks on site {site}"), &engine, &oracle);
    }
    let engine = total(&run, "attacks");
    let oracle: Vec<f64> = oracle.iter().map(|counts| counts[0] + counts[1]).collect();
    agree("attacks", &engine, &oracle);
}

/// Means, second moments and low counts of two samples, within 4 standard errors.
fn agree(what: &str, engine: &[f64], oracle: &[f64]) {
    type Statistic = fn(f64) -> f64;
    let statistics: [(&str, Statistic); 4] = [
        ("mean", |x| x),
        ("second moment", |x| x * x),
        ("share of at most 10", |x| f64::from(u8::from(x <= 10.0))),
        ("share of at most 50", |x| f64::from(u8::from(x <= 50.0))),
    ];
    for (name, statistic) in statistics {
        let of = |sample: &[f64]| {
            mean_and_se(&sample.iter().map(|&x| statistic(x)).collect::<Vec<f64>>())
        };
        let ((a, se_a), (b, se_b)) = (of(engine), of(oracle));
        let se = se_a.hypot(se_b);
        assert!((a - b).abs() < 4.0 * se, "{what}, {name}: engine {a}, thinning {b}, SE {se}");
        assert!(4.0 * se < 0.05 * b.max(0.2), "{what}, {name}: too few trials, SE {se}");
    }
}
