//! Chains carried on apart from one another, on other machines if need be.

use std::time::Duration;

use super::chains::{Chain, Fitting, Walk};
use crate::error::{Error, Result};
use crate::pace::Pace;

impl Fitting<'_> {
    /// Draws of one of the chains so far, the warm-up too.
    pub fn made(&self, k: usize) -> usize {
        self.chains.get(k).map_or(0, |chain| chain.walk.made)
    }

    /// Goes on with one of the chains for some time; whether it has more to do. Chains know nothing
    /// of one another, so each can be carried on elsewhere.
    pub fn advance_chain(&mut self, k: usize, wait: Duration) -> bool {
        let Some(chain) = self.chains.get_mut(k) else { return false };
        chain.go_on(&self.settings, &self.stop, Pace::new(wait));
        chain.walk.made < self.settings.all()
    }

    /// All that it takes to go on with one of the chains elsewhere; nothing of a chain that is not
    /// there.
    pub fn save_chain(&self, k: usize) -> Vec<u8> {
        let Some(Chain { walk, .. }) = self.chains.get(k) else { return Vec::new() };
        serde_json::to_vec(&(&self.id, k, walk)).expect("numbers are JSON")
    }

    /// Goes on with a chain where [`Fitting::save_chain`] was called.
    ///
    /// # Errors
    /// As [`Fitting::take_up`].
    pub fn take_up_chain(&mut self, saved: &[u8]) -> Result<()> {
        let read: std::result::Result<(String, usize, Walk), _> = serde_json::from_slice(saved);
        let (id, k, walk) = read.map_err(damaged)?;
        self.check_id(&id)?;
        match self.chains.get_mut(k) {
            Some(chain) => chain.take_up(walk, &self.settings),
            None => Err(damaged(format!("there is no chain {k}"))),
        }
    }

    pub(super) fn check_id(&self, id: &str) -> Result<()> {
        if id == self.id {
            return Ok(());
        }
        Err(Error::Usage(format!("what was saved is another fit: {id}, and this is {}", self.id)))
    }
}

pub(super) fn damaged(fault: impl std::fmt::Display) -> Error {
    Error::Usage(format!("this is no fit that was saved: {fault}"))
}
