"""What other libraries take or lend: SALib, ema_workbench, tables; clusters of Dask."""

from .adapters import at_quantiles, ema_model, salib_evaluate, salib_problem
from .cluster import dask_executor

__all__ = ["at_quantiles", "dask_executor", "ema_model", "salib_evaluate", "salib_problem"]
