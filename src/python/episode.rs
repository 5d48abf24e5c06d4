//! Trials that Python decides step by step.
//!
//! A trial borrows its model, which an object of Python cannot say. So both live on a thread of their own,
//! which does what it is told and waits.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use numpy::{IntoPyArray, PyArray1};
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;

use super::errors::raise;
use super::policy::{Columns, Written, keys, reviewed};
use super::scenario::Scenario;
use crate::episode::{Episode as Trial, Outside};
use crate::error::Result;
use crate::model::{Decision, Model};

/// What the trial is told to do.
enum Told {
    Begin(u64, u64),
    Answer(Decision),
}

/// How things stand, and whether it is over.
type Stands = Result<(Vec<f64>, [u64; 3], bool)>;

/// Trials of a scenario with a policy that is asked from outside, one after another.
#[pyclass(frozen, module = "drawdown._core")]
pub(super) struct Episode {
    tell: Mutex<Sender<Told>>,
    told: Mutex<Receiver<Stands>>,
    /// What each answer means.
    answers: Vec<Decision>,
}

/// A row of numbers, keys, and whether the trial is over.
type Row<'py> = (Bound<'py, PyArray1<f64>>, [u64; 3], bool);

#[pymethods]
impl Episode {
    #[new]
    fn new(py: Python<'_>, scenario: &Scenario, id: &str, written: Written<'_>) -> PyResult<Self> {
        let nobody = py.None();
        let policy = reviewed(&scenario.model, id, nobody, &written)?;
        let policy = policy.map_err(|error| raise(py, error))?;
        let outside = Outside(policy.terms.clone());
        let model = scenario.model.clone().with_policy(id, outside);
        let model = model.map_err(|error| raise(py, error))?;
        let own = policy.orders.iter().map(Decision::ready);
        let answers = [Decision::stay(), Decision::end()].into_iter().chain(own).collect();
        let (tell, orders) = channel();
        let (answer, told) = channel();
        let (id, columns) = (id.to_owned(), policy.columns);
        let worker = thread::Builder::new().name("drawdown episode".into());
        let worker = worker.spawn(move || serve(&model, &id, columns, &orders, &answer));
        worker.map_err(|fault| PyRuntimeError::new_err(format!("no thread: {fault}")))?;
        Ok(Episode { tell: Mutex::new(tell), told: Mutex::new(told), answers })
    }

    /// Begins a trial; how things stand at the first question, or at the end.
    fn begin<'py>(&self, py: Python<'py>, seed: u64, index: u64) -> PyResult<Row<'py>> {
        self.tell(py, Told::Begin(seed, index))
    }

    /// Answers (0 nothing, 1 what is in force ends, then the actions); how things stand at the next
    /// question, or at the end.
    fn answer<'py>(&self, py: Python<'py>, answer: usize) -> PyResult<Row<'py>> {
        match self.answers.get(answer) {
            Some(decision) => self.tell(py, Told::Answer(decision.clone())),
            None => Err(PyIndexError::new_err(format!("there is no answer {answer}"))),
        }
    }
}

impl Episode {
    fn tell<'py>(&self, py: Python<'py>, what: Told) -> PyResult<Row<'py>> {
        let gone = || PyRuntimeError::new_err("the trial broke off: make another environment");
        let stands = py.detach(|| {
            // One after the other, so that each is given the answer to what it said.
            let told = self.told.lock().ok()?;
            self.tell.lock().ok()?.send(what).ok()?;
            told.recv().ok()
        });
        let stands = stands.ok_or_else(gone)?.map_err(|error| raise(py, error))?;
        let (row, keys, over) = stands;
        Ok((row.into_pyarray(py), keys, over))
    }
}

/// Does what it is told, until nobody is left to tell it.
fn serve(
    model: &Model,
    id: &str,
    columns: Columns,
    orders: &Receiver<Told>,
    answer: &Sender<Stands>,
) {
    let mut episode: Option<Trial<'_>> = None;
    for told in orders {
        let done = match (told, &mut episode) {
            (Told::Begin(seed, index), Some(episode)) => episode.begin(seed, index),
            (Told::Begin(seed, index), None) => {
                model.episode(id, seed, index).map(|new| episode = Some(new))
            }
            (Told::Answer(decision), Some(episode)) => episode.answer(decision),
            (Told::Answer(_), None) => {
                Err(crate::Error::Usage("nothing has begun: reset first".into()))
            }
        };
        let stands = done.map(|()| {
            let episode = episode.as_ref().expect("it has begun");
            let (now, mut row) = (episode.now(), Vec::new());
            columns.fill(&now, &mut row);
            row.extend(now.counts().iter().map(|&count| count as f64));
            (row, keys(&now), episode.is_over())
        });
        if answer.send(stands).is_err() {
            return;
        }
    }
}
