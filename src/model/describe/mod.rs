//! The scenario in plain words, before it runs.

mod now;
mod plan;
mod region;
mod rules;
mod words;
mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::Model;
use crate::scenario::{Judged, Site, judged};
use words::{line, name, words};

/// A headed part of a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// What it is about.
    pub topic: Topic,
    /// Its heading.
    pub title: String,
    /// Its lines, indented by two spaces for each level.
    pub lines: Vec<String>,
}

/// What a part of a description is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// The scenario as a whole.
    Frame,
    /// Who is there at the start.
    Sites,
    /// Where things stand on the first day.
    Now,
    /// What is decided.
    Plan,
    /// What nobody decides.
    World,
    /// The numbers that nobody knows.
    Uncertainty,
    /// Where numbers come from.
    Sources,
    /// Defaults that rest on judgement.
    Judgement,
    /// What is probably not meant.
    Warnings,
}

impl Topic {
    /// Every topic, in the order above.
    pub const ALL: &[Topic] = &[
        Topic::Frame,
        Topic::Sites,
        Topic::Now,
        Topic::Plan,
        Topic::World,
        Topic::Uncertainty,
        Topic::Sources,
        Topic::Judgement,
        Topic::Warnings,
    ];

    /// Its name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Frame => "frame",
            Topic::Sites => "sites",
            Topic::Now => "now",
            Topic::Plan => "plan",
            Topic::World => "world",
            Topic::Uncertainty => "uncertainty",
            Topic::Sources => "sources",
            Topic::Judgement => "judgement",
            Topic::Warnings => "warnings",
        }
    }
}

named!(Topic);

/// The sections so far; lines are added to the last.
type Page = Vec<Section>;

impl Model {
    /// The timetable, what holds it up, the rules and the threats, in plain words: the
    /// [sections](Model::description), each below its title, with an empty line between them.
    pub fn describe(&self) -> String {
        let text = |section: Section| {
            let lines = std::iter::once(section.title).chain(section.lines);
            lines.map(|line| line + "\n").collect::<String>()
        };
        self.description().into_iter().map(text).collect::<Vec<String>>().join("\n")
    }

    /// The same as sections. What there is nothing of, such as warnings, has none.
    ///
    /// ```
    /// let model = drawdown::Scenario::example("minimal")?.validate()?.compile();
    /// let sections = model.description();
    /// let plan = sections.iter().find(|section| section.title == "The plan").unwrap();
    /// assert!(plan.lines.iter().any(|line| line.starts_with("  Phase leave: ")));
    /// # Ok::<(), drawdown::Error>(())
    /// ```
    pub fn description(&self) -> Vec<Section> {
        let mut page = Page::new();
        self.describe_frame(&mut page);
        self.describe_sites(&mut page);
        self.describe_now(&mut page);
        self.describe_plan(&mut page);
        self.describe_world(&mut page);
        self.describe_region(&mut page);
        self.describe_uncertainty(&mut page);
        self.describe_sources(&mut page);
        self.describe_judgement(&mut page);
        self.describe_warnings(&mut page);
        page
    }

    /// The rule `id` and the breathing room that it may use, as the description of the plan has them:
    /// its lines, none if there is no such rule.
    pub fn describe_rule(&self, id: &str) -> Vec<String> {
        let Some(rule) = self.scenario.plan.rules.get(id) else { return Vec::new() };
        let mut page = vec![Section::new(Topic::Plan, "The plan")];
        self.describe_breathing_room(&mut page);
        rules::describe_rule(&mut page, id, rule);
        page.remove(0).lines
    }

    fn describe_frame(&self, page: &mut Page) {
        let scenario = &self.scenario;
        let title = if scenario.title.is_empty() { "A withdrawal" } else { &scenario.title };
        let last = self.end();
        page.push(Section::new(Topic::Frame, title));
        line(page, format!("From {} until {last}.", scenario.start));
    }

    fn describe_sites(&self, page: &mut Page) {
        page.push(Section::new(Topic::Sites, "Who is there at the start"));
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
            if site.materiel_tonnes > 0 {
                line(page, format!("    Materiel: {} tonnes.", site.materiel_tonnes));
            }
        }
        self.describe_areas(page);
        let sites = &self.scenario.world.sites;
        let stopped = sites.iter().filter_map(|(id, site)| self.defence(id, site));
        let stopped: Vec<String> = stopped.collect();
        if !stopped.is_empty() {
            line(page, "  Chance that a projectile is stopped, drawn once per attack");
        }
        for text in stopped {
            line(page, text);
        }
    }

    fn describe_areas(&self, page: &mut Page) {
        let areas = &self.scenario.world.areas;
        if !areas.is_empty() {
            let each: Vec<String> = areas.iter().map(|(id, area)| name(id, &area.title)).collect();
            line(page, format!("  Areas: {}.", each.join(", ")));
        }
    }

    /// What a site's air defence stops, in a line; none if there is nothing to be stopped.
    fn defence(&self, id: &str, site: &Site) -> Option<String> {
        let (world, defence) = (&self.scenario.world, &site.air_defence);
        let weapons: BTreeSet<&String> =
            world.interceptable().chain(defence.intercept.keys()).collect();
        let each = weapons.into_iter().filter_map(|weapon| {
            let (_, law) = world.intercept_of(id, site, weapon)?;
            Some(format!("{weapon} {}", words(&law)))
        });
        let mut each: Vec<String> = each.collect();
        if defence.needs_people > 0 {
            each.push(format!("below {} people beta(1, 19)", defence.needs_people));
        }
        (!each.is_empty()).then(|| format!("    {id}: {}", each.join(", ")))
    }

    fn describe_uncertainty(&self, page: &mut Page) {
        let paths: Vec<&str> = self.numbers.paths().collect();
        let title = "Numbers that nobody knows: one value for each history";
        page.push(Section::new(Topic::Uncertainty, title));
        if paths.is_empty() {
            line(page, "  None. (What chance decides within a history is described above.)");
        }
        for path in paths {
            line(page, format!("  {path}"));
        }
    }

    fn describe_sources(&self, page: &mut Page) {
        let sources = &self.scenario.sources;
        if !sources.is_empty() {
            page.push(Section::new(Topic::Sources, "Where numbers come from"));
        }
        for (path, about) in sources {
            let said = [about.source.as_str(), about.note.as_str()];
            let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
            line(page, format!("  {path}: {}", said.join("; ")));
        }
    }

    fn describe_warnings(&self, page: &mut Page) {
        let warnings = self.warnings();
        if !warnings.is_empty() {
            let title = "Warnings: it runs as it is, but perhaps not as meant";
            page.push(Section::new(Topic::Warnings, title));
        }
        for warning in warnings {
            for text in warning.to_string().lines() {
                line(page, format!("  {text}"));
            }
        }
    }

    /// What rests on judgement or dispute: the library's defaults, and the scenario's own values.
    pub(crate) fn judged(&self) -> Vec<Judged> {
        judged(&self.scenario)
    }

    fn describe_judgement(&self, page: &mut Page) {
        let of_library = |one: Judged| one.of_library.then_some(one.path);
        let defaults: Vec<String> = self.judged().into_iter().filter_map(of_library).collect();
        if !defaults.is_empty() {
            let title = "Defaults in use that rest on judgement";
            page.push(Section::new(Topic::Judgement, title));
        }
        for path in defaults {
            line(page, format!("  {path}"));
        }
    }
}
