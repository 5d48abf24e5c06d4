//! Contingents that leave on their own account.

use crate::measure::M;
use crate::streams::Purpose;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::people::People;

#[derive(Clone, Debug, Default)]
pub(in crate::trial) struct Politics {
    /// By contingent: whether it has decided to leave.
    decided: Vec<bool>,
    /// By contingent: when it decided to leave, and when it does so for that.
    leaves: Vec<[f64; 2]>,
    /// By contingent: whether it has left every site. Empty where nobody follows another.
    gone: Vec<bool>,
}

impl Politics {
    pub fn begin(&mut self, ctx: &mut Context<'_>, people: &People) {
        self.decided.clear();
        self.decided.resize(ctx.model.contingents(), false);
        self.leaves.clear();
        self.leaves.resize(ctx.model.contingents(), [f64::NAN; 2]);
        self.gone.clear();
        for contingent in 0..ctx.model.contingents() {
            if let Some(end) = ctx.model.region.mandate_end(contingent, ctx.now) {
                ctx.future.set(Due::Departure(contingent), end);
            }
        }
        let politics = &ctx.model.region.politics;
        // Where nobody follows, nobody has to know who has gone.
        if politics.iter().flatten().any(|about| !about.follows.is_empty()) {
            self.gone.resize(ctx.model.contingents(), false);
            if ctx.model.now.is_some() {
                // Whoever was to follow one that had left before the start has decided before it.
                for contingent in 0..self.gone.len() {
                    self.gone[contingent] = people.has_left(contingent);
                }
            }
        }
    }

    /// People of a contingent have been killed: it may have had enough.
    pub fn mourn(&mut self, ctx: &mut Context<'_>, contingent: usize) {
        let Some(about) = &ctx.model.region.politics[contingent] else { return };
        if let Some(tolerance) = about.tolerance_killed {
            let tolerance = tolerance.of(&ctx.draw.values).max(1.0);
            if ctx.record.get(M::ContingentKilled, contingent) >= tolerance {
                self.decide_to_leave(ctx, contingent);
            }
        }
    }

    fn decide_to_leave(&mut self, ctx: &mut Context<'_>, contingent: usize) {
        if self.decided[contingent] {
            return;
        }
        self.decided[contingent] = true;
        let Some(about) = &ctx.model.region.politics[contingent] else { return };
        let mut stream = ctx.streams.once(about.who, Purpose::Politics);
        let values = &ctx.draw.values;
        let delay = about.delay.sample(|slot| slot.of(values), &mut stream);
        if send_home(ctx, contingent, delay) {
            self.leaves[contingent] = [ctx.now, ctx.now + delay];
        }
    }

    /// Draws anew when contingents that have decided to leave do so, given that they have not yet.
    pub fn renew(&mut self, ctx: &mut Context<'_>) {
        for (contingent, about) in ctx.model.region.politics.iter().enumerate() {
            let Some(about) = about else { continue };
            let [since, until] = self.leaves[contingent];
            let last = mandate_end(ctx, contingent);
            // Not if it has left, or leaves because a rule wants it to.
            if ctx.future.time(Due::Departure(contingent)) != until.min(last) {
                continue;
            }
            let mut stream = ctx.streams.once(about.who, Purpose::Politics);
            let (values, age) = (&ctx.draw.values, ctx.now - since);
            if let Some(delay) = about.delay.sample_from(age, |slot| slot.of(values), &mut stream) {
                self.leaves[contingent][1] = since + delay.max(age);
                ctx.future.set(Due::Departure(contingent), self.leaves[contingent][1].min(last));
            }
        }
    }

    /// A calendar event has happened: contingents may decide to leave for it.
    pub fn hear(&mut self, ctx: &mut Context<'_>, event: usize, outcome: usize) {
        let model = ctx.model;
        for (contingent, about) in model.region.politics.iter().enumerate() {
            let after = about.iter().flat_map(|about| &about.leaves_after);
            for after in after.filter(|after| after.event == event) {
                let u = ctx.streams.once(after.who, Purpose::Politics).uniform();
                if u < after.chance(outcome, &ctx.draw.values) {
                    self.decide_to_leave(ctx, contingent);
                }
            }
        }
    }

    /// People have come or gone: a contingent may have left, and others may follow it.
    pub fn may_follow(&mut self, ctx: &mut Context<'_>, people: &People) {
        for contingent in 0..self.gone.len() {
            if !self.gone[contingent] && people.has_left(contingent) {
                self.gone[contingent] = true;
                self.ask_to_follow(ctx, contingent);
            }
        }
    }

    fn ask_to_follow(&mut self, ctx: &mut Context<'_>, left: usize) {
        let model = ctx.model;
        for (contingent, about) in model.region.politics.iter().enumerate() {
            let followed = about.iter().flat_map(|about| &about.follows);
            for (_, who, chance) in followed.filter(|(other, _, _)| *other == left) {
                let u = ctx.streams.once(*who, Purpose::Politics).uniform();
                if u < chance.of(&ctx.draw.values) {
                    self.decide_to_leave(ctx, contingent);
                }
            }
        }
    }
}

/// When the mandate of a contingent ends, if that is still to come.
fn mandate_end(ctx: &Context<'_>, contingent: usize) -> f64 {
    ctx.model.region.mandate_end(contingent, ctx.now).unwrap_or(f64::INFINITY)
}

/// A contingent is to leave, at the end of its mandate at the latest; returns false if it is to leave
/// already.
pub(in crate::trial) fn send_home(ctx: &mut Context<'_>, contingent: usize, in_days: f64) -> bool {
    let last = mandate_end(ctx, contingent);
    let free = ctx.future.time(Due::Departure(contingent)) == last;
    if free {
        ctx.future.set(Due::Departure(contingent), last.min(ctx.now + in_days));
    }
    free
}
