"""What a number of a scenario is called beside its slider: words in place of a path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .. import _core
from ..languages.speech import said_or, say

# Keys that say no more than where something stands, and those of laws.
_CONTAINERS = {"world", "plan", "threats", "phases", "sites", "states", "rules", "contingents"}
_LAWS = {"constant", "lognormal", "normal", "truncated_normal", "gamma", "pert"}
_COUNTED = ("attacks", "killed", "wounded")
# Keys in a row, from anywhere in a path to its end, that there is a message of; `*` is a name that
# the scenario gives.
_PHRASES = (
    "breathing_room pause_days",
    "breathing_room extension_days",
    "transport people_per_day",
    "transport lift_every_days",
    "review_every_days",
    "duration_correlation",
    "duration_ratio median",
    "duration_ratio mean",
    "duration_ratio",
    "duration_ratio sigma",
    "moves * people",
    "moves * residual",
    "pause at_least_days",
    "send_home in_days",
    "reinforce people",
    "bring_forward days",
    "accelerate factor",
    "stretch factor",
    "at_once",
    "cooldown_days",
    "at_most_times",
    "tension * mean_days",
    "tension * next *",
    "attacks_per_day *",
    "per_day *",
    "rate_factor",
    "presence_elasticity",
    "displacement",
    "batch_mean",
    "site_weights *",
    "site_weights_by_state * *",
    "weapons * share",
    "weapons * salvo_mean",
    "harm killed_share",
    "harm no_casualty",
    "harm scale",
    "harm shape",
    "contagion children_per_attack",
    "contagion decay_days",
    "retaliation deterrence",
    "retaliation memory_days",
    "retaliation after_killed",
    "retaliation after_wounded",
    "retaliation coordinated",
    "truce factor",
    "truce grace_days",
    "air_defence needs_people",
    "air_defence intercept *",
    "garrison *",
    "tolerance_killed",
    "follows *",
    "friction memory_days",
    "expulsion per_day",
    "expulsion unprovoked_per_day",
    "expulsion notice_days",
    "capability growth_with_advisers_per_year",
    "capability growth_per_year",
    "capability start",
    "insurgency strength",
    "insurgency growth_per_year",
    "insurgency pressure",
    "insurgency troops_share",
    "windows * factor",
    "windows * from_days",
    "windows * until_days",
)
# What messages call the names.
_NAMES = ("name", "other")
# Of a condition of a rule: when it begins, when it ends, and over which days it counts.
_SIDES = ("when", "until")
_CONDITION = ("at_least", "at_most", "in_days")


class _Named(NamedTuple):
    """A key on the way to a number, and what it is called."""

    key: str
    title: str


def label_of(tree: Any, path: str) -> str:
    """Words for what stands at a path of a scenario: what it belongs to, and what it is."""
    way = list(_way(tree, path))
    if not way:
        return path
    keys = [one.key for one in way]
    for pattern in sorted((one.split() for one in _PHRASES), key=len, reverse=True):
        size = len(pattern)
        if len(keys) >= size and _fits(pattern, keys[-size:]):
            ends = zip(pattern, way[-size:], strict=True)
            names = [_called(tree, one) for key, one in ends if key == "*"]
            fixed = "-".join(key for key in pattern if key != "*")
            phrase = say(f"label-{fixed}", **dict(zip(_NAMES, names, strict=False)))
            return _joined(way[0] if len(way) > 1 else None, phrase)
    if (told := _condition(keys)) is not None:
        return _joined(way[0], told)
    rest = " ".join(one.title for one in way[1:])
    return _joined(way[0], rest) if rest else _begun(way[0].title)


def is_days(path: str) -> bool:
    """Whether what stands at a path is counted in days."""
    last = [key for key in _core.split_path(path) if key not in _LAWS | {"median", "mean"}][-1]
    return last == "days" or last.endswith("_days")


def _way(tree: Any, path: str) -> Any:
    """The keys that say something, from the outside in."""
    for key in _core.split_path(path):
        tree = tree.get(key) if isinstance(tree, Mapping) else None
        if key in _CONTAINERS or key in _LAWS:
            continue
        title = tree.get("title") if isinstance(tree, Mapping) else None
        yield _Named(key, str(title or said_or(f"label-part-{key}", key.replace("_", " "))))


def _called(tree: Any, one: _Named) -> str:
    """A name by its title, where it is one of a site."""
    site = tree.get("world", {}).get("sites", {}).get(one.key, {})
    return str(site.get("title") or one.title)


def _fits(pattern: Sequence[str], keys: Sequence[str]) -> bool:
    return all(part in ("*", key) for part, key in zip(pattern, keys, strict=True))


def _condition(keys: Sequence[str]) -> str | None:
    """A number of what a rule waits for: a threshold, or the days over which is counted."""
    side = next((side for side in _SIDES if side in keys[1:-2]), None)
    if side is None or keys[-2] not in _COUNTED or keys[-1] not in _CONDITION:
        return None
    return say(f"label-{side}-{keys[-1]}", what=say(f"label-counted-{keys[-2]}"))


def _joined(subject: _Named | None, phrase: str) -> str:
    return _begun(say("label-of", subject=subject.title, phrase=phrase) if subject else phrase)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
