"""Compiled core of the `drawdown` package."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import (
    Any,
    Final,
    Literal,
    NotRequired,
    Self,
    TypeAlias,
    TypedDict,
    final,
    type_check_only,
)

import numpy as np
from numpy.typing import NDArray

from .problem import Problem

__all__ = [
    "BUILD",
    "LONGEST_TEXT",
    "NORMAL_95",
    "NO_POLICY",
    "NO_REPLAY",
    "REPLICATES_95",
    "Episode",
    "EventBatches",
    "EventLog",
    "Interrupted",
    "PolicyError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Shards",
    "__version__",
    "answer",
    "booking_excess",
    "cells",
    "chance_measures",
    "chances_of_count",
    "chances_of_draws",
    "clopper_pearson",
    "codes",
    "decode",
    "estimate",
    "estimate_of_chances",
    "event_kinds",
    "example_toml",
    "examples",
    "filter",
    "fit",
    "fit_chain",
    "fit_of",
    "fit_parts",
    "heads",
    "is_idle",
    "join_path",
    "law_at",
    "law_quantiles",
    "law_times",
    "laws",
    "log_likelihood",
    "measure_needs",
    "measures",
    "merge",
    "missing_values",
    "mixing",
    "paired",
    "people_changes",
    "replicate_counts",
    "run_of",
    "schema",
    "schema_as_written",
    "simulate",
    "size_limits",
    "split_path",
    "trials_of_part",
    "weekly_series",
    "weigh",
    "worst_attacks",
]

LONGEST_TEXT: Final[int]
NORMAL_95: Final[float]
REPLICATES_95: Final[float]
NO_POLICY: Final[str]
NO_REPLAY: Final[str]
__version__: Final[str]
BUILD: Final[str]

class ScenarioError(ValueError):
    # Plain tuples when raised here; `errors.naming_problems` makes them what is declared.
    problems: list[Problem]

class Interrupted(KeyboardInterrupt):
    # The core's run when raised here; `simulate`, `compare` and `explain` make it their own result.
    partial: Any

class PolicyError(RuntimeError):
    policy: str
    trial: int
    seed: int
    days: float
    # The core's run when raised here; `simulate` makes it its own result.
    partial: Any

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
    def is_about(self, measure: str) -> bool: ...
    def ranges(self) -> list[tuple[str, str]]: ...
    def judged(self) -> list[tuple[str, str, bool]]: ...
    def draw_inputs(self, seed: int, count: int) -> NDArray[np.float64]: ...
    def at_unit_points(self, points: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def sound_inputs(self, values: NDArray[np.float64]) -> list[bool]: ...
    def with_inputs(
        self, values: NDArray[np.float64], trials_each: int, first_row: int = 0
    ) -> Scenario: ...
    def reduced(self, levels: list[int]) -> Scenario: ...
    def width(self) -> int: ...
    def inputs_hash(self) -> str | None: ...
    def policy_columns(self) -> list[tuple[str, int]]: ...
    def policy_ids(self) -> _PolicyIds: ...
    def with_policy(
        self,
        id: str,
        review: Callable[
            [NDArray[np.float64], NDArray[np.uint64]],
            tuple[NDArray[np.int64], NDArray[np.float64], list[dict[str, Any]]],
        ],
        written: _Terms,
    ) -> Scenario: ...
    def trial(self, seed: int, index: int) -> _History: ...
    def events(self, seed: int, trials: Sequence[int]) -> EventLog: ...
    def warnings(self, language: str = "en") -> list[tuple[str, str, str, str]]: ...
    def seconds_per_trial(self) -> float: ...
    def describe(self) -> str: ...
    def description(self, language: str = "en") -> list[tuple[str, str, list[str]]]: ...
    def describe_rule(self, id: str, language: str = "en") -> list[str]: ...
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
    @property
    def keep(self) -> Literal["trials", "summary"]: ...
    def origin(self) -> _Origin: ...
    def ids(self, by: str) -> list[str]: ...
    def values(self, name: str, by: str) -> NDArray[np.float64]: ...
    def estimate(self, values: NDArray[np.float64]) -> tuple[float, float]: ...
    def without_chance(self, values: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def estimate_difference(
        self, values: NDArray[np.float64], other: Run, theirs: NDArray[np.float64]
    ) -> tuple[float, float]: ...
    def chance_of(self, level: float) -> tuple[float, float, float, float, float]: ...
    def besides(self) -> NDArray[np.float64]: ...
    def distribution(self, name: str, by: str) -> NDArray[np.float64]: ...
    def summary(self, by: str) -> list[dict[str, Any]]: ...
    def dates(self) -> list[dict[str, Any]]: ...
    def series(self) -> list[str]: ...
    def bands(
        self, series: str, site: str | None, shares: Sequence[float]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
    def input_paths(self) -> list[str]: ...
    def inputs(self) -> NDArray[np.float64]: ...
    def tension_shares(self) -> NDArray[np.float64]: ...
    def announced_people(self) -> NDArray[np.float64]: ...
    def trial(self, index: int) -> _History: ...
    def events(self, trials: Sequence[int]) -> EventLog: ...
    def part(self, rows: bool = True) -> bytes: ...
    def digest(self) -> str: ...
    def to_bytes(self) -> bytes: ...
    @staticmethod
    def from_bytes(content: bytes) -> Run: ...
    def scenario_toml(self) -> str: ...

@final
class Shards:
    def __new__(
        cls, scenario: Scenario, trials: int, seed: int, keep: str = "trials", first: int = 0
    ) -> Self: ...
    def add(self, part: bytes) -> tuple[int, int]: ...
    @property
    def done(self) -> int: ...
    def missing(self) -> list[tuple[int, int]]: ...
    def run(self) -> Run: ...
    def finish(self) -> list[Run]: ...

@final
class Episode:
    def __new__(cls, scenario: Scenario, id: str, written: _Terms) -> Self: ...
    def begin(self, seed: int, index: int) -> tuple[NDArray[np.float64], list[int], bool]: ...
    def answer(self, answer: int) -> tuple[NDArray[np.float64], list[int], bool]: ...

@final
class EventLog:
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __iter__(self) -> EventBatches: ...

@final
class EventBatches:
    def __iter__(self) -> EventBatches: ...
    def __next__(self) -> _Events: ...

def simulate(
    scenario: Scenario,
    trials: int,
    seed: int,
    threads: int = 0,
    progress: Callable[[int], object] | None = None,
    keep: str = "trials",
    parts: Iterable[bytes] | None = None,
    save: Callable[[int, bytes], object] | None = None,
    every: float = 10.0,
    seconds_per_trial: float = float("inf"),
    first: int = 0,
) -> Run: ...
def fit_chain(
    scenario: Scenario,
    observed: _Evidence,
    asked: _Asked,
    chain: int,
    seconds: float,
    saved: bytes | None = None,
) -> tuple[bytes, int]: ...
def fit_of(
    scenario: Scenario,
    observed: _Evidence,
    asked: _Asked,
    saved: Sequence[bytes],
) -> tuple[dict[str, Any], bytes]: ...
def fit_parts(
    scenario: Scenario,
    observed: _Evidence,
    asked: _Asked,
    saved: bytes,
) -> list[tuple[bytes, int]]: ...
def trials_of_part(part: bytes) -> tuple[int, int]: ...
def merge(shards: Sequence[Run]) -> Run: ...
def run_of(
    scenario: Scenario, part: bytes, asked: int, rows: NDArray[np.float64] | None = None
) -> Run: ...
def event_kinds() -> list[tuple[str, str]]: ...
def weekly_series() -> list[tuple[str, str, str, str]]: ...
def measures() -> list[tuple[str, str, str, str]]: ...
def answer(run: Run, base: Run | None, name: str, language: str = "en") -> str: ...
def cells(run: Run, base: Run | None, language: str = "en") -> list[str]: ...
def heads(language: str = "en") -> list[str]: ...
def is_idle(mean: float, standard_error: float, missing: int, trials: int) -> bool: ...
def measure_needs() -> dict[str, list[list[str]]]: ...
def examples() -> list[str]: ...
def example_toml(name: str) -> str: ...
def decode(content: bytes) -> str: ...
def schema() -> str: ...
def schema_as_written() -> str: ...
def split_path(path: str) -> list[str]: ...
def codes() -> list[tuple[str, str]]: ...
def join_path(keys: Sequence[str]) -> str: ...
def laws() -> list[tuple[str, list[tuple[str, float, bool]], bool]]: ...
def law_at(law: str, numbers: NDArray[np.float64]) -> NDArray[np.float64]: ...
def law_quantiles(law: str, shares: Sequence[float]) -> list[float]: ...
def law_times(law: str, factor: float) -> str: ...
def clopper_pearson(
    hits: NDArray[np.float64], trials: NDArray[np.float64], sure: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def chances_of_count(
    hits: NDArray[np.float64], trials: float, draws: float | None
) -> NDArray[np.float64]: ...
def chances_of_draws(
    hits: NDArray[np.float64], sizes: NDArray[np.float64]
) -> NDArray[np.float64]: ...
def estimate(values: NDArray[np.float64], each: int) -> dict[str, float]: ...
def estimate_of_chances(apart: NDArray[np.float64], each: int) -> dict[str, float]: ...
def paired(
    measure: str,
    plan: NDArray[np.float64],
    baseline: NDArray[np.float64] | None,
    each: int,
) -> dict[str, float]: ...
def missing_values() -> dict[str, str]: ...
def chance_measures() -> list[str]: ...
def people_changes() -> dict[str, int]: ...
def worst_attacks() -> list[tuple[str, str]]: ...
def size_limits() -> dict[str, int]: ...

# From and to in days, the measure, the threat, sites, the kind of report, number and sigma.
_Count: TypeAlias = tuple[float, float, str, str | None, list[str], str, float, float]

def filter(
    scenario: Scenario,
    observed: _Known,
    particles: int,
    seed: int,
    threads: int = 0,
    apart: bool = False,
    progress: Callable[[float], object] | None = None,
) -> _Filtered: ...
def weigh(
    scenario: Scenario, observed: _Known, trials: int, seed: int, threads: int = 0
) -> _Weighed: ...

# Counts, people and days, as `src/python/filter.rs` has them.
_Known: TypeAlias = tuple[
    Sequence[_Count],
    Sequence[tuple[float, str | None, str | None, str, float, float]],
    Sequence[tuple[str, str, float, float, bool]],
]

@type_check_only
class _Weighed(TypedDict):
    steps: list[dict[str, Any]]
    log_likelihood: float
    # The observation, and the least and the greatest that there was.
    collapse: tuple[int, float, float] | None
    weights: NDArray[np.float64]

@type_check_only
class _Filtered(TypedDict):
    steps: list[dict[str, Any]]
    log_likelihood: float
    collapse: tuple[int, float, float] | None
    ancestors: NDArray[np.uint64]
    standing: NDArray[np.uint64]
    run: Run

# Chains, draws of the warm-up and after it, steps a draw, and the seed.
_Asked: TypeAlias = tuple[int, int, int, int, int]
# Counts; whether the tension is stationary; logs (threat, from, to, attacks, states from days on);
# attacks (threat, site, wounded, killed); phases (id, days, done); sources (name, law, counts).
_Evidence: TypeAlias = tuple[
    Sequence[_Count],
    bool,
    Sequence[tuple[str, float, float, Sequence[float], Sequence[tuple[float, str]]]],
    Sequence[tuple[str, str | None, int, int]],
    Sequence[tuple[str, float, bool]],
    Sequence[tuple[str, str, Sequence[int]]],
]

def fit(
    scenario: Scenario,
    observed: _Evidence,
    asked: _Asked,
    threads: int = 0,
    progress: Callable[[int], object] | None = None,
    saved: bytes | None = None,
    save: Callable[[bytes], object] | None = None,
    every: float = 10.0,
) -> dict[str, Any]: ...
def log_likelihood(
    scenario: Scenario,
    observed: _Evidence,
    values: NDArray[np.float64],
) -> NDArray[np.float64]: ...
def replicate_counts(
    scenario: Scenario,
    observed: _Evidence,
    values: NDArray[np.float64],
    seed: int,
) -> NDArray[np.float64]: ...
def mixing(chains: NDArray[np.float64]) -> tuple[float, float, float]: ...
def booking_excess(children: float, decay_days: float, days: float) -> float: ...

# Values; or values and where they are missing; or places (-1: none) and the ids at them.
_Column: TypeAlias = (
    NDArray[Any] | tuple[NDArray[np.int64], NDArray[np.bool_]] | tuple[NDArray[np.int32], list[str]]
)
_Events: TypeAlias = dict[str, _Column]

@type_check_only
class _Terms(TypedDict):
    at_once: bool
    cooldown_days: float
    at_most_times: int | None
    until: dict[str, Any] | None
    counts: list[tuple[str, dict[str, Any]]]
    actions: list[tuple[str, dict[str, Any]]]
    memory: list[float]

@type_check_only
class _PolicyIds(TypedDict):
    sites: list[str]
    contingents: list[str]
    threats: list[str]
    states: list[str]
    phases: list[str]
    gates: list[str]
    events: list[str]
    outcomes: list[list[str]]

@type_check_only
class _Origin(TypedDict):
    title: str
    scenario_hash: str
    seed: int
    first_trial: NotRequired[int]
    trials_asked: int
    trials_run: int
    trials_capped: int
    version: str
    inputs_hash: NotRequired[str]
    particles_hash: NotRequired[str]
    variance: NotRequired[str]
    levels: NotRequired[list[int]]
    policies: NotRequired[list[str]]

@type_check_only
class _History(TypedDict):
    events: _Events
    row: NDArray[np.float64]
    # From each of some days on, how many of each contingent (last axis) are on each site.
    days: NDArray[np.float64]
    people: NDArray[np.int64]
    inputs: list[tuple[str, float]]
