//! What holds in every history of every scenario.

use drawdown::filter::{Filter, Observation};
use drawdown::observe::{Count, Counted, Reported};
use drawdown::{Batch, By, Event, History, Keep, Kind, Language, MEASURES, Model, Run, Scenario};

/// Runs a few trials and looks at everything that must hold.
pub fn check(model: &Model, seed: u64) {
    same_when_written(model.scenario());
    assert!(!model.describe().is_empty());
    let sections = model.description().len();
    for language in Language::ALL.iter().filter(|language| **language != Language::English) {
        assert_eq!(model.description_in(*language).len(), sections);
    }
    let first = model.trial(seed, 0).unwrap();
    // A crowded history is one of its kind; the others would take too long.
    let trials = if first.events.len() > 20_000 { 1 } else { 3 };
    let run = model.simulate(&batch(trials, seed).threads(1)).unwrap();
    for index in 0..trials {
        let history = model.trial(seed, index).unwrap();
        row_is_sound(&run, index);
        same_bits(&run, index, &history);
        Ledger::new(model, &run).replay(&run, &history);
    }
    if trials > 1 {
        divided_otherwise(model, seed, trials, &run);
        stopped_on_the_way(model, seed, trials, &run);
        copied_on_the_way(model, seed);
    }
}

/// A few trials, however long one is expected to take: where a range has a tail that decides the mean,
/// those that are drawn are short, or cut by the limit of attacks.
fn batch(trials: u64, seed: u64) -> Batch {
    Batch::new(trials, seed).seconds_per_trial(f64::MAX)
}

/// Written and read again it is the same scenario.
pub fn same_when_written(scenario: &Scenario) {
    let toml = Scenario::from_toml_str(&scenario.to_toml_string()).unwrap();
    let json = Scenario::from_json_str(&scenario.to_json_string()).unwrap();
    assert_eq!((&toml, &json), (scenario, scenario));
    assert_eq!((toml.hash(), json.hash()), (scenario.hash(), scenario.hash()));
}

/// Dates that may not be reached, and differences that may be negative.
fn may_be_missing(name: &str) -> bool {
    ["finish_days", "slip_days", "start_days", "open_days", "event_days", "expelled_days"]
        .contains(&name)
        || ["reentry_days", "buffer_days"].contains(&name)
        || name.ends_with("_on_the_way")
}

fn row_is_sound(run: &Run, index: u64) {
    for measure in MEASURES {
        for &value in run.values(measure.name, measure.by).unwrap().row(index as usize) {
            let label = format!("{} by {:?}: {value}", measure.name, measure.by);
            assert!(may_be_missing(measure.name) || value.is_finite(), "{label}");
            assert!(!value.is_infinite(), "{label}");
            let negative = ["slip_days", "buffer_days"].contains(&measure.name);
            assert!(value.is_nan() || negative || value >= 0.0, "{label}");
        }
    }
}

/// A trial alone gives the row that it gave in the batch, on another thread too.
fn same_bits(run: &Run, index: u64, history: &History) {
    let mut row = history.row().iter();
    for measure in MEASURES {
        for value in run.values(measure.name, measure.by).unwrap().row(index as usize) {
            let alone = row.next().unwrap();
            assert_eq!(value.to_bits(), alone.to_bits(), "{} by {:?}", measure.name, measure.by);
        }
    }
}

/// However the trials are divided and whatever is kept of them, the results are the same.
fn divided_otherwise(model: &Model, seed: u64, trials: u64, run: &Run) {
    let batch = batch(trials, seed).threads(2);
    let other = model.simulate(&batch).unwrap();
    let summary = model.simulate(&batch.keep(Keep::Summary)).unwrap();
    for &by in By::ALL {
        let rows = run.summary(by);
        assert_eq!(format!("{rows:?}"), format!("{:?}", other.summary(by)));
        for (a, b) in rows.iter().zip(&summary.summary(by)) {
            let bits = |x: f64| if x.is_nan() { 1 } else { x.to_bits() };
            assert_eq!(bits(a.mean), bits(b.mean), "{}", a.measure);
            assert_eq!(a.missing, b.missing, "{}", a.measure);
        }
    }
}

/// A count of attacks between shares of the time.
fn count(model: &Model, from: f64, to: f64, reported: Reported) -> Observation {
    let (from_days, to_days) = (from * model.horizon_days(), to * model.horizon_days());
    let (counted, threat, sites) = (Counted::Attacks, None, Vec::new());
    Observation::Count(Count { from_days, to_days, counted, threat, sites, reported })
}

/// Trials that are stopped on the way and go on are the same.
fn stopped_on_the_way(model: &Model, seed: u64, trials: u64, run: &Run) {
    let stops = [(0.0, 0.3), (0.1, 0.55), (0.55, 1.0)];
    let stops = stops.map(|(from, to)| count(model, from, to, Reported::Missing));
    let other = model.filter(&Filter::new(trials, seed), &stops).unwrap().run;
    for &by in By::ALL {
        assert_eq!(format!("{:?}", run.summary(by)), format!("{:?}", other.summary(by)));
    }
}

/// Particles that are copied go on to the horizon, and are sound.
fn copied_on_the_way(model: &Model, seed: u64) {
    // What one of them has seen, the others have seldom.
    let first = model.simulate(&batch(4, seed)).unwrap();
    let attacks = first.values("attacks", By::Total).unwrap()[[0, 0]] as u32;
    let few = count(model, 0.0, 0.4, Reported::AtMost(attacks / 3));
    let about = count(model, 0.4, 0.6, Reported::About { count: attacks / 5, sigma: 0.5 });
    let found = model.filter(&Filter::new(4, seed), &[few, about]).unwrap();
    for index in 0..4 {
        row_is_sound(&found.run, index);
    }
}

/// Who is where, followed through the events of one history.
struct Ledger {
    contingents: usize,
    horizon: f64,
    people: Vec<u64>,
    /// By site.
    since: Vec<f64>,
    person_days: Vec<f64>,
}

impl Ledger {
    fn new(model: &Model, run: &Run) -> Self {
        let scenario = model.scenario();
        let (sites, contingents) = (run.ids(By::Site), run.ids(By::Contingent));
        let garrison = |site: &String, contingent: &String| {
            let garrison = &scenario.world.sites[site].garrison;
            u64::from(garrison.get(contingent).copied().unwrap_or(0))
        };
        Ledger {
            contingents: contingents.len(),
            horizon: model.horizon_days(),
            people: sites
                .iter()
                .flat_map(|site| contingents.iter().map(move |who| garrison(site, who)))
                .collect(),
            since: vec![0.0; sites.len()],
            person_days: vec![0.0; sites.len()],
        }
    }

    fn on_site(&self, site: usize) -> u64 {
        self.people[site * self.contingents..][..self.contingents].iter().sum()
    }

    fn replay(mut self, run: &Run, history: &History) {
        let mut now = 0.0;
        for (k, event) in history.events.iter().enumerate() {
            assert!(event.days >= now, "time goes back at event {k}: {event:?} after {now}");
            assert!(event.days <= self.horizon, "after the horizon: {event:?}");
            now = event.days;
            self.follow(event);
        }
        let capped = history.total("capped").unwrap() > 0.0;
        let end = if capped { now } else { self.horizon };
        for site in 0..self.since.len() {
            self.count(site, end);
        }
        self.agrees(run, history, capped);
    }

    fn count(&mut self, site: usize, now: f64) {
        self.person_days[site] += self.on_site(site) as f64 * (now - self.since[site]);
        self.since[site] = now;
    }

    fn take(&mut self, event: &Event, site: usize) {
        let who = event.contingent.expect("those who leave belong to a contingent");
        let there = &mut self.people[site * self.contingents + who];
        let left = there.checked_sub(u64::from(event.count));
        *there = left.unwrap_or_else(|| panic!("more leave than are there: {event:?}"));
    }

    fn bring(&mut self, event: &Event, site: usize) {
        let who = event.contingent.expect("those who come belong to a contingent");
        self.people[site * self.contingents + who] += u64::from(event.count);
    }

    fn follow(&mut self, event: &Event) {
        let site = event.site.unwrap_or(0);
        match event.kind {
            Kind::Lift => {
                self.count(site, event.days);
                self.take(event, site);
                if let Some(to) = event.to {
                    self.count(to, event.days);
                    self.bring(event, to);
                }
            }
            Kind::Departure => {
                self.count(site, event.days);
                self.take(event, site);
            }
            Kind::Reinforced | Kind::WentBackIn => {
                self.count(site, event.days);
                self.bring(event, site);
            }
            Kind::SiteClosed => assert_eq!(self.on_site(site), 0, "closed with people on it"),
            Kind::Attack | Kind::AttackIntercepted => {
                assert!(self.on_site(site) > 0, "an attack on nobody: {event:?}");
            }
            Kind::Wounded | Kind::Killed => {
                assert!(u64::from(event.count) <= self.on_site(site), "{event:?}");
            }
            _ => {}
        }
    }

    fn agrees(&self, run: &Run, history: &History, capped: bool) {
        let index = history.index as usize;
        let of_site = |name: &str, site: usize| run.values(name, By::Site).unwrap()[[index, site]];
        for site in 0..self.since.len() {
            assert_eq!(of_site("people_left", site), self.on_site(site) as f64, "site {site}");
            let (counted, due) = (of_site("person_days", site), self.person_days[site]);
            let near = 1e-6 * (1.0 + due.abs());
            assert!(capped || (counted - due).abs() <= near, "{counted} person-days, not {due}");
        }
        let count = |kinds: &[Kind]| -> f64 {
            let events = history.events.iter().filter(|event| kinds.contains(&event.kind));
            events.map(|event| f64::from(event.count)).sum()
        };
        let counts = [
            ("attacks", count(&[Kind::Attack, Kind::AttackIntercepted])),
            ("wounded", count(&[Kind::Wounded])),
            ("killed", count(&[Kind::Killed])),
            ("people_moved", count(&[Kind::Lift])),
        ];
        for (name, counted) in counts {
            assert_eq!(history.total(name).unwrap(), counted, "{name}");
            for by in [By::Site, By::Threat] {
                if MEASURES.iter().any(|measure| measure.name == name && measure.by == by) {
                    let parts = run.values(name, by).unwrap();
                    let sum: f64 = parts.row(index).iter().sum();
                    assert_eq!(sum, counted, "{name} by {by:?}");
                }
            }
        }
    }
}
