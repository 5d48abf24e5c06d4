"""Events as a dataset of Parquet files, written by whoever simulates them."""

from __future__ import annotations

import json
import math
import os
import secrets
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from .. import _core
from .._internal.checks import whole
from .._internal.files import check_folder, digest, sync, sync_folder, write_text
from .._internal.progress import Progress, telling
from .run import Run
from .settings import Settings
from .shards import Job, Ticket, check_build, compiled, give_up
from .simulate import Given, here, job_of, numbers_of, scenario_of
from .stopping import Left, leaving
from .work import RETRIES, Call, Executor, Work

# What says which files belong together; its name keeps readers of datasets away from it.
ABOUT = "_drawdown.json"
# A file has the trials of so many seconds, by what is expected of them on any machine.
_SECONDS = 20.0
# How many files are asked for at a time, and what ends the name of one that is not whole.
_UNDER_WAY, _BEGUN = 64, ".begun"
# How many files a refusal names before it says how many more there are.
_NAMED = 5


class Written(NamedTuple):
    """A file that is there: its name, the trials and events in it, and its SHA-256."""

    name: str
    trials: int
    events: int
    sha256: str


def write_events(
    of: Run | Given,
    folder: str | os.PathLike[str],
    *,
    trials: int | range | None = None,
    seed: int | None = None,
    trials_per_file: int | None = None,
    threads: int | None = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
    progress: Progress = None,
) -> list[Path]:
    """Write events as a dataset: a folder of Parquet files, each with the events of some trials.

    DuckDB (``FROM 'events/*.parquet'``), Polars (``scan_parquet``) and pyarrow (``dataset``) read
    it without loading it whole; columns are those of `EventLog`. Files are written where trials are
    simulated: on an executor by its workers, who must reach the folder under the same path. Each
    appears whole or not at all. What was written stays if the work is stopped, and the same call
    goes on with it.

    Parameters
    ----------
    of : Run, Scenario, mapping, path or str
        The run whose trials are simulated once more, or a scenario as `simulate` takes it.
    folder : str or path
        The folder, made if need be: empty, or what the same call has left.
    trials : int or range, optional
        The first so many trials, or those; left out, all of the run.
    seed : int, optional
        The seed of a scenario's trials; that of a run is its own. Left out, it is that of the files
        that the same call has left, or one is drawn.
    trials_per_file : int, optional
        How many trials a file has; left out, as many as are expected to take some 20 seconds, which
        does not depend on the machine.
    threads, executor, retries, progress
        How many threads simulate and write, or who does in their place; how often an executor is
        asked again for what it has lost; and the progress bar or function, as for `simulate`.

    Returns
    -------
    list of Path
        The files, in the order of their trials. ``_drawdown.json`` beside them says where they come
        from and lists them with their SHA-256.

    Raises
    ------
    ImportError
        If pyarrow is not installed; the extra ``parquet`` brings it.
    Interrupted, ExecutorError
        On Ctrl-C, or if the executor breaks or loses the same work too often; its `partial` is the
        list of the files that are whole. An exception that a progress function raises has it too.
    OSError
        If a file cannot be written.
    ValueError
        If a trial was not run, a number is out of range, a file was damaged since it was written,
        or the folder holds anything else (but for names that begin with a dot): the message says
        what.
    """
    _parquet()
    place = Path(os.path.realpath(folder))
    known, listed = _known(place)
    if seed is None and not isinstance(of, Run):
        seed = known.get("seed")
    job, settings = _what(of, trials, seed, (threads, progress, executor, retries))
    each = _trials_per_file(job, trials_per_file)
    names = {_name(block): block for block in _blocks(job.trials, each)}
    about = _about(job, each)
    _prepare(place, names, about, known)
    there = [name for name in names if (place / name).exists()]
    done = {name: _found(place / name, names[name], listed.get(name)) for name in there}
    missing = {name: block for name, block in names.items() if name not in done}

    def left(_: BaseException) -> Left:
        whole = [place / name for name in names if (place / name).exists()]
        count = f"{len(whole)} of {len(names)} files"
        return Left(count, f"{count} are whole, and the same call writes the others", whole)

    def tell_of_files() -> None:
        files = [done[name]._asdict() for name in names if name in done]
        write_text(place / ABOUT, json.dumps({**about, "files": files}, indent=1) + "\n")

    with (
        leaving(left, tell_of_files),
        here(settings) as ours,
        telling(progress, len(job.trials)) as tell,
    ):
        assert ours.executor is not None
        work = Work(ours.executor, ours.retries)
        for written in _all_written(work, job, place, missing):
            done[written.name] = written
            if tell:
                tell(sum(one.trials for one in done.values()))
    for path in place.glob(f".*{_BEGUN}"):
        path.unlink(missing_ok=True)  # what a worker that died has left
    tell_of_files()
    return [place / name for name in names]


def _parquet() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ImportError("Parquet files need pyarrow: `pip install pyarrow`") from error
    return pa, parquet


def _what(
    of: Run | Given, trials: int | range | None, seed: int | None, who: tuple[Any, ...]
) -> tuple[Job, Settings]:
    """The trials that are written, and how they are run."""
    threads, progress, executor, retries = who
    if not isinstance(of, Run):
        if trials is None:
            raise ValueError("say how many `trials` of the scenario are to be written")
        numbers = numbers_of(trials)
        asked = Settings.of(len(numbers), seed, threads, progress, None, executor, retries)
        return job_of(scenario_of(of), asked, "summary", math.inf, numbers.start), asked
    if "variance" in of.origin:
        raise ValueError(
            "the run has less variance, and its trials are others than those that seed and "
            "scenario give: write the events of a plain run"
        )
    if seed is not None and seed != of.seed:
        raise ValueError(f"the run has a seed of its own, {of.seed}: leave `seed` out")
    there = of.trial_numbers
    numbers = there
    if isinstance(trials, range):
        numbers = numbers_of(trials)
    elif trials is not None:
        numbers = range(there.start, there.start + whole("trials", trials, 1, 2**63 - 1))
    # Refuses what was not run, and runs that cannot be replayed.
    of._results.events([numbers.start, numbers.stop - 1])
    asked = Settings.of(len(numbers), of.seed, threads, progress, None, executor, retries)
    return Job(of.scenario, numbers, of.seed, "summary", of.samples), asked


def _trials_per_file(job: Job, given: int | None) -> int:
    if given is not None:
        return whole("trials_per_file", given, 1, 2**63 - 1)
    each = job.scenario._compiled.seconds_per_trial()
    return max(1, min(len(job.trials), int(_SECONDS / max(each, 1e-9))))


def _blocks(trials: range, each: int) -> Iterator[range]:
    for first in range(trials.start, trials.stop, each):
        yield range(first, min(first + each, trials.stop))


def _name(block: range) -> str:
    return f"trials-{block.start:012}-{block.stop - 1:012}.parquet"


def _about(job: Job, each: int) -> dict[str, Any]:
    about = {
        "format": 1,
        "version": _core.__version__,
        "scenario_hash": job.scenario.hash,
        "seed": job.seed,
        "trials": [job.trials.start, job.trials.stop],
        "trials_per_file": each,
    }
    inputs = job.ready._compiled.inputs_hash()
    return about if inputs is None else {**about, "inputs_hash": inputs}


def _known(place: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """What a folder says of its files, and their SHA-256 by name; nothing if it says nothing."""
    try:
        about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
        return about, {one["name"]: one["sha256"] for one in about.pop("files", [])}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, {}


def _prepare(
    place: Path, names: Iterable[str], about: dict[str, Any], known: dict[str, Any]
) -> None:
    """Make the folder, or find there what the same call has left.

    Raises
    ------
    ValueError
        If it holds anything else.
    """
    check_folder(place)
    place.mkdir(parents=True, exist_ok=True)
    # Readers of datasets leave out what begins with a dot.
    held = [path for path in sorted(place.iterdir()) if not path.name.startswith(".")]
    if not held:
        write_text(place / ABOUT, json.dumps(about, indent=1) + "\n")
        return
    own = {*names, ABOUT}
    others = [path.name for path in held if path.name not in own or not path.is_file()]
    keys = [key for key in {**about, **known} if known.get(key) != about.get(key)]
    if not known:
        why = f"no {ABOUT} says what it is"
    elif keys:
        differ = [f"{key} ({known.get(key)} there, {about.get(key)} here)" for key in keys]
        why = f"they differ in {', '.join(differ)}"
    elif others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        why = f"{', '.join(others[:_NAMED])}{more}"
    else:
        return
    raise ValueError(
        f"{place} holds something else than what this call writes: {why}; choose another folder, "
        f"or empty it"
    )


def _found(path: Path, block: range, listed: str | None) -> Written:
    """A file that is there, as long as it is what was written."""
    pa, parquet = _parquet()
    found, why = digest(path), "it is not what was written"
    if listed in (None, found):
        try:
            return Written(
                path.name, len(block), parquet.ParquetFile(path).metadata.num_rows, found
            )
        except (pa.ArrowException, OSError) as error:
            why = f"{error}"
    raise ValueError(f"{path} is damaged: {why}; remove it, and the same call writes it anew")


def _all_written(work: Work, job: Job, place: Path, left: dict[str, range]) -> Iterator[Written]:
    """Have the files that are left written, some of them at a time."""

    def call(name: str, block: range) -> Call:
        ticket = job.ticket(block.start, len(block))
        return Call(write_block, (ticket, str(place)), f"the events of {name}", name)

    calls = (call(name, block) for name, block in left.items())
    for one in islice(calls, _UNDER_WAY):
        work.ask(one)
    for _, written in work.answers():
        for one in islice(calls, 1):
            work.ask(one)
        yield written


def write_block(ticket: Ticket, folder: str, _: int = 0) -> Written:
    """Simulate some trials and write their events to a file: what a worker does.

    Raises
    ------
    ValueError
        If the worker has another version or build of the library than whoever asks.
    """
    check_build(ticket.made_by)
    pa, parquet = _parquet()
    scenario = compiled(ticket.scenario_hash, ticket.scenario)._compiled
    if ticket.inputs is not None:
        scenario = scenario.with_inputs(*ticket.inputs)
    block = range(ticket.first, ticket.first + ticket.trials)
    path = Path(folder, _name(block))
    begun = path.with_name(f".{secrets.token_hex(4)}-{path.stem}{_BEGUN}")
    reader = pa.RecordBatchReader.from_stream(scenario.events(ticket.seed, block))
    events = 0
    try:
        with parquet.ParquetWriter(begun, reader.schema) as writer:
            for batch in reader:
                give_up()
                writer.write_batch(batch)
                events += batch.num_rows
        sync(begun)
        written = Written(path.name, ticket.trials, events, digest(begun))
        os.replace(begun, path)
        sync_folder(path.parent)
    finally:
        begun.unlink(missing_ok=True)
    return written
