"""Ranges and laws: numbers that nobody knows, and chance itself."""

import math

FAMILIES = {
    "constant": lambda rng, p: p,
    "uniform": lambda rng, p: rng.uniform(*p),
    "triangular": lambda rng, p: rng.triangular(*p),
    "pert": lambda rng, p: pert(rng, *p),
    "normal": lambda rng, p: rng.normal(p["mean"], p["sd"]),
    "lognormal": lambda rng, p: p["median"] * math.exp(rng.normal(0, p["sigma"])),
    "gamma": lambda rng, p: rng.gamma(p["shape"], p["mean"] / p["shape"]),
    "beta": lambda rng, p: rng.beta(*p),
    "exponential": lambda rng, p: rng.exponential(p["mean"]),
    "truncated_normal": lambda rng, p: truncated_normal(rng, **p),
    "mixture": lambda rng, p: draw(
        p[pick({i: part["weight"] for i, part in enumerate(p)}, rng)]["value"], rng
    ),
    "empirical": lambda rng, p: p[rng.integers(len(p))],
}


def pert(rng, low, mode, high):
    width = high - low
    return low + width * rng.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width)


def truncated_normal(rng, mean, sd, low, high):
    while not low <= (value := rng.normal(mean, sd)) <= high:
        pass
    return value


def draw(law, rng):
    """One value of a settled law."""
    if not isinstance(law, dict):
        return law
    ((family, p),) = law.items()
    return FAMILIES[family](rng, p)


def draw_at(law, z):
    """The value of a settled lognormal or normal law at the standard normal number `z`."""
    if not isinstance(law, dict):
        return law
    ((family, p),) = law.items()
    if family == "constant":
        return p
    if family == "normal":
        return p["mean"] + p["sd"] * z
    assert family == "lognormal"
    return p["median"] * math.exp(p["sigma"] * z)


def settle(law, rng):
    """`law` with each uncertain parameter replaced by one drawn value."""
    if not isinstance(law, dict):
        return law
    ((family, p),) = law.items()
    if family == "mixture":
        return {
            family: [
                {"weight": once(part["weight"], rng), "value": settle(part["value"], rng)}
                for part in p
            ]
        }
    if family == "constant":
        return {family: once(p, rng)}
    if isinstance(p, dict):
        return {family: {key: once(value, rng) for key, value in p.items()}}
    return {family: [once(value, rng) for value in p] if isinstance(p, list) else p}


def once(value, rng):
    """The one value that a range takes in a trial."""
    return draw(settle(value, rng), rng)


def by_state(rates, states, rng):
    """Rates drawn, by state of tension: written as one for all or as one for each."""
    if isinstance(rates, dict) and set(rates) <= set(states):
        return {state: once(rate, rng) for state, rate in in_order(rates)}
    return dict.fromkeys(states, once(rates, rng))


def pick(weights, rng):
    """A key of `weights`, with a chance in proportion to its value."""
    left = rng.random() * sum(weights.values())
    positive = [key for key, weight in weights.items() if weight > 0]
    for key in positive:
        left -= weights[key]
        if left < 0:
            return key
    return positive[-1]


def in_order(table):
    """The entries of a table by id: their order in a file has no meaning."""
    return sorted(table.items())
