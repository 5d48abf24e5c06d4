"""The right answers, from the equations: exponentials of matrices, quadratures, ODEs and FFTs.

Nothing here knows the simulator. Days throughout.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import quad, solve_ivp
from scipy.linalg import expm
from scipy.stats import beta as beta_law
from scipy.stats import lognorm, norm

Array = NDArray[np.float64]

# The base process: background, children per attack, decay, jump of the intensity by an attack.
MU, N, BETA = 0.2, 0.4, 0.2
ALPHA = N * BETA


# Contagion


def hawkes_moments(
    background: ArrayLike, branching: ArrayLike, decay: float, days: float
) -> tuple[Array, Array]:
    """Means and covariance of the counts of a Hawkes process by `days`, started empty.

    `branching[i, j]` is the mean number of events of kind i that one of kind j causes. Moment
    equations of counts N and excitations Y, dY = -decay Y dt + decay branching dN.
    """
    mu, jump = np.atleast_1d(background).astype(float), decay * np.atleast_2d(branching)
    d = len(mu)

    def slope(_: float, state: Array) -> Array:
        n, y = state[: 2 * d].reshape(2, d)
        yy, ny, _ = state[2 * d :].reshape(3, d, d)
        rate = mu + y
        rate_y, n_rate = np.outer(mu, y) + yy, np.outer(n, mu) + ny
        return np.concatenate(
            [
                rate,
                -decay * y + jump @ rate,
                (
                    -2 * decay * yy
                    + jump @ rate_y
                    + rate_y.T @ jump.T
                    + jump @ np.diag(rate) @ jump.T
                ).ravel(),
                (-decay * ny + n_rate @ jump.T + rate_y + np.diag(rate) @ jump.T).ravel(),
                (n_rate + n_rate.T + np.diag(rate)).ravel(),
            ]
        )

    start = np.zeros(2 * d + 3 * d * d)
    end = solve_ivp(slope, (0, days), start, method="DOP853", rtol=1e-11, atol=1e-11).y[:, -1]
    mean = end[:d]
    return mean, end[-d * d :].reshape(d, d) - np.outer(mean, mean)


def hawkes_pgf(u: ArrayLike, days: float) -> NDArray[np.complex128]:
    """E u^N(days) of the base process, for complex u on or in the unit circle."""
    u = np.asarray(u, dtype=complex).ravel()

    def slope(_: float, state: NDArray[np.complex128]) -> NDArray[np.complex128]:
        b = state[: len(u)]
        grown = u * np.exp(ALPHA * b) - 1
        return np.concatenate([-BETA * b + grown, grown])

    start = np.zeros(2 * len(u), dtype=complex)
    end = solve_ivp(slope, (0, days), start, method="DOP853", rtol=1e-10, atol=1e-12).y[:, -1]
    return np.exp(MU * end[len(u) :])


def coefficients(pgf_on_circle: NDArray[np.complex128]) -> Array:
    """The chances 0, 1, ... of a law from its generating function on the roots of unity."""
    return np.fft.fft(pgf_on_circle).real / len(pgf_on_circle)


def circle(size: int) -> NDArray[np.complex128]:
    """The roots of unity of that order."""
    return np.exp(2j * np.pi * np.arange(size) / size)


@cache
def count_law(days: float, size: int = 512) -> Array:
    """The chances of 0, 1, ... attacks of the base process."""
    return coefficients(hawkes_pgf(circle(size), days))


def covariance_at(lag: float) -> float:
    """Covariance density of the stationary base process at a positive lag.

    The solution of c = alpha rate e^(-beta s) + the convolution of the kernel with c over both
    signs of lag, which for an exponential kernel is again an exponential.
    """
    kappa, rate = BETA - ALPHA, MU / (1 - N)
    # c(s) = C e^(-kappa s) must satisfy it at s = 0: C = alpha rate + C alpha / (beta + kappa).
    return rate * ALPHA / (1 - ALPHA / (BETA + kappa)) * np.exp(-kappa * lag)


def stationary_variance(days: float) -> float:
    """Variance of a stationary count in a window."""
    spread = quad(lambda s: (days - s) * covariance_at(s), 0, days, epsabs=1e-10)[0]
    return MU / (1 - N) * days + 2 * spread


def adjacent_covariance(days: float) -> float:
    """Covariance of the counts in two adjacent windows of that length."""
    # Of all pairs of moments, as many have a lag s as a triangle of base 2 x days is wide there.
    width = lambda s: covariance_at(s) * (days - abs(s - days))  # noqa: E731
    return quad(width, 0, 2 * days, points=[days], epsabs=1e-10)[0]


def borel(size: int) -> float:
    """Chance that an attack and all that it leads to are `size` attacks.

    By the generating function G = u e^(n (G - 1)), iterated on a circle.
    """
    return family_law()[size]


@cache
def family_law() -> Array:
    """Chances of 0, 1, ... attacks in a family."""
    u = circle(512)
    g = np.zeros_like(u)
    for _ in range(400):
        g = u * np.exp(N * (g - 1))
    return coefficients(g)


def long_run_covariance(background: ArrayLike, branching: ArrayLike) -> Array:
    """Covariance of the counts per day in the long run."""
    inverse = np.linalg.inv(np.eye(len(np.atleast_1d(background))) - np.asarray(branching))
    return inverse @ np.diag(inverse @ background) @ inverse.T


# Tension

CHAIN = np.array(
    [
        [-1 / 240, 0.9 / 240, 0.1 / 240],
        [0.8 / 58, -1 / 58, 0.2 / 58],
        [0.3 / 45, 0.7 / 45, -1 / 45],
    ]
)


def chain_days(since: float, until: float, start: int = 0) -> Array:
    """Mean days in each state of the chain between two days (Van Loan's block matrix)."""
    d = len(CHAIN)
    block = np.zeros((2 * d, 2 * d))
    block[:d, :d], block[:d, d:] = CHAIN, np.eye(d)
    integral = lambda t: expm(block * t)[:d, d:]  # noqa: E731
    return (integral(until) - integral(since))[start]


def modulated_poisson(
    generator: Array, rates: ArrayLike, start: ArrayLike, days: float
) -> tuple[float, float]:
    """Mean and variance of a Poisson count whose rate follows a chain."""
    d, rate = len(generator), np.diag(np.asarray(rates, dtype=float))
    block = np.kron(np.eye(3), generator)
    block[:d, d : 2 * d] = block[d : 2 * d, 2 * d :] = rate
    sums = np.asarray(start) @ expm(block * days)[:d]
    mean, pairs = sums[d : 2 * d].sum(), sums[2 * d :].sum()
    return mean, 2 * pairs + mean - mean**2


def two_states(days: float) -> tuple[float, float]:
    """Row 12: stays of 100 and 50 days, rates .1 and 1.5, started in equilibrium."""
    generator = np.array([[-0.01, 0.01], [0.02, -0.02]])
    return modulated_poisson(generator, [0.1, 1.5], [2 / 3, 1 / 3], days)


# Strength, presence, promise


def logistic(strength: float, rate: float, pressure: float, days: float) -> tuple[float, float]:
    """Strength and its integral after `days`; rates per year, solved as an ODE."""

    def slope(_: float, state: Array) -> list[float]:
        i = state[0]
        return [(rate * i * (1 - i) - pressure * i) / 365, i]

    end = solve_ivp(slope, (0, days), [strength, 0], method="DOP853", rtol=1e-12, atol=1e-14)
    return float(end.y[0, -1]), float(end.y[1, -1])


def two_pressures() -> tuple[float, float]:
    """Row 16: a year under .7 r, then two under .2 r; strength and integral at the end."""
    first, sum_1 = logistic(0.1, 2, 1.4, 365)
    last, sum_2 = logistic(first, 2, 0.4, 730)
    return last, sum_1 + sum_2


def steps(first: float, second: float, elasticity: float, until: float = 822) -> Array:
    """Attacks a day by day, at .1 a day on 2,500 people, of whom 1,800 and 600 are left."""
    day = np.arange(until)
    people = np.where(day < first, 2500, np.where(day < second, 1800, 600))
    return 0.1 * (people / 2500) ** elasticity


def overdue_hazard(day: float) -> float:
    """Row 32: .05 a day until day 1, and growing by a thirtieth of it a day from then on."""
    return 0.05 * (1 + max(0.0, day - 1) / 30)


def overdue_sum(day: float) -> float:
    """The hazard of row 32 added up to a day."""
    return quad(overdue_hazard, 0, day, points=[1])[0]


# What an attack does

INTERCEPT, SALVO = 0.85, 3.0


def none_through(chance: float, mean: float = SALVO) -> float:
    """Chance that all of a geometric salvo are stopped."""
    size = np.arange(1, 2000)
    return float(np.sum((1 - 1 / mean) ** (size - 1) / mean * chance**size))


def none_through_beta(a: float, b: float, mean: float = SALVO) -> float:
    """The same where the chance is drawn once for the whole salvo."""
    return quad(lambda p: none_through(p, mean) * beta_law.pdf(p, a, b), 0, 1)[0]


@cache
def harm_law(most: int = 350, none: float = 0.9, scale: float = 2.1, shape: float = 0.45) -> Array:
    """Chances of 0 to `most` casualties of an attack by one projectile."""
    k = np.arange(1, most + 2)
    at_least = (1 + shape * (k - 1) / scale) ** (-1 / shape)
    some = (at_least[:-1] - at_least[1:]) / (1 - at_least[-1])
    return np.concatenate([[none], (1 - none) * some])


def harm_moments() -> tuple[float, float]:
    """Mean and variance of these casualties."""
    k, p = np.arange(len(harm_law())), harm_law()
    mean = float(k @ p)
    return mean, float(k**2 @ p) - mean**2


@cache
def casualty_law(days: float = 365, size: int = 4096) -> Array:
    """Chances of 0, 1, ... casualties of the base process in a year."""
    u = np.fft.ifft(harm_law(), size) * size
    return coefficients(hawkes_pgf(u, days))


def moments(law: Array) -> tuple[float, float]:
    """Mean and variance of a law on 0, 1, ..."""
    k = np.arange(len(law))
    mean = float(k @ law)
    return mean, float((k - mean) ** 2 @ law)


def worst_at_least(casualties: int, days: float = 365) -> float:
    """Chance that some attack of the year harms at least so many."""
    return 1 - float(hawkes_pgf(harm_law()[:casualties].sum(), days)[0].real)


# Plans


def pert(low: float, mode: float, high: float) -> tuple[float, float, Callable[[float], float]]:
    """Mean, variance and quantile function of a PERT law."""
    span = high - low
    law = beta_law(1 + 4 * (mode - low) / span, 1 + 4 * (high - mode) / span, loc=low, scale=span)
    return law.mean(), law.var(), law.ppf


def slip(median: float = 1.08, sigma: float = 0.25, days: float = 365) -> tuple[float, ...]:
    """P(<= 365), P(<= 376), P(ratio > 1.25) and mean days overdue of a lognormal duration."""
    law = lognorm(sigma, scale=median * days)
    overdue = quad(law.sf, days, np.inf, epsabs=1e-9)[0]
    return law.cdf(365), law.cdf(376), law.sf(1.25 * days), overdue


@cache
def serial() -> tuple[float, float, float]:
    """Mean, variance and P(> 600) of three lognormal phases one after the other."""
    laws = [lognorm(s, scale=m) for m, s in [(180, 0.2), (120, 0.3), (240, 0.25)]]
    step, size = 0.05, 2**17
    # A cell's chance is put at its middle: three halves of a cell on the sum.
    cells = [np.diff(law.cdf(step * np.arange(size + 1))) for law in laws]
    whole = np.fft.irfft(np.prod([np.fft.rfft(p) for p in cells], axis=0), size)
    sums = step * (np.arange(size) + 1.5)
    variance = sum(law.var() for law in laws)
    tail = np.interp(600 - step / 2, sums, np.cumsum(whole))
    return sum(law.mean() for law in laws), variance, 1 - tail


def mean_of_latest(means: list[float]) -> float:
    """Mean of the largest of some exponential times."""
    late = lambda t: 1 - np.prod([1 - np.exp(-t / mean) for mean in means])  # noqa: E731
    return quad(late, 0, 60 * max(means), limit=400, epsabs=1e-9)[0]


def z_of(chance: float) -> float:
    """The standard score that is exceeded, on either side, with this chance."""
    return float(norm.isf(chance / 2))
