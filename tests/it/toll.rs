//! Harm to civilians and to the host, against compound Poisson laws.

use drawdown::{Batch, By, Scenario};

use crate::statistics::{Dice, run_under, total};

/// First and second moment of the number harmed by one part of an event: summed from the formula.
fn moments(scale: f64, shape: f64) -> (f64, f64) {
    let survival = |k: f64| match shape {
        0.0 => (-(k - 1.0) / scale).exp(),
        _ => (1.0 + shape * (k - 1.0) / scale).powf(-1.0 / shape),
    };
    let beyond = survival(10_001.0);
    (1..=10_000).map(f64::from).fold((0.0, 0.0), |(first, second), k| {
        let chance = (survival(k) - survival(k + 1.0)) / (1.0 - beyond);
        (first + k * chance, second + k * k * chance)
    })
}

struct Case {
    none: f64,
    scale: f64,
    shape: f64,
    killed: f64,
}

impl Case {
    fn draw(dice: &mut Dice) -> Self {
        let shape = dice.between(-0.1, 0.35).max(0.0);
        Case {
            none: dice.between(0.0, 0.9),
            scale: dice.between(0.2, 9.0),
            shape,
            killed: dice.between(0.05, 0.9),
        }
    }

    fn toml(&self) -> String {
        let Case { none, scale, shape, killed } = self;
        format!(
            "{{ no_casualty = {none}, scale = {scale}, shape = {shape}, killed_share = {killed} }}"
        )
    }

    /// Mean and variance of a part.
    fn part(&self) -> (f64, f64) {
        let (first, second) = moments(self.scale, self.shape);
        let (mean, square) = ((1.0 - self.none) * first, (1.0 - self.none) * second);
        (mean, square - mean * mean)
    }

    /// Holds wounded and killed of a batch against a mean of them all, and their variance.
    fn hold(&self, what: &str, [wounded, killed]: [Vec<f64>; 2], (mean, variance): (f64, f64)) {
        let n = wounded.len() as f64;
        let all: Vec<f64> = wounded.iter().zip(&killed).map(|(w, k)| w + k).collect();
        let found = all.iter().sum::<f64>() / n;
        let bound = 4.5 * (variance / n).sqrt();
        assert!((found - mean).abs() < bound, "{what}: {found} for {mean} ({bound})");
        let spread: Vec<f64> = all.iter().map(|x| (x - mean).powi(2)).collect();
        let found = spread.iter().sum::<f64>() / n;
        let of_it = spread.iter().map(|x| (x - found).powi(2)).sum::<f64>() / n;
        let bound = 4.5 * (of_it / n).sqrt();
        assert!((found - variance).abs() < bound, "{what}: {found} for {variance} ({bound})");
        let (dead, all): (f64, f64) = (killed.iter().sum(), all.iter().sum());
        let bound = 4.5 * (self.killed * (1.0 - self.killed) * all).sqrt();
        assert!((dead - self.killed * all).abs() < bound, "{what}: {dead} of {all}");
    }
}

const PLAN: &str = "schema = 1\nstart = 2025-01-01\nhorizon = 2025-12-27\n\
                    world.sites.base.garrison.us = 100\n";

#[test]
fn row_37_incidents_on_the_host_harm_as_a_compound_poisson_law() {
    let mut dice = Dice(21);
    for k in 0..8 {
        let (case, per_day) = (Case::draw(&mut dice), dice.between(0.01, 0.3));
        let strength = dice.between(0.1, 0.9);
        let toml = format!(
            "{PLAN}[world.insurgency]\nstrength = {strength}\ngrowth_per_year = 0\n\
             [world.insurgency.incidents]\nper_day = {per_day}\nharm = {}\n",
            case.toml()
        );
        let run = run_under(&toml, 20_000, k);
        let count = per_day * strength * 360.0;
        let (mean, variance) = case.part();
        let expected = (count * mean, count * (variance + mean * mean));
        let found = ["host_wounded", "host_killed"].map(|name| total(&run, name));
        case.hold(&toml, found, expected);
    }
}

#[test]
fn row_37_attacks_harm_civilians_as_a_compound_poisson_law() {
    let mut dice = Dice(22);
    for k in 0..8 {
        let (case, per_day) = (Case::draw(&mut dice), dice.between(0.01, 0.3));
        let salvo = dice.between(1.0, 6.0);
        let toml = format!(
            "{PLAN}[world.threats.group]\nattacks_per_day = {per_day}\n\
             weapons.gun = {{ share = 1, salvo_mean = {salvo}, interceptable = false }}\n\
             civilian_harm = {}\n",
            case.toml()
        );
        let run = run_under(&toml, 20_000, k);
        // Of one attack: a geometric number of projectiles.
        let (mean, variance) = case.part();
        let of_attack = salvo * variance + salvo * (2.0 * salvo - 1.0) * mean * mean;
        let count = per_day * 360.0;
        let found = ["civilian_wounded", "civilian_killed"].map(|name| total(&run, name));
        case.hold(&toml, found, (count * salvo * mean, count * of_attack));
    }
}

#[test]
fn what_others_suffer_changes_nothing_else() {
    let example = drawdown::scenario::EXAMPLES.iter().find(|one| one.name == "iraq-2024").unwrap();
    let plain = Scenario::from_toml_str(example.toml).unwrap();
    let mut told = plain.clone();
    let toll = drawdown::scenario::Toll::new(3.0, 0.2);
    for threat in told.world.threats.values_mut() {
        threat.civilian_harm = Some(toll.clone());
    }
    let insurgency = told.world.insurgency.as_mut().unwrap();
    insurgency.incidents.as_mut().unwrap().harm = Some(toll);
    let measures = |scenario: Scenario| {
        let model = scenario.validate().unwrap().compile();
        let run = model.simulate(&Batch::new(100, 3)).unwrap();
        let names = drawdown::MEASURES.iter().filter(|one| one.by == By::Total);
        names.map(|one| (one.name, total(&run, one.name))).collect::<Vec<_>>()
    };
    for ((name, plain), (_, told)) in measures(plain).into_iter().zip(measures(told)) {
        let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        match name.starts_with("host_") || name.starts_with("civilian_") {
            true => assert!(plain.iter().all(|n| *n == 0.0) && told.iter().any(|n| *n > 0.0)),
            false => assert_eq!(bits(&plain), bits(&told), "{name}"),
        }
    }
}
