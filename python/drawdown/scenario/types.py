"""Types of the mappings that a scenario is made of.

Generated from the JSON schema by tools/generate_types.py; do not edit.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, Literal, NotRequired, TypeAlias, TypedDict, TypeVar

Value = TypeVar("Value")


class Sourced(TypedDict, Generic[Value]):
    """A value, and where it comes from: `source`, `note` or both are due."""

    value: Value
    """The value."""
    source: NotRequired[str]
    """Whose it is: a record, a report, who was asked, what it was fitted to, or `judgement`."""
    note: NotRequired[str]
    """What else is to be known of it."""


class Actions(TypedDict):
    """What a rule does when it sets off. Give at least one action. All but `pause` are carried out
    once each time it sets off.
    """

    accelerate: NotRequired[Pace | None]
    """What is left of the phases under way takes less time, as far as transport allows."""
    bring_forward: NotRequired[BringForward | None]
    """Phases are to be done earlier than announced."""
    cancel: NotRequired[Cancel | None]
    """Phases, and all that come after them, do not go on: those who are still there stay."""
    go_back_in: NotRequired[Detachment | None]
    """People go back in to a site, at once, closed or not."""
    keep_residual: NotRequired[Detachment | None]
    """From now on, phases leave at least so many on the site."""
    pause: NotRequired[Pause | None]
    """Hold all movement while the rule is in force, out of the breathing room."""
    reinforce: NotRequired[Detachment | None]
    """More people come to a site, at once, unless it is closed."""
    send_home: NotRequired[SendHome | None]
    """A contingent leaves every site at once, outside the phases."""
    stretch: NotRequired[Pace | None]
    """What is left of the phases under way takes longer, out of the breathing room."""


After: TypeAlias = "list[str] | dict[str, Link] | Sourced[list[str] | dict[str, Link]]"


class AirDefence(TypedDict):
    """How well a site stops what is fired at it."""

    intercept: NotRequired[dict[str, Law] | Sourced[dict[str, Law]]]
    """By weapon, the chance that one projectile is stopped, drawn once per attack: all projectiles
    of an attack meet the same defence on the same day. Left out: as its area says, or the world;
    where neither does: `drone` beta(17, 3), `rocket` beta(6, 4), `ballistic` beta(7, 4).
    """
    needs_people: NotRequired[int | Sourced[int]]
    """The defence leaves when fewer people than this are on the site; the chance is then beta(1,
    19) for every weapon that can be stopped.
    """


class Amount(TypedDict):
    """A number compared with a bound. Give `at_least` or `at_most`."""

    at_least: NotRequired[float | Sourced[float] | None]
    """Holds when the number is this or more."""
    at_most: NotRequired[float | Sourced[float] | None]
    """Holds when the number is this or less."""


class Area(TypedDict):
    """A group of sites."""

    intercept: NotRequired[dict[str, Law] | Sourced[dict[str, Law]]]
    """By weapon, the chance that one projectile is stopped, on sites of the area that say nothing
    of it themselves. One that is a range has one value for all of them.
    """
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class AttacksNow(TypedDict):
    """Attacks on a site on one day."""

    count: NotRequired[int | Sourced[int]]
    """How many."""
    date: str | date | Sourced[str | date]
    """The date."""
    site: str | Sourced[str]
    """The site."""


class Barrages(TypedDict):
    """Barrages at others in the region that sites help to meet."""

    capable: dict[str, int | Sourced[int]] | Sourced[dict[str, int | Sourced[int]]]
    """Sites that can help, and the least people with which each does."""
    per_day: Rates
    """Barrages per day. One number, or one for each state of tension."""
    sites_needed: NotRequired[int | Sourced[int]]
    """How many of them must be able to help for a barrage to be met."""


Blackout = TypedDict(
    "Blackout",
    {
        "allowed_for": "NotRequired[bool | Sourced[bool] | None]",
        "from": "str | date | Sourced[str | date]",
        "title": "NotRequired[str | Sourced[str]]",
        "until": "str | date | Sourced[str | date]",
    },
)


class Blocked(TypedDict):
    """Circumstances in which a gate's clock stands still."""

    tension: list[str] | Sourced[list[str]]
    """States of tension."""


class BreathingRoom(TypedDict):
    """How far the timetable may be held up by pauses. On resuming, what is left catches up inside
    the announced dates where transport allows; only what does not fit pushes a finish back.
    """

    extension_days: NotRequired[float | Sourced[float]]
    """Days by which pauses may push finishes past what they would otherwise have been, all pauses
    together.
    """
    latest: NotRequired[str | date | Sourced[str | date] | None]
    """No pause may push the finish of a phase that it holds past this date."""
    pause_days: NotRequired[float | Sourced[float]]
    """Days for which movement may be held, all pauses together."""


class BringForward(TypedDict):
    """Bringing deadlines forward."""

    days: float | Sourced[float]
    """How much earlier, in days."""
    phases: NotRequired[list[str] | Sourced[list[str]] | None]
    """Which phases. Left out: all that are not done."""


class Buffer(TypedDict):
    """A safety margin between a phase and a calendar event."""

    days: float | Sourced[float]
    """How long before, in days."""
    event: str | Sourced[str]
    """The calendar event before which it is to be done."""
    phase: str | Sourced[str]
    """The phase that is to be done."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class CalendarEvent(TypedDict):
    """A dated event, such as an election. Rules of the plan can wait for it and for its outcome."""

    date: str | date | Sourced[str | date]
    """The date, not before the start."""
    delay_days: NotRequired[Law]
    """Days from the date until it happens."""
    outcomes: NotRequired[dict[str, Outcome]]
    """What can come of it: one of these. None: it just happens."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    windows: NotRequired[dict[str, EventWindow]]
    """Times around it in which threats attack more, or less."""


class Cancel(TypedDict):
    """Cancelling phases."""

    phases: list[str] | Sourced[list[str]]
    """The phases."""


class Capability(TypedDict):
    """What the host's forces are able to do, between 0 and 1. It grows in steps of 30 days."""

    growth_per_year: NotRequired[Range]
    """Growth per year while nobody is on the host's sites."""
    growth_with_advisers_per_year: NotRequired[Range]
    """Growth per year while advisers, or any others, are there."""
    start: Range
    """Capability at the start."""


Ceasefire = TypedDict(
    "Ceasefire",
    {
        "delay_days": "NotRequired[Law]",
        "duration_days": "NotRequired[Law | None]",
        "factor": "Range",
        "from": "str | date | Sourced[str | date]",
        "title": "NotRequired[str | Sourced[str]]",
    },
)


class Component_of_Range(TypedDict):
    """A part of a mixture."""

    value: Law
    """What it gives when chosen: a number, or again a law."""
    weight: Range
    """Weight: this part is chosen with probability weight / sum of weights."""


class Component_of_double(TypedDict):
    """A part of a mixture."""

    value: Range
    """What it gives when chosen: a number, or again a law."""
    weight: float
    """Weight: this part is chosen with probability weight / sum of weights."""


Condition = TypedDict(
    "Condition",
    {
        "attacks": "NotRequired[Window]",
        "wounded": "NotRequired[Window]",
        "killed": "NotRequired[Window]",
        "tension": "NotRequired[list[str] | Sourced[list[str]]]",
        "date": "NotRequired[Dates]",
        "phase": "NotRequired[PhaseIs]",
        "pause_days_left": "NotRequired[Amount]",
        "extension_days_left": "NotRequired[Amount]",
        "people": "NotRequired[People]",
        "event": "NotRequired[Happened]",
        "risk": "NotRequired[str | Sourced[str]]",
        "insurgent_strength": "NotRequired[Amount]",
        "friction": "NotRequired[Amount]",
        "expelled": "NotRequired[bool | Sourced[bool]]",
        "all": "NotRequired[list[Condition]]",
        "any": "NotRequired[list[Condition]]",
        "not": "NotRequired[Condition]",
    },
)


class Contagion(TypedDict):
    """Attacks that cause further attacks. Their number is Poisson."""

    children_per_attack: Range
    """Mean number of attacks by the same threat on the same site that one attack causes directly.
    """
    decay_days: Range
    """Mean delay from an attack to one it causes, in days; the delay is exponential."""
    start: NotRequired[ContagionStart | Sourced[ContagionStart]]
    """What of the time before the start is still to come on the first day: `steady`, as if the
    state of tension, the garrisons and the open sites of the first day had lasted for ever, or
    `empty`, nothing.
    """
    to_sites: NotRequired[
        dict[str, dict[str, Range] | Sourced[dict[str, Range]]]
        | Sourced[dict[str, dict[str, Range] | Sourced[dict[str, Range]]]]
    ]
    """Mean number of further attacks by the same threat on other sites: by the site of the attack,
    then by the site of those it causes.
    """
    to_threats: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Mean number of further attacks by other threats on the same site that one attack causes
    directly, by threat.
    """


ContagionStart: TypeAlias = Literal["steady", "empty"]


class Contingent(TypedDict):
    """Where a contingent may be, and what makes it leave on its own account, outside the plan."""

    delay_days: NotRequired[Law]
    """Days from the decision until all of it leaves."""
    follows: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Chance that it decides to leave when another has left every site, by contingent."""
    leaves_after: NotRequired[dict[str, LeavesAfter]]
    """Calendar events after which it may decide to leave, such as a vote on its mandate."""
    mandate_until: NotRequired[str | date | Sourced[str | date] | None]
    """The date on which its mandate ends: all who are left leave then."""
    only_on: NotRequired[list[str] | Sourced[list[str]] | None]
    """The sites on which it may be: a plan that puts it on another is refused. Left out: on all."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    tolerance_killed: NotRequired[Range | None]
    """It decides to leave when so many of its own have been killed. Left out: never for that."""


class Costs(TypedDict):
    """What things cost."""

    per_pause_day: NotRequired[Range]
    """Cost of a day on which movement is held."""
    per_person_day: NotRequired[Range]
    """Cost of a person on a site for a day."""
    per_person_moved: NotRequired[Range]
    """Cost of moving a person, home or to another site."""
    per_tonne_moved: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Cost of moving a tonne of materiel, home or to another site, by mode. Of a mode that is left
    out: nothing.
    """
    unit: NotRequired[str | Sourced[str]]
    """What costs are counted in, such as `USD`."""


Dates = TypedDict(
    "Dates",
    {
        "before": "NotRequired[str | date | Sourced[str | date] | None]",
        "from": "NotRequired[str | date | Sourced[str | date] | None]",
    },
)


class Detachment(TypedDict):
    """People of a contingent on a site."""

    contingent: str | Sourced[str]
    """The contingent."""
    people: int | Sourced[int]
    """How many."""
    site: str | Sourced[str]
    """The site."""


class Drift(TypedDict):
    """The logarithm of the rate walks: every 7 days it changes by a normal number, besides what
    goes back of what it had gone. The factor is exp of it, less half its variance, so that its mean
    is 1.
    """

    half_life_days: NotRequired[Range | None]
    """Days in which the logarithm goes half of the way back to its mean. Left out: it does not go
    back (a random walk).
    """
    sd_per_week: Range
    """Standard deviation of the change in a week. With a half-life of h days that of the logarithm
    itself is this over the root of 1 - 2^(-14 / h), in the long run.
    """
    start: NotRequired[DriftStart | Sourced[DriftStart]]
    """Where it begins: `zero`, at the written rate, or `steady`, where it may be in the long run,
    which takes a half-life.
    """


DriftStart: TypeAlias = Literal["zero", "steady"]


class EventWindow(TypedDict):
    """A time around an event in which the background of threats is multiplied. Windows that overlap
    multiply.
    """

    factor: Range
    """Multiplies the background rate."""
    from_days: float | Sourced[float]
    """Where the window begins, in days from the event; before it if below 0."""
    outcome: NotRequired[str | Sourced[str] | None]
    """Only if this came of the event; such a window cannot begin before it. Left out: whatever came
    of it.
    """
    threats: NotRequired[list[str] | Sourced[list[str]] | None]
    """The threats concerned. Left out: all."""
    until_days: float | Sourced[float]
    """Where it ends, in days from the event."""


class ExitPattern(TypedDict):
    """Attacks around the hand-over of a site that the plan empties (in sign: Fetzer, Souza, Vanden
    Eynde & Wright 2021).
    """

    after: NotRequired[Range]
    """Multiplies the background on the other open sites of its area for `after_days` after it has
    closed.
    """
    after_days: NotRequired[float | Sourced[float]]
    """Days after closing."""
    before: NotRequired[Range]
    """Multiplies the background on the site from `before_days` before its announced hand-over until
    it closes.
    """
    before_days: NotRequired[float | Sourced[float]]
    """Days before the announced hand-over (the announced finish of the last phase that takes people
    from the site).
    """


class Expulsion(TypedDict):
    """Expulsion by the host. Its hazard is the sum of two, one for strikes that the host remembers
    and one that needs none. Phases are compressed into the notice and breathing room is void; at
    its end, all who are still there leave at once.
    """

    notice_days: NotRequired[Range]
    """Days of notice."""
    per_day: NotRequired[Range]
    """Hazard per day and unit of friction."""
    unprovoked_per_day: NotRequired[Rates]
    """Hazard per day whatever the friction, added to that by friction: for a host that may end the
    presence without any strike. One number, or one for each state of tension.
    """


class Family_of_RangeNormal(TypedDict):
    """What `normal` takes."""

    mean: Range
    """Mean."""
    sd: Range
    """Standard deviation."""


class Family_of_RangeLognormal(TypedDict):
    """What `lognormal` takes."""

    median: Range
    """Median: as many values above as below."""
    sigma: Range
    """Standard deviation of the natural logarithm; for small values about the coefficient of
    variation.
    """


class Family_of_RangeGamma(TypedDict):
    """What `gamma` takes."""

    mean: Range
    """Mean."""
    shape: Range
    """Shape: 1 is the exponential law, larger is more regular. The coefficient of variation is 1 /
    sqrt(shape).
    """


class Family_of_RangeExponential(TypedDict):
    """What `exponential` takes."""

    mean: Range
    """Mean."""


class Family_of_RangeTruncatedNormal(TypedDict):
    """What `truncated_normal` takes."""

    high: Range
    """The greatest value."""
    low: Range
    """The least value."""
    mean: Range
    """Mean before the cut."""
    sd: Range
    """Standard deviation before the cut."""


class Family_of_Range(TypedDict):
    """A family of probability laws with its parameters. Exactly one of these keys is due."""

    constant: NotRequired[Range]
    """Always this value."""
    uniform: NotRequired[list[Range]]
    """Any value between two bounds, all alike: `[low, high]`. Mean (low + high) / 2."""
    triangular: NotRequired[list[Range]]
    """A triangle: the density rises in a line from low to the mode and falls in a line to high:
    `[low, mode, high]`. Mean (low + mode + high) / 3.
    """
    pert: NotRequired[list[Range]]
    """PERT, an expert's lowest, most likely and highest value: `[low, mode, high]`. low + (high -
    low) Beta(1 + 4 (mode - low) / (high - low), 1 + 4 (high - mode) / (high - low)). Mean (low + 4
    mode + high) / 6.
    """
    normal: NotRequired[Family_of_RangeNormal]
    """The bell curve, which has no bounds."""
    lognormal: NotRequired[Family_of_RangeLognormal]
    """A positive number off by a factor rather than by an amount: median times exp(sigma Z), with Z
    standard normal. Two thirds of values lie within a factor exp(sigma) of the median. Mean median
    exp(sigma^2 / 2).
    """
    gamma: NotRequired[Family_of_RangeGamma]
    """A positive number: the waiting time for `shape` things in a row, if shape is whole. Variance
    mean^2 / shape.
    """
    beta: NotRequired[list[Range]]
    """A share or a probability between 0 and 1: `[a, b]`. Mean a / (a + b); the larger a + b, the
    narrower.
    """
    exponential: NotRequired[Family_of_RangeExponential]
    """The waiting time for something that comes at a constant rate, 1 / mean."""
    truncated_normal: NotRequired[Family_of_RangeTruncatedNormal]
    """The bell curve cut off at two bounds: normal, on condition that the value lies between them.
    """
    mixture: NotRequired[list[Component_of_Range]]
    """One of several numbers or laws, chosen with the given weights, which are divided by their
    sum.
    """
    empirical: NotRequired[list[float]]
    """One of these numbers, such as recorded ones, each as likely as any other."""


class Family_of_doubleNormal(TypedDict):
    """What `normal` takes."""

    mean: float
    """Mean."""
    sd: float
    """Standard deviation."""


class Family_of_doubleLognormal(TypedDict):
    """What `lognormal` takes."""

    median: float
    """Median: as many values above as below."""
    sigma: float
    """Standard deviation of the natural logarithm; for small values about the coefficient of
    variation.
    """


class Family_of_doubleGamma(TypedDict):
    """What `gamma` takes."""

    mean: float
    """Mean."""
    shape: float
    """Shape: 1 is the exponential law, larger is more regular. The coefficient of variation is 1 /
    sqrt(shape).
    """


class Family_of_doubleExponential(TypedDict):
    """What `exponential` takes."""

    mean: float
    """Mean."""


class Family_of_doubleTruncatedNormal(TypedDict):
    """What `truncated_normal` takes."""

    high: float
    """The greatest value."""
    low: float
    """The least value."""
    mean: float
    """Mean before the cut."""
    sd: float
    """Standard deviation before the cut."""


class Family_of_double(TypedDict):
    """A family of probability laws with its parameters. Exactly one of these keys is due."""

    constant: NotRequired[float]
    """Always this value."""
    uniform: NotRequired[list[float]]
    """Any value between two bounds, all alike: `[low, high]`. Mean (low + high) / 2."""
    triangular: NotRequired[list[float]]
    """A triangle: the density rises in a line from low to the mode and falls in a line to high:
    `[low, mode, high]`. Mean (low + mode + high) / 3.
    """
    pert: NotRequired[list[float]]
    """PERT, an expert's lowest, most likely and highest value: `[low, mode, high]`. low + (high -
    low) Beta(1 + 4 (mode - low) / (high - low), 1 + 4 (high - mode) / (high - low)). Mean (low + 4
    mode + high) / 6.
    """
    normal: NotRequired[Family_of_doubleNormal]
    """The bell curve, which has no bounds."""
    lognormal: NotRequired[Family_of_doubleLognormal]
    """A positive number off by a factor rather than by an amount: median times exp(sigma Z), with Z
    standard normal. Two thirds of values lie within a factor exp(sigma) of the median. Mean median
    exp(sigma^2 / 2).
    """
    gamma: NotRequired[Family_of_doubleGamma]
    """A positive number: the waiting time for `shape` things in a row, if shape is whole. Variance
    mean^2 / shape.
    """
    beta: NotRequired[list[float]]
    """A share or a probability between 0 and 1: `[a, b]`. Mean a / (a + b); the larger a + b, the
    narrower.
    """
    exponential: NotRequired[Family_of_doubleExponential]
    """The waiting time for something that comes at a constant rate, 1 / mean."""
    truncated_normal: NotRequired[Family_of_doubleTruncatedNormal]
    """The bell curve cut off at two bounds: normal, on condition that the value lies between them.
    """
    mixture: NotRequired[list[Component_of_double]]
    """One of several numbers or laws, chosen with the given weights, which are divided by their
    sum.
    """
    empirical: NotRequired[list[float]]
    """One of these numbers, such as recorded ones, each as likely as any other."""


Fate: TypeAlias = Literal["moved", "handed_over", "destroyed"]


class Friction(TypedDict):
    """Friction: a count of strikes that were not coordinated with the host, which fades."""

    memory_days: NotRequired[Range]
    """Mean life of a strike in the host's memory, in days: it fades exponentially."""


class Gate(TypedDict):
    """A decision that must fall before something starts, such as an approval."""

    after: NotRequired[list[str] | Sourced[list[str]]]
    """Gates and phases that come first. Empty: the clock runs from the start."""
    blocked_while: NotRequired[Blocked | None]
    """When the gate's clock stands still."""
    delay_days: Law
    """Days from the moment the gate can be worked on until it opens."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class GateNow(TypedDict):
    """How far a gate has come: it opened, or its clock has been running. One of `opened` and
    `started` is due.
    """

    blocked_days: NotRequired[float | Sourced[float]]
    """Days since then for which its clock stood still."""
    opened: NotRequired[str | date | Sourced[str | date] | None]
    """The date on which it opened."""
    started: NotRequired[str | date | Sourced[str | date] | None]
    """The date on which its clock began to run. What is left of its delay is drawn on condition
    that the delay is longer than that.
    """


class Grievance(TypedDict):
    """More attacks the longer the announced timetable is overdue: the background is multiplied by 1
    + per_day x days overdue. Days overdue are counted from the announced finish of the latest
    unfinished phase; they are 0 when everything is done.
    """

    at_most: NotRequired[Range]
    """The factor grows to this and no further."""
    per_day: Range
    """Growth per day overdue."""


class Happened(TypedDict):
    """A calendar event that has happened."""

    id: str | Sourced[str]
    """The event."""
    outcome: NotRequired[str | Sourced[str] | None]
    """With this outcome. Left out: with any."""


class Harm(TypedDict):
    """What a projectile that was not stopped does to the people on the site."""

    by_state: NotRequired[dict[str, HarmByState]]
    """What is otherwise in some states of tension. Left out: the same in all."""
    killed_share: NotRequired[Range]
    """Chance that a casualty is killed; otherwise wounded."""
    no_casualty: NotRequired[Range]
    """Chance that it harms nobody."""
    scale: NotRequired[Range]
    """Scale of the number harmed otherwise: P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape),
    conditioned on X being no more than the people on the site.
    """
    shape: NotRequired[Range]
    """Shape (heaviness of the tail) of the number harmed; 0 makes it geometric."""


class HarmByState(TypedDict):
    """What a state of tension changes about the harm that is done, at the time of the attack."""

    killed_share: NotRequired[Range | None]
    """In place of `killed_share`."""
    no_casualty: NotRequired[Range | None]
    """In place of `no_casualty`."""
    scale: NotRequired[Range | None]
    """In place of `scale`."""
    shape: NotRequired[Range | None]
    """In place of `shape`."""


class Host(TypedDict):
    """The host country."""

    areas: NotRequired[list[str] | Sourced[list[str]] | None]
    """The areas that are its own. Left out: all sites are on its ground."""
    capability: NotRequired[Capability | None]
    """What its own forces are able to do. Left out: it does not change."""
    expulsion: NotRequired[Expulsion | None]
    """Being thrown out. Left out: it never happens."""
    friction: NotRequired[Friction]
    """How strikes that were not coordinated with it are held against the troops."""


class Incidents(TypedDict):
    """What an insurgency does, in proportion to its strength."""

    harm: NotRequired[Toll | None]
    """What one that falls on the host does to its people. Left out: not counted."""
    on_sites: NotRequired[Range]
    """Share of them that falls on sites, as attacks; the others fall on the host."""
    per_day: Range
    """Incidents per day at full strength."""
    threat: NotRequired[str | Sourced[str] | None]
    """The threat whose attacks those on sites are, by its site weights; on an empty site, they fall
    on the host.
    """


class Insurgency(TypedDict):
    """An insurgency, as a share of the most that it could be. It grows logistically and is held
    down by troops and by the host's own forces (a device of the scenario, not a law of nature).
    """

    growth_per_year: NotRequired[Range]
    """Rate of growth per year where nothing holds it down."""
    incidents: NotRequired[Incidents | None]
    """What it does. Left out: nothing that is counted."""
    pressure: NotRequired[Range]
    """How hard it is held down at the start: 1 keeps it where it is until something changes."""
    shocks: NotRequired[Shocks | None]
    """Sudden gains, such as prison breaks. Left out: none."""
    strength: Range
    """Strength at the start, above 0."""
    troops_exponent: NotRequired[Range]
    """How the troops' pressure follows their number: (people / people at the start)^exponent."""
    troops_share: NotRequired[Range]
    """Share of the pressure that is the troops'; the rest is the host's."""


Law: TypeAlias = "float | Family_of_Range | Sourced[float | Family_of_Range]"


class LeavesAfter(TypedDict):
    """The chance that a contingent decides to leave when a calendar event happens. One of `chance`
    and `by_outcome` is due.
    """

    by_outcome: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """The chance by outcome of the event. Of one that is left out: 0."""
    chance: NotRequired[Range | None]
    """The chance, whatever comes of the event."""


Leg = TypedDict(
    "Leg",
    {
        "attacks": "NotRequired[dict[str, LegAttacks]]",
        "days": "Law",
        "from": "str | Sourced[str]",
        "people_per_convoy": "NotRequired[int | Sourced[int] | None]",
        "title": "NotRequired[str | Sourced[str]]",
        "to": "NotRequired[str | Sourced[str]]",
    },
)


class LegAttacks(TypedDict):
    """How often a threat attacks those on the road: a number, or one for each state of tension."""

    per_convoy: NotRequired[Rates]
    """Attacks that a convoy meets on its way, on average."""
    per_person_day: NotRequired[Rates]
    """Attacks for each person and day on the road, on average."""


class Link(TypedDict):
    """How a phase waits for another, or for a gate."""

    lag_days: NotRequired[float | Sourced[float]]
    """How much longer it waits, in days of the calendar."""
    relation: NotRequired[Relation | Sourced[Relation]]
    """What waits for what. A gate has a finish, its opening, and no start."""


class Load(TypedDict):
    """Materiel that is taken from a site in a phase: moved, handed over, or destroyed. It goes with
    the lifts of the phase, which is done when people and materiel are gone.
    """

    fate: NotRequired[Fate | Sourced[Fate]]
    """What becomes of it."""
    mode: NotRequired[str | Sourced[str] | None]
    """How it is moved. It may be left out where there is one mode only; what is handed over or
    destroyed has none, and no lift limits it.
    """
    site: str | Sourced[str]
    """The site it lies on."""
    to: NotRequired[str | Sourced[str]]
    """Where it is moved: `home`, or a site."""
    tonnes: NotRequired[int | Sourced[int] | None]
    """How many tonnes. Left out: all that lie there when the phase starts."""


class Mitigation(TypedDict):
    """Something that can be done about risks."""

    cost: NotRequired[Range]
    """What it costs, in the unit of costs."""
    risks: dict[str, Relief]
    """What it does to risks, by their ids."""
    taken: NotRequired[bool | Sourced[bool]]
    """Whether it is done. If not, it changes nothing and costs nothing."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class Mode(TypedDict):
    """A way in which materiel leaves, such as by air or by road, beside the people."""

    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    tonnes_per_day: int | Sourced[int]
    """Tonnes that a phase can move per day; a lift takes at most this times the days since the lift
    before it, or since the start.
    """


class Move(TypedDict):
    """A part of a contingent that leaves a site. With neither `people` nor `residual`, everybody of
    the contingent who is there when the phase starts.
    """

    contingent: str | Sourced[str]
    """The contingent they belong to."""
    people: NotRequired[int | Sourced[int] | None]
    """How many leave."""
    residual: NotRequired[int | Sourced[int] | None]
    """How many stay behind as a residual force; the others leave."""
    site: str | Sourced[str]
    """The site they leave."""
    takes_arrivals: NotRequired[bool | Sourced[bool]]
    """Whether those leave too whom other moves bring to the site while the phase is under way. Only
    without `people`.
    """
    to: NotRequired[str | Sourced[str]]
    """Where they go: `home`, or a site."""


class Now(TypedDict):
    """Where things stand on the first day, of a withdrawal that is under way. Who is where, the
    garrisons already say: they are those of the first day.
    """

    breathing_room: NotRequired[RoomUsed]
    """How much of the breathing room of the plan is used up. Left out: none of it."""
    gates: NotRequired[dict[str, GateNow]]
    """Gates that are open, or whose clock runs. The clock of one that is not named begins on the
    first day, or when what comes before it is done.
    """
    phases: NotRequired[dict[str, PhaseNow]]
    """Phases that are under way or done. One that is not named has not begun."""
    tension: NotRequired[TensionNow | None]
    """Since when the tension is in the state in which it starts. Left out: since the first day."""
    threats: NotRequired[dict[str, ThreatNow]]
    """What threats remember, and what they have done lately."""


class Outcome(TypedDict):
    """What can come of an event."""

    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    weight: Range
    """How probable it is: weights are divided by their sum."""


class Pace(TypedDict):
    """Another pace for the phases under way."""

    factor: float | Sourced[float]
    """How many times slower (`stretch`) or faster (`accelerate`)."""


class Pause(TypedDict):
    """Holding all movement."""

    at_least_days: NotRequired[float | Sourced[float]]
    """Once begun, hold for at least this many days."""


class People(TypedDict):
    """A number of people compared with a bound. Give `at_least` or `at_most`."""

    areas: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count on the sites of these areas only. Left out: all."""
    at_least: NotRequired[int | Sourced[int] | None]
    """Holds when there are so many or more."""
    at_most: NotRequired[int | Sourced[int] | None]
    """Holds when there are so many or fewer."""
    contingents: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count these contingents only. Left out: all."""
    sites: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count on these sites only. Left out: all."""


class Phase(TypedDict):
    """One step of the withdrawal."""

    after: NotRequired[After]
    """Gates and phases that come first, or how it waits for each."""
    announced_finish: str | date | Sourced[str | date]
    """The date on which the phase is to be done."""
    announced_start: str | date | Sourced[str | date]
    """The date on which the phase is to begin; it never begins earlier."""
    breathing_room: NotRequired[BreathingRoom | None]
    """How far pauses may hold up this phase, within the breathing room of the plan. Left out: as
    far as that.
    """
    compress_to: NotRequired[Range]
    """To which share of what execution would take it may be compressed to keep the announced
    finish. 1: it is not.
    """
    duration_ratio: NotRequired[Law]
    """The duration of execution divided by the announced one. Waiting and pauses come on top."""
    loads: NotRequired[dict[str, Load]]
    """The materiel that goes. Empty: none."""
    moves: NotRequired[dict[str, Move]]
    """Who leaves. A phase without moves and loads only takes time."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    waves: NotRequired[list[list[str]] | Sourced[list[list[str]]]]
    """The order in which moves and loads leave, by their ids: those of a wave leave side by side,
    once those of the wave before have left. Empty: all leave side by side. The materiel of each
    mode goes from wave to wave at a pace of its own.
    """


class PhaseIs(TypedDict):
    """A phase and where it stands."""

    id: str | Sourced[str]
    """The phase."""
    state: PhaseState | Sourced[PhaseState]
    """Where it stands."""


class PhaseNow(TypedDict):
    """How far a phase has come: it is done, or it is under way. At least one of `started` and
    `finished` is due.
    """

    breathing_room: NotRequired[RoomUsed]
    """How long pauses have held it, and how much of its own breathing room, where it has one, is
    used up.
    """
    finished: NotRequired[str | date | Sourced[str | date] | None]
    """The date on which it was done. Left out: it is under way, and its duration ratio is drawn on
    condition that it is not done yet.
    """
    moved: NotRequired[dict[str, int | Sourced[int]] | Sourced[dict[str, int | Sourced[int]]]]
    """How many people have gone of each move of a given number of people, and how many tonnes of
    each load of a given number: due while the phase is under way. Of others, what is still there
    goes.
    """
    started: NotRequired[str | date | Sourced[str | date] | None]
    """The date on which it began. It may be left out of a phase that is done: then it began on its
    announced date.
    """


PhaseState: TypeAlias = Literal["waiting", "moving", "held", "done", "cancelled"]


class Plan(TypedDict):
    """What is decided: gates, phases, breathing room, rules."""

    blackouts: NotRequired[dict[str, Blackout]]
    """Times in which nothing moves."""
    breathing_room: NotRequired[BreathingRoom]
    """How far the timetable may be held up. Left out: not at all."""
    buffers: NotRequired[dict[str, Buffer]]
    """Safety margins between a phase and a calendar event: measured, not enforced."""
    duration_correlation: NotRequired[Range]
    """Correlation between the duration ratios of phases: of their normal scores, through one common
    factor. Above 0, every ratio must be lognormal or a number.
    """
    gates: NotRequired[dict[str, Gate]]
    """Decisions that must fall before something starts."""
    mitigations: NotRequired[dict[str, Mitigation]]
    """What is done about risks of the world."""
    months: NotRequired[
        dict[str, float | Sourced[float]] | Sourced[dict[str, float | Sourced[float]]]
    ]
    """How much of a day's work is done on a day of a month: by month, from `jan` to `dec`, 1 where
    it is left out. Announced dates allow for it.
    """
    phases: NotRequired[dict[str, Phase]]
    """The steps of the withdrawal. None: everybody stays."""
    review_every_days: NotRequired[int | Sourced[int]]
    """Days between reviews, at which rules look and act. The first is this long after the start."""
    rules: NotRequired[dict[str, Rule]]
    """When to act otherwise than announced."""
    transport: NotRequired[Transport]
    """How fast people and materiel can be moved."""
    working_days: NotRequired[list[Weekday] | Sourced[list[Weekday]]]
    """The days of a week on which things move, which announced dates allow for. Left out: every
    day.
    """


Range: TypeAlias = "float | Family_of_double | Sourced[float | Family_of_double]"


Rates: TypeAlias = "Range | dict[str, Range] | Sourced[dict[str, Range]]"


class Reentry(TypedDict):
    """Going back in after the last phase is done. Rests on one case, Iraq in 2014: report what
    follows from it as conditional.
    """

    forces: dict[str, Detachment]
    """Who goes where."""
    per_day: NotRequired[Range]
    """Hazard per day at full strength of the insurgency."""


Relation: TypeAlias = Literal["finish_to_start", "start_to_start", "finish_to_finish"]


class Relief(TypedDict):
    """What a mitigation does to a risk."""

    effect_factor: NotRequired[Range]
    """Multiplies what it does: added days, and what a factor is above or below 1."""
    probability_factor: NotRequired[Range]
    """Multiplies the chance that it happens."""


class Retaliation(TypedDict):
    """Strikes in answer to attacks that harm. At most one is pending against a threat."""

    after_killed: NotRequired[Range]
    """Chance that an attack that kills is answered."""
    after_wounded: NotRequired[Range]
    """Chance that an attack that wounds and does not kill is answered."""
    coordinated: NotRequired[Range]
    """Chance that a strike is coordinated with the host, and so does not offend it."""
    delay_days: NotRequired[Law]
    """Days until the strike."""
    deterrence: NotRequired[Range]
    """What strikes do to the threat: its background is multiplied by min(3, exp(-deterrence x
    strikes in memory)). Above 0 they deter, below 0 they provoke.
    """
    memory_days: NotRequired[Range]
    """Mean life of a strike in the threat's memory, in days: it fades exponentially."""


class Risk(TypedDict):
    """Something that may happen, once, and then acts on phases, gates and threats together."""

    date: NotRequired[str | date | Sourced[str | date] | None]
    """The date from which `delay_days` are counted, not before the start. Left out: the start."""
    delay_days: NotRequired[Law]
    """Days from then until it happens, if it does."""
    effects: NotRequired[dict[str, RiskEffect]]
    """What it acts on once it has happened."""
    probability: Range
    """The chance that it ever happens."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class RiskEffect(TypedDict):
    """What a risk does, by one factor to everything that is named."""

    added_days: NotRequired[Range]
    """Days that durations and delays take longer besides."""
    factor: NotRequired[Range]
    """Multiplies durations, delays and rates: one value in a trial for all that is named."""
    gates: NotRequired[list[str] | Sourced[list[str]]]
    """Gates whose delay it stretches, if their clock starts once it has happened. Those that a plan
    does not have are for others.
    """
    phases: NotRequired[list[str] | Sourced[list[str]]]
    """Phases whose execution it stretches, if they begin once it has happened. Those that a plan
    does not have are for others.
    """
    threats: NotRequired[list[str] | Sourced[list[str]]]
    """Threats whose background it multiplies, from when it has happened."""


class RoomUsed(TypedDict):
    """Breathing room that is used up."""

    extension_days: NotRequired[float | Sourced[float]]
    """Days by which pauses have pushed finishes back."""
    pause_days: NotRequired[float | Sourced[float]]
    """Days for which movement has been held."""


class Rule(TypedDict):
    """A rule: *when* a condition holds, *then* act, *until* another condition holds."""

    at_most_times: NotRequired[int | Sourced[int] | None]
    """It sets off at most so often in a trial. Left out: as often as it comes."""
    at_once: NotRequired[bool | Sourced[bool]]
    """Whether it looks right after every attack, change of tension, gate, start and end of a phase,
    departure, calendar event, risk, strike, shock, expulsion, end of a notice and re-entry as well,
    and not at reviews only.
    """
    cooldown_days: NotRequired[float | Sourced[float]]
    """Days after it has ended in which it does not set off again."""
    then: Actions
    """What it does."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    until: NotRequired[Condition | None]
    """What ends it. Left out: `when` no longer holds."""
    when: Condition
    """What sets the rule off."""


class SendHome(TypedDict):
    """Sending a contingent home."""

    contingent: str | Sourced[str]
    """The contingent."""
    in_days: NotRequired[float | Sourced[float]]
    """Days until it leaves."""


class Shocks(TypedDict):
    """Sudden gains of an insurgency."""

    factor: Law
    """What strength is multiplied by; it stays at most 1."""
    per_year: Range
    """How many per year."""


class Site(TypedDict):
    """A base or another place with troops on it."""

    air_defence: NotRequired[AirDefence]
    """The site's air defence."""
    area: NotRequired[str | Sourced[str] | None]
    """The area the site lies in."""
    garrison: dict[str, int | Sourced[int]] | Sourced[dict[str, int | Sourced[int]]]
    """People by contingent at the start."""
    materiel_tonnes: NotRequired[int | Sourced[int]]
    """Tonnes of materiel on the site at the start."""
    reference_garrison: NotRequired[int | Sourced[int] | None]
    """The number of people at which the rates of threats hold. Left out: the garrison at the start.
    Must be given for a site that is empty at the start.
    """
    title: NotRequired[str | Sourced[str]]
    """A name to print."""


class Source(TypedDict):
    """Where a number comes from. It changes nothing in a run."""

    note: NotRequired[str | Sourced[str]]
    """What else is to be known of it."""
    source: NotRequired[str | Sourced[str]]
    """Whose number it is: a record, a report, who was asked, what it was fitted to, or `judgement`.
    """


class Tension(TypedDict):
    """The regional tension, a chain of states with random stays. Nothing in the plan moves it."""

    start: str | Sourced[str]
    """The state at the start."""
    states: dict[str, TensionState]
    """The states."""


class TensionNow(TypedDict):
    """How long the tension has been in the state in which it starts."""

    since: str | date | Sourced[str | date]
    """The date on which it came into that state. A stay that has lasted long is more likely to be
    one of those that last long: the mean of the stay is drawn on condition of its age.
    """


class TensionState(TypedDict):
    """One state of the tension."""

    mean_days: Law
    """Mean of a stay, in days. The stay is exponential with this mean; a law is drawn anew at each
    stay, so that a mixture makes some stays short and some long.
    """
    next: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Weights of the states that can follow; they are divided by their sum. Empty: the state lasts
    for good.
    """


class Threat(TypedDict):
    """An armed group and the way it attacks."""

    attacks_per_day: Rates
    """All attacks per day on all sites together, contagion included, in a lasting state of tension
    with every site at its reference garrison. One number, or one for each state.
    """
    batch_mean: NotRequired[Range]
    """Mean number of attacks at one time on one site: an arrival is a batch of 1 + a geometric
    number.
    """
    ceasefires: NotRequired[dict[str, Ceasefire]]
    """Truces that begin and end whatever the plan does, as one was kept during a war elsewhere.
    Those that overlap multiply.
    """
    civilian_harm: NotRequired[Toll | None]
    """What a projectile that was not stopped does to civilians. Left out: not counted."""
    contagion: NotRequired[Contagion | None]
    """Attacks that cause further attacks. Left out: none do."""
    displacement: NotRequired[Range]
    """Displacement: of the background attacks that a site is spared because it has fewer people
    than its reference, or none, the share that falls on the threat's other open sites, by weight.
    0, none, unless given.
    """
    drift: NotRequired[Drift | None]
    """A rate that wanders off and perhaps comes back, as nobody knows. Left out: it does not."""
    exit_pattern: NotRequired[ExitPattern | None]
    """Fewer attacks before a hand-over, more after it. Left out: no such pattern."""
    grievance: NotRequired[Grievance | None]
    """More attacks the longer the announced timetable is overdue. Left out: none."""
    harm: NotRequired[Harm]
    """What a projectile that gets through does."""
    months: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Multiplies the background in the months of each year: by month, from `jan` to `dec`. A month
    that is left out: 1.
    """
    presence_elasticity: NotRequired[Range]
    """Elasticity of a site's background rate to the people on it: the rate is multiplied by (people
    / reference)^elasticity, the ratio kept within 0.1 and 2. Above 0 troops draw attacks; 0
    switches the effect off. Disputed, so off unless given.
    """
    profile: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """Multiplies the background from a day on, until the next day that is given: by day, such as
    `2025-06-30`. Before the first it is 1. For what is known to move the rate, or assumed to.
    """
    rate_factor: NotRequired[Range]
    """Multiplies the rates of all states alike: their shared uncertainty."""
    retaliation: NotRequired[Retaliation | None]
    """Strikes in answer to its attacks. Left out: none."""
    site_weights: NotRequired[dict[str, Range] | Sourced[dict[str, Range]]]
    """How the attacks divide over sites: weights, divided by their sum. May be left out when there
    is one site.
    """
    site_weights_by_state: NotRequired[
        dict[str, dict[str, Range] | Sourced[dict[str, Range]]]
        | Sourced[dict[str, dict[str, Range] | Sourced[dict[str, Range]]]]
    ]
    """The same in some states of tension, in place of `site_weights`: by state, then by site. A
    site without a weight in such a state is not attacked while it lasts. Left out: the weights do
    not depend on the tension.
    """
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    truce: NotRequired[Truce | None]
    """Holding fire while the announced timetable is kept. Left out: no truce."""
    weapons: NotRequired[dict[str, Weapon]]
    """What the group attacks with. Left out: `drone` (share 0.85, salvos of 2 on average) and
    `rocket` (0.15, 8). An empty table: attacks that harm nobody.
    """


class ThreatNow(TypedDict):
    """What a threat remembers, and what it has done lately."""

    attacks: NotRequired[list[AttacksNow] | None]
    """Its attacks of late. They take the place of a past in which the first day has lasted for
    ever: what they are still to cause enters, and nothing else does. Windows of rules count them.
    An empty list: there were none.
    """
    strikes: NotRequired[list[str | date] | Sourced[list[str | date]]]
    """The dates of strikes in answer to its attacks. Each is remembered as far as it has not faded,
    by the threat and, unless it was coordinated with the host, by the host.
    """


class Toll(TypedDict):
    """How many others than the troops are harmed. The library has no view of how many."""

    killed_share: Range
    """Chance that one who is harmed is killed; otherwise wounded."""
    no_casualty: NotRequired[Range]
    """Chance that nobody is harmed."""
    scale: Range
    """Scale of the number harmed otherwise: P(X >= k) = (1 + shape (k - 1) / scale)^(-1 / shape),
    conditioned on X being 10,000 at the most.
    """
    shape: NotRequired[Range]
    """Shape (heaviness of the tail) of the number harmed; 0 makes it geometric."""


class Transport(TypedDict):
    """How fast people and materiel can be moved."""

    lift_every_days: NotRequired[int | Sourced[int]]
    """Days between the lifts of a phase."""
    modes: NotRequired[dict[str, Mode]]
    """The ways in which materiel is moved. What each can take is beside what is left for people,
    and beside the others.
    """
    people_per_day: NotRequired[int | Sourced[int]]
    """People that a phase can move per day; a lift takes at most this times the days since the lift
    before it, or since the start.
    """


class Truce(TypedDict):
    """Holding fire while the announced timetable is kept."""

    factor: Range
    """Multiplies the background while the timetable is kept."""
    grace_days: NotRequired[Range]
    """The timetable counts as kept until the latest unfinished phase is overdue by so many days."""


class Weapon(TypedDict):
    """One kind of weapon."""

    by_state: NotRequired[dict[str, WeaponByState]]
    """What is otherwise in some states of tension. Left out: the same in all."""
    interceptable: NotRequired[bool | Sourced[bool]]
    """Whether air defence can stop what it fires. `false`, as for a mortar or a roadside bomb: all
    of it gets through, on every site.
    """
    salvo_mean: Range
    """Mean number of projectiles in an attack; the number is geometric on 1, 2, ..."""
    share: Range
    """Share of the group's attacks; shares are divided by their sum."""


class WeaponByState(TypedDict):
    """What a state of tension changes about a weapon, at the time of the attack."""

    salvo_mean: NotRequired[Range | None]
    """In place of `salvo_mean`."""
    share: NotRequired[Range | None]
    """In place of `share`."""


Weekday: TypeAlias = "str"


class Window(TypedDict):
    """A count over the last days, compared with a bound. Give `at_least` or `at_most`."""

    areas: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count on the sites of these areas only. Left out: all."""
    at_least: NotRequired[int | Sourced[int] | None]
    """Holds when the count is this or more."""
    at_most: NotRequired[int | Sourced[int] | None]
    """Holds when the count is this or less."""
    contingents: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count wounded or killed of these contingents only. Left out: all."""
    in_days: float | Sourced[float]
    """Length of the window, in days."""
    sites: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count on these sites only. Left out: all."""
    threats: NotRequired[list[str] | Sourced[list[str]] | None]
    """Count these threats only. Left out: all."""


class World(TypedDict):
    """What nobody in the plan decides: sites and garrisons as found, regional tension, threats."""

    areas: NotRequired[dict[str, Area]]
    """Areas group sites: a hand-over is felt on the other sites of its area."""
    barrages: NotRequired[Barrages | None]
    """Barrages at others in the region that sites help to meet. Left out: none."""
    calendar: NotRequired[dict[str, CalendarEvent]]
    """Dated events that nobody in the plan decides, such as elections."""
    contingents: NotRequired[dict[str, Contingent]]
    """What makes contingents leave on their own account, by contingent."""
    costs: NotRequired[Costs | None]
    """What things cost. Left out: nothing."""
    host: NotRequired[Host | None]
    """The host country. Left out: it puts up with everything."""
    insurgency: NotRequired[Insurgency | None]
    """An insurgency. Left out: none."""
    intercept: NotRequired[dict[str, Law] | Sourced[dict[str, Law]]]
    """By weapon, the chance that one projectile is stopped, on sites that say nothing of it
    themselves and whose area does not either. One that is a range has one value for all of them.
    """
    legs: NotRequired[dict[str, Leg]]
    """The ways between sites, and home, on which people are for some time."""
    reentry: NotRequired[Reentry | None]
    """Going back in. Left out: nobody does, unless a rule of the plan says so."""
    risks: NotRequired[dict[str, Risk]]
    """What may happen, and then acts on phases, gates and threats together."""
    sites: dict[str, Site]
    """The sites that troops are on at the start or move to."""
    tension: NotRequired[Tension | None]
    """The regional tension. Left out: one lasting state."""
    threats: NotRequired[dict[str, Threat]]
    """The armed groups that attack the sites."""


class Scenario(TypedDict):
    """A withdrawal and the world it happens in, as written."""

    horizon: NotRequired[str | date | Sourced[str | date] | None]
    """The date at whose 00:00 every trial ends: the day before is the last one simulated. Later
    than every announced finish. What has not happened by then is missing in results. Left out: 730
    days after the last announced finish (or after the start, where nothing is announced).
    """
    now: NotRequired[Now | None]
    """Where things stand on the first day. Left out: nothing of the plan has happened yet."""
    plan: NotRequired[Plan]
    """What is decided. Left out: everybody stays."""
    schema: int | Sourced[int]
    """The version of the language: 1."""
    sources: NotRequired[dict[str, Source]]
    """Where numbers come from, by dotted path. Wherever a value stands, it can also be written
    beside it: `{ value = 0.1, source = "...", note = "..." }`.
    """
    start: str | date | Sourced[str | date]
    """The first day. Time is counted in days from its 00:00."""
    title: NotRequired[str | Sourced[str]]
    """A name to print."""
    world: World
    """What nobody in the plan decides."""
