//! How high the background rate of a threat on a site is: presence, displacement, hand-overs, the
//! promise of the timetable, and the times around calendar events.

use super::lifts::Status;
use super::spells::Spell;
use super::{Due, Trial};
use crate::model::{ExitPattern, Slot};
use crate::process::clock::Hazard;

impl Trial<'_> {
    /// The hazard of background arrivals on a channel now, and the factor in it that strikes may
    /// come to: arrivals are thinned by how far they are from it.
    #[inline(always)]
    pub(super) fn background(&self, channel: usize) -> (Hazard, f64) {
        let column = channel * self.model.states() + self.state;
        let front = &self.arrivals.fronts[channel];
        let rate = self.draw.background[column] * front.presence;
        if !self.shifts {
            return (Hazard { rate, growth: 0.0 }, 1.0);
        }
        self.shifting_background(channel, rate)
    }

    /// The same, of `rate` if the people on the site were all that counts.
    #[inline(never)]
    fn shifting_background(&self, channel: usize, rate: f64) -> (Hazard, f64) {
        let about = &self.model.channels[channel];
        let threat = &self.model.threats[about.threat];
        if !threat.shifts || self.present[about.site] == 0 {
            return (Hazard { rate, growth: 0.0 }, 1.0);
        }
        let (promise, growth) = self.promise(about.threat);
        let rate = rate + self.displaced_to(channel);
        let calendar = self.calendar_factor(about.threat);
        let rate = rate * self.hand_over(about.threat, about.site) * promise * calendar;
        let bound = self.strikes_bound(about.threat);
        (Hazard { rate: rate * bound, growth }, bound)
    }

    /// How the people on a channel's site scale its rate:
    /// 1{P > 0} clamp(P / reference, 0.1, 2)^elasticity.
    pub(super) fn presence(&mut self, channel: usize) -> f64 {
        let about = &self.model.channels[channel];
        let present = self.present[about.site];
        let elasticity = self.draw.elasticity[about.threat];
        if present == 0 {
            return 0.0;
        }
        let ratio = f64::from(present) / self.model.sites[about.site].reference;
        if elasticity == 0.0 || ratio == 1.0 {
            return 1.0;
        }
        self.powers.of(ratio.clamp(0.1, 2.0), elasticity)
    }

    /// Attacks per day that come to an open site because others have fewer people or none: of
    /// each other site the share `displacement` of what it is spared, by weight over open sites.
    fn displaced_to(&self, channel: usize) -> f64 {
        let threat = &self.model.threats[self.model.channels[channel].threat];
        let share = threat.displacement.of(&self.draw.values);
        if share == 0.0 {
            return 0.0;
        }
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

    /// The factor on an open site around hand-overs: its own, and those of its area.
    fn hand_over(&self, threat: usize, site: usize) -> f64 {
        let Some(pattern) = &self.model.threats[threat].exit_pattern else { return 1.0 };
        let values = &self.draw.values;
        let sites = &self.model.sites;
        let soon = self.before_hand_over(pattern, site).is_on(self.now);
        let before = if soon { pattern.before.of(values) } else { 1.0 };
        let lately = |other: usize| self.after_closing(pattern, other).is_on(self.now);
        let area = sites[site].area;
        let mut neighbours = (0..sites.len()).filter(|&k| k != site && sites[k].area == area);
        let after = area.is_some() && neighbours.any(lately);
        before * if after { pattern.after.of(values) } else { 1.0 }
    }

    fn before_hand_over(&self, pattern: &ExitPattern, site: usize) -> Spell {
        let from = self.model.sites[site].hand_over - pattern.before_days;
        Spell { from, until: f64::INFINITY }
    }

    fn after_closing(&self, pattern: &ExitPattern, site: usize) -> Spell {
        let from = self.closed_at[site];
        Spell { from, until: from + pattern.after_days }
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
    fn growing(&self, (per_day, at_most): (Slot, Slot)) -> Spell {
        let values = &self.draw.values;
        let from = self.due();
        Spell { from, until: from + (at_most.of(values) - 1.0) / per_day.of(values) }
    }

    /// The factor of the promise, and by what share of itself it grows per day.
    fn promise(&self, threat: usize) -> (f64, f64) {
        let about = &self.model.threats[threat];
        let (values, now) = (&self.draw.values, self.now);
        let truce = match about.truce {
            Some((factor, grace)) if self.kept(grace).is_on(now) => factor.of(values),
            _ => 1.0,
        };
        let Some((per_day, at_most)) = about.grievance else { return (truce, 0.0) };
        let growing = self.growing((per_day, at_most));
        if growing.is_on(now) {
            let per_day = per_day.of(values);
            let factor = 1.0 + per_day * (now - growing.from);
            (truce * factor, per_day / factor)
        } else if growing.from <= now {
            (truce * at_most.of(values), 0.0)
        } else {
            (truce, 0.0)
        }
    }

    /// Finds the next moment at which a rate changes because of the calendar alone.
    pub(super) fn set_shift(&mut self) {
        let (model, now) = (self.model, self.now);
        let mut next = f64::INFINITY;
        let mut watch = |spell: Spell| next = next.min(spell.next_change(now));
        for threat in model.threats.iter().filter(|threat| threat.shifts) {
            if let Some(pattern) = &threat.exit_pattern {
                for site in 0..model.sites.len() {
                    watch(self.before_hand_over(pattern, site));
                    watch(self.after_closing(pattern, site));
                }
            }
            threat.windows.iter().filter_map(|w| self.calendar.span(w)).for_each(&mut watch);
            if let Some((_, grace)) = threat.truce {
                watch(self.kept(grace));
            }
            if let Some(grievance) = threat.grievance {
                watch(self.growing(grievance));
            }
        }
        self.agenda.set(Due::Shift, next);
    }
}
