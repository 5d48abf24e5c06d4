"""Running a scenario many times."""

import os
import secrets
from collections.abc import Callable, Mapping
from operator import index
from typing import Any, cast

from tqdm.auto import tqdm

from . import _core, scenario_types
from .errors import Interrupted
from .run import Run
from .scenario import Scenario

# A progress bar appears after this many seconds; shorter runs do without.
_PATIENCE = 0.5


def simulate(
    scenario: Scenario | scenario_types.Scenario | Mapping[str, Any] | str | os.PathLike[str],
    *,
    trials: int = 10_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: bool | Callable[[int], object] | None = None,
) -> Run:
    """Simulates a scenario many times.

    The same scenario, seed and version give the same results, bit for bit, on any number of
    threads, and the first trials do not change when more are asked for.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        What to simulate; a text is the path of a file or the name of a shipped scenario.
    trials : int
        How many histories to simulate. The standard error of a chance is at most
        ``0.5 / sqrt(trials)``.
    seed : int, optional
        From 0 to 2**64 - 1. Left out, one is drawn and kept with the results.
    threads : int, optional
        Left out, one for each core.
    progress : bool or callable, optional
        A progress bar appears when the run takes longer than half a second, unless this is
        False. A function is called about ten times a second instead, with the number of trials
        done.

    Returns
    -------
    Run
        The results.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    Interrupted
        On Ctrl-C, within a fraction of a second; its `partial` is the `Run` of the trials that
        were done.
    ValueError
        If a number is out of range, or the results would not fit in memory.
    """
    scenario = _scenario(scenario)
    trials = _whole("trials", trials, 1, 2**63 - 1)
    seed = secrets.randbits(32) if seed is None else _whole("seed", seed, 0, 2**64 - 1)
    threads = 0 if threads is None else _whole("threads", threads, 1, 4096)
    try:
        return Run(_batch(scenario._compiled, trials, seed, threads, progress), scenario)
    except Interrupted as stop:
        stop.partial = Run(cast(_core.Run, stop.partial), scenario)
        raise


def _batch(
    core: _core.Scenario,
    trials: int,
    seed: int,
    threads: int,
    progress: bool | Callable[[int], object] | None,
) -> _core.Run:
    if progress is False:
        return _core.simulate(core, trials, seed, threads)
    if callable(progress):
        return _core.simulate(core, trials, seed, threads, progress)
    with tqdm(total=trials, unit=" trials", delay=_PATIENCE) as bar:
        return _core.simulate(core, trials, seed, threads, lambda done: bar.update(done - bar.n))


def _scenario(given: Scenario | Mapping[str, Any] | str | os.PathLike[str]) -> Scenario:
    if isinstance(given, Scenario):
        return given
    return Scenario.from_dict(given) if isinstance(given, Mapping) else Scenario.read(given)


def _whole(name: str, value: int, least: int, most: int) -> int:
    """`value` as an int (numpy's are welcome) between two bounds."""
    value = index(value)
    if value < least:
        raise ValueError(f"`{name}` must be at least {least}, not {value}")
    if value > most:
        raise ValueError(f"`{name}` must be at most {most}, not {value}")
    return value
