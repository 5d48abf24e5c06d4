//! The plan in words.

use std::fmt::Write as _;

use super::super::Model;
use super::rules::describe_rule;
use super::words::{line, name, words};
use super::{Page, Section, Topic};
use crate::law::Dist;
use crate::scenario::{
    BreathingRoom, Buffer, Fate, HOME, Link, Load, MONTHS, Move, Phase, Plan, Relation, Transport,
    Weekday,
};

impl Model {
    pub(super) fn describe_plan(&self, page: &mut Page) {
        let plan = &self.scenario.plan;
        page.push(Section::new(Topic::Plan, "The plan"));
        if plan.phases.is_empty() {
            line(page, "  Everybody stays.");
        }
        for (id, gate) in &plan.gates {
            let delay = words(&gate.delay_days);
            let mut text = format!("  Gate {}: opens after {delay} days", name(id, &gate.title));
            if let Some(blocked) = &gate.blocked_while {
                let _ = write!(text, ", not counting days of {}", blocked.tension.join(" or "));
            }
            if !gate.after.is_empty() {
                let _ = write!(text, ", counted from the end of: {}", gate.after.join(", "));
            }
            line(page, text + ".");
        }
        let mut phases: Vec<_> = plan.phases.iter().collect();
        phases.sort_by_key(|(id, phase)| (phase.announced_start, *id));
        for (id, phase) in phases {
            self.describe_phase(page, id, phase);
        }
        let (every, most) = (plan.transport.lift_every_days, plan.transport.people_per_day);
        if !plan.phases.is_empty() || plan.transport != Transport::default() {
            line(page, format!("  Lifts leave every {every} days, at most {most} people a day."));
        }
        for (id, mode) in &plan.transport.modes {
            let (name, most) = (name(id, &mode.title), mode.tonnes_per_day);
            line(page, format!("  Materiel by {name}: at most {most} tonnes a day."));
        }
        self.describe_blackouts(page);
        self.describe_mitigations(page);
        self.describe_breathing_room(page);
        for (id, rule) in &plan.rules {
            describe_rule(page, id, rule);
        }
        if !plan.rules.is_empty() || plan.review_every_days != Plan::default().review_every_days {
            line(page, format!("  Rules look every {} days.", plan.review_every_days));
        }
        self.describe_buffers(page);
    }

    fn describe_phase(&self, page: &mut Page, id: &str, phase: &Phase) {
        let (begin, end) = (phase.announced_start, phase.announced_finish);
        line(page, format!("  Phase {}: {begin} to {end}.", name(id, &phase.title)));
        describe_relations(page, phase);
        for (id, step) in &phase.moves {
            line(page, format!("    {id}: {}", move_in_words(step)));
        }
        for (id, load) in &phase.loads {
            line(page, format!("    {id}: {}", load_in_words(load)));
        }
        if !phase.waves.is_empty() {
            let waves: Vec<String> = phase.waves.iter().map(|wave| wave.join(" and ")).collect();
            line(page, format!("    In waves: {}.", waves.join(", then ")));
        }
        let ratio = words(&phase.duration_ratio);
        line(page, format!("    Takes {ratio} times as long as announced."));
        if phase.compress_to != Dist::Number(1.0) {
            let share = words(&phase.compress_to);
            line(
                page,
                format!("    To keep its date it is compressed, to {share} of that at most."),
            );
        }
    }

    pub(super) fn describe_breathing_room(&self, page: &mut Page) {
        let plan = &self.scenario.plan;
        let room = &plan.breathing_room;
        if *room == BreathingRoom::default() {
            line(page, "  Breathing room: none; nothing may be held up.");
        } else {
            let days = room_in_words(room);
            line(page, format!("  Breathing room: movement may be held for {days}."));
        }
        for (id, phase) in &plan.phases {
            if let Some(own) = &phase.breathing_room {
                line(page, format!("    {id}: for {}.", room_in_words(own)));
            }
        }
        if room.pause_days > 0.0 && plan.rules.is_empty() {
            line(page, "    No rule uses it.");
        }
    }

    fn describe_blackouts(&self, page: &mut Page) {
        let plan = &self.scenario.plan;
        if plan.working_days != Weekday::ALL {
            let days = plan.working_days.iter().map(|day| day.as_str());
            let days = days.collect::<Vec<_>>().join(", ");
            line(page, format!("  Things move on {days}; announced dates allow for that."));
        }
        if !plan.months.is_empty() {
            let given = MONTHS.iter().filter_map(|month| Some((month, plan.months.get(*month)?)));
            let each: Vec<String> = given.map(|(month, pace)| format!("{month} {pace}")).collect();
            line(page, format!("  A day does so much of a day's work: {}.", each.join(", ")));
        }
        for (id, blackout) in &plan.blackouts {
            let (from, until) = (blackout.from, blackout.until);
            let name = name(id, &blackout.title);
            let known = match blackout.allowed_for {
                Some(true) => "; announced dates allow for it",
                _ => "; it comes on top of announced dates",
            };
            line(page, format!("  Nothing moves from {from} until {until}: {name}{known}."));
        }
        if plan.duration_correlation != Dist::Number(0.0) {
            let correlation = words(&plan.duration_correlation);
            line(page, format!("  Durations of phases are correlated: {correlation}."));
        }
    }

    fn describe_mitigations(&self, page: &mut Page) {
        for (id, about) in &self.scenario.plan.mitigations {
            let mut text = format!("  Mitigation {}", name(id, &about.title));
            text += if about.taken { ": taken" } else { ": not taken" };
            if about.cost != Dist::Number(0.0) {
                let _ = write!(text, ", at a cost of {}", words(&about.cost));
            }
            line(page, text + ".");
            for (risk, relief) in &about.risks {
                let chance = words(&relief.probability_factor);
                let effect = words(&relief.effect_factor);
                let text = format!("probability times {chance}, effect times {effect}");
                line(page, format!("    {risk}: {text}."));
            }
        }
    }

    fn describe_buffers(&self, page: &mut Page) {
        for (id, buffer) in &self.scenario.plan.buffers {
            let Buffer { phase, event, days, title } = buffer;
            let name = name(id, title);
            line(page, format!("  Buffer {name}: {phase} done {days} days before {event}."));
        }
    }
}

fn room_in_words(room: &BreathingRoom) -> String {
    let mut text = format!("{} days", room.pause_days);
    if room.extension_days == 0.0 {
        text += " inside the announced dates";
    } else {
        let _ = write!(text, ", pushing finishes back by {} days", room.extension_days);
    }
    if let Some(latest) = room.latest {
        let _ = write!(text, ", not past {latest}");
    }
    text
}

/// What a phase waits for, to begin and with its last lift.
fn describe_relations(page: &mut Page, phase: &Phase) {
    let of = |last: bool| {
        let links = phase.after.links();
        let due = links.filter(|(_, link)| link.is_for_last_lift() == last);
        due.map(link_in_words).collect::<Vec<_>>()
    };
    let (begins, ends) = (of(false), of(true));
    if !begins.is_empty() {
        line(page, format!("    Waits for: {}.", begins.join(", ")));
    }
    if !ends.is_empty() {
        line(page, format!("    Its last lift waits for: {}.", ends.join(", ")));
    }
}

fn link_in_words((id, link): (&String, Link)) -> String {
    let what = match link.relation {
        Relation::StartToStart => format!("the start of {id}"),
        Relation::FinishToStart | Relation::FinishToFinish => id.clone(),
    };
    match link.lag_days {
        0.0 => what,
        lag => format!("{what} and {lag} days more"),
    }
}

fn move_in_words(step: &Move) -> String {
    let Move { site, contingent, people, residual, to, takes_arrivals } = step;
    let who = match (people, residual) {
        (Some(people), _) => format!("{people} {contingent}"),
        (None, None | Some(0)) => format!("all {contingent}"),
        (None, Some(stay)) => format!("all but {stay} {contingent}"),
    };
    let what = match to.as_str() {
        HOME => format!("{who} leave {site}"),
        to => format!("{who} move from {site} to {to}"),
    };
    if *takes_arrivals { what + ", and whoever is brought there meanwhile" } else { what }
}

fn load_in_words(load: &Load) -> String {
    let Load { site, tonnes, fate, mode, to } = load;
    let what = match tonnes {
        Some(tonnes) => format!("{tonnes} tonnes"),
        None => "all materiel".to_owned(),
    };
    let mode = mode.as_ref().map(|mode| format!(" by {mode}")).unwrap_or_default();
    match (fate, to.as_str()) {
        (Fate::HandedOver, _) => format!("{what} on {site} handed over"),
        (Fate::Destroyed, _) => format!("{what} on {site} destroyed"),
        (Fate::Moved, HOME) => format!("{what} from {site} home{mode}"),
        (Fate::Moved, to) => format!("{what} from {site} to {to}{mode}"),
    }
}
