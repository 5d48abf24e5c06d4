"""Characters of other scripts: a font that has them, or one warning that names them."""

import html
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

import drawdown as dd
from drawdown.plots import lettering
from drawdown.report import svg

# In a font that matplotlib brings along, though not in its usual one: script capital A.
SCRIPT = "𝒜"
# In none of those that it brings along: a face, a place, and what draws nothing of its own.
FACE, PLACE, JOINER = "\U0001f9ff", "\U00020bb7", "\ufe0f"
LEFT_TO_RIGHT = "é ß Ω Ж ½ € “ ”"
RIGHT_TO_LEFT = "בסיס قاعدة"


@pytest.fixture(autouse=True)
def _no_other_fonts_than_those_of_matplotlib(monkeypatch):
    brought = [face for face in fontManager.ttflist if face.fname.startswith(mpl.get_data_path())]
    monkeypatch.setattr(fontManager, "ttflist", brought)
    lettering._family_with.cache_clear()
    yield
    lettering._family_with.cache_clear()


def titled(minimal, title):
    named = ("title", "world.sites.base.title", "plan.phases.leave.title")
    return dd.simulate(minimal.replace(dict.fromkeys(named, title)), trials=20, seed=1)


@pytest.mark.parametrize("title", [LEFT_TO_RIGHT, RIGHT_TO_LEFT, f"Base {SCRIPT}{JOINER}"])
def test_what_a_font_of_the_machine_has_is_drawn_in_silence(minimal, title):
    run = titled(minimal, title)
    for name in ("schedule", "finish", "attacks"):
        np.ravel(getattr(run.plot, name)())[0].figure.canvas.draw()


def test_the_font_that_has_a_character_is_chosen(minimal):
    figure = titled(minimal, f"Base {SCRIPT}").plot.schedule()[0].figure
    families = [text.get_fontfamily() for text in figure.findobj(Text) if SCRIPT in text.get_text()]
    assert families
    base = mpl.rcParams["font.family"]
    assert all(family[: len(base)] == base for family in families)
    assert all("STIXGeneral" in family for family in families)


def test_one_warning_names_what_no_font_has(minimal, tmp_path):
    run = titled(minimal, f"Base {FACE} {PLACE}{JOINER}")
    doings = [
        lambda: run.plot.schedule()[0].figure.canvas.draw(),
        lambda: run.plot.finish().figure.savefig(tmp_path / "one.svg"),
        lambda: run.write(tmp_path / "run", events=0),
        lambda: dd.Comparison({"one": run, FACE: run}).write(tmp_path / "plans"),
    ]
    for do in doings:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            do()
        assert len(told) == 1
        (warning,) = told
        assert warning.filename == __file__
        assert f"{PLACE} (U+20BB7)" in str(warning.message)
        assert f"{FACE} (U+1F9FF)" in str(warning.message)
        assert "U+FE0F" not in str(warning.message)


def test_pages_and_tables_have_the_text_and_no_warning(minimal, tmp_path):
    title = f"{FACE} {PLACE} {RIGHT_TO_LEFT} & <b> $1 to $2"
    run = titled(minimal, title)
    with svg.page():
        drawn = svg.inline(run.plot.finish(), "alt", "p")
    for part in title.split():
        assert html.escape(part) in drawn
    run.report(tmp_path / "page.html", trials=20, progress=False)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert html.escape(title) in page
    assert title in str(run)
    assert html.escape(title) in run._repr_html_()
    assert title in str(run.scenario)


def test_a_page_looks_the_same_whatever_the_user_has_set(minimal, tmp_path):
    run = titled(minimal, "Base")
    run.report(tmp_path / "one.html", trials=20, progress=False)
    mine = {"font.size": 20, "figure.figsize": (3, 3), "axes.facecolor": "black"}
    with mpl.rc_context(mine):
        run.report(tmp_path / "two.html", trials=20, progress=False)
        assert mpl.rcParams["font.size"] == 20
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert not plt.get_fignums()


@pytest.mark.parametrize("width", [0.3, 1, 3])
def test_lines_are_no_wider_than_asked_and_nothing_is_lost(width):
    rng = np.random.default_rng(5)
    letters = list("ab cd_ef-g.W基 é𝒜")
    for _ in range(40):
        text = " ".join("".join(rng.choice(letters, rng.integers(1, 60))).split())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lines = lettering.fitted(text, width, 9).split("\n")
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")
            assert all(len(line) == 1 or lettering.inches(line, 9) <= width for line in lines)
            ax = plt.figure(dpi=100).add_subplot()
            drawn = [ax.text(0, 0, line, size=9, parse_math=False) for line in lines]
            lettering.plain(drawn)
            wide = [text.get_window_extent().width / 100 for text in drawn]
        assert max(wide) <= width + 0.15, "as it is drawn, to a letter"
        plt.close()
