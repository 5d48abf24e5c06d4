//! Rules that a program brings along as functions.

use std::sync::Arc;

use super::rules::{self, Function};
use super::{Model, Situation};
use crate::error::{Error, Result};
use crate::measure::Layout;
use crate::scenario::Actions;
use crate::validate::check_actions;

impl Model {
    /// Adds a rule whose condition is a function: at each review at which `when` is true, it acts
    /// as `then` says, until it is false. It looks after the rules of the plan, and its `id` is
    /// named in the origin of results. The same run needs the same function again: it must depend
    /// on nothing but the situation.
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
        let function = Function(Arc::new(when));
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
