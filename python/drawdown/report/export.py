"""A run as a folder of tables and figures."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import quote

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from .. import _core
from .._internal import folders as exported
from .._internal.folders import FEW
from ..analysis.comparison import Comparison
from ..learn.posterior import Posterior
from ..learn.posterior_files import ABOUT, PRIOR, write_posterior
from ..learn.update import Update
from ..plots.layout import lay_out_for
from ..plots.lettering import gathering
from ..runs.backend import By, Measure
from ..runs.losses import Kind
from ..runs.run import Run

_LIBRARIES = ["matplotlib", "numpy", "pandas", "pyarrow", "scipy", "xarray"]
# Separators, what is not to be seen, a dot that hides the folder or is the folder above, and what
# would look as if it had been replaced.
_IN_NO_NAME = re.compile(
    r"[\0-\x1f/\x7f]|^\.|%(?=[0-9A-F]{2})" + (r'|[<>:"\\|?*]|[. ]$' if os.name == "nt" else "")
)
# Of a figure in a file, in dots per inch.
_DPI = 150
_FIGURES = ("schedule", "finish", "attacks", "exceedance")
# Tables of a comparison: the file, and the method that gives it.
_COMPARED = {
    "comparison": "table",
    "variance_reduction": "variance_reduction",
    "dates": "finish_dates",
}
_COMPARED_FIGURES = ("differences", "plans")
# Of what was learned from data: tables by kind of result, and other files of any.
_LEARNED = {
    "fit": (
        "table",
        "diagnostics",
        "predictive",
        "booking",
        "statistics",
        "populations",
        "samples",
        "unmapped",
    ),
    "update": ("table", "unmapped"),
}
_LEARNED_FILES = ("figure.png", "scenario.toml", PRIOR, ABOUT, exported.MANIFEST)


def check(folder: Path) -> None:
    """Find out, before there is a run, whether one can be written to a folder.

    Raises
    ------
    OSError, ValueError
        As `Run.write`.
    """
    exported.check({folder: ("run", _names(_core.measures()))})


def check_comparison(folder: Path, plans: Iterable[str]) -> None:
    """Find out, before there is a comparison, whether one can be written to a folder.

    Raises
    ------
    OSError, ValueError
        As `Comparison.write`.
    """
    names = _names(_core.measures())
    inner = {folder / folder_name(plan): ("run", names) for plan in plans}
    exported.check({folder: ("comparison", _compared_names()), **inner})


def export(run: Run, folder: Path, events: int = FEW) -> None:
    """Write everything that `Run.write` lists."""
    if events < 0:
        raise ValueError(f"`events` must be at least 0, not {events}")
    about = {**run.origin, **_made_with()}
    with exported.filling(folder, "run", _names(run._measures), about) as staged:
        for name, table in _tables(run):
            _write_csv(staged / f"{name}.csv", table)
        _write_events(staged, run, events)
        with gathering(tell=True):
            for name in _FIGURES:
                _write_figure(staged / f"{name}.png", run, name)
        run.save(staged / "run.npz")
        run.scenario.write(staged / "scenario.toml")


def _names(measures: Iterable[Measure]) -> list[str]:
    """Every name that an exported run may use."""
    breakdowns = dict.fromkeys(by for _, by, _, _ in measures if by)
    tables = [
        "summary",
        *(f"summary_by_{by}" for by in breakdowns),
        "dates",
        "exceedance",
        "measures",
        "events",
    ]
    figures = [f"{name}.png" for name in _FIGURES]
    others = ["events.parquet", "run.npz", "scenario.toml", exported.MANIFEST]
    return [*(f"{name}.csv" for name in tables), *figures, *others]


def _compared_names() -> list[str]:
    """Every name that an exported comparison uses beside the folders of its plans."""
    figures = [f"{name}.png" for name in _COMPARED_FIGURES]
    return [*(f"{name}.csv" for name in _COMPARED), *figures, exported.MANIFEST]


def _made_with() -> dict[str, Any]:
    versions = {name: version(name) for name in _LIBRARIES if find_spec(name)}
    return {"python": platform.python_version(), "libraries": versions}


def _tables(run: Run) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "summary", run.summary()
    kinds = dict.fromkeys(by for _, by, _, _ in run._measures if by)
    for by in cast(Iterable[By], kinds):
        if run.ids(by):
            yield f"summary_by_{by}", run.summary(by)
    yield "dates", run.finish_dates()
    if levels := run.origin.get("levels"):
        kinds_of: Iterable[Kind] = get_args(Kind)
        frames = {kind: run.exceedance("casualties", kind, levels=levels) for kind in kinds_of}
        yield "exceedance", pd.concat(frames, names=["kind"])
    if run.keep == "trials":
        columns = {name: run.values(name) for name, by, _, _ in run._measures if not by}
        yield "measures", pd.DataFrame(columns, pd.Index(run.trial_numbers, name="trial"))


def _write_events(folder: Path, run: Run, trials: int) -> None:
    """Parquet where pyarrow is installed, CSV elsewhere; what cannot be replayed has none."""
    if trials == 0 or run.origin["version"] != _core.__version__:
        return
    if "particles_hash" in run.origin:
        return
    log = run.events(run.trial_numbers[:trials])
    if find_spec("pyarrow"):
        log.to_parquet(folder / "events.parquet")
    else:
        _write_csv(folder / "events.csv", log.to_pandas().set_index("trial"))


@gathering(tell=True)
def export_comparison(comparison: Comparison, folder: Path) -> None:
    """Write everything that `Comparison.write` lists."""
    inner = {name: folder / folder_name(name) for name in comparison.runs}
    runs = comparison.runs.items()
    # Every folder, before anything is written to one of them.
    used = {inner[name]: ("run", _names(run._measures)) for name, run in runs}
    exported.check({folder: ("comparison", _compared_names()), **used})
    base = comparison.runs[comparison.baseline]
    about = {
        "plans": {name: path.name for name, path in inner.items()},
        "baseline": comparison.baseline,
        **{key: base.origin[key] for key in ("seed", "version")},
        **_made_with(),
    }
    for name, run in runs:
        export(run, inner[name])
    with exported.filling(folder, "comparison", _compared_names(), about) as staged:
        for name, method in _COMPARED.items():
            _write_csv(staged / f"{name}.csv", getattr(comparison, method)())
        for name in _COMPARED_FIGURES:
            _write_figure(staged / f"{name}.png", comparison, name)


def check_learned(folder: Path, kind: str) -> None:
    """Find out, before anything is computed, whether what is learned can be written to a folder.

    Raises
    ------
    OSError, ValueError
        As `Run.write`.
    """
    names = _names(_core.measures())
    inner = {folder / "run": ("run", names)} if kind == "update" else {}
    exported.check({folder: (kind, _learned_names(kind)), **inner})


@gathering(tell=True)
def export_learned(
    found: Posterior | Update, folder: Path, unmapped: pd.DataFrame | None = None
) -> None:
    """Write what was learned: its tables and figure, and what goes on from it.

    Of a fit that is the scenario with the fitted ranges, and the posterior itself; of an update
    the run of the particles, in a folder of its own. `unmapped` is what was left out of what was
    observed.
    """
    kind = "fit" if isinstance(found, Posterior) else "update"
    if isinstance(found, Update):
        export(found.run, folder / "run", events=0)
    about = {"result": found.origin_line, **_made_with()}
    with exported.filling(folder, kind, _learned_names(kind), about) as staged:
        left = {"unmapped": unmapped} if unmapped is not None and len(unmapped) else {}
        for name, table in (found.tables() | left).items():
            _write_csv(staged / f"{name}.csv", table)
        drawn: Any = found
        figure = np.ravel(drawn.plot())[0].figure
        try:
            figure.savefig(staged / "figure.png", dpi=_DPI)
        finally:
            plt.close(figure)
        if isinstance(found, Posterior):
            write_posterior(found, staged)
            found.scenario().write(staged / "scenario.toml")


def _learned_names(kind: str) -> list[str]:
    """Every name that an exported fit or update may use."""
    return [*(f"{name}.csv" for name in _LEARNED[kind]), *_LEARNED_FILES]


def folder_name(plan: str) -> str:
    """The name of a plan as that of a folder: as it is written, but for what no name may hold."""
    return _IN_NO_NAME.sub(lambda at: quote(at[0], safe="").replace(".", "%2E"), plan)


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    table.to_csv(path, lineterminator="\n")


def _write_figure(path: Path, results: Run | Comparison, name: str) -> None:
    figure = np.ravel(getattr(results.plot, name)())[0].figure
    try:
        lay_out_for(figure, FigureCanvasAgg, _DPI)
        figure.savefig(path, dpi=_DPI)
    finally:
        plt.close(figure)
