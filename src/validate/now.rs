//! Checks of where things stand on the first day.

use super::{at, known};
use crate::error::{Code, Problem};
use crate::languages::{Speech, say};
use crate::law::Law;
use crate::scenario::{
    BreathingRoom, Date, GateNow, Now, Phase, PhaseNow, Relation, RoomUsed, Scenario, ThreatNow,
};

pub(super) fn check(scenario: &Scenario, problems: &mut Vec<Problem>) {
    let Some(now) = &scenario.now else { return };
    let plan = &scenario.plan;
    let mut look = Look { scenario, now, problems };
    for (id, about) in &now.gates {
        let path = format!("now.gates.{id}");
        if known(&path, "gate", id, plan.gates.keys(), look.problems) {
            look.gate(&path, id, about);
        }
    }
    for (id, about) in &now.phases {
        let path = format!("now.phases.{id}");
        if known(&path, "phase", id, plan.phases.keys(), look.problems) {
            look.phase(&path, id, about);
        }
    }
    look.tension();
    for (id, about) in &now.threats {
        let path = format!("now.threats.{id}");
        if known(&path, "threat", id, scenario.world.threats.keys(), look.problems) {
            look.threat(&path, id, about);
        }
    }
}

/// What has lasted for longer, or used up more, than it can: nothing of it is left.
pub(super) fn warnings(scenario: &Scenario, speech: Speech) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(now) = &scenario.now {
        Look { scenario, now, problems: &mut problems }.beyond(speech);
    }
    problems
}

struct Look<'a, 'p> {
    scenario: &'a Scenario,
    now: &'a Now,
    problems: &'p mut Vec<Problem>,
}

impl Look<'_, '_> {
    fn report(
        &mut self,
        path: impl Into<String>,
        code: Code,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.problems.push(Problem::new(path, code, what, remedy));
    }

    /// Whether a date is one of the past. Reports it if not.
    fn past(&mut self, path: &str, date: Date) -> bool {
        let start = self.scenario.start;
        if date > start {
            let what = format!("{date} is after the start {start}");
            let remedy = "give what has happened by the start, and leave out what has not";
            self.report(path, Code::DatesOutOfOrder, what, remedy);
        }
        date <= start
    }

    fn gate(&mut self, path: &str, id: &str, about: &GateNow) {
        let gate = &self.scenario.plan.gates[id];
        let GateNow { opened, started, blocked_days } = *about;
        match (opened, started) {
            (None, None) => {
                let remedy = "give `opened` or `started`, or take it out";
                self.report(
                    path,
                    Code::MissingKey,
                    "how far the gate has come is not said",
                    remedy,
                );
            }
            (Some(_), Some(_)) => {
                let what = "it is open, so its clock does not run any more";
                self.report(at(path, "started"), Code::Contradiction, what, "take one of them out");
            }
            (Some(opened), None) => {
                let path = at(path, "opened");
                if self.past(&path, opened) {
                    self.comes_after(&path, gate.after.iter(), opened);
                }
            }
            (None, Some(started)) => {
                let path = at(path, "started");
                if self.past(&path, started) {
                    self.comes_after(&path, gate.after.iter(), started);
                }
            }
        }
        let days = started.map_or(0.0, |started| self.age(started));
        if blocked_days > days.max(0.0) {
            let what =
                format!("its clock has run for {days} days, and cannot have stood still so long");
            let remedy = "give fewer days, or take it out";
            self.report(at(path, "blocked_days"), Code::DatesOutOfOrder, what, remedy);
        }
    }

    fn phase(&mut self, path: &str, id: &str, about: &PhaseNow) {
        let phase = &self.scenario.plan.phases[id];
        let started = match (about.started, about.finished) {
            (None, None) => {
                let remedy = "give `started`, or `finished`, or take it out";
                let what = "how far the phase has come is not said";
                return self.report(path, Code::MissingKey, what, remedy);
            }
            (started, _) => started.unwrap_or(phase.announced_start),
        };
        let begin = at(path, if about.started.is_some() { "started" } else { "finished" });
        let sound = about.started.is_none() || self.past(&begin, started);
        if sound {
            let waits = |due| phase.after.links().filter(move |(_, link)| link.relation == due);
            self.comes_after(&begin, waits(Relation::FinishToStart).map(|(id, _)| id), started);
            for (other, _) in waits(Relation::StartToStart) {
                self.begins_after(&begin, other, started);
            }
        }
        match about.finished {
            Some(finished) => self.done(path, phase, about, (started, finished)),
            None => self.under_way(path, phase, about),
        }
    }

    /// A phase that is done, from when to when.
    fn done(
        &mut self,
        path: &str,
        phase: &Phase,
        about: &PhaseNow,
        (started, finished): (Date, Date),
    ) {
        let end = at(path, "finished");
        if self.past(&end, finished) && finished < started {
            let what = format!("{finished} is before {started}, when it began");
            let remedy = "mend one of the dates, or give `started`";
            self.report(&end, Code::DatesOutOfOrder, what, remedy);
        }
        let last = phase.after.links().filter(|(_, link)| link.is_for_last_lift());
        self.comes_after(&end, last.map(|(id, _)| id), finished);
        if !about.moved.is_empty() {
            let what = "the phase is done: nobody is still to move";
            self.report(at(path, "moved"), Code::Contradiction, what, "take it out");
        }
        for (id, step) in phase.moves.iter().filter(|(_, step)| step.people.is_none()) {
            let site = self.scenario.world.sites.get(&step.site);
            let there = site.and_then(|site| site.garrison.get(&step.contingent)).unwrap_or(&0);
            let stay = step.residual.unwrap_or(0);
            if *there > stay && !self.is_brought(&step.site, &step.contingent) {
                let what = format!(
                    "it is done, and `{id}` leaves {stay} of `{}` at `{}`, but {there} are there",
                    step.contingent, step.site
                );
                let remedy = "lower the garrison to who is there now, or take `finished` out";
                self.report(path, Code::Contradiction, what, remedy);
            }
        }
    }

    /// Whether a phase that has begun brings people of a contingent to a site.
    fn is_brought(&self, site: &str, contingent: &str) -> bool {
        let begun = self.now.phases.keys().filter_map(|id| self.scenario.plan.phases.get(id));
        let mut moves = begun.flat_map(|phase| phase.moves.values());
        moves.any(|step| step.to == site && step.contingent == contingent)
    }

    fn under_way(&mut self, path: &str, phase: &Phase, about: &PhaseNow) {
        let moved = at(path, "moved");
        for (id, gone) in &about.moved {
            let path = at(&moved, id);
            let all = phase.moves.keys().chain(phase.loads.keys());
            if !known(&path, "move or load of the phase", id, all, self.problems) {
                continue;
            }
            let loads = phase.loads.get(id).map(|load| load.tonnes);
            match loads.unwrap_or_else(|| phase.moves[id].people) {
                None => {
                    let what = "it takes all that is still there, however much has gone";
                    self.report(path, Code::Contradiction, what, "take it out");
                }
                Some(people) if *gone > people => {
                    let what = format!("{gone} have gone, but only {people} are to go");
                    self.report(path, Code::TooManyPeople, what, format!("give at most {people}"));
                }
                Some(_) => {}
            }
        }
        let moves = phase.moves.iter().map(|(id, step)| (id, step.people));
        let loads = phase.loads.iter().map(|(id, load)| (id, load.tonnes));
        let given = moves.chain(loads).filter(|(_, number)| number.is_some());
        for (id, _) in given.filter(|(id, _)| !about.moved.contains_key(*id)) {
            let what = "how much of it has gone is not said";
            self.report(at(&moved, id), Code::MissingKey, what, "give a number, or 0");
        }
    }

    /// What a gate or phase comes after must have been done by then.
    fn comes_after<'a>(&mut self, path: &str, after: impl Iterator<Item = &'a String>, date: Date) {
        for id in after {
            let gate = self.now.gates.get(id).and_then(|about| about.opened);
            let done = gate.or(self.now.phases.get(id).and_then(|about| about.finished));
            match done {
                Some(done) if done > date => {
                    let what =
                        format!("{date} is before {done}, when `{id}` was done, which comes first");
                    self.report(path, Code::DatesOutOfOrder, what, "mend one of the dates");
                }
                Some(_) => {}
                None => {
                    let (table, key) = match self.scenario.plan.gates.contains_key(id) {
                        true => ("gates", "opened"),
                        false => ("phases", "finished"),
                    };
                    let what = format!("it comes after `{id}`, which is not done");
                    let remedy = format!("give `now.{table}.{id}.{key}`, or mend `after`");
                    self.report(path, Code::Contradiction, what, remedy);
                }
            }
        }
    }

    /// What a phase begins after must have begun by then.
    fn begins_after(&mut self, path: &str, other: &String, date: Date) {
        let phase = self.scenario.plan.phases.get(other);
        let begun = self.now.phases.get(other).zip(phase);
        match begun.map(|(about, phase)| about.started.unwrap_or(phase.announced_start)) {
            Some(begun) if begun > date => {
                let what =
                    format!("{date} is before {begun}, when `{other}` began, which comes first");
                self.report(path, Code::DatesOutOfOrder, what, "mend one of the dates");
            }
            Some(_) => {}
            None => {
                let what = format!("it begins after `{other}` has begun, which it has not");
                let remedy = format!("give `now.phases.{other}.started`, or mend `after`");
                self.report(path, Code::Contradiction, what, remedy);
            }
        }
    }

    /// What of all that has lasted for longer, or used up more, than it can.
    fn beyond(&mut self, speech: Speech) {
        let plan = &self.scenario.plan;
        for (id, about) in &self.now.gates {
            if let Some(started) = about.started {
                let (path, law) = (format!("now.gates.{id}.started"), &plan.gates[id].delay_days);
                let days = self.age(started) - about.blocked_days;
                let what = say!(speech, "to-come-delay");
                self.still_to_come(speech, &path, what, law, days);
            }
        }
        for (id, about) in &self.now.phases {
            let (phase, path) = (&plan.phases[id], format!("now.phases.{id}"));
            if let (Some(started), None) = (about.started, about.finished) {
                let announced = plan.announced_days(phase);
                let days = self.working_age(started) - about.breathing_room.pause_days;
                let (place, ratio) = (at(&path, "started"), days / announced);
                let what = say!(speech, "to-come-ratio");
                self.still_to_come(speech, &place, what, &phase.duration_ratio, ratio);
            }
            let own = phase.breathing_room.as_ref();
            self.room(speech, &at(&path, "breathing_room"), &about.breathing_room, own);
        }
        self.room(speech, "now.breathing_room", &self.now.breathing_room, None);
    }

    /// A law should have values that are more than it has come to already.
    fn still_to_come(&mut self, speech: Speech, path: &str, what: String, law: &Law, so_far: f64) {
        let most = law.support().1;
        if most <= so_far {
            let so_far = format!("{so_far:.4}");
            let what =
                say!(speech, "warn-nothing-to-come", what = what, so_far = so_far, most = most);
            self.report(path, Code::OutOfRange, what, say!(speech, "do-mend-date"));
        }
    }

    fn room(&mut self, speech: Speech, path: &str, used: &RoomUsed, room: Option<&BreathingRoom>) {
        // A phase without breathing room of its own is held out of that of the plan.
        let plan = &self.scenario.plan.breathing_room;
        let room = room.unwrap_or(plan);
        for (key, used, given) in [
            ("pause_days", used.pause_days, room.pause_days.min(plan.pause_days)),
            ("extension_days", used.extension_days, room.extension_days.min(plan.extension_days)),
        ] {
            if used > given {
                let what = say!(speech, "warn-used-up", used = used, given = given);
                let remedy = say!(speech, "do-mend-or-give");
                self.report(at(path, key), Code::OutOfRange, what, remedy);
            }
        }
    }

    fn tension(&mut self) {
        let Some(about) = &self.now.tension else { return };
        self.past("now.tension.since", about.since);
        if self.scenario.world.tension.is_none() {
            let what = "the world has no states of tension";
            self.report("now.tension", Code::Contradiction, what, "take it out");
        }
    }

    fn threat(&mut self, path: &str, id: &str, about: &ThreatNow) {
        let threat = &self.scenario.world.threats[id];
        let strikes = at(path, "strikes");
        for (k, date) in about.strikes.iter().enumerate() {
            self.past(&format!("{strikes}.{k}"), *date);
        }
        if !about.strikes.is_empty() && threat.retaliation.is_none() {
            let what = "nothing answers its attacks, and nothing says how strikes are remembered";
            let remedy = "give the threat `retaliation`, or take them out";
            self.report(strikes, Code::Contradiction, what, remedy);
        }
        for (k, recent) in about.attacks.iter().flatten().enumerate() {
            let path = format!("{path}.attacks.{k}");
            self.past(&at(&path, "date"), recent.date);
            let sites = self.scenario.world.sites.keys();
            let attacked = sites.filter(|site| threat.weighs(site));
            known(
                &at(&path, "site"),
                "site that it attacks",
                &recent.site,
                attacked,
                self.problems,
            );
        }
    }

    /// Days from a date to the start.
    fn age(&self, date: Date) -> f64 {
        f64::from(self.scenario.start.days_since(date))
    }

    /// The same without days on which nothing moved.
    fn working_age(&self, date: Date) -> f64 {
        self.scenario.plan.days_of_work(date, self.scenario.start)
    }
}
