//! What an attack does: it causes others, which are drawn at once and wait their turn, and harms
//! people.

use super::Threats;
use super::arrivals::Front;
use super::children::{BEFORE_THE_START, Child};
use super::families::Member;
use crate::law::Family;
use crate::measure::M;
use crate::model::{Counted, Draw, Lane, Model};
use crate::process::salvo::{Salvo, leakers, leakers_of_beta};
use crate::scenario::limits::MOST_ATTACKS;
use crate::streams::{EventSeed, Purpose, Stream};
use crate::trial::changes::Change;
use crate::trial::context::Context;
use crate::trial::people::People;
use crate::trial::roads::Met;
use crate::trial::{Event, Kind};
use crate::variates::{MANY, binomial, hypergeometric};

/// An attack on a channel, which is happening.
#[derive(Clone, Copy, Debug)]
pub struct Attack {
    pub days: f64,
    pub channel: usize,
    pub seed: EventSeed,
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
        let mut births = offspring.births(self.seed);
        let mut stream = self.seed.stream(Purpose::Offspring);
        while births.another() {
            let to = draw.caused_on(lane, self.channel, &mut stream);
            let days = self.days + offspring.delay(&mut stream);
            let seed = stream.event_seed();
            if to == self.channel || present[model.channels[to].site] > 0 {
                put(Child { days, seed, channel: to as u32, parent: self.number });
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

impl Threats {
    /// When the next attack comes, where they come one after another, and whether another has
    /// caused it.
    #[inline(always)]
    pub fn next(&self) -> (f64, bool) {
        let (child, arrival) = (self.children.next_days(), self.arrivals.next.next_time());
        if child < arrival { (child, true) } else { (arrival, false) }
    }

    /// The next attack happens.
    #[inline(always)]
    pub fn next_attack(&mut self, ctx: &mut Context<'_>, people: &People, caused: bool) {
        if caused {
            let Child { channel, seed, parent, .. } = self.children.pop();
            let parent = (parent != BEFORE_THE_START).then_some(parent);
            self.arrival(ctx, people, channel as usize, seed, parent);
        } else {
            let channel = self.arrivals.next.next();
            self.note_arrival(ctx, channel, 1.0);
            match self.background_arrival(ctx, channel, ctx.now) {
                Some(seed) => self.arrival(ctx, people, channel, seed, None),
                None => ctx.works(1),
            }
        }
    }

    /// An arrival is a batch of attacks, most often of one.
    #[inline(always)]
    fn arrival(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        channel: usize,
        seed: EventSeed,
        parent: Option<u32>,
    ) {
        match self.arrivals.fronts[channel].lane.batch {
            None => self.attack(ctx, people, channel, seed, parent),
            Some(batch) => self.batch(ctx, people, channel, seed, parent, batch),
        }
    }

    /// An attack now that no clock had announced.
    pub fn sudden_attack(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        channel: usize,
        seed: EventSeed,
    ) {
        if self.in_families {
            let (days, channel) = (ctx.now, channel as u32);
            self.family(ctx, people, Member { days, seed, channel, single: true }, ctx.now);
        } else {
            self.attack(ctx, people, channel, seed, None);
        }
    }

    /// The first attack of a batch has the event seed of the arrival.
    #[cold]
    fn batch(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        channel: usize,
        seed: EventSeed,
        parent: Option<u32>,
        batch: Salvo,
    ) {
        let mut stream = seed.stream(Purpose::Batches);
        let attacks = batch.size(&mut stream).min(MOST_ATTACKS - ctx.record.attacks);
        self.attack(ctx, people, channel, seed, parent);
        for _ in 1..attacks {
            self.attack(ctx, people, channel, stream.event_seed(), parent);
        }
    }

    /// An attack happens, and those that it causes wait their turn.
    #[inline(always)]
    fn attack(
        &mut self,
        ctx: &mut Context<'_>,
        people: &People,
        channel: usize,
        seed: EventSeed,
        parent: Option<u32>,
    ) {
        let number = ctx.record.attack(ctx.now);
        let front = &mut self.arrivals.fronts[channel];
        front.attacks += 1;
        let attack = Attack { days: ctx.now, channel, seed, number };
        attack.cause((ctx.model, &ctx.draw, &front.lane), &people.present, |child| {
            self.children.push(child);
        });
        let harmless = front.lane.harmless;
        let place = ctx.log.as_ref().map_or(0, Vec::len);
        let through = if harmless { 0 } else { self.gets_through(ctx, people, attack) };
        let intercepted = !harmless && through == 0;
        if ctx.watched {
            if ctx.expected.is_some() && self.arrivals.fronts[channel].lane.on_leg.is_some() {
                self.expect_on_the_road(ctx, people, attack);
            }
            ctx.see(channel, Counted::Attacks, 0, 1);
            if ctx.log.is_some() {
                self.note_attack(ctx, attack, place, intercepted, parent);
            }
        }
    }

    /// Notes an attack, before what it did, which was noted from `place` on.
    #[cold]
    fn note_attack(
        &mut self,
        ctx: &mut Context<'_>,
        attack: Attack,
        place: usize,
        intercepted: bool,
        parent: Option<u32>,
    ) {
        let Lane { site, threat, .. } = self.arrivals.fronts[attack.channel].lane;
        let kind = if intercepted { Kind::AttackIntercepted } else { Kind::Attack };
        let event =
            Event { site: Some(site), threat: Some(threat), parent, ..Event::new(ctx.now, kind) };
        let log = ctx.log.get_or_insert_default();
        log.insert(place, event);
        log[place..].iter_mut().for_each(|event| event.attack = Some(attack.number));
    }

    /// Writes down the attacks, in all and by site and threat.
    pub fn count_attacks(&mut self, ctx: &mut Context<'_>) {
        ctx.record.set(M::Intercepted, 0, f64::from(ctx.record.intercepted));
        for (channel, about) in ctx.model.channels.iter().enumerate() {
            let count = f64::from(self.arrivals.fronts[channel].attacks);
            ctx.record.add(M::Attacks, 0, count);
            ctx.record.add(M::SiteAttacks, about.site, count);
            ctx.record.add(M::ThreatAttacks, about.threat, count);
        }
    }

    /// Interception and casualties; returns how many projectiles got through.
    #[inline(always)]
    fn gets_through(&mut self, ctx: &mut Context<'_>, people: &People, attack: Attack) -> u32 {
        let Front { defended, marks, leaks, .. } = self.arrivals.fronts[attack.channel];
        let through = match &mut ctx.draw.leaks[leaks] {
            Some(leaks) => {
                let u = attack.seed.stream(Purpose::Marks).uniform();
                leaks[usize::from(defended)].at(u)
            }
            None => Threats::through_one_by_one(ctx, attack, marks, defended),
        };
        if through == 0 {
            ctx.record.intercepted += 1;
        } else {
            self.apply_harm(ctx, people, attack, through);
        }
        through
    }

    /// How many projectiles get through, by weapon, salvo and interception.
    #[cold]
    fn through_one_by_one(ctx: &Context<'_>, attack: Attack, marks: usize, defended: bool) -> u32 {
        let about = &ctx.model.channels[attack.channel];
        let mut stream = attack.seed.stream(Purpose::Salvo);
        let weapons = &ctx.draw.marks[marks].weapons;
        let u = stream.uniform();
        let last = weapons.len() - 1;
        let weapon = weapons[..last].iter().position(|(up_to, _)| u < *up_to).unwrap_or(last);
        let salvo = weapons[weapon].1.size(&mut stream);
        let law = &about.intercept[usize::from(defended)][weapon];
        if let Family::Beta(parameters) = law {
            let parameters = parameters.map(|slot| slot.of(&ctx.draw.values));
            return leakers_of_beta(salvo, parameters, &mut stream);
        }
        let stopped = law.sample(|slot| slot.of(&ctx.draw.values), &mut stream);
        leakers(salvo, stopped, &mut stream)
    }

    /// Of projectiles that got through, each may harm somebody.
    #[inline(never)]
    fn apply_harm(&mut self, ctx: &mut Context<'_>, people: &People, attack: Attack, through: u32) {
        let Front { lane: Lane { site, on_leg, .. }, marks, leaks, .. } =
            self.arrivals.fronts[attack.channel];
        let mark = &ctx.draw.marks[marks];
        let mut stream = attack.seed.stream(Purpose::Harm);
        let Met { people: present, there } = match on_leg {
            None => Met { people: people.present[site], there: people.of(site) },
            Some(exposure) => people.convoy_met(ctx.model, (site, exposure), &mut stream),
        };
        if let Some(civilians) = mark.civilians {
            let mut stream = attack.seed.stream(Purpose::Toll);
            let [wounded, killed] = civilians.sample(through, &mut stream);
            ctx.record.add(M::CivilianWounded, 0, f64::from(wounded));
            ctx.record.add(M::CivilianKilled, 0, f64::from(killed));
        }
        let (casualties, steps) = match &mut ctx.expected {
            Some(expected) if through > 1 || expected.follows_all => {
                debug_assert!(on_leg.is_some() || expected.is_among(attack.channel, present));
                if ctx.draw.leaks[leaks].is_none() {
                    expected.get_through((marks, mark), f64::from(through), present);
                }
                expected.harm((marks, mark), through, present, &mut stream)
            }
            _ => mark.harm(through, present, &mut stream, |_, _| ()),
        };
        if steps > 0 {
            ctx.works(steps);
        }
        if casualties > 0 {
            // What comes next may be something else now.
            ctx.stirred = true;
            self.casualties(ctx, there, attack.channel, casualties, &mut stream);
        }
    }

    /// Shares casualties out over those who are `there`, by contingent, without replacement, and over wounded and killed.
    fn casualties(
        &mut self,
        ctx: &mut Context<'_>,
        there: &[u32],
        channel: usize,
        casualties: u32,
        stream: &mut Stream,
    ) {
        let threat = ctx.model.channels[channel].threat;
        let killed_share = ctx.draw.marks[self.arrivals.fronts[channel].marks].killed_share;
        let mut left = there.iter().sum();
        let mut to_share = casualties;
        let (mut wounded, mut killed) = (0, 0);
        for (contingent, &there) in there.iter().enumerate() {
            if to_share == 0 {
                break;
            }
            if there == 0 {
                continue;
            }
            let here = share(to_share, there, left, killed_share, stream);
            left -= there;
            to_share -= here[0] + here[1];
            wounded += here[0];
            killed += here[1];
            if here != [0, 0] {
                self.note_casualties(ctx, channel, contingent, here);
            }
        }
        ctx.record.casualties(ctx.now, channel, [wounded, killed].map(u64::from));
        ctx.record.most(M::WorstAttack, casualties);
        ctx.record.most(M::WorstAttackWounded, wounded);
        ctx.record.most(M::WorstAttackKilled, killed);
        self.answer(ctx, threat, killed);
    }

    fn note_casualties(
        &mut self,
        ctx: &mut Context<'_>,
        channel: usize,
        contingent: usize,
        [wounded, killed]: [u32; 2],
    ) {
        let (site, threat) = (ctx.model.channels[channel].site, ctx.model.channels[channel].threat);
        let of_each = [
            (wounded, M::Wounded, M::SiteWounded, M::ThreatWounded, M::ContingentWounded),
            (killed, M::Killed, M::SiteKilled, M::ThreatKilled, M::ContingentKilled),
        ];
        for (count, total, by_site, by_threat, by_contingent) in of_each {
            if count == 0 {
                continue;
            }
            ctx.record.add(total, 0, f64::from(count));
            ctx.record.add(by_site, site, f64::from(count));
            ctx.record.add(by_threat, threat, f64::from(count));
            ctx.record.add(by_contingent, contingent, f64::from(count));
        }
        let kinds =
            [(wounded, Counted::Wounded, Kind::Wounded), (killed, Counted::Killed, Kind::Killed)];
        for (count, counted, kind) in kinds {
            if count > 0 {
                ctx.see(channel, counted, contingent, count);
                let event = |event| Event {
                    site: Some(site),
                    threat: Some(threat),
                    contingent: Some(contingent),
                    count,
                    ..event
                };
                ctx.note(event, kind);
            }
        }
        if killed > 0 {
            ctx.tell(Change::Killed(contingent));
        }
    }
}
