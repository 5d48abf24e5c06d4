//! One page: the scenario of the brief, and the question that is being answered.

use std::rc::Rc;

use drawdown::explore::{Answer, cells_in, heads_in};
use drawdown::serde_json::{Value, json};
use drawdown::{Error, Language, Problem, Result, Run, Scenario, serde_json};

use crate::asked::{Asked, Change, Setting};
use crate::runs::{Runs, Wanted};

/// The scenario of the brief and its language, what is asked of it, and what was run.
#[derive(Debug, Default)]
pub struct Session {
    brief: Option<Scenario>,
    language: Language,
    runs: Runs,
    job: Option<Job>,
}

/// A question under way: the runs that it takes, and those that are there.
#[derive(Debug)]
struct Job {
    asked: Asked,
    wanted: Vec<Wanted>,
    there: Vec<Rc<Run>>,
}

impl Session {
    /// Takes a question; what was under way is left.
    pub fn ask(&mut self, question: &[u8]) {
        self.runs.leave();
        let asked = serde_json::from_slice(question);
        let asked = asked.unwrap_or_else(|fault| Asked::Unknown { fault: fault.to_string() });
        self.job = Some(Job { asked, wanted: Vec::new(), there: Vec::new() });
    }

    /// Goes on by at most so many histories; the answer as JSON once it is there.
    pub fn step(&mut self, histories: u64) -> Option<String> {
        let mut job = self.job.take()?;
        let found = match self.advance(&mut job, histories) {
            Ok(None) => {
                self.job = Some(job);
                return None;
            }
            Ok(Some(found)) => found,
            Err(fault) => json!({ "problems": problems(&fault) }),
        };
        Some(job.asked.stamped(found).to_string())
    }

    fn advance(&mut self, job: &mut Job, histories: u64) -> Result<Option<Value>> {
        if job.wanted.is_empty() {
            job.wanted = self.wanted(&mut job.asked)?;
        }
        if let Some(next) = job.wanted.get(job.there.len()) {
            job.there.extend(self.runs.grow(next, histories)?);
        }
        if job.there.len() < job.wanted.len() {
            return Ok(None);
        }
        self.answer(job).map(Some)
    }

    /// The runs that a question takes.
    fn wanted(&mut self, asked: &mut Asked) -> Result<Vec<Wanted>> {
        match asked {
            Asked::Open { scenario, seed, trials, language } => {
                let seed =
                    seed.parse().map_err(|_| Error::Usage("the seed is no number".into()))?;
                self.language = language.parse()?;
                self.runs.begin(seed);
                self.brief = Some(Scenario::from_json_str(scenario)?);
                Ok(vec![self.run(&Setting::new(), *trials)?])
            }
            Asked::Move { setting, baseline, trials, .. } => {
                Ok(vec![self.run(setting, *trials)?, self.run(&baseline.setting, *trials)?])
            }
            Asked::Compare { pins, baseline, trials } => {
                let all = pins.iter().chain([&*baseline]).map(|pin| &pin.setting);
                all.map(|setting| self.run(setting, *trials)).collect()
            }
            Asked::Levers { setting, changes, trials } => {
                let mut all = vec![self.run(setting, *trials)?];
                // An end that the setting does not allow has no row.
                changes.retain(|change| {
                    let mut setting = setting.clone();
                    setting.insert(change.path.clone(), change.value.clone());
                    let run = self.run(&setting, *trials);
                    let fine = run.is_ok();
                    all.extend(run);
                    fine
                });
                Ok(all)
            }
            Asked::Texts { .. } => Ok(Vec::new()),
            Asked::Unknown { fault } => Err(Error::Usage(format!("this is no question: {fault}"))),
        }
    }

    fn answer(&self, job: &Job) -> Result<Value> {
        let runs = &job.there;
        Ok(match &job.asked {
            Asked::Open { .. } => json!({ "digest": runs[0].digest()? }),
            Asked::Move { baseline, .. } => {
                let base = Some(&*runs[1]).filter(|_| !Rc::ptr_eq(&runs[0], &runs[1]));
                json!(Answer::new_in(&runs[0], base, &baseline.name, self.language)?)
            }
            Asked::Compare { pins, trials, .. } => {
                let base = runs.last().expect("there is a baseline");
                let rows = pins.iter().zip(runs).map(|(pin, run)| {
                    self.row([&pin.name], run, Some(base).filter(|base| !Rc::ptr_eq(run, base)))
                });
                self.table(rows.collect::<Result<_>>()?, *trials)
            }
            Asked::Levers { changes, trials, .. } => {
                let here = &runs[0];
                let rows = changes.iter().zip(&runs[1..]).map(|(change, run)| {
                    let Change { label, shown, .. } = change;
                    self.row([label, shown], run, Some(here))
                });
                self.table(rows.collect::<Result<_>>()?, *trials)
            }
            Asked::Texts { setting } => json!({ "toml": self.set(setting)?.to_toml_string() }),
            Asked::Unknown { .. } => json!({}),
        })
    }

    /// Rows whose last cells have the heads that it gives.
    fn table(&self, rows: Vec<Vec<String>>, trials: u64) -> Value {
        json!({ "head": heads_in(self.language), "rows": rows, "trials": trials })
    }

    fn row<const N: usize>(
        &self,
        about: [&String; N],
        run: &Run,
        base: Option<&Rc<Run>>,
    ) -> Result<Vec<String>> {
        let cells = cells_in(run, base.map(|base| &**base), self.language)?;
        Ok(about.into_iter().cloned().chain(cells).collect())
    }

    /// The scenario with a setting.
    fn set(&self, setting: &Setting) -> Result<Scenario> {
        let brief = self.brief.as_ref().ok_or_else(|| Error::Usage("nothing is open".into()))?;
        let changes = setting.iter().map(|(path, value)| (path.as_str(), Some(value.value())));
        brief.replace(changes)
    }

    fn run(&self, setting: &Setting, trials: u64) -> Result<Wanted> {
        let scenario = self.set(setting)?;
        Ok(Wanted { hash: scenario.hash(), model: scenario.validate()?.compile(), trials })
    }
}

impl Asked {
    /// An answer with what it answers.
    fn stamped(&self, mut answer: Value) -> Value {
        if let (Asked::Move { generation, .. }, Some(fields)) = (self, answer.as_object_mut()) {
            fields.insert("generation".into(), json!(generation));
        }
        answer
    }
}

fn problems(fault: &Error) -> Value {
    match fault {
        Error::Refused(problems) => problems.iter().map(problem).collect(),
        other => json!([{ "path": "", "what": other.to_string(), "remedy": "" }]),
    }
}

fn problem(one: &Problem) -> Value {
    json!({ "path": one.path, "what": one.what, "remedy": one.remedy })
}
