//! Runs of one scenario after another under one seed, grown in steps and kept for a while.

use std::rc::Rc;

use drawdown::{Batch, Model, Result, Run};

/// So many runs are kept; one of 20,000 histories takes some tens of megabytes.
const KEPT: usize = 8;

/// A run that is asked for.
#[derive(Debug)]
pub struct Wanted {
    pub model: Model,
    pub hash: String,
    pub trials: u64,
}

/// A run that is there.
#[derive(Debug)]
struct Kept {
    hash: String,
    run: Rc<Run>,
}

/// What was run last, and what is being run.
#[derive(Debug, Default)]
pub struct Runs {
    pub seed: u64,
    kept: Vec<Kept>,
    parts: Vec<Run>,
}

impl Runs {
    /// Forgets everything, and goes on with another seed.
    pub fn begin(&mut self, seed: u64) {
        *self = Runs { seed, ..Runs::default() };
    }

    /// Leaves what is being run.
    pub fn leave(&mut self) {
        self.parts.clear();
    }

    /// Runs at most so many histories more of what is wanted; the run once it is there, which is what
    /// one batch of as many histories gives.
    pub fn grow(&mut self, wanted: &Wanted, histories: u64) -> Result<Option<Rc<Run>>> {
        if let Some(place) = self.place(&wanted.hash, wanted.trials) {
            let found = self.kept.remove(place);
            let run = Rc::clone(&found.run);
            self.kept.push(found);
            return Ok(Some(run));
        }
        if self.parts.is_empty() {
            let smaller = self.kept.iter().filter(|one| one.hash == wanted.hash);
            let smaller = smaller.filter(|one| one.run.trials() < wanted.trials);
            let most = smaller.max_by_key(|one| one.run.trials());
            self.parts.extend(most.map(|one| Run::clone(&one.run)));
        }
        let done = self.parts.iter().map(Run::trials).sum::<u64>();
        let until = wanted.trials.min(done + histories.max(1));
        self.parts.push(wanted.model.simulate(&Batch::range(done..until, self.seed))?);
        if until < wanted.trials {
            return Ok(None);
        }
        let run = match self.parts.len() {
            1 => self.parts.remove(0),
            _ => Run::merge(self.parts.drain(..))?,
        };
        let run = Rc::new(run);
        self.kept.push(Kept { hash: wanted.hash.clone(), run: Rc::clone(&run) });
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
        Ok(Some(run))
    }

    fn place(&self, hash: &str, trials: u64) -> Option<usize> {
        self.kept.iter().position(|one| one.hash == hash && one.run.trials() == trials)
    }
}
