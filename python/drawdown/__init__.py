"""Simulates phased troop withdrawals with adjustable delays ("breathing room") and attack risk.

>>> import drawdown as dd
>>> iraq = dd.Scenario.example("iraq-2024")
>>> run = dd.simulate(iraq, trials=1_000, seed=7)
>>> run.finish_dates().loc[("phase", "first"), "announced"].date()
datetime.date(2025, 9, 30)
"""

from importlib import import_module

import lazy_loader

from ._internal import renamed
from ._internal.attached import attach

# Names are imported when first used; `__init__.pyi` says which there are and where they stand.
_named, _, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    if name in renamed.NAMES:
        renamed.warn(name, renamed.NAMES[name])
        return _named(renamed.NAMES[name])
    return _named(name)


def __dir__() -> list[str]:
    return __all__


# Methods whose code stands above their class, most in a room above: class and method, then module
# and function. A star stands for every method of the class, for functions of their names, and for
# the module of the name of that of the class.
attach(
    {
        ("Backtest", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Comparison", "conclusions"): ("analysis.conclusions", "conclusions"),
        ("Comparison", "section"): ("report.sections", "of_comparison"),
        ("Comparison", "write"): ("report.export", "export_comparison"),
        ("ComparisonPlots", "*"): ("plots.comparison", "*"),
        ("Conclusions", "section"): ("report.world_sections", "of_conclusions"),
        ("Converged", "section"): ("report.belief_sections", "of_precision"),
        ("Criticality", "section"): ("report.driver_sections", "of_criticality"),
        ("Discovery", "section"): ("report.world_sections", "of_discovery"),
        ("Drivers", "section"): ("report.world_sections", "of_drivers"),
        ("Elicitation", "section"): ("report.belief_sections", "of_elicitation"),
        ("Explanation", "section"): ("report.sections", "of_explanation"),
        ("Forecast", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Onset", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Plots", "*"): ("plots.run", "*"),
        ("Observations", "section"): ("report.observed_sections", "of_observations"),
        ("PauseTradeoff", "section"): ("report.sections", "of_price"),
        ("ReferenceClass", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Reentry", "section"): ("report.driver_sections", "of_reentry"),
        ("RiskOverTime", "section"): ("report.sections", "of_risk"),
        ("RiskRegister", "section"): ("report.driver_sections", "of_register"),
        ("MinimumAllowance", "section"): ("report.sections", "of_room"),
        ("Result", "plot"): ("plots.*", "draw"),
        ("Result", "section"): ("report.sections", "of_result"),
        ("Run", "drivers"): ("analysis.driver_analysis", "from_run"),
        ("Run", "report"): ("report.page", "report"),
        ("Run", "to_bytes"): ("runs.merging", "to_bytes"),
        ("Run", "section"): ("report.sections", "of_levels"),
        ("Run", "write"): ("report.export", "export"),
        ("RuleSearch", "section"): ("report.driver_sections", "of_search"),
        ("Scores", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Stacked", "section"): ("report.forecast_sections", "of_forecasts"),
        ("Scenario", "assumptions"): ("scenario.assumption_table", "table"),
        ("Scenario", "explain"): ("scenario.explain", "explain"),
        ("Sweep", "section"): ("report.sections", "of_sweep"),
        ("Tail", "section"): ("report.belief_sections", "of_tail"),
        ("Tornado", "section"): ("report.driver_sections", "of_tornado"),
        ("Trial", "plot"): ("plots.trial", "draw"),
        ("Posterior", "section"): ("report.learned_sections", "of_posterior"),
        ("Update", "section"): ("report.learned_sections", "of_update"),
        ("Conditioned", "section"): ("report.learned_sections", "of_conditioned"),
        ("Update", "compare"): ("analysis.comparison", "Comparison"),
    },
    lambda module: import_module(f"{__name__}.{module}"),
)
