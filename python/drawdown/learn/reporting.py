"""Sources that count more or fewer attacks than there are, by a factor that is fitted along."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from .. import _core
from .._internal.checks import known, named
from ..languages.statements import Statement, state
from ..runs.samples import at_uniforms
from ..scenario.scenario import Scenario
from ..scenario.values import plain

# A name, the law of the factor as JSON, and the places of the counts.
CoreSource: TypeAlias = tuple[str, str, list[int]]

# What stands before the name of a source where its factor stands among ranges.
PREFIX = "reporting."

_EXAMPLE = '{"press": {"lognormal": {"median": 1, "sigma": 0.2}}}'


def sources_of(
    reporting: Mapping[str, Any] | None, observed: Any, scenario: Scenario
) -> list[CoreSource]:
    """The sources as the core takes them.

    Raises
    ------
    ValueError
        If no count is of such a source, or a factor is no law.
    """
    given = {} if reporting is None else named("reporting", reporting, _EXAMPLE)
    if not given:
        return []
    if not hasattr(observed, "core_sources"):
        raise ValueError("`reporting` is of sources of counts: give Observations that name them")
    of_counts = observed.core_sources(scenario)
    found = []
    for name, law in given.items():
        places = [k for k, source in enumerate(of_counts) if source == name]
        known(name, {source: 0 for source in of_counts if source}, "source", "sources of counts")
        law = plain(f"reporting[{name!r}]", law)
        told = isinstance(law, dict) and "value" in law
        text = json.dumps(law["value"] if told else law, default=float)
        try:
            _core.law_quantiles(text, [0.5])
        except ValueError as fault:
            raise ValueError(
                f"`reporting`: the factor of `{name}` is a number or a law of numbers, such as "
                f"{_EXAMPLE}, not {text}"
            ) from fault
        found.append((name, text, places))
    return found


def laws(sources: list[CoreSource]) -> dict[str, Any]:
    """The law of each factor, as the scenario writes it, by source."""
    return {name: json.loads(law) for name, law, _ in sources}


def of_prior(sources: list[CoreSource], count: int, seed: int) -> pd.DataFrame:
    """So many samples of all factors before the fit, a column for each."""
    chance = np.random.default_rng([seed, len(sources)])
    columns = {
        PREFIX + name: at_uniforms(law, chance.random(count)) for name, law in laws(sources).items()
    }
    return pd.DataFrame(columns, pd.RangeIndex(count, name="sample"))


def warning(sources: list[CoreSource], counts: Sequence[Any]) -> list[Statement]:
    """What is to be said where no count stands for attacks as they are."""
    unknown = {
        place for _, law, places in sources if isinstance(json.loads(law), dict) for place in places
    }
    known = [k for k, count in enumerate(counts) if count[5] != "missing" and k not in unknown]
    return [] if known or not unknown else [state("fit-sources")]
