//! What rules look back at: attacks, and people wounded and killed in them.

use crate::model::{Hit, Model};

#[derive(Clone, Debug)]
pub(in crate::trial) struct Hits {
    /// By count of the rules' conditions.
    counts: Vec<Running>,
    /// All of them, kept only where policies look at them.
    pub all: Vec<Hit>,
    /// Whether any does.
    looked_at: bool,
    /// Whether any rule looks at once.
    pub alert: bool,
}

impl Hits {
    pub fn new(model: &Model) -> Self {
        Hits {
            counts: vec![Running::default(); model.counts.len()],
            all: Vec::new(),
            looked_at: model.own_policies().any(|(_, own)| own.looks_back),
            alert: model.rules.iter().any(|rule| rule.at_once),
        }
    }

    pub fn clear(&mut self) {
        self.all.clear();
        self.counts.iter_mut().for_each(Running::reset);
    }

    #[inline(always)]
    pub fn enter(&mut self, model: &Model, hit: Hit) {
        for (count, running) in model.counts.iter().zip(&mut self.counts) {
            running.enter(hit.days, count.weight(&hit));
        }
        if self.looked_at {
            self.all.push(hit);
        }
    }

    /// What a count has come to over (since, now].
    pub fn after(&mut self, count: usize, since: f64) -> u64 {
        self.counts[count].after(since)
    }
}

/// What counts of hits within a window up to now. Windows only move forward.
#[derive(Clone, Debug, Default)]
struct Running {
    /// When, and how many.
    hits: Vec<(f64, u64)>,
    /// The first one that is still within the window.
    first: usize,
    sum: u64,
}

impl Running {
    pub fn reset(&mut self) {
        self.hits.clear();
        (self.first, self.sum) = (0, 0);
    }

    #[inline]
    pub fn enter(&mut self, days: f64, count: u64) {
        if count > 0 {
            self.hits.push((days, count));
            self.sum += count;
        }
    }

    /// The count over (since, now].
    fn after(&mut self, since: f64) -> u64 {
        let left = self.hits[self.first..].iter().take_while(|(days, _)| *days <= since);
        for (_, count) in left {
            self.sum -= count;
            self.first += 1;
        }
        self.sum
    }
}
