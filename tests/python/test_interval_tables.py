"""Counts over intervals, levels, dates and shipped records, as observations read them."""

import re
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

DAY = timedelta(1)
YEAR = ("2021-01-01", "2021-12-31")


def test_intervals_with_bounds(iraq):
    table = pd.DataFrame(
        [
            ("2024-10-01", "2024-10-31", 19, 19, None, "upper"),
            ("2024-11-01", "2024-11-30", 15, 9, 6, "exact"),
            ("2024-12-01", "2024-12-31", 12, 9, 2, "about"),
            ("2025-01-01", "2025-01-31", None, None, None, "missing"),
            ("2025-02-01", "2025-02-28", 7, None, None, "derived"),
            ("2025-03-01", "2025-03-31", 7, None, 7, "exact"),
            ("2025-04-01", "2025-04-30", 8, 5, None, "about"),
            ("2025-05-01", "2025-05-31", 8, 8, None, "about"),
        ],
        columns=["from", "to", "attacks", "iraq", "syria", "bound"],
    )
    whole = dd.Observations.read_counts(table)
    assert whole.counts["bound"].to_list() == [
        "at_most",
        "exact",
        "about",
        "missing",
        "derived",
        "exact",
        "about",
        "about",
    ]
    assert whole.counts["count"].fillna(-1).to_list() == [19, 15, 12, -1, 7, 7, 8, 8]
    split = dd.Observations.read_counts(
        table, split={"iraq": ["asad", "erbil", "baghdad"], "syria": "syria"}, scenario=iraq
    )
    told = [
        (len(site), -1 if number != number else number, bound)
        for site, number, bound in zip(
            split.counts["site"], split.counts["count"], split.counts["bound"], strict=True
        )
    ]
    assert told == [
        (3, 19, "at_most"),
        (1, -1, "missing"),
        (3, 9, "exact"),
        (1, 6, "exact"),
        (3, 9, "about"),
        (1, 2, "about"),
        (0, -1, "missing"),
        (0, 7, "derived"),
        (3, 0, "exact"),
        (1, 7, "exact"),
        (3, 5, "about"),
        (1, 3, "derived"),
        (3, 8, "about"),
        (1, -1, "missing"),
    ]
    assert split.unmapped[["row", "value", "why"]].to_numpy().tolist() == [
        ["2", "1 of 12", "in none of the parts"]
    ]
    # Where each part is told, the parts make up the whole.
    assert split.by_month().dropna().to_dict() == {
        pd.Period("2024-11"): 15,
        pd.Period("2024-12"): 11,
        pd.Period("2025-02"): 7,
        pd.Period("2025-03"): 7,
        pd.Period("2025-04"): 8,
    }
    with pytest.raises(
        dd.ObservationError, match=r'split\[jordan\]: the table has no column "jordan"'
    ):
        dd.Observations.read_counts(table, split={"jordan": "x"})
    with pytest.raises(dd.ObservationError, match='"lower" is not known'):
        dd.Observations.read_counts(table.assign(bound="lower"))


def test_a_table_by_months_has_a_series_for_each_number():
    table = pd.DataFrame(
        {
            "month": ["2021-01", "2021-02", "2021-03"],
            "dead": [3, None, 0],
            "hurt": ["5", "6", ""],
            "what": "x",
        }
    )
    observed = dd.Observations.read_counts(
        table,
        columns={"period": "month", "killed": "dead", "wounded": "hurt"},
        threat="a",
        site=["s", "t"],
    )
    assert observed.by_month("killed", threat="a", site=["t", "s"]).fillna(-1).to_list() == [
        3,
        -1,
        0,
    ]
    assert observed.by_month("wounded", threat="a", site=["s", "t"]).to_list() == [5, 6]
    about = dd.Observations.read_counts(
        table.iloc[::2],
        columns={"period": "month", "count": "dead"},
        bound="about",
        relative_error=0.5,
    )
    assert about.counts["relative_error"].to_list() == [0.5, 0.5]
    for period, ends in {
        "2021": ("2021-01-01", "2021-12-31"),
        2021: ("2021-01-01", "2021-12-31"),
        "2021Q3": ("2021-07-01", "2021-09-30"),
        "2021-02": ("2021-02-01", "2021-02-28"),
        "2 Feb 2021": ("2021-02-02", "2021-02-02"),
    }.items():
        one = dd.Observations.read_counts(pd.DataFrame({"period": [period], "attacks": [1]})).counts
        assert (str(one["from"][0].date()), str(one["to"][0].date())) == ends
    wrong = pd.DataFrame({"period": ["2021-13", "1/2/2021"], "attacks": [1, 1]})
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_counts(wrong)
    assert [problem.path for problem in error.value.problems] == [
        "counts[0].period",
        "counts[1].period",
    ]
    with pytest.raises(dd.ObservationError, match="no column is the number"):
        dd.Observations.read_counts(wrong[["period"]])
    with pytest.raises(dd.ObservationError, match="no columns are the first and the last day"):
        dd.Observations.read_counts(wrong[["attacks"]])


@pytest.mark.parametrize("seed", range(4))
def test_statements_of_totals_are_taken_apart(seed):
    random = np.random.default_rng(seed)
    steps = np.cumsum(random.integers(1, 20, 12))
    totals = np.cumsum(random.integers(0, 9, 12)).astype(float)
    silent = random.random(12) < 0.3
    silent[0] = False
    first = date(2023, 10, 17)
    table = pd.DataFrame(
        {
            "said": [str(first + int(k) * DAY) for k in steps],
            "sum": np.where(silent, np.nan, totals),
        }
    ).sample(frac=1, random_state=seed)
    observed = dd.Observations.read_cumulative(
        table, first, columns={"as_of": "said", "attacks": "sum"}
    )
    found = observed.counts
    assert found["count"].sum() == totals[~silent][-1]
    assert found["from"].iloc[0].date() == first
    ends = [first + int(k) * DAY for k, quiet in zip(steps, silent, strict=True) if not quiet]
    assert [day.date() for day in found["to"]] == ends
    assert [day.date() for day in found["from"].iloc[1:]] == [day + DAY for day in ends[:-1]]
    assert found["count"].to_list() == np.diff(totals[~silent], prepend=0).tolist()
    assert found["bound"].to_list() == ["about"] + ["derived"] * (len(ends) - 1)


def test_totals_that_fall_or_are_told_twice_are_refused():
    table = pd.DataFrame(
        {
            "as_of": ["2023-10-20", "2023-10-25", "2023-10-25", "2023-10-30", "2023-11"],
            "attacks": [5, 9, 10, 7, 20],
        }
    )
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_cumulative(table, "2023-10-17")
    found = [(problem.path, problem.code) for problem in error.value.problems]
    assert found == [
        ("table[4].as_of", "no_day"),
        ("table[3].attacks", "falls"),
        ("table[2].attacks", "same_day"),
    ]
    exact = dd.Observations.read_cumulative(
        table.iloc[:2].assign(west=[2, 3]), "2023-10-17", bound="exact", split={"west": "w"}
    )
    assert exact.counts["bound"].to_list() == ["exact"] * 4
    assert exact.counts["count"].to_list() == [5, 4, 2, 1]
    assert exact.counts["site"].to_list() == [(), (), ("w",), ("w",)]


def test_a_message_names_the_row_of_the_table():
    table = pd.DataFrame(
        {"month": ["2021-01", "2021-02"], "a": [1, -2], "b": [0.5, 1], "all": [2, 2]}
    )
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_counts(
            table, columns={"period": "month", "killed": "a", "wounded": "b"}
        )
    places = [problem.path for problem in error.value.problems]
    assert places == ["counts[1, killed].count", "counts[0, wounded].count"]
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_counts(
            table, columns={"period": "month", "attacks": "all"}, split={"a": "x", "b": "y"}
        )
    places = [problem.path for problem in error.value.problems]
    assert places == ["counts[1, a].count", "counts[0, b].count"]


def test_levels_and_dates():
    table = pd.DataFrame({"month": ["2021-02", "2021-03", "?"], "people": [2500, None, 3]})
    observed = dd.Observations.read_levels(table, columns={"date": "month"}, contingent="us")
    assert observed.levels[["date", "contingent", "people"]].to_numpy().tolist() == [
        [pd.Timestamp("2021-02-28"), "us", 2500]
    ]
    assert observed.unmapped["why"].to_list() == [
        "no number is given",
        "nobody can say which day that is",
    ]
    begin = dd.Observations.read_levels(table.iloc[:1], columns={"date": "month"}, at="begin")
    assert begin.levels["date"][0] == pd.Timestamp("2021-02-01")
    with pytest.raises(ValueError, match='`at` is "end" or "begin"'):
        dd.Observations.read_levels(table, at="middle")
    left = pd.DataFrame(
        {
            "place": ["Airfield", "airfield two", "Camp", "Post", None],
            "day": ["2021-07-02", "2021-06", "2021-05-01", "?", "2021-01-01"],
        }
    )
    columns = {"id": "place", "date": "day"}
    ids = {"airfield": "bagram", "Airfield Two": "kandahar", "Post": "herat"}
    observed = dd.Observations.read_dates(left, columns=columns, kind="site", ids=ids)
    assert observed.dates["id"].to_list() == ["bagram"]
    assert observed.unmapped["why"].to_list() == [
        "known to more than 1 days only",
        "it is not in the table",
        "nobody can say which day that is",
        "it is not in the table",
    ]
    wide = dd.Observations.read_dates(left, columns=columns, kind="site", ids=ids, within_days=31)
    assert wide.dates["date"].dt.strftime("%m-%d").to_list() == ["07-02", "06-15"]
    with pytest.raises(dd.ObservationError, match="no column is the id"):
        dd.Observations.read_dates(left, columns={"date": "day"})


def test_examples_and_records_are_there_with_their_sources():
    about = dd.records()
    for name in about.index:
        table = dd.records(name)
        assert len(table)
        assert table.attrs["licence"] == about.loc[name, "licence"]
        text = table.to_csv()
        # Nothing is told that happened after September 2024.
        days = (
            pd.Series(text.replace('"', ",").split(",")).str.extract(r"^(\d{4}-\d{2})")[0].dropna()
        )
        assert days.max() <= "2024-09"
    with pytest.raises(ValueError, match="there is no record 'iraq': "):
        dd.records("iraq")
    with pytest.raises(ValueError, match="there is no example 'iraq-2011'"):
        dd.Observations.example("iraq-2011")


def test_every_example_is_named_where_one_looks_for_it():
    from drawdown.learn.records import EXAMPLES

    told = set(re.findall(r'``"([a-z0-9-]+)"``', dd.Observations.example.__doc__))
    assert told == set(EXAMPLES)
    for name, parts in EXAMPLES.items():
        observed = dd.Observations.example(name)
        assert observed.table()["rows"].sum() > 0
        assert all(record in dd.records().index for _, record, _ in parts)
        sources = [frame["source"] for frame in (observed.counts, observed.levels, observed.dates)]
        assert pd.concat(sources).notna().any() or observed.events["source"].notna().all()


def test_the_record_adds_up_as_its_source_says():
    observed = dd.Observations.example("us-forces-2019-2024")
    years = observed.by_month(spread=True).groupby(lambda month: month.year).sum()
    for year, (least, most) in {2021: (55, 70), 2022: (10, 25), 2023: (115, 130)}.items():
        assert least <= years[year] <= most
    assert (
        dd.Observations.example("us-forces-2023-2024")
        .counts.query("measure == 'attacks'")["count"]
        .sum()
        == 172
    )
    assert dd.Observations.example("us-strikes-2019-2024").by_month("strikes").sum() == 15
    iraq = dd.Observations.example("iraq-2003-2011")
    assert iraq.by_month().sum() == 32_503
    named = dd.Observations.example("us-forces-events-2019-2024")
    assert len(named.events) == 34
    assert named.by_month().empty


def test_all_that_is_wrong_in_a_file_is_told_at_once(tmp_path, iraq):
    """Columns that are not there, days and numbers that are none, and ids that nobody has."""
    path = tmp_path / "counts.csv"
    path.write_text(
        "begin,end,raids,how,place\n"
        "2024-11-01,2024-11-30,3,exact,asad\n"
        "2024-12-01,soon,4,exact,asad\n"
        "2025-01-01,2025-01-31,-4,exact,asad\n"
        "2025-02-01,2025-02-28,4,perhaps,asda\n"
    )
    columns = {"from": "begin", "to": "end", "attacks": "raids", "bound": "how", "site": "place"}
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_counts(
            path, columns=columns | {"source": "url", "thread": "who"}, scenario=iraq
        )
    assert [(problem.path, problem.code) for problem in error.value.problems] == [
        ("columns[source]", "no_column"),
        ("columns[thread]", "unknown_key"),
        ("counts[1].end", "no_day"),
        ("counts[2].count", "negative"),
        ("counts[3].bound", "unknown_bound"),
        ("counts[3].site", "unknown_site"),
    ]
    events = pd.DataFrame({"day": ["2021-02-03"], "kind": ["parade"], "dead": ["two"]})
    asked = {"date": "day", "kind": "kind", "killed": "dead", "wounded": "hurt"}
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_events(events, YEAR, columns=asked)
    found = {(problem.path, problem.code) for problem in error.value.problems}
    assert found == {
        ("columns[wounded]", "no_column"),
        ("events[0].kind", "unknown_kind"),
        ("events[0].killed", "no_number"),
    }
    totals = pd.DataFrame({"said": ["2021-02-01", "2021-02-09"], "sum": [5, 3]})
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_cumulative(
            totals,
            "2021-01-01",
            columns={"as_of": "said", "attacks": "sum", "note": "remark"},
            split={"north": "asad"},
        )
    found = [(problem.path, problem.code) for problem in error.value.problems]
    assert found == [
        ("columns[note]", "no_column"),
        ("split[north]", "no_column"),
        ("table[1].sum", "falls"),
    ]


def test_columns_that_nobody_reads_are_told_of(tmp_path):
    table = pd.DataFrame(
        {"from": ["2024-01-01"], "to": ["2024-01-31"], "attacks": [4], "bounds": ["about"]}
    )
    for given in (table, table.rename(columns={"bounds": "Bound"})):
        with pytest.raises(dd.ObservationError, match='did you mean "bound"') as told:
            dd.Observations.read_counts(given)
        assert [one.code for one in told.value.problems] == ["unknown_column"]
    with pytest.raises(dd.ObservationError, match=r"counts\.bounds"):
        dd.Observations.of(counts=table.rename(columns={"attacks": "count"}))
    read = dd.Observations.read_counts(table, columns={"bound": "bounds"})
    assert read.counts["bound"].to_list() == ["about"]
    # One that is far from any name, or near to one that is read already, is left out and told of.
    table = table.drop(columns="bounds").assign(country="Iraq", attacks_by_air=1)
    left = dd.Observations.read_counts(table).left_out()
    assert left.index.to_list() == [("counts", "no column of this name is read")]
    assert left["values"].to_list() == ["country, attacks_by_air"]
    levels = pd.DataFrame({"date": ["2024-01-01"], "people": [4], "contingents": ["us"]})
    with pytest.raises(dd.ObservationError, match='did you mean "contingent"'):
        dd.Observations.read_levels(levels)
    dates = pd.DataFrame({"date": ["2024-01-01"], "id": ["one"], "kinds": ["phase"]})
    with pytest.raises(dd.ObservationError, match='did you mean "kind"'):
        dd.Observations.read_dates(dates, kind="phase")
