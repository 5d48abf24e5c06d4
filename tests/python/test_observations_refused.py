"""Observations that are refused: with every problem at once, where it is and what to do."""

import pickle
from datetime import timedelta

import pandas as pd
import pytest

import drawdown as dd

DAY = timedelta(1)


def test_what_events_tell_of_is_not_counted_twice(iraq):
    table = pd.DataFrame(
        [
            ("2024-10-01", "2024-10-31", None, "attacks", "missing"),
            ("2024-11-01", "2024-11-30", None, "attacks", "exact"),
            ("2024-11-01", "2024-11-30", None, "strikes", "exact"),
            ("2024-11-01", "2024-11-30", "militias", "attacks", "exact"),
            ("2024-12-01", "2024-12-31", None, "attacks", "about"),
            ("2025-01-01", "2025-01-31", None, "attacks", "about"),
        ],
        columns=["from", "to", "threat", "measure", "bound"],
    )
    table["count"] = [None, 1, 1, 1, 1, 1]
    events = pd.DataFrame({"date": ["2024-10-05"]})
    window = ("2024-10-01", "2024-12-05")
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(events, table, window=window).core_counts(iraq)
    found = [(problem.path, problem.code) for problem in error.value.problems]
    assert found == [("counts[1]", "told_twice"), ("counts[4]", "told_twice")]
    sample = dd.Observations.of(events, table, window=window, measures=())
    assert len(sample.core_counts(iraq)) == len(table)


def test_what_the_scenario_has_not_is_named_all_at_once(iraq):
    table = pd.DataFrame(
        [
            ("2024-09-30", "2024-10-05", 1, "asad", "militias"),
            ("2028-12-30", "2028-12-31", 1, "asad", "militias"),
            ("2028-12-30", "2028-12-30", 1, "asda", None),
            ("2024-11-01", "2024-11-02", 1, None, "milita"),
        ],
        columns=["from", "to", "count", "site", "threat"],
    )
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(counts=table).core_counts(iraq)
    places = [(problem.path, problem.code) for problem in error.value.problems]
    assert places == [
        ("counts[2].site", "unknown_site"),
        ("counts[3].threat", "unknown_threat"),
        ("counts[0]", "outside"),
        ("counts[1]", "outside"),
    ]
    assert 'did you mean "asad"?' in str(error.value)


def test_every_problem_is_told_at_once(iraq):
    events = pd.DataFrame(
        {
            "date": ["2024-10-01", "28/01/2024", None, "2025-01-01", "2024-10-02", "2024-10-03"],
            "kind": ["attack", "attack", "attack", "Attack", "attack", "attack"],
            "site": ["asad", "asad", "asad", "asad", "tanf", "asad"],
            "count": [1, 1, 1, 1, 1, "many"],
            "killed": [-1, 0, 1.5, 0, 0, 2**40],
        },
        index=[5, 6, 7, 8, 9, 10],
    )
    counts = pd.DataFrame(
        {
            "from": [
                "2024-01-01",
                "2024-02-01",
                "2024-01-31",
                "2024-05-01",
                "2024-06-01",
                "2024-07",
            ],
            "to": [
                "2024-01-31",
                "2024-01-15",
                "2024-02-10",
                "2024-05-31",
                "2024-06-30",
                "2024-07-31",
            ],
            "count": [5, 5, 5, None, 7, -2],
            "bound": ["exact", "about", "derived", "exact", "missing", "upper"],
            "measure": ["attacks", "attacks", "attacks", "attacks", "attack", "attacks"],
            "relative_error": [0.1, -0.2, 0, None, None, None],
        }
    )
    levels = pd.DataFrame(
        {"date": ["2024-01-01"] * 2, "people": [-5, None], "contingent": ["us", "uk"]}
    )
    dates = pd.DataFrame(
        {"kind": ["phase", "base"], "id": ["third", None], "date": ["2024-01-01", "soon"]}
    )
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(
            events,
            counts,
            levels,
            dates,
            ("2024-10-01", "2024-12-31"),
            measures=["deaths"],
            scenario=iraq,
        )
    found = {(problem.path, problem.code) for problem in error.value.problems}
    assert found == {
        ("events[6].date", "no_day"),
        ("events[7].date", "no_day"),
        ("events[8].date", "outside_window"),
        ("events[8].kind", "unknown_kind"),
        ("events[9].site", "unknown_site"),
        ("events[10].count", "no_number"),
        ("events[5].killed", "negative"),
        ("events[7].killed", "not_whole"),
        ("events[10].killed", "too_large"),
        ("counts[5].from", "no_day"),
        ("counts[1]", "reversed"),
        ("counts[2]", "overlap"),
        ("counts[3].count", "no_count"),
        ("counts[4].count", "count_of_missing"),
        ("counts[5].count", "negative"),
        ("counts[5].bound", "unknown_bound"),
        ("counts[4].measure", "unknown_measure"),
        ("counts[0].relative_error", "error_of_sure"),
        ("counts[1].relative_error", "negative"),
        ("counts[2].relative_error", "no_error"),
        ("levels[0].people", "negative"),
        ("levels[1].people", "no_count"),
        ("levels[1].contingent", "unknown_contingent"),
        ("dates[0].id", "unknown_phase"),
        ("dates[1].kind", "unknown_kind"),
        ("dates[1].id", "no_id"),
        ("dates[1].date", "no_day"),
        ("measures", "unknown_measure"),
    }
    shown = str(error.value)
    assert f"{len(found)} problems" in shown
    assert (
        "counts[2]: 2024-01-31 to 2024-02-10 shares days with counts[0], 2024-01-01 to 2024-01-31"
        in shown
    )
    for problem in error.value.problems:
        assert problem.what
        assert problem.remedy
    again = pickle.loads(pickle.dumps(error.value))
    assert str(again) == shown


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "no_window"),
        ("2024", "no_window"),
        (("2024-01-31", "2024-01-01"), "reversed"),
        (("2024-01", "2024-02-01"), "no_day"),
        (3, "no_window"),
    ],
)
def test_events_need_a_window(given, code):
    table = pd.DataFrame({"date": ["2024-01-15"]})
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(table, window=given)
    assert code in {problem.code for problem in error.value.problems}


def test_many_problems_of_one_kind_are_told_in_short():
    table = pd.DataFrame({"date": ["x"] * 40})
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(table, window=("2024-01-01", "2024-12-31"))
    assert len(error.value.problems) == 40
    assert "and 35 more of [no_day]" in str(error.value)
    assert len(str(error.value).splitlines()) == 12


def test_no_table_and_no_column():
    with pytest.raises(dd.ObservationError, match=r"counts: a list is no table"):
        dd.Observations.of(counts=[1])
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.of(counts=pd.DataFrame({"from": []}), dates=pd.DataFrame({"id": []}))
    assert [problem.path for problem in error.value.problems] == [
        "counts.to",
        "counts.count",
        "dates.kind",
        "dates.date",
    ]


def test_overlaps_are_within_a_series():
    def of(rows, columns=("from", "to", "count", "site", "threat", "measure")):
        return dd.Observations.of(counts=pd.DataFrame(rows, columns=list(columns)))

    days = ("2024-01-01", "2024-01-31")
    apart = [
        (*days, 1, None, None, "attacks"),
        (*days, 1, "asad", None, "attacks"),
        (*days, 1, None, "militias", "attacks"),
        (*days, 1, None, None, "killed"),
    ]
    assert len(of(apart).counts) == 4
    for row in apart:
        with pytest.raises(dd.ObservationError, match="shares days"):
            of([*apart, row])
    # An interval within a long one is found, though another ends between.
    nested = [
        ("2024-01-01", "2024-12-31", 1),
        ("2024-02-01", "2024-02-02", 1),
        ("2024-06-01", "2024-06-02", 1),
    ]
    with pytest.raises(dd.ObservationError) as error:
        of(nested, ("from", "to", "count"))
    assert [problem.path for problem in error.value.problems] == ["counts[1]", "counts[2]"]
    assert all("shares days with counts[0]" in problem.what for problem in error.value.problems)


def test_windows_that_neither_follow_nor_are_the_same_are_not_joined():
    table = pd.DataFrame({"date": ["2024-01-15"]})
    one = dd.Observations.of(table, window=("2024-01-01", "2024-01-31"))
    for window in (("2024-01-10", "2024-02-10"), ("2024-01-01", "2024-02-28")):
        with pytest.raises(dd.ObservationError, match="neither the same nor"):
            one + dd.Observations.of(table, window=window)
    later = pd.DataFrame({"date": ["2024-03-15"]})
    with pytest.raises(dd.ObservationError, match="neither the same nor"):
        one + dd.Observations.of(later, window=("2024-02-02", "2024-03-31"))
    with pytest.raises(dd.ObservationError, match="one has attacks, the other strikes"):
        one + dd.Observations.of(later.assign(kind="strike"), window=("2024-02-01", "2024-03-31"))
    # Of the same days, what each is a record of comes together.
    strikes = dd.Observations.of(table.assign(kind="strike"), window=("2024-01-01", "2024-01-31"))
    assert (strikes + one).measures == ("attacks", "strikes")
    # One without events takes the window of the other.
    counts = dd.Observations.of(
        counts=pd.DataFrame({"from": ["2023-01-01"], "to": ["2023-01-02"], "count": [1]})
    )
    assert (counts + one).window == one.window == (one + counts).window


def test_harm_without_its_attack_and_several_trials_are_refused(iraq):
    run = dd.simulate(iraq, trials=3, seed=5, progress=False)
    window = (iraq.start, iraq.horizon - DAY)
    with pytest.raises(dd.ObservationError, match="there are 2 trials, and only one history"):
        dd.Observations.of(run.events([0, 1]).to_pandas(), window=window)
    bare = run.trial(0).events.query("kind in ['wounded', 'killed']")[["date", "kind", "count"]]
    with pytest.raises(dd.ObservationError, match="by which attack is not told"):
        dd.Observations.of(bare, window=window)


def test_one_number_of_the_same_people_on_a_day():
    rows = [{"date": "2025-01-05", "people": 5}, {"date": "2025-01-05", "people": 6}]
    with pytest.raises(dd.ObservationError) as refused:
        dd.Observations.of(levels=pd.DataFrame(rows))
    assert [problem.code for problem in refused.value.problems] == ["twice"]


def test_a_span_that_there_is_none_of_is_refused_without_events_too():
    counts = pd.DataFrame({"from": ["2024-11-01"], "to": ["2024-11-30"], "count": [3]})
    observed = dd.Observations.of(counts=counts.assign(measure="attacks", bound="exact"))
    with pytest.raises(ValueError, match="every"):
        observed.core_counts(dd.Scenario.example("iraq-2024"), every="year")
