//! Sites that receive and send at once: moves that take those whom other moves bring.

use super::Plan;
use super::lifts::Status;
use crate::trial::context::Context;
use crate::trial::people::People;

impl Plan {
    /// People have been brought to a site: a move of a phase under way that takes arrivals takes them.
    pub fn receive(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        whom: (usize, usize),
        brought: u32,
    ) {
        let model = ctx.model;
        for (phase, about) in model.phases.iter().enumerate() {
            if !about.takes_arrivals || !self.phases[phase].under_way() {
                continue;
            }
            let mut moves = about.moves.iter();
            let takes =
                moves.position(|step| step.takes_arrivals && (step.site, step.contingent) == whom);
            if let Some(k) = takes {
                let more = self.staying(ctx, people, whom.0, whom.1);
                let kept = self.kept[whom.0 * model.contingents() + whom.1];
                let more = more.saturating_sub(about.moves[k].residual.max(kept)).min(brought);
                if more > 0 {
                    self.phases[phase].people.whole[k] += more;
                    self.fit_in(ctx, phase);
                }
                return;
            }
        }
    }

    /// More is to go: what is left is spread over the lifts that are still to go, and later ones as far
    /// as these have no room.
    fn fit_in(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let until = ctx.model.blackouts.working_by(self.phases[phase].finish);
        match self.phases[phase].status {
            Status::Moving if self.phases[phase].bounds.waiting => {
                self.phases[phase].begin_stretch();
                self.schedule(ctx, phase, ctx.working());
            }
            Status::Moving => {
                let from = self.phases[phase].last_gone(ctx.model);
                self.phases[phase].begin_stretch();
                self.schedule_from(ctx, phase, (from, until));
            }
            // It takes longer once it goes on, so that it must do so earlier.
            Status::Held => self.set_spent(ctx),
            Status::Waiting | Status::Done | Status::Cancelled => {}
        }
    }
}
