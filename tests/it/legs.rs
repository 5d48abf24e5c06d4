//! Legs: those on the road, how long they are, and what they meet. Random plans against closed forms, and
//! exact cases without chance. The number of the row is that of `docs/verification.md`.

use drawdown::error::Code;
use drawdown::{Batch, By, Event, Kind, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, assert_mean, mean_and_se, of, run, run_under, total};

/// So many people leave `base` for home over a leg, in as many lifts.
struct Case {
    people: u32,
    lifts: u32,
    per_convoy: u32,
    leg: String,
    threat: String,
    more: String,
}

impl Case {
    fn toml(&self) -> String {
        let finish = "2025-01-01".parse::<drawdown::scenario::Date>().unwrap();
        let finish = finish.plus_days(7 * self.lifts as i32);
        format!(
            r#"schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites]
base.garrison.us = {}
[world.legs.road]
from = "base"
people_per_convoy = {}
{}
[world.threats.ambush]
attacks_per_day = 0
{}
[plan.transport]
people_per_day = 100000
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = {finish}
duration_ratio = 1
moves.all = {{ site = "base", contingent = "us" }}
{}
"#,
            self.people, self.per_convoy, self.leg, self.threat, self.more
        )
    }

    /// People in each lift: an even share, rounded half up.
    fn shares(&self) -> Vec<u32> {
        even(self.people, self.lifts)
    }

    /// People in each convoy, by lift.
    fn convoys(&self) -> Vec<Vec<u32>> {
        let of = |people: &u32| even(*people, people.div_ceil(self.per_convoy));
        self.shares().iter().filter(|people| **people > 0).map(of).collect()
    }
}

fn even(people: u32, parts: u32) -> Vec<u32> {
    let up_to = |k: u32| (f64::from(people) * f64::from(k) / f64::from(parts) + 0.5).floor() as u32;
    (1..=parts).map(|k| up_to(k) - up_to(k - 1)).collect()
}

/// Attacks that convoys meet, and those by person-days, are Poisson: so many convoys times the one,
/// people times days times the other.
#[test]
fn row_36_attacks_are_as_many_as_convoys_and_person_days() {
    let mut dice = Dice(11);
    for case in 0..30 {
        let (each, per_day) = (dice.between(0.0, 0.4), dice.between(0.0, 0.004));
        let (low, high) = (dice.between(0.05, 20.0), dice.between(0.0, 30.0));
        let factor = dice.between(0.2, 3.0);
        let case = Case {
            people: dice.between(1.0, 900.0) as u32,
            lifts: dice.between(1.0, 20.0) as u32,
            per_convoy: dice.between(1.0, 120.0) as u32,
            leg: format!(
                "days = {{ uniform = [{low}, {}] }}\n\
                 attacks.ambush = {{ per_convoy = {each}, per_person_day = {per_day} }}",
                low + high
            ),
            threat: format!("rate_factor = {factor}"),
            more: format!("[plan.rules]\n# {case}"),
        };
        let run = run_under(&case.toml(), 6_000, u64::from(case.people));
        let convoys: usize = case.convoys().iter().map(Vec::len).sum();
        let days = low + high / 2.0;
        let person_days = f64::from(case.people) * days;
        let expected = factor * (convoys as f64 * each + person_days * per_day);
        let of_leg = of(&run, "attacks", By::Site, 1);
        assert_eq!(of_leg, total(&run, "attacks"));
        let (mean, se) = mean_and_se(&of_leg);
        assert!(
            (mean - expected).abs() < 4.5 * se,
            "{mean} ({se}) for {expected}\n{}",
            case.toml()
        );
        // Poisson, given the days: of one lift they are all alike.
        let of_people = f64::from(case.people) * factor * per_day;
        let shares: f64 = case.shares().iter().map(|n| f64::from(*n).powi(2)).sum();
        let spread = (factor * per_day * high).powi(2) / 12.0 * shares;
        let (_, variance) = mean_and_variance(&of_leg);
        let bound = 4.5 * variance * (2.0f64 / 6_000.0).sqrt() + 4.5 * (variance / 6_000.0).sqrt();
        assert!(
            (variance - expected - spread).abs() < bound.max(0.01),
            "{variance} for {expected} + {spread} ({of_people})\n{}",
            case.toml()
        );
        let on_leg = of(&run, "person_days", By::Site, 1);
        let (mean, se) = mean_and_se(&on_leg);
        assert!(
            (mean - person_days).abs() <= 4.5 * se + 1e-6 * person_days,
            "{mean} {person_days}"
        );
    }
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

const ARMED: &str = "weapons.bomb = { share = 1, salvo_mean = 1, interceptable = false }\n\
                     harm = { no_casualty = 0, scale = 1e6, shape = 0, killed_share = 0.25 }";

/// With a scale beyond bounds, the number harmed is uniform from 1 to the people of the convoy.
#[test]
fn an_attack_harms_no_more_than_the_convoy_that_it_meets() {
    let mut dice = Dice(12);
    for k in 0..24 {
        let kind = ["per_convoy", "per_person_day"][k % 2];
        let rate = [dice.between(0.1, 1.0), dice.between(0.001, 0.02)][k % 2];
        let days = dice.between(0.1, 12.0);
        let case = Case {
            people: if k < 8 { 3 } else { dice.between(1.0, 300.0) as u32 },
            lifts: if k < 8 { 1 } else { dice.between(1.0, 6.0) as u32 },
            // Convoys of one and two people differ the most from each other.
            per_convoy: if k < 8 { 2 } else { dice.between(1.0, 70.0) as u32 },
            leg: format!("days = {days}\nattacks.ambush.{kind} = {rate}"),
            threat: ARMED.to_owned(),
            more: String::new(),
        };
        let run = run_under(&case.toml(), 20_000, k as u64);
        let convoys: Vec<u32> = case.convoys().concat();
        let mean_harm = |people: &u32| (f64::from(*people) + 1.0) / 2.0;
        let expected: f64 = match kind {
            "per_convoy" => convoys.iter().map(|n| rate * mean_harm(n)).sum(),
            _ => convoys.iter().map(|n| rate * days * f64::from(*n) * mean_harm(n)).sum(),
        };
        let (wounded, killed) = (total(&run, "wounded"), total(&run, "killed"));
        let harmed: Vec<f64> = wounded.iter().zip(&killed).map(|(w, k)| w + k).collect();
        let (mean, se) = mean_and_se(&harmed);
        assert!(
            (mean - expected).abs() < 4.5 * se,
            "{mean} ({se}) for {expected}\n{}",
            case.toml()
        );
        let worst = total(&run, "worst_attack").iter().copied().fold(0.0, f64::max);
        assert!(worst <= f64::from(*convoys.iter().max().unwrap()), "{worst} {convoys:?}");
    }
}

#[test]
fn harm_falls_on_the_contingents_of_the_lift() {
    let case = Case {
        people: 300,
        lifts: 3,
        per_convoy: 25,
        leg: "days = 2\nattacks.ambush.per_convoy = 0.5".into(),
        threat: ARMED.into(),
        more: String::new(),
    };
    // 100 of the one, 300 of the other, 12 of them by another way.
    let toml = case
        .toml()
        .replace(
            "base.garrison.us = 300",
            "base.garrison = { us = 300, uk = 100 }\nother = { garrison = { fr = 12 } }",
        )
        .replace("attacks_per_day = 0", "attacks_per_day = 0\nsite_weights.base = 1")
        + "moves.others = { site = \"base\", contingent = \"uk\" }\n\
         moves.far = { site = \"other\", contingent = \"fr\" }\n";
    let run = run(&toml, 20_000);
    let hurt = |k| {
        let (wounded, killed) =
            (of(&run, "wounded", By::Contingent, k), of(&run, "killed", By::Contingent, k));
        wounded.iter().zip(killed).map(|(w, k)| w + k).collect::<Vec<_>>()
    };
    // Contingents are fr, uk, us: of each lift a quarter are the uk's; convoys of 133 or 134 in six.
    assert!(hurt(0).iter().all(|n| *n == 0.0));
    let expected: f64 = [133u32, 134, 133]
        .iter()
        .flat_map(|n| even(*n, 6))
        .map(|n| 0.5 * (f64::from(n) + 1.0) / 2.0)
        .sum();
    assert_mean("uk", &hurt(1), expected / 4.0, 0.02);
    assert_mean("us", &hurt(2), expected * 0.75, 0.02);
}

#[test]
fn tension_and_what_moves_the_threat_move_attacks_on_the_way() {
    let leg = "days = 30\nattacks.ambush = { per_convoy = { calm = 0, war = 3 }, \
               per_person_day = { calm = 0.001, war = 0 } }";
    let case = Case {
        people: 100,
        lifts: 1,
        per_convoy: 50,
        leg: leg.into(),
        threat: "profile = { 2025-01-18 = 2 }\nbatch_mean = 3".into(),
        more: "[world.tension]\nstart = \"calm\"\n\
               states.calm = { mean_days = 10, next.war = 1 }\nstates.war.mean_days = 1"
            .into(),
    };
    // On the way from day 7 to 37; war for good from an exponential day of mean 10; doubled from
    // day 17 on.
    let run = run(&case.toml(), 100_000);
    let calm = |from: f64, to: f64| 10.0 * ((-from / 10.0_f64).exp() - (-to / 10.0_f64).exp());
    let (early, late) = (calm(7.0, 17.0), calm(17.0, 37.0));
    let (per_day, per_convoy) = (100.0 * 0.001, 2.0 * 3.0 / 30.0);
    let expected =
        per_day * (early + 2.0 * late) + per_convoy * ((10.0 - early) + 2.0 * (20.0 - late));
    assert_mean("attacks", &of(&run, "attacks", By::Site, 1), expected, 0.03);
}

/// Two phases: to a hub over a leg, and on from there.
fn to_the_hub(days: f64, after: &str, more: &str) -> String {
    format!(
        r#"schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites]
base.garrison.us = 210
hub = {{ garrison = {{ us = 40 }} }}
[world.legs.road]
from = "base"
to = "hub"
days = {days}
[plan.phases.gather]
announced_start = 2025-01-01
announced_finish = 2025-03-12
duration_ratio = 1
moves.all = {{ site = "base", contingent = "us", to = "hub" }}
[plan.phases.home]
after = {after}
announced_start = 2025-03-31
announced_finish = 2025-04-20
duration_ratio = 1
moves.all = {{ site = "hub", contingent = "us" }}
{more}
"#
    )
}

fn events(toml: &str) -> Vec<Event> {
    let model = Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile();
    model.trial(3, 0).unwrap().events
}

#[test]
fn whoever_comes_after_a_phase_waits_for_those_on_the_way() {
    let mut dice = Dice(13);
    for k in 0..50 {
        // A third of them are less than the hour that a way takes.
        let most = if k % 3 == 0 { 0.04 } else { 60.0 };
        let (days, lag) = (dice.between(0.001, most), dice.between(0.0, 9.0));
        let after = format!("{{ gather = {{ lag_days = {lag} }} }}");
        let found = run(&to_the_hub(days, &after, ""), 1);
        let start = of(&found, "start_days", By::Phase, 1)[0];
        let arrives = 70.0 + days.max(1.0 / 24.0);
        assert!((start - (arrives + lag).max(89.0)).abs() < 1e-6, "{start} {days} {lag}");
        assert_eq!(of(&found, "finish_days", By::Phase, 0), [70.0]);
        assert_eq!(of(&found, "finish_days", By::Site, 0), [70.0]);
        assert_eq!(total(&found, "people_left"), [0.0], "{days} {lag}");
        let person_days = of(&found, "person_days", By::Site, 2)[0];
        assert!((person_days - 210.0 * days.max(1.0 / 24.0)).abs() < 1e-6);
        let lag = lag + 30.0;
        let after =
            format!("{{ gather = {{ relation = \"finish_to_finish\", lag_days = {lag} }} }}");
        let alone = to_the_hub(days, &after, "")
            .replace("\"hub\", contingent = \"us\"", "\"hub\", contingent = \"us\", people = 40");
        let found = run(&alone, 1);
        let finish = of(&found, "finish_days", By::Phase, 1)[0];
        assert!((finish - (arrives + lag).max(109.0)).abs() < 1e-6, "{finish} {days} {lag}");
    }
}

#[test]
fn nothing_holds_those_who_are_on_the_way() {
    let more = r#"[plan.breathing_room]
pause_days = 100
extension_days = 100
[plan.rules.wait]
when.date.from = 2025-01-10
then.pause.at_least_days = 90
[plan.blackouts.feast]
from = 2025-01-20
until = 2025-02-20
allowed_for = false
"#;
    let events = events(&to_the_hub(9.5, "[\"gather\"]", more));
    let days = |kind: Kind| {
        let of_kind = events.iter().filter(move |event| event.kind == kind && event.count > 0);
        of_kind.map(|event| (event.days, event.count)).collect::<Vec<_>>()
    };
    let (lifts, arrivals) = (days(Kind::Lift), days(Kind::Arrival));
    let first = lifts.iter().take(arrivals.len());
    assert!(!arrivals.is_empty());
    first.zip(&arrivals).for_each(|(lift, arrival)| {
        assert_eq!((lift.0 + 9.5, lift.1), *arrival);
    });
}

#[test]
fn a_contingent_that_leaves_leaves_the_legs_too() {
    let more = "[plan.rules.out]\nwhen.date.from = 2025-01-20\n\
                then.send_home = { contingent = \"us\", in_days = 1 }\n";
    let found = run(&to_the_hub(30.0, "[\"gather\"]", more), 1);
    // Reviewed on day 21, gone on day 22: lifts of 21 on days 7, 14 and 21.
    let person_days = of(&found, "person_days", By::Site, 2)[0];
    assert_eq!(person_days, 21.0 * (15.0 + 8.0 + 1.0));
    assert_eq!(total(&found, "people_left"), [0.0]);
    let events = events(&to_the_hub(30.0, "[\"gather\"]", more));
    assert!(events.iter().all(|event| event.kind != Kind::Arrival));
}

/// A threat that attacks on legs only needs no weights of sites, and a rule that counts it is none for
/// nothing.
#[test]
fn a_threat_on_legs_only_needs_no_sites() {
    let more = "[world.threats.ambush]\nattacks_per_day = 0\n\
                [world.legs.road.attacks.ambush]\nper_convoy = 1\n\
                [plan.breathing_room]\npause_days = 9\n[plan.rules.hold]\n\
                when.attacks = { in_days = 9, at_least = 1, threats = [\"ambush\"] }\nthen.pause = {}\n";
    let toml = to_the_hub(1.0, "[\"gather\"]", more);
    let checked = Scenario::from_toml_str(&toml).unwrap().validate().unwrap();
    assert_eq!(checked.warnings(), []);
    assert!(total(&run(&toml, 9), "attacks").iter().all(|attacks| *attacks > 0.0));
    let with_sites = toml.replace("attacks_per_day = 0", "attacks_per_day = 0.1");
    let missing = ("world.threats.ambush.site_weights".to_owned(), Code::MissingKey);
    assert_eq!(problems(&with_sites), [missing]);
}

#[test]
fn a_rule_sees_what_happens_on_a_leg() {
    let case = |sites: &str| Case {
        people: 700,
        lifts: 10,
        per_convoy: 20,
        leg: "days = 3\nattacks.ambush.per_convoy = 5".into(),
        threat: String::new(),
        more: format!(
            "[plan.breathing_room]\npause_days = 30\nextension_days = 30\n[plan.rules.hold]\n\
             when.attacks = {{ in_days = 7, at_least = 3, sites = [\"{sites}\"] }}\nthen.pause = {{}}\n"
        ),
    };
    assert!(total(&run(&case("road").toml(), 20), "pause_days").iter().all(|days| *days > 0.0));
    assert!(total(&run(&case("base").toml(), 20), "pause_days").iter().all(|days| *days == 0.0));
}

#[test]
fn a_leg_that_nobody_takes_changes_nothing() {
    let rows = |leg: &str| {
        let toml = drawdown::scenario::EXAMPLES[0].toml.to_owned() + leg;
        let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
        let run = model.simulate(&Batch::new(50, 5)).unwrap();
        let names = drawdown::MEASURES.iter().filter(|one| one.by == By::Total);
        names.map(|one| total(&run, one.name)).collect::<Vec<_>>()
    };
    let toml = drawdown::scenario::EXAMPLES[0].toml;
    let model = Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile();
    let world = &model.scenario().world;
    let (site, threat) = (world.sites.keys().next().unwrap(), world.threats.keys().next());
    let other = world.sites.keys().nth(1).unwrap_or(site);
    let attacks = threat.map_or(String::new(), |id| format!("attacks.{id}.per_convoy = 9\n"));
    let leg = format!("\n[world.legs.x]\nfrom = \"{other}\"\nto = \"{site}\"\ndays = 3\n{attacks}");
    let bits = |rows: Vec<Vec<f64>>| rows.concat().iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(rows("")), bits(rows(&leg)));
}

#[test]
fn what_is_wrong_with_legs_is_told_at_once() {
    let toml = to_the_hub(1.0, "[\"gather\"]", "")
        + r#"[world.legs.base]
from = "base"
days = 1
[world.legs.home]
from = "nowhere"
to = "there"
days = 0
[world.legs.round]
from = "hub"
to = "hub"
days = 1
people_per_convoy = 0
[world.legs.twice]
from = "base"
to = "hub"
days = 1
attacks.nobody.per_convoy = -1
attacks.nobody.per_person_day = { war = 1 }
"#;
    let found = problems(&toml);
    let mended = toml
        .replace("days = 0\n", "days = 1\n")
        .replace("people_per_convoy = 0\n", "")
        .replace("per_convoy = -1", "per_convoy = 1");
    let shape: Vec<(&str, Code)> = vec![
        ("world.legs.home.days", Code::OutOfRange),
        ("world.legs.round.people_per_convoy", Code::OutOfRange),
        ("world.legs.twice.attacks.nobody.per_convoy", Code::OutOfRange),
    ];
    for (path, code) in shape {
        assert!(found.contains(&(path.to_owned(), code)), "{path}: {found:?}");
    }
    let found = problems(&mended);
    let meant = [
        ("world.legs.base", Code::BadId),
        ("world.legs.home", Code::BadId),
        ("world.legs.home.from", Code::DanglingId),
        ("world.legs.home.to", Code::DanglingId),
        ("world.legs.round.to", Code::Contradiction),
        ("world.legs.twice", Code::Contradiction),
        ("world.legs.twice.attacks.nobody", Code::DanglingId),
        ("world.legs.twice.attacks.nobody.per_person_day.war", Code::DanglingId),
    ];
    for (path, code) in meant {
        assert!(found.contains(&(path.to_owned(), code)), "{path}: {found:?}");
    }
    assert_eq!(found.len(), meant.len(), "{found:?}");
}

#[test]
fn a_leg_for_nothing_is_warned_of() {
    let toml = to_the_hub(1.0, "[\"gather\"]", "")
        + "[world.threats.ambush]\nattacks_per_day = 0\n\
           site_weights.base = 1\n\
           [world.legs.far]\nfrom = \"hub\"\nto = \"base\"\ndays = 1\nattacks.ambush = {}\n";
    let warnings = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().warnings();
    let paths: Vec<&str> = warnings.iter().map(|one| one.path.as_str()).collect();
    assert!(paths.contains(&"world.legs.far"), "{paths:?}");
    assert!(paths.contains(&"world.legs.far.attacks.ambush"), "{paths:?}");
    assert!(!paths.contains(&"world.legs.road"), "{paths:?}");
}

#[test]
fn nothing_is_announced_of_those_on_the_way() {
    let toml = to_the_hub(9.5, "[\"gather\"]", "");
    let model = Scenario::from_toml_str(&toml).unwrap().validate().unwrap().compile();
    let announced = model.announced_people();
    // Two of ten lifts are announced to have gone and come by day 14.
    assert_eq!(announced.column(2).to_vec()[..2], [168.0, 82.0]);
    assert!(announced.row(2).iter().all(|people| people.is_nan()));
}

#[test]
fn dates_that_leave_no_time_for_the_way_are_warned_of() {
    let toml = |start: &str, relation: &str, days: &str| {
        format!(
            "schema = 1\nstart = 2025-01-01\nworld.sites.base.garrison.us = 70\n\
             world.sites.port.garrison.us = 7\n\
             [world.legs.road]\nfrom = \"base\"\nto = \"port\"\ndays = {days}\n\
             [plan.phases.bring]\nannounced_start = 2025-02-01\nannounced_finish = 2025-03-01\n\
             moves.all = {{ site = \"base\", contingent = \"us\", to = \"port\" }}\n\
             [plan.phases.send]\nafter.bring.relation = \"{relation}\"\n\
             announced_start = {start}\nannounced_finish = 2025-03-20\n\
             moves.all = {{ site = \"port\", contingent = \"us\", takes_arrivals = {} }}\n",
            relation != "finish_to_start"
        )
    };
    let warned = |toml: String| -> Vec<String> {
        let checked = Scenario::from_toml_str(&toml).unwrap().validate().unwrap();
        let warnings = checked.warnings().into_iter();
        let late = warnings.filter(|one| one.code == Code::DatesOutOfOrder);
        late.map(|one| one.path).collect()
    };
    let path = |key: &str| vec![format!("plan.phases.send.announced_{key}")];
    assert_eq!(warned(toml("2025-03-05", "finish_to_start", "5.5")), path("start"));
    assert_eq!(
        warned(toml("2025-03-05", "finish_to_start", "{ uniform = [6, 8] }")),
        path("start")
    );
    assert_eq!(warned(toml("2025-03-05", "finish_to_start", "{ uniform = [4, 90] }")), [""; 0]);
    assert_eq!(warned(toml("2025-03-05", "finish_to_start", "5")), [""; 0]);
    assert_eq!(warned(toml("2025-02-05", "finish_to_finish", "21")), path("finish"));
    assert_eq!(warned(toml("2025-02-05", "finish_to_finish", "19")), [""; 0]);
}

#[test]
fn home_may_be_misspelt() {
    let toml = "schema = 1\nstart = 2025-01-01\nworld.sites.base.garrison.us = 70\n\
                [world.legs.road]\nfrom = \"base\"\nto = \"Home\"\ndays = 3\n";
    let error = Scenario::from_toml_str(toml).unwrap().validate().unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.path, "world.legs.road.to");
    assert_eq!(problem.remedy, "did you mean `home`?");
}
