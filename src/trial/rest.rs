//! A trial that is stopped on a day, looked at, copied, and goes on.
//!
//! While it rests, a trial has none of what can be made again or is kept for many trials: the draw of
//! the ranges, powers, and the books. It borrows them from one that is at work.
//!
//! A copy goes on under random streams of its own, and what has been drawn ahead is drawn again from
//! its law, given that it has not happened yet: how long the stay in a state of tension lasts (the
//! mean of the stay remains), background attacks, attacks to come that others have caused (their
//! number remains), strikes, gates, calendar events, risks, ceasefires, the steps of drifts, departures, expulsion, incidents, shocks, barrages
//! and re-entry. So the copy is a history that agrees with the past and is no other's. What stays as it
//! was drawn, for the past shows it or follows from it: the ranges; how long a phase under way takes,
//! by which its lifts go; how long those on the road are; what the durations of all phases have in common, once one has begun; an
//! event of which a window has opened; where attacks of several threats with different delays cause
//! attacks on one channel, when those come; and what a function of the program draws once a trial.

use super::powers::Powers;
use super::threats::Seen;
use super::{End, Trial, tension};
use crate::measure::M;
use crate::model::{Draw, Model};
use crate::stop::Stop;
use crate::streams::{GOLDEN, Purpose, Stream, Who};

/// Bytes of everything in a trial that is not reckoned one by one.
const SMALL: u64 = 2_048;

impl<'m> Trial<'m> {
    /// One that rests, before its beginning.
    pub fn resting(model: &'m Model, stop: Stop) -> Self {
        let mut trial = Trial::until(model, stop);
        trial.ctx.draw = Draw::default();
        (trial.threats.powers, trial.region.powers) = (Powers::none(), Powers::none());
        trial.books = None;
        trial
    }

    /// One that is made to wait for answers, with everything but the books.
    pub fn without_books(model: &'m Model, stop: Stop) -> Self {
        Trial { books: None, ..Trial::until(model, stop) }
    }

    /// Comes to its end with the books of another.
    pub fn end_with_books_of(&mut self, other: &mut Trial<'m>, end: End) {
        std::mem::swap(&mut self.books, &mut other.books);
        self.end_as(end);
        std::mem::swap(&mut self.books, &mut other.books);
    }

    /// Borrows what it lacks from one that is at work, or gives it back.
    pub fn swap_tools(&mut self, other: &mut Trial<'m>) {
        std::mem::swap(&mut self.ctx.draw, &mut other.ctx.draw);
        std::mem::swap(&mut self.threats.powers, &mut other.threats.powers);
        std::mem::swap(&mut self.threats.past, &mut other.threats.past);
        std::mem::swap(&mut self.region.powers, &mut other.region.powers);
        std::mem::swap(&mut self.books, &mut other.books);
    }

    /// Begins trial `index` under `seed`, to be stopped on the way.
    pub fn set_out(&mut self, seed: u64, index: u64) {
        self.begin(seed, index, false);
    }

    /// Begins trial `index` under `seed`, to be stopped where policies want to be asked together.
    pub fn set_out_to_be_asked(&mut self, seed: u64, index: u64) {
        self.stop_at_questions();
        self.begin(seed, index, false);
    }

    /// Finds its draw again, with tools that another has used.
    pub fn take_up(&mut self) {
        let (seed, index) = self.ctx.streams.origin();
        self.ctx.draw.fill(self.ctx.model, seed, index);
    }

    /// Goes on up to a day, what happens then excluded.
    pub fn go_on_until(&mut self, days: f64) -> End {
        self.go_on(days)
    }

    /// Goes on to the end; returns false if it was given up.
    pub fn go_on_to_the_end(&mut self) -> bool {
        let end = self.go_on(f64::INFINITY);
        self.end_as(end)
    }

    /// Goes on from a day as copy `index` of step `step` of a filter under `seed`.
    pub fn renew(&mut self, days: f64, (seed, index, step): (u64, u64, u64)) {
        let own = Stream::new(seed, index, Who::new(&["copy"]).nth(step), Purpose::Filter).bits();
        let Trial { ctx, calendar, people, plan, threats, region, .. } = self;
        ctx.now = days;
        ctx.streams.go_on_as(ctx.model, own, index);
        tension::renew(ctx);
        calendar.renew(ctx);
        super::risks::renew(ctx);
        plan.renew_gates(ctx);
        people.roads.renew(ctx);
        threats.renew(ctx, Seen { people, plan, calendar });
        region.renew(ctx, people);
    }

    /// The seed and the number under which it began.
    pub fn origin(&self) -> (u64, u64) {
        self.ctx.streams.origin()
    }

    /// Attacks so far on a channel, and people wounded and killed in them.
    pub fn on_channel(&self, channel: usize) -> [u64; 3] {
        let Trial { threats, ctx, .. } = self;
        let [wounded, killed] = ctx.record.harm[channel];
        [threats.attacks_on(channel), wounded, killed]
    }

    /// Strikes so far in answer to a threat.
    pub fn strikes(&self, threat: usize) -> u64 {
        self.ctx.record.get(M::ThreatStrikes, threat) as u64
    }

    /// People of a contingent on a site.
    pub fn people(&self, site: usize, contingent: usize) -> u32 {
        self.people.at(site, contingent)
    }

    /// When a phase was done, a gate opened, an event happened: NaN, if it has not.
    pub fn day_of(&self, measure: M, k: usize) -> f64 {
        self.ctx.record.get(measure, k)
    }

    /// When the last people left a site that is empty; NaN, if it is not.
    pub fn emptied(&self, site: usize) -> f64 {
        let closed = self.people.closed_at[site];
        if self.people.present[site] == 0 && closed >= 0.0 { closed } else { f64::NAN }
    }

    /// Bits that two trials have in common if people, tension, attacks and harm are the same.
    pub fn standing(&self) -> u64 {
        let Trial { ctx, people, .. } = self;
        let channels = (0..ctx.model.channels.len()).flat_map(|channel| self.on_channel(channel));
        let people = people.by_place.iter().map(|people| u64::from(*people));
        let since = [ctx.state as u64, ctx.state_since.to_bits()];
        let (seed, index) = self.origin();
        let all = people.chain(channels).chain(since).chain([seed, index]);
        all.fold(0, |bits: u64, next| {
            (bits ^ next).wrapping_mul(GOLDEN).rotate_left(29).wrapping_add(GOLDEN)
        })
    }

    /// About how many bytes it takes up while it rests.
    pub fn bytes(&self) -> u64 {
        let Trial { ctx, threats, people, .. } = self;
        let parts = ctx.record.bytes() + threats.bytes(ctx.model) + people.roads.bytes();
        (size_of::<Self>() + parts) as u64 + SMALL
    }
}
