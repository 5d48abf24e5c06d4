"""Experts' scores and pools against closed forms, numbers worked out by hand and plain loops."""

import itertools
import json
import math

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from scipy import integrate, optimize, stats

import drawdown as dd
from drawdown import _core
from drawdown.stats import classical

FACTOR = "world.threats.militias.rate_factor"
PRESSURE = "world.insurgency.pressure"
SHARE = "world.threats.militias.harm.killed_share"
DUE = (0.05, 0.45, 0.45, 0.05)


def chi_squared_of_three(x: float) -> float:
    """The chance of more, in closed form."""
    return math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)


def calibrated(counts) -> float:
    number = sum(counts)
    told = sum(n / number * math.log(n / number / p) for n, p in zip(counts, DUE, strict=True) if n)
    return chi_squared_of_three(2 * number * told)


def answers(experts: dict[str, tuple[float, float]], seeds: int, seed: int = 4):
    """A table by experts of a bias and a width, in units of how well one could know."""
    rng = np.random.default_rng(seed)
    truths = {f"seed {k}": float(x) for k, x in enumerate(rng.normal(50, 15, seeds))}
    middles = {FACTOR: 1.0, PRESSURE: 0.9, SHARE: 0.05}
    rows = []
    for name, (bias, width) in experts.items():
        for question, truth in truths.items():
            middle = truth + 10 * (rng.normal() + bias)
            rows.append((name, question, middle - 16 * width, middle, middle + 16 * width))
        for path, value in middles.items():
            middle, factor = value * np.exp(0.2 * rng.normal() + 0.3 * bias), np.exp(0.6 * width)
            rows.append((name, path, middle / factor, middle, middle * factor))
    return pd.DataFrame(rows, columns=["expert", "question", "p5", "p50", "p95"]), truths


PANEL = {"Ada": (0, 1.0), "Ben": (0.4, 0.4), "Cy": (-1.0, 0.5), "Dee": (0.1, 1.4)}


@pytest.fixture(scope="module")
def found(iraq):
    table, truths = answers(PANEL, 12)
    return dd.elicit(iraq, table, truths, log=[FACTOR])


def test_calibration_is_the_closed_form():
    # By hand: five of ten between P5 and P50, five up to P95: 20 ln(1 / 0.9) is 2.107.
    fallen = np.repeat([1, 2], 5)
    assert 20 * math.log(1 / 0.9) == pytest.approx(2.107, abs=5e-4)
    assert classical.calibration(fallen) == pytest.approx(0.550, abs=5e-4)
    assert classical.calibration(np.repeat([0, 1, 2], [1, 5, 4])) == pytest.approx(0.683, abs=5e-4)
    rng = np.random.default_rng(1)
    for _ in range(60):
        fallen = rng.choice(4, rng.integers(1, 40), p=rng.dirichlet([1, 2, 2, 1]))
        counts = np.bincount(fallen, minlength=4).tolist()
        assert classical.calibration(fallen) == pytest.approx(calibrated(counts), rel=1e-9)


def test_calibration_is_as_published_for_a_panel(monkeypatch):
    # Arkansas, of the panels of Colson & Cooke 2017: ten seed questions, five quantiles of each. How
    # many truths fell into the six intervals of each expert, and the scores that the documentation
    # of Anduryl ('t Hart, Leontaris & Morales-Nápoles 2019, SoftwareX 10:100295) shows.
    monkeypatch.setattr(classical, "MASS", np.array([0.05, 0.2, 0.25, 0.25, 0.2, 0.05]))
    published = {
        (5, 1, 1, 0, 0, 3): 1.145e-05,
        (1, 1, 1, 3, 0, 4): 0.007145,
        (1, 4, 0, 2, 1, 2): 0.06982,
        (2, 1, 2, 0, 0, 5): 7.831e-05,
    }
    for counts, due in published.items():
        found = classical.calibration(np.repeat(range(6), counts))
        assert found == pytest.approx(due, rel=6e-4)


def test_truths_of_somebody_who_is_right_are_as_odd_as_calibration_says():
    rng = np.random.default_rng(2)
    found = [classical.calibration(rng.choice(4, 400, p=DUE)) for _ in range(2_000)]
    # Uniform for many questions.
    assert stats.kstest(found, "uniform").pvalue > 0.001


def test_a_quantile_belongs_to_what_is_below_it():
    quantiles = np.array([10.0, 20.0, 30.0])
    at = np.array([9.0, 10.0, 10.1, 20.0, 20.1, 30.0, 30.1])
    fallen = classical.bins(np.broadcast_to(quantiles, (7, 3)), at)
    assert fallen.tolist() == [0, 0, 1, 1, 2, 2, 3]


def test_information_worked_out_by_hand():
    # Two experts and the truth 40: from 10 to 55, a tenth of 45 beyond: 5.5 to 59.5.
    said = np.array([[10.0, 20, 30], [15, 25, 55]])
    low, high = classical.intrinsic(said, 40.0, 0.1)
    assert (low, high) == pytest.approx((5.5, 59.5))
    # Widths 4.5, 10, 10, 29.5 of 54, and 9.5, 10, 30, 4.5.
    edges = np.array([[low, *row, high] for row in said])
    first = 0.05 * math.log(0.05 * 54 / 4.5) + 0.9 * math.log(0.45 * 5.4)
    first += 0.05 * math.log(0.05 * 54 / 29.5)
    assert first == pytest.approx(0.6540, abs=5e-5)
    second = 0.05 * math.log(0.05 * 54 / 9.5) + 0.45 * math.log(0.45 * 5.4)
    second += 0.45 * math.log(0.45 * 1.8) + 0.05 * math.log(0.05 * 54 / 4.5)
    assert classical.information(edges) == pytest.approx([first, second])
    # Nobody knows the truth: it does not widen the range.
    assert classical.intrinsic(said, math.nan, 0.2) == pytest.approx((1.0, 64.0))


def test_information_is_the_integral_of_its_definition():
    rng = np.random.default_rng(3)
    for _ in range(20):
        edges = np.sort(rng.normal(0, 10, 5))
        heights = np.array(DUE) / np.diff(edges)

        def part(x, edges=edges, heights=heights):
            height = heights[min(np.searchsorted(edges, x, side="right") - 1, 3)]
            return height * math.log(height * (edges[-1] - edges[0]))

        pieces = itertools.pairwise(edges)
        due = sum(integrate.quad(part, a, b, epsabs=1e-10)[0] for a, b in pieces)
        assert classical.information(edges) == pytest.approx(due, rel=1e-6)


def believed(x: float, edges) -> float:
    """The distribution function of one expert, by cases."""
    so_far = 0.0
    for low, high, mass in zip(edges[:-1], edges[1:], DUE, strict=True):
        if x < high:
            return so_far + mass * max(x - low, 0) / (high - low)
        so_far += mass
    return 1.0


def test_a_pool_is_the_weighted_mean_of_beliefs():
    rng = np.random.default_rng(5)
    for _ in range(20):
        inner = np.sort(rng.uniform(1, 9, (3, 3)), axis=1)
        edges = np.hstack([np.zeros((3, 1)), inner, np.full((3, 1), 10.0)])
        weights = rng.dirichlet([1, 1, 1]) * rng.permutation([1, 1, 0])
        pool = classical.Pool.of(edges, weights / weights.sum())
        for share in rng.uniform(0.001, 0.999, 5):
            due = optimize.brentq(
                lambda x, share=share, edges=edges, weights=weights: (
                    sum(w * believed(x, row) for w, row in zip(weights, edges, strict=True))
                    / weights.sum()
                    - share
                ),
                0,
                10,
            )
            assert pool.quantiles(np.array([share]))[0] == pytest.approx(due, abs=1e-9)


def test_experts_disagree_from_not_at_all_to_wholly():
    one = np.array([0.0, 1, 2, 3, 100])
    assert classical.disagreement(np.array([one, one, one])) == pytest.approx(0)
    assert classical.disagreement(one[None]) == 0
    # None leaves another more than the tails.
    apart = np.array([[0.0, 1, 1.5, 2, 100], [0, 50, 50.5, 51, 100], [0, 97, 97.5, 98, 100]])
    assert 0.7 < classical.disagreement(apart) < 1
    assert classical.disagreement(apart) == pytest.approx(classical.disagreement(apart[::-1]))
    # By hand, of two and one knot between: 0.05 and 0.95 against 0.95 and 0.05.
    two = np.array([[0.0, 1, 5.5, 10, 11], [0, 1, 5.5, 10, 11]])
    assert classical.disagreement(two) == pytest.approx(0)


def loops(edges, truths):
    """The cut-off that does best out of sample, in plain loops."""
    experts, questions = edges.shape[:2]

    def fallen(e, q):
        return sum(bool(truths[q] > x) for x in edges[e, q, 1:4])

    def told(row):
        widths = [(b - a) / (row[-1] - row[0]) for a, b in itertools.pairwise(row)]
        return sum(p * math.log(p / w) for p, w in zip(DUE, widths, strict=True))

    def scored(e, over):
        counts = [sum(fallen(e, q) == k for q in over) for k in range(4)]
        return calibrated(counts), sum(told(edges[e, q]) for q in over) / len(over)

    def pooled(weights, q):
        def reached(x, share):
            return sum(w * believed(x, edges[e, q]) for e, w in enumerate(weights)) - share

        low, high = edges[0, q, 0], edges[0, q, -1]
        inner = [optimize.brentq(reached, low, high, (s,)) for s in (0.05, 0.5, 0.95)]
        return [low, *inner, high]

    def product(cut):
        counts, sums = [0] * 4, 0.0
        for q in range(questions):
            both = [scored(e, [k for k in range(questions) if k != q]) for e in range(experts)]
            least = min(cut, max(c for c, _ in both))
            raw = [c * i if c >= least else 0.0 for c, i in both]
            row = pooled([x / sum(raw) for x in raw], q)
            counts[sum(bool(truths[q] > x) for x in row[1:4])] += 1
            sums += told(row) / questions
        return calibrated(counts) * sums

    tried = [0.0, *sorted({scored(e, range(questions))[0] for e in range(experts)})]
    products = [product(cut) for cut in tried]
    return tried[products.index(max(products))], max(products)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_cut_off_is_the_one_that_plain_loops_find(iraq, seed):
    table, truths = answers({"a": (0, 0.9), "b": (0.3, 0.6), "c": (0.6, 1.2)}, 10, seed)
    found = dd.elicit(iraq, table, truths)
    panel = found._panel
    cut, product = loops(panel.edges, panel.truths)
    assert found.cut_off == pytest.approx(cut, rel=1e-9)
    row = found.pools().loc["performance"]
    assert row["out_of_sample_score"] == pytest.approx(product, rel=1e-6)
    scores = found.table()
    heard = scores["calibration"] >= cut * (1 - 1e-12)
    due = (scores["calibration"] * scores["information"]).where(heard, 0)
    assert scores["weight"].tolist() == pytest.approx((due / due.sum()).tolist())


def test_who_knows_best_counts_most(found):
    table = found.table()
    assert table["weight"].idxmax() == "Ada"
    assert table["weight"].sum() == pytest.approx(1)
    assert table.loc["Cy", "calibration"] < 0.01
    pools = found.pools()
    assert pools.loc["performance", "score"] > pools.loc["equal", "score"]
    counts = table[["below_p5", "below_p50", "above_p50", "above_p95"]]
    assert counts.sum(axis=1).eq(12).all()
    for name, row in counts.iterrows():
        assert table.loc[name, "calibration"] == pytest.approx(calibrated(row.tolist()))


def test_a_law_is_its_pool(iraq, found):
    shares = np.linspace(0.01, 0.99, 33)
    for path in found.paths:
        pool = found._pool(path, "performance")
        due = pool.quantiles(shares)
        law = json.dumps(found.laws[path])
        got = np.array(_core.law_quantiles(law, shares.tolist()))
        if path in found.log:
            assert np.log(got) == pytest.approx(due, abs=0.006)
        else:
            assert got == pytest.approx(due)
    # All is where a number can be, and a range of the scenario.
    scenario = found.scenario()
    inputs = dd.sample_inputs(scenario, 4_000, seed=1)
    shown = found.questions().xs("performance", level="pool")
    for path in found.paths:
        quantiles = inputs[path].quantile([0.05, 0.5, 0.95])
        assert quantiles.tolist() == pytest.approx(shown.loc[path, ["p5", "p50", "p95"]], rel=0.06)
    assert inputs[SHARE].between(0, 1).all()
    assert found.prior == iraq
    others = set(inputs) - set(found.paths)
    laws = dict(scenario._compiled.ranges())
    assert all(laws[path] == dict(iraq._compiled.ranges())[path] for path in others)


def test_a_smooth_law_is_of_the_family_that_was_meant(iraq):
    said = {
        FACTOR: stats.lognorm(0.6, scale=1.3),
        PRESSURE: stats.gamma(3, scale=0.4),
        SHARE: stats.beta(3, 40),
        "world.threats.militias.presence_elasticity": stats.truncnorm(-10.5, 9.5, 0.25, 0.5),
    }
    rows = [("only", path, *law.ppf([0.05, 0.5, 0.95])) for path, law in said.items()]
    table = pd.DataFrame(rows, columns=["expert", "question", "p5", "p50", "p95"])
    found = dd.elicit(iraq, table, law="smooth", log=[FACTOR])
    laws = found.laws
    assert laws[FACTOR]["lognormal"] == pytest.approx({"median": 1.3, "sigma": 0.6}, rel=1e-4)
    assert laws[PRESSURE]["gamma"] == pytest.approx({"shape": 3, "mean": 1.2}, rel=1e-4)
    assert laws[SHARE]["beta"] == pytest.approx([3, 40], rel=1e-4)
    cut = laws["world.threats.militias.presence_elasticity"]["truncated_normal"]
    assert cut == pytest.approx({"mean": 0.25, "sd": 0.5, "low": -5, "high": 5}, rel=1e-4)
    assert max(found.errors.values()) < 1e-6
    assert "off by up to 0.000" in found.notes


def test_without_seed_questions_all_count_alike(iraq):
    table, truths = answers(PANEL, 4)
    few = dd.elicit(iraq, table, truths)
    assert few.weights == "equal"
    assert few.table()["weight"].tolist() == [0.25] * 4
    assert list(few.pools().index) == ["equal"]
    assert "take 10 seed questions, and\nthere are 4" in few.notes
    none = dd.elicit(iraq, table[~table["question"].str.startswith("seed")])
    assert none.table()[["calibration", "information", "score"]].isna().all(axis=None)
    assert none.pools().isna().all(axis=None)
    assert "nobody knows how well" in none.notes
    # Seed questions do not change what the equal pool believes of a number.
    first, second = few.laws[PRESSURE], none.laws[PRESSURE]
    assert first == second


def test_every_problem_is_told_at_once(iraq):
    table, truths = answers(PANEL, 3)
    bad = table.copy()
    bad.loc[0, "p5"] = 1e6
    bad.loc[1, "p50"] = np.nan
    bad = bad.drop(index=2)
    bad.loc[len(table)] = ["Ada", "world.threats.milita.rate_factor", 1, 2, 3]
    bad.loc[len(table) + 1] = ["Ada", "plan.phases.first.duration_ratio", 0.9, 1, 1.2]
    bad.loc[(bad["question"] == SHARE) & (bad["expert"] == "Ben"), "p95"] = 1.5
    again = bad[bad["question"] == PRESSURE].head(1)
    bad = pd.concat([bad, again], ignore_index=True)
    with pytest.raises(dd.JudgementError) as refused:
        dd.elicit(iraq, bad, truths | {"none": math.inf}, weights="performance", log=["zz"])
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {
        *("out_of_order", "not_a_number", "missing_answer", "twice", "unknown_question"),
        *("unknown_key", "no_range", "out_of_range", "too_few_seeds"),
    }
    text = str(refused.value)
    assert text.startswith("the judgements are refused, ")
    assert "did you mean `militias`?" in text
    assert "`Ben` has not answered" in text
    assert all(problem.what and problem.remedy for problem in refused.value.problems)
    with pytest.raises(dd.JudgementError, match=r"p95.*no such column"):
        dd.elicit(iraq, table.drop(columns=["p95", "expert"]))
    with pytest.raises(dd.JudgementError, match="no question is about a number"):
        dd.elicit(iraq, table[table["question"] == "seed 1"], {"seed 1": 3.0})


def test_what_cannot_be_is_refused(iraq):
    table, truths = answers(PANEL, 10)
    with pytest.raises(TypeError, match="`judgements` is a DataFrame"):
        dd.elicit(iraq, table.to_dict(), truths)
    for how, message in (
        ({"weights": "best"}, "'performance' or 'equal', not 'best'"),
        ({"law": "rough"}, "'piecewise' or 'smooth', not 'rough'"),
        ({"overshoot": 0}, "must be above 0"),
    ):
        with pytest.raises(ValueError, match=message):
            dd.elicit(iraq, table, truths, **how)
    below = table.copy()
    below.loc[below["question"] == FACTOR, "p5"] = 0.0
    with pytest.raises(dd.JudgementError, match="leaves no room for values beyond it, from 0"):
        dd.elicit(iraq, below, truths)
    with pytest.raises(dd.JudgementError, match="0 has no logarithm"):
        dd.elicit(iraq, below, truths, log=[FACTOR])


def test_it_is_printed_drawn_and_put_on_a_page(iraq, found, tmp_path):
    text = str(found)
    assert text.startswith(found.origin_line)
    for name in ("Ada", "performance", "militias.rate_factor", "disagreement", "calibration"):
        assert name in text
    assert "4 experts · 3 numbers · 12 seed questions · performance weights" in found.origin_line
    axes = found.plot()
    assert [ax.get_title("left") for ax in axes] == [found.names[path] for path in found.paths]
    (only,) = found.plot(questions="seed 3")
    assert only.get_legend_handles_labels()[1] == ["the true answer"]
    plt.close("all")
    with pytest.raises(ValueError, match="`seed 99` was not asked"):
        found.plot(questions=["seed 99"])
    run = dd.simulate(iraq, trials=40, seed=1, progress=False)
    section = found.section(run)
    assert section.scenario == iraq
    assert "Ada" in section.answers["bias"].text
    assert not any(answer.whole for answer in section.answers.values())
    questions = found.questions()["disagreement"].loc[found.paths]
    furthest = found.names[questions.idxmax()[0]]
    assert f"furthest apart on {furthest} (" in section.answers["three_values"].text
    path = tmp_path / "page.html"
    run.report(path, also=[found], trials=20, progress=False)
    page = path.read_text("utf-8")
    assert "What experts believe" in page
    assert "This is about another world" not in page
