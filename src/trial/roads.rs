//! Who is on the road: those whom lifts have sent over legs, until they arrive.

use super::changes::Change;
use super::context::Context;
use super::future::Due;
use super::people::People;
use super::plan::moved_by;
use super::{Event, Kind};
use crate::model::{Exposure, Model};
use crate::streams::{Purpose, Stream};
use crate::variates::choose;

/// An hour: the least that a way takes, in days.
const LEAST_DAYS: f64 = 1.0 / 24.0;

/// Everybody who is on the road.
#[derive(Clone, Debug, Default)]
pub(super) struct Roads {
    /// By leg.
    legs: Vec<Road>,
}

#[derive(Clone, Debug)]
struct Road {
    stream: Stream,
    /// By contingent: those of the lift at hand.
    boarding: Vec<u32>,
    groups: Vec<Group>,
}

/// What one lift of one phase has sent over a leg.
#[derive(Clone, Debug)]
struct Group {
    arrives: f64,
    /// Days on the road.
    days: f64,
    /// By contingent.
    people: Vec<u32>,
}

/// Those whom an attack meets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met<'a> {
    /// How many it can harm at the most.
    pub people: u32,
    /// By contingent: those of whom they are.
    pub there: &'a [u32],
}

impl Group {
    fn size(&self) -> u32 {
        self.people.iter().sum()
    }

    /// How many convoys they travel in.
    fn convoys(&self, people_per_convoy: u32) -> u32 {
        self.size().div_ceil(people_per_convoy)
    }

    /// What attacks on them are counted by.
    fn exposure(&self, exposure: Exposure, people_per_convoy: u32) -> f64 {
        match exposure {
            Exposure::Convoys => f64::from(self.convoys(people_per_convoy)) / self.days,
            Exposure::People => f64::from(self.size()),
        }
    }

    /// The people of the convoy that an attack meets, at a share of what it is counted by. Convoys have
    /// even sizes: sums over the first so many are rounded half up.
    fn convoy_at(&self, share: f64, exposure: Exposure, people_per_convoy: u32) -> u32 {
        let (size, convoys) = (self.size(), self.convoys(people_per_convoy));
        let up_to = |k: u32| moved_by(size, k, convoys);
        let convoy = match exposure {
            Exposure::Convoys => (share * f64::from(convoys)) as u32,
            Exposure::People => {
                let person = (share * f64::from(size)) as u32;
                (0..convoys).find(|&k| up_to(k + 1) > person).unwrap_or(convoys - 1)
            }
        };
        up_to(convoy + 1) - up_to(convoy)
    }
}

impl Roads {
    pub fn begin(&mut self, ctx: &Context<'_>) {
        let contingents = ctx.model.contingents();
        self.legs.clear();
        self.legs.extend(ctx.model.legs.iter().map(|leg| Road {
            stream: ctx.streams.once(leg.who, Purpose::Leg),
            boarding: vec![0; contingents],
            groups: Vec::new(),
        }));
    }

    /// Those who set out from now on take times of their own. How long others are on the road remains.
    pub fn renew(&mut self, ctx: &Context<'_>) {
        for (road, leg) in self.legs.iter_mut().zip(&ctx.model.legs) {
            road.stream = ctx.streams.once(leg.who, Purpose::Leg);
        }
    }

    /// Nobody of a contingent is on a leg any more.
    pub fn leave(&mut self, leg: usize, contingent: usize) {
        self.legs[leg].groups.iter_mut().for_each(|group| group.people[contingent] = 0);
    }

    /// Bytes that a group takes up besides.
    pub fn bytes(&self) -> usize {
        let of_groups = |road: &Road| {
            let each = size_of::<Group>() + road.boarding.len() * size_of::<u32>();
            size_of::<Road>() + road.groups.len() * each
        };
        self.legs.iter().map(of_groups).sum()
    }
}

impl People {
    /// People of a contingent leave with the lift at hand over a leg.
    pub fn board(&mut self, leg: usize, contingent: usize, people: u32) {
        self.roads.legs[leg].boarding[contingent] += people;
    }

    /// All who have boarded set out: those of one leg together. Returns when the last arrive.
    pub fn set_out(&mut self, ctx: &mut Context<'_>) -> f64 {
        let mut last = f64::NEG_INFINITY;
        for (leg, road) in self.roads.legs.iter_mut().enumerate() {
            if road.boarding.iter().all(|people| *people == 0) {
                continue;
            }
            let values = &ctx.draw.values;
            let law = &ctx.model.legs[leg].days;
            let days = law.sample(|slot| slot.of(values), &mut road.stream).max(LEAST_DAYS);
            let people = std::mem::replace(&mut road.boarding, vec![0; ctx.model.contingents()]);
            let arrives = ctx.now + days;
            road.groups.push(Group { arrives, days, people });
            if arrives < ctx.future.time(Due::Arrival(leg)) {
                ctx.future.set(Due::Arrival(leg), arrives);
            }
            last = last.max(arrives);
        }
        last
    }

    /// The first of those on a leg arrive.
    pub fn arrive(&mut self, ctx: &mut Context<'_>, leg: usize) {
        let about = &ctx.model.legs[leg];
        let groups = &mut self.roads.legs[leg].groups;
        let first = (0..groups.len()).find(|&k| groups[k].arrives <= ctx.now);
        let group = groups.remove(first.expect("a group is due"));
        let next = groups.iter().map(|group| group.arrives).fold(f64::INFINITY, f64::min);
        ctx.future.set(Due::Arrival(leg), next);
        for (contingent, &count) in group.people.iter().enumerate().filter(|(_, n)| **n > 0) {
            *self.at_mut(about.place, contingent) -= count;
            let event = |event| Event {
                site: Some(about.place),
                to: about.to,
                contingent: Some(contingent),
                count,
                ..event
            };
            ctx.note(event, Kind::Arrival);
            if let Some(to) = about.to {
                *self.at_mut(to, contingent) += count;
                if ctx.model.has_hubs {
                    ctx.tell(Change::Brought { site: to, contingent, people: count });
                }
            }
        }
        self.recount(ctx, about.place);
        if let Some(to) = about.to {
            self.recount(ctx, to);
        }
        ctx.tell(Change::Moved);
    }

    /// What attacks on those on the road are counted by: people, or convoys by their days.
    pub fn on_the_road(&self, model: &Model, place: usize, exposure: Exposure) -> f64 {
        let leg = model.leg_at(place).expect("only a leg has a way");
        let people_per_convoy = model.legs[leg].people_per_convoy;
        let groups = self.roads.legs[leg].groups.iter();
        groups.map(|group| group.exposure(exposure, people_per_convoy)).sum()
    }

    /// Whom an attack on a leg meets: a convoy.
    #[cold]
    pub fn convoy_met(
        &self,
        model: &Model,
        (place, exposure): (usize, Exposure),
        stream: &mut Stream,
    ) -> Met<'_> {
        let leg = model.leg_at(place).expect("only a leg has a way");
        let people_per_convoy = model.legs[leg].people_per_convoy;
        let groups = &self.roads.legs[leg].groups;
        let each = groups.iter().map(|group| group.exposure(exposure, people_per_convoy));
        let group = &groups[choose(each, stream)];
        let people = group.convoy_at(stream.uniform(), exposure, people_per_convoy);
        Met { people, there: &group.people }
    }
}
