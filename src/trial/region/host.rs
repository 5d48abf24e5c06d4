//! The host: its friction with the troops, and throwing them out.

use crate::measure::M;
use crate::process::shot_noise::Memory;
use crate::streams::Purpose;
use crate::trial::Kind;
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::variates::exponential;

/// How the host stands to the troops.
#[derive(Clone, Copy, Debug)]
pub(in crate::trial) struct Host {
    friction: Memory,
    since: f64,
    /// What the hazard of expulsion has still to add up to, in friction times days.
    budget: f64,
    /// When friction brings about an expulsion, if nothing offends the host until then.
    provoked_at: f64,
    /// What the hazard that needs no friction has still to add up to.
    unprovoked_budget: f64,
    /// When it brings about an expulsion, if the tension stays as it is until then.
    unprovoked_at: f64,
    /// Whether it has told the troops to leave.
    pub expelled: bool,
}

impl Default for Host {
    fn default() -> Self {
        let friction = Memory { strikes: 0.0, decay_days: 1.0 };
        Host {
            friction,
            since: 0.0,
            budget: f64::INFINITY,
            provoked_at: f64::INFINITY,
            unprovoked_budget: f64::INFINITY,
            unprovoked_at: f64::INFINITY,
            expelled: false,
        }
    }
}

impl Host {
    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        let (region, values) = (&ctx.model.region, &ctx.draw.values);
        *self = Host::default();
        self.friction.decay_days = region.friction_days.of(values);
        self.recall_offences(ctx);
        self.draw_expulsion(ctx);
    }

    /// Draws anew when it tells the troops to leave: what has added up so far does not change that.
    pub fn renew(&mut self, ctx: &mut Context<'_>) {
        self.friction = self.friction.later(ctx.now - self.since);
        self.since = ctx.now;
        self.draw_expulsion(ctx);
    }

    fn draw_expulsion(&mut self, ctx: &mut Context<'_>) {
        let values = &ctx.draw.values;
        if let Some(expulsion) = &ctx.model.region.expulsion {
            let sum = exponential(&mut ctx.streams.once(expulsion.who, Purpose::Host));
            self.budget = sum / expulsion.per_day.of(values);
            self.provoked_at = ctx.now + self.friction.wait(self.budget);
            let mut stream = ctx.streams.once(expulsion.unprovoked_who, Purpose::Host);
            self.unprovoked_budget = exponential(&mut stream);
            self.await_expulsion(ctx);
        }
    }

    /// Strikes before the first day have offended the host, those that were not coordinated with it.
    fn recall_offences(&mut self, ctx: &mut Context<'_>) {
        let model = ctx.model;
        let Some(now) = &model.now else { return };
        for (threat, strikes) in now.strikes.iter().enumerate() {
            let Some(about) = &model.threats[threat].retaliation else { continue };
            for &days in strikes {
                let chance = about.coordinated.of(&ctx.draw.values);
                if ctx.streams.strikes(model, threat).uniform() >= chance {
                    self.friction.add(-days);
                }
            }
        }
    }

    /// The host's friction now.
    pub fn friction(&self, now: f64) -> f64 {
        self.friction.later(now - self.since).strikes
    }

    /// There has been a strike that was not coordinated with the host.
    pub fn offend(&mut self, ctx: &mut Context<'_>) {
        let days = ctx.now - self.since;
        self.budget -= self.friction.adds_up_to(days);
        self.friction = self.friction.later(days);
        self.friction.strikes += 1.0;
        self.since = ctx.now;
        self.provoked_at = ctx.now + self.friction.wait(self.budget.max(0.0));
        self.set_expulsion(ctx);
    }

    /// Finds when the hazard that needs no friction has added up, in the present tension.
    fn await_expulsion(&mut self, ctx: &mut Context<'_>) {
        let Some(expulsion) = &ctx.model.region.expulsion else { return };
        let rate = expulsion.unprovoked_per_day[ctx.state].of(&ctx.draw.values);
        let wait = if rate > 0.0 { self.unprovoked_budget / rate } else { f64::INFINITY };
        self.unprovoked_at = ctx.now + wait;
        self.set_expulsion(ctx);
    }

    /// The tension has changed from `before`, and with it the hazard that needs no friction.
    pub fn tension_changed(&mut self, ctx: &mut Context<'_>, before: usize) {
        let Some(expulsion) = &ctx.model.region.expulsion else { return };
        let rate = expulsion.unprovoked_per_day[before].of(&ctx.draw.values);
        if rate > 0.0 {
            let left = (self.unprovoked_at - ctx.now) * rate;
            self.unprovoked_budget = left.max(0.0);
        }
        self.await_expulsion(ctx);
    }

    /// Two hazards add up: that of friction and the one without. Each has a random stream of its own, and
    /// whichever has added up first brings about the expulsion.
    fn set_expulsion(&self, ctx: &mut Context<'_>) {
        if !self.expelled {
            let days = self.provoked_at.min(self.unprovoked_at);
            ctx.future.set(Due::Expulsion, days);
        }
    }

    /// The host tells the troops to leave.
    pub fn expel(&mut self, ctx: &mut Context<'_>) {
        ctx.future.set(Due::Expulsion, f64::INFINITY);
        let Some(expulsion) = &ctx.model.region.expulsion else { return };
        let deadline = ctx.now + expulsion.notice_days.of(&ctx.draw.values);
        self.expelled = true;
        ctx.record.set(M::Expelled, 0, 1.0);
        ctx.record.set(M::ExpelledDays, 0, ctx.now);
        ctx.note(|event| event, Kind::Expelled);
        ctx.tell(Change::Expelled(deadline));
    }
}
