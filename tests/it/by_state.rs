//! What depends on the state of tension besides the rate: each against what the states' shares of
//! the days make of it.

use std::fmt::Write as _;

use drawdown::{By, MEASURES};

use crate::statistics::{Dice, assert_mean, of, run, run_under, total};

const STATES: [&str; 3] = ["calm", "flare", "war"];
const SITES: [&str; 3] = ["east", "north", "west"];

/// A chain of three states and a threat on three sites.
struct World {
    /// By state.
    mean_days: [f64; 3],
    /// By state, then the state that follows.
    next: [[f64; 3]; 3],
    rates: [f64; 3],
    /// By state, then site.
    weights: [[f64; 3]; 3],
    children: f64,
    decay: f64,
}

impl World {
    fn new(dice: &mut Dice) -> Self {
        let mut any = |low, high| [0; 3].map(|_| dice.between(low, high));
        let mut world = World {
            mean_days: any(10.0, 40.0),
            next: [0; 3].map(|_| any(0.1, 1.0)),
            rates: any(0.2, 1.5),
            weights: [0; 3].map(|_| any(0.1, 2.0)),
            children: 0.0,
            decay: 0.0,
        };
        for (state, row) in world.next.iter_mut().enumerate() {
            row[state] = 0.0;
        }
        // Some site is not attacked in the last state.
        world.weights[2][0] = 0.0;
        (world.children, world.decay) = (dice.between(0.1, 0.5), dice.between(2.0, 10.0));
        world
    }

    fn share(&self, state: usize, site: usize) -> f64 {
        self.weights[state][site] / self.weights[state].iter().sum::<f64>()
    }

    /// The scenario: the weights of the first state are those of no state, and a weight of 0 is left
    /// out.
    fn text(&self) -> String {
        let mut text =
            "schema = 1\nstart = 2025-01-01\nhorizon = 2025-06-30\nworld.tension.start = \"calm\"\n"
                .to_owned();
        for site in SITES {
            writeln!(text, "world.sites.{site}.garrison.us = 100").unwrap();
        }
        let threat = "world.threats.group";
        for (state, id) in STATES.iter().enumerate() {
            let path = format!("world.tension.states.{id}");
            writeln!(text, "{path}.mean_days = {:?}", self.mean_days[state]).unwrap();
            writeln!(text, "{threat}.attacks_per_day.{id} = {:?}", self.rates[state]).unwrap();
            for (to, other) in STATES.iter().enumerate().filter(|(to, _)| *to != state) {
                writeln!(text, "{path}.next.{other} = {:?}", self.next[state][to]).unwrap();
            }
            let table = match state {
                0 => "site_weights".to_owned(),
                _ => format!("site_weights_by_state.{id}"),
            };
            let weights = SITES.iter().zip(self.weights[state]).filter(|(_, weight)| *weight > 0.0);
            for (site, weight) in weights {
                writeln!(text, "{threat}.{table}.{site} = {weight:?}").unwrap();
            }
        }
        let (children, decay) = (self.children, self.decay);
        writeln!(text, "{threat}.contagion.children_per_attack = {children:?}").unwrap();
        writeln!(text, "{threat}.contagion.decay_days = {decay:?}").unwrap();
        text + threat + ".weapons = {}\n"
    }

    /// What changes a day: the chances of the states, arrivals that are caused by site, and attacks by
    /// site.
    fn flow(&self, now: &[f64; 9]) -> [f64; 9] {
        let mut flow = [0.0; 9];
        for from in 0..3 {
            let leave = now[from] / self.mean_days[from];
            let all: f64 = self.next[from].iter().sum();
            flow[from] -= leave;
            for (change, weight) in flow.iter_mut().zip(self.next[from]) {
                *change += leave * weight / all;
            }
        }
        for site in 0..3 {
            let rates =
                (0..3).map(|state| now[state] * self.rates[state] * self.share(state, site));
            let attacks = (1.0 - self.children) * rates.sum::<f64>() + now[3 + site];
            flow[3 + site] = (self.children * attacks - now[3 + site]) / self.decay;
            flow[6 + site] = attacks;
        }
        flow
    }

    /// Expected attacks by site after so many days (fourth order Runge-Kutta, a step of 0.05).
    fn attacks(&self, days: f64) -> [f64; 3] {
        let mut now = [0.0; 9];
        now[0] = 1.0;
        for site in 0..3 {
            now[3 + site] = self.children * self.rates[0] * self.share(0, site);
        }
        let step = 0.05;
        for _ in 0..(days / step).round() as usize {
            let later = |by: f64, flow: &[f64; 9]| {
                let mut then = now;
                then.iter_mut().zip(flow).for_each(|(x, rate)| *x += by * rate);
                then
            };
            let a = self.flow(&now);
            let b = self.flow(&later(step / 2.0, &a));
            let c = self.flow(&later(step / 2.0, &b));
            let d = self.flow(&later(step, &c));
            for k in 0..9 {
                now[k] += step / 6.0 * (a[k] + 2.0 * b[k] + 2.0 * c[k] + d[k]);
            }
        }
        [now[6], now[7], now[8]]
    }
}

#[test]
fn attacks_fall_on_the_sites_of_the_state() {
    let mut dice = Dice(5);
    for seed in 0..4 {
        let world = World::new(&mut dice);
        let run = run_under(&world.text(), 30_000, seed);
        for (site, expected) in world.attacks(180.0).into_iter().enumerate() {
            let attacks = of(&run, "attacks", By::Site, site);
            assert_mean(&format!("{} of {}", SITES[site], world.text()), &attacks, expected, 0.04);
        }
    }
}

/// In calm all three sites are attacked, in war one that has been left.
const LEFT: &str = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28                         # day 300
world.sites.east.garrison.us = 100
world.sites.north.garrison.us = 100
world.sites.west.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 30, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 1, war = 2 }
site_weights_by_state.calm = { east = 4, north = 3, west = 1 }
site_weights_by_state.war = WAR
displacement = 0.5
weapons = {}
[plan.transport]
lift_every_days = 366                        # one lift, on the last day
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-04-11                # day 100
duration_ratio = 1
moves.out = { site = "east", contingent = "us" }
"#;

#[test]
fn displaced_attacks_fall_on_the_sites_of_the_state() {
    // Chances of war relax to 1/3 at 1/60 + 1/30 a day.
    let war_days = |from: f64, to: f64| {
        let relaxed = |t: f64| t + (-0.05 * t).exp() / 0.05;
        (relaxed(to) - relaxed(from)) / 3.0
    };
    let calm_days = 300.0 - war_days(0.0, 300.0);
    let calm_left = 200.0 - war_days(100.0, 300.0);
    // In war nobody is attacked after that, or all that is displaced falls on the west.
    for (war, north, west) in [
        ("{ east = 1 }", 0.0, 0.0),
        (
            "{ east = 1, north = 0, west = 1 }",
            0.0,
            war_days(0.0, 300.0) + 0.5 * war_days(100.0, 300.0),
        ),
    ] {
        let run = run(&LEFT.replace("WAR", war), 40_000);
        let north = north + (3.0 * calm_days + 0.5 * 4.0 * 0.75 * calm_left) / 8.0;
        let west = west + (calm_days + 0.5 * 4.0 * 0.25 * calm_left) / 8.0;
        assert_mean(&format!("north, {war}"), &of(&run, "attacks", By::Site, 1), north, 0.01);
        assert_mean(&format!("west, {war}"), &of(&run, "attacks", By::Site, 2), west, 0.02);
    }
}

#[test]
fn incidents_of_the_insurgency_fall_on_the_sites_of_the_state() {
    let text = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28
world.sites.east.garrison.us = 100
world.sites.west.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 30, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = 0
site_weights = { east = 3, west = 1 }
site_weights_by_state.war = { west = 1 }
weapons = {}
[world.insurgency]
strength = 0.5
growth_per_year = 0
incidents = { per_day = 2, on_sites = 0.5, threat = "group" }
"#;
    let run = run(text, 20_000);
    let war = (300.0 - (1.0 - (-15.0f64).exp()) / 0.05) / 3.0;
    let (east, west) = (0.5 * 0.75 * (300.0 - war), 0.5 * (0.25 * (300.0 - war) + war));
    assert_mean("east", &of(&run, "attacks", By::Site, 0), east, 0.02);
    assert_mean("west", &of(&run, "attacks", By::Site, 1), west, 0.02);
}

#[test]
fn salvoes_and_harm_are_those_of_the_state() {
    let text = r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28                         # day 300
[world.sites.base]
garrison.us = 100_000
air_defence.intercept = { drone = 0.5, rocket = 0.25 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 30, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.5, war = 1 }
[world.threats.group.weapons]
drone = { share = 3, salvo_mean = 2, by_state.war = { salvo_mean = 5 } }
rocket = { share = 1, salvo_mean = 6, by_state.war = { share = 2 } }
[world.threats.group.harm]
no_casualty = 0.8
scale = 2
shape = 0
killed_share = 0.1
by_state.war = { no_casualty = 0.6, scale = 4, killed_share = 0.3 }
"#;
    let run = run(text, 40_000);
    let war = (300.0 - (1.0 - (-15.0f64).exp()) / 0.05) / 3.0;
    let attacks = [0.5 * (300.0 - war), war];
    // By weapon the share, the mean salvo and what gets through.
    let through =
        [(3.0 * 2.0 * 0.5 + 6.0 * 0.75) / 4.0, (3.0 * 5.0 * 0.5 + 2.0 * 6.0 * 0.75) / 5.0];
    // The number harmed is geometric with ratio exp(-1 / scale).
    let harmed = |scale: f64| 1.0 / (1.0 - (-1.0 / scale).exp());
    let casualties =
        [attacks[0] * through[0] * 0.2 * harmed(2.0), attacks[1] * through[1] * 0.4 * harmed(4.0)];
    let killed = 0.1 * casualties[0] + 0.3 * casualties[1];
    let wounded = casualties.iter().sum::<f64>() - killed;
    assert_mean("attacks", &total(&run, "attacks"), attacks.iter().sum(), 0.01);
    assert_mean("wounded", &total(&run, "wounded"), wounded, 0.02);
    assert_mean("killed", &total(&run, "killed"), killed, 0.02);
    // The same projectile by projectile, where interception has a law that goes into no table.
    let one_by_one = text.replace("drone = 0.5", "drone = { uniform = [0.3, 0.7] }");
    let run = run_under(&one_by_one, 40_000, 3);
    assert_mean("wounded one by one", &total(&run, "wounded"), wounded, 0.02);
}

#[test]
fn arms_of_their_own_that_are_the_same_change_no_bit() {
    let text = |weapon: &str, harm: &str| {
        format!(
            r#"
schema = 1
start = 2025-01-01
horizon = 2025-10-28
world.sites.base.garrison.us = 300
[world.tension]
start = "calm"
states.calm = {{ mean_days = 60, next = {{ war = 1 }} }}
states.war = {{ mean_days = 30, next = {{ calm = 1 }} }}
[world.threats.group]
attacks_per_day = {{ calm = 0.5, war = 1 }}
weapons.drone = {{ share = 3, salvo_mean = 2 {weapon} }}
weapons.rocket = {{ share = 1, salvo_mean = 6 }}
harm = {{ scale = 2, killed_share = 0.2 {harm} }}
contagion = {{ children_per_attack = 0.3, decay_days = 9 }}
"#
        )
    };
    let plain = bits(&text("", ""));
    let same = ", by_state.war = { killed_share = 0.2, no_casualty = 0.8 }";
    assert_eq!(bits(&text(", by_state.calm = { share = 3, salvo_mean = 2 }", same)), plain);
    assert_ne!(bits(&text(", by_state.calm = { share = 3, salvo_mean = 3 }", same)), plain);
}

fn bits(text: &str) -> Vec<u64> {
    let run = run(text, 200);
    let values = MEASURES.iter().map(|measure| run.values(measure.name, measure.by).unwrap());
    values.flat_map(|values| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>()).collect()
}

#[test]
fn neutral_settings_change_no_bit() {
    let world = World::new(&mut Dice(11));
    let text = world.text();
    let plain: String = text
        .lines()
        .filter(|line| !line.contains("by_state"))
        .fold(String::new(), |text, line| text + line + "\n");
    let weights = plain.lines().filter(|line| line.contains(".site_weights."));
    let each = weights.flat_map(|line| {
        STATES
            .map(|state| line.replace("site_weights.", &format!("site_weights_by_state.{state}.")))
    });
    let by_state: Vec<String> = each.collect();
    assert_eq!(bits(&(plain.clone() + &by_state.join("\n"))), bits(&plain));
}
