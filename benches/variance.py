"""How much less work runs with less variance take for the same certainty.

Writes `docs/variance.md`. Work-normalised variance is seconds times variance: of plain runs over
that of reduced ones it is how many times less work they take. Seconds are CPU time of whole calls
on one thread, with set-up, in turns. Variance is that of a plain trial over the trials, and of a
reduced run the mean of its squared standard errors over seeds, which a test holds against scatter
(`tests/python/test_variance_reduction.py`). Quantiles and tails go by their influence: P80 as
the chance of being below it, and the mean of the worst 5 % as what exceeds the 95 % quantile. A
first-order index has no such error: its variance is that over seeds.
"""

import argparse
import math
import platform
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import drawdown as dd
from drawdown.runs.estimates import without_chance
from drawdown.runs.merging import core_of
from drawdown.stats.given_data import first_order

Array = NDArray[np.float64]

PAGE = Path(__file__).parents[1] / "docs" / "variance.md"
# Scenarios, and trials of a run of each: as many as take some tenths of a second.
SCENARIOS = {"iraq-2024": 1_600, "afghanistan-2021": 8_000, "iraq-2011": 480}
LONGER = 30.0  # days of a pause, for its price
PAUSE = f"casualties of {LONGER:.0f} more days of pause"
INDEX = "first-order index of the first driver of casualties"
RESAMPLES = 2_000
CHUNKS = 50  # parts of a run of very many trials, which would not fit into memory
# Casualties in one attack that are met in about one trial of 10^2 and of 10^4.
# The range that drives casualties the most, by its first-order index.
DRIVERS = {
    "iraq-2024": "world.tension.states.calm.mean_days.constant",
    "afghanistan-2021": "world.threats.taliban.truce.grace_days",
    "iraq-2011": "world.threats.insurgents.rate_factor",
}
LEVELS = {"iraq-2024": (180, 800), "afghanistan-2021": (80, 400), "iraq-2011": (80, 250)}


def longer(scenario: dd.Scenario) -> dd.Scenario:
    """The plan with each pause longer by `LONGER` days, or with a pause where it has none."""
    path = "plan.breathing_room.pause_days"
    room = scenario.to_dict()["plan"].get("breathing_room", {})
    return scenario.replace({path: float(room.get("pause_days", 0.0)) + LONGER})


def asked(run: dd.Run, other: dd.Run, levels: dict[str, float]) -> dict[str, Array]:
    """What is estimated, as a value of each trial; of casualties as they are to be expected."""
    casualties, late = harm(run), run.values("finish_days")
    drawn = run.values("casualties")
    late = np.where(np.isnan(late), np.inf, late)
    return {
        "mean casualties": casualties,
        "mean attacks": run.values("attacks"),
        "P80 of the finish": (late <= levels["p80"]).astype(float),
        "chance of meeting the date": (late <= levels["date"]).astype(float),
        "TVaR 95 of casualties": np.maximum(drawn - levels["p95"], 0) / 0.05,
        PAUSE: harm(other) - casualties,
    }


def index(run: dd.Run, path: str) -> float:
    """The first-order index of a range for casualties, as `Run.drivers` has it."""
    values = run.values("casualties")[:, np.newaxis]
    given = run.inputs[path].to_numpy()
    return float(first_order(given, values, run.seed, calmed=without_chance(run, values))[0])


def harm(run: dd.Run) -> Array:
    """Casualties: expected ones, where they are there."""
    if "variance" in run.origin:
        return core_of(run).besides()[:, :2].sum(axis=1)
    return run.values("casualties")


def measured(name: str, rounds: int) -> tuple[dict[str, Array], dict[str, Array]]:
    """Seconds and variances of one trial, by kind: arrays of rounds."""
    scenario, trials = dd.Scenario.read(name), SCENARIOS[name]
    pause = longer(scenario)
    first = dd.simulate(scenario, trials=16 * trials, seed=1, progress=False)
    announced = scenario.to_dict()["plan"]["phases"].values()
    last = max(str(phase["announced_finish"]) for phase in announced)
    start = date.fromisoformat(str(scenario.start)[:10])
    late = np.nan_to_num(first.values("finish_days"), nan=np.inf)
    levels = {
        "p80": float(np.sort(late)[int(0.8 * len(late))]),
        "p95": float(np.quantile(first.values("casualties"), 0.95)),
        "date": (date.fromisoformat(last[:10]) - start).days + 1.0,
    }
    seconds: dict[str, list[float]] = {"plain": [], "reduced": []}
    found: dict[str, list[dict[str, float]]] = {"plain": [], "reduced": []}
    means: dict[str, list[dict[str, float]]] = {"plain": [], "reduced": []}
    indices: dict[str, list[float]] = {"plain": [], "reduced": []}
    for seed in range(rounds):
        for kind in ("plain", "reduced") if seed % 2 else ("reduced", "plain"):
            given: Any = {"trials": trials, "seed": 100 + seed, "threads": 1, "progress": False}
            begun = time.process_time()
            run = dd.simulate(scenario, variance=kind, **given)
            seconds[kind].append((time.process_time() - begun) / trials)
            other = dd.simulate(pause, variance=kind, **given)
            values = asked(run, other, levels)
            indices[kind].append(index(run, DRIVERS[name]))
            if kind == "plain":
                found[kind].append({key: float(x.var(ddof=1)) for key, x in values.items()})
                means[kind].append({key: float(x.mean()) for key, x in values.items()})
            else:
                each = {key: core_of(run).estimate(x) for key, x in values.items()}
                each[PAUSE] = core_of(other).estimate_difference(
                    harm(other), core_of(run), harm(run)
                )
                found[kind].append({key: trials * se**2 for key, (_, se) in each.items()})
                means[kind].append({key: mean for key, (mean, _) in each.items()})
    return (
        {kind: np.array(of) for kind, of in seconds.items()},
        {
            f"{kind} {what}": np.array([row[what] for row in rows])
            for kind, rows in found.items()
            for what in rows[0]
        }
        | {
            f"mean {kind} {what}": np.array([row[what] for row in rows])
            for kind, rows in means.items()
            for what in rows[0]
        }
        | {f"index {kind}": np.array(of) for kind, of in indices.items()},
    )


def rows_of(name: str, rounds: int) -> list[str]:
    """The rows of the table of one scenario."""
    seconds, found = measured(name, rounds)
    slower = np.median(seconds["reduced"]) / np.median(seconds["plain"])
    generator = np.random.default_rng(1)
    picks = generator.integers(rounds, size=(RESAMPLES, rounds))
    lines = []
    for what in [key.removeprefix("plain ") for key in found if key.startswith("plain ")]:
        plain, reduced = found[f"plain {what}"], found[f"reduced {what}"]
        if plain.mean() == 0:
            continue
        fewer = plain.mean() / reduced.mean()
        spread = plain[picks].mean(axis=1) / reduced[picks].mean(axis=1) / slower
        low, high = np.quantile(spread, (0.025, 0.975))
        gap = found[f"mean reduced {what}"].mean() - found[f"mean plain {what}"].mean()
        error = np.sqrt((plain.mean() + reduced.mean()) / rounds / SCENARIOS[name])
        lines.append(
            f"| `{name}` | {what} | {fewer:.3g} | {slower:.2f} | **{fewer / slower:.3g}** "
            f"({low:.3g} to {high:.3g}) | {gap / error:+.1f} |"
        )
    plain, reduced = found["index plain"], found["index reduced"]
    fewer = plain.var(ddof=1) / reduced.var(ddof=1)
    spread = plain[picks].var(axis=1) / reduced[picks].var(axis=1) / slower
    low, high = np.quantile(spread, (0.025, 0.975))
    error = np.sqrt((plain.var(ddof=1) + reduced.var(ddof=1)) / rounds)
    gap = reduced.mean() - plain.mean()
    lines.append(
        f"| `{name}` | {INDEX} | {fewer:.3g} | {slower:.2f} | **{fewer / slower:.3g}** "
        f"({low:.3g} to {high:.3g}) | {gap / error:+.1f} |"
    )
    return lines


def rare_rows(name: str, rounds: int) -> list[str]:
    """The rows of chances that an attack is worse than most trials have one."""
    scenario, trials, levels = dd.Scenario.read(name), SCENARIOS[name], LEVELS[name]
    asked: dict[str, dict[str, Any]] = {
        "plain": {},
        "reduced": {"variance": "reduced", "levels": levels},
    }
    seconds: dict[str, list[float]] = {"plain": [], "reduced": []}
    found, seen = [], []
    for seed in range(rounds):
        for kind in ("plain", "reduced") if seed % 2 else ("reduced", "plain"):
            given: Any = {"trials": trials, "seed": 100 + seed, "threads": 1, "progress": False}
            begun = time.process_time()
            run = dd.simulate(scenario, **asked[kind], **given)
            seconds[kind].append((time.process_time() - begun) / trials)
            table = run.exceedance("casualties", "occurrence", levels=levels)
            if kind == "plain":
                seen.append(table["probability"].to_numpy())
            else:
                found.append(table[["probability", "standard_error"]].to_numpy())
    slower = np.median(seconds["reduced"]) / np.median(seconds["plain"])
    picks = np.random.default_rng(1).integers(rounds, size=(RESAMPLES, rounds))
    lines = []
    for k, level in enumerate(levels):
        chances, squares = np.array(found)[:, k, 0], trials * np.array(found)[:, k, 1] ** 2
        chance = chances.mean()
        plain = chance * (1 - chance)
        fewer = plain / squares.mean()
        spread = plain / squares[picks].mean(axis=1) / slower
        low, high = np.quantile(spread, (0.025, 0.975))
        gap = chance - np.array(seen)[:, k].mean()
        error = np.sqrt((plain + squares.mean()) / rounds / trials)
        lines.append(
            f"| `{name}` | an attack with {level} casualties or more (chance {chance:.2g}) | "
            f"{fewer:.3g} | {slower:.2f} | **{fewer / slower:.3g}** "
            f"({low:.3g} to {high:.3g}) | {gap / error:+.1f} |"
        )
    return lines


def gap_rows(name: str, trials: int) -> list[str]:
    """The rows of how far means of very many trials of both kinds are from one another."""
    scenario, part, levels = dd.Scenario.read(name), trials // CHUNKS, LEVELS[name]
    given: Any = {"seed": 1_000, "progress": False}
    first = dd.simulate(scenario, trials=part, **given)
    late = np.nan_to_num(first.values("finish_days"), nan=np.inf)
    known = {
        "p80": float(np.sort(late)[int(0.8 * len(late))]),
        "p95": float(np.quantile(first.values("casualties"), 0.95)),
        "date": float(np.median(late)),
    }
    told: dict[str, list[list[tuple[float, float]]]] = {}
    for chunk in range(CHUNKS):
        given |= {"seed": 1_000, "trials": range(chunk * part, (chunk + 1) * part)}
        plain = dd.simulate(scenario, **given)
        # Under another seed, or both would have met the same tension.
        given["seed"] = 2_000
        reduced = dd.simulate(scenario, variance="reduced", levels=levels, **given)
        each, others = (asked(run, run, known) for run in (plain, reduced))
        del each[PAUSE], others[PAUSE]
        for key, x in each.items():
            one = (float(x.mean()), float(x.std(ddof=1) / math.sqrt(part)))
            told.setdefault(key, []).append([one, core_of(reduced).estimate(others[key])])
        for level in levels:
            hit = plain.values("worst_attack") >= level
            one = (float(hit.mean()), float(hit.std() / math.sqrt(part)))
            share, error, *_ = core_of(reduced).chance_of(level)
            told.setdefault(f"an attack with {level} casualties or more", []).append(
                [one, (share, error)]
            )
    lines = []
    for key, pairs in told.items():
        means, errors = np.array(pairs)[:, :, 0], np.array(pairs)[:, :, 1]
        (mean, other), (error, its) = means.mean(axis=0), np.sqrt((errors**2).sum(axis=0)) / CHUNKS
        score = (other - mean) / math.hypot(error, its)
        lines.append(
            f"| `{name}` | {key} | {CHUNKS * part:,} | {mean:.6g} ± {error:.2g} | "
            f"{other:.6g} ± {its:.2g} | {score:+.1f} |"
        )
    return lines


def written(mark: str, lines: list[str]) -> None:
    """Write lines into the page between two marks."""
    begin, end = (f"<!-- {sign}{mark} -->\n" for sign in ("", "/"))
    before, _, rest = PAGE.read_text().partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(before + begin + "\n".join(lines) + "\n" + end + after)


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--print", action="store_true", help="do not write the page")
    parser.add_argument("--gaps", type=int, metavar="TRIALS", help="hold means of so many together")
    given = parser.parse_args()
    if given.gaps:
        lines = [
            "| scenario | what is asked | trials of each kind | plain | reduced | gap |",
            "|---|---|---|---|---|---|",
        ]
        # The third has so many attacks that it would take half an hour.
        for name in ("iraq-2024", "afghanistan-2021"):
            lines += gap_rows(name, given.gaps)
            print("\n".join(lines[-8:]), flush=True)
        if not given.print:
            written("gaps", lines)
        return
    head = [
        f"Measured on {date.today()} with {given.rounds} rounds ({platform.machine()}, one thread "
        f"of a shared machine), by `benches/variance.py`.",
        "",
        "| scenario | what is asked | fewer trials | seconds of a trial | less work | gap |",
        "|---|---|---|---|---|---|",
    ]
    rows = []
    for name in SCENARIOS:
        rows += [*rows_of(name, given.rounds), *rare_rows(name, given.rounds)]
        print("\n".join(rows[-8:]), flush=True)
    if not given.print:
        written("measured", [*head, *rows])


if __name__ == "__main__":
    main()
