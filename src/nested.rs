//! Arrays of several dimensions, serialised as lists of lists.

use ndarray::{Array2, Array3};
use serde::{Serialize, Serializer};

/// A list for each row.
pub(crate) fn two<T: Serialize + Clone, S: Serializer>(
    of: &Array2<T>,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_seq(of.outer_iter().map(|row| row.to_vec()))
}

/// A list of lists for each of the first dimension.
pub(crate) fn three<T: Serialize + Clone, S: Serializer>(
    of: &Array3<T>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let rows = of.outer_iter();
    to.collect_seq(rows.map(|rows| rows.outer_iter().map(|row| row.to_vec()).collect::<Vec<_>>()))
}
