"""Types of the mappings that a scenario is made of.

Generated from the JSON schema by tools/generate_types.py; do not edit.
"""

from __future__ import annotations

from datetime import date
from typing import NotRequired, TypeAlias, TypedDict


class Action(TypedDict):
    """What a rule does. Exactly one of these keys is due."""

    pause: NotRequired[Pause]
    """Hold all movement, out of the breathing room."""


class AirDefence(TypedDict):
    """How well a site stops what is fired at it."""

    intercept: NotRequired[dict[str, Dist]]
    """By weapon, the chance that one projectile is stopped, drawn once per attack: all projectiles
    of an attack meet the same defence on the same day. Left out: `drone` beta(17, 3), `rocket`
    beta(6, 4), `ballistic` beta(7, 4).
    """
    needs_people: NotRequired[int]
    """The defence leaves when fewer people than this are on the site; the chance is then beta(1,
    19) for every weapon.
    """


class Area(TypedDict):
    """A group of sites."""

    title: NotRequired[str]
    """A name to print."""


class Blocked(TypedDict):
    """Circumstances in which a gate's clock stands still."""

    tension: list[str]
    """States of tension."""


class BreathingRoom(TypedDict):
    """How far the timetable may be held up by pauses. On resuming, what is left catches up inside
    the announced dates where transport allows; only what does not fit pushes a finish back.
    """

    extension_days: NotRequired[float]
    """Days by which pauses may push finishes past what they would otherwise have been, all pauses
    together.
    """
    latest: NotRequired[str | date | None]
    """No pause may push a finish past this date."""
    pause_days: NotRequired[float]
    """Days for which movement may be held, all pauses together."""


class Component(TypedDict):
    """A part of a mixture."""

    value: Dist2
    """A number or a law."""
    weight: float
    """Weight."""


class Component2(TypedDict):
    """A part of a mixture."""

    value: Dist
    """A number or a law."""
    weight: Dist2
    """Weight."""


Condition = TypedDict(
    "Condition",
    {
        "attacks": "NotRequired[Window]",
        "wounded": "NotRequired[Window]",
        "killed": "NotRequired[Window]",
        "all": "NotRequired[list[Condition]]",
        "any": "NotRequired[list[Condition]]",
        "not": "NotRequired[Condition]",
    },
)


class Contagion(TypedDict):
    """Attacks that cause further attacks by the same group on the same site."""

    children_per_attack: Dist2
    """Mean number of attacks that one attack causes directly; below 1. Their number is Poisson."""
    decay_days: Dist2
    """Mean delay from an attack to one it causes, in days; the delay is exponential."""


Dist: TypeAlias = "float | Family"


Dist2: TypeAlias = "float | Family2"


class FamilyNormal(TypedDict):
    """What `normal` takes."""

    mean: Dist2
    """Mean."""
    sd: Dist2
    """Standard deviation."""


class FamilyLognormal(TypedDict):
    """What `lognormal` takes."""

    median: Dist2
    """Median."""
    sigma: Dist2
    """Standard deviation of the logarithm."""


class FamilyGamma(TypedDict):
    """What `gamma` takes."""

    mean: Dist2
    """Mean."""
    shape: Dist2
    """Shape; the coefficient of variation is 1 / sqrt(shape)."""


class FamilyExponential(TypedDict):
    """What `exponential` takes."""

    mean: Dist2
    """Mean."""


class FamilyTruncatedNormal(TypedDict):
    """What `truncated_normal` takes."""

    high: Dist2
    """Upper bound."""
    low: Dist2
    """Lower bound."""
    mean: Dist2
    """Mean before truncation."""
    sd: Dist2
    """Standard deviation before truncation."""


class Family(TypedDict):
    """A family of probability laws. Exactly one of these keys is due."""

    constant: NotRequired[Dist2]
    """Always this value."""
    uniform: NotRequired[list[Dist2]]
    """Any value from low to high alike: `[low, high]`."""
    triangular: NotRequired[list[Dist2]]
    """Rising from low to the mode, falling to high: `[low, mode, high]`."""
    pert: NotRequired[list[Dist2]]
    """PERT, `[low, mode, high]`: low + (high - low) Beta(1 + 4 (mode - low) / (high - low), 1 + 4
    (high - mode) / (high - low)), with mean (low + 4 mode + high) / 6.
    """
    normal: NotRequired[FamilyNormal]
    """Normal."""
    lognormal: NotRequired[FamilyLognormal]
    """Lognormal: median times exp(sigma Z), Z standard normal."""
    gamma: NotRequired[FamilyGamma]
    """Gamma."""
    beta: NotRequired[list[Dist2]]
    """Beta on [0, 1] with mean a / (a + b): `[a, b]`."""
    exponential: NotRequired[FamilyExponential]
    """Exponential."""
    truncated_normal: NotRequired[FamilyTruncatedNormal]
    """Normal, conditioned on lying between two bounds."""
    mixture: NotRequired[list[Component2]]
    """One of several numbers or laws, with the given weights, which are divided by their sum."""
    empirical: NotRequired[list[float]]
    """One of these numbers, each as likely as any other."""


class Family2Normal(TypedDict):
    """What `normal` takes."""

    mean: float
    """Mean."""
    sd: float
    """Standard deviation."""


class Family2Lognormal(TypedDict):
    """What `lognormal` takes."""

    median: float
    """Median."""
    sigma: float
    """Standard deviation of the logarithm."""


class Family2Gamma(TypedDict):
    """What `gamma` takes."""

    mean: float
    """Mean."""
    shape: float
    """Shape; the coefficient of variation is 1 / sqrt(shape)."""


class Family2Exponential(TypedDict):
    """What `exponential` takes."""

    mean: float
    """Mean."""


class Family2TruncatedNormal(TypedDict):
    """What `truncated_normal` takes."""

    high: float
    """Upper bound."""
    low: float
    """Lower bound."""
    mean: float
    """Mean before truncation."""
    sd: float
    """Standard deviation before truncation."""


class Family2(TypedDict):
    """A family of probability laws. Exactly one of these keys is due."""

    constant: NotRequired[float]
    """Always this value."""
    uniform: NotRequired[list[float]]
    """Any value from low to high alike: `[low, high]`."""
    triangular: NotRequired[list[float]]
    """Rising from low to the mode, falling to high: `[low, mode, high]`."""
    pert: NotRequired[list[float]]
    """PERT, `[low, mode, high]`: low + (high - low) Beta(1 + 4 (mode - low) / (high - low), 1 + 4
    (high - mode) / (high - low)), with mean (low + 4 mode + high) / 6.
    """
    normal: NotRequired[Family2Normal]
    """Normal."""
    lognormal: NotRequired[Family2Lognormal]
    """Lognormal: median times exp(sigma Z), Z standard normal."""
    gamma: NotRequired[Family2Gamma]
    """Gamma."""
    beta: NotRequired[list[float]]
    """Beta on [0, 1] with mean a / (a + b): `[a, b]`."""
    exponential: NotRequired[Family2Exponential]
    """Exponential."""
    truncated_normal: NotRequired[Family2TruncatedNormal]
    """Normal, conditioned on lying between two bounds."""
    mixture: NotRequired[list[Component]]
    """One of several numbers or laws, with the given weights, which are divided by their sum."""
    empirical: NotRequired[list[float]]
    """One of these numbers, each as likely as any other."""


class Gate(TypedDict):
    """A decision that must fall before something starts, such as an approval."""

    after: NotRequired[list[str]]
    """Gates and phases that come first. Empty: the clock runs from the start."""
    blocked_while: NotRequired[Blocked | None]
    """When the gate's clock stands still."""
    delay_days: Dist
    """Days from the moment the gate can be worked on until it opens."""
    title: NotRequired[str]
    """A name to print."""


class Harm(TypedDict):
    """What a projectile that was not stopped does to the people on the site."""

    killed_share: NotRequired[Dist2]
    """Chance that a casualty is killed; otherwise wounded."""
    no_casualty: NotRequired[Dist2]
    """Chance that it harms nobody."""
    scale: NotRequired[Dist2]
    """Scale of the number harmed otherwise: P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape),
    conditioned on X being no more than the people on the site.
    """
    shape: NotRequired[Dist2]
    """Shape (heaviness of the tail) of the number harmed; 0 makes it geometric."""


class Move(TypedDict):
    """A part of a contingent that leaves a site. With neither `people` nor `residual`, everybody of
    the contingent who is there when the phase starts.
    """

    contingent: str
    """The contingent they belong to."""
    people: NotRequired[int | None]
    """How many leave."""
    residual: NotRequired[int | None]
    """How many stay behind as a residual force; the others leave."""
    site: str
    """The site they leave."""
    to: NotRequired[str]
    """Where they go: `home`, or a site."""


class Pause(TypedDict):
    """Holding all movement."""

    at_least_days: NotRequired[float]
    """Once begun, hold for at least this many days."""


class Phase(TypedDict):
    """One step of the withdrawal."""

    after: NotRequired[list[str]]
    """Gates and phases that come first."""
    announced_finish: str | date
    """The date on which the phase is to be done."""
    announced_start: str | date
    """The date on which the phase is to begin; it never begins earlier."""
    duration_ratio: NotRequired[Dist]
    """The duration of execution divided by the announced one. Waiting and pauses come on top."""
    moves: NotRequired[dict[str, Move]]
    """Who leaves. Empty: the phase moves nobody and only takes time."""
    title: NotRequired[str]
    """A name to print."""


class Plan(TypedDict):
    """What is decided: gates, phases, breathing room, rules."""

    breathing_room: NotRequired[BreathingRoom]
    """How far the timetable may be held up. Left out: not at all."""
    gates: NotRequired[dict[str, Gate]]
    """Decisions that must fall before something starts."""
    phases: NotRequired[dict[str, Phase]]
    """The steps of the withdrawal. None: everybody stays."""
    review_every_days: NotRequired[int]
    """Days between reviews, at which rules look and act. The first is this long after the start."""
    rules: NotRequired[dict[str, Rule]]
    """When to hold the timetable up."""
    transport: NotRequired[Transport]
    """How fast people can be moved."""


Rates: TypeAlias = "Dist2 | dict[str, Dist2]"


class Rule(TypedDict):
    """A rule: *when* a condition holds at a review, *then* act, *until* another condition holds."""

    then: Action
    """What it does."""
    until: NotRequired[Condition | None]
    """What ends it. Left out: `when` no longer holds."""
    when: Condition
    """What sets the rule off."""


class Site(TypedDict):
    """A base or another place with troops on it."""

    air_defence: NotRequired[AirDefence]
    """The site's air defence."""
    area: NotRequired[str | None]
    """The area the site lies in."""
    garrison: dict[str, int]
    """People by contingent at the start."""
    reference_garrison: NotRequired[int | None]
    """The number of people at which the rates of threats hold. Left out: the garrison at the start.
    Must be given for a site that is empty at the start.
    """
    title: NotRequired[str]
    """A name to print."""


class Tension(TypedDict):
    """The regional tension, a chain of states with random stays. Nothing in the plan moves it."""

    start: str
    """The state at the start."""
    states: dict[str, TensionState]
    """The states."""


class TensionState(TypedDict):
    """One state of the tension."""

    mean_days: Dist
    """Mean of a stay, in days. The stay is exponential with this mean; a law is drawn anew at each
    stay, so that a mixture makes some stays short and some long.
    """
    next: NotRequired[dict[str, Dist2]]
    """Weights of the states that can follow; they are divided by their sum. Empty: the state lasts
    for good.
    """


class Threat(TypedDict):
    """An armed group and the way it attacks."""

    attacks_per_day: Rates
    """All attacks per day on all sites together, contagion included, in a lasting state of tension
    with every site at its reference garrison. One number, or one for each state.
    """
    contagion: NotRequired[Contagion | None]
    """Attacks that cause further attacks. Left out: none do."""
    harm: NotRequired[Harm]
    """What a projectile that gets through does."""
    presence_elasticity: NotRequired[Dist2]
    """Elasticity of a site's background rate to the people on it: the rate is multiplied by (people
    / reference)^elasticity, the ratio kept within 0.1 and 2. Above 0 troops draw attacks; 0
    switches the effect off. Disputed, so off unless given.
    """
    rate_factor: NotRequired[Dist2]
    """Multiplies the rates of all states alike: their shared uncertainty."""
    site_weights: NotRequired[dict[str, Dist2]]
    """How the attacks divide over sites: weights, divided by their sum. May be left out when there
    is one site.
    """
    title: NotRequired[str]
    """A name to print."""
    weapons: NotRequired[dict[str, Weapon]]
    """What the group attacks with. Left out: `drone` (share 0.85, salvos of 2 on average) and
    `rocket` (0.15, 8). An empty table: attacks that harm nobody.
    """


class Transport(TypedDict):
    """How fast people can be moved."""

    lift_every_days: NotRequired[int]
    """Days between the lifts of a phase."""
    people_per_day: NotRequired[int]
    """People that a phase can move per day; a lift takes at most this times the days between lifts.
    """


class Weapon(TypedDict):
    """One kind of weapon."""

    salvo_mean: Dist2
    """Mean number of projectiles in an attack; the number is geometric on 1, 2, ..."""
    share: Dist2
    """Share of the group's attacks; shares are divided by their sum."""


class Window(TypedDict):
    """A count over the last days, compared with a bound. Give `at_least` or `at_most`."""

    at_least: NotRequired[int | None]
    """Holds when the count is this or more."""
    at_most: NotRequired[int | None]
    """Holds when the count is this or less."""
    in_days: float
    """Length of the window, in days."""
    sites: NotRequired[list[str] | None]
    """Count on these sites only. Left out: all."""
    threats: NotRequired[list[str] | None]
    """Count these threats only. Left out: all."""


class World(TypedDict):
    """What nobody in the plan decides: sites and garrisons as found, regional tension, threats."""

    areas: NotRequired[dict[str, Area]]
    """Areas group sites, so that rules, threats and measures can speak of several at once."""
    sites: dict[str, Site]
    """The sites that troops are on at the start or move to."""
    tension: NotRequired[Tension | None]
    """The regional tension. Left out: one lasting state."""
    threats: NotRequired[dict[str, Threat]]
    """The armed groups that attack the sites."""


class Scenario(TypedDict):
    """A withdrawal and the world it happens in, as written."""

    horizon: NotRequired[str | date | None]
    """The date at which every trial ends. Left out: 730 days after the last announced finish (or
    after the start, where nothing is announced).
    """
    plan: NotRequired[Plan]
    """What is decided. Left out: everybody stays."""
    schema: int
    """The version of the language: 1."""
    start: str | date
    """The first day. Time is counted in days from its 00:00."""
    title: NotRequired[str]
    """A name to print."""
    world: World
    """What nobody in the plan decides."""
