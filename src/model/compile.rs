//! Checked scenario to model: ids become indices, numbers get slots, dates become days.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::{Numbers, Slot, SlotLaw};
use super::{
    Arms, Blackouts, Channel, Courses, Gate, Model, Modifier, Move, Names, Now, Phase, Region,
    Room, Site, State, Tension, Threat, Toll, Transport, UNDEFENDED, Waiter, calendar, index, legs,
    materiel, modifiers, region, risks, rules,
};
use crate::law::{Family, Range};
use crate::measure::{By, Layout};
use crate::scenario::{self, After, ContagionStart, HOME, Link, Rates, Scenario};
use crate::streams::Who;
use crate::validate::Checked;

impl Checked {
    /// Compiles the scenario: builds the structure that every trial shares.
    pub fn compile(&self) -> Model {
        let scenario = &self.scenario;
        let plan = &scenario.plan;
        let days = |date: scenario::Date| f64::from(date.days_since(scenario.start));
        let months = months(scenario.start, self.horizon);
        let names = Names::of(scenario, &months);
        let mut numbers = Numbers::default();
        let tension = compile_tension(scenario, &names, &mut numbers);
        let firsts = months.iter().map(|(first, _)| *first);
        let mut courses = Courses::new(scenario.start, firsts);
        let (threats, channels) = compile_threats(scenario, &names, &mut numbers, &mut courses);
        let (gates, phases) = compile_nodes(scenario, &names, &mut numbers);
        let (rules, counts) = rules::compile(scenario, &names, &channels);
        let now = Now::new(scenario, &names, &channels);
        let span = |out: &scenario::Blackout| (days(out.from), days(out.until));
        let works: [bool; 7] = std::array::from_fn(|day| {
            plan.working_days.contains(&scenario.start.plus_days(day as i32).weekday())
        });
        let pace = pace(scenario, self.horizon);
        let every = plan.transport.lift_every_days;
        let channels_at = (0..names.sites.len())
            .map(|site| (0..channels.len()).filter(|&c| channels[c].site == site).collect())
            .collect();
        Model {
            layout: Layout::new(|by| names.width(by)),
            start: scenario.start,
            horizon: days(self.horizon),
            month_ends: months.iter().map(|&(_, end)| days(end)).collect(),
            review_every: f64::from(plan.review_every_days),
            sites: (scenario.world.sites.iter())
                .map(|(id, site)| compile_site(scenario, id, site))
                .chain(scenario.world.legs.iter().map(|_| legs::as_place()))
                .collect(),
            legs: legs::legs(scenario, &names, &mut numbers),
            garrison: garrison(scenario, &names),
            tension,
            rules,
            counts,
            threats,
            courses,
            channels,
            channels_at,
            unlocks: unlocks(scenario, &names),
            gates,
            has_hubs: phases.iter().any(|phase| phase.takes_arrivals),
            phases,
            transport: Transport::new(every, plan.transport.people_per_day),
            modes: materiel::modes(scenario),
            stock: materiel::stock(scenario, &names),
            blackouts: Blackouts::new(works, plan.blackouts.values().map(span), &pace),
            allowed_for: Blackouts::new(works, plan.allowed_for().map(span), &pace),
            correlation: numbers.range("plan.duration_correlation", &plan.duration_correlation),
            room: room(&plan.breathing_room, scenario),
            events: calendar::events(scenario, &mut numbers),
            risks: risks::risks(scenario, &mut numbers),
            buffers: calendar::buffers(scenario, &names),
            region: Region::new(scenario, &names, &mut numbers),
            now,
            reduced: false,
            levels: Vec::new(),
            names,
            numbers,
            scenario: scenario.clone(),
        }
    }
}

impl Names {
    fn of(scenario: &Scenario, months: &[Month]) -> Self {
        let (world, plan) = (&scenario.world, &scenario.plan);
        let contingents: BTreeSet<&String> =
            world.sites.values().flat_map(|site| site.garrison.keys()).collect();
        let states = match &world.tension {
            Some(tension) => tension.states.keys().cloned().collect(),
            None => vec!["steady".to_owned()],
        };
        Names {
            sites: world.places().cloned().collect(),
            contingents: contingents.into_iter().cloned().collect(),
            states,
            threats: world.threats.keys().cloned().collect(),
            gates: plan.gates.keys().cloned().collect(),
            phases: plan.phases.keys().cloned().collect(),
            events: world.calendar.keys().cloned().collect(),
            risks: world.risks.keys().cloned().collect(),
            outcomes: (world.calendar.iter())
                .flat_map(|(id, event)| event.outcomes.keys().map(move |o| format!("{id}.{o}")))
                .collect(),
            buffers: plan.buffers.keys().cloned().collect(),
            rules: plan.rules.keys().cloned().collect(),
            modes: plan.transport.modes.keys().cloned().collect(),
            months: months.iter().map(|(first, _)| first.month()).collect(),
        }
    }

    /// The ids of a breakdown.
    pub fn of_breakdown(&self, by: By) -> &[String] {
        match by {
            By::Total => &[],
            By::Site => &self.sites,
            By::Contingent => &self.contingents,
            By::Threat => &self.threats,
            By::Phase => &self.phases,
            By::Gate => &self.gates,
            By::State => &self.states,
            By::Event => &self.events,
            By::Risk => &self.risks,
            By::Outcome => &self.outcomes,
            By::Buffer => &self.buffers,
            By::Rule => &self.rules,
            By::Mode => &self.modes,
            By::Month => &self.months,
        }
    }

    pub fn width(&self, by: By) -> usize {
        self.of_breakdown(by).len()
    }
}

/// Days after the horizon for which months are told apart: what would be done then does not count.
const LONG_AFTER: i32 = 3_653;

/// The first day of a calendar month or of the part of it that is simulated, and the day after
/// its last.
type Month = (scenario::Date, scenario::Date);

/// The calendar months from `start` to just before `horizon`.
fn months(start: scenario::Date, horizon: scenario::Date) -> Vec<Month> {
    let firsts = std::iter::successors(Some(start), |first| Some(first.next_month()));
    firsts
        .take_while(|first| *first < horizon)
        .map(|first| (first, first.next_month().min(horizon)))
        .collect()
}

/// What is done on a day, in a day's work, from the first day of each month on: from long before the
/// scenario to long after it. None, if it is always the same.
fn pace(scenario: &Scenario, horizon: scenario::Date) -> Vec<(f64, f64)> {
    let plan = &scenario.plan;
    if plan.months.values().all(|pace| *pace == 1.0) {
        return Vec::new();
    }
    let announced = plan.phases.values().map(|phase| phase.announced_start);
    let begun =
        scenario.now.iter().flat_map(|now| now.phases.values().filter_map(|one| one.started));
    let first = announced.chain(begun).min().unwrap_or(scenario.start).min(scenario.start);
    let firsts = std::iter::successors(Some(first), |day| Some(day.next_month()));
    let until = horizon.plus_days(LONG_AFTER);
    let each = firsts.take_while(|day| *day < until);
    each.map(|day| (f64::from(day.days_since(scenario.start)), plan.pace(day))).collect()
}

fn compile_site(scenario: &Scenario, id: &String, site: &scenario::Site) -> Site {
    let leaving = scenario.plan.phases.values().flat_map(|phase| {
        phase.moves.values().filter(|step| step.site == *id).map(move |step| (phase, step))
    });
    let last = leaving.clone().map(|(phase, _)| phase.announced_finish).max();
    let stays = leaving.clone().any(|(phase, step)| {
        Some(phase.announced_finish) == last && step.residual.unwrap_or(0) > 0
    });
    let hand_over = last.filter(|_| !stays).map(|date| f64::from(date.days_since(scenario.start)));
    let area = site.area.as_ref();
    let present: u64 = site.garrison.values().map(|&n| u64::from(n)).sum();
    Site {
        area: area.and_then(|area| scenario.world.areas.keys().position(|id| id == area)),
        hand_over: hand_over.unwrap_or(f64::INFINITY),
        reference: site.reference_garrison.map_or(present as f64, f64::from),
        needs_people: site.air_defence.needs_people,
    }
}

fn garrison(scenario: &Scenario, names: &Names) -> Vec<u32> {
    let mut people = Vec::with_capacity(names.sites.len() * names.contingents.len());
    for site in scenario.world.sites.values() {
        let present = names.contingents.iter().map(|c| site.garrison.get(c).copied().unwrap_or(0));
        people.extend(present);
    }
    // Nobody is on the road.
    people.resize(names.sites.len() * names.contingents.len(), 0);
    people
}

fn compile_tension(scenario: &Scenario, names: &Names, numbers: &mut Numbers) -> Tension {
    let who = Who::new(&["tension"]);
    let Some(tension) = &scenario.world.tension else {
        let mean_days = SlotLaw::Constant(numbers.constant(f64::INFINITY));
        return Tension { who, start: 0, states: vec![State { mean_days, next: Vec::new() }] };
    };
    let states = tension
        .states
        .iter()
        .map(|(id, state)| {
            let path = format!("world.tension.states.{id}");
            let mean_days = numbers.law(&format!("{path}.mean_days"), &state.mean_days);
            let next = state.next.iter().map(|(to, weight)| {
                let slot = numbers.range(&format!("{path}.next.{to}"), weight);
                (index(&names.states, to), slot)
            });
            State { mean_days, next: next.collect() }
        })
        .collect();
    Tension { who, start: index(&names.states, &tension.start), states }
}

fn compile_threats(
    scenario: &Scenario,
    names: &Names,
    numbers: &mut Numbers,
    courses: &mut Courses,
) -> (Vec<Threat>, Vec<Channel>) {
    let mut threats = Vec::new();
    let mut channels = Vec::new();
    for (index, (id, threat)) in scenario.world.threats.iter().enumerate() {
        let first = channels.len();
        compile_channels(scenario, names, (index, id, threat), numbers, &mut channels);
        legs::channels(scenario, names, (index, id), numbers, &mut channels);
        let own = first..channels.len();
        threats.push(compile_threat(scenario, names, (id, threat), own, numbers, courses));
    }
    compile_contagion(scenario, names, numbers, &mut channels);
    let (mut arms, mut leaks) = (0, 0);
    for threat in &mut threats {
        threat.first_arms = arms;
        arms += threat.arms.len();
        for channel in &mut channels[threat.channels.clone()] {
            channel.first_leaks = leaks;
            leaks += threat.arms.len();
        }
    }
    (threats, channels)
}

fn compile_threat(
    scenario: &Scenario,
    names: &Names,
    (id, threat): (&String, &scenario::Threat),
    channels: std::ops::Range<usize>,
    numbers: &mut Numbers,
    courses: &mut Courses,
) -> Threat {
    let path = format!("world.threats.{id}");
    // The slots of windows come first, and those of other modifiers between those of other keys: in
    // this order their ranges are columns of a table of inputs.
    let (windows, others): (Vec<_>, Vec<_>) = scenario
        .modifiers(id, threat)
        .partition(|modifier| matches!(modifier, scenario::Modifier::Window(..)));
    let mut compile = |written: &[scenario::Modifier<'_>],
                       numbers: &mut Numbers|
     -> Vec<Modifier> {
        let each = written.iter();
        each.flat_map(|one| modifiers::compile(one, &path, scenario, numbers, courses)).collect()
    };
    let mut modifiers = compile(&windows, numbers);
    let retaliation = threat.retaliation.as_ref();
    let retaliation = retaliation.map(|about| region::retaliation(id, about, numbers));
    let slot = |key: &str, range: &Range, numbers: &mut Numbers| {
        numbers.range(&format!("{path}.{key}"), range)
    };
    let rates = match &threat.attacks_per_day {
        Rates::Same(rate) => vec![slot("attacks_per_day", rate, numbers); names.states.len()],
        Rates::ByState(rates) => rates
            .iter()
            .map(|(id, rate)| slot(&format!("attacks_per_day.{id}"), rate, numbers))
            .collect(),
    };
    Threat {
        rates,
        rate_factor: slot("rate_factor", &threat.rate_factor, numbers),
        elasticity: slot("presence_elasticity", &threat.presence_elasticity, numbers),
        decay: (threat.contagion.as_ref())
            .map(|contagion| slot("contagion.decay_days", &contagion.decay_days, numbers)),
        steady: (threat.contagion.as_ref())
            .is_some_and(|contagion| contagion.start == ContagionStart::Steady)
            && !scenario.now.as_ref().is_some_and(|now| now.knows_attacks_of(id)),
        batch_mean: slot("batch_mean", &threat.batch_mean, numbers),
        modifiers: {
            modifiers.extend(compile(&others, numbers));
            modifiers.sort_by_key(Modifier::source);
            modifiers
        },
        retaliation,
        arms: arms_states(names, threat)
            .into_iter()
            .map(|state| compile_arms(&path, threat, state, numbers))
            .collect(),
        first_arms: 0,
        civilian_harm: (threat.civilian_harm.as_ref())
            .map(|about| Toll::new(&format!("{path}.civilian_harm"), about, numbers)),
        arms_in: (names.states.iter())
            .map(|id| {
                let each = arms_states(names, threat);
                each.iter().position(|state| *state == Some(id)).unwrap_or(0)
            })
            .collect(),
        channels,
    }
}

/// The states of tension in which a threat has arms of their own: all, or none for the same in all.
fn arms_states<'a>(names: &'a Names, threat: &scenario::Threat) -> Vec<Option<&'a String>> {
    match threat.armed_by_state().is_empty() {
        true => vec![None],
        false => names.states.iter().map(Some).collect(),
    }
}

/// The numbers of a state of tension, which are those of no state where it has none of its own.
fn compile_arms(
    path: &str,
    threat: &scenario::Threat,
    state: Option<&String>,
    numbers: &mut Numbers,
) -> Arms {
    let mut slot = |table: &str, key: &str, usual: &Range, own: Option<&Range>| match (own, state) {
        (Some(own), Some(state)) => {
            numbers.range(&format!("{path}.{table}.by_state.{state}.{key}"), own)
        }
        _ => numbers.range(&format!("{path}.{table}.{key}"), usual),
    };
    let weapons = threat.weapons.iter().map(|(id, weapon)| {
        let (own, table) =
            (state.and_then(|state| weapon.by_state.get(state)), format!("weapons.{id}"));
        let share = own.and_then(|own| own.share.as_ref());
        let salvo_mean = own.and_then(|own| own.salvo_mean.as_ref());
        (
            slot(&table, "share", &weapon.share, share),
            slot(&table, "salvo_mean", &weapon.salvo_mean, salvo_mean),
        )
    });
    let weapons = weapons.collect();
    let harm = &threat.harm;
    let own = state.and_then(|state| harm.by_state.get(state));
    let no_casualty = own.and_then(|own| own.no_casualty.as_ref());
    let scale = own.and_then(|own| own.scale.as_ref());
    let shape = own.and_then(|own| own.shape.as_ref());
    let killed_share = own.and_then(|own| own.killed_share.as_ref());
    Arms {
        weapons,
        no_casualty: slot("harm", "no_casualty", &harm.no_casualty, no_casualty),
        scale: slot("harm", "scale", &harm.scale, scale),
        shape: slot("harm", "shape", &harm.shape, shape),
        killed_share: slot("harm", "killed_share", &harm.killed_share, killed_share),
    }
}

fn compile_channels(
    scenario: &Scenario,
    names: &Names,
    (threat_index, threat_id, threat): (usize, &String, &scenario::Threat),
    numbers: &mut Numbers,
    channels: &mut Vec<Channel>,
) {
    let attacked = scenario.world.sites.iter().filter(|(id, _)| threat.weighs(id));
    for (site_id, site) in attacked {
        let defended = threat.weapons.iter().map(|(weapon, about)| -> SlotLaw {
            if !about.interceptable {
                return Family::Constant(numbers.constant(0.0));
            }
            let law = scenario.world.intercept_of(site_id, site, weapon);
            let (path, law) = law.expect("validation has found one");
            numbers.law(&path, &law)
        });
        let defended = defended.collect();
        let undefended = threat.weapons.values().map(|about| match about.interceptable {
            true => Family::Beta(UNDEFENDED.map(|parameter| numbers.constant(parameter))),
            false => Family::Constant(numbers.constant(0.0)),
        });
        let intercept = [undefended.collect(), defended];
        let weight = |state: &String| weight((threat_id, threat), state, site_id, numbers);
        let weights = names.states.iter().map(weight).collect();
        channels.push(Channel {
            threat: threat_index,
            site: index(&names.sites, site_id),
            weights,
            arrivals: (names.states.iter())
                .map(|state| Who::new(&["channel", threat_id, site_id, state]))
                .collect(),
            intercept,
            first_leaks: 0,
            causes: Vec::new(),
            caused_by: Vec::new(),
            on_leg: None,
        });
    }
}

/// The weight of a site in a state of tension: one number, where it is not given by state.
fn weight(
    (threat_id, threat): (&String, &scenario::Threat),
    state: &str,
    site: &str,
    numbers: &mut Numbers,
) -> Slot {
    let mut path = format!("world.threats.{threat_id}.site_weights");
    if threat.site_weights_by_state.contains_key(state) {
        path = format!("{path}_by_state.{state}");
    }
    let weights = threat.weights_in(state);
    match weights.get(site) {
        Some(weight) => numbers.range(&format!("{path}.{site}"), weight),
        // Of no weights at all, there is one site.
        None => numbers.constant(if weights.is_empty() { 1.0 } else { 0.0 }),
    }
}

/// For each channel, the channels in which its attacks cause others.
fn compile_contagion(
    scenario: &Scenario,
    names: &Names,
    numbers: &mut Numbers,
    channels: &mut [Channel],
) {
    let on_sites = |(_, channel): &(usize, &Channel)| channel.on_leg.is_none();
    let each = channels.iter().enumerate().filter(on_sites);
    let place: BTreeMap<(usize, usize), usize> =
        each.map(|(k, channel)| ((channel.threat, channel.site), k)).collect();
    for (k, channel) in channels.iter_mut().enumerate().filter(|(_, one)| one.on_leg.is_none()) {
        let (threat, site) = (channel.threat, channel.site);
        let threat_id = &names.threats[threat];
        let Some(contagion) = &scenario.world.threats[threat_id].contagion else { continue };
        let path = format!("world.threats.{threat_id}.contagion");
        let own = format!("{path}.children_per_attack");
        let mut causes = vec![(k, numbers.range(&own, &contagion.children_per_attack))];
        for (to, range) in &contagion.to_threats {
            if let Some(&to_channel) = place.get(&(index(&names.threats, to), site)) {
                let slot = numbers.range(&format!("{path}.to_threats.{to}"), range);
                causes.push((to_channel, slot));
            }
        }
        let from = &names.sites[site];
        for (to, range) in contagion.to_sites.get(from).into_iter().flatten() {
            if let Some(&to_channel) = place.get(&(threat, index(&names.sites, to))) {
                let slot = numbers.range(&format!("{path}.to_sites.{from}.{to}"), range);
                causes.push((to_channel, slot));
            }
        }
        channel.causes = causes;
    }
    for from in 0..channels.len() {
        for (to, mean) in channels[from].causes.clone() {
            channels[to].caused_by.push((from, mean));
        }
    }
}

fn compile_nodes(
    scenario: &Scenario,
    names: &Names,
    numbers: &mut Numbers,
) -> (Vec<Gate>, Vec<Phase>) {
    let days = |date: scenario::Date| f64::from(date.days_since(scenario.start));
    let gates = scenario.plan.gates.iter().map(|(id, gate)| Gate {
        who: Who::new(&["gate", id]),
        delay: numbers.law(&format!("plan.gates.{id}.delay_days"), &gate.delay_days),
        blocked: (names.states.iter())
            .map(|state| gate.blocked_while.iter().any(|b| b.tension.contains(state)))
            .collect(),
        waits_for: gate.after.iter().collect::<BTreeSet<_>>().len(),
        risks: risks::effects_on(scenario, |effect| effect.gates.contains(id), numbers),
    });
    let gates = gates.collect();
    let phases = scenario.plan.phases.iter().map(|(id, phase)| {
        let moves = moves(scenario, phase, names);
        let cargo = materiel::cargo(phase, names);
        let loads = cargo.iter().flat_map(|cargo| &cargo.loads).map(|load| load.site);
        let clears: BTreeSet<usize> = moves.iter().map(|step| step.site).chain(loads).collect();
        let on_leg = |leg: usize| scenario.world.sites.len() + leg;
        let destinations =
            moves.iter().flat_map(|step| step.leg.map(on_leg).into_iter().chain(step.to));
        let touches: BTreeSet<usize> = clears.iter().copied().chain(destinations).collect();
        let homeward = moves.iter().filter(|step| step.to.is_none());
        let sends_home: BTreeSet<usize> = homeward.map(|step| step.contingent).collect();
        Phase {
            who: Who::new(&["phase", id]),
            start: days(phase.announced_start),
            finish: days(phase.announced_finish),
            announced_days: scenario.plan.announced_days(phase),
            ratio: numbers.law(&format!("plan.phases.{id}.duration_ratio"), &phase.duration_ratio),
            compress_to: numbers
                .range(&format!("plan.phases.{id}.compress_to"), &phase.compress_to),
            risks: risks::effects_on(scenario, |effect| effect.phases.contains(id), numbers),
            takes_arrivals: moves.iter().any(|step| step.takes_arrivals),
            over_legs: moves.iter().any(|step| step.leg.is_some()),
            moves,
            cargo,
            waves: waves(phase),
            clears: clears.into_iter().collect(),
            touches: touches.into_iter().collect(),
            sends_home: sends_home.into_iter().collect(),
            waits_for: phase.after.links().filter(|(_, link)| !link.is_for_last_lift()).count(),
            ends_after: phase.after.links().filter(|(_, link)| link.is_for_last_lift()).count(),
            room: phase.breathing_room.as_ref().map(|own| room(own, scenario)),
        }
    });
    (gates, phases.collect())
}

fn room(written: &scenario::BreathingRoom, scenario: &Scenario) -> Room {
    let days = |date: scenario::Date| f64::from(date.days_since(scenario.start));
    Room {
        pause_days: written.pause_days,
        extension_days: written.extension_days,
        latest: written.latest.map_or(f64::INFINITY, days),
    }
}

/// The moves of a phase as they are compiled, those of a given number first: "everybody who is left"
/// comes last.
pub(super) fn in_order(
    phase: &scenario::Phase,
) -> impl Iterator<Item = (&String, &scenario::Move)> {
    let fixed = phase.moves.iter().filter(|(_, step)| step.people.is_some());
    fixed.chain(phase.moves.iter().filter(|(_, step)| step.people.is_none()))
}

/// The waves of a phase, by the numbers of its moves.
fn waves(phase: &scenario::Phase) -> Vec<Vec<usize>> {
    let of = |wave: &Vec<String>| {
        let moves = in_order(phase).enumerate();
        moves.filter(|(_, (id, _))| wave.contains(id)).map(|(k, _)| k).collect()
    };
    phase.waves.iter().map(of).collect()
}

fn moves(scenario: &Scenario, phase: &scenario::Phase, names: &Names) -> Vec<Move> {
    let compile = |step: &scenario::Move| Move {
        site: index(&names.sites, &step.site),
        contingent: index(&names.contingents, &step.contingent),
        people: step.people,
        residual: step.residual.unwrap_or(0),
        takes_arrivals: step.takes_arrivals,
        to: (step.to != HOME).then(|| index(&names.sites, &step.to)),
        leg: scenario.world.leg_between(&step.site, &step.to),
    };
    in_order(phase).map(|(_, step)| compile(step)).collect()
}

/// For each gate, then each phase, who waits for it and how.
fn unlocks(scenario: &Scenario, names: &Names) -> Vec<Vec<Waiter>> {
    let node = |id: &String| match names.gates.iter().position(|gate| gate == id) {
        Some(gate) => gate,
        None => names.gates.len() + index(&names.phases, id),
    };
    let plan = &scenario.plan;
    let of_gates = plan.gates.values().map(|gate| After::Done(gate.after.clone()));
    let afters = of_gates.chain(plan.phases.values().map(|phase| phase.after.clone()));
    let mut unlocks = vec![Vec::new(); names.gates.len() + names.phases.len()];
    for (waiter, after) in afters.enumerate() {
        for (id, Link { relation, lag_days, .. }) in after.links() {
            unlocks[node(id)].push(Waiter { node: waiter, relation, lag_days });
        }
    }
    unlocks
}
