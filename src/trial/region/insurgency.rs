//! The insurgency: how strong it is, what it does, and the host's forces that hold it down.

use std::ops::Range;

use super::Region;
use crate::measure::M;
use crate::model::Incidents;
use crate::process::logistic::Logistic;
use crate::scenario::limits::MOST_EVENTS;
use crate::streams::{Purpose, Stream, Who};
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::people::People;
use crate::trial::{Event, Kind};
use crate::variates::{choose, exponential};

const DAYS_PER_YEAR: f64 = 365.0;

/// The host's capability grows in steps of so many days.
const STEP_DAYS: f64 = 30.0;

/// A shock leaves at least this much strength.
const LEAST: f64 = 1e-9;

/// The insurgency as it was when it last changed its course.
#[derive(Clone, Debug)]
pub(in crate::trial) struct Insurgency {
    flow: Logistic,
    since: f64,
    /// Pressure that holds the start: growth x (1 - strength), per day.
    pressure: f64,
    people_at_start: f64,
    peak: f64,
    /// The host's capability, as a share of what it was at the start.
    capability: f64,
    capability_at_start: f64,
    /// What strength has still to add up to until the next incident aimed at a site, and until
    /// re-entry.
    incident: Budget,
    reentry: Budget,
    elsewhere: Option<Elsewhere>,
    shocks: Option<Stream>,
}

/// Strength times days that something waits for.
#[derive(Clone, Copy, Debug)]
struct Budget(f64);

impl Budget {
    const NEVER: Budget = Budget(f64::INFINITY);

    /// For a hazard of `rate` times strength.
    fn new(rate: f64, stream: &mut Stream) -> Self {
        Budget(exponential(stream) / rate)
    }

    fn spend(&mut self, amount: f64) {
        self.0 = (self.0 - amount).max(0.0);
    }

    fn wait(self, flow: Logistic) -> f64 {
        if self.0.is_finite() { flow.wait(self.0) } else { f64::INFINITY }
    }
}

/// Incidents that are not aimed at sites. There are many, and nothing looks at them one by one:
/// they are counted whenever strength changes its course.
#[derive(Clone, Debug)]
struct Elsewhere {
    /// Per day at full strength.
    rate: f64,
    /// What strength has still to add up to until the next one.
    budget: f64,
    stream: Stream,
    count: u32,
    /// When each of them was, kept only where everything that happened is asked for.
    moments: Option<Vec<f64>>,
}

impl Elsewhere {
    /// Strength has run its course from `since` until `now`, and added up to `added`.
    fn pass(&mut self, flow: Logistic, (since, now): (f64, f64), added: f64) {
        let mut next = self.budget;
        while next <= added && self.count < MOST_EVENTS {
            self.count += 1;
            if let Some(moments) = &mut self.moments {
                moments.push((since + flow.wait(next)).min(now));
            }
            next += exponential(&mut self.stream) / self.rate;
        }
        self.budget = next - added;
    }
}

impl Region {
    pub fn begin_insurgency(&mut self, ctx: &mut Context<'_>, people: &People) {
        let model = ctx.model;
        let Some(about) = &model.region.insurgency else { return };
        let values = &ctx.draw.values;
        let strength = about.strength.of(values).clamp(LEAST, 1.0);
        let growth = about.growth_per_year.of(values) / DAYS_PER_YEAR;
        let capability = model.region.capability.as_ref().map(|host| host.start.of(values));
        let state = Insurgency {
            flow: Logistic { strength, growth, loss: 0.0 },
            since: 0.0,
            pressure: about.pressure.of(values) * growth * (1.0 - strength),
            people_at_start: people_on_host_ground(ctx, people),
            peak: strength,
            capability: 1.0,
            capability_at_start: capability.unwrap_or(1.0).max(LEAST),
            incident: Budget::NEVER,
            reentry: Budget::NEVER,
            elsewhere: None,
            shocks: None,
        };
        if model.region.capability.is_some() {
            ctx.future.set(Due::Capability, STEP_DAYS);
        }
        self.insurgency = Some(state);
        self.draw_insurgency(ctx);
        self.steer_insurgency(ctx, people);
    }

    /// Draws how long it is until incidents and shocks, at the beginning or anew.
    fn draw_insurgency(&mut self, ctx: &mut Context<'_>) {
        let model = ctx.model;
        let Some(about) = &model.region.insurgency else { return };
        let Some(state) = &mut self.insurgency else { return };
        let values = &ctx.draw.values;
        if let Some(incidents) = &about.incidents {
            let (on_site, rate) = incidents.rates(values);
            state.incident = Budget::new(on_site, ctx.streams.incidents(model));
            let mut stream = ctx.streams.once(about.who, Purpose::Elsewhere);
            let budget = exponential(&mut stream) / rate;
            let (count, moments) = match state.elsewhere.take() {
                Some(so_far) => (so_far.count, so_far.moments),
                None => (0, ctx.log.as_ref().map(|_| Vec::new())),
            };
            state.elsewhere = Some(Elsewhere { rate, budget, stream, count, moments });
        }
        if let Some((per_year, _)) = &about.shocks {
            let mut stream = ctx.streams.once(about.who, Purpose::Shocks);
            let wait = exponential(&mut stream) * DAYS_PER_YEAR / per_year.of(values);
            ctx.future.set(Due::Shock, ctx.now + wait);
            state.shocks = Some(stream);
        }
    }

    /// Draws anew what it does next, and whether anybody goes back in.
    pub fn renew_insurgency(&mut self, ctx: &mut Context<'_>, people: &People) {
        let Some(state) = &mut self.insurgency else { return };
        state.advance(ctx.now);
        if let Some(about) = &ctx.model.region.reentry
            && state.reentry.0.is_finite()
        {
            let mut stream = ctx.streams.once(about.who, Purpose::Reentry);
            state.reentry = Budget::new(about.per_day.of(&ctx.draw.values), &mut stream);
        }
        self.draw_insurgency(ctx);
        self.steer_insurgency(ctx, people);
    }

    /// Strength now.
    pub fn strength(&self, now: f64) -> f64 {
        self.insurgency.as_ref().map_or(0.0, |state| state.strength_at(now))
    }

    /// Something that holds the insurgency down, or its strength, has changed.
    pub fn steer_insurgency(&mut self, ctx: &mut Context<'_>, people: &People) {
        let Some(about) = &ctx.model.region.insurgency else { return };
        let Some(state) = &mut self.insurgency else { return };
        let people = people_on_host_ground(ctx, people);
        state.advance(ctx.now);
        let values = &ctx.draw.values;
        let share = about.troops_share.of(values);
        let present = people / state.people_at_start;
        let troops = self.powers.of(present, about.troops_exponent.of(values));
        state.flow.loss = state.pressure * (share * troops + (1.0 - share) * state.capability);
        ctx.future.set(Due::Incident, ctx.now + state.incident.wait(state.flow));
        ctx.future.set(Due::Reentry, ctx.now + state.reentry.wait(state.flow));
    }

    /// The host's forces become able to do more.
    pub fn step_capability(&mut self, ctx: &mut Context<'_>, people: &People) {
        ctx.future.set(Due::Capability, ctx.now + STEP_DAYS);
        let with_advisers = people_on_host_ground(ctx, people) > 0.0;
        let (Some(about), Some(state)) = (&ctx.model.region.capability, &mut self.insurgency)
        else {
            return;
        };
        let growth = about.growth[usize::from(with_advisers)].of(&ctx.draw.values);
        let start = state.capability_at_start;
        let now = (state.capability * start + growth * STEP_DAYS / DAYS_PER_YEAR).min(1.0);
        state.capability = now / start;
        self.steer_insurgency(ctx, people);
    }

    pub fn shock(&mut self, ctx: &mut Context<'_>, people: &People) {
        let Some(about) = &ctx.model.region.insurgency else { return };
        let (Some((per_year, factor)), Some(state)) = (&about.shocks, &mut self.insurgency) else {
            return;
        };
        let Some(stream) = &mut state.shocks else { return };
        let values = &ctx.draw.values;
        let factor = factor.sample(|slot| slot.of(values), stream);
        let wait = exponential(stream) * DAYS_PER_YEAR / per_year.of(values);
        ctx.future.set(Due::Shock, ctx.now + wait);
        state.advance(ctx.now);
        state.flow.strength = (state.flow.strength * factor).clamp(LEAST, 1.0);
        state.peak = state.peak.max(state.flow.strength);
        ctx.record.add(M::Shocks, 0, 1.0);
        ctx.note(|event| event, Kind::Shock);
        self.steer_insurgency(ctx, people);
        ctx.tell(Change::Shock);
    }

    /// An incident aimed at a site; at an empty one it is one like any other.
    pub fn incident(&mut self, ctx: &mut Context<'_>, people: &People) {
        let model = ctx.model;
        let Some(about) = model.region.insurgency.as_ref().and_then(|i| i.incidents) else {
            return;
        };
        let values = &ctx.draw.values;
        let stream = ctx.streams.incidents(model);
        let seed = stream.event_seed();
        let budget = Budget::new(about.rates(values).0, stream);
        let threat = about.threat.map(|threat| &model.threats[threat]);
        let channel = threat.map(|threat| {
            let weights =
                threat.channels.clone().map(|k| model.channels[k].weights[ctx.state].of(values));
            threat.channels.start + choose(weights, stream)
        });
        if let Some(state) = &mut self.insurgency {
            state.advance(ctx.now);
            state.incident = budget;
            ctx.future.set(Due::Incident, ctx.now + budget.wait(state.flow));
        }
        match channel.filter(|&channel| people.present[model.channels[channel].site] > 0) {
            Some(channel) => ctx.tell(Change::Incident(channel, seed)),
            None => {
                let number = ctx.record.get(M::Incidents, 0) as u64;
                count_on_host(ctx, about, "aimed", number..number + 1);
                ctx.note(|event| event, Kind::Incident);
            }
        }
    }

    /// Everything is done: from now on somebody may go back in.
    pub fn watch_for_reentry(&mut self, ctx: &mut Context<'_>) {
        let Some(about) = &ctx.model.region.reentry else { return };
        let mut stream = ctx.streams.once(about.who, Purpose::Reentry);
        if let Some(state) = &mut self.insurgency {
            state.advance(ctx.now);
            state.reentry = Budget::new(about.per_day.of(&ctx.draw.values), &mut stream);
            ctx.future.set(Due::Reentry, ctx.now + state.reentry.wait(state.flow));
        }
    }

    /// People go back in because the insurgency has grown, once.
    pub fn reenter(&mut self, ctx: &mut Context<'_>) {
        ctx.future.set(Due::Reentry, f64::INFINITY);
        if let Some(state) = &mut self.insurgency {
            state.reentry = Budget::NEVER;
        }
    }

    /// Writes down the strength at each week up to a moment, before what happens then.
    #[cold]
    pub fn record_strength(&self, ctx: &mut Context<'_>, days: f64) {
        if let Some(state) = &self.insurgency {
            ctx.record.strength_until(days, |week| state.strength_at(week));
        } else {
            ctx.record.strength_days = f64::INFINITY;
        }
    }

    pub fn end_insurgency(&mut self, ctx: &mut Context<'_>) {
        if let Some(mut state) = self.insurgency.take() {
            state.advance(ctx.now);
            ctx.record.set(M::InsurgentStrength, 0, state.flow.strength);
            ctx.record.set(M::PeakInsurgentStrength, 0, state.peak);
            if let Some(elsewhere) = state.elsewhere {
                count_elsewhere(ctx, elsewhere);
            }
        }
    }
}

impl Insurgency {
    pub fn strength_at(&self, now: f64) -> f64 {
        self.flow.later(now - self.since).strength
    }

    /// Time goes on; between changes strength goes one way, so that its peak is at one of them.
    fn advance(&mut self, now: f64) {
        let days = now - self.since;
        if days == 0.0 {
            return;
        }
        let added = self.flow.passed(days);
        self.incident.spend(added);
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.pass(self.flow, (self.since, now), added);
        }
        self.reentry.spend(added);
        self.flow = self.flow.later(days);
        self.since = now;
        self.peak = self.peak.max(self.flow.strength);
    }
}

/// People on the host's ground.
fn people_on_host_ground(ctx: &Context<'_>, people: &People) -> f64 {
    let present = people.present.iter().zip(&ctx.model.region.hosted);
    present.filter(|(_, hosted)| **hosted).map(|(people, _)| f64::from(*people)).sum()
}

/// Counts incidents on the host with these numbers among those of one sort, and what they do.
fn count_on_host(ctx: &mut Context<'_>, about: Incidents, sort: &str, numbers: Range<u64>) {
    ctx.record.add(M::Incidents, 0, (numbers.end - numbers.start) as f64);
    let Some(harm) = about.harm.map(|harm| harm.law(&ctx.draw.values)) else { return };
    let who = Who::new(&["incidents", sort]);
    for k in numbers {
        let [wounded, killed] = harm.sample(1, &mut ctx.streams.once(who.nth(k), Purpose::Toll));
        ctx.record.add(M::HostWounded, 0, f64::from(wounded));
        ctx.record.add(M::HostKilled, 0, f64::from(killed));
    }
}

fn count_elsewhere(ctx: &mut Context<'_>, elsewhere: Elsewhere) {
    if let Some(about) = ctx.model.region.insurgency.as_ref().and_then(|one| one.incidents) {
        count_on_host(ctx, about, "elsewhere", 0..u64::from(elsewhere.count));
    }
    if elsewhere.count == MOST_EVENTS {
        ctx.record.set(M::Capped, 0, 1.0);
    }
    if let (Some(log), Some(moments)) = (&mut ctx.log, elsewhere.moments) {
        log.extend(moments.into_iter().map(|days| Event::new(days, Kind::Incident)));
        log.sort_by(|a, b| a.days.total_cmp(&b.days));
    }
}
