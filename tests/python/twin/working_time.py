"""Working time: the time that movement takes, which stands still in blackouts."""

import math
from bisect import bisect_right

NEVER = math.inf
EVE = 1e-6  # working days: so long before a blackout is done what must not be held by it
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


class Paces(WorkingTime):
    """Working days where a day of the calendar has more or less than one."""

    def __init__(self, blackouts, paces):
        """Besides, `paces` are pairs of an instant and the working days of a day from then on."""
        super().__init__(blackouts)
        edges = {t for t, _ in paces} | {t for blackout in self.blackouts for t in blackout}
        starts = [t for t, _ in paces]
        self.edges, self.rates, self.sums = sorted(edges), [], [0.0]
        for k, t in enumerate(self.edges):
            pace = paces[max(0, bisect_right(starts, t) - 1)][1]
            barred = any(begin <= t < end for begin, end in self.blackouts)
            self.rates.append(0.0 if barred else pace)
            if k + 1 < len(self.edges):
                self.sums.append(self.sums[-1] + self.rates[-1] * (self.edges[k + 1] - t))

    def worked(self, t):
        if t == NEVER:
            return t
        k = max(0, bisect_right(self.edges, t) - 1)
        return self.sums[k] + self.rates[k] * (t - self.edges[k])

    def last(self, worked):
        if worked == NEVER:
            return worked
        k = bisect_right(self.sums, worked + ROUNDING) - 1
        if self.rates[k] == 0:  # only before anything
            return self.edges[k]
        return self.edges[k] + (worked - self.sums[k]) / self.rates[k]
