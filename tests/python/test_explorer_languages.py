"""The explorer and the live part of a page in other languages than English."""

import json
import re
from datetime import date
from importlib.resources import files

import pytest

import drawdown as dd
from drawdown import _core
from drawdown.cli import main
from drawdown.explorer import assets
from drawdown.explorer.answer import answer, cells, heads
from drawdown.explorer.explore import Explorer
from drawdown.explorer.labels import _PHRASES, label_of
from drawdown.explorer.server import Server
from drawdown.explorer.session import Session
from drawdown.explorer.voice import voice
from drawdown.explorer.worker import Worker
from drawdown.languages.catalogue import ENGLISH, LANGUAGES, named, source
from drawdown.languages.figures import in_full, localised
from drawdown.languages.speech import say, speaking, spoken
from drawdown.report import live
from test_description import left_of

OTHERS = [code for code in LANGUAGES if code != "en"]
PAUSE = "plan.breathing_room.pause_days"
SLOW = "plan.phases.second.duration_ratio.lognormal.median"
SCRIPTS = {
    **{name: assets.text_of(name) for name in (*assets.MODULES, "notebook.js", "page.js")},
    "live.js": (files(live.__package__) / "static" / "live.js").read_text("utf-8"),
}
# Texts with a space that nobody reads, and why.
NO_SENTENCES = {
    '{"drawdown-setting": 1, …}',  # how the text of a setting begins, which is JSON
    "textarea, input[type=text], input[type=search]",  # a selector of CSS
    ".number, [role=switch]",  # a selector of CSS
}
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
# What of an answer is read, and not drawn.
SAID = ("verdict", "dates", "losses", "decisions", "origin", "warnings")
# What a verdict may say of a setting beside a baseline.
KINDS = {
    "points less",
    "points more",
    " fewer than",
    " more than",
    "; neither is",
    ", not to be told",
}


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


def texts(script):
    """The literals of a script that hold a word and a space, but for classes of CSS."""
    script = re.sub(r"^\s*//.*$|(?<=[;{}]) // .*$|// milli.*$|// pixels.*$", "", script, flags=re.M)
    script = re.sub(r'class: (?:`[^`]*`|"[^"]*")', "", script)
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`', script)
    plain = (re.sub(r"\$\{[^}]*\}", "", one or other) for one, other in found)
    return [text.replace('\\"', '"') for text in plain if re.search(r"[A-Za-z]{2,}", text)]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_has_a_sentence_of_its_own(name):
    assert [t for t in texts(SCRIPTS[name]) if " " in t and t not in NO_SENTENCES] == []


def test_a_sentence_in_a_script_would_be_found():
    assert texts('h("p", { class: "small quiet", text: "Look again" })') == ["Look again"]
    assert texts("note(`${count} histories at once`)") == [" histories at once"]


def test_scripts_say_what_there_is_and_there_is_nothing_else():
    said = set(re.findall(r'"(view-[a-z0-9-]+)"', "".join(SCRIPTS.values())))
    assert said == {key for key in named(ENGLISH) if key.startswith("view-")}
    filled = {
        key: set(re.findall(r"(\w+)(?=\s*(?:[,:]|$))", values))
        for key, values in re.findall(
            r'say\("(view-[a-z0-9-]+)", \{ ([^}]*?) \}', "".join(SCRIPTS.values())
        )
    }
    for key, values in filled.items():
        assert named(ENGLISH)[key] <= values, key


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_scripts_say_needs_no_plural_and_has_its_values_in_braces(code):
    with speaking(code):
        words = voice()["words"]
    for key, values in named(ENGLISH).items():
        if key.startswith("view-"):
            assert set(re.findall(r"\{(\w+)\}", words[key])) == values
    chosen = re.findall(r"^(view-[a-z0-9-]+) =\s*\n\s*\{ \$\w+ ->", source(code), re.MULTILINE)
    assert chosen == []


def bare(text):
    """A text without marks that nobody sees."""
    return MARKS.sub("", text)


def answered(runs, code):
    with speaking(code):
        return answer(*runs, say("view-unnamed-baseline"))


@pytest.fixture(scope="module")
def pairs():
    """Runs beside their baselines: more and less, surely and not, all of it and parts."""
    found = []
    for name, changes in (
        ("iraq-2024", {PAUSE: 0}),
        ("iraq-2024", {SLOW: 1.3, "plan.transport.people_per_day": 40}),
        ("iraq-2024", {"world.threats.militias.rate_factor": 3}),
        ("iraq-2024", {"world.threats.militias.rate_factor": 0.1}),
        ("iraq-2024", {"plan.breathing_room.extension_days": 0}),
        ("minimal", {"plan.transport.people_per_day": 20}),
        ("minimal", {"world.threats": None}),
    ):
        base = dd.Scenario.example(name)
        for seed in (1, 2, 3):
            runs = (base.replace(changes), base)
            found.append([dd.simulate(x, trials=200, seed=seed, progress=False) for x in runs])
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_verdict_has_the_same_numbers_in_every_language(pairs, code):
    kinds = set()
    for runs in pairs:
        ours, theirs = answered(runs, "en"), answered(runs, code)
        said, english = bare(theirs["verdict"]), ours["verdict"]
        if (time := ours["on_time"]) is not None:
            day = date.fromisoformat(time["by"])
            english = english.replace(in_full(day), "")
            with speaking(code):
                due = bare(in_full(day))
            assert due in said
            said = said.replace(due, "")
        numbers = re.findall(r"\d[\d,.]*\d|\d", english)
        with speaking(code):
            due = [localised(one) for one in numbers]
        assert re.findall(r"\d[\d,.\u202f]*\d|\d", said) == due
        assert numbers
        for found in (ours, theirs):
            for part in found["people"]["parts"]:
                del part["title"]
        drawn = [{key: one[key] for key in one if key not in SAID} for one in (ours, theirs)]
        assert drawn[0] == drawn[1]
        kinds |= {one for one in KINDS if one in english}
    assert kinds == KINDS


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_an_answer_is_that_of_the_english_one(pairs, code):
    # But for figures and titles, which are as they are.
    for runs in pairs:
        english, theirs = (set(texts_of(answered(runs, one))) for one in ("en", code))
        alike = {text for text in english & theirs if re.search(r"[A-Za-z]{3}", text)}
        sites = runs[0].scenario.to_dict()["world"]["sites"]
        titles = {site.get("title", name) for name, site in sites.items()}
        # French has this word, too.
        assert alike - {"pauses"} == titles
        assert code != "ar" or not [t for t in theirs - titles if re.search("[a-z]", left_of(t))]


def texts_of(found):
    """What is read of an answer."""
    yield found["verdict"]
    yield from (part["title"] for part in found["people"]["parts"])
    yield from found["dates"]["head"]
    for row in found["dates"]["rows"]:
        yield from row
    for row in (*found["losses"], *found["decisions"]):
        yield from (value for value in row.values() if isinstance(value, str))
    for warning in found["warnings"]:
        yield from (warning["what"], warning["remedy"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_tables_of_an_answer_are_as_the_page_says_them(pairs, code):
    for runs in pairs:
        ours, theirs = answered(runs, "en"), answered(runs, code)
        for part in ("losses", "decisions"):
            for one, other in zip(ours[part], theirs[part], strict=True):
                key = f"measure-{one['name'].replace(' ', '_')}"
                with speaking(code):
                    assert other["mean"] == localised(one["mean"])
                    assert other["more"] == localised(one["more"])
                    if code != "en":
                        assert other["name"] == say(key)
                    if one["unit"] != "chance":
                        assert other["unit"] == say(f"unit-{one['unit']}")
                    ends = [localised(end) for end in one["interval"].split(" to ")]
                for end in ends:
                    assert end in other["interval"]
        heads = [len(found["dates"]["head"]) for found in (ours, theirs)]
        assert heads == [7, 7]


def test_an_answer_is_said_in_french(pairs):
    runs = pairs[0]
    found = answered(runs, "fr")
    assert re.fullmatch(
        r"Achevé au plus tard le 31 décembre 2026 dans \d+\u00a0% des trajectoires \(de \d+ à "
        r"\d+\).*\u00a0; [\d,]+ tués? (et|ou) blessés? en moyenne \(de [\d,]+ à [\d,]+\).*\.",
        found["verdict"],
    )
    assert found["dates"]["head"][1:] == [
        *("annoncé", "P10", "P50", "P90", "à temps", "dans la référence"),
    ]
    assert found["dates"]["rows"][0][0] == "Tout"
    assert found["dates"]["rows"][1][0].startswith("phase\u00a0: first")
    assert found["people"]["parts"][0]["title"] == "Tous les sites"
    with speaking("fr"):
        assert heads() == [
            *("à temps", "points de plus", "95\u00a0%", "tués et blessés", "de plus", "95\u00a0%"),
        ]
        assert re.fullmatch(r"\d+\u00a0%", cells(*runs)[0])


def test_the_core_refuses_a_language_that_it_does_not_have(pairs):
    run, base = (one._results for one in pairs[0])
    for wrong in (
        lambda: _core.answer(run, base, "it", "tlh"),
        lambda: _core.cells(run, base, "tlh"),
        lambda: _core.heads("tlh"),
    ):
        with pytest.raises(ValueError, match="there is no language `tlh`; "):
            wrong()


def test_english_has_nothing_to_put_in_place_of_anything():
    found = voice()
    assert (found["language"], found["rtl"]) == ("en", False)
    assert found["signs"] == {}
    assert found["months"][8] == "Sep"
    with speaking("ar"):
        found = voice()
    assert found["rtl"]
    assert found["months"][8] == "سبتمبر"
    with speaking("fr"):
        assert voice()["signs"]["."] == ","


@pytest.mark.parametrize("code", OTHERS)
def test_a_session_speaks_its_language_and_its_thread_no_other(iraq, worker, code):
    vary = {PAUSE: (0, 240), SLOW: (0.8, 1.5)}
    theirs = Session(iraq, vary, trials=500, seed=7, worker=worker, language=code)
    ours = Session(iraq, vary, trials=500, seed=7, worker=worker)
    # Of one thread, a step of one and then of the other.
    asked = [one.ask({"ask": "levers", "setting": {}}) for one in (theirs, ours)]
    there, here = (one.result() for one in asked)
    digits = lambda rows: [re.sub(r"\D", "", "".join(row[2:])) for row in rows]  # noqa: E731
    assert digits(there["rows"]) == digits(here["rows"])
    assert not set(there["head"]) & set(here["head"])
    assert here["rows"][0][0] == "Breathing room: pause allowed"
    assert here["rows"][1][1] == "240 days"
    for one, other in zip(there["rows"], here["rows"], strict=True):
        assert one[0] != other[0]
        assert "days" not in one[1]
    moved = {"ask": "move", "generation": 1, "trials": 500, "setting": {PAUSE: 0}}
    verdicts = [one.ask(moved).result()["verdict"] for one in (theirs, ours)]
    assert " the baseline" in verdicts[1]
    assert not re.search("[a-z] the |histories|casualties", verdicts[0])
    opened = theirs.ask({"ask": "open"}).result()
    assert " to " not in opened["span"]
    assert re.search("2024-10-01.*2028-12-31", opened["span"])
    found = theirs.ask({"ask": "breaking", "setting": {}}).result()
    assert not re.search("the plan|fails|holds|histories", found["said"])
    assert spoken() == ENGLISH


def test_breaking_is_said_in_french(iraq, worker):
    session = Session(iraq, {SLOW: (0.8, 1.5)}, trials=500, seed=7, worker=worker, language="fr")
    found = session.ask({"ask": "breaking", "setting": {}}).result()
    assert re.fullmatch(
        r"Il est achevé à temps dans \d+ % des trajectoires \(de \d+ à \d+\) ; "
        r"il doit l’être dans 50 % ou plus : le plan .*\.",
        found["said"],
    )
    (row,) = found["rows"]
    assert "le milieu d’un intervalle" in row["now"] or "," in row["now"]
    assert row["at"].endswith((" ou plus", " ou moins"))


@pytest.mark.parametrize("code", OTHERS)
def test_every_label_is_in_the_language(iraq, code):
    tree = iraq.to_dict()
    for phrase in _PHRASES:
        path = ".".join("some" if key == "*" else key for key in ("plan", *phrase.split()))
        with speaking(code):
            theirs = label_of(tree, path)
        fixed = [key for key in phrase.split() if key != "*"]
        assert f"label-{'-'.join(fixed)}" in named(ENGLISH)
        assert theirs != label_of(tree, path), phrase
        assert code != "ar" or re.search("[\u0600-\u06ff]{3}", theirs)


@pytest.mark.parametrize(("code", "way"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_page_of_a_server_is_in_the_language(code, way):
    with Server(dd.Scenario.example("minimal"), seed=7, trials=500, language=code) as server:
        page = server.page
    assert f'<html lang="{code}" dir="{way}">' in page
    spoken_with = json.loads(re.search(r'id="voice">(.*?)</script>', page)[1])
    assert spoken_with["language"] == code
    assert page.count("<script") == page.count("</script>") == 2


def test_a_language_without_messages_is_refused(capsys):
    for wrong in (
        lambda: Explorer("minimal", language="tlh"),
        lambda: Server(dd.Scenario.example("minimal"), language="tlh"),
    ):
        with pytest.raises(ValueError, match="`language` must be one of en, fr, ar, not 'tlh'"):
            wrong()
    with pytest.raises(SystemExit):
        main(["explore", "minimal", "--no-browser", "--language", "tlh"])
    assert "invalid choice: 'tlh'" in capsys.readouterr().err


def test_an_explorer_in_python_is_in_its_language():
    explorer = Explorer(
        "minimal", ["plan.transport.people_per_day"], trials=500, seed=7, language="fr"
    )
    assert explorer.controls["label"].tolist() == [
        "Transport : personnes déplacées par jour, au plus"
    ]
    explorer.close()


def test_a_widget_has_what_it_speaks_with():
    pytest.importorskip("anywidget")
    explorer = Explorer("minimal", trials=500, seed=7, language="ar")
    assert explorer.widget.voice["language"] == "ar"
    explorer.close()


def test_a_live_part_speaks_the_language_of_its_page(monkeypatch, tmp_path):
    monkeypatch.setattr(live, "_compiled", lambda: b"core")
    run = dd.simulate(dd.Scenario.example("minimal"), trials=20, seed=7, progress=False)
    run.report(tmp_path / "a.html", trials=10, live=True, language="ar", progress=False)
    page = (tmp_path / "a.html").read_text("utf-8")
    about = json.loads(re.search(r'id="live-about">(.*?)</script>', page, re.DOTALL)[1])
    assert about["voice"]["rtl"]
    part = re.search(r'<section id="live">(.*?)</section>', page, re.DOTALL)[1]
    assert "lang=" not in part
    assert not re.search(r"\b(number|browser|figures)\b", MARKS.sub("", part))
