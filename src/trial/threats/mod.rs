//! The threats: when they attack where, and what an attack does.

mod arrivals;
mod attacks;
mod background;
mod children;
mod courses;
mod expected;
mod families;
mod modifiers;
mod past;
mod recent;
mod strikes;

use arrivals::Arrivals;
use children::{Child, Children};
use courses::Courses;
use families::Families;
use past::Past;
pub(super) use recent::recall;
use strikes::Strikes;

use super::calendar::Calendar;
use super::context::Context;
use super::people::People;
use super::plan::Plan;
use super::powers::Powers;
use crate::model::{Channel, Draw, Model, Threat};
use crate::streams::{Purpose, Stream};

#[derive(Clone, Debug)]
pub(super) struct Threats {
    arrivals: Arrivals,
    /// Attacks to come, where they come one after another.
    children: Children,
    /// The same, where they come family by family.
    families: Families,
    pub in_families: bool,
    pub past: Past,
    courses: Courses,
    pub powers: Powers,
    /// By threat.
    strikes: Vec<Option<Strikes>>,
    /// Whether any threat follows more than the people on the site itself.
    shifts: bool,
}

/// What the rates of threats follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub people: &'a People,
    pub plan: &'a Plan,
    pub calendar: &'a Calendar,
}

impl Threats {
    pub fn new(model: &Model) -> Self {
        Threats {
            arrivals: Arrivals::default(),
            children: Children::new(model.horizon.next_up()),
            families: Families::default(),
            in_families: false,
            past: Past::default(),
            courses: Courses::default(),
            powers: Powers::default(),
            strikes: Vec::new(),
            shifts: model.threats.iter().any(Threat::shifts),
        }
    }

    /// Begins a trial, whose attacks come family by family if they may and can. Strength is that of
    /// the insurgency.
    pub fn begin(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>, strength: f64) {
        self.children.clear();
        self.families.clear();
        self.begin_strikes(ctx);
        self.courses.begin(ctx);
        self.begin_arrivals(ctx, seen);
        self.begin_past(ctx, seen.people, strength);
        self.begin_recent(ctx, seen.people);
    }

    /// Draws anew what has been drawn ahead, where attacks come one after another.
    pub fn renew(&mut self, ctx: &mut Context<'_>, seen: Seen<'_>) {
        self.renew_strikes(ctx);
        self.renew_children(ctx);
        self.courses.renew(ctx);
        self.renew_arrivals(ctx, seen);
    }

    /// Draws anew when the attacks to come that others have caused do so, and what they are. Delays
    /// have no memory; that they end before the horizon is known, for others have been dropped.
    fn renew_children(&mut self, ctx: &mut Context<'_>) {
        let Context { model, draw, streams, now, .. } = ctx;
        let mut each: Vec<Option<(Stream, Option<f64>)>> = vec![None; model.channels.len()];
        let left = model.horizon - *now;
        self.children.replace(|child| {
            let channel = &model.channels[child.channel as usize];
            let (stream, mean) = each[child.channel as usize].get_or_insert_with(|| {
                let stream = streams.once(channel.arrivals[0], Purpose::Offspring);
                (stream, common_delay(model, draw, channel))
            });
            let seed = stream.event_seed();
            let days = mean.map_or(child.days, |mean| {
                let share = -libm::expm1(-left / mean) * stream.uniform();
                (*now - mean * libm::log1p(-share)).min(model.horizon)
            });
            Child { days, seed, ..child }
        });
    }

    /// Bytes that they take up besides their own size, with few attacks to come.
    pub fn bytes(&self, model: &Model) -> usize {
        let clocks = 2 * (size_of::<f64>() + size_of::<Stream>()) * model.states();
        model.channels.len() * (size_of::<arrivals::Front>() + clocks)
    }

    /// Attacks so far on a channel.
    pub fn attacks_on(&self, channel: usize) -> u64 {
        u64::from(self.arrivals.fronts[channel].attacks)
    }

    /// Attacks that wait for their turn.
    pub fn waiting(&self) -> usize {
        self.children.count() + self.families.count()
    }

    /// The trial is at its end: writes down what was to be expected up to now.
    pub fn reckon_all(&mut self, ctx: &mut Context<'_>) {
        for channel in 0..self.arrivals.fronts.len() {
            self.reckon_harm(ctx, channel, 0);
            self.reckon_arrivals(ctx, channel, ctx.state, ctx.now);
        }
    }

    /// What was to come on some channels does not.
    pub fn drop_on(&mut self, channels: &[usize]) {
        self.children.drop_on(channels);
        self.families.drop_on(channels);
    }
}

/// The mean delay of what falls on a channel, if it has the same one whatever has caused it.
fn common_delay(model: &Model, draw: &Draw, channel: &Channel) -> Option<f64> {
    let causes = channel.caused_by.iter().filter(|(_, mean)| mean.of(&draw.values) > 0.0);
    let delay = |&(from, _): &(usize, _)| {
        let decay = model.threats[model.channels[from].threat].decay;
        decay.map(|decay| decay.of(&draw.values))
    };
    let mut delays = causes.map(delay);
    let first = delays.next()??;
    delays.all(|other| other == Some(first)).then_some(first)
}
