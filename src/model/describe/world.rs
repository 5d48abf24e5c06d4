//! The world in words.

use std::collections::BTreeMap;

use super::super::Model;
use super::Topic;
use super::region::{describe_retaliation, rates, toll};
use super::words::{Page, days, name, words};
use crate::languages::{Speech, say};
use crate::law::{Dist, Family, Range};
use crate::scenario::{
    CalendarEvent, Contagion, ContagionStart, DriftStart, Harm, Leg, LegAttacks, MONTHS, Rates,
    Risk, RiskEffect, Tension, Threat, Weapon,
};

impl Model {
    pub(super) fn describe_world(&self, page: &mut Page) {
        let (world, speech) = (&self.scenario.world, page.speech);
        page.section(Topic::World, say!(speech, "world"));
        match &world.tension {
            None => page.line(1, say!(speech, "tension-constant")),
            Some(tension) => describe_tension(page, tension),
        }
        for (id, leg) in &world.legs {
            describe_leg(page, id, leg);
        }
        for (id, threat) in &world.threats {
            describe_threat(page, id, threat);
        }
        if world.threats.is_empty() {
            page.line(1, say!(speech, "threats-none"));
        }
        for (id, event) in &world.calendar {
            describe_event(page, id, event);
        }
        for (id, risk) in &world.risks {
            describe_risk(page, id, risk);
        }
    }
}

fn describe_tension(page: &mut Page, tension: &Tension) {
    let speech = page.speech;
    page.line(1, say!(speech, "tension", state = &tension.start));
    for (id, state) in &tension.states {
        let next = state.next.iter().map(|(to, weight)| {
            say!(speech, "tension-next", state = to, weight = words(speech, weight))
        });
        let none = state.next.is_empty().then(|| say!(speech, "tension-nothing"));
        let next = speech.list(next.chain(none));
        let stay = days(speech, words(speech, &state.mean_days));
        // A number that nobody knows has one value in a history; a law has one for each stay.
        let drawn = !matches!(state.mean_days, Dist::Number(_) | Dist::Family(Family::Constant(_)));
        page.line(
            2,
            match drawn {
                true => say!(speech, "tension-state-drawn", state = id, days = stay, next = next),
                false => say!(speech, "tension-state", state = id, days = stay, next = next),
            },
        );
    }
}

fn describe_leg(page: &mut Page, id: &str, leg: &Leg) {
    let speech = page.speech;
    let name = name(speech, id, &leg.title);
    let days = days(speech, words(speech, &leg.days));
    let mut parts =
        vec![say!(speech, "leg", leg = name, from = &leg.from, to = &leg.to, days = days)];
    if let Some(people) = leg.people_per_convoy {
        parts.push(say!(speech, "leg-convoys", people = people));
    }
    page.sentence(1, speech.list(parts));
    for (threat, attacks) in &leg.attacks {
        let given = |written: &Rates| *written != LegAttacks::default().per_convoy;
        let convoy = given(&attacks.per_convoy)
            .then(|| say!(speech, "leg-per-convoy", rates = rates(speech, &attacks.per_convoy)));
        let person = given(&attacks.per_person_day).then(|| {
            say!(speech, "leg-per-person-day", rates = rates(speech, &attacks.per_person_day))
        });
        let mut each: Vec<String> = convoy.into_iter().chain(person).collect();
        if each.is_empty() {
            each.push(say!(speech, "leg-no-attacks"));
        }
        page.line(2, say!(speech, "leg-attacks", threat = threat, rates = speech.list(each)));
    }
}

fn describe_threat(page: &mut Page, id: &str, threat: &Threat) {
    let speech = page.speech;
    let name = name(speech, id, &threat.title);
    if threat.attacks_per_day == Rates::Same(Range::Number(0.0)) {
        page.line(1, say!(speech, "threat-without-attacks", threat = name));
    } else {
        let rates = rates(speech, &threat.attacks_per_day);
        page.line(1, say!(speech, "threat", threat = name, rates = rates));
    }
    if threat.rate_factor != Dist::Number(1.0) {
        page.line(2, say!(speech, "threat-factor", factor = words(speech, &threat.rate_factor)));
    }
    if threat.batch_mean != Dist::Number(1.0) {
        page.line(2, say!(speech, "threat-batches", mean = words(speech, &threat.batch_mean)));
    }
    if threat.presence_elasticity != Dist::Number(0.0) {
        let elasticity = words(speech, &threat.presence_elasticity);
        page.line(2, say!(speech, "threat-presence", elasticity = elasticity));
    }
    if let Some(contagion) = &threat.contagion {
        describe_contagion(page, contagion);
    }
    if !threat.site_weights.is_empty() {
        let weights = weights(speech, &threat.site_weights);
        page.line(2, say!(speech, "threat-sites", weights = weights));
    }
    for (state, table) in &threat.site_weights_by_state {
        let weights = weights(speech, table);
        page.line(2, say!(speech, "threat-sites-in-state", state = state, weights = weights));
    }
    describe_shifts(page, threat);
    describe_course(page, threat);
    if let Some(about) = &threat.retaliation {
        describe_retaliation(page, about);
    }
    if threat.weapons.is_empty() {
        page.line(2, say!(speech, "threat-unarmed"));
        if threat.harm == Harm::default() {
            return;
        }
    }
    for (id, weapon) in &threat.weapons {
        describe_weapon(page, id, weapon);
    }
    describe_harm(page, &threat.harm);
    if let Some(harm) = &threat.civilian_harm {
        page.line(2, say!(speech, "civilian-harm", toll = toll(speech, harm)));
    }
}

fn describe_weapon(page: &mut Page, id: &str, weapon: &Weapon) {
    let speech = page.speech;
    let (share, salvo) = (words(speech, &weapon.share), words(speech, &weapon.salvo_mean));
    let mut parts = vec![say!(speech, "weapon", weapon = id, share = share, salvo = salvo)];
    if !weapon.interceptable {
        parts.push(say!(speech, "weapon-unstopped"));
    }
    page.sentence(2, speech.statements(parts));
    for (state, own) in &weapon.by_state {
        let of = |own: &Option<Range>| Some(words(speech, own.as_ref()?));
        let each = [
            of(&own.share).map(|value| say!(speech, "own-share", value = value)),
            of(&own.salvo_mean).map(|value| say!(speech, "own-salvo-mean", value = value)),
        ];
        describe_own(page, state, each);
    }
}

fn describe_harm(page: &mut Page, harm: &Harm) {
    let speech = page.speech;
    let Harm { no_casualty, scale, shape, killed_share, by_state } = harm;
    page.line(
        2,
        say!(
            speech,
            "harm",
            none = words(speech, no_casualty),
            scale = words(speech, scale),
            shape = words(speech, shape),
            killed = words(speech, killed_share),
        ),
    );
    for (state, own) in by_state {
        let of = |own: &Option<Range>| Some(words(speech, own.as_ref()?));
        let each = [
            of(&own.no_casualty).map(|value| say!(speech, "own-no-casualty", value = value)),
            of(&own.scale).map(|value| say!(speech, "own-scale", value = value)),
            of(&own.shape).map(|value| say!(speech, "own-shape", value = value)),
            of(&own.killed_share).map(|value| say!(speech, "own-killed-share", value = value)),
        ];
        describe_own(page, state, each);
    }
}

/// The numbers that a state of tension has of its own.
fn describe_own<const N: usize>(page: &mut Page, state: &str, each: [Option<String>; N]) {
    let numbers = page.speech.list(each.into_iter().flatten());
    page.line(3, say!(page.speech, "own", state = state, numbers = numbers));
}

/// Weights by site.
fn weights(speech: Speech, table: &BTreeMap<String, Range>) -> String {
    speech.list(
        table
            .iter()
            .map(|(site, weight)| say!(speech, "valued", id = site, value = words(speech, weight))),
    )
}

fn describe_contagion(page: &mut Page, about: &Contagion) {
    let speech = page.speech;
    let children = words(speech, &about.children_per_attack);
    let later = days(speech, words(speech, &about.decay_days));
    let mut lines = vec![(2, say!(speech, "contagion", mean = children, days = later))];
    for (threat, mean) in &about.to_threats {
        let mean = words(speech, mean);
        lines.push((3, say!(speech, "contagion-to-threat", mean = mean, threat = threat)));
    }
    for (from, others) in &about.to_sites {
        for (to, mean) in others {
            let mean = words(speech, mean);
            lines.push((3, say!(speech, "contagion-to-site", mean = mean, to = to, from = from)));
        }
    }
    let (level, last) = lines.pop().expect("the first line");
    for (level, text) in lines {
        page.line(level, say!(speech, "goes-on", text = text));
    }
    page.sentence(level, last);
    if about.start == ContagionStart::Empty {
        page.line(2, say!(speech, "contagion-empty"));
    }
}

fn describe_shifts(page: &mut Page, threat: &Threat) {
    let speech = page.speech;
    if threat.displacement != Dist::Number(0.0) {
        let share = words(speech, &threat.displacement);
        page.line(2, say!(speech, "displacement", share = share));
    }
    if let Some(pattern) = &threat.exit_pattern {
        page.line(
            2,
            say!(
                speech,
                "exit-pattern",
                before = words(speech, &pattern.before),
                early = days(speech, pattern.before_days),
                after = words(speech, &pattern.after),
                late = days(speech, pattern.after_days),
            ),
        );
    }
    if let Some(truce) = &threat.truce {
        let factor = words(speech, &truce.factor);
        let grace = days(speech, words(speech, &truce.grace_days));
        page.line(2, say!(speech, "truce", factor = factor, grace = grace));
    }
    if let Some(grievance) = &threat.grievance {
        let growth = words(speech, &grievance.per_day);
        let most = words(speech, &grievance.at_most);
        page.line(2, say!(speech, "grievance", growth = growth, most = most));
    }
}

fn describe_course(page: &mut Page, threat: &Threat) {
    let speech = page.speech;
    for (day, factor) in &threat.profile {
        page.line(2, say!(speech, "course", date = day, factor = words(speech, factor)));
    }
    if !threat.months.is_empty() {
        let given = MONTHS.iter().filter_map(|month| Some((month, threat.months.get(*month)?)));
        let each = given.map(|(month, factor)| {
            let month = say!(speech, "month", month = *month);
            say!(speech, "valued", id = month, value = words(speech, factor))
        });
        page.line(2, say!(speech, "course-by-month", months = speech.list(each)));
    }
    for (id, about) in &threat.ceasefires {
        let name = name(speech, id, &about.title);
        let mut parts = vec![say!(speech, "ceasefire", name = name, date = about.from)];
        if about.delay_days != Dist::Number(0.0) {
            parts.push(later(speech, &about.delay_days));
        }
        parts.push(match &about.duration_days {
            None => say!(speech, "ceasefire-to-the-end"),
            Some(number) => {
                let days = days(speech, words(speech, number));
                say!(speech, "ceasefire-for", days = days)
            }
        });
        let (when, factor) = (speech.list(parts), words(speech, &about.factor));
        page.line(2, say!(speech, "ceasefire-factor", ceasefire = when, factor = factor));
    }
    let Some(drift) = &threat.drift else { return };
    let sd = words(speech, &drift.sd_per_week);
    page.line(
        2,
        match &drift.half_life_days {
            None => say!(speech, "drift", sd = sd),
            Some(number) => {
                let days = days(speech, words(speech, number));
                match drift.start {
                    DriftStart::Zero => say!(speech, "drift-from-zero", sd = sd, days = days),
                    DriftStart::Steady => say!(speech, "drift-steady", sd = sd, days = days),
                }
            }
        },
    );
}

/// That something may happen some days later than it is dated.
fn later<P: super::words::Words>(speech: Speech, delay: &Dist<P>) -> String {
    say!(speech, "or-later", days = days(speech, words(speech, delay)))
}

fn describe_event(page: &mut Page, id: &str, event: &CalendarEvent) {
    let speech = page.speech;
    let title = name(speech, id, &event.title);
    let mut parts = vec![say!(speech, "event", date = event.date, event = title)];
    if event.delay_days != Dist::Number(0.0) {
        parts.push(later(speech, &event.delay_days));
    }
    page.sentence(1, speech.list(parts));
    if !event.outcomes.is_empty() {
        let each = event.outcomes.iter().map(|(id, outcome)| {
            let title = name(speech, id, &outcome.title);
            say!(speech, "valued", id = title, value = words(speech, &outcome.weight))
        });
        page.line(2, say!(speech, "event-outcomes", outcomes = speech.list(each)));
    }
    for (id, window) in &event.windows {
        let threats = match &window.threats {
            Some(ids) => speech.list(ids),
            None => say!(speech, "all-threats"),
        };
        let mut text = say!(
            speech,
            "window",
            id = id,
            factor = words(speech, &window.factor),
            threats = threats,
            from = window.from_days,
            until = window.until_days
        );
        if let Some(outcome) = &window.outcome {
            text += &say!(speech, "window-if", outcome = outcome);
        }
        page.sentence(2, text);
    }
}

fn describe_risk(page: &mut Page, id: &str, risk: &Risk) {
    let speech = page.speech;
    let (name, chance) = (name(speech, id, &risk.title), words(speech, &risk.probability));
    let later = risk.delay_days != Dist::Number(0.0);
    let days = days(speech, words(speech, &risk.delay_days));
    let when = match (risk.date, later) {
        (None, false) => say!(speech, "risk-from-the-start"),
        (None, true) => say!(speech, "risk-after-the-start", days = days),
        (Some(date), false) => say!(speech, "risk-on", date = date),
        (Some(date), true) => say!(speech, "risk-after", days = days, date = date),
    };
    let happens = say!(speech, "risk", risk = name, chance = chance);
    page.sentence(1, speech.list([happens, when]));
    for (id, effect) in &risk.effects {
        let effect = effect_in_words(speech, effect);
        page.line(2, say!(speech, "risk-effect", id = id, effect = effect));
    }
}

fn effect_in_words(speech: Speech, effect: &RiskEffect) -> String {
    let mut does = Vec::new();
    if effect.factor != Dist::Number(1.0) {
        does.push(say!(speech, "effect-factor", factor = words(speech, &effect.factor)));
    }
    if effect.added_days != Dist::Number(0.0) {
        let added = days(speech, words(speech, &effect.added_days));
        does.push(say!(speech, "effect-added", days = added));
    }
    let given = |ids: &[String]| (!ids.is_empty()).then(|| speech.list(ids));
    let whose = [
        given(&effect.phases).map(|ids| say!(speech, "effect-on-phases", ids = ids)),
        given(&effect.gates).map(|ids| say!(speech, "effect-on-gates", ids = ids)),
        given(&effect.threats).map(|ids| say!(speech, "effect-on-threats", ids = ids)),
    ];
    let whose: Vec<String> = whose.into_iter().flatten().collect();
    match (does.is_empty(), whose.is_empty()) {
        (true, true) => say!(speech, "effect-none"),
        (true, false) => say!(speech, "effect-none-on", whose = speech.statements(whose)),
        (false, true) => say!(speech, "effect-on-nothing", does = speech.both(does)),
        (false, false) => {
            let (does, whose) = (speech.both(does), speech.statements(whose));
            say!(speech, "effect", does = does, whose = whose)
        }
    }
}
