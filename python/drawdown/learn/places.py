"""Which site an event belongs to, and which threat: by tables of names, and by distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..languages.statements import Statement, state
from ..problem import Problem
from . import observed_tables as tables

# Names as they stand in a data set, and the ids that they belong to: an empty id for any, None for
# what is to be left out; "*" stands for all other names.
Names = Mapping[str, str | None] | pd.Series | pd.DataFrame
# Latitude and longitude of sites.
Near = Mapping[str, tuple[float, float]]
OTHERS = "*"
# The message of a name that a table does not have.
_UNLISTED = "left-unlisted"
# Mean radius of the earth in km.
_EARTH = 6371.0088


class Mapped(NamedTuple):
    """What rows were mapped to.

    Attributes
    ----------
    ids : Series
        The id of each row; empty or missing: any.
    why : Series
        Why a row is left out; missing where it is not.
    unused : list of str
        Names of the table that no row has.
    """

    ids: pd.Series[Any]
    why: pd.Series[Any]
    unused: list[str]


def names(given: Names, what: str, problems: list[Problem]) -> dict[str, str | None]:
    """The table of names as a mapping, names without regard to case."""
    if isinstance(given, pd.DataFrame):
        if given.shape[1] != 2:
            said = f"it has {given.shape[1]} columns"
            remedy = "give two columns, names and ids, or a mapping"
            problems.append(Problem(what, "no_table", said, remedy))
            return {}
        given = dict(zip(given.iloc[:, 0], given.iloc[:, 1], strict=True))
    found: dict[str, str | None] = {}
    for name, to in dict(given).items():
        key = _folded(name)
        to = (
            None
            if to is None or (tables.nothing(to) and not isinstance(to, str))
            else str(to).strip()
        )
        if found.get(key, to) != to:
            said = f'"{name}" stands for "{found[key]}" and for "{to}"'
            remedy = "case makes no difference: write it once"
            problems.append(Problem(f"{what}[{name}]", "two_ways", said, remedy))
        found[key] = to
    return found


def by_name(frame: pd.DataFrame, columns: Sequence[str], table: dict[str, str | None]) -> Mapped:
    """Map rows by the first of the columns that has a name of the table.

    A cell may hold several names, with semicolons between them.
    """
    ids = pd.Series(pd.NA, frame.index, dtype="object")
    done = np.zeros(len(frame), dtype=bool)
    used: set[str] = set()
    for column in columns:
        cells = frame[column].map(lambda one: "" if tables.nothing(one) else str(one))
        keys = {cell: _first(cell, table) for cell in cells.unique()}
        hit = cells.map(keys)
        new = hit.notna().to_numpy() & ~done
        ids[new] = hit[new].map(table)
        used |= set(hit[new])
        done |= new
    if OTHERS in table and not done.all():
        ids[~done] = table[OTHERS]
        used.add(OTHERS)
        done[:] = True
    out = done & ids.isna().to_numpy()
    why = tables.reasons(pd.NA, frame.index)
    why[out] = state("left-listed")
    why[~done] = state(_UNLISTED)
    return Mapped(ids.astype("string"), why, [name for name in table if name not in used])


def by_distance(frame: pd.DataFrame, columns: tuple[str, str], near: Near, most: float) -> Mapped:
    """Map rows to the nearest site, if it is within so many km."""
    at = np.radians(frame[list(columns)].apply(pd.to_numeric, errors="coerce").to_numpy(float))
    ids = np.array(list(near), dtype=object)
    sites = np.radians(np.array([near[one] for one in near], dtype=float))
    far = _km(at[:, None, :], sites[None, :, :])
    nowhere = np.isnan(far).all(axis=1)
    first = np.where(nowhere, 0, np.nan_to_num(far, nan=np.inf).argmin(axis=1))
    least = far[np.arange(len(far)), first]
    inside = least <= most
    unplaced, too_far = state("left-nowhere"), cache(_too_far)
    whys = [
        pd.NA if here else unplaced if np.isnan(km) else too_far(round(km), str(ids[k]))
        for here, km, k in zip(inside, least, first, strict=True)
    ]
    found = pd.Series(ids[first], frame.index, dtype="string").where(inside)
    return Mapped(found, tables.reasons(whys, frame.index), [])


def by_either(named: Mapped, close: Mapped) -> Mapped:
    """Map rows by distance where their name is not in the table."""
    unnamed = np.array([isinstance(why, Statement) and why.key == _UNLISTED for why in named.why])
    both = cache(lambda other: state("left-both", one=state(_UNLISTED), other=other))
    whys = [
        why if not here else pd.NA if pd.isna(other) else both(other)
        for why, other, here in zip(named.why, close.why, unnamed, strict=True)
    ]
    ids = named.ids.mask(unnamed, close.ids)
    return Mapped(ids, tables.reasons(whys, named.why.index), named.unused)


def _too_far(km: int, site: str) -> Statement:
    return state("left-far", distance=state("left-km", km=km), site=site)


def check_near(near: Near, most: float | None, problems: list[Problem]) -> None:
    """Take note of coordinates that are none."""
    if most is None or not most > 0:
        remedy = "say within how many km of a site an event belongs to it, such as within_km=25"
        problems.append(Problem("within_km", "no_distance", f"it is {most}", remedy))
    for site, at in near.items():
        try:
            latitude, longitude = map(float, at)
            good = abs(latitude) <= 90 and abs(longitude) <= 180
        except (TypeError, ValueError):
            good = False
        if not good:
            said, remedy = (
                f"{at!r} is no place",
                "write latitude and longitude, such as (33.8, 42.4)",
            )
            problems.append(Problem(f"near[{site}]", "no_place", said, remedy))


def close_to(name: str, frame: pd.DataFrame, columns: Sequence[str]) -> str:
    """What the data set has that is like a name of the table that it does not have."""
    there: dict[str, str] = {}
    for column in columns:
        for one in frame[column].dropna().unique():
            there.setdefault(_folded(one), str(one).strip())
    near = get_close_matches(name, list(there), 1)
    return there[near[0]] if near else ""


def _km(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance of places in radians."""
    latitude, longitude = (one - other)[..., 0], (one - other)[..., 1]
    half = np.sin(latitude / 2) ** 2
    half = half + np.cos(one[..., 0]) * np.cos(other[..., 0]) * np.sin(longitude / 2) ** 2
    found: NDArray[np.float64] = 2 * _EARTH * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return found


def _first(cell: str, table: dict[str, str | None]) -> str | None:
    """The first name in a cell that the table has."""
    parts = [_folded(cell), *map(_folded, cell.split(";"))]
    return next((part for part in parts if part and part != OTHERS and part in table), None)


def _folded(name: Any) -> str:
    return " ".join(str(name).split()).casefold()
