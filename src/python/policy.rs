//! Policies written in Python: asked about many trials at once, in arrays.

use std::sync::Arc;

use ndarray::Array2;
use numpy::{IntoPyArray, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::raise;
use super::tree;
use crate::error::{Error, Problem, Result};
use crate::model::{Asked, Decision, Model, NoAnswer, Order, Policy, Situation, Terms};
use crate::scenario::{Actions, Condition, read_part};

/// Answers that are no place among the actions.
const STAY: i64 = -1;
const END: i64 = -2;

/// What a policy remembers, and what it may do, by name.
type Named<'py> = Vec<(String, Bound<'py, PyAny>)>;

/// The terms of a policy, as Python has them.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Written<'py> {
    at_once: bool,
    cooldown_days: f64,
    at_most_times: Option<u32>,
    until: Option<Bound<'py, PyAny>>,
    counts: Named<'py>,
    actions: Named<'py>,
    memory: Vec<f64>,
}

/// A policy whose decisions are a function of Python.
pub(super) struct Reviewed {
    /// Takes rows of numbers and keys; gives answers, what is remembered and actions besides.
    review: Py<PyAny>,
    pub terms: Terms,
    /// What it may do, in the order in which answers number it.
    pub orders: Vec<Arc<Order>>,
    memory: Vec<f64>,
    pub columns: Columns,
}

/// How wide a row is, apart from what is counted and remembered.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    people: usize,
    phases: usize,
    gates: usize,
    events: usize,
    sites: usize,
    threats: usize,
}

/// What is told of every trial by a number of its own.
const SINGLE: [&str; 12] = [
    "days",
    "tension",
    "is_held",
    "is_done",
    "pause_days_left",
    "extension_days_left",
    "friction",
    "expelled",
    "insurgent_strength",
    "days_in_force",
    "times",
    "may_act",
];

impl Columns {
    fn new(model: &Model) -> Self {
        Columns {
            people: model.garrison.len(),
            phases: model.phases.len(),
            gates: model.gates.len(),
            events: model.events.len(),
            sites: model.sites.len(),
            threats: model.threats.len(),
        }
    }

    /// Names of columns, and how many there are of each.
    fn all(self) -> Vec<(&'static str, usize)> {
        let Columns { people, phases, gates, events, sites, threats } = self;
        let harm = threats * sites;
        let single = SINGLE.into_iter().map(|name| (name, 1));
        let several = [
            ("people", people),
            ("phases", phases),
            ("gates", gates),
            ("events", events),
            ("attacks", harm),
            ("wounded", harm),
            ("killed", harm),
        ];
        single.chain(several).collect()
    }

    fn width(self) -> usize {
        self.all().iter().map(|(_, count)| count).sum()
    }

    /// Appends how things stand in a trial.
    pub fn fill(self, now: &Situation<'_>, row: &mut Vec<f64>) {
        let (sight, model) = (now.sight, now.model);
        let truth = |holds: bool| f64::from(u8::from(holds));
        row.extend([
            sight.days(),
            sight.state() as f64,
            truth(sight.is_held()),
            truth(sight.is_done()),
            sight.pause_days_left(),
            sight.extension_days_left(),
            sight.friction(),
            truth(sight.expelled()),
            sight.insurgent_strength(),
            now.days_in_force().unwrap_or(f64::NAN),
            f64::from(now.times()),
            truth(now.may_act()),
        ]);
        row.extend(sight.people().iter().map(|&people| f64::from(people)));
        row.extend((0..self.phases).map(|phase| sight.phase(phase) as u8).map(f64::from));
        row.extend((0..self.gates).map(|gate| truth(sight.gate_is_open(gate))));
        let outcome = |event| sight.outcome(event).map_or(-1.0, |outcome| outcome as f64);
        row.extend((0..self.events).map(outcome));
        let (first, harm) = (row.len(), self.threats * self.sites);
        row.resize(first + 3 * harm, 0.0);
        for (k, channel) in model.channels.iter().enumerate() {
            let place = first + channel.threat * self.sites + channel.site;
            for (what, count) in sight.on_channel(k).into_iter().enumerate() {
                row[place + what * harm] += count as f64;
            }
        }
    }
}

/// The trial, and where the streams of the trial and of the review begin.
pub(super) fn keys(now: &Situation<'_>) -> [u64; 3] {
    [now.trial(), now.trial_stream().place(), now.review_stream().place()]
}

impl Policy for Reviewed {
    type Memory = Vec<f64>;

    fn begin(&self) -> Vec<f64> {
        self.memory.clone()
    }

    fn terms(&self) -> Terms {
        self.terms.clone()
    }

    /// Asked alone, as where a trial is simulated once more.
    fn decide(&self, now: &Situation<'_>, memory: &mut Vec<f64>) -> Decision {
        let mut asked = [Asked { now: now.clone(), memory }];
        match self.decide_all(&mut asked).map(|answers| answers.into_iter().next()) {
            Ok(Some(answer)) => answer,
            Ok(None) => unreachable!("there is an answer to each question"),
            // Not a fault of this program, so nothing is printed of it.
            Err(NoAnswer { what, .. }) => std::panic::resume_unwind(Box::new(what)),
        }
    }

    fn decide_all(
        &self,
        asked: &mut [Asked<'_, '_, Vec<f64>>],
    ) -> std::result::Result<Vec<Decision>, NoAnswer> {
        let count = asked.len();
        let mut rows = Vec::with_capacity(count * self.width());
        let mut all = Vec::with_capacity(count * 3);
        for Asked { now, memory } in &*asked {
            self.columns.fill(now, &mut rows);
            rows.extend(now.counts().iter().map(|&count| count as f64));
            rows.extend_from_slice(memory);
            all.extend(keys(now));
        }
        Python::attach(|py| {
            let answered = self.ask(py, count, rows, all);
            let (answers, memory) = answered.map_err(|fault| {
                let place = fault.value(py).getattr("_drawdown_place");
                let place = place.and_then(|place| place.extract::<usize>()).ok();
                NoAnswer { place, what: fault.to_string() }
            })?;
            if memory.dim() != (count, self.memory.len()) {
                let (due, there) = ((count, self.memory.len()), memory.dim());
                let what = format!("what it remembers has shape {there:?}, and not {due:?}");
                return Err(NoAnswer { place: None, what });
            }
            for (one, row) in asked.iter_mut().zip(memory.rows()) {
                one.memory.iter_mut().zip(row).for_each(|(mine, told)| *mine = *told);
            }
            answers.into_iter().enumerate().map(|(k, answer)| self.decision(k, answer)).collect()
        })
    }
}

/// An answer as a number, and the actions that it is if it is past those that have a name.
type Answer = (i64, Option<Decision>);

impl Reviewed {
    fn width(&self) -> usize {
        self.columns.width() + self.terms.counts.len() + self.memory.len()
    }

    /// The answers, and what is remembered.
    fn ask(
        &self,
        py: Python<'_>,
        count: usize,
        rows: Vec<f64>,
        keys: Vec<u64>,
    ) -> PyResult<(Vec<Answer>, Array2<f64>)> {
        let rows = Array2::from_shape_vec((count, self.width()), rows).expect("rows are whole");
        let keys = Array2::from_shape_vec((count, 3), keys).expect("rows are whole");
        let given = (rows.into_pyarray(py), keys.into_pyarray(py));
        let answer = self.review.bind(py).call1(given)?;
        let (answers, memory, besides): (
            PyReadonlyArray1<'_, i64>,
            PyReadonlyArray2<'_, f64>,
            Vec<Bound<'_, PyAny>>,
        ) = answer.extract()?;
        let besides = besides.iter().map(|then| {
            let tree = tree::table(then)?;
            let read = read_part::<Actions>("the answer", tree);
            read.map(Decision::act).map_err(|error| raise(py, error))
        });
        let besides = besides.collect::<PyResult<Vec<Decision>>>()?;
        let own = |answer: i64| {
            let place = usize::try_from(answer).ok()?.checked_sub(self.orders.len())?;
            besides.get(place).cloned()
        };
        let answers = answers.as_array().iter().map(|&answer| (answer, own(answer))).collect();
        Ok((answers, memory.as_array().to_owned()))
    }

    /// What the answer in one of the trials means.
    fn decision(
        &self,
        place: usize,
        (answer, own): Answer,
    ) -> std::result::Result<Decision, NoAnswer> {
        let ready = |at: i64| self.orders.get(usize::try_from(at).ok()?).map(Decision::ready);
        let decision = match answer {
            STAY => Some(Decision::stay()),
            END => Some(Decision::end()),
            at => ready(at).or(own),
        };
        decision.ok_or_else(|| NoAnswer {
            place: Some(place),
            what: format!("{answer} is no place among {} actions", self.orders.len()),
        })
    }
}

/// The columns of the rows that a policy is asked with: names, and how many there are of each.
/// What it counts and remembers comes after them.
pub(super) fn columns(model: &Model) -> Vec<(&'static str, usize)> {
    Columns::new(model).all()
}

/// The ids of what a policy sees, by kind; and the outcomes of each calendar event.
pub(super) fn ids<'py>(py: Python<'py>, model: &Model) -> PyResult<Bound<'py, PyDict>> {
    let names = &model.names;
    let dict = PyDict::new(py);
    dict.set_item("sites", &names.sites)?;
    dict.set_item("contingents", &names.contingents)?;
    dict.set_item("threats", &names.threats)?;
    dict.set_item("states", &names.states)?;
    dict.set_item("phases", &names.phases)?;
    dict.set_item("gates", &names.gates)?;
    dict.set_item("events", &names.events)?;
    let calendar = model.scenario().world.calendar.values();
    let outcomes = calendar.map(|event| event.outcomes.keys().cloned().collect());
    dict.set_item("outcomes", outcomes.collect::<Vec<Vec<String>>>())?;
    Ok(dict)
}

/// A model with a policy, which `review` is: it is given rows of numbers (float64) and keys
/// (uint64: the trial, and where the streams of the trial and of the review begin), and gives
/// answers (int64: -1 nothing, -2 what is in force ends, else a place among the actions and then
/// those besides), what is remembered (float64), and actions besides.
pub(super) fn with_policy(
    py: Python<'_>,
    model: &Model,
    id: &str,
    review: Py<PyAny>,
    written: &Written<'_>,
) -> PyResult<Model> {
    let policy = reviewed(model, id, review, written)?;
    let model = policy.and_then(|policy| model.clone().with_policy(id, policy));
    model.map_err(|error| raise(py, error))
}

/// A policy that is sound, or every problem of what it may do and looks at.
pub(super) fn reviewed(
    model: &Model,
    id: &str,
    review: Py<PyAny>,
    written: &Written<'_>,
) -> PyResult<Result<Reviewed>> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut orders = Vec::new();
    for (name, then) in &written.actions {
        let path = format!("{id}.actions.{name}");
        let before = problems.len();
        match read_part::<Actions>(&path, tree::table(then)?) {
            Ok(then) => {
                model.check_order(&path, &then, &mut problems);
                if problems.len() == before {
                    orders.push(Arc::new(model.order(&then)));
                }
            }
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    let mut condition = |path: &str, given: &Bound<'_, PyAny>| -> PyResult<Option<Condition>> {
        let read = read_part::<Condition>(path, tree::table(given)?);
        Ok(read.map_err(|error| problems.extend_from_slice(error.problems())).ok())
    };
    let mut counts = Vec::new();
    for (name, count) in &written.counts {
        counts.extend(condition(&format!("{id}.counts.{name}"), count)?);
    }
    let until = written.until.as_ref().map(|until| condition(&format!("{id}.until"), until));
    let until = until.transpose()?.flatten();
    if !problems.is_empty() {
        return Ok(Err(Error::Refused(problems)));
    }
    let terms = Terms {
        at_once: written.at_once,
        cooldown_days: written.cooldown_days,
        at_most_times: written.at_most_times,
        until,
        counts,
        looks_back: false,
        together: true,
    };
    let (memory, columns) = (written.memory.clone(), Columns::new(model));
    Ok(Ok(Reviewed { review, terms, orders, memory, columns }))
}
