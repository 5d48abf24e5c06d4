"""Everything that a run has found, labelled."""

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from .days import calendar
from .results import QUANTILES, Measure, Results
from .scenario import Scenario

# Weekly series: name, what the core calls it, unit, what it is.
_SERIES = [
    ("people", "people", "people", "People on all sites"),
    ("attacks_so_far", "attacks", "attacks", "Attacks so far"),
    ("wounded_so_far", "wounded", "people", "People wounded so far"),
    ("killed_so_far", "killed", "people", "People killed so far"),
]

Variable = tuple[tuple[str, ...], NDArray[Any], dict[str, str]]


def dataset(run: Results, measures: list[Measure], scenario: Scenario) -> xr.Dataset:
    """The measures of every trial and the weekly bands of `run`."""
    coordinates: dict[str, Any] = {
        by: (by, run.ids(by)) for by in dict.fromkeys(by for _, by, _, _ in measures) if by
    }
    coordinates["trial"] = ("trial", np.arange(run.trials))
    return weekly(run, scenario).assign_coords(coordinates).assign(_measures(run, measures))


def weekly(run: Results, scenario: Scenario) -> xr.Dataset:
    """The weekly bands of `run`."""
    variables = _bands(run) | _people_by_site(run)
    weeks = variables["people_mean"][1].size
    coordinates: dict[str, Any] = {by: (by, run.ids(by)) for by in ("site", "state")}
    coordinates["quantile"] = ("quantile", np.array(QUANTILES))
    coordinates["week"] = ("week", calendar(scenario.start, 7 * np.arange(weeks)))
    return xr.Dataset(variables, coordinates, dict(run.origin()))


def _measures(run: Results, measures: list[Measure]) -> dict[str, Variable]:
    variables: dict[str, Variable] = {}
    for name, by, unit, what in measures:
        values, about = run.values(name, by), _about(unit, what.rstrip("."))
        if by:
            variables[f"{name}_by_{by}"] = (("trial", by), values, about)
        else:
            variables[name] = (("trial",), values[:, 0], about)
    return variables


def _bands(run: Results) -> dict[str, Variable]:
    variables: dict[str, Variable] = {}
    for name, series, unit, what in _SERIES:
        mean, quantiles = run.bands(series, None, QUANTILES)
        variables[name] = (("quantile", "week"), quantiles, _about(unit, what))
        variables[f"{name}_mean"] = (("week",), mean, _about(unit, f"{what}, mean"))
    shares, what = run.tension_shares(), "Share of trials in the state of tension"
    variables["tension_share"] = (("state", "week"), shares, _about("1", what))
    return variables


def _people_by_site(run: Results) -> dict[str, Variable]:
    bands = [run.bands("people", site, QUANTILES) for site in run.ids("site")]
    means = np.stack([mean for mean, _ in bands])
    quantiles = np.stack([quantiles for _, quantiles in bands])
    what = "People on the site"
    return {
        "people_by_site": (("site", "quantile", "week"), quantiles, _about("people", what)),
        "people_by_site_mean": (("site", "week"), means, _about("people", f"{what}, mean")),
        "announced_people": (
            ("site", "week"),
            run.announced_people(),
            _about("people", f"{what} if every date is kept as announced"),
        ),
    }


def _about(unit: str, what: str) -> dict[str, str]:
    return {"units": unit, "long_name": what}
