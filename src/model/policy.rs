//! Policies: objects of the program that decide as rules do.

use std::any::Any;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::rules::{Condition, Order};
use super::situation::Situation;
use crate::scenario::{self, Actions};
use crate::streams::Who;

/// A decision-maker that a program brings along: it looks at how things stand, remembers, and says
/// what is to be done. [`Model::with_policy`](super::Model::with_policy) adds one to a plan.
///
/// It is asked at every review and, if its [`Terms`] say so, after every event that rules which look
/// at once look at. It must depend on nothing but the situation and its memory: then the same run
/// gives the same bits on any number of threads. Chance it draws from the streams of the
/// [`Situation`], which are keyed by the seed, the trial and its id.
///
/// A panic of a policy does not unwind through the simulation: it becomes
/// [`Error::Policy`](crate::Error::Policy), which names the policy, the trial and the day.
pub trait Policy: Send + Sync + 'static {
    /// What it remembers within one trial. Copies that a particle filter makes of a trial have a
    /// copy of it.
    type Memory: Clone + Send + Sync + 'static;

    /// What it remembers at the beginning of a trial.
    fn begin(&self) -> Self::Memory;

    /// What is to be done now.
    fn decide(&self, now: &Situation<'_>, memory: &mut Self::Memory) -> Decision;

    /// On which terms it decides.
    fn terms(&self) -> Terms {
        Terms::default()
    }

    /// What is to be done in several trials, in that order, which have nothing to do with one
    /// another. Trials of a batch are asked together if the terms say so; by itself, this asks one
    /// after another.
    ///
    /// # Errors
    /// If it has no answer, why not, and in which of them. It is asked once more about those before
    /// that one, or about fewer and fewer if it does not say which, with the memories that they had.
    fn decide_all(
        &self,
        asked: &mut [Asked<'_, '_, Self::Memory>],
    ) -> Result<Vec<Decision>, NoAnswer> {
        Ok(asked.iter_mut().map(|one| self.decide(&one.now, one.memory)).collect())
    }
}

/// One trial of several in which a policy is asked at the same time.
#[derive(Debug)]
pub struct Asked<'s, 'm, M> {
    /// How things stand.
    pub now: Situation<'s>,
    /// What the policy remembers of that trial.
    pub memory: &'m mut M,
}

/// Why a policy has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// In which of the trials that were asked together, if it is one of them.
    pub place: Option<usize>,
    /// Why not.
    pub what: String,
}

/// What a policy wants.
#[derive(Clone, Debug)]
pub struct Decision(pub(crate) Wish);

#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Stay,
    End,
    Written(Box<Actions>),
    Ready(Arc<Order>),
}

impl Decision {
    /// Nothing changes: what is in force stays so, and what is not does not begin.
    pub fn stay() -> Self {
        Decision(Wish::Stay)
    }

    /// What is in force ends: if movement has been held as long as it was to be at the least, it is
    /// resumed.
    pub fn end() -> Self {
        Decision(Wish::End)
    }

    /// Sets off: does what is done once, and holds movement if `pause` is among it, until
    /// [`Decision::end`]. In the place of what is in force, if anything is.
    ///
    /// It does so only where [`Situation::may_act`] holds; an order that only pauses needs something
    /// to hold.
    pub fn act(actions: Actions) -> Self {
        Decision(Wish::Written(Box::new(actions)))
    }

    pub(crate) fn ready(order: &Arc<Order>) -> Self {
        Decision(Wish::Ready(Arc::clone(order)))
    }
}

/// On which terms a policy decides: what a rule of the plan says beside its conditions and actions.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Whether it is asked as rules that look at once are, and not at reviews only.
    pub at_once: bool,
    /// Days after it has ended in which it does not set off again. Above 0, it has to end before it
    /// can.
    pub cooldown_days: f64,
    /// It sets off at most so often in a trial. `None`: as often as it comes.
    pub at_most_times: Option<u32>,
    /// What ends it without its saying so, looked at before it is asked. It does not set off again
    /// at that look.
    pub until: Option<scenario::Condition>,
    /// What is counted for it all the time ([`Situation::counts`]): attacks, wounded or killed in
    /// some window. What they are compared with does not matter.
    pub counts: Vec<scenario::Condition>,
    /// Whether it looks at single attacks ([`Situation::recent`] and what counts them over any
    /// number of days), which are kept for it. Without it, those panic.
    pub looks_back: bool,
    /// Whether trials of a batch stop at its questions and are asked together, a few hundred or
    /// thousand at a time, with [`Policy::decide_all`]: for a policy that is dear to call. What it
    /// decides must not depend on which are asked together.
    pub together: bool,
}

impl Default for Terms {
    /// At reviews, as often as it comes, one trial after another.
    fn default() -> Self {
        Terms {
            at_once: false,
            cooldown_days: 0.0,
            at_most_times: None,
            until: None,
            counts: Vec::new(),
            looks_back: true,
            together: false,
        }
    }
}

/// A rule that is a policy of the program.
#[derive(Clone)]
pub(crate) struct Own {
    pub mind: Arc<dyn Mind>,
    /// Whose streams it draws from.
    pub who: Who,
    pub until: Option<Condition>,
    /// Its counts among those of all rules.
    pub counts: Range<usize>,
    pub looks_back: bool,
    pub together: bool,
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy of the program")
    }
}

/// A policy, whatever it remembers.
pub(crate) trait Mind: Send + Sync {
    fn begin(&self) -> Memory;
    fn decide(&self, now: &Situation<'_>, memory: &mut Memory) -> Decision;
    fn decide_all(
        &self,
        now: Vec<Situation<'_>>,
        memories: &mut [Memory],
    ) -> Result<Vec<Decision>, NoAnswer>;
}

impl<P: Policy> Mind for P {
    fn begin(&self) -> Memory {
        Memory(Box::new(Policy::begin(self)))
    }

    fn decide(&self, now: &Situation<'_>, memory: &mut Memory) -> Decision {
        Policy::decide(self, now, memory.of::<P>())
    }

    fn decide_all(
        &self,
        now: Vec<Situation<'_>>,
        memories: &mut [Memory],
    ) -> Result<Vec<Decision>, NoAnswer> {
        let memories = memories.iter_mut().map(Memory::of::<P>);
        let asked = now.into_iter().zip(memories).map(|(now, memory)| Asked { now, memory });
        let mut asked: Vec<_> = asked.collect();
        let answers = Policy::decide_all(self, &mut asked)?;
        if answers.len() == asked.len() {
            return Ok(answers);
        }
        let what = format!("{} answers to {} questions", answers.len(), asked.len());
        Err(NoAnswer { place: None, what })
    }
}

/// What a policy remembers within a trial.
pub(crate) struct Memory(Box<dyn Kept>);

impl Memory {
    fn of<P: Policy>(&mut self) -> &mut P::Memory {
        self.0.as_any().downcast_mut().expect("a policy is given what it began with")
    }
}

impl Clone for Memory {
    fn clone(&self) -> Self {
        Memory(self.0.copy())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what a policy remembers")
    }
}

trait Kept: Send + Sync {
    fn as_any(&mut self) -> &mut dyn Any;
    fn copy(&self) -> Box<dyn Kept>;
}

impl<T: Clone + Send + Sync + 'static> Kept for T {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn copy(&self) -> Box<dyn Kept> {
        Box::new(self.clone())
    }
}

/// A rule whose condition is a function: a policy that does one thing as long as it holds.
pub(super) struct When<F> {
    pub then: Arc<Order>,
    pub when: F,
}

impl<F: Fn(&Situation<'_>) -> bool + Send + Sync + 'static> Policy for When<F> {
    type Memory = ();

    fn begin(&self) {}

    fn decide(&self, now: &Situation<'_>, (): &mut ()) -> Decision {
        match ((self.when)(now), now.is_in_force()) {
            (true, false) => Decision::ready(&self.then),
            (false, true) => Decision::end(),
            (true, true) | (false, false) => Decision::stay(),
        }
    }
}
