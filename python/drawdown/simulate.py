"""Running a scenario many times."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from operator import index
from typing import Any, cast

import pandas as pd
from tqdm.auto import tqdm

from . import _core, scenario_types
from .draws import drawn
from .errors import Interrupted
from .results import Keep
from .run import Run
from .scenario import Scenario

Given = Scenario | scenario_types.Scenario | Mapping[str, Any] | str | os.PathLike[str]
Progress = bool | Callable[[int], object] | None

# A progress bar appears after this many seconds; shorter runs do without.
_PATIENCE = 0.5


def simulate(
    scenario: Given,
    *,
    trials: int = 10_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    keep: Keep = "trials",
    draws: int | pd.DataFrame | None = None,
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
    keep : {"trials", "summary"}
        What is kept in memory: the values of every trial, or exact sums and histograms, which do
        not grow with the number of trials, for 10**6 trials or more. From a summary come
        `Run.summary`, `Run.dates`, `Run.distribution`, `Run.exceedance`, `Run.tail`,
        `Run.weekly`, `Run.trial` (simulated once more) and figures, but not `Run.values`,
        `Run.inputs` and `Run.dataset`.

        Means, standard errors, shares of trials, weekly bands, quantiles of counts below 65,536,
        dates and the chances of meeting them are the same as with every trial, to the last bit.
        Other quantiles and values are rounded down: days by less than 1/16 day, larger counts by
        less than 1/32,768 of their size, person-days and costs by less than 1/4,096 of it,
        or 1, shares by less than 1/4,096.
    draws : int or DataFrame, optional
        Two levels: so many draws of the uncertain numbers, among which the trials are shared
        alike, each with luck of its own. A table has a row for each draw and a column for each
        range, by dotted path (`drawdown.draws` makes one; ranges that it leaves out are drawn at
        random). Draws under which attacks would never end are refused and not run;
        `Run.draws` says which. Left out, every trial has its own draw.

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
    TypeError
        If `trials`, `seed` or `threads` is not a whole number: ``1e4`` is a float, ``10_000`` is
        not.
    ValueError
        If a number is out of range, a text is a scenario and not its path, the results would not
        fit in memory (see `keep`), or the trials cannot be shared among the draws.
    """
    scenario = scenario_of(scenario)
    trials = _whole("trials", trials, 1, 2**63 - 1)
    seed = secrets.randbits(32) if seed is None else _whole("seed", seed, 0, 2**64 - 1)
    threads = 0 if threads is None else _whole("threads", threads, 1, 4096)
    table = None if draws is None else drawn(scenario, draws, trials, seed)
    ready = scenario
    if table is not None:
        ready, trials = table.applied(scenario), table.each * len(table.values)
    try:
        done = _batch(ready._compiled, trials, seed, threads, progress, keep)
        return Run(done, scenario, draws=table)
    except Interrupted as stop:
        stop.partial = Run(cast(_core.Run, stop.partial), scenario, draws=table)
        raise


def _batch(
    core: _core.Scenario, trials: int, seed: int, threads: int, progress: Progress, keep: Keep
) -> _core.Run:
    with telling(progress, trials) as tell:
        return _core.simulate(core, trials, seed, threads, tell, keep)


@contextmanager
def telling(progress: Progress, trials: int) -> Iterator[Callable[[int], object] | None]:
    """Lends what is to be told how many of the `trials` are done; None if nobody asks."""
    if progress is False:
        yield None
    elif callable(progress):
        yield progress
    else:
        with tqdm(total=trials, unit=" trials", delay=_PATIENCE) as bar:
            yield lambda done: bar.update(done - bar.n)


def scenario_of(given: Given) -> Scenario:
    """The scenario that is meant, in whatever way it was given."""
    if isinstance(given, Scenario):
        return given
    return Scenario.from_dict(given) if isinstance(given, Mapping) else Scenario.read(given)


def _whole(name: str, value: Any, least: int, most: int) -> int:
    """`value` as an int (numpy's are welcome) between two bounds."""
    try:
        whole = index(value)
    except TypeError:
        hint = f"; write {int(value)}" if isinstance(value, float) and value.is_integer() else ""
        raise TypeError(f"`{name}` must be a whole number, not {value!r}{hint}") from None
    if whole < least:
        raise ValueError(f"`{name}` must be at least {least}, not {whole}")
    if whole > most:
        raise ValueError(f"`{name}` must be at most {most}, not {whole}")
    return whole
