"""A run as a folder of tables and figures."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from . import _core
from .events import FEW
from .files import replacing, write_text
from .lettering import gathering

if TYPE_CHECKING:
    from .comparison import Comparison
    from .run import Run

_LIBRARIES = ["matplotlib", "numpy", "pandas", "pyarrow", "scipy", "xarray"]
# Separators, what is not to be seen, a dot that hides the folder or is the folder above, and what
# would look as if it had been replaced.
_IN_NO_NAME = re.compile(
    r"[\0-\x1f/\x7f]|^\.|%(?=[0-9A-F]{2})" + (r'|[<>:"\\|?*]|[. ]$' if os.name == "nt" else "")
)
# What not every run has: what an earlier export left of it would pass for this one's.
_SOMETIMES = ["events.csv", "events.parquet", "measures.csv", "summary_by_*.csv"]


def make_folder(folder: Path) -> None:
    """Makes the folder, unless a scenario that was not exported lies there: it would be lost."""
    if (folder / "scenario.toml").exists() and not (folder / "manifest.json").exists():
        raise ValueError(
            f"{folder} holds a scenario.toml that is not an exported one; choose another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)


def export(run: Run, folder: Path, events: int = FEW) -> None:
    """Writes everything that `Run.write` lists."""
    if events < 0:
        raise ValueError(f"`events` must be at least 0, not {events}")
    make_folder(folder)
    _clear(folder)
    for name, table in _tables(run):
        _write_csv(folder / f"{name}.csv", table)
    _write_events(folder, run, events)
    with gathering(tell=True):
        for name in ("schedule", "finish", "attacks", "exceedance"):
            _write_figure(folder / f"{name}.png", run, name)
    run.save(folder / "run.npz")
    run.scenario.write(folder / "scenario.toml")
    versions = {name: version(name) for name in _LIBRARIES if find_spec(name)}
    manifest = {**run.origin, "python": platform.python_version(), "libraries": versions}
    write_text(folder / "manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def _clear(folder: Path) -> None:
    for pattern in _SOMETIMES:
        for stale in folder.glob(pattern):
            stale.unlink()


def _tables(run: Run) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "summary", run.summary()
    for by in dict.fromkeys(by for _, by, _, _ in run._measures if by):
        if run.ids(by):
            yield f"summary_by_{by}", run.summary(by)
    yield "dates", run.dates()
    if run.keep == "trials":
        data = run.dataset()
        yield "measures", data.drop_dims(set(data.dims) - {"trial"}).to_dataframe()


def _write_events(folder: Path, run: Run, trials: int) -> None:
    """Parquet where pyarrow is installed, CSV elsewhere; no run of another version has any."""
    if trials == 0 or run.origin["version"] != _core.__version__:
        return
    log = run.events(range(min(trials, run.trials)))
    if find_spec("pyarrow"):
        log.to_parquet(folder / "events.parquet")
    else:
        _write_csv(folder / "events.csv", log.to_pandas().set_index("trial"))


@gathering(tell=True)
def export_comparison(comparison: Comparison, folder: Path) -> None:
    """Writes everything that `Comparison.write` lists."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, run in comparison.runs.items():
        export(run, folder / folder_name(name))
    tables = {
        "comparison": comparison.table(),
        "variance_reduction": comparison.variance_reduction(),
        "dates": comparison.dates(),
    }
    for name, table in tables.items():
        _write_csv(folder / f"{name}.csv", table)
    _write_figure(folder / "differences.png", comparison, "differences")
    _write_figure(folder / "plans.png", comparison, "plans")


def folder_name(plan: str) -> str:
    """The name of a plan as that of a folder: as it is written, but for what no name may hold."""
    return _IN_NO_NAME.sub(lambda at: quote(at[0], safe="").replace(".", "%2E"), plan)


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    with replacing(path) as temporary:
        table.to_csv(temporary, lineterminator="\n")


def _write_figure(path: Path, results: Run | Comparison, name: str) -> None:
    figure = np.ravel(getattr(results.plot, name)())[0].figure
    try:
        with replacing(path) as temporary:
            figure.savefig(temporary, dpi=150)
    finally:
        plt.close(figure)
