"""Numbers and dates along axes, as the language that is spoken writes them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import PercentFormatter, ScalarFormatter, StrMethodFormatter
from numpy.typing import NDArray

from ..languages.catalogue import ENGLISH
from ..languages.figures import localised, months_in
from ..languages.speech import spoken


class _Dates(ConciseDateFormatter):
    def format_ticks(self, values: Any) -> list[str]:
        labels = super().format_ticks(values)  # type: ignore[no-untyped-call]
        return [months_in(label) for label in labels]

    def get_offset(self) -> str:
        return months_in(super().get_offset())  # type: ignore[no-untyped-call]


class _Days(AutoDateLocator):
    """Ticks at dates, looked for once while the limits stay: a figure asks dozens of times."""

    _found: tuple[Any, NDArray[Any]] | None = None

    def __call__(self) -> NDArray[Any]:  # type: ignore[override]
        axis: Any = self.axis
        limits = tuple(axis.get_view_interval())
        if self._found is None or self._found[0] != limits:
            found = super().__call__()  # type: ignore[no-untyped-call]
            self._found = limits, np.asarray(found)
        return self._found[1].copy()


class _Shares(PercentFormatter):
    def __call__(self, x: Any, pos: Any = None) -> str:
        return localised(super().__call__(x, pos))


class _Counts(StrMethodFormatter):
    def __call__(self, x: Any, pos: Any = None) -> str:
        return localised(super().__call__(x, pos))


class _Numbers(ScalarFormatter):
    def __call__(self, x: Any, pos: Any = None) -> str:
        return localised(super().__call__(x, pos))


def dates_along(axis: Any, inches: float) -> None:
    """Short dates along so many inches, not so many that months and years run together."""
    # With more than twice as many ticks at most as at least, any span has an interval that fits:
    # months are at most six apart, up to so many years.
    least, most = (5, 12) if inches > 5 else (3, 7)
    if spoken() != ENGLISH:  # whose short names of months are the shortest
        least, most = (4, 9) if inches > 5 else (2, 5)
    # matplotlib.dates has no types.
    locator = _Days(minticks=least, maxticks=most)  # type: ignore[no-untyped-call]
    axis.set_major_locator(locator)
    axis.set_major_formatter(_Dates(locator))  # type: ignore[no-untyped-call]


def share_along(axis: Any) -> None:
    """Shares in hundredths."""
    axis.set_major_formatter(_Shares(1, symbol=" %"))


def counts_along(axis: Any) -> None:
    """Whole numbers, thousands apart."""
    axis.set_major_formatter(_Counts("{x:,.0f}"))


def in_language(axis: Any) -> None:
    """Write numbers as the language does where matplotlib would write them by itself."""
    if spoken() == ENGLISH:
        return
    usual = axis.get_major_formatter()
    if type(usual) is ScalarFormatter:
        axis.set_major_formatter(_Numbers())
    elif type(usual) is StrMethodFormatter:
        axis.set_major_formatter(_Counts(usual.fmt))
    elif type(usual) is PercentFormatter:
        axis.set_major_formatter(_Shares(usual.xmax, usual.decimals, usual.symbol))
