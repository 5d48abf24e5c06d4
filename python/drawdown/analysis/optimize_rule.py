"""Searching for a better rule, with an optimiser, and judging what it finds on fresh trials."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from .._internal.progress import Progress, telling
from ..errors import ScenarioError
from ..runs.batches import run_all
from ..runs.criterion import Criterion
from ..runs.outcomes import outcomes, worse
from ..runs.settings import Settings
from ..runs.simulate import Given, run_one, scenario_of
from ..scenario.levers import Space, levers
from ..scenario.paths import dotted
from ..scenario.relevance import has
from ..scenario.scenario import Scenario
from .comparison import Comparison
from .explanation import AS_WRITTEN
from .rule_search import NO_RULE, RuleSearch, ceiling_of


def optimize_rule(
    scenario: Given,
    rule: str,
    space: Space | None = None,
    *,
    objectives: Sequence[str] | None = None,
    most: float | str | None = None,
    trials: int = 1_000,
    budget: int = 100,
    fresh_trials: int = 4_000,
    seed: int,
    threads: int | None = None,
    progress: Progress = None,
) -> RuleSearch:
    """Search for rules that are better than the one a scenario has, in several objectives.

    NSGA-II (Deb et al. 2002, IEEE Trans. Evol. Comput. 6:182; as in optuna) varies the rule and
    tries `budget` of its forms under common random numbers. What no other form then beats in all
    objectives is simulated again on trials that the search has not seen, since the best of many is
    lucky as well as good. The rule as written, and the plan without it, are looked at first.

    Parameters
    ----------
    scenario, threads, progress
        What to simulate, and the threads and progress bar, as `simulate` takes them.
    rule : str
        The id of the rule of the plan to improve.
    space : mapping, optional
        What to vary: from dotted paths to what to try, two numbers, ``(low, high)``, whole if both
        are; or a list of values. Left out, every threshold, window and hold of the rule and every
        budget of the breathing room that is not 0, from 0 (or 1) to three times what is written.
    objectives : sequence of str, optional
        Measures of the whole theatre, of which the mean is to be low, such as ``"finish_days"``,
        ``"casualties"``, ``"insurgent_strength"``, ``"cost"``; or chances, as for
        `Comparison.frontier`: that of a limit to keep, such as ``"casualties <= 1000"``, is to be
        high. Left out, the first two as far as the scenario has them. A finish that is not reached
        counts as reached at the horizon.
    most : float or str, optional
        A ceiling for false and late alarms: of casualties, or of wounded or killed if they are an
        objective; or what is to be kept, such as ``"killed <= 10"``.
    trials, fresh_trials : int
        How many trials to run for each form during the search, and for each rule that is judged
        after it.
    budget : int
        How many forms of the rule to try.
    seed : int
        The seed of the trials of the search and of the optimiser; that of the fresh trials follows
        from it.

    Returns
    -------
    RuleSearch
        The rules found, in plain words, and how they do on fresh trials.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ImportError
        If optuna is not installed; the extra ``search`` brings it.
    ValueError
        If there is no such rule or measure, a mean is not known because another measure than the
        finish is missing in some histories, or a number is out of range.
    """
    scenario = scenario_of(scenario)
    if objectives is None:
        objectives = [of for of in ("finish_days", "casualties") if has(scenario, of)]
    for objective in objectives:
        Criterion.to_simulate(objective)
    ceiling = None if most is None else ceiling_of(most, objectives)
    ways = dict(space) if space is not None else dict(levers(scenario, rule))
    if not ways or budget < 2 or not objectives:
        raise ValueError("give a lever to vary, an objective and a `budget` of 2 or more")
    named = {AS_WRITTEN: scenario, NO_RULE: _without(scenario, rule)}
    settings = Settings.of(trials, seed, threads, False)
    looked = _Looked(scenario, list(objectives), settings)
    with telling(progress, budget * trials) as tell:
        _evolve(looked, ways, budget, tell)
    values = {name: looked.means(one) for name, one in named.items()}
    chosen = looked.front(values)
    named |= {f"rule {k}": one for k, (one, _) in enumerate(chosen, 1)}
    values |= {f"rule {k}": mean for k, (_, mean) in enumerate(chosen, 1)}
    again = Settings.of(fresh_trials, fresh(seed), threads, progress)
    comparison = Comparison(run_all(named, again), AS_WRITTEN)
    about = {"looked_at": len(looked.values), "refused": looked.refused, "seed": seed}
    return RuleSearch(
        rule, list(objectives), ceiling, comparison, values, about | {"trials": trials}
    )


def fresh(seed: int) -> int:
    """A seed that has nothing to do with another but follows from it."""
    return int(np.random.SeedSequence([seed, 1]).generate_state(1, np.uint64)[0])


class _Looked:
    """What was looked at under the seed of the search, each form once."""

    def __init__(self, scenario: Scenario, objectives: list[str], settings: Settings) -> None:
        self.scenario, self.objectives, self.settings = scenario, objectives, settings
        self.values: dict[Scenario, tuple[float, ...]] = {}
        self.refused = 0

    def means(self, scenario: Scenario) -> tuple[float, ...]:
        if scenario not in self.values:
            run = run_one(scenario, self.settings)
            means = (outcomes(run, objective).mean() for objective in self.objectives)
            self.values[scenario] = tuple(float(mean) for mean in means)
        return self.values[scenario]

    def front(
        self, named: dict[str, tuple[float, ...]]
    ) -> list[tuple[Scenario, tuple[float, ...]]]:
        """What nothing beats, best in the first objective first; one of each value."""
        distinct = {mean: scenario for scenario, mean in reversed(self.values.items())}
        points = np.array(list(distinct)) * worse(self.objectives)
        beaten = [
            bool(((points <= point).all(axis=1) & (points < point).any(axis=1)).any())
            for point in points
        ]
        left = zip(distinct.items(), beaten, strict=True)
        known = set(named.values())
        found = [(one, mean) for (mean, one), lost in left if not lost and mean not in known]
        sign = worse(self.objectives)
        return sorted(found, key=lambda pair: tuple(pair[1] * sign))


def _evolve(
    looked: _Looked,
    ways: dict[str, Any],
    budget: int,
    tell: Callable[[int], object] | None,
) -> None:
    settings = looked.settings
    with _optuna() as optuna:
        population = max(4, min(20, budget // 4))
        sampler = optuna.samplers.NSGAIISampler(
            population_size=population, seed=settings.seed % 2**32
        )
        directions = ["minimize" if sign > 0 else "maximize" for sign in worse(looked.objectives)]
        study = optuna.create_study(directions=directions, sampler=sampler)
        for k in range(budget):
            trial = study.ask()
            changes = {path: _suggested(trial, path, values) for path, values in ways.items()}
            try:
                study.tell(trial, looked.means(looked.scenario.replace(changes)))
            except ScenarioError:
                looked.refused += 1
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
            if tell:
                tell((k + 1) * settings.trials)


def _suggested(trial: Any, path: str, values: Any) -> Any:
    if isinstance(values, list):
        return trial.suggest_categorical(path, values)
    low, high = values
    if isinstance(low, int) and isinstance(high, int):
        return trial.suggest_int(path, low, high)
    return trial.suggest_float(path, low, high)


def _without(scenario: Scenario, rule: str) -> Scenario:
    rules = scenario.to_dict()["plan"].get("rules", {})
    if rule not in rules:
        raise ValueError(f"there is no rule `{rule}`; there are {', '.join(rules) or 'none'}")
    return scenario.replace({dotted("plan.rules", rule): None})


@contextmanager
def _optuna() -> Iterator[Any]:
    """optuna, which says less for as long."""
    try:
        import optuna
    except ImportError as error:
        raise ImportError("a search needs optuna: `pip install optuna`") from error
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield optuna
    finally:
        optuna.logging.set_verbosity(before)
