# English: what results that are handed in bring to the page of a run, and what they print.

## What is asked, and parts of the theatre

unit-chance = chance
part-buffer = buffer { $id }
part-contingent = contingent { $id }
part-event = event { $id }
part-gate = gate { $id }
part-mode = mode { $id }
part-month = month { $id }
part-outcome = outcome { $id }
part-phase = phase { $id }
part-risk = risk { $id }
part-rule = rule { $id }
part-site = site { $id }
part-state = state { $id }
part-threat = threat { $id }
measure-of-part = { $measure } of { $part }
when-by = by { $day }
when-before = before { $day }
when-after = after { $day }
when-from = on { $day } or later
what-when = { $what } { $when }
what-done = done
what-part-done = { $part } done
level-at-most = at most { $level } { $what }
level-fewer = fewer than { $level } { $what }
level-more = more than { $level } { $what }
level-or-more = { $level } or more { $what }
of-measure = { $measure } ({ $unit })
list-or = {" or "}
as-written = as written
table-low = low
table-high = high
answer-yes = yes
answer-no = no

## Figures

marks-line = line: 95 % interval
found-sentence = { $found }.

## Designs of parameter samples

design-random = random
design-latin = latin
design-sobol = sobol

## Drivers

drivers-title = Which uncertain numbers drive the answer?
drivers-trials = { $trials } trials in { $samples } of { $asked } samples
drivers-refused = { $trials } ({ $refused } left out: under some of them attacks never end)
drivers-capped = { $trials }, { $capped } trials cut short by the limit of attacks
drivers-mean = { $measure }: { $mean } { $unit } expected
drivers-no-variance = no variance of what is expected can be told from chance: more trials may. What each history draws anew, such as laws of durations, is part of chance here: `explain` and `criticality` tell what it does
drivers-epistemic = { $share } of its variance is epistemic, the rest aleatory
drivers-missing = not reached in { $share } of histories
drivers-how-sobol =
    first: share of the variance of what is expected that knowing the driver alone would take
    away; total: share that is left if all else is known; low, high: 95 % intervals;
    direction: rank correlation with what is expected
drivers-how-given =
    first: share of the variance of what is expected that knowing the range would take away;
    low, high: 95 % interval; direction: rank correlation with what is expected
drivers-how-single =
    first: share of all variance, chance included, that knowing the range would take away;
    low, high: 95 % interval; direction: rank correlation; simulate with `samples=` to tell
    epistemic from aleatory uncertainty
drivers-untold =
    – for an index: there is no variance, or these histories do not tell it from chance; more
    samples, and more histories to each, may
drivers-left = indices are those of the samples that are left
drivers-tied = { $one } and { $other } are correlated ({ $ranks }): what they share counts for both, and indices may add up to more than 1
drivers-first = first
drivers-total = total
drivers-direction = direction
drivers-answer = uncertain numbers that drive { $measure } most: { $names }
drivers-by = { $measure } by { $names }
drivers-known = Driven most, by share of variance: { $found }.
drivers-unknown = What drives { $measures } cannot be told from chance by these histories.
drivers-caption = Shares of the variance that each accounts for, with 95 % intervals.
drivers-alt = Bars of the strongest drivers. { $said }
drivers-group = { $group }: { $path }
drivers-figure = What drives the answer
drivers-marks = bars: indices; lines: 95 % intervals
drivers-left-out =
    { $count ->
        [one] { $count } weaker driver not drawn
       *[other] { $count } weaker drivers not drawn
    }
drivers-nothing =
    nothing can be
    told from chance
drivers-index-first = first-order index
drivers-index-total = total index
drivers-axis-expected = share of the variance of what is expected; (+), (–): goes with more or less of it
drivers-axis-single = share of the variance of single trials; (+), (–): goes with more or less of it
drivers-panel = { $measure }: { $share } of the variance is epistemic

## Tornado

tornado-title = What each uncertain number moves
tornado-how = Each range held at a low and at a high value, all others sampled as usual, under common random numbers.
tornado-at = at { $quantile }
tornado-notes = { $low }, { $high }: of the range; at { $low }, at { $high }: the change of the measure to as written, with the range held there; low, high: its 95 % interval
tornado-refused = { $notes }. { $refused } draws of the others were refused and drawn anew
tornado-moves = { $measure }: { $name }
tornado-most = the number that moves the most by itself: { $found }
tornado-none = no number by itself surely moves anything
tornado-caption = Changes at the low and at the high value of each range, with 95 % intervals.
tornado-alt = Bars of changes to as written, the longest on top; { $found }.
tornado-figure = What each uncertain number moves by itself
tornado-side = at its { $quantile }
tornado-axis = change to as written, { $unit }

## Criticality

critical-title = Which piece is to blame
critical-how = Each history once more without one piece, under common random numbers: a piece is to blame for a late history that is not late without it. Several may be, or none.
critical-share = { $piece } { $share }
critical-nothing = nothing by itself
critical-found = to blame, of { $late } late histories: { $found }
critical-short = To blame for being late, of { $late } late histories: { $found }.
critical-caption = How often each piece is to blame, with 95 % intervals.
critical-alt = Bars of the share of late histories that each piece is to blame for: { $found }.
critical-without = Without
critical-late = late
critical-later = later
critical-above = above
critical-share-of = { $what } %
critical-path = path
critical-days = days
critical-fewer = fewer
critical-sooner = sooner
critical-is-late = late: { $lateness }, as { $late } of { $trials } trials are
critical-is-above = { $text }; { $breaks }: { $ceiling }, as { $above } are
critical-gain-days = { $name }: by how many days the last finish comes sooner without it
critical-gain-fewer = { $name }: how many { $measure } fewer there are
critical-gain-sooner = { $name }: by how many days { $measure } comes sooner
critical-notes =
    { $text };
    { $shares }: of those trials, the share that is not without the piece;
    path %: on the longest path to the last finish;
    { $gains }; 95 % intervals
critical-figure = Which piece is to blame?
critical-panel-late = late: { $lateness }
critical-axis = criticality index (%)
critical-none = nothing to blame

## The risk register

register-title = The risk register
register-how = Each risk taken out, and each by itself, under common random numbers. { $notes }.
register-ranked = risks by what they do to { $measure }: { $risks }
register-none = no risk surely adds to { $measure }
register-count = { $risks } risks, each with its probability and effects
register-caption = What each risk does beside the others and alone, with 95 % intervals.
register-alt = Bars of what each risk adds, the longest on top; { $ranked }.
register-dates = dates
register-risk = risk: { $measure }
register-mitigation = mitigation: { $measure }
register-case-no-mitigation = no mitigation
register-case-as-written = as written
register-case-no-risks = no risks
register-before = before
register-after = after
register-run-out = run-out
register-run-in = run-in
register-quantile-out = { $quantile } out
register-taken = taken
register-change = change
register-quantile-change = of { $quantile }
register-cost = cost
register-notes =
    before, after: share of trials in which a risk happens, before mitigation and after; run-out:
    what there is more with it than without, the others as they are; run-in: what there is more with
    it alone than with none; change: with a mitigation less without it; low, high: 95 % interval
counted-at-horizon =
    { $measure } is not reached in { $share } of histories and counts there as reached at the horizon,
    so that what changes it is told too small: take a later `horizon`
register-figure = What each risk does
register-beside = beside the others (run-out)
register-alone = alone (run-in)
register-axis = more with the risk, { $unit }

## Comparison

compared-notes =
    difference: mean over the trials in which both plans have a value; ±: its standard error;
    low, high: 95 % interval; less, same, more: share of trials, not reached counts as more
compared-particles = Trials are particles of an update: those that began as the same trial are not independent, so that true standard errors and intervals are larger, often by several times.

## Explanation

explained-title = What each mechanism does
explained-notes =
    change: as written less without it, mean over trials; ±: its standard error;
    low, high: 95 % interval; together: as written less all off; interaction: together less
    the sum of the changes
explained-how = The scenario as written less the scenario without the mechanism, under common random numbers. In parentheses: 95 % intervals.
explained-mechanism = Mechanism
explained-caption = From the mean without each mechanism to the mean as written.
explained-alt = Bars from the mean without each mechanism to the mean as written: the numbers of the table above.
explained-answer = by what it does to { $measure }: { $ranked }
explained-none = none surely does anything
explained-ranked = { $mechanism } { $change }
explained-without = without
explained-change = change
explained-marks = bars: from the mean without it to that as written
explained-axis = mean in { $unit }, with 95 % intervals
mechanism-all-off = all off
mechanism-as-written = as written
mechanism-interaction = interaction
mechanism-together = together
mechanism-ranges = ranges
mechanism-rules = rules
mechanism-breathing-room = breathing room
mechanism-gates = gates
mechanism-durations = durations
mechanism-compression = compression
mechanism-duration-correlation = duration correlation
mechanism-blackouts = blackouts
mechanism-materiel = materiel
mechanism-legs = legs
mechanism-risks = risks
mechanism-tension = tension
mechanism-presence = presence
mechanism-displacement = displacement
mechanism-exit-pattern = exit pattern
mechanism-truce = truce
mechanism-grievance = grievance
mechanism-profile = profile
mechanism-months = months
mechanism-ceasefires = ceasefires
mechanism-drift = drift
mechanism-retaliation = retaliation
mechanism-expulsion = expulsion
mechanism-host-capability = host capability
mechanism-insurgency = insurgency
mechanism-insurgent-attacks = insurgent attacks
mechanism-contingents-politics = contingents' politics
mechanism-re-entry = re-entry
mechanism-contagion = contagion
mechanism-batches = batches
mechanism-calendar-windows = calendar windows
mechanism-air-defence = air defence
mechanism-defence-minimum = defence minimum

## Rules

search-title = A better rule
search-without = the plan as written, without the rule
search-how = Rules are judged here on trials that the search has not seen, since the best of many is partly lucky. Differences are to the rule as written, with 95 % intervals for one rule at a time; regret is against the best of these rules for each history.
search-rule-in-words = { $name }: { $text }
search-caption = What each rule does, against the rule as written.
search-alt = Intervals of the differences to the rule as written. { $verdict }
search-better = Surely better than as written in { $everything }: { $rules }.
search-none = No rule found is surely better than the one as written in { $everything }.
search-no-rule = No rule found is surely better than the one as written in { $everything }, but no rule at all is.
search-origin =
    { $run }
    found among { $forms } forms with { $trials } trials each, seed { $seed }
search-table = Rule
search-objective = objective
search-search = search
search-fresh = fresh
search-difference = difference
search-low = low
search-high = high
search-regret = regret
search-named-as-written = as written
search-named-none = no rule
search-named-found = rule { $number }
search-figure = Rules found, less “{ $rule }” as written
search-marks = dot: fresh trials, with the 95 % interval; hollow: what the search saw
search-axis-less = { $unit }; less is better
search-axis-more = { $unit }; more is better

## Re-entry

reentry-title = Going back in
reentry-notes =
    chance: that people go back in before the horizon; change: in points, to as written; 95 %
    intervals; P10, P25, P50: days from the end of the last phase, – if the curve ends
reentry-how = The same histories with something left behind, or with another host; it rests on the one case on record. { $notes }
reentry-chance = { $case } { $chance }
reentry-found = chance of going back in before the horizon: { $chances }
reentry-short = Chance of going back in before the horizon: { $chances }.
reentry-caption = Share of histories in which people have gone back in, over time.
reentry-alt = Rising curves, one for each case; { $found }.
reentry-column-chance = chance %
reentry-column-change = change
reentry-column-days = { $quantile } d
reentry-stay = { $people } { $contingent } stay at { $site }
reentry-kept = { $site } is kept
reentry-growth = the host gains { $growth } a year
reentry-marks = band: 95 % interval at each time
reentry-figure = Going back in, if the hazard is as assumed
reentry-axis-days = days since the end of the last phase
reentry-axis-chance = probability of re-entry (%)
reentry-nobody = nobody leaves, or not before the horizon

## Conclusions

concluded-title = Which conclusions survive?
concluded-notes =
    holds: share of worlds in which it does, by the means of their histories; low, high: exact
    95 % interval of that share among all worlds that are believed; unclear: share in which the
    95 % interval of the mean holds both answers; broken: share in which it surely does not hold
concluded-table = In { $worlds } worlds
concluded-verdict = verdict
concluded-holds = holds %
concluded-unclear = unclear %
concluded-broken = broken %
concluded-is-survives = survives
concluded-is-open = open
concluded-is-breaks = breaks
concluded-is-never-holds = never holds
concluded-short = { $survive } of { $all } conclusions hold in every world: { $which }.

## Worlds in which a plan fails

failing-title = In which worlds does the plan fail?
failing-one-trial =
    Each trial has its own parameter sample here, so that a world is one trial, chance included:
    simulate with `samples=` to find the worlds in which the plan is expected to fail.
failing-found = The plan fails ({ $fails }) in { $failed } of { $worlds } worlds.
failing-unclear = The plan fails ({ $fails }) in { $failed } of { $worlds } worlds; in { $unclear } of worlds histories do not tell.
failing-no-box = No box of assumptions holds them apart from chance.
failing-there = where { $where }, it fails in { $density } ({ $low } to { $high }) of the { $held } worlds there that were held out; { $coverage } of failures are there, and elsewhere it fails in { $elsewhere }.
failing-box = Box { $box }: { $there }
failing-rejected = Rejected: { $there } Chance finds as good a box in { $chance } of cases, so it is none.
failing-called-box = box { $box }
failing-called-rejected = rejected { $box }
failing-is = { $name } is { $levels }
failing-at-least = { $name } is at least { $low } ({ $share } of its samples)
failing-at-most = { $name } is at most { $high } ({ $share } of its samples)
failing-between = { $name } is from { $low } to { $high } ({ $share } of its samples)
failing-runs = { $runs } runs
failing-limit = { $box }: { $name }
failing-range = Range
failing-of-samples = of samples
failing-caption = What boxes hold, and the limits of box { $box }.
failing-alt = The plan fails where { $where }.
failing-above = { $what } above { $limit }
failing-below = { $what } below { $limit }
failing-of-plan = { $plan }: { $fails }
failing-not-so = “{ $conclusion }” is not so
failing-by-function = as a function says
failing-figure = Where it fails: { $fails }
failing-marks = { $held } of { $worlds } worlds held out
failing-peeling = peeling
failing-where-found = { $box }, where found
failing-held-out = { $box }, on worlds held out (95 %)
failing-all-worlds = all worlds: fails in { $share }
failing-panel = Coverage and density
failing-axis-coverage = coverage: share of failures in the box
failing-axis-density = density: share of the box that fails
failing-limits = The limits of { $box }
failing-axis-share = share of parameter samples at or below the value; blue: inside the box

## The smallest breathing room

room-title = The smallest breathing room that keeps a date and a ceiling
room-last-phase = the last phase { $done }
room-goal = { $date } in { $confidence } of histories, and { $ceiling } in at most { $risk }
room-found = { $days } days of `{ $lever }` keep { $goal }: the chances are { $in_time } and { $above }.
room-fewer = From { $days } days on it is not ruled out that fewer will do.
room-open = Not clear for { $days } days of `{ $lever }`: more trials tell. Sought: { $goal }.
room-best = { $chance }, at { $days } days
room-never-dated = the date is never kept surely enough (at best in { $best })
room-never-below = the ceiling never holds surely enough (broken in { $best }, at the least)
room-nowhere = each is kept somewhere, but nowhere both: the date at best in { $date }; the ceiling is broken in { $ceiling }, at the least
room-none = No `{ $lever }` from { $first } to { $last } keeps { $goal }: { $reason }.
room-chance = { $share } ({ $low } to { $high })
room-allowances =
    { $places ->
        [one] { $least } to { $most } trials at each of { $places } allowance
       *[other] { $least } to { $most } trials at each of { $places } allowances
    }
room-days = { $days } days
room-verdict = verdict
room-is-met = met
room-is-open = open
room-is-late = late
room-is-costly = costly
room-is-late-and-costly = late and costly
room-status-found = derived: found, see `{ $lever }` above
room-status-open = derived: open, see `{ $lever }` above
room-status-impossible = derived: impossible, see `{ $lever }` above
room-caption = Both chances over the allowance.
room-marks = bands: 95 % intervals; dashed: what is asked
room-figure = Which breathing room keeps both
room-minimum = minimum allowance: { $days } days
room-nothing = none keeps both
room-axis-pause_days = pause days allowed
room-axis-extension_days = extension days allowed
room-axis-chance = probability

## Sweeps

swept-title = Other values of { $paths }
swept-how = Means at each point, all under common random numbers.
swept-caption = Results over { $paths }.
swept-alt = Curves or maps over { $paths }.
swept-figure = What { $path } does
swept-marks = line: mean; dark band: its 95 % interval; light band: P10 to P90
swept-means = means
swept-days = days from the start
swept-panel = { $measure }, { $unit }

## Precision and tails

known-title = How well a result is known
known-enough = It is known as well as was asked.
known-not = It is not known as well as was asked: that takes about { $trials } trials.
known-less = { $known } Trials had less variance.
tail-title = How bad it is in the worst share of trials
tail-notes = threshold: the least value in that share; error: the standard error of the mean
tail-worst = worst
tail-error = error
tail-threshold = threshold
tail-found = In the worst { $share } of histories { $measure } are { $mean } on average, and { $threshold } at the least.
tail-found-attack = In the worst { $share } of histories { $measure } of the worst single attack are { $mean } on average, and { $threshold } at the least.

## What was learned from observations

fitted-title = The scenario's ranges, fitted
fitted-how = What the scenario's ranges were before they were fitted to observations, and what is left of them. A contraction near 0 means that the observations say next to nothing of a range: the prior decides.
fitted-samples = { $samples } samples
fitted-figure = Ranges before and after the fit
fitted-prior = prior
fitted-posterior = posterior
method-approximate-Bayesian-computation = approximate Bayesian computation
result-caption = { $title }.
result-alt = { $title }: { $about }.
result-alt-notes = { $title }. { $about }
updated-title = Updated to what was observed
updated-how = Each observation beside what was expected of it by those before (P10, P50, P90). What is to come, given all of them, is in the run of the update.
updated-lost = { $lost } of { $all } parameter samples are lost: under them no particle made what was observed possible, nor did any of 16 times as many. What is left leans to samples that fit well, as if the observations were counted more than once; where most are lost, nearly twice. Take more particles, or say how well a count is known (a bound of "about").
updated-few = Few particles carry the result: at the least { $effective } of equal weight, and { $left } of the trials that they began as are left, with { $samples }. Take more particles, begin with narrower ranges (fitted to other data), or fit the ranges to these observations and hand the posterior over as `fitted`.
updated-few-fitted = Few particles carry the result: at the least { $effective } of equal weight, and { $left } of the trials that they began as are left, with { $samples }. Of the posterior that was handed over as `fitted` each sample has { $each } particles: take more particles, and there are more of both.
updated-samples-as-many = as many different parameter samples
updated-samples = { $left } of { $all } parameter samples
updated-notes = Standard errors and intervals of the run, and of comparisons, take particles to be independent: those that began as the same trial are not, so that the true ones are larger, often by several times. Repeat with other seeds to see by how much.
updated-particles =
    { $observations ->
        [one] particles of { $left } trials, after { $observations } observation
       *[other] particles of { $left } trials, after { $observations } observations
    }
updated-particles-alone = particles of { $left } trials, after no observation
updated-particles-samples = { $particles }, { $samples }
updated-figure = What is left of the particles
updated-effective = effective number of particles
updated-distinct = trials that particles began as
updated-axis-until = observations up to
updated-axis-number = number
conditioned-title = Trials that agree with what was observed
conditioned-notes = weighted means and quantiles over trials; standard errors go by the effective number of trials
conditioned-how = The trials of the run, each weighted by how likely it makes what was observed.
conditioned-origin = conditioned, { $effective } effective trials
seen-by = { $what } by { $threat }
seen-of = { $what } of { $who }
seen-on = { $what } on { $sites }
seen-at = { $what }, { $sites }
seen-people = people
seen-done-phase = phase { $id } done
seen-done-site = site { $id } empty
seen-done-gate = gate { $id } open
seen-done-event = event { $id } happened
seen-about = about { $number }
seen-at-most = at most { $number }
seen-missing = missing
seen-reached = reached
seen-not-reached = not reached

## Warnings of a fit

fit-unread = { $rows } are not fitted to: `update` takes them in, with the posterior as `fitted`
fit-unread-levels =
    { $rows ->
        [one] { $rows } row of levels
       *[other] { $rows } rows of levels
    }
fit-unread-dates =
    { $rows ->
        [one] { $rows } row of dates
       *[other] { $rows } rows of dates
    }
fit-beyond = the prior hardly expects what was counted (its P10 to P90 beside it): { $counts }. Widen the ranges, or look for a fault in the counts
fit-beyond-count = { $from } to { $to }: { $observed }, expected { $low } to { $high }
fit-left-out = the likelihood leaves out { $parts }: what they do goes into the ranges
fit-part-of-threat = { $part } (`{ $threat }`)
fit-part-retaliation = strikes in answer to attacks
fit-part-truce = the truce
fit-part-grievance = the grievance
fit-part-exit_pattern = the pattern around hand-overs
fit-part-profile = the profile
fit-part-months = the factors by month
fit-part-ceasefires = ceasefires
fit-part-drift = the drift of its rate
fit-part-displacement = displacement
fit-part-windows = windows of the calendar
fit-part-incidents = incidents of the insurgency
fit-part-leaving = people who leave while attacks are counted
fit-constant-background = contagion ({ $ranges }) is fitted with a background that is the same at all times: quiet and loud times then look like contagion (.85 is found where there is none). Give `attacks_per_day` by state of tension
fit-unmixed = the chains have not mixed: { $ranges }; R-hat should be below { $rhat } and the effective sample size above { $ess }. The draws are kept, and quantiles of them are not to be relied on: give more `draws` and `warmup`, or narrower ranges
fit-unmixed-range = { $range } (R-hat { $rhat }, ESS { $ess })
fit-unmoved = the prior decides, and the data say next to nothing of { $ranges }: argue for these ranges, or elicit them
fit-sources = every count is of a source whose factor is not known: by counts alone rates and factors cannot be told apart, and their priors decide. Leave out the source whose counts are to be believed
fit-hardly-allowed = { $statistic } was { $seen }, and { $low } to { $high } in all { $histories } histories of the prior: it hardly allows what was seen
fit-not-stalled = the tolerance had not stalled: more `populations` come nearer to the record

## What a fit by simulation compares

statistic-total = { $measure }, total
statistic-largest = { $measure }, largest month
statistic-median = { $measure }, median month
statistic-quiet = { $measure }, share of quiet months
statistic-loud = { $measure }, share of loud months
statistic-beyond = { $measure }, beyond what they were at most

## Observations

observed-title = Observations
observed-notes = from, to: days both included. total: of what was counted; an upper bound and what is missing are not in it.
observed-count-events =
    { $rows ->
        [one] { $rows } event
       *[other] { $rows } events
    }
observed-count-counts =
    { $rows ->
        [one] { $rows } count
       *[other] { $rows } counts
    }
observed-count-levels =
    { $rows ->
        [one] { $rows } level
       *[other] { $rows } levels
    }
observed-count-dates =
    { $rows ->
        [one] { $rows } date
       *[other] { $rows } dates
    }
observed-count-left-out = { $rows } left out
observed-window = window { $first } to { $last }
observed-dates-of = dates of { $kind }s
observed-one-by-one = { $measure }, one by one
observed-figure-people = People observed
observed-figure-attacks = Attacks observed, for { $days } days
observed-figure-wounded = Wounded observed, for { $days } days
observed-figure-killed = Killed observed, for { $days } days
observed-figure-strikes = Strikes observed, for { $days } days
observed-all = all
observed-bar-exact = exact
observed-bar-about = about (line: 80 %)
observed-bar-at-most = at most
observed-bar-nobody = nobody counted

## Why rows of observations are left out

left-undated = nobody can say which day that is
left-wide = known to more than { $days } days only
left-outside = outside the window
left-partly-outside = outside the window by its middle day, and perhaps within
left-by-kind = kind: { $why }
left-by-place = place: { $why }
left-by-actor = actor: { $why }
left-unlisted = it is not in the table
left-listed = the table leaves it out
left-nowhere = it has no coordinates
left-far = { $distance } from the nearest site, { $site }
left-km = { $km } km
left-some-km = some km
left-both = { $one }, and { $other }
left-no-row = no row has this name
left-no-row-near = no row has this name; did you mean "{ $name }"?
left-unread = no column of this name is read
left-share = a share of people harmed in several events: taken as not told
left-across-end = it lies on both sides of the end of { $day }
left-across-begin = it lies on both sides of the begin of { $day }
left-unknown-site = its site is not known, and events are counted by site
left-unknown-threat = its threat is not known, and events are counted by threat
left-no-number = no number is given
left-no-part = in none of the parts
left-no-id = there is no id

## Forecasts

forecast-title = Forecast from { $origin }
hindcast-title = Hindcast from { $origin }
forecast-source-run = { $name }: scenario { $hash }, seed { $seed }, { $trials } trials
forecast-source = { $name }: seed { $seed }
forecast-made = forecast from { $origin }, made { $made }
forecast-made-after = hindcast from { $origin }, made { $made }, after its end on { $last }
forecast-is-late = This is a hindcast: it was made after the end of all that it forecasts, and what came could be known to whoever made it
forecast-some-late = { $late } of { $all } windows are hindcasts: they had ended when the forecast was made, and what came could be known to whoever made it
forecast-marks = bands: central 90, 80 and 50 %; line: median
forecast-marks-came = bands: central 90, 80 and 50 %; line: median; dots: what came, red where outside the central 80 %
forecast-drawn-until = drawn up to { $month }: beyond, the central 90 % are 0
forecast-panel = { $forecast }: { $target } a month
forecast-a-month = a month
forecast-months =
    { $months ->
        [one] { $months } month
       *[other] { $months } months
    }
backtest-title = Forecasts from one origin after another
backtest-notes = { $notes }. vs: the skill, 1 - crps / crps of that model, above 0 where the forecast is better, in brackets where its 95 % interval (block bootstrap over origins) holds 0
backtest-samples = { $samples } samples · seed { $seed } · drawdown { $version }
backtest-against = vs { $model }
backtest-figure = Skill against “{ $baseline }”
backtest-marks = 1 - crps / crps of the baseline; line: 95 % interval
backtest-axis-month = skill, the month itself
backtest-axis-sum = skill, all months up to it
backtest-axis-ahead = months ahead
backtest-fans = { $measure } forecast { $months } ahead, and what came
backtest-histograms = Where values fell in forecasts { $months } ahead
scores-title = Scores of forecasts
scores-forecasts = { $count } forecasts by { $who }
scores-of = of { $targets }
scores-span = { $first } to { $last }
scores-notes = crps: in the unit of what is forecast, crps_log on the scale log(1 + x), log_score in nats: less is better. bias: above 0 where too much was forecast. interval_coverage (in 80 %): share of values within the central interval, for small counts more than it says by nature; pit_coverage: the same without that. apart: of the windows, as many as do not overlap
scores-waiting = { $notes }. { $waiting } forecasts wait for what comes
scores-marks = grey: 95 % band of all bins at once, if the forecast is right; red: outside
scores-axis-pit = probability integral transform
scores-axis-rank = rank among the samples, scaled
scores-axis-density = density
scores-windows =
    { $windows ->
        [one] { $panel } ({ $windows } window)
       *[other] { $panel } ({ $windows } windows)
    }
onset-title = Forecasts of months above a level
onset-origin = more than { $level } { $measure } a month
onset-notes = brier: mean squared difference of the chance given and what came (0 or 1), less is better. skill: 1 - brier / that of the share of months above the level among those known at each origin, low and high its 95 % interval (block bootstrap over origins). An onset counts from origins whose own month is not above the level
onset-interval = { $low } to { $high }
onset-marks = dot: how often it happened; line: exact 95 % interval
onset-axis-above = above, { $months } ahead
onset-axis-chance = chance given (up: share in which it happened)
stacked-title = Forecasts pooled by their scores
stacked-origin = { $scores } · weights by { $score }
stacked-notes = weights make the mean { $score } of the pool least on these windows, so that the pool's score is a little too good; low, high: 95 % interval by a block bootstrap over windows. equal: the pool with equal weights
stacked-marks = bar: weight; line: 95 % interval
stacked-axis = weight
reference-title = The reference class
reference-notes = ratio: actual over announced duration. Laws are scored at each withdrawal with that one left out; log score (of the density of the ratio) and CRPS: less is better. usual: the library's law, which was not fitted to these
reference-origin = { $withdrawals } withdrawals, of which { $missed } missed the date by more than 5 %

## Elicitation

elicited-title = What experts believe
elicited-how = Experts gave P5, P50 and P95 of each number; a pool is a weighted mean of what they believe. { $notes }
elicited-apart = { $number } ({ $apart } of 1)
elicited-said = { $numbers } { $source }; experts are furthest apart on { $apart }
elicited-alt = Intervals of each expert and of the pools. { $said }.
elicited-caption = What each expert said (P5 to P95; dot: P50), and what the pools believe.
elicited-numbers =
    { $numbers ->
        [one] { $numbers } number
       *[other] { $numbers } numbers
    }
elicited-experts =
    { $experts ->
        [one] { $experts } expert
       *[other] { $experts } experts
    }
elicited-seeds =
    { $seeds ->
        [one] { $seeds } seed question
       *[other] { $seeds } seed questions
    }
elicited-weights-equal = equal weights
elicited-weights-performance = performance weights
elicited-source = elicited from { $names }; { $weights }, { $seeds }
elicited-calibrated = { $name } { $value }
elicited-calibration = calibration on { $seeds }: { $known }
elicited-no-seeds = Without seed questions nobody knows how well the experts have known.
elicited-scores =
    calibration: the chance that truths fall so oddly into the intervals of somebody
    who is right; information: how much is said, against a background over the range
    that anybody named; score: their product; to P5, ...: truths in each interval
elicited-alike =
    All count alike: weights by performance take { $least } seed questions, and
    there are { $seeds }.
elicited-none = none
elicited-unheard =
    { $experts ->
        [one] { $experts } expert below { $cut } not heard
       *[other] { $experts } experts below { $cut } not heard
    }
elicited-heard = all heard
elicited-weighted =
    weights: { $heard }, as does best out of sample, where the score is a little too
    good, being the best of all cut-offs
elicited-off = The chances of a pool's quantiles are off by up to { $off } in a law.
elicited-expert = Expert
elicited-pool = Pool (new: out of sample)
elicited-number = Number, pool
elicited-number-pool = { $number }, { $pool }
elicited-column-calibration = calibration
elicited-column-information = information
elicited-column-score = score
elicited-column-weight = weight
elicited-column-disagreement = disagreement
elicited-column-new = new { $score }
elicited-column-to = to { $quantile }
elicited-column-above = above
elicited-pool-equal = equal
elicited-pool-performance = performance
elicited-figure = What experts believe (weights)
elicited-marks = dot: P50; line: P5 to P95
elicited-row-equal = all count alike
elicited-row-performance = by performance
elicited-truth = the true answer
elicited-axis = disagreement { $apart }
elicited-axis-log = disagreement { $apart }, log scale

## Columns of tables of data, and what stands in them

column-mean = mean
column-sd = sd
column-low = low
column-high = high
column-unit = unit
column-measure = measure
column-range = range
column-standard_error = standard_error
column-missing = missing
column-of = of
column-id = id
column-announced = announced
column-chance_met = chance_met
column-unfinished = unfinished
column-observation = observation
column-what = what
column-from = from
column-to = to
column-observed = observed
column-log_likelihood = log_likelihood
column-effective = effective
column-distinct = distinct
column-prior_mean = prior_mean
column-prior_sd = prior_sd
column-prior_p10 = prior_p10
column-prior_p50 = prior_p50
column-prior_p90 = prior_p90
column-prior_pit = prior_pit
column-posterior_p10 = posterior_p10
column-posterior_p50 = posterior_p50
column-posterior_p90 = posterior_p90
column-posterior_pit = posterior_pit
column-shift = shift
column-contraction = contraction
column-bound = bound
column-count = count
column-statistic = statistic
column-series = series
column-rows = rows
column-total = total
column-exact = exact
column-unsure = unsure
column-at_most = at_most
column-why = why
column-values = values
column-over = over
column-horizon = horizon
column-forecast = forecast
column-windows = windows
column-apart = apart
column-bias = bias
column-in-80 = in 80 %
column-pit-in-80 = pit in 80 %
column-target = target
column-status = status
column-sum_p10 = sum_p10
column-sum_p50 = sum_p50
column-sum_p90 = sum_p90
column-question = question
column-happened = happened
column-chance = chance
column-skill = skill
column-low-to-high = low to high
column-weight = weight
column-alone = alone
column-pool = pool
column-score = score
column-withdrawal = withdrawal
column-begins = begins
column-actual = actual
column-ratio = ratio
column-kept = kept
column-law = law
column-parameter = parameter
column-value = value
column-half_width = half_width
column-trials = trials
column-reached = reached
column-trials_needed = trials_needed
column-site = site
column-threat = threat
cell-over-month = month
cell-over-sum = sum
cell-status-forecast = forecast
cell-status-under-way = under way
cell-status-hindcast = hindcast
cell-forecast-climatology = climatology
cell-forecast-last-value = last value
cell-forecast-random-walk = random walk
cell-forecast-recent-year = recent year
cell-question-above = above
cell-question-onset-within-30-days = onset within 30 days
cell-question-onset-within-90-days = onset within 90 days
cell-pool-stacked = stacked
cell-pool-equal = equal
cell-pool-best = best
cell-law-kept-or-missed = kept or missed
cell-law-lognormal = lognormal
cell-law-usual = usual
cell-parameter-median = median
cell-parameter-kept_share = kept_share
cell-of-events = events
cell-of-counts = counts
cell-of-levels = levels
cell-of-dates = dates
cell-of-sites = sites
cell-of-threats = threats
cell-of-events-wounded = events.wounded
cell-of-events-killed = events.killed
cell-of-overall = overall
cell-of-phase = phase
cell-of-site = site
cell-of-contingent = contingent
cell-bound-exact = exact
cell-bound-about = about
cell-bound-derived = derived
cell-bound-at_most = at_most
cell-bound-missing = missing

## Kinds of events that are observed

event-attack = attack
event-attack_intercepted = attack_intercepted
event-strike = strike
event-incident = incident
event-shock = shock
event-barrage_met = barrage_met
event-barrage_unmet = barrage_unmet

## What defaults rest on

rests-both = { $form }; value: { $value }
rests-judgement = judgement
rests-judgement-after-reports-of-2023-24 = judgement, after reports of 2023-24
rests-judgement-fitted-to-the-record-of-2023-24 = judgement, fitted to the record of 2023-24
rests-judgement-on-one-case = judgement, on one case
rests-judgement-720-a-day-left-Iraq-in-November-2011 = judgement; 720 a day left Iraq in November 2011
rests-judgement-stands-in-for-data-that-are-not-public = judgement; stands in for data that are not public
rests-evidence-both-ways = evidence both ways
rests-evidence-for-the-form-Clauset-et-al-2007 = evidence for the form: Clauset et al. 2007
rests-evidence-for-the-form-Lewis-et-al-2012-White-et-al-2013 = evidence for the form: Lewis et al. 2012, White et al. 2013
rests-evidence-for-the-sign-Fetzer-et-al-2021 = evidence for the sign: Fetzer et al. 2021
rests-730-days-after-the-last-announced-finish-or-after-the-start-where-nothing-is-announced = 730 days after the last announced finish (or after the start, where nothing is announced)
