import base64
import re
from xml.etree import ElementTree

import pytest
from scipy import stats

import drawdown as dd


def test_a_page_holds_everything_and_is_the_same_each_time(run, tmp_path):
    run.report(tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text("utf-8")
    assert run.origin_line in page
    assert "seed=7" in page
    # Nothing comes from elsewhere.
    sources = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(sources) == 5
    for source in sources:
        head, picture = source.split(",", 1)
        assert head == "data:image/svg+xml;base64"
        root = ElementTree.fromstring(base64.b64decode(picture))
        assert root.tag.endswith("svg")
    assert "<script" not in page
    for measure in ("attacks", "casualties", "killed"):
        assert f"<th>{measure}</th>" in page
    run.report(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "brief.html").read_bytes()
    # The scenario on it is the one that was run.
    text = re.search(r"<summary>The scenario</summary><pre>(.*?)</pre>", page, re.DOTALL)[1]
    written = text.replace("&quot;", '"').replace("&#x27;", "'").replace("&gt;", ">")
    assert dd.Scenario.from_toml(written.replace("&lt;", "<").replace("&amp;", "&")) == run.scenario


def test_drivers_are_rank_correlations(run):
    from drawdown.report import _drivers

    table = _drivers(run)
    assert table.header == ["end of the last phase", "attacks", "casualties"]
    assert len(table.rows) == 6
    for path, *cells in table.rows:
        due = stats.spearmanr(run.inputs[path], run.values("attacks")).statistic
        assert float(cells[1]) == pytest.approx(due, abs=0.00501)
    assert table.rows[0][0] == "world.threats.militias.rate_factor"


def test_small_and_odd_runs_have_a_page_too(minimal, tmp_path):
    for name, given in {"stay": minimal.stay(), "minimal": minimal}.items():
        run = dd.simulate(given, trials=20, seed=7, progress=False)
        run.report(tmp_path / f"{name}.html")
    summary = dd.simulate(minimal, trials=20, seed=7, keep="summary", progress=False)
    summary.report(tmp_path / "summary.html")
    strange = minimal.replace({"title": "<b>A & B</b>"})
    dd.simulate(strange, trials=5, seed=7, progress=False).report(tmp_path / "strange.html")
    assert "<h1>&lt;b&gt;A &amp; B&lt;/b&gt;</h1>" in (tmp_path / "strange.html").read_text("utf-8")
