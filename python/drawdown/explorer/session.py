"""What one front end asks of one scenario, and the answers: messages as JSON has them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

import pandas as pd

from ..errors import Problem, ScenarioError
from ..runs.run import Run
from ..runs.simulate import simulate
from ..scenario.scenario import Scenario
from . import setting as settings
from . import verdict
from .answer import answer
from .controls import Control, Vary, ends_of
from .running import STAGES, Runs
from .screening import Offer, offered
from .worker import ASIDE, MORE, MOVE, STALE, Steps, Worker

Message = Mapping[str, Any]
Answer = dict[str, Any]

# Longest name of a baseline.
_NAME = 60
_ASSUMED = ("value", "what", "whose", "basis", "source", "note")
# Histories that are run to tell of one.
_BESIDE = 100
# Plans side by side, at most.
_SIDE_BY_SIDE = 8


class Session:
    """Answers one front end: a widget in a notebook, or a tab of the page.

    Parameters
    ----------
    scenario : Scenario
        What is explored.
    vary : iterable of str, mapping, optional
        What can be moved, as `drawdown.explore` takes it.
    trials : int
        The most histories, which are run as the hand rests.
    seed : int, optional
        The seed of all runs; left out, one is drawn.
    worker : Worker
        Who does the work, one thing after another.
    threads : int, optional
        As `simulate` takes it.
    """

    def __init__(
        self,
        scenario: Scenario,
        vary: Vary | None = None,
        *,
        trials: int = STAGES[-1],
        seed: int | None = None,
        worker: Worker,
        threads: int | None = None,
    ) -> None:
        stages = [stage for stage in STAGES if stage < trials]
        self.seed = secrets.randbits(32) if seed is None else seed
        self.runs = Runs(self.seed, threads, [*stages, trials])
        self.setting: dict[str, settings.Value] = {}
        self._scenario, self._vary = scenario, vary
        self._offer: Offer | None = None
        self._worker = worker
        self._generation = -1
        self._asking = threading.Lock()
        self._asks: dict[str, Callable[[Message], Steps]] = {
            "open": self._open,
            "move": self._move,
            "trial": self._trial,
            "assumptions": self._assumptions,
            "texts": self._texts,
            "restore": self._restore,
            "upload": self._upload,
            "levers": self._levers,
            "compare": self._compare,
        }

    @property
    def written(self) -> Scenario:
        """The scenario as it was given, before anything was moved."""
        return self._scenario

    @property
    def scenario(self) -> Scenario:
        """The scenario with what was moved last."""
        return settings.applied(self._scenario, self.setting)

    @property
    def controls(self) -> list[Control]:
        """What can be moved; a small run finds out what does anything."""
        return self._offered().controls

    @property
    def left_out(self) -> list[Control]:
        """What could be moved and would do nothing."""
        return self._offered().left_out

    def _offered(self) -> Offer:
        if self._offer is None:
            self._offer = offered(self._scenario, self._vary, self.seed, self.runs.threads)
        return self._offer

    def ask(self, message: Message) -> Future[Answer]:
        """Put a question in.

        Parameters
        ----------
        message : mapping
            ``ask`` says what is asked: ``"open"``, ``"move"``, ``"trial"``, ``"assumptions"``,
            ``"texts"``, ``"restore"``, ``"upload"``, ``"levers"`` or ``"compare"``. A move has a
            ``generation``, which grows from one to the next, and the number of ``trials``.

        Returns
        -------
        Future
            The answer. It is ``{"stale": True}`` if a newer move has taken its place, and holds
            ``problems`` (each with ``path``, ``what`` and ``remedy``) if it was refused.
        """
        kind = message.get("ask")
        steps = self._asks.get(str(kind))
        if steps is None:
            return _done(_refusal(f"there is nothing to ask of the kind `{kind}`"))
        # Messages come from several threads: which move is the newest is decided one by one.
        with self._asking:
            rank = ASIDE
            if kind == "move":
                generation = message.get("generation")
                if not isinstance(generation, int) or generation < self._generation:
                    return _done(STALE)
                self._generation = generation
                first = self.runs.stages[0]
                rank = MOVE if message.get("trials", first) == first else MORE
            return self._worker.ask(self, rank, lambda: _telling(steps, message))

    def close(self) -> None:
        """Drop what has been asked."""
        self._worker.forget(self)

    def _open(self, _: Message) -> Steps:
        yield
        offer = self._offered()
        return {
            "title": self._scenario.title or "Untitled",
            "span": f"{self._scenario.start} to {self._scenario.horizon}",
            "hash": self._scenario.hash,
            "seed": self.seed,
            "stages": list(self.runs.stages),
            "controls": [control.to_dict() for control in offer.controls],
            "left_out": [control.label for control in offer.left_out],
            "warnings": [settings.in_words(one) for one in self._scenario.warnings],
        }

    def _move(self, message: Message) -> Steps:
        trials = self._stage(message)
        setting = settings.checked(message.get("setting"))
        scenario = settings.applied(self._scenario, setting)
        self.setting = setting
        name, baseline = self._baseline(message)
        run = yield from self.runs.grown(scenario, trials)
        base: Run | None = None
        if baseline != scenario:
            base = yield from self.runs.grown(baseline, trials)
        return {
            "generation": message["generation"],
            **answer(run, base, name),
        }

    def _stage(self, message: Message) -> int:
        trials = message.get("trials", self.runs.stages[0])
        if trials not in self.runs.stages:
            raise ValueError(f"histories are one of {', '.join(map(str, self.runs.stages))}")
        return int(trials)

    def _baseline(self, message: Message) -> tuple[str, Scenario]:
        given = message.get("baseline") or {}
        name = str(given.get("name") or "the baseline")[:_NAME]
        return name, settings.applied(self._scenario, settings.checked(given.get("setting") or {}))

    def _now(self, message: Message) -> Scenario:
        return settings.applied(self._scenario, settings.checked(message.get("setting") or {}))

    def _trial(self, message: Message) -> Steps:
        number = message.get("number")
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise ValueError("give the number of a history: a whole number, 0 or more")
        most = self.runs.stages[-1]
        if number >= most:
            raise ValueError(f"give a number below {most:,}, of which there are histories")
        scenario = self._now(message)
        if number < self.runs.stages[0]:
            run = yield from self.runs.grown(scenario, self.runs.stages[0])
        else:
            # It is told as part of a run: some others tell what is idle in it.
            some = range(number, number + _BESIDE)
            run = simulate(scenario, trials=some, seed=self.seed, progress=False)
        return {"number": number, "text": run.trial(number).narrative()}

    def _assumptions(self, message: Message) -> Steps:
        scenario = self._now(message)
        yield
        table = scenario.assumptions()
        rows = [
            [path, *(_cell(row[name]) for name in _ASSUMED), "disputed" if row["disputed"] else ""]
            for path, row in table.iterrows()
        ]
        return {"head": ["number", *_ASSUMED, "disputed"], "rows": rows}

    def _texts(self, message: Message) -> Steps:
        setting = settings.checked(message.get("setting") or {})
        scenario = settings.applied(self._scenario, setting)
        yield
        most = self.runs.stages[-1]
        return {
            "toml": scenario.to_toml(),
            "code": settings.as_code(self._scenario, setting, self.seed, most),
            "json": settings.as_json(self._scenario, setting, self.seed),
        }

    def _restore(self, message: Message) -> Steps:
        found = settings.from_json(self._scenario, str(message.get("text", "")))
        yield
        return {"setting": found}

    def _upload(self, message: Message) -> Steps:
        text = str(message.get("text", ""))
        is_json = str(message.get("name", "")).lower().endswith(".json")
        found = Scenario.from_json(text) if is_json else Scenario.from_toml(text)
        self._scenario, self._vary, self._offer, self.setting = found, None, None, {}
        return (yield from self._open(message))

    def _levers(self, message: Message) -> Steps:
        """What each control moves by itself from where all stand now, from end to end."""
        setting = settings.checked(message.get("setting") or {})
        here = yield from self._few(setting)
        rows = []
        for control in self.controls:
            for value in ends_of(control):
                try:
                    run = yield from self._few({**setting, control.path: value})
                except ScenarioError:
                    continue
                rows.append(_moved(control, value, run, here))
        head = ["control", "at", *verdict.HEAD]
        return {"trials": self.runs.stages[0], "head": head, "rows": rows}

    def _compare(self, message: Message) -> Steps:
        """Settings that were pinned, side by side, each beside the baseline."""
        name, baseline = self._baseline(message)
        trials = self._stage(message)
        base = yield from self.runs.grown(baseline, trials)
        rows = []
        for given in list(message.get("pins") or [])[:_SIDE_BY_SIDE]:
            scenario = settings.applied(self._scenario, settings.checked(given.get("setting")))
            run = yield from self.runs.grown(scenario, trials)
            other = None if scenario == baseline else base
            rows.append([str(given.get("name"))[:_NAME], *verdict.cells(run, other)])
        return {"head": [f"beside {name}", *verdict.HEAD], "rows": rows, "trials": trials}

    def _few(self, setting: settings.Setting) -> Any:
        """A run of a few histories, which is not kept."""
        scenario = settings.applied(self._scenario, setting)
        yield
        asked: Any = {"seed": self.seed, "threads": self.runs.threads, "progress": False}
        return simulate(scenario, trials=self.runs.stages[0], **asked)


def _moved(control: Control, value: float | bool, run: Run, here: Run) -> list[str]:
    """A row: a control, its value, and what it makes of the date and of casualties."""
    shown = ("on" if value else "off") if isinstance(value, bool) else f"{value:g} {control.unit}"
    return [control.label, shown.strip(), *verdict.cells(run, here)]


def _telling(steps: Callable[[Message], Steps], message: Message) -> Steps:
    """The steps; what is refused is answered with its problems."""
    try:
        return (yield from steps(message))
    except ScenarioError as error:
        found = {"problems": [settings.in_words(Problem(*one)) for one in error.problems]}
    except (ValueError, TypeError, AttributeError) as error:
        found = _refusal(str(error))
    return {**found, "generation": message.get("generation")}


def _refusal(what: str) -> Answer:
    return {"problems": [{"path": "", "what": what, "remedy": ""}]}


def _done(found: Answer) -> Future[Answer]:
    future: Future[Answer] = Future()
    future.set_result(found)
    return future


def _cell(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
