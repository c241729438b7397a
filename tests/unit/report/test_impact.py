"""What a change changes, as the three formats write it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import devrules
from devrules.dossier.model import Dossier, Source
from devrules.report.impact_csv import HEADERS, impact_csv
from devrules.report.impact_json import impact_data, impact_json
from devrules.report.impact_text import impact_text

HERE = Path(__file__).parent
AS_OF, TODAY = date(2021, 6, 1), date(2026, 11, 21)
LEDGER = Path(__file__).parents[3] / "docs" / "examples" / "ledger.xlsx"
FORWARD: dict[str, Any] = {"from_": "club-2000", "to": "club-2020"}


def schema(name: str) -> Any:
    """Read a schema beside this file."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


REPORT = Resource.from_contents(schema("report-1.schema.json"))
VALIDATOR = Draft202012Validator(
    schema("impact-1.schema.json"), registry=Registry().with_resource("devrules.report/1", REPORT)
)


def person(member: Callable[..., Dossier], name: str, talk: str, n: int, **parts: Any) -> Dossier:
    """Make somebody who applied on the last of January 2010."""
    source = {"file": "台账.xlsx", "sheet": "甲", "row": n}
    records: dict[str, Any] = {"application": [{"received": "2010-01-31"}], "talk": [{"day": talk}]}
    return member(id=f"{n}", person={"name": name}, source=source, **records, **parts)


@pytest.fixture
def dossiers(member: Callable[..., Dossier]) -> list[Dossier]:
    """Three members: talked to in time, after forty days, and so again, with a short notice."""
    return [
        person(member, "张三丰", "2010-02-28", 7),
        person(member, "@李四", "2010-03-12", 8),
        person(member, "=王五", "2010-03-12", 9, notice=[{"start": "2010-05-04", "end": "2010-05-05"}]),
    ]


@pytest.fixture
def impact(club: devrules.Rules, dossiers: list[Dossier]) -> devrules.Impact:
    """From the old edition to the new one."""
    return club.impact(dossiers, as_of=AS_OF, **FORWARD)


def problems(data: Any) -> list[str]:
    """Tell where *data* leaves the format."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def test_keeps_to_the_format(impact: devrules.Impact) -> None:
    """Other tools rely on every key, and on no other."""
    Draft202012Validator.check_schema(schema("impact-1.schema.json"))
    data = json.loads(impact_json(impact))

    assert [] == problems(data)
    assert data == impact_data(impact)
    assert [] != problems(data | {"new": 1})
    assert [] != problems({name: value for name, value in data.items() if name != "asked"})


def test_an_overlay_and_an_organisation_keep_to_the_format(rules: devrules.Rules) -> None:
    """There was no such rule before; an organisation has a name and no stage."""
    branch = rules.read_dossier(
        {"format": Dossier.FORMAT, "id": "b", "subject": "organisation", "recorded_kinds": "all", "records": {}}
        | {"branch": {"name": "第一支部", "kind": "county-committee"}}
    )
    added = impact_data(rules.impact(LEDGER, as_of=TODAY, add_overlay="local-example-province"))
    asked = impact_data(rules.impact([branch], as_of=TODAY, from_="xize-2014", to="xize-2026"))

    assert [] == problems(added) + problems(asked)
    assert (None, "local-example-province") == (added["asked"]["from"], added["asked"]["add_overlay"])
    assert {None} == {one["from"] for one in added["rules"]}
    assert (1, "第一支部") == (asked["summary"]["organisations"], asked["organisations"][0]["name"])


def test_tells_what_each_edition_asks(impact: devrules.Impact) -> None:
    """Article, how sure that is, and the limit; nothing where there is no such rule."""
    rules = {one["rule"]: one for one in impact_data(impact)["rules"]}

    assert ["talk-in-time", "notice-long-enough"] == list(rules)
    assert ("1", "2 months") == (rules["talk-in-time"]["from"]["article"], _limit(rules["talk-in-time"]["from"]))
    assert ("2", "1 month") == (rules["talk-in-time"]["to"]["article"], _limit(rules["talk-in-time"]["to"]))
    assert [{"from": "pass", "to": "fail", "count": 2}] == rules["talk-in-time"]["turns"]
    assert rules["notice-long-enough"]["from"] is None


def _limit(asks: dict[str, Any]) -> str:
    [limit] = asks["required"].values()
    return str(limit)


def test_counts_what_it_lists(impact: devrules.Impact) -> None:
    """Every change is of one dossier and one rule."""
    data = impact_data(impact)
    changes = [change for one in data["dossiers"] for change in one["changes"]]

    assert len(changes) == sum(one["count"] for one in data["summary"]["turns"])
    assert len(changes) == sum(one["count"] for rule in data["rules"] for one in rule["turns"])
    assert (len(data["dossiers"]), 2) == (data["summary"]["changed"], data["summary"]["failing"])
    assert all(change["from"]["verdict"] != change["to"]["verdict"] for change in changes)


def test_masks_names_unless_asked(impact: devrules.Impact) -> None:
    """In every format."""
    for write in (impact_text, impact_json, impact_csv):
        assert "李四" not in write(impact)
        assert "@**" in write(impact)
        assert "@李四" in write(impact, unmask=True)


def test_people_of_one_reason_stand_together(impact: devrules.Impact) -> None:
    """The reason is said once; the sheet, which is the same for all, is not said."""
    text = impact_text(impact, unmask=True)

    assert "2020年版第2条 · 按期谈话 [talk-in-time]" in text
    assert text.count("应在一个月内") == 1
    assert "2 人：@李四（第8行）、=王五（第9行）" in text
    assert "2: @李四 (row 8), =王五 (row 9)" in impact_text(impact, lang="en", unmask=True)


def test_names_the_sheet_where_there_are_several(
    club: devrules.Rules, member: Callable[..., Dossier], dossiers: list[Dossier]
) -> None:
    """A row number alone would not tell whose; somebody of no file is called by name, else by the dossier's id."""
    records: dict[str, Any] = {"application": [{"received": "2010-01-31"}], "talk": [{"day": "2010-03-12"}]}
    other = person(member, "赵六", "2010-03-12", 8)
    others = [
        club.read_dossier(
            {"format": Dossier.FORMAT, "id": "77", "recorded_kinds": "all", "records": records, "person": {"name": ""}}
        ),
        attrs.evolve(other, source=Source("乙.csv", None, 3)),
    ]
    text = impact_text(club.impact([*dossiers, *others], as_of=AS_OF, **FORWARD), unmask=True)

    assert "4 人：@李四（台账.xlsx 甲 第8行）、=王五（台账.xlsx 甲 第9行）、77、赵六（乙.csv 第3行）" in text.replace(
        "\n   ", ""
    )


def test_a_long_list_is_cut(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Twenty are named; CSV has them all."""
    many = [person(member, f"张{n}", "2010-03-12", n) for n in range(1, 24)]
    impact = club.impact(many, as_of=AS_OF, **FORWARD)

    assert "23 人：" in impact_text(impact)
    assert "（第20行），另有 3 人（见 --format csv）" in impact_text(impact).replace("\n   ", "")
    assert "and 3 more (see --format csv)" in impact_text(impact, lang="en").replace("\n   ", " ")
    assert 23 == sum(line["rule"] == "talk-in-time" for line in lines(impact, "en"))


def lines(impact: devrules.Impact, lang: str) -> list[dict[str, str]]:
    """Read the CSV."""
    return list(csv.DictReader(io.StringIO(impact_csv(impact, lang=lang, unmask=True).removeprefix("\ufeff"))))


def test_csv_is_harmless_in_a_spreadsheet(impact: devrules.Impact) -> None:
    """With a byte order mark, and no cell that is a formula."""
    assert impact_csv(impact).startswith("\ufeff编号,姓名")
    assert tuple(lines(impact, "en")[0]) == HEADERS["en"]
    assert {"'@李四", "'=王五", "张三丰"} >= {line["name"] for line in lines(impact, "en")} > {"'=王五"}


def test_where_nothing_changes_nothing_is_listed(club: devrules.Rules) -> None:
    """What was assumed is said all the same."""
    impact = club.impact([], as_of=AS_OF, **FORWARD)

    assert [] == problems(impact_data(impact))
    assert [] == lines(impact, "zh")
    assert "What if: every act is judged as if the 2000 edition" in impact_text(impact, lang="en")
    assert "0 dossiers, verdicts change for 0" in impact_text(impact, lang="en")
