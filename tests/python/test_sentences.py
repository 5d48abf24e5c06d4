"""What the page of a run says in sentences, against figures taken from the trials by hand."""

import html
import math
import re
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
import random_plans
from drawdown.report import checklist
from drawdown.report import page as report
from drawdown.report import run_sections as report_run

TRIALS, COMPUTED = 80, 40
ROOM = "plan.breathing_room."
NUMBER = r"-?[\d,]+(?:\.\d+)?(?:e[+-]\d+)?"
DAY = r"\d+ [A-Z][a-z]+ \d{4}"


def worlds(seed: int) -> dd.Run:
    """A random plan with chance in its durations and attacks, and often two phases of one date."""
    given = random_plans.scenario(seed, list(random_plans.ACTIONS), 2)
    phases = given["plan"]["phases"]
    for phase in phases.values():
        phase["duration_ratio"] = {"lognormal": {"median": 1.02, "sigma": 0.2}}
    last = max(phases.values(), key=lambda phase: phase["announced_finish"])
    if seed % 2:
        # Stands first, is announced as late as the last, and is done early: nobody is in it.
        twin = {"duration_ratio": 0.5, "after": [], "moves": {}}
        given["plan"]["phases"] = {"a": last | twin, **phases}
    sites = given["world"]["sites"]
    given["world"]["threats"] = {
        "m": {"attacks_per_day": 0.2, "site_weights": dict.fromkeys(sites, 1)}
    }
    return dd.simulate(given, trials=TRIALS, seed=seed, progress=False)


class Said:
    """Sentences, and checks of what is in them; a sentence that no check knows is an error."""

    def __init__(self, run: dd.Run) -> None:
        self.run = run
        start, phases = run.scenario.start, run.scenario.to_dict()["plan"]["phases"]
        self.start = start
        self.due = {k: date.fromisoformat(p["announced_finish"]) for k, p in phases.items()}
        self.last = max(self.due.values())
        self.finish = never_last(run.values("finish_days"))
        by_phase = never_last(run.values("finish_days", "phase").to_numpy())
        self.by_phase = dict(zip(run.ids("phase"), by_phase.T, strict=True))
        self.known: list[tuple[str, Callable[..., None]]] = [
            (
                rf"The last phase is done by the announced ({DAY}) in (\d+) % of histories"
                r" \(95 % interval: (\d+) to (\d+) %\)",
                self.met,
            ),
            (rf"by ({DAY}) in (80|90) %", self.surely),
            (r"(before the horizon) in fewer than (80|90) %", self.surely),
            (
                rf"({NUMBER}) (attacks|casualties|killed) \(P10 to P90: ({NUMBER}) to ({NUMBER})\)",
                self.lost,
            ),
            (
                rf"In the worst twentieth of histories casualties are ({NUMBER}) on average",
                self.worst,
            ),
            (
                rf"Movement is held in (\d+) % of histories, for ({NUMBER}) days on average over "
                r"all; the allowance runs out in (\d+) %",
                self.held,
            ),
            (
                rf"The announced date of the last phase, ({DAY}), is kept in (\d+) % of histories, "
                rf"at most ({NUMBER}) casualties \(their P80\) in (\d+) %, and both together in (\d+) %",
                self.joint,
            ),
            (
                r"(\w+|all phases) by (\d{4}-\d\d-\d\d): (\d+) %"
                r" \(95 % interval: (\d+) to (\d+) %\)",
                self.each_met,
            ),
            (
                r"(\w+|all phases): ([+-]\d+) days for 80 % of histories \((\d{4}-\d\d-\d\d)\)",
                self.beyond,
            ),
            (
                r"(\w+|all phases): done before the horizon in fewer than (80) % of histories",
                self.beyond,
            ),
            (rf"(\w) ([+-]{NUMBER}) days(?: \(not done in (\d+) %\))?", self.slip),
            (r"(\w) (never) done before the horizon()", self.slip),
        ]

    def check(self, text: str) -> int:
        """How many figures there are; all of them are right."""
        count, text = 0, text.replace("\u00a0", " ")
        for pattern, check in self.known:
            for found in re.finditer(pattern, text):
                check(*found.groups())
                count += 1
            text = re.sub(pattern, "", text)
        for aside in ("A promise of both that is kept in 80 % of histories", "95 %"):
            text = text.replace(aside, "")
        assert "%" not in text, f"no check knows this: {text}"
        return count

    def met(self, day: str, share: str, *ends: str) -> None:
        assert written(self.last) == day
        kept = self.finish < self.end(self.last)
        same(share, 100 * np.mean(kept))
        interval(ends, kept)

    def surely(self, day: str, share: str) -> None:
        reached = quantile(self.finish, int(share) / 100)
        if day == "before the horizon":
            assert np.isfinite(self.finish).mean() < int(share) / 100
        else:
            assert day == written(self.on(reached))

    def lost(self, mean: str, name: str, low: str, high: str) -> None:
        values = self.run.values(name)
        same(mean, values.mean())
        same(low, quantile(values, 0.1))
        same(high, quantile(values, 0.9))

    def worst(self, mean: str) -> None:
        harm = np.sort(self.run.values("wounded") + self.run.values("killed"))
        same(mean, harm[-TRIALS // 20 :].mean())

    def held(self, share: str, days: str, spent: str) -> None:
        values = self.run.values("pause_days")
        same(share, 100 * np.mean(values > 0))
        same(days, values.mean())
        same(spent, 100 * np.mean(self.run.values("forced_resumptions") > 0))

    def joint(self, day: str, timely: str, most: str, below: str, both: str) -> None:
        self.met(day, timely)
        harm = self.run.values("wounded") + self.run.values("killed")
        same(most, quantile(harm, 0.8))
        kept = harm <= quantile(harm, 0.8)
        same(below, 100 * kept.mean())
        same(both, 100 * np.mean(kept & (self.finish < self.end(self.last))))

    def each_met(self, name: str, day: str, share: str, *ends: str) -> None:
        due, finish = self.of(name)
        assert day == due.isoformat()
        kept = finish < self.end(due)
        same(share, 100 * np.mean(kept))
        interval(ends, kept)

    def beyond(self, name: str, days: str, day: str | None = None) -> None:
        due, finish = self.of(name)
        reached = quantile(finish, 0.8)
        if day is None:
            assert np.isfinite(finish).mean() < 0.8
        else:
            assert day == self.on(reached).isoformat()
            assert int(days) == (self.on(reached) - due).days

    def slip(self, name: str, days: str, never: str | None) -> None:
        due, finish = self.of(name)
        done = np.isfinite(finish)
        assert (days == "never") == (not done.any())
        if done.any():
            assert float(days) == pytest.approx(
                (finish[done] - self.end(due) + 1).mean(), abs=0.0501
            )
            same(never or "0", 100 * np.mean(~done))

    def of(self, name: str) -> tuple[date, np.ndarray]:
        return (
            (self.last, self.finish)
            if name == "all phases"
            else (self.due[name], self.by_phase[name])
        )

    def end(self, day: date) -> float:
        """The midnight after a day."""
        return (day - self.start).days + 1

    def on(self, days: float) -> date:
        return self.start + timedelta(math.floor(days))


def interval(ends: tuple[str, ...], seen: np.ndarray) -> None:
    due = stats.binomtest(int(seen.sum()), len(seen)).proportion_ci(0.95, method="exact")
    for said, end in zip(ends, due, strict=bool(ends)):
        same(said, 100 * end)


def never_last(days: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(days), np.inf, days)


def quantile(values: np.ndarray, share: float) -> float:
    """The least value that at least that share of all do not exceed."""
    return float(np.sort(values)[math.ceil(share * len(values) - 1e-9) - 1])


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def without(run: dd.Run, other: dd.Scenario, measure: str) -> np.ndarray:
    """A measure less what it would have been, in the trials that the page computes."""
    theirs = dd.simulate(other, trials=COMPUTED, seed=run.seed, progress=False)
    return run.values(measure)[:COMPUTED] - theirs.values(measure)


def same_difference(text: str, difference: np.ndarray) -> None:
    """Fewer, more, or neither surely."""
    neither = re.search(rf"neither surely fewer nor more \(({NUMBER}|–)", text)
    surely = re.search(rf"are ({NUMBER}) \(.*\) (fewer|more) than", text)
    if surely:
        assert (surely[2] == "more") == (difference.mean() > 0)
        same(surely[1], abs(difference.mean()))
    elif neither[1] == "–":
        assert not difference.size
    else:
        assert neither[1] != "-0"
        same(neither[1], difference.mean())


def same(said: str, value: float) -> None:
    """A figure that is rounded to whole ones, or to three digits."""
    number = float(said.replace(",", ""))
    assert abs(number - value) <= max(0.005 * abs(value), 0.5 * (number == round(number))) + 1e-9


@pytest.mark.parametrize("seed", range(12))
def test_no_figure_in_a_sentence_differs_from_the_trials(seed):
    run = worlds(seed)
    said = Said(run)
    sections = [*report_run.sections(run), *report._computed(run, set(), COMPUTED, False)]
    own = [one for one in sections if one.key not in ("stay", "price", "risk")]
    figures = sum(
        said.check(text)
        for one in own
        for text in [*one.text, one.short, *(picture.alt for picture in one.pictures)]
    )
    found = {item: answer.text for item, answer in checklist.own(run).items()}
    figures += sum(said.check(found[item]) for item in ("date", "contingency", "delay_paths"))
    assert figures >= 20 + 3 * len(said.due)
    others = {one.key: one for one in sections}
    harm = without(run, run.scenario.stay(), "casualties")
    same_difference(others["stay"].short, harm)
    if "price" in others:
        priced = others["price"].short.removesuffix(".")
        for key in ("pause_days", "extension_days") if not priced else ():
            none = run.scenario.replace({ROOM + key: 0})  # to allow it makes no difference
            assert not np.nan_to_num(without(run, none, "finish_days")).any()
            assert not without(run, none, "casualties").any()
        for text in filter(None, priced.split("; ")):
            days, where, delay, low = re.search(
                rf"({NUMBER}) days of pause allowed (\w+) .* by ({NUMBER}|–)(?: \(({NUMBER}))?",
                text,
            ).groups()
            key = {"inside": "pause_days", "beyond": "extension_days"}[where]
            at = {at: run.scenario.replace({ROOM + key: at}) for at in (0, float(days))}
            most = dd.simulate(at[float(days)], trials=COMPUTED, seed=seed, progress=False)
            due = without(most, at[0], "finish_days")
            if np.isnan(due).all():
                assert delay == "–"
            else:
                same(delay, np.nanmean(due))
                assert low is None or float(low) <= np.nanmean(due) + 1e-9
            harm = without(most, at[0], "casualties")
            same_difference(text, harm[~np.isnan(due)])
    risk = others["risk"]
    for low, high, times in re.findall(
        rf"\(({NUMBER}) to ({NUMBER})\) casualties per .*? ({NUMBER}) times", risk.short
    ):
        assert float(low.replace(",", "")) <= float(high.replace(",", ""))
        # What is highest is not below its own mean.
        assert float(times) >= 1


def test_two_phases_of_one_last_date_are_the_later_of_them(tmp_path):
    def phase(site, **more):
        moves = {"all": {"site": site, "contingent": "us"}}
        dates = {"announced_start": "2025-02-01", "announced_finish": "2025-09-30"}
        return {**dates, "moves": moves, **more}

    run = dd.simulate(
        {
            "schema": 1,
            "start": "2025-01-01",
            "world": {
                "sites": {site: {"garrison": {"us": 300}} for site in "ab"},
                "threats": {"m": {"attacks_per_day": 0.05, "site_weights": {"a": 1, "b": 1}}},
            },
            "plan": {
                "gates": {"permit": {"delay_days": {"pert": [60, 120, 300]}}},
                "phases": {
                    "alpha": phase("a", duration_ratio=1),
                    "beta": phase("b", after=["permit"]),
                },
            },
        },
        trials=400,
        seed=1,
        progress=False,
    )
    run.report(tmp_path / "brief.html", trials=20, progress=False)
    page = html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "brief.html").read_text("utf-8")))
    page = re.sub(r"\s+", " ", page)
    truth = 100 * np.mean(
        run.values("finish_days") < (date(2025, 9, 30) - date(2025, 1, 1)).days + 1
    )
    assert truth < 5
    said = re.findall(
        r"(?:by the announced 30 September 2025|30 September 2025, is kept) in (\d+) %", page
    )
    assert len(said) >= 3
    assert {float(share) for share in said} == {round(truth)}
