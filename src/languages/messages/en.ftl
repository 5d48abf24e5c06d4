# Every sentence of the description of a scenario, in the order in which they are said. Project
# Fluent: https://projectfluent.org/fluent/guide/
#
# A language is a file like this one, with the same keys and the same values in braces. Values are
# texts, or numbers, which can be selected on by the plural categories of the language. A message of
# several lines is as many lines of the description; what is indented in it is indented there, before
# a value by {"  "}. What stands in front of the first is no part of it.

## Lists, sentences, names, numbers

list-comma = {", "}
list-semicolon = {"; "}
list-and = {" and "}
list-or = {" or "}
list-then = {", then "}
sentence = { $text }.
goes-on = { $text };
named = { $id } ({ $title })
valued = { $id } { $value }
people-of = { $people } { $contingent }
days = { $number } days
or-later = or { $days } later
all-sites = all sites
all-phases = all phases
all-threats = all threats
law-between = { $law } between { $low } and { $high }
law-mixture = a mixture of { $parts }
law-mixture-part = { $value } (weight { $weight })
law-one-of = one of { $values }
weekday =
    { $day ->
        [monday] monday
        [tuesday] tuesday
        [wednesday] wednesday
        [thursday] thursday
        [friday] friday
        [saturday] saturday
       *[sunday] sunday
    }
month =
    { $month ->
        [jan] jan
        [feb] feb
        [mar] mar
        [apr] apr
        [may] may
        [jun] jun
        [jul] jul
        [aug] aug
        [sep] sep
        [oct] oct
        [nov] nov
       *[dec] dec
    }

## The scenario, and who is there

frame-untitled = A withdrawal
frame = From { $start } until { $end }.
sites = Who is there at the start
site = { $site }{ $gap } { $people }  ({ $who })
site-nobody = nobody
site-area = {" "}in { $area }
site-title = : { $title }
site-reference = The rates of threats are meant for { $people } people.
site-materiel = Materiel: { $tonnes } tonnes.
areas = Areas: { $areas }.
defences = Chance that a projectile is stopped, drawn once per attack
defence = { $site }: { $weapons }
defence-thin = below { $people } people { $law }

## Where things stand on the first day

now = Where things stand on the first day
now-nothing = Nothing of the plan has happened yet.
now-gate-opened = Gate { $gate } opened on { $date }.
now-gate-blocked = Gate { $gate } has been waited for since { $date }, not counting { $days }.
now-gate-waits = Gate { $gate } has been waited for since { $date }.
now-phase-lasted = Phase { $phase } lasted from { $start } to { $finish }
now-phase-under-way = Phase { $phase } is under way since { $date }
now-phase-gone = { $gone } of { $all } have gone ({ $id })
now-room = Of the breathing room, { $used }.
room-used = { $pauses } days of pauses are used up, which have pushed finishes back by { $extension }
now-tension = The tension has been at { $state } since { $date }.
now-threat = Threat { $threat }: { $words }.
now-strikes = strikes on { $dates }
now-attacks = attacks of late: { $attacks }
now-attack = { $count } on { $site } on { $date }
now-no-attack = none

## The plan

plan = The plan
plan-everybody-stays = Everybody stays.
gate = Gate { $gate }: opens after { $delay }
gate-blocked = not counting days of { $states }
gate-after = counted from the end of: { $nodes }
phase = Phase { $phase }: { $start } to { $finish }.
phase-waits = Waits for: { $links }.
phase-last-lift-waits = Its last lift waits for: { $links }.
link-start = the start of { $id }
link-lag = { $what } and { $days } days more
phase-part = { $id }: { $what }
move-home = { $who } leave { $site }
move = { $who } move from { $site } to { $to }
move-all = all { $contingent }
move-all-but = all but { $people } { $contingent }
move-arrivals = and whoever is brought there meanwhile
load-some = { $tonnes } tonnes
load-all = all materiel
load-handed-over = { $what } on { $site } handed over
load-destroyed = { $what } on { $site } destroyed
load-home = { $what } from { $site } home
load = { $what } from { $site } to { $to }
load-mode = {" "}by { $mode }
phase-waves = In waves: { $waves }.
phase-ratio = Takes { $ratio } times as long as announced.
phase-compressed = To keep its date it is compressed, to { $share } of that at most.
lifts = Lifts leave every { $every }, at most { $people } people a day.
transport-mode = Materiel by { $mode }: at most { $tonnes } tonnes a day.
working-days = Things move on { $days }; announced dates allow for that.
work-by-month = A day does so much of a day's work: { $months }.
blackout-allowed = Nothing moves from { $from } until { $until }: { $name }; announced dates allow for it.
blackout-on-top = Nothing moves from { $from } until { $until }: { $name }; it comes on top of announced dates.
duration-correlation = Durations of phases are correlated: { $correlation }.
mitigation-taken = Mitigation { $name }: taken
mitigation-not-taken = Mitigation { $name }: not taken
mitigation-cost = at a cost of { $cost }
mitigation-risk = { $risk }: probability times { $chance }, effect times { $effect }.
room-none = Breathing room: none; nothing may be held up.
room = Breathing room: movement may be held for { $days }.
room-of-phase = { $phase }: for { $days }.
room-inside = { $pause } inside the announced dates
room-beyond = { $pause }, pushing finishes back by { $extension }
room-latest = not past { $date }
room-unused = No rule uses it.
reviews = Rules look every { $every }.
buffer = Buffer { $name }: { $phase } done { $days } before { $event }.

## Rules

rule = Rule { $rule }: when { $condition },
action-pause = hold all movement
action-stretch = what is left of the phases under way takes { $factor } times as long
action-accelerate = what is left of the phases under way goes { $factor } times as fast
action-reinforce = reinforce with { $people }
action-go-back-in = go back in: { $people }
action-keep-residual = keep at least { $people }
action-send-home = send all { $contingent } home in { $days }
action-cancel = cancel { $phases } and all that comes after
action-bring-forward = bring { $phases } forward by { $days }
detachment = { $people } { $contingent } at { $site }
rule-until = until { $condition }
rule-until-over = until that no longer holds
rule-at-least = { $until } and { $days } days have passed
rule-cooldown = not again for { $days }
rule-at-most = at most { $times } times
rule-at-once = It looks right after every event, not at reviews only.

## What a rule looks at

if-attacks =
    { $bound ->
        [least] there are at least { $number } attacks in { $days }
       *[most] there are at most { $number } attacks in { $days }
    }
if-wounded =
    { $bound ->
        [least] there are at least { $number } people wounded in { $days }
       *[most] there are at most { $number } people wounded in { $days }
    }
if-killed =
    { $bound ->
        [least] there are at least { $number } people killed in { $days }
       *[most] there are at most { $number } people killed in { $days }
    }
if-people =
    { $bound ->
        [least] there are at least { $number } people
       *[most] there are at most { $number } people
    }
if-of = {" "}of { $contingents }
if-at = {" "}at { $sites }
if-in = {" "}in { $areas }
if-by = {" "}by { $threats }
if-tension = the tension is { $states }
if-day = the day is { $dates }
day-from = from { $date } on
day-before = before { $date }
if-phase =
    { $state ->
        [waiting] phase { $phase } has not begun
        [moving] phase { $phase } is under way
        [held] phase { $phase } is held
        [done] phase { $phase } is done
       *[cancelled] phase { $phase } has been cancelled
    }
if-pause-left =
    { $bound ->
        [least] at least { $number } days of pausing are left
       *[most] at most { $number } days of pausing are left
    }
if-extension-left =
    { $bound ->
        [least] at least { $number } days of extension are left
       *[most] at most { $number } days of extension are left
    }
if-event = { $event } has happened
if-outcome = { $event } has come out as { $outcome }
if-risk = the risk { $risk } has happened
if-insurgent-strength =
    { $bound ->
        [least] insurgent strength is at least { $number }
       *[most] insurgent strength is at most { $number }
    }
if-friction =
    { $bound ->
        [least] friction is at least { $number }
       *[most] friction is at most { $number }
    }
if-expelled = the host has announced an expulsion
if-not-expelled = the host has announced no expulsion
if-group = ({ $parts })
if-not = not { $condition }

## The world

world = The world
tension-constant = Tension does not change.
tension = Tension starts { $state }.
tension-state = { $state }: { $days } on average, then { $next }.
tension-state-drawn = { $state }: { $days } on average, drawn anew for each stay, then { $next }.
tension-next = { $state } ({ $weight })
tension-nothing = nothing
leg = Leg { $leg }: from { $from } to { $to }, { $days }
leg-convoys = in convoys of { $people } people at the most
leg-attacks = Attacks by { $threat } on those on the road: { $rates }.
leg-per-convoy = { $rates } a convoy
leg-per-person-day = { $rates } a person-day
leg-no-attacks = none
rate-in-state = { $rate } ({ $state })

## Threats

threats-none = Nobody attacks.
threat = Threat { $threat }: { $rates } attacks a day in all.
threat-without-attacks = Threat { $threat }: no attacks of its own on sites.
threat-factor = All of these times { $factor }.
threat-batches = They come in batches of { $mean } on average.
threat-presence = Drawn by presence, elasticity { $elasticity } (disputed).
contagion = An attack causes { $mean } more, { $days } later on average
contagion-to-threat = { $mean } by { $threat } on the same site
contagion-to-site = { $mean } on { $to } if it was on { $from }
contagion-empty = At the start nothing is to come of attacks before it.
threat-sites = Its attacks fall on: { $weights } (weights).
threat-sites-in-state = In { $state } they fall on: { $weights } (weights).
displacement = Displacement: { $share } of what a site is spared falls on others.
exit-pattern =
    Around a hand-over: times { $before } from { $early } before it,
      times { $after } on the rest of its area for { $late } after.
truce = Truce (disputed): times { $factor } until { $grace } overdue.
grievance =
    Grievance (disputed): times 1 + { $growth } per day overdue,
      at most { $most }.
course = From { $date } on: times { $factor }.
course-by-month = By month: times { $months }.
ceasefire = Ceasefire { $name }: from { $date }
ceasefire-to-the-end = to the end
ceasefire-for = for { $days }
ceasefire-factor = { $ceasefire }: times { $factor }.
drift =
    Drift: the logarithm of its rate changes by { $sd } a week (SD),
      and does not go back.
drift-from-zero =
    Drift: the logarithm of its rate changes by { $sd } a week (SD),
      goes half of the way back in { $days }, and begins from 0.
drift-steady =
    Drift: the logarithm of its rate changes by { $sd } a week (SD),
      goes half of the way back in { $days }, and begins from where it is in the long run.
retaliation =
    Strikes answer attacks that kill with chance { $killed }, that wound
      with { $wounded }, after { $delay }.
      One is coordinated with the host with chance { $coordinated }.
      They deter (disputed; below 0: provoke): { $effect } each,
      remembered for { $memory }.
threat-unarmed = No weapons are modelled: its attacks harm nobody.
weapon = Weapon { $weapon }: share { $share }, { $salvo } projectiles on average
weapon-unstopped = nothing stops them
own = In { $state }: { $numbers }.
own-share = share { $value }
own-salvo-mean = salvo mean { $value }
own-no-casualty = no casualty { $value }
own-scale = scale { $value }
own-shape = shape { $value }
own-killed-share = killed share { $value }
harm =
    A projectile that gets through harms nobody with chance { $none };
    otherwise people in number of scale { $scale } and shape { $shape };
    each of them is killed with chance { $killed }, else wounded.
civilian-harm = Of civilians, one { $toll }.
toll = harms nobody with chance { $none }, else people in number of scale { $scale } and shape { $shape }, each killed with chance { $killed }

## Events and risks

event = On { $date }: { $event }
event-outcomes = What can come of it: { $outcomes } (weights).
window = { $id }: times { $factor } for { $threats } from day { $from } to { $until }
window-if = {" "}if it is { $outcome }
risk = Risk { $risk }: happens with probability { $chance }
risk-from-the-start = from the start if so
risk-after-the-start = { $days } after the start
risk-on = on { $date }
risk-after = { $days } after { $date }
risk-effect = { $id }: { $effect }.
effect = { $does }: { $whose }
effect-none = nothing to anything
effect-none-on = nothing to { $whose }
effect-on-nothing = { $does }, of nothing
effect-factor = times { $factor }
effect-added = { $days } longer
effect-on-phases = duration of { $ids }
effect-on-gates = delay of { $ids }
effect-on-threats = attacks of { $ids }

## The host, the insurgency, contingents, the region, costs

host = The host's ground: { $areas }. Strikes offend it for { $memory }.
host-expulsion =
    It may expel the troops: { $hazard } per day and strike remembered,
    {"  "}{ $unprovoked } per day whatever the strikes, at { $notice } days' notice.
host-capability =
    Its own capability: { $start }, growing by { $without } a year,
      by { $with } while advisers are there.
insurgency =
    Insurgency: at { $strength } of its capacity, growth { $growth } a year;
      held down { $pressure } times as hard as would keep it there,
      of which by troops { $share } (exponent { $exponent }; disputed).
insurgency-shocks = Sudden gains: { $rate } a year, times { $factor }.
incidents = Incidents: { $rate } a day at full strength.
incidents-on-sites = Of these { $share } fall on sites, as attacks by { $threat }.
incidents-on-host = One on the host { $toll }.
contingent-only-on = Contingent { $name } may be on these sites alone: { $sites }.
contingent-mandate = Contingent { $name } leaves on { $date }, when its mandate ends.
contingent-leaves = Contingent { $name } leaves, { $delay } after it decides to:
leaves-killed = when { $people } of its own have been killed
leaves-follows = with chance { $chance } when { $other } has left
leaves-after = with chance { $chance } after { $event }
leaves-after-outcome = with chance { $chance } after { $event }: { $outcome }
reentry =
    Going back in: { $hazard } per day at full insurgent strength, once all
      is done: { $forces }.
reentry-force = { $people } { $contingent } to { $site } ({ $id })
barrages =
    Barrages at others in the region: { $rates } a day; met if at least
    {"  "}{ $needed } of these sites hold so many: { $sites }.
barrages-site = { $site } ({ $people })
costs = Costs: { $day } a person and day, { $moved } a person moved,
costs-in = Costs in { $unit }: { $day } a person and day, { $moved } a person moved,
costs-tonne = { $cost } a tonne moved by { $mode },
costs-pause = { $cost } a day of pause.

## What numbers rest on

uncertainty = Numbers that nobody knows: one value for each history
uncertainty-none = None. (What chance decides within a history is described above.)
sources = Where numbers come from
source = { $path }: { $said }
judgement = Defaults in use that rest on judgement
warnings = Warnings: it runs as it is, but perhaps not as meant
