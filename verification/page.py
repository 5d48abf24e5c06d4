"""The page docs/validity.md and its figures, from what a run of the checks found."""

import csv
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from PIL import Image
from scipy.stats import norm

import closed_forms as known
import drawdown as dd
import filter_coverage
import fits_by_simulation
import particle_calibration
import rescaling
from checks import LIMIT, Array, Check
from independent import TWIN_LIMIT
from rows import simulated
from scenarios import HARMFUL, hawkes
from units import Unit

ROOT = Path(__file__).parents[1]
PAGE, IMAGES = ROOT / "docs/validity.md", ROOT / "docs/img/verification"

NOT_COVERED = """\
Rows that the model has no part for, so that nothing runs: 13 (tension that scales contagion: the
model scales the background only), 23 (unbounded power law). Of row 29 the law of total variance is
run in one level: each trial has its own draw."""


def checks(parts: dict[str, dict[str, Any]]) -> list[Check]:
    """All that count; the control does not."""
    return [check for name in parts if name != "units" for check in parts[name][name]]


def store(found: Sequence[Check], path: Path) -> None:
    """Write checks to a file of comma-separated values."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["row", "what", "measured", "expected", "se", "z", "sees", "trials", "failed"])
        for c in found:
            line = [c.row, c.what, c.measured, c.expected, c.se, c.z, c.seen, c.size, c.failed]
            out.writerow(line)


def write(parts: dict[str, dict[str, Any]]) -> None:
    """Write the page and its figures from what the parts of the run found."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    rows, right, others, twin = (parts[k][k] for k in ("rows", "rescaling", "others", "twin"))
    wrong, units = parts["rescaling"].get("control", []), parts["units"]["units"]
    save(scores(rows, twin), "scores")
    save(laws(), "laws")
    if right:
        save(quantiles(parts["rescaling"]["quantiles"], right), "rescaling")
    everything = checks(parts)
    failed = [check for check in everything if check.failed]
    worst = max(everything, key=lambda check: abs(check.z))
    minutes = sum(part["minutes"] for part in parts.values())
    took = ", ".join(f"{name} {part['minutes']:.1f}" for name, part in parts.items())
    absent = [name for name, part in parts.items() if not part[name]]
    missing = f"\n- **incomplete: not run yet: {', '.join(absent)}**" if absent else ""
    text = f"""# Statement of validity

Written by `make verify`; do not edit. The model is checked against closed forms, against its own
event logs, and against programs that share no code with it. This says whether the program computes
what [the model](model.md) says, **not** whether the model describes a war.

- date: {datetime.now(UTC):%-d %B %Y}; drawdown {dd.__version__}
- machine: {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()};
  Python {platform.python_version()}, numpy {np.__version__}; {minutes:.0f} minutes ({took})
- **{len(everything):,} checks, {len(failed)} failed**; {len(units)} unit tests run,
  {sum(not unit.passed for unit in units)} failed{missing}
- the largest score: {worst.z:+.2f} ({worst.row}, {worst.what})
{verdict(failed)}
A check fails beyond {LIMIT:g} standard errors. The comparison with the twin has so many that
chance may take some of them further: there it fails beyond {TWIN_LIMIT:g}. *Sees* is the bias that
four standard errors come to, as a share of what is expected: a smaller one could go unseen. Seeds
are fixed. How each row is meant: [how it is verified](verification.md).

## Closed forms

The expected values are computed in `verification/closed_forms.py` from the equations (exponentials
of matrices, quadratures, ODEs, FFTs), independently of the constants in the Rust tests. Values
without chance (strengths of rows 15 and 16) have the rounding of results as tolerance.

![Standard scores of all rows, and of all comparisons with the twin](img/verification/scores.png)

{table(rows)}

{NOT_COVERED}

![The law of counts and of casualties, simulated and computed](img/verification/laws.png)

Rows that no scenario can say are tested as functions, by `cargo test`:

{units_table(units)}

Row 28 is what common random numbers are worth for one measure of one pair of plans; by measure, for
`iraq-2024`, it is in [comparing and explaining](compare.md#what-common-random-numbers-are-worth).

## Time-rescaling of event logs

If the intensity is right, the times between attacks, measured by the intensity added up (the
compensator), are independent unit exponentials. The compensator is computed in Python from the log
alone: two threats on two sites that excite each other, three states of tension, presence, lifts,
and a site that closes. Residuals are tested for their mean, their law (Kolmogorov-Smirnov; the
score is that of its p value) and the correlation of each with the next.

![Quantiles of the residuals against those of the exponential](img/verification/rescaling.png)

{table(right)}

As a control, the same logs under a compensator that is wrong by a tenth in one number: .36 in place
of .40 children of an attack by the militia on the same site. It shows in the law and from one
residual to the next, not in their mean:

{table([check for check in wrong if check.what.startswith("militia")])}

## Independent programs

At equal parameters: counts of Hawkes processes by the packages {packages()}
(the base process, and that of row 8), and a small withdrawal in SimPy,
`verification/withdrawal.py`, written from the description of the model: two sites, a gate, lifts, a
rule that pauses, contagion. *Expected* is what the other program gives; both have standard errors.

{table(others)}

## The plain-Python twin

The scenarios of `tests/python/test_twin.py` with other seeds: each measure's mean, variance, law
and share of trials without a value. Of each scenario the three largest scores are shown.

{twin_table(twin)}

## Scores of forecasts

The CRPS that `score` gives of quantiles of a law, beside its closed form (row 30). Shares: of what
came within the central 80 % of forecasts by the law itself (histories of `iraq-2024` under other
seeds; series of an autoregression, which is fitted anew to each), 500 each; of right forecasts of
counts within the simultaneous bands of their histogram; and of means of an autoregression within
the 95 % of a block bootstrap, whose percentile intervals are known to hold 91 to 94 % at this
length: .925 is expected.

{table(parts["forecasts"]["forecasts"])}

## Coverage of forecasts by the particle filter

Series of the model that the engine has of a bare series (the model `"drawdown"` of `backtest`),
simulated in plain numpy from values drawn from its ranges; of each, three years are known and the
engine forecasts the fourth. A series counts with the chance that its 80 % bands hold what comes,
over {filter_coverage.FUTURES} ways in which it may go on. 77 to 83 % are allowed (*z* is the
distance by three points), and three standard errors have to be less. Bands of few particles are
narrow: what a filter remembers of a series' own ranges wears out as particles are chosen again.

{table(parts["coverage"]["coverage"])}

## Fits by simulation

How likely the 80 % interval of `fit_by_simulation` holds the truth, for a gamma prior of a Poisson
rate, whose posterior is known, and for two ranges with an exact likelihood: the chance that the
right posterior gives to the interval, in the mean over {fits_by_simulation.FITS} fits. 75 to 85 %
are allowed (*z* is the distance by five points), and three standard errors have to be less.

{table(parts["simulation"]["simulation"])}

## Calibration of fits

Values drawn from the ranges, counts from the model under them, and a fit to the counts, 1,000
times: the ranks of the true values among the samples are even (Talts et al. 2018). Measured is the
largest distance of the distribution function of the ranks, and of how far they are from the middle,
from the even one, in its standard errors; a simultaneous band over all ranges of a case (99 %) is
the limit. The control is a posterior whose spread is 10 % too small: its distance by the limit has
to be above 1.

{table(parts["calibration"]["calibration"])}

The same of the particle filter's likelihood, where no other is exact: two hidden states with
contagion, a rate and a stay that are not known, and 100 histories simulated attack by attack in
plain numpy, with counts that are exact, about, censored or missing. So few cases see a spread that
is a tenth too small in one of the two ranges alone: that of the control is
{particle_calibration.NARROWER} too small, and both have to show it.

{table(parts["particles"]["particles"])}
"""
    PAGE.write_text(text, "utf-8")


def verdict(failed: Sequence[Check]) -> str:
    """The failures, or nothing."""
    if not failed:
        return ""
    return "\n**Failed:**\n\n" + table(failed) + "\n"


def packages() -> str:
    """The packages that counts are compared with, and their versions."""
    return " and ".join(f"{name} {version(name)}" for name in ("HawkesPyLib", "tick"))


def processor() -> str:
    """The name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or sys.platform


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; says so if there is nothing in it."""
    if not rows:
        return "*Not run.*"
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float) -> str:
    """With six significant digits."""
    return f"{value:,.6g}"


def cells(check: Check) -> list[str]:
    """A line of a table of checks."""
    seen = "" if check.seen is None else f"{100 * check.seen:.2g} %"
    if check.score is None:
        return [number(check.measured), number(check.expected), f"{check.se:.2g}", seen]
    return [number(check.measured), "", "", ""]


def table(checks: Sequence[Check]) -> str:
    """All of them."""
    head = ["row", "what", "measured", "expected", "SE", "sees", "trials", "z"]
    return markdown(
        head,
        [
            [
                check.row,
                check.what,
                *cells(check),
                f"{check.size:,}",
                f"**{check.z:+.2f}**" if check.failed else f"{check.z:+.2f}",
            ]
            for check in checks
        ],
    )


def units_table(units: Sequence[Unit]) -> str:
    """The unit tests and whether they passed."""
    return markdown(
        ["row", "test", "result"],
        [[unit.row, f"`{unit.test}`", "passed" if unit.passed else "**failed**"] for unit in units],
    )


def twin_table(checks: Sequence[Check]) -> str:
    """By scenario: how many, how they are spread, and the worst."""
    lines = []
    for name in dict.fromkeys(check.row for check in checks):
        of_it = sorted((c for c in checks if c.row == name), key=lambda check: -abs(check.z))
        z = np.array([check.z for check in of_it])
        worst = "; ".join(f"{check.what} {check.z:+.1f}" for check in of_it[:3])
        shown = [name.removeprefix("twin: "), f"{max(check.size for check in of_it):,}"]
        lines.append([*shown, f"{len(z)}", f"{100 * np.mean(np.abs(z) > 2):.1f} %", worst])
    return markdown(["scenario", "twin's trials", "checks", "beyond 2 SE", "largest"], lines)


# Figures


def scores(rows: Sequence[Check], twin: Sequence[Check]) -> Figure:
    """Scores against what chance alone would give."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True, layout="constrained")
    groups = {"closed forms": rows, "twin": twin}
    for axis, (name, checks) in zip(axes, groups.items(), strict=True):
        # Scores of distances have no sign.
        z = np.sort([check.z for check in checks if check.score is None and np.isfinite(check.z)])
        if len(z):
            expected = norm.ppf((np.arange(len(z)) + 0.5) / len(z))
            axis.plot(expected, z, ".", color="tab:blue", markersize=5)
            limit = checks[0].limit
            for side in (-limit, limit):
                axis.axhline(side, color="tab:red", linewidth=1, linestyle=":")
        axis.axline((0, 0), slope=1, color="0.6", linewidth=1)
        axis.set(title=f"{name}: {len(z):,} checks", xlabel="quantile of the normal law")
    axes[0].set_ylabel("score z")
    return figure


def laws() -> Figure:
    """Row 3 and row 25 as pictures."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    counts = simulated(hawkes("2025-01-31"), 200_000, 51).values("attacks").astype(int)
    shown = np.arange(31)
    left.bar(shown, np.bincount(counts, minlength=31)[:31] / len(counts), color="0.8")
    left.plot(shown, known.count_law(30)[:31], ".", color="tab:blue")
    left.set(title="row 3: attacks in 30 days", xlabel="attacks", ylabel="chance")
    left.legend(["generating function, FFT", "200,000 trials"])
    run = simulated(HARMFUL, 200_000, 52)
    casualties = np.sort(run.values("wounded") + run.values("killed"))
    grid = np.arange(0, 401)
    at_least = 1 - np.searchsorted(casualties, grid, "left") / len(casualties)
    right.step(grid, at_least, where="mid", color="0.6", label="200,000 trials")
    exact = known.casualty_law()[::-1].cumsum()[::-1][:401]
    right.plot(grid, exact, color="tab:blue", linestyle="--", label="generating function, FFT")
    right.set(
        yscale="log", ylim=(1e-5, 1.3), xlabel="casualties of a year", ylabel="chance of as many"
    )
    right.set_title("row 25: casualties of a year")
    right.legend()
    return figure


def quantiles(points: Sequence[Array], checks: Sequence[Check]) -> Figure:
    """Residuals against the exponential law."""
    figure, axes = plt.subplots(1, 4, figsize=(9, 2.8), sharey=True, layout="constrained")
    for k, (axis, (expected, found)) in enumerate(zip(axes, points, strict=True)):
        axis.axline((0, 0), slope=1, color="0.6", linewidth=1)
        axis.plot(expected, found, ".", markersize=3)
        threat, site = rescaling.PAIRS[k]
        axis.set_title(f"{threat}, {site}: {checks[3 * k].size:,}", fontsize=9)
        axis.set_xlabel("exponential")
    axes[0].set_ylabel("residual")
    return figure


def save(figure: Figure, name: str) -> None:
    """A small PNG: 64 colours."""
    whole = BytesIO()
    figure.savefig(whole, format="png", dpi=100)
    plt.close(figure)
    picture = Image.open(whole).convert("RGB").quantize(64)
    picture.save(IMAGES / f"{name}.png", optimize=True)
