//! How long a trial is expected to take, reckoned from what is expected to happen in it.
//!
//! What takes the longest is counted in steps of about 10 ns, roughly, and rather too high: this is
//! for telling a trial of seconds from one of microseconds before it is run.

use crate::error::{Code, Problem};
use crate::languages::{Speech, say};
use crate::law::{Dist, Law, Range};
use crate::scenario::limits::{MOST_ATTACKS, MOST_EVENTS};
use crate::scenario::{Condition, Date, Rates, Scenario, Threat};
use crate::variates::MANY;

/// Steps that a machine does in a second.
const STEPS_PER_SECOND: f64 = 1e8;

/// A trial that takes longer is warned of.
const LONG_SECONDS: f64 = 5.0;

/// Steps of an attack besides those of what it does, of a number drawn by halves, and of a look of
/// one condition of a rule.
const ATTACK: f64 = 50.0;
const HALVES: f64 = 500.0;
const LOOK: f64 = 5.0;

/// What a trial of a scenario spends its time on.
pub(crate) struct Work {
    /// Where in the scenario, and how many steps.
    parts: Vec<(String, f64)>,
}

impl Work {
    /// The expected work of a trial up to the horizon.
    pub fn new(scenario: &Scenario, horizon: Date) -> Self {
        let days = f64::from(horizon.days_since(scenario.start));
        let mut parts = Vec::new();
        let looks = scenario.plan.rules.values().map(|rule| {
            let until = rule.until.as_ref().map_or(0, conditions);
            LOOK * (conditions(&rule.when) + until) as f64
        });
        let looks: f64 = looks.sum();
        let at_once = scenario.plan.rules.values().any(|rule| rule.at_once);
        let channels = scenario.world.threats.len() * scenario.world.places().count();

        for (id, threat) in &scenario.world.threats {
            let path = format!("world.threats.{id}");
            let came = most(&threat.attacks_per_day) * threat.rate_factor.mean() * days;
            let attacks = came.min(f64::from(MOST_ATTACKS));
            let watched = if at_once { looks } else { 0.0 };
            parts.push((format!("{path}.attacks_per_day"), attacks * (ATTACK + watched)));
            if threat.retaliation.is_some() {
                // Arrivals that strikes deter come and go.
                parts.push((format!("{path}.attacks_per_day"), came * LOOK));
            }
            let (place, each) = marks(scenario, threat);
            parts.push((format!("{path}{place}"), attacks * each));
        }
        if let Some(tension) = &scenario.world.tension {
            let shortest = tension.states.iter().map(|(id, state)| (mean(&state.mean_days), id));
            if let Some((stay, id)) = shortest.min_by(|(a, _), (b, _)| a.total_cmp(b)) {
                let path = format!("world.tension.states.{id}.mean_days");
                parts.push((path, events(days / stay) * LOOK * (20 + channels) as f64));
            }
        }
        let reviews = days / f64::from(scenario.plan.review_every_days.max(1));
        parts.push(("plan.rules".to_owned(), events(reviews) * looks));
        if let Some(incidents) =
            scenario.world.insurgency.as_ref().and_then(|i| i.incidents.as_ref())
        {
            let all = events(incidents.per_day.mean() * days);
            let at_sites = all * incidents.on_sites.mean().clamp(0.0, 1.0);
            let steps = all * LOOK + at_sites * ATTACK;
            parts.push(("world.insurgency.incidents.per_day".to_owned(), steps));
        }
        if let Some(barrages) = &scenario.world.barrages {
            let each = LOOK * (10 + barrages.capable.len()) as f64;
            let steps = events(most(&barrages.per_day) * days) * each;
            parts.push(("world.barrages.per_day".to_owned(), steps));
        }
        Work { parts }
    }

    /// In all.
    pub fn seconds(&self) -> f64 {
        self.parts.iter().map(|(_, steps)| steps).sum::<f64>() / STEPS_PER_SECOND
    }

    /// What takes longest, and what to do about it.
    pub fn advice(&self, speech: Speech) -> (&str, String) {
        let longest = self.parts.iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let path = longest.map_or("", |(path, _)| path.as_str());
        (path, say!(speech, "do-less-work", path = path))
    }

    /// The warning of a trial that takes long.
    pub fn warning(&self, speech: Speech) -> Option<Problem> {
        let seconds = self.seconds();
        let (path, advice) = self.advice(speech);
        let what = say!(speech, "warn-slow", seconds = format!("{seconds:.0}"));
        (seconds > LONG_SECONDS).then(|| Problem::new(path, Code::Slow, what, advice))
    }
}

/// Where an attack of a threat takes longest in what it does, and how many steps that is.
fn marks(scenario: &Scenario, threat: &Threat) -> (String, f64) {
    let shares: f64 = threat.weapons.values().map(|weapon| weapon.share.mean()).sum();
    let sites = scenario.world.sites.values();
    let people = sites.map(|site| site.garrison.values().map(|n| f64::from(*n)).sum());
    let people: f64 = f64::max(1.0, people.fold(0.0, f64::max));
    let harm = &threat.harm;
    let shape = harm.shape.mean();
    let each = if shape < 1.0 { harm.scale.mean() / (1.0 - shape) } else { people };
    let each = (each + 1.0).min(people);
    let mut longest = (".harm".to_owned(), 0.0);
    let mut all = 0.0;
    for (id, weapon) in &threat.weapons {
        let salvo = weapon.salvo_mean.mean();
        // Of those that get through, so many are drawn until everybody is harmed.
        let harmful = (salvo * (1.0 - harm.no_casualty.mean())).min(people / each + 1.0);
        let harmed = (harmful * each).min(people);
        let steps = counted(salvo) + 4.0 * harmful + 2.0 * counted(harmed);
        let steps = steps * weapon.share.mean() / shares.max(f64::MIN_POSITIVE);
        all += steps;
        if steps > longest.1 {
            longest = (format!(".weapons.{id}.salvo_mean"), steps);
        }
    }
    (longest.0, all)
}

/// Steps of counting so many things that may happen: one by one, or by halves.
fn counted(things: f64) -> f64 {
    if things < f64::from(MANY) { things } else { HALVES }
}

/// No more than a trial may have.
fn events(expected: f64) -> f64 {
    expected.min(f64::from(MOST_EVENTS))
}

fn conditions(condition: &Condition) -> usize {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().map(conditions).sum(),
        Condition::Not(part) => conditions(part),
        _ => 1,
    }
}

/// The greatest mean in any state of tension.
fn most(rates: &Rates) -> f64 {
    match rates {
        Rates::Same(rate) => rate.mean(),
        Rates::ByState(rates) => rates.values().map(Range::mean).fold(0.0, f64::max),
    }
}

/// The mean of a law whose parameters are at their own.
fn mean(law: &Law) -> f64 {
    match law {
        Law::Number(number) => *number,
        Law::Family(family) => Dist::Family(family.map(&mut |_, range| range.mean())).mean(),
    }
}
