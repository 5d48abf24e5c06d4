# Every warning about a scenario: what is wrong, and what to do. Keys and ids stand between backticks, in
# the message or in the value.

## As the description has it

warning = { $path }: { $what } [{ $code }]

## What is not as it was probably meant

warn-not-before-horizon = { $date } is not before the horizon { $horizon }
warn-not-named = people leave other sites of its area, and the plan does not name it
warn-unsaid-blackout = { $days } days of it are within the announced dates of `{ $phase }`, and come on top
warn-too-short = { $what } take { $needed } days at the least, at { $per_day } a day, and the dates leave { $days }
too-short-people = { $count } people
too-short-tonnes = { $count } tonnes by { $mode }
warn-early-start = it comes { $between } days after `{ $other }` is announced to be done, whose people are on the road for { $days } days at least
warn-lost-reference = people have left or come before the start, and the rates of threats that follow their number are taken to be those at the garrison of the start
warn-no-room = the plan has no breathing room for it
warn-flapping = it holds whenever `{ $when }` does: the rule ends at the next look and sets off anew
warn-after-mandate = the phase is announced to be done on { $finish }, but all of `{ $id }` leave on { $end }, when its mandate ends
warn-nothing-to-come = { $what } would be more than { $so_far }, but is never more than { $most }: nothing is left
to-come-delay = its delay
to-come-ratio = its duration ratio
warn-used-up = { $used } days are used up of { $given }: nothing is left
warn-slow = a trial is expected to take some { $seconds } seconds

## Why a rule never sets off

warn-never = the rule never sets off: { $why }
never-room = { $days } days are more than the breathing room has
never-after-start = { $date } is not after the start { $start }
never-event = `{ $id }` comes on { $date }, not before the horizon { $horizon }
never-risk = the risk `{ $id }` never happens
never-tension = no state before leads to such a tension
never-attacks = none of the threats it counts ever attacks

## What changes nothing, and why

warn-idle = it changes nothing: { $why }
why-no-move-goes = no move goes from { $from } to { $to }
why-none = there are none
why-not-reached = no state before leads to it
why-no-attacks = its rate is 0, and nothing else brings about attacks by it
why-weights-of-states = every state of tension has weights of its own
why-unarmed = the threat has no weapons
why-no-common-site = no site has both threats
why-not-both-sites = the threat does not attack both of these sites
why-no-children = no attack causes another
why-unanswered = no attack is answered
why-no-deterrence = strikes neither deter nor provoke
why-friction-unread = nothing looks at the host's friction
why-nobody-moves = the number of people never changes
why-one-site = the threat attacks one site only
why-nothing-announced = the plan announces nothing
why-outside = it lies outside the time that is simulated
why-over-at-once = it is over at once
why-times-one = it multiplies by 1
why-no-background = the threat has no attacks of its own, and those caused are not moved
why-no-outcome = its outcome has the weight 0
why-no-attacks-in-window = none of its threats has attacks of its own
why-room-unused = no rule uses the breathing room
why-ageless = the mean of the stay is one number, so that its age tells nothing
why-strikes-forgotten = strikes neither deter nor provoke, and nothing looks at the friction
why-attacks-forgotten = its attacks cause no others, and no rule counts them
why-no-rules = there are no rules
why-no-phases = there are no phases
why-unused = no rule uses it
why-no-pause-days = there are no days to pause on
why-not-correlated = fewer than two phases have uncertain durations
why-no-room-of-plan = the plan has no breathing room, or no rule uses it
why-no-load = no load goes that way
why-not-brought = no move brings `{ $contingent }` to `{ $site }`
why-never-blocked = the tension is never in these states
why-once = the rule sets off at most once
why-once-without-pause = the rule sets off at most once and pauses nothing
why-same-pace = 1 is the pace that there is
why-no-phase-named = it names no phase
why-by-no-days = it is by 0 days
why-nobody-killed = nobody is ever killed
why-nobody-leaves = nothing makes the contingent leave
why-not-offended = no strike ever offends the host, so nobody is expelled
why-no-hazards = its hazards are 0
why-no-friction = there is no friction, or nothing that looks at it
why-no-ground = there is no insurgency, and nobody is expelled
why-host-holds-nothing = there is no insurgency that the host's own forces hold down
why-no-growth = with a growth of 0, nothing has to hold it down
why-troops-hold-nothing = troops hold nothing down
why-no-shocks = shocks never come, or multiply by 1
why-no-incident-on-sites = no incident falls on a site
why-harmless = it harms nobody
why-no-last-phase = it comes after the last phase, and there are none
why-no-hazard = its hazard is 0
why-never-held = movement is never held
why-moves-nobody = no phase moves anybody
why-risk-never = it never happens
why-risk-late = it happens at the horizon or later, if ever
why-risk-without-effect = it has no effect, and no rule looks at it
why-relieves-nothing = it does nothing about any risk
why-acts-on-nothing = it acts on nothing
why-days-on-threats = added days do nothing to threats
why-unknown-phase = no phase of this plan is called `{ $id }`
why-unknown-gate = no gate of this plan is called `{ $id }`
why-not-followed = no threat there follows the number of people
why-not-fired = nobody attacks with it, or nothing stops it
why-nothing-fired = nothing is fired at the site

## What to do

do-take-out = take it out
do-give = give { $key }
do-give-or = give { $key }, or { $other }
do-give-or-take-out = give { $key }, or take it out
do-give-or-take-them-out = give { $key }, or take them out
do-take-out-or-give = take it out, or give { $key }
do-give-law = take it out, or give { $key } a law
do-mend = mend it, or take it out
do-mend-action = mend it, or take the action out
do-mend-ceasefire = mend it, or take the ceasefire out
do-mend-window = mend it, or take the window out
do-mend-or-give = mend it, or give the plan so much
do-mend-date = mend the date, or give a law that allows for it
do-blackout = give an earlier date or a later horizon, or take the blackout out
do-say-allowed = give `{ $no }` if that is meant, or `{ $yes }` if the dates were announced with it in mind
do-move = add a move from it (one with `{ $residual }` if they are to stay)
do-later-or-raise = announce a later date, or raise `{ $key }`
do-later = announce a later date, if it is to allow for their way
do-reference = give the garrison that the rates are meant for, such as the one before the withdrawal
do-room = give `{ $key }`, or take the action out
do-change-condition = change the condition, or take the rule out
do-until = give `{ $until }` a lower threshold, leave it out, or give `{ $cooldown }`
do-earlier-finish = announce an earlier finish, or give it a phase of its own
do-less-work = most of it goes into `{ $path }`: give a smaller number there, let one stand for several, or shorten the horizon
do-add-leg-move = add a move that does, or it is for other plans
do-next = name it in the `{ $next }` of a state that comes before, or take it out
do-attacks = give it attacks, or take the threat out
do-common-site = give them a site in common, or take it out
do-weights = give both sites a weight in `{ $key }`, or take it out
do-harm = give the threat weapons that harm, or chances above 0, or take it out
do-friction = give `{ $expulsion }` or a rule that looks at `{ $friction }`, or take it out
do-let-move = take it out, or let people move
do-another-site = take it out, or let the threat attack another site
do-announce = take it out, or announce phases
do-pause-or-stretch = give a rule that pauses or stretches, or take it out
do-rules = take it out, or give rules
do-phases = take it out, or give phases
do-both = take it out, or give the plan both
do-loads = take it out, or give loads that do
do-bring = take it out, or add a move that does
do-weapons-that-kill = take it out, or give a threat weapons that kill
do-offend = give `{ $unprovoked }`, or a threat `{ $retaliation }` that is not coordinated
do-expulsion = take it out, or give `{ $expulsion }` and strikes that are not coordinated
do-one-of-two = take it out, or give one of the two
do-lower = give a lower `{ $key }`, or take it out
do-give-phases = give phases, or take it out
do-room-and-rule = take it out, or give breathing room and a rule that pauses
do-move-people = take it out, or give phases that move people
do-earlier-risk = give an earlier `{ $key }`, or a later horizon
do-effects = give `{ $effects }`, or a rule with the condition `{ $risk }`
do-name-risk = name one under `{ $key }`
do-name-target = name what it acts on: { $keys }
do-name-phases = name phases or gates, or take it out
do-near = did you mean `{ $near }`? Else it is for other plans
do-other-plans = it is for other plans, if it is meant
do-elasticity = give a threat on the site `{ $key }`, or take it out
do-give-weapon = take it out, or give a threat the weapon
do-arm = take it out, or give a threat on the site weapons
