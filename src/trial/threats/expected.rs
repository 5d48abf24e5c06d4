//! What was to be expected of attacks, beside what they did and how many came.

use super::Threats;
use super::arrivals::Front;
use super::attacks::Attack;
use crate::model::Lane;
use crate::streams::Purpose;
use crate::trial::context::Context;
use crate::trial::expected::Reckoned;
use crate::trial::people::People;

impl Threats {
    /// Writes down the harm that was to be expected in the attacks on a channel since that was last
    /// done, where how much gets through has a law in tables: before the people on its site, `present`
    /// from now on, or the tension are others.
    ///
    /// Of each projectile that gets through it is the mean harm among those who are left to be harmed,
    /// given what those before it did: g(there - harmed). That of the first, g(there), is taken here,
    /// for as many as get through on average; where an attack is drawn ([`Expected::harm`]) what the
    /// others find less is taken off. So chance has a part in it only where an attack harms so many
    /// that the next projectile finds notably fewer.
    ///
    /// [`Expected::harm`]: crate::trial::expected::Expected::harm
    #[inline]
    pub(super) fn reckon_harm(&self, ctx: &mut Context<'_>, channel: usize, present: u32) {
        if ctx.expected.is_some() {
            self.reckon_harm_among(ctx, channel, present);
        }
    }

    #[cold]
    fn reckon_harm_among(&self, ctx: &mut Context<'_>, channel: usize, present: u32) {
        let Context { draw, expected: Some(expected), .. } = ctx else { return };
        let Front { lane, marks, leaks, defended, attacks, .. } = self.arrivals.fronts[channel];
        if lane.harmless || lane.on_leg.is_some() {
            return;
        }
        let since = expected.reckon(channel, Reckoned { attacks, present });
        if since.attacks > 0
            && let Some(leaks) = &draw.leaks[leaks]
        {
            let through = f64::from(since.attacks) * leaks[usize::from(defended)].mean();
            expected.get_through((marks, &draw.marks[marks]), through, since.present);
        }
    }

    /// Writes down how many background arrivals were to come on a channel since that was last done, by
    /// the clock of the state of tension that it ran in: what that has run off.
    #[inline]
    pub(super) fn reckon_arrivals(
        &mut self,
        ctx: &mut Context<'_>,
        channel: usize,
        state: usize,
        now: f64,
    ) {
        if ctx.expected.is_some() {
            self.pass(ctx, (channel, state), now);
        }
    }

    /// The clock of a channel, in the state of tension that it runs in, goes on from what it is by now.
    #[cold]
    pub(super) fn pass(
        &mut self,
        ctx: &mut Context<'_>,
        (channel, state): (usize, usize),
        now: f64,
    ) {
        let passed = self.arrivals.fronts[channel].pass(now);
        if let (Some(expected), Some(passed)) = (&mut ctx.expected, passed) {
            expected.came(channel * ctx.model.states() + state, -passed);
        }
    }

    /// More background arrivals came on a channel, by 1 or part of one, than were to come.
    #[inline]
    pub(super) fn note_arrival(&self, ctx: &mut Context<'_>, channel: usize, more: f64) {
        if let Some(expected) = &mut ctx.expected {
            expected.came(channel * ctx.model.states() + ctx.state, more);
        }
    }

    /// The harm that was to be expected of an attack on those who are on the road, whoever it meets.
    #[cold]
    pub(super) fn expect_on_the_road(
        &self,
        ctx: &mut Context<'_>,
        people: &People,
        attack: Attack,
    ) {
        let Front { lane: Lane { site, on_leg, .. }, marks, leaks, defended, .. } =
            self.arrivals.fronts[attack.channel];
        let (Some(exposure), Some(leaks)) = (on_leg, &ctx.draw.leaks[leaks]) else { return };
        let mut stream = attack.seed.stream(Purpose::Harm);
        let met = people.convoy_met(ctx.model, (site, exposure), &mut stream).people;
        let through = leaks[usize::from(defended)].mean();
        let Context { draw, expected: Some(expected), .. } = ctx else { return };
        expected.get_through((marks, &draw.marks[marks]), through, met);
    }
}
