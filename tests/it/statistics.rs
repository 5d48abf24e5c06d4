//! Estimates with their standard errors, compared with known values at four of them.

use drawdown::{Batch, By, Run, Scenario};

/// Uniform numbers, by a congruence (Knuth's MMIX): nothing of the product's.
pub struct Dice(pub u64);

impl Dice {
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        low + (high - low) * (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Runs `trials` of a scenario given as TOML.
pub fn run(toml: &str, trials: u64) -> Run {
    run_under(toml, trials, 20_240_906)
}

/// Runs them under a seed of its own.
pub fn run_under(toml: &str, trials: u64, seed: u64) -> Run {
    let model = Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile();
    model.simulate(&Batch::new(trials, seed)).unwrap()
}

/// The values of a measure of the whole theatre.
pub fn total(run: &Run, name: &str) -> Vec<f64> {
    run.values(name, By::Total).unwrap().column(0).to_vec()
}

/// The values of a measure for the `k`-th id of a breakdown.
pub fn of(run: &Run, name: &str, by: By, k: usize) -> Vec<f64> {
    run.values(name, by).unwrap().column(k).to_vec()
}

pub fn mean_and_se(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Fails unless the mean is within 4 standard errors of `expected` and the run is long enough
/// to tell a bias of `resolution` (a share of the expected value).
pub fn assert_mean(what: &str, values: &[f64], expected: f64, resolution: f64) {
    let (mean, se) = mean_and_se(values);
    let z = (mean - expected) / se;
    assert!(z.abs() < 4.0, "{what}: {mean} (SE {se}) for {expected}, z = {z:.2}");
    let told = 4.0 * se / expected.abs();
    assert!(told <= resolution, "{what}: the run tells a bias of {told:.4} only");
}

/// As [`assert_mean`], for the variance.
pub fn assert_variance(what: &str, values: &[f64], expected: f64, resolution: f64) {
    let (mean, _) = mean_and_se(values);
    let squares: Vec<f64> = values.iter().map(|x| (x - mean).powi(2)).collect();
    assert_mean(&format!("variance of {what}"), &squares, expected, resolution);
}

/// As [`assert_mean`], for the share of values that satisfy a condition.
pub fn assert_share(
    what: &str,
    values: &[f64],
    holds: impl Fn(f64) -> bool,
    expected: f64,
    resolution: f64,
) {
    let indicators: Vec<f64> = values.iter().map(|&x| f64::from(u8::from(holds(x)))).collect();
    assert_mean(what, &indicators, expected, resolution);
}
