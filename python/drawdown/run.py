"""The results of a batch."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import _core, tables
from .files import replacing, write_text
from .scenario import Scenario
from .trial import Trial, calendar, labels

if TYPE_CHECKING:
    import xarray as xr

    from .plot import Plots
