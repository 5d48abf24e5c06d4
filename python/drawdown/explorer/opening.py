"""What a front end is told when a scenario is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..languages.speech import say
from ..scenario.scenario import Scenario
from .screening import Offer


def opening(scenario: Scenario, offer: Offer, seed: int, stages: Sequence[int]) -> dict[str, Any]:
    """Say what a scenario is, what of it can be moved, and how many histories there are to be."""
    return {
        "title": scenario.title or say("untitled"),
        "span": say("explorer-span", start=str(scenario.start), horizon=str(scenario.horizon)),
        "hash": scenario.hash,
        "seed": seed,
        "stages": list(stages),
        "controls": [control.to_dict() for control in offer.controls],
        "left_out": [control.label for control in offer.left_out],
    }
