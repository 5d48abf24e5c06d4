"""The command line: `drawdown run`, `report`, `compare`, `fit`, `update`, `backtest` and others.

A command imports what it alone needs, so that the others start without it.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _core
from ._internal.arguments import (
    add_backtested,
    add_batch,
    add_events,
    add_explored,
    add_language,
    add_machine,
    add_observed,
    add_run,
    add_scheduler,
    add_scored,
    add_seeded,
    add_trials,
    add_variance,
    named,
)
from ._internal.files import check_file
from .commands import completion, doctor, explain, migrate
from .commands.start import welcome
from .errors import (
    ExchangeError,
    ExecutorError,
    Interrupted,
    ObservationError,
    ScenarioError,
    explained,
)
from .scenario.scenario import Scenario

if TYPE_CHECKING:
    from .analysis.comparison import Comparison
    from .learn.observations import Observations
    from .learn.posterior import Posterior
    from .learn.update import Update
    from .runs.run import Run

REFUSED, USAGE, BROKEN, INTERRUPTED = 1, 2, 3, 130

# Where a page goes that nobody has named a file for.
_PAGE = "report.html"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after ``drawdown``; left out, what the shell gave. If there is nothing, three
        things to do next are shown.

    Returns
    -------
    int
        The exit status: 0, 1 for a refused scenario, 2 for wrong usage (a file that is not there
        or cannot be written included), 3 if a cluster broke down, 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal cannot show is replaced: nothing is lost of a run for a dash.
            stream.reconfigure(errors="replace")
    if not (sys.argv[1:] if arguments is None else arguments):
        print(welcome(), end="")
        return 0
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = partial(_warn, given)
            given.command(given)
    except ScenarioError as error:
        print(f"{given.scenario}: {error}\n{explained(error)}", file=sys.stderr)
        return REFUSED
    except ExchangeError as error:
        print(f"{given.sites}: {error}\n{explained(error)}", file=sys.stderr)
        return REFUSED
    except ObservationError as error:
        told = f"{_told(error, given)}\n{explained(error)}"
        print(f"{given.observed}: {told}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever was reading has gone; nothing more can be said to them, on exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        notes = "".join(f"; {note}" for note in getattr(error, "__notes__", []))
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(f"{parser.prog}: {what}{notes}", file=sys.stderr)
        return USAGE
    except (ValueError, MemoryError, ImportError) as error:
        print(f"{parser.prog}: {_told(error, given)}", file=sys.stderr)
        return USAGE
    except ExecutorError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return BROKEN
    except KeyboardInterrupt as stop:
        print(f"{parser.prog}: {str(stop) or 'stopped'}", file=sys.stderr)
        return INTERRUPTED
    return 0


def _warn(given: argparse.Namespace, message: Warning | str, *_: Any, **__: Any) -> None:
    """Print a warning as somebody reads it who has written no line of the source."""
    print(f"drawdown: warning: {_told(message, given)}", file=sys.stderr)


def _told(error: Exception | str, given: argparse.Namespace) -> str:
    """What an error says, in words of the command line where it reads tables."""
    if given.command not in (_fit, _update, _backtest, _score):
        return str(error)
    from .learn.files import in_options

    return in_options(str(error), vars(given))


def _check(given: argparse.Namespace) -> None:
    scenario = Scenario.read(given.scenario)
    if given.assumptions:
        from .exchange.cells import guarded

        table = scenario.assumptions()
        # What others have written is not for a program of spreadsheets to carry out.
        told = {name: table[name].map(guarded, na_action="ignore") for name in ("source", "note")}
        _hand_on(table.assign(**told).to_csv(lineterminator="\n"))
    else:
        print(scenario, end="")


def _run(given: argparse.Namespace) -> None:
    from .runs.simulate import simulate

    scenario = Scenario.read(given.scenario)
    if given.out:
        _check_export(given.out)
    asked: dict[str, Any] = {"trials": given.trials, "seed": given.seed, "keep": given.keep}
    asked |= {"variance": given.variance, "levels": given.level}
    if given.variance == "plain":
        asked["out"] = given.out
    else:
        # Their events cannot be written, nor can they be gone on with.
        given.events = 0
    limit = given.seconds_per_trial
    _report_run(partial(simulate, scenario, **asked, seconds_per_trial=limit), given)


def _resume(given: argparse.Namespace) -> None:
    from .runs.simulate import resume

    given.scenario, given.variance = given.out, "plain"
    _check_export(given.out)
    _report_run(partial(resume, given.out), given)


def _check_export(folder: Path) -> None:
    """Refuse a folder before the run, and not after it."""
    from .report.export import check

    check(folder)


def _report_run(run: Callable[..., Run], given: argparse.Namespace) -> None:
    """Report a run; of one that is stopped, what there is, with its parts to go on from."""
    from .runs.checkpoint import clear

    try:
        with _machine(given) as machine:
            done = run(**machine)
    except (Interrupted, ExecutorError) as stop:
        if stop.partial is not None:
            _report(stop.partial, given, partial(stop.partial.write, events=given.events))
        if given.out and given.variance == "plain" and not given.quiet:
            print(f"`drawdown resume {given.out}` goes on with it")
        raise

    def write(out: Path) -> None:
        done.write(out, events=given.events)
        if given.variance == "plain":
            clear(out)

    _report(done, given, write)


@contextmanager
def _machine(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Lend who is to run trials, and whether progress is shown, as the functions take it."""
    progress = False if given.quiet else None
    if given.scheduler is None:
        yield {"threads": given.threads, "progress": progress}
        return
    from .adapters.cluster import dask_executor

    with dask_executor(given.scheduler) as executor:
        yield {"threads": given.threads, "progress": progress, "executor": executor}


def _plans(given: argparse.Namespace) -> dict[str, Scenario]:
    """Scenarios by the names of their files; by their paths where two have the same name."""
    names = [Path(path).stem for path in given.scenarios]
    plans = {}
    for name, path in zip(names, given.scenarios, strict=True):
        given.scenario = path  # the one that is refused, if one is
        name = path if names.count(name) > 1 else name
        if name in plans:
            raise ValueError(f"`{name}` is given more than once")
        plans[name] = Scenario.read(path)
    return plans


def _report(
    results: Run | Comparison, given: argparse.Namespace, write: Callable[[Path], None]
) -> None:
    # Whoever reads what is printed may leave before its end: what is asked for in files is there.
    if given.out:
        write(given.out)
    if not given.quiet:
        print(results, end="")
        if given.out:
            print(f"\nwritten to {given.out}")


def _compare(given: argparse.Namespace) -> None:
    from .analysis.compare import STAY, compare

    plans = _plans(given)
    if given.out:
        from .report.export import check_comparison

        check_comparison(given.out, plans if given.no_stay else [*plans, STAY])
    try:
        with _machine(given) as machine:
            comparison = compare(
                plans,
                trials=given.trials,
                seed=given.seed,
                baseline=given.baseline,
                stay=not given.no_stay,
                variance=given.variance,
                **machine,
            )
    except (Interrupted, ExecutorError) as stop:
        if stop.partial:
            _report(stop.partial, given, stop.partial.write)
        raise
    _report(comparison, given, comparison.write)


def _page(given: argparse.Namespace) -> None:
    """Simulate, and write the page on it."""
    from .report.page import check_own_page
    from .runs.simulate import simulate

    scenario = Scenario.read(given.scenario)
    # Before the run and not after it is the time to find out that this is not possible.
    if given.out is None:
        given.out = Path(_PAGE)
        check_own_page(given.out)
    if Path(given.scenario).exists() and given.out.exists() and given.out.samefile(given.scenario):
        raise ValueError(f"{given.out} is the scenario itself: name another file for the page")
    check_file(given.out)
    progress = False if given.quiet else None
    asked = {"trials": given.trials, "seed": given.seed, "threads": given.threads}
    run = simulate(scenario, **asked, progress=progress)
    about = {"trials": given.beside, "live": given.live, "language": given.language}
    run.report(given.out, **about, progress=progress)
    if not given.quiet:
        print(f"{run.origin_line}\nwritten to {given.out}")


def _fit(given: argparse.Namespace) -> None:
    """Fit the ranges of a scenario to what was observed, by likelihood or by simulation."""
    from .learn.abc import fit_by_simulation
    from .learn.fit import fit

    scenario, observed = _scenario_and_observed(given, "fit")
    asked = {"what": given.what, "seed": given.seed, "threads": given.threads}
    progress = False if given.quiet else None
    try:
        if given.by_simulation:
            kept = given.draws or 2_000
            found = fit_by_simulation(
                scenario, observed, particles=kept, progress=progress, **asked
            )
        else:
            draws = given.draws or 1_000
            found = fit(scenario, observed, draws=draws, progress=progress, **asked)
    except Interrupted as stop:
        if stop.partial is not None:
            _learned(stop.partial, given, observed)
        raise
    _learned(found, given, observed)


def _update(given: argparse.Namespace) -> None:
    """Bring a simulation up to what was observed, and carry it on from there."""
    from .learn.update import update

    scenario, observed = _scenario_and_observed(given, "update")
    asked: dict[str, Any] = {
        "particles": given.particles,
        "seed": given.seed,
        "threads": given.threads,
    }
    if given.fitted:
        from .learn.posterior_files import read_posterior

        asked["fitted"] = read_posterior(given.fitted)
    found = update(scenario, observed, progress=False if given.quiet else None, **asked)
    _learned(found, given, observed)
    if not given.quiet:
        print(f"\n{found.run}", end="")


def _scenario_and_observed(given: argparse.Namespace, kind: str) -> tuple[Scenario, Observations]:
    """What is given; a folder that cannot be written to is refused before anything is computed."""
    from .learn.files import observations
    from .report.export import check_learned

    scenario = Scenario.read(given.scenario)
    observed = observations(given.observed, given.columns, given.window, given.until)
    if given.out:
        check_learned(given.out, kind)
    return scenario, observed


def _learned(found: Posterior | Update, given: argparse.Namespace, observed: Observations) -> None:
    """Print what was learned and what was left out, and write it where a folder is named."""
    from .learn.files import in_options

    if given.out:
        from .report.export import export_learned

        export_learned(found, given.out, observed.unmapped)
    if not given.quiet:
        print(in_options(str(found), vars(given)), end="")
        if len(observed.unmapped):
            where = f"; {given.out / 'unmapped.csv'} has each row" if given.out else ""
            print(f"\nLeft out of {given.observed}{where}:\n{observed.left_out().to_string()}")
        if given.out:
            print(f"\nwritten to {given.out}")


def _backtest(given: argparse.Namespace) -> None:
    from .learn.backtest import MODELS, backtest
    from .learn.files import series

    if given.out:
        check_file(given.out)
    found = backtest(
        series(given.series, given.column),
        given.models or list(MODELS),
        horizons=given.horizons,
        first=given.first,
        every=given.every,
        samples=given.samples,
        seed=given.seed,
        measure=given.measure,
        progress=False if given.quiet else None,
    )
    if given.out:
        found.table().to_csv(given.out)
    if not given.quiet:
        print(found, end="")


def _score(given: argparse.Namespace) -> None:
    from .learn.files import forecasts, observed
    from .learn.scores import score

    if given.out:
        check_file(given.out)
    found = score(forecasts(given.forecast), observed(given.observed))
    if given.out:
        found.each.to_csv(given.out, index=False)
    if not given.quiet:
        print(found, end="")


def _new(given: argparse.Namespace) -> None:
    # Tables need pandas, which a schema does without.
    from .exchange.new import new_scenario

    given.scenario = given.sites
    if given.out:
        check_file(given.out)
    scenario = new_scenario(given.sites, start=given.start, title=given.title)
    if given.out:
        scenario.write(given.out)
        print(f"written to {given.out}")
    else:
        _hand_on(scenario.to_toml())


def _schema(_: argparse.Namespace) -> None:
    _hand_on(json.dumps(json.loads(_core.schema_as_written()), indent=2) + "\n")


def _hand_on(text: str) -> None:
    """Print what is a file's content: in UTF-8, whatever a terminal can show, where it is none."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
    else:
        print(text, end="")


def _explore(given: argparse.Namespace) -> None:
    """Serve the explorer's page to the browser of this machine, until Ctrl-C."""
    from .explorer.server import serve
    from .explorer.varied import varied

    about: Any = {"trials": given.trials, "seed": given.seed, "threads": given.threads}
    about |= {"vary": given.vary and varied(given.vary), "language": given.language}
    serve(Scenario.read(given.scenario), opens=not given.no_browser, port=given.port, **about)


def _examples(given: argparse.Namespace) -> None:
    if given.name:
        _hand_on(_core.example_toml(given.name))
        return
    for name in _core.examples():
        print(f"{name:<18}{Scenario.example(name).title}".rstrip())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drawdown",
        description="Simulates phased troop withdrawals. A scenario is a .toml or .json file, or "
        "the name of a shipped one.",
    )
    parser.add_argument("--version", action="version", version=f"drawdown {_core.__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="say in plain words what would be simulated")
    check.add_argument("scenario")
    check.add_argument(
        "--assumptions",
        action="store_true",
        help="print where each number comes from, as CSV: path, value, what it is, whose, its "
        "basis, source and note, whether it is disputed, and whether it lacks a source",
    )
    check.set_defaults(command=_check)

    run = commands.add_parser("run", help="simulate; print tables, write tables and figures")
    add_run(run)
    add_scheduler(run)
    run.set_defaults(command=_run)

    new = commands.add_parser("new", help="begin a scenario from a table of sites")
    new.add_argument(
        "sites",
        type=named,
        metavar="SITES",
        help="CSV or .xlsx with the columns site, people, announced_finish; also announced_start, "
        "contingent, title, area",
    )
    new.add_argument(
        "--start", metavar="DATE", help="the first day (default: the first announced start)"
    )
    new.add_argument("--title", default="", help="a title")
    new.add_argument(
        "--out", type=named, metavar="FILE", help=".toml or .json to write (default: print TOML)"
    )
    new.set_defaults(command=_new)

    again = commands.add_parser("resume", help="go on with a run that was stopped, to its end")
    again.add_argument("out", type=named, metavar="DIR", help="what `run --out` wrote to")
    add_events(again)
    add_machine(again)
    add_scheduler(again)
    again.set_defaults(command=_resume)

    page = commands.add_parser("report", help="simulate, and write one page for a reader")
    page.add_argument("scenario")
    add_trials(page)
    page.add_argument(
        "--out",
        type=named,
        metavar="FILE",
        help=f"the page (default {_PAGE}, where nothing but an earlier page is replaced)",
    )
    page.add_argument(
        "--beside",
        type=int,
        default=1_000,
        metavar="N",
        help="histories for what stands beside the run: staying, the price of a pause at each "
        "allowance, risk (default %(default)s)",
    )
    page.add_argument(
        "--live", action="store_true", help="let a reader move numbers and simulate in the browser"
    )
    add_language(page)
    add_machine(page)
    page.set_defaults(command=_page)

    explored = commands.add_parser(
        "explore", help="move the numbers of a scenario in a browser, and see what comes of it"
    )
    add_explored(explored)
    explored.set_defaults(command=_explore)

    several = commands.add_parser("compare", help="simulate several plans and compare them")
    several.add_argument("scenarios", nargs="+", metavar="scenario")
    several.add_argument("--baseline", metavar="PLAN", help="default: the first")
    several.add_argument("--no-stay", action="store_true", help="without the plan to stay")
    add_variance(several)
    add_batch(several)
    add_scheduler(several)
    several.set_defaults(command=_compare)

    tested = commands.add_parser(
        "backtest", help="forecast a series from one month after another, and score it"
    )
    add_backtested(tested)
    tested.set_defaults(command=_backtest)

    scored = commands.add_parser("score", help="score forecasts against what came")
    add_scored(scored)
    scored.set_defaults(command=_score)

    fitted = commands.add_parser("fit", help="fit the ranges of a scenario to what was observed")
    fitted.add_argument("scenario")
    add_observed(fitted)
    fitted.add_argument(
        "--by-simulation",
        action="store_true",
        help="by simulating, for what has no likelihood (strikes in answer, friction, truces)",
    )
    fitted.add_argument(
        "--what", nargs="+", metavar="PATH", help="the ranges to fit (default: all)"
    )
    fitted.add_argument(
        "--draws", type=int, metavar="N", help="draws of each chain, or samples that are kept"
    )
    add_seeded(fitted)
    fitted.set_defaults(command=_fit)

    now = commands.add_parser("update", help="bring a simulation up to what was observed")
    now.add_argument("scenario")
    add_observed(now)
    now.add_argument(
        "--particles", type=int, default=20_000, metavar="N", help="histories (default %(default)s)"
    )
    now.add_argument(
        "--fitted",
        type=named,
        metavar="DIR",
        help="what `fit --out` wrote of these very observations; 200 histories for each sample",
    )
    add_seeded(now)
    now.set_defaults(command=_update)

    schema = commands.add_parser("schema", help="the JSON schema of scenarios, for editors")
    schema.set_defaults(command=_schema)

    examples = commands.add_parser("examples", help="list the shipped scenarios, or print one")
    examples.add_argument("name", nargs="?")
    examples.set_defaults(command=_examples)
    for command in (explain, migrate, doctor, completion):
        command.add(commands)
    return parser
