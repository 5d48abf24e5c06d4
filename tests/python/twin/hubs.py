"""Sites that receive and send at once: moves that take those whom others bring."""

from .working_time import ROUNDING


def arrive(trial, arrivals):
    """People have come to sites together, by moves: `arrivals` has them by site and contingent."""
    for phase in trial.plan.under_way():
        taken = 0
        for move in phase.moves:
            come = arrivals.get((move.site, move.contingent), 0)
            if come and getattr(move, "takes_arrivals", False):
                move.left += come
                taken += come
        if taken and not phase.held:  # a pause goes on
            spread_again(trial.plan, phase)


def spread_again(plan, phase):
    """Spreads what a phase has left over the lifts still to go, and over later ones if need be."""
    waits = phase.stuck or phase.finish < plan.trial.t - ROUNDING
    if waits or phase.flown == len(phase.times):
        plan.schedule(phase, plan.after(plan.possible(phase, 0.0)))
        return
    since = phase.begun + (phase.times[phase.flown - 1] if phase.flown else 0.0)
    soonest = plan.time.first(since + plan.possible(phase, 0.0), plan.trial.t)
    plan.schedule(phase, max(phase.finish, soonest), since)
