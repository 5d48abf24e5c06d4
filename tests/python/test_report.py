import html
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy import stats

import drawdown as dd
from drawdown._internal.tables import Table, short
from drawdown.report import checklist, svg
from drawdown.report.assumed import assumed
from drawdown.report.evidence import Answer, Section
from drawdown.report.run_sections import drivers
from drawdown.report.sections import of_comparison, of_price
from drawdown.scenario.paths import holders
from drawdown.scenario.sources import about, said_within


@pytest.fixture(scope="module")
def page(run, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "brief.html"
    run.report(path, trials=60, progress=False)
    return path.read_text("utf-8")


def figures(page: str) -> list[str]:
    return re.findall(r"<svg.*?</svg>", page, re.DOTALL)


def rows(page: str, part: str) -> dict[str, list[str]]:
    """The table of a part of the page, by its first column."""
    found = page[page.index(f'<section id="{part}"') :].partition("</section>")[0]
    plain = {}
    for row in re.findall(r"<tr>(.*?)</tr>", found):
        cells = re.findall(r"<t[hd]>(.*?)</t[hd]>", row)
        first, *others = (html.unescape(re.sub("<.*?>", "", cell)) for cell in cells)
        plain[first] = others
    return {
        name: cells
        for name, cells in plain.items()
        if name not in ("Asked", "Range", "Number", "Default")
    }


def test_a_page_holds_everything_and_is_the_same_each_time(run, page, tmp_path):
    assert run.origin_line in page
    assert "seed=7" in page
    # Nothing comes from elsewhere, and nothing is run.
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert addresses
    assert all(address.startswith(("#", "data:image/png;base64,")) for address in addresses)
    assert "<script" not in page
    assert "http" not in page
    for measure in ("attacks", "casualties", "killed"):
        assert f"<th>{measure}</th>" in page
    run.report(tmp_path / "again.html", trials=60, progress=False)
    assert (tmp_path / "again.html").read_text("utf-8") == page
    # The scenario on it is the one that was run.
    text = re.search(r"<summary>The scenario</summary><pre>(.*?)</pre>", page, re.DOTALL)[1]
    assert dd.Scenario.from_toml(html.unescape(text)) == run.scenario


def test_figures_are_small_have_words_and_share_no_ids(page):
    found = figures(page)
    assert len(found) == 9
    for figure in found:
        root = ElementTree.fromstring(figure)
        assert root.get("role") == "img"
        assert len(root.get("aria-label")) > 40
        assert root.get("viewBox")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for used in re.findall(r'(?:href="#|url\(#)([^")]+)', page):
        assert used in ids
    assert len(page.encode()) < 350_000


def test_a_figure_is_drawn_once_and_is_that_of_matplotlib(run, monkeypatch):
    drawn, draw = [], Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda *given: drawn.append(given) or draw(*given))
    with svg.page():
        fast = svg.inline(run.plot.finish(), "", "f")
        assert len(drawn) == 1
        monkeypatch.setattr(svg, "lay_out_for", lambda *_, **__: None)
        assert svg.inline(run.plot.finish(), "", "f") == fast
        assert len(drawn) == 3


def test_an_svg_is_made_smaller_without_being_changed():
    straight = "M 0 0 L 1 0 L 2.04 0 L 2.04 5.06 L 2.3 5.2 L 9 9 z "
    assert svg._path(straight) == "M0 0h2v5.1l7 3.9z"
    assert svg._path("M 0 0 L 4 0 L 1 0 ") == "M0 0h4h-3"  # there and back is no point on the way
    assert svg._path("M 0 0.0001 C 1 1 2 2 3.33 3 ") == "M 0 0 C 1 1 2 2 3.3 3"
    assert svg._style("font-size: 9px; font-family: 'DejaVu Sans'; fill: #fff") == (
        "font-size:9px;fill:#fff"
    )


FINISH = "end of the last phase (days)"


def test_plans_are_shown_beside_one_another_and_not_beside_staying_alone(iraq, tmp_path):
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    plans = dd.compare({"pause": iraq, "firm": firm}, trials=300, seed=7, progress=False)
    section = of_comparison(plans, plans.runs["pause"])
    staying, apart = section.tables
    assert [len(table.header) for table in section.tables] == [3, 2]
    assert "less “pause” in the same way" in section.text[1]
    rows = {row[0]: row[1:] for row in apart.rows}
    table = plans.table()
    for measure, name in (("casualties", "casualties"), ("finish_days", FINISH)):
        row = table.loc[measure, "firm"]
        mean, difference = rows[name]
        assert mean == short(table.loc[(measure, "pause"), "mean"])
        assert difference.startswith(short(row["difference"]))
        assert short(row["low"]) in difference
    # Nobody finishes who stays.
    assert FINISH not in [row[0] for row in staying.rows]


def test_a_line_of_an_svg_goes_through_the_points_that_it_is_given():
    rng = np.random.default_rng(3)
    for _ in range(50):
        points = np.round(rng.uniform(-300, 300, (rng.integers(1, 60), 2)), 1)
        # Along rows and columns too, as a step does.
        same = rng.random(points.shape) < 0.3
        for k in range(1, len(points)):
            points[k] = np.where(same[k], points[k - 1], points[k])
        text = svg._line([(f"{x + 0:g}", f"{y + 0:g}") for x, y in points])
        assert np.allclose(_followed(text), points, atol=1e-6)


def _followed(text):
    """The points of a line, by the specification of SVG's paths."""
    found = []
    for command, rest in re.findall(r"([Mlhv])([^Mlhv]*)", text):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", rest)]
        if command in "hv":
            steps = [[numbers[0], 0.0] if command == "h" else [0.0, numbers[0]]]
        else:
            steps = [numbers[k : k + 2] for k in range(0, len(numbers), 2)]
        for step in steps:
            found.append(np.array(step) + (found[-1] if found else 0.0))
    return found


def test_drivers_are_rank_correlations(run):
    table = drivers(run)
    assert table.header == ["end of the last phase", "attacks", "casualties"]
    assert len(table.rows) == 6
    for path, *cells in table.rows:
        due = stats.spearmanr(run.inputs[path], run.values("attacks")).statistic
        assert float(cells[1]) == pytest.approx(due, abs=0.00501)
    assert table.rows[0][0] == "world.tension.states.calm.mean_days.constant"


def test_what_is_on_the_page_is_what_the_calls_give(run, page):
    stay = dd.simulate(run.scenario.stay(), trials=60, seed=7, progress=False)
    less = run.values("casualties")[:60] - stay.values("casualties")
    due = dd.Comparison({"this plan": run, "stay": stay}, "stay").table()
    due = due.loc[("casualties", "this plan"), "difference"]
    assert due == pytest.approx(less.mean())
    assert re.search(rf"<td>{due:.3g} \(", page)
    points = {"pause_days": [0, 30, 60, 120], "extension_days": []}
    price = dd.pause_tradeoff(run.scenario, **points, trials=60, seed=7, progress=False)
    for cells in of_price(price, run).tables[0].rows:
        assert html.escape(cells[0]) in page
        assert cells[1] in page
    worst = dd.risk_over_time(run, trials=60).worst().loc["per_person"]
    assert f"{worst.loc['erbil', 'times_mean']:.1f}" in page
    met = (run.values("finish_days") < 822).mean()  # 31 December 2026
    below = run.values("casualties") <= np.quantile(
        run.values("casualties"), 0.8, method="inverted_cdf"
    )
    both = ((run.values("finish_days") < 822) & below).mean()
    assert f"is kept in {100 * met:.0f}\u00a0% of histories" in page
    assert f"and both together in {100 * both:.0f}\u00a0%" in page


def test_assumptions_are_those_of_the_library_and_of_the_scenario(run, page, iraq):
    found = rows(page, "assumptions")
    assert found["retaliation"][0] == "threats.cells: off; threats.militias: on"
    assert found["truce"][0] == "off"
    assert found["troops_share"][0] == "insurgency: beta 2, 4"
    elasticity = found["world.threats.militias.presence_elasticity"]
    assert elasticity[0].endswith("(disputed)")
    assert elasticity[-2] == "judgement"
    assert elasticity[-1].startswith("the 2023-24 counts ")
    # Of a number of the scenario's own that has no source the library says nothing.
    path = "world.threats.militias.presence_elasticity"
    plain = iraq.replace({path: {"uniform": [0, 1]}})
    [told] = [row for row in assumed(plain, None).ranges.rows if row[0] == path]
    assert told[1:] == ["uniform 0, 1 (disputed)", "–", "–", "–", "no source", "–"]
    drawn = run.inputs["world.threats.militias.presence_elasticity"]
    assert float(elasticity[2]) == pytest.approx(drawn.median(), rel=0.005)
    assert found["world.insurgency.strength"][-2:] == ["judgement", "as a share of what it was"]
    # Every range stands there, and every default that the description calls judgement.
    for path, _ in iraq._compiled.ranges():
        assert path in found
    tail = str(iraq).partition("Defaults in use that rest on judgement")[2].split("\n\n")[0]
    for path in tail.split():
        assert path in found or said_within(about(iraq), path), path
    # The same number with a source of the scenario's own, and without.
    told = {row[0]: row for row in assumed(iraq, None).sourced.rows}
    assert told["world.reentry.per_day"][2] == "judgement"
    assert told["world.sites.asad.air_defence.needs_people"][2] == "judgement"
    unsaid = assumed(iraq.replace({"world.reentry.per_day": None}), None)
    assert "world.reentry.per_day" not in {row[0] for row in unsaid.sourced.rows}
    [left] = [row for row in unsaid.library.rows if row[0] == "world.reentry.per_day"]
    assert left[1:] == ["0.001", "judgement, on one case"]


@pytest.mark.parametrize("name", dd.examples())
def test_what_rests_on_judgement_is_one_list_in_print_and_on_the_page(name):
    scenario = dd.Scenario.example(name)
    printed = str(scenario).partition("Defaults in use that rest on judgement")[2]
    printed = set(printed.split("\n\n")[0].split())
    values = {path: value for path, value, _ in assumed(scenario, None).library.rows}
    ranges = {path for path, _ in scenario._compiled.ranges()}
    # A default of which each part has a source of its own is the scenario's.
    printed -= {path for path in printed if said_within(about(scenario), path)}
    # The table has a row for each number, and the date that the description has elsewhere.
    for path in printed - ranges:
        assert any(one == path or one.startswith(f"{path}.") for one in values), path
    for path in values.keys() - {"horizon"}:
        assert any(one in printed - ranges for one in holders(path)), path
    tree = scenario.to_dict()["world"]
    weapons = {weapon for threat in tree["threats"].values() for weapon in threat["weapons"]}
    filled = {
        f"world.sites.{site}.air_defence.intercept.{weapon}": written
        for site in tree["sites"]
        for weapon, written in (("drone", "beta 17, 3"), ("rocket", "beta 6, 4"))
        if weapon in weapons - set(tree["sites"][site]["air_defence"].get("intercept", {}))
    }
    assert filled.items() <= values.items()


def test_rates_by_state_have_the_basis_of_their_key(iraq):
    ranged = iraq.replace({"world.threats.militias.attacks_per_day.calm": {"uniform": [0.1, 0.2]}})
    run = dd.simulate(ranged, trials=20, seed=1, progress=False)
    found = {row[0]: row for row in assumed(run.scenario, run.inputs).ranges.rows}
    assert found["world.threats.militias.attacks_per_day.calm"][1] == "uniform 0.1, 0.2"


def test_every_item_of_the_checklist_is_answered_or_says_why_not(run, page):
    found = rows(page, "checklist")
    assert len(found) == len(checklist.ITEMS) == 13
    for status, text in found.values():
        assert status in ("answered", "in part", "not done")
        assert len(text) > 20
    chance = run.finish_dates().loc[("phase", "second"), "chance_met"]
    status, text = found["How likely the date is met"]
    assert status == "answered"
    assert f"second by 2026-12-31: {100 * chance:.0f}\u00a0%" in text
    slip = run.finish_dates().loc[("phase", "first"), "mean_slip_days"]
    assert f"first {slip:+.1f} days" in found["Phases most likely to delay"][1]
    p80 = run.finish_dates().loc[("phase", "second"), "p80"]
    days = (p80 - run.finish_dates().loc[("phase", "second"), "announced"]).days
    assert (
        f"second: {days:+d} days" in found["Time needed beyond the date for a chosen certainty"][1]
    )
    assert found["Inputs checked for bias"][0] == "not done"
    assert found["Correlation of durations modelled"][0] == "not done"


def test_the_checklist_follows_the_run(minimal, iraq):
    bare = dd.simulate(minimal.stay(), trials=20, seed=7, progress=False)
    found = {asked: status for asked, status, _ in checklist.table(bare, []).rows}
    assert found["How likely the date is met"] == "not done"
    joined = dd.simulate(
        iraq.replace({"plan.duration_correlation": 0.5}), trials=20, seed=7, progress=False
    )
    found = {asked: (status, text) for asked, status, text in checklist.table(joined, []).rows}
    assert found["Correlation of durations modelled"][0] == "answered"
    assert "correlation 0.5" in found["Correlation of durations modelled"][1]


def test_results_that_are_handed_in_are_evidence_and_not_computed_again(
    iraq, tmp_path, monkeypatch
):
    given = {"trials": 40, "seed": 7, "progress": False}
    run = dd.simulate(iraq, **given)
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    plans = dd.compare({"as announced": iraq, "firm": firm}, **given)
    price = dd.pause_tradeoff(iraq, [0, 120], [], **given)
    room = dd.minimum_allowance(
        iraq, finish="2027-06-30", most=5_000, days=[0, 60], trials=40, seed=7, confidence=0.5
    )
    effects = dd.explain(iraq, mechanisms=["rules", "retaliation"], **given)
    swept = dd.sweep(iraq, {"plan.breathing_room.pause_days": [0, 60]}, **given)
    two = dd.simulate(iraq, trials=40, samples=20, seed=7, progress=False)
    also = [plans, price, room, dd.risk_over_time(run, trials=20), effects, swept, two]

    def refused(*_, **__):
        raise AssertionError("computed again")

    for name in ("traded", "risk_over_time", "run_one", "compared"):
        monkeypatch.setattr(f"drawdown.report.page.{name}", refused)
    run.report(tmp_path / "brief.html", also, progress=False)
    page = (tmp_path / "brief.html").read_text("utf-8")
    assert page.count("<h2>Compared with staying</h2>") == 1
    assert html.escape(room.why) in page.replace("<code>", "`").replace("</code>", "`")
    found = rows(page, "checklist")
    assert found["Risks most likely to delay"][0] == "answered"
    change = effects.table().loc[("casualties", "retaliation"), "change"]
    assert f"{change:.3g}" in page
    status, text = found["Analysis repeated as the plan changes"]
    assert status == "in part"
    assert "plans compared: as announced, firm" in text
    assert "Epistemic and aleatory uncertainty" in page
    assert "Other values of plan.breathing_room.pause_days" in page


def test_a_result_of_another_world_is_marked_and_is_no_evidence(iraq, tmp_path):
    run = dd.simulate(iraq, trials=20, seed=7, progress=False)
    other = iraq.replace({"world.threats.militias.rate_factor": 2})
    effects = dd.explain(other, mechanisms=["rules"], trials=20, seed=7, progress=False)
    run.report(tmp_path / "brief.html", [effects], trials=20, progress=False)
    page = (tmp_path / "brief.html").read_text("utf-8")
    assert "it differs in world.threats.militias.rate_factor. The checklist" in page
    assert rows(page, "checklist")["Risks most likely to delay"][0] != "answered"


def test_what_is_no_result_is_refused(run, tmp_path):
    with pytest.raises(TypeError, match=r"`also` takes results .* not DataFrame"):
        run.report(tmp_path / "brief.html", [run.finish_dates()])
    with pytest.raises(ValueError, match="`trials` must be at least 2"):
        run.report(tmp_path / "brief.html", trials=1)
    assert not (tmp_path / "brief.html").exists()


def test_a_section_of_ones_own_is_escaped(minimal, tmp_path):
    class Mine:
        def section(self, run):
            text = "<i>x</i> `code` & more"
            return Section(
                "mine",
                text,
                "origin",
                run.scenario,
                [text],
                [Table(text, [text], [[text, text]])],
                answers={"bias": Answer(text)},
                short=text,
            )

    run = dd.simulate(minimal, trials=20, seed=7, progress=False)
    run.report(tmp_path / "brief.html", [Mine()], trials=10, progress=False)
    page = (tmp_path / "brief.html").read_text("utf-8")
    assert "<i>" not in page
    assert page.count("&lt;i&gt;x&lt;/i&gt; <code>code</code> &amp; more") >= 6
    assert rows(page, "checklist")["Inputs checked for bias"][0] == "answered"


def test_a_comparison_without_staying_has_its_own_baseline(minimal):
    slow = minimal.replace({"plan.phases.leave.announced_finish": "2025-12-31", "title": "slow"})
    slow = slow.replace({"horizon": minimal.horizon})
    fast = minimal.replace({"horizon": minimal.horizon})
    given = {"trials": 50, "seed": 7, "progress": False, "stay": False}
    plans = dd.compare({"fast": fast, "slow": slow}, **given)
    section = of_comparison(plans, plans.runs["slow"])
    assert section.key == "compared"
    late = {row[0]: row for row in section.tables[0].rows}["end of the last phase (days)"]
    due = plans.table().loc[("finish_days", "slow"), "difference"]
    assert late[2].split()[0] == f"{due:.3g}"


def test_small_and_odd_runs_have_a_page_too(minimal, iraq, tmp_path):
    given = {"trials": 20, "seed": 7, "progress": False}
    runs = {
        "stay": dd.simulate(minimal.stay(), **given),
        "minimal": dd.simulate(minimal, **given),
        "one": dd.simulate(minimal, trials=1, seed=7, progress=False),
        "summary": dd.simulate(iraq, **given, keep="summary"),
        "draws": dd.simulate(iraq, **given, samples=10),
        "iraq-2011": dd.simulate("iraq-2011", trials=3, seed=7, progress=False),
    }
    for name, run in runs.items():
        run.report(tmp_path / f"{name}.html", trials=10, progress=False)
    assert "Epistemic and aleatory uncertainty" not in (tmp_path / "minimal.html").read_text(
        "utf-8"
    )
    assert "of 10 asked for, 2 histories each" in (tmp_path / "draws.html").read_text("utf-8")
    assert "Epistemic and aleatory uncertainty" in (tmp_path / "draws.html").read_text("utf-8")
    strange = minimal.replace({"title": "<b>A & B</b>"})
    dd.simulate(strange, **given).report(tmp_path / "strange.html", trials=10, progress=False)
    assert "<h1>&lt;b&gt;A &amp; B&lt;/b&gt;</h1>" in (tmp_path / "strange.html").read_text("utf-8")


def test_progress_counts_all_that_is_computed(iraq, tmp_path):
    run = dd.simulate(iraq, trials=30, seed=7, progress=False)
    told = []
    run.report(tmp_path / "brief.html", trials=30, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 5 * 30  # staying, and four points of a price


def part(page: str, title: str) -> str:
    """The id of the section with a title."""
    return re.search(rf'<section id="(part-\d+)"[^>]*>\s*<h2[^>]*>{title}', page)[1]


def test_what_drives_the_answer_joins_the_page(iraq, run, tmp_path):
    given = {"trials": 40, "seed": 7, "progress": False}
    blame = dd.criticality(iraq, kinds=["phase", "gate"], **given)
    rules = dd.optimize_rule(iraq, "hold_under_fire", budget=2, **given)
    back = dd.reentry(iraq, **given)
    path = tmp_path / "brief.html"
    run.report(path, also=[blame, rules, back], trials=60, progress=False)
    page = path.read_text("utf-8")
    found = rows(page, part(page, "Which piece is to blame"))
    index = blame.table().loc[("phase", "second"), "late_index"]
    assert found["phase second"][0] == f"{100 * index:.1f}"
    assert rules.verdict in html.unescape(page)
    assert "as written" in rows(page, part(page, "Going back in"))
    asked = rows(page, "checklist")["Activities most often critical"]
    assert asked[0] == "answered"
    assert f"of {blame.late} late histories" in asked[1]


def test_the_checklist_names_no_range_whose_correlation_is_noise(iraq):
    run = dd.simulate(iraq, trials=100, samples=10, seed=5, progress=False)
    ranks = checklist.correlations(run)
    beyond = 2 / np.sqrt(10)
    for item, measure in (("delay_risks", "finish_days"), ("ranked_risks", "casualties")):
        loud = ranks[measure][ranks[measure].abs() > beyond]
        answer = checklist.own(run).get(item)
        assert (answer is not None) == (len(loud) > 0)
        if answer is not None:
            assert sum(path in answer.text for path in ranks.index) == min(len(loud), 3)
    assert ranks["finish_days"].abs().max() < beyond


def test_a_tornado_names_no_number_that_does_not_surely_move_anything(iraq):
    found = dd.tornado(iraq, ["finish_days"], trials=2, seed=3, progress=False)
    assert found.surely("finish_days").empty
    section = found.section(found.runs["as written"])
    assert not section.answers
    assert "no number by itself surely moves anything" in section.pictures[0].alt
