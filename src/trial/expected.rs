//! What is to be expected in a trial, beside what happens: kept where means shall have less error.
//!
//! Of each attack, the harm that was to be expected of it when it came, from the law of how much gets
//! through and of how many that harms, among those who are there. What is drawn harms people and has
//! its consequences all the same. The sums of both have the same mean, whatever follows from what,
//! since each term is the mean of the other given all that came before (docs/model.md).
//!
//! Of background arrivals, how many more came than were to come by the rates that there were, in all
//! and by what an attack on each channel is worth. The mean of that is 0 in every world, whatever moves
//! the rates. So it is of what the [course](super::course) of the tension lets expect beyond its law.

use crate::measure::{ARRIVALS, CONTROLS, DAY_QUANTUM, EXPECTED, KINDS};
use crate::model::{Draw, Mark, Model};
use crate::process::severity::Means;
use crate::streams::Stream;
use crate::trial::course::Course;
use crate::trial::reached::Reached;

/// What is to be expected.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// Wounded and killed in all attacks so far.
    harm: [f64; 2],
    /// How many more background arrivals came than were to come, and casualties that they let expect.
    arrivals: [f64; ARRIVALS],
    /// By channel: up to where harm has been reckoned.
    reckoned: Vec<Reckoned>,
    /// Whether attacks are followed of which but one projectile gets through.
    pub follows_all: bool,
    /// By what an attack does (the marks of a draw).
    harmed: Vec<Harmed>,
    /// By channel and state.
    worth: Vec<Worth>,
    /// How surely one attack reaches the levels of casualties that are asked about.
    reached: Reached,
    course: Option<Course>,
    /// People on a site, on average, at the reference garrison.
    typical: u32,
}

/// Up to where the harm of attacks on a channel has been reckoned: how many have come, and among how
/// many people those come that follow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reckoned {
    pub attacks: u32,
    pub present: u32,
}

/// How many people a projectile that gets through harms on average.
#[derive(Clone, Copy, Debug)]
struct Harmed {
    means: Means,
    /// The chance that it harms anybody.
    harms: f64,
    /// The last answer: among how many people, and what it was.
    known: (u32, f64),
}

/// What an attack on a channel in a state of tension lets expect, among as many people as sites have on
/// average: wounded and killed where the defence has left, and where it has not. What is not in tables
/// counts as a projectile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worth {
    pub harm: [[f64; 2]; 2],
}

impl Harmed {
    fn new(mark: &Mark) -> Self {
        let (means, harms) = (mark.severity.means(), 1.0 - mark.no_casualty);
        Harmed { means, harms, known: (0, 0.0) }
    }

    /// Among so many people.
    fn among(&mut self, present: u32) -> f64 {
        if self.known.0 != present {
            self.known = (present, self.of_those_left(present, present));
        }
        self.known.1
    }

    /// The same where some of them have been harmed, and so many are left.
    fn of_those_left(&self, present: u32, left: u32) -> f64 {
        self.harms * self.means.within(present, left)
    }
}

impl Expected {
    pub fn new(model: &Model) -> Self {
        let garrisons = model.sites.iter().map(|site| site.reference).filter(|x| x.is_finite());
        let (sum, count) = garrisons.fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
        Expected {
            harm: [0.0; 2],
            arrivals: [0.0; ARRIVALS],
            reckoned: vec![Reckoned::default(); model.channels.len()],
            follows_all: false,
            harmed: Vec::new(),
            worth: Vec::new(),
            reached: Reached::new(&model.levels),
            course: Course::new(model),
            typical: (sum / f64::max(count, 1.0)).max(1.0) as u32,
        }
    }

    /// Begins a trial in a state of tension.
    pub fn begin(&mut self, model: &Model, draw: &Draw, state: usize) {
        self.harm = [0.0; 2];
        self.arrivals = [0.0; ARRIVALS];
        self.reckoned.fill(Reckoned::default());
        self.harmed.clear();
        self.harmed.extend(draw.marks.iter().map(Harmed::new));
        self.fill_worth(model, draw);
        self.reached.begin();
        self.follows_all = self.reached.is_asked() || draw.leaks.iter().any(Option::is_none);
        if let Some(course) = &mut self.course {
            course.begin(model, draw, &self.worth, state);
        }
    }

    fn fill_worth(&mut self, model: &Model, draw: &Draw) {
        self.worth.clear();
        for channel in 0..model.channels.len() {
            for state in 0..model.states() {
                let (marks, leaks) = model.arms(channel, state);
                let mark = &draw.marks[marks];
                if mark.weapons.is_empty() {
                    self.worth.push(Worth { harm: [[0.0; 2]; 2] });
                    continue;
                }
                let harmed = self.harmed[marks].among(self.typical);
                let through = match &draw.leaks[leaks] {
                    Some(leaks) => [leaks[0].mean(), leaks[1].mean()],
                    None => [1.0; 2],
                };
                let harm = through.map(|through| mark.wounded_and_killed(through * harmed));
                self.worth.push(Worth { harm });
            }
        }
    }

    /// So many more background arrivals on a channel in a state (its place among the worth) came, or
    /// fewer, than were to come.
    pub fn came(&mut self, place: usize, more: f64) {
        let [wounded, killed] = self.worth[place].harm[1];
        self.arrivals[0] += more;
        self.arrivals[1] += more * (wounded + killed);
    }

    /// Harm is reckoned up to now: how many attacks there were on a channel since it last was, and among
    /// how many people.
    pub fn reckon(&mut self, channel: usize, now: Reckoned) -> Reckoned {
        let before = std::mem::replace(&mut self.reckoned[channel], now);
        Reckoned { attacks: now.attacks - before.attacks, present: before.present }
    }

    /// Whether attacks on a channel are taken to be among so many people.
    pub fn is_among(&self, channel: usize, present: u32) -> bool {
        self.reckoned[channel].present == present
    }

    /// So many projectiles were to get through, on average, among those `present`.
    pub fn get_through(&mut self, (marks, mark): (usize, &Mark), count: f64, present: u32) {
        if present > 0 {
            let harmed = count * self.harmed[marks].among(present);
            self.add(mark, harmed);
        }
    }

    /// [`Mark::harm`], of which that is told which was not to be expected of the first projectile: what
    /// those before each have left. How surely levels are reached is reckoned, too.
    pub fn harm(
        &mut self,
        (marks, mark): (usize, &Mark),
        through: u32,
        present: u32,
        stream: &mut Stream,
    ) -> (u32, u32) {
        if present == 0 {
            return mark.harm(through, present, stream, |_, _| ());
        }
        let asked = self.reached.is_asked();
        let Expected { harmed, reached, .. } = self;
        let harmed = &mut harmed[marks];
        let first = harmed.among(present);
        let mut less = 0.0;
        let done = mark.harm(through, present, stream, |before, chances| {
            if before > 0 {
                less += chances * (first - harmed.of_those_left(present, present - before));
            }
            if asked {
                reached.projectiles(mark, present, before, chances);
            }
        });
        reached.attacked(done.0);
        self.add(mark, -less);
        done
    }

    fn add(&mut self, mark: &Mark, harmed: f64) {
        let both = mark.wounded_and_killed(harmed);
        self.harm.iter_mut().zip(both).for_each(|(sum, more)| *sum += more);
    }

    /// The tension was in a state from one moment to another.
    pub fn stayed(&mut self, state: usize, from: f64, to: f64) {
        if let Some(course) = &mut self.course {
            course.stayed(state, from, to);
        }
    }

    /// The trial has come to its end, at the horizon or before it, in a state of tension: writes down
    /// what was expected, in whole multiples of the quantum.
    pub fn finish(&self, model: &Model, days: f64, state: usize, row: &mut [f64]) {
        let course = self.course.as_ref();
        let tension = course.map_or([0.0; KINDS], |of| of.surplus(model.horizon, days, state));
        let each = self.harm.iter().chain(&tension).chain(&self.arrivals);
        let each = each.map(|value| (value / DAY_QUANTUM).round() * DAY_QUANTUM);
        for (place, value) in row.iter_mut().zip(each.chain(self.reached.chances())) {
            *place = value;
        }
        debug_assert_eq!(row.len(), EXPECTED + CONTROLS + model.levels.len());
    }
}
