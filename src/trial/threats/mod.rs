//! The threats: when they attack where, and what an attack does.

mod arrivals;
mod attacks;
mod background;
mod children;
mod families;
mod modifiers;
mod past;
mod strikes;

use arrivals::Arrivals;
use children::Children;
use families::Families;
use past::Past;
use strikes::Strikes;

use super::calendar::Calendar;
use super::context::Context;
use super::people::People;
use super::plan::Plan;
use super::powers::Powers;
use crate::model::{Model, Threat};

#[derive(Debug)]
pub(super) struct Threats {
    arrivals: Arrivals,
    /// Attacks to come, where they come one after another.
    children: Children,
    /// The same, where they come family by family.
    families: Families,
    pub in_families: bool,
    past: Past,
    powers: Powers,
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
        self.begin_arrivals(ctx, seen);
        self.begin_past(ctx, seen.people, strength);
    }

    /// Attacks that wait for their turn.
    pub fn waiting(&self) -> usize {
        self.children.count() + self.families.count()
    }

    /// What was to come on some channels does not.
    pub fn drop_on(&mut self, channels: &[usize]) {
        self.children.drop_on(channels);
        self.families.drop_on(channels);
    }
}
