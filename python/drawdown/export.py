"""A run as a folder of tables and figures."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from .files import replacing, write_text

if TYPE_CHECKING:
    from .run import Run

_LIBRARIES = ["matplotlib", "numpy", "pandas", "xarray"]


def make_folder(folder: Path) -> None:
    """Makes the folder, unless a scenario that was not exported lies there: it would be lost."""
    if (folder / "scenario.toml").exists() and not (folder / "manifest.json").exists():
        raise ValueError(
            f"{folder} holds a scenario.toml that is not an exported one; choose another folder"
        )
    folder.mkdir(parents=True, exist_ok=True)


def export(run: Run, folder: Path) -> None:
    """Writes everything that `Run.write` lists."""
    make_folder(folder)
    totals = run.dataset().drop_dims(set(run.dataset().dims) - {"trial"})
    tables = {"summary": run.summary(), "dates": run.dates(), "measures": totals.to_dataframe()}
    for name, table in tables.items():
        _write_csv(folder / f"{name}.csv", table)
    for name in ("schedule", "finish", "attacks"):
        _write_figure(folder / f"{name}.png", run, name)
    run.scenario.write(folder / "scenario.toml")
    versions = {name: version(name) for name in _LIBRARIES}
    manifest = {**run.origin, "python": platform.python_version(), "libraries": versions}
    write_text(folder / "manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    with replacing(path) as temporary:
        table.to_csv(temporary, lineterminator="\n")


def _write_figure(path: Path, run: Run, name: str) -> None:
    figure = np.ravel(getattr(run.plot, name)())[0].figure
    try:
        with replacing(path) as temporary:
            figure.savefig(temporary, dpi=150)
    finally:
        plt.close(figure)
