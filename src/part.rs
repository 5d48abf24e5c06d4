//! Part of a batch as bytes: what a file must hold for the batch to go on after a crash.
//!
//! Sums and histograms are whole numbers, so parts that are put together again give the bits of
//! a batch that was never divided.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::Model;
use crate::results::Keep;
use crate::tally::Tally;
use crate::trial::Weekly;

/// Raised whenever the layout of a part changes.
const FORMAT: u32 = 2;

/// Bytes of the checksum at the end.
const CHECKSUM: usize = 32;

/// What some trials in a row came to.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Part<'a> {
    head: Head,
    /// Trials in it.
    pub trials: u64,
    /// Values of every trial, where they are kept.
    pub rows: Cow<'a, [f64]>,
    /// By column, where a summary is kept.
    pub tallies: Vec<Tally>,
    pub weekly: Weekly,
}

/// Which batch a part belongs to, and where in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    format: u32,
    version: String,
    scenario_hash: String,
    pub seed: u64,
    pub keep: String,
    /// The number of its first trial.
    pub first: u64,
}

impl Head {
    /// What some bytes begin with, if that is a head; whether they are sound is not asked.
    pub fn peek(bytes: &[u8]) -> Option<Self> {
        postcard::take_from_bytes(bytes).ok().map(|(head, _)| head)
    }

    /// Of the part that begins with trial `first`.
    pub fn new(model: &Model, seed: u64, keep: Keep, first: u64) -> Self {
        Head::of(model.scenario().hash(), seed, keep, first)
    }

    /// The same of a scenario that is known by its hash.
    pub fn of(scenario_hash: String, seed: u64, keep: Keep, first: u64) -> Self {
        Head {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario_hash,
            seed,
            keep: keep.as_str().to_owned(),
            first,
        }
    }
}

impl<'a> Part<'a> {
    pub fn new(
        head: Head,
        trials: u64,
        rows: &'a [f64],
        tallies: Vec<Tally>,
        weekly: Weekly,
    ) -> Self {
        Part { head, trials, rows: Cow::Borrowed(rows), tallies, weekly }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_stdvec(self).expect("memory is all that it takes");
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// Reads the part that `due` says comes next.
    ///
    /// # Errors
    /// [`Error::Usage`] if the bytes are not what was written, or are of another part, of another
    /// batch, or of another version.
    pub fn from_bytes(bytes: &[u8], due: &Head, model: &Model) -> Result<Part<'static>> {
        Part::with_rows(bytes, None, due, model)
    }

    /// The same of a part that was written without its rows, which are kept elsewhere.
    ///
    /// # Errors
    /// As [`Part::from_bytes`].
    pub fn with_rows(
        bytes: &[u8],
        rows: Option<Vec<f64>>,
        due: &Head,
        model: &Model,
    ) -> Result<Part<'static>> {
        let (content, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or_else(damaged)?;
        if Sha256::digest(content).as_slice() != checksum {
            return Err(damaged());
        }
        let (head, _) = postcard::take_from_bytes::<Head>(content).map_err(|_| damaged())?;
        if head != *due {
            return Err(other_part(&head, due));
        }
        let mut part: Part<'static> = postcard::from_bytes(content).map_err(|_| damaged())?;
        if let Some(rows) = rows {
            part.rows = Cow::Owned(rows);
        }
        if part.fits(model) { Ok(part) } else { Err(damaged()) }
    }

    fn fits(&self, model: &Model) -> bool {
        let width = model.layout.width();
        let (rows, tallies) = match self.head.keep == Keep::Trials.as_str() {
            true => (self.trials as usize * width, 0),
            false => (0, width),
        };
        self.rows.len() == rows && self.tallies.len() == tallies && self.weekly.fits(model)
    }
}

fn other_part(head: &Head, due: &Head) -> Error {
    let what = if head.format != due.format || head.version != due.version {
        format!("it was written by drawdown {}; only that can go on with it", head.version)
    } else if head.scenario_hash != due.scenario_hash {
        "it belongs to another scenario".to_owned()
    } else if (head.seed, &head.keep) != (due.seed, &due.keep) {
        "it belongs to a run with another seed or another `keep`".to_owned()
    } else {
        format!("it begins with trial {}, and {} comes next", head.first, due.first)
    };
    Error::Usage(what)
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
pub(crate) fn part_trials(bytes: &[u8]) -> Result<std::ops::Range<u64>> {
    let (head, rest) = postcard::take_from_bytes::<Head>(bytes).map_err(|_| damaged())?;
    let (trials, _) = postcard::take_from_bytes::<u64>(rest).map_err(|_| damaged())?;
    Ok(head.first..head.first.saturating_add(trials))
}

fn damaged() -> Error {
    Error::Usage("it is not what was written, or not all of it".into())
}
