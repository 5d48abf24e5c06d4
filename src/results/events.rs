//! Event logs as Arrow tables, trial after trial, so that a log of any length fits in memory.

use std::fmt;
use std::sync::Arc;

use arrow_array::builder::PrimitiveBuilder;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int32Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, RecordBatchReader, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::{History, Run};
use crate::error;
use crate::model::{Model, calendar_day};
use crate::scenario::Date;
use crate::stop::Stop;
use crate::trial::{Event, Kind, Trial};

type Result<T, E = ArrowError> = std::result::Result<T, E>;

/// A batch is full when it has this many rows; the trial that fills it is still put in whole.
const FULL: usize = 1 << 16;

/// The columns: the one list of them, in their order.
fn columns(model: &Model) -> Vec<Column> {
    let names = &model.names;
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let epoch = Date::parse("1970-01-01").expect("a date");
    let first_day = model.start().days_since(epoch);
    vec![
        number::<UInt64Type>("trial", |row| row.trial),
        number::<Float64Type>("time_days", |row| row.event.days),
        number::<Date32Type>("date", move |row| first_day + calendar_day(row.event.days)),
        id("kind", kinds, |event| Some(event.kind as usize)),
        id("site", &names.sites, |event| event.site),
        id("to", &names.sites, |event| event.to),
        id("threat", &names.threats, |event| event.threat),
        id("contingent", &names.contingents, |event| event.contingent),
        id("phase", &names.phases, |event| event.phase),
        id("gate", &names.gates, |event| event.gate),
        id("state", &names.states, |event| event.state),
        id("risk", &names.risks, |event| event.risk),
        id("event", &names.events, |event| event.event),
        id("outcome", &names.outcomes, |event| event.outcome),
        id("rule", &names.rules, |event| event.rule),
        id("mode", &names.modes, |event| event.mode),
        number::<UInt32Type>("count", |row| row.event.count),
        optional::<UInt32Type>("attack", |event| event.attack),
        optional::<UInt32Type>("parent", |event| event.parent),
    ]
}

/// An event and the trial that it happened in.
struct Row {
    trial: u64,
    event: Event,
}

type Fill = Box<dyn Fn(&[Row]) -> Result<ArrayRef> + Send + Sync>;

struct Column {
    field: Field,
    fill: Fill,
}

/// A number that every event has.
fn number<T: ArrowPrimitiveType>(
    name: &str,
    of: impl Fn(&Row) -> T::Native + Send + Sync + 'static,
) -> Column {
    let fill = move |rows: &[Row]| -> Result<ArrayRef> {
        Ok(Arc::new(PrimitiveArray::<T>::from_iter_values(rows.iter().map(&of))))
    };
    Column { field: Field::new(name, T::DATA_TYPE, false), fill: Box::new(fill) }
}

/// A number that some events have.
fn optional<T: ArrowPrimitiveType>(
    name: &str,
    of: impl Fn(&Event) -> Option<T::Native> + Send + Sync + 'static,
) -> Column {
    let fill = move |rows: &[Row]| -> Result<ArrayRef> { Ok(Arc::new(collect::<T>(rows, &of))) };
    Column { field: Field::new(name, T::DATA_TYPE, true), fill: Box::new(fill) }
}

/// One of `ids`, which some events have. All batches share one dictionary, in the order of `ids`.
fn id<T: AsRef<str>>(
    name: &str,
    ids: impl AsRef<[T]>,
    of: impl Fn(&Event) -> Option<usize> + Send + Sync + 'static,
) -> Column {
    let ids: ArrayRef = Arc::new(StringArray::from_iter_values(ids.as_ref()));
    let fill = move |rows: &[Row]| -> Result<ArrayRef> {
        let keys = collect::<Int32Type>(rows, |event| of(event).map(|index| index as i32));
        Ok(Arc::new(DictionaryArray::try_new(keys, ids.clone())?))
    };
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    Column { field: Field::new(name, dictionary, true), fill: Box::new(fill) }
}

fn collect<T: ArrowPrimitiveType>(
    rows: &[Row],
    of: impl Fn(&Event) -> Option<T::Native>,
) -> PrimitiveArray<T> {
    let mut builder = PrimitiveBuilder::with_capacity(rows.len());
    rows.iter().for_each(|row| builder.append_option(of(&row.event)));
    builder.finish()
}

/// The columns of a model, and the schema that they make.
struct Table {
    schema: SchemaRef,
    fills: Vec<Fill>,
}

impl Table {
    fn new(model: &Model) -> Self {
        let (fields, fills): (Vec<_>, _) =
            columns(model).into_iter().map(|column| (column.field, column.fill)).unzip();
        Table { schema: Arc::new(Schema::new(fields)), fills }
    }

    fn batch(&self, rows: &[Row]) -> Result<RecordBatch> {
        let columns = self.fills.iter().map(|fill| fill(rows)).collect::<Result<_>>()?;
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

/// The events of some trials, which are simulated once more each time that the log is read.
///
/// The columns are `trial` (u64), `time_days` from the start (f64), its calendar day `date`
/// (Date32), `kind` and the ids concerned (dictionaries of texts, the same in all batches; null
/// where none is), `count` (u32: people, or 1), `attack` (u32, its number in the trial, from 0)
/// and `parent` (u32, the number of the attack that caused it).
#[derive(Clone, Debug)]
pub struct EventLog {
    model: Model,
    seed: u64,
    trials: Vec<u64>,
}

impl EventLog {
    /// The schema of all batches.
    pub fn schema(&self) -> SchemaRef {
        Table::new(&self.model).schema
    }

    /// Reads the log from its beginning.
    pub fn reader(&self) -> EventReader {
        EventReader {
            model: self.model.clone(),
            seed: self.seed,
            trials: self.trials.clone().into_iter(),
            broken: None,
            table: Table::new(&self.model),
            stop: Stop::default(),
        }
    }
}

/// The batches of an [`EventLog`], each simulated when its turn comes.
///
/// A batch holds whole trials, in the order asked for, and some 65,536 rows: memory does not grow
/// with the number of trials.
pub struct EventReader {
    model: Model,
    seed: u64,
    trials: std::vec::IntoIter<u64>,
    /// Why there are no more, where a policy broke off behind what has been read.
    broken: Option<error::Error>,
    table: Table,
    /// Whoever sets it wants no more of them.
    pub(crate) stop: Stop,
}

impl fmt::Debug for EventReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut of = f.debug_struct("EventReader");
        of.field("seed", &self.seed).field("trials", &self.trials).finish_non_exhaustive()
    }
}

impl Model {
    /// The events of `trials` under `seed`, whether or not they were part of a run.
    pub fn events(&self, seed: u64, trials: Vec<u64>) -> EventLog {
        EventLog { model: self.clone(), seed, trials }
    }
}

impl Run {
    /// The events of `trials`, in that order.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) if one of them was not run.
    pub fn events(&self, trials: Vec<u64>) -> error::Result<EventLog> {
        trials.iter().try_for_each(|&index| self.check_run(index))?;
        Ok(self.model.events(self.seed, trials))
    }
}

impl History {
    /// The events as a table; its columns are those of an [`EventLog`].
    ///
    /// # Errors
    /// [`ArrowError`] if `model` is not the one that this is a history of.
    pub fn table(&self, model: &Model) -> Result<RecordBatch> {
        let row = |event: &Event| Row { trial: self.index, event: *event };
        Table::new(model).batch(&self.events.iter().map(row).collect::<Vec<_>>())
    }
}

impl EventReader {
    /// The rows of the next trials, until there are enough of them.
    fn rows(&mut self) -> Vec<Row> {
        let mut simulated = Trial::until(&self.model, self.stop.clone());
        let mut rows = Vec::new();
        for trial in self.trials.by_ref() {
            let events = simulated.events(self.seed, trial);
            self.broken = simulated.broken();
            if self.broken.is_some() {
                break;
            }
            rows.extend(events.into_iter().map(|event| Row { trial, event }));
            if self.stop.is_set() {
                break;
            }
            if rows.len() >= FULL {
                break;
            }
        }
        rows
    }
}

impl Iterator for EventReader {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken.is_none() {
            let rows = self.rows();
            if !rows.is_empty() {
                return Some(self.table.batch(&rows));
            }
        }
        // Nothing comes behind it: what a policy would decide there is as good as unknown.
        self.trials = Vec::new().into_iter();
        self.broken.take().map(|error| Err(ArrowError::ExternalError(Box::new(error))))
    }
}

impl RecordBatchReader for EventReader {
    fn schema(&self) -> SchemaRef {
        self.table.schema.clone()
    }
}
