"""A run on one page that opens anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2

from .. import _core
from .._internal.checks import several, whole
from .._internal.files import check_file, write_text
from .._internal.progress import Progress
from .._internal.tables import Table
from ..analysis.compare import STAY, compared
from ..analysis.comparison import Comparison
from ..analysis.pause_tradeoff import SAVED, PauseTradeoff, traded
from ..analysis.risk_over_time import risk_over_time
from ..explorer.controls import Vary
from ..languages.catalogue import ENGLISH
from ..languages.figures import localised
from ..languages.speech import foreign, listed, say, speaking, spoken
from ..runs.base import horizon
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import run_one
from ..runs.tables import notes
from ..scenario import assumptions
from ..scenario.paths import differing
from ..scenario.relevance import has
from . import checklist, marking, svg
from . import run_sections as report_run
from .assumed import assumed
from .evidence import Section
from .live import live_part

# What is about one question stands together; keys that are not here come after `ranks`.
ORDER = (
    *("dates", "losses", "stay", "compared", "held", "price", "price_in_money", "room", "joint"),
    *("risk", "levels", "explanation", "drivers", "discovery", "conclusions", "ranks"),
    *("register", "tornado", "criticality", "rules", "reentry"),
)
# Something to be computed: how many trials it takes, and what does it.
_Part = tuple[int, Callable[[Settings], list[object]]]
_QUARTER = 91
# The parts of a description that the tables of assumptions hold, with values.
_ON_THE_PLAN = ("frame", "sites", "now", "plan")
_ON_THE_WORLD = ("world", "warnings")
_MARK = "<!-- written by drawdown; SHA-256 of all before this line: "
# Rows of a table of numbers that stand open.
_LONGEST = 20
# Keys that a note names before it says how many more there are.
_NAMED = 3
_ENGINE = jinja2.Environment(
    loader=jinja2.PackageLoader("drawdown.report", ""),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def report(
    run: Run,
    path: Path,
    also: Iterable[object],
    trials: int,
    live: bool | Vary,
    progress: Progress,
    language: str = ENGLISH.code,
) -> None:
    """Write the page that `Run.report` describes; the same run gives the same bytes."""
    with speaking(language):
        _report(run, path, also, trials, live, progress)


def _report(
    run: Run,
    path: Path,
    also: Iterable[object],
    trials: int,
    live: bool | Vary,
    progress: Progress,
) -> None:
    """The same, in the language that is spoken."""
    if "particles_hash" in run.origin:
        raise ValueError(
            "a page compares a run with others from its start, and this one goes on from what was "
            "observed: use `write`, or the tables and figures of the run and its `Update`"
        )
    if "policies" in run.origin:
        raise ValueError(
            "a page compares a run with others that it simulates, and those would go without the "
            "policy: use `write`, or the tables and figures of the run"
        )
    check_file(path)
    moving = live_part(run, None if live is True else live) if live is not False else None
    trials = whole("trials", trials, 2, 2**63 - 1)
    handed = [section(one, run) for one in several("also", also, "[plans, price]")]
    computed = list(_computed(run, {section.key for section in handed}, trials, progress))
    of_this_world = [one for one in handed if not _elsewhere(run, one)]
    found = [*report_run.sections(run), *handed, *computed]
    found.sort(key=lambda one: ORDER.index(one.key) if one.key in ORDER else len(ORDER))
    plan, world = _described(run)
    text = _ENGINE.get_template("page.html.jinja").render(
        language=spoken(),
        in_english=marking.in_english(),
        title=run.scenario.title or say("untitled"),
        origin_line=run.origin_line,
        origin=marking.table(_origin(run)),
        fewer=say("page-fewer", few=trials, all=run.trials)
        if computed and trials < run.trials
        else "",
        warnings=run.scenario._warnings_in(spoken().code),
        plan=plan,
        world=world,
        sections=[_rendered(section, run, k) for k, section in enumerate(found)],
        contested=assumptions.disputed(run.scenario),
        assumed=assumed(run.scenario, run.inputs if run.keep == "trials" else None),
        longest=_LONGEST,
        checklist=marking.table(checklist.table(run, [*of_this_world, *computed])),
        toml=run.scenario.to_toml(),
        notes=notes(run),
        again=f"`drawdown.simulate(scenario, trials={run.origin['trials_asked']}, "
        f"seed={run.seed}{_kind(run)})`",
        again_report=f"`.report(path, trials={trials}{marking.argument()})`",
        live=moving,
    )
    text += "\n"
    write_text(path, text + _seal(text))


def _kind(run: Run) -> str:
    """What else `simulate` was asked, for who reads how to run it again."""
    if run.samples:
        return ", samples=..."
    return ', variance="reduced"' if "variance" in run.origin else ""


def check_own_page(path: Path) -> None:
    """Refuse to replace what is not a page as `Run.report` wrote it.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is something else, or was changed since.
    """
    if path.exists():
        text, mark, seal = path.read_bytes().decode(errors="replace").rpartition(_MARK)
        if not mark or _seal(text) != f"{mark}{seal}":
            raise ValueError(
                f"{path} is not a page as drawdown wrote it, and would be lost: name another file "
                f"with --out, or move or remove it"
            )


def _seal(text: str) -> str:
    """What a page ends with, to be known by."""
    return f"{_MARK}{hashlib.sha256(text.encode()).hexdigest()} -->\n"


def section(one: object, run: Run) -> Section:
    """What a result brings."""
    brings: Any = getattr(one, "section", None)
    if callable(brings) and not isinstance(one, type):
        found = brings(run)
        if isinstance(found, Section) and not found.translated:
            # All of it in English, rather than some words of it.
            with speaking(ENGLISH.code):
                found = brings(run)
        if isinstance(found, Section):
            return found
    raise TypeError(
        f"`also` takes results such as those of `compare`, `pause_tradeoff`, "
        f"`minimum_allowance`, `risk_over_time`, `explain`, `sweep`, `drivers`, `tornado`, "
        f"`risk_register`, `scenario_discovery`, `criticality`, `optimize_rule` and `reentry`, "
        f"not {type(one).__name__}"
    )


def _computed(run: Run, handed: set[str], trials: int, progress: Progress) -> Iterator[Section]:
    """What belongs on the page and was not handed in, from the run's own seed."""
    parts: dict[str, _Part] = {}
    plan = run.scenario.to_dict()["plan"]
    settings = Settings.of(trials, run.seed, progress=progress)
    compared = ("attacks", "cost", "insurgent_strength")
    if plan.get("phases") and any(has(run.scenario, of) for of in compared):
        parts["stay"] = _stay(run, settings)
    points: Any = _allowances(plan["breathing_room"])
    if points and plan.get("phases") and any(has(run.scenario, of) for of, _ in SAVED.values()):
        parts["price"] = _price(run, settings, points)
    wanted = [part for key, part in parts.items() if key not in handed]
    with settings.sharing(sum(count for count, _ in wanted)) as after:
        before = 0
        for count, part in wanted:
            yield from (section(one, run) for one in part(after(before)))
            before += count
    if "risk" not in handed and has(run.scenario, "attacks"):
        yield _risk(run, trials)


def _price(run: Run, settings: Settings, points: Any) -> _Part:
    """How many trials it takes, and what pauses cost and save."""
    samples = None if run.samples is None else run.samples.values
    trials = settings.trials
    if samples is not None:
        trials = len(samples) * max(round(trials / len(samples)), 1)

    def priced(settings: Settings) -> list[object]:
        asked = replace(settings, trials=trials, samples=samples)
        found = traded(run.scenario, points["pause_days"], points["extension_days"], asked)
        paid = has(run.scenario, "cost") and found.table()["verdict"].ne("same").any()
        return [found, *([PauseTradeoff(found.curves, "cost")] if paid else [])]

    return trials * sum(map(len, points.values())), priced


def _stay(run: Run, settings: Settings) -> _Part:
    """How many trials it takes, and how the plan compares with staying."""
    stay = run.scenario.stay()
    trials, samples = min(settings.trials, run.trials), None
    if run.samples is not None:
        # The ranges of the plan are not there without it.
        known = [path for path, _ in stay._compiled.ranges()]
        samples = run.samples.values[known]
        trials = len(samples) * run.samples.each

    def with_staying(settings: Settings) -> list[object]:
        asked = replace(settings, trials=trials, samples=samples)
        whole = run.keep == "trials" and run.origin["version"] == _core.__version__
        if whole:
            beside = run_one(stay, asked, variance=run.origin.get("variance", "plain"))
            return [Comparison({say("this-plan"): run, STAY: beside}, STAY)]
        return [compared({say("this-plan"): run.scenario}, asked)]

    return trials, with_staying


def _allowances(room: Mapping[str, Any]) -> dict[str, list[float]]:
    """The points at which a pause is priced: none, and parts of what the plan allows."""
    pause, extension = room["pause_days"], room["extension_days"]
    if not pause and not extension:
        return {}
    return {
        "pause_days": [0, pause / 4, pause / 2, pause] if pause else [],
        "extension_days": [0, extension / 2, extension] if extension else [],
    }


def _risk(run: Run, trials: int) -> Section:
    every = min(_QUARTER, horizon(run))
    try:
        return section(risk_over_time(run, every_days=every, trials=trials), run)
    except ValueError as error:
        about: Any = {"origin": run.origin_line, "scenario": run.scenario}
        text = say("risk-not-done", why=foreign(str(error)))
        return Section("risk", say("risk-title"), text=[text], translated=True, **about)


def _elsewhere(run: Run, section: Section) -> str:
    """In what another world a section is, if it is in another."""
    ours, theirs = run.scenario, section.scenario
    keys = [key for key in ("start", "horizon") if getattr(ours, key) != getattr(theirs, key)]
    if ours != theirs:
        keys += differing(ours.to_dict()["world"], theirs.to_dict()["world"], "world")
    if not keys:
        return ""
    named = listed(keys[:_NAMED])
    if len(keys) > _NAMED:
        named = say("page-and-more", named=named, more=len(keys) - _NAMED)
    return say("page-elsewhere", keys=named)


def _rendered(section: Section, run: Run, place: int) -> dict[str, Any]:
    """A section as the template takes it."""
    language = spoken() if section.translated else ENGLISH
    with svg.page(), speaking(language.code):
        origin = section.origin if section.origin != run.origin_line else ""
        figures = [
            (svg.inline(one.draw(), one.alt, f"s{place}f{k}"), one.caption)
            for k, one in enumerate(section.pictures)
        ]
    return {
        "key": section.key,
        "title": section.title,
        "text": section.text,
        "tables": [marking.table(table) for table in section.tables],
        "sources": section.sources,
        "figures": figures,
        "origin": origin,
        "short": section.short,
        "elsewhere": _elsewhere(run, section),
        "english": "" if section.translated else marking.in_english(),
    }


def _described(run: Run) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The scenario in words, in the language spoken: headed parts on the plan, and on the world."""
    # What the tables of assumptions say too, with the values, is left to them.
    sections = run.scenario._compiled.description(spoken().code)
    return tuple(  # type: ignore[return-value]
        [(title, "\n".join(lines)) for topic, title, lines in sections if topic in topics]
        for topics in (_ON_THE_PLAN, _ON_THE_WORLD)
    )


def _origin(run: Run) -> Table:
    """Where the run comes from, what was asked for and what came of it."""
    origin = run.origin
    rejected = run.summary()["mean"].get("rejected_draws", 0.0) * run.trials
    title = origin["title"] or say("untitled")
    facts = {
        "origin-scenario": f"{title}, SHA-256 {origin['scenario_hash']}",
        "origin-seed": origin["seed"],
        "origin-version": f"drawdown {origin['version']}",
        "origin-asked": localised(f"{origin['trials_asked']:,}"),
        "origin-run": localised(f"{origin['trials_run']:,}"),
        "origin-capped": localised(f"{origin['trials_capped']:,}"),
        "origin-refused": localised(f"{rejected:,.0f}"),
    }
    if run.samples:
        facts["origin-samples"] = say(
            "origin-samples-of",
            samples=len(run.samples.values),
            asked=len(run.samples.asked),
            each=str(run.samples.each),
            refused=str(len(run.samples.refused)),
        )
    return Table(say("origin-this"), [""], [[say(name), str(fact)] for name, fact in facts.items()])


_ENGINE.filters["prose"] = marking.prose
_ENGINE.filters["table"] = marking.table
_ENGINE.filters["words"] = marking.words
_ENGINE.globals["say"] = lambda key, **values: marking.message(say(key, **values))
