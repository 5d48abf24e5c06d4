"""What an attack does."""

import math
from types import SimpleNamespace

from .laws import draw, pick

NO_DEFENCE = {"beta": [1, 19]}
INTERCEPT = {"drone": {"beta": [17, 3]}, "rocket": {"beta": [6, 4]}, "ballistic": {"beta": [7, 4]}}


def attack(trial, g, s):
    """The record of an attack by threat `g` on site `s`, at this instant."""
    rng, threat, people = trial.rng, trial.threats[g], trial.there(s)
    record = SimpleNamespace(at=trial.t, threat=g, site=s, intercepted=False, wounded={}, killed={})
    shares, salvo, harm = (of[trial.state] for of in (threat.shares, threat.salvo, threat.harm))
    if not shares:
        return record
    weapon = pick(shares, rng)
    defended = people >= trial.needs[s]
    law = trial.intercept[s].get(weapon, NO_DEFENCE) if defended else NO_DEFENCE
    if weapon in threat.gets_through:
        law = 0.0
    leaking = rng.binomial(rng.geometric(1 / salvo[weapon]), 1 - draw(law, rng))
    record.intercepted = leaking == 0
    harming = rng.binomial(leaking, 1 - harm.no_casualty)
    casualties = min(people, sum(severity(harm, people, rng) for _ in range(harming)))
    if casualties:
        fallen = rng.multivariate_hypergeometric([*trial.people[s].values()], casualties)
        for contingent, share in zip(trial.people[s], map(int, fallen), strict=True):
            record.killed[contingent] = int(rng.binomial(share, harm.killed_share))
            record.wounded[contingent] = share - record.killed[contingent]
    return record


def severity(harm, people, rng):
    """Casualties X of a projectile that harms.

    P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape), given X <= people.
    """
    beyond = (1 + harm.shape * people / harm.scale) ** (-1 / harm.shape)
    u = 1 - rng.random() * (1 - beyond)  # uniform on (P(X > people), 1]
    return min(people, 1 + math.floor((u**-harm.shape - 1) * harm.scale / harm.shape))
