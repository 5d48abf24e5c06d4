"""A forward pass over a file of Microsoft Project, by the minute, that shares nothing with the package.

Also such files of random plans, and a scenario whose announced dates are far too early, so that
relations alone bring about the dates.
"""

import random
import xml.etree.ElementTree as ET
from datetime import date, datetime, time, timedelta
from typing import Any

NS = "{http://schemas.microsoft.com/project}"
DAY = timedelta(days=1)
# What keeps dates that nothing in the file explains.
PINNED = "late_start"


class Clock:
    """Working time, by the minute."""

    def __init__(self, hours: list[list[tuple[int, int]]], holidays: set[date]) -> None:
        self.hours, self.holidays = hours, holidays

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.holidays:
            return []
        zero = datetime.combine(day, time())
        return [
            (zero + timedelta(minutes=a), zero + timedelta(minutes=b))
            for a, b in self.hours[day.weekday()]
        ]

    def next(self, at: datetime) -> datetime:
        """The first moment of work that is no sooner."""
        day = at.date()
        while True:
            for begin, end in self.spans(day):
                if at < end:
                    return max(at, begin)
            day += DAY

    def add(self, at: datetime, work: timedelta) -> datetime:
        day = at.date()
        if not work:
            return at
        while True:
            for begin, end in self.spans(day):
                here = max(begin, at)
                if here < end:
                    if work <= end - here:
                        return here + work
                    work -= end - here
            day += DAY

    def subtract(self, at: datetime, work: timedelta) -> datetime:
        day = at.date()
        if not work:
            return at
        while True:
            for begin, end in reversed(self.spans(day)):
                here = min(end, at)
                if here > begin:
                    if work <= here - begin:
                        return here - work
                    work -= here - begin
            day -= DAY

    def work(self, begin: datetime, end: datetime) -> timedelta:
        total, day = timedelta(), begin.date()
        while day <= end.date():
            for a, b in self.spans(day):
                total += max(timedelta(), min(b, end) - max(a, begin))
            day += DAY
        return total

    def place(self, at: datetime) -> float:
        """Days since 0001-01-01 by drawdown's clock, at the next moment of work."""
        at = self.next(at)
        spans = self.spans(at.date())
        gone = sum((max(timedelta(), min(b, at) - a) for a, b in spans), timedelta())
        return at.toordinal() + gone / sum((b - a for a, b in spans), timedelta())

    def working(self, place: float) -> float:
        """A place on a day of rest as the beginning of the next working day."""
        day = date.fromordinal(int(place + 1e-6))
        return place if self.works(day) else float(self.day(day, 1).toordinal())

    def works(self, day: date) -> bool:
        return bool(self.spans(day))

    def day(self, start: date, step: int) -> date:
        """The working day so many after, or before, a working day."""
        while step:
            start += DAY if step > 0 else -DAY
            if self.works(start):
                step -= 1 if step > 0 else -1
        return start


class Plan:
    """The tasks of a file."""

    def __init__(self, text: str | bytes) -> None:
        root = ET.fromstring(text)
        self.clock = _clock(root)
        self.tasks: dict[int, dict[str, Any]] = {}
        above: list[tuple[int, int]] = []
        for task in root.findall(f"{NS}Tasks/{NS}Task"):
            get = {child.tag.removeprefix(NS): (child.text or "") for child in task}
            level = int(get.get("OutlineLevel", 1))
            if level == 0 or get.get("IsNull") == "1" or get.get("Active") == "0":
                continue
            uid = int(get["UID"])
            while above and above[-1][0] >= level:
                above.pop()
            for _, other in above[-1:]:
                self.tasks[other]["summary"] = True
            self.tasks[uid] = {
                "summary": False,
                "parent": above[-1][1] if above else None,
                "start": datetime.fromisoformat(get["Start"]),
                "finish": datetime.fromisoformat(get["Finish"]),
                "snet": datetime.fromisoformat(get["ConstraintDate"])
                if get.get("ConstraintType") == "4"
                else None,
                "links": [
                    tuple(
                        int(link.findtext(NS + tag) or usual)
                        for tag, usual in (
                            ("PredecessorUID", 0),
                            ("Type", 1),
                            ("LinkLag", 0),
                            ("LagFormat", 7),
                        )
                    )
                    for link in task.findall(f"{NS}PredecessorLink")
                ],
            }
            above.append((level, uid))
        said = root.findtext(f"{NS}StartDate")
        starts = [task["start"] for task in self.tasks.values()]
        self.start = datetime.fromisoformat(said) if said else min(starts)

    def leaves(self, uid: int | None = None) -> list[int]:
        """All leaves, or those below a task."""
        if uid is not None and not self.tasks[uid]["summary"]:
            return [uid]
        below = [one for one, task in self.tasks.items() if uid is None or task["parent"] == uid]
        if uid is None:
            return [one for one in below if not self.tasks[one]["summary"]]
        return [leaf for one in below for leaf in self.leaves(one)]

    def chain(self, uid: int) -> list[int]:
        """A task and the summaries that it stands in."""
        parent = self.tasks[uid]["parent"]
        return [uid, *(self.chain(parent) if parent is not None else [])]

    def floor(self, uid: int) -> datetime:
        """When the project and constraints let a leaf begin."""
        own = [self.tasks[one]["snet"] for one in self.chain(uid)]
        return max([self.start, *(one for one in own if one)])

    def forward(self, pinned: set[int] = frozenset()) -> dict[int, tuple[datetime, datetime]]:
        """The start and finish of each leaf, by links and floors; pinned ones start where they do."""
        done: dict[int, tuple[datetime, datetime]] = {}
        todo = self.leaves()
        while todo:
            ready = [
                uid
                for uid in todo
                if all(
                    leaf in done
                    for one in self.chain(uid)
                    for before, *_ in self.tasks[one]["links"]
                    if before in self.tasks
                    for leaf in self.leaves(before)
                )
            ]
            assert ready, "a circle"
            for uid in ready:
                done[uid] = self._one(uid, uid in pinned, done)
            todo = [uid for uid in todo if uid not in done]
        return done

    def _one(
        self, uid: int, pinned: bool, done: dict[int, tuple[datetime, datetime]]
    ) -> tuple[datetime, datetime]:
        clock, task = self.clock, self.tasks[uid]
        work = clock.work(task["start"], task["finish"])
        starts, finishes = [self.floor(uid)], [datetime.min]
        for one in self.chain(uid):
            for before, kind, lag, form in self.tasks[one]["links"]:
                if before not in self.tasks or lag < 0 or kind == 2:
                    continue
                of = [done[leaf] for leaf in self.leaves(before)]
                at = max(b for _, b in of) if kind in (0, 1) else min(a for a, _ in of)
                waited = timedelta(minutes=lag / 10)
                until = at + waited if form in (4, 6, 8, 10, 12) else clock.add(at, waited)
                (finishes if kind == 0 else starts).append(until)
        start = task["start"] if pinned else max(starts)
        start = clock.next(start) if work else start
        finish = clock.add(start, work)
        if not pinned and max(finishes) > finish:
            finish = max(finishes)
            start = clock.subtract(finish, work)
            finish = clock.add(start, work)
        return start, finish


def _clock(root: ET.Element) -> Clock:
    usual = [(480, 720), (780, 1020)]
    hours = [usual] * 5 + [[], []]
    holidays: set[date] = set()
    wanted = root.findtext(f"{NS}CalendarUID")
    for calendar in root.findall(f"{NS}Calendars/{NS}Calendar"):
        if calendar.findtext(f"{NS}UID") != (wanted or "1"):
            continue
        for day in calendar.findall(f"{NS}WeekDays/{NS}WeekDay"):
            place = int(day.findtext(f"{NS}DayType")) - 2
            spans = [
                tuple(_minutes(one.findtext(NS + tag)) for tag in ("FromTime", "ToTime"))
                for one in day.iter(f"{NS}WorkingTime")
            ]
            if day.findtext(f"{NS}DayType") != "0":
                hours[place % 7] = spans
        rests = [
            day
            for day in calendar.findall(f"{NS}WeekDays/{NS}WeekDay")
            if day.findtext(f"{NS}DayType") == "0" and day.findtext(f"{NS}DayWorking") == "0"
        ]
        for one in [*rests, *calendar.findall(f"{NS}Exceptions/{NS}Exception")]:
            first, last = (
                date.fromisoformat(one.findtext(f"{NS}TimePeriod/{NS}{tag}")[:10])
                for tag in ("FromDate", "ToDate")
            )
            holidays |= {first + k * DAY for k in range((last - first).days + 1)}
    return Clock(hours, holidays)


def _minutes(said: str) -> int:
    hour, minute, _ = said.split(":")
    return 60 * int(hour) + int(minute)


def by_relations(
    scenario: dict[str, Any], plan: Plan, phases: dict[int, str], pinned: set[int]
) -> dict[str, Any]:
    """A scenario with announced dates long before those that come out, held by relations alone.

    Each phase is announced to take one working day, as soon as relations let it, in a plan that
    begins far too early; its ratio makes up for that. A gate keeps each from beginning before the
    project does, or its own constraint allows; one that is pinned, before its start in the file.
    """
    clock, uids = plan.clock, {id: uid for uid, id in phases.items()}
    old: dict[str, Any] = scenario["plan"]["phases"]
    first = date.fromordinal(int(clock.place(plan.start)))
    first = clock.day(first, -5 * len(old) - 10)
    announced: dict[str, tuple[date, date]] = {}
    gates, new = {}, {}
    for id in _in_order(old):
        one, uid = old[id], uids[id]
        after = {before: link for before, link in _links(one).items() if before in old}
        begin = first
        while not all(
            _fits(link, announced[before], begin, clock.day(begin, 1))
            for before, link in after.items()
        ):
            begin = clock.day(begin, 1)
        announced[id] = begin, clock.day(begin, 1)
        task = plan.tasks[uid]
        floor = task["start"] if uid in pinned else plan.floor(uid)
        place = clock.place(floor)
        if task["start"] == task["finish"]:
            # The working day before: it is over at that moment.
            earlier = clock.day(date.fromordinal(int(place)), -1)
            place = earlier.toordinal() + place % 1
        gates[f"floor-{id}"] = {"delay_days": place - first.toordinal()}
        days = sum(
            clock.works(date.fromisoformat(one["announced_start"]) + k * DAY)
            for k in range(
                (
                    date.fromisoformat(one["announced_finish"])
                    - date.fromisoformat(one["announced_start"])
                ).days
            )
        )
        moment = task["start"] == task["finish"]
        new[id] = {
            **one,
            "announced_start": begin,
            "announced_finish": announced[id][1],
            "duration_ratio": 1.0 if moment else one["duration_ratio"] * days,
            "after": {**after, f"floor-{id}": {}},
        }
    plan_of = {**scenario["plan"], "phases": new, "gates": gates}
    return {**scenario, "start": first, "plan": plan_of}


def _links(one: dict[str, Any]) -> dict[str, Any]:
    after = one.get("after") or {}
    return dict(after) if isinstance(after, dict) else {before: {} for before in after}


def _fits(link: dict[str, Any], other: tuple[date, date], begin: date, finish: date) -> bool:
    relation = link.get("relation", "finish_to_start")
    lag = link.get("lag_days", 0.0)
    begins = other[0] if relation == "start_to_start" else other[1]
    bound = finish if relation == "finish_to_finish" else begin
    return (bound - begins).days >= lag


def _in_order(phases: dict[str, Any]) -> list[str]:
    done: list[str] = []
    while len(done) < len(phases):
        done += [
            id
            for id, one in phases.items()
            if id not in done and all(b in done or b not in phases for b in _links(one))
        ]
    return done


def started_and_done(run: Any) -> tuple[dict[str, float], dict[str, float]]:
    """When each phase of the only trial of a run began and was done, in days since 0001-01-01."""
    events = run.events().to_pandas()
    zero = run.scenario.start.toordinal()
    found = []
    for kind in ("phase_started", "phase_finished"):
        rows = events[events["kind"] == kind]
        found.append(dict(zip(rows["phase"], rows["time_days"] + zero, strict=True)))
    return found[0], found[1]


def random_plan(seed: int) -> str:
    """A file of a random plan, with the dates of `Plan.forward`."""
    r = random.Random(seed)
    start = datetime(2026, 3, r.randint(2, 8), 8)
    week = r.choice([[2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [2, 3, 4, 5, 6, 7], list(range(1, 8))])
    tasks: list[dict[str, Any]] = []
    for uid in range(1, r.randint(3, 14)):
        summary = uid > 1 and r.random() < 0.15
        inside = [one["uid"] for one in tasks if one["summary"] and one["open"]]
        if summary:
            for one in tasks:
                one["open"] = False
            inside = []
        tasks.append(
            {
                "uid": uid,
                "summary": summary,
                "open": summary,
                "level": 2 if inside else 1,
                "parent": inside[-1] if inside else None,
                "minutes": r.choice([0, 480, 480, 960, 2400, 4800])
                if seed % 2
                else r.choice([0, 60, 240, 480, 900, 3000]),
                "links": [],
                "snet": start + r.randint(0, 12) * DAY if r.random() < 0.2 else None,
            }
        )
    tasks = [one for one in tasks if not one["summary"] or _children(tasks, one)]
    # Those whose finish waits begin sooner in drawdown, and those that wait by the clock may begin
    # on a day of rest: nobody waits for such a start.
    finishing: set[int] = set()
    for place, one in enumerate(tasks):
        others = [
            other for other in tasks[:place] if one["parent"] != other["uid"] and other is not one
        ]
        for other in r.sample(others, min(len(others), r.choice([0, 1, 1, 2]))):
            kinds = [1, 1, 1]
            if not other["summary"] and other["uid"] not in finishing and one["minutes"]:
                kinds += [3]
            if not one["summary"]:
                kinds += [0]
            kind = r.choice(kinds)
            lag, form = r.choice([(0, 7), (0, 7), (4800, 7), (14400, 7), (28800, 8), (1200, 5)])
            if kind == 0 or form == 8:
                finishing |= {one["uid"]} | {
                    other["uid"] for other in tasks if other["parent"] == one["uid"]
                }
            one["links"].append((other["uid"], kind, lag, form))
    calendar = "".join(
        f"<WeekDay><DayType>{k}</DayType><DayWorking>{int(k in week)}</DayWorking>"
        + (
            "<WorkingTimes>"
            "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
            "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
            "</WorkingTimes>"
            if k in week
            else ""
        )
        + "</WeekDay>"
        for k in range(1, 8)
    )
    rests = "".join(
        f"<Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate>"
        f"<ToDate>{first + r.randint(0, 3) * DAY}T23:59:00</ToDate></TimePeriod>"
        "<DayWorking>0</DayWorking></Exception>"
        for first in {start.date() + r.randint(1, 30) * DAY for _ in range(r.choice([0, 1, 2]))}
    )
    head = (
        f'<Project xmlns="{NS[1:-1]}"><Title>Random</Title><StartDate>{start.isoformat()}</StartDate>'
        f"<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Own</Name>"
        f"<IsBaseCalendar>1</IsBaseCalendar><WeekDays>{calendar}</WeekDays>"
        f"<Exceptions>{rests}</Exceptions></Calendar></Calendars><Tasks>"
    )
    clock = _clock(ET.fromstring(f"{head}</Tasks></Project>"))
    for one in tasks:
        # Any dates of that length: the forward pass takes nothing else from them.
        one["dates"] = start, clock.add(start, timedelta(minutes=one["minutes"]))
    dates = Plan(head + _written(tasks) + "</Tasks></Project>").forward()
    for one in tasks:
        one["dates"] = dates.get(one["uid"], one["dates"])
    return head + _written(tasks) + "</Tasks></Project>"


def _children(tasks: list[dict[str, Any]], one: dict[str, Any]) -> bool:
    return any(other["parent"] == one["uid"] for other in tasks)


def _written(tasks: list[dict[str, Any]]) -> str:
    return "".join(
        f"<Task><UID>{one['uid']}</UID><Name>Task {one['uid']}</Name>"
        f"<OutlineLevel>{one['level']}</OutlineLevel><Summary>{int(one['summary'])}</Summary>"
        f"<Start>{one['dates'][0].isoformat()}</Start>"
        f"<Finish>{one['dates'][1].isoformat()}</Finish>"
        f"<Duration>PT{one['minutes'] // 60}H{one['minutes'] % 60}M0S</Duration>"
        + (
            f"<ConstraintType>4</ConstraintType>"
            f"<ConstraintDate>{one['snet'].isoformat()}</ConstraintDate>"
            if one["snet"]
            else ""
        )
        + "".join(
            f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
            f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
            for uid, kind, lag, form in one["links"]
        )
        + "</Task>"
        for one in tasks
    )
