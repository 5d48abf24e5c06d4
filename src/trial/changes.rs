//! What changes in a trial, and who must hear of it: the one place that knows.

use super::Trial;
use super::threats::Seen;
use crate::streams::EventSeed;

/// Something has changed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// Other numbers of people are on a site; `Moved` or `Departed` follows at once.
    People(usize),
    /// The last person has left a site.
    Closed(usize),
    /// People have gone or come, and that is all for now.
    Moved,
    /// People of a contingent have been brought to a site by a move.
    Brought {
        site: usize,
        contingent: usize,
        people: u32,
    },
    /// A lift of a phase in waves has gone.
    WaveLeft(usize),
    /// The tension, from a state to the present one.
    Tension(usize),
    /// A calendar event has happened, with an outcome by its place in the event.
    Calendar(usize, usize),
    /// A risk has happened, a gate has opened, or a phase has begun.
    RiskHappened,
    GateOpened,
    PhaseBegan,
    /// Nobody is left to move in a phase: it is done.
    Emptied(usize),
    /// A phase is done.
    PhaseDone,
    /// All phases are.
    AllDone,
    /// A contingent has left, or the notice of the host is over.
    Departed,
    /// People of a contingent have been killed.
    Killed(usize),
    /// A strike has answered a threat: whether it was coordinated with the host.
    Struck(bool),
    /// The host has told the troops to leave by a day.
    Expelled(f64),
    /// The insurgency has gained at one blow.
    Shock,
    /// An incident of the insurgency falls on a channel.
    Incident(usize, EventSeed),
    /// All who are to go back in have.
    WentBackIn,
    /// The breathing room of a pause is spent.
    RoomSpent,
}

impl Trial<'_> {
    /// Hands on what has changed, each change with all that comes of it before the next.
    #[inline]
    pub(super) fn settle(&mut self) {
        if !self.ctx.changes.is_empty() {
            self.settle_from(0);
        }
    }

    fn settle_from(&mut self, first: usize) {
        let mut next = first;
        while let Some(&change) = self.ctx.changes.get(next) {
            next += 1;
            let told = self.ctx.changes.len();
            self.hear(change);
            if self.ctx.changes.len() > told {
                self.settle_from(told);
            }
        }
        self.ctx.changes.truncate(first);
    }

    fn hear(&mut self, change: Change) {
        self.ctx.stirred |= change.stirs();
        let Trial { ctx, calendar, people, plan, threats, region, rules, .. } = self;
        match change {
            Change::People(site) => {
                threats.people_move_rates(ctx, Seen { people, plan, calendar }, site);
            }
            Change::Closed(site) => threats.drop_on(&ctx.model.channels_at[site]),
            Change::Moved | Change::Departed => {
                region.steer_insurgency(ctx, people);
                region.politics.may_follow(ctx, people);
                threats.shift(ctx, Seen { people, plan, calendar });
            }
            Change::PhaseDone => threats.shift(ctx, Seen { people, plan, calendar }),
            Change::Brought { site, contingent, people: brought } => {
                plan.receive(ctx, people, (site, contingent), brought);
            }
            Change::WaveLeft(phase) => plan.wave_left(ctx, phase),
            Change::Tension(before) => {
                plan.tension_moves_gates(ctx);
                threats.tension_moves_rates(ctx, Seen { people, plan, calendar }, before);
                region.barrages.tension_changed(ctx, before);
                region.host.tension_changed(ctx, before);
            }
            // Unless its last lift has brought people to where it takes them from.
            Change::Emptied(phase) if plan.phases[phase].is_anything_left() => {}
            Change::Emptied(phase) => plan.finish_phase(ctx, phase),
            Change::AllDone => region.watch_for_reentry(ctx),
            Change::Killed(contingent) => region.politics.mourn(ctx, contingent),
            Change::Struck(coordinated) => {
                if !coordinated {
                    region.host.offend(ctx);
                }
                threats.shift(ctx, Seen { people, plan, calendar });
            }
            Change::Expelled(deadline) => plan.expel(ctx, people, deadline),
            Change::Incident(channel, seed) => threats.sudden_attack(ctx, people, channel, seed),
            Change::RoomSpent => rules.release_holding(ctx),
            Change::Calendar(event, outcome) => region.politics.hear(ctx, event, outcome),
            Change::RiskHappened
            | Change::GateOpened
            | Change::PhaseBegan
            | Change::Shock
            | Change::WentBackIn => {}
        }
    }
}

impl Change {
    /// Whether rules that look at once look at it.
    fn stirs(self) -> bool {
        !matches!(
            self,
            Change::People(_)
                | Change::Closed(_)
                | Change::Moved
                | Change::Brought { .. }
                | Change::WaveLeft(_)
                | Change::Emptied(_)
                | Change::AllDone
                | Change::Killed(_)
                | Change::Incident(..)
                | Change::RoomSpent
        )
    }
}
