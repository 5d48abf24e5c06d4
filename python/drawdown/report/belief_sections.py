"""What experts' beliefs, tails and the precision of a run bring to the page of a run."""

from __future__ import annotations

from typing import Any

from .._internal.tables import counted, short
from ..analysis.precision import Converged
from ..learn.elicitation import Elicitation
from ..runs.criterion import Criterion
from ..runs.losses import Tail
from ..runs.run import Run
from .evidence import Answer, Picture, Section


def of_elicitation(found: Elicitation, run: Run) -> Section:
    """What the ranges rest on, and how far experts are apart."""
    questions: Any = found.questions().xs(found.weights, level="pool").loc[found.paths]
    widest = questions["disagreement"].idxmax()
    apart = f"{found.names[widest]} ({questions.loc[widest, 'disagreement']:.2f} of 1)"
    numbers = counted(len(found.paths), "number")
    said = f"{numbers} {found.source}; experts are furthest apart on {apart}"
    answers = {"three_values": Answer(said, whole=False)}
    if found.seeds:
        scores: Any = found.table()["calibration"]
        known = ", ".join(f"{name} {value:.2g}" for name, value in scores.items())
        text = f"calibration on {counted(len(found.seeds), 'seed question')}: {known}"
        answers["bias"] = Answer(text, whole=False)
    return Section(
        key="elicitation",
        title=found.title,
        origin=found.origin_line,
        scenario=found.prior,
        text=[
            "Experts gave P5, P50 and P95 of each number; a pool is a weighted mean of what they "
            "believe. " + " ".join(found.notes.split()),
        ],
        tables=found._tables(),
        pictures=[
            Picture(
                found.plot,
                "What each expert said (P5 to P95; dot: P50), and what the pools believe.",
                f"Intervals of each expert and of the pools. {said[:1].upper()}{said[1:]}.",
            )
        ],
        answers=answers,
    )


def of_precision(found: Converged, run: Run) -> Section:
    """How well a result is known."""
    return Section(
        key="precision",
        title=found.title,
        origin=found.origin_line,
        scenario=found.scenario,
        text=[found.notes],
        tables=found._tables(),
    )


def of_tail(found: Tail, run: Run) -> Section:
    """How bad it is in the worst share of trials."""
    about = Criterion(found.measure).words()
    kind = "" if found.kind == "aggregate" else " of the worst single attack"
    text = (
        f"In the worst {100 * found.share:g} % of histories {about}{kind} are {short(found.mean)} "
        f"on average, and {short(found.threshold)} at the least."
    )
    return Section(
        key="tail",
        title=found.title,
        origin=found.origin_line,
        scenario=found.scenario,
        text=[text],
        tables=found._tables(),
    )
