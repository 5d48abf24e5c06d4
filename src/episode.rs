//! One trial that stops at every question and waits for the answer: for whoever decides from outside,
//! such as a learner.

use crate::error::{Error, Result};
use crate::model::{Decision, Model, Policy, Situation, Terms};
use crate::stop::Stop;
use crate::trial::{End, Trial};

/// Stands in a model for whoever decides from outside: [`Model::episode`] asks it.
///
/// Where nobody is asked, as in [`Model::simulate`], it does nothing.
#[derive(Clone, Debug, Default)]
pub struct Outside(
    /// On which terms it decides.
    pub Terms,
);

impl Policy for Outside {
    type Memory = ();

    fn begin(&self) {}

    fn decide(&self, _: &Situation<'_>, (): &mut ()) -> Decision {
        Decision::stay()
    }

    fn terms(&self) -> Terms {
        Terms { together: true, ..self.0.clone() }
    }
}

/// A trial on its way, decision by decision.
#[derive(Debug)]
pub struct Episode<'m> {
    trial: Trial<'m>,
    rule: usize,
    over: bool,
}

impl Model {
    /// Begins trial `index` under `seed`, which stops whenever the policy named `id` is to be asked.
    ///
    /// ```
    /// use drawdown::scenario::{Actions, Pause};
    /// use drawdown::{Decision, Outside, Scenario};
    ///
    /// let model = Scenario::example("iraq-2024")?.validate()?.compile();
    /// let model = model.with_policy("me", Outside::default())?;
    /// let mut episode = model.episode("me", 7, 0)?;
    /// let mut held = 0;
    /// while !episode.is_over() {
    ///     let now = episode.now();
    ///     let answer = match (now.attacks(7.0) > 3, now.is_in_force()) {
    ///         (true, false) => {
    ///             Decision::act(Actions { pause: Some(Pause::default()), ..Actions::default() })
    ///         }
    ///         (false, true) => Decision::end(),
    ///         _ => Decision::stay(),
    ///     };
    ///     held += usize::from(now.is_held());
    ///     episode.answer(answer)?;
    /// }
    /// println!("movement was held at {held} reviews");
    /// assert_eq!(episode.now().days(), model.horizon_days());
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no policy of that name whose trials stop at its questions
    /// ([`Terms::together`], which [`Outside`] has), or another such policy beside it;
    /// [`Error::Policy`] if another policy breaks off on the way to the first question.
    pub fn episode(&self, id: &str, seed: u64, index: u64) -> Result<Episode<'_>> {
        let asked: Vec<usize> =
            self.own_policies().filter(|(_, own)| own.together).map(|(k, _)| k).collect();
        match asked[..] {
            [rule] if self.names.rules[rule] == id => {
                let trial = Trial::until(self, Stop::default());
                let mut episode = Episode { trial, rule, over: false };
                episode.begin(seed, index)?;
                Ok(episode)
            }
            _ => Err(Error::Usage(format!(
                "an episode needs one policy that is asked from outside, `{id}`: add `Outside` to \
                 the model under that name"
            ))),
        }
    }
}

impl Episode<'_> {
    /// Begins another trial in the place of this one.
    ///
    /// # Errors
    /// [`Error::Policy`] if another policy breaks off on the way to the first question.
    pub fn begin(&mut self, seed: u64, index: u64) -> Result<()> {
        self.over = false;
        self.trial.set_out_to_be_asked(seed, index);
        self.go_on()
    }

    /// How things stand: at the question that waits for an answer, or at the end.
    pub fn now(&self) -> Situation<'_> {
        self.trial.question().expect("it stops at a question or at the end")
    }

    /// Whether the trial has come to its end: the horizon, or more attacks than a trial may have.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Answers, and goes on to the next question or to the end.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is over; [`Error::Policy`] if what is wanted cannot be done, or another
    /// policy breaks off. It is over then.
    pub fn answer(&mut self, decision: Decision) -> Result<()> {
        if self.over {
            return Err(Error::Usage("the trial is over: begin another".into()));
        }
        self.trial.answer(decision);
        self.go_on()
    }

    fn go_on(&mut self) -> Result<()> {
        let end = match self.trial.asks() {
            Some(_) => End::Halted,
            None => self.trial.go_on_until(f64::INFINITY),
        };
        let broken = self.trial.broken();
        if self.trial.asks().is_none() {
            self.over = true;
            self.trial.stand_at_the_end(self.rule, end);
        }
        broken.map_or(Ok(()), Err)
    }
}
