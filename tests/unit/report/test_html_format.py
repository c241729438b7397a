from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.report.formats import How
from devrules.report.html_format import html_pieces
from devrules.report.html_words import PAGE, SCRIPT

from .page import HOSTILE, Page, policy_names

AS_OF = date(2021, 6, 1)


def html(audit: devrules.Audit, **how: Any) -> str:
    return "".join(html_pieces(audit, How(**how)))


def test_has_a_summary_and_everybody(audit: devrules.Audit) -> None:
    """The summary without the script; the list and the details for it."""
    text = html(audit)
    page = Page(text)
    people, details = page.data()["people"], page.data("chunk0")["p"]

    assert "发展党员核查报告" in text
    assert "核查日 2021年6月1日 · 引擎 reference · 规则 club 1" in text
    assert ["张**", "@**"] == [one[0] for one in people]
    assert [1, 2] == people[1][4:6]
    assert 3 == len(people[1][10])
    assert len(people) == len(details)
    assert sum(tag == "svg" for tag, _ in page.tags) >= 3


def test_details_say_what_the_findings_say(audit: devrules.Audit) -> None:
    """Message, remedy, article and lamp of all that is lit, due or waived."""
    page = Page(html(audit, lang="en"))
    texts, rules = page.data("chunk0")["t"], page.data()["rules"]
    told = {
        rules[rule][0]: (rank, part, texts[message], [(texts[label], texts[text]) for label, text in lines])
        for rule, rank, part, _, _, message, lines in page.data("chunk0")["p"][1][1]
    }

    for finding in audit.reports[1].findings:
        lit = finding.lamp in ("red", "yellow")
        assert (lit or finding.verdict == "waived" or finding.due is not None) == (finding.rule in told)
        if lit:
            remedy = ("Remedy: ", finding.remedy.en)
            assert ({"red": 1, "yellow": 2}[finding.lamp], 0, finding.message.en) == told[finding.rule][:3]
            assert remedy in told[finding.rule][3]
        if finding.verdict == "waived":
            assert ("Waived ", "王五: 查无 (2022-01-01)") == told[finding.rule][3][-1]


def test_nothing_is_loaded_and_nothing_else_runs(audit: devrules.Audit) -> None:
    """The policy names the one script and the one style by their digests."""
    text = html(audit)
    page = Page(text)
    assert policy_names(text)
    assert [] == [given for _, given in page.tags if {"src", "href", "style"} & given.keys()]
    assert "url(" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_stays_text(
    audit: devrules.Audit, club: devrules.Rules, member: Callable[..., Dossier], hostile: str
) -> None:
    """Whatever a name, a branch, a file, a cell or a reason is."""
    dossier = member(
        id=hostile,
        person={"name": hostile},
        branch={"name": hostile},
        source={"file": hostile, "sheet": hostile, "row": 1},
        talk=[{"day": "2021-02-15"}],
    )
    waiver = devrules.Waiver("two-guides", hostile, hostile, hostile, audit.as_of)
    unread = [attrs.evolve(one, text=hostile, column=hostile) for one in audit.unread]
    one = attrs.evolve(
        club.audit([dossier], as_of=audit.as_of, waivers=[waiver]), unread=tuple(unread), problems=audit.problems
    )
    plain, page = Page(html(audit)), Page(html(one, unmask=True))

    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert [] == [name for _, given in page.tags for name in given if name.startswith("on")]
    assert list(plain.scripts) == list(page.scripts)
    assert hostile == page.data()["people"][0][0]


def test_masks_names_unless_asked_otherwise(audit: devrules.Audit) -> None:
    """In the list, in cells that were not understood, and it says which."""
    masked, full = html(audit), html(audit, unmask=True)

    for secret in ("张三丰", "李四", "赵六", "110101199001011234"):
        assert secret not in masked
        assert secret in full
    assert "姓名、号码已脱敏" in masked
    assert "未脱敏的个人信息" in full


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_language_leaks_into_the_other(audit: devrules.Audit, lang: str) -> None:
    """Every word is there in both."""
    words = [text.said(lang) for text in (*PAGE.values(), *SCRIPT.values())]

    assert [] == [word for word in words if not word or (bool(re.search("[\u4e00-\u9fff]", word)) and lang == "en")]
    assert Page(html(audit, lang=lang)).data()["zh"] == (lang == "zh")


def test_many_people_stand_in_parts(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """So that the details of one are read at a click."""
    audit = club.audit([member(id=str(n)) for n in range(201)], as_of=AS_OF)
    page = Page(html(audit))

    assert [100, 100, 1] == [len(page.data(f"chunk{n}")["p"]) for n in range(3)]
    assert 201 == len(page.data()["people"])


def test_an_audit_of_nobody(club: devrules.Rules) -> None:
    """Has a page, too."""
    assert [] == Page(html(club.audit([], as_of=AS_OF))).data()["people"]
