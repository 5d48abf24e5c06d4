"""Observations read from exports of data sets, and from any table."""

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

DAY = timedelta(1)
YEAR = ("2021-01-01", "2021-12-31")


def columns(header):
    return header.split(",")


# The columns of an export of ACLED, of UCDP GED and (those up to the harm) of GTD. The rows below
# are invented.
ACLED = columns(
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)
UCDP = columns(
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,"
    "source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,"
    "latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,"
    "date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
GTD = columns(
    "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,"
    "provstate,city,latitude,longitude,specificity,vicinity,location,summary,attacktype1,"
    "attacktype1_txt,gname,gsubname,gname2,gsubname2,gname3,gsubname3,weaptype1,weaptype1_txt,nkill,"
    "nkillus,nkillter,nwound,nwoundus,nwoundte,scite1"
)


def filled(names, rows):
    """Rows of texts, as a file has them; what is not named is empty."""
    return pd.DataFrame([{name: "" for name in names} | row for row in rows], columns=names)


def acled():
    common = {"country": "Iraq", "event_type": "Explosions/Remote violence", "time_precision": "1"}
    common |= {"sub_event_type": "Shelling/artillery/missile attack", "actor1": "Group A (Iraq)"}
    rows = [
        {"event_date": "2021-02-03", "location": "Northtown", "admin1": "Upper", "fatalities": "2"},
        {"event_date": "15 March 2021", "location": "Millbrook", "admin1": "Upper"},
        {
            "event_date": "2021-04-10",
            "location": "Southtown",
            "admin1": "Lower",
            "time_precision": "2",
        },
        {"event_date": "2021-05-16", "location": "NORTHTOWN ", "time_precision": "3"},
        {"event_date": "2021-06-01", "location": "Elsewhere", "admin1": "Middle"},
        {"event_date": "2021-06-02", "location": "Northtown", "actor1": "Group Z"},
        {
            "event_date": "2021-06-03",
            "location": "Northtown",
            "event_type": "Protests",
            "sub_event_type": "Peaceful protest",
        },
        {"event_date": "2020-12-31", "location": "Northtown"},
        {
            "event_date": "2021-07-07",
            "location": "Northtown",
            "actor1": "Unidentified",
            "assoc_actor_1": "Group Q; group b",
        },
        {"event_date": "03/08/2021", "location": "Northtown"},
    ]
    rows = [common | row | {"event_id_cnty": f"IRQ{k}"} for k, row in enumerate(rows)]
    return filled(ACLED, rows)


SITES = {"northtown": "asad", "Upper": "erbil", "Lower": "syria", "Nortown": "asad"}
THREATS = {"Group A (Iraq)": "militias", "Group B": "cells"}


@pytest.mark.parametrize("form", ["frame", "csv", "semicolons", "tsv", "parquet"])
def test_an_export_of_acled(form, tmp_path, iraq):
    table = acled()
    path = tmp_path / "events.csv"
    match form:
        case "csv":
            table.to_csv(path, index=False, encoding="utf-8-sig")
        case "semicolons":
            table.to_csv(path, index=False, sep=";")
        case "tsv":
            path = path.with_suffix(".tsv")
            table.to_csv(path, index=False, sep="\t")
        case "parquet":
            pytest.importorskip("pyarrow")
            path = path.with_suffix(".parquet")
            table.to_parquet(path)
    given = table if form == "frame" else path
    observed = dd.Observations.read_events(given, YEAR, sites=SITES, threats=THREATS, scenario=iraq)
    found = observed.events
    assert found["date"].dt.strftime("%m-%d").to_list() == [
        "02-03",
        "03-15",
        "04-10",
        "05-16",
        "07-07",
    ]
    assert found["site"].to_list() == ["asad", "erbil", "syria", "asad", "asad"]
    assert found["threat"].to_list() == ["militias"] * 4 + ["cells"]
    # Known to a week, and to a month.
    assert found["date_from"].dt.strftime("%m-%d").to_list()[2:4] == ["04-07", "05-01"]
    assert found["date_to"].dt.strftime("%m-%d").to_list()[2:4] == ["04-13", "05-31"]
    # Of those on all sides, nobody says who was of the force.
    assert found["killed"].isna().all()
    assert found["deaths"].to_list()[:1] == [2]
    assert observed.measures == ("attacks",)
    left = observed.unmapped.set_index("row")
    whys = {row: left.loc[str(row), "why"] for row in (4, 5, 6, 7, 9)}
    assert whys == {
        4: "place: it is not in the table",
        5: "actor: it is not in the table",
        6: "kind: it is not in the table",
        7: "outside the window",
        9: "nobody can say which day that is",
    }
    assert "Elsewhere" in left.loc["4", "value"]
    assert left.loc["5", "value"] == "Group Z"
    names = observed.unmapped[observed.unmapped["of"] == "sites"]
    assert names["value"].to_list() == ["nortown"]
    assert 'did you mean "Northtown"?' in names["why"].iloc[0]
    # Every row is an event, or stands there with why.
    assert len(found) + (observed.unmapped["of"] == "events").sum() == len(table)
    assert len(observed.left_out()) == 6


def test_who_was_killed_is_for_the_user_to_say():
    columns = {"killed": "fatalities"}
    observed = dd.Observations.read_events(acled(), YEAR, columns=columns, sites=SITES)
    assert observed.events["killed"].to_list()[0] == 2
    assert observed.events["killed"].isna().sum() == len(observed.events) - 1
    assert observed.measures == ("attacks", "killed")


def test_an_export_of_ucdp():
    rows = [
        {
            "date_start": "2021-02-03 00:00:00.000",
            "date_end": "2021-02-03 00:00:00.000",
            "adm_1": "Upper",
            "side_b": "Group B",
            "deaths_a": "3",
            "best": "9",
        },
        {
            "date_start": "2021-03-01",
            "date_end": "2021-03-07",
            "adm_1": "Lower",
            "side_b": "Group B",
            "deaths_a": "0",
            "best": "1",
        },
        {
            "date_start": "2021-03-01",
            "date_end": "2021-12-31",
            "adm_1": "Lower",
            "side_b": "Group B",
            "deaths_a": "0",
            "best": "4",
        },
        {
            "date_start": "2021-04-01",
            "date_end": "2021-04-01",
            "adm_1": "Lower",
            "side_b": "Group C",
            "deaths_a": "0",
            "best": "4",
        },
    ]
    rows = [row | {"id": str(k), "side_a": "Government of X"} for k, row in enumerate(rows)]
    observed = dd.Observations.read_events(
        filled(UCDP, rows),
        YEAR,
        columns={"killed": "deaths_a"},
        sites={"Upper": "a", "Lower": ""},
        threats={"group b": "rebels"},
    )
    assert observed.events["date"].dt.strftime("%m-%d").to_list() == ["02-03", "03-04"]
    assert observed.events["site"].isna().to_list() == [False, True]
    assert observed.events["killed"].to_list() == [3, 0]
    assert observed.events["deaths"].to_list() == [9, 1]
    assert observed.unmapped["why"].to_list() == [
        "known to more than 31 days only",
        "actor: it is not in the table",
    ]
    for days, many in ((6, 2), (7, 3)):
        some = dd.Observations.read_events(filled(UCDP, rows), YEAR, within_days=days)
        assert len(some.events) == many
    wide = dd.Observations.read_events(filled(UCDP, rows), YEAR, within_days=400)
    assert len(wide.events) == 4


def test_rows_of_ucdp_as_they_are():
    # Six rows of the UCDP Georeferenced Event Dataset, Syria, codebook 19.1 (Sundberg & Melander
    # 2013; Hogbladh 2019; Uppsala University, CC BY 4.0), some columns of them.
    rows = [
        (214797, "2016-01-01", "2016-01-01", 11973, 34.8025, 36.7076, 2, 4),
        (214804, "2016-01-01", "2016-01-01", 11973, 35.6883, 36.45, 0, 2),
        (214808, "2016-01-01", "2016-01-01", 11973, 36.2012, 37.1612, 2, 2),
        (318219, "2019-11-28", "2019-11-28", 14200, 36.2, 37.16, 3, 3),
        (318239, "2019-11-28", "2019-11-28", 16135, 36.6, 37.3, 0, 1),
        (318236, "2019-11-30", "2019-11-30", 16135, 33.5, 36.3, 0, 4),
    ]
    names = ["id", "date_start", "date_end", "dyad_id", "lat", "lon", "deaths_a", "best"]
    observed = dd.Observations.read_events(
        pd.DataFrame(rows, columns=names),
        ("2016-01-01", "2019-11-30"),
        near={"aleppo": (36.2, 37.16), "homs": (34.73, 36.71)},
        within_km=50,
        threats={"11973": "first", "14200": "second", "16135": None},
    )
    assert observed.events["site"].to_list() == ["homs", "aleppo", "aleppo"]
    assert observed.events["threat"].to_list() == ["first", "first", "second"]
    whys = observed.unmapped["why"].to_list()
    # By the great circle; one is left out by the table of actors.
    far = [distance((36.6, 37.3), (36.2, 37.16)), distance((35.6883, 36.45), (36.2, 37.16))]
    assert far[0] < 50 < far[1]
    assert whys == [
        f"place: {far[1]:.0f} km from the nearest site, aleppo",
        "actor: the table leaves it out",
        f"place: {distance((33.5, 36.3), (34.73, 36.71)):.0f} km from the nearest site, homs",
    ]


def test_an_export_of_gtd():
    rows = [
        {
            "iyear": 2021,
            "imonth": 2,
            "iday": 3,
            "city": "Northtown",
            "gname": "Group A",
            "nkill": "3",
            "nkillus": "1",
            "nwoundus": "2",
        },
        {
            "iyear": 2021,
            "imonth": 6,
            "iday": 0,
            "city": "Northtown",
            "gname": "Unknown",
            "gname2": "Group A",
            "nkillus": "0.5",
            "nwoundus": "0",
        },
        {"iyear": 2021, "imonth": 0, "iday": 0, "city": "Northtown", "gname": "Group A"},
        {"iyear": 2021, "imonth": 2, "iday": 30, "city": "Northtown", "gname": "Group A"},
    ]
    rows = [
        row | {"eventid": f"2021{k}", "weaptype1_txt": "Explosives"} for k, row in enumerate(rows)
    ]
    observed = dd.Observations.read_events(
        filled(GTD, rows),
        YEAR,
        columns={"killed": "nkillus", "wounded": "nwoundus"},
        sites={"Northtown": "n"},
        threats={"Group A": "a"},
    )
    found = observed.events
    assert found["date"].dt.strftime("%m-%d").to_list() == ["02-03", "06-15"]
    assert found["weapon"].to_list() == ["Explosives"] * 2
    assert found["killed"].fillna(-1).to_list() == [1, -1]
    assert found["wounded"].to_list() == [2, 0]
    assert found["deaths"].to_list()[0] == 3
    assert sorted(observed.unmapped["why"]) == [
        "a share of people harmed in several events: taken as not told",
        "known to more than 31 days only",
        "nobody can say which day that is",
    ]
    # June is known, though not its day, and who was killed in it is not.
    assert observed.by_month()[pd.Period("2021-06")] == 1
    assert math.isnan(observed.by_month("killed")[pd.Period("2021-06")])


@pytest.mark.parametrize("seed", range(5))
def test_any_table_against_plain_loops(seed):
    random = np.random.default_rng(seed)
    towns, groups = [f"Town {k}" for k in range(12)], [f"Group {k}" for k in range(6)]
    near = {
        f"s{k}": (float(random.uniform(30, 36)), float(random.uniform(38, 46))) for k in range(3)
    }
    by_town = {town: str(random.choice([*near, ""])) for town in towns[:5]} | {towns[5]: None}
    by_group = {group: f"t{k % 2}" for k, group in enumerate(groups[:4])}
    rows = []
    for k in range(300):
        at = near[str(random.choice(list(near)))]
        offset = random.normal(0, 0.5, 2)
        rows.append(
            {
                "no": k,
                "when": str(date(2020, 11, 1) + int(random.integers(0, 460)) * DAY),
                "town": str(random.choice([*towns, ""])),
                "who": str(random.choice(groups)),
                "lat": at[0] + offset[0] if random.random() < 0.9 else None,
                "lon": at[1] + offset[1],
                "dead": int(random.poisson(1)),
            }
        )
    names = {"date": "when", "place": "town", "actor": "who", "latitude": "lat", "longitude": "lon"}
    observed = dd.Observations.read_events(
        pd.DataFrame(rows),
        YEAR,
        columns=names | {"killed": "dead", "event_id": "no"},
        sites=by_town,
        near=near,
        within_km=40,
        threats=by_group,
    )
    due = {}
    for row in rows:
        if not "2021-01-01" <= row["when"] <= "2021-12-31":
            continue
        if row["town"] in by_town:
            site = by_town[row["town"]]
        elif row["lat"] is None:
            site = None
        else:
            far = {one: distance((row["lat"], row["lon"]), at) for one, at in near.items()}
            site = min(far, key=far.get)
            site = site if far[site] <= 40 else None
        if site is not None and row["who"] in by_group:
            due[str(row["no"])] = (row["when"], site or None, by_group[row["who"]], row["dead"])
    found = observed.events
    told = zip(
        found["date"].dt.strftime("%Y-%m-%d"),
        found["site"],
        found["threat"],
        found["killed"],
        strict=True,
    )
    read = {
        no: tuple(None if one is pd.NA else one for one in row)
        for no, row in zip(found["event_id"], told, strict=True)
    }
    assert read == due
    left = observed.unmapped[observed.unmapped["of"] == "events"]
    assert set(left["row"]) == {str(row["no"]) for row in rows} - set(due)
    assert left["row"].is_unique


def distance(one, other):
    """Kilometres by the spherical law of cosines."""
    a, b, c, d = map(math.radians, (*one, *other))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 6371.0088 * math.acos(min(1, cosine))


def test_everything_wrong_with_what_is_asked_is_told_at_once(iraq):
    table = pd.DataFrame({"when": ["2021-01-05"], "town": ["X"], "dead": [1]})
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_events(
            table,
            YEAR,
            columns={"date": "wenn", "place": "town", "deed": "dead"},
            sites={"X": "asad", "x": "erbil"},
            near={"asad": (133, 40), "erbil": "here"},
            threats={"Y": "militias"},
        )
    found = {(problem.path, problem.code) for problem in error.value.problems}
    assert found == {
        ("columns[date]", "no_column"),
        ("columns[deed]", "unknown_key"),
        ("sites[x]", "two_ways"),
        ("within_km", "no_distance"),
        ("near[asad]", "no_place"),
        ("near[erbil]", "no_place"),
        ("columns[latitude]", "no_column"),
        ("columns[longitude]", "no_column"),
        ("columns[actor]", "no_column"),
    }
    assert 'did you mean "when"?' in str(error.value)
    asked = {"date": "when", "place": "town", "killed": "dead"}
    with pytest.raises(dd.ObservationError) as error:
        dd.Observations.read_events(
            table,
            YEAR[::-1],
            columns=asked | {"actor": "town", "latitude": "dead", "longitude": "dead"},
            sites={"X": "asda", "Z": None, "*": ""},
            near={"erbli": (1, 1)},
            within_km=5,
            threats={"A": "militia"},
            scenario=iraq,
        )
    assert [(problem.path, problem.code) for problem in error.value.problems] == [
        ("window", "reversed"),
        ("sites[x]", "unknown_site"),
        ("threats[a]", "unknown_threat"),
        ("near[erbli]", "unknown_site"),
    ]
    with pytest.raises(dd.ObservationError, match=r"all 1 rows are left out .*\n.* \"X\" \(1\)"):
        dd.Observations.read_events(table, YEAR, columns=asked, sites={"Y": "asad"})
    with pytest.raises(dd.ObservationError, match="columns are not those of acled, ucdp, gtd"):
        dd.Observations.read_events(table, YEAR)
    with pytest.raises(
        dd.ObservationError, match=r'"acleed" is not known .*\n.*did you mean "acled"'
    ):
        dd.Observations.read_events(table, YEAR, layout="acleed")
    with pytest.raises(dd.ObservationError, match="is reversed"):
        dd.Observations.read_events(table, YEAR[::-1], columns=asked)
    twice = pd.concat([table, table]).assign(no=7)
    with pytest.raises(dd.ObservationError, match="the event 7 is there twice"):
        dd.Observations.read_events(twice, YEAR, columns=asked | {"event_id": "no"})
    with pytest.raises(dd.ObservationError, match=r"events\[0\].killed: -1"):
        dd.Observations.read_events(table.assign(dead=-1), YEAR, columns=asked)


def test_kinds_others_and_places_left_out():
    table = pd.DataFrame(
        {
            "date": ["2021-01-05", "2021-01-06", "2021-01-07", "2021-01-08"],
            "type": ["rocket", "air raid", "rocket", "parade"],
            "town": ["X", "Y", "Z", "X"],
        }
    )
    observed = dd.Observations.read_events(
        table,
        YEAR,
        columns={"date": "date", "kind": "type", "place": "town"},
        kinds={"rocket": "attack", "air raid": "strike"},
        sites={"Z": None, "*": "all"},
    )
    assert observed.events["kind"].to_list() == ["attack", "strike"]
    assert observed.events["site"].to_list() == ["all", "all"]
    assert observed.measures == ("attacks", "strikes")
    assert observed.unmapped["why"].to_list() == [
        "place: the table leaves it out",
        "kind: it is not in the table",
    ]
    for sites in (pd.Series({"X": "x"}), pd.DataFrame({"name": ["x"], "id": ["x"]})):
        some = dd.Observations.read_events(
            table, YEAR, columns={"date": "date", "place": "town"}, sites=sites
        )
        assert some.events["site"].to_list() == ["x", "x"]
    with pytest.raises(dd.ObservationError, match="sites: it has 1 columns"):
        dd.Observations.read_events(
            table, YEAR, columns={"date": "date", "place": "town"}, sites=pd.DataFrame({"a": ["x"]})
        )


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(TypeError, match="a table is a DataFrame or the path"):
        dd.Observations.read_counts(3)
    with pytest.raises(ValueError, match=r"a table is a .csv, .tsv or .parquet file"):
        dd.Observations.read_counts(tmp_path / "table.xlsx")
    with pytest.raises(FileNotFoundError):
        dd.Observations.read_counts(tmp_path / "table.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes("from,to,count\n2021-01-01,2021-01-02,1,\xe9\n".encode("latin-1"))
    with pytest.raises(ValueError, match="is not UTF-8"):
        dd.Observations.read_counts(path)


@pytest.mark.parametrize("seed", range(4))
def test_an_event_that_may_lie_beyond_the_window_is_no_exact_count(seed):
    """The error of the counts at the ends, against events put on any of their days by chance."""
    random = np.random.default_rng(seed)
    first, last = pd.Timestamp("2021-03-11"), pd.Timestamp("2021-05-20")
    days = [first + int(k) * DAY for k in random.integers(-12, 83, 30)]
    days += [end + int(k) * DAY for end in (first, last) for k in random.integers(-5, 6, 15)]
    number = random.integers(1, 4, 60)
    week = random.random(60) < 0.7
    table = pd.DataFrame({"date": [f"{day:%Y-%m-%d}" for day in days], "count": number})
    table["precision"] = np.where(week, "week", "day")
    observed = dd.Observations.read_events(
        table, (first, last), columns={name: name for name in table}
    )
    inside = np.array([first <= day <= last for day in days])
    partly = np.array([first <= day + 3 * DAY and day - 3 * DAY <= last for day in days])
    told = observed.unmapped["why"].str.contains("perhaps within").sum()
    assert told == (partly & week & ~inside).sum() > 0
    found = observed.counted("month").counts
    # Each of them on one of its seven days, all alike; where it was counted it has one.
    chance = np.random.default_rng(100 + seed)
    shifts = chance.integers(-3, 4, (20_000, 60)) * week
    for row in found.to_dict("records"):
        mine = np.array([row["from"] <= day <= row["to"] for day in days])
        assert row["count"] == number[mine].sum()
        begin, end = (np.array([(edge - day).days for day in days]) for edge in (first, last))
        gone = ((shifts < begin) | (shifts > end)) & mine
        squares = (gone * number**2).sum(axis=1)
        if not gone.any():
            assert (row["bound"], pd.isna(row["note"])) == ("exact", True)
            continue
        assert row["bound"] == "about"
        assert row["note"].endswith("of the events may lie beyond the window")
        error = squares.std() / math.sqrt(len(squares))
        assert abs((row["relative_error"] * row["count"]) ** 2 - squares.mean()) < 4 * error
    assert (found["bound"] == "about").any()


def test_what_is_known_to_the_day_is_counted_exactly():
    table = pd.DataFrame({"date": ["2021-01-01", "2021-12-31"], "precision": ["day", "1"]})
    observed = dd.Observations.read_events(table, YEAR, columns={name: name for name in table})
    assert (observed.counted().counts["bound"] == "exact").all()
    assert observed.unmapped.empty


def test_a_column_of_events_whose_name_is_nearly_ours_is_a_slip():
    events = pd.DataFrame({"day": ["2024-01-05"], "killed": 1, "Wonded": 2, "months": 1, "x": 3})
    window, columns = ("2024-01-01", "2024-01-31"), {"date": "day"}
    with pytest.raises(dd.ObservationError, match='did you mean "wounded"') as told:
        dd.Observations.read_events(events, window, columns=columns)
    assert [one.path for one in told.value.problems] == ["events.Wonded"]
    with pytest.raises(dd.ObservationError, match='did you mean "wounded"') as told:
        dd.Observations.read_events(events, window, columns=columns | {"wonded": "Wonded"})
    assert {one.path for one in told.value.problems} == {"columns[wonded]"}
    read = dd.Observations.read_events(events, window, columns=columns | {"wounded": "Wonded"})
    assert read.events["wounded"].tolist() == [2]
    # Others are left out, and said to be.
    assert set(read.unmapped["value"]) == {"killed", "months", "x"}
    # Names of exports that are known are theirs, and no slips of ours.
    export = events.drop(columns="Wonded").assign(actor1="a", actor2="b")
    read = dd.Observations.read_events(export, window, columns=columns)
    assert set(read.unmapped["value"]) == {"killed", "months", "x", "actor1", "actor2"}


def test_events_without_a_window_are_told_to_have_none():
    events = pd.DataFrame({"date": ["2024-01-05"], "place": ["Erbil"]})
    with pytest.raises(dd.ObservationError, match="there are events and no window") as told:
        dd.Observations.read_events(events, columns={"date": "date"})
    assert [one.code for one in told.value.problems] == ["no_window"]
