"""What a change changes, as an HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier, Organisation
from devrules.errors import UsageError
from devrules.report.formats import How
from devrules.report.impact_html import impact_html
from devrules.report.impact_html_words import IMPACT_PAGE, IMPACT_SCRIPT
from devrules.report.impact_json import impact_data

from .page import HOSTILE, Page, policy_names

AS_OF = date(2021, 6, 1)
FORWARD: dict[str, Any] = {"from_": "club-2000", "to": "club-2020"}
BACK: dict[str, Any] = {"from_": "club-2020", "to": "club-2000"}


@pytest.fixture
def dossiers(member: Callable[..., Dossier]) -> list[Dossier]:
    """Three members: talked to in time, after forty days, and so again, with a short notice."""

    def person(name: str, talk: str, n: int, **parts: Any) -> Dossier:
        source = {"file": "台账.xlsx", "sheet": "甲", "row": n}
        records: dict[str, Any] = {"application": [{"received": "2010-01-31"}], "talk": [{"day": talk}]}
        branch = {"name": f"第{n % 2}小组"}
        return member(id=f"{n}", person={"name": name}, branch=branch, source=source, **records, **parts)

    return [
        person("张三丰", "2010-02-28", 7),
        person("@李四", "2010-03-12", 8),
        person("=王五", "2010-03-12", 9, notice=[{"start": "2010-05-04", "end": "2010-05-05"}]),
    ]


@pytest.fixture
def impact(club: devrules.Rules, dossiers: list[Dossier]) -> devrules.Impact:
    """From the old edition to the new one."""
    return club.impact(dossiers, as_of=AS_OF, **FORWARD)


def html(impact: devrules.Impact, **how: Any) -> str:
    """Write the page."""
    return "".join(impact_html(impact, How(**how)))


def counts(page: Page) -> dict[str, list[int]]:
    """Of each person who is listed: newly failing red and yellow, other changes, no longer failing."""
    return {person[1]: person[4:8] for person in page.data()["people"]}


def cells(text: str, label: str) -> list[str]:
    """The cells of the row of a table that begins with a label."""
    row = re.search(f"<tr[^>]*><td>{re.escape(label)}</td>(.*?)</tr>", text)
    assert row is not None
    return re.findall("<td[^>]*>(.*?)</td>", row[1])


def test_lists_those_whose_verdicts_change(impact: devrules.Impact) -> None:
    """And nobody else, with as many changes as the other formats tell."""
    page = Page(html(impact))
    told = {one["id"]: one["changes"] for one in impact_data(impact)["dossiers"]}

    assert {"8": [1, 0, 1, 0], "9": [1, 1, 0, 0]} == {one: counts(page)[one] for one in ("8", "9")}
    assert {one: len(changes) for one, changes in told.items()} == {
        one: sum(numbers) for one, numbers in counts(page).items()
    }


def test_the_other_way_round_nobody_newly_fails(club: devrules.Rules, dossiers: list[Dossier]) -> None:
    """What no longer fails is counted by itself."""
    text = html(club.impact(dossiers, as_of=AS_OF, **BACK), lang="en")
    found = counts(Page(text))

    assert {0} == {numbers[0] + numbers[1] for numbers in found.values()}
    assert {"8": 1, "9": 2} == {one: found[one][3] for one in ("8", "9")}
    assert 'people who only fail less</span><span class="number">2</span>' in text


def test_tells_rules_articles_and_branches(impact: devrules.Impact) -> None:
    """Each with its numbers; a rule with both articles and what turns into what."""
    text = html(impact, lang="en")

    assert cells(text, "The talk is held in time")[:3] == ["2000 ed., art. 1", "2020 ed., art. 2", "pass → fail 2"]
    assert cells(text, "2020 ed., art. 2") == ["2", "", "", "", "2"]
    assert cells(text, "第1小组")[:2] == ["1", "1"]
    assert "What if: every act is judged as if the 2000 edition" in text


def test_a_person_says_what_was_and_what_is(impact: devrules.Impact) -> None:
    """Under headings: what newly fails first, with the verdicts, the reason before and now, and the remedy."""
    page = Page(html(impact, lang="en"))
    texts, rules = page.data("chunk0")["t"], page.data()["rules"]
    [row] = [n for n, one in enumerate(page.data()["people"]) if one[1] == "8"]
    rule, rank, part, mark, article, message, lines = page.data("chunk0")["p"][row][1][0]
    [change] = [one for one in impact.changed[row].changes if one.after.rule == "talk-in-time"]

    assert ["talk-in-time", "The talk is held in time"] == rules[rule]
    assert (1, 0, "pass → fail", "2020 ed., art. 2") == (rank, part, texts[mark], texts[article])
    assert change.after.message.en.endswith(texts[message])
    assert change.before is not None
    said = {texts[label]: texts[text] for label, text in lines}
    assert change.before.message.en.endswith(said["Before: "])
    assert "Hold the talk" == said["Remedy: "]
    assert [[0, "Newly failing", "Nothing newly fails"], [1, "No longer failing", ""], [2, "Other changes", ""]] == (
        page.data()["parts"]
    )


def test_nothing_is_loaded_and_nothing_else_runs(impact: devrules.Impact) -> None:
    """As on the page of an audit."""
    text = html(impact)

    assert policy_names(text)
    assert [] == [given for _, given in Page(text).tags if {"src", "href", "style"} & given.keys()]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_stays_text(
    impact: devrules.Impact, club: devrules.Rules, dossiers: list[Dossier], hostile: str
) -> None:
    """Whatever a name, a branch or a file is."""
    person = attrs.evolve(dossiers[2].person, name=hostile)
    branch = attrs.evolve(dossiers[2].branch, name=hostile)
    evil = attrs.evolve(dossiers[2], id=hostile, person=person, branch=branch)
    plain = Page(html(impact))
    page = Page(html(club.impact([*dossiers[:2], evil], as_of=AS_OF, **FORWARD), unmask=True))

    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert list(plain.scripts) == list(page.scripts)
    assert hostile in [one[0] for one in page.data()["people"]]


def test_masks_names_unless_asked_otherwise(impact: devrules.Impact) -> None:
    """And says which."""
    masked, full = html(impact), html(impact, unmask=True)

    assert "李四" not in masked
    assert "@李四" in full
    assert "姓名、号码已脱敏" in masked
    assert "未脱敏的个人信息" in full


def test_where_nothing_changes_it_says_so(club: devrules.Rules) -> None:
    """There is a page all the same."""
    text = html(club.impact([], as_of=AS_OF, **FORWARD))

    assert "没有结论因此改变。" in text
    assert [] == Page(text).data()["people"]


def test_an_organisation_is_listed_by_its_name(rules: devrules.Rules) -> None:
    """It has no stage."""
    organisation = Dossier("b", branch=Organisation(name="第一支部", kind="county-committee"), subject="organisation")
    page = Page(html(rules.impact([organisation], as_of=date(2026, 11, 21), from_="xize-2014", to="xize-2026")))

    assert ["第一支部"] == [one[0] for one in page.data()["people"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_language_leaks_into_the_other(impact: devrules.Impact, lang: str) -> None:
    """Every word is there in both."""
    words = [text.said(lang) for text in (*IMPACT_PAGE.values(), *IMPACT_SCRIPT.values())]

    assert [] == [word for word in words if not word or (bool(re.search("[\u4e00-\u9fff]", word)) and lang == "en")]
    assert Page(html(impact, lang=lang)).data()["zh"] == (lang == "zh")


@pytest.mark.parametrize(
    ("name", "form", "starts"),
    [
        ("impact.html", None, b"<!DOCTYPE html>"),
        ("impact.json", None, b"{"),
        ("impact.csv", None, b"\xef\xbb\xbf"),
        ("impact.txt", None, "假设分析".encode()),
        ("impact", None, "假设分析".encode()),
        ("impact.txt", "html", b"<!DOCTYPE html>"),
    ],
)
def test_how_the_file_ends_tells_the_format(
    impact: devrules.Impact, tmp_path: Path, name: str, form: str | None, starts: bytes
) -> None:
    """Unless it is named."""
    impact.save(tmp_path / name, form=form)

    assert (tmp_path / name).read_bytes().startswith(starts)


def test_a_format_that_there_is_not(impact: devrules.Impact, tmp_path: Path) -> None:
    """Is not guessed."""
    with pytest.raises(UsageError, match=r"impact\.xlsx: no format has this ending; there are \.txt, "):
        impact.save(tmp_path / "impact.xlsx")
    assert [] == list(tmp_path.iterdir())
