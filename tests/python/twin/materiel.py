"""Materiel: what lies on the sites, and what phases take of it."""

from types import SimpleNamespace

from .laws import in_order, once
from .lifts import kind
from .working_time import NEVER


class Materiel:
    """Tonnes by site, and what has become of those that have gone."""

    def __init__(self, trial, sites, transport, costs):
        self.trial, rng = trial, trial.rng
        self.tonnes = {s: spec.get("materiel_tonnes", 0) for s, spec in sites.items()}
        self.modes = {m: of["tonnes_per_day"] for m, of in in_order(transport.get("modes", {}))}
        self.prices = {
            m: once(price, rng) for m, price in in_order(costs.get("per_tonne_moved", {}))
        }
        self.moved = dict.fromkeys(self.modes, 0)
        self.fates = {"handed_over": 0, "destroyed": 0}
        self.log = []  # instant, what became of it, site, mode and tonnes

    def load(self, name, spec):
        """What a phase takes from a site."""
        load = SimpleNamespace(**{"fate": "moved", "to": "home", "left": 0, "lot": 0} | spec)
        load.name = name
        if load.fate != "moved":
            load.mode = None
        elif not hasattr(load, "mode"):
            (load.mode,) = self.modes
        return load

    def loads(self, spec):
        """Those of a phase: of a given number first, then by mode, then by id."""
        loads = [self.load(name, of) for name, of in in_order(spec)]
        return sorted(loads, key=lambda load: (not hasattr(load, "tonnes"), load.mode or ""))

    def kinds(self, loads):
        """They by mode; nothing limits what is not moved."""
        by_mode = {mode: [load for load in loads if load.mode == mode] for mode in self.modes}
        kinds = [kind(by_mode[mode], per_day) for mode, per_day in self.modes.items()]
        return [*kinds, kind([load for load in loads if load.mode is None], NEVER)]

    def go(self, load, tonnes):
        """So many tonnes of a load leave, or stay in other hands or as scrap."""
        load.left -= tonnes
        self.tonnes[load.site] -= tonnes
        assert self.tonnes[load.site] >= 0, "nothing goes twice"
        if load.fate == "moved":
            self.moved[load.mode] += tonnes
            if load.to != "home":
                self.tonnes[load.to] += tonnes
        else:
            self.fates[load.fate] += tonnes
        if tonnes:
            what = f"materiel_{load.fate}"
            self.log.append((self.trial.t, what, load.site, load.mode, tonnes))

    def cost(self):
        return sum(self.prices.get(mode, 0) * tonnes for mode, tonnes in self.moved.items())
