//! Work side by side, or one after another where there is no rayon.

use crate::error::Result;

/// The threads that a batch runs on.
#[derive(Debug)]
#[cfg(feature = "rayon")]
pub(crate) struct Threads(Option<rayon::ThreadPool>);

#[cfg(feature = "rayon")]
impl Threads {
    pub fn new(count: usize) -> Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
        pool.map(|pool| Threads(Some(pool)))
            .map_err(|fault| crate::Error::Usage(format!("no {count} threads: {fault}")))
    }

    /// Those of the pool that the calling thread is in, or else of rayon's global one.
    pub fn current() -> Self {
        Threads(None)
    }

    pub fn count(&self) -> usize {
        self.0.as_ref().map_or_else(rayon::current_num_threads, |pool| pool.current_num_threads())
    }

    fn install(&self, work: impl FnOnce() + Send) {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    pub fn for_each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        use rayon::prelude::*;
        self.install(|| items.into_par_iter().for_each(work));
    }

    /// One after another, in order, on one of the threads.
    pub fn one_by_one<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        self.install(|| items.into_iter().for_each(work));
    }
}

/// Without threads, everything runs on the caller's.
#[derive(Debug)]
#[cfg(not(feature = "rayon"))]
pub(crate) struct Threads;

#[cfg(not(feature = "rayon"))]
impl Threads {
    pub fn new(_: usize) -> Result<Self> {
        Ok(Threads)
    }

    pub fn current() -> Self {
        Threads
    }

    pub fn count(&self) -> usize {
        1
    }

    pub fn for_each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        items.into_iter().for_each(work);
    }

    pub fn one_by_one<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        items.into_iter().for_each(work);
    }
}
