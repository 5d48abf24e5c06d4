//! The numbers of a model that may be ranges, in numbered slots.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::Given;
use super::points::Points;
use crate::law::{Family, Law, Range};
use crate::streams::{Purpose, Stream, Who};

/// The size that a drawn number may have. A law without bounds may give any; what is as large as
/// this acts like infinity without becoming it, and what is as small as its inverse like 0.
const LARGEST: f64 = 1e12;

/// The place of one number in the array that a draw fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

/// A law whose parameters are in slots.
pub(crate) type SlotLaw = Family<Slot>;

/// All numbers of a model: the constants in place, the ranges to be drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    constants: Vec<f64>,
    ranges: Vec<Drawn>,
    /// Where the number at each path stands.
    places: BTreeMap<String, Slot>,
    /// Where the values of the ranges come from.
    source: Source,
}

/// Where the values of the ranges come from.
#[derive(Clone, Debug, Default)]
enum Source {
    /// Each trial draws its own.
    #[default]
    Drawn,
    /// A table that a caller brings along.
    Given(Arc<Given>),
    /// Points that fill their space evenly.
    Spread(Arc<Points>),
}

/// A number that is drawn: once per draw, from its own stream.
#[derive(Clone, Debug)]
struct Drawn {
    slot: Slot,
    path: String,
    family: Family<f64>,
    who: Who,
}

impl Numbers {
    /// Gives the number at `path` of the scenario a slot, the same one each time.
    pub fn range(&mut self, path: &str, range: &Range) -> Slot {
        if let Some(slot) = self.places.get(path) {
            return *slot;
        }
        let slot = self.add(path, range);
        self.places.insert(path.to_owned(), slot);
        slot
    }

    /// A constant of the model, which stands nowhere in the scenario.
    pub fn constant(&mut self, value: f64) -> Slot {
        self.add("", &Range::Number(value))
    }

    fn add(&mut self, path: &str, range: &Range) -> Slot {
        let slot = Slot(self.constants.len() as u32);
        match range {
            // Of a scenario built in code, a zero may have a sign.
            Range::Number(value) => self.constants.push(*value + 0.0),
            Range::Family(family) => {
                self.constants.push(f64::NAN);
                let (path, family) = (path.to_owned(), family.clone());
                let who = Who::new(&[&path]);
                self.ranges.push(Drawn { slot, path, family, who });
            }
        }
        slot
    }

    /// Gives every parameter of the law at `path` a slot.
    pub fn law(&mut self, path: &str, law: &Law) -> SlotLaw {
        match law {
            Law::Number(value) => Family::Constant(self.range(path, &Range::Number(*value))),
            Law::Family(family) => family
                .map(&mut |suffix, parameter| self.range(&format!("{path}.{suffix}"), parameter)),
        }
    }

    /// An array with the constants in place.
    pub fn constants(&self) -> Vec<f64> {
        self.constants.clone()
    }

    /// Whether there is anything to draw.
    pub fn uncertain(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// The paths of the ranges, in the order in which [`Numbers::drawn`] gives their values.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.ranges.iter().map(|range| range.path.as_str())
    }

    /// The values of the ranges in `values`.
    pub fn drawn<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.ranges.iter().map(|range| range.slot.of(values))
    }

    /// The ranges, in the order of [`Numbers::paths`].
    pub fn families(&self) -> impl Iterator<Item = &Family<f64>> {
        self.ranges.iter().map(|range| &range.family)
    }

    /// The least and the greatest value of the `k`-th range.
    pub fn support(&self, k: usize) -> (f64, f64) {
        self.ranges[k].family.support()
    }

    /// Gives the ranges values in place of drawn ones.
    pub fn give(&mut self, given: Arc<Given>) {
        self.source = Source::Given(given);
    }

    /// The values that stand in place of drawn ones, if there are any.
    pub fn given(&self) -> Option<&Given> {
        match &self.source {
            Source::Given(given) => Some(given),
            Source::Drawn | Source::Spread(_) => None,
        }
    }

    /// Spreads the values of the ranges evenly.
    pub fn spread(&mut self) {
        self.source = Source::Spread(Arc::new(Points::of(self)));
    }

    /// Puts the `row` of values of all ranges where they belong.
    pub fn put(&self, row: impl Iterator<Item = f64>, values: &mut [f64]) {
        for (range, value) in self.ranges.iter().zip(row) {
            values[range.slot.0 as usize] = value;
        }
    }

    /// Draws every range for draw `index` under `seed` into `values`: for the first time, or
    /// again after `rejected` attempts.
    pub fn draw(&self, seed: u64, index: u64, rejected: u64, values: &mut [f64]) {
        match &self.source {
            Source::Given(given) => return self.put(given.row(index), values),
            // What is drawn in place of a point that was rejected has the law that it should.
            Source::Spread(points) if rejected == 0 => {
                for (range, value) in self.ranges.iter().zip(points.row(seed, index)) {
                    values[range.slot.0 as usize] = range.within(value);
                }
                return;
            }
            Source::Spread(_) | Source::Drawn => {}
        }
        for range in &self.ranges {
            let mut stream = Stream::new(seed, index, range.who.nth(rejected), Purpose::Range);
            let drawn = range.family.sample(|x| *x, &mut stream);
            values[range.slot.0 as usize] = range.within(drawn);
        }
    }
}

impl Drawn {
    /// A value, or the nearest that a number may have.
    fn within(&self, value: f64) -> f64 {
        let least = if self.family.is_positive() { 1.0 / LARGEST } else { -LARGEST };
        value.clamp(least, LARGEST)
    }
}

impl Slot {
    /// The number in this slot.
    #[inline]
    pub fn of(self, values: &[f64]) -> f64 {
        values[self.0 as usize]
    }
}
