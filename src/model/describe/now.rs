//! Where things stand on the first day, in words.

use super::super::Model;
use super::Topic;
use super::words::{Page, days, name};
use crate::languages::{Speech, Value, say};
use crate::scenario::{GateNow, Now, Phase, PhaseNow, RoomUsed, ThreatNow};

impl Model {
    pub(super) fn describe_now(&self, page: &mut Page) {
        let Some(now) = &self.scenario.now else { return };
        let speech = page.speech;
        page.section(Topic::Now, say!(speech, "now"));
        if *now == Now::default() {
            page.line(1, say!(speech, "now-nothing"));
        }
        let plan = &self.scenario.plan;
        for (id, about) in &now.gates {
            let gate = name(speech, id, &plan.gates[id].title);
            page.line(1, gate_in_words(speech, &gate, about));
        }
        for (id, about) in &now.phases {
            let phase = &plan.phases[id];
            let text = phase_in_words(speech, &name(speech, id, &phase.title), about, phase);
            page.sentence(1, text);
        }
        if !now.breathing_room.is_none() {
            let used = used_in_words(speech, &now.breathing_room);
            page.line(1, say!(speech, "now-room", used = used));
        }
        if let (Some(about), Some(tension)) = (&now.tension, &self.scenario.world.tension) {
            let state = &tension.start;
            page.line(1, say!(speech, "now-tension", state = state, date = about.since));
        }
        for (id, about) in &now.threats {
            let threat = name(speech, id, &self.scenario.world.threats[id].title);
            for words in threat_in_words(speech, about) {
                page.line(1, say!(speech, "now-threat", threat = &threat, words = words));
            }
        }
    }
}

fn gate_in_words(speech: Speech, gate: &str, about: &GateNow) -> String {
    match (about.opened, about.started) {
        (Some(opened), _) => say!(speech, "now-gate-opened", gate = gate, date = opened),
        (None, Some(started)) if about.blocked_days > 0.0 => {
            let blocked = days(speech, about.blocked_days);
            say!(speech, "now-gate-blocked", gate = gate, date = started, days = blocked)
        }
        (None, started) => {
            let since = started.map_or_else(|| Value::from("?"), Value::from);
            say!(speech, "now-gate-waits", gate = gate, date = since)
        }
    }
}

fn phase_in_words(speech: Speech, name: &str, about: &PhaseNow, phase: &Phase) -> String {
    let started = about.started.unwrap_or(phase.announced_start);
    if let Some(finished) = about.finished {
        return say!(speech, "now-phase-lasted", phase = name, start = started, finish = finished);
    }
    let moves = phase.moves.iter().filter_map(|(id, step)| Some((id, step.people?)));
    let loads = phase.loads.iter().filter_map(|(id, load)| Some((id, load.tonnes?)));
    let gone = moves.chain(loads).map(|(id, all)| {
        let gone = about.moved.get(id).copied().unwrap_or(0);
        say!(speech, "now-phase-gone", gone = gone, all = all, id = id)
    });
    let mut each = vec![say!(speech, "now-phase-under-way", phase = name, date = started)];
    each.extend(gone);
    if !about.breathing_room.is_none() {
        each.push(used_in_words(speech, &about.breathing_room));
    }
    speech.statements(each)
}

fn used_in_words(speech: Speech, used: &RoomUsed) -> String {
    let (pauses, extension) = (used.pause_days, days(speech, used.extension_days));
    say!(speech, "room-used", pauses = pauses, extension = extension)
}

fn threat_in_words(speech: Speech, about: &ThreatNow) -> Vec<String> {
    let mut words = Vec::new();
    if !about.strikes.is_empty() {
        words.push(say!(speech, "now-strikes", dates = speech.list(&about.strikes)));
    }
    if let Some(attacks) = &about.attacks {
        let each = attacks.iter().map(|recent| {
            let (count, site, date) = (recent.count, &recent.site, recent.date);
            say!(speech, "now-attack", count = count, site = site, date = date)
        });
        let none = attacks.is_empty().then(|| say!(speech, "now-no-attack"));
        let attacks = speech.list(each.chain(none));
        words.push(say!(speech, "now-attacks", attacks = attacks));
    }
    words
}
