"""The table of rows: a scenario, a measure of it, and what its mean ought to be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

import closed_forms as known
import drawdown as dd
from checks import (
    Array,
    Check,
    Condition,
    Measure,
    covariance,
    exactly,
    less,
    nth,
    of,
    of_sample,
    ratio,
    share,
    total,
    variance,
)
from scenarios import (
    HARMFUL,
    LAST_LIFT,
    LATE,
    PERT,
    SERIAL,
    SLIP,
    SOON,
    TWO_PRESSURES,
    TWO_STATES,
    UNCERTAIN_RATE,
    grievance,
    hawkes,
    insurgency,
    marks,
    parallel,
    tension,
    two_steps,
    two_threats,
    windowed,
)

# A scenario's text, or the text and by how much its seed differs from that of its row.
Text = str | tuple[str, int]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    what: str
    scenarios: tuple[Text, ...]
    measure: Measure
    expected: Callable[[], float]
    trials: int
    exact: float = 0.0  # of a value without chance: by how much it may differ


def block(
    name: str, scenarios: str | tuple[Text, ...], trials: int, *lines: tuple[str, Measure, object]
) -> Iterator[Row]:
    """Several measures of the same runs; what is expected is a number or a function of nothing."""
    runs = (scenarios,) if isinstance(scenarios, str) else scenarios
    for what, measure, expected in lines:
        later = expected if callable(expected) else lambda value=expected: value
        yield Row(name, what, runs, measure, later, trials)


attacks = total("attacks")
a, b = of("attacks", "threat", "a"), of("attacks", "threat", "b")
MUTUAL = ([0.10, 0.05], [[0.30, 0.20], [0.10, 0.25]], 0.2)
BASE = ([known.MU], [[known.N]], known.BETA)


def moment(process: tuple, days: float, i: int, j: int | None = None) -> Callable[[], float]:
    """A mean, or an entry of the covariance, of a Hawkes process."""
    found = cache(lambda: known.hawkes_moments(*process, days))
    return lambda: found()[0][i] if j is None else found()[1][i, j]


def at_most(k: float) -> Condition:
    """The condition."""
    return lambda x: x <= k


def at_least(k: float) -> Condition:
    """The condition."""
    return lambda x: x >= k


def equal(k: float) -> Condition:
    """The condition."""
    return lambda x: x == k


def law_of(count: int) -> tuple[str, Measure, Callable[[], float]]:
    """Row 3 at one count."""
    return f"P({count})", share(attacks, equal(count)), lambda: known.count_law(30)[count]


def up_to(count: int) -> tuple[str, Measure, Callable[[], float]]:
    """Row 3 up to a count."""
    expected = lambda: known.count_law(30)[: count + 1].sum()  # noqa: E731
    return f"P(at most {count})", share(attacks, at_most(count)), expected


def hawkes_rows() -> Iterator[Row]:
    """Rows 1 to 9: contagion."""
    month, year = hawkes("2025-01-31"), hawkes("2026-01-01")
    spread = variance(attacks)
    yield from block("1", month, 1_000_000, ("mean of N(30)", attacks, moment(BASE, 30, 0)))
    yield from block("2", month, 1_000_000, ("variance of N(30)", spread, moment(BASE, 30, 0, 0)))
    yield from block("3", month, 1_000_000, *map(law_of, range(6)), *map(up_to, (5, 16, 17)))
    none = share(attacks, equal(0))
    yield from block("7", month, 1_000_000, ("no attack", none, lambda: np.exp(-known.MU * 30)))
    yield from block("1", year, 500_000, ("mean of N(365)", attacks, moment(BASE, 365, 0)))
    yield from block("2", year, 500_000, ("variance of N(365)", spread, moment(BASE, 365, 0, 0)))
    # Attacks of the first 30 days, and after a phase that moves nobody has ended on day 30.
    after = less(attacks, total("attacks_on_the_way"))
    first = hawkes("2025-01-31", "steady")
    second = windowed(hawkes("2025-03-02", "steady"), "2025-01-31")
    yield from block(
        "4",
        (first, second),
        1_000_000,
        ("mean in 30 stationary days", nth(0, attacks), 30 * known.MU / (1 - known.N)),
        ("variance in 30", variance(nth(0, attacks)), lambda: known.stationary_variance(30)),
        ("variance in the next 30", variance(nth(1, after)), lambda: known.stationary_variance(30)),
    )
    yield from block(
        "5",
        (first, second),
        1_000_000,
        (
            "covariance of two adjacent windows of 30",
            covariance(nth(0, attacks), nth(1, after)),
            lambda: known.adjacent_covariance(30),
        ),
    )
    yield from block(
        "4",
        hawkes("2026-01-01", "steady"),
        400_000,
        ("variance in 365", variance(attacks), lambda: known.stationary_variance(365)),
    )
    yield from block("6", hawkes("2035-01-01"), 1_000, *families())
    yield from block(
        "8",
        two_threats("2026-01-01"),
        400_000,
        ("mean of a", a, moment(MUTUAL, 365, 0)),
        ("mean of b", b, moment(MUTUAL, 365, 1)),
        ("variance of a", variance(a), moment(MUTUAL, 365, 0, 0)),
        ("variance of b", variance(b), moment(MUTUAL, 365, 1, 1)),
        ("covariance of a and b", covariance(a, b), moment(MUTUAL, 365, 0, 1)),
    )
    # The covariance grows by its long-run rate in the second year: what the start did is gone.
    rate = cache(lambda: known.long_run_covariance(*MUTUAL[:2]))
    pairs = {"a, a": (a, a, 0, 0), "a, b": (a, b, 0, 1), "b, b": (b, b, 1, 1)}
    yield from block(
        "9",
        (two_threats("2026-01-01"), two_threats("2027-01-01")),
        400_000,
        *(
            (
                f"growth of the covariance a day: {which}",
                growth(x, y),
                lambda i=i, j=j: rate()[i, j],
            )
            for which, (x, y, i, j) in pairs.items()
        ),
    )


def growth(x: Measure, y: Measure) -> Measure:
    """By how much the covariance of a longer run is greater, for each of 365 days."""
    long, short = covariance(nth(1, x), nth(1, y)), covariance(nth(0, x), nth(0, y))
    return lambda *runs: less(long, short)(*runs) / 365


@cache
def family_sizes(run: dd.Run) -> Array:
    """Sizes of the families whose first attack comes a year or more before the horizon."""
    log = run.events().to_pandas()
    log = log[log["kind"] == "attack"]
    days = (run.scenario.horizon - run.scenario.start).days
    sizes: list[int] = []
    for _, trial in log.groupby("trial"):
        number = trial["attack"].to_numpy(int)
        parents = trial["parent"].fillna(-1).to_numpy(int)
        family = np.full(number.max() + 1, -1)
        for attack, parent in zip(number, parents, strict=True):
            family[attack] = attack if parent < 0 else family[parent]
        count = np.bincount(family[number], minlength=len(family))
        early = (parents < 0) & (trial["time_days"].to_numpy() < days - 365)
        sizes.extend(count[number[early]])
    return np.array(sizes, dtype=float)


def families() -> Iterator[tuple[str, Measure, object]]:
    """Row 6, from event logs."""
    for k in range(1, 5):
        is_so = share(family_sizes, equal(k))
        yield f"families of {k}, by the log", is_so, lambda k=k: known.borel(k)
    of_law = cache(lambda: known.moments(known.family_law()))
    yield "mean size of a family", family_sizes, lambda: of_law()[0]
    yield "variance of it", variance(family_sizes), lambda: of_law()[1]


def tension_rows() -> Iterator[Row]:
    """Rows 10 to 12: tension."""
    year, states = tension("2026-01-01"), ["calm", "flare", "war"]
    in_state = {state: of("tension_days", "state", state) for state in states}
    yield from block(
        "10",
        year,
        400_000,
        *(
            (
                f"days of {state} by day 365",
                in_state[state],
                lambda k=k: known.chain_days(0, 365)[k],
            )
            for k, state in enumerate(states)
        ),
        (
            "no crisis by day 365",
            share(in_state["calm"], equal(365)),
            lambda: np.exp(365 * known.CHAIN[0, 0]),
        ),
    )
    count = cache(lambda: known.modulated_poisson(known.CHAIN, [0.05, 1.6, 7], [1, 0, 0], 365))
    yield from block(
        "11",
        year,
        400_000,
        ("mean count at rates .05, 1.6, 7", attacks, lambda: count()[0]),
        ("variance of it", variance(attacks), lambda: count()[1]),
    )
    yield from block(
        "10",
        (tension("2025-04-01"), tension("2025-04-02")),
        400_000,
        *(
            (
                f"days of {state} from day 90 to 91",
                less(nth(1, in_state[state]), nth(0, in_state[state])),
                lambda k=k: known.chain_days(90, 91)[k],
            )
            for k, state in enumerate(states)
        ),
    )
    after = less(attacks, total("attacks_on_the_way"))
    yield from block(
        "12",
        TWO_STATES,
        500_000,
        ("mean in 100 stationary days", after, lambda: known.two_states(100)[0]),
        ("variance in them", variance(after), lambda: known.two_states(100)[1]),
    )


def strength_rows() -> Iterator[Row]:
    """Rows 15 and 16: an insurgency."""
    strength, incidents = total("insurgent_strength"), total("incidents")
    for held in (0.7, 0.0, 1.0, 1.3):
        form = cache(lambda held=held: known.logistic(0.1, 2, 2 * held, 365))
        runs = (insurgency(held),)
        what = f"held at {held} of its growth"
        # Strength is kept to six decimals.
        yield Row("15", f"strength, {what}", runs, strength, lambda f=form: f()[0], 100, 1e-6)
        yield Row("15", f"its integral, {what}", runs, incidents, lambda f=form: f()[1], 200_000)
    form = cache(known.two_pressures)
    yield Row("16", "strength after", (TWO_PRESSURES,), strength, lambda: form()[0], 100, 1e-6)
    yield Row("16", "its integral", (TWO_PRESSURES,), incidents, lambda: form()[1], 50_000)


def presence_rows() -> Iterator[Row]:
    """Rows 17 and 28: presence, and common random numbers."""
    for elasticity in (0.0, 0.3, 0.5, 1.0):
        expected = float(known.steps(120, 365, elasticity).sum())
        line = (f"attacks, elasticity {elasticity:g}", attacks, expected)
        yield from block("17", two_steps(SOON, elasticity), 200_000, line)
    soon, late = two_steps(SOON, 0.5), two_steps(LATE, 0.5)
    now, then = known.steps(120, 365, 0.5), known.steps(300, 545, 0.5)
    # Plans under common random numbers differ in the attacks that fall between their two rates.
    apart, sums = np.abs(then - now).sum(), (then + now).sum()
    paired, unpaired = (
        less(nth(1, attacks), nth(0, attacks)),
        less(nth(2, attacks), nth(0, attacks)),
    )
    yield from block(
        "28",
        (soon, late, (late, 1)),
        500_000,
        ("mean of the paired difference", paired, (then - now).sum()),
        ("variance, the same seed", variance(paired), apart),
        ("variance, two seeds", variance(unpaired), sums),
        ("variance, times less", ratio(variance(unpaired), variance(paired)), sums / apart),
    )


def harm_rows() -> Iterator[Row]:
    """Rows 18 and 24 to 26: what attacks do."""
    stopped = ratio(total("intercepted"), attacks)
    for intercept, what, expected in (
        ("0.85", "chance .85", lambda: known.none_through(0.85)),
        ("{ beta = [8.5, 1.5] }", "one beta chance", lambda: known.none_through_beta(8.5, 1.5)),
    ):
        text = marks(100, intercept, 3, "{ no_casualty = 1 }")
        yield from block("18", text, 10_000, (f"none gets through, {what}", stopped, expected))
    harm = "{ no_casualty = 0.9, scale = 2.1, shape = 0.45, killed_share = 0 }"
    wounded = total("wounded")
    yield from block(
        "24",
        marks(350, "0", 1, harm),
        20_000,
        ("casualties of an attack", ratio(wounded, attacks), lambda: known.harm_moments()[0]),
        (
            "variance of the sum of 1,000 on average",
            variance(wounded),
            lambda: 1_000 * (known.harm_moments()[1] + known.harm_moments()[0] ** 2),
        ),
    )
    killed, worst = total("killed"), total("worst_attack")

    def casualties(run: dd.Run) -> Array:
        return wounded(run) + killed(run)

    year = cache(lambda: known.moments(known.casualty_law()))
    yield from block(
        "25",
        HARMFUL,
        1_000_000,
        ("mean casualties of a year", casualties, lambda: year()[0]),
        ("variance of them", variance(casualties), lambda: year()[1]),
        *(
            (
                f"P({k} or more)",
                share(casualties, at_least(k)),
                lambda k=k: known.casualty_law()[k:].sum(),
            )
            for k in (50, 100, 108, 109, 200)
        ),
    )
    yield from block(
        "26",
        HARMFUL,
        1_000_000,
        *(
            (
                f"worst attack {k} or more",
                share(worst, at_least(k)),
                lambda k=k: known.worst_at_least(k),
            )
            for k in (10, 25, 50)
        ),
    )


def plan_rows() -> Iterator[Row]:
    """Rows 19 to 22, 29 and 32: delays, an uncertain rate, a broken promise."""
    gate, (mean, spread, quantile) = of("open_days", "gate", "approval"), known.pert(0, 30, 150)
    yield from block(
        "19",
        PERT,
        500_000,
        ("mean delay", gate, mean),
        ("variance of it", variance(gate), spread),
        ("delay up to the median", share(gate, at_most(quantile(0.5))), 0.5),
        ("delay up to the 90 % quantile", share(gate, at_most(quantile(0.9))), 0.9),
    )
    done = of("finish_days", "phase", "leave")

    def overdue(run: dd.Run) -> Array:
        return np.maximum(done(run) - 365, 0)

    in_time, buffered, far, late = known.slip()
    yield from block(
        "20",
        SLIP,
        500_000,
        ("finished by day 365", share(done, at_most(365)), in_time),
        ("finished by day 376", share(done, at_most(376)), buffered),
        ("takes more than 1.25 times as long", share(done, lambda x: x > 1.25 * 365), far),
        ("days overdue", overdue, late),
    )
    last = of("finish_days", "phase", "c")
    yield from block(
        "21",
        SERIAL,
        500_000,
        ("mean of three phases", last, lambda: known.serial()[0]),
        ("variance of them", variance(last), lambda: known.serial()[1]),
        ("more than 600 days", share(last, lambda x: x > 600), lambda: known.serial()[2]),
    )
    waiting = of("finish_days", "phase", "b")
    yield from block(
        "35",
        LAST_LIFT,
        500_000,
        ("done once another is", waiting, 10 + 100 * (1 / 2 + 2 / 3)),
        ("variance of it", variance(waiting), 100**2 / 18),
        ("by day 110", share(waiting, at_most(110)), 1 / 4),
    )
    begun = of("start_days", "phase", "leave")
    for means in ([60, 90, 120], [60] * 5):
        latest = known.mean_of_latest([float(mean) for mean in means])
        what = f"mean of the latest of gates of {', '.join(map(str, means))}"
        yield from block("22", parallel(means), 300_000, (what, begun, latest))

    def factor(run: dd.Run) -> Array:
        return 10 * run.inputs.to_numpy()[:, 0]

    yield from block(
        "29",
        UNCERTAIN_RATE,
        1_000_000,
        ("mean under an uncertain rate", attacks, 40),
        ("variance, aleatory and epistemic", variance(attacks), 40 + 4 * 10**2),
        ("epistemic variance", covariance(attacks, factor), 4 * 10**2),
        (
            "epistemic share",
            ratio(covariance(attacks, factor), variance(attacks)),
            400 / 440,
        ),
    )
    sums = cache(lambda: known.overdue_sum(91))
    yield from block(
        "32",
        grievance("2025-04-02"),
        300_000,
        ("mean count of a growing hazard", attacks, sums),
        ("variance of it", variance(attacks), sums),
    )
    none = share(attacks, equal(0))
    line = ("none in 15 days", none, lambda: np.exp(-known.overdue_sum(15)))
    yield from block("32", grievance("2025-01-16"), 300_000, line)


ROWS = [
    row
    for rows in (hawkes_rows, tension_rows, strength_rows, presence_rows, harm_rows, plan_rows)
    for row in rows()
]

# Rows that a few seconds are enough for.
QUICK = {"1", "2", "3", "7", "10", "15", "17", "18", "20", "28"}

# What no scenario can say, and the Rust test of the function that does it.
UNITS = {
    "9, per family": "process::excitation::tests::row_9_long_run_covariance",
    "14": "process::shot_noise::tests::row_14_stationary_memory",
    "16, inverse": "process::logistic::tests::row_16_two_years_of_less_pressure_after_that",
    "18, channels": "process::salvo::tests::at_most_six_engaged",
    "18, one chance": "process::salvo::tests::one_chance_for_the_whole_salvo",
    "27": "pending::row_27_pending_requests",
    "31": "process::clock::tests::row_31_whichever_comes_first",
    "33, likelihood": "fit::events::tests::row_33",
    "34": "fit::events::tests::row_34_states_look_like_contagion_to_a_constant_background",
    "12, generating function": "fit::row_12_two_states_have_their_moments",
    "32, inverse": "process::clock::tests::row_32_adds_up_and_inverts",
}


@cache
def simulated(text: str, trials: int, seed: int) -> dd.Run:
    """A run, simulated once."""
    read = dd.Scenario.from_toml(text)
    return dd.simulate(read, trials=trials, seed=seed, progress=False)


def check(row: Row, trials: int) -> Check:
    """Run the row with so many trials."""
    texts = [(text, 0) if isinstance(text, str) else text for text in row.scenarios]
    # Sites and threats have the same names in many rows: under one seed, the same random streams.
    seed = crc32(texts[0][0].encode())
    runs = [simulated(text, trials, seed + shift) for text, shift in texts]
    values = np.asarray(row.measure(*runs), dtype=float)
    found = of_sample(row.name, row.what, values, row.expected())
    return exactly(found, row.exact) if row.exact else found


def checks(quick: bool) -> Iterator[Check]:
    """All rows, or a few with a hundredth of the trials."""
    before: tuple[Text, ...] = ()
    for row in ROWS:
        if quick and row.name not in QUICK:
            continue
        if not set(row.scenarios) & set(before):
            simulated.cache_clear()
            family_sizes.cache_clear()
        before = row.scenarios
        yield check(row, max(100, row.trials // 100) if quick else row.trials)
