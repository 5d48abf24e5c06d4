//! What an attack does: it causes others, which are drawn at once and wait their turn, and harms
//! people.

use super::children::Child;
use super::{Event, Kind, MOST_ATTACKS, Trial};
use crate::law::Family;
use crate::measure::M;
use crate::model::{Counted, Hit, Lane, Mark, UNDEFENDED};
use crate::process::salvo::{leakers, leakers_of_beta};
use crate::variates::choose;

impl Trial<'_> {
    /// An arrival is a batch of attacks, most often of one.
    pub(super) fn arrival(&mut self, channel: usize, parent: Option<u32>) {
        let attacks = match self.draw.lanes[channel].batch {
            None => 1,
            Some(batch) => batch.size(self.luck.batches(self.model, channel)),
        };
        for _ in 0..attacks.min(MOST_ATTACKS - self.attacks) {
            self.attack(channel, parent);
        }
    }

    pub(super) fn child(&mut self) {
        if let Some(Child { channel, epoch, parent, .. }) = self.children.pop() {
            let site = self.draw.lanes[channel as usize].site;
            // Dropped if the site has closed since, or nobody was there in the first place.
            if epoch == self.epoch[site] && self.present[site] > 0 {
                self.arrival(channel as usize, Some(parent));
            }
        }
    }

    #[inline]
    fn attack(&mut self, channel: usize, parent: Option<u32>) {
        let number = self.attacks;
        self.attacks += 1;
        self.record.attack();
        self.attacks_on[channel] += 1;
        self.cause_others(channel, number);
        let noted = self.log.as_ref().map_or(0, Vec::len);
        let intercepted = !self.draw.lanes[channel].harmless && self.harm(channel);
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
        let Lane { site, threat, .. } = self.draw.lanes[channel];
        let kind = if intercepted { Kind::AttackIntercepted } else { Kind::Attack };
        let event =
            Event { site: Some(site), threat: Some(threat), parent, ..Event::new(self.now, kind) };
        let log = self.log.get_or_insert_default();
        log.insert(place, event);
        log[place..].iter_mut().for_each(|event| event.attack = Some(number));
    }

    /// Draws the attacks that this one causes.
    #[inline]
    fn cause_others(&mut self, channel: usize, number: u32) {
        let lane = &self.draw.lanes[channel];
        let Some(offspring) = &lane.offspring else { return };
        let stream = self.luck.offspring(self.model, channel);
        for _ in 0..offspring.count(stream) {
            let to = if lane.keeps_to_itself {
                channel
            } else {
                let causes = &self.model.channels[channel].causes;
                let means = causes.iter().map(|(_, mean)| mean.of(&self.draw.values));
                causes[choose(means, stream)].0
            };
            let days = self.now + offspring.delay(stream);
            let site = self.draw.lanes[to].site;
            if to == channel || self.present[site] > 0 {
                let (channel, epoch) = (to as u32, self.epoch[site]);
                self.children.push(Child { days, channel, epoch, parent: number });
            }
        }
    }

    /// Writes down the attacks by site and threat.
    pub(super) fn count_attacks(&mut self) {
        for (channel, about) in self.model.channels.iter().enumerate() {
            let count = f64::from(self.attacks_on[channel]);
            self.record.add(M::Attacks, 0, count);
            self.record.add(M::SiteAttacks, about.site, count);
            self.record.add(M::ThreatAttacks, about.threat, count);
        }
    }

    /// Weapon, salvo, interception, casualties; returns whether nothing got through.
    #[inline(never)]
    fn harm(&mut self, channel: usize) -> bool {
        let model = self.model;
        let about = &model.channels[channel];
        let present = self.present[about.site];
        let mark = &self.draw.marks[about.threat];
        let stream = self.luck.marks(model, channel);
        let weapon = weapon(mark, stream.uniform());
        let salvo = mark.weapons[weapon].1.size(stream);
        let values = &self.draw.values;
        let through = match &about.intercept[weapon] {
            _ if present < model.sites[about.site].needs_people => {
                leakers_of_beta(salvo, UNDEFENDED, stream)
            }
            Family::Beta(parameters) => {
                leakers_of_beta(salvo, parameters.map(|slot| slot.of(values)), stream)
            }
            law => leakers(salvo, law.sample(|slot| slot.of(values), stream), stream),
        };
        let mut casualties = 0;
        for _ in 0..through {
            if casualties < present && stream.uniform() >= mark.no_casualty {
                casualties += mark.severity.sample(present, stream).min(present - casualties);
            }
        }
        if casualties > 0 {
            self.casualties(channel, casualties);
        }
        let intercepted = through == 0;
        self.record.add(M::Intercepted, 0, f64::from(u8::from(intercepted)));
        intercepted
    }

    /// Shares casualties out over contingents, without replacement, and over wounded and killed.
    fn casualties(&mut self, channel: usize, casualties: u32) {
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
            let stream = self.luck.marks(model, channel);
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

/// The weapon whose share of [0, 1) holds `u`.
fn weapon(mark: &Mark, u: f64) -> usize {
    let last = mark.weapons.len() - 1;
    mark.weapons[..last].iter().position(|(up_to, _)| u < *up_to).unwrap_or(last)
}
