//! The scenario in plain words, before it runs.

mod plan;
mod region;
mod rules;
mod words;
mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Model;
use crate::scenario::{AirDefence, judged_defaults, usual_intercept};
use words::{line, name, words};

impl Model {
    /// The timetable, what holds it up, the rules and the threats, in plain words.
    pub fn describe(&self) -> String {
        let mut page = String::new();
        self.describe_frame(&mut page);
        self.describe_sites(&mut page);
        self.describe_plan(&mut page);
        self.describe_world(&mut page);
        self.describe_region(&mut page);
        self.describe_uncertainty(&mut page);
        self.describe_judgement(&mut page);
        self.describe_warnings(&mut page);
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
            let who = if people.is_empty() { "nobody".to_owned() } else { people.join(", ") };
            let mut text = format!("  {id:<14} {total:>6}  ({who})");
            if let Some(area) = &site.area {
                let _ = write!(text, " in {area}");
            }
            if !site.title.is_empty() {
                let _ = write!(text, ": {}", site.title);
            }
            line(page, text);
            if let Some(reference) = site.reference_garrison {
                line(page, format!("    The rates of threats are meant for {reference} people."));
            }
        }
        self.describe_areas(page);
        line(page, "  Chance that a projectile is stopped, drawn once per attack");
        for (id, site) in &self.scenario.world.sites {
            self.describe_defence(page, id, &site.air_defence);
        }
    }

    fn describe_areas(&self, page: &mut String) {
        let areas = &self.scenario.world.areas;
        if !areas.is_empty() {
            let each: Vec<String> = areas.iter().map(|(id, area)| name(id, &area.title)).collect();
            line(page, format!("  Areas: {}.", each.join(", ")));
        }
    }

    fn describe_defence(&self, page: &mut String, id: &str, defence: &AirDefence) {
        let used = self.scenario.world.threats.values().flat_map(|threat| threat.weapons.keys());
        let weapons: BTreeSet<&String> = used.chain(defence.intercept.keys()).collect();
        let each = weapons.into_iter().filter_map(|weapon| {
            let law = defence.intercept.get(weapon).cloned().or_else(|| usual_intercept(weapon))?;
            Some(format!("{weapon} {}", words(&law)))
        });
        let mut each: Vec<String> = each.collect();
        if defence.needs_people > 0 {
            each.push(format!("below {} people beta(1, 19)", defence.needs_people));
        }
        if !each.is_empty() {
            line(page, format!("    {id}: {}", each.join(", ")));
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

    fn describe_warnings(&self, page: &mut String) {
        let warnings = self.warnings();
        if !warnings.is_empty() {
            line(page, "\nWarnings: it runs as it is, but perhaps not as meant");
        }
        for warning in warnings {
            line(page, format!("  {}", warning.to_string().replace('\n', "\n  ")));
        }
    }

    fn describe_judgement(&self, page: &mut String) {
        let defaults = judged_defaults(&self.scenario.to_tree());
        if !defaults.is_empty() {
            line(page, "\nDefaults in use that rest on judgement");
        }
        for path in defaults {
            line(page, format!("  {path}"));
        }
    }
}
