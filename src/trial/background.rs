//! How high the background rate of a threat on a site is: presence, displacement, hand-overs, the
//! promise of the timetable, and the times around calendar events.

use super::lifts::Status;
use super::{Due, Trial};
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
        let soon = sites[site].hand_over - pattern.before_days <= self.now;
        let before = if soon { pattern.before.of(values) } else { 1.0 };
        let lately = |other: usize| self.now < self.closed_at[other] + pattern.after_days;
        let area = sites[site].area;
        let mut neighbours = (0..sites.len()).filter(|&k| k != site && sites[k].area == area);
        let after = area.is_some() && neighbours.any(lately);
        before * if after { pattern.after.of(values) } else { 1.0 }
    }

    /// When the timetable is broken if nothing is finished before: the announced finish of the
    /// latest unfinished phase. Never, where everything is done or nothing was announced.
    fn due(&self) -> f64 {
        let phases = self.model.phases.iter().zip(&self.phases);
        let open = phases.filter(|(_, state)| state.status != Status::Done);
        open.map(|(phase, _)| phase.finish).reduce(f64::max).unwrap_or(f64::INFINITY)
    }

    /// The factor of the promise, and by what share of itself it grows per day.
    fn promise(&self, threat: usize) -> (f64, f64) {
        let about = &self.model.threats[threat];
        if about.truce.is_none() && about.grievance.is_none() {
            return (1.0, 0.0);
        }
        let values = &self.draw.values;
        let overdue = self.now - self.due();
        let truce = match about.truce {
            Some((factor, grace)) if !self.phases.is_empty() && overdue < grace.of(values) => {
                factor.of(values)
            }
            _ => 1.0,
        };
        match about.grievance {
            Some((per_day, at_most)) if overdue >= 0.0 => {
                let (per_day, at_most) = (per_day.of(values), at_most.of(values));
                let factor = 1.0 + per_day * overdue;
                if factor < at_most {
                    (truce * factor, per_day / factor)
                } else {
                    (truce * at_most, 0.0)
                }
            }
            _ => (truce, 0.0),
        }
    }

    /// Finds the next moment at which a rate changes because of the calendar alone.
    pub(super) fn set_shift(&mut self) {
        let (model, values, now) = (self.model, &self.draw.values, self.now);
        let mut next = f64::INFINITY;
        let mut at = |moment: f64| {
            if moment > now {
                next = next.min(moment);
            }
        };
        for threat in model.threats.iter().filter(|threat| threat.shifts) {
            if let Some(pattern) = &threat.exit_pattern {
                model.sites.iter().for_each(|site| at(site.hand_over - pattern.before_days));
                self.closed_at.iter().for_each(|closed| at(closed + pattern.after_days));
            }
            for (from, until) in threat.windows.iter().filter_map(|w| self.calendar.span(w)) {
                at(from);
                at(until);
            }
            if let Some((_, grace)) = threat.truce {
                at(self.due() + grace.of(values));
            }
            if let Some((per_day, at_most)) = threat.grievance {
                at(self.due());
                at(self.due() + (at_most.of(values) - 1.0) / per_day.of(values));
            }
        }
        self.agenda.set(Due::Shift, next);
    }
}
