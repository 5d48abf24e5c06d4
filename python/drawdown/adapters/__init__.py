"""Scenarios in the forms that other libraries of analysis take: SALib, ema_workbench, tables."""

from .adapters import at_quantiles, ema_model, salib_evaluate, salib_problem

__all__ = ["at_quantiles", "ema_model", "salib_evaluate", "salib_problem"]
