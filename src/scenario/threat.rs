//! The armed groups: how often, with what and to what effect they attack.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::course::{Ceasefire, Drift, Profile};
use super::limits::{
    BATCH_MEAN, ELASTICITY, FACTOR, LARGEST, MOST_CHILDREN, MOST_GRIEVANCE, NOT_NEGATIVE, POSITIVE,
    PROBABILITY, SALVO_MEAN, SHAPE,
};
use super::retaliation::Retaliation;
use super::toll::Toll;
use crate::law::Range;

/// An armed group and the way it attacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Threat {
    /// A name to print.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// All attacks per day on all sites together, contagion included, in a lasting state of
    /// tension with every site at its reference garrison. One number, or one for each state.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub attacks_per_day: Rates,
    /// Multiplies the rates of all states alike: their shared uncertainty.
    #[serde(default = "one")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub rate_factor: Range,
    /// How the attacks divide over sites: weights, divided by their sum. May be left out when
    /// there is one site.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub site_weights: BTreeMap<String, Range>,
    /// The same in some states of tension, in place of `site_weights`: by state, then by site. A site
    /// without a weight in such a state is not attacked while it lasts. Left out: the weights do not
    /// depend on the tension.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub site_weights_by_state: BTreeMap<String, BTreeMap<String, Range>>,
    /// Elasticity of a site's background rate to the people on it: the rate is multiplied by
    /// (people / reference)^elasticity, the ratio kept within 0.1 and 2. Above 0 troops draw
    /// attacks; 0 switches the effect off. Disputed, so off unless given.
    #[serde(default = "zero")]
    #[schemars(extend("disputed" = true))]
    #[schemars(extend("limits" = ELASTICITY), extend("form" = "evidence both ways"))]
    pub presence_elasticity: Range,
    /// Displacement: of the background attacks that a site is spared because it has fewer people
    /// than its reference, or none, the share that falls on the threat's other open sites, by
    /// weight. 0, none, unless given.
    #[serde(default = "zero")]
    #[schemars(extend("disputed" = true))]
    #[schemars(extend("limits" = PROBABILITY), extend("basis" = "judgement"))]
    pub displacement: Range,
    /// Fewer attacks before a hand-over, more after it. Left out: no such pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_pattern: Option<ExitPattern>,
    /// Holding fire while the announced timetable is kept. Left out: no truce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("disputed" = true))]
    pub truce: Option<Truce>,
    /// More attacks the longer the announced timetable is overdue. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("disputed" = true))]
    pub grievance: Option<Grievance>,
    /// Multiplies the background from a day on, until the next day that is given: by day, such as
    /// `2025-06-30`. Before the first it is 1. For what is known to move the rate, or assumed to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = FACTOR))]
    pub profile: Profile,
    /// Multiplies the background in the months of each year: by month, from `jan` to `dec`. A month
    /// that is left out: 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = FACTOR))]
    pub months: BTreeMap<String, Range>,
    /// Truces that begin and end whatever the plan does, as one was kept during a war elsewhere. Those
    /// that overlap multiply.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ceasefires: BTreeMap<String, Ceasefire>,
    /// A rate that wanders off and perhaps comes back, as nobody knows. Left out: it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<Drift>,
    /// Strikes in answer to its attacks. Left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("disputed" = true))]
    pub retaliation: Option<Retaliation>,
    /// Attacks that cause further attacks. Left out: none do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contagion: Option<Contagion>,
    /// Mean number of attacks at one time on one site: an arrival is a batch of 1 + a geometric
    /// number.
    #[serde(default = "one")]
    #[schemars(extend("limits" = BATCH_MEAN))]
    pub batch_mean: Range,
    /// What the group attacks with. Left out: `drone` (share 0.85, salvos of 2 on average) and
    /// `rocket` (0.15, 8). An empty table: attacks that harm nobody.
    #[serde(default = "usual_weapons")]
    #[schemars(extend("basis" = "judgement, after reports of 2023-24"))]
    pub weapons: BTreeMap<String, Weapon>,
    /// What a projectile that gets through does.
    #[serde(default)]
    pub harm: Harm,
    /// What a projectile that was not stopped does to civilians. Left out: not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civilian_harm: Option<Toll>,
}

impl Threat {
    /// The weights of the sites that it attacks in a state of tension. Empty: the only site has it
    /// all.
    pub(crate) fn weights_in(&self, state: &str) -> &BTreeMap<String, Range> {
        self.site_weights_by_state.get(state).unwrap_or(&self.site_weights)
    }

    /// Every table of weights, those of no state first.
    pub(crate) fn weight_tables(&self) -> impl Iterator<Item = &BTreeMap<String, Range>> {
        std::iter::once(&self.site_weights).chain(self.site_weights_by_state.values())
    }

    /// The states of tension in which its weapons or the harm that it does are otherwise.
    pub(crate) fn armed_by_state(&self) -> BTreeSet<&String> {
        let weapons = self.weapons.values().flat_map(|weapon| weapon.by_state.keys());
        weapons.chain(self.harm.by_state.keys()).collect()
    }

    /// The shares of its weapons in a state of tension.
    pub(crate) fn shares_in(&self, state: &str) -> impl ExactSizeIterator<Item = &Range> {
        self.weapons.values().map(move |weapon| {
            weapon.by_state.get(state).and_then(|own| own.share.as_ref()).unwrap_or(&weapon.share)
        })
    }

    /// Every chance that a projectile harms nobody, of all states of tension.
    pub(crate) fn chances_of_no_casualty(&self) -> impl Iterator<Item = &Range> {
        let by_state = self.harm.by_state.values();
        let own = by_state.filter_map(|own| own.no_casualty.as_ref());
        std::iter::once(&self.harm.no_casualty).chain(own)
    }

    /// Every chance that a casualty is killed, of all states of tension.
    pub(crate) fn killed_shares(&self) -> impl Iterator<Item = &Range> {
        let by_state = self.harm.by_state.values();
        let own = by_state.filter_map(|own| own.killed_share.as_ref());
        std::iter::once(&self.harm.killed_share).chain(own)
    }

    /// Whether a site has a weight in some state of tension: any site has, where none is given.
    pub(crate) fn weighs(&self, site: &str) -> bool {
        self.weight_tables().all(BTreeMap::is_empty)
            || self.weight_tables().any(|weights| weights.contains_key(site))
    }
}

/// Attacks per day: one number whatever the tension, or one for each of its states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Rates {
    /// The same in every state.
    Same(Range),
    /// By state.
    ByState(BTreeMap<String, Range>),
}

impl From<Range> for Rates {
    fn from(range: Range) -> Self {
        Rates::Same(range)
    }
}

impl From<f64> for Rates {
    fn from(number: f64) -> Self {
        Rates::Same(number.into())
    }
}

impl From<i32> for Rates {
    fn from(number: i32) -> Self {
        Rates::Same(number.into())
    }
}

/// By state of tension.
impl<K: Into<String>, V: Into<Range>, const N: usize> From<[(K, V); N]> for Rates {
    fn from(by_state: [(K, V); N]) -> Self {
        Rates::ByState(by_state.into_iter().map(|(k, v)| (k.into(), v.into())).collect())
    }
}

/// Attacks that cause further attacks. Their number is Poisson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contagion {
    /// Mean number of attacks by the same threat on the same site that one attack causes
    /// directly.
    #[schemars(extend("limits" = NOT_NEGATIVE, "exclusiveMaximum" = 1), extend("form" = "evidence for the form: Lewis et al. 2012, White et al. 2013"))]
    pub children_per_attack: Range,
    /// Mean delay from an attack to one it causes, in days; the delay is exponential.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("form" = "evidence for the form: Lewis et al. 2012, White et al. 2013"))]
    pub decay_days: Range,
    /// Mean number of further attacks by other threats on the same site that one attack causes
    /// directly, by threat.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = MOST_CHILDREN))]
    pub to_threats: BTreeMap<String, Range>,
    /// Mean number of further attacks by the same threat on other sites: by the site of the
    /// attack, then by the site of those it causes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = MOST_CHILDREN))]
    pub to_sites: BTreeMap<String, BTreeMap<String, Range>>,
    /// What of the time before the start is still to come on the first day: `steady`, as if the
    /// state of tension, the garrisons and the open sites of the first day had lasted for ever, or
    /// `empty`, nothing.
    #[serde(default, skip_serializing_if = "ContagionStart::is_steady")]
    pub start: ContagionStart,
}

/// What attacks before the start still cause after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContagionStart {
    /// As much as if the first day had lasted for ever.
    #[default]
    Steady,
    /// Nothing.
    Empty,
}

impl ContagionStart {
    fn is_steady(&self) -> bool {
        *self == ContagionStart::Steady
    }
}

/// Attacks around the hand-over of a site that the plan empties (in sign: Fetzer, Souza, Vanden
/// Eynde & Wright 2021).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct ExitPattern {
    /// Multiplies the background on the site from `before_days` before its announced hand-over
    /// until it closes.
    #[schemars(extend("limits" = FACTOR), extend("form" = "evidence for the sign: Fetzer et al. 2021", "basis" = "judgement"))]
    pub before: Range,
    /// Days before the announced hand-over (the announced finish of the last phase that takes
    /// people from the site).
    #[schemars(range(min = 0, max = 36_500))]
    pub before_days: f64,
    /// Multiplies the background on the other open sites of its area for `after_days` after it
    /// has closed.
    #[schemars(extend("limits" = FACTOR), extend("form" = "evidence for the sign: Fetzer et al. 2021", "basis" = "judgement"))]
    pub after: Range,
    /// Days after closing.
    #[schemars(range(min = 0, max = 36_500))]
    pub after_days: f64,
}

impl Default for ExitPattern {
    fn default() -> Self {
        ExitPattern {
            before: Range::Number(0.8),
            before_days: 90.0,
            after: Range::Number(1.3),
            after_days: 180.0,
        }
    }
}

/// Holding fire while the announced timetable is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Truce {
    /// Multiplies the background while the timetable is kept.
    #[schemars(extend("limits" = FACTOR), extend("form" = "judgement"))]
    pub factor: Range,
    /// The timetable counts as kept until the latest unfinished phase is overdue by so many days.
    #[serde(default = "zero")]
    #[schemars(extend("limits" = NOT_NEGATIVE), extend("basis" = "judgement"))]
    pub grace_days: Range,
}

/// More attacks the longer the announced timetable is overdue: the background is multiplied by
/// 1 + per_day x days overdue. Days overdue are counted from the announced finish of the latest
/// unfinished phase; they are 0 when everything is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Grievance {
    /// Growth per day overdue.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("form" = "judgement"))]
    pub per_day: Range,
    /// The factor grows to this and no further.
    #[serde(default = "three")]
    #[schemars(extend("limits" = MOST_GRIEVANCE), extend("basis" = "judgement"))]
    pub at_most: Range,
}

/// One kind of weapon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Weapon {
    /// Share of the group's attacks; shares are divided by their sum.
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub share: Range,
    /// Mean number of projectiles in an attack; the number is geometric on 1, 2, ...
    #[schemars(extend("limits" = SALVO_MEAN))]
    pub salvo_mean: Range,
    /// Whether air defence can stop what it fires. `false`, as for a mortar or a roadside bomb: all of
    /// it gets through, on every site.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub interceptable: bool,
    /// What is otherwise in some states of tension. Left out: the same in all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_state: BTreeMap<String, WeaponByState>,
}

impl Weapon {
    /// Every share of it, of all states of tension.
    pub(crate) fn shares(&self) -> impl Iterator<Item = &Range> {
        let own = self.by_state.values().filter_map(|own| own.share.as_ref());
        std::iter::once(&self.share).chain(own)
    }
}

/// What a state of tension changes about a weapon, at the time of the attack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WeaponByState {
    /// In place of `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = NOT_NEGATIVE, "maximum" = LARGEST))]
    pub share: Option<Range>,
    /// In place of `salvo_mean`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = SALVO_MEAN))]
    pub salvo_mean: Option<Range>,
}

/// What a state of tension changes about the harm that is done, at the time of the attack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct HarmByState {
    /// In place of `no_casualty`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub no_casualty: Option<Range>,
    /// In place of `scale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0))]
    pub scale: Option<Range>,
    /// In place of `shape`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = SHAPE))]
    pub shape: Option<Range>,
    /// In place of `killed_share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("limits" = PROBABILITY))]
    pub killed_share: Option<Range>,
}

/// What a projectile that was not stopped does to the people on the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Harm {
    /// Chance that it harms nobody.
    #[schemars(extend("limits" = PROBABILITY), extend("basis" = "judgement, fitted to the record of 2023-24"))]
    pub no_casualty: Range,
    /// Scale of the number harmed otherwise: P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape),
    /// conditioned on X being no more than the people on the site.
    #[schemars(extend("limits" = POSITIVE, "exclusiveMinimum" = 0), extend("form" = "evidence for the form: Clauset et al. 2007", "basis" = "judgement, fitted to the record of 2023-24"))]
    pub scale: Range,
    /// Shape (heaviness of the tail) of the number harmed; 0 makes it geometric.
    #[schemars(extend("limits" = SHAPE), extend("form" = "evidence for the form: Clauset et al. 2007", "basis" = "judgement, fitted to the record of 2023-24"))]
    pub shape: Range,
    /// Chance that a casualty is killed; otherwise wounded.
    #[schemars(extend("limits" = PROBABILITY), extend("basis" = "judgement, fitted to the record of 2023-24"))]
    pub killed_share: Range,
    /// What is otherwise in some states of tension. Left out: the same in all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_state: BTreeMap<String, HarmByState>,
}

impl Default for Harm {
    fn default() -> Self {
        Harm {
            no_casualty: Range::Number(0.8),
            scale: Range::Number(2.1),
            shape: Range::Number(0.45),
            killed_share: Range::Number(0.05),
            by_state: BTreeMap::new(),
        }
    }
}

built!(Threat(attacks_per_day: Rates) {
    set title: String;
    set rate_factor: Range = one();
    each site_weights / site_weight: Range;
    within site_weights_by_state / site_weight_in: Range;
    set presence_elasticity: Range = zero();
    set displacement: Range = zero();
    opt exit_pattern: ExitPattern;
    opt truce: Truce;
    opt grievance: Grievance;
    each profile / profile: Range;
    each months / month: Range;
    each ceasefires / ceasefire: Ceasefire;
    opt drift: Drift;
    opt retaliation: Retaliation;
    opt contagion: Contagion;
    set batch_mean: Range = one();
    table weapons: Weapon = usual_weapons();
    set harm: Harm;
    opt civilian_harm: Toll;
});

built!(Contagion(children_per_attack: Range, decay_days: Range) {
    each to_threats / to_threat: Range;
    within to_sites / to_site: Range;
    set start: ContagionStart;
});

built!(ExitPattern {
    set before: Range;
    set before_days: f64;
    set after: Range;
    set after_days: f64;
});

built!(Truce(factor: Range) {
    set grace_days: Range = zero();
});

built!(Grievance(per_day: Range) {
    set at_most: Range = three();
});

built!(Weapon(share: Range, salvo_mean: Range) {
    set interceptable: bool = true;
    each by_state / in_state: WeaponByState;
});

built!(WeaponByState {
    opt share: Range;
    opt salvo_mean: Range;
});

built!(HarmByState {
    opt no_casualty: Range;
    opt scale: Range;
    opt shape: Range;
    opt killed_share: Range;
});

built!(Harm {
    set no_casualty: Range;
    set scale: Range;
    set shape: Range;
    set killed_share: Range;
    each by_state / in_state: HarmByState;
});

fn zero() -> Range {
    Range::Number(0.0)
}

fn one() -> Range {
    Range::Number(1.0)
}

fn three() -> Range {
    Range::Number(3.0)
}

fn usual_weapons() -> BTreeMap<String, Weapon> {
    let weapon = |share, salvo_mean| Weapon {
        share: Range::Number(share),
        salvo_mean: Range::Number(salvo_mean),
        interceptable: true,
        by_state: BTreeMap::new(),
    };
    BTreeMap::from([("drone".into(), weapon(0.85, 2.0)), ("rocket".into(), weapon(0.15, 8.0))])
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks in this way")]
fn is_yes(it: &bool) -> bool {
    *it
}
