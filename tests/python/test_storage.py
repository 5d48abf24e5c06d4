from random import Random

import numpy as np
import pytest
import xarray as xr

import drawdown as dd
import random_plans

FORMS = ["netcdf3", "netcdf4", "zarr"]
TITLES = ["", "Zwölf – 撤退 🕊", 'a "quoted"\nline', "x" * 300]


def back(data, form, path):
    """What is read again once it was written."""
    if form == "zarr":
        data.to_zarr(path, consolidated=False)
        return xr.open_zarr(path, consolidated=False, decode_timedelta=False).load()
    engine = {"netcdf3": "scipy", "netcdf4": "h5netcdf"}[form]
    data.to_netcdf(path, engine=engine)
    return xr.load_dataset(path, engine=engine, decode_timedelta=False)


def scenarios():
    for name in dd.examples():
        yield name, dd.Scenario.example(name)
    yield "stay", dd.Scenario.example("iraq-2024").stay()
    for seed in range(6):
        some = ["blackouts"] * (seed % 2 == 0)
        plan = random_plans.scenario(seed, list(random_plans.ACTIONS), seed % 3, *some)
        yield f"random {seed}", dd.Scenario.from_dict(plan)


@pytest.mark.parametrize("form", FORMS)
def test_every_dataset_can_be_stored(form, tmp_path):
    random = Random(form)
    tried = list(scenarios())
    for name, scenario in tried if form == "netcdf3" else random.sample(tried, 2):
        titled = scenario.replace({"title": random.choice(TITLES)})
        seed = random.choice([random.randrange(2**31), random.randrange(2**31, 2**64), 2**64 - 1])
        given = {"trials": 3, "seed": seed, "progress": False}
        run = dd.simulate(titled, **given)
        data = run.dataset()
        read = back(data, form, tmp_path / name)
        assert read.identical(data), name
        assert int(read.attrs["seed"]) == seed
        assert read.attrs["title"] == titled.title
        assert min(read.sizes.values()) > 0
        for by in dict.fromkeys(by for _, by, _, _ in dd._core.measures() if by):
            there = run.ids(by) != []
            assert (by in data.sizes) == there
            assert not there or list(data[by].values) == run.ids(by)
    summary = dd.simulate("minimal", **given, keep="summary")
    assert back(summary.weekly(), form, tmp_path / "weekly").identical(summary.weekly())


@pytest.mark.parametrize("form", FORMS)
def test_what_decisions_come_from_can_be_stored(form, tmp_path, minimal):
    given = {"trials": 20, "seed": 2**63 + 1, "progress": False}
    levels = {
        "plan.breathing_room.pause_days": [0, 30],
        "plan.phases.leave.announced_finish": np.array(["2025-09-30", "2025-10-31"], "M8[D]"),
    }
    swept = dd.sweep(minimal, levels, **given)
    risk = dd.risk_over_time(dd.simulate(minimal, **given), trials=20)
    laws = {"world.threats.militia.attacks_per_day": [0.1, {"uniform": [0, 1]}]}
    named = dd.sweep(minimal, laws, **given)
    data = {
        "sweep": swept.dataset(),
        "by site": swept.dataset("site"),
        "by gate, of which there is none": swept.dataset("gate"),
        "risk": risk.dataset(),
        "laws": named.dataset(),
    }
    for name, one in data.items():
        assert back(one, form, tmp_path / name).identical(one), name
        assert one.attrs["seed"] == str(2**63 + 1)
