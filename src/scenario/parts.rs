//! Parts of a scenario that stand by themselves: actions and conditions that a program brings along.

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Table;

use super::rules::{Actions, Condition};
#[cfg(feature = "python")]
use super::tree::{check_size, normalise};
use super::{bare_schema, shape};
use crate::error::Problem;
#[cfg(feature = "python")]
use crate::error::{Code, Error, Result};

/// A part that has a name of its own in the schema.
pub(crate) trait Part: Serialize + DeserializeOwned {
    /// That name.
    const NAME: &str;
}

impl Part for Actions {
    const NAME: &str = "Actions";
}

impl Part for Condition {
    const NAME: &str = "Condition";
}

/// Everything that is out of shape in a part built in code, at `path`.
pub(crate) fn faults_of<T: Part>(path: &str, part: &T, problems: &mut Vec<Problem>) {
    let tree = Table::try_from(part).expect("a part of a scenario is a table");
    faults_in::<T>(path, &tree, problems);
}

fn faults_in<T: Part>(path: &str, tree: &Table, problems: &mut Vec<Problem>) {
    let root = bare_schema();
    shape::check_part(path, tree, root, &root["$defs"][T::NAME], problems);
}

/// Reads a part from a parsed tree.
///
/// # Errors
/// [`Error::Refused`] with everything that is out of shape, at `path`.
#[cfg(feature = "python")]
pub(crate) fn read_part<T: Part>(path: &str, mut tree: Table) -> Result<T> {
    let mut problems = Vec::new();
    check_size(&tree, &mut problems);
    if problems.is_empty() {
        faults_in::<T>(path, &tree, &mut problems);
    }
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    normalise(&mut tree);
    toml::Value::Table(tree).try_into().map_err(|fault: toml::de::Error| {
        let what = fault.message().to_owned();
        Error::Refused(vec![Problem::new(path, Code::WrongType, what, "compare with the schema")])
    })
}
