"""From what experts have said to laws for the ranges of a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from .._internal.checks import number
from ..runs.simulate import Given, scenario_of
from ..stats.classical import LEAST_SEEDS
from . import judgements as table
from .elicitation import Elicitation


def elicit(
    scenario: Given,
    judgements: pd.DataFrame,
    seeds: Mapping[str, float] | None = None,
    *,
    weights: Literal["performance", "equal"] | None = None,
    law: Literal["piecewise", "smooth"] = "piecewise",
    log: Iterable[str] = (),
    overshoot: float = 0.1,
) -> Elicitation:
    """Make laws for uncertain numbers out of experts' P5, P50 and P95.

    Experts are scored by seed questions, whose answers are known, and pooled by what they score:
    the classical model (Cooke 1991, Experts in Uncertainty, Oxford; Colson & Cooke 2017, Reliab.
    Eng. Syst. Saf. 163:109). The chance that an expert who is right would meet such answers
    (calibration) times how much is said (information) is the weight; nobody below a cut-off is
    heard, which is the one that does best on questions that have given it no weights.

    Parameters
    ----------
    scenario : Scenario, str or path
        The scenario whose numbers are asked about.
    judgements : DataFrame
        A row for each expert and question, with the columns ``expert``, ``question``, ``p5``,
        ``p50`` and ``p95``. A question is the dotted path of a number of the scenario, such as
        ``"world.threats.militias.rate_factor"``, in its unit, or a name of `seeds`.
    seeds : mapping of str to float, optional
        The true answers to the seed questions, by question.
    weights : {"performance", "equal"}, optional
        How experts count. By performance takes ten seed questions or more; left out, it is by
        performance where there are as many, and else all count alike.
    law : {"piecewise", "smooth"}
        What becomes of a number: the pool itself, as a mixture of uniform laws, or the nearest law
        of a named family, which hides that experts disagree.
    log : iterable of str
        Questions on a log scale: of numbers that may be off by a factor rather than by an amount.
    overshoot : float
        How far values can lie beyond what anybody named, as a share of the width between.

    Returns
    -------
    Elicitation
        Experts and their scores, pools, laws, and the scenario with them.

    Raises
    ------
    JudgementError
        With everything that is wrong with the judgements: what is missing or does not rise, who
        has not answered, paths that lead nowhere, values outside the limits of a number, too few
        seed questions to weight by.
    ScenarioError
        If the scenario has problems.
    ValueError
        If `weights`, `law` or `overshoot` is none of what it can be.
    """
    if weights not in (None, "performance", "equal"):
        raise ValueError(f"`weights` is 'performance' or 'equal', not {weights!r}")
    if law not in ("piecewise", "smooth"):
        raise ValueError(f"`law` is 'piecewise' or 'smooth', not {law!r}")
    if not number("overshoot", overshoot) > 0:
        raise ValueError(f"`overshoot` must be above 0, not {overshoot}")
    given = scenario_of(scenario)
    known, logs = dict(seeds or {}), [log] if isinstance(log, str) else list(log)
    read = table.read(given, judgements, known, logs, weights == "performance")
    chosen = weights or ("performance" if len(known) >= LEAST_SEEDS else "equal")
    found = Elicitation(given, read, known, logs, overshoot, chosen, law)
    table.refused_laws(given, found.laws)
    return found
