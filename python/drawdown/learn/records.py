"""Records that ship with the library: tables of what happened, with their sources."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pandas as pd

from . import observed_tables as tables

# How observations are made of records: by name, the readers of `Observations`, the record that each
# reads, and what it is asked.
EXAMPLES: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "us-forces-2019-2024": [("read_counts", "us_forces_attacks_2019_2024", {})],
    "us-forces-2023-2024": [
        (
            "read_cumulative",
            "us_forces_statements_2023_2024",
            {
                "first_day": "2023-10-17",
                "columns": {"attacks": "cum_total", "wounded": "us_injured_cum"},
            },
        )
    ],
    "us-forces-events-2019-2024": [
        (
            "read_events",
            "us_forces_events_2019_2024",
            {
                "window": ("2019-10-28", "2024-09-30"),
                "columns": {
                    "date": "date",
                    "precision": "precision",
                    "place": "site",
                    "country": "country",
                    "weapon": "weapon",
                    "killed": "us_killed",
                    "wounded": "us_injured",
                    "source": "source_url",
                },
                "measures": (),
            },
        )
    ],
    "us-strikes-2019-2024": [
        (
            "read_events",
            "us_strikes_2019_2024",
            {
                "window": ("2019-10-28", "2024-04-22"),
                "columns": {
                    "date": "date",
                    "precision": "precision",
                    "kind": "kind",
                    "country": "country",
                    "source": "source_url",
                },
            },
        )
    ],
    "iraq-2003-2011": [
        (
            "read_counts",
            "iraq_2003_2011",
            {"columns": {"period": "month", "killed": "us_fatalities", "wounded": "us_wounded"}},
        ),
        (
            "read_levels",
            "iraq_2003_2011",
            {"columns": {"date": "month", "people": "us_troops"}, "contingent": "us"},
        ),
    ],
    "afghanistan-2001-2014": [
        (
            "read_counts",
            "afghanistan_2001_2014",
            {"columns": {"period": "month", "killed": "us_deaths_hostile"}},
        )
    ],
    "afghanistan-2021": [
        (
            "read_dates",
            "afghanistan_dates_2021",
            {
                "columns": {"id": "place"},
                "kind": "site",
                # What is told of the airlift is no date of a site.
                "ids": {site: site for site in ("kandahar", "mazar", "herat", "bagram", "kabul")},
            },
        )
    ],
    "vietnam-1960-1973": [
        (
            "read_counts",
            "vietnam_1960_1973",
            {
                "columns": {"period": "year", "killed": "us_deaths"},
                "bound": "about",
                "relative_error": 0.03,
            },
        ),
        (
            "read_levels",
            "vietnam_1960_1973",
            {"columns": {"date": "troops_as_of", "people": "troops_total"}, "contingent": "us"},
        ),
    ],
}
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
