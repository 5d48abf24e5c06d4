# What the explorer shows of a run: its verdict, and what stands in its tables.

## The verdict

day-in-full = { $day } { $month } { $year }
month-in-full =
    { $month ->
        [jan] January
        [feb] February
        [mar] March
        [apr] April
        [may] May
        [jun] June
        [jul] July
        [aug] August
        [sep] September
        [oct] October
        [nov] November
       *[dec] December
    }
verdict-on-time = done by { $date } in { $share } % of histories ({ $low } to { $high })
verdict-casualties = { $mean } casualties on average ({ $low } to { $high })
verdict-nothing = The scenario has neither a plan nor threats: nothing is done, and nobody is harmed.
verdict-apart = { $said }, { $apart }
verdict-open = { $said }, not to be told from { $name }
verdict-both-open = neither is to be told from { $name }
verdict-points-more = { $mean } points more than { $name } ({ $low } to { $high })
verdict-points-less = { $mean } points less than { $name } ({ $low } to { $high })
verdict-more = { $mean } more than { $name } ({ $low } to { $high })
verdict-fewer = { $mean } fewer than { $name } ({ $low } to { $high })

## Tables and pictures

interval = { $low } to { $high }
percent = { $share } %
head-announced = announced
head-on-time = on time
head-in-the-baseline = in the baseline
head-points-more = points more
head-casualties = casualties
head-more = more
head-95 = 95 %
everything = Everything
everywhere = All sites
date-of-phase = phase: { $name }
date-of-site = site: { $name }
date-of-contingent = contingent: { $name }
measure =
    { $name ->
        [casualties] casualties
        [killed] killed
        [wounded] wounded
        [attacks] attacks
        [strikes] strikes
        [civilian_killed] civilian killed
        [civilian_wounded] civilian wounded
        [host_killed] host killed
        [insurgent_strength] insurgent strength
        [cost] cost
        [person_days] person days
        [pauses] pauses
        [pause_days] pause days
        [extension_days] extension days
        [forced_resumptions] forced resumptions
        [stretch_days] stretch days
        [reinforcements] reinforcements
        [people_moved] people moved
        [people_left] people left
        [expelled] expelled
       *[reentry] reentry
    }
unit =
    { $name ->
        [chance] chance
        [attacks] attacks
        [people] people
        [days] days
        [pauses] pauses
        [tonnes] tonnes
        [strikes] strikes
        [trials] trials
        [share] share
        [incidents] incidents
        [shocks] shocks
        [barrages] barrages
        [cost] cost
        [person-days] person-days
       *[draws] draws
    }
