from . import adapters, exchange
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
from .analysis.minimum_allowance import MinimumAllowance, minimum_allowance
from .analysis.optimize_rule import optimize_rule
from .analysis.pause_tradeoff import PauseTradeoff, pause_tradeoff
from .analysis.precision import Converged, simulate_to_precision
from .analysis.reentry import Reentry, reentry
from .analysis.risk_over_time import RiskOverTime, risk_over_time
from .analysis.risk_register import RiskRegister, risk_register
from .analysis.rule_search import RuleSearch
from .analysis.scenario_discovery import scenario_discovery
from .analysis.statements import Worlds
from .analysis.sweep import Sweep, compare_worlds, sweep
from .analysis.tornado import Tornado, tornado
from .errors import (
    CollapseError,
    ExchangeError,
    ExecutorError,
    Interrupted,
    JudgementError,
    ObservationError,
    PolicyError,
    Problem,
    ScenarioError,
)
from .explorer.explore import Explorer, explore
from .learn.abc import fit_by_simulation
from .learn.backtest import Backtest, backtest
from .learn.condition import Conditioned, condition
from .learn.elicit import elicit
from .learn.elicitation import Elicitation
from .learn.fit import fit
from .learn.forecast import Forecast
from .learn.forecasting import Forecasting, forecasting
from .learn.observations import Observations
from .learn.onset import Onset
from .learn.posterior import Posterior
from .learn.records import records
from .learn.reference_class import ReferenceClass, reference_class
from .learn.scores import Scores, score
from .learn.slips import pert_slip
from .learn.stack import Stacked, stack
from .learn.update import Update, update
from .runs.event_files import write_events
from .runs.events import EventLog
from .runs.losses import Tail
from .runs.merging import merge
from .runs.policy import Policy
from .runs.run import Run, load
from .runs.samples import InputSample, sample_inputs
from .runs.simulate import resume, simulate, stream
from .runs.situations import Situation, Situations
from .runs.trial import Trial
from .scenario.scenario import Scenario

__all__ = [
    "Backtest",
    "CollapseError",
    "Comparison",
    "Conclusions",
    "Conditioned",
    "Converged",
    "Criticality",
    "Discovery",
    "Drivers",
    "Elicitation",
    "EventLog",
    "ExchangeError",
    "ExecutorError",
    "Explanation",
    "Explorer",
    "Forecast",
    "Forecasting",
    "InputSample",
    "Interrupted",
    "JudgementError",
    "MinimumAllowance",
    "ObservationError",
    "Observations",
    "Onset",
    "PauseTradeoff",
    "Policy",
    "PolicyError",
    "Posterior",
    "Problem",
    "Reentry",
    "ReferenceClass",
    "RiskOverTime",
    "RiskRegister",
    "RuleSearch",
    "Run",
    "Scenario",
    "ScenarioError",
    "Scores",
    "Situation",
    "Situations",
    "Stacked",
    "Sweep",
    "Tail",
    "Tornado",
    "Trial",
    "Update",
    "Worlds",
    "__version__",
    "adapters",
    "backtest",
    "compare",
    "compare_worlds",
    "condition",
    "criticality",
    "drivers",
    "elicit",
    "examples",
    "exchange",
    "explain",
    "explore",
    "fit",
    "fit_by_simulation",
    "forecasting",
    "load",
    "merge",
    "minimum_allowance",
    "optimize_rule",
    "pause_tradeoff",
    "pert_slip",
    "records",
    "reentry",
    "reference_class",
    "resume",
    "risk_over_time",
    "risk_register",
    "sample_inputs",
    "scenario_discovery",
    "score",
    "simulate",
    "simulate_to_precision",
    "stack",
    "stream",
    "sweep",
    "tornado",
    "update",
    "write_events",
]
