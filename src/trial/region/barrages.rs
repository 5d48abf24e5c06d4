//! Barrages at others in the region, which sites help to meet.

use crate::measure::M;
use crate::streams::{Purpose, Stream};
use crate::trial::Kind;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::people::People;
use crate::variates::exponential;

/// By state of tension: the random stream of barrages, and how many must still be expected until the next.
#[derive(Clone, Debug, Default)]
pub(in crate::trial) struct Barrages {
    clocks: Vec<(Stream, f64)>,
}

impl Barrages {
    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        self.renew(ctx);
    }

    /// Draws how many must be expected, at the beginning or anew: what has run off a clock does not
    /// change that.
    pub fn renew(&mut self, ctx: &mut Context<'_>) {
        self.clocks.clear();
        let Some(about) = &ctx.model.region.barrages else { return };
        for who in &about.who {
            let mut stream = ctx.streams.once(*who, Purpose::Barrages);
            let budget = exponential(&mut stream);
            self.clocks.push((stream, budget));
        }
        self.await_barrage(ctx);
    }

    fn await_barrage(&self, ctx: &mut Context<'_>) {
        if let Some(about) = &ctx.model.region.barrages {
            let rate = about.per_day[ctx.state].of(&ctx.draw.values);
            let (_, budget) = self.clocks[ctx.state];
            let wait = if rate > 0.0 { budget / rate } else { f64::INFINITY };
            ctx.future.set(Due::Barrage, ctx.now + wait);
        }
    }

    /// The tension has changed from `before`: another clock runs now.
    pub fn tension_changed(&mut self, ctx: &mut Context<'_>, before: usize) {
        if let Some(about) = &ctx.model.region.barrages {
            let rate = about.per_day[before].of(&ctx.draw.values);
            if rate > 0.0 {
                let left = (ctx.future.time(Due::Barrage) - ctx.now) * rate;
                self.clocks[before].1 = left.max(0.0);
            }
            self.await_barrage(ctx);
        }
    }

    pub fn barrage(&mut self, ctx: &mut Context<'_>, people: &People) {
        let Some(about) = &ctx.model.region.barrages else { return };
        let (stream, budget) = &mut self.clocks[ctx.state];
        *budget = exponential(stream);
        let able = about.capable.iter().filter(|(site, least)| people.present[*site] >= *least);
        let met = able.count() >= about.sites_needed;
        ctx.record.add(M::Barrages, 0, 1.0);
        ctx.record.add(M::BarragesUnmet, 0, f64::from(u8::from(!met)));
        ctx.note(|event| event, if met { Kind::BarrageMet } else { Kind::BarrageUnmet });
        self.await_barrage(ctx);
    }
}
