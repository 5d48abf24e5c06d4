//! When background attacks arrive.
//!
//! For each threat, site and state of tension there is a clock that runs in units of expected
//! arrivals, so that its luck does not depend on the rate (next-reaction method). Whenever a rate
//! changes, what is left of the budget goes on at the new one.

use super::Trial;
use super::tournament::Tournament;
use crate::process::clock::Hazard;
use crate::variates::exponential;

/// The background clocks.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// By channel: when the next one comes.
    pub next: Tournament,
    /// By channel: the hazard as it was when the clock was last started.
    hazard: Vec<Hazard>,
    /// By channel: when that was.
    since: Vec<f64>,
    /// By channel and state: expected arrivals until the next one; NaN before the first draw.
    /// Out of date for the present state while its arrival is pending.
    budget: Vec<f64>,
    /// By channel: the most that strikes may multiply its rate by, as reckoned in its hazard.
    bound: Vec<f64>,
    /// By channel: how the people on its site scale its rate.
    pub presence: Vec<f64>,
}

impl Trial<'_> {
    pub(super) fn begin_arrivals(&mut self) {
        let channels = self.model.channels.len();
        let arrivals = &mut self.arrivals;
        arrivals.next.clear(channels);
        arrivals.hazard.clear();
        arrivals.hazard.resize(channels, Hazard::default());
        arrivals.since.clear();
        arrivals.since.resize(channels, 0.0);
        arrivals.budget.clear();
        arrivals.budget.resize(channels * self.model.states(), f64::NAN);
        arrivals.bound.clear();
        arrivals.bound.resize(channels, 1.0);
        arrivals.presence.clear();
        arrivals.presence.resize(channels, 0.0);
        for channel in 0..channels {
            self.arrivals.presence[channel] = self.presence(channel);
        }
        for channel in 0..channels {
            self.start_clock(channel);
        }
        self.set_shift();
    }

    /// Lets the clock of the present state run at the present rate.
    fn start_clock(&mut self, channel: usize) {
        let (hazard, bound) = self.background(channel);
        self.arrivals.bound[channel] = bound;
        self.arrivals.hazard[channel] = hazard;
        self.arrivals.since[channel] = self.now;
        if hazard.rate <= 0.0 {
            return self.arrivals.next.set(channel, f64::INFINITY);
        }
        let budget = &mut self.arrivals.budget[channel * self.model.states() + self.state];
        if budget.is_nan() {
            *budget = exponential(self.luck.arrivals(self.model, channel, self.state));
        }
        self.arrivals.next.set(channel, self.now + hazard.wait(*budget));
    }

    /// Stops the clock of `state`, keeping what is left of its budget.
    fn stop_clock(&mut self, channel: usize, state: usize) {
        let hazard = self.arrivals.hazard[channel];
        if hazard.rate > 0.0 {
            let to_go = self.arrivals.next.time(channel) - self.now;
            let hazard = match hazard.growth {
                0.0 => hazard,
                _ => hazard.later(self.now - self.arrivals.since[channel]),
            };
            let left = hazard.passed(to_go).max(0.0);
            self.arrivals.budget[channel * self.model.states() + state] = left;
        }
    }

    /// Lets a clock go on at the present rate, if that is another one.
    fn adjust_clock(&mut self, channel: usize) {
        let (hazard, _) = self.background(channel);
        if hazard != self.arrivals.hazard[channel] || hazard.growth != 0.0 {
            self.stop_clock(channel, self.state);
            self.start_clock(channel);
        }
    }

    /// The people on a site have changed.
    pub(super) fn people_move_rates(&mut self, site: usize) {
        let model = self.model;
        for &channel in &model.channels_at[site] {
            self.arrivals.presence[channel] = self.presence(channel);
            if !model.threats[model.channels[channel].threat].shifts {
                self.adjust_clock(channel);
            }
        }
    }

    /// The tension has changed from `before`: other clocks run now.
    pub(super) fn tension_moves_rates(&mut self, before: usize) {
        for channel in 0..self.model.channels.len() {
            self.stop_clock(channel, before);
            self.start_clock(channel);
        }
    }

    /// The plan has moved on, or time has: the rates of threats that look at more than the people
    /// on the site itself may be others now.
    pub(super) fn shift(&mut self) {
        let model = self.model;
        for threat in model.threats.iter().filter(|threat| threat.shifts) {
            for channel in threat.channels.clone() {
                self.adjust_clock(channel);
            }
        }
        self.set_shift();
    }

    #[inline]
    pub(super) fn background_arrival(&mut self, channel: usize) {
        let comes = !self.draw.lanes[channel].answered || self.is_undeterred(channel);
        let budget = exponential(self.luck.arrivals(self.model, channel, self.state));
        let hazard = self.arrivals.hazard[channel];
        let wait = match hazard.growth {
            0.0 => budget / hazard.rate,
            _ => self.growing_wait(channel, budget),
        };
        self.arrivals.next.set(channel, self.now + wait);
        if comes {
            self.arrival(channel, None);
        }
    }

    /// Whether an arrival drawn at the bound comes although strikes may have deterred it
    /// (thinning). The most that they may still multiply its rate by is less by now.
    fn is_undeterred(&mut self, channel: usize) -> bool {
        let factor = self.strikes_factor(self.draw.lanes[channel].threat);
        let bound = std::mem::replace(&mut self.arrivals.bound[channel], factor.max(1.0));
        if factor >= bound {
            return true;
        }
        self.arrivals.hazard[channel].rate *= self.arrivals.bound[channel] / bound;
        self.luck.thinning(self.model, channel).uniform() * bound < factor
    }

    /// The wait on a clock whose hazard grows, which goes on from what it is by now.
    #[cold]
    fn growing_wait(&mut self, channel: usize, budget: f64) -> f64 {
        let since = std::mem::replace(&mut self.arrivals.since[channel], self.now);
        let hazard = self.arrivals.hazard[channel].later(self.now - since);
        self.arrivals.hazard[channel] = hazard;
        hazard.wait(budget)
    }
}
