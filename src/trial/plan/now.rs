//! A plan that is under way on the first day.

use super::freight::Freight;
use super::gates::GateState;
use super::lifts::Status;
use super::{Plan, common_stream};
use crate::law::special::{normal, normal_quantile};
use crate::measure::M;
use crate::model::{GateNow, Now, PhaseNow, ROUNDING};
use crate::streams::Purpose;
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::future::Due;
use crate::trial::people::People;
use crate::variates;

/// How often the scores of phases under way are drawn together at the most.
const MOST_ATTEMPTS: u32 = 1_000;

impl Plan {
    /// Takes the plan up where it stands on the first day.
    pub fn take_up(&mut self, ctx: &mut Context<'_>, people: &mut People) {
        let model = ctx.model;
        let Some(now) = &model.now else { return };
        self.pause.used = now.used;
        for (gate, about) in now.gates.iter().enumerate() {
            if let Some(GateNow::Open(days)) = about {
                self.completed(ctx, gate, *days);
            }
        }
        for (phase, about) in of_phases(now) {
            self.began(ctx, phase, about.started);
        }
        for (phase, days) in finished(now) {
            self.completed(ctx, model.gates.len() + phase, days);
        }
        for (gate, about) in now.gates.iter().enumerate() {
            match *about {
                Some(GateNow::Open(days)) => {
                    self.gates[gate] = GateState::Idle;
                    ctx.future.set(Due::Gate(gate), f64::INFINITY);
                    ctx.record.set(M::GateOpen, gate, days);
                }
                Some(GateNow::Running(days)) => self.run_on(ctx, gate, days),
                None => {}
            }
        }
        self.count_past(ctx, now, people);
        let mut under_way: Vec<(usize, &PhaseNow)> = of_phases(now).collect();
        under_way.retain(|(_, about)| about.finished.is_none());
        under_way.sort_by(|(_, a), (_, b)| a.started.total_cmp(&b.started));
        self.count_those_left(ctx, people, &under_way);
        for (phase, ratio) in self.ratios(ctx, now, &under_way) {
            self.go_on(ctx, phase, ratio);
        }
        if self.is_done() && !self.phases.is_empty() {
            ctx.tell(Change::AllDone);
        }
    }

    /// Counts what was finished before, in the order in which it was.
    fn count_past(&mut self, ctx: &mut Context<'_>, now: &Now, people: &mut People) {
        for (phase, days) in finished(now) {
            self.count_finished(ctx, phase, days);
            for &site in &ctx.model.phases[phase].clears {
                if people.present[site] == 0 {
                    people.closed_at[site] = days;
                }
            }
        }
        for (phase, about) in of_phases(now) {
            ctx.record.set(M::PhaseStart, phase, about.started);
        }
    }

    /// Counts whom the phases under way are still to move: first those of a given number, then all
    /// but the residual, of the phase first that began first.
    fn count_those_left(
        &mut self,
        ctx: &Context<'_>,
        people: &People,
        under_way: &[(usize, &PhaseNow)],
    ) {
        for &(phase, about) in under_way {
            let state = &mut self.phases[phase];
            state.status = Status::Moving;
            state.used = about.used;
            state.people.clear();
            state.cargo.iter_mut().for_each(Freight::clear);
        }
        for given in [true, false] {
            for &(phase, about) in under_way {
                self.count_loads(ctx.model, phase, given, &about.loaded);
                let moves = ctx.model.phases[phase].moves.iter().enumerate();
                for (k, step) in moves.filter(|(_, step)| step.people.is_some() == given) {
                    let left = people
                        .at(step.site, step.contingent)
                        .saturating_sub(self.promised(ctx, phase, step));
                    self.phases[phase].people.whole[k] = match step.people {
                        Some(people) => people.saturating_sub(about.moved[k]).min(left),
                        None => left.saturating_sub(step.residual),
                    };
                }
            }
        }
    }

    /// What is left of a phase is spread over the lifts that are still to go: one after each full
    /// interval from its start on.
    fn go_on(&mut self, ctx: &mut Context<'_>, phase: usize, ratio: f64) {
        let model = ctx.model;
        let about = &model.phases[phase];
        let (every, began) = (model.transport.every, self.worked_since(ctx, phase));
        let mut until = began + ratio * about.announced_days;
        if self.phases[phase].used.pause_days > 0.0 {
            // It has caught up after the pause, or is about to.
            until = until.max(model.blackouts.working_by(about.finish));
        }
        let lifts = ((ctx.working() - began) / every + ROUNDING).floor();
        self.schedule_from(ctx, phase, ((began + lifts * every).into(), until));
    }

    /// When a phase that is under way began, in working time.
    fn worked_since(&self, ctx: &Context<'_>, phase: usize) -> f64 {
        ctx.model.blackouts.working(ctx.record.get(M::PhaseStart, phase))
    }

    /// Draws the duration ratios of the phases under way, on condition that they are not done yet.
    fn ratios(
        &mut self,
        ctx: &Context<'_>,
        now: &Now,
        under_way: &[(usize, &PhaseNow)],
    ) -> Vec<(usize, f64)> {
        let (model, values) = (ctx.model, &ctx.draw.values);
        let least = |phase: usize, about: &PhaseNow| {
            let days = ctx.working() - self.worked_since(ctx, phase) - about.used.pause_days;
            days / model.phases[phase].announced_days
        };
        let least = under_way.iter().map(|&(phase, about)| (phase, least(phase, about)));
        let mut ratios: Vec<(usize, f64)> = least.collect();
        if model.correlation.of(values) > 0.0 {
            self.correlated(ctx, now, &mut ratios);
        } else {
            for (phase, ratio) in &mut ratios {
                let about = &model.phases[*phase];
                let mut own = ctx.streams.once(about.who, Purpose::Duration);
                let drawn = about.ratio.sample_from(*ratio, |slot| slot.of(values), &mut own);
                *ratio = drawn.unwrap_or(*ratio);
            }
        }
        ratios
    }

    /// The same where ratios are correlated: what phases have taken that are done tells of what all
    /// have in common, and so does it that others are not done yet. The least ratios become drawn
    /// ones.
    ///
    /// One after another the scores are drawn on condition of those before, which neglects that a
    /// score must let those after it be as large as they must; rejection makes up for that.
    fn correlated(&mut self, ctx: &Context<'_>, now: &Now, ratios: &mut [(usize, f64)]) {
        let values = &ctx.draw.values;
        let score = |phase: usize, ratio: f64| {
            ctx.model.phases[phase].ratio.score(|slot| slot.of(values), ratio)
        };
        let mut done = Common::new(ctx.model.correlation.of(values));
        let mut told = false;
        for (phase, about) in of_phases(now) {
            let Some(days) = about.finished.filter(|_| about.used.pause_days == 0.0) else {
                continue;
            };
            let worked = ctx.model.blackouts.working(days) - self.worked_since(ctx, phase);
            let about = &ctx.model.phases[phase];
            let seen = score(phase, worked / about.announced_days);
            if let Some(seen) = seen.filter(|seen| seen.is_finite()) {
                done.learn(seen);
                told = true;
            }
        }
        let mut stream = common_stream(ctx);
        let least: Vec<(usize, f64)> = ratios
            .iter()
            .filter_map(|&(phase, ratio)| Some((phase, score(phase, ratio)?)))
            .collect();
        if least.is_empty() && !told {
            return;
        }
        let mut drawn = Vec::new();
        for _ in 0..MOST_ATTEMPTS {
            let (mut common, mut chance) = (done, 1.0);
            drawn.clear();
            for &(_, least) in &least {
                let (mean, sd) = common.of_next();
                let beyond = normal((least - mean) / sd).1;
                chance *= if drawn.is_empty() { 1.0 } else { beyond };
                let beyond = beyond * stream.positive_uniform();
                let score = (mean + sd * normal_quantile((1.0 - beyond, beyond))).max(least);
                common.learn(score);
                drawn.push(score);
            }
            self.common =
                Some(common.mean + common.variance.sqrt() * variates::normal(&mut stream));
            if stream.uniform() < chance {
                break;
            }
        }
        for (phase, ratio) in ratios {
            let about = &ctx.model.phases[*phase].ratio;
            let k = least.iter().position(|(other, _)| other == phase);
            let drawn = about.of_normal(|slot| slot.of(values), k.map_or(0.0, |k| drawn[k]));
            *ratio = drawn.unwrap_or(*ratio).max(*ratio);
        }
    }
}

/// What is known of what the durations of all phases have in common: a normal number.
#[derive(Clone, Copy, Debug)]
struct Common {
    correlation: f64,
    mean: f64,
    variance: f64,
}

impl Common {
    fn new(correlation: f64) -> Self {
        Common { correlation, mean: 0.0, variance: 1.0 }
    }

    /// Mean and standard deviation of the score of one more phase.
    fn of_next(&self) -> (f64, f64) {
        let Common { correlation, mean, variance } = *self;
        (correlation.sqrt() * mean, (correlation * variance + 1.0 - correlation).sqrt())
    }

    /// The score of a phase has been seen.
    fn learn(&mut self, score: f64) {
        let (mean, sd) = self.of_next();
        if sd > 0.0 {
            let gain = self.variance * self.correlation.sqrt() / (sd * sd);
            self.mean += gain * (score - mean);
            self.variance = (self.variance * (1.0 - gain * self.correlation.sqrt())).max(0.0);
        }
    }
}

/// The phases that have begun.
fn of_phases(now: &Now) -> impl Iterator<Item = (usize, &PhaseNow)> {
    let phases = now.phases.iter().enumerate();
    phases.filter_map(|(phase, about)| Some((phase, about.as_ref()?)))
}

/// The phases that are done, and when they were: the earliest first.
fn finished(now: &Now) -> Vec<(usize, f64)> {
    let mut done: Vec<(usize, f64)> =
        of_phases(now).filter_map(|(phase, about)| Some((phase, about.finished?))).collect();
    done.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    done
}
