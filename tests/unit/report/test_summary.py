"""The summary of an audit, counted once more in another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.report.charts import bars, cut, funnel
from devrules.report.summary import Reached, Summary, summary_of
from devrules.report.text import audit_text

AS_OF = date(2021, 6, 1)
LAMPS = ("red", "yellow", "grey", "green")


@pytest.fixture
def summary(audit: devrules.Audit) -> Summary:
    """Of the two members."""
    return summary_of(audit, "zh")


def test_the_total_counts_everything(audit: devrules.Audit, summary: Summary) -> None:
    """Lamps and people."""
    assert Counter(finding.lamp for finding in audit.findings) == summary.total.lamps
    assert (2, 1, 1) == (summary.total.people, summary.total.on, summary.total.red)


@pytest.mark.parametrize("group", ["rule", "article", "year", "branch", "stage"])
def test_every_lamp_stands_in_one_line_of_each_table(summary: Summary, group: str) -> None:
    """So the lines of a table add up to the total."""
    lines = summary.groups[group]  # type: ignore[index]  # it is one

    for lamp in LAMPS:
        assert summary.total.lamps[lamp] == sum(line.lamps[lamp] for line in lines)
    assert len(lines) == len({line.key for line in lines})


def test_people_are_counted_once(audit: devrules.Audit, summary: Summary) -> None:
    """However many lamps of a line are theirs."""
    for line in summary.groups["rule"]:
        own = [report.finding(line.key).lamp for report in audit.reports]
        assert sum(lamp != "none" for lamp in own) == line.people
        assert sum(lamp in ("red", "yellow") for lamp in own) == line.on
    assert [("第一支部", 1, 1), ("", 1, 0)] == [(one.label, one.people, one.on) for one in summary.groups["branch"]]


def test_the_worst_come_first_and_years_in_their_order(summary: Summary) -> None:
    """What is not known comes last."""
    reds = [line.lamps["red"] for line in summary.groups["rule"]]
    years = [line.label for line in summary.groups["year"]]

    assert sorted(reds, reverse=True) == reds
    assert sorted(year for year in years if year) == [year for year in years if year]
    assert "" not in years[:-1]


def test_the_funnel_counts_who_came_so_far(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """Whoever stands further on was at the stages before."""
    people = [
        member(id="1", application=[{"received": "2021-01-31"}]),
        member(id="2", application=[{"received": "2021-01-31"}], talk=[{"day": "2021-02-01"}]),
        member(id="3"),
    ]
    found = summary_of(club.audit(people, as_of=AS_OF), "en").funnel

    assert [2] == [stage.reached for stage in found][:1]
    assert 2 == sum(stage.there for stage in found)


def test_the_text_has_the_tables(audit: devrules.Audit) -> None:
    """By rule, article, branch, stage and year, in both languages."""
    zh, en = audit_text(audit), audit_text(audit, lang="en")

    for title in ("各条规则", "各条文", "各党支部", "各年"):
        assert title in zh
    for title in ("By rule", "By article", "By branch", "By year"):
        assert title in en
    assert "第一支部" in zh
    assert "亮灯人数" in zh


def test_a_long_table_of_branches_is_cut_in_text(club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """And it says how much is left out; the rules are all there."""
    late = {"application": [{"received": "2021-01-01"}], "talk": [{"day": "2021-05-01"}]}
    people = [member(id=str(n), branch={"name": f"第{n}支部"}, **late) for n in range(45)]
    table = audit_text(club.audit(people, as_of=AS_OF), lang="en").partition("By branch")[2]

    assert "(5 more)" in table


def texts(chart: Element) -> list[str]:
    """What stands in a chart."""
    return [made.text or "" for made in chart.iter("text")]


def test_bars_are_as_long_as_their_numbers() -> None:
    """Red before yellow; the longest fills the room."""
    chart = bars([("甲", 3, 1), ("乙", 0, 2), ("丙", 0, 0)], "t")
    widths = [(made.get("class"), float(made.get("width", "0"))) for made in chart.iter("rect")]

    assert ["bar-red", "bar-yellow", "bar-yellow"] == [sort for sort, _ in widths]
    assert widths[0][1] == pytest.approx(3 * widths[1][1], rel=0.01)
    assert widths[2][1] == pytest.approx(2 * widths[1][1], rel=0.01)
    assert "t" == chart[0].text


def test_a_funnel_of_nobody() -> None:
    """Has bars, though thin ones."""
    chart = funnel([Reached("甲", 0, 0)], ["0"], "t")

    assert ["甲", "0"] == texts(chart)
    assert ["2"] == [made.get("width") for made in chart.iter("rect")]


@pytest.mark.parametrize(
    ("text", "short"), [("示例学院", "示例学院"), ("示例学院学生", "示例学院…"), ("abcdefghij", "abcdefg…")]
)
def test_a_long_label_is_cut(text: str, short: str) -> None:
    """By its width: a Chinese character is about twice as wide as a letter."""
    assert short == cut(text, 4)
