"""Records that ship with the library: tables of what happened, with their sources."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pandas as pd

from . import observed_tables as tables

_FOLDER = files(__package__).joinpath("data")


def records(name: str | None = None) -> pd.DataFrame:
    """Read a table of what happened that ships with the library, or the list of them.

    Parameters
    ----------
    name : str, optional
        A table, such as ``"us_forces_attacks_2019_2024"``; left out, the list.

    Returns
    -------
    DataFrame
        The table, with its ``title``, ``about``, ``source`` and ``licence`` in ``.attrs``; or the
        list, by ``name``, with these as columns. `Observations.example` makes observations of them.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    about: dict[str, dict[str, Any]] = tomllib.loads(
        _FOLDER.joinpath("records.toml").read_text("utf-8")
    )
    if name is None:
        return pd.DataFrame(about.values(), pd.Index(about, name="name"))
    if name not in about:
        raise ValueError(f"there is no record {name!r}: {tables.hint(name, list(about))}")
    with _FOLDER.joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        found = pd.read_csv(file)
    found.attrs.update(about[name])
    return found
