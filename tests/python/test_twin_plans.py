"""The core against its twin, history by history: random plans in a world without chance."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

import drawdown as dd
import random_plans
import twin

HASTE = ["accelerate", "bring_forward", "stretch"]
PEOPLE = ["reinforce", "keep_residual", "send_home", "cancel"]
SETS: dict[str, tuple[Any, ...]] = {
    "pauses": (["pause"], 1),
    "several pauses": (["pause"], 3),
    "blackouts": (["stretch"], 1, "blackouts"),
    "pauses and blackouts": (["pause"], 2, "blackouts"),
    "people": (PEOPLE, 2, "blackouts"),
    "haste": (["accelerate", "bring_forward"], 2, "blackouts"),
    "everything": (list(random_plans.ACTIONS), 3, "blackouts"),
    "relations": (["pause"], 1, "relations"),
    "relations and blackouts": (["cancel"], 1, "blackouts", "relations"),
    "relations and haste": (["accelerate", "bring_forward", "stretch"], 2, "relations"),
    "relations and everything": (list(random_plans.ACTIONS), 3, "blackouts", "relations"),
    "waves": (["pause"], 1, "waves"),
    "waves and people": (PEOPLE, 2, "blackouts", "waves"),
    "waves and everything": (list(random_plans.ACTIONS), 3, "blackouts", "relations", "waves"),
    "working days": (["pause"], 2, "weeks"),
    "working days and haste": (["accelerate", "bring_forward", "stretch"], 2, "weeks"),
    "risks": (["pause"], 2, "risks"),
    "risks and haste": (["accelerate", "bring_forward", "stretch"], 2, "blackouts", "risks"),
    "risks and everything": (list(random_plans.ACTIONS), 3, "blackouts", "relations", "risks"),
    "compression": (["pause"], 2, "compression"),
    "compression and haste": (
        ["accelerate", "bring_forward", "stretch"],
        2,
        *("blackouts", "relations", "compression"),
    ),
    "working days and everything": (list(random_plans.ACTIONS), 3, *random_plans.FEATURES),
    "legs": (["pause"], 2, "legs"),
    "legs and people": (PEOPLE, 2, "blackouts", "legs"),
    "legs and relations": (["pause", "stretch"], 2, "blackouts", "relations", "legs"),
    "legs and everything": (list(random_plans.ACTIONS), 3, *random_plans.FEATURES, "legs"),
}
# What is newer, over fewer plans.
NEW_SETS: dict[str, tuple[Any, ...]] = {
    "months": (["pause"], 2, "months"),
    "months and haste": (HASTE, 2, "blackouts", "relations", "months"),
    "months and everything": (
        *(list(random_plans.ACTIONS), 3),
        *(*random_plans.FEATURES, "legs", "months"),
    ),
    "materiel": (["pause"], 2, "materiel"),
    "materiel and waves": (["pause", "stretch"], 2, "waves", "materiel"),
    "materiel and haste": (HASTE, 2, "blackouts", "relations", "compression", "materiel"),
    "materiel and expulsion": (["pause"], 2, "blackouts", "legs", "materiel", "expelled"),
    "materiel and everything": (
        *(list(random_plans.ACTIONS), 3),
        *(*random_plans.FEATURES, "legs", "materiel"),
    ),
    "hub": (["pause"], 1, "hub"),
    "hub and legs": (["pause"], 2, "blackouts", "legs", "hub"),
    "hub and people": (PEOPLE, 2, "legs", "waves", "hub"),
    "hub and haste": (HASTE, 2, "blackouts", "relations", "hub"),
    "mandates": (PEOPLE, 2, "mandates"),
    "mandates and legs": (["pause", "reinforce"], 2, "legs", "relations", "waves", "mandates"),
    "now": (["pause"], 2, "relations", "months", "materiel", "hub", "mandates", "now"),
    "all that is new": (
        *(list(random_plans.ACTIONS), 3),
        *(*random_plans.FEATURES, "legs", *random_plans.EXTRAS[:4]),
    ),
    "all that is new and expulsion": (
        *(list(random_plans.ACTIONS), 3),
        *(*random_plans.FEATURES, "legs", *random_plans.EXTRAS[:4], "expelled"),
    ),
}
TOTALS = ("person_days", "pause_days", "extension_days", "forced_resumptions")
TOTALS += ("stretch_days", "reinforcements", "people_moved", "cost")
TOTALS += ("materiel_moved", "materiel_handed_over", "materiel_destroyed", "materiel_left")
FATES = ("moved", "handed_over", "destroyed")
BY = {
    ("times", "rule"): "times",
    ("pause_days", "rule"): "rule_pause_days",
    ("cancelled", "phase"): "cancelled",
    ("event_days", "event"): "event_days",
    ("event_days", "risk"): "risk_days",
    ("happened", "risk"): "risk_happened",
    ("person_days", "site"): "person_days_by",
    ("people_left", "site"): "people_left",
    ("materiel_moved", "mode"): "materiel_moved_by",
    ("materiel_left", "site"): "materiel_left_by",
    ("departed", "contingent"): "departed",
}


@pytest.mark.parametrize("name", SETS)
def test_random_plans_unfold_alike(name: str) -> None:
    assert_alike(range(40), name, SETS[name])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"plans {name}")) for name in SETS]
)
def test_more_random_plans_unfold_alike(name: str) -> None:
    assert_alike(range(40, 100), name, SETS[name])


@pytest.mark.parametrize("name", NEW_SETS)
def test_random_plans_with_what_is_newer_unfold_alike(name: str) -> None:
    assert_alike(range(20), name, NEW_SETS[name])


def assert_alike(seeds: range, name: str, of: tuple[Any, ...]) -> None:
    found = {seed: differences(*both) for seed, both in playable(seeds, *of)}
    assert len(found) > len(seeds) * 0.6
    parted = {seed: pairs for seed, pairs in found.items() if pairs}
    assert not parted, parted


def playable(
    seeds: Iterable[int], actions: list[str], rules: int, *features: str
) -> Iterator[tuple[int, tuple[dict[str, Any], dd.Scenario]]]:
    """Seeds and scenarios, as written and as accepted; a few contradict themselves."""
    for seed in seeds:
        written = random_plans.scenario(seed, actions, rules, *features)
        with suppress(dd.ScenarioError):
            yield seed, (written, dd.Scenario.from_dict(written))


def differences(written: dict[str, Any], scenario: dd.Scenario) -> dict[str, tuple[float, float]]:
    """The measures of the one history on which core and twin differ, with both values."""
    run = dd.simulate(scenario, trials=1, seed=1, progress=False)
    (trial,) = twin.simulate(written, trials=1, seed=1)
    both = {name: (run.values(name)[0], trial[name]) for name in TOTALS}
    for (name, by), key in BY.items():
        for which in run.ids(by):
            both[f"{name} of {which}"] = (run.values(name, by)[which][0], trial[key][which])
    for by in ("phase", "site", "contingent"):
        for which in run.ids(by):
            finish = trial["finish_days"][by].get(which)
            both[f"finish of {which}"] = (run.values("finish_days", by)[which][0], finish)
    data = run.dataset()
    for site in run.ids("site"):
        people = data["people_by_site_mean"].sel(site=site).to_numpy()
        weeks = zip(people, trial["weekly_people"][site], strict=True)
        both |= {
            f"people at {site} in week {k}": pair
            for k, pair in enumerate(weeks)
            if k not in trial["ties"]
        }
    if legs := written["world"].get("legs"):
        events = run.trial(0).events.query("kind == 'arrival'")
        rows = events[["time_days", "site", "count"]].to_numpy()
        for leg in legs:
            core, plain = arrivals(leg, rows), arrivals(leg, trial["arrivals"])
            both |= {f"arrivals over {leg}, {what}": (core[what], plain[what]) for what in core}
    if written["plan"].get("transport", {}).get("modes"):
        events = run.trial(0).events
        some = events[events["kind"].isin([f"materiel_{fate}" for fate in FATES])]
        rows = some[["time_days", "kind", "site", "mode", "count"]].to_numpy()
        core, plain = gone(rows), gone(trial["materiel_gone"])
        for what in core.keys() | plain.keys():
            both[f"{what}"] = (core.get(what, 0), plain.get(what, 0))
    return {what: pair for what, pair in both.items() if not same(*pair)}


def gone(rows: Iterable[tuple[float, str, str, str | None, int]]) -> dict[tuple[str, ...], float]:
    """By kind, site and mode how much materiel goes, and the sum of the days on which each tonne does."""
    found: Counter[tuple[str, ...]] = Counter()
    for days, kind, site, mode, tonnes in rows:
        key = kind, site, mode if isinstance(mode, str) else ""
        found[*key, "tonnes"] += tonnes
        found[*key, "days"] += days * tonnes
    return dict(found)


def arrivals(leg: str, rows: Iterable[tuple[float, str, int]]) -> dict[str, float]:
    """How many people arrive over a leg, and the sum of the days on which each of them does."""
    there = [(days, people) for days, over, people in rows if over == leg]
    return {
        "people": sum(people for _, people in there),
        "days": sum(days * people for days, people in there),
    }


def same(core: float, plain: float | None) -> bool:
    plain = np.nan if plain is None else plain
    return bool(np.isclose(core, plain, rtol=0, atol=1e-6, equal_nan=True))
