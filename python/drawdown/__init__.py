"""Simulates phased troop withdrawals with adjustable delays ("breathing room") and attack risk.

>>> import drawdown as dd
>>> iraq = dd.Scenario.example("iraq-2024")
>>> run = dd.simulate(iraq, trials=1_000, seed=7)
>>> run.dates().loc[("phase", "first"), "announced"].date()
datetime.date(2025, 9, 30)
"""

from . import adapters
from ._core import __version__, examples
from .archive import load
from .better_rules import Search
from .compare import compare
from .comparison import Comparison
from .conclusions import Conclusions
from .criticality import Criticality, criticality
from .discover import discover
from .discovery import Discovery
from .draws import Draws, draws
from .driver_analysis import drivers
from .drivers import Drivers
from .errors import Interrupted, Problem, ScenarioError
from .events import EventLog
from .explain import explain
from .explanation import Explanation
from .losses import Tail
from .price import Price, price
from .reentry import Reentry, reentry
from .risk import Risk, risk
from .room import Room, smallest_room
from .run import Run
from .scenario import Scenario
from .search import search
from .simulate import resume, simulate
from .statements import Worlds
from .sweep import Sweep, cases, sweep
from .tornado import Tornado, tornado
from .trial import Trial
from .until import Converged, until

__all__ = [
    "Comparison",
    "Conclusions",
    "Converged",
    "Criticality",
    "Discovery",
    "Draws",
    "Drivers",
    "EventLog",
    "Explanation",
    "Interrupted",
    "Price",
    "Problem",
    "Reentry",
    "Risk",
    "Room",
    "Run",
    "Scenario",
    "ScenarioError",
    "Search",
    "Sweep",
    "Tail",
    "Tornado",
    "Trial",
    "Worlds",
    "__version__",
    "adapters",
    "cases",
    "compare",
    "criticality",
    "discover",
    "draws",
    "drivers",
    "examples",
    "explain",
    "load",
    "price",
    "reentry",
    "resume",
    "risk",
    "search",
    "simulate",
    "smallest_room",
    "sweep",
    "tornado",
    "until",
]


def __dir__() -> list[str]:
    return __all__
