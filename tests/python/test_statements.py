"""What results keep as texts in English, and say again in the language of a page."""

import copy
import json
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown._internal import folders
from drawdown.languages.catalogue import ENGLISH, LANGUAGES, Written, named
from drawdown.languages.speech import speaking
from drawdown.languages.statements import Statement, said, state, state_each
from drawdown.learn import fit, fit_tables, reporting
from drawdown.learn.histories import Counted, Record, Total
from drawdown.learn.posterior_files import read_posterior, write_posterior
from drawdown.report import marking, page
from test_description import TREE
from test_fit import WORLD, count, quiet
from test_report_languages import Texts
from test_report_results import ARABIC

sys.path.insert(0, str(Path(__file__).parents[2] / "verification"))
import fits_by_simulation as cases

OTHERS = [code for code in LANGUAGES if code != "en"]
RATE = "world.threats.group.attacks_per_day"


def left_out() -> tuple[dd.Scenario, fit.Data]:
    """A scenario with all that the likelihood leaves out, and counts of attacks in it."""
    return dd.Scenario.from_dict(TREE), ([count(0, 500, 3)], False, [], [], [], [])


def predictive(bound: str) -> pd.DataFrame:
    days = {"from": pd.Timestamp("2025-01-01"), "to": pd.Timestamp("2025-01-31")}
    row = {"bound": bound, "observed": 1_234, "prior_p10": 5, "prior_p90": 6.4}
    return pd.DataFrame([days | row | {"prior_pit": 0.999}] * 2)


def never_moved() -> list[Statement]:
    scenario = dd.Scenario.from_toml(WORLD)
    samples = dd.sample_inputs(scenario, 2_000, seed=1)
    about = pd.DataFrame({"rhat": 1.0}, pd.Index([RATE], name="range"))
    return fit._unmoved(dd.Posterior(scenario, samples, about, "likelihood", {"seed": 1}))


def observed(levels: int, dates: int) -> dd.Observations:
    day = pd.date_range("2025-01-01", periods=9)
    tables = {
        "levels": pd.DataFrame({"date": day[:levels], "people": 3}),
        "dates": pd.DataFrame({"kind": "phase", "id": "leave", "date": day[:dates]}),
    }
    return dd.Observations.of(**{name: of for name, of in tables.items() if len(of)})


def by_simulation() -> list[str]:
    counts = pd.DataFrame([{"from": "2020-01-01", "to": "2020-12-31", "count": 3_000}])
    options: dict[str, Any] = {"particles": 20, "populations": 1, "seed": 3, "progress": False}
    given = dd.Observations.of(counts=counts)
    return dd.fit_by_simulation(cases.scenario(), given, **options).warnings


UNMIXED = pd.DataFrame(
    {"rhat": [1.0234, np.nan], "ess_bulk": [1_234.0, 3.0], "ess_tail": [399.9, np.nan]},
    [RATE, "world.insurgency.strength"],
)
# Each kind of warning, and what it has always been in English.
WARNINGS = {
    "levels and dates": (
        lambda: fit_tables.unread(observed(1, 3)),
        "1 row of levels and 3 rows of dates are not fitted to: `update` takes them in, with the "
        "posterior as `fitted`",
    ),
    "dates": (
        lambda: fit_tables.unread(observed(0, 1)),
        "1 row of dates are not fitted to: `update` takes them in, with the posterior as `fitted`",
    ),
    "beyond": (
        lambda: fit._beyond(predictive("exact")),
        "the prior hardly expects what was counted (its P10 to P90 beside it): 2025-01-01 to "
        "2025-01-31: 1234, expected 5 to 6; 2025-01-01 to 2025-01-31: 1234, expected 5 to 6. Widen "
        "the ranges, or look for a fault in the counts",
    ),
    "left out": (
        lambda: fit._left_out(*left_out()),
        "the likelihood leaves out strikes in answer to attacks (`militia`), the truce "
        "(`militia`), the grievance (`militia`), the pattern around hand-overs (`militia`), the "
        "profile (`militia`), the factors by month (`militia`), ceasefires (`militia`), the drift "
        "of its rate (`militia`), displacement (`militia`), windows of the calendar, incidents of "
        "the insurgency, people who leave while attacks are counted: what they do goes into the "
        "ranges",
    ),
    "contagion": (
        lambda: fit._constant_background(
            dd.Scenario.from_toml(WORLD),
            ["world.threats.group.contagion.children_per_attack"],
        ),
        "contagion (world.threats.group.contagion.children_per_attack) is fitted with a background "
        "that is the same at all times: quiet and loud times then look like contagion (.85 is "
        "found where there is none). Give `attacks_per_day` by state of tension",
    ),
    "chains": (
        lambda: fit._unmixed(UNMIXED),
        f"the chains have not mixed: {RATE} (R-hat 1.023, ESS 400), world.insurgency.strength (R-hat nan, ESS 3); "
        "R-hat should be below 1.01 and the effective sample size above 400. The draws are kept, "
        "and quantiles of them are not to be relied on: give more `draws` and `warmup`, or "
        "narrower ranges",
    ),
    "prior": (
        never_moved,
        f"the prior decides, and the data say next to nothing of {RATE}: argue for these ranges, "
        "or elicit them",
    ),
    "sources": (
        lambda: reporting.warning([("press", '{"uniform": [1, 2]}', [0])], [count(0, 9, 3)]),
        "every count is of a source whose factor is not known: by counts alone rates and factors "
        "cannot be told apart, and their priors decide. Leave out the source whose counts are to "
        "be believed",
    ),
    "simulation": (
        lambda: by_simulation()[:1],
        "attacks, total was 3e+03, and 22 to 403 in all 80 histories of the prior: it hardly "
        "allows what was seen",
    ),
    "tolerance": (
        lambda: by_simulation()[-1:],
        "the tolerance had not stalled: more `populations` come nearer to the record",
    ),
}


def keys(kept: Any) -> set[str]:
    """The messages of a record, and of those in it."""
    inner = kept.values() if isinstance(kept, dict) else kept if isinstance(kept, list) else ()
    found = {key for one in inner for key in keys(one)}
    return found | {kept["key"]} if isinstance(kept, dict) and "key" in kept else found


@pytest.fixture(scope="module")
def warned() -> dict[str, list[str]]:
    return {name: make() for name, (make, _) in WARNINGS.items()}


@pytest.mark.parametrize("kind", WARNINGS)
def test_a_warning_of_a_fit_has_its_words_in_english(warned, kind):
    (warning,) = warned[kind]
    assert warning == WARNINGS[kind][1]
    assert json.dumps([warning]) == json.dumps([WARNINGS[kind][1]])


RUN = dd.simulate(dd.Scenario.example("minimal"), trials=2, seed=1, progress=False)


def section(result: Any, code: str) -> str:
    """The texts and tables that a result brings to a page."""
    with speaking(code):
        found = page.section(result, RUN)
        texts = [f"<p>{marking.prose(text)}</p>" for text in found.text]
        return "".join(texts) + "".join(map(marking.table, found.tables))


def with_warnings(warnings: list[str]) -> dd.Posterior:
    scenario = dd.Scenario.from_toml(WORLD)
    samples = dd.sample_inputs(scenario, 30, seed=1)
    about = pd.DataFrame({"rhat": 1.0}, pd.Index([RATE], name="range"))
    found = dd.Posterior(scenario, samples, about, "likelihood", {"seed": 1})
    found.warnings = warnings
    return found


def pieces(text: str) -> list[str]:
    """The words of a text in English, by four that stand together."""
    words = re.findall(r"[a-z]{2,}", re.sub(r"`[^`]*`|\w+(\.\w+)+", "", text))
    return [" ".join(words[k : k + 4]) for k in range(max(len(words) - 3, 1))]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("kind", WARNINGS)
def test_a_page_says_a_warning_of_a_fit_in_its_language(warned, kind, code):
    result = with_warnings(warned[kind])
    text = section(result, code)
    assert 'lang="en"' not in text
    words = " ".join(re.findall("[a-z]{2,}", re.sub("<code>.*?</code>", "", text)))
    assert not [piece for piece in pieces(WARNINGS[kind][1]) if piece in words]
    with speaking(code):
        again = said(warned[kind][0])
    assert again != warned[kind][0]
    if code == "ar":
        assert ARABIC.search(again)
    # Whatever else stands there is said as it was.
    assert result.notes == f"- {WARNINGS[kind][1]}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_warning_of_ones_own_is_marked_as_english(code):
    assert 'lang="en"' in section(with_warnings(["beware of the dog"]), code)
    assert 'lang="en"' not in section(with_warnings(["beware of the dog"]), "en")


def test_numbers_and_plurals_of_a_warning_are_those_of_the_language(warned):
    with speaking("fr"):
        assert "R-hat 1,023, ESS 400" in said(warned["chains"][0])
        assert "1 ligne d’effectifs et 3 lignes de dates" in said(warned["levels and dates"][0])
        assert said(warned["beyond"][0]).count("\u00a0; du ") == 1
    with speaking("ar"):
        plain = re.sub("[\u2066-\u2069]", "", said(warned["levels and dates"][0]))
        assert "صف واحد من المستويات (1) و3 صفوف من التواريخ" in plain


def statistics() -> list[Statement]:
    months = np.arange(0.0, 421, 30)
    counts = [
        dd.learn.core_counts.CoreCount(*row[:3], None, (), kind, 3, 0.0)
        for kind, row in (
            *(("exact", (a, a + 30, "attacks")) for a in months[:7]),
            ("at_most", (months[7], months[8], "attacks")),
        )
    ]
    totals = [Total.of(one, 1, 2) for one in ("expelled_days", "attacks of site syria")]
    return Record([Counted.of("attacks", counts, months)], totals, "").names


def test_what_a_fit_by_simulation_compares_has_its_names_in_english():
    assert statistics() == [
        "attacks, total",
        "attacks, largest month",
        "attacks, median month",
        "attacks, share of quiet months",
        "attacks, share of loud months",
        "attacks, beyond what they were at most",
        "expelled_days",
        "attacks of site syria",
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_what_a_fit_by_simulation_compares_is_said_in_the_language_of_the_page(code):
    with speaking(code):
        again = [said(one) for one in statistics()]
    assert not any(re.search("month|share|beyond|attacks|expelled", one) for one in again)
    record = dd.Observations.of(
        counts=pd.DataFrame([{"from": "2020-01-01", "to": "2020-12-31", "count": 90}])
    )
    options: dict[str, Any] = {"particles": 20, "populations": 1, "seed": 3, "progress": False}
    text = section(dd.fit_by_simulation(cases.scenario(), record, **options), code)
    assert "attacks, total" not in text
    assert 'lang="en"' not in text


def left() -> dict[str, dd.Observations]:
    """Observations of which rows were left out for each reason that there is."""
    year = ("2021-01-01", "2021-12-31")
    event = {"date": "2021-02-03", "town": "Basra", "who": "Red", "what": "shots"}
    where = {"lat": 33.0, "lon": 44.0}
    events = [
        {},
        {"date": "03/08/2021"},
        {"date": "2021"},
        {"date": "2020-12-31"},
        {"begin": "2020-12-10", "end": "2021-01-02", "date": None},
        {"what": "talks"},
        {"what": "sale"},
        {"town": "Kirkuk", "who": "Blue"},
        {"town": "Mosul", "lat": None, "lon": None},
        {"town": "Mosul"},
    ]
    table = pd.DataFrame([{**event, **where, "colour": "red", **row} for row in events])
    spans = table["begin"].fillna(table["date"]), table["end"].fillna(table["date"])
    table["begin"], table["end"] = spans
    columns = {"date_from": "begin", "date_to": "end", "place": "town", "actor": "who"}
    columns |= {"kind": "what", "latitude": "lat", "longitude": "lon"}
    named_so = {"sites": {"Basra": "base", "Kirkuk": "base", "Mosull": "base", "Tikrit": "base"}}
    found = {
        "events": dd.Observations.read_events(
            table.drop(columns="date"),
            year,
            columns=columns,
            near={"base": (30.0, 40.0)},
            within_km=5,
            threats={"Red": "militia"},
            kinds={"shots": "attack", "talks": None},
            **named_so,
        ),
        "shares": dd.Observations.read_events(
            pd.DataFrame(
                [
                    {"iyear": 2021, "imonth": 2, "iday": 3, "gname": "Red", "hurt": hurt}
                    for hurt in (1, 0.5)
                ]
            ),
            year,
            columns={"killed": "hurt"},
        ),
        "dates": dd.Observations.read_dates(
            pd.DataFrame(
                {
                    "date": ["2021-02-03", "2021-02-03", "2021", "soon"],
                    "id": ["leave", None, "leave", "leave"],
                }
            ),
            kind="phase",
        ),
        "counts": dd.Observations.read_counts(
            pd.DataFrame({"period": ["2021-01"], "attacks": [9], "east": [3], "west": [2]}),
            split={"east": "e", "west": "w"},
        ),
        "levels": dd.Observations.read_levels(
            pd.DataFrame({"date": ["2021-01-01", "2021-01-02"], "people": [9, None]})
        ),
    }
    some = dd.Observations.of(events=pd.DataFrame({"date": ["2021-02-03"]}), window=year)
    found |= {f"by {by}": some.counted(by=by) for by in ("site", "threat")}
    month = pd.DataFrame([{"from": "2021-01-01", "to": "2021-01-31", "count": 3}])
    whole = dd.Observations.of(counts=month)
    return found | {"until": whole.until("2021-01-15"), "since": whole.since("2021-01-15")}


LEFT = left()


def test_every_reason_and_every_warning_is_among_these(warned):
    there = [why for one in LEFT.values() for why in one.unmapped["why"]]
    assert all(isinstance(why, Statement) for why in there)
    short = [why for one in LEFT.values() for why in one.left_out().index.get_level_values("why")]
    texts = [*there, *short, *statistics(), *(one for of in warned.values() for one in of)]
    found = {key for one in texts for key in keys(one.record)}
    kinds = ("left-", "fit-", "statistic-")
    assert {key for key in named(ENGLISH) if key.startswith(kinds)} == {
        key for key in found if key.startswith(kinds)
    }


def test_reasons_have_their_words_in_english():
    whys = {
        name: one.left_out().index.get_level_values("why").to_list() for name, one in LEFT.items()
    }
    assert whys["events"] == [
        "nobody can say which day that is",
        "known to more than 31 days only",
        "outside the window",
        "outside the window by its middle day, and perhaps within",
        "kind: the table leaves it out",
        "kind: it is not in the table",
        "actor: it is not in the table",
        "place: it is not in the table, and it has no coordinates",
        "place: it is not in the table, and some km from the nearest site, base",
        'no row has this name; did you mean "Mosul"?',
        "no row has this name",
        "no column of this name is read",
    ]
    assert LEFT["events"].unmapped["why"][8] == (
        "place: it is not in the table, and 505 km from the nearest site, base"
    )
    share = "a share of people harmed in several events: taken as not told"
    assert share in whys["shares"]
    assert whys["dates"] == [
        "there is no id",
        "known to more than 1 days only",
        "nobody can say which day that is",
    ]
    assert whys["counts"] == ["in none of the parts"]
    assert whys["levels"] == ["no number is given"]
    assert whys["by site"] == ["its site is not known, and events are counted by site"]
    assert whys["by threat"] == ["its threat is not known, and events are counted by threat"]
    assert whys["until"] == ["it lies on both sides of the end of 2021-01-15"]
    assert whys["since"] == ["it lies on both sides of the begin of 2021-01-15"]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", LEFT)
def test_a_page_says_why_rows_were_left_out_in_its_language(name, code):
    html = section(LEFT[name], code)
    assert 'lang="en"' not in html
    text = " ".join(Texts(html).found)
    for why in LEFT[name].left_out().index.get_level_values("why"):
        assert why not in text
        with speaking(code):
            again = said(why)
        assert not [piece for piece in pieces(why) if piece in again]


@pytest.mark.parametrize("code", OTHERS)
def test_why_a_caller_left_rows_out_is_marked_as_english(code):
    row = {"of": "events", "value": "a dog", "why": "it barks"}
    one = dd.Observations.of(
        counts=LEFT["levels"]
        .levels.rename(columns={"date": "from", "people": "count"})
        .assign(to=lambda of: of["from"])[["from", "to", "count"]],
        unmapped=pd.DataFrame([row]),
    )
    assert 'lang="en" dir="ltr">it barks<' in section(one, code)
    assert one.left_out().index.to_list() == [("events", "it barks")]


def test_reasons_stay_what_they_are_however_observations_are_joined():
    both = LEFT["levels"] + LEFT["dates"]
    again = dd.Observations.of(levels=both.levels, unmapped=both.unmapped)
    for one in (both, again, pickle.loads(pickle.dumps(both)), both.until("2021-06-01")):
        assert all(isinstance(why, Statement) for why in one.unmapped["why"])
        assert one.unmapped["why"].to_list() == both.unmapped["why"].to_list()


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda of: pickle.loads(pickle.dumps(of))]
)
def test_a_statement_can_be_copied_and_stored(warned, again):
    for (warning,) in warned.values():
        found = again(warning)
        # As texts, since of numbers one is missing.
        assert (found, repr(found.record)) == (str(warning), repr(warning.record))
        with speaking("fr"):
            assert said(found) == said(warning)


def test_a_posterior_keeps_its_warnings_however_it_is_kept(warned, tmp_path, monkeypatch):
    made = with_warnings([*(one for of in warned.values() for one in of), "of my own"])
    monkeypatch.setattr(folders, "unsound", lambda *_: None)
    write_posterior(made, tmp_path)
    read = read_posterior(tmp_path)
    for found in (read, copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert found.warnings == made.warnings
        with speaking("ar"):
            assert found.notes == made.notes
    # Folders of versions that kept the texts alone.
    path = tmp_path / "posterior.json"
    about = json.loads(path.read_text("utf-8"))
    assert about["warnings"] == [str(one) for one in made.warnings]
    del about["messages"]
    path.write_text(json.dumps(about), "utf-8")
    assert read_posterior(tmp_path).warnings == made.warnings


def test_a_statement_of_another_version_is_said_in_english():
    other = Statement("all is well", {"key": "no-such-message", "values": {}})
    less = Statement("all is well", {"key": "fit-unmoved", "values": {}})
    with speaking("fr"):
        assert said(other) == said(less) == "\u2066all is well\u2069"
    assert said(other) == "all is well"


def test_what_is_stated_is_in_english_whatever_is_spoken():
    with speaking("fr"):
        one = state("fit-unmoved", ranges=state_each(["a", "b"]))
        number = state("fit-unmixed-range", range="a", rhat=Written("1.5", 1.5), ess="3")
    assert one.startswith("the prior decides")
    assert one.key == "fit-unmoved"
    assert number == "a (R-hat 1.5, ESS 3)"


def test_a_fit_warns_in_english_with_what_it_keeps():
    scenario = dd.Scenario.from_toml(WORLD)
    with pytest.warns(UserWarning, match="the prior hardly expects") as caught:
        found = dd.fit(scenario, [count(0, 10, 40)], seed=1, progress=False)
    assert {str(one.message) for one in caught} == set(found.warnings)
    assert quiet(scenario, [count(0, 10, 5)], seed=1).warnings == []
