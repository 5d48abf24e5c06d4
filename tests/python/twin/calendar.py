"""Dated events that nobody in the plan decides, and the windows around them."""

from types import SimpleNamespace

from .laws import draw, in_order, once, pick, settle


class Calendar:
    """The events of one history: all is drawn before it begins."""

    def __init__(self, spec, day, rng):
        self.events = {name: self.event(event, day, rng) for name, event in in_order(spec)}

    def event(self, spec, day, rng):
        moment = day(spec["date"]) + draw(settle(spec.get("delay_days", 0), rng), rng)
        weights = {
            outcome: once(of["weight"], rng) for outcome, of in in_order(spec.get("outcomes", {}))
        }
        return SimpleNamespace(
            moment=moment,
            outcome=pick(weights, rng) if weights else None,
            outcomes=list(weights),
            happened=False,
            windows=[
                SimpleNamespace(**{"threats": None, "outcome": None} | window)
                for window in (
                    window | {"factor": once(window["factor"], rng)}
                    for _, window in in_order(spec.get("windows", {}))
                )
            ],
        )

    def next(self):
        """The moments of events that have not happened yet."""
        return [event.moment for event in self.events.values() if not event.happened]

    def happen(self, t):
        """Lets one event happen that is due, and tells which; None if there is none."""
        for name, event in self.events.items():
            if not event.happened and event.moment <= t:
                event.happened = True
                return name
        return None

    def edges(self):
        """When windows open and close."""
        for event in self.events.values():
            for window in event.windows:
                yield event.moment + window.from_days
                yield event.moment + window.until_days

    def factor(self, threat, t):
        """What the windows that are open multiply the background of `threat` by."""
        factor = 1.0
        for event in self.events.values():
            for window in event.windows:
                concerns = window.threats is None or threat in window.threats
                came = window.outcome is None or window.outcome == event.outcome
                begin, end = event.moment + window.from_days, event.moment + window.until_days
                if concerns and came and begin <= t < end:
                    factor *= window.factor
        return factor
