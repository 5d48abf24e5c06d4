"""Scenarios in the forms that other libraries take: SALib, ema_workbench, Gymnasium, tables."""

from .adapters import at_quantiles, ema_model, salib_evaluate, salib_problem
from .gym import gym_env

__all__ = ["at_quantiles", "ema_model", "gym_env", "salib_evaluate", "salib_problem"]
