//! Runs as bytes, from which they can be made again elsewhere.

use ndarray::Array2;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::merge;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::part::{Head, Part, check_parts, check_written};
use crate::results::{Kept, NO_REPLAY, Run};
use crate::scenario::Scenario;

/// What every run in bytes begins with.
const MAGIC: &[u8; 8] = b"drawdown";

/// Raised whenever the layout of what comes before the part changes.
const FORMAT: u32 = 2;

const CHECKSUM: usize = 32;
const LONG: usize = 8;

/// What comes before the part.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    format: u32,
    version: String,
    /// Trials asked for.
    asked: u64,
    made_of: MadeOf,
}

/// What a model is made of again.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct MadeOf {
    scenario: String,
    inputs: Option<Inputs>,
}

/// Inputs that were given.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inputs {
    trials_each: u64,
    first_row: u64,
    columns: usize,
    /// Row by row.
    values: Vec<f64>,
}

impl Run {
    /// The run as bytes: its scenario, the values given for its ranges, what was kept and a
    /// checksum. [`Run::from_bytes`] makes it again, elsewhere too.
    ///
    /// # Errors
    /// [`Error::Usage`] if rules are functions of the program, which no file can hold, the run is
    /// one of particles of a filter, or has less variance ([`Model::reduced`]).
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        if self.model().is_reduced() {
            return Err(Error::Usage(
                "the run has less variance, which this form has no place for: keep the scenario and \
                 the seed, or run it plainly"
                    .into(),
            ));
        }
        let part = self.to_part()?;
        let about = About {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            asked: self.asked(),
            made_of: MadeOf::of(self.model()),
        };
        let about = postcard::to_stdvec(&about).expect("memory is all that it takes");
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(about.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&about);
        bytes.extend_from_slice(&Sha256::digest(&about));
        bytes.extend_from_slice(&part);
        Ok(bytes)
    }

    /// Whether its trials are those of a batch, which can be written down and put together.
    ///
    /// # Errors
    /// [`Error::Usage`] if rules are functions of the program, or it is one of particles of a
    /// filter.
    pub(super) fn check_part(&self) -> Result<()> {
        check_parts(self.model())?;
        match self.is_filtered() {
            true => Err(Error::Usage(NO_REPLAY.into())),
            false => Ok(()),
        }
    }

    /// What was kept, without the scenario: the one part of a batch of these trials.
    ///
    /// # Errors
    /// [`Error::Usage`] as [`Run::to_bytes`].
    pub(crate) fn to_part(&self) -> Result<Vec<u8>> {
        match &self.kept {
            Kept::Trials(rows) => self.part_of(rows.as_slice().expect("rows are in order")),
            Kept::Summary(_) => self.part_of(&[]),
        }
    }

    /// The same without the rows, of whoever keeps them elsewhere.
    ///
    /// # Errors
    /// As [`Run::to_part`].
    #[cfg(feature = "python")]
    pub(crate) fn part_without_rows(&self) -> Result<Vec<u8>> {
        self.part_of(&[])
    }

    fn part_of(&self, rows: &[f64]) -> Result<Vec<u8>> {
        self.check_part()?;
        let head = Head::new(self.model(), self.seed(), self.keep(), self.range())?;
        let tallies = match &self.kept {
            Kept::Trials(_) => Vec::new(),
            Kept::Summary(tallies) => tallies.clone(),
        };
        Ok(Part::new(head, rows, tallies, self.weekly.clone()).to_bytes())
    }

    /// Makes a run of a model, whose scenario has this hash, of its part, and of its rows where they
    /// were kept elsewhere.
    ///
    /// # Errors
    /// [`Error::Usage`] if the part is damaged, of another scenario, of other inputs or of another
    /// version, or has more trials than were asked for.
    pub(crate) fn from_part(
        model: &Model,
        scenario_hash: &str,
        part: &[u8],
        rows: Option<Vec<f64>>,
        asked: u64,
    ) -> Result<Run> {
        let part = Part::with_rows(part, rows, model, scenario_hash)?;
        let head = &part.head;
        let keep = head.keep().ok_or_else(damaged)?;
        if asked < head.trials || head.first.checked_add(asked).is_none() {
            return Err(damaged());
        }
        let width = model.layout.width();
        let kept = Kept::new(keep, part.rows.into_owned(), width, part.tallies);
        Ok(Run::new(model, head.seed, head.first, asked, kept, part.weekly))
    }

    /// Makes a run of what [`Run::to_bytes`] gave.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is damaged, or was written by another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Run> {
        read(bytes, &mut None)
    }

    /// Merges shards in bytes, as [`Run::merge`] does; the model is made once.
    ///
    /// # Errors
    /// As [`Run::merge`], with all that [`Run::from_bytes`] has against any of them.
    pub fn merge_bytes<B: AsRef<[u8]>>(shards: impl IntoIterator<Item = B>) -> Result<Run> {
        let (mut model, mut runs, mut problems) = (None, Vec::new(), Vec::new());
        for (k, shard) in shards.into_iter().enumerate() {
            match read(shard.as_ref(), &mut model) {
                Ok(run) => runs.push((k, run)),
                Err(error) => problems.push(format!("shard {k}: {error}")),
            }
        }
        merge::merge(runs, problems)
    }
}

impl MadeOf {
    fn of(model: &Model) -> Self {
        let inputs = model.given_inputs().map(|(values, first_row)| Inputs {
            trials_each: model.trials_each(),
            first_row,
            columns: values.ncols(),
            values: values.iter().copied().collect(),
        });
        MadeOf { scenario: model.scenario().to_toml_string(), inputs }
    }

    fn model(&self) -> Result<Model> {
        let model = Scenario::from_toml_str(&self.scenario)?.validate()?.compile();
        let Some(Inputs { trials_each, first_row, columns, values }) = &self.inputs else {
            return Ok(model);
        };
        let rows = values.len().checked_div(*columns).ok_or_else(damaged)?;
        let values = Array2::from_shape_vec((rows, *columns), values.clone());
        model.with_inputs_from(values.map_err(|_| damaged())?, *trials_each, *first_row)
    }
}

/// What a model was made of, and the hash of its scenario.
type Known = (MadeOf, Model, String);

/// Reads a run; `known` is the model of the last one that was read.
fn read(bytes: &[u8], known: &mut Option<Known>) -> Result<Run> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk::<LONG>().ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (about, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let (checksum, part) = rest.split_first_chunk::<CHECKSUM>().ok_or_else(damaged)?;
    if Sha256::digest(about).as_slice() != checksum {
        return Err(damaged());
    }
    check_written(about, FORMAT, damaged)?;
    let About { asked, made_of, .. } = postcard::from_bytes(about).map_err(|_| damaged())?;
    if known.as_ref().is_none_or(|(other, ..)| *other != made_of) {
        let model = made_of.model()?;
        let hash = model.scenario().hash();
        *known = Some((made_of, model, hash));
    }
    let (_, model, hash) = known.as_ref().expect("just made");
    Run::from_part(model, hash, part, None, asked)
}

fn damaged() -> Error {
    Error::Usage("it is not a run in bytes, or is damaged".into())
}

#[cfg(test)]
mod tests {
    use ndarray::{Axis, Slice};

    use super::*;
    use crate::batch::Batch;
    use crate::shards::Shards;

    fn given(first_row: u64) -> Model {
        let model = Scenario::example("iraq-2024").unwrap().validate().unwrap().compile();
        let values = model.draw_inputs(3, 8).unwrap();
        let rows = values.slice_axis(Axis(0), Slice::from(first_row as usize..));
        model.with_inputs_from(rows.to_owned(), 5, first_row).unwrap()
    }

    #[test]
    fn rows_of_a_larger_table_stay_those_of_their_trials() {
        let (whole, some) = (given(0), given(4));
        assert_ne!(whole.inputs_hash(), some.inputs_hash());
        let run = some.simulate(&Batch::range(23..40, 7)).unwrap();
        let again = Run::from_bytes(&run.to_bytes().unwrap()).unwrap();
        assert_eq!(again.origin(), run.origin());
        let due = whole.simulate(&Batch::range(23..40, 7)).unwrap();
        assert_eq!(again.inputs().unwrap(), due.inputs().unwrap());
        // What goes elsewhere are the rows that are needed there.
        let mut shards = Shards::new(&whole, &Batch::new(40, 7)).unwrap();
        assert_eq!(shards.add(&run.to_part().unwrap()).unwrap(), 23..40);
        let error = some.simulate(&Batch::range(19..23, 7)).unwrap_err().to_string();
        assert!(error.contains("no inputs for trial 19"), "{error}");
        let part = due.to_part().unwrap();
        let early = whole.simulate(&Batch::new(1, 7)).unwrap().to_part().unwrap();
        let hash = whole.scenario().hash();
        let read = |part: &[u8], asked| Run::from_part(&some, &hash, part, None, asked);
        assert_eq!(read(&part, 17).unwrap().asked(), 17);
        for asked in [16, u64::MAX] {
            assert!(read(&part, asked).unwrap_err().to_string().contains("damaged"));
        }
        assert!(read(&early, 1).unwrap_err().to_string().contains("no inputs for trial 0"));
    }
}
