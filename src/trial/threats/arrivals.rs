//! When background attacks arrive.
//!
//! For each threat, site and state of tension there is a clock that runs in units of expected
//! arrivals, so that what it draws does not depend on the rate (next-reaction method). Whenever a rate
//! changes, what is left of the budget goes on at the new one.

use super::{Seen, Threats};
use crate::model::Lane;
use crate::process::clock::Hazard;
use crate::streams::{EventSeed, Purpose, Stream};
use crate::trial::context::Context;
use crate::trial::earliest::Earliest;
use crate::trial::future::Due;
use crate::trial::people::People;
use crate::variates::exponential;

/// The background clocks.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    /// By channel: when the next one comes; kept only where attacks come one after another.
    pub next: Earliest,
    /// By channel.
    pub fronts: Vec<Front>,
    /// By channel and state: expected arrivals until the next one; NaN before the first draw.
    /// Out of date for the present state while its arrival is pending.
    budget: Vec<f64>,
}

/// What is going on between a threat and a site: all that most attacks touch, in one place.
#[derive(Clone, Debug)]
pub struct Front {
    pub lane: Lane,
    /// The random stream of background arrivals in the present state of tension.
    arrivals: Stream,
    /// When the next background arrival comes.
    pub next: f64,
    /// The hazard as it was when the clock was last started.
    hazard: Hazard,
    /// When that was.
    since: f64,
    /// Mean days between arrivals at that hazard: to multiply is quicker than to divide.
    gap_days: f64,
    /// The most that strikes may multiply its rate by, as reckoned in its hazard.
    bound: f64,
    /// How the people on its site scale its rate.
    pub presence: f64,
    /// Whether there are people enough on its site to defend it.
    pub defended: bool,
    /// Attacks so far.
    pub attacks: u32,
    /// Where in the draw what an attack does stands in the present state of tension, and what gets
    /// through.
    pub marks: usize,
    pub leaks: usize,
}

impl Arrivals {
    /// The next arrival on a channel comes then. With several at once, [`Earliest::settle`] follows.
    #[inline]
    fn put_next(&mut self, channel: usize, days: f64) {
        self.fronts[channel].next = days;
        self.next.put(channel, days);
    }
}

impl Threats {
    pub fn begin_arrivals(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>) {
        let channels = ctx.model.channels.len();
        self.arrivals.next.clear(if self.in_families { 0 } else { channels });
        self.arrivals.budget.clear();
        self.arrivals.budget.resize(channels * ctx.model.states(), f64::NAN);
        self.arrivals.fronts.clear();
        for channel in 0..channels {
            let (marks, leaks) = ctx.model.arms(channel, ctx.state);
            let front = Front {
                lane: ctx.draw.lanes[channel],
                arrivals: ctx.streams.arrivals(ctx.model, channel, ctx.state).clone(),
                next: f64::INFINITY,
                hazard: Hazard::default(),
                since: 0.0,
                gap_days: f64::INFINITY,
                bound: 1.0,
                presence: self.presence(ctx, seen.people, channel),
                defended: is_defended(ctx, seen.people, ctx.model.channels[channel].site),
                attacks: 0,
                marks,
                leaks,
            };
            self.arrivals.fronts.push(front);
        }
        for channel in 0..channels {
            let site = ctx.model.channels[channel].site;
            self.reckon_harm(ctx, channel, seen.people.present[site]);
            self.start_clock(ctx, channel, self.background(ctx, seen, channel));
        }
        self.arrivals.next.settle();
        let next = self.next_shift(ctx, seen);
        ctx.future.set(Due::Shift, next);
    }

    /// Draws anew when the next ones come, by clocks of which nothing has run off yet.
    pub fn renew_arrivals(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>) {
        self.arrivals.budget.fill(f64::NAN);
        for channel in 0..self.arrivals.fronts.len() {
            let stream = ctx.streams.arrivals(ctx.model, channel, ctx.state).clone();
            self.arrivals.fronts[channel].arrivals = stream;
            self.start_clock(ctx, channel, self.background(ctx, seen, channel));
        }
        self.arrivals.next.settle();
        let next = self.next_shift(ctx, seen);
        ctx.future.set(Due::Shift, next);
    }

    /// Lets the clock of the present state run at the present rate, which is given.
    fn start_clock(
        &mut self,
        ctx: &mut Context<'_>,
        channel: usize,
        (hazard, bound): (Hazard, f64),
    ) {
        let front = &mut self.arrivals.fronts[channel];
        (front.hazard, front.bound, front.since) = (hazard, bound, ctx.now);
        front.gap_days = 1.0 / hazard.rate;
        if hazard.rate <= 0.0 {
            return self.arrivals.put_next(channel, f64::INFINITY);
        }
        let budget = &mut self.arrivals.budget[channel * ctx.model.states() + ctx.state];
        if budget.is_nan() {
            *budget = exponential(&mut front.arrivals);
        }
        let wait = hazard.wait(*budget);
        self.arrivals.put_next(channel, ctx.now + wait);
    }

    /// Stops the clock of `state`, keeping what is left of its budget.
    fn stop_clock(&mut self, ctx: &mut Context<'_>, channel: usize, state: usize) {
        self.reckon_arrivals(ctx, channel, state, ctx.now);
        let Front { hazard, since, next, .. } = self.arrivals.fronts[channel];
        if hazard.rate > 0.0 {
            let hazard = match hazard.growth {
                0.0 => hazard,
                _ => hazard.later(ctx.now - since),
            };
            let left = hazard.passed(next - ctx.now).max(0.0);
            self.arrivals.budget[channel * ctx.model.states() + state] = left;
        }
    }

    /// Lets a clock go on at the present rate, if that is another one.
    fn adjust_clock(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>, channel: usize) {
        let now = self.background(ctx, seen, channel);
        if now.0 != self.arrivals.fronts[channel].hazard || now.0.growth != 0.0 {
            self.stop_clock(ctx, channel, ctx.state);
            self.start_clock(ctx, channel, now);
        }
    }

    /// The people on a site have changed.
    pub fn people_move_rates(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>, site: usize) {
        let model = ctx.model;
        let defended = is_defended(ctx, seen.people, site);
        for &channel in &model.channels_at[site] {
            self.reckon_harm(ctx, channel, seen.people.present[site]);
            let presence = self.presence(ctx, seen.people, channel);
            let front = &mut self.arrivals.fronts[channel];
            (front.presence, front.defended) = (presence, defended);
            if !model.threats[front.lane.threat].shifts() {
                self.adjust_clock(ctx, seen, channel);
            }
        }
        self.arrivals.next.settle();
    }

    /// The tension has changed from `before`: other clocks run now.
    pub fn tension_moves_rates(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>, before: usize) {
        for channel in 0..ctx.model.channels.len() {
            self.reckon_harm(ctx, channel, seen.people.present[ctx.model.channels[channel].site]);
            self.stop_clock(ctx, channel, before);
            let front = &mut self.arrivals.fronts[channel];
            (front.marks, front.leaks) = ctx.model.arms(channel, ctx.state);
            let own = &mut self.arrivals.fronts[channel].arrivals;
            std::mem::swap(own, ctx.streams.arrivals(ctx.model, channel, before));
            std::mem::swap(own, ctx.streams.arrivals(ctx.model, channel, ctx.state));
            self.start_clock(ctx, channel, self.background(ctx, seen, channel));
        }
        self.arrivals.next.settle();
    }

    /// The plan has moved on, or time has: the rates of threats that look at more than the people
    /// on the site itself may be others now.
    pub fn shift(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>) {
        let model = ctx.model;
        if !self.shifts {
            return;
        }
        self.courses.go_on(ctx.now);
        for threat in model.threats.iter().filter(|threat| threat.shifts()) {
            for channel in threat.channels.clone() {
                self.adjust_clock(ctx, seen, channel);
            }
        }
        self.arrivals.next.settle();
        let next = self.next_shift(ctx, seen);
        ctx.future.set(Due::Shift, next);
    }

    /// Draws the arrival after the one that is due on a channel at `days`; returns the event seed of
    /// that one, if it comes.
    #[inline]
    pub fn background_arrival(
        &mut self,
        ctx: &mut Context<'_>,
        channel: usize,
        days: f64,
    ) -> Option<EventSeed> {
        let front = &mut self.arrivals.fronts[channel];
        let seed = front.arrivals.event_seed();
        let comes = !front.lane.answered || self.is_undeterred(ctx, channel, seed);
        let front = &mut self.arrivals.fronts[channel];
        let budget = exponential(&mut front.arrivals);
        if front.hazard.growth == 0.0 {
            front.next = days + budget * front.gap_days;
            self.arrivals.next.put_off(front.next);
        } else {
            self.put_off_growing(ctx, channel, days, budget);
        }
        comes.then_some(seed)
    }

    /// The next arrival comes by a clock whose hazard grows, which goes on from what it is by now.
    #[cold]
    fn put_off_growing(&mut self, ctx: &mut Context<'_>, channel: usize, days: f64, budget: f64) {
        self.pass(ctx, (channel, ctx.state), days);
        let front = &mut self.arrivals.fronts[channel];
        front.next = days + front.hazard.wait(budget);
        self.arrivals.next.put_off(front.next);
    }

    /// Whether an arrival drawn at the bound comes although strikes may have deterred it
    /// (thinning). The most that they may still multiply its rate by is less by now.
    #[cold]
    fn is_undeterred(&mut self, ctx: &mut Context<'_>, channel: usize, seed: EventSeed) -> bool {
        self.reckon_arrivals(ctx, channel, ctx.state, ctx.now);
        let front = &self.arrivals.fronts[channel];
        let factor = self.thinned_to(ctx, front.lane.threat);
        let front = &mut self.arrivals.fronts[channel];
        let bound = std::mem::replace(&mut front.bound, factor.max(1.0));
        if factor >= bound {
            return true;
        }
        front.hazard.rate *= front.bound / bound;
        front.gap_days = 1.0 / front.hazard.rate;
        let comes = seed.stream(Purpose::Thinning).uniform() * bound < factor;
        self.note_arrival(ctx, channel, f64::from(u8::from(comes)) - factor / bound);
        comes
    }
}

impl Front {
    /// Background arrivals per day, as when the clock was last started and strikes deter nobody.
    pub fn background(&self) -> f64 {
        self.hazard.rate / self.bound
    }

    /// What the clock has run off since it was last started, from where it goes on.
    pub fn pass(&mut self, now: f64) -> Option<f64> {
        let days = now - std::mem::replace(&mut self.since, now);
        (self.hazard.rate > 0.0).then(|| {
            let passed = self.hazard.passed(days);
            self.hazard = self.hazard.later(days);
            passed
        })
    }
}

fn is_defended(ctx: &Context<'_>, people: &People, site: usize) -> bool {
    people.present[site] >= ctx.model.sites[site].needs_people
}
