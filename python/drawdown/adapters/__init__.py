"""What other libraries take or lend: SALib, ema_workbench, Gymnasium, tables; clusters of Dask."""

from .adapters import at_quantiles, ema_model, salib_evaluate, salib_problem
from .cluster import dask_executor
from .gym import gym_env

__all__ = [
    "at_quantiles",
    "dask_executor",
    "ema_model",
    "gym_env",
    "salib_evaluate",
    "salib_problem",
]
