"""What a rule does once, when it sets off. (A pause lasts: see `pauses`.)"""

from .working_time import NEVER, ROUNDING


def stretch(trial, factor):
    """What is left of each moving phase takes longer, out of the breathing room."""
    plan, overall = trial.plan, trial.pauses.room
    pushes, parts = [0.0], [0.0]
    for phase in moving(plan):
        finish, late = plan.expected(phase), trial.pauses.due(phase)
        wanted = plan.after(factor * working_days_left(plan, phase))
        for room in (overall, phase.room):
            wanted = min(wanted, finish + room.pause_left, room.limit(late))
        if wanted > phase.finish + ROUNDING and plan.soonest(phase) <= wanted + ROUNDING:
            plan.schedule(phase, wanted)
        pushes.append(max(0.0, plan.expected(phase) - finish))
        parts.append(max(0.0, plan.expected(phase) - late))
        phase.room.pause_left -= pushes[-1]
        phase.room.extension_left -= parts[-1]
    overall.pause_left -= max(pushes)
    trial.stretch_days += max(pushes)
    trial.pauses.use_extension(max(parts))


def moving(plan):
    """The phases that have something to move, now, and do not wait for another."""
    under_way = [p for p in plan.phases if plan.state(p) == "moving" and plan.has_left(p)]
    return [phase for phase in under_way if not plan.waits(phase)]


def working_days_left(plan, phase):
    return plan.time.worked(phase.finish) - plan.time.worked(plan.trial.t)


def accelerate(trial, factor):
    """What is left of each moving phase takes less long, as far as transport allows."""
    plan = trial.plan
    for phase in moving(plan):
        wanted = plan.after(working_days_left(plan, phase) / factor)
        bring_to(plan, phase, wanted)


def bring_to(plan, phase, wanted):
    """An earlier finish, as far as transport allows; never a later one."""
    finish = max(wanted, plan.soonest(phase))
    if finish >= phase.finish - ROUNDING:
        return
    if phase.held:
        phase.finish = finish
    else:
        plan.schedule(phase, finish)


def reinforce(trial, site, contingent, people):
    """More people come to a site that is open."""
    if trial.there(site) > 0:
        trial.move_people(site, contingent, people)
        trial.reinforcements += people


def go_back_in(trial, site, contingent, people):
    """People come to a site that may be closed."""
    trial.reentry.arrive(site, contingent, people)


def keep_residual(trial, site, contingent, people):
    """From now on no phase takes the last so many of a contingent from a site."""
    kept = trial.plan.residuals
    kept[site, contingent] = max(people, kept.get((site, contingent), 0))
    for phase in trial.plan.under_way():
        for move, number in zip(phase.moves, trial.plan.to_go(phase), strict=True):
            # As if it had begun with so many fewer: its next lifts wait for the share to catch up.
            move.lot -= move.left - number
            move.left = number


def send_home(trial, contingent, in_days=0):
    """All of a contingent will leave; who is already about to does not begin anew."""
    trial.plan.departures.setdefault(contingent, trial.t + in_days)


def cancel(trial, phases):
    """These phases and all that comes after them do not happen, as far as they are not done."""
    plan, doomed = trial.plan, set(phases)
    everything = [*plan.gates, *plan.phases]
    while more := {x.name for x in everything if doomed & set(x.after)} - doomed:
        doomed |= more
    for item in everything:
        if item.name in doomed and item.name not in plan.done:
            item.cancelled = True
    for gate in plan.gates:
        if gate.cancelled:
            gate.opens = NEVER
    for phase in plan.phases:
        if phase.cancelled:
            phase.held = False


def bring_forward(trial, days, phases=None):
    """Earlier dates, for those that listen: what was announced in public stays."""
    plan, now = trial.plan, trial.t
    for phase in plan.phases:
        if phases is not None and phase.name not in phases:
            continue
        state = plan.state(phase)
        if state == "waiting":
            phase.earliest = earlier(phase.earliest, days, now)
            phase.announced = earlier(phase.announced, days, now)
        elif state in ("moving", "held") and not plan.waits(phase):
            phase.announced -= days
            bring_to(plan, phase, max(now, phase.finish - days))


def earlier(date, days, now):
    return min(date, max(now, date - days))


# In the order in which a rule with several does them.
ONE_SHOT = {
    "cancel": cancel,
    "keep_residual": keep_residual,
    "bring_forward": bring_forward,
    "accelerate": accelerate,
    "stretch": stretch,
    "reinforce": reinforce,
    "go_back_in": go_back_in,
    "send_home": send_home,
}
