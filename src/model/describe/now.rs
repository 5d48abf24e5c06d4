//! Where things stand on the first day, in words.

use super::super::Model;
use super::words::{line, name};
use super::{Page, Section, Topic};
use crate::scenario::{Date, GateNow, Now, Phase, PhaseNow, RoomUsed, ThreatNow};

impl Model {
    pub(super) fn describe_now(&self, page: &mut Page) {
        let Some(now) = &self.scenario.now else { return };
        page.push(Section::new(Topic::Now, "Where things stand on the first day"));
        if *now == Now::default() {
            line(page, "  Nothing of the plan has happened yet.");
        }
        let plan = &self.scenario.plan;
        for (id, about) in &now.gates {
            let gate = name(id, &plan.gates[id].title);
            line(page, format!("  Gate {gate} {}.", gate_in_words(about)));
        }
        for (id, about) in &now.phases {
            let phase = &plan.phases[id];
            let words = phase_in_words(about, phase);
            line(page, format!("  Phase {} {words}.", name(id, &phase.title)));
        }
        if !now.breathing_room.is_none() {
            let used = used_in_words(&now.breathing_room);
            line(page, format!("  Of the breathing room, {used}."));
        }
        if let (Some(about), Some(tension)) = (&now.tension, &self.scenario.world.tension) {
            let (state, since) = (&tension.start, about.since);
            line(page, format!("  The tension has been at {state} since {since}."));
        }
        for (id, about) in &now.threats {
            let threat = name(id, &self.scenario.world.threats[id].title);
            for words in threat_in_words(about) {
                line(page, format!("  Threat {threat}: {words}."));
            }
        }
    }
}

fn gate_in_words(about: &GateNow) -> String {
    match (about.opened, about.started) {
        (Some(opened), _) => format!("opened on {opened}"),
        (None, Some(started)) if about.blocked_days > 0.0 => {
            let days = about.blocked_days;
            format!("has been waited for since {started}, not counting {days} days")
        }
        (None, started) => {
            let since = started.map_or_else(|| "?".to_owned(), text);
            format!("has been waited for since {since}")
        }
    }
}

fn phase_in_words(about: &PhaseNow, phase: &Phase) -> String {
    let started = about.started.unwrap_or(phase.announced_start);
    if let Some(finished) = about.finished {
        return format!("lasted from {started} to {finished}");
    }
    let mut words = format!("is under way since {started}");
    let moves = phase.moves.iter().filter_map(|(id, step)| Some((id, step.people?)));
    let loads = phase.loads.iter().filter_map(|(id, load)| Some((id, load.tonnes?)));
    let given = moves.chain(loads);
    let gone = given.map(|(id, people)| {
        format!("{} of {people} have gone ({id})", about.moved.get(id).unwrap_or(&0))
    });
    let mut more: Vec<String> = gone.collect();
    if !about.breathing_room.is_none() {
        more.push(used_in_words(&about.breathing_room));
    }
    for text in more {
        words += "; ";
        words += &text;
    }
    words
}

fn used_in_words(used: &RoomUsed) -> String {
    format!(
        "{} days of pauses are used up, which have pushed finishes back by {} days",
        used.pause_days, used.extension_days
    )
}

fn threat_in_words(about: &ThreatNow) -> Vec<String> {
    let mut words = Vec::new();
    if !about.strikes.is_empty() {
        let dates: Vec<String> = about.strikes.iter().map(|&date| text(date)).collect();
        words.push(format!("strikes on {}", dates.join(", ")));
    }
    if let Some(attacks) = &about.attacks {
        let each = attacks.iter().map(|recent| {
            let (count, site, date) = (recent.count, &recent.site, recent.date);
            format!("{count} on {site} on {date}")
        });
        let each: Vec<String> = each.collect();
        let none = "none".to_owned();
        let list = if each.is_empty() { none } else { each.join(", ") };
        words.push(format!("attacks of late: {list}"));
    }
    words
}

fn text(date: Date) -> String {
    date.to_string()
}
