//! Keys that can change nothing in any history, whatever their values. A default that changes nothing
//! is no fault: of keys with defaults only those that differ from them are told.

mod legs;
mod now;
mod plan;
mod region;
mod risks;
mod sites;

use std::collections::{BTreeMap, BTreeSet};

use super::at;
use super::warnings::{is_zero, reached};
use crate::error::{Code, Problem};
use crate::languages::{Speech, say};
use crate::law::Range;
use crate::scenario::{
    Condition, Contagion, Date, EventWindow, Harm, Rates, Retaliation, Rule, Scenario, Site,
    Threat, Weapon,
};

/// Every warning about a key that can change nothing.
pub(super) fn warnings(scenario: &Scenario, horizon: Date, speech: Speech) -> Vec<Problem> {
    let reached = reached(scenario);
    let attackers = attackers(scenario, &reached);
    let mut look = Look { speech, scenario, horizon, reached, attackers, found: Vec::new() };
    look.sites();
    look.legs();
    look.tension();
    for (id, threat) in &scenario.world.threats {
        look.threat(id, threat);
    }
    look.calendar();
    look.risks();
    look.contingents();
    look.host();
    look.insurgency();
    look.plan();
    look.now();
    look.rest();
    look.found
}

struct Look<'a> {
    speech: Speech,
    scenario: &'a Scenario,
    horizon: Date,
    /// States of tension that some history reaches.
    reached: BTreeSet<&'a String>,
    /// Threats that attack in some history.
    attackers: BTreeSet<&'a String>,
    found: Vec<Problem>,
}

impl<'a> Look<'a> {
    fn idle(&mut self, path: impl Into<String>, why: String, remedy: String) {
        let what = say!(self.speech, "warn-idle", why = why);
        self.found.push(Problem::new(path, Code::NoEffect, what, remedy));
    }

    fn out(&self) -> String {
        say!(self.speech, "do-take-out")
    }

    fn give(&self, key: &str) -> String {
        say!(self.speech, "do-give-or-take-out", key = ticked(key))
    }

    fn give_either(&self, keys: [&str; 2]) -> String {
        let keys = self.speech.either(keys.map(ticked));
        say!(self.speech, "do-give-or-take-out", key = keys)
    }

    fn out_or_give(&self, key: &str) -> String {
        say!(self.speech, "do-take-out-or-give", key = ticked(key))
    }

    fn threats(&self) -> impl Iterator<Item = (&'a String, &'a Threat)> {
        self.scenario.world.threats.iter()
    }

    fn kills(&self, id: &String, threat: &Threat) -> bool {
        self.attackers.contains(id)
            && harms(threat)
            && threat.killed_shares().any(|share| most(share) > 0.0)
    }

    fn is_answered(&self, id: &String, threat: &Threat) -> bool {
        let survived = threat.killed_shares().any(|share| least(share) < 1.0);
        let wounds = self.attackers.contains(id) && harms(threat) && survived;
        threat.retaliation.as_ref().is_some_and(|about| {
            self.kills(id, threat) && most(&about.after_killed) > 0.0
                || wounds && most(&about.after_wounded) > 0.0
        })
    }

    /// Whether some strike is not coordinated with the host.
    fn offended(&self) -> bool {
        self.threats().any(|(id, threat)| {
            let uncoordinated =
                threat.retaliation.as_ref().is_some_and(|about| least(&about.coordinated) < 1.0);
            uncoordinated && (self.is_answered(id, threat) || self.was_struck(id))
        })
    }

    /// Whether something looks at the host's friction.
    fn friction_counts(&self) -> bool {
        let host = self.scenario.world.host.as_ref();
        let expulsion = host.and_then(|host| host.expulsion.as_ref());
        expulsion.is_some_and(|about| most(&about.per_day) > 0.0)
            || self.conditions().any(|one| mentions(one, &|c| matches!(c, Condition::Friction(_))))
    }

    fn expelled(&self) -> bool {
        let host = self.scenario.world.host.as_ref();
        let expulsion = host.and_then(|host| host.expulsion.as_ref());
        expulsion.is_some_and(|about| {
            most(&about.per_day) > 0.0 && self.offended()
                || comes(&about.unprovoked_per_day, &self.reached)
        })
    }

    fn conditions(&self) -> impl Iterator<Item = &'a Condition> {
        let rules = self.scenario.plan.rules.values();
        rules.flat_map(|rule| [Some(&rule.when), rule.until.as_ref()]).flatten()
    }

    fn rules(&self, does: impl Fn(&Rule) -> bool) -> bool {
        self.scenario.plan.rules.values().any(does)
    }

    /// Whether movement can be held, or stretched.
    fn room_is_used(&self) -> bool {
        self.rules(|rule| rule.then.pause.is_some() || rule.then.stretch.is_some())
    }

    /// Whether the number of people on any site ever changes.
    fn people_move(&self) -> bool {
        let world = &self.scenario.world;
        let moved = self.scenario.plan.phases.values().any(|phase| !phase.moves.is_empty());
        moved
            || !world.contingents.is_empty()
            || world.reentry.is_some()
            || self.expelled()
            || self.rules(|rule| {
                let then = &rule.then;
                let comes = then.reinforce.is_some() || then.go_back_in.is_some();
                comes || then.send_home.is_some()
            })
    }

    fn tension(&mut self) {
        let states = self.scenario.world.tension.iter().flat_map(|tension| tension.states.keys());
        for state in states.filter(|state| !self.reached.contains(state)).collect::<Vec<_>>() {
            let path = format!("world.tension.states.{state}");
            let remedy = say!(self.speech, "do-next", next = "next");
            self.idle(path, say!(self.speech, "why-not-reached"), remedy);
        }
    }

    fn threat(&mut self, id: &String, threat: &Threat) {
        let path = format!("world.threats.{id}");
        if !self.attackers.contains(id) {
            let remedy = say!(self.speech, "do-attacks");
            let why = say!(self.speech, "why-no-attacks");
            return self.idle(at(&path, "attacks_per_day"), why, remedy);
        }
        let own = |state: &&String| threat.site_weights_by_state.contains_key(*state);
        let everywhere = !self.reached.is_empty() && self.reached.iter().all(own);
        if everywhere && !threat.site_weights.is_empty() {
            let why = say!(self.speech, "why-weights-of-states");
            self.idle(at(&path, "site_weights"), why, self.out());
        }
        if let Some(about) = &threat.contagion {
            self.contagion(&at(&path, "contagion"), threat, about);
        }
        if let Some(about) = &threat.retaliation {
            self.retaliation(&at(&path, "retaliation"), id, threat, about);
        }
        if !is_armed(threat) && threat.harm != Harm::default() {
            let remedy = self.give("weapons");
            self.idle(at(&path, "harm"), say!(self.speech, "why-unarmed"), remedy);
        }
        if let Some(toll) = &threat.civilian_harm {
            let path = at(&path, "civilian_harm");
            if !is_armed(threat) {
                let remedy = self.give("weapons");
                self.idle(&path, say!(self.speech, "why-unarmed"), remedy);
            }
            self.toll(&path, toll);
        }
        self.shifts(&path, id, threat);
    }

    fn contagion(&mut self, path: &str, threat: &Threat, about: &Contagion) {
        let scenario = self.scenario;
        let attacked = |site: &String| falls_on(threat, site, scenario);
        let mut acts = most(&about.children_per_attack) > 0.0;
        for (other, mean) in &about.to_threats {
            let there = scenario.world.threats.get(other).is_some_and(|other| {
                scenario
                    .world
                    .sites
                    .keys()
                    .any(|site| attacked(site) && falls_on(other, site, scenario))
            });
            if !there {
                let remedy = say!(self.speech, "do-common-site");
                let path = format!("{path}.to_threats.{other}");
                self.idle(path, say!(self.speech, "why-no-common-site"), remedy);
            }
            acts |= there && most(mean) > 0.0;
        }
        for (from, others) in &about.to_sites {
            for (to, mean) in others {
                let there = attacked(from) && attacked(to);
                if !there {
                    let remedy = say!(self.speech, "do-weights", key = "site_weights");
                    let path = format!("{path}.to_sites.{from}.{to}");
                    self.idle(path, say!(self.speech, "why-not-both-sites"), remedy);
                }
                acts |= there && most(mean) > 0.0;
            }
        }
        if !acts {
            let remedy = self.give("children_per_attack");
            self.idle(path, say!(self.speech, "why-no-children"), remedy);
        }
    }

    fn retaliation(&mut self, path: &str, id: &String, threat: &Threat, about: &Retaliation) {
        if !self.is_answered(id, threat) && !self.was_struck(id) {
            let remedy = say!(self.speech, "do-harm");
            return self.idle(path, say!(self.speech, "why-unanswered"), remedy);
        }
        let usual = Retaliation::default();
        if is_zero(&about.deterrence) && about.memory_days != usual.memory_days {
            let remedy = self.give("deterrence");
            let path = at(path, "memory_days");
            self.idle(path, say!(self.speech, "why-no-deterrence"), remedy);
        }
        if about.coordinated != usual.coordinated && !self.friction_counts() {
            let expulsion = "world.host.expulsion";
            let remedy =
                say!(self.speech, "do-friction", expulsion = expulsion, friction = "friction");
            self.idle(at(path, "coordinated"), say!(self.speech, "why-friction-unread"), remedy);
        }
    }

    fn shifts(&mut self, path: &str, id: &String, threat: &Threat) {
        let scenario = self.scenario;
        let sites: Vec<(&String, &Site)> = scenario
            .world
            .sites
            .iter()
            .filter(|(site, _)| falls_on(threat, site, scenario))
            .collect();
        let usual = sites.iter().all(|(_, site)| {
            let there: u64 = site.garrison.values().map(|&people| u64::from(people)).sum();
            site.reference_garrison.is_none_or(|reference| u64::from(reference) == there)
        });
        let still = !self.people_move();
        let by_itself =
            comes(&threat.attacks_per_day, &self.reached) && most(&threat.rate_factor) > 0.0;
        let keys = [
            ("presence_elasticity", !is_zero(&threat.presence_elasticity), usual),
            ("displacement", !is_zero(&threat.displacement), usual),
            ("exit_pattern", threat.exit_pattern.is_some(), true),
        ];
        for (key, given, usual) in keys {
            if given && usual && still {
                let why = say!(self.speech, "why-nobody-moves");
                self.idle(at(path, key), why, say!(self.speech, "do-let-move"));
            } else if given && !by_itself {
                self.no_background(&at(path, key));
            } else if given && key == "displacement" && sites.len() < 2 {
                let remedy = say!(self.speech, "do-another-site");
                self.idle(at(path, key), say!(self.speech, "why-one-site"), remedy);
            }
        }
        let promises =
            [("truce", threat.truce.is_some()), ("grievance", threat.grievance.is_some())];
        for (key, _) in promises.into_iter().filter(|(_, given)| *given) {
            if scenario.plan.phases.is_empty() {
                let remedy = say!(self.speech, "do-announce");
                self.idle(at(path, key), say!(self.speech, "why-nothing-announced"), remedy);
            } else if !by_itself {
                self.no_background(&at(path, key));
            }
        }
        self.course(path, threat, by_itself);
        if let Some(about) = &threat.retaliation
            && !is_zero(&about.deterrence)
            && !by_itself
            && self.is_answered(id, threat)
        {
            self.no_background(&format!("{path}.retaliation.deterrence"));
        }
    }

    fn course(&mut self, path: &str, threat: &Threat, by_itself: bool) {
        let given = [
            ("profile", !threat.profile.is_empty()),
            ("months", !threat.months.is_empty()),
            ("ceasefires", !threat.ceasefires.is_empty()),
            ("drift", threat.drift.is_some()),
        ];
        if !by_itself {
            for (key, _) in given.into_iter().filter(|(_, given)| *given) {
                self.no_background(&at(path, key));
            }
            return;
        }
        let (start, end) = (self.scenario.start, self.horizon);
        let outside = say!(self.speech, "why-outside");
        let days: Vec<(&String, Option<Date>)> =
            threat.profile.keys().map(|day| (day, Date::parse(day))).collect();
        for (k, (day, date)) in days.iter().enumerate() {
            let next = days.get(k + 1).and_then(|(_, next)| *next);
            if *date >= Some(end) || next.is_some_and(|next| next <= start) {
                let path = format!("{path}.profile.{day}");
                self.idle(path, outside.clone(), say!(self.speech, "do-mend"));
            }
        }
        for (id, about) in &threat.ceasefires {
            let from = f64::from(about.from.days_since(start));
            let (least, most_delay) = about.delay_days.support();
            let lasts = about.duration_days.as_ref().map_or(f64::INFINITY, |law| law.support().1);
            let late = from + least >= f64::from(end.days_since(start));
            let why = if late || from + most_delay + lasts <= 0.0 {
                outside.clone()
            } else if lasts == 0.0 {
                say!(self.speech, "why-over-at-once")
            } else if surely(&about.factor, 1.0) {
                say!(self.speech, "why-times-one")
            } else {
                continue;
            };
            let path = format!("{path}.ceasefires.{id}");
            self.idle(path, why, say!(self.speech, "do-mend-ceasefire"));
        }
    }

    fn no_background(&mut self, path: &str) {
        let why = say!(self.speech, "why-no-background");
        self.idle(path, why, self.out_or_give("attacks_per_day"));
    }

    fn calendar(&mut self) {
        for (id, event) in &self.scenario.world.calendar {
            let date = event.date.days_since(self.scenario.start);
            let delay = event.delay_days.support();
            for (window_id, window) in &event.windows {
                let path = format!("world.calendar.{id}.windows.{window_id}");
                let outcome = window.outcome.as_ref().and_then(|id| event.outcomes.get(id));
                let never = outcome.is_some_and(|outcome| most(&outcome.weight) == 0.0);
                self.window(&path, window, f64::from(date), delay, never);
            }
        }
    }

    fn window(
        &mut self,
        path: &str,
        window: &EventWindow,
        date: f64,
        (least_delay, most_delay): (f64, f64),
        never: bool,
    ) {
        let end = f64::from(self.horizon.days_since(self.scenario.start));
        let late = date + least_delay + window.from_days >= end;
        let early = date + most_delay + window.until_days <= 0.0;
        let why = if late || early {
            say!(self.speech, "why-outside")
        } else if never {
            say!(self.speech, "why-no-outcome")
        } else if surely(&window.factor, 1.0) {
            say!(self.speech, "why-times-one")
        } else {
            let mut threats = self.threats().filter(|(id, threat)| {
                window.threats.as_ref().is_none_or(|ids| ids.contains(id))
                    && comes(&threat.attacks_per_day, &self.reached)
                    && most(&threat.rate_factor) > 0.0
            });
            if threats.next().is_some() {
                return;
            }
            say!(self.speech, "why-no-attacks-in-window")
        };
        self.idle(path, why, say!(self.speech, "do-mend-window"));
    }
}

/// The threats that attack in some history: of themselves, on sites or on legs, by what the insurgency does, or caused.
fn attackers<'a>(scenario: &'a Scenario, reached: &BTreeSet<&String>) -> BTreeSet<&'a String> {
    let world = &scenario.world;
    let incidents = world.insurgency.as_ref().and_then(|it| it.incidents.as_ref());
    let incited = incidents
        .filter(|it| most(&it.per_day) > 0.0 && most(&it.on_sites) > 0.0)
        .and_then(|it| it.threat.as_ref());
    let on_legs = |id: &String| {
        world
            .attacks_on_legs(id)
            .any(|it| comes(&it.per_convoy, reached) || comes(&it.per_person_day, reached))
    };
    let of_themselves = world.threats.iter().filter(|(id, threat)| {
        let comes = comes(&threat.attacks_per_day, reached) || on_legs(id);
        let own = comes && most(&threat.rate_factor) > 0.0;
        own || incited == Some(*id)
    });
    let mut look: Vec<&String> = of_themselves.map(|(id, _)| id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = look.pop() {
        if found.insert(id) {
            let contagion = world.threats.get(id).and_then(|threat| threat.contagion.as_ref());
            let caused = contagion.into_iter().flat_map(|about| &about.to_threats);
            look.extend(caused.filter(|(_, mean)| most(mean) > 0.0).map(|(other, _)| other));
        }
    }
    found
}

/// Whether attacks of a threat fall on a site.
pub(super) fn falls_on(threat: &Threat, site: &str, scenario: &Scenario) -> bool {
    if threat.weight_tables().all(BTreeMap::is_empty) {
        return scenario.world.sites.contains_key(site);
    }
    threat.weight_tables().filter_map(|weights| weights.get(site)).any(|weight| most(weight) > 0.0)
}

/// Whether an attack of a threat can harm anybody.
fn harms(threat: &Threat) -> bool {
    is_armed(threat) && threat.chances_of_no_casualty().any(|chance| least(chance) < 1.0)
}

/// Whether a threat has a weapon that it attacks with.
fn is_armed(threat: &Threat) -> bool {
    threat.weapons.values().flat_map(Weapon::shares).any(|share| most(share) > 0.0)
}

/// Whether a rate is above 0 in some state that is reached.
fn comes(rates: &Rates, reached: &BTreeSet<&String>) -> bool {
    match rates {
        Rates::Same(rate) => most(rate) > 0.0,
        Rates::ByState(rates) => {
            rates.iter().any(|(state, rate)| reached.contains(state) && most(rate) > 0.0)
        }
    }
}

/// Whether a condition, or a part of it, is such a one.
fn mentions(condition: &Condition, such: &impl Fn(&Condition) -> bool) -> bool {
    such(condition)
        || match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(|part| mentions(part, such))
            }
            Condition::Not(part) => mentions(part, such),
            _ => false,
        }
}

/// A key as it stands in a message.
fn ticked(key: &str) -> String {
    format!("`{key}`")
}

fn least(range: &Range) -> f64 {
    range.support().0
}

fn most(range: &Range) -> f64 {
    range.support().1
}

fn surely(range: &Range, value: f64) -> bool {
    range.support() == (value, value)
}
