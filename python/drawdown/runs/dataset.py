"""Everything that a run has found, labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from .._internal.days import calendar
from ..scenario.scenario import Scenario
from .backend import QUANTILES, Measure, Results

if TYPE_CHECKING:
    import xarray as xr

Variable = tuple[tuple[str, ...], NDArray[Any], dict[str, str]]


def storable(data: xr.Dataset) -> xr.Dataset:
    """The same in what every file format of labelled data can hold.

    Attributes are texts, and whole numbers that have a place in 32 bits; a seed is always a text.
    Dimensions along which there is nothing are left out, with all that is along them, and texts are
    of any length.
    """
    data = data.drop_dims([name for name, size in data.sizes.items() if size == 0])
    texts = {name: one for name, one in data.coords.items() if one.dtype.kind == "U"}
    for name, one in texts.items():
        data = data.assign_coords({name: (one.dims, one.values.astype(object), one.attrs)})
    data.attrs = {name: _attribute(name, value) for name, value in data.attrs.items()}
    return data


def _attribute(name: Any, value: Any) -> Any:
    large = isinstance(value, int) and not -(2**31) <= value < 2**31
    return str(value) if name == "seed" or large else value


def dataset(run: Results, measures: list[Measure], scenario: Scenario) -> xr.Dataset:
    """The measures of every trial and the weekly bands of `run`."""
    coordinates: dict[str, Any] = {
        by: (by, run.ids(by)) for by in dict.fromkeys(by for _, by, _, _ in measures) if by
    }
    first = run.origin().get("first_trial", 0)
    coordinates["trial"] = ("trial", np.arange(first, first + run.trials))
    everything = _weekly(run, scenario).assign_coords(coordinates)
    return storable(everything.assign(_measures(run, measures)))


def weekly(run: Results, scenario: Scenario) -> xr.Dataset:
    """The weekly bands of `run`."""
    return storable(_weekly(run, scenario))


def _weekly(run: Results, scenario: Scenario) -> xr.Dataset:
    import xarray as xr

    variables, coordinates = _followed(run, scenario)
    return xr.Dataset(variables, coordinates, dict(run.origin()))


def weekly_arrays(run: Results, scenario: Scenario) -> dict[str, NDArray[Any]]:
    """The variables and coordinates of `weekly` as plain arrays, for which nothing is loaded."""
    variables, coordinates = _followed(run, scenario)
    found = {name: values for name, (_, values, _) in variables.items()}
    return found | {name: np.asarray(values) for name, (_, values) in coordinates.items()}


def _followed(run: Results, scenario: Scenario) -> tuple[dict[str, Variable], dict[str, Any]]:
    """What is followed week by week, and what it is over."""
    variables = _bands(run) | _people_by_site(run)
    weeks = variables["people_mean"][1].size
    coordinates: dict[str, Any] = {by: (by, run.ids(by)) for by in ("site", "state")}
    coordinates["quantile"] = ("quantile", np.array(QUANTILES))
    coordinates["week"] = ("week", calendar(scenario.start, 7 * np.arange(weeks)))
    return variables, coordinates


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
    there = run.series()
    for series, name, unit, what in _core.weekly_series():
        if series not in there:
            continue
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
