"""What experts' beliefs, tails and the precision of a run bring to the page of a run."""

from __future__ import annotations

from typing import Any

from .._internal.tables import short
from ..analysis.precision import Converged
from ..languages.figures import localised
from ..languages.speech import listed, say
from ..learn.elicitation import Elicitation
from ..runs.criterion import Criterion
from ..runs.losses import Tail
from ..runs.run import Run
from .evidence import Answer, Picture, Section


def of_elicitation(found: Elicitation, run: Run) -> Section:
    """What the ranges rest on, and how far experts are apart."""
    questions: Any = found.questions().xs(found.weights, level="pool").loc[found.paths]
    widest = questions["disagreement"].idxmax()
    furthest = localised(f"{questions.loc[widest, 'disagreement']:.2f}")
    said = say(
        "elicited-said",
        numbers=say("elicited-numbers", numbers=len(found.paths)),
        source=found.source,
        apart=say("elicited-apart", number=found.names[widest], apart=furthest),
    )
    answers = {"three_values": Answer(said, whole=False)}
    if found.seeds:
        scores: Any = found.table()["calibration"]
        known = listed(
            say("elicited-calibrated", name=str(name), value=localised(f"{value:.2g}"))
            for name, value in scores.items()
        )
        seeds = say("elicited-seeds", seeds=len(found.seeds))
        text = say("elicited-calibration", seeds=seeds, known=known)
        answers["bias"] = Answer(text, whole=False)
    return Section(
        key="elicitation",
        title=found.title,
        origin=found.origin_line,
        scenario=found.prior,
        text=[say("elicited-how", notes=" ".join(found.notes.split()))],
        tables=found._tables(),
        pictures=[
            Picture(
                found.plot,
                say("elicited-caption"),
                say("elicited-alt", said=f"{said[:1].upper()}{said[1:]}"),
            )
        ],
        answers=answers,
        translated=True,
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
        translated=True,
    )


def of_tail(found: Tail, run: Run) -> Section:
    """How bad it is in the worst share of trials."""
    text = say(
        "tail-found" if found.kind == "aggregate" else "tail-found-attack",
        share=localised(f"{100 * found.share:g} %"),
        measure=Criterion(found.measure).words(),
        mean=short(found.mean),
        threshold=short(found.threshold),
    )
    return Section(
        key="tail",
        title=found.title,
        origin=found.origin_line,
        scenario=found.scenario,
        text=[text],
        tables=found._tables(),
        translated=True,
    )
