"""What the job files come to: the numbers that the peers are given."""

import math
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Tree = dict[str, Any]


class Process(NamedTuple):
    """Self-exciting processes on channels, each one threat on one site."""

    background: np.ndarray  # attacks per day by channel
    branching: np.ndarray  # mean number caused, of the row's channel by one of the column's
    beta: float  # 1 / mean delay, per day
    days: float  # length of a trial


class Withdrawal(NamedTuple):
    """The withdrawal of jobs/withdrawal.toml, where its mechanisms are described."""

    horizon: float
    start_state: int
    stay: np.ndarray  # mean days in each state of tension
    follows: np.ndarray  # chance of a state, or one before it, to follow: rows are states
    background: np.ndarray  # per day and channel at full garrisons: rows are states
    branching: np.ndarray  # as in `Process`
    delay: float  # mean days from an attack to one that it causes
    site: np.ndarray  # by channel
    garrison: np.ndarray  # people at the start by site
    elasticity: float
    drone: float  # share of attacks; the others are rockets
    salvo: np.ndarray  # mean projectiles, of drones and of rockets
    intercept: np.ndarray  # beta law of the chance of interception: rows are weapons
    needs_people: int
    no_casualty: float
    scale: float
    shape: float
    killed_share: float
    leaving: np.ndarray  # site that each phase empties
    begins: np.ndarray  # announced day by phase
    finishes: np.ndarray  # announced day by phase
    sigma: float  # of the lognormal ratio of true to announced durations, of median 1
    lift_every: float
    review_every: float
    window: float  # days that the rule looks back
    at_least: int  # attacks in the window for which movement is held
    at_least_days: float  # days that it is held


def read(path: Path) -> Tree:
    """A job file as a tree."""
    return tomllib.loads(path.read_text())


def process(path: Path) -> Process:
    """The process that a scenario without a plan comes to."""
    written = read(path)
    world = written["world"]
    rates = np.concatenate(
        [threat["attacks_per_day"] * weights(world, threat) for threat in threats(world)]
    )
    branching = branching_matrix(world)
    background = rates - branching @ rates
    return Process(background, branching, 1.0 / decay_days(world), days(written, "horizon"))


def expected(process: Process) -> float:
    """Mean attacks of a trial, from an empty past (Hawkes 1971, exponential kernel).

    Of processes in which every attack causes as many others.
    """
    (n,) = set(np.round(process.branching.sum(axis=0), 12))
    rate = (1.0 - n) * process.beta
    mean_age = process.days - n / rate * -math.expm1(-rate * process.days)
    return process.background.sum() / (1.0 - n) * mean_age


def withdrawal(path: Path) -> Withdrawal:
    """The numbers of jobs/withdrawal.toml."""
    written = read(path)
    world, plan = written["world"], written["plan"]
    states = list(world["tension"]["states"].values())
    names = list(world["tension"]["states"])
    sites, first = list(world["sites"]), threats(world)[0]
    branching = branching_matrix(world)
    rates = np.array(
        [
            [r for t in threats(world) for r in t["attacks_per_day"][x] * weights(world, t)]
            for x in names
        ]
    )
    intercept = world["sites"][sites[0]]["air_defence"]["intercept"]
    phases, rule = list(plan["phases"].values()), plan["rules"]["hold"]
    begins, finishes = ([days(of, f"announced_{x}") for of in phases] for x in ("start", "finish"))
    weapons = ("drone", "rocket")
    return Withdrawal(
        horizon=days(written, "horizon"),
        start_state=names.index(world["tension"]["start"]),
        stay=np.array([float(state["mean_days"]) for state in states]),
        follows=np.cumsum([[state["next"].get(x, 0.0) for x in names] for state in states], axis=1),
        background=rates - rates @ branching.T,
        branching=branching,
        delay=float(decay_days(world)),
        site=np.tile(np.arange(len(sites)), len(world["threats"])),
        garrison=np.array([of["garrison"]["us"] for of in world["sites"].values()]),
        elasticity=first["presence_elasticity"],
        drone=first["weapons"]["drone"]["share"],
        salvo=np.array([float(first["weapons"][x]["salvo_mean"]) for x in weapons]),
        intercept=np.array([intercept[x]["beta"] for x in weapons], dtype=float),
        needs_people=world["sites"][sites[0]]["air_defence"]["needs_people"],
        **first["harm"],
        leaving=np.array([sites.index(of["moves"]["out"]["site"]) for of in phases]),
        begins=np.array(begins),
        finishes=np.array(finishes),
        sigma=phases[0]["duration_ratio"]["lognormal"]["sigma"],
        lift_every=float(plan["transport"]["lift_every_days"]),
        review_every=7.0,
        window=float(rule["when"]["attacks"]["in_days"]),
        at_least=rule["when"]["attacks"]["at_least"],
        at_least_days=float(rule["then"]["pause"]["at_least_days"]),
    )


def threats(world: Tree) -> list[Tree]:
    """The threats, in the order of the file."""
    return list(world["threats"].values())


def weights(world: Tree, threat: Tree) -> np.ndarray:
    """A threat's share on each site."""
    given = threat.get("site_weights") or dict.fromkeys(world["sites"], 1.0)
    shares = np.array([given.get(site, 0.0) for site in world["sites"]])
    return shares / shares.sum()


def decay_days(world: Tree) -> float:
    """The mean delay of caused attacks, the same for all threats."""
    (delay,) = {threat["contagion"]["decay_days"] for threat in threats(world)}
    return delay


def branching_matrix(world: Tree) -> np.ndarray:
    """Mean numbers caused; channels are ordered by threat, then by site."""
    sites = list(world["sites"])
    matrix = np.zeros((len(world["threats"]) * len(sites),) * 2)
    for k, threat in enumerate(threats(world)):
        contagion, base = threat["contagion"], k * len(sites)
        for j, site in enumerate(sites):
            matrix[base + j, base + j] = contagion["children_per_attack"]
            for other, mean in contagion.get("to_sites", {}).get(site, {}).items():
                matrix[base + sites.index(other), base + j] = mean
    return matrix


def days(of: Tree, key: str) -> float:
    """Days from the start of every job to a date."""
    return float((of[key] - date(2025, 1, 1)).days)
