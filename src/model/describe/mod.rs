//! The scenario in plain words, before it runs.

mod now;
mod plan;
mod region;
mod rules;
mod words;
mod world;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Model;
use crate::error::Problem;
use crate::languages::{Language, Speech, say};
use crate::scenario::{Judged, Site, judged};
use words::{Page, name, words};

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
        self.description_in(Language::English)
    }

    /// The sections in a language. What an author wrote stands as it is.
    pub fn description_in(&self, language: Language) -> Vec<Section> {
        let mut page = Page::new(language.speech());
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
        page.sections
    }

    /// The rule `id` and the breathing room that it may use, as the description of the plan has them:
    /// its lines, none if there is no such rule.
    pub fn describe_rule(&self, id: &str) -> Vec<String> {
        self.describe_rule_in(id, Language::English)
    }

    /// The same in a language.
    pub fn describe_rule_in(&self, id: &str, language: Language) -> Vec<String> {
        let Some(rule) = self.scenario.plan.rules.get(id) else { return Vec::new() };
        let mut page = Page::new(language.speech());
        self.begin_plan(&mut page);
        self.describe_breathing_room(&mut page);
        rules::describe_rule(&mut page, id, rule);
        page.sections.remove(0).lines
    }

    fn describe_frame(&self, page: &mut Page) {
        let scenario = &self.scenario;
        let title = match scenario.title.as_str() {
            "" => say!(page.speech, "frame-untitled"),
            title => title.to_owned(),
        };
        page.section(Topic::Frame, title);
        page.line(0, say!(page.speech, "frame", start = scenario.start, end = self.end()));
    }

    fn describe_sites(&self, page: &mut Page) {
        let speech = page.speech;
        page.section(Topic::Sites, say!(speech, "sites"));
        for (id, site) in &self.scenario.world.sites {
            describe_site(page, id, site);
        }
        self.describe_areas(page);
        let sites = &self.scenario.world.sites;
        let stopped = sites.iter().filter_map(|(id, site)| self.defence(speech, id, site));
        let stopped: Vec<String> = stopped.collect();
        if !stopped.is_empty() {
            page.line(1, say!(speech, "defences"));
        }
        for text in stopped {
            page.line(2, text);
        }
    }

    fn describe_areas(&self, page: &mut Page) {
        let (areas, speech) = (&self.scenario.world.areas, page.speech);
        if !areas.is_empty() {
            let each = areas.iter().map(|(id, area)| name(speech, id, &area.title));
            page.line(1, say!(speech, "areas", areas = speech.list(each)));
        }
    }

    /// What a site's air defence stops, in a line; none if there is nothing to be stopped.
    fn defence(&self, speech: Speech, id: &str, site: &Site) -> Option<String> {
        let (world, defence) = (&self.scenario.world, &site.air_defence);
        let weapons: BTreeSet<&String> =
            world.interceptable().chain(defence.intercept.keys()).collect();
        let each = weapons.into_iter().filter_map(|weapon| {
            let (_, law) = world.intercept_of(id, site, weapon)?;
            Some(say!(speech, "valued", id = weapon, value = words(speech, &law)))
        });
        let mut each: Vec<String> = each.collect();
        if defence.needs_people > 0 {
            let people = defence.needs_people;
            each.push(say!(speech, "defence-thin", people = people, law = "beta(1, 19)"));
        }
        let weapons = speech.list(&each);
        (!each.is_empty()).then(|| say!(speech, "defence", site = id, weapons = weapons))
    }

    fn describe_uncertainty(&self, page: &mut Page) {
        let paths: Vec<&str> = self.numbers.paths().collect();
        page.section(Topic::Uncertainty, say!(page.speech, "uncertainty"));
        if paths.is_empty() {
            page.line(1, say!(page.speech, "uncertainty-none"));
        }
        for path in paths {
            page.line(1, page.speech.apart(path.to_owned()));
        }
    }

    fn describe_sources(&self, page: &mut Page) {
        let (sources, speech) = (&self.scenario.sources, page.speech);
        if !sources.is_empty() {
            page.section(Topic::Sources, say!(speech, "sources"));
        }
        for (path, about) in sources {
            let said = [about.source.as_str(), about.note.as_str()];
            let said = speech.statements(said.into_iter().filter(|text| !text.is_empty()));
            page.line(1, say!(speech, "source", path = path, said = said));
        }
    }

    fn describe_warnings(&self, page: &mut Page) {
        let (warnings, speech) = (self.warnings_in(page.speech.language()), page.speech);
        if !warnings.is_empty() {
            page.section(Topic::Warnings, say!(page.speech, "warnings"));
        }
        for warning in warnings {
            let Problem { path, code, what, remedy } = warning;
            let text = say!(speech, "warning", path = path, what = what, code = code.as_str());
            page.line(1, text);
            page.line(3, remedy);
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
            page.section(Topic::Judgement, say!(page.speech, "judgement"));
        }
        for path in defaults {
            page.line(1, page.speech.apart(path));
        }
    }
}

fn describe_site(page: &mut Page, id: &str, site: &Site) {
    let speech = page.speech;
    let people = site.garrison.iter().map(|(who, n)| people_of(speech, *n, who));
    let total: u64 = site.garrison.values().map(|&n| u64::from(n)).sum();
    let who = match site.garrison.is_empty() {
        true => say!(speech, "site-nobody"),
        false => speech.list(people),
    };
    // In columns.
    let gap = " ".repeat(14_usize.saturating_sub(id.chars().count()));
    let total = format!("{total:>6}");
    let mut text = say!(speech, "site", site = id, gap = gap, people = total, who = who);
    if let Some(area) = &site.area {
        text += &say!(speech, "site-area", area = area);
    }
    if !site.title.is_empty() {
        text += &say!(speech, "site-title", title = &site.title);
    }
    page.line(1, text);
    if let Some(people) = site.reference_garrison {
        page.line(2, say!(speech, "site-reference", people = people));
    }
    if site.materiel_tonnes > 0 {
        page.line(2, say!(speech, "site-materiel", tonnes = site.materiel_tonnes));
    }
}

/// So many people of a contingent.
fn people_of(speech: Speech, people: u32, contingent: &str) -> String {
    say!(speech, "people-of", people = people, contingent = contingent)
}
