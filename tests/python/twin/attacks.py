"""What an attack does."""

import math
from types import SimpleNamespace

from .laws import draw, pick

NO_DEFENCE = {"beta": [1, 19]}
INTERCEPT = {"drone": {"beta": [17, 3]}, "rocket": {"beta": [6, 4]}, "ballistic": {"beta": [7, 4]}}


def attack(trial, g, s):
    """The record of an attack by threat `g` on site `s`, at this instant."""
    laws = trial.intercept[s] if trial.there(s) >= trial.needs[s] else {}

    def stops(weapon):
        return laws.get(weapon, NO_DEFENCE)

    return attack_on_people(trial, g, s, trial.people[s], trial.there(s), stops)


def attack_on_people(trial, g, place, people, most, stops):
    """The same of one that meets `people` by contingent and harms at most so many of them.

    `stops` is the law, by weapon, of the chance of stopping a projectile.
    """
    rng, threat = trial.rng, trial.threats[g]
    record = SimpleNamespace(
        at=trial.t, threat=g, site=place, intercepted=False, wounded={}, killed={}
    )
    shares, salvo, harm = (of[trial.state] for of in (threat.shares, threat.salvo, threat.harm))
    if not shares:
        return record
    weapon = pick(shares, rng)
    law = 0.0 if weapon in threat.gets_through else stops(weapon)
    leaking = rng.binomial(rng.geometric(1 / salvo[weapon]), 1 - draw(law, rng))
    record.intercepted = leaking == 0
    harming = rng.binomial(leaking, 1 - harm.no_casualty)
    casualties = min(most, sum(severity(harm, most, rng) for _ in range(harming)))
    if casualties:
        fallen = rng.multivariate_hypergeometric([*people.values()], casualties)
        for contingent, share in zip(people, map(int, fallen), strict=True):
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
