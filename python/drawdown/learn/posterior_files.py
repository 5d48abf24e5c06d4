"""A posterior as files in a folder, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from .._internal import folders
from .._internal.files import write_text
from ..languages.statements import recalled, records
from ..scenario.scenario import Scenario
from .posterior import Posterior

ABOUT, PRIOR = "posterior.json", "prior.toml"
_SAMPLES, _DIAGNOSTICS, _PREDICTIVE = "samples.csv", "diagnostics.csv", "predictive.csv"


def write_posterior(found: Posterior, folder: Path) -> None:
    """Write samples, diagnostics, the prior, and where they come from; checks are tables of it."""
    for name, table in ((_SAMPLES, found.all_samples()), (_DIAGNOSTICS, found.diagnostics())):
        table.to_csv(folder / name, lineterminator="\n")
    found.prior.write(folder / PRIOR)
    about = {
        "method": found.method,
        "design": found.samples.attrs.get("design"),
        "origin": found.origin,
        "warnings": found.warnings,
        # Which messages they are, so that they can be said in another language.
        "messages": records(found.warnings),
    }
    write_text(folder / ABOUT, json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def read_posterior(folder: Path) -> Posterior:
    """Read what `drawdown fit --out` has written, with every bit as it was.

    Raises
    ------
    OSError
        If a file cannot be read.
    ValueError
        If the folder holds no fit, or a file was changed since.
    """
    # Not every method checks what it has fitted.
    checks = [_PREDICTIVE] if _PREDICTIVE in (folders.listed(folder) or {}) else []
    needed = (_SAMPLES, _DIAGNOSTICS, PRIOR, ABOUT, *checks)
    if problem := folders.unsound(folder, "fit", needed):
        raise ValueError(
            f"{folder}: {problem}; give `fitted` the folder that `drawdown fit --out` has written"
        )
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    samples = _table(folder / _SAMPLES)
    if about["design"] is not None:
        samples.attrs = {"design": about["design"]}
    found = Posterior(
        Scenario.read(folder / PRIOR),
        samples,
        _table(folder / _DIAGNOSTICS),
        about["method"],
        about["origin"],
        predictive=_table(folder / _PREDICTIVE) if checks else None,
    )
    told = about["warnings"]
    found.warnings = recalled(told, about.get("messages", [None] * len(told)))
    return found


def _table(path: Path) -> pd.DataFrame:
    """A table as it was: Python reads each number to the last bit, in any version of pandas."""
    read = pd.read_csv(path, index_col=0, dtype=str)
    found = pd.DataFrame(index=read.index)
    if read.index.name != "range":
        found.index = pd.RangeIndex(len(read), name=read.index.name)
    for name in read.columns:
        if name in ("from", "to"):
            found[name] = pd.to_datetime(read[name]).to_numpy()
        elif name in ("bound", "statistic"):
            found[name] = read[name].to_list()
        else:
            found[name] = [float(cell) for cell in read[name]]
    return found
