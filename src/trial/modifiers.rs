//! What moves the background of a threat, by the list that its model has: what each does now, and
//! when it does something else of itself.

use super::Trial;
use super::lifts::Status;
use super::spells::Spell;
use crate::model::{Modifier, Slot, Source};
use crate::process::clock::Hazard;

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

impl Trial<'_> {
    /// The hazard of background arrivals on a channel, of `rate` if the people on the site were all
    /// that counts, and the bound in it. Here, and here alone, everything is multiplied.
    #[inline(never)]
    pub(super) fn modified(&self, channel: usize, mut rate: f64) -> (Hazard, f64) {
        let about = &self.model.channels[channel];
        let modifiers = &self.model.threats[about.threat].modifiers;
        let (mut growth, mut bound) = (0.0, 1.0);
        if self.present[about.site] > 0 {
            let (mut factor, mut source) = (1.0, Source::Displacement);
            for modifier in modifiers {
                // Of one source, all are multiplied first.
                if modifier.source() != source {
                    rate *= std::mem::replace(&mut factor, 1.0);
                    source = modifier.source();
                }
                let effect = self.effect(modifier, channel);
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
    fn effect(&self, modifier: &Modifier, channel: usize) -> Effect {
        match modifier {
            Modifier::Strikes => {
                let threat = self.model.channels[channel].threat;
                Effect { bound: self.strikes_bound(threat), ..NOTHING }
            }
            _ => self.lasting_effect(modifier, channel),
        }
    }

    /// The same, of what stays as it is, or grows in a line, up to a moment that is known.
    #[inline(never)]
    fn lasting_effect(&self, modifier: &Modifier, channel: usize) -> Effect {
        let values = &self.draw.values;
        let about = &self.model.channels[channel];
        let while_on = |spell: Spell, factor: Slot| match spell.is_on(self.now) {
            true => Effect::factor(factor.of(values)),
            false => NOTHING,
        };
        match *modifier {
            Modifier::Displacement(share) => {
                Effect { adds: self.displaced_to(channel, share.of(values)), ..NOTHING }
            }
            Modifier::BeforeHandOver(factor, days) => {
                while_on(self.before_hand_over(days, about.site), factor)
            }
            Modifier::AfterHandOver(factor, days) => {
                let closed = |other| self.after_closing(days, other).is_on(self.now);
                let lately = self.neighbours(about.site).any(closed);
                if lately { Effect::factor(factor.of(values)) } else { NOTHING }
            }
            Modifier::Truce(factor, grace) => while_on(self.kept(grace), factor),
            Modifier::Grievance(per_day, at_most) => self.grievance(per_day, at_most),
            Modifier::Window(window) => {
                let spell = self.calendar.span(&window);
                spell.map_or(NOTHING, |spell| while_on(spell, window.factor))
            }
            Modifier::Strikes => NOTHING,
        }
    }

    /// What the factor that arrivals on a channel are thinned to comes to now.
    pub(super) fn thinned_to(&self, threat: usize) -> f64 {
        let mut factor = 1.0;
        for modifier in &self.model.threats[threat].modifiers {
            factor *= match modifier {
                Modifier::Strikes => self.strikes_factor(threat),
                _ => 1.0,
            };
        }
        factor
    }

    /// When a modifier next does something else, if nothing happens before.
    fn next_change(&self, modifier: &Modifier) -> f64 {
        let sites = 0..self.model.sites.len();
        let of = |spell: Spell| spell.next_change(self.now);
        match *modifier {
            Modifier::Displacement(_) | Modifier::Strikes => f64::INFINITY,
            Modifier::BeforeHandOver(_, days) => {
                let each = sites.map(|site| of(self.before_hand_over(days, site)));
                each.fold(f64::INFINITY, f64::min)
            }
            Modifier::AfterHandOver(_, days) => {
                let each = sites.map(|site| of(self.after_closing(days, site)));
                each.fold(f64::INFINITY, f64::min)
            }
            Modifier::Truce(_, grace) => of(self.kept(grace)),
            Modifier::Grievance(per_day, at_most) => of(self.growing(per_day, at_most)),
            Modifier::Window(window) => self.calendar.span(&window).map_or(f64::INFINITY, of),
        }
    }

    /// When the rate of any threat next changes because of the calendar alone.
    pub(super) fn next_shift(&self) -> f64 {
        let modifiers = self.model.threats.iter().flat_map(|threat| &threat.modifiers);
        modifiers.map(|modifier| self.next_change(modifier)).fold(f64::INFINITY, f64::min)
    }

    /// Attacks per day that come to an open site because others have fewer people or none: of
    /// each other site that share of what it is spared, by weight over open sites.
    fn displaced_to(&self, channel: usize, share: f64) -> f64 {
        if share == 0.0 {
            return 0.0;
        }
        let threat = &self.model.threats[self.model.channels[channel].threat];
        let weight = |k: usize| self.model.channels[k].weight.of(&self.draw.values);
        let open = |k: &usize| self.present[self.model.channels[*k].site] > 0;
        let all_open: f64 = threat.channels.clone().filter(open).map(weight).sum();
        let others = threat.channels.clone().filter(|&k| k != channel);
        let from = |k: usize| {
            let spared = 1.0 - self.arrivals.fronts[k].presence.min(1.0);
            let base = self.draw.background[k * self.model.states() + self.state];
            let open_elsewhere = all_open - if open(&k) { weight(k) } else { 0.0 };
            base * spared * weight(channel) / open_elsewhere
        };
        share * others.map(from).sum::<f64>()
    }

    /// The other sites of its area.
    fn neighbours(&self, site: usize) -> impl Iterator<Item = usize> + '_ {
        let sites = &self.model.sites;
        let area = sites[site].area;
        let of_area = move |k: &usize| *k != site && area.is_some() && sites[*k].area == area;
        (0..sites.len()).filter(of_area)
    }

    fn before_hand_over(&self, days: f64, site: usize) -> Spell {
        let from = self.model.sites[site].hand_over - days;
        Spell { from, until: f64::INFINITY }
    }

    fn after_closing(&self, days: f64, site: usize) -> Spell {
        let from = self.closed_at[site];
        Spell { from, until: from + days }
    }

    /// When the timetable is broken if nothing is finished before: the announced finish of the
    /// latest unfinished phase. Never, where everything is done or nothing was announced.
    fn due(&self) -> f64 {
        let phases = self.model.phases.iter().zip(&self.phases);
        let open = phases.filter(|(_, state)| state.status != Status::Done);
        open.map(|(phase, _)| phase.finish).reduce(f64::max).unwrap_or(f64::INFINITY)
    }

    /// While the timetable counts as kept, of a truce with so much grace. Without a timetable there
    /// is nothing to keep.
    fn kept(&self, grace: Slot) -> Spell {
        let announced = !self.phases.is_empty();
        let broken = self.due() + grace.of(&self.draw.values);
        Spell { from: f64::NEG_INFINITY, until: if announced { broken } else { f64::NEG_INFINITY } }
    }

    /// While a grievance grows: from when the timetable is broken until it is at its most.
    fn growing(&self, per_day: Slot, at_most: Slot) -> Spell {
        let values = &self.draw.values;
        let from = self.due();
        Spell { from, until: from + (at_most.of(values) - 1.0) / per_day.of(values) }
    }

    fn grievance(&self, per_day: Slot, at_most: Slot) -> Effect {
        let values = &self.draw.values;
        let growing = self.growing(per_day, at_most);
        if growing.is_on(self.now) {
            let per_day = per_day.of(values);
            let factor = 1.0 + per_day * (self.now - growing.from);
            Effect { factor, growth: per_day / factor, ..NOTHING }
        } else if growing.from <= self.now {
            Effect::factor(at_most.of(values))
        } else {
            NOTHING
        }
    }
}
