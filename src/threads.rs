//! Work side by side, or one after another where there is no rayon.

use crate::error::Result;

/// More threads than this take longer to make than they can save.
#[cfg(feature = "rayon")]
const MOST: usize = 1_024;

/// The threads that a batch runs on.
#[derive(Debug)]
#[cfg(feature = "rayon")]
pub(crate) struct Threads(Option<rayon::ThreadPool>);

#[cfg(feature = "rayon")]
impl Threads {
    /// So many threads, or one for each core if 0.
    ///
    /// # Errors
    /// [`Error::Usage`](crate::Error::Usage) for more than [`MOST`], or if the system has none.
    pub fn new(count: usize) -> Result<Self> {
        if count > MOST {
            let what = format!("{count} threads are more than {MOST}, the most that there may be");
            return Err(crate::Error::Usage(what));
        }
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
