"""Working time: the time that movement takes, which stands still in blackouts."""

import math

NEVER = math.inf
EVE = 1e-6  # days: so long before a blackout is done what must not be held by it
ROUNDING = 1e-9  # days: instants closer than this are one instant, reached by two sums


class WorkingTime:
    """Working days beside calendar days; without blackouts the two are the same."""

    def __init__(self, blackouts):
        """Of `blackouts`, pairs of their first instant and the first instant after them."""
        self.blackouts = []
        for begin, end in sorted(blackouts):
            if self.blackouts and begin <= self.blackouts[-1][1]:
                begin, last = self.blackouts.pop()
                end = max(last, end)
            self.blackouts.append((begin, end))

    def worked(self, t):
        """Working days up to `t`."""
        if t == NEVER:
            return t
        return t - sum(min(t, end) - begin for begin, end in self.blackouts if begin < t)

    def worked_by(self, limit):
        """Working days up to a limit; to just before the blackout, if it falls in one."""
        barred = any(begin - ROUNDING <= limit < end for begin, end in self.blackouts)
        return self.worked(limit) - (EVE if barred else 0)

    def first(self, worked, now):
        """The first instant, now or later, by which so many days are worked and things move."""
        return self.moving(max(self.last(worked), now))

    def moving(self, t):
        """The first instant from `t` on at which things move."""
        for begin, end in self.blackouts:
            if begin - ROUNDING <= t < end:
                t = end
        return t

    def last(self, worked):
        """The last instant by which no more days than these are worked."""
        t = worked
        for begin, end in self.blackouts:
            if t >= begin - ROUNDING:
                t += end - begin
        return t
