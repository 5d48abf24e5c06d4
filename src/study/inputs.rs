//! Tables of values for the ranges of a scenario, by designs over their space.

use ndarray::{Array2, ArrayView2, Axis};
use sobol_burley::NUM_DIMENSIONS;
use sobol_burley::parts::{hash, owen_scramble_rev, sobol_rev};

use crate::error::{Error, Result};
use crate::memory;
use crate::model::Model;
use crate::scenario::Scenario;
use crate::streams::{Purpose, Stream, Who};

/// Most points of a Sobol design.
const MOST_POINTS: usize = 1 << 16;

/// How the rows of a table were come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Design {
    /// Independent rows, as each trial has its own.
    Random,
    /// One value in each of so many equally likely parts of every range.
    LatinHypercube,
    /// Points that fill the space of the ranges evenly.
    Sobol,
    /// Points or values that were given.
    Given,
}

/// A table of values for the ranges of a scenario: rows are draws of the world, columns ranges.
///
/// Twenty worlds that fill the space of the ranges, and ten trials in each:
///
/// ```
/// use drawdown::study::InputSample;
/// use drawdown::{Batch, Scenario};
///
/// let model = Scenario::example("iraq-2024")?.validate()?.compile();
/// let sample = InputSample::latin_hypercube(&model, 20, 7)?;
/// let worlds = sample.sound_rows();
/// let run = sample.applied(&model, 10)?.simulate(&Batch::new(10 * worlds.len() as u64, 7))?;
/// let first = sample.scenario(&model, worlds[0])?;
/// assert_eq!(first.validate()?.compile().input_paths().len(), 0);
/// # Ok::<(), drawdown::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct InputSample {
    paths: Vec<String>,
    values: Array2<f64>,
    sound: Vec<bool>,
    design: Design,
}

impl InputSample {
    /// Independent rows, as trials 0, 1, ... under `seed` draw them.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no ranges or no rows are asked for, [`Error::Memory`] if they
    /// do not fit in memory.
    pub fn random(model: &Model, count: usize, seed: u64) -> Result<Self> {
        check(model, count)?;
        InputSample::new(model, model.draw_inputs(seed, count)?, Design::Random)
    }

    /// A Latin hypercube: in every column each of `count` equally likely parts of the range has one
    /// value, at a random place in it. Other counts have other rows.
    ///
    /// # Errors
    /// As [`InputSample::random`].
    pub fn latin_hypercube(model: &Model, count: usize, seed: u64) -> Result<Self> {
        check(model, count)?;
        let points = by_path(model, count, |_, path, column| {
            let who = Who::new(&["latin hypercube", path]);
            let mut stream = Stream::new(seed, 0, who, Purpose::Range);
            let mut parts: Vec<usize> = (0..count).collect();
            for last in (1..count).rev() {
                parts.swap(last, (stream.uniform() * (last + 1) as f64) as usize);
            }
            column.extend(parts.iter().map(|&k| (k as f64 + stream.uniform()) / count as f64));
        })?;
        InputSample::at(model, points.view(), Design::LatinHypercube)
    }

    /// The first points of a Sobol sequence (direction numbers of Joe & Kuo 2008), scrambled after
    /// Owen: each of `count` equally likely parts of every range has one value, and in pairs, triples,
    /// ... of ranges points are spread evenly too. Means of smooth functions of the inputs have far
    /// less noise than those over independent rows.
    ///
    /// # Errors
    /// As [`InputSample::random`]; [`Error::Usage`] too if `count` is not a power of two up to 65,536
    /// or there are more than 256 ranges.
    pub fn sobol(model: &Model, count: usize, seed: u64) -> Result<Self> {
        check(model, count)?;
        if !count.is_power_of_two() || count > MOST_POINTS {
            return Err(Error::Usage(format!(
                "a Sobol design has a power of two of draws, at most {MOST_POINTS}, not {count}"
            )));
        }
        let most = NUM_DIMENSIONS as usize;
        if model.input_paths().len() > most {
            return Err(Error::Usage(format!("a Sobol design has at most {most} ranges")));
        }
        let points = by_path(model, count, |k, path, column| {
            let who = Who::new(&["sobol", path]);
            let scramble = Stream::new(seed, 0, who, Purpose::Range).bits();
            let scramble = hash(scramble as u32) ^ (scramble >> 32) as u32;
            column.extend((0..count as u32).map(|row| {
                let point = sobol_rev(row.reverse_bits(), k as u32);
                let point = owen_scramble_rev(point, scramble).reverse_bits();
                (f64::from(point) + 0.5) / 4_294_967_296.0
            }));
        })?;
        InputSample::at(model, points.view(), Design::Sobol)
    }

    /// What points of the unit cube come to, by [`Dist::at`](crate::law::Dist::at) of each range:
    /// rows are draws, columns ranges in the order of [`Model::input_paths`].
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no ranges or no rows, not one column for each range, or a
    /// number is not from 0 to 1.
    pub fn from_unit_points(model: &Model, points: ArrayView2<'_, f64>) -> Result<Self> {
        InputSample::at(model, points, Design::Given)
    }

    /// Values as they are.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no ranges or no rows, not one column for each range, or a value
    /// that its range does not hold.
    pub fn from_values(model: &Model, values: Array2<f64>) -> Result<Self> {
        InputSample::new(model, values, Design::Given)
    }

    fn at(model: &Model, points: ArrayView2<'_, f64>, design: Design) -> Result<Self> {
        InputSample::new(model, model.at_unit_points(points)?, design)
    }

    fn new(model: &Model, values: Array2<f64>, design: Design) -> Result<Self> {
        check(model, values.nrows())?;
        let paths = model.input_paths().into_iter().map(str::to_owned).collect();
        let sound = model.sound_inputs(values.view())?;
        Ok(InputSample { paths, values, sound, design })
    }

    /// The dotted paths of the ranges, in the order of the columns.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The values: rows are draws, columns ranges.
    pub fn values(&self) -> ArrayView2<'_, f64> {
        self.values.view()
    }

    /// How they were come by.
    pub fn design(&self) -> Design {
        self.design
    }

    /// The rows that can be run: under the others attacks would never end, or more of them would be
    /// caused than there are.
    pub fn sound_rows(&self) -> Vec<usize> {
        (0..self.sound.len()).filter(|row| self.sound[*row]).collect()
    }

    /// The model with its ranges at the rows that can be run, in their order: the first
    /// `trials_each` trials have the first, and so on. The random streams stay those of the trial.
    ///
    /// # Errors
    /// [`Error::Usage`] if no row can be run, `trials_each` is 0, or the model has other ranges.
    pub fn applied(&self, model: &Model, trials_each: u64) -> Result<Model> {
        self.check_paths(model)?;
        let values = self.values.select(Axis(0), &self.sound_rows());
        model.clone().with_inputs(values, trials_each)
    }

    /// The scenario with a number in place of each of its ranges: the values of a row.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such row or the model has other ranges.
    pub fn scenario(&self, model: &Model, row: usize) -> Result<Scenario> {
        self.check_paths(model)?;
        if row >= self.values.nrows() {
            let rows = self.values.nrows();
            return Err(Error::Usage(format!("there is no row {row} among {rows} rows")));
        }
        let values = self.paths.iter().zip(self.values.row(row));
        model.scenario().replace(values.map(|(path, value)| (path.as_str(), Some((*value).into()))))
    }

    fn check_paths(&self, model: &Model) -> Result<()> {
        if model.input_paths() == self.paths {
            return Ok(());
        }
        Err(Error::Usage("the table is one of other ranges than those of the model".into()))
    }
}

fn check(model: &Model, count: usize) -> Result<()> {
    let width = model.input_paths().len();
    if width == 0 {
        return Err(Error::Usage(
            "the scenario has no ranges, so that every draw of it is the same: write a range for \
             what is not known, such as { uniform = [0.05, 0.15] }"
                .into(),
        ));
    }
    if count == 0 {
        return Err(Error::Usage("ask for one draw or more".into()));
    }
    memory::check("draws", count as u64, 24 * width as u64, 0, "")
}

/// Points of the unit cube, a column for each range, given its place and path.
fn by_path(
    model: &Model,
    count: usize,
    fill: impl Fn(usize, &str, &mut Vec<f64>),
) -> Result<Array2<f64>> {
    let paths = model.input_paths();
    let mut points = memory::room(count.saturating_mul(paths.len()))?;
    paths.iter().enumerate().for_each(|(k, path)| fill(k, path, &mut points));
    let columns = Array2::from_shape_vec((paths.len(), count), points).expect("columns are whole");
    Ok(columns.reversed_axes())
}
