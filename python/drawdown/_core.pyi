"""Compiled core of the `drawdown` package."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypedDict, final, type_check_only

import numpy as np
from numpy.typing import NDArray

from . import errors, run

__all__ = [
    "Interrupted",
    "Run",
    "Scenario",
    "ScenarioError",
    "__version__",
    "example_toml",
    "examples",
    "measures",
    "schema",
    "simulate",
]

__version__: Final[str]

class ScenarioError(ValueError):
    # Plain tuples when raised here; `errors.naming_problems` makes them what is declared.
    problems: list[errors.Problem]

class Interrupted(KeyboardInterrupt):
    # The core's run when raised here; `simulate` makes it what is declared.
    partial: run.Run

@final
class Scenario:
    @staticmethod
    def from_toml(text: str) -> Scenario: ...
    @staticmethod
    def from_json(text: str) -> Scenario: ...
    @staticmethod
    def from_mapping(mapping: Mapping[str, Any]) -> Scenario: ...
    @staticmethod
    def example(name: str) -> Scenario: ...
    def to_toml(self) -> str: ...
    def to_json(self) -> str: ...
    def replace(self, changes: dict[str, Any]) -> Scenario: ...
    def describe(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def horizon(self) -> str: ...
    @property
    def hash(self) -> str: ...

@final
class Run:
    @property
    def trials(self) -> int: ...
    def origin(self) -> _Origin: ...
    def ids(self, by: str) -> list[str]: ...
    def values(self, name: str, by: str) -> NDArray[np.float64]: ...
    def summary(self, by: str) -> list[dict[str, Any]]: ...
    def dates(self) -> list[dict[str, Any]]: ...
    def bands(
        self, series: str, site: str | None, shares: Sequence[float]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
    def input_paths(self) -> list[str]: ...
    def inputs(self) -> NDArray[np.float64]: ...
    def tension_shares(self) -> NDArray[np.float64]: ...
    def announced_people(self) -> NDArray[np.float64]: ...
    def trial(self, index: int) -> _History: ...

def simulate(
    scenario: Scenario,
    trials: int,
    seed: int,
    threads: int = 0,
    progress: Callable[[int], object] | None = None,
) -> Run: ...
def measures() -> list[tuple[str, str, str, str]]: ...
def examples() -> list[str]: ...
def example_toml(name: str) -> str: ...
def schema() -> str: ...

@type_check_only
class _Origin(TypedDict):
    title: str
    scenario_hash: str
    seed: int
    trials_asked: int
    trials_run: int
    trials_capped: int
    version: str

@type_check_only
class _Events(TypedDict):
    time_days: NDArray[np.float64]
    kind: list[str]
    site: list[str | None]
    to: list[str | None]
    threat: list[str | None]
    contingent: list[str | None]
    phase: list[str | None]
    gate: list[str | None]
    state: list[str | None]
    count: NDArray[np.uint32]
    attack: list[int | None]
    parent: list[int | None]

@type_check_only
class _History(TypedDict):
    events: _Events
    row: NDArray[np.float64]
    inputs: list[tuple[str, float]]
