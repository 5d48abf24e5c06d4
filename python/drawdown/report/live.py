"""The part of a page that simulates again in its reader's browser."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from markupsafe import Markup

from .. import _core
from ..explorer import assets
from ..explorer.controls import Vary
from ..explorer.opening import opening
from ..explorer.running import STAGES
from ..explorer.screening import Offer, offered
from ..explorer.voice import voice
from ..runs.run import Run
from ..runs.simulate import simulate

# A page offers no more sliders.
MOST = 10
# Histories that a browser runs when the page is opened, to be held against the author's.
CHECKED = 200
_CORE = "drawdown.wasm.gz"
# Four bytes are five of these letters, a sixteenth less than base64 needs; none of them means
# anything in HTML, as some do of those that `base64` has.
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;:=[?@^_]{|}~"
_OURS = str.maketrans("&<>`", ".:[]")


@dataclass(frozen=True)
class Live:
    """What a page carries to be live.

    Attributes
    ----------
    policy : str
        What it allows itself: scripts of its own, a worker, and nothing from anywhere.
    script : Markup
        The script that begins.
    data : dict
        Texts by name: scenario and controls, style, worker and compiled core.
    """

    policy: str
    script: Markup
    data: dict[str, Markup]


def live_part(run: Run, vary: Vary | None) -> Live:
    """Make the live part of a page.

    Raises
    ------
    FileNotFoundError
        If the package was built without the core for browsers.
    TypeError, ValueError
        If `vary` names what cannot be moved, or too much; if the run has given samples, for a
        browser would draw its own.
    """
    core = _compiled()
    if run.samples is not None:
        raise ValueError(
            "a live page draws each history's own values of the ranges, and this run was given "
            "samples: simulate without `samples` for it"
        )
    offer = offered(run.scenario, vary, run.seed)
    if vary is not None and len(offer.controls) > MOST:
        raise ValueError(f"`live` takes {MOST} numbers at most, not {len(offer.controls)}")
    # At the last of them, with nothing moved, figures are those of the page.
    last = min(max(run.trials, STAGES[0]), STAGES[-1])
    stages = [*(stage for stage in STAGES if stage < last), last]
    offer = Offer(offer.controls[:MOST], offer.left_out)
    about = {
        **opening(run.scenario, offer, run.seed, stages),
        # As a text: JavaScript has no such numbers.
        "seed": str(run.seed),
        "scenario": run.scenario.to_json(),
        "checked": CHECKED,
        "digest": _digest(run),
        "letters": LETTERS,
        "voice": voice(),
    }
    parts = [assets.bundled(), _text("live.js")]
    script = '"use strict";\n' + "\n".join(parts)
    seal = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    data = {
        # As JSON has it, so that no text of a scenario ends the element.
        "about": json.dumps(about, ensure_ascii=False).replace("<", "\\u003c"),
        "style": assets.text_of("explore.css") + _text("live.css"),
        "worker": _text("worker.js"),
        "core": lettered(core),
    }
    # Styles need no hash: figures have them at every mark, and a hash would forbid these.
    policy = (
        f"default-src 'none'; script-src 'sha256-{seal}' 'wasm-unsafe-eval'; worker-src blob:; "
        f"style-src 'unsafe-inline'; img-src data:"
    )
    return Live(policy, Markup(script), {name: Markup(text) for name, text in data.items()})


def lettered(content: bytes) -> str:
    """Bytes in `LETTERS`."""
    return base64.b85encode(content).decode().translate(_OURS)


def _digest(run: Run) -> str:
    """Of the first histories of a run."""
    few = simulate(run.scenario, trials=CHECKED, seed=run.seed, progress=False)
    return cast(_core.Run, few._results).digest()


def _compiled() -> bytes:
    path = files(__package__) / "static" / _CORE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            "this build of drawdown has no core for browsers, which a live page carries: "
            "`make wasm`, in the folder of drawdown, builds it; or leave out `live`"
        ) from None


def _text(name: str) -> str:
    return (files(__package__) / "static" / name).read_text("utf-8")
