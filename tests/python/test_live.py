"""The part of a page that simulates again: what the file carries, and when it is refused."""

import base64
import hashlib
import html
import json
import re

import pytest

import drawdown as dd
from drawdown import cli
from drawdown.report import live

PAUSE = "plan.breathing_room.pause_days"


@pytest.fixture
def core(monkeypatch):
    """As if the core for browsers had been built."""
    monkeypatch.setattr(live, "_compiled", lambda: b"core")


@pytest.fixture(scope="module")
def run(iraq):
    return dd.simulate(iraq, trials=50, seed=2**63 + 1, progress=False)


def page(run, path, **more):
    run.report(path, trials=20, progress=False, **more)
    return path.read_text()


def inside(text, name):
    return re.search(rf'id="live-{name}">(.*?)</script>', text, re.DOTALL).group(1)


def test_without_its_live_parts_it_is_the_page_as_it_was(run, core, tmp_path):
    text, plain = page(run, tmp_path / "a.html", live=True), page(run, tmp_path / "b.html")
    assert page(run, tmp_path / "c.html", live=True) == text
    assert "script" not in plain
    for part in (
        r"<meta http-equiv[^\n]*\n",
        r"#live-banner \{[^\n]*\n",
        r'<p id="live-banner"[^\n]*\n',
        r'<li><a href="#live">[^\n]*\n',
        r'<section id="live">.*?</section>\n\n',
        r"<script.*</script>\n",
    ):
        text, count = re.subn(part, "", text, flags=re.DOTALL)
        assert count == 1, part
    mark = "<!-- written by drawdown"
    assert text.split(mark)[0] == plain.split(mark)[0]


def test_it_allows_itself_its_own_script_and_nothing_from_anywhere(run, core, tmp_path):
    text = page(run, tmp_path / "a.html", live=True)
    policy = html.unescape(re.search(r'Security-Policy" content="([^"]*)"', text).group(1))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    seal = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'sha256-{seal}' 'wasm-unsafe-eval'",
        "worker-src": "blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
    }
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import)\s*\(", script)
    assert not re.search(r"(src|href)\s*=\s*[\"']?https?:", text)


def test_it_carries_the_scenario_the_controls_and_the_digest(run, iraq, core, tmp_path):
    about = json.loads(inside(page(run, tmp_path / "a.html", live=True), "about"))
    assert dd.Scenario.from_json(about["scenario"]) == iraq
    # Too large for a number of JavaScript.
    assert about["seed"] == str(2**63 + 1)
    few = dd.simulate(iraq, trials=about["checked"], seed=run.seed, progress=False)
    assert about["digest"] == few._results.digest()
    assert about["stages"] == [500]
    assert 1 <= len(about["controls"]) <= 10


@pytest.mark.parametrize(
    ("trials", "stages"),
    [(20, [500]), (600, [500, 600]), (5_000, [500, 5_000]), (20_050, [500, 5_000, 20_000])],
)
def test_the_last_stage_is_that_of_the_run(core, trials, stages):
    minimal = dd.simulate(dd.Scenario.example("minimal"), trials=trials, seed=7, progress=False)
    part = live.live_part(minimal, ["plan.transport.people_per_day"])
    assert json.loads(part.data["about"])["stages"] == stages


def test_what_can_be_moved_is_what_was_asked_for(run, core):
    part = live.live_part(run, {PAUSE: (0, 90)})
    (control,) = json.loads(part.data["about"])["controls"]
    assert (control["path"], control["low"], control["high"]) == (PAUSE, 0, 90)


def test_a_title_does_not_end_the_element_it_stands_in(iraq, core, tmp_path):
    odd = iraq.replace({"title": "a </script><b> <!-- c"})
    text = page(
        dd.simulate(odd, trials=20, seed=7, progress=False), tmp_path / "a.html", live=[PAUSE]
    )
    assert json.loads(inside(text, "about"))["title"] == odd.title
    assert "<b>" not in text


def test_what_cannot_be_live_is_refused(run, iraq, core):
    with pytest.raises(ValueError, match="cannot be moved"):
        live.live_part(run, ["world.insurgency"])
    with pytest.raises(ValueError, match="without `samples`"):
        live.live_part(dd.simulate(iraq, trials=20, samples=10, seed=7, progress=False), None)
    many = [path for path, _ in iraq._compiled.ranges()]
    assert len(many) > live.MOST
    with pytest.raises(ValueError, match="takes 10 numbers at most"):
        live.live_part(run, many)


def test_without_the_core_it_says_what_to_do(run, monkeypatch, tmp_path):
    monkeypatch.setattr(live, "_CORE", "is_not_there.gz")
    with pytest.raises(FileNotFoundError, match="`make wasm`"):
        run.report(tmp_path / "a.html", live=True)
    assert not (tmp_path / "a.html").exists()


def test_the_command_line_writes_it(core, tmp_path):
    out = tmp_path / "a.html"
    given = ["--trials", "20", "--beside", "10", "--seed", "7", "--quiet", "--out", str(out)]
    assert cli.main(["report", "minimal", *given, "--live"]) == 0
    assert json.loads(inside(out.read_text(), "about"))["title"] == "Untitled"


def test_a_digest_is_of_every_bit(iraq):
    def digest(**given):
        return dd.simulate(iraq, progress=False, **given)._results.digest()

    whole = digest(trials=60, seed=7, threads=1)
    assert whole == digest(trials=60, seed=7, threads=2)
    others = [
        digest(trials=61, seed=7),
        digest(trials=60, seed=8),
        digest(trials=range(1, 61), seed=7),
    ]
    assert len({whole, *others}) == 4


def test_the_core_is_written_in_letters_that_mean_nothing_in_html():
    assert len(set(live.LETTERS)) == 85
    assert not set(live.LETTERS) & set("<>&\"'`\\ ")
    every_byte = bytes(range(256)) * 5
    for left_over in range(4):
        core = every_byte[left_over:]
        text = live.lettered(core)
        assert set(text) <= set(live.LETTERS)
        letters = text + live.LETTERS[-1] * (-len(text) % 5)
        read = b""
        for at in range(0, len(letters), 5):
            word = 0
            for letter in letters[at : at + 5]:
                word = 85 * word + live.LETTERS.index(letter)
            read += word.to_bytes(4, "big")
        assert read[: len(core)] == core
