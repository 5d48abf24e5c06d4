//! One draw of the ranges, and what follows from it for every trial under that draw.

use super::{Arms, Exposure, Model, Slot, SlotLaw, Threat};
use crate::law::Family;
use crate::process::branching::{dies_out, take_out_caused};
use crate::process::excitation::Offspring;
use crate::process::leaks::{LARGEST_MEAN, Leaks, Salvos, Stopped};
use crate::process::salvo::Salvo;
use crate::process::severity::Severity;
use crate::process::toll::Harmed;
use crate::streams::{EventSeed, Stream};
use crate::variates::{MANY, binomial};

/// Most times that the ranges are drawn again. Validation refuses scenarios in which a draw is
/// so seldom stable that this is ever reached.
const MOST_ATTEMPTS: u64 = 1_000;

/// The numbers of one draw. Refilled in place; only where attacks cause attacks elsewhere does
/// that allocate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draw {
    /// By slot.
    pub values: Vec<f64>,
    /// Background arrivals per day at the reference garrison, by channel and state (states are
    /// columns). On a leg: per convoy, or per person and day.
    pub background: Vec<f64>,
    /// The same, of all attacks.
    all: Vec<f64>,
    /// Of the threat at hand, by state: what its weights are multiplied by.
    shares: Vec<f64>,
    /// By threat.
    pub elasticity: Vec<f64>,
    /// By channel.
    pub lanes: Vec<Lane>,
    /// Which channels the attacks of each channel cause others in, where that is not only itself.
    kin: Vec<Kin>,
    /// By threat and arms.
    pub marks: Vec<Mark>,
    /// By channel and arms: what gets through where the defence has left, and where it has not. `None` where
    /// that is drawn projectile by projectile.
    pub leaks: Vec<Option<[Leaks; 2]>>,
    /// Draws that were rejected before this one, because attacks would never have ended or more
    /// of them would have been caused than there are.
    pub rejected: u64,
    /// Of which seed and draw it is; any that needs none.
    of: Option<(u64, u64)>,
}

/// What every attack on a channel needs to know, in one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lane {
    pub site: usize,
    pub threat: usize,
    /// Attacks at one time; `None` where they come singly.
    pub batch: Option<Salvo>,
    /// Arrivals caused; `None` where there are none.
    pub offspring: Option<Offspring>,
    /// Where in [`Draw::kin`] the channels stand that they fall on; nowhere, if only on the same.
    kin: Kinship,
    /// Whether the threat has no weapons.
    pub harmless: bool,
    /// Whether strikes may answer it.
    pub answered: bool,
    /// On a leg: what its attacks are counted by.
    pub on_leg: Option<Exposure>,
}

impl Lane {
    /// Whether an arrival is one attack that causes no other.
    #[inline]
    pub fn is_single(&self, seed: EventSeed) -> bool {
        self.batch.is_none() && self.offspring.as_ref().is_none_or(|of| of.none(seed))
    }
}

#[derive(Clone, Copy, Debug)]
struct Kinship {
    first: usize,
    last: usize,
}

/// One of the channels that caused attacks fall on.
#[derive(Clone, Copy, Debug)]
struct Kin {
    /// The share of them that falls on this one or an earlier one.
    up_to: f64,
    channel: usize,
}

/// What an attack of one threat consists of and does.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// By weapon: the share of this and all earlier weapons, and the salvo.
    pub weapons: Vec<(f64, Salvo)>,
    pub no_casualty: f64,
    pub severity: Severity,
    pub killed_share: f64,
    /// What a projectile that gets through does to civilians, where that is counted.
    pub civilians: Option<Harmed>,
}

impl Mark {
    /// The chance that a projectile that gets through harms so many of `present` people, one or more,
    /// or more.
    pub fn harms_at_least(&self, people: u32, present: u32) -> f64 {
        (1.0 - self.no_casualty) * self.severity.at_least_within(present, people)
    }

    /// Of so many harmed people, the wounded and the killed on average.
    pub fn wounded_and_killed(&self, harmed: f64) -> [f64; 2] {
        [harmed * (1.0 - self.killed_share), harmed * self.killed_share]
    }

    /// How many of `present` people so many projectiles harm that get through, and in how many
    /// steps, where they are many. Told before each projectile, or before each that harms somebody:
    /// how many have been harmed before, and how many such there are that have the chance to.
    #[inline(always)]
    pub fn harm(
        &self,
        through: u32,
        present: u32,
        stream: &mut Stream,
        mut before: impl FnMut(u32, f64),
    ) -> (u32, u32) {
        let mut casualties = 0;
        if through < MANY {
            for _ in 0..through {
                before(casualties, 1.0);
                if casualties < present && stream.uniform() >= self.no_casualty {
                    casualties += self.severity.sample(present, stream).min(present - casualties);
                }
            }
            return (casualties, 0);
        }
        let mut harmful = binomial(stream, through, 1.0 - self.no_casualty);
        let steps = harmful.min(present);
        // Each is known to harm somebody.
        let each = 1.0 / (1.0 - self.no_casualty);
        while casualties < present && harmful > 0 {
            before(casualties, each);
            harmful -= 1;
            casualties += self.severity.sample(present, stream).min(present - casualties);
        }
        if harmful > 0 {
            before(casualties, each * f64::from(harmful));
        }
        (casualties, steps)
    }
}

impl Draw {
    pub fn new(model: &Model) -> Self {
        Draw {
            values: model.numbers.constants(),
            background: Vec::with_capacity(model.channels.len() * model.states()),
            all: Vec::new(),
            shares: Vec::with_capacity(model.states()),
            elasticity: Vec::with_capacity(model.threats.len()),
            lanes: Vec::with_capacity(model.channels.len()),
            kin: Vec::new(),
            marks: Vec::with_capacity(model.threats.len()),
            leaks: {
                let each = model.threats.iter().map(|one| one.channels.len() * one.arms.len());
                vec![None; each.sum()]
            },
            rejected: 0,
            of: None,
        }
    }

    /// Makes this draw `index` under `seed`: the first one, in the order of attempts, under which
    /// attacks die out.
    pub fn fill(&mut self, model: &Model, seed: u64, index: u64) {
        let of = Some((seed, index));
        if self.of == of || self.of.is_some() && !model.numbers.uncertain() {
            return;
        }
        for rejected in 0..MOST_ATTEMPTS {
            self.rejected = rejected;
            model.numbers.draw(seed, index, rejected, &mut self.values);
            if self.fill_rates(model) {
                break;
            }
        }
        self.fill_lanes(model);
        self.elasticity.clear();
        for threat in &model.threats {
            self.elasticity.push(threat.elasticity.of(&self.values));
            for (k, arms) in threat.arms.iter().enumerate() {
                self.fill_mark(threat.first_arms + k, (threat, arms));
                for channel in &model.channels[threat.channels.clone()] {
                    self.fill_leaks(channel.first_leaks + k, arms, &channel.intercept);
                }
            }
        }
        self.of = of;
    }

    /// Whether attacks die out under these values of the ranges. The draw is not ready for a trial
    /// then.
    pub fn is_sound(&mut self, model: &Model, inputs: impl Iterator<Item = f64>) -> bool {
        model.numbers.put(inputs, &mut self.values);
        self.fill_rates(model)
    }

    /// Attacks per day at the reference garrison, with those that others cause, by channel and state.
    pub fn attacks_per_day(&self, place: usize) -> f64 {
        self.all[place]
    }

    /// The channel that an attack falls on which one on `channel`, with that `lane`, has caused.
    #[inline(always)]
    pub fn caused_on(&self, lane: &Lane, channel: usize, stream: &mut Stream) -> usize {
        let Kinship { first, last } = lane.kin;
        if first == last {
            return channel;
        }
        let u = stream.uniform();
        let earlier =
            self.kin[first..last].iter().map(|kin| usize::from(u >= kin.up_to)).sum::<usize>();
        self.kin[first + earlier].channel
    }

    /// Written rates count all attacks; the background is what is left when those that come because
    /// of others, or with others, are taken out: (rate - sum of those caused) / batch. Returns whether that leaves something, and whether attacks die out.
    fn fill_rates(&mut self, model: &Model) -> bool {
        let Draw { values, background, all, shares, .. } = self;
        background.clear();
        for threat in &model.threats {
            let channels = &model.channels[threat.channels.clone()];
            shares.clear();
            shares.extend((0..model.states()).map(|state| {
                let weights = channels.iter().map(|channel| channel.weights[state].of(values));
                threat.rate_factor.of(values) / weights.sum::<f64>()
            }));
            for channel in channels {
                if let Some((_, rates)) = &channel.on_leg {
                    let factor = threat.rate_factor.of(values);
                    background.extend(rates.iter().map(|rate| rate.of(values) * factor));
                    continue;
                }
                let each = threat.rates.iter().zip(shares.iter()).zip(&channel.weights);
                background.extend(each.map(|((rate, factor), weight)| {
                    rate.of(values) * (factor * weight.of(values))
                }));
            }
        }
        let threats = &model.threats;
        take_out_caused(
            background,
            model.states(),
            all,
            |k| threats[model.channels[k].threat].batch_mean.of(values),
            |k| model.channels[k].causes.iter().map(|(to, mean)| (*to, mean.of(values))),
        );
        self.background.iter().all(|rate| *rate >= 0.0) && self.stable(model)
    }

    fn stable(&self, model: &Model) -> bool {
        let values = &self.values;
        dies_out(model.channels.len(), |k| {
            model.channels[k].causes.iter().map(move |&(to, mean)| (to, mean.of(values)))
        })
    }

    fn fill_lanes(&mut self, model: &Model) {
        let Draw { values, lanes, kin, .. } = self;
        lanes.clear();
        kin.clear();
        lanes.extend(model.channels.iter().map(|channel| {
            let threat = &model.threats[channel.threat];
            // Of attacks, some come in batches: so many arrivals are caused.
            let arrivals = |&(to, mean): &(usize, Slot)| {
                let batch = model.threats[model.channels[to].threat].batch_mean;
                mean.of(values) / batch.of(values)
            };
            let children: f64 = channel.causes.iter().map(arrivals).sum();
            let first = kin.len();
            if channel.causes.len() > 1 {
                let mut so_far = 0.0;
                kin.extend(channel.causes.iter().map(|cause| {
                    so_far += arrivals(cause);
                    Kin { up_to: so_far / children, channel: cause.0 }
                }));
            }
            let decay = threat.decay.filter(|_| children > 0.0);
            let batch = threat.batch_mean.of(values);
            Lane {
                site: channel.site,
                threat: channel.threat,
                batch: (batch > 1.0).then(|| Salvo::new(batch)),
                offspring: decay.map(|decay| Offspring::new(children, decay.of(values))),
                kin: Kinship { first, last: kin.len() },
                harmless: threat.arms[0].weapons.is_empty(),
                answered: threat.retaliation.is_some(),
                on_leg: channel.on_leg.as_ref().map(|(exposure, _)| *exposure),
            }
        }));
    }

    fn fill_mark(&mut self, k: usize, (threat, arms): (&Threat, &Arms)) {
        let values = &self.values;
        let severity = Severity::new(arms.scale.of(values), arms.shape.of(values));
        if self.marks.len() == k {
            let weapons = Vec::with_capacity(arms.weapons.len());
            self.marks.push(Mark {
                weapons,
                no_casualty: 0.0,
                severity,
                killed_share: 0.0,
                civilians: None,
            });
        }
        let mark = &mut self.marks[k];
        mark.severity = severity;
        mark.no_casualty = arms.no_casualty.of(values);
        mark.killed_share = arms.killed_share.of(values);
        mark.civilians = threat.civilian_harm.as_ref().map(|toll| toll.law(values));
        mark.weapons.clear();
        let total: f64 = arms.weapons.iter().map(|(share, _)| share.of(values)).sum();
        let mut so_far = 0.0;
        for (share, salvo_mean) in &arms.weapons {
            so_far += share.of(values) / total;
            mark.weapons.push((so_far, Salvo::new(salvo_mean.of(values))));
        }
    }

    fn fill_leaks(&mut self, place: usize, arms: &Arms, intercept: &[Vec<SlotLaw>; 2]) {
        let Draw { values, leaks, .. } = self;
        let [without, with] = intercept;
        let tabled = arms.weapons.iter().zip(with).all(|((_, mean), law)| {
            mean.of(values) <= LARGEST_MEAN && stopped(law, values).is_some()
        });
        if !tabled {
            return leaks[place] = None;
        }
        let [undefended, defended] = leaks[place].get_or_insert_default();
        let total: f64 = arms.weapons.iter().map(|(share, _)| share.of(values)).sum();
        let salvos = |stopped, (share, mean): &(Slot, Slot)| Salvos {
            share: share.of(values) / total,
            mean: mean.of(values),
            stopped,
        };
        for (table, laws) in [(undefended, without), (defended, with)] {
            let each = arms.weapons.iter().zip(laws);
            table.set(each.filter_map(|(weapon, law)| Some(salvos(stopped(law, values)?, weapon))));
        }
    }
}

/// The chance of interception, where it has a law that goes into tables.
fn stopped(law: &SlotLaw, values: &[f64]) -> Option<Stopped> {
    match law {
        Family::Constant(chance) => Some(Stopped::Constant(chance.of(values))),
        Family::Beta(parameters) => Some(Stopped::Beta(parameters.map(|slot| slot.of(values)))),
        _ => None,
    }
}
