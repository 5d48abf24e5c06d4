//! Attacks family by family: each attack, then those that it causes, and those that they cause.
//!
//! Every attack has an event seed of its own, so that they are the same attacks as one after another in time,
//! and quicker to draw. That is how it is done in a model in which nobody looks at an attack when it
//! happens: without rules, log, weapons and strikes in answer.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Threats;
use super::attacks::Attack;
use super::children::Child;
use crate::scenario::limits::MOST_ATTACKS;
use crate::streams::{EventSeed, Purpose};
use crate::trial::MOST_PENDING;
use crate::trial::context::Context;
use crate::trial::people::People;

/// An arrival to come.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub days: f64,
    pub seed: EventSeed,
    pub channel: u32,
    /// Whether it is one attack, of a batch that has been drawn.
    pub single: bool,
}

/// Arrivals to come that attacks have caused.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// In the present stretch of time.
    soon: Vec<Member>,
    /// After it.
    later: Vec<Member>,
    /// After it too, where there are too many to look at each in every stretch.
    far: BinaryHeap<Far>,
}

/// From so many on, those after the present stretch are put in order.
const FEW: usize = 64;

/// The greatest in a heap is the one that comes first. In what order those of one instant come
/// makes no difference here.
#[derive(Clone, Copy, Debug)]
struct Far(Member);

impl Ord for Far {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.days.total_cmp(&self.0.days)
    }
}

impl PartialOrd for Far {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Far {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Far {}

impl Families {
    pub fn clear(&mut self) {
        self.soon.clear();
        self.later.clear();
        self.far.clear();
    }

    pub fn count(&self) -> usize {
        self.soon.len() + self.later.len() + self.far.len()
    }

    /// An arrival that comes later.
    pub fn put_off(&mut self, member: Member) {
        self.later.push(member);
    }

    /// Drops those on some channels, between two stretches of time.
    pub fn drop_on(&mut self, channels: &[usize]) {
        let stays = |member: &Member| !channels.contains(&(member.channel as usize));
        self.later.retain(stays);
        self.far.retain(|far| stays(&far.0));
    }

    /// A new stretch of time begins, until some moment.
    fn begin_stretch(&mut self, until: f64) {
        let Families { soon, later, far } = self;
        later.retain(|member| {
            let comes = member.days < until;
            if comes {
                soon.push(*member);
            }
            !comes
        });
        if later.len() > FEW {
            far.extend(later.drain(..).map(Far));
        }
        while let Some(Far(member)) = far.peek().copied().filter(|far| far.0.days < until) {
            soon.push(member);
            far.pop();
        }
    }
}

impl Threats {
    /// All attacks before `until`, which it returns.
    pub fn families_until(&mut self, ctx: &mut Context<'_>, people: &People, until: f64) -> f64 {
        self.families.begin_stretch(until);
        if let Some(member) = self.families.soon.pop() {
            self.family(ctx, people, member, until);
        }
        for channel in 0..self.arrivals.fronts.len() {
            loop {
                let days = self.arrivals.fronts[channel].next;
                if days >= until || ctx.record.attacks >= MOST_ATTACKS {
                    break;
                }
                let Some(seed) = self.background_arrival(ctx, channel, days) else { continue };
                if ctx.draw.lanes[channel].is_single(seed) {
                    ctx.record.attack(days);
                    self.arrivals.fronts[channel].attacks += 1;
                } else {
                    let channel = channel as u32;
                    self.family(ctx, people, Member { days, seed, channel, single: false }, until);
                    if self.families.count() > MOST_PENDING {
                        return until;
                    }
                }
            }
        }
        until
    }

    /// An arrival, whatever else is to come soon, and what they cause before `until`.
    pub fn family(&mut self, ctx: &mut Context<'_>, people: &People, first: Member, until: f64) {
        let Threats { arrivals, families, .. } = self;
        let Context { model, draw, record, .. } = ctx;
        let present = &people.present;
        let Families { soon, later, .. } = families;
        let mut next = Some(first);
        while let Some(Member { days, seed, channel, single }) = next
            && record.attacks < MOST_ATTACKS
        {
            let (at, lane) = (channel as usize, &draw.lanes[channel as usize]);
            arrivals.fronts[at].attacks += 1;
            let number = record.attack(days);
            let attack = Attack { days, channel: at, seed, number };
            attack.cause((model, draw, lane), present, |child| {
                let Child { days, seed, channel, .. } = child;
                let member = Member { days, seed, channel, single: false };
                if days >= until {
                    if days <= model.horizon {
                        later.push(member);
                    }
                } else if draw.lanes[channel as usize].is_single(seed) {
                    record.attack(days);
                    arrivals.fronts[channel as usize].attacks += 1;
                } else {
                    soon.push(member);
                }
            });
            if let Some(batch) = lane.batch
                && !single
            {
                // The first attack of a batch has the event seed of the arrival.
                let mut stream = seed.stream(Purpose::Batches);
                for _ in 1..batch.size(&mut stream) {
                    let seed = stream.event_seed();
                    soon.push(Member { days, seed, channel, single: true });
                }
            }
            next = soon.pop();
        }
    }
}
