//! The scenario in plain words, before it runs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Model;
use crate::law::{Dist, Family};
use crate::scenario::{
    Action, AirDefence, Condition, HOME, Harm, Move, Phase, Rates, Threat, Window, usual_intercept,
};

impl Model {
    /// The timetable, what holds it up, the rules and the threats, in plain words.
    pub fn describe(&self) -> String {
        let mut page = String::new();
        self.describe_frame(&mut page);
        self.describe_sites(&mut page);
        self.describe_plan(&mut page);
        self.describe_world(&mut page);
        self.describe_uncertainty(&mut page);
        page
    }

    fn describe_frame(&self, page: &mut String) {
        let scenario = &self.scenario;
        let title = if scenario.title.is_empty() { "A withdrawal" } else { &scenario.title };
        let last = self.date(self.horizon);
        line(page, format!("{title}\nFrom {} until {last}.", scenario.start));
    }

    fn describe_sites(&self, page: &mut String) {
        line(page, "\nWho is there at the start");
        for (id, site) in &self.scenario.world.sites {
            let people: Vec<String> =
                site.garrison.iter().map(|(who, n)| format!("{n} {who}")).collect();
            let total: u64 = site.garrison.values().map(|&n| u64::from(n)).sum();
            line(page, format!("  {:<14} {total:>6}  ({})", id, people.join(", ")));
        }
        line(page, "  Chance that a projectile is stopped, drawn once per attack");
        for (id, site) in &self.scenario.world.sites {
            self.describe_defence(page, id, &site.air_defence);
        }
    }

    fn describe_defence(&self, page: &mut String, id: &str, defence: &AirDefence) {
        let weapons: BTreeSet<&String> =
            self.scenario.world.threats.values().flat_map(|threat| threat.weapons.keys()).collect();
        let each = weapons.into_iter().filter_map(|weapon| {
            let law = defence.intercept.get(weapon).cloned().or_else(|| usual_intercept(weapon))?;
            Some(format!("{weapon} {}", words(&law)))
        });
        let mut text = each.collect::<Vec<String>>().join(", ");
        if text.is_empty() {
            return;
        }
        if defence.needs_people > 0 {
            let _ = write!(text, "; beta(1, 19) below {} people", defence.needs_people);
        }
        line(page, format!("    {id}: {text}"));
    }

    fn describe_plan(&self, page: &mut String) {
        let plan = &self.scenario.plan;
        line(page, "\nThe plan");
        if plan.phases.is_empty() {
            line(page, "  Everybody stays.");
        }
        for (id, gate) in &plan.gates {
            let delay = words(&gate.delay_days);
            let mut text = format!("  Gate {}: opens after {delay} days", name(id, &gate.title));
            if let Some(blocked) = &gate.blocked_while {
                let _ = write!(text, ", not counting days of {}", blocked.tension.join(" or "));
            }
            line(page, text + ".");
        }
        let mut phases: Vec<_> = plan.phases.iter().collect();
        phases.sort_by_key(|(id, phase)| (phase.announced_start, *id));
        for (id, phase) in phases {
            self.describe_phase(page, id, phase);
        }
        let every = plan.transport.lift_every_days;
        let most = plan.transport.people_per_day;
        if !plan.phases.is_empty() {
            line(page, format!("  Lifts leave every {every} days, at most {most} people a day."));
        }
        self.describe_breathing_room(page);
        for (id, rule) in &plan.rules {
            let Action::Pause(pause) = &rule.then;
            let until = match &rule.until {
                Some(until) => condition(until),
                None => "that no longer holds".to_owned(),
            };
            line(page, format!("  Rule {id}: when {}, hold all movement", condition(&rule.when)));
            let least = pause.at_least_days;
            line(page, format!("    for at least {least} days and until {until}."));
        }
        if !plan.rules.is_empty() {
            line(page, format!("  Rules look every {} days.", plan.review_every_days));
        }
    }

    fn describe_phase(&self, page: &mut String, id: &str, phase: &Phase) {
        let (begin, end) = (phase.announced_start, phase.announced_finish);
        line(page, format!("  Phase {}: {begin} to {end}.", name(id, &phase.title)));
        if !phase.after.is_empty() {
            line(page, format!("    Waits for: {}.", phase.after.join(", ")));
        }
        for step in phase.moves.values() {
            line(page, format!("    {}", move_in_words(step)));
        }
        let ratio = words(&phase.duration_ratio);
        line(page, format!("    Takes {ratio} times as long as announced."));
    }

    fn describe_breathing_room(&self, page: &mut String) {
        let plan = &self.scenario.plan;
        let room = &plan.breathing_room;
        if room.pause_days == 0.0 {
            return line(page, "  Breathing room: none; nothing may be held up.");
        }
        let mut text =
            format!("  Breathing room: movement may be held for {} days", room.pause_days);
        if room.extension_days == 0.0 {
            text += " inside the announced dates";
        } else {
            let _ = write!(text, ", pushing finishes back by {} days", room.extension_days);
        }
        if let Some(latest) = room.latest {
            let _ = write!(text, ", not past {latest}");
        }
        line(page, text + ".");
        if plan.rules.is_empty() {
            line(page, "    No rule uses it.");
        }
    }

    fn describe_world(&self, page: &mut String) {
        line(page, "\nThe world");
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
        for (id, threat) in &self.scenario.world.threats {
            describe_threat(page, id, threat);
        }
        if self.scenario.world.threats.is_empty() {
            line(page, "  Nobody attacks.");
        }
    }

    fn describe_uncertainty(&self, page: &mut String) {
        let paths: Vec<&str> = self.numbers.paths().collect();
        line(page, "\nNumbers that nobody knows: one value for each history");
        if paths.is_empty() {
            line(page, "  None. (What chance decides within a history is described above.)");
        }
        for path in paths {
            line(page, format!("  {path}"));
        }
    }
}

fn describe_threat(page: &mut String, id: &str, threat: &Threat) {
    let rates = match &threat.attacks_per_day {
        Rates::Same(rate) => words(rate),
        Rates::ByState(rates) => {
            let each: Vec<String> =
                rates.iter().map(|(state, rate)| format!("{} ({state})", words(rate))).collect();
            each.join(", ")
        }
    };
    line(page, format!("  Threat {}: {rates} attacks a day in all.", name(id, &threat.title)));
    if threat.presence_elasticity != Dist::Number(0.0) {
        let elasticity = words(&threat.presence_elasticity);
        line(page, format!("    Drawn by presence, elasticity {elasticity} (disputed)."));
    }
    if let Some(contagion) = &threat.contagion {
        let (children, days) =
            (words(&contagion.children_per_attack), words(&contagion.decay_days));
        line(page, format!("    An attack causes {children} more, {days} days later on average."));
    }
    if !threat.site_weights.is_empty() {
        let each: Vec<String> =
            threat.site_weights.iter().map(|(site, w)| format!("{site} {}", words(w))).collect();
        line(page, format!("    Its attacks fall on: {} (weights).", each.join(", ")));
    }
    describe_shifts(page, threat);
    if threat.weapons.is_empty() {
        return line(page, "    No weapons are modelled: its attacks harm nobody.");
    }
    for (id, weapon) in &threat.weapons {
        let (share, salvo) = (words(&weapon.share), words(&weapon.salvo_mean));
        line(page, format!("    Weapon {id}: share {share}, {salvo} projectiles on average."));
    }
    let Harm { no_casualty, scale, shape, killed_share } = &threat.harm;
    let (none, killed) = (words(no_casualty), words(killed_share));
    line(page, format!("    A projectile that gets through harms nobody with chance {none};"));
    let (scale, shape) = (words(scale), words(shape));
    line(page, format!("    otherwise people in number of scale {scale} and shape {shape};"));
    line(page, format!("    each of them is killed with chance {killed}, else wounded."));
}

fn describe_shifts(page: &mut String, threat: &Threat) {
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

fn line(page: &mut String, text: impl AsRef<str>) {
    page.push_str(text.as_ref());
    page.push('\n');
}

fn name(id: &str, title: &str) -> String {
    if title.is_empty() { id.to_owned() } else { format!("{id} ({title})") }
}

fn move_in_words(step: &Move) -> String {
    let Move { site, contingent, people, residual, to } = step;
    let who = match (people, residual) {
        (Some(people), _) => format!("{people} {contingent}"),
        (None, None | Some(0)) => format!("all {contingent}"),
        (None, Some(stay)) => format!("all but {stay} {contingent}"),
    };
    match to.as_str() {
        HOME => format!("{who} leave {site}"),
        to => format!("{who} move from {site} to {to}"),
    }
}

fn condition(condition_: &Condition) -> String {
    let join = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(condition).collect();
        format!("({})", parts.join(word))
    };
    match condition_ {
        Condition::Attacks(window) => count("attacks", window),
        Condition::Wounded(window) => count("people wounded", window),
        Condition::Killed(window) => count("people killed", window),
        Condition::All(parts) => join(parts, " and "),
        Condition::Any(parts) => join(parts, " or "),
        Condition::Not(part) => format!("not {}", condition(part)),
    }
}

fn count(what: &str, window: &Window) -> String {
    let bound = match (window.at_least, window.at_most) {
        (Some(n), _) => format!("at least {n}"),
        (None, n) => format!("at most {}", n.unwrap_or(0)),
    };
    let mut text = format!("there are {bound} {what} in {} days", window.in_days);
    if let Some(sites) = &window.sites {
        let _ = write!(text, " at {}", sites.join(", "));
    }
    if let Some(threats) = &window.threats {
        let _ = write!(text, " by {}", threats.join(", "));
    }
    text
}

/// A number, or the name and parameters of its law.
fn words<P: Words>(dist: &Dist<P>) -> String {
    match dist {
        Dist::Number(number) => number.to_string(),
        Dist::Family(family) => family_in_words(family),
    }
}

/// A parameter of a law: a number, or again a range.
trait Words {
    fn words(&self) -> String;
}

impl Words for f64 {
    fn words(&self) -> String {
        self.to_string()
    }
}

impl<P: Words> Words for Dist<P> {
    fn words(&self) -> String {
        words(self)
    }
}

fn family_in_words<P: Words>(family: &Family<P>) -> String {
    let list = |parameters: &[P]| {
        let each: Vec<String> = parameters.iter().map(Words::words).collect();
        each.join(", ")
    };
    match family {
        Family::Constant(value) => value.words(),
        Family::Uniform(p) => format!("uniform({})", list(p)),
        Family::Triangular(p) => format!("triangular({})", list(p)),
        Family::Pert(p) => format!("PERT({})", list(p)),
        Family::Normal { mean, sd } => format!("normal({}, {})", mean.words(), sd.words()),
        Family::Lognormal { median, sigma } => {
            format!("lognormal(median {}, sigma {})", median.words(), sigma.words())
        }
        Family::Gamma { shape, mean } => {
            format!("gamma(shape {}, mean {})", shape.words(), mean.words())
        }
        Family::Beta(p) => format!("beta({})", list(p)),
        Family::Exponential { mean } => format!("exponential(mean {})", mean.words()),
        Family::TruncatedNormal { mean, sd, low, high } => format!(
            "normal({}, {}) between {} and {}",
            mean.words(),
            sd.words(),
            low.words(),
            high.words()
        ),
        Family::Mixture(parts) => {
            let each: Vec<String> = (parts.iter())
                .map(|part| format!("{} (weight {})", words(&part.value), part.weight.words()))
                .collect();
            format!("a mixture of {}", each.join(", "))
        }
        Family::Empirical(values) => format!("one of {} recorded values", values.len()),
    }
}
