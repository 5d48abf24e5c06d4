"""Which measures are about anything that a scenario has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .paths import matching
from .scenario import Scenario

# What a scenario has to have for a measure of the whole theatre to be about anything in it: of each
# group one path, with something other than 0 there.
_THREATS = ("world.threats.*",)
_PHASES = ("plan.phases.*",)
_PAUSES = ("plan.breathing_room.pause_days", "plan.breathing_room.extension_days")
_EXPULSION = ("world.host.expulsion",)
_BACK = ("world.reentry", "plan.rules.*.then.go_back_in")
_BARRAGES = ("world.barrages",)
_INSURGENCY = ("world.insurgency",)
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "attacks": (_THREATS,),
    "intercepted": (_THREATS,),
    "wounded": (_THREATS,),
    "killed": (_THREATS,),
    "casualties": (_THREATS,),
    "worst_attack": (_THREATS,),
    "worst_attack_wounded": (_THREATS,),
    "worst_attack_killed": (_THREATS,),
    "attacks_on_the_way": (_THREATS, _PHASES),
    "wounded_on_the_way": (_THREATS, _PHASES),
    "killed_on_the_way": (_THREATS, _PHASES),
    "people_left": (),
    "finish_days": (_PHASES,),
    "slip_days": (_PHASES,),
    "pauses": (_PHASES, _PAUSES),
    "pause_days": (_PHASES, _PAUSES),
    "extension_days": (_PHASES, _PAUSES[1:]),
    "forced_resumptions": (_PHASES, _PAUSES),
    "stretch_days": (_PHASES, ("plan.rules.*.then.stretch",)),
    "reinforcements": (("plan.rules.*.then.reinforce",),),
    "people_moved": (("plan.phases.*.moves.*",),),
    "strikes": (("world.threats.*.retaliation",),),
    "expelled": (_EXPULSION,),
    "expelled_days": (_EXPULSION,),
    "insurgent_strength": (_INSURGENCY,),
    "peak_insurgent_strength": (_INSURGENCY,),
    "incidents": (("world.insurgency.incidents",),),
    "shocks": (("world.insurgency.shocks",),),
    "reentry": (_BACK,),
    "reentry_days": (_BACK,),
    "people_back": (_BACK,),
    "barrages": (_BARRAGES,),
    "barrages_unmet": (_BARRAGES,),
    "cost": (("world.costs",),),
    "person_days": (),
    "capped": (_THREATS,),
    "rejected_draws": (_THREATS,),
}


def has(scenario: Scenario, measure: str) -> bool:
    """Whether a scenario has what a measure is about; yes of a measure that is not known."""
    return holds(scenario.to_dict(), measure)


def holds(tree: Mapping[str, Any], measure: str) -> bool:
    """Whether a scenario written as a dict has what a measure is about."""
    return all(
        any(value for path in group for _, value in matching(tree, path))
        for group in NEEDS.get(measure, ())
    )
