"""The table of what is attached names what there is, and nothing is left without."""

import inspect
from importlib import import_module

import pytest

import drawdown as dd
from drawdown._internal import attached
from drawdown.runs.result import Result

RESULTS = [
    kind
    for kind in (getattr(dd, name) for name in dd.__all__)
    if inspect.isclass(kind) and issubclass(kind, Result) and kind is not dd.Run
]


@pytest.mark.parametrize("row", attached._table, ids="-".join)
def test_every_row_names_a_class_and_a_function(row):
    (kind, method), (module, function) = row, attached._table[row]
    known = {"Plots", "ComparisonPlots", "Result"} | {
        getattr(dd, n).__name__ for n in dd.__all__ if inspect.isclass(getattr(dd, n))
    }
    assert kind in known
    if "*" not in module and "*" not in function:
        assert callable(getattr(import_module(f"drawdown.{module}"), function)), method


@pytest.mark.parametrize("kind", RESULTS, ids=lambda kind: kind.__name__)
def test_every_result_is_drawn_by_the_module_of_its_name_and_has_a_section_of_its_own(kind):
    if "plot" in vars(kind) and not isinstance(vars(kind)["plot"], property):
        drawn = import_module(f"drawdown.plots.{kind.__module__.rpartition('.')[2]}").draw
        assert callable(drawn)
    assert (kind.__name__, "section") in attached._table


@pytest.mark.parametrize("kind", ["Plots", "ComparisonPlots"])
def test_every_figure_of_an_accessor_has_its_function(kind):
    module, _ = attached._table[kind, "*"]
    accessor = getattr(
        import_module(f"drawdown.{'runs' if kind == 'Plots' else 'analysis'}.figures"), kind
    )
    figures = [
        name for name, of in vars(accessor).items() if inspect.isfunction(of) and name[0] != "_"
    ]
    assert figures
    for name in figures:
        assert callable(getattr(import_module(f"drawdown.{module}"), name))
