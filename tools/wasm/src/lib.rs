//! What a run of a shipped scenario comes to, as one number.

use drawdown::scenario::EXAMPLES;
use drawdown::{Batch, MEASURES, Scenario};

/// How many scenarios there are.
#[unsafe(no_mangle)]
pub extern "C" fn scenarios() -> u32 {
    EXAMPLES.len() as u32
}

/// A hash (FNV-1a) of the bits of every measure of every trial of a scenario.
#[unsafe(no_mangle)]
pub extern "C" fn hash(scenario: u32, trials: u32, seed: u32) -> u64 {
    let scenario = Scenario::from_toml_str(EXAMPLES[scenario as usize].toml).unwrap();
    let model = scenario.validate().unwrap().compile();
    let run = model.simulate(&Batch::new(trials.into(), seed.into())).unwrap();
    assert_eq!(run.trials(), u64::from(trials));
    let values = MEASURES.iter().map(|of| run.values(of.name, of.by).unwrap());
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for value in values.flat_map(|values| values.to_owned()) {
        // One NaN for all.
        let bits = if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() };
        for byte in bits.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}
