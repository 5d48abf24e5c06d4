//! Part of a batch as bytes: what a file must hold for the batch to go on after a crash.
//!
//! Sums and histograms are whole numbers, so parts that are put together again give the bits of
//! a batch that was never divided.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::Model;
use crate::results::Keep;
use crate::tally::Tally;
use crate::trial::Weekly;

/// Raised whenever the layout of a part changes.
const FORMAT: u32 = 4;

/// Bytes of the checksum at the end.
const CHECKSUM: usize = 32;

/// What some trials in a row came to.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Part<'a> {
    pub head: Head,
    /// Values of every trial, where they are kept.
    pub rows: Cow<'a, [f64]>,
    /// By column, where a summary is kept.
    pub tallies: Vec<Tally>,
    pub weekly: Weekly,
}

/// Which batch a part belongs to, and where in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    format: u32,
    version: String,
    scenario_hash: String,
    pub seed: u64,
    keep: String,
    /// The number of its first trial, and how many there are.
    pub first: u64,
    pub trials: u64,
    /// Of the inputs that were given for these trials, if any were.
    inputs_hash: Option<String>,
}

impl Head {
    /// Of the part that has these trials.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no inputs for some of them.
    pub fn new(model: &Model, seed: u64, keep: Keep, trials: Range<u64>) -> Result<Self> {
        Ok(Head {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_hash: model.scenario().hash(),
            seed,
            keep: keep.as_str().to_owned(),
            first: trials.start,
            trials: trials.end - trials.start,
            inputs_hash: model.inputs_hash_of(trials)?,
        })
    }

    /// What is kept of its trials.
    pub fn keep(&self) -> Option<Keep> {
        Keep::ALL.into_iter().find(|keep| keep.as_str() == self.keep)
    }

    /// Which trials it has, if there are such numbers.
    fn range(&self) -> Option<Range<u64>> {
        Some(self.first..self.first.checked_add(self.trials)?)
    }
}

impl<'a> Part<'a> {
    pub fn new(head: Head, rows: &'a [f64], tallies: Vec<Tally>, weekly: Weekly) -> Self {
        Part { head, rows: Cow::Borrowed(rows), tallies, weekly }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_stdvec(self).expect("memory is all that it takes");
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// Reads a part of a run of a model, whose scenario has this hash.
    ///
    /// # Errors
    /// [`Error::Usage`] if the bytes are not what was written, or are of another scenario, of other
    /// inputs, or of another version.
    pub fn from_bytes(bytes: &[u8], model: &Model, scenario_hash: &str) -> Result<Part<'static>> {
        Part::with_rows(bytes, None, model, scenario_hash)
    }

    /// The same of a part that was written without its rows, which are kept elsewhere.
    ///
    /// # Errors
    /// As [`Part::from_bytes`].
    pub fn with_rows(
        bytes: &[u8],
        rows: Option<Vec<f64>>,
        model: &Model,
        scenario_hash: &str,
    ) -> Result<Part<'static>> {
        let (content, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or_else(damaged)?;
        if Sha256::digest(content).as_slice() != checksum {
            return Err(damaged());
        }
        check_written(content, FORMAT, damaged)?;
        let (head, _) = postcard::take_from_bytes::<Head>(content).map_err(|_| damaged())?;
        if head.scenario_hash != scenario_hash {
            return Err(Error::Usage("it belongs to another scenario".into()));
        }
        if head.inputs_hash != model.inputs_hash_of(head.range().ok_or_else(damaged)?)? {
            return Err(Error::Usage("it was run with other values given for the ranges".into()));
        }
        let mut part: Part<'static> = postcard::from_bytes(content).map_err(|_| damaged())?;
        if let Some(rows) = rows {
            part.rows = Cow::Owned(rows);
        }
        if part.fits(model) { Ok(part) } else { Err(damaged()) }
    }

    fn fits(&self, model: &Model) -> bool {
        let width = model.layout.width();
        let numbers = usize::try_from(self.head.trials).ok().and_then(|n| n.checked_mul(width));
        let (rows, tallies) = match self.head.keep() {
            Some(Keep::Trials) => (numbers, 0),
            Some(Keep::Summary) => (Some(0), width),
            None => return false,
        };
        Some(self.rows.len()) == rows
            && self.tallies.len() == tallies
            && self.tallies.iter().all(|tally| tally.moments.trials() == self.head.trials)
            && self.weekly.fits(model)
    }

    /// Whether it is of the run under a seed.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is of another seed or [`Keep`].
    pub fn check_run(&self, seed: u64, keep: Keep) -> Result<()> {
        if (self.head.seed, self.head.keep()) == (seed, Some(keep)) {
            return Ok(());
        }
        Err(Error::Usage("it belongs to a run with another seed or another `keep`".into()))
    }
}

/// Refuses what another version wrote: all that is written down begins with its format and the
/// version.
///
/// # Errors
/// [`Error::Usage`] then, and `damaged` if it begins in another way.
pub(crate) fn check_written(bytes: &[u8], format: u32, damaged: fn() -> Error) -> Result<()> {
    let begins = postcard::take_from_bytes::<(u32, String)>(bytes);
    let ((its_format, version), _) = begins.map_err(|_| damaged())?;
    let own = env!("CARGO_PKG_VERSION");
    if (its_format, version.as_str()) == (format, own) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "it was written by drawdown {version} in format {its_format}, and this is {own} with \
         format {format}: only the same version can take it up"
    )))
}

/// Refuses to write down, or to put together, what depends on functions of the program.
///
/// # Errors
/// [`Error::Usage`] if rules are such functions.
pub(crate) fn check_parts(model: &Model) -> Result<()> {
    match model.embedded_rules() {
        [] => Ok(()),
        rules => Err(Error::Usage(format!(
            "{} are functions of the program, which no file can hold: such a batch has no parts \
             and no shards; run it in one go",
            rules.join(", ")
        ))),
    }
}

/// Which trials a part says that it has; whether it is sound is not asked.
///
/// # Errors
/// [`Error::Usage`] if it does not even begin like a part.
#[cfg(feature = "python")]
pub(crate) fn part_trials(bytes: &[u8]) -> Result<Range<u64>> {
    let (head, _) = postcard::take_from_bytes::<Head>(bytes).map_err(|_| damaged())?;
    head.range().ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::Usage("it is not what was written, or not all of it".into())
}
