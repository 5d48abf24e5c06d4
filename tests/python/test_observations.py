"""Observations: what is kept, cut, joined, counted by months and handed to the core."""

import calendar
import pickle
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

DAY = timedelta(1)
SITES = ["asad", "baghdad", "erbil", "syria"]
BOUNDS = ["exact", "about", "at_most", "derived", "missing"]


def history(seed):
    """Some random events and intervals, as plain lists of tuples."""
    random = np.random.default_rng(seed)
    first = date(2021, 1, 1) + int(random.integers(0, 60)) * DAY
    last = first + int(random.integers(40, 500)) * DAY
    span = (last - first).days + 1
    events = []
    for _ in range(int(random.integers(1, 120))):
        kind = str(random.choice(["attack", "attack_intercepted", "strike"], p=[0.5, 0.3, 0.2]))
        killed = None if random.random() < 0.02 else int(random.poisson(0.3))
        site = None if random.random() < 0.1 else str(random.choice(SITES))
        threat = str(random.choice(["militias", "cells"]))
        day = first + int(random.integers(0, span)) * DAY
        events.append((day, kind, site, threat, int(random.integers(1, 4)), killed))
    counts, day = [], date(2022, 1, 1)
    while len(counts) < 25:
        # Often to the end of a month, so that some months are filled exactly.
        end = day + int(random.integers(0, 40)) * DAY
        if random.random() < 0.6:
            end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        bound = str(random.choice(BOUNDS, p=[0.6, 0.15, 0.05, 0.15, 0.05]))
        number = None if bound == "missing" else int(random.poisson(12))
        counts.append((day, end, number, bound))
        day = end + DAY * (1 if random.random() < 0.9 else 9)
    return events, counts, (first, last)


def frames(events, counts):
    named = ["date", "kind", "site", "threat", "count", "killed"]
    told = ["from", "to", "count", "bound"]
    return pd.DataFrame(events, columns=named), pd.DataFrame(counts, columns=told)


def observations(seed):
    events, counts, window = history(seed)
    table, intervals = frames(events, counts)
    return dd.Observations.of(table, intervals, window=window), events, counts, window


def months_of(first, last):
    day = first.replace(day=1)
    while day <= last:
        end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        yield day, end
        day = end + DAY


def plain_months(events, counts, window, measure, threat=None, site=None, spread=False):
    """By month (its first day) what is known, counted day by day."""
    found = {}
    if site is None and threat is None and measure == "attacks":
        for day, end in months_of(counts[0][0], counts[-1][1]):
            total, days = 0.0, 0
            for a, b, number, bound in counts:
                inside = sum(day <= a + k * DAY <= end for k in range((b - a).days + 1))
                whole = inside == (b - a).days + 1
                if inside and bound not in ("missing", "at_most") and (whole or spread):
                    days += inside
                    total += number * inside / ((b - a).days + 1)
            if days == (end - day).days + 1:
                found[day] = total
    for day, end in months_of(*window):
        if day < window[0] or end > window[1]:
            continue
        total = 0.0
        for when, kind, where, who, count, killed in events:
            wanted = kind == "strike" if measure == "strikes" else kind != "strike"
            mine = threat in (None, who) and (site is None or where in site)
            if wanted and mine and day <= when <= end:
                number = killed if measure == "killed" else count
                total += float("nan") if number is None else number
        if total == total:
            found[day] = total
        elif day in found:
            del found[day]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_months_are_those_of_a_plain_count(seed):
    observed, events, counts, window = observations(seed)
    for asked in (
        {"measure": "attacks"},
        {"measure": "attacks", "spread": True},
        {"measure": "strikes"},
        {"measure": "killed"},
        {"measure": "attacks", "threat": "cells"},
        {"measure": "killed", "site": ["asad", "syria"]},
        {"measure": "attacks", "threat": "militias", "site": "erbil"},
    ):
        found = observed.by_month(**asked)
        site = asked.get("site")
        due = plain_months(
            events, counts, window, **asked | {"site": [site] if isinstance(site, str) else site}
        )
        known = found.dropna()
        assert [month.start_time.date() for month in known.index] == sorted(due), asked
        assert known.to_numpy() == pytest.approx([due[day] for day in sorted(due)]), asked
        if len(found):
            # Every month from the first to the last stands there.
            assert found.index.equals(pd.period_range(found.index[0], found.index[-1], freq="M"))


def test_months_that_are_interpolated_are_named():
    table = pd.DataFrame(
        {"from": ["2024-01-01", "2024-03-01"], "to": ["2024-02-29", "2024-03-31"], "count": [60, 5]}
    )
    observed = dd.Observations.of(counts=table)
    assert observed.by_month().dropna().to_dict() == {pd.Period("2024-03"): 5}
    spread = observed.by_month(spread=True)
    assert spread.to_list() == pytest.approx([31, 29, 5])
    assert spread.attrs["interpolated"] == ["2024-01", "2024-02"]


def test_parts_are_added_where_nobody_told_of_all():
    table = pd.DataFrame(
        [
            ("2024-01-01", "2024-01-31", 4, "asad", "exact"),
            ("2024-01-01", "2024-01-31", 6, "syria;erbil", "about"),
            ("2024-02-01", "2024-02-29", 7, "asad", "exact"),
            ("2024-02-01", "2024-02-29", None, "syria;erbil", "missing"),
            ("2024-03-01", "2024-03-31", 9, None, "exact"),
            ("2024-03-01", "2024-03-31", 1, "asad", "exact"),
            ("2024-03-01", "2024-03-31", 2, "syria;erbil", "exact"),
            ("2024-04-01", "2024-04-30", 1, "asad", "exact"),
        ],
        columns=["from", "to", "count", "site", "bound"],
    )
    observed = dd.Observations.of(counts=table)
    assert observed.by_month().dropna().to_dict() == {
        pd.Period("2024-01"): 10,
        pd.Period("2024-03"): 9,
    }
    assert observed.by_month(site="asad").to_list() == [4, 7, 1, 1]
    assert observed.by_month(site=["erbil", "syria"]).dropna().to_list() == [6, 2]
    # Sites that are in two parts are in no sum.
    both = pd.concat([table.iloc[:2], table.iloc[:1].assign(site="asad;erbil")])
    assert dd.Observations.of(counts=both).by_month().empty


@pytest.mark.parametrize("seed", range(6))
def test_until_and_since_cover_everything_that_does_not_straddle(seed):
    observed, events, counts, window = observations(seed)
    random = np.random.default_rng(seed)
    for _ in range(5):
        day = window[0] + int(random.integers(-20, (window[1] - window[0]).days + 20)) * DAY
        before, after = observed.until(day), observed.since(day + DAY)
        assert len(before.events) == sum(event[0] <= day for event in events)
        assert len(after.events) == sum(event[0] > day for event in events)
        straddle = [one for one in counts if one[0] <= day < one[1]]
        assert len(before.counts) == sum(one[1] <= day for one in counts)
        assert len(before.counts) + len(after.counts) + len(straddle) == len(counts)
        for part in (before, after):
            assert len(part.unmapped) == len(straddle)
            assert part.unmapped["why"].str.contains("both sides").all()
        ends = (before.window or (None, None))[1], (after.window or (None, None))[0]
        assert ends == (
            min(day, window[1]) if day >= window[0] else None,
            max(day + DAY, window[0]) if day < window[1] else None,
        )
        joined = before + after
        pd.testing.assert_frame_equal(joined.events, observed.events, check_like=True)
        left = observed.counts[[tuple(one) not in straddle for one in _plain(observed.counts)]]
        pd.testing.assert_frame_equal(joined.counts, left.reset_index(drop=True))
        assert joined.window == observed.window


def _plain(counts):
    number = [
        None if bound == "missing" else int(n)
        for n, bound in zip(counts["count"], counts["bound"], strict=True)
    ]
    days = [(a.date(), b.date()) for a, b in zip(counts["from"], counts["to"], strict=True)]
    return [
        (a, b, n, bound) for (a, b), n, bound in zip(days, number, counts["bound"], strict=True)
    ]


@pytest.mark.parametrize("every", ["day", "week", "month"])
def test_events_counted_over_spans_are_all_there(every):
    observed, events, counts, window = observations(3)
    found = observed.counted(every)
    assert found.window is None
    assert found.events.empty
    new = found.counts.iloc[len(counts) :]
    attacks = new[new["measure"] == "attacks"]
    assert attacks["count"].sum() == sum(event[4] for event in events if event[1] != "strike")
    assert attacks["from"].iloc[0].date() == window[0]
    assert attacks["to"].iloc[-1].date() == window[1]
    # One begins on the day after the other ends.
    assert (attacks["from"].iloc[1:].to_numpy() == (attacks["to"] + DAY).iloc[:-1].to_numpy()).all()
    assert (attacks["bound"] == "exact").all()
    by = observed.counted(every, by="site")
    here = by.counts.iloc[len(counts) :].query("measure == 'strikes'")
    for site in SITES:
        mine = here[here["site"] == (site,)]["count"].sum()
        assert mine == sum(e[4] for e in events if e[1] == "strike" and e[2] == site)
    assert len(by.unmapped) == sum(event[2] is None for event in events)
    with pytest.raises(ValueError, match="`by` is"):
        observed.counted(by="country")
    with pytest.raises(ValueError, match="`every` is one of month, week, day"):
        observed.counted("year")


def test_the_core_gets_days_from_the_start(iraq):
    table = pd.DataFrame(
        [
            ("2024-11-01", "2024-11-30", 7, "about", "militias", "asad;erbil", "killed"),
            ("2024-10-01", "2024-10-31", 3, "exact", None, None, "attacks"),
            ("2024-11-01", "2024-12-31", 9, "derived", None, None, "attacks"),
            ("2025-01-01", "2025-01-01", 2, "at_most", None, None, "attacks"),
            ("2025-01-02", "2025-01-31", None, "missing", None, None, "attacks"),
            ("2020-01-02", "2020-01-31", None, "missing", None, None, "attacks"),
        ],
        columns=["from", "to", "count", "bound", "threat", "site", "measure"],
    )
    table["relative_error"] = [0.3, None, None, None, None, None]
    events = pd.DataFrame({"date": ["2025-02-03"], "kind": ["strike"]})
    observed = dd.Observations.of(events, table, window=("2025-02-01", "2025-02-10"))
    due = [
        (0, 31, "attacks", None, [], "exact", 3, 0),
        (31, 61, "killed", "militias", ["asad", "erbil"], "about", 7, 0.3),
        (31, 92, "attacks", None, [], "about", 9, 0.2),
        (92, 93, "attacks", None, [], "at_most", 2, 0),
        (93, 123, "attacks", None, [], "missing", 0, 0),
        (123, 133, "strikes", None, [], "exact", 1, 0),
    ]
    assert [tuple(one) for one in observed.core_counts(iraq)] == due
    assert len(observed.core_counts(iraq, every="day")) == 15


@pytest.mark.parametrize("seed", range(4))
def test_joined_is_what_is_in_both(seed):
    random = np.random.default_rng(seed)
    observed, events, counts, window = observations(seed)
    pick = random.random(len(events)) < 0.5
    table, intervals = frames(events, counts)
    # Each event once: two alike could be one that stands in both.
    table["source"] = [f"report {k}" for k in range(len(table))]
    some = random.random(len(counts)) < 0.5
    kinds = {"measures": ["attacks", "killed", "strikes"]}
    one = dd.Observations.of(table[pick], intervals[some], window=window, **kinds)
    other = dd.Observations.of(table[~pick], intervals[~some], window=window, **kinds)
    both, turned = one + other, other + one
    assert len(both.events) == len(events)
    assert len(both.counts) == len(counts)
    for measure in ("attacks", "strikes"):
        due = observed.by_month(measure)
        pd.testing.assert_series_equal(both.by_month(measure), due)
        pd.testing.assert_series_equal(turned.by_month(measure), due)
    with pytest.raises(dd.ObservationError, match=r"events stand in both|shares days"):
        both + one
    with pytest.raises(TypeError):
        one + 3


def test_nobody_was_there_to_see_is_no_observation():
    quiet = dd.Observations.of(pd.DataFrame({"date": []}), window=("2024-01-01", "2024-02-29"))
    assert quiet.measures == ("attacks",)
    assert quiet.by_month().to_list() == [0, 0]
    sample = dd.Observations.of(
        pd.DataFrame({"date": ["2024-01-05"]}), window=("2024-01-01", "2024-02-29"), measures=()
    )
    assert sample.by_month().empty


def test_a_simulated_history_is_read_as_an_observed_one(iraq):
    run = dd.simulate(iraq, trials=6, seed=5, progress=False)
    for k in (0, 4):
        observed = dd.Observations.from_run(run, k)
        log = run.trial(k).events
        raw = dd.Observations.of(log, window=observed.window, measures=observed.measures)
        for measure in ("attacks", "wounded", "killed", "strikes"):
            found = observed.by_month(measure)
            pd.testing.assert_series_equal(found, raw.by_month(measure))
            if measure != "strikes":
                due = run.values(measure, "month").iloc[k]
                assert found.to_numpy().tolist() == due.to_numpy()[: len(found)].tolist()
            else:
                days = log.loc[log["kind"] == "strike", "date"]
                assert found.sum() == (days < found.index[-1].end_time).sum()
        for site in run.ids("site"):
            counted = observed.counted(by="site").counts.query("measure == 'attacks'")
            mine = counted[counted["site"] == (site,)]["count"].sum()
            assert mine == run.values("attacks", "site").iloc[k][site]
        days = {(row.kind, row.id): row.date for row in observed.dates.itertuples()}
        finish = log.loc[log["kind"] == "phase_finished"]
        assert all(days["phase", row.phase] == row.date for row in finish.itertuples())
        # The last that is known of each site and contingent adds up to those who stay.
        left = observed.levels.groupby(["site", "contingent"])["people"].last().sum()
        assert left == run.trial(k)._history["people"][-1].sum()
        assert len(observed.core_counts(iraq)) == len(observed.counted().counts)
    with pytest.raises(ValueError, match="was not run"):
        dd.Observations.from_run(run, 6)


def test_what_is_handed_out_is_the_callers_own():
    observed = observations(1)[0]
    for name in ("events", "counts", "levels", "dates", "unmapped"):
        before = getattr(observed, name)
        spoilt = getattr(observed, name)
        for column in list(spoilt):
            spoilt[column] = None
        pd.testing.assert_frame_equal(getattr(observed, name), before)
    again = pickle.loads(pickle.dumps(observed))
    pd.testing.assert_frame_equal(again.events, observed.events)
    assert again.window == observed.window


def test_it_is_printed_and_shown_in_a_notebook():
    observed = dd.Observations.example("us-forces-2019-2024")
    assert str(observed) == (
        "Observations · 15 counts\n\n"
        "series       of  rows        from          to  total  exact  unsure  at_most  missing\n"
        "attacks  counts    15  2019-10-28  2024-04-22    276      8       5        1        1\n\n"
        "of, why                                 rows       values\n"
        "counts, no column of this name is read     2  iraq, syria\n"
        "\nfrom, to: days both included. total: of what was counted; an upper bound and what is missing "
        "are not in it.\n"
    )
    assert repr(observed) == "Observations(Observations · 15 counts)"
    table = pd.DataFrame({"date": ["2024-01-05"], "threat": ["<b>"]})
    odd = dd.Observations.of(table, window=("2024-01-01", "2024-02-29")).counted(by="threat")
    assert "attacks by &lt;b&gt;" in odd._repr_html_()
    empty = dd.Observations.of()
    assert str(empty)
    assert empty.table().empty


def test_figures_have_a_panel_for_each_series(tmp_path):
    import matplotlib.pyplot as plt

    observed = observations(2)[0]
    drawn = observed.plot()
    assert [ax.get_title("left") for ax in drawn] == ["attacks, one by one", "attacks"]
    # A bar for each month of the window, and for each interval that was counted.
    months = len(list(months_of(*observed.window)))
    told = (observed.counts["bound"] != "missing").sum()
    assert len(drawn[0].containers) == months
    told = (observed.counts["bound"] != "missing").sum()
    bars = [bar for container in drawn[1].containers for bar in container]
    assert len(bars) == told
    rates = sorted(bar.get_height() for bar in bars)
    days = (observed.counts["to"] - observed.counts["from"]).dt.days + 1
    due = (observed.counts["count"] / days * 30).dropna()
    assert rates == pytest.approx(sorted(due))
    for name in ("iraq-2003-2011", "us-strikes-2019-2024", "vietnam-1960-1973"):
        dd.Observations.example(name).plot()[0].figure.savefig(tmp_path / f"{name}.png")
    people = dd.Observations.of(
        levels=pd.DataFrame({"date": ["2024-01-05", "2024-02-01"], "people": [5, 3]})
    )
    assert len(people.plot()) == 1
    with pytest.raises(ValueError, match="no strikes were observed: there is attacks"):
        dd.Observations.example("us-forces-2019-2024").plot(measure="strikes")
    with pytest.raises(ValueError, match="there is no measure 'deaths'"):
        observed.plot(measure="deaths")
    with pytest.raises(ValueError, match="no counts and no people were observed"):
        dd.Observations.example("afghanistan-2021").plot()
    plt.close("all")


def test_it_joins_the_page_of_a_run(iraq, tmp_path):
    run = dd.simulate(dd.Scenario.example("minimal"), trials=20, seed=1, progress=False)
    observed = dd.Observations.example("us-forces-2019-2024")
    run.report(tmp_path / "page.html", also=[observed], trials=10, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Observations</h2>" in page
    assert "2019-10-28" in page
