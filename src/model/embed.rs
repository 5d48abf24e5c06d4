//! Rules that a program brings along: policies, and functions as conditions.

use std::sync::Arc;

use super::policy::{Mind, Own, Policy, Terms, When};
use super::rules::{Decides, Rule};
use super::{Model, Situation};
use crate::error::{Code, Error, Problem, Result};
use crate::measure::Layout;
use crate::scenario::{Actions, Condition, faults_of};
use crate::streams::Who;
use crate::validate::{check_actions, check_condition};

impl Model {
    /// Adds a rule whose condition is a function: at each review at which `when` is true, it acts
    /// as `then` says, until it is false. It looks after the rules of the plan, and its `id` is
    /// named in the origin of results. The same run needs the same function again: it must depend
    /// on nothing but the situation. Chance it draws from the situation's streams, which are keyed by
    /// the seed, the trial and `id`: what one rule draws moves nobody else's stream. One that
    /// remembers, or does different things, is a [`Policy`].
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
        self,
        id: &str,
        then: &Actions,
        when: impl Fn(&Situation<'_>) -> bool + Send + Sync + 'static,
    ) -> Result<Self> {
        let mut problems = Vec::new();
        self.check_order(&format!("{id}.then"), then, &mut problems);
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        let then = Arc::new(self.order(then));
        self.with_policy(id, When { then, when })
    }

    /// Adds a policy, which decides after the rules of the plan and is named `id` in the origin of
    /// results, in the log and in what is measured by rule. A batch with one has no parts: no file
    /// can hold it.
    ///
    /// ```
    /// use drawdown::scenario::{Actions, Pause};
    /// use drawdown::{Batch, By, Decision, Policy, Scenario, Situation};
    ///
    /// /// Holds movement when it has been restless for a while, and not because of one bad week.
    /// struct Smoothed;
    ///
    /// impl Policy for Smoothed {
    ///     type Memory = f64;
    ///
    ///     fn begin(&self) -> f64 {
    ///         0.0
    ///     }
    ///
    ///     fn decide(&self, now: &Situation<'_>, weekly: &mut f64) -> Decision {
    ///         *weekly = 0.7 * *weekly + 0.3 * now.attacks(7.0) as f64;
    ///         match now.is_in_force() {
    ///             false if *weekly > 8.0 => Decision::act(Actions {
    ///                 pause: Some(Pause { at_least_days: 14.0 }),
    ///                 ..Actions::default()
    ///             }),
    ///             true if *weekly < 4.0 => Decision::end(),
    ///             _ => Decision::stay(),
    ///         }
    ///     }
    /// }
    ///
    /// let model = Scenario::example("iraq-2024")?.validate()?.compile();
    /// let run = model.with_policy("smoothed", Smoothed)?.simulate(&Batch::new(50, 7))?;
    /// assert!(run.values("pauses", By::Total)?.sum() > 0.0);
    /// assert_eq!(run.origin().embedded_rules, ["smoothed"]);
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] if a rule of that id is there already; [`Error::Refused`] with every
    /// problem of its terms.
    pub fn with_policy(mut self, id: &str, policy: impl Policy) -> Result<Self> {
        if self.names.rules.iter().any(|known| known == id) {
            return Err(Error::Usage(format!("there is a rule `{id}` already")));
        }
        let mut terms = policy.terms();
        self.check_terms(id, &mut terms)?;
        let until = terms.until.as_ref().map(|until| self.condition(until));
        let first = self.counts.len();
        for count in &terms.counts {
            self.condition(count);
        }
        let own = Own {
            mind: Arc::new(policy) as Arc<dyn Mind>,
            who: Who::new(&["rule", id]),
            until,
            counts: first..self.counts.len(),
            looks_back: terms.looks_back,
            together: terms.together,
        };
        self.rules.push(Rule {
            decides: Decides::Own(own),
            at_once: terms.at_once,
            cooldown: terms.cooldown_days,
            at_most_times: terms.at_most_times.unwrap_or(u32::MAX),
        });
        self.names.rules.push(id.to_owned());
        self.layout = Layout::new(|by| self.names.width(by));
        if self.reduced {
            self.layout.reduced(self.levels.len());
        }
        Ok(self)
    }

    /// The ids of the rules that are policies or functions of the program.
    pub fn embedded_rules(&self) -> &[String] {
        &self.names.rules[self.scenario.plan.rules.len()..]
    }

    /// The policies of the program, by number of the rule.
    pub(crate) fn own_policies(&self) -> impl Iterator<Item = (usize, &Own)> {
        self.rules.iter().enumerate().filter_map(|(k, rule)| match &rule.decides {
            Decides::Own(own) => Some((k, own)),
            Decides::Plan { .. } => None,
        })
    }

    /// Everything wrong with what a rule or a policy is to do.
    pub(crate) fn check_order(&self, path: &str, then: &Actions, problems: &mut Vec<Problem>) {
        faults_of(path, then, problems);
        check_actions(&self.scenario, path, then, problems);
    }

    fn check_terms(&self, id: &str, terms: &mut Terms) -> Result<()> {
        let mut problems = Vec::new();
        let mut check = |path: &str, condition: &Condition| {
            faults_of(path, condition, &mut problems);
            check_condition(&self.scenario, path, condition, &mut problems);
        };
        if let Some(until) = &terms.until {
            check(&format!("{id}.until"), until);
        }
        let mut others = Vec::new();
        for (k, count) in terms.counts.iter_mut().enumerate() {
            let path = format!("{id}.counts.{k}");
            match count {
                Condition::Attacks(window)
                | Condition::Wounded(window)
                | Condition::Killed(window) => {
                    (window.at_least, window.at_most) = (Some(0), None);
                    check(&path, count);
                }
                _ => others.push(path),
            }
        }
        let what = "this cannot be counted";
        let remedy = "give `attacks`, `wounded` or `killed`";
        problems.extend(
            others.into_iter().map(|path| Problem::new(path, Code::WrongType, what, remedy)),
        );
        if !(terms.cooldown_days >= 0.0 && terms.cooldown_days.is_finite()) {
            let what = format!("{} days cannot be waited", terms.cooldown_days);
            let path = format!("{id}.cooldown_days");
            problems.push(Problem::new(path, Code::OutOfRange, what, "give 0 or more"));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Refused(problems)) }
    }
}
