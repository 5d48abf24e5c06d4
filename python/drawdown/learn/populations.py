"""Populations of samples of a fit by simulation: their laws, what is kept of them, and a file."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .._internal.files import check_file, replacing

Array = NDArray[np.float64]

# Normal scores further out are as good as the ends of a range.
FURTHEST = 8.0
# Raised whenever the layout of the file changes.
_FORMAT = 1
_PARTS = ("scores", "statistics", "distance", "drawn")


class Law(NamedTuple):
    """The law by which a population was drawn: the prior, or samples that were kept, moved."""

    size: int
    centres: Array | None = None
    share: Array = np.empty(0)
    root: Array = np.empty((0, 0))

    def drawn(self, size: int, chance: np.random.Generator) -> Array:
        """Normal scores of so many ranges, in every sample."""
        away = chance.standard_normal((self.size, size))
        if self.centres is None:
            return away
        start = chance.choice(len(self.share), self.size, p=self.share)
        return np.clip(self.centres[start] + away @ self.root.T, -FURTHEST, FURTHEST)

    def density(self, scores: Array) -> Array:
        """Of each sample, over that of the prior, times the samples drawn."""
        if self.centres is None:
            return np.full(len(scores), float(self.size))
        from scipy.linalg import solve_triangular
        from scipy.special import logsumexp

        centres = solve_triangular(self.root, self.centres.T, lower=True).T
        points = solve_triangular(self.root, scores.T, lower=True).T
        square = (points**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)
        square -= 2 * points @ centres.T
        log_law = logsumexp(-square / 2, b=self.share, axis=1) - np.log(np.diag(self.root)).sum()
        found: Array = self.size * np.exp(log_law + (scores**2).sum(axis=1) / 2)
        return found


class Kept(NamedTuple):
    """Samples by their normal scores, with their statistics."""

    scores: Array
    statistics: Array
    distance: Array
    # The density of all that was drawn so far, over that of the prior; 0: not reckoned yet.
    drawn: Array

    def nearest(self, count: int) -> Kept:
        """So many that are nearest."""
        order = np.argsort(self.distance, kind="stable")[:count]
        return Kept(*(part[order] for part in self))

    def joined(self, other: Kept) -> Kept:
        """These and those."""
        return Kept(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    @property
    def weight(self) -> Array:
        """What each counts for: the prior over the mixture of all laws by which samples were drawn.

        So a sample of the first population counts for no more than one of a later that lies beside
        it (Veach & Guibas 1995: the balance heuristic).
        """
        return 1 / self.drawn


@dataclass
class State:
    """All that it takes to go on behind the last whole population.

    Attributes
    ----------
    kept : Kept
        The samples that came nearest.
    laws : list of Law
        By which each population was drawn.
    told : list of dict
        What is told of each population.
    prior : ndarray
        Statistics of the first population, by history and statistic; ``scale``, how much each
        statistic scatters.
    width : float
        The distance of the nearest sample that was not kept.
    """

    kept: Kept | None = None
    laws: list[Law] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    prior: Array = field(default_factory=lambda: np.empty((0, 0)))
    scale: Array = field(default_factory=lambda: np.empty(0))
    width: float = np.inf

    def write(self, path: Path, about: dict[str, Any]) -> None:
        """Write it to a file, with what the fit is `about`."""
        assert self.kept is not None
        arrays = {name: getattr(self.kept, name) for name in _PARTS}
        arrays |= {"prior": self.prior, "scale": self.scale, "width": np.array(self.width)}
        for k, law in enumerate(self.laws):
            if law.centres is not None:
                arrays |= {
                    f"{k} {name}": getattr(law, name) for name in ("centres", "share", "root")
                }
        sizes = [law.size for law in self.laws]
        head = {"format": _FORMAT, "about": about, "told": self.told, "sizes": sizes}
        with replacing(path) as staged, staged.open("wb") as file:
            np.savez(file, head=np.frombuffer(json.dumps(head).encode(), np.uint8), **arrays)

    @classmethod
    def read(cls, path: Path) -> tuple[State, dict[str, Any]]:
        """Read one, and what its fit is about.

        Raises
        ------
        ValueError
            If the file is none of these.
        """
        try:
            with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
                head = json.loads(file["head"].tobytes())
                if head["format"] != _FORMAT:
                    raise ValueError(f"it has layout {head['format']}, and this reads {_FORMAT}")
                return cls._of(head, file), dict(head["about"])
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(
                f"`out` ({path}) holds no fit by simulation that can be gone on with: {error}; "
                f"give another file, or delete it to begin anew"
            ) from None

    @classmethod
    def _of(cls, head: dict[str, Any], arrays: Any) -> State:
        laws = []
        for k, size in enumerate(head["sizes"]):
            later = (arrays[f"{k} {name}"] for name in ("centres", "share", "root"))
            laws.append(Law(int(size)) if k == 0 else Law(int(size), *later))
        kept = Kept(*(arrays[name] for name in _PARTS))
        told, width = list(head["told"]), float(arrays["width"])
        if not len(told) == len(laws) > 0 or len({len(part) for part in kept}) != 1:
            raise ValueError("its parts do not belong together")
        return cls(kept, laws, told, arrays["prior"], arrays["scale"], width)


def taken_up(
    out: str | os.PathLike[str] | None,
) -> tuple[Path | None, State, dict[str, Any]]:
    """The file to save populations in, what is in it, and what that fit was about.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If it holds something else.
    """
    if out is None:
        return None, State(), {}
    path = Path(out)
    check_file(path)
    if not path.exists():
        return path, State(), {}
    state, about = State.read(path)
    return path, state, about
