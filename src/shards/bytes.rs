//! Runs as bytes, from which they can be made again elsewhere.

use ndarray::Array2;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::merge;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::part::{Head, Part, check_parts};
use crate::results::{Keep, Kept, NO_REPLAY, Run};
use crate::scenario::Scenario;

/// What every run in bytes begins with.
const MAGIC: &[u8; 8] = b"drawdown";

/// Raised whenever the layout of what comes before the part changes.
const FORMAT: u32 = 1;

const CHECKSUM: usize = 32;
const LONG: usize = 8;

/// What a model is made of again.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct About {
    format: u32,
    version: String,
    scenario: String,
    /// How many trials a row is for, how many columns there are, and the values, row by row.
    inputs: Option<(u64, usize, Vec<f64>)>,
}

impl Run {
    /// The run as bytes: its scenario, the values given for its ranges, what was kept and a
    /// checksum. [`Run::from_bytes`] makes it again, elsewhere too.
    ///
    /// # Errors
    /// [`Error::Usage`] if rules are functions of the program, which no file can hold, or the run
    /// is one of particles of a filter.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        check_parts(self.model())?;
        if self.is_filtered() {
            return Err(Error::Usage(NO_REPLAY.into()));
        }
        let about = about(self.model());
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(about.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&about);
        bytes.extend_from_slice(&Sha256::digest(&about));
        bytes.extend_from_slice(&self.asked().to_le_bytes());
        bytes.extend_from_slice(&self.to_part());
        Ok(bytes)
    }

    /// What was kept, without the scenario: the one part of a batch of these trials.
    pub(crate) fn to_part(&self) -> Vec<u8> {
        match &self.kept {
            Kept::Trials(rows) => self.part_of(rows.as_slice().expect("rows are in order")),
            Kept::Summary(_) => self.part_of(&[]),
        }
    }

    /// The same without the rows, of whoever keeps them elsewhere.
    #[cfg(feature = "python")]
    pub(crate) fn part_without_rows(&self) -> Vec<u8> {
        self.part_of(&[])
    }

    fn part_of(&self, rows: &[f64]) -> Vec<u8> {
        let head = Head::new(self.model(), self.seed(), self.keep(), self.range().start);
        let tallies = match &self.kept {
            Kept::Trials(_) => Vec::new(),
            Kept::Summary(tallies) => tallies.clone(),
        };
        Part::new(head, self.trials(), rows, tallies, self.weekly.clone()).to_bytes()
    }

    /// Makes a run of a model, whose scenario has this hash, of its part, and of its rows where they were kept elsewhere.
    ///
    /// # Errors
    /// [`Error::Usage`] if the part is damaged, of another scenario or of another version.
    pub(crate) fn from_part(
        model: &Model,
        scenario_hash: String,
        part: &[u8],
        rows: Option<Vec<f64>>,
        asked: u64,
    ) -> Result<Run> {
        let damaged = || Error::Usage("it is not a run in bytes, or is damaged".into());
        let head = Head::peek(part).ok_or_else(damaged)?;
        let keep = Keep::ALL.into_iter().find(|keep| keep.as_str() == head.keep);
        let keep = keep.ok_or_else(damaged)?;
        let due = Head::of(scenario_hash, head.seed, keep, head.first);
        let part = Part::with_rows(part, rows, &due, model)?;
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

fn about(model: &Model) -> Vec<u8> {
    let inputs = model.given_inputs().map(|values| {
        (model.trials_each(), values.ncols(), values.iter().copied().collect::<Vec<f64>>())
    });
    let about = About {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: model.scenario().to_toml_string(),
        inputs,
    };
    postcard::to_stdvec(&about).expect("memory is all that it takes")
}

/// A model, the hash of its scenario, and the bytes that it was made of.
type Known = (Vec<u8>, Model, String);

/// Reads a run; `known` is the model of the last one that was read.
fn read(bytes: &[u8], known: &mut Option<Known>) -> Result<Run> {
    let damaged = || Error::Usage("it is not a run in bytes, or is damaged".into());
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk::<LONG>().ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (about, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let (checksum, rest) = rest.split_first_chunk::<CHECKSUM>().ok_or_else(damaged)?;
    let (asked, part) = rest.split_first_chunk::<LONG>().ok_or_else(damaged)?;
    if Sha256::digest(about).as_slice() != checksum {
        return Err(damaged());
    }
    if known.as_ref().is_none_or(|(made_of, ..)| made_of != about) {
        let model = model(about)?;
        let hash = model.scenario().hash();
        *known = Some((about.to_vec(), model, hash));
    }
    let (_, model, hash) = known.as_ref().expect("just made");
    Run::from_part(model, hash.clone(), part, None, u64::from_le_bytes(*asked))
}

fn model(about: &[u8]) -> Result<Model> {
    let damaged = || Error::Usage("it is not a run in bytes, or is damaged".into());
    let (format, rest) = postcard::take_from_bytes::<u32>(about).map_err(|_| damaged())?;
    let (version, _) = postcard::take_from_bytes::<String>(rest).map_err(|_| damaged())?;
    if format != FORMAT || version != env!("CARGO_PKG_VERSION") {
        return Err(Error::Usage(format!(
            "it was written by drawdown {version}, and this is {}: only the same version can take \
             it up",
            env!("CARGO_PKG_VERSION")
        )));
    }
    let about: About = postcard::from_bytes(about).map_err(|_| damaged())?;
    let model = Scenario::from_toml_str(&about.scenario)?.validate()?.compile();
    let Some((trials_each, columns, values)) = about.inputs else { return Ok(model) };
    let rows = values.len().checked_div(columns).ok_or_else(damaged)?;
    let values = Array2::from_shape_vec((rows, columns), values).map_err(|_| damaged())?;
    model.with_inputs(values, trials_each)
}
