"""What experts believe together about the ranges of a scenario, and how well they have known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.own import Own
from .._internal.tables import NONE, Table, short
from ..languages.figures import localised
from ..languages.speech import listed, say
from ..runs.result import Result
from ..scenario.assumptions import limits
from ..scenario.paths import shortest
from ..scenario.scenario import Scenario
from ..stats.classical import (
    LEAST_SEEDS,
    SHARES,
    Panel,
    Pool,
    Scores,
    by_performance,
    disagreement,
    information,
    intrinsic,
)
from .elicited_laws import Fitted, piecewise, smooth
from .judgements import QUANTILES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
Weights = Literal["performance", "equal"]

_FALLEN = ("below_p5", "below_p50", "above_p50", "above_p95")
_SCORES = ("calibration", "information", "score")


class Elicitation(Result):
    """What experts believe together; `elicit` makes one.

    Attributes
    ----------
    prior : Scenario
        The scenario that they were asked about.
    judgements : DataFrame
        What they said: ``expert``, ``question``, ``p5``, ``p50``, ``p95``.
    seeds : dict of str to float
        The true answers to the seed questions.
    log : list of str
        The questions on a log scale.
    weights : {"performance", "equal"}
        How experts count in `laws`.
    cut_off : float
        The calibration below which nobody is heard by performance; missing without seed questions
        enough.
    laws : dict of str to dict
        The law of each number, by dotted path, as a scenario takes it.
    errors : dict of str to float
        By how much the chances of the pool's P5, P50 and P95 are off in each law, at most.
    """

    judgements: Own[pd.DataFrame] = Own()
    seeds: Own[dict[str, float]] = Own()
    log: Own[list[str]] = Own()
    laws: Own[dict[str, Any]] = Own()
    errors: Own[dict[str, float]] = Own()

    _TITLE = "elicited-title"

    def __init__(
        self,
        scenario: Scenario,
        judgements: pd.DataFrame,
        seeds: Mapping[str, float],
        log: list[str],
        overshoot: float,
        weights: Weights,
        law: Literal["piecewise", "smooth"],
    ) -> None:
        self.prior = scenario
        self.judgements = judgements
        self.seeds = {question: float(truth) for question, truth in seeds.items()}
        self.log = log
        self.weights = weights
        self.law = law
        self._experts = list(dict.fromkeys(judgements["expert"]))
        self._asked = list(dict.fromkeys(judgements["question"]))
        self._edges = {question: self._read(question, overshoot) for question in self._asked}
        self._panel = self._of_seeds()
        self.cut_off = math.nan
        self._weights: dict[str, Array] = {"equal": np.full(len(self._experts), 1.0)}
        self._weights["equal"] /= len(self._experts)
        if self._panel is not None and len(seeds) >= LEAST_SEEDS:
            self.cut_off = self._panel.cut_off()
            self._weights["performance"] = by_performance(self._panel.scores(), self.cut_off)
        found = {path: self._law(path) for path in self.paths}
        self.laws = {path: one.law for path, one in found.items()}
        self.errors = {path: one.error for path, one in found.items()}

    @property
    def experts(self) -> list[str]:
        """The experts, in the order of the judgements."""
        return list(self._experts)

    @property
    def paths(self) -> list[str]:
        """The numbers of the scenario that experts were asked about, by dotted path."""
        return [question for question in self._asked if question not in self.seeds]

    def table(self) -> pd.DataFrame:
        """Tabulate the experts: how well they have known, and how much they count.

        Returns
        -------
        DataFrame
            Indexed by ``expert``. ``calibration`` is the chance that truths fall at least as oddly
            into the intervals of somebody who is right, ``information`` the mean relative
            information of the answers to seed questions with respect to the background and
            ``score`` their product, all missing without seed questions; ``weight`` how much the
            expert counts in `laws`; ``information_all`` the information over all questions; and
            the number of truths ``below_p5``, from there to ``below_p50``, then ``above_p50`` and
            ``above_p95``.
        """
        scores = self._panel.scores() if self._panel else _no_scores(len(self._experts))
        told = np.mean([information(edges) for edges in self._edges.values()], axis=0)
        fallen = self._panel.fallen if self._panel else np.empty((len(self._experts), 0), int)
        counts = np.array([np.bincount(row, minlength=4) for row in fallen])
        columns = {
            **dict(zip(_SCORES, (*scores, scores.product), strict=True)),
            "weight": self._weights[self.weights],
            "information_all": told,
            **dict(zip(_FALLEN, counts.T, strict=True)),
        }
        return pd.DataFrame(columns, pd.Index(self._experts, name="expert"))

    def pools(self) -> pd.DataFrame:
        """Tabulate the pools: how well each would have known the answers to the seed questions.

        Returns
        -------
        DataFrame
            Indexed by ``pool``: ``"equal"`` and, with seed questions enough, ``"performance"``. The
            scores of an expert, and the same with ``out_of_sample_`` before: of answers to each
            question with weights from all others. Missing without seed questions.
        """
        rows = {}
        for name, weights in self._weights.items():
            inside = outside = _no_scores(1)
            if self._panel is not None:
                inside = outside = self._panel.of_pool(weights)
                if name == "performance":
                    outside = self._panel.out_of_sample(self.cut_off)
            found = [float(of[0]) for of in (*inside, inside.product)]
            later = [float(of[0]) for of in (*outside, outside.product)]
            rows[name] = dict(zip(_SCORES, found, strict=True)) | {
                f"out_of_sample_{score}": value for score, value in zip(_SCORES, later, strict=True)
            }
        return pd.DataFrame(rows).T.rename_axis("pool")

    def questions(self) -> pd.DataFrame:
        """Tabulate what each pool believes, and how far experts are apart.

        Returns
        -------
        DataFrame
            Indexed by ``question`` and ``pool``: ``p5``, ``p50`` and ``p95``; the ``truth`` of a
            seed question; and ``disagreement``, from 0 where experts say the same towards 1 where
            none leaves room for what another believes (Jensen-Shannon divergence as a share of the
            most).
        """
        rows = {}
        for question in self._asked:
            apart = disagreement(self._edges[question])
            for name in self._weights:
                quantiles = self._back(question, self._pool(question, name).quantiles(SHARES))
                rows[question, name] = {
                    **dict(zip(QUANTILES, map(float, quantiles), strict=True)),
                    "truth": self.seeds.get(question, math.nan),
                    "disagreement": apart,
                }
        index = pd.MultiIndex.from_tuples(rows, names=["question", "pool"])
        return pd.DataFrame(list(rows.values()), index)

    @property
    def source(self) -> str:
        """What the laws rest on, in one line."""
        return say(
            "elicited-source",
            names=listed(self._experts),
            weights=say(f"elicited-weights-{self.weights}"),
            seeds=say("elicited-seeds", seeds=len(self.seeds)),
        )

    def scenario(self) -> Scenario:  # type: ignore[override]
        """Write what experts believe together into the scenario: each number becomes its law.

        Returns
        -------
        Scenario
            The same scenario with other ranges, whose source is `source`.
        """
        laws = self.laws
        return self.prior.replace(
            {path: {"value": law, "source": self.source} for path, law in laws.items()}
        )

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        questions: Iterable[str] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what each expert said, and the pools, a panel for each question.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each question.
        questions : iterable of str, optional
            The questions to show; left out, those about numbers of the scenario.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If a question was not asked, or there are not as many axes as questions.
        """
        shown = [questions] if isinstance(questions, str) else list(questions or self.paths)
        for question in shown:
            if question not in self._asked:
                raise ValueError(
                    f"`{question}` was not asked; there are {', '.join(map(str, self._asked))}"
                )
        return self._drawn(axes, figsize, title, shown)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Experts, pools and questions, as the methods of these names give them."""
        return {"table": self.table(), "pools": self.pools(), "questions": self.questions()}

    @property
    def names(self) -> dict[str, str]:
        """Short names of the questions, as tables and figures have them."""
        return shortest(self.paths) | {question: question for question in self.seeds}

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        parts = [
            self.prior.title or say("untitled"),
            say("elicited-experts", experts=len(self._experts)),
            say("elicited-numbers", numbers=len(self.paths)),
            say("elicited-seeds", seeds=len(self.seeds)),
            say(f"elicited-weights-{self.weights}"),
            f"drawdown {_core.__version__}",
            say("origin-line-scenario", hash=self.prior.hash[:12]),
        ]
        return " · ".join(parts)

    @property
    def notes(self) -> str:
        """How to read the tables, and what they do not tell."""
        lines = [say("elicited-no-seeds" if self._panel is None else "elicited-scores")]
        if self.weights == "equal" and len(self.seeds) < LEAST_SEEDS:
            seeds = str(len(self.seeds)) if self.seeds else say("elicited-none")
            lines.append(say("elicited-alike", least=str(LEAST_SEEDS), seeds=seeds))
        if self.weights == "performance":
            left = int((self._weights["performance"] == 0).sum())
            heard = say("elicited-heard")
            if left:
                cut = localised(f"{self.cut_off:.2g}")
                heard = say("elicited-unheard", experts=left, cut=cut)
            lines.append(say("elicited-weighted", heard=heard))
        if self.law == "smooth":
            off = localised(f"{max(self.errors.values()):.3f}")
            lines.append(say("elicited-off", off=off))
        return "\n".join(lines) + "\n"

    @property
    def _brief(self) -> str:
        return f"{', '.join(self.paths)}; {self.origin_line}"

    @property
    def _of(self) -> Scenario:
        return self.prior

    def _tables(self) -> list[Table]:
        return [self._of_experts(), self._of_pools(), self._of_questions()]

    def _of_experts(self) -> Table:
        header = [say(f"elicited-column-{of}") for of in (*_SCORES, "weight")]
        header += [say("elicited-column-to", quantile=of.upper()) for of in QUANTILES]
        header += [say("elicited-column-above")]
        rows = [
            [str(name), *(_small(row[of]) for of in (*_SCORES, "weight"))]
            + [str(int(row[of])) for of in _FALLEN]
            for name, row in self.table().iterrows()
        ]
        return Table(say("elicited-expert"), header, rows)

    def _of_pools(self) -> Table:
        scores = [say(f"elicited-column-{of}") for of in _SCORES]
        header = [*scores, *(say("elicited-column-new", score=score) for score in scores)]
        rows = [
            [say(f"elicited-pool-{name}"), *(_small(value) for value in row)]
            for name, row in self.pools().iterrows()
        ]
        return Table(say("elicited-pool"), header, rows)

    def _of_questions(self) -> Table:
        names, frame = self.names, self.questions()
        rows = [
            [
                say(
                    "elicited-number-pool",
                    number=names[str(question)],
                    pool=say(f"elicited-pool-{pool}"),
                ),
                *(short(float(row[of])) for of in QUANTILES),
                _small(row["disagreement"]),
            ]
            for (question, pool), row in zip(frame.index, frame.to_dict("records"), strict=True)
            if question not in self.seeds
        ]
        header = [*QUANTILES, say("elicited-column-disagreement")]
        return Table(say("elicited-number"), header, rows)

    def _read(self, question: str, overshoot: float) -> Array:
        """The edges of what each expert said, on the scale of the question."""
        rows = self.judgements.set_index(["question", "expert"])[QUANTILES]
        said = rows.loc[[(question, expert) for expert in self._experts]].to_numpy(float)
        truth = self.seeds.get(question, math.nan)
        if question in self.log:
            said, truth = np.log(said), math.log(truth)
        low, high = intrinsic(said, truth, overshoot)
        if question not in self.seeds:
            least, greatest = self._limits(question)
            low, high = max(low, least), min(high, greatest)
        ends = np.ones((len(said), 1))
        return np.hstack([low * ends, said, high * ends])

    def _limits(self, path: str) -> tuple[float, float]:
        """The limits of a number, on the scale of its question."""
        least, greatest = limits(self.prior, path)
        if path not in self.log:
            return least, greatest
        return math.log(least) if least > 0 else -math.inf, math.log(greatest)

    def _of_seeds(self) -> Panel | None:
        """What was said about the seed questions; none if there are none."""
        if not self.seeds:
            return None
        edges = np.stack([self._edges[question] for question in self.seeds], axis=1)
        logs = [question in self.log for question in self.seeds]
        truths = np.array(list(self.seeds.values()))
        return Panel(edges, np.where(logs, np.log(np.where(logs, truths, 1.0)), truths))

    def _pool(self, question: str, weights: str) -> Pool:
        return Pool.of(self._edges[question], self._weights[weights])

    def _law(self, path: str) -> Fitted:
        pool, log = self._pool(path, self.weights), path in self.log
        if self.law == "piecewise":
            return Fitted(piecewise(pool, log), 0.0)
        return smooth(pool, log, limits(self.prior, path))

    def _back(self, question: str, values: Array) -> Array:
        return np.exp(values) if question in self.log else values


def _no_scores(count: int) -> Scores:
    nothing = np.full(count, np.nan)
    return Scores(nothing, nothing)


def _small(value: Any) -> str:
    """Two digits that count: a chance can be tiny."""
    return NONE if math.isnan(float(value)) else localised(f"{float(value):.2g}")
