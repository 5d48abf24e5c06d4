//! What rules look at.

use crate::model::{Condition, has_come};
use crate::trial::Trial;

impl Trial<'_> {
    pub(super) fn holds(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::Count(count) => {
                let about = &self.ctx.model.counts[*count];
                about.limits.hold(self.count(*count) as f64)
            }
            Condition::Tension(states) => states[self.ctx.state],
            Condition::Days { from, before } => {
                has_come(*from, self.ctx.now) && !has_come(*before, self.ctx.now)
            }
            Condition::Phase(phase, state) => self.plan.phases[*phase].status == *state,
            Condition::PauseDaysLeft(limits) => {
                limits.hold_days(self.plan.pause_days_left(&self.ctx))
            }
            Condition::ExtensionDaysLeft(limits) => {
                limits.hold_days(self.plan.extension_days_left(&self.ctx))
            }
            Condition::People(places, limits) => {
                let counted =
                    self.people.by_place.iter().zip(places).filter(|(_, counts)| **counts);
                limits.hold(counted.map(|(people, _)| f64::from(*people)).sum())
            }
            Condition::Event(event, outcome) => self.calendar.has_happened(*event, *outcome),
            Condition::Risk(risk) => self.ctx.risks[*risk].happened,
            Condition::InsurgentStrength(limits) => limits.hold(self.region.strength(self.ctx.now)),
            Condition::Friction(limits) => limits.hold(self.region.host.friction(self.ctx.now)),
            Condition::Expelled(expelled) => self.region.host.expelled == *expelled,
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
        }
    }
}
