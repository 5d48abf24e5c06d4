//! What is known of threats on the first day, in a scenario that starts in the middle: their attacks
//! of late, which still cause others.

use super::Threats;
use super::families::Member;
use super::past::decay_days;
use crate::measure::M;
use crate::model::{Counted, Hit};
use crate::scenario::limits::MOST_ATTACKS;
use crate::streams::Purpose;
use crate::trial::context::Context;
use crate::trial::people::People;
use crate::variates::exponential;

impl Threats {
    /// Draws what attacks of late are still to cause: of those that each causes, a share of
    /// e^(-age / decay) is still to come, each after another exponential delay.
    pub fn begin_recent(&mut self, ctx: &mut Context<'_>, people: &People) {
        let model = ctx.model;
        let Some(now) = &model.now else { return };
        let mut fresh = vec![0.0; if now.attacks.is_empty() { 0 } else { model.channels.len() }];
        for recent in &now.attacks {
            let decay = decay_days(ctx, recent.channel);
            if decay > 0.0 {
                fresh[recent.channel] += f64::from(recent.count) * libm::exp(recent.days / decay);
            }
        }
        let mut kept = 0;
        for (from, fresh) in fresh.into_iter().enumerate().filter(|(_, fresh)| *fresh > 0.0) {
            let (about, decay) = (&model.channels[from], decay_days(ctx, from));
            let mut stream = ctx.streams.once(about.arrivals[ctx.state], Purpose::Recent);
            for &(to, mean) in &about.causes {
                let caused = &model.channels[to];
                if people.present[caused.site] == 0 {
                    continue;
                }
                let values = &ctx.draw.values;
                let batch = model.threats[caused.threat].batch_mean.of(values);
                let arrivals = fresh * mean.of(values) / batch;
                let mut next = exponential(&mut stream);
                while next < arrivals {
                    let days = decay * exponential(&mut stream);
                    let seed = stream.event_seed();
                    self.wait_for(Member { days, seed, channel: to as u32, single: false });
                    next += exponential(&mut stream);
                    kept += 1;
                    if kept > MOST_ATTACKS {
                        return ctx.record.set(M::Capped, 0, 1.0);
                    }
                }
            }
        }
    }
}

/// Windows of rules count attacks of late.
pub fn recall(ctx: &mut Context<'_>) {
    let model = ctx.model;
    for recent in model.now.iter().flat_map(|now| &now.attacks) {
        let (days, channel, count) = (recent.days, recent.channel, recent.count);
        let hit = Hit { days, channel, what: Counted::Attacks, contingent: 0, count };
        ctx.hits.enter(model, hit);
    }
}
