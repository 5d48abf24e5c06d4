import subprocess
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

import drawdown as dd

SOME = [17, 3, 499]
FULL = 65_536


@pytest.fixture(scope="module")
def expected(run):
    """The events of some trials, as each trial alone gives them."""
    frames = []
    for k in SOME:
        alone = run.trial(k).events
        alone.insert(0, "trial", k)
        frames.append(alone)
    return pd.concat(frames, ignore_index=True)


def from_pyarrow(log):
    return pa.table(log).to_pandas(types_mapper={pa.uint32(): pd.UInt32Dtype()}.get)


def from_polars(log):
    return from_pyarrow(pl.DataFrame(log).to_arrow())


def from_duckdb(log):
    return from_pyarrow(duckdb.sql("select * from log").to_arrow_table())


def from_parquet(log, path):
    log.to_parquet(path)
    return from_pyarrow(parquet.read_table(path))


def plain(frame):
    """Values with the types of `Trial.events`."""
    frame = frame.astype(dict.fromkeys(["trial", "count"], "int64"))
    frame = frame.astype(dict.fromkeys(["attack", "parent"], "Int64"))
    others = frame.columns.difference(["trial", "time_days", "date", "count", "attack", "parent"])
    frame = frame.astype(dict.fromkeys(others, "string"))
    return frame.assign(date=pd.to_datetime(frame["date"]).dt.as_unit("s"))


@pytest.mark.parametrize("read", [from_pyarrow, from_polars, from_duckdb])
def test_every_reader_gives_what_the_trials_give(run, expected, read):
    frame = plain(read(run.events(SOME)))
    pd.testing.assert_frame_equal(frame, expected, check_exact=True)


def test_pandas_needs_no_other_library(run, expected):
    pd.testing.assert_frame_equal(run.events(SOME).to_pandas(), expected, check_exact=True)
    hidden = "import sys; sys.modules.update(dict.fromkeys(['pyarrow', 'polars', 'duckdb']))"
    code = "import drawdown as dd; dd.simulate('minimal', trials=2, seed=1).events().to_pandas()"
    subprocess.run([sys.executable, "-c", f"{hidden}; {code}"], check=True)


def test_pandas_reads_the_stream(run, expected):
    pd.testing.assert_frame_equal(
        plain(pd.DataFrame.from_arrow(run.events(SOME))), expected, check_exact=True
    )


def test_parquet_holds_the_same(run, expected, tmp_path):
    frame = plain(from_parquet(run.events(SOME), tmp_path / "events.parquet"))
    pd.testing.assert_frame_equal(frame, expected, check_exact=True)
    assert [path.name for path in tmp_path.iterdir()] == ["events.parquet"]


def test_parquet_without_pyarrow_says_how_to_get_it(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match="pip install pyarrow"):
        run.events(1).to_parquet(tmp_path / "events.parquet")
    assert not list(tmp_path.iterdir())


def test_all_trials_are_there_in_order(run):
    frame = run.events().to_pandas()
    assert list(frame["trial"].unique()) == list(range(500))
    assert frame["trial"].is_monotonic_increasing
    assert frame.groupby("trial")["time_days"].is_monotonic_increasing.all()
    harm = frame[frame["kind"] == "wounded"].groupby("trial")["count"].sum()
    wounded = harm.reindex(range(500), fill_value=0)
    np.testing.assert_array_equal(wounded, run.values("wounded"))


def test_dates_are_those_of_the_days(run, iraq):
    frame = run.events(17).to_pandas()
    days = (frame["date"] - pd.Timestamp(iraq.start)).dt.days
    np.testing.assert_array_equal(days, np.floor(frame["time_days"]))


def test_batches_hold_whole_trials_and_do_not_grow(iraq):
    run = dd.simulate(iraq, trials=2_000, seed=3, progress=False)
    reader = pa.RecordBatchReader.from_stream(run.events())
    most, last, rows = run.values("attacks").max() * 4, -1, []
    for batch in reader:
        trials = batch["trial"].to_numpy()
        assert trials[0] == last + 1
        last, rows = trials[-1], [*rows, len(trials)]
    assert last == 1_999
    assert len(rows) > 20
    assert all(FULL <= count < FULL + most for count in rows[:-1])


def test_dictionaries_are_those_of_the_scenario_in_every_batch(run):
    for batch in pa.RecordBatchReader.from_stream(run.events()):
        assert batch["site"].dictionary.to_pylist() == run.ids("site")
        assert batch["to"].dictionary.to_pylist() == run.ids("site")
        assert batch["phase"].dictionary.to_pylist() == run.ids("phase")
        kinds = batch["kind"].dictionary.to_pylist()
        assert len(set(kinds)) == len(kinds) > 10


def test_the_schema_is_known_before_anything_is_simulated(run):
    log = run.events()
    schema = pa.schema(log)
    assert schema == pa.RecordBatchReader.from_stream(log).schema
    assert schema.names == ["trial", *run.trial(0).events.columns]
    assert (schema.field("trial").type, schema.field("date").type) == (pa.uint64(), pa.date32())
    assert schema.field("parent").type == pa.uint32()


def test_a_log_can_be_read_as_often_as_one_likes(run):
    log = run.events(SOME)
    first = pa.table(log)
    assert pa.table(log).equals(first)
    assert pa.table(log).num_rows > 0
    half_read = pa.RecordBatchReader.from_stream(log)
    half_read.read_next_batch()
    assert pa.table(log).equals(first)


@pytest.mark.parametrize(
    ("trials", "chosen"),
    [(5, [5]), (np.int64(5), [5]), (range(3, 9, 2), [3, 5, 7]), (np.arange(2), [0, 1])],
)
def test_trials_are_chosen_by_number(run, trials, chosen):
    log = run.events(trials)
    assert list(log.trials) == chosen
    assert list(log.to_pandas()["trial"].unique()) == chosen


@pytest.mark.parametrize("trials", [500, [0, 500], -1, [3, -1], range(490, 501)])
def test_trials_that_were_not_run_are_refused(run, trials, tmp_path):
    run.save(tmp_path / "run.npz")
    for which in (run, dd.load(tmp_path / "run.npz")):
        with pytest.raises(ValueError, match=r"was not run; the (last is 499|first is 0)"):
            which.events(trials)


def test_what_is_no_number_of_a_trial_is_refused(run):
    with pytest.raises(ValueError, match="names no trial"):
        run.events([])
    for trials in (1.5, "1", [None]):
        with pytest.raises(TypeError):
            run.events(trials)


def test_shows_itself(run):
    assert repr(run.events(3)).startswith("EventLog(1 trial of Run(Iraq and Syria")
    assert repr(run.events()).startswith("EventLog(500 trials of Run(")
