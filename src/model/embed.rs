//! Rules that a program brings along as functions.

use std::sync::Arc;

use super::rules::{self, Function};
use super::{Model, Situation};
use crate::error::{Error, Result};
use crate::measure::Layout;
use crate::scenario::Actions;
use crate::streams::Who;
use crate::validate::check_actions;

impl Model {
    /// Adds a rule whose condition is a function: at each review at which `when` is true, it acts
    /// as `then` says, until it is false. It looks after the rules of the plan, and its `id` is
    /// named in the origin of results. The same run needs the same function again: it must depend
    /// on nothing but the situation. Chance it draws from the situation's streams, which are keyed by
    /// the seed, the trial and `id`: what one rule draws moves nobody else's stream.
    ///
    /// ```
    /// use drawdown::scenario::Actions;
    /// use drawdown::{Batch, By, Scenario};
    /// use rand_distr::{Bernoulli, Distribution, Exp};
    ///
    /// // A commander whose patience is different in each history, and who is not always told.
    /// let pause = Actions { pause: Some(Default::default()), ..Actions::default() };
    /// let patience = Exp::new(1.0 / 5.0).unwrap();
    /// let told = Bernoulli::new(0.8).unwrap();
    /// let model = Scenario::example("iraq-2024")?.validate()?.compile();
    /// let model = model.with_rule("commander", &pause, move |now| {
    ///     now.attacks(7.0) as f64 > patience.sample(&mut now.trial_stream())
    ///         && told.sample(&mut now.review_stream())
    /// })?;
    /// let run = model.simulate(&Batch::new(50, 7))?;
    /// assert!(run.values("pauses", By::Total)?.sum() > 0.0);
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] if a rule of that id is there already; [`Error::Refused`] with every
    /// problem of `then`.
    pub fn with_rule(
        mut self,
        id: &str,
        then: &Actions,
        when: impl Fn(&Situation<'_>) -> bool + Send + Sync + 'static,
    ) -> Result<Self> {
        if self.names.rules.iter().any(|known| known == id) {
            return Err(Error::Usage(format!("there is a rule `{id}` already")));
        }
        let mut problems = Vec::new();
        check_actions(&self.scenario, &format!("{id}.then"), then, &mut problems);
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        let function = Function { when: Arc::new(when), who: Who::new(&["rule", id]) };
        self.rules.push(rules::embed(&self.scenario, &self.names, then, function));
        self.names.rules.push(id.to_owned());
        self.layout = Layout::new(|by| self.names.width(by));
        Ok(self)
    }

    /// The ids of the rules that are functions.
    pub fn embedded_rules(&self) -> &[String] {
        &self.names.rules[self.scenario.plan.rules.len()..]
    }
}
