//! The past: arrivals that attacks before the start have caused and that are still to come.
//!
//! A threat starts as if what holds on the first day, the state of tension, the garrisons and the
//! open sites, had lasted for ever. Of that past only the arrivals still to come enter. They are
//! drawn exactly, and no past has to be simulated: an arrival that is to come goes back, cause by
//! cause, to one of the background. Such lines are drawn backwards, as many as arrivals are to come
//! on average, and the rest of the family of each forwards, up to the start. A family is met in that
//! way once for each of its arrivals that are to come (Mecke's formula for Poisson processes), so
//! that of n that have n of them one is kept.

use super::Threats;
use super::attacks::Attack;
use super::children::{BEFORE_THE_START, Child};
use super::families::Member;
use crate::measure::M;
use crate::process::branching::rates_with_caused;
use crate::scenario::limits::{MOST_ATTACKS, MOST_EVENTS};
use crate::streams::{EventSeed, Purpose, Stream};
use crate::trial::context::Context;
use crate::trial::people::People;
use crate::variates::{choose, exponential};

/// What holds in the past of a trial, and the family at hand.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// By channel: attacks per day that nothing has caused, and all. None where the past is empty.
    uncaused: Vec<f64>,
    rates: Vec<f64>,
    /// Arrivals of the family before the start, whose attacks have not been asked what they cause.
    earlier: Vec<Member>,
    /// Those after it.
    to_come: Vec<Member>,
    /// Arrivals before the start that have been looked at.
    work: u32,
}

impl Threats {
    /// Draws what the past has still in store.
    pub fn begin_past(&mut self, ctx: &mut Context<'_>, people: &People, strength: f64) {
        if !ctx.model.threats.iter().any(|threat| threat.steady) {
            return;
        }
        self.set_past_rates(ctx, people, strength);
        self.past.work = 0;
        let mut kept = 0;
        for channel in 0..ctx.model.channels.len() {
            let mean = self.mean_to_come(ctx, people, channel);
            if mean == 0.0 {
                continue;
            }
            let who = ctx.model.channels[channel].arrivals[ctx.state];
            let mut stream = ctx.streams.once(who, Purpose::Past);
            let mut next = exponential(&mut stream);
            while next < mean {
                if self.meet_family(ctx, people, channel, stream.event_seed()) {
                    kept += self.past.to_come.len();
                    self.keep_family();
                }
                if kept > MOST_ATTACKS as usize || self.past.work > MOST_EVENTS {
                    return ctx.record.set(M::Capped, 0, 1.0);
                }
                next += exponential(&mut stream);
            }
        }
    }

    /// What a past that has lasted for ever has been like.
    fn set_past_rates(&mut self, ctx: &Context<'_>, people: &People, strength: f64) {
        let Threats { past, arrivals, .. } = self;
        let model = ctx.model;
        let (values, threats) = (&ctx.draw.values, &model.threats);
        let open = |k: usize| people.present[model.channels[k].site] > 0;
        past.uncaused.clear();
        for (k, front) in arrivals.fronts.iter().enumerate() {
            let threat = &threats[model.channels[k].threat];
            let lasts = threat.steady && open(k);
            let arrivals = if lasts { front.background() } else { 0.0 };
            past.uncaused.push(arrivals * threat.batch_mean.of(values));
        }
        let incidents = model.region.insurgency.as_ref().and_then(|about| about.incidents.as_ref());
        if let Some(about) = incidents
            && let Some(threat) = about.threat.map(|threat| &threats[threat])
        {
            let per_day = about.rates(values).0 * strength;
            let weight = |k: usize| model.channels[k].weights[ctx.state].of(values);
            let all: f64 = threat.channels.clone().map(weight).sum();
            for k in threat.channels.clone().filter(|&k| threat.steady && open(k)) {
                past.uncaused[k] += per_day * weight(k) / all;
            }
        }
        rates_with_caused(
            &past.uncaused,
            |k| threats[model.channels[k].threat].steady && open(k),
            |k| model.channels[k].caused_by.iter().map(|(from, mean)| (*from, mean.of(values))),
            &mut past.rates,
        );
    }

    /// Attacks a day that each cause has brought about on a channel, in the order of `caused_by`.
    fn caused_on(&self, ctx: &Context<'_>, channel: usize) -> impl Iterator<Item = f64> + Clone {
        let caused_by = ctx.model.channels[channel].caused_by.iter();
        caused_by.map(|&(from, mean)| mean.of(&ctx.draw.values) * self.past.rates[from])
    }

    /// Attacks that are to come on a channel, in the mean, by what has caused them.
    fn waiting_on(&self, ctx: &Context<'_>, channel: usize) -> impl Iterator<Item = f64> + Clone {
        let caused_by = ctx.model.channels[channel].caused_by.iter();
        self.caused_on(ctx, channel)
            .zip(caused_by)
            .map(|(rate, &(from, _))| if rate > 0.0 { rate * decay_days(ctx, from) } else { 0.0 })
    }

    /// Arrivals that are to come on a channel, in the mean.
    fn mean_to_come(&self, ctx: &Context<'_>, people: &People, channel: usize) -> f64 {
        let about = &ctx.model.channels[channel];
        if people.present[about.site] == 0 {
            return 0.0;
        }
        let batch = ctx.model.threats[about.threat].batch_mean.of(&ctx.draw.values);
        self.waiting_on(ctx, channel).sum::<f64>() / batch
    }

    /// Draws the family of an arrival that is to come on a channel; returns whether it is kept.
    fn meet_family(
        &mut self,
        ctx: &Context<'_>,
        people: &People,
        channel: usize,
        seed: EventSeed,
    ) -> bool {
        let mut stream = seed.stream(Purpose::Past);
        let most = 1.0 / stream.positive_uniform();
        self.past.earlier.clear();
        self.past.to_come.clear();
        let cause = choose(self.waiting_on(ctx, channel), &mut stream);
        let mut from = ctx.model.channels[channel].caused_by[cause].0;
        let days = decay_days(ctx, from) * exponential(&mut stream);
        let seed = stream.event_seed();
        self.past.to_come.push(Member { days, seed, channel: channel as u32, single: false });
        let mut days = 0.0;
        loop {
            days -= decay_days(ctx, from) * exponential(&mut stream);
            self.arrive_with(ctx, from, days, &mut stream);
            if !self.go_on_to_the_start(ctx, people, most) {
                return false;
            }
            let uncaused = self.past.uncaused[from];
            match choose(std::iter::once(uncaused).chain(self.caused_on(ctx, from)), &mut stream) {
                0 => return true,
                cause => from = ctx.model.channels[from].caused_by[cause - 1].0,
            }
        }
    }

    /// An attack of the past, and those that came with it: attacks are the more likely to be met
    /// the larger their batch, which makes the others two batches less their first ones.
    fn arrive_with(&mut self, ctx: &Context<'_>, channel: usize, days: f64, stream: &mut Stream) {
        let batch = ctx.draw.lanes[channel].batch;
        let others = batch.map_or(0, |batch| {
            let size = batch.size(stream) - 1;
            size.saturating_add(batch.size(stream) - 1)
        });
        for _ in 0..=others {
            let seed = stream.event_seed();
            let channel = channel as u32;
            self.past.earlier.push(Member { days, seed, channel, single: true });
        }
    }

    /// What the family at hand causes, up to the start; false as soon as more than `most` are to
    /// come, or there is too much of it.
    fn go_on_to_the_start(&mut self, ctx: &Context<'_>, people: &People, most: f64) -> bool {
        let Past { earlier, to_come, rates, work, .. } = &mut self.past;
        let (model, draw, present) = (ctx.model, &ctx.draw, &people.present);
        while let Some(Member { days, seed, channel, single }) = earlier.pop() {
            *work += 1;
            let (channel, lane) = (channel as usize, &draw.lanes[channel as usize]);
            let attack = Attack { days, channel, seed, number: BEFORE_THE_START };
            attack.cause((model, draw, lane), present, |child| {
                let Child { days, seed, channel, .. } = child;
                let member = Member { days, seed, channel, single: false };
                if days >= 0.0 {
                    to_come.push(member);
                } else if rates[channel as usize] > 0.0 {
                    earlier.push(member);
                }
            });
            if let Some(batch) = lane.batch
                && !single
            {
                let mut stream = seed.stream(Purpose::Batches);
                for _ in 1..batch.size(&mut stream) {
                    let (seed, channel) = (stream.event_seed(), channel as u32);
                    earlier.push(Member { days, seed, channel, single: true });
                }
            }
            if to_come.len() as f64 > most || *work > MOST_EVENTS {
                return false;
            }
        }
        true
    }

    /// What the family at hand has still to come waits its turn.
    fn keep_family(&mut self) {
        let mut to_come = std::mem::take(&mut self.past.to_come);
        to_come.drain(..).for_each(|member| self.wait_for(member));
        self.past.to_come = to_come;
    }

    /// An arrival that an attack before the start has caused waits its turn.
    pub fn wait_for(&mut self, member: Member) {
        if self.in_families {
            self.families.put_off(member);
        } else {
            let Member { days, seed, channel, .. } = member;
            self.children.push(Child { days, seed, channel, parent: BEFORE_THE_START });
        }
    }
}

/// The mean delay of what attacks on a channel cause.
pub fn decay_days(ctx: &Context<'_>, channel: usize) -> f64 {
    let threat = &ctx.model.threats[ctx.model.channels[channel].threat];
    threat.decay.map_or(0.0, |decay| decay.of(&ctx.draw.values))
}
