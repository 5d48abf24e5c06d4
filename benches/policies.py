"""What it costs that a policy in Python decides, and not the rule that says the same."""

from typing import Any

import numpy as np

import drawdown as dd
from timing import clocks, spread

SCENARIO = "iraq-2024"
RULE = "hold_under_fire"
TRIALS = 10_000
ROUNDS = 3
# What is the same if all decisions are: the pauses are all that the rule does.
DECIDED = ("pauses", "pause_days", "attacks", "casualties", "finish_days")


class Held(dd.Policy):
    """The rule of the scenario, asked about many trials at once."""

    def __init__(self, rule: dict[str, Any]) -> None:
        when, until = rule["when"]["attacks"], rule["until"]["attacks"]
        self.least, self.most = when["at_least"], until["at_most"]
        self.actions = {"hold": rule["then"]}
        self.counts = {
            name: {"attacks": {"in_days": window["in_days"]}}
            for name, window in {"long": when, "short": until}.items()
        }

    def review(self, now: dd.Situations) -> Any:
        """Hold once there have been many for long, and until there have been few of late."""
        held = now.is_in_force
        return now.choose(
            hold=~held & (now["long"] >= self.least), end=held & (now["short"] <= self.most)
        )


class HeldOneByOne(Held):
    """The same, asked about one trial after another."""

    review = dd.Policy.review

    def decide(self, now: dd.Situation) -> str | None:
        """Say it of one."""
        if now.is_in_force:
            return "end" if now["short"] <= self.most else None
        return "hold" if now["long"] >= self.least else None


def rows() -> list[list[str]]:
    """A row for the rule, and for each policy that says the same."""
    ruled = dd.Scenario.example(SCENARIO)
    written: Any = ruled.to_dict()
    rule = written["plan"]["rules"][RULE]
    bare = ruled.replace({f"plan.rules.{RULE}": None})
    ways: dict[str, tuple[dd.Scenario, dd.Policy | None]] = {
        "the rule of the scenario": (ruled, None),
        "a policy, `review`": (bare, Held(rule)),
        "a policy, `decide`": (bare, HeldOneByOne(rule)),
    }
    seconds = np.empty((ROUNDS, len(ways)))
    for k in range(ROUNDS):
        order = list(enumerate(ways.values()))[:: 1 if k % 2 == 0 else -1]
        found = {j: timed(*way, seed=k) for j, way in order}
        for j, (run, took) in found.items():
            seconds[k, j] = took
            check_same(run, found[0][0])
    return [
        [name, spread(TRIALS / seconds[:, j], ",.0f"), spread(seconds[:, j] / seconds[:, 0], ".2f")]
        for j, name in enumerate(ways)
    ]


def timed(scenario: dd.Scenario, policy: dd.Policy | None, seed: int) -> tuple[dd.Run, float]:
    """Run it on one thread; what came of it, and seconds by the wall clock."""
    begun = clocks()[0]
    run = dd.simulate(scenario, trials=TRIALS, seed=seed, threads=1, policy=policy, progress=False)
    return run, float(clocks()[0] - begun)


def check_same(run: dd.Run, ruled: dd.Run) -> None:
    """Every trial has to come out the same, to the last bit."""
    for measure in DECIDED:
        np.testing.assert_array_equal(run.values(measure), ruled.values(measure), measure)


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
