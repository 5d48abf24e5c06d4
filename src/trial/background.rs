//! How high the background rate of a threat on a site is.

use super::Trial;
use crate::process::clock::Hazard;

impl Trial<'_> {
    /// The hazard of background arrivals on a channel now, and the factor in it that arrivals are
    /// thinned by.
    #[inline(always)]
    pub(super) fn background(&self, channel: usize) -> (Hazard, f64) {
        let column = channel * self.model.states() + self.state;
        let front = &self.arrivals.fronts[channel];
        let rate = self.draw.background[column] * front.presence;
        if !self.shifts {
            return (Hazard { rate, growth: 0.0 }, 1.0);
        }
        self.modified(channel, rate)
    }

    /// How the people on a channel's site scale its rate:
    /// 1{P > 0} clamp(P / reference, 0.1, 2)^elasticity.
    pub(super) fn presence(&mut self, channel: usize) -> f64 {
        let about = &self.model.channels[channel];
        let present = self.present[about.site];
        let elasticity = self.draw.elasticity[about.threat];
        if present == 0 {
            return 0.0;
        }
        let ratio = f64::from(present) / self.model.sites[about.site].reference;
        if elasticity == 0.0 || ratio == 1.0 {
            return 1.0;
        }
        self.powers.of(ratio.clamp(0.1, 2.0), elasticity)
    }
}
