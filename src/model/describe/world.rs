//! The world in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::Model;
use super::region::{describe_retaliation, rates, toll};
use super::words::{line, name, words};
use super::{Page, Section, Topic};
use crate::law::{Dist, Range};
use crate::scenario::{
    CalendarEvent, Contagion, ContagionStart, DriftStart, Harm, Leg, LegAttacks, MONTHS, Rates,
    Risk, RiskEffect, Threat,
};

impl Model {
    pub(super) fn describe_world(&self, page: &mut Page) {
        page.push(Section::new(Topic::World, "The world"));
        match &self.scenario.world.tension {
            None => line(page, "  Tension does not change."),
            Some(tension) => {
                line(page, format!("  Tension starts {}.", tension.start));
                for (id, state) in &tension.states {
                    let next: Vec<String> =
                        state.next.iter().map(|(to, w)| format!("{to} ({})", words(w))).collect();
                    let after = if next.is_empty() { "nothing".into() } else { next.join(", ") };
                    let stay = words(&state.mean_days);
                    line(page, format!("    {id}: {stay} days on average, then {after}."));
                }
            }
        }
        for (id, leg) in &self.scenario.world.legs {
            describe_leg(page, id, leg);
        }
        for (id, threat) in &self.scenario.world.threats {
            describe_threat(page, id, threat);
        }
        if self.scenario.world.threats.is_empty() {
            line(page, "  Nobody attacks.");
        }
        for (id, event) in &self.scenario.world.calendar {
            describe_event(page, id, event);
        }
        for (id, risk) in &self.scenario.world.risks {
            describe_risk(page, id, risk);
        }
    }
}

fn describe_leg(page: &mut Page, id: &str, leg: &Leg) {
    let (from, to, days) = (&leg.from, &leg.to, words(&leg.days));
    let mut text = format!("  Leg {}: from {from} to {to}, {days} days", name(id, &leg.title));
    if let Some(people) = leg.people_per_convoy {
        text += &format!(", in convoys of {people} people at the most");
    }
    line(page, text + ".");
    for (threat, attacks) in &leg.attacks {
        let each = [(&attacks.per_convoy, "a convoy"), (&attacks.per_person_day, "a person-day")];
        let given =
            each.into_iter().filter(|(rates, _)| **rates != LegAttacks::default().per_convoy);
        let each: Vec<String> =
            given.map(|(written, what)| format!("{} {what}", rates(written))).collect();
        let each = if each.is_empty() { "none".to_owned() } else { each.join(", ") };
        line(page, format!("    Attacks by {threat} on those on the road: {each}."));
    }
}

fn describe_threat(page: &mut Page, id: &str, threat: &Threat) {
    let rates = rates(&threat.attacks_per_day);
    let name = name(id, &threat.title);
    if threat.attacks_per_day == Rates::Same(Range::Number(0.0)) {
        line(page, format!("  Threat {name}: no attacks of its own on sites."));
    } else {
        line(page, format!("  Threat {name}: {rates} attacks a day in all."));
    }
    if threat.rate_factor != Dist::Number(1.0) {
        line(page, format!("    All of these times {}.", words(&threat.rate_factor)));
    }
    if threat.batch_mean != Dist::Number(1.0) {
        let mean = words(&threat.batch_mean);
        line(page, format!("    They come in batches of {mean} on average."));
    }
    if threat.presence_elasticity != Dist::Number(0.0) {
        let elasticity = words(&threat.presence_elasticity);
        line(page, format!("    Drawn by presence, elasticity {elasticity} (disputed)."));
    }
    if let Some(contagion) = &threat.contagion {
        describe_contagion(page, contagion);
    }
    if !threat.site_weights.is_empty() {
        line(
            page,
            format!("    Its attacks fall on: {} (weights).", weights(&threat.site_weights)),
        );
    }
    for (state, table) in &threat.site_weights_by_state {
        line(page, format!("    In {state} they fall on: {} (weights).", weights(table)));
    }
    describe_shifts(page, threat);
    describe_course(page, threat);
    if let Some(about) = &threat.retaliation {
        describe_retaliation(page, about);
    }
    if threat.weapons.is_empty() {
        line(page, "    No weapons are modelled: its attacks harm nobody.");
        if threat.harm == Harm::default() {
            return;
        }
    }
    for (id, weapon) in &threat.weapons {
        let (share, salvo) = (words(&weapon.share), words(&weapon.salvo_mean));
        let stopped = if weapon.interceptable { "" } else { "; nothing stops them" };
        line(
            page,
            format!("    Weapon {id}: share {share}, {salvo} projectiles on average{stopped}."),
        );
        for (state, own) in &weapon.by_state {
            let keys = [("share", &own.share), ("salvo mean", &own.salvo_mean)];
            describe_own(page, state, &keys);
        }
    }
    let Harm { no_casualty, scale, shape, killed_share, by_state } = &threat.harm;
    let (none, killed) = (words(no_casualty), words(killed_share));
    line(page, format!("    A projectile that gets through harms nobody with chance {none};"));
    let (scale, shape) = (words(scale), words(shape));
    line(page, format!("    otherwise people in number of scale {scale} and shape {shape};"));
    line(page, format!("    each of them is killed with chance {killed}, else wounded."));
    for (state, own) in by_state {
        let keys = [
            ("no casualty", &own.no_casualty),
            ("scale", &own.scale),
            ("shape", &own.shape),
            ("killed share", &own.killed_share),
        ];
        describe_own(page, state, &keys);
    }
    if let Some(harm) = &threat.civilian_harm {
        line(page, format!("    Of civilians, one {}.", toll(harm)));
    }
}

/// The numbers that a state of tension has of its own.
fn describe_own(page: &mut Page, state: &str, keys: &[(&str, &Option<Range>)]) {
    let given = keys.iter().filter_map(|(key, own)| Some((key, own.as_ref()?)));
    let each: Vec<String> = given.map(|(key, own)| format!("{key} {}", words(own))).collect();
    line(page, format!("      In {state}: {}.", each.join(", ")));
}

/// Weights by site.
fn weights(table: &BTreeMap<String, Range>) -> String {
    let each = table.iter().map(|(site, weight)| format!("{site} {}", words(weight)));
    each.collect::<Vec<String>>().join(", ")
}

fn describe_contagion(page: &mut Page, about: &Contagion) {
    let (children, days) = (words(&about.children_per_attack), words(&about.decay_days));
    let mut text = format!("    An attack causes {children} more, {days} days later on average");
    for (threat, mean) in &about.to_threats {
        let _ = write!(text, ";\n      {} by {threat} on the same site", words(mean));
    }
    for (from, others) in &about.to_sites {
        for (to, mean) in others {
            let _ = write!(text, ";\n      {} on {to} if it was on {from}", words(mean));
        }
    }
    line(page, text + ".");
    if about.start == ContagionStart::Empty {
        line(page, "    At the start nothing is to come of attacks before it.");
    }
}

fn describe_shifts(page: &mut Page, threat: &Threat) {
    if threat.displacement != Dist::Number(0.0) {
        let share = words(&threat.displacement);
        line(page, format!("    Displacement: {share} of what a site is spared falls on others."));
    }
    if let Some(pattern) = &threat.exit_pattern {
        let (before, after) = (words(&pattern.before), words(&pattern.after));
        let (early, late) = (pattern.before_days, pattern.after_days);
        line(page, format!("    Around a hand-over: times {before} from {early} days before it,"));
        line(page, format!("      times {after} on the rest of its area for {late} days after."));
    }
    if let Some(truce) = &threat.truce {
        let (factor, grace) = (words(&truce.factor), words(&truce.grace_days));
        line(page, format!("    Truce (disputed): times {factor} until {grace} days overdue."));
    }
    if let Some(grievance) = &threat.grievance {
        let (growth, most) = (words(&grievance.per_day), words(&grievance.at_most));
        line(page, format!("    Grievance (disputed): times 1 + {growth} per day overdue,"));
        line(page, format!("      at most {most}."));
    }
}

fn describe_course(page: &mut Page, threat: &Threat) {
    for (day, factor) in &threat.profile {
        line(page, format!("    From {day} on: times {}.", words(factor)));
    }
    if !threat.months.is_empty() {
        let given = MONTHS.iter().filter_map(|month| Some((month, threat.months.get(*month)?)));
        let each: Vec<String> =
            given.map(|(month, factor)| format!("{month} {}", words(factor))).collect();
        line(page, format!("    By month: times {}.", each.join(", ")));
    }
    for (id, about) in &threat.ceasefires {
        let mut text = format!("    Ceasefire {}: from {}", name(id, &about.title), about.from);
        if about.delay_days != Dist::Number(0.0) {
            text += &format!(", or {} days later", words(&about.delay_days));
        }
        let lasts = about.duration_days.as_ref();
        let lasts = lasts.map_or("to the end".into(), |days| format!("for {} days", words(days)));
        line(page, format!("{text}, {lasts}: times {}.", words(&about.factor)));
    }
    let Some(drift) = &threat.drift else { return };
    let sd = words(&drift.sd_per_week);
    line(page, format!("    Drift: the logarithm of its rate changes by {sd} a week (SD),"));
    let back = match (&drift.half_life_days, drift.start) {
        (None, _) => "      and does not go back.".to_owned(),
        (Some(days), start) => {
            let from = match start {
                DriftStart::Zero => "from 0",
                DriftStart::Steady => "from where it is in the long run",
            };
            format!("      goes half of the way back in {} days, and begins {from}.", words(days))
        }
    };
    line(page, back);
}

fn describe_event(page: &mut Page, id: &str, event: &CalendarEvent) {
    let mut text = format!("  On {}: {}", event.date, name(id, &event.title));
    if event.delay_days != Dist::Number(0.0) {
        text += &format!(", or {} days later", words(&event.delay_days));
    }
    line(page, text + ".");
    if !event.outcomes.is_empty() {
        let each: Vec<String> = event
            .outcomes
            .iter()
            .map(|(id, o)| format!("{} {}", name(id, &o.title), words(&o.weight)))
            .collect();
        line(page, format!("    What can come of it: {} (weights).", each.join(", ")));
    }
    for (id, window) in &event.windows {
        let who = window.threats.as_ref().map_or("all threats".into(), |ids| ids.join(", "));
        let (factor, from, until) = (words(&window.factor), window.from_days, window.until_days);
        let only = window.outcome.as_ref().map_or(String::new(), |o| format!(" if it is {o}"));
        line(page, format!("    {id}: times {factor} for {who} from day {from} to {until}{only}."));
    }
}

fn describe_risk(page: &mut Page, id: &str, risk: &Risk) {
    let chance = words(&risk.probability);
    let mut text = format!("  Risk {}: happens with probability {chance}", name(id, &risk.title));
    let later = risk.delay_days != Dist::Number(0.0);
    match (risk.date, later) {
        (None, false) => text += ", from the start if so",
        (None, true) => text += &format!(", {} days after the start", words(&risk.delay_days)),
        (Some(date), false) => text += &format!(", on {date}"),
        (Some(date), true) => text += &format!(", {} days after {date}", words(&risk.delay_days)),
    }
    line(page, text + ".");
    for (id, effect) in &risk.effects {
        line(page, format!("    {id}: {}.", effect_in_words(effect)));
    }
}

fn effect_in_words(effect: &RiskEffect) -> String {
    let mut does = Vec::new();
    if effect.factor != Dist::Number(1.0) {
        does.push(format!("times {}", words(&effect.factor)));
    }
    if effect.added_days != Dist::Number(0.0) {
        does.push(format!("{} days longer", words(&effect.added_days)));
    }
    let kinds =
        [("duration", &effect.phases), ("delay", &effect.gates), ("attacks", &effect.threats)];
    let named = kinds.into_iter().filter(|(_, ids)| !ids.is_empty());
    let whose: Vec<String> =
        named.map(|(what, ids)| format!("{what} of {}", ids.join(", "))).collect();
    let (does, whose) = (does.join(" and "), whose.join("; "));
    match (does.is_empty(), whose.is_empty()) {
        (true, _) => format!("nothing to {}", if whose.is_empty() { "anything" } else { &whose }),
        (false, true) => format!("{does}, of nothing"),
        (false, false) => format!("{does}: {whose}"),
    }
}
