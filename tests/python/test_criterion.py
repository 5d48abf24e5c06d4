"""One grammar for what is asked: read, written, and answered as by hand."""

import ast
import math
import operator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
from drawdown.runs.criterion import Criterion, Limit, kept_date, kept_most, level

SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
MOMENTS = {"finish_days", "start_days", "open_days", "event_days", "expelled_days", "reentry_days"}
MEASURES = [(name, by) for name, by, *_ in dd._core.measures()]
QUIET = {"seed": 7, "progress": False}
TRIALS = 80


@pytest.fixture(scope="module")
def cut(iraq) -> dd.Scenario:
    """One in which what can be missing is missing in some histories."""
    return iraq.replace(
        {"horizon": "2027-01-10", "plan.gates.approval.delay_days": {"uniform": [0, 900]}}
    )


@pytest.fixture(scope="module")
def run(cut) -> dd.Run:
    return dd.simulate(cut, trials=TRIALS, **QUIET)


def _number(rng) -> tuple[str, float]:
    """A number as somebody may write it, and what it is."""
    whole = int(rng.integers(0, 10 ** int(rng.integers(1, 8))))
    digits = int(rng.integers(0, 4))
    part = f".{rng.integers(0, 10**digits):0{digits}}" if digits else ""
    form = rng.choice(["{}", "{:_}", "{:,}"])
    return form.format(whole) + part, float(f"{whole}{part}")


def _asked(rng) -> tuple[str, Criterion]:
    """A text with spaces anywhere that they may be, and what it means."""

    def some(least=0):
        return " " * int(rng.integers(least, 3))

    measure, by = MEASURES[rng.integers(len(MEASURES))]
    words, name = [measure], None
    if by:
        name = str(rng.choice(["erbil", "union-iii", "phase_2", "2026-10"]))
        words += ["of", by, name]
    text = some() + "".join(word + some(1) for word in words).rstrip()
    if rng.random() < 0.2:
        return text + some(), Criterion(measure, by or None, name)
    sign = str(rng.choice(list(SIGNS)))
    if measure in MOMENTS and rng.random() < 0.5:
        day = date(2024, 1, 1) + timedelta(days=int(rng.integers(2_000)))
        written, at = str(day), day
    else:
        written, at = _number(rng)
    text += f"{some()}{sign}{some()}{written}{some()}"
    return text, Criterion(measure, by or None, name, sign, at)


def test_texts_are_read_and_written_again():
    rng = np.random.default_rng(1)
    for _ in range(2_000):
        text, due = _asked(rng)
        found = Criterion.parse(text)
        assert found == due, text
        assert Criterion.parse(str(found)) == found, text
        assert str(Criterion.parse(str(found))) == str(found)
        assert hash(found) == hash(due)


def test_numbers_come_back_to_the_last_bit():
    rng = np.random.default_rng(2)
    for at in [*(10 ** rng.uniform(-300, 300, 500) * rng.choice([-1, 1], 500)), math.inf, -0.0]:
        text = str(Criterion("cost").held(">", at))
        assert Criterion.parse(text).level == at, text


def counted(value: float, measure: str) -> float:
    """What a value that is missing counts as: later than any, less than any."""
    if not math.isnan(value):
        return value
    return -math.inf if measure == "buffer_days" else math.inf


@pytest.mark.parametrize(("measure", "by"), MEASURES)
def test_answers_are_those_by_hand(run, measure, by):
    rng = np.random.default_rng(3)
    start = run.scenario.start
    columns = run.values(measure, by).to_numpy().T if by else [run.values(measure)]
    for name, column in zip(run.ids(by) if by else [""], columns, strict=True):
        what = f"{measure} of {by} {name}" if by else measure
        values = column.tolist()
        if measure.endswith("_on_the_way") and any(map(math.isnan, values)):
            continue
        there = [value for value in values if not math.isnan(value)] or [0.0]
        for sign, compares in SIGNS.items():
            at = float(rng.choice(there)) + float(rng.choice([0, 0.25, -0.25]))
            asked = Criterion.parse(f"{what} {sign} {at!r}")
            due = [compares(counted(value, measure), at) for value in values]
            assert asked.holds(run).tolist() == due
            assert asked.values(run).tolist() == [float(each) for each in due]
            assert asked.otherwise.holds(run).tolist() == [not each for each in due]
            assert asked.unit(run) == "chance"
            found = asked.chance(run)
            ends = stats.binomtest(sum(due), TRIALS).proportion_ci(0.95, method="exact")
            assert found.share == sum(due) / TRIALS
            assert (found.low, found.high) == pytest.approx((ends.low, ends.high))
            if measure not in MOMENTS:
                continue
            day = start + timedelta(days=int(rng.choice(there)))
            asked = Criterion.parse(f"{what} {sign} {day}")
            # By the calendar: the day on which it falls; what is missing falls on none before.
            falls = [
                date.max if math.isnan(value) else start + timedelta(days=math.floor(value))
                for value in values
            ]
            assert asked.holds(run).tolist() == [compares(each, day) for each in falls]


def test_histories_that_share_samples_make_a_wider_interval(iraq):
    shared = dd.simulate(iraq, trials=80, samples=8, **QUIET)
    asked = Criterion.parse("casualties > 20")
    found, seen = asked.chance(shared), asked.holds(shared)
    assert found.share == seen.mean()
    alone = stats.binomtest(int(seen.sum()), 80).proportion_ci(0.95, method="exact")
    assert found.high - found.low > alone.high - alone.low


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "name a measure, such as 'casualties'"),
        ("> 3", "name a measure"),
        ("casualties of site", "name a measure"),
        ("casualties erbil > 3", "name a measure"),
        ("casualties == 3", "`==` is none of <=, >=, <, >"),
        ("casualties => 3", "`=>` is none of"),
        ("casualties >", "nothing is neither a number, such as 1000, 1_000 or 1,000, nor a date"),
        ("casualties > many", "'many' is neither a number"),
        ("casualties > 1,5", "'1,5' is neither a number"),
        ("casualties > 10,00", "'10,00' is neither a number"),
        ("casualties > nan", "held against a number or a date"),
        ("finish_days > 2026-13-01", "'2026-13-01' is neither a number"),
        ("finish_days > 31.12.2026", "is neither a number"),
        ("casualties > 2026-12-31", "`casualties` is not a moment"),
        ("slip_days > 2026-12-31", "`slip_days` is not a moment"),
    ],
)
def test_a_text_that_is_not_understood_says_where(text, told):
    with pytest.raises(ValueError, match=r"is not understood: ") as refused:
        Criterion.parse(text)
    assert told in str(refused.value)
    assert repr(text) in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("casualtys > 3", "no measure `casualtys`; did you mean `casualties`? there are attacks,"),
        ("finish > 3", "no measure `finish`; did you mean `finish_days`?"),
        ("casualties of site erbil > 3", "no measure `casualties`; there are"),
        ("finish_days of fase second", "no breakdown by `fase`; did you mean `phase`?"),
        ("finish_days of phase secnd", "no `finish_days` of phase `secnd`; did you mean `second`?"),
    ],
)
def test_what_there_is_not_is_named_with_what_there_is(run, text, told):
    with pytest.raises(ValueError, match=r"no (measure|breakdown|`)") as refused:
        Criterion.parse(text).recorded(run)
    assert told in str(refused.value)
    if "secnd" not in text:
        with pytest.raises(ValueError, match=r"no (measure|breakdown)") as refused:
            Criterion.to_simulate(text)
        assert told in str(refused.value)


def test_what_is_to_be_kept_is_little():
    assert str(kept_most("killed of site erbil <= 1,000")) == "killed of site erbil <= 1000"
    assert str(kept_most(10, "killed")) == "killed <= 10"
    assert str(kept_date("2026-12-31")) == "finish_days <= 2026-12-31"
    assert kept_date("finish_days <= 2026-12-31") == kept_date(date(2026, 12, 31))
    with pytest.raises(ValueError, match="to be kept, such as 'casualties <= 1000'"):
        kept_most("casualties > 1000")
    with pytest.raises(ValueError, match="to be kept, such as 'finish_days <= 2026-12-31'"):
        kept_date("finish_days > 2026-12-31")
    with pytest.raises(ValueError, match="`most` is of killed, and `measure` is wounded"):
        kept_most("killed <= 3", "wounded")
    with pytest.raises(TypeError, match="`most` must be a number"):
        kept_most("10")
    with pytest.raises(ValueError, match="write a level, such as 'casualties <= 1000'"):
        Limit.parse("casualties")
    with pytest.raises(ValueError, match="is a chance: hold it against a number"):
        Limit.of("casualties > 3", "<=", date(2026, 1, 1))
    assert level(np.datetime64("2026-12-31")) == date(2026, 12, 31)


def test_words():
    said = {
        "casualties > 1000": "more than 1000 casualties",
        "killed of site erbil <= 3": "at most 3 killed of site erbil",
        "finish_days <= 2026-12-31": "done by 2026-12-31",
        "finish_days of phase second > 2026-12-31": "phase second done after 2026-12-31",
        "open_days of gate approval >= 2026-01-01": (
            "open days of gate approval on 2026-01-01 or later"
        ),
        "finish_days": "finish days",
    }
    assert {text: Criterion.parse(text).words() for text in said} == said


def test_plans_are_weighed_alike_however_it_is_written(cut):
    hasty = cut.replace({"plan.gates.approval.delay_days": {"uniform": [0, 500]}})
    plans = dd.compare({"cut": cut, "hasty": hasty}, trials=TRIALS, **QUIET)
    one = plans.good_enough({"casualties": 12, "finish_days": 700})
    two = plans.good_enough(["casualties <= 12", "finish_days <= 700"])
    assert one.to_numpy().tolist() == two.to_numpy().tolist()
    assert list(two) == ["share", "low", "high", "casualties <= 12", "finish_days <= 700"]
    # By hand, and on a side that a mapping has no way to name.
    found = plans.good_enough("killed >= 2")
    for plan, run in plans.runs.items():
        assert found.loc[plan, "share"] == sum(n >= 2 for n in run.values("killed")) / TRIALS
    dated = plans.good_enough({"finish_days": date(2026, 6, 1)})["share"]
    for plan, run in plans.runs.items():
        end = (date(2026, 6, 1) - cut.start).days + 1
        assert dated[plan] == np.mean(run.values("finish_days") < end)
    said = {
        "four": ("cut", "casualties", "<=", 12),
        "two": ("cut", "casualties <= 12"),
        "dated": ("hasty", "finish_days", ">", "2026-06-01"),
        "text": ("hasty", "finish_days > 2026-06-01"),
    }
    table = plans.conclusions(said).table()
    assert table.loc["four"].tolist() == table.loc["two"].tolist()
    assert table.loc["dated"].tolist() == table.loc["text"].tolist()
    with pytest.raises(ValueError, match="is neither a number") as refused:
        plans.conclusions([("cut", "casualties", "<", "hast")])
    assert "there is no plan 'hast' either" in refused.value.__notes__[0]


def test_worlds_in_which_a_plan_fails(iraq):
    run = dd.simulate(iraq, trials=240, samples=60, **QUIET)
    limit = float(np.median(run.by_sample("casualties")["mean"])) + 0.5
    ways = [
        {"casualties": limit},
        f"casualties > {limit}",
        [f"casualties > {limit}"],
        ("casualties", ">", limit),
    ]
    found = [dd.scenario_discovery(run, fails) for fails in ways]
    due = run.by_sample("casualties")["mean"].to_numpy() > limit
    for one in found:
        assert one.truth.holds.tolist() == due.tolist()
        assert one.table().equals(found[0].table())
    both = dd.scenario_discovery(run, ["killed >= 1", f"casualties > {limit}"])
    killed = run.by_sample("killed")["mean"].to_numpy() >= 1
    assert both.truth.holds.tolist() == (killed | due).tolist()
    assert both.fails == f"killed >= 1 or casualties > {limit}"


def test_a_chance_is_known_as_surely_however_it_is_asked(iraq):
    given = {"most_trials": 1_000, **QUIET}
    one = dd.simulate_to_precision(iraq, "casualties", 0.02, above=20, **given)
    two = dd.simulate_to_precision(iraq, "casualties > 20", 0.02, **given)
    assert (one.value, one.half_width, one.reached) == (two.value, two.half_width, two.reached)
    # What never happened is not known for sure.
    never = dd.simulate_to_precision(iraq, "casualties >= 1,000,000", 1e-4, **given)
    assert (never.value, never.reached) == (0, False)
    assert never.half_width == pytest.approx(1 - 0.025 ** (1 / 1_000))
    with pytest.raises(ValueError, match="is a chance already: leave out `above`"):
        dd.simulate_to_precision(iraq, "casualties > 20", 0.02, above=20)


def test_an_allowance_is_held_against_any_criterion(iraq):
    given = {"days": [0, 60], "trials": 64, "seed": 3}
    one = dd.minimum_allowance(iraq, finish="2026-09-30", most=20, **given)
    texts = {"finish": "finish_days <= 2026-09-30", "most": "casualties <= 20"}
    two = dd.minimum_allowance(iraq, **texts, **given)
    assert one.table.equals(two.table)
    assert str(one) == str(two)
    phase = list(iraq.to_dict()["plan"]["phases"])[-1]
    site = next(iter(iraq.to_dict()["world"]["sites"]))
    due, most = f"finish_days of phase {phase} < 2026-09-01", f"killed of site {site} <= 1"
    found = dd.minimum_allowance(iraq, finish=due, most=most, **given)
    for days, row in found.table.iterrows():
        changed = iraq.replace({"plan.breathing_room.pause_days": days})
        run = dd.simulate(changed, trials=int(row["trials"]), seed=3, progress=False)
        done = run.values("finish_days", "phase")[phase].to_numpy()
        killed = run.values("killed", "site")[site].to_numpy()
        assert row["in_time"] == np.mean(done < (date(2026, 9, 1) - iraq.start).days)
        assert row["above"] == np.mean(killed > 1)
    assert f"phase {phase} done before 2026-09-01 in 80%" in found.why
    assert f"more than 1 killed of site {site} in at most 20%" in found.why


def test_blame_is_for_any_criterion(iraq):
    given = {"kinds": ["gate"], "trials": 60, **QUIET}
    one = dd.criticality(iraq, finish="2026-09-30", most=10, measure="killed", **given)
    texts = {"finish": "finish_days <= 2026-09-30", "most": "killed <= 10"}
    two = dd.criticality(iraq, **texts, **given)
    assert one.table().equals(two.table())
    assert str(one) == str(two)
    phase = next(iter(iraq.to_dict()["plan"]["phases"]))
    site = next(iter(iraq.to_dict()["world"]["sites"]))
    texts = {
        "finish": f"finish_days of phase {phase} <= 2025-10-30",
        "most": f"wounded of site {site} < 5",
    }
    found = dd.criticality(iraq, **texts, **given)
    run = found.runs["as written"]
    done = run.values("finish_days", "phase")[phase].to_numpy()
    hurt = run.values("wounded", "site")[site].to_numpy()
    end = (date(2025, 10, 30) - iraq.start).days + 1
    assert found.late == sum(not day < end for day in done)
    assert found.above == sum(count >= 5 for count in hurt)
    assert f"late: phase {phase} done after 2025-10-30" in str(found)
    assert f"above: 5 or more wounded of site {site}" in str(found)
    row, (_, gate) = found.table().iloc[0], found.table().index[0]
    without = found.runs[f"gate {gate}"]
    other = without.values("wounded", "site")[site].to_numpy()
    assert row["fewer"] == pytest.approx(np.mean(hurt - other))


def test_alarms_are_held_against_any_ceiling(iraq):
    given = {"trials": 20, "budget": 2, "fresh_trials": 60, **QUIET}
    one = dd.optimize_rule(iraq, "hold_under_fire", most=10, **given).alarms()
    two = dd.optimize_rule(iraq, "hold_under_fire", most="casualties <= 10", **given)
    assert one.equals(two.alarms())
    three = dd.optimize_rule(iraq, "hold_under_fire", most="casualties < 11", **given)
    assert one.equals(three.alarms())
    with pytest.raises(ValueError, match="`most` is of casualties, killed, wounded"):
        dd.optimize_rule(iraq, "hold_under_fire", most="attacks <= 10", **given)


def test_a_measure_that_there_is_not_is_refused_before_anything_is_run(iraq, monkeypatch):
    monkeypatch.setattr(dd._core, "simulate", lambda *_, **__: pytest.fail("it was simulated"))
    wrong = "casualtys > 3"
    asks = [
        lambda: dd.simulate_to_precision(iraq, wrong, 0.1),
        lambda: dd.tornado(iraq, [wrong]),
        lambda: dd.drivers(iraq, [wrong]),
        lambda: dd.optimize_rule(iraq, "hold_under_fire", objectives=[wrong], seed=1),
        lambda: dd.criticality(iraq, most=3, measure="casualtys"),
        lambda: dd.minimum_allowance(iraq, finish="2026-09-30", most="casualtys <= 3"),
    ]
    for ask in asks:
        with pytest.raises(ValueError, match="did you mean `casualties`"):
            ask()


# Who takes values of a measure as they are recorded, and why no criterion does it.
AS_RECORDED = {
    "runs/base.py": "hands them out",
    "runs/criterion.py": "is the way to everything else",
    "runs/dataset.py": "hands them out, labelled",
    "runs/snapshot.py": "saves them",
    "runs/statistics.py": "means over those that are there, with how many are missing",
    "runs/variance.py": "the same by draw, with how many are missing",
    "learn/condition.py": "weights for trials by whatever was observed, tables of values",
    "learn/forecast.py": "counts by month, that are never missing",
    "learn/forecasting.py": "the same",
    "learn/histories.py": "the same",
    "learn/series_model.py": "the same",
    "analysis/explanation.py": "pairs: trials in which all runs have a value",
    "analysis/longest_path.py": "moments of one trial beside each other",
    "analysis/pause_tradeoff.py": "pairs: trials that finish at both points",
    "analysis/sweep.py": "pairs, with how many are missing; quantiles by `ordered`",
    "analysis/tornado.py": "a count that is never missing",
    "runs/merging.py": "all values of a run as they are, to put runs together",
    "plots/losses.py": "days and counts that are never missing",
    "explorer/breaking.py": "a count that is never missing",
    "report/export.py": "all values of a run as they are, to be written",
}


def test_nobody_else_takes_values_as_they_are_recorded():
    root = Path(dd.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            measure = node.args[:1]
            if node.func.attr in ("values", "_array") and measure and not _of_runs(measure[0]):
                found.add(str(path.relative_to(root)))
    assert found == set(AS_RECORDED)


def _of_runs(argument: ast.expr) -> bool:
    """Whether it is a run that values are asked of a criterion in, or a table of points."""
    return isinstance(argument, (ast.Name, ast.Subscript)) and not (
        isinstance(argument, ast.Name) and argument.id in ("name", "measure", "of")
    )


def test_the_figure_of_both_is_of_any_criterion(run):
    phase, site = run.ids("phase")[0], run.ids("site")[0]
    done = run.values("finish_days", "phase")[phase].to_numpy()
    hurt = run.values("wounded", "site")[site].to_numpy()
    end = (date(2025, 10, 30) - run.scenario.start).days + 1
    ax = run.plot.joint(
        f"finish_days of phase {phase} <= 2025-10-30", f"wounded of site {site} <= 5"
    )
    due = [
        f"in time, below: {100 * np.mean((done < end) & (hurt <= 5)):.1f} %",
        f"in time, above: {100 * np.mean((done < end) & (hurt > 5)):.1f} %",
        f"late, below: {100 * np.mean(~(done < end) & (hurt <= 5)):.1f} %",
        f"late, above: {100 * np.mean(~(done < end) & (hurt > 5)):.1f} %",
    ]
    assert [text.get_text() for text in ax.texts] == due
    assert ax.get_xlabel() == f"end of phase {phase}"
    assert ax.get_ylabel() == f"wounded of site {site} up to the horizon"
    with pytest.raises(ValueError, match="a date and a number are drawn"):
        run.plot.joint("finish_days <= 400", 5)


@pytest.mark.parametrize("draws", [None, 8])
def test_dates_are_met_as_by_hand(cut, draws):
    run = dd.simulate(cut, trials=TRIALS, samples=draws, **QUIET)
    for (of, name), row in run.finish_dates().iterrows():
        by = None if of == "overall" else of
        finish = run.values("finish_days", by)
        finish = finish if by is None else finish[name].to_numpy()
        met = [day < (row["announced"].date() - cut.start).days + 1 for day in finish.tolist()]
        assert row["chance_met"] == sum(met) / TRIALS
        if draws is None:
            ends = stats.binomtest(sum(met), TRIALS).proportion_ci(0.95, method="exact")
            low_high = row[["chance_met_low", "chance_met_high"]].tolist()
            assert low_high == pytest.approx([ends.low, ends.high])


def test_what_comes_after_the_horizon_is_not_told_of_histories_that_have_come_to_it(cut):
    run = dd.simulate(cut, trials=TRIALS, **QUIET)
    unfinished = int(np.isnan(run.values("finish_days")).sum())
    assert 0 < unfinished < TRIALS
    length = (cut.horizon - cut.start).days
    for asked, known in [
        ("finish_days > 2027-01-09", True),
        ("finish_days >= 2027-01-10", True),
        ("finish_days < 2027-01-10", True),
        (f"finish_days < {length}", True),
        (f"finish_days >= {length}", True),
        ("finish_days < inf", True),
        ("finish_days > 2027-01-10", False),
        ("finish_days <= 2027-01-10", False),
        (f"finish_days <= {length}", False),
        ("finish_days >= 2027-01-11", False),
        ("finish_days < 2030-01-01", False),
    ]:
        if known:
            late = float(Criterion.parse(asked).values(run).mean())
            assert late in (unfinished / TRIALS, 1 - unfinished / TRIALS)
            continue
        with pytest.raises(ValueError, match=rf"{unfinished} of 80 histories.*2027-01-09 or a day"):
            Criterion.parse(asked).values(run)
    # Where everything is done before it, what is later is known.
    whole = dd.simulate(cut.replace({"horizon": "2032-01-01"}), trials=TRIALS, **QUIET)
    assert not np.isnan(whole.values("finish_days")).any()
    assert Criterion.parse("finish_days > 2040-01-01").values(whole).sum() == 0
    with pytest.raises(ValueError, match="is not known of"):
        dd.minimum_allowance(cut, finish="2028-01-01", most=1_000, days=[0], trials=80, **QUIET)
    with pytest.raises(ValueError, match="is not known of"):
        dd.simulate_to_precision(cut, "finish_days > 2028-01-01", 0.2, **QUIET)
