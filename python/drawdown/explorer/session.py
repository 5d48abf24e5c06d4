"""What one front end asks of one scenario, and the answers: messages as JSON has them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import Future
from typing import Any, cast

import pandas as pd

from ..errors import Problem, ScenarioError
from ..languages.catalogue import ENGLISH
from ..languages.speech import language as language_of
from ..languages.speech import say, speaking
from ..runs.run import Run
from ..runs.simulate import simulate
from ..scenario.scenario import Scenario
from . import breaking
from . import setting as settings
from .answer import answer, cells, heads
from .controls import Control, Vary, ends_of, shown
from .opening import opening
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
    language : str
        The language of the front end.
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
        language: str = ENGLISH.code,
    ) -> None:
        self.language = language_of(language).code
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
            "breaking": self._breaking,
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
            with speaking(self.language):
                self._offer = offered(self._scenario, self._vary, self.seed, self.runs.threads)
        return self._offer

    def ask(self, message: Message) -> Future[Answer]:
        """Put a question in.

        Parameters
        ----------
        message : mapping
            ``ask`` says what is asked: ``"open"``, ``"move"``, ``"trial"``, ``"assumptions"``,
            ``"texts"``, ``"restore"``, ``"upload"``, ``"levers"``, ``"compare"``, ``"breaking"`` or
            ``"there"``, which is answered at once by nothing. A move has a ``generation``, which
            grows from one to the next, and the number of ``trials``.

        Returns
        -------
        Future
            The answer. It is ``{"stale": True}`` if a newer move has taken its place, and holds
            ``problems`` (each with ``path``, ``what`` and ``remedy``) if it was refused.
        """
        kind = message.get("ask")
        if kind == "there":
            return _done({})
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
            return self._worker.ask(
                self, rank, lambda: _spoken(self.language, _telling(steps, message))
            )

    def _told(self, steps: Callable[[Message], Steps], message: Message) -> Steps:
        return _spoken(self.language, _telling(steps, message))

    def close(self) -> None:
        """Drop what has been asked."""
        self._worker.forget(self)

    def _open(self, _: Message) -> Steps:
        yield
        return opening(self._scenario, self._offered(), self.seed, self.runs.stages)

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
        return {"generation": message["generation"], **answer(run, base, name)}

    def _stage(self, message: Message) -> int:
        trials = message.get("trials", self.runs.stages[0])
        if trials not in self.runs.stages:
            raise ValueError(f"histories are one of {', '.join(map(str, self.runs.stages))}")
        return int(trials)

    def _baseline(self, message: Message) -> tuple[str, Scenario]:
        given = message.get("baseline") or {}
        name = str(given.get("name") or say("view-unnamed-baseline"))[:_NAME]
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
        disputed = say("assumptions-disputed")
        rows = [
            [path, *(_cell(row[name]) for name in _ASSUMED), disputed if row["disputed"] else ""]
            for path, row in table.iterrows()
        ]
        head = [say(f"assumptions-{name}") for name in ("number", *_ASSUMED)]
        # Sources and notes are in the language of the scenario's author, all else in English.
        authors = [1 + _ASSUMED.index(name) for name in ("source", "note")]
        return {"head": [*head, disputed], "rows": rows, "authors": authors}

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
        return {"trials": self.runs.stages[0], "head": heads(), "rows": rows}

    def _breaking(self, message: Message) -> Steps:
        """Where each control, moved alone, makes the plan of a setting fail, or hold."""
        setting = settings.checked(message.get("setting") or {})
        aim, here, found = yield from self.broken(
            setting, message.get("measure"), message.get("level")
        )
        about = {"measure": aim.measure, "level": aim.level, "trials": self.runs.stages[0]}
        return {**about, **breaking.as_json(aim, here, found, self.controls)}

    def broken(
        self, setting: settings.Setting, measure: Any = None, level: Any = None
    ) -> Generator[None, None, tuple[breaking.Aim, breaking.Margin, list[breaking.Break]]]:
        """What a plan is to keep, by how much it does, and what would turn that."""
        run = yield from self._few(setting)
        aim = breaking.Aim.of(run, measure, level)
        here = aim.margin(run)

        def line(control: Control) -> breaking.At:
            def at(value: float | bool) -> breaking.Reading:
                try:
                    run = yield from self._few({**setting, control.path: value})
                except ScenarioError:
                    return None
                return aim.margin(run)

            return at

        return aim, here, (yield from breaking.search(self.controls, setting, here, line))

    def _compare(self, message: Message) -> Steps:
        """Settings that were pinned, side by side, each beside the baseline."""
        _, baseline = self._baseline(message)
        trials = self._stage(message)
        base = yield from self.runs.grown(baseline, trials)
        rows = []
        for given in list(message.get("pins") or [])[:_SIDE_BY_SIDE]:
            scenario = settings.applied(self._scenario, settings.checked(given.get("setting")))
            run = yield from self.runs.grown(scenario, trials)
            other = None if scenario == baseline else base
            rows.append([str(given.get("name"))[:_NAME], *cells(run, other)])
        return {"head": heads(), "rows": rows, "trials": trials}

    def _few(self, setting: settings.Setting) -> Generator[None, None, Run]:
        """A run of a few histories, which is not kept."""
        scenario = settings.applied(self._scenario, setting)
        yield
        asked: Any = {"seed": self.seed, "threads": self.runs.threads, "progress": False}
        return simulate(scenario, trials=self.runs.stages[0], **asked)


def _moved(control: Control, value: float | bool, run: Run, here: Run) -> list[str]:
    """A row: a control, its value, and what it makes of the date and of casualties."""
    return [control.label, shown(control, value), *cells(run, here)]


def _spoken(language: str, steps: Steps) -> Steps:
    """The steps, each of which speaks a language; between two, the thread does what others ask."""
    while True:
        with speaking(language):
            try:
                next(steps)
            except StopIteration as done:
                return cast(Answer, done.value)
        yield


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
