//! One draw of the ranges, and what follows from it for every trial under that draw.

use super::Model;
use crate::process::excitation::Offspring;
use crate::process::salvo::Salvo;
use crate::process::severity::Severity;

/// The numbers of one draw. Refilled in place, without allocating.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    /// By slot.
    pub values: Vec<f64>,
    /// Background attacks per day at the reference garrison, by channel and state (states are
    /// columns).
    pub background: Vec<f64>,
    /// By threat.
    pub elasticity: Vec<f64>,
    /// By threat.
    pub offspring: Vec<Option<Offspring>>,
    /// By threat.
    pub marks: Vec<Mark>,
    filled: bool,
}

/// What an attack of one threat consists of and does.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// By weapon: the share of this and all earlier weapons, and the salvo.
    pub weapons: Vec<(f64, Salvo)>,
    pub no_casualty: f64,
    pub severity: Severity,
    pub killed_share: f64,
}

impl Draw {
    pub fn new(model: &Model) -> Self {
        Draw {
            values: model.numbers.constants(),
            background: Vec::with_capacity(model.channels.len() * model.states()),
            elasticity: Vec::with_capacity(model.threats.len()),
            offspring: Vec::with_capacity(model.threats.len()),
            marks: Vec::with_capacity(model.threats.len()),
            filled: false,
        }
    }

    /// Makes this draw `index` under `seed`.
    pub fn fill(&mut self, model: &Model, seed: u64, index: u64) {
        if self.filled && !model.numbers.uncertain() {
            return;
        }
        model.numbers.draw(seed, index, &mut self.values);
        self.background.clear();
        self.elasticity.clear();
        self.offspring.clear();
        for (k, threat) in model.threats.iter().enumerate() {
            self.elasticity.push(threat.elasticity.of(&self.values));
            self.fill_rates(model, threat);
            self.fill_mark(k, threat);
        }
        self.filled = true;
    }

    /// Written rates count all attacks; the background is what is left when those caused by
    /// other attacks are taken out.
    fn fill_rates(&mut self, model: &Model, threat: &super::Threat) {
        let values = &self.values;
        let (children, decay) = match threat.contagion {
            Some((children, decay)) => (children.of(values), decay.of(values)),
            None => (0.0, 1.0),
        };
        self.offspring.push((children > 0.0).then(|| Offspring::new(children, decay)));
        let channels = &model.channels[threat.channels.clone()];
        let weights: f64 = channels.iter().map(|channel| channel.weight.of(values)).sum();
        let factor = (1.0 - children) * threat.rate_factor.of(values) / weights;
        for channel in channels {
            let share = factor * channel.weight.of(values);
            self.background.extend(threat.rates.iter().map(|rate| rate.of(values) * share));
        }
    }

    fn fill_mark(&mut self, k: usize, threat: &super::Threat) {
        let values = &self.values;
        let severity = Severity::new(threat.scale.of(values), threat.shape.of(values));
        if self.marks.len() == k {
            let weapons = Vec::with_capacity(threat.weapons.len());
            self.marks.push(Mark { weapons, no_casualty: 0.0, severity, killed_share: 0.0 });
        }
        let mark = &mut self.marks[k];
        mark.severity = severity;
        mark.no_casualty = threat.no_casualty.of(values);
        mark.killed_share = threat.killed_share.of(values);
        mark.weapons.clear();
        let total: f64 = threat.weapons.iter().map(|(share, _)| share.of(values)).sum();
        let mut so_far = 0.0;
        for (share, salvo_mean) in &threat.weapons {
            so_far += share.of(values) / total;
            mark.weapons.push((so_far, Salvo::new(salvo_mean.of(values))));
        }
    }
}
