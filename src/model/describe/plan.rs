//! The plan in words.

use super::super::Model;
use super::rules::describe_rule;
use super::words::{Page, days, name, words};
use super::{Topic, people_of};
use crate::languages::{Speech, say};
use crate::law::Dist;
use crate::scenario::{
    Blackout, BreathingRoom, Buffer, Fate, Gate, HOME, Link, Load, MONTHS, Move, Phase, Plan,
    Relation, Transport, Weekday,
};

impl Model {
    pub(super) fn begin_plan(&self, page: &mut Page) {
        page.section(Topic::Plan, say!(page.speech, "plan"));
    }

    pub(super) fn describe_plan(&self, page: &mut Page) {
        let (plan, speech) = (&self.scenario.plan, page.speech);
        self.begin_plan(page);
        if plan.phases.is_empty() {
            page.line(1, say!(speech, "plan-everybody-stays"));
        }
        for (id, gate) in &plan.gates {
            describe_gate(page, id, gate);
        }
        let mut phases: Vec<_> = plan.phases.iter().collect();
        phases.sort_by_key(|(id, phase)| (phase.announced_start, *id));
        for (id, phase) in phases {
            describe_phase(page, id, phase);
        }
        if !plan.phases.is_empty() || plan.transport != Transport::default() {
            let every = days(speech, plan.transport.lift_every_days);
            let most = plan.transport.people_per_day;
            page.line(1, say!(speech, "lifts", every = every, people = most));
        }
        for (id, mode) in &plan.transport.modes {
            let (mode, most) = (name(speech, id, &mode.title), mode.tonnes_per_day);
            page.line(1, say!(speech, "transport-mode", mode = mode, tonnes = most));
        }
        self.describe_blackouts(page);
        self.describe_mitigations(page);
        self.describe_breathing_room(page);
        for (id, rule) in &plan.rules {
            describe_rule(page, id, rule);
        }
        if !plan.rules.is_empty() || plan.review_every_days != Plan::default().review_every_days {
            let every = days(speech, plan.review_every_days);
            page.line(1, say!(speech, "reviews", every = every));
        }
        self.describe_buffers(page);
    }

    pub(super) fn describe_breathing_room(&self, page: &mut Page) {
        let (plan, speech) = (&self.scenario.plan, page.speech);
        let room = &plan.breathing_room;
        if *room == BreathingRoom::default() {
            page.line(1, say!(speech, "room-none"));
        } else {
            page.line(1, say!(speech, "room", days = room_in_words(speech, room)));
        }
        for (id, phase) in &plan.phases {
            if let Some(own) = &phase.breathing_room {
                let own = room_in_words(speech, own);
                page.line(2, say!(speech, "room-of-phase", phase = id, days = own));
            }
        }
        if room.pause_days > 0.0 && plan.rules.is_empty() {
            page.line(2, say!(speech, "room-unused"));
        }
    }

    fn describe_blackouts(&self, page: &mut Page) {
        let (plan, speech) = (&self.scenario.plan, page.speech);
        if plan.working_days != Weekday::ALL {
            let days = plan.working_days.iter();
            let days = speech.list(days.map(|day| say!(speech, "weekday", day = day.as_str())));
            page.line(1, say!(speech, "working-days", days = days));
        }
        if !plan.months.is_empty() {
            let given = MONTHS.iter().filter_map(|month| Some((month, *plan.months.get(*month)?)));
            let each = given.map(|(month, pace)| {
                let month = say!(speech, "month", month = *month);
                say!(speech, "valued", id = month, value = pace)
            });
            page.line(1, say!(speech, "work-by-month", months = speech.list(each)));
        }
        for (id, blackout) in &plan.blackouts {
            let Blackout { from, until, .. } = *blackout;
            let name = name(speech, id, &blackout.title);
            page.line(
                1,
                match blackout.allowed_for {
                    Some(true) => {
                        say!(speech, "blackout-allowed", from = from, until = until, name = name)
                    }
                    _ => say!(speech, "blackout-on-top", from = from, until = until, name = name),
                },
            );
        }
        if plan.duration_correlation != Dist::Number(0.0) {
            let correlation = words(speech, &plan.duration_correlation);
            page.line(1, say!(speech, "duration-correlation", correlation = correlation));
        }
    }

    fn describe_mitigations(&self, page: &mut Page) {
        let speech = page.speech;
        for (id, about) in &self.scenario.plan.mitigations {
            let name = name(speech, id, &about.title);
            let mut parts = vec![match about.taken {
                true => say!(speech, "mitigation-taken", name = name),
                false => say!(speech, "mitigation-not-taken", name = name),
            }];
            if about.cost != Dist::Number(0.0) {
                parts.push(say!(speech, "mitigation-cost", cost = words(speech, &about.cost)));
            }
            page.sentence(1, speech.list(parts));
            for (risk, relief) in &about.risks {
                let chance = words(speech, &relief.probability_factor);
                let effect = words(speech, &relief.effect_factor);
                page.line(
                    2,
                    say!(speech, "mitigation-risk", risk = risk, chance = chance, effect = effect),
                );
            }
        }
    }

    fn describe_buffers(&self, page: &mut Page) {
        let speech = page.speech;
        for (id, buffer) in &self.scenario.plan.buffers {
            let Buffer { phase, event, days: number, title } = buffer;
            let (name, days) = (name(speech, id, title), days(speech, *number));
            page.line(
                1,
                say!(speech, "buffer", name = name, phase = phase, days = days, event = event),
            );
        }
    }
}

fn describe_gate(page: &mut Page, id: &str, gate: &Gate) {
    let speech = page.speech;
    let delay = days(speech, words(speech, &gate.delay_days));
    let mut parts = vec![say!(speech, "gate", gate = name(speech, id, &gate.title), delay = delay)];
    if let Some(blocked) = &gate.blocked_while {
        parts.push(say!(speech, "gate-blocked", states = speech.either(&blocked.tension)));
    }
    if !gate.after.is_empty() {
        parts.push(say!(speech, "gate-after", nodes = speech.list(&gate.after)));
    }
    page.sentence(1, speech.list(parts));
}

fn describe_phase(page: &mut Page, id: &str, phase: &Phase) {
    let speech = page.speech;
    let (begin, end) = (phase.announced_start, phase.announced_finish);
    let name = name(speech, id, &phase.title);
    page.line(1, say!(speech, "phase", phase = name, start = begin, finish = end));
    describe_relations(page, phase);
    let moves = phase.moves.iter().map(|(id, step)| (id, move_in_words(speech, step)));
    let loads = phase.loads.iter().map(|(id, load)| (id, load_in_words(speech, load)));
    for (id, what) in moves.chain(loads) {
        page.line(2, say!(speech, "phase-part", id = id, what = what));
    }
    if !phase.waves.is_empty() {
        let waves = phase.waves.iter().map(|wave| speech.both(wave));
        let waves = speech.joined(waves, &say!(speech, "list-then"));
        page.line(2, say!(speech, "phase-waves", waves = waves));
    }
    let ratio = words(speech, &phase.duration_ratio);
    page.line(2, say!(speech, "phase-ratio", ratio = ratio));
    if phase.compress_to != Dist::Number(1.0) {
        let share = words(speech, &phase.compress_to);
        page.line(2, say!(speech, "phase-compressed", share = share));
    }
}

fn room_in_words(speech: Speech, room: &BreathingRoom) -> String {
    let pause = days(speech, room.pause_days);
    let mut parts = vec![if room.extension_days == 0.0 {
        say!(speech, "room-inside", pause = pause)
    } else {
        let extension = days(speech, room.extension_days);
        say!(speech, "room-beyond", pause = pause, extension = extension)
    }];
    if let Some(latest) = room.latest {
        parts.push(say!(speech, "room-latest", date = latest));
    }
    speech.list(parts)
}

/// What a phase waits for, to begin and with its last lift.
fn describe_relations(page: &mut Page, phase: &Phase) {
    let speech = page.speech;
    let of = |last: bool| {
        let links = phase.after.links();
        let due = links.filter(|(_, link)| link.is_for_last_lift() == last);
        due.map(|link| link_in_words(speech, link)).collect::<Vec<_>>()
    };
    let (begins, ends) = (of(false), of(true));
    if !begins.is_empty() {
        page.line(2, say!(speech, "phase-waits", links = speech.list(begins)));
    }
    if !ends.is_empty() {
        page.line(2, say!(speech, "phase-last-lift-waits", links = speech.list(ends)));
    }
}

fn link_in_words(speech: Speech, (id, link): (&String, Link)) -> String {
    let what = match link.relation {
        Relation::StartToStart => say!(speech, "link-start", id = id),
        Relation::FinishToStart | Relation::FinishToFinish => id.clone(),
    };
    match link.lag_days {
        0.0 => what,
        lag => say!(speech, "link-lag", what = what, days = lag),
    }
}

fn move_in_words(speech: Speech, step: &Move) -> String {
    let Move { site, contingent, people, residual, to, takes_arrivals } = step;
    let who = match (people, residual) {
        (Some(people), _) => people_of(speech, *people, contingent),
        (None, None | Some(0)) => say!(speech, "move-all", contingent = contingent),
        (None, Some(stay)) => {
            say!(speech, "move-all-but", people = *stay, contingent = contingent)
        }
    };
    let what = match to.as_str() {
        HOME => say!(speech, "move-home", who = who, site = site),
        to => say!(speech, "move", who = who, site = site, to = to),
    };
    let mut parts = vec![what];
    parts.extend(takes_arrivals.then(|| say!(speech, "move-arrivals")));
    speech.list(parts)
}

fn load_in_words(speech: Speech, load: &Load) -> String {
    let Load { site, tonnes, fate, mode, to } = load;
    let what = match tonnes {
        Some(tonnes) => say!(speech, "load-some", tonnes = *tonnes),
        None => say!(speech, "load-all"),
    };
    let by = mode.as_ref().map(|mode| say!(speech, "load-mode", mode = mode)).unwrap_or_default();
    match (fate, to.as_str()) {
        (Fate::HandedOver, _) => say!(speech, "load-handed-over", what = what, site = site),
        (Fate::Destroyed, _) => say!(speech, "load-destroyed", what = what, site = site),
        (Fate::Moved, HOME) => say!(speech, "load-home", what = what, site = site) + &by,
        (Fate::Moved, to) => say!(speech, "load", what = what, site = site, to = to) + &by,
    }
}
