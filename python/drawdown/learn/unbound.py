"""Results that belong to no scenario."""

from __future__ import annotations

from typing import Any

from ..runs.result import Result


class Unbound(Result):
    """A result on forecasts, which may come from a scenario, from a rule or from elsewhere."""

    @property
    def scenario(self) -> Any:
        """None: what forecasts need not be a scenario."""
        return None
