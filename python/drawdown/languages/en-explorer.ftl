# English: the explorer, and the part of a page that a reader can move.

# What begins with `view-` is said by JavaScript, which puts in the values and knows no plurals: a
# message of another language is worded so that it needs none.

## The page

explorer-title = drawdown explorer
explorer-noscript = The explorer needs JavaScript, which comes from this machine alone.
explorer-span = { $start } to { $horizon }

## Controls in words

control-on = on
control-off = off
control-days = { $days } days

## What would have to be wrong

breaking-on-time = It is done on time in { $share } % of histories ({ $low } to { $high })
breaking-on-time-least = it is to be in { $level } % or more
breaking-casualties = It costs { $mean } casualties on average ({ $low } to { $high })
breaking-casualties-most = it is to be { $level } at most
breaking-holds = the plan holds
breaking-fails = the plan fails
breaking-holds-open = the plan holds, but the interval leaves that open
breaking-fails-open = the plan fails, but the interval leaves that open
breaking-said = { $now }; { $least }: { $end }.
breaking-or-more = { $value } or more
breaking-or-less = { $value } or less
breaking-beyond = beyond
breaking-between = { $low } to { $high }
breaking-middle = { $value }, the middle of a range

## Tables

assumptions-number = number
assumptions-value = value
assumptions-what = what
assumptions-whose = whose
assumptions-basis = basis
assumptions-source = source
assumptions-note = note
assumptions-disputed = disputed

## The frame

view-first = Running the first histories …
view-controls = Controls
view-results = Results
view-to-results = To the results
view-undo = Undo
view-redo = Redo
view-reset = Reset
view-about = { $span }, seed { $seed }. A scenario and not a forecast.
view-left-out = Not offered, since it changes nothing here: { $labels }.
view-count = { $trials } histories; the same random numbers in all settings
view-count-more = { $trials } histories, up to { $most } as the hand rests; the same random numbers in all settings
view-warnings = Warnings about this setting: { $count }
view-refused = The pictures are of the last setting that could be simulated.
view-no-answer = There is no answer ({ $why })
view-no-answer-remedy = if the program has stopped, start it again
view-status = status { $status }
view-silence = The program does not answer: it is busy, or it has stopped. Start it again if it has.
view-silence-kernel = The kernel does not answer: it is busy with another cell, or it has stopped. If it has, run this cell again.

## Baselines

view-baseline = Baseline
view-pin = Pin as baseline
view-pin-name = Name of what is pinned
view-name = name
view-setting-number = setting { $number }
view-as-written-all = the scenario as written
view-go-there = go there
view-go-to = Go to { $name }
view-remove = remove
view-remove-it = Remove { $name }
view-compare = Compare them
view-compared = Compared
view-beside = beside { $name }
view-unnamed-baseline = the baseline
view-the-brief = the brief
view-this-setting = this setting

## Controls

view-decided = What the plan decides
view-unknown = What nobody knows
view-from-where = Where it comes from
view-from-where-of = Where { $label } comes from
view-scenario-says = the scenario says
view-what-it-is = what it is
view-source = source
view-rests-on = rests on
view-note = note
view-key = key
view-as-written = as written
view-as-written-of = { $label }: as written
view-field-in = { $label }, in { $unit }
view-sampled = a range, sampled
view-held = held
view-days = days
view-in-days = { $value } days
view-on = on
view-off = off

## Tabs

view-tab-schedule = Schedule
view-tab-losses = Losses
view-tab-decisions = Decisions
view-tab-breaking = What if it is wrong?
view-tab-assumptions = Assumptions
view-tab-history = One history

## Schedule

view-people = People on site, by week
view-in-the-middle = in the middle history
view-band = eight histories of ten
view-announced = announced
view-announced-on = announced { $date }
view-the-baseline = baseline
view-this = this setting
view-interval = 95 % interval
view-finish = When everything is done
view-finish-note = The chance that it is done by the end of each date.
view-site-by-site = Site by site
view-dates = Dates
view-no-finish = Nobody is to leave under this plan: there is no finish.
view-people-label = { $place }: people on site by week, from { $first } at the start to { $last } at the end in the middle history; { $verdict }
view-finish-label = The chance that everything is done by each date; { $verdict }

## Losses

view-apart = What this setting adds and takes away
view-apart-note = Beside the baseline, in the same histories, in parts of what the baseline expects; the line is the 95 % interval, hollow where it does not tell from none.
view-apart-none = This is the baseline. Move something, and what it adds and takes away is drawn here.
view-apart-label = Differences to the baseline: { $told }
view-apart-one = { $name } { $more } ({ $ends })
view-as-the-baseline = as the baseline
view-bad = How bad it can get
view-bad-note = The chance of that many wounded and killed, or more, up to the horizon.
view-bad-label = The chance of that many wounded and killed, or more
view-no-threats = The scenario has no threats: nobody is harmed.
view-expected = What is expected
view-unit = unit
view-mean = mean
view-95 = 95 %
view-more-than = more than the baseline

## Decisions

view-decisions = What was decided on the way
view-no-decisions = The plan decides nothing as it goes: there is nothing to tell.
view-levers = What each control moves from here
view-levers-note = Each at the ends of its slider, all others as they stand.
view-find-out = Find out
view-running = Running …
view-levers-caption = What each control moves
view-control = control
view-at = at

## What if it is wrong?

view-breaking = What would have to be wrong?
view-breaking-note = Each control is moved alone, all others as they stand, until the plan fails, or no longer does. The nearest comes first.
view-fails-if = The plan fails if
view-fails-on-time = it is done on time in less than
view-fails-on-time-unit = % of histories
view-fails-casualties = it costs, on average, more than
view-fails-casualties-unit = casualties
view-level = The level below or above which it fails, in { $unit }
view-look-again = Look again
view-looking = Looking: each control at several values …
view-nothing-fails = Nothing that one control reaches by itself makes it fail.
view-nothing-holds = Nothing that one control reaches by itself makes it hold.
view-others = Moved alone, { $count } others change nothing of that
view-breaking-how = Of { $trials } histories. Tried are the ends of each control, where it stands, half-way between, and then between those where it turns. Two that are moved together may turn it sooner.
view-now = now
view-fails-at = it fails at
view-holds-at = it holds at
view-go-to-value = { $label }: go to { $value }
view-before = { $said } That was before you moved something.

## Assumptions, one history

view-assumptions-note = Every number of this setting, and where it comes from.
view-filter = filter
view-filter-label = Show assumptions that contain
view-history-note = What happened day by day in one of the histories. One is an example, and proves nothing.
view-history-number = Number of the history
view-earlier = Earlier
view-next = Next
view-story = Day by day

## Save, share, open

view-along = Save, share, open
view-toml = Scenario (TOML)
view-code = Lines of Python
view-json = Setting (JSON)
view-link = Link
view-copy = Text to copy
view-back = Bring a setting back:
view-back-label = Text of a setting
view-bring-back = Bring it back
view-open = Open another scenario (.toml, .json):

## The part of a page that a reader can move

live-title = Change a number, and see what comes of it
live-about =
    Your browser simulates the scenario of this page again: the file carries the model and the whole scenario,
    with its sources and notes, and asks nobody else. All other figures on the page are the author's.
live-needs = This part needs a browser with scripts and WebAssembly; all other parts are whole without.
view-live-checking = Checking that this browser gives the author's figures, to the bit …
view-live-same = This browser gives the author's figures: { $checked } histories were simulated again, and are the same to the last bit.
view-live-differs = This browser does not give the author's figures, or the file was changed: numbers cannot be moved. Ask for the file again, or take another browser.
view-live-broken = The model does not run here, and numbers cannot be moved; all other parts of the page are whole ({ $why })
view-live-worker = worker
view-live-changed = You have changed this brief: { $changes }. The figures of that part are yours, all others are the author's.
view-live-one = { $label }: { $before } → { $after }
view-live-title = (changed) { $title }
