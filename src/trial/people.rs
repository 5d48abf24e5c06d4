//! Who is where.

use super::changes::Change;
use super::context::Context;
use super::roads::Roads;
use super::{Event, Kind};
use crate::measure::M;
use crate::model::Detachment;
use crate::scenario::limits::MOST_PEOPLE_IN_ALL;

#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// By site, or leg, and contingent (sites are rows).
    pub by_place: Vec<u32>,
    /// By site.
    pub present: Vec<u32>,
    present_since: Vec<f64>,
    /// By site: when it last closed, before all time if it never has.
    pub closed_at: Vec<f64>,
    contingents: usize,
    pub roads: Roads,
}

impl People {
    pub fn begin(&mut self, ctx: &mut Context<'_>) {
        let (garrison, sites) = (&ctx.model.garrison, ctx.model.sites.len());
        self.contingents = ctx.model.contingents();
        self.by_place.clone_from(garrison);
        self.present.clear();
        let on = |site: usize| garrison[site * self.contingents..][..self.contingents].iter();
        self.present.extend((0..sites).map(|site| on(site).sum::<u32>()));
        self.present_since.clear();
        self.present_since.resize(sites, 0.0);
        self.closed_at.clear();
        self.closed_at.resize(sites, f64::NEG_INFINITY);
        self.roads.begin(ctx);
        let in_all = self.in_all();
        for (site, &people) in self.present.iter().enumerate() {
            ctx.record.people(site, u64::from(people), in_all);
        }
    }

    pub fn at(&self, site: usize, contingent: usize) -> u32 {
        self.by_place[site * self.contingents + contingent]
    }

    pub fn at_mut(&mut self, site: usize, contingent: usize) -> &mut u32 {
        &mut self.by_place[site * self.contingents + contingent]
    }

    /// Those on a site, by contingent.
    pub fn of(&self, site: usize) -> &[u32] {
        &self.by_place[site * self.contingents..][..self.contingents]
    }

    /// Whether nobody of a contingent is anywhere.
    pub fn has_left(&self, contingent: usize) -> bool {
        self.by_place.chunks_exact(self.contingents).all(|site| site[contingent] == 0)
    }

    fn in_all(&self) -> u64 {
        self.present.iter().map(|&people| u64::from(people)).sum()
    }

    /// Whether more people may come: counts of them have 32 bits.
    fn has_room(&self) -> bool {
        self.in_all() < MOST_PEOPLE_IN_ALL
    }

    /// People have come or gone: counts who is on the site now, and tells the rest.
    pub fn recount(&mut self, ctx: &mut Context<'_>, site: usize) {
        let present = self.of(site).iter().sum();
        if present == self.present[site] {
            return;
        }
        self.count_person_days(ctx, site);
        let before = std::mem::replace(&mut self.present[site], present);
        ctx.record.people(site, u64::from(present), self.in_all());
        if before > 0 && present == 0 && ctx.model.leg_at(site).is_none() {
            self.closed_at[site] = ctx.now;
            ctx.note(|event| Event { site: Some(site), ..event }, Kind::SiteClosed);
            ctx.tell(Change::Closed(site));
        }
        ctx.tell(Change::People(site));
    }

    fn count_person_days(&mut self, ctx: &mut Context<'_>, site: usize) {
        let since = std::mem::replace(&mut self.present_since[site], ctx.now);
        let amount = f64::from(self.present[site]) * (ctx.now - since);
        ctx.record.person_days(self.present[site], since, ctx.now);
        ctx.record.add(M::SitePersonDays, site, amount);
        ctx.record.add(M::PersonDays, 0, amount);
    }

    /// All of a contingent leave a site, outside the phases.
    pub fn leave(&mut self, ctx: &mut Context<'_>, site: usize, contingent: usize) {
        let count = std::mem::take(self.at_mut(site, contingent));
        if let Some(leg) = ctx.model.leg_at(site) {
            self.roads.leave(leg, contingent);
        }
        if count > 0 {
            let event =
                |event| Event { site: Some(site), contingent: Some(contingent), count, ..event };
            ctx.note(event, Kind::Departure);
        }
    }

    /// More people come to a site, unless it is closed.
    pub fn reinforce(&mut self, ctx: &mut Context<'_>, about: &Detachment) {
        if self.present[about.site] > 0 {
            self.come(ctx, about, M::Reinforcements, Kind::Reinforced);
        }
    }

    /// People come to a site, closed or not; `late` if that is after everything was done.
    pub fn go_back_in(&mut self, ctx: &mut Context<'_>, about: &Detachment, late: bool) {
        if self.come(ctx, about, M::PeopleBack, Kind::WentBackIn)
            && late
            && ctx.record.get(M::Reentry, 0) == 0.0
        {
            ctx.record.set(M::Reentry, 0, 1.0);
            ctx.record.set(M::ReentryDays, 0, ctx.now);
        }
    }

    fn come(&mut self, ctx: &mut Context<'_>, about: &Detachment, as_: M, kind: Kind) -> bool {
        let Detachment { site, contingent, people } = *about;
        if !self.has_room() {
            return false;
        }
        *self.at_mut(site, contingent) += people;
        ctx.record.add(as_, 0, f64::from(people));
        let event = |event| Event {
            site: Some(site),
            contingent: Some(contingent),
            count: people,
            ..event
        };
        ctx.note(event, kind);
        self.recount(ctx, site);
        ctx.tell(Change::Moved);
        true
    }

    /// The trial is over: writes down who is still there.
    pub fn end(&mut self, ctx: &mut Context<'_>) {
        for site in 0..self.present.len() {
            self.count_person_days(ctx, site);
        }
        for (k, &people) in self.by_place.iter().enumerate() {
            let people = f64::from(people);
            ctx.record.add(M::PeopleLeft, 0, people);
            ctx.record.add(M::SitePeopleLeft, k / self.contingents, people);
            ctx.record.add(M::ContingentPeopleLeft, k % self.contingents, people);
        }
    }
}
