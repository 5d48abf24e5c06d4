"""What of a scenario can be moved by hand: numbers, and ranges within what they may be."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .. import _core
from .._internal.checks import known, mapping, number, several
from .._internal.tables import plain
from ..errors import Problem, ScenarioError
from ..languages.speech import say
from ..runs.samples import ranges_of
from ..scenario.assumptions import Key, keys, nearest, words
from ..scenario.levers import levers
from ..scenario.scenario import Scenario
from ..scenario.sources import about, said_of
from .labels import is_days, label_of

Vary = Iterable[str] | Mapping[str, tuple[float, float] | None]

_ROOM = ("plan.breathing_room.pause_days", "plan.breathing_room.extension_days")
_TRANSPORT = "plan.transport.people_per_day"
# The widest of what is 0 days, and of a ratio of durations below and above what is written.
_FROM_NOTHING, _RATIO = 90, (0.3, 0.5)
_WIDEST = 3
# The ends of a range that a slider reaches, as quantiles.
_ENDS = (0.01, 0.99)
# A slider has about so many steps.
_STEPS = 100
_EXAMPLE = '["plan.breathing_room.pause_days"], or a mapping of paths to (low, high)'


@dataclass(frozen=True)
class Control:
    """One number or truth of a scenario that can be moved.

    Attributes
    ----------
    path : str
        Its dotted path.
    label : str
        What it is, in words.
    kind : {"slider", "switch"}
        A number, or yes and no.
    low, high, step : float
        The ends of the slider, and from one place on it to the next; 0, 1 and 1 of a switch.
    value : float or bool
        As written; of a range its median.
    sampled : bool
        Whether it is a range, which is sampled until it is moved.
    written : str
        What the scenario says, in words.
    unit : str
        Its unit, empty where it has none.
    about : str
        What the language of scenarios says of it.
    basis, source, note : str
        What it rests on, each empty where nothing is said.
    """

    path: str
    label: str
    kind: Literal["slider", "switch"]
    low: float
    high: float
    step: float
    value: float | bool
    sampled: bool
    written: str
    unit: str
    about: str
    basis: str
    source: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return asdict(self)


class Maker:
    """Makes controls of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._tree: Any = scenario.to_dict()
        self._scenario = scenario
        self._keys = {key.path: key for key in keys(scenario)}
        self._ranges = ranges_of(scenario)
        self._said = about(scenario)

    def asked(self, vary: Vary) -> list[Control]:
        """Make the controls that somebody asks for.

        Raises
        ------
        TypeError
            If paths are no texts, or ends no numbers.
        ValueError
            If there is nothing at a path, nothing that can be moved, or ends are out of order.
        """
        if not isinstance(vary, Mapping):
            return [self._offhand(path) for path in several("vary", vary, _EXAMPLE)]
        ends = {path: _pair(path, pair) for path, pair in vary.items() if pair is not None}
        return [
            self.control(path, *ends[path]) if path in ends else self._offhand(path)
            for path in vary
        ]

    def _offhand(self, path: str) -> Control:
        """Make a control whose ends nobody has named: of what cannot be 0, not down to there."""
        found = self.control(path)
        if found.kind == "slider" and found.value > 0 and refusal(self._scenario, found):
            return self.control(path, found.value / _WIDEST, found.value * _WIDEST)
        return found

    def levers(self) -> Iterator[Control]:
        """Make the controls of what the plan decides."""
        plan = self._tree["plan"]
        found: dict[str, tuple[float, float]] = {}
        for rule in plan.get("rules", {}):
            found |= levers(self._scenario, rule)
        for path in _ROOM if plan.get("rules") else ():
            found[path] = found.get(path) or (0, _FROM_NOTHING)
        if plan.get("phases") and plan.get("transport"):
            people = plan["transport"]["people_per_day"]
            found[_TRANSPORT] = (max(1, people // _WIDEST), _WIDEST * people)
        rank = {path: k for k, path in enumerate((*_ROOM, _TRANSPORT))}
        for path in sorted(found, key=lambda path: rank.get(path, len(rank))):
            yield self.control(path, *found[path])

    def unknowns(self) -> Iterator[Control]:
        """Make the controls of what nobody knows: how long phases take, and ranges."""
        for name, phase in self._tree["plan"].get("phases", {}).items():
            ratio = phase.get("duration_ratio")
            for path, value in _middle(ratio, _path("plan", "phases", name, "duration_ratio")):
                yield self.control(path, max(value - _RATIO[0], 0.1), value + _RATIO[1])
        for path in self._ranges:
            yield self.control(path)

    def control(self, path: str, low: float | None = None, high: float | None = None) -> Control:
        """Make the control of what stands at a path."""
        value = self._at(path)
        law = self._ranges.get(path)
        if law is not None:
            first, median, last = _core.law_quantiles(json.dumps(law), [_ENDS[0], 0.5, _ENDS[1]])
            low, high = first if low is None else low, last if high is None else high
            return self._slider(path, median, law, low, high)
        if isinstance(value, bool):
            return self._made(path, "switch", 0, 1, 1, value, value)
        if not isinstance(value, (int, float)):
            inside = [one for one in self._ranges if one.startswith(f"{path}.")]
            hint = f"; name `{inside[0]}`" if inside else ""
            raise ValueError(f"`{path}` is no number and no range, and cannot be moved{hint}")
        if low is None or high is None:
            low, high = sorted((self._least(path), _WIDEST * value if value else 1))
        return self._slider(path, value, value, low, high)

    def _slider(self, path: str, value: float, written: Any, low: float, high: float) -> Control:
        if not low < high:
            raise ValueError(f"`{path}`: {low} < {high} does not hold")
        step = _step(high - low)
        whole = isinstance(written, int) or (
            isinstance(written, float) and path.endswith("_days") and written.is_integer()
        )
        step = max(step, 1) if whole else step
        first = _short(math.ceil(low / step - 1e-9) * step)
        last = _short(math.floor(high / step + 1e-9) * step)
        return self._made(path, "slider", first, last, step, _short(value), written)

    def _made(
        self,
        path: str,
        kind: Literal["slider", "switch"],
        low: float,
        high: float,
        step: float,
        value: float | bool,
        written: Any,
    ) -> Control:
        key: Key | None = nearest(path, self._keys)
        said = said_of(self._said, path)
        own = key is not None and said == (None, None) and key.value == key.field.get("default")
        return Control(
            path=path,
            label=label_of(self._tree, path),
            kind=kind,
            low=low,
            high=high,
            step=step,
            value=value,
            sampled=path in self._ranges,
            written=words(written),
            unit="days" if is_days(path) else "",
            about=" ".join(str(key.field.get("description", "")).split()) if key else "",
            basis=(key.basis if own and key else ""),
            source=said.source or "",
            note=said.note or "",
        )

    def _at(self, path: str) -> Any:
        """What stands at a path, and nothing where a key that could be there is left out."""
        try:
            found: Any = self._tree
            for part in _core.split_path(path):
                found = found[int(part)] if isinstance(found, list) else found[part]
        except (KeyError, ValueError, IndexError, TypeError):
            known(path, [*self._keys, *self._ranges], "path", "paths")
            raise ValueError(f"the scenario says nothing of `{path}`: write it first") from None
        return found

    def _least(self, path: str) -> float:
        """The least that may stand at a path, but not below 0."""
        key: Key | None = nearest(path, self._keys)
        return max(float(key.field.get("minimum", 0)), 0) if key else 0


def refusal(scenario: Scenario, control: Control) -> str | None:
    """Why a scenario does not take both ends of a control; None if it does."""
    for end in ends_of(control):
        try:
            scenario.replace({control.path: end})
        except ScenarioError as error:
            first = Problem(*error.problems[0])
            return f"`{control.path}` cannot be {end}: {first.what}; {first.remedy}"
    return None


def ends_of(control: Control) -> tuple[float | bool, float | bool]:
    """The values at both ends of a control."""
    if control.kind == "switch":
        return False, True
    return control.low, control.high


def shown(control: Control, value: float | bool) -> str:
    """A value of a control in words, with its unit."""
    if isinstance(value, bool):
        return say("control-on" if value else "control-off")
    return say("control-days", days=plain(value)) if control.unit else plain(value)


def _pair(path: str, pair: Any) -> tuple[float, float]:
    found = list(pair) if isinstance(pair, (tuple, list)) else []
    if len(found) != 2:
        mapping("vary", None, '{"plan.breathing_room.pause_days": (0, 180)}')
    low, high = (number(f"vary[{path!r}]", end) for end in found)
    return low, high


def _middle(law: Any, path: str) -> Iterator[tuple[str, float]]:
    """The number in the middle of a law that is not itself a range."""
    name, of = next(iter(law.items()), ("", None)) if isinstance(law, Mapping) else ("", None)
    if name == "constant" and isinstance(of, (int, float)):
        yield f"{path}.constant", of
    for part in ("median", "mean"):
        if isinstance(of, Mapping) and isinstance(of.get(part), (int, float)):
            yield f"{path}.{name}.{part}", of[part]


def _path(*parts: str) -> str:
    return _core.join_path(list(parts))


def _step(width: float) -> float:
    """A round number that goes into a width some hundred times."""
    rough = width / _STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    return _short(next(size * k for k in (1, 2, 5, 10) if size * k >= rough * (1 - 1e-9)))


def _short(value: float) -> float:
    """A number without the tail that arithmetic leaves, and whole where it is."""
    found = float(f"{value:.6g}")
    return int(found) if found.is_integer() else found
