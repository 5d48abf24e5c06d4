//! What an attack does: it causes others, which are drawn at once and wait their turn, and harms
//! people.

use super::children::{BEFORE_THE_START, Child};
use super::families::Member;
use super::{Event, Kind, MOST_ATTACKS, Trial, WORK};
use crate::measure::M;
use crate::model::{Counted, Draw, Hit, Lane, Model, UNDEFENDED};
use crate::process::salvo::{Salvo, leakers, leakers_of_beta};
use crate::streams::{AttackLuck, Purpose, Stream};
use crate::variates::{MANY, binomial, hypergeometric};

/// An attack on a channel, which is happening.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attack {
    pub days: f64,
    pub channel: usize,
    pub luck: AttackLuck,
    /// Its number in the trial.
    pub number: u32,
}

impl Attack {
    /// Gives what the attack causes to `put`, apart from what falls where nobody is left.
    #[inline(always)]
    pub fn cause(
        self,
        (model, draw, lane): (&Model, &Draw, &Lane),
        present: &[u32],
        mut put: impl FnMut(Child),
    ) {
        let Some(offspring) = &lane.offspring else { return };
        let mut births = offspring.births(self.luck);
        let mut stream = self.luck.stream(Purpose::Offspring);
        while births.another() {
            let to = draw.caused_on(lane, self.channel, &mut stream);
            let days = self.days + offspring.delay(&mut stream);
            let luck = stream.attack_luck();
            if to == self.channel || present[model.channels[to].site] > 0 {
                put(Child { days, luck, channel: to as u32, parent: self.number });
            }
        }
    }
}

/// How many of `to_share` casualties among `left` people fall on `there` of them, wounded and
/// killed.
fn share(to_share: u32, there: u32, left: u32, killed_share: f64, stream: &mut Stream) -> [u32; 2] {
    let mut here = [0, 0];
    if to_share >= MANY {
        let all = match there == left {
            true => to_share,
            false => hypergeometric(stream, to_share, there, left),
        };
        here[1] = binomial(stream, all, killed_share);
        here[0] = all - here[1];
        return here;
    }
    // The share of a contingent among those left is hypergeometric: one by one.
    let (mut of_them, mut of_all) = (there, left);
    for _ in 0..to_share {
        if there == left || stream.uniform() * f64::from(of_all) < f64::from(of_them) {
            of_them -= 1;
            here[usize::from(stream.uniform() < killed_share)] += 1;
        }
        of_all -= 1;
    }
    here
}

impl Trial<'_> {
    /// Attacks, one after another, until `quiet_until`, until one of them changes what comes next,
    /// or until it is time to look whether to go on; returns when the next one would be. They are most of what happens: this is the loop
    /// that speed hangs on.
    pub(super) fn attacks_until(&mut self, mut quiet_until: f64) -> f64 {
        if self.in_families {
            return self.families_until(quiet_until);
        }
        loop {
            let (child, arrival) = (self.children.next_days(), self.arrivals.next.next_time());
            let days = if child < arrival { child } else { arrival };
            if days >= quiet_until || self.record.attacks >= self.look_at {
                return days;
            }
            self.now = days;
            let (channel, luck, parent) = if child < arrival {
                let Child { channel, luck, parent, .. } = self.children.pop();
                (channel as usize, luck, (parent != BEFORE_THE_START).then_some(parent))
            } else {
                let channel = self.arrivals.next.next();
                let Some(luck) = self.background_arrival(channel, days) else {
                    self.work += 1;
                    if self.work >= WORK {
                        self.look_at = self.record.attacks;
                    }
                    continue;
                };
                (channel, luck, None)
            };
            self.arrival(channel, luck, parent);
            if self.stirred {
                self.look_if_stirred();
                // Earlier than it need be, if what came next has been put off.
                let other = self.agenda.next_days();
                if other < quiet_until {
                    quiet_until = other;
                }
            }
        }
    }

    /// An arrival is a batch of attacks, most often of one.
    #[inline(always)]
    fn arrival(&mut self, channel: usize, luck: AttackLuck, parent: Option<u32>) {
        match self.arrivals.fronts[channel].lane.batch {
            None => self.attack(channel, luck, parent),
            Some(batch) => self.batch(channel, luck, parent, batch),
        }
    }

    /// An attack now that no clock had announced.
    pub(super) fn sudden_attack(&mut self, channel: usize, luck: AttackLuck) {
        if self.in_families {
            let (days, channel) = (self.now, channel as u32);
            self.family(Member { days, luck, channel, single: true }, self.now);
        } else {
            self.attack(channel, luck, None);
        }
    }

    /// The first attack of a batch has the luck of the arrival.
    #[cold]
    fn batch(&mut self, channel: usize, luck: AttackLuck, parent: Option<u32>, batch: Salvo) {
        let mut stream = luck.stream(Purpose::Batches);
        let attacks = batch.size(&mut stream).min(MOST_ATTACKS - self.record.attacks);
        self.attack(channel, luck, parent);
        for _ in 1..attacks {
            self.attack(channel, stream.attack_luck(), parent);
        }
    }

    /// An attack happens, and those that it causes wait their turn.
    #[inline(always)]
    fn attack(&mut self, channel: usize, luck: AttackLuck, parent: Option<u32>) {
        let number = self.record.attack(self.now);
        let front = &mut self.arrivals.fronts[channel];
        front.attacks += 1;
        let attack = Attack { days: self.now, channel, luck, number };
        attack.cause((self.model, &self.draw, &front.lane), &self.present, |child| {
            self.children.push(child);
        });
        let harmless = front.lane.harmless;
        let place = self.log.as_ref().map_or(0, Vec::len);
        let intercepted = !harmless && !self.gets_through(attack);
        if self.watched {
            self.stirred |= self.alert;
            self.hit(channel, Counted::Attacks, 0, 1);
            if self.log.is_some() {
                self.note_attack(attack, place, intercepted, parent);
            }
        }
    }

    /// Keeps in mind what rules look at.
    #[inline]
    fn hit(&mut self, channel: usize, what: Counted, contingent: usize, count: u32) {
        let hit = Hit { days: self.now, channel, what, contingent, count };
        for (count, running) in self.model.counts.iter().zip(&mut self.counts) {
            running.enter(self.now, count.weight(&hit));
        }
        if self.functions {
            self.hits.push(hit);
        }
    }

    /// Notes an attack, before what it did, which was noted from `place` on.
    #[cold]
    fn note_attack(
        &mut self,
        attack: Attack,
        place: usize,
        intercepted: bool,
        parent: Option<u32>,
    ) {
        let Lane { site, threat, .. } = self.arrivals.fronts[attack.channel].lane;
        let kind = if intercepted { Kind::AttackIntercepted } else { Kind::Attack };
        let event =
            Event { site: Some(site), threat: Some(threat), parent, ..Event::new(self.now, kind) };
        let log = self.log.get_or_insert_default();
        log.insert(place, event);
        log[place..].iter_mut().for_each(|event| event.attack = Some(attack.number));
    }

    /// Writes down the attacks, in all and by site and threat.
    pub(super) fn count_attacks(&mut self) {
        self.record.set(M::Intercepted, 0, f64::from(self.record.intercepted));
        for (channel, about) in self.model.channels.iter().enumerate() {
            let count = f64::from(self.arrivals.fronts[channel].attacks);
            self.record.add(M::Attacks, 0, count);
            self.record.add(M::SiteAttacks, about.site, count);
            self.record.add(M::ThreatAttacks, about.threat, count);
        }
    }

    /// Interception and casualties; returns whether anything got through.
    #[inline(always)]
    fn gets_through(&mut self, attack: Attack) -> bool {
        let defended = self.arrivals.fronts[attack.channel].defended;
        let through = match &mut self.draw.leaks[attack.channel] {
            Some(leaks) => {
                let u = attack.luck.stream(Purpose::Marks).uniform();
                leaks[usize::from(defended)].at(u)
            }
            None => self.through_one_by_one(attack, defended),
        };
        if through == 0 {
            self.record.intercepted += 1;
            return false;
        }
        self.hurt(attack, through);
        true
    }

    /// How many projectiles get through, by weapon, salvo and interception.
    #[cold]
    fn through_one_by_one(&self, attack: Attack, defended: bool) -> u32 {
        let about = &self.model.channels[attack.channel];
        let mut stream = attack.luck.stream(Purpose::Salvo);
        let weapons = &self.draw.marks[about.threat].weapons;
        let u = stream.uniform();
        let last = weapons.len() - 1;
        let weapon = weapons[..last].iter().position(|(up_to, _)| u < *up_to).unwrap_or(last);
        let salvo = weapons[weapon].1.size(&mut stream);
        if !defended {
            return leakers_of_beta(salvo, UNDEFENDED, &mut stream);
        }
        let law = &about.intercept[weapon];
        let stopped = law.sample(|slot| slot.of(&self.draw.values), &mut stream);
        leakers(salvo, stopped, &mut stream)
    }

    /// Of projectiles that got through, each may harm somebody.
    #[inline(never)]
    fn hurt(&mut self, attack: Attack, through: u32) {
        let Lane { site, threat, .. } = self.arrivals.fronts[attack.channel].lane;
        let (present, mark) = (self.present[site], &self.draw.marks[threat]);
        let mut stream = attack.luck.stream(Purpose::Harm);
        let mut casualties = 0;
        if through < MANY {
            for _ in 0..through {
                if casualties < present && stream.uniform() >= mark.no_casualty {
                    casualties +=
                        mark.severity.sample(present, &mut stream).min(present - casualties);
                }
            }
        } else {
            let mut harmful = binomial(&mut stream, through, 1.0 - mark.no_casualty);
            self.work = self.work.saturating_add(harmful.min(present));
            if self.work >= WORK {
                self.look_at = self.record.attacks;
            }
            while casualties < present && harmful > 0 {
                harmful -= 1;
                casualties += mark.severity.sample(present, &mut stream).min(present - casualties);
            }
        }
        if casualties > 0 {
            // What comes next may be something else now.
            self.stirred = true;
            self.casualties(attack.channel, casualties, &mut stream);
        }
    }

    /// Shares casualties out over contingents, without replacement, and over wounded and killed.
    fn casualties(&mut self, channel: usize, casualties: u32, stream: &mut Stream) {
        let model = self.model;
        let about = &model.channels[channel];
        let contingents = model.contingents();
        let killed_share = self.draw.marks[about.threat].killed_share;
        let mut left = self.present[about.site];
        let mut to_share = casualties;
        let (mut wounded, mut killed) = (0, 0);
        for contingent in 0..contingents {
            if to_share == 0 {
                break;
            }
            let there = self.people[about.site * contingents + contingent];
            if there == 0 {
                continue;
            }
            let here = share(to_share, there, left, killed_share, stream);
            left -= there;
            to_share -= here[0] + here[1];
            wounded += here[0];
            killed += here[1];
            if here != [0, 0] {
                self.note_casualties(channel, contingent, here);
            }
        }
        self.record.casualties(self.now, u64::from(wounded), u64::from(killed));
        self.record.most(M::WorstAttack, casualties);
        self.record.most(M::WorstAttackWounded, wounded);
        self.record.most(M::WorstAttackKilled, killed);
        self.answer(about.threat, killed);
    }

    fn note_casualties(&mut self, channel: usize, contingent: usize, [wounded, killed]: [u32; 2]) {
        let (site, threat) =
            (self.model.channels[channel].site, self.model.channels[channel].threat);
        let of_each = [
            (wounded, M::Wounded, M::SiteWounded, M::ThreatWounded, M::ContingentWounded),
            (killed, M::Killed, M::SiteKilled, M::ThreatKilled, M::ContingentKilled),
        ];
        for (count, total, by_site, by_threat, by_contingent) in of_each {
            if count == 0 {
                continue;
            }
            self.record.add(total, 0, f64::from(count));
            self.record.add(by_site, site, f64::from(count));
            self.record.add(by_threat, threat, f64::from(count));
            self.record.add(by_contingent, contingent, f64::from(count));
        }
        let kinds =
            [(wounded, Counted::Wounded, Kind::Wounded), (killed, Counted::Killed, Kind::Killed)];
        for (count, counted, kind) in kinds {
            if count > 0 {
                self.hit(channel, counted, contingent, count);
                let event = |event| Event {
                    site: Some(site),
                    threat: Some(threat),
                    contingent: Some(contingent),
                    count,
                    ..event
                };
                self.note(event, kind);
            }
        }
        if killed > 0 {
            self.mourn(contingent);
        }
    }
}
