//! Work side by side, or one after another where there is no rayon.

use crate::error::Result;

/// The threads that a batch runs on.
#[derive(Debug)]
#[cfg(feature = "rayon")]
pub(crate) struct Threads(rayon::ThreadPool);

#[cfg(feature = "rayon")]
impl Threads {
    pub fn new(count: usize) -> Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
        pool.map(Threads)
            .map_err(|fault| crate::Error::Usage(format!("no {count} threads: {fault}")))
    }

    pub fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    pub fn for_each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        use rayon::prelude::*;
        self.0.install(|| items.into_par_iter().for_each(work));
    }

    /// One after another, in order, on one of the threads.
    pub fn one_by_one<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        self.0.install(|| items.into_iter().for_each(work));
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
