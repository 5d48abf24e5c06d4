"""What all results have in common, and what a result of one's own has to bring."""

import math

import pandas as pd
import pytest

import drawdown as dd
from drawdown._internal.tables import Frame, Prose, Table, cell, short
from drawdown.plots.figure import panels
from drawdown.report.page import section
from drawdown.runs.result import Result

QUIET = {"seed": 7, "progress": False}


@pytest.fixture(scope="module")
def run():
    scenario = dd.Scenario.example("minimal").replace({"title": "<b>Base & co</b>"})
    return dd.simulate(scenario, trials=30, **QUIET)


TITLE = "<i>Attacks</i> & more"


class Own(Result):
    """The least that a result takes."""

    def __init__(self, run):
        self.runs = {"as written": run}

    @property
    def title(self):
        return TITLE

    @property
    def notes(self):
        return "mean: over\ntrials & draws\n"

    def tables(self):
        run = self.runs["as written"]
        index = pd.MultiIndex.from_tuples([("a", 0.5), ("<b>", 2)], names=["kind", "days"])
        dates = [pd.NaT, pd.Timestamp("2025-02-01")]
        return {"table": pd.DataFrame({"attacks": [run.trials, 1.23456], "date": dates}, index)}


class Drawn(Own):
    def plot(self, axes=None, *, figsize=None, title=None):
        return self._drawn(axes, figsize, title)


def _draw(found, sheet):
    with panels(found.title, found.origin_line, sheet, 1) as (ax,):
        ax.plot([0, 1])
    return ax


def test_tables_and_a_title_are_enough_to_be_read(run):
    own = Own(run)
    assert str(own) == (
        f"{run.origin_line}\n\n"
        "kind, days  attacks        date\n"
        "a, 0.5           30           –\n"
        "<b>, 2        1.235  2025-02-01\n"
        "\nmean: over\ntrials & draws\n"
    )
    assert repr(own) == f"Own({run.origin_line})"
    assert own.scenario == run.scenario


def test_what_a_notebook_shows_is_escaped(run):
    shown = Own(run)._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;Base &amp; co&lt;/b&gt;" in shown
    assert "<th>&lt;b&gt;, 2</th>" in shown
    assert "<p>mean: over\ntrials &amp; draws\n</p>" in shown


def test_a_result_of_ones_own_is_a_section_of_the_page(run, tmp_path, monkeypatch):
    bare = section(Own(run), run)
    assert (bare.title, bare.origin, bare.scenario) == (
        TITLE,
        run.origin_line,
        run.scenario,
    )
    assert bare.text == ["mean: over trials & draws"]
    assert [row[0] for row in bare.tables[0].rows] == ["a, 0.5", "<b>, 2"]
    assert not bare.pictures
    # What the table of `drawdown.__init__` says of classes of this package.
    monkeypatch.setattr("drawdown.runs.result.attached", lambda one, name: _attached(one, name))
    run.report(tmp_path / "page.html", also=[Drawn(run)], trials=10, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    part = page[page.index("&lt;i&gt;Attacks&lt;/i&gt; &amp; more</h2>") :]
    part = part.partition("</section>")[0]
    assert "<svg" in part
    assert "1.235" in part
    assert "mean: over trials &amp; draws" in part


def _attached(one, name):
    from drawdown._internal.attached import attached

    return _draw if name == "plot" else attached(one, name)


def test_what_a_class_of_ones_own_brings_has_to_be_a_section(run):
    class Wrong:
        def section(self, run):
            return "a text"

    for wrong in (Wrong(), Wrong, Own, 3):
        with pytest.raises(TypeError, match=f"`also` takes results .* not {type(wrong).__name__}"):
            section(wrong, run)


def test_a_table_and_runs_are_enough(run):
    class Little(Result):
        def __init__(self):
            self.runs = {"": run}

        def table(self):
            return pd.DataFrame({"x": [1]}, pd.Index(["a"], name="what"))

    assert Little().title == "Little"
    assert str(Little()) == f"{run.origin_line}\n\nwhat  x\na     1\n"
    assert section(Little(), run).text == []


def test_cells_of_every_type():
    values = [
        None,
        pd.NaT,
        float("nan"),
        float("inf"),
        True,
        12345.6,
        "a",
        pd.Timestamp("2025-03-04"),
    ]
    assert [cell(value) for value in values] == [
        *("–", "–", "–", "inf", "yes", "12,346", "a", "2025-03-04")
    ]


def test_prose_fits_a_screen_and_is_escaped():
    long = " ".join(["<word>"] * 40)
    assert max(map(len, Prose([long]).text().splitlines())) <= 100
    assert Prose([long]).text().split() == long.split()
    assert Prose(["a & b"]).html() == "<p>a &amp; b</p>"
    assert Prose(["a", "b"], listed=True).html() == "<ul><li>a</li><li>b</li></ul>"


def test_a_frame_is_printed_as_another_table_if_one_is_given():
    frame = pd.DataFrame({"x": [0.123456]}, ["a"])
    assert Frame(frame, "{:.2f}").text().split() == ["x", "a", "0.12"]
    assert Frame(frame, printed=Table("", ["y"], [["b", "2"]])).text().split() == ["y", "b", "2"]
    assert "0.123456" in Frame(frame).html()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.012_345, "0.0123"),
        (-0.0, "0"),
        (99.96, "100"),
        (1_234.5, "1,234"),
        (99_999.4, "99,999"),
        (133_778_821.0, "133,800,000"),
        (-2_000_499.9, "-2,000,000"),
        (math.nan, "–"),
    ],
)
def test_a_number_beside_an_interval_is_no_more_precise_than_it_is_known(value, text):
    assert short(value) == text
