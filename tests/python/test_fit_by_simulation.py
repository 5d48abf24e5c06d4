"""Fitting by simulation: against posteriors that are known, and what it refuses."""

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.learn.core_counts import CoreCount
from drawdown.learn.histories import Counted

sys.path.insert(0, str(Path(__file__).parents[2] / "verification"))
import fits_by_simulation as cases

PARTICLES = 200


def fitted(**options: Any) -> dd.Posterior:
    settings = {"particles": PARTICLES, "populations": 4, "seed": 3, "progress": False}
    return dd.fit_by_simulation(cases.scenario(), record(), **(settings | options))


def record(*rows: dict[str, Any]) -> dd.Observations:
    given = rows or ({"from": "2020-01-01", "to": "2020-12-31", "count": 90},)
    return dd.Observations.of(counts=pd.DataFrame(given))


@pytest.mark.parametrize("kind", list(cases.KINDS))
def test_a_known_posterior_is_found(kind: str) -> None:
    found = [cases.KINDS[kind](seed, PARTICLES, 7) for seed in range(1, 7)]
    for path in found[0].exact:
        mean, spread, right, wide = np.array([case.moments(path) for case in found]).T
        assert abs(((mean - right) / wide).mean()) < 0.15
        assert np.abs((mean - right) / wide).max() < 0.8
        assert 0.8 < (spread / wide).mean() < 1.2


def test_the_seed_decides_and_not_the_threads() -> None:
    one, other = (fitted(threads=threads) for threads in (1, 3))
    pd.testing.assert_frame_equal(one.samples, other.samples)
    assert one.origin == other.origin
    assert not one.samples.equals(fitted(seed=4).samples)


def test_samples_stay_in_their_range_and_are_run_as_they_are() -> None:
    narrow = cases.scenario().replace({cases.RATE: {"uniform": [0.26, 0.5]}})
    # The record would have the rate at the lower end.
    fit = dd.fit_by_simulation(
        narrow, record(), particles=PARTICLES, populations=4, seed=1, progress=False
    )
    values = fit.samples[cases.RATE]
    assert 0.26 <= values.min() < values.max() <= 0.5
    assert values.median() < 0.30
    run = dd.simulate(narrow, samples=fit.samples, trials=PARTICLES, seed=2, progress=False)
    assert np.array_equal(run.inputs[cases.RATE], values)


def test_totals_are_compared_too_and_ends_count_as_met() -> None:
    quarter = record({"from": "2020-01-01", "to": "2020-03-31", "count": 35})
    options: dict[str, Any] = {"particles": PARTICLES, "seed": 1, "progress": False}
    fit = dd.fit_by_simulation(cases.scenario(), quarter, totals={"attacks": (150, 160)}, **options)
    # 155 in the year beside 35 in its first quarter.
    assert fit.samples[cases.RATE].mean() == pytest.approx((155 + 3) / (366 + 12), rel=0.05)
    told = fit.predictive().set_index("statistic")
    assert told.loc["attacks", "observed"] == pytest.approx(155)
    assert told.loc["attacks, total", "observed"] == pytest.approx(35)


def test_only_the_ranges_asked_for_are_fitted() -> None:
    two = cases.scenario(**cases.ALWAYS, killed_share={"beta": [2, 6]})
    options: dict[str, Any] = {"particles": PARTICLES, "populations": 3, "seed": 1}
    fit = dd.fit_by_simulation(two, record(), what=[cases.RATE], progress=False, **options)
    assert list(fit.samples) == [cases.RATE]
    assert list(dd.fit_by_simulation(two, record(), progress=False, **options).samples) == [
        cases.RATE,
        cases.SHARE,
    ]


@pytest.mark.parametrize("after", [100, 1_000])
@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError])
def test_what_was_simulated_is_not_lost(after: int, kind: type[BaseException]) -> None:
    def stop(done: int) -> None:
        if done >= after:
            raise kind

    with pytest.raises(dd.Interrupted if kind is KeyboardInterrupt else kind) as stopped:
        fitted(progress=stop)
    told = stopped.value.partial  # type: ignore[attr-defined]
    assert isinstance(told, dd.Posterior)
    assert len(told.samples) == PARTICLES
    assert told.samples[cases.RATE].between(0, 3).all()


@pytest.mark.parametrize("after", [50, 300, 900, 1_900, 2_550])
def test_it_goes_on_behind_the_last_whole_population(tmp_path: Path, after: int) -> None:
    out, heard = tmp_path / "fit.npz", []

    def stop(done: int) -> None:
        if done >= after:
            raise KeyboardInterrupt

    whole = fitted()
    with pytest.raises(dd.Interrupted):
        fitted(progress=stop, out=out)
    assert out.exists() == (after > 4 * PARTICLES)
    # Without a seed: that of the file, where there is one.
    seed = {} if after <= 4 * PARTICLES else {"seed": None}
    found = fitted(out=out, progress=heard.append, **seed)
    pd.testing.assert_frame_equal(found.samples, whole.samples)
    pd.testing.assert_frame_equal(found.predictive(), whole.predictive())
    assert found.origin == whole.origin
    assert found.warnings == whole.warnings
    # What is there already is not simulated again.
    first = 4 * PARTICLES * (after > 4 * PARTICLES)
    assert min(heard) >= first
    assert fitted(out=out).samples.equals(whole.samples)


def test_stopped_in_the_first_population_it_promises_no_file(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done > 10:
            raise RuntimeError

    with pytest.raises(RuntimeError) as stopped:
        fitted(progress=stop, out=tmp_path / "fit.npz")
    assert "goes on" not in stopped.value.__notes__[-1]


def test_more_populations_begin_where_it_ended(tmp_path: Path) -> None:
    fitted(out=tmp_path / "fit.npz", populations=2, particles=np.int64(PARTICLES))
    more = fitted(out=tmp_path / "fit.npz", populations=5)
    pd.testing.assert_frame_equal(more.samples, fitted(populations=5).samples)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"seed": 4}, "other seed"),
        ({"particles": 100}, "other particles"),
        ({"totals": {"attacks": 90}}, "other evidence"),
    ],
)
def test_the_file_of_another_fit_is_refused(
    tmp_path: Path, options: dict[str, Any], says: str
) -> None:
    fitted(out=tmp_path / "fit.npz", populations=1)
    content = (tmp_path / "fit.npz").read_bytes()
    with pytest.raises(ValueError, match=says):
        fitted(out=tmp_path / "fit.npz", **options)
    assert (tmp_path / "fit.npz").read_bytes() == content


def test_a_file_that_is_none_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "fit.npz"
    fitted(out=out, populations=2)
    content = out.read_bytes()
    spoilt = [
        b"",
        b"text",
        content[:-40],
        content[: len(content) // 2],
        content.replace(b"told", b"cold"),
    ]
    for text in spoilt:
        out.write_bytes(text)
        with pytest.raises(ValueError, match="holds no fit by simulation"):
            fitted(out=out)
        assert out.read_bytes() == text
    with pytest.raises(FileNotFoundError):
        fitted(out=tmp_path / "nowhere" / "fit.npz")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"what": ["world.nothing"]}, "no range at `world.nothing`"),
        ({"what": []}, "`what` is empty"),
        ({"totals": {"attacks > 3": 1}}, "is a chance"),
        ({"totals": {"attacks": (3, 1)}}, "between 3.0 and 1.0"),
        ({"totals": {"nonsense": 1}}, "nonsense"),
        ({"totals": {"killed": 1e6}, "what": [cases.RATE]}, "killed was 1e"),
        ({"particles": 3}, "`particles` must be at least 20"),
    ],
)
def test_what_cannot_be_fitted_is_refused(options: dict[str, Any], says: str) -> None:
    harmless = cases.scenario(no_casualty=1, scale=1, shape=0, killed_share=0)
    settings = {"particles": PARTICLES, "seed": 1, "progress": False}
    with pytest.raises(ValueError, match=says):
        dd.fit_by_simulation(harmless, record(), **(settings | options))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"to": "2020-06-30", "site": "base"}, "single sites or threats"),
        ({"to": "2020-06-30", "measure": "strikes"}, "only as a whole"),
        ({"to": "2021-06-30"}, "reaches beyond"),
    ],
)
def test_what_no_month_tells_is_refused(row: dict[str, Any], says: str) -> None:
    given = {"from": "2020-01-01", "count": 3} | row
    with pytest.raises(dd.ObservationError, match=says):
        dd.fit_by_simulation(cases.scenario(), record(given), progress=False)


def test_it_says_where_the_prior_hardly_allows_what_was_seen() -> None:
    # A rate of 8 a day where 0.25 is believed.
    many = record({"from": "2020-01-01", "to": "2020-12-31", "count": 3_000})
    settings: dict[str, Any] = {"particles": PARTICLES, "seed": 3, "progress": False}
    one = dd.fit_by_simulation(cases.scenario(), many, populations=1, **settings)
    assert len(one.warnings) == 2
    assert "attacks, total was 3e+03" in one.warnings[0]
    assert "not stalled" in one.warnings[1]
    assert all(warning in str(one) for warning in one.warnings)
    assert (
        dd.fit_by_simulation(cases.scenario(), record(), populations=30, **settings).warnings == []
    )


def test_nothing_to_compare_is_refused() -> None:
    nobody = {"from": "2020-01-01", "to": "2020-03-31", "count": np.nan, "bound": "missing"}
    with pytest.raises(ValueError, match="nothing was counted"):
        dd.fit_by_simulation(cases.scenario(), record(nobody), progress=False)


def test_intervals_are_cut_out_of_months_by_days() -> None:
    chance = np.random.default_rng(5)
    edges = np.array([0.0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366])
    for _ in range(20):
        ends = np.sort(chance.choice(np.arange(1, 366), 9, replace=False))
        begin, end = np.array([0, *ends[:-1]]), ends
        kinds = chance.choice(["exact", "about", "at_most"], 9, p=[0.5, 0.3, 0.2])
        counts = [
            CoreCount(float(a), float(b), "attacks", None, [], str(kind), 5, 0.0)
            for a, b, kind in zip(begin, end, kinds, strict=True)
        ]
        found = Counted.of("attacks", counts, edges)
        # Day by day: a month's attacks fall evenly on its days, an interval's on its own.
        months = chance.poisson(10, 12).astype(float)
        daily = np.repeat(months / np.diff(edges), np.diff(edges).astype(int))
        by_interval = np.array([daily[a:b].sum() for a, b in zip(begin, end, strict=True)])
        assert np.allclose(found.into @ months, by_interval)
        spread, counted = np.zeros(366), np.zeros(366)
        for a, b, total, kind in zip(begin, end, by_interval, kinds, strict=True):
            if kind != "at_most":
                spread[a:b], counted[a:b] = total / (b - a), 1
        pieces = [slice(int(a), int(b)) for a, b in pairwise(edges)]
        right = [
            spread[piece].sum() / counted[piece].mean()
            for piece in pieces
            if counted[piece].mean() >= 0.5
        ]
        assert np.allclose(found.back @ by_interval, right)
