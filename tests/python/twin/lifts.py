"""What one lift takes: of people, or of the materiel of one mode, side by side or in waves."""

import math
from fractions import Fraction
from itertools import accumulate, pairwise
from types import SimpleNamespace

from .working_time import NEVER, ROUNDING


def kind(items, per_day):
    """What competes for the room of the same transport; without a limit `per_day` is NEVER.

    Each item has `left` to go, of the `lot` that is spread over the lifts.
    """
    return SimpleNamespace(items=items, per_day=per_day, rooms=[])


def set_rooms(kind, times):
    """How much each lift takes at most that leaves at such working times, the first being the start."""
    if kind.per_day == NEVER:
        kind.rooms = [NEVER] * (len(times) - 1)
    else:
        kind.rooms = [math.floor((b - a + ROUNDING) * kind.per_day) for a, b in pairwise(times)]


def taken(kind, lift, waves):
    """How much of each item leaves with a lift, 1 being the first: even shares, as room allows."""
    left, lifts = [item.left for item in kind.items], len(kind.rooms)
    if lift >= lifts:
        return left
    shares = []
    # With waves all are as one.
    for items in [kind.items] if waves else [[item] for item in kind.items]:
        lot = sum(item.lot for item in items)
        # Of the lot, rounded half up.
        target = (2 * lot * lift + lifts) // (2 * lifts)
        shares.append(max(0, target - lot + sum(item.left for item in items)))
    must = sum(left) - sum(kind.rooms[lift:])
    load = min(max(sum(shares), must), kind.rooms[lift - 1])
    if waves:
        return by_wave(kind.items, waves, load)
    if load < sum(shares):
        return in_proportion(load, shares)
    others = [n - share for n, share in zip(left, shares, strict=True)]
    more = in_proportion(load - sum(shares), others)
    return [share + n for share, n in zip(shares, more, strict=True)]


def by_wave(items, waves, load):
    """Divides what a lift takes among items, the first wave first."""
    loads = {}
    for wave in waves:
        left = {item.name: item.left for item in items if item.name in wave}
        part = min(load, sum(left.values()))
        load -= part
        loads |= zip(left, in_proportion(part, left.values()), strict=True)
    return [loads[item.name] for item in items]


def in_proportion(number, sizes):
    """Divides a number among groups; the sums over the first groups are rounded half up."""
    sums = [0, *accumulate(sizes)]
    by_then = [math.floor(Fraction(number * n, max(1, sums[-1])) + Fraction(1, 2)) for n in sums]
    return [b - a for a, b in pairwise(by_then)]


def with_people(kind, lift, waves, people):
    """How much leaves of each item that goes as far as the people of its wave have gone.

    `people` has by move how many have gone, and how many are still to.
    """
    loads, lifts = {}, len(kind.rooms)
    for wave in waves:
        gone = sum(n for name, (n, _) in people.items() if name in wave)
        of = gone + sum(n for name, (_, n) in people.items() if name in wave)
        if of == 0 or lift >= lifts:
            gone, of = min(lift, lifts), lifts
        for item in (item for item in kind.items if item.name in wave):
            target = (2 * item.lot * gone + of) // (2 * of)
            loads[item.name] = max(0, target - (item.lot - item.left))
    return [loads[item.name] for item in kind.items]
