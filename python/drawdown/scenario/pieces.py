"""The pieces of a scenario that can be taken out one at a time, and what is changed to do so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .. import _core
from .laws import is_law
from .paths import dotted
from .scenario import Scenario

KINDS = ("site", "phase", "gate", "contingent", "threat", "risk", "rule")


class Piece(NamedTuple):
    """Something that can be taken out, by changes for `Scenario.replace`."""

    kind: str
    id: str
    changes: dict[str, Any]


def pieces(scenario: Scenario) -> list[Piece]:
    """All pieces whose taking out changes the scenario, in the order of `KINDS`."""
    tree: Any = scenario.to_dict()
    found = []
    for kind, changes in _FINDERS.items():
        of = tree["plan" if kind in ("phase", "gate", "rule") else "world"].get(f"{kind}s", {})
        for name in of:
            piece = Piece(kind, name, changes(tree, name))
            if piece.changes and scenario.replace(piece.changes) != scenario:
                found.append(piece)
    return found


def _phase(tree: Any, name: str) -> dict[str, Any]:
    return {f"{dotted('plan.phases', name)}.duration_ratio": 1}


def _gate(tree: Any, name: str) -> dict[str, Any]:
    path = dotted("plan.gates", name)
    blocked = "blocked_while" in tree["plan"]["gates"][name]
    return {f"{path}.delay_days": 0} | ({f"{path}.blocked_while": None} if blocked else {})


def _rule(tree: Any, name: str) -> dict[str, Any]:
    return {dotted("plan.rules", name): None}


def _contingent(tree: Any, name: str) -> dict[str, Any]:
    return {dotted("world.contingents", name): None}


def _risk(tree: Any, name: str) -> dict[str, Any]:
    return {f"{dotted('world.risks', name)}.probability": 0}


def _threat(tree: Any, name: str) -> dict[str, Any]:
    """Its own attacks, those that others cause it to make, and those of the insurgency."""
    changes: dict[str, Any] = {f"{dotted('world.threats', name)}.attacks_per_day": 0}
    if name in tree.get("now", {}).get("threats", {}):
        changes[dotted("now.threats", name)] = None
    for other, threat in tree["world"]["threats"].items():
        if name in threat.get("contagion", {}).get("to_threats", {}):
            causes = f"{dotted('world.threats', other)}.contagion.to_threats"
            changes[dotted(causes, name)] = None
    incidents = tree["world"].get("insurgency", {}).get("incidents", {})
    if incidents.get("threat") == name and incidents.get("on_sites"):
        changes["world.insurgency.incidents.on_sites"] = 0
    return changes


def _site(tree: Any, name: str) -> dict[str, Any]:
    """Its weight goes, and as much of the rate as fell on it."""
    changes: dict[str, Any] = {}
    for threat, about in tree["world"].get("threats", {}).items():
        path = dotted("world.threats", threat)
        usual = about.get("site_weights") or dict.fromkeys(tree["world"]["sites"], 1)
        by_state = about.get("site_weights_by_state", {})
        shares = {state: _share(weights, name) for state, weights in by_state.items()}
        share = _share(usual, name)
        if not share and not any(shares.values()):
            continue
        rate = about["attacks_per_day"]
        if shares:
            rates = _by_state(rate, tree["world"]["tension"]["states"])
            of = {state: _left(one, shares.get(state, share)) for state, one in rates.items()}
            changes[f"{path}.attacks_per_day"] = of
        else:
            changes[f"{path}.attacks_per_day"] = _left(rate, share)
        lately = tree.get("now", {}).get("threats", {}).get(threat, {}).get("attacks", [])
        elsewhere = [attacks for attacks in lately if attacks["site"] != name]
        if elsewhere != lately:
            changes[f"{dotted('now.threats', threat)}.attacks"] = elsewhere
        tables = {f"{path}.site_weights": usual}
        tables |= {
            dotted(f"{path}.site_weights_by_state", state): weights
            for state, weights in by_state.items()
        }
        for place, weights in tables.items():
            left = {site: weight for site, weight in weights.items() if site != name}
            # The last site with a weight keeps it: nothing falls on it.
            if name in weights and any(left.values()):
                changes[place] = left
        incidents = tree["world"].get("insurgency", {}).get("incidents", {})
        if incidents.get("threat") == threat:
            if any(one != share for one in shares.values()):
                raise ValueError(
                    "a site cannot be taken out of incidents whose weights depend on the tension"
                )
            on_sites = _left(incidents["on_sites"], share)
            changes["world.insurgency.incidents.on_sites"] = on_sites
    return changes


def _share(weights: Mapping[str, float], name: str) -> float:
    """The share of a site in the attacks that fall on sites with these weights."""
    return weights.get(name, 0) / sum(weights.values())


def _left(rate: Any, share: float) -> Any:
    """A rate without a share of it."""
    return _times(rate, 1 - share) if share < 1 else 0


def _by_state(rate: Any, states: Iterable[str]) -> Mapping[str, Any]:
    """A rate for each state of tension, whichever way it is written."""
    if isinstance(rate, Mapping) and not is_law(rate):
        return rate
    return dict.fromkeys(states, rate)


def _times(value: Any, factor: float) -> Any:
    """A number, a law, or either by state of tension, so many times as large."""
    if not isinstance(value, Mapping):
        return value * factor
    if is_law(value):
        try:
            return json.loads(_core.law_times(json.dumps(value), factor))
        except ValueError as error:
            raise ValueError("a site cannot be taken out of a rate that is a beta law") from error
    return {state: _times(rate, factor) for state, rate in value.items()}


_FINDERS = {
    "site": _site,
    "phase": _phase,
    "gate": _gate,
    "contingent": _contingent,
    "threat": _threat,
    "risk": _risk,
    "rule": _rule,
}


def named(kind: str, name: str) -> str:
    """A piece as one text, such as ``"gate approval"``."""
    return f"{kind} {name}"


def of_kinds(found: list[Piece], kinds: Iterable[str]) -> list[Piece]:
    """Those of some kinds."""
    asked = list(kinds)
    for kind in asked:
        if kind not in KINDS:
            raise ValueError(f"there is no kind `{kind}`; there are {', '.join(KINDS)}")
    return [piece for piece in found if piece.kind in asked]
