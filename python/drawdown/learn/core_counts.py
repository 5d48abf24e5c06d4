"""Counts over stretches of time as the core takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from . import observed_tables as tables


class CoreCount(NamedTuple):
    """A count over a stretch of time, as the core takes it.

    Attributes
    ----------
    from_days, to_days : float
        Begin and end in days from the start of the scenario; what happens at the end is not in it.
    measure : {"attacks", "wounded", "killed", "strikes"}
        What is counted.
    threat : str or None
        By which threat; None: by any.
    sites : list of str
        On which sites; empty: on any.
    kind : {"exact", "about", "at_most", "missing"}
        How well the number is known.
    number : int
        The number given; 0 where it is missing.
    sigma : float
        Standard deviation of the logarithm of the error of what is about so many; else 0.
    """

    from_days: float
    to_days: float
    measure: str
    threat: str | None
    sites: list[str]
    kind: str
    number: int
    sigma: float


def core_count(row: Mapping[Any, Any], start: pd.Timestamp) -> CoreCount:
    """A row of counts as the core takes it, in days from the start of a scenario."""
    bound = "about" if row["bound"] in tables.UNSURE else str(row["bound"])
    return CoreCount(
        float((row["from"] - start).days),
        float((row["to"] - start).days + 1),
        str(row["measure"]),
        None if pd.isna(row["threat"]) else str(row["threat"]),
        list(row["site"]),
        bound,
        0 if bound == "missing" else int(row["count"]),
        float(row["relative_error"]) if bound == "about" else 0.0,
    )
