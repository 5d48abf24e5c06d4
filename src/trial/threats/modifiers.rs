//! What moves the background of a threat, by the list that its model has: what each does now, and
//! when it does something else of itself.

use super::{Seen, Threats};
use crate::model::{Model, Modifier, Slot, Source, Step};
use crate::process::clock::Hazard;
use crate::trial::context::Context;
use crate::trial::spells::Spell;

/// What a modifier does to the background on an open site at one moment.
#[derive(Clone, Copy, Debug)]
struct Effect {
    /// Attacks per day that come from elsewhere.
    adds: f64,
    /// What the rate is multiplied by.
    factor: f64,
    /// By what share of itself the factor grows per day.
    growth: f64,
    /// The most that another factor may come to until something else happens. Arrivals are thinned
    /// by how far that factor is from it.
    bound: f64,
}

const NOTHING: Effect = Effect { adds: 0.0, factor: 1.0, growth: 0.0, bound: 1.0 };

impl Effect {
    fn factor(factor: f64) -> Self {
        Effect { factor, ..NOTHING }
    }
}

impl Threats {
    /// The hazard of background arrivals on a channel, of `rate` if the people on the site were all
    /// that counts, and the bound in it. Here, and here alone, everything is multiplied.
    #[inline(never)]
    pub fn modified(
        &self,
        ctx: &Context<'_>,
        seen: Seen<'_>,
        channel: usize,
        mut rate: f64,
    ) -> (Hazard, f64) {
        let about = &ctx.model.channels[channel];
        let modifiers = &ctx.model.threats[about.threat].modifiers;
        let (mut growth, mut bound) = (0.0, 1.0);
        if seen.people.present[about.site] > 0 {
            let (mut factor, mut source) = (1.0, Source::Displacement);
            for modifier in modifiers {
                // Of one source, all are multiplied first.
                if modifier.source() != source {
                    rate *= std::mem::replace(&mut factor, 1.0);
                    source = modifier.source();
                }
                let effect = self.effect(ctx, seen, modifier, channel);
                rate += effect.adds;
                factor *= effect.factor;
                growth += effect.growth;
                bound *= effect.bound;
            }
            rate *= factor;
        }
        (Hazard { rate: rate * bound, growth }, bound)
    }

    /// What a modifier does on a channel now.
    #[inline(always)]
    fn effect(
        &self,
        ctx: &Context<'_>,
        seen: Seen<'_>,
        modifier: &Modifier,
        channel: usize,
    ) -> Effect {
        match modifier {
            Modifier::Strikes => {
                let threat = ctx.model.channels[channel].threat;
                Effect { bound: self.strikes_bound(ctx.now, threat), ..NOTHING }
            }
            _ => self.lasting_effect(ctx, seen, modifier, channel),
        }
    }

    /// The same, of what stays as it is, or grows in a line, up to a moment that is known.
    #[inline(never)]
    fn lasting_effect(
        &self,
        ctx: &Context<'_>,
        seen: Seen<'_>,
        modifier: &Modifier,
        channel: usize,
    ) -> Effect {
        let values = &ctx.draw.values;
        let about = &ctx.model.channels[channel];
        let while_on = |spell: Spell, factor: Slot| match spell.is_on(ctx.now) {
            true => Effect::factor(factor.of(values)),
            false => NOTHING,
        };
        match *modifier {
            Modifier::Displacement(share) => {
                Effect { adds: self.displaced_to(ctx, seen, channel, share.of(values)), ..NOTHING }
            }
            Modifier::BeforeHandOver(factor, days) => {
                while_on(before_hand_over(ctx, days, about.site), factor)
            }
            Modifier::AfterHandOver(factor, days) => {
                let closed = |other| after_closing(seen, days, other).is_on(ctx.now);
                let lately = neighbours(ctx.model, about.site).any(closed);
                if lately { Effect::factor(factor.of(values)) } else { NOTHING }
            }
            Modifier::Truce(factor, grace) => while_on(kept(ctx, seen, grace), factor),
            Modifier::Grievance(per_day, at_most) => grievance(ctx, seen, per_day, at_most),
            Modifier::Window(window) => {
                let spell = seen.calendar.span(&window);
                spell.map_or(NOTHING, |spell| while_on(spell, window.factor))
            }
            Modifier::Risk(ref effect) => match ctx.struck(effect.risk).is_on(ctx.now) {
                true => Effect::factor(effect.factor(values)),
                false => NOTHING,
            },
            Modifier::Steps(ref steps) => {
                let present = begun(steps, ctx.now).checked_sub(1);
                present.map_or(NOTHING, |k| Effect::factor(steps[k].factor.of(values)))
            }
            Modifier::Ceasefire(place, factor) => while_on(self.courses.ceasefires[place], factor),
            Modifier::Drift(place) => Effect::factor(self.courses.drifts[place].factor),
            Modifier::Strikes => NOTHING,
        }
    }

    /// What all that changes all the time comes to now: arrivals are thinned to it. So far it is what
    /// strikes do.
    #[inline]
    pub fn thinned_to(&self, ctx: &Context<'_>, threat: usize) -> f64 {
        self.strikes_factor(ctx.now, threat)
    }

    /// Attacks per day that come to an open site because others have fewer people or none: of
    /// each other site that share of what it is spared, by weight over open sites.
    fn displaced_to(&self, ctx: &Context<'_>, seen: Seen<'_>, channel: usize, share: f64) -> f64 {
        let weight = |k: usize| ctx.model.channels[k].weights[ctx.state].of(&ctx.draw.values);
        if share == 0.0 || weight(channel) == 0.0 {
            return 0.0;
        }
        let threat = &ctx.model.threats[ctx.model.channels[channel].threat];
        let open = |k: &usize| seen.people.present[ctx.model.channels[*k].site] > 0;
        let all_open: f64 = threat.channels.clone().filter(open).map(weight).sum();
        let on_site = |k: &usize| ctx.model.channels[*k].on_leg.is_none();
        let others = threat.channels.clone().filter(|&k| k != channel).filter(on_site);
        let from = |k: usize| {
            let spared = 1.0 - self.arrivals.fronts[k].presence.min(1.0);
            let base = ctx.draw.background[k * ctx.model.states() + ctx.state];
            let open_elsewhere = all_open - if open(&k) { weight(k) } else { 0.0 };
            base * spared * weight(channel) / open_elsewhere
        };
        share * others.map(from).sum::<f64>()
    }
}

impl Threats {
    /// When a modifier next does something else, if nothing happens before.
    fn next_change(&self, ctx: &Context<'_>, seen: Seen<'_>, modifier: &Modifier) -> f64 {
        let sites = 0..ctx.model.sites.len();
        let of = |spell: Spell| spell.next_change(ctx.now);
        match *modifier {
            Modifier::Displacement(_) | Modifier::Strikes => f64::INFINITY,
            Modifier::BeforeHandOver(_, days) => {
                let each = sites.map(|site| of(before_hand_over(ctx, days, site)));
                each.fold(f64::INFINITY, f64::min)
            }
            Modifier::AfterHandOver(_, days) => {
                let each = sites.map(|site| of(after_closing(seen, days, site)));
                each.fold(f64::INFINITY, f64::min)
            }
            Modifier::Truce(_, grace) => of(kept(ctx, seen, grace)),
            Modifier::Grievance(per_day, at_most) => of(growing(ctx, seen, per_day, at_most)),
            Modifier::Window(window) => seen.calendar.span(&window).map_or(f64::INFINITY, of),
            Modifier::Risk(ref effect) => of(ctx.struck(effect.risk)),
            Modifier::Steps(ref steps) => {
                steps.get(begun(steps, ctx.now)).map_or(f64::INFINITY, |step| step.days)
            }
            Modifier::Ceasefire(place, _) => of(self.courses.ceasefires[place]),
            Modifier::Drift(place) => self.courses.drifts[place].until,
        }
    }

    /// When the rate of any threat next changes of itself.
    pub fn next_shift(&self, ctx: &Context<'_>, seen: Seen<'_>) -> f64 {
        let modifiers = ctx.model.threats.iter().flat_map(|threat| &threat.modifiers);
        let each = modifiers.map(|modifier| self.next_change(ctx, seen, modifier));
        each.fold(f64::INFINITY, f64::min)
    }
}

/// How many steps have begun.
fn begun(steps: &[Step], now: f64) -> usize {
    steps.partition_point(|step| step.days <= now)
}

/// The other sites of its area.
fn neighbours(model: &Model, site: usize) -> impl Iterator<Item = usize> {
    let sites = &model.sites;
    let area = sites[site].area;
    let of_area = move |k: &usize| *k != site && area.is_some() && sites[*k].area == area;
    (0..sites.len()).filter(of_area)
}

fn before_hand_over(ctx: &Context<'_>, days: f64, site: usize) -> Spell {
    let from = ctx.hand_overs[site] - days;
    Spell { from, until: f64::INFINITY }
}

fn after_closing(seen: Seen<'_>, days: f64, site: usize) -> Spell {
    let from = seen.people.closed_at[site];
    Spell { from, until: from + days }
}

/// While the timetable counts as kept, of a truce with so much grace. Without a timetable there
/// is nothing to keep.
fn kept(ctx: &Context<'_>, seen: Seen<'_>, grace: Slot) -> Spell {
    let announced = !ctx.model.phases.is_empty();
    let broken = seen.plan.due(ctx) + grace.of(&ctx.draw.values);
    Spell { from: f64::NEG_INFINITY, until: if announced { broken } else { f64::NEG_INFINITY } }
}

/// While a grievance grows: from when the timetable is broken until it is at its most.
fn growing(ctx: &Context<'_>, seen: Seen<'_>, per_day: Slot, at_most: Slot) -> Spell {
    let values = &ctx.draw.values;
    let from = seen.plan.due(ctx);
    Spell { from, until: from + (at_most.of(values) - 1.0) / per_day.of(values) }
}

fn grievance(ctx: &Context<'_>, seen: Seen<'_>, per_day: Slot, at_most: Slot) -> Effect {
    let values = &ctx.draw.values;
    let growing = growing(ctx, seen, per_day, at_most);
    if growing.is_on(ctx.now) {
        let per_day = per_day.of(values);
        let factor = 1.0 + per_day * (ctx.now - growing.from);
        Effect { factor, growth: per_day / factor, ..NOTHING }
    } else if growing.from <= ctx.now {
        Effect::factor(at_most.of(values))
    } else {
        NOTHING
    }
}
