from . import adapters
from ._core import __version__, examples
from .analysis.compare import compare
from .analysis.comparison import Comparison
from .analysis.conclusions import Conclusions
from .analysis.criticality import Criticality, criticality
from .analysis.discovery import Discovery
from .analysis.driver_analysis import drivers
from .analysis.drivers import Drivers
from .analysis.explain import explain
from .analysis.explanation import Explanation
from .analysis.minimum_allowance import Room, smallest_room
from .analysis.optimize_rule import search
from .analysis.pause_tradeoff import Price, price
from .analysis.precision import Converged, until
from .analysis.reentry import Reentry, reentry
from .analysis.risk_over_time import Risk, risk
from .analysis.rule_search import Search
from .analysis.scenario_discovery import discover
from .analysis.statements import Worlds
from .analysis.sweep import Sweep, cases, sweep
from .analysis.tornado import Tornado, tornado
from .errors import Interrupted, Problem, ScenarioError
from .runs.events import EventLog
from .runs.losses import Tail
from .runs.run import Run, load
from .runs.samples import Draws, draws
from .runs.simulate import resume, simulate
from .runs.trial import Trial
from .scenario.scenario import Scenario

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
