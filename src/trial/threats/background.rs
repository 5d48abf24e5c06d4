//! How high the background rate of a threat on a site is.

use super::{Seen, Threats};
use crate::process::clock::Hazard;
use crate::trial::context::Context;
use crate::trial::people::People;

impl Threats {
    /// The hazard of background arrivals on a channel now, and the factor in it that arrivals are
    /// thinned by.
    #[inline(always)]
    pub fn background(&self, ctx: &Context<'_>, seen: Seen<'_>, channel: usize) -> (Hazard, f64) {
        let column = channel * ctx.model.states() + ctx.state;
        let front = &self.arrivals.fronts[channel];
        let rate = ctx.draw.background[column] * front.presence;
        if !self.shifts {
            return (Hazard { rate, growth: 0.0 }, 1.0);
        }
        self.modified(ctx, seen, channel, rate)
    }

    /// How the people on a channel's site scale its rate:
    /// 1{P > 0} clamp(P / reference, 0.1, 2)^elasticity. On a leg: how many convoys a day or people
    /// there are.
    pub fn presence(&mut self, ctx: &Context<'_>, people: &People, channel: usize) -> f64 {
        let about = &ctx.model.channels[channel];
        let present = people.present[about.site];
        if let Some((exposure, _)) = about.on_leg {
            return people.on_the_road(ctx.model, about.site, exposure);
        }
        let elasticity = ctx.draw.elasticity[about.threat];
        if present == 0 {
            return 0.0;
        }
        let ratio = ctx.model.sites[about.site].ratio(f64::from(present));
        if elasticity == 0.0 || ratio == 1.0 {
            return 1.0;
        }
        self.powers.of(ratio, elasticity)
    }
}
