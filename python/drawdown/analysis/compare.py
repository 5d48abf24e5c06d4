"""Several plans in one world under common random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from .._internal import renamed
from .._internal.checks import named, several
from .._internal.progress import Progress
from ..runs.batches import run_all
from ..runs.reduced import Variance
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Decides, Given, scenario_of
from ..runs.work import RETRIES, Executor
from ..scenario.paths import differing
from ..scenario.scenario import Scenario
from .comparison import STAY as STAY
from .comparison import Comparison, known

# What plans must share, and what to do where they do not.
_SAME_TIME = {
    "start": "write the same `start` into both",
    "horizon": "write the same `horizon` into both (left out, it follows the plan's dates)",
}
# Keys that a refusal names before it says how many more there are.
_NAMED = 5


@renamed.keyword("draws", "samples")
def compare(
    plans: Mapping[str, Given] | Iterable[Scenario],
    *,
    trials: int = 10_000,
    seed: int | None = None,
    baseline: str | None = None,
    stay: bool = True,
    same_world: bool = True,
    threads: int | None = None,
    progress: Progress = None,
    samples: int | pd.DataFrame | None = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
    policies: Mapping[str, Decides] | None = None,
    variance: Variance = "plain",
) -> Comparison:
    """Simulate several plans in one world under common random numbers, and compare them.

    All plans meet the same seed (common random numbers), so that what differs between them in a
    trial is the plans' doing, and differences are known far better than the plans' own results.

    Parameters
    ----------
    plans : mapping or iterable of Scenario
        Names and what to simulate under them, each as for `simulate`; or scenarios, which are
        then named by their titles.
    trials, seed, threads, progress, samples
        The trials, seed, threads, progress bar and parameter samples of each plan, as `simulate`
        takes them; one progress bar counts all trials.
    executor, retries
        Who runs the trials in place of threads here, and how often it is asked again for what it
        has lost, as `simulate` takes them: shards of all plans side by side.
    baseline : str, optional
        The plan that others are compared with; left out, the first.
    stay : bool
        Whether to add the plan ``"stay"``, in which nobody leaves (`Scenario.stay` of the first
        plan), unless a plan is called that already.
    same_world : bool
        Whether to refuse plans whose worlds differ. Where they do differ, the random numbers that
        depend on it differ too, and a difference is no longer due to the plan alone.
    policies : mapping of str to Policy or callable, optional
        Policies of your own, by the name of the plan that each decides in, as `simulate` takes
        them. Plans that differ in nothing else may be given under two names.
    variance : {"plain", "reduced"}
        Trials to run of all plans, as in `simulate`: with ``"reduced"``, `Comparison.table`
        knows means and differences better. What takes a trial for a world
        (`Comparison.frontier`, ``regret``, ``good_enough``, ``conclusions``) wants plain runs.

    Returns
    -------
    Comparison
        The runs, and what they differ in.

    Raises
    ------
    ScenarioError
        If a scenario has problems.
    Interrupted, ExecutorError
        On Ctrl-C, or if the executor breaks or loses the same work too often; its `partial` is the
        `Comparison` of what was done by then, or a mapping of the runs by name while there is
        nothing of the baseline. An exception that a progress function raises has it too.
    PolicyError
        If a policy raises an exception, as `simulate` does; it has such a `partial`, and a note
        names the plan.
    ValueError
        If there is nothing to compare, plans differ in start, horizon or world, there is no plan
        of the baseline's name or of a policy's, somebody leaves in one called `stay`, or a number
        is out of range.
    """
    settings = Settings.of(trials, seed, threads, progress, samples, executor, retries)
    return compared(_named(plans), settings, baseline, stay, same_world, policies, variance)


def compared(
    scenarios: dict[str, Scenario],
    settings: Settings,
    baseline: str | None = None,
    stay: bool = True,
    same_world: bool = True,
    policies: Mapping[str, Decides] | None = None,
    variance: Variance = "plain",
) -> Comparison:
    """What `compare` does, with plans and settings that are checked."""
    if STAY in scenarios and scenarios[STAY] != scenarios[STAY].stay():
        raise ValueError(
            f"`{STAY}` is the name of the plan in which nobody leaves: give yours another"
        )
    if stay and scenarios:
        scenarios.setdefault(STAY, next(iter(scenarios.values())).stay())
    if len(scenarios) < 2:
        raise ValueError("there is nothing to compare: give two plans, or one and `stay=True`")
    _check(scenarios, same_world)
    baseline = known(baseline or next(iter(scenarios)), scenarios)
    policies = named("policies", policies or {}, '{"120 days": Smoothed()}')
    for name in policies:
        known(name, scenarios)
    # The baseline goes first, so that an interrupted comparison has something to compare with.
    scenarios = {baseline: scenarios[baseline]} | scenarios

    def partial(runs: dict[str, Run]) -> Comparison | dict[str, Run]:
        return Comparison(runs, baseline) if baseline in runs else runs

    return Comparison(run_all(scenarios, settings, policies, partial, variance), baseline)


def _named(plans: Mapping[str, Given] | Iterable[Scenario]) -> dict[str, Scenario]:
    if isinstance(plans, Mapping):
        given = named("plans", plans, '{"firm": firm, "120 days": iraq}')
        return {name: _plan(f"plans[{name!r}]", plan) for name, plan in given.items()}
    example = '[firm, iraq], or a mapping such as {"firm": firm, "120 days": iraq}'
    listed = enumerate(several("plans", plans, example))
    scenarios = [_plan(f"plans[{k}]", plan) for k, plan in listed]
    titled = {scenario.title: scenario for scenario in scenarios}
    if "" in titled or len(titled) < len(scenarios):
        raise ValueError("plans in a list need titles, all different: name them in a mapping")
    return titled


def _plan(place: str, given: Given) -> Scenario:
    """The scenario that is meant, or what is wrong and where it stands."""
    try:
        return scenario_of(given)
    except (TypeError, ValueError, OSError) as error:
        error.add_note(f"in {place}")
        raise


def _check(scenarios: Mapping[str, Scenario], same_world: bool) -> None:
    """Refuse scenarios that have not got the same time, or not the same world."""
    (name, first), *others = scenarios.items()
    for other, scenario in others:
        for key, remedy in _SAME_TIME.items():
            one, two = getattr(first, key), getattr(scenario, key)
            if one != two:
                raise ValueError(f"the {key} is {one} in `{name}`, {two} in `{other}`: {remedy}")
        keys = list(differing(first.to_dict()["world"], scenario.to_dict()["world"], "world"))
        if keys and same_world:
            more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
            raise ValueError(
                f"`{name}` and `{other}` are not in one world; they differ in "
                f"{', '.join(keys[:_NAMED])}{more}: give both one world, or allow the difference "
                f"with `same_world=False`"
            )
