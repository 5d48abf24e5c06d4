//! What changes at a moment that is drawn or reckoned, over numbers for which rounding is unlucky:
//! it changes in every history, and at that moment.

use drawdown::streams::{Purpose, Stream, Who};
use drawdown::{By, Event, History, Kind, Scenario};

use crate::statistics::{of, run};

/// Histories in each test, each with numbers of its own.
const SETS: u64 = 250;

/// The same instant, reached by two sums, in days.
const SAME: f64 = 1e-9;

/// Random numbers of one of them.
struct Dice(Stream);

impl Dice {
    fn new(test: &str, k: u64) -> Self {
        Dice(Stream::new(41, k, Who::new(&["moments", test]), Purpose::Range))
    }

    /// A number with all its digits.
    fn real(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.uniform()
    }

    fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.real(f64::from(low), f64::from(high) + 1.0) as u32
    }
}

/// Whole tenths as they are written, so that sums of them are equal on paper and not in binary.
fn tenths(n: u32) -> String {
    format!("{}.{}", n / 10, n % 10)
}

fn date(day: u32) -> drawdown::scenario::Date {
    drawdown::scenario::Date::parse("2025-01-01").unwrap().plus_days(day as i32)
}

fn play(toml: &str, set: u64) -> History {
    let model = Scenario::from_toml_str(toml).unwrap().validate().unwrap().compile();
    model.trial(5, set).unwrap()
}

fn all(events: &[Event], kind: Kind) -> Vec<f64> {
    events.iter().filter(|event| event.kind == kind).map(|event| event.days).collect()
}

/// Days of the only event of a kind.
#[track_caller]
fn only(events: &[Event], kind: Kind) -> f64 {
    let found = all(events, kind);
    assert_eq!(found.len(), 1, "{kind:?}: {found:?}");
    found[0]
}

/// Counts of all histories against what was to be expected of them.
#[derive(Default)]
struct Tally {
    found: f64,
    expected: f64,
}

impl Tally {
    /// Attacks of one history: of each piece, from when until when, and how many per day. Where
    /// there are none to be, none may be; where there are, they begin and end with the piece.
    fn add(&mut self, set: u64, attacks: &[f64], pieces: &[(f64, f64, f64)]) {
        for &(from, until, per_day) in pieces {
            let within = attacks.iter().copied().filter(|days| from <= *days && *days < until);
            let within: Vec<f64> = within.collect();
            let (found, expected) = (within.len() as f64, per_day * (until - from).max(0.0));
            self.found += found;
            self.expected += expected;
            if per_day == 0.0 {
                assert!(found == 0.0, "set {set}: {found} between {from} and {until}");
            } else if expected > 100.0 {
                let z = (found - expected) / expected.sqrt();
                assert!(z.abs() < 5.0, "set {set}: {found} for {expected} on [{from}, {until})");
                let (first, last) = (within[0], within[within.len() - 1]);
                let far = (first - from).max(until - last) * per_day;
                assert!(far < 16.0, "set {set}: {first} to {last} of [{from}, {until})");
            }
        }
    }

    /// Within five standard errors in all, and to within 2 %.
    fn agree(&self) {
        let Tally { found, expected } = *self;
        assert!((found - expected).abs() < 5.0 * expected.sqrt(), "{found} for {expected}");
        assert!(5.0 < 0.02 * expected.sqrt(), "{expected} are too few to tell");
    }
}

/// East empties on its announced day 100, or after `ratio` times as long; west stays. A threat of
/// `per_day` attacks a day on each of them that harms nobody, until day 500.
fn world(ratio: f64, per_day: f64, mechanism: &str, extra: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-05-16                         # day 500
[world.areas.region]
[world.sites.east]
area = "region"
garrison.us = 100
[world.sites.west]
area = "region"
garrison.us = 100
[world.threats.group]
attacks_per_day = {}
site_weights = {{ east = 1, west = 1 }}
weapons = {{}}
{mechanism}
[plan.transport]
lift_every_days = 366                        # one lift, on the last day
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-04-11                # day 100
duration_ratio = {ratio:?}
moves.out = {{ site = "east", contingent = "us" }}
{extra}"#,
        2.0 * per_day
    )
}

const DUE: f64 = 100.0;
const END: f64 = 500.0;

/// Days of attacks in the west, and when the east closed.
fn west(toml: &str, set: u64) -> (Vec<f64>, f64) {
    let history = play(toml, set);
    let attacks = history.events.iter().filter(|e| e.kind == Kind::Attack && e.site == Some(1));
    let closed = all(&history.events, Kind::SiteClosed);
    (attacks.map(|event| event.days).collect(), closed.first().copied().unwrap_or(END))
}

#[test]
fn a_truce_ends_with_its_grace() {
    let mut tally = Tally::default();
    for set in 0..SETS {
        let mut dice = Dice::new("truce", set);
        let (grace, ratio) = (dice.real(0.0, 150.0), dice.real(2.6, 4.5));
        let truce = format!("truce = {{ factor = 0, grace_days = {grace:?} }}");
        let (attacks, closed) = west(&world(ratio, 3.0, &truce, ""), set);
        let broken = DUE + grace;
        assert!((closed - 100.0 * ratio).abs() < SAME);
        let pieces = [(0.0, broken, 0.0), (broken, closed, 3.0), (closed, END, 0.0)];
        tally.add(set, &attacks, &pieces);
    }
    tally.agree();
}

#[test]
fn a_grievance_stops_growing_at_its_most() {
    let mut tally = Tally::default();
    for set in 0..SETS {
        let mut dice = Dice::new("grievance", set);
        let (per_day, at_most) = (dice.real(0.01, 0.1), dice.real(1.5, 3.0));
        let grievance = format!("grievance = {{ per_day = {per_day:?}, at_most = {at_most:?} }}");
        let (attacks, _) = west(&world(9.0, 1.0, &grievance, ""), set);
        let full = DUE + (at_most - 1.0) / per_day;
        // It grows in a line from 1.
        let growing = 0.5 * (1.0 + at_most);
        let pieces = [(0.0, DUE, 1.0), (full, END, at_most)];
        tally.add(set, &attacks, &pieces);
        tally.found += attacks.iter().filter(|days| (DUE..full).contains(*days)).count() as f64;
        tally.expected += growing * (full - DUE);
    }
    tally.agree();
}

#[test]
fn a_lull_begins_before_a_hand_over() {
    let mut tally = Tally::default();
    for set in 0..SETS {
        let mut dice = Dice::new("before", set);
        let before = dice.real(5.0, 95.0);
        let pattern =
            format!("exit_pattern = {{ before = 0, before_days = {before:?}, after = 1 }}");
        let history = play(&world(2.0, 8.0, &pattern, ""), set);
        let attacks = history.events.iter().filter(|e| e.kind == Kind::Attack);
        let attacks = attacks.filter(|e| e.site == Some(0)).map(|e| e.days);
        let attacks: Vec<f64> = attacks.collect();
        let lull = DUE - before;
        tally.add(set, &attacks, &[(0.0, lull, 8.0), (lull, END, 0.0)]);
    }
    tally.agree();
}

#[test]
fn what_a_closing_brings_is_over_after_its_days() {
    let mut tally = Tally::default();
    for set in 0..SETS {
        let mut dice = Dice::new("after", set);
        let (after, ratio) = (dice.real(1.0, 250.0), dice.real(0.3, 2.0));
        let pattern = format!("exit_pattern = {{ before = 1, after = 0, after_days = {after:?} }}");
        let (attacks, closed) = west(&world(ratio, 2.0, &pattern, ""), set);
        let over = closed + after;
        tally.add(set, &attacks, &[(0.0, closed, 2.0), (closed, over, 0.0), (over, END, 2.0)]);
    }
    tally.agree();
}

#[test]
fn a_window_opens_and_closes() {
    let mut tally = Tally::default();
    for set in 0..SETS {
        let mut dice = Dice::new("window", set);
        let (delay, from, days) =
            (dice.real(0.0, 100.0), dice.real(-90.0, 90.0), dice.real(1.0, 150.0));
        let until = from + days;
        let event = format!(
            "[world.calendar.vote]\ndate = 2025-05-11\ndelay_days = {delay:?}
windows.quiet = {{ from_days = {from:?}, until_days = {until:?}, factor = 0 }}\n"
        );
        let (attacks, _) = west(&world(1.0, 2.0, "", &event), set);
        // Day 130 is the date.
        let (open, shut) = (130.0 + delay + from, 130.0 + delay + until);
        tally.add(set, &attacks, &[(0.0, open, 2.0), (open, shut, 0.0), (shut, END, 2.0)]);
    }
    tally.agree();
}

/// A phase of 100 announced days, for 100 people in weekly lifts; events `x` and `y`, some tenths
/// of a day after day 0. Reviews every day, until day 400.
fn plan(ratio: &str, [x, y]: [u32; 2], extra: &str) -> String {
    format!(
        r#"
schema = 1
start = 2025-01-01
horizon = 2026-02-05                         # day 400
[world.sites.base]
garrison.us = 130
[world.calendar.x]
date = {}
delay_days = {}
[world.calendar.y]
date = {}
delay_days = {}
[plan]
review_every_days = 1
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-04-11                # day 100
duration_ratio = {ratio}
moves.out = {{ site = "base", contingent = "us", residual = 30 }}
{extra}"#,
        date(x / 10),
        tenths(x % 10),
        date(y / 10),
        tenths(y % 10),
    )
}

/// Sets off once, as soon as its condition holds, and shows it.
fn mark(when: &str, at_once: bool) -> String {
    format!(
        "[plan.rules.mark]\nat_once = {at_once}\nat_most_times = 1\nwhen = {when}
then.reinforce = {{ site = \"base\", contingent = \"us\", people = 1 }}\n"
    )
}

#[test]
fn a_pause_that_has_lasted_long_enough_can_end() {
    for set in 0..SETS {
        let mut dice = Dice::new("least", set);
        let x = dice.whole(10, 400);
        let least = dice.whole(10, 300);
        let y = x + least;
        let rule = format!(
            "[plan.breathing_room]\npause_days = 90\nextension_days = 90
[plan.rules.hold]\nat_once = true\nat_most_times = 1\nwhen = {{ event = {{ id = \"x\" }} }}
until = {{ event = {{ id = \"y\" }} }}\nthen.pause.at_least_days = {}\n",
            tenths(least)
        );
        let events = play(&plan("1", [x, y], &rule), set).events;
        let (began, ended) = (only(&events, Kind::PauseBegan), only(&events, Kind::PauseEnded));
        assert!((began - f64::from(x) / 10.0).abs() < SAME, "set {set}");
        assert!((ended - f64::from(y) / 10.0).abs() < SAME, "set {set}: {ended} for {y} tenths");
    }
}

#[test]
fn a_rule_that_has_rested_sets_off_again() {
    for set in 0..SETS {
        let mut dice = Dice::new("cooldown", set);
        // In force from the first review until `y`; then idle until some review.
        let y = dice.whole(20, 400);
        let again = y.div_ceil(10) * 10 + 10 * dice.whole(1, 60);
        let rule = format!(
            "[plan.rules.mark]\nat_once = true\ncooldown_days = {}\nat_most_times = 2
when = {{ date = {{ from = 2025-01-02 }} }}\nuntil = {{ event = {{ id = \"y\" }} }}
then.reinforce = {{ site = \"base\", contingent = \"us\", people = 1 }}\n",
            tenths(again - y)
        );
        let days = all(&play(&plan("1", [5, y], &rule), set).events, Kind::RuleSetOff);
        assert_eq!(days, [1.0, f64::from(again) / 10.0], "set {set}");
    }
}

#[test]
fn a_day_has_come_at_its_first_instant() {
    for set in 0..SETS {
        let mut dice = Dice::new("days", set);
        // The ratio is a number of hundredths, so that the finish is at 00:00 of a day.
        let (day, buffer) = (dice.whole(15, 280), dice.whole(1, 100));
        let ratio = format!("{}.{:02}", day / 100, day % 100);
        let both = |before: &str| {
            format!("{{ all = [{{ phase = {{ id = \"leave\", state = \"done\" }} }}, {before}] }}")
        };
        let buffered = format!(
            "[plan.buffers.clear]\nphase = \"leave\"\nevent = \"y\"\ndays = {buffer}\n{}",
            mark(&both(&format!("{{ date = {{ from = {} }} }}", date(day))), true)
        );
        let toml = plan(&ratio, [5, 10 * (day + buffer)], &buffered)
            .replace("review_every_days = 1", "review_every_days = 366");
        let history = play(&toml, set);
        let finish = only(&history.events, Kind::PhaseFinished);
        assert!((finish - f64::from(day)).abs() < SAME);
        assert_eq!(only(&history.events, Kind::RuleSetOff), finish, "set {set}: day {day}");
        let done = history.events.iter().find(|event| event.kind == Kind::PhaseFinished);
        assert_eq!(history.date(done.unwrap()), date(day), "set {set}");
        assert_eq!(of(&run(&toml, 1), "buffer_met", By::Buffer, 0), [1.0], "set {set}");
        // Nor is the day before still there.
        let before = mark(&both(&format!("{{ date = {{ before = {} }} }}", date(day))), true);
        let toml = plan(&ratio, [5, 5], &before).replace("_days = 1\n", "_days = 366\n");
        assert_eq!(
            all(&play(&toml, set).events, Kind::RuleSetOff),
            [0.0; 0],
            "set {set}: day {day}"
        );
    }
}

#[test]
fn breathing_room_that_is_spent_is_gone() {
    for set in 0..SETS {
        let mut dice = Dice::new("room", set);
        let (x, days) = (dice.whole(10, 400), dice.real(5.0, 60.0));
        for (room, left) in [
            (format!("pause_days = {days:?}\nextension_days = 90"), "pause_days_left"),
            (format!("pause_days = 300\nextension_days = {days:?}"), "extension_days_left"),
        ] {
            let rules = format!(
                "[plan.breathing_room]\n{room}
[plan.rules.hold]\nat_once = true\nat_most_times = 1\nwhen = {{ event = {{ id = \"x\" }} }}
until = {{ event = {{ id = \"y\" }} }}\nthen.pause = {{}}\n{}",
                mark(&format!("{{ {left} = {{ at_most = 0 }} }}"), false)
            );
            let history = play(&plan("1", [x, 3990], &rules), set);
            let spent = only(&history.events, Kind::PauseSpent);
            let used = history.total(left.trim_end_matches("_left")).unwrap();
            assert!((used - days).abs() < 1e-6, "set {set}: {used} of {days}");
            let marked = history.events.iter().filter(|event| event.rule == Some(1));
            let marked: Vec<f64> = marked.map(|event| event.days).collect();
            assert_eq!(marked, [spent.floor() + 1.0], "set {set}: {left}");
        }
    }
}

#[test]
fn a_stretch_during_a_pause_takes_from_the_same_room() {
    for set in 0..SETS {
        let mut dice = Dice::new("stretch", set);
        let (x, room, more) = (dice.whole(60, 200), dice.real(20.0, 40.0), dice.real(1.0, 5.0));
        // `train` cannot wait when the pause begins, and goes on. Then half of it stays, which
        // leaves it time, and it is stretched as far as its own room goes.
        let rules = format!(
            "[plan.transport]\npeople_per_day = 1
[plan.breathing_room]\npause_days = {room:?}\nextension_days = 90
[plan.phases.train]\nannounced_start = 2025-01-01\nannounced_finish = 2025-04-11
duration_ratio = 1\nmoves.out = {{ site = \"base\", contingent = \"ally\" }}
breathing_room = {{ pause_days = 50, extension_days = {more:?} }}
[plan.rules.hold]\nat_once = true\nat_most_times = 1\nwhen = {{ event = {{ id = \"x\" }} }}
until = {{ event = {{ id = \"y\" }} }}\nthen.pause = {{}}
[plan.rules.slow]\nat_most_times = 1\nwhen = {{ event = {{ id = \"x\" }} }}
then.keep_residual = {{ site = \"base\", contingent = \"ally\", people = 50 }}
then.stretch.factor = 3\n"
        );
        let toml = plan("1", [x, 3990], &rules).replace("us = 130", "us = 60\ngarrison.ally = 100");
        let history = play(&toml, set);
        let of = |name: &str| history.total(name).unwrap();
        assert!((of("stretch_days") - more).abs() < 1e-6, "set {set}");
        assert!((of("pause_days") - (room - more)).abs() < 1e-6, "set {set}");
    }
}

/// Chance that has to be recounted from the log: a group that attacks 100 people until day 400, and
/// hurts somebody each time.
fn attacked(per_day: f64, group: &str, extra: &str) -> String {
    let extra = format!(
        "[world.threats.group]\nattacks_per_day = {per_day}
weapons.rocket = {{ share = 1, salvo_mean = 1 }}
harm = {{ no_casualty = 0, scale = 0.01, shape = 0, killed_share = 1 }}
{group}\n{extra}"
    );
    plan("1", [5, 5], &extra)
        .replace("garrison.us = 130", "garrison.us = 130\nair_defence.intercept.rocket = 0")
}

fn attacks(events: &[Event]) -> Vec<f64> {
    all(events, Kind::Attack)
}

#[test]
fn a_strike_comes_its_delay_after_what_it_answers() {
    for set in 0..SETS {
        let delay = Dice::new("strike", set).real(0.1, 40.0);
        let answered = format!("retaliation = {{ after_killed = 1, delay_days = {delay:?} }}");
        let events = play(&attacked(0.3, &answered, ""), set).events;
        // An attack is answered unless a strike is pending.
        let mut strikes: Vec<f64> = Vec::new();
        for day in attacks(&events) {
            if strikes.last().is_none_or(|strike| *strike <= day) {
                strikes.push(day + delay);
            }
        }
        strikes.retain(|day| *day <= 400.0);
        assert_eq!(all(&events, Kind::Strike), strikes, "set {set}");
    }
}

#[test]
fn a_count_forgets_what_is_older_than_its_days() {
    for set in 0..SETS {
        let mut dice = Dice::new("count", set);
        let (days, least) = (dice.real(0.5, 30.0), dice.whole(2, 8));
        let when = format!("{{ attacks = {{ in_days = {days:?}, at_least = {least} }} }}");
        let events = play(&attacked(0.3, "", &mark(&when, true)), set).events;
        let attacks = attacks(&events);
        let lately = |now: f64| attacks.iter().filter(|a| now - days < **a && **a <= now).count();
        // It looks right after every attack, and at no other instant does a count grow.
        let first = attacks.iter().find(|now| lately(**now) >= least as usize).copied();
        let found = all(&events, Kind::RuleSetOff).first().copied();
        assert_eq!(found, first, "set {set}");
    }
}

#[test]
fn a_notice_ends_on_its_last_day() {
    for set in 0..SETS {
        let mut dice = Dice::new("notice", set);
        let (notice, from) = (dice.real(20.0, 90.0), dice.whole(1, 60));
        let host = format!(
            "[world.host]\nareas = [\"north\"]\nexpulsion = {{ per_day = 1e6, notice_days = {notice:?} }}
[world.areas.north]\n[plan.blackouts.a]\nfrom = {}\nuntil = {}\n",
            date(from),
            date(from + 7)
        );
        let toml = attacked(0.5, "retaliation = { after_killed = 1, delay_days = 0 }", &host)
            .replace("garrison.us = 130", "area = \"north\"\ngarrison.us = 130")
            .replace("duration_ratio = 1", "duration_ratio = 3");
        let events = play(&toml, set).events;
        let end = only(&events, Kind::Expelled) + notice;
        let barred = f64::from(from) <= end && end < f64::from(from + 7);
        let finish = only(&events, Kind::PhaseFinished);
        let late = if barred { f64::from(from) - 1e-6 } else { end };
        assert!((finish - late).abs() < SAME, "set {set}: {finish} for {late}");
        // Whoever moves has moved by then, in lifts; the residual leaves with the notice.
        let leave = |kind| {
            let events = events.iter().filter(move |event| event.kind == kind);
            events.map(|event| (event.days, event.count)).next_back().unwrap()
        };
        assert_eq!(leave(Kind::Departure), (end, 30), "set {set}");
        let moved: u32 = events.iter().filter(|e| e.kind == Kind::Lift).map(|e| e.count).sum();
        assert_eq!(moved, 100, "set {set}");
    }
}

#[test]
fn what_is_brought_forward_begins_so_much_earlier() {
    for set in 0..SETS {
        let days = Dice::new("forward", set).real(0.0, 90.0);
        let rule = format!(
            "[plan.rules.sooner]\nat_most_times = 1\nwhen = {{ date = {{ from = 2025-01-02 }} }}
then.bring_forward.days = {days:?}\n"
        );
        // From day 60 to day 160, and not before the review of day 1.
        let toml = plan("1", [5, 5], &rule)
            .replace("start = 2025-01-01\nannounced", "start = 2025-03-02\nannounced")
            .replace("finish = 2025-04-11", "finish = 2025-06-10");
        let start = only(&play(&toml, set).events, Kind::PhaseStarted);
        assert_eq!(start, (60.0 - days).max(1.0), "set {set}");
    }
}

#[test]
fn what_is_due_at_the_first_instant_of_a_blackout_is_done_on_its_eve() {
    for set in 0..SETS {
        let mut dice = Dice::new("eve", set);
        let (ratio, x, extension) =
            (dice.whole(1001, 1400), dice.whole(10, 700), dice.whole(1, 80));
        // The announced date is past; the finish and the extension are whole tenths that add up
        // to the day on which the blackout begins.
        let day = (ratio + extension).div_ceil(10);
        let ratio = day * 10 - extension;
        let rules = format!(
            "[plan.breathing_room]\npause_days = 300\nextension_days = {}
[plan.blackouts.a]\nfrom = {}\nuntil = {}
[plan.rules.hold]\nat_once = true\nat_most_times = 1\nwhen = {{ event = {{ id = \"x\" }} }}
until = {{ event = {{ id = \"y\" }} }}\nthen.pause = {{}}\n",
            tenths(extension),
            date(day),
            date(day + 20),
        );
        let toml = plan(&format!("{}.{:03}", ratio / 1000, ratio % 1000), [x, 3990], &rules);
        let finish = only(&play(&toml, set).events, Kind::PhaseFinished);
        let eve = f64::from(day) - 1e-6;
        assert!((finish - eve).abs() < SAME, "set {set}: {finish} for {eve}");
    }
}
