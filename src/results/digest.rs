//! One number for all values of a run.

use sha2::{Digest, Sha256};

use super::Run;
use crate::error::Result;
use crate::measure::MEASURES;

impl Run {
    /// SHA-256, in hexadecimal, of the bits of every measure in every trial: two runs have the same
    /// if they found the same, on whatever machine.
    ///
    /// ```
    /// use drawdown::{Batch, Scenario};
    ///
    /// let model = Scenario::example("minimal")?.validate()?.compile();
    /// let on_one = model.simulate(&Batch::new(200, 7).threads(1))?;
    /// assert_eq!(on_one.digest()?, model.simulate(&Batch::new(200, 7))?.digest()?);
    /// assert_ne!(on_one.digest()?, model.simulate(&Batch::new(200, 8))?.digest()?);
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if values of trials were not kept.
    pub fn digest(&self) -> Result<String> {
        let mut hash = Sha256::new();
        for number in [self.range().start, self.trials()] {
            hash.update(number.to_le_bytes());
        }
        for measure in MEASURES {
            hash.update(measure.name);
            for value in self.values(measure.name, measure.by)? {
                // One NaN for all: which it is differs from machine to machine.
                let value = if value.is_nan() { f64::NAN } else { *value };
                hash.update(value.to_bits().to_le_bytes());
            }
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
