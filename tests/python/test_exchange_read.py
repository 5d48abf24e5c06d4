"""Files of Microsoft Project: what is read, what does not map, and what is refused."""

from datetime import date, datetime
from pathlib import Path

import pytest

import drawdown as dd
from drawdown import exchange
from drawdown.exchange import xml_files

DATA = Path(__file__).parent / "data/exchange"
NS = "http://schemas.microsoft.com/project"
LAUGHS = """<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><Project><Title>&c;</Title></Project>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Project><Title>&a;</Title></Project>"""
BORROWED = '<!DOCTYPE Project SYSTEM "http://127.0.0.1/plan.dtd"><Project/>'


def task(uid, start, finish, hours, *more, name="", level=1):
    """A task; dates as `03-02 08`, in 2026."""
    begin, end = (f"2026-{said.replace(' ', 'T')}:00:00" for said in (start, finish))
    return (
        f"<Task><UID>{uid}</UID><Name>{name or f'T{uid}'}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Start>{begin}</Start><Finish>{end}</Finish><Duration>PT{hours}H0M0S</Duration>"
        + "".join(more)
        + "</Task>"
    )


def link(uid, kind=1, lag=0, form=7, more=""):
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat>{more}</PredecessorLink>"
    )


def read(folder, *tasks, head="", tail=""):
    path = folder / "plan.xml"
    path.write_text(
        f'<Project xmlns="{NS}"><Title>Plan</Title><StartDate>2026-03-02T08:00:00</StartDate>{head}'
        f"<Tasks>{''.join(tasks)}</Tasks>{tail}</Project>"
    )
    return exchange.read_project(path)


FIRST = task(1, "03-02 08", "03-06 17", 40)
SECOND = ("03-09 08", "03-13 17", 40)


def whats(project, uid=None):
    told = project.report
    return list(told["what"] if uid is None else told["what"][told["uid"] == uid])


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, BORROWED])
def test_document_types_are_refused(tmp_path, text):
    path = tmp_path / "plan.xml"
    path.write_text(text)
    with pytest.raises(dd.ExchangeError, match="DOCTYPE") as refused:
        exchange.read_project(path)
    assert [problem.code for problem in refused.value.problems] == ["document_type"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_xml"),
        ("<Project><Tasks>", "no_xml"),
        ("<Project>&a;</Project>", "no_xml"),
        ("<Plan/>", "no_project"),
        ("<a>" * 70 + "</a>" * 70, "too_deep"),
        (f'<Project xmlns="{NS}"><Tasks/></Project>', "empty"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, text, code):
    path = tmp_path / "plan.xml"
    path.write_text(text)
    with pytest.raises(dd.ExchangeError) as refused:
        exchange.read_project(path)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_file_that_is_too_large_is_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_files, "MOST", 100)
    with pytest.raises(dd.ExchangeError, match=r"too_large"):
        read(tmp_path, FIRST)


def test_every_value_that_cannot_be_read_is_told_at_once(tmp_path):
    wrong = (
        "<Task><UID>1</UID><Start>soon</Start><Finish>2026-03-06T17:00:00</Finish>"
        "<Duration>five days</Duration></Task>"
    )
    with pytest.raises(dd.ExchangeError) as refused:
        read(tmp_path, wrong, task(1, *SECOND), task(3, *SECOND, link(1, lag="long")))
    where = [problem.path for problem in refused.value.problems]
    assert where == [
        "tasks[0].Start",
        "tasks[0].Duration",
        "tasks[0].Finish",
        "tasks[1].UID",
        "tasks[2].LinkLag",
    ]
    assert all(problem.what and problem.remedy for problem in refused.value.problems)


def test_activities_are_read_as_they_stand(tmp_path):
    project = read(
        tmp_path,
        task(7, "03-02 08", "03-13 17", 80, name="All"),
        task(8, "03-02 08", "03-06 17", 40, level=2),
        task(
            9,
            *SECOND,
            link(8, 3, 4800, 8),
            "<ConstraintType>4</ConstraintType>"
            "<ConstraintDate>2026-03-09T08:00:00</ConstraintDate>",
            level=2,
        ),
        task(10, "03-13 17", "03-13 17", 0, "<Milestone>1</Milestone>", link(7)),
    )
    whole, one, two, end = project.activities
    assert (whole.summary, whole.parent, one.parent, two.level) == (True, None, 7, 2)
    assert (one.start, one.finish) == (datetime(2026, 3, 2, 8), datetime(2026, 3, 6, 17))
    assert one.minutes == 2400
    assert two.links == (exchange.Link(8, "SS", 480.0, "elapsed"),)
    assert two.constraint == "start no earlier than"
    assert end.milestone
    assert project.phases == {8: "t8", 9: "t9", 10: "t10"}
    assert not whats(project)
    plan = project.scenario().to_dict()["plan"]
    assert plan["working_days"] == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert plan["phases"]["t8"]["announced_start"] == "2026-03-02"
    # The end of Friday is the beginning of Monday where nobody works at weekends.
    assert plan["phases"]["t8"]["announced_finish"] == "2026-03-09"
    assert plan["phases"]["t8"]["duration_ratio"] == 1.0
    after = plan["phases"]["t9"]["after"]
    # Eight hours by the clock after 08:00 are seven hours of work, of eight.
    assert after == {"t8": {"relation": "start_to_start", "lag_days": 0.875}}
    # A milestone takes the day before it and waits for all that its summary is made of.
    last = plan["phases"]["t10"]
    assert (last["announced_start"], last["announced_finish"]) == ("2026-03-13", "2026-03-16")
    assert {link["relation"] for link in last["after"].values()} == {"finish_to_finish"}
    assert list(last["after"]) == ["t8", "t9"]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((link(1, 2),), "start_to_finish"),
        ((link(1, lag=-4800),), "lead"),
        ((link(1, lag=4800),), "working_lag"),
        ((link(1, lag=20, form=19),), "percent_lag"),
        ((link(1, 0),), "finish_to_finish"),
        ((link(1, lag=48000),), "broken_link"),
        ((link(99),), "unknown_task"),
        ((link(1, more="<CrossProject>1</CrossProject>"),), "other_project"),
        ((link(1), link(1, 0, 14400)), "second_link"),
        (("<ConstraintType>1</ConstraintType>",), "constraint"),
        (("<ConstraintType>5</ConstraintType>",), "constraint"),
        (("<Manual>1</Manual>",), "manual"),
        (("<Active>0</Active>",), "inactive"),
        (("<ExternalTask>1</ExternalTask>",), "other_project"),
        (("<PercentComplete>40</PercentComplete>",), "progress"),
        (("<LevelingDelay>9600</LevelingDelay>",), "leveling_delay"),
        (("<DurationFormat>8</DurationFormat>",), "elapsed_duration"),
        (("<Deadline>2026-04-01T17:00:00</Deadline>",), "deadline"),
        (("<Notes>Mind the gap</Notes>",), "not_read"),
    ],
)
def test_what_does_not_map_has_a_row(tmp_path, more, what):
    finish = ("03-10 08", "03-16 17", 40) if what in ("working_lag", "percent_lag") else SECOND
    project = read(tmp_path, FIRST, task(2, *finish, *more))
    assert what in whats(project)
    assert project.report["why"].str.len().min() > 20
    dd.simulate(project.scenario(), trials=2, seed=1, progress=False)


def test_a_percent_lag_is_of_the_duration_of_the_other(tmp_path):
    # 20 % of five days is a day: Monday; from Friday to Tuesday are no more days than that.
    project = read(tmp_path, FIRST, task(2, "03-10 08", "03-16 17", 40, link(1, lag=20, form=19)))
    assert whats(project, 2) == ["percent_lag"]
    after = project.scenario().to_dict()["plan"]["phases"]["t2"]["after"]
    assert after["t1"]["lag_days"] == 1.0


def test_links_of_summaries_are_those_of_their_leaves_where_that_is_exact(tmp_path):
    summary = [
        task(1, "03-02 08", "03-06 17", 40, name="Both"),
        task(2, "03-02 08", "03-03 17", 16, level=2),
        task(3, "03-02 08", "03-06 17", 40, level=2),
    ]
    after = read(tmp_path, *summary, task(4, *SECOND, link(1))).scenario().to_dict()
    assert after["plan"]["phases"]["t4"]["after"] == ["t2", "t3"]
    project = read(tmp_path, *summary, task(4, "03-02 08", "03-06 17", 40, link(1, 3)))
    assert whats(project, 4) == ["summary_link"]
    assert not project.scenario().to_dict()["plan"]["phases"]["t4"].get("after")


def test_a_plan_that_waits_in_a_circle_is_refused(tmp_path):
    moment = ("03-02 08", "03-02 08", 0)
    with pytest.raises(dd.ExchangeError, match=r"`T1`.*circle"):
        read(tmp_path, task(1, *moment, link(2)), task(2, *moment, link(1)))


CALENDAR = """<CalendarUID>3</CalendarUID><Calendars><Calendar><UID>3</UID><Name>Own</Name>
<WeekDays><WeekDay><DayType>1</DayType><DayWorking>1</DayWorking></WeekDay>
<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays><Exceptions>
<Exception><TimePeriod><FromDate>2026-03-03T00:00:00</FromDate><ToDate>2026-03-04T23:59:00</ToDate>
</TimePeriod><DayWorking>0</DayWorking></Exception>
<Exception><Name>Feast</Name><TimePeriod><FromDate>2026-03-05T00:00:00</FromDate>
<ToDate>2030-03-05T23:59:00</ToDate></TimePeriod><Occurrences>5</Occurrences><Type>2</Type>
<DayWorking>0</DayWorking></Exception>
<Exception><TimePeriod><FromDate>2026-03-07T00:00:00</FromDate><ToDate>2026-03-07T23:59:00</ToDate>
</TimePeriod><DayWorking>1</DayWorking></Exception></Exceptions></Calendar></Calendars>"""


def test_the_week_and_its_holidays_are_those_of_the_project(tmp_path):
    project = read(tmp_path, task(1, "03-02 08", "03-08 17", 24), head=CALENDAR)
    plan = project.scenario().to_dict()["plan"]
    assert set(plan["working_days"]) == {"sunday", "monday", "tuesday", "wednesday", "thursday"}
    assert plan["blackouts"] == {
        "rest-2026-03-03": {"from": "2026-03-03", "until": "2026-03-05", "allowed_for": True}
    }
    assert plan["phases"]["t1"]["announced_finish"] == "2026-03-09"
    assert whats(project) == ["recurring_exception", "split", "working_exception"]


def test_resources_and_their_calendars_have_rows(tmp_path):
    tail = (
        "<Resources><Resource><UID>5</UID><Name>Crane</Name><CalendarUID>4</CalendarUID></Resource>"
        "</Resources><Assignments><Assignment><ResourceUID>5</ResourceUID></Assignment>"
        "</Assignments>"
    )
    calendar = CALENDAR.replace("<UID>3<", "<UID>4<").replace("UID>3</C", "UID>7</C")
    assert whats(read(tmp_path, FIRST, head=calendar, tail=tail)) == [
        "resources",
        "resource_calendar",
    ]


def test_part_of_a_day_is_kept(tmp_path):
    project = read(
        tmp_path,
        task(1, "03-02 10", "03-02 15", 4),
        task(2, "03-02 15", "03-03 15", 8, link(1)),
    )
    assert whats(project) == ["part_of_day", "late_start"]
    scenario = project.scenario()
    plan = scenario.to_dict()["plan"]
    assert plan["phases"]["t1"]["duration_ratio"] == 0.5
    run = dd.simulate(scenario, trials=1, seed=1, progress=False)
    done = run.summary(by="phase").loc["finish_days", "p50"]
    first = (date(2026, 3, 2) - scenario.start).days
    assert done["t1"] == pytest.approx(first + 0.75, abs=1e-5)
    assert done["t2"] == pytest.approx(first + 1.75, abs=1e-5)


def test_durations_can_have_a_law_and_milestones_have_none(tmp_path):
    project = read(tmp_path, FIRST, task(2, "03-06 17", "03-06 17", 0, link(1)))
    law = {"lognormal": {"median": 1.2, "sigma": 0.2}}
    phases = project.scenario(duration_ratio=law).to_dict()["plan"]["phases"]
    assert phases["t1"]["duration_ratio"] == law
    assert phases["t2"]["duration_ratio"] == 1.0
    assert project.scenario(horizon="2030-01-01").horizon == date(2030, 1, 1)


def test_names_that_are_no_ids_become_some(tmp_path):
    tasks = [
        task(k, "03-02 08", "03-06 17", 40, name=name)
        for k, name in enumerate(["Räumen &amp; fort!", "räumen FORT", "!!!", "x" * 99], 1)
    ]
    phases = read(tmp_path, *tasks).phases
    assert phases == {1: "räumen-fort", 2: "räumen-fort-2", 3: "task-3", 4: "x" * 40}


def test_people_come_from_tables(tmp_path):
    project = read(tmp_path, FIRST)
    base = dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": "2026-01-01",
            "world": {"sites": {"asad": {"garrison": {"us": 600}}}},
            "plan": {
                "phases": {
                    "t1": {
                        "announced_start": "2026-02-01",
                        "announced_finish": "2026-03-01",
                        "moves": {"all": {"site": "asad", "contingent": "us"}},
                    }
                }
            },
        }
    )
    scenario = project.scenario(tables=exchange.tables(base))
    run = dd.simulate(scenario, trials=2, seed=1, progress=False)
    dates = run.finish_dates()["p50"]
    assert dates["site", "asad"] == dates["phase", "t1"]
    with pytest.raises(dd.ExchangeError, match="no phase `t1`"):
        read(tmp_path, task(5, *SECOND)).scenario(tables=exchange.tables(base))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_files_of_others_can_be_simulated_with_uncertain_durations(path):
    law = {"lognormal": {"median": 1.1, "sigma": 0.3}}
    scenario = exchange.read_project(path).scenario(duration_ratio=law)
    run = dd.simulate(scenario, trials=50, seed=1, progress=False)
    assert (run.finish_dates()["unfinished"] == 0).all()
