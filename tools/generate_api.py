"""Write docs/api.md from the docstrings of the public Python names.

Run it after a change to a public docstring or signature: `python tools/generate_api.py`.
"""

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import drawdown
from drawdown.analysis.figures import ComparisonPlots
from drawdown.runs.figures import Plots
from drawdown.runs.result import Result

TARGET = Path(__file__).parents[1] / "docs/api.md"
WIDTH = 100
HEADER = """# Python API

Every public name of `drawdown`, by the question that it answers: its signature, what it does, and
its parameters. Generated from the docstrings by `tools/generate_api.py`; do not edit. What a
function returns, its units and its errors are in its docstring: `help(drawdown.simulate)`, or
`dd.simulate?` in Jupyter. Every picture also takes `figsize`, the width and height of a new
figure in inches, and `title`, what stands above it. [The glossary](glossary.md) explains the
words.
"""
# What stands under which heading. Every name of `drawdown.__all__` has one place.
GROUPS = {
    "Write a scenario down": ["Scenario", "examples", "ScenarioError", "Problem"],
    "Simulate it": [
        "simulate",
        "resume",
        "stream",
        "merge",
        "simulate_to_precision",
        "Converged",
        "sample_inputs",
        "InputSample",
        "load",
        "Interrupted",
        "ExecutorError",
    ],
    "Read the answers": ["Run", "Tail", "Trial", "EventLog", "write_events"],
    "Let a policy of your own decide": ["Policy", "Situations", "Situation", "PolicyError"],
    "Compare plans and worlds": [
        "compare",
        "compare_worlds",
        "Comparison",
        "explain",
        "Explanation",
    ],
    "Move numbers by hand": ["explore", "Explorer"],
    "Say what a pause is worth": [
        "pause_tradeoff",
        "PauseTradeoff",
        "minimum_allowance",
        "MinimumAllowance",
        "sweep",
        "Sweep",
        "optimize_rule",
        "RuleSearch",
    ],
    "Find what drives the answer": [
        "drivers",
        "Drivers",
        "tornado",
        "Tornado",
        "risk_register",
        "RiskRegister",
        "scenario_discovery",
        "Discovery",
        "Conclusions",
        "Worlds",
    ],
    "Find the piece to blame, and the risk at the end": [
        "criticality",
        "Criticality",
        "risk_over_time",
        "RiskOverTime",
        "reentry",
        "Reentry",
    ],
    "Learn from what happened": [
        "Observations",
        "ObservationError",
        "records",
        "reference_class",
        "ReferenceClass",
        "fit",
        "fit_by_simulation",
        "Posterior",
    ],
    "Ask what now": ["update", "Update", "condition", "Conditioned", "CollapseError"],
    "Say what a forecast was worth": [
        "backtest",
        "Backtest",
        "score",
        "Scores",
        "Onset",
        "Forecast",
        "stack",
        "Stacked",
        "pert_slip",
        "forecasting",
        "Forecasting",
    ],
    "Ask experts": ["elicit", "Elicitation", "JudgementError"],
    "Use other tools": ["adapters", "exchange", "ExchangeError"],
    "Say which version it is": ["__version__"],
}
# What every picture takes: said once, at the top.
OF_PICTURES = {"figsize", "title"}
# What a property gives that has methods of its own.
PARTS = {"Run": {"plot": Plots}, "Comparison": {"plot": ComparisonPlots}}

Parsed = dict[str, list[tuple[str, str, str]]]


class Docstring(NamedTuple):
    """What a docstring says first, and its entries (name, type, text) by section."""

    first: str
    sections: Parsed


def render() -> str:
    """Give the text of the page."""
    parts = [HEADER]
    for heading, names in GROUPS.items():
        parts.append(f"## {heading}\n")
        if "Run" in names:
            parts += ["### Every result\n", *members("Result", Result)]
        for name in names:
            parts += entry(name)
    return "\n".join(parts).rstrip() + "\n"


def entry(name: str) -> Iterator[str]:
    """Give what stands under a public name."""
    thing = getattr(drawdown, name)
    yield f"### `{name}`\n"
    if inspect.ismodule(thing):
        yield fill(parse(thing).first) + "\n"
        for one in thing.__all__:
            inner, path = getattr(thing, one), f"{name}.{one}"
            if inspect.isclass(inner):
                yield f"`{path}`\n"
                yield from members(path, inner)
            else:
                yield from described(path, inner)
    elif inspect.isclass(thing):
        yield from members(name, thing)
    elif callable(thing):
        yield from described(name, thing)
    else:
        yield "The version of the library, as a text.\n"


def described(name: str, function: Callable[..., Any]) -> Iterator[str]:
    """Give a function's signature, what it does, and a line for each parameter."""
    said = parse(function)
    yield f"`{name}{signature(function)}`\n"
    yield fill(said.first) + "\n"
    parameters = said.sections.get("Parameters", [])
    yield from listed([one for one in parameters if one[0] not in OF_PICTURES])


def members(name: str, kind: type) -> Iterator[str]:
    """Give a class: what it is, its attributes and properties, and its methods."""
    said = parse(kind)
    yield fill(said.first) + "\n"
    yield from listed([*said.sections.get("Attributes", []), *properties(name, kind)])
    for method, function in methods(kind):
        yield from described(f"{name}.{method}", function)
    for part, inner in PARTS.get(name, {}).items():
        for method, function in methods(inner):
            yield from described(f"{name}.{part}.{method}", function)


def properties(name: str, kind: type) -> list[tuple[str, str, str]]:
    """Give the properties of a class that are written in its docstring as no attributes."""
    found = public(kind)
    listed = {names for names, _, _ in parse(kind).sections.get("Attributes", [])}
    return [
        (attribute, "", parse(value).first)
        for attribute, value in found.items()
        if isinstance(value, (property, cached_property)) and attribute not in listed
    ]


def methods(kind: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give the public methods of a class in the order in which they are written."""
    for name, value in public(kind).items():
        function = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        if inspect.isroutine(function) and "its name before 0.2" not in (value.__doc__ or ""):
            yield name, getattr(kind, name)


def public(kind: type) -> dict[str, Any]:
    """Give what a class has that is public, this library's, and not what every result has."""
    found: dict[str, Any] = {}
    for one in kind.__mro__:
        if one.__module__.startswith("drawdown"):
            for name, value in vars(one).items():
                if not name.startswith("_") and (kind is Result or name not in vars(Result)):
                    found.setdefault(name, value)
    return found


def listed(entries: list[tuple[str, str, str]]) -> Iterator[str]:
    """Give a list of parameters or attributes, with the first sentence on each."""
    for name, kind, text in entries:
        names = ", ".join(f"`{one}`" for one in name.split(", "))
        head = f"- {names}{f' ({kind})' if kind else ''}: "
        yield fill(head + sentence(text), subsequent_indent="  ")
    if entries:
        yield ""


def signature(function: Callable[..., Any]) -> str:
    """Give the parameters with their defaults; types stand in the list below it."""
    try:
        found = inspect.signature(function)
    except ValueError:
        return "()"
    plain = [
        one.replace(annotation=inspect.Parameter.empty)
        for one in found.parameters.values()
        if one.name not in ("self", "cls")
    ]
    text = str(found.replace(parameters=plain, return_annotation=inspect.Signature.empty))
    text = re.sub(r"0\.3{9,}", "1/3", text)
    return re.sub(r"(?<![\d.])\d{5,}", lambda number: f"{int(number[0]):_}", text)


def parse(thing: object) -> Docstring:
    """Read a docstring in NumPy's form."""
    lines = (inspect.getdoc(thing) or "").splitlines()
    first = " ".join(lines[: lines.index("")] if "" in lines else lines)
    heads = [i for i, line in enumerate(lines) if i and re.fullmatch("-{3,}", line)]
    ends = [i - 1 for i in heads[1:]] + [len(lines)]
    sections = {
        lines[start - 1]: entries(lines[start + 1 : end])
        for start, end in zip(heads, ends, strict=False)
    }
    return Docstring(first, sections)


def entries(lines: list[str]) -> list[tuple[str, str, str]]:
    """Read the entries of a section: a name with its type, and an indented text."""
    found: list[tuple[str, str, str]] = []
    for line in lines:
        if line and not line.startswith(" "):
            name, _, kind = line.partition(" : ")
            found.append((name, kind, ""))
        elif line and found:
            name, kind, text = found[-1]
            found[-1] = (name, kind, f"{text} {line.strip()}".strip())
    return found


def sentence(text: str) -> str:
    """Give the first sentence of a text."""
    return re.split(r"(?<=[.:])\s+(?=[A-Z])", text)[0]


def fill(text: str, **indents: str) -> str:
    """Give a paragraph, with code as Markdown writes it."""
    plain = " ".join(text.replace("``", "`").split())
    return textwrap.fill(plain, WIDTH, break_on_hyphens=False, break_long_words=False, **indents)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET}")
