"""The long verification's scripts, on a few rows: `make verify` runs all of it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import drawdown as dd

SCRIPTS = Path(__file__).parents[2] / "verification"


def test_a_few_rows_pass() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPTS / "run.py", "--quick"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" SE ") > 60


def test_a_wrong_answer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import rows

    [row] = [row for row in rows.ROWS if row.what == "mean of N(30)"]
    found = rows.check(row, 50_000)
    assert not found.failed
    assert type(found)(
        found.row, found.what, found.measured, 1.05 * found.expected, found.se, found.size
    ).failed


def test_every_unit_test_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import rows

    root = SCRIPTS.parent
    sources = [*(root / "src").rglob("*.rs"), *(root / "tests/it").glob("*.rs")]
    text = "".join(path.read_text("utf-8") for path in sources)
    for test in rows.UNITS.values():
        assert f"fn {test.rsplit('::')[-1]}()" in text, test


def test_series_are_those_of_the_engines_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import filter_coverage as series_of
    from checks import moments_of_two

    monkeypatch.setattr(series_of, "FUTURES", 1)
    rng = np.random.default_rng(5)
    histories = (series_of.history(rng) for _ in range(1_500))
    theirs = np.array([np.concatenate([past, later[0]]) for past, later in histories])
    known = series_of.MONTHS[: series_of.KNOWN]
    flat = series_of.pd.Series(series_of.USUAL, known)
    scenario = series_of.series_model.scenario_of(flat, max(series_of.AHEAD))
    run = dd.simulate(scenario, trials=8_000, seed=5, progress=False)
    ours = run.values("attacks", by="month").to_numpy(float)
    for what, of in {
        "the first month": lambda log: log[:, 0],
        "the last": lambda log: log[:, -1],
        "how far it goes in a month": lambda log: np.abs(log[:, 36] - log[:, 35]),
        "how far in a year": lambda log: np.abs(log[:, 47] - log[:, 35]),
    }.items():
        for check in moments_of_two("series", what, of(np.log1p(ours)), of(np.log1p(theirs))):
            assert not check.failed, check


def test_histories_with_hidden_states_are_those_of_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import particle_calibration as cases
    from checks import moments_of_two

    rng = np.random.default_rng(6)
    rate, stay = cases.Truth((rng.random(), rng.random())).values
    times = [cases.history(rate, stay, rng) for _ in range(4_000)]
    months = np.cumsum([0, 31, 28, 31, 30, 31])
    theirs = np.array([np.histogram(one, months)[0] for one in times], dtype=float)
    run = dd.simulate(cases.scenario(rate, stay), trials=20_000, seed=6, progress=False)
    ours = run.values("attacks", by="month").to_numpy(float)
    for month in range(5):
        for check in moments_of_two("states", f"month {month}", ours[:, month], theirs[:, month]):
            assert not check.failed, check


def test_a_rank_is_the_chance_of_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    from particle_calibration import rank

    chances = np.array([0.1, 0.2, 0.3, 0.4])
    assert rank(chances, 0.0) == 0
    assert rank(chances, 0.5) == pytest.approx(0.3)
    assert rank(chances, 0.625) == pytest.approx(0.45)
    assert rank(chances, 1.0) == 1
    # Drawn towards the mean, .625, it leaves more outside.
    assert rank(chances, 0.25, 0.5) == 0
    assert rank(chances, 0.5, 0.5) == pytest.approx(0.1 + 0.2 * 0.5)
