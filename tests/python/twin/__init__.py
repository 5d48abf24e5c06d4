"""A second, independent simulator: the plain and slow twin of the Rust core.

It plays the same scenarios by the most obvious means and is the oracle that the core is compared
with *in distribution*: it is written from the description of the model alone, has its own random
numbers and, on purpose, its own algorithm for attacks (Ogata's thinning of the total intensity,
with contagion as an excitation that decays). It belongs to the tests and is not shipped. It checks
nothing: give it scenarios that the core accepts, as mappings. Times are days from 00:00 of the
scenario's start.

`laws` chance and uncertain numbers · `working_time` blackouts · `calendar` dated events · `risks` what
may happen to many things at once · `threats` how often who attacks where, from the first day on ·
`attacks` what an attack does · `plan` gates, phases and lifts · `lifts` what one takes · `materiel` what
is moved beside people · `hubs` sites that receive and send at once · `legs` people on the road · `pauses`
breathing room · `now` a start in the middle · `conditions`, `actions` and `rules` · `trial` the clock that makes them one history ·
`measures` what is reported of it.
"""

import numpy as np

from .trial import Trial

__all__ = ["simulate"]


def simulate(scenario: dict, trials: int, seed: int) -> list[dict]:
    """The measures of `trials` independent histories; history k depends on `seed` and k alone.

    See `measures.measures` for what each holds.
    """
    return [Trial(scenario, np.random.default_rng([seed, k])).run() for k in range(trials)]
