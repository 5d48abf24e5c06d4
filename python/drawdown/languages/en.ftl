# Every sentence of the page of a run (`Run.report`), and of its tables and figures, but for those of
# the scenario itself. Project Fluent: https://projectfluent.org/fluent/guide/
#
# A language is a file like this one, with the same keys and the same values in braces, and a line
# in catalogue.py. Values are texts, or numbers as the language writes them: either can be selected
# on by the plural categories of the language.

## Lists, days

list-comma = {", "}
list-semicolon = {"; "}
list-and = {" and "}
none = none
day-in-full = { $day } { $month } { $year }

## The page

page-scenario-only =
    A scenario and not a forecast: it says what follows from the numbers written into it, of which those
    without data are judgement. It is about aggregate risk.
page-unreviewed = This translation has not been reviewed by a speaker of the language.
page-in-english = What is in English here is not translated yet; titles, sources and notes stand as the author of the scenario wrote them.
page-warning = { $path }: { $what }; { $remedy }.
page-contents = Contents
page-plan = The plan in words
page-where-from = Where these numbers come from
page-folded = Folded: { $rows } rows
page-fewer = Comparisons with other plans, what pauses cost and save, and risk over time rest on the first { $few } of the { $all } histories, where the page works them out: figures there may differ a little from those of all.
page-elsewhere = This is about another world than the run of this page: it differs in { $keys }. The checklist takes no answer from it.
page-and-more = { $named } and { $more } more
page-assumptions = Assumptions: judgement and dispute
page-disputed = Disputed mechanisms
page-disputed-some =
    Evidence on these is divided. What is not given in a scenario is off, but for how much of what holds an
    insurgency down is the troops'.
page-disputed-none = None: evidence is divided on what threats and insurgencies do, and the scenario has neither.
disputed-name = Disputed
disputed-here = In this scenario
disputed-what = What it is
disputed-off = off
disputed-on = on
disputed-at = { $places }: { $state }
disputed-what-troops_exponent = How the troops' pressure follows their number: (people / people at the start)^exponent.
disputed-what-troops_share = Share of the pressure that is the troops'; the rest is the host's.
disputed-what-displacement = Displacement: of the background attacks that a site is spared because it has fewer people than its reference, or none, the share that falls on the threat's other open sites, by weight.
disputed-what-grievance = More attacks the longer the announced timetable is overdue.
disputed-what-presence_elasticity = Elasticity of a site's background rate to the people on it: the rate is multiplied by (people / reference)^elasticity, the ratio kept within 0.1 and 2.
disputed-what-retaliation = Strikes in answer to its attacks.
disputed-what-truce = Holding fire while the announced timetable is kept.
disputed-what-deterrence = What strikes do to the threat: its background is multiplied by min(3, exp(-deterrence x strikes in memory)).
page-ranges = Ranges: what nobody knows
page-ranges-some = One value for each parameter sample. Sources and notes are those that the scenario gives.
page-ranges-none = The scenario has none: it is run as if every number in it were known.
page-numbers = Numbers of the scenario
page-numbers-source = A source is that of the number itself, or of the table that holds it.
page-unsourced = Without a source
page-sourced = With a source
page-sourced-beside = With a source, beside the ranges above
page-in-full = Sources and notes that are cut in the tables, in full
page-defaults = Defaults of the library
page-defaults-some =
    Defaults under which something is done, and what they rest on. The library answers for these alone, and has no
    view on numbers that the scenario states.
page-defaults-none = None is in use.
page-checklist = Checklist of a schedule risk analysis
page-checklist-after =
    After best practice 8 of the Schedule Assessment Guide of the U.S. Government Accountability Office
    (GAO-16-89G), with evidence from this page alone.
page-origin = Origin
page-again =
    To make it again: { $simulate },
    then { $report }, with the scenario in this file.
page-scenario = The scenario
untitled = Untitled

## Origin

origin-this = This page
origin-scenario = scenario
origin-seed = seed
origin-version = version
origin-asked = trials asked for
origin-run = trials run
origin-capped = trials capped (cut short by the limit of attacks)
origin-refused = draws refused and drawn again
origin-samples = parameter samples shared by trials
origin-samples-of = { $samples } of { $asked } asked for, { $each } histories each; { $refused } refused
origin-line-trials = { $trials } trials
origin-line-points = { $trials } trials at each point
origin-line-stopped = stopped after { $trials } of { $asked } trials
origin-line-shard = { $trials } (a shard, from number { $first } to { $last })
origin-line-capped = { $trials } of them cut short by the limit of attacks
origin-line-samples =
    { $refused ->
        [0] { $samples } samples ({ $design })
       *[other] { $samples } samples ({ $design }, { $refused } more refused)
    }
origin-line-reduced = less variance: means from 16 replicates
origin-line-policy = policy { $policies }
origin-line-seed = seed { $seed }
origin-line-scenario = scenario { $hash }

## Names: sites, phases, plans, measures, units

all-phases = all phases
all-sites = all sites
this-plan = this plan
stay = stay
end-of-last-phase = end of the last phase

named-finish_days = end of the last phase (days)
named-slip_days = slip of the last phase (days)
named-pause_days = days held
named-insurgent_strength = insurgency at the horizon (share)
measure-cost-in = cost ({ $unit })

measure-attacks = attacks
measure-intercepted = intercepted
measure-wounded = wounded
measure-killed = killed
measure-casualties = casualties
measure-worst_attack = worst_attack
measure-worst_attack_wounded = worst_attack_wounded
measure-worst_attack_killed = worst_attack_killed
measure-attacks_on_the_way = attacks_on_the_way
measure-wounded_on_the_way = wounded_on_the_way
measure-killed_on_the_way = killed_on_the_way
measure-people_left = people_left
measure-finish_days = finish_days
measure-slip_days = slip_days
measure-pauses = pauses
measure-pause_days = pause_days
measure-extension_days = extension_days
measure-forced_resumptions = forced_resumptions
measure-stretch_days = stretch_days
measure-reinforcements = reinforcements
measure-people_moved = people_moved
measure-materiel_moved = materiel_moved
measure-materiel_handed_over = materiel_handed_over
measure-materiel_destroyed = materiel_destroyed
measure-materiel_left = materiel_left
measure-strikes = strikes
measure-expelled = expelled
measure-expelled_days = expelled_days
measure-insurgent_strength = insurgent_strength
measure-peak_insurgent_strength = peak_insurgent_strength
measure-incidents = incidents
measure-host_wounded = host_wounded
measure-host_killed = host_killed
measure-civilian_wounded = civilian_wounded
measure-civilian_killed = civilian_killed
measure-shocks = shocks
measure-reentry = reentry
measure-reentry_days = reentry_days
measure-people_back = people_back
measure-barrages = barrages
measure-barrages_unmet = barrages_unmet
measure-cost = cost
measure-person_days = person_days
measure-capped = capped
measure-rejected_draws = rejected_draws

unit-attacks = attacks
unit-people = people
unit-days = days
unit-pauses = pauses
unit-tonnes = tonnes
unit-strikes = strikes
unit-trials = trials
unit-share = share
unit-incidents = incidents
unit-shocks = shocks
unit-barrages = barrages
unit-cost = cost
unit-person-days = person-days
unit-draws = draws

## Dates

dates-title = When is each site empty, and how surely?
dates-title-nobody = Who is where?
dates-nobody = Nobody leaves under this plan: it has no phase.
dates-last = The last phase is done by the announced { $day } in { $chance } of histories (95 % interval: { $low } to { $high }); { $sure }, { $surer }.
dates-expelled = In { $share } of histories the host tells the troops to leave; a plan that its notice cuts short counts as done when that ends.
sure-by = by { $day } in { $share }
sure-never = before the horizon in fewer than { $share }
schedule-caption = People on each site: median, P10 to P90, and the announced timetable (dashed).
schedule-alt = Curves of people on each site over time against the announced timetable.
schedule-alt-table = The dates at which sites are empty stand in the table above.
schedule-figure = People on each site
schedule-figure-legs = People on each site and leg
schedule-apart = each site on a scale of its own
finish-caption = How surely each phase is done by a date; dots: the announced dates.
finish-alt = Cumulative curves of the finish of each phase.
finish-figure = When the withdrawal is done
axis-people = people
axis-done = probability of being done by the date
axis-date = date
curve-announced = announced
curve-band = P10 to P90
curve-median = median
curve-phase = { $phase }: { $chance } by { $day }, as announced
curve-finishes = announced finishes of phases
mark-announced = { $phase } (announced)
mark-grey = grey, { $first } to { $last }
mark-dotted = dotted, { $day }

table-finish-of = Finish of
table-announced = announced
table-met = met %
table-slip = slip d
table-unfinished = unf. %
table-left = left
table-reached = casualties reached
table-reached-aggregate = { $level } or more in all
table-reached-occurrence = { $level } or more in one attack
table-chance = chance (95 % interval)
finish-of-overall = overall { $id }
finish-of-phase = phase { $id }
finish-of-site = site { $id }
finish-of-contingent = contingent { $id }

## Losses

losses-title = What is lost on the way, and how bad can it get?
losses-title-costs = What does it cost?
losses-title-none = What comes of it?
losses-mean = Up to the horizon, { $horizon }: on average { $measures }.
losses-none = Nobody attacks in this scenario, and it has no costs.
losses-worst = In the worst twentieth of histories casualties are { $mean } on average.
losses-attacks = { $mean } attacks (P10 to P90: { $p10 } to { $p90 })
losses-casualties = { $mean } casualties (P10 to P90: { $p10 } to { $p90 })
losses-killed = { $mean } killed (P10 to P90: { $p10 } to { $p90 })
losses-cost = a cost of { $mean } (P10 to P90: { $p10 } to { $p90 })
losses-cost-in = a cost of { $mean } { $unit } (P10 to P90: { $p10 } to { $p90 })
attacks-caption = Attacks, wounded and killed so far: median, and P10 to P90.
attacks-alt = Curves that rise over time.
attacks-figure = Attacks and casualties
attacks-upto = drawn up to { $day }
attacks-so-far = attacks so far
wounded-so-far = people wounded so far
killed-so-far = people killed so far
exceedance-caption = How bad it can get: the chance of so many, or more; bands: 95 % intervals.
exceedance-alt = Falling curves of the chance of so many killed and wounded or more.
exceedance-figure = How bad it can get
exceedance-killed = Killed up to the horizon
exceedance-wounded = Wounded up to the horizon
exceedance-casualties = Worst single attack
axis-killed-or-more = people killed, or more
axis-wounded-or-more = people wounded, or more
axis-casualties-or-more = wounded or killed, or more
axis-exceedance = exceedance probability
worst-trial = worst trial in { $trials }:
worst-threshold = { $threshold } or more,
worst-mean = on average { $mean }
worst-nobody = nobody in any trial

table-until = Until { $horizon }
table-unit = unit
table-mean = mean
table-missing = missing
notes-dates =
    met: done on or before the announced day; slip: mean over the trials that finish;
    unf., { $none }: not done before the horizon, { $horizon };
    left: people still there then, on average (a residual, or those whom nobody moves);
notes-error = ±: standard error
notes-on-the-way = on the way: until the last phase is done; { $error }
notes-unseen = 0 or missing in every trial, and not shown: { $names }
notes-capped =
    cut short: { $capped } of { $trials } trials had a million attacks, or two million events,
    and ended there: what they would have come to is not in these numbers

## Breathing room

held-title = How much breathing room is used?
held-share = Movement is held in { $share } of histories, for { $days } days on average over all; the allowance runs out in { $spent }.
held-caption = For how long movement was held, and how often the breathing room was spent.
held-alt = Bars of the days for which movement is held.
held-figure = Breathing room used
held-allowed = { $days } days allowed
held-spent = breathing room used up
held-ended = the rule ended every pause
held-at-all = movement held
held-never = no pause
axis-held = days for which movement was held
axis-share = share of trials
share-of-trials = { $what }: { $share } of trials

## A date and a ceiling

joint-title = The date and the losses together
joint-kept = The announced date of the last phase, { $day }, is kept in { $timely } of histories, at most { $most } casualties (their P80) in { $below }, and both together in { $both }.
joint-promise = A promise of both that is kept in { $share } of histories lies on the solid curve.
joint-caption = A dot for each history; on a curve both a date and a ceiling are kept as surely.
joint-alt = Scatter of finish dates and casualties.
joint-figure = The date and the { $measure } together
joint-dots = dots: the first { $dots } that finish
joint-both = both kept in { $share } of trials
joint-never = { $never } of { $trials } trials never finish: late, and no dot
joint-end = end of { $whose }
joint-timely-below = in time, below: { $share }
joint-timely-above = in time, above: { $share }
joint-late-below = late, below: { $share }
joint-late-above = late, above: { $share }
axis-upto = { $unit } up to the horizon

## Compared with other plans

interval = { $value } ({ $low } to { $high })
compared-title = Plans compared
compared-title-stay = Compared with staying
compared-how =
    { $staying ->
        [yes] Each plan less “{ $base }”, history by history under common random numbers, so that the difference is due to the plan. In parentheses: 95 % intervals. Staying is a plan in which nobody leaves: it has no finish.
       *[no] Each plan less “{ $base }”, history by history under common random numbers, so that the difference is due to the plan. In parentheses: 95 % intervals.
    }
compared-beside = The second table has each plan less “{ $base }” in the same way.
compared-found =
    { $staying ->
        [yes] Under “{ $plan }” { $parts } than if nobody leaves, up to the horizon
       *[no] Under “{ $plan }” { $parts } than under “{ $base }”, up to the horizon
    }
differ-casualties =
    { $verdict ->
        [fewer] casualties are { $size } ({ $low } to { $high }) fewer
        [more] casualties are { $size } ({ $low } to { $high }) more
        [unsure] casualties are neither surely fewer nor more ({ $size }, from { $low } to { $high })
       *[unknown] casualties are neither surely fewer nor more ({ $size })
    }
differ-cost =
    { $verdict ->
        [fewer] the cost is { $size } ({ $low } to { $high }) { $unit } less
        [more] the cost is { $size } ({ $low } to { $high }) { $unit } more
        [unsure] the cost is neither surely less nor more ({ $size }, from { $low } to { $high } { $unit })
       *[unknown] the cost is neither surely less nor more ({ $size } { $unit })
    }
compared-until = Up to the horizon
compared-mean = { $plan }, mean
compared-difference = { $plan }, difference
compared-caption = Differences from “{ $base }”, means and 95 % intervals.
compared-alt = Intervals of the differences from { $base }. { $found }.
differences-figure = Differences from “{ $base }” under common random numbers
difference-marked = { $mean } ({ $low } to { $high }); less { $lower }, more { $higher } of trials
difference-never = never in both; less { $lower }, more { $higher } of trials
axis-difference = difference in { $unit }, mean and 95 % interval
plans-figure = Plans side by side
plans-marks = line: P10 to P90; dot: median; cross: mean; dashes: as announced
plans-left-out = not drawn: { $plans }
not-before = not before { $horizon }
not-before-in = not before the horizon in { $share } of trials
nobody-leaves = nobody leaves

## What a pause costs

price-title = What a pause costs, and what it saves
price-title-money = What a pause costs in money
price-points = points: { $points }
price-points-inside = { $points } inside
price-points-beyond = { $points } beyond
price-no-difference = In no history does it make a difference how many days are allowed.
price-no-finish = What a pause delays is not known: no history is done before the horizon. Take a later `horizon`.
price-how =
    { $units ->
        [both] Each allowance against the first of its curve, history by history under common random numbers. Casualties are people; regrowth is in hundredths of the insurgency's full strength at the horizon. There is a price only where something is surely saved.
        [regrowth] Each allowance against the first of its curve, history by history under common random numbers. Regrowth is in hundredths of the insurgency's full strength at the horizon. There is a price only where something is surely saved.
       *[casualties] Each allowance against the first of its curve, history by history under common random numbers. Casualties are people. There is a price only where something is surely saved.
    }
price-allowance = Allowance
price-delay = delay, days
price-avoided = avoided
price-each = days of delay for one avoided
price-more-cost = more cost, { $unit }
price-each-in = { $unit } for one avoided
price-row-inside = { $days } days inside the dates: { $saved }
price-row-beyond = { $days } days beyond the dates: { $saved }
saved-casualties = casualties
saved-regrowth = regrowth
verdict-costs = none: there are more, not fewer
verdict-open = open: not told apart from none
verdict-same = none: nothing differs
verdict-no-finish = none: no finish to compare
price-allowed-inside = { $days } days of pause allowed inside the dates
price-allowed-beyond = { $days } days of pause allowed beyond the dates
price-found = { $allowed } delay the finish by { $delay } days, and { $harm }
price-paid =
    { $verdict ->
        [fewer] { $allowed } cost { $size } ({ $low } to { $high }) { $unit } less
        [more] { $allowed } cost { $size } ({ $low } to { $high }) { $unit } more
        [unsure] { $allowed } cost neither surely less nor more ({ $size }, from { $low } to { $high } { $unit })
       *[unknown] { $allowed } cost neither surely less nor more ({ $size } { $unit })
    }
price-harm-casualties =
    { $verdict ->
        [fewer] casualties are { $size } ({ $low } to { $high }) fewer than without
        [more] casualties are { $size } ({ $low } to { $high }) more than without
        [unsure] casualties are neither surely fewer nor more ({ $size }, from { $low } to { $high }) than without
       *[unknown] casualties are neither surely fewer nor more ({ $size }) than without
    }
price-harm-regrowth =
    { $verdict ->
        [fewer] regrowth is { $size } ({ $low } to { $high }) hundredths less than without
        [more] regrowth is { $size } ({ $low } to { $high }) hundredths more than without
        [unsure] regrowth is neither surely less nor more ({ $size }, from { $low } to { $high } hundredths) than without
       *[unknown] regrowth is neither surely less nor more ({ $size } hundredths) than without
    }
price-caption = Delay, and { $saved } avoided, over the days allowed.
price-caption-money = More cost, and { $saved } avoided, over the days allowed.
price-alt = Curves over the allowance. { $found }.
price-figure = What pauses cost and save
price-marks = means and 95 % intervals, less the first point, common random numbers
price-of-delay = delay of the finish
price-of-cost = more cost
price-saved = { $saved } avoided
axis-saved-casualties = people
axis-saved-regrowth = hundredths of full strength
axis-price-inside =
    days of pause allowed,
    inside the dates
axis-price-beyond =
    days of extension allowed,
    beyond the dates
price-each-casualties = { $price } { $unit } each casualty ({ $low } to { $high })
price-each-regrowth = { $price } { $unit } each point ({ $low } to { $high })
unpriced-costs = no price: it saves none, there are more
unpriced-open = no price: not told apart from 0
unpriced-same = no price: nothing differs
unpriced-no-finish = no price: nobody leaves, or not before the horizon

## The worst point

risk-title = The worst point of the drawdown
risk-how = Risk is { $measure } per 1,000 people there for a year, in stretches of time, counted from dated events. In parentheses: 95 % intervals (bootstrap over histories); the highest of noisy values is a little too high.
risk-of-casualties = casualties
risk-of-wounded = wounded
risk-of-killed = killed
risk-of-attacks = attacks
risk-site = Site
risk-stretch = worst stretch begins
risk-between = surely between
risk-value = risk in it
risk-times = times the site's mean
risk-span = { $first } to { $last }
risk-highest =
    { $begins ->
        [yes] Risk to a person is highest on { $site }, in the stretch from { $month }: { $value } { $measure } per 1,000 people and year, { $times } times that site's own mean; it stays the worst place of all in { $share } of resamples of the histories
       *[no] risk to a person is highest on { $site }, in the stretch from { $month }: { $value } { $measure } per 1,000 people and year, { $times } times that site's own mean; it stays the worst place of all in { $share } of resamples of the histories
    }
risk-caption = Risk to a person over time, with the people who are left (grey).
risk-alt = Steps of risk over time on each site. { $found }.
risk-nothing = Nothing befalls anybody
risk-not-done = Not done: { $why }.
risk-events = events of { $trials } trials
risk-figure = Risk to a person: { $measure } per 1,000 people and year
risk-marks = grey: people (right)
risk-peak = { $value } from { $month }
risk-peak-between = (worst between { $first } and { $last })
risk-peak-in = (worst in { $month })
axis-risk = per 1,000 people and year

## What drives it

ranks-title = Which uncertain numbers go along with the results?
ranks-how = Rank correlations over all histories (Spearman). Those below about { $noise } in size are noise.
driven-finish_days = end of the last phase
driven-attacks = attacks
driven-casualties = casualties
driven-cost = cost
levels-title = Epistemic and aleatory uncertainty
levels-how = The epistemic share of the variance, which better knowledge would remove; the rest is aleatory, that is, chance. A share a little below 0 is noise around 0.
levels-measure = Measure
levels-share = epistemic share
levels-error = standard error

## Assumptions

assumed-range = Range
assumed-number = Number
assumed-default = Default
assumed-in-full = In full
assumed-value = Value
assumed-basis = Basis
assumed-source = Source
assumed-note = Note
assumed-believed = What is believed
assumed-drawn = drawn P10
assumed-disputed = { $value } (disputed)
assumed-of-library = default of the library: { $basis }
assumed-no-source = no source
assumed-of-table = the scenario, of its table: { $said }
assumed-none-sourced = Of the { $stated } numbers and dates that the scenario states, none has a source.
assumed-all-sourced = All { $stated } numbers and dates that the scenario states have a source
assumed-some-sourced = { $told } of { $stated } numbers and dates that the scenario states have a source
assumed-judged = { $some }, which is judgement for { $judged }.

## Checklist

checklist-asked = Asked
checklist-evidence = Evidence, or why not
answered-whole = answered
answered-part = in part
answered-none = not done
asked-date = How likely the date is met
asked-contingency = Time needed beyond the date for a chosen certainty
asked-delay_risks = Risks most likely to delay
asked-delay_paths = Phases most likely to delay
asked-three_values = Optimistic, likely and pessimistic values on record
asked-correlation = Correlation of durations modelled
asked-ranked_risks = Risks ranked by chance and size
asked-register = Risk register used as input
asked-documented = Data and method documented
asked-critical = Activities most often critical
asked-bias = Inputs checked for bias
asked-held = Contingency derived from the analysis, and held by the manager
asked-repeated = Analysis repeated as the plan changes
missing-date = the plan announces no date
missing-contingency = the plan announces no date
missing-delay_risks = `dd.explain` says what each mechanism does to the finish: hand it in with `also`
missing-delay_paths = the plan has no phase
missing-three_values = the scenario has neither ranges nor laws for its durations: write ranges
missing-correlation = durations of phases are independent here: `plan.duration_correlation` sets it
missing-ranked_risks = `dd.explain` ranks mechanisms by what they do: hand it in with `also`
missing-register = the scenario has no threats, dated events, gates or contingents that may leave
missing-documented = always is
missing-critical = this run does not say which phase decided the end of each history: `dd.criticality` does, hand it in with `also`
missing-bias = no run can tell whether its ranges lean to one side: others than their authors must look; past cases in the documentation are held against the record
missing-held = the allowance of the plan was not derived: `dd.minimum_allowance` does, hand it in with `also`; who holds it is not for a simulation to say
missing-repeated = this is one run: simulate the changed plan under the same seed and hand in `dd.compare`

answer-date = { $name } by { $day }: { $chance } (95 % interval: { $low } to { $high })
answer-delay-paths = mean slip of each phase, its own delays and those that it waits for: { $slips }
answer-slip = { $name } { $slip }
slip-days = { $days } days
slip-never = never done before the horizon
slip-unfinished = { $late } (not done in { $share })
beyond-days = { $name }: { $days } days for { $share } of histories ({ $day })
beyond-never = { $name }: done before the horizon in fewer than 80 % of histories
answer-ranges = { $ranges } ranges, listed above
answer-no-ranges = no ranges
answer-laws = { $ranges }; durations as laws: { $laws }
answer-correlation = one common factor of all phases, correlation { $value }
answer-ranks = ranges whose rank goes along with it the most: { $ranges }
answer-register = the scenario is the register, with a rate or chance and a size of each: { $listed }
register-risks = risks: { $ids }
register-threats = threats: { $ids }
register-calendar = dated events: { $ids }
register-gates = gates: { $ids }
register-contingents = contingents that may leave: { $ids }
answer-documented = scenario { $hash }, seed { $seed } and version { $version } give these numbers again; what each number rests on stands above: { $rests }
answer-held = the plan allows { $pause } days inside the dates, { $extension } beyond; rules that use it: { $rules }
answer-compared = plans compared: { $plans }
