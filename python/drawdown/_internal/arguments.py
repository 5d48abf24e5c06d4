"""Arguments that several commands take, and what may stand in them."""

import argparse
from pathlib import Path

from ..languages.catalogue import LANGUAGES
from .folders import FEW


def named(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def count(text: str) -> int:
    if (count := int(text)) < 0:
        raise argparse.ArgumentTypeError(f"must be at least 0, not {count}")
    return count


def add_observed(parser: argparse.ArgumentParser) -> None:
    """What every command takes that reads observations for a scenario."""
    parser.add_argument(
        "--observed",
        required=True,
        metavar="TABLE",
        help="a table of counts, one of events (with --window), or the name of a record that "
        "ships, such as us-forces-2019-2024",
    )
    parser.add_argument(
        "--columns",
        nargs="+",
        default=[],
        type=pair,
        metavar="OURS=THEIRS",
        help="what its columns are called, such as period=month attacks=incidents",
    )
    parser.add_argument(
        "--window", nargs=2, metavar=("FROM", "TO"), help="the days in which events were seen"
    )
    parser.add_argument("--until", metavar="DATE", help="take what was known by then")


def pair(text: str) -> str:
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"write OURS=THEIRS, not {text}")
    return text


def add_seeded(parser: argparse.ArgumentParser) -> None:
    """What every command takes that learns into a folder."""
    parser.add_argument("--seed", type=int, help="default: drawn, and printed")
    parser.add_argument("--out", type=named, metavar="DIR", help="folder to write to")
    add_machine(parser)


def add_batch(parser: argparse.ArgumentParser) -> None:
    """What every command that simulates into a folder takes."""
    add_trials(parser)
    parser.add_argument("--out", type=named, metavar="DIR", help="folder to write to")
    add_machine(parser)


def add_trials(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trials", type=int, default=10_000, help="histories (default %(default)s)"
    )
    parser.add_argument("--seed", type=int, help="default: drawn, and printed")


def add_machine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, help="default: one for each core")
    parser.add_argument("--quiet", action="store_true", help="no progress, no tables")


def add_scheduler(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="run on a Dask cluster, such as tcp://10.0.0.1:8786 (default: on threads here)",
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """Take a scenario, and how it is run into a folder."""
    parser.add_argument("scenario")
    parser.add_argument(
        "--keep",
        choices=["trials", "summary"],
        default="trials",
        help="every trial (default), or a summary, which does not grow with their number",
    )
    parser.add_argument(
        "--seconds-per-trial",
        type=float,
        default=600.0,
        metavar="S",
        help="refuse trials expected to take longer (default %(default)g)",
    )
    parser.add_argument(
        "--level",
        type=int,
        action="append",
        metavar="N",
        help="with `--variance reduced`: casualties of which it shall tell how surely one attack "
        "reaches them; may be given several times",
    )
    add_variance(parser)
    add_events(parser)
    add_batch(parser)


def add_variance(parser: argparse.ArgumentParser) -> None:
    """Take which kind of trials are run."""
    parser.add_argument(
        "--variance",
        choices=["plain", "reduced"],
        default="plain",
        help="reduced: trials that tell means with less error, run in one go (default %(default)s)",
    )


def add_events(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--events",
        type=count,
        default=FEW,
        metavar="N",
        help="first histories of which all events are written (default %(default)s)",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """Take the language of a page."""
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of the page (default %(default)s)"
    )


def add_explored(parser: argparse.ArgumentParser) -> None:
    """Take what is explored in a browser, and how."""
    parser.add_argument("scenario")
    parser.add_argument(
        "--vary",
        action="append",
        metavar="PATH[=LOW:HIGH]",
        help="what can be moved, and how far; again for another (default: what the plan decides, "
        "and what moves the results most)",
    )
    parser.add_argument(
        "--trials",
        type=int,
        default=20_000,
        help="the most histories, which are run as the hand rests (default %(default)s)",
    )
    parser.add_argument("--seed", type=int, help="default: drawn, and shown")
    parser.add_argument("--threads", type=int, help="default: one for each core")
    parser.add_argument(
        "--port", type=int, default=0, help="of this machine (default: one that is free)"
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address, and open nothing"
    )
    add_language(parser)


def add_backtested(parser: argparse.ArgumentParser) -> None:
    """Take the series that is forecast again and again, and how."""
    parser.add_argument("series", metavar="FILE", help="CSV with months and numbers")
    parser.add_argument("--column", help="the numbers (default: the only column beside the months)")
    parser.add_argument(
        "--models",
        nargs="+",
        metavar="NAME",
        help="the engine and baselines (default: all there are)",
    )
    parser.add_argument(
        "--horizons",
        nargs="+",
        type=int,
        default=[1, 3, 6],
        metavar="N",
        help="months ahead (default 1 3 6)",
    )
    parser.add_argument("--first", metavar="MONTH", help="the first origin, such as 2006-12")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="months between origins")
    parser.add_argument("--samples", type=int, default=1_000, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=0, help="default %(default)s")
    parser.add_argument("--measure", default="attacks", help="what is counted (%(default)s)")
    parser.add_argument("--out", type=named, metavar="FILE", help="CSV to write the table to")
    parser.add_argument("--quiet", action="store_true", help="no progress, no tables")


def add_scored(parser: argparse.ArgumentParser) -> None:
    """Take forecasts, and what came."""
    parser.add_argument(
        "forecast", metavar="FILE", help="a frozen forecast (JSON), or a CSV with a row a sample"
    )
    parser.add_argument(
        "observed", metavar="OBSERVED", help="CSV with target, from, to, observed; or months"
    )
    parser.add_argument("--out", type=named, metavar="FILE", help="CSV to write each score to")
    parser.add_argument("--quiet", action="store_true", help="no tables")
