"""The numbers of all pictures of one setting, beside those of a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .._internal.tables import NONE
from .._internal.tables import number as in_words
from ..runs.base import horizon, units
from ..runs.criterion import Criterion
from ..runs.quantities import CHANCES
from ..runs.run import Run
from ..scenario.relevance import has
from ..stats.intervals import of_count
from . import facts, verdict

Array = NDArray[np.float64]

_QUANTILES = (0.1, 0.5, 0.9)
_NAMES = ("p10", "p50", "p90")
# Days drawn beyond the last date of interest.
_AFTER = 91
# Levels of an exceedance curve.
_LEVELS = 60
# The curve ends where it falls below.
_LEAST = 0.005


def answer(run: Run, base: Run | None, name: str) -> dict[str, Any]:
    """Gather what the pictures of a run show.

    Parameters
    ----------
    run : Run
        What was simulated.
    base : Run, optional
        As many histories of the baseline; left out where `run` is the baseline itself.
    name : str
        What the baseline is called.

    Returns
    -------
    dict
        As JSON has it: ``verdict``, ``trials``, ``on_time``, ``weeks`` (ISO dates), ``people``
        (people on site by week: of all, then by site), ``finish`` (the chance that all is done by
        the end of each day on a weekly grid), ``exceedance`` (of casualties), ``dates``,
        ``losses`` and ``decisions`` (tables). Shares are from 0 to 1; what is missing is None.
    """
    days = 7 * np.arange(len(run._results.announced_people()[0]))
    until = _until(run, base, days)
    found: dict[str, Any] = {
        "verdict": verdict.sentence(run, base, name),
        "trials": run.trials,
        "origin": run.origin_line,
        "on_time": verdict.as_json(verdict.on_time(run, base)),
        "people": _people(run, base, days, until),
        "finish": _finish(run, base, until),
        "exceedance": _exceedance(run, base),
        "dates": _dates(run, base),
        "losses": _table(run, base, facts.LOSSES),
        "decisions": _table(run, base, facts.DECISIONS),
    }
    return found


def _until(run: Run, base: Run | None, days: NDArray[np.int64]) -> float:
    """The last day of interest: all is announced to be done, and mostly is."""
    last = [0.0]
    for one in (run, *([base] if base is not None else [])):
        for row in facts.dates(one).values():
            moments = [row["announced"], row["p90"]]
            start = pd.Timestamp(one.scenario.start)
            last += [(at - start).days + _AFTER for at in moments if not pd.isna(at)]
    limit = min(horizon(run), float(days[-1]))
    return min(max(last), limit) if max(last) else limit


def _people(run: Run, base: Run | None, days: NDArray[np.int64], until: float) -> dict[str, Any]:
    shown = days <= until
    sites = run._results.ids("site")
    announced = run._results.announced_people()[:, shown]
    tree: Any = run.scenario.to_dict()
    told = tree["world"].get("sites", {})
    parts = [_band(run, base, None, "All sites", shown, np.nansum(announced, axis=0))]
    for site, plan in zip(sites, announced, strict=True):
        title = str(told.get(site, {}).get("title") or site)
        parts.append(_band(run, None, site, title, shown, plan))
    start = run.scenario.start
    return {
        "weeks": [(start + timedelta(days=int(day))).isoformat() for day in days[shown]],
        "parts": parts,
    }


def _band(
    run: Run, base: Run | None, site: str | None, title: str, shown: Any, announced: Array
) -> dict[str, Any]:
    _, bands = run._results.bands("people", site, _QUANTILES)
    found = {"title": title, "announced": _list(announced, 0)}
    found |= {name: _list(band[shown], 0) for name, band in zip(_NAMES, bands, strict=True)}
    if base is not None:
        _, others = base._results.bands("people", site, (0.5,))
        found["base"] = _list(others[0][: len(shown)][shown[: len(others[0])]], 0)
    return found


def _finish(run: Run, base: Run | None, until: float) -> dict[str, Any] | None:
    if not has(run.scenario, "finish_days"):
        return None
    start, by = run.scenario.start, facts.announced(run)
    days = np.arange(0, until + 1, 7)
    if by is not None:
        days = np.unique(np.append(days, (by - start).days))
    chances = of_count(_done(run, days), run.trials)
    found: dict[str, Any] = {
        "days": [(start + timedelta(days=int(day))).isoformat() for day in days],
        "share": _list(chances.share, 4),
        "low": _list(chances.low, 4),
        "high": _list(chances.high, 4),
    }
    if base is not None and has(base.scenario, "finish_days"):
        found["base"] = _list(_done(base, days) / base.trials, 4)
    return found


def _done(run: Run, days: Array) -> Array:
    """In how many histories all is done by the end of each day."""
    finish = np.sort(Criterion("finish_days").ordered(run))
    return np.searchsorted(finish, days + 1, side="left").astype(float)


def _exceedance(run: Run, base: Run | None) -> dict[str, Any] | None:
    if not has(run.scenario, "casualties"):
        return None
    both = [run] if base is None else [run, base]
    top = max(float(np.quantile(one.values("casualties"), 1 - _LEAST)) for one in both)
    levels = np.unique(np.round(np.linspace(0, max(top, 1), _LEVELS)))
    curve = run.exceedance("casualties", levels=levels)
    found: dict[str, Any] = {"levels": _list(levels, 0)}
    for key, column in (("share", "probability"), ("low", "low"), ("high", "high")):
        found[key] = _list(curve[column].to_numpy(), 4)
    if base is not None:
        other = base.exceedance("casualties", levels=levels)["probability"]
        found["base"] = _list(other.to_numpy(), 4)
    return found


def _dates(run: Run, base: Run | None) -> dict[str, Any]:
    rows = []
    others = {} if base is None else facts.dates(base)
    titles = _titles(run)
    for key, row in facts.dates(run).items():
        where = "Everything" if key[0] == "overall" else f"{key[0]}: {titles.get(key, key[1])}"
        cells = [_date(row[name]) for name in ("announced", *_NAMES)]
        cells.append(_chance(row["chance_met"]))
        if base is not None:
            cells.append(_chance(others.get(key, {}).get("chance_met")))
        rows.append([where, *cells])
    head = ["", "announced", "P10", "P50", "P90", "on time"]
    return {"head": [*head, *(["in the baseline"] if base is not None else [])], "rows": rows}


def _titles(run: Run) -> dict[tuple[str, str], str]:
    tree: Any = run.scenario.to_dict()
    parts = {
        "phase": tree["plan"].get("phases", {}),
        "site": tree["world"].get("sites", {}),
        "contingent": tree["world"].get("contingents", {}),
    }
    return {
        (of, one): f"{one} ({given['title']})"
        for of, named in parts.items()
        for one, given in named.items()
        if isinstance(given, dict) and given.get("title")
    }


def _table(run: Run, base: Run | None, names: Sequence[str]) -> list[dict[str, Any]]:
    told = facts.measures(run)
    return [_row(run, base, name) for name in names if name in told]


def _row(run: Run, base: Run | None, measure: str) -> dict[str, Any]:
    found = verdict.loss(run, base, measure)
    row: dict[str, Any] = {
        "name": measure.replace("_", " "),
        "unit": "chance" if measure in CHANCES else units(run)[measure],
        "mean": in_words(found.mean),
        "interval": f"{in_words(found.low)} to {in_words(found.high)}",
    }
    apart = found.apart
    if apart is not None:
        low, high, size = apart["low"], apart["high"], max(abs(found.mean - apart["difference"]), 0)
        row |= {
            "more": verdict.signed(apart["difference"]),
            "ends": f"{verdict.signed(low)} to {verdict.signed(high)}",
            "sure": not low <= 0 <= high,
            # By how much of the baseline it differs, for the picture.
            "share": _list([apart["difference"], low, high], 9) if not size else None,
        }
        if size:
            row["share"] = _list(np.array([apart["difference"], low, high]) / size, 5)
    return row


def _date(value: Any) -> str:
    return NONE if pd.isna(value) else f"{value:%Y-%m-%d}"


def _chance(value: Any) -> str:
    return NONE if value is None or pd.isna(value) else f"{100 * value:.0f} %"


def _list(values: ArrayLike, digits: int) -> list[float | None]:
    """Numbers as JSON has them: short, and None for what is missing."""
    found = np.round(np.asarray(values, dtype=float), digits).tolist()
    return [None if value != value else int(value) if digits == 0 else value for value in found]
