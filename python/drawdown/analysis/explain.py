"""What each mechanism of a scenario does: all of them on, each off in turn, all off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd

from .._internal.progress import Progress
from ..errors import ScenarioError
from ..runs.batches import run_all
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..scenario.mechanisms import MECHANISMS, Mechanism, without
from ..scenario.scenario import Scenario
from .explanation import ALL_OFF, AS_WRITTEN, Explanation

# Trials whose samples give the medians of ranges.
_DRAWS = 1_000


def explain(
    scenario: Given,
    *,
    trials: int = 10_000,
    seed: int | None = None,
    mechanisms: Iterable[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Explanation:
    """Measure what each mechanism of a scenario does to the results.

    The scenario is simulated as written, with each mechanism off in turn, and with all of them off,
    always under common random numbers. What a mechanism does is the result as written less the
    result without it; what is left of the effect of all together is their interaction.

    Switching off keeps the meaning of numbers: without contagion or batches the rate of all
    attacks stays, since that is what a scenario gives; tension is held in its first state;
    execution without its uncertainty takes as long as announced, which also takes out a median
    that is not 1.

    Parameters
    ----------
    scenario, trials, seed, threads, progress
        What to simulate; and the trials, seed, threads and progress bar of each run, as `simulate`
        takes them; one progress bar counts all trials.
    mechanisms : iterable of str, optional
        The mechanisms to switch off; left out, all that are on.

    Returns
    -------
    Explanation
        The runs, and what each mechanism changes.

    Raises
    ------
    ScenarioError
        If the scenario has problems, or something in it needs a mechanism that is switched off.
    Interrupted
        On Ctrl-C; its `partial` is the `Explanation` of what was done by then.
    ValueError
        If there is no such mechanism, nothing is on, or a number is out of range.
    """
    scenario = scenario_of(scenario)
    asked = _asked(mechanisms)
    settings = Settings.of(trials, seed, threads, progress)
    on: dict[str, str] = {}

    def partial(runs: dict[str, Run]) -> Explanation | dict[str, Run]:
        return Explanation(runs, on) if runs else runs

    few = replace(settings, trials=min(settings.trials, _DRAWS), progress=None)
    inputs = run_all({AS_WRITTEN: scenario}, few, as_partial=partial)[AS_WRITTEN].inputs
    variants, on = _variants(scenario, asked, inputs)
    return Explanation(run_all(variants, settings, as_partial=partial), on)


def _asked(names: Iterable[str] | None) -> list[Mechanism]:
    known = {mechanism.name: mechanism for mechanism in MECHANISMS}
    asked = set(known) if names is None else set(names)
    for name in sorted(asked - known.keys()):
        raise ValueError(f"there is no mechanism `{name}`; there are {', '.join(known)}")
    # In the order of the table, in which one can be switched off after the other.
    return [mechanism for name, mechanism in known.items() if name in asked]


def _variants(
    scenario: Scenario, asked: list[Mechanism], inputs: pd.DataFrame
) -> tuple[dict[str, Scenario], dict[str, str]]:
    """The scenarios to run, by name, and what holds where each mechanism is off."""
    variants, on, bare = {AS_WRITTEN: scenario}, {}, scenario
    for mechanism in asked:
        with _naming(mechanism):
            off, bare = (without(one, mechanism, inputs) for one in (scenario, bare))
        if off != scenario:
            variants[mechanism.name], on[mechanism.name] = off, mechanism.off
    if not on:
        raise ValueError("nothing is on that could be switched off")
    return {**variants, ALL_OFF: bare}, on


@contextmanager
def _naming(mechanism: Mechanism) -> Iterator[None]:
    try:
        yield
    except ScenarioError as error:
        error.add_note(
            f"on switching off `{mechanism.name}`: leave it out of `mechanisms`, or take out "
            f"what needs it"
        )
        raise
