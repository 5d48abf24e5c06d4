//! What an attack does: it causes others, which are drawn at once and wait their turn, and harms
//! people.

use super::arrivals::Front;
use super::children::Child;
use super::{Event, Kind, MOST_ATTACKS, Trial};
use crate::measure::M;
use crate::model::{Counted, Hit, Lane, UNDEFENDED};
use crate::process::salvo::{Salvo, leakers, leakers_of_beta};
use crate::streams::{Purpose, Stream};

impl Trial<'_> {
    /// Attacks, one after another, until `quiet_until` or until one of them changes what comes
    /// next; returns when the next one would be. They are most of what happens: this is the loop
    /// that speed hangs on.
    pub(super) fn attacks_until(&mut self, mut quiet_until: f64) -> f64 {
        loop {
            let (child, arrival) = (self.children.next_days(), self.arrivals.next.next_time());
            let days = if child < arrival { child } else { arrival };
            if days >= quiet_until || self.record.attacks >= MOST_ATTACKS {
                return days;
            }
            self.now = days;
            let (channel, parent) = if child < arrival {
                let Child { channel, parent, .. } = self.children.pop();
                (channel as usize, Some(parent))
            } else {
                let channel = self.arrivals.next.next();
                if !self.background_arrival(channel) {
                    continue;
                }
                (channel, None)
            };
            self.arrival(channel, parent);
            if self.stirred {
                self.look_if_stirred();
                // Earlier than it need be, if what came next has been put off.
                quiet_until = quiet_until.min(self.agenda.next_days());
            }
        }
    }

    /// An arrival is a batch of attacks, most often of one.
    #[inline(always)]
    pub(super) fn arrival(&mut self, channel: usize, parent: Option<u32>) {
        match self.arrivals.fronts[channel].lane.batch {
            None => self.attack(channel, parent),
            Some(batch) => self.batch(channel, parent, batch),
        }
    }

    #[cold]
    fn batch(&mut self, channel: usize, parent: Option<u32>, batch: Salvo) {
        let attacks = batch.size(self.luck.batches(self.model, channel));
        for _ in 0..attacks.min(MOST_ATTACKS - self.record.attacks) {
            self.attack(channel, parent);
        }
    }

    /// An attack happens, and those that it causes wait their turn.
    #[inline(always)]
    fn attack(&mut self, channel: usize, parent: Option<u32>) {
        let number = self.record.attack(self.now);
        let front = &mut self.arrivals.fronts[channel];
        front.attacks += 1;
        let Front { lane, offspring: luck, .. } = front;
        if let Some(offspring) = &lane.offspring {
            let mut births = offspring.births(luck);
            while births.another() {
                let to = self.draw.caused_on(lane, channel, luck);
                let days = self.now + offspring.delay(luck);
                if to == channel || self.present[self.model.channels[to].site] > 0 {
                    self.children.push(Child { days, channel: to as u32, parent: number });
                }
            }
        }
        if !lane.harmless || self.watched {
            self.consequences(channel, number, parent);
        }
    }

    /// The harm that an attack does, and whoever wants to know of it.
    #[inline(never)]
    fn consequences(&mut self, channel: usize, number: u32, parent: Option<u32>) {
        self.record.now(self.now);
        let noted = self.log.as_ref().map_or(0, Vec::len);
        let intercepted = !self.arrivals.fronts[channel].lane.harmless && self.harm(channel);
        self.stirred = true;
        self.hit(channel, Counted::Attacks, 0, 1);
        if self.log.is_some() {
            self.note_attack(channel, noted, intercepted, number, parent);
        }
    }

    /// Keeps in mind what rules look at.
    #[inline]
    fn hit(&mut self, channel: usize, what: Counted, contingent: usize, count: u32) {
        if !self.model.rules.is_empty() {
            self.hits.push(Hit { days: self.now, channel, what, contingent, count });
        }
    }

    /// Notes an attack, before what it did, which was noted from `place` on.
    #[cold]
    fn note_attack(
        &mut self,
        channel: usize,
        place: usize,
        intercepted: bool,
        number: u32,
        parent: Option<u32>,
    ) {
        let Lane { site, threat, .. } = self.arrivals.fronts[channel].lane;
        let kind = if intercepted { Kind::AttackIntercepted } else { Kind::Attack };
        let event =
            Event { site: Some(site), threat: Some(threat), parent, ..Event::new(self.now, kind) };
        let log = self.log.get_or_insert_default();
        log.insert(place, event);
        log[place..].iter_mut().for_each(|event| event.attack = Some(number));
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

    /// Interception and casualties; returns whether nothing got through.
    fn harm(&mut self, channel: usize) -> bool {
        let about = &self.model.channels[channel];
        let defended = self.present[about.site] >= self.model.sites[about.site].needs_people;
        let u = self.luck.marks(self.model, channel).uniform();
        let through = match &mut self.draw.leaks[channel] {
            Some(leaks) => leaks[usize::from(defended)].at(u),
            None => self.through_one_by_one(channel, defended),
        };
        if through == 0 {
            self.record.intercepted += 1;
            return true;
        }
        self.hurt(channel, through);
        false
    }

    /// How many projectiles get through, by weapon, salvo and interception.
    #[cold]
    fn through_one_by_one(&self, channel: usize, defended: bool) -> u32 {
        let (about, number) = (&self.model.channels[channel], self.number_of(channel));
        let mut stream = self.luck.of_attack(self.model, channel, number, Purpose::Salvo);
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

    /// The number, on its channel, of the attack that is happening.
    fn number_of(&self, channel: usize) -> u32 {
        self.arrivals.fronts[channel].attacks - 1
    }

    /// Of projectiles that got through, each may harm somebody.
    fn hurt(&mut self, channel: usize, through: u32) {
        let about = &self.model.channels[channel];
        let present = self.present[about.site];
        let mark = &self.draw.marks[about.threat];
        let number = self.number_of(channel);
        let mut stream = self.luck.of_attack(self.model, channel, number, Purpose::Harm);
        let mut casualties = 0;
        for _ in 0..through {
            if casualties < present && stream.uniform() >= mark.no_casualty {
                casualties += mark.severity.sample(present, &mut stream).min(present - casualties);
            }
        }
        if casualties > 0 {
            self.casualties(channel, casualties, &mut stream);
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
            let mut here = [0, 0];
            // The share of a contingent among those left is hypergeometric: one by one.
            let (mut of_them, mut of_all) = (there, left);
            for _ in 0..to_share {
                if stream.uniform() * f64::from(of_all) < f64::from(of_them) {
                    of_them -= 1;
                    here[usize::from(stream.uniform() < killed_share)] += 1;
                }
                of_all -= 1;
            }
            left -= there;
            to_share -= here[0] + here[1];
            wounded += here[0];
            killed += here[1];
            if here != [0, 0] {
                self.note_casualties(channel, contingent, here);
            }
        }
        self.record.casualties(u64::from(wounded), u64::from(killed));
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
