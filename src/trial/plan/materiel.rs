//! Materiel: what lies where, and what phases take of it.

use super::Plan;
use crate::measure::M;
use crate::model::{Fate, Load, Model};
use crate::trial::context::Context;
use crate::trial::{Event, Kind};

impl Plan {
    /// Fixes how many tonnes such loads of a phase are, given or not, of which so many have gone
    /// before: those of a given number, or all that lie there and nothing under way is still to take.
    pub fn count_loads(&mut self, model: &Model, phase: usize, given: bool, gone: &[u32]) {
        for (c, cargo) in model.phases[phase].cargo.iter().enumerate() {
            let loads = cargo.loads.iter().enumerate();
            for (k, load) in loads.filter(|(_, load)| load.tonnes.is_some() == given) {
                let there = self.stock[load.site];
                let there = there.saturating_sub(self.promised_of(model, phase, load.site));
                let gone = gone.get(load.number).copied().unwrap_or(0);
                let wanted = load.tonnes.map_or(there, |tonnes| tonnes.saturating_sub(gone));
                self.phases[phase].cargo[c].whole[k] = wanted.min(there);
            }
        }
    }

    /// Tonnes on a site that loads of phases under way, and earlier ones of the same phase, are still to
    /// take.
    fn promised_of(&self, model: &Model, starting: usize, site: usize) -> u32 {
        let phases = model.phases.iter().zip(&self.phases).enumerate();
        let active = phases.filter(|(phase, (_, state))| *phase == starting || state.under_way());
        let cargo = active.flat_map(|(_, (about, state))| about.cargo.iter().zip(&state.cargo));
        let each = cargo.flat_map(|(about, state)| {
            let loads = about.loads.iter().enumerate().filter(|(_, load)| load.site == site);
            loads.map(|(k, _)| state.left_of(k))
        });
        each.sum()
    }

    /// What a lift of a phase takes of materiel goes.
    pub fn take_loads(&mut self, ctx: &mut Context<'_>, phase: usize) {
        let model = ctx.model;
        for (c, cargo) in model.phases[phase].cargo.iter().enumerate() {
            for (k, load) in cargo.loads.iter().enumerate() {
                let tonnes = self.phases[phase].cargo[c].leaving[k].min(self.stock[load.site]);
                if tonnes > 0 {
                    self.take(ctx, (phase, cargo.mode), load, tonnes);
                }
            }
        }
    }

    fn take(
        &mut self,
        ctx: &mut Context<'_>,
        (phase, mode): (usize, Option<usize>),
        load: &Load,
        tonnes: u32,
    ) {
        self.stock[load.site] -= tonnes;
        let (to, measure, kind) = match load.fate {
            Fate::Moved(to) => (to, M::MaterielMoved, Kind::MaterielMoved),
            Fate::HandedOver => (None, M::MaterielHandedOver, Kind::MaterielHandedOver),
            Fate::Destroyed => (None, M::MaterielDestroyed, Kind::MaterielDestroyed),
        };
        if let Some(to) = to {
            self.stock[to] += tonnes;
        }
        ctx.record.add(measure, 0, f64::from(tonnes));
        if let Some(mode) = mode {
            ctx.record.add(M::ModeMaterielMoved, mode, f64::from(tonnes));
        }
        ctx.note(
            |event| Event {
                site: Some(load.site),
                to,
                phase: Some(phase),
                mode,
                count: tonnes,
                ..event
            },
            kind,
        );
    }

    /// What still lies on such sites is not moved any more.
    pub fn leave_behind(&mut self, ctx: &Context<'_>, of: impl Fn(usize) -> bool) {
        for (about, state) in ctx.model.phases.iter().zip(&mut self.phases) {
            for (about, cargo) in about.cargo.iter().zip(&mut state.cargo) {
                let loads = about.loads.iter().enumerate().filter(|(_, load)| of(load.site));
                loads.for_each(|(k, _)| cargo.spare(k, u32::MAX));
            }
        }
    }

    /// The trial is over: writes down what still lies where.
    pub fn count_stock(&self, ctx: &mut Context<'_>) {
        for (site, &tonnes) in self.stock.iter().enumerate().filter(|(_, tonnes)| **tonnes > 0) {
            ctx.record.add(M::MaterielLeft, 0, f64::from(tonnes));
            ctx.record.add(M::SiteMaterielLeft, site, f64::from(tonnes));
        }
    }
}
